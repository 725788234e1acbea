"""What holds for every plan: talks are on days together, verdicts limit actions, and everything cites a rule.

`test_properties.py` compares plans with the second implementation; here they are compared with the days that two
people can meet, which the second implementation counts, and with tables of what may be.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from builders import plan as make
from builders import rotation
from lorplan.plan.planner import make_plan
from lorplan.planfile.models import PlanFile
from lorplan.planfile.reader import loads
from lorplan.rules import BY_ID
from oracle.days import WEEKDAYS, days_in, is_business_day, onsite_days, present
from oracle.strategies import EVERY_PLAN, EVERY_PLAN_WITH_IDS
from samples import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lorplan.plan.model import Action, Plan
    from runner import Json

Drawn = Any
"""A strategy for a plan as plain data and an as-of day."""

CASES: Final = sorted((Path(__file__).parents[1] / "stories" / "cases").glob("*.yaml"))


def plan_of(plan: Json | list[Json], as_of: date) -> Plan:
    """Make the plan of a plan file from its values."""
    return make_plan(PlanFile.model_validate(plan), as_of)


# --- talks are on days together -----------------------------------------------------------------------------


class Together(NamedTuple):
    """One rotation as far as talks are concerned: the days together, and the offer and meeting known on the day."""

    days: tuple[date, ...]
    offered: date | None
    meeting: date | None

    @property
    def later_half(self) -> tuple[date, ...]:
        """The days from the midpoint on, which is never the first of several days."""
        number = len(self.days)
        return self.days[max((number + 1) // 2, min(2, number)) - 1 :]


def find_together(plan: Json, as_of: date) -> dict[str, Together]:
    """Count the days of each rotation the second way: on site, no holiday, and neither of the two away."""
    days_off = days_in(present(plan["applicant"]).get("holidays"))
    rows = [present(row) for row in plan["rotations"]]
    offers = [row.get("offered") for row in rows]
    known = [day if day and day <= as_of else None for day in offers]
    return {
        row["id"]: Together(onsite_days(row, days_off), offered, row.get("meeting"))
        for row, offered in zip(rows, known, strict=True)
    }


def assert_good_day_to_ask(ask: Action, together: Together) -> None:
    """Compare the day with what sets it: a meeting, else an offer, else half of the days together."""
    if together.meeting:
        assert ask.on == together.meeting
    elif together.offered is None:
        assert ask.on in together.later_half
    elif together.days[0] <= together.offered <= together.days[-1]:
        assert ask.on == next(day for day in together.days if day >= together.offered)
    else:
        assert ask.on >= together.offered
        assert is_business_day(ask.on)


def assert_they_meet(talk: Action, together: Together, as_of: date) -> None:
    """Check that a talk face to face has a day together, or a meeting, from its day and from today on."""
    earliest = max(talk.on, as_of)
    assert together.days[0] <= talk.on or talk.on == together.meeting
    assert together.days[-1] >= earliest or (together.meeting is not None and together.meeting >= as_of)


def assert_talks_are_on_days_together(plan: Json, as_of: date) -> None:
    """Compare every talk of a plan with the days together."""
    rotations, found = find_together(plan, as_of), plan_of(plan, as_of)
    long_ago = found.dates.season.opens - timedelta(365)
    people = Counter(letter.candidate.person for letter in found.letters)
    for action in found.actions:
        together = rotations[action.subject]
        days = (together.days[-1], together.offered, together.meeting)
        if any(day and day < long_ago for day in days):
            continue
        if action.kind == "ask":
            assert_good_day_to_ask(action, together)
        alone = people[found.letter(action.subject).candidate.person] == 1
        if action.kind == "ask" and action.channel != "email" and alone:
            assert_they_meet(action, together, as_of)
        if action.kind in {"feedback", "book"}:
            assert {action.on, action.until} <= set(together.later_half)


START: Final = date(2027, 7, 1)
"""A Thursday: the Monday after it is off, as Independence Day is a Sunday in 2027."""


def write_short_plans(windows: tuple[int, ...], deadlines: tuple[int | None, ...]) -> Iterator[Json]:
    """Write every rotation of a dozen days at most, with days off and near deadlines; none without a day."""
    away: tuple[list[Any], ...] = ([], [START + timedelta(4)], [{"from": START, "to": START + timedelta(2)}])
    weekdays = (["mon", "wed", "fri"], list(WEEKDAYS[:6]))
    choices = product(range(12), weekdays, away, (0, 6), windows, deadlines)
    for length, days, off, holiday, window, ahead in choices:
        holidays = [START + timedelta(holiday)]
        deadline = START + timedelta(ahead) if ahead else None
        row = {"id": "one", "attending": "Dr. One", "specialty": "IM", "start": START, "days": days, "away": off}
        row["end"] = START + timedelta(length)
        if onsite_days(row, set(holidays)):
            applicant = {"season": 2028, "holidays": holidays, "deadline": deadline}
            yield {"applicant": applicant, "policy": {"final_week_days": window}, "rotations": [row]}


class TestTalks:
    """Nobody is asked too soon, or on a day on which one of the two is off.

    Off: a weekday that is not on site, `away`, the applicant's `holidays`, and in the US a federal holiday that is
    not in `worked`. `ask` begins on a day together from the midpoint on, whatever its channel, also if the deadline
    pulls it forward, and also if it is too late to ask in time. The exceptions:

    - a meeting: it begins on the day of the meeting, any day, before the midpoint or on a day off too;
    - an offer within the rotation: the first day together on or after it, before the midpoint too;
    - an offer before or after the rotation: a business day.

    `until` may be a day off: the latest day to ask counts back calendar days. After the last day together, or for
    a day before the first, `ask` is by e-mail, unless a meeting is today or ahead, or the attending is met in
    another rotation. What is more than a year older than the season has days of its own.
    """

    @EVERY_PLAN_WITH_IDS
    @given(st.data())
    def test_talks_are_on_days_together(self, plans: Drawn, data: st.DataObject) -> None:
        """`ask`, `book` and `feedback` begin on a day together in the later half, except for the exceptions."""
        assert_talks_are_on_days_together(*data.draw(plans))

    @pytest.mark.parametrize(
        ("windows", "deadlines"),
        [
            pytest.param((7,), (None, 38), id="usual_windows"),
            pytest.param((1, 7, 28), (None, 33, 38, 43), id="all_windows", marks=pytest.mark.thorough),
        ],
    )
    def test_talks_of_short_rotations_are_on_days_together(
        self, windows: tuple[int, ...], deadlines: tuple[int | None, ...]
    ) -> None:
        """Rotations of one day to a dozen leave the least room, with a holiday and days off in them."""
        for plan in write_short_plans(windows, deadlines):
            assert_talks_are_on_days_together(plan, START)

    @pytest.mark.parametrize("days", [["mon", "thu"], list(WEEKDAYS[:5])], ids=["two_days_a_week", "weekdays"])
    def test_talks_after_an_offer_on_any_day_are_on_days_together(self, days: list[str]) -> None:
        """From a fortnight before a rotation to a fortnight after it, and with a meeting too."""
        row: Json = {"id": "one", "attending": "Dr. One", "specialty": "IM", "days": days}
        row |= {"start": START, "end": START + timedelta(28), "away": [date(2027, 7, 12)]}
        for ahead, meeting in product(range(-14, 43), (None, START, START + timedelta(9))):
            offered = START + timedelta(ahead)
            plan = {"applicant": {"season": 2028}, "rotations": [{**row, "offered": offered, "meeting": meeting}]}
            assert_talks_are_on_days_together(plan, offered)


# --- what a verdict allows ----------------------------------------------------------------------------------

BEFORE_ASKING: Final = {"feedback", "rate", "book", "ask"}
ALLOWED: Final[dict[tuple[str, str], set[str]]] = {
    ("hold", "planned"): {"rate", "backup"},
    ("reserve", "planned"): BEFORE_ASKING | {"backup"},
    ("ask", "planned"): BEFORE_ASKING | {"notice"},
    ("keep", "asked"): {"follow-up"},
    ("keep", "agreed"): {"packet", "request", "renew"},
    ("keep", "requested"): {"packet", "remind", "trace"},
    ("keep", "carried"): {"import"},
    ("keep", "uploaded"): {"thank", "assign"},
    ("keep", "assigned"): {"thank"},
}
"""The kinds of actions that a verdict and a status allow; a skipped letter, which is not in the table, has none."""


@EVERY_PLAN_WITH_IDS
@pytest.mark.parametrize("crowded", [False, True], ids=["as_drawn", "one_letter_wanted"])
@given(data=st.data())
def test_verdict_and_status_limit_the_kinds_of_actions(plans: Drawn, *, crowded: bool, data: st.DataObject) -> None:
    """Also if only one letter is wanted, so that most letters are on hold."""
    plan, as_of = data.draw(plans)
    if crowded:
        policy, applicant = {**plan["policy"], "want": 1, "spare": 0}, {**plan["applicant"], "targets": []}
        rows = [{**row, "for": None} for row in plan["rotations"]]
        plan = {"policy": policy, "applicant": applicant, "rotations": rows}
    found = plan_of(plan, as_of)
    for action in found.actions:
        letter = found.letter(action.subject)
        assert action.kind in ALLOWED[letter.verdict, letter.status]


# --- the rule book ------------------------------------------------------------------------------------------

CITED = re.compile(r"\b(?:WHO|MIX|WHEN)-\d+\b")

DECIDERS: Final = {
    "ask": {"MIX-1", "MIX-2", "MIX-6", "MIX-7", "WHEN-3", *(f"WHO-{n}" for n in (2, 3, 4, 5, 6, 7, 9, 11, 12))},
    "reserve": {"MIX-1", "MIX-2", "WHEN-3", *(f"WHO-{n}" for n in (2, 3, 4, 5, 6, 9, 11))},
    "hold": {"MIX-1", "MIX-2", "WHEN-3", "WHEN-18", *(f"WHO-{n}" for n in (2, 3, 4, 5, 6, 9, 11))},
    "skip": {"WHO-1", "WHO-2", "WHO-8", "WHO-10", "WHO-12"},
    "keep": {"MIX-4", "WHEN-8", "WHEN-9", "WHEN-10", "WHEN-11", "WHEN-14", "WHEN-19"},
}
"""The rules that can be the first reason of each verdict."""


def write_ids(who: str = "", mix: str = "", when: str = "") -> set[str]:
    """Write rule ids from their numbers."""
    parts = (("WHO", who), ("MIX", mix), ("WHEN", when))
    return {f"{part}-{number}" for part, numbers in parts for number in numbers.split()}


CITED_IN: Final = {
    "reasons": write_ids("1 2 3 4 5 6 7 8 9 10 11 12", "1 2 4 6 7", "1 2 3 4 5 7 8 9 10 11 12 14 18 19"),
    "decided_by": write_ids("2 3 4 5 6 9 11", "1 2", "3"),
    "actions": write_ids("2 7", "4 5", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 19"),
    "warnings": write_ids("9 10 11", "1 2 3 5 7", "11 18"),
}
"""Where each rule is cited: MIX-3 in a warning only, MIX-4, MIX-5 and some of WHEN in actions only."""


def find_cited(found: Plan) -> dict[str, set[str]]:
    """Collect the rules that a plan cites, but for those of `would_change`."""
    return {
        "reasons": {reason.rule for letter in found.letters for reason in letter.reasons},
        "decided_by": {letter.decided_by.rule for letter in found.letters if letter.decided_by},
        "actions": {rule for action in found.actions for rule in action.rules},
        "warnings": {rule for warning in found.warnings for rule in CITED.findall(warning.text)},
    }


@cache
def make_worked_plans() -> tuple[Plan, ...]:
    """Make the plans of the cases and the examples, and those of rare comparisons."""
    cases = [yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) for path in CASES]  # noqa: S506 - safe
    examples = [loads(path.read_text(encoding="utf-8")) for path in sorted(EXAMPLES.glob("*.yaml"))]
    ames, boyd = rotation("Dr. Ames"), rotation("Dr. Boyd", specialty="psychiatry")
    old = rotation("Dr. Cruz", start="2026-06-01", end="2026-06-26")
    return (
        *(make_plan(loads(case["plan"]), date.fromisoformat(case["as_of"])) for case in cases),
        *(make_plan(example, date(2027, 8, 20)) for example in examples),
        make(ames, boyd, policy={"want": 1}, targets=["psychiatry"]),
        make(ames, old, policy={"want": 1}),
    )


class TestRules:
    """Every statement cites a rule of the book, and every rule of the book is cited somewhere."""

    @EVERY_PLAN
    @given(st.data())
    def test_every_letter_and_action_cites_a_rule_of_the_book(self, plans: Drawn, data: st.DataObject) -> None:
        """What texts cite is in the book too, and each verdict has a first reason that can decide it."""
        found = plan_of(*data.draw(plans))
        texts = [*(text for letter in found.letters for text in letter.would_change)]
        cited = set().union(*find_cited(found).values()) | set(CITED.findall(" ".join(texts)))
        assert cited <= set(BY_ID)
        assert all(action.rules for action in found.actions)
        decided = {(verdict, rule) for verdict, rules in DECIDERS.items() for rule in rules}
        assert {(letter.verdict, letter.reason.rule) for letter in found.letters} <= decided

    @pytest.mark.parametrize("place", CITED_IN)
    def test_every_rule_is_cited_wherever_it_can_be(self, place: str) -> None:
        """As a reason, as the comparison that was lost, by an action, and in a warning."""
        assert set().union(*(find_cited(found)[place] for found in make_worked_plans())) == CITED_IN[place]

    def test_every_rule_of_the_book_is_cited(self) -> None:
        """The places together are the whole rule book, but for COHORT-1, which is about many plans."""
        assert set().union(*CITED_IN.values()) == set(BY_ID) - {"COHORT-1"}

    def test_worked_plans_have_every_kind_of_action_and_every_verdict(self) -> None:
        """Else a rule could be cited nowhere only because the plans are too few."""
        found = make_worked_plans()
        assert {action.kind for one in found for action in one.actions} == {"apply"}.union(*ALLOWED.values())
        assert {letter.verdict for one in found for letter in one.letters} == set(DECIDERS)
