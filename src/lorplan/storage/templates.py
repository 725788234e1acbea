"""The templates of messages and pages: the user's own before the package's."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import ChoiceLoader, FunctionLoader, PackageLoader

if TYPE_CHECKING:
    from jinja2 import BaseLoader


def template_loader(own: Path) -> BaseLoader:
    """Load templates from the user's folder, which need not exist, and else from the package."""

    def load(name: str) -> tuple[str, str, None] | None:
        path = own / name
        if Path(name).name != name or not _exists(path):
            return None
        try:
            return path.read_text("utf-8"), str(path), None
        except UnicodeDecodeError as error:
            message = f"{path} is not UTF-8: byte 0x{error.object[error.start]:02X}"
            raise ValueError(message) from None

    return ChoiceLoader([FunctionLoader(load), PackageLoader("lorplan")])


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
