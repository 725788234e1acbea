"""The one way in which tests run lorplan: in this process, as a program, in a shell, or in a terminal.

Every run has a directory of its own and an environment with nothing of the developer's in it.
"""

from __future__ import annotations

import fcntl
import io
import os
import pty
import struct
import subprocess
import sys
import termios
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    import pytest

    Environment = Mapping[str, str | None]

Json = dict[str, Any]
"""A JSON document, or any other mapping of plain data."""

COLUMNS = "100"
"""The width of the output unless a test sets another."""

AMBIENT = (
    *("NO_COLOR", "FORCE_COLOR", "TERM", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "LINES", "COLUMNS"),
    *("LORPLAN_FILE", "XDG_CONFIG_HOME"),
)
"""Variables that a developer may have set and a test must not see."""

PROGRAM = (sys.executable, "-m", "lorplan")
TIMEOUT = 60
"""Seconds after which a run counts as hanging."""


class Result(NamedTuple):
    """What a run left behind: its exit status, and what it printed as bytes."""

    status: int
    out_bytes: bytes
    err_bytes: bytes

    @property
    def out(self) -> str:
        """Standard output as text."""
        return self.out_bytes.decode()

    @property
    def err(self) -> str:
        """Standard error as text."""
        return self.err_bytes.decode()

    def checked(self, args: tuple[str, ...], status: int | None) -> Result:
        """Fail, with everything that was printed, unless the exit status is the expected one."""
        printed = b"\n".join((self.out_bytes, self.err_bytes)).decode(errors="backslashreplace")
        assert status is None or self.status == status, f"lorplan {' '.join(args)} exited with {self.status}\n{printed}"
        return self


FAKED_CLOCK = {name: value for name, value in os.environ.items() if name.startswith(("FAKETIME", "LD_PRELOAD"))}
"""The variables of `faketime`, so that a program has the same day as the test that starts it."""


def clean_environment(home: Path, changes: Environment | None = None) -> dict[str, str]:
    """Make an environment with nothing of the developer's but the day, and some changes; None removes a variable."""
    clean = {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8", "COLUMNS": COLUMNS, **FAKED_CLOCK}
    return {name: value for name, value in {**clean, **(changes or {})}.items() if value is not None}


@dataclass(frozen=True)
class Lorplan:
    """Runs lorplan in a directory. Each way takes the exit status to expect; None accepts any."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch

    def __call__(
        self,
        *args: str,
        stdin: str | bytes = "",
        env: Environment | None = None,
        encoding: str = "utf-8",
        status: int | None = 0,
    ) -> Result:
        """Run the command line in this process: fast, and enough for most promises."""
        from lorplan.cli import main

        out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True) for _ in range(2))
        with self.monkeypatch.context() as patch:
            for name in AMBIENT:
                patch.delenv(name, raising=False)
            for name, value in {"COLUMNS": COLUMNS, "HOME": str(self.folder), **(env or {})}.items():
                patch.setenv(name, value) if value is not None else patch.delenv(name, raising=False)
            patch.chdir(self.folder)
            patch.setattr(sys, "argv", ["lorplan", *args])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(_to_bytes(stdin)), encoding="utf-8"))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            exit_status = _run(main)
        return Result(exit_status, _content(out), _content(err)).checked(args, status)

    def process(
        self,
        *args: str,
        stdin: str | bytes = "",
        env: Environment | None = None,
        status: int | None = 0,
        prefix: tuple[str, ...] = (),
        flags: tuple[str, ...] = (),
        **popen: Any,  # noqa: ANN401 - whatever a process takes
    ) -> Result:
        """Run the real program to its end; `prefix` is a program that runs it, `flags` are the interpreter's."""
        python, *module = PROGRAM
        done = subprocess.run(
            [*prefix, python, *flags, *module, *args],
            input=_to_bytes(stdin),
            capture_output=True,
            cwd=self.folder,
            env=clean_environment(self.folder, env),
            timeout=TIMEOUT,
            check=False,
            **popen,
        )
        return Result(done.returncode, done.stdout, done.stderr).checked(args, status)

    def python(self, code: str, *args: str, status: int | None = 0, env: Environment | None = None) -> Result:
        """Run a piece of Python in a process of its own, which exits with a status; None for any."""
        done = subprocess.run(
            [sys.executable, "-c", code, *args],
            capture_output=True,
            cwd=self.folder,
            env=clean_environment(self.folder, env),
            timeout=TIMEOUT,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr).checked(("(python)", *args), status)

    def shell(self, line: str, *args: str, status: int | None = 0, env: Environment | None = None) -> Result:
        """Run a line of a shell in which `"$@"` is the real program with its arguments."""
        done = subprocess.run(
            ["/bin/sh", "-c", line, "sh", *PROGRAM, *args],
            capture_output=True,
            cwd=self.folder,
            env=clean_environment(self.folder, env),
            timeout=TIMEOUT,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr).checked(args, status)

    @contextmanager
    def start(self, *args: str, env: Environment | None = None, **popen: Any) -> Iterator[subprocess.Popen[bytes]]:  # noqa: ANN401 - as above
        """Start the real program; it does not outlive the block."""
        streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **popen}
        with subprocess.Popen(
            [*PROGRAM, *args], cwd=self.folder, env=clean_environment(self.folder, env), **streams
        ) as running:
            try:
                yield running
            finally:
                running.kill()

    def in_terminal(
        self, *args: str, env: Environment | None = None, size: tuple[int, int] = (24, 90), status: int | None = 0
    ) -> str:
        """Run the real program in a terminal of so many rows and columns, and return what it shows."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        changes = {"TERM": "xterm-256color", "COLUMNS": None, **(env or {})}
        with subprocess.Popen(
            [*PROGRAM, *args],
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=theirs,
            cwd=self.folder,
            env=clean_environment(self.folder, changes),
        ) as running:
            os.close(theirs)
            shown = b"".join(iter(lambda: _read_terminal(ours), b""))
        os.close(ours)
        Result(running.returncode, shown, b"").checked(args, status)
        return shown.decode().replace("\r\n", "\n")


def _run(main: Callable[[], None]) -> int:
    try:
        main()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    return 0


def _to_bytes(stdin: str | bytes) -> bytes:
    return stdin.encode() if isinstance(stdin, str) else stdin


def _content(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue()


def _read_terminal(terminal: int) -> bytes:
    """Read what is there; Linux reports the end of a terminal as an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""
