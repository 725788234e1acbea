"""What has changed about programs, in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from builders import plan_file, program, rotation
from lorplan.plan.changes import compare_plans
from lorplan.plan.planner import make_plan
from lorplan.render.changes import describe_changes

if TYPE_CHECKING:
    from runner import Json

AS_OF = date(2027, 7, 2)


def changes(before: list[Json], after: list[Json]) -> str:
    """Compare the plans of two lists of programs, for which three letters are in the portal."""
    rows = [rotation(f"Dr. {name}", letter={"uploaded": "2027-07-01"}) for name in ("Ames", "Boyd", "Cole")]
    plans = [make_plan(plan_file(*rows, targets=["neurology"], programs=ones), AS_OF) for ones in (before, after)]
    return describe_changes(compare_plans(*plans), plans[1].dates)


ALL: Json = {"assigned": ["ames", "boyd", "cole"]}


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        pytest.param([program()], [program()], "", id="nothing"),
        pytest.param([program()], [program(**ALL)], "Lakeside is now complete", id="one"),
        pytest.param(
            [program("A"), program("B")],
            [program("A", **ALL), program("B", **ALL)],
            "A and B are now complete",
            id="two",
        ),
        pytest.param(
            [program(name) for name in "ABCD"],
            [program(name, **ALL) for name in "ABCD"],
            "4 programs are now complete",
            id="many_are_counted",
        ),
        pytest.param([program()], [program(choice="skip")], "you no longer apply to Lakeside", id="skipped"),
        pytest.param([], [program()], "Lakeside is now ready", id="new"),
    ],
)
def test_programs_whose_state_has_changed_are_told(before: list[Json], after: list[Json], text: str) -> None:
    """By their names as long as they are few."""
    assert changes(before, after) == text
