"""How days are laid out on columns: every day has a place, in order, and no day is lost for want of room."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorplan.render.time_axis import Scale, fit

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
UNITS = ("day", "week", "month", "quarter", "year", "5 years", "20 years", "100 years")
"""From the smallest unit to the largest."""

rooms = st.integers(min_value=20, max_value=400)
lengths = st.one_of(st.integers(0, 60), st.integers(0, 800), st.integers(0, 40_000)).map(timedelta)


@st.composite
def stretches(draw: st.DrawFn) -> tuple[date, date]:
    """Draw a first and a last day, mostly as far apart as a plan's."""
    first = draw(st.dates(EARLIEST, LATEST))
    return first, min(first + draw(lengths), LATEST)


def days_of(first: date, last: date) -> list[date]:
    """Give the days of a stretch; of a long one the ends and a sample between."""
    count = (last - first).days + 1
    numbers = range(count) if count <= 800 else [*range(50), *range(50, count - 50, 97), *range(count - 50, count)]
    return [first + timedelta(number) for number in numbers]


@given(stretches(), rooms)
def test_the_drawing_fits_the_room(stretch: tuple[date, date], room: int) -> None:
    """However long the stretch, its drawing takes no more columns than there are, and at least one."""
    assert 1 <= fit(*stretch, room).columns <= room


@given(stretches(), rooms)
def test_every_day_lies_in_a_column(stretch: tuple[date, date], room: int) -> None:
    """Every day from the first to the last has a column inside the drawing."""
    scale = fit(*stretch, room)
    assert scale.starts[0] <= stretch[0]
    assert stretch[1] < scale.starts[-1]
    assert all(0 <= scale.column(day) < scale.columns for day in days_of(*stretch))


@given(stretches(), rooms)
def test_later_days_lie_further_right(stretch: tuple[date, date], room: int) -> None:
    """A later day never lies left of an earlier one."""
    scale = fit(*stretch, room)
    columns = [scale.column(day) for day in days_of(*stretch)]
    assert columns == sorted(columns)


@given(stretches(), rooms)
def test_the_stretch_begins_and_ends_with_the_drawing(stretch: tuple[date, date], room: int) -> None:
    """The first day lies in the first cell and the last day in the last: no room is left for days not shown."""
    scale = fit(*stretch, room)
    assert scale.column(stretch[0]) < scale.per_cell
    assert scale.column(stretch[1]) >= scale.columns - scale.per_cell


@given(stretches(), rooms)
def test_cells_follow_each_other(stretch: tuple[date, date], room: int) -> None:
    """Cells are in order and none is empty."""
    assert all(begin < end for begin, end in pairwise(fit(*stretch, room).starts))


@given(stretches(), rooms, st.dates(EARLIEST, LATEST))
def test_days_outside_lie_in_the_nearest_column(stretch: tuple[date, date], room: int, day: date) -> None:
    """Whatever is asked for lies in the drawing: days before it in the first column, later ones at its end."""
    scale = fit(*stretch, room)
    column = scale.column(day)
    assert 0 <= column < scale.columns
    if day < scale.first:
        assert column == 0
    if day >= scale.starts[-1]:
        assert column >= scale.columns - scale.per_cell


@given(stretches(), rooms)
def test_a_span_holds_its_ends(stretch: tuple[date, date], room: int) -> None:
    """The columns from one day to another hold both, and a single day takes one column at least."""
    scale = fit(*stretch, room)
    assert scale.span(stretch[0], stretch[0])
    span = scale.span(*stretch)
    assert span.start == scale.column(stretch[0])
    assert scale.column(stretch[1]) in span


@given(stretches(), rooms)
def test_a_span_takes_all_columns_of_its_last_day(stretch: tuple[date, date], room: int) -> None:
    """Where a day is some columns wide a bar fills them, and none of the next day's."""
    scale = fit(stretch[0], stretch[1] + timedelta(1), room)
    following = scale.column(stretch[1] + timedelta(1))
    assert scale.span(*stretch).stop == max(following, scale.column(stretch[1]) + 1)


@given(stretches(), st.integers(20, 399))
def test_the_unit_grows_as_the_room_shrinks(stretch: tuple[date, date], room: int) -> None:
    """A wider terminal never shows a larger unit than a narrower one."""
    narrow, wide = fit(*stretch, room), fit(*stretch, room + 1)
    assert UNITS.index(narrow.unit) >= UNITS.index(wide.unit)


@given(stretches(), rooms)
def test_the_unit_is_a_known_one(stretch: tuple[date, date], room: int) -> None:
    """Units are those that a person counts in."""
    assert fit(*stretch, room).unit in UNITS


@pytest.mark.parametrize(
    ("last", "room", "unit"),
    [
        pytest.param(date(2027, 1, 4), 60, "day", id="one day"),
        pytest.param(date(2027, 2, 28), 60, "day", id="eight weeks"),
        pytest.param(date(2027, 9, 22), 60, "week", id="a season, at 100 columns"),
        pytest.param(date(2027, 9, 22), 161, "week", id="a season, at 200 columns"),
        pytest.param(date(2027, 9, 22), 35, "month", id="a season, at 72 columns"),
        pytest.param(date(2030, 1, 4), 60, "month", id="three years"),
        pytest.param(date(2057, 1, 4), 60, "year", id="thirty years"),
        pytest.param(date(2100, 12, 31), 20, "5 years", id="a lifetime"),
    ],
)
def test_the_unit_for_common_stretches(last: date, room: int, unit: str) -> None:
    """Days, weeks, months, years: the smallest unit whose cells all have a column."""
    assert fit(date(2027, 1, 4), last, room).unit == unit


@pytest.mark.parametrize(
    ("day", "column"),
    [
        pytest.param(date(2027, 1, 1), 0, id="the first day of a month"),
        pytest.param(date(2027, 1, 17), 1, id="past its middle"),
        pytest.param(date(2027, 1, 31), 1, id="its last"),
        pytest.param(date(2027, 2, 1), 2, id="the first of the next"),
        pytest.param(date(2027, 2, 28), 3, id="the end"),
        pytest.param(date(2027, 3, 1), 3, id="after the end"),
        pytest.param(date(2026, 12, 31), 0, id="before the beginning"),
    ],
)
def test_columns_within_a_cell(day: date, column: int) -> None:
    """Days are spread evenly over the columns of their cell."""
    scale = Scale("month", (date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)), 2)
    assert scale.column(day) == column
