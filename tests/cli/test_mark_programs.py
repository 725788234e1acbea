"""Records about programs on the command line: applied, read, skipped, assigned; and what is done."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from samples import AMINA, LAKESIDE

if TYPE_CHECKING:
    from runner import Lorplan, Result

DAY = "2027-09-02"


@pytest.fixture(autouse=True)
def plan_file(lorplan: Lorplan) -> None:
    """Write Amina's file with programs; the letters of Chen and Okafor are in the portal."""
    text = LAKESIDE.replace("end: 2027-01-29}", "end: 2027-01-29, letter: {uploaded: 2027-07-01}}")
    text = text.replace("end: 2027-02-26}", "end: 2027-02-26, letter: {uploaded: 2027-07-01}}")
    (lorplan.folder / "rotations.yaml").write_text(text, encoding="utf-8")


def content(lorplan: Lorplan) -> str:
    """Read the plan file."""
    return (lorplan.folder / "rotations.yaml").read_text(encoding="utf-8")


def run(lorplan: Lorplan, *args: str, status: int = 0) -> Result:
    """Run a command as of a day on which the portal takes applications."""
    return lorplan(args[0], "--as-of", DAY, *args[1:], status=status)


def take_back(lorplan: Lorplan, page: str) -> None:
    """Type the command that takes the last record back."""
    [command] = [line for line in page.splitlines() if line.startswith("To take it back: ")]
    words = shlex.split(command.partition(": ")[2])
    run(lorplan, *words[1:])


@pytest.mark.parametrize(
    ("args", "recorded", "described"),
    [
        pytest.param(["lakeside", "applied"], f"applied: {DAY}", f"applied on {DAY}", id="applied_today"),
        pytest.param(["lake", "applied", "--on", "yesterday"], "applied: ", "applied on ", id="applied_yesterday"),
        pytest.param(["lakeside", "applied=2027-09-01"], "applied: 2027-09-01", "applied on 2027-09-01", id="on_a_day"),
        pytest.param(["toledo", "read"], f"read: {DAY}", f"read on {DAY}", id="page_read"),
        pytest.param(["toledo", "choice=skip"], "choice: skip", "choice skip", id="skipped"),
    ],
)
def test_what_became_of_a_program_is_recorded_and_can_be_taken_back(
    lorplan: Lorplan, args: list[str], recorded: str, described: str
) -> None:
    """The page says what was done and how programs stand now."""
    before = content(lorplan)
    page = run(lorplan, "mark", *args).out
    assert f"Recorded: {described}" in page
    assert "Programs: " in page
    assert recorded in content(lorplan)
    take_back(lorplan, page)
    assert content(lorplan) == before


def test_same_record_again_changes_nothing(lorplan: Lorplan) -> None:
    """Another day is refused, unless one insists; the way back then restores the first."""
    run(lorplan, "mark", "lakeside", "applied")
    once = content(lorplan)
    assert "Already recorded: " in run(lorplan, "mark", "lakeside", "applied").out
    refused = run(lorplan, "mark", "lakeside", "applied=2027-09-01", status=2).err
    assert refused == f"lorplan: applied is already {DAY}\nuse --force to replace it\n"
    page = run(lorplan, "mark", "lakeside", "applied=2027-09-01", "--force").out
    assert f"instead of {DAY}" in page
    take_back(lorplan, page)
    assert content(lorplan) == once


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (
            ["lakeside", "applied=2027-09-03"],
            f"applied 2027-09-03 is in the future as of {DAY}\nrecord it once it has happened",
        ),
        (["nobody", "applied"], 'no program matches "nobody"\nwrite one of lakeside, mercy, toledo'),
        (["lakeside", "choice=ask"], 'choice: "ask" is not known of a program\nwrite choice=skip'),
        (["lakeside", "asked"], 'no rotation matches "lakeside"\nit is a program: lorplan programs lakeside'),
        (["nobody", "choice=skip"], ""),
        (["chen", "assigned=nobody"], 'no program matches "nobody"\nwrite one of lakeside, mercy, toledo'),
        (
            ["rossi", "assigned=all"],
            "Dr. Luis Rossi: no program is waiting for this letter\nsee which letters go where: lorplan programs",
        ),
        (["rossi", "assigned=toledo"], ""),
        (["chen", "appplied"], 'unknown event "appplied"\ndid you mean applied?'),
    ],
)
def test_record_that_cannot_be_is_refused(lorplan: Lorplan, args: list[str], message: str) -> None:
    """And the file stays."""
    before = content(lorplan)
    result = run(lorplan, "mark", *args, status=2)
    assert not message or result.err == f"lorplan: {message}\n"
    assert content(lorplan) == before


