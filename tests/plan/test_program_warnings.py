"""What is warned of about programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import codes, program
from plan.programs import plan_programs, uploaded

if TYPE_CHECKING:
    from lorplan.plan.model import PlanWarning
    from runner import Json

THREE = [uploaded("Ames"), uploaded("Boyd"), uploaded("Cole")]


def warned(code: str, *programs: Json, as_of: str = "2027-07-02", rows: list[Json] | None = None) -> list[PlanWarning]:
    """Give the warnings with a code."""
    found = plan_programs(*(rows or THREE), programs=list(programs), as_of=as_of)
    return [warning for warning in found.warnings if warning.code == code]


def test_lack_is_warned_of_once_for_each_requirement_and_number() -> None:
    """With the programs that ask for it, and what would mend it by when."""
    found = warned(
        "program-short",
        program("A", requires={"chair": 1}),
        program("B", requires={"chair": 1, "standardized": 2}),
        program("C", requires={"chair": 2}),
        program("D", prefers={"chair": 3}),
    )
    assert [(one.target, one.requirement, one.needed, one.programs) for one in found] == [
        ("neurology", "chair", 1, ("a", "b")),
        ("neurology", "standardized", 2, ("b",)),
        ("neurology", "chair", 2, ("c",)),
    ]
    assert found[0].text == (
        "A and B ask for 1 letter from a chair, 0 expected: ask a chair or program director by 2027-08-18 (MIX-7)"
    )


def test_lack_of_many_programs_names_three_of_them() -> None:
    """Where they have different numbers of letters, both are told."""
    programs = [program(name, requires={"letters": 4}) for name in "ABCD"]
    programs[0]["requires"]["us"] = "all"
    [one] = warned("program-short", *programs[1:], program("E", requires={"letters": 4}))
    assert one.text.startswith("B, C, D and 1 more ask for 4 letters, 3 expected: ask one more attending by")


@pytest.mark.parametrize(
    ("requires", "mend"),
    [
        ({"letters": 4}, "ask one more attending by"),
        ({"in_specialty": 4}, "plan a rotation in neurology that reaches its midpoint by"),
        ({"us": 4}, "plan a US rotation that reaches its midpoint by"),
        ({"hands_on": 4}, "plan a hands-on rotation that reaches its midpoint by"),
        ({"standardized": 1}, "ask a place where you rotate whether it writes one by"),
    ],
)
def test_lack_says_what_would_mend_it(requires: Json, mend: str) -> None:
    """Up to the day by which."""
    [one, *_] = warned("program-short", program(requires=requires))
    assert mend in one.text


@pytest.mark.parametrize(
    ("about", "why"),
    [
        pytest.param({"requires": {"letters": 5}}, "it takes at most 4", id="more_than_the_service_takes"),
        pytest.param(
            {"requires": {"chair": 1, "us": "all"}},
            "wu is not from the US, as all letters must be",
            id="two_requirements_against_each_other",
        ),
        pytest.param(
            {"requires": {"chair": 1, "us": "all", "hands_on": "all", "months": 1}, "deadline": "2027-11-30"},
            "wu is not from the US and is not hands-on and is not recent enough, as all letters must be",
            id="several_against_one",
        ),
    ],
)
def test_lack_that_cannot_be_met_is_told_as_such(about: Json, why: str) -> None:
    """Nobody is sent to ask for what does not help."""
    chair = uploaded("Wu", us=False, experience="research")
    chair["attending"] = {"name": "Dr. Wu", "role": "chair"}
    found = warned("program-short", program(**about), rows=[*THREE, chair])
    assert [one.text.split(": ", 1)[1] for one in found if "this cannot be met" in one.text] == [
        f"this cannot be met, as {why}; ask the program, or apply elsewhere (MIX-7)"
    ]


def test_lack_of_recent_letters_is_mended_by_new_ones() -> None:
    """The age counts from the upload to the program's own deadline."""
    [one] = warned("program-short", program(requires={"months": 3}, deadline="2027-12-15"))
    assert "asks for 3 recent letters, 0 expected: ask for a new letter" in one.text


@pytest.mark.parametrize(
    ("as_of", "expected"), [("2027-08-18", "by 2027-08-18"), ("2027-08-19", "ask now"), ("2028-03-02", None)]
)
def test_lack_is_told_until_the_rank_list(as_of: str, expected: str | None) -> None:
    """After the last day to ask with full notice it says what is left to do."""
    found = warned("program-short", program(requires={"chair": 1}), as_of=as_of)
    assert (expected is None and found == []) or (expected is not None and expected in found[0].text)


@pytest.mark.parametrize(
    ("about", "as_of", "is_warned"),
    [
        pytest.param({"read": "2027-06-01"}, "2027-06-02", True, id="read_before_the_season_opened"),
        pytest.param({"read": "2027-06-02"}, "2027-06-02", False, id="read_on_the_day"),
        pytest.param({}, "2027-06-02", False, id="never_read"),
        pytest.param({"read": "2027-06-01"}, "2027-06-01", False, id="not_open_yet"),
        pytest.param({"read": "2027-06-01", "applied": "2027-06-02"}, "2027-06-02", False, id="applied"),
        pytest.param({"read": "2027-06-01", "choice": "skip"}, "2027-06-02", False, id="skipped"),
    ],
)
def test_page_read_before_the_season_opened_is_to_be_read_again(about: Json, as_of: str, *, is_warned: bool) -> None:
    """While one can still apply."""
    found = warned("program-stale", program(**about), as_of=as_of)
    assert [one.programs for one in found] == [("lakeside",)] * is_warned


def test_pages_of_several_programs_are_one_warning() -> None:
    """It counts and names them."""
    [one] = warned("program-stale", *(program(name, read="2027-05-01") for name in "AB"))
    assert one.text.startswith("the pages of 2 programs, A and B, were read before the season opened")


@pytest.mark.parametrize(("applied", "mend"), [(None, "take it off before you apply"), ("2027-07-01", "they keep it")])
def test_letter_in_the_wrong_place_is_warned_of(applied: str | None, mend: str) -> None:
    """Once a letter, with the programs; what is done cannot be undone."""
    about = {"applied": applied} if applied else {}
    rows = [*THREE, uploaded("Dole", us=False)]
    programs = [program(name, requires={"us": "all"}, assigned=["dole"], **about) for name in "AB"]
    [one] = warned("wrong-letter", *programs, rows=rows)
    assert (one.rotation, one.programs) == ("dole", ("a", "b"))
    assert mend in one.text


def test_plan_whose_programs_have_what_they_ask_for_is_not_warned_of() -> None:
    """Nothing is said where all is well."""
    found = plan_programs(*THREE, programs=[program(read="2027-06-10")])
    assert not codes(found) & {"program-short", "program-stale", "wrong-letter"}
