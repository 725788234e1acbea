"""How a stretch of days is laid out on columns of text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTH_STEPS: Final = (1, 3, 12, 60, 240, 1200)
"""Months in a cell, for longer and longer stretches; the last is a century."""

_WIDEST: Final = {"day": 3, "week": 7}
"""Columns of a cell at most: beyond that a drawing gets longer, not clearer. Months take what there is."""


@dataclass(frozen=True)
class Scale:
    """Cells of one unit, each some columns wide, from the cell of the first day to that of the last."""

    unit: str
    starts: tuple[date, ...]
    per_cell: int

    @property
    def columns(self) -> int:
        """All columns of the drawing."""
        return (len(self.starts) - 1) * self.per_cell

    @cached_property
    def first(self) -> date:
        """The first day of the drawing."""
        return self.starts[0]

    def column(self, day: date) -> int:
        """The column, from 0, in which a day lies; days outside lie in the nearest."""
        if day < self.first:
            return 0
        cell = min(bisect_right(self.starts, day), len(self.starts) - 1) - 1
        begin, end = self.starts[cell], self.starts[cell + 1]
        within = min((day - begin).days, (end - begin).days - 1)
        return cell * self.per_cell + within * self.per_cell // (end - begin).days

    def span(self, first: date, last: date) -> range:
        """The columns from one day to another, both included."""
        following = last + timedelta(1)
        end = self.column(following) if following < self.starts[-1] else self.columns
        return range(self.column(first), max(self.column(last) + 1, end))


def fit(first: date, last: date, room: int) -> Scale:
    """The scale of the smallest unit that shows every day from `first` to `last` on at most `room` columns.

    With less room the unit grows from days to weeks, months and more; the days shown stay the same.
    """
    return next(filter(lambda scale: scale.columns <= room, _scales(first, last, room)))


def _scales(first: date, last: date, room: int) -> Iterator[Scale]:
    """A scale for each unit, the smallest unit first, as wide as the room allows."""
    days = (last - first).days + 1
    if days <= room:
        yield _scale("day", _steps(first, last, 1), room)
    if days <= 7 * room:
        yield _scale("week", _steps(first - timedelta(first.weekday()), last, 7), room)
    yield from (_scale(_month_unit(step), _months(first, last, step), room) for step in _MONTH_STEPS)


def _scale(unit: str, starts: tuple[date, ...], room: int) -> Scale:
    return Scale(unit, starts, max(1, min(room // (len(starts) - 1), _WIDEST.get(unit, room))))


def _month_unit(step: int) -> str:
    return {1: "month", 3: "quarter", 12: "year"}.get(step, f"{step // 12} years")


def _steps(first: date, last: date, days: int) -> tuple[date, ...]:
    """Starts of cells of so many days, and the start after the last one."""
    cells = -(-((last - first).days + 1) // days)
    return tuple(first + timedelta(days * cell) for cell in range(cells + 1))


def month_starts(first: date, last: date) -> list[date]:
    """The first days of the months from that of one day to that of another."""
    return list(_months(first, last, 1)[:-1])


def _months(first: date, last: date, step: int) -> tuple[date, ...]:
    """Starts of cells of so many months, and the start after the last one."""
    begin = (first.year * 12 + first.month - 1) // step * step
    end = last.year * 12 + last.month - 1
    cells = (end - begin) // step + 1
    return tuple(_month(begin + step * cell) for cell in range(cells + 1))


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
