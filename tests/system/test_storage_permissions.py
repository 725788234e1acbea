"""Plan files without permission or without space: the file stays whole, nothing is left, and one line says why."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

import pytest

from samples import AMINA
from storage.plan_on_disk import MARK, MARKED, mode_of, record, state, texts
from system.storage_children import hold_lock, start_child

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from runner import Lorplan, Result

pytestmark = pytest.mark.system

IS_ROOT: Final = os.geteuid() == 0
WITHOUT_POWERS: Final = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
"""Runs a program as root without root's powers: as a user to whom root's files belong."""

needs_root = pytest.mark.skipif(not IS_ROOT, reason="only root may give a file to another user")


@pytest.fixture
def amina(lorplan: Lorplan) -> Path:
    """Write Amina's plan file where lorplan runs."""
    path = lorplan.folder / "rotations.yaml"
    path.write_text(AMINA)
    return path


@pytest.fixture
def ordinary() -> tuple[str, ...]:
    """Give the prefix that runs a program without root's powers."""
    if not IS_ROOT:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("root cannot give up its powers without the program setpriv")
    return WITHOUT_POWERS


@contextmanager
def mode(path: Path, value: int) -> Iterator[None]:
    """Give a file or a folder a mode for a while."""
    before = stat.S_IMODE(path.stat().st_mode)
    path.chmod(value)
    try:
        yield
    finally:
        path.chmod(before)


# --- permissions --------------------------------------------------------------------------------------------


def test_folder_without_write_permission_is_reported_and_the_file_stays(
    lorplan: Lorplan, amina: Path, ordinary: tuple[str, ...]
) -> None:
    """Nothing can be written beside the file, and nothing is left."""
    before = state(amina.parent)
    with mode(amina.parent, 0o555):
        result = lorplan.process(*MARK, prefix=ordinary, status=1)
    assert result.err.startswith("lorplan: rotations.yaml: cannot be changed: Permission denied")
    assert result.err.count("\n") == 1
    assert state(amina.parent) == before


def test_dry_run_needs_no_write_permission(lorplan: Lorplan, amina: Path, ordinary: tuple[str, ...]) -> None:
    """`--dry-run` makes neither a lock nor any other file."""
    before = state(amina.parent)
    with mode(amina, 0o444), mode(amina.parent, 0o555):
        result = lorplan.process(*MARK, "--dry-run", prefix=ordinary)
    assert result.err == ""
    assert result.out.startswith("--- rotations.yaml\n+++ rotations.yaml\n@@ ")
    assert state(amina.parent) == before


@pytest.mark.parametrize(
    ("value", "message"),
    [
        pytest.param(0o444, "cannot be changed: Permission denied", id="read_only"),
        pytest.param(0o200, "cannot be read: Permission denied", id="write_only"),
    ],
)
def test_protected_file_is_reported_and_stays(
    lorplan: Lorplan, amina: Path, ordinary: tuple[str, ...], value: int, message: str
) -> None:
    """A protected file is meant to stay, although the folder would allow replacing it."""
    with mode(amina, value):
        before = state(amina.parent)
        result = lorplan.process(*MARK, prefix=ordinary, status=1)
        assert state(amina.parent) == before
    assert result.err == f"lorplan: rotations.yaml: {message}\n"


@needs_root
def test_file_that_root_changes_keeps_its_owner_and_group(amina: Path) -> None:
    """`sudo lorplan mark` does not take a file away from its owner."""
    os.chown(amina, 1234, 4321)
    amina.chmod(0o640)
    record(amina)
    after = amina.stat()
    assert (after.st_uid, after.st_gid, mode_of(amina)) == (1234, 4321, 0o640)


@needs_root
def test_file_of_a_group_stays_that_of_the_group(lorplan: Lorplan, amina: Path, ordinary: tuple[str, ...]) -> None:
    """A member of the group can mark, and the group can write the file afterwards."""
    for path, value in ((amina.parent, 0o775), (amina, 0o664)):
        os.chown(path, 1234, 4321)
        path.chmod(value)
    lorplan.process(*MARK, prefix=(*ordinary, "--groups=4321"))
    assert amina.read_text() == MARKED
    assert (amina.stat().st_gid, mode_of(amina)) == (4321, 0o664)


