"""What has happened to a letter by a certain day, as far as it counts in the season of the plan.

Letters are entered, uploaded and assigned in the portal of one season. What happened in the portal of an earlier
season does not count again, but a letter that was uploaded then exists: it is carried over and can be imported.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from dateutil.relativedelta import relativedelta

from lorplan.planfile.events import EVENTS, REPEATED, SINGLE_EVENTS
from lorplan.planfile.models import STAGES
from lorplan.reference import policy_numbers as numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lorplan.planfile.models import Rotation

Status = Literal["planned", "asked", "agreed", "requested", "carried", "uploaded", "assigned", "declined"]

PROGRESS: Final[tuple[Status, ...]] = (
    "planned",
    "asked",
    "agreed",
    "requested",
    "carried",
    "uploaded",
    "assigned",
)
"""How far a letter can be, least first."""

_IN_LETTER: Final = frozenset(event.name for event in EVENTS if event.in_letter)
_LAPSE_WITHOUT_UPLOAD: Final = ("asked", "agreed", "requested")
_LAPSE_ALWAYS: Final = ("offered", "declined")
DAYS_OF_A_SEASON: Final = ("requested", "sent", "assigned", "imported")
"""What happens in the portal of one season, or says something about it."""


class LetterHistory(NamedTuple):
    """The events of a letter that are known on a day and count in the plan's season.

    `days` has the single events by name, including the stages that a later stage implies; `days["uploaded"]` is the
    writer's own upload, whatever the season. `reminders` are sorted. `status` is the furthest stage, carried if the
    letter was uploaded in an earlier season and not imported yet, or declined. `in_portal` is the day on which the
    letter came into this season's portal, by upload, import or assignment. `old_request` is the day of a request in
    an earlier season. `expired`: an upload is too old to be used again. `has_future`: later events were left out.
    `known` has every event of whatever season with its day, by day.
    """

    days: Mapping[str, date]
    reminders: tuple[date, ...]
    status: Status
    in_portal: date | None
    old_request: date | None
    expired: bool
    has_future: bool
    known: tuple[tuple[str, date], ...] = ()

    @property
    def offered(self) -> date | None:
        """The day the attending offered to write."""
        return self.days.get("offered")

    @property
    def asked(self) -> date | None:
        """The day the letter was asked for."""
        return self.days.get("asked")

    @property
    def agreed(self) -> date | None:
        """The day the attending agreed."""
        return self.days.get("agreed")

    @property
    def packet(self) -> date | None:
        """The day the writer was sent the documents."""
        return self.days.get("packet")

    @property
    def requested(self) -> date | None:
        """The day of the request in this season's portal."""
        return self.days.get("requested")

    @property
    def sent(self) -> date | None:
        """The day on which the writer said that the letter is sent."""
        return self.days.get("sent")

    @property
    def uploaded(self) -> date | None:
        """The day of the writer's own upload, in this season or an earlier one."""
        return self.days.get("uploaded")

    @property
    def thanked(self) -> date | None:
        """The day the writer was thanked."""
        return self.days.get("thanked")

    @property
    def assigned(self) -> date | None:
        """The day the letter was assigned."""
        return self.days.get("assigned")

    @property
    def is_declined(self) -> bool:
        """Whether the attending declined."""
        return self.status == "declined"

    @property
    def is_asked(self) -> bool:
        """Whether the letter was asked for and not declined."""
        return self.status not in {"planned", "declined"}

    @property
    def is_promised(self) -> bool:
        """Whether the writer has agreed and the letter is not in this season's portal yet."""
        return self.status in {"agreed", "requested", "carried"}

    @property
    def is_secured(self) -> bool:
        """Whether the letter is in this season's portal."""
        return self.status in {"uploaded", "assigned"}

    @property
    def last_reminder(self) -> date | None:
        """The day of the latest reminder."""
        return self.reminders[-1] if self.reminders else None

    @property
    def last_contacted(self) -> date | None:
        """The day the writer was last asked or reminded."""
        if self.asked and self.last_reminder:
            return max(self.asked, self.last_reminder)
        return self.asked

    def has_lapsed(self, event: str) -> bool:
        """Whether a single event has happened, but no longer counts: it belongs to an earlier season."""
        return event in dict(self.known) and event not in self.days

    def reminders_since(self, day: date) -> list[date]:
        """List the different days, on or after a day, on which the writer was reminded."""
        return sorted({reminder for reminder in self.reminders if reminder >= day})

    def counted(self) -> list[tuple[str, date]]:
        """List the events that count in the season with their days, by day, each reminder on its own."""
        return list_events(self.days, self.reminders)


