"""The days of an ERAS season: published ones where there are any, else reckoned from recent years."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from dateutil.relativedelta import FR, WE, relativedelta

from lorplan.reference import sources

_FIRST_WEDNESDAY = relativedelta(day=1, weekday=WE(+1))
_FOURTH_WEDNESDAY = relativedelta(day=1, weekday=WE(+4))
_THIRD_FRIDAY = relativedelta(day=1, weekday=FR(+3))

RANK_LIST_BEFORE_MATCH_DAY = timedelta(days=16)
"""From the last day for rank lists, a Wednesday, to Match Day: so it was in 2021, 2023 and 2024."""

_JUNE = 6


class Season(NamedTuple):
    """The days of the season that ends with the Match of `year`, from the June before it.

    `opens`: portals take letters; `submit`: applications can be sent; `review`: programs begin to read them;
    `rank_list`: last day for rank lists; `match_day`; `ends`: the last day of all. `estimated`: `opens`,
    `submit` and `review` are not on a page that we trust, and `source` says where they come from.
    """

    year: int
    opens: date
    submit: date
    review: date
    rank_list: date
    match_day: date
    ends: date
    estimated: bool
    source: sources.Source


DAYS = ("opens", "submit", "review", "rank_list", "match_day", "ends")
"""The names of a season's days, in the order of the year."""

MATCH_DAY_SOURCES = (sources.WIKIPEDIA_MATCH_DAY, sources.NRMP_MATCH_DAY)
"""Match Day's rule; the last day for rank lists is worked out from it (judgement)."""


def may_be_a_week_later(season: Season) -> bool:
    """Whether an estimated review day could be the fifth Wednesday of its month, as it was in 2021."""
    return season.estimated and (season.review + timedelta(7)).month == season.review.month


def season_fields(season: Season, *, guessed: bool) -> dict[str, Any]:
    """A season as the JSON documents print it; `guessed` says that no file names it."""
    days = {name: getattr(season, name).isoformat() for name in DAYS}
    return {
        "year": season.year,
        **days,
        "estimated": season.estimated,
        "guessed": guessed,
        "source": season.source.named,
    }


class _Autumn(NamedTuple):
    """The days of a season that differ from page to page, and the page."""

    opens: date
    submit: date
    review: date
    source: sources.Source


_PUBLISHED = {
    2020: _Autumn(date(2019, 6, 6), date(2019, 9, 5), date(2019, 9, 15), sources.AAMC_PROGRAM_TIMELINE),
    2021: _Autumn(date(2020, 6, 8), date(2020, 9, 1), date(2020, 10, 21), sources.AAMC_PROGRAM_TIMELINE),
    2022: _Autumn(date(2021, 6, 9), date(2021, 9, 1), date(2021, 9, 29), sources.MEDCLERKSHIPS_TIMELINE),
    2023: _Autumn(date(2022, 6, 8), date(2022, 9, 7), date(2022, 9, 28), sources.AAMC_SCHOOL_TIMELINE),
    2024: _Autumn(date(2023, 6, 7), date(2023, 9, 6), date(2023, 9, 27), sources.JUDGEMENT),
    2025: _Autumn(date(2024, 6, 5), date(2024, 9, 4), date(2024, 9, 25), sources.CLINSTITUTE_TIMELINE),
    2026: _Autumn(date(2025, 6, 4), date(2025, 9, 3), date(2025, 9, 24), sources.AAMC_ERAS_TIMELINE),
    2027: _Autumn(date(2026, 6, 3), date(2026, 9, 2), date(2026, 9, 23), sources.LELAND_TIMELINE),
}


def _reckoned(year: int) -> _Autumn:
    """Carry over to another year what the seasons of 2023 to 2026 have in common."""
    june, september = date(year - 1, 6, 1), date(year - 1, 9, 1)
    return _Autumn(
        opens=june + _FIRST_WEDNESDAY,
        submit=september + _FIRST_WEDNESDAY,
        review=september + _FOURTH_WEDNESDAY,
        source=sources.JUDGEMENT,
    )


@cache
def season(year: int) -> Season:
    """Give the season that is named by the year of its Match, here `year`."""
    autumn = _PUBLISHED.get(year) or _reckoned(year)
    match_day = date(year, 3, 1) + _THIRD_FRIDAY
    return Season(
        year=year,
        opens=autumn.opens,
        submit=autumn.submit,
        review=autumn.review,
        rank_list=match_day - RANK_LIST_BEFORE_MATCH_DAY,
        match_day=match_day,
        ends=date(year, 5, 31),
        estimated=autumn.source.confidence == "low",
        source=autumn.source,
    )


def season_running_on(day: date) -> Season | None:
    """Give the season with `opens` <= day <= `ends`; None in the days of June between two seasons."""
    candidate = season(day.year + 1 if day.month >= _JUNE else day.year)  # every season opens in June
    return candidate if candidate.opens <= day <= candidate.ends else None


def season_after(day: date) -> Season:
    """Give the next season to open: the earliest whose `opens` is after the day."""
    candidate = season(day.year + 1)
    return candidate if candidate.opens > day else season(day.year + 2)


def season_reviewing_from(day: date) -> Season:
    """Give the first season in which programs begin to review on the day or after it."""
    candidate = season(day.year + 1)
    return candidate if candidate.review >= day else season(day.year + 2)
