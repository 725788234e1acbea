"""Whole plans as stories: every file in `cases` is a plan, a day, and what is expected of it.

`expected` names only what matters to the story, but a list there is the whole list, in its order. It is read
as text throughout, so that `on` stays a key and a date stays as it is written.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from lorplan.plan.planner import make_plan
from lorplan.planfile.reader import loads
from lorplan.rules import BY_ID
from oracle.reckoning import reckon

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
RULE_ID = re.compile(r"\b(?:WHO|MIX|WHEN)-\d+\b")


def read(path: Path) -> dict[str, Any]:
    """Read a case with every scalar as text."""
    case: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - safe
    return case


def planned(case: dict[str, Any]) -> dict[str, Any]:
    """Plan the case's file as of its day."""
    return make_plan(loads(case["plan"]), date.fromisoformat(case["as_of"])).to_dict()


def in_words(value: Any, pattern: Any) -> Any:  # noqa: ANN401 - any part of an answer
    """Write an answer as a case would, with only the keys that the case names."""
    if isinstance(value, dict) and isinstance(pattern, dict):
        return {key: in_words(value.get(key, "no such key"), part) for key, part in pattern.items()}
    if isinstance(value, list):
        patterns = pattern if isinstance(pattern, list) and len(pattern) == len(value) else value
        return [in_words(*parts) for parts in zip(value, patterns, strict=True)]
    if isinstance(value, dict):
        return {key: in_words(part, part) for key, part in value.items()}
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    """The plan is the one that was counted by hand on a calendar."""
    case = read(path)
    assert in_words(planned(case), case["expected"]) == case["expected"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case_by_the_second_reckoning(path: Path) -> None:
    """The literal reckoning, which shares no code with the package, comes to the same."""
    case = read(path)
    answer = reckon(yaml.safe_load(case["plan"]), date.fromisoformat(case["as_of"]))
    known = only_reckoned(case["expected"], answer)
    assert in_words(answer, known) == known


def only_reckoned(expected: Any, answer: Any) -> Any:  # noqa: ANN401 - any part of an answer
    """Leave out the keys that the second reckoning does not give, and the rule of a tie, for which it has none."""
    if isinstance(expected, dict) and isinstance(answer, dict):
        tie = answer.get("rule", "") is None
        keys = [key for key in expected if key in answer and not (tie and key == "rule")]
        return {key: only_reckoned(expected[key], answer[key]) for key in keys}
    if isinstance(expected, list) and isinstance(answer, list) and len(expected) == len(answer):
        return [only_reckoned(*parts) for parts in zip(expected, answer, strict=True)]
    return expected


def test_cases_are_sentences_and_all_different() -> None:
    """A case is told apart by its name."""
    names = [read(path)["name"] for path in CASES]
    assert len(set(names)) == len(names)
    assert all(" " in name and name[0].isupper() and not name.endswith(".") for name in names)


@pytest.mark.parametrize("rule_id", BY_ID)
def test_every_rule_speaks_in_some_case(rule_id: str) -> None:
    """A rule that no story shows, as a reason, behind an action or in a warning, would be one in name only."""
    assert rule_id in rules_spoken()


@cache
def rules_spoken() -> set[str]:
    """Find the rules that are cited anywhere in the plans of the cases."""
    return {rule for path in CASES for rule in RULE_ID.findall(str(planned(read(path))))}
