"""What has happened to a letter by a certain day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from lorplan.planfile.models import STEPS

if TYPE_CHECKING:
    from datetime import date

    from lorplan.planfile.models import Rotation

Status = Literal["planned", "asked", "agreed", "requested", "uploaded", "assigned", "declined"]

_DATED = (*STEPS, "packet", "thanked", "declined")
"""The events that happen once."""


class Record(NamedTuple):
    """The events of a letter that are known on a day, implied ones included.

    Of asked, agreed, requested, uploaded and assigned a later one implies the earlier ones on its day.
    `reminders` are in the order of the days; `status` is how far the letter is, and a decline ends its way;
    `hidden` says that events or an offer after the day were left out.
    """

    offered: date | None
    asked: date | None
    agreed: date | None
    packet: date | None
    requested: date | None
    reminders: tuple[date, ...]
    uploaded: date | None
    thanked: date | None
    assigned: date | None
    declined: date | None
    status: Status
    hidden: bool

    @property
    def is_asked(self) -> bool:
        """Whether the letter was asked for and not declined."""
        return self.asked is not None and self.declined is None

    @property
    def is_promised(self) -> bool:
        """Whether the writer has agreed, or done more, and not declined since."""
        return self.agreed is not None and self.declined is None

    @property
    def is_secured(self) -> bool:
        """Whether the letter has been uploaded."""
        return self.uploaded is not None

    @property
    def reminded(self) -> date | None:
        """The day of the latest reminder."""
        return self.reminders[-1] if self.reminders else None

    @property
    def last_word(self) -> date | None:
        """The day of the latest asking or reminder."""
        if self.asked and self.reminded:
            return max(self.asked, self.reminded)
        return self.asked

    def events(self) -> list[tuple[str, date]]:
        """What has happened, by day: the offer, the steps with the implied ones, every reminder."""
        named = [(name, getattr(self, name)) for name in ("offered", *STEPS, "packet", "thanked", "declined")]
        named += [("reminded", day) for day in self.reminders]
        return sorted(((name, day) for name, day in named if day), key=lambda event: event[1])


def record(rotation: Rotation, as_of: date) -> Record:
    """What is known of a rotation's letter on the day `as_of`; later events and a later offer are not."""
    events = rotation.letter
    offered = _known(rotation.offered, as_of)
    if not events.model_fields_set:
        return _record({}, (), offered=offered, hidden=offered != rotation.offered)
    written = {name: getattr(events, name) for name in _DATED}
    known = {name: day for name, day in written.items() if _known(day, as_of)}
    reminders = tuple(day for day in events.reminded if day <= as_of)
    hidden = (
        offered != rotation.offered
        or len(known) < sum(1 for day in written.values() if day)
        or len(reminders) < len(events.reminded)
    )
    return _record(known, reminders, offered=offered, hidden=hidden)


def _known(day: date | None, as_of: date) -> date | None:
    return day if day is not None and day <= as_of else None


def _record(known: dict[str, date], reminders: tuple[date, ...], *, offered: date | None, hidden: bool) -> Record:
    steps: dict[str, date | None] = {}
    implied = None
    for step in reversed(STEPS):
        implied = known.get(step, implied)
        steps[step] = implied
    return Record(
        offered=offered,
        asked=steps["asked"],
        agreed=steps["agreed"],
        packet=known.get("packet"),
        requested=steps["requested"],
        reminders=tuple(sorted(reminders)),
        uploaded=steps["uploaded"],
        thanked=known.get("thanked"),
        assigned=steps["assigned"],
        declined=known.get("declined"),
        status=_status(known),
        hidden=hidden,
    )


def _status(known: dict[str, date]) -> Status:
    if "declined" in known:
        return "declined"
    return next((step for step in reversed(STEPS) if step in known), "planned")
