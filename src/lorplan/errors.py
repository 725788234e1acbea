"""The program's exceptions, and a problem in a plan file with its position."""

from __future__ import annotations

from typing import NamedTuple


class LorplanError(Exception):
    """An error caused by the user or the environment; shown as a message, without a traceback.

    `way_out` is what to type or to do instead; "" if there is nothing to say.
    """

    def __init__(self, message: str = "", way_out: str = "") -> None:
        self.way_out = way_out
        super().__init__(message)


class UsageError(LorplanError):
    """A command was used incorrectly; exit status 2."""


class OutputError(LorplanError):
    """The output cannot be written; exit status 1."""


class PipeClosedError(LorplanError):
    """The reader closed the pipe (as in `| head`). Not an error."""


class Problem(NamedTuple):
    """One problem in a plan file.

    `line` and `column` (in characters) are 1-based, or None for a problem with the whole file. `file` is None if no
    file was found. `rotation` is the id of the rotation it is in, if any; `source` is the line of the file.
    """

    file: str | None
    line: int | None
    column: int | None
    rotation: str | None
    message: str
    source: str = ""

    def __str__(self) -> str:
        position = (self.file or ("<text>" if self.line else "lorplan"), self.line, self.column)
        prefix = ":".join(str(part) for part in position if part is not None)
        return f"{prefix}: " + (f'rotation "{self.rotation}": ' if self.rotation else "") + self.message

    def to_dict(self) -> dict[str, str | int | None]:
        """Return the problem as `check --json` prints it."""
        names = ("file", "line", "column", "rotation", "message")
        return {name: getattr(self, name) for name in names}


class PlanFileError(LorplanError):
    """A plan file that cannot be used; `problems` has every problem, in the order of the text."""

    def __init__(self, problems: tuple[Problem, ...], way_out: str = "") -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems), way_out)

    @property
    def summary(self) -> str:
        """What is wrong, without the places: those are in a text that nobody has seen yet."""
        return "; ".join(dict.fromkeys(problem.message for problem in self.problems))
