"""Helpers for writing sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WEEKDAY_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_NAMES: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""In English, whatever the locale."""

MAX_QUOTED: Final = 60
"""Characters of a wrong value that a message repeats."""


def truncate(value: object) -> str:
    """Write a value as text, cut where it is longer than a message should repeat."""
    text = str(value)
    return text if len(text) <= MAX_QUOTED else text[:MAX_QUOTED] + "..."


def plural(number: int, noun: str) -> str:
    """Write a number with its noun: "1 letter", "2 letters"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


_NUMBERS: Final = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def in_words(number: int) -> str:
    """Write a number up to ten in words, a larger one in digits."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def ordinal(number: int) -> str:
    """Write an ordinal number: 1st, 2nd, 3rd, 4th."""
    teens = 10 < number % 100 < 20
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def join_words(words: Sequence[str], last: str = "and") -> str:
    """Join words as in a sentence: "a, b and c"."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def with_article(noun: str) -> str:
    """Put "a" or "an" before a noun."""
    return f"an {noun}" if noun[0] in "aeiouAEIOU" else f"a {noun}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Suggest the known word that is closest to a misspelled one, as the end of a sentence; "" if none is."""
    near = find_nearest(word, known)
    return "" if near is None else f', did you mean "{near}"?'


def find_nearest(word: str, known: Iterable[str]) -> str | None:
    """Find the known word that is closest to a misspelled one; None if none is close."""
    if len(word) > MAX_QUOTED:
        return None
    from difflib import get_close_matches  # slow to load, and needed for a misspelled word only

    known = list(known)
    near = get_close_matches(word.lower().replace("-", "_"), known, n=1)
    near = near or get_close_matches(word.lower(), known, n=1)
    return near[0] if near else None
