"""A plan as plain data: the fields of `plan --json`, exactly, in their order. They are never removed or renamed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import plan, rotation
from lorplan.plan.document import action_document, letter_document, plan_document, season_document
from lorplan.plan.planner import make_plan
from lorplan.planfile.models import PlanFile
from oracle.strategies import EVERY_PLAN

if TYPE_CHECKING:
    from runner import Json

PLAN = (
    "format_version kind as_of file applicant season portal_from deadline needed_by latest_ask wanted asking_closed "
    "forecast letters actions coverage programs warnings"
)
APPLICANT = "name email"
SEASON = "year opens token submit review rank_list match_day ends estimated guessed source"
FORECAST = "secured promised asked planned late"
LETTER = (
    "id attending hospital specialty start last_day days_together for standardized status verdict pick rank strength "
    "tentative tight late silent fresh opens ask_on closes arrives_by on_time reasons decided_by would_change"
)
REASON = "rule text"
DECISION = "rule than"
ACTION = "id kind rotation attending on until state channel conditional title rules programs"
COVERAGE = "target needed planned asked promised secured late parts service max letters"
PART = "specialty needed have"
WARNING = "code rotation target text programs requirement needed"

NULL_IF_SKIPPED = ("rank", "strength", "fresh", "opens", "ask_on", "closes", "arrives_by", "on_time", "decided_by")
FALSE_IF_SKIPPED = ("pick", "tentative", "tight", "late", "silent")


def names(section: Json) -> str:
    """Give the names of a section's fields, in their order."""
    return " ".join(section)


def test_document_of_a_plan_has_these_fields_and_values() -> None:
    """The whole document of a small plan."""
    found = plan(
        rotation({"name": "Dr. Wei Chen"}, hospital="Mercy General"),
        rotation("Dr. Ann Ames"),
        rotation("Dr. Bo Boyd", choice="skip"),
        as_of="2027-03-24",
        policy={"want": 1},
        targets=["neurology"],
        name="Amina Rahman",
        email="amina@example.org",
    )
    document = plan_document(found, file="rotations.yaml")
    letters, actions = document.pop("letters"), document.pop("actions")
    assert document == {
        "format_version": "1.1",
        "kind": "plan",
        "as_of": "2027-03-24",
        "file": "rotations.yaml",
        "applicant": {"name": "Amina Rahman", "email": "amina@example.org"},
        "season": {
            "year": 2028,
            "opens": "2027-06-02",
            "token": "2027-06-23",
            "submit": "2027-09-01",
            "review": "2027-09-22",
            "rank_list": "2028-03-01",
            "match_day": "2028-03-17",
            "ends": "2028-05-31",
            "estimated": True,
            "guessed": False,
            "source": found.dates.season.source.named,
        },
        "portal_from": "2027-06-23",
        "deadline": "2027-09-22",
        "needed_by": "2027-09-15",
        "latest_ask": "2027-08-18",
        "wanted": 1,
        "asking_closed": False,
        "forecast": {"secured": 0, "promised": 0, "asked": 0, "planned": 1, "late": 0},
        "coverage": [
            {
                "target": "neurology",
                "needed": 1,
                "planned": 1,
                "asked": 0,
                "promised": 0,
                "secured": 0,
                "late": 0,
                "parts": [{"specialty": "neurology", "needed": 1, "have": 1}],
                "service": "ERAS",
                "max": 4,
                "letters": ["chen"],
            }
        ],
        "programs": [],
        "warnings": [
            {
                "code": "estimated-season",
                "rotation": None,
                "target": None,
                "text": "the days of the 2028 season are estimated (the review day may be 2027-09-29): set `deadline` "
                "to the published review day",
                "programs": [],
                "requirement": None,
                "needed": None,
            },
        ],
    }
    assert letters[0] == {
        "id": "chen",
        "attending": "Dr. Wei Chen",
        "hospital": "Mercy General",
        "specialty": "neurology",
        "start": "2027-03-01",
        "last_day": "2027-03-26",
        "days_together": 20,
        "for": [],
        "standardized": False,
        "status": "planned",
        "verdict": "ask",
        "pick": True,
        "rank": 1,
        "strength": "strong",
        "tentative": False,
        "tight": False,
        "late": False,
        "silent": False,
        "fresh": True,
        "opens": "2027-03-22",
        "ask_on": "2027-03-24",
        "closes": "2027-03-26",
        "arrives_by": "2027-06-30",
        "on_time": True,
        "reasons": [{"rule": one.rule, "text": one.text} for one in found.letter("chen").reasons],
        "decided_by": None,
        "would_change": list(found.letter("chen").would_change),
    }
    assert (letters[1]["id"], letters[1]["decided_by"]) == ("ames", {"rule": "MIX-1", "than": "chen"})
    assert (letters[2]["id"], letters[2]["hospital"]) == ("boyd", None)
    assert actions[0] == {
        "id": "ames:ask",
        "kind": "ask",
        "rotation": "ames",
        "attending": "Dr. Ann Ames",
        "on": "2027-03-24",
        "until": "2027-03-26",
        "state": "due",
        "channel": "in-person",
        "conditional": False,
        "title": "Ask Dr. Ann Ames for a strong letter, in person",
        "rules": ["WHEN-1", "MIX-5"],
        "programs": [],
    }


