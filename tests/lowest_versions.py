"""Prints the lowest version of every library that pyproject.toml allows, as constraints for pip.

With them, pip makes an environment in which the tests show that the bounds are true.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BOUND = re.compile(r"([\w.-]+)(?:\[[\w,-]+\])?>=([\w.]+)")


def constraints(text: str) -> Iterator[str]:
    """Pin each dependency of a pyproject.toml that has a lowest version to it."""
    project = tomllib.loads(text)["project"]
    for wanted in (*project["dependencies"], *project["optional-dependencies"]["dev"]):
        if bound := BOUND.fullmatch(wanted):
            yield f"{bound[1]}=={bound[2]}"


if __name__ == "__main__":
    text = (Path(__file__).resolve().parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    print(*constraints(text), sep="\n")  # noqa: T201 - that is what it is for
