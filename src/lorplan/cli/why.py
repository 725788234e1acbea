"""`lorplan why`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from lorplan.cli.arguments import find_letter
from lorplan.cli.clock import today
from lorplan.cli.options import AsOf, ColorOption, FileOption, Json, Plain, RotationName
from lorplan.cli.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.model import Letter


def why(
    rotation: RotationName,
    *,
    sources: Annotated[
        bool, typer.Option("--sources", help="Add the rules and what they rest on.", show_default=False)
    ] = False,
    file: FileOption = None,
    as_of: AsOf = None,
    json: Json = False,
    plain: Plain = False,
    color: ColorOption = "auto",
) -> None:
    """Explain the decision about one letter.

    What decided, what would change it, what speaks for and against it, and what is not known.

    Examples:
      lorplan why chen
      lorplan why chen --sources -f rotations.yaml
    """
    from lorplan.render import json_documents, tab_separated

    terminal = Terminal.from_options(json=json, plain=plain, color=color)
    applicant_plan, letter = find_letter(file, rotation, as_of or today())
    terminal.answer(
        json=lambda: json_documents.why_document(applicant_plan, letter),
        plain=lambda: tab_separated.why_records(applicant_plan.plan, letter),
        page=lambda: _page(applicant_plan, letter, sources=sources),
    )


def _page(applicant_plan: ApplicantPlan, letter: Letter, *, sources: bool) -> Iterator[RenderableType]:
    from lorplan.render.why import render_why

    return render_why(applicant_plan, letter, sources=sources)
