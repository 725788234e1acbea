"""What the model refuses in a tree of plain values: all of it at once, each in one sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from lorplan.planfile.field_types import LAST_DAY
from lorplan.planfile.models import (
    Applicant,
    Attending,
    DayRange,
    LetterEvents,
    PlanFile,
    Policy,
    Rotation,
    Target,
)
from lorplan.text.safe import MAX_SHOWN, on_one_line, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails

    from lorplan.planfile.models import Model

ENOUGH = 1000
"""With more errors than this the rest is not examined again for what they may have hidden."""

_AT_ONCE = 100
"""Rotations of which all errors are looked at together, where there are more than enough."""

Path = tuple[str | int, ...]

_MODELS: dict[str, type[Model]] = {
    "": PlanFile,
    "applicant": Applicant,
    "policy": Policy,
    "rotations": Rotation,
    "letter": LetterEvents,
    "attending": Attending,
    "targets": Target,
    "away": DayRange,
    "holidays": DayRange,
}
"""Which model stands behind a key, for the names of the keys that it knows."""

_FILLERS: dict[str, str] = {"attending": "?", "specialty": "?", "start": "2027-01-04", "weeks": "1"}
"""What stands in for a missing or wrong key while the rest of the file is examined."""


# --- finding everything -----------------------------------------------------------------------------------


class Examined(NamedTuple):
    """The model, None where there cannot be one, and what it says against the data; `untold` errors more."""

    plan_file: PlanFile | None
    errors: list[ErrorDetails]
    untold: int = 0


def examine(data: Any) -> Examined:  # noqa: ANN401 - a tree of plain values
    """The model of the data, or everything that the model says against it.

    A model's own checks run once its fields are sound. So what was refused is taken out or filled in, and
    the rest is examined again, until nothing is refused; what rests on a value taken out is not believed.
    """
    data = {"rotations": data} if isinstance(data, list) else data
    errors: list[ErrorDetails] = []
    mended: set[Path] = set()
    while True:
        try:
            return Examined(PlanFile.model_validate(data), errors)
        except ValidationError as refusal:
            if refusal.error_count() > ENOUGH:
                first, more = _first_errors(data, mended)
                if more:
                    return Examined(None, errors + first, more)
            found = _listed(refusal)
        errors += [error for error in found if not _rests_on(error, mended)]
        fresh = {path for error in found if (path := _mend(data, error))} - mended
        if not fresh or len(errors) > ENOUGH:
            return Examined(None, errors)
        mended |= fresh


def _first_errors(data: dict[str, Any], mended: set[Path]) -> tuple[list[ErrorDetails], int]:
    """Enough errors that are to be believed, and how many more there are: to list a million takes a gigabyte."""
    first: list[ErrorDetails] = []
    more = 0
    for errors in _by_rotations(data):
        believed = [error for error in errors if not _rests_on(error, mended)]
        room = ENOUGH + 1 - len(first)  # one more than is told: the place from which on they are counted
        first += believed[:room]
        more += len(believed[room:])
    return first, more


def _by_rotations(data: dict[str, Any]) -> Iterator[list[ErrorDetails]]:
    """The errors of a part of the rotations after the other, with all else beside the first part."""
    rotations = data["rotations"] if isinstance(data.get("rotations"), list) else []
    for start in range(0, len(rotations), _AT_ONCE):
        part = {"rotations": rotations[start : start + _AT_ONCE]}
        try:
            PlanFile.model_validate({**data, **part} if start == 0 else part)
        except ValidationError as refusal:
            yield _moved(_listed(refusal), start)


def _listed(refusal: ValidationError) -> list[ErrorDetails]:
    """The errors of a refusal, without tracebacks: these lead back to the data, which would never be freed."""
    errors = refusal.errors(include_url=False)
    for error in errors:
        cause = error.get("ctx", {}).get("error")
        if isinstance(cause, Exception):
            cause.__traceback__ = None
    return errors


def _moved(errors: list[ErrorDetails], start: int) -> list[ErrorDetails]:
    """Errors of a part of the rotations, with their places in the whole list."""
    for error in errors:
        match error["loc"]:
            case ("rotations", int(place), *rest):
                error["loc"] = ("rotations", start + place, *rest)
    return errors


def owner_of(error: ErrorDetails) -> Path:
    """The mapping in which the keys of an error stand."""
    loc = error["loc"]
    return loc[: len(loc) - error["ctx"]["depth"]] if error["type"] == "fault" else loc[:-1]


def _rests_on(error: ErrorDetails, mended: set[Path]) -> bool:
    if error["type"] != "fault":
        return False
    owner = owner_of(error)
    return any((*owner, key) in mended for key in error["ctx"]["reads"])


def _mend(data: Any, error: ErrorDetails) -> Path:  # noqa: ANN401 - a tree of plain values
    """Take out or fill in what an error is about; the path of what was changed, () if nothing could be."""
    path = _to_mend(data, error["loc"])
    if not path or not isinstance(data, dict):
        return ()
    owner = data
    for part in path[:-1]:
        owner = owner[part]
    filler = _filler(path, owner)
    if filler is None:
        owner.pop(path[-1], None)
    else:
        owner[path[-1]] = filler
    return path


def _to_mend(data: Any, loc: Path) -> Path:  # noqa: ANN401 - a tree of plain values
    """How much must go for the rest to be examined: mostly a key, in two lists one item."""
    match loc:
        case ("rotations", int(place)):
            return (*loc, "weeks") if isinstance(data["rotations"][place], dict) else loc
        case ("rotations", int(), "letter", "reminded", int(), *_):
            depth = 5
        case ("rotations", int(), "letter", str(), *_):
            depth = 4
        case ("rotations", int(), *_) | ("applicant", "targets", int(), *_):
            depth = 3
        case ("applicant" | "policy", *_):
            depth = 2
        case _:
            depth = 1
    return loc[:depth]


def _filler(path: Path, owner: Any) -> Any:  # noqa: ANN401 - a tree of plain values
    """What to put in the place of what goes: something that contradicts nothing else; None for nothing."""
    match path:
        case ("rotations", int()):
            filler: Any = dict(_FILLERS)
        case ("rotations", int(), "weeks"):
            filler = None if owner.get("end") else _FILLERS["weeks"]
        case ("rotations", int(), "end"):
            filler = None if owner.get("weeks") else LAST_DAY.isoformat()
        case ("rotations", int(), str(key)):
            filler = _FILLERS.get(key)
        case ("applicant", "targets", int(place)):
            filler = f"?{place}"
        case (*_, "reminded", int()):
            filler = LAST_DAY.isoformat()
        case _:
            filler = None
    return filler


# --- saying it --------------------------------------------------------------------------------------------


_EXPECTED = {
    "missing": 'needs "{key}"',
    "greater_than_equal": "{value} is too small, it must be at least {ge}",
    "less_than_equal": "{value} is too large, it must be at most {le}",
    "too_long": "{actual_length} entries are too many, {max_length} is the most",
    "date_type": "expected a date, such as 2027-01-29",
    "bool_type": "expected true or false",
    "int_type": "expected a whole number",
    "string_type": "expected text",
    "tuple_type": "expected a list, such as [a, b]",
    "model_type": "expected a mapping, lines of `key: value`",
}
"""What to say for pydantic's kinds of errors; `key` is the last part of the path."""


