"""Days as people type them."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from lorplan.planfile.spoken_days import parse_spoken_day, split_refusal

WEDNESDAY: Final = date(2027, 1, 27)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2027-01-11", "2027-01-11", id="iso"),
        pytest.param(" Today ", "2027-01-27", id="today"),
        pytest.param("yesterday", "2027-01-26", id="yesterday"),
        pytest.param("tomorrow", "2027-01-28", id="tomorrow"),
        pytest.param("Jan 11 2027", "2027-01-11", id="month_first"),
        pytest.param("January 11, 2027", "2027-01-11", id="month_in_full_with_comma"),
        pytest.param("11 jan 2027", "2027-01-11", id="day_first"),
        pytest.param("11-Sept-2027", "2027-09-11", id="hyphens_as_in_a_spreadsheet"),
        pytest.param("3 may 2027", "2027-05-03", id="one_digit"),
        pytest.param("wed", "2027-01-27", id="weekday_of_today"),
        pytest.param("thursday", "2027-01-21", id="weekday_of_tomorrow"),
        pytest.param("Tue", "2027-01-26", id="weekday_of_yesterday"),
    ],
)
def test_day_of_what_happened_is_read_in_every_form(text: str, expected: str) -> None:
    """A weekday is the last one."""
    assert parse_spoken_day(text, WEDNESDAY).isoformat() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("wed", "2027-02-03", id="weekday_of_today"),
        pytest.param("thu", "2027-01-28", id="weekday_of_tomorrow"),
        pytest.param("tues", "2027-02-02", id="weekday_of_yesterday"),
        pytest.param("tomorrow", "2027-01-28", id="tomorrow"),
    ],
)
def test_weekday_ahead_is_the_next_one_after_today(text: str, expected: str) -> None:
    """A meeting agreed on a Wednesday for "wed" is not the one that is just over."""
    assert parse_spoken_day(text, WEDNESDAY, ahead=True).isoformat() == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("05/11/2027", id="two_numbers_that_could_be_swapped"),
        pytest.param("5 11 2027", id="numbers_only"),
        pytest.param("Jan 11", id="without_a_year"),
        pytest.param("Jab 11 2027", id="no_month"),
        pytest.param("Feb 29 2027", id="no_such_day"),
        pytest.param("Jan 32 2027", id="day_after_the_month"),
        pytest.param("ja 11 2027", id="two_letters"),
        pytest.param("someday", id="no_weekday"),
        pytest.param("Jan 11 1889", id="out_of_range"),
        pytest.param("", id="nothing"),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    """With the right form or the reason."""
    with pytest.raises(ValueError, match=r"not a date|not in the calendar|out of range|has .* days|does not exist"):
        parse_spoken_day(text, WEDNESDAY)


@pytest.mark.parametrize(
    ("text", "wrong", "form"),
    [
        pytest.param("soon", '"soon" is not a date', "write YYYY-MM-DD, such as 2027-01-29", id="no_day"),
        pytest.param("a: write b", '"a: write b" is not a date', "write YYYY-MM-DD, such as ", id="colon_in_the_text"),
        pytest.param("2027-02-30", "2027-02-30 does not exist", "February 2027 has 28 days", id="no_such_day"),
        pytest.param("1989-12-31", "1989-12-31 is out of range", "dates go from 1990-01-01 to ", id="out_of_range"),
    ],
)
def test_refusal_is_split_into_what_is_wrong_and_the_right_form(text: str, wrong: str, form: str) -> None:
    """For a message that says each on a line of its own."""
    with pytest.raises(ValueError, match=r".+") as refused:
        parse_spoken_day(text, WEDNESDAY)
    said, advice = split_refusal(refused.value)
    assert said == wrong
    assert advice.startswith(form)
