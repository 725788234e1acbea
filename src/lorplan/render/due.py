"""What is overdue, due and coming, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lorplan.render.layout import hanging, heading
from lorplan.render.next_commands import suggested
from lorplan.render.timeline import NARROWEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from rich.console import RenderableType

    from lorplan.plan.due import Item
    from lorplan.plan.model import Action

ROOM_FOR_NAMES: Final = 100
"""Columns below which a list over several files takes two lines an action: the names need a column."""

_STYLES: Final = {"overdue": "bold red", "due": "bold", "upcoming": ""}


def due(items: Sequence[Item], *, as_of: date, file: str, several: bool, width: int) -> Iterator[RenderableType]:
    """The heading and the list; with several files each line names the applicant, or the file without one."""
    yield heading("Due", as_of=as_of, file=file)
    if not items:
        yield Text("Nothing to do.")
        return
    whose = [item.applicant or item.file for item in items] if several else None
    yield action_table(
        [item.action for item in items], narrow=width < (ROOM_FOR_NAMES if several else NARROWEST), whose=whose
    )
    yield from suggestion(items[0].action, items[0].file)


def action_table(actions: Iterable[Action], *, narrow: bool, whose: Sequence[str] | None = None) -> Table:
    """Actions with their state, their days, and what to do; `whose` names the plan of each."""
    table = Table(box=None, pad_edge=False, show_header=False, show_edge=False, padding=(0, 2, 0, 0))
    if narrow:
        table.add_column(overflow="fold")
    else:
        for _ in range(3):
            table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        if whose:
            table.add_column(overflow="fold")
    for place, action in enumerate(actions):
        owner = [Text(whose[place])] if whose else []
        cells = [_state(action), Text(str(action.on)), Text(f"to {action.until}"), _title(action), *owner]
        table.add_row(*([_stacked(cells)] if narrow else cells))
    return table


def suggestion(action: Action, file: str) -> Iterator[RenderableType]:
    """The commands that deal with an action."""
    commands = suggested(action, file)
    if commands:
        yield Text()
    for purpose, command in commands:
        yield hanging(f"{purpose}:", command)


def _state(action: Action) -> Text:
    return Text(action.state, style=_STYLES[action.state])


def _title(action: Action) -> Text:
    text = Text(action.title)
    if action.conditional:
        text.append(" (if still needed)", style="dim")
    text.append(f" ({', '.join(action.rules)})", style="dim")
    return text


def _stacked(cells: Sequence[Text]) -> RenderableType:
    state, on, until, title, *owner = cells
    first_line = Text(" ").join([state, on, until, *owner])
    return Group(first_line, Padding(title, (0, 0, 0, 2)))
