"""`lorplan export`: where its bytes go, what it replaces and what it leaves alone, whatever stands in the way."""

from __future__ import annotations

import os
import pty
import shutil
import stat
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from conftest import environment, process
from lorplan.export.formats import FORMS, is_ours
from lorplan.storage import atomic_write as diskwrite
from samples import AMINA, AS_OF, BAD, BAD_REPORT, BENITO, HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conftest import Runner
    from lorplan.export.formats import Form

PLANS: Final = {"amina.yaml": AMINA, "benito.yaml": BENITO, "bad.yaml": BAD, "hostile.yaml": HOSTILE}
MINE: Final = b"my own notes\n"
"""A file that no export wrote."""

IS_ROOT: Final = os.geteuid() == 0
WITHOUT_POWERS: Final = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if IS_ROOT else ()
"""Root without root's powers: a user like others."""

each_form = pytest.mark.parametrize("form", FORMS)


@pytest.fixture(autouse=True)
def here(tmp_path: Path) -> Path:
    """Write the samples into a folder of their own."""
    for name, text in PLANS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def args(form: str, *rest: str) -> tuple[str, ...]:
    """Give an export on the samples' day, of Amina's file unless another is named."""
    files = () if any(part.endswith(".yaml") or part == "-" for part in rest[:1]) else ("amina.yaml",)
    return "export", form, *files, *rest, "--as-of", AS_OF


def content(path: Path) -> str:
    """Read a file as it is, line ends and all."""
    return path.read_bytes().decode("utf-8")


def new(folder: Path) -> set[str]:
    """Name all that is in a folder besides the samples, hidden or not."""
    return set(os.listdir(folder)) - set(PLANS)  # noqa: PTH208 - names are enough


@contextmanager
def untouched(*paths: Path) -> Iterator[None]:
    """Make sure that files stay the very same, and that nothing comes or goes beside them."""

    def state() -> list[tuple[object, ...]]:
        found = [(path, path.stat()) for path in paths]
        beside = {name for path in paths for name in os.listdir(path.parent)}  # noqa: PTH208 - names are enough
        return [(path.read_bytes(), s.st_mtime_ns, s.st_ino, s.st_mode, beside) for path, s in found]

    before = state()
    yield
    assert state() == before


