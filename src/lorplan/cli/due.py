"""`lorplan due`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from lorplan.cli.arguments import make_plans
from lorplan.cli.clock import today
from lorplan.cli.file_arguments import named_files
from lorplan.cli.options import AsOf, ColorOption, Files, Json, Plain, SameFile, option, parse_span
from lorplan.cli.terminal import Terminal
from lorplan.errors import UsageError
from lorplan.plan.due import DAYS_AHEAD, EVERYTHING, look_ahead
from lorplan.render import tab_separated
from lorplan.storage.files import choose_file, without_duplicates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rich.console import RenderableType

    from lorplan.plan.document import Document
    from lorplan.plan.due import DueList

DUE_STATUS: Final = 8
"""The exit status that `--exit-code` gives when something is overdue or due."""

_TODAY_ONLY: Final = -1


def due(
    files: Files = None,
    *,
    today_only: Annotated[bool, option("--today", text="Leave out what is still to come.")] = False,
    within: Annotated[
        int | None,
        option(
            "--within", metavar="DAYS", parser=parse_span, text="How far to look ahead: 30d, 4w, 2 weeks. Default: 14d."
        ),
    ] = None,
    everything: Annotated[bool, option("--all", text="Show all there is to come.")] = False,
    exit_code: Annotated[
        bool, option("--exit-code", text="Exit with status 8 if something is overdue or due.")
    ] = False,
    same_file: SameFile = None,
    as_of: AsOf = None,
    json: Json = False,
    plain: Plain = False,
    color: ColorOption = "auto",
) -> None:
    """Show what is overdue, due, and coming.

    Looks 14 days ahead unless told otherwise. Several files give one list.

    Examples:
      lorplan due
      lorplan due --within "2 weeks"
      lorplan due --today --exit-code students/*.yaml
    """
    terminal = Terminal.from_options(json=json, plain=plain, color=color)
    ahead = _days_ahead(within, today_only=today_only, everything=everything)
    named = named_files(files, same_file)
    names = without_duplicates(named or [choose_file(None)])
    day = as_of or today()
    plans = make_plans(names, day, is_default=not named)
    found = look_ahead(plans, within=ahead)
    if plans:
        terminal.answer(
            json=lambda: _document(found, day),
            plain=lambda: tab_separated.due_records(found.actions, with_file=len(names) > 1),
            page=lambda: _page(found, terminal.page_width),
        )
    is_due = any(one.action.is_due for one in found.actions)
    raise typer.Exit(1 if len(plans) < len(names) else DUE_STATUS if exit_code and is_due else 0)


def _days_ahead(within: int | None, *, today_only: bool, everything: bool) -> int:
    """Read how far to look ahead from the options. Raises UsageError if they contradict each other."""
    if today_only + everything + (within is not None) > 1:
        message = "--today, --within and --all cannot be used together"
        raise UsageError(message, "leave all but one out")
    return _TODAY_ONLY if today_only else EVERYTHING if everything else DAYS_AHEAD if within is None else within


def _document(found: DueList, day: date) -> Document:
    from lorplan.render.json_documents import due_document

    return due_document(found, day)


def _page(found: DueList, width: int) -> Iterator[RenderableType]:
    from lorplan.render.due import render_due

    return render_due(found, width=width)
