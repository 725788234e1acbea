"""A plan on one screen: what to do now and next, the counts, and the letters with their timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from lorplan.plan.due import by_urgency
from lorplan.render.action_rows import action_row
from lorplan.render.layout import NARROW, Command, columns, fill_lines, one_line_rows, page_heading, stack
from lorplan.render.next_commands import plan_command, rotation_command
from lorplan.render.summary import describe_counts, describe_needed_by, describe_programs, describe_standing
from lorplan.render.timeline import render_timeline
from lorplan.text.file_names import STANDARD_INPUT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.model import Coverage, Plan
    from lorplan.render.action_rows import Row
    from lorplan.render.timeline import Glyphs

_SCREEN: Final = 24
"""Lines of a terminal: with eight rotations the page needs no more."""

_ROTATIONS: Final = 8

_NOW: Final = range(2, 5)
"""From how few to how many lines are spent on what is overdue and due, as far as the screen allows."""


def render_plan(applicant_plan: ApplicantPlan, *, width: int, glyphs: Glyphs) -> Iterator[RenderableType]:
    """Render the page for a terminal of `width` columns."""
    plan = applicant_plan.plan
    counts, targets = list(_counts(plan, width)), list(_targets(plan))
    table = render_timeline(plan, width, glyphs) if plan.letters else []
    programs = list(_programs(plan, width, glyphs))
    more = list(_more(applicant_plan, width))
    others = (
        len(counts) + len(targets) + len(programs) + len(table) - max(0, len(plan.letters) - _ROTATIONS) + len(more)
    )
    lines_left = _SCREEN - others - len(("heading", "blank", "blank", "blank"))
    yield from _heading(applicant_plan, width)
    for rows in _what_to_do(plan, most=max(_NOW.start, min(lines_left, _NOW.stop - 1))):
        yield from [stack(rows, indent=6)] if width < NARROW else one_line_rows(rows, width, glyphs.ellipsis)
    yield Text()
    yield from counts
    if targets:
        yield columns(targets)
    yield from programs
    yield Text()
    yield from table
    yield from more


def render_top(applicant_plan: ApplicantPlan, *, width: int) -> Iterator[RenderableType]:
    """Render the heading, how many letters there are, and what each target has."""
    yield from _heading(applicant_plan, width)
    yield from _counts(applicant_plan.plan, width)
    yield columns(_targets(applicant_plan.plan))
    if text := describe_programs(applicant_plan.plan):
        yield Text(text)


def _heading(applicant_plan: ApplicantPlan, width: int) -> Iterator[RenderableType]:
    dates = applicant_plan.plan.dates
    assumed = " (assumed)" if dates.guessed else ""
    subject = f"{applicant_plan.who}, {dates.season.year} Match{assumed}"
    yield page_heading(subject, applicant_plan.plan, width=width)
    yield Text()


def _counts(plan: Plan, width: int) -> Iterator[Text]:
    for line in fill_lines([describe_counts(plan), describe_needed_by(plan)], width, gap="    "):
        yield Text(line)


# --- what to do ---------------------------------------------------------------------------------------------


def _what_to_do(plan: Plan, *, most: int) -> Iterator[Sequence[Row]]:
    """List what is overdue and due, and the first thing to come, in at most so many rows that are in groups."""
    now = [action for action in by_urgency(plan.actions) if action.is_due]
    shown = now if len(now) <= most else now[: most - 1]
    coming = [action for action in plan.actions if not action.is_due][:1] if len(now) < most else []
    if not now:
        yield [(Text("Now "), Text(describe_standing(plan)))]
    labelled = [("" if place else "Now", one) for place, one in enumerate(shown)] + [("Next", one) for one in coming]
    yield [(Text(f"{label:4}"), *action_row(one, plan.dates)) for label, one in labelled]
    if len(now) > len(shown):
        yield [(Text("    "), Text(f"and {len(now) - len(shown)} more", style="dim"))]


# --- targets ------------------------------------------------------------------------------------------------


def _targets(plan: Plan) -> list[Row]:
    return [_target(plan, index, one) for index, one in enumerate(plan.coverage) if one.target]


def _target(plan: Plan, index: int, coverage: Coverage) -> Row:
    """Say how many letters a target has of those that it needs, which they are, and how many are missing."""
    own = [letter.id for letter in plan.letters if letter.is_expected and index in letter.candidate.targets]
    letters = Text(", ".join(own if coverage.parts else coverage.letters))
    lacking = sum(part.lacks for part in coverage.parts)
    if lacking:
        letters.append(f"{', ' if own else ''}{lacking} missing", style="bold")
    return Text(str(coverage.target)), Text(_describe_parts(coverage)), letters


def _programs(plan: Plan, width: int, glyphs: Glyphs) -> Iterator[Text]:
    """Say in one line how the programs stand."""
    text = describe_programs(plan)
    if text:
        yield from one_line_rows([(Text(text),)], width, glyphs.ellipsis)


def _describe_parts(coverage: Coverage) -> str:
    counts = [f"{min(part.have, part.needed)} of {part.needed}" for part in coverage.parts]
    if len(counts) > 1:
        return ", ".join(f"{count} {part.specialty}" for count, part in zip(counts, coverage.parts, strict=True))
    return counts[0] if counts else "any"


# --- more ---------------------------------------------------------------------------------------------------


def _more(applicant_plan: ApplicantPlan, width: int) -> Iterator[Text]:
    """Name the commands that say more; none if the plan came through a pipe."""
    plan, file = applicant_plan.plan, applicant_plan.file_to_name
    if file == STANDARD_INPUT:
        return
    warnings = len(plan.warning_texts)
    entries = [f"{f'{warnings} warnings' if warnings > 1 else 'More'}: {plan_command('plan', file, '--full')}"]
    entries.append(f"All: {plan_command('due', file, '--all')}")
    asked_about = next((one for one in plan.letters if not one.counts), plan.letters[0] if plan.letters else None)
    if asked_about:
        entries.append(f"Why: {rotation_command('why', asked_about.id, file)}")
    yield from (Command(line, style="dim") for line in list(fill_lines(entries, width))[:1])
