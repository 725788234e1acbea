"""Output that cannot be written because the disk is full."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from runner import Lorplan
from system.commands import DAY, MARK, MARKED, NAMED, PLAN, TEXTS, assert_one_line, list_names, sample

if TYPE_CHECKING:
    from collections.abc import Iterator

    from system.commands import Args

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")

NO_SPACE: Final = "lorplan: cannot write to standard output: No space left on device\n"


@pytest.mark.parametrize(
    "args", sample([("due", *DAY), ("plan", "--json", *DAY), ("rules",), TEXTS[7], ("check", "gone"), MARK], 3)
)
def test_full_standard_output_is_reported_and_a_mark_is_still_made(lorplan: Lorplan, here: Path, args: Args) -> None:
    """An answer that cannot be written gives one line and status 1, without a traceback."""
    result = lorplan.shell('exec "$@" >/dev/full', *args, status=1)
    assert result.err.endswith(NO_SPACE)
    assert "Traceback" not in result.err
    assert (here / PLAN).read_text(encoding="utf-8") == (MARKED if args == MARK else NAMED)


@pytest.mark.system
@pytest.mark.parametrize("args", [("plan", *DAY), ("--help",)], ids=lambda args: args[0])
@pytest.mark.usefixtures("here")
def test_full_standard_output_without_a_buffer_is_reported_in_one_line(lorplan: Lorplan, args: Args) -> None:
    """Without a buffer each write can fail: one line says so."""
    result = lorplan.shell('exec "$@" >/dev/full', *args, env={"PYTHONUNBUFFERED": "1"}, status=1)
    assert result.err == NO_SPACE


@pytest.mark.parametrize("args", sample([("plan", "gone"), ("plan", "--bogus"), ("export", "pdf")], 1))
@pytest.mark.usefixtures("here")
def test_full_standard_error_does_not_turn_a_failure_into_success(lorplan: Lorplan, args: Args) -> None:
    """A failure that cannot be reported still has its exit status."""
    status = 1 if args == ("plan", "gone") else 2
    assert lorplan.shell('exec "$@" 2>/dev/full', *args, status=status).out == ""


@pytest.mark.system
@pytest.mark.usefixtures("here")
def test_full_standard_error_does_not_lose_the_message_of_draft(lorplan: Lorplan) -> None:
    """The message goes to standard output, even if the notes about it cannot be written."""
    assert "Dr. " in lorplan.shell('exec "$@" 2>/dev/full', "draft", "chen", *DAY).out


@pytest.fixture
def small_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lorplan]:
    """Run lorplan in a folder on a disk of six pages, with the plan file on it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=24k", "lorplan-test", str(folder)]
    if os.geteuid() or not shutil.which("mount") or subprocess.run(command, check=False).returncode:
        pytest.skip("only root can mount a small disk, and not everywhere")
    try:
        (folder / PLAN).write_text(NAMED, encoding="utf-8")
        yield Lorplan(folder, monkeypatch)
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S607 - the one on the PATH


@pytest.mark.system
def test_export_to_a_full_disk_is_reported_and_leaves_the_previous_export(small_disk: Lorplan) -> None:
    """An export that does not fit is reported; the one before it stays, and no part of the new one does."""
    small_disk("export", "csv", "-o", "out", *DAY)
    before = (small_disk.folder / "out").read_bytes()
    for out in ("out", "new"):
        result = small_disk("export", "html", "-o", out, "--force", *DAY, status=1)
        assert_one_line(result, f"{out}: cannot be written: No space left on device")
    assert list_names(small_disk.folder) == {PLAN, "out"}
    assert (small_disk.folder / "out").read_bytes() == before
