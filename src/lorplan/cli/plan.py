"""`lorplan plan`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.cli.clock import today
from lorplan.cli.options import AsOf, ColorOption, File, Json, Plain
from lorplan.cli.terminal import Terminal
from lorplan.plan.applicant_plan import ApplicantPlan
from lorplan.plan.document import plan_document
from lorplan.plan.planner import make_plan
from lorplan.render import tab_separated
from lorplan.storage.files import choose_file, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType


def plan(
    file: File = None,
    *,
    as_of: AsOf = None,
    json: Json = False,
    plain: Plain = False,
    color: ColorOption = "auto",
) -> None:
    """Show whom to ask, when, and why.

    With the forecast, a timeline, the next actions and the warnings.

    Example: lorplan plan rotations.yaml --as-of 2027-01-25
    """
    terminal = Terminal.from_options(json=json, plain=plain, color=color)
    name = choose_file(file)
    made = make_plan(load(name), as_of or today())
    terminal.answer(
        json=lambda: plan_document(made, file=name),
        plain=lambda: tab_separated.plan_records(made),
        page=lambda: _page(ApplicantPlan(made, name), terminal),
    )


def _page(applicant_plan: ApplicantPlan, terminal: Terminal) -> Iterator[RenderableType]:
    from lorplan.render.plan import render_plan
    from lorplan.render.timeline import ASCII, UNICODE

    glyphs = ASCII if terminal.ascii_only else UNICODE
    return render_plan(applicant_plan, width=terminal.page_width, glyphs=glyphs)
