"""`lorplan init` as a program: several at once, its command in real shells, and a folder that may not be written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from lorplan.planfile.reader import loads
from runner import TIMEOUT, clean_environment
from storage.plan_on_disk import names, texts

if TYPE_CHECKING:
    from pathlib import Path

    from runner import Lorplan

pytestmark = pytest.mark.system

SHELL_SYNTAX = (
    "it's.yaml",
    'the "plan".yaml',
    "$HOME.yaml",
    "`date`.yaml",
    "a&b;c|d.yaml",
    "*.yaml",
    "#1.yaml",
    "~mine.yaml",
    "back\\slash.yaml",
    "Zoë 陳 😀.yaml",
)


def next_command(out: str) -> str:
    """Take the command out of what `init` prints."""
    return out.splitlines()[1].removeprefix("Next: ")


@pytest.fixture
def path_with_lorplan(tmp_path: Path) -> str:
    """Give a PATH on which the program is found by its name."""
    script = tmp_path / "bin" / "lorplan"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m lorplan "$@"\n')
    script.chmod(0o755)
    return f"{script.parent}:{os.environ['PATH']}"


def words_in_shell(shell: str, command: str) -> list[str]:
    """Let a real shell split a command into words."""
    printing = f"lorplan() {{ printf '%s\\0' \"$@\"; }}; {command}"
    done = subprocess.run([shell, "-c", printing], capture_output=True, timeout=TIMEOUT, check=True)
    return [os.fsdecode(word) for word in done.stdout.split(b"\0")[:-1]]


def test_one_of_several_programs_started_together_writes_the_file(lorplan: Lorplan) -> None:
    """The others report that it exists, and leave it alone."""
    command = [sys.executable, "-m", "lorplan", "init"]
    racing = [
        subprocess.Popen(command, stderr=subprocess.PIPE, cwd=lorplan.folder, env=clean_environment(lorplan.folder))
        for _ in range(3)
    ]
    reports = [process.communicate(timeout=TIMEOUT)[1].decode() for process in racing]
    assert sorted(process.returncode for process in racing) == [0, 1, 1]
    assert sorted(reports) == [
        "",
        *["lorplan: rotations.yaml: already exists; not overwritten\nname another file\n"] * 2,
    ]
    [(name, text)] = texts(lorplan.folder).items()
    assert name == "rotations.yaml"
    assert len(loads(text).rotations) == 3


@pytest.mark.parametrize("name", SHELL_SYNTAX)
def test_next_command_is_read_by_a_shell_as_it_is_meant(lorplan: Lorplan, name: str) -> None:
    """Whatever a name contains, a POSIX shell passes it on."""
    assert words_in_shell("sh", next_command(lorplan("init", name).out)) == ["plan", name]


def test_next_command_run_by_a_shell_plans_the_file(lorplan: Lorplan, path_with_lorplan: str) -> None:
    """What the real program prints is run by a real shell."""
    command = next_command(lorplan.process("init", "my rotations.yaml").out)
    assert "letters wanted" in lorplan.shell(command, env={"PATH": path_with_lorplan}).out


@pytest.mark.skipif(not shutil.which("bash"), reason="no shell with escapes in quotes is installed")
@pytest.mark.parametrize(
    "name",
    [
        pytest.param("-mine.yaml", id="like_an_option"),
        pytest.param("--help", id="like_help"),
        pytest.param("my\trotations.yaml", id="tab"),
        pytest.param("my\nrotations.yaml", id="line_end"),
        pytest.param("\x1b[31mmine.yaml", id="escape"),
        pytest.param("mi\u202ene 0.yaml", id="text_direction"),
        pytest.param("mi\udcffne.yaml", id="not_utf_8"),
        pytest.param("it's\t0 $HOME`date`\\.yaml", id="tab_and_shell_syntax"),
    ],
)
def test_next_command_with_escapes_is_read_by_bash_as_it_is_meant(lorplan: Lorplan, name: str) -> None:
    """A name that cannot be shown, or begins like an option, is printed safely and found anyway."""
    out = lorplan("init", "--", name).out
    assert [line for line in out.splitlines() if not line.isprintable()] == []
    words = words_in_shell("bash", next_command(out))
    assert "letters wanted" in lorplan(*words, "--as-of", "2027-01-20").out


def test_folder_without_write_permission_is_reported_and_nothing_is_left(lorplan: Lorplan) -> None:
    """The exit status is 1, and one line says why."""
    folder = lorplan.folder / "closed"
    folder.mkdir()
    folder.chmod(0o555)
    is_root = os.geteuid() == 0 and shutil.which("setpriv")
    prefix = ("setpriv", "--bounding-set", "-dac_override", "--") if is_root else ()
    if subprocess.run([*prefix, "test", "-w", folder], check=False).returncode == 0:
        pytest.skip("the user of the tests may write everywhere, and that cannot be changed here")
    result = lorplan.process("init", "closed/mine.yaml", prefix=prefix, status=1)
    folder.chmod(0o755)
    assert (result.out, result.err) == ("", "lorplan: closed/mine.yaml: cannot be written: Permission denied\n")
    assert names(folder) == set()
