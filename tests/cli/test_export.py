"""`lorplan export`: where its bytes go, what it replaces, and what it leaves alone."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from builders import plan
from export.exporting import export, in_file, sample
from lorplan.export.formats import MODULES, load_format
from lorplan.storage import atomic_write
from samples import AMINA, AS_OF, BAD, BAD_REPORT, BENITO, HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lorplan.export.formats import FormatName
    from runner import Lorplan

SAMPLES: Final = {"amina.yaml": AMINA, "benito.yaml": BENITO, "bad.yaml": BAD, "hostile.yaml": HOSTILE}
NOTES: Final = b"my own notes\n"
"""A file that no export wrote."""

IS_ROOT: Final = os.geteuid() == 0
WITHOUT_POWERS: Final = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if IS_ROOT else ()
"""Runs a program without the powers of root."""

every_format = pytest.mark.parametrize("name", MODULES)


@pytest.fixture(autouse=True)
def folder(lorplan: Lorplan, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write the samples into the folder of the command, which has no templates of the user's own."""
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    for name, text in SAMPLES.items():
        (lorplan.folder / name).write_text(text, encoding="utf-8")
    return lorplan.folder


def args(name: str, *rest: str) -> tuple[str, ...]:
    """Give an export on the samples' day, of Amina's file unless another is named first."""
    files = () if any(part.endswith(".yaml") or part == "-" for part in rest[:1]) else ("amina.yaml",)
    return "export", name, *files, *rest, "--as-of", AS_OF


def new_files(folder: Path) -> set[str]:
    """Name everything in a folder, hidden or not, except the samples."""
    return {path.name for path in folder.iterdir()} - set(SAMPLES)


@contextmanager
def untouched(*paths: Path) -> Iterator[None]:
    """Check that files stay the very same, and that nothing comes or goes beside them."""

    def state() -> list[tuple[object, ...]]:
        found = [(path, path.stat()) for path in paths]
        beside = {one.name for path in paths for one in path.parent.iterdir()}
        return [(path.read_bytes(), s.st_mtime_ns, s.st_ino, s.st_mode, beside) for path, s in found]

    before = state()
    yield
    assert state() == before


def umask() -> int:
    """Read the mode that new files do not get."""
    now = os.umask(0o22)
    os.umask(now)
    return now


# --- where it goes ------------------------------------------------------------------------------------------


@every_format
def test_export_to_a_file_writes_the_bytes_of_standard_output(lorplan: Lorplan, folder: Path, name: str) -> None:
    """A line about it goes to standard error; `-o -` is standard output."""
    out = lorplan(*args(name)).out_bytes
    assert out
    done = lorplan(*args(name, "-o", "out"))
    assert (done.out, done.err) == ("", "Wrote out.\n")
    assert (folder / "out").read_bytes() == out
    assert new_files(folder) == {"out"}
    assert stat.S_IMODE((folder / "out").stat().st_mode) == 0o666 & ~umask()
    assert lorplan(*args(name, "-o", "-")).out_bytes == out


@every_format
def test_export_has_the_same_bytes_in_every_encoding_width_and_colour(lorplan: Lorplan, name: str) -> None:
    """It is not text for a terminal."""
    out = lorplan(*args(name, "hostile.yaml")).out_bytes
    narrow = {"COLUMNS": "20", "FORCE_COLOR": "1"}
    assert lorplan(*args(name, "hostile.yaml"), env=narrow, encoding="cp1252").out_bytes == out
    assert lorplan(*args(name, "hostile.yaml"), encoding="ascii").out_bytes == out
    assert "陈" in out.decode().replace("\r\n ", "")


