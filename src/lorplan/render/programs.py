"""The programs of a plan for a person: a table of all of them, or everything about one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from lorplan.plan.program_checks import check_requirements, find_better_letters
from lorplan.plan.program_states import STATES
from lorplan.render.layout import (
    NARROW,
    OVERDUE,
    Command,
    align,
    columns,
    fill_lines,
    hanging,
    page_heading,
    section,
    stack,
)
from lorplan.render.next_commands import rotation_command
from lorplan.render.program_matrix import program_title
from lorplan.render.summary import describe_missing, describe_programs
from lorplan.rules.mix import describe_letters
from lorplan.text.file_names import STANDARD_INPUT, shell_word
from lorplan.text.wording import join_words, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.model import Plan, PlannedProgram
    from lorplan.plan.program_checks import RequirementCheck
    from lorplan.render.action_rows import Row

_ASSIGNED_MARK: Final = "*"
_TITLES: Final = {"skip": "Not applied to", "ready": "Ready: in the portal, to be assigned"}


# --- all programs -------------------------------------------------------------------------------------------


def render_programs(
    applicant_plan: ApplicantPlan, shown: Sequence[PlannedProgram], *, width: int
) -> Iterator[RenderableType]:
    """Render the counts, a line for each program shown, and the commands that go on from here."""
    plan = applicant_plan.plan
    subject = f"{applicant_plan.who}, {plan.dates.season.year} Match"
    yield page_heading(subject, plan, width=width)
    yield Text()
    yield Text(describe_programs(plan) or "The file names no programs.")
    yield from _groups(plan, shown, narrow=width < NARROW)
    if any(one.assigned for one in shown):
        yield Text()
        yield Text(f"{_ASSIGNED_MARK} assigned; any other letter may still leave a set until you apply", style="dim")
    yield from _commands(applicant_plan, shown, width)


def _groups(plan: Plan, shown: Sequence[PlannedProgram], *, narrow: bool) -> Iterator[RenderableType]:
    """Render the programs in groups by their states, what needs attention first."""
    rows = [_row(plan, one, narrow=narrow) for one in shown]
    rows = rows if narrow else align(rows)
    for state in STATES:
        group = [row for row, one in zip(rows, shown, strict=True) if one.state == state]
        if group:
            title = _TITLES.get(state, state.capitalize())
            yield from section(title, stack(group) if narrow else columns(group))


def _row(plan: Plan, one: PlannedProgram, *, narrow: bool) -> Row:
    """Write a program as a row: its name, its deadline, and its letters with what it lacks."""
    marked = (f"{letter}{_ASSIGNED_MARK}" if letter in one.assigned else letter for letter in one.letters)
    text = Text(", ".join(marked))
    notes = [f"lacks {describe_missing(one.missing, more=False)}"] if one.state == "short" else []
    notes += ["late"] if one.late else []
    if notes:
        separator = "; " if narrow else "\n"
        text.append(f"{separator if text else ''}{', '.join(notes)}", style="bold")
    passed = one.facts.is_open and not one.facts.applied and one.facts.deadline < plan.as_of
    deadline = Text(plan.dates.write_day(one.facts.deadline), style=OVERDUE if passed else "")
    return Text(program_title(one)), deadline, text


def _commands(applicant_plan: ApplicantPlan, shown: Sequence[PlannedProgram], width: int) -> Iterator[Text]:
    """Name the commands for one program, and for a letter that can be assigned."""
    file = applicant_plan.file_to_name
    if file == STANDARD_INPUT:
        return
    entries = [f"One: {rotation_command('programs', shown[0].id, file)}"] if shown else []
    if not applicant_plan.plan.programs:
        named = "" if file is None else f" -f {shell_word(file)}"
        entries = [f"Add one: lorplan add --program NAME --specialty NAME{named}"]
    ready = next((letter for one in shown for letter in one.to_assign), None)
    entries += [f"Assigned: {rotation_command('done', ready, file, 'assign')}"] if ready else []
    waiting = next((one for one in shown if one.facts.is_open and not one.facts.applied), None)
    entries += [f"Applied: {rotation_command('mark', waiting.id, file, 'applied')}"] if waiting else []
    if entries:
        yield Text()
        yield from (Command(line, style="dim") for line in fill_lines(entries, width))


# --- one program --------------------------------------------------------------------------------------------


def render_program(applicant_plan: ApplicantPlan, one: PlannedProgram, *, width: int) -> Iterator[RenderableType]:
    """Render everything about one program: its letters, what it asks for and what meets that, and what to do."""
    plan = applicant_plan.plan
    yield page_heading(f"{program_title(one)} ({one.id})", plan, width=width)
    yield Text(_describe_page(plan, one))
    yield Text()
    yield Text.assemble((one.state, "bold"), _describe_state(plan, one))
    rows = [_letter_row(plan, one, letter) for letter in one.letters]
    yield from section("Letters", columns(rows) if rows else Text("  none yet"))
    checks = check_requirements(plan, one)
    for title, must in (("Requires", True), ("Prefers", False)):
        own = [_check_row(check) for check in checks if check.must == must]
        if own:
            yield from section(title, columns(own))
    if one.program.also:
        yield from section("To check yourself", columns([("[ ]", text) for text in one.program.also]))
    yield from _remarks(plan, one)
    yield from _commands_for_one(applicant_plan, one, width)


def _describe_page(plan: Plan, one: PlannedProgram) -> str:
    write, facts, program = plan.dates.write_day, one.facts, one.program
    source = "" if program.deadline else f" ({one.target or program.specialty})"
    parts = [program.specialty, f"deadline {write(facts.deadline)}{source}", f"takes {plural(facts.most, 'letter')}"]
    parts += [f"page read {write(program.read)}"] if program.read else []
    parts += [f"applied {write(facts.applied)}"] if facts.applied else []
    return ", ".join([*parts, *([program.url] if program.url else [])])


def _describe_state(plan: Plan, one: PlannedProgram) -> str:
    deadline = plan.dates.write_day(one.facts.deadline)
    text = {
        "short": f": it lacks {describe_missing(one.missing, more=False)}",
        "ready": ": all that it requires is in the portal, to be assigned",
        "on course": ": all that it requires is on its way",
        "complete": ": all that it requires is assigned",
        "closed": f": its deadline was {deadline}",
        "skip": ": you do not apply",
    }[one.state]
    return text + (f"; not all of it by {deadline}" if one.late else "")


def _letter_row(plan: Plan, one: PlannedProgram, letter_id: str) -> Row:
    letter = plan.letter(letter_id)
    arrives_by = plan.dates.write_day(letter.candidate.arrives_by)
    if letter_id in one.assigned:
        status = "assigned; final, as you have applied" if one.facts.applied else "assigned"
    elif letter.history.is_secured:
        status = "in the portal, to be assigned"
    else:
        status = f"{letter.status}, can be there by {arrives_by}"
    misfit = "" if one.facts.fits(letter.candidate) else "; does not fit"
    return Text(letter_id), Text(letter.attending), Text(status + misfit)


def _check_row(check: RequirementCheck) -> Row:
    met = ", ".join(check.met_by) or "none"
    asked = _ALL[check.key] if check.number is None else describe_letters(check.key, check.number)
    if check.number is None:
        text = "yes" if check.is_met else f"not {join_words(check.others)}"
    else:
        text = met if check.is_met else f"{len(check.met_by)}: {met}"
    cannot = f"; cannot be met: {check.obstacle}" if check.obstacle else ""
    return (
        Text("met" if check.is_met else "not met", style="" if check.is_met else "bold"),
        Text(asked),
        Text(text + cannot),
    )


_ALL: Final = {
    "us": "only US letters",
    "hands_on": "only hands-on letters",
    "months": "only recent letters",
}


def _remarks(plan: Plan, one: PlannedProgram) -> Iterator[RenderableType]:
    better = find_better_letters(plan, one)
    notes = [warning.text for warning in plan.warnings if one.id in warning.programs]
    if better or notes or one.program.notes:
        yield Text()
    for worse, other in better:
        fix = "it cannot be exchanged, as you have applied" if one.facts.applied else "take it off before you apply"
        yield hanging("!", f"{other.id} ranks above {worse.id}, which is assigned in its place: {fix}")
    yield from (hanging("!", plan.dates.write_days_in(text)) for text in notes)
    yield from [Text(one.program.notes)] if one.program.notes else []


def _commands_for_one(applicant_plan: ApplicantPlan, one: PlannedProgram, width: int) -> Iterator[Text]:
    file = applicant_plan.file_to_name
    if file == STANDARD_INPUT or not one.facts.is_open:
        return
    entries = (
        [f"Assigned: {rotation_command('mark', one.to_assign[0], file, f'assigned={one.id}')}"] if one.to_assign else []
    )
    entries += [] if one.facts.applied else [f"Applied: {rotation_command('mark', one.id, file, 'applied')}"]
    if entries:
        yield Text()
        yield from (Command(line, style="dim") for line in fill_lines(entries, width))