def shell(folder: Path, line: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of bash in which `lorplan` is the real program."""
    start = f'lorplan() {{ {sys.executable} -m lorplan "$@"; }}; '
    return subprocess.run(
        ["/bin/bash", "-c", start + line],
        capture_output=True,
        cwd=folder,
        env=environment(folder),
        timeout=60,
        check=False,
    )


# --- where it goes ----------------------------------------------------------------------------------------


@each_form
def test_a_file_gets_what_standard_output_gets(invoke: Runner, here: Path, form: str) -> None:
    """With -o the same bytes go to the file, and a word about it to standard error alone."""
    out = invoke(*args(form)).out
    assert out
    done = invoke(*args(form, "-o", "out"))
    assert (done.out, done.err) == ("", "out is written.\n")
    assert (here / "out").read_bytes() == out.encode()
    assert new(here) == {"out"}
    assert stat.S_IMODE((here / "out").stat().st_mode) == 0o666 & ~_umask()
    assert invoke(*args(form, "-o", "-")).out == out


def _umask() -> int:
    now = os.umask(0o22)
    os.umask(now)
    return now


ASCII: Final = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
WESTERN: Final = {"PYTHONIOENCODING": "cp1252", "COLUMNS": "20", "FORCE_COLOR": "1"}


@pytest.mark.parametrize(
    ("form", "env"),
    [
        *(pytest.param(form, ASCII, id=f"{form}, ascii") for form in FORMS),
        *(pytest.param(form, WESTERN, id=f"{form}, cp1252, narrow and coloured") for form in ("csv", "html")),
    ],
)
def test_the_bytes_are_the_same_in_every_surrounding(
    invoke: Runner, here: Path, form: str, env: dict[str, str | None]
) -> None:
    """An export is no text for a terminal: encoding, width and colour do not change it."""
    done = process(here, *args(form, "hostile.yaml"), env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("utf-8") == invoke(*args(form, "hostile.yaml")).out
    assert "陈" in done.stdout.decode("utf-8").replace("\r\n ", "")


@each_form
def test_standard_input_is_a_plan_file_like_others(invoke: Runner, here: Path, form: str) -> None:
    """A plan that comes through a pipe is exported; so it is beside files, where the form takes several."""
    out = invoke(*args(form, "-"), stdin=AMINA).out
    assert "Okafor" in out
    if form != "svg":
        both = invoke(*args(form, "-", "benito.yaml"), stdin=AMINA).out
        assert "Okafor" in both
        assert "Petrov" in both
    done = invoke(*args(form, "-", "-o", "out"), stdin=AMINA)
    assert done.err == "out is written.\n"
    assert content(here / "out") == out


@each_form
def test_without_a_name_the_usual_file_is_exported(invoke: Runner, here: Path, form: str) -> None:
    """The plan file is found as by every other command; where there is none, that is told."""
    missing = invoke("export", form, "--as-of", AS_OF, check=1)
    assert missing.out == ""
    assert missing.err.startswith("lorplan: no plan file is here")
    (here / "rotations.yaml").write_text(AMINA)
    assert "Okafor" in invoke("export", form, "--as-of", AS_OF).out
    env = {"LORPLAN_FILE": "benito.yaml"}
    assert "Petrov" in invoke("export", form, "--as-of", AS_OF, env=env).out


@each_form
def test_a_file_named_twice_counts_once(invoke: Runner, here: Path, form: str) -> None:
    """One file by three names is one plan: the drawing of one plan can be named so, too."""
    (here / "link.yaml").symlink_to("amina.yaml")
    assert invoke(*args(form, "amina.yaml", "./amina.yaml", "link.yaml")).out == invoke(*args(form)).out


@pytest.mark.parametrize("form", ["ics", "html"])
def test_a_reader_that_leaves_is_no_error(invoke: Runner, here: Path, form: str) -> None:
    """`| head -c 10` gets its ten bytes, `| true` none, and nobody hears of it."""
    command = f"lorplan {' '.join(args(form))}"
    status = "echo; echo ${PIPESTATUS[0]}"
    done = shell(here, f"{command} | head -c 10; {status}; {command} | true; {status}")
    assert (done.stdout.decode(), done.stderr) == (f"{invoke(*args(form)).out[:10]}\n0\n\n0\n", b"")


def test_a_standard_output_that_is_full_or_closed(here: Path) -> None:
    """A full disk is told with status 1; what nobody can read is written nowhere."""
    words = " ".join(args("html"))
    full = shell(here, f"lorplan {words} > /dev/full")
    assert full.returncode == 1
    assert full.stderr == b"standard output cannot be written: No space left on device\n"
    closed = shell(here, f"lorplan {words} >&-")
    assert b"Traceback" not in closed.stderr


# --- what it replaces -------------------------------------------------------------------------------------


@each_form
def test_what_lorplan_did_not_write_is_left_alone(invoke: Runner, here: Path, form: str) -> None:
    """Another file is not replaced, and it is told how it could be; with --force it is."""
    target = here / "notes.txt"
    target.write_bytes(MINE)
    with untouched(target):
        done = invoke(*args(form, "-o", "notes.txt"), check=1)
    assert done.out == ""
    assert done.err == "notes.txt: is there already, and is not from such an export: --force replaces it\n"
    invoke(*args(form, "-o", "notes.txt", "--force"))
    assert content(target) == invoke(*args(form)).out
    assert new(here) == {"notes.txt"}


@each_form
def test_an_export_replaces_its_own_of_another_plan_and_an_empty_file(
    invoke: Runner, here: Path, form: str
) -> None:
    """An export is known again whatever plan it was made of; an empty file is nobody's."""
    target = here / "out"
    target.touch()
    for name in ("benito.yaml", "amina.yaml", "hostile.yaml"):
        invoke(*args(form, name, "-o", "out"))
        assert content(target) == invoke(*args(form, name)).out
    if form != "svg":
        invoke(*args(form, "amina.yaml", "benito.yaml", "hostile.yaml", "-o", "out"))
        invoke(*args(form, "benito.yaml", "-o", "out"))
    assert new(here) == {"out"}


@each_form
def test_each_form_knows_its_own_and_no_other(invoke: Runner, form: Form) -> None:
    """A page is no calendar: the file of another form, or of a person, is not taken for this one."""
    contents = {other: invoke(*args(other)).out.encode() for other in FORMS}
    assert [other for other, content in contents.items() if is_ours(form, content)] == [form]
    for foreign in (MINE, AMINA.encode(), b"\xff\xfe\x00", b"<html></html>", b"<svg/>", b"BEGIN:VCALENDAR\r\n"):
        assert not is_ours(form, foreign)


@pytest.mark.parametrize(
    ("form", "foreign"),
    [
        pytest.param("svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="9"></svg>', id="svg of a program"),
        pytest.param("html", b'<!DOCTYPE html><meta name="generator" content="hugo"><p>lorplan', id="html of one"),
        pytest.param("ics", b"BEGIN:VCALENDAR\r\nPRODID:-//other//\r\nSUMMARY:-//lorplan//\r\n", id="calendar"),
        pytest.param("csv", b"applicant,file,day\r\n", id="table with similar columns"),
        pytest.param(
            "markdown", b"<!-- written by lorplan -->\n\nand then by me\n", id="text with the mark above"
        ),
    ],
)
def test_a_file_that_is_like_an_export_is_not_taken_for_one(
    invoke: Runner, here: Path, form: str, foreign: bytes
) -> None:
    """What another program or a person made in the same format stays."""
    (here / "out").write_bytes(foreign)
    with untouched(here / "out"):
        invoke(*args(form, "-o", "out"), check=1)


@each_form
def test_a_file_that_is_replaced_keeps_its_mode_and_its_links(invoke: Runner, here: Path, form: str) -> None:
    """A symlink stays one, what it leads to is written; whoever protected an export finds it protected."""
    (here / "folder").mkdir()
    (here / "link").symlink_to("folder/out")
    invoke(*args(form, "-o", "link"))
    target = here / "folder" / "out"
    target.chmod(0o600)
    invoke(*args(form, "benito.yaml", "-o", "link"))
    assert (here / "link").is_symlink()
    assert "Petrov" in target.read_text(encoding="utf-8")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert os.listdir(target.parent) == ["out"]  # noqa: PTH208 - names are enough


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("amina.yaml", id="as it is named"),
        pytest.param("./amina.yaml", id="with a dot"),
        pytest.param("../{folder}/amina.yaml", id="through the folder above"),
        pytest.param("{here}/amina.yaml", id="the whole path"),
        pytest.param("link.yaml", id="a symlink"),
        pytest.param("way/amina.yaml", id="a symlink to the folder"),
    ],
)
def test_a_plan_file_of_the_export_is_never_replaced_by_whatever_name(
    invoke: Runner, here: Path, name: str
) -> None:
    """A plan file is known by where a name leads, also as the second of two, and even with --force."""
    (here / "link.yaml").symlink_to("amina.yaml")
    (here / "way").symlink_to(here)
    out = name.format(folder=here.name, here=here)
    with untouched(here / "amina.yaml", here / "benito.yaml"):
        for force in ((), ("--force",)):
            done = invoke(*args("html", "benito.yaml", "amina.yaml", "-o", out, *force), check=1)
            assert done.err == f"{out}: is a plan file of this export: it is not replaced\n"
            assert done.out == ""