@pytest.mark.system
@every_format
def test_real_program_exports_the_same_bytes_in_an_ascii_locale(lorplan: Lorplan, name: str) -> None:
    """And nothing is said on standard error."""
    done = lorplan.process(*args(name, "hostile.yaml"), env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"})
    assert done.err == ""
    assert done.out_bytes == lorplan(*args(name, "hostile.yaml")).out_bytes


def test_plan_from_standard_input_is_exported_like_that_of_its_file(lorplan: Lorplan, folder: Path) -> None:
    """Alone, beside files, and to a file."""
    out = lorplan(*args("markdown", "-"), stdin=AMINA).out
    assert out == lorplan(*args("markdown")).out.replace("amina\\.yaml", "standard input")
    assert lorplan(*args("markdown", "-", "-o", "out"), stdin=AMINA).err == "Wrote out.\n"
    assert (folder / "out").read_text(encoding="utf-8") == out
    both = lorplan(*args("markdown", "-", "benito.yaml"), stdin=AMINA).out
    assert "Okafor" in both
    assert "Petrov" in both


def test_export_without_a_file_takes_the_default_one(lorplan: Lorplan, folder: Path) -> None:
    """As every command does; without any it says so."""
    missing = lorplan("export", "csv", "--as-of", AS_OF, status=1)
    assert missing.out == ""
    assert missing.err.startswith("lorplan: no plan file: ")
    (folder / "rotations.yaml").write_text(AMINA)
    assert "Okafor" in lorplan("export", "csv", "--as-of", AS_OF).out
    assert "Petrov" in lorplan("export", "csv", "--as-of", AS_OF, env={"LORPLAN_FILE": "benito.yaml"}).out


def test_export_without_a_day_is_of_today(lorplan: Lorplan, monkeypatch: pytest.MonkeyPatch) -> None:
    """The day is that of the clock."""
    monkeypatch.setattr("lorplan.cli.export.today", lambda: date.fromisoformat(AS_OF))
    assert lorplan("export", "csv", "amina.yaml").out == lorplan(*args("csv")).out


@pytest.mark.parametrize("name", ["csv", "svg"])
def test_file_that_is_named_several_times_is_exported_once(lorplan: Lorplan, folder: Path, name: str) -> None:
    """By another way or a symlink it is the same plan, so that it can be drawn, too."""
    (folder / "link.yaml").symlink_to("amina.yaml")
    assert lorplan(*args(name, "amina.yaml", "./amina.yaml", "link.yaml")).out == lorplan(*args(name)).out


@pytest.mark.system
@pytest.mark.parametrize("name", ["ics", "html"])
@pytest.mark.parametrize(("reader", "expected"), [("head -c 10", 10), ("true", 0)])
def test_reader_that_closes_the_pipe_is_not_an_error(lorplan: Lorplan, name: str, reader: str, expected: int) -> None:
    """`| head -c 10` gets its ten bytes, and nothing is said."""
    done = lorplan.shell(f'{{ "$@"; echo "status $?" >&2; }} | {reader}', *args(name))
    assert done.out_bytes == lorplan(*args(name)).out_bytes[:expected]
    assert done.err == "status 0\n"


@pytest.mark.system
def test_full_disk_behind_standard_output_is_reported_with_status_1(lorplan: Lorplan) -> None:
    """A traceback would not help."""
    done = lorplan.shell('"$@" > /dev/full', *args("html"), status=1)
    assert done.err == "lorplan: cannot write to standard output: No space left on device\n"


@pytest.mark.system
def test_export_with_a_closed_standard_output_writes_nothing(lorplan: Lorplan) -> None:
    """Nobody reads it; there is no traceback."""
    assert "Traceback" not in lorplan.shell('"$@" >&-', *args("html"), status=None).err


# --- what it replaces ---------------------------------------------------------------------------------------


def test_file_that_lorplan_did_not_write_is_left_alone_without_force(lorplan: Lorplan, folder: Path) -> None:
    """The message says how it can be overwritten."""
    target = folder / "notes.txt"
    target.write_bytes(NOTES)
    with untouched(target):
        done = lorplan(*args("csv", "-o", "notes.txt"), status=1)
    assert done.out == ""
    assert (
        done.err == "lorplan: notes.txt: already exists and was not written by lorplan\nuse --force to overwrite it\n"
    )
    lorplan(*args("csv", "-o", "notes.txt", "--force"))
    assert target.read_bytes() == lorplan(*args("csv")).out_bytes
    assert new_files(folder) == {"notes.txt"}


def test_export_replaces_an_earlier_export_and_an_empty_file(lorplan: Lorplan, folder: Path) -> None:
    """Whatever plan it was made from."""
    target = folder / "out"
    target.touch()
    for files in (("benito.yaml",), ("benito.yaml", "amina.yaml"), ("hostile.yaml",)):
        lorplan(*args("html", *files, "-o", "out"))
        assert target.read_bytes() == lorplan(*args("html", *files)).out_bytes
    assert new_files(folder) == {"out"}


@every_format
def test_format_recognizes_its_own_exports_and_no_others(name: FormatName) -> None:
    """A page is not a calendar, and a file of a person is neither."""
    is_ours = load_format(name).is_ours
    plans = [sample(AMINA), sample(BENITO), sample(HOSTILE), in_file(plan())]
    for one in plans:
        assert [other for other in MODULES if is_ours(export(other, one))] == [name]
    assert name == "svg" or is_ours(export(name, *plans))
    for foreign in (NOTES, AMINA.encode(), b"\xff\xfe\x00", b"<html></html>", b"<svg/>", b"BEGIN:VCALENDAR\r\n", b""):
        assert not is_ours(foreign)


@pytest.mark.parametrize(
    ("name", "foreign"),
    [
        pytest.param("svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="9"></svg>', id="drawing"),
        pytest.param("html", b'<!DOCTYPE html><meta name="generator" content="hugo"><p>lorplan', id="page"),
        pytest.param("ics", b"BEGIN:VCALENDAR\r\nPRODID:-//other//\r\nSUMMARY:-//lorplan//\r\n", id="calendar"),
        pytest.param("csv", b"applicant,file,day\r\n", id="table_with_similar_columns"),
        pytest.param("markdown", b"<!-- written by lorplan -->\n\nand then by me\n", id="text_after_the_signature"),
    ],
)
def test_file_of_another_program_in_the_same_format_is_left_alone(
    lorplan: Lorplan, folder: Path, name: str, foreign: bytes
) -> None:
    """Also if lorplan is mentioned in it."""
    (folder / "out").write_bytes(foreign)
    with untouched(folder / "out"):
        lorplan(*args(name, "-o", "out"), status=1)


def test_replaced_file_keeps_its_mode_and_the_symlink_to_it(lorplan: Lorplan, folder: Path) -> None:
    """What was protected stays protected."""
    (folder / "sub").mkdir()
    (folder / "link").symlink_to("sub/out")
    lorplan(*args("csv", "-o", "link"))
    target = folder / "sub" / "out"
    target.chmod(0o600)
    lorplan(*args("csv", "benito.yaml", "-o", "link"))
    assert (folder / "link").is_symlink()
    assert "Petrov" in target.read_text(encoding="utf-8")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [path.name for path in target.parent.iterdir()] == ["out"]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("amina.yaml", id="as_named"),
        pytest.param("./amina.yaml", id="with_a_dot"),
        pytest.param("../{folder}/amina.yaml", id="through_the_parent_folder"),
        pytest.param("{path}/amina.yaml", id="absolute_path"),
        pytest.param("link.yaml", id="symlink"),
        pytest.param("way/amina.yaml", id="symlink_to_the_folder"),
    ],
)
def test_plan_file_of_the_export_is_never_replaced_whatever_its_name(lorplan: Lorplan, folder: Path, name: str) -> None:
    """Not even with --force, and not as the second of two."""
    (folder / "link.yaml").symlink_to("amina.yaml")
    (folder / "way").symlink_to(folder)
    out = name.format(folder=folder.name, path=folder)
    with untouched(folder / "amina.yaml", folder / "benito.yaml"):
        for force in ((), ("--force",)):
            done = lorplan(*args("html", "benito.yaml", "amina.yaml", "-o", out, *force), status=1)
            assert done.err == f"lorplan: {out}: is one of the plan files of this export; not overwritten\n"
            assert done.out == ""


