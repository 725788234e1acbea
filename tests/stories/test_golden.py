"""Whole pages as text: what a user sees, kept in `golden/` and compared character by character.

After an intended change: `pytest tests/stories/test_golden.py tests/messages --update-golden`, then read the diff.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from lorplan.cli import COMMANDS
from samples import EXAMPLES

if TYPE_CHECKING:
    from runner import Lorplan

GOLDEN: Final = Path(__file__).parent / "golden"
AS_OF: Final = ("--as-of", "2027-03-08")
IN_AUGUST: Final = ("--as-of", "2027-08-25")
FILES: Final = ("amina.yaml", "benito.yaml", "bad.yaml")


@pytest.fixture(autouse=True)
def copy_plan_files(tmp_path: Path) -> None:
    """Put the golden plan files where the commands run, so that no path of a machine is in the text."""
    for name in FILES:
        shutil.copy(GOLDEN / name, tmp_path)
    shutil.copy(EXAMPLES / "programs.yaml", tmp_path)


def compare(name: str, text: str, config: pytest.Config) -> None:
    """Compare a page with its golden text, or rewrite that if the option says so."""
    path = GOLDEN / f"{name}.txt"
    if config.getoption("--update-golden"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


PAGES: Final = {
    "plan-200": (("plan", "amina.yaml", *AS_OF), "200", 0),
    "plan-120": (("plan", "amina.yaml", *AS_OF), "120", 0),
    "plan-full": (("plan", "amina.yaml", "--full", *AS_OF), "80", 0),
    "due-80": (("due", "amina.yaml", *AS_OF), "80", 0),
    "why-sources": (("why", "petrov", "-f", "amina.yaml", "--sources", *AS_OF), "100", 0),
    "plan-100": (("plan", "amina.yaml", *AS_OF), "100", 0),
    "plan-80": (("plan", "amina.yaml", *AS_OF), "80", 0),
    "plan-60": (("plan", "amina.yaml", *AS_OF), "60", 0),
    "plan-pipe": (("plan", "amina.yaml", *AS_OF), None, 0),
    "why-keep": (("why", "chen", "-f", "amina.yaml", *AS_OF), "100", 0),
    "why-hold": (("why", "petrov", "-f", "amina.yaml", *AS_OF), "100", 0),
    "why-skip": (("why", "smith", "-f", "amina.yaml", *AS_OF), "100", 0),
    "due": (("due", "amina.yaml", *AS_OF), "100", 0),
    "due-several": (("due", "amina.yaml", "benito.yaml", *AS_OF), "120", 0),
    "cohort-80": (("cohort", *FILES, *AS_OF), "80", 1),
    "cohort-60": (("cohort", *FILES, *AS_OF), "60", 1),
    "cohort-by": (("cohort", *FILES, "--by", "2027-05-31", *AS_OF), "120", 1),
    "cohort-writers": (("cohort", *FILES, "--writers", *AS_OF), "80", 1),
    "cohort-since": (("cohort", *FILES, "--since", "2027-02-15", *AS_OF), "80", 1),
    "plan-since": (("plan", "amina.yaml", "--since", "2027-02-15", *AS_OF), "80", 0),
    "rules-COHORT-1": (("rules", "COHORT-1"), "100", 0),
    "programs-80": (("programs", "programs.yaml", *IN_AUGUST), "80", 0),
    "programs-60": (("programs", "programs.yaml", *IN_AUGUST), "60", 0),
    "programs-short": (("programs", "programs.yaml", "--short", *IN_AUGUST), "100", 0),
    "programs-quarry": (("programs", "programs.yaml", "quarry", *IN_AUGUST), "80", 0),
    "programs-union": (("programs", "programs.yaml", "union", *IN_AUGUST), "80", 0),
    "plan-programs": (("plan", "programs.yaml", *IN_AUGUST), "80", 0),
    "plan-full-programs": (("plan", "programs.yaml", "--full", *IN_AUGUST), "100", 0),
    "why-programs": (("why", "adler", "-f", "programs.yaml", *IN_AUGUST), "80", 0),
    "check-bad": (("check", *FILES), "100", 1),
    "rules-WHEN-9": (("rules", "WHEN-9"), "100", 0),
    "season-2028": (("season", "2028"), "100", 0),
    "help": (("help",), "80", 0),
    **{f"help-{command}": (("help", command), "80", 0) for command in COMMANDS},
    "help-mark-50": (("help", "mark"), "50", 0),
}
"""For each golden page the arguments, the width (None is a pipe), and the exit status."""


@pytest.mark.parametrize("name", PAGES)
def test_page_is_the_golden_text(lorplan: Lorplan, pytestconfig: pytest.Config, name: str) -> None:
    """A page for a person changes only if somebody means it to."""
    args, columns, status = PAGES[name]
    compare(name, lorplan(*args, env={"COLUMNS": columns}, status=status).out, pytestconfig)


def test_page_for_an_ascii_output_is_the_golden_text(lorplan: Lorplan, pytestconfig: pytest.Config) -> None:
    """An output that has only ASCII gets a drawing of ASCII characters, and escapes for the rest."""
    compare("plan-ascii", lorplan("plan", "amina.yaml", *AS_OF, encoding="ascii").out, pytestconfig)


def test_every_golden_page_is_compared() -> None:
    """There is no golden page that no test looks at."""
    assert {path.stem for path in GOLDEN.glob("*.txt")} == {*PAGES, "plan-ascii"}
