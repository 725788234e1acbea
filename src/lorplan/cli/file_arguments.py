"""Which plan files are meant: those that FILE names, the one of --file, or the default one."""

from __future__ import annotations

import os
import re
from typing import Final

from lorplan.cli.arguments import find_rotation
from lorplan.errors import LorplanError, UsageError
from lorplan.storage.files import default_file, load

_WORD: Final = re.compile(r"\w[\w-]*")
"""What could be an id, and is hardly the name of a plan file."""


def named_file(argument: str | None, option: str | None) -> str | None:
    """Return the file that FILE or --file names; None if neither does. Raises UsageError if they name two."""
    files = named_files(None if argument is None else [argument], option)
    return files[0] if files else None


def named_files(arguments: list[str] | None, option: str | None) -> list[str] | None:
    """Return the files that FILE or --file names; None if neither does.

    Raises UsageError if they name different ones, and if the only one is no file but a rotation of the default one.
    """
    if arguments and option is not None and arguments != [option]:
        message = f"FILE and --file name different files: {' '.join(arguments)} and {option}"
        raise UsageError(message, "leave one of them out")
    files = arguments or (None if option is None else [option])
    if files and len(files) == 1:
        _refuse_rotation(files[0])
    return files


def _refuse_rotation(name: str) -> None:
    """Raise UsageError if what should name a file can only mean a rotation."""
    if not _WORD.fullmatch(name) or os.path.lexists(name):
        return
    try:
        file = default_file()
        plan_file = None if file is None else load(file)
        rotation = None if plan_file is None else plan_file.ids[find_rotation(plan_file, name)]
    except LorplanError:
        return
    if rotation is not None:
        message = f'no file "{name}"'
        raise UsageError(message, f"did you mean lorplan why {rotation}?")
