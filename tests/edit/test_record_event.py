"""What a user records: each event, each refusal, and that nothing else in a plan file ever changes.

The second half draws plan files and writes them as people do: in lines or braces, with quotes, comments, blocks of
text and any line end. There every promise is held against values that are reckoned here, not by the package.
"""

from __future__ import annotations

import json
import re
from copy import deepcopy
from datetime import date, timedelta
from itertools import takewhile
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from lorplan.edit.record_event import EVENTS, LETTER_EVENTS, WORDS, Field, value_of
from lorplan.errors import PlanFileError, UsageError
from lorplan.planfile import yaml_tree as yamltext
from lorplan.planfile.models import PlanFile
from lorplan.planfile.reader import MAX_BYTES, parse
from lorplan.planfile.yaml_tree import plain
from oracle.strategies import mapping, rotations, targets, traits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lorplan.edit.record_event import Edit
    from lorplan.planfile.reader import Parsed

HERE = "«"
"""Stands before the place that a refusal points at; taken out before the file is read."""

ROW = """\
- attending: Wei Chen
  specialty: im
  start: 2027-01-04
  weeks: 4
"""
BRACES = "- {attending: Wei Chen, specialty: im, start: 2027-01-04, weeks: 4"
ASKED = ROW + "  letter:\n    asked: 2027-01-20\n"
UNSAFE = "stands, or would stand, where lorplan cannot change it safely: edit it by hand"


def field(text: str, event: str, number: int = 0) -> Field:
    """Give the record of an event in a text."""
    return Field(parse(text), number, event)


def recorded(text: str, event: str, value: str, *, replace: bool = False) -> str:
    """Give the text with an event recorded."""
    return field(text, event).record(value, replace=replace).after.written


def taken_back(text: str, event: str, value: str | None = None) -> str:
    """Give the text with a record taken back."""
    return field(text, event).take_back(value).after.written


def refusal(text: str, event: str, value: str, *, replace: bool = False) -> str:
    """Say why a record is refused."""
    with pytest.raises(UsageError) as refused:
        recorded(text, event, value, replace=replace)
    return str(refused.value)


def place_of_mark(text: str) -> str:
    """Say at which line and column the mark stands in a text."""
    before = re.split("\r\n|\n|\r", text[: text.index(HERE)])
    return f"{len(before)}:{len(before[-1]) + 1}"


class TestValue:
    @pytest.mark.parametrize(
        ("event", "value", "written"),
        [
            pytest.param("asked", "2027-01-27", "2027-01-27", id="day_of_the_letter"),
            pytest.param("reminded", "2028-02-29", "2028-02-29", id="leap_day"),
            pytest.param("offered", "2027-01-27", "2027-01-27", id="day_of_the_offer"),
            pytest.param("meeting", "2100-12-31", "2100-12-31", id="last_day_there_is"),
            pytest.param("performance", "Excellent", "excellent", id="word_with_a_capital"),
            pytest.param("contact", "DAILY", "daily", id="word_in_capitals"),
            pytest.param("choice", "skip", "skip", id="word"),
        ],
    )
    def test_is_written_as_the_file_knows_it(self, event: str, value: str, written: str) -> None:
        """Days stay as they are, and words lose their capitals."""
        assert value_of(event, value) == written

    @pytest.mark.parametrize(
        ("event", "value", "message"),
        [
            pytest.param(
                "asked",
                "27.01.2027",
                'asked: "27.01.2027" is not a date: write YYYY-MM-DD, such as 2027-01-27',
                id="day_in_another_form",
            ),
            pytest.param(
                "thanked",
                "2027-02-29",
                "thanked: 2027-02-29 does not exist: February 2027 has 28 days",
                id="day_that_does_not_exist",
            ),
            pytest.param(
                "meeting",
                "1927-01-27",
                "meeting: 1927-01-27 is out of range: dates go from 1990-01-01 to 2100-12-31",
                id="day_out_of_range",
            ),
            pytest.param(
                "offered", "", 'offered: "" is not a date: write YYYY-MM-DD, such as 2027-01-29', id="nothing"
            ),
            pytest.param(
                "asked",
                "2027-01-27 # yes",
                'asked: "2027-01-27 # yes" is not a date: write YYYY-MM-DD, such as 2027-01-29',
                id="day_with_a_comment",
            ),
            pytest.param(
                "performance",
                "great",
                'performance: "great" is not one of excellent, good, fair, poor',
                id="unknown_performance",
            ),
            pytest.param(
                "contact",
                "2027-01-27",
                'contact: "2027-01-27" is not one of daily, weekly, rarely',
                id="day_as_word",
            ),
            pytest.param("choice", "", 'choice: "" is not one of ask, skip', id="no_word"),
        ],
    )
    def test_is_refused_with_its_event(self, event: str, value: str, message: str) -> None:
        """A value that the event cannot have is told with what it can have."""
        with pytest.raises(UsageError) as refused:
            value_of(event, value)
        assert str(refused.value) == message

    @pytest.mark.parametrize("event", EVENTS)
    def test_can_be_recorded(self, event: str) -> None:
        """Every event takes a value that is right for it, in a file that had none."""
        value = value_of(event, WORDS.get(event, ("2027-01-27",))[-1])
        text = ASKED if event in {"packet", "reminded", "thanked"} else ROW
        assert field(text, event).record(value, replace=False).changed


