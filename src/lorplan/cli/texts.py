"""The texts of messages and of the starter file: the user's own before the package's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from lorplan.storage.files import templates

if TYPE_CHECKING:
    from jinja2 import BaseLoader


def texts() -> BaseLoader:
    """The templates in `templates` of the user's folder for lorplan, then the package's."""
    return templates(Path(typer.get_app_dir("lorplan")) / "templates")
