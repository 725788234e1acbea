"""Plans as Markdown, a page to send to an adviser; nothing in a plan file becomes markup in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lorplan.render.summary import (
    coverage_mark,
    coverage_note,
    coverage_words,
    forecast,
    policy_line,
    season_line,
    when_to_ask,
    why_so,
)
from lorplan.text.safe import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lorplan.plan.applicant_plan import Dossier
    from lorplan.plan.model import Action, Coverage, Plan

MARK: Final = "<!-- written by lorplan -->"
"""The last line of a page; by this a later export knows that it may replace it."""

_MARKUP: Final = re.compile(r"[\\`*_\[\]<>&|~#$^=]|:(?=\S)|@|(?<=\w)\.(?=\w)|^[-+]")
"""What can begin markup: a backslash before it makes it plain in every dialect."""

_NUMBER: Final = re.compile(r"^(\d+)([.)])")
"""A number that would begin a list."""

_COLUMNS: Final = ("#", "Verdict", "Attending", "When", "Why")


def markdown(dossiers: Sequence[Dossier]) -> str:
    """A section an applicant, then the mark."""
    parts = [part for dossier in dossiers for part in _section(dossier)]
    return "\n\n".join([*parts, MARK]) + "\n"


def plain(text: object) -> str:
    """A text that shows as it is."""
    return _NUMBER.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", on_one_line(str(text)).strip()))


def _section(dossier: Dossier) -> Iterator[str]:
    """Blocks, which an empty line is to part."""
    plan = dossier.plan
    yield f"# {plain(plan.applicant or 'Letters of recommendation')}"
    yield plain(f"As of {plan.as_of:%A}, {plan.as_of}, from {dossier.name}. {season_line(plan)}")
    if policy_line(plan):
        yield plain(policy_line(plan))
    yield f"**{plain(forecast(plan))}**"
    targets = [coverage for coverage in plan.coverage if coverage.target is not None]
    if targets:
        yield _list(map(_coverage, targets))
    if plan.letters:
        yield "## Whom to ask"
        yield "\n".join(_table(plan))
    yield "## What to do"
    yield _list(map(_action, plan.actions)) or "Nothing to do."
    if plan.warnings:
        yield "## Warnings"
        yield _list(plan.cautions)


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {plain(item)}" for item in items)


def _coverage(coverage: Coverage) -> str:
    note = coverage_note(coverage)
    words = f"{coverage.target}: {coverage_mark(coverage)}, {coverage_words(coverage)}"
    return f"{words}. {note}" if note else words


def _action(action: Action) -> str:
    conditional = " (if still needed)" if action.conditional else ""
    return (
        f"{action.state}, {action.on} to {action.until}: {action.title}{conditional} ({', '.join(action.rules)})"
    )


def _table(plan: Plan) -> Iterator[str]:
    yield _row(_COLUMNS)
    yield "|" + " --- |" * len(_COLUMNS)
    for letter in plan.letters:
        rank = letter.ranking.rank if letter.ranking else ""
        yield _row((rank, letter.verdict, letter.attending, when_to_ask(letter), why_so(letter)))


def _row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(map(plain, cells)) + " |"
