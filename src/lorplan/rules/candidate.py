"""A rotation as the rules see it: what the file says, what has happened, and the days worked out from both."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from lorplan.dates.day_set import DaySet
    from lorplan.planfile.models import Rotation
    from lorplan.rules.ask_window import AskWindow
    from lorplan.rules.letter_history import LetterHistory


class Candidate(NamedTuple):
    """One rotation with everything that the rules compare.

    `position` is its index in the file, `person` that of the first rotation with the same attending. `declined`: the
    attending declined in one of theirs. `days_together` are the on-site days with the attending, earlier rotations
    included; `too_short`, that they are too few. `elsewhere`: the two meet today in another rotation. `arrives_by` is
    the day on which the letter can be relied on. `begun` and `over`: the rotation has begun, is over. `parts` are the
    (target, part) indices that the letter counts for, `may_go_to` the indices of the targets it can be assigned to.
    `impossible`: a letter not asked for yet would come after the rank list.
    """

    position: int
    person: int
    id: str
    rotation: Rotation
    history: LetterHistory
    declined: bool
    on_site: DaySet
    days_together: int
    too_short: bool
    elsewhere: bool
    window: AskWindow
    arrives_by: date
    on_time: bool
    fresh: bool
    silent: bool
    begun: bool
    over: bool
    impossible: bool
    parts: tuple[tuple[int, int], ...]
    may_go_to: tuple[int, ...]

    @property
    def name(self) -> str:
        """The attending's name as typed."""
        return self.rotation.attending.name

    @property
    def is_asked(self) -> bool:
        """Whether the letter was asked for and not declined."""
        return self.history.is_asked

    @property
    def is_in_hand(self) -> bool:
        """Whether the letter is promised or secured."""
        return self.history.is_promised or self.history.is_secured

    @property
    def targets(self) -> list[int]:
        """The indices of the targets that the letter counts for."""
        return sorted({target for target, _ in self.parts})

    @property
    def last_day(self) -> date:
        """The last on-site day."""
        return self.on_site.last
