"""Federal holidays against an independent calendar, and business days against counting day by day."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorplan.dates.business_days import (
    add_business_days,
    business_day,
    federal_holidays,
    hospital_holidays,
    is_business_day,
    subtract_business_days,
)

ONE_DAY = timedelta(days=1)
YEARS = range(1990, 2101)
DAYS = st.dates(date(1970, 1, 1), date(2120, 12, 31))
COUNTS = st.integers(0, 30) | st.integers(0, 3660)


def oracle(*, observed: bool) -> frozenset[date]:
    """List the federal holidays of YEARS with the `holidays` package, which needs a year more on both sides."""
    calendar = holidays.country_holidays("US", years=range(YEARS[0] - 1, YEARS[-1] + 2), observed=observed)
    return frozenset(day for day in calendar if day.year in YEARS)


class TestFederalHolidays:
    def test_federal_holidays_of_every_year_equal_those_of_the_holidays_package(self) -> None:
        """From 1990 to 2100 the holidays and observed days are those of an independent calendar."""
        assert {day for year in YEARS for day in federal_holidays(year)} == oracle(observed=True)

    def test_holiday_on_a_weekend_is_a_holiday_in_addition_to_its_observed_day(self) -> None:
        """The day that the statute names is a holiday even if another day is observed for it."""
        named = oracle(observed=False)
        assert len(named) == sum(11 if year >= 2021 else 10 for year in YEARS)
        assert named <= {day for year in YEARS for day in federal_holidays(year)}

    def test_holidays_of_2027_are_the_eleven_of_the_statute_and_the_observed_days(self) -> None:
        """Each holiday has its day, and an observed day if it falls on a weekend."""
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
            pytest.param(date(1985, 1, 21), False, id="third_monday_of_january_before_the_law"),
            pytest.param(date(1986, 1, 20), True, id="third_monday_of_january_after_the_law"),
            pytest.param(date(2020, 6, 19), False, id="19_june_before_the_law"),
            pytest.param(date(2021, 6, 18), True, id="first_juneteenth_observed_on_friday"),
            pytest.param(date(2021, 12, 31), True, id="next_1_january_is_a_saturday"),
            pytest.param(date(2022, 12, 31), False, id="next_1_january_is_a_sunday"),
            pytest.param(date(2023, 1, 2), True, id="1_january_was_a_sunday"),
            pytest.param(date(2022, 1, 3), False, id="1_january_was_a_saturday"),
            pytest.param(date(2027, 5, 24), False, id="fourth_monday_of_may_with_five"),
            pytest.param(date(2027, 11, 26), False, id="day_after_thanksgiving"),
            pytest.param(date(2029, 1, 20), False, id="inauguration_day_is_a_holiday_in_the_capital_only"),
        ],
    )
    def test_holiday_starts_with_its_law_and_moves_off_a_weekend(self, day: date, *, is_holiday: bool) -> None:
        """A holiday starts with its law and is observed on a weekday, if necessary in another year."""
        assert (day in federal_holidays(day.year)) is is_holiday


class TestHospitalHolidays:
    def test_hospitals_keep_six_holidays_on_their_day_and_as_observed(self) -> None:
        """In 2027 three of them fall on a weekend, and so does New Year's Day of 2028."""
        assert sorted(hospital_holidays(2027)) == [
            date(2027, 1, 1),  # New Year's Day
            date(2027, 5, 31),  # Memorial Day
            date(2027, 7, 4),  # Independence Day, a Sunday
            date(2027, 7, 5),  # observed
            date(2027, 9, 6),  # Labor Day
            date(2027, 11, 25),  # Thanksgiving
            date(2027, 12, 24),  # observed
            date(2027, 12, 25),  # Christmas Day, a Saturday
            date(2027, 12, 31),  # New Year's Day of 2028, observed
        ]

    @given(st.integers(1990, 2100))
    def test_every_hospital_holiday_is_a_federal_one(self, year: int) -> None:
        """Hospitals keep fewer holidays, and no others."""
        assert hospital_holidays(year) < federal_holidays(year)


