"""What is loaded for a command: nothing heavy before it is needed, as a script may call `due` a thousand times."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest

from samples import AMINA, BAD, BENITO

if TYPE_CHECKING:
    from runner import Lorplan

pytestmark = pytest.mark.system

REPORTER: Final = """
import json, sys
sys.argv = ["lorplan", *sys.argv[1:]]
from lorplan.cli import main
status = 0
try:
    main()
except SystemExit as leaving:
    status = leaving.code
print(json.dumps([status, sorted(sys.modules)]), file=sys.stderr)
"""
"""Runs a command, and reports its exit status and all modules that are loaded at its end."""

DRAWING: Final = {"rich", "typer.rich_utils"}
PAGES: Final = {
    f"lorplan.render.{name}" for name in ("plan", "timeline", "due", "why", "rules", "season", "layout", "cohort")
}
NEVER: Final = {"jinja2", "icalendar", "holidays", "hypothesis", "pytest", "requests", "click", "http.client", "ssl"}
"""What no command needs that only shows something."""


@pytest.fixture(autouse=True)
def plan_files(lorplan: Lorplan) -> None:
    """Write plan files, one of them where the commands look for it."""
    for name, text in (("rotations", AMINA), ("benito", BENITO), ("bad", BAD)):
        (lorplan.folder / f"{name}.yaml").write_text(text)


def find_loaded(lorplan: Lorplan, *args: str, status: int = 0) -> set[str]:
    """Run a command, and return the modules that it loaded."""
    reported, modules = json.loads(lorplan.python(REPORTER, *args).err.splitlines()[-1])
    assert reported == status
    return set(modules)


def find_loaded_by(lorplan: Lorplan, code: str) -> set[str]:
    """Run some Python, and return the modules that are loaded at its end."""
    return set(json.loads(lorplan.python(f"{code}\nimport sys, json; print(json.dumps(sorted(sys.modules)))").out))


@pytest.mark.parametrize(
    "args",
    [
        pytest.param(("due", "--today", "--plain"), id="due_plain"),
        pytest.param(("due", "rotations.yaml", "benito.yaml", "--json"), id="due_json"),
        pytest.param(("plan", "--plain"), id="plan_plain"),
        pytest.param(("plan", "--since", "2027-01-01", "--as-of", "2027-02-01", "--plain"), id="changes_plain"),
        pytest.param(("cohort", "rotations.yaml", "benito.yaml", "--plain"), id="cohort_plain"),
        pytest.param(("cohort", "rotations.yaml", "benito.yaml", "--json"), id="cohort_json"),
        pytest.param(("cohort", "rotations.yaml", "--writers", "--json"), id="writers_json"),
        pytest.param(("check",), id="check"),
    ],
)
def test_answer_for_scripts_loads_nothing_that_draws(lorplan: Lorplan, args: tuple[str, ...]) -> None:
    """Records and documents are made without rich, the pages, or anything that only an export needs."""
    assert find_loaded(lorplan, *args) & (DRAWING | PAGES | NEVER) == set()


def test_page_loads_what_draws_it_and_nothing_of_the_exports(lorplan: Lorplan) -> None:
    """A page for a person loads rich, and still nothing that only an export needs."""
    modules = find_loaded(lorplan, "plan")
    assert "rich" in modules
    assert modules & (NEVER | {"typer.rich_utils"}) == set()


def test_help_and_errors_load_no_help_of_typer(lorplan: Lorplan) -> None:
    """A help is a page of ours; what is wrong is told without drawing."""
    assert "typer.rich_utils" not in find_loaded(lorplan, "help", "due")
    assert find_loaded(lorplan, "due", "--todya", status=2) & (DRAWING | PAGES | NEVER) == set()


def test_validation_of_single_values_is_loaded_for_wrong_files_only(lorplan: Lorplan) -> None:
    """The module that finds the position of each problem is not loaded for a file without problems."""
    assert "lorplan.planfile.validation" not in find_loaded(lorplan, "check")
    assert "lorplan.planfile.validation" in find_loaded(lorplan, "check", "bad.yaml", status=1)


def test_command_loads_no_other_command(lorplan: Lorplan) -> None:
    """Each command is loaded when it is called."""
    shared = {"arguments", "clock", "complete", "file_arguments", "help_page", "options", "terminal"}
    modules = {name.removeprefix("lorplan.cli.") for name in find_loaded(lorplan, "due") if "lorplan.cli." in name}
    assert modules == {"due", *shared}


def test_version_loads_no_command_and_no_model(lorplan: Lorplan) -> None:
    """`--version` reads no plan file, and loads nothing that would."""
    heavy = {"lorplan.planfile.models", "pydantic", "yaml", "lorplan.cli.due"}
    assert find_loaded(lorplan, "--version") & heavy == set()


def test_program_switches_off_plugins_before_it_loads_pydantic(lorplan: Lorplan) -> None:
    """No plugin of pydantic that happens to be installed reads what a plan file contains."""
    (lorplan.folder / "typer.py").write_text(
        "import os, sys\n"
        "print(os.environ.get('PYDANTIC_DISABLE_PLUGINS'), 'pydantic' in sys.modules)\n"
        "raise SystemExit\n"
    )
    assert lorplan.process("check").out == "__all__ False\n"


def test_import_of_the_library_loads_no_command_line_and_no_planner(lorplan: Lorplan) -> None:
    """`import lorplan` loads neither typer nor rich nor the planner before they are asked for."""
    heavy = {"typer", "rich", "pydantic", "yaml", "lorplan.plan.planner", "lorplan.cli"}
    assert find_loaded_by(lorplan, "import lorplan") & heavy == set()


def test_use_of_the_library_loads_no_command_line(lorplan: Lorplan) -> None:
    """A plan can be made without the command line and without rich."""
    code = (
        "import datetime, lorplan\n"
        "lorplan.make_plan(lorplan.load('rotations.yaml'), datetime.date(2027, 1, 20)).to_dict()"
    )
    assert find_loaded_by(lorplan, code) & {"typer", "rich", "lorplan.cli"} == set()
