"""`lorplan mark`: what it writes, what it refuses, what it says; and that a refusal leaves the file alone."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import unicodedata
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from conftest import environment
from lorplan.edit.record_event import EVENTS
from samples import AMINA, AS_OF, BAD, BAD_REPORT, BENITO, HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Environment, Result, Runner

BOM = "\ufeff"
STYLE = re.compile(r"\x1b\[[\d;]*m")
LATER = "2027-01-27"
"""A week after the samples' day."""

OKAFOR = "  - {attending: Dr. Amaka Okafor, specialty: cardiology, start: 2027-02-01, end: 2027-02-26}\n"
"""The line of Okafor's rotation in Amina's file."""

ASKED = AMINA.replace("end: 2027-02-26}", "end: 2027-02-26, letter: {asked: 2027-01-05}}")
"""Amina's file with Okafor asked on 5 January."""

BLOCK = """\
# What I know so far

- attending: Dr. Wei Chen   # on call on Tuesdays
  specialty: "internal medicine"
  start: 2027-01-04
  end:   2027-01-29
  notes: |
    likes   short mails

- attending: Dr. Amaka Okafor
  specialty: cardiology
  start: 2027-02-01
  weeks: 4
"""
"""In block style, with comments, quotes and spaces that nobody would write twice the same way."""


@pytest.fixture
def amina(tmp_path: Path) -> Path:
    """Write Amina's plan file where the command looks for it."""
    path = tmp_path / "rotations.yaml"
    path.write_text(AMINA)
    return path


@pytest.fixture
def mark(invoke: Runner, amina: Path) -> Runner:
    """Mark something on the samples' day, in Amina's file unless another is named.

    Whatever the command is asked for: where it fails it answers nothing, and it never falls over.
    """

    def runner(
        *args: str,
        stdin: str | bytes = "",
        env: Environment | None = None,
        cwd: Path | None = None,
        check: int = 0,
    ) -> Result:
        words = ("mark", "--as-of", AS_OF, *args)
        result = invoke(*words, stdin=stdin, env=env, cwd=cwd or amina.parent, check=check)
        assert "Traceback" not in result.err
        assert (result.out == "") if check else (result.err == "")
        return result

    return runner


@contextmanager
def untouched(path: Path) -> Iterator[None]:
    """Make sure that a file stays the very same, and that nothing comes or goes beside it."""

    def state() -> tuple[object, ...]:
        status = path.stat()
        beside = sorted(os.listdir(path.parent))  # noqa: PTH208 - names are enough
        return path.read_bytes(), status.st_mtime_ns, status.st_ino, status.st_mode, beside

    before = state()
    yield
    assert state() == before


# --- what is written --------------------------------------------------------------------------------------

WRITTEN = [
    pytest.param("agreed", "letter: {asked: 2027-01-05, agreed: 2027-01-20}", id="agreed"),
    pytest.param("packet", "letter: {asked: 2027-01-05, packet: 2027-01-20}", id="packet"),
    pytest.param("requested", "letter: {asked: 2027-01-05, requested: 2027-01-20}", id="requested"),
    pytest.param("reminded", "letter: {asked: 2027-01-05, reminded: [2027-01-20]}", id="reminded"),
    pytest.param("uploaded", "letter: {asked: 2027-01-05, uploaded: 2027-01-20}", id="uploaded"),
    pytest.param("thanked", "letter: {asked: 2027-01-05, thanked: 2027-01-20}", id="thanked"),
    pytest.param("assigned", "letter: {asked: 2027-01-05, assigned: 2027-01-20}", id="assigned"),
    pytest.param("declined", "letter: {asked: 2027-01-05, declined: 2027-01-20}", id="declined"),
    pytest.param("offered", "offered: 2027-01-20, letter: {asked: 2027-01-05}", id="offered"),
    pytest.param("meeting=2027-02-20", "meeting: 2027-02-20, letter: {asked: 2027-01-05}", id="meeting"),
    pytest.param("performance=good", "performance: good, letter: {asked: 2027-01-05}", id="performance"),
    pytest.param("contact=weekly", "contact: weekly, letter: {asked: 2027-01-05}", id="contact"),
    pytest.param("choice=skip", "choice: skip, letter: {asked: 2027-01-05}", id="choice"),
]
"""Every event but `asked`, and what stands behind Okafor's end afterwards."""


@pytest.mark.parametrize(("event", "tail"), WRITTEN)
def test_an_event_is_written_into_its_rotation_and_nothing_else_changes(
    mark: Runner, amina: Path, event: str, tail: str
) -> None:
    """The record comes where its key belongs; every other byte stays, and no other file is left."""
    amina.write_text(ASKED)
    mark("okafor", event)
    assert amina.read_text() == ASKED.replace("letter: {asked: 2027-01-05}", tail)
    assert list(amina.parent.iterdir()) == [amina]


@pytest.mark.parametrize(("event", "tail"), WRITTEN)
def test_what_was_marked_can_be_taken_back(mark: Runner, amina: Path, event: str, tail: str) -> None:
    """`--unset` gives the file as it was before the mark, byte for byte."""
    amina.write_text(ASKED)
    mark("okafor", event)
    assert tail in amina.read_text()
    out = mark("okafor", event.partition("=")[0], "--unset").out
    assert amina.read_text() == ASKED
    assert " is taken back.\n" in out


def test_the_first_record_of_a_letter_makes_its_place_and_the_last_takes_it_away(
    mark: Runner, amina: Path
) -> None:
    """Where there was no `letter` one comes, and with its only record it goes."""
    mark("okafor", "asked")
    assert amina.read_text() == AMINA.replace("end: 2027-02-26}", "end: 2027-02-26, letter: {asked: 2027-01-20}}")
    mark("okafor", "asked", "--unset")
    assert amina.read_text() == AMINA


