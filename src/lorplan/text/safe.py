"""Which characters of a text may reach a terminal, a calendar or a page."""

from __future__ import annotations

import unicodedata
from typing import Final

_UNSAFE_CATEGORIES: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Control characters (escape among them), lone surrogates, line and paragraph separators."""

_BIDIRECTIONAL_OVERRIDES: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Embeddings, overrides and isolates: they can display a name in a different order than it was written."""

_NONCHARACTERS: Final = frozenset("\ufffe\uffff")
"""Neither YAML nor XML can hold these."""


_DRAWN_AS_NOTHING: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and signs that leave a space or nothing: joiners, the fillers of Hangul, the empty pattern of Braille."""

_VARIATION_SELECTORS: Final = (range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
"""What chooses a form of the character before it, and is nothing by itself."""


def is_unsafe(character: str) -> bool:
    """Whether a character could affect the text around it, or cannot be shown at all."""
    if character in _BIDIRECTIONAL_OVERRIDES or character in _NONCHARACTERS:
        return True
    return unicodedata.category(character) in _UNSAFE_CATEGORIES


def find_unsafe(text: str, *, allowed: str = "") -> str | None:
    """Find the first unsafe character of a text, except those in `allowed`."""
    if text.isprintable() and text.isascii():
        return None
    return next((c for c in text if c not in allowed and is_unsafe(c)), None)


def is_blank(text: str) -> bool:
    """Whether a text shows nothing: only spaces and invisible characters."""
    if text.isascii():
        return not text.strip()
    return all(c.isspace() or unicodedata.category(c) == "Cf" or _draws_nothing(c) for c in text)


def _draws_nothing(character: str) -> bool:
    return character in _DRAWN_AS_NOTHING or any(ord(character) in selectors for selectors in _VARIATION_SELECTORS)


def on_one_line(text: str) -> str:
    """Replace unsafe characters by U+FFFD, and tabs and line ends by spaces."""
    if text.isprintable() and text.isascii():
        return text
    return "".join(" " if c in "\t\r\n" else "\ufffd" if is_unsafe(c) else c for c in text)
