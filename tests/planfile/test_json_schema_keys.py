"""The JSON Schema key by key: an editor and `lorplan check` agree about missing, unknown and extreme values."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from lorplan.planfile.models import Policy
from lorplan.planfile.program_models import Requirements
from oracle.strategies import to_yaml
from planfile.editor import BOTH, NOBODY, PARTS, keys_of, part_schema, who_refuses

if TYPE_CHECKING:
    from runner import Json

SMALLEST: dict[str, Json] = {
    "PlanFile": {},
    "Applicant": {},
    "Target": {"specialty": "im"},
    "Policy": {},
    "Rotation": {"attending": "Wei Chen", "specialty": "im", "start": "2027-01-04", "end": "2027-01-29"},
    "Attending": {"name": "Wei Chen"},
    "DayRange": {"from": "2027-01-06", "to": "2027-01-08"},
    "LetterEvents": {"asked": "2027-01-20"},
    "Program": {"name": "Lakeside", "specialty": "im"},
    "Requirements": {},
}
"""The smallest value of each part of the file, and one event of a letter."""

NUMBERS = [
    pytest.param(part, key, id=f"{part}-{key}")
    for part in PARTS
    for key, described in part_schema(part)["properties"].items()
    if "minimum" in json.dumps(described)
]
each_part = pytest.mark.parametrize("part", PARTS)


def file_with(part: str, mapping: Json) -> str:
    """Write the smallest file that has a part in it."""
    row = SMALLEST["Rotation"]
    whole: dict[str, Json] = {
        "PlanFile": mapping,
        "Applicant": {"applicant": mapping},
        "Target": {"applicant": {"targets": [mapping]}},
        "Policy": {"policy": mapping},
        "Rotation": {"rotations": [mapping]},
        "Attending": {"rotations": [{**row, "attending": mapping}]},
        "DayRange": {"rotations": [{**row, "away": [mapping]}]},
        "LetterEvents": {"rotations": [{**row, "letter": mapping}]},
        "Program": {"programs": [mapping]},
        "Requirements": {"programs": [{**SMALLEST["Program"], "requires": mapping}]},
    }
    return to_yaml(whole[part])


@each_part
def test_key_without_a_value_is_refused_by_both_or_by_nobody(part: str) -> None:
    """A key without a value is like a missing key: valid if it may be left out, else wrong."""
    for key in keys_of(part):
        length = {"weeks": 4} if key == "end" else {}
        text = file_with(part, {**SMALLEST[part], **length, key: None})
        assert who_refuses(text) == (BOTH if key in part_schema(part)["required"] else NOBODY), key


@each_part
def test_missing_key_is_refused_by_both(part: str) -> None:
    """Nothing can be removed from the smallest value, except the event of a letter."""
    for key in SMALLEST[part]:
        mapping = {name: value for name, value in SMALLEST[part].items() if name != key}
        assert who_refuses(file_with(part, mapping)) == (NOBODY if part == "LetterEvents" else BOTH), key


@each_part
def test_unknown_key_is_refused_by_both(part: str) -> None:
    """No part of the file accepts another key, with a value or without."""
    assert who_refuses(file_with(part, SMALLEST[part])) == NOBODY
    assert who_refuses(file_with(part, {**SMALLEST[part], "xyz": "1"})) == BOTH
    assert who_refuses(file_with(part, {**SMALLEST[part], "xyz": None})) == BOTH


@pytest.mark.parametrize(("part", "key"), NUMBERS)
def test_number_has_the_same_bounds_for_both(part: str, key: str) -> None:
    """The minimum and the maximum are valid for both; one less and one more are wrong for both."""
    described = part_schema(part)["properties"][key]
    limits = described.get("items", described)

    def opinions(number: int) -> tuple[bool, bool]:
        mapping = {**SMALLEST[part], key: [number] if "items" in described else number}
        return who_refuses(
            file_with(part, {name: mapping[name] for name in mapping if (key, name) != ("weeks", "end")})
        )

    low, high = limits["minimum"], limits["maximum"]
    assert [opinions(number) for number in (low - 1, low, high, high + 1)] == [BOTH, NOBODY, NOBODY, BOTH]


def test_every_number_of_the_file_has_bounds() -> None:
    """The policy, the season, the letters of a target, the weeks, and what a program asks for are all the numbers."""
    others = len(("season", "in_specialty", "weeks", "max"))
    assert len(NUMBERS) == len(Policy.model_fields) + others + len(Requirements.model_fields)
