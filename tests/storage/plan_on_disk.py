"""Amina's plan file on the disk: its changes, and what is in its folder."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

from lorplan.edit.record_event import RecordedEvent
from lorplan.storage.files import change_file
from samples import AMINA, AS_OF

if TYPE_CHECKING:
    from pathlib import Path

    from lorplan.edit.verified_edit import Edit
    from lorplan.planfile.reader import LocatedPlanFile


def asked_on(day: str) -> str:
    """Give Amina's file with Chen asked on a day."""
    return AMINA.replace("end: 2027-01-29}", f"end: 2027-01-29, letter: {{asked: {day}}}}}")


MARK: Final = ("mark", "chen", "asked", "--as-of", AS_OF)
MARKED: Final = asked_on(AS_OF)
"""What MARK makes of Amina's file."""


def record(path: Path, day: str = AS_OF) -> Edit:
    """Change a plan file as `lorplan mark` does: Chen was asked on a day, instead of an earlier one."""

    def edit(located: LocatedPlanFile) -> Edit:
        return RecordedEvent(located, 0, "asked").record(day, replace=True)

    return change_file(os.fspath(path), edit)


def names(folder: Path) -> set[str]:
    """List everything in a folder, hidden or not."""
    return {path.name for path in folder.iterdir()}


def texts(folder: Path) -> dict[str, str]:
    """Give the content of every file in a folder."""
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


def state(folder: Path) -> dict[str, object]:
    """Describe everything in a folder: what it is, where it leads, its content, and when it was written."""
    found: dict[str, object] = {}
    for path in folder.iterdir():
        status = path.lstat()
        content: object = None
        if stat.S_ISREG(status.st_mode):
            content = path.read_bytes()
        elif stat.S_ISLNK(status.st_mode):
            content = path.readlink()
        found[path.name] = (status.st_mode, status.st_ino, status.st_mtime_ns, content)
    return found


def mode_of(path: Path) -> int:
    """Give the permissions of a file."""
    return stat.S_IMODE(path.stat().st_mode)
