"""`lorplan cohort`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lorplan.cli.arguments import read_files
from lorplan.cli.clock import today
from lorplan.cli.file_arguments import named_files
from lorplan.cli.options import (
    AsOf,
    ColorOption,
    Files,
    Json,
    Plain,
    SameFile,
    Share,
    Since,
    option,
    parse_date,
    refuse_later_day,
)
from lorplan.cli.terminal import UNBOUNDED, Terminal
from lorplan.errors import UsageError
from lorplan.plan.applicant_plan import ApplicantPlan, UnusableFile, tell_apart
from lorplan.plan.cohort import Cohort, assess, assess_unusable, worst_first
from lorplan.plan.planner import make_plan
from lorplan.plan.share import without_judgements
from lorplan.storage.files import choose_file, without_duplicates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from lorplan.plan.cohort import CohortLine
    from lorplan.plan.since import ChangesSince
    from lorplan.plan.writers import Writer


def cohort(
    files: Files = None,
    *,
    at_risk: Annotated[bool, option("--at-risk", text="Show only those with something wrong.")] = False,
    by: Annotated[
        date | None,
        option(
            "--by",
            metavar="DATE",
            parser=parse_date,
            text="Your office's day: who will have fewer letters in the portal by then than wanted.",
        ),
    ] = None,
    writers: Annotated[
        bool, option("--writers", text="Show a line for each attending instead: letters owed, and since when.")
    ] = False,
    since: Since = None,
    share: Share = False,
    same_file: SameFile = None,
    as_of: AsOf = None,
    json: Json = False,
    plain: Plain = False,
    color: ColorOption = "auto",
) -> None:
    """Show many applicants, one line each, worst first.

    A file with problems is a line, too. The order is that of rule COHORT-1. With --by a letter counts if it is in the
    portal by that day, or can be relied on by then if all goes as planned.

    Examples:
      lorplan cohort students/*.yaml
      lorplan cohort students/*.yaml --at-risk --by "Sep 1 2027"
      lorplan cohort students/*.yaml --writers
    """
    terminal = Terminal.from_options(json=json, plain=plain, color=color)
    _refuse_contradictions({"--writers": writers, "--since": since, "--by": by, "--at-risk": at_risk})
    day = as_of or today()
    names = without_duplicates(named_files(files, same_file) or [choose_file(None)])
    if writers:
        good = _show_writers(terminal, names, day)
    elif since:
        refuse_later_day(since, day)
        good = _show_changes(terminal, names, since, day, at_risk=at_risk)
    else:
        good = _show_cohort(terminal, names, Cohort(day, by, (), at_risk), share=share)
    raise typer.Exit(0 if good == len(names) else 1)


def _refuse_contradictions(options: dict[str, Any]) -> None:
    """Raise UsageError if options are given that do not go together; all go with --at-risk but --writers."""
    used = [name for name, value in options.items() if value]
    if (used[:1] == ["--writers"] and len(used) > 1) or used[:2] == ["--since", "--by"]:
        message = f"{used[0]} and {used[1]} cannot be used together"
        raise UsageError(message, "leave one of them out")


# --- one line an applicant ----------------------------------------------------------------------------------


def _show_cohort(terminal: Terminal, names: list[str], asked: Cohort, *, share: bool) -> int:
    """Show a line for each file, and count the good ones; of a plan nothing is kept but its line."""
    from lorplan.render import cohort_documents

    found = asked._replace(lines=worst_first(_assess_all(names, asked, share=share)))
    terminal.answer(
        json=lambda: cohort_documents.cohort_document(found),
        plain=lambda: cohort_documents.cohort_records(found),
        page=lambda: _cohort_page(found, terminal),
    )
    return sum(one.dates is not None for one in found.lines)


def _assess_all(names: list[str], asked: Cohort, *, share: bool) -> Iterator[CohortLine]:
    for name, found in read_files(names):
        if isinstance(found, UnusableFile):
            yield assess_unusable(found)
        else:
            plan = make_plan(found, asked.as_of)
            yield assess(ApplicantPlan(without_judgements(plan) if share else plan, name), by=asked.by)


def _cohort_page(found: Cohort, terminal: Terminal) -> Iterator[RenderableType]:
    from lorplan.render.cohort import render_cohort

    return render_cohort(found, width=terminal.width or UNBOUNDED, ellipsis=terminal.ellipsis)


# --- one line an attending ----------------------------------------------------------------------------------


def _show_writers(terminal: Terminal, names: list[str], day: date) -> int:
    """Show a line for each attending, and count the good files."""
    from lorplan.plan.writers import find_writers, list_letters
    from lorplan.render import cohort_documents

    letters = [
        list_letters(ApplicantPlan(make_plan(found, day), name))
        for name, found in read_files(names)
        if not isinstance(found, UnusableFile)
    ]
    writers = find_writers([letter for own in letters for letter in own])
    terminal.answer(
        json=lambda: cohort_documents.writers_document(writers, day),
        plain=lambda: cohort_documents.writer_records(writers),
        page=lambda: _writers_page(writers, day, terminal),
    )
    return len(letters)


def _writers_page(writers: list[Writer], day: date, terminal: Terminal) -> Iterator[RenderableType]:
    from lorplan.render.writers import render_writers

    return render_writers(writers, day, width=terminal.width or UNBOUNDED, ellipsis=terminal.ellipsis)


# --- what has changed ---------------------------------------------------------------------------------------


def _show_changes(terminal: Terminal, names: list[str], since: date, day: date, *, at_risk: bool) -> int:
    """Show what has changed in each plan, worst first, and count the good files."""
    from lorplan.plan.since import find_changes
    from lorplan.render import since_documents

    changes = {
        name: find_changes(found, since, day)
        for name, found in read_files(names)
        if not isinstance(found, UnusableFile)
    }
    lines = worst_first(assess(ApplicantPlan(one.plan, name)) for name, one in changes.items())
    shown = [one for one in lines if one.trouble or not at_risk]
    found = [(one.file, changes[one.file]) for one in shown]
    labels = tell_apart([(one.applicant, one.file) for one in shown])
    labelled = [(label, one) for label, (_, one) in zip(labels, found, strict=True)]
    terminal.answer(
        json=lambda: since_documents.changes_document(found, since, day),
        plain=lambda: since_documents.change_records(found, with_file=True),
        page=lambda: _changes_page(labelled, since, day, terminal),
    )
    return len(changes)


def _changes_page(
    found: list[tuple[str, ChangesSince]], since: date, day: date, terminal: Terminal
) -> Iterator[RenderableType]:
    from lorplan.render.since import render_cohort_changes

    return render_cohort_changes(found, since, day, width=terminal.width or UNBOUNDED)
