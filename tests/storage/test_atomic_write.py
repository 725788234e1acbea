"""Writing a plan file: all of it or nothing, one at a time, whatever stands in the way or is killed meanwhile.

What ends a process, or needs rights of its own, runs in a process of its own: those are at the end.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from functools import cache
from itertools import count, cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

import filelock
import pytest

from conftest import environment
from lorplan.edit.record_event import Field
from lorplan.errors import PlanFileError
from lorplan.storage import atomic_write as diskwrite
from lorplan.storage import files as store
from samples import AMINA, AS_OF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from conftest import Runner
    from lorplan.edit.record_event import Edit
    from lorplan.planfile.reader import Parsed

TESTS: Final = Path(__file__).parents[1]
MARK: Final = ("mark", "chen", "asked", "--as-of", AS_OF)
MARKED: Final = AMINA.replace("end: 2027-01-29}", f"end: 2027-01-29, letter: {{asked: {AS_OF}}}}}")
"""What MARK makes of Amina's file."""

IS_ROOT: Final = os.geteuid() == 0
WITHOUT_POWERS: Final = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
"""Root without root's powers: a user like others, who may do what the owner of root's files may."""


@pytest.fixture
def amina(tmp_path: Path) -> Path:
    """Write Amina's plan file into a folder in which there is nothing else."""
    path = tmp_path / "here" / "rotations.yaml"
    path.parent.mkdir()
    path.write_text(AMINA)
    return path


def names(folder: Path) -> set[str]:
    """Name all that is in a folder, hidden or not."""
    return set(os.listdir(folder))  # noqa: PTH208 - names are enough


def record(path: Path, day: str, event: str = "asked") -> None:
    """Change a plan file as `lorplan mark` does: an event of the first rotation, in an earlier one's place."""

    def edit(parsed: Parsed) -> Edit:
        return Field(parsed, 0, event).record(day, replace=True)

    store.change(os.fspath(path), edit)


