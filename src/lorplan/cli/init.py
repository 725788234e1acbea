"""`lorplan init`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from lorplan.cli.clock import today
from lorplan.cli.options import ColorOption
from lorplan.cli.terminal import Terminal, complain
from lorplan.cli.texts import texts
from lorplan.errors import UsageError
from lorplan.render.next_commands import shell_word
from lorplan.storage.files import DEFAULT_NAMES, VARIABLE, refuse_unwritable, write_new
from lorplan.text.safe import counted, on_one_line

if TYPE_CHECKING:
    from lorplan.edit.interview import Question


def init(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE", help="The file to write. Else $LORPLAN_FILE or rotations.yaml.", show_default=False
        ),
    ] = None,
    *,
    ask: Annotated[
        bool, typer.Option("--ask", help="Ask for your rotations, one by one.", show_default=False)
    ] = False,
    color: ColorOption = "auto",
) -> None:
    """Write a plan file to start with.

    It explains every key, with made-up rotations around today. A file that is there is never overwritten.

    Example: lorplan init rotations.yaml
    """
    chosen = file if file is not None else os.environ.get(VARIABLE) or DEFAULT_NAMES[0]
    refuse_unwritable(chosen)
    text, what = _answers() if ask else _starter()
    write_new(chosen, text)
    lines = [f"{on_one_line(chosen)} is written: {what}.", f"Next: lorplan plan {shell_word(chosen)}"]
    Terminal("page", color).lines(lines)


def _starter() -> tuple[str, str]:
    from lorplan.edit.starter import starter  # noqa: PLC0415 - the templates' engine is slow to load

    return starter(today(), texts()), "three made-up rotations, to be replaced by yours"


def _answers() -> tuple[str, str]:
    """The file that comes of an interview on the terminal. Raises UsageError without one."""
    if sys.stdin is None or not sys.stdin.isatty():
        message = "--ask needs a terminal to ask on: leave it out, and edit the file"
        raise UsageError(message)
    from lorplan.edit.interview import interview  # noqa: PLC0415 - for this only
    from lorplan.edit.starter import written  # noqa: PLC0415 - for this only

    complain(["Answer with Enter what you do not know yet. Ctrl-C leaves without writing anything."])
    try:
        data = interview(_prompt)
    except (typer.Abort, EOFError, KeyboardInterrupt):
        complain(["", "Nothing is written."])
        raise typer.Exit(1) from None
    return written(data), f"{counted(len(data['rotations']), 'rotation')} of yours"


def _prompt(question: Question) -> str:
    """One answer, typed after the question; why the last one would not do stands above it."""
    if question.refused:
        complain([f"  {question.refused}"])
    while True:
        try:
            return str(typer.prompt(question.text, default="", show_default=False, err=True))
        except UnicodeDecodeError as error:
            complain([f"  that is not text in {error.encoding}, which your terminal says it speaks"])


COMMAND = init
