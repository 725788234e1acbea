"""What is loaded for a command: nothing heavy before it is needed, for a script calls `due` a thousand times."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conftest import environment
from samples import AMINA, BENITO

if TYPE_CHECKING:
    from pathlib import Path

REPORTER = """
import json, sys
sys.argv = ["lorplan", *sys.argv[1:]]
from lorplan.cli import main
try:
    main()
except SystemExit as leaving:
    status = leaving.code
print(json.dumps([status, sorted(sys.modules)]), file=sys.stderr)
"""
"""Runs a command and tells its exit status and all modules that are loaded when it is done."""

DRAWING = {"rich", "typer.rich_utils"}
PAGES = {f"lorplan.render.{name}" for name in ("plan", "timeline", "due", "why", "rules", "season")}
NEVER = {"jinja2", "icalendar", "holidays", "hypothesis", "pytest", "requests", "click", "http.client", "ssl"}


def python(directory: Path, code: str, *args: str) -> subprocess.CompletedProcess[bytes]:
    """Run a piece of Python, which must end well."""
    return subprocess.run(
        [sys.executable, "-c", code, *args],
        capture_output=True,
        cwd=directory,
        env=environment(directory),
        timeout=60,
        check=True,
    )


def loaded(directory: Path, *args: str) -> set[str]:
    """Run a command that must end well and name the modules that it loaded."""
    done = python(directory, REPORTER, *args)
    status, modules = json.loads(done.stderr.decode().splitlines()[-1])
    assert not status
    return set(modules)


@pytest.fixture(autouse=True)
def plan_file(tmp_path: Path) -> None:
    """Write a plan file where the commands look for it."""
    (tmp_path / "rotations.yaml").write_text(AMINA)
    (tmp_path / "benito.yaml").write_text(BENITO)


@pytest.mark.parametrize(
    "args",
    [
        pytest.param(("due", "--today", "--plain"), id="due --plain"),
        pytest.param(("due", "rotations.yaml", "benito.yaml", "--json"), id="due --json"),
        pytest.param(("plan", "--plain"), id="plan --plain"),
        pytest.param(("check",), id="check"),
    ],
)
def test_scripts_wait_for_no_drawing(tmp_path: Path, args: tuple[str, ...]) -> None:
    """Records and documents are made without rich, the pages, or anything that only an export needs."""
    assert loaded(tmp_path, *args) & (DRAWING | PAGES | NEVER) == set()


def test_a_command_loads_no_other_command(tmp_path: Path) -> None:
    """Each command is loaded when it is called, and the plan file's model only by what reads one."""
    shared = {"clock", "complete", "options", "plans", "terminal"}
    modules = {name.removeprefix("lorplan.cli.") for name in loaded(tmp_path, "due") if "lorplan.cli." in name}
    assert modules == {"due", *shared}
    assert (
        loaded(tmp_path, "--version") & {"lorplan.planfile.models", "pydantic", "yaml", "lorplan.cli.due"} == set()
    )


def test_the_command_waits_for_no_collector_and_no_plugin(tmp_path: Path) -> None:
    """The installed command switches both off before it loads anything."""
    code = (
        "import atexit, gc, json, os, sys\n"
        "from lorplan.__main__ import main\n"
        "modules = set(sys.modules)\n"
        "atexit.register(lambda: print(gc.isenabled(), gc.get_freeze_count() > 0, file=sys.stderr))\n"
        "atexit.register(lambda: print(os.environ['PYDANTIC_DISABLE_PLUGINS'], file=sys.stderr))\n"
        "print(json.dumps(sorted(modules & {'typer', 'pydantic', 'lorplan.cli'})), file=sys.stderr)\n"
        "sys.argv = ['lorplan', 'check']\n"
        "main()"
    )
    done = python(tmp_path, code)
    assert done.stderr.decode().splitlines() == ["[]", "__all__", "False True"]


def test_a_page_loads_what_it_draws_with(tmp_path: Path) -> None:
    """A page for a person loads rich, and still nothing that an export needs."""
    modules = loaded(tmp_path, "plan")
    assert "rich" in modules
    assert modules & (NEVER | {"typer.rich_utils"}) == set()


def test_the_library_loads_no_command_line(tmp_path: Path) -> None:
    """`import lorplan` is free: it loads neither typer nor rich nor the planner before they are asked for."""
    code = "import sys, json, lorplan; print(json.dumps(sorted(sys.modules)))"
    done = python(tmp_path, code)
    modules = set(json.loads(done.stdout))
    assert modules & {"typer", "rich", "pydantic", "yaml", "lorplan.plan.planner", "lorplan.cli"} == set()


def test_using_the_library_loads_no_command_line(tmp_path: Path) -> None:
    """A plan can be made without the command line and without rich."""
    code = (
        "import sys, json, datetime, lorplan\n"
        "lorplan.make_plan(lorplan.load('rotations.yaml'), datetime.date(2027, 1, 20)).to_dict()\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    done = python(tmp_path, code)
    assert set(json.loads(done.stdout)) & {"typer", "rich", "lorplan.cli"} == set()
