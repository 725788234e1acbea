"""Words of any bytes and huge environments, given to the real program."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from runner import PROGRAM, TIMEOUT, clean_environment
from samples import AMINA
from system.commands import DAY, sample

if TYPE_CHECKING:
    from pathlib import Path

    from runner import Lorplan


@pytest.mark.parametrize("encoding", sample(["utf-8", "ascii"], 1))
def test_file_name_of_any_bytes_reaches_the_real_program(tmp_path: Path, encoding: str) -> None:
    """Bytes that are not UTF-8 can name a file."""
    name = b"a\xff\x1b[31m.yaml"
    command = [*map(os.fsencode, PROGRAM), b"check", name]
    env = clean_environment(tmp_path, {"PYTHONIOENCODING": encoding})
    missing = subprocess.run(command, capture_output=True, cwd=tmp_path, env=env, timeout=TIMEOUT, check=False)
    assert (missing.returncode, missing.stdout.count(b"\n"), b"\x1b" in missing.stdout) == (1, 1, False)
    (tmp_path / os.fsdecode(name)).write_text(AMINA)
    found = subprocess.run(command, capture_output=True, cwd=tmp_path, env=env, timeout=TIMEOUT, check=False)
    assert (found.returncode, found.stdout, found.stderr) == (0, b"", b"")


@pytest.mark.system
@pytest.mark.usefixtures("here")
def test_huge_environment_changes_nothing(lorplan: Lorplan) -> None:
    """A thousand variables of a kilobyte do not matter."""
    filler: dict[str, str | None] = {f"LORPLAN_{number}": "x\x1b" * 500 for number in range(1000)}
    args = ("plan", "--json", *DAY)
    assert lorplan.process(*args, env=filler) == lorplan.process(*args)
