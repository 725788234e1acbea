"""What can be wrong with a user's input, and where."""

from __future__ import annotations

from typing import NamedTuple


class LorplanError(Exception):
    """A mistake of the user's or of the surroundings: told in words, never with a traceback."""


class UsageError(LorplanError):
    """A command was called in a way that cannot work; exit status 2."""


class OutputError(LorplanError):
    """The answer cannot be written; exit status 1."""


class ReaderGoneError(LorplanError):
    """Whoever read the answer has read enough and closed the pipe; not a failure."""


class Problem(NamedTuple):
    """One thing that is wrong in a plan file.

    `line` and `column` count from 1, the column in characters; both are None where the file as a whole is the
    problem, and `file` is None where there is none to be found. `rotation` is the rotation's id where it lies
    in one, `source` the line of the file as typed.
    """

    file: str | None
    line: int | None
    column: int | None
    rotation: str | None
    message: str
    source: str = ""

    def __str__(self) -> str:
        place = (self.file or ("<text>" if self.line else "lorplan"), self.line, self.column)
        prefix = ":".join(str(part) for part in place if part is not None)
        return f"{prefix}: " + (f'rotation "{self.rotation}": ' if self.rotation else "") + self.message

    def to_dict(self) -> dict[str, str | int | None]:
        """The problem as `check --json` prints it."""
        names = ("file", "line", "column", "rotation", "message")
        return {name: getattr(self, name) for name in names}


class PlanFileError(LorplanError):
    """A plan file that cannot be used as it is; `problems` are all of them, in the order of the text."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))
