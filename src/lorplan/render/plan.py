"""A plan for a person: headline, forecast, timeline, whom to ask and why, what to do next, warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lorplan.render.due import action_table, suggestion
from lorplan.render.layout import hanging, heading
from lorplan.render.next_commands import shell_word
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
from lorplan.render.timeline import NARROWEST, STYLES, timeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from lorplan.plan.model import Coverage, Letter, Plan
    from lorplan.render.timeline import Glyphs

MAX_ACTIONS: Final = 8
"""Actions shown under "Next actions": what is late or due always, then the first to come."""

ROOM_FOR_WINDOW: Final = 90
"""Columns from which the list of letters has one more column, for the days on which the asking is open."""


def plan(plan: Plan, file: str, *, width: int, glyphs: Glyphs) -> Iterator[RenderableType]:
    """All parts of the page, for a terminal of `width` columns."""
    yield from _headline(plan, file)
    yield Text()
    yield from _outlook(plan)
    if plan.letters:
        yield from _section("Timeline", *timeline(plan, width, glyphs))
        yield from _section("Whom to ask", _letters(plan, width))
    yield from _section("Next actions", *_next(plan, file, narrow=width < NARROWEST))
    if plan.warnings:
        yield from _section("Warnings", *(hanging("!", caution) for caution in plan.cautions))


def _section(title: str, *parts: RenderableType) -> Iterator[RenderableType]:
    yield Text()
    yield Text(title, style="bold underline")
    yield from parts


def _headline(plan: Plan, file: str) -> Iterator[Text]:
    yield heading(plan.applicant or "Letters of recommendation", as_of=plan.as_of, file=file)
    yield Text(season_line(plan))
    if policy_line(plan):
        yield Text(policy_line(plan))


def _outlook(plan: Plan) -> Iterator[RenderableType]:
    yield Text(forecast(plan), style="bold")
    for coverage in plan.coverage:
        if coverage.target is not None:
            yield _coverage(coverage)


def _coverage(coverage: Coverage) -> RenderableType:
    mark, note = coverage_mark(coverage), coverage_note(coverage)
    text = Text(f"{coverage.target}: ")
    text.append(mark, style="green" if mark == "ok" else "bold red")
    text.append(f", {coverage_words(coverage)}")
    text.append(f". {note}" if note else "", style="dim")
    return hanging(" ", text)


# --- whom to ask ------------------------------------------------------------------------------------------


def _letters(plan: Plan, width: int) -> Table:
    """The letters in their order, each with its verdict and the one reason that decided it."""
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    if width < NARROWEST:
        table.show_header = False
        table.add_column(overflow="fold")
        for letter in plan.letters:
            table.add_row(_stacked(letter))
        return table
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("Verdict", no_wrap=True)
    table.add_column("Attending", overflow="fold")
    table.add_column("When", no_wrap=True)
    if width >= ROOM_FOR_WINDOW:
        table.add_column("Window", no_wrap=True)
    table.add_column("Why", overflow="fold")
    for letter in plan.letters:
        rank = str(letter.ranking.rank) if letter.ranking else ""
        window = [_window(letter)] if width >= ROOM_FOR_WINDOW else []
        table.add_row(rank, _verdict(letter), Text(letter.attending), _when(letter), *window, Text(why_so(letter)))
    return table


def _verdict(letter: Letter) -> Text:
    return Text(letter.verdict, style=STYLES[letter.verdict])


def _when(letter: Letter) -> Text:
    """The day to ask, or how far the letter is."""
    return Text(when_to_ask(letter), style="" if letter.to_be_asked else "dim")


def _window(letter: Letter) -> str:
    """The days on which the asking is open, without the year that the day to ask has."""
    ranking = letter.ranking
    if ranking is None or not letter.to_be_asked:
        return ""
    return f"{ranking.opens:%m-%d} to {ranking.closes:%m-%d}"


def _stacked(letter: Letter) -> RenderableType:
    text = Text()
    text.append(letter.verdict, style=STYLES[letter.verdict])
    text.append(f" {letter.attending} ")
    text.append_text(_when(letter))
    return Group(text, Padding(why_so(letter), (0, 0, 0, 2)))


# --- what to do next --------------------------------------------------------------------------------------


def _next(plan: Plan, file: str, *, narrow: bool) -> Iterator[RenderableType]:
    pressing = [action for action in plan.actions if action.state != "upcoming"]
    coming = [action for action in plan.actions if action.state == "upcoming"]
    shown = pressing + coming[: max(0, MAX_ACTIONS - len(pressing))]
    if not shown:
        yield Text("Nothing to do.")
        return
    yield action_table(shown, narrow=narrow)
    left = len(plan.actions) - len(shown)
    if left:
        days = (plan.actions[-1].on - plan.as_of).days
        named = shell_word(file)
        yield hanging("and", Text(f"{left} more: lorplan due {named} --within {days}d", style="dim"))
    yield from suggestion(shown[0], file)
