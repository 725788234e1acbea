"""One more rotation or program at the end of its list, in the text of a plan file; everything else stays as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from lorplan.edit.verified_edit import Edit
from lorplan.edit.yaml_edit import Splice, append_item, block_lines
from lorplan.errors import PlanFileError, UsageError
from lorplan.planfile.reader import parse
from lorplan.planfile.yaml_tree import Sequence, child, read_tree, to_python, write_scalar

_PLAIN: Final = re.compile(r"\w[\w .-]*")
"""What needs no quotes anywhere."""

_ENTRY: Final = {"rotations": "rotation", "programs": "program"}

if TYPE_CHECKING:
    from lorplan.edit.yaml_edit import Value
    from lorplan.planfile.reader import LocatedPlanFile


def add_entry(located: LocatedPlanFile, key: str, row: dict[str, Any]) -> Edit:
    """Add an entry to the list at a key, `rotations` or `programs`, as plain data of words, mappings and lists.

    Raises UsageError if the plan file would become invalid, and PlanFileError if the list cannot be edited.
    """
    splice = _splice(located, key, row)
    text = splice.apply(located.text)
    root, errors = read_tree(text)
    if errors or root is None or to_python(root) != _expected(located, key, row):
        raise _cannot_edit(located, key)
    try:
        after = parse(text, located.source.file)
    except PlanFileError as error:
        message = f"cannot add the {_ENTRY[key]}: {error.summary}"
        raise UsageError(message) from error
    return Edit(len(getattr(after.plan_file, key)) - 1, located.text, after)


def add_entries(located: LocatedPlanFile, key: str, rows: list[dict[str, Any]]) -> Edit:
    """Add several entries, in their order; the place is that of the first. Raises as `add_entry` does."""
    first, after = len(getattr(located.plan_file, key)), located
    for row in rows:
        after = add_entry(after, key, row).after
    return Edit(first, located.text, after)


def _splice(located: LocatedPlanFile, key: str, row: dict[str, Any]) -> Splice:
    """Insert an entry at the end of its list, or the list at the end of the file."""
    root, text = located.root, located.text
    if isinstance(root, Sequence):
        if key != "rotations":
            message = "the file is a bare list of rotations"
            raise UsageError(message, "write `rotations:` above it, and indent it; then add programs")
        return append_item(text, root, _written(row, in_flow=text[root.start] == "["))
    entries = child(root, key)
    if isinstance(entries, Sequence):
        return append_item(text, entries, _written(row, in_flow=text[entries.start] == "["))
    if text[root.start] == "{":
        raise _cannot_edit(located, key)
    lines = block_lines({key: [_written(row, in_flow=False)]})
    if entries is not None:  # the key is there, and has no value
        return Splice(entries.start, entries.end, "".join(f"\n{line}" for line in lines[1:]))
    newline = "" if text.endswith(("\n", "\r")) else "\n"
    return Splice(len(text), len(text), newline + "".join(f"{line}\n" for line in lines))


def _written(value: Any, *, in_flow: bool) -> Value:  # noqa: ANN401 - plain data
    """Write every word as a YAML scalar; between brackets signs have more meanings, so that most words need quotes."""
    if isinstance(value, dict):
        return {key: _written(item, in_flow=in_flow) for key, item in value.items()}
    if isinstance(value, list):
        return [str(_written(item, in_flow=True)) for item in value]
    if in_flow and not _PLAIN.fullmatch(value):
        import json  # needed for writing only

        return json.dumps(value, ensure_ascii=False)
    return write_scalar(value)


def _expected(located: LocatedPlanFile, key: str, row: dict[str, Any]) -> Any:  # noqa: ANN401 - plain data
    data: Any = to_python(located.root)
    if isinstance(data, list):
        return [*data, row]
    return {**data, key: [*(data.get(key) or []), row]}


def _cannot_edit(located: LocatedPlanFile, key: str) -> PlanFileError:
    message = f"the list of {key} cannot be edited safely here; please edit the file by hand"
    return PlanFileError((located.problem_at((key,), message),))
