"""What is overdue, due and coming, in groups, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from lorplan.plan.due import EVERYTHING
from lorplan.render.action_rows import action_row
from lorplan.render.layout import NARROW, OVERDUE, Command, align, columns, fill_lines, page_heading, section, stack
from lorplan.render.next_commands import done_command, plan_command, rotation_command
from lorplan.text.file_names import STANDARD_INPUT
from lorplan.text.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from lorplan.plan.due import DueAction, DueList
    from lorplan.plan.model import State
    from lorplan.render.action_rows import Row

NARROW_WITH_NAMES: Final = 100
"""Columns below which a list over several files takes two lines for an action, as the names need a column."""


def render_due(due: DueList, *, width: int) -> Iterator[RenderableType]:
    """Render the heading, the groups and the commands; with several plans each line names the applicant."""
    subject = due.plans[0].who if len(due.plans) == 1 else plural(len(due.plans), "applicant")
    yield page_heading(subject, due.plans[0].plan, width=width)
    coming = "To come" if due.within >= EVERYTHING else f"Next {plural(due.within, 'day')}"
    several = len(due.plans) > 1
    narrow = width < (NARROW_WITH_NAMES if several else NARROW)
    rows = [_row(one, several=several) for one in due.actions]
    yield from action_groups([one.action.state for one in due.actions], rows, coming, narrow=narrow)
    shown = due.actions
    if not shown:
        following = due.following
        yield from _nothing(due, following)
        shown = [following] if following else []
    yield from _commands(shown, width)


def action_groups(
    states: Sequence[State], rows: Sequence[Row], coming: str, *, narrow: bool
) -> Iterator[RenderableType]:
    """Render rows of actions in groups by their states, the most pressing first; `coming` is the title of the last.

    If `narrow`, each takes two lines.
    """
    rows = rows if narrow else align(rows)
    for state, title in (("overdue", "Overdue"), ("due", "Due"), ("upcoming", coming)):
        group = [row for row, own in zip(rows, states, strict=True) if own == state]
        if group:
            style = OVERDUE if state == "overdue" else "bold"
            yield from section(title, stack(group) if narrow else columns(group), style=style)


def _row(one: DueAction, *, several: bool) -> Row:
    row = action_row(one.action, one.source.plan.dates)
    return (Text(one.source.who), *row) if several else row


def _nothing(due: DueList, following: DueAction | None) -> Iterator[RenderableType]:
    """Say that nothing is to be done in the days looked at, and what comes next in how many days."""
    scope = "due" if due.within < 0 else f"due or coming within {plural(due.within, 'day')}"
    yield Text()
    if following is None:
        yield Text("Nothing to do.")
        return
    days = (following.action.on - following.source.plan.as_of).days
    yield Text(f"Nothing is {scope}. Next, in {plural(days, 'day')}:")
    yield columns([_row(following, several=len(due.plans) > 1)])


def _commands(shown: Sequence[DueAction], width: int) -> Iterator[RenderableType]:
    """Show what to type for an action: the first one's commands fit every line."""
    if not shown or shown[0].file == STANDARD_INPUT:
        return
    action, file = shown[0].action, shown[0].source.file_to_name
    if action.rotation:
        entries = [f"What to say: {rotation_command('draft', action.rotation, file)}"]
    else:
        entries = [f"Which: {plan_command(action.subject, file)}"]
    entries.append(f"Done: {done_command(action, file)}")
    yield Text()
    yield from (Command(line, style="dim") for line in fill_lines(entries, width))
