"""Flags of the interpreter, and files beside the plan file that Python could mistake for modules."""

from __future__ import annotations

import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from runner import TIMEOUT, clean_environment
from system.commands import DAY, EXPORT, MARK, list_names, sample

if TYPE_CHECKING:
    from runner import Lorplan
    from system.commands import Args

pytestmark = pytest.mark.usefixtures("here")

FLAGS: Final[tuple[Args, ...]] = (("-O",), ("-OO",), ("-P",), ("-B", "-u"), ("-I",))
"""No asserts, no docstrings, no working directory on the path, no buffer, no environment."""

STRICT: Final = ("-W", "error", "-X", "dev")
"""Every warning is an error, also that of a file that is left open."""

COMMANDS: Final[tuple[Args, ...]] = (
    ("check",),
    ("plan", *DAY),
    ("due", *DAY),
    ("export", "ics", *DAY),
    (*MARK, "--dry-run"),
)


@pytest.mark.parametrize("case", sample(list(product(FLAGS, COMMANDS)), 2))
def test_flags_of_the_interpreter_do_not_matter(lorplan: Lorplan, case: tuple[Args, Args]) -> None:
    """Without asserts, docstrings, the working directory or the environment the answer is the same."""
    flags, args = case
    assert lorplan.process(*args, flags=flags) == lorplan(*args)


@pytest.mark.parametrize("args", sample([*COMMANDS, MARK, EXPORT, ("init", "new.yaml"), ("draft", "chen", *DAY)], 2))
def test_no_command_gives_a_warning_of_python(lorplan: Lorplan, args: Args) -> None:
    """If each warning is an error, the command still succeeds."""
    result = lorplan.process(*args, flags=STRICT)
    assert "Warning" not in result.err
    if args not in (EXPORT, ("draft", "chen", *DAY)):  # whose notes are on standard error
        assert result.err == ""


@pytest.mark.parametrize("args", sample([(), ("plan",), ("mark",)], 1))
def test_help_without_docstrings_still_shows_usage_and_options(lorplan: Lorplan, args: Args) -> None:
    """Without docstrings the help still shows how a command is called and what its options are."""
    result = lorplan.process(*args, "--help", flags=("-OO",))
    assert result.err == ""
    assert "Usage: " in result.out
    assert "\nOptions\n" in result.out
    assert "-h, --help" in result.out


MODULES: Final = ("yaml", "typer", "json", "jinja2", "pydantic", "filelock", "lorplan", "sitecustomize", "icalendar")
"""Names of modules that the program imports, or the interpreter at its start."""


@pytest.mark.parametrize("args", sample([*COMMANDS[1:5:2], COMMANDS[4], ("draft", "chen", *DAY), ("--help",)], 1))
def test_installed_command_runs_no_file_beside_the_plan_file(lorplan: Lorplan, args: Args) -> None:
    """The installed command imports nothing from the working directory, whatever is called there."""
    command = Path(sys.executable).with_name("lorplan")
    if not command.exists():
        pytest.skip("the command is not installed beside the interpreter")
    for name in MODULES:
        (lorplan.folder / f"{name}.py").write_text("raise SystemExit('run')")
    (lorplan.folder / "rich").mkdir()
    (lorplan.folder / "rich" / "__init__.py").write_text("raise SystemExit('run')")
    subprocess.run(
        [command, *args],
        stdout=subprocess.DEVNULL,
        cwd=lorplan.folder,
        env=clean_environment(lorplan.folder),
        timeout=TIMEOUT,
        check=True,
    )
    assert "__pycache__" not in list_names(lorplan.folder)