def test_fields_come_in_their_documented_order() -> None:
    """The order in which a reader of the JSON sees them."""
    document = plan(rotation(), rotation("Dr. Ann Ames", performance="fair"), policy={"want": 1}).to_dict()
    sections = {"applicant": APPLICANT, "season": SEASON, "forecast": FORECAST}
    lists = {"letters": LETTER, "actions": ACTION, "coverage": COVERAGE, "warnings": WARNING}
    assert names(document) == PLAN
    assert {name: names(document[name]) for name in sections} == sections
    assert {name: names(document[name][0]) for name in lists} == lists
    assert names(document["letters"][0]["reasons"][0]) == REASON
    assert names(document["letters"][1]["decided_by"]) == DECISION


@EVERY_PLAN
@given(st.data())
def test_document_of_every_plan_is_json_with_the_documented_fields(plans: Any, data: st.DataObject) -> None:  # noqa: ANN401 - a strategy
    """Every field is always there, and the document survives a round trip."""
    content, as_of = data.draw(plans)
    document = make_plan(PlanFile.model_validate(content), as_of).to_dict()
    assert json.loads(json.dumps(document)) == document
    assert names(document) == PLAN
    for name, fields in (("letters", LETTER), ("actions", ACTION), ("coverage", COVERAGE), ("warnings", WARNING)):
        assert {names(one) for one in document[name]} <= {fields}
    for letter in document["letters"]:
        assert {names(reason) for reason in letter["reasons"]} == {REASON}
        assert letter["decided_by"] is None or names(letter["decided_by"]) == DECISION


@EVERY_PLAN
@given(st.data())
def test_skipped_letter_has_nulls_for_what_is_not_worked_out(plans: Any, data: st.DataObject) -> None:  # noqa: ANN401 - a strategy
    """And flags that are false; for a letter in the running only `decided_by` can be null."""
    content, as_of = data.draw(plans)
    for letter in make_plan(PlanFile.model_validate(content), as_of).to_dict()["letters"]:
        skipped = letter["verdict"] == "skip"
        assert [name for name in NULL_IF_SKIPPED[:-1] if (letter[name] is None) is not skipped] == []
        assert not skipped or [letter[name] for name in FALSE_IF_SKIPPED] == [False] * 5
        assert not skipped or letter["decided_by"] is None


@pytest.mark.parametrize("file", [None, "rotations.yaml", "-"])
def test_document_names_its_file(file: str | None) -> None:
    """As the command line wrote it; null for a plan without one."""
    assert plan_document(plan(rotation()), file=file)["file"] == file


def test_to_dict_is_the_document_without_a_file() -> None:
    """The public method gives what `plan --json` prints."""
    found = plan(rotation())
    assert found.to_dict() == plan_document(found, file=None)


def test_letter_and_action_documents_are_those_of_the_plan() -> None:
    """One letter or action alone is written in the same way."""
    found = plan(rotation(), rotation("Dr. Bo Boyd", choice="skip"))
    document = found.to_dict()
    assert [letter_document(letter) for letter in found.letters] == document["letters"]
    assert [action_document(action) for action in found.actions] == document["actions"]


@pytest.mark.parametrize("guessed", [True, False])
def test_season_document_says_whether_the_season_is_guessed(*, guessed: bool) -> None:
    """It belongs to the plan, not to the season."""
    season = plan(rotation()).dates.season
    assert names(season_document(season, guessed=guessed)) == SEASON
    assert season_document(season, guessed=guessed)["guessed"] is guessed


def test_forecast_does_not_count_a_letter_twice() -> None:
    """One letter in each state: uploaded and assigned are secured, agreed and requested promised."""
    stages = ("asked", "agreed", "requested", "uploaded", "assigned")
    rows = [rotation(f"Dr. {stage}", letter={stage: "2027-07-01"}) for stage in stages]
    document = plan(*rows, rotation("Dr. Planned"), policy={"want": 6}, as_of="2027-07-01").to_dict()
    assert document["forecast"] == {"secured": 2, "promised": 2, "asked": 1, "planned": 1, "late": 0}
