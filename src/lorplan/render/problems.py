"""Problems of a plan file as lines: where, what, the line of the file, and a caret below the place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lorplan.text.safe import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lorplan.errors import Problem

EXCERPT: Final = 96
"""Characters of the source line that are shown: around the place, where the line is longer."""


def lines(problems: Iterable[Problem]) -> Iterator[str]:
    """Every problem in one line, each with its excerpt below where it has a place."""
    for problem in problems:
        yield on_one_line(str(problem))
        if problem.source.strip() and problem.column is not None:
            yield from _excerpt(problem.source, problem.column)


def _excerpt(source: str, column: int) -> Iterator[str]:
    """The part of the line around a column (from 1), and the caret in the same place."""
    from rich.cells import cell_len  # noqa: PLC0415 - needed only when something is wrong

    start = max(0, column - 1 - EXCERPT // 2) if len(source) > EXCERPT else 0
    shown = source[start : start + EXCERPT]
    before, after = "..." if start else "", "..." if start + EXCERPT < len(source) else ""
    yield f"    {before}{shown}{after}".rstrip()
    yield "    " + " " * (len(before) + cell_len(source[start : column - 1])) + "^"
