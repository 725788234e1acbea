"""What stays true when a plan is changed a little: another day, event, rotation, order of the file, clock or zone.

`test_properties.py` looks at one plan at a time. Here two plans are held against each other, or one against the
days a user can keep to, which the second reckoning counts. Each promise has a cheap everyday search and a thorough
one.
"""

from __future__ import annotations

import re
import sys
import time
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import product
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import plan as planned
from builders import rotation
from lorplan.edit.record_event import EVENTS, WORDS, Field
from lorplan.errors import PlanFileError, UsageError
from lorplan.plan.applicant_plan import Dossier
from lorplan.plan.due import COMING_DAYS, agenda
from lorplan.plan.planner import make_plan
from lorplan.planfile.models import PlanFile
from lorplan.planfile.reader import loads, parse
from lorplan.reference.attending_names import same_attending
from lorplan.rules import BY_ID
from oracle.reckoning import WEEKDAYS, days_in, is_business_day, onsite_days, present
from oracle.strategies import FACES, Dice, quick_plans_and_days, quick_rotation, to_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lorplan.plan.model import Action, Letter, Plan
    from lorplan.planfile.reader import Parsed

Plain = dict[str, Any]
PlanAndDay = tuple[Plain, date]

SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
EVERYDAY = settings(SETTINGS, max_examples=60)
SHORT = settings(SETTINGS, max_examples=30)
THOROUGH = settings(SETTINGS, max_examples=2000)
LENGTHY = settings(SETTINGS, max_examples=1200)

ONE_DAY = timedelta(1)
TESTS = Path(__file__).parents[1]
FILES = sorted((TESTS.parent / "examples").glob("*.yaml"))
CASES = sorted((TESTS / "stories" / "cases").glob("*.yaml"))


def plan_of(plan: Plain, as_of: date) -> Plan:
    """Plan a file from its values, without the detour of its text."""
    return make_plan(PlanFile.model_validate(plan), as_of)


def by_id(found: Plan) -> dict[str, Letter]:
    """Show the letters of a plan by their ids."""
    return {letter.id: letter for letter in found.letters}


# ---- Talks are on days together


