"""What holds for every plan: the planner against a second reckoning, and promises that no file may break."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lorplan.plan.planner import make_plan
from lorplan.planfile.models import PlanFile
from lorplan.planfile.reader import loads
from lorplan.rules import BY_ID
from oracle.reckoning import STEPS, reckon
from oracle.strategies import plans_and_days, rows_of, to_yaml

if TYPE_CHECKING:
    from lorplan.plan.model import Plan

Plain = dict[str, Any]
PlanAndDay = tuple[Plain | list[Plain], date]

SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
EVERYDAY = settings(SETTINGS, max_examples=60)
SHORT = settings(SETTINGS, max_examples=25)
THOROUGH = settings(SETTINGS, max_examples=3000)

KEYS = {
    "plan": "format_version kind as_of file applicant season deadline needed_by latest_ask wanted forecast "
    "letters actions coverage warnings",
    "applicant": "name email",
    "season": "year opens submit review rank_list match_day ends estimated guessed source",
    "forecast": "secured promised asked planned",
    "letters": "id attending hospital specialty start last_day status verdict pick rank strength tentative tight "
    "silent fresh opens ask_on closes arrives_by on_time reasons decided_by would_change",
    "actions": "id kind rotation attending on until state channel conditional title rules",
    "coverage": "target needed planned asked promised secured letters",
    "warnings": "code rotation target text",
    "reasons": "rule text",
    "decided_by": "rule than",
}


def plan_of(plan: Plain | list[Plain], as_of: date) -> Plan:
    """Plan a file, by way of its text."""
    return make_plan(loads(to_yaml(plan)), as_of)


def like(answer: Any, pattern: Any) -> Any:  # noqa: ANN401 - any part of an answer
    """Keep of an answer only the keys that the pattern has too."""
    if isinstance(answer, dict) and isinstance(pattern, dict):
        return {key: like(answer[key], part) for key, part in pattern.items()}
    if isinstance(answer, list) and isinstance(pattern, list) and len(answer) == len(pattern):
        return [like(*parts) for parts in zip(answer, pattern, strict=True)]
    return answer


def reckoned(plan: Plain | list[Plain], as_of: date) -> Plain:
    """Reckon a plan the second way; a tie it leaves without a rule is told as one of MIX-1."""
    answer = reckon(plan, as_of)
    for decision in (letter["decided_by"] for letter in answer["letters"]):
        if decision and decision["rule"] is None:
            decision["rule"] = "MIX-1"
    return answer


def assert_same_as_reckoned(plan: Plain | list[Plain], as_of: date) -> None:
    """Hold the planner against the second reckoning."""
    expected = reckoned(plan, as_of)
    assert like(plan_of(plan, as_of).to_dict(), expected) == expected


class TestSecondReckoning:
    """Two readings of the same rules, which share no code, give the same plan for every file and day."""

    @EVERYDAY
    @given(plans_and_days())
    def test_the_planner_agrees(self, drawn: PlanAndDay) -> None:
        """Every decision, day, action, count and warning is the one that the literal reckoning arrives at."""
        assert_same_as_reckoned(*drawn)

    @pytest.mark.thorough
    @THOROUGH
    @given(plans_and_days())
    def test_the_planner_agrees_on_many_more(self, drawn: PlanAndDay) -> None:
        """The same, over as many files as a coffee break allows."""
        assert_same_as_reckoned(*drawn)


class TestPlan:
    """A plan depends on the file and the day, and on nothing else."""

    @SHORT
    @given(plans_and_days())
    def test_the_same_input_gives_the_same_plan(self, drawn: PlanAndDay) -> None:
        """Planning twice, from one model or from two, changes nothing; nor is the model changed by it."""
        text, as_of = to_yaml(drawn[0]), drawn[1]
        model = loads(text)
        first = make_plan(model, as_of)
        assert make_plan(model, as_of) == first == make_plan(loads(text), as_of)

    @SHORT
    @given(plans_and_days())
    def test_python_values_plan_like_their_text(self, drawn: PlanAndDay) -> None:
        """A model built from Python's own dates and numbers is the one that is read from the file."""
        plan, as_of = drawn
        from_python = PlanFile.model_validate(without_nothing(plan))
        assert make_plan(from_python, as_of).to_dict() == plan_of(plan, as_of).to_dict()

    @SHORT
    @given(plans_and_days())
    def test_the_document_has_exactly_the_documented_keys(self, drawn: PlanAndDay) -> None:
        """Every field is always there, and the document is plain JSON."""
        document = plan_of(*drawn).to_dict()
        assert json.loads(json.dumps(document)) == document
        assert set(document) == set(KEYS["plan"].split())
        for name in ("applicant", "season", "forecast"):
            assert set(document[name]) == set(KEYS[name].split())
        for name in ("letters", "actions", "coverage", "warnings"):
            assert all(set(one) == set(KEYS[name].split()) for one in document[name])
        for letter in document["letters"]:
            assert all(set(reason) == set(KEYS["reasons"].split()) for reason in letter["reasons"])
            assert letter["decided_by"] is None or set(letter["decided_by"]) == set(KEYS["decided_by"].split())

    @SHORT
    @given(plans_and_days())
    def test_a_skipped_letter_says_nothing_of_itself(self, drawn: PlanAndDay) -> None:
        """Nulls and flags that are false: nothing is reckoned for a letter that nobody will write."""
        nulls = ("rank", "strength", "fresh", "opens", "ask_on", "closes", "arrives_by", "on_time", "decided_by")
        flags = ("pick", "tentative", "tight", "silent")
        skipped = [one for one in plan_of(*drawn).to_dict()["letters"] if one["verdict"] == "skip"]
        assert all(one[name] is None for one in skipped for name in nulls)
        assert all(one[name] is False for one in skipped for name in flags)

    @SHORT
    @given(plans_and_days())
    def test_ids_are_unique_and_every_rotation_is_there_once(self, drawn: PlanAndDay) -> None:
        """No letter is lost or doubled, whatever the attendings are called, and no action is there twice."""
        found = plan_of(*drawn)
        assert len({letter.id for letter in found.letters}) == len(found.letters) == len(rows_of(drawn[0]))
        assert len({action.id for action in found.actions}) == len(found.actions)

    @SHORT
    @given(plans_and_days(written_ids=True), st.data())
    def test_the_order_of_the_file_only_breaks_ties(self, drawn: PlanAndDay, data: st.DataObject) -> None:
        """Where no two last days are equal the file can be shuffled, and only skipped letters change places."""
        plan, as_of = drawn
        days = [letter.rotation.final_day for letter in plan_of(plan, as_of).letters]
        assume(len(set(days)) == len(days))
        shuffled = deepcopy(plan)
        rows_of(shuffled)[:] = data.draw(st.permutations(rows_of(shuffled)))
        assert by_id(plan_of(plan, as_of)) == by_id(plan_of(shuffled, as_of))


