"""`lorplan mark`: what is recorded, on which day, what is replaced, and what is refused."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.mark_runner import ASKED, BLOCK, MarkRunner
from lorplan.edit.record_event import RECORDABLE
from samples import AMINA, AS_OF, BAD, BAD_REPORT

if TYPE_CHECKING:
    from runner import Lorplan

LATER = "2027-01-27"
"""A week after the day of the samples."""


@pytest.fixture
def mark(lorplan: Lorplan) -> MarkRunner:
    """Run `lorplan mark` with Amina's file."""
    return MarkRunner(lorplan)


# --- what is recorded ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "described", "record"),
    [
        pytest.param("agreed", "agreed on 2027-01-20", "letter: {asked: 2027-01-05, agreed: 2027-01-20}", id="agreed"),
        pytest.param(
            "reminded", "reminded on 2027-01-20", "letter: {asked: 2027-01-05, reminded: [2027-01-20]}", id="reminded"
        ),
        pytest.param(
            "declined", "declined on 2027-01-20", "letter: {asked: 2027-01-05, declined: 2027-01-20}", id="declined"
        ),
        pytest.param(
            "offered", "offered on 2027-01-20", "offered: 2027-01-20, letter: {asked: 2027-01-05}", id="offered"
        ),
        pytest.param(
            "meeting=2027-02-20",
            "meeting on 2027-02-20",
            "meeting: 2027-02-20, letter: {asked: 2027-01-05}",
            id="meeting_in_the_future",
        ),
        pytest.param(
            "performance=good", "performance good", "performance: good, letter: {asked: 2027-01-05}", id="word"
        ),
        pytest.param("CHOICE=SKIP", "choice skip", "choice: skip, letter: {asked: 2027-01-05}", id="capitals"),
        pytest.param(
            " Packet ", "packet on 2027-01-20", "letter: {asked: 2027-01-05, packet: 2027-01-20}", id="spaces"
        ),
    ],
)
def test_event_is_recorded_and_removed_again_without_any_other_change(
    mark: MarkRunner, event: str, described: str, record: str
) -> None:
    """The record is written where its key belongs; `--unset` restores the file byte by byte; no other file is left."""
    mark.write(ASKED)
    assert f"Recorded: {described}.\n" in mark("okafor", event).out
    assert mark.text == ASKED.replace("letter: {asked: 2027-01-05}", record)
    assert f"Removed: {described}.\n" in mark("okafor", event.strip().partition("=")[0], "--unset").out
    assert mark.text == ASKED
    assert list(mark.path.parent.iterdir()) == [mark.path]


def test_first_record_of_a_letter_adds_letter_and_its_removal_removes_it(mark: MarkRunner) -> None:
    """A file without `letter` gets one, and loses it with its only record."""
    mark("okafor", "asked")
    assert mark.text == AMINA.replace("end: 2027-02-26}", "end: 2027-02-26, letter: {asked: 2027-01-20}}")
    mark("okafor", "asked", "--unset")
    assert mark.text == AMINA


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_record_in_block_style_adds_a_line_in_the_style_of_the_file(mark: MarkRunner, line_end: str) -> None:
    """Comments, quotes, blank lines, spaces and line ends stay."""
    mark.write(BLOCK.replace("\n", line_end))
    mark("chen", "asked")
    after = BLOCK.replace("  notes: |\n", "  letter:\n    asked: 2027-01-20\n  notes: |\n")
    assert mark.text == after.replace("\n", line_end)
    mark("chen", "performance=good")
    assert mark.text == after.replace("  letter:\n", "  performance: good\n  letter:\n").replace("\n", line_end)


def test_help_names_every_event(mark: MarkRunner) -> None:
    """Whatever can be recorded is in the help."""
    words = re.findall(r"\w+", mark.lorplan("mark", "--help").out)
    assert [event for event in RECORDABLE if event not in words] == []


