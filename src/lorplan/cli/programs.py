"""`lorplan programs`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from lorplan.cli.arguments import find_program
from lorplan.cli.clock import today
from lorplan.cli.complete import complete_program
from lorplan.cli.options import AsOf, ColorOption, Json, Plain, SameFile, option
from lorplan.cli.terminal import Terminal
from lorplan.errors import UsageError
from lorplan.plan.applicant_plan import ApplicantPlan
from lorplan.plan.planner import make_plan
from lorplan.storage.files import choose_file, load
from lorplan.text.file_names import STANDARD_INPUT, is_file_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from lorplan.plan.model import PlannedProgram


def programs(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE PROGRAM",
            help="The plan file, a program, or both. A program is an id, the start of one, or a part of its name.",
            autocompletion=complete_program,
            show_default=False,
        ),
    ] = None,
    *,
    short: Annotated[bool, option("--short", text="Only those that lack something.")] = False,
    ready: Annotated[bool, option("--ready", text="Only those to which letters can be assigned now.")] = False,
    same_file: SameFile = None,
    as_of: AsOf = None,
    json: Json = False,
    plain: Plain = False,
    color: ColorOption = "auto",
) -> None:
    """Show which letters go to which program, and what each program still lacks.

    With a program, everything about it: what meets each of its requirements, and what would change that.

    Examples:
      lorplan programs
      lorplan programs --short
      lorplan programs lakeside
    """
    from lorplan.render import json_documents, tab_separated

    terminal = Terminal.from_options(json=json, plain=plain, color=color)
    named, word = _split(words or [], same_file)
    file = choose_file(named)
    plan_file = load(file)
    plan = make_plan(plan_file, as_of or today())
    applicant_plan = ApplicantPlan(plan, file, is_default=named is None)
    shown = [one for one in plan.programs if _is_shown(one, short=short, ready=ready)]
    if word is not None:
        chosen = plan_file.program_ids[find_program(plan_file, word)]
        shown = [one for one in plan.programs if one.id == chosen]
    terminal.answer(
        json=lambda: json_documents.programs_document(applicant_plan, shown),
        plain=lambda: tab_separated.program_records(shown),
        page=lambda: _page(applicant_plan, shown, terminal.page_width, is_one=word is not None),
    )


def _split(words: Sequence[str], option_file: str | None) -> tuple[str | None, str | None]:
    """Tell the file from the program: of a single word, by whether it can only be a file. Raises UsageError."""
    if len(words) + (option_file is not None) > 2:
        message = f"too many words: {' '.join(words)}"
        raise UsageError(message, "write: lorplan programs FILE PROGRAM")
    if option_file is not None:
        return option_file, words[0] if words else None
    if len(words) == 2:
        return words[0], words[1]
    if words and (words[0] == STANDARD_INPUT or is_file_name(words[0]) or os.path.lexists(words[0])):
        return words[0], None
    return None, words[0] if words else None


def _is_shown(one: PlannedProgram, *, short: bool, ready: bool) -> bool:
    if not (short or ready):
        return True
    return (short and one.state == "short") or (ready and bool(one.to_assign))


def _page(
    applicant_plan: ApplicantPlan, shown: Sequence[PlannedProgram], width: int, *, is_one: bool
) -> Iterator[RenderableType]:
    from lorplan.render.programs import render_program, render_programs

    if is_one:
        return render_program(applicant_plan, shown[0], width=width)
    return render_programs(applicant_plan, shown, width=width)
