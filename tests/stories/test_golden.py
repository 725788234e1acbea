"""Whole pages as text: what a user sees, kept in `golden/` and compared to the letter.

After a change that is meant: `pytest tests/test_golden.py --update-golden`, then read the difference.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Runner

GOLDEN = Path(__file__).parent / "golden"
AS_OF = ("--as-of", "2027-03-08")
FILES = ("amina.yaml", "benito.yaml", "bad.yaml")


@pytest.fixture(autouse=True)
def plan_files(tmp_path: Path) -> None:
    """Put the golden plan files where the commands run, so that no path of a machine is in the text."""
    for name in FILES:
        shutil.copy(GOLDEN / name, tmp_path)


@pytest.fixture
def fixed_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be the day of the other pages where a command has no --as-of."""
    monkeypatch.setattr("lorplan.cli.season.today", lambda: date(2027, 3, 8))


def compare(name: str, text: str, config: pytest.Config) -> None:
    """Compare a page with its golden text, or write that anew where the run is told to."""
    path = GOLDEN / f"{name}.txt"
    if config.getoption("--update-golden"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "args", "columns", "status"),
    [
        pytest.param("plan-200", ("plan", "amina.yaml", *AS_OF), "200", 0, id="plan, 200 columns"),
        pytest.param("plan-100", ("plan", "amina.yaml", *AS_OF), "100", 0, id="plan, 100 columns"),
        pytest.param("plan-80", ("plan", "amina.yaml", *AS_OF), "80", 0, id="plan, 80 columns"),
        pytest.param("plan-60", ("plan", "amina.yaml", *AS_OF), "60", 0, id="plan, a dated list"),
        pytest.param("plan-pipe", ("plan", "amina.yaml", *AS_OF), None, 0, id="plan, into a pipe"),
        pytest.param("why-keep", ("why", "chen", "-f", "amina.yaml", *AS_OF), "100", 0, id="why keep"),
        pytest.param("why-hold", ("why", "petrov", "-f", "amina.yaml", *AS_OF), "100", 0, id="why a late one"),
        pytest.param("why-skip", ("why", "smith", "-f", "amina.yaml", *AS_OF), "100", 0, id="why skip"),
        pytest.param("due", ("due", "amina.yaml", *AS_OF), "100", 0, id="due"),
        pytest.param("due-several", ("due", "amina.yaml", "benito.yaml", *AS_OF), "120", 0, id="due, two files"),
        pytest.param("check-bad", ("check", *FILES), "100", 1, id="check"),
        pytest.param("rules-WHEN-9", ("rules", "WHEN-9"), "100", 0, id="one rule"),
        pytest.param("season-2028", ("season", "2028"), "100", 0, id="season"),
    ],
)
@pytest.mark.usefixtures("fixed_today")
def test_page(  # noqa: PLR0913, PLR0917 - a case has many parts
    invoke: Runner, pytestconfig: pytest.Config, name: str, args: tuple[str, ...], columns: str | None, status: int
) -> None:
    """A page for a person is what it was, to the letter."""
    compare(name, invoke(*args, env={"COLUMNS": columns}, check=status).out, pytestconfig)


def test_page_in_ascii(run: Runner, pytestconfig: pytest.Config) -> None:
    """The page of an output that has ASCII only is what it was, to the letter."""
    out = run("plan", "amina.yaml", *AS_OF, env={"PYTHONIOENCODING": "ascii"}).out
    compare("plan-ascii", out, pytestconfig)
