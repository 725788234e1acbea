"""What is printed: colour, width and characters. Tests with real terminals and streams are in `tests/system`."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import sys
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from lorplan.cli.terminal import Terminal, make_streams_robust, wants_color
from lorplan.errors import LorplanError, OutputError, PipeClosedError
from samples import AMINA, AS_OF, HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from runner import Lorplan

ESCAPE = "\x1b"
STYLE = re.compile(r"\x1b\[([\d;]*)m")
"""An escape sequence that changes how text looks; the only kind that is ever printed."""

PAGES = (("plan",), ("due",), ("why", "chen"), ("season", "2028"), ("rules",))
"""Every command with a page for a person."""


@pytest.fixture(autouse=True)
def amina(tmp_path: Path) -> Path:
    """Write Amina's plan file where the commands look for it."""
    path = tmp_path / "rotations.yaml"
    path.write_text(AMINA)
    return path


def page(*command: str) -> tuple[str, ...]:
    """Add the samples' day to a command that takes one."""
    return command if command[0] in {"season", "rules", "check"} else (*command, "--as-of", AS_OF)


def is_colored(text: str) -> bool:
    """Whether some text has a colour or a weight: most pages have red only where something is overdue."""
    return bool(STYLE.search(text))


class FakeTerminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


# --- colour -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "env", "colored"),
    [
        pytest.param((), {}, False, id="not_a_terminal"),
        pytest.param((), {"FORCE_COLOR": "1"}, True, id="force_color_1"),
        pytest.param((), {"FORCE_COLOR": "3"}, True, id="force_color_3"),
        pytest.param((), {"FORCE_COLOR": "1", "TERM": "dumb"}, True, id="force_color_before_term"),
        pytest.param((), {"FORCE_COLOR": "0"}, False, id="force_color_0"),
        pytest.param((), {"FORCE_COLOR": ""}, False, id="empty_force_color_is_ignored"),
        pytest.param((), {"FORCE_COLOR": "1", "NO_COLOR": ""}, True, id="empty_no_color_is_ignored"),
        pytest.param((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, id="no_color_before_force_color"),
        pytest.param((), {"TTY_COMPATIBLE": "1"}, False, id="variable_of_rich_is_ignored"),
        pytest.param(("--color", "auto"), {}, False, id="option_auto"),
        pytest.param(("--color", "always"), {}, True, id="option_always"),
        pytest.param(("--color", "always"), {"NO_COLOR": "1"}, True, id="option_always_before_no_color"),
        pytest.param(("--color", "always"), {"TERM": "dumb"}, True, id="option_always_before_term"),
        pytest.param(("--color", "always"), {"FORCE_COLOR": "0"}, True, id="option_always_before_force_color"),
        pytest.param(("--color", "never"), {"FORCE_COLOR": "1"}, False, id="option_never_before_force_color"),
    ],
)
def test_color_is_decided_by_the_option_then_by_variables_then_by_the_terminal(
    lorplan: Lorplan, args: tuple[str, ...], env: dict[str, str | None], *, colored: bool
) -> None:
    """The option decides; else NO_COLOR, FORCE_COLOR and TERM; else whether it is a terminal."""
    out = lorplan(*page("plan"), *args, env=env).out
    assert is_colored(out) == colored
    assert (ESCAPE in out) == colored


@pytest.mark.parametrize(
    ("env", "colored"),
    [
        pytest.param({"TERM": "xterm"}, True, id="usual"),
        pytest.param({}, True, id="no_term"),
        pytest.param({"TERM": "dumb"}, False, id="dumb"),
        pytest.param({"TERM": "xterm", "NO_COLOR": "1"}, False, id="no_color"),
        pytest.param({"TERM": "xterm", "FORCE_COLOR": "0"}, False, id="force_color_0"),
    ],
)
def test_terminal_gets_color_unless_it_is_dumb_or_a_variable_forbids_it(
    monkeypatch: pytest.MonkeyPatch, env: dict[str, str], *, colored: bool
) -> None:
    """A terminal gets colour by default, and any other stream none."""
    for name in ("TERM", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert wants_color(FakeTerminal(), "auto") == colored
    assert not wants_color(io.StringIO(), "auto")


@pytest.mark.parametrize("command", PAGES, ids=lambda command: command[0])
def test_colored_page_without_its_styles_is_the_uncolored_page(lorplan: Lorplan, command: tuple[str, ...]) -> None:
    """Nothing is said by colour alone."""
    plain = lorplan(*page(*command)).out
    colored = lorplan(*page(*command), "--color", "always").out
    assert ESCAPE in colored
    assert [line.rstrip() for line in STYLE.sub("", colored).splitlines()] == plain.splitlines()


@pytest.mark.parametrize("args", [(), ("plan", "--bogus"), ("plan", "x"), ("pln",)], ids=" ".join)
def test_errors_are_never_styled(lorplan: Lorplan, args: tuple[str, ...]) -> None:
    """Usage errors, problems and the help on standard error are plain text."""
    result = lorplan(*args, env={"FORCE_COLOR": "1"}, status=None)
    assert result.err
    assert ESCAPE not in result.out + result.err


@pytest.mark.parametrize("args", [("--help",), ("plan", "--help"), ("help", "plan")], ids=" ".join)
def test_help_is_styled_where_a_page_would_be(lorplan: Lorplan, args: tuple[str, ...]) -> None:
    """The environment decides, and nothing is said by colour alone."""
    colored = lorplan(*args, env={"FORCE_COLOR": "1"}).out
    assert ESCAPE in colored
    assert STYLE.sub("", colored) == lorplan(*args).out
    for variables in ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, {"FORCE_COLOR": "0"}):
        assert ESCAPE not in lorplan(*args, env=variables).out


