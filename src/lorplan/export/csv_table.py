"""Plans as a table (RFC 4180), one row for each letter, for spreadsheets and scripts."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from lorplan.plan.document import LETTER_FIELDS, letter_document
from lorplan.text.safe import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lorplan.export.formats import ExportOptions
    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.model import Letter

COLUMNS: Final = ("applicant", "file", *LETTER_FIELDS)
"""The applicant and the file, then the fields of a letter as `plan --json` names them."""

_SIGNATURE: Final = ",".join(COLUMNS[:4]) + ","
"""How every table begins."""

_FORMULA: Final = frozenset("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
"""What makes a spreadsheet run a cell; the last four are full-width forms."""


def write(plans: Sequence[ApplicantPlan], _: ExportOptions) -> bytes:
    """Write the table with a header; lists and pairs go into one cell, and null is an empty cell."""
    return write_table(plans).encode()


def is_ours(content: bytes) -> bool:
    """Whether a file begins like one of these tables."""
    return content.startswith(_SIGNATURE.encode())


def write_table(plans: Iterable[ApplicantPlan]) -> str:
    """Write the table as text."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for applicant_plan in plans:
        plan, file = applicant_plan
        for letter in plan.letters:
            cells = {"applicant": plan.applicant.name, "file": file, **_cells(letter)}
            writer.writerow([_cell(cells[name]) for name in COLUMNS])
    return out.getvalue()


def _cells(letter: Letter) -> dict[str, Any]:
    decided = letter.decided_by
    return {
        **letter_document(letter),
        "reasons": "; ".join(f"{remark.text} ({remark.rule})" for remark in letter.reasons),
        "decided_by": f"{decided.rule} than {decided.than}" if decided else None,
        "would_change": "; ".join(letter.would_change),
    }


def _cell(value: object) -> str:
    """Write a cell that no spreadsheet runs: what looks like a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = on_one_line(str(value))
    return f"'{text}" if text.lstrip()[:1] in _FORMULA else text
