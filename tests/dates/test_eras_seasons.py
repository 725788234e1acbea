"""The days of each season, published or estimated, and which season a day belongs to."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorplan.dates.eras_seasons import (
    FIRST_SEASON,
    LAST_SEASON,
    SEASON_DAYS,
    Season,
    may_be_a_week_later,
    next_season,
    running_season,
    season,
    season_reviewing_from,
)
from lorplan.plan.document import season_document
from lorplan.planfile.field_types import FIRST_DAY, LAST_DAY
from lorplan.reference import sources

WEDNESDAY, FRIDAY = 2, 4
YEARS = range(1991, 2106)
EVERY_SEASON = [season(year) for year in range(1989, 2106)]
"""More seasons than any day below belongs to, in order."""

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def write_autumn(found: Season) -> str:
    """Write the days that pages publish on one line."""
    return f"{found.opens} {found.submit} {found.review}"


class TestSeason:
    @pytest.mark.parametrize(
        ("year", "days", "source"),
        [
            pytest.param(
                2020, "2019-06-06 2019-09-05 2019-09-15", sources.AAMC_PROGRAM_TIMELINE, id="june_on_a_thursday"
            ),
            pytest.param(2021, "2020-06-08 2020-09-01 2020-10-21", sources.AAMC_PROGRAM_TIMELINE, id="late_review"),
            pytest.param(
                2022, "2021-06-09 2021-09-01 2021-09-29", sources.MEDCLERKSHIPS_TIMELINE, id="fifth_wednesday"
            ),
            pytest.param(2023, "2022-06-08 2022-09-07 2022-09-28", sources.AAMC_SCHOOL_TIMELINE, id="as_the_rule_says"),
            pytest.param(2024, "2023-06-07 2023-09-06 2023-09-27", sources.INSPIRA_TIMELINE, id="page_cites_the_aamc"),
            pytest.param(2025, "2024-06-05 2024-09-04 2024-09-25", sources.TTUHSC_FAQ, id="page_of_a_program"),
            pytest.param(2026, "2025-06-04 2025-09-03 2025-09-24", sources.AAMC_ERAS_TIMELINE, id="latest_one"),
        ],
    )
    def test_published_season_has_the_published_days(self, year: int, days: str, source: sources.Source) -> None:
        """Days from a page that we trust are used, whatever the rule says."""
        found = season(year)
        assert (write_autumn(found), found.source) == (days, source)
        assert (found.estimated, found.certainty) == (False, "published")

    @pytest.mark.parametrize(
        ("year", "days", "source"),
        [
            pytest.param(2019, "2018-06-06 2018-09-05 2018-09-26", sources.JUDGEMENT, id="before_the_published_ones"),
            pytest.param(2027, "2026-06-03 2026-09-02 2026-09-23", sources.LELAND_TIMELINE, id="second_hand_page"),
            pytest.param(
                2028, "2027-06-02 2027-09-01 2027-09-22", sources.JUDGEMENT, id="september_begins_on_a_wednesday"
            ),
            pytest.param(2029, "2028-06-07 2028-09-06 2028-09-27", sources.JUDGEMENT, id="june_begins_on_a_thursday"),
        ],
    )
    def test_any_other_season_is_marked_as_estimated(self, year: int, days: str, source: sources.Source) -> None:
        """Days that no trusted page gives are marked, with the page or the judgement that they come from."""
        found = season(year)
        assert (write_autumn(found), found.source) == (days, source)
        assert (found.estimated, found.certainty) == (True, "estimated")

    @pytest.mark.parametrize(
        ("year", "token"),
        [
            pytest.param(2019, date(2018, 6, 21), id="published_for_an_estimated_season"),
            pytest.param(2021, date(2020, 6, 23), id="published_15_days_after_the_opening"),
            pytest.param(2022, date(2021, 6, 24), id="published_another_15_days_after"),
            pytest.param(2024, date(2023, 6, 28), id="published_21_days_after_the_opening"),
            pytest.param(2026, date(2025, 6, 25), id="21_days_after_a_published_opening"),
            pytest.param(2028, date(2027, 6, 23), id="21_days_after_an_estimated_opening"),
        ],
    )
    def test_token_is_released_on_the_published_day_else_three_weeks_after_the_opening(
        self, year: int, token: date
    ) -> None:
        """Without the token an international graduate cannot enter anything."""
        assert season(year).token == token

    @pytest.mark.parametrize(
        ("year", "rank_list", "match_day"),
        [
            pytest.param(2020, date(2020, 2, 26), date(2020, 3, 20), id="published_against_the_rule"),
            (2021, date(2021, 3, 3), date(2021, 3, 19)),
            (2023, date(2023, 3, 1), date(2023, 3, 17)),
            (2024, date(2024, 2, 28), date(2024, 3, 15)),
            (2026, date(2026, 3, 4), date(2026, 3, 20)),
            (2028, date(2028, 3, 1), date(2028, 3, 17)),
        ],
    )
    def test_spring_of_every_season_follows_the_rule(self, year: int, rank_list: date, match_day: date) -> None:
        """Match Day is the third Friday of March, rank lists close 16 days earlier, the season ends on 31 May."""
        found = season(year)
        assert (found.rank_list, found.match_day, found.ends) == (rank_list, match_day, date(year, 5, 31))

    def test_days_of_every_season_are_in_order_and_no_two_seasons_overlap(self) -> None:
        """A season runs from June to the next May, and each of its days is after the one before."""
        for year in YEARS:
            found = season(year)
            days = [day for _, day in found.days()]
            assert days == sorted(set(days)), year
            assert (found.opens.year, found.opens.month) == (year - 1, 6)
            assert found.ends < season(year + 1).opens
            assert found.year == year

    def test_days_of_a_season_are_named_in_the_order_of_the_year(self) -> None:
        """Each day comes with its name in data; the table has all seven."""
        found = season(2028)
        assert [day.name for day, _ in found.days()] == [day.name for day in SEASON_DAYS]
        assert [(day.name, when) for day, when in found.days()] == [
            ("opens", date(2027, 6, 2)),
            ("token", date(2027, 6, 23)),
            ("submit", date(2027, 9, 1)),
            ("review", date(2027, 9, 22)),
            ("rank_list", date(2028, 3, 1)),
            ("match_day", date(2028, 3, 17)),
            ("ends", date(2028, 5, 31)),
        ]

    def test_estimated_days_keep_to_the_weekdays_of_the_rule(self) -> None:
        """First Wednesdays of June and September, the fourth of September, the third Friday of March."""
        for year in (year for year in YEARS if year not in range(2020, 2028)):
            found = season(year)
            assert (found.opens.month, found.submit.month, found.review.month) == (6, 9, 9)
            assert {found.opens.weekday(), found.submit.weekday(), found.review.weekday()} == {WEDNESDAY}, year
            assert max(found.opens.day, found.submit.day) <= 7
            assert 22 <= found.review.day <= 28
            assert (found.rank_list.weekday(), found.match_day.weekday()) == (WEDNESDAY, FRIDAY)
            assert 15 <= found.match_day.day <= 21

    @pytest.mark.parametrize(
        ("year", "expected"),
        [
            pytest.param(2022, False, id="published_on_the_fifth_wednesday"),
            pytest.param(2028, True, id="estimated_on_the_22nd_of_five_wednesdays"),
            pytest.param(2029, False, id="estimated_in_a_month_of_four_wednesdays"),
        ],
    )
    def test_estimated_review_may_be_a_week_later_in_a_month_of_five_wednesdays(
        self, year: int, *, expected: bool
    ) -> None:
        """The fifth Wednesday is possible as well, but only for a day that is not published."""
        assert may_be_a_week_later(season(year)) is expected

    def test_days_of_every_season_a_plan_file_may_name_are_dates_it_may_name(self) -> None:
        """No season of a plan file reaches out of the range of its dates."""
        assert season(FIRST_SEASON).opens >= FIRST_DAY
        assert season(LAST_SEASON).ends <= LAST_DAY

    def test_season_document_has_iso_dates(self) -> None:
        """Scripts read the days as text, under the names that people use for them."""
        assert season_document(season(2028), guessed=True) == {
            "year": 2028,
            "opens": "2027-06-02",
            "token": "2027-06-23",
            "submit": "2027-09-01",
            "review": "2027-09-22",
            "rank_list": "2028-03-01",
            "match_day": "2028-03-17",
            "ends": "2028-05-31",
            "estimated": True,
            "guessed": True,
            "source": "Our own judgement",
        }

    def test_season_cannot_be_changed(self) -> None:
        """All plans share one season, so none may change it."""
        with pytest.raises(AttributeError):
            season(2028).year = 2029  # type: ignore[misc]  # that is the point


class TestRunningSeason:
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
    def test_season_runs_from_the_day_it_opens_to_the_day_it_ends(self, day: date, year: int | None) -> None:
        """Both the first and the last day belong to the season; between two seasons none runs."""
        found = running_season(day)
        assert (found and found.year) == year

    @given(DAYS)
    def test_running_season_is_the_only_one_that_includes_the_day(self, day: date) -> None:
        """A search through all seasons finds the same one, or none."""
        running = [found for found in EVERY_SEASON if found.opens <= day <= found.ends]
        assert running == [found for found in [running_season(day)] if found]


class TestNextSeason:
    @pytest.mark.parametrize(
        ("day", "year"),
        [
            pytest.param(date(2027, 1, 1), 2028, id="first_day_of_a_year"),
            pytest.param(date(2027, 6, 1), 2028, id="day_before_one_opens"),
            pytest.param(date(2027, 6, 2), 2029, id="day_one_opens"),
            pytest.param(date(2027, 12, 31), 2029, id="last_day_of_a_year"),
        ],
    )
    def test_next_season_opens_after_the_day(self, day: date, year: int) -> None:
        """A season that opens on the day itself is no longer the next to open."""
        assert next_season(day).year == year

    @given(DAYS)
    def test_next_season_is_the_earliest_that_opens_after_the_day(self, day: date) -> None:
        """A search through all seasons finds the same one."""
        assert next_season(day) == next(found for found in EVERY_SEASON if found.opens > day)


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
    def test_season_reviewing_from_a_day_begins_to_review_on_it_or_later(self, day: date, year: int) -> None:
        """One can still apply in a season whose review begins on the day itself."""
        assert season_reviewing_from(day).year == year

    @given(DAYS)
    def test_season_reviewing_from_a_day_is_the_first_that_does(self, day: date) -> None:
        """A search through all seasons finds the same one."""
        assert season_reviewing_from(day) == next(found for found in EVERY_SEASON if found.review >= day)
