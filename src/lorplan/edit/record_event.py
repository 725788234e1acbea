"""Recording what happens: one field of one rotation, changed in the text of the plan file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, get_args

from lorplan.edit.attending_email import name_with_email, remove_email, write_email
from lorplan.edit.verified_edit import Edit, make_edit
from lorplan.edit.yaml_edit import append_item, remove_value, set_value
from lorplan.errors import PlanFileError, UsageError
from lorplan.planfile.events import EVENTS, REPEATED
from lorplan.planfile.field_types import check_email, parse_flag
from lorplan.planfile.models import Attending, Choice, Contact, Experience, LetterEvents, Performance, Rotation
from lorplan.planfile.spoken_days import parse_spoken_day, split_refusal
from lorplan.planfile.yaml_tree import Scalar, Sequence, find, to_python
from lorplan.text.wording import find_nearest, join_words, truncate

if TYPE_CHECKING:
    from datetime import date

    from lorplan.edit.yaml_edit import Splice, Value
    from lorplan.planfile.reader import LocatedPlanFile
    from lorplan.planfile.yaml_tree import Node, Path, Tree

FLAGS: Final = ("standardized", "img_friendly", "residency_affiliated", "letterhead")
"""What is recorded as yes or no."""

WORDS: Final[dict[str, tuple[str, ...]]] = {
    "performance": get_args(Performance),
    "contact": get_args(Contact),
    "choice": get_args(Choice),
    "experience": get_args(Experience),
    **dict.fromkeys(FLAGS, ("yes", "no")),
}
"""What is recorded as a word, with the words to choose from."""

PAST_DAYS: Final = tuple(event.name for event in sorted(EVENTS, key=lambda event: not event.in_letter))
"""What happens on a day, and is recorded on that day or later."""

NAMES: Final = ("for",)
"""What is recorded as names, with commas between them."""

EMAIL: Final = "email"
"""What is recorded of the attending."""

DAYS: Final = (*PAST_DAYS, "meeting")
"""What is recorded as a day."""

RECORDABLE: Final = (*DAYS, *WORDS, *NAMES, EMAIL)
"""Everything that can be recorded."""

_FIELDS: Final = {**Attending.model_fields, **Rotation.model_fields, **LetterEvents.model_fields}
_ORDER: Final = tuple(field.alias or name for name, field in _FIELDS.items())
"""In which order keys are written, unless the file has its own."""


def normalize_value(event: str, value: str, today: date) -> str:
    """Write a value the way the file has it; a day may be one such as "fri". Raises UsageError if it cannot be it."""
    if event in WORDS:
        return _normalize_word(event, value)
    if event in NAMES:
        return ", ".join(name for part in value.split(",") if (name := part.strip()))
    if event == EMAIL:
        return _normalize_email(value)
    return read_day(event, value, today, ahead=event == "meeting")


def is_day(text: str, today: date) -> bool:
    """Whether a text is a day as people type them."""
    try:
        parse_spoken_day(text, today)
    except ValueError:
        return False
    return True


def _normalize_word(event: str, value: str) -> str:
    word = value.strip().lower()
    if word in WORDS[event] or (event in FLAGS and _is_flag(word)):
        return word
    message, near = f'{event}: "{truncate(value)}" is not known', find_nearest(value, WORDS[event])
    raise UsageError(message, f"did you mean {near}?" if near else f"write {join_words(WORDS[event], 'or')}")


def _is_flag(word: str) -> bool:
    try:
        parse_flag(word)
    except ValueError:
        return False
    return True


def _normalize_email(value: str) -> str:
    try:
        return check_email(value.strip())
    except ValueError as error:
        message = f"email: {error}"
        raise UsageError(message, "write one such as ann@example.org") from None


def read_day(name: str, text: str, today: date, *, ahead: bool) -> str:
    """Write a day as people type them the way the file has it. Raises UsageError, with the name of what it is for."""
    try:
        return parse_spoken_day(text, today, ahead=ahead).isoformat()
    except ValueError as error:
        wrong, way_out = split_refusal(error)
        message = f"{name}: {wrong}"
        raise UsageError(message, way_out) from None


class RecordedEvent(NamedTuple):
    """The record of one event of one rotation, which is known by its index, in a plan file's text."""

    located: LocatedPlanFile
    rotation: int
    event: str

    def record(self, value: str, *, replace: bool) -> Edit:
        """Record the event; a repeated one once more.

        Raises UsageError if there is another value and `replace` does not allow replacing it, or if the plan file
        would become invalid; PlanFileError if the text cannot be edited there.
        """
        recorded = self.values
        if self._means_recorded(value, recorded):
            return Edit(self.rotation, self.located.text, self.located)
        if self.event == REPEATED:
            return self._edit(self._append(value), (*recorded, value), None)
        if recorded and not replace:
            message = f"{self.event} is already {recorded[0]}"
            raise UsageError(message, "use --force to replace it")
        return self._edit(self._set(value), (value,), recorded[0] if recorded else None)

    def remove(self, value: str | None) -> Edit:
        """Remove the record with a value, else the only one, else the latest.

        Raises UsageError if there is no such record, or if the plan file would become invalid without it;
        PlanFileError if the text cannot be edited there.
        """
        recorded = self.values
        removed = value or max(recorded, default="")
        if removed not in recorded:
            message = f"{self.event} {removed}".strip() + " is not recorded, so there is nothing to remove"
            raise UsageError(message)
        place = recorded.index(removed)
        path: Path = (*self.keys, place) if self.event == REPEATED else self.keys
        splice = remove_email(self.located.text, self._attending) if self.event == EMAIL else None
        splice = splice or remove_value(self.located.text, self.located.rotation(self.rotation), path)
        return self._edit(splice, recorded[:place] + recorded[place + 1 :], removed)

    @property
    def keys(self) -> tuple[str, ...]:
        """The path of the field in the rotation."""
        if self.event == EMAIL:
            return ("attending", EMAIL)
        return ("letter", self.event) if self.event in LetterEvents.model_fields else (self.event,)

    @property
    def values(self) -> tuple[str, ...]:
        """What the file says, as written there: nothing, one value, or several."""
        node = self._node
        found = None if node is None else to_python(node)
        if self.event in NAMES and isinstance(found, list):
            return (", ".join(map(str, found)),)
        return tuple(map(str, found)) if isinstance(found, list) else () if found is None else (str(found),)

    @property
    def _node(self) -> Node | None:
        return find(self.located.rotation(self.rotation), self.keys)

    @property
    def _attending(self) -> Node | None:
        return find(self.located.rotation(self.rotation), ("attending",))

    def _means_recorded(self, value: str, recorded: tuple[str, ...]) -> bool:
        """Whether the file says so already, if need be in another word for yes or no."""
        if self.event in FLAGS:
            return any(parse_flag(value) == parse_flag(one) for one in recorded)
        return value in recorded

    def _set(self, value: Value) -> Splice:
        keys = self.keys
        if isinstance(value, str):
            keys, value = self._place(value) if self.event == EMAIL else (keys, self._as_written(value))
        return set_value(self.located.text, self.located.rotation(self.rotation), keys, value, _ORDER)

    def _place(self, email: str) -> tuple[tuple[str, ...], Value]:
        """Choose what an address is written into: the attending, if that is a bare name."""
        attending = self._attending
        if isinstance(attending, Scalar):
            return ("attending",), dict(name_with_email(self.located.text, attending, email))
        return self.keys, write_email(email, self.located.text, self._node)

    def _as_written(self, value: str) -> Value:
        """Write several names as a list."""
        names: list[Value] = [*value.split(", ")]
        return names if self.event in NAMES and len(names) > 1 else value

    def _append(self, value: str) -> Splice:
        earlier = self._node
        return append_item(self.located.text, earlier, value) if isinstance(earlier, Sequence) else self._set([value])

    # --- making sure --------------------------------------------------------------------------------------

    def _edit(self, splice: Splice, values: tuple[str, ...], replaced: str | None) -> Edit:
        """Make the edit, if it does what it should and nothing else."""
        try:
            after = make_edit(self.located, splice, self._expected(values))
        except PlanFileError as error:
            raise self._would_be_invalid(error) from error
        if after is None:
            raise self._cannot_edit()
        return Edit(self.rotation, self.located.text, after, replaced)

    def _expected(self, values: tuple[str, ...]) -> Tree:
        """Return the file's data as it should be after the edit."""
        data: Any = to_python(self.located.root)
        owner = (data if isinstance(data, list) else data["rotations"])[self.rotation]
        *outer, key = self.keys
        for name in outer:
            owner[name] = Attending.expand(owner.get(name)) or {}  # a bare name gets a mapping
            owner = owner[name]
        owner[key] = list(values) if self.event == REPEATED else self._as_written(values[0]) if values else None
        tree: Tree = data
        return tree

    def _would_be_invalid(self, error: PlanFileError) -> UsageError:
        """Say why the plan file would become invalid; it was valid, so every problem comes from the edit."""
        way_out = "give its right day with --on, or correct the other record first" if self.event in PAST_DAYS else ""
        return UsageError(f'cannot change "{self.located.plan_file.ids[self.rotation]}": {error.summary}', way_out)

    def _cannot_edit(self) -> PlanFileError:
        path: Path = ("rotations", self.rotation, *self.keys)
        message = f"{self.event} cannot be edited safely here; please edit the file by hand"
        return PlanFileError((self.located.problem_at(path, message),))
