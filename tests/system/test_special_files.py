"""Directories, sockets, devices, FIFOs and links where a file is expected."""

from __future__ import annotations

import os
import signal
import socket
import stat
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from runner import TIMEOUT
from system.commands import DAY, MARK, NAMED, PLAN, assert_one_line, list_names, sample

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from runner import Lorplan
    from system.commands import Args


def _make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as opened, pytest.MonkeyPatch.context() as patch:
        patch.chdir(path.parent)
        opened.bind(path.name)  # the address of a socket is short


def _link_to(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


KINDS: Final[dict[str, tuple[Callable[[Path], object], str]]] = {
    "directory": (Path.mkdir, "Is a directory"),
    "socket": (_make_socket, "No such device or address"),
    "symlink_to_itself": (_link_to("odd"), "Too many levels of symbolic links"),
    "symlink_to_nothing": (_link_to("gone/folder/file"), "No such file or directory"),
    "dev_null": (_link_to("/dev/null"), "the file is empty"),
    "dev_zero": (_link_to("/dev/zero"), "larger than 16 MiB"),
    "dev_urandom": (_link_to("/dev/urandom"), "larger than 16 MiB"),
}
"""What is made under the name `odd`, and the message of a command that reads it."""

READING: Final[tuple[Args, ...]] = (
    ("check", "odd"),
    ("plan", "odd"),
    ("due", "odd"),
    ("why", "chen", "-f", "odd"),
    ("season", "-f", "odd"),
    ("export", "ics", "odd"),
)


# --- what is not a file -------------------------------------------------------------------------------------


@pytest.mark.system
@pytest.mark.parametrize("kind", KINDS)
def test_special_file_is_refused_in_one_line_by_every_reading_command(lorplan: Lorplan, here: Path, kind: str) -> None:
    """Every command that reads reports it in one line; an endless device is read up to the limit only."""
    make, message = KINDS[kind]
    make(here / "odd")
    for args in READING[:: 5 if message.startswith("larger") else 1]:
        assert_one_line(lorplan(*args, status=1), message)


@pytest.mark.system
@pytest.mark.usefixtures("here")
def test_directory_named_by_the_variable_is_refused(lorplan: Lorplan) -> None:
    """The variable names a file like the command line does."""
    env = {"LORPLAN_FILE": "."}
    assert_one_line(lorplan("plan", env=env, status=1), ".: cannot be read: Is a directory")
    assert_one_line(lorplan(*MARK, env=env, status=1), ".: cannot be changed: not a regular file")
    assert_one_line(lorplan("init", env=env, status=1), ".: already exists")


@pytest.mark.system
@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.startswith("dev")])
def test_export_to_a_special_file_is_refused_and_leaves_it_as_it_is(lorplan: Lorplan, here: Path, kind: str) -> None:
    """One line reports it; nothing is left beside it, and what is there stays."""
    make, _ = KINDS[kind]
    make(here / "odd")
    before = (here / "odd").lstat()
    result = lorplan("export", "html", "-o", "odd", "--force", *DAY, status=1)
    assert_one_line(result, "odd: cannot be written: ")
    assert list_names(here) == {PLAN, "odd"}
    assert (here / "odd").lstat().st_ino == before.st_ino


@pytest.mark.system
@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero"])
@pytest.mark.usefixtures("here")
def test_export_to_a_device_writes_to_it_and_leaves_it_a_device(lorplan: Lorplan, device: str) -> None:
    """A device that accepts everything is written to, and stays a device."""
    lorplan("export", "csv", "-o", device, *DAY)
    assert stat.S_ISCHR(Path(device).stat().st_mode)


@pytest.mark.system
@pytest.mark.parametrize("target", [PLAN, "gone/folder/file"], ids=["itself", "nothing"])
def test_dangling_link_with_a_default_name_is_neither_a_plan_file_nor_overwritten(
    lorplan: Lorplan, here: Path, target: str
) -> None:
    """A link with the name of a plan file that leads to none is not a plan file, and is not replaced."""
    (here / PLAN).unlink()
    (here / PLAN).symlink_to(target)
    for args in (("plan",), ("check",), ("due",), MARK):
        assert_one_line(lorplan(*args, status=1), "")
    assert_one_line(lorplan("init", status=1), f"{PLAN}: already exists")
    lorplan("season")
    assert (here / PLAN).is_symlink()
    assert list_names(here) == {PLAN}


# --- FIFOs --------------------------------------------------------------------------------------------------


@pytest.mark.system
@pytest.mark.parametrize("args", READING[1:], ids=" ".join)
def test_fifo_is_read_like_a_file(lorplan: Lorplan, here: Path, args: Args) -> None:
    """`lorplan plan <(...)` names a pipe, whose content is the plan file."""
    os.mkfifo(here / "odd")
    writer = threading.Thread(target=(here / "odd").write_bytes, args=(NAMED.encode(),), daemon=True)
    writer.start()
    assert lorplan(*args).err == ""
    writer.join(TIMEOUT)


def open_when_read(path: Path) -> int:
    """Wait until somebody reads a FIFO, and open its other end."""
    for _ in range(3000):
        with suppress(OSError):  # nobody reads it yet
            return os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        time.sleep(0.02)
    pytest.fail("nobody reads the FIFO")


def wait_until_blocked(process: subprocess.Popen[bytes]) -> None:
    """Wait until a process waits in a system call: a signal that comes just before one is noticed after it."""
    asleep = 0
    for _ in range(3000):
        state = Path(f"/proc/{process.pid}/stat").read_text().rpartition(") ")[2][0]
        asleep = asleep + 1 if state == "S" else 0
        if asleep == 10:
            return
        time.sleep(0.02)
    pytest.fail("the process does not wait")


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system has no /proc")


@needs_proc
@pytest.mark.parametrize("args", sample([("plan", "odd"), ("due", "odd"), ("check", "odd")], 1))
def test_waiting_for_data_from_a_fifo_can_be_interrupted(lorplan: Lorplan, here: Path, args: Args) -> None:
    """A command waits for a FIFO to which nobody writes, until Ctrl-C."""
    os.mkfifo(here / "odd")
    with lorplan.start(*args) as waiting:
        end = open_when_read(here / "odd")
        wait_until_blocked(waiting)
        waiting.send_signal(signal.SIGINT)
        out, err = waiting.communicate(timeout=TIMEOUT)
        os.close(end)
    assert (waiting.returncode, out, err) == (130, b"", b"")


@needs_proc
@pytest.mark.parametrize("args", sample([("plan", "odd"), ("export", "csv", PLAN, "-o", "odd")], 1))
def test_waiting_for_the_other_end_of_a_fifo_can_be_interrupted(lorplan: Lorplan, here: Path, args: Args) -> None:
    """A command waits for a FIFO that nobody else has opened, until Ctrl-C, and leaves nothing beside it."""
    os.mkfifo(here / "odd")
    with lorplan.start(*args) as waiting:
        wait_until_blocked(waiting)
        waiting.send_signal(signal.SIGINT)
        out, err = waiting.communicate(timeout=TIMEOUT)
    assert (waiting.returncode, out, err) == (130, b"", b"")
    assert list_names(here) == {PLAN, "odd"}
