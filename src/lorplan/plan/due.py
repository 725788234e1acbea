"""What is overdue, due and coming, in one plan or many."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.model import Action

EVERYTHING: Final = 10_000
"""Calendar days ahead that leave nothing out: more than twenty-seven years."""

DAYS_AHEAD: Final = 14
"""How far ahead `due` looks unless told otherwise: two weeks leave a weekend to prepare."""

_STATES: Final = {"overdue": 0, "due": 1, "upcoming": 2}


class DueAction(NamedTuple):
    """An action with the plan that it comes from."""

    action: Action
    source: ApplicantPlan

    @property
    def file(self) -> str:
        """The name of the plan's file."""
        return self.source.file

    @property
    def applicant(self) -> str | None:
        """The applicant's name, if the file gives one."""
        return self.source.plan.applicant.name


class DueList(NamedTuple):
    """What some plans have to do within so many calendar days (-1: only what is due), and what follows."""

    plans: Sequence[ApplicantPlan]
    actions: Sequence[DueAction]
    within: int

    @property
    def following(self) -> DueAction | None:
        """The first action after the days looked at; looked for when it is wanted, as a script's list needs none."""
        return find_next(self.plans, within=self.within)


def look_ahead(applicant_plans: Sequence[ApplicantPlan], *, within: int) -> DueList:
    """Find what several plans have to do within some calendar days, and what comes next."""
    return DueList(applicant_plans, find_due(applicant_plans, within=within), within)


def find_due(applicant_plans: Iterable[ApplicantPlan], *, within: int) -> list[DueAction]:
    """Find the actions of several plans that are overdue, due, or due within some calendar days.

    Sorted by state, then by the day after which they are overdue. `within` is -1 for overdue and due only.
    """
    found = [
        DueAction(action, source)
        for source in applicant_plans
        for action in source.plan.actions
        if action.is_due or action.on <= source.plan.as_of + timedelta(within)
    ]
    return sorted(found, key=lambda due: (_urgency(due.action)[:3], due.file, due.action.id))


def find_next(applicant_plans: Iterable[ApplicantPlan], *, within: int) -> DueAction | None:
    """Find the first action of several plans that is to come after so many calendar days."""
    later = (
        DueAction(action, source)
        for source in applicant_plans
        for action in source.plan.actions
        if not action.is_due and action.on > source.plan.as_of + timedelta(within)
    )
    return min(later, key=lambda due: (due.action.on, due.action.until, due.file, due.action.id), default=None)


def by_urgency(actions: Iterable[Action]) -> list[Action]:
    """Sort actions: overdue before due before upcoming, then by the day after which they are overdue."""
    return sorted(actions, key=_urgency)


def most_urgent(actions: Iterable[Action]) -> Action | None:
    """Find the action to deal with first."""
    return min(actions, key=_urgency, default=None)


def _urgency(action: Action) -> tuple[int, date, date, str]:
    return _STATES[action.state], action.until, action.on, action.id
