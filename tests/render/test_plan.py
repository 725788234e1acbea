"""The page of a plan on one screen; whole pages are golden texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from builders import plan, rotation
from export.exporting import in_file
from lorplan.plan.planner import make_plan
from lorplan.planfile.models import PlanFile
from lorplan.render.plan import render_plan
from lorplan.render.timeline import UNICODE
from oracle.strategies import quick_plans_and_days
from render.rendering import to_text

if TYPE_CHECKING:
    from datetime import date

    from lorplan.plan.model import Plan
    from runner import Json

SCREEN = 24


def render(found: Plan, width: int = 80, *, file: str = "x.yaml") -> list[str]:
    """Render the page of a plan."""
    return to_text(render_plan(in_file(found, file), width=width, glyphs=UNICODE), width).splitlines()


def eight() -> list[Any]:
    """Write eight rotations from January to August, of which the first have been asked."""
    rows = [rotation(f"Dr. Number {n}", start=f"2027-0{n}-04", weeks=4, performance=None) for n in range(1, 9)]
    for row in rows[:4]:
        row["letter"] = {"asked": str(row["start"])[:8] + "20", "agreed": str(row["start"])[:8] + "21"}
    return rows


def test_page_has_what_to_do_the_counts_the_targets_and_the_table() -> None:
    """In this order, and the commands that say more."""
    rows = (
        rotation(performance=None),
        rotation("Dr. Ann Ames", specialty="family medicine", start="2027-05-03", weeks=4),
    )
    found = plan(*rows, as_of="2027-03-12", targets=["neurology", "family medicine"], name="Amina", policy={"want": 2})
    assert render(found)[:9] == [
        "Amina, 2028 Match                                               Fri Mar 12, 2027",
        "",
        "Now   chen  until Fri Mar 19  Ask Dr. Wei Chen how you are doing",
        "Next  chen  Mon Mar 22        Book a few minutes with Dr. Wei Chen for Wed Mar…",
        "",
        "2 letters wanted: 2 planned, 0 promised, 0 in    Needed in the portal by Sep 15",
        "  neurology        1 of 1  chen",
        "  family medicine  1 of 1  ames",
        "",
    ]
    assert render(found)[-1].startswith("3 warnings: lorplan plan x.yaml --full   All: lorplan due x.yaml --all")


@pytest.mark.parametrize("day", ["2026-12-01", "2027-01-20", "2027-03-20", "2027-07-01", "2027-08-20", "2027-12-01"])
@pytest.mark.parametrize("targets", [[], ["neurology", "family medicine", "psychiatry"]], ids=["none", "three"])
def test_page_of_eight_rotations_fits_a_screen_on_any_day(day: str, targets: list[str]) -> None:
    """Of 24 lines and 80 columns."""
    lines = render(plan(*eight(), as_of=day, targets=targets))
    assert len(lines) <= SCREEN
    assert max(map(cell_len, lines)) <= 80


@given(quick_plans_and_days(), st.integers(20, 220))
def test_no_line_of_any_page_is_wider_than_the_terminal(drawn: tuple[Json, date], width: int) -> None:
    """But for commands, which are never broken."""
    lines = render(make_plan(PlanFile.model_validate(drawn[0]), drawn[1]), width)
    assert all(cell_len(line) <= width for line in lines if "lorplan " not in line)


def test_page_with_more_to_do_than_lines_counts_the_rest() -> None:
    """The most pressing are shown."""
    rows = [rotation(f"Dr. Number {n}", performance=None) for n in range(4)]
    lines = render(plan(*rows, as_of="2027-03-24", policy={"want": 4}))
    shown = lines[2 : lines.index("", 2)]
    assert len(shown) == 4
    assert shown[-1] == "      and 5 more"
    assert not any(line.startswith("Next") for line in lines)


def test_page_names_an_overdue_action_first() -> None:
    """Since when it is overdue."""
    rows = rotation("Dr. Ann Ames", start="2027-02-01", end="2027-02-26"), rotation(performance=None)
    lines = render(plan(*rows, as_of="2027-03-12"))
    assert lines[2].startswith("Now   ames  since Feb 27      Ask Dr. Ann Ames")
    assert lines[3].startswith("      chen  until Fri Mar 19  Ask Dr. Wei Chen how")


@pytest.mark.parametrize(
    ("rows", "as_of", "expected"),
    [
        pytest.param([], "2027-03-01", "Now   add your rotations: lorplan add", id="no_rotations"),
        pytest.param([rotation()], "2027-03-01", "Now   nothing to do.", id="nothing_yet"),
        pytest.param([rotation()], "2028-06-01", "Now   nothing to do: the 2028 season is over.", id="season_over"),
        pytest.param(
            [rotation(letter={"assigned": "2027-09-02", "thanked": "2027-09-02"})],
            "2027-09-03",
            "Now   all letters are assigned. Good luck!",
            id="all_assigned",
        ),
    ],
)
def test_page_without_anything_to_do_says_why(rows: list[Any], as_of: str, expected: str) -> None:
    """The wish of luck comes with the last assignment."""
    assert render(plan(*rows, as_of=as_of, policy={"want": 1}))[2] == expected


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param("2027-09-15", "Needed in the portal by Sep 15", id="until_the_day"),
        pytest.param("2027-09-16", "Needed since Sep 15: programs are reading.", id="after_it"),
        pytest.param("2028-03-02", "The rank lists closed on Mar 1.", id="after_the_rank_list"),
    ],
)
def test_page_says_by_when_letters_are_needed_and_no_longer_once_that_has_passed(as_of: str, expected: str) -> None:
    """No day that has passed is called one to come."""
    assert expected in " ".join(render(plan(rotation(), as_of=as_of), 100))


def test_page_says_how_many_letters_are_missing_to_a_target() -> None:
    """After those that there are."""
    found = plan(rotation(), targets=[{"specialty": "neurology", "in_specialty": 2}, "psychiatry"])
    assert (
        render(found)[6:8] == ["  neurology   1 of 2  chen, 1 missing", "  psychiatry  0 of 2  2 missing"]
        or render(found)[5:8]
    )


def test_page_names_each_part_of_a_combined_target_and_any_letter_for_a_transitional_year() -> None:
    """What the parts are is not in the target's name."""
    row = rotation(specialty="pediatrics")
    lines = render(plan(row, targets=["med-peds", "transitional year"]))
    assert any(
        line.startswith("  med-peds           0 of 1 internal medicine, 1 of 1 pediatrics  chen, 1") for line in lines
    )
    assert any(re.fullmatch(r"  transitional year  any +chen", line) for line in lines)