class TestRecord:
    @pytest.mark.parametrize(
        ("text", "event", "value", "after"),
        [
            pytest.param(ROW, "asked", "2027-01-27", ROW + "  letter:\n    asked: 2027-01-27\n", id="asked"),
            pytest.param(ASKED, "agreed", "2027-01-21", ASKED + "    agreed: 2027-01-21\n", id="agreed"),
            pytest.param(ASKED, "packet", "2027-01-21", ASKED + "    packet: 2027-01-21\n", id="packet"),
            pytest.param(ASKED, "requested", "2027-06-02", ASKED + "    requested: 2027-06-02\n", id="requested"),
            pytest.param(ASKED, "reminded", "2027-02-03", ASKED + "    reminded: [2027-02-03]\n", id="reminded"),
            pytest.param(ASKED, "uploaded", "2027-02-03", ASKED + "    uploaded: 2027-02-03\n", id="uploaded"),
            pytest.param(ASKED, "thanked", "2027-02-03", ASKED + "    thanked: 2027-02-03\n", id="thanked"),
            pytest.param(ASKED, "assigned", "2027-09-01", ASKED + "    assigned: 2027-09-01\n", id="assigned"),
            pytest.param(ASKED, "declined", "2027-01-21", ASKED + "    declined: 2027-01-21\n", id="declined"),
            pytest.param(ROW, "offered", "2027-01-20", ROW + "  offered: 2027-01-20\n", id="offered"),
            pytest.param(ROW, "meeting", "2027-01-20", ROW + "  meeting: 2027-01-20\n", id="meeting"),
            pytest.param(ROW, "performance", "good", ROW + "  performance: good\n", id="performance"),
            pytest.param(ROW, "contact", "daily", ROW + "  contact: daily\n", id="contact"),
            pytest.param(ROW, "choice", "ask", ROW + "  choice: ask\n", id="choice"),
        ],
    )
    def test_writes_each_event_where_it_belongs(self, text: str, event: str, value: str, after: str) -> None:
        """What happens to the letter stands under `letter`, the rest beside it; nothing else is touched."""
        edit = field(text, event).record(value, replace=False)
        assert (edit.before, edit.after.written) == (text, after)
        assert (edit.number, edit.gone, edit.changed) == (0, None, True)

    @pytest.mark.parametrize(
        ("text", "event", "value", "after"),
        [
            pytest.param(
                ROW + "  id: chen\n",
                "asked",
                "2027-01-27",
                ROW + "  letter:\n    asked: 2027-01-27\n  id: chen\n",
                id="letter_before_the_id",
            ),
            pytest.param(
                ROW + "  letter:\n    asked: 2027-01-20\n    uploaded: 2027-08-01\n",
                "agreed",
                "2027-01-27",
                ROW + "  letter:\n    asked: 2027-01-20\n    agreed: 2027-01-27\n    uploaded: 2027-08-01\n",
                id="steps_in_their_order",
            ),
            pytest.param(
                ROW + "  letter:\n    uploaded: 2027-08-01\n",
                "asked",
                "2027-01-27",
                ROW + "  letter:\n    uploaded: 2027-08-01\n    asked: 2027-01-27\n",
                id="behind_all_where_no_earlier_step_is",
            ),
            pytest.param(
                ROW + "  letter: # nothing yet\n  id: chen\n",
                "asked",
                "2027-01-27",
                ROW + "  letter: # nothing yet\n    asked: 2027-01-27\n  id: chen\n",
                id="under_an_empty_letter",
            ),
            pytest.param(
                ROW + "  letter: {}", "asked", "2027-01-27", ROW + "  letter: {asked: 2027-01-27}", id="{}"
            ),
            pytest.param(
                ROW + "  letter: ~", "asked", "2027-01-27", ROW + "  letter: {asked: 2027-01-27}", id="~"
            ),
            pytest.param(
                BRACES + ", id: chen}",
                "asked",
                "2027-01-27",
                BRACES + ", letter: {asked: 2027-01-27}, id: chen}",
                id="in_braces",
            ),
            pytest.param(
                ROW.replace("\n", "\r\n"),
                "performance",
                "good",
                ROW.replace("\n", "\r\n") + "  performance: good\r\n",
                id="with_windows_line_ends",
            ),
            pytest.param(
                ROW.removesuffix("\n"),
                "performance",
                "good",
                ROW + "  performance: good",
                id="without_a_last_line_end",
            ),
            pytest.param(
                ROW + "  performance: # how?\n",
                "performance",
                "good",
                ROW + "  performance: good # how?\n",
                id="nothing",
            ),
            pytest.param(
                ROW.replace("Wei Chen", "陳 😀"),
                "contact",
                "daily",
                ROW.replace("Wei Chen", "陳 😀") + "  contact: daily\n",
                id="behind_an_astral_name",
            ),
        ],
    )
    def test_keeps_to_the_style_of_the_file(self, text: str, event: str, value: str, after: str) -> None:
        """The new text is written as what stands around it: lines or braces, line ends, order of keys."""
        assert recorded(text, event, value) == after

    def test_counts_from_behind_a_byte_order_mark(self) -> None:
        """A mark in front of the text is not part of it, and shifts nothing."""
        edit = field("\ufeff" + ROW, "choice").record("ask", replace=False)
        assert (edit.before, edit.after.written) == (ROW, ROW + "  choice: ask\n")

    @pytest.mark.parametrize("head", ["", "applicant: {season: 2028}\nrotations:\n"], ids=["list", "mapping"])
    def test_changes_the_rotation_of_the_number(self, head: str) -> None:
        """Of several rotations the one that is meant is changed, in the bare list and in the whole file."""
        rows = [ROW.replace("Wei Chen", name) for name in ("Ann", "Bo", "Cy")]
        edit = field(head + "".join(rows), "choice", 1).record("skip", replace=False)
        assert edit.after.written == head + rows[0] + rows[1] + "  choice: skip\n" + rows[2]
        assert [row.choice for row in edit.after.plan_file.rotations] == [None, "skip", None]

    @pytest.mark.parametrize(
        ("text", "event", "value"),
        [
            pytest.param(ASKED, "asked", "2027-01-20", id="day"),
            pytest.param(
                ASKED.replace("2027-01-20", '"2027-01-20" # ?'), "asked", "2027-01-20", id="day_in_quotes"
            ),
            pytest.param(ROW + "  choice: ask\n", "choice", "ask", id="word"),
            pytest.param(
                ASKED + "    reminded: [2027-02-03, 2027-02-01]\n", "reminded", "2027-02-01", id="one_of_many"
            ),
        ],
    )
    @pytest.mark.parametrize("replace", [False, True])
    def test_of_the_same_value_changes_nothing(self, text: str, event: str, value: str, *, replace: bool) -> None:
        """What is recorded already is not written again, whether it may be replaced or not."""
        edit = field(text, event).record(value, replace=replace)
        assert (edit.changed, edit.after.written, edit.gone) == (False, text, None)

    @pytest.mark.parametrize(
        ("text", "event", "value", "message"),
        [
            pytest.param(
                ASKED,
                "asked",
                "2027-01-21",
                "asked is 2027-01-20 already: --force replaces it",
                id="day_of_the_letter",
            ),
            pytest.param(
                ROW + "  meeting: '2027-01-22'\n",
                "meeting",
                "2027-01-21",
                "meeting is 2027-01-22 already: --force replaces it",
                id="day_in_quotes",
            ),
            pytest.param(
                ROW + "  performance: good\n",
                "performance",
                "fair",
                "performance is good already: --force replaces it",
                id="word",
            ),
        ],
    )
    def test_of_another_value_needs_to_be_wanted(self, text: str, event: str, value: str, message: str) -> None:
        """What is recorded is not lost by a slip: it goes only where that is said."""
        assert refusal(text, event, value) == message

    @pytest.mark.parametrize(
        ("text", "event", "value", "gone"),
        [
            pytest.param(ASKED, "asked", "2027-01-21", "2027-01-20", id="day"),
            pytest.param(
                ASKED.replace("2027-01-20", "'2027-01-20'"), "asked", "2027-01-21", "2027-01-20", id="quotes"
            ),
            pytest.param(BRACES + ", choice: ask} # ask\n", "choice", "skip", "ask", id="word_in_braces"),
            pytest.param(
                ROW + "  meeting: # when?\n    2027-01-20\n", "meeting", "2027-01-21", "2027-01-20", id="below"
            ),
            pytest.param(ROW + "  ? contact\n  : daily\n", "contact", "weekly", "daily", id="question_mark_key"),
        ],
    )
    def test_replaces_what_is_there(self, text: str, event: str, value: str, gone: str) -> None:
        """The new value takes the place of the old one, which is told; quotes and comments stay."""
        edit = field(text, event).record(value, replace=True)
        assert (edit.gone, edit.after.written) == (
            gone,
            value.join(text.rsplit(gone, 1)) if event != "choice" else text.replace("choice: ask", "choice: skip"),
        )

    @pytest.mark.parametrize(
        ("letter", "event", "value", "reason"),
        [
            pytest.param(
                {"asked": "2027-01-27"},
                "agreed",
                "2027-01-26",
                "agreed 2027-01-26 is before asked 2027-01-27",
                id="a_step_before_an_earlier_one",
            ),
            pytest.param(
                {"uploaded": "2027-08-01"},
                "requested",
                "2027-08-02",
                "uploaded 2027-08-01 is before requested 2027-08-02",
                id="a_step_behind_a_later_one",
            ),
            pytest.param(
                {}, "packet", "2027-01-27", "packet needs asked: nobody was asked yet", id="packet_too_early"
            ),
            pytest.param(
                {}, "thanked", "2027-01-27", "thanked needs asked: nobody was asked yet", id="thanks_too_early"
            ),
            pytest.param(
                {}, "reminded", "2027-01-27", "reminded needs asked: nobody was asked yet", id="reminder_too_early"
            ),
            pytest.param(
                {"asked": "2027-01-27"},
                "reminded",
                "2027-01-26",
                "reminded 2027-01-26 is before asked 2027-01-27",
                id="reminder_before_the_asking",
            ),
            pytest.param(
                {"asked": "2027-01-27", "packet": "2027-01-28", "thanked": "2027-01-29"},
                "asked",
                "2027-01-30",
                "packet 2027-01-28 is before asked 2027-01-30; thanked 2027-01-29 is before asked 2027-01-30",
                id="two_reasons",
            ),
            pytest.param(
                {"uploaded": "2027-08-01"},
                "declined",
                "2027-08-02",
                "declined cannot stand beside uploaded or assigned",
                id="declined_though_uploaded",
            ),
            pytest.param(
                {"declined": "2027-01-28"},
                "assigned",
                "2027-08-02",
                "declined cannot stand beside uploaded or assigned",
                id="assigned_though_declined",
            ),
        ],
    )
    @pytest.mark.parametrize("in_lines", [True, False], ids=["lines", "braces"])
    def test_is_refused_where_events_cannot_be_so(
        self, letter: dict[str, str], event: str, value: str, reason: str, *, in_lines: bool
    ) -> None:
        """An event that the others contradict is not recorded, and the reason is the plan file's own."""
        lines = "".join(f"\n    {name}: {day}" for name, day in letter.items())
        braces = ", ".join(f"{name}: {day}" for name, day in letter.items())
        text = f"{ROW}  letter:{lines}\n" if in_lines else f"{BRACES}, letter: {{{braces}}}}}\n"
        assert refusal(text, event, value, replace=True) == f'"chen" cannot be marked so: {reason}'

    def test_is_refused_where_the_file_would_be_too_large(self) -> None:
        """A file that is as large as one may be stays as it is."""
        text = ROW + "#" * (MAX_BYTES - len(ROW))
        assert refusal(text, "choice", "ask") == (
            '"chen" cannot be marked so: larger than 16 MiB: not a plan file'
        )


