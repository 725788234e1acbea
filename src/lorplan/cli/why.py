"""`lorplan why`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.cli.clock import today
from lorplan.cli.options import AsOf, ColorOption, FileOption, Json, Plain, RotationName
from lorplan.cli.rotation import find, letter_of
from lorplan.cli.terminal import Terminal
from lorplan.plan.planner import make_plan
from lorplan.render import json_documents as render_json
from lorplan.render import tab_separated as render_plain
from lorplan.rules import BY_ID
from lorplan.storage.files import chosen_file, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from lorplan.plan.model import Letter, Plan


def why(
    rotation: RotationName,
    *,
    file: FileOption = None,
    as_of: AsOf = None,
    json: Json = False,
    plain: Plain = False,
    color: ColorOption = "auto",
) -> None:
    """Why a letter has its verdict.

    Every rule that spoke for or against it, what decided, what is not known, and what would change it.

    Example: lorplan why chen -f rotations.yaml
    """
    terminal = Terminal.chosen(json=json, plain=plain, color=color)
    name = chosen_file(file)
    plan_file = load(name)
    made = make_plan(plan_file, as_of or today())
    letter = letter_of(made, plan_file, find(plan_file, rotation))
    terminal.answer(
        json=lambda: render_json.why(made, letter, name, BY_ID),
        plain=lambda: render_plain.why(letter, BY_ID),
        page=lambda: _page(made, letter, name),
    )


def _page(made: Plan, letter: Letter, name: str) -> Iterator[RenderableType]:
    from lorplan.render import why as render_why  # noqa: PLC0415 - rich is for people only

    return render_why.why(made, letter, name, BY_ID)


COMMAND = why
