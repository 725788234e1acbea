"""The days that all decisions of one plan share: the season, the deadline, and those counted back from it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from builders import plan, plan_file, rotation
from lorplan.rules.key_dates import KeyDates, find_key_dates
from rules.comparing import case

if TYPE_CHECKING:
    from runner import Json


def key_dates(*rows: Json, as_of: str = "2027-03-01", policy: Json | None = None, **applicant: Any) -> KeyDates:  # noqa: ANN401 - passed on
    """Find the key dates of a plan file as of a day."""
    return find_key_dates(plan_file(*rows, policy=policy, **applicant), date.fromisoformat(as_of))


@pytest.mark.parametrize(
    ("applicant", "as_of", "expected"),
    [
        case({"season": 2027}, "2027-03-01", 2027, why="as_named_though_the_rotations_are_too_late_for_it"),
        case({"season": 2027, "deadline": "2027-09-22"}, "2027-03-01", 2027, why="as_named_whatever_the_deadline"),
        case({"deadline": "2027-06-01"}, "2027-03-01", 2028, why="between_two_seasons_the_next_to_open"),
        case({"deadline": "2027-05-31"}, "2027-03-01", 2027, why="the_last_day_of_a_season_is_in_it"),
        case({"deadline": "2027-06-02"}, "2027-03-01", 2028, why="the_first_day_of_a_season_is_in_it"),
        case({}, "2027-03-01", 2028, why="the_first_season_reviewed_after_the_last_day"),
        case({}, "2028-05-31", 2028, why="not_over_on_its_last_day"),
        case({}, "2028-06-01", 2029, why="over_the_day_after_so_the_next"),
    ],
)
def test_season_is_the_named_one_else_that_of_the_deadline_or_the_rotations(
    applicant: Json, as_of: str, expected: int
) -> None:
    """Rotations in March 2027 point to the season that is reviewed in September 2027."""
    found = key_dates(rotation(), as_of=as_of, **{"season": None, **applicant})
    assert (found.season.year, found.guessed) == (expected, "season" not in applicant)


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        case(["2027-09-22"], 2028, why="ends_on_the_review_day"),
        case(["2027-09-23"], 2029, why="ends_the_day_after"),
        case(["2027-09-23", "2027-09-22"], 2028, why="the_earlier_of_two"),
        case(["2027-09-23", "2027-09-22", "2027-09-24"], 2029, why="the_middle_one_of_three"),
        case([], 2028, why="the_day_itself_without_rotations"),
    ],
)
def test_guessed_season_follows_the_lower_median_of_the_last_days(ends: list[str], expected: int) -> None:
    """One rotation that was long ago, or is far ahead, does not move the season."""
    rows = [rotation(f"Dr. A{number}", start="2027-08-30", end=end) for number, end in enumerate(ends)]
    assert key_dates(*rows, season=None).season.year == expected


def test_guessed_season_follows_the_last_day_of_the_attending() -> None:
    """`last_day` counts, not `end`."""
    row = rotation(start="2027-08-30", end="2027-10-01", last_day="2027-09-22")
    assert key_dates(row, season=None).season.year == 2028


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        case({}, ("2027-09-22", "2027-09-15", "2027-08-18"), why="the_review_day"),
        case({"deadline": "2027-09-13"}, ("2027-09-13", "2027-09-03", "2027-08-06"), why="the_deadline_of_the_user"),
        case({"policy": {"processing_days": 0}}, ("2027-09-22", "2027-09-22", "2027-08-25"), why="no_processing"),
        case({"policy": {"lead_days": 0}}, ("2027-09-22", "2027-09-15", "2027-09-15"), why="no_lead_time"),
    ],
)
def test_days_are_counted_back_from_the_deadline(more: Json, expected: tuple[str, str, str]) -> None:
    """Processing in business days, then the writer's time in calendar days."""
    found = key_dates(**more)
    assert tuple(day.isoformat() for day in (found.deadline, found.needed_by, found.latest_ask)) == expected


@pytest.mark.parametrize(
    ("processing_days", "expected"), [case(5, "2027-07-09", why="five"), case(0, "2027-07-01", why="none")]
)
def test_upload_is_processed_after_so_many_business_days(processing_days: int, expected: str) -> None:
    """From Thursday 1 July 2027, over Monday the 5th, which is off."""
    found = key_dates(policy={"processing_days": processing_days})
    assert found.processed_by(date(2027, 7, 1)).isoformat() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("asked on 2027-03-24, late by 2028-01-05", "asked on Mar 24, late by Jan 5, 2028", id="days"),
        pytest.param("2027-01-01 to 2027-07-02", "Jan 1 to Jul 2", id="half_a_year"),
        pytest.param("2027-01-01 to 2027-07-03", "Jan 1, 2027 to Jul 3, 2027", id="more_than_half_a_year"),
        pytest.param("Dr. 2027-02-30", "Dr. 2027-02-30", id="no_day"),
        pytest.param("12027-03-24 and 2027-03", "12027-03-24 and 2027-03", id="no_date"),
    ],
)
def test_days_in_a_text_are_written_as_people_write_them(text: str, expected: str) -> None:
    """What only looks like a day stays."""
    assert plan(rotation()).dates.write_days_in(text) == expected