class TestReminders:
    @pytest.mark.parametrize(
        ("reminded", "after"),
        [
            pytest.param("reminded: [2027-02-01]", "reminded: [2027-02-01, 2027-02-03]", id="brackets"),
            pytest.param("reminded: []", "reminded: [2027-02-03]", id="empty_brackets"),
            pytest.param("reminded:", "reminded: [2027-02-03]", id="nothing"),
            pytest.param("reminded: ~ # ?", "reminded: [2027-02-03] # ?", id="a_tilde"),
            pytest.param(
                "reminded:\n      - 2027-02-01 # by phone",
                "reminded:\n      - 2027-02-01 # by phone\n      - 2027-02-03",
                id="dashes",
            ),
            pytest.param(
                "reminded:\n    - 2027-02-01",
                "reminded:\n    - 2027-02-01\n    - 2027-02-03",
                id="dashes_at_the_left",
            ),
            pytest.param(
                "reminded: [2027-02-01, # by phone\n      ]",
                "reminded: [2027-02-01, 2027-02-03, # by phone\n      ]",
                id="brackets_with_a_comment",
            ),
        ],
    )
    def test_grow_by_one(self, reminded: str, after: str) -> None:
        """One more reminder is written behind the others, and none is replaced."""
        text = f"{ASKED}    {reminded}\n    thanked: 2027-08-03\n"
        edit = field(text, "reminded").record("2027-02-03", replace=False)
        assert edit.after.written == f"{ASKED}    {after}\n    thanked: 2027-08-03\n"
        assert edit.gone is None

    @pytest.mark.parametrize(
        ("value", "after", "gone"),
        [
            pytest.param(None, "[2027-02-01, 2027-02-02]", "2027-02-03", id="the_latest"),
            pytest.param("2027-02-03", "[2027-02-01, 2027-02-02]", "2027-02-03", id="one_in_the_middle"),
            pytest.param("2027-02-01", "[2027-02-03, 2027-02-02]", "2027-02-01", id="the_first"),
            pytest.param("2027-02-02", "[2027-02-01, 2027-02-03]", "2027-02-02", id="the_last"),
        ],
    )
    def test_are_taken_back_one_by_one(self, value: str | None, after: str, gone: str) -> None:
        """The one of the day given goes, else the latest, wherever it stands."""
        text = ASKED + "    reminded: [2027-02-01, 2027-02-03, 2027-02-02]\n"
        edit = field(text, "reminded").take_back(value)
        assert (edit.gone, edit.after.written) == (gone, f"{ASKED}    reminded: {after}\n")

    def test_of_one_day_twice_are_taken_back_once(self) -> None:
        """Two reminders of one day are two."""
        text = ASKED + "    reminded: [2027-02-01, 2027-02-01]\n"
        assert taken_back(text, "reminded") == ASKED + "    reminded: [2027-02-01]\n"

    @pytest.mark.parametrize(
        "reminded",
        [
            pytest.param("    reminded: [2027-02-01]\n", id="brackets"),
            pytest.param("    reminded:\n      - 2027-02-01\n", id="dashes"),
            pytest.param("    reminded:\n    - '2027-02-01'\n", id="dashes_at_the_left"),
        ],
    )
    def test_leave_no_empty_list(self, reminded: str) -> None:
        """With the only reminder its key goes."""
        assert taken_back(ASKED + reminded, "reminded") == ASKED


