"""What has changed between two plans of one applicant, as values."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lorplan.plan.model import Letter, Plan, PlannedProgram, ProgramState, Verdict


class LetterChange(NamedTuple):
    """A letter as it is now, and its earlier verdict, which is None if the letter is new.

    `has_moved`: the day to ask is another one.
    """

    letter: Letter
    earlier: Verdict | None
    has_moved: bool

    @property
    def is_to_be_asked(self) -> bool:
        """Whether the attending is to be asked now, and was not before."""
        return self.letter.verdict == "ask" != self.earlier


class GapChange(NamedTuple):
    """How many letters a target lacks now and lacked before; the target is None if the file names none."""

    target: str | None
    lacks: int
    lacked: int


class ProgramChange(NamedTuple):
    """A program as it is now, and its earlier state, which is None if it is new."""

    program: PlannedProgram
    earlier: ProgramState | None


class PlanChanges(NamedTuple):
    """What has changed: letters, the gaps of targets, how many letters are expected, and whether asking has ended.

    `expected` has the numbers before and now, and `wanted` how many are wanted; `closed` is None if that is as before.
    """

    letters: tuple[LetterChange, ...]
    gaps: tuple[GapChange, ...]
    expected: tuple[int, int]
    wanted: int
    closed: bool | None
    programs: tuple[ProgramChange, ...] = ()


def compare_plans(before: Plan, after: Plan, *, marked: str | None = None) -> PlanChanges:
    """Compare two plans of one applicant.

    What became of the `marked` letter by its own record, such as that it is asked for now, is no change.
    """
    return PlanChanges(
        letters=tuple(_changed_letters(before, after, marked)),
        gaps=tuple(_changed_gaps(before, after)),
        expected=(before.forecast.total, after.forecast.total),
        wanted=after.wanted,
        closed=None if before.asking_closed == after.asking_closed else after.asking_closed,
        programs=tuple(_changed_programs(before, after)),
    )


def _changed_programs(before: Plan, after: Plan) -> Iterator[ProgramChange]:
    known = {one.id: one.state for one in before.programs}
    for one in after.programs:
        if known.get(one.id) != one.state:
            yield ProgramChange(one, known.get(one.id))


def _changed_letters(before: Plan, after: Plan, marked: str | None) -> Iterator[LetterChange]:
    known = {letter.id: letter for letter in before.letters}
    for letter in after.letters:
        earlier = known.get(letter.id)
        verdict = earlier.verdict if earlier else None
        if letter.id == marked and {letter.verdict, verdict} & {"keep", "skip"}:
            continue
        has_moved = _is_moved(earlier, letter)
        if letter.verdict != verdict or has_moved:
            yield LetterChange(letter, verdict, has_moved)


def _is_moved(earlier: Letter | None, letter: Letter) -> bool:
    both_to_be_asked = earlier is not None and earlier.verdict == letter.verdict == "ask"
    return both_to_be_asked and earlier is not None and earlier.window.ask_on != letter.window.ask_on


def _changed_gaps(before: Plan, after: Plan) -> Iterator[GapChange]:
    lacked = {one.target: sum(part.lacks for part in one.parts) for one in before.coverage}
    for one in after.coverage:
        change = GapChange(one.target, sum(part.lacks for part in one.parts), lacked.get(one.target, 0))
        if change.lacks != change.lacked:
            yield change