def lorplan(
    *args: str, cwd: Path, prefix: tuple[str, ...] = (), env: Mapping[str, str | None] | None = None
) -> subprocess.Popen[str]:
    """Start the real program, behind a program that takes it as its arguments."""
    return subprocess.Popen(
        [*prefix, sys.executable, "-m", "lorplan", *args],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=cwd,
        env=environment(cwd, env),
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for a program: its exit status, and what it said on standard error."""
    with process:
        _, said = process.communicate(timeout=120)
    return process.returncode, said


def driven(function: Callable[..., None], *args: object) -> Any:  # noqa: ANN401 - what JSON holds
    """Run a function of this module in a process of its own, and read what it prints."""
    done = subprocess.run(_driver(function, *args), capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def _driver(function: Callable[..., object], *args: object) -> list[str]:
    here = f"import sys; sys.path.insert(0, {str(TESTS)!r}); from storage.test_atomic_write import"
    code = f"{here} {function.__name__} as run; run(*sys.argv[1:])"
    return [sys.executable, "-c", code, *map(str, args)]


# --- what a file keeps ------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664, 0o666, 0o755], ids=oct)
@pytest.mark.parametrize("umask", [0o022, 0o077, 0o000], ids=lambda umask: f"umask {umask:03o}")
def test_a_file_keeps_its_mode(amina: Path, mode: int, umask: int) -> None:
    """Who may read and write the file is for its owner to say: it stays, whatever new files would get."""
    amina.chmod(mode)
    before = os.umask(umask)
    try:
        record(amina, AS_OF)
    finally:
        os.umask(before)
    assert amina.read_text() == MARKED
    assert stat.S_IMODE(amina.stat().st_mode) == mode


@pytest.mark.skipif(not IS_ROOT, reason="only root may give a file to somebody else")
def test_a_file_keeps_its_owner_when_root_changes_it(amina: Path) -> None:
    """`sudo lorplan mark` does not take a file away from its owner."""
    os.chown(amina, 1234, 4321)
    amina.chmod(0o640)
    record(amina, AS_OF)
    after = amina.stat()
    assert (after.st_uid, after.st_gid, stat.S_IMODE(after.st_mode)) == (1234, 4321, 0o640)


# --- symlinks ---------------------------------------------------------------------------------------------


def _link(path: Path, leads_to: str | Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(leads_to)
    return path


LINKS = [
    pytest.param(lambda folder: [_link(folder / "link.yaml", "here/rotations.yaml")], id="relative"),
    pytest.param(lambda folder: [_link(folder / "link.yaml", folder / "here/rotations.yaml")], id="absolute"),
    pytest.param(lambda folder: [_link(folder / "here/link.yaml", "rotations.yaml")], id="beside its target"),
    pytest.param(lambda folder: [_link(folder / "there/l.yaml", "../here/rotations.yaml")], id="another folder"),
    pytest.param(
        lambda folder: [
            _link(folder / "there/one.yaml", "../over/two.yaml"),
            _link(folder / "over/two.yaml", "three.yaml"),
            _link(folder / "over/three.yaml", folder / "here/rotations.yaml"),
        ],
        id="a chain",
    ),
]


@pytest.mark.parametrize("make", LINKS)
def test_a_symlink_stays_one_and_its_target_is_changed(
    invoke: Runner, tmp_path: Path, amina: Path, make: Callable[[Path], list[Path]]
) -> None:
    """What is marked by the name of a link changes where the file is; every link on the way stays as it is."""
    links = make(tmp_path)
    led = [link.readlink() for link in links]
    beside = {folder: names(folder) for folder in {amina.parent, *(link.parent for link in links)}}
    invoke(*MARK, "-f", str(links[0].relative_to(tmp_path)))
    assert amina.read_text() == MARKED
    assert not amina.is_symlink()
    assert [link.readlink() for link in links] == led
    assert {folder: names(folder) for folder in beside} == beside


def test_a_folder_that_is_a_symlink_is_followed(invoke: Runner, tmp_path: Path, amina: Path) -> None:
    """A link on the way to a file is no matter."""
    link = _link(tmp_path / "shortcut", "here")
    invoke(*MARK, "-f", "shortcut/rotations.yaml")
    assert (link.is_symlink(), amina.read_text(), names(amina.parent)) == (True, MARKED, {amina.name})


# --- what is no file --------------------------------------------------------------------------------------


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the address of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind(path.name)
    finally:
        os.chdir(here)


NO_FILES = [
    pytest.param("plan", lambda path: path.symlink_to("plan"), "cannot be read", id="a link to itself"),
    pytest.param(
        "plan",
        lambda path: (path.symlink_to("other"), path.with_name("other").symlink_to("plan")),
        "cannot be read",
        id="links in a ring",
    ),
    pytest.param("plan", lambda path: path.symlink_to("gone"), "cannot be read: No such", id="a dangling link"),
    pytest.param("plan", Path.mkdir, "not a regular file", id="a directory"),
    pytest.param("plan", _socket, "not a regular file", id="a socket"),
    pytest.param("plan", lambda path: path.symlink_to("/dev/zero"), "not a regular file", id="a device"),
    pytest.param("plan", lambda _: None, "cannot be read: No such file or directory", id="nothing"),
    pytest.param("gone/plan", lambda _: None, "cannot be read: No such file or directory", id="nothing at all"),
    pytest.param("plan/plan", lambda path: path.parent.write_text(AMINA), "Not a directory", id="below a file"),
    pytest.param("x" * 300, lambda _: None, "File name too long", id="a name too long"),
    pytest.param("x" * 252, lambda path: path.write_text(AMINA), "File name too long", id="no room for a lock"),
]


@pytest.mark.parametrize(("name", "make", "said"), NO_FILES)
def test_what_is_no_file_is_refused_at_once(
    invoke: Runner, tmp_path: Path, name: str, make: Callable[[Path], object], said: str
) -> None:
    """Where a name leads to no file that can be changed, one line says why: no waiting, no traces, exit 1."""
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / name
    with suppress(NotADirectoryError):
        make(path)
    before = names(folder)
    result = invoke(*MARK, "-f", name, cwd=folder, check=1)
    assert result.out == ""
    assert result.err.startswith(f"{name}: cannot be ")
    assert said in result.err
    assert result.err.count("\n") == 1
    assert names(folder) == before


def test_a_fifo_is_refused_without_waiting_for_its_writer(run: Runner, tmp_path: Path) -> None:
    """A FIFO that nobody writes into would be waited for without end: it is not opened at all."""
    os.mkfifo(tmp_path / "plan")
    result = run(*MARK, "-f", "plan", check=1)
    assert (result.out, result.err) == ("", "plan: cannot be changed: it is not a regular file\n")
    assert names(tmp_path) == {"plan"}


# --- what was left behind ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "left",
    [
        pytest.param({".rotations.yaml.new": ""}, id="a new file, empty"),
        pytest.param({".rotations.yaml.new": "rotat"}, id="a new file, begun"),
        pytest.param({".rotations.yaml.lock": ""}, id="a lock"),
        pytest.param({".rotations.yaml.new": "x" * 100_000, ".rotations.yaml.lock": "4711\n"}, id="both"),
    ],
)
def test_what_a_killed_process_left_disturbs_nobody(amina: Path, left: dict[str, str]) -> None:
    """A new file or a lock whose process is gone is no hindrance, and is gone with the next change."""
    for name, text in left.items():
        amina.with_name(name).write_text(text)
    record(amina, AS_OF)
    assert amina.read_text() == MARKED
    assert names(amina.parent) == {amina.name}


def test_what_is_not_its_own_is_left_alone(amina: Path) -> None:
    """Files that are only called alike, and the locks of other plan files, stay."""
    others = {"rotations.yaml.new", ".rotations.yaml", "rotations.yaml~", ".rotations.yml.lock", ".other.yaml.new"}
    for name in others:
        amina.with_name(name).write_text(name)
    record(amina, AS_OF)
    assert names(amina.parent) == {amina.name, *others}
    assert all(amina.with_name(name).read_text() == name for name in others)


# --- the lock ---------------------------------------------------------------------------------------------


HOLD: Final = """\
import filelock, sys
with filelock.FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""
"""A program that holds a lock until its standard input ends."""

HOLD_OURS: Final = """\
import pathlib, sys
from lorplan.storage.atomic_write import locked
lock = pathlib.Path(sys.argv[1])
with locked(lock.with_name(lock.name.removeprefix(".").removesuffix(".lock"))):
    print("held", flush=True)
    sys.stdin.read()
"""
"""A program that holds it as lorplan does."""


@contextmanager
def held(path: Path, program: str = HOLD) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold the lock of a file."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(path.with_name(f".{path.name}.lock"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("ends", ["lets go", "is killed"])
def test_mark_waits_for_another_process(amina: Path, ends: str) -> None:
    """While another process holds the file nothing is changed; when it lets go, or dies, the mark is made."""
    with held(amina) as other:
        marking = lorplan(*MARK, cwd=amina.parent)
        time.sleep(0.7)  # long enough to be at it, and not a limit: before that it has done nothing either
        assert marking.poll() is None
        assert amina.read_text() == AMINA
        if ends == "is killed":
            other.kill()
        else:
            assert other.stdin
            other.stdin.close()
        assert ended(marking) == (0, "")
    assert amina.read_text() == MARKED
    assert names(amina.parent) == {amina.name}


@pytest.mark.parametrize("name", ["rotations.yaml", "link.yaml"])
def test_who_waits_too_long_says_so(
    invoke: Runner, amina: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Where the other one never ends, the command does, with a word; a file has one lock under all its names."""
    monkeypatch.setattr(diskwrite, "LOCK_SECONDS", 0.1)
    amina.with_name("link.yaml").symlink_to(amina.name)
    with held(amina):
        result = invoke(*MARK, "-f", name, cwd=amina.parent, check=1)
    assert result.out == ""
    assert result.err.startswith(f"{name}: cannot be changed: another lorplan is at work on it, try again")
    assert result.err.count("\n") == 1
    assert amina.read_text() == AMINA


def test_a_new_file_has_a_lock_too(amina: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cannot write one new file at a time."""
    monkeypatch.setattr(diskwrite, "LOCK_SECONDS", 0.1)
    new = amina.with_name("new.yaml")
    with held(new), pytest.raises(PlanFileError, match="another lorplan is at work on it"):
        store.write_new(os.fspath(new), AMINA)
    assert not new.exists()


def test_the_lock_of_one_file_is_none_of_another(amina: Path) -> None:
    """Who works on another plan file in the same folder is not waited for."""
    with held(amina.with_name("other.yaml")):
        assert ended(lorplan(*MARK, cwd=amina.parent)) == (0, "")
    assert amina.read_text() == MARKED


@pytest.mark.parametrize("args", [("check",), ("plan", "--as-of", AS_OF), (*MARK, "--dry-run")], ids=" ".join)
def test_who_only_reads_does_not_wait(invoke: Runner, amina: Path, args: tuple[str, ...]) -> None:
    """A file that is held can be read, and a dry run only reads."""
    with held(amina):
        assert invoke(*args, cwd=amina.parent).err == ""
        assert names(amina.parent) == {amina.name, ".rotations.yaml.lock"}


WAIT: Final = """\
import contextlib, sys
from lorplan.cli import main
words = sys.argv[1:]
sys.argv = ["lorplan", *words, "--dry-run"]
with contextlib.suppress(SystemExit):
    main()
print("ready", flush=True)
sys.argv = ["lorplan", *words]
main()
"""
"""A program that marks after a dry run: when it is ready, all that it needs is loaded."""


def test_who_waits_can_be_interrupted(amina: Path) -> None:
    """Ctrl-C ends the waiting as it ends any program, without a traceback; nothing is changed."""
    with held(amina):
        marking = subprocess.Popen(
            [sys.executable, "-c", WAIT, *MARK],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=amina.parent,
            env=environment(amina.parent),
        )
        assert marking.stdout
        assert "ready\n" in iter(marking.stdout.readline, "")
        time.sleep(0.3)  # to be waiting, most likely; what is interrupted earlier is the command just as well
        marking.send_signal(signal.SIGINT)
        _, said = marking.communicate(timeout=120)
    assert marking.returncode != 0
    assert "Traceback" not in said
    assert amina.read_text() == AMINA


# --- a new file -------------------------------------------------------------------------------------------

THERE = [
    pytest.param(lambda path: path.write_text("mine"), id="a file"),
    pytest.param(lambda path: path.write_text(""), id="an empty file"),
    pytest.param(lambda path: path.symlink_to("rotations.yaml"), id="a symlink"),
    pytest.param(lambda path: path.symlink_to("gone"), id="a dangling symlink"),
    pytest.param(lambda path: path.symlink_to(path.name), id="a symlink to itself"),
    pytest.param(Path.mkdir, id="a directory"),
    pytest.param(os.mkfifo, id="a FIFO"),
]


def _state(folder: Path) -> dict[str, object]:
    """Describe all that is in a folder: what it is, where it leads, what it holds."""
    found: dict[str, object] = {}
    for path in folder.iterdir():
        status = path.lstat()
        content: object = None
        if stat.S_ISREG(status.st_mode):
            content = path.read_bytes()
        elif stat.S_ISLNK(status.st_mode):
            content = path.readlink()
        found[path.name] = (status.st_mode, status.st_ino, status.st_mtime_ns, content)
    return found


@pytest.mark.parametrize("links", [True, False], ids=["with links", "a file system without links"])
@pytest.mark.parametrize("make", THERE)
def test_a_new_file_is_never_written_over_anything(
    amina: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], object], *, links: bool
) -> None:
    """What bears the name, be it a link that leads nowhere, stays; what a link leads to stays, too."""
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    path = amina.with_name("new.yaml")
    make(path)
    before = _state(amina.parent)
    with pytest.raises(FileExistsError):
        diskwrite.create(path, b"theirs")
    with pytest.raises(PlanFileError, match=r"new\.yaml: is there already, and is left as it is"):
        store.write_new(os.fspath(path), "theirs")
    assert _state(amina.parent) == before