# --- streams that cannot be written -------------------------------------------------------------------------


class BrokenStream(io.StringIO):
    """A stream that cannot be written."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error

    def write(self, _: str) -> int:
        """Fail."""
        raise self.error


@pytest.mark.parametrize(
    ("error", "expected", "message"),
    [
        pytest.param(BrokenPipeError(), PipeClosedError, "", id="closed_pipe"),
        pytest.param(
            OSError(errno.ENOSPC, "No space left on device"),
            OutputError,
            "cannot write to standard output: No space left on device",
            id="full_disk",
        ),
    ],
)
def test_failed_write_becomes_an_error_that_says_what_happened(
    monkeypatch: pytest.MonkeyPatch, error: OSError, expected: type[LorplanError], message: str
) -> None:
    """A reader that went away is not an error of the user, and a full disk is reported in one line."""
    monkeypatch.setattr(sys, "stdout", BrokenStream(error))
    with pytest.raises(expected) as raised:
        Terminal("plain", "auto").print_lines(["one"])
    assert str(raised.value) == message


def test_closed_streams_are_replaced_by_the_null_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python has no stream at all for one that the caller closed; writing to it then does nothing."""
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    make_streams_robust()
    for stream in (sys.stdout, sys.stderr):
        stream.write("nobody reads this")
        stream.close()


# --- characters ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_encoding_without_box_characters_gets_a_drawing_in_ascii(lorplan: Lorplan, amina: Path, encoding: str) -> None:
    """If the output has no box characters, the drawing is ASCII, and other missing characters are escaped."""
    amina.write_text(HOSTILE)
    result = lorplan(*page("plan"), encoding=encoding)
    text = result.out_bytes.decode(encoding)
    rows = [line for line in text.splitlines() if line.startswith("ask ")]
    assert len(rows) == 3
    assert all("=" in row for row in rows)
    assert "* the day to ask" in text
    assert "\\u9648\\u4f1f" in text, "a character that the encoding lacks is shown by its number"
    assert result.err_bytes == b""


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16"])
def test_json_in_any_encoding_loses_no_character(lorplan: Lorplan, amina: Path, encoding: str) -> None:
    """A document says the same in any encoding: what one lacks is written as an escape."""
    amina.write_text(HOSTILE)
    out = lorplan("plan", "--json", "--as-of", AS_OF, encoding=encoding).out_bytes
    assert json.loads(out.decode(encoding))["letters"][0]["attending"] in HOSTILE


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_our_own_words_and_drawings_need_no_escape_in_a_narrow_encoding(lorplan: Lorplan, encoding: str) -> None:
    """Escapes stand for characters of the user only."""
    for command in (page("plan"), page("why", "chen"), ("rules",)):
        out = lorplan(*command, encoding=encoding).out_bytes
        assert b"\\u" not in out
        assert b"\\x" not in out


def test_caret_below_a_long_line_is_in_place_in_ascii(lorplan: Lorplan) -> None:
    """The excerpt of a long line is cut with marks that every encoding has."""
    long = "- {attending: A, specialty: b, start: 2027-01-04, weeks: 4, notes: '" + "word " * 30 + "', zzz: 2}\n"
    out = lorplan("check", "-", stdin=long, encoding="ascii", status=1).out_bytes
    _, excerpt, caret = out.decode("ascii").splitlines()
    assert excerpt[caret.index("^") :].startswith("zzz: 2")


@pytest.mark.parametrize(
    ("before", "column"),
    [pytest.param("ab", 2, id="ascii"), pytest.param("陈伟", 4, id="wide"), pytest.param("é", 1, id="accent")],
)
def test_caret_counts_columns_instead_of_characters(lorplan: Lorplan, before: str, column: int) -> None:
    """Wide characters before the position move the caret along."""
    text = f'- {{attending: "{before}", specialty: b, start: 2027-01-04, weeks: 4, zzz: 2}}\n'
    _, _, caret = lorplan("check", "-", stdin=text, status=1).out.splitlines()
    assert caret.index("^") == 4 + cell_len(text[: text.index("zzz")])
    assert caret.index("^") == len('    - {attending: "", specialty: b, start: 2027-01-04, weeks: 4, ') + column


