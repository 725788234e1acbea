"""Recording what became of a program: one field of it, or a letter assigned to it, in the text of the plan file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lorplan.edit.verified_edit import Edit, make_edit
from lorplan.edit.yaml_edit import append_item, remove_value, set_value
from lorplan.errors import PlanFileError, UsageError
from lorplan.planfile.program_models import Program
from lorplan.planfile.yaml_tree import Mapping, Scalar, Sequence, find, to_python

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lorplan.edit.yaml_edit import Splice, Value
    from lorplan.planfile.reader import LocatedPlanFile
    from lorplan.planfile.yaml_tree import Path, Tree

PROGRAM_DAYS: Final = ("applied", "read")
"""What is recorded of a program as a day on which it happened."""

PROGRAM_EVENTS: Final = (*PROGRAM_DAYS, "choice")
"""What is recorded of a program itself."""

_ASSIGNED: Final = "assigned"
_ORDER: Final = tuple(field.alias or name for name, field in Program.model_fields.items())


class RecordedProgram(NamedTuple):
    """The record of one field of one program, which is known by its index, in a plan file's text."""

    located: LocatedPlanFile
    program: int
    key: str

    def record(self, value: str, *, replace: bool) -> Edit:
        """Record a value, or of `assigned` one more letter.

        Raises UsageError if there is another value and `replace` does not allow replacing it, or if the plan file
        would become invalid; PlanFileError if the text cannot be edited there.
        """
        recorded = self.values
        if value in recorded:
            return Edit(self.program, self.located.text, self.located)
        if self.key == _ASSIGNED:
            return self._edit(self._append(value), (*recorded, value), None)
        if recorded and not replace:
            message = f"{self.key} is already {recorded[0]}"
            raise UsageError(message, "use --force to replace it")
        splice = set_value(self.located.text, self._node, (self.key,), value, _ORDER)
        return self._edit(splice, (value,), recorded[0] if recorded else None)

    def remove(self, value: str | None) -> Edit:
        """Remove a value, of `assigned` one letter; without one, what is recorded.

        Raises UsageError if there is no such record; PlanFileError if the text cannot be edited there.
        """
        recorded = self.values
        removed = value or (recorded[-1] if recorded else "")
        if removed not in recorded:
            message = f"{self.key} {removed}".strip() + " is not recorded, so there is nothing to remove"
            raise UsageError(message)
        is_item = isinstance(find(self._node, (self.key,)), Sequence)
        path: Path = (self.key, recorded.index(removed)) if is_item else (self.key,)
        splice = remove_value(self.located.text, self._node, path)
        return self._edit(splice, tuple(one for one in recorded if one != removed), removed)

    @property
    def values(self) -> tuple[str, ...]:
        """What the file says, as written there: nothing, one value, or several."""
        node = find(self._node, (self.key,))
        found = None if node is None else to_python(node)
        return tuple(map(str, found)) if isinstance(found, list) else () if found is None else (str(found),)

    @property
    def _node(self) -> Mapping:
        return self.located.program(self.program)

    def _append(self, letter: str) -> Splice:
        earlier = find(self._node, (self.key,))
        if isinstance(earlier, Sequence):
            return append_item(self.located.text, earlier, letter)
        is_single = isinstance(earlier, Scalar) and earlier.value is not None
        value: Value = [*self.values, letter] if is_single else [letter]
        return set_value(self.located.text, self._node, (self.key,), value, _ORDER)

    def _edit(self, splice: Splice, values: tuple[str, ...], replaced: str | None) -> Edit:
        try:
            after = make_edit(self.located, splice, self._expected(values))
        except PlanFileError as error:
            message = f"this cannot be recorded: {error.summary}"
            raise UsageError(message) from error
        if after is None:
            path = ("programs", self.program, self.key)
            message = f"{self.key} cannot be edited safely here; please edit the file by hand"
            raise PlanFileError((self.located.problem_at(path, message),))
        return Edit(self.program, self.located.text, after, replaced)

    def _expected(self, values: tuple[str, ...]) -> Tree:
        """Return the file's data as it should be after the edit."""
        data: Any = to_python(self.located.root)
        value = list(values) if self.key == _ASSIGNED else values[0] if values else None
        data["programs"][self.program][self.key] = value
        tree: Tree = data
        return tree


def assign_letter(located: LocatedPlanFile, letter: str, programs: Iterable[int], *, remove: bool = False) -> Edit:
    """Record in several programs that a letter is assigned to them, or with `remove` that it is not.

    The place of the edit is that of the letter's rotation.
    """
    after = located
    for program in programs:
        recorded = RecordedProgram(after, program, _ASSIGNED)
        made = recorded.remove(letter) if remove else recorded.record(letter, replace=False)
        after = made.after
    return Edit(located.plan_file.ids.index(letter), located.text, after)


def record_in_all(located: LocatedPlanFile, programs: list[int], key: str, value: str) -> Edit:
    """Record a value in several programs, instead of what was recorded; the place of the edit is that of the first."""
    after = located
    for program in programs:
        after = RecordedProgram(after, program, key).record(value, replace=True).after
    return Edit(programs[0], located.text, after)
