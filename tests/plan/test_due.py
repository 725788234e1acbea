"""What is overdue, due and coming, in one plan or many."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from builders import plan, rotation
from lorplan.plan.applicant_plan import ApplicantPlan
from lorplan.plan.due import DAYS_AHEAD, find_due, most_urgent
from lorplan.plan.model import Action

if TYPE_CHECKING:
    from lorplan.plan.model import Plan, State


def due_ids(*found: tuple[Plan, str], within: int = DAYS_AHEAD) -> list[tuple[str, str]]:
    """List what is due in some plans: the file and the action's id."""
    due = find_due([ApplicantPlan(one, file) for one, file in found], within=within)
    return [(item.file, item.action.id) for item in due]


def make_action(state: State, on: int, until: int, action_id: str = "chen:ask") -> Action:
    """Make an action with a state, from one day of March to another."""
    return Action(
        id=action_id,
        kind="ask",
        rotation="chen",
        attending="Dr. Wei Chen",
        on=date(2027, 3, on),
        until=date(2027, 3, until),
        state=state,
        channel="email",
        conditional=False,
        title="Ask",
        rules=("WHEN-1",),
    )


@pytest.mark.parametrize(
    ("days_before", "within", "expected"),
    [
        pytest.param(15, 14, [], id="a_day_too_early"),
        pytest.param(14, 14, ["chen:book"], id="within_the_days_ahead"),
        pytest.param(1, 0, [], id="not_today"),
        pytest.param(0, 0, ["chen:book"], id="today"),
        pytest.param(0, -1, ["chen:book"], id="due_only"),
        pytest.param(1, -1, [], id="due_only_and_a_day_too_early"),
    ],
)
def test_action_is_found_from_so_many_days_before_its_day(days_before: int, within: int, expected: list[str]) -> None:
    """The booking is on 22 March, and the asking on the 24th."""
    as_of = date(2027, 3, 22) - timedelta(days_before)
    found = due_ids((plan(rotation(), as_of=as_of.isoformat()), "a.yaml"), within=within)
    assert [action_id for _, action_id in found if action_id == "chen:book"] == expected


def test_two_weeks_ahead_are_looked_at_unless_said_otherwise() -> None:
    """The default of the command."""
    assert DAYS_AHEAD == 14


def test_actions_of_several_plans_are_sorted_by_state_then_by_their_last_day() -> None:
    """Overdue before due before upcoming, whatever the file."""
    late = plan(rotation("Dr. Late", start="2027-02-01", end="2027-02-26"), as_of="2027-03-22")
    soon = plan(rotation("Dr. Soon"), rotation("Dr. Also"), as_of="2027-03-22")
    assert due_ids((soon, "b.yaml"), (late, "a.yaml")) == [
        ("a.yaml", "late:ask"),
        ("b.yaml", "also:book"),
        ("b.yaml", "soon:book"),
        ("b.yaml", "also:ask"),
        ("b.yaml", "soon:ask"),
    ]


def test_equal_actions_are_sorted_by_file() -> None:
    """The same plan in two files."""
    found = plan(rotation(), as_of="2027-03-22")
    assert due_ids((found, "b.yaml"), (found, "a.yaml"), within=-1) == [
        ("a.yaml", "chen:book"),
        ("b.yaml", "chen:book"),
    ]


def test_due_action_has_its_file_and_the_name_of_the_applicant_if_there_is_one() -> None:
    """A plan file without a name gives none."""
    named, unnamed = (plan(rotation(), as_of="2027-03-22", name=name) for name in ("Amina", None))
    found = find_due([ApplicantPlan(named, "a.yaml"), ApplicantPlan(unnamed, "b.yaml")], within=-1)
    assert [(item.file, item.applicant) for item in found] == [("a.yaml", "Amina"), ("b.yaml", None)]


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        pytest.param([("upcoming", 1, 2), ("due", 3, 9), ("overdue", 4, 5)], 2, id="overdue_first"),
        pytest.param([("upcoming", 1, 2), ("due", 3, 9)], 1, id="due_before_upcoming"),
        pytest.param([("due", 1, 9), ("due", 2, 8)], 1, id="overdue_soonest"),
        pytest.param([("due", 2, 9), ("due", 1, 9)], 1, id="due_longest"),
        pytest.param([("due", 1, 9), ("due", 1, 9)], 0, id="the_first_of_equals"),
    ],
)
def test_most_urgent_action_is_overdue_then_due_then_overdue_soonest(
    actions: list[tuple[State, int, int]], expected: int
) -> None:
    """The rest of the order is that of the list."""
    made = [make_action(*one, action_id=f"chen:{place}") for place, one in enumerate(actions)]
    found = most_urgent(made)
    assert found is not None
    assert found.id == f"chen:{expected}"


def test_most_urgent_of_no_actions_is_none() -> None:
    """There is nothing to do."""
    assert most_urgent([]) is None
