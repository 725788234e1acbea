"""How the tests run the command line, and how hypothesis searches.

`run` starts the real program; `invoke` calls it in this process, which is fast and enough for most promises.
Both work in a directory of their own, in an environment that holds nothing of the developer's.
"""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    Environment = Mapping[str, str | None]

for number in (signal.SIGINT, signal.SIGHUP):
    if signal.getsignal(number) is signal.SIG_IGN:  # as in the background of a shell
        signal.signal(number, lambda *_: None)  # ignored here as before, but heard by what the tests start

settings.register_profile("everyday", deadline=None)
settings.register_profile("continuous-integration", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("continuous-integration" if os.environ.get("CI") else "everyday")

COLUMNS = "100"
"""How wide the output is, unless a test says otherwise."""

AMBIENT = ("NO_COLOR", "FORCE_COLOR", "TERM", "LORPLAN_FILE", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "LINES")
"""What a developer may have set and a test must not see."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden texts be written anew."""
    parser.addoption("--update-golden", action="store_true", help="write the golden texts anew")


@dataclass(frozen=True)
class Result:
    """What a command left behind: its exit status, standard output and standard error."""

    status: int
    out: str
    err: str


class Runner(Protocol):
    """Run lorplan with arguments; `check` is the exit status that it must have."""

    def __call__(
        self,
        *args: str,
        stdin: str | bytes = "",
        env: Environment | None = None,
        cwd: Path | None = None,
        check: int = 0,
    ) -> Result:
        """Run it; a variable set to None in `env` is taken out of the environment."""


def environment(home: Path, changes: Environment | None = None) -> dict[str, str]:
    """Give a clean environment with some changes; None takes a variable out."""
    clean = {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8", "COLUMNS": COLUMNS}
    return {name: value for name, value in {**clean, **(changes or {})}.items() if value is not None}


def process(
    folder: Path,
    *args: str,
    stdin: bytes = b"",
    env: Environment | None = None,
    flags: tuple[str, ...] = (),
    prefix: tuple[str, ...] = (),
    **others: Any,  # noqa: ANN401 - whatever a process takes
) -> subprocess.CompletedProcess[bytes]:
    """Run the real program to its end and keep its bytes; `prefix` is a program that takes it as its arguments."""
    return subprocess.run(
        [*prefix, sys.executable, *flags, "-m", "lorplan", *args],
        input=stdin,
        capture_output=True,
        cwd=folder,
        env=environment(folder, env),
        timeout=60,
        check=False,
        **others,
    )


def raw(directory: Path, env: Environment, *args: str) -> tuple[bytes, bytes]:
    """Run the real program and give its output and its errors as bytes; it must end well."""
    done = process(directory, *args, env=env)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout, done.stderr


def _as_bytes(stdin: str | bytes) -> bytes:
    return stdin.encode() if isinstance(stdin, str) else stdin


def _checked(result: Result, args: tuple[str, ...], check: int) -> Result:
    told = f"lorplan {' '.join(args)} ended with {result.status}\n{result.out}\n{result.err}"
    assert result.status == check, told
    return result


@pytest.fixture
def run(tmp_path: Path) -> Runner:
    """Run the real command in a process of its own and check its exit status."""

    def runner(
        *args: str,
        stdin: str | bytes = "",
        env: Environment | None = None,
        cwd: Path | None = None,
        check: int = 0,
    ) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "lorplan", *args],
            input=_as_bytes(stdin),
            capture_output=True,
            cwd=cwd or tmp_path,
            env=environment(tmp_path, env),
            timeout=60,
            check=False,
        )
        result = Result(done.returncode, done.stdout.decode(), done.stderr.decode())
        return _checked(result, args, check)

    return runner


@pytest.fixture
def invoke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """Run the command in this process and check its exit status."""

    def runner(
        *args: str,
        stdin: str | bytes = "",
        env: Environment | None = None,
        cwd: Path | None = None,
        check: int = 0,
    ) -> Result:
        from lorplan.cli import main  # noqa: PLC0415 - most tests never need the command line

        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
        with monkeypatch.context() as patch:
            for name in AMBIENT:
                patch.delenv(name, raising=False)
            for name, value in {"COLUMNS": COLUMNS, **(env or {})}.items():
                patch.setenv(name, value) if value is not None else patch.delenv(name, raising=False)
            patch.chdir(cwd or tmp_path)
            patch.setattr(sys, "argv", ["lorplan", *args])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(_as_bytes(stdin)), encoding="utf-8"))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            status = _status_of(main)
        return _checked(Result(status, _text(out), _text(err)), args, check)

    return runner


def _status_of(main: object) -> int:
    assert callable(main)
    try:
        main()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    return 0


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()
