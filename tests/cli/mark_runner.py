"""`lorplan mark` in a folder with one plan file, on the day of the samples."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import pytest

from samples import AMINA, AS_OF, HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runner import Lorplan, Result

ASKED: Final = AMINA.replace("end: 2027-02-26}", "end: 2027-02-26, letter: {asked: 2027-01-05}}")
"""Amina's file with Okafor asked on 5 January."""

BLOCK: Final = """\
# What I know so far

- attending: Dr. Wei Chen   # on call on Tuesdays
  specialty: "internal medicine"
  start: 2027-01-04
  end:   2027-01-29
  notes: |
    likes   short mails

- attending: Dr. Amaka Okafor
  specialty: cardiology
  start: 2027-02-01
  weeks: 4
"""
"""In block style, with comments, quotes and spaces that no program would write."""


DIFFS: Final = [
    pytest.param(AMINA, ("okafor", "asked"), id="flow_style"),
    pytest.param(BLOCK, ("chen", "asked"), id="block_style"),
    pytest.param(BLOCK, ("okafor", "asked"), id="at_the_end"),
    pytest.param(BLOCK.rstrip("\n"), ("okafor", "asked"), id="at_an_end_without_a_line_end"),
    pytest.param(BLOCK.rstrip("\n"), ("chen", "asked"), id="before_an_end_without_a_line_end"),
    pytest.param(ASKED, ("okafor", "asked", "--unset"), id="removed"),
    pytest.param(ASKED, ("okafor", "asked=2027-01-07", "--force"), id="replaced"),
    pytest.param(HOSTILE, ("陈伟", "performance=good"), id="unusual_names"),
    pytest.param(BLOCK.replace("# on", "#\ton\t"), ("chen", "asked"), id="tabs"),
    pytest.param("# -- a\n# ++ b\n" + BLOCK, ("chen", "performance=good"), id="lines_like_those_of_a_diff"),
    pytest.param(BLOCK + "\n".join(f"# {n}" for n in range(40)), ("okafor", "contact=daily"), id="long_end"),
]
"""A text and a change of it."""


class MarkRunner:
    """Runs `lorplan mark` with Amina's file in the working directory, unless another text is written there.

    A run that fails prints nothing on standard output, and one that succeeds nothing on standard error.
    """

    def __init__(self, lorplan: Lorplan) -> None:
        self.lorplan = lorplan
        self.path = lorplan.folder / "rotations.yaml"
        self.write(AMINA)

    def __call__(self, *args: str, status: int = 0, **run: Any) -> Result:  # noqa: ANN401 - what the runner takes
        """Mark something on the day of the samples."""
        result = self.lorplan("mark", "--as-of", AS_OF, *args, status=status, **run)
        assert "Traceback" not in result.err
        assert (result.out if status else result.err) == ""
        return result

    def write(self, text: str) -> None:
        """Write the plan file with exactly these line ends."""
        self.path.write_bytes(text.encode())

    @property
    def text(self) -> str:
        """The text of the plan file with its own line ends."""
        return self.path.read_bytes().decode()

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Check that the plan file is not even written again, and that nothing is added or removed beside it."""
        before = self._state()
        yield
        assert self._state() == before

    def _state(self) -> tuple[object, ...]:
        status = self.path.stat()
        beside = sorted(path.name for path in self.path.parent.iterdir())
        return self.path.read_bytes(), status.st_mtime_ns, status.st_ino, status.st_mode, beside
