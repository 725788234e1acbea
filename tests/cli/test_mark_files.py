"""`lorplan mark`: which file and which rotation is changed, and what of the file stays."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from cli.mark_runner import MarkRunner
from samples import AMINA

if TYPE_CHECKING:
    from runner import Lorplan

OKAFOR = "  - {attending: Dr. Amaka Okafor, specialty: cardiology, start: 2027-02-01, end: 2027-02-26}\n"
"""The line of Okafor's rotation in Amina's file."""

BOM = "\ufeff"


@pytest.fixture
def mark(lorplan: Lorplan) -> MarkRunner:
    """Run `lorplan mark` with Amina's file."""
    return MarkRunner(lorplan)


@pytest.mark.parametrize(
    ("present", "args", "variable", "changed"),
    [
        pytest.param("a v rotations.yaml", ("-f", "a"), "v", "a", id="short_option"),
        pytest.param("a v rotations.yaml", ("--file", "a"), "v", "a", id="long_option"),
        pytest.param("v rotations.yaml rotations.yml", (), "v", "v", id="variable"),
        pytest.param("rotations.yaml rotations.yml", (), None, "rotations.yaml", id="default"),
    ],
)
def test_only_the_chosen_file_is_changed(
    mark: MarkRunner, present: str, args: tuple[str, ...], variable: str | None, changed: str
) -> None:
    """It is the file that every other command would read."""
    mark.path.unlink()
    for name in present.split():
        (mark.path.parent / name).write_text(AMINA)
    mark("chen", "asked", *args, env={"LORPLAN_FILE": variable})
    assert {path.name for path in mark.path.parent.iterdir() if path.read_text() != AMINA} == {changed}


def test_missing_plan_file_is_reported_and_none_is_made(mark: MarkRunner) -> None:
    """It says which files are looked for, and how to begin one."""
    mark.path.unlink()
    err = mark("chen", "asked", status=1).err
    assert err.endswith("\nbegin one: lorplan init\n")
    assert [name for name in ("rotations.yaml", "rotations.yml", "LORPLAN_FILE") if name not in err] == []
    assert list(mark.path.parent.iterdir()) == []


def test_file_that_is_no_file_is_reported_in_one_line(mark: MarkRunner) -> None:
    """The exit status is 1."""
    (mark.path.parent / "plan").mkdir()
    assert mark("chen", "asked", "-f", "plan", status=1).err == "lorplan: plan: cannot be changed: not a regular file\n"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("my plan.yaml", id="space"),
        pytest.param("Ärzte 陈伟 😀.yaml", id="beyond_ascii"),
        pytest.param("a 'b' \"c\" $(d) ;e&.yaml", id="shell_syntax"),
        pytest.param("[bold]x[/bold] :smile:.yaml", id="markup"),
        pytest.param("-f.yaml", id="like_an_option"),
        pytest.param(" .yaml", id="begins_with_a_space"),
        pytest.param("..yaml", id="begins_with_dots"),
        pytest.param("plan", id="no_suffix"),
        pytest.param("a folder/with Ümläut/plan.yaml", id="in_folders"),
    ],
)
def test_file_with_an_unusual_name_is_changed_and_shown_as_it_is(mark: MarkRunner, name: str) -> None:
    """Spaces, other scripts, shell syntax and markup in a name have no effect."""
    path = mark.path.parent / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(AMINA)
    out = mark("chen", "asked", f"--file={name}", env={"COLUMNS": "200"}).out
    assert "letter: {asked: 2027-01-20}" in path.read_text()
    undo = shlex.split(out.splitlines()[-1].partition(": ")[2])
    assert undo == ["lorplan", "mark", "chen", "asked", "--unset", "-f", f"./{name}" if name.startswith("-") else name]
    assert [*path.parent.glob(".*.lock"), *path.parent.glob(".*.new")] == []


@pytest.mark.parametrize(
    ("word", "line"),
    [
        pytest.param("lee", 0, id="exact_id_that_begins_others"),
        pytest.param("leed", 2, id="beginning_of_an_id"),
        pytest.param("LEEDS", 2, id="capitals"),
        pytest.param("moore", 3, id="beginning_of_an_id_before_a_name"),
        pytest.param("Cy Park", 2, id="part_of_a_name"),
        pytest.param("angstrom", 3, id="name_without_its_accents"),
    ],
)
def test_only_the_meant_rotation_is_changed(mark: MarkRunner, word: str, line: int) -> None:
    """A rotation is found by its id, the beginning of it, or a part of the name."""
    rows = [
        "- {id: lee, attending: Dr. Ann Moore, specialty: neurology, start: 2027-01-04, weeks: 4}",
        "- {id: lee-2, attending: Dr. Bo Lee, specialty: neurology, start: 2027-02-01, weeks: 4}",
        "- {id: leeds, attending: Dr. Cy Park, specialty: neurology, start: 2027-03-01, weeks: 4}",
        "- {id: Moore-2, attending: Dr. Dee Ångström, specialty: neurology, start: 2027-04-05, weeks: 4}",
    ]
    mark.write("\n".join(rows))
    mark(word, "asked")
    rows[line] = rows[line].replace("weeks: 4", "weeks: 4, letter: {asked: 2027-01-20}")
    assert mark.text == "\n".join(rows)


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(AMINA.replace("\n", "\r\n"), id="crlf"),
        pytest.param(BOM + AMINA, id="byte_order_mark"),
        pytest.param(BOM + BOM + AMINA.replace("\n", "\r\n"), id="two_byte_order_marks_and_crlf"),
        pytest.param(AMINA.replace(OKAFOR, OKAFOR.replace("\n", "\r\n")), id="crlf_in_one_line"),
        pytest.param(AMINA.rstrip("\n"), id="no_final_line_end"),
        pytest.param(AMINA + "\n\n# 😀 …\n\n", id="comment_at_the_end"),
    ],
)
def test_byte_order_mark_and_line_ends_stay_when_marked_and_unmarked(mark: MarkRunner, before: str) -> None:
    """Every other byte of the file stays, and `--unset` restores the file."""
    mark.write(before)
    mark("okafor", "asked")
    assert mark.text == before.replace("end: 2027-02-26}", "end: 2027-02-26, letter: {asked: 2027-01-20}}")
    mark("okafor", "asked", "--unset")
    assert mark.text == before
