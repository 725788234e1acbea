"""`lorplan season`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from lorplan.cli.clock import today
from lorplan.cli.options import ColorOption, FileOption, Json, Plain, parse_season
from lorplan.cli.terminal import Terminal
from lorplan.dates.eras_seasons import season as season_of
from lorplan.dates.eras_seasons import season_reviewing_from
from lorplan.errors import UsageError
from lorplan.rules.key_dates import find_key_dates
from lorplan.storage.files import choose_file, default_file, load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rich.console import RenderableType

    from lorplan.dates.eras_seasons import Season


def season(
    year: Annotated[
        int | None,
        typer.Argument(
            metavar="YEAR",
            parser=parse_season,
            help="The year of the Match. Default: the plan file's season, else the next one.",
            show_default=False,
        ),
    ] = None,
    *,
    file: FileOption = None,
    json: Json = False,
    plain: Plain = False,
    color: ColorOption = "auto",
) -> None:
    """Show the days of an ERAS season.

    With their source, and whether they are published or estimated.

    Examples:
      lorplan season
      lorplan season 2028
    """
    from lorplan.render import json_documents, tab_separated

    terminal = Terminal.from_options(json=json, plain=plain, color=color)
    if year and file is not None:
        message = "YEAR and --file cannot be used together"
        raise UsageError(message, "leave one of them out")
    shown = _choose_season(year, file)
    terminal.answer(
        json=lambda: json_documents.season_document_for(
            shown.season, as_of=shown.as_of, file=shown.file, guessed=shown.guessed
        ),
        plain=lambda: tab_separated.season_records(shown.season),
        page=lambda: _page(shown),
    )


class _Shown(NamedTuple):
    """A season, where it comes from, and the day it was chosen for; no day if it was named."""

    season: Season
    guessed: bool
    file: str | None
    as_of: date | None


def _choose_season(year: int | None, file: str | None) -> _Shown:
    """Choose the season of a year, else of the plan file, else of today."""
    if year:
        return _Shown(season_of(year), guessed=False, file=None, as_of=None)
    name = default_file() if file is None else choose_file(file)
    if name is None:
        return _Shown(season_reviewing_from(today()), guessed=True, file=None, as_of=today())
    dates = find_key_dates(load(name), today())
    return _Shown(dates.season, guessed=dates.guessed, file=name, as_of=today())


def _page(shown: _Shown) -> Iterator[RenderableType]:
    from lorplan.render.season import render_season

    return render_season(shown.season, file=shown.file, as_of=shown.as_of)
