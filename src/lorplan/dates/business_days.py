"""The federal holidays of the United States, those that hospitals keep, and business days.

A business day is a day from Monday to Friday that is neither a federal holiday nor the observed day of one.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dateutil.relativedelta import MO, TH, relativedelta

if TYPE_CHECKING:
    from collections.abc import Iterable

_ONE_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6


class _Holiday(NamedTuple):
    """A legal public holiday: when it falls in a year, and the first year in which it is observed."""

    name: str
    rule: relativedelta
    since: int = 1


_HOLIDAYS = (  # 5 U.S.C. 6103(a), in its order
    _Holiday("New Year's Day", relativedelta(month=1, day=1)),
    _Holiday("Birthday of Martin Luther King, Jr.", relativedelta(month=1, day=1, weekday=MO(+3)), since=1986),
    _Holiday("Washington's Birthday", relativedelta(month=2, day=1, weekday=MO(+3))),
    _Holiday("Memorial Day", relativedelta(month=5, day=31, weekday=MO(-1))),
    _Holiday("Juneteenth National Independence Day", relativedelta(month=6, day=19), since=2021),
    _Holiday("Independence Day", relativedelta(month=7, day=4)),
    _Holiday("Labor Day", relativedelta(month=9, day=1, weekday=MO(+1))),
    _Holiday("Columbus Day", relativedelta(month=10, day=1, weekday=MO(+2))),
    _Holiday("Veterans Day", relativedelta(month=11, day=11)),
    _Holiday("Thanksgiving Day", relativedelta(month=11, day=1, weekday=TH(+4))),
    _Holiday("Christmas Day", relativedelta(month=12, day=25)),
)


_KEPT_BY_HOSPITALS = frozenset(
    {"New Year's Day", "Memorial Day", "Independence Day", "Labor Day", "Thanksgiving Day", "Christmas Day"}
)
"""Teaching hospitals keep these six; other federal holidays rarely (`sources.UMKC_HOLIDAYS`)."""


def _observed_on(holiday: date) -> date:
    """Find the weekday on which a holiday is observed: Friday for Saturday, Monday for Sunday."""
    if holiday.weekday() == _SATURDAY:
        return holiday - _ONE_DAY
    if holiday.weekday() == _SUNDAY:
        return holiday + _ONE_DAY
    return holiday


@cache
def federal_holidays(year: int) -> frozenset[date]:
    """List the days of a calendar year that are a federal holiday or the observed day of one.

    December 31 is one of them when the next January 1 is a Saturday. Source: 5 U.S.C. 6103(a) and (b).
    """
    return _with_observed(year, (holiday for holiday in _HOLIDAYS if holiday.since <= year))


@cache
def hospital_holidays(year: int) -> frozenset[date]:
    """List the days of a calendar year that are a holiday in hospitals or the observed day of one.

    Sources: `sources.PENN_HOLIDAYS`, `sources.UMKC_HOLIDAYS`.
    """
    return _with_observed(year, (holiday for holiday in _HOLIDAYS if holiday.name in _KEPT_BY_HOSPITALS))


def _with_observed(year: int, holidays: Iterable[_Holiday]) -> frozenset[date]:
    """List the days of a year on which holidays fall or are observed, the next New Year's Day included."""
    actual = {date(year, 1, 1) + holiday.rule for holiday in holidays}
    observed = {_observed_on(day) for day in actual | {date(year + 1, 1, 1)}}
    return frozenset(day for day in actual | observed if day.year == year)


@cache
def _business_days(year: int) -> tuple[date, ...]:
    """List the business days of a calendar year, in order."""
    first, past = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
    return tuple(day for day in map(date.fromordinal, range(first, past)) if is_business_day(day))


def is_business_day(day: date) -> bool:
    """Whether a day is from Monday to Friday and not a federal holiday, observed days included."""
    return day.weekday() < _SATURDAY and day not in federal_holidays(day.year)


def business_day(day: date) -> date:
    """Move a day to the next business day, unless it is one."""
    return day if is_business_day(day) else add_business_days(day, 1)


def add_business_days(day: date, n: int) -> date:
    """Find the `n`-th business day strictly after a day; for `n` = 0 the day itself, whatever it is.

    Raises ValueError for a negative `n`.
    """
    _refuse_negative(n)
    if n == 0:
        return day
    year, days = day.year, _business_days(day.year)
    index = bisect_right(days, day) + n - 1
    while index >= len(days):  # a year at a time: n can be longer than one
        index -= len(days)
        year += 1
        days = _business_days(year)
    return days[index]


def subtract_business_days(day: date, n: int) -> date:
    """Go back `n` business days from the last business day on or before a day.

    Raises ValueError for a negative `n`.
    """
    _refuse_negative(n)
    year, days = day.year, _business_days(day.year)
    index = bisect_right(days, day) - 1 - n
    while index < 0:
        year -= 1
        days = _business_days(year)
        index += len(days)
    return days[index]


def _refuse_negative(n: int) -> None:
    if n < 0:
        message = f"a number of business days cannot be negative: {n}"
        raise ValueError(message)
