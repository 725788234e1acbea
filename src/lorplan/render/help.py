"""The help of the program or of a command: how it is called, what it does, its options in groups, and examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.padding import Padding
from rich.text import Text

from lorplan.render.layout import Command, columns, section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

NARROW: Final = 60
"""Columns below which a text stands below its term."""

_TERM: Final = "bold"


Group = tuple[str, tuple[tuple[str, str], ...]]
"""A title with rows of a term, such as `--on DATE`, and its text."""


class HelpPage(NamedTuple):
    """What a help says: the commands, if it is that of the program, and the arguments and options."""

    usage: str
    about: tuple[str, ...]
    commands: tuple[Group, ...]
    parameters: tuple[Group, ...]
    examples: tuple[str, ...]


def render_help(page: HelpPage, *, width: int) -> Iterator[RenderableType]:
    """Render a help in so many columns."""
    yield Text.assemble("Usage: ", (page.usage, "bold"))
    for paragraph in page.about:
        yield Text()
        yield Text(paragraph)
    yield from _render_groups(page.commands, width)
    yield from _render_groups(page.parameters, width)
    if page.examples:
        title = "Example" if len(page.examples) == 1 else "Examples"
        yield from section(title, *(Command(f"  {example}") for example in page.examples))


def _render_groups(groups: Sequence[Group], width: int) -> Iterator[RenderableType]:
    """Render groups whose texts begin in one column; below their terms if there is no space beside them."""
    widest = max((len(term) for _, rows in groups for term, _ in rows), default=0)
    for title, rows in groups:
        if width < NARROW:
            yield from section(title, *(part for row in rows for part in _render_below(*row)))
        else:
            yield from section(title, columns((Text(term.ljust(widest), style=_TERM), text) for term, text in rows))


def _render_below(term: str, text: str) -> Iterator[RenderableType]:
    yield Text(f"  {term}", style=_TERM)
    yield Padding(Text(text), (0, 0, 0, 6))
