"""How a period of days is laid out on columns of text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTH_STEPS: Final = (1, 3, 12, 60, 240, 1200)
"""Months in a cell, for longer and longer periods; the last is a century."""

_WIDEST_DAY, _WIDEST_CELL = 3, 12
"""Maximum columns of a day, and of any other cell: beyond that a drawing gets longer, not clearer."""


@dataclass(frozen=True)
class TimeAxis:
    """Cells of one unit, each `per_cell` columns wide, from the cell of the first day to that of the last."""

    unit: str
    starts: tuple[date, ...]
    per_cell: int

    @property
    def columns(self) -> int:
        """The number of columns."""
        return (len(self.starts) - 1) * self.per_cell

    @cached_property
    def first(self) -> date:
        """The first day."""
        return self.starts[0]

    def column(self, day: date) -> int:
        """Find the column, from 0, of a day; days outside the axis are in the nearest one."""
        if day < self.first:
            return 0
        cell = min(bisect_right(self.starts, day), len(self.starts) - 1) - 1
        begin, end = self.starts[cell], self.starts[cell + 1]
        within = min((day - begin).days, (end - begin).days - 1)
        return cell * self.per_cell + within * self.per_cell // (end - begin).days

    def span(self, first: date, last: date) -> range:
        """Find the columns from one day to another, both included."""
        following = last + timedelta(1)
        end = self.column(following) if following < self.starts[-1] else self.columns
        return range(self.column(first), max(self.column(last) + 1, end))


def fit_axis(first: date, last: date, room: int) -> TimeAxis:
    """Find the axis of the smallest unit that shows every day from `first` to `last` on at most `room` columns.

    With less room the unit grows from days to weeks, months and more; the days shown stay the same.
    """
    return next(axis for axis in _axes(first, last, room) if axis.columns <= room)


def _axes(first: date, last: date, room: int) -> Iterator[TimeAxis]:
    """Yield an axis for each unit, the smallest unit first, as wide as the room allows."""
    days = (last - first).days + 1
    if days <= room:
        yield _axis("day", tuple(first + timedelta(day) for day in range(days + 1)), room)
    yield from (_axis(_month_unit(step), _months(first, last, step), room) for step in _MONTH_STEPS)


def _axis(unit: str, starts: tuple[date, ...], room: int) -> TimeAxis:
    widest = _WIDEST_DAY if unit == "day" else _WIDEST_CELL
    return TimeAxis(unit, starts, max(1, min(room // (len(starts) - 1), widest)))


def _month_unit(step: int) -> str:
    return {1: "month", 3: "quarter", 12: "year"}.get(step, f"{step // 12} years")


def month_starts(first: date, last: date) -> list[date]:
    """List the first days of the months from that of one day to that of another."""
    return list(_months(first, last, 1)[:-1])


def _months(first: date, last: date, step: int) -> tuple[date, ...]:
    """List the starts of cells of so many months, and the start after the last one."""
    begin = (first.year * 12 + first.month - 1) // step * step
    end = last.year * 12 + last.month - 1
    cells = (end - begin) // step + 1
    return tuple(_month(begin + step * cell) for cell in range(cells + 1))


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
