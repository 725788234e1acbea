"""The days of each season, published or reckoned, and which season a day belongs to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lorplan.dates.eras_seasons import (
    Season,
    season,
    season_after,
    season_fields,
    season_reviewing_from,
    season_running_on,
)
from lorplan.reference import sources

ONE_DAY = timedelta(days=1)
WEDNESDAY, FRIDAY = 2, 4
YEARS = range(1991, 2106)
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


class TestSeason:
    @pytest.mark.parametrize(
        ("year", "days", "source"),
        [
            pytest.param(
                2020,
                "2019-06-06 2019-09-05 2019-09-15",
                sources.AAMC_PROGRAM_TIMELINE,
                id="june_on_a_thursday",
            ),
            pytest.param(
                2021, "2020-06-08 2020-09-01 2020-10-21", sources.AAMC_PROGRAM_TIMELINE, id="late_review"
            ),
            pytest.param(
                2022, "2021-06-09 2021-09-01 2021-09-29", sources.MEDCLERKSHIPS_TIMELINE, id="fifth_wednesday"
            ),
            pytest.param(
                2023,
                "2022-06-08 2022-09-07 2022-09-28",
                sources.AAMC_SCHOOL_TIMELINE,
                id="as_the_rule_has_it",
            ),
            pytest.param(
                2026,
                "2025-06-04 2025-09-03 2025-09-24",
                sources.AAMC_ERAS_TIMELINE,
                id="latest_one_published",
            ),
        ],
    )
    def test_of_a_published_year_is_what_was_published(self, year: int, days: str, source: sources.Source) -> None:
        """Where a page that we trust gives the days, these are the days, whatever the rule would say."""
        found = season(year)
        assert f"{found.opens} {found.submit} {found.review}" == days
        assert (found.estimated, found.source) == (False, source)

    @pytest.mark.parametrize(
        ("year", "days", "source"),
        [
            pytest.param(
                2019, "2018-06-06 2018-09-05 2018-09-26", sources.JUDGEMENT, id="before_the_published_ones"
            ),
            pytest.param(2024, "2023-06-07 2023-09-06 2023-09-27", sources.JUDGEMENT, id="no_page_found"),
            pytest.param(
                2025,
                "2024-06-05 2024-09-04 2024-09-25",
                sources.CLINSTITUTE_TIMELINE,
                id="page_calls_it_tentative",
            ),
            pytest.param(2027, "2026-06-03 2026-09-02 2026-09-23", sources.LELAND_TIMELINE, id="second_hand_page"),
            pytest.param(
                2028,
                "2027-06-02 2027-09-01 2027-09-22",
                sources.JUDGEMENT,
                id="september_begins_on_a_wednesday",
            ),
            pytest.param(
                2029, "2028-06-07 2028-09-06 2028-09-27", sources.JUDGEMENT, id="june_begins_on_a_thursday"
            ),
        ],
    )
    def test_of_any_other_year_is_marked_as_estimated(self, year: int, days: str, source: sources.Source) -> None:
        """Days that no trusted page gives are marked, and say whether a page or we are behind them."""
        found = season(year)
        assert f"{found.opens} {found.submit} {found.review}" == days
        assert (found.estimated, found.source) == (True, source)

    @pytest.mark.parametrize(
        ("year", "rank_list", "match_day"),
        [
            (2021, date(2021, 3, 3), date(2021, 3, 19)),
            (2023, date(2023, 3, 1), date(2023, 3, 17)),
            (2024, date(2024, 2, 28), date(2024, 3, 15)),
            (2026, date(2026, 3, 4), date(2026, 3, 20)),
            (2028, date(2028, 3, 1), date(2028, 3, 17)),
        ],
    )
    def test_ends_with_rank_list_match_day_and_may(self, year: int, rank_list: date, match_day: date) -> None:
        """Spring goes by the rule in every year: third Friday of March, 16 days before it, 31 May."""
        found = season(year)
        assert (found.rank_list, found.match_day) == (rank_list, match_day)
        assert found.ends == date(year, 5, 31)

    @pytest.mark.parametrize("year", YEARS)
    def test_has_its_days_in_order_within_one_year(self, year: int) -> None:
        """A season runs from June to the next May, each step after the one before, and no two overlap."""
        found = season(year)
        days = [found.opens, found.submit, found.review, found.rank_list, found.match_day, found.ends]
        assert days == sorted(set(days))
        assert date(year - 1, 6, 1) <= found.opens < date(year - 1, 7, 1)
        assert found.ends < season(year + 1).opens
        assert found.year == year

    @pytest.mark.parametrize("year", [year for year in YEARS if year not in range(2020, 2028)])
    def test_that_is_reckoned_keeps_to_the_weekdays_of_the_rule(self, year: int) -> None:
        """First Wednesdays of June and September, the fourth of September, the third Friday of March."""
        found = season(year)
        assert (found.opens.month, found.submit.month, found.review.month) == (6, 9, 9)
        assert {found.opens.weekday(), found.submit.weekday(), found.review.weekday()} == {WEDNESDAY}
        assert found.opens.day <= 7
        assert found.submit.day <= 7
        assert 22 <= found.review.day <= 28
        assert (found.rank_list.weekday(), found.match_day.weekday()) == (WEDNESDAY, FRIDAY)
        assert 15 <= found.match_day.day <= 21

    def test_is_given_out_with_iso_dates(self) -> None:
        """Scripts read the days as text, under the names that people use for them."""
        assert season_fields(season(2028), guessed=True) == {
            "year": 2028,
            "opens": "2027-06-02",
            "submit": "2027-09-01",
            "review": "2027-09-22",
            "rank_list": "2028-03-01",
            "match_day": "2028-03-17",
            "ends": "2028-05-31",
            "estimated": True,
            "guessed": True,
            "source": "Our own judgement",
        }

    def test_cannot_be_changed(self) -> None:
        """One season serves every plan, so none may alter it."""
        with pytest.raises(AttributeError):
            season(2028).year = 2029  # type: ignore[misc]  # that is the point


def every_season() -> list[Season]:
    """List more seasons than any day below belongs to, in order."""
    return [season(year) for year in range(1989, 2106)]


class TestSeasonRunningOn:
    @pytest.mark.parametrize(
        ("day", "year"),
        [
            pytest.param(date(2027, 6, 1), None, id="day_before_it_opens"),
            pytest.param(date(2027, 6, 2), 2028, id="day_it_opens"),
            pytest.param(date(2027, 12, 31), 2028, id="last_day_of_the_first_year"),
            pytest.param(date(2028, 1, 1), 2028, id="first_day_of_the_second_year"),
            pytest.param(date(2028, 5, 31), 2028, id="day_it_ends"),
            pytest.param(date(2028, 6, 1), None, id="day_after_it_ends"),
        ],
    )
    def test_runs_from_opens_to_ends(self, day: date, year: int | None) -> None:
        """Both the first and the last day belong to the season; between two seasons none runs."""
        found = season_running_on(day)
        assert (found and found.year) == year

    @settings(deadline=None)
    @given(DAYS)
    def test_is_the_only_one_with_the_day_in_it(self, day: date) -> None:
        """Looking through all seasons finds the same one, or none."""
        running = [found for found in every_season() if found.opens <= day <= found.ends]
        assert running == [found for found in [season_running_on(day)] if found]


class TestSeasonAfter:
    @pytest.mark.parametrize(
        ("day", "year"),
        [
            pytest.param(date(2027, 1, 1), 2028, id="first_day_of_a_year"),
            pytest.param(date(2027, 6, 1), 2028, id="day_before_one_opens"),
            pytest.param(date(2027, 6, 2), 2029, id="day_one_opens"),
            pytest.param(date(2027, 12, 31), 2029, id="last_day_of_a_year"),
        ],
    )
    def test_opens_after_the_day(self, day: date, year: int) -> None:
        """A season that opens on the day itself is no longer the next to open."""
        assert season_after(day).year == year

    @settings(deadline=None)
    @given(DAYS)
    def test_is_the_earliest_that_does(self, day: date) -> None:
        """Looking through all seasons finds the same one."""
        assert season_after(day) == next(found for found in every_season() if found.opens > day)


class TestSeasonReviewingFrom:
    @pytest.mark.parametrize(
        ("day", "year"),
        [
            pytest.param(date(2027, 1, 1), 2028, id="first_day_of_a_year"),
            pytest.param(date(2027, 9, 22), 2028, id="day_the_review_begins"),
            pytest.param(date(2027, 9, 23), 2029, id="day_after"),
            pytest.param(date(2020, 10, 21), 2021, id="late_review_of_2020"),
            pytest.param(date(2020, 10, 22), 2022, id="day_after_the_late_review"),
        ],
    )
    def test_reviews_on_the_day_or_after_it(self, day: date, year: int) -> None:
        """A season whose review begins on the day itself can still be applied to."""
        assert season_reviewing_from(day).year == year

    @settings(deadline=None)
    @given(DAYS)
    def test_is_the_first_that_does(self, day: date) -> None:
        """Looking through all seasons finds the same one."""
        assert season_reviewing_from(day) == next(found for found in every_season() if found.review >= day)
