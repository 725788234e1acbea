"""Two commands at the same time, and signals at any moment."""

from __future__ import annotations

import random
import signal
import time
from typing import TYPE_CHECKING, Final

import pytest

from runner import TIMEOUT
from system.commands import DAY, EXPORT, MARK, MARKED, NAMED, PLAN, list_names, sample

if TYPE_CHECKING:
    from pathlib import Path

    from runner import Lorplan
    from system.commands import Args

SIGNALLED: Final[tuple[Args, ...]] = (("plan", *DAY), ("due", *DAY), MARK, EXPORT)


@pytest.mark.system
def test_export_during_a_mark_shows_the_file_before_or_after_it(lorplan: Lorplan, here: Path) -> None:
    """A command that reads while another writes sees the old file or the new one, and both succeed."""
    before = lorplan("export", "csv", *DAY).out_bytes
    with lorplan.start(*MARK) as marking, lorplan.start("export", "csv", *DAY, "-o", "out") as exporting:
        assert [running.wait(TIMEOUT) for running in (marking, exporting)] == [0, 0]
    assert (here / "out").read_bytes() in {before, lorplan("export", "csv", *DAY).out_bytes}
    assert (here / PLAN).read_text(encoding="utf-8") == MARKED
    assert list_names(here) == {PLAN, "out"}


# --- at any moment of the start -----------------------------------------------------------------------------

INTERRUPTED: Final = """\
import os, signal, sys
moment = int(sys.argv.pop(1))
calls = 0
def watch(frame, event, arg):
    global calls
    calls += event == "call" and frame.f_code.co_qualname.endswith(FUNCTION)
    if calls == moment:
        sys.setprofile(None)
        os.kill(os.getpid(), signal.SIGINT)
sys.argv[0] = "lorplan"
from lorplan.__main__ import main
sys.setprofile(watch)
try:
    main()
except SystemExit as leaving:
    print("exited with", leaving.code)
"""
"""Runs a command that is interrupted at its n-th call of a function."""

MOMENTS: Final = (*(10, 20, 50, 100, 200, 500, 1000, 2000, 5000), *range(10_000, 50_000, 500))
"""Calls of any function while the program starts; a plan has more than 100,000."""


@pytest.mark.parametrize("moment", sample(MOMENTS, 8))
@pytest.mark.usefixtures("here")
def test_interrupt_at_any_moment_of_the_start_exits_with_130_and_prints_nothing(lorplan: Lorplan, moment: int) -> None:
    """Ctrl-C ends the program quietly, also while it still loads its libraries.

    If it comes inside an `exec`, Python lets the process die of the signal at its end: for a shell that is 130, too.
    """
    result = lorplan.python(INTERRUPTED.replace("FUNCTION", '""'), str(moment), "plan", *DAY, status=None)
    assert (result.out, result.err) == ("exited with 130\n", "")
    assert result.status in {0, -signal.SIGINT}


@pytest.mark.system
@pytest.mark.usefixtures("here")
def test_interrupt_while_a_library_makes_a_class_exits_with_130_and_prints_nothing(lorplan: Lorplan) -> None:
    """Python 3.11 turns an interrupt inside `__set_name__` into an error of another kind, which is quiet, too."""
    program = INTERRUPTED.replace("FUNCTION", '"cached_property.__set_name__"')
    result = lorplan.python(program, "1", "plan", *DAY)
    assert (result.out, result.err) == ("exited with 130\n", "")


# --- at any moment of a run ---------------------------------------------------------------------------------


def find_our_traceback(err: bytes) -> str:
    """Return the text of standard error if it has a traceback of our code.

    An interrupt before `main` is called, or after it has returned, is Python's to report.
    """
    text = err.decode()
    frames = [line for line in text.splitlines() if "/lorplan/" in line and "lorplan/__main__.py" not in line]
    return text if frames and "Traceback" in text else ""


def assert_whole(folder: Path) -> None:
    """Check that the files in a folder are whole, and that nothing else is left than what the next run removes."""
    assert (folder / PLAN).read_text(encoding="utf-8") in {NAMED, MARKED}
    hidden = {f".{name}.{end}" for name in (PLAN, "out.html") for end in ("lock", "new")}
    assert list_names(folder) <= {PLAN, "out.html", *hidden}
    if (folder / "out.html").exists():
        assert (folder / "out.html").read_text(encoding="utf-8").rstrip().endswith("</html>")


@pytest.mark.parametrize("seed", sample(range(20), 1))
def test_signal_at_any_moment_leaves_whole_files_and_no_traceback_of_ours(
    lorplan: Lorplan, here: Path, seed: int
) -> None:
    """A program that is interrupted or terminated exits as usual, and leaves nothing that stops the next one."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    for number in range(8):
        args = SIGNALLED[(number + seed) % len(SIGNALLED)]
        (here / PLAN).write_text(NAMED, encoding="utf-8")
        sent = signal.SIGTERM if number % 4 == 3 else signal.SIGINT
        with lorplan.start(*args) as running:
            time.sleep(chance.uniform(0, 0.45))
            running.send_signal(sent)
            _, err = running.communicate(timeout=TIMEOUT)
        assert find_our_traceback(err) == "", args
        in_python_itself = b"Traceback" in err  # while the interpreter starts, it exits with 1
        expected = {0, -15} if sent == signal.SIGTERM else {0, 130, -2, *([1] if in_python_itself else [])}
        assert running.returncode in expected, err.decode()
        assert_whole(here)


@pytest.mark.system
@pytest.mark.parametrize("args", [MARK, EXPORT], ids=lambda args: args[0])
def test_terminated_command_does_not_stop_the_next_one(lorplan: Lorplan, here: Path, args: Args) -> None:
    """What a terminated command left behind is removed by the next one."""
    with lorplan.start(*args) as running:
        time.sleep(0.25)
        running.terminate()
        running.communicate(timeout=TIMEOUT)
    lorplan(*args)
    assert list_names(here) == {PLAN, *(["out.html"] if args == EXPORT else [])}
    assert (here / PLAN).read_text(encoding="utf-8") == (MARKED if args == MARK else NAMED)
