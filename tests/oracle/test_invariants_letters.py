"""What holds for every letter: spellings of absences, recorded events, days together, the rank list, another season."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from hypothesis import assume, given
from hypothesis import strategies as st

from lorplan.edit.record_event import RecordedEvent
from lorplan.errors import PlanFileError, UsageError
from lorplan.plan.planner import make_plan
from lorplan.planfile.models import PlanFile
from lorplan.planfile.reader import parse
from oracle.days import days_in, present
from oracle.strategies import EVERY_PLAN_WITH_IDS, to_yaml

if TYPE_CHECKING:
    from lorplan.plan.model import Letter, Plan
    from lorplan.planfile.reader import LocatedPlanFile
    from runner import Json

Drawn = Any
"""A strategy for a plan as plain data and an as-of day."""


def plan_of(plan: Json, as_of: date) -> Plan:
    """Make the plan of a plan file from its values."""
    return make_plan(PlanFile.model_validate(plan), as_of)


def with_rows(plan: Json, rows: list[Json]) -> Json:
    """Give the plan file with other rotations."""
    return {**plan, "rotations": rows}


# --- absences -----------------------------------------------------------------------------------------------


def spell_absence_as_days(row: Json) -> Json:
    """Write every absence day by day, the weekdays in full, and the end of the days together as an absence."""
    days = present(row)
    off = days_in(days.get("away"))
    last = days.get("last_day")
    end = days.get("end") or days["start"] + timedelta(7 * days["weeks"] - 1)
    if last:
        off |= {last + timedelta(n) for n in range(1, (end - last).days + 1)}
    return {**row, "away": sorted(off), "last_day": None}


def decisions_of(found: Plan) -> list[Json]:
    """Give what is decided about each letter; the end of the rotation as written is not part of it."""
    return [{**letter, "end": None} for letter in found.to_dict()["letters"]]


@EVERY_PLAN_WITH_IDS
@given(st.data())
def test_two_spellings_of_one_absence_give_one_plan(plans: Drawn, data: st.DataObject) -> None:
    """`last_day`, or the days after it as `away`; ranges of days, or each day."""
    plan, as_of = data.draw(plans)
    respelled = with_rows(plan, [spell_absence_as_days(row) for row in plan["rotations"]])
    one, other = plan_of(plan, as_of), plan_of(respelled, as_of)
    assert decisions_of(one) == decisions_of(other)
    assert [action[:-2] for action in one.actions] == [action[:-2] for action in other.actions]


@EVERY_PLAN_WITH_IDS
@given(st.data())
def test_more_days_together_do_not_lower_the_rank(plans: Drawn, data: st.DataObject) -> None:
    """Without its absences a letter ranks at least as high, if neither its last day nor the day to ask changes."""
    plan, as_of = data.draw(plans)
    before = plan_of(plan, as_of)
    people = Counter(letter.candidate.person for letter in before.letters)
    for position, row in enumerate(plan["rotations"]):
        rows = list(plan["rotations"])
        rows[position] = {**row, "away": []}
        after = plan_of(with_rows(plan, rows), as_of)
        old, new = before.letter(row["id"]), after.letter(row["id"])
        assert new.candidate.days_together >= old.candidate.days_together
        if people[old.candidate.person] == 1 and same_days(old, new) and before.dates == after.dates:
            assert rank(new) <= rank(old)


def same_days(one: Letter, other: Letter) -> bool:
    """Whether both letters have the same last day, day to ask and arrival."""
    first, second = one.candidate, other.candidate
    return (first.last_day, first.window.ask_on, first.on_time) == (
        second.last_day,
        second.window.ask_on,
        second.on_time,
    )


def rank(letter: Letter) -> int:
    """Give the rank of a letter; a skipped one comes last."""
    return letter.rank or 1_000


# --- recorded events ----------------------------------------------------------------------------------------

PROGRESS: Final = (
    "offered",
    "asked",
    "agreed",
    "packet",
    "requested",
    "sent",
    "uploaded",
    "imported",
    "assigned",
    "thanked",
)
"""What brings a letter forward, or changes nothing about it; a refusal does not."""

IN_PORTAL: Final = ("requested", "sent", "uploaded", "imported", "assigned")
"""What happens in the portal of one season."""


def record(located: LocatedPlanFile, index: int, event: str, day: date) -> PlanFile | None:
    """Record an event for the first time; None if the file would become invalid."""
    try:
        return RecordedEvent(located, index, event).record(day.isoformat(), replace=False).after.plan_file
    except (UsageError, PlanFileError):
        return None


def is_counted(found: Plan, letter_id: str) -> bool:
    """Whether the forecast counts a letter."""
    letter = found.letter(letter_id)
    in_hand = letter.history.is_promised or letter.history.is_secured
    return letter.counts and not letter.candidate.silent and (letter.candidate.on_time or in_hand)


@EVERY_PLAN_WITH_IDS
@given(st.data())
def test_event_that_is_recorded_does_not_make_a_counted_letter_uncounted(plans: Drawn, data: st.DataObject) -> None:
    """Whatever happens to a letter today, but for a refusal, it still counts; silence takes a day at least.

    Before its season opens, what happens in the portal is of an earlier season, which says nothing good about this one.
    """
    plan, as_of = data.draw(plans)
    plan = {**plan, "policy": {**present(plan["policy"]), "no_answer_days": 14}}
    located, event = parse(to_yaml(plan)), data.draw(st.sampled_from(PROGRESS))
    before = make_plan(located.plan_file, as_of)
    assume(event not in IN_PORTAL or as_of >= before.dates.season.opens)
    for index, row in enumerate(plan["rotations"]):
        after = record(located, index, event, as_of) if is_counted(before, row["id"]) else None
        if after:
            assert is_counted(make_plan(after, as_of), row["id"])


# --- the rank list and another season -----------------------------------------------------------------------


@EVERY_PLAN_WITH_IDS
@given(st.data())
def test_nobody_is_asked_after_the_rank_list(plans: Drawn, data: st.DataObject) -> None:
    """From the day after it only thanks are left, and a season later not even these."""
    plan, as_of = data.draw(plans)
    season = plan_of(plan, as_of).dates.season
    dated = {**plan, "applicant": {**plan["applicant"], "season": season.year}}
    for day in (season.rank_list + timedelta(1), season.ends):
        found = plan_of(dated, day)
        assert {action.kind for action in found.actions} <= {"thank"}
        assert not {letter.verdict for letter in found.letters} & {"ask", "reserve"}


@EVERY_PLAN_WITH_IDS
@given(st.data())
def test_letter_of_last_season_is_imported_and_not_asked_for_again(plans: Drawn, data: st.DataObject) -> None:
    """The same file for the next season asks for nothing that can be imported."""
    plan, as_of = data.draw(plans)
    year = plan_of(plan, as_of).dates.season.year + 1
    again = {**plan, "applicant": {**plan["applicant"], "season": year, "deadline": None, "token": None}}
    found = plan_of(again, plan_of(again, as_of).dates.portal_from)
    for letter in (letter for letter in found.letters if letter.status == "carried"):
        kinds = {action.kind for action in found.actions_for(letter)}
        assert kinds == (set() if letter.is_skipped else {"import"})
