"""Shared by the tests of pages: what a terminal shows of them, without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType


def to_text(parts: Iterable[RenderableType], width: int = 100) -> str:
    """Render the parts of a page on so many columns."""
    console = Console(width=width, color_system=None, force_terminal=False, highlight=False, legacy_windows=False)
    with console.capture() as page:
        for part in parts:
            console.print(part)
    return "\n".join(line.rstrip() for line in page.get().splitlines())


def on_one_line(text: str) -> str:
    """Join the lines of a text and collapse its spaces."""
    return " ".join(text.split())
