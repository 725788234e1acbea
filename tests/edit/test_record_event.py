"""Recording an event: its value, where it is written, what it replaces, and why it is refused."""

from __future__ import annotations

from datetime import date

import pytest

from edit.recording import ASKED, FLOW_ROW, ROW, record, refusal, remove
from lorplan.edit.record_event import RECORDABLE, normalize_value
from lorplan.errors import UsageError
from lorplan.planfile.reader import MAX_BYTES

WEDNESDAY = date(2027, 1, 27)
TARGETS = "applicant: {targets: [neurology, IM]}\n"
ROWS = "rotations:\n" + "".join(f"  {line}" for line in ROW.splitlines(keepends=True))

RECORDS = [
    pytest.param(ROW, "asked", "2027-01-27", "  letter:\n    asked: 2027-01-27\n", id="asked"),
    pytest.param(ASKED, "agreed", "2027-01-21", "    agreed: 2027-01-21\n", id="agreed"),
    pytest.param(ASKED, "packet", "2027-01-21", "    packet: 2027-01-21\n", id="packet"),
    pytest.param(ASKED, "requested", "2027-06-02", "    requested: 2027-06-02\n", id="requested"),
    pytest.param(ASKED, "reminded", "2027-02-03", "    reminded: [2027-02-03]\n", id="reminded"),
    pytest.param(ASKED, "uploaded", "2027-02-03", "    uploaded: 2027-02-03\n", id="uploaded"),
    pytest.param(ASKED, "thanked", "2027-02-03", "    thanked: 2027-02-03\n", id="thanked"),
    pytest.param(ASKED, "assigned", "2027-09-01", "    assigned: 2027-09-01\n", id="assigned"),
    pytest.param(ASKED, "declined", "2027-01-21", "    declined: 2027-01-21\n", id="declined"),
    pytest.param(ASKED, "sent", "2027-02-03", "    sent: 2027-02-03\n", id="sent"),
    pytest.param(
        ASKED + "    uploaded: 2027-01-25\n", "imported", "2027-06-25", "    imported: 2027-06-25\n", id="imported"
    ),
    pytest.param(ROW, "notice", "2027-01-05", "  notice: 2027-01-05\n", id="notice"),
    pytest.param(ROW, "feedback", "2027-01-15", "  feedback: 2027-01-15\n", id="feedback"),
    pytest.param(ROW, "standardized", "yes", "  standardized: yes\n", id="standardized"),
    pytest.param(TARGETS + ROWS, "for", "neurology", "    for: neurology\n", id="for_one_target"),
    pytest.param(TARGETS + ROWS, "for", "neurology, IM", "    for: [neurology, IM]\n", id="for_two_targets"),
    pytest.param(ROW, "offered", "2027-01-20", "  offered: 2027-01-20\n", id="offered"),
    pytest.param(ROW, "meeting", "2027-01-20", "  meeting: 2027-01-20\n", id="meeting"),
    pytest.param(ROW, "performance", "good", "  performance: good\n", id="performance"),
    pytest.param(ROW, "contact", "daily", "  contact: daily\n", id="contact"),
    pytest.param(ROW, "choice", "ask", "  choice: ask\n", id="choice"),
    pytest.param(ROW, "experience", "research", "  experience: research\n", id="experience"),
    pytest.param(ROW, "img_friendly", "yes", "  img_friendly: yes\n", id="img_friendly"),
    pytest.param(ROW, "residency_affiliated", "no", "  residency_affiliated: no\n", id="residency_affiliated"),
    pytest.param(ROW, "letterhead", "yes", "  letterhead: yes\n", id="letterhead"),
]
"""A text, an event with its value, and the lines that its record adds."""


