"""What has changed in one plan since an earlier day: what has happened, what is decided anew, what became due."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lorplan.plan.changes import compare_plans
from lorplan.plan.planner import make_plan
from lorplan.planfile.events import REPEATED, SINGLE_EVENTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from lorplan.plan.changes import PlanChanges
    from lorplan.plan.model import Action, Plan
    from lorplan.planfile.models import PlanFile


class Happening(NamedTuple):
    """An event that is recorded with a day: of the letter of a rotation, or of a program, the other being None.

    `name` is the attending's or the program's.
    """

    day: date
    event: str
    name: str
    rotation: str | None
    program: str | None = None


class ChangesSince(NamedTuple):
    """What has changed since a day, and the plan as it is now.

    `happened` has the events recorded with a later day, `became_due` what is due or overdue now and was not then.
    """

    since: date
    plan: Plan
    happened: tuple[Happening, ...]
    changes: PlanChanges
    became_due: tuple[Action, ...]

    @property
    def decided(self) -> PlanChanges:
        """The changes without those that are told by what has happened, as that a letter is asked for now."""
        own = {one.rotation for one in self.happened}
        letters = (
            one
            for one in self.changes.letters
            if one.letter.id not in own or "keep" not in {one.letter.verdict, one.earlier}
        )
        return self.changes._replace(letters=tuple(letters))

    @property
    def is_empty(self) -> bool:
        """Whether nothing has changed."""
        changes = self.changes
        moved = changes.letters or changes.gaps or changes.programs or changes.expected[0] != changes.expected[1]
        return not (self.happened or self.became_due or moved or changes.closed is not None)


def find_changes(plan_file: PlanFile, since: date, as_of: date) -> ChangesSince:
    """Compare the plan of a file as of a day with the plan of the same file as of an earlier one.

    What the file gives no day for, such as the performance, counts as if it had been known then.
    """
    before, after = make_plan(plan_file, since), make_plan(plan_file, as_of)
    was_due = {action.id for action in before.actions if action.is_due}
    return ChangesSince(
        since=since,
        plan=after,
        happened=tuple(sorted(_find_happenings(after, since), key=lambda one: one.day)),
        changes=compare_plans(before, after),
        became_due=tuple(action for action in after.actions if action.is_due and action.id not in was_due),
    )


def _find_happenings(plan: Plan, since: date) -> Iterator[Happening]:
    """Find what was recorded with a day after `since` and not after the plan's own, in file order."""
    for letter in sorted(plan.letters, key=lambda letter: letter.candidate.position):
        recorded = [(event, letter.rotation.event(event)) for event in SINGLE_EVENTS]
        recorded += [(REPEATED, day) for day in letter.rotation.letter.reminded]
        for event, day in recorded:
            if day and since < day <= plan.as_of:
                yield Happening(day, event, letter.attending, letter.id)
    for one in plan.programs:
        applied = one.program.applied
        if applied and since < applied <= plan.as_of:
            yield Happening(applied, "applied", one.name, None, one.id)
