"""A rotation as the rules look at it: what the file says, what has happened, and the days reckoned from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from lorplan.dates.day_set import DaySet
    from lorplan.planfile.models import Rotation
    from lorplan.rules.letter_history import Record
    from lorplan.rules.when import AskDays


class Candidate(NamedTuple):
    """One rotation with all that the rules compare.

    `place` is its place in the file, `person` the place of the first rotation with the same attending, and
    `targets` are the places of the targets that its letter counts for.
    """

    place: int
    person: int
    id: str
    rotation: Rotation
    record: Record
    on_site: DaySet
    days: AskDays
    arrives_by: date
    on_time: bool
    fresh: bool
    silent: bool
    strong: bool
    targets: tuple[int, ...]

    @property
    def name(self) -> str:
        """The attending's name as typed."""
        return self.rotation.attending.name

    @property
    def is_asked(self) -> bool:
        """Whether the letter was asked for already, and not declined."""
        return self.record.is_asked

    @property
    def weeks(self) -> int:
        """How many weeks the rotation lasts, begun ones counted."""
        return -(-((self.rotation.final_day - self.rotation.start).days + 1) // 7)
