"""Days as spreadsheets write them: read where only one reading is possible, else refused with both."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from lorplan.planfile.spoken_days import parse_spoken_day

DAY_KEYS: Final = ("start", "end", "last_day", "offered", "meeting", "deadline", "applied", "read")
"""The keys of a rotation or a program whose cells are days."""

_NUMBERS: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})", re.ASCII)
_SHORT_YEAR: Final = re.compile(r"(.*[a-z].*[ -])(\d{2})", re.ASCII | re.IGNORECASE)

Wrong = tuple[int, str, str]
"""The index of a row, its key, and what is wrong."""


def read_days(rows: list[dict[str, str]]) -> tuple[list[dict[str, date]], list[Wrong]]:
    """Read the days of all rows: numbers with slashes as the whole sheet allows, the others one by one."""
    cells = [(index, key, row[key]) for index, row in enumerate(rows) for key in DAY_KEYS if row.get(key)]
    month_first = _find_order([text for _, _, text in cells])
    days: list[dict[str, date]] = [{} for _ in rows]
    wrong: list[Wrong] = []
    for index, key, text in cells:
        try:
            days[index][key] = _read_day(text, month_first)
        except ValueError as error:
            wrong.append((index, key, str(error)))
    return days, wrong


def _find_order(texts: list[str]) -> bool | None:
    """Whether the month comes first in a sheet's days of numbers; None if both ways or neither fit all of them."""
    numbers = [parts for text in texts if (parts := _NUMBERS.fullmatch(text))]
    month_first = all(int(parts[1]) <= 12 for parts in numbers)
    day_first = all(int(parts[2]) <= 12 for parts in numbers)
    return month_first if month_first != day_first else None


def _read_day(text: str, month_first: bool | None) -> date:  # noqa: FBT001 - one of three
    """Read one day. Raises ValueError with the right form, or with both readings."""
    parts = _NUMBERS.fullmatch(text)
    if parts is None:
        short = _SHORT_YEAR.fullmatch(text)
        return parse_spoken_day(f"{short[1]}20{short[2]}" if short else text, date.max)
    first, second, year = int(parts[1]), int(parts[2]), int(parts[3])
    readings = _readings(first, second, year if year > 99 else 2000 + year, month_first)
    if len(readings) == 1:
        return readings[0]
    if not readings:
        message = f'"{text}" is not a date: write YYYY-MM-DD'
        raise ValueError(message)
    message = f'"{text}" can be read as {readings[0]} or {readings[1]}: write it as one of them'
    raise ValueError(message)


def _readings(first: int, second: int, year: int, month_first: bool | None) -> list[date]:  # noqa: FBT001 - as above
    orders = {True: [(first, second)], False: [(second, first)], None: [(first, second), (second, first)]}[month_first]
    found = []
    for month, day in orders:
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return list(dict.fromkeys(found))
