"""`lorplan plan`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from lorplan.cli.clock import today
from lorplan.cli.file_arguments import named_file
from lorplan.cli.options import AsOf, ColorOption, File, Json, Plain, SameFile, Since, option, refuse_later_day
from lorplan.cli.terminal import Terminal
from lorplan.errors import UsageError
from lorplan.plan.applicant_plan import ApplicantPlan
from lorplan.plan.document import plan_document
from lorplan.plan.planner import make_plan
from lorplan.render import tab_separated
from lorplan.storage.files import choose_file, load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rich.console import RenderableType

    from lorplan.plan.since import ChangesSince
    from lorplan.planfile.models import PlanFile


def plan(
    file: File = None,
    *,
    full: Annotated[bool, option("--full", text="Add each letter's reason, all actions and all warnings.")] = False,
    since: Since = None,
    same_file: SameFile = None,
    as_of: AsOf = None,
    json: Json = False,
    plain: Plain = False,
    color: ColorOption = "auto",
) -> None:
    """Show what to do, whom to ask and when, on one screen.

    With --since, what the file gives no day for counts as known on that day, too.

    Examples:
      lorplan plan
      lorplan plan --full
      lorplan plan rotations.yaml --as-of 2027-01-25
      lorplan plan --since 2026-12-01
    """
    terminal = Terminal.from_options(json=json, plain=plain, color=color)
    named = named_file(file, same_file)
    name, day = choose_file(named), as_of or today()
    if since:
        _refuse_contradictions(since, day, full=full)
        _show_changes(terminal, load(name), name, (since, day))
        return
    made = make_plan(load(name), day)
    terminal.answer(
        json=lambda: plan_document(made, file=name),
        plain=lambda: tab_separated.plan_records(made),
        page=lambda: _page(ApplicantPlan(made, name, is_default=named is None), terminal, full=full),
    )


def _refuse_contradictions(since: date, day: date, *, full: bool) -> None:
    if full:
        message = "--full and --since cannot be used together"
        raise UsageError(message, "leave one of them out")
    refuse_later_day(since, day)


def _show_changes(terminal: Terminal, plan_file: PlanFile, name: str, days: tuple[date, date]) -> None:
    """Show what has changed between two days."""
    from lorplan.plan.since import find_changes  # for this option only
    from lorplan.render import since_documents

    found = find_changes(plan_file, *days)
    terminal.answer(
        json=lambda: since_documents.changes_document([(name, found)], *days),
        plain=lambda: since_documents.change_records([(name, found)], with_file=False),
        page=lambda: _changes_page(found, ApplicantPlan(found.plan, name).who, terminal),
    )


def _changes_page(found: ChangesSince, who: str, terminal: Terminal) -> Iterator[RenderableType]:
    from lorplan.render.since import render_changes

    return render_changes(found, who, width=terminal.page_width)


def _page(applicant_plan: ApplicantPlan, terminal: Terminal, *, full: bool) -> Iterator[RenderableType]:
    from lorplan.render.full_plan import render_full_plan
    from lorplan.render.plan import render_plan
    from lorplan.render.timeline import ASCII, UNICODE

    glyphs = ASCII if terminal.ascii_only else UNICODE
    render = render_full_plan if full else render_plan
    return render(applicant_plan, width=terminal.page_width, glyphs=glyphs)
