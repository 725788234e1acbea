"""Plans as a table (RFC 4180): one row a letter, for spreadsheets and scripts."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, Final

from lorplan.text.safe import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lorplan.plan.applicant_plan import Dossier
    from lorplan.plan.model import Letter

COLUMNS: Final = (
    "applicant",
    "file",
    "id",
    "attending",
    "hospital",
    "specialty",
    "start",
    "last_day",
    "status",
    "verdict",
    "pick",
    "rank",
    "strength",
    "tentative",
    "tight",
    "silent",
    "fresh",
    "opens",
    "ask_on",
    "closes",
    "arrives_by",
    "on_time",
    "reasons",
    "decided_by",
    "would_change",
)
"""The applicant and the file, then the fields of a letter as `plan --json` names them."""

MARK: Final = ",".join(COLUMNS[:4]) + ","
"""How every table begins; by this a later export knows that it may replace it."""

_FORMULA: Final = frozenset("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
"""What makes a spreadsheet run a cell; the last four are their full-width forms."""


class _Written(list[str]):
    """What the writer has written, in the memory alone."""

    def write(self, text: str) -> None:
        """Take a piece of text."""
        self.append(text)


def table(dossiers: Iterable[Dossier]) -> str:
    """The table with a header; lists and pairs in one cell, nothing as an empty one."""
    out = _Written()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for dossier in dossiers:
        for letter in dossier.plan.letters:
            cells = {"applicant": dossier.plan.applicant, "file": dossier.file, **_cells(letter)}
            writer.writerow([_disarmed(cells[name]) for name in COLUMNS])
    return "".join(out)


def _cells(letter: Letter) -> dict[str, Any]:
    fields = letter.to_dict()
    decided = letter.decided_by
    return {
        **fields,
        "reasons": "; ".join(f"{reason.text} ({reason.rule})" for reason in letter.reasons),
        "decided_by": f"{decided.rule} than {decided.than}" if decided else None,
        "would_change": "; ".join(letter.would_change),
    }


def _disarmed(value: object) -> str:
    """A value as a cell that no spreadsheet runs: what looks like a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = on_one_line(str(value))
    return f"'{text}" if text.lstrip()[:1] in _FORMULA else text