def test_a_file_in_block_style_stays_in_block_style(mark: Runner, amina: Path) -> None:
    """Lines are added in the manner of the file; comments, quotes, blank lines and spaces stay."""
    amina.write_text(BLOCK)
    mark("chen", "asked")
    after = BLOCK.replace("  notes: |\n", "  letter:\n    asked: 2027-01-20\n  notes: |\n")
    assert amina.read_text() == after
    mark("chen", "performance=good")
    assert amina.read_text() == after.replace("  letter:\n", "  performance: good\n  letter:\n")


@pytest.mark.parametrize("word", ["ASKED", "Asked", " asked "])
def test_an_event_may_be_typed_in_capitals(mark: Runner, amina: Path, word: str) -> None:
    """How an event's name is typed does not matter: the file gets it in small letters."""
    mark("okafor", word)
    assert "letter: {asked: 2027-01-20}" in amina.read_text()


def test_a_word_may_be_typed_in_capitals(mark: Runner, amina: Path) -> None:
    """The word of a judgement is written in small letters, too."""
    mark("okafor", "performance=GOOD")
    assert "performance: good" in amina.read_text()


# --- which day --------------------------------------------------------------------------------------------


def test_the_day_is_the_as_of_day(mark: Runner, amina: Path) -> None:
    """Without a day an event happened on the day that is taken for today."""
    mark("chen", "asked", "--as-of", LATER)
    assert f"letter: {{asked: {LATER}}}" in amina.read_text()


