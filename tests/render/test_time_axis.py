"""How days are laid out on columns: every day has a column, in order, and none is lost for want of room."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lorplan.render.time_axis import TimeAxis, fit_axis, month_starts

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
UNITS: Final = ("day", "month", "quarter", "year", "5 years", "20 years", "100 years")
"""From the smallest unit to the largest."""

ROOMS = st.integers(min_value=20, max_value=400)
LENGTHS = st.one_of(st.integers(0, 60), st.integers(0, 800), st.integers(0, 40_000)).map(timedelta)

Period = tuple[date, date]


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Draw a first and a last day, mostly as far apart as a plan's."""
    first = draw(st.dates(EARLIEST, LATEST))
    return first, min(first + draw(LENGTHS), LATEST)


def days_of(first: date, last: date) -> list[date]:
    """List the days of a period; of a long one its ends and a sample."""
    count = (last - first).days + 1
    numbers = range(count) if count <= 800 else [*range(50), *range(50, count - 50, 97), *range(count - 50, count)]
    return [first + timedelta(number) for number in numbers]


@given(periods(), ROOMS)
@example((EARLIEST, LATEST), 20)
def test_axis_of_any_period_fits_its_room_with_a_known_unit(period: Period, room: int) -> None:
    """However long the period, the axis has at least one column and no more than there are."""
    axis = fit_axis(*period, room)
    assert 1 <= axis.columns <= room
    assert axis.unit in UNITS
    assert all(begin < end for begin, end in pairwise(axis.starts))


@given(periods(), ROOMS)
def test_every_day_of_any_period_has_a_column_in_the_order_of_the_days(period: Period, room: int) -> None:
    """A later day is never left of an earlier one."""
    axis = fit_axis(*period, room)
    assert axis.starts[0] <= period[0]
    assert period[1] < axis.starts[-1]
    columns = [axis.column(day) for day in days_of(*period)]
    assert columns == sorted(columns)
    assert 0 <= columns[0] <= columns[-1] < axis.columns


@given(periods(), ROOMS)
def test_axis_of_any_period_begins_and_ends_with_it(period: Period, room: int) -> None:
    """The first day is in the first cell and the last day in the last: no room is spent on other days."""
    axis = fit_axis(*period, room)
    assert axis.column(period[0]) < axis.per_cell
    assert axis.column(period[1]) >= axis.columns - axis.per_cell


@given(periods(), ROOMS, st.dates(EARLIEST, LATEST))
def test_day_outside_the_axis_is_in_the_nearest_column(period: Period, room: int, day: date) -> None:
    """Earlier days are in the first column, later ones at the end."""
    axis = fit_axis(*period, room)
    column = axis.column(day)
    assert 0 <= column < axis.columns
    if day < axis.first:
        assert column == 0
    if day >= axis.starts[-1]:
        assert column >= axis.columns - axis.per_cell


@given(periods(), ROOMS)
def test_span_has_all_columns_of_its_days_and_none_of_the_next(period: Period, room: int) -> None:
    """A single day takes at least one column, and if it is several columns wide, a bar fills them."""
    axis = fit_axis(period[0], period[1] + timedelta(1), room)
    assert axis.span(period[0], period[0])
    span = axis.span(*period)
    assert span.start == axis.column(period[0])
    assert axis.column(period[1]) in span
    assert span.stop == max(axis.column(period[1] + timedelta(1)), axis.column(period[1]) + 1)


@given(periods(), ROOMS)
def test_span_of_the_whole_period_ends_with_the_axis(period: Period, room: int) -> None:
    """Nothing is left after the last day."""
    axis = fit_axis(*period, room)
    assert axis.span(*period).stop <= axis.columns
    assert axis.column(period[1]) in axis.span(*period)


@given(periods(), st.integers(20, 399))
def test_unit_does_not_shrink_as_the_room_shrinks(period: Period, room: int) -> None:
    """A wider terminal never has a larger unit than a narrower one."""
    narrow, wide = fit_axis(*period, room), fit_axis(*period, room + 1)
    assert UNITS.index(narrow.unit) >= UNITS.index(wide.unit)


@pytest.mark.parametrize(
    ("last", "room", "unit"),
    [
        pytest.param(date(2027, 1, 4), 60, "day", id="one_day"),
        pytest.param(date(2027, 2, 28), 60, "day", id="eight_weeks"),
        pytest.param(date(2027, 9, 22), 60, "month", id="season_on_100_columns"),
        pytest.param(date(2027, 9, 22), 161, "month", id="season_on_200_columns"),
        pytest.param(date(2027, 9, 22), 35, "month", id="season_on_72_columns"),
        pytest.param(date(2030, 1, 4), 60, "month", id="three_years"),
        pytest.param(date(2057, 1, 4), 60, "year", id="thirty_years"),
        pytest.param(date(2100, 12, 31), 20, "5 years", id="lifetime"),
    ],
)
def test_axis_has_the_smallest_unit_that_fits(last: date, room: int, unit: str) -> None:
    """Days, months, years."""
    assert fit_axis(date(2027, 1, 4), last, room).unit == unit


@pytest.mark.parametrize(
    ("day", "column"),
    [
        pytest.param(date(2027, 1, 1), 0, id="first_day_of_a_month"),
        pytest.param(date(2027, 1, 17), 1, id="after_its_middle"),
        pytest.param(date(2027, 1, 31), 1, id="its_last_day"),
        pytest.param(date(2027, 2, 1), 2, id="first_day_of_the_next"),
        pytest.param(date(2027, 2, 28), 3, id="last_day"),
        pytest.param(date(2027, 3, 1), 3, id="after_the_end"),
        pytest.param(date(2026, 12, 31), 0, id="before_the_beginning"),
    ],
)
def test_days_are_spread_evenly_over_the_columns_of_their_cell(day: date, column: int) -> None:
    """In a month of two columns, the second begins after the middle."""
    axis = TimeAxis("month", (date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)), 2)
    assert axis.column(day) == column


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        pytest.param(date(2027, 3, 8), date(2027, 3, 20), [date(2027, 3, 1)], id="within_a_month"),
        pytest.param(
            date(2026, 12, 31), date(2027, 2, 1), [date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)], id="new_year"
        ),
    ],
)
def test_month_starts_are_the_first_days_of_all_months_touched(first: date, last: date, months: list[date]) -> None:
    """The month of the first day begins before it."""
    assert month_starts(first, last) == months
