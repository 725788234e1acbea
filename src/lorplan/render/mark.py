"""What was recorded for a letter, what has changed, what comes next, and how to take it back, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from lorplan.plan.due import by_urgency
from lorplan.render.action_rows import action_row
from lorplan.render.changes import describe_changes
from lorplan.render.layout import NARROW, Command, columns, hanging, next_commands, page_heading, stack
from lorplan.render.next_commands import rotation_command

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.changes import PlanChanges
    from lorplan.plan.model import Letter


class MarkedRecord(NamedTuple):
    """A record that was made: the plan with it, the letter, what was done in words, and what it changes.

    `undo` are the words after `lorplan mark ROTATION` that take it back, `correction` those that record another value
    where the plan's own was taken. `doubts` are about the record.
    """

    applicant_plan: ApplicantPlan
    letter: Letter
    done: str
    changes: PlanChanges
    undo: tuple[str, ...]
    doubts: Sequence[str]
    correction: tuple[str, ...] = ()


def render_mark(record: MarkedRecord, *, width: int) -> Iterator[RenderableType]:
    """Render what was done and doubts about it, the changes of the plan, the next actions, and the way back."""
    plan, letter = record.applicant_plan.plan, record.letter
    yield page_heading(f"{letter.attending} ({letter.id})", plan, width=width)
    yield Text(record.done)  # with the days as the file has them, as a wrong year matters here
    for text in record.doubts:
        yield hanging("!", plan.dates.write_days_in(text))
    if record.undo:
        changes = describe_changes(record.changes, plan.dates)
        yield Text(f"Changed: {changes}." if changes else "Nothing else changes in the plan.")
    yield Text()
    yield from _next(record, width)
    for warning in plan.warnings:
        if warning.rotation == letter.id:
            yield hanging("!", plan.dates.write_days_in(warning.text))
    for purpose, words in (("On another day", record.correction), ("To take it back", record.undo)):
        if words:
            command = rotation_command("mark", letter.id, record.applicant_plan.file_to_name, *words)
            yield Command(f"{purpose}: {command}")


def _next(record: MarkedRecord, width: int) -> Iterator[RenderableType]:
    """Show what is due for the letter and the first thing to come, with the commands for the first of them."""
    plan, letter = record.applicant_plan.plan, record.letter
    actions = by_urgency(plan.actions_for(letter))
    shown = actions[: sum(action.is_due for action in actions) + 1]
    if not shown:
        text = f"Nothing more to do for this letter: {letter.verdict}, {letter.reason.text}"
        yield Text(plan.dates.write_days_in(text))
        return
    rows = [action_row(action, plan.dates)[1:] for action in shown]
    yield Text("Next", style="bold")
    yield stack(rows) if width < NARROW else columns(rows)
    yield from next_commands(shown[0], record.applicant_plan.file_to_name)
