"""The second reckoning, held against days that were counted by hand on a calendar.

Most examples are in 2025: its season, 2026, has published days. It opens on Wednesday 4 June 2025 and is
reviewed on Wednesday 24 September, so letters are needed by Wednesday the 17th and asked for by Wednesday
20 August.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from oracle.reckoning import add_business_days, reckon, take_off_business_days

MARCH = {"start": date(2025, 3, 3), "end": date(2025, 3, 28)}  # four weeks, Monday to Friday, no holiday


def rotation(attending: str = "Dr. Wei Chen", **more: object) -> dict[str, Any]:
    """Write a good four-week rotation, with what the test is about."""
    return {"attending": attending, "specialty": "neurology", "performance": "good", **MARCH, **more}


def reckon_all(*rotations: dict[str, Any], as_of: date, **sections: dict[str, Any]) -> dict[str, Any]:
    """Reckon these rotations for the 2026 season."""
    applicant = {"season": 2026, **sections.pop("applicant", {})}
    return reckon({"applicant": applicant, "rotations": list(rotations), **sections}, as_of)


def letter(answer: dict[str, Any], letter_id: str) -> dict[str, Any]:
    """Pick one letter out of an answer."""
    return next(one for one in answer["letters"] if one["id"] == letter_id)


def days_to_ask(one: dict[str, Any]) -> tuple[str, str, str]:
    """Take the three days of a letter's window."""
    return one["opens"], one["ask_on"], one["closes"]


def todo(answer: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """Say of every action what, from when, until when, and how urgent."""
    return [(action["id"], action["on"], action["until"], action["state"]) for action in answer["actions"]]


def test_business_days_step_over_a_new_year_observed_in_the_old_one() -> None:
    """1 January 2028 is a Saturday, so Friday 31 December 2027 is off; nothing added is the day itself."""
    assert add_business_days(date(2027, 12, 30), 1) == date(2028, 1, 3)
    assert take_off_business_days(date(2028, 1, 2), 0) == date(2027, 12, 30)
    assert add_business_days(date(2028, 1, 1), 0) == date(2028, 1, 1)


def test_the_season_is_that_of_the_earlier_middle_last_day() -> None:
    """Of last days in May 2024 and November 2025 the earlier decides: season 2025, until it is over."""
    early = rotation("Ann Ames", start=date(2024, 5, 6), end=date(2024, 5, 31))
    late = rotation("Bo Boyd", start=date(2025, 11, 3), end=date(2025, 11, 28))
    season = reckon([late, early], date(2024, 5, 1))["season"]
    assert (season["year"], season["review"], season["guessed"]) == (2025, "2024-09-25", True)
    after_its_end = reckon([late, early], date(2025, 6, 1))["season"]
    assert (after_its_end["year"], after_its_end["match_day"]) == (2026, "2026-03-20")
    assert (season["estimated"], after_its_end["estimated"]) == (True, False)


def test_four_weeks_are_asked_on_the_wednesday_of_the_last() -> None:
    """Of 20 days the tenth is Friday the 14th; of the last week the third-last day is the 26th."""
    answer = reckon_all(rotation(performance=None), as_of=date(2025, 3, 17))
    assert days_to_ask(letter(answer, "chen")) == ("2025-03-24", "2025-03-26", "2025-03-28")
    assert todo(answer) == [
        ("chen:feedback", "2025-03-14", "2025-03-21", "due"),
        ("chen:book", "2025-03-24", "2025-03-25", "upcoming"),
        ("chen:rate", "2025-03-24", "2025-03-28", "upcoming"),
        ("chen:ask", "2025-03-26", "2025-03-28", "upcoming"),
    ]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param({}, ("2025-05-27", "2025-05-28", "2025-05-30"), id="Memorial Day is off"),
        pytest.param(
            {"worked": [date(2025, 5, 26)]}, ("2025-05-26", "2025-05-28", "2025-05-30"), id="but was worked"
        ),
        pytest.param({"us": False}, ("2025-05-26", "2025-05-28", "2025-05-30"), id="and is not kept abroad"),
        pytest.param(
            {"away": [{"from": date(2025, 5, 22), "to": date(2025, 5, 29)}]},
            ("2025-05-21", "2025-05-21", "2025-05-30"),
            id="one day left in the last week, so the one before it counts too",
        ),
    ],
)
def test_only_onsite_days_count(more: dict[str, Any], expected: tuple[str, str, str]) -> None:
    """Monday 26 May 2025 is Memorial Day, in the last week of a rotation from the 5th to the 30th."""
    row = rotation(start=date(2025, 5, 5), weeks=4, **more)
    del row["end"]
    answer = reckon_all(row, as_of=date(2025, 5, 1))
    assert days_to_ask(letter(answer, "chen")) == expected


