"""The records of `--plain`: one a line, with the same fields in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import plan, rotation
from export.exporting import PLANS, in_file
from lorplan.dates.eras_seasons import season
from lorplan.errors import Problem
from lorplan.plan.due import find_due
from lorplan.render.tab_separated import (
    check_records,
    due_records,
    plan_records,
    rule_records,
    season_records,
    why_records,
    write_record,
)
from lorplan.rules import BY_ID, RULES
from lorplan.text.safe import is_unsafe

if TYPE_CHECKING:
    from lorplan.plan.model import Plan


@pytest.mark.parametrize(
    ("fields", "record"),
    [
        pytest.param(("a", 1, "b"), "a\t1\tb", id="text_and_numbers"),
        pytest.param(("a", None, "b"), "a\t\tb", id="none"),
        pytest.param(("a\tb", "c\r\nd"), "a b\tc  d", id="tabs_and_line_ends"),
        pytest.param(("\x1b[31m\u202e\u2028",), "\ufffd[31m\ufffd\ufffd", id="control_characters"),
    ],
)
def test_record_has_its_fields_between_tabs(fields: tuple[object, ...], record: str) -> None:
    """A field cannot break the record."""
    assert write_record(*fields) == record


@given(st.lists(st.text() | st.none(), min_size=1, max_size=5))
def test_any_record_is_one_safe_line_with_as_many_fields_as_were_given(fields: list[str | None]) -> None:
    """Whatever the fields contain."""
    record = write_record(*fields)
    assert len(record.split("\t")) == len(fields)
    assert not any(is_unsafe(character) for character in record.replace("\t", ""))


def test_plan_record_has_the_days_of_a_letter_and_its_reason() -> None:
    """The fields are those that the help names."""
    [record] = plan_records(plan(rotation()))
    assert record.split("\t") == [
        *("1", "ask", "planned", "2027-03-22", "2027-03-24", "2027-03-26", "2027-06-30"),
        *("chen", "Dr. Wei Chen", "neurology"),
        "one of the best 3 (MIX-1)",
    ]


def test_plan_record_of_a_skipped_letter_has_empty_days() -> None:
    """The number of fields stays the same."""
    [record] = plan_records(plan(rotation(choice="skip")))
    assert record.split("\t") == [
        *("", "skip", "planned", "", "", "", ""),
        *("chen", "Dr. Wei Chen", "neurology", "you chose to skip it (WHO-12)"),
    ]


@given(PLANS)
def test_records_of_any_plan_have_a_line_for_each_letter_action_and_reason(found: Plan) -> None:
    """Every record of a kind has the same number of fields."""
    in_plan = [record.split("\t") for record in plan_records(found)]
    assert [record[7] for record in in_plan] == [letter.id for letter in found.letters]
    assert {len(record) for record in in_plan} <= {11}
    due = find_due([in_file(found)], within=9999)
    assert {len(record.split("\t")) for record in due_records(due, with_file=False)} <= {7}
    assert {len(record.split("\t")) for record in due_records(due, with_file=True)} <= {8}
    for letter in found.letters:
        why = [record.split("\t") for record in why_records(found, letter)]
        assert [record[:3] for record in why] == [[one.rule, one.side, one.text] for one in letter.reasons]
        assert {len(record) for record in why} == {5}


def test_due_record_has_the_file_last_if_there_are_several() -> None:
    """Scripts that read one file are not disturbed."""
    due = find_due([in_file(plan(rotation()), "a.yaml")], within=30)[:1]
    action = due[0].action
    fields = f"{action.state}\t{action.on}\t{action.until}\t{action.kind}\tchen\tDr. Wei Chen\t{action.title}"
    assert list(due_records(due, with_file=False)) == [fields]
    assert list(due_records(due, with_file=True)) == [f"{fields}\ta.yaml"]


def test_check_record_has_the_position_or_empty_fields() -> None:
    """A problem with the whole file has no line."""
    problems = [Problem("a.yaml", 4, 8, "chen", "bad", "x"), Problem("b.yaml", None, None, None, "gone")]
    assert list(check_records(problems)) == ["a.yaml\t4\t8\tchen\tbad", "b.yaml\t\t\t\tgone"]


def test_rule_records_have_a_line_for_each_rule_with_its_check_last() -> None:
    """Numbers are written as in a policy."""
    records = [record.split("\t") for record in rule_records(RULES)]
    assert [record[0] for record in records] == [rule.id for rule in RULES]
    assert {len(record) for record in records} == {6}
    when_9 = BY_ID["WHEN-9"]
    [record] = rule_records([when_9])
    assert record.split("\t") == [
        "WHEN-9",
        when_9.basis,
        when_9.claim,
        "processing_days=5",
        "; ".join(source.named for source in when_9.sources),
        when_9.check,
    ]


def test_season_records_have_a_line_for_each_day() -> None:
    """Each says whether the day is published or estimated."""
    records = [record.split("\t") for record in season_records(season(2028))]
    assert records[0] == ["2028", "opens", "2027-06-02", "estimated"]
    assert [record[1] for record in records] == ["opens", "token", "submit", "review", "rank_list", "match_day", "ends"]
    assert {record[3] for record in season_records_of(2026)} == {"published"}


def season_records_of(year: int) -> list[list[str]]:
    """Give the records of a season, split into fields."""
    return [record.split("\t") for record in season_records(season(year))]
