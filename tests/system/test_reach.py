"""What the program reaches: no network, no other program, and no file but those that it is given.

The interpreter reports what a process does as audit events, also what its libraries do.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from samples import AMINA, BENITO

if TYPE_CHECKING:
    from runner import Lorplan

pytestmark = pytest.mark.system

WATCHED: Final = """
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
"""Runs commands, and reports for each its status and what it reached, wrote and read."""


OWN_TEMPLATE: Final = "home/.config/lorplan/templates/ask-in-person.txt"
"""A template of the user's own, of a message that is due on 27 January."""


class Trace(NamedTuple):
    """What a command did; files are known by their names in the working directory."""

    status: int
    reached: list[list[str]]
    written: set[str]
    read: set[str]


def trace(lorplan: Lorplan, commands: list[tuple[str, ...]]) -> list[Trace]:
    """Run commands, and return what each did in the folder; what it reads elsewhere is Python's own."""
    result = lorplan.python(WATCHED, json.dumps(commands), env={"HOME": str(lorplan.folder / "home")})
    reports = [json.loads(line) for line in result.err.splitlines() if line.startswith("[")]
    assert len(reports) == len(commands), result.err
    here = f"{lorplan.folder.resolve()}/"
    return [
        Trace(
            status,
            reached,
            written={name.removeprefix(here) for name in written},
            read={name.removeprefix(here) for name in read if name.startswith(here)},
        )
        for status, reached, written, read in reports
    ]


@pytest.fixture(autouse=True)
def files(lorplan: Lorplan) -> None:
    """Write what a user has: plan files, a template of their own, and a file that lorplan has no use for."""
    (lorplan.folder / "rotations.yaml").write_text(AMINA)
    (lorplan.folder / "benito.yaml").write_text(BENITO)
    (lorplan.folder / OWN_TEMPLATE).parent.mkdir(parents=True)
    (lorplan.folder / OWN_TEMPLATE).write_text("Hello {{ doctor }}\n")
    (lorplan.folder / "secret.txt").write_text("not for lorplan")


SHOWING: Final = [
    ("plan",),
    ("plan", "--json"),
    ("due", "rotations.yaml", "benito.yaml"),
    ("why", "chen"),
    ("check", "benito.yaml", "rotations.yaml"),
    ("season", "2028"),
    ("mark", "chen", "performance=good", "--dry-run"),
    ("rules",),
    ("schema",),
    ("--help",),
]
"""Commands that only show something."""

PRINTING: Final = [
    ("draft", "chen", "ask", "--as-of", "2027-01-27"),
    ("export", "ics", "rotations.yaml", "benito.yaml"),
    *(("export", name) for name in ("html", "csv", "markdown", "svg")),
]
"""Commands that print what they make from templates, which the user may replace."""

WRITING: Final = {
    ("mark", "chen", "performance=good"): "rotations.yaml",
    ("init", "new.yaml"): "new.yaml",
    ("export", "csv", "-o", "plan.csv"): "plan.csv",
    ("export", "ics", "-o", "plan.ics"): "plan.ics",
}
"""Commands that write a file."""


def test_commands_that_show_something_read_plan_files_and_templates_only(lorplan: Lorplan) -> None:
    """Such a command writes nothing, reaches nothing, and reads only plan files and own templates."""
    commands = [*SHOWING, *PRINTING]
    for args, done in zip(commands, trace(lorplan, commands), strict=True):
        assert done.status == 0, args
        assert done.reached == [], args
        assert done.written == set(), args
        assert done.read <= {"rotations.yaml", "benito.yaml", *([OWN_TEMPLATE] if args in PRINTING else [])}, args
        assert OWN_TEMPLATE in done.read or args[0] != "draft"


def test_commands_that_write_touch_their_file_and_its_lock_only(lorplan: Lorplan) -> None:
    """Beside the file there are for a moment its new version and the lock; neither of them stays."""
    before = {path.name for path in lorplan.folder.iterdir()}
    for (args, file), done in zip(WRITING.items(), trace(lorplan, list(WRITING)), strict=True):
        assert done.status == 0, args
        assert done.reached == [], args
        assert done.written >= {f".{file}.new"}, args
        assert done.written <= {file, f".{file}.new", f".{file}.lock", str(lorplan.folder.resolve())}, args
    assert {path.name for path in lorplan.folder.iterdir()} == before | set(WRITING.values())


def test_trace_notices_a_connection_and_a_written_file(lorplan: Lorplan) -> None:
    """A program that opened a connection or wrote a file would be noticed."""
    guest = "import socket\ntry:\n    socket.create_connection(('127.0.0.1', 9))\nexcept OSError: pass\n"
    (lorplan.folder / "typer.py").write_text(guest + "open('left.txt', 'w').close()\nraise SystemExit(0)\n")
    [done] = trace(lorplan, [("plan",)])
    assert {event for event, _ in done.reached} >= {"socket.connect"}
    assert "left.txt" in done.written
