"""One letter as its actions see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lorplan.plan.model import Action

if TYPE_CHECKING:
    from datetime import date

    from lorplan.dates.day_set import DaySet
    from lorplan.plan.action_kinds import Kind
    from lorplan.plan.model import Channel, Letter, PlannedProgram, State
    from lorplan.rules.ask_window import AskWindow
    from lorplan.rules.key_dates import KeyDates
    from lorplan.rules.letter_history import LetterHistory
    from lorplan.rules.rule import Rule


class Situation(NamedTuple):
    """One letter, and what its actions need to know of the others.

    `enough_in_hand`: as many letters as wanted are promised or uploaded, so that no reserve need be asked. `closed`:
    nobody else is asked. `in_a_set`: the letter is in the set of some target that has no programs of its own.
    `programs` are those to which the letter can be assigned now, earlier deadlines first.
    """

    letter: Letter
    dates: KeyDates
    enough_in_hand: bool
    closed: bool
    in_a_set: bool
    programs: tuple[PlannedProgram, ...]

    @property
    def name(self) -> str:
        """The attending's name as typed."""
        return self.letter.attending

    @property
    def history(self) -> LetterHistory:
        """What has happened to the letter."""
        return self.letter.history

    @property
    def window(self) -> AskWindow:
        """When to ask."""
        return self.letter.window

    @property
    def on_site(self) -> DaySet:
        """The on-site days of the rotation."""
        return self.letter.candidate.on_site

    @property
    def to_be_asked(self) -> bool:
        """Whether the attending is to be asked: a pick, or a reserve that is needed."""
        verdict = self.letter.verdict
        return verdict == "ask" or (verdict == "reserve" and not self.enough_in_hand)

    @property
    def is_reserve(self) -> bool:
        """Whether the letter is in reserve."""
        return self.letter.verdict == "reserve"

    @property
    def performance_unknown(self) -> bool:
        """Whether the user has not recorded yet how the rotation went."""
        return self.letter.rotation.performance is None

    @property
    def in_person(self) -> Channel:
        """How one talks with this attending: by video if the rotation is by telehealth."""
        return "video" if self.letter.rotation.experience == "telehealth" else "in-person"

    def action(  # noqa: PLR0913 - an action has that many parts, all named
        self,
        kind: Kind,
        *,
        on: date,
        until: date,
        channel: Channel,
        title: str,
        rules: tuple[Rule, ...],
        number: int | None = None,
        conditional: bool = False,
    ) -> Action:
        """Make an action for this letter, with its state as of the plan's day."""
        return Action(
            id=f"{self.letter.id}:{kind}" + (f":{number}" if number else ""),
            kind=kind,
            rotation=self.letter.id,
            attending=self.name,
            on=on,
            until=until,
            state=find_state(on, until, self.dates.as_of),
            channel=channel,
            conditional=conditional and self.dates.as_of < on,
            title=title,
            rules=tuple(rule.id for rule in rules),
        )


def find_state(on: date, until: date, as_of: date) -> State:
    """Upcoming before `on`, due from `on` to `until`, overdue after."""
    if as_of < on:
        return "upcoming"
    return "due" if as_of <= until else "overdue"
