"""The days of a season for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from lorplan.dates.eras_seasons import MATCH_DAY_SOURCES
from lorplan.render.layout import heading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rich.console import RenderableType

    from lorplan.dates.eras_seasons import Season

_MEANINGS = {
    "opens": "portals take requests and letters",
    "submit": "applications can be sent",
    "review": "programs begin to read them: the deadline, unless the plan file names another",
    "rank_list": "last day for rank lists",
    "match_day": "Match Day",
    "ends": "the season is over",
}


def season(season: Season, *, file: str | None, as_of: date) -> Iterator[RenderableType]:
    """The heading, a line a day, and the sources."""
    certainty = "estimated" if season.estimated else "published"
    yield heading(f"{season.year} season, {certainty}", as_of=as_of, file=file or "no plan file")
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, meaning in _MEANINGS.items():
        day = getattr(season, name)
        table.add_row(f"  {day:%a} {day}", meaning)
    yield table
    yield Text(f"Source: {season.source.named}. {season.source.says}")
    yield Text("Match Day: " + "; ".join(source.named for source in MATCH_DAY_SOURCES))
    if season.estimated:
        yield Text("Check the AAMC's timeline, and give the published review day as `deadline` in the plan file.")