class TestBusinessDay:
    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            pytest.param(date(2027, 1, 15), True, id="friday"),
            pytest.param(date(2027, 1, 16), False, id="saturday"),
            pytest.param(date(2027, 1, 17), False, id="sunday"),
            pytest.param(date(2027, 1, 18), False, id="holiday"),
            pytest.param(date(2027, 1, 19), True, id="day_after_a_holiday"),
            pytest.param(date(2027, 7, 5), False, id="observed_holiday"),
            pytest.param(date(2027, 12, 31), False, id="observed_holiday_of_the_next_year"),
        ],
    )
    def test_business_day_is_a_weekday_without_a_holiday(self, day: date, *, expected: bool) -> None:
        """Weekends, holidays and observed days are not business days; all other days are."""
        assert is_business_day(day) is expected

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            pytest.param(date(2027, 1, 15), date(2027, 1, 15), id="business_day_stays"),
            pytest.param(date(2027, 1, 16), date(2027, 1, 19), id="saturday_before_a_holiday_on_monday"),
            pytest.param(date(2027, 12, 31), date(2028, 1, 3), id="into_the_next_year"),
        ],
    )
    def test_day_off_moves_to_the_next_business_day(self, day: date, expected: date) -> None:
        """A day that is not a business day moves forward to the next one."""
        assert business_day(day) == expected

    @given(DAYS)
    def test_next_business_day_is_the_first_one_on_or_after_the_day(self, day: date) -> None:
        """Looking at one day after the other finds the same day."""
        found = day
        while not is_business_day(found):
            found += ONE_DAY
        assert business_day(day) == found


class TestAddBusinessDays:
    @pytest.mark.parametrize(
        ("day", "n", "expected"),
        [
            pytest.param(date(2027, 1, 16), 0, date(2027, 1, 16), id="none_is_the_day_itself_even_a_saturday"),
            pytest.param(date(2027, 1, 15), 1, date(2027, 1, 19), id="one_from_a_friday_before_a_holiday"),
            pytest.param(date(2027, 1, 17), 1, date(2027, 1, 19), id="one_from_the_sunday_after_it"),
            pytest.param(date(2027, 6, 2), 5, date(2027, 6, 9), id="five_over_a_weekend"),
            pytest.param(date(2027, 12, 30), 1, date(2028, 1, 3), id="over_new_year"),
            pytest.param(date(2027, 12, 31), 1, date(2028, 1, 3), id="from_the_last_day_of_a_year"),
            pytest.param(date(2027, 1, 1), 249, date(2027, 12, 30), id="to_the_last_business_day_of_a_year"),
            pytest.param(date(2027, 1, 1), 250, date(2028, 1, 3), id="to_the_first_of_the_next"),
        ],
    )
    def test_adding_business_days_counts_strictly_after_the_day(self, day: date, n: int, expected: date) -> None:
        """The n-th business day after a day does not count the day itself."""
        assert add_business_days(day, n) == expected

    @given(DAYS, COUNTS)
    def test_adding_business_days_agrees_with_counting_day_by_day(self, day: date, n: int) -> None:
        """However far, the result is that of stepping forward and counting business days."""
        found, left = day, n
        while left:
            found += ONE_DAY
            left -= is_business_day(found)
        assert add_business_days(day, n) == found

    def test_adding_a_negative_number_is_refused(self) -> None:
        """Going back has a function of its own, with a rule of its own."""
        with pytest.raises(ValueError, match="cannot be negative: -1"):
            add_business_days(date(2027, 1, 4), -1)


class TestSubtractBusinessDays:
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
    def test_subtracting_starts_at_the_last_business_day_on_or_before(self, day: date, n: int, expected: date) -> None:
        """The count starts at the day, or at the last business day before it."""
        assert subtract_business_days(day, n) == expected

    @given(DAYS, COUNTS)
    def test_subtracting_business_days_agrees_with_counting_day_by_day(self, day: date, n: int) -> None:
        """However far, the result is that of stepping back and counting business days."""
        found, left = day, n
        while left or not is_business_day(found):
            left -= is_business_day(found)
            found -= ONE_DAY
        assert subtract_business_days(day, n) == found

    @given(DAYS, COUNTS)
    def test_subtracting_from_a_business_day_undoes_adding(self, day: date, n: int) -> None:
        """From a business day forward and as many back is the same day again."""
        start = business_day(day)
        assert subtract_business_days(add_business_days(start, n), n) == start

    def test_subtracting_a_negative_number_is_refused(self) -> None:
        """Going forward has a function of its own, with a rule of its own."""
        with pytest.raises(ValueError, match="cannot be negative: -1"):
            subtract_business_days(date(2027, 1, 4), -1)
