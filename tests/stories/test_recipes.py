"""The recipes of the reference, taken from its text: they can be run again and again."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pytest

from runner import TIMEOUT, clean_environment
from samples import EXAMPLES

REFERENCE: Final = (EXAMPLES / "REFERENCE.md").read_text(encoding="utf-8")
PLAN: Final = "rotations.yaml"


def find_recipe(begin: str) -> str:
    """Find the lines of a recipe, up to the next comment or the end of its block."""
    found = re.search(rf"^# {re.escape(begin)}.*\n(?:# .*\n)*((?:(?!# |```).*\n)+)", REFERENCE, re.MULTILINE)
    assert found, begin
    return found[1]


def run(recipe: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a recipe in a shell, in a folder that is the home of whoever runs it."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["/bin/sh", "-c", recipe],
        cwd=folder,
        env=clean_environment(folder, {"PATH": path}),
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make a home with a plan in which something is late, whatever day it is: nobody has answered for two weeks."""
    today = date.today()  # noqa: DTZ011 - the local day, as for the program
    rows = [
        f"- {{attending: {name}, specialty: im, start: {today - timedelta(40)}, end: {today - timedelta(13)},\n"
        f"   letter: {{asked: {today - timedelta(14)}}}}}\n"
        for name in ("Dr. Wei Chen", "Dr. Ana Lee")
    ]
    (tmp_path / PLAN).write_text("".join(rows), encoding="utf-8")
    (tmp_path / "public").mkdir()
    return tmp_path


def test_calendar_of_every_night_is_written_without_a_word(home: Path) -> None:
    """Cron mails what a job prints: it prints only that something is wrong."""
    line = find_recipe("A calendar to subscribe to").partition("lorplan export")
    recipe = "".join(line[1:])
    for _ in range(2):
        done = run(recipe, home)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    calendar = (home / "public" / "letters.ics").read_text(encoding="utf-8")
    assert calendar.startswith("BEGIN:VCALENDAR")
    (home / PLAN).unlink()
    assert run(recipe, home).stdout == "no letters.ics today\n"


def test_tasks_have_the_same_identity_each_time(home: Path) -> None:
    """So that a task that is imported again is not a second one."""
    recipe = find_recipe("Into Taskwarrior").replace("| task import -", "")
    first, second = (run(recipe, home) for _ in range(2))
    assert (first.returncode, first.stderr) == (0, "")
    tasks = [json.loads(line) for line in first.stdout.splitlines()]
    assert {"uuid", "description", "due", "scheduled", "project"} == set(tasks[0])
    assert len({task["uuid"] for task in tasks}) == len(tasks)
    assert first.stdout == second.stdout


@pytest.mark.system
@pytest.mark.skipif(not shutil.which("task"), reason="taskwarrior is not installed")
def test_taskwarrior_has_each_task_once_however_often_it_imports(home: Path) -> None:
    """The real program reads them."""
    (home / ".taskrc").write_text(f"data.location={home / '.task'}\nconfirmation=off\nnews.version=9.9.9\n")
    counts = []
    for _ in range(2):
        assert run(find_recipe("Into Taskwarrior"), home).returncode == 0
        counts.append(run("task rc.verbose=nothing project:letters count", home).stdout.strip())
    assert counts[0] == counts[1] != "0"
