"""Plans of one file on successive days: `due` shows every action from the day it begins until it is gone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorplan.plan.action_kinds import LETTER_KINDS
from lorplan.plan.applicant_plan import ApplicantPlan
from lorplan.plan.due import DAYS_AHEAD, find_due
from lorplan.plan.planner import make_plan
from lorplan.planfile.models import PlanFile
from lorplan.planfile.reader import loads
from oracle.strategies import EVERY_PLAN
from samples import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lorplan.plan.model import Action, Letter, Plan

Drawn = Any
"""A strategy for a plan as plain data and an as-of day."""

PROMISED: Final = {"agreed", "requested", "carried", "uploaded", "assigned"}


class Seen(NamedTuple):
    """An action of some day's plan, and a plan in which to look for it."""

    action: Action
    plan: Plan

    @property
    def letter(self) -> Letter:
        """The action's letter in the plan."""
        return self.plan.letter(self.action.subject)

    @property
    def to_be_asked(self) -> bool:
        """Whether to ask: a pick, or a reserve while fewer letters than wanted are promised."""
        running = [letter for letter in self.plan.letters if not letter.is_skipped]
        late_too = self.plan.as_of > self.plan.dates.latest_ask
        promised = [letter for letter in running if letter.status in PROMISED and not letter.candidate.silent]
        in_hand = [letter for letter in promised if letter.candidate.on_time or late_too]
        needed = len(in_hand) < self.plan.wanted
        return self.letter.verdict == "ask" or (self.letter.verdict == "reserve" and needed)

    @property
    def is_past(self) -> bool:
        """Whether the last day of the action has passed."""
        return self.plan.as_of > self.action.until

    def is_recorded(self, event: str) -> bool:
        """Whether something about the letter is in the file and known."""
        return event in self.letter.history.days

    @property
    def was_reminded(self) -> bool:
        """Whether the writer was reminded since the action began."""
        return bool(self.letter.history.reminders_since(self.action.on))

    @property
    def is_rated(self) -> bool:
        """Whether the file says how the rotation went."""
        return self.letter.rotation.performance is not None

    @property
    def in_a_set(self) -> bool:
        """Whether the letter is to be assigned to some target's programs."""
        return any(self.letter.id in coverage.letters for coverage in self.plan.coverage)

    @property
    def goes_to_programs(self) -> bool:
        """Whether the letter is still to be assigned to programs."""
        return any(self.letter.id in one.to_assign for one in self.plan.programs)

    @property
    def waits_for_application(self) -> bool:
        """Whether one of the action's programs can still be applied to, and is not."""
        own = [one for one in self.plan.programs if one.id in self.action.programs]
        return any(one.facts.is_open and not one.facts.applied for one in own)


def reminder_is_gone(s: Seen) -> bool:
    """Check whether the letter is uploaded, a reminder was sent since, or the next one's day has come."""
    last_reminder = s.letter.history.last_reminder
    done = last_reminder is not None and s.action.on <= last_reminder
    later = [one for one in s.plan.actions_for(s.letter) if one.kind == "remind"]
    overtaken = any(s.action.on < one.on <= s.plan.as_of for one in later)
    return s.letter.status != "requested" or s.is_recorded("sent") or done or overtaken


def backup_is_gone(s: Seen) -> bool:
    """Check whether the question is answered, unnecessary, too late, or about another letter."""
    running = [one for one in s.plan.letters if not one.is_skipped]
    secured = [one for one in running if one.status in {"uploaded", "assigned"}]
    asked_since = any(one.history.asked and one.history.asked >= s.action.on for one in running)
    asking = any(one.kind == "ask" and one.is_due for one in s.plan.actions)
    late = s.plan.as_of > s.action.until
    return len(secured) >= s.plan.wanted or asked_since or asking or late or best_backup(s.plan) != s.letter.id


def best_backup(plan: Plan) -> str | None:
    """Find the best letter in reserve or on hold that is on time and can be asked for halfway by the latest day."""
    waiting = (one for one in plan.letters if can_still_help(one))
    return next((one.id for one in waiting if midpoint(one) <= plan.dates.latest_ask), None)


def can_still_help(letter: Letter) -> bool:
    """Whether a letter in reserve or on hold would be there by the deadline."""
    return letter.verdict in {"reserve", "hold"} and letter.candidate.on_time and not letter.candidate.impossible