class TestValue:
    """A value is written the way the file has it, or refused with what the event can have."""

    @pytest.mark.parametrize(
        ("event", "value", "written"),
        [
            pytest.param("reminded", "2028-02-29", "2028-02-29", id="leap_day"),
            pytest.param("meeting", "2100-12-31", "2100-12-31", id="last_possible_day"),
            pytest.param("performance", "Excellent", "excellent", id="word_with_a_capital"),
            pytest.param("contact", "DAILY", "daily", id="word_in_capitals"),
            pytest.param("choice", "skip", "skip", id="word"),
            pytest.param("asked", "fri", "2027-01-22", id="last_friday"),
            pytest.param("meeting", "fri", "2027-01-29", id="next_friday"),
            pytest.param("asked", "Jan 11 2027", "2027-01-11", id="month_in_letters"),
            pytest.param("letterhead", "No", "no", id="flag_with_a_capital"),
            pytest.param("letterhead", "true", "true", id="another_word_for_yes"),
            pytest.param("email", " o'neil@example.org ", "o'neil@example.org", id="address_with_spaces_around"),
            pytest.param("for", " IM ,neurology,", "IM, neurology", id="names"),
        ],
    )
    def test_value_of_an_event_is_written_as_the_file_has_it(self, event: str, value: str, written: str) -> None:
        """Dates stay as they are, and words become lower case."""
        assert normalize_value(event, value, WEDNESDAY) == written

    @pytest.mark.parametrize(
        ("event", "value", "message"),
        [
            pytest.param(
                "asked",
                "27.01.2027",
                'asked: "27.01.2027" is not a date\nwrite YYYY-MM-DD, such as 2027-01-27',
                id="date_in_another_form",
            ),
            pytest.param(
                "thanked",
                "2027-02-29",
                "thanked: 2027-02-29 does not exist\nFebruary 2027 has 28 days",
                id="date_that_does_not_exist",
            ),
            pytest.param(
                "meeting",
                "1927-01-27",
                "meeting: 1927-01-27 is out of range\ndates go from 1990-01-01 to 2100-12-31",
                id="date_out_of_range",
            ),
            pytest.param(
                "offered", "", 'offered: "" is not a date\nwrite YYYY-MM-DD, such as 2027-01-29', id="no_date"
            ),
            pytest.param(
                "asked",
                "2027-01-27 # yes",
                'asked: "2027-01-27 # yes" is not a date\nwrite YYYY-MM-DD, such as 2027-01-29',
                id="date_with_a_comment",
            ),
            pytest.param(
                "performance",
                "great",
                'performance: "great" is not known\nwrite excellent, good, fair or poor',
                id="unknown_word",
            ),
            pytest.param(
                "contact",
                "2027-01-27",
                'contact: "2027-01-27" is not known\nwrite daily, weekly or rarely',
                id="date_as_word",
            ),
            pytest.param(
                "contact", "Weekli", 'contact: "Weekli" is not known\ndid you mean weekly?', id="misspelled_word"
            ),
            pytest.param("choice", "", 'choice: "" is not known\nwrite ask or skip', id="no_word"),
            pytest.param(
                "img_friendly", "maybe", 'img_friendly: "maybe" is not known\nwrite yes or no', id="neither_yes_nor_no"
            ),
            pytest.param(
                "email",
                "ann",
                'email: "ann" is not an e-mail address\nwrite one such as ann@example.org',
                id="no_address",
            ),
        ],
    )
    def test_wrong_value_of_an_event_is_refused_with_the_right_form(self, event: str, value: str, message: str) -> None:
        """The message names the event and what it can have."""
        with pytest.raises(UsageError) as refused:
            normalize_value(event, value, WEDNESDAY)
        assert f"{refused.value}\n{refused.value.way_out}" == message


