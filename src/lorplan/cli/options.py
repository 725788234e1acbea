"""Options and arguments that several commands share, and how their texts are read."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Final, cast

import typer

from lorplan.cli.complete import complete_rotation
from lorplan.cli.terminal import Color

_SPAN: Final = re.compile(r"(\d{1,4})([dw]?)", re.ASCII)


def parse_date(text: str | date) -> date:
    """Read a date as typed on the command line. Raises BadParameter with the right form."""
    if isinstance(text, date):
        return text
    from lorplan.planfile.field_types import parse_day  # `--help` does not need the models

    try:
        return parse_day(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def parse_span(text: str | int) -> int:
    """Read a number of days such as 30, 30d or 4w. Raises BadParameter."""
    if isinstance(text, int):
        return text
    parts = _SPAN.fullmatch(text.strip())
    if not parts:
        message = f'"{text}" is not a number of days; write 30d or 4w'
        raise typer.BadParameter(message)
    return int(parts[1]) * (7 if parts[2] == "w" else 1)


def parse_season(text: str | int) -> int:
    """Read the year of a season's Match as typed. Raises BadParameter."""
    if isinstance(text, int):
        return text
    from lorplan.dates.eras_seasons import FIRST_SEASON, LAST_SEASON  # `--help` does not need the seasons

    if re.fullmatch(r"\d{4}", text, re.ASCII) and FIRST_SEASON <= int(text) <= LAST_SEASON:
        return int(text)
    message = f'"{text}" is not a season; give the year of the Match, {FIRST_SEASON} to {LAST_SEASON}'
    raise typer.BadParameter(message)


def parse_color(text: str) -> Color:
    """Read when to use colour. Raises BadParameter."""
    if text in {"auto", "always", "never"}:
        return cast("Color", text)
    message = f'"{text}" is not one of auto, always, never'
    raise typer.BadParameter(message)


_WHICH: Final = "The plan file, or - for standard input. Default: $LORPLAN_FILE, rotations.yaml or rotations.yml."
_WHICH_TO_CHANGE: Final = "The plan file. Default: $LORPLAN_FILE, rotations.yaml or rotations.yml."

File = Annotated[str | None, typer.Argument(metavar="FILE", help=_WHICH, show_default=False)]
Files = Annotated[list[str] | None, typer.Argument(metavar="FILE", help=_WHICH, show_default=False)]
FileOption = Annotated[str | None, typer.Option("-f", "--file", metavar="FILE", help=_WHICH, show_default=False)]
FileToChange = Annotated[
    str | None, typer.Option("-f", "--file", metavar="FILE", help=_WHICH_TO_CHANGE, show_default=False)
]
RotationName = Annotated[
    str,
    typer.Argument(
        metavar="ROTATION",
        help="An id, the start of one, or a part of the attending's name.",
        autocompletion=complete_rotation,
    ),
]
AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        parser=parse_date,
        help="Plan as if today were DATE (YYYY-MM-DD).",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.", show_default=False)]
Plain = Annotated[bool, typer.Option("--plain", help="Print tab-separated records, one a line.", show_default=False)]
ColorOption = Annotated[
    Color,
    typer.Option("--color", metavar="WHEN", parser=parse_color, help="Use colour: auto, always or never."),
]
