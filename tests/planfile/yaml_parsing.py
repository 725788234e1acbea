"""Help for tests of YAML trees: marks in a text, and all scalars of a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lorplan.planfile.yaml_tree import Mapping, Scalar, Sequence, read_tree, to_python

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lorplan.planfile.yaml_tree import Node, Tree

HERE: Final = "«"
"""Marks a place at which something is expected; it is removed before the text is read."""

LOADER: Final = "lorplan.planfile.yaml_tree._LOADER"
"""PyYAML's class that parses a text: libyaml, or its own parser where libyaml is missing."""


def remove_marks(text: str) -> tuple[str, list[int]]:
    """Remove the marks from a text, and give their offsets in it."""
    pieces = text.split(HERE)
    return "".join(pieces), [sum(map(len, pieces[: number + 1])) for number in range(len(pieces) - 1)]


def errors_in(text: str) -> list[tuple[int, str]]:
    """Find the errors of a text as offsets and sentences."""
    return [(error.offset, error.message) for error in read_tree(text).errors]


def scalars(node: Node | None) -> Iterator[Scalar]:
    """Give all scalars of a tree, keys and values, in order."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item)
    elif isinstance(node, Mapping):
        for entry in node.entries.values():
            yield entry.key
            yield from scalars(entry.value)


def read_data(text: str) -> Tree:
    """Read a text that is not empty as dicts, lists and strings."""
    root = read_tree(text).root
    assert root is not None
    return to_python(root)