class TestRecord:
    """An event is recorded where it belongs, and nothing else in the text changes."""

    @pytest.mark.parametrize(("text", "event", "value", "new_lines"), RECORDS)
    def test_event_is_written_where_it_belongs_and_removed_again(
        self, text: str, event: str, value: str, new_lines: str
    ) -> None:
        """An event of the letter is written under `letter`, others in the rotation; its removal restores the text."""
        edit = record(text, event, value)
        assert (edit.before, edit.after.text) == (text, text + new_lines)
        assert (edit.place, edit.replaced, edit.has_changes) == (0, None, True)
        for given in (None, value):
            undone = remove(edit.after.text, event, given)
            assert (undone.after.text, undone.replaced, undone.place, undone.has_changes) == (text, value, 0, True)

    def test_every_recordable_event_is_among_the_records_above(self) -> None:
        """The test above covers every event that can be recorded."""
        assert {str(case.values[1]) for case in RECORDS} | {"email"} == set(RECORDABLE)

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
                ASKED + "    uploaded: 2027-08-01\n",
                "agreed",
                "2027-01-27",
                ASKED + "    agreed: 2027-01-27\n    uploaded: 2027-08-01\n",
                id="stages_in_their_order",
            ),
            pytest.param(
                ROW + "  letter:\n    uploaded: 2027-08-01\n",
                "asked",
                "2027-01-27",
                ROW + "  letter:\n    uploaded: 2027-08-01\n    asked: 2027-01-27\n",
                id="after_all_if_there_is_no_earlier_stage",
            ),
            pytest.param(
                ROW + "  letter: # nothing yet\n  id: chen\n",
                "asked",
                "2027-01-27",
                ROW + "  letter: # nothing yet\n    asked: 2027-01-27\n  id: chen\n",
                id="under_an_empty_letter",
            ),
            pytest.param(
                ROW + "  letter: {}",
                "asked",
                "2027-01-27",
                ROW + "  letter: {asked: 2027-01-27}",
                id="in_an_empty_flow_mapping",
            ),
            pytest.param(ROW + "  letter: ~", "asked", "2027-01-27", ROW + "  letter: {asked: 2027-01-27}", id="tilde"),
            pytest.param(
                FLOW_ROW + ", id: chen}",
                "asked",
                "2027-01-27",
                FLOW_ROW + ", letter: {asked: 2027-01-27}, id: chen}",
                id="in_flow_style",
            ),
            pytest.param(
                ROW.replace("\n", "\r\n"),
                "performance",
                "good",
                ROW.replace("\n", "\r\n") + "  performance: good\r\n",
                id="crlf",
            ),
            pytest.param(
                ROW.removesuffix("\n"),
                "performance",
                "good",
                ROW + "  performance: good",
                id="without_a_final_line_end",
            ),
            pytest.param(
                ROW + "  performance: # how?\n",
                "performance",
                "good",
                ROW + "  performance: good # how?\n",
                id="key_without_a_value",
            ),
            pytest.param(
                ROW.replace("Wei Chen", "陳 😀"),
                "contact",
                "daily",
                ROW.replace("Wei Chen", "陳 😀") + "  contact: daily\n",
                id="after_an_astral_character",
            ),
        ],
    )
    def test_record_follows_the_style_of_the_file(self, text: str, event: str, value: str, after: str) -> None:
        """New text has the style, line ends and key order of the text around it."""
        assert record(text, event, value).after.text == after

    def test_record_after_a_byte_order_mark_is_in_the_right_place(self) -> None:
        """A byte order mark is not part of the text, and shifts nothing."""
        edit = record("\ufeff" + ROW, "choice", "ask")
        assert (edit.before, edit.after.text) == (ROW, ROW + "  choice: ask\n")

    @pytest.mark.parametrize("head", ["", "applicant: {season: 2028}\nrotations:\n"], ids=["list", "mapping"])
    def test_record_changes_only_the_given_rotation(self, head: str) -> None:
        """One of several rotations is changed, in a bare list and in a whole file."""
        rows = [ROW.replace("Wei Chen", name) for name in ("Ann", "Bo", "Cy")]
        edit = record(head + "".join(rows), "choice", "skip", rotation=1)
        assert edit.after.text == head + rows[0] + rows[1] + "  choice: skip\n" + rows[2]
        assert [rotation.choice for rotation in edit.after.plan_file.rotations] == [None, "skip", None]
        assert edit.place == 1


