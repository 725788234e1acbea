"""Pieces that the pages for people have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lorplan.render.next_commands import commands_for
from lorplan.text.file_names import display_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from rich.console import RenderableType

    from lorplan.plan.model import Action

NARROW: Final = 72
"""Columns below which timelines and tables become lists."""

VERDICT_STYLES: Final = {"ask": "bold green", "keep": "green", "reserve": "cyan", "hold": "dim", "skip": "dim"}
"""How a verdict looks; the word itself is always there too."""

_STATE_STYLES: Final = {"overdue": "bold red", "due": "bold", "upcoming": ""}


# --- lines and columns --------------------------------------------------------------------------------------


def heading(subject: str, *, as_of: date | None, file: str) -> Text:
    """Make the first line of every page: what it is about, the day, and the file it comes from."""
    text = Text(subject, style="bold")
    day = f"  as of {as_of:%a} {as_of}" if as_of else ""
    text.append(f"{day}  {display_name(file)}", style="not bold")
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


def action_table(actions: Iterable[Action], *, narrow: bool, owners: Sequence[str] | None = None) -> Table:
    """List actions with their state, their days, and what to do; `owners` names the applicant of each."""
    table = Table(box=None, pad_edge=False, show_header=False, show_edge=False, padding=(0, 2, 0, 0))
    if narrow:
        table.add_column(overflow="fold")
    else:
        for _ in range(3):
            table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        if owners:
            table.add_column(overflow="fold")
    for place, action in enumerate(actions):
        owner = [Text(owners[place])] if owners else []
        state = Text(action.state, style=_STATE_STYLES[action.state])
        cells = [state, Text(str(action.on)), Text(f"to {action.until}"), _title(action), *owner]
        table.add_row(*([_stack(cells)] if narrow else cells))
    return table


def next_commands(action: Action, file: str) -> Iterator[RenderableType]:
    """Yield the commands that deal with an action."""
    commands = commands_for(action, file)
    if commands:
        yield Text()
    for purpose, command in commands:
        yield hanging(f"{purpose}:", command)


def _title(action: Action) -> Text:
    text = Text(action.title)
    if action.conditional:
        text.append(" (if still needed)", style="dim")
    text.append(f" ({', '.join(action.rules)})", style="dim")
    return text


def _stack(cells: Sequence[Text]) -> RenderableType:
    state, on, until, title, *owner = cells
    first_line = Text(" ").join([state, on, until, *owner])
    return Group(first_line, Padding(title, (0, 0, 0, 2)))
