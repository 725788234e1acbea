"""Pieces that the pages have in common."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import plan, rotation
from lorplan.render.layout import action_table, columns, fill_lines, hanging, heading, next_commands, section
from render.rendering import to_text

if TYPE_CHECKING:
    from lorplan.plan.model import Action


@pytest.fixture
def booking() -> Action:
    """Give the action to book a talk."""
    [found] = [one for one in plan(rotation()).actions if one.kind == "book"]
    return found


@pytest.mark.parametrize(
    ("as_of", "file", "expected"),
    [
        pytest.param(date(2027, 3, 8), "a.yaml", "Due  as of Mon 2027-03-08  a.yaml", id="day_and_file"),
        pytest.param(None, "a.yaml", "Due  a.yaml", id="no_day"),
        pytest.param(None, "-", "Due  standard input", id="standard_input"),
        pytest.param(None, "a\n\x1b[31m.yaml", "Due  a \ufffd[31m.yaml", id="control_characters"),
    ],
)
def test_heading_has_the_subject_the_day_if_any_and_the_file(as_of: date | None, file: str, expected: str) -> None:
    """Every page says what it was made from."""
    assert to_text([heading("Due", as_of=as_of, file=file)]) == expected


def test_section_has_a_blank_line_and_a_title_before_its_parts() -> None:
    """Sections are apart from each other."""
    assert to_text(section("Next", "a", "b")) == "\nNext\na\nb"


def test_columns_are_aligned_and_the_last_wraps_below_itself() -> None:
    """A wide character takes two columns."""
    assert (
        to_text([columns([("陈", "one two three"), ("abc", "four")])], width=16)
        == "  陈   one two\n       three\n  abc  four"
    )


def test_columns_without_rows_are_empty() -> None:
    """There is no stray line of spaces."""
    assert to_text([columns([])]).strip() == ""


def test_hanging_text_wraps_below_itself() -> None:
    """The label is alone in its column."""
    assert to_text([hanging("!", "one two three")], width=9) == "! one two\n  three"


@given(st.lists(st.text("ab", min_size=1, max_size=12), min_size=1, max_size=12), st.integers(12, 40))
def test_filled_lines_hold_every_entry_unbroken_on_as_few_lines_as_fit(entries: list[str], width: int) -> None:
    """An entry goes to the next line only if it does not fit on this one."""
    lines = list(fill_lines(entries, width))
    assert all(len(line) <= width for line in lines)
    assert "   ".join(lines) == "   ".join(entries)
    assert all(len(f"{line}   {later.split()[0]}") > width for line, later in pairwise(lines))


def test_action_has_a_line_with_state_days_and_title(booking: Action) -> None:
    """The rules come after the title, in parentheses."""
    assert to_text([action_table([booking], narrow=False)], width=120) == (
        f"upcoming  2027-03-22  to 2027-03-23  {booking.title} (WHEN-5)"
    )


def test_action_on_a_narrow_terminal_has_its_title_on_lines_below(booking: Action) -> None:
    """State and days come first; the applicant after them."""
    text = to_text([action_table([booking._replace(conditional=True)], narrow=True, owners=["Amina"])], width=60)
    assert text.splitlines() == [
        "upcoming 2027-03-22 to 2027-03-23 Amina",
        "  Book a few minutes with Dr. Wei Chen for the end of",
        "  Wednesday, 2027-03-24 (if still needed) (WHEN-5)",
    ]


def test_actions_of_several_applicants_name_each(booking: Action) -> None:
    """The name is in the last column, and is text even if it looks like markup."""
    text = to_text([action_table([booking, booking], narrow=False, owners=["[b]Amina[/b]", "b.yaml"])], width=200)
    assert [line.split("  ")[-1] for line in text.splitlines()] == ["[b]Amina[/b]", "b.yaml"]


def test_next_commands_follow_a_blank_line_or_are_absent(booking: Action) -> None:
    """A plan from standard input has none, and no blank line for them."""
    assert to_text(next_commands(booking, "a.yaml")).splitlines() == [
        "",
        "message: lorplan draft chen book -f a.yaml",
        "when done: lorplan mark chen meeting=DATE -f a.yaml",
    ]
    assert list(next_commands(booking, "-")) == []
