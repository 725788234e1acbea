"""An action as a row: the rotation, when, and what to do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from builders import plan, rotation
from lorplan.render.action_rows import action_row
from lorplan.render.layout import OVERDUE

if TYPE_CHECKING:
    from lorplan.plan.model import Action, State


def an_action(state: State, on: date, until: date, *, conditional: bool = False) -> Action:
    """Make an action with a state and its days."""
    action = plan(rotation()).actions[0]
    return action._replace(state=state, on=on, until=until, conditional=conditional, title="Ask")


@pytest.mark.parametrize(
    ("state", "on", "until", "expected"),
    [
        pytest.param("overdue", date(2027, 2, 1), date(2027, 2, 26), "since Feb 27", id="overdue"),
        pytest.param("overdue", date(2026, 2, 1), date(2026, 2, 26), "since Feb 27, 2026", id="overdue_for_a_year"),
        pytest.param("due", date(2027, 2, 1), date(2027, 3, 1), "today", id="due_for_the_last_day"),
        pytest.param("due", date(2027, 2, 1), date(2027, 3, 2), "until Tue Mar 2", id="due_for_longer"),
        pytest.param("upcoming", date(2027, 3, 2), date(2027, 3, 9), "Tue Mar 2", id="to_come"),
    ],
)
def test_row_says_since_when_until_when_or_from_when(state: State, on: date, until: date, expected: str) -> None:
    """As of Monday 1 March 2027."""
    _, when, _ = action_row(an_action(state, on, until), plan(rotation()).dates)
    assert when.plain == expected
    assert (when.style == OVERDUE) == (state == "overdue")


def test_row_has_the_rotation_first_as_commands_take_it() -> None:
    """It is what to type after `draft`, `done` and `why`."""
    dates = plan(rotation()).dates
    row = action_row(an_action("due", date(2027, 3, 1), date(2027, 3, 1)), dates)
    assert [cell.plain for cell in row] == ["chen", "today", "Ask"]


def test_row_of_a_conditional_action_says_so_and_names_its_rules_if_wanted() -> None:
    """Rules are for those who want to know why."""
    dates = plan(rotation()).dates
    action = an_action("due", date(2027, 3, 1), date(2027, 3, 1), conditional=True)
    assert action_row(action, dates)[-1].plain == "Ask (if still needed)"
    assert action_row(action, dates, with_rules=True)[-1].plain == f"Ask (if still needed) ({action.rules[0]})"
