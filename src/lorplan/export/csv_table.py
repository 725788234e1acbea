"""Plans as a sheet for people (RFC 4180, UTF-8 with a byte order mark), one row for each letter."""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from lorplan.plan.due import most_urgent
from lorplan.render.program_matrix import describe_place, program_title
from lorplan.text.safe import on_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lorplan.export.formats import ExportOptions
    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.model import Letter, Plan


def _next_action(plan: Plan, letter: Letter) -> str | None:
    """Give the most pressing action with its day: the last one once it is due, else the first."""
    action = most_urgent(plan.actions_for(letter))
    if action is None:
        return None
    return f"{action.until if action.is_due else action.on} {action.title}"


_CELLS: Final[dict[str, Callable[[Plan, Letter], Any]]] = {
    "applicant": lambda plan, _: plan.applicant.name,
    "attending": lambda _, letter: letter.attending,
    "hospital": lambda _, letter: letter.rotation.hospital,
    "specialty": lambda _, letter: letter.rotation.specialty,
    "start": lambda _, letter: letter.rotation.start,
    "last_day": lambda _, letter: letter.candidate.last_day,
    "verdict": lambda _, letter: letter.verdict,
    "ask_on": lambda _, letter: letter.window.ask_on if letter.may_be_asked else None,
    "status": lambda _, letter: letter.status,
    "recorded": lambda _, letter: ", ".join(f"{name} {day}" for name, day in letter.history.known),
    "next_action": _next_action,
    "reason": lambda _, letter: letter.reason.text,
    "id": lambda _, letter: letter.id,
}
COLUMNS: Final = (*_CELLS, "file")
"""What an adviser wants to see of each letter; everything else is in `plan --json`."""

_SIGNATURES: Final = (",".join(COLUMNS[:4]) + ",", "applicant,file,id,attending,")
"""How every table begins; the second is that of the first edition."""

_FORMULA: Final = frozenset("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
"""What makes a spreadsheet run a cell; the last four are full-width forms."""

_INNER_FORMULA: Final = re.compile(f"(;\\s*)(?=[{''.join(map(re.escape, sorted(_FORMULA)))}])")
"""Where a cell would begin for a reader that splits at semicolons."""


def write(plans: Sequence[ApplicantPlan], _: ExportOptions) -> bytes:
    """Write the table with a header; the mark tells spreadsheets that it is UTF-8."""
    return BOM_UTF8 + write_table(plans).encode()


def is_ours(content: bytes) -> bool:
    """Whether a file begins like one of these tables."""
    return content.removeprefix(BOM_UTF8).startswith(tuple(signature.encode() for signature in _SIGNATURES))


def write_table(plans: Iterable[ApplicantPlan]) -> str:
    """Write the table as text; after the columns of every table, one for each program says which letters go there."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    plans = list(plans)
    titles = list(dict.fromkeys(program_title(one) for applicant in plans for one in applicant.plan.programs))
    writer.writerow([*COLUMNS, *map(_cell, titles)])
    for applicant_plan in plans:
        plan = applicant_plan.plan
        programs = {program_title(one): one for one in plan.programs}
        for letter in plan.letters:
            cells = [cell(plan, letter) for cell in _CELLS.values()]
            places = [describe_place(programs[title], letter.id) if title in programs else "" for title in titles]
            writer.writerow([_cell(value) for value in (*cells, applicant_plan.file, *places)])
    return out.getvalue()


def _cell(value: object) -> str:
    """Write a cell that no spreadsheet runs: what looks like a formula gets an apostrophe in front."""
    text = _INNER_FORMULA.sub(r"\1'", on_one_line("" if value is None else str(value)))
    return f"'{text}" if text.lstrip()[:1] in _FORMULA else text
