"""Federal holidays against an independent calendar, and business days against a walk from day to day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lorplan.dates.business_days import (
    add_business_days,
    business_day,
    federal_holidays,
    is_business_day,
    take_off_business_days,
)

ONE_DAY = timedelta(days=1)
DAYS = st.dates(date(1970, 1, 1), date(2120, 12, 31))
COUNTS = st.integers(0, 30) | st.integers(0, 3660)


@cache
def oracle(*, observed: bool) -> frozenset[date]:
    """Ask the `holidays` package for the whole country, a year more on both sides than is compared."""
    return frozenset(holidays.country_holidays("US", years=range(1989, 2102), observed=observed))


class TestFederalHolidays:
    @pytest.mark.parametrize("year", range(1990, 2101))
    def test_with_their_observed_days_are_those_of_the_holidays_package(self, year: int) -> None:
        """Every year has the federal holidays and their observed days, neither more nor fewer."""
        assert federal_holidays(year) == {day for day in oracle(observed=True) if day.year == year}

    @pytest.mark.parametrize("year", range(1990, 2101))
    def test_on_a_weekend_stay_holidays_beside_their_observed_days(self, year: int) -> None:
        """The day named by the statute is a holiday even where another day is kept for it."""
        named = {day for day in oracle(observed=False) if day.year == year}
        assert len(named) == (11 if year >= 2021 else 10)
        assert named <= federal_holidays(year)

    def test_of_a_year_are_the_eleven_of_the_statute(self) -> None:
        """Each holiday of a year has its day, and another one beside it where it falls on a weekend."""
        assert sorted(federal_holidays(2027)) == [
            date(2027, 1, 1),  # New Year's Day
            date(2027, 1, 18),  # Birthday of Martin Luther King, Jr.
            date(2027, 2, 15),  # Washington's Birthday
            date(2027, 5, 31),  # Memorial Day
            date(2027, 6, 18),  # Juneteenth, observed
            date(2027, 6, 19),  # Juneteenth, a Saturday
            date(2027, 7, 4),  # Independence Day, a Sunday
            date(2027, 7, 5),  # Independence Day, observed
            date(2027, 9, 6),  # Labor Day
            date(2027, 10, 11),  # Columbus Day
            date(2027, 11, 11),  # Veterans Day
            date(2027, 11, 25),  # Thanksgiving Day
            date(2027, 12, 24),  # Christmas Day, observed
            date(2027, 12, 25),  # Christmas Day, a Saturday
            date(2027, 12, 31),  # New Year's Day of 2028, observed
        ]

    @pytest.mark.parametrize(
        ("day", "is_holiday"),
        [
            pytest.param(date(1985, 1, 21), False, id="third_monday_of_january_before_king_was_honoured"),
            pytest.param(date(1986, 1, 20), True, id="third_monday_of_january_since"),
            pytest.param(date(2020, 6, 19), False, id="19_june_before_juneteenth"),
            pytest.param(date(2021, 6, 18), True, id="first_juneteenth_observed_on_friday"),
            pytest.param(date(2021, 12, 31), True, id="next_1_january_is_a_saturday"),
            pytest.param(date(2022, 12, 31), False, id="next_1_january_is_a_sunday"),
            pytest.param(date(2023, 1, 2), True, id="1_january_was_a_sunday"),
            pytest.param(date(2022, 1, 3), False, id="1_january_was_a_saturday"),
            pytest.param(date(2027, 5, 24), False, id="fourth_monday_of_may_with_five"),
            pytest.param(date(2027, 11, 26), False, id="day_after_thanksgiving"),
            pytest.param(date(2029, 1, 20), False, id="inauguration_day_is_kept_in_the_capital_only"),
        ],
    )
    def test_hold_on_both_sides_of_each_boundary(self, day: date, *, is_holiday: bool) -> None:
        """A holiday begins with its law, moves off a weekend, and crosses the new year where it must."""
        assert (day in federal_holidays(day.year)) is is_holiday


class TestIsBusinessDay:
    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            pytest.param(date(2027, 1, 15), True, id="friday"),
            pytest.param(date(2027, 1, 16), False, id="saturday"),
            pytest.param(date(2027, 1, 17), False, id="sunday"),
            pytest.param(date(2027, 1, 18), False, id="holiday"),
            pytest.param(date(2027, 1, 19), True, id="day_after_a_holiday"),
            pytest.param(date(2027, 7, 5), False, id="observed_holiday"),
            pytest.param(date(2027, 12, 31), False, id="holiday_of_the_next_year_observed"),
        ],
    )
    def test_is_a_weekday_that_is_no_holiday(self, day: date, *, expected: bool) -> None:
        """Weekends, holidays and observed days are no business days, all other days are."""
        assert is_business_day(day) is expected


class TestBusinessDay:
    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            pytest.param(date(2027, 1, 15), date(2027, 1, 15), id="business_day_stays"),
            pytest.param(date(2027, 1, 16), date(2027, 1, 19), id="saturday_before_a_holiday_on_monday"),
            pytest.param(date(2027, 12, 31), date(2028, 1, 3), id="into_the_next_year"),
        ],
    )
    def test_is_the_day_or_the_next_business_day(self, day: date, expected: date) -> None:
        """A day that is no business day moves forward to the next one."""
        assert business_day(day) == expected

    @settings(deadline=None)
    @given(DAYS)
    def test_is_found_by_walking_forward(self, day: date) -> None:
        """The first business day on or after the day, as a walk finds it."""
        walked = day
        while not is_business_day(walked):
            walked += ONE_DAY
        assert business_day(day) == walked


class TestAddBusinessDays:
    @pytest.mark.parametrize(
        ("day", "n", "expected"),
        [
            pytest.param(date(2027, 1, 16), 0, date(2027, 1, 16), id="none_is_the_day_itself_even_a_saturday"),
            pytest.param(date(2027, 1, 15), 1, date(2027, 1, 19), id="one_from_a_friday_before_a_holiday"),
            pytest.param(date(2027, 1, 17), 1, date(2027, 1, 19), id="one_from_the_sunday_the_same"),
            pytest.param(date(2027, 6, 2), 5, date(2027, 6, 9), id="five_over_a_weekend"),
            pytest.param(date(2027, 12, 30), 1, date(2028, 1, 3), id="over_new_year"),
            pytest.param(date(2027, 12, 31), 1, date(2028, 1, 3), id="from_the_last_day_of_a_year"),
            pytest.param(date(2027, 1, 1), 249, date(2027, 12, 30), id="to_the_last_business_day_of_a_year"),
            pytest.param(date(2027, 1, 1), 250, date(2028, 1, 3), id="to_the_first_of_the_next"),
        ],
    )
    def test_counts_strictly_after_the_day(self, day: date, n: int, expected: date) -> None:
        """The n-th business day after a day does not count the day itself."""
        assert add_business_days(day, n) == expected

    @settings(deadline=None)
    @given(DAYS, COUNTS)
    def test_agrees_with_a_walk(self, day: date, n: int) -> None:
        """However far, the answer is the one of stepping day by day and counting business days."""
        walked, left = day, n
        while left:
            walked += ONE_DAY
            left -= is_business_day(walked)
        assert add_business_days(day, n) == walked

    def test_refuses_a_negative_number(self) -> None:
        """Going back has a function of its own, with a rule of its own."""
        with pytest.raises(ValueError, match="cannot be negative: -1"):
            add_business_days(date(2027, 1, 4), -1)


class TestTakeOffBusinessDays:
    @pytest.mark.parametrize(
        ("day", "n", "expected"),
        [
            pytest.param(date(2027, 9, 22), 0, date(2027, 9, 22), id="none_from_a_business_day"),
            pytest.param(date(2027, 9, 19), 0, date(2027, 9, 17), id="none_from_a_sunday_is_the_friday_before"),
            pytest.param(date(2027, 9, 22), 5, date(2027, 9, 15), id="five_over_a_weekend"),
            pytest.param(date(2027, 9, 19), 1, date(2027, 9, 16), id="one_from_a_sunday_starts_at_the_friday"),
            pytest.param(date(2027, 1, 19), 1, date(2027, 1, 15), id="over_a_holiday"),
            pytest.param(date(2028, 1, 3), 1, date(2027, 12, 30), id="over_new_year"),
            pytest.param(date(2028, 1, 1), 0, date(2027, 12, 30), id="from_before_the_first_of_a_year"),
            pytest.param(date(2027, 12, 30), 248, date(2027, 1, 4), id="to_the_first_business_day_of_a_year"),
            pytest.param(date(2027, 12, 30), 249, date(2026, 12, 31), id="to_the_last_of_the_year_before"),
        ],
    )
    def test_counts_from_the_last_business_day_on_or_before(self, day: date, n: int, expected: date) -> None:
        """The count starts at the day, or at the last business day before it."""
        assert take_off_business_days(day, n) == expected

    @settings(deadline=None)
    @given(DAYS, COUNTS)
    def test_agrees_with_a_walk(self, day: date, n: int) -> None:
        """However far, the answer is the one of stepping back day by day."""
        walked, left = day, n
        while left or not is_business_day(walked):
            left -= is_business_day(walked)
            walked -= ONE_DAY
        assert take_off_business_days(day, n) == walked

    @settings(deadline=None)
    @given(DAYS, COUNTS)
    def test_undoes_adding(self, day: date, n: int) -> None:
        """From a business day forward and as many back is the same day again."""
        start = business_day(day)
        assert take_off_business_days(add_business_days(start, n), n) == start

    def test_refuses_a_negative_number(self) -> None:
        """Going forward has a function of its own, with a rule of its own."""
        with pytest.raises(ValueError, match="cannot be negative: -1"):
            take_off_business_days(date(2027, 1, 4), -1)