class TestTakeBack:
    @pytest.mark.parametrize("event", [event for event in EVENTS if event != "reminded"])
    @pytest.mark.parametrize("given_too", [True, False], ids=["with_its_value", "without"])
    def test_undoes_a_record(self, event: str, *, given_too: bool) -> None:
        """Every event can be taken back, alone or with the value that it has."""
        text = ASKED if event in {"packet", "thanked"} else ROW
        value = WORDS.get(event, ("2027-01-27",))[0]
        edit = field(recorded(text, event, value), event).take_back(value if given_too else None)
        assert (edit.after.written, edit.gone, edit.number, edit.changed) == (text, value, 0, True)

    @pytest.mark.parametrize(
        ("text", "event", "after"),
        [
            pytest.param(
                ASKED.replace("20\n", "20 # why\n"), "asked", ROW + "  # why\n", id="a_comment_beside_it"
            ),
            pytest.param(
                ROW + "  letter: # hers\n    asked: 2027-01-20\n",
                "asked",
                ROW + "  letter: # hers\n",
                id="in_its_owner",
            ),
            pytest.param(
                ROW + "  letter:\n    # in person\n    asked: 2027-01-20\n",
                "asked",
                ROW + "  letter:\n    # in person\n",
                id="above_it",
            ),
            pytest.param(
                BRACES + ", choice: ask, # sure\n  id: chen}\n",
                "choice",
                BRACES + ", # sure\n  id: chen}\n",
                id="behind_its_comma",
            ),
            pytest.param(
                "- choice: ask # sure\n  " + ROW[2:], "choice", "- # sure\n  " + ROW[2:], id="beside_a_first_key"
            ),
        ],
    )
    def test_leaves_comments(self, text: str, event: str, after: str) -> None:
        """A comment never goes with a record."""
        assert taken_back(text, event) == after

    @pytest.mark.parametrize(
        ("text", "event", "after"),
        [
            pytest.param("- choice: ask\n  " + ROW[2:], "choice", ROW, id="first_key"),
            pytest.param(
                "- letter:\n    asked: 2027-01-20\n  " + ROW[2:], "asked", ROW, id="first_key_with_its_owner"
            ),
            pytest.param(ROW + "  choice: ask", "choice", ROW.removesuffix("\n"), id="last_without_a_line_end"),
            pytest.param(BRACES + ", choice: ask}", "choice", BRACES + "}", id="last_in_braces"),
            pytest.param("- {choice: ask, " + BRACES[3:] + "}", "choice", BRACES + "}", id="first_in_braces"),
            pytest.param(BRACES + ", letter: {asked: 2027-01-20}}", "asked", BRACES + "}", id="with_its_braces"),
            pytest.param(ROW + "  contact: >-\n    daily\n\n", "contact", ROW + "\n", id="block_of_text"),
        ],
    )
    def test_takes_what_belongs_to_the_record(self, text: str, event: str, after: str) -> None:
        """Line, comma and an owner with nothing else in it go with the record, and no more."""
        assert taken_back(text, event) == after

    @pytest.mark.parametrize(
        ("text", "event", "value", "message"),
        [
            pytest.param(ROW, "asked", None, "asked is not recorded", id="no_letter"),
            pytest.param(ROW + "  letter:\n", "asked", None, "asked is not recorded", id="empty_letter"),
            pytest.param(
                ASKED + "    agreed:\n", "agreed", None, "agreed is not recorded", id="nothing_behind_it"
            ),
            pytest.param(ROW, "choice", None, "choice is not recorded", id="no_word"),
            pytest.param(
                ASKED + "    reminded: []\n", "reminded", None, "reminded is not recorded", id="no_reminder"
            ),
            pytest.param(ASKED, "asked", "2027-01-21", "asked 2027-01-21 is not recorded", id="another_day"),
            pytest.param(
                ASKED + "    reminded: [2027-02-01]\n",
                "reminded",
                "2027-02-02",
                "reminded 2027-02-02 is not recorded",
                id="another_reminder",
            ),
        ],
    )
    def test_needs_a_record(self, text: str, event: str, value: str | None, message: str) -> None:
        """What is not there cannot be taken back, and nothing else is taken in its place."""
        with pytest.raises(UsageError) as refused:
            taken_back(text, event, value)
        assert str(refused.value) == f"{message}: there is nothing to take back"

    @pytest.mark.parametrize("event", ["packet", "thanked", "reminded"])
    def test_is_refused_where_others_rest_on_it(self, event: str) -> None:
        """Nobody is thanked or reminded who was not asked."""
        text = recorded(ASKED, event, "2027-02-01")
        with pytest.raises(UsageError) as refused:
            taken_back(text, "asked")
        assert str(refused.value) == f'"chen" cannot be marked so: {event} needs asked: nobody was asked yet'


