"""A change of a file's text, as a unified diff."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

from lorplan.plaintext import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lorplan.marking import Edit


def difference(edit: Edit, file: str) -> Iterator[str]:
    """The change in unified form, every line safe to show; nothing where there is none."""
    name = on_one_line(file)
    before, after = (text.splitlines(keepends=True) for text in (edit.before, edit.after.written))
    for line in unified_diff(before, after, name, name):
        yield on_one_line(line.rstrip("\r\n"))
        if not line.endswith(("\n", "\r")):
            yield "\\ No newline at end of file"
