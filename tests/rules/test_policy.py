"""Every number of the rule book can be replaced by the user's own, with a visible effect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from builders import codes, letter, plan, rotation, span, verdicts, window
from lorplan.reference import policy_numbers
from rules.comparing import case, write_rotations

if TYPE_CHECKING:
    from collections.abc import Callable

    from lorplan.plan.model import Plan
    from runner import Json


def reminders(found: Plan) -> list[str]:
    """List the days of the reminders."""
    return [one.on.isoformat() for one in found.actions if one.kind == "remind"]


ASKED: Final[Json] = {"letter": {"asked": "2027-03-24"}}
REQUESTED: Final[Json] = {"letter": {"requested": "2027-08-30", "packet": "2027-08-30"}}
UPLOADED: Final[Json] = {"letter": {"uploaded": "2027-08-02"}}
USUAL: Final = ["2027-09-08", "2027-09-13"]

NUMBERS: Final = (
    case("want", 2, write_rotations(4), lambda p: verdicts(p)["a3"], ("ask", "reserve"), why="want"),
    case("spare", 0, write_rotations(4), lambda p: verdicts(p)["a4"], ("reserve", "hold"), why="spare"),
    case("max_per_program", 2, write_rotations(3), lambda p: len(p.coverage[0].letters), (3, 2), why="max_per_program"),
    # 26 March to 22 September is 180 days
    case("fresh_days", 180, [rotation()], lambda p: "stale" in codes(p), (False, False), why="fresh_days_just_enough"),
    case("fresh_days", 179, [rotation()], lambda p: "stale" in codes(p), (False, True), why="fresh_days_too_few"),
    case(
        "final_week_days", 14, [rotation()], lambda p: window(p)[0], ("2027-03-22", "2027-03-15"), why="final_week_days"
    ),
    case("lead_days", 42, [], lambda p: p.dates.latest_ask.isoformat(), ("2027-08-18", "2027-08-04"), why="lead_days"),
    case(
        "processing_days",
        0,
        [],
        lambda p: p.dates.needed_by.isoformat(),
        ("2027-09-15", "2027-09-22"),
        why="processing_days",
    ),
    case(
        "remind_after_days",
        1,  # up to a week before 8 September, the first dated one
        [rotation(**REQUESTED)],
        reminders,
        (USUAL, ["2027-08-31", "2027-09-01", *USUAL]),
        why="remind_after_days",
    ),
    case(
        "remind_before_days", [5], [rotation(**REQUESTED)], reminders, (USUAL, ["2027-09-10"]), why="remind_before_days"
    ),
    case(
        "remind_before_days",
        [],  # 28 days after 30 August is after the 15th: only the day before it is needed is left
        [rotation(**REQUESTED)],
        reminders,
        (USUAL, ["2027-09-14"]),
        why="remind_before_days_none",
    ),
    case(
        "remind_before_days",
        [0],
        [rotation(**REQUESTED)],
        reminders,
        (USUAL, ["2027-09-15"]),
        why="remind_before_days_on_the_very_day",
    ),
    case(
        "follow_up_days",
        2,
        [rotation(**ASKED)],
        lambda p: span(p, "chen:follow-up"),
        (("2027-03-31", "2027-04-07"), ("2027-03-26", "2027-04-07")),
        why="follow_up_days",
    ),
    case(
        "no_answer_days",
        10,
        [rotation(**ASKED)],
        lambda p: span(p, "chen:follow-up"),
        (("2027-03-31", "2027-04-07"), ("2027-03-31", "2027-04-03")),
        why="no_answer_days",
    ),
    case(
        "thank_days",
        3,
        [rotation(**UPLOADED)],
        lambda p: span(p, "chen:thank"),
        (("2027-08-02", "2027-08-09"), ("2027-08-02", "2027-08-05")),
        why="thank_days",
    ),
    case(
        "assign_days",
        3,
        [rotation(**UPLOADED)],
        lambda p: span(p, "chen:assign"),
        (("2027-09-01", "2027-09-08"), ("2027-09-01", "2027-09-04")),
        why="assign_days",
    ),
    case(
        "min_days",
        21,
        [rotation()],
        lambda p: letter(p).strength,
        ("strong", "weak"),
        why="min_days",
    ),
    case(
        "give_up_after",
        1,
        [rotation(letter={"asked": "2027-08-02", "reminded": ["2027-08-10"]})],
        lambda p: span(p, "chen:follow-up"),
        (("2027-08-17", "2027-08-24"), ("2027-09-07", "2027-09-07")),
        why="give_up_after",
    ),
    case(
        "packet_days",
        1,
        [rotation(letter={"agreed": "2027-08-02"})],
        lambda p: span(p, "chen:packet"),
        (("2027-08-02", "2027-08-05"), ("2027-08-02", "2027-08-03")),
        why="packet_days",
    ),
)


@pytest.mark.parametrize(("name", "value", "rows", "look", "expected"), NUMBERS)
def test_policy_number_replaces_the_one_of_the_book(
    name: str, value: object, rows: list[Json], look: Callable[[Plan], object], expected: tuple[object, object]
) -> None:
    """The plan by the book, and the same plan with one number replaced."""
    as_of = "2027-08-30" if rows and "letter" in rows[0] else "2027-03-01"
    by_the_book, replaced = plan(*rows, as_of=as_of), plan(*rows, as_of=as_of, policy={name: value})
    assert (look(by_the_book), look(replaced)) == expected


def test_every_policy_number_is_replaced_here() -> None:
    """The cases above leave out none."""
    assert {number.values[0] for number in NUMBERS} == {number.name for number in policy_numbers.ALL}


@pytest.mark.parametrize("number", policy_numbers.ALL, ids=lambda number: number.name)
def test_plan_lists_the_numbers_that_the_policy_changes(number: policy_numbers.Number) -> None:
    """With the user's values; a number that equals the one of the book is not listed."""
    value = (number.low,) if number is policy_numbers.REMIND_BEFORE_DAYS else number.low
    assert plan(policy={number.name: value}).changed_numbers == [(number, value)]
    assert plan(policy={number.name: number.default}).changed_numbers == []