class TestExistingRecord:
    """A recorded value is replaced only if that is allowed."""

    @pytest.mark.parametrize(
        ("text", "event", "value"),
        [
            pytest.param(ASKED, "asked", "2027-01-20", id="date"),
            pytest.param(ASKED.replace("2027-01-20", '"2027-01-20" # ?'), "asked", "2027-01-20", id="date_in_quotes"),
            pytest.param(ROW + "  choice: ask\n", "choice", "ask", id="word"),
            pytest.param(
                ASKED + "    reminded: [2027-02-03, 2027-02-01]\n", "reminded", "2027-02-01", id="one_of_several"
            ),
        ],
    )
    @pytest.mark.parametrize("replace", [False, True], ids=["plain", "replace"])
    def test_same_value_again_changes_nothing(self, text: str, event: str, value: str, *, replace: bool) -> None:
        """A value that is recorded already is not written again."""
        edit = record(text, event, value, replace=replace)
        assert (edit.has_changes, edit.after.text, edit.replaced) == (False, text, None)

    @pytest.mark.parametrize(
        ("text", "event", "value", "message"),
        [
            pytest.param(ASKED, "asked", "2027-01-21", "asked is already 2027-01-20", id="date"),
            pytest.param(
                ROW + "  meeting: '2027-01-22'\n",
                "meeting",
                "2027-01-21",
                "meeting is already 2027-01-22",
                id="date_in_quotes",
            ),
            pytest.param(
                ROW + "  performance: good\n",
                "performance",
                "fair",
                "performance is already good",
                id="word",
            ),
        ],
    )
    def test_another_value_without_force_is_refused_with_the_recorded_one(
        self, text: str, event: str, value: str, message: str
    ) -> None:
        """A recorded value is not lost by accident."""
        assert refusal(lambda: record(text, event, value)) == message

    @pytest.mark.parametrize("written", ["true", "Yes", "ON"])
    def test_flag_that_says_the_same_in_another_word_is_recorded_already(self, written: str) -> None:
        """And one that says the opposite is not."""
        text = ROW + f"  img_friendly: {written}\n"
        assert not record(text, "img_friendly", "yes").has_changes
        assert refusal(lambda: record(text, "img_friendly", "no")) == f"img_friendly is already {written}"

    @pytest.mark.parametrize(
        ("text", "event", "value", "after", "replaced"),
        [
            pytest.param(ASKED, "asked", "2027-01-21", ASKED.replace("20\n", "21\n"), "2027-01-20", id="date"),
            pytest.param(
                ASKED.replace("2027-01-20", "'2027-01-20'"),
                "asked",
                "2027-01-21",
                ASKED.replace("2027-01-20", "'2027-01-21'"),
                "2027-01-20",
                id="quotes",
            ),
            pytest.param(
                FLOW_ROW + ", choice: ask} # ask\n",
                "choice",
                "skip",
                FLOW_ROW + ", choice: skip} # ask\n",
                "ask",
                id="word_in_flow_style",
            ),
            pytest.param(
                ROW + "  meeting: # when?\n    2027-01-20\n",
                "meeting",
                "2027-01-21",
                ROW + "  meeting: # when?\n    2027-01-21\n",
                "2027-01-20",
                id="on_the_next_line",
            ),
            pytest.param(
                ROW + "  ? contact\n  : daily\n",
                "contact",
                "weekly",
                ROW + "  ? contact\n  : weekly\n",
                "daily",
                id="explicit_key",
            ),
        ],
    )
    def test_replaced_value_keeps_quotes_and_comments_and_is_reported(
        self, text: str, event: str, value: str, after: str, replaced: str
    ) -> None:
        """The new value is written where the old one was, and the edit names the old one."""
        edit = record(text, event, value, replace=True)
        assert (edit.after.text, edit.replaced) == (after, replaced)


