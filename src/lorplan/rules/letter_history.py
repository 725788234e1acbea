"""What has happened to a letter by a certain day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from lorplan.planfile.events import REPEATED, SINGLE_EVENTS
from lorplan.planfile.models import STAGES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from lorplan.planfile.models import Rotation

Status = Literal["planned", "asked", "agreed", "requested", "uploaded", "assigned", "declined"]


class LetterHistory(NamedTuple):
    """The events of a letter that are known on a day.

    `days` has the single events by name, including the stages that a later stage implies; `reminders` are
    sorted. `status` is the furthest stage reached, or declined. `has_future`: later events were left out.
    """

    days: Mapping[str, date]
    reminders: tuple[date, ...]
    status: Status
    has_future: bool

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
        """The day of the request in the portal."""
        return self.days.get("requested")

    @property
    def uploaded(self) -> date | None:
        """The day of the upload."""
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
        return "declined" in self.days

    @property
    def is_asked(self) -> bool:
        """Whether the letter was asked for and not declined."""
        return "asked" in self.days and not self.is_declined

    @property
    def is_promised(self) -> bool:
        """Whether the writer has agreed, or has done more, and not declined."""
        return "agreed" in self.days and not self.is_declined

    @property
    def is_secured(self) -> bool:
        """Whether the letter has been uploaded."""
        return "uploaded" in self.days

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

    def events(self) -> list[tuple[str, date]]:
        """List every event with its day, by day, each reminder on its own."""
        found = [(name, self.days[name]) for name in SINGLE_EVENTS if name in self.days]
        found += [(REPEATED, day) for day in self.reminders]
        return sorted(found, key=lambda event: event[1])


_NOTHING_YET = LetterHistory(days={}, reminders=(), status="planned", has_future=False)


def find_history(rotation: Rotation, as_of: date) -> LetterHistory:
    """Find what is known of a rotation's letter on a day; events after it are left out."""
    if rotation.offered is None and not rotation.letter.model_fields_set:
        return _NOTHING_YET
    recorded = {name: day for name in SINGLE_EVENTS if (day := rotation.event(name))}
    known = {name: day for name, day in recorded.items() if day <= as_of}
    reminders = tuple(sorted(day for day in rotation.letter.reminded if day <= as_of))
    return LetterHistory(
        days=_with_implied(known),
        reminders=reminders,
        status=_status(known),
        has_future=len(known) < len(recorded) or len(reminders) < len(rotation.letter.reminded),
    )


def _with_implied(known: dict[str, date]) -> dict[str, date]:
    """Add the stages that a later stage implies, on that stage's day."""
    complete, later = dict(known), None
    for stage in reversed(STAGES):
        later = known.get(stage, later)
        if later:
            complete[stage] = later
    return complete


def _status(known: Mapping[str, date]) -> Status:
    if "declined" in known:
        return "declined"
    return next((stage for stage in reversed(STAGES) if stage in known), "planned")
