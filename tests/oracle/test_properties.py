"""What holds for every plan: the planner agrees with the second implementation, and keeps its promises."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from hypothesis import given
from hypothesis import strategies as st

from lorplan.plan.planner import make_plan
from lorplan.planfile.models import PlanFile
from lorplan.planfile.reader import loads
from lorplan.rules import RULES
from oracle.reckoning import work_out
from oracle.strategies import EVERY_PLAN, rows_of, to_yaml

if TYPE_CHECKING:
    from datetime import date

    from lorplan.plan.model import Letter, Plan
    from runner import Json

Drawn = Any
"""A strategy for a plan as plain data and an as-of day."""

NEXT_STEP: Final = {
    "planned": {"ask"},
    "asked": {"follow-up"},
    "agreed": {"request"},
    "requested": {"remind", "trace"},
    "carried": {"import"},
}
"""The actions of which one takes a letter to its next stage."""


def make(plan: Json | list[Json], as_of: date) -> Plan:
    """Make the plan of a plan file from its values."""
    return make_plan(PlanFile.model_validate(plan), as_of)


def without_nulls(value: Any) -> Any:  # noqa: ANN401 - any part of a plan
    """Leave out the keys that are null."""
    if isinstance(value, dict):
        return {key: without_nulls(part) for key, part in value.items() if part is not None}
    return [without_nulls(part) for part in value] if isinstance(value, list) else value


# --- the second implementation ------------------------------------------------------------------------------


def decisions(plan: Plan) -> Json:
    """Give what the second implementation works out too; a letter is known by its position in the file."""
    document = plan.to_dict()
    season = {
        name: document["season"][name] for name in ("year", "opens", "token", "review", "rank_list", "ends", "guessed")
    }
    names = ("portal_from", "deadline", "needed_by", "latest_ask", "wanted", "asking_closed", "forecast")
    return {
        "season": season,
        **{name: document[name] for name in names},
        "letters": [letter_decisions(letter, plan) for letter in document["letters"]],
        "coverage": [coverage_decisions(coverage, plan) for coverage in document["coverage"]],
    }


def coverage_decisions(coverage: Json, plan: Plan) -> Json:
    """Give what is decided about a target, its letters by their positions."""
    known = {name: value for name, value in coverage.items() if name not in {"service", "max"}}
    return {**known, "letters": [plan.letter(letter_id).candidate.position for letter_id in coverage["letters"]]}


def letter_decisions(letter: Json, plan: Plan) -> Json:
    """Give what is decided about a letter, without the texts."""
    left_out = {"id", "attending", "hospital", "specialty", "start", "reasons", "would_change"}
    lost = letter["decided_by"]
    return {
        **{name: value for name, value in letter.items() if name not in left_out},
        "position": plan.letter(letter["id"]).candidate.position,
        "decided_by": lost and {**lost, "than": plan.letter(lost["than"]).candidate.position},
    }


@EVERY_PLAN
@given(st.data())
def test_planner_agrees_with_the_second_implementation(plans: Drawn, data: st.DataObject) -> None:
    """Every day and decision is the one that the second reading of the rules comes to, which shares no code."""
    plan, as_of = data.draw(plans)
    assert decisions(make(plan, as_of)) == work_out(plan, as_of)


# --- the plan as a whole ------------------------------------------------------------------------------------


@EVERY_PLAN
@given(st.data())
def test_planning_twice_gives_the_same_plan(plans: Drawn, data: st.DataObject) -> None:
    """A plan depends on the file and the day only, and planning does not change the plan file."""
    plan, as_of = data.draw(plans)
    plan_file = PlanFile.model_validate(plan)
    first = make_plan(plan_file, as_of)
    assert make_plan(plan_file, as_of) == first == make(plan, as_of)


@EVERY_PLAN
@given(st.data())
def test_python_values_give_the_same_plan_as_their_text(plans: Drawn, data: st.DataObject) -> None:
    """A plan file made from Python's dates and numbers is the one that is read from the text, nulls or not."""
    plan, as_of = data.draw(plans)
    from_text = make_plan(loads(to_yaml(plan)), as_of)
    assert make(plan, as_of) == make(without_nulls(plan), as_of) == from_text


@EVERY_PLAN
@given(st.data())
def test_every_rotation_has_one_letter_and_every_action_its_own_id(plans: Drawn, data: st.DataObject) -> None:
    """No letter is lost or doubled, whatever the attendings are called, and no action comes twice."""
    plan, as_of = data.draw(plans)
    found = make(plan, as_of)
    assert sorted(letter.candidate.position for letter in found.letters) == list(range(len(rows_of(plan))))
    assert len({letter.id for letter in found.letters}) == len(found.letters)
    assert len({action.id for action in found.actions}) == len(found.actions)


# --- letters ------------------------------------------------------------------------------------------------


@EVERY_PLAN
@given(st.data())
def test_reasons_are_unique_and_in_the_order_of_the_rule_book(plans: Drawn, data: st.DataObject) -> None:
    """The first reason decided; the others come in the order of the rules, and none is empty or repeated."""
    order = {rule.id: position for position, rule in enumerate(RULES)}
    for letter in make(*data.draw(plans)).letters:
        places = [order[reason.rule] for reason in letter.reasons[1:]]
        assert places == sorted(places)
        assert max(Counter(letter.reasons).values()) == 1
        assert all(text.strip() for text in (*(reason.text for reason in letter.reasons), *letter.would_change))