@pytest.mark.parametrize(
    ("args", "record"),
    [
        pytest.param(("performance=", "good"), "performance: good", id="word"),
        pytest.param(("meeting=", "jan", "29", "2027"), "meeting: 2027-01-29", id="day_of_several_words"),
        pytest.param(("for=", "internal", "medicine"), "for: internal medicine", id="name_of_several_words"),
    ],
)
def test_value_may_stand_in_words_of_its_own_after_an_equals_sign(
    mark: MarkRunner, args: tuple[str, ...], record: str
) -> None:
    """Where completion has put a space."""
    mark("chen", *args)
    assert record in mark.text


# --- which day ----------------------------------------------------------------------------------------------


def test_event_without_a_date_is_recorded_on_the_as_of_day(mark: MarkRunner) -> None:
    """`--as-of` stands for today."""
    mark("chen", "asked", "--as-of", LATER)
    assert f"letter: {{asked: {LATER}}}" in mark.text


def test_event_without_any_date_is_recorded_today(mark: MarkRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without `--as-of` the day is today."""
    monkeypatch.setattr("lorplan.cli.mark.today", lambda: date(2027, 1, 22))
    out = mark.lorplan("mark", "chen", "asked").out
    assert "letter: {asked: 2027-01-22}" in mark.text
    assert out.splitlines()[0].endswith("  Fri Jan 22, 2027")


@pytest.mark.parametrize(
    ("event", "day"),
    [
        pytest.param("asked", "2027-01-13", id="earlier_day"),
        pytest.param("asked", AS_OF, id="today_is_not_in_the_future"),
        pytest.param("offered", "2026-12-31", id="another_year"),
    ],
)
def test_date_of_an_event_is_given_by_on_or_after_an_equals_sign(mark: MarkRunner, event: str, day: str) -> None:
    """`asked=DATE` means the same as `asked --on DATE`, in the file and on the page."""
    page = mark("chen", event, "--on", day)
    by_on = mark.text
    assert f"{event}: {day}" in by_on
    mark.write(AMINA)
    assert mark("chen", f"{event}={day}") == page
    assert mark.text == by_on


@pytest.mark.parametrize(
    ("args", "record"),
    [
        pytest.param(("asked", "--on", "yesterday"), "asked: 2027-01-19", id="yesterday"),
        pytest.param(("asked", "--on", "mon"), "asked: 2027-01-18", id="last_monday"),
        pytest.param(("asked=Jan 11 2027",), "asked: 2027-01-11", id="month_in_letters"),
        pytest.param(("meeting=mon",), "meeting: 2027-01-25", id="next_monday_for_the_talk"),
        pytest.param(("asked", "--on", "tomorrow", "--force"), "asked: 2027-01-21", id="tomorrow_by_force"),
    ],
)
def test_day_may_be_written_as_people_say_it(mark: MarkRunner, args: tuple[str, ...], record: str) -> None:
    """As seen from the day that stands for today: Wednesday 20 January."""
    mark("chen", *args)
    assert record in mark.text


@pytest.mark.parametrize("how", [("asked", "--on", LATER), (f"asked={LATER}",)], ids=["on", "equals"])
def test_event_in_the_future_is_recorded_only_by_force(mark: MarkRunner, how: tuple[str, ...]) -> None:
    """What happens is recorded when it has happened, unless the user insists."""
    with mark.unchanged():
        err = mark("chen", *how, status=2).err
    assert err == f"lorplan: asked {LATER} is in the future as of {AS_OF}\nuse --force to record it anyway\n"
    mark("chen", *how, "--force")
    assert f"asked: {LATER}" in mark.text


def test_tomorrow_is_in_the_future(mark: MarkRunner) -> None:
    """Of the day that stands for today."""
    with mark.unchanged():
        err = mark("chen", "asked", "--on", "tomorrow", status=2).err
    assert err.startswith(f"lorplan: asked 2027-01-21 is in the future as of {AS_OF}\n")


# --- what is recorded already -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "recorded", "message", "done"),
    [
        pytest.param(
            "asked=2027-01-12",
            "asked: 2027-01-05",
            "asked is already 2027-01-05\nuse --force to replace it",
            "Recorded: asked on 2027-01-12, instead of 2027-01-05.",
            id="date",
        ),
        pytest.param(
            "performance=good",
            "performance: fair",
            "performance is already fair\nuse --force to replace it",
            "Recorded: performance good, instead of fair.",
            id="word",
        ),
    ],
)
def test_recorded_value_is_replaced_only_by_force(
    mark: MarkRunner, event: str, recorded: str, message: str, done: str
) -> None:
    """Another value is refused with the recorded one; `--force` replaces it and says so."""
    before = ASKED.replace("letter: {asked", "performance: fair, letter: {asked")
    mark.write(before)
    with mark.unchanged():
        assert mark("okafor", event, status=2).err == f"lorplan: {message}\n"
    assert f"{done}\n" in mark("okafor", event, "--force").out
    assert mark.text == before.replace(recorded, event.replace("=", ": "))


@pytest.mark.parametrize(
    ("recorded", "replaces"),
    [pytest.param("2027-06-02", False, id="this_season"), pytest.param("2027-06-01", True, id="earlier_season")],
)
def test_request_of_an_earlier_season_is_replaced_without_force(
    mark: MarkRunner, recorded: str, *, replaces: bool
) -> None:
    """The 2028 season opens on 2 June 2027: what was requested before does not count in it."""
    mark.write(ASKED.replace("letter: {asked: 2027-01-05}", f"letter: {{requested: {recorded}}}"))
    result = mark("okafor", "requested", "--as-of", "2027-07-01", status=0 if replaces else 2)
    if replaces:
        assert f"Recorded: requested on 2027-07-01, instead of {recorded}.\n" in result.out
    else:
        assert result.err == f"lorplan: requested is already {recorded}\nuse --force to replace it\n"


@pytest.mark.parametrize("how", [(), ("--force",), ("--dry-run",)], ids=["plain", "force", "dry_run"])
@pytest.mark.parametrize(
    ("event", "described"),
    [
        pytest.param("asked=2027-01-05", "asked on 2027-01-05", id="date"),
        pytest.param("reminded=2027-01-15", "reminded on 2027-01-15", id="reminder"),
        pytest.param("performance=good", "performance good", id="word"),
    ],
)
def test_same_value_again_succeeds_and_writes_nothing(
    mark: MarkRunner, event: str, described: str, how: tuple[str, ...]
) -> None:
    """The file is not even written again, and a dry run shows no change."""
    recorded = "performance: good, letter: {asked: 2027-01-05, reminded: [2027-01-15]}"
    mark.write(ASKED.replace("letter: {asked: 2027-01-05}", recorded))
    with mark.unchanged():
        out = mark("okafor", event, *how).out
    if "--dry-run" in how:
        assert out == ""
    else:
        assert f"Already recorded: {described}. Nothing was changed.\n" in out


def test_reminders_are_added_in_the_order_in_which_they_are_marked(mark: MarkRunner) -> None:
    """Each reminder is added after the others, without force."""
    mark.write(ASKED)
    for day in ("2027-01-12", "2027-01-19", "2027-01-15"):
        mark("okafor", "reminded", "--on", day)
    assert "reminded: [2027-01-12, 2027-01-19, 2027-01-15]" in mark.text


@pytest.mark.parametrize(
    ("args", "left", "removed"),
    [
        pytest.param((), "2027-01-12, 2027-01-15", "2027-01-19", id="latest"),
        pytest.param(("--on", "2027-01-12"), "2027-01-19, 2027-01-15", "2027-01-12", id="of_a_day"),
    ],
)
def test_unset_removes_the_latest_reminder_or_that_of_a_day(
    mark: MarkRunner, args: tuple[str, ...], left: str, removed: str
) -> None:
    """One of several reminders is removed, wherever it is in the list."""
    before = ASKED.replace("2027-01-05}}", "2027-01-05, reminded: [2027-01-12, 2027-01-19, 2027-01-15]}}")
    mark.write(before)
    assert f"Removed: reminded on {removed}.\n" in mark("okafor", "reminded", "--unset", *args).out
    assert mark.text == before.replace("2027-01-12, 2027-01-19, 2027-01-15", left)


# --- what is refused ----------------------------------------------------------------------------------------

WRONG_USAGE = [
    pytest.param((), "ROTATION is missing", id="no_arguments"),
    pytest.param(("okafor",), "EVENT is missing", id="no_event"),
    pytest.param(("okafor", "bogus"), 'unknown event "bogus"\nchoose from asked, agreed, ', id="unknown_event"),
    pytest.param(("okafor", "aksed"), 'unknown event "aksed"\ndid you mean asked?', id="misspelled_event"),
    pytest.param(("okafor", ""), 'unknown event ""', id="empty_event"),
    pytest.param(
        ("okafor", "ask"),
        'unknown event "ask"\ndid you mean asked? Or: lorplan done okafor ask\n',
        id="kind_of_action",
    ),
    pytest.param(
        ("okafor", "rate", "-f", "rotations.yaml"),
        'unknown event "rate"\ndid you mean performance=WORD?\n',
        id="kind_that_needs_a_word",
    ),
    pytest.param(
        ("okafor", "remind", "-f", "rotations.yaml"),
        "did you mean reminded? Or: lorplan done okafor remind -f rotations.yaml\n",
        id="kind_with_a_file",
    ),
    pytest.param(
        ("okafor", "contact", "daily"),
        "the value of contact is written right after an equals sign\nwrite: lorplan mark okafor contact=daily\n",
        id="value_behind_a_space",
    ),
    pytest.param(
        ("okafor", "meeting=jan", "11", "2027"),
        "write: lorplan mark okafor 'meeting=jan 11 2027'\n",
        id="value_of_several_words",
    ),
    pytest.param(
        ("okafor", "asked", "2027-01-19"),
        "the day of asked is written after --on\nwrite: lorplan mark okafor asked --on 2027-01-19\n",
        id="day_behind_a_space",
    ),
    pytest.param(
        ("okafor", "asked", "Jan", "11", "2027"),
        "write: lorplan mark okafor asked --on 'Jan 11 2027'\n",
        id="day_of_several_words",
    ),
    pytest.param(("okafor", "bogus", "daily"), 'unknown event "bogus"', id="value_of_an_unknown_event"),
    pytest.param(("okafor", "for=,"), "for needs a value\nwrite for=TARGET", id="names_that_are_none"),
    pytest.param(("okafor", "email"), "email needs a value\nwrite email=ann@example.org\n", id="no_address"),
    pytest.param(("okafor", "email=ann"), 'email: "ann" is not an e-mail address', id="wrong_address"),
    pytest.param(("okafor", "img_friendly=maybe"), "\nwrite yes or no\n", id="neither_yes_nor_no"),
    pytest.param(("okafor", "performance=god"), "\ndid you mean good?\n", id="misspelled_word"),
    pytest.param(("okafor", "=2027-01-05"), 'unknown event ""', id="value_without_an_event"),
    pytest.param(
        ("okafor", "asked", "agreed"), "too many words: agreed\nwrite: lorplan mark okafor asked\n", id="two_events"
    ),
    pytest.param(("okafor", "agreed="), "agreed needs a value\nwrite agreed=2027-01-29", id="equals_sign_only"),
    pytest.param(("okafor", "agreed=20.01.2027"), "write YYYY-MM-DD, such as 2027-01-20", id="date_in_another_form"),
    pytest.param(("okafor", "agreed=2027-02-30"), "February 2027 has 28 days", id="date_that_does_not_exist"),
    pytest.param(("okafor", "agreed=1989-12-31"), "from 1990-01-01 to 2100-12-31", id="date_out_of_range"),
    pytest.param(("okafor", "agreed", "--on", "soon"), "write YYYY-MM-DD", id="on_without_a_date"),
    pytest.param(("okafor", "agreed", "--on", "2027-02-30"), "February 2027 has 28 days", id="on_a_missing_date"),
    pytest.param(("okafor", "agreed=2027-01-10", "--on", "2027-01-10"), "--on", id="two_dates"),
    pytest.param(("okafor", "meeting"), "meeting needs a value\nwrite meeting=2027-01-29", id="meeting_without_date"),
    pytest.param(
        ("okafor", "meeting", "--on", "2027-02-20"), "meeting does not take --on\nwrite meeting=", id="meeting_with_on"
    ),
    pytest.param(
        ("okafor", "performance"),
        "performance needs a value\nwrite performance=excellent (or good, fair, poor)",
        id="no_word",
    ),
    pytest.param(
        ("okafor", "performance=nice"), '"nice" is not known\nwrite excellent, good, fair or poor\n', id="unknown_word"
    ),
    pytest.param(
        ("okafor", "performance=good", "--on", AS_OF), "performance does not take --on\nwrite", id="word_with_on"
    ),
    pytest.param(("okafor", "agreed", "--as-of", "soon"), "write YYYY-MM-DD", id="as_of_without_a_date"),
    pytest.param(("okafor", "agreed", "--bogus"), "--bogus", id="unknown_option"),
    pytest.param(
        ("nobody", "asked"),
        'no rotation matches "nobody"\nwrite one of chen (Dr. Wei Chen, from 2027-01-04), ',
        id="unknown_rotation",
    ),
    pytest.param(
        ("dr.", "asked"),
        '"dr." matches several rotations\nwrite one of chen (Dr. Wei Chen, from ',
        id="several_rotations",
    ),
    pytest.param(("", "asked"), '"" matches several rotations', id="empty_rotation"),
    pytest.param(
        ("okafor", "agreed", "--unset"),
        "agreed is not recorded, so there is nothing to remove",
        id="unset_without_a_record",
    ),
    pytest.param(
        ("okafor", "asked", "--unset", "--on", "2027-01-06"),
        "asked 2027-01-06 is not recorded, so there is nothing to remove",
        id="unset_of_another_day",
    ),
    pytest.param(
        ("okafor", "asked=2027-01-05", "--unset"),
        "--unset takes no value\nwrite: lorplan mark okafor asked --unset\n",
        id="unset_with_a_value",
    ),
    pytest.param(("okafor", "bogus", "--unset"), 'unknown event "bogus"', id="unset_of_an_unknown_event"),
]


@pytest.mark.parametrize(("args", "message"), WRONG_USAGE)
def test_wrong_usage_is_refused_with_the_right_one(mark: MarkRunner, args: tuple[str, ...], message: str) -> None:
    """The exit status is 2, the message says what is wrong, and nothing is written."""
    mark.write(ASKED)
    with mark.unchanged():
        assert message in mark(*args, status=2).err


@pytest.mark.thorough
@pytest.mark.parametrize("how", ["--dry-run", "--force"])
@pytest.mark.parametrize(("args", "message"), WRONG_USAGE)
def test_wrong_usage_is_refused_in_a_dry_run_and_with_force(
    mark: MarkRunner, args: tuple[str, ...], message: str, how: str
) -> None:
    """Neither option makes wrong usage right."""
    mark.write(ASKED)
    with mark.unchanged():
        assert message in mark(*args, how, status=2).err


@pytest.mark.parametrize("how", [(), ("--dry-run",)], ids=["plain", "dry_run"])
@pytest.mark.parametrize(
    ("args", "reason"),
    [
        pytest.param(
            ("okafor", "uploaded=2027-01-04"), "uploaded 2027-01-04 is before asked 2027-01-05", id="stage_before_asked"
        ),
        pytest.param(
            ("okafor", "packet=2027-01-04", "--force"), "packet 2027-01-04 is before asked 2027-01-05", id="force"
        ),
        pytest.param(("chen", "thanked"), "thanked is recorded but asked is not", id="never_asked"),
        pytest.param(("rossi", "asked", "--unset"), "packet is recorded but asked is not", id="unset_what_is_needed"),
        pytest.param(
            ("rossi", "asked=2027-01-15", "--force"), "packet 2027-01-10 is before asked 2027-01-15", id="moved_past"
        ),
    ],
)
def test_impossible_order_is_refused_with_the_reason_even_with_force(
    mark: MarkRunner, args: tuple[str, ...], reason: str, how: tuple[str, ...]
) -> None:
    """What would make the plan file invalid is refused; `--force` is for records and future dates only."""
    rossi = ", letter: {asked: 2027-01-08, packet: 2027-01-10}}"
    mark.write(ASKED.replace("end: 2027-03-26}", "end: 2027-03-26" + rossi))
    with mark.unchanged():
        err = mark(*args, *how, status=2).err
    message, way_out = err.splitlines()
    assert message == f'lorplan: cannot change "{args[0]}": {reason}'
    assert way_out == "give its right day with --on, or correct the other record first"


@pytest.mark.parametrize("how", [(), ("--dry-run",), ("--unset",)], ids=["plain", "dry_run", "unset"])
def test_file_with_problems_is_left_alone_and_all_are_reported(mark: MarkRunner, how: tuple[str, ...]) -> None:
    """The exit status is 1, and every problem has its position."""
    mark.write(BAD)
    with mark.unchanged():
        err = mark("chen", "asked", *how, status=1).err
    assert err == BAD_REPORT.format(file="rotations.yaml")


def test_place_that_cannot_be_edited_safely_is_refused_with_its_position(mark: MarkRunner) -> None:
    """The exit status is 1, and the line is shown."""
    mark.write(BLOCK + "  choice: # sure?\n    ask\n")
    with mark.unchanged():
        err = mark("okafor", "choice", "--unset", status=1).err
    assert err.startswith('rotations.yaml:15:5: rotation "okafor": choice cannot be edited safely here; please edit')


@pytest.mark.parametrize("how", [(), ("--dry-run",), ("--unset",)], ids=["plain", "dry_run", "unset"])
@pytest.mark.parametrize("named", ["option", "variable"])
def test_standard_input_is_refused_as_wrong_usage(mark: MarkRunner, how: tuple[str, ...], named: str) -> None:
    """What comes through a pipe cannot be written back, however it is named."""
    args, env = (("-f", "-"), {}) if named == "option" else ((), {"LORPLAN_FILE": "-"})
    err = mark("chen", "asked", *args, *how, stdin=AMINA, env=env, status=2).err
    assert err == "lorplan: standard input cannot be written to\nname a file\n"


UNUSUAL = (
    "asked\n=",
    "asked=\x1b[31m\u202e",
    "asked=\u0662\u0660\u0662\u0667-\u0660\u0661-\u0662\u0660",
    "performance=[/IM] :smile:",
    "meeting=" + "9" * 5000,
    "choice=ask\0",
    "contact=\ud800",
)
"""Events with values that contain control characters, digits of other scripts, too much, or no text."""

BIDIRECTIONAL = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}


def is_safe_line(line: str) -> bool:
    """Whether a line has no control, separator, surrogate or direction characters."""
    return all(c not in BIDIRECTIONAL and unicodedata.category(c) not in {"Cc", "Cs", "Zl", "Zp"} for c in line)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    event=st.text(max_size=30).filter(lambda event: event.partition("=")[0].strip().lower() not in RECORDABLE)
    | st.sampled_from(UNUSUAL)
)
def test_text_that_is_no_event_is_refused_in_safe_lines(mark: MarkRunner, event: str) -> None:
    """Whatever is typed, the message has two lines without control characters, and nothing is written."""
    with mark.unchanged():
        err = mark("--", "okafor", event, status=2).err
    assert err.startswith("lorplan: ")
    assert err.endswith("\n")
    lines = err[:-1].split("\n")
    assert len(lines) == 2
    assert all(map(is_safe_line, lines))
