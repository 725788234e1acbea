"""Hostile surroundings: odd encodings, homes, rights, devices, streams, signals, clocks and environments.

What other tests say about them stands in those of the terminal, of writing to the disk, of `init` and of `export`;
here is the rest. Where a process of its own is needed, each day runs another part of the cases, and the thorough
run all of them.
"""

from __future__ import annotations

import fcntl
import io
import json
import os
import pty
import random
import shutil
import signal
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
import unicodedata
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

import pytest
from rich.cells import cell_len

from conftest import AMBIENT, environment
from conftest import process as real_process
from lorplan.cli import clock, main
from lorplan.export.formats import FORMS
from samples import AMINA, AS_OF, BAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from conftest import Runner

PLAN: Final = "rotations.yaml"
NAMED: Final = (
    AMINA.replace("Dr. Wei Chen,", "Dr. 陈伟 Ångström, id: chen,")
    .replace("Dr. Luis Rossi", "Dr. 😀 Émilie Rossi")
    .replace("Amina Rahman", "Amina Ṛaḥmān")
)
"""Amina's file with names that no narrow encoding has."""

NAMES: Final = ("Dr. 陈伟 Ångström", "Dr. Amaka Okafor", "Dr. 😀 Émilie Rossi", "Dr. Maria Silva", "Dr. Hana Sato")
DAY: Final = ("--as-of", AS_OF)
MARK: Final = ("mark", "chen", "asked", *DAY)
MARKED: Final = NAMED.replace("end: 2027-01-29}", f"end: 2027-01-29, letter: {{asked: {AS_OF}}}}}")
"""What MARK makes of the file."""

EXPORT: Final = ("export", "html", PLAN, "-o", "out.html", *DAY)
Words = tuple[str, ...]


class Done(NamedTuple):
    """What a command left behind, as bytes."""

    status: int
    out: bytes
    err: bytes


def part(cases: Sequence[Any], number: int) -> list[Any]:
    """Give as many cases as fit into an everyday run, from all over; the rest is for the thorough one."""
    chosen = {place * len(cases) // number for place in range(number)}
    return [
        pytest.param(case, id=_called(case), marks=[] if place in chosen else [pytest.mark.thorough])
        for place, case in enumerate(cases)
    ]


def _called(case: object) -> str:
    if isinstance(case, tuple):
        return " ".join(map(_called, case)) or "nothing"
    return ascii(case).strip("'") if case else "nothing"


@pytest.fixture(autouse=True)
def here(tmp_path: Path) -> Path:
    """Give a folder with the plan file, and nothing else in it."""
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / PLAN).write_text(NAMED, encoding="utf-8")
    return folder


def names(folder: Path) -> set[str]:
    """Name all that is in a folder, hidden or not."""
    return set(os.listdir(folder))  # noqa: PTH208 - names are enough


def process(folder: Path, *args: str, **others: Any) -> Done:  # noqa: ANN401 - as the process takes them
    """Run the real program to its end."""
    done = real_process(folder, *args, **others)
    return Done(done.returncode, done.stdout, done.stderr)


