"""Parts of the plan's page that not every plan has; whole pages are golden texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import plan, rotation
from export.exporting import in_file
from lorplan.render.plan import MAX_ACTIONS, render_plan
from lorplan.render.timeline import UNICODE
from render.rendering import on_one_line, to_text

if TYPE_CHECKING:
    from lorplan.plan.model import Plan


def render(found: Plan, width: int = 100) -> str:
    """Render the page of a plan."""
    return to_text(render_plan(in_file(found, "x.yaml"), width=width, glyphs=UNICODE), width)


def test_page_of_a_plan_without_warnings_has_no_such_section() -> None:
    """A published season with all its letters has nothing to warn of."""
    chen = rotation(specialty="neurology", start="2025-03-03", end="2025-03-28")
    found = plan(chen, as_of="2025-03-01", policy={"want": 1}, season=2026, targets=["neurology"])
    assert found.warnings == ()
    assert "Warnings" not in render(found)
    assert "2026 season (published): " in render(found)


def test_page_shows_a_warning_about_several_rotations_once() -> None:
    """An unknown specialty is a warning for each rotation, and one line for a person."""
    found = plan(*(rotation(name, specialty="space medicine") for name in ("Ann Lee", "Bo Chen", "Cy Diaz")))
    [text] = {warning.text for warning in found.warnings if warning.code == "unknown-specialty"}
    assert [warning.text for warning in found.warnings].count(text) == 3
    assert on_one_line(render(found)).count(text) == 1


def test_page_shows_every_warning() -> None:
    """None is left out."""
    found = plan(rotation())
    assert len(found.warnings) > 1
    page = on_one_line(render(found))
    assert all(on_one_line(warning.text) in page for warning in found.warnings)


def test_page_names_the_changed_numbers_with_their_rules() -> None:
    """One sees which numbers of the rule book do not apply."""
    found = plan(rotation(), policy={"lead_days": 14, "remind_before_days": []})
    expected = "Your policy: lead_days 14 instead of 28 (WHEN-7), remind_before_days none instead of 14, 7, 3 (WHEN-10)"
    assert expected in on_one_line(render(found))
    assert "Your policy" not in render(plan(rotation()))


def test_page_of_a_plan_without_rotations_has_no_timeline_and_nothing_to_do() -> None:
    """There are no empty sections."""
    page = render(plan())
    assert "Timeline" not in page
    assert "Whom to ask" not in page
    assert "Nothing to do." in page
    assert page.startswith("Letters of recommendation  as of Mon 2027-03-01  x.yaml\n")


def test_page_with_many_actions_shows_the_first_and_counts_the_others() -> None:
    """The command for the others looks far enough ahead to show them all."""
    rows = [rotation(f"Dr. Number {n}", start=f"2027-0{n}-01", weeks=4, performance=None) for n in range(3, 8)]
    found = plan(*rows)
    page = on_one_line(render(found))
    left = len(found.actions) - MAX_ACTIONS
    days = (found.actions[-1].on - found.as_of).days
    assert left > 0
    assert f"and {left} more: lorplan due x.yaml --within {days}d" in page
    assert page.count("upcoming") + page.count(" due 2027") == MAX_ACTIONS


def test_page_shows_everything_that_is_due_however_much_it_is() -> None:
    """The limit is on what is to come."""
    rows = [rotation(f"Dr. Number {n}", id=f"n{n}", performance=None) for n in range(12)]
    found = plan(*rows, as_of="2027-03-24", policy={"want": 6, "spare": 6})
    due = [action for action in found.actions if action.is_due]
    assert len(due) > MAX_ACTIONS
    page = on_one_line(render(found))
    assert all(on_one_line(action.title) in page for action in due)


@pytest.mark.parametrize(("width", "header"), [(89, False), (90, True)])
def test_list_of_letters_has_the_window_if_there_is_room(width: int, header: bool) -> None:  # noqa: FBT001 - parameters
    """From 90 columns on one sees between which days to ask."""
    page = render(plan(rotation()), width)
    assert ("Window" in page) == header
    assert ("03-22 to 03-26" in page) == header
