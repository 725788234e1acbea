"""Numbers of a plan file: whole, and within the bounds of each."""

from __future__ import annotations

import re

import pytest

from lorplan.planfile.reader import loads
from planfile.refusals import EXPECTED_LIST, at_marks, in_chen, problems

BOUNDS = [
    ("policy: {want: N}", "want", 1, 10),
    ("policy: {max_per_program: N}", "max_per_program", 1, 10),
    ("policy: {spare: N}", "spare", 0, 10),
    ("policy: {final_week_days: N}", "final_week_days", 1, 28),
    ("policy: {follow_up_days: N}", "follow_up_days", 1, 3660),
    ("policy: {remind_after_days: N}", "remind_after_days", 1, 3660),
    ("policy: {fresh_days: N}", "fresh_days", 0, 3660),
    ("policy: {lead_days: N}", "lead_days", 0, 3660),
    ("policy: {processing_days: N}", "processing_days", 0, 3660),
    ("policy: {no_answer_days: N}", "no_answer_days", 0, 3660),
    ("policy: {thank_days: N}", "thank_days", 0, 3660),
    ("policy: {assign_days: N}", "assign_days", 0, 3660),
    ("policy: {packet_days: N}", "packet_days", 0, 3660),
    ("policy: {remind_before_days: [7, N]}", "remind_before_days", 0, 3660),
    ("applicant: {season: N}", "season", 1991, 2100),
    ("applicant: {targets: [{specialty: im, in_specialty: N}]}", "in_specialty", 0, 10),
    ("- {attending: Wei Chen, specialty: im, start: 2027-01-04, weeks: N}", "weeks", 1, 104),
]
each_bound = pytest.mark.parametrize(
    ("text", "key", "low", "high"), [pytest.param(*bound, id=bound[1]) for bound in BOUNDS]
)


def read_number(text: str, key: str) -> int:
    """Read a file and find a number in it, the last one of a list."""
    found = re.search(rf"\b{key}=(?:\(7, )?(\d+)", repr(loads(text)))
    assert found
    return int(found[1])


class TestNumbers:
    @each_bound
    def test_number_may_be_its_minimum_and_its_maximum(self, text: str, key: str, low: int, high: int) -> None:
        """Both bounds are allowed."""
        assert [read_number(text.replace("N", str(number)), key) for number in (low, high)] == [low, high]

    @each_bound
    def test_number_below_its_minimum_or_above_its_maximum_is_refused(
        self, text: str, key: str, low: int, high: int
    ) -> None:
        """The message has the bound."""
        name = in_chen(key) if "Wei" in text else key
        few, many = (text.replace("N", f"«{number}") for number in (low - 1, high + 1))
        assert [*problems(few), *problems(many)] == [
            *at_marks(few, f"{name}: {low - 1} is too small; it must be at least {low}"),
            *at_marks(many, f"{name}: {high + 1} is too large; it must be at most {high}"),
        ]

    @pytest.mark.parametrize(("text", "key"), [pytest.param(text, key, id=key) for text, key, _, _ in BOUNDS])
    def test_number_that_is_not_written_in_digits_is_refused(self, text: str, key: str) -> None:
        """A number consists of digits, with at most a sign before them."""
        name = in_chen(key) if "Wei" in text else key
        for number in ("3.0", "1e1", "two", "", "0x3", "1_0", "٣", "- 3"):
            wrong = text.replace("N", f"«'{number}'")
            assert problems(wrong) == at_marks(wrong, f'{name}: "{number}" is not a whole number')

    @pytest.mark.parametrize("number", ["10000000000", "9" * 5000])
    def test_huge_number_is_too_large(self, number: str) -> None:
        """A number with very many digits is a whole number, and too large."""
        [problem] = problems(f"policy: {{want: {number}}}")
        assert "is too large; it must be at most 10" in problem

    @pytest.mark.parametrize("key", ["want", "remind_before_days"])
    def test_mapping_instead_of_a_number_is_refused(self, key: str) -> None:
        """A number cannot have keys."""
        text = f"policy: {{{key}: «{{}}}}"
        expected = "expected a whole number" if key == "want" else EXPECTED_LIST
        assert problems(text) == at_marks(text, f"{key}: {expected}")

    def test_more_than_twelve_dated_reminders_are_refused(self) -> None:
        """Twelve numbers of days before the deadline are read, thirteen are not."""
        twelve = ", ".join(map(str, range(1, 13)))
        text = f"policy: {{remind_before_days: «[{twelve}, 13]}}"
        assert loads(f"policy: {{remind_before_days: [{twelve}]}}").policy.remind_before_days == tuple(range(1, 13))
        assert problems(text) == at_marks(text, "remind_before_days: 13 entries are too many; at most 12 are allowed")
