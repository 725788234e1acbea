"""The days of a season for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from lorplan.dates.eras_seasons import MATCH_DAY_SOURCES, TOKEN_SOURCE
from lorplan.render.layout import columns, heading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rich.console import RenderableType

    from lorplan.dates.eras_seasons import Season


def render_season(season: Season, *, file: str | None, as_of: date | None) -> Iterator[RenderableType]:
    """Render the heading, a line for each day, and the sources; `as_of` is None for a season that was named."""
    yield heading(f"{season.year} season, {season.certainty}", as_of=as_of, file=file or "no plan file")
    yield columns((f"{day:%a} {day}", named.meaning) for named, day in season.days())
    yield Text(f"Source: {season.source.named}. {season.source.says}")
    yield Text(f"Token: {TOKEN_SOURCE.named}")
    yield Text("Match Day: " + "; ".join(source.named for source in MATCH_DAY_SOURCES))
    if season.estimated:
        yield Text("Check the AAMC's timeline, and set `deadline` in the plan file to the published review day.")
