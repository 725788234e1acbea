"""Interviews on the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import typer

from lorplan.cli.terminal import complain, prompt

if TYPE_CHECKING:
    from collections.abc import Callable

    from lorplan.edit.interview import Question


def can_ask() -> bool:
    """Whether there is a terminal to ask on."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask_all(interview: Callable[[Callable[[Question], str]], dict[str, Any] | None]) -> dict[str, Any]:
    """Hold an interview, and return what it collects; without an answer nothing is written, and the status is 1."""
    complain(
        ["Press Enter to leave out what you do not know yet, < to go back, Ctrl-C to quit without writing anything."]
    )
    try:
        data = interview(_prompt)
    except (EOFError, KeyboardInterrupt):
        complain([""])
        data = None
    if data is None:
        complain(["Nothing was written."])
        raise typer.Exit(1)
    return data


def _prompt(question: Question) -> str:
    """Ask for one answer; why the last one was refused is printed above the question."""
    if question.refused:
        complain([f"  {question.refused}"])
    while True:
        try:
            return prompt(question.text)
        except UnicodeDecodeError as error:
            complain([f"  this is not text in {error.encoding}, the encoding of your terminal"])
