"""Validation errors: where they are, and what they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from lorplan.planfile.field_types import EXAMPLE_DAY
from lorplan.text.safe import on_one_line
from lorplan.text.wording import did_you_mean, truncate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

    from lorplan.planfile.yaml_tree import Path


class FieldError(NamedTuple):
    """An error at an offset of the text, in the value at `path`; `key`, if any, goes before the message."""

    offset: int
    path: Path
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.key}: {self.message}" if self.key else self.message


EXPECTED_MAPPING: Final = "expected a mapping (lines of `key: value`)"
EXPECTED_LIST: Final = "expected a list, such as [a, b]"
EXPECTED_PLAN_FILE: Final = "expected a list of rotations, or a mapping with applicant, policy, rotations and programs"

_SENTENCES: Final = {
    "greater_than_equal": "{value} is too small; it must be at least {ge}",
    "less_than_equal": "{value} is too large; it must be at most {le}",
    "too_long": "{actual_length} entries are too many; at most {max_length} are allowed",
    "date_type": f"expected a date such as {EXAMPLE_DAY}",
    "bool_type": "expected true or false",
    "int_type": "expected a whole number",
    "string_type": "expected text",
    "tuple_type": EXPECTED_LIST,
    "model_type": EXPECTED_MAPPING,
}
"""What to say for pydantic's kinds of errors."""


def describe(error: ErrorDetails) -> str:
    """Describe pydantic's error about one value, in its own words if we have none for its kind."""
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        return on_one_line(str(context["error"]))
    if error["type"] == "literal_error":
        return _describe_choice(error["input"], re.findall(r"'([^']*)'", context["expected"]))
    sentence = _SENTENCES.get(error["type"])
    text = sentence.format(value=truncate(error["input"]), **context) if sentence else error["msg"]
    return on_one_line(text)


def _describe_choice(value: object, allowed: list[str]) -> str:
    if not isinstance(value, str):
        return f"expected one of {', '.join(allowed)}"
    return on_one_line(f'"{truncate(value)}" is not one of {", ".join(allowed)}{did_you_mean(value, allowed)}')


def describe_missing(key: str) -> str:
    """Say that a key is missing."""
    return f'needs "{key}"'


def describe_unknown(key: str, known: Iterable[str]) -> str:
    """Say that a key is not known, with the one that is probably meant."""
    return on_one_line(f'unknown key "{truncate(key)}"{did_you_mean(key, known)}')


def describe_too_long(length: int, limit: int) -> str:
    """Say that a list has too many entries."""
    return _SENTENCES["too_long"].format(actual_length=length, max_length=limit)
