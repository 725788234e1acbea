"""`lorplan init`: which file is written, what is never overwritten, and the command that it shows.

`tests/edit/test_starter.py` is about the text of the file, `test_init_ask.py` about `--ask`.
"""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer
from jinja2 import PackageLoader

from lorplan.edit.starter import write_starter
from lorplan.planfile.reader import loads
from storage.plan_on_disk import mode_of, names, state

if TYPE_CHECKING:
    from collections.abc import Callable

    from runner import Lorplan

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lorplan.cli.init.today", lambda: TODAY)


def next_command(out: str, file: str) -> str:
    """Take the command out of what `init` prints."""
    first, second = out.splitlines()
    assert first == f"Wrote {file} with three example rotations. Replace them with your own."
    return second.removeprefix("Next: ")


class TestWrittenFile:
    """The starter file of today is written, and nothing else."""

    def test_starter_of_today_is_written_to_rotations_yaml(self, lorplan: Lorplan) -> None:
        """Without a name the file is rotations.yaml; the next command plans it."""
        out = lorplan("init").out
        assert names(lorplan.folder) == {"rotations.yaml"}
        written = (lorplan.folder / "rotations.yaml").read_text("utf-8")
        assert written == write_starter(TODAY, PackageLoader("lorplan"))
        assert next_command(out, "rotations.yaml") == "lorplan plan rotations.yaml"

    @pytest.mark.parametrize(
        ("args", "variable", "written"),
        [
            pytest.param(("mine.yaml",), None, "mine.yaml", id="named"),
            pytest.param((), "other.yaml", "other.yaml", id="variable"),
            pytest.param(("mine.yaml",), "other.yaml", "mine.yaml", id="named_despite_the_variable"),
            pytest.param((), "", "rotations.yaml", id="empty_variable"),
            pytest.param(("plan.txt",), None, "plan.txt", id="any_suffix"),
        ],
    )
    def test_written_file_is_the_named_one_or_that_of_the_variable(
        self, lorplan: Lorplan, args: tuple[str, ...], variable: str | None, written: str
    ) -> None:
        """A name has precedence over the variable, and the next command has the name."""
        out = lorplan("init", *args, env={"LORPLAN_FILE": variable}).out
        assert names(lorplan.folder) == {written}
        assert next_command(out, written) == f"lorplan plan {written}"

    def test_file_in_another_folder_is_written_and_nothing_is_left_there(self, lorplan: Lorplan) -> None:
        """A name can lead to another folder."""
        (lorplan.folder / "there").mkdir()
        lorplan("init", "there/../there/mine.yaml")
        assert names(lorplan.folder / "there") == {"mine.yaml"}

    def test_written_file_has_the_mode_of_any_new_file(self, lorplan: Lorplan) -> None:
        """The umask decides who may read it."""
        lorplan("init", "mine.yaml")
        (lorplan.folder / "other").touch()
        assert mode_of(lorplan.folder / "mine.yaml") == mode_of(lorplan.folder / "other")

    def test_written_file_passes_the_strict_check(self, lorplan: Lorplan) -> None:
        """`check --strict` has nothing to report."""
        lorplan("init")
        checked = lorplan("check", "--strict")
        assert (checked.out, checked.err) == ("", "")

    def test_file_is_written_although_a_killed_process_began_it(self, lorplan: Lorplan) -> None:
        """A lock without a process and a part of a file are cleared away."""
        (lorplan.folder / ".rotations.yaml.lock").touch()
        (lorplan.folder / ".rotations.yaml.new").write_text("half a fi")
        lorplan("init")
        assert names(lorplan.folder) == {"rotations.yaml"}


def link_to_a_file(path: Path) -> None:
    """Make a symlink to a plan file of the user."""
    path.with_name("real.yaml").write_text("[] # mine\n")
    path.symlink_to("real.yaml")


