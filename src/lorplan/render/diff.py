"""A change of a file's text, as a unified diff."""

from __future__ import annotations

import re
from difflib import unified_diff
from typing import TYPE_CHECKING, Final

from lorplan.text.safe import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lorplan.edit.record_event import Edit


_LINE: Final = re.compile("[^\n]*\n|[^\n]+")
_HEADER: Final = 2
"""Lines before the first hunk."""


def difference(edit: Edit, file: str) -> Iterator[str]:
    """The change in unified form, every line safe to show; nothing where there is none."""
    name = on_one_line(file)
    before, after = (_LINE.findall(text) for text in (edit.before, edit.after.written))
    lines = unified_diff(before, after, name, name, n=3)
    for number, line in enumerate(lines):
        # A name with a space ends at a tab, or `patch` would end it at the space.
        yield _shown(line.rstrip("\r\n")) + ("\t" if number < _HEADER and " " in name else "")
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"


def _shown(line: str) -> str:
    """A line safe to show, its tabs kept: a diff without them would not fit the file."""
    return "\t".join(on_one_line(part) for part in line.split("\t"))