def _no_links(*_: object, **__: object) -> None:
    raise PermissionError(1, "Operation not permitted")


@pytest.mark.parametrize("links", [True, False], ids=["with links", "a file system without links"])
def test_a_new_file_is_written_whole_and_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    """A new file holds its text, as UTF-8 and with its own line ends; it has one name, and nothing beside it."""
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    path = tmp_path / "new.yaml"
    store.write_new(os.fspath(path), "# Ärzte 陈伟\r\n" + AMINA)
    assert path.read_bytes() == ("# Ärzte 陈伟\r\n" + AMINA).encode()
    assert names(tmp_path) == {"new.yaml"}
    assert path.stat().st_nlink == 1


def test_a_new_file_may_be_where_one_was_being_written(tmp_path: Path) -> None:
    """What a killed process left of a new file is no new file: it is written, and the rest is gone."""
    for name in (".new.yaml.new", ".new.yaml.lock"):
        (tmp_path / name).write_text("rotat")
    store.write_new(os.fspath(tmp_path / "new.yaml"), AMINA)
    assert _texts(tmp_path) == {"new.yaml": AMINA}


def _texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_no_folder_is_made_on_the_way_to_a_new_file(tmp_path: Path) -> None:
    """A folder that is not there is a slip of the keyboard: it is told, and none is made."""
    with pytest.raises(PlanFileError, match=r"new\.yaml: cannot be written: there is no such folder"):
        store.write_new(os.fspath(tmp_path / "nowhere" / "deep" / "new.yaml"), AMINA)
    assert names(tmp_path) == set()