class TestUnsafePlaces:
    @pytest.mark.parametrize(
        ("text", "event"),
        [
            pytest.param(ROW + "  choice: # sure?\n    «ask\n", "choice", id="comment_before_the_value"),
            pytest.param(
                ROW + "  letter:\n    asked: # c\n      «2027-01-20\n", "asked", id="comment_before_the_day"
            ),
            pytest.param(BRACES + ", choice: # c\n    «ask}\n", "choice", id="comment_before_the_value_in_braces"),
            pytest.param(
                BRACES + ", # c\n  choice: «ask # d\n  , id: chen}\n", "choice", id="key_between_two_comments"
            ),
            pytest.param(
                ASKED + "    reminded: [«2027-02-01 # c\n      , 2027-02-02]\n", "reminded", id="reminder"
            ),
            pytest.param(
                ROW + "  notes: |\n    x\n  choice: «ask", "choice", id="last_line_without_end_behind_a_block"
            ),
            pytest.param(
                ROW + "  notes: |+\n    x\n  choice: «ask\n\n  id: chen\n",
                "choice",
                id="blank_line_a_block_would_keep",
            ),
            pytest.param(
                ROW + "  notes: |\n    x\n  choice: «ask\n    # sure\n", "choice", id="comment_a_block_would_take"
            ),
            pytest.param(ROW + "  ? choice\n  : «ask\n  id: chen\n", "choice", id="question_mark_key"),
            pytest.param(
                ROW + "  ? choice\n  : «ask\n",
                "choice",
                id="question_mark_key_at_the_end",
            ),
            pytest.param(
                "- {choice: «ask # c\n  , " + BRACES[3:] + "}\n",
                "choice",
                id="first_key_with_a_comment_before_its_comma",
            ),
            pytest.param(
                ASKED + "    reminded:\n      «- # by e-mail\n        2027-02-01\n      - 2027-01-31\n",
                "reminded",
                id="dash_in_a_comment_behind_the_dash",
            ),
        ],
    )
    def test_are_refused_where_a_record_cannot_go(self, text: str, event: str) -> None:
        """A record that cannot go without a comment, or without harm to what is around it, stays."""
        value = "2027-02-01" if event == "reminded" else None
        with pytest.raises(PlanFileError) as refused:
            taken_back(text.replace(HERE, ""), event, value)
        where = place_of_mark(text)
        if event == "reminded":  # the list is pointed at, not its item
            where = place_of_mark(text.replace(f"[{HERE}", f"{HERE}["))
        assert str(refused.value) == f'<text>:{where}: rotation "chen": {event} {UNSAFE}'

    @pytest.mark.parametrize(
        ("text", "event", "value"),
        [
            pytest.param(BRACES + ", choice}\n", "choice", "ask", id="key_without_a_colon_in_braces"),
            pytest.param(ROW + "  ? choice\n  ? contact\n", "choice", "ask", id="question_mark_key"),
            pytest.param(ROW + "  ? choice\n", "choice", "ask", id="question_mark_key_at_the_end"),
            pytest.param(
                ROW + "  hospital: >-\n    Mercy\n    \u3000\n",
                "choice",
                "ask",
                id="wide_space_at_the_end_of_a_block",
            ),
            pytest.param(ROW + "  letter:\n    ? asked\n", "asked", "2027-01-27", id="question_mark_key_inside"),
            pytest.param(
                ROW + "  choice: >- # sure?\n    ask\n",
                "choice",
                "skip",
                id="comment_at_the_start_of_a_block_of_text",
            ),
        ],
    )
    def test_are_refused_where_a_record_cannot_stand(self, text: str, event: str, value: str) -> None:
        """Where the value would become part of something else, or a comment would be lost, nothing is written."""
        with pytest.raises(PlanFileError) as refused:
            recorded(text, event, value, replace=True)
        [problem] = refused.value.problems
        assert (problem.rotation, problem.message) == ("chen", f"{event} {UNSAFE}")
        assert problem.line is not None
        assert problem.column is not None

    def test_are_told_with_the_name_of_the_file(self) -> None:
        """The refusal is a place to jump to."""
        text = ROW + "  choice: # sure?\n    ask\n"
        with pytest.raises(PlanFileError) as refused:
            Field(parse(text, "mine.yaml"), 0, "choice").take_back(None)
        assert str(refused.value) == f'mine.yaml:6:5: rotation "chen": choice {UNSAFE}'


# --- any file in any style --------------------------------------------------------------------------------

REMARKS = (
    "plain words",
    'it\'s "here": no',
    "a # b ## c",
    "{not: a, mapping}",
    "- [dash-dash]",
    "asked: 2027-01-01",
    "陳 😀 e\u0301",
    "? | > & * ! % @ `",
    "'",
    '"',
)
NOTES = (
    "Called the office: ask again.",
    "Two lines,\nand # no comment.\n",
    "  indented: 'text'\n\n- not a list\n",
    "Blank lines at the end.\n\n\n",
    "asked: 2027-01-01\n",
    "\ttab, 😀 and e\u0301",
)
PLAIN = re.compile(r"[^\W_](?:[\w .@/-]*\w)?")
"""Texts that need no quotes in any style."""

SPACE = re.compile(r"(?<=\S) (?=\S)")
"""A space at which a text can be broken into two lines."""

TRUE, FALSE = ("true", "yes", "On"), ("false", "NO", "off")
T = TypeVar("T")
Tree = Any
"""A plan file as plain dicts, lists and texts."""


