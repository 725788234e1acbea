"""Which rotation a word on the command line means."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from lorplan.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lorplan.outcome import Letter


def find(letters: Sequence[Letter], word: str) -> Letter:
    """The letter meant by an id, the unique start of one, or a unique part of the attending's name.

    An exact id wins; else case and accents do not matter. Raises UsageError with the candidates where none or
    several fit.
    """
    folded = _folded(word)
    by_id = [letter for letter in letters if letter.id == word]
    by_start = [letter for letter in letters if _folded(letter.id).startswith(folded)]
    by_name = [letter for letter in letters if folded in _folded(letter.attending)]
    fitting = by_id or by_start or by_name
    if len(fitting) == 1:
        return fitting[0]
    what = "several rotations" if fitting else "no rotation"
    candidates = ", ".join(f"{letter.id} ({letter.attending})" for letter in fitting or letters)
    message = f'"{word}" fits {what}: ' + (candidates or "the plan file has none")
    raise UsageError(message)


def _folded(text: str) -> str:
    """A text without case and accents: not every keyboard has them."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