@contextmanager
def start(folder: Path, *args: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start the real program; whatever happens, it does not outlive the test."""
    with subprocess.Popen(
        [sys.executable, "-m", "lorplan", *args],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=environment(folder),
    ) as running:
        try:
            yield running
        finally:
            running.kill()


def shell(folder: Path, line: str, *args: str) -> Done:
    """Run a line of a shell, in which "$@" is the real program with its arguments."""
    words = ["/bin/sh", "-c", line, "sh", sys.executable, "-m", "lorplan", *args]
    done = subprocess.run(words, capture_output=True, cwd=folder, env=environment(folder), timeout=60, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


class Call(Protocol):
    """Run lorplan in this process and in the directory it is in, with streams of an encoding."""

    def __call__(self, *args: str, stdin: bytes = b"", encoding: str = "utf-8") -> Done:
        """Run it."""


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, here: Path) -> Call:
    """Give what runs the command in this process, in the folder of the plan file, with what the test has set."""
    for name in (*AMBIENT, "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(here)
    return partial(_call, monkeypatch)


def _call(patching: pytest.MonkeyPatch, *args: str, stdin: bytes = b"", encoding: str = "utf-8") -> Done:
    status: object = 0
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True) for _ in range(2))
    with patching.context() as patch:
        patch.setattr(sys, "argv", ["lorplan", *args])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        try:
            main()
        except SystemExit as leaving:
            status = leaving.code
    return Done(int(str(status or 0)), _content(out), _content(err))


def _content(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue()


def told(done: Done, said: str, status: int = 1) -> None:
    """See that a command ends with one line of an error, and with its status; `check` has it as its answer."""
    line = (done.err or done.out).decode()
    assert done.status == status, line
    assert said in line
    assert line.count("\n") == 1


# --- encodings --------------------------------------------------------------------------------------------

PRINTING: Final[tuple[Words, ...]] = (
    ("plan", *DAY),
    ("plan", "--plain", *DAY),
    ("due", *DAY, "--within", "300d"),
    ("due", "--plain", *DAY, "--within", "300d"),
    ("why", "chen", *DAY),
    ("why", "--plain", "chen", *DAY),
    ("check",),
    ("draft", "chen", *DAY),
    ("draft", "chen", "ask-email", "--mailto", *DAY),
    (*MARK, "--dry-run"),
    ("rules",),
    ("rules", "--plain", "WHO"),
    ("season", "2028"),
    ("schema",),
    ("--help",),
    ("mark", "--help"),
)
"""Commands that print text for people or for scripts."""

DOCUMENTS: Final[tuple[Words, ...]] = (
    ("plan", "--json", *DAY),
    ("due", "--json", *DAY),
    ("why", "chen", "--json", *DAY),
    ("check", "--json"),
    ("rules", "--json"),
    ("season", "2028", "--json"),
    ("schema",),
)

BYTES: Final[tuple[Words, ...]] = (
    *(("export", form, *DAY) for form in FORMS),
    ("export", "ics", "--todo", *DAY),
    ("draft", "chen", "ask-email", "--eml", *DAY),
)
"""Commands whose answer is bytes of a form of its own."""

ENCODINGS: Final = ("ascii", "cp1252", "utf-16")
SURROUNDINGS: Final = {
    "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "POSIX": {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    **{encoding: {"PYTHONIOENCODING": encoding} for encoding in ENCODINGS},
}


def undrawn(text: str) -> str:
    """Take out the drawing of a plan: it has other characters where an encoding lacks those for boxes."""
    before, _, after = text.partition("\nTimeline\n")
    return before + after.partition("\nWhom to ask\n")[2]


def read(content: bytes, encoding: str) -> str:
    """Read what was printed; each mark of UTF-16's byte order but the first would be a character too many."""
    text = content.decode(encoding)
    assert "\ufeff" not in text
    return text


def same(words: Words, here: Done, there: Done, encoding: str) -> None:
    """See that a command says the same in an encoding as in UTF-8, with escapes for what the encoding lacks."""
    assert (here.status, there.status) == (0, 0), there.err.decode(encoding)
    if words in BYTES:
        assert there.out == here.out
    elif words in DOCUMENTS:
        assert json.loads(read(there.out, encoding)) == json.loads(here.out)
    for expected, found in ((here.out, there.out), (here.err, there.err)):
        if words not in (*BYTES, *DOCUMENTS) or expected is here.err:
            escaped = expected.decode().encode(encoding, "backslashreplace").decode(encoding)
            assert undrawn(read(found, encoding)) == undrawn(escaped)


@pytest.mark.parametrize("case", part(list(product(ENCODINGS, (*PRINTING, *DOCUMENTS[:-1], *BYTES))), 14))
def test_every_command_says_the_same_in_an_encoding(call: Call, case: tuple[str, Words]) -> None:
    """What an encoding lacks is escaped in texts and in JSON; what is bytes stays as it is; nothing is lost."""
    encoding, words = case
    same(words, call(*words), call(*words, encoding=encoding), encoding)


@pytest.mark.parametrize(
    "case", part(list(product(SURROUNDINGS, (PRINTING[0], PRINTING[7], DOCUMENTS[0], BYTES[0], BYTES[-1]))), 3)
)
def test_the_real_program_says_the_same_in_an_encoding(call: Call, here: Path, case: tuple[str, Words]) -> None:
    """The locale and the variable of Python decide about the encoding of a process: the same holds there."""
    name, words = case
    encoding = name if name in ENCODINGS else "ascii"
    there = process(here, *words, env={"COLUMNS": None, **SURROUNDINGS[name]})
    same(words, call(*words), there, encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_problems_and_init_say_the_same_in_an_encoding(call: Call, here: Path, encoding: str) -> None:
    """Problems with their excerpts, and the name of a file that is written, are escaped, too."""
    (here / "bad.yaml").write_text(BAD.replace("Mercy", "陈 é"), encoding="utf-8")
    usual, found = (call("check", "bad.yaml", encoding=one) for one in ("utf-8", encoding))
    assert found.status == usual.status == 1
    assert read(found.out, encoding) == usual.out.decode().encode(encoding, "backslashreplace").decode(encoding)
    usual, found = (call("init", f"陈é{one}.yaml", encoding=one) for one in ("utf-8", encoding))
    assert found.status == usual.status == 0
    assert (here / f"陈é{encoding}.yaml").read_bytes() == (here / "陈éutf-8.yaml").read_bytes()


# --- no home, no working directory ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "home",
    [
        pytest.param(None, id="unset"),
        pytest.param("", id="empty"),
        pytest.param("/nowhere/at/all", id="not there"),
        pytest.param("/proc", id="not writable"),
        pytest.param("/dev/null", id="no folder"),
        pytest.param("a\nb\x1b", id="no name that one has"),
    ],
)
@pytest.mark.parametrize("words", [("draft", "chen", *DAY), BYTES[0], ("init", "new.yaml")], ids=" ".join)
def test_no_home_is_needed(
    call: Call, monkeypatch: pytest.MonkeyPatch, here: Path, home: str | None, words: Words
) -> None:
    """Commands that look for texts of the user's own do well without a home, and make none."""
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("HOME", home) if home is not None else monkeypatch.delenv("HOME")
    done = call(*words)
    assert done.status == 0, done.err
    assert b"Traceback" not in done.err
    assert names(here) <= {PLAN, "new.yaml"}


def test_no_variable_at_all_is_needed(here: Path) -> None:
    """With an empty environment the program plans."""
    words = [sys.executable, "-m", "lorplan", "draft", "chen", *DAY]
    done = subprocess.run(words, capture_output=True, cwd=here, env={}, timeout=60, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert "陈伟".encode() in done.stdout


@contextmanager
def nowhere(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[None]:
    """Be in a folder that is gone."""
    gone = folder / "gone"
    gone.mkdir()
    with monkeypatch.context() as patch:
        patch.chdir(gone)
        gone.rmdir()
        yield


ABSOLUTE: Final = "HERE/rotations.yaml"
GONE: Final = [
    pytest.param(("plan", ABSOLUTE, *DAY), 0, "", id="plan, an absolute name"),
    pytest.param(("due", ABSOLUTE, *DAY), 0, "", id="due, an absolute name"),
    pytest.param(("mark", "chen", "asked", "-f", ABSOLUTE, *DAY), 0, "", id="mark, an absolute name"),
    pytest.param(("export", "csv", ABSOLUTE, "-o", "HERE/out"), 0, "", id="export -o, absolute names"),
    pytest.param(("init", "HERE/new.yaml"), 0, "", id="init, an absolute name"),
    pytest.param(("plan", "-", *DAY), 0, "", id="plan, standard input"),
    pytest.param(("check", "-"), 0, "", id="check, standard input"),
    pytest.param(("due", "-", *DAY), 0, "", id="due, standard input"),
    pytest.param(("export", "csv", "-", *DAY), 0, "", id="export, standard input"),
    pytest.param(("plan", PLAN), 1, f"{PLAN}: cannot be read: No such file", id="plan, a relative name"),
    pytest.param(("check", PLAN), 1, f"{PLAN}: cannot be read: No such file", id="check, a relative name"),
    pytest.param(("mark", "chen", "asked", "-f", PLAN), 1, "cannot be read: ", id="mark, a relative name"),
    pytest.param(("init", "new.yaml"), 1, "new.yaml: cannot be written: No such", id="init, a relative name"),
    pytest.param(("init",), 1, f"{PLAN}: cannot be written: No such", id="init, no name"),
    pytest.param(("due", PLAN), 1, "cannot be read: No such file", id="due, a relative name"),
    pytest.param(
        ("export", "csv", ABSOLUTE, "-o", "out"),
        1,
        "out: cannot be written",
        id="export -o, relative",
    ),
    *(
        pytest.param(words, 1, "no plan file is here", id=f"{words[0]}, no name")
        for words in (("plan",), ("due",), ("check",), ("why", "chen"), ("mark", "chen", "asked"), BYTES[0])
    ),
    *(pytest.param(words, 0, "", id=words[0]) for words in (("season",), ("rules",), ("schema",), ("--help",))),
]


@pytest.mark.parametrize(("words", "status", "said"), GONE)
def test_a_working_directory_that_is_gone(  # noqa: PLR0913, PLR0917 - a case has many parts
    call: Call, monkeypatch: pytest.MonkeyPatch, here: Path, words: Words, status: int, said: str
) -> None:
    """Absolute names and standard input work where there is no directory; a relative name is not found there."""
    words = tuple(word.replace("HERE", str(here)) for word in words)
    with nowhere(monkeypatch, here):
        done = call(*words, stdin=NAMED.encode())
    if status:
        told(done, said)
    else:
        assert (done.status, b"Traceback" in done.err) == (0, False), done.err


def test_the_real_program_starts_in_a_directory_that_is_gone(here: Path) -> None:
    """The interpreter and the program start there, and read what comes through a pipe."""
    (here / "gone").mkdir()
    done = shell(here / "gone", f'rmdir ../gone; exec "$@" < {here}/{PLAN}', "plan", "-", "--json", *DAY)
    assert done.status == 0, done.err
    assert len(json.loads(done.out)["letters"]) == len(NAMES)


# --- without the right ------------------------------------------------------------------------------------


@pytest.fixture
def shared() -> Iterator[Path]:
    """Give a folder that every user can enter, with a plan file that every user can read."""
    with tempfile.TemporaryDirectory(prefix="lorplan-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / PLAN).write_text(NAMED, encoding="utf-8")
        (folder / "closed").mkdir()
        try:
            yield folder
        finally:
            (folder / "closed").chmod(0o755)


@pytest.fixture(scope="session")
def nobody() -> dict[str, Any]:
    """Give what makes a program run as a user who is bound by modes: root is another one, if it can be."""
    if os.geteuid() != 0:
        return {}
    other: dict[str, Any] = {"user": 65534, "group": 65534, "extra_groups": []}
    with suppress(PermissionError):
        if process(Path("/"), "--version", **other).status == 0:
            return other
    if shutil.which("setpriv") is None:
        pytest.skip(
            "another user cannot run this interpreter, and root cannot lay down its powers without setpriv"
        )
    return {"prefix": ("setpriv", "--bounding-set=-all", "--inh-caps=-all")}


SAID: Final = "Permission denied"
CLOSED: Final = f"closed/{PLAN}"
RIGHTS: Final[list[tuple[Words, str]]] = [
    (("check", "closed"), "cannot be read"),
    (("check", "secret"), f"secret: cannot be read: {SAID}"),
    (("plan", "secret"), f"secret: cannot be read: {SAID}"),
    (("due", "secret"), f"secret: cannot be read: {SAID}"),
    (("export", "csv", "secret"), f"secret: cannot be read: {SAID}"),
    (("why", "chen", "-f", "secret"), f"secret: cannot be read: {SAID}"),
    (("plan", CLOSED), f"{CLOSED}: cannot be read: {SAID}"),
    (("due", CLOSED), f"{CLOSED}: cannot be read: {SAID}"),
    (("mark", "chen", "asked", "-f", CLOSED, *DAY), f"{CLOSED}: cannot be read: {SAID}"),
    (("init", "closed/new.yaml"), f"closed/new.yaml: cannot be written: {SAID}"),
    (("export", "csv", PLAN, "-o", "closed/out"), f"closed/out: cannot be written: {SAID}"),
    (("export", "csv", PLAN, "-o", "secret", "--force"), f"secret: cannot be written: {SAID}"),
]
"""What is asked of a file that cannot be read, and of a folder that can be neither entered nor listed."""


@contextmanager
def locked_up(folder: Path) -> Iterator[None]:
    """Keep everybody out of a file and of a folder."""
    (folder / "secret").write_text(NAMED, encoding="utf-8")
    (folder / "closed" / PLAN).write_text(NAMED, encoding="utf-8")
    for name in ("secret", "closed"):
        (folder / name).chmod(0)
    yield
    (folder / "closed").chmod(0o755)


@pytest.mark.parametrize("case", part(RIGHTS[1:], 2))
def test_what_may_not_be_read_or_entered_is_told(
    shared: Path, nobody: dict[str, Any], case: tuple[Words, str]
) -> None:
    """One line says what may not be done, and nothing comes of it."""
    words, said = case
    with locked_up(shared):
        done = process(shared, *words, **nobody)
        told(done, said)
        assert names(shared) == {PLAN, "closed", "secret"}
    assert names(shared / "closed") == {PLAN}


@pytest.mark.parametrize("words", part([("plan",), ("check",), ("season",), MARK], 1))
def test_a_variable_that_names_what_may_not_be_read_is_told(
    shared: Path, nobody: dict[str, Any], words: Words
) -> None:
    """The file of the variable is not passed over for another one because it cannot be read."""
    with locked_up(shared):
        told(process(shared, *words, env={"LORPLAN_FILE": "secret"}, **nobody), f"secret: cannot be read: {SAID}")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        pytest.param(("draft", "chen", "feedback", *DAY), "feedback.txt", id="draft"),
        pytest.param(("init", "/dev/null/x"), "starter.yaml", id="init", marks=pytest.mark.thorough),
    ],
)
def test_a_text_of_one_s_own_that_may_not_be_read_is_told(
    shared: Path, nobody: dict[str, Any], words: Words, text: str
) -> None:
    """The package's text does not silently stand in for one that the user wrote."""
    own = shared / ".config" / "lorplan" / "templates"
    own.mkdir(parents=True)
    (own / text).write_text("Mine.")
    (own / text).chmod(0)
    done = process(shared, *words, **nobody)
    told(done, text if words[0] == "draft" else "cannot be written")


def test_texts_of_one_s_own_in_a_folder_that_may_not_be_entered_are_told(
    shared: Path, nobody: dict[str, Any]
) -> None:
    """Whoever has texts of their own hears that they cannot be read, as with a single one of them."""
    own = shared / ".config" / "lorplan" / "templates"
    own.mkdir(parents=True)
    (own / "feedback.txt").write_text("Mine.")
    own.chmod(0)
    done = process(shared, "draft", "chen", "feedback", *DAY, **nobody)
    own.chmod(0o755)
    told(done, SAID)


# --- what is no file --------------------------------------------------------------------------------------


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(os.path.relpath(path))  # the address of a socket is short


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _dangling(path: Path) -> None:
    path.symlink_to("gone/folder/file")


KINDS: Final[dict[str, tuple[Callable[[Path], object], str]]] = {
    "a directory": (Path.mkdir, "Is a directory"),
    "a socket": (_socket, "No such device or address"),
    "a symlink to itself": (_loop, "Too many levels of symbolic links"),
    "a symlink into a folder that is gone": (_dangling, "No such file or directory"),
    "/dev/null": (lambda path: path.symlink_to("/dev/null"), "the file is empty"),
    "/dev/zero": (lambda path: path.symlink_to("/dev/zero"), "larger than 16 MiB"),
    "/dev/urandom": (lambda path: path.symlink_to("/dev/urandom"), "larger than 16 MiB"),
}
READING: Final[tuple[Words, ...]] = (
    ("check", "odd"),
    ("plan", "odd"),
    ("due", "odd"),
    ("why", "chen", "-f", "odd"),
    ("season", "-f", "odd"),
    ("export", "ics", "odd"),
)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_is_not_read(call: Call, here: Path, kind: str) -> None:
    """Every command that reads says in one line what is wrong, and an endless device is read to a bound."""
    make, said = KINDS[kind]
    make(here / "odd")
    for words in READING[:: 5 if said.startswith("larger") else 1]:
        told(call(*words), said)


def test_what_is_no_file_is_not_read_by_the_variable_either(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable names a file like the command line does."""
    monkeypatch.setenv("LORPLAN_FILE", ".")
    told(call("plan"), ".: cannot be read: Is a directory")
    told(call(*MARK), ".: cannot be changed: it is not a regular file")
    told(call("init"), ".: is there already")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.startswith("/dev")])
def test_an_export_to_what_is_no_file_is_told(call: Call, here: Path, kind: str) -> None:
    """One line; nothing is left beside it, and what is there stays as it is."""
    make, _ = KINDS[kind]
    make(here / "odd")
    before = (here / "odd").lstat()
    told(call("export", "html", "-o", "odd", "--force", *DAY), "odd: cannot be written: ")
    assert names(here) == {PLAN, "odd"}
    assert (here / "odd").lstat().st_ino == before.st_ino


def test_an_export_to_a_device_leaves_the_device(call: Call) -> None:
    """What swallows all is written to, and stays what it is."""
    for device in ("/dev/null", "/dev/zero"):
        assert call("export", "csv", "-o", device, *DAY).status == 0
        assert stat.S_ISCHR(Path(device).stat().st_mode)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "symlink" in kind])
def test_a_default_name_that_leads_nowhere(call: Call, here: Path, kind: str) -> None:
    """A link by the name of a plan file, which leads to none, is no plan file; it is not written over either."""
    (here / PLAN).unlink()
    KINDS[kind][0](here / PLAN)
    for words in (("plan",), ("check",), ("due",), MARK):
        told(call(*words), "")
    told(call("init"), f"{PLAN}: is there already")
    assert call("season").status == 0
    assert names(here) == {PLAN}


@pytest.mark.parametrize("words", READING[1:], ids=" ".join)
def test_a_fifo_is_read_as_a_file(call: Call, here: Path, words: Words) -> None:
    """`lorplan plan <(...)` names a pipe: what its writer says is the plan file."""
    os.mkfifo(here / "odd")
    writer = threading.Thread(target=(here / "odd").write_bytes, args=(NAMED.encode(),), daemon=True)
    writer.start()
    done = call(*words)
    writer.join(60)
    assert (done.status, done.err) == (0, b"")


def opened_by_other(path: Path) -> int:
    """Wait until somebody reads a FIFO, and give its other end."""
    for _ in range(3000):
        with suppress(OSError):  # nobody reads it yet
            return os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        time.sleep(0.02)
    pytest.fail("nobody reads")


@pytest.mark.parametrize("words", part([("plan", "odd"), ("due", "odd"), ("check", "odd")], 1))
def test_who_waits_for_a_writer_can_be_interrupted(here: Path, words: Words) -> None:
    """A pipe into which nobody writes is waited for, until Ctrl-C."""
    os.mkfifo(here / "odd")
    with start(here, *words) as waiting:
        end = opened_by_other(here / "odd")
        time.sleep(0.3)  # to read, most likely: what comes just before a system call is noticed after it
        waiting.send_signal(signal.SIGINT)
        out, err = waiting.communicate(timeout=60)
        os.close(end)
    assert (waiting.returncode, out, err) == (130, b"", b"")


@pytest.mark.parametrize(
    "words", part([("plan", "odd"), ("export", "csv", PLAN, "-o", "odd")], 1), ids=lambda words: words[0]
)
def test_who_waits_for_another_end_can_be_interrupted(here: Path, words: Words) -> None:
    """A pipe that nobody else has opened is waited for, until Ctrl-C; nothing is left beside it."""
    os.mkfifo(here / "odd")
    with start(here, *words) as waiting:
        time.sleep(1)  # to be waiting, most likely; what is interrupted earlier is the command just as well
        waiting.send_signal(signal.SIGINT)
        out, err = waiting.communicate(timeout=60)
    assert waiting.returncode in {130, -2}
    assert (out, ours(err)) == (b"", "")
    assert names(here) == {PLAN, "odd"}


# --- closed, full and short streams -----------------------------------------------------------------------

CLOSING: Final = ("<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-")


@pytest.mark.parametrize("case", part(list(product(CLOSING, [("plan", *DAY), MARK, EXPORT, ("init", "new")])), 4))
def test_streams_that_are_closed(here: Path, case: tuple[str, Words]) -> None:
    """Whichever streams are closed, what is to be done is done, and no file gets what was meant for a stream."""
    closed, words = case
    done = shell(here, f'exec "$@" {closed}', *words)
    assert (done.status, b"Traceback" in done.err) == (0, False), done.err
    written = {"mark": PLAN, "export": "out.html", "init": "new"}.get(words[0], PLAN)
    assert names(here) == {PLAN, written}
    text = (here / written).read_text(encoding="utf-8")
    assert text.startswith(("applicant: {name: Amina Ṛ", "<!DOCTYPE html>", "# The plan file of lorplan"))
    assert (here / PLAN).read_text(encoding="utf-8") == (MARKED if words == MARK else NAMED)


@pytest.mark.parametrize("closed", part(CLOSING, 2))
def test_failures_where_streams_are_closed(here: Path, closed: str) -> None:
    """A file that is missing fails with the same status and in one line, wherever that can be told."""
    done = shell(here, f'exec "$@" {closed}', "plan", "gone.yaml")
    said = b"" if "2>" in closed else b"gone.yaml: cannot be read: No such file or directory\n"
    assert done == (1, b"", said)


def test_a_standard_input_that_is_closed_is_told(here: Path) -> None:
    """`lorplan plan - <&-` has nothing to read: one line says so."""
    told(shell(here, 'exec "$@" <&-', "plan", "-"), "-: cannot be read")


MANY: Final = "rotations:\n" + "".join(
    f"  - {{attending: Dr. Number {number} of Many, specialty: neurology, start: 2027-01-04, weeks: 4}}\n"
    for number in range(400)
)
"""So many that a pipe does not hold what is said about them."""


@pytest.mark.parametrize(
    "words",
    part(
        [
            *(("plan", "many.yaml", *DAY), ("plan", "--json", "many.yaml", *DAY), ("due", "many.yaml", *DAY)),
            *(("export", form, "many.yaml", *DAY) for form in FORMS),
            *(("rules",), ("rules", "--json"), ("schema",), ("--help",), ("draft", "chen", "ask-email", *DAY)),
        ],
        2,
    ),
)
def test_who_reads_one_line_is_enough(here: Path, words: Words) -> None:
    """`| head -1` gets its line and the program ends well; nothing is said of a pipe."""
    (here / "many.yaml").write_text(MANY)
    done = shell(here, '{ "$@"; echo $? >status; } | head -1', *words)
    assert (here / "status").read_text() == "0\n"
    assert done.out.count(b"\n") == 1
    assert b"Traceback" not in done.err
    assert b"pipe" not in done.err


full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no disk that is always full")


@full
@pytest.mark.parametrize("words", part([("due", *DAY), ("rules",), PRINTING[7], ("check", "gone"), MARK], 2))
def test_a_standard_output_that_is_full(here: Path, words: Words) -> None:
    """The answer that cannot be written is told with status 1; a mark is made all the same."""
    done = shell(here, 'exec "$@" >/dev/full', *words)
    assert done.status == 1
    assert done.err.endswith(b"standard output cannot be written: No space left on device\n")
    assert (here / PLAN).read_text(encoding="utf-8") == (MARKED if words == MARK else NAMED)


@full
@pytest.mark.parametrize("words", part([("plan", "gone"), ("plan", "--bogus"), ("export", "pdf")], 1))
def test_a_standard_error_that_is_full_hides_no_failure(here: Path, words: Words) -> None:
    """What cannot be told is a failure still."""
    done = shell(here, 'exec "$@" 2>/dev/full', *words)
    assert done.status != 0
    assert done.out == b""


@full
def test_a_standard_error_that_is_full_hides_no_message(here: Path) -> None:
    """The message of `draft` goes to standard output, whatever becomes of the remarks about it."""
    assert b"Dr. " in shell(here, 'exec "$@" 2>/dev/full', "draft", "chen", *DAY).out


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a folder on a disk of six pages, with the plan file on it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=24k", "lorplan-test", str(folder)]
    if os.geteuid() or not shutil.which("mount") or subprocess.run(command, check=False).returncode:
        pytest.skip("only root can mount a small disk, and not everywhere")
    try:
        (folder / PLAN).write_text(NAMED, encoding="utf-8")
        yield folder
    finally:
        os.chdir("/")
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S607 - the one on the PATH


def test_an_export_to_a_full_disk_leaves_what_was_there(
    call: Call, monkeypatch: pytest.MonkeyPatch, small_disk: Path
) -> None:
    """An export that does not fit in is told; the one before it stays, and nothing half-written does."""
    monkeypatch.chdir(small_disk)
    assert call("export", "csv", "-o", "out", *DAY).status == 0
    before = (small_disk / "out").read_bytes()
    for out in ("out", "new"):
        told(
            call("export", "html", "-o", out, "--force", *DAY),
            f"{out}: cannot be written: No space left on device",
        )
    assert names(small_disk) == {PLAN, "out"}
    assert (small_disk / "out").read_bytes() == before
    monkeypatch.chdir("/")


# --- two at once, and signals -----------------------------------------------------------------------------


def test_an_export_while_a_mark_is_made_is_of_one_of_both_files(call: Call, here: Path) -> None:
    """Who reads while another writes reads the file before or after, and both do what they were to do."""
    old = call("export", "csv", *DAY).out
    with start(here, *MARK) as marking, start(here, "export", "csv", *DAY, "-o", "out") as exporting:
        assert [one.wait(60) for one in (marking, exporting)] == [0, 0]
    assert (here / "out").read_bytes() in {old, call("export", "csv", *DAY).out}
    assert (here / PLAN).read_text(encoding="utf-8") == MARKED
    assert names(here) == {PLAN, "out"}


MASKED: Final = "__set_name__"
"""What Python makes of an interruption that comes while it makes a class: an error of another kind."""


def ours(err: bytes) -> str:
    """Give what a program said of an interruption as a traceback of ours, or nothing.

    It is ours when a line of ours is in it, but for the moment before the entry has switched off tracebacks for
    the loading, and the last one after it.
    """
    said = err.decode()
    entries = ("lorplan/__init__.py", "lorplan/__main__.py")
    frames = [
        line for line in said.splitlines() if "/lorplan/" in line and not any(one in line for one in entries)
    ]
    return said if frames and "Traceback" in said and MASKED not in said else ""


SIGNALLED: Final = (("plan", *DAY), ("due", *DAY), MARK, EXPORT)


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.thorough, id=f"{seed}") for seed in range(1, 20))]
)
def test_a_signal_at_any_moment_leaves_all_whole(here: Path, seed: int) -> None:
    """Interrupted or ended at eight moments: no traceback, the usual status, whole files, nothing in the way."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    for number in range(8):
        words = SIGNALLED[(number + seed) % len(SIGNALLED)]
        (here / PLAN).write_text(NAMED, encoding="utf-8")
        sent = signal.SIGTERM if number % 4 == 3 else signal.SIGINT
        with start(here, *words) as running:
            time.sleep(chance.uniform(0, 0.45))
            running.send_signal(sent)
            _, err = running.communicate(timeout=60)
        assert ours(err) == "", words
        starting = b"lorplan/" not in err or MASKED in err.decode()
        usual = {0, -15} if sent == signal.SIGTERM else {0, 130, -2, *([1] if starting else [])}
        assert running.returncode in usual, err.decode()
        assert_whole(here)


def assert_whole(folder: Path) -> None:
    """See that the files in a folder are whole, and that what was left there stands in nobody's way."""
    assert (folder / PLAN).read_text(encoding="utf-8") in {NAMED, MARKED}
    assert names(folder) <= {
        PLAN,
        "out.html",
        *(f".{n}.{end}" for n in (PLAN, "out.html") for end in ("lock", "new")),
    }
    if (folder / "out.html").exists():
        assert (folder / "out.html").read_text(encoding="utf-8").endswith("</html>")


def test_what_a_signal_left_stops_nobody(call: Call, here: Path) -> None:
    """After a mark and an export were ended, others are made and tidy up."""
    for words in (MARK, EXPORT):
        with start(here, *words) as running:
            time.sleep(0.25)
            running.terminate()
            running.communicate(timeout=60)
        assert call(*words).status == 0
    assert names(here) == {PLAN, "out.html"}


LOADING: Final = """\
import os, signal, sys
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "typer":
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
sys.argv = ["lorplan", "plan"]
from lorplan.__main__ import main
main()
"""
"""A program that is interrupted while our `main` loads the command line."""

PREPARING: Final = """\
import os, signal, sys
import lorplan.cli
lorplan.cli.robust_streams = lambda: os.kill(os.getpid(), signal.SIGINT)
sys.argv = ["lorplan", "plan"]
lorplan.cli.main()
"""
"""A program that is interrupted while our `main` prepares for the library to call the command."""


@pytest.mark.parametrize("program", [LOADING, PREPARING], ids=["loading", "preparing"])
def test_an_interruption_before_the_command_runs_is_quiet(here: Path, program: str) -> None:
    """Ctrl-C right after the start, which is a third of the time of a short command, is no bug to report."""
    words = [sys.executable, "-c", program]
    done = subprocess.run(words, capture_output=True, cwd=here, env=environment(here), timeout=60, check=False)
    assert done.returncode in {130, -2}
    assert b"Traceback" not in done.stderr


# --- terminals and widths ---------------------------------------------------------------------------------

PAGES: Final[tuple[Words, ...]] = (
    ("plan", *DAY),
    ("due", *DAY, "--within", "300d"),
    ("due", PLAN, "other.yaml", *DAY),
    ("why", "chen", *DAY),
    ("why", "sato", *DAY),
    ("mark", "chen", "performance=good", "--force", *DAY),
    ("draft", "chen", *DAY),
    ("season", "2028"),
    ("rules",),
    ("rules", "WHO-1"),
)


def fits(done: Done, words: Words, columns: int) -> None:
    """See that a page is no wider than it may be, and that none of the names of a plan is lost."""
    text = done.out.decode()
    assert done.status == 0, done.err
    assert text
    if columns >= 40:
        assert max(map(cell_len, text.splitlines())) <= columns
    if columns >= 40 and words[0] == "plan":
        assert [word for name in NAMES for word in name.split() if word not in text] == []


@pytest.mark.parametrize("columns", part([*range(20, 140, 2), *range(139, 401, 20)], 6))
def test_no_page_is_wider_than_the_width_and_none_crashes(
    call: Call, monkeypatch: pytest.MonkeyPatch, here: Path, columns: int
) -> None:
    """At every width there is an answer; from 40 columns on it fits in, and every name is there."""
    (here / "other.yaml").write_text(AMINA)
    monkeypatch.setenv("COLUMNS", str(columns))
    for words in PAGES[:: 1 if columns % 9 == 0 else 4]:
        fits(call(*words), words, columns)


@pytest.mark.parametrize(
    "case", part(list(product([None, "", "dumb", "nonsense", "a\x1b[31m"], [20, 71, 400])), 2)
)
def test_a_terminal_of_any_name_and_size(here: Path, case: tuple[str | None, int]) -> None:
    """A terminal whose name says nothing gets its page, in its width."""
    term, columns = case
    ours_, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    env = environment(here, {"TERM": term, "COLUMNS": None})
    words = [sys.executable, "-m", "lorplan", "plan", "--color=never", *DAY]
    with subprocess.Popen(words, stdin=theirs, stdout=theirs, stderr=theirs, cwd=here, env=env) as running:
        os.close(theirs)
        shown = b"".join(iter(partial(_shown, ours_), b""))
    os.close(ours_)
    fits(Done(running.returncode, shown.replace(b"\r\n", b"\n"), b""), ("plan",), columns)


def _shown(terminal: int) -> bytes:
    """Read what is there; Linux reports the end of a terminal as an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


@pytest.mark.parametrize(
    "columns", ["0", "-5", "abc", str(10**9), "9" * 40, "", " 80", "80\n", "\x1b[31m"], ids=ascii
)
@pytest.mark.parametrize("words", [PAGES[0], PAGES[5], PRINTING[9], ("--help",)], ids=lambda words: words[0])
def test_a_width_that_is_none(call: Call, monkeypatch: pytest.MonkeyPatch, columns: str, words: Words) -> None:
    """A size that no terminal has still gives an answer, and nothing of it is printed."""
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("LINES", columns)
    done = call(*words)
    assert (done.status, b"\x1b" in done.out + done.err, b"Traceback" in done.err) == (0, False, False)


# --- the clock --------------------------------------------------------------------------------------------

DATED: Final = (*PAGES[:7], DOCUMENTS[0], DOCUMENTS[1], *BYTES[:5], (*MARK, "--dry-run"))
"""Commands with --as-of."""

FIVE_YEARS: Final = [date(2025, 1, 1) + timedelta(days) for days in range(5 * 365 + 2)]
ODD_DAYS: Final = (date(2028, 2, 29), date(2026, 12, 31), date(2027, 1, 1), date(2100, 12, 31), date(1991, 1, 1))


@contextmanager
def day_is(monkeypatch: pytest.MonkeyPatch, day: date) -> Iterator[None]:
    """Set the clock that lorplan looks at."""

    class Stopped(date):
        @classmethod
        def today(cls) -> date:  # type: ignore[override]  # a plain day is what is looked for
            return day

    with monkeypatch.context() as patch:
        patch.setattr(clock, "date", Stopped)
        yield


@pytest.fixture
def same_in(call: Call, monkeypatch: pytest.MonkeyPatch, here: Path) -> Callable[[Words, date], None]:
    """Give what sees that a command with --as-of says the same with another clock."""
    (here / "other.yaml").write_text(AMINA)
    usual: dict[Words, Done] = {}

    def check(words: Words, day: date) -> None:
        if words not in usual:
            usual[words] = call(*words)
            (here / PLAN).write_text(NAMED, encoding="utf-8")
        with day_is(monkeypatch, day):
            assert call(*words) == usual[words], day
        (here / PLAN).write_text(NAMED, encoding="utf-8")

    return check


@pytest.mark.parametrize("words", part(DATED, 4))
def test_the_clock_does_not_matter_where_a_day_is_given(
    same_in: Callable[[Words, date], None], words: Words
) -> None:
    """At the ends of years and on a leap day, with --as-of the answer is the same to the byte."""
    for day in (*ODD_DAYS, random.choice(FIVE_YEARS)):  # noqa: S311 - no secret
        same_in(words, day)


QUICK: Final[tuple[Words, ...]] = (("due", "--plain", *DAY), ("due", "--json", *DAY), ("plan", "--plain", *DAY))


@pytest.mark.thorough
def test_no_day_of_five_years_matters_where_a_day_is_given(same_in: Callable[[Words, date], None]) -> None:
    """Every day of five years, each with another quick command, and every thirtieth with one of all."""
    for number, day in enumerate(FIVE_YEARS):
        same_in(DATED[number // 30 % len(DATED)] if number % 30 == 0 else QUICK[number % 3], day)


@pytest.mark.parametrize("day", ODD_DAYS[:4], ids=str)
def test_without_a_day_it_is_the_clock_s(
    call: Call, monkeypatch: pytest.MonkeyPatch, here: Path, day: date
) -> None:
    """On a leap day and at the ends of years, today is that day for every command."""
    with day_is(monkeypatch, day):
        assert json.loads(call("due", "--json").out)["as_of"] == day.isoformat()
        assert json.loads(call("plan", "--json").out)["as_of"] == day.isoformat()
        assert f"as of {day:%a %Y-%m-%d}" in call("plan").out.decode()
        assert f"as of {day:%a %Y-%m-%d}" in call("season").out.decode() or day.year == 2100
        if day.year < 2100:
            assert call("init", "new.yaml").status == 0
            assert f"around {day}" in (here / "new.yaml").read_text()
            assert call("check", "--strict", "new.yaml") == (0, b"", b"")


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str | None], None]]:
    """Give what sets the time zone of this process, for a while."""

    def put(name: str | None) -> None:
        monkeypatch.setenv("TZ", name) if name is not None else monkeypatch.delenv("TZ", raising=False)
        time.tzset()

    with monkeypatch.context() as undone:
        undone.setenv("TZ", os.environ.get("TZ", ""))
        yield put
    monkeypatch.undo()
    time.tzset()


ZONES: Final = (
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "No/Where",
    "",
    None,
    "\x1b[31m",
    "<-12>12",
    ":/dev/null",
)


@pytest.mark.parametrize("words", part(DATED, 3))
def test_no_zone_matters_where_a_day_is_given(
    call: Call, here: Path, zone: Callable[[str | None], None], words: Words
) -> None:
    """At both date lines, and with zones that there are not, the answer is the same to the byte."""
    (here / "other.yaml").write_text(AMINA)
    call(*words)
    usual = call(*words)
    for name in ZONES:
        zone(name)
        assert call(*words) == usual, name


@pytest.mark.parametrize("name", ZONES, ids=ascii)
def test_today_is_the_local_day_of_a_zone(
    call: Call, zone: Callable[[str | None], None], name: str | None
) -> None:
    """Whatever the zone, today is what the system takes for the local day there."""
    zone(name)
    before = time.strftime("%Y-%m-%d")
    found = json.loads(call("due", "--json").out)["as_of"]
    assert before <= found <= time.strftime("%Y-%m-%d")


# --- the interpreter --------------------------------------------------------------------------------------

FLAGS: Final[tuple[Words, ...]] = (("-O",), ("-OO",), ("-P",), ("-B", "-u"), ("-I",), ("-W", "error", "-X", "dev"))
WORKING: Final[tuple[Words, ...]] = (
    ("check",),
    ("plan", *DAY),
    ("due", *DAY),
    ("export", "ics", *DAY),
    (*MARK, "--dry-run"),
)


@pytest.mark.parametrize("case", part(list(product(FLAGS[:-1], WORKING)), 2))
def test_no_flag_of_the_interpreter_matters(call: Call, here: Path, case: tuple[Words, Words]) -> None:
    """Without asserts, docstrings, the working directory or the environment the answer is the same."""
    flags, words = case
    assert process(here, *words, flags=flags, env={"COLUMNS": None}) == call(*words)


@pytest.mark.parametrize("words", part([*WORKING, MARK, EXPORT, ("init", "new.yaml"), ("draft", "chen", *DAY)], 2))
def test_nothing_of_ours_warns(here: Path, words: Words) -> None:
    """Where a warning is an error, files that are left open and old ways of doing included, there is none."""
    done = process(here, *words, flags=FLAGS[-1])
    said = (
        b"" if words[0] in {"check", "plan", "due", "init"} or words in {WORKING[3], *WORKING[4:], MARK} else None
    )
    assert done.status == 0, done.err
    assert b"Warning" not in done.err
    assert said is None or done.err == said


@pytest.mark.parametrize("words", part([(), ("plan",), ("mark",)], 1))
def test_help_needs_no_docstring(here: Path, words: Words) -> None:
    """Without docstrings the help still shows how a command is called and what its options are."""
    done = process(here, *words, "--help", flags=("-OO",))
    assert (done.status, done.err) == (0, b"")
    assert b"Usage: " in done.out
    assert b"Options:" in done.out


MODULES: Final = (
    "yaml",
    "typer",
    "json",
    "jinja2",
    "pydantic",
    "filelock",
    "lorplan",
    "sitecustomize",
    "icalendar",
)


@pytest.mark.parametrize(
    "words", part([WORKING[1], WORKING[3], WORKING[4], ("draft", "chen", *DAY), ("--help",)], 1)
)
def test_no_file_beside_the_plan_is_run(here: Path, words: Words) -> None:
    """The installed command imports nothing from the working directory, whatever is called there."""
    command = Path(sys.executable).with_name("lorplan")
    if not command.exists():
        pytest.skip("the command is not installed beside the interpreter")
    for name in MODULES:
        (here / f"{name}.py").write_text("raise SystemExit('run')")
    (here / "rich").mkdir()
    (here / "rich" / "__init__.py").write_text("raise SystemExit('run')")
    env = environment(here)
    done = subprocess.run([command, *words], capture_output=True, cwd=here, env=env, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "__pycache__" not in names(here)


# --- what is typed, and what is set -----------------------------------------------------------------------

ODD_WORD: Final = os.fsdecode(b"a\xff\x1b]0;t\x07\xc2\x9b31m\x1b[31m\xe2\x80\xaeb\nc")
"""A byte that is no UTF-8, escapes for the title and for colour, a bell, a C1 control, an override, a line end."""

MILD_WORD: Final = os.fsdecode(b"a\xff\x1b[31mb")
"""A byte that is no UTF-8, and an escape for colour."""

REFUSED: Final[tuple[Words, ...]] = (
    ("season",),
    ("export",),
    ("plan", "--as-of"),
    ("due", "--within"),
    ("plan", "--color"),
    ("mark", "chen", "asked", "--on"),
)
"""Commands that say themselves why they refuse the word that follows."""

TYPED: Final = [
    *(
        pytest.param((*words, "ODD"), status, id=" ".join(words) or "a command")
        for words, status in (
            (("plan",), 1),
            (("check",), 1),
            (("due",), 1),
            (("export", "csv"), 1),
            (("why",), 2),
            (("mark", "chen"), 2),
            (("draft", "chen"), 2),
            (("draft", "chen", "-f"), 1),
            (("rules",), 2),
            (("export", "csv", "-o"), 0),
            (("init",), 0),
            ((), 2),
        )
    ),
    pytest.param(("mark", "ODD", "asked"), 2, id="mark whom"),
    pytest.param(("init", "ODD/x"), 1, id="init in a folder"),
    pytest.param(("export", "csv", "-o", "ODD/x"), 1, id="export to a folder"),
    *(pytest.param((*words, "ODD"), 2, id=" ".join(words)) for words in REFUSED),
    pytest.param(("plan", PLAN, "ODD"), 2, id="an argument too many"),
]


def harmless(done: Done) -> None:
    """See that nothing that a terminal could take for an order was printed."""
    text = (done.out + done.err).decode()
    odd = [c for c in text if c != "\n" and (unicodedata.category(c) in {"Cc", "Cs"} or c == "\u202e")]
    assert odd == []
    assert "Traceback" not in text


@pytest.mark.parametrize(("words", "status"), TYPED)
def test_what_is_typed_reaches_no_terminal_raw(call: Call, words: Words, status: int) -> None:
    """A word of any bytes is refused or used, and what is said about it is harmless."""
    done = call(*(word.replace("ODD", ODD_WORD) for word in words))
    assert done.status == status, done.err
    harmless(done)


@pytest.mark.parametrize("words", [*REFUSED, ("plan", PLAN)], ids=" ".join)
def test_a_refused_word_has_no_colour(call: Call, words: Words) -> None:
    """An escape for colour, and a byte that is no UTF-8, reach no terminal in any message."""
    done = call(*words, MILD_WORD)
    assert done.status == 2
    harmless(done)


@pytest.mark.parametrize("encoding", part(["utf-8", "ascii"], 1))
def test_a_word_of_any_bytes_reaches_the_real_program(here: Path, encoding: str) -> None:
    """Bytes that are no UTF-8 name a file that is not there, or is."""
    words = [os.fsencode(sys.executable), b"-m", b"lorplan", b"check", b"a\xff\x1b[31m.yaml"]
    env = environment(here, {"PYTHONIOENCODING": encoding})
    missing = subprocess.run(words, capture_output=True, cwd=here, env=env, timeout=60, check=False)
    assert (missing.returncode, missing.stdout.count(b"\n"), b"\x1b" in missing.stdout) == (1, 1, False)
    (here / os.fsdecode(words[-1])).write_text(AMINA)
    found = subprocess.run(words, capture_output=True, cwd=here, env=env, timeout=60, check=False)
    assert (found.returncode, found.stdout, found.stderr) == (0, b"", b"")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        pytest.param(".", ".: cannot be ", id="a directory"),
        pytest.param("a\nb", "a b: cannot be read", id="a line end"),
        pytest.param(ODD_WORD, "cannot be read: No such file", id="any bytes"),
        pytest.param("x" * 300, "File name too long", id="too long"),
        pytest.param("x" * 100_000, "File name too long", id="huge"),
    ],
)
@pytest.mark.parametrize("words", [("plan",), ("check",), ("due",), ("season",), MARK], ids=lambda words: words[0])
def test_a_variable_that_names_no_file(
    call: Call, monkeypatch: pytest.MonkeyPatch, value: str, said: str, words: Words
) -> None:
    """It is told in one harmless line."""
    monkeypatch.setenv("LORPLAN_FILE", value)
    done = call(*words)
    told(done, said)
    harmless(done)


def test_a_huge_environment_is_no_matter(here: Path, run: Runner) -> None:
    """A thousand variables of a kilobyte change nothing."""
    filler: dict[str, str | None] = {f"LORPLAN_{number}": "x\x1b" * 500 for number in range(1000)}
    words = ("plan", "--json", *DAY)
    assert run(*words, cwd=here, env=filler).out == run(*words, cwd=here).out
