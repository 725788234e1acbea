"""Plan files as text in tests, and the problems that they are refused for.

A mark « before a value or a key says that a problem is expected there; it is removed before the file is read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from lorplan.errors import PlanFileError, Problem
from lorplan.planfile.reader import loads

if TYPE_CHECKING:
    from collections.abc import Callable

HERE: Final = "«"
ROW: Final = """\
- attending: Wei Chen
  specialty: im
  start: 2027-01-04
  weeks: 4
"""
"""The usual rotation, of which every other one is a variation."""

LETTER: Final = ROW + "  letter:\n"
EXPECTED_MAPPING: Final = "expected a mapping (lines of `key: value`)"
EXPECTED_LIST: Final = "expected a list, such as [a, b]"
NOT_YAML: Final = "not YAML: (the words of the parser)"


def find_problems(make: Callable[[], object]) -> list[Problem]:
    """Find the problems for which a call refuses something."""
    with pytest.raises(PlanFileError) as refused:
        make()
    return list(refused.value.problems)


def problems(text: str) -> list[str]:
    """Find the problems of a file without its marks, each as `line:column: message`.

    The words of the YAML parser, which are not ours, are replaced.
    """
    found = find_problems(lambda: loads(text.replace(HERE, "")))
    return [re.sub("not YAML: .+", NOT_YAML, str(problem).removeprefix("<text>:")) for problem in found]


def only_problem(text: str) -> Problem:
    """Find the only problem of a file."""
    [problem] = find_problems(lambda: loads(text))
    return problem


def places(text: str) -> list[tuple[int, int]]:
    """Find the line and the column of each mark of a file."""
    pieces = text.split(HERE)[:-1]
    before = ["".join(pieces[: number + 1]).replace("\r\n", "\n") for number in range(len(pieces))]
    return [(piece.count("\n") + 1, len(piece) - piece.rfind("\n")) for piece in before]


def at_marks(text: str, *messages: str) -> list[str]:
    """Put messages at the marks of a file, in order; two adjacent marks are two problems at one place."""
    return [f"{line}:{column}: {message}" for (line, column), message in zip(places(text), messages, strict=True)]


def in_chen(message: str) -> str:
    """Write a message about the usual rotation."""
    return f'rotation "chen": {message}'
