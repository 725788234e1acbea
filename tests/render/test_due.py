"""What is overdue, due and coming, for a person; whole pages are golden texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import plan, rotation
from export.exporting import in_file
from lorplan.plan.due import EVERYTHING, look_ahead
from lorplan.render.due import render_due
from render.rendering import to_text

if TYPE_CHECKING:
    from lorplan.plan.applicant_plan import ApplicantPlan


def render(*plans: ApplicantPlan, within: int = 30, width: int = 100) -> list[str]:
    """Render the page of some plans."""
    return to_text(render_due(look_ahead(plans, within=within), width=width), width).splitlines()


def test_page_groups_actions_by_state_with_the_rotation_first() -> None:
    """The most pressing group comes first, and columns are in line across groups."""
    late = rotation("Dr. Ann Ames", start="2027-02-01", end="2027-02-26")
    lines = render(in_file(plan(late, rotation(performance=None), as_of="2027-03-12"), "x.yaml"), width=80)
    assert lines == [
        "x.yaml                                                          Fri Mar 12, 2027",
        "",
        "Overdue",
        "  ames  since Feb 27      Ask Dr. Ann Ames for a strong letter by e-mail",
        "",
        "Due",
        "  chen  until Fri Mar 19  Ask Dr. Wei Chen how you are doing",
        "",
        "Next 30 days",
        "  chen  Mon Mar 22        Book a few minutes with Dr. Wei Chen for Wed Mar 24",
        "  chen  Mon Mar 22        Record how it went with Dr. Wei Chen",
        "  chen  Wed Mar 24        Ask Dr. Wei Chen for a strong letter, in person",
        "",
        "What to say: lorplan draft ames -f x.yaml   Done: lorplan done ames -f x.yaml",
    ]


def test_page_of_the_default_file_has_commands_without_it() -> None:
    """They find it without being told."""
    one = in_file(plan(rotation(), as_of="2027-03-22"))._replace(is_default=True)
    assert render(one)[-1] == "What to say: lorplan draft chen   Done: lorplan done chen"


def test_page_of_standard_input_has_no_commands() -> None:
    """They would wait for the terminal."""
    assert not any("lorplan" in line for line in render(in_file(plan(rotation(), as_of="2027-03-22"), "-")))


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        pytest.param(-1, "Nothing is due. Next, in 21 days:", id="today"),
        pytest.param(1, "Nothing is due or coming within 1 day. Next, in 21 days:", id="a_day"),
        pytest.param(14, "Nothing is due or coming within 14 days. Next, in 21 days:", id="two_weeks"),
    ],
)
def test_page_without_anything_due_names_the_next_action_and_in_how_many_days(within: int, expected: str) -> None:
    """One knows when to look again."""
    lines = render(in_file(plan(rotation())), within=within)
    assert lines[2] == expected
    assert lines[3] == "  chen  Mon Mar 22  Book a few minutes with Dr. Wei Chen for Wed Mar 24"
    assert "lorplan draft chen" in lines[5]


@pytest.mark.parametrize("within", [-1, 14, EVERYTHING])
def test_page_of_a_plan_without_actions_says_that_there_is_nothing_to_do(within: int) -> None:
    """It still says whose and on which day."""
    assert render(in_file(plan()), within=within)[1:] == ["", "Nothing to do."]


def test_page_of_everything_calls_the_rest_to_come() -> None:
    """A number of days would mean nothing."""
    assert "To come" in render(in_file(plan(rotation())), within=EVERYTHING)


def test_page_of_several_files_names_the_applicant_or_else_the_file_of_each_action() -> None:
    """And suggests the commands for the first action with its own file."""
    plans = in_file(plan(rotation(), name="Amina"), "a.yaml"), in_file(plan(rotation("Dr. Lee")), "b.yaml")
    lines = render(*plans)
    assert lines[0].startswith("2 applicants ")
    assert "  Amina   chen  Mon Mar 22  Book a few minutes with Dr. Wei Chen for Wed Mar 24" in lines
    assert "  b.yaml  lee   Mon Mar 22  Book a few minutes with Dr. Lee for Wed Mar 24" in lines
    assert lines[-1] == "What to say: lorplan draft chen -f a.yaml   Done: lorplan done chen -f a.yaml"


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
    lines = render(*plans[: 1 + several], width=width)
    assert ("  Book a few minutes with Dr. Wei Chen for Wed Mar 24" in lines) == narrow
