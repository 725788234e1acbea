"""Problems of a plan file as lines: where, what, the line of the file, and a caret below the position."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lorplan.text.safe import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lorplan.errors import Problem

MAX_EXCERPT: Final = 96
"""Characters of the source line that are shown, around the position if the line is longer."""


def problem_lines(problems: Iterable[Problem]) -> Iterator[str]:
    """Write every problem on one line, with an excerpt below it if it has a position."""
    for problem in problems:
        yield on_one_line(str(problem))
        if problem.source.strip() and problem.column is not None:
            yield from _excerpt(problem.source, problem.column)


def _excerpt(source: str, column: int) -> Iterator[str]:
    """Show the part of the line around a column (from 1), and a caret below it."""
    from rich.cells import cell_len  # needed only if something is wrong

    start = max(0, column - 1 - MAX_EXCERPT // 2) if len(source) > MAX_EXCERPT else 0
    shown = on_one_line(source[start : start + MAX_EXCERPT])
    before, after = "..." if start else "", "..." if start + MAX_EXCERPT < len(source) else ""
    yield f"    {before}{shown}{after}".rstrip()
    yield "    " + " " * (len(before) + cell_len(on_one_line(source[start : column - 1]))) + "^"