class Writer:
    """Writes one plan file in a style of its own; `comments` are those that it wrote, in order.

    `usual` leaves out what can be written but hardly ever is: keys with a question mark or without a colon, and
    comments between a key and its value or before a comma. `for_python` leaves out what only the parser in C
    reads: tabs, and nothing before a comma.
    """

    def __init__(self, seed: int, *, usual: bool = True, for_python: bool = False) -> None:
        """Choose a style."""
        self.random = Random(seed)  # noqa: S311 - for styles, not for secrets
        self.usual, self.for_python = usual, for_python
        self.comments: list[str] = []
        self.greedy = False  # whether a block of text could take for its own what would come below it
        self.block = ""  # the sign for the line ends of the block of text that was just written, if there is one
        self.open_end = True  # whether the last line may do without a line end
        self.step = self.one_of(1, 2, 2, 2, 3, 4)
        self.eol = self.one_of("\n", "\n", "\r\n", "\r", "both")
        self.share_of_flow = self.one_of(0, 0, 0.2, 0.6, 1)
        self.share_of_comments = self.one_of(0, 0.05, 0.2)
        self.share_of_quotes = self.one_of(0, 0.2, 0.8)
        self.share_of_breaks = self.one_of(0, 0.05, 0.3)
        self.at_the_left = self.one_of(0, 0.5, 1)

    def one_of(self, *values: T) -> T:
        """Choose a value."""
        return self.random.choice(values)

    def likes(self, share: float) -> bool:
        """Say yes now and then."""
        return self.random.random() < share

    # --- between the values ---

    def comment(self) -> str:
        """Write a comment, which can be told from all others."""
        self.comments.append(f"#{self.one_of('', ' ')}{len(self.comments)}: {self.one_of(*REMARKS)}")
        return self.comments[-1]

    def rest_of_line(self, *, tab: bool = True) -> str:
        """End a line, perhaps with a comment, and that behind a tab where there may be one."""
        self.block = ""
        if self.likes(self.share_of_comments):
            return self.one_of(" ", "   ", "\t" if tab and not self.for_python else " ") + self.comment() + "\n"
        return self.one_of("", "", "", "", "  ") + "\n"

    def lines_between(self, column: int) -> str:
        """Write blank lines and comments, where a block of text before does not take them for its own."""
        written = ""
        while self.likes(max(0.1, self.share_of_comments)):
            if self.likes(self.share_of_comments):
                deeper = () if self.block else (column + 2, column + 5)
                indent = self.one_of(0, column, column, *deeper)
                self.greedy = self.greedy or indent > column
                written += " " * indent + self.comment() + "\n"
                self.block = ""
            elif self.block != "+":
                written += self.one_of("\n", "\n", "  \n" if not self.block else "\n")
        return written

    def break_or(self, otherwise: str, column: int) -> str:
        """Go to the next line in braces, perhaps behind a comment, or write something else."""
        if not self.likes(self.share_of_breaks):
            return otherwise
        remark = " " + self.comment() if self.likes(self.share_of_comments) else ""
        return f"{remark}\n" + " " * (column + self.step)

    # --- values ---

    def words(self, value: object, column: int, *, flow: bool) -> str:
        """Write a single value, in quotes where it needs them or the style likes them."""
        if value is None:
            return self.one_of("~", "null", "~" if flow and self.for_python else "")
        if isinstance(value, bool):
            value = self.one_of(*(TRUE if value else FALSE))
        text = str(value)
        if not flow and text and self.likes(0.05 if "\n" not in text else 0.8):
            return self.block_of_text(text, column)
        written = [json.dumps(text, ensure_ascii=max(text) < "\uffff" and self.likes(0.3))]
        if "\n" not in text and "\t" not in text:
            written.append("'" + text.replace("'", "''") + "'")
        if PLAIN.fullmatch(text) and not self.likes(self.share_of_quotes):
            written = [text]
        return self.over_lines(self.one_of(*written), column)

    def over_lines(self, text: str, column: int) -> str:
        """Break a text at one of its spaces, now and then."""
        if self.likes(self.share_of_breaks):
            return SPACE.sub("\n" + " " * (column + self.step), text, count=1)
        return text

    def block_of_text(self, text: str, column: int) -> str:
        """Write a text as lines under a sign, without the end of the last one."""
        body = text.rstrip("\n")
        ends = len(text) - len(body)
        indent = self.one_of(1, 2, 2, 4)
        keep = "-" if not ends else "+" if ends > 1 else self.one_of("", "", "+")
        sign = "|" if "\n" in text or body[0] in " \t" else self.one_of("|", ">")
        count = str(indent) if body[0] in " \t" or self.likes(0.1) else ""
        remark = " " + self.comment() if not self.usual and self.likes(self.share_of_comments) else ""
        if sign == ">":
            body = SPACE.sub("\n", body, count=self.one_of(0, 1) or -1) if self.likes(0.5) else body
        lines = "".join("\n" + (" " * (column + indent) + line if line else "") for line in body.split("\n"))
        self.block = keep or "text"
        self.greedy = self.greedy or keep == "+"
        self.open_end = self.open_end and keep == "-"
        return sign + self.one_of(count + keep, keep + count) + remark + lines + "\n" * max(0, ends - 1)

    def flow(self, value: Tree, column: int) -> str:
        """Write a value in braces and brackets."""
        if not isinstance(value, (dict, list)):
            return self.words(value, column, flow=True)
        opened, closed = "{}" if isinstance(value, dict) else "[]"
        parts = [self.break_or(self.one_of("", " "), column)]
        for number, item in enumerate(value):
            if number:
                parts += [self.before_comma(column), ",", self.break_or(self.one_of(" ", " ", ""), column)]
            parts.append(
                self.flow_entry(item, value[item], column) if isinstance(value, dict) else self.flow(item, column)
            )
        if value and self.likes(0.2):
            parts += [self.before_comma(column), ","]
        return opened + "".join(parts) + self.break_or(self.one_of("", " "), column) + closed

    def before_comma(self, column: int) -> str:
        """Write nothing, or where strange things are wanted a comment."""
        return "" if self.usual else self.break_or("", column)

    def flow_entry(self, key: str, value: Tree, column: int) -> str:
        """Write a key and a value in braces."""
        if not self.usual and value is None and self.likes(0.5):
            return key
        name = self.key(key)
        if not self.usual and self.likes(0.15):
            name = f"? {name} "
        colon = ":" if name[0] in "'\"" and value is not None and self.likes(0.3) else ": "
        between = "" if self.usual else self.break_or("", column)
        return name + colon + between + self.flow(value, column)

    def key(self, key: str) -> str:
        """Write a key, seldom in quotes."""
        quote = self.one_of("'", '"') if self.likes(self.share_of_quotes / 8) else ""
        return quote + key + quote

    # --- lines ---

    def value(self, value: Tree, column: int, *, behind_key: bool = True) -> str:
        """Write what stands behind a colon or a dash, up to the end of the line; a tab behind a key only."""
        if isinstance(value, (dict, list)):
            gap = "\n" + " " * (column + self.step) if self.likes(self.share_of_breaks / 4) else " "
            return gap + self.flow(value, column) + self.rest_of_line()
        text = self.words(value, column, flow=False)
        if text[:1] in ("|", ">"):
            return " " + text + "\n"
        gap = self.one_of(" ", " ", " ", "   ", "\t" if behind_key and not self.for_python else "  ")
        if text and self.likes(self.share_of_breaks / 4):
            gap = ("\n" if self.usual else self.rest_of_line(tab=behind_key)) + " " * (column + self.step)
        return (gap + text if text else "") + self.rest_of_line(tab=behind_key or bool(text))

    def in_lines(self, value: Tree) -> bool:
        """Choose lines or braces; what is empty has no lines."""
        return isinstance(value, (dict, list)) and bool(value) and not self.likes(self.share_of_flow)

    def entry(self, key: str, value: Tree, column: int) -> str:
        """Write a key and its value in lines; the first one without its indentation."""
        strange = not self.usual and self.likes(0.15)
        name = f"? {self.key(key)}{self.rest_of_line()}{' ' * column}:" if strange else f"{self.key(key)}:"
        if not self.in_lines(value):
            return name + self.value(value, column, behind_key=not strange)
        head = name + self.rest_of_line(tab=not strange)
        if isinstance(value, dict):
            return head + self.mapping(value, column + self.step)
        return head + self.list(value, column + (0 if self.likes(self.at_the_left) else self.step))

    def mapping(self, value: dict[str, Tree], column: int, *, behind_dash: bool = False) -> str:
        """Write a mapping in lines."""
        parts = []
        for number, key in enumerate(value):
            if number or not behind_dash:
                parts.append(self.lines_between(column) + " " * column)
            parts.append(self.entry(key, value[key], column))
        return "".join(parts)

    def list(self, items: list[Tree], column: int) -> str:
        """Write a list in lines."""
        parts = []
        for item in items:
            parts.append(self.lines_between(column) + " " * column + "-")
            if not self.in_lines(item):
                parts.append(self.value(item, column, behind_key=False))
            elif self.likes(0.1):
                parts.append(self.rest_of_line(tab=False) + self.mapping(item, column + self.step))
            else:
                gap = self.one_of(1, 1, 1, 3)
                parts.append(" " * gap + self.mapping(item, column + 1 + gap, behind_dash=True))
        return "".join(parts)

    def file(self, data: Tree) -> str:
        """Write a whole file."""
        head = self.lines_between(0)
        if self.likes(0.1):
            head += "---" + self.rest_of_line()
        column = self.one_of(0, 0, 0, 0, 2)
        if not self.in_lines(data):
            body = self.flow(data, 0) + self.rest_of_line()
        elif isinstance(data, list):
            body = self.list(data, column)
        else:
            body = self.mapping(data, column)
        body += self.lines_between(0)
        if self.likes(0.05):
            body += "..." + self.rest_of_line()
        text = head + body
        if self.open_end and self.likes(0.3):
            text = text.rstrip("\n")
        ends = ("\n", "\r\n") if self.eol == "both" else (self.eol,)
        return self.one_of("", "", "", "\ufeff") + re.sub("\n", lambda _: self.one_of(*ends), text)