@each_form
def test_no_form_replaces_a_plan_file_of_the_export(invoke: Runner, here: Path, form: str) -> None:
    """The same for every form, also where the plan file is named by a symlink and the output by its target."""
    (here / "link.yaml").symlink_to("amina.yaml")
    with untouched(here / "amina.yaml"):
        invoke(*args(form, "link.yaml", "-o", "amina.yaml", "--force"), check=1)
        invoke(*args(form, "-o", "amina.yaml", "--force"), check=1)


def test_a_plan_file_with_problems_is_not_replaced_either(invoke: Runner, here: Path) -> None:
    """That a file of the export could not be used makes it no less a plan file."""
    with untouched(here / "bad.yaml"):
        done = invoke(*args("html", "amina.yaml", "bad.yaml", "-o", "bad.yaml", "--force"), check=1)
    assert done.err.endswith("bad.yaml: is a plan file of this export: it is not replaced\n")


def test_the_default_plan_file_is_not_replaced_either(invoke: Runner, here: Path) -> None:
    """What is exported without being named is a plan file of the export, too."""
    (here / "rotations.yaml").write_text(AMINA)
    with untouched(here / "rotations.yaml"):
        invoke("export", "html", "-o", "rotations.yaml", "--force", "--as-of", AS_OF, check=1)


def test_a_hard_link_to_the_plan_file_is_cut_and_not_written_through(invoke: Runner, here: Path) -> None:
    """The plan file keeps its content even where the export's name was a second one for it."""
    os.link(here / "amina.yaml", here / "second")
    invoke(*args("html", "-o", "second", "--force"))
    assert (here / "amina.yaml").read_text() == AMINA


