"""A change of a plan file's text that was read again: it says what it should, and nothing else has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lorplan.planfile.reader import parse
from lorplan.planfile.yaml_tree import read_tree, to_python

if TYPE_CHECKING:
    from lorplan.edit.yaml_edit import Splice
    from lorplan.planfile.reader import LocatedPlanFile
    from lorplan.planfile.yaml_tree import Tree


class Edit(NamedTuple):
    """A plan file's text before and after a change of one rotation or program, known by its place in the list.

    `replaced` is the value that the change replaced or removed.
    """

    place: int
    before: str
    after: LocatedPlanFile
    replaced: str | None = None

    @property
    def has_changes(self) -> bool:
        """Whether there is anything to write."""
        return self.before != self.after.text


def make_edit(located: LocatedPlanFile, splice: Splice, expected: Tree) -> LocatedPlanFile | None:
    """Make a change of the text; None if it would lose a comment, or say anything else than what is expected.

    Raises PlanFileError if the plan file would become invalid.
    """
    before = located.text
    text = splice.apply(before)
    root, errors = read_tree(text)
    loses_comment = "#" in before[splice.start : splice.end]
    if loses_comment or errors or root is None or _shorten(to_python(root)) != _shorten(expected):
        return None
    return parse(text, located.source.file)


def _shorten(data: Tree) -> Tree:
    """Drop empty values from a tree, and write a mapping with a name alone as the name, which means the same.

    A key that is empty itself is a mistake, and stays.
    """
    if isinstance(data, list):
        return [_shorten(item) for item in data]
    if not isinstance(data, dict):
        return data
    inner = {key: _shorten(item) for key, item in data.items()}
    filled = {key: item for key, item in inner.items() if not key or item not in (None, {}, [])}
    return filled["name"] if list(filled) == ["name"] else filled
