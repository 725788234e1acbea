"""A rotation as the rules see it: what the file says, what has happened, and the days worked out from both."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from lorplan.dates.day_set import DaySet
    from lorplan.planfile.models import Rotation
    from lorplan.rules.letter_history import LetterHistory
    from lorplan.rules.rule import Rule


class AskWindow(NamedTuple):
    """When to ask: from `opens` to `closes`, best on `ask_on`.

    `midpoint`: half of the on-site days are over; `book_on`: the day to book the talk, None if there is none to
    book; `pulled`: the deadline moved the asking forward; `rule`: the rule that set `ask_on`.
    """

    midpoint: date
    opens: date
    ask_on: date
    closes: date
    rule: Rule
    book_on: date | None = None
    pulled: bool = False


class Candidate(NamedTuple):
    """One rotation with everything that the rules compare.

    `position` is its index in the file, `person` that of the first rotation with the same attending, `declined`
    whether the attending declined in any rotation. `targets` are the indices of the targets that the letter counts
    for, `on_site` the days together, `arrives_by` the day on which the letter can be relied on.
    """

    position: int
    person: int
    id: str
    rotation: Rotation
    history: LetterHistory
    declined: bool
    on_site: DaySet
    window: AskWindow
    arrives_by: date
    on_time: bool
    fresh: bool
    silent: bool
    targets: tuple[int, ...]

    @property
    def name(self) -> str:
        """The attending's name as typed."""
        return self.rotation.attending.name

    @property
    def is_asked(self) -> bool:
        """Whether the letter was asked for and not declined."""
        return self.history.is_asked

    @property
    def weeks(self) -> int:
        """The length of the rotation in weeks, started ones included."""
        return -(-((self.rotation.final_day - self.rotation.start).days + 1) // 7)