# --- width --------------------------------------------------------------------------------------------------


def test_width_is_that_of_the_variable_else_of_the_terminal_else_unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """COLUMNS decides about the width; without it a terminal has its own, and a pipe has none."""
    terminal = Terminal("page", "auto")
    monkeypatch.setattr(sys, "stdout", FakeTerminal())
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((90, 24)))
    monkeypatch.setenv("COLUMNS", "77")
    assert terminal.width == 77
    monkeypatch.delenv("COLUMNS")
    assert terminal.width == 90
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert terminal.width is None


@pytest.mark.parametrize(
    ("command", "text"),
    [
        *(pytest.param(command, AMINA, id=command[0]) for command in PAGES),
        pytest.param(("plan",), HOSTILE, id="plan_hostile"),
        pytest.param(("due",), HOSTILE, id="due_hostile"),
        pytest.param(("why", "Dr. [/IM]"), HOSTILE, id="why_hostile"),
    ],
)
def test_no_line_of_a_page_is_wider_than_the_terminal(
    lorplan: Lorplan, amina: Path, command: tuple[str, ...], text: str
) -> None:
    """Every page fits the width, but for commands, which are never broken; a wide character takes two columns."""
    amina.write_text(text)
    for columns in (200, 72, 71, 40):
        out = lorplan(*page(*command), env={"COLUMNS": str(columns)}).out
        assert all(cell_len(line) <= columns for line in out.splitlines() if ": lorplan " not in line)


@pytest.mark.parametrize("columns", [200, 100, 72])
def test_terminal_of_72_columns_or_more_gets_a_drawn_timeline(lorplan: Lorplan, columns: int) -> None:
    """From 72 columns on the timeline is a drawing."""
    out = lorplan(*page("plan"), env={"COLUMNS": str(columns)}).out
    assert re.search(r"^ask +Dr\. Wei Chen .*━", out, re.MULTILINE)
    assert "│ today" in out


@pytest.mark.parametrize("columns", [71, 60, 40])
def test_narrow_terminal_gets_a_dated_list_instead_of_a_drawing(lorplan: Lorplan, columns: int) -> None:
    """Below 72 columns the timeline is a list in which each entry begins with its day, in one piece."""
    out = lorplan(*page("plan"), env={"COLUMNS": str(columns)}).out
    entries = out.split("\n\n")[3].splitlines()
    assert "Jan 20        today" in entries
    for day in ("Jan 4 ", "Jan 27 ", "Sep 22 "):
        assert any(line.startswith(day) for line in entries)
    assert "━" not in out


@pytest.mark.parametrize("columns", ["1", "5", "0", "-4", "wide", "5000"])
def test_odd_width_still_gives_an_answer(lorplan: Lorplan, columns: str) -> None:
    """A width that no terminal has, or that is not a number, does not crash."""
    assert lorplan(*page("plan"), env={"COLUMNS": columns}).out


def test_continued_lines_are_indented(lorplan: Lorplan) -> None:
    """Text that wraps continues with an indent: a line that begins in the first column begins something new."""
    out = lorplan(*page("plan", "--full"), env={"COLUMNS": "72"}).out
    for section in ("Letters", "Due", "To come", "Warnings", "Season"):
        lines = out.partition(f"\n{section}\n")[2].partition("\n\n")[0].splitlines()
        assert lines, section
        assert all(line.startswith(("  ", "! ")) for line in lines)


def test_legend_entries_are_not_broken_at_any_width(lorplan: Lorplan) -> None:
    """A character of the drawing and its meaning stay on one line."""
    for columns in range(72, 120, 6):
        out = lorplan(*page("plan"), env={"COLUMNS": str(columns)}).out
        for entry in ("┊ portal Jun 23, submit Sep 1, review Sep 22 (estimated)", "◆ the day to ask", "│ today"):
            assert entry in out, f"at {columns} columns"


def test_pipe_gets_one_line_for_each_action_of_several_files(lorplan: Lorplan, tmp_path: Path) -> None:
    """A long name of an applicant does not break the lines of a pipe."""
    name = "Amina Theodora Konstantinopoulou-Featherstonehaugh Rahman"
    (tmp_path / "other.yaml").write_text(AMINA.replace("Amina Rahman", name))
    out = lorplan(*page("due", "rotations.yaml", "other.yaml"), env={"COLUMNS": None}).out
    assert out.count(name) == out.count("Amina Rahman")
    assert len([line for line in out.splitlines() if line.startswith("  ")]) == 8