class TestContradiction:
    """An event that would make the plan file invalid is not recorded."""

    @pytest.mark.parametrize(
        ("letter", "event", "value", "reason"),
        [
            pytest.param(
                {"asked": "2027-01-27"},
                "agreed",
                "2027-01-26",
                "agreed 2027-01-26 is before asked 2027-01-27",
                id="stage_before_an_earlier_one",
            ),
            pytest.param(
                {"uploaded": "2027-08-01"},
                "requested",
                "2027-08-02",
                "uploaded 2027-08-01 is before requested 2027-08-02",
                id="stage_after_a_later_one",
            ),
            pytest.param({}, "packet", "2027-01-27", "packet is recorded but asked is not", id="packet_too_early"),
            pytest.param({}, "thanked", "2027-01-27", "thanked is recorded but asked is not", id="thanks_too_early"),
            pytest.param(
                {}, "reminded", "2027-01-27", "reminded is recorded but asked is not", id="reminder_too_early"
            ),
            pytest.param(
                {"asked": "2027-01-27"},
                "reminded",
                "2027-01-26",
                "reminded 2027-01-26 is before asked 2027-01-27",
                id="reminder_before_the_request",
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
                "a declined letter cannot also be uploaded or assigned",
                id="declined_although_uploaded",
            ),
            pytest.param(
                {"declined": "2027-01-28"},
                "assigned",
                "2027-08-02",
                "a declined letter cannot also be uploaded or assigned",
                id="assigned_although_declined",
            ),
        ],
    )
    @pytest.mark.parametrize("in_block_style", [True, False], ids=["block", "flow"])
    def test_contradicting_event_is_refused_with_the_reason_of_the_plan_file(
        self, letter: dict[str, str], event: str, value: str, reason: str, *, in_block_style: bool
    ) -> None:
        """The reason is what `check` would report."""
        lines = "".join(f"\n    {name}: {day}" for name, day in letter.items())
        entries = ", ".join(f"{name}: {day}" for name, day in letter.items())
        text = f"{ROW}  letter:{lines}\n" if in_block_style else f"{FLOW_ROW}, letter: {{{entries}}}}}\n"
        message = refusal(lambda: record(text, event, value, replace=True))
        assert message == f'cannot change "chen": {reason}'

    def test_record_is_refused_if_the_file_would_become_too_large(self) -> None:
        """A file of the largest size stays as it is."""
        text = ROW + "#" * (MAX_BYTES - len(ROW))
        message = refusal(lambda: record(text, "choice", "ask"))
        assert message == 'cannot change "chen": larger than 16 MiB: not a plan file'


class TestReminders:
    """Reminders are a list: one is added, and none is replaced."""

    @pytest.mark.parametrize(
        ("reminded", "after"),
        [
            pytest.param("reminded: [2027-02-01]", "reminded: [2027-02-01, 2027-02-03]", id="flow_list"),
            pytest.param("reminded: []", "reminded: [2027-02-03]", id="empty_flow_list"),
            pytest.param("reminded:", "reminded: [2027-02-03]", id="no_value"),
            pytest.param("reminded: ~ # ?", "reminded: [2027-02-03] # ?", id="tilde"),
            pytest.param(
                "reminded:\n      - 2027-02-01 # by phone",
                "reminded:\n      - 2027-02-01 # by phone\n      - 2027-02-03",
                id="dashes",
            ),
            pytest.param(
                "reminded:\n    - 2027-02-01",
                "reminded:\n    - 2027-02-01\n    - 2027-02-03",
                id="dashes_below_the_key",
            ),
            pytest.param(
                "reminded: [2027-02-01, # by phone\n      ]",
                "reminded: [2027-02-01, 2027-02-03, # by phone\n      ]",
                id="flow_list_with_a_comment",
            ),
        ],
    )
    def test_new_reminder_is_written_after_the_others(self, reminded: str, after: str) -> None:
        """One more reminder is added at the end, and none is replaced."""
        edit = record(f"{ASKED}    {reminded}\n    thanked: 2027-08-03\n", "reminded", "2027-02-03")
        assert edit.after.text == f"{ASKED}    {after}\n    thanked: 2027-08-03\n"
        assert edit.replaced is None
