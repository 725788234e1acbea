"""What reaches a terminal, a pipe or a file: colour, width, characters, and the day on the user's wall."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len

from conftest import environment, raw
from samples import AMINA, AS_OF, BAD, HOSTILE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from conftest import Runner

ESCAPE = "\x1b"
STYLE = re.compile(r"\x1b\[([\d;]*)m")
"""An escape sequence that changes how text looks; the only kind that is ever printed."""

COLOUR_CODES = {str(code) for code in (*range(30, 38), *range(90, 98))}
PAGES = (("plan",), ("due",), ("why", "chen"), ("season", "2028"), ("rules",))
"""Every command with a page for a person."""


@pytest.fixture(autouse=True)
def amina(tmp_path: Path) -> Path:
    """Write Amina's plan file where the commands look for it."""
    path = tmp_path / "rotations.yaml"
    path.write_text(AMINA)
    return path


def page(*command: str) -> tuple[str, ...]:
    """Give a command with the samples' day, where it takes one."""
    return command if command[0] in {"season", "rules", "check"} else (*command, "--as-of", AS_OF)


def is_coloured(text: str) -> bool:
    """Say whether some text has a colour; bold alone is none."""
    return any(COLOUR_CODES & set(codes.split(";")) for codes in STYLE.findall(text))


# --- in a terminal ----------------------------------------------------------------------------------------


def in_terminal(
    directory: Path, *args: str, env: Mapping[str, str | None] | None = None, size: tuple[int, int] = (24, 90)
) -> str:
    """Run the real program with a terminal of so many rows and columns as output and as error output."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
    surroundings = environment(directory, {"TERM": "xterm-256color", "COLUMNS": None, **(env or {})})
    with subprocess.Popen(
        [sys.executable, "-m", "lorplan", *args],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        cwd=directory,
        env=surroundings,
    ):
        os.close(theirs)
        shown = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    """Read what is there; Linux reports the end of a terminal as an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def test_a_terminal_gets_colour_and_its_own_width(tmp_path: Path) -> None:
    """In a terminal the plan is coloured and as wide as the terminal."""
    shown = in_terminal(tmp_path, *page("plan"), size=(24, 90))
    assert is_coloured(shown)
    bare = STYLE.sub("", shown)
    assert ESCAPE not in bare, "nothing but styles is sent"
    assert 72 < max(map(cell_len, bare.splitlines())) <= 90


@pytest.mark.parametrize(
    ("args", "env"),
    [
        pytest.param((), {"NO_COLOR": "1"}, id="NO_COLOR"),
        pytest.param((), {"TERM": "dumb"}, id="TERM=dumb"),
        pytest.param((), {"FORCE_COLOR": "0"}, id="FORCE_COLOR=0"),
        pytest.param(("--color", "never"), {"FORCE_COLOR": "1"}, id="--color never"),
    ],
)
def test_a_terminal_without_colour_gets_no_escape(
    tmp_path: Path, args: tuple[str, ...], env: dict[str, str | None]
) -> None:
    """Where colour is off, not one escape byte is sent: no bold, no dim, no underline either."""
    shown = in_terminal(tmp_path, *page("plan"), *args, env=env)
    assert "Whom to ask" in shown
    assert ESCAPE not in shown


def test_problems_in_a_terminal_are_bare(tmp_path: Path) -> None:
    """Standard error is never coloured."""
    (tmp_path / "rotations.yaml").write_text(BAD)
    assert ESCAPE not in in_terminal(tmp_path, "plan")


# --- colour where there is no terminal --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "env", "coloured"),
    [
        pytest.param((), {}, False, id="not a terminal"),
        pytest.param((), {"FORCE_COLOR": "1"}, True, id="FORCE_COLOR=1"),
        pytest.param((), {"FORCE_COLOR": "3"}, True, id="FORCE_COLOR=3"),
        pytest.param((), {"FORCE_COLOR": "1", "TERM": "dumb"}, True, id="FORCE_COLOR goes before TERM"),
        pytest.param((), {"FORCE_COLOR": "0"}, False, id="FORCE_COLOR=0"),
        pytest.param((), {"FORCE_COLOR": ""}, False, id="an empty FORCE_COLOR is none"),
        pytest.param((), {"FORCE_COLOR": "1", "NO_COLOR": ""}, True, id="an empty NO_COLOR is none"),
        pytest.param((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, id="NO_COLOR goes before FORCE_COLOR"),
        pytest.param((), {"TTY_COMPATIBLE": "1"}, False, id="a variable of rich's own does not count"),
        pytest.param(("--color", "auto"), {}, False, id="--color auto"),
        pytest.param(("--color", "always"), {}, True, id="--color always"),
        pytest.param(("--color", "always"), {"NO_COLOR": "1"}, True, id="--color always goes before NO_COLOR"),
        pytest.param(("--color", "always"), {"TERM": "dumb"}, True, id="--color always goes before TERM"),
        pytest.param(("--color", "always"), {"FORCE_COLOR": "0"}, True, id="--color always before FORCE_COLOR"),
        pytest.param(("--color", "never"), {"FORCE_COLOR": "1"}, False, id="--color never before FORCE_COLOR"),
    ],
)
def test_who_decides_about_colour(
    invoke: Runner, args: tuple[str, ...], env: dict[str, str | None], *, coloured: bool
) -> None:
    """The option decides; else NO_COLOR, FORCE_COLOR, TERM; else whether it is a terminal."""
    out = invoke(*page("plan"), *args, env=env).out
    assert is_coloured(out) == coloured
    assert (ESCAPE in out) == coloured


