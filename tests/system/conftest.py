"""The plan file that most tests of this folder work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from system.commands import NAMED, PLAN

if TYPE_CHECKING:
    from pathlib import Path

    from runner import Lorplan


@pytest.fixture
def here(lorplan: Lorplan) -> Path:
    """Write the plan file where the commands look for it, and return its folder, in which there is nothing else."""
    (lorplan.folder / PLAN).write_text(NAMED, encoding="utf-8")
    return lorplan.folder
