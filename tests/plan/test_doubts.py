"""What is doubtful about a rotation since an edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import plan_file, rotation
from lorplan.dates.eras_seasons import season
from lorplan.plan.doubts import find_doubts

if TYPE_CHECKING:
    from runner import Json


TOO_EARLY = "is before the 2028 season opens on 2027-06-02, so it"


def doubts(before: Json, after: Json) -> list[str]:
    """Find what is doubtful about the second of two rotations after a change of it."""
    other = rotation("Dr. Other", letter={"asked": "2027-01-01"})
    return find_doubts(plan_file(other, before), plan_file(other, after), 1, season(2028))


@pytest.mark.parametrize(
    ("letter", "expected"),
    [
        pytest.param({"asked": "2027-03-01"}, [], id="asked_on_the_first_day"),
        pytest.param(
            {"asked": "2027-02-26"},
            ["asked 2027-02-26 is before the rotation begins on 2027-03-01"],
            id="asked_before_the_rotation",
        ),
        pytest.param({"requested": "2027-06-02"}, [], id="requested_on_the_first_day_of_the_season"),
        pytest.param(
            {"requested": "2027-06-01"},
            [f"requested 2027-06-01 {TOO_EARLY} counts for an earlier season only"],
            id="requested_before_the_season",
        ),
        pytest.param(
            {"uploaded": "2027-06-01"},
            [f"uploaded 2027-06-01 {TOO_EARLY} has to be imported"],
            id="uploaded_before_the_season",
        ),
        pytest.param(
            {"asked": "2027-03-24", "thanked": "2027-03-25"},
            ["thanked 2027-03-25 is recorded but uploaded is not"],
            id="thanked_without_an_upload",
        ),
        pytest.param(
            {"asked": "2027-03-24", "sent": "2027-06-30", "thanked": "2027-07-01"}, [], id="thanked_for_a_sent_letter"
        ),
        pytest.param({"thanked": "2027-09-02", "assigned": "2027-09-01"}, [], id="thanked_for_an_assigned_letter"),
    ],
)
def test_record_that_cannot_be_yet_is_doubtful(letter: Json, expected: list[str]) -> None:
    """Both sides of each day."""
    assert doubts(rotation(), rotation(letter=letter)) == expected


def test_what_was_doubtful_before_and_what_concerns_others_is_not_told() -> None:
    """Only what the edit has brought."""
    early = {"asked": "2027-02-26"}
    assert doubts(rotation(letter=early), rotation(letter=early, contact="daily")) == []
    assert doubts(rotation(letter=early), rotation()) == []
