"""The days of a season for a person; the page of an estimated season is a golden text."""

from __future__ import annotations

from datetime import date

from lorplan.dates.eras_seasons import season
from lorplan.render.season import render_season
from render.rendering import to_text


def test_page_of_a_published_season_names_its_source_and_asks_for_no_check() -> None:
    """Only estimated days have to be compared with the AAMC's timeline."""
    text = to_text(render_season(season(2026), file="a.yaml", as_of=date(2025, 3, 1)), width=1000)
    assert text.startswith("2026 season, published  as of Sat 2025-03-01  a.yaml\n")
    assert f"Source: {season(2026).source.named}. " in text
    assert "Check the AAMC's timeline" not in text


def test_page_of_an_estimated_season_asks_to_check_it() -> None:
    """A season that was named has no day and needs no plan file."""
    text = to_text(render_season(season(2028), file=None, as_of=None), width=1000)
    assert text.startswith("2028 season, estimated  no plan file\n")
    assert text.endswith("Check the AAMC's timeline, and set `deadline` in the plan file to the published review day.")
