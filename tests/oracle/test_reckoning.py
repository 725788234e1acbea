"""The second implementation, compared with days that were counted by hand on a calendar.

Most examples are in 2025, as its season, 2026, has published days. It opens on Wednesday 4 June 2025 and is reviewed
on Wednesday 24 September, so letters are needed by Wednesday the 17th and asked for by Wednesday 20 August.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from oracle.days import add_business_days, subtract_business_days
from oracle.reckoning import work_out

if TYPE_CHECKING:
    from runner import Json

MARCH = {"start": date(2025, 3, 3), "end": date(2025, 3, 28)}
"""Four weeks, Monday to Friday, without a holiday."""


def rotation(attending: str = "Dr. Wei Chen", **more: object) -> Json:
    """Write a good four-week rotation, as Python values, with some changes."""
    return {"attending": attending, "specialty": "neurology", "performance": "good", **MARCH, **more}


def work_out_all(*rotations: Json, as_of: date, policy: Json | None = None, targets: object = ()) -> Json:
    """Work out these rotations for the 2026 season."""
    applicant = {"season": 2026, "targets": targets}
    return work_out({"applicant": applicant, "policy": policy, "rotations": list(rotations)}, as_of)


def work_out_one(*, as_of: date, **more: object) -> Json:
    """Work out a single rotation, and give its letter."""
    answer: Json = work_out_all(rotation("Dr. Wei Chen", **more), as_of=as_of)["letters"][0]
    return answer


def days_to_ask(letter: Json) -> tuple[str, str, str]:
    """Give the three days of a letter's window."""
    return letter["opens"], letter["ask_on"], letter["closes"]


def verdicts(answer: Json) -> list[tuple[int, str]]:
    """Give the position of each letter in the file and the verdict on it, best first."""
    return [(letter["position"], letter["verdict"]) for letter in answer["letters"]]


def test_business_days_skip_a_new_year_observed_in_the_old_year() -> None:
    """1 January 2028 is a Saturday, so Friday 31 December 2027 is off; nothing added is the day itself."""
    assert add_business_days(date(2027, 12, 30), 1) == date(2028, 1, 3)
    assert subtract_business_days(date(2028, 1, 2), 0) == date(2027, 12, 30)
    assert add_business_days(date(2028, 1, 1), 0) == date(2028, 1, 1)


def test_season_is_that_of_the_lower_median_of_last_days() -> None:
    """Of last days in May 2024 and November 2025 the earlier decides: season 2025, until it is over."""
    early = rotation("Ann Ames", start=date(2024, 5, 6), end=date(2024, 5, 31))
    late = rotation("Bo Boyd", start=date(2025, 11, 3), end=date(2025, 11, 28))
    season = work_out([late, early], date(2024, 5, 1))["season"]
    assert season == {
        "year": 2025,
        "opens": "2024-06-05",
        "token": "2024-06-26",
        "review": "2024-09-25",
        "rank_list": "2025-03-05",
        "ends": "2025-05-31",
        "guessed": True,
    }
    assert work_out([late, early], date(2025, 6, 1))["season"]["year"] == 2026


def test_four_weeks_are_asked_on_the_wednesday_of_the_last_week() -> None:
    """The third-last day of the final week is the 26th."""
    letter = work_out_one(performance=None, as_of=date(2025, 3, 17))
    assert days_to_ask(letter) == ("2025-03-24", "2025-03-26", "2025-03-28")
    assert letter["tentative"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param({}, ("2025-05-27", "2025-05-28", "2025-05-30"), id="memorial_day_is_off"),
        pytest.param(
            {"worked": [date(2025, 5, 26)]}, ("2025-05-26", "2025-05-28", "2025-05-30"), id="holiday_was_worked"
        ),
        pytest.param({"us": False}, ("2025-05-26", "2025-05-28", "2025-05-30"), id="no_us_holiday_abroad"),
        pytest.param(
            {"away": [{"from": date(2025, 5, 22), "to": date(2025, 5, 29)}]},
            ("2025-05-21", "2025-05-21", "2025-05-30"),
            id="one_day_left_in_the_last_week_so_the_one_before_it_counts_too",
        ),
    ],
)
def test_window_has_only_on_site_days(more: Json, expected: tuple[str, str, str]) -> None:
    """Monday 26 May 2025 is Memorial Day, in the last week of a rotation from the 5th to the 30th."""
    letter = work_out_one(start=date(2025, 5, 5), end=None, weeks=4, **more, as_of=date(2025, 5, 1))
    assert days_to_ask(letter) == expected


