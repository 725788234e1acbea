"""What is overdue, due and coming, in one plan or many."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.model import Action

DAYS_AHEAD: Final = 14
"""How far ahead `due` looks unless told otherwise: two weeks leave a weekend to prepare."""

_STATES: Final = {"overdue": 0, "due": 1, "upcoming": 2}


class DueAction(NamedTuple):
    """An action with the file it comes from, and the applicant's name if the file gives one."""

    action: Action
    file: str
    applicant: str | None


def find_due(applicant_plans: Iterable[ApplicantPlan], *, within: int) -> list[DueAction]:
    """Find the actions of several plans that are overdue, due, or due within some calendar days.

    Sorted by state, then by the day after which they are overdue. `within` is -1 for overdue and due only.
    """
    found = [
        DueAction(action, file, plan.applicant.name)
        for plan, file in applicant_plans
        for action in plan.actions
        if action.is_due or action.on <= plan.as_of + timedelta(within)
    ]
    return sorted(found, key=lambda due: (*_urgency(due.action), due.file, due.action.id))


def most_urgent(actions: Iterable[Action]) -> Action | None:
    """Find the action to deal with first: overdue before due before upcoming, then what is overdue first."""
    return min(actions, key=_urgency, default=None)


def _urgency(action: Action) -> tuple[Any, ...]:
    return _STATES[action.state], action.until, action.on