def write_when_told(path: str, text: str) -> None:
    """Write a new file when standard input ends, and say whether it was."""
    print("ready", flush=True)  # noqa: T201 - this is the sign to whoever started it
    sys.stdin.read()
    try:
        store.write_new(path, text)
    except PlanFileError as error:
        print(error)  # noqa: T201 - the same
    else:
        print("written")  # noqa: T201 - the same


def _race(path: Path, texts: list[str]) -> list[str]:
    """Let several processes write one new file at once: what each of them says."""
    racers = [
        subprocess.Popen(
            _driver(write_when_told, path, text), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for text in texts
    ]
    for racer in racers:
        assert racer.stdout
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin
        racer.stdin.close()
        racer.stdin = None  # so that `communicate` does not look for it
    return [racer.communicate(timeout=120)[0].strip() for racer in racers]


def test_of_several_that_write_one_new_file_exactly_one_does(tmp_path: Path) -> None:
    """At whatever moment they come: one writes all of its text, the others are told that it is there."""
    path = tmp_path / "new.yaml"
    texts = [f"# {number}\n" * 2000 for number in range(3)]
    said = _race(path, texts)
    assert said.count("written") == 1
    assert said.count(f"{path}: is there already, and is left as it is") == len(texts) - 1
    assert _texts(tmp_path) == {"new.yaml": texts[said.index("written")]}


# --- without the right, without the room ------------------------------------------------------------------


@pytest.fixture
def ordinary() -> tuple[str, ...]:
    """Give what makes a program run without root's powers: nothing where we have none."""
    if not IS_ROOT:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("root cannot lay its powers down without the program setpriv")
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


def test_a_folder_that_cannot_be_written_is_told(amina: Path, ordinary: tuple[str, ...]) -> None:
    """Where nothing can be written beside the file, it is told; the file is whole, and nothing is left."""
    before = _state(amina.parent)
    with mode(amina.parent, 0o555):
        status, said = ended(lorplan(*MARK, cwd=amina.parent, prefix=ordinary))
    assert status == 1
    assert said.startswith("rotations.yaml: cannot be changed: Permission denied")
    assert said.count("\n") == 1
    assert _state(amina.parent) == before


def test_a_dry_run_needs_no_right_to_write(amina: Path, ordinary: tuple[str, ...]) -> None:
    """`--dry-run` works on a file and in a folder that can only be read: it makes no lock and no other file."""
    before = _state(amina.parent)
    with mode(amina, 0o444), mode(amina.parent, 0o555):
        program = lorplan(*MARK, "--dry-run", cwd=amina.parent, prefix=ordinary)
        out, said = program.communicate(timeout=120)
    assert (program.returncode, said) == (0, "")
    assert out.startswith("--- rotations.yaml\n+++ rotations.yaml\n@@ ")
    assert _state(amina.parent) == before


def test_a_file_that_cannot_be_written_is_left_alone(amina: Path, ordinary: tuple[str, ...]) -> None:
    """Who protects a file from writing means it, even though the folder would let it be replaced."""
    with mode(amina, 0o444):
        before = _state(amina.parent)
        status, said = ended(lorplan(*MARK, cwd=amina.parent, prefix=ordinary))
        assert _state(amina.parent) == before
    assert (status, said) == (1, "rotations.yaml: cannot be changed: Permission denied\n")


def test_a_file_that_cannot_be_read_is_told(amina: Path, ordinary: tuple[str, ...]) -> None:
    """A file that its user may not read is not changed either."""
    with mode(amina, 0o200):
        status, said = ended(lorplan(*MARK, cwd=amina.parent, prefix=ordinary))
    assert (status, said) == (1, "rotations.yaml: cannot be read: Permission denied\n")
    assert _texts(amina.parent) == {amina.name: AMINA}


@pytest.mark.skipif(not IS_ROOT, reason="only root may give a file to somebody else")
def test_a_file_of_a_group_stays_the_group_s(amina: Path, ordinary: tuple[str, ...]) -> None:
    """A member of the group that shares a file can mark in it, and the group can still write it afterwards."""
    for path, value in ((amina.parent, 0o775), (amina, 0o664)):
        os.chown(path, 1234, 4321)
        path.chmod(value)
    status, said = ended(lorplan(*MARK, cwd=amina.parent, prefix=(*ordinary, "--groups=4321")))
    assert (status, said) == (0, "")
    after = amina.stat()
    assert amina.read_text() == MARKED
    assert (after.st_gid, stat.S_IMODE(after.st_mode)) == (4321, 0o664)


@pytest.mark.skipif(not IS_ROOT, reason="only root may give a file to somebody else")
def test_a_lock_that_another_member_of_the_group_left_disturbs_nobody(
    amina: Path, ordinary: tuple[str, ...]
) -> None:
    """Where a group shares a folder, what one member's killed process left does not keep the others out."""
    lock = amina.with_name(".rotations.yaml.lock")
    with held(amina, HOLD_OURS):
        usual = stat.S_IMODE(lock.stat().st_mode)
    lock.touch()
    for path, value in ((amina.parent, 0o775), (amina, 0o664), (lock, usual)):
        os.chown(path, 1234, 4321)
        path.chmod(value)
    assert ended(lorplan(*MARK, cwd=amina.parent, prefix=(*ordinary, "--groups=4321"))) == (0, "")
    assert _texts(amina.parent) == {amina.name: MARKED}


@pytest.fixture
def within(amina: Path) -> Callable[..., tuple[int, str]]:
    """Give what runs the real command where no file may become larger than so many bytes."""
    if shutil.which("prlimit") is None:
        pytest.skip("the size of files cannot be limited without the program prlimit")

    def runner(limit: int, *args: str) -> tuple[int, str]:
        prefix = ("prlimit", f"--fsize={limit}:{limit}")
        return ended(lorplan(*args, cwd=amina.parent, prefix=prefix, env={"PYTHONDONTWRITEBYTECODE": "1"}))

    return runner


@pytest.mark.parametrize("limit", [0, 100, len(MARKED) - 1], ids=lambda limit: f"{limit} bytes")
def test_a_write_that_breaks_off_leaves_the_file_whole(
    amina: Path, within: Callable[..., tuple[int, str]], limit: int
) -> None:
    """Where the new text does not fit in, after some bytes or before the last, the old one is there as it was."""
    before = _state(amina.parent)
    status, said = within(limit, *MARK)
    assert status == 1
    assert said.startswith("rotations.yaml: cannot be changed: File too large")
    assert said.count("\n") == 1
    assert _state(amina.parent) == before


def test_a_write_that_just_fits_in_is_made(amina: Path, within: Callable[..., tuple[int, str]]) -> None:
    """The limit of the last test is one of the text's own size: with one byte more it is written."""
    assert within(len(MARKED), *MARK) == (0, "")
    assert _texts(amina.parent) == {amina.name: MARKED}


def test_a_new_file_that_does_not_fit_in_is_none(amina: Path, within: Callable[..., tuple[int, str]]) -> None:
    """Half a new file is not a new file: nothing is left."""
    status, said = within(100, "init", "new.yaml")
    assert status == 1
    assert said.startswith("new.yaml: cannot be written: File too large")
    assert said.count("\n") == 1
    assert _texts(amina.parent) == {amina.name: AMINA}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a folder on a disk of four pages."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=16k", "lorplan-test", str(folder)]
    if not IS_ROOT or shutil.which("mount") is None or subprocess.run(command, check=False).returncode:
        pytest.skip("only root can mount a small disk, and not everywhere")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S607 - the one on the PATH


