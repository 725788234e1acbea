"""The JSON Schema of the plan file, for editors: pydantic's own, with what the models do before they validate.

Short forms, such as a bare name, stand beside the mapping that they stand for, and a key that may be left out may
also have no value. A schema cannot see what depends on the calendar or on other rotations: `lorplan check` has the
last word. Most values are described by one schema and not by alternatives, so that an editor says what is wrong.
"""

from __future__ import annotations

from typing import Any, Final

from lorplan.planfile.models import STAGES, PlanFile

Schema = dict[str, Any]

_SHORT_FORMS: Final = {"Attending": "name", "Target": "specialty", "DayRange": "from"}
"""What may be written as one word instead of a mapping: that word is like the value of this key."""

_SINGLE_OR_LIST: Final = {"for", "also", "assigned"}
"""The lists of words that may be written as a single word."""

_OPTIONAL_PARTS: Final = ("Applicant", "Policy", "LetterEvents", "Requirements")
"""The mappings that may have no value."""

_WHOLE_NUMBER: Final[Schema] = {
    "type": ["integer", "string"],
    "pattern": "^[+-]?[0-9]+$",
    "patternErrorMessage": "Write a whole number.",
}


def json_schema() -> Schema:
    """Describe the plan file in JSON Schema 2020-12."""
    whole = PlanFile.model_json_schema()
    parts = {name: _describe_part(name, part) for name, part in whole["$defs"].items()}
    mapping = _describe_mapping(whole)
    bare_list = {**mapping["properties"]["rotations"], "type": "array"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "lorplan plan file",
        "description": "A list of rotations, or a mapping with applicant, policy, rotations and programs.",
        "anyOf": [bare_list, mapping],
        "$defs": parts,
    }


def _describe_part(name: str, part: Schema) -> Schema:
    described = {**_describe_mapping(part), **_CONDITIONS.get(name, {})}
    if name in _OPTIONAL_PARTS:
        return {**described, "type": ["object", "null"]}
    if name in _SHORT_FORMS:
        word = described["properties"][_SHORT_FORMS[name]]
        described |= {key: value for key, value in word.items() if key != "description"}
        return {**described, "type": ["object", *_types(word)]}
    return described


def _describe_mapping(part: Schema) -> Schema:
    required = part.get("required", [])
    values = {key: _describe_value(value, optional=key not in required) for key, value in part["properties"].items()}
    lists = {key for key in _SINGLE_OR_LIST & values.keys() if "items" in values[key]}
    values |= {key: _allow_single(values[key]) for key in lists}
    return {
        "description": part["description"],
        "type": "object",
        "properties": values,
        "required": required,
        "additionalProperties": False,
    }


def _describe_value(value: Schema, *, optional: bool) -> Schema:
    """Describe the value of a key; one that may be left out may also be null."""
    described = _describe_type(next((one for one in value.get("anyOf", []) if one.get("type") != "null"), value))
    if "const" in described:
        described = {"enum": [described["const"]], "type": "string"}
    if optional and "enum" in described:
        described = {"anyOf": [described, {"type": "null"}]}  # else editors list null among the words to choose from
    elif optional and "$ref" not in described:
        described["type"] = [*_types(described), "null"]
    return {"description": value["description"], **described}


def _describe_type(value: Schema) -> Schema:
    """Describe a value without its title and default, and a number with its bounds as JSON Schema names them."""
    described = {key: item for key, item in value.items() if key not in {"title", "default", "description", "anyOf"}}
    if described.get("type") == "integer":
        described |= _WHOLE_NUMBER
        described["minimum"] = described.pop("ge", described.get("minimum"))
        described["maximum"] = described.pop("le", described.get("maximum"))
    if "items" in described:
        described["items"] = _describe_type(described["items"])
    return described


def _allow_single(value: Schema) -> Schema:
    """Describe a list of words that may also be a single one."""
    return {**value["items"], **value, "type": [*_types(value["items"]), *_types(value)]}


def _types(value: Schema) -> list[str]:
    return value["type"] if isinstance(value["type"], list) else [value["type"]]


# --- what depends on other keys -----------------------------------------------------------------------------


def _has(key: str, **more: object) -> Schema:
    """Require a key with a value."""
    return {"required": [key], "properties": {key: {"not": {"type": "null"}, **more}}}


def _has_none(*keys: str, message: str) -> Schema:
    """Forbid values for some keys; editors show the message."""
    return {"properties": {key: {"type": "null", "errorMessage": message} for key in keys}}


_ASKED: Final[Schema] = {"anyOf": [_has(stage) for stage in STAGES]}
_AFTER_ASKING: Final = (_has("packet"), _has("sent"), _has("thanked"), _has("reminded", minItems=1))
_CONDITIONS: Final[dict[str, Schema]] = {
    "Rotation": {
        "if": _has("end"),
        "then": _has_none("weeks", message='Keep either "end" or "weeks".'),
        "else": _has("weeks"),
    },
    "LetterEvents": {
        "if": _has("declined"),
        "then": _has_none("uploaded", "assigned", message="A declined letter cannot also be uploaded or assigned."),
        "allOf": [
            *({"if": event, "then": _ASKED} for event in _AFTER_ASKING),
            {"if": _has("imported"), "then": {"anyOf": [_has("uploaded"), _has("assigned")]}},
        ],
    },
}
"""What the models check between keys, as far as it does not depend on the values."""