@st.composite
def written_plans(draw: st.DrawFn) -> Tree:
    """Draw what a plan file says: a few rotations, with notes, in any order of keys."""
    begin = date(draw(st.integers(2025, 2029)), 1, 1)
    usual = draw(traits())
    drawn = draw(st.lists(rotations(begin, usual), min_size=1, max_size=3))
    rows = [row | draw(st.sampled_from([{}, {}, *({"notes": text} for text in NOTES)])) for row, _ in drawn]
    if draw(st.booleans()):
        return rows
    about = {"season": st.just(begin.year + 1), "targets": targets(), "name": st.just('Amina: "A." O\'Hara #1')}
    return draw(mapping({"applicant": mapping(about), "policy": st.just({})}, {"rotations": st.just(rows)}))


def shuffled(data: Tree, random: Random) -> Tree:
    """Give the same data with its keys in another order."""
    if isinstance(data, list):
        return [shuffled(item, random) for item in data]
    if not isinstance(data, dict):
        return data
    keys = list(data)
    random.shuffle(keys)
    return {key: shuffled(data[key], random) for key in keys}


def without_nothing(data: Tree) -> Tree:
    """Leave out what counts as left out."""
    if isinstance(data, list):
        return [without_nothing(item) for item in data]
    if not isinstance(data, dict):
        return data
    inner = {key: without_nothing(item) for key, item in data.items()}
    return {key: item for key, item in inner.items() if item not in (None, {}, [])}


def row_of(data: Tree, number: int) -> dict[str, Tree]:
    """Take a rotation out of a file's data."""
    rows = data if isinstance(data, list) else data["rotations"]
    row = rows[number]
    assert isinstance(row, dict)
    return row


def owner_of(row: dict[str, Tree], event: str) -> dict[str, Tree]:
    """Give the mapping of a rotation in which an event stands, or would stand."""
    return row.get("letter") or {} if event in LETTER_EVENTS else row


def values_in(data: Tree, number: int, event: str) -> list[str]:
    """List what a file says of an event."""
    found = owner_of(row_of(data, number), event).get(event)
    return [] if found is None else found if isinstance(found, list) else [found]


def with_values(data: Tree, number: int, event: str, values: list[str]) -> Tree:
    """Give a file's data with an event changed, without what counts as left out."""
    data = deepcopy(data)
    row = row_of(data, number)
    if event in LETTER_EVENTS:
        row["letter"] = dict(row.get("letter") or {})
        row = row["letter"]
    row[event] = values if event == "reminded" else next(iter(values), None)
    return without_nothing(data)


def is_right(data: Tree) -> bool:
    """Say whether data make a plan file."""
    try:
        PlanFile.model_validate(data)
    except ValidationError:
        return False
    return True


class Region(NamedTuple):
    """Where two texts differ: what stood there before, and what stands there now."""

    gone: str
    new: str


