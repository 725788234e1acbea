"""The templates of messages and pages: the user's own before the package's."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import ChoiceLoader, FunctionLoader, PackageLoader

if TYPE_CHECKING:
    from jinja2 import BaseLoader

MAX_BYTES: Final = 1024 * 1024
"""The largest template; those of the package take a few thousand bytes."""


def template_loader(own: Path) -> BaseLoader:
    """Load templates from the user's folder, which need not exist, and else from the package."""

    def load(name: str) -> tuple[str, str, None] | None:
        path = own / name
        if Path(name).name != name or not _exists(path):
            return None
        try:
            return _read(path), str(path), None
        except UnicodeDecodeError as error:
            message = f"{path} is not UTF-8: byte 0x{error.object[error.start]:02X}"
            raise ValueError(message) from None

    return ChoiceLoader([FunctionLoader(load), PackageLoader("lorplan")])


def _read(path: Path) -> str:
    """Read a template. Raises ValueError for what is no file, which may never end, and for one that is too large."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        message = f"{path} is not a regular file"
        raise ValueError(message)
    if status.st_size > MAX_BYTES:
        message = f"{path} is larger than {MAX_BYTES:,} bytes"
        raise ValueError(message)
    return path.read_text("utf-8")


def _exists(path: Path) -> bool:
    """Whether there is a file. Raises PermissionError if its folder exists and may not be read."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except PermissionError:  # in a home that may not be entered, as a cron job may have, there is no folder either
        if os.path.lexists(path.parent):
            raise
        return False
    return True
