"""Recording what happens: one field of one rotation, changed in the text of the plan file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, get_args

from lorplan.edit.yaml_edit import append_item, remove_value, set_value
from lorplan.errors import PlanFileError, UsageError
from lorplan.planfile.events import EVENTS, REPEATED
from lorplan.planfile.field_types import parse_day
from lorplan.planfile.models import Choice, Contact, LetterEvents, Performance, Rotation
from lorplan.planfile.reader import parse
from lorplan.planfile.yaml_tree import Sequence, find, read_tree, to_python
from lorplan.text.wording import truncate

if TYPE_CHECKING:
    from lorplan.edit.yaml_edit import Splice, Value
    from lorplan.planfile.reader import LocatedPlanFile
    from lorplan.planfile.yaml_tree import Node, Path, Tree

WORDS: Final[dict[str, tuple[str, ...]]] = {
    "performance": get_args(Performance),
    "contact": get_args(Contact),
    "choice": get_args(Choice),
}
"""What is recorded as a word, with the words to choose from."""

PAST_DAYS: Final = tuple(event.name for event in sorted(EVENTS, key=lambda event: not event.in_letter))
"""What happens on a day, and is recorded on that day or later."""

RECORDABLE: Final = (*PAST_DAYS, "meeting", *WORDS)
"""Everything that can be recorded."""

_ORDER: Final = (*Rotation.model_fields, *LetterEvents.model_fields)
"""In which order keys are written, unless the file has its own."""


class Edit(NamedTuple):
    """A plan file's text before and after a change of one rotation, known by its index.

    `replaced` is the value that the change replaced or removed.
    """

    rotation: int
    before: str
    after: LocatedPlanFile
    replaced: str | None = None

    @property
    def has_changes(self) -> bool:
        """Whether there is anything to write."""
        return self.before != self.after.text


def normalize_value(event: str, value: str) -> str:
    """Write a value the way the file has it. Raises UsageError if the event cannot have it."""
    if event in WORDS:
        if value.lower() in WORDS[event]:
            return value.lower()
        message = f'{event}: "{truncate(value)}" is not one of {", ".join(WORDS[event])}'
        raise UsageError(message)
    try:
        return parse_day(value).isoformat()
    except ValueError as error:
        message = f"{event}: {error}"
        raise UsageError(message) from None


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
        if value in recorded:
            return Edit(self.rotation, self.located.text, self.located)
        if self.event == REPEATED:
            return self._edit(self._append(value), (*recorded, value), None)
        if recorded and not replace:
            message = f"{self.event} is already {recorded[0]}; use --force to replace it"
            raise UsageError(message)
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
        splice = remove_value(self.located.text, self.located.rotation(self.rotation), path)
        return self._edit(splice, recorded[:place] + recorded[place + 1 :], removed)

    @property
    def keys(self) -> tuple[str, ...]:
        """The path of the field in the rotation."""
        return ("letter", self.event) if self.event in LetterEvents.model_fields else (self.event,)

    @property
    def values(self) -> tuple[str, ...]:
        """What the file says, as written there: nothing, one value, or several."""
        node = self._node
        found = None if node is None else to_python(node)
        return tuple(map(str, found)) if isinstance(found, list) else () if found is None else (str(found),)

    @property
    def _node(self) -> Node | None:
        return find(self.located.rotation(self.rotation), self.keys)

    def _set(self, value: Value) -> Splice:
        return set_value(self.located.text, self.located.rotation(self.rotation), self.keys, value, _ORDER)

    def _append(self, value: str) -> Splice:
        earlier = self._node
        return append_item(self.located.text, earlier, value) if isinstance(earlier, Sequence) else self._set([value])

    # --- making sure --------------------------------------------------------------------------------------

    def _edit(self, splice: Splice, values: tuple[str, ...], replaced: str | None) -> Edit:
        """Make the edit, if it does what it should and nothing else."""
        before = self.located.text
        text = splice.apply(before)
        root, errors = read_tree(text)
        loses_comment = "#" in before[splice.start : splice.end]
        if loses_comment or errors or root is None:
            raise self._cannot_edit()
        if _without_empty(to_python(root)) != _without_empty(self._expected(values)):
            raise self._cannot_edit()
        try:
            return Edit(self.rotation, before, parse(text, self.located.source.file), replaced)
        except PlanFileError as error:
            raise self._would_be_invalid(error) from error

    def _expected(self, values: tuple[str, ...]) -> Tree:
        """Return the file's data as it should be after the edit."""
        data: Any = to_python(self.located.root)
        owner = (data if isinstance(data, list) else data["rotations"])[self.rotation]
        *outer, key = self.keys
        for name in outer:
            owner[name] = owner.get(name) or {}
            owner = owner[name]
        owner[key] = list(values) if self.event == REPEATED else (values[0] if values else None)
        tree: Tree = data
        return tree

    def _would_be_invalid(self, error: PlanFileError) -> UsageError:
        """Say why the plan file would become invalid; it was valid, so every problem comes from the edit."""
        problems = "; ".join(dict.fromkeys(problem.message for problem in error.problems))
        return UsageError(f'cannot change "{self.located.plan_file.ids[self.rotation]}": {problems}')

    def _cannot_edit(self) -> PlanFileError:
        path: Path = ("rotations", self.rotation, *self.keys)
        message = f"{self.event} cannot be edited safely here; please edit the file by hand"
        return PlanFileError((self.located.problem_at(path, message),))


def _without_empty(data: Tree) -> Tree:
    """Drop empty values from a tree; a key that is empty itself is a mistake, and stays."""
    if isinstance(data, list):
        return [_without_empty(item) for item in data]
    if not isinstance(data, dict):
        return data
    inner = {key: _without_empty(item) for key, item in data.items()}
    return {key: item for key, item in inner.items() if not key or item not in (None, {}, [])}