# --- where it cannot go -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("out", "said"),
    [
        pytest.param("nowhere/out", "nowhere/out: cannot be written: there is no such folder", id="no folder"),
        pytest.param("amina.yaml/out", "amina.yaml/out: cannot be written: ", id="a file as the folder"),
        pytest.param(".", ".: cannot be written: Is a directory", id="a folder"),
        pytest.param("/dev/full", "/dev/full: cannot be written: No space left on device", id="a full disk"),
        pytest.param("", "'': cannot be written: the name is empty", id="no name"),
        pytest.param("x" * 300, f"{'x' * 300}: cannot be written: File name too long", id="a name too long"),
        pytest.param("loop", "loop: cannot be written: ", id="a symlink to itself"),
    ],
)
def test_a_place_that_cannot_be_written_is_told(invoke: Runner, here: Path, out: str, said: str) -> None:
    """One line says where and why; nothing is left, and nothing is written elsewhere."""
    (here / "loop").symlink_to("loop")
    with untouched(here / "amina.yaml"):
        done = invoke(*args("html", "-o", out), check=1)
    assert done.out == ""
    assert done.err.startswith(said)
    assert done.err.count("\n") == 1


def test_the_null_device_takes_everything_and_stays_a_device(invoke: Runner) -> None:
    """A device is written to as it is."""
    invoke(*args("html", "-o", "/dev/null"))
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@each_form
def test_a_fifo_hands_the_bytes_on(invoke: Runner, here: Path, form: str) -> None:
    """Whoever reads a pipe with a name gets the export, and the pipe is still one."""
    fifo = here / "fifo"
    os.mkfifo(fifo)
    with subprocess.Popen(["/bin/cat", fifo], stdout=subprocess.PIPE) as reader:
        try:
            invoke(*args(form, "-o", "fifo"))
            read, _ = reader.communicate(timeout=10)
        finally:
            reader.kill()
    assert read == invoke(*args(form)).out.encode()
    assert stat.S_ISFIFO(fifo.stat().st_mode)
    assert new(here) == {"fifo"}


