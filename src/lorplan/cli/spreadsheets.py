"""Spreadsheets that commands read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.errors import PlanFileError, Problem
from lorplan.planfile.reader import decode
from lorplan.storage.files import read_bytes

if TYPE_CHECKING:
    from lorplan.edit.spreadsheet import Sheet


def read_spreadsheet(name: str) -> Sheet:
    """Read a spreadsheet by the name of its file. Raises PlanFileError with every problem of its rows."""
    from lorplan.edit.spreadsheet import read_sheet  # few runs of a command need it

    sheet = read_sheet(decode(read_bytes(name), name))
    if sheet.problems:
        raise PlanFileError(tuple(Problem(name, None, None, None, str(problem)) for problem in sheet.problems))
    return sheet
