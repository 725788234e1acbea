"""What a user records as the year goes on: one field of one rotation, changed in the text of the plan file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, get_args

from lorplan.edit.yaml_edit import append, put, take_out
from lorplan.errors import PlanFileError, UsageError
from lorplan.planfile.field_types import iso_day
from lorplan.planfile.models import Choice, Contact, LetterEvents, Performance, Rotation
from lorplan.planfile.reader import parse
from lorplan.planfile.yaml_tree import Mapping, Sequence, plain, read
from lorplan.text.safe import shortened

if TYPE_CHECKING:
    from lorplan.edit.yaml_edit import Splice, Value
    from lorplan.planfile.reader import Parsed
    from lorplan.planfile.validation import Path
    from lorplan.planfile.yaml_tree import Node

LETTER_EVENTS: Final = tuple(LetterEvents.model_fields)
"""What is recorded under `letter`, in the order in which it mostly happens."""

WORDS: Final[dict[str, tuple[str, ...]]] = {
    "performance": get_args(Performance),
    "contact": get_args(Contact),
    "choice": get_args(Choice),
}
"""What is recorded as a word, with the words there are."""

PAST_DAYS: Final = (*LETTER_EVENTS, "offered")
"""What happens on a day, and is recorded on it or later."""

EVENTS: Final = (*PAST_DAYS, "meeting", *WORDS)
"""All that can be recorded."""

MANY: Final = "reminded"
"""The one event that happens more than once."""

_ORDER: Final = (*Rotation.model_fields, *LETTER_EVENTS)
"""In which order keys are written, where the file has none of its own."""


class Edit(NamedTuple):
    """A plan file's text before and after a change of the rotation with a number.

    `gone` is the value that the change replaced or took back.
    """

    number: int
    before: str
    after: Parsed
    gone: str | None = None

    @property
    def changed(self) -> bool:
        """Whether anything is to be written."""
        return self.before != self.after.written


def value_of(event: str, value: str) -> str:
    """A value as it is written into the file. Raises UsageError for one that the event cannot have."""
    if event in WORDS:
        if value.lower() in WORDS[event]:
            return value.lower()
        message = f'{event}: "{shortened(value)}" is not one of {", ".join(WORDS[event])}'
        raise UsageError(message)
    try:
        return iso_day(value).isoformat()
    except ValueError as error:
        message = f"{event}: {error}"
        raise UsageError(message) from None


class Field(NamedTuple):
    """The record of one event of one rotation, which is known by its number, in a plan file's text."""

    parsed: Parsed
    number: int
    event: str

    def record(self, value: str, *, replace: bool) -> Edit:
        """Record the event; one more where it can happen often.

        Raises UsageError where another value is there and `replace` does not say that it goes, and where the
        plan file would not be right any more; PlanFileError where the text cannot be edited at that place.
        """
        was = self.values
        if value in was:
            return Edit(self.number, self.parsed.written, self.parsed)
        if self.event == MANY:
            return self._edited(self._one_more(value), (*was, value), None)
        if was and not replace:
            message = f"{self.event} is {was[0]} already: --force replaces it"
            raise UsageError(message)
        return self._edited(self._put(value), (value,), was[0] if was else None)

    def take_back(self, value: str | None) -> Edit:
        """Take the record back: that of a value, else of those that happen often the latest.

        Raises UsageError where there is no such record, or the plan file would not be right any more without
        it; PlanFileError where the text cannot be edited at that place.
        """
        was = self.values
        gone = value or max(was, default="")
        if gone not in was:
            message = f"{self.event} {gone}".strip() + " is not recorded: there is nothing to take back"
            raise UsageError(message)
        place = was.index(gone)
        places: Path = (*self.keys, place) if self.event == MANY else self.keys
        splice = take_out(self.parsed.written, self.parsed.rotation(self.number), places)
        return self._edited(splice, was[:place] + was[place + 1 :], gone)

    @property
    def keys(self) -> tuple[str, ...]:
        """The path of the field in the rotation."""
        return ("letter", self.event) if self.event in LETTER_EVENTS else (self.event,)

    @property
    def values(self) -> tuple[str, ...]:
        """What the file says, as written there: nothing, a value, or several."""
        node = self._node
        found = None if node is None else plain(node)
        return tuple(found) if isinstance(found, list) else () if found is None else (found,)

    @property
    def _node(self) -> Node | None:
        node: Node = self.parsed.rotation(self.number)
        for key in self.keys:
            if not isinstance(node, Mapping) or key not in node.entries:
                return None
            node = node.entries[key].value
        return node

    def _put(self, value: Value) -> Splice:
        return put(self.parsed.written, self.parsed.rotation(self.number), self.keys, value, _ORDER)

    def _one_more(self, value: str) -> Splice:
        earlier = self._node
        return append(self.parsed.written, earlier, value) if isinstance(earlier, Sequence) else self._put([value])

    # --- making sure --------------------------------------------------------------------------------------

    def _edited(self, splice: Splice, values: tuple[str, ...], gone: str | None) -> Edit:
        """The edit, if it does what it should and no more."""
        before = self.parsed.written
        text = splice.apply(before)
        document = read(text)
        loses_comment = "#" in before[splice.start : splice.end]
        if loses_comment or document.faults or document.root is None:
            raise self._unusual()
        if _essence(plain(document.root)) != _essence(self._wanted(values)):
            raise self._unusual()
        try:
            return Edit(self.number, before, parse(text, self.parsed.text.file), gone)
        except PlanFileError as error:
            raise self._refusal(error) from error

    def _wanted(self, values: tuple[str, ...]) -> Any:  # noqa: ANN401 - a tree of plain values
        """The file's values as they should be after the edit."""
        data = plain(self.parsed.root)
        owner = (data if isinstance(data, list) else data["rotations"])[self.number]
        *outer, key = self.keys
        for name in outer:
            owner[name] = owner.get(name) or {}
            owner = owner[name]
        owner[key] = list(values) if self.event == MANY else (values[0] if values else None)
        return data

    def _refusal(self, error: PlanFileError) -> UsageError:
        """Why the plan file would not be right: it was, so all that is wrong comes from the edit."""
        told = dict.fromkeys(problem.message for problem in error.problems)
        return UsageError(f'"{self.parsed.plan_file.ids[self.number]}" cannot be marked so: ' + "; ".join(told))

    def _unusual(self) -> PlanFileError:
        path: Path = ("rotations", self.number, *self.keys)
        message = f"{self.event} stands, or would stand, where lorplan cannot change it safely: edit it by hand"
        return PlanFileError((self.parsed.problem_at(path, message),))


def _essence(data: Any) -> Any:  # noqa: ANN401 - a tree of plain values
    """A plain tree without what counts as left out; a key without a name is a mistake, and stays."""
    if isinstance(data, list):
        return [_essence(item) for item in data]
    if not isinstance(data, dict):
        return data
    inner = {key: _essence(item) for key, item in data.items()}
    return {key: item for key, item in inner.items() if not key or item not in (None, {}, [])}
