"""A change of a file's text, as a unified diff."""

from __future__ import annotations

import re
from difflib import unified_diff
from typing import TYPE_CHECKING, Final

from lorplan.text.safe import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lorplan.edit.verified_edit import Edit

_LINE: Final = re.compile("[^\n]*\n|[^\n]+")
_HEADER_LINES: Final = 2
"""Lines before the first hunk."""


def diff_lines(edit: Edit, file: str) -> Iterator[str]:
    """Write the change in unified form, every line safe to show; nothing if there is none."""
    name = on_one_line(file)
    before, after = (_LINE.findall(text) for text in (edit.before, edit.after.text))
    for number, line in enumerate(unified_diff(before, after, name, name, n=3)):
        # After a name with a space comes a tab, or `patch` would end the name at the space.
        yield _make_safe(line.rstrip("\r\n")) + ("\t" if number < _HEADER_LINES and " " in name else "")
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"


def _make_safe(line: str) -> str:
    """Make a line safe to show but keep its tabs, without which the diff would not fit the file."""
    return "\t".join(on_one_line(part) for part in line.split("\t"))
