"""The whole of a plan as a page: reasons, all actions, all warnings, the season and the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders import plan, rotation
from export.exporting import in_file
from lorplan.render.full_plan import render_full_plan
from lorplan.render.timeline import UNICODE
from render.rendering import on_one_line, to_text

if TYPE_CHECKING:
    from lorplan.plan.model import Plan


def render(found: Plan, width: int = 100) -> str:
    """Render the page of a plan."""
    return to_text(render_full_plan(in_file(found, "x.yaml"), width=width, glyphs=UNICODE), width)


def test_page_of_a_plan_without_notes_has_no_such_section() -> None:
    """A published season with all its letters has nothing to be noted."""
    chen = rotation(specialty="neurology", start="2025-03-03", end="2025-03-28")
    spare = rotation("Dr. Ann Ames", specialty="neurology", start="2025-03-31", end="2025-04-25")
    found = plan(chen, spare, as_of="2025-03-01", policy={"want": 1}, season=2026, targets=["neurology"])
    assert found.warnings == ()
    assert "Warnings" not in render(found)
    assert "2026 season (published): " in render(found)


def test_page_shows_a_note_about_several_rotations_once() -> None:
    """An unknown specialty is a warning for each rotation, and one line for a person."""
    found = plan(*(rotation(name, specialty="space medicine") for name in ("Ann Lee", "Bo Chen", "Cy Diaz")))
    [text] = {warning.text for warning in found.warnings if warning.code == "unknown-specialty"}
    assert [warning.text for warning in found.warnings].count(text) == 3
    assert on_one_line(render(found)).count(text) == 1


def test_page_shows_every_note_with_days_as_people_write_them() -> None:
    """None is left out."""
    found = plan(rotation())
    assert len(found.warnings) > 1
    page = on_one_line(render(found))
    assert all(on_one_line(found.dates.write_days_in(warning.text)) in page for warning in found.warnings)


def test_page_names_the_changed_numbers_with_their_rules() -> None:
    """One sees which numbers of the rule book do not apply."""
    found = plan(rotation(), policy={"lead_days": 14, "remind_before_days": []})
    expected = "Your policy: lead_days 14 instead of 28 (WHEN-7), remind_before_days none instead of 14, 7, 3 (WHEN-10)"
    assert expected in on_one_line(render(found))
    assert "Your policy" not in render(plan(rotation()))


def test_page_of_a_plan_without_rotations_has_no_timeline_and_no_letters() -> None:
    """There are no empty sections."""
    page = render(plan())
    assert "Timeline" not in page
    assert "Letters\n" not in page
    assert "To come" not in page


def test_page_has_each_letter_with_its_hospital_window_and_reason() -> None:
    """The id is what commands take; a skipped letter has no rank."""
    rows = rotation(hospital="Mercy General"), rotation("Dr. Ann Ames", choice="skip")
    page = render(plan(*rows))
    assert "  1  ask   Dr. Wei Chen (chen), Mercy General, ask on Wed Mar 24 (Mar 22 to Mar 26)\n" in page
    assert "  -  skip  Dr. Ann Ames (ames)\n           you chose to skip it (WHO-12)\n" in page


def test_page_has_every_action_with_its_rules() -> None:
    """However many there are."""
    rows = [rotation(f"Dr. Number {n}", start=f"2027-0{n}-01", weeks=4, performance=None) for n in range(3, 8)]
    found = plan(*rows, as_of="2027-03-24")
    page = on_one_line(render(found))
    assert all(on_one_line(action.title) in page for action in found.actions)
    assert "(WHEN-6, WHO-2)" in page


def test_page_names_the_letters_to_assign_and_what_else_programs_expect() -> None:
    """For each target."""
    page = render(plan(rotation(specialty="internal medicine"), targets=["internal medicine", "psychiatry"]))
    assert "To assign\n  internal medicine  chen\n  psychiatry         chen\n" in page
    assert "Many programs also expect one letter from a department of medicine." in page


def test_page_of_targets_without_letters_says_so() -> None:
    """Nothing can be assigned yet."""
    assert "  psychiatry  none yet" in render(plan(rotation(choice="skip"), targets=["psychiatry"]))