def test_plan_file_named_by_a_symlink_is_not_replaced_by_its_own_name(lorplan: Lorplan, folder: Path) -> None:
    """The symlink leads to the file to write."""
    (folder / "link.yaml").symlink_to("amina.yaml")
    with untouched(folder / "amina.yaml"):
        lorplan(*args("svg", "link.yaml", "-o", "amina.yaml", "--force"), status=1)


def test_plan_file_with_problems_is_not_replaced_either(lorplan: Lorplan, folder: Path) -> None:
    """It could not be exported, and is still a plan file."""
    with untouched(folder / "bad.yaml"):
        done = lorplan(*args("html", "amina.yaml", "bad.yaml", "-o", "bad.yaml", "--force"), status=1)
    assert done.err.endswith("bad.yaml: is one of the plan files of this export; not overwritten\n")


def test_default_plan_file_is_not_replaced_either(lorplan: Lorplan, folder: Path) -> None:
    """It is exported without being named."""
    (folder / "rotations.yaml").write_text(AMINA)
    with untouched(folder / "rotations.yaml"):
        lorplan("export", "html", "-o", "rotations.yaml", "--force", "--as-of", AS_OF, status=1)


def test_hard_link_to_a_plan_file_is_not_replaced(lorplan: Lorplan, folder: Path) -> None:
    """It is the plan file, too."""
    os.link(folder / "amina.yaml", folder / "second")
    lorplan(*args("html", "-o", "second", "--force"), status=1)
    assert (folder / "amina.yaml").read_text() == (folder / "second").read_text() == AMINA