def test_the_day_is_today_without_an_as_of_day(
    invoke: Runner, amina: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without any day an event happened today."""
    monkeypatch.setattr("lorplan.cli.mark.today", lambda: date(2027, 1, 22))
    out = invoke("mark", "chen", "asked").out
    assert "letter: {asked: 2027-01-22}" in amina.read_text()
    assert "as of Fri 2027-01-22" in out.splitlines()[0]


@pytest.mark.parametrize(
    ("event", "day"),
    [
        pytest.param("asked", "2027-01-13", id="an earlier day"),
        pytest.param("asked", AS_OF, id="today itself is not ahead"),
        pytest.param("offered", "2026-12-31", id="offered, in another year"),
    ],
)
def test_a_day_is_given_by_on_or_behind_an_equals_sign(mark: Runner, amina: Path, event: str, day: str) -> None:
    """`asked=DAY` says the same as `asked --on DAY`, in the file and to the user."""
    shown = mark("chen", event, "--on", day)
    by_on = amina.read_text()
    assert f"{event}: {day}" in by_on
    amina.write_text(AMINA)
    assert mark("chen", f"{event}={day}") == shown
    assert amina.read_text() == by_on


@pytest.mark.parametrize("how", [("asked", "--on", LATER), (f"asked={LATER}",)], ids=["--on", "="])
def test_a_day_ahead_needs_force(mark: Runner, amina: Path, how: tuple[str, ...]) -> None:
    """What happens is recorded when it has happened; who knows better says so."""
    with untouched(amina):
        said = mark("chen", *how, check=2).err
    assert said == f"lorplan: asked {LATER} is still ahead on {AS_OF}: --force records it all the same\n"
    mark("chen", *how, "--force")
    assert f"asked: {LATER}" in amina.read_text()


def test_a_meeting_may_lie_ahead(mark: Runner, amina: Path) -> None:
    """A meeting is booked before it takes place: that needs no force."""
    mark("chen", "meeting=2027-01-28")
    assert "meeting: 2027-01-28" in amina.read_text()


# --- what is there already --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "was", "refusal"),
    [
        pytest.param("asked=2027-01-12", "2027-01-05", "asked is 2027-01-05 already", id="a day"),
        pytest.param("performance=good", "fair", "performance is fair already", id="a word"),
    ],
)
def test_a_record_is_replaced_by_force_only(mark: Runner, amina: Path, event: str, was: str, refusal: str) -> None:
    """Another value in a record's place is refused with what stands there; `--force` replaces it and says so."""
    before = ASKED.replace("letter: {asked", "performance: fair, letter: {asked")
    amina.write_text(before)
    with untouched(amina):
        assert mark("okafor", event, check=2).err == f"lorplan: {refusal}: --force replaces it\n"
    out = mark("okafor", event, "--force").out
    name, _, value = event.partition("=")
    assert amina.read_text() == before.replace(f"{name}: {was}", f"{name}: {value}")
    assert f"{name} {value} is recorded, in the place of {was}.\n" in out


@pytest.mark.parametrize("how", [(), ("--force",), ("--dry-run",)], ids=["plainly", "by force", "dry"])
@pytest.mark.parametrize("event", ["asked=2027-01-05", "reminded=2027-01-15", "performance=good"])
def test_the_same_value_again_changes_nothing(mark: Runner, amina: Path, event: str, how: tuple[str, ...]) -> None:
    """What is recorded already is done: exit status 0, and the file is not even written anew."""
    amina.write_text(
        ASKED.replace("letter: {asked: 2027-01-05}", "letter: {asked: 2027-01-05, reminded: [2027-01-15]}")
    )
    text = amina.read_text().replace("letter: {asked", "performance: good, letter: {asked")
    amina.write_text(text)
    with untouched(amina):
        out = mark("okafor", event, *how).out
    if "--dry-run" in how:
        assert out == "", "no change, no diff"
    else:
        assert f"{event.replace('=', ' ')} was recorded before: nothing is changed.\n" in out


def test_a_reminder_is_added_to_the_earlier_ones(mark: Runner, amina: Path) -> None:
    """One reminds more than once: each day is added, in the order in which it is marked, without force."""
    amina.write_text(ASKED)
    for day in ("2027-01-12", "2027-01-19", "2027-01-15"):
        mark("okafor", "reminded", "--on", day)
    assert "reminded: [2027-01-12, 2027-01-19, 2027-01-15]" in amina.read_text()


@pytest.mark.parametrize(
    ("args", "left"),
    [
        pytest.param((), "2027-01-12, 2027-01-15", id="the latest, wherever it stands"),
        pytest.param(("--on", "2027-01-12"), "2027-01-19, 2027-01-15", id="the first by its day"),
        pytest.param(("--on", "2027-01-15"), "2027-01-12, 2027-01-19", id="the last by its day"),
    ],
)
def test_one_of_several_reminders_is_taken_back(
    mark: Runner, amina: Path, args: tuple[str, ...], left: str
) -> None:
    """`--unset` takes the latest reminder back, or that of the day it is told."""
    whole = "reminded: [2027-01-12, 2027-01-19, 2027-01-15]"
    amina.write_text(ASKED.replace("{asked: 2027-01-05}", f"{{asked: 2027-01-05, {whole}}}"))
    mark("okafor", "reminded", "--unset", *args)
    assert amina.read_text() == ASKED.replace("{asked: 2027-01-05}", f"{{asked: 2027-01-05, reminded: [{left}]}}")


# --- what is refused --------------------------------------------------------------------------------------

WRONG = [
    pytest.param((), "ROTATION", id="nothing named"),
    pytest.param(("okafor",), "EVENT", id="no event"),
    pytest.param(("okafor", "bogus"), '"bogus" is no event: there are asked, agreed', id="unknown event"),
    pytest.param(("okafor", ""), '"" is no event', id="empty event"),
    pytest.param(("okafor", "=2027-01-05"), '"" is no event', id="a value without an event"),
    pytest.param(("okafor", "asked", "agreed"), "agreed", id="two events"),
    pytest.param(("okafor", "agreed="), "agreed needs a value", id="equals and nothing"),
    pytest.param(("okafor", "agreed=20.01.2027"), "write YYYY-MM-DD, such as 2027-01-20", id="day, other form"),
    pytest.param(("okafor", "agreed=2027-02-30"), "February 2027 has 28 days", id="day that is none"),
    pytest.param(("okafor", "agreed=1989-12-31"), "from 1990-01-01 to 2100-12-31", id="day out of range"),
    pytest.param(("okafor", "agreed", "--on", "tomorrow"), "write YYYY-MM-DD", id="--on, no day"),
    pytest.param(("okafor", "agreed", "--on", "2027-02-30"), "February 2027 has 28 days", id="--on, none such"),
    pytest.param(("okafor", "agreed=2027-01-10", "--on", "2027-01-10"), "no --on", id="a day twice"),
    pytest.param(("okafor", "meeting"), "write meeting=2027-01-27", id="meeting, no day"),
    pytest.param(("okafor", "meeting", "--on", "2027-02-20"), "write meeting=", id="meeting takes no --on"),
    pytest.param(("okafor", "performance"), "excellent (or good, fair, poor)", id="no word"),
    pytest.param(("okafor", "performance=nice"), "not one of excellent, good, fair, poor", id="performance"),
    pytest.param(("okafor", "performance=good", "--on", AS_OF), "performance takes no --on", id="word and day"),
    pytest.param(("okafor", "contact=never"), "not one of daily, weekly, rarely", id="contact"),
    pytest.param(("okafor", "choice=maybe"), "not one of ask, skip", id="choice"),
    pytest.param(("okafor", "agreed", "--as-of", "soon"), "write YYYY-MM-DD", id="as-of"),
    pytest.param(("okafor", "agreed", "--bogus"), "--bogus", id="unknown option"),
    pytest.param(("nobody", "asked"), '"nobody" fits no rotation: chen (Dr. Wei Chen)', id="no such rotation"),
    pytest.param(("dr.", "asked"), '"dr." fits several rotations: chen (Dr. Wei Chen)', id="several rotations"),
    pytest.param(("", "asked"), '"" fits several rotations', id="rotation not named"),
    pytest.param(("okafor", "agreed", "--unset"), "agreed is not recorded", id="unset, nothing there"),
    pytest.param(
        ("okafor", "asked", "--unset", "--on", "2027-01-06"), "asked 2027-01-06 is not", id="unset, another day"
    ),
    pytest.param(("okafor", "asked=2027-01-05", "--unset"), "--unset takes no value", id="unset with a value"),
    pytest.param(("okafor", "bogus", "--unset"), '"bogus" is no event', id="unset, unknown event"),
]


@pytest.mark.parametrize("how", [(), ("--dry-run",), ("--force",)], ids=["plainly", "dry", "by force"])
@pytest.mark.parametrize(("args", "said"), WRONG)
def test_what_makes_no_sense_is_refused(
    mark: Runner, amina: Path, args: tuple[str, ...], said: str, how: tuple[str, ...]
) -> None:
    """Wrong usage ends with 2 and says what is wrong; nothing is written, dry or not, by force or not."""
    amina.write_text(ASKED)
    with untouched(amina):
        assert said in mark(*args, *how, check=2).err


IMPOSSIBLE = [
    pytest.param(
        ("okafor", "uploaded=2027-01-04"), "uploaded 2027-01-04 is before asked 2027-01-05", id="before asking"
    ),
    pytest.param(
        ("okafor", "packet=2027-01-04"), "packet 2027-01-04 is before asked 2027-01-05", id="packet, too early"
    ),
    pytest.param(("chen", "thanked"), "thanked needs asked: nobody was asked yet", id="thanked, never asked"),
    pytest.param(("chen", "reminded"), "reminded needs asked: nobody was asked yet", id="reminded, never asked"),
    pytest.param(
        ("rossi", "asked", "--unset"), "packet needs asked: nobody was asked yet", id="what others rest on"
    ),
    pytest.param(
        ("rossi", "asked=2027-01-15", "--force"), "packet 2027-01-10 is before asked 2027-01-15", id="moved past"
    ),
]


@pytest.mark.parametrize("how", [(), ("--dry-run",)], ids=["plainly", "dry"])
@pytest.mark.parametrize(("args", "reason"), IMPOSSIBLE)
def test_an_order_that_cannot_be_is_refused_with_the_reason(
    mark: Runner, amina: Path, args: tuple[str, ...], reason: str, how: tuple[str, ...]
) -> None:
    """What would make the plan file wrong is refused with what would be wrong, in one line."""
    rossi = ", letter: {asked: 2027-01-08, packet: 2027-01-10}}"
    amina.write_text(ASKED.replace("end: 2027-03-26}", "end: 2027-03-26" + rossi))
    with untouched(amina):
        said = mark(*args, *how, check=2).err
    assert said == f'lorplan: "{args[0]}" cannot be marked so: {reason}\n'


def test_force_does_not_make_an_impossible_order_possible(mark: Runner, amina: Path) -> None:
    """`--force` is for days ahead and for records in the way, not for what cannot have been."""
    amina.write_text(ASKED)
    with untouched(amina):
        said = mark("okafor", "uploaded=2027-01-04", "--force", check=2).err
    assert "uploaded 2027-01-04 is before asked 2027-01-05" in said


@pytest.mark.parametrize("how", [(), ("--dry-run",), ("--unset",)], ids=["plainly", "dry", "back"])
def test_a_file_with_problems_is_left_alone(mark: Runner, amina: Path, how: tuple[str, ...]) -> None:
    """In a file with problems nothing is marked: all of them are told, with their places."""
    amina.write_text(BAD)
    with untouched(amina):
        said = mark("chen", "asked", *how, check=1).err
    assert said == BAD_REPORT.format(file="rotations.yaml")


@pytest.mark.parametrize("how", [(), ("--dry-run",), ("--unset",)], ids=["plainly", "dry", "back"])
@pytest.mark.parametrize("named", ["option", "variable"])
def test_standard_input_is_refused(mark: Runner, how: tuple[str, ...], named: str) -> None:
    """What comes through a pipe cannot be written back; that is wrong usage, however it is named."""
    args, env = (("-f", "-"), {}) if named == "option" else ((), {"LORPLAN_FILE": "-"})
    said = mark("chen", "asked", *args, *how, stdin=AMINA, env=env, check=2).err
    assert said == "lorplan: standard input cannot be written: name a file\n"


ODD = (
    "asked\n=",
    "asked=\x1b[31m\u202e",
    "asked=2027-01-20\n",
    "asked=\u0662\u0660\u0662\u0667-\u0660\u0661-\u0662\u0660",
    "performance=[/IM] :smile:",
    "meeting=" + "9" * 5000,
    "choice=ask\0",
    "contact=\ud800",
)
"""Events with values that nobody would type: controls, other scripts' digits, too much, what is no text."""


def _is_known(event: str) -> bool:
    return event.partition("=")[0].strip().lower() in EVENTS


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(event=st.text(max_size=30).filter(lambda event: not _is_known(event)) | st.sampled_from(ODD))
def test_whatever_is_typed_for_an_event_is_refused_in_one_line(mark: Runner, amina: Path, event: str) -> None:
    """Any text that is no event is refused in one line that shows no control character, and nothing is written."""
    with untouched(amina):
        said = mark("--", "okafor", event, check=2).err
    assert said.startswith("lorplan: ")
    assert said.count("\n") == 1
    assert is_harmless(said)


# --- which file -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("present", "args", "variable", "changed"),
    [
        pytest.param("a v rotations.yaml", ("-f", "a"), "v", "a", id="the option first"),
        pytest.param("a v rotations.yaml", ("--file", "a"), "v", "a", id="the long option"),
        pytest.param("v rotations.yaml rotations.yml", (), "v", "v", id="then the variable"),
        pytest.param("rotations.yaml rotations.yml", (), None, "rotations.yaml", id="then rotations.yaml"),
        pytest.param("rotations.yml", (), None, "rotations.yml", id="then rotations.yml"),
        pytest.param("rotations.yaml", (), "", "rotations.yaml", id="an empty variable is none"),
    ],
)
def test_which_file_is_changed(  # noqa: PLR0913, PLR0917 - a case has many parts
    mark: Runner, amina: Path, present: str, args: tuple[str, ...], variable: str | None, changed: str
) -> None:
    """Exactly one file is changed: the one that every other command would read."""
    amina.unlink()
    for name in present.split():
        (amina.parent / name).write_text(AMINA)
    mark("chen", "asked", *args, env={"LORPLAN_FILE": variable})
    different = {path.name for path in amina.parent.iterdir() if path.read_text() != AMINA}
    assert different == {changed}


