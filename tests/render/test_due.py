"""What is overdue, due and coming, for a person; whole pages are golden texts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from builders import plan, rotation
from export.exporting import in_file
from lorplan.plan.due import find_due
from lorplan.render.due import render_due
from render.rendering import to_text

if TYPE_CHECKING:
    from lorplan.plan.applicant_plan import ApplicantPlan


def render(*plans: ApplicantPlan, within: int = 30, width: int = 100) -> str:
    """Render the page of some plans."""
    file = plans[0].file if len(plans) == 1 else f"{len(plans)} files"
    day, found = date(2027, 3, 1), find_due(plans, within=within)
    return to_text(render_due(found, as_of=day, file=file, several=len(plans) > 1, width=width), width)


def test_page_without_actions_says_that_there_is_nothing_to_do() -> None:
    """It still says of which file and day."""
    assert render(in_file(plan())).splitlines() == ["Due  as of Mon 2027-03-01  rotations.yaml", "Nothing to do."]


@pytest.mark.parametrize(
    ("several", "width", "narrow"),
    [
        pytest.param(False, 72, False, id="one_file"),
        pytest.param(False, 71, True, id="one_file_and_narrow"),
        pytest.param(True, 100, False, id="several_files"),
        pytest.param(True, 99, True, id="several_files_and_narrow"),
    ],
)
def test_action_takes_two_lines_if_the_terminal_is_narrow(several: bool, width: int, narrow: bool) -> None:  # noqa: FBT001 - parameters
    """With several files the name of the applicant needs a column more."""
    plans = [in_file(plan(rotation(), name="Amina"), "a.yaml"), in_file(plan(rotation("Dr. Lee")), "b.yaml")]
    lines = render(*plans[: 1 + several], width=width).splitlines()
    assert lines[1].startswith("upcoming 2027-03-22 to 2027-03-23" if narrow else "upcoming  2027-03-22  to 2027-03-23")
    assert ("Book a few minutes" in lines[1]) != narrow


def test_page_of_several_files_names_the_applicant_or_else_the_file_of_each_action() -> None:
    """And suggests the commands for the first action with its own file."""
    text = render(in_file(plan(rotation(), name="Amina"), "a.yaml"), in_file(plan(rotation("Dr. Lee")), "b.yaml"))
    assert "  Amina" in text
    assert "  b.yaml" in text
    assert "message: lorplan draft chen book -f a.yaml" in text
