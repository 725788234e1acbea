"""Days as people type them on the command line and in answers: never two numbers that could be swapped."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from lorplan.planfile.field_types import parse_day
from lorplan.text.wording import MONTH_NAMES, WEEKDAY_NAMES

_FROM_TODAY: Final = {"yesterday": -1, "today": 0, "tomorrow": 1}
_DAY_AND_MONTH: Final = re.compile(r"(\d{1,2})[ -]([a-z]{3,9})\.?,?[ -](\d{4})", re.ASCII)
_MONTH_AND_DAY: Final = re.compile(r"([a-z]{3,9})\.? (\d{1,2}),? (\d{4})", re.ASCII)


def parse_spoken_day(text: str, today: date, *, ahead: bool = False) -> date:
    """Read a day: YYYY-MM-DD, today, yesterday, tomorrow, a weekday, or a day with its month in letters.

    A weekday is the last one, today included; with `ahead` the next one after today. Raises ValueError with the
    right form.
    """
    words = " ".join(text.lower().split())
    if words in _FROM_TODAY:
        return today + timedelta(_FROM_TODAY[words])
    weekday = _place(words, WEEKDAY_NAMES)
    if weekday is not None:
        return today + timedelta(
            (weekday - today.weekday() - 1) % 7 + 1 if ahead else -((today.weekday() - weekday) % 7)
        )
    return parse_day(_to_iso(words) or text.strip())


def split_refusal(error: ValueError) -> tuple[str, str]:
    """Split the message of a day that was refused into what is wrong, and the right form or why there is none."""
    wrong, _, form = str(error).rpartition(": ")
    return wrong, form


def _to_iso(words: str) -> str | None:
    """Write a day with its month in letters, such as "jan 11 2027" or "11 january 2027", as an ISO date."""
    if parts := _DAY_AND_MONTH.fullmatch(words):
        day, name, year = parts.groups()
    elif parts := _MONTH_AND_DAY.fullmatch(words):
        name, day, year = parts.groups()
    else:
        return None
    month = _place(name, MONTH_NAMES)
    return None if month is None else f"{year}-{month + 1:02}-{int(day):02}"


def _place(word: str, names: tuple[str, ...]) -> int | None:
    """Find the place of a name written in full or cut to three or more letters; None if it is none of them."""
    return next((place for place, name in enumerate(names) if len(word) >= 3 and name.lower().startswith(word)), None)