@needs_root
def test_lock_that_another_member_of_the_group_left_is_not_in_the_way(
    lorplan: Lorplan, amina: Path, ordinary: tuple[str, ...]
) -> None:
    """What a killed process of one member left does not keep the others out."""
    lock = amina.with_name(".rotations.yaml.lock")
    with start_child(hold_lock, amina):
        usual = mode_of(lock)
    lock.touch()
    for path, value in ((amina.parent, 0o775), (amina, 0o664), (lock, usual)):
        os.chown(path, 1234, 4321)
        path.chmod(value)
    lorplan.process(*MARK, prefix=(*ordinary, "--groups=4321"))
    assert texts(amina.parent) == {amina.name: MARKED}


def test_fifo_is_refused_without_waiting_for_its_writer(lorplan: Lorplan) -> None:
    """A FIFO is not opened, as nobody may ever write into it."""
    os.mkfifo(lorplan.folder / "plan")
    result = lorplan.process(*MARK, "-f", "plan", status=1)
    assert (result.out, result.err) == ("", "lorplan: plan: cannot be changed: not a regular file\n")


# --- space --------------------------------------------------------------------------------------------------


@pytest.fixture
def with_limit(lorplan: Lorplan) -> Callable[..., Result]:
    """Run the real command where no file may become larger than so many bytes."""
    if shutil.which("prlimit") is None:
        pytest.skip("the size of files cannot be limited without the program prlimit")

    def run(limit: int, *args: str, status: int = 0) -> Result:
        prefix = ("prlimit", f"--fsize={limit}:{limit}")
        return lorplan.process(*args, prefix=prefix, env={"PYTHONDONTWRITEBYTECODE": "1"}, status=status)

    return run


@pytest.mark.parametrize("limit", [0, 100, len(MARKED) - 1], ids=["first_byte", "some_bytes", "last_byte"])
def test_write_that_is_cut_off_leaves_the_file_whole(
    amina: Path, with_limit: Callable[..., Result], limit: int
) -> None:
    """If the new text does not fit, the old one stays as it was."""
    before = state(amina.parent)
    result = with_limit(limit, *MARK, status=1)
    assert result.err.startswith("lorplan: rotations.yaml: cannot be changed: File too large")
    assert result.err.count("\n") == 1
    assert state(amina.parent) == before


def test_write_that_just_fits_is_made(amina: Path, with_limit: Callable[..., Result]) -> None:
    """With one byte more than in the last test, the text is written."""
    with_limit(len(MARKED), *MARK)
    assert texts(amina.parent) == {amina.name: MARKED}


def test_new_file_that_does_not_fit_is_not_left_behind(amina: Path, with_limit: Callable[..., Result]) -> None:
    """A part of a new file is not a new file."""
    result = with_limit(100, "init", "new.yaml", status=1)
    assert result.err.startswith("lorplan: new.yaml: cannot be written: File too large")
    assert result.err.count("\n") == 1
    assert texts(amina.parent) == {amina.name: AMINA}


@pytest.fixture
def small_disk(lorplan: Lorplan) -> Iterator[Path]:
    """Mount a disk of four pages in the folder where lorplan runs."""
    folder = lorplan.folder / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=16k", "lorplan-test", str(folder)]
    if not IS_ROOT or shutil.which("mount") is None or subprocess.run(command, check=False).returncode:
        pytest.skip("only root can mount a small disk, and not everywhere")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S607 - the one on the PATH


def test_full_disk_leaves_the_file_whole_until_there_is_space(lorplan: Lorplan, small_disk: Path) -> None:
    """Without space the old text stays as it was, and with space the record is made."""
    (small_disk / "rotations.yaml").write_text(AMINA)
    filler = small_disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as opened:
        for _ in range(8):
            opened.write(b"x" * 4096)
    before = state(small_disk)
    result = lorplan(*MARK, "-f", "disk/rotations.yaml", status=1)
    assert (result.out, result.err.count("\n")) == ("", 1)
    assert result.err.startswith("lorplan: disk/rotations.yaml: cannot be changed: No space left on device")
    assert state(small_disk) == before
    lorplan("init", "disk/new.yaml", status=1)
    assert state(small_disk) == before
    filler.unlink()
    lorplan(*MARK, "-f", "disk/rotations.yaml")
    assert texts(small_disk) == {"rotations.yaml": MARKED}
