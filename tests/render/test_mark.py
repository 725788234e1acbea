"""What was recorded for a letter and what comes next, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders import letter, plan, rotation
from export.exporting import in_file
from lorplan.render.mark import render_mark
from render.rendering import to_text

if TYPE_CHECKING:
    from lorplan.plan.model import Plan


def render(found: Plan) -> list[str]:
    """Render the lines of the page for the only letter of a plan."""
    return to_text(render_mark(in_file(found), letter(found), "Recorded it.", width=100)).splitlines()


def test_page_has_what_was_done_the_next_action_and_its_commands() -> None:
    """Of what is to come, only the first action is shown."""
    lines = render(plan(rotation(performance=None)))
    assert lines[:4] == ["Dr. Wei Chen (chen)  as of Mon 2027-03-01  rotations.yaml", "Recorded it.", "", "Next"]
    assert lines[4].startswith("upcoming  2027-03-12  to ")
    assert sum(line.startswith("upcoming") for line in lines) == 1
    assert lines[-1] == "message: lorplan draft chen feedback -f rotations.yaml"


def test_page_has_everything_that_is_due_and_the_first_action_to_come() -> None:
    """What is due is not hidden by what was recorded."""
    lines = render(plan(rotation(performance=None), as_of="2027-03-22"))
    states = [line.split()[0] for line in lines if line.startswith(("due", "upcoming", "overdue"))]
    assert states == ["due", "due", "upcoming"]


def test_page_of_a_letter_with_nothing_to_do_gives_its_verdict() -> None:
    """With the reason that decided."""
    lines = render(plan(rotation(choice="skip")))
    assert lines[2:4] == ["", "Nothing more to do for this letter: skip, you chose to skip it"]


def test_page_has_the_warnings_about_the_letter_and_no_others() -> None:
    """The missing season of the plan is not about the letter."""
    lines = render(plan(rotation(specialty="space medicine"), season=None))
    warnings = [line for line in lines if line.startswith("! ")]
    assert len(warnings) == 1
    assert "space medicine" in warnings[0]
