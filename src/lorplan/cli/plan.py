"""`lorplan plan`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.cli.clock import today
from lorplan.cli.options import AsOf, ColorOption, File, Json, Plain
from lorplan.cli.terminal import Terminal
from lorplan.plan.planner import make_plan
from lorplan.render import json_documents as render_json
from lorplan.render import tab_separated as render_plain
from lorplan.storage.files import chosen_file, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from lorplan.plan.model import Plan


def plan(
    file: File = None,
    *,
    as_of: AsOf = None,
    json: Json = False,
    plain: Plain = False,
    color: ColorOption = "auto",
) -> None:
    """Whom to ask, when, and why.

    With the forecast, a timeline, the next actions and the warnings.

    Example: lorplan plan rotations.yaml --as-of 2027-01-25
    """
    terminal = Terminal.chosen(json=json, plain=plain, color=color)
    name = chosen_file(file)
    made = make_plan(load(name), as_of or today())
    terminal.answer(
        json=lambda: render_json.plan(made, name),
        plain=lambda: render_plain.plan(made),
        page=lambda: _page(made, name, terminal),
    )


def _page(made: Plan, name: str, terminal: Terminal) -> Iterator[RenderableType]:
    from lorplan.render import plan as render_plan  # noqa: PLC0415 - rich is for people only
    from lorplan.render import timeline as render_timeline  # noqa: PLC0415 - rich is for people only

    glyphs = render_timeline.ASCII if terminal.ascii_only else render_timeline.UNICODE
    return render_plan.plan(made, name, width=terminal.page_width, glyphs=glyphs)


COMMAND = plan
