"""The formats in which plans are exported, and how each recognizes its own files."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from jinja2 import BaseLoader

    from lorplan.plan.applicant_plan import ApplicantPlan, UnusableFile

FormatName = Literal["ics", "csv", "markdown", "html", "svg"]

MODULES: Final[dict[FormatName, str]] = {
    "ics": "ics",
    "csv": "csv_table",
    "markdown": "markdown",
    "html": "html",
    "svg": "svg",
}
"""Each format with the module in this folder that writes it."""


class ExportOptions(NamedTuple):
    """What an export needs besides the plans: the day they were made for, the templates, and a calendar's form.

    `todo`: write the entries of a calendar as to-dos. `earlier`: the file that the export replaces, if there is one.
    `unusable`: the other files that were named, of which there are no plans.
    """

    as_of: date
    loader: BaseLoader
    todo: bool = False
    earlier: bytes | None = None
    unusable: tuple[UnusableFile, ...] = ()


class Format(Protocol):
    """What the module of a format offers."""

    def write(self, plans: Sequence[ApplicantPlan], options: ExportOptions) -> bytes:
        """Write the plans."""

    def is_ours(self, content: bytes) -> bool:
        """Whether a file was written by this format, so that a new export may replace it."""


def load_format(name: FormatName) -> Format:
    """Import the module of a format; what the others need stays unloaded."""
    return cast("Format", import_module(f"lorplan.export.{MODULES[name]}"))


HEAD_BYTES: Final = 4096
"""Where in a file its signature is, unless it is at the end."""
