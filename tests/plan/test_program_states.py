"""How a program stands: closed or open, its letters, its state, and what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import program, rotation
from plan.programs import missing, only_program, plan_programs, uploaded

if TYPE_CHECKING:
    from runner import Json

THREE = [uploaded("Ames"), uploaded("Boyd"), uploaded("Cole")]

# --- open, closed, skipped ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("about", "as_of", "standing"),
    [
        pytest.param({"deadline": "2027-07-02"}, "2027-07-02", "open", id="on_its_deadline"),
        pytest.param({"deadline": "2027-07-01"}, "2027-07-02", "closed", id="after_its_deadline"),
        pytest.param({"deadline": "2027-07-01", "applied": "2027-06-30"}, "2027-07-02", "open", id="applied_in_time"),
        pytest.param({"deadline": "2027-07-01", "applied": "2027-07-03"}, "2027-07-02", "closed", id="applied_later"),
        pytest.param({"deadline": "2027-07-01", "applied": "2027-06-01"}, "2027-07-02", "closed", id="last_season"),
        pytest.param({}, "2027-10-30", "open", id="no_deadline_of_its_own"),
        pytest.param({}, "2028-03-01", "open", id="on_the_rank_list_day"),
        pytest.param({}, "2028-03-02", "closed", id="after_the_rank_list_day"),
        pytest.param({"choice": "skip", "deadline": "2027-07-01"}, "2027-07-02", "skip", id="skipped"),
    ],
)
def test_program_is_open_until_its_own_deadline_or_the_rank_list(about: Json, as_of: str, standing: str) -> None:
    """Only a written deadline closes a program, and not one that was applied to."""
    assert only_program(*THREE, as_of=as_of, **about).facts.standing == standing


def test_letters_assigned_in_an_earlier_season_count_as_not_assigned() -> None:
    """So does the application itself."""
    found = only_program(*THREE, applied="2027-06-01", assigned=["ames"])
    assert (found.facts.applied, found.assigned, found.state) == (None, (), "ready")


def test_assigned_letter_counts_once_it_is_in_the_portal() -> None:
    """On an earlier day it is not."""
    row = uploaded("Ames")
    assert only_program(row, assigned=["ames"], as_of="2027-07-01").assigned == ("ames",)
    assert only_program(row, assigned=["ames"], as_of="2027-06-30").assigned == ()


# --- numbers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("about", "policy", "expected"),
    [
        pytest.param({}, {}, (4, 3), id="nothing_written"),
        pytest.param({"max": 2}, {}, (2, 2), id="its_own_maximum"),
        pytest.param({"max": 9}, {}, (4, 3), id="more_than_the_service_takes"),
        pytest.param({}, {"want": 2}, (4, 2), id="as_many_as_wanted"),
        pytest.param({}, {"want": 6}, (4, 4), id="not_more_than_it_takes"),
        pytest.param({"requires": {"letters": 1}}, {}, (4, 1), id="written"),
        pytest.param({"requires": {"letters": 0}}, {}, (4, 0), id="none"),
        pytest.param({"specialty": "ophthalmology"}, {}, (3, 3), id="sf_match"),
    ],
)
def test_numbers_are_the_written_ones_or_those_of_service_and_policy(
    about: Json, policy: Json, expected: tuple[int, int]
) -> None:
    """The most that it takes, and how many it asks for."""
    facts = only_program(wanted={"policy": policy}, **about).facts
    assert (facts.most, facts.letters) == expected


def test_deadline_is_its_own_or_that_of_its_target() -> None:
    """A deadline of the applicant is that of every target."""
    assert only_program(deadline="2027-10-15").facts.deadline.isoformat() == "2027-10-15"
    assert only_program(specialty="ophthalmology").facts.deadline.isoformat() == "2027-09-01"
    assert only_program(wanted={"deadline": "2027-09-29"}).facts.deadline.isoformat() == "2027-09-29"
    assert only_program(deadline="2027-10-15").needed_by.isoformat() == "2027-10-07"


# --- states -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "about", "state", "late"),
    [
        pytest.param(THREE, {"assigned": ["ames", "boyd", "cole"]}, "complete", False, id="all_assigned"),
        pytest.param(THREE, {"assigned": ["ames", "boyd"]}, "ready", False, id="one_to_assign"),
        pytest.param([*THREE[:2], rotation()], {}, "on course", True, id="one_late"),
        pytest.param([*THREE[:2], rotation()], {"deadline": "2027-10-15"}, "on course", False, id="one_on_time"),
        pytest.param([*THREE[:2], rotation()], {"deadline": "2027-08-25"}, "short", True, id="one_after_its_deadline"),
        pytest.param(THREE[:2], {}, "short", False, id="too_few"),
        pytest.param(THREE, {"requires": {"chair": 1}}, "short", False, id="no_chair"),
        pytest.param(THREE, {"requires": {"letters": 2}, "assigned": ["ames", "cole"]}, "complete", False, id="enough"),
    ],
)
def test_state_is_the_first_that_holds(rows: list[Json], about: Json, state: str, *, late: bool) -> None:
    """Told by the letters that fit: assigned, in the portal, on their way."""
    found = only_program(*rows, as_of="2027-08-20", **about)
    assert (found.state, found.late) == (state, late)


# --- what is missing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "about", "expected"),
    [
        pytest.param(THREE[:2], {}, [("letters", 3, 2, True)], id="letters"),
        pytest.param(
            [*THREE[:2], uploaded("Dole", us=False)],
            {"requires": {"us": "all"}},
            [("us", 3, 2, True)],
            id="kept_out_as_not_from_the_us",
        ),
        pytest.param(
            [*THREE[:2], uploaded("Dole", us=False, experience="observership")],
            {"requires": {"us": "all", "hands_on": "all"}},
            [("us", 3, 2, True), ("hands_on", 3, 2, True)],
            id="kept_out_twice",
        ),
        pytest.param(THREE[:2], {"requires": {"us": "all"}}, [("letters", 3, 2, True)], id="nobody_is_kept_out"),
        pytest.param(
            THREE,
            {"requires": {"chair": 1, "standardized": 2}, "prefers": {"us": 4}},
            [("chair", 1, 0, True), ("standardized", 2, 0, True), ("us", 4, 3, False)],
            id="kinds_and_preferences",
        ),
        pytest.param(
            [uploaded("Ames", letter={"asked": "2027-03-24", "uploaded": "2027-06-05"}), *THREE[1:]],
            {"requires": {"months": 3}, "deadline": "2027-09-30"},
            [("months", 3, 2, True)],
            id="too_old",
        ),
        pytest.param(
            THREE, {"prefers": {"letters": 4, "hands_on": "all"}}, [("letters", 4, 3, False)], id="preferred_number"
        ),
        pytest.param(
            [*THREE[:2], uploaded("Dole", experience="research")],
            {"prefers": {"hands_on": "all"}},
            [("hands_on", 3, 2, False)],
            id="preferred_all",
        ),
        pytest.param(THREE[:2], {"choice": "skip"}, [], id="skipped"),
    ],
)
def test_missing_names_each_requirement_with_its_numbers(
    rows: list[Json], about: Json, expected: list[tuple[str, int, int, bool]]
) -> None:
    """In the order of the keys, what is required before what is preferred."""
    assert missing(only_program(*rows, **about)) == expected


def test_month_of_a_letter_is_counted_to_the_same_day_or_the_last_of_the_month() -> None:
    """Three months before 31 May is 28 February."""
    about: Json = {"requires": {"letters": 1, "months": 3}, "deadline": "2028-05-31"}
    for day, state in (("2028-02-28", "short"), ("2028-02-29", "ready")):
        row = uploaded("Ames", letter={"uploaded": day})
        [found] = plan_programs(row, programs=[program(**about)], as_of="2028-02-29").programs
        assert found.state == state


def test_part_with_the_fewest_letters_is_told_of_a_combined_target() -> None:
    """One number is asked for of each."""
    about: Json = {"specialty": "medicine-pediatrics", "requires": {"in_specialty": 2}}
    rows = [uploaded(f"A{n}", specialty="internal medicine") for n in range(2)]
    rows += [uploaded("Boyd", specialty="pediatrics")]
    found = only_program(*rows, wanted={"targets": ["medicine-pediatrics"]}, **about)
    assert missing(found) == [("in_specialty", 2, 1, True)]


# --- assigned where they do not belong ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "about", "expected"),
    [
        pytest.param({"for": "psychiatry"}, {}, ("dole",), id="for_another_target"),
        pytest.param({"us": False}, {"requires": {"us": "all"}}, ("dole",), id="others_fit"),
        pytest.param({"us": False}, {"requires": {"us": "all", "letters": 4}}, (), id="too_few_others_fit"),
        pytest.param({"us": False}, {"requires": {"us": "all"}, "choice": "skip"}, (), id="skipped_program"),
        pytest.param({}, {}, (), id="fits"),
    ],
)
def test_assigned_letter_is_misplaced_where_it_may_not_go_or_others_fit(
    more: Json, about: Json, expected: tuple[str, ...]
) -> None:
    """It stays in the set all the same."""
    rows = [*THREE, uploaded("Dole", **more)]
    targets = {"targets": ["neurology", "psychiatry"]}
    found = only_program(*rows, wanted=targets, assigned=["dole"], **about)
    assert found.misplaced == expected
    assert "dole" in found.letters


def test_programs_are_listed_by_state_then_deadline_then_id() -> None:
    """What needs attention comes first."""
    programs = [
        program("Z", choice="skip"),
        program("Y", deadline="2027-07-01"),
        program("X"),
        program("W", deadline="2027-10-01", requires={"chair": 1}),
        program("V", requires={"chair": 1}),
        program("U", assigned=["ames", "boyd", "cole"]),
    ]
    found = plan_programs(*THREE, programs=programs).programs
    assert [(one.id, one.state) for one in found] == [
        ("v", "short"),
        ("w", "short"),
        ("x", "ready"),
        ("u", "complete"),
        ("y", "closed"),
        ("z", "skip"),
    ]