def test_a_full_disk_leaves_the_file_whole(invoke: Runner, small_disk: Path) -> None:
    """With no room on the disk the old text stays as it was, and the mark is made when there is room again."""
    path = small_disk / "rotations.yaml"
    path.write_text(AMINA)
    filler = small_disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as opened:
        for _ in range(8):
            opened.write(b"x" * 4096)
    before = _state(small_disk)
    result = invoke(*MARK, cwd=small_disk, check=1)
    assert (result.out, result.err.count("\n")) == ("", 1)
    assert result.err.startswith("rotations.yaml: cannot be changed: No space left on device")
    assert _state(small_disk) == before
    invoke("init", "new.yaml", cwd=small_disk, check=1)
    assert _state(small_disk) == before
    filler.unlink()
    invoke(*MARK, cwd=small_disk)
    assert _texts(small_disk) == {path.name: MARKED}


# --- killed before each line ------------------------------------------------------------------------------

ONE, TWO = "2027-01-12", "2027-01-13"
DAYS: Final = {
    day: AMINA.replace("end: 2027-01-29}", f"end: 2027-01-29, letter: {{asked: {day}}}}}") for day in (ONE, TWO)
}
"""Amina's file with Chen asked on the one day or on the other."""

OURS: Final = (diskwrite.__file__, store.__file__)
"""The modules before whose lines processes are killed."""

