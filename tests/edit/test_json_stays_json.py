"""A plan file that is JSON, as programs write it, is still JSON after a record, an entry or a removal."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from lorplan.edit.add_entry import add_entry
from lorplan.edit.yaml_edit import append_item, remove_value, set_value
from lorplan.planfile.reader import parse
from lorplan.planfile.yaml_tree import Mapping, Sequence, child, read_tree

TEXT: Final = """{"rotations": [
  {"attending": "Dr. A", "specialty": "im", "start": "2026-09-01", "weeks": 4, "us": true, "notes": null,
   "letter": {}, "for": ["im"]}
]}
"""
ORDER: Final = ("attending", "specialty", "start", "weeks", "us", "performance", "notes", "for", "letter")


def find_row() -> Mapping:
    """Find the rotation in the text."""
    root, _ = read_tree(TEXT)
    assert isinstance(root, Mapping)
    rows = child(root, "rotations")
    assert isinstance(rows, Sequence)
    row = rows.items[0]
    assert isinstance(row, Mapping)
    return row


@pytest.mark.parametrize(
    ("keys", "value", "expected"),
    [
        pytest.param(("performance",), "good", "good", id="new_key"),
        pytest.param(("letter", "asked"), "2026-09-24", "2026-09-24", id="in_empty_mapping"),
        pytest.param(("notes",), "'Dr. O''Neil: yes'", "Dr. O'Neil: yes", id="quoted_instead_of_null"),
        pytest.param(("notes",), '"a \\"b\\""', 'a "b"', id="double_quoted_instead_of_null"),
        pytest.param(("us",), "false", False, id="instead_of_true"),
        pytest.param(("us",), "no", "no", id="word_instead_of_true"),
        pytest.param(("weeks",), "3", 3, id="number"),
        pytest.param(("specialty",), "neurology", "neurology", id="in_its_quotes"),
        pytest.param(("letter",), {"asked": "2026-09-24", "reminded": ["2026-10-05"]}, None, id="instead_of_mapping"),
    ],
)
def test_value_is_set_as_json(keys: tuple[str, ...], value: Any, expected: object) -> None:  # noqa: ANN401 - plain data
    """Keys and words get their quotes; numbers, true and false need none."""
    after = json.loads(set_value(TEXT, find_row(), keys, value, ORDER).apply(TEXT))
    found = after["rotations"][0]
    for key in keys:
        found = found[key]
    assert found == (value if expected is None else expected)
    assert type(found) is type(value if expected is None else expected)


def test_item_is_added_as_json() -> None:
    """At the end of its list."""
    wishes = find_row().entries["for"].value
    assert isinstance(wishes, Sequence)
    assert json.loads(append_item(TEXT, wishes, "b").apply(TEXT))["rotations"][0]["for"] == ["im", "b"]


@pytest.mark.parametrize("path", [("attending",), ("us",), ("letter",), ("for", 0)])
def test_value_is_removed_with_its_comma(path: tuple[str | int, ...]) -> None:
    """The first, one between others, the last."""
    after = json.loads(remove_value(TEXT, find_row(), path).apply(TEXT))["rotations"][0]
    assert path[0] not in after
    assert len(after) == len(find_row().entries) - 1


def test_rotation_is_added_as_json() -> None:
    """Whatever its words need in YAML."""
    row = {"attending": 'Dr. "C" \\ D: #', "specialty": "im", "start": "2027-01-04", "weeks": "4"}
    text = TEXT.replace(', "for": ["im"]', "")
    after = json.loads(add_entry(parse(text), "rotations", row).after.text)
    assert after["rotations"][1] == {**row, "weeks": 4}


@pytest.mark.parametrize("text", ["{}", "{rotations: []} # none yet", '{"rotations": [], }', "{" * 20_000])
def test_text_that_only_looks_like_json_is_yaml(text: str) -> None:
    """It begins like it; a comment, a last comma or a depth without end is no JSON."""
    from lorplan.edit.yaml_edit import _is_json

    assert not _is_json(text)
