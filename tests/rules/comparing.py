"""Helpers for tests of rules: what is decided about a letter, and which of two letters is preferred."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builders import letter, plan, rotation

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

    from lorplan.plan.model import Plan
    from runner import Json


def case(*values: object, why: str) -> ParameterSet:
    """Make a parameter set whose id is the reason why it is there."""
    return pytest.param(*values, id=why)


def write_rotations(count: int, **more: object) -> list[Json]:
    """Write equal rotations of different attendings, whose ids are `a1`, `a2` and so on."""
    return [rotation(f"Dr. A{number}", **more) for number in range(1, count + 1)]


def verdict(found: Plan, letter_id: str = "chen") -> tuple[str, str]:
    """Give the verdict on a letter, and the rule of its first reason."""
    one = letter(found, letter_id)
    return one.verdict, one.reason.rule


def remarks(found: Plan, rule: str, letter_id: str = "chen") -> list[tuple[str, str]]:
    """Give what a rule says about a letter: each remark with its side."""
    return [(one.text, one.side) for one in letter(found, letter_id).reasons if one.rule == rule]


def rank_first(one: Json, other: Json, **more: Any) -> str:  # noqa: ANN401 - passed on
    """Say which of two rotations in a file ranks higher: "first" or "second"."""
    return plan(rotation("Dr. First", **one), rotation("Dr. Second", **other), **more).letters[0].id


def are_equal(one: Json, other: Json, **more: Any) -> bool:  # noqa: ANN401 - passed on
    """Check whether only the order in the file decides between two rotations."""
    return rank_first(one, other, **more) == rank_first(other, one, **more) == "first"


def assert_ranks_above(better: Json, worse: Json, **more: Any) -> None:  # noqa: ANN401 - passed on
    """Check that a rotation ranks above another, wherever the two are in the file."""
    assert rank_first(better, worse, **more) == "first"
    assert rank_first(worse, better, **more) == "second"


def assert_preferred(rule: str, better: Json, worse: Json, **more: Any) -> None:  # noqa: ANN401 - passed on
    """Check that a rotation ranks above another, and that the other is left out because of that rule."""
    assert_ranks_above(better, worse, **more)
    rows = rotation("Dr. Better", **better), rotation("Dr. Worse", **worse)
    assert letter(plan(*rows, policy={"want": 1}, **more), "worse").decided_by == (rule, "better")
