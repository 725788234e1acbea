"""Edits of small YAML texts, made with each of PyYAML's parsers, which must agree.

Keys are single letters, which belong in alphabetical order. Where a text is a list, its first item is changed.
"""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from lorplan.edit.yaml_edit import append_item, remove_value, set_value
from lorplan.planfile import yaml_tree
from lorplan.planfile.yaml_tree import Mapping, Sequence, read_tree, to_python

if TYPE_CHECKING:
    from collections.abc import Callable

    from lorplan.edit.yaml_edit import Splice, Value
    from lorplan.planfile.yaml_tree import Node, Path

ORDER: Final = tuple(ascii_lowercase)
PYTHON_PARSER: Final[Any] = yaml.Loader
C_PARSER: Final[Any] = getattr(yaml, "CLoader", PYTHON_PARSER)
EACH_PARSER: Final = (C_PARSER, PYTHON_PARSER)

needs_libyaml = pytest.mark.skipif(not yaml.__with_libyaml__, reason="only libyaml reads such a text")


def parse_yaml(text: str, parser: Any = C_PARSER) -> Node:  # noqa: ANN401 - PyYAML has no types
    """Read a text that must be YAML to its end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_tree, "_LOADER", parser)
        root, errors = read_tree(text)
    assert root is not None
    assert errors == ()
    return root


def load_yaml(text: str, parser: Any = C_PARSER) -> Any:  # noqa: ANN401 - PyYAML has no types; plain data
    """Read a text as plain data."""
    return to_python(parse_yaml(text, parser))


def first_mapping(text: str, parser: Any = C_PARSER) -> Mapping:  # noqa: ANN401 - PyYAML has no types
    """Find the mapping that a text is, or the first one of its list."""
    root = parse_yaml(text, parser)
    owner = root.items[0] if isinstance(root, Sequence) else root
    assert isinstance(owner, Mapping)
    return owner


def edits(text: str, edit: Callable[[Mapping], Splice], parsers: tuple[Any, ...] = EACH_PARSER) -> list[str]:
    """Edit a text once with each parser."""
    return [edit(first_mapping(text, parser)).apply(text) for parser in parsers]


def edit_with_each_parser(text: str, edit: Callable[[Mapping], Splice]) -> str:
    """Edit a text with each parser; the results must be the same."""
    first, *others = edits(text, edit)
    assert others == [first]
    return first


def insert(text: str, path: str, value: Value) -> str:
    """Set a value at a path, whose keys are the letters of `path`."""
    return edit_with_each_parser(text, lambda owner: set_value(text, owner, tuple(path), value, ORDER))


def append(text: str, item: str) -> str:
    """Add an item to the list under the first key."""

    def edit(owner: Mapping) -> Splice:
        items = next(iter(owner.entries.values())).value
        assert isinstance(items, Sequence)
        return append_item(text, items, item)

    return edit_with_each_parser(text, edit)


def remove(text: str, *path: str | int) -> str:
    """Remove the value at a path."""
    full: Path = path
    return edit_with_each_parser(text, lambda owner: remove_value(text, owner, full))
