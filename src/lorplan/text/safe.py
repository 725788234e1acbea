"""Which characters of a text may reach a terminal, a calendar or a page."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Control characters (escape among them), lone surrogates, line and paragraph separators."""

_BIDIRECTIONAL_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Embeddings, overrides and isolates: they can show a name in another order than it was written."""


_NO_CHARACTERS = frozenset("\ufffe\uffff")
"""What neither YAML nor XML can hold."""


def is_refused(character: str) -> bool:
    """Whether a character could change what surrounds it instead of being shown, or cannot be shown at all."""
    odd = character in _BIDIRECTIONAL_OVERRIDES or character in _NO_CHARACTERS
    return odd or unicodedata.category(character) in _REFUSED_CATEGORIES


MAX_SHOWN = 60
"""Characters of a wrong value that a message repeats."""


def shortened(value: object) -> str:
    """A value as text, cut where it is longer than a message should repeat."""
    text = str(value)
    return text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "..."


def counted(number: int, noun: str) -> str:
    """A number with its noun, in the plural where it wants one."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def joined(words: Sequence[str]) -> str:
    """Words as one reads them out: a, b and c."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def refused_character(text: str, *, allowed: str = "") -> str | None:
    """The first character of a text that may not be shown, those in `allowed` excepted."""
    if text.isprintable() and text.isascii():
        return None
    return next((c for c in text if c not in allowed and is_refused(c)), None)


def is_blank(text: str) -> bool:
    """Whether a text shows nothing: only spaces and invisible characters."""
    if text.isascii():
        return not text.strip()
    return all(c.isspace() or unicodedata.category(c) == "Cf" for c in text)


def on_one_line(text: str) -> str:
    """A text with every character that may not be shown as U+FFFD, tabs and line ends as spaces."""
    if text.isprintable() and text.isascii():
        return text
    return "".join(" " if c in "\t\r\n" else "\ufffd" if is_refused(c) else c for c in text)
