"""Pieces that the pages for people have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lorplan.plan.applicant_plan import shown_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from rich.console import RenderableType


def heading(what: str, *, as_of: date, file: str) -> Text:
    """The first line of every page: what it is about, the day, and the file it comes from."""
    text = Text(what, style="bold")
    text.append(f"  as of {as_of:%a} {as_of}  {shown_name(file)}", style="not bold")
    return text


def aligned(rows: Iterable[tuple[Text | str, ...]], *, indent: int = 2) -> RenderableType:
    """Rows whose last column wraps below itself, a little indented."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for place, row in enumerate(rows):
        if place == 0:
            for _ in row[1:]:
                table.add_column(no_wrap=True)
            table.add_column(overflow="fold")
        table.add_row(*row)
    return Padding(table, (0, 0, 0, indent))


def hanging(mark: str, text: Text | str) -> RenderableType:
    """A text behind a mark, which wraps below itself."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(mark, text)
    return table


def filled(entries: Iterable[str], width: int, gap: str = "   ") -> Iterable[str]:
    """Entries on as few lines as they need, none of them broken."""
    line = ""
    for entry in entries:
        if line and len(line) + len(gap) + len(entry) > width:
            yield line
            line = ""
        line += (gap if line else "") + entry
    yield line
