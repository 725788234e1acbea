"""What other processes do to a plan file while a test looks on, and how they are started."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from itertools import count, cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

from lorplan.errors import PlanFileError
from lorplan.storage.atomic_write import locked
from lorplan.storage.files import write_new
from runner import TIMEOUT
from samples import AMINA
from storage.plan_on_disk import asked_on, mode_of, names, record, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from runner import Lorplan

ONE: Final = "2027-01-12"
TWO: Final = "2027-01-13"
TEXTS: Final = {day: asked_on(day) for day in (ONE, TWO)}
"""Amina's file with Chen asked on the one day or on the other."""

_TESTS: Final = Path(__file__).parents[1]
_LONG: Final = 600
"""Seconds that a child with many tasks may take."""


# --- starting -----------------------------------------------------------------------------------------------


def child_command(function: Callable[..., object], *args: object) -> list[str]:
    """Give the command that runs a function of this module in a process of its own."""
    here = f"import sys; sys.path.insert(0, {str(_TESTS)!r}); from system.storage_children import"
    code = f"{here} {function.__name__} as run; run(*sys.argv[1:])"
    return [sys.executable, "-c", code, *map(str, args)]


def run_child(function: Callable[..., None], *args: object) -> Any:  # noqa: ANN401 - what JSON holds
    """Run a function of this module in a process of its own, and read the JSON that it prints."""
    done = subprocess.run(child_command(function, *args), capture_output=True, timeout=_LONG, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


@contextmanager
def start_child(function: Callable[..., object], *args: object) -> Iterator[subprocess.Popen[str]]:
    """Start a function of this module, which prints a line when it is ready; it does not outlive the block."""
    with subprocess.Popen(
        child_command(function, *args), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        try:
            assert child.stdout
            assert child.stdout.readline() == "ready\n"
            yield child
        finally:
            child.kill()


@contextmanager
def start_together(lorplan: Lorplan, *commands: tuple[str, ...]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Start several programs at once; none outlives the block."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        yield [stack.enter_context(lorplan.start(*command)) for command in commands]


def finish(program: subprocess.Popen[bytes]) -> tuple[int, str]:
    """Wait for a program: its exit status, and what it printed on standard error."""
    _, err = program.communicate(timeout=2 * TIMEOUT)
    return program.returncode, err.decode()


def _say_ready() -> None:
    print("ready", flush=True)  # noqa: T201 - the sign to the test


# --- children that hold, write or change --------------------------------------------------------------------


def hold_lock(path: str) -> None:
    """Hold the lock of a file until standard input ends."""
    with locked(Path(path)):
        _say_ready()
        sys.stdin.read()


def write_new_file(path: str, text: str) -> None:
    """Write a new file when standard input ends, and print whether it was written."""
    _say_ready()
    sys.stdin.read()
    try:
        write_new(path, text)
    except PlanFileError as error:
        print(error)  # noqa: T201 - read by the test
    else:
        print("written")  # noqa: T201 - read by the test


def mark_when_loaded(*words: str) -> None:
    """Run `lorplan mark` after a dry run of it: when it is ready, everything is loaded."""
    from lorplan.cli import main

    sys.argv = ["lorplan", *words, "--dry-run"]
    with suppress(SystemExit), Path(os.devnull).open("w") as nowhere:
        out, sys.stdout = sys.stdout, nowhere
        try:
            main()
        finally:
            sys.stdout = out
    _say_ready()
    sys.argv = ["lorplan", *words]
    main()


def change_forever(path: str) -> NoReturn:
    """Record one day and the other in turn, until killed."""
    _say_ready()
    for day in cycle((TWO, ONE)):
        record(Path(path), day)
    raise AssertionError


# --- children that kill their own children ------------------------------------------------------------------


class Found(NamedTuple):
    """What was there after a kill: the file's text, the names beside it, and the mode of a file being written.

    `afterwards` is everything in the folder once another process had done the same.
    """

    text: str | None
    beside: list[str]
    mode: int | None
    afterwards: dict[str, str]


def make_fresh(path: Path, text: str | None) -> Path:
    """Empty the folder of a plan file, and write the file unless it is to be new."""
    for old in path.parent.iterdir():
        old.unlink()
    if text is not None:
        path.write_text(text)
        path.chmod(0o600)
    return path


def kill_before_each_line(folder: str, what: str, *traced: str) -> None:
    """Change a file, or write a new one, killed before each line of some modules in turn; print what is found."""
    os.umask(0o022)
    path = Path(folder, "plan.yaml")
    record(make_fresh(path, AMINA), ONE)  # so that no child has to load what is loaded late
    found = []
    for number in count(1):
        make_fresh(path, TEXTS[ONE] if what == "change" else None)
        if not _is_killed_before(number, traced, lambda: _act(path, what)):
            break
        found.append(_look_after_kill(path, lambda: _act(path, what)))
    print(json.dumps(found))  # noqa: T201 - read by the test


def kill_at_moments(folder: str, times: str, longest: str) -> None:
    """Kill a process that changes a file forever, many times; print how often what was found."""
    path = Path(folder, "plan.yaml")
    record(make_fresh(path, AMINA), ONE)
    found: list[Found] = []
    for number in range(int(times)):
        child = _fork(lambda: change_forever(str(path)))
        time.sleep(float(longest) * fraction(number))
        os.kill(child, signal.SIGKILL)
        assert os.waitpid(child, 0)[1] == signal.SIGKILL
        day = TWO if path.read_text() == TEXTS[ONE] else ONE
        found.append(_look_after_kill(path, lambda: record(path, day)))  # noqa: B023 - called at once
        assert found[-1].text in TEXTS.values(), found[-1].text
        assert found[-1].afterwards == {path.name: TEXTS[day]}
    beside = [name for one in found for name in one.beside]
    counts = [sum(one.text == text for one in found) for text in TEXTS.values()]
    print(json.dumps([*counts, beside.count(".plan.yaml.lock"), beside.count(".plan.yaml.new")]))  # noqa: T201 - read


def fraction(number: int) -> float:
    """Give numbers between 0 and 1 that are evenly distributed, however many there are."""
    return number * 0.618034 % 1


def _act(path: Path, what: str) -> None:
    if what == "change":
        record(path, TWO)
    else:
        with suppress(PlanFileError):  # it was written before the kill
            write_new(os.fspath(path), TEXTS[TWO])


def _look_after_kill(path: Path, again: Callable[[], object]) -> Found:
    text = path.read_text() if path.exists() else None
    beside = sorted(names(path.parent) - {path.name})
    new = path.with_name(f".{path.name}.new")
    mode = mode_of(new) if new.exists() else None
    again()
    return Found(text, beside, mode, texts(path.parent))


def _fork(act: Callable[[], object]) -> int:
    """Do something in a child, which ends with 0 only if it succeeds; give the child's number."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        sys.stdout = None  # the parent's output is JSON
        act()
        status = 0
    finally:
        os._exit(status)


def _is_killed_before(number: int, traced: tuple[str, ...], act: Callable[[], object]) -> bool:
    """Do something in a child that is killed before its n-th line of some modules; whether it was."""
    left = number

    def trace(frame: Any, event: str, _: object) -> Any:  # noqa: ANN401 - as the interpreter calls it
        nonlocal left
        if not frame.f_code.co_filename.startswith(traced):
            return None
        left -= event == "line"
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    def act_traced() -> None:
        sys.settrace(trace)
        act()

    status = os.waitpid(_fork(act_traced), 0)[1]
    assert status in {0, signal.SIGKILL}, f"the child failed: {status}"
    return os.WIFSIGNALED(status)