def test_a_pipe_by_its_number_is_written_like_a_device(invoke: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-o /dev/stdout | ...` and `-o >(gzip)` name pipes by their numbers: they get the bytes."""
    monkeypatch.setattr(diskwrite, "LOCK_SECONDS", 0)
    theirs, ours = os.pipe()
    os.set_blocking(theirs, False)
    try:
        invoke(*args("svg", "-o", f"/dev/fd/{ours}"))
        assert os.read(theirs, 1 << 16).decode() == invoke(*args("svg")).out
    finally:
        os.close(theirs)
        os.close(ours)


@pytest.mark.skipif(IS_ROOT and shutil.which("setpriv") is None, reason="root needs setpriv to be like others")
def test_what_may_not_be_written_is_left_alone(here: Path) -> None:
    """In a folder or of a file that can only be read, it is told; nothing is left, and nothing is changed."""
    folder = here / "closed"
    folder.mkdir()
    folder.chmod(0o555)
    mine = here / "mine"
    mine.write_bytes(MINE)
    mine.chmod(0o444)
    try:
        for out in ("closed/out", "mine"):
            with untouched(mine):
                done = process(here, *args("html", "-o", out, "--force"), prefix=WITHOUT_POWERS)
            assert (done.returncode, done.stdout) == (1, b"")
            assert done.stderr.startswith(f"{out}: cannot be written: Permission denied".encode())
            assert list(folder.iterdir()) == []
    finally:
        folder.chmod(0o755)


def test_what_a_killed_export_left_does_not_stay(invoke: Runner, here: Path) -> None:
    """A half-written file and a lock of an export that was killed stand in nobody's way, and go."""
    (here / ".out.new").write_bytes(b"half of it")
    (here / ".out.lock").touch()
    invoke(*args("html", "-o", "out"))
    assert new(here) == {"out"}


def test_exports_at_the_same_time_leave_one_whole_file(invoke: Runner, here: Path) -> None:
    """Two that write one file at once do not mix, and leave nothing but the file."""
    words = {name: args("html", f"{name}.yaml", "-o", "out") for name in ("amina", "benito")}
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "lorplan", *word], cwd=here, env=environment(here), stderr=subprocess.DEVNULL
        )
        for word in words.values()
    ]
    assert [one.wait(60) for one in running] == [0, 0]
    whole = [invoke(*args("html", f"{name}.yaml")).out for name in words]
    assert (here / "out").read_text(encoding="utf-8") in whole
    assert new(here) == {"out"}


# --- wrong usage ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [form for form in FORMS if form != "ics"])
def test_to_dos_go_with_calendars_only(invoke: Runner, here: Path, form: str) -> None:
    """`--todo` beside another format is wrong usage: nothing is written."""
    done = invoke(*args(form, "--todo", "-o", "out"), check=2)
    assert (done.out, done.err) == ("", "lorplan: --todo goes with ics only\n")
    assert new(here) == set()


def test_a_drawing_is_of_one_plan(invoke: Runner, here: Path) -> None:
    """`svg` with two files is wrong usage, and it is told what draws several."""
    done = invoke(*args("svg", "amina.yaml", "benito.yaml", "-o", "out"), check=2)
    assert (done.out, done.err) == ("", "lorplan: svg draws one plan: name one file, or export html\n")
    assert new(here) == set()


@pytest.mark.parametrize("form", ["pdf", "", "HTML", "md"])
def test_an_unknown_format_is_wrong_usage(invoke: Runner, form: str) -> None:
    """Whoever asks for another format is told all there are."""
    done = invoke(*args(form), check=2)
    assert done.out == ""
    assert f'"{form}" is not one of ics, csv, markdown, html, svg' in " ".join(done.err.replace("│", " ").split())


def test_no_format_is_wrong_usage(invoke: Runner) -> None:
    """The format is not guessed."""
    done = invoke("export", check=2)
    assert done.out == ""
    assert "FORMAT" in done.err


# --- problems in files ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [form for form in FORMS if form != "svg"])
@pytest.mark.parametrize("out", [(), ("-o", "out")], ids=["standard output", "a file"])
def test_a_bad_file_among_several_is_told_and_the_others_are_exported(
    invoke: Runner, here: Path, form: str, out: tuple[str, ...]
) -> None:
    """The problems go to standard error, the plans of the others where they belong; the status is 1."""
    done = invoke(*args(form, "amina.yaml", "bad.yaml", "gone.yaml", "benito.yaml", *out), check=1)
    text = content(here / "out") if out else done.out
    assert text == invoke(*args(form, "amina.yaml", "benito.yaml")).out
    said = BAD_REPORT.format(file="bad.yaml") + "gone.yaml: cannot be read: No such file or directory\n"
    assert done.err == said + ("out is written.\n" if out else "")


@each_form
@pytest.mark.parametrize("out", [(), ("-o", "out")], ids=["standard output", "a file"])
def test_where_only_bad_files_are_nothing_is_exported(
    invoke: Runner, here: Path, form: str, out: tuple[str, ...]
) -> None:
    """No empty page stands for a plan that could not be made, and what was there stays."""
    files = ("bad.yaml",) if form == "svg" else ("bad.yaml", "gone.yaml")
    before = invoke(*args(form)).out.encode()
    (here / "out").write_bytes(before)
    with untouched(here / "out"):
        done = invoke(*args(form, *files, *out), check=1)
    assert done.out == ""
    assert done.err.startswith(BAD_REPORT.format(file="bad.yaml"))


@each_form
@pytest.mark.parametrize("text", [BENITO, AMINA], ids=["without a name", "with a name"])
def test_a_file_whose_name_is_no_text_is_exported(invoke: Runner, here: Path, form: str, text: str) -> None:
    """A name of bytes that are no UTF-8, as old systems left them, stops no export."""
    name = os.fsdecode(b"\xff\xe9.yaml")
    (here / name).write_text(text)
    done = invoke("export", form, name, "--as-of", AS_OF)
    assert done.err == ""
    assert done.out
    assert "\udcff" not in done.out


# --- many files -------------------------------------------------------------------------------------------


def in_terminal(folder: Path, *words: str, env: Mapping[str, str | None] | None = None) -> tuple[bytes, str]:
    """Run the real program with a terminal for its errors alone; give its output and what the terminal got."""
    ours, theirs = pty.openpty()
    surroundings = environment(folder, {"TERM": "xterm-256color", **(env or {})})
    shown: list[bytes] = []

    def follow() -> None:
        try:
            while piece := os.read(ours, 65536):
                shown.append(piece)
        except OSError:  # Linux reports the end of a terminal as an error
            return

    reader = threading.Thread(target=follow)
    reader.start()
    done = subprocess.run(
        [sys.executable, "-m", "lorplan", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        cwd=folder,
        env=surroundings,
        timeout=60,
        check=True,
    )
    os.close(theirs)
    reader.join(10)
    os.close(ours)
    return done.stdout, b"".join(shown).decode()


@pytest.mark.parametrize(("count", "bar"), [(19, False), (20, True)], ids=["few", "many"])
def test_many_files_show_a_bar_on_a_terminal(invoke: Runner, here: Path, count: int, bar: bool) -> None:  # noqa: FBT001 - a case
    """From twenty files on a bar says how far it is, on standard error and on a terminal only."""
    names = [f"{number}.yaml" for number in range(count)]
    for name in names:
        (here / name).write_text(BENITO)
    out, shown = in_terminal(here, *args("csv", *names))
    assert ("Planning" in shown) == bar
    assert shown == "" or bar
    plain = invoke(*args("csv", *names))
    assert plain.err == ""
    assert out.decode() == plain.out
