"""`lorplan mark`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from lorplan.cli.clock import today
from lorplan.cli.complete import complete_event
from lorplan.cli.options import AsOf, ColorOption, FileToChange, RotationName, day
from lorplan.cli.rotation import find, letter_of
from lorplan.cli.terminal import Terminal
from lorplan.edit.record_event import EVENTS, PAST_DAYS, WORDS, Field, value_of
from lorplan.errors import UsageError
from lorplan.plan.planner import make_plan
from lorplan.storage.files import change, chosen_file, read, refuse_standard_input

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from lorplan.edit.record_event import Edit
    from lorplan.planfile.reader import Parsed


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
        typer.Option("--on", metavar="DATE", parser=day, help="The day. Else today.", show_default=False),
    ] = None,
    unset: Annotated[bool, typer.Option("--unset", help="Take the record back.", show_default=False)] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a record; allow a day ahead.", show_default=False)
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the change as a diff, write nothing.", show_default=False)
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
    chosen = chosen_file(file)
    refuse_standard_input(chosen)
    as_of = as_of or today()
    wish = _taken_back(event, on) if unset else _recorded(event, on, as_of, force=force)

    def edit(parsed: Parsed) -> Edit:
        return wish.edit(parsed, find(parsed.plan_file, rotation), replace=force)

    terminal = Terminal("page", color)
    if dry_run:
        from lorplan.render import diff as render_diff  # noqa: PLC0415 - the library for differences is for this alone

        made = edit(read(chosen))
        terminal.lines(render_diff.difference(made, chosen))
    else:
        terminal.show(_page(change(chosen, edit), wish, as_of, chosen, terminal.page_width))


class _Wish(NamedTuple):
    """What is to be recorded: an event and its value; or, with `back`, taken back, of a day where one is given."""

    event: str
    value: str | None
    back: bool

    def edit(self, parsed: Parsed, number: int, *, replace: bool) -> Edit:
        """The change that does it."""
        field = Field(parsed, number, self.event)
        return field.take_back(self.value) if self.back else field.record(self.value or "", replace=replace)

    def done(self, made: Edit) -> str:
        """What was done, in a sentence."""
        what = f"{self.event} {made.gone if self.back else self.value}"
        if self.back:
            return f"{what} is taken back."
        if not made.changed:
            return f"{what} was recorded before: nothing is changed."
        return f"{what} is recorded" + (f", in the place of {made.gone}." if made.gone else ".")


def _taken_back(text: str, on: date | None) -> _Wish:
    event, equals, _ = text.partition("=")
    if equals:
        message = f"--unset takes no value: lorplan mark ROTATION {event} --unset"
        raise UsageError(message)
    return _Wish(_known(event), on.isoformat() if on else None, back=True)


def _recorded(text: str, on: date | None, as_of: date, *, force: bool) -> _Wish:
    """The event and its value: behind `=`, by `--on`, or today. Raises UsageError."""
    name, equals, value = text.partition("=")
    event = _known(name)
    if event in PAST_DAYS and not equals:
        value = (on or as_of).isoformat()
    elif on:
        message = f"{event} takes no --on: write {_example(event)}"
        raise UsageError(message)
    elif not value:
        message = f"{event} needs a value: write {_example(event)}"
        raise UsageError(message)
    value = value_of(event, value)
    if event in PAST_DAYS and value > as_of.isoformat() and not force:
        message = f"{event} {value} is still ahead on {as_of}: --force records it all the same"
        raise UsageError(message)
    return _Wish(event, value, back=False)


def _known(name: str) -> str:
    event = name.strip().lower()
    if event in EVENTS:
        return event
    message = f'"{name}" is no event: there are {", ".join(EVENTS)}'
    raise UsageError(message)


def _example(event: str) -> str:
    if event in WORDS:
        return f"{event}={WORDS[event][0]} (or {', '.join(WORDS[event][1:])})"
    return f"{event}=2027-01-27"


def _page(made: Edit, wish: _Wish, as_of: date, file: str, width: int) -> Iterator[RenderableType]:
    from lorplan.render import mark as render_mark  # noqa: PLC0415 - rich is for people only

    plan = make_plan(made.after.plan_file, as_of)
    letter = letter_of(plan, made.after.plan_file, made.number)
    return render_mark.marked(plan, letter, wish.done(made), file, width=width)


COMMAND = mark