LIBRARY: Final = str(Path(filelock.__file__).parent)
"""The library of the lock, whose lines are a matter of half a minute more."""


class Killed(NamedTuple):
    """What was there after a process was killed: the file's text, what lay beside it, and the mode of a new file.

    `then` is all that was in the folder after somebody else had done the same again.
    """

    text: str | None
    beside: list[str]
    mode: int | None
    then: dict[str, str]


def _forked(act: Callable[[], object]) -> int:
    """Do something in a child, which ends with 0 only if it goes well; give the child's number."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        act()
        status = 0
    finally:
        os._exit(status)


def _killed_before(number: int, traced: tuple[str, ...], act: Callable[[], object]) -> bool:
    """Do something in a child, killed before it runs its n-th line of some modules; say whether it was."""
    left = number

    def trace(frame: Any, event: str, _: object) -> Any:  # noqa: ANN401 - as the interpreter calls it
        nonlocal left
        if not frame.f_code.co_filename.startswith(traced):
            return None
        left -= event == "line"
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    def traced_act() -> None:
        sys.settrace(trace)
        act()

    status = os.waitpid(_forked(traced_act), 0)[1]
    assert status in {0, signal.SIGKILL}, f"the child failed: {status}"
    return os.WIFSIGNALED(status)


def kill_before_each_line(folder: str, what: str, *traced: str) -> None:
    """Change a file, or write a new one, and be killed before each line in turn; print what was there."""
    os.umask(0o022)
    path = Path(folder, "plan.yaml")
    record(_fresh(path, AMINA), ONE)  # so that no child has to load what is loaded late
    found, killed = [], True
    for number in count(1):
        _fresh(path, DAYS[ONE] if what == "change" else None)
        killed = _killed_before(number, traced, lambda: _act(path, what, TWO))
        if not killed:
            break
        found.append(_after_kill(path, lambda: _act(path, what, TWO)))
    print(json.dumps(found))  # noqa: T201 - for whoever started it


def _fresh(path: Path, text: str | None) -> Path:
    for old in path.parent.iterdir():
        old.unlink()
    if text is not None:
        path.write_text(text)
        path.chmod(0o600)
    return path


def _act(path: Path, what: str, day: str) -> None:
    if what == "change":
        record(path, day)
    else:
        with suppress(PlanFileError):  # it was written before the kill
            store.write_new(os.fspath(path), DAYS[day])


def _after_kill(path: Path, again: Callable[[], object]) -> Killed:
    text = path.read_text() if path.exists() else None
    beside = sorted(names(path.parent) - {path.name})
    new = path.with_name(f".{path.name}.new")
    mode_of_new = stat.S_IMODE(new.stat().st_mode) if new.exists() else None
    again()
    return Killed(text, beside, mode_of_new, _texts(path.parent))


if TYPE_CHECKING:
    Kills = Callable[[str, tuple[str, ...]], list[Killed]]
    """From what is done, and the modules before whose lines it ends, to what was there after each kill."""


@pytest.fixture(scope="module")
def kills(tmp_path_factory: pytest.TempPathFactory) -> Kills:
    """Give what kills processes before each line, once for all tests that look at it."""

    @cache
    def made(what: str, traced: tuple[str, ...]) -> list[Killed]:
        folder = tmp_path_factory.mktemp("killed")
        return [Killed(*one) for one in driven(kill_before_each_line, folder, what, *traced)]

    return made


@pytest.mark.parametrize(
    "traced",
    [
        pytest.param(OURS, id="our lines"),
        pytest.param((LIBRARY,), id="the lock's lines", marks=pytest.mark.thorough),
    ],
)
@pytest.mark.parametrize(
    ("what", "before"),
    [
        pytest.param("change", DAYS[ONE], id="changed"),
        pytest.param("new", None, id="new", marks=pytest.mark.thorough),
    ],
)
def test_killed_before_any_line_the_file_is_old_or_new(
    kills: Kills, what: str, before: str | None, traced: tuple[str, ...]
) -> None:
    """Before whichever line a process ends, the file is the old text or the new, and the next one goes on."""
    found = kills(what, traced)
    texts = [one.text for one in found]
    turn = texts.index(DAYS[TWO])
    assert turn > 0
    assert texts == [before] * turn + [DAYS[TWO]] * (len(texts) - turn), "once new, always new"
    assert ".plan.yaml.lock" in {name for one in found for name in one.beside}, "some were killed amid it"
    assert [one.then for one in found] == [{"plan.yaml": DAYS[TWO]}] * len(found)


def test_a_private_file_is_private_while_it_is_written(kills: Kills) -> None:
    """Of a file that only its owner may read, there is no copy that others may, not for a moment."""
    modes = {one.mode for one in kills("change", OURS) if one.mode is not None}
    assert modes, "some were killed while they wrote"
    assert {oct(value) for value in modes if value & 0o077} == set()


# --- killed at any moment ---------------------------------------------------------------------------------

GOLDEN: Final = 0.618034
"""Its multiples, without their whole part, lie evenly between 0 and 1, however many they are."""


def kill_at_moments(folder: str, times: str, longest: str) -> None:
    """Kill a process that changes a file without end, many times; print how many of what was found."""
    path = Path(folder, "plan.yaml")
    record(_fresh(path, AMINA), ONE)
    found: list[Killed] = []
    for number in range(int(times)):
        child = _forked(lambda: change_without_end(str(path)))
        time.sleep(float(longest) * (number * GOLDEN % 1))
        os.kill(child, signal.SIGKILL)
        assert os.waitpid(child, 0)[1] == signal.SIGKILL
        day = TWO if path.read_text() == DAYS[ONE] else ONE
        found.append(_after_kill(path, lambda: record(path, day)))  # noqa: B023 - it is called at once
        assert found[-1].text in DAYS.values(), found[-1].text
        assert found[-1].then == {path.name: DAYS[day]}
    beside = [name for one in found for name in one.beside]
    texts = [one.text for one in found]
    print(json.dumps([*(texts.count(text) for text in DAYS.values()), *map(beside.count, LEFT)]))  # noqa: T201


LEFT: Final = (".plan.yaml.lock", ".plan.yaml.new")


def change_without_end(path: str) -> NoReturn:
    """Record one day and another in turn, until killed."""
    for day in cycle((TWO, ONE)):
        record(Path(path), day)
    raise AssertionError


@pytest.mark.thorough
def test_killed_at_any_moment_the_file_is_whole(tmp_path: Path) -> None:
    """A process that does nothing but change a file is killed 1500 times: the file is one text or the other.

    After each the next change works and clears away what was left.
    """
    one, two, locks, begun = driven(kill_at_moments, tmp_path, 1500, 0.015)
    assert one + two == 1500
    assert one
    assert two
    assert locks, "some were killed while they held the lock"
    assert begun, "some were killed while they wrote"


def _duration(folder: Path) -> float:
    """Give the seconds that a mark takes here, the shortest of some: the machine may be busy."""
    taken = []
    for _ in range(3):
        _fresh(folder / "rotations.yaml", AMINA)
        started = time.perf_counter()
        assert ended(lorplan(*MARK, cwd=folder)) == (0, "")
        taken.append(time.perf_counter() - started)
    return min(taken)


def _kill_marks(folder: Path, times: int) -> dict[str, int]:
    """Kill real marks: one in two at a moment anywhere in its time, the other where the last ones wrote."""
    folder.mkdir()
    path = folder / "rotations.yaml"
    duration = aim = _duration(folder)
    seen = {"old": 0, "new": 0, "left": 0}
    for number in range(times):
        _fresh(path, AMINA)
        program = lorplan(*MARK, cwd=folder)
        time.sleep(aim if number % 2 else duration * 1.2 * (number * GOLDEN % 1))
        program.kill()
        program.communicate(timeout=60)
        text = path.read_text()
        assert text in {AMINA, MARKED}, text
        if number % 2:
            aim *= 0.98 if text == MARKED else 1.02
        seen["new" if text == MARKED else "old"] += 1
        seen["left"] += len(names(folder)) > 1
        record(path, ONE)
        assert _texts(folder) == {path.name: DAYS[ONE]}
    assert ended(lorplan("mark", "chen", "agreed", "--as-of", AS_OF, cwd=folder)) == (0, "")
    assert ended(lorplan("check", cwd=folder)) == (0, "")
    return seen


@pytest.mark.thorough
def test_a_mark_killed_at_any_moment_leaves_the_file_whole(tmp_path: Path) -> None:
    """Real marks are killed 200 times, from their start to their end; the file is old or new, the next works."""
    with ThreadPoolExecutor(2) as pool:
        counts = list(pool.map(lambda number: _kill_marks(tmp_path / str(number), 100), range(2)))
    assert all(one["old"] and one["new"] for one in counts), counts


# --- many at once -----------------------------------------------------------------------------------------


def _many(number: int) -> str:
    rows = [
        f"- {{id: r{row}, attending: Dr. Nr {row}, specialty: neurology, start: 2027-01-04, weeks: 4}}\n"
        for row in range(number)
    ]
    return "# many\n" + "".join(rows)


def _all_at_once(path: Path, *commands: tuple[str, ...]) -> None:
    """Start several marks at once; all of them must end well, and the file must be right and alone."""
    programs = [lorplan("mark", *command, "--as-of", AS_OF, cwd=path.parent) for command in commands]
    assert [ended(program) for program in programs] == [(0, "")] * len(commands)
    assert ended(lorplan("check", path.name, cwd=path.parent)) == (0, "")
    assert names(path.parent) == {path.name}


FIVE_OR_FIFTY = [pytest.param(5, id="5"), pytest.param(50, id="50", marks=pytest.mark.thorough)]


@pytest.mark.parametrize("number", FIVE_OR_FIFTY)
def test_marks_at_once_on_one_file_all_land(amina: Path, number: int) -> None:
    """As many processes as there are rotations mark one each at the same time: none undoes another's mark."""
    amina.write_text(_many(number))
    _all_at_once(amina, *((f"r{row}", "asked") for row in range(number)))
    assert amina.read_text() == _many(number).replace("weeks: 4}", f"weeks: 4, letter: {{asked: {AS_OF}}}}}")


