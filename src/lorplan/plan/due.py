"""What is overdue, due and coming, over one plan or many."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lorplan.plan.applicant_plan import Dossier
    from lorplan.plan.model import Action

COMING_DAYS: Final = 14
"""How far ahead `due` looks: two weeks leave a weekend to prepare, and nobody reads further."""

_STATES: Final = {"overdue": 0, "due": 1, "upcoming": 2}


class Item(NamedTuple):
    """One action with the file it comes from and its applicant's name, if the file gives one."""

    action: Action
    file: str
    applicant: str | None

    def to_dict(self) -> dict[str, Any]:
        """The item as `due --json` prints it."""
        return {**self.action.to_dict(), "file": self.file, "applicant": self.applicant}


def agenda(dossiers: Iterable[Dossier], *, within: int) -> list[Item]:
    """The actions of several plans that are overdue, due, or due within some calendar days.

    Sorted by state, then by the day after which they are late; `within` is -1 for overdue and due only.
    """
    items = [
        Item(action, file, plan.applicant)
        for plan, file in dossiers
        for action in plan.actions
        if action.state != "upcoming" or action.on <= plan.as_of + timedelta(within)
    ]
    return sorted(items, key=_urgency)


def most_urgent(actions: Iterable[Action]) -> Action | None:
    """The action to deal with first: overdue before due before upcoming, then what is late first."""
    return min(actions, key=_rank, default=None)


def _urgency(item: Item) -> tuple[Any, ...]:
    return *_rank(item.action), item.file, item.action.id


def _rank(action: Action) -> tuple[Any, ...]:
    return _STATES[action.state], action.until, action.on
