"""Plan files on the disk: which is chosen, how it is read, and how one is changed or written for the first time.

Exports are in `test_files_export.py`.
"""

from __future__ import annotations

import io
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import filelock
import pytest

from lorplan.edit.record_event import RecordedEvent
from lorplan.errors import PlanFileError, UsageError
from lorplan.planfile.reader import MAX_BYTES
from lorplan.storage import atomic_write
from lorplan.storage.files import (
    change_file,
    choose_file,
    default_file,
    load,
    read_file,
    refuse_unwritable,
    without_duplicates,
    write_export,
    write_new,
)
from samples import AMINA, AS_OF, BAD, BAD_REPORT
from storage.plan_on_disk import MARKED, asked_on, names, record, state, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from lorplan.edit.verified_edit import Edit
    from lorplan.planfile.reader import LocatedPlanFile
    from runner import Lorplan

BOM = b"\xef\xbb\xbf"


@pytest.fixture
def amina(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write Amina's plan file into a folder in which there is nothing else, and go there."""
    path = tmp_path / "here" / "rotations.yaml"
    path.parent.mkdir()
    path.write_text(AMINA)
    monkeypatch.chdir(path.parent)
    monkeypatch.delenv("LORPLAN_FILE", raising=False)
    return path


def problem(action: Callable[[], object]) -> str:
    """Say which problem a file has."""
    with pytest.raises(PlanFileError) as refused:
        action()
    return str(refused.value)


class TestLoad:
    """A plan file is read from a path or from standard input, or has a problem with its name."""

    @pytest.mark.parametrize("as_path", [True, False], ids=["path", "text"])
    def test_plan_file_is_loaded_from_a_path_or_its_text(self, amina: Path, *, as_path: bool) -> None:
        """A path and its text are the same file."""
        assert load(amina if as_path else str(amina)).applicant.name == "Amina Rahman"

    def test_plan_file_is_loaded_from_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The name "-" stands for standard input, whose bytes are read as those of a file."""
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BOM + AMINA.encode()), encoding="ascii"))
        assert load("-").applicant.name == "Amina Rahman"

    def test_closed_standard_input_is_a_problem(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Python has no standard input if the caller closed it."""
        monkeypatch.setattr(sys, "stdin", None)
        assert problem(lambda: load("-")) == "-: cannot be read: standard input is closed"

    def test_problems_of_a_file_have_its_name(self, amina: Path) -> None:
        """The name is the one by which the file was asked for."""
        amina.write_text(BAD)
        report = problem(lambda: read_file("rotations.yaml"))
        lines = BAD_REPORT.format(file="rotations.yaml").splitlines()
        assert report.splitlines() == [lines[0], lines[3]]

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            pytest.param("missing.yaml", "missing.yaml: cannot be read: No such file or directory", id="missing"),
            pytest.param(".", ".: cannot be read: Is a directory", id="folder"),
            pytest.param("", "'': cannot be read: the name is empty", id="empty_name"),
            pytest.param("a\0b", "a\0b: cannot be read: embedded null byte", id="nul"),
        ],
    )
    @pytest.mark.usefixtures("amina")
    def test_file_that_cannot_be_read_is_a_problem(self, name: str, message: str) -> None:
        """The problem has the name of the file and the system's message."""
        assert problem(lambda: load(name)) == message

    def test_file_that_is_too_large_is_a_problem(self, amina: Path) -> None:
        """A file of more than 16 MiB is not a plan file."""
        os.truncate(amina, MAX_BYTES + 1)
        assert problem(lambda: load("rotations.yaml")) == "rotations.yaml:1:1: larger than 16 MiB: not a plan file"

    @pytest.mark.skipif(not Path("/dev/zero").exists(), reason="the system has no endless device")
    def test_endless_file_is_read_no_further_than_its_size_is_allowed(self) -> None:
        """Reading ends one byte after the largest size."""
        assert problem(lambda: load("/dev/zero")) == "/dev/zero:1:1: larger than 16 MiB: not a plan file"