class TestExistingFile:
    """Nothing is ever overwritten."""

    @pytest.mark.parametrize("args", [(), ("--ask",)], ids=["starter", "ask"])
    @pytest.mark.parametrize(
        "make",
        [
            pytest.param(lambda path: path.write_text("[] # mine\n"), id="file"),
            pytest.param(Path.touch, id="empty_file"),
            pytest.param(Path.mkdir, id="folder"),
            pytest.param(link_to_a_file, id="symlink"),
            pytest.param(lambda path: path.symlink_to("nowhere.yaml"), id="dangling_symlink"),
        ],
    )
    def test_existing_name_is_reported_and_left_alone(
        self, lorplan: Lorplan, make: Callable[[Path], object], args: tuple[str, ...]
    ) -> None:
        """Whatever has the name stays as it is, and so does what it leads to; the exit status is 1."""
        make(lorplan.folder / "mine.yaml")
        before = state(lorplan.folder)
        refused = lorplan("init", "mine.yaml", *args, status=1)
        assert (refused.out, refused.err) == (
            "",
            "lorplan: mine.yaml: already exists; not overwritten\nname another file\n",
        )
        assert state(lorplan.folder) == before

    def test_second_init_changes_nothing(self, lorplan: Lorplan) -> None:
        """A repeated command fails."""
        lorplan("init")
        before = state(lorplan.folder)
        lorplan("init", status=1)
        assert state(lorplan.folder) == before

    def test_existing_file_of_the_variable_is_left_alone(self, lorplan: Lorplan) -> None:
        """The file that the variable names is as safe as a named one."""
        (lorplan.folder / "other.yaml").write_text("[] # mine\n")
        before = state(lorplan.folder)
        lorplan("init", env={"LORPLAN_FILE": "other.yaml"}, status=1)
        assert state(lorplan.folder) == before


class TestUnwritableFile:
    """A name that cannot be written is reported in one line, and nothing is left."""

    @pytest.mark.parametrize("args", [(), ("--ask",)], ids=["starter", "ask"])
    @pytest.mark.parametrize(
        ("name", "status", "message"),
        [
            pytest.param("-", 2, "standard input cannot be written to\nname a file", id="standard_input"),
            pytest.param("", 1, "'': cannot be written: the name is empty", id="empty_name"),
            pytest.param(
                "missing/mine.yaml",
                1,
                "missing/mine.yaml: cannot be written: no such folder: missing",
                id="missing_folder",
            ),
            pytest.param(
                "missing/deep/mine.yaml",
                1,
                "missing/deep/mine.yaml: cannot be written: no such folder: missing/deep",
                id="missing_folders",
            ),
            pytest.param(
                "plan/mine.yaml", 1, "plan/mine.yaml: cannot be written: no such folder: plan", id="below_a_file"
            ),
        ],
    )
    def test_name_that_cannot_be_written_is_reported_at_once(
        self, lorplan: Lorplan, name: str, status: int, message: str, args: tuple[str, ...]
    ) -> None:
        """A typing error in a path is reported, and no folder is created."""
        (lorplan.folder / "plan").write_text("[] # mine\n")
        before = state(lorplan.folder)
        refused = lorplan("init", name, *args, status=status)
        assert (refused.out, refused.err) == ("", f"lorplan: {message}\n")
        assert state(lorplan.folder) == before

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            pytest.param("n" * 300, "cannot be written: File name too long", id="long_name"),
            pytest.param("a\0b", "cannot be written: embedded null byte", id="nul"),
        ],
    )
    def test_name_that_no_system_accepts_is_reported_in_one_line(
        self, lorplan: Lorplan, name: str, message: str
    ) -> None:
        """The message is the system's, and nothing is left."""
        refused = lorplan("init", name, status=1)
        assert refused.err.count("\n") == 1
        assert message in refused.err
        assert names(lorplan.folder) == set()


SHELL_SYNTAX = (
    "my rotations.yaml",
    "it's.yaml",
    'the "plan".yaml',
    "$HOME.yaml",
    "`date`.yaml",
    "a&b;c|d.yaml",
    "*.yaml",
    "#1.yaml",
    "~mine.yaml",
    "back\\slash.yaml",
    "Zoë 陳 😀.yaml",
    "sub folder/mine.yaml",
    "-mine.yaml",
)


@pytest.mark.parametrize("name", SHELL_SYNTAX)
def test_next_command_can_be_pasted_into_a_shell(lorplan: Lorplan, name: str) -> None:
    """The words of the command are passed on as they are, and the command finds the file."""
    (lorplan.folder / "sub folder").mkdir()
    program, *words = shlex.split(next_command(lorplan("init", "--", name).out, name))
    assert program == "lorplan"
    assert "letters wanted" in lorplan(*words, "--as-of", str(TODAY)).out


