"""A plan in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import letter, plan, rotation
from lorplan.reference import policy_numbers
from lorplan.render.summary import (
    coverage_mark,
    coverage_note,
    describe_coverage,
    describe_forecast,
    describe_policy,
    describe_reason,
    describe_season,
    policy_changes,
    when_to_ask,
)
from lorplan.rules import RULES

if TYPE_CHECKING:
    from lorplan.plan.model import Coverage


def coverage_of(target: str, **rows: object) -> Coverage:
    """Give the coverage of the only target of a plan of one rotation."""
    [found] = plan(rotation(**rows), targets=[target]).coverage
    return found


@pytest.mark.parametrize("name", [number.name for number in policy_numbers.ALL])
def test_policy_change_names_the_rule_of_its_number(name: str) -> None:
    """Every number belongs to exactly one rule."""
    [rule] = [rule.id for rule in RULES if name in {number.name for number in rule.numbers}]
    value: object = [2, 1] if name == "remind_before_days" else 6
    found = plan(rotation(), policy={name: value})
    [(named, change)] = policy_changes(found)
    assert named == rule
    assert change.startswith(f"{name} {'2, 1' if name == 'remind_before_days' else 6} instead of ")
    assert describe_policy(found) == f"Your policy: {change} ({rule})"


def test_policy_without_changes_is_not_described() -> None:
    """A number that is written with its default is not a change."""
    assert describe_policy(plan(rotation())) == ""
    assert describe_policy(plan(rotation(), policy={"lead_days": 28, "remind_before_days": [14, 7, 3]})) == ""


@pytest.mark.parametrize(
    ("season", "as_of", "beginning"),
    [
        pytest.param(2028, "2027-03-01", "2028 season (estimated): opens 2027-06-02, token 2027-06-23, ", id="named"),
        pytest.param(None, "2027-03-01", "2028 season (estimated, assumed): opens 2027-06-02, ", id="assumed"),
        pytest.param(2026, "2025-03-01", "2026 season (published): opens ", id="published"),
    ],
)
def test_season_is_described_with_its_certainty_and_days(season: int | None, as_of: str, beginning: str) -> None:
    """One sees whether the season was assumed."""
    text = describe_season(plan(rotation(), season=season, as_of=as_of))
    assert text.startswith(beginning)
    assert ", review " in text
    assert ", Match Day " in text


def test_forecast_counts_letters_by_how_far_they_are() -> None:
    """Each count appears if there is one."""
    found = plan(
        rotation("A One", letter={"uploaded": "2027-07-01"}),
        rotation("B Two", letter={"agreed": "2027-07-01"}),
        rotation("C Three", letter={"asked": "2027-07-01"}),
        rotation("D Four"),
        policy={"want": 4},
        as_of="2027-07-01",
    )
    assert describe_forecast(found) == (
        "4 letters expected by 2027-09-22, 4 wanted (1 secured, 1 promised, 1 asked for, 1 planned). "
        "Letters are needed in the portal by 2027-09-15; the last day to ask with full notice is 2027-08-18."
    )


def test_forecast_without_letters_says_none_yet() -> None:
    """There are no empty brackets."""
    assert describe_forecast(plan()).startswith("0 letters expected by 2027-09-22, 3 wanted (none yet). ")


def test_coverage_is_ok_with_enough_letters_and_else_a_gap() -> None:
    """The mark is a word, so that it needs no colour."""
    found = coverage_of("internal medicine", specialty="internal medicine")
    assert (coverage_mark(found), found.needed) == ("gap", 2)
    assert describe_coverage(found) == "1 letter from the specialty, 2 needed; to assign: chen"
    enough = found._replace(parts=(found.parts[0]._replace(needed=1),))
    assert coverage_mark(enough) == "ok"
    assert describe_coverage(found._replace(letters=())).endswith("to assign: none")


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        pytest.param("TY", "no particular specialty is asked for; to assign: chen", id="transitional_year"),
        pytest.param(
            "med-peds",
            "1 letter from internal medicine, 1 needed, 0 letters from pediatrics, 1 needed; to assign: chen",
            id="combined",
        ),
    ],
)
def test_coverage_of_a_target_with_no_or_several_parts_names_them(target: str, expected: str) -> None:
    """Each part has its own number."""
    assert describe_coverage(coverage_of(target, specialty="internal medicine")) == expected


def test_forecast_says_how_many_letters_are_late() -> None:
    """They are among those expected."""
    found = plan(rotation(letter={"agreed": "2027-09-10"}), as_of="2027-09-10")
    assert describe_forecast(found).startswith("1 letter expected by 2027-09-22, 3 wanted (1 promised; 1 late). ")


@pytest.mark.parametrize(
    ("as_of", "ending"),
    [
        pytest.param("2027-09-10", " Enough letters are in hand: nobody else need be asked.", id="enough"),
        pytest.param("2028-03-02", " The rank lists closed on 2028-03-01: nobody is asked any more.", id="too_late"),
    ],
)
def test_forecast_says_why_nobody_is_asked_any_more(as_of: str, ending: str) -> None:
    """Enough letters, or the rank list."""
    rows = [rotation(f"Dr. A{n}", letter={"uploaded": "2027-07-01"}) for n in range(3)]
    assert describe_forecast(plan(*rows, as_of=as_of)).endswith(ending)


def test_coverage_note_says_what_else_a_specialty_expects() -> None:
    """Nothing is said about a specialty of which nothing else is known."""
    note = coverage_note(coverage_of("internal medicine"))
    assert note == "Many programs also expect one letter from a department of medicine."
    assert coverage_note(coverage_of("space medicine")) == ""
    assert coverage_note(coverage_of("neurology")._replace(target=None)) == ""


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param({}, "2027-03-24", id="to_be_asked"),
        pytest.param({"letter": {"asked": "2027-02-24"}}, "asked", id="asked"),
        pytest.param({"choice": "skip"}, "", id="skipped"),
    ],
)
def test_when_to_ask_is_the_day_the_status_or_nothing(rows: dict[str, object], expected: str) -> None:
    """A letter that was asked for has its status instead of a day."""
    assert when_to_ask(letter(plan(rotation(**rows)))) == expected


@pytest.mark.parametrize(
    ("rows", "ending"),
    [
        pytest.param({}, "(MIX-1)", id="in_time"),
        pytest.param({"start": "2027-08-02", "end": "2027-08-27"}, "; tight", id="moved_forward_by_the_deadline"),
        pytest.param({"letter": {"asked": "2027-09-01"}}, "; late", id="late"),
    ],
)
def test_reason_ends_with_whether_time_is_short(rows: dict[str, object], ending: str) -> None:
    """A tight or late letter is marked wherever its reason is shown."""
    found = plan(rotation(**rows), as_of="2027-09-01" if "letter" in rows else "2027-03-01")
    assert describe_reason(letter(found)).endswith(ending)
