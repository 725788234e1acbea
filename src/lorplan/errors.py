"""What can be wrong with a user's input, and where."""

from __future__ import annotations

from dataclasses import dataclass


class LorplanError(Exception):
    """A mistake of the user's or of the surroundings: told in words, never with a traceback."""


class UsageError(LorplanError):
    """A command was called in a way that cannot work; exit status 2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong in a plan file.

    `line` and `column` count from 1, the column in characters. `rotation` is the rotation's id where the
    problem lies in one, `source` the line of the file as it was typed.
    """

    file: str | None
    line: int
    column: int
    rotation: str | None
    message: str
    source: str = ""

    def __str__(self) -> str:
        place = f"{self.file or '<text>'}:{self.line}:{self.column}: "
        return place + (f'rotation "{self.rotation}": ' if self.rotation else "") + self.message


class PlanFileError(LorplanError):
    """A plan file that cannot be used as it is; `problems` are all of them, in the order of the text."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))