@pytest.fixture
def own_starter(lorplan: Lorplan, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the path of the user's own starter template, in a home of its own."""
    monkeypatch.setenv("HOME", str(lorplan.folder))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    path = Path(typer.get_app_dir("lorplan")) / "templates" / "starter.yaml"
    assert path.is_relative_to(lorplan.folder)
    path.parent.mkdir(parents=True)
    return path


def test_own_starter_template_is_written_instead_of_the_one_of_the_package(lorplan: Lorplan, own_starter: Path) -> None:
    """The user's template, in UTF-8, gets the days of the package's."""
    own_starter.write_text(
        "- attending: Dr. Zoë {{ as_of.year }}\n  specialty: im\n  start: {{ third }}\n  weeks: 2\n", encoding="utf-8"
    )
    lorplan("init")
    [rotation] = loads((lorplan.folder / "rotations.yaml").read_text("utf-8")).rotations
    assert rotation.attending.name == "Dr. Zoë 2026"
    assert rotation.start > TODAY


def test_error_in_an_own_starter_template_is_reported_and_nothing_is_written(
    lorplan: Lorplan, own_starter: Path
) -> None:
    """One line names the template and its line."""
    own_starter.write_text("a: 1\n{{ nobody }}")
    refused = lorplan("init", status=1)
    assert refused.err.count("\n") == 1
    assert refused.err.startswith(f"lorplan: the template {own_starter}:2 cannot be used: ")
    assert not (lorplan.folder / "rotations.yaml").exists()


# --- from a spreadsheet -------------------------------------------------------------------------------------

SHEET = "Preceptor,Specialty,Start date,Weeks,Cost\nDr. Wei Chen,neurology,2027-01-04,4,1500\n"


def test_init_from_a_spreadsheet_writes_its_rotations_and_names_what_is_not_used(lorplan: Lorplan) -> None:
    """The file is a plan file that `plan` accepts."""
    (lorplan.folder / "my sheet.csv").write_text("\ufeff" + SHEET, encoding="utf-8")
    out = lorplan("init", "--from", "my sheet.csv", "new.yaml").out
    assert out.splitlines() == [
        "Wrote new.yaml with your 1 rotation.",
        "Not used: Cost",
        "Next: lorplan plan new.yaml",
    ]
    assert "chen" in lorplan("plan", "new.yaml", "--as-of", "2027-01-04").out


def test_init_from_standard_input_reads_the_spreadsheet_there(lorplan: Lorplan) -> None:
    """As other commands do."""
    lorplan("init", "--from", "-", "new.yaml", stdin=SHEET)
    assert "Dr. Wei Chen" in (lorplan.folder / "new.yaml").read_text()


def test_init_from_a_spreadsheet_with_problems_tells_all_of_them_and_writes_nothing(lorplan: Lorplan) -> None:
    """Each with its row and column."""
    (lorplan.folder / "sheet.csv").write_text(SHEET + "Dr. Lee,im,05/11/2027,4,\n,im,2027-01-04,x,\n")
    result = lorplan("init", "--from", "sheet.csv", "new.yaml", status=1)
    assert [line.partition(": ")[2].partition(":")[0] for line in result.err.splitlines()] == [
        "row 3, Start date",
        "row 4",
        "row 4, Weeks",
    ]
    assert all(line.startswith("sheet.csv: ") for line in result.err.splitlines())
    assert not (lorplan.folder / "new.yaml").exists()


@pytest.mark.parametrize(
    ("args", "status", "message"),
    [
        pytest.param(("--from", "no.csv"), 1, "no.csv: cannot be read", id="no_such_file"),
        pytest.param(("--from", "x.csv", "--ask"), 2, "--ask and --from cannot be used together", id="both_ways"),
    ],
)
def test_init_from_a_spreadsheet_that_cannot_be_is_refused(
    lorplan: Lorplan, args: tuple[str, ...], status: int, message: str
) -> None:
    """Nothing is written."""
    assert message in lorplan("init", *args, "new.yaml", status=status).err
    assert not (lorplan.folder / "new.yaml").exists()


def test_init_from_a_spreadsheet_in_another_encoding_is_refused_with_the_way_out(lorplan: Lorplan) -> None:
    """No letter is lost."""
    (lorplan.folder / "sheet.csv").write_bytes(SHEET.replace("Wei", "Zoë").encode("latin-1"))
    assert "save it as UTF-8" in lorplan("init", "--from", "sheet.csv", "new.yaml", status=1).err
