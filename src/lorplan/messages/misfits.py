"""Which message or action does not fit what has happened to a letter, why, and which one would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from lorplan.messages.kinds import action_of, choose_message
from lorplan.reference.attending_names import form_of_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from lorplan.plan.model import Letter, Plan
    from lorplan.rules.letter_history import LetterHistory, Status

_FITTING: Final[dict[str, frozenset[Status]]] = {
    "notice": frozenset({"planned"}),
    "feedback": frozenset({"planned"}),
    "book": frozenset({"planned"}),
    "ask": frozenset({"planned"}),
    "backup": frozenset({"planned"}),
    "follow-up": frozenset({"asked"}),
    "packet": frozenset({"agreed", "requested"}),
    "renew": frozenset({"agreed"}),
    "request": frozenset({"agreed", "requested"}),
    "remind": frozenset({"requested"}),
    "trace": frozenset({"requested"}),
    "import": frozenset({"carried"}),
    "thank": frozenset({"uploaded", "assigned"}),
    "assign": frozenset({"uploaded"}),
    "rate": frozenset({"planned", "asked", "agreed", "requested", "carried", "uploaded", "assigned"}),
    "self-write": frozenset({"planned", "asked", "agreed", "requested"}),
}
"""How far a letter is when a kind of action, or an answer, fits it."""

_NEXT: Final[dict[Status, tuple[str, ...]]] = {
    "planned": ("ask",),
    "asked": ("follow-up",),
    "agreed": ("packet", "request"),
    "requested": ("packet", "trace", "remind"),
    "carried": ("import",),
    "uploaded": ("thank", "assign"),
    "assigned": ("thank",),
    "declined": (),
}
"""What a letter that far needs, what comes first first."""


class _Case(NamedTuple):
    """A message, the kind of action that it belongs to, the letter, and the day on which it is sent."""

    plan: Plan
    letter: Letter
    message: str
    kind: str
    day: date

    @property
    def name(self) -> str:
        """The attending's name as in the message."""
        return form_of_address(self.letter.attending)

    @property
    def history(self) -> LetterHistory:
        """What has happened to the letter."""
        return self.letter.history

    def write_day(self, day: date) -> str:
        """Write a day for a person."""
        return self.plan.dates.write_day(day)

    def write_day_of(self, event: str) -> str:
        """Write the day of an event that has happened."""
        return self.write_day(self.history.days[event])


def describe_misfit(plan: Plan, letter: Letter, message: str, day: date | None = None) -> str | None:
    """Say why a message or action does not fit a letter, and what would; None if it fits.

    `day` is the day on which it is sent, unless that is the plan's.
    """
    why = _find_reason(plan, letter, message, day or plan.as_of)
    if why is None:
        return None
    fitting = _find_fitting(plan, letter)
    return f"{message} does not fit: {why}; {f'{fitting} would' if fitting else 'no message would now'}"


def _find_fitting(plan: Plan, letter: Letter) -> str | None:
    """Find the message or action that fits a letter on the plan's day."""
    possible = (choose_message(plan, letter, kind) or kind for kind in _NEXT[letter.status])
    return next((message for message in possible if _find_reason(plan, letter, message, plan.as_of) is None), None)


def _find_reason(plan: Plan, letter: Letter, message: str, day: date) -> str | None:
    kind = action_of(message) or message
    case = _Case(plan, letter, message, kind, day)
    if letter.status not in _FITTING[kind]:
        return _STATE[letter.status](case)
    return next(_FINER[kind](case), None) if kind in _FINER else None


# --- how far the letter is ----------------------------------------------------------------------------------


_STATE: Final[dict[Status, Callable[[_Case], str]]] = {
    "planned": lambda c: f"{c.name} has not been asked yet",
    "asked": lambda c: f"{c.name} was asked on {c.write_day_of('asked')}, and no answer is recorded",
    "agreed": lambda c: f"{c.name} agreed on {c.write_day_of('agreed')}, and no request in the portal is recorded",
    "requested": lambda c: f"the letter from {c.name} was requested in the portal on {c.write_day_of('requested')}",
    "carried": lambda c: f"the letter from {c.name} of an earlier season has to be imported",
    "uploaded": lambda c: f"the letter from {c.name} is in the portal",
    "assigned": lambda c: f"the letter from {c.name} was assigned on {c.write_day_of('assigned')}",
    "declined": lambda c: f"{c.name} declined on {c.write_day_of('declined')}",
}
"""What to say of a letter that is so far."""