def message(error: ErrorDetails, name: str) -> str:
    """An error in one sentence, the key before it where the sentence does not name it."""
    loc, context = error["loc"], error.get("ctx", {})
    match error["type"]:
        case "fault":
            text, name = context["text"], ""
        case "value_error":
            text = str(context["error"])
        case "extra_forbidden":
            text, name = f'unknown key "{shortened(loc[-1])}"{_did_you_mean(str(loc[-1]), _known_keys(loc))}', ""
        case "literal_error":
            text = _not_one_of(error["input"], context["expected"])
        case "model_type" if not loc:
            text = "expected a list of rotations, or a mapping with applicant, policy and rotations"
        case kind:
            # A kind of error that we have no words for is told in pydantic's: better than none.
            template = _EXPECTED.get(kind, error["msg"].replace("{", "{{").replace("}", "}}"))
            text = template.format(key=loc[-1] if loc else "", value=shortened(error["input"]), **context)
            name = "" if kind == "missing" else name
    return on_one_line(f"{name}: {text}" if name else text)


def _not_one_of(value: object, expected: str) -> str:
    allowed = re.findall(r"'([^']*)'", expected)
    if not isinstance(value, str):
        return f"expected one of {', '.join(allowed)}"
    return f'"{shortened(value)}" is not one of {", ".join(allowed)}{_did_you_mean(value, allowed)}'


def _known_keys(loc: Path) -> list[str]:
    owner = next((part for part in reversed(loc[:-1]) if isinstance(part, str)), "")
    return [field.alias or name for name, field in _MODELS[owner].model_fields.items()]


def _did_you_mean(word: str, known: list[str]) -> str:
    if len(word) > MAX_SHOWN:
        return ""
    from difflib import get_close_matches  # noqa: PLC0415 - needed for a misspelt file only

    near = get_close_matches(word.lower().replace("-", "_"), known, n=1) or get_close_matches(
        word.lower(), known, n=1
    )
    return f', did you mean "{near[0]}"?' if near else ""