@dataclass(frozen=True)
class Together:
    """One rotation as far as talks go: the days together, and the offer and meeting known on the day."""

    days: tuple[date, ...]
    offered: date | None
    meeting: date | None

    @property
    def later_half(self) -> tuple[date, ...]:
        """The days from the midpoint on."""
        return self.days[(len(self.days) - 1) // 2 :]


def together(plan: Plain, as_of: date) -> dict[str, Together]:
    """Count the days of each rotation the second way: on site, no holiday, and neither of the two away."""
    days_off = days_in(present(plan["applicant"]).get("holidays"))
    rows = {row["id"]: present(row) for row in plan["rotations"]}
    return {
        id_: Together(
            days=onsite_days(row, days_off),
            offered=known(row.get("offered"), as_of),
            meeting=row.get("meeting"),
        )
        for id_, row in rows.items()
    }


def known(day: date | None, as_of: date) -> date | None:
    """Forget a day that is still ahead."""
    return day if day and day <= as_of else None


def assert_a_good_day_to_ask(ask: Action, shared: Together) -> None:
    """Hold the day against what set it: a meeting, else an offer, else half of the days together."""
    if shared.meeting:
        assert ask.on == shared.meeting
    elif shared.offered is None:
        assert ask.on in shared.later_half
    elif shared.days[0] <= shared.offered <= shared.days[-1]:
        assert ask.on == next(day for day in shared.days if day >= shared.offered)
    else:
        assert ask.on >= shared.offered
        assert is_business_day(ask.on)


def assert_they_meet(talk: Action, shared: Together, as_of: date) -> None:
    """A talk face to face needs a day together, or a meeting, from its day and from today on."""
    still = max(talk.on, as_of)
    assert shared.days[0] <= talk.on or talk.on == shared.meeting
    assert shared.days[-1] >= still or (shared.meeting is not None and shared.meeting >= as_of)


def assert_talks_are_on_days_together(plan: Plain, as_of: date) -> None:
    """Hold every talk of a plan against the days together."""
    shared = together(plan, as_of)
    for action in plan_of(plan, as_of).actions:
        own = shared[action.rotation]
        if action.kind == "ask":
            assert_a_good_day_to_ask(action, own)
        if action.kind == "ask" and action.channel != "email":
            assert_they_meet(action, own, as_of)
        if action.kind in {"feedback", "book"}:
            assert {action.on, action.until} <= set(own.later_half)


START: Final = date(2027, 7, 1)
"""A Thursday: the Monday after it is off, for Independence Day is a Sunday in 2027."""


def short_rotations() -> Iterator[Plain]:
    """Make every rotation of a dozen days at most, with days off, narrow and wide windows, and near deadlines."""
    off: tuple[Plain, ...] = (
        {},
        {"away": [START + timedelta(4)]},
        {"away": [{"from": START, "to": START + timedelta(2)}]},
    )
    choices = product(range(12), (["mon", "wed", "fri"], list(WEEKDAYS[:6])), off, (0, 6))
    for length, days, away, holiday in choices:
        row = {"start": START, "end": START + timedelta(length), "days": days, **away}
        yield {**row, "holidays": [START + timedelta(holiday)]}


def short_plans() -> Iterator[Plain]:
    """Make a plan of each, save of those in which no day is left."""
    for row, window, ahead in product(short_rotations(), (1, 7, 28), (None, 33, 38, 43)):
        holidays = row["holidays"]
        applicant = {"season": 2028, "holidays": holidays, "deadline": ahead and START + timedelta(ahead)}
        rotation = {"id": "one", "attending": "Dr. One", "specialty": "IM", **row}
        del rotation["holidays"]
        if onsite_days(rotation, set(holidays)):
            yield {"applicant": applicant, "policy": {"final_week_days": window}, "rotations": [rotation]}


class TestTalks:
    """Nobody is asked too soon, or on a day on which one of the two is off.

    Off: a weekday that is not on site, `away`, the applicant's `holidays`, and in the US a federal holiday that is
    not in `worked`. `ask` begins on a day together from the midpoint on, whatever its channel, also where the
    deadline pulls it forward, and also where it is too late to ask in time. The exceptions:

    - a meeting: it begins on the day of the meeting, any day, before the midpoint or on a day off too;
    - an offer within the rotation: the first day together on or after it, before the midpoint too;
    - an offer before or after the rotation: a business day.

    `until` may be a day off: the latest day to ask counts back calendar days. After the last day together, or for
    a day before the first, `ask` is by e-mail, unless a meeting is today or ahead.
    """

    @EVERYDAY
    @given(quick_plans_and_days())
    def test_talks_are_on_days_together(self, drawn: PlanAndDay) -> None:
        """`ask`, `book` and `feedback` begin on a day together in the later half, save for the exceptions."""
        assert_talks_are_on_days_together(*drawn)

    def test_they_are_in_every_short_rotation(self) -> None:
        """Of one day to a dozen, where there is least room, with a holiday and days off in it."""
        for plan in short_plans():
            assert_talks_are_on_days_together(plan, START)

    @pytest.mark.parametrize("days", [["mon", "thu"], list(WEEKDAYS[:5])], ids=["two_days_a_week", "weekdays"])
    def test_they_are_after_an_offer_on_any_day(self, days: list[str]) -> None:
        """From a fortnight before a rotation to a fortnight after it, and with a meeting too."""
        row: Plain = {"id": "one", "attending": "Dr. One", "specialty": "IM", "days": days}
        row |= {"start": START, "end": START + timedelta(28), "away": [date(2027, 7, 12)]}
        for ahead, meeting in product(range(-14, 43), (None, START, START + timedelta(9))):
            offered = START + timedelta(ahead)
            plan = {"applicant": {"season": 2028}, "rotations": [{**row, "offered": offered, "meeting": meeting}]}
            assert_talks_are_on_days_together(plan, offered)

    @pytest.mark.thorough
    @THOROUGH
    @given(quick_plans_and_days())
    def test_talks_are_on_days_together_in_many_more(self, drawn: PlanAndDay) -> None:
        """The same over many more files."""
        assert_talks_are_on_days_together(*drawn)


# ---- What a verdict lets be done

BEFORE: Final = {"feedback", "rate", "book", "ask"}
LETS: Final[dict[tuple[str, str], set[str]]] = {
    ("skip", "any"): set(),
    ("hold", "planned"): {"rate", "backup"},
    ("reserve", "planned"): BEFORE | {"backup"},
    ("ask", "planned"): BEFORE,
    ("keep", "asked"): {"follow-up"},
    ("keep", "agreed"): {"packet", "request"},
    ("keep", "requested"): {"packet", "remind"},
    ("keep", "uploaded"): {"thank", "assign"},
    ("keep", "assigned"): {"thank"},
}
"""The kinds of actions that a verdict and a status let be: none at all for a skipped letter."""


def assert_verdicts_limit_actions(found: Plan) -> None:
    """Hold every action against the verdict and the status of its letter."""
    letters = by_id(found)
    for action in found.actions:
        letter = letters[action.rotation]
        assert action.kind in LETS[letter.verdict, letter.status]


def crowded(plan: Plain) -> Plain:
    """Want one letter only, so that most of a plan's letters are on hold."""
    policy = {**plan["policy"], "want": 1, "spare": 0}
    return {**plan, "policy": policy, "applicant": {**plan["applicant"], "targets": []}}


class TestVerdicts:
    """No `ask`, `book` or `feedback` for a letter on hold, no action at all for one that is skipped."""

    @EVERYDAY
    @given(quick_plans_and_days(), st.booleans())
    def test_verdicts_and_statuses_limit_the_actions(self, drawn: PlanAndDay, crowd: bool) -> None:  # noqa: FBT001 - drawn
        """Each kind of action is for certain verdicts and statuses only, also where many are on hold."""
        assert_verdicts_limit_actions(plan_of(crowded(drawn[0]) if crowd else drawn[0], drawn[1]))

    @pytest.mark.thorough
    @THOROUGH
    @given(quick_plans_and_days(), st.booleans())
    def test_they_do_in_many_more(self, drawn: PlanAndDay, crowd: bool) -> None:  # noqa: FBT001 - drawn
        """The same over many more files."""
        assert_verdicts_limit_actions(plan_of(crowded(drawn[0]) if crowd else drawn[0], drawn[1]))


# ---- The rule book

CITED = re.compile(r"\b(?:WHO|MIX|WHEN)-\d+\b")


def assert_everything_cites_the_book(found: Plan) -> None:
    """Every letter and action cites a rule, and whatever is cited, in texts too, is in the book."""
    assert all(action.rules for action in found.actions)
    assert all(letter.reasons and letter.reason.rule for letter in found.letters)
    assert rules_fired(found) <= set(BY_ID)
    texts = [text for letter in found.letters for text in letter.would_change]
    texts += [warning.text for warning in found.warnings]
    assert set(CITED.findall(" ".join(texts))) <= set(BY_ID)


def rules_told(found: Plan) -> dict[str, set[str]]:
    """Collect the rules that spoke, decided, asked for something or warned; not those of `would_change`."""
    return {
        "reasons": {reason.rule for letter in found.letters for reason in letter.reasons},
        "decided_by": {letter.decided_by.rule for letter in found.letters if letter.decided_by},
        "actions": {rule for action in found.actions for rule in action.rules},
        "warnings": {rule for warning in found.warnings for rule in CITED.findall(warning.text)},
    }


def rules_fired(found: Plan) -> set[str]:
    """Collect the rules that fired in any way."""
    return set().union(*rules_told(found).values())


@cache
def worked_plans() -> tuple[Plan, ...]:
    """Plan the worked cases as of their days, the examples, and what few comparisons no case turns on."""
    cases = [yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) for path in CASES]  # noqa: S506 - safe
    made = [make_plan(loads(case["plan"]), date.fromisoformat(case["as_of"])) for case in cases]
    examples = [loads(path.read_text(encoding="utf-8")) for path in FILES]
    return (*made, *(make_plan(example, date(2027, 8, 20)) for example in examples), *rare_comparisons())