def test_without_any_file_it_says_which_are_looked_for(mark: Runner, amina: Path) -> None:
    """Where there is no plan file none is made, and one line says how to name one."""
    amina.unlink()
    said = mark("chen", "asked", check=1).err
    assert said.count("\n") == 1
    assert all(name in said for name in ("rotations.yaml", "rotations.yml", "LORPLAN_FILE"))
    assert list(amina.parent.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("my plan.yaml", id="a space"),
        pytest.param("Ärzte 陈伟 😀.yaml", id="beyond ASCII"),
        pytest.param("a 'b' \"c\" $(d) ;e&.yaml", id="what a shell would hear"),
        pytest.param("[bold]x[/bold] :smile:.yaml", id="markup"),
        pytest.param("-f.yaml", id="like an option"),
        pytest.param(" .yaml", id="begins with a space"),
        pytest.param("..yaml", id="begins with dots"),
        pytest.param("plan", id="no suffix"),
        pytest.param("a folder/with Ümläut/plan.yaml", id="in folders"),
    ],
)
def test_any_name_of_a_file_will_do(mark: Runner, tmp_path: Path, name: str) -> None:
    """A name with spaces, with letters beyond ASCII or with signs of a shell is taken and shown as it is."""
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(AMINA)
    out = mark("chen", "asked", f"--file={name}", env={"COLUMNS": "200"}).out
    assert "letter: {asked: 2027-01-20}" in path.read_text()
    assert out.splitlines()[0].endswith(f"  {name}")
    assert list(path.parent.glob(".*.lock")) + list(path.parent.glob(".*.new")) == []


