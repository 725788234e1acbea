"""Sets of days held as bits, against plain Python sets of dates."""

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


def held(days: frozenset[date], origin: date = date(1990, 1, 1)) -> DaySet:
    """Build a set of days the way its own module does."""
    return DaySet.of(days, origin)


def walked(first: date, last: date) -> list[date]:
    """List the days from the first to the last, one step a day."""
    return [first + timedelta(offset) for offset in range((last - first).days + 1)]


@st.composite
def sets(draw: st.DrawFn) -> tuple[DaySet, frozenset[date]]:
    """Draw a set of days in both forms, with an origin on or before its first day."""
    days = draw(SETS)
    origin = min(days, default=BASE) - timedelta(draw(st.integers(0, 40)))
    return held(days, origin), days


class TestMaking:
    @given(DAYS, DAYS)
    def test_between_holds_every_day_of_the_span(self, first: date, last: date) -> None:
        """Both ends are in, and a span that ends before it begins is empty."""
        assert list(DaySet.between(first, last)) == walked(first, last)

    @given(DAYS, DAYS, st.lists(st.integers(0, 6)))
    def test_on_weekdays_holds_those_weekdays_of_the_span(
        self, first: date, last: date, weekdays: list[int]
    ) -> None:
        """A weekday named twice counts once, and no weekday gives no day."""
        expected = [day for day in walked(first, last) if day.weekday() in weekdays]
        assert list(DaySet.on_weekdays(first, last, weekdays)) == expected

    def test_on_weekdays_reaches_over_a_century(self) -> None:
        """The pattern of a week holds to the last day of a very long span."""
        first, last = date(1990, 1, 1), date(2100, 12, 31)
        expected = [day for day in walked(first, last) if day.weekday() in {0, 5}]
        assert list(DaySet.on_weekdays(first, last, (0, 5))) == expected

    @given(SETS, DAYS)
    def test_of_holds_the_days_from_its_origin_on(self, days: frozenset[date], origin: date) -> None:
        """Days before the origin are left out."""
        assert list(DaySet.of(days, origin)) == sorted(day for day in days if day >= origin)

    def test_is_empty_without_bits(self) -> None:
        """An origin alone holds no day, not even itself."""
        assert (len(DaySet(BASE)), list(DaySet(BASE)), BASE in DaySet(BASE)) == (0, [], False)

    def test_cannot_be_changed(self) -> None:
        """A set of days is a value: it can be cached and shared."""
        with pytest.raises(FrozenInstanceError):
            DaySet(BASE).bits = 1  # type: ignore[misc]


class TestTwoSets:
    @given(sets(), sets())
    def test_unite_as_sets_do(
        self, one: tuple[DaySet, frozenset[date]], other: tuple[DaySet, frozenset[date]]
    ) -> None:
        """Either order gives the days of both, whichever begins earlier."""
        expected = sorted(one[1] | other[1])
        assert (list(one[0] | other[0]), list(other[0] | one[0])) == (expected, expected)

    @given(sets(), sets())
    def test_intersect_as_sets_do(
        self, one: tuple[DaySet, frozenset[date]], other: tuple[DaySet, frozenset[date]]
    ) -> None:
        """What is left is in both."""
        assert list(one[0] & other[0]) == sorted(one[1] & other[1])

    @given(sets(), sets())
    def test_subtract_as_sets_do(
        self, one: tuple[DaySet, frozenset[date]], other: tuple[DaySet, frozenset[date]]
    ) -> None:
        """Days of the other set are gone, and none appears."""
        assert list(one[0] - other[0]) == sorted(one[1] - other[1])


class TestReading:
    @given(sets())
    def test_goes_through_the_days_in_order(self, both: tuple[DaySet, frozenset[date]]) -> None:
        """The days come earliest first, each once, and are counted."""
        found, days = both
        assert (list(found), len(found)) == (sorted(days), len(days))

    @given(sets(), DAYS | FAR_DAYS)
    def test_knows_whether_a_day_is_in(self, both: tuple[DaySet, frozenset[date]], day: date) -> None:
        """A day before the origin or after the last day is simply not in."""
        found, days = both
        assert (day in found) == (day in days)

    @given(sets().filter(lambda both: bool(both[1])))
    def test_first_and_last_are_its_ends(self, both: tuple[DaySet, frozenset[date]]) -> None:
        """The ends are the earliest and the latest day, wherever the origin is."""
        found, days = both
        assert (found.first, found.last) == (min(days), max(days))

    @pytest.mark.parametrize("end", ["first", "last"])
    def test_an_empty_set_has_no_ends(self, end: str) -> None:
        """Asking for the end of nothing is a mistake in the program, and said so."""
        with pytest.raises(ValueError, match="an empty set of days has no first and no last"):
            getattr(DaySet(BASE), end)

    @given(sets())
    def test_number_counts_from_one(self, both: tuple[DaySet, frozenset[date]]) -> None:
        """The days by their numbers are the days in order."""
        found, days = both
        assert [found.number(place + 1) for place in range(len(days))] == sorted(days)

    @pytest.mark.parametrize("place", [-1, 0, 3])
    def test_number_refuses_a_place_that_is_not_there(self, place: int) -> None:
        """Two days have a first and a second, and nothing before or after."""
        with pytest.raises(ValueError, match=f"no day number {place} in a set of 2"):
            DaySet.between(BASE, BASE + ONE_DAY).number(place)


class TestParts:
    @given(sets(), DAYS | FAR_DAYS)
    def test_until_keeps_the_days_up_to_one(self, both: tuple[DaySet, frozenset[date]], day: date) -> None:
        """The day itself is kept."""
        found, days = both
        assert list(found.until(day)) == sorted(other for other in days if other <= day)

    @given(sets(), DAYS | FAR_DAYS)
    def test_since_keeps_the_days_from_one_on(self, both: tuple[DaySet, frozenset[date]], day: date) -> None:
        """The day itself is kept."""
        found, days = both
        assert list(found.since(day)) == sorted(other for other in days if other >= day)

    @given(sets(), DAYS, st.integers(1, 5))
    def test_before_counts_backwards(self, both: tuple[DaySet, frozenset[date]], day: date, count: int) -> None:
        """The day itself does not count, and where there are too few days there is none."""
        found, days = both
        earlier = sorted((other for other in days if other < day), reverse=True)
        assert found.before(day, count) == (earlier[count - 1] if len(earlier) >= count else None)

    @given(sets().filter(lambda both: bool(both[1])), DAYS, st.integers(1, 5))
    def test_after_counts_forwards_and_stops_at_the_last(
        self, both: tuple[DaySet, frozenset[date]], day: date, count: int
    ) -> None:
        """The day itself does not count, and where there are too few days the last one is meant."""
        found, days = both
        later = sorted(other for other in days if other > day)
        assert found.after(day, count) == (later[:count] or [max(days)])[-1]
