"""Several processes on one plan file: they wait for each other, none loses a change, readers see whole files."""

from __future__ import annotations

import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from lorplan.storage.files import load
from runner import TIMEOUT, clean_environment
from samples import AMINA, AS_OF
from storage.plan_on_disk import MARK, MARKED, names, record, texts
from system.storage_children import (
    ONE,
    TEXTS,
    change_forever,
    child_command,
    finish,
    hold_lock,
    mark_when_loaded,
    start_child,
    start_together,
    write_new_file,
)

if TYPE_CHECKING:
    from pathlib import Path

    from runner import Lorplan

pytestmark = pytest.mark.system


@pytest.fixture
def amina(lorplan: Lorplan) -> Path:
    """Write Amina's plan file where lorplan runs."""
    path = lorplan.folder / "rotations.yaml"
    path.write_text(AMINA)
    return path


# --- waiting ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ends", ["released", "killed"])
def test_mark_waits_until_another_process_releases_the_file_or_dies(lorplan: Lorplan, amina: Path, ends: str) -> None:
    """While another process holds the lock nothing is changed; afterwards the record is made."""
    with start_child(hold_lock, amina) as other, lorplan.start(*MARK) as marking:
        time.sleep(0.7)  # probably long enough to wait for the lock; before that nothing is changed either
        assert marking.poll() is None
        assert amina.read_text() == AMINA
        if ends == "killed":
            other.kill()
        else:
            assert other.stdin
            other.stdin.close()
        assert finish(marking) == (0, "")
    assert texts(amina.parent) == {amina.name: MARKED}


def test_lock_of_one_file_does_not_delay_another(lorplan: Lorplan, amina: Path) -> None:
    """A process that works on another plan file in the same folder is not waited for."""
    with start_child(hold_lock, amina.with_name("other.yaml")):
        lorplan.process(*MARK)
    assert amina.read_text() == MARKED


@pytest.mark.parametrize("args", [("check",), ("plan", "--as-of", AS_OF), (*MARK, "--dry-run")], ids=" ".join)
def test_command_that_only_reads_does_not_wait(lorplan: Lorplan, amina: Path, args: tuple[str, ...]) -> None:
    """A locked file can be read, also by a dry run."""
    with start_child(hold_lock, amina):
        assert lorplan(*args).err == ""
        assert names(amina.parent) == {amina.name, ".rotations.yaml.lock"}


def test_waiting_mark_can_be_interrupted(lorplan: Lorplan, amina: Path) -> None:
    """Ctrl-C ends the wait without a traceback, and nothing is changed."""
    with (
        start_child(hold_lock, amina),
        subprocess.Popen(
            child_command(mark_when_loaded, *MARK),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=lorplan.folder,
            env=clean_environment(lorplan.folder),
        ) as marking,
    ):
        assert marking.stdout
        assert marking.stdout.readline() == "ready\n"
        time.sleep(0.3)  # probably waiting; an earlier interrupt ends the command as well
        marking.send_signal(signal.SIGINT)
        _, err = marking.communicate(timeout=2 * TIMEOUT)
    assert marking.returncode != 0
    assert "Traceback" not in err
    assert amina.read_text() == AMINA


# --- changing at the same time ------------------------------------------------------------------------------


def plan_of_many(number: int) -> str:
    """Write a plan file with many rotations."""
    rows = [
        f"- {{id: r{row}, attending: Dr. Nr {row}, specialty: neurology, start: 2027-01-04, weeks: 4}}\n"
        for row in range(number)
    ]
    return "# many\n" + "".join(rows)


def mark_together(lorplan: Lorplan, *commands: tuple[str, ...]) -> None:
    """Run several marks at the same time: all succeed, the file is valid, and nothing is left beside it."""
    with start_together(lorplan, *(("mark", *command, "--as-of", AS_OF) for command in commands)) as programs:
        assert [finish(program) for program in programs] == [(0, "")] * len(commands)
    lorplan("check")
    assert names(lorplan.folder) == {"rotations.yaml"}


NUMBERS = [pytest.param(5, id="5"), pytest.param(20, id="20", marks=pytest.mark.thorough)]


