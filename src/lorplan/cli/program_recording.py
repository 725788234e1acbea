"""Records about programs: what became of one, and which letters are assigned to which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from lorplan.cli.arguments import find_program, find_rotation
from lorplan.cli.recording import apply_edit
from lorplan.cli.terminal import Terminal
from lorplan.edit.record_event import read_day
from lorplan.edit.record_program import PROGRAM_DAYS, RecordedProgram, assign_letter, record_in_all
from lorplan.errors import UsageError
from lorplan.plan.applicant_plan import ApplicantPlan
from lorplan.plan.changes import compare_plans
from lorplan.plan.planner import make_plan
from lorplan.planfile.reader import parse
from lorplan.storage.files import load
from lorplan.text.wording import join_words, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from rich.console import RenderableType

    from lorplan.cli.terminal import Color
    from lorplan.edit.verified_edit import Edit
    from lorplan.plan.model import PlannedProgram
    from lorplan.planfile.models import PlanFile
    from lorplan.planfile.reader import LocatedPlanFile

ALL: Final = "all"
"""Stands for all programs to which a letter can be assigned."""

MAX_NAMED: Final = 5
"""How many programs a sentence names before it counts the others."""


class Told(NamedTuple):
    """What to say about a record: in the heading, what was done, and the words after `lorplan mark` to undo it."""

    subject: str
    done: str
    undo: tuple[str, ...]


class ProgramRecording(NamedTuple):
    """How records about programs are made: in which file, as of which day, or whether they only show themselves."""

    file: str
    is_default: bool
    as_of: date
    dry_run: bool
    color: Color

    def mark(self, word: str, key: str, value: str | None, *, remove: bool, replace: bool) -> None:
        """Record a value of the program that a word means, or with `remove` take it away. Raises UsageError."""
        if value and key in PROGRAM_DAYS:
            value = self._read_day(key, value)
        told: list[Told] = []

        def edit(located: LocatedPlanFile) -> Edit:
            index = find_program(located.plan_file, word)
            recorded = RecordedProgram(located, index, key)
            made = recorded.remove(value) if remove else recorded.record(value or "", replace=replace)
            program_id = located.plan_file.program_ids[index]
            told[:] = [_tell(located.plan_file.programs[index].name, program_id, key, value, made, remove=remove)]
            return made

        self._write(edit, told)

    def _read_day(self, key: str, value: str) -> str:
        day = read_day(key, value, self.as_of, ahead=False)
        if day > self.as_of.isoformat():
            message = f"{key} {day} is in the future as of {self.as_of}"
            raise UsageError(message, "record it once it has happened")
        return day

    def assign(self, word: str, programs: Sequence[str], *, remove: bool = False) -> None:
        """Record that the letter of a rotation is assigned to programs, `all` for all whose set has it."""
        told: list[Told] = []

        def edit(located: LocatedPlanFile) -> Edit:
            plan_file = located.plan_file
            letter = plan_file.ids[find_rotation(plan_file, word)]
            indices = self._choose(plan_file, letter, programs, remove=remove)
            made = assign_letter(located, letter, indices, remove=remove)
            ids = [plan_file.program_ids[index] for index in indices]
            names = _name([plan_file.programs[index].name for index in indices])
            done = f"{'Removed: assigned' if remove else 'Recorded: assigned'} to {names}."
            back = (letter, f"assigned={','.join(ids)}", *(() if remove else ("--unset",)))
            told[:] = [Told(f"{plan_file.rotations[made.place].attending.name} ({letter})", done, back)]
            return made

        self._write(edit, told)

    def _choose(self, plan_file: PlanFile, letter: str, words: Sequence[str], *, remove: bool) -> tuple[int, ...]:
        """Find the programs that are meant, by their places in the file. Raises UsageError if there are none."""
        if [word.lower() for word in words] != [ALL]:
            return tuple(dict.fromkeys(find_program(plan_file, word) for word in words))
        plan = make_plan(plan_file, self.as_of)
        found = [one for one in plan.programs if letter in (one.assigned if remove else one.to_assign)]
        if not found:
            message = f"{plan.letter(letter).attending}: no program is waiting for this letter"
            raise UsageError(message, "see which letters go where: lorplan programs")
        return tuple(sorted(one.facts.position for one in found))

    def apply(self, programs: Sequence[PlannedProgram], on: str | None = None) -> None:
        """Record that several programs were applied to, on a day or today. Raises UsageError."""
        told: list[Told] = []
        day = self._read_day("applied", on) if on else self.as_of.isoformat()

        def edit(located: LocatedPlanFile) -> Edit:
            made = record_in_all(located, [one.facts.position for one in programs], "applied", day)
            names = _name([one.name for one in programs])
            back = (programs[0].id, "applied", "--unset") if len(programs) == 1 else ()
            told[:] = [Told(plural(len(programs), "program"), f"Recorded: applied on {day} to {names}.", back)]
            return made

        self._write(edit, told)

    def _write(self, edit: Callable[[LocatedPlanFile], Edit], told: Sequence[Told]) -> None:
        terminal = Terminal("page", self.color)
        made = apply_edit(self.file, edit, terminal, dry_run=self.dry_run)
        if made:
            terminal.print_page(self._page(made, told[0], terminal.page_width))

    def _page(self, made: Edit, told: Told, width: int) -> Iterator[RenderableType]:
        from lorplan.render.program_mark import render_program_mark

        before = make_plan(parse(made.before, self.file).plan_file, self.as_of)
        after = make_plan(made.after.plan_file, self.as_of)
        done = (
            told.done if made.has_changes else f"{told.done.replace('Recorded', 'Already recorded')} Nothing changes."
        )
        return render_program_mark(
            ApplicantPlan(after, self.file, self.is_default),
            told.subject,
            done,
            compare_plans(before, after),
            told.undo if made.has_changes else (),
            width=width,
        )


def _tell(name: str, program_id: str, key: str, value: str | None, made: Edit, *, remove: bool) -> Told:
    described = f"{key} on {value or made.replaced}" if key in PROGRAM_DAYS else f"{key} {value or made.replaced}"
    instead = f", instead of {made.replaced}" if made.replaced and not remove else ""
    back = (program_id, f"{key}={made.replaced}") if made.replaced else (program_id, key, "--unset")
    force = ("--force",) if made.replaced and not remove else ()
    done = f"{'Removed' if remove else 'Recorded'}: {described}{instead}."
    return Told(f"{name} ({program_id})", done, (*back, *force))


def is_program(file: str, word: str) -> bool:
    """Whether a word means a program of a plan file, and no rotation. Raises PlanFileError."""
    plan_file = load(file)
    for find in (find_rotation, find_program):
        try:
            find(plan_file, word)
        except UsageError:
            continue
        return find is find_program
    return False


def _name(names: Sequence[str]) -> str:
    more = [f"{len(names) - MAX_NAMED} more"] if len(names) > MAX_NAMED else []
    return join_words([*names[:MAX_NAMED], *more])
