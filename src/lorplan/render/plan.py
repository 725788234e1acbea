"""A plan for a person: heading, forecast, timeline, whom to ask and why, what to do next, warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lorplan.render.layout import NARROW, VERDICT_STYLES, action_table, hanging, heading, next_commands, section
from lorplan.render.summary import (
    coverage_mark,
    coverage_note,
    describe_coverage,
    describe_forecast,
    describe_policy,
    describe_reason,
    describe_season,
    when_to_ask,
)
from lorplan.render.timeline import render_timeline
from lorplan.text.file_names import shell_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.model import Coverage, Letter, Plan
    from lorplan.render.timeline import Glyphs

MAX_ACTIONS: Final = 8
"""Actions shown under "Next actions": whatever is due, then the first to come."""

WIDE: Final = 90
"""Columns from which the list of letters also has the window, the days on which one can ask."""

_TITLE: Final = "bold underline"


def render_plan(applicant_plan: ApplicantPlan, *, width: int, glyphs: Glyphs) -> Iterator[RenderableType]:
    """Render all parts of the page, for a terminal of `width` columns."""
    plan, file = applicant_plan
    yield from _headline(plan, file)
    yield Text()
    yield from _forecast(plan)
    if plan.letters:
        yield from section("Timeline", *render_timeline(plan, width, glyphs), style=_TITLE)
        yield from section("Whom to ask", _letters(plan, width), style=_TITLE)
    yield from section("Next actions", *_next_actions(plan, file, narrow=width < NARROW), style=_TITLE)
    if plan.warnings:
        yield from section("Warnings", *(hanging("!", text) for text in plan.warning_texts), style=_TITLE)


def _headline(plan: Plan, file: str) -> Iterator[Text]:
    yield heading(plan.applicant.name or "Letters of recommendation", as_of=plan.as_of, file=file)
    yield Text(describe_season(plan))
    if describe_policy(plan):
        yield Text(describe_policy(plan))


def _forecast(plan: Plan) -> Iterator[RenderableType]:
    yield Text(describe_forecast(plan), style="bold")
    for coverage in plan.coverage:
        if coverage.target is not None:
            yield _coverage(coverage)


def _coverage(coverage: Coverage) -> RenderableType:
    mark, note = coverage_mark(coverage), coverage_note(coverage)
    text = Text(f"{coverage.target}: ")
    text.append(mark, style="green" if mark == "ok" else "bold red")
    text.append(f", {describe_coverage(coverage)}")
    text.append(f". {note}" if note else "", style="dim")
    return hanging(" ", text)


# --- whom to ask --------------------------------------------------------------------------------------------


def _letters(plan: Plan, width: int) -> Table:
    """List the letters in their order, each with its verdict and the reason that decided it."""
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    if width < NARROW:
        table.show_header = False
        table.add_column(overflow="fold")
        for letter in plan.letters:
            table.add_row(_stack(letter))
        return table
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("Verdict", no_wrap=True)
    table.add_column("Attending", overflow="fold")
    table.add_column("When", no_wrap=True)
    if width >= WIDE:
        table.add_column("Window", no_wrap=True)
    table.add_column("Why", overflow="fold")
    for letter in plan.letters:
        window = [_window(letter)] if width >= WIDE else []
        rank, why = str(letter.rank or ""), Text(describe_reason(letter))
        table.add_row(rank, _verdict(letter), Text(letter.attending), _when(letter), *window, why)
    return table


def _verdict(letter: Letter) -> Text:
    return Text(letter.verdict, style=VERDICT_STYLES[letter.verdict])


def _when(letter: Letter) -> Text:
    """Return the day to ask, or how far the letter is."""
    return Text(when_to_ask(letter), style="" if letter.may_be_asked else "dim")


def _window(letter: Letter) -> str:
    """Return the days on which one can ask, without the year, which the day to ask has."""
    window = letter.window
    return f"{window.opens:%m-%d} to {window.closes:%m-%d}" if letter.may_be_asked else ""


def _stack(letter: Letter) -> RenderableType:
    text = Text.assemble(_verdict(letter), f" {letter.attending} ", _when(letter))
    return Group(text, Padding(describe_reason(letter), (0, 0, 0, 2)))


# --- what to do next ----------------------------------------------------------------------------------------


def _next_actions(plan: Plan, file: str, *, narrow: bool) -> Iterator[RenderableType]:
    due = [action for action in plan.actions if action.is_due]
    coming = [action for action in plan.actions if not action.is_due]
    shown = due + coming[: max(0, MAX_ACTIONS - len(due))]
    if not shown:
        yield Text("Nothing to do.")
        return
    yield action_table(shown, narrow=narrow)
    left = len(plan.actions) - len(shown)
    if left:
        days = (plan.actions[-1].on - plan.as_of).days
        command = f"lorplan due {shell_word(file)} --within {days}d"
        yield hanging("and", Text(f"{left} more: {command}", style="dim"))
    yield from next_commands(shown[0], file)