@pytest.mark.parametrize("number", FIVE_OR_FIFTY)
def test_marks_at_once_on_one_rotation_all_land(amina: Path, number: int) -> None:
    """Each of many processes adds a day to the same list at the same time: all days are there, each once."""
    before = AMINA.replace("end: 2027-01-29}", "end: 2027-01-29, letter: {asked: 2026-11-02}}")
    amina.write_text(before)
    days = [str(date(2026, 11, 3) + timedelta(day)) for day in range(number)]
    _all_at_once(amina, *(("chen", "reminded", "--on", day) for day in days))
    found = store.load(amina).rotations[0].letter.reminded
    assert sorted(map(str, found)) == days
    written = ", ".join(map(str, found))
    assert amina.read_text() == before.replace("2026-11-02}}", f"2026-11-02, reminded: [{written}]}}}}")


@pytest.mark.thorough
def test_who_reads_meanwhile_never_sees_a_broken_file(amina: Path) -> None:
    """While one process changes the file without end, every `check` finds it right, every read finds it whole."""
    record(amina, ONE)
    writer = subprocess.Popen(_driver(change_without_end, amina))
    try:
        while ".rotations.yaml.lock" not in names(amina.parent):
            assert writer.poll() is None
        seen = {amina.read_text() for _ in range(20_000)}
        for _ in range(500):
            assert str(store.load(amina).rotations[0].letter.asked) in DAYS
        with ThreadPoolExecutor(2) as pool:
            checked = list(pool.map(lambda _: ended(lorplan("check", cwd=amina.parent)), range(60)))
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait(timeout=60)
    assert seen == set(DAYS.values()), "it was changed while it was read, and was never anything else"
    assert checked == [(0, "")] * 60
    record(amina, AS_OF)
    assert _texts(amina.parent) == {amina.name: MARKED}


@pytest.mark.thorough
def test_readers_and_marks_at_once(amina: Path) -> None:
    """Real marks and real checks side by side: each check finds a plan file that is right, and all marks land."""
    amina.write_text(_many(20))

    def command(number: int) -> tuple[int, str]:
        marking = ("mark", f"r{number // 2}", "asked", "--as-of", AS_OF)
        return ended(lorplan(*(("check",) if number % 2 else marking), cwd=amina.parent))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(command, range(40))) == [(0, "")] * 40
    assert _texts(amina.parent)[amina.name].count(f"asked: {AS_OF}") == 20
    assert names(amina.parent) == {amina.name}


@pytest.mark.thorough
def test_of_many_that_write_one_new_file_exactly_one_does(tmp_path: Path) -> None:
    """The same with more processes, again and again."""
    for turn in range(4):
        folder = tmp_path / str(turn)
        folder.mkdir()
        texts = [f"# {number}\n" * 20_000 for number in range(8)]
        said = _race(folder / "new.yaml", texts)
        assert said.count("written") == 1
        assert _texts(folder) == {"new.yaml": texts[said.index("written")]}
