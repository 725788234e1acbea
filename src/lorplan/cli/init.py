"""`lorplan init`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from lorplan.cli.arguments import templates
from lorplan.cli.clock import today
from lorplan.cli.options import ColorOption
from lorplan.cli.terminal import Terminal, complain, prompt
from lorplan.errors import UsageError
from lorplan.storage.files import DEFAULT_NAMES, VARIABLE, refuse_unwritable, write_new
from lorplan.text.file_names import shell_word
from lorplan.text.safe import on_one_line
from lorplan.text.wording import plural

if TYPE_CHECKING:
    from lorplan.edit.interview import Question


def init(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE",
            help="The file to write. Default: $LORPLAN_FILE or rotations.yaml.",
            show_default=False,
        ),
    ] = None,
    *,
    ask: Annotated[bool, typer.Option("--ask", help="Ask for your rotations one by one.", show_default=False)] = False,
    color: ColorOption = "auto",
) -> None:
    """Write a plan file to start with.

    It explains every key, with example rotations around today. An existing file is never overwritten.

    Example: lorplan init rotations.yaml
    """
    chosen = file if file is not None else os.environ.get(VARIABLE) or DEFAULT_NAMES[0]
    refuse_unwritable(chosen)
    text, description = _from_answers() if ask else _starter()
    write_new(chosen, text)
    lines = [f"Wrote {on_one_line(chosen)} with {description}", f"Next: lorplan plan {shell_word(chosen)}"]
    Terminal("page", color).print_lines(lines)


def _starter() -> tuple[str, str]:
    from lorplan.edit.starter import write_starter

    return write_starter(today(), templates()), "three example rotations. Replace them with your own."


def _from_answers() -> tuple[str, str]:
    """Write the file from an interview on the terminal. Raises UsageError without a terminal."""
    if sys.stdin is None or not sys.stdin.isatty():
        message = "--ask needs a terminal; leave it out, and edit the file"
        raise UsageError(message)
    from lorplan.edit.interview import interview
    from lorplan.edit.starter import write_answers

    complain(["Press Enter to leave out what you do not know yet, Ctrl-C to quit without writing anything."])
    try:
        data = interview(_prompt)
    except (EOFError, KeyboardInterrupt):
        complain(["", "Nothing was written."])
        raise typer.Exit(1) from None
    return write_answers(data), f"your {plural(len(data['rotations']), 'rotation')}."


def _prompt(question: Question) -> str:
    """Ask for one answer; why the last one was refused is printed above the question."""
    if question.refused:
        complain([f"  {question.refused}"])
    while True:
        try:
            return prompt(question.text)
        except UnicodeDecodeError as error:
            complain([f"  this is not text in {error.encoding}, the encoding of your terminal"])
