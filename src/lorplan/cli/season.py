"""`lorplan season`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from lorplan.cli.clock import today
from lorplan.cli.options import ColorOption, FileOption, Json, Plain, season_year
from lorplan.cli.terminal import Terminal
from lorplan.dates import eras_seasons as seasons
from lorplan.errors import UsageError
from lorplan.render import json_documents as render_json
from lorplan.render import tab_separated as render_plain
from lorplan.rules.key_dates import horizon
from lorplan.storage.files import chosen_file, default_file, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from lorplan.dates.eras_seasons import Season


def season(
    year: Annotated[
        int | None,
        typer.Argument(
            metavar="YEAR",
            parser=season_year,
            help="The year of the Match. Else the plan file's season, else the one that comes next.",
            show_default=False,
        ),
    ] = None,
    *,
    file: FileOption = None,
    json: Json = False,
    plain: Plain = False,
    color: ColorOption = "auto",
) -> None:
    """The days of an ERAS season.

    With their source, and whether they are published or estimated.

    Example: lorplan season 2028
    """
    terminal = Terminal.chosen(json=json, plain=plain, color=color)
    if year and file is not None:
        message = "YEAR and --file cannot go together"
        raise UsageError(message)
    name = None if year else chosen_file(file) if file is not None else default_file()
    shown, guessed = _season(year, name)
    terminal.answer(
        json=lambda: render_json.season(shown, as_of=today(), file=name, guessed=guessed),
        plain=lambda: render_plain.season(shown),
        page=lambda: _page(shown, name),
    )


def _page(shown: Season, name: str | None) -> Iterator[RenderableType]:
    from lorplan.render import season as render_season  # noqa: PLC0415 - rich is for people only

    return render_season.season(shown, file=name, as_of=today())


def _season(year: int | None, file: str | None) -> tuple[Season, bool]:
    """The season of a year, else of a plan file, else of today; and whether it was guessed."""
    if year:
        return seasons.season(year), False
    if file:
        plan_horizon = horizon(load(file), today())
        return plan_horizon.season, plan_horizon.guessed
    return seasons.season_reviewing_from(today()), True


COMMAND = season
