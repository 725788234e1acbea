"""The help: commands and options in groups, no types of Python, and examples that work."""

from __future__ import annotations

import re
import shlex
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from lorplan.cli import COMMANDS, GROUPS
from samples import AMINA, BENITO, LAKESIDE

if TYPE_CHECKING:
    from pathlib import Path

    from runner import Lorplan

TYPES = ("TEXT", "INTEGER", "STRING", "<str>", "<int>", "<list", "[default", "[required", "None", "PATH")
"""What typer writes about an argument."""

PAGES = [pytest.param(command, id=" ".join(command) or "all") for command in ((), *((name,) for name in COMMANDS))]
TITLE = re.compile(r"^([A-Z][a-z ]+)$", re.MULTILINE)
ROW = re.compile(r"^  (-.*?|[A-Z]+)(?: {2,}|$)", re.MULTILINE)
TERM = re.compile(r"[A-Z]+|(-\w, )?--[a-z-]+( ([A-Z]+(\|[A-Z]+)*|[a-z]+(\|[a-z]+)+))?")
"""A placeholder; an option's names, with a placeholder or the words to choose from."""


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> None:
    """Write the files that the examples name."""
    (tmp_path / "rotations.yaml").write_text(AMINA)
    (tmp_path / "students").mkdir()
    (tmp_path / "students" / "benito.yaml").write_text(BENITO)
    (tmp_path / "rotations.csv").write_text("Attending,Specialty,Start,Weeks\nDr. Lee,im,2027-01-04,4\n")


@pytest.mark.parametrize("command", PAGES)
def test_help_of_a_command_is_the_same_by_every_way(lorplan: Lorplan, command: tuple[str, ...]) -> None:
    """`lorplan help mark`, `lorplan mark --help` and `lorplan mark -h`."""
    page = lorplan("help", *command)
    assert page.err == ""
    assert page.out.startswith(" ".join(["Usage: lorplan", *command, ""]))
    assert lorplan(*command, "--help") == page
    assert lorplan(*command, "-h") == page


def test_help_lists_every_command_in_its_group(lorplan: Lorplan) -> None:
    """One sees what there is, and what belongs together."""
    text = lorplan("help").out
    assert TITLE.findall(text) == [*GROUPS, "Options", "Examples"]
    for title, names in GROUPS.items():
        block = text.partition(f"\n{title}\n")[2].partition("\n\n")[0]
        assert [line.split()[0] for line in block.splitlines()] == list(names)


@pytest.mark.parametrize("command", COMMANDS)
def test_options_are_in_groups_with_placeholders_in_capitals(lorplan: Lorplan, command: str) -> None:
    """Each argument and option stands once, below a title, and says something."""
    text = lorplan("help", command).out
    titles = TITLE.findall(text)
    assert set(titles) <= {"Arguments", "Options", "A program", "File and day", "Output", "Example", "Examples"}
    assert titles[-1].startswith("Example")
    terms = ROW.findall(text)
    assert "-h, --help" in terms
    assert len(terms) == len(set(terms))
    assert [term for term in terms if not TERM.fullmatch(term)] == []


@pytest.mark.parametrize("command", PAGES)
def test_help_is_written_for_people(lorplan: Lorplan, command: tuple[str, ...]) -> None:
    """There are no types of Python, doubled brackets or mathematics in it."""
    text = lorplan("help", *command).out
    for jargon in (*TYPES, "[[", "]]", "{", "<=", "\x1b"):
        assert jargon not in text


@pytest.mark.parametrize("columns", ["80", "60", "50"])
@pytest.mark.parametrize("command", PAGES)
def test_help_fits_the_terminal(lorplan: Lorplan, command: tuple[str, ...], columns: str) -> None:
    """No line is longer, but for examples, which can be pasted, in a narrow one."""
    text, _, examples = lorplan("help", *command, env={"COLUMNS": columns}).out.partition("\nExample")
    assert max(map(len, text.splitlines())) <= int(columns)
    assert max(map(len, examples.splitlines())) <= 80


@pytest.mark.parametrize("columns", [None, "80"], ids=["pipe", "80_columns"])
def test_help_in_a_pipe_is_that_of_80_columns(lorplan: Lorplan, columns: str | None) -> None:
    """Where nothing has a width, and as the last lines of an empty command line say."""
    page = lorplan("help", env={"COLUMNS": columns}).out
    assert page == lorplan(env={"COLUMNS": "200"}, status=2).err


UPLOADED: Final = LAKESIDE.replace("end: 2027-01-29}", "end: 2027-01-29, letter: {uploaded: 2027-01-20}}").replace(
    "season: 2028", "season: 2027"
)
"""Amina's file in a season in which Chen's letter is in the portal, so that it can be assigned."""


def write_programs(lorplan: Lorplan) -> None:
    """Write the spreadsheet that an example names."""
    text = "Program,Specialty,Deadline\nSt. Brigid,internal medicine,2027-10-01\n"
    (lorplan.folder / "programs.csv").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_examples_of_each_help_work(lorplan: Lorplan, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    """They can be typed as they are, one after the other, where the files that they name exist."""
    today = date(2027, 1, 20 if command == "done" else 27)  # when the feedback is due, and the talk is
    monkeypatch.setattr(f"lorplan.cli.{command}.today", lambda: today, raising=False)
    lines = lorplan("help", command).out.splitlines()
    examples = [line.strip() for line in lines[lines.index(next(filter(re.compile("Examples?$").match, lines))) + 1 :]]
    write_programs(lorplan)
    for example in examples:
        typed = shlex.split(example.partition(" > ")[0].replace("students/*.yaml", "students/benito.yaml"))
        assert typed[:2] == ["lorplan", command]
        if command == "init":
            (lorplan.folder / "rotations.yaml").unlink(missing_ok=True)
        if "assign" in example or "lakeside" in example:
            (lorplan.folder / "rotations.yaml").write_text(UPLOADED, encoding="utf-8")
        if "--ask" not in typed and example != "lorplan add":  # which need a terminal
            lorplan(*typed[1:], status=8 if "--exit-code" in typed else 0)
    assert examples


@pytest.mark.system
@pytest.mark.parametrize("args", [("--help",), ("help", "mark"), ("mark", "-h")], ids=" ".join)
def test_help_on_a_terminal_is_as_wide_as_it_up_to_100_columns(lorplan: Lorplan, args: tuple[str, ...]) -> None:
    """Longer lines are hard to read."""
    for columns, widest in ((70, 70), (90, 90), (200, 100)):
        shown = re.sub(r"\x1b\[[\d;]*m", "", lorplan.in_terminal(*args, size=(24, columns)))
        assert shown == lorplan(*args, env={"COLUMNS": str(widest)}).out