def rare_comparisons() -> tuple[Plan, Plan]:
    """Plan for two letters that differ only in counting for a target, and two of which one is old."""
    ames, boyd = rotation("Dr. Ames"), rotation("Dr. Boyd", specialty="psychiatry")
    old = rotation("Dr. Cruz", start="2026-06-01", end="2026-06-26")
    return planned(ames, boyd, policy={"want": 1}, targets=["psychiatry"]), planned(ames, old, policy={"want": 1})


def book(who: str = "", mix: str = "", when: str = "") -> set[str]:
    """Write rule ids from their numbers."""
    parts = (("WHO", who), ("MIX", mix), ("WHEN", when))
    return {f"{part}-{number}" for part, numbers in parts for number in numbers.split()}


TOLD: Final = {
    "reasons": book("1 2 3 4 5 6 7 8 9 10 11 12", "1 2", "1 2 4 5 7 8 9 10 11 14"),
    "decided_by": book("2 3 4 5 6 9 11", "1 2"),
    "actions": book("2 7", "4 5", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16"),
    "warnings": book("9 11", "1 2 3", "11"),
}
"""Where each rule is told: MIX-3 in a warning only, MIX-4 and MIX-5 and some of WHEN behind actions only."""


DECIDERS: Final = {
    "ask": {"MIX-1", "MIX-2", *(f"WHO-{n}" for n in (2, 3, 4, 5, 6, 7, 9, 11, 12))},
    "reserve": {"MIX-1", "MIX-2", *(f"WHO-{n}" for n in (2, 3, 4, 5, 6, 9, 11))},
    "hold": {"MIX-1", "MIX-2", *(f"WHO-{n}" for n in (2, 3, 4, 5, 6, 9, 11))},
    "skip": {"WHO-1", "WHO-2", "WHO-8", "WHO-10", "WHO-12"},
    "keep": {"WHEN-8", "WHEN-10", "WHEN-11", "WHEN-14"},
}
"""The rules that can be the first reason of each verdict."""


class TestRules:
    """Nothing is said without a rule of the book, and the book has no rule that nothing is said by."""

    @EVERYDAY
    @given(quick_plans_and_days())
    def test_everything_cites_the_book(self, drawn: PlanAndDay) -> None:
        """Verdicts, reasons, actions and warnings; and each verdict rests on a rule that can decide it."""
        found = plan_of(*drawn)
        assert_everything_cites_the_book(found)
        assert all(letter.reason.rule in DECIDERS[letter.verdict] for letter in found.letters)

    @pytest.mark.thorough
    @THOROUGH
    @given(quick_plans_and_days())
    def test_everything_cites_the_book_in_many_more(self, drawn: PlanAndDay) -> None:
        """The same over many more files."""
        found = plan_of(*drawn)
        assert_everything_cites_the_book(found)
        assert all(letter.reason.rule in DECIDERS[letter.verdict] for letter in found.letters)

    def test_every_rule_of_the_book_fires_and_no_other(self) -> None:
        """Over the worked cases and the examples the rules that fire are exactly the rule book."""
        assert set().union(*map(rules_fired, worked_plans())) == set(BY_ID)

    @pytest.mark.parametrize("place", TOLD)
    def test_every_rule_fires_wherever_it_can(self, place: str) -> None:
        """As a reason of a verdict, as the comparison that was lost, behind an action, and in a warning."""
        assert set().union(*(rules_told(found)[place] for found in worked_plans())) == TOLD[place]

    def test_every_action_and_verdict_there_is_comes_up(self) -> None:
        """The same plans show every kind of action and every verdict, so that no rule fires for want of others."""
        kinds = {action.kind for found in worked_plans() for action in found.actions}
        verdicts = {letter.verdict for found in worked_plans() for letter in found.letters}
        assert kinds == set().union(*LETS.values())
        assert verdicts == set(DECIDERS)


# ---- A better rotation

NEWCOMER: Final = {"name": "Dr. Newcomer", "email": "newcomer@example.org", "role": "attending"}
BEST: Final = {
    "performance": "excellent",
    "contact": "daily",
    "residency_affiliated": True,
    "img_friendly": True,
    "letterhead": True,
}


def better(row: Plain, later: int) -> Plain:
    """Copy a rotation to another attending, as good as can be, and some days later."""
    shift = timedelta(later)
    moved = {key: row[key] and row[key] + shift for key in ("start", "end", "last_day")}
    return {**deepcopy(row), **moved, **BEST, "id": "newcomer", "attending": NEWCOMER}


def newcomers(plan: Plain, pick: str, faces: bytes) -> Iterator[Plain]:
    """Make rotations with another attending: better ones than a pick, the same days or later, and any other."""
    row = next(row for row in plan["rotations"] if row["id"] == pick)
    yield better(row, 0)
    yield {**better(row, 28), "away": [], "letter": None, "offered": None, "meeting": None}
    other, _ = quick_rotation(faces, 0, row["start"].replace(month=1, day=1))
    yield {**other, "id": "newcomer", "attending": {**other["attending"], **NEWCOMER}}


def with_newcomer(plan: Plain, row: Plain, place: int, as_of: date) -> Plan | None:
    """Plan a file with one rotation more; None where the applicant's holidays leave it no day."""
    rows = [*plan["rotations"][:place], row, *plan["rotations"][place:]]
    off = days_in(present(plan["applicant"]).get("holidays"))
    return plan_of({**plan, "rotations": rows}, as_of) if onsite_days(present(row), off) else None


def assert_nobody_is_put_out(before: Plan, after: Plan, *, season_moved: bool) -> None:
    """Whoever was in the running is still in it; a letter that was kept is kept."""
    letters = by_id(after)
    for letter in before.letters:
        now = letters[letter.id]
        assert now.status == letter.status
        assert (now.verdict == "keep") == (letter.verdict == "keep") or season_moved
        if letter.verdict != "skip" and now.verdict == "skip":
            assert season_moved
            assert now.reason.rule == "WHO-10"


def assert_a_newcomer_puts_nobody_out(plan: Plain, as_of: date, faces: bytes, place: int) -> None:
    """Add rotations to a plan, one after the other, and see that no letter is skipped for it."""
    before = plan_of(plan, as_of)
    picks = [letter.id for letter in before.letters if letter.ranking and letter.ranking.pick]
    for row in newcomers(plan, picks[place % len(picks)], faces) if picks else ():
        after = with_newcomer(plan, row, place % (len(plan["rotations"]) + 1), as_of)
        if after:
            moved = (before.season, before.deadline) != (after.season, after.deadline)
            assert before.guessed or not moved
            assert_nobody_is_put_out(before, after, season_moved=moved)


def assert_the_better_twin_comes_first(plan: Plain, as_of: date) -> None:
    """A rotation as good in all, and better in some, is ranked before the pick it was copied from."""
    picks = [letter for letter in plan_of(plan, as_of).letters if letter.ranking and letter.ranking.pick]
    for letter in picks:
        row = next(row for row in plan["rotations"] if row["id"] == letter.id)
        after = with_newcomer(plan, better(row, 0), 0, as_of)
        ranking = {id_: one.ranking for id_, one in by_id(after).items()} if after else {}
        twin, own = ranking.get("newcomer"), ranking.get(letter.id)
        assert twin is not None
        assert own is None or twin.rank < own.rank


class TestNewcomer:
    """A rotation more, with another attending, never turns a pick into `skip`.

    It may become `reserve` or `hold`; an asked letter stays `keep`. No letter that is not picked is skipped for it
    either. This needs a `season` or a `deadline` in the file: where the season is taken from the middle of the
    last days, one rotation more can move it, and with it which of one attending's own rotations is on time and
    counts (WHO-10).
    """

    @EVERYDAY
    @given(quick_plans_and_days(least=2), FACES, st.integers(0, 20))
    def test_a_newcomer_puts_nobody_out(self, drawn: PlanAndDay, faces: bytes, place: int) -> None:
        """Better ones on the same days and later, and any other, wherever in the file."""
        assert_a_newcomer_puts_nobody_out(*drawn, faces, place)

    @EVERYDAY
    @given(quick_plans_and_days(least=1))
    def test_a_better_twin_comes_first(self, drawn: PlanAndDay) -> None:
        """A copy that is better where it can be ranks before the original."""
        assert_the_better_twin_comes_first(*drawn)

    @pytest.mark.thorough
    @LENGTHY
    @given(quick_plans_and_days(least=2), FACES, st.integers(0, 20))
    def test_many_more_newcomers_put_nobody_out(self, drawn: PlanAndDay, faces: bytes, place: int) -> None:
        """The same over many more files, with the twin."""
        assert_a_newcomer_puts_nobody_out(*drawn, faces, place)
        assert_the_better_twin_comes_first(*drawn)

    def test_a_guessed_season_may_move_with_a_newcomer(self) -> None:
        """The exception: the season moves on a year, so another rotation of the same attending is in time."""
        early = rotation("Dr. Chen", id="early", start="2027-03-01", end="2027-03-26")
        late = rotation("Dr. Chen", id="late", start="2027-09-27", end="2027-10-22")
        newcomer = rotation("Dr. Newcomer", id="new", start="2027-11-01", end="2027-11-26")
        for season, verdict in ((None, "skip"), (2028, "ask")):
            assert by_id(planned(early, late, season=season))["early"].verdict == "ask"
            after = planned(early, late, newcomer, season=season)
            assert by_id(after)["early"].verdict == verdict


# ---- An event of another letter

CHOICES: Final = [(event, word) for event in EVENTS for word in WORDS.get(event, ("",))]
"""Everything `mark` records: an event on a day, or a word."""


def marked(parsed: Parsed, number: int, event: str, value: str) -> PlanFile | None:
    """Record an event as `mark --force` does; None where the plan file would not be right any more."""
    try:
        return Field(parsed, number, event).record(value, replace=True).after.plan_file
    except (UsageError, PlanFileError):
        return None


def own_facts(letter: Letter) -> dict[str, object]:
    """Take what a letter says of itself alone: none of it rests on other letters."""
    one = letter.ranking
    alone = (
        ["strength", "fresh", "opens", "ask_on", "closes", "arrives_by", "on_time", "tentative", "tight", "silent"]
        if one
        else ()
    )
    return {name: getattr(one, name) for name in alone}


def assert_others_are_untouched(before: PlanFile, after: PlanFile, number: int, as_of: date) -> None:
    """Compare the letters of the other rotations, and of other attendings more closely."""
    people = same_attending((row.attending.name, row.attending.email) for row in before.rotations)
    was, now = by_id(make_plan(before, as_of)), by_id(make_plan(after, as_of))
    for place, id_ in enumerate(before.ids):
        if place == number:
            continue
        assert (was[id_].status, was[id_].record) == (now[id_].status, now[id_].record)
        if people[place] != people[number]:
            assert (was[id_].verdict == "skip") == (now[id_].verdict == "skip")
            assert own_facts(was[id_]) == own_facts(now[id_])


MID_SEASON: Final = (TESTS.parent / "examples" / "mid-season.yaml").read_text(encoding="utf-8")
TWICE: Final = """\
- {attending: Dr. Chen, specialty: neurology, start: 2027-01-04, weeks: 4, performance: good}
- {attending: "CHEN, MD", specialty: neurology, start: 2027-02-01, weeks: 4, performance: good}
- {attending: Dr. Rossi, specialty: neurology, start: 2027-03-01, weeks: 4, letter: {asked: 2027-03-24}}
- {attending: Dr. Okafor, specialty: neurology, start: 2027-04-05, weeks: 4, letter: {requested: 2027-06-04}}
- {attending: Dr. Silva, specialty: neurology, start: 2027-05-03, weeks: 4, contact: rarely}
"""
"""One attending twice, one who is silent, one who has promised, and one in reserve; nobody has declined."""


class TestEvents:
    """What is recorded of one letter never changes the `status` of another.

    `status` is how far a letter is (planned, asked, agreed, requested, uploaded, assigned, declined). Its verdict
    can change: a decline brings in a reserve and takes out the attending's other rotations. For a letter of
    another attending the event also changes nothing of what is said of it alone: its days, whether it is on time,
    strong, fresh or silent; and it is neither skipped for it nor brought back.
    """

    @EVERYDAY
    @given(quick_plans_and_days(least=2), st.integers(0, 6), st.sampled_from(CHOICES))
    def test_an_event_leaves_the_others_as_they_are(
        self, drawn: PlanAndDay, row: int, choice: tuple[str, str]
    ) -> None:
        """Anything that `mark` records today, where the file takes it."""
        assert_an_event_leaves_the_others(*drawn, row, choice)

    @pytest.mark.thorough
    @LENGTHY
    @given(quick_plans_and_days(least=2), st.integers(0, 6), st.sampled_from(CHOICES))
    def test_many_more_events_leave_the_others_as_they_are(
        self, drawn: PlanAndDay, row: int, choice: tuple[str, str]
    ) -> None:
        """The same over many more files."""
        assert_an_event_leaves_the_others(*drawn, row, choice)

    @pytest.mark.parametrize("choice", CHOICES, ids=" ".join)
    @pytest.mark.parametrize("text", [MID_SEASON, TWICE], ids=["every_status", "one_attending_twice"])
    def test_each_event_of_each_letter_leaves_the_others(self, text: str, choice: tuple[str, str]) -> None:
        """Whatever is recorded of each letter in turn; the file takes each event for some letter."""
        as_of, parsed = date(2027, 8, 20), parse(text)
        rows = range(len(parsed.plan_file.rotations))
        every = {n: marked(parsed, n, choice[0], choice[1] or as_of.isoformat()) for n in rows}
        taken = {number: after for number, after in every.items() if after}
        assert taken
        for number, after in taken.items():
            assert_others_are_untouched(parsed.plan_file, after, number, as_of)


def assert_an_event_leaves_the_others(plan: Plain, as_of: date, row: int, choice: tuple[str, str]) -> None:
    """Record an event of one rotation, and look at the others."""
    parsed, number = parse(to_yaml(plan)), row % len(plan["rotations"])
    after = marked(parsed, number, choice[0], choice[1] or as_of.isoformat())
    if after:
        assert_others_are_untouched(parsed.plan_file, after, number, as_of)


# ---- Day after day


@dataclass(frozen=True)
class Seen:
    """An action, and its letter in today's plan; `midpoints` are those of all letters."""

    action: Action
    letter: Letter
    plan: Plan
    midpoints: dict[str, date]

    @property
    def to_be_asked(self) -> bool:
        """Whether to ask: a pick, or a reserve while fewer than wanted are in hand."""
        on_time = [one for one in self.plan.letters if one.ranking and one.ranking.on_time]
        in_hand = [one for one in on_time if one.status in {"agreed", "requested", "uploaded", "assigned"}]
        needed = len(in_hand) < self.plan.wanted
        return self.letter.verdict == "ask" or (self.letter.verdict == "reserve" and needed)

    @property
    def is_rated(self) -> bool:
        """Whether the file says how it went."""
        return self.letter.rotation.performance is not None

    @property
    def ask_on(self) -> date:
        """The day to ask, as reckoned today."""
        return self.letter.ranking.ask_on if self.letter.ranking else date.min

    @property
    def closes(self) -> date:
        """The last day to ask, as reckoned today."""
        return self.letter.ranking.closes if self.letter.ranking else date.min


def rung_is_gone(s: Seen) -> bool:
    """A reminder is gone once the letter is there, one was sent since its day, or the next one's day has come."""
    reminded = s.letter.record.reminded
    done = reminded is not None and s.action.on <= reminded
    later = [one for one in s.plan.actions if one.kind == "remind" and one.rotation == s.letter.id]
    overtaken = any(s.action.on < one.on <= s.plan.as_of for one in later)
    return s.letter.status != "requested" or done or overtaken


def backup_is_gone(s: Seen) -> bool:
    """The question of a backup is gone once it is answered, needless, too late, or about another letter."""
    running = [one for one in s.plan.letters if one.verdict != "skip"]
    secured = [one for one in running if one.status in {"uploaded", "assigned"}]
    asked_since = any(one.record.asked and one.record.asked >= s.action.on for one in running)
    asking = any(one.kind == "ask" and one.state != "upcoming" for one in s.plan.actions)
    late = s.plan.as_of > s.action.until
    return len(secured) >= s.plan.wanted or asked_since or asking or late or best_backup(s) != s.letter.id


def best_backup(s: Seen) -> str | None:
    """Name the best letter in reserve or on hold that is on time, and half of it over by the latest day to ask."""
    waiting = [one for one in s.plan.letters if one.verdict in {"reserve", "hold"}]
    on_time = [one.id for one in waiting if one.ranking and one.ranking.on_time]
    return next((id_ for id_ in on_time if s.midpoints[id_] <= s.plan.latest_ask), None)


GONE: Final[dict[str, Callable[[Seen], bool]]] = {
    "feedback": lambda s: not s.to_be_asked or s.is_rated or s.plan.as_of > s.action.until,
    "rate": lambda s: (
        s.letter.verdict == "keep" or s.is_rated or (s.letter.verdict == "hold" and s.plan.as_of > s.closes)
    ),
    "book": lambda s: not s.to_be_asked or s.plan.as_of >= s.ask_on,
    "ask": lambda s: not s.to_be_asked,
    "follow-up": lambda s: s.letter.status != "asked",
    "packet": lambda s: s.letter.status not in {"agreed", "requested"} or s.letter.record.packet is not None,
    "request": lambda s: s.letter.status != "agreed",
    "remind": rung_is_gone,
    "backup": backup_is_gone,
    "thank": lambda s: s.letter.record.thanked is not None,
    "assign": lambda s: s.letter.status != "uploaded" or not in_a_set(s),
}
"""When each kind of action is gone, while its letter is in the running and the season lasts.

What the file says of a rotation (performance, meeting, choice) is the same on every day; events and offers come in
on theirs. `ask` is gone when asked, for the verdict is then `keep`.
"""


def in_a_set(s: Seen) -> bool:
    """Say whether the letter is to be assigned to some target's programs."""
    return any(s.letter.id in one.letters for one in s.plan.coverage)


def is_gone(s: Seen) -> bool:
    """Say whether an action of the day before is no longer to be done."""
    over = s.plan.as_of > s.plan.season.ends
    return over or s.letter.verdict == "skip" or GONE[s.action.kind](s)


def shown(found: Plan, within: int = -1) -> dict[str, Action]:
    """Look at what `due` shows of a plan."""
    return {item.action.id: item.action for item in agenda([Dossier(found, "plan.yaml")], within=within)}


def assert_due_shows_what_is_due(found: Plan) -> None:
    """Hold what `due` shows against the plan: all that has begun, and what begins within two weeks."""
    begun = {one.id: one for one in found.actions if one.on <= found.as_of}
    coming = {one.id: one for one in found.actions if one.on <= found.as_of + timedelta(COMING_DAYS)}
    assert shown(found) == begun
    assert shown(found, COMING_DAYS) == coming
    for one in found.actions:
        state = "upcoming" if found.as_of < one.on else "due" if found.as_of <= one.until else "overdue"
        assert one.state == state


def assert_nothing_is_lost_overnight(before: Plan, found: Plan, midpoints: dict[str, date]) -> None:
    """What was to be done the day before, and has begun, is shown unless it is gone; what is gone is not there."""
    letters, today = by_id(found), shown(found)
    for action in before.actions:
        seen = Seen(action, letters[action.rotation], found, midpoints)
        if action.on <= found.as_of and action.id not in today:
            assert is_gone(seen) or is_put_off(seen)
    for action in found.actions:
        assert not is_gone(Seen(action, letters[action.rotation], found, midpoints))


def assert_nothing_comes_late(before: Plan, found: Plan) -> None:
    """What began before today was there the day before, unless some letter stands otherwise since."""
    known_before = {action.id for action in before.actions}
    late = [action.id for action in found.actions if action.on < found.as_of and action.id not in known_before]
    assert not late or [standing(letter) for letter in before.letters] != [standing(one) for one in found.letters]


def standing(letter: Letter) -> tuple[object, ...]:
    """Say how a letter stands: who it is, its verdict, what has happened, whether on time and silent."""
    one = letter.ranking
    return letter.id, letter.verdict, letter.record, one and (one.on_time, one.silent)


def is_put_off(s: Seen) -> bool:
    """Say whether something new today moved the action: a reminder, or an offer, which also spares booking."""
    now = {one.id: one for one in s.plan.actions}.get(s.action.id)
    if s.letter.record.offered == s.plan.as_of:
        return now is None or now.on > s.plan.as_of
    return now is not None and s.letter.record.reminded == s.plan.as_of < now.on


def assert_day_after_day(model: PlanFile, first: date, days: int) -> set[str]:
    """Walk through the days one by one, and collect the kinds of actions that were due on some day."""
    halves = {id_: days.number((len(days) + 1) // 2) for id_, days in zip(model.ids, model.on_site, strict=True)}
    before, kinds = make_plan(model, first), set[str]()
    for number in range(1, days):
        found = make_plan(model, first + timedelta(number))
        assert_due_shows_what_is_due(found)
        if found.season == before.season:
            assert_nothing_is_lost_overnight(before, found, halves)
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
  - {attending: Dr. Smith, specialty: family medicine, start: 2027-06-21, end: 2027-07-16, performance: good,
     letter: {asked: 2027-07-14, agreed: 2027-07-20, requested: 2027-07-21}}
  - {attending: Dr. Haddad, specialty: neurology, start: 2027-07-19, end: 2027-08-27, performance: good,
     letter: {asked: 2027-08-30}}
  - {attending: Dr. Novak, specialty: neurology, start: 2027-08-16, end: 2027-09-10, choice: ask}
"""
"""One file for the whole of a year: the events come in one by one, and some things are never done."""


class TestDayAfterDay:
    """`due` shows every action from the day it begins until it is gone, not a day later and not a day longer.

    Only where the season is guessed, and another comes into sight with the new day, all days may change at once.
    """

    def test_a_year_and_more_day_by_day(self) -> None:
        """From New Year to the summer after the season, with every kind of action due on some day."""
        model = loads(A_YEAR)
        kinds = assert_day_after_day(model, date(2027, 1, 1), 540)
        assert kinds == set().union(*LETS.values())
        assert not make_plan(model, date(2028, 6, 1)).actions

    @SHORT
    @given(quick_plans_and_days(least=2))
    def test_any_plan_day_by_day(self, drawn: PlanAndDay) -> None:
        """A week of any file."""
        assert_day_after_day(PlanFile.model_validate(drawn[0]), drawn[1], 8)

    @pytest.mark.thorough
    @THOROUGH
    @given(quick_plans_and_days(least=2))
    def test_many_more_plans_day_by_day(self, drawn: PlanAndDay) -> None:
        """The same over many more files."""
        assert_day_after_day(PlanFile.model_validate(drawn[0]), drawn[1], 8)

    @pytest.mark.thorough
    @pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
    def test_each_example_day_by_day(self, path: Path) -> None:
        """Two years from New Year of 2027."""
        assert assert_day_after_day(loads(path.read_text(encoding="utf-8")), date(2027, 1, 1), 730)


# ---- The order of the file

LEVELS: Final[tuple[tuple[Plain, ...], ...]] = (
    ({"performance": "good"}, {"performance": "excellent"}, {"performance": "fair"}),
    ({}, {"experience": "observership"}, {"experience": "research"}, {"us": False}),
    ({"contact": "daily"}, {"contact": "weekly"}, {"contact": "rarely"}),
    ({"letterhead": True}, {"letterhead": False}),
    ({"img_friendly": True}, {"img_friendly": False}),
)
"""What letters are compared on, each written in every way that makes a difference."""


def contemporaries() -> st.SearchStrategy[PlanAndDay]:
    """Draw rotations on the same days, no two of them level in all comparisons but the last."""
    numbers = st.lists(st.integers(0, prod(map(len, LEVELS)) - 1), min_size=2, max_size=7, unique=True)
    return st.builds(contemporary_plan, numbers, FACES)


def contemporary_plan(numbers: list[int], faces: bytes) -> PlanAndDay:
    """Make a plan of rotations on the same days, one for each number."""
    dice = Dice(faces)
    begin = date(2027, dice.one_of(1, 3, 5, 7, 8), 4)
    same = {"start": begin, "end": begin + timedelta(25), "days": ["mon", "wed", "fri"]}
    rows = [contemporary(number, place, dice) | same for place, number in enumerate(numbers)]
    applicant = {"season": 2028, "targets": dice.one_of([], ["IM"], ["IM", "fm"])}
    return {"applicant": applicant, "rotations": rows}, begin + dice.days(-9, 200)


def contemporary(number: int, place: int, dice: Dice) -> Plain:
    """Make a rotation whose standing in the order is read off a number, digit by digit."""
    row: Plain = {"id": f"no-{place}", "attending": f"Dr. No{place}"}
    for options in LEVELS:
        number, level = divmod(number, len(options))
        row |= options[level]
    row["specialty"] = dice.one_of("IM", "fm", "cardiology", "no")
    row["choice"] = dice.one_of(*[None] * 9, "ask", "skip")
    return row


def shuffled(rows: list[Plain], faces: bytes) -> list[Plain]:
    """Put rotations in the order of some bytes, in reverse where all bytes are the same."""
    return [row for _, row in sorted(zip(faces, rows[::-1], strict=False), key=lambda pair: pair[0])]


def in_any_order(found: Plan) -> Plain:
    """Show a plan with its skipped letters, which stand in the order of the file, sorted by id."""
    document = found.to_dict()
    letters = sorted(document["letters"], key=lambda letter: (letter["rank"] or sys.maxsize, letter["id"]))
    return {**document, "letters": letters}


def assert_the_order_of_the_file_does_not_matter(plan: Plain, as_of: date, order: bytes) -> None:
    """Plan the rotations in another order."""
    rows = shuffled(plan["rotations"], order)
    assert in_any_order(plan_of({**plan, "rotations": rows}, as_of)) == in_any_order(plan_of(plan, as_of))


def standings(found: Plan, ids: tuple[str, str]) -> list[tuple[str, int | None, bool]]:
    """Say how two letters stand: verdict, rank and pick."""
    letters = by_id(found)
    shows = [letters[id_].to_dict() for id_ in ids]
    return [(show["verdict"], show["rank"], show["pick"]) for show in shows]


def assert_the_earlier_twin_comes_first(plan: Plain, as_of: date) -> None:
    """Double the last rotation for another attending; whatever the two are called, the earlier goes first."""
    *rows, row = plan["rotations"]
    twins = [{**row, "id": name, "attending": f"Dr. {name}"} for name in ("twina", "twinb")]
    one, other = (plan_of({**plan, "rotations": [*rows, *pair]}, as_of) for pair in (twins, twins[::-1]))
    first, second = standings(one, ("twina", "twinb"))
    assert standings(other, ("twinb", "twina")) == [first, second]
    assert first[1] is None or second[1] is None or first[1] + 1 == second[1]


class TestOrderOfTheFile:
    """The order of the rotations is the last tie-break, between letters that are level in everything else.

    It also tells which of one attending's rotations counts where they end on the same day, and how derived ids are
    numbered; and skipped letters are listed in that order.
    """

    @EVERYDAY
    @given(contemporaries(), FACES)
    def test_where_no_two_are_level_any_order_gives_the_same_plan(self, drawn: PlanAndDay, order: bytes) -> None:
        """Even where all rotations are on the same days."""
        assert_the_order_of_the_file_does_not_matter(*drawn, order)

    @EVERYDAY
    @given(quick_plans_and_days(least=1))
    def test_of_two_that_are_level_the_earlier_in_the_file_goes_first(self, drawn: PlanAndDay) -> None:
        """Neither name nor id speaks for a letter."""
        assert_the_earlier_twin_comes_first(*drawn)

    @pytest.mark.thorough
    @THOROUGH
    @given(contemporaries(), quick_plans_and_days(least=1), FACES)
    def test_the_order_of_many_more_files(self, drawn: PlanAndDay, other: PlanAndDay, order: bytes) -> None:
        """The same over many more files; and any file whose last days differ, whoever its attendings are."""
        assert_the_order_of_the_file_does_not_matter(*drawn, order)
        assert_the_earlier_twin_comes_first(*other)
        last_days = {row["last_day"] or row["end"]: row for row in other[0]["rotations"]}
        assert_the_order_of_the_file_does_not_matter(
            {**other[0], "rotations": [*last_days.values()]}, other[1], order
        )


# ---- Clock, zone and locale

ZONES: Final = ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu")
LOOKS: Final = {"today", "now", "utcnow", "time", "time_ns", "localtime", "gmtime", "ctime"}
"""The functions, all written in C, by which Python tells the day."""

NOONS: Final = [datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days) for days in range(5 * 365 + 1)]


def looks_at_the_clock(model: PlanFile, as_of: date) -> list[str]:
    """Plan, and say which functions that tell the time were called on the way."""
    called: list[str] = []

    def note(_: object, event: str, function: object) -> None:
        name = getattr(function, "__name__", "")
        if event == "c_call" and name in LOOKS:
            called.append(name)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        make_plan(model, as_of)
    finally:
        sys.setprofile(before)
    return called


@contextmanager
def in_zone(name: str) -> Iterator[pytest.MonkeyPatch]:
    """Live in a time zone for a while."""
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TZ", name)
            time.tzset()
            yield patch
    finally:
        time.tzset()


def assert_same_at(instants: list[datetime], zone: str) -> None:
    """Plan the sample of a year as if it were each of these moments, somewhere else."""
    model, as_of = loads(A_YEAR), date(2027, 3, 24)
    usual = make_plan(model, as_of)
    with in_zone(zone) as patch:
        assert time.timezone
        for instant in instants:
            patch.setattr(time, "time", instant.timestamp)
            assert make_plan(model, as_of) == usual


HAS_ZONES: Final = pytest.mark.skipif(not hasattr(time, "tzset"), reason="zones cannot be set here from within")


class TestClock:
    """The same plan for the same as-of day, whatever the clock, the time zone or the locale."""

    @SHORT
    @given(quick_plans_and_days())
    def test_planning_never_looks_at_the_clock(self, drawn: PlanAndDay) -> None:
        """No function that tells the time is called."""
        assert not looks_at_the_clock(PlanFile.model_validate(drawn[0]), drawn[1])

    def test_a_look_at_the_clock_would_be_noticed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The test above can fail."""
        monkeypatch.setattr("lorplan.plan.planner.cautions", lambda _: (date.today(),))  # noqa: DTZ011 - the point
        assert "today" in looks_at_the_clock(loads(A_YEAR), date(2027, 3, 24))

    @HAS_ZONES
    @pytest.mark.parametrize("zone", ZONES)
    def test_zone_and_time_of_day_change_nothing(self, zone: str) -> None:
        """Just before and after midnight, on leap days, on New Year's Eve and beyond, in zones far apart."""
        days = [date(2024, 2, 29), date(2027, 3, 28), date(2027, 12, 31), date(2028, 2, 29), date(2038, 1, 19)]
        nights = [datetime(one.year, one.month, one.day, 23, 59, 59, tzinfo=UTC) for one in days]
        assert_same_at([*nights, *(night + timedelta(seconds=2) for night in nights)], zone)

    @HAS_ZONES
    @pytest.mark.thorough
    @pytest.mark.parametrize("zone", ZONES)
    def test_no_day_of_five_years_changes_anything(self, zone: str) -> None:
        """Noon of each day from 2026 to 2030."""
        assert_same_at(NOONS, zone)

    @pytest.mark.thorough
    @THOROUGH
    @given(quick_plans_and_days())
    def test_planning_many_more_files_never_looks_at_the_clock(self, drawn: PlanAndDay) -> None:
        """The same over many more files."""
        assert not looks_at_the_clock(PlanFile.model_validate(drawn[0]), drawn[1])

    def test_the_locale_changes_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A program that has set another locale, here German as far as weekdays go, gets the same plan."""
        row = rotation("Dr. Chen")
        usual, real = planned(row), time.strftime
        weekdays = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
        monkeypatch.setattr(time, "strftime", lambda form, day: real(form.replace("%A", weekdays[day[6]]), day))
        assert f"{date(2027, 3, 24):%A}" == "Mittwoch"
        assert planned(row) == usual