@pytest.mark.parametrize(
    ("offered", "expected"),
    [
        pytest.param(date(2025, 3, 8), ("2025-03-10", "2025-03-10", "2025-03-12"), id="on_a_saturday"),
        pytest.param(date(2025, 3, 28), ("2025-03-28", "2025-03-28", "2025-03-28"), id="on_the_last_day"),
        pytest.param(date(2025, 3, 29), ("2025-03-31", "2025-03-31", "2025-04-02"), id="the_day_after"),
        pytest.param(date(2025, 4, 7), ("2025-03-24", "2025-03-26", "2025-03-28"), id="in_the_future"),
    ],
)
def test_offer_moves_the_window_to_the_next_day_there_is(offered: date, expected: tuple[str, str, str]) -> None:
    """An offer is followed up on the next on-site day, else on the next business day."""
    assert days_to_ask(work_out_one(offered=offered, as_of=date(2025, 4, 1))) == expected


def test_meeting_is_the_day_to_ask() -> None:
    """A meeting on Tuesday 1 April, after the last day, keeps the window open until then."""
    letter = work_out_one(meeting=date(2025, 4, 1), as_of=date(2025, 3, 31))
    assert days_to_ask(letter) == ("2025-03-24", "2025-04-01", "2025-04-01")


@pytest.mark.parametrize(
    ("start", "end", "expected", "on_time"),
    [
        pytest.param(
            date(2025, 7, 21),
            date(2025, 8, 29),
            ("2025-08-08", "2025-08-08", "2025-08-20"),
            True,
            id="latest_ask_then_four_weeks_to_17_september_and_five_business_days_to_the_24th",
        ),
        pytest.param(
            date(2025, 8, 4),
            date(2025, 9, 12),
            ("2025-08-22", "2025-08-22", "2025-08-26"),
            False,
            id="not_before_the_midpoint_the_15th_of_29_days_as_labor_day_is_off",
        ),
    ],
)
def test_deadline_pulls_the_window_forward(
    start: date, end: date, expected: tuple[str, str, str], *, on_time: bool
) -> None:
    """The last week begins after 20 August, so the letter is asked for earlier."""
    letter = work_out_one(start=start, end=end, as_of=date(2025, 7, 1))
    assert (*days_to_ask(letter), letter["tight"], letter["on_time"]) == (*expected, True, on_time)


def test_letter_that_is_overdue_arrives_after_processing_from_today() -> None:
    """Asked on 1 August it was due on the 29th; on Friday 5 September it can arrive in a week at best."""
    letter = work_out_one(letter={"asked": date(2025, 8, 1)}, as_of=date(2025, 9, 5))
    assert (letter["arrives_by"], letter["on_time"], letter["silent"]) == ("2025-09-12", True, True)


def test_attending_with_two_rotations_has_one_letter_and_a_refusal_counts_for_both() -> None:
    """The names differ only in title and degree; without a refusal the later rotation counts."""
    first = rotation("Dr. Mei Wong", start=date(2025, 2, 3), end=date(2025, 2, 28))
    second = rotation("mei wong, M.D.")
    assert verdicts(work_out_all(first, second, as_of=date(2025, 4, 1))) == [(1, "ask"), (0, "skip")]
    first["letter"] = {"asked": date(2025, 2, 26), "declined": date(2025, 2, 27)}
    assert verdicts(work_out_all(first, second, as_of=date(2025, 4, 1))) == [(0, "skip"), (1, "skip")]


def test_lost_comparison_has_its_rule_and_the_lowest_pick() -> None:
    """One letter is wanted; the others lose by the later last day, hospital, contact and performance."""
    rows = (
        rotation("Ann Ames", residency_affiliated=True),
        rotation("Bo Boyd"),
        rotation("Cy Cruz", contact="rarely", residency_affiliated=True),
        rotation("Di Dunn", performance="fair", contact="rarely", residency_affiliated=True),
        rotation("Ed Egan", residency_affiliated=True, start=date(2025, 3, 10), end=date(2025, 4, 4)),
    )
    letters = work_out_all(*rows, as_of=date(2025, 3, 3), policy={"want": 1})["letters"]
    assert [(one["position"], one["verdict"], one["decided_by"]) for one in letters] == [
        (0, "ask", None),
        (4, "reserve", {"rule": "MIX-1", "than": 0}),
        (1, "hold", {"rule": "WHO-5", "than": 0}),
        (2, "hold", {"rule": "WHO-3", "than": 0}),
        (3, "hold", {"rule": "WHO-2", "than": 0}),
    ]


def test_targets_raise_the_number_wanted_and_share_letters() -> None:
    """Geriatrics serves both targets; internal medicine lacks one of two, obstetrics both: four."""
    targets = ["FM", "IM", {"specialty": "ob-gyn"}]
    row = rotation(specialty="Geriatric  Medicine")
    assert work_out_all(row, as_of=date(2025, 3, 3), targets=targets)["wanted"] == 4


def test_later_events_are_not_known_yet() -> None:
    """Before the day on which it is asked for, a letter is planned."""
    events = {"asked": date(2025, 3, 26), "agreed": date(2025, 3, 28)}
    statuses = [work_out_one(letter=events, as_of=date(2025, 3, day))["status"] for day in (25, 26, 28)]
    assert statuses == ["planned", "asked", "agreed"]