@pytest.mark.parametrize(
    ("offered", "expected"),
    [
        pytest.param(date(2025, 3, 8), ("2025-03-10", "2025-03-10", "2025-03-12"), id="on a Saturday"),
        pytest.param(date(2025, 3, 28), ("2025-03-28", "2025-03-28", "2025-03-28"), id="on the last day"),
        pytest.param(date(2025, 3, 29), ("2025-03-31", "2025-03-31", "2025-04-02"), id="the day after"),
        pytest.param(date(2025, 4, 7), ("2025-03-24", "2025-03-26", "2025-03-28"), id="in the future: not known"),
    ],
)
def test_an_offer_moves_the_days(offered: date, expected: tuple[str, str, str]) -> None:
    """An offer is followed up on the next day together, or on the next business day; after it, by e-mail."""
    answer = reckon_all(rotation(offered=offered), as_of=date(2025, 4, 1))
    assert days_to_ask(letter(answer, "chen")) == expected
    assert [action["channel"] for action in answer["actions"] if action["kind"] == "ask"] == ["email"]


def test_a_meeting_is_the_day_to_ask_and_keeps_the_talk_in_person() -> None:
    """A talk on Tuesday 1 April, after the last day, holds the window open until then."""
    answer = reckon_all(rotation(meeting=date(2025, 4, 1)), as_of=date(2025, 3, 31))
    assert days_to_ask(letter(answer, "chen")) == ("2025-03-24", "2025-04-01", "2025-04-01")
    assert [action["channel"] for action in answer["actions"]] == ["in-person"]


@pytest.mark.parametrize(
    ("start", "end", "expected", "on_time"),
    [
        pytest.param(
            date(2025, 7, 21),
            date(2025, 8, 29),
            ("2025-08-20", "2025-08-20", "2025-08-22"),
            True,
            id="to the latest day to ask: four weeks on it is 17 September, five business days on the 24th",
        ),
        pytest.param(
            date(2025, 8, 4),
            date(2025, 9, 12),
            ("2025-08-22", "2025-08-22", "2025-08-26"),
            False,
            id="but not before the midpoint, the 15th of 29 days (Labor Day is off)",
        ),
    ],
)
def test_the_deadline_pulls_the_day_forward(
    start: date, end: date, expected: tuple[str, str, str], *, on_time: bool
) -> None:
    """The last week begins after 20 August, so the letter is asked for earlier."""
    one = letter(reckon_all(rotation(start=start, end=end), as_of=date(2025, 7, 1)), "chen")
    assert (*days_to_ask(one), one["tight"], one["on_time"]) == (*expected, True, on_time)


def test_a_letter_is_not_written_before_today() -> None:
    """Asked on 1 August it was due on the 29th; on Friday 5 September it can be there in a week at best."""
    asked = rotation(letter={"asked": date(2025, 8, 1)})
    one = letter(reckon_all(asked, as_of=date(2025, 9, 5)), "chen")
    assert (one["arrives_by"], one["on_time"], one["silent"]) == ("2025-09-12", True, True)


