"""What was recorded about programs, what has changed, and how to take it back, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from lorplan.render.changes import describe_changes
from lorplan.render.layout import Command, page_heading
from lorplan.render.next_commands import rotation_command
from lorplan.render.summary import describe_programs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.changes import PlanChanges


def render_program_mark(  # noqa: PLR0913 - all parts of the page
    applicant_plan: ApplicantPlan,
    subject: str,
    done: str,
    changes: PlanChanges,
    undo: tuple[str, ...],
    *,
    width: int,
) -> Iterator[RenderableType]:
    """Render what was done, the changes of the plan, how the programs stand now, and the way back.

    `undo` are the words after `lorplan mark` that take it back; none if there is nothing to take back.
    """
    plan = applicant_plan.plan
    yield page_heading(subject, plan, width=width)
    yield Text(done)
    described = describe_changes(changes, plan.dates)
    if described:
        yield Text(f"Changed: {described}.")
    yield Text(describe_programs(plan))
    if undo:
        word, *words = undo
        yield Text()
        yield Command(f"To take it back: {rotation_command('mark', word, applicant_plan.file_to_name, *words)}")