def midpoint(letter: Letter) -> date:
    """Count to the middle of the on-site days."""
    days = list(letter.candidate.on_site)
    return days[max((len(days) + 1) // 2, min(2, len(days))) - 1]


IS_GONE: Final[dict[str, Callable[[Seen], bool]]] = {
    "feedback": lambda s: not s.to_be_asked or s.is_rated or s.is_recorded("feedback") or s.is_past,
    "rate": lambda s: (
        s.letter.verdict == "keep"
        or s.is_rated
        or s.plan.asking_closed
        or s.letter.candidate.impossible
        or (s.letter.verdict == "hold" and s.plan.as_of > s.letter.window.closes)
    ),
    "notice": lambda s: s.letter.verdict != "ask" or s.is_recorded("notice") or s.is_past,
    "renew": lambda s: s.letter.status != "agreed" or s.is_past or s.was_reminded,
    "trace": lambda s: s.letter.status != "requested" or s.letter.history.sent is None,
    "import": lambda s: s.letter.status != "carried",
    "book": lambda s: not s.to_be_asked or s.plan.as_of >= s.letter.window.ask_on,
    "ask": lambda s: not s.to_be_asked,
    "follow-up": lambda s: s.letter.status != "asked",
    "packet": lambda s: s.letter.status not in {"agreed", "requested"} or s.letter.history.packet is not None,
    "request": lambda s: s.letter.status != "agreed",
    "remind": reminder_is_gone,
    "backup": backup_is_gone,
    "thank": lambda s: s.letter.history.thanked is not None,
    "assign": lambda s: not s.goes_to_programs and (s.letter.status != "uploaded" or not s.in_a_set),
}
"""When each kind of action is gone, while its letter is in the running and the season lasts.

What the file says of a rotation (performance, meeting, choice) is the same on every day; events and offers become
known on theirs. `ask` is gone once asked, as the verdict is then `keep`.
"""


def is_gone(s: Seen) -> bool:
    """Check whether an action need not be done any more."""
    season = s.plan.dates.season
    over = s.plan.as_of > season.ends or (s.plan.as_of > season.rank_list and s.action.kind != "thank")
    if s.action.kind == "apply":
        return over or not s.waits_for_application
    return over or s.letter.is_skipped or IS_GONE[s.action.kind](s)


def is_postponed(s: Seen) -> bool:
    """Check whether something new today moved the action: a reminder, or an offer, which also saves booking."""
    now = next((one for one in s.plan.actions if one.id == s.action.id), None)
    if s.action.kind == "apply":
        return False
    if s.letter.history.offered == s.plan.as_of:
        return now is None or now.on > s.plan.as_of
    return now is not None and s.letter.history.last_reminder == s.plan.as_of < now.on


def show_due(found: Plan, within: int = -1) -> set[Action]:
    """Find what `due` shows of a plan."""
    return {due.action for due in find_due([ApplicantPlan(found, "plan.yaml")], within=within)}


def assert_due_shows_what_is_due(found: Plan) -> None:
    """Compare what `due` shows with the plan: all that has begun, and what begins within two weeks."""
    assert show_due(found) == {action for action in found.actions if action.on <= found.as_of}
    soon = found.as_of + timedelta(DAYS_AHEAD)
    assert show_due(found, DAYS_AHEAD) == {action for action in found.actions if action.on <= soon}


def assert_nothing_is_lost_overnight(before: Plan, found: Plan) -> None:
    """Check that yesterday's actions that have begun are shown unless they are gone, and no other."""
    shown = {action.id for action in show_due(found)}
    for action in before.actions:
        if action.on <= found.as_of and action.id not in shown:
            assert is_gone(Seen(action, found)) or is_postponed(Seen(action, found))
    assert not [action.id for action in found.actions if is_gone(Seen(action, found))]


def assert_nothing_comes_late(before: Plan, found: Plan) -> None:
    """Check that what began before today was in yesterday's plan, unless something has happened to a letter."""
    known = {action.id for action in before.actions}
    late = [action.id for action in found.actions if action.on < found.as_of and action.id not in known]
    assert not late or [situation(one) for one in before.letters] != [situation(one) for one in found.letters]


def situation(letter: Letter) -> tuple[object, ...]:
    """Give what a new action can follow from: the verdict, what has happened, whether on time and silent."""
    return letter.id, letter.verdict, letter.history, letter.candidate.on_time, letter.candidate.silent


def assert_day_after_day(plan_file: PlanFile, first: date, days: int) -> set[str]:
    """Make the plan of each day in turn, and collect the kinds of actions that were due on some day."""
    before, kinds = make_plan(plan_file, first), set[str]()
    for number in range(1, days):
        found = make_plan(plan_file, first + timedelta(number))
        assert_due_shows_what_is_due(found)
        if found.dates.season == before.dates.season:
            assert_nothing_is_lost_overnight(before, found)
            assert_nothing_comes_late(before, found)
        kinds |= {action.kind for action in found.actions if action.state == "due"}
        before = found
    return kinds


A_YEAR: Final = """\
applicant: {season: 2028, targets: [internal medicine, family medicine]}
rotations:
  - {attending: Dr. Chen, specialty: internal medicine, start: 2027-01-04, end: 2027-01-29, performance: good,
     letter: {asked: 2027-01-28, agreed: 2027-02-01, packet: 2027-02-05, requested: 2027-06-04,
     reminded: [2027-07-05], uploaded: 2027-07-26, assigned: 2027-09-09, thanked: 2027-09-20}}
  - {attending: Dr. Okafor, specialty: internal medicine, start: 2027-02-01, end: 2027-02-26, contact: rarely,
     offered: 2027-02-13, letter: {asked: 2027-02-17, declined: 2027-02-20}}
  - {attending: Dr. Rossi, specialty: family medicine, start: 2027-03-01, end: 2027-03-26,
     letter: {asked: 2027-03-24, reminded: [2027-04-02], agreed: 2027-04-20}}
  - {attending: Dr. Sato, specialty: neurology, start: 2027-03-29, end: 2027-04-23, experience: observership}
  - {attending: Dr. Silva, specialty: cardiology, start: 2027-04-26, end: 2027-06-18, performance: fair}
  - {attending: Dr. Ward, specialty: internal medicine, start: 2027-05-03, end: 2027-05-28, choice: ask,
     letter: {asked: 2027-05-26, declined: 2027-05-27}}
  - {attending: Dr. Smith, specialty: family medicine, start: 2027-06-21, end: 2027-07-16, performance: good,
     letter: {asked: 2027-07-14, agreed: 2027-07-20, requested: 2027-07-21, sent: 2027-08-04}}
  - {attending: Dr. Haddad, specialty: neurology, start: 2027-07-19, end: 2027-08-27, performance: good,
     letter: {asked: 2027-08-30}}
  - {attending: Dr. Novak, specialty: neurology, start: 2027-08-16, end: 2027-09-10, choice: ask}
  - {attending: Dr. Gill, specialty: neurology, start: 2026-05-04, end: 2026-05-29,
     letter: {uploaded: 2026-08-03, imported: 2027-06-28}}
"""
"""One file for a whole year: the events become known one by one, and some things are never done."""


class TestDayAfterDay:
    """`due` shows every action from the day it begins until it is gone, not a day later and not a day longer.

    Only if the season is guessed, and the new day belongs to another season, can all days change at once.
    """

    @pytest.mark.parametrize(
        "days",
        [pytest.param(270, id="to_september"), pytest.param(540, id="to_next_summer", marks=pytest.mark.thorough)],
    )
    def test_due_shows_each_kind_of_action_for_as_long_as_it_is_due(self, days: int) -> None:
        """From New Year on, with every kind of action due on some day."""
        kinds = assert_day_after_day(loads(A_YEAR), date(2027, 1, 1), days)
        assert kinds == set(LETTER_KINDS)

    @EVERY_PLAN
    @given(st.data())
    def test_due_shows_the_actions_of_any_plan_for_as_long_as_they_are_due(
        self, plans: Drawn, data: st.DataObject
    ) -> None:
        """In a week of any file."""
        plan, as_of = data.draw(plans)
        assert_day_after_day(PlanFile.model_validate(plan), as_of, 8)

    @pytest.mark.thorough
    @pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
    def test_due_shows_the_actions_of_each_example_for_as_long_as_they_are_due(self, path: Path) -> None:
        """In two years from New Year of 2027."""
        assert assert_day_after_day(loads(path.read_text(encoding="utf-8")), date(2027, 1, 1), 730)
