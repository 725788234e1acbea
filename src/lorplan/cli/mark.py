"""`lorplan mark`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from lorplan.cli.clock import today
from lorplan.cli.complete import complete_event
from lorplan.cli.options import AsOf, ColorOption, DryRun, FileToChange, OnDay, SubjectName
from lorplan.cli.program_recording import ProgramRecording, is_program
from lorplan.cli.recording import EditRequest, Recording, read_record
from lorplan.edit.record_event import DAYS, EMAIL, NAMES, PAST_DAYS, RECORDABLE, WORDS, is_day, normalize_value
from lorplan.edit.record_program import PROGRAM_DAYS
from lorplan.errors import UsageError
from lorplan.plan.action_kinds import KINDS
from lorplan.planfile.field_types import EXAMPLE_DAY
from lorplan.render.next_commands import rotation_command
from lorplan.storage.files import choose_file, refuse_standard_input
from lorplan.text.wording import find_nearest, truncate

if TYPE_CHECKING:
    from datetime import date

    from lorplan.planfile.models import PlanFile

_Event = Annotated[
    str,
    typer.Argument(
        metavar="EVENT",
        help="One of the words above.",
        autocompletion=complete_event,
    ),
]
_More = Annotated[list[str] | None, typer.Argument(hidden=True)]
"""The value where completion has put a space after the equals sign; without one we say what to write."""


def mark(
    rotation: SubjectName,
    event: _Event,
    more: _More = None,
    *,
    on: OnDay = None,
    unset: Annotated[bool, typer.Option("--unset", help="Remove the recorded event.", show_default=False)] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a record; allow a future date.", show_default=False)
    ] = False,
    dry_run: DryRun = False,
    file: FileToChange = None,
    as_of: AsOf = None,
    color: ColorOption = "auto",
) -> None:
    """Record what happened, or what you have learned.

    What happened, today or on the day of --on: asked, agreed, packet, requested, reminded, sent, uploaded, imported,
    thanked, assigned, declined, notice, feedback, offered.

    What you have learned or decided: meeting=DATE, performance=WORD, contact=WORD, choice=WORD, standardized=yes,
    img_friendly=yes, residency_affiliated=yes, letterhead=yes, experience=WORD, for=TARGET, email=ADDRESS.

    Of programs: assigned=PROGRAM of a rotation's letter (several with commas, or all), and of a program itself
    applied, read (its page), choice=skip.

    Nothing else in the file changes.

    Examples:
      lorplan mark chen asked
      lorplan mark chen asked --on 2027-01-27
      lorplan mark chen performance=excellent
      lorplan mark okafor meeting=fri
      lorplan mark chen asked --unset
      lorplan mark chen assigned=lakeside
      lorplan mark lakeside applied
    """
    chosen = choose_file(file)
    refuse_standard_input(chosen)
    day = as_of or today()
    words = " ".join(more or ())
    typed = _Typed(rotation, file, event + (words if event.endswith("=") else ""), on, day)
    if words and not event.endswith("="):
        raise typed.refuse_words(words)
    programs = ProgramRecording(chosen, file is None, day, dry_run, color)
    if typed.names_programs:
        programs.assign(rotation, typed.values, remove=unset)
        return
    if typed.name in PROGRAM_DAYS or (typed.name == "choice" and is_program(chosen, rotation)):
        programs.mark(rotation, typed.name, typed.program_value(remove=unset), remove=unset, replace=force)
        return
    request = typed.request_removal() if unset else typed.request_record(force=force)

    def choose(_: PlanFile, __: int) -> EditRequest:
        return request

    Recording(chosen, file is None, day, force, dry_run, color).make(rotation, choose)


class _Typed(NamedTuple):
    """What was typed: the rotation, the file, the event with its value, the day; and the day that is today."""

    rotation: str
    file: str | None
    text: str
    on: str | None
    today: date

    @property
    def name(self) -> str:
        """The word before any equals sign."""
        return self.text.partition("=")[0].strip().lower()

    @property
    def values(self) -> list[str]:
        """What stands after the equals sign, at the commas."""
        return [value for one in self.text.partition("=")[2].split(",") if (value := one.strip())]

    @property
    def names_programs(self) -> bool:
        """Whether the event is that a letter is assigned to programs, and not a day."""
        return self.name == "assigned" and bool(self.values) and not is_day(self.text.partition("=")[2], self.today)

    def program_value(self, *, remove: bool) -> str | None:
        """Read what to record of a program. Raises UsageError."""
        value = self.text.partition("=")[2].strip()
        if self.name in PROGRAM_DAYS:
            day = value or self.on
            return day or (None if remove else self.today.isoformat())
        if not remove and value != "skip":
            message = f'choice: "{truncate(value)}" is not known of a program'
            raise UsageError(message, "write choice=skip")
        return value or None

    @property
    def event(self) -> str:
        """The event that is meant. Raises UsageError if it is none, or a kind of action."""
        name, event = self.text.partition("=")[0], self.name
        if event in RECORDABLE:
            return event
        message = f'unknown event "{truncate(name)}"'
        kind = next((kind for kind in KINDS if kind.name == event), None)
        if kind:
            done = f" Or: {self._command('done', event)}" if kind.event in DAYS else ""
            raise UsageError(message, f"did you mean {kind.event}{kind.value}?{done}")
        known = (*RECORDABLE, *PROGRAM_DAYS)
        near = find_nearest(event, known)
        raise UsageError(message, f"did you mean {near}?" if near else f"choose from {', '.join(known)}")

    def request_removal(self) -> EditRequest:
        """Read what to remove. Raises UsageError."""
        if "=" in self.text:
            message = "--unset takes no value"
            raise UsageError(message, f"write: {self._command('mark', self.event, '--unset')}")
        day = normalize_value(self.event, self.on, self.today) if self.on and self.event in DAYS else self.on
        return EditRequest(self.event, day, remove=True)

    def request_record(self, *, force: bool) -> EditRequest:
        """Read the event and its value: after `=`, from `--on`, or today. Raises UsageError."""
        event, (_, equals, value) = self.event, self.text.partition("=")
        if event in PAST_DAYS and not equals:
            value = self.on or self.today.isoformat()
        elif self.on and event in PAST_DAYS:
            message = f"{event}: the day is given twice"
            raise UsageError(message, 'write it once, after "=" or with --on')
        elif self.on:
            message = f"{event} does not take --on"
            raise UsageError(message, f"write {_example(event)}")
        elif not value.strip(" ,"):
            message = f"{event} needs a value"
            raise UsageError(message, f"write {_example(event)}")
        return read_record(event, value, self.today, force=force)

    def refuse_words(self, words: str) -> UsageError:
        """Say how to write a value that was typed as words of their own. Raises UsageError if the event is none."""
        event, equals = self.event, "=" in self.text
        if equals or event not in PAST_DAYS:
            joined = f"{self.text}{' ' if equals else '='}{words}"
            message = f"the value of {event} is written right after an equals sign"
            return UsageError(message, f"write: {self._command('mark', joined)}")
        if is_day(words, self.today):
            message = f"the day of {event} is written after --on"
            return UsageError(message, f"write: {self._command('mark', event, '--on', words)}")
        return UsageError(f"too many words: {truncate(words)}", f"write: {self._command('mark', event)}")

    def _command(self, name: str, *words: str) -> str:
        return rotation_command(name, self.rotation, self.file, *words)


def _example(event: str) -> str:
    if event in WORDS:
        return f"{event}={WORDS[event][0]} (or {', '.join(WORDS[event][1:])})"
    if event == EMAIL:
        return f"{event}=ann@example.org"
    return f"{event}=TARGET, or several with commas" if event in NAMES else f"{event}={EXAMPLE_DAY}"
