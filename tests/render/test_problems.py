"""Problems of a plan file as lines: where, what, the line of the file, and a caret below the position."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from lorplan.errors import Problem
from lorplan.render.problems import MAX_EXCERPT, problem_lines


def lines(source: str, column: int | None = 1, message: str = "bad") -> list[str]:
    """Write the lines of a problem in line 4 of a file."""
    return list(problem_lines([Problem("a.yaml", 4, column, "chen", message, source)]))


def test_problem_has_its_place_its_rotation_and_a_caret_below_the_position() -> None:
    """Editors read file, line and column."""
    assert lines("    end: 2027-01-01", 10) == [
        'a.yaml:4:10: rotation "chen": bad',
        "        end: 2027-01-01",
        "             ^",
    ]


def test_unsafe_characters_of_the_line_are_replaced() -> None:
    """What is wrong in a file cannot change how a terminal shows it."""
    _, shown, caret = lines("a\t\u202eb\x1b[31m: x", 11)
    assert shown == "    a \ufffdb\ufffd[31m: x"
    assert caret.index("^") == 4 + 10


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        pytest.param(Problem("a.yaml", None, None, None, "gone"), "a.yaml: gone", id="whole_file"),
        pytest.param(Problem(None, 2, 1, None, "bad", "x"), "<text>:2:1: bad", id="text_without_a_file"),
        pytest.param(Problem(None, None, None, None, "none found"), "lorplan: none found", id="no_file"),
        pytest.param(Problem("a.yaml", 2, 1, None, "bad", "  "), "a.yaml:2:1: bad", id="blank_line"),
    ],
)
def test_problem_without_a_position_in_a_line_has_no_excerpt(problem: Problem, expected: str) -> None:
    """There is nothing to show but the message, or the message names the position."""
    assert next(problem_lines([problem])) == expected
    assert len(list(problem_lines([problem]))) == (3 if problem.source.strip() else 1)


@pytest.mark.parametrize(
    ("source", "column", "caret"),
    [
        pytest.param("陈伟: x", 5, 6, id="wide_characters_take_two_columns"),
        pytest.param("e\u0301: x", 5, 3, id="combining_characters_take_none"),
        pytest.param("😀 x", 3, 3, id="emoji"),
        pytest.param("ab", 3, 2, id="after_the_end"),
    ],
)
def test_caret_is_below_its_character_in_a_terminal(source: str, column: int, caret: int) -> None:
    """Columns of the message count characters, those of the terminal count cells."""
    assert lines(source, column)[2] == "    " + " " * caret + "^"


@pytest.mark.parametrize(
    ("column", "before", "after"),
    [
        pytest.param(1, False, True, id="at_the_start"),
        pytest.param(500, True, True, id="in_the_middle"),
        pytest.param(1000, True, False, id="at_the_end"),
    ],
)
def test_long_line_is_cut_around_the_position(column: int, before: bool, after: bool) -> None:  # noqa: FBT001 - parameters
    """One sees on which sides there is more of it."""
    source = "x" * (column - 1) + "!" + "x" * (1000 - column)
    _, excerpt, caret = lines(source, column)
    assert excerpt.strip().startswith("...") == before
    assert excerpt.strip().endswith("...") == after
    assert excerpt[len(caret) - 1] == "!"
    assert len(excerpt.strip(" .")) <= MAX_EXCERPT


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=300), st.data())
def test_caret_of_any_problem_is_below_its_character(source: str, data: st.DataObject) -> None:
    """Whatever is in the line, and however long it is."""
    column = data.draw(st.integers(1, len(source)))
    found = lines(source, column)
    if len(found) == 1:
        assert not source.strip()
        return
    _, excerpt, caret = found
    cells = len(caret) - 1
    before = next((n for n in range(len(excerpt) + 1) if cell_len(excerpt[:n]) >= cells), len(excerpt))
    assert cell_len(excerpt[:before]) == cells or before == len(excerpt)
    assert source[column - 1] in excerpt[before : before + 8] or not excerpt[before:].strip()


def test_message_with_control_characters_is_one_safe_line() -> None:
    """A value that a message quotes cannot reach the terminal."""
    assert lines("x", message="a\nb\x1b[31m")[0] == 'a.yaml:4:1: rotation "chen": a b\ufffd[31m'
