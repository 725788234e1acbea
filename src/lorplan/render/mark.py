"""What was recorded for a letter and what comes next, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from lorplan.render.layout import NARROW, action_table, hanging, heading, next_commands, section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.model import Letter


def render_mark(applicant_plan: ApplicantPlan, letter: Letter, done: str, *, width: int) -> Iterator[RenderableType]:
    """Render what was done, what is due and the next action for this letter, and its warnings."""
    plan, file = applicant_plan
    yield heading(f"{letter.attending} ({letter.id})", as_of=plan.as_of, file=file)
    yield Text(done)
    actions = plan.actions_for(letter)
    shown = actions[: sum(action.is_due for action in actions) + 1]
    if shown:
        yield from section("Next", action_table(shown, narrow=width < NARROW), *next_commands(shown[0], file))
    else:
        yield Text()
        yield Text(f"Nothing more to do for this letter: {letter.verdict}, {letter.reason.text}")
    for warning in plan.warnings:
        if warning.rotation == letter.id:
            yield hanging("!", warning.text)
