"""The types of single values: how text becomes a day, a flag or a number."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from lorplan.planfile.field_types import (
    EXAMPLE_DAY,
    FIRST_DAY,
    LAST_DAY,
    Day,
    Flag,
    Whole,
    parse_day,
)


def read(kind: Any, value: object) -> object:  # noqa: ANN401 - an annotated type
    """Read a value as a type."""
    return TypeAdapter(kind).validate_python(value)


def refusal(kind: Any, value: object) -> str:  # noqa: ANN401 - an annotated type
    """Find the sentence for which a value is refused."""
    with pytest.raises(ValidationError) as refused:
        read(kind, value)
    [error] = refused.value.errors(include_url=False)
    return error["msg"].removeprefix("Value error, ")


class TestDays:
    @pytest.mark.parametrize("text", ["1990-01-01", "2028-02-29", "2100-12-31"])
    def test_iso_date_from_1990_to_2100_is_read(self, text: str) -> None:
        """The first and the last day are read, and a leap day."""
        assert parse_day(text).isoformat() == text

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            pytest.param(
                "1989-12-31", "1989-12-31 is out of range: dates go from 1990-01-01 to 2100-12-31", id="before"
            ),
            pytest.param(
                "2101-01-01", "2101-01-01 is out of range: dates go from 1990-01-01 to 2100-12-31", id="after"
            ),
            pytest.param("2027-02-29", "2027-02-29 does not exist: February 2027 has 28 days", id="no_leap_year"),
            pytest.param("2026-11-31", "2026-11-31 does not exist: November 2026 has 30 days", id="day_31"),
            pytest.param("2027-01-00", "2027-01-00 does not exist: January 2027 has 31 days", id="day_0"),
            pytest.param("2027-13-01", "2027-13-01 does not exist: there is no such month", id="month_13"),
            pytest.param("2027-00-01", "2027-00-01 does not exist: there is no such month", id="month_0"),
            pytest.param("0000-01-01", "0000-01-01 does not exist: there is no such year", id="year_0"),
        ],
    )
    def test_date_that_does_not_exist_or_is_out_of_range_is_refused_with_the_reason(
        self, text: str, message: str
    ) -> None:
        """The message is not that of a date in another form."""
        with pytest.raises(ValueError, match=f"^{message}$"):
            parse_day(text)

    @pytest.mark.parametrize(
        ("text", "readings"),
        [
            pytest.param("05/11/2026", "2026-11-05 or 2026-05-11", id="both_orders_if_both_are_possible"),
            pytest.param("13/11/2026", "2026-11-13", id="day_first"),
            pytest.param("11/13/2026", "2026-11-13", id="month_first"),
            pytest.param("11.11.2026", "2026-11-11", id="one_reading_if_both_are_the_same"),
            pytest.param("2026/11/5", "2026-11-05", id="year_first"),
            pytest.param("2026-1-5", "2026-01-05", id="without_zeros"),
            pytest.param(" 2026-01-05", "2026-01-05", id="space_at_the_start"),
            pytest.param("31/02/2026", "2027-01-29", id="day_that_does_not_exist"),
            pytest.param("05/11/1926", "2027-01-29", id="year_out_of_range"),
            pytest.param("05/11/9926", "2027-01-29", id="year_far_ahead"),
            pytest.param("05/11/26", "2027-01-29", id="year_of_two_digits"),
            pytest.param("tomorrow", "2027-01-29", id="a_word"),
            pytest.param("20270104", "2027-01-29", id="without_hyphens"),
            pytest.param("2027-01-04T08:30", "2027-01-29", id="with_a_time"),
            pytest.param("٢٠٢٧-01-04", "2027-01-29", id="digits_of_another_script"),
            pytest.param("", "2027-01-29", id="nothing"),
        ],
    )
    def test_date_in_another_form_is_refused_with_its_possible_readings(self, text: str, readings: str) -> None:
        """A date is never guessed: the message shows what it could mean, else an example."""
        with pytest.raises(ValueError, match="is not a date") as refused:
            parse_day(text)
        assert str(refused.value) == f'"{text}" is not a date: write YYYY-MM-DD, such as {readings}'

    @given(st.dates(FIRST_DAY, LAST_DAY))
    def test_every_day_is_read_from_its_iso_form(self, day: date) -> None:
        """Text and value give the same day."""
        assert read(Day, day.isoformat()) == read(Day, day) == day

    @pytest.mark.parametrize(
        "value",
        [
            pytest.param(0, id="number"),
            pytest.param([], id="list"),
            pytest.param(datetime(2027, 1, 4, 8, 30), id="datetime"),  # noqa: DTZ001 - no time zone, as a mistake
        ],
    )
    def test_value_that_is_not_a_date_is_refused_with_an_example(self, value: object) -> None:
        """A moment is not a day."""
        assert refusal(Day, value) == f"expected a date such as {EXAMPLE_DAY}"

    def test_date_from_python_out_of_range_is_refused(self) -> None:
        """The range is the same for text and for values."""
        assert refusal(Day, date(2101, 1, 1)).startswith("2101-01-01 is out of range")

    def test_example_of_a_date_is_a_valid_date(self) -> None:
        """A message never shows a wrong example."""
        assert parse_day(EXAMPLE_DAY).isoformat() == EXAMPLE_DAY


class TestFlagsAndNumbers:
    @pytest.mark.parametrize("text", ["", "maybe", "1", "y", "tru", "\uff54rue"])
    def test_other_word_is_not_a_flag(self, text: str) -> None:
        """The message says which words are flags."""
        assert refusal(Flag, text) == f'expected true or false, got "{text}" (yes/no and on/off also work)'

    @pytest.mark.parametrize(
        ("text", "number"),
        [("0", 0), ("7", 7), ("+7", 7), ("-7", -7), ("007", 7), ("-0", 0), ("0" * 5000 + "12", 12)],
    )
    def test_whole_number_is_read_with_a_sign_and_zeros(self, text: str, number: int) -> None:
        """Any number of zeros may come first."""
        assert read(Whole, text) == number

    @pytest.mark.parametrize("sign", ["", "-"])
    def test_number_of_very_many_digits_stays_out_of_every_bound(self, sign: str) -> None:
        """It is cut, and its sign stays, so that the bound in the message is the right one."""
        found = read(Whole, sign + "9" * 5000)
        assert isinstance(found, int)
        assert abs(found) > 10**9
        assert (found < 0) == (sign == "-")

    @pytest.mark.parametrize("text", ["", " 7", "7 ", "7.0", "1e1", "0x7", "1_0", "٣", "seven", "--7", "+"])
    def test_other_text_is_not_a_whole_number(self, text: str) -> None:
        """A number consists of ASCII digits, with at most a sign before them."""
        assert refusal(Whole, text) == f'"{text}" is not a whole number'