@pytest.mark.parametrize("command", PAGES, ids=lambda command: command[0])
def test_colour_changes_nothing_but_the_looks(invoke: Runner, command: tuple[str, ...]) -> None:
    """Without its styles a coloured page is the plain one: nothing is told by colour alone."""
    plain = invoke(*page(*command)).out
    coloured = invoke(*page(*command), "--color", "always").out
    assert ESCAPE in coloured
    assert [line.rstrip() for line in STYLE.sub("", coloured).splitlines()] == plain.splitlines()


@pytest.mark.parametrize("args", [("--help",), ("plan", "--help"), ("plan", "--bogus")], ids=" ".join)
def test_help_is_never_styled(invoke: Runner, args: tuple[str, ...]) -> None:
    """Help and usage errors are plain text."""
    result = invoke(*args, env={"FORCE_COLOR": "1"}, check=2 if "--bogus" in args else 0)
    assert ESCAPE not in result.out + result.err


# --- a reader that goes away, a disk that is full ---------------------------------------------------------


@pytest.mark.parametrize("command", [("plan",), ("rules",), ("rules", "--json")], ids=" ".join)
def test_a_closed_pipe_ends_quietly(tmp_path: Path, command: tuple[str, ...]) -> None:
    """When nobody reads on, the program ends without a word, and not as if a file had a problem."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "lorplan", *command],
        stdout=writer,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment(tmp_path),
        timeout=60,
        check=False,
    )
    os.close(writer)
    assert done.stderr == b""
    assert done.returncode == 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no disk that is always full")  # noqa: PTH110
@pytest.mark.parametrize("form", ["--json", "--color=never"])
def test_a_full_disk_is_told_in_one_line(tmp_path: Path, form: str) -> None:
    """An answer that cannot be written ends with 1 and one line, not with a traceback."""
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-m", "lorplan", "plan", form],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env=environment(tmp_path),
            timeout=60,
            check=False,
        )
    said = done.stderr.decode()
    assert done.returncode == 1
    assert "No space left on device" in said
    assert said.count("\n") == 1


# --- characters -------------------------------------------------------------------------------------------

NARROW_ENCODINGS = [
    pytest.param({"PYTHONIOENCODING": "ascii"}, id="ascii"),
    pytest.param({"PYTHONIOENCODING": "cp1252"}, id="cp1252"),
    pytest.param(
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        id="C locale",
    ),
]


@pytest.mark.parametrize("env", NARROW_ENCODINGS)
def test_an_encoding_without_box_characters_gets_ascii(
    tmp_path: Path, amina: Path, env: dict[str, str | None]
) -> None:
    """Where the output has no box characters the drawing is ASCII, and a name it lacks does not crash."""
    amina.write_text(HOSTILE)
    out, err = raw(tmp_path, env, *page("plan"))
    assert err == b""
    encoding = "cp1252" if env.get("PYTHONIOENCODING") == "cp1252" else "ascii"
    text = out.decode(encoding)
    drawing = text.partition("Timeline\n")[2].partition("\nWhom to ask")[0]
    rows = [line for line in drawing.splitlines() if line.startswith("2027-")]
    assert len(rows) == 3
    assert "= rotation" in drawing
    assert "* the day to ask" in drawing
    assert rows[0].rstrip().endswith(":  :")
    assert "\\u9648\\u4f1f" in text, "a character that the encoding lacks is shown by its number"


@pytest.mark.parametrize("env", NARROW_ENCODINGS)
def test_json_loses_no_character(tmp_path: Path, amina: Path, env: dict[str, str | None]) -> None:
    """A document says the same in any encoding: what one lacks is written as an escape."""
    amina.write_text(HOSTILE)
    out, _ = raw(tmp_path, env, "plan", "--json", "--as-of", AS_OF)
    assert json.loads(out.decode("ascii"))["letters"][0]["attending"] in HOSTILE


@pytest.mark.parametrize("env", NARROW_ENCODINGS[:2])
def test_nothing_of_our_own_needs_an_escape(tmp_path: Path, env: dict[str, str | None]) -> None:
    """In a narrow encoding our own words and drawings are whole: escapes stand for the user's text only."""
    for command in (page("plan"), page("why", "chen"), ("rules",)):
        out, _ = raw(tmp_path, env, *command)
        assert b"\\u" not in out
        assert b"\\x" not in out


