"""`lorplan season`: the season of a year, of the plan file, or of today."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from samples import AMINA, BAD

if TYPE_CHECKING:
    from runner import Lorplan


@pytest.mark.parametrize("text", [None, AMINA, BAD], ids=["no_file", "plan_file", "bad_file"])
def test_season_of_a_named_year_shows_no_day_and_reads_no_file(lorplan: Lorplan, text: str | None) -> None:
    """`season YEAR` is the same on every day, whatever plan file is there."""
    if text:
        (lorplan.folder / "rotations.yaml").write_text(text)
    result = lorplan("season", "2028")
    assert result.out.splitlines()[0] == "2028 season, estimated  no plan file"
    assert result.err == ""


@pytest.mark.parametrize("how", ["option", "variable", "default"])
def test_season_without_year_is_that_of_the_plan_file(lorplan: Lorplan, how: str) -> None:
    """Without YEAR it is the plan file's season."""
    name = "rotations.yaml" if how == "default" else "other.yaml"
    (lorplan.folder / name).write_text("{applicant: {season: 2031}, rotations: []}")
    args = ("-f", name) if how == "option" else ()
    env = {"LORPLAN_FILE": name} if how == "variable" else {}
    found = json.loads(lorplan("season", "--json", *args, env=env).out)
    assert (found["file"], found["season"]["year"], found["season"]["guessed"]) == (name, 2031, False)
    assert lorplan("season", *args, env=env).out.splitlines()[0].endswith(f"  {name}")


def test_season_without_year_and_file_is_the_next_to_be_reviewed(
    lorplan: Lorplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without YEAR and without a plan file it is the season that is reviewed next, and a guess."""
    monkeypatch.setattr("lorplan.cli.season.today", lambda: date(2027, 9, 22))
    found = json.loads(lorplan("season", "--json").out)
    assert (found["as_of"], found["file"]) == ("2027-09-22", None)
    assert (found["season"]["year"], found["season"]["guessed"]) == (2028, True)
    assert lorplan("season").out.startswith("2028 season, estimated  as of Wed 2027-09-22  no plan file\n")
    monkeypatch.setattr("lorplan.cli.season.today", lambda: date(2027, 9, 23))
    assert json.loads(lorplan("season", "--json").out)["season"]["year"] == 2029


@pytest.mark.parametrize(("year", "certainty"), [("2026", "published"), ("2028", "estimated")])
def test_season_page_says_how_certain_its_days_are_and_cites_a_source(
    lorplan: Lorplan, year: str, certainty: str
) -> None:
    """The page says whether the days are published or estimated, and where they come from."""
    out = lorplan("season", year).out
    assert out.startswith(f"{year} season, {certainty}")
    assert "\nSource: " in out
    assert ("Check the AAMC's timeline" in out) == (certainty == "estimated")
