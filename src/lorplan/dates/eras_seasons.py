"""The days of an ERAS season: published ones where there are any, else estimated from recent years."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from dateutil.relativedelta import FR, WE, relativedelta

from lorplan.reference import policy_numbers as numbers
from lorplan.reference import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_SEASON: Final = 1991
LAST_SEASON: Final = 2100
"""The seasons whose days lie within those that a plan file may name."""

_FIRST_WEDNESDAY: Final = relativedelta(day=1, weekday=WE(+1))
_FOURTH_WEDNESDAY: Final = relativedelta(day=1, weekday=WE(+4))
_THIRD_FRIDAY: Final = relativedelta(day=1, weekday=FR(+3))

RANK_LIST_BEFORE_MATCH_DAY: Final = timedelta(days=16)
"""From the last day for rank lists, a Wednesday, to Match Day: so it was in 2021, 2023, 2024 and 2025."""

_JUNE: Final = 6


class SeasonDay(NamedTuple):
    """A named day of a season: the name in data, the label in drawings, and what happens on it."""

    name: str
    label: str
    meaning: str


SEASON_DAYS: Final = (
    SeasonDay("opens", "opens", "the season opens"),
    SeasonDay("token", "token", "ECFMG has released the tokens: you can enter your letter writers"),
    SeasonDay("submit", "submit", "applications can be submitted"),
    SeasonDay("review", "review", "programs begin reviewing: the deadline, unless the plan file sets another"),
    SeasonDay("rank_list", "rank list", "last day for rank lists"),
    SeasonDay("match_day", "Match Day", "Match Day"),
    SeasonDay("ends", "ends", "the season is over"),
)
"""The days of a season, in the order of the year."""


class Season(NamedTuple):
    """The season that ends with the Match of `year`; it opens in the June before.

    SEASON_DAYS says what each day is. `estimated`: `opens`, `submit` and `review` are not published on a page
    that we trust; `source` says where they come from.
    """

    year: int
    opens: date
    token: date
    submit: date
    review: date
    rank_list: date
    match_day: date
    ends: date
    estimated: bool
    source: sources.Source

    def days(self) -> Iterator[tuple[SeasonDay, date]]:
        """Yield each day of the season with its date."""
        for day in SEASON_DAYS:
            yield day, getattr(self, day.name)

    @property
    def certainty(self) -> str:
        """Whether the days are published or estimated, in a word."""
        return "estimated" if self.estimated else "published"


TOKEN_SOURCE: Final = sources.ECFMG_TOKEN
"""Source of the token days, and of how long after the opening they come."""

MATCH_DAY_SOURCES: Final = (sources.WIKIPEDIA_MATCH_DAY, sources.NRMP_MATCH_DAY)
"""Sources of the rule for Match Day. The last day for rank lists is worked out from it (judgement)."""


def may_be_a_week_later(season: Season) -> bool:
    """Whether an estimated review day could be the fifth Wednesday of its month, as it was in 2021."""
    return season.estimated and (season.review + timedelta(7)).month == season.review.month


class _Autumn(NamedTuple):
    """The days of a season that pages publish, and the page; estimated where we do not trust it."""

    opens: date
    submit: date
    review: date
    source: sources.Source
    estimated: bool = False


_PUBLISHED: Final = {
    2020: _Autumn(date(2019, 6, 6), date(2019, 9, 5), date(2019, 9, 15), sources.AAMC_PROGRAM_TIMELINE),
    2021: _Autumn(date(2020, 6, 8), date(2020, 9, 1), date(2020, 10, 21), sources.AAMC_PROGRAM_TIMELINE),
    2022: _Autumn(date(2021, 6, 9), date(2021, 9, 1), date(2021, 9, 29), sources.MEDCLERKSHIPS_TIMELINE),
    2023: _Autumn(date(2022, 6, 8), date(2022, 9, 7), date(2022, 9, 28), sources.AAMC_SCHOOL_TIMELINE),
    2024: _Autumn(date(2023, 6, 7), date(2023, 9, 6), date(2023, 9, 27), sources.INSPIRA_TIMELINE),
    2025: _Autumn(date(2024, 6, 5), date(2024, 9, 4), date(2024, 9, 25), sources.TTUHSC_FAQ),
    2026: _Autumn(date(2025, 6, 4), date(2025, 9, 3), date(2025, 9, 24), sources.AAMC_ERAS_TIMELINE),
    2027: _Autumn(date(2026, 6, 3), date(2026, 9, 2), date(2026, 9, 23), sources.LELAND_TIMELINE, estimated=True),
}


_TOKEN_RELEASED: Final = {
    2019: date(2018, 6, 21),
    2021: date(2020, 6, 23),
    2022: date(2021, 6, 24),
    2024: date(2023, 6, 28),
}
"""Days on which ECFMG released the tokens of a season (`sources.ECFMG_TOKEN`, `sources.IMGPREP_TOKEN`)."""

_RANK_LIST_CLOSED: Final = {2020: date(2020, 2, 26)}
"""Last days for rank lists that do not follow the rule: this one from a blog of the time, of which no page is left."""


def _estimate(year: int) -> _Autumn:
    """Apply to another year what the seasons of 2023 to 2026 have in common."""
    june, september = date(year - 1, 6, 1), date(year - 1, 9, 1)
    return _Autumn(
        opens=june + _FIRST_WEDNESDAY,
        submit=september + _FIRST_WEDNESDAY,
        review=september + _FOURTH_WEDNESDAY,
        source=sources.JUDGEMENT,
        estimated=True,
    )


@cache
def season(year: int) -> Season:
    """Return the season of the Match in `year`."""
    autumn = _PUBLISHED.get(year) or _estimate(year)
    match_day = date(year, 3, 1) + _THIRD_FRIDAY
    token_after = timedelta(numbers.TOKEN_AFTER.value)
    return Season(
        year=year,
        opens=autumn.opens,
        token=_TOKEN_RELEASED.get(year, autumn.opens + token_after),
        submit=autumn.submit,
        review=autumn.review,
        rank_list=_RANK_LIST_CLOSED.get(year, match_day - RANK_LIST_BEFORE_MATCH_DAY),
        match_day=match_day,
        ends=date(year, 5, 31),
        estimated=autumn.estimated,
        source=autumn.source,
    )


def running_season(day: date) -> Season | None:
    """Find the season with `opens` <= day <= `ends`; None in the days of June between two seasons."""
    candidate = season(day.year + 1 if day.month >= _JUNE else day.year)  # every season opens in June
    return candidate if candidate.opens <= day <= candidate.ends else None


def next_season(day: date) -> Season:
    """Find the next season to open: the earliest whose `opens` is after the day."""
    candidate = season(day.year + 1)
    return candidate if candidate.opens > day else season(day.year + 2)


def season_reviewing_from(day: date) -> Season:
    """Find the first season in which programs begin to review on the day or after it."""
    candidate = season(day.year + 1)
    return candidate if candidate.review >= day else season(day.year + 2)