# --- where it cannot go -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("out", "beginning"),
    [
        pytest.param("nowhere/out", "nowhere/out: cannot be written: no such folder", id="missing_folder"),
        pytest.param("amina.yaml/out", "amina.yaml/out: cannot be written: ", id="file_as_a_folder"),
        pytest.param(".", ".: cannot be written: Is a directory", id="folder"),
        pytest.param("/dev/full", "/dev/full: cannot be written: No space left on device", id="full_disk"),
        pytest.param("", "'': cannot be written: the name is empty", id="empty_name"),
        pytest.param("x" * 300, f"{'x' * 300}: cannot be written: File name too long", id="too_long_a_name"),
        pytest.param("loop", "loop: cannot be written: ", id="symlink_to_itself"),
    ],
)
def test_file_that_cannot_be_written_is_reported_on_one_line(
    lorplan: Lorplan, folder: Path, out: str, beginning: str
) -> None:
    """It says where and why, and nothing is left behind."""
    (folder / "loop").symlink_to("loop")
    with untouched(folder / "amina.yaml"):
        done = lorplan(*args("html", "-o", out), status=1)
    assert done.out == ""
    assert done.err.startswith(f"lorplan: {beginning}")
    assert done.err.count("\n") == 1


def test_null_device_is_written_to_and_stays_a_device(lorplan: Lorplan) -> None:
    """It is not replaced by a file."""
    lorplan(*args("html", "-o", "/dev/null"))
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.system
def test_named_pipe_passes_the_export_on_and_stays_a_pipe(lorplan: Lorplan, folder: Path) -> None:
    """Its reader gets the bytes."""
    fifo = folder / "fifo"
    os.mkfifo(fifo)
    with subprocess.Popen(["/bin/cat", fifo], stdout=subprocess.PIPE) as reader:
        try:
            lorplan(*args("html", "-o", "fifo"))
            read, _ = reader.communicate(timeout=60)
        finally:
            reader.kill()
    assert read == lorplan(*args("html")).out_bytes
    assert stat.S_ISFIFO(fifo.stat().st_mode)
    assert new_files(folder) == {"fifo"}


