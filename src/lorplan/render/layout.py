"""Pieces that the pages for people have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, set_cell_size
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lorplan.render.next_commands import commands_for
from lorplan.text.file_names import display_name
from lorplan.text.spoken_dates import write_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from rich.console import RenderableType

    from lorplan.plan.model import Action, Plan

NARROW: Final = 72
"""Columns below which timelines and tables become lists."""

WIDE: Final = 110
"""Columns from which on nothing but the end of a line is cut."""

OVERDUE: Final = "red"
"""The style of what is overdue, and of nothing else: the only colour, as no other can be read in most terminals on a
white and on a black ground."""

VERDICT_STYLES: Final = {"ask": "bold", "keep": "", "reserve": "", "hold": "dim", "skip": "dim"}
"""How a verdict looks; the word itself is always there too."""

_WIDEST_PAGE: Final = 120
"""Columns beyond which nothing is set at the right edge, where one would no longer see it."""


class Command(Text):
    """A line with a command to type, which is never broken, so that it can be pasted."""


# --- lines and columns --------------------------------------------------------------------------------------


def heading(subject: str, *, as_of: date | None, file: str) -> Text:
    """Make the first line of a page about the season: what it is about, the day, and the file it comes from."""
    text = Text(subject, style="bold")
    day = f"  as of {as_of:%a} {as_of}" if as_of else ""
    text.append(f"{day}  {display_name(file)}", style="not bold")
    return text


def page_heading(subject: str, plan: Plan, *, width: int) -> Text:
    """Make the first line of a page about a plan: what it is about, and at the right the day."""
    return heading_with_day(subject, plan.as_of, width=width)


def heading_with_day(subject: str, as_of: date, *, width: int) -> Text:
    """Make the first line of a page: what it is about, and at the right the day."""
    day = f"{write_day(as_of, (as_of.year,), weekday=True)}, {as_of.year}"
    text = Text(subject, style="bold")
    text.append(" " * max(2, min(width, _WIDEST_PAGE) - cell_len(subject) - len(day)), style="not bold")
    text.append(day, style="not bold")
    return text


def section(title: str, *parts: RenderableType, style: str = "bold") -> Iterator[RenderableType]:
    """Yield a blank line, a title, and the parts of the section."""
    yield Text()
    yield Text(title, style=style)
    yield from parts


def columns(rows: Iterable[tuple[Text | str, ...]], *, indent: int = 2) -> RenderableType:
    """Put rows in columns, of which the last wraps below itself."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for place, row in enumerate(rows):
        if place == 0:
            for _ in row[1:]:
                table.add_column(no_wrap=True)
            table.add_column(overflow="fold")
        table.add_row(*row)
    return Padding(table, (0, 0, 0, indent))


def align(rows: Sequence[tuple[Text, ...]]) -> list[tuple[Text, ...]]:
    """Make the cells of each column equally wide, but for the last, so that rows in several tables are in line."""
    for cells in list(zip(*rows, strict=True))[:-1]:
        width = max(cell.cell_len for cell in cells)
        for cell in cells:
            cell.pad_right(width - cell.cell_len)
    return list(rows)


def stack(rows: Iterable[tuple[Text, ...]], *, indent: int = 2) -> RenderableType:
    """Put the last cell of each row on a line of its own below the others, for narrow terminals."""
    below = "\n" + " " * indent
    return Group(*(Text("  ").join(row[:-1]).append(below).append_text(row[-1]) for row in rows))


def one_line_rows(rows: Sequence[tuple[Text, ...]], width: int, ellipsis: str) -> Iterator[Text]:
    """Put rows in columns, each row on one line, which ends with an ellipsis where the terminal ends."""
    for row in align(rows):
        yield cut(Text("  ").join(row), width, ellipsis)


def cut(text: Text, width: int, ellipsis: str) -> Text:
    """Cut a text that is longer than so many columns; an ellipsis shows where."""
    if text.cell_len > width:
        text.truncate(width - len(ellipsis))
        text.rstrip()
        text.append(ellipsis)
    return text


def cut_middle(text: str, width: int, ellipsis: str) -> str:
    """Cut a text that is longer than so many columns before its end, where a file's name tells most."""
    if cell_len(text) <= width:
        return text
    kept = width - len(ellipsis)
    end = text[-(kept * 2 // 3) :]
    while cell_len(end) > kept * 2 // 3:
        end = end[1:]
    return f"{set_cell_size(text, kept - cell_len(end)).rstrip()}{ellipsis}{end}"


def hanging(label: str, text: Text | str) -> RenderableType:
    """Put a text, which wraps below itself, after a label."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(label, text)
    return table


def fill_lines(entries: Iterable[str], width: int, gap: str = "   ") -> Iterator[str]:
    """Put entries on as few lines as they need, none of them broken."""
    line = ""
    for entry in entries:
        if line and len(line) + len(gap) + len(entry) > width:
            yield line
            line = ""
        line += (gap if line else "") + entry
    yield line


# --- actions ------------------------------------------------------------------------------------------------


def next_commands(action: Action, file: str | None) -> Iterator[RenderableType]:
    """Yield the commands that deal with an action."""
    commands = commands_for(action, file)
    if commands:
        yield Text()
    for purpose, command in commands:
        yield Command(f"{purpose[0].upper()}{purpose[1:]}: {command}")
