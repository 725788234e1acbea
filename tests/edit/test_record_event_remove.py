"""Removing the record of an event, and the places in which a text cannot be edited safely."""

from __future__ import annotations

import re

import pytest

from edit.recording import ASKED, FLOW_ROW, ROW, UNSAFE, record, refusal, remove
from lorplan.edit.record_event import RecordedEvent
from lorplan.errors import PlanFileError
from lorplan.planfile.reader import parse

HERE = "«"
"""Marks the place that a message points at; it is removed before the text is read."""


def find_mark(text: str) -> str:
    """Give the line and the column of the mark."""
    before = re.split("\r\n|\n|\r", text[: text.index(HERE)])
    return f"{len(before)}:{len(before[-1]) + 1}"


class TestReminders:
    """Reminders are removed one by one."""

    @pytest.mark.parametrize(
        ("value", "after", "removed"),
        [
            pytest.param(None, "[2027-02-01, 2027-02-02]", "2027-02-03", id="latest"),
            pytest.param("2027-02-03", "[2027-02-01, 2027-02-02]", "2027-02-03", id="middle"),
            pytest.param("2027-02-01", "[2027-02-03, 2027-02-02]", "2027-02-01", id="first"),
            pytest.param("2027-02-02", "[2027-02-01, 2027-02-03]", "2027-02-02", id="last"),
        ],
    )
    def test_reminder_of_a_day_or_else_the_latest_is_removed(self, value: str | None, after: str, removed: str) -> None:
        """The reminder of the given day is removed, or the latest, wherever it is in the list."""
        edit = remove(ASKED + "    reminded: [2027-02-01, 2027-02-03, 2027-02-02]\n", "reminded", value)
        assert (edit.replaced, edit.after.text) == (removed, f"{ASKED}    reminded: {after}\n")

    def test_one_of_two_reminders_on_the_same_day_is_removed(self) -> None:
        """Two reminders on the same day count as two."""
        edit = remove(ASKED + "    reminded: [2027-02-01, 2027-02-01]\n", "reminded")
        assert edit.after.text == ASKED + "    reminded: [2027-02-01]\n"

    @pytest.mark.parametrize(
        "reminded",
        [
            pytest.param("    reminded: [2027-02-01]\n", id="flow_list"),
            pytest.param("    reminded:\n      - 2027-02-01\n", id="dashes"),
            pytest.param("    reminded:\n    - '2027-02-01'\n", id="dashes_below_the_key"),
        ],
    )
    def test_only_reminder_is_removed_with_its_key(self, reminded: str) -> None:
        """No empty list is left."""
        assert remove(ASKED + reminded, "reminded").after.text == ASKED


class TestRemove:
    """A record is removed with what belongs to it, and nothing else."""

    @pytest.mark.parametrize(
        ("text", "event", "after"),
        [
            pytest.param(ASKED.replace("20\n", "20 # why\n"), "asked", ROW + "  # why\n", id="beside_it"),
            pytest.param(
                ROW + "  letter: # hers\n    asked: 2027-01-20\n",
                "asked",
                ROW + "  letter: # hers\n",
                id="beside_letter",
            ),
            pytest.param(
                ROW + "  letter:\n    # in person\n    asked: 2027-01-20\n",
                "asked",
                ROW + "  letter:\n    # in person\n",
                id="above_it",
            ),
            pytest.param(
                FLOW_ROW + ", choice: ask, # sure\n  id: chen}\n",
                "choice",
                FLOW_ROW + ", # sure\n  id: chen}\n",
                id="after_its_comma",
            ),
            pytest.param(
                "- choice: ask # sure\n  " + ROW[2:], "choice", "- # sure\n  " + ROW[2:], id="beside_a_first_key"
            ),
        ],
    )
    def test_comment_near_a_removed_record_stays(self, text: str, event: str, after: str) -> None:
        """A comment is never removed with a record."""
        assert remove(text, event).after.text == after

    @pytest.mark.parametrize(
        ("text", "event", "after"),
        [
            pytest.param("- choice: ask\n  " + ROW[2:], "choice", ROW, id="first_key"),
            pytest.param(
                "- letter:\n    asked: 2027-01-20\n  " + ROW[2:], "asked", ROW, id="first_key_with_its_mapping"
            ),
            pytest.param(ROW + "  choice: ask", "choice", ROW.removesuffix("\n"), id="last_without_a_final_line_end"),
            pytest.param(FLOW_ROW + ", choice: ask}", "choice", FLOW_ROW + "}", id="last_in_flow_style"),
            pytest.param("- {choice: ask, " + FLOW_ROW[3:] + "}", "choice", FLOW_ROW + "}", id="first_in_flow_style"),
            pytest.param(
                FLOW_ROW + ", letter: {asked: 2027-01-20}}", "asked", FLOW_ROW + "}", id="with_its_flow_mapping"
            ),
            pytest.param(ROW + "  contact: >-\n    daily\n\n", "contact", ROW + "\n", id="block_scalar"),
        ],
    )
    def test_line_comma_and_empty_mapping_of_a_removed_record_are_removed(
        self, text: str, event: str, after: str
    ) -> None:
        """The line, the comma and a mapping with nothing else in it are removed, and no more."""
        assert remove(text, event).after.text == after

    @pytest.mark.parametrize(
        ("text", "event", "value", "record"),
        [
            pytest.param(ROW, "asked", None, "asked", id="no_letter"),
            pytest.param(ROW + "  letter:\n", "asked", None, "asked", id="empty_letter"),
            pytest.param(ASKED + "    agreed:\n", "agreed", None, "agreed", id="key_without_a_value"),
            pytest.param(ROW, "choice", None, "choice", id="no_word"),
            pytest.param(ASKED + "    reminded: []\n", "reminded", None, "reminded", id="no_reminder"),
            pytest.param(ASKED, "asked", "2027-01-21", "asked 2027-01-21", id="another_day"),
            pytest.param(
                ASKED + "    reminded: [2027-02-01]\n",
                "reminded",
                "2027-02-02",
                "reminded 2027-02-02",
                id="another_reminder",
            ),
        ],
    )
    def test_removal_of_what_is_not_recorded_is_refused(
        self, text: str, event: str, value: str | None, record: str
    ) -> None:
        """Nothing is removed instead."""
        message = refusal(lambda: remove(text, event, value))
        assert message == f"{record} is not recorded, so there is nothing to remove"

    @pytest.mark.parametrize("event", ["packet", "thanked", "reminded"])
    def test_removal_of_a_record_that_another_event_needs_is_refused(self, event: str) -> None:
        """A writer who was not asked cannot have been thanked or reminded."""
        text = record(ASKED, event, "2027-02-01").after.text
        message = refusal(lambda: remove(text, "asked"))
        assert message.endswith(f' "chen": {event} is recorded but asked is not')


