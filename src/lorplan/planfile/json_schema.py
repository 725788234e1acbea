"""The JSON Schema of the plan file, for editors: both forms of the file, each key with its meaning.

It is read off the models. YAML gives an editor values with types, where lorplan reads text, so a name may look
like a number, and a flag like a word. A schema cannot see what depends on the calendar or on other rotations:
`lorplan check` has the last word.
"""

from __future__ import annotations

from datetime import date
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from lorplan.planfile import descriptions
from lorplan.planfile.field_types import Email, Id, Line, Note
from lorplan.planfile.models import (
    STEPS,
    Applicant,
    Attending,
    DayRange,
    LetterEvents,
    Model,
    PlanFile,
    Policy,
    Rotation,
    Target,
)

Schema = dict[str, Any]

_DAY: Final[Schema] = {
    "type": "string",
    "format": "date",
    "pattern": "^(199[0-9]|20[0-9]{2}|2100)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
}
_FLAG: Final[Schema] = {
    "type": ["boolean", "string"],
    "pattern": "^([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Yy][Ee][Ss]|[Nn][Oo]|[Oo][Nn]|[Oo][Ff][Ff])$",
}
_UNSAFE: Final = r"\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069"
"""Control, line separator and direction characters, but for tab and line feed, as a part of a pattern."""

_WORDS: Final[dict[Any, Schema]] = {
    date: _DAY,
    bool: _FLAG,
    Line: {"type": ["string", "number", "boolean"], "pattern": rf"^(?=.*\S)[^\t\n{_UNSAFE}]*$"},
    Note: {"type": ["string", "number", "boolean"], "pattern": f"^[^{_UNSAFE}]*$"},
    Email: {"type": "string", "pattern": rf"^[^\s{_UNSAFE}]+@[^\s@{_UNSAFE}]+$"},
    Id: {"type": ["string", "number", "boolean"], "pattern": r"^[^\s\u0000-\u002c./:-@\[-^`{-\u009f]+$"},
}
"""What is written as one word, by its type."""

_MODELS: Final[dict[type[Model], dict[str, str]]] = {
    Applicant: descriptions.APPLICANT,
    Target: descriptions.TARGET,
    Policy: descriptions.POLICY,
    Rotation: descriptions.ROTATION,
    Attending: descriptions.ATTENDING,
    DayRange: descriptions.DAYS,
    LetterEvents: descriptions.LETTER,
}
"""Every part of the file, with what its keys mean."""

_SHORT_FORMS: Final[dict[type[Model], Schema]] = {Attending: _WORDS[Line], Target: _WORDS[Line], DayRange: _DAY}
"""What may be written as one word in the place of a mapping."""


def schema() -> Schema:
    """The schema, in JSON Schema's version of 2020-12."""
    whole = _object(PlanFile, descriptions.PLAN_FILE)
    bare_list = whole["properties"]["rotations"]["anyOf"][0]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "lorplan plan file",
        "description": "A list of rotations, or a mapping with applicant, policy and rotations.",
        "anyOf": [bare_list, whole],
        "$defs": {model.__name__: _definition(model, meanings) for model, meanings in _MODELS.items()},
    }


def _definition(model: type[Model], meanings: dict[str, str]) -> Schema:
    described = {**_object(model, meanings), **_CONDITIONS.get(model, {})}
    short = _SHORT_FORMS.get(model)
    return {"anyOf": [short, described]} if short else described


def _object(model: type[Model], meanings: dict[str, str]) -> Schema:
    """A mapping with the keys of a model; what may be left out may also have nothing behind it."""
    hints = get_type_hints(model, include_extras=True)
    properties, required = {}, []
    for name, field in model.model_fields.items():
        key = field.alias or name
        value = _value(hints[name], field.metadata)
        if field.is_required():
            required.append(key)
        else:
            value = {"anyOf": [value, {"type": "null"}]}
        properties[key] = {"description": meanings[key], **value}
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _value(hint: Any, bounds: list[Any]) -> Schema:  # noqa: ANN401 - whatever a field can be annotated with
    """What may stand behind a key, by the type of the model's field."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        return _value(next(one for one in arguments if one is not type(None)), bounds)
    if origin is Annotated and hint not in _WORDS:
        return _value(arguments[0], [*bounds, *(b for a in arguments[1:] for b in getattr(a, "metadata", ()))])
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "items": _value(arguments[0], []), **_bounds(bounds)}
    if hint is int:
        return {"type": ["integer", "string"], "pattern": "^[+-]?[0-9]+$", **_bounds(bounds)}
    return _WORDS.get(hint) or {"$ref": f"#/$defs/{hint.__name__}"}


def _bounds(bounds: list[Any]) -> Schema:
    words = {"ge": "minimum", "le": "maximum", "max_length": "maxItems"}
    return {words[name]: getattr(b, name) for b in bounds for name in words if getattr(b, name, None) is not None}


# --- what depends on other keys ---------------------------------------------------------------------------


def _written(key: str, **more: object) -> Schema:
    """That a key is there with something behind it."""
    return {"required": [key], "properties": {key: {"not": {"type": "null"}, **more}}}


_ASKED: Final[Schema] = {"anyOf": [_written(step) for step in STEPS]}
_CONDITIONS: Final[dict[type[Model], Schema]] = {
    Rotation: {"oneOf": [_written("end"), _written("weeks")]},
    LetterEvents: {
        "not": {"allOf": [_written("declined"), {"anyOf": [_written("uploaded"), _written("assigned")]}]},
        "allOf": [
            {"if": written, "then": _ASKED}
            for written in (_written("packet"), _written("thanked"), _written("reminded", minItems=1))
        ],
    },
}
"""What the models check between keys, as far as it does not depend on the values."""
