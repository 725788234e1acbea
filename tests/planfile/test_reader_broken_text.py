"""Broken plan files: what is reported up to the break, and that no content ever crashes the reader."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorplan.errors import PlanFileError
from lorplan.planfile.models import PlanFile
from lorplan.planfile.reader import decode, loads
from oracle.strategies import plans, rows_of, to_yaml
from planfile.refusals import EXPECTED_MAPPING, NOT_YAML, ROW, at_marks, find_problems, in_chen, problems

if TYPE_CHECKING:
    from runner import Json


class TestBrokenText:
    @pytest.mark.parametrize(
        ("text", "messages"),
        [
            pytest.param(
                ROW.replace("weeks: 4", "weeks: «none") + ROW.replace("Wei Chen", "Ann Lee").replace("im\n", "«@im\n"),
                (
                    in_chen('weeks: "none" is not a whole number'),
                    f'rotation "lee": {NOT_YAML}',
                ),
                id="in_the_second_rotation",
            ),
            pytest.param(
                "- «{attending: Wei Chen, specialty: im, start: 2027-01-04}\n- attending: Ann Lee\n  «]\n",
                (
                    in_chen('needs "end" or "weeks"'),
                    f'rotation "lee": {NOT_YAML}',
                ),
                id="needed_keys_of_an_unfinished_rotation_may_still_come",
            ),
            pytest.param(
                ROW + "  days: []\n  «]\n",
                (in_chen(NOT_YAML),),
                id="more_days_may_still_come",
            ),
            pytest.param(
                ROW + "  letter:\n    reminded: [2027-01-06]\n    «]\n",
                (in_chen(NOT_YAML),),
                id="the_asking_may_still_come",
            ),
            pytest.param(
                ROW + "  letter:\n    uploaded: 2027-02-01\n    packet: 2027-01-06\n    «]\n",
                (in_chen(NOT_YAML),),
                id="an_earlier_asking_may_still_come",
            ),
            pytest.param(
                ROW + "  last_day: 2027-01-30\n  «]\n",
                (in_chen(NOT_YAML),),
                id="saturdays_may_still_come",
            ),
            pytest.param(
                ROW.replace("weeks: 4", "end: «2027-01-01") + "  «]\n",
                (
                    in_chen("end 2027-01-01 is before start 2027-01-04"),
                    in_chen(NOT_YAML),
                ),
                id="a_contradiction_before_the_break",
            ),
            pytest.param(
                ROW + "  us: «maybe\n  hospital: A\n- attending: Ann\n  hospital: «\x00\n",
                (
                    in_chen('us: expected true or false, got "maybe" (yes/no and on/off also work)'),
                    'rotation "ann": the character U+0000 is not allowed in YAML',
                ),
                id="character_that_is_not_yaml",
            ),
            pytest.param(
                "- «chen\n- «" + "[" * 15 + "«[",
                (
                    f"rotation 1 of the list: {EXPECTED_MAPPING}",
                    f"rotation 2 of the list: {EXPECTED_MAPPING}",
                    "rotation 2 of the list: nested deeper than 16 levels",
                ),
                id="too_deep",
            ),
            pytest.param(
                "- «chen\n«---\n- lee\n",
                (
                    f"rotation 1 of the list: {EXPECTED_MAPPING}",
                    "unexpected second YAML document",
                ),
                id="second_document",
            ),
        ],
    )
    def test_problems_before_the_break_are_reported_and_nothing_after_it_is_missed(
        self, text: str, messages: tuple[str, ...]
    ) -> None:
        """The text before the break is examined; a key that may still come after it is not missing."""
        assert problems(text) == at_marks(text, *messages)

    @pytest.mark.parametrize("opening", ["[", "{", "- ", "[{a: ", "? "])
    def test_extreme_nesting_is_refused_as_one_problem_with_a_place(self, opening: str) -> None:
        """A hundred thousand brackets are refused; how deep a parser goes before it gives up does not matter."""
        found = [problem for problem in find_problems(lambda: loads(opening * 100_000)) if "nested" in problem.message]
        assert [problem.message.removeprefix("rotation 1 of the list: ") for problem in found] == [
            "nested deeper than 16 levels"
        ]
        assert [problem.line for problem in found] == [1]
        assert found[0].column


def values_in(plan: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401 - any part of a plan
    """List every value in a plan, as the mapping or list that it is in and its key or index."""
    if not isinstance(plan, (dict, list)):
        return []
    keys = list(plan) if isinstance(plan, dict) else range(len(plan))
    inner = [value for key in keys for value in values_in(plan[key])]
    return [*((plan, key) for key in keys), *inner]


TEXTS = frozenset({"name", "specialty", "hospital", "attending"})
"""Keys that accept any word; for these a list is wrong."""

WRONG = "no such value!"


@st.composite
def plans_with_a_wrong_value(draw: st.DrawFn) -> tuple[str, int]:
    """Draw a valid plan in which one value is replaced by a wrong one, and the offset of that value."""
    plan = draw(plans())
    values = [
        (owner, key)
        for owner, key in values_in(plan)
        if not (owner is plan and isinstance(plan, dict) and key == "rotations" and not rows_of(plan))
    ]
    if not values:
        return WRONG, 0
    owner, key = draw(st.sampled_from(values))
    as_target = isinstance(owner, list) and isinstance(plan, dict) and owner is (plan["applicant"] or {}).get("targets")
    listed = key in TEXTS or as_target
    owner[key] = [WRONG] if listed else WRONG
    text = to_yaml(plan)
    return text, text.index(WRONG) - 2 * listed


@given(plans_with_a_wrong_value())
def test_one_wrong_value_in_a_valid_file_is_one_problem_at_that_value(drawn: tuple[str, int]) -> None:
    """Whatever the rest of a file is, a single wrong value is one problem at its place, and the only one."""
    text, offset = drawn
    before = text[:offset]
    place = (before.count("\n") + 1, offset - before.rfind("\n"))
    assert [(problem.line, problem.column) for problem in find_problems(lambda: loads(text))] == [place]


@given(plans(), st.data())
def test_damaged_file_is_read_or_refused_with_places_in_it(plan: Json | list[Json], data: st.DataObject) -> None:
    """Whatever is cut or overwritten, the result is a plan file or problems with places in the file."""
    text = to_yaml(plan)
    for _ in range(data.draw(st.integers(1, 3))):
        start, length = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, 40))
        scrap = data.draw(st.text(st.sampled_from("ab01 -:#'\"[]{},&*!|>%@`?\n\t\r\x00é😀"), max_size=6))
        text = text[:start] + scrap + text[start + length :]
    try:
        loads(text)
    except PlanFileError as refused:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        places = [(problem.line or 0, problem.column or 0) for problem in refused.problems]
        inside = [0 < line <= len(lines) and 0 < column <= len(lines[line - 1]) + 2 for line, column in places]
        assert inside == [True] * len(places)


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    """Whatever bytes a file has, the result is a plan file or problems."""
    with suppress(PlanFileError):
        assert isinstance(loads(decode(raw)), PlanFile)