def test_the_caret_stays_in_place_in_ascii(tmp_path: Path) -> None:
    """The excerpt of a long line is cut with marks that every encoding has: the caret is below its place."""
    long = "- {attending: A, specialty: b, start: 2027-01-04, weeks: 4, notes: '" + "word " * 30 + "', zzz: 2}\n"
    (tmp_path / "long.yaml").write_text(long)
    done = subprocess.run(
        [sys.executable, "-m", "lorplan", "check", "long.yaml"],
        capture_output=True,
        cwd=tmp_path,
        env=environment(tmp_path, {"PYTHONIOENCODING": "ascii"}),
        timeout=60,
        check=False,
    )
    _, excerpt, caret = done.stdout.decode("ascii").splitlines()
    assert excerpt[caret.index("^") :].startswith("zzz: 2")


@pytest.mark.parametrize(
    ("before", "column"),
    [pytest.param("ab", 2, id="ascii"), pytest.param("陈伟", 4, id="wide"), pytest.param("é", 1, id="accent")],
)
def test_the_caret_counts_columns_not_characters(invoke: Runner, before: str, column: int) -> None:
    """Wide characters before the place move the caret along."""
    text = f'- {{attending: "{before}", specialty: b, start: 2027-01-04, weeks: 4, zzz: 2}}\n'
    _, _, caret = invoke("check", "-", stdin=text, check=1).out.splitlines()
    assert caret.index("^") == 4 + cell_len(text[: text.index("zzz")])
    assert caret.index("^") == len('    - {attending: "", specialty: b, start: 2027-01-04, weeks: 4, ') + column


# --- width ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [200, 100, 80, 72, 71, 60, 40])
@pytest.mark.parametrize("text", [AMINA, HOSTILE], ids=["usual", "hostile"])
@pytest.mark.parametrize("command", PAGES, ids=lambda command: command[0])
def test_no_line_is_wider_than_the_terminal(
    invoke: Runner, amina: Path, command: tuple[str, ...], text: str, columns: int
) -> None:
    """Every page fits the width, wide characters counted for two columns."""
    amina.write_text(text)
    word = ("why", "Dr. [/IM]") if command[0] == "why" and text is HOSTILE else command
    out = invoke(*page(*word), env={"COLUMNS": str(columns)}).out
    assert max(map(cell_len, out.splitlines())) <= columns


@pytest.mark.parametrize("columns", [200, 100, 80, 72])
def test_a_wide_terminal_gets_a_drawing(invoke: Runner, columns: int) -> None:
    """From 72 columns on the timeline is a drawing."""
    out = invoke(*page("plan"), env={"COLUMNS": str(columns)}).out
    assert re.search(r"^2027-01-04  Dr\. Wei Chen .*━", out, re.MULTILINE)
    assert "│today" in out


@pytest.mark.parametrize("columns", [71, 60, 40])
def test_a_narrow_terminal_gets_a_dated_list(invoke: Runner, columns: int) -> None:
    """Below 72 columns the timeline is a list that begins each entry with its day."""
    out = invoke(*page("plan"), env={"COLUMNS": str(columns)}).out
    entries = out.partition("Timeline\n")[2].partition("\n\n")[0].splitlines()
    days = [line[:10] for line in entries if line[:10].strip()]
    assert days == sorted(days)
    assert "2027-01-20  today" in entries
    assert {"2027-01-04", "2027-01-27", "2027-09-22"} <= set(days)
    assert all(re.match(r"\d{4}-\d{2}-\d{2} |           ", line) for line in entries)
    assert "━" not in out


def test_the_smallest_terminal_breaks_no_day(invoke: Runner) -> None:
    """At 40 columns a day is still in one piece."""
    out = invoke(*page("plan"), env={"COLUMNS": "40"}).out
    assert not re.search(r"\d{4}-\d{0,2}$|\d{4}-\d{2}-\d?$", out, re.MULTILINE)


