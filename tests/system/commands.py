"""The plan file of these tests, the commands that they run on it, and what they often look at."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, Final

import pytest

from lorplan.export.formats import MODULES
from samples import AMINA, AS_OF

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from runner import Result

Args = tuple[str, ...]
"""The arguments of a command."""

PLAN: Final = "rotations.yaml"
NAMED: Final = (
    AMINA.replace("Dr. Wei Chen,", "Dr. 陈伟 Ångström, id: chen,")
    .replace("Dr. Luis Rossi", "Dr. 😀 Émilie Rossi")
    .replace("Amina Rahman", "Amina Ṛaḥmān")
)
"""Amina's file with names that no narrow encoding has."""

NAMES: Final = ("Dr. 陈伟 Ångström", "Dr. Amaka Okafor", "Dr. 😀 Émilie Rossi", "Dr. Maria Silva", "Dr. Hana Sato")

DAY: Final = ("--as-of", AS_OF)
MARK: Final = ("mark", "chen", "asked", *DAY)
MARKED: Final = NAMED.replace("end: 2027-01-29}", f"end: 2027-01-29, letter: {{asked: {AS_OF}}}}}")
"""What MARK makes of the file."""

EXPORT: Final = ("export", "html", PLAN, "-o", "out.html", *DAY)

TEXTS: Final[tuple[Args, ...]] = (
    ("plan", *DAY),
    ("plan", "--plain", *DAY),
    ("due", *DAY, "--within", "300d"),
    ("due", "--plain", *DAY, "--within", "300d"),
    ("why", "chen", *DAY),
    ("why", "--plain", "chen", *DAY),
    ("check",),
    ("draft", "chen", *DAY),
    ("draft", "chen", "ask-email", "--mailto", *DAY),
    (*MARK, "--dry-run"),
    ("rules",),
    ("rules", "--plain", "WHO"),
    ("rules", "--markdown"),
    ("season", "2028"),
    ("--help",),
    ("mark", "--help"),
)
"""Commands that print text for people or for scripts."""

DOCUMENTS: Final[tuple[Args, ...]] = (
    ("plan", "--json", *DAY),
    ("due", "--json", *DAY),
    ("why", "chen", "--json", *DAY),
    ("check", "--json"),
    ("rules", "--json"),
    ("season", "2028", "--json"),
    ("schema",),
)
"""Commands that print one JSON document."""

BYTES: Final[tuple[Args, ...]] = (
    *(("export", name, *DAY) for name in MODULES),
    ("export", "ics", "--todo", *DAY),
    ("draft", "chen", "ask-email", "--eml", *DAY),
)
"""Commands whose answer is bytes in an encoding of its own."""

PAGES: Final[tuple[Args, ...]] = (
    ("plan", *DAY),
    ("due", *DAY, "--within", "300d"),
    ("due", PLAN, "other.yaml", *DAY),
    ("why", "chen", *DAY),
    ("why", "sato", *DAY),
    ("mark", "chen", "performance=good", "--force", *DAY),
    ("draft", "chen", *DAY),
    ("season", "2028"),
    ("rules",),
    ("rules", "WHO-1"),
)
"""Commands that print a page for a person; `other.yaml` is a plan file, too."""


def sample(cases: Sequence[Any], number: int) -> list[Any]:
    """Mark some evenly spaced cases as system tests, and the others as thorough ones."""
    chosen = {place * len(cases) // number for place in range(number)}
    return [
        pytest.param(case, id=_name(case), marks=pytest.mark.system if place in chosen else pytest.mark.thorough)
        for place, case in enumerate(cases)
    ]


def _name(case: object) -> str:
    if isinstance(case, tuple):
        return " ".join(map(_name, case)) or "nothing"
    return ascii(case).strip("'") or "nothing"


def list_names(folder: Path) -> set[str]:
    """List everything in a folder, hidden or not."""
    return set(os.listdir(folder))  # noqa: PTH208 - names are enough


def assert_one_line(result: Result, message: str, status: int = 1) -> None:
    """Check that a command failed with one line of an error, which is the answer of `check`, and perhaps a way out."""
    line, end, way_out = (result.out_bytes + result.err_bytes).decode().partition("\n")
    assert result.status == status, line
    assert message in line
    assert end
    assert re.fullmatch("|((did you mean|begin one:|name another|use --force|write) .*\n)", way_out)
