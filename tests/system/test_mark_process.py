"""`lorplan mark` as a program: the same as in process, output that cannot be written, names that are bytes, `patch`."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cli.mark_runner import BLOCK, DIFFS, MarkRunner
from runner import PROGRAM, TIMEOUT, Result, clean_environment
from samples import AMINA, AS_OF
from storage.plan_on_disk import MARK, MARKED, names

if TYPE_CHECKING:
    from runner import Lorplan

pytestmark = pytest.mark.system


@pytest.fixture
def mark(lorplan: Lorplan) -> MarkRunner:
    """Run `lorplan mark` with Amina's file."""
    return MarkRunner(lorplan)


def test_program_writes_and_prints_the_same_as_a_call_in_process(mark: MarkRunner) -> None:
    """The tests in process are about the real command."""
    args = ("mark", "okafor", "performance=good", "--as-of", AS_OF)
    in_process, text = mark.lorplan(*args), mark.text
    mark.write(AMINA)
    assert mark.lorplan.process(*args) == in_process
    assert mark.text == text


def mark_to(mark: MarkRunner, output: int) -> Result:
    """Mark Chen as asked in the real program, with an open file as its standard output."""
    done = subprocess.run(
        [*PROGRAM, *MARK],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.PIPE,
        cwd=mark.path.parent,
        env=clean_environment(mark.path.parent),
        timeout=TIMEOUT,
        check=False,
    )
    return Result(done.returncode, b"", done.stderr)


def test_closed_pipe_does_not_undo_the_record(mark: MarkRunner) -> None:
    """If nobody reads the page, the record stays, and the program ends quietly."""
    reader, writer = os.pipe()
    os.close(reader)
    result = mark_to(mark, writer)
    os.close(writer)
    assert (result.status, result.err) == (0, "")
    assert mark.text == MARKED
    assert names(mark.path.parent) == {mark.path.name}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no disk that is always full")
def test_page_that_cannot_be_written_is_reported_and_the_record_stays(mark: MarkRunner) -> None:
    """A full disk for the output does not affect the plan file on another one."""
    with Path("/dev/full").open("wb") as full:
        result = mark_to(mark, full.fileno())
    assert (result.status, result.err) == (1, "lorplan: cannot write to standard output: No space left on device\n")
    assert mark.text == MARKED
    assert names(mark.path.parent) == {mark.path.name}


def test_file_name_that_is_not_utf_8_is_changed_and_shown_safely(lorplan: Lorplan) -> None:
    """A name is bytes to the system; those that are no text are not printed."""
    path = Path(os.fsdecode(os.fsencode(lorplan.folder) + b"/pl\xffan.yaml"))
    path.write_text(AMINA)
    result = lorplan.process(*MARK, "-f", path.name)
    assert result.err == ""
    assert b"\xff" not in result.out_bytes
    assert path.read_text() == MARKED


needs_patch = pytest.mark.skipif(shutil.which("patch") is None, reason="the program patch is not installed")


def patch(path: Path, diff: str, *args: str) -> str:
    """Apply a diff with the real program, which must fit exactly."""
    subprocess.run(
        ["patch", "--fuzz=0", "--force", "--no-backup-if-mismatch", *args],  # noqa: S607 - the one on the PATH
        input=diff.encode(),
        stdout=subprocess.DEVNULL,
        cwd=path.parent,
        timeout=TIMEOUT,
        check=True,
    )
    return path.read_bytes().decode()


@needs_patch
@pytest.mark.parametrize("args_of_patch", [("rotations.yaml",), ("-p0",)], ids=["file_named", "file_found_by_the_diff"])
@pytest.mark.parametrize(("before", "args"), DIFFS)
def test_patch_makes_of_the_diff_what_mark_would_write(
    mark: MarkRunner, before: str, args: tuple[str, ...], args_of_patch: tuple[str, ...]
) -> None:
    """The diff fits the file without any allowance."""
    mark.write(before)
    patched = patch(mark.path, mark(*args, "--dry-run").out, *args_of_patch)
    mark.write(before)
    mark(*args)
    assert patched == mark.text != before


@needs_patch
def test_patch_finds_a_file_whose_name_has_a_space(mark: MarkRunner) -> None:
    """The diff names its file as `patch` expects it."""
    path = mark.path.with_name("my own plan.yaml")
    path.write_text(BLOCK)
    diff = mark("chen", "asked", "--dry-run", "-f", path.name).out
    assert "    asked: 2027-01-20\n" in patch(path, diff, "-p0")
