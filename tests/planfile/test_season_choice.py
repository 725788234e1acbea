"""Which season a plan file is about."""

from __future__ import annotations

from datetime import date

import pytest

from builders import plan_file, rotation
from lorplan.planfile.season_choice import choose_season

SUMMER = date(2027, 1, 4)
"""A day on which the season of 2028 has not opened yet."""


def chosen(*last_days: str, as_of: date = SUMMER, season: int | None = None, deadline: str | None = None) -> object:
    """Choose the season of one-day rotations outside the US on these days."""
    rows = [rotation(f"A{place}", start=day, end=day, us=False) for place, day in enumerate(last_days)]
    found = choose_season(plan_file(*rows, season=season, deadline=deadline), as_of)
    return found.season.year, found.guessed


def test_named_season_is_the_season_whatever_else_is_in_the_file() -> None:
    """A season that the user names is no guess, even if it is over."""
    assert chosen("2027-03-26", season=2020, deadline="2027-09-22") == (2020, False)


@pytest.mark.parametrize(
    ("deadline", "year"),
    [
        pytest.param("2026-06-03", 2027, id="on_the_day_a_season_opens"),
        pytest.param("2027-05-31", 2027, id="on_the_day_it_ends"),
        pytest.param("2027-06-01", 2028, id="between_two_seasons"),
        pytest.param("2020-09-15", 2021, id="in_a_season_that_is_over"),
    ],
)
def test_deadline_names_the_season_that_runs_on_it_else_the_next(deadline: str, year: int) -> None:
    """The user knows the deadline, even of a season that is over."""
    assert chosen("2027-03-26", deadline=deadline) == (year, True)


@pytest.mark.parametrize(
    ("last_days", "year"),
    [
        pytest.param(["2027-09-22"], 2028, id="on_the_review_day"),
        pytest.param(["2027-09-23"], 2029, id="after_the_review_day"),
        pytest.param(["2027-09-22", "2027-09-23"], 2028, id="lower_of_two"),
        pytest.param(["2027-09-23", "2027-09-24", "2027-03-26"], 2029, id="median_of_three"),
        pytest.param(["2024-03-26"], 2027, id="never_one_that_is_over"),
        pytest.param([], 2028, id="as_of_the_day_without_rotations"),
    ],
)
def test_season_is_guessed_from_the_lower_median_of_the_last_days(last_days: list[str], year: int) -> None:
    """The first season whose review day is on or after it."""
    assert chosen(*last_days) == (year, True)


def test_last_day_is_the_last_day_on_site() -> None:
    """A rotation whose last days are away ends earlier."""
    away = rotation(start="2027-09-20", end="2027-09-24", away=["2027-09-23", "2027-09-24"])
    assert choose_season(plan_file(away, season=None), SUMMER).season.year == 2028