class TestChoice:
    """The plan file is the named one, else that of the variable, else one in the working directory."""

    @pytest.mark.parametrize(
        ("named", "variable", "present", "chosen"),
        [
            pytest.param("mine", "theirs", ("rotations.yaml",), "mine", id="named"),
            pytest.param("-", "theirs", ("rotations.yaml",), "-", id="standard_input"),
            pytest.param("", "theirs", ("rotations.yaml",), "", id="empty_name_is_a_name"),
            pytest.param(None, "theirs", ("rotations.yaml",), "theirs", id="variable"),
            pytest.param(None, None, ("rotations.yaml", "rotations.yml"), "rotations.yaml", id="yaml"),
            pytest.param(None, None, ("rotations.yml",), "rotations.yml", id="yml"),
            pytest.param(None, "", ("rotations.yml",), "rotations.yml", id="empty_variable"),
        ],
    )
    def test_chosen_file_is_named_or_of_the_variable_or_present(  # noqa: PLR0913, PLR0917 - a case has many parts
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        named: str | None,
        variable: str | None,
        present: tuple[str, ...],
        chosen: str,
    ) -> None:
        """A name has precedence over the variable, and the variable over the files that are present."""
        monkeypatch.chdir(tmp_path)
        monkeypatch.delenv("LORPLAN_FILE", raising=False)
        if variable is not None:
            monkeypatch.setenv("LORPLAN_FILE", variable)
        for name in present:
            Path(name).touch()
        assert choose_file(named) == chosen

    def test_missing_plan_file_is_a_problem_that_says_how_to_name_one(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Without any plan file the message names the usual files, the variable and `init`."""
        monkeypatch.chdir(tmp_path)
        monkeypatch.delenv("LORPLAN_FILE", raising=False)
        assert default_file() is None
        assert problem(lambda: choose_file(None)) == (
            f"lorplan: no plan file: {tmp_path} has no rotations.yaml or rotations.yml, and LORPLAN_FILE is not set"
        )

    def test_file_that_is_named_twice_in_any_way_is_read_once(self, amina: Path) -> None:
        """The first name stays; standard input and missing files are names, too."""
        Path("link.yaml").symlink_to(amina)
        given = ["link.yaml", "rotations.yaml", "-", "-", "./rotations.yaml", str(amina), "other.yaml", "./other.yaml"]
        assert sorted(without_duplicates(given)) == ["-", "link.yaml", "other.yaml"]

    def test_file_that_is_named_twice_stays_where_it_is_named_first(self) -> None:
        """The order of the files is that of their first names."""
        assert without_duplicates(["a", "b", "a"]) == ["a", "b"]

    def test_name_without_a_working_directory_stands_for_itself(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """If the working directory was deleted, names cannot be resolved, and are compared as they are."""

        def fail(_: str) -> str:
            raise FileNotFoundError

        monkeypatch.setattr(os.path, "realpath", fail)
        assert without_duplicates(["a", "b", "b"]) == ["a", "b"]


class TestChange:
    """A plan file is changed completely or not at all."""

    @pytest.mark.parametrize("before", [b"", BOM, BOM + BOM], ids=["no_mark", "one_mark", "two_marks"])
    @pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
    def test_changed_file_keeps_byte_order_marks_and_line_ends(self, amina: Path, before: bytes, line_end: str) -> None:
        """Every byte that the edit does not change stays."""
        amina.write_bytes(before + AMINA.replace("\n", line_end).encode())
        record(amina)
        assert amina.read_bytes() == before + MARKED.replace("\n", line_end).encode()

    def test_changed_file_keeps_its_mode_and_nothing_is_left_beside_it(self, amina: Path) -> None:
        """The file has its own mode, and the folder has only the file."""
        amina.chmod(0o640)
        made = record(amina)
        assert made.has_changes
        assert amina.stat().st_mode & 0o777 == 0o640
        assert texts(amina.parent) == {amina.name: MARKED}

    def test_edit_without_changes_writes_nothing(self, amina: Path) -> None:
        """The file is not even replaced by the same content."""
        amina.write_text(MARKED)
        before = state(amina.parent)
        assert not record(amina).has_changes
        assert state(amina.parent) == before

    def test_error_of_an_edit_leaves_the_file_alone(self, amina: Path) -> None:
        """Whatever the edit raises passes; the file is as it was, and nothing is left beside it."""

        def fail(_: LocatedPlanFile) -> Edit:
            raise UsageError

        before = state(amina.parent)
        with pytest.raises(UsageError):
            change_file(str(amina), fail)
        assert state(amina.parent) == before

    def test_file_with_problems_is_not_changed(self, amina: Path) -> None:
        """The problems are those that reading reports."""
        amina.write_text(BAD)
        before = state(amina.parent)
        assert problem(lambda: record(amina)) == problem(lambda: read_file(str(amina)))
        assert state(amina.parent) == before

    @pytest.mark.parametrize(
        "links",
        [
            pytest.param({"link.yaml": "here/rotations.yaml"}, id="relative"),
            pytest.param({"here/link.yaml": "rotations.yaml"}, id="beside_its_target"),
            pytest.param({"there/link.yaml": "../here/rotations.yaml"}, id="in_another_folder"),
            pytest.param(
                {
                    "there/one.yaml": "../over/two.yaml",
                    "over/two.yaml": "three.yaml",
                    "over/three.yaml": "/here/rotations.yaml",
                },
                id="chain_with_an_absolute_link",
            ),
        ],
    )
    def test_symlink_stays_a_symlink_and_its_target_is_changed(
        self, tmp_path: Path, amina: Path, links: dict[str, str]
    ) -> None:
        """Every link on the way stays, and nothing is left in any folder."""
        for name, leads_to in links.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).symlink_to(f"{tmp_path}{leads_to}" if leads_to.startswith("/") else leads_to)
        folders = [tmp_path, *(path for path in tmp_path.iterdir() if path.is_dir())]
        before = [names(folder) for folder in folders]
        targets = [(tmp_path / name).readlink() for name in links]
        record(tmp_path / next(iter(links)))
        assert (amina.read_text(), amina.is_symlink()) == (MARKED, False)
        assert [(tmp_path / name).readlink() for name in links] == targets
        assert [names(folder) for folder in folders] == before

    def test_symlink_to_the_folder_is_followed(self, tmp_path: Path, amina: Path) -> None:
        """A link to the folder of the file stays, too."""
        (tmp_path / "shortcut").symlink_to("here")
        record(tmp_path / "shortcut" / "rotations.yaml")
        assert ((tmp_path / "shortcut").is_symlink(), texts(amina.parent)) == (True, {amina.name: MARKED})

    @pytest.mark.parametrize("name", ["rotations.yaml", "link.yaml"], ids=["file", "symlink"])
    def test_change_of_a_locked_file_ends_with_a_problem(
        self, amina: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        """After waiting for the other process the problem says so; a file has one lock under all its names."""
        monkeypatch.setattr(atomic_write, "LOCK_SECONDS", 0.05)
        amina.with_name("link.yaml").symlink_to(amina.name)
        with filelock.FileLock(amina.with_name(".rotations.yaml.lock")):
            message = problem(lambda: record(Path(name)))
        assert message.startswith(f"{name}: cannot be changed: another lorplan process is using it; try again")
        assert amina.read_text() == AMINA

    @pytest.mark.parametrize("left", [".rotations.yaml.new", ".rotations.yaml.lock"], ids=["new_file", "lock"])
    @pytest.mark.parametrize("text", ["", "rotat"], ids=["empty", "begun"])
    def test_what_a_killed_process_left_is_cleared_away(self, amina: Path, left: str, text: str) -> None:
        """A new file or a lock without a process is not in the way, and is gone after the next change."""
        amina.with_name(left).write_text(text)
        record(amina)
        assert texts(amina.parent) == {amina.name: MARKED}

    def test_files_with_similar_names_are_left_alone(self, amina: Path) -> None:
        """Other files, and the locks of other plan files, stay."""
        others = {"rotations.yaml.new", ".rotations.yaml", "rotations.yaml~", ".rotations.yml.lock", ".other.yaml.new"}
        for name in others:
            amina.with_name(name).write_text(name)
        record(amina)
        assert texts(amina.parent) == {amina.name: MARKED, **{name: name for name in others}}

    def test_second_change_finds_the_first_one(self, amina: Path) -> None:
        """Each change reads the file again."""
        record(amina, "2027-01-12")
        assert record(amina, "2027-01-13").replaced == "2027-01-12"
        assert amina.read_text() == asked_on("2027-01-13")

    def test_line_that_an_editor_saves_in_the_meantime_is_kept(self, amina: Path) -> None:
        """It takes no lock: what stands there is compared just before it would be replaced."""
        saved: list[str] = []

        def edit_beside_an_editor(located: LocatedPlanFile) -> Edit:
            if not saved:
                saved.append(f"# a thought\n{AMINA}")
                amina.write_text(saved[0])
            return RecordedEvent(located, 0, "asked").record(AS_OF, replace=True)

        change_file("rotations.yaml", edit_beside_an_editor)
        assert amina.read_text() == f"# a thought\n{MARKED}"
        assert names(amina.parent) == {"rotations.yaml"}

    def test_file_that_another_program_keeps_writing_to_is_left_to_it(self, amina: Path) -> None:
        """After a few attempts the reason is told, and nothing of it is lost."""
        attempts: list[int] = []

        def edit_beside_a_busy_program(located: LocatedPlanFile) -> Edit:
            attempts.append(len(attempts))
            amina.write_text(f"# {len(attempts)}\n{AMINA}")
            return RecordedEvent(located, 0, "asked").record(AS_OF, replace=True)

        message = problem(lambda: change_file("rotations.yaml", edit_beside_a_busy_program))
        assert message == "rotations.yaml: cannot be changed: another program keeps writing to it"
        assert amina.read_text() == f"# {len(attempts)}\n{AMINA}"
        assert names(amina.parent) == {"rotations.yaml"}

    def test_standard_input_cannot_be_changed(self) -> None:
        """It cannot be written back, which is wrong usage."""
        with pytest.raises(UsageError, match=r"^standard input cannot be written to$"):
            record(Path("-"))


def make_socket(path: Path) -> None:
    """Make a socket; its address must be short."""
    before = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind(path.name)
    finally:
        os.chdir(before)


class TestNotAFile:
    """A name that leads to no regular file is a problem at once."""

    @pytest.mark.parametrize(
        ("name", "make", "message"),
        [
            pytest.param("plan", lambda path: path.symlink_to("plan"), "cannot be read: ", id="symlink_to_itself"),
            pytest.param(
                "plan",
                lambda path: (path.symlink_to("other"), path.with_name("other").symlink_to("plan")),
                "cannot be read: ",
                id="ring_of_symlinks",
            ),
            pytest.param(
                "plan", lambda path: path.symlink_to("gone"), "cannot be read: No such file", id="dangling_symlink"
            ),
            pytest.param("plan", Path.mkdir, "cannot be changed: not a regular file", id="folder"),
            pytest.param("plan", make_socket, "cannot be changed: not a regular file", id="socket"),
            pytest.param(
                "plan",
                lambda path: path.symlink_to("/dev/zero"),
                "cannot be changed: not a regular file",
                id="symlink_to_a_device",
            ),
            pytest.param("plan", lambda _: None, "cannot be read: No such file or directory", id="missing"),
            pytest.param("gone/plan", lambda _: None, "cannot be read: No such file or directory", id="missing_folder"),
            pytest.param(
                "plan/plan",
                lambda path: path.parent.write_text(AMINA),
                "cannot be read: Not a directory",
                id="below_a_file",
            ),
            pytest.param("x" * 300, lambda _: None, "cannot be read: File name too long", id="long_name"),
            pytest.param(
                "x" * 252,
                lambda path: path.write_text(AMINA),
                "cannot be changed: File name too long (.xxx",
                id="name_too_long_for_its_lock",
            ),
            pytest.param("a\0b", lambda _: None, "cannot be read: embedded null byte", id="nul"),
        ],
    )
    def test_name_that_leads_to_no_regular_file_is_a_problem(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, make: Callable[[Path], object], message: str
    ) -> None:
        """The problem has the name and the reason; nothing is opened, and nothing is left."""
        monkeypatch.chdir(tmp_path)
        with suppress(NotADirectoryError):
            make(tmp_path / name)
        before = state(tmp_path)
        assert problem(lambda: record(Path(name))).startswith(f"{name}: {message}")
        assert state(tmp_path) == before

    def test_empty_name_is_a_problem(self) -> None:
        """An empty name is shown in quotes."""
        with pytest.raises(PlanFileError, match=r"^'': cannot be read: the name is empty$"):
            change_file("", lambda _: pytest.fail("there is nothing to edit"))


class TestNewFile:
    """A new file is complete, and never replaces anything."""

    def test_new_file_is_written_as_utf_8_with_its_own_line_ends(self, tmp_path: Path) -> None:
        """The file has its text, and nothing is left beside it."""
        text = "# Ärzte 陈伟\r\n" + AMINA
        write_new(str(tmp_path / "new.yaml"), text)
        assert (tmp_path / "new.yaml").read_bytes() == text.encode()
        assert names(tmp_path) == {"new.yaml"}

    def test_existing_file_is_not_overwritten(self, amina: Path) -> None:
        """The file stays as it is, and nothing is left beside it."""
        before = state(amina.parent)
        assert problem(lambda: write_new("rotations.yaml", "new")) == "rotations.yaml: already exists; not overwritten"
        assert state(amina.parent) == before

    def test_new_file_is_written_although_a_killed_process_began_it(self, tmp_path: Path) -> None:
        """What was left of a new file is not the file, and is gone afterwards."""
        for name in (".new.yaml.new", ".new.yaml.lock"):
            (tmp_path / name).write_text("rotat")
        write_new(str(tmp_path / "new.yaml"), AMINA)
        assert texts(tmp_path) == {"new.yaml": AMINA}

    def test_new_file_that_is_locked_ends_with_a_problem(self, amina: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Two processes cannot write the same new file at the same time."""
        monkeypatch.setattr(atomic_write, "LOCK_SECONDS", 0.05)
        with filelock.FileLock(amina.with_name(".new.yaml.lock")):
            message = problem(lambda: write_new("new.yaml", AMINA))
        assert message.startswith("new.yaml: cannot be written: another lorplan process is using it; try again")
        assert not amina.with_name("new.yaml").exists()

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            pytest.param("missing/new.yaml", "cannot be written: no such folder (missing)", id="missing_folder"),
            pytest.param("rotations.yaml/new.yaml", "cannot be written: no such folder", id="below_a_file"),
            pytest.param("x" * 300, "cannot be written: File name too long", id="long_name"),
            pytest.param("a\0b", "cannot be written: embedded null byte", id="nul"),
        ],
    )
    def test_name_that_cannot_be_written_is_a_problem_and_leaves_nothing(
        self, amina: Path, name: str, message: str
    ) -> None:
        """No folder is created on the way, and no lock is left."""
        before = state(amina.parent)
        assert problem(lambda: write_new(name, AMINA)).startswith(f"{name}: {message}")
        assert state(amina.parent) == before