@pytest.mark.parametrize(
    ("value", "programs"),
    [
        ("lakeside", "Lakeside Medical Center"),
        ("mer,toledo", "Mercy and Toledo"),
        ("all", "Lakeside Medical Center, Mercy and Toledo"),
    ],
)
def test_letter_is_assigned_to_programs_and_taken_back(lorplan: Lorplan, value: str, programs: str) -> None:
    """By ids, their starts, or all that wait for it."""
    before = content(lorplan)
    page = run(lorplan, "mark", "chen", f"assigned={value}").out
    assert f"Recorded: assigned to {programs}." in page
    assert content(lorplan).count("assigned: [chen]") == programs.count("e") // 1 or "assigned: [chen]" in content(
        lorplan
    )
    take_back(lorplan, page)
    assert content(lorplan) == before


def test_all_assignments_of_a_letter_are_removed_at_once(lorplan: Lorplan) -> None:
    """Which letters have none says so."""
    before = content(lorplan)
    run(lorplan, "mark", "chen", "assigned=all")
    assert "Removed: assigned to " in run(lorplan, "mark", "chen", "assigned=all", "--unset").out
    assert content(lorplan) == before
    assert "no program is waiting" in run(lorplan, "mark", "chen", "assigned=all", "--unset", status=2).err


def test_day_of_assigning_is_recorded_as_before(lorplan: Lorplan) -> None:
    """A day is no program."""
    run(lorplan, "mark", "chen", "assigned=2027-09-01")
    assert "assigned: 2027-09-01" in content(lorplan)


def test_dry_run_shows_the_change_and_writes_nothing(lorplan: Lorplan) -> None:
    """As for letters."""
    before = content(lorplan)
    out = run(lorplan, "mark", "chen", "assigned=all", "--dry-run").out
    assert out.count("+  - {name:") == 3
    assert content(lorplan) == before


# --- done ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("args", [("chen", "assign"), ("chen",)], ids=["by_its_kind", "as_most_pressing"])
def test_assigning_is_done_for_all_programs_that_wait(lorplan: Lorplan, args: tuple[str, ...]) -> None:
    """Recorded with each of them."""
    if len(args) == 1:
        run(lorplan, "mark", "chen", "thanked")
    page = run(lorplan, "done", *args).out
    assert "Recorded: assigned to Lakeside Medical Center, Toledo and Mercy." in page
    assert content(lorplan).count("assigned: [chen]") == 3


def test_other_things_are_done_as_without_programs(lorplan: Lorplan) -> None:
    """Thanking comes before assigning."""
    page = run(lorplan, "done", "chen").out
    assert f"Recorded: thanked on {DAY}" in page
    assert run(lorplan, "done", "rossi", "assign", status=2).err.startswith('lorplan: the plan has no "assign"')


def test_applying_is_done_for_the_programs_that_are_next(lorplan: Lorplan) -> None:
    """Those that share the first last day; then for the others; then nothing is left."""
    first = run(lorplan, "done", "programs", "--on", "2027-09-01").out
    assert "Recorded: applied on 2027-09-01 to Mercy, Toledo and Lakeside Medical Center." in first
    assert content(lorplan).count("applied: 2027-09-01") == 3
    assert run(lorplan, "done", "programs", status=2).err == (
        "lorplan: there is no program left to apply to\nsee how they stand: lorplan programs\n"
    )


def test_application_to_one_program_can_be_taken_back(lorplan: Lorplan) -> None:
    """Of several, each is taken back by itself."""
    for name in ("lakeside", "mercy"):
        run(lorplan, "mark", name, "choice=skip")
    before = content(lorplan)
    take_back(lorplan, run(lorplan, "done", "programs").out)
    assert content(lorplan) == before


def test_file_without_programs_has_nothing_to_apply_to(lorplan: Lorplan) -> None:
    """It is said so."""
    (lorplan.folder / "rotations.yaml").write_text(AMINA, encoding="utf-8")
    assert "there is no program left to apply to" in run(lorplan, "done", "programs", status=2).err


def test_due_list_and_plan_name_programs_like_rotations(lorplan: Lorplan) -> None:
    """The first word of a line is what `done` takes."""
    for name in ("chen", "okafor"):
        run(lorplan, "done", name)
        run(lorplan, "done", name, "assign")
    out = run(lorplan, "due", "--within", "30d").out
    assert "programs" in out
    text = content(lorplan).replace("season: 2028", "season: 2028, deadline: 2027-09-03")
    only = (
        text.partition("rotations:")[0]
        + "programs:"
        + text.partition("programs:")[2].replace(", assigned: [chen, okafor]", "")
    )
    (lorplan.folder / "rotations.yaml").write_text(only, encoding="utf-8")
    lines = run(lorplan, "due").out.splitlines()
    assert "Which: lorplan programs   Done: lorplan done programs" in lines
