"""What was recorded for a letter, what has changed and what comes next, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import letter, plan, rotation
from export.exporting import in_file
from lorplan.plan.changes import compare_plans
from lorplan.render.mark import MarkedRecord, render_mark
from render.rendering import to_text

if TYPE_CHECKING:
    from lorplan.plan.model import Plan


def render(found: Plan, *, before: Plan | None = None, width: int = 100, correction: tuple[str, ...] = ()) -> list[str]:
    """Render the lines of the page for the letter of Dr. Chen."""
    record = MarkedRecord(
        applicant_plan=in_file(found),
        letter=letter(found),
        done="Recorded it.",
        changes=compare_plans(before or found, found, marked="chen"),
        undo=("it", "--unset"),
        doubts=["odd"],
        correction=correction,
    )
    return to_text(render_mark(record, width=width), width).splitlines()


def test_page_has_what_was_done_the_next_action_and_its_commands() -> None:
    """Of what is to come, only the first action is shown; doubts come right after the record."""
    assert render(plan(rotation(performance=None)), width=80) == [
        "Dr. Wei Chen (chen)                                              Mon Mar 1, 2027",
        "Recorded it.",
        "! odd",
        "Nothing else changes in the plan.",
        "",
        "Next",
        "  Fri Mar 12  Ask Dr. Wei Chen how you are doing",
        "",
        "Message: lorplan draft chen feedback -f rotations.yaml",
        "When done: lorplan mark chen feedback -f rotations.yaml",
        "To take it back: lorplan mark chen it --unset -f rotations.yaml",
    ]


def test_page_has_the_command_for_another_value_before_the_one_that_takes_it_back() -> None:
    """Where the value that was recorded is the plan's own."""
    assert render(plan(rotation()), correction=("meeting=DATE", "--force"))[-2:] == [
        "On another day: lorplan mark chen meeting=DATE --force -f rotations.yaml",
        "To take it back: lorplan mark chen it --unset -f rotations.yaml",
    ]


def test_page_says_what_has_changed() -> None:
    """In the plan as a whole."""
    rows = [rotation(f"Dr. A{n}", performance="excellent") for n in range(3)]
    before, after = plan(*rows, rotation()), plan(*rows[1:], rotation())
    assert "Changed: now ask Dr. Wei Chen, Wed Mar 24." in render(after, before=before)


def test_page_has_everything_that_is_due_and_the_first_action_to_come() -> None:
    """What is due is not hidden by what was recorded."""
    lines = render(plan(rotation(performance=None), as_of="2027-03-22"))
    assert [line.split()[0] for line in lines if line.startswith("  ")] == ["until", "until", "Wed"]


@pytest.mark.parametrize(("width", "narrow"), [(72, False), (71, True)])
def test_action_takes_two_lines_if_the_terminal_is_narrow(width: int, narrow: bool) -> None:  # noqa: FBT001 - parameters
    """Nothing is squeezed."""
    lines = render(plan(rotation(performance=None)), width=width)
    assert ("  Ask Dr. Wei Chen how you are doing" in lines) == narrow


def test_page_of_a_letter_with_nothing_to_do_gives_its_verdict() -> None:
    """With the reason that decided."""
    assert "Nothing more to do for this letter: skip, you chose to skip it" in render(plan(rotation(choice="skip")))


def test_page_has_the_warnings_about_the_letter_and_no_others() -> None:
    """The missing season of the plan is not about the letter."""
    lines = render(plan(rotation(specialty="space medicine"), season=None))
    warnings = [line for line in lines if line.startswith("! ")]
    assert len(warnings) == len(["odd", "space medicine"])
    assert "space medicine" in warnings[1]
