"""What is decided about programs is what the second reckoning of the contract comes to, which shares no code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from lorplan.plan.planner import make_plan
from lorplan.planfile.reader import loads
from oracle.program_actions import find_as_before, work_out_program_actions
from oracle.program_reckoning import work_out_answers, work_out_programs
from oracle.program_strategies import plans_with_programs, share_names
from oracle.reckoning import work_out
from oracle.strategies import to_yaml

if TYPE_CHECKING:
    from datetime import date

    from runner import Json


def document_of(plan: Json, as_of: date) -> Json:
    """Make the document of a plan file from its values."""
    return make_plan(loads(to_yaml(plan)), as_of).to_dict()


def of_kind(document: Json, section: str, kind: str) -> list[Json]:
    """Give the actions or the warnings of one kind."""
    name = "kind" if section == "actions" else "code"
    return [one for one in document[section] if one[name] == kind]


@given(plans_with_programs().map(share_names))
def test_programs_are_those_of_the_second_reckoning(drawn: tuple[Json, date]) -> None:
    """Ids, days, states, sets, gaps and their order."""
    assert document_of(*drawn)["programs"] == work_out_programs(*drawn)


@given(plans_with_programs())
def test_letters_and_coverage_are_those_of_the_second_reckoning(drawn: tuple[Json, date]) -> None:
    """What programs require feeds the picks, and so the verdicts, the number wanted and the sets of targets."""
    document, expected = document_of(*drawn), work_out(*drawn)
    ids = [row["id"] for row in drawn[0]["rotations"]]
    assert (document["wanted"], document["asking_closed"]) == (expected["wanted"], expected["asking_closed"])
    verdicts = {ids[letter["position"]]: (letter["verdict"], letter["rank"]) for letter in expected["letters"]}
    assert {letter["id"]: (letter["verdict"], letter["rank"]) for letter in document["letters"]} == verdicts
    coverage = [(row["target"], row["needed"], [ids[n] for n in row["letters"]]) for row in expected["coverage"]]
    assert [(row["target"], row["needed"], row["letters"]) for row in document["coverage"]] == coverage


@given(plans_with_programs())
def test_actions_are_those_of_the_second_reckoning(drawn: tuple[Json, date]) -> None:
    """Apply and assign, their days and programs; an `assign` without programs is that of a target without them."""
    document, expected = document_of(*drawn), work_out_program_actions(*drawn)
    if drawn[1].isoformat() > document["season"]["ends"]:
        return
    apply = [
        {"id": one["id"], "on": one["on"], "programs": sorted(one["programs"])}
        for one in of_kind(document, "actions", "apply")
    ]
    assert sorted(apply, key=lambda one: str(one["id"])) == expected["apply"]
    assign = [
        {"id": one["id"], "on": one["on"], "until": one["until"], "programs": sorted(one["programs"])}
        for one in of_kind(document, "actions", "assign")
    ]
    with_programs = [one for one in assign if one["programs"]]
    assert sorted(with_programs, key=lambda one: str(one["id"])) == expected["assign"]
    others = {str(one["id"]).removesuffix(":assign") for one in assign if not one["programs"]}
    named = {one["id"].removesuffix(":assign") for one in expected["assign"]}
    assert others == find_as_before(work_out_answers(*drawn)) - named


@given(plans_with_programs())
def test_warnings_are_those_of_the_second_reckoning(drawn: tuple[Json, date]) -> None:
    """Short programs by target, requirement and number; stale pages; letters that are assigned wrongly."""
    document, expected = document_of(*drawn), work_out_program_actions(*drawn)
    short = [
        (one["requirement"], one["needed"], sorted(one["programs"]))
        for one in of_kind(document, "warnings", "program-short")
    ]
    assert sorted(short) == sorted((one["requirement"], one["needed"], one["programs"]) for one in expected["short"])
    stale = [each for one in of_kind(document, "warnings", "program-stale") for each in one["programs"]]
    assert sorted(stale) == expected["stale"]
    wrong = [each for one in of_kind(document, "warnings", "wrong-letter") for each in one["programs"]]
    assert sorted(wrong) == sorted(program for _, program in expected["wrong"])
