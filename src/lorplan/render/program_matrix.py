"""Which letter goes to which program, as a table of words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lorplan.render.summary import describe_missing

if TYPE_CHECKING:
    from lorplan.plan.model import Plan, PlannedProgram


class MatrixRow(NamedTuple):
    """A program with its state, deadline, a word for each letter, and what it lacks."""

    program: str
    state: str
    deadline: str
    cells: tuple[str, ...]
    lacks: str


class Matrix(NamedTuple):
    """The ids of the letters that go to some program, in order of rank, and the programs."""

    letters: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


def make_matrix(plan: Plan) -> Matrix:
    """Make the table of a plan's programs, those that need attention first."""
    used = {letter for one in plan.programs for letter in one.letters}
    letters = tuple(letter.id for letter in plan.letters if letter.id in used)
    return Matrix(letters, tuple(_row(plan, one, letters) for one in plan.programs))


def _row(plan: Plan, one: PlannedProgram, letters: tuple[str, ...]) -> MatrixRow:
    deadline = plan.dates.write_day(one.facts.deadline)
    cells = tuple(describe_place(one, letter) for letter in letters)
    state = f"{one.state}, late" if one.late else one.state
    return MatrixRow(program_title(one), state, deadline, cells, describe_missing(one.missing))


def program_title(one: PlannedProgram) -> str:
    """Name a program, with its track where it has one."""
    return f"{one.name}, {one.program.track}" if one.program.track else one.name


def describe_place(one: PlannedProgram, letter: str) -> str:
    """Say how a letter stands with a program: assigned, to be assigned, planned; "" if it does not go there."""
    if letter in one.assigned:
        return "assigned"
    if letter in one.to_assign:
        return "to assign"
    return "planned" if letter in one.letters else ""