def test_page_of_a_season_that_was_guessed_says_so() -> None:
    """It may be the wrong one."""
    assert render(plan(rotation(), season=None))[0].startswith("x.yaml, 2028 Match (assumed)  ")


def test_page_of_the_default_file_has_commands_without_it() -> None:
    """And names a letter that is not asked for as one to ask about."""
    rows = [rotation(f"Dr. A{n}", img_friendly=True) for n in range(5)]
    found = in_file(plan(*rows, rotation()))._replace(is_default=True)
    last = to_text(render_plan(found, width=100, glyphs=UNICODE), 100).splitlines()[-1]
    assert last == "2 warnings: lorplan plan --full   All: lorplan due --all   Why: lorplan why a3"


def test_page_of_standard_input_has_no_commands() -> None:
    """They would wait for the terminal."""
    assert not any("lorplan" in line for line in render(plan(rotation()), file="-"))


def test_page_of_a_narrow_terminal_has_titles_on_lines_of_their_own() -> None:
    """Nothing of them is cut."""
    lines = render(plan(rotation(), as_of="2027-03-22"), 50)
    assert (
        lines[2:4] == ["Now   chen  until Tue Mar 23", "      Book a few minutes with Dr. Wei Chen for Wed Mar 24"[:50]]
        or lines
    )