def test_a_name_that_is_not_utf_8_will_do(tmp_path: Path) -> None:
    """A name is bytes to the system: one that is no text is taken, and shown without what cannot be shown."""
    name = os.fsencode(tmp_path) + b"/pl\xffan.yaml"
    with open(name, "w") as file:  # noqa: PTH123 - a path of bytes
        file.write(AMINA)
    done = subprocess.run(
        [
            os.fsencode(sys.executable),
            b"-m",
            b"lorplan",
            b"mark",
            b"chen",
            b"asked",
            b"--as-of",
            b"2027-01-20",
            b"-f",
            name,
        ],
        capture_output=True,
        env=environment(tmp_path),
        timeout=60,
        check=True,
    )
    assert done.stderr == b""
    assert b"\xff" not in done.stdout
    with open(name) as file:  # noqa: PTH123 - the same
        assert "letter: {asked: 2027-01-20}" in file.read()


@pytest.mark.parametrize(
    ("word", "line"),
    [
        pytest.param("lee", 1, id="an exact id before the start of others"),
        pytest.param("leed", 3, id="the start of an id"),
        pytest.param("LEEDS", 3, id="in capitals"),
        pytest.param("moore", 4, id="the start of an id before a name"),
        pytest.param("Cy Park", 3, id="a part of a name"),
        pytest.param("angstrom", 4, id="a name without its accents"),
    ],
)
def test_which_rotation_is_marked(mark: Runner, amina: Path, word: str, line: int) -> None:
    """The rotation is found by its id, the start of it, or a part of the name; its line changes, no other."""
    before = [
        "- {id: lee, attending: Dr. Ann Moore, specialty: neurology, start: 2027-01-04, weeks: 4}",
        "- {id: lee-2, attending: Dr. Bo Lee, specialty: neurology, start: 2027-02-01, weeks: 4}",
        "- {id: leeds, attending: Dr. Cy Park, specialty: neurology, start: 2027-03-01, weeks: 4}",
        "- {id: Moore-2, attending: Dr. Dee Ångström, specialty: neurology, start: 2027-04-05, weeks: 4}",
    ]
    amina.write_text("\n".join(before))
    mark(word, "asked")
    after = amina.read_text().split("\n")
    assert [number for number, pair in enumerate(zip(before, after, strict=True), 1) if len(set(pair)) > 1] == [
        line
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(AMINA.replace("\n", "\r\n"), "end: 2027-02-26, letter: {asked: 2027-01-20}}\r\n", id="CRLF"),
        pytest.param(BOM + AMINA, "end: 2027-02-26, letter: {asked: 2027-01-20}}\n", id="byte order mark"),
        pytest.param(BOM + BOM + AMINA, "end: 2027-02-26, letter: {asked: 2027-01-20}}\n", id="two of them"),
        pytest.param(
            BOM + AMINA.replace("\n", "\r\n"),
            "end: 2027-02-26, letter: {asked: 2027-01-20}}\r\n",
            id="byte order mark and CRLF",
        ),
        pytest.param(
            AMINA.replace(OKAFOR, OKAFOR.replace("\n", "\r\n")),
            "end: 2027-02-26, letter: {asked: 2027-01-20}}\r\n",
            id="CRLF in this line only",
        ),
        pytest.param(AMINA.rstrip("\n"), "end: 2027-02-26, letter: {asked: 2027-01-20}}\n", id="no last line end"),
        pytest.param(
            AMINA + "\n\n# 😀 …\n\n", "end: 2027-02-26, letter: {asked: 2027-01-20}}\n", id="a long tail"
        ),
    ],
)
def test_marks_and_line_ends_are_kept(mark: Runner, amina: Path, before: str, after: str) -> None:
    """A byte order mark, the line ends and the end of the file stay byte for byte, there and back."""
    amina.write_bytes(before.encode())
    mark("okafor", "asked")
    eol = "\r\n" if after.endswith("\r\n") else "\n"
    assert amina.read_bytes() == before.replace(f"end: 2027-02-26}}{eol}", after).encode()
    mark("okafor", "asked", "--unset")
    assert amina.read_bytes() == before.encode()


def test_new_lines_end_as_the_others_do(mark: Runner, amina: Path) -> None:
    """Lines that come into a file with CRLF line ends have them, too."""
    amina.write_bytes((BOM + BLOCK.replace("\n", "\r\n")).encode())
    mark("chen", "asked")
    after = BLOCK.replace("  notes: |\n", "  letter:\n    asked: 2027-01-20\n  notes: |\n")
    assert amina.read_bytes() == (BOM + after.replace("\n", "\r\n")).encode()


# --- the dry run ------------------------------------------------------------------------------------------