@pytest.mark.parametrize("columns", ["1", "5", "0", "-4", "wide", "5000"])
def test_an_odd_width_does_not_crash(invoke: Runner, columns: str) -> None:
    """A width that nobody has, or none at all, still gives an answer."""
    assert invoke(*page("plan"), env={"COLUMNS": columns}).out


def test_a_continued_line_is_indented(invoke: Runner) -> None:
    """What wraps goes on indented: a line that begins in the first column begins something new."""
    out = invoke(*page("plan"), env={"COLUMNS": "60"}).out
    outlook, lists = out.partition("\nTimeline\n")[0], out.partition("\nWhom to ask\n")[2]
    coverage = outlook.partition("  internal medicine: ")[2].splitlines()
    beginning = re.compile(
        "ask |reserve |skip |due |upcoming |and |message: |when done: |on a yes: |! |Next actions$|Warnings$|  |$"
    )
    assert [line for line in coverage[1:] if line and not line.startswith("  ")] == []
    assert [line for line in lists.splitlines() if not beginning.match(line)] == []


def test_the_legend_is_not_broken_inside_an_entry(invoke: Runner) -> None:
    """A character of the drawing and what it means stay on one line."""
    for columns in range(72, 120, 6):
        out = invoke(*page("plan"), env={"COLUMNS": str(columns)}).out
        legend = out.partition("Timeline\n")[2].partition("\n\n")[2].partition("Later in")[0]
        for entry in ("━ rotation", "◆ the day to ask", "─ rotation, nobody to ask"):
            assert entry in legend, f"at {columns} columns"


def test_a_pipe_gets_whole_lines(invoke: Runner, amina: Path) -> None:
    """Where nothing says how wide the output is, each letter, action and warning is one line, to be searched."""
    name = "Dr. Maximiliana Theodora Konstantinopoulou-Featherstonehaugh the Younger"
    amina.write_text(AMINA.replace("Dr. Wei Chen", name))
    out = invoke(*page("plan"), env={"COLUMNS": None}).out
    letters = out.partition("Whom to ask\n")[2].partition("\n\n")[0].splitlines()
    assert len(letters) == 1 + 5
    assert name in letters[1]
    actions = out.partition("Next actions\n")[2].partition("\n\n")[0].splitlines()
    assert all(re.match(r"overdue|due|upcoming|and \d+ more", line) for line in actions)


def test_due_of_several_files_in_a_pipe_gets_whole_lines(invoke: Runner, tmp_path: Path) -> None:
    """A long name of an applicant does not break the lines of a pipe."""
    name = "Amina Theodora Konstantinopoulou-Featherstonehaugh Rahman"
    (tmp_path / "other.yaml").write_text(AMINA.replace("Amina Rahman", name))
    out = invoke(*page("due", "rotations.yaml", "other.yaml"), env={"COLUMNS": None}).out
    assert out.count(name) == out.count("Amina Rahman")
    assert len(out.partition("\n\n")[0].splitlines()) == 1 + 8


# --- the day ----------------------------------------------------------------------------------------------

FAR_ZONES = ("Pacific/Kiritimati", "Pacific/Pago_Pago")
"""A whole day apart: it is never the same date in both."""


@pytest.mark.parametrize("zone", FAR_ZONES)
def test_today_is_the_day_on_the_user_s_wall(run: Runner, zone: str) -> None:
    """Without --as-of the day is the local calendar day."""
    before = datetime.now(ZoneInfo(zone)).date()
    found = json.loads(run("due", "--json", env={"TZ": zone}).out)["as_of"]
    after = datetime.now(ZoneInfo(zone)).date()
    assert before.isoformat() <= found <= after.isoformat()


def test_no_zone_moves_a_day(run: Runner) -> None:
    """With --as-of the answer is the same in every time zone."""
    answers = {run("plan", "--json", "--as-of", AS_OF, env={"TZ": zone}).out for zone in FAR_ZONES}
    assert len(answers) == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no disk that is always full")  # noqa: PTH110
@pytest.mark.parametrize("args", [("plan",), ("--help",)], ids=" ".join)
def test_a_full_disk_is_told_where_nothing_is_buffered(tmp_path: Path, args: tuple[str, ...]) -> None:
    """Without a buffer each write can fail: one line says so, and no traceback."""
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-m", "lorplan", *args],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env={**environment(tmp_path), "PYTHONUNBUFFERED": "1"},
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert "No space left on device" in done.stderr.decode()
    assert done.stderr.decode().count("\n") == 1
