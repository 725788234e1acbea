"""Without a home, without any variable, and in a working directory that is deleted."""

from __future__ import annotations

import json
import shlex
import subprocess
from typing import TYPE_CHECKING, Final

import pytest

from runner import PROGRAM, TIMEOUT
from system.commands import BYTES, DAY, NAMES, PLAN, assert_one_line, list_names, sample

if TYPE_CHECKING:
    from pathlib import Path

    from runner import Lorplan
    from system.commands import Args


@pytest.mark.system
@pytest.mark.parametrize(
    "home",
    [
        pytest.param(None, id="unset"),
        pytest.param("", id="empty"),
        pytest.param("/nowhere/at/all", id="missing"),
        pytest.param("/proc", id="not_writable"),
        pytest.param("/dev/null", id="not_a_folder"),
        pytest.param("a\nb\x1b", id="odd_name"),
    ],
)
@pytest.mark.parametrize("args", [("draft", "chen", *DAY), BYTES[0], ("init", "new.yaml")], ids=" ".join)
def test_commands_with_templates_need_no_home_and_make_none(
    lorplan: Lorplan, here: Path, home: str | None, args: Args
) -> None:
    """Commands that look for templates of the user work without a home, and create none."""
    result = lorplan(*args, env={"HOME": home, "XDG_CONFIG_HOME": None})
    assert "Traceback" not in result.err
    assert list_names(here) <= {PLAN, "new.yaml"}


@pytest.mark.system
def test_program_needs_no_variable_at_all(here: Path) -> None:
    """With an empty environment the program works."""
    command = [*PROGRAM, "draft", "chen", *DAY]
    done = subprocess.run(command, capture_output=True, cwd=here, env={}, timeout=TIMEOUT, check=True)
    assert b"Traceback" not in done.stderr
    assert "陈伟".encode() in done.stdout


ABSOLUTE: Final = f"FOLDER/{PLAN}"
CASES: Final[list[tuple[Args, str]]] = [
    (("plan", ABSOLUTE, *DAY), ""),
    (("plan", PLAN), f"{PLAN}: cannot be read: No such file"),
    (("due", ABSOLUTE, *DAY), ""),
    (("init", "new.yaml"), "new.yaml: cannot be written: No such"),
    (("mark", "chen", "asked", "-f", ABSOLUTE, *DAY), ""),
    (("plan",), "no plan file: this folder has no "),
    (("export", "csv", ABSOLUTE, "-o", "FOLDER/out", *DAY), ""),
    (("export", "csv", ABSOLUTE, "-o", "out", *DAY), "out: cannot be written"),
    (("init", "FOLDER/new.yaml"), ""),
    (("mark", "chen", "asked", "-f", PLAN), "cannot be read: "),
    (("plan", "-", *DAY), ""),
    (("check", "-"), ""),
    (("due", "-", *DAY), ""),
    (("export", "csv", "-", *DAY), ""),
    (("check", PLAN), f"{PLAN}: cannot be read: No such file"),
    (("init",), f"{PLAN}: cannot be written: No such"),
    (("due", PLAN), "cannot be read: No such file"),
    (("due",), "no plan file: this folder has no "),
    (("check",), "no plan file: this folder has no "),
    (("why", "chen"), "no plan file: this folder has no "),
    (("mark", "chen", "asked"), "no plan file: this folder has no "),
    (BYTES[0], "no plan file: this folder has no "),
    (("season",), ""),
    (("rules",), ""),
    (("schema",), ""),
    (("--help",), ""),
]
"""Commands in a working directory that is deleted, with the message of those that fail."""


@pytest.mark.parametrize("case", sample(CASES, 9))
def test_deleted_working_directory_matters_for_relative_names_only(
    lorplan: Lorplan, here: Path, case: tuple[Args, str]
) -> None:
    """Absolute names and standard input work without a working directory; a relative name is not found there."""
    args, message = case
    (here / "gone").mkdir()
    line = f'cd gone && rmdir ../gone && exec "$@" < {shlex.quote(str(here / PLAN))}'
    args = tuple(arg.replace("FOLDER", str(here)) for arg in args)
    result = lorplan.shell(line, *args, status=None)
    if message:
        assert_one_line(result, message)
    else:
        assert (result.status, "Traceback" in result.err) == (0, False), result.err


@pytest.mark.system
def test_plan_from_standard_input_in_a_deleted_working_directory_is_complete(lorplan: Lorplan, here: Path) -> None:
    """The interpreter and the program start there, and read what comes through a pipe."""
    (here / "gone").mkdir()
    line = f'cd gone && rmdir ../gone && exec "$@" < {shlex.quote(str(here / PLAN))}'
    assert len(json.loads(lorplan.shell(line, "plan", "-", "--json", *DAY).out)["letters"]) == len(NAMES)
