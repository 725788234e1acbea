"""The README shows what the program does now; run as a script, this takes the present output over into it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"(?<=<!-- output -->\n```console\n)(.*?)(?=```)", re.DOTALL)
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)


def environment() -> dict[str, str]:
    """A terminal of 100 columns without colour, in which this Python's lorplan is the one that runs."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "HOME": str(ROOT), "COLUMNS": "100", "LC_ALL": "C.UTF-8"}


def replayed(block: str) -> str:
    """The commands of a block, each with what it prints now, in a copy of the examples: some change files."""
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    with TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "examples", Path(folder, "examples"))
        return "".join(f"{command}\n{printed(command[2:], folder)}" for command in commands)


def printed(command: str, folder: str) -> str:
    """What a shell command prints on standard output and standard error."""
    done = subprocess.run(
        ["bash", "-c", f"{command} 2>&1"],  # noqa: S607 - the shell of whoever tries the README
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stdout


@pytest.mark.parametrize(
    "block", BLOCK.findall(README.read_text("utf-8")), ids=lambda block: block.splitlines()[0]
)
def test_the_output_shown_is_the_output_printed(block: str) -> None:
    """Whoever types a command of the tour sees what the tour shows."""
    assert replayed(block) == block


def test_the_library_example_runs() -> None:
    """The lines of Python do what they seem to."""
    (code,) = PYTHON.findall(README.read_text("utf-8"))
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == "Dr. Wei Chen 2027-01-27\n"


def test_the_two_commands_are_there() -> None:
    """One command runs the main job, another passes the tests; both set up all they need."""
    commands = [line for line in README.read_text("utf-8").splitlines() if line.startswith("python3 -m venv")]
    assert len(commands) == 2
    assert commands[0].endswith("lorplan plan examples/rotations.yaml")
    assert ".[dev]" in commands[1]
    assert "pytest" in commands[1]


def test_every_file_named_exists() -> None:
    """No link of the README leads nowhere."""
    links = re.findall(r"\]\((?!https:)([^)#]+)\)", README.read_text("utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


if __name__ == "__main__":
    README.write_text(BLOCK.sub(lambda found: replayed(found[1]), README.read_text("utf-8")), "utf-8")
