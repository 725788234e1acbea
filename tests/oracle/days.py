"""The calendar of the second implementation: business days, seasons and on-site days, counted one by one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import holidays

if TYPE_CHECKING:
    from runner import Json

Row = Mapping[str, Any]
"""A rotation, or another section of a plan file."""

ONE_DAY = timedelta(days=1)
FEDERAL_HOLIDAYS = frozenset(holidays.country_holidays("US", years=range(1971, 2101), observed=True))
"""The holidays of 5 U.S.C. 6103 with their observed days. All years are requested at once: on its own, a year lacks
the 31 December on which the next New Year's Day is observed."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEDNESDAY, FRIDAY = 2, 4

HOSPITAL_HOLIDAYS = frozenset(
    day
    for day, name in holidays.country_holidays("US", years=range(1971, 2101), observed=True).items()
    if any(
        kept in name
        for kept in ("New Year", "Memorial Day", "Independence Day", "Labor Day", "Thanksgiving", "Christmas")
    )
    and "Juneteenth" not in name
)
"""Those of them that hospitals keep: six, with their observed days."""

PUBLISHED_SEASONS = {
    2020: (date(2019, 6, 6), date(2019, 9, 15)),
    2021: (date(2020, 6, 8), date(2020, 10, 21)),
    2022: (date(2021, 6, 9), date(2021, 9, 29)),
    2023: (date(2022, 6, 8), date(2022, 9, 28)),
    2024: (date(2023, 6, 7), date(2023, 9, 27)),
    2025: (date(2024, 6, 5), date(2024, 9, 25)),
    2026: (date(2025, 6, 4), date(2025, 9, 24)),
}
"""Seasons whose days a trustworthy page published: when they open, and when programs begin to review."""

PUBLISHED_TOKENS = {
    2019: date(2018, 6, 21),
    2021: date(2020, 6, 23),
    2022: date(2021, 6, 24),
    2024: date(2023, 6, 28),
}
"""Days on which ECFMG released the tokens of a season."""

ALL_SEASONS = range(1990, 2105)


# --- business days ------------------------------------------------------------------------------------------


def is_business_day(day: date) -> bool:
    """Monday to Friday, unless it is a federal holiday or the day on which one is observed."""
    return day.weekday() < 5 and day not in FEDERAL_HOLIDAYS


def nearest_business_day(day: date, step: timedelta = ONE_DAY) -> date:
    """Keep a business day; move any other day to the next one, or with a negative step to the last one."""
    while not is_business_day(day):
        day += step
    return day


def add_business_days(day: date, count: int) -> date:
    """Go to the count-th business day strictly after the day; with none to add, stay on the day itself."""
    for _ in range(count):
        day = nearest_business_day(day + ONE_DAY)
    return day


def subtract_business_days(day: date, count: int) -> date:
    """Start from the last business day on or before the day, and go back that many business days."""
    day = nearest_business_day(day, -ONE_DAY)
    for _ in range(count):
        day = nearest_business_day(day - ONE_DAY, -ONE_DAY)
    return day


# --- seasons ------------------------------------------------------------------------------------------------


class Season(NamedTuple):
    """The days of one ERAS season that decisions depend on."""

    year: int
    opens: date
    token: date
    review: date
    rank_list: date
    ends: date


def nth_weekday(year: int, month: int, nth: int, weekday: int = WEDNESDAY) -> date:
    """Walk through a month to the n-th of a weekday."""
    day = date(year, month, 1)
    while day.weekday() != weekday or (day.day + 6) // 7 != nth:
        day += ONE_DAY
    return day


@cache
def season_of(year: int) -> Season:
    """Take the published days, else the first Wednesday of June and the fourth of September, and so on."""
    by_rule = nth_weekday(year - 1, 6, 1), nth_weekday(year - 1, 9, 4)
    opens, review = PUBLISHED_SEASONS.get(year, by_rule)
    token = PUBLISHED_TOKENS.get(year, opens + timedelta(days=21))
    rank_list = date(2020, 2, 26) if year == 2020 else nth_weekday(year, 3, 3, FRIDAY) - timedelta(days=16)
    return Season(year, opens, token, review, rank_list, date(year, 5, 31))


def season_of_deadline(deadline: date) -> Season:
    """Find the season that is running on the user's deadline, else the next one to open."""
    seasons = [season_of(year) for year in ALL_SEASONS]
    running = [season for season in seasons if season.opens <= deadline <= season.ends]
    return [*running, *(season for season in seasons if season.opens > deadline)][0]


def guess_season(last_days: list[date], as_of: date) -> Season:
    """Find the first season reviewed on or after the lower median of the last days, and not over yet."""
    middle = sorted(last_days)[(len(last_days) - 1) // 2] if last_days else as_of
    seasons = (season_of(year) for year in ALL_SEASONS)
    return next(season for season in seasons if season.review >= middle and season.ends >= as_of)


# --- on-site days -------------------------------------------------------------------------------------------


def present(section: Row | None) -> Json:
    """Drop the keys without a value: they count as left out."""
    return {key: value for key, value in (section or {}).items() if value is not None}


def days_in(listed: list[date | dict[str, date]] | None) -> set[date]:
    """List the days of a list of single days and of ranges, both ends included."""
    days: set[date] = set()
    for item in listed or []:
        first, last = (item["from"], item["to"]) if isinstance(item, dict) else (item, item)
        while first <= last:
            days.add(first)
            first += ONE_DAY
    return days


def last_day_of(row: Row) -> date:
    """Take the attending's last day, else the end, else the last on-site weekday in that many weeks."""
    written: date | None = row.get("last_day", row.get("end"))
    if written is not None:
        return written
    day: date = row["start"] + row["weeks"] * timedelta(days=7) - ONE_DAY
    while WEEKDAYS[day.weekday()] not in [name[:3].lower() for name in row.get("days", WEEKDAYS[:5])]:
        day -= ONE_DAY
    return day


def onsite_days(row: Row, days_off: set[date]) -> tuple[date, ...]:
    """Walk through the rotation: its weekdays, without days off and, in the US, hospital holidays not worked."""
    off = days_off | days_in(row.get("away"))
    if row.get("us", True):
        off |= HOSPITAL_HOLIDAYS - days_in(row.get("worked"))
    length = (last_day_of(row) - row["start"]).days + 1
    walked = [row["start"] + number * ONE_DAY for number in range(length)]
    weekdays = [name[:3].lower() for name in row.get("days", WEEKDAYS[:5])]
    return tuple(day for day in walked if WEEKDAYS[day.weekday()] in weekdays and day not in off)