@pytest.mark.parametrize(
    ("reminded", "expected"),
    [
        pytest.param(
            [date(2025, 9, 4)],
            [
                ("chen:remind:2", "2025-09-10", "2025-09-14", "due"),
                ("chen:remind:3", "2025-09-15", "2025-09-17", "upcoming"),
            ],
            id="the first is done, the Sunday moved to Monday the 15th",
        ),
        pytest.param(
            [date(2025, 9, 11)], [("chen:remind:3", "2025-09-15", "2025-09-17", "upcoming")], id="two done"
        ),
        pytest.param(
            [],
            [
                ("chen:remind:2", "2025-09-10", "2025-09-14", "due"),
                ("chen:remind:3", "2025-09-15", "2025-09-17", "upcoming"),
            ],
            id="none done: of those past only the latest stays",
        ),
    ],
)
def test_the_ladder_of_reminders(reminded: list[date], expected: list[tuple[str, str, str, str]]) -> None:
    """Requested on 11 August: 14, 7 and 3 days before 17 September, and no month fits in before them."""
    requested = {"requested": date(2025, 8, 11), "packet": date(2025, 8, 11), "reminded": reminded}
    assert todo(reckon_all(rotation(letter=requested), as_of=date(2025, 9, 11))) == expected


def test_after_the_ladder_there_is_a_reminder_every_week() -> None:
    """The last of three rungs is done on 15 September, so the fourth reminder is due on the 22nd."""
    requested = {"requested": date(2025, 8, 11), "packet": date(2025, 8, 11), "reminded": [date(2025, 9, 15)]}
    answer = reckon_all(rotation(letter=requested), as_of=date(2025, 9, 16))
    assert todo(answer) == [("chen:remind:4", "2025-09-22", "2025-09-22", "upcoming")]


def test_derived_ids_give_way_to_written_ones() -> None:
    """Equal ids get their month, then a number; a written id stays what it is."""
    names = ["Dr. Ann Lee", "Bo Lee, MD", "Cy Lee Jr.", "Ms. Dee O'Hara-Li PhD"]
    written = rotation("Eve Fox", id="lee-2025-03")
    answer = reckon_all(*[rotation(name) for name in names], written, as_of=date(2025, 3, 3))
    expected = {"lee-2025-03-2", "lee-2025-03-3", "lee-2025-03-4", "ohara-li", "lee-2025-03"}
    assert {one["id"] for one in answer["letters"]} == expected


def test_one_letter_per_attending_and_a_decline_counts_for_all() -> None:
    """Names differ in title and degree only; without a decline the later rotation counts."""
    first = rotation("Dr. Mei Wong", id="first", start=date(2025, 2, 3), end=date(2025, 2, 28))
    second = rotation("mei wong, M.D.", id="second")
    answer = reckon_all(first, second, as_of=date(2025, 4, 1))
    assert [(one["id"], one["verdict"]) for one in answer["letters"]] == [
        ("second", "ask"),
        ("first", "skip"),
    ]
    first["letter"] = {"asked": date(2025, 2, 26), "declined": date(2025, 2, 27)}
    answer = reckon_all(first, second, as_of=date(2025, 4, 1))
    assert [(one["id"], one["verdict"], one["status"]) for one in answer["letters"]] == [
        ("first", "skip", "declined"),
        ("second", "skip", "planned"),
    ]


def test_the_comparison_that_was_lost_is_named() -> None:
    """One letter is wanted; the others lose by place, contact, performance and the later last day."""
    best = rotation("Ann Ames", residency_affiliated=True)
    place = rotation("Bo Boyd")
    contact = rotation("Cy Cruz", contact="rarely", residency_affiliated=True)
    fair = rotation("Di Dunn", performance="fair", contact="rarely", residency_affiliated=True)
    later = rotation("Ed Egan", residency_affiliated=True, start=date(2025, 3, 10), end=date(2025, 4, 4))
    answer = reckon_all(best, place, contact, fair, later, as_of=date(2025, 3, 3), policy={"want": 1})
    expected = {"ames": None, "egan": None, "boyd": "WHO-5", "cruz": "WHO-3", "dunn": "WHO-2"}
    assert {one["id"]: (one["decided_by"] or {}).get("rule") for one in answer["letters"]} == expected
    assert letter(answer, "egan")["decided_by"] == {"rule": None, "than": "ames"}
    assert [one["verdict"] for one in answer["letters"]] == ["ask", "reserve", "hold", "hold", "hold"]


