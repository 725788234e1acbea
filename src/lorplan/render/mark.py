"""What was recorded for a letter and what comes next, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from lorplan.render.due import action_table, suggestion
from lorplan.render.layout import hanging, heading
from lorplan.render.timeline import NARROWEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from lorplan.plan.model import Letter, Plan


def marked(plan: Plan, letter: Letter, done: str, file: str, *, width: int) -> Iterator[RenderableType]:
    """What was done, then what is pressing and the next to come for this letter, and what is wrong with it."""
    yield heading(f"{letter.attending} ({letter.id})", as_of=plan.as_of, file=file)
    yield Text(done)
    actions = [action for action in plan.actions if action.rotation == letter.id]
    pressing = [action for action in actions if action.state != "upcoming"]
    shown = actions[: len(pressing) + 1]
    yield Text()
    if shown:
        yield Text("Next", style="bold")
        yield action_table(shown, narrow=width < NARROWEST)
        yield from suggestion(shown[0], file)
    else:
        yield Text(f"Nothing more to do for this letter: {letter.verdict}, {letter.reason.text}")
    for caution in plan.warnings:
        if caution.rotation == letter.id:
            yield hanging("!", caution.text)
