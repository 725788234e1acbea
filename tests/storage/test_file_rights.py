"""Who may read and write a file stays when its content is replaced."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

import pytest

from lorplan.storage.atomic_write import replace

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES: Final = "user::rw-\nuser:{me}:rw-\ngroup::---\nmask::rw-\nother::---\n"
"""A list by which the group may do nothing, and one user may read and write."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Write a file that only its owner may read and write."""
    path = tmp_path / "rotations.yaml"
    path.write_text("old")
    path.chmod(0o600)
    return path


def run(*args: str) -> str:
    """Run a program of the system."""
    return subprocess.run(args, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def with_lists(tmp_path: Path) -> None:
    """Skip a test where there are no access lists."""
    setfacl = shutil.which("setfacl")
    if not setfacl:
        pytest.skip("setfacl is not installed")
    probe = tmp_path / "probe"
    probe.touch()
    done = subprocess.run([setfacl, "-m", f"u:{os.getuid()}:r", probe], capture_output=True, check=False)
    probe.unlink()
    if done.returncode:
        pytest.skip("the file system has no access lists")


def read_list(path: Path) -> str:
    """Read who may do what, by numbers."""
    return run("getfacl", "--omit-header", "--numeric", "--absolute-names", str(path))


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o660, 0o666, 0o400 | 0o200, 0o707])
def test_mode_stays(old: Path, mode: int) -> None:
    """Whatever it is."""
    old.chmod(mode)
    replace(old, b"new")
    assert (old.read_text(), old.stat().st_mode & 0o777) == ("new", mode)


def test_own_attributes_stay(old: Path) -> None:
    """Some programs keep tags there."""
    try:
        os.setxattr(old, "user.tag", b"mine")
    except (OSError, AttributeError):
        pytest.skip("the file system has no attributes")
    replace(old, b"new")
    assert os.getxattr(old, "user.tag") == b"mine"


@pytest.mark.parametrize("lost", [False, True], ids=["group_kept", "group_lost"])
def test_group_that_is_lost_gets_no_more_than_others_have(
    old: Path, monkeypatch: pytest.MonkeyPatch, *, lost: bool
) -> None:
    """Where the new file cannot have the old one's group, the bits were meant for somebody else."""
    if not hasattr(os, "chown") or os.getuid() != 0:
        pytest.skip("only root can give a file to another group")
    os.chown(old, -1, 12345)
    old.chmod(0o664)
    if lost:
        monkeypatch.setattr(os, "chown", refuse)
    replace(old, b"new")
    found = old.stat()
    assert (found.st_gid == 12345, found.st_mode & 0o777) == ((False, 0o644) if lost else (True, 0o664))


def refuse(*_: object) -> None:
    """Refuse, as the system does for whoever is not a member of the group."""
    raise PermissionError


@pytest.mark.usefixtures("with_lists")
def test_access_list_stays(old: Path, tmp_path: Path) -> None:
    """Not only its mask, which the mode shows as the bits of the group."""
    (tmp_path / "list").write_text(ENTRIES.format(me=os.getuid() + 1))
    run("setfacl", "--set-file", str(tmp_path / "list"), str(old))
    before = read_list(old)
    replace(old, b"new")
    assert read_list(old) == before


@pytest.mark.usefixtures("with_lists")
def test_default_list_of_the_folder_is_not_given_to_a_file_without_one(old: Path) -> None:
    """Nobody may do more than before."""
    before = read_list(old)
    run("setfacl", "-d", "-m", f"u:{os.getuid() + 1}:rw,g::rw,m::rw", str(old.parent))
    replace(old, b"new")
    assert read_list(old) == before
