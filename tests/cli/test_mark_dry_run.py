"""`lorplan mark --dry-run`: the change as a diff, which `patch` can apply and no terminal can be harmed by.

`tests/system/test_mark_process.py` applies the diffs with the real `patch`.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from cli.mark_runner import BLOCK, DIFFS, MarkRunner
from samples import AMINA, BAD

if TYPE_CHECKING:
    from runner import Lorplan


@pytest.fixture
def mark(lorplan: Lorplan) -> MarkRunner:
    """Run `lorplan mark` with Amina's file."""
    return MarkRunner(lorplan)


def apply_diff(before: str, diff: str) -> str:
    """Apply a diff to a text that must fit it; the lines of a diff end as those of the text."""
    old, new, place = before.splitlines(keepends=True), [], 0
    lines = diff.splitlines(keepends=True)[2:]
    for number, line in enumerate(lines):
        if line.startswith("@@"):
            start = int(line.split()[1].removeprefix("-").split(",")[0]) - 1
            new += old[place:start]
            place = start
        if line[0] in " -":
            assert line[1:].rstrip("\n") == old[place].rstrip("\n")
            place += 1
        if line[0] in " +":
            ends = not "".join(lines[number + 1 : number + 2]).startswith("\\")
            new.append(line[1:] if ends else line[1:].rstrip("\n"))
    return "".join(new + old[place:])


@pytest.mark.parametrize(("before", "args"), DIFFS)
def test_diff_of_a_dry_run_gives_the_file_that_mark_would_write(
    mark: MarkRunner, before: str, args: tuple[str, ...]
) -> None:
    """The diff applies to the file as it is; the dry run itself writes nothing."""
    mark.write(before)
    with mark.unchanged():
        diff = mark(*args, "--dry-run").out
    mark(*args)
    assert diff.startswith("--- rotations.yaml\n+++ rotations.yaml\n@@ -")
    assert apply_diff(before, diff) == mark.text != before


def test_diff_shows_three_lines_around_the_changed_one(mark: MarkRunner) -> None:
    """The diff is in unified form, and nothing else is printed."""
    lines = mark("okafor", "asked", "--dry-run").out.splitlines()
    old = "  - {attending: Dr. Amaka Okafor, specialty: cardiology, start: 2027-02-01, end: 2027-02-26}"
    assert lines[2] == "@@ -2,7 +2,7 @@"
    assert lines[6:8] == [f"-{old}", "+" + old.replace("}", ", letter: {asked: 2027-01-20}}")]
    assert [line[1:] for line in lines[3:] if line[0] in " -"] == AMINA.splitlines()[1:]


def test_diff_says_where_the_last_line_has_no_end(mark: MarkRunner) -> None:
    """As every diff does, it says so of the old and of the new last line."""
    mark.write(BLOCK.rstrip("\n"))
    lines = mark("okafor", "asked", "--dry-run").out.splitlines()
    assert lines[-4:] == ["+  weeks: 4", "+  letter:", "+    asked: 2027-01-20", "\\ No newline at end of file"]
    assert lines.count("\\ No newline at end of file") == 2


def test_diff_of_a_file_with_crlf_and_byte_order_mark_is_that_of_a_plain_one(mark: MarkRunner) -> None:
    """The diff shows the lines as they are read, and no line end is missing."""
    plain = mark("chen", "asked", "--dry-run").out
    mark.write("\ufeff" + AMINA.replace("\n", "\r\n"))
    assert mark("chen", "asked", "--dry-run").out == plain


@pytest.mark.parametrize("separator", ["\x85", "\u2028", "\u2029"], ids=["next_line", "line", "paragraph"])
def test_diff_counts_a_rare_separator_as_a_character_of_its_line(mark: MarkRunner, separator: str) -> None:
    """Lines are counted as an editor counts them."""
    mark.write(AMINA.replace("rotations:", f"rotations:  # a{separator}# b"))
    out = mark("chen", "asked", "--dry-run").out
    assert "No newline at end of file" not in out
    assert out.splitlines()[2] == "@@ -1,7 +1,7 @@"


def is_safe(text: str) -> bool:
    """Whether a text has no control or direction character but tabs and line ends."""
    bidirectional = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
    unsafe = {"Cc", "Cs", "Zl", "Zp"}
    return all(c in "\t\n" or not (c in bidirectional or unicodedata.category(c) in unsafe) for c in text)


@pytest.mark.parametrize(
    "comment",
    [
        pytest.param("\u202e turned round", id="override"),
        pytest.param("\u2066 isolated \u2069", id="isolate"),
        pytest.param("a\ttab", id="tab"),
        pytest.param("a\u2028# separator", id="line_separator"),
        pytest.param("a\x85# next line", id="next_line"),
        pytest.param("\ufeff inside", id="byte_order_mark"),
    ],
)
def test_control_characters_of_the_file_are_not_in_the_diff(mark: MarkRunner, comment: str) -> None:
    """Whatever a comment near the change contains, the terminal does not get it."""
    mark.write(AMINA.replace("rotations:", f"rotations:  # {comment}"))
    with mark.unchanged():
        out = mark("chen", "asked", "--dry-run", "--color", "always").out
    assert is_safe(out)
    assert "+     start: 2027-01-04, end: 2027-01-29, letter: {asked: 2027-01-20}}\n" in out


def test_control_characters_of_a_file_name_are_never_printed(mark: MarkRunner) -> None:
    """The name is safe in a diff, on the page and in a report, and breaks no line."""
    path = mark.path.parent / "evil\x1b[31m\u202e\n.yaml"
    path.write_text(AMINA)
    shown = [mark("chen", "asked", "-f", path.name, *how).out for how in (("--dry-run",), ())]
    path.write_text(BAD)
    shown.append(mark("chen", "asked", "-f", path.name, status=1).err)
    assert [text for text in shown if "evil" not in text or not is_safe(text)] == []
    assert shown[0].splitlines()[2].startswith("@@ ")
