"""`lorplan due`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from lorplan.cli.arguments import make_plans
from lorplan.cli.clock import today
from lorplan.cli.options import AsOf, ColorOption, Files, Json, Plain, parse_span
from lorplan.cli.terminal import Terminal
from lorplan.errors import UsageError
from lorplan.plan.due import DAYS_AHEAD, DueAction, find_due
from lorplan.render import tab_separated
from lorplan.storage.files import choose_file, without_duplicates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rich.console import RenderableType

    from lorplan.plan.document import Document

DUE_STATUS: Final = 8
"""The exit status that `--exit-code` gives when something is overdue or due."""

_TODAY_ONLY: Final = -1


def due(
    files: Files = None,
    *,
    today_only: Annotated[
        bool, typer.Option("--today", help="Leave out what is still to come.", show_default=False)
    ] = False,
    within: Annotated[
        int | None,
        typer.Option(
            "--within",
            metavar="DAYS",
            parser=parse_span,
            help="How far to look ahead: 30d, 4w. Default: 14d.",
            show_default=False,
        ),
    ] = None,
    as_of: AsOf = None,
    exit_code: Annotated[
        bool,
        typer.Option("--exit-code", help="Exit with status 8 if something is overdue or due.", show_default=False),
    ] = False,
    json: Json = False,
    plain: Plain = False,
    color: ColorOption = "auto",
) -> None:
    """Show what is overdue, due, and coming.

    Looks 14 days ahead unless told otherwise. Several files give one list.

    Example: lorplan due --today --exit-code students/*.yaml
    """
    terminal = Terminal.from_options(json=json, plain=plain, color=color)
    if today_only and within is not None:
        message = "--today and --within cannot be used together"
        raise UsageError(message)
    names = without_duplicates(files or [choose_file(None)])
    day = as_of or today()
    plans = make_plans(names, day)
    ahead = _TODAY_ONLY if today_only else DAYS_AHEAD if within is None else within
    found = find_due(plans, within=ahead)
    if plans:
        terminal.answer(
            json=lambda: _document(found, day),
            plain=lambda: tab_separated.due_records(found, with_file=len(names) > 1),
            page=lambda: _page(found, names, day, terminal.page_width),
        )
    is_due = any(one.action.is_due for one in found)
    raise typer.Exit(1 if len(plans) < len(names) else DUE_STATUS if exit_code and is_due else 0)


def _document(found: list[DueAction], day: date) -> Document:
    from lorplan.render.json_documents import due_document

    return due_document(found, day)


def _page(found: list[DueAction], names: list[str], day: date, width: int) -> Iterator[RenderableType]:
    from lorplan.render.due import render_due

    file = names[0] if len(names) == 1 else f"{len(names)} files"
    return render_due(found, as_of=day, file=file, several=len(names) > 1, width=width)