@pytest.mark.parametrize("number", NUMBERS)
def test_marks_of_different_rotations_at_the_same_time_are_all_made(lorplan: Lorplan, amina: Path, number: int) -> None:
    """Each process marks one rotation, and none undoes another's record."""
    amina.write_text(plan_of_many(number))
    mark_together(lorplan, *((f"r{row}", "asked") for row in range(number)))
    assert amina.read_text() == plan_of_many(number).replace("weeks: 4}", f"weeks: 4, letter: {{asked: {AS_OF}}}}}")


@pytest.mark.parametrize("number", NUMBERS)
def test_marks_of_one_rotation_at_the_same_time_are_all_made(lorplan: Lorplan, amina: Path, number: int) -> None:
    """Each process adds a day to the same list, and every day is there once."""
    before = AMINA.replace("end: 2027-01-29}", "end: 2027-01-29, letter: {asked: 2026-11-02}}")
    amina.write_text(before)
    days = [str(date(2026, 11, 3) + timedelta(day)) for day in range(number)]
    mark_together(lorplan, *(("chen", "reminded", "--on", day) for day in days))
    found = [str(day) for day in load(amina).rotations[0].letter.reminded]
    assert sorted(found) == days
    assert amina.read_text() == before.replace("2026-11-02}}", f"2026-11-02, reminded: [{', '.join(found)}]}}}}")


def check_race(path: Path, contents: list[str]) -> None:
    """Let several processes write the same new file: one writes all of its text, the others report that it exists."""
    racers = [
        subprocess.Popen(
            child_command(write_new_file, path, content), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for content in contents
    ]
    for racer in racers:
        assert racer.stdout
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin
        racer.stdin.close()
        racer.stdin = None  # so that `communicate` does not use it
    reports = [racer.communicate(timeout=2 * TIMEOUT)[0].strip() for racer in racers]
    assert reports.count("written") == 1
    assert reports.count(f"{path}: already exists; not overwritten") == len(contents) - 1
    assert texts(path.parent) == {path.name: contents[reports.index("written")]}


def test_one_of_several_processes_writes_a_new_file(tmp_path: Path) -> None:
    """Whenever the processes come, the file is that of one of them."""
    check_race(tmp_path / "new.yaml", [f"# {number}\n" * 2000 for number in range(3)])


@pytest.mark.thorough
@pytest.mark.parametrize("turn", range(4))
def test_one_of_many_processes_writes_a_new_file(tmp_path: Path, turn: int) -> None:
    """The same with more processes, again and again."""
    check_race(tmp_path / f"new{turn}.yaml", [f"# {number}\n" * 20_000 for number in range(8)])


# --- reading meanwhile --------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_reader_never_sees_an_incomplete_file(lorplan: Lorplan, amina: Path) -> None:
    """While a process changes the file forever, every read finds one text or the other."""
    record(amina, ONE)
    with start_child(change_forever, amina) as writer:
        while ".rotations.yaml.lock" not in names(amina.parent):
            assert writer.poll() is None
        seen = {amina.read_text() for _ in range(20_000)}
        for _ in range(500):
            assert str(load(amina).rotations[0].letter.asked) in TEXTS
        for _ in range(30):
            assert lorplan.process("check").err == ""
        assert writer.poll() is None
    assert seen == set(TEXTS.values()), "the file was changed while it was read, and was never anything else"
    record(amina)
    assert texts(amina.parent) == {amina.name: MARKED}


@pytest.mark.thorough
def test_checks_and_marks_at_the_same_time_all_succeed(lorplan: Lorplan, amina: Path) -> None:
    """Every check finds a valid file, and every record is made."""
    amina.write_text(plan_of_many(20))

    def run(number: int) -> tuple[int, str]:
        marking = ("mark", f"r{number // 2}", "asked", "--as-of", AS_OF)
        with lorplan.start(*(("check",) if number % 2 else marking)) as program:
            return finish(program)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(run, range(40))) == [(0, "")] * 40
    assert texts(amina.parent)[amina.name].count(f"asked: {AS_OF}") == 20
    assert names(amina.parent) == {amina.name}
