"""`lorplan check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from lorplan.cli.file_arguments import named_files
from lorplan.cli.options import ColorOption, Files, Json, Plain, SameFile, option
from lorplan.cli.terminal import Terminal, complain, tell_way_out
from lorplan.errors import PlanFileError
from lorplan.planfile.lint import find_advice
from lorplan.render.problems import problem_lines
from lorplan.storage.files import choose_file, read_file, without_duplicates

if TYPE_CHECKING:
    from lorplan.errors import Problem


def check(
    files: Files = None,
    *,
    strict: Annotated[bool, option("--strict", text="Treat advice as errors.")] = False,
    same_file: SameFile = None,
    json: Json = False,
    plain: Plain = False,
    color: ColorOption = "auto",
) -> None:
    """Check plan files for errors.

    Prints nothing if there are none. Advice, such as an unknown specialty, goes to standard error.

    Examples:
      lorplan check
      lorplan check --strict students/*.yaml
    """
    from lorplan.render import json_documents, tab_separated

    terminal = Terminal.from_options(json=json, plain=plain, color=color)
    problems: list[Problem] = []
    advice: list[Problem] = []
    ways_out: list[str] = []
    named = named_files(files, same_file)
    for name in without_duplicates(named) if named else [None]:
        try:
            located = read_file(choose_file(name))
            advice += located.advice(find_advice(located.plan_file))
        except PlanFileError as error:
            problems += error.problems
            ways_out.append(error.way_out)
    terminal.answer(
        json=lambda: json_documents.check_document(problems, advice),
        plain=lambda: tab_separated.check_records(problems),
        text=lambda: problem_lines(problems),
    )
    if not json:
        complain(f"advice: {line}" for line in map(str, advice))
        for way_out in ways_out:
            tell_way_out(way_out)
    raise typer.Exit(1 if problems or (strict and advice) else 0)
