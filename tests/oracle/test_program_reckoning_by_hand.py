"""The second reckoning of programs, compared with small plan files that were worked out by hand.

The season is that of 2028: it opens on Wednesday 2 June 2027, takes applications from 1 September and is reviewed on
Wednesday the 22nd. The rank list is due on 1 March 2028. The letters are of US hands-on medicine, and uploaded on
1 July 2027, unless a case says otherwise.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from oracle.program_actions import work_out_program_actions
from oracle.program_reckoning import work_out_programs
from oracle.programs import months_before
from oracle.reckoning import work_out

if TYPE_CHECKING:
    from runner import Json

AUGUST = date(2027, 8, 2)
UPLOADED = {"uploaded": date(2027, 7, 1)}


def letter(name: str, **more: object) -> Json:
    """Write a rotation of four weeks of March 2027, whose letter is uploaded."""
    return {
        "id": name,
        "attending": {"name": f"Dr. {name.title()}"},
        "specialty": "internal medicine",
        "start": date(2027, 3, 1),
        "end": date(2027, 3, 26),
        "performance": "good",
        "letter": UPLOADED,
        **more,
    }


def program(name: str = "Lakeside", **more: object) -> Json:
    """Write a program of internal medicine."""
    return {"name": name, "specialty": "internal medicine", **more}


def file(letters: list[Json], *programs: Json, **more: object) -> Json:
    """Write a plan file for the 2028 season."""
    applicant = {"season": 2028, "targets": ["internal medicine"], **more}
    return {"applicant": applicant, "rotations": letters, "programs": list(programs)}


def gaps(shown: Json) -> list[tuple[str, int, int, bool]]:
    """List what is missing: the requirement, needed, have, must."""
    return [(one["requirement"], one["needed"], one["have"], one["must"]) for one in shown["missing"]]


ABC = [letter("a"), letter("b"), letter("c")]
ABROAD = {"us": False}
PLANNED: Json = {"letter": None, "start": date(2027, 8, 2), "end": date(2027, 8, 27)}


@pytest.mark.parametrize(
    ("letters", "more", "state", "chosen", "missing"),
    [
        pytest.param(ABC, {}, "ready", ["a", "b", "c"], [], id="three_uploaded_letters_are_to_be_assigned"),
        pytest.param(ABC, {"assigned": ["a", "b", "c"]}, "complete", ["a", "b", "c"], [], id="all_are_assigned"),
        pytest.param(
            ABC, {"requires": {"letters": 4}}, "short", ["a", "b", "c"], [("letters", 4, 3, True)], id="a_fourth_lacks"
        ),
        pytest.param(
            [*ABC, letter("d", **ABROAD)],
            {"requires": {"letters": 4, "us": "all"}},
            "short",
            ["a", "b", "c", "d"],
            [("us", 4, 3, True)],
            id="all_stands_in_the_place_of_letters_and_the_misfit_fills_the_number",
        ),
        pytest.param(
            ABC, {"requires": {"chair": 1}}, "short", ["a", "b", "c"], [("chair", 1, 0, True)], id="no_chair_writes"
        ),
        pytest.param(
            [*ABC, letter("d", attending={"name": "Dr. D", "role": "chair"}, **ABROAD)],
            {"max": 3, "requires": {"chair": 1, "us": 3}},
            "short",
            ["a", "b", "d"],
            [("us", 3, 2, True)],
            id="chair_wins_over_us_where_the_number_is_too_small_for_both",
        ),
        pytest.param(
            [*ABC, letter("d", specialty="neurology")],
            {"max": 2},
            "ready",
            ["a", "b"],
            [],
            id="letters_left_out_are_at_most_the_number",
        ),
        pytest.param(
            ABC,
            {"requires": {"letters": 3, "months": 1}, "deadline": date(2027, 8, 31)},
            "short",
            ["a", "b", "c"],
            [("months", 3, 0, True)],
            id="an_upload_of_1_july_is_before_31_july",
        ),
        pytest.param(
            ABC,
            {"prefers": {"standardized": 1, "us": 3}},
            "ready",
            ["a", "b", "c"],
            [("standardized", 1, 0, False)],
            id="what_is_preferred_is_told_and_no_gap",
        ),
        pytest.param(
            [*ABC, letter("d", **{"for": ["family medicine"]})],
            {"assigned": ["d"], "max": 3},
            "short",
            ["a", "b", "d"],
            [("letters", 3, 2, True)],
            id="a_wrong_letter_keeps_its_place_and_does_not_fit",
        ),
        pytest.param(
            ABC, {"assigned": ["a", "b", "c"], "max": 2}, "complete", ["a", "b", "c"], [], id="more_assigned_than_max"
        ),
        pytest.param(ABC, {"choice": "skip"}, "skip", [], [], id="skipped"),
        pytest.param(ABC, {"deadline": date(2027, 8, 1), "assigned": ["a"]}, "closed", ["a"], [], id="closed"),
        pytest.param(
            [letter("a"), letter("b"), letter("c", **PLANNED)],
            {},
            "on course",
            ["a", "b", "c"],
            [],
            id="a_planned_letter_comes_before_the_rank_list",
        ),
        pytest.param(
            [letter("a"), letter("b"), letter("c", **PLANNED)],
            {"deadline": date(2027, 8, 20)},
            "short",
            ["a", "b", "c"],
            [("letters", 3, 2, True)],
            id="but_not_before_a_written_deadline",
        ),
        pytest.param(
            ABC,
            {"assigned": ["a"], "applied": date(2026, 9, 9)},
            "ready",
            ["a", "b", "c"],
            [],
            id="applied_in_another_season",
        ),
    ],
)
def test_set_state_and_gaps(
    letters: list[Json], more: Json, state: str, chosen: list[str], missing: list[tuple[str, int, int, bool]]
) -> None:
    """One program of internal medicine, on Monday 2 August 2027."""
    targets = ["internal medicine", "family medicine"]
    (shown,) = work_out_programs(file(letters, program(**more), targets=targets), AUGUST)
    assert (shown["state"], sorted(shown["letters"]), gaps(shown)) == (state, chosen, missing)


def test_letter_that_is_late_for_a_written_deadline_is_told() -> None:
    """The letter of a rotation in August comes after 20 August: the program is short, and late."""
    rows = [letter("a"), letter("b"), letter("c", **PLANNED)]
    (shown,) = work_out_programs(file(rows, program(deadline=date(2027, 8, 20))), AUGUST)
    assert (shown["state"], shown["late"], shown["needed_by"]) == ("short", True, "2027-08-13")


def test_derived_ids_that_are_taken_get_track_then_specialty_then_number() -> None:
    """The later in the file yields, to a rotation too; a written id is never changed."""
    programs = [
        program("Mercy West"),
        program("Mercy West", track="categorical"),
        program("mercy  west", specialty="Neurology"),
        program("Chen"),
        program("Chen", id="chen-internal-medicine", track="research"),
        program("Chen", specialty="neurology"),
    ]
    ids = {one["id"] for one in work_out_programs(file([letter("chen")], *programs), AUGUST)}
    expected = {"mercy-west", "mercy-west-categorical", "mercy-west-neurology", "chen-neurology"}
    assert ids == {*expected, "chen-internal-medicine", "chen-2"}


def test_programs_imply_targets_behind_the_listed_ones_but_skipped_ones_do_not() -> None:
    """Neurology becomes a target without raising the number wanted; psychiatry is only named by a skipped one."""
    programs = [program(specialty="psychiatry", choice="skip"), program(specialty="Neurology")]
    plan = file(ABC, *programs)
    assert [one["target"] for one in work_out(plan, AUGUST)["coverage"]] == ["internal medicine", "Neurology"]
    assert [(one["state"], one["target"]) for one in work_out_programs(plan, AUGUST)] == [
        ("ready", "Neurology"),
        ("skip", None),
    ]
    assert work_out(plan, AUGUST)["wanted"] == 3


def test_what_a_program_requires_is_asked_for_and_keeps_asking_open() -> None:
    """Four letters are in hand; only when a program requires one from a chair is the chair asked."""
    chair = letter(
        "z", letter=None, attending={"name": "Dr. Z", "role": "chair"}, experience="observership", end=date(2027, 3, 12)
    )
    rows = [*ABC, letter("d"), chair]
    without, with_chair = (work_out(file(rows, program(requires=one)), AUGUST) for one in ({}, {"chair": 1}))
    verdicts = [next(one for one in plan["letters"] if one["position"] == 4) for plan in (without, with_chair)]
    assert [one["verdict"] for one in verdicts] == ["hold", "ask"]
    assert (without["asking_closed"], with_chair["asking_closed"]) == (True, False)


def test_gap_that_nobody_can_fill_raises_nothing() -> None:
    """No chair is there to be asked: three letters stay enough, and asking can close."""
    rows = [*ABC, letter("d")]
    answer = work_out(file(rows, program(requires={"chair": 2})), AUGUST)
    assert (answer["wanted"], answer["asking_closed"]) == (3, True)


def test_letters_are_assigned_before_the_first_deadline() -> None:
    """Before 1 September nothing is sent, but a page that closes on Tuesday 10 August wants it by Monday the 9th."""
    plan = file([letter("a")], program("Mercy"), program("Toledo", deadline=date(2027, 8, 10)))
    assert work_out_program_actions(plan, AUGUST)["assign"] == [
        {"id": "a:assign", "on": "2027-08-09", "until": "2027-08-10", "programs": ["mercy", "toledo"]}
    ]
    late = file([letter("a")], program("Mercy"))
    assert work_out_program_actions(late, AUGUST)["assign"] == [
        {"id": "a:assign", "on": "2027-09-01", "until": "2027-09-08", "programs": ["mercy"]}
    ]


def test_programs_that_share_a_last_day_are_applied_to_together() -> None:
    """A later deadline counts as the target's day; an earlier one than the submit day leaves that day itself."""
    plan = file(
        ABC, program("Ash"), program("Bay", deadline=date(2027, 10, 15)), program("Cove", deadline=date(2027, 8, 20))
    )
    assert work_out_program_actions(plan, AUGUST)["apply"] == [
        {"id": "programs:apply:2027-08-20", "on": "2027-08-20", "programs": ["cove"]},
        {"id": "programs:apply:2027-09-22", "on": "2027-09-15", "programs": ["ash", "bay"]},
    ]


