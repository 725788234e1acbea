"""Options and arguments that several commands share, and how their texts are read."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final, cast

import typer

from lorplan.cli.clock import today
from lorplan.cli.complete import complete_rotation, complete_subject
from lorplan.cli.help_page import FILE_AND_DAY, OUTPUT
from lorplan.cli.terminal import Color
from lorplan.errors import UsageError
from lorplan.text.file_names import is_file_name

if TYPE_CHECKING:
    from collections.abc import Callable

_SPAN: Final = re.compile(r"(\d{1,4}) ?(d|days?|w|weeks?)?", re.ASCII)


class BadValueError(typer.BadParameter):
    """A value that cannot be read, and what to write instead."""

    def __init__(self, message: str, way_out: str) -> None:
        self.way_out = way_out
        super().__init__(message)


def parse_date(text: str | date) -> date:
    """Read a date as typed on the command line. Raises BadValueError with the right form."""
    if isinstance(text, date):
        return text
    from lorplan.planfile.spoken_days import parse_spoken_day, split_refusal  # `--help` does not need the models

    try:
        return parse_spoken_day(text, today())
    except ValueError as error:
        raise BadValueError(*split_refusal(error)) from None


def refuse_later_day(since: date, as_of: date) -> None:
    """Raise UsageError if the day of `--since` is after the day of the plan."""
    if since > as_of:
        message = f"--since {since} is after {as_of}, the day of the plan"
        raise UsageError(message, "name an earlier day")


def parse_span(text: str | int) -> int:
    """Read a number of days such as 30, 30d, 4w or 4 weeks. Raises BadValueError."""
    if isinstance(text, int):
        return text
    parts = _SPAN.fullmatch(text.strip())
    if not parts:
        message = f'"{text}" is not a number of days'
        raise BadValueError(message, "write 30d, 4w or 2 weeks")
    return int(parts[1]) * (7 if (parts[2] or "").startswith("w") else 1)


def parse_season(text: str | int) -> int:
    """Read the year of a season's Match as typed. Raises BadValueError."""
    if isinstance(text, int):
        return text
    from lorplan.dates.eras_seasons import FIRST_SEASON, LAST_SEASON  # `--help` does not need the seasons

    if re.fullmatch(r"\d{4}", text, re.ASCII) and FIRST_SEASON <= int(text) <= LAST_SEASON:
        return int(text)
    message = f'"{text}" is not a season'
    raise BadValueError(message, f"write the year of the Match, {FIRST_SEASON} to {LAST_SEASON}")


def parse_color(text: str) -> Color:
    """Read when to use colour. Raises BadValueError."""
    if text in {"auto", "always", "never"}:
        return cast("Color", text)
    message = f'"{text}" is not a way to colour'
    raise BadValueError(message, "write auto, always or never")


def _refuse_file(context: typer.Context, word: str) -> str:
    """Raise UsageError if a file is named where a rotation is expected."""
    if is_file_name(word) and not context.resilient_parsing:
        from lorplan.cli.usage_errors import explain_file_as_rotation  # rarely needed

        raise UsageError(*explain_file_as_rotation(word, context))
    return word


_DEFAULT_FILE: Final = "Default: $LORPLAN_FILE, rotations.yaml or rotations.yml."


def option(
    *names: str,
    text: str,
    metavar: str | None = None,
    group: str | None = None,
    parser: Callable[[str], Any] | None = None,
) -> Any:
    """Make an option with the name of its value, its text in the help, and its group there."""
    return typer.Option(*names, metavar=metavar, help=text, rich_help_panel=group, parser=parser, show_default=False)


_ARGUMENT: Final = f"The plan file, or - for standard input. {_DEFAULT_FILE}"
_ARGUMENTS: Final = f"One plan file or more, or - for standard input. {_DEFAULT_FILE}"

File = Annotated[str | None, typer.Argument(metavar="FILE", help=_ARGUMENT, show_default=False)]
Files = Annotated[list[str] | None, typer.Argument(metavar="FILE", help=_ARGUMENTS, show_default=False)]
SameFile = Annotated[
    str | None, option("-f", "--file", metavar="FILE", text="The same as FILE above.", group=FILE_AND_DAY)
]
FileOption = Annotated[str | None, option("-f", "--file", metavar="FILE", text=_ARGUMENT, group=FILE_AND_DAY)]
FileToChange = Annotated[
    str | None, option("-f", "--file", metavar="FILE", text=f"The plan file. {_DEFAULT_FILE}", group=FILE_AND_DAY)
]
RotationName = Annotated[
    str,
    typer.Argument(
        metavar="ROTATION",
        help="An id, the start of one, or a part of the attending's name.",
        autocompletion=complete_rotation,
        callback=_refuse_file,
    ),
]
SubjectName = Annotated[
    str,
    typer.Argument(
        metavar="ROTATION",
        help="An id, the start of one, or a part of the attending's name; or a program.",
        autocompletion=complete_subject,
        callback=_refuse_file,
    ),
]
AsOf = Annotated[
    date | None,
    option(
        "--as-of",
        metavar="DATE",
        parser=parse_date,
        text="Plan as if today were DATE: 2027-01-29, fri, Jan 29 2027.",
        group=FILE_AND_DAY,
    ),
]
OnDay = Annotated[
    str | None,
    option("--on", metavar="DATE", text="The day it happened. Default: today, or that of --as-of."),
]
DryRun = Annotated[bool, option("--dry-run", text="Show the change as a diff without writing it.")]
Since = Annotated[
    date | None,
    option(
        "--since",
        metavar="DATE",
        parser=parse_date,
        text="Show what has changed since DATE instead: what happened, what is decided anew, what became due.",
    ),
]
Share = Annotated[
    bool, option("--share", text="Leave out performance, contact, notes and reasons that tell what you think.")
]
Json = Annotated[bool, option("--json", text="Print one JSON document.", group=OUTPUT)]
Plain = Annotated[bool, option("--plain", text="Print tab-separated records, one a line.", group=OUTPUT)]
ColorOption = Annotated[
    Color,
    option(
        "--color",
        metavar="WHEN",
        parser=parse_color,
        text="Use colour: auto (on a terminal), always or never.",
        group=OUTPUT,
    ),
]
