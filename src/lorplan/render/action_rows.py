"""Actions as rows for a person: the rotation to name in commands, when, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from lorplan.render.layout import OVERDUE
from lorplan.render.summary import describe_when

if TYPE_CHECKING:
    from lorplan.plan.model import Action
    from lorplan.rules.key_dates import KeyDates

Row = tuple[Text, ...]


def action_row(action: Action, dates: KeyDates, *, with_rules: bool = False) -> Row:
    """Write an action as a row: the word for its rotation, when, what to do, and with its rules if wanted."""
    title = Text(action.title)
    if action.conditional:
        title.append(" (if still needed)", style="dim")
    if with_rules:
        title.append(f" ({', '.join(action.rules)})", style="dim")
    when = Text(describe_when(action, dates), style=OVERDUE if action.state == "overdue" else "")
    return Text(action.subject), when, title
