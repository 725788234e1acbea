"""Pieces that the pages have in common."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import plan, rotation
from lorplan.render.layout import columns, cut_middle, fill_lines, hanging, heading, next_commands, section
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("short.yaml", "short.yaml", id="fits"),
        pytest.param("students/amina.yaml", "stud…na.yaml", id="too_long"),
        pytest.param("陈伟王小明陈伟王小明", "陈伟…王小明", id="wide_characters"),
    ],
)
def test_text_is_cut_before_its_end(text: str, expected: str) -> None:
    """The end tells most, and a wide character takes two columns."""
    assert cut_middle(text, 12, "…") == expected


def test_next_commands_follow_a_blank_line_or_are_absent(booking: Action) -> None:
    """A plan from standard input has none, and no blank line for them."""
    assert to_text(next_commands(booking, "a.yaml")).splitlines() == [
        "",
        "Message: lorplan draft chen book -f a.yaml",
        "When done: lorplan mark chen meeting=DATE -f a.yaml",
    ]
    assert list(next_commands(booking, "-")) == []
