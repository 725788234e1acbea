"""`lorplan init`."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from lorplan.cli.arguments import templates
from lorplan.cli.asking import ask_all, can_ask
from lorplan.cli.clock import today
from lorplan.cli.options import ColorOption
from lorplan.cli.spreadsheets import read_spreadsheet
from lorplan.cli.terminal import Terminal
from lorplan.errors import UsageError
from lorplan.storage.files import DEFAULT_NAMES, VARIABLE, refuse_unwritable, write_new
from lorplan.text.file_names import shell_word
from lorplan.text.safe import on_one_line
from lorplan.text.wording import plural


def init(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE",
            help="The file to write. Default: $LORPLAN_FILE or rotations.yaml.",
            show_default=False,
        ),
    ] = None,
    *,
    spreadsheet: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="CSV", help="Take rotations or programs from a spreadsheet.", show_default=False
        ),
    ] = None,
    ask: Annotated[bool, typer.Option("--ask", help="Ask for your rotations one by one.", show_default=False)] = False,
    color: ColorOption = "auto",
) -> None:
    """Write a plan file to start with.

    It explains every key, with example rotations around today. With --from it has the rotations of a spreadsheet, which
    is saved as CSV and has headers such as Preceptor, Site, Specialty, Start date, End date; or the programs of one
    that has Program, Specialty, Deadline, Letters, US letters. An existing file is never overwritten.

    Examples:
      lorplan init
      lorplan init --ask
      lorplan init --from rotations.csv amina.yaml
    """
    if ask and spreadsheet is not None:
        message = "--ask and --from cannot be used together"
        raise UsageError(message, "leave one of them out")
    chosen = file if file is not None else os.environ.get(VARIABLE) or DEFAULT_NAMES[0]
    refuse_unwritable(chosen)
    text, description = _from_answers() if ask else _starter() if spreadsheet is None else _from_sheet(spreadsheet)
    write_new(chosen, text)
    lines = f"Wrote {on_one_line(chosen)} with {description}\nNext: lorplan plan {shell_word(chosen)}"
    Terminal("page", color).print_lines(lines.splitlines())


def _starter() -> tuple[str, str]:
    from lorplan.edit.starter import write_starter

    return write_starter(today(), templates()), "three example rotations. Replace them with your own."


def _from_answers() -> tuple[str, str]:
    """Write the file from an interview on the terminal. Raises UsageError without a terminal."""
    if not can_ask():
        message = "--ask needs a terminal"
        raise UsageError(message, "leave it out, and edit the file")
    from lorplan.edit.interview import interview
    from lorplan.edit.starter import write_answers

    data = ask_all(lambda ask: interview(ask, today()))
    return write_answers(data), f"your {plural(len(data['rotations']), 'rotation')}."


def _from_sheet(name: str) -> tuple[str, str]:
    """Write the file from a spreadsheet. Raises PlanFileError with every problem of its rows."""
    from lorplan.edit.starter import write_answers

    sheet = read_spreadsheet(name)
    unused = f"\nNot used: {', '.join(map(on_one_line, sheet.unused))}" if sheet.unused else ""
    number = plural(len(sheet.data[sheet.list_key]), sheet.list_key.removesuffix("s"))
    return write_answers(sheet.data), f"your {number}.{unused}"
