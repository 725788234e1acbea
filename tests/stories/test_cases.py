"""Whole plans as stories: every file in `cases` has a plan file, a day, and what is expected of the plan.

`expected` names only what matters to the story, but a list in it is the whole list, in its order. All values are
read as text, so that `on` stays a key and a date stays as it is written.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from lorplan.plan.planner import make_plan
from lorplan.planfile.reader import loads
from lorplan.rules import BY_ID
from oracle.program_reckoning import work_out_programs
from oracle.reckoning import work_out

if TYPE_CHECKING:
    from runner import Json

CASES: Final = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
EVERY_CASE: Final = pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
RULE_ID: Final = re.compile(r"\b(?:WHO|MIX|WHEN)-\d+\b")


def read(path: Path) -> Json:
    """Read a case with every scalar as text."""
    case: Json = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - the loader is safe
    return case


def make(case: Json) -> Json:
    """Make the plan of a case, as plain data."""
    return make_plan(loads(case["plan"]), date.fromisoformat(case["as_of"])).to_dict()


def as_text(value: Any, pattern: Any) -> Any:  # noqa: ANN401 - any part of an answer
    """Write an answer as a case would, with only the keys that the case names."""
    if isinstance(value, dict) and isinstance(pattern, dict):
        return {key: as_text(value.get(key, "no such key"), part) for key, part in pattern.items()}
    if isinstance(value, list):
        patterns = pattern if isinstance(pattern, list) and len(pattern) == len(value) else value
        return [as_text(*parts) for parts in zip(value, patterns, strict=True)]
    if isinstance(value, dict):
        return {key: as_text(part, part) for key, part in value.items()}
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


@EVERY_CASE
def test_plan_of_a_case_is_the_one_counted_by_hand(path: Path) -> None:
    """Every day and decision that the case names was counted on a calendar."""
    case = read(path)
    assert as_text(make(case), case["expected"]) == case["expected"]


# --- the second implementation ------------------------------------------------------------------------------


@EVERY_CASE
def test_second_implementation_comes_to_the_expected_decisions_too(path: Path) -> None:
    """It shares no code with the package."""
    case = read(path)
    plan, as_of = yaml.safe_load(case["plan"]), date.fromisoformat(case["as_of"])
    answer = with_ids(work_out(plan, as_of), case["plan"])
    if "programs" in case["expected"]:
        answer["programs"] = work_out_programs(plan, as_of)
    expected = keep_known(case["expected"], answer)
    assert as_text(answer, expected) == expected


def with_ids(answer: Json, text: str) -> Json:
    """Write the ids of rotations for their positions in the file."""
    ids = loads(text).ids
    letters = [{**letter, "id": ids[letter["position"]]} for letter in answer["letters"]]
    for letter in letters:
        lost = letter["decided_by"]
        letter["decided_by"] = lost and {**lost, "than": ids[lost["than"]]}
    coverage = [{**one, "letters": [ids[position] for position in one["letters"]]} for one in answer["coverage"]]
    return {**answer, "letters": letters, "coverage": coverage}


def keep_known(expected: Any, answer: Any) -> Any:  # noqa: ANN401 - any part of an answer
    """Keep of what is expected the keys that the second implementation works out."""
    if isinstance(expected, dict) and isinstance(answer, dict):
        return {key: keep_known(expected[key], answer[key]) for key in expected if key in answer}
    if isinstance(expected, list) and isinstance(answer, list) and len(expected) == len(answer):
        return [keep_known(*parts) for parts in zip(expected, answer, strict=True)]
    return expected


# --- the cases themselves -----------------------------------------------------------------------------------


def test_names_of_cases_are_different_sentences() -> None:
    """They say what happens."""
    names = [read(path)["name"] for path in CASES]
    assert len(set(names)) == len(names)
    assert all(" " in name and name[0].isupper() and not name.endswith(".") for name in names)


def test_every_rule_of_one_plan_is_cited_in_some_case() -> None:
    """As a reason, by an action or in a warning, so that each rule has a story; COHORT-1 is about many plans."""
    cited = {rule for path in CASES for rule in RULE_ID.findall(str(make(read(path))))}
    assert cited == set(BY_ID) - {"COHORT-1"}
