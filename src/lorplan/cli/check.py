"""`lorplan check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from lorplan.cli.options import ColorOption, Files, Json, Plain
from lorplan.cli.terminal import Terminal, complain
from lorplan.errors import PlanFileError
from lorplan.planfile.lint import advice
from lorplan.render import json_documents as render_json
from lorplan.render import tab_separated as render_plain
from lorplan.render.problems import lines
from lorplan.storage.files import chosen_file, once, read

if TYPE_CHECKING:
    from lorplan.errors import Problem


def check(
    files: Files = None,
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="Let advice fail the check, too.", show_default=False)
    ] = False,
    json: Json = False,
    plain: Plain = False,
    color: ColorOption = "auto",
) -> None:
    """Every problem of plan files, or nothing.

    Advice, such as a specialty that is not known, goes to standard error and does not fail the check.

    Example: lorplan check --strict rotations.yaml
    """
    terminal = Terminal.chosen(json=json, plain=plain, color=color)
    problems: list[Problem] = []
    remarks: list[Problem] = []
    for name in once(files) if files else [None]:
        try:
            parsed = read(chosen_file(name))
            remarks += [parsed.problem_at(path, text) for path, text in advice(parsed.plan_file)]
        except PlanFileError as error:
            problems += error.problems
    terminal.answer(
        json=lambda: render_json.check(problems, remarks),
        plain=lambda: render_plain.check(problems),
        text=lambda: lines(problems),
    )
    if not json:
        complain(f"advice: {line}" for line in map(str, remarks))
    raise typer.Exit(1 if problems or (strict and remarks) else 0)


COMMAND = check