class TestRefusalInAdvance:
    """Before any question is asked, a name that cannot be written is refused."""

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            pytest.param("rotations.yaml", "rotations.yaml: already exists; not overwritten", id="existing_file"),
            pytest.param("dangling.yaml", "dangling.yaml: already exists; not overwritten", id="dangling_symlink"),
            pytest.param("missing/a.yaml", "missing/a.yaml: cannot be written: no such folder: missing", id="folder"),
            pytest.param("", "'': cannot be written: the name is empty", id="empty_name"),
        ],
    )
    def test_name_that_cannot_be_written_is_a_problem_in_advance(self, amina: Path, name: str, message: str) -> None:
        """The message is about the file or its folder, and nothing is written."""
        amina.with_name("dangling.yaml").symlink_to("nowhere")
        before = state(amina.parent)
        assert problem(lambda: refuse_unwritable(name)) == message
        assert state(amina.parent) == before

    def test_folder_without_write_permission_is_a_problem_in_advance(
        self, amina: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The permission is checked without writing."""
        monkeypatch.setattr(os, "access", lambda path, _: Path(path) != Path())
        assert problem(lambda: refuse_unwritable("new.yaml")) == "new.yaml: cannot be written: Permission denied"
        assert names(amina.parent) == {"rotations.yaml"}

    def test_new_file_in_an_existing_folder_is_not_refused(self, amina: Path) -> None:
        """A name that can be written passes, and nothing is written."""
        refuse_unwritable("new.yaml")
        assert names(amina.parent) == {"rotations.yaml"}

    def test_standard_input_is_wrong_usage(self) -> None:
        """Standard input cannot be written."""
        with pytest.raises(UsageError, match=r"^standard input cannot be written to$"):
            refuse_unwritable("-")


def test_export_that_another_program_writes_to_is_left_to_it(tmp_path: Path) -> None:
    """What has just been written there is not lost."""
    path = tmp_path / "letters.ics"
    path.write_text("ours")

    def write_beside(_: bytes) -> bool:
        path.write_text("theirs")
        return True

    message = problem(lambda: write_export(str(path), b"new", [], write_beside))
    assert message.endswith("cannot be written: another program has just written to it")
    assert path.read_text() == "theirs"


@pytest.mark.parametrize("how", ["hard link", "symlink", "same name"])
def test_export_does_not_replace_its_own_plan_file_by_whatever_name(amina: Path, how: str) -> None:
    """Not even if that is allowed to be replaced."""
    name = amina.with_name("other.yaml") if how != "same name" else amina
    if how == "hard link":
        os.link(amina, name)
    elif how == "symlink":
        name.symlink_to(amina)
    message = problem(lambda: write_export(str(name), b"new", ["rotations.yaml"], lambda _: True))
    assert message.endswith("is one of the plan files of this export; not overwritten")
    assert amina.read_text() == AMINA


@pytest.mark.system
def test_export_does_not_replace_the_file_that_is_its_standard_input(lorplan: Lorplan, amina: Path) -> None:
    """`lorplan export html - -o plan.yaml < plan.yaml` would lose the plan."""
    (lorplan.folder / "rotations.yaml").write_text(AMINA)
    done = lorplan.shell('"$@" export html - -o rotations.yaml --force < rotations.yaml', status=1)
    assert "is one of the plan files of this export; not overwritten" in done.err
    assert (lorplan.folder / "rotations.yaml").read_text() == AMINA == amina.read_text()
