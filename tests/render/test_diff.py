"""A change of a plan file as a unified diff; that `patch` accepts it is tested with `mark --dry-run`."""

from __future__ import annotations

from typing import Final

import pytest

from lorplan.edit.verified_edit import Edit
from lorplan.planfile.reader import parse
from lorplan.render.diff import diff_lines

BEFORE: Final = "- attending: Dr. Wei Chen\n  specialty: neurology\n  start: 2027-03-01\n  weeks: 4\n"


def diff(before: str, after: str, file: str = "a.yaml") -> list[str]:
    """Write the diff of two texts."""
    return list(diff_lines(Edit(0, before, parse(after, file)), file))


def test_diff_shows_the_changed_lines_with_three_lines_around() -> None:
    """It names the file twice, as `patch` expects."""
    assert diff(BEFORE, BEFORE + "  performance: good\n") == [
        "--- a.yaml",
        "+++ a.yaml",
        "@@ -2,3 +2,4 @@",
        "   specialty: neurology",
        "   start: 2027-03-01",
        "   weeks: 4",
        "+  performance: good",
    ]


def test_diff_without_a_change_is_empty() -> None:
    """Nothing is printed."""
    assert diff(BEFORE, BEFORE) == []


def test_diff_says_if_a_line_has_no_end() -> None:
    """Of the file before and of the file after."""
    found = diff(BEFORE.rstrip(), BEFORE.rstrip() + "\n  performance: good")
    assert found[-5:] == [
        "-  weeks: 4",
        "\\ No newline at end of file",
        "+  weeks: 4",
        "+  performance: good",
        "\\ No newline at end of file",
    ]


def test_diff_of_a_file_with_a_space_has_a_tab_after_its_name() -> None:
    """Without it `patch` would end the name at the space."""
    assert diff(BEFORE, BEFORE + "  performance: good\n", "my plan.yaml")[:2] == [
        "--- my plan.yaml\t",
        "+++ my plan.yaml\t",
    ]


@pytest.mark.parametrize(
    ("comment", "shown"),
    [
        pytest.param("a\u2028# b", "a\ufffd# b", id="line_separator"),
        pytest.param("a\x85# b", "a\ufffd# b", id="next_line"),
        pytest.param("a\u202eb", "a\ufffdb", id="direction"),
        pytest.param("a\tb", "a\tb", id="tab"),
    ],
)
def test_diff_replaces_unsafe_characters_keeps_tabs_and_counts_the_lines_of_an_editor(comment: str, shown: str) -> None:
    """A rare separator in a comment is a character in a line."""
    before = f"# {comment}\n{BEFORE}"
    assert diff(before, before.replace("neurology", "psychiatry"))[2:] == [
        "@@ -1,5 +1,5 @@",
        f" # {shown}",
        " - attending: Dr. Wei Chen",
        "-  specialty: neurology",
        "+  specialty: psychiatry",
        "   start: 2027-03-01",
        "   weeks: 4",
    ]


def test_diff_of_a_windows_file_has_lines_without_their_ends() -> None:
    """A carriage return would move a terminal's cursor."""
    windows = BEFORE.replace("\n", "\r\n")
    assert diff(windows, windows + "  performance: good\r\n") == diff(BEFORE, BEFORE + "  performance: good\n")