# --- what else may have happened ----------------------------------------------------------------------------


def _notice(c: _Case) -> Iterator[str]:
    yield from _closed(c)
    if "notice" in c.history.days:
        yield f"{c.name} was told on {c.write_day_of('notice')}"
    yield from _over(c)


def _feedback(c: _Case) -> Iterator[str]:
    yield from _closed(c)
    if "feedback" in c.history.days:
        yield f"{c.name} was asked for feedback on {c.write_day_of('feedback')}"
    yield from _over(c)
    yield from _to_come(c)


def _book(c: _Case) -> Iterator[str]:
    yield from _closed(c)
    meeting = c.letter.rotation.meeting
    if meeting and meeting >= c.day:
        yield f"the talk with {c.name} is agreed for {c.write_day(meeting)}"
    yield from _over(c)
    yield from _to_come(c)


def _ask(c: _Case) -> Iterator[str]:
    yield from _closed(c)
    offered = c.history.offered
    if c.message.startswith("offer") and not offered:
        yield f"no offer of {c.name} to write is recorded"
    if c.message.startswith("ask-") and offered:
        yield f"{c.name} offered to write on {c.write_day(offered)}"
    if c.message.endswith("-in-person") and choose_message(c.plan, c.letter, "ask", c.day) != c.message:
        yield from _over(c)


def _closed(c: _Case) -> Iterator[str]:
    """Say so once the rank lists are closed (WHEN-18)."""
    rank_list = c.plan.dates.season.rank_list
    if c.day > rank_list:
        yield f"the rank lists closed on {c.write_day(rank_list)}, so nobody is asked any more"


def _over(c: _Case) -> Iterator[str]:
    """Say so once the two no longer meet."""
    last_day = c.letter.candidate.last_day
    if c.day > last_day and not c.letter.candidate.elsewhere:
        yield f"the rotation with {c.name} ended on {c.write_day(last_day)}"


def _to_come(c: _Case) -> Iterator[str]:
    """Say so until the two meet."""
    first_day = c.letter.candidate.on_site.first
    if c.day < first_day:
        yield f"the rotation with {c.name} begins on {c.write_day(first_day)}"


def _packet(c: _Case) -> Iterator[str]:
    if c.history.packet:
        yield f"{c.name} was sent your documents on {c.write_day(c.history.packet)}"


def _request(c: _Case) -> Iterator[str]:
    """On the day of the request itself the message still fits; before the portal opens there can be none."""
    requested = c.history.requested
    if requested and requested < c.day:
        yield _STATE["requested"](c)
    if c.day < c.plan.dates.portal_from:
        yield "your portal is not open yet"


def _remind(c: _Case) -> Iterator[str]:
    if c.history.sent:
        yield f"{c.name} said on {c.write_day(c.history.sent)} that the letter is sent"
    if c.message == "remind-gentle" and c.day > c.plan.dates.needed_by:
        yield f"the letter was needed by {c.write_day(c.plan.dates.needed_by)}"


def _trace(c: _Case) -> Iterator[str]:
    if not c.history.sent:
        yield f"{c.name} has not said that the letter is sent"


def _thank(c: _Case) -> Iterator[str]:
    uploaded, opens = c.history.uploaded, c.plan.dates.season.opens
    if uploaded and c.history.thanked and c.history.thanked >= uploaded:
        yield f"{c.name} was thanked on {c.write_day(c.history.thanked)}"
    if uploaded and uploaded < opens:
        yield f"the letter from {c.name} was uploaded in an earlier season, on {c.write_day(uploaded)}"


def _rate(c: _Case) -> Iterator[str]:
    performance = c.letter.rotation.performance
    if performance:
        yield f"it is recorded how it went with {c.name}: {performance}"


_FINER: Final[dict[str, Callable[[_Case], Iterator[str]]]] = {
    "notice": _notice,
    "feedback": _feedback,
    "book": _book,
    "ask": _ask,
    "backup": _closed,
    "packet": _packet,
    "request": _request,
    "remind": _remind,
    "trace": _trace,
    "thank": _thank,
    "rate": _rate,
}
"""What else can make a kind wrong for a letter that is far enough."""