def length_in_common(one: str, other: str) -> int:
    """Count the characters with which two texts begin alike."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))


def difference(before: str, after: str) -> Region:
    """Give the one region outside of which two texts are the same."""
    start = length_in_common(before, after)
    rest, new_rest = before[start:], after[start:]
    same = length_in_common(rest[::-1], new_rest[::-1])
    return Region(rest[: len(rest) - same], new_rest[: len(new_rest) - same])


def line_ends(text: str) -> list[str]:
    """List the line ends of a text."""
    return re.findall("\r\n|\n|\r", text)


def comments_in(text: str, comments: list[str]) -> list[str]:
    """List those comments that a text has at the end of a line, one after the other."""
    found, at = [], 0
    for comment in comments:
        match = re.compile(re.escape(comment) + r"(?=[\r\n]|\Z)").search(text, at)
        if match:
            found.append(comment)
            at = match.end()
    return found


class Attempt(NamedTuple):
    """A file as written, and one thing to do with it."""

    parsed: Parsed
    writer: Writer
    number: int
    event: str

    @property
    def field(self) -> Field:
        """The record in question."""
        return Field(self.parsed, self.number, self.event)

    @property
    def data(self) -> Tree:
        """What the file says."""
        return plain(self.parsed.root)

    @property
    def was(self) -> list[str]:
        """What the file says of the event."""
        return values_in(self.data, self.number, self.event)

    def record(self, value: str, *, replace: bool) -> None:
        """Record a value, and take it back again."""
        needs_word = bool(self.was) and self.event != "reminded" and not replace
        wanted = [*self.was, value] if self.event == "reminded" else [value]
        try:
            edit = self.field.record(value, replace=replace)
        except (UsageError, PlanFileError) as refused:
            assert value not in self.was
            self.assert_rightly_refused(refused, wanted, needs_word=needs_word)
            return
        if value in self.was:
            assert (edit.changed, edit.after.written) == (False, self.parsed.written)
            return
        assert not needs_word
        self.assert_changed(edit, wanted)
        region = difference(edit.before, edit.after.written)
        assert edit.gone == (self.was[0] if self.was and self.event != "reminded" else None)
        assert edit.gone or region.gone.strip() in {"", "~", "null"}
        again = Field(edit.after, self.number, self.event)
        assert not again.record(value, replace=False).changed
        if self.absent:
            assert region.gone == ""
            assert again.take_back(value).after.written == edit.before

    @property
    def absent(self) -> bool:
        """Whether the file has no key for the event, nor an empty mapping in which it would stand."""
        row = row_of(self.data, self.number)
        owner = owner_of(row, self.event)
        return self.event not in owner and (bool(owner) or "letter" not in row)

    def take_back(self, value: str | None) -> None:
        """Take a record back."""
        gone = value or max(self.was, default=None)
        wanted = list(self.was)
        if gone in wanted:
            wanted.remove(gone)
        try:
            edit = self.field.take_back(value)
        except (UsageError, PlanFileError) as refused:
            self.assert_rightly_refused(refused, wanted, needs_word=gone not in self.was)
            return
        assert (edit.gone, gone in self.was) == (gone, True)
        self.assert_changed(edit, wanted)
        assert difference(edit.before, edit.after.written).new == ""

    def assert_rightly_refused(self, refused: Exception, wanted: list[str], *, needs_word: bool) -> None:
        """Hold a refusal against the reasons there are."""
        wrong = not is_right(with_values(self.data, self.number, self.event, wanted))
        if isinstance(refused, PlanFileError):
            assert self.writer.greedy or not self.writer.usual, "what people usually write can be changed"
            assert all(problem.line and problem.column for problem in refused.problems)
        else:
            assert needs_word or wrong

    def assert_changed(self, edit: Edit, values: list[str]) -> None:
        """Hold a change against all that must not change."""
        before, after = edit.before, edit.after.written
        assert (before, edit.number) == (self.parsed.written, self.number)
        data = plain(parse(after).root)
        assert without_nothing(data) == with_values(self.data, self.number, self.event, values)
        assert is_right(without_nothing(data))
        assert comments_in(after, self.writer.comments) == self.writer.comments
        assert set(line_ends(after)) <= set(line_ends(before) or ["\n"])
        assert after.endswith(("\n", "\r")) == before.endswith(("\n", "\r"))


def values_near(row: dict[str, Tree], event: str) -> list[str]:
    """List values for an event: words, or days close to those that the rotation names."""
    if event in WORDS:
        return list(WORDS[event])
    days = re.findall(r"\d{4}-\d\d-\d\d", str([row.get("start"), row.get("end"), row.get("letter")]))
    moved = [date.fromisoformat(day) + timedelta(by) for day in days for by in (-1, 0, 1, 30)]
    return [day.isoformat() for day in moved]


def attempts(data: Tree, seed: int, count: int, *, usual: bool, for_python: bool = False) -> Iterator[Attempt]:
    """Write a file in some style, and choose events to change."""
    random = Random(seed)  # noqa: S311 - for choices, not for secrets
    writer = Writer(seed, usual=usual, for_python=for_python)
    parsed = parse(writer.file(shuffled(data, random) if random.random() < 0.5 else data))
    rows = len(parsed.plan_file.rotations)
    there = [(row, event) for row in range(rows) for event in EVENTS if values_in(plain(parsed.root), row, event)]
    for _ in range(count):
        number, event = random.randrange(rows), random.choice(EVENTS)
        if there and random.random() < 0.5:
            number, event = random.choice(there)
        yield Attempt(parsed, writer, number, event)


def assert_all_promises(data: Tree, seed: int, count: int, *, usual: bool, for_python: bool = False) -> None:
    """Try several records in a file and hold each against every promise."""
    random = Random(seed + 1)  # noqa: S311 - for choices, not for secrets
    for attempt in attempts(data, seed, count, usual=usual, for_python=for_python):
        if attempt.was and random.random() < 0.7:
            attempt.take_back(random.choice([None, *attempt.was, "2027-01-01"]))
        else:
            near = values_near(row_of(attempt.data, attempt.number), attempt.event)
            attempt.record(random.choice(near), replace=random.random() < 0.8)


SEEDS = st.integers(0, 2**32)
SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
EVERYDAY = settings(SETTINGS, max_examples=100)
SHORT = settings(SETTINGS, max_examples=50)
FEW = settings(SETTINGS, max_examples=25)
THOROUGH = settings(SETTINGS, max_examples=1000)


class TestAnyFile:
    @SHORT
    @given(data=written_plans(), seed=SEEDS, usual=st.booleans())
    def test_is_read_as_it_was_drawn(self, data: Tree, seed: int, *, usual: bool) -> None:
        """The files of these tests say what they should, in whatever style, and hold the comments they should."""
        writer = Writer(seed, usual=usual)
        parsed = parse(writer.file(data))
        assert parsed.plan_file == PlanFile.model_validate(without_nothing(data))
        assert comments_in(parsed.written, writer.comments) == writer.comments

    @EVERYDAY
    @given(written_plans(), SEEDS)
    def test_of_the_usual_ways_of_writing_changes_in_one_place_only(self, data: Tree, seed: int) -> None:
        """What people usually write can be changed: nothing but the record changes, and that back again."""
        assert_all_promises(data, seed, 4, usual=True)

    @FEW
    @given(written_plans(), SEEDS)
    def test_is_changed_so_without_the_parser_in_c(self, data: Tree, seed: int) -> None:
        """Whoever has no parser in C is promised the same."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(yamltext, "_LOADER", yaml.Loader)
            assert_all_promises(data, seed, 3, usual=True, for_python=True)

    @pytest.mark.thorough
    @THOROUGH
    @given(data=written_plans(), seed=SEEDS, usual=st.booleans())
    def test_is_changed_so_over_many_more(self, data: Tree, seed: int, *, usual: bool) -> None:
        """The same promises, over as many files as a coffee break allows."""
        assert_all_promises(data, seed, 8, usual=usual)

    @SHORT
    @given(written_plans(), SEEDS)
    def test_of_strange_ways_of_writing_changes_in_one_place_or_not_at_all(self, data: Tree, seed: int) -> None:
        """Where the text is beyond what can be changed safely, it is refused; nothing is ever changed wrongly."""
        assert_all_promises(data, seed, 4, usual=False)
