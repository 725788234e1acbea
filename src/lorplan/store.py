"""Where plan files are found and how they are read from the disk."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lorplan.errors import PlanFileError, Problem
from lorplan.planfile import MAX_BYTES, Parsed, decode, parse

if TYPE_CHECKING:
    from lorplan.models import PlanFile

STANDARD_INPUT: Final = "-"
VARIABLE: Final = "LORPLAN_FILE"
DEFAULT_NAMES: Final = ("rotations.yaml", "rotations.yml")


def load(path: str | os.PathLike[str]) -> PlanFile:
    """The plan file at a path, or on standard input for "-".

    Raises PlanFileError with every problem of the file; that it cannot be read is one, too.
    """
    return read(os.fspath(path)).plan_file


def read(file: str) -> Parsed:
    """The plan file by its name, with the places of its values. Raises PlanFileError."""
    return parse(decode(_bytes_of(file), file), file)


def default_file() -> str | None:
    """The plan file to use where none is named: the variable's, else one in the working directory."""
    named = os.environ.get(VARIABLE)
    return named or next((name for name in DEFAULT_NAMES if Path(name).exists()), None)


def chosen_file(named: str | None) -> str:
    """The plan file named on the command line, else the default one. Raises PlanFileError without either."""
    file = default_file() if named is None else named
    if file is None:
        names = " nor ".join(DEFAULT_NAMES)
        message = f"no plan file is here, neither {names}: name one, or set {VARIABLE}"
        raise PlanFileError((_whole(None, message),))
    return file


def _bytes_of(file: str) -> bytes:
    """At most one byte more than a plan file may have: enough to see that it is too large."""
    if not file:
        raise PlanFileError((_whole("''", "cannot be read: the name is empty"),))
    try:
        if file == STANDARD_INPUT:
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with Path(file).open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise PlanFileError((_whole(file, f"cannot be read: {reason}"),)) from error


def _whole(file: str | None, message: str) -> Problem:
    return Problem(file=file, line=None, column=None, rotation=None, message=message)
