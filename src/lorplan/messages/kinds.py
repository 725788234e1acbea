"""Which messages there are, and which one a letter needs next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, get_args

from lorplan.plan.due import most_urgent
from lorplan.plan.model import Kind
from lorplan.reference import policy_numbers as numbers

if TYPE_CHECKING:
    from lorplan.plan.model import Letter, Plan

MESSAGES: Final = (
    "feedback",
    "book",
    "ask-in-person",
    "ask-email",
    "offer-in-person",
    "offer-email",
    "follow-up",
    "packet",
    "request",
    "remind-gentle",
    "remind-firm",
    "backup",
    "thank",
    "self-write",
)
"""The messages there is a template for."""

_ACTION_OF: Final[dict[str, Kind]] = {
    "ask-in-person": "ask",
    "ask-email": "ask",
    "offer-in-person": "ask",
    "offer-email": "ask",
    "remind-gentle": "remind",
    "remind-firm": "remind",
}
"""The actions for which there are several messages."""

KINDS: Final = (*MESSAGES, "offer", *(kind for kind in get_args(Kind) if kind not in MESSAGES))
"""What can be asked for: a message, or an action that stands for one of several, or for none."""


def message_for(plan: Plan, letter: Letter, asked_for: str | None) -> str | None:
    """The message that a kind stands for, else that the letter's next action needs; None where nothing is next.

    An action without a message stands for itself.
    """
    urgent = most_urgent(action for action in plan.actions if action.rotation == letter.id)
    kind = asked_for or (urgent.kind if urgent else None)
    if kind == "ask" and letter.record.offered:
        kind = "offer"
    if kind in {"ask", "offer"}:
        return f"{kind}-{_way_to_ask(plan, letter)}"
    if kind == "remind":
        return "remind-firm" if _is_near(plan) else "remind-gentle"
    return kind


def _way_to_ask(plan: Plan, letter: Letter) -> str:
    """How to ask: as the action says; where there is none, in person while the rotation lasts."""
    channels = [a.channel for a in plan.actions if a.rotation == letter.id and a.kind == "ask"]
    by_email = channels[0] == "email" if channels else plan.as_of > letter.rotation.final_day
    return "email" if by_email else "in-person"


def _is_near(plan: Plan) -> bool:
    """Whether the first of the reminders that are tied to the date has come."""
    return plan.needed_by - plan.as_of <= timedelta(max(numbers.REMIND_BEFORE_DAYS.default))


def action_of(message: str) -> Kind | None:
    """The kind of action that a message belongs to; None for an answer, which belongs to none."""
    return _ACTION_OF.get(message) or next((kind for kind in get_args(Kind) if kind == message), None)
