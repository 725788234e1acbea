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
    return all(c.isspace() or unicodedata.category(c) == "Cf" for c in text)


def on_one_line(text: str) -> str:
    """Replace unsafe characters by U+FFFD, and tabs and line ends by spaces."""
    if text.isprintable() and text.isascii():
        return text
    return "".join(" " if c in "\t\r\n" else "\ufffd" if is_unsafe(c) else c for c in text)