def test_targets_raise_what_is_wanted_and_share_letters() -> None:
    """Geriatrics serves both targets; internal medicine lacks one of two, obstetrics all three: five."""
    row = rotation(specialty="Geriatric  Medicine")
    targets = ["FM", "IM", {"specialty": "ob-gyn"}]
    answer = reckon_all(row, as_of=date(2025, 3, 3), applicant={"targets": targets})
    assert answer["wanted"] == 5
    assert [(one["needed"], one["planned"]) for one in answer["coverage"]] == [(1, 1), (2, 1), (3, 0)]
    gaps = [one["target"] for one in answer["warnings"] if one["code"] == "coverage-gap"]
    assert gaps == ["IM", "ob-gyn"]


def test_an_assigned_letter_keeps_its_slot() -> None:
    """With one letter a program, the assigned one fills it, though a better one is uploaded."""
    uploaded = rotation("Ann Ames", performance="excellent", letter={"uploaded": date(2025, 7, 1)})
    assigned = rotation("Bo Boyd", letter={"assigned": date(2025, 9, 3), "thanked": date(2025, 9, 3)})
    answer = reckon_all(uploaded, assigned, as_of=date(2025, 9, 4), policy={"max_per_program": 1})
    assert [one["letters"] for one in answer["coverage"]] == [["boyd"]]
    assert todo(answer) == [("ames:thank", "2025-07-01", "2025-07-08", "overdue")]


def test_a_backup_is_weighed_in_the_week_before_the_latest_day_to_ask() -> None:
    """It is due from 13 to 20 August, while one of two wanted is uploaded and nobody is to be asked."""
    secured = rotation("Ann Ames", letter={"uploaded": date(2025, 7, 1), "thanked": date(2025, 7, 1)})
    promised = rotation("Bo Boyd", letter={"agreed": date(2025, 3, 26), "packet": date(2025, 3, 26)})
    spare = rotation("Cy Cruz", performance="fair")
    policy = {"want": 2}
    before = reckon_all(secured, promised, spare, as_of=date(2025, 8, 12), policy=policy)
    assert ("cruz:backup", "2025-08-13", "2025-08-20", "upcoming") in todo(before)
    assert [action["conditional"] for action in before["actions"] if action["kind"] == "backup"] == [True]
    during = reckon_all(secured, promised, spare, as_of=date(2025, 8, 20), policy=policy)
    assert ("cruz:backup", "2025-08-13", "2025-08-20", "due") in todo(during)
    after = reckon_all(secured, promised, spare, as_of=date(2025, 8, 21), policy=policy)
    assert [action for action in todo(after) if not action[0].startswith("ames:")] == [
        ("boyd:request", "2025-06-04", "2025-06-11", "overdue")
    ]


def test_what_lies_ahead_is_not_known_yet() -> None:
    """Seen from before it was asked for, a letter is planned, and a warning names what was left out."""
    asked = rotation(letter={"asked": date(2025, 3, 26), "agreed": date(2025, 3, 28)})
    states = {}
    for day in (25, 26, 28):
        answer = reckon_all(asked, as_of=date(2025, 3, day))
        left_out = "future-event" in {one["code"] for one in answer["warnings"]}
        states[day] = (letter(answer, "chen")["status"], left_out)
    assert states == {25: ("planned", True), 26: ("asked", True), 28: ("agreed", False)}
