"""Plans as Markdown, a page to send to an adviser; nothing in a plan file becomes markup in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lorplan.render.program_matrix import make_matrix
from lorplan.render.summary import (
    coverage_mark,
    coverage_note,
    describe_coverage,
    describe_forecast,
    describe_policy,
    describe_programs,
    describe_reason,
    describe_season,
    when_to_ask,
)
from lorplan.text.safe import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lorplan.export.formats import ExportOptions
    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.model import Action, Coverage, Plan
    from lorplan.render.program_matrix import Matrix

_SIGNATURE: Final = "<!-- written by lorplan -->"
"""The last line of a page."""

_MARKUP: Final = re.compile(r"[\\`*_\[\]<>&|~#$^=]|:(?=\S)|@|(?<=\w)\.(?=\w)|^[-+]")
"""What can begin markup; a backslash before it makes it plain in every dialect."""

_LIST_NUMBER: Final = re.compile(r"^(\d+)([.)])")
_COLUMNS: Final = ("#", "Verdict", "Attending", "When", "Why")


def write(plans: Sequence[ApplicantPlan], _: ExportOptions) -> bytes:
    """Write a section for each applicant, then the signature."""
    return write_page(plans).encode()


def is_ours(content: bytes) -> bool:
    """Whether a file ends like one of these pages."""
    return content.rstrip().endswith(_SIGNATURE.encode())


def write_page(plans: Sequence[ApplicantPlan]) -> str:
    """Write the page as text."""
    blocks = [block for applicant_plan in plans for block in _section(applicant_plan)]
    return "\n\n".join([*blocks, _SIGNATURE]) + "\n"


def escape(text: object) -> str:
    """Write text that shows as it is."""
    return _LIST_NUMBER.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", on_one_line(str(text)).strip()))


def _section(applicant_plan: ApplicantPlan) -> Iterator[str]:
    """Yield the blocks of a section, to be separated by blank lines."""
    plan = applicant_plan.plan
    yield f"# {escape(plan.applicant.name or 'Letters of recommendation')}"
    day = f"As of {plan.as_of:%A}, {plan.as_of}, from {applicant_plan.file_name}."
    yield escape(f"{day} {describe_season(plan)}")
    if describe_policy(plan):
        yield escape(describe_policy(plan))
    yield f"**{escape(describe_forecast(plan))}**"
    targets = [coverage for coverage in plan.coverage if coverage.target is not None]
    if targets:
        yield _list(map(_coverage, targets))
    if plan.letters:
        yield "## Whom to ask"
        yield "\n".join(_table(plan))
    if plan.programs:
        yield "## Programs"
        yield escape(describe_programs(plan))
        yield "\n".join(_matrix(make_matrix(plan)))
    yield "## What to do"
    yield _list(map(_action, plan.actions)) or "Nothing to do."
    if plan.warnings:
        yield "## Warnings"
        yield _list(plan.warning_texts)


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {escape(item)}" for item in items)


def _coverage(coverage: Coverage) -> str:
    note = coverage_note(coverage)
    text = f"{coverage.target}: {coverage_mark(coverage)}, {describe_coverage(coverage)}"
    return f"{text}. {note}" if note else text


def _action(action: Action) -> str:
    conditional = " (if still needed)" if action.conditional else ""
    rules = ", ".join(action.rules)
    return f"{action.state}, {action.on} to {action.until}: {action.title}{conditional} ({rules})"


def _table(plan: Plan) -> Iterator[str]:
    yield _row(_COLUMNS)
    yield "|" + " --- |" * len(_COLUMNS)
    for letter in plan.letters:
        yield _row((letter.rank or "", letter.verdict, letter.attending, when_to_ask(letter), describe_reason(letter)))


def _matrix(matrix: Matrix) -> Iterator[str]:
    columns = ("Program", "State", "Deadline", *matrix.letters, "Lacks")
    yield _row(columns)
    yield "|" + " --- |" * len(columns)
    for row in matrix.rows:
        yield _row((row.program, row.state, row.deadline, *row.cells, row.lacks))


def _row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(map(escape, cells)) + " |"
