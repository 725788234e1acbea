"""Atomic writing within one process: the lock, replaced and new files, and failures at every step.

`tests/system/test_storage_*.py` do the same with several processes, kills, other users and full disks.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import filelock
import pytest

from lorplan.storage import atomic_write
from lorplan.storage.atomic_write import create, locked, replace
from storage.plan_on_disk import mode_of, names, state

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write a file into a folder in which there is nothing else."""
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"old")
    return path


def fail(*_: object, **__: object) -> None:
    """Fail as a full disk does."""
    raise OSError(errno.ENOSPC, "No space left on device")


class TestLock:
    """A lock is a file beside the locked one, and is deleted in the end."""

    @pytest.mark.parametrize("name", ["plan.yaml", "new.yaml"], ids=["existing_file", "new_file"])
    def test_lock_file_exists_only_while_the_file_is_locked(self, file: Path, name: str) -> None:
        """The lock is beside the file, which need not exist."""
        with locked(file.with_name(name)):
            assert names(file.parent) == {"plan.yaml", f".{name}.lock"}
        assert names(file.parent) == {"plan.yaml"}

    def test_lock_is_released_after_an_error(self, file: Path) -> None:
        """An error inside passes, and the file can be locked again."""
        with pytest.raises(ZeroDivisionError), locked(file):
            raise ZeroDivisionError
        assert names(file.parent) == {"plan.yaml"}
        with locked(file):
            pass

    def test_lock_that_another_holds_too_long_is_a_timeout(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """After LOCK_SECONDS the wait ends, and the other lock stays."""
        monkeypatch.setattr(atomic_write, "LOCK_SECONDS", 0.05)
        lock = file.with_name(".plan.yaml.lock")
        with filelock.FileLock(lock):
            with pytest.raises(TimeoutError, match="another lorplan process is using it; try again"), locked(file):
                pytest.fail("the file is locked by another")
            assert lock.exists()

    def test_locks_of_two_files_in_one_folder_do_not_exclude_each_other(self, file: Path) -> None:
        """Every file has its own lock."""
        with locked(file), locked(file.with_name("other.yaml")):
            assert names(file.parent) == {"plan.yaml", ".plan.yaml.lock", ".other.yaml.lock"}

    def test_lock_in_a_missing_folder_is_an_error_and_makes_no_folder(self, tmp_path: Path) -> None:
        """A missing folder is not created."""
        with pytest.raises(FileNotFoundError, match="no such folder"), locked(tmp_path / "missing" / "plan.yaml"):
            pytest.fail("there is no such folder")
        assert names(tmp_path) == set()


class TestReplace:
    """A replaced file has the new content, or after a failure the old one."""

    @pytest.mark.parametrize("mode", [0o600, 0o640, 0o666, 0o755], ids=oct)
    @pytest.mark.parametrize("umask", [0o000, 0o077], ids=lambda umask: f"umask_{umask:03o}")
    def test_replaced_file_keeps_its_mode_whatever_the_umask(self, file: Path, mode: int, umask: int) -> None:
        """The owner of the file decides who may read and write it."""
        file.chmod(mode)
        before = os.umask(umask)
        try:
            replace(file, b"new")
        finally:
            os.umask(before)
        assert (file.read_bytes(), mode_of(file), names(file.parent)) == (b"new", mode, {"plan.yaml"})

    def test_file_without_write_permission_is_not_replaced(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A writable folder would still allow replacing it, but a protected file is meant to stay."""
        monkeypatch.setattr(os, "access", lambda path, mode: not (path == file and mode & os.W_OK))
        before = state(file.parent)
        with pytest.raises(PermissionError):
            replace(file, b"new")
        assert state(file.parent) == before

    @pytest.mark.parametrize(
        "step",
        [
            pytest.param("os.open", id="create"),
            pytest.param("os.fsync", id="flush"),
            pytest.param("pathlib.Path.chmod", id="set_mode"),
            pytest.param("pathlib.Path.replace", id="rename"),
        ],
    )
    def test_failure_at_any_step_leaves_the_old_file_alone(
        self, file: Path, monkeypatch: pytest.MonkeyPatch, step: str
    ) -> None:
        """The error passes, the file is as it was, and nothing is left beside it."""
        before = state(file.parent)
        with monkeypatch.context() as patch:
            patch.setattr(step, fail)
            with pytest.raises(OSError, match="No space left"):
                replace(file, b"new")
        assert state(file.parent) == before

    def test_owner_that_cannot_be_kept_does_not_prevent_the_change(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Only root may give a file to another user, so that a failure to do so is ignored."""
        monkeypatch.setattr(os, "chown", fail)
        replace(file, b"new")
        assert file.read_bytes() == b"new"

    def test_private_file_is_private_while_it_is_written(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """No copy of the file can be read by others, not even for a moment."""
        modes = []
        flush = os.fsync

        def observe(descriptor: int) -> None:
            modes.append(os.fstat(descriptor).st_mode & 0o777)
            flush(descriptor)

        monkeypatch.setattr(os, "fsync", observe)
        file.chmod(0o600)
        before = os.umask(0)
        try:
            replace(file, b"new")
        finally:
            os.umask(before)
        assert modes[0] == 0o600


def no_hard_links(*_: object, **__: object) -> None:
    """Fail as a file system without hard links does."""
    raise PermissionError(errno.EPERM, "Operation not permitted")


@pytest.fixture(params=["hard_links", "no_hard_links"])
def _each_file_system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "no_hard_links":
        monkeypatch.setattr(os, "link", no_hard_links)


EXISTING = [
    pytest.param(lambda path: path.write_text("mine"), id="file"),
    pytest.param(lambda path: path.write_text(""), id="empty_file"),
    pytest.param(lambda path: path.symlink_to("plan.yaml"), id="symlink"),
    pytest.param(lambda path: path.symlink_to("missing"), id="dangling_symlink"),
    pytest.param(lambda path: path.symlink_to(path.name), id="symlink_to_itself"),
    pytest.param(Path.mkdir, id="folder"),
    pytest.param(os.mkfifo, id="fifo"),
]


@pytest.mark.usefixtures("_each_file_system")
class TestCreate:
    """A new file is complete, and never replaces anything."""

    def test_created_file_is_complete_and_alone(self, tmp_path: Path) -> None:
        """The file has its bytes and one name, and nothing is left beside it."""
        create(tmp_path / "new.yaml", b"a\r\nb\n")
        assert (tmp_path / "new.yaml").read_bytes() == b"a\r\nb\n"
        assert names(tmp_path) == {"new.yaml"}
        assert (tmp_path / "new.yaml").stat().st_nlink == 1

    def test_created_file_has_the_mode_of_any_new_file(self, tmp_path: Path) -> None:
        """The umask decides who may read it."""
        before = os.umask(0o027)
        try:
            create(tmp_path / "new.yaml", b"")
        finally:
            os.umask(before)
        assert mode_of(tmp_path / "new.yaml") == 0o640

    @pytest.mark.parametrize("make", EXISTING)
    def test_existing_name_is_never_replaced(self, file: Path, make: Callable[[Path], object]) -> None:
        """Whatever has the name stays as it is, and so does what a symlink leads to."""
        make(file.with_name("new.yaml"))
        before = state(file.parent)
        with pytest.raises(FileExistsError):
            create(file.with_name("new.yaml"), b"theirs")
        assert state(file.parent) == before

    def test_failure_while_writing_leaves_no_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A part of a new file is not a new file."""
        monkeypatch.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match="No space left"):
            create(tmp_path / "new.yaml", b"new")
        assert names(tmp_path) == set()


@pytest.mark.parametrize("write", [replace, create], ids=["replace", "create"])
def test_file_that_a_killed_process_began_is_cleared_away(file: Path, write: Callable[..., object]) -> None:
    """What was left beside the file is not in the way, and is gone after the next change."""
    path = file if write is replace else file.with_name("new.yaml")
    path.with_name(f".{path.name}.new").write_text("beg")
    write(path, b"new")
    assert path.read_bytes() == b"new"
    assert names(file.parent) == {"plan.yaml", path.name}


def test_folder_that_cannot_be_flushed_does_not_prevent_the_change(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some systems cannot flush a folder; the file is written anyway."""
    open_file = os.open

    def refuse_folders(path: Path, flags: int, mode: int = 0o777) -> int:
        if path == file.parent:
            raise PermissionError(errno.EACCES, "Permission denied")
        return open_file(path, flags, mode)

    monkeypatch.setattr(os, "open", refuse_folders)
    replace(file, b"new")
    assert file.read_bytes() == b"new"
