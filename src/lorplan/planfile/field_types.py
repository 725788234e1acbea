"""How the text of a scalar becomes a day, a flag, a number or a line, or is refused.

Every function gives the value or raises ValueError with a sentence for the user; a value that has its type
already, as from Python, passes.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from lorplan.dates.business_days import MONTH_NAMES
from lorplan.text.safe import is_blank, refused_character, shortened

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
"""The days a plan file may name; outside them a date is a slip of the keyboard."""


_TRUE, _FALSE = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_OTHER_DAY = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
_HUGE = 9
"""Digits of a number beyond which it is too large or too small, whatever it is."""


def _to_day(value: object) -> object:
    """An ISO date within the days a plan file may name. Raises ValueError with the right form."""
    if isinstance(value, str):
        return iso_day(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return _in_range(value)
    message = "expected a date, such as 2027-01-29"
    raise ValueError(message)


def iso_day(text: str) -> date:
    """The day that an ISO date names, from FIRST_DAY to LAST_DAY. Raises ValueError with the right form."""
    return _in_range(_existing_day(text))


def _in_range(value: date) -> date:
    if not FIRST_DAY <= value <= LAST_DAY:
        message = f"{value} is out of range: dates go from {FIRST_DAY} to {LAST_DAY}"
        raise ValueError(message)
    return value


def _existing_day(text: str) -> date:
    if not _ISO_DAY.fullmatch(text):
        message = f'"{shortened(text)}" is not a date: write YYYY-MM-DD, such as {_readings(text)}'
        raise ValueError(message)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(_why_no_day(text)) from None


def _why_no_day(text: str) -> str:
    """Why an ISO date is not in the calendar."""
    year, month = int(text[:4]), int(text[5:7])
    if year < 1 or not 1 <= month <= 12:
        return f"{text} does not exist: there is no such {'year' if year < 1 else 'month'}"
    return f"{text} does not exist: {MONTH_NAMES[month - 1]} {year} has {monthrange(year, month)[1]} days"


def _readings(text: str) -> str:
    """What a date in another form could mean, day first and month first; else an example."""
    parts = _OTHER_DAY.fullmatch(text.strip())
    if not parts:
        return "2027-01-29"
    first, second, third = (int(part) for part in parts.groups())
    orders = [(first, second, third)] if first > 31 else [(third, second, first), (third, first, second)]
    valid = [f"{day}" for order in orders if (day := _day_or_none(*order))]
    return " or ".join(dict.fromkeys(valid)) or "2027-01-29"


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return _in_range(date(year, month, day))
    except ValueError:
        return None


def _to_flag(value: object) -> object:
    if not isinstance(value, str):
        return value
    if value.lower() in _TRUE | _FALSE:
        return value.lower() in _TRUE
    message = f'"{shortened(value)}" is neither true nor false (yes, no, on and off are read too)'
    raise ValueError(message)


def _to_whole(value: object) -> object:
    if not isinstance(value, str):
        return value
    if _WHOLE.fullmatch(value):
        digits = value.lstrip("+-").lstrip("0")[: _HUGE + 1]
        return int(digits or "0") * (-1 if value.startswith("-") else 1)
    message = f'"{shortened(value)}" is not a whole number'
    raise ValueError(message)


def _line(text: str) -> str:
    """One line that shows something. Raises ValueError for an empty one and for unsafe characters."""
    if is_blank(text):
        message = "is empty"
        raise ValueError(message)
    return _safe(text, "")


def _note(text: str) -> str:
    return _safe(text, "\n\t")


def _safe(text: str, allowed: str) -> str:
    bad = refused_character(text, allowed=allowed)
    if bad is not None:
        message = f"the character U+{ord(bad):04X} cannot be used: control and direction characters are refused"
        raise ValueError(message)
    return text


def _address(text: str) -> str:
    name, _, domain = text.rpartition("@")
    if not name or not domain or any(c.isspace() for c in text):
        message = f'"{shortened(text)}" is not an e-mail address'
        raise ValueError(message)
    return text


def _id(text: str) -> str:
    if all(c.isalnum() or c in "-_" or unicodedata.category(c)[0] == "M" for c in text):
        return text
    message = f'"{shortened(text)}" is not an id: use letters, digits, - and _ only'
    raise ValueError(message)


Day = Annotated[date, BeforeValidator(_to_day)]
Flag = Annotated[bool, BeforeValidator(_to_flag)]
Whole = Annotated[int, BeforeValidator(_to_whole)]
Line = Annotated[str, AfterValidator(_line)]
Note = Annotated[str, AfterValidator(_note)]
Email = Annotated[Line, AfterValidator(_address)]
Id = Annotated[Line, AfterValidator(_id)]
