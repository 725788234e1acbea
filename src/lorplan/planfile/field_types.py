"""The types of single values: how text becomes a day, a flag, a number or a line, and what an editor is told.

Each function returns the value or raises ValueError with a sentence for the user. A value that already has its
type, as from Python, passes.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, PlainValidator, WithJsonSchema

from lorplan.text.safe import find_unsafe, is_blank
from lorplan.text.wording import MONTH_NAMES, truncate

FIRST_DAY: Final = date(1990, 1, 1)
LAST_DAY: Final = date(2100, 12, 31)
"""The days a plan file may name; a date outside this range is assumed to be a typo."""

EXAMPLE_DAY: Final = "2027-01-29"
"""The date that messages show as an example."""

_TRUE: Final = frozenset({"true", "yes", "on"})
_FALSE: Final = frozenset({"false", "no", "off"})
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_OTHER_DAY: Final = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})", re.ASCII)
_WHOLE: Final = re.compile(r"[+-]?\d+", re.ASCII)

MOST_LETTERS: Final = 10
"""Most programs take four letters; ten leaves room for exceptions."""

MAX_LINE: Final = 200
"""Characters of a name, a place, a specialty or an id: they are shown in many places."""

MAX_EMAIL: Final = 320
"""Characters that an address can have."""

MAX_LONG_LINE: Final = 2_000
"""Characters of an address on the web, or of what else a program wants."""

MAX_NOTE: Final = 10_000
"""Characters of notes."""

_MAX_DIGITS: Final = 9
"""A number with more digits is out of bounds everywhere."""


# --- days ---------------------------------------------------------------------------------------------------


def parse_day(text: str) -> date:
    """Read an ISO date between FIRST_DAY and LAST_DAY. Raises ValueError with the right form."""
    return _in_range(_existing_day(text))


def _to_day(value: object) -> object:
    if isinstance(value, str):
        return parse_day(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return _in_range(value)
    message = f"expected a date such as {EXAMPLE_DAY}"
    raise ValueError(message)


def _in_range(value: date) -> date:
    if not FIRST_DAY <= value <= LAST_DAY:
        message = f"{value} is out of range: dates go from {FIRST_DAY} to {LAST_DAY}"
        raise ValueError(message)
    return value


def _existing_day(text: str) -> date:
    if not _ISO_DAY.fullmatch(text):
        message = f'"{truncate(text)}" is not a date: write YYYY-MM-DD, such as {_possible_readings(text)}'
        raise ValueError(message)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(_why_not_in_calendar(text)) from None


def _possible_readings(text: str) -> str:
    """Suggest what a date in another form could mean, day first and month first; else an example."""
    parts = _OTHER_DAY.fullmatch(text.strip())
    if not parts:
        return EXAMPLE_DAY
    first, second, third = (int(part) for part in parts.groups())
    orders = [(first, second, third)] if first > 31 else [(third, second, first), (third, first, second)]
    valid = [f"{day}" for order in orders if (day := _day_or_none(*order))]
    return " or ".join(dict.fromkeys(valid)) or EXAMPLE_DAY


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return _in_range(date(year, month, day))
    except ValueError:
        return None


def _why_not_in_calendar(text: str) -> str:
    year, month = int(text[:4]), int(text[5:7])
    if year < 1 or not 1 <= month <= 12:
        return f"{text} does not exist: there is no such {'year' if year < 1 else 'month'}"
    return f"{text} does not exist: {MONTH_NAMES[month - 1]} {year} has {monthrange(year, month)[1]} days"


# --- flags and numbers --------------------------------------------------------------------------------------


def parse_flag(text: str) -> bool:
    """Read true or false, yes or no, on or off, in any case. Raises ValueError with the right form."""
    if text.lower() in _TRUE | _FALSE:
        return text.lower() in _TRUE
    message = f'expected true or false, got "{truncate(text)}" (yes/no and on/off also work)'
    raise ValueError(message)


def _to_flag(value: object) -> object:
    return parse_flag(value) if isinstance(value, str) else value


def _to_whole(value: object) -> object:
    if not isinstance(value, str):
        return value
    if _WHOLE.fullmatch(value):
        digits = value.lstrip("+-").lstrip("0")[: _MAX_DIGITS + 1]
        return int(digits or "0") * (-1 if value.startswith("-") else 1)
    message = f'"{truncate(value)}" is not a whole number'
    raise ValueError(message)


def _to_number_or_all(value: object) -> int | Literal["all"]:
    """Read a number, or `all`, for which true stands, too."""
    word = value.lower() if isinstance(value, str) else value
    if word == "all" or word is True or (isinstance(word, str) and word in _TRUE):
        return "all"
    number = 0 if word is False or (isinstance(word, str) and word in _FALSE) else _to_whole(value)
    if not isinstance(number, int):
        message = "expected a whole number or all"
        raise ValueError(message)  # noqa: TRY004 - pydantic takes a ValueError for a mistake in the file
    if not 0 <= number <= MOST_LETTERS:
        message = (
            f"{truncate(str(value))} is too {'small' if number < 0 else 'large'}; write 0 to {MOST_LETTERS}, or all"
        )
        raise ValueError(message)
    return number


# --- text ---------------------------------------------------------------------------------------------------


def _check_line(text: str) -> str:
    """Accept one line that shows something."""
    if is_blank(text):
        message = "is empty"
        raise ValueError(message)
    return _check_safe(text, "")


def _check_note(text: str) -> str:
    return _check_safe(text, "\n\t")


def _check_safe(text: str, allowed: str) -> str:
    unsafe = find_unsafe(text, allowed=allowed)
    if unsafe is not None:
        message = f"the character U+{ord(unsafe):04X} is not allowed (a control or text direction character)"
        raise ValueError(message)
    return text


def check_email(text: str) -> str:
    """Accept an e-mail address. Raises ValueError."""
    name, _, domain = text.rpartition("@")
    if not name or not domain or any(c.isspace() for c in text):
        message = f'"{truncate(text)}" is not an e-mail address'
        raise ValueError(message)
    return text


def _check_id(text: str) -> str:
    if all(c.isalnum() or c in "-_" or unicodedata.category(c)[0] == "M" for c in text):
        return text
    message = f'"{truncate(text)}" is not an id: use letters, digits, - and _ only'
    raise ValueError(message)


def _at_most(number: int) -> AfterValidator:
    """Refuse a longer text: what is shown again and again must not grow beyond what the file holds."""

    def refuse_longer(text: str) -> str:
        if len(text) > number:
            message = f"{len(text):,} characters are too many; at most {number:,} are allowed"
            raise ValueError(message)
        return text

    return AfterValidator(refuse_longer)


# --- what an editor is told ---------------------------------------------------------------------------------

_UNSAFE: Final = r"\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069"
"""The unsafe characters except tab and line feed, as a part of a pattern."""


def _text_schema(pattern: str, message: str, longest: int) -> WithJsonSchema:
    """Describe text to an editor, which reads some words, such as 007, as numbers and tells why one is wrong."""
    text = {"type": ["string", "number"], "pattern": pattern, "patternErrorMessage": message, "maxLength": longest}
    return WithJsonSchema(text)


_DAY_SCHEMA: Final[dict[str, Any]] = {
    "type": "string",
    "format": "date",
    "pattern": "^(199[0-9]|20[0-9]{2}|2100)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
    "patternErrorMessage": f"Write the date as YYYY-MM-DD, such as {EXAMPLE_DAY}.",
}
_FLAG_SCHEMA: Final[dict[str, Any]] = {
    "type": ["boolean", "string"],
    "pattern": "^([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Yy][Ee][Ss]|[Nn][Oo]|[Oo][Nn]|[Oo][Ff][Ff])$",
    "patternErrorMessage": "Write true or false.",
}
_WHOLE_SCHEMA: Final[dict[str, Any]] = {
    "type": ["integer", "string"],
    "pattern": "^[+-]?[0-9]+$",
    "patternErrorMessage": "Write a whole number.",
}

_NUMBER_OR_ALL_SCHEMA: Final[dict[str, Any]] = {
    "type": ["integer", "boolean", "string"],
    "pattern": rf"^([+]?0*([0-9]|{MOST_LETTERS})|[Aa][Ll][Ll]|{_FLAG_SCHEMA['pattern'][2:-2]})$",
    "minimum": 0,
    "maximum": MOST_LETTERS,
    "patternErrorMessage": f"Write a number up to {MOST_LETTERS}, or all.",
}

Day = Annotated[date, BeforeValidator(_to_day), WithJsonSchema(_DAY_SCHEMA)]
Flag = Annotated[bool, BeforeValidator(_to_flag), WithJsonSchema(_FLAG_SCHEMA)]
Whole = Annotated[int, BeforeValidator(_to_whole)]
NumberOrAll = Annotated[int | Literal["all"], PlainValidator(_to_number_or_all), WithJsonSchema(_NUMBER_OR_ALL_SCHEMA)]
_LINE_PATTERN: Final = rf"^(?=.*\S)[^\t\n{_UNSAFE}]*$"
Line = Annotated[
    str,
    AfterValidator(_check_line),
    _at_most(MAX_LINE),
    _text_schema(_LINE_PATTERN, "Write one line of text.", MAX_LINE),
]
LongLine = Annotated[
    str,
    AfterValidator(_check_line),
    _at_most(MAX_LONG_LINE),
    _text_schema(_LINE_PATTERN, "Write one line of text.", MAX_LONG_LINE),
]
Note = Annotated[
    str,
    AfterValidator(_check_note),
    _at_most(MAX_NOTE),
    _text_schema(f"^[^{_UNSAFE}]*$", "Control characters are not allowed.", MAX_NOTE),
]
Email = Annotated[
    str,
    AfterValidator(_check_line),
    AfterValidator(check_email),
    _at_most(MAX_EMAIL),
    WithJsonSchema(
        {
            "type": "string",
            "maxLength": MAX_EMAIL,
            "pattern": rf"^[^\s{_UNSAFE}]+@[^\s@{_UNSAFE}]+$",
            "patternErrorMessage": "Write an e-mail address.",
        }
    ),
]
Id = Annotated[
    str,
    AfterValidator(_check_line),
    AfterValidator(_check_id),
    _at_most(MAX_LINE),
    _text_schema(r"^[^\s\u0000-\u002c./:-@\[-^`{-\u009f]+$", "Use letters, digits, - and _ only.", MAX_LINE),
]