def test_a_dry_run_shows_a_diff_and_writes_nothing(mark: Runner, amina: Path) -> None:
    """`--dry-run` prints the change as a unified diff, and only that; the file stays the very same."""
    with untouched(amina):
        out = mark("okafor", "asked", "--dry-run").out
    header, body = out.split("\n")[:3], out.split("\n")[3:-1]
    assert header == ["--- rotations.yaml", "+++ rotations.yaml", "@@ -2,7 +2,7 @@"]
    assert [line for line in body if not line.startswith(" ")] == [
        "-" + OKAFOR.rstrip("\n"),
        "+" + OKAFOR.rstrip("\n").replace("}", ", letter: {asked: 2027-01-20}}"),
    ]
    assert [line[1:] for line in body if line[:1] in {" ", "-"}] == AMINA.splitlines()[1:]


DIFFS = [
    pytest.param(AMINA, ("okafor", "asked"), id="flow style"),
    pytest.param(BLOCK, ("chen", "asked"), id="block style, lines added"),
    pytest.param(BLOCK, ("okafor", "asked"), id="at the end"),
    pytest.param(BLOCK.rstrip("\n"), ("okafor", "asked"), id="at an end without a line end"),
    pytest.param(BLOCK.rstrip("\n"), ("chen", "asked"), id="before an end without a line end"),
    pytest.param(ASKED, ("okafor", "asked", "--unset"), id="taken back"),
    pytest.param(ASKED, ("okafor", "asked=2027-01-07", "--force"), id="replaced"),
    pytest.param(HOSTILE, ("陈伟", "performance=good"), id="names of all kinds"),
    pytest.param(BLOCK.replace("# on", "#\ton\t"), ("chen", "asked"), id="tabs"),
    pytest.param("# -- a\n# ++ b\n" + BLOCK, ("chen", "performance=good"), id="lines like a diff's own"),
    pytest.param(BLOCK + "\n".join(f"# {n}" for n in range(40)), ("okafor", "contact=daily"), id="a long tail"),
]


@pytest.mark.skipif(shutil.which("patch") is None, reason="the program patch is not installed")
@pytest.mark.parametrize("named", [True, False], ids=["file named", "file found by the diff"])
@pytest.mark.parametrize(("before", "args"), DIFFS)
def test_the_diff_is_what_patch_would_take(
    mark: Runner, amina: Path, before: str, args: tuple[str, ...], *, named: bool
) -> None:
    """For an ordinary text the real `patch` makes of the diff the very file that `mark` would write."""
    amina.write_text(before)
    diff = mark(*args, "--dry-run").out
    applied = patched(amina, diff, *([amina.name] if named else ["-p0"]))
    amina.write_text(before)
    mark(*args)
    assert applied == amina.read_bytes()
    assert applied != before.encode()


def patched(path: Path, diff: str, *args: str) -> bytes:
    """What the real program makes of a file with a diff, which must fit without any allowance."""
    subprocess.run(
        ["patch", "--fuzz=0", "--force", "--no-backup-if-mismatch", *args],  # noqa: S607 - the one on the PATH
        input=diff.encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=path.parent,
        timeout=60,
        check=True,
    )
    return path.read_bytes()


def is_harmless(line: str) -> bool:
    """Say whether a text has no control character but tabs and line ends, and none that turns its direction."""
    turning = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
    refused = {"Cc", "Cs", "Zl", "Zp"}
    return all(c in "\t\n" or not (c in turning or unicodedata.category(c) in refused) for c in line)


@pytest.mark.parametrize(
    "comment",
    [
        pytest.param("\u202e turned round", id="override"),
        pytest.param("\u2066 set apart \u2069", id="isolate"),
        pytest.param("a\ttab", id="tab"),
        pytest.param("a\u2028# separator", id="line separator"),
        pytest.param("a\x85# next line", id="next line"),
        pytest.param("\ufeff inside", id="a byte order mark inside"),
    ],
)
def test_a_diff_cannot_reach_the_terminal_s_controls(mark: Runner, amina: Path, comment: str) -> None:
    """Whatever a comment beside the change holds, no control or direction character is printed."""
    amina.write_text(AMINA.replace("rotations:", f"rotations:  # {comment}"))
    with untouched(amina):
        out = mark("chen", "asked", "--dry-run", "--color", "always").out
    assert is_harmless(out)
    assert "+     start: 2027-01-04, end: 2027-01-29, letter: {asked: 2027-01-20}}\n" in out


def test_a_file_name_cannot_reach_the_terminal_s_controls(mark: Runner, tmp_path: Path) -> None:
    """The name of a file is shown without what it could do to a terminal, dry or not, right or wrong."""
    name = "evil\x1b[31m\u202e\n.yaml"
    (tmp_path / name).write_text(AMINA)
    shown = [mark("chen", "asked", "-f", name, *how).out for how in (("--dry-run",), ())]
    (tmp_path / name).write_text(BAD)
    shown.append(mark("chen", "asked", "-f", name, check=1).err)
    assert all("evil" in text and is_harmless(text) for text in shown)
    assert shown[0].splitlines()[2].startswith("@@ "), "the name breaks no line"


def test_a_diff_of_a_windows_file_has_whole_lines(mark: Runner, amina: Path) -> None:
    """With CRLF line ends and a byte order mark the diff shows the lines as they are read, and no end missing."""
    amina.write_bytes((BOM + AMINA.replace("\n", "\r\n")).encode())
    windows = mark("chen", "asked", "--dry-run").out
    amina.write_text(AMINA)
    assert windows == mark("chen", "asked", "--dry-run").out


def test_a_last_line_without_an_end_is_told(mark: Runner, amina: Path) -> None:
    """As every diff does, it says where the file's last line has no end."""
    amina.write_text(BLOCK.rstrip("\n"))
    lines = mark("okafor", "asked", "--dry-run").out.splitlines()
    assert lines[-4:] == ["+  weeks: 4", "+  letter:", "+    asked: 2027-01-20", "\\ No newline at end of file"]
    assert lines.count("\\ No newline at end of file") == 2


