"""What has changed between two plans, in a sentence for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import letter, plan, rotation
from lorplan.plan.changes import GapChange, LetterChange, PlanChanges, compare_plans
from lorplan.render.changes import MOST, describe_changes

if TYPE_CHECKING:
    from lorplan.plan.model import Plan, Verdict

PROMISED = {"letter": {"asked": "2027-03-01", "agreed": "2027-03-01"}}


def describe(before: Plan, after: Plan) -> str:
    """Describe what has changed between two plans."""
    return describe_changes(compare_plans(before, after), after.dates)


def test_nothing_is_said_of_the_same_plan() -> None:
    """The caller says that nothing has changed."""
    found = plan(rotation(), targets=["neurology"])
    assert describe(found, found) == ""


@pytest.mark.parametrize(
    ("earlier", "now", "has_moved", "sentence"),
    [
        pytest.param("hold", "ask", False, "now ask Dr. Wei Chen, Wed Mar 24", id="to_be_asked"),
        pytest.param("ask", "ask", True, "the day to ask Dr. Wei Chen is Wed Mar 24", id="another_day"),
        pytest.param("ask", "hold", False, "no longer ask Dr. Wei Chen", id="no_longer_asked"),
        pytest.param("ask", "reserve", False, "no longer ask Dr. Wei Chen, who is in reserve", id="replaced"),
        pytest.param("hold", "reserve", False, "Dr. Wei Chen is now in reserve", id="in_reserve"),
        pytest.param("reserve", "skip", False, "Dr. Wei Chen is no longer in reserve", id="out_of_reserve"),
        pytest.param("keep", "skip", False, "Dr. Wei Chen: skip instead of keep", id="no_longer_counted"),
        pytest.param("ask", "keep", False, "Dr. Wei Chen: keep instead of ask", id="asked"),
        pytest.param(None, "hold", False, "Dr. Wei Chen: hold", id="new"),
    ],
)
def test_changed_letter_is_named_with_what_becomes_of_it(
    earlier: Verdict | None,
    now: Verdict,
    has_moved: bool,  # noqa: FBT001 - parameters
    sentence: str,
) -> None:
    """The letter to be asked for with its day."""
    found = plan(rotation())
    change = LetterChange(letter(found)._replace(verdict=now), earlier, has_moved)
    changes = PlanChanges((change,), (), expected=(1, 1), wanted=3, closed=None)
    assert describe_changes(changes, found.dates) == sentence


def test_whom_to_ask_comes_first_then_the_others_gaps_and_counts() -> None:
    """What to do matters most."""
    rows = [rotation(f"Dr. A{n}", performance="excellent") for n in range(2)]
    before = plan(*rows, rotation("Dr. Ann Ames"), targets=["neurology"])
    skipped = rotation("Dr. Ann Ames", choice="skip", specialty="cardiology")
    after = plan(*rows, skipped, rotation(specialty="cardiology"), targets=["neurology"])
    assert describe(before, after) == "now ask Dr. Wei Chen, Wed Mar 24; no longer ask Dr. Ann Ames"
    fewer = plan(*rows[:1], skipped, targets=[{"specialty": "neurology", "in_specialty": 2}])
    assert describe(before, fewer) == (
        "no longer ask Dr. Ann Ames; neurology lacks 1 letter; 1 letter expected instead of 3, 3 wanted"
    )


def test_gap_that_is_filled_is_named() -> None:
    """The target has what it needs."""
    found = plan(rotation())
    changes = PlanChanges((), (GapChange("neurology", lacks=0, lacked=2),), expected=(1, 1), wanted=3, closed=None)
    assert describe_changes(changes, found.dates) == "neurology has the letters it needs"


def test_end_of_asking_and_its_reopening_are_said_first() -> None:
    """With enough letters in hand nobody else need be asked."""
    rows = [rotation(f"Dr. A{n}", **PROMISED) for n in range(2)]
    open_, closed = (plan(*rows[:n], policy={"want": 1, "spare": 1}) for n in (1, 2))
    assert describe(open_, closed).startswith("nobody else need be asked; ")
    assert describe(closed, open_).startswith("letters are to be asked for again; ")


@pytest.mark.parametrize("number", [MOST, MOST + 1, MOST + 2])
def test_many_changes_are_counted_instead_of_told(number: int) -> None:
    """One sentence stays one."""
    gaps = tuple(GapChange(f"target {n}", lacks=1, lacked=0) for n in range(number))
    text = describe_changes(PlanChanges((), gaps, expected=(1, 1), wanted=3, closed=None), plan().dates)
    more = {0: "", 1: "; and 1 more change", 2: "; and 2 more changes"}[number - MOST]
    assert text == "; ".join(f"target {n} lacks 1 letter" for n in range(MOST)) + more
