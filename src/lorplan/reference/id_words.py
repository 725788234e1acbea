"""Which characters of a word can be part of an id."""

from __future__ import annotations

import unicodedata


def id_word(word: str) -> str:
    """Keep letters of any script with their marks, digits and hyphens, in lower case."""
    lower = unicodedata.normalize("NFC", word).lower()
    if lower.isalnum():
        return lower
    return "".join(c for c in lower if c.isalnum() or c == "-" or unicodedata.category(c)[0] == "M")
