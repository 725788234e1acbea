"""`lorplan plan`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from lorplan.cli.clock import today
from lorplan.cli.file_arguments import named_file
from lorplan.cli.options import AsOf, ColorOption, File, Json, Plain, SameFile, option
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
    full: Annotated[bool, option("--full", text="Add each letter's reason, all actions and all notes.")] = False,
    same_file: SameFile = None,
    as_of: AsOf = None,
    json: Json = False,
    plain: Plain = False,
    color: ColorOption = "auto",
) -> None:
    """Show what to do, whom to ask and when, on one screen.

    Examples:
      lorplan plan
      lorplan plan --full
      lorplan plan rotations.yaml --as-of 2027-01-25
    """
    terminal = Terminal.from_options(json=json, plain=plain, color=color)
    named = named_file(file, same_file)
    name = choose_file(named)
    made = make_plan(load(name), as_of or today())
    terminal.answer(
        json=lambda: plan_document(made, file=name),
        plain=lambda: tab_separated.plan_records(made),
        page=lambda: _page(ApplicantPlan(made, name, is_default=named is None), terminal, full=full),
    )


def _page(applicant_plan: ApplicantPlan, terminal: Terminal, *, full: bool) -> Iterator[RenderableType]:
    from lorplan.render.full_plan import render_full_plan
    from lorplan.render.plan import render_plan
    from lorplan.render.timeline import ASCII, UNICODE

    glyphs = ASCII if terminal.ascii_only else UNICODE
    render = render_full_plan if full else render_plan
    return render(applicant_plan, width=terminal.page_width, glyphs=glyphs)
