"""`lorplan mark`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from lorplan.cli.arguments import find_rotation
from lorplan.cli.clock import today
from lorplan.cli.complete import complete_event
from lorplan.cli.options import AsOf, ColorOption, FileToChange, RotationName, parse_date
from lorplan.cli.terminal import Terminal
from lorplan.edit.record_event import PAST_DAYS, RECORDABLE, WORDS, RecordedEvent, normalize_value
from lorplan.errors import UsageError
from lorplan.plan.applicant_plan import ApplicantPlan
from lorplan.plan.planner import make_plan
from lorplan.planfile.field_types import EXAMPLE_DAY
from lorplan.storage.files import change_file, choose_file, read_file, refuse_standard_input
from lorplan.text.wording import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from lorplan.edit.record_event import Edit
    from lorplan.planfile.reader import LocatedPlanFile

_Event = Annotated[
    str,
    typer.Argument(
        metavar="EVENT",
        help="What happened: asked, meeting=DATE, performance=WORD.",
        autocompletion=complete_event,
    ),
]


def mark(
    rotation: RotationName,
    event: _Event,
    *,
    on: Annotated[
        date | None,
        typer.Option(
            "--on",
            metavar="DATE",
            parser=parse_date,
            help="Date of the event (default: today).",
            show_default=False,
        ),
    ] = None,
    unset: Annotated[bool, typer.Option("--unset", help="Remove the recorded event.", show_default=False)] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a record; allow a future date.", show_default=False)
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Show the change as a diff without writing it.", show_default=False),
    ] = False,
    file: FileToChange = None,
    as_of: AsOf = None,
    color: ColorOption = "auto",
) -> None:
    """Record what happened.

    EVENT is one of asked, agreed, packet, requested, reminded, uploaded, thanked, assigned, declined, offered, or
    meeting=DATE, performance=WORD, contact=WORD, choice=WORD. Nothing else in the file changes.

    Example: lorplan mark chen asked --on 2027-01-27
    """
    chosen = choose_file(file)
    refuse_standard_input(chosen)
    as_of = as_of or today()
    request = _request_removal(event, on) if unset else _request_record(event, on, as_of, force=force)

    def edit(located: LocatedPlanFile) -> Edit:
        return request.edit(located, find_rotation(located.plan_file, rotation), replace=force)

    terminal = Terminal("page", color)
    if dry_run:
        from lorplan.render.diff import diff_lines

        terminal.print_lines(diff_lines(edit(read_file(chosen)), chosen))
    else:
        terminal.print_page(_page(change_file(chosen, edit), request, as_of, chosen, terminal.page_width))


class _EditRequest(NamedTuple):
    """What to record: an event and its value; or what to `remove`, on a day if one is given."""

    event: str
    value: str | None
    remove: bool

    def edit(self, located: LocatedPlanFile, index: int, *, replace: bool) -> Edit:
        """Make the edit."""
        recorded = RecordedEvent(located, index, self.event)
        return recorded.remove(self.value) if self.remove else recorded.record(self.value or "", replace=replace)

    def describe(self, made: Edit) -> str:
        """Say what was done."""
        if self.remove:
            return f"Removed: {_describe_event(self.event, made.replaced)}."
        recorded = _describe_event(self.event, self.value)
        if not made.has_changes:
            return f"Already recorded: {recorded}. Nothing was changed."
        return f"Recorded: {recorded}" + (f", instead of {made.replaced}." if made.replaced else ".")


def _describe_event(event: str, value: str | None) -> str:
    return f"{event} {value}" if event in WORDS else f"{event} on {value}"


def _request_removal(text: str, on: date | None) -> _EditRequest:
    event, equals, _ = text.partition("=")
    if equals:
        message = f"--unset takes no value; write lorplan mark ROTATION {event} --unset"
        raise UsageError(message)
    return _EditRequest(_parse_event(event), on.isoformat() if on else None, remove=True)


def _request_record(text: str, on: date | None, as_of: date, *, force: bool) -> _EditRequest:
    """Read the event and its value: after `=`, from `--on`, or today. Raises UsageError."""
    name, equals, value = text.partition("=")
    event = _parse_event(name)
    if event in PAST_DAYS and not equals:
        value = (on or as_of).isoformat()
    elif on and event in PAST_DAYS:
        message = f'{event}: write the day once, after "=" or with --on'
        raise UsageError(message)
    elif on:
        message = f"{event} does not take --on; write {_example(event)}"
        raise UsageError(message)
    elif not value:
        message = f"{event} needs a value; write {_example(event)}"
        raise UsageError(message)
    value = normalize_value(event, value)
    if event in PAST_DAYS and value > as_of.isoformat() and not force:
        message = f"{event} {value} is in the future as of {as_of}; use --force to record it anyway"
        raise UsageError(message)
    return _EditRequest(event, value, remove=False)


def _parse_event(name: str) -> str:
    event = name.strip().lower()
    if event in RECORDABLE:
        return event
    message = f'unknown event "{name}"{did_you_mean(event, RECORDABLE)} (choose from {", ".join(RECORDABLE)})'
    raise UsageError(message)


def _example(event: str) -> str:
    if event in WORDS:
        return f"{event}={WORDS[event][0]} (or {', '.join(WORDS[event][1:])})"
    return f"{event}={EXAMPLE_DAY}"


def _page(made: Edit, request: _EditRequest, as_of: date, file: str, width: int) -> Iterator[RenderableType]:
    from lorplan.render.mark import render_mark

    plan_file = made.after.plan_file
    plan = make_plan(plan_file, as_of)
    letter = plan.letter(plan_file.ids[made.rotation])
    return render_mark(ApplicantPlan(plan, file), letter, request.describe(made), width=width)
