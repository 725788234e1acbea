"""The example scripts in real shells: the reminder of a new shell, and the weekly report of an adviser.

They look at the real clock, so that the plan files here have days that count from today. All days of the week are
on site, and the rotations are outside the US, so that neither a weekend nor a holiday moves anything.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sysconfig
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

import pytest

from lorplan.cli.clock import today
from runner import TIMEOUT, clean_environment
from samples import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

pytestmark = pytest.mark.system

STARTUP: Final = EXAMPLES / "lorplan-startup.sh"
WEEKLY: Final = EXAMPLES / "weekly-reminder.sh"


# --- plan files ---------------------------------------------------------------------------------------------


def write_rotation(name: str, *, start: int, end: int, **more: str) -> str:
    """Write a plan file of one rotation, whose days count from today."""
    row = {
        "attending": name,
        "specialty": "neurology",
        "start": from_today(start),
        "end": from_today(end),
        "days": "[mon, tue, wed, thu, fri, sat, sun]",
        "us": "no",
        "performance": "good",
        **more,
    }
    return "- " + "\n  ".join(f"{key}: {value}" for key, value in row.items()) + "\n"


def from_today(days: int) -> str:
    """Count calendar days from today."""
    return str(today() + timedelta(days))


def overdue() -> str:
    """Write a file in which a packet should have been sent weeks ago."""
    return write_rotation("Dr. Wei Chen", start=-60, end=-35, letter=f"{{agreed: {from_today(-30)}}}")


def due() -> str:
    """Write a file in which an attending is to be asked today."""
    return write_rotation("Dr. Amaka Okafor", start=-10, end=10, meeting=from_today(0))


def coming() -> str:
    """Write a file in which an attending is to be asked in three days."""
    return write_rotation("Dr. Luis Rossi", start=1, end=30, meeting=from_today(3))


def quiet() -> str:
    """Write a file in which nothing is to be done for months."""
    return write_rotation("Dr. Hana Sato", start=200, end=230)


BROKEN: Final = "- attending: Dr. John Smith\n  specialty: neurology\n  start: 05/11/2026\n"


# --- shells -------------------------------------------------------------------------------------------------


class Output(NamedTuple):
    """The result of a script."""

    status: int
    out: str
    err: str


class Shell(NamedTuple):
    """Runs commands with a home of their own, and a PATH that leads to `lorplan` or not."""

    home: Path
    path: str

    def run(self, *command: str | Path, **variables: str) -> Output:
        """Run a command without a terminal."""
        done = subprocess.run(
            command,
            env=clean_environment(self.home, {"PATH": self.path, **variables}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            start_new_session=True,  # an interactive shell must not take the terminal of these tests
            timeout=TIMEOUT,
        )
        return Output(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Give a user an empty home, and lorplan on the PATH."""
    home = tmp_path / "the home"
    home.mkdir()
    return Shell(home, f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def bare_shell(shell: Shell, tmp_path: Path) -> Shell:
    """Give the same user no lorplan on the PATH."""
    (tmp_path / "nothing").mkdir()
    return shell._replace(path=str(tmp_path / "nothing"))


def find_program(name: str) -> str:
    """Find a shell, or skip the test if there is none."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"there is no {name} here")
    return found


@pytest.mark.parametrize("script", [STARTUP, WEEKLY], ids=lambda path: path.stem)
@pytest.mark.parametrize("name", ["sh", "bash"])
def test_script_can_be_parsed_by_a_shell(name: str, script: Path) -> None:
    """A script is in the language of every POSIX shell; only the one that is run as a program is executable."""
    done = subprocess.run([find_program(name), "-n", script], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    is_program = script.read_text(encoding="utf-8").startswith("#!/bin/sh\n")
    assert (is_program, os.access(script, os.X_OK)) == ((True, True) if script == WEEKLY else (False, False))


# --- the reminder of a new shell ----------------------------------------------------------------------------


class Start(Protocol):
    """Starts a shell that has the start-up script in its profile; `err` is what the script itself complains of."""

    def __call__(self, shell: Shell, options: Sequence[str] = ("-i",), **variables: str) -> Output:
        """Start it."""


@pytest.fixture(params=["sh", "bash"])
def start(request: pytest.FixtureRequest) -> Start:
    """Start a shell that has the start-up script in its profile."""
    name = find_program(request.param)

    def start_shell(shell: Shell, options: Sequence[str] = ("-i",), **variables: str) -> Output:
        norc = ["--norc"] if request.param == "bash" else []
        complaints = shell.home / "complaints"
        # The shell's own remark that it has no terminal is not the script's.
        line = '. "$1" 2>"$2"; echo "ready $? ${file-clean}"'
        done = shell.run(name, *norc, *options, "-c", line, name, STARTUP, complaints, **variables)
        return Output(done.status, done.out, complaints.read_text(encoding="utf-8"))

    return start_shell


READY: Final = "ready 0 clean\n"
"""The shell continued, the last status was 0, and the script left no variable behind."""


def test_startup_script_says_what_is_overdue(start: Start, shell: Shell) -> None:
    """An overdue action is in the first lines of a new shell."""
    (shell.home / "rotations.yaml").write_text(overdue(), encoding="utf-8")
    output = start(shell)
    first, *_ = output.out.splitlines()
    assert re.fullmatch(r"lorplan: overdue since \d{4}-\d\d-\d\d: Send Dr\. Wei Chen your CV.*", first)
    assert (output.status, output.err) == (0, "")
    assert output.out.endswith(READY)


def test_startup_script_says_what_is_due_in_the_file_of_the_variable(start: Start, shell: Shell) -> None:
    """A file named by LORPLAN_FILE is used before the one at home, also with spaces in its name."""
    (shell.home / "rotations.yaml").write_text(quiet(), encoding="utf-8")
    file = shell.home / "my plan.yaml"
    file.write_text(due(), encoding="utf-8")
    output = start(shell, LORPLAN_FILE=str(file))
    assert re.match(r"lorplan: due until \d{4}-\d\d-\d\d: Ask Dr\. Amaka Okafor for a strong letter", output.out)
    assert (output.status, output.err) == (0, "")


@pytest.mark.parametrize("write", [pytest.param(quiet, id="months_ahead"), pytest.param(coming, id="days_ahead")])
def test_startup_script_is_silent_if_nothing_is_due(start: Start, shell: Shell, write: Callable[[], str]) -> None:
    """A later action can wait until it is due."""
    (shell.home / "rotations.yaml").write_text(write(), encoding="utf-8")
    assert start(shell) == (0, READY, "")


def test_startup_script_is_silent_without_a_file(start: Start, shell: Shell) -> None:
    """A user who has no plan file, or has moved it, is left alone."""
    assert start(shell) == (0, READY, "")


def test_startup_script_is_silent_without_lorplan(start: Start, bare_shell: Shell) -> None:
    """On a machine on which lorplan is not installed the same profile does no harm."""
    (bare_shell.home / "rotations.yaml").write_text(overdue(), encoding="utf-8")
    assert start(bare_shell) == (0, READY, "")


def test_startup_script_is_silent_in_a_shell_that_is_not_interactive(start: Start, shell: Shell) -> None:
    """A shell that copies files or runs a script gets no line that it did not ask for."""
    (shell.home / "rotations.yaml").write_text(overdue(), encoding="utf-8")
    assert start(shell, options=()) == (0, READY, "")


def test_startup_script_reports_a_broken_file_and_continues(start: Start, shell: Shell) -> None:
    """A file that cannot be used is not a quiet day: its problem is reported, and the shell starts, strict or not."""
    (shell.home / "rotations.yaml").write_text(BROKEN, encoding="utf-8")
    output = start(shell, options=("-i", "-eu"))
    assert (output.status, output.out) == (0, READY)
    assert "rotations.yaml:3:" in output.err


# --- the weekly report --------------------------------------------------------------------------------------


@pytest.fixture
def students(shell: Shell) -> Path:
    """Make an adviser's folder, with a space in its name."""
    folder = shell.home / "my students"
    folder.mkdir()
    return folder


def test_weekly_script_reports_each_applicant_with_something_to_do(shell: Shell, students: Path) -> None:
    """Each applicant has a paragraph with what is overdue, due and coming, if there is anything."""
    (students / "ana petrov.yaml").write_text(overdue(), encoding="utf-8")
    (students / "ben.yml").write_text(due(), encoding="utf-8")
    (students / "cleo.yaml").write_text(quiet(), encoding="utf-8")
    (students / "dora.yaml").write_text(coming(), encoding="utf-8")
    (students / "notes.txt").write_text("not a plan", encoding="utf-8")
    output = shell.run(find_program("sh"), WEEKLY, students)
    assert (output.status, output.err) == (8, "")
    paragraphs = [part.splitlines() for part in output.out.strip().split("\n\n")]
    assert [part[0] for part in paragraphs] == ["ana petrov", "dora", "ben"]
    ana, dora, ben = (part[1] for part in paragraphs)
    assert re.match(r"  overdue since \d{4}-\d\d-\d\d: Send Dr\. Wei Chen", ana)
    assert re.match(rf"  from {from_today(3)} on: Ask Dr\. Luis Rossi", dora)
    assert re.match(r"  due until \d{4}-\d\d-\d\d: Ask Dr\. Amaka Okafor", ben)


@pytest.mark.parametrize(
    ("write", "paragraph"),
    [pytest.param(quiet, "", id="nothing"), pytest.param(coming, "one\n  from ", id="only_later_this_week")],
)
def test_weekly_script_succeeds_if_nothing_is_due(
    shell: Shell, students: Path, write: Callable[[], str], paragraph: str
) -> None:
    """Without output cron sends no mail; a later action is reported without an alarm."""
    file = students / "one.yaml"
    file.write_text(write(), encoding="utf-8")
    output = shell.run(WEEKLY, file)
    assert (output.status, output.err) == (0, "")
    assert output.out.startswith(paragraph)
    assert bool(output.out) == bool(paragraph)


def test_weekly_script_reports_a_broken_file_and_the_others(shell: Shell, students: Path) -> None:
    """The problem goes to standard error with its position, and the other applicants are reported as usual."""
    (students / "a.yaml").write_text(overdue(), encoding="utf-8")
    (students / "b.yaml").write_text(BROKEN, encoding="utf-8")
    (students / "c.yaml").write_text(due(), encoding="utf-8")
    output = shell.run(WEEKLY, students)
    assert output.status == 1
    assert f"{students}/b.yaml:3:" in output.err
    assert [line for line in output.out.splitlines() if line and not line.startswith(" ")] == ["a", "c"]


def test_weekly_script_reports_a_missing_file_and_an_empty_folder(shell: Shell, students: Path) -> None:
    """A wrong line in the crontab is not a quiet week, and the rest of the line still counts."""
    (shell.home / "real.yaml").write_text(overdue(), encoding="utf-8")
    output = shell.run(WEEKLY, shell.home / "gone.yaml", students, shell.home / "real.yaml")
    assert output.status == 1
    gone, *_, empty = output.err.splitlines()  # a line with the way out is between them
    assert "gone.yaml: cannot be read" in gone
    assert empty == f"weekly-reminder.sh: no plan files in {students}"
    assert output.out.startswith("real\n  overdue since ")


def test_weekly_script_without_arguments_shows_its_usage(shell: Shell) -> None:
    """Without an argument it is wrong usage, as with lorplan itself."""
    assert shell.run(WEEKLY) == (2, "", "usage: weekly-reminder.sh FILE-OR-FOLDER...\n")


def test_weekly_script_without_lorplan_says_so(bare_shell: Shell) -> None:
    """From a cron whose PATH does not lead to lorplan comes one line that says so."""
    output = bare_shell.run(find_program("sh"), WEEKLY, "one.yaml")
    assert output == (1, "", "weekly-reminder.sh: lorplan is not on the PATH\n")