def test_warnings_name_their_programs() -> None:
    """Short ones are grouped; a page read in May is stale; a misfit is wrong where enough others fit."""
    rows = [*ABC, letter("d", **ABROAD)]
    programs = [
        program("Ash", requires={"letters": 3, "us": "all"}, assigned=["d"]),
        program("Bay", requires={"chair": 1}, read=date(2027, 5, 31)),
        program("Cove", requires={"chair": 1}, read=date(2027, 6, 2)),
    ]
    found = work_out_program_actions(file(rows, *programs), AUGUST)
    short = {"target": "internal medicine", "requirement": "chair", "needed": 1, "programs": ["bay", "cove"]}
    assert (found["short"], found["stale"], found["wrong"]) == ([short], ["bay"], [("d", "ash")])


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2027, 10, 15), 12, date(2026, 10, 15)),
        (date(2027, 3, 31), 1, date(2027, 2, 28)),
        (date(2028, 3, 31), 1, date(2028, 2, 29)),
        (date(2027, 1, 31), 1, date(2026, 12, 31)),
        (date(2027, 12, 31), 1, date(2027, 11, 30)),
    ],
)
def test_months_before_is_the_same_day_or_the_last_of_the_month(day: date, months: int, expected: date) -> None:
    """Where the month has no such day, its last."""
    assert months_before(day, months) == expected
