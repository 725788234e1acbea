"""What is overdue, due and coming, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from lorplan.render.layout import NARROW, action_table, heading, next_commands

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from rich.console import RenderableType

    from lorplan.plan.due import DueAction

NARROW_WITH_NAMES: Final = 100
"""Columns below which a list over several files takes two lines for an action, as the names need a column."""


def render_due(
    found: Sequence[DueAction], *, as_of: date, file: str, several: bool, width: int
) -> Iterator[RenderableType]:
    """Render the heading and the list; with several files each line names the applicant, or else the file."""
    yield heading("Due", as_of=as_of, file=file)
    if not found:
        yield Text("Nothing to do.")
        return
    owners = [due.applicant or due.file for due in found] if several else None
    narrow = width < (NARROW_WITH_NAMES if several else NARROW)
    yield action_table([due.action for due in found], narrow=narrow, owners=owners)
    yield from next_commands(found[0].action, found[0].file)
