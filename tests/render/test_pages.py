"""Parts of the pages that not every plan has."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console

from builders import plan, rotation
from lorplan.render import plan as render_plan
from lorplan.render import why as render_why
from lorplan.render.timeline import UNICODE
from lorplan.rules import BY_ID

if TYPE_CHECKING:
    from lorplan.plan.model import Plan

TARGETS = {"season": 2026, "deadline": "2025-09-24", "targets": ["neurology"]}


def shown(found: Plan) -> str:
    """The page of a plan as text."""
    console = Console(file=StringIO(), width=100, color_system=None)
    with console.capture() as page:
        for part in render_plan.plan(found, "x.yaml", width=100, glyphs=UNICODE):
            console.print(part)
    return page.get()


def reasons(found: Plan) -> str:
    """Why the first letter of a plan has its verdict, as text."""
    console = Console(file=StringIO(), width=100, color_system=None)
    with console.capture() as page:
        for part in render_why.why(found, found.letters[0], "x.yaml", BY_ID):
            console.print(part)
    return page.get()


def test_a_plan_without_warnings_has_no_such_part() -> None:
    """Where there is nothing to warn of, no heading says so."""
    chen = rotation(specialty="neurology", start="2025-03-03", end="2025-03-28")
    found = plan(chen, as_of="2025-03-01", policy={"want": 1}, **TARGETS)
    assert found.warnings == ()
    assert "Warnings" not in shown(found)
    assert "published" in shown(found)


def test_what_holds_for_several_rotations_is_told_once() -> None:
    """A specialty that we do not know is a warning for each rotation, and one line for who reads them."""
    found = plan(*(rotation(name, specialty="space medicine") for name in ("Ann Lee", "Bo Chen", "Cy Diaz")))
    [text] = {warning.text for warning in found.warnings if warning.code == "unknown-specialty"}
    assert [warning.text for warning in found.warnings].count(text) == 3
    assert " ".join(shown(found).split()).count(text) == 1


def test_a_plan_with_warnings_tells_each() -> None:
    """Every warning is on the page."""
    found = plan(rotation())
    page = " ".join(shown(found).split())
    assert all(" ".join(caution.text.split()) in page for caution in found.warnings)


def test_numbers_of_ones_own_are_told() -> None:
    """A page says which number of the rule book was changed, and from what."""
    found = plan(rotation(), policy={"lead_days": 14, "remind_before_days": []})
    said = (
        "Your policy: lead_days 14 instead of 28 (WHEN-7), remind_before_days none instead of 14, 7, 3 (WHEN-10)"
    )
    assert said in " ".join(shown(found).split())


def test_why_tells_the_numbers_that_its_rules_use() -> None:
    """A changed number is told where its rule spoke, and only there."""
    found = plan(rotation(), policy={"processing_days": 1, "spare": 2})
    page = reasons(found)
    assert "processing_days is 1 instead of 5 (WHEN-9)" in page
    assert "spare" not in page
