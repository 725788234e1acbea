"""Every command on the worst plan files, which it plans or refuses and never crashes on."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from hostile.commands import CHECKS, CORPUS, ONE, PLANNED, REFUSED, UNSENDABLE, WHOLE, fill_in, read_answer
from hostile.outputs import assert_located, assert_problems
from lorplan.planfile.reader import decode, parse
from runner import Lorplan

if TYPE_CHECKING:
    from hostile.commands import Args


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> Lorplan:
    """Run lorplan in the folder of the files that have to be refused."""
    return Lorplan(CORPUS / "refused", monkeypatch)


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> Lorplan:
    """Run lorplan in the folder of the files that have to be planned."""
    return Lorplan(CORPUS / "planned", monkeypatch)


# --- files that have to be refused --------------------------------------------------------------------------


def assert_refused(lorplan: Lorplan, args: Args, file: str) -> None:
    """Check that a command reports the problems of a file, with their positions, and nothing else."""
    result = lorplan(*fill_in(args, file), status=1)
    read_answer(args, result)
    if args == ("check", "--json", "FILE"):
        assert_problems(result.out, file)
    elif args == ("check", "--plain", "FILE"):
        assert all(line.count("\t") == 4 for line in result.out.splitlines())
    else:
        assert_located(result.out if args[0] == "check" else result.err, file)
        assert "" in {result.out, result.err} or args[0] == "cohort"  # in which the file has a line all the same


@pytest.mark.parametrize("name", REFUSED)
def test_refused_file_is_reported_with_positions_by_check(refused: Lorplan, name: str) -> None:
    """`check` reports where each problem is, as text or as JSON."""
    assert_refused(refused, CHECKS[REFUSED.index(name) % 2], name)


@pytest.mark.thorough
@pytest.mark.parametrize("name", REFUSED)
def test_refused_file_is_reported_with_positions_by_every_command(refused: Lorplan, name: str) -> None:
    """No command has a way of its own of reading a file."""
    for args in (*CHECKS, *WHOLE, *ONE):
        assert_refused(refused, args, name)


# --- files that have to be planned --------------------------------------------------------------------------


def answer(lorplan: Lorplan, args: Args, file: str, rotation: str = "") -> object:
    """Check that a command answers, and read the answer."""
    status = 2 if "--eml" in args and file == UNSENDABLE else 0
    result = lorplan(*fill_in(args, file, rotation), status=status)
    assert status or result.out or args[0] in {"check", "due", "plan", "cohort"}, "an export is never empty"
    return read_answer(args, result)


def choose_ids(file: str) -> list[str]:
    """Choose the id of one rotation of a file, if it has any: in each file that of another."""
    ids = parse(decode((CORPUS / "planned" / file).read_bytes())).plan_file.ids
    return [ids[PLANNED.index(file) % len(ids)]] if ids else []


@pytest.mark.parametrize("name", PLANNED[::3])
def test_planned_file_has_harmless_answers_in_some_formats(planned: Lorplan, name: str) -> None:
    """The command that people use most, one other about the whole plan, and one about a letter."""
    number = PLANNED.index(name)
    for args in (WHOLE[0], WHOLE[1 + number % (len(WHOLE) - 1)]):
        answer(planned, args, name)
    for id_ in choose_ids(name):
        answer(planned, ONE[number % len(ONE)], name, id_)


@pytest.mark.thorough
@pytest.mark.parametrize("name", PLANNED)
def test_planned_file_has_harmless_answers_in_every_format(planned: Lorplan, name: str) -> None:
    """Every command in every format, with one rotation of the file."""
    for args in (*CHECKS, *WHOLE):
        answer(planned, args, name)
    for args, id_ in product(ONE, choose_ids(name)):
        answer(planned, args, name, id_)