def without_nothing(value: Any) -> Any:  # noqa: ANN401 - any part of a plan
    """Leave out the keys with nothing behind them, which a reader of files leaves out too."""
    if isinstance(value, dict):
        return {key: without_nothing(part) for key, part in value.items() if part is not None}
    return [without_nothing(part) for part in value] if isinstance(value, list) else value


def by_id(plan: Plan) -> Plain:
    """Show a plan with its skipped letters sorted by id."""
    document = plan.to_dict()
    skipped = [letter for letter in document["letters"] if letter["verdict"] == "skip"]
    ranked = [letter for letter in document["letters"] if letter["verdict"] != "skip"]
    return {**document, "letters": [*ranked, *sorted(skipped, key=lambda letter: str(letter["id"]))]}


class TestLetters:
    """Every letter has a verdict that is explained, and days that a user can keep to."""

    @SHORT
    @given(plans_and_days())
    def test_every_rule_cited_is_in_the_book(self, drawn: PlanAndDay) -> None:
        """Nothing is said or asked for without a rule that can be looked up."""
        found = plan_of(*drawn)
        assert all(action.rules for action in found.actions)
        assert all(letter.reasons for letter in found.letters)
        cited = {reason.rule for letter in found.letters for reason in letter.reasons}
        cited |= {rule for action in found.actions for rule in action.rules}
        cited |= {letter.decided_by.rule for letter in found.letters if letter.decided_by}
        assert cited <= set(BY_ID)

    @SHORT
    @given(plans_and_days())
    def test_a_reason_says_something_once(self, drawn: PlanAndDay) -> None:
        """No letter's reasons repeat each other, and no text is empty."""
        for letter in plan_of(*drawn).letters:
            said = [(reason.rule, reason.text) for reason in letter.reasons]
            assert len(set(said)) == len(said)
            assert all(text.strip() for _, text in said)
            assert all(text.strip() for text in letter.would_change)

    @SHORT
    @given(plans_and_days())
    def test_a_reserve_or_hold_names_a_pick_that_it_lost_against(self, drawn: PlanAndDay) -> None:
        """`decided_by` is there for no other letter, and names the lowest-ranked pick with a better rank."""
        letters = plan_of(*drawn).letters
        picks = [letter for letter in letters if letter.ranking and letter.ranking.pick]
        for letter in letters:
            if letter.decided_by:
                assert letter.verdict in {"reserve", "hold"}
                assert letter.decided_by.than == picks[-1].id
                assert letter.reason.rule == letter.decided_by.rule
                assert letters.index(letter) > letters.index(picks[-1])

    @SHORT
    @given(plans_and_days())
    def test_the_day_to_ask_is_in_its_window(self, drawn: PlanAndDay) -> None:
        """`opens` <= `ask_on` <= `closes`, for every letter that is not skipped."""
        days = [letter.ranking for letter in plan_of(*drawn).letters if letter.ranking]
        assert all(one.opens <= one.ask_on <= one.closes for one in days)

    @SHORT
    @given(plans_and_days())
    def test_nobody_is_asked_too_soon_or_on_a_day_off(self, drawn: PlanAndDay) -> None:
        """Without an offer and a meeting the window is made of on-site days from the midpoint on."""
        plan, as_of = drawn
        model = loads(to_yaml(plan))
        on_site = {id_: list(days) for id_, days in zip(model.ids, model.on_site, strict=True)}
        for letter in make_plan(model, as_of).letters:
            if letter.ranking and letter.record.offered is None and letter.rotation.meeting is None:
                days = on_site[letter.id]
                later_half = days[(len(days) - 1) // 2 :]
                assert {letter.ranking.opens, letter.ranking.ask_on, letter.ranking.closes} <= set(later_half)

    @SHORT
    @given(plans_and_days())
    def test_a_decline_ends_the_asking(self, drawn: PlanAndDay) -> None:
        """Whoever declined is not asked again, for whichever of their rotations."""
        found = plan_of(*drawn)
        declined = {letter.rotation.attending for letter in found.letters if letter.status == "declined"}
        theirs = [letter for letter in found.letters if letter.rotation.attending in declined]
        assert {letter.verdict for letter in theirs} <= {"skip"}
        assert not {letter.id for letter in theirs} & {action.rotation for action in found.actions}

    @SHORT
    @given(plans_and_days(written_ids=True), st.data())
    def test_an_event_changes_the_status_of_no_other_letter(self, drawn: PlanAndDay, data: st.DataObject) -> None:
        """What is recorded of one letter says nothing of how far another one is."""
        plan, as_of = drawn
        assume(rows_of(plan))
        changed = deepcopy(plan)
        row = data.draw(st.sampled_from(rows_of(changed)))
        row["letter"] = {data.draw(st.sampled_from((*STEPS, "declined"))): as_of - timedelta(3)}
        before, after = statuses(plan_of(plan, as_of)), statuses(plan_of(changed, as_of))
        del before[row["id"]], after[row["id"]]
        assert before == after


def statuses(plan: Plan) -> dict[str, str]:
    """Say how far every letter is."""
    return {letter.id: letter.status for letter in plan.letters}


class TestActions:
    """What to do follows from the verdicts, and its days and states fit together."""

    @SHORT
    @given(plans_and_days())
    def test_verdicts_limit_the_actions(self, drawn: PlanAndDay) -> None:
        """Nothing is to be done for a skipped letter, and a letter on hold can be rated or weighed as a backup."""
        found = plan_of(*drawn)
        verdict = {letter.id: letter.verdict for letter in found.letters}
        kinds = {(verdict[action.rotation], action.kind) for action in found.actions}
        assert not [kind for of, kind in kinds if of == "skip"]
        assert {kind for of, kind in kinds if of == "hold"} <= {"rate", "backup"}
        assert not {kind for of, kind in kinds if of == "keep"} & {"feedback", "rate", "book", "ask", "backup"}

    @SHORT
    @given(plans_and_days())
    def test_states_and_days_fit_together(self, drawn: PlanAndDay) -> None:
        """Upcoming before `on`, due until `until`, overdue after; conditional only while upcoming; in order."""
        plan, as_of = drawn
        found = plan_of(plan, as_of).actions
        assert list(found) == sorted(found, key=lambda action: (action.on, action.until, action.id))
        for action in found:
            assert action.on <= action.until
            expected = "upcoming" if as_of < action.on else "due" if as_of <= action.until else "overdue"
            assert expected == action.state
            assert action.state == "upcoming" or not action.conditional

    @SHORT
    @given(plans_and_days())
    def test_ids_name_the_letter_and_the_kind(self, drawn: PlanAndDay) -> None:
        """The id is the rotation's and the kind, and a number where there can be several reminders."""
        for action in plan_of(*drawn).actions:
            stem = f"{action.rotation}:{action.kind}"
            numbered = action.id.removeprefix(f"{stem}:")
            assert numbered.isdigit() if action.kind == "remind" else action.id == stem

    @SHORT
    @given(plans_and_days())
    def test_an_over_season_asks_for_nothing(self, drawn: PlanAndDay) -> None:
        """After the last day of the season there are no actions, and a warning says why."""
        found = plan_of(*drawn)
        over = found.as_of > found.season.ends
        assert over == ("season-over" in {warning.code for warning in found.warnings})
        assert not (over and found.actions)

    @SHORT
    @given(plans_and_days())
    def test_the_next_step_is_never_missing(self, drawn: PlanAndDay) -> None:
        """While the season lasts, every letter that is to be asked or on its way has something to do next."""
        found = plan_of(*drawn)
        next_step = {"planned": "ask", "asked": "follow-up", "agreed": "request", "requested": "remind"}
        there = {(action.rotation, action.kind) for action in found.actions}
        for letter in found.letters:
            going = letter.verdict in {"ask", "keep"} and found.as_of <= found.season.ends
            if going and letter.status in next_step:
                assert (letter.id, next_step[letter.status]) in there


class TestCoverage:
    """The sets to assign and the counts follow from the letters."""

    @SHORT
    @given(plans_and_days())
    def test_a_set_holds_no_more_than_a_program_takes(self, drawn: PlanAndDay) -> None:
        """Each target's set has letters that are to be asked or kept, best first, and not too many."""
        plan, as_of = drawn
        model = loads(to_yaml(plan))
        found = make_plan(model, as_of)
        rank = {letter.id: letter.ranking.rank for letter in found.letters if letter.ranking}
        going = {letter.id for letter in found.letters if letter.verdict in {"ask", "keep"}}
        for coverage in found.coverage:
            assert len(coverage.letters) <= model.policy.max_per_program
            assert set(coverage.letters) <= going
            assert list(coverage.letters) == sorted(coverage.letters, key=lambda id_: rank[id_])

    @SHORT
    @given(plans_and_days())
    def test_the_forecast_counts_each_letter_once(self, drawn: PlanAndDay) -> None:
        """Its sum is the number of letters to be asked or kept that are on time and not silent."""
        found = plan_of(*drawn)
        going = [letter for letter in found.letters if letter.verdict in {"ask", "keep"} and letter.ranking]
        good = [one for one in going if one.ranking and one.ranking.on_time and not one.ranking.silent]
        assert found.forecast.total == len(good)
        assert ("too-few-letters" in {one.code for one in found.warnings}) == (len(good) < found.wanted)