def test_pipe_named_by_its_number_is_written_to_like_a_device(
    lorplan: Lorplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a shell names it in `-o >(gzip)`."""
    monkeypatch.setattr(atomic_write, "LOCK_SECONDS", 0)
    theirs, ours = os.pipe()
    os.set_blocking(theirs, False)
    try:
        lorplan(*args("svg", "-o", f"/dev/fd/{ours}"))
        assert os.read(theirs, 1 << 16) == lorplan(*args("svg")).out_bytes
    finally:
        os.close(theirs)
        os.close(ours)


@pytest.mark.system
@pytest.mark.skipif(IS_ROOT and shutil.which("setpriv") is None, reason="root needs setpriv to give up its powers")
@pytest.mark.parametrize("out", ["closed/out", "mine"], ids=["folder", "file"])
def test_read_only_folder_or_file_is_left_alone(lorplan: Lorplan, folder: Path, out: str) -> None:
    """Also with --force."""
    closed, mine = folder / "closed", folder / "mine"
    closed.mkdir()
    closed.chmod(0o555)
    mine.write_bytes(NOTES)
    mine.chmod(0o444)
    try:
        with untouched(mine):
            done = lorplan.process(*args("html", "-o", out, "--force"), prefix=WITHOUT_POWERS, status=1)
        assert done.out == ""
        assert done.err.startswith(f"lorplan: {out}: cannot be written: Permission denied")
        assert list(closed.iterdir()) == []
    finally:
        closed.chmod(0o755)


def test_leftovers_of_a_killed_export_are_removed(lorplan: Lorplan, folder: Path) -> None:
    """A half-written file and a lock are in nobody's way."""
    (folder / ".out.new").write_bytes(b"half of it")
    (folder / ".out.lock").touch()
    lorplan(*args("html", "-o", "out"))
    assert new_files(folder) == {"out"}


@pytest.mark.system
def test_exports_at_the_same_time_leave_one_complete_file(lorplan: Lorplan, folder: Path) -> None:
    """Two that write one file do not mix, and leave nothing else."""
    files = ("amina.yaml", "benito.yaml")
    commands = [args("html", file, "-o", "out") for file in files]
    with lorplan.start(*commands[0]) as one, lorplan.start(*commands[1]) as other:
        assert [one.wait(60), other.wait(60)] == [0, 0]
    assert (folder / "out").read_bytes() in [lorplan(*args("html", file)).out_bytes for file in files]
    assert new_files(folder) == {"out"}


# --- wrong usage --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in MODULES if name != "ics"])
def test_todo_with_another_format_than_ics_is_refused(lorplan: Lorplan, folder: Path, name: str) -> None:
    """Nothing is written."""
    done = lorplan(*args(name, "--todo", "-o", "out"), status=2)
    assert (done.out, done.err) == ("", "lorplan: --todo can only be used with ics\nwrite: lorplan export ics --todo\n")
    assert new_files(folder) == set()


def test_drawing_of_several_files_is_refused_with_what_draws_them(lorplan: Lorplan, folder: Path) -> None:
    """A page draws several plans."""
    done = lorplan(*args("svg", "amina.yaml", "benito.yaml", "-o", "out"), status=2)
    assert (done.out, done.err) == ("", "lorplan: svg draws one plan\nname one file, or export html\n")
    assert new_files(folder) == set()


@pytest.mark.parametrize(
    ("name", "way_out"),
    [
        pytest.param("pdf", "write ics, csv, markdown, html or svg", id="nothing_like_it"),
        pytest.param("", "write ics, csv, markdown, html or svg", id="empty"),
        pytest.param("HTML", "did you mean html?", id="upper_case"),
    ],
)
def test_unknown_format_is_refused_with_what_to_write(lorplan: Lorplan, name: str, way_out: str) -> None:
    """It is not guessed."""
    done = lorplan(*args(name), status=2)
    assert done.out == ""
    assert done.err == f'lorplan: FORMAT: "{name}" is not a format\n{way_out}\n'


def test_markdown_has_a_shorter_name(lorplan: Lorplan) -> None:
    """That of its files."""
    assert lorplan(*args("md", "amina.yaml")).out == lorplan(*args("markdown", "amina.yaml")).out


def test_missing_format_is_refused(lorplan: Lorplan) -> None:
    """There is no default format."""
    done = lorplan("export", status=2)
    assert done.out == ""
    assert "FORMAT" in done.err


# --- problems in files --------------------------------------------------------------------------------------


def test_bad_file_among_several_is_reported_and_the_others_are_exported(lorplan: Lorplan, folder: Path) -> None:
    """To standard output or to a file; the exit status is 1."""
    files = ("amina.yaml", "bad.yaml", "gone.yaml", "benito.yaml")
    expected = lorplan(*args("csv", "amina.yaml", "benito.yaml")).out_bytes
    report = BAD_REPORT.format(file="bad.yaml") + (
        "lorplan: gone.yaml: cannot be read: No such file or directory\nbegin one: lorplan init gone.yaml\n"
    )
    done = lorplan(*args("csv", *files), status=1)
    assert (done.out_bytes, done.err) == (expected, report)
    done = lorplan(*args("csv", *files, "-o", "out"), status=1)
    assert (done.out, done.err) == ("", report + "Wrote out.\n")
    assert (folder / "out").read_bytes() == expected


@pytest.mark.parametrize("name", ["csv", "svg"])
def test_export_of_bad_files_only_writes_nothing(lorplan: Lorplan, folder: Path, name: str) -> None:
    """An earlier export stays as it was."""
    (folder / "out").write_bytes(lorplan(*args(name)).out_bytes)
    files = ("bad.yaml",) if name == "svg" else ("bad.yaml", "gone.yaml")
    with untouched(folder / "out"):
        for out in ((), ("-o", "out")):
            done = lorplan(*args(name, *files, *out), status=1)
            assert done.out == ""
            assert done.err.startswith(BAD_REPORT.format(file="bad.yaml"))


@every_format
@pytest.mark.parametrize("text", [BENITO, AMINA], ids=["without_a_name", "with_a_name"])
def test_plan_file_whose_name_is_not_text_is_exported(lorplan: Lorplan, folder: Path, name: str, text: str) -> None:
    """Old systems left names that are not UTF-8."""
    file = os.fsdecode(b"\xff\xe9.yaml")
    (folder / file).write_text(text)
    done = lorplan("export", name, file, "--as-of", AS_OF)
    assert done.err == ""
    assert done.out
    assert "\udcff" not in done.out


# --- many files ---------------------------------------------------------------------------------------------


@pytest.mark.system
@pytest.mark.parametrize(("count", "bar"), [(19, False), (20, True)], ids=["few", "many"])
def test_progress_bar_is_shown_for_many_files_on_a_terminal(
    lorplan: Lorplan,
    folder: Path,
    count: int,
    bar: bool,  # noqa: FBT001 - a parameter
) -> None:
    """From twenty files on; it is not part of the export."""
    names = [f"{number}.yaml" for number in range(count)]
    for name in names:
        (folder / name).write_text(BENITO)
    shown = lorplan.in_terminal(*args("csv", *names, "-o", "out.csv"))
    assert ("Planning" in shown) == bar
    assert shown.endswith("Wrote out.csv.\n")
    assert (folder / "out.csv").read_bytes() == lorplan(*args("csv", *names)).out_bytes


def test_progress_bar_is_not_shown_without_a_terminal(lorplan: Lorplan, folder: Path) -> None:
    """A log is not filled with it."""
    names = [f"{number}.yaml" for number in range(20)]
    for name in names:
        (folder / name).write_text(BENITO)
    assert lorplan(*args("csv", *names)).err == ""
