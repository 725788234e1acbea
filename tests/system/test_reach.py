"""What the program reaches for: no network, no other program, no file but those that it is told of.

The interpreter reports what a process does as audit events, whoever does it, a library included.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from conftest import environment
from samples import AMINA, BENITO

if TYPE_CHECKING:
    from pathlib import Path

WATCHED = """
import io, json, os, sys
reached, written, read = [], [], []
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
OTHERS = ("socket.", "subprocess.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.fork", "ctypes.",
          "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.", "shutil.")
CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.symlink", "os.truncate", "os.link")

def watch(event, args):
    if event == "open" and isinstance(args[0], (str, bytes)):
        (written if args[2] & WRITING else read).append(os.path.realpath(os.fsdecode(args[0])))
    elif event in CHANGES and isinstance(args[0], (str, bytes)):
        written.append(os.path.realpath(os.fsdecode(args[0])))
    elif event.startswith(OTHERS):
        reached.append([event, repr(args)])

sys.dont_write_bytecode = True
sys.addaudithook(watch)
for command in json.loads(sys.argv[1]):
    sys.argv = ["lorplan", *command]
    from lorplan.__main__ import main
    status = None
    try:
        main()
    except SystemExit as leaving:
        status = leaving.code
    print(json.dumps([status or 0, reached, written, read]), file=sys.stderr)
    del reached[:], written[:], read[:]
"""
"""Runs commands, and tells of each its status and what it reached for, wrote and read."""


class Touched(NamedTuple):
    """What a command did beside computing: files by their names in the working directory."""

    status: int
    reached: list[list[str]]
    written: set[str]
    read: set[str]


def touched(folder: Path, commands: list[tuple[str, ...]]) -> list[Touched]:
    """Run commands, and say what each touched in the folder; what it reads elsewhere is Python's own."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, json.dumps(commands)],
        capture_output=True,
        cwd=folder,
        env=environment(folder, {"HOME": str(folder / "home")}),
        timeout=60,
        check=True,
    )
    told = [json.loads(line) for line in done.stderr.decode().splitlines() if line.startswith("[")]
    assert len(told) == len(commands), done.stderr.decode()
    here = f"{folder.resolve()}/"
    return [
        Touched(
            status,
            reached,
            written={name.removeprefix(here) for name in written},
            read={name.removeprefix(here) for name in read if name.startswith(here)},
        )
        for status, reached, written, read in told
    ]


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> None:
    """Write what a user has: plan files, and a text of their own for a message."""
    (tmp_path / "rotations.yaml").write_text(AMINA)
    (tmp_path / "benito.yaml").write_text(BENITO)
    templates = tmp_path / "home" / ".config" / "lorplan" / "templates"
    templates.mkdir(parents=True)
    (templates / "ask.txt").write_text("Hello {{ writer }}\n")
    (tmp_path / "secret.txt").write_text("not for lorplan")


LOOKING = [
    ("plan",),
    ("plan", "--json"),
    ("due", "rotations.yaml", "benito.yaml"),
    ("why", "chen"),
    ("check", "benito.yaml", "rotations.yaml"),
    ("season", "2028"),
    ("mark", "chen", "performance=good", "--dry-run"),
]
"""What only looks."""

TELLING = [
    ("draft", "chen", "ask", "--as-of", "2027-01-27"),
    ("export", "ics", "rotations.yaml", "benito.yaml"),
    ("export", "html"),
    ("export", "csv"),
    ("export", "markdown"),
    ("export", "svg"),
]
"""What writes to standard output, with the user's own texts."""

PLAN_FILES = {"rotations.yaml", "benito.yaml"}


def test_what_looks_touches_nothing_else(tmp_path: Path) -> None:
    """A command that only tells something reads plan files and own texts, writes nothing and reaches nowhere."""
    commands = [*LOOKING, *TELLING, ("rules",), ("schema",), ("--help",)]
    for args, did in zip(commands, touched(tmp_path, commands), strict=True):
        assert did.status == 0, args
        assert did.reached == [], args
        assert did.written == set(), args
        texts = {name for name in did.read if name.startswith("home/.config/lorplan/templates/")}
        assert did.read - texts <= PLAN_FILES, args
        assert not texts or args in TELLING, args


WRITING = {
    ("mark", "chen", "performance=good"): "rotations.yaml",
    ("init", "new.yaml"): "new.yaml",
    ("export", "csv", "-o", "plan.csv"): "plan.csv",
    ("export", "ics", "-o", "plan.ics"): "plan.ics",
}
"""What writes, and which file."""


def test_what_writes_touches_its_file_and_what_stands_beside_it(tmp_path: Path) -> None:
    """Beside the file there is for a moment its new version, and the lock; nothing of that stays."""
    before = {path.name for path in tmp_path.iterdir()}
    for (args, file), did in zip(WRITING.items(), touched(tmp_path, list(WRITING)), strict=True):
        assert did.status == 0, args
        assert did.reached == [], args
        assert did.written >= {f".{file}.new"}, args
        assert did.written <= {file, f".{file}.new", f".{file}.lock", str(tmp_path.resolve())}, args
    assert {path.name for path in tmp_path.iterdir()} == before | set(WRITING.values())


def test_the_watch_sees_what_it_is_there_for(tmp_path: Path) -> None:
    """A program that opens a connection or writes a file would be noticed."""
    guest = "import socket\ntry:\n    socket.create_connection(('127.0.0.1', 9))\nexcept OSError: pass\n"
    (tmp_path / "typer.py").write_text(guest + "open('left.txt', 'w').close()\nraise SystemExit(0)\n")
    [did] = touched(tmp_path, [("plan",)])
    assert {event for event, _ in did.reached} >= {"socket.connect"}
    assert "left.txt" in did.written