@pytest.mark.skipif(shutil.which("patch") is None, reason="the program patch is not installed")
def test_patch_finds_a_file_whose_name_has_a_space(mark: Runner, tmp_path: Path) -> None:
    """A diff names its file so that `patch` finds it, spaces and all."""
    path = tmp_path / "my own plan.yaml"
    path.write_text(AMINA)
    diff = mark("chen", "asked", "--dry-run", "-f", path.name).out
    assert b"letter: {asked: 2027-01-20}" in patched(path, diff, "-p0")


@pytest.mark.parametrize("separator", ["\x85", "\u2028", "\u2029"], ids=["next line", "line", "paragraph"])
def test_a_diff_counts_the_lines_that_an_editor_counts(mark: Runner, amina: Path, separator: str) -> None:
    """A rare separator in a comment is a character in a line: the file's end is not told in its middle."""
    amina.write_text(AMINA.replace("rotations:", f"rotations:  # a{separator}# b"))
    out = mark("chen", "asked", "--dry-run").out
    assert "No newline at end of file" not in out
    assert out.splitlines()[2] == "@@ -1,7 +1,7 @@"


# --- what is said -----------------------------------------------------------------------------------------


def test_the_page_says_what_was_done_and_what_is_next(mark: Runner) -> None:
    """The letter with the day and the file, what was done, what comes next, and the commands for it."""
    lines = mark("chen", "asked").out.splitlines()
    assert lines[:4] == [
        f"Dr. Wei Chen (chen)  as of Wed {AS_OF}  rotations.yaml",
        "asked 2027-01-20 is recorded.",
        "",
        "Next",
    ]
    todo = "upcoming  2027-01-27  to 2027-02-03  Write to Dr. Wei Chen again: no answer since 2027-01-20"
    assert lines[4].startswith(todo)
    assert "message: lorplan draft chen follow-up -f rotations.yaml" in lines
    assert "when done: lorplan mark chen reminded -f rotations.yaml" in lines


def test_the_real_program_says_the_same(run: Runner, invoke: Runner, amina: Path) -> None:
    """In a process of its own the command writes and says what it does within this one."""
    args = ("mark", "okafor", "performance=good", "--as-of", AS_OF)
    inside, text = invoke(*args), amina.read_text()
    amina.write_text(AMINA)
    assert run(*args) == inside
    assert amina.read_text() == text


PAGES = [
    pytest.param(AMINA, ("chen", "performance=good"), AS_OF, id="due soon"),
    pytest.param(AMINA, ("okafor", "meeting=2027-02-22"), AS_OF, id="a meeting"),
    pytest.param(BENITO, ("petrov", "packet"), AS_OF, id="a packet"),
    pytest.param(BENITO, ("petrov", "performance=fair", "--force"), AS_OF, id="overdue"),
    pytest.param(BENITO, ("petrov", "uploaded"), AS_OF, id="a letter has come"),
    pytest.param(BENITO, ("petrov", "reminded"), "2027-09-20", id="late"),
    pytest.param(ASKED, ("silva", "asked"), "2027-09-20", id="asked too late, with a warning"),
    pytest.param(ASKED, ("okafor", "asked", "--unset"), AS_OF, id="taken back"),
]


@pytest.mark.parametrize(("text", "args", "day"), PAGES)
def test_next_is_what_is_pressing_and_the_first_to_come(  # noqa: PLR0913, PLR0917 - a case has many parts
    mark: Runner, invoke: Runner, amina: Path, text: str, args: tuple[str, ...], day: str
) -> None:
    """Of the plan as it is now: this letter's overdue and due actions, one more, and this letter's warnings."""
    amina.write_text(text)
    out = mark(*args, "--as-of", day, env={"COLUMNS": None}).out
    plan: dict[str, Any] = json.loads(invoke("plan", "--json", "--as-of", day).out)
    id_ = args[0]
    actions = [action for action in plan["actions"] if action["rotation"] == id_]
    pressing = [action for action in actions if action["state"] != "upcoming"]
    expected = [(a["state"], a["on"], f"to {a['until']}", a["title"]) for a in actions[: len(pressing) + 1]]
    assert expected, "the case has something to show"
    rows = out.partition("\nNext\n")[2].partition("\n\n")[0].splitlines()
    shown = [tuple(re.split(r"\s{2,}", row, maxsplit=3)) for row in rows]
    assert [cells[:3] for cells in shown] == [cells[:3] for cells in expected]
    assert all(cells[3].startswith(todo[3]) for cells, todo in zip(shown, expected, strict=True))
    warnings = [f"! {warning['text']}" for warning in plan["warnings"] if warning["rotation"] == id_]
    told = [line for line in out.splitlines() if line.startswith("! ")]
    assert len(told) == len(warnings)
    assert all(line.startswith(warning) for line, warning in zip(told, warnings, strict=True))
    if day == "2027-09-20" and id_ == "silva":
        assert warnings, "the case has a warning to show"


@pytest.mark.parametrize("name", ["rotations.yaml", "my 'plän' $(x).yaml"], ids=["plain name", "name to quote"])
@pytest.mark.parametrize(("text", "args", "day"), PAGES)
def test_the_commands_that_it_shows_work(  # noqa: PLR0913, PLR0917 - a case has many parts
    mark: Runner, invoke: Runner, amina: Path, text: str, args: tuple[str, ...], day: str, name: str
) -> None:
    """Every command shown can be typed as it stands, in a shell, and finds its file and its letter."""
    path = amina.parent / name
    path.write_text(text)
    out = mark(*args, "--as-of", day, "-f", name, env={"COLUMNS": None}).out
    commands = re.findall(r"^[a-z ]+: (lorplan .+)$", out, re.MULTILINE)
    assert commands
    after = path.read_text()
    for command in commands:
        path.write_text(after)
        filled = command.replace("=WORD", "=good").replace("=DATE", "=2027-09-21")
        program, *words = shlex.split(filled)
        assert program == "lorplan"
        extra = ["--force"] if "=good" in filled else []
        assert invoke(*words, *extra, "--as-of", day).out


