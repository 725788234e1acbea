"""A plan file as an editor with the JSON Schema sees it, compared with `lorplan check`.

An editor reads a plan file as YAML 1.2, in which a date is a word and `no` is a word too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

import jsonschema
import yaml
from jsonschema import Draft202012Validator

from lorplan.errors import PlanFileError
from lorplan.planfile.json_schema import json_schema
from lorplan.planfile.models import Applicant, Attending, DayRange, LetterEvents, PlanFile, Policy, Rotation, Target
from lorplan.planfile.program_models import Program, Requirements
from lorplan.planfile.reader import loads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lorplan.planfile.base_model import Model
    from runner import Json

SCHEMA: Final = json_schema()
PARTS: Final[dict[str, type[Model]]] = {
    part.__name__: part
    for part in (
        *(PlanFile, Applicant, Target, Policy, Rotation, Attending, DayRange, LetterEvents),
        *(Program, Requirements),
    )
}
"""The parts of a plan file by their names in the schema."""


def part_schema(part: str) -> Json:
    """Find the schema of the mapping of a part."""
    described: Json = SCHEMA["anyOf"][1] if part == "PlanFile" else SCHEMA["$defs"][part]
    return described


def keys_of(part: str) -> list[str]:
    """List the keys of a part as the file writes them."""
    return [field.alias or name for name, field in PARTS[part].model_fields.items()]


# --- reading as an editor -----------------------------------------------------------------------------------

_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class CoreLoader(_SafeLoader):  # type: ignore[misc] # one of two classes
    """Reads the core types of YAML 1.2: null, true and false, numbers; a date, `no` and `<<` are words."""

    yaml_implicit_resolvers: ClassVar[Json] = {}  # filled below

    def construct_whole(self, node: yaml.ScalarNode) -> int:
        """Read a whole number, in which a leading zero changes nothing."""
        text = str(self.construct_scalar(node))
        return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))


for kind, pattern, first in (
    ("null", r"~|null|Null|NULL|", ("~", "n", "N", "")),
    ("bool", r"true|True|TRUE|false|False|FALSE", tuple("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", tuple("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", tuple("-+.0123456789")),
    ("float", r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", tuple("-+.")),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(f"^(?:{pattern})$"), first)
CoreLoader.add_constructor("tag:yaml.org,2002:int", CoreLoader.construct_whole)


def load_as_editor(text: str) -> Any:  # noqa: ANN401 - whatever YAML can hold
    """Read a text as an editor does."""
    return yaml.load(text, Loader=CoreLoader)  # noqa: S506 - it is a safe one


# --- opinions -----------------------------------------------------------------------------------------------


def _match_as_javascript(_: object, pattern: str, instance: object, __: object) -> Iterator[jsonschema.ValidationError]:
    """Match a pattern as editors do: `$` is the very end there, but also before a final line end in Python."""
    if isinstance(instance, str) and not re.search(pattern.replace("$", r"\Z"), instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


_extend: Any = jsonschema.validators.extend  # which has no types
_Validator: Any = _extend(Draft202012Validator, {"pattern": _match_as_javascript})
EDITOR: Final[Draft202012Validator] = _Validator(SCHEMA)


class Refused(NamedTuple):
    """Who refuses a text: the editor marks something, or `check` has a problem."""

    editor: bool
    check: bool


NOBODY: Final = Refused(editor=False, check=False)
BOTH: Final = Refused(editor=True, check=True)
ONLY_CHECK: Final = Refused(editor=False, check=True)
ONLY_EDITOR: Final = Refused(editor=True, check=False)


def is_marked_by_editor(text: str) -> bool:
    """Whether an editor with the schema marks anything in a text."""
    return not EDITOR.is_valid(load_as_editor(text))


def is_refused_by_check(text: str) -> bool:
    """Whether `check` refuses a text."""
    try:
        loads(text)
    except PlanFileError:
        return True
    return False


def who_refuses(text: str) -> Refused:
    """Find out who refuses a text."""
    return Refused(is_marked_by_editor(text), is_refused_by_check(text))


def exceptions(texts: dict[str, str], usual: Refused) -> dict[str, Refused]:
    """Find the texts, by their names, about which the opinions are not the usual ones."""
    found = {name: who_refuses(text) for name, text in texts.items()}
    return {name: opinions for name, opinions in found.items() if opinions != usual}


def editor_messages(text: str) -> list[str]:
    """List what an editor says about a text: our own message where the schema has one.

    As editors do, it takes the form of the file, list or mapping, that the text has.
    """
    data = load_as_editor(text)
    form = SCHEMA["anyOf"][0 if isinstance(data, list) else 1]
    errors: Iterator[Any] = _Validator({**form, "$defs": SCHEMA["$defs"]}).iter_errors(data)
    return [_message(error) for error in errors]


def _message(error: Any) -> str:  # noqa: ANN401 - jsonschema's errors have no types
    name = "patternErrorMessage" if error.validator == "pattern" else "errorMessage"
    return str(error.schema.get(name, error.message))


# --- texts --------------------------------------------------------------------------------------------------


def as_mapping(rows: str) -> str:
    """Write a bare list of rotations in the other form, as the value of `rotations`."""
    return "rotations:\n" + "".join(f"  {line}\n" for line in rows.splitlines())


def values_in(part: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - any part of a plan
    """List every value in a plan, as the mapping or list that it is in and its key or index."""
    if isinstance(part, (dict, list)):
        for key in list(part) if isinstance(part, dict) else range(len(part)):
            yield part, key
            yield from values_in(part[key])
