"""Sets of days stored as bits, compared with plain Python sets of dates."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorplan.dates.day_set import DaySet

BASE = date(2027, 1, 4)
ONE_DAY = timedelta(days=1)

DAYS = st.integers(-40, 40).map(lambda offset: BASE + timedelta(offset))
FAR_DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
SETS = st.frozensets(DAYS) | st.frozensets(DAYS | FAR_DAYS, max_size=5)

Both = tuple[DaySet, frozenset[date]]
"""One set of days in both forms."""


def list_days(first: date, last: date) -> list[date]:
    """List the days from the first to the last."""
    return [first + timedelta(offset) for offset in range((last - first).days + 1)]


@st.composite
def sets(draw: st.DrawFn) -> Both:
    """Draw a set of days in both forms, with an origin on or before its first day."""
    days = draw(SETS)
    origin = min(days, default=BASE) - timedelta(draw(st.integers(0, 40)))
    return DaySet.of(days, origin), days


class TestMaking:
    @given(DAYS, DAYS)
    def test_between_has_every_day_of_the_range(self, first: date, last: date) -> None:
        """Both ends are included, and a range that ends before it begins is empty."""
        assert list(DaySet.between(first, last)) == list_days(first, last)

    @given(DAYS, DAYS, st.lists(st.integers(0, 6)))
    def test_on_weekdays_has_those_weekdays_of_the_range(self, first: date, last: date, weekdays: list[int]) -> None:
        """A repeated weekday counts once, and no weekday gives no day."""
        expected = [day for day in list_days(first, last) if day.weekday() in weekdays]
        assert list(DaySet.on_weekdays(first, last, weekdays)) == expected

    def test_on_weekdays_is_right_over_a_century(self) -> None:
        """The pattern of a week repeats to the last day of a very long range."""
        first, last = date(1990, 1, 1), date(2100, 12, 31)
        expected = [day for day in list_days(first, last) if day.weekday() in {0, 5}]
        assert list(DaySet.on_weekdays(first, last, (0, 5))) == expected

    @given(SETS, DAYS)
    def test_of_has_the_given_days_from_its_origin_on(self, days: frozenset[date], origin: date) -> None:
        """Days before the origin are left out."""
        assert list(DaySet.of(days, origin)) == sorted(day for day in days if day >= origin)

    def test_day_set_without_bits_is_empty(self) -> None:
        """An origin alone adds no day, not even itself."""
        assert (len(DaySet(BASE)), list(DaySet(BASE)), BASE in DaySet(BASE)) == (0, [], False)

    def test_day_set_cannot_be_changed(self) -> None:
        """A set of days is a value: it can be cached and shared."""
        with pytest.raises(FrozenInstanceError):
            DaySet(BASE).bits = 1  # type: ignore[misc]


class TestTwoSets:
    @given(sets(), sets())
    def test_union_has_the_days_of_both_sets(self, one: Both, other: Both) -> None:
        """Either order gives the same days, whichever set begins earlier."""
        expected = sorted(one[1] | other[1])
        assert (list(one[0] | other[0]), list(other[0] | one[0])) == (expected, expected)

    @given(sets(), sets())
    def test_intersection_has_the_days_that_are_in_both_sets(self, one: Both, other: Both) -> None:
        """A day in only one of the sets is left out."""
        assert list(one[0] & other[0]) == sorted(one[1] & other[1])

    @given(sets(), sets())
    def test_difference_has_the_days_that_are_not_in_the_other_set(self, one: Both, other: Both) -> None:
        """Days of the other set are removed, and none is added."""
        assert list(one[0] - other[0]) == sorted(one[1] - other[1])


class TestReading:
    @given(sets())
    def test_iteration_gives_each_day_once_in_order(self, both: Both) -> None:
        """The earliest day comes first, and the length is the number of days."""
        found, days = both
        assert (list(found), len(found)) == (sorted(days), len(days))

    @given(sets(), DAYS | FAR_DAYS)
    def test_membership_is_that_of_a_set(self, both: Both, day: date) -> None:
        """A day before the origin or after the last day is not in the set."""
        found, days = both
        assert (day in found) == (day in days)

    @given(sets().filter(lambda both: bool(both[1])))
    def test_first_and_last_are_the_earliest_and_the_latest_day(self, both: Both) -> None:
        """The origin is neither, unless it is in the set."""
        found, days = both
        assert (found.first, found.last) == (min(days), max(days))

    @pytest.mark.parametrize("end", ["first", "last"])
    def test_empty_set_has_no_first_and_no_last_day(self, end: str) -> None:
        """Asking for an end of an empty set is a mistake in the program, and reported as one."""
        with pytest.raises(ValueError, match="an empty set of days has no first and no last"):
            getattr(DaySet(BASE), end)

    @given(sets())
    def test_nth_counts_the_days_in_order_from_one(self, both: Both) -> None:
        """The days by their numbers are the sorted days."""
        found, days = both
        assert [found.nth(index + 1) for index in range(len(days))] == sorted(days)

    @pytest.mark.parametrize("n", [-1, 0, 3])
    def test_nth_refuses_a_number_that_does_not_exist(self, n: int) -> None:
        """Two days have numbers 1 and 2 only."""
        with pytest.raises(ValueError, match=f"no day number {n} in a set of 2"):
            DaySet.between(BASE, BASE + ONE_DAY).nth(n)


class TestParts:
    @given(sets(), DAYS | FAR_DAYS)
    def test_until_keeps_the_days_on_or_before_a_day(self, both: Both, day: date) -> None:
        """The day itself is kept."""
        found, days = both
        assert list(found.until(day)) == sorted(other for other in days if other <= day)

    @given(sets(), DAYS | FAR_DAYS)
    def test_since_keeps_the_days_on_or_after_a_day(self, both: Both, day: date) -> None:
        """The day itself is kept."""
        found, days = both
        assert list(found.since(day)) == sorted(other for other in days if other >= day)

    @given(sets(), DAYS, st.integers(1, 5))
    def test_before_counts_backwards_from_a_day(self, both: Both, day: date, count: int) -> None:
        """The day itself does not count, and the result is None if there are too few days."""
        found, days = both
        earlier = sorted((other for other in days if other < day), reverse=True)
        assert found.before(day, count) == (earlier[count - 1] if len(earlier) >= count else None)

    @given(sets().filter(lambda both: bool(both[1])), DAYS, st.integers(1, 5))
    def test_after_counts_forwards_and_stops_at_the_last_day(self, both: Both, day: date, count: int) -> None:
        """The day itself does not count, and the result is the last day if there are too few."""
        found, days = both
        later = sorted(other for other in days if other > day)
        assert found.after(day, count) == (later[:count] or [max(days)])[-1]
