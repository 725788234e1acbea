"""A plan in full: the page of one screen, each letter with its reason, all actions, all warnings, and the season."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from lorplan.plan.due import by_urgency
from lorplan.render.action_rows import action_row
from lorplan.render.due import action_groups
from lorplan.render.layout import NARROW, VERDICT_STYLES, columns, hanging, section
from lorplan.render.plan import render_top
from lorplan.render.summary import coverage_note, describe_policy, describe_reason, describe_season
from lorplan.render.timeline import render_timeline, stage_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.model import Letter, Plan
    from lorplan.render.action_rows import Row
    from lorplan.render.timeline import Glyphs


def render_full_plan(applicant_plan: ApplicantPlan, *, width: int, glyphs: Glyphs) -> Iterator[RenderableType]:
    """Render everything that a plan says, for a terminal of `width` columns."""
    plan = applicant_plan.plan
    yield from render_top(applicant_plan, width=width)
    yield from _sets(plan)
    if plan.letters:
        yield from section("Timeline", *render_timeline(plan, width, glyphs))
        yield from section("Letters", columns(row for letter in plan.letters for row in _letter(letter, plan)))
    yield from _actions(plan, narrow=width < NARROW)
    if plan.warnings:
        yield from section("Warnings", *(hanging("!", plan.dates.write_days_in(text)) for text in plan.warning_texts))
    yield from section("Season", *_season(plan))


def _sets(plan: Plan) -> Iterator[RenderableType]:
    """Name the letters that go to each target's programs, and what else many of these programs expect."""
    rows = [(str(one.target), ", ".join(one.letters) or "none yet") for one in plan.coverage if one.target]
    if rows:
        yield from section("To assign", columns(rows))
    for one in plan.coverage:
        if coverage_note(one):
            yield hanging(" ", Text(coverage_note(one), style="dim"))


def _letter(letter: Letter, plan: Plan) -> Iterator[Row]:
    """Write a letter in two rows: where it stands and when to ask, then the reason that decided."""
    stage = Text(stage_of(letter), style=VERDICT_STYLES[letter.verdict])
    hospital = f", {letter.rotation.hospital}" if letter.rotation.hospital else ""
    yield (
        Text(str(letter.rank or "-")),
        stage,
        Text(f"{letter.attending} ({letter.id}){hospital}{_when_to_ask(letter, plan)}"),
    )
    yield Text(), Text(), Text(plan.dates.write_days_in(describe_reason(letter)), style="dim")


def _when_to_ask(letter: Letter, plan: Plan) -> str:
    if not letter.may_be_asked:
        return ""
    window, write = letter.window, plan.dates.write_day
    return f", ask on {write(window.ask_on, weekday=True)} ({write(window.opens)} to {write(window.closes)})"


def _actions(plan: Plan, *, narrow: bool) -> Iterator[RenderableType]:
    actions = by_urgency(plan.actions)
    rows = [action_row(one, plan.dates, with_rules=True) for one in actions]
    yield from action_groups([one.state for one in actions], rows, "To come", narrow=narrow)


def _season(plan: Plan) -> Iterator[RenderableType]:
    yield hanging(" ", plan.dates.write_days_in(describe_season(plan)))
    if describe_policy(plan):
        yield hanging(" ", describe_policy(plan))