class TestUnsafePlace:
    """An edit that would lose a comment, or change more than the record, is refused with its place."""

    @pytest.mark.parametrize(
        ("text", "event"),
        [
            pytest.param(ROW + "  choice: # sure?\n    «ask\n", "choice", id="comment_before_the_value"),
            pytest.param(ROW + "  letter:\n    asked: # c\n      «2027-01-20\n", "asked", id="comment_before_the_date"),
            pytest.param(
                FLOW_ROW + ", choice: # c\n    «ask}\n", "choice", id="comment_before_the_value_in_flow_style"
            ),
            pytest.param(
                FLOW_ROW + ", # c\n  choice: «ask # d\n  , id: chen}\n", "choice", id="key_between_two_comments"
            ),
            pytest.param(ASKED + "    reminded: «[2027-02-01 # c\n      , 2027-02-02]\n", "reminded", id="reminder"),
            pytest.param(
                ROW + "  notes: |\n    x\n  choice: «ask", "choice", id="last_line_without_end_after_a_block_scalar"
            ),
            pytest.param(
                ROW + "  notes: |+\n    x\n  choice: «ask\n\n  id: chen\n",
                "choice",
                id="blank_line_that_a_block_scalar_would_keep",
            ),
            pytest.param(
                ROW + "  notes: |\n    x\n  choice: «ask\n    # sure\n",
                "choice",
                id="comment_that_a_block_scalar_would_take",
            ),
            pytest.param(ROW + "  ? choice\n  : «ask\n  id: chen\n", "choice", id="explicit_key"),
            pytest.param(ROW + "  ? choice\n  : «ask\n", "choice", id="explicit_key_at_the_end"),
            pytest.param(
                "- {choice: «ask # c\n  , " + FLOW_ROW[3:] + "}\n",
                "choice",
                id="first_key_with_a_comment_before_its_comma",
            ),
            pytest.param(
                ASKED + "    reminded:\n      «- # by e-mail\n        2027-02-01\n      - 2027-01-31\n",
                "reminded",
                id="dash_in_a_comment_after_the_dash",
            ),
        ],
    )
    def test_record_that_cannot_be_removed_safely_is_refused_with_its_place(self, text: str, event: str) -> None:
        """The message points at the value; for a reminder at the list."""
        value = "2027-02-01" if event == "reminded" else None
        with pytest.raises(PlanFileError) as refused:
            remove(text.replace(HERE, ""), event, value)
        assert str(refused.value) == f'<text>:{find_mark(text)}: rotation "chen": {event} {UNSAFE}'

    @pytest.mark.parametrize(
        ("text", "event", "value"),
        [
            pytest.param(FLOW_ROW + ", choice}\n", "choice", "ask", id="key_without_a_colon_in_flow_style"),
            pytest.param(ROW + "  ? choice\n  ? contact\n", "choice", "ask", id="explicit_key"),
            pytest.param(ROW + "  ? choice\n", "choice", "ask", id="explicit_key_at_the_end"),
            pytest.param(
                ROW + "  hospital: >-\n    Mercy\n    \u3000\n",
                "choice",
                "ask",
                id="wide_space_at_the_end_of_a_block_scalar",
            ),
            pytest.param(ROW + "  letter:\n    ? asked\n", "asked", "2027-01-27", id="nested_explicit_key"),
            pytest.param(
                ROW + "  choice: >- # sure?\n    ask\n", "choice", "skip", id="comment_at_the_start_of_a_block_scalar"
            ),
        ],
    )
    def test_value_that_cannot_be_written_safely_is_refused_with_a_place(
        self, text: str, event: str, value: str
    ) -> None:
        """If the value would become part of something else, or a comment would be lost, nothing is written."""
        with pytest.raises(PlanFileError) as refused:
            record(text, event, value, replace=True)
        [problem] = refused.value.problems
        assert (problem.rotation, problem.message) == ("chen", f"{event} {UNSAFE}")
        assert problem.line
        assert problem.column

    def test_unsafe_place_is_reported_with_the_name_of_the_file(self) -> None:
        """An editor can jump to the place."""
        text = ROW + "  choice: # sure?\n    ask\n"
        with pytest.raises(PlanFileError) as refused:
            RecordedEvent(parse(text, "mine.yaml"), 0, "choice").remove(None)
        assert str(refused.value) == f'mine.yaml:6:5: rotation "chen": choice {UNSAFE}'
