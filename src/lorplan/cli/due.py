"""`lorplan due`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from lorplan.cli.clock import today
from lorplan.cli.options import AsOf, ColorOption, Files, Json, Plain, span
from lorplan.cli.plans import planned
from lorplan.cli.terminal import Terminal
from lorplan.errors import UsageError
from lorplan.plan.due import COMING_DAYS, Item, agenda
from lorplan.render import json_documents as render_json
from lorplan.render import tab_separated as render_plain
from lorplan.storage.files import chosen_file, once

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rich.console import RenderableType

PRESSING_STATUS = 8
"""The exit status that `--exit-code` gives when something is overdue or due."""

_TODAY_ONLY = -1


def due(
    files: Files = None,
    *,
    today_only: Annotated[bool, typer.Option("--today", help="Overdue and due only.", show_default=False)] = False,
    within: Annotated[
        int | None,
        typer.Option(
            "--within", metavar="SPAN", parser=span, help="How far ahead: 30d, 4w. Else 14d.", show_default=False
        ),
    ] = None,
    as_of: AsOf = None,
    exit_code: Annotated[
        bool,
        typer.Option("--exit-code", help="Exit with 8 when something is overdue or due.", show_default=False),
    ] = False,
    json: Json = False,
    plain: Plain = False,
    color: ColorOption = "auto",
) -> None:
    """What is overdue, due, and coming.

    Looks 14 days ahead, where nothing else is said. Several files give one list.

    Example: lorplan due --today --exit-code students/*.yaml
    """
    terminal = Terminal.chosen(json=json, plain=plain, color=color)
    if today_only and within is not None:
        message = "--today and --within cannot go together"
        raise UsageError(message)
    names = once(files or [chosen_file(None)])
    day = as_of or today()
    ahead = COMING_DAYS if within is None else within
    dossiers = planned(names, day)
    items = agenda(dossiers, within=_TODAY_ONLY if today_only else ahead)
    if dossiers:
        terminal.answer(
            json=lambda: render_json.due(items, day),
            plain=lambda: render_plain.due(items, with_file=len(names) > 1),
            page=lambda: _page(items, names, day, terminal.page_width),
        )
    pressing = any(item.action.state != "upcoming" for item in items)
    raise typer.Exit(1 if len(dossiers) < len(names) else PRESSING_STATUS if exit_code and pressing else 0)


def _page(items: list[Item], names: list[str], day: date, width: int) -> Iterator[RenderableType]:
    from lorplan.render import due as render_due  # noqa: PLC0415 - rich is for people only

    what = names[0] if len(names) == 1 else f"{len(names)} files"
    return render_due.due(items, as_of=day, file=what, several=len(names) > 1, width=width)


COMMAND = due
