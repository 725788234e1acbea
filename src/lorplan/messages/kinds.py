"""Which messages there are, and which one a letter needs next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from lorplan.plan.action_kinds import KINDS, LETTER_KINDS
from lorplan.plan.due import most_urgent
from lorplan.planfile.models import Policy

if TYPE_CHECKING:
    from datetime import date

    from lorplan.plan.action_kinds import Kind
    from lorplan.plan.model import Action, Letter, Plan

MESSAGES: Final = (
    "notice",
    "feedback",
    "book",
    "ask-in-person",
    "ask-email",
    "offer-in-person",
    "offer-email",
    "follow-up",
    "packet",
    "renew",
    "request",
    "remind-gentle",
    "remind-firm",
    "trace",
    "backup",
    "thank",
    "self-write",
)
"""The messages that have a template."""

MESSAGE_KINDS: Final = (*MESSAGES, "offer", *(kind for kind in LETTER_KINDS if kind not in MESSAGES))
"""What a user can ask for: a message, or a kind of action, which stands for one of several messages or for none."""


def choose_message(plan: Plan, letter: Letter, kind: str | None, as_of: date | None = None) -> str | None:
    """Choose the message of a kind, else the one that the letter's next action needs; None if there is no next.

    An action without a message stands for itself. `as_of` is the day on which the message is sent, unless that is
    the plan's.
    """
    urgent = most_urgent(plan.actions_for(letter))
    kind = kind or (urgent.kind if urgent else None)
    if kind == "ask" and letter.history.offered:
        kind = "offer"
    if kind in {"ask", "offer"}:
        return f"{kind}-{_way_to_ask(plan, letter, as_of or plan.as_of)}"
    if kind == "remind":
        return "remind-firm" if _is_near(plan, as_of or plan.as_of) else "remind-gentle"
    return kind


def find_sending_day(plan: Plan, letter: Letter, kind: str | None) -> date:
    """Find the day on which a message of a kind, else the next one, is sent: the action's, unless that is past."""
    actions = plan.actions_for(letter)
    if kind:
        of_kind = [action for action in actions if action.kind == action_of(kind)]
        actions = [action for action in of_kind if _message_of(plan, letter, action) == kind] or of_kind
    action = most_urgent(actions)
    return max(plan.as_of, action.on) if action else plan.as_of


def _message_of(plan: Plan, letter: Letter, action: Action) -> str | None:
    return choose_message(plan, letter, action.kind, max(plan.as_of, action.on))


def _way_to_ask(plan: Plan, letter: Letter, as_of: date) -> str:
    """Ask the way the action says; if there is none, in person while the rotation lasts."""
    channels = [action.channel for action in plan.actions_for(letter) if action.kind == "ask"]
    by_email = channels[0] == "email" if channels else as_of > letter.candidate.last_day
    return "email" if by_email else "in-person"


def _is_near(plan: Plan, as_of: date) -> bool:
    """Whether the first of the last reminders has come; by the rule book's number if the policy has none."""
    last_reminders = plan.dates.policy.remind_before_days or Policy().remind_before_days
    return plan.dates.needed_by - as_of <= timedelta(max(last_reminders))


def action_of(message: str) -> Kind | None:
    """Find the kind of action that a message belongs to; None for an answer, which belongs to none."""
    stem = message.removesuffix("-in-person").removesuffix("-email").removesuffix("-gentle").removesuffix("-firm")
    wanted = "ask" if stem == "offer" else stem
    return next((kind.name for kind in KINDS if kind.name == wanted), None)
