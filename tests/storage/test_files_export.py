"""Exports on the disk: what may be replaced, and what never is."""

from __future__ import annotations

from pathlib import Path

import pytest

from lorplan.errors import PlanFileError
from lorplan.storage.files import write_export
from samples import AMINA
from storage.plan_on_disk import mode_of, names, state

NOT_OURS = "already exists and was not written by lorplan"
PLAN_FILE = "is one of the plan files of this export; not overwritten"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with Amina's plan file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rotations.yaml").write_text(AMINA)
    return tmp_path


def export(name: str, plan_files: tuple[str, ...] = ("rotations.yaml",), *, force: bool = False) -> None:
    """Write an export, which may replace what begins with OURS."""
    write_export(name, b"OURS new", list(plan_files), lambda old: force or old.startswith(b"OURS"))


def problem(name: str, plan_files: tuple[str, ...] = ("rotations.yaml",), *, force: bool = False) -> str:
    """Say why an export cannot be written."""
    with pytest.raises(PlanFileError) as refused:
        export(name, plan_files, force=force)
    return str(refused.value)


def test_new_export_is_written_and_nothing_is_left_beside_it(folder: Path) -> None:
    """The file has its bytes."""
    export("plan.ics")
    assert (folder / "plan.ics").read_bytes() == b"OURS new"
    assert names(folder) == {"rotations.yaml", "plan.ics"}


@pytest.mark.parametrize("old", [b"", b"OURS old"], ids=["empty", "earlier_export"])
def test_empty_file_or_earlier_export_is_replaced_and_keeps_its_mode(folder: Path, old: bytes) -> None:
    """An export can be repeated."""
    path = folder / "plan.ics"
    path.write_bytes(old)
    path.chmod(0o640)
    export("plan.ics")
    assert (path.read_bytes(), mode_of(path)) == (b"OURS new", 0o640)


def test_file_of_another_program_is_replaced_only_by_force(folder: Path) -> None:
    """What lorplan did not write stays, unless the user says otherwise."""
    (folder / "plan.ics").write_bytes(b"mine")
    before = state(folder)
    assert problem("plan.ics") == f"plan.ics: {NOT_OURS}"
    assert state(folder) == before
    export("plan.ics", force=True)
    assert (folder / "plan.ics").read_bytes() == b"OURS new"


@pytest.mark.parametrize("name", ["rotations.yaml", "./rotations.yaml", "link.yaml"], ids=["name", "path", "symlink"])
def test_plan_file_is_never_replaced_not_even_by_force(folder: Path, name: str) -> None:
    """A plan file of this export is recognized under any name."""
    (folder / "link.yaml").symlink_to("rotations.yaml")
    before = state(folder)
    assert problem(name, force=True) == f"{name}: {PLAN_FILE}"
    assert problem(name, ("-", "link.yaml"), force=True) == f"{name}: {PLAN_FILE}"
    assert state(folder) == before


@pytest.mark.parametrize("target", [b"OURS old", None], ids=["existing_target", "dangling"])
def test_symlink_stays_a_symlink_and_its_target_is_written(folder: Path, target: bytes | None) -> None:
    """The file to which the link leads has the export, whether it existed or not."""
    (folder / "there").mkdir()
    (folder / "plan.ics").symlink_to("there/real.ics")
    if target is not None:
        (folder / "there/real.ics").write_bytes(target)
    export("plan.ics")
    assert (folder / "plan.ics").readlink() == Path("there/real.ics")
    assert (folder / "there/real.ics").read_bytes() == b"OURS new"
    assert names(folder / "there") == {"real.ics"}


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="the system has no such device")
def test_device_is_written_to_directly() -> None:
    """What is not a file is neither locked nor replaced."""
    export("/dev/null")
    assert Path("/dev/null").is_char_device()
    assert not Path("/dev/.null.lock").exists()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("", "'': cannot be written: the name is empty", id="empty_name"),
        pytest.param("folder", "folder: cannot be written: Is a directory", id="folder"),
        pytest.param("gone/plan.ics", "gone/plan.ics: cannot be written: no such folder (gone)", id="missing_folder"),
        pytest.param("loop.ics", "loop.ics: cannot be written: ", id="symlink_to_itself"),
        pytest.param("x" * 300, "x" * 300 + ": cannot be written: File name too long", id="long_name"),
    ],
)
def test_name_that_cannot_be_written_is_a_problem_and_leaves_nothing(folder: Path, name: str, message: str) -> None:
    """The problem has the name and the reason."""
    (folder / "folder").mkdir()
    (folder / "loop.ics").symlink_to("loop.ics")
    before = state(folder)
    assert problem(name).startswith(message)
    assert state(folder) == before