@pytest.mark.parametrize(
    ("args", "why"),
    [
        pytest.param(("sato", "performance=good"), "skip, you chose to skip it", id="skipped"),
        pytest.param(("okafor", "declined"), "skip, the attending declined", id="declined"),
    ],
)
def test_where_nothing_is_next_it_says_why(mark: Runner, amina: Path, args: tuple[str, ...], why: str) -> None:
    """A letter with nothing more to do says so, with the verdict, and shows no command."""
    amina.write_text(ASKED)
    out = mark(*args).out
    assert out.endswith(f"\n\nNothing more to do for this letter: {why}\n")
    assert "Next" not in out
    assert "lorplan " not in out


@pytest.mark.parametrize("columns", ["200", "100", "72", "71", "60", "40"])
@pytest.mark.parametrize("text", [AMINA, HOSTILE], ids=["usual", "hostile"])
def test_no_line_is_wider_than_the_terminal(mark: Runner, amina: Path, text: str, columns: str) -> None:
    """The page fits the width, wide characters counted for two columns."""
    amina.write_text(text)
    word = "chen" if text is AMINA else "😀"
    out = mark(word, "asked", env={"COLUMNS": columns}).out
    assert max(map(cell_len, out.splitlines())) <= int(columns)


@pytest.mark.parametrize("columns", ["1", "5", "0", "-4", "wide", "5000"])
def test_an_odd_width_does_not_crash(mark: Runner, columns: str) -> None:
    """A width that nobody has, or none at all, still gives an answer."""
    assert mark("chen", "asked", env={"COLUMNS": columns}).out


def test_colour_changes_nothing_but_the_looks(mark: Runner, amina: Path) -> None:
    """Without its styles a coloured page is the plain one; a diff is never styled."""
    plain = mark("chen", "asked").out
    amina.write_text(AMINA)
    coloured = mark("chen", "asked", "--color", "always").out
    assert "\x1b" in coloured
    assert [line.rstrip() for line in STYLE.sub("", coloured).splitlines()] == plain.splitlines()


@pytest.mark.parametrize("word", ["[/IM]", "陈伟", "😀"], ids=["markup", "CJK", "emoji"])
def test_names_print_as_typed(mark: Runner, amina: Path, word: str) -> None:
    """Brackets, colons, wide characters and emoji in a name come out as they were typed."""
    amina.write_text(HOSTILE)
    name = next(name for name in ("Dr. [/IM] :b: {x} [a/b]", "陈伟 王小明", "Dr. 😀 Émilie") if word in name)
    assert mark(word, "asked").out.startswith(f"{name} (")


def test_help_has_an_example_that_works(mark: Runner, invoke: Runner, amina: Path) -> None:
    """The help names every event, and its example can be typed as it stands."""
    out = invoke("mark", "--help").out
    flat = " ".join(out.split())
    assert all(event in flat for event in EVENTS)
    _, _, example_ = out.partition("Example: lorplan mark ")
    mark(*example_.splitlines()[0].split(), "--as-of", LATER)
    assert amina.read_text() != AMINA


# --- where the answer cannot be shown ---------------------------------------------------------------------


def test_a_closed_pipe_does_not_undo_what_was_marked(tmp_path: Path, amina: Path) -> None:
    """When nobody reads the answer the record is there all the same, and the program ends without a word."""
    reader, writer = os.pipe()
    os.close(reader)
    done = to_output(tmp_path, writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "letter: {asked: 2027-01-20}" in amina.read_text()
    assert list(tmp_path.iterdir()) == [amina]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no disk that is always full")  # noqa: PTH110
def test_an_answer_that_cannot_be_written_is_told(tmp_path: Path, amina: Path) -> None:
    """A full disk under the answer ends with 1 and one line; the plan file, on another disk, is whole."""
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = to_output(tmp_path, full.fileno())
    assert done.returncode == 1
    assert done.stderr == b"standard output cannot be written: No space left on device\n"
    assert "letter: {asked: 2027-01-20}" in amina.read_text()
    assert list(tmp_path.iterdir()) == [amina]


def to_output(directory: Path, output: int) -> subprocess.CompletedProcess[bytes]:
    """Mark Chen as asked in the real program, with something open as its output."""
    return subprocess.run(
        [sys.executable, "-m", "lorplan", "mark", "chen", "asked", "--as-of", AS_OF],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.PIPE,
        cwd=directory,
        env=environment(directory),
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("how", [(), ("--dry-run",)], ids=["page", "diff"])
def test_an_encoding_without_the_characters_gets_their_numbers(
    tmp_path: Path, amina: Path, how: tuple[str, ...]
) -> None:
    """Where the output is ASCII a name it lacks is shown by numbers; nothing crashes, the file keeps its UTF-8."""
    amina.write_text(HOSTILE)
    done = subprocess.run(
        [sys.executable, "-m", "lorplan", "mark", "陈伟", "asked", "--as-of", AS_OF, *how],
        capture_output=True,
        cwd=tmp_path,
        env=environment(tmp_path, {"PYTHONIOENCODING": "ascii"}),
        timeout=60,
        check=True,
    )
    assert done.stderr == b""
    assert "\\u9648\\u4f1f" in done.stdout.decode("ascii")
    assert "陈伟 王小明" in amina.read_text()
