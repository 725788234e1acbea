"""One more rotation at the end of the list, in the text of a plan file; every other character stays as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from lorplan.edit.verified_edit import Edit
from lorplan.edit.yaml_edit import append_item
from lorplan.errors import PlanFileError, UsageError
from lorplan.planfile.reader import parse
from lorplan.planfile.yaml_tree import Sequence, child, read_tree, to_python, write_scalar

_PLAIN: Final = re.compile(r"\w[\w .-]*")
"""What needs no quotes anywhere."""

if TYPE_CHECKING:
    from lorplan.edit.yaml_edit import Value
    from lorplan.planfile.reader import LocatedPlanFile


def add_rotation(located: LocatedPlanFile, row: dict[str, Any]) -> Edit:
    """Add a rotation, as plain data of words, mappings and lists.

    Raises UsageError if the plan file would become invalid, and PlanFileError if the list cannot be edited.
    """
    rotations = located.root if isinstance(located.root, Sequence) else child(located.root, "rotations")
    if not isinstance(rotations, Sequence):
        raise _cannot_edit(located)
    in_flow = located.text[rotations.start] == "["
    text = append_item(located.text, rotations, _written(row, in_flow=in_flow)).apply(located.text)
    root, errors = read_tree(text)
    if errors or root is None or to_python(root) != _expected(located, row):
        raise _cannot_edit(located)
    try:
        return Edit(len(rotations.items), located.text, parse(text, located.source.file))
    except PlanFileError as error:
        message = f"cannot add the rotation: {error.summary}"
        raise UsageError(message) from error


def _written(value: Any, *, in_flow: bool) -> Value:  # noqa: ANN401 - plain data
    """Write every word as a YAML scalar; between brackets signs have more meanings, so that most words need quotes."""
    if isinstance(value, dict):
        return {key: _written(item, in_flow=in_flow) for key, item in value.items()}
    if in_flow and not _PLAIN.fullmatch(value):
        import json  # needed for writing only

        return json.dumps(value, ensure_ascii=False)
    return write_scalar(value)


def _expected(located: LocatedPlanFile, row: dict[str, Any]) -> Any:  # noqa: ANN401 - plain data
    data: Any = to_python(located.root)
    (data if isinstance(data, list) else data["rotations"]).append(row)
    return data


def _cannot_edit(located: LocatedPlanFile) -> PlanFileError:
    message = "the list of rotations cannot be edited safely here; please edit the file by hand"
    return PlanFileError((located.problem_at(("rotations",), message),))
