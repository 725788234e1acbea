"""The JSON documents: one line each, and every field with its meaning."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from builders import letter, plan, rotation
from export.exporting import in_file
from lorplan.dates.eras_seasons import season
from lorplan.errors import Problem
from lorplan.plan.document import plan_document
from lorplan.plan.due import look_ahead
from lorplan.reference.sources import JUDGEMENT
from lorplan.render.json_documents import (
    check_document,
    due_document,
    rules_document,
    season_document_for,
    why_document,
    write_document,
)
from lorplan.rules import BY_ID, RULES

if TYPE_CHECKING:
    from runner import Json

CHEN = in_file(plan(rotation("Dr. 陈 😀"), name="Amina", targets=["neurology"]), "a.yaml")
PROBLEM = Problem("a.yaml", 4, 8, "chen", "end 2027-01-01 is before start 2027-01-04", "    end: 2027-01-01")


def documents() -> list[tuple[str, Json]]:
    """Make one document of each kind, with its kind."""
    found = CHEN.plan
    return [
        ("plan", plan_document(found, file="a.yaml")),
        ("due", due_document(look_ahead([CHEN], within=400), found.as_of)),
        ("check", check_document([PROBLEM], [])),
        ("why", why_document(CHEN, found.letters[0])),
        ("rules", rules_document(RULES)),
        ("season", season_document_for(season(2028), as_of=None, file=None, guessed=False)),
    ]


@pytest.mark.parametrize(("kind", "document"), documents(), ids=[kind for kind, _ in documents()])
@pytest.mark.parametrize("ascii_only", [False, True], ids=["any_character", "ascii"])
def test_document_is_one_line_that_begins_with_its_version_and_kind(
    kind: str,
    document: Json,
    ascii_only: bool,  # noqa: FBT001 - a parameter
) -> None:
    """A script knows what it reads, and reads it back as it was, whatever the encoding."""
    text = write_document(document, ascii_only=ascii_only)
    assert "\n" not in text
    assert text.isascii() or not ascii_only
    assert json.loads(text) == document
    assert list(document)[:2] == ["format_version", "kind"]
    assert (document["format_version"], document["kind"]) == ("1.1", kind)


def test_due_document_has_the_file_and_the_applicant_of_each_action() -> None:
    """Among several files an action is known by them; an unknown name is null."""
    other = in_file(plan(rotation("Dr. Lee")), "b.yaml")
    document = due_document(look_ahead([CHEN, other], within=400), date(2027, 3, 1))
    assert document["as_of"] == "2027-03-01"
    assert {(action["file"], action["applicant"]) for action in document["actions"]} == {
        ("a.yaml", "Amina"),
        ("b.yaml", None),
    }
    in_plan = {action["id"]: action for action in plan_document(CHEN.plan, file=None)["actions"]}
    for action in document["actions"]:
        if action["file"] == "a.yaml":
            assert {name: action[name] for name in in_plan[action["id"]]} == in_plan[action["id"]]


def test_due_document_has_the_next_action_after_the_days_looked_at_or_null() -> None:
    """With the same fields as the others."""
    document = due_document(look_ahead([CHEN], within=-1), date(2027, 3, 1))
    assert document["actions"] == []
    assert (document["next"]["kind"], document["next"]["file"], document["next"]["applicant"]) == (
        "book",
        "a.yaml",
        "Amina",
    )
    assert due_document(look_ahead([CHEN], within=400), date(2027, 3, 1))["next"] is None


def test_check_document_has_problems_and_advice_with_their_positions() -> None:
    """The line of the file is for people only."""
    document = check_document([PROBLEM], [PROBLEM._replace(line=None, column=None, rotation=None)])
    expected = {
        "file": "a.yaml",
        "line": 4,
        "column": 8,
        "rotation": "chen",
        "message": "end 2027-01-01 is before start 2027-01-04",
    }
    assert document["problems"] == [expected]
    assert document["advice"] == [{**expected, "line": None, "column": None, "rotation": None}]


def test_why_document_has_the_letter_of_the_plan_document_and_each_reason_with_its_rule() -> None:
    """Claim, basis and sources come with the reason; the one that decided is first."""
    found = CHEN.plan
    document = why_document(CHEN, found.letters[0])
    assert document["letter"] == plan_document(found, file="a.yaml")["letters"][0]
    assert (document["as_of"], document["file"]) == ("2027-03-01", "a.yaml")
    remarks = letter(found, found.letters[0].id).reasons
    assert [(reason["rule"], reason["side"], reason["text"]) for reason in document["reasons"]] == [
        (remark.rule, remark.side, remark.text) for remark in remarks
    ]
    for reason in document["reasons"]:
        rule = BY_ID[reason["rule"]]
        assert (reason["claim"], reason["basis"]) == (rule.claim, rule.basis)
        assert reason["sources"]
        assert set(reason["sources"][0]) == {"title", "address", "read", "confidence", "says"}


def test_rules_document_has_the_check_the_order_the_sources_and_the_numbers_of_each_rule() -> None:
    """Our own judgement has no address; a number that is a list is one."""
    found = {rule["id"]: rule for rule in rules_document(RULES)["rules"]}
    assert list(found) == [rule.id for rule in RULES]
    assert found["WHO-5"]["check"] == BY_ID["WHO-5"].check
    assert found["WHO-5"]["compared"] == [5]
    assert found["WHO-3"]["compared"] == [2, 7, 10]
    assert found["WHEN-9"]["compared"] == []
    [number] = found["WHEN-9"]["numbers"]
    assert number == {
        "name": "processing_days",
        "default": 5,
        "unit": "business days",
        "low": 0,
        "high": 3660,
        "meaning": "how long it takes to process an uploaded letter",
        "source": BY_ID["WHEN-9"].numbers[0].source.named,
    }
    lists = [number for number in found["WHEN-10"]["numbers"] if number["name"] == "remind_before_days"]
    assert [number["default"] for number in lists] == [[14, 7, 3]]
    judgements = [source for rule in found.values() for source in rule["sources"] if source["title"] == JUDGEMENT.title]
    assert judgements
    assert {source["address"] for source in judgements} == {None}


@pytest.mark.parametrize("as_of", [None, date(2027, 3, 1)], ids=["named", "found_by_the_day"])
def test_season_document_has_every_day_and_null_for_the_day_of_a_named_season(as_of: date | None) -> None:
    """A season that was named does not depend on the day."""
    document = season_document_for(season(2028), as_of=as_of, file="a.yaml", guessed=as_of is not None)
    assert document["as_of"] == (None if as_of is None else "2027-03-01")
    assert document["file"] == "a.yaml"
    found = document["season"]
    assert (found["year"], found["estimated"], found["guessed"]) == (2028, True, as_of is not None)
    assert (found["opens"], found["submit"], found["review"]) == ("2027-06-02", "2027-09-01", "2027-09-22")
    assert found["source"] == season(2028).source.named