@EVERY_PLAN
@given(st.data())
def test_only_a_reserve_or_hold_letter_has_lost_a_comparison(plans: Drawn, data: st.DataObject) -> None:
    """It has lost against the lowest-ranked pick, which ranks above it, by the rule of its first reason."""
    letters = make(*data.draw(plans)).letters
    picks = [letter for letter in letters if letter.pick]
    for letter in (letter for letter in letters if letter.decided_by):
        assert letter.decided_by == (letter.reason.rule, picks[-1].id)
        assert letter.verdict in {"reserve", "hold"}
        assert rank(picks[-1]) < rank(letter)


def rank(letter: Letter) -> int:
    """Give the rank of a letter that has one."""
    assert letter.rank is not None
    return letter.rank


@EVERY_PLAN
@given(st.data())
def test_day_to_ask_is_in_the_window_and_not_too_soon(plans: Drawn, data: st.DataObject) -> None:
    """Without an offer and a meeting the window consists of on-site days from the midpoint on, if not long past."""
    for letter in make(*data.draw(plans)).letters:
        window = letter.window
        assert window.opens <= window.ask_on <= window.closes
        if letter.history.offered is None and letter.rotation.meeting is None:
            days = list(letter.candidate.on_site)
            later_half = days[max((len(days) + 1) // 2, min(2, len(days))) - 1 :]
            asked_long_after = window.rule == "WHEN-12"
            assert asked_long_after or {window.opens, window.ask_on, window.closes} <= set(later_half)


@EVERY_PLAN
@given(st.data())
def test_attending_who_declined_is_not_asked_again(plans: Drawn, data: st.DataObject) -> None:
    """All of their rotations are skipped but for letters that are promised or in the portal already."""
    found = make(*data.draw(plans))
    declined = {letter.candidate.person for letter in found.letters if letter.status == "declined"}
    theirs = [letter for letter in found.letters if letter.candidate.person in declined and not is_in_hand(letter)]
    assert {letter.verdict for letter in theirs} <= {"skip"}
    assert [action for letter in theirs for action in found.actions_for(letter)] == []


def is_in_hand(letter: Letter) -> bool:
    """Whether a letter is promised or in the portal."""
    return letter.history.is_promised or letter.history.is_secured


# --- actions ------------------------------------------------------------------------------------------------


@EVERY_PLAN
@given(st.data())
def test_states_fit_the_days_of_actions_which_are_sorted_by_day(plans: Drawn, data: st.DataObject) -> None:
    """Upcoming before `on`, due until `until`, overdue after; conditional only while upcoming."""
    plan, as_of = data.draw(plans)
    actions = make(plan, as_of).actions
    assert list(actions) == sorted(actions, key=lambda action: (action.on, action.until, action.id))
    for action in actions:
        assert action.on <= action.until
        expected = "upcoming" if as_of < action.on else "due" if as_of <= action.until else "overdue"
        assert action.state == expected
        assert action.state == "upcoming" or not action.conditional


@EVERY_PLAN
@given(st.data())
def test_action_id_is_made_of_the_rotation_and_the_kind(plans: Drawn, data: st.DataObject) -> None:
    """Only reminders, of which there can be several, have a number as well."""
    for action in make(*data.draw(plans)).actions:
        stem = f"{action.rotation}:{action.kind}"
        assert action.id.removeprefix(f"{stem}:").isdigit() if action.kind == "remind" else action.id == stem


@EVERY_PLAN
@given(st.data())
def test_no_action_is_left_once_the_season_is_over(plans: Drawn, data: st.DataObject) -> None:
    """After the last day of the season a warning says why."""
    found = make(*data.draw(plans))
    over = found.as_of > found.dates.season.ends
    assert ("season-over" in {warning.code for warning in found.warnings}) is over
    assert not (over and found.actions)


@EVERY_PLAN
@given(st.data())
def test_letter_to_be_asked_or_on_its_way_has_a_next_action(plans: Drawn, data: st.DataObject) -> None:
    """Until the rank list there is always something that takes the letter to its next stage."""
    found = make(*data.draw(plans))
    scheduled = {(action.rotation, action.kind) for action in found.actions}
    for letter in found.letters if found.as_of <= found.dates.season.rank_list else ():
        if letter.counts and letter.status in NEXT_STEP:
            assert any((letter.id, kind) in scheduled for kind in NEXT_STEP[letter.status])


# --- coverage -----------------------------------------------------------------------------------------------


@EVERY_PLAN
@given(st.data())
def test_set_for_a_target_has_at_most_as_many_letters_as_a_program_takes(plans: Drawn, data: st.DataObject) -> None:
    """It has letters to be asked for or kept."""
    found = make(*data.draw(plans))
    counted = {letter.id for letter in found.letters if letter.counts}
    for coverage in found.coverage:
        assert len(coverage.letters) <= coverage.max <= found.dates.policy.max_per_program
        assert set(coverage.letters) <= counted
        assert len(set(coverage.letters)) == len(coverage.letters)


@EVERY_PLAN
@given(st.data())
def test_forecast_counts_each_reliable_letter_once(plans: Drawn, data: st.DataObject) -> None:
    """Its total is the number of letters to be asked for or kept, not silent, and on time or in hand."""
    found = make(*data.draw(plans))
    counted = [letter for letter in found.letters if letter.counts and not letter.candidate.silent]
    reliable = sum(letter.candidate.on_time or is_in_hand(letter) for letter in counted)
    can_be_mended = found.as_of <= found.dates.season.rank_list
    assert found.forecast.total == reliable
    assert ("too-few-letters" in {warning.code for warning in found.warnings}) is (
        can_be_mended and reliable < found.wanted
    )
