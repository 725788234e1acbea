"""`lorplan done`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from lorplan.cli.arguments import find_rotation
from lorplan.cli.clock import today
from lorplan.cli.complete import complete_action
from lorplan.cli.options import AsOf, ColorOption, DryRun, FileToChange, OnDay, RotationName, option
from lorplan.cli.program_recording import ProgramRecording
from lorplan.cli.recording import EditRequest, Recording, read_record
from lorplan.edit.record_event import normalize_value
from lorplan.errors import UsageError
from lorplan.plan.action_kinds import KIND, LETTER_KINDS
from lorplan.plan.due import by_urgency, most_urgent
from lorplan.plan.model import PROGRAMS
from lorplan.plan.planner import make_plan
from lorplan.render.next_commands import rotation_command
from lorplan.storage.files import choose_file, load, refuse_standard_input
from lorplan.text.wording import find_nearest, join_words, truncate

if TYPE_CHECKING:
    from lorplan.plan.action_kinds import Kind
    from lorplan.plan.model import Action, Letter, Plan
    from lorplan.planfile.models import PlanFile


def done(
    rotation: RotationName,
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="KIND",
            help="What is done: ask, packet, remind ... Default: what is most pressing.",
            autocompletion=complete_action,
            show_default=False,
        ),
    ] = None,
    *,
    on: OnDay = None,
    meeting: Annotated[
        str | None,
        option(
            "--meeting", metavar="DATE", text="With book: the day of the talk. Default: the day that the plan proposes."
        ),
    ] = None,
    dry_run: DryRun = False,
    file: FileToChange = None,
    as_of: AsOf = None,
    color: ColorOption = "auto",
) -> None:
    """Record that what was to be done is done.

    It records what `lorplan mark` would: for ask that the attending was asked, for remind that you wrote again, for
    book the day of the talk, for assign the programs that wait for the letter. `lorplan done programs` records that you
    have applied to those that are next. How it went needs a word: lorplan mark ROTATION performance=good.

    Examples:
      lorplan done chen
      lorplan done chen ask --on yesterday
      lorplan done okafor book --meeting fri
      lorplan done chen assign
      lorplan done programs
    """
    chosen = choose_file(file)
    refuse_standard_input(chosen)
    day = as_of or today()

    programs = ProgramRecording(chosen, file is None, day, dry_run, color)
    if _records_programs(programs, rotation, kind, on):
        return

    def choose(plan_file: PlanFile, index: int) -> EditRequest:
        plan = make_plan(plan_file, day)
        finished = _Finished(plan, plan.letter(plan_file.ids[index]), file, on, meeting)
        return finished.request(finished.find_kind(kind or ("book" if meeting else None)))

    # What the plan asks for may replace a record: that is of another season, or of a talk that did not take place.
    Recording(chosen, file is None, day, replace=True, dry_run=dry_run, color=color).make(rotation, choose)


def _records_programs(programs: ProgramRecording, word: str, kind: str | None, on: str | None) -> bool:
    """Record what is done for programs, and return True: applications, or a letter assigned; else return False."""
    plan_file = load(programs.file)
    if word == PROGRAMS and word not in plan_file.ids:
        plan = make_plan(plan_file, programs.as_of)
        action = next((one for one in by_urgency(plan.actions) if one.kind == "apply"), None)
        if action is None:
            message = "there is no program left to apply to"
            raise UsageError(message, "see how they stand: lorplan programs")
        chosen = [one for one in plan.programs if one.id in action.programs]
        programs.apply(chosen, on)
        return True
    if not plan_file.programs or kind not in {None, "assign"}:
        return False
    plan = make_plan(plan_file, programs.as_of)
    letter = plan.letter(plan_file.ids[find_rotation(plan_file, word)])
    action = most_urgent(plan.actions_for(letter)) if kind is None else _find_action(plan, letter, "assign")
    if action is None or action.kind != "assign" or not action.programs or (kind is None and not action.is_due):
        return False
    programs.assign(letter.id, action.programs)
    return True


def _find_action(plan: Plan, letter: Letter, kind: str) -> Action | None:
    return next((one for one in plan.actions_for(letter) if one.kind == kind), None)


class _Finished(NamedTuple):
    """What is done for a letter of a plan: the file, and the days of it and of the talk as typed."""

    plan: Plan
    letter: Letter
    file: str | None
    on: str | None
    meeting: str | None

    def find_kind(self, word: str | None) -> Kind:
        """Find the kind that a word names, else that of the most pressing action. Raises UsageError."""
        actions = self.plan.actions_for(self.letter)
        if word is not None:
            return self._find_named(word.strip().lower(), list(dict.fromkeys(action.kind for action in actions)))
        action = most_urgent(actions)
        if action and action.is_due:
            return action.kind
        if action is None:
            message = f"nothing is due for {self.letter.attending}: {self._reason}"
            raise UsageError(message, f"see {self._command('why')}")
        message = (
            f"nothing is due for {self.letter.attending} before {self.plan.dates.write_day(action.on, weekday=True)}"
        )
        raise UsageError(message, f"if it is done already: {self._command('done', action.kind)}")

    def _find_named(self, word: str, kinds: list[Kind]) -> Kind:
        named = next((kind for kind in kinds if kind == word), None)
        if named:
            return named
        if word not in LETTER_KINDS:
            near = find_nearest(word, LETTER_KINDS)
            message = f'unknown kind "{truncate(word)}"'
            raise UsageError(message, f"did you mean {near}?" if near else f"choose from {', '.join(LETTER_KINDS)}")
        has = f"only {join_words(kinds)}" if kinds else f"and nothing else to do: {self._reason}"
        message = f'the plan has no "{word}" for {self.letter.attending}, {has}'
        kind = next(kind for kind in KIND.values() if kind.name == word)
        raise UsageError(message, f"to record it all the same: {self._command('mark', kind.event + kind.value)}")

    def request(self, kind: Kind) -> EditRequest:
        """Choose what to record for a kind of action. Raises UsageError."""
        if self.meeting and kind != "book":
            message = f"--meeting goes with book only, and this is {kind}"
            raise UsageError(message, f"write: {self._command('done', kind)}")
        if kind == "rate":
            message = f"how it went with {self.letter.attending} needs a word"
            raise UsageError(message, f"write: {self._command('mark', 'performance=good')} (or excellent, fair, poor)")
        if kind == "book":
            return self._request_meeting()
        event, as_of = KIND[kind].event, self.plan.as_of
        day = normalize_value(event, self.on or as_of.isoformat(), as_of)
        force = self._command("mark", f"{event}={day}", "--force")
        return read_record(event, day, as_of, force=False, way_out=f"to record it anyway: {force}")

    def _request_meeting(self) -> EditRequest:
        if self.on:
            message = "for book, the day to give is that of the talk"
            raise UsageError(message, f"write: {self._command('done', 'book', '--meeting', self.on)}")
        event, as_of = KIND["book"].event, self.plan.as_of
        if self.meeting:
            return read_record(event, self.meeting, as_of, force=False)
        proposed = self.letter.window.ask_on.isoformat()
        return read_record(event, proposed, as_of, force=False)._replace(is_proposed=True)

    @property
    def _reason(self) -> str:
        return self.plan.dates.write_days_in(self.letter.reason.text)

    def _command(self, name: str, *words: str) -> str:
        return rotation_command(name, self.letter.id, self.file, *words)