def list_events(days: Mapping[str, date], reminders: Iterable[date]) -> list[tuple[str, date]]:
    """List events with their days, by day, each reminder on its own."""
    found = [(name, days[name]) for name in SINGLE_EVENTS if name in days]
    found += [(REPEATED, day) for day in reminders]
    return sorted(found, key=lambda event: event[1])


_NOTHING_YET: Final = LetterHistory({}, (), "planned", None, None, expired=False, has_future=False)


def find_history(rotation: Rotation, as_of: date, opens: date) -> LetterHistory:
    """Find what is known of a rotation's letter on a day, in the season that opens on `opens`."""
    recorded = {name: day for name in SINGLE_EVENTS if (day := rotation.event(name))}
    reminded = rotation.letter.reminded
    if not recorded and not reminded:
        return _NOTHING_YET
    known = {name: day for name, day in recorded.items() if day <= as_of}
    reminders = sorted(day for day in reminded if day <= as_of)
    has_future = len(known) < len(recorded) or len(reminders) < len(reminded)
    events = tuple(list_events(_with_implied(known), reminders))
    return _in_season(known, reminders, opens)._replace(has_future=has_future, known=events)


def _in_season(known: dict[str, date], reminders: Iterable[date], opens: date) -> LetterHistory:
    """Keep of the known events what counts in the season that opens on `opens`."""
    expired = _is_expired(known, opens)
    if expired:
        known = _without_expired_letter(known)
    known, lapsed = _without_lapsed(known, opens)
    days = _with_implied(known)
    old_request = days["requested"] if "requested" in days and days["requested"] < opens else None
    in_portal = _find_arrival_in_portal(days, opens)
    for name in DAYS_OF_A_SEASON:
        if name in days and days[name] < opens:
            del days[name]
    kept = _without_lapsed_messages(days, reminders) if lapsed or expired else tuple(reminders)
    return LetterHistory(
        days=days,
        reminders=kept,
        status=_find_status(days, in_portal),
        in_portal=in_portal,
        old_request=old_request,
        expired=expired,
        has_future=False,
    )


def _is_expired(known: Mapping[str, date], opens: date) -> bool:
    """Whether the letter was uploaded too long ago to be imported, and was not brought over before."""
    uploaded = known.get("uploaded", known.get("assigned"))
    used_again = any(known[name] >= opens for name in ("imported", "assigned") if name in known)
    too_long_ago = opens - relativedelta(years=numbers.REUSE_YEARS.value)
    return uploaded is not None and uploaded < too_long_ago and not used_again


def _without_expired_letter(known: Mapping[str, date]) -> dict[str, date]:
    """Leave out the upload that no longer counts, every letter event up to it, and its use in earlier seasons."""
    uploaded = known.get("uploaded", known.get("assigned", date.min))
    used = {"uploaded", "imported", "assigned"}
    return {name: day for name, day in known.items() if name not in _IN_LETTER or (day > uploaded and name not in used)}


def _without_lapsed(known: dict[str, date], opens: date) -> tuple[dict[str, date], bool]:
    """Leave out what was said so long ago that it counts as unsaid; and whether anything was."""
    has_letter = "uploaded" in known or "assigned" in known
    lapsing = _LAPSE_ALWAYS if has_letter else (*_LAPSE_ALWAYS, *_LAPSE_WITHOUT_UPLOAD)
    before = opens - timedelta(numbers.LAPSED_AFTER.value)
    kept = {name: day for name, day in known.items() if name not in lapsing or day >= before}
    return kept, len(kept) < len(known)


def _without_lapsed_messages(days: dict[str, date], reminders: Iterable[date]) -> tuple[date, ...]:
    """Drop the packet and the reminders from before the first asking that is left, and return the reminders kept."""
    first = min((days[name] for name in _LAPSE_WITHOUT_UPLOAD if name in days), default=date.max)
    if days.get("packet", first) < first:
        del days["packet"]
    return tuple(day for day in reminders if day >= first)


def _with_implied(known: dict[str, date]) -> dict[str, date]:
    """Add the stages that a later stage implies, on that stage's day."""
    complete, later = dict(known), None
    for stage in reversed(STAGES):
        later = known.get(stage, later)
        if later:
            complete[stage] = later
    return complete


def _find_arrival_in_portal(days: Mapping[str, date], opens: date) -> date | None:
    """Find the day on which the letter came into this season's portal: imported, else uploaded, else assigned."""
    found = (days[name] for name in ("imported", "uploaded", "assigned") if name in days)
    return next((day for day in found if day >= opens), None)


def _find_status(days: Mapping[str, date], in_portal: date | None) -> Status:
    if "declined" in days:
        return "declined"
    if "assigned" in days:
        return "assigned"
    if "uploaded" in days:
        return "uploaded" if in_portal else "carried"
    return next((status for status in reversed(PROGRESS) if status in days), "planned")
