"""What an attending's name tells: a short id, the form of address, and whether two entries are one person."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

TITLES: Final = frozenset({"dr", "doctor", "prof", "professor", "mr", "mrs", "ms", "miss"})
DEGREES: Final = frozenset({"md", "do", "phd", "mbbs", "mbchb", "mph", "msc", "facp"})
GENERATIONS: Final = frozenset({"jr", "sr", "ii", "iii"})
_ADDITIONS: Final = TITLES | DEGREES | GENERATIONS

FALLBACK_ID: Final = "rotation"
"""The id of a rotation whose attending's name has no letter and no digit."""

_GLUED_TITLE: Final = re.compile(rf"^\s*({'|'.join(sorted(TITLES))})\.(?=[^\s.])", re.IGNORECASE)
"""A title that the name follows without a space, as in "Dr.Chen"."""


def id_from_name(name: str) -> str:
    """Make an id of the last word before any comma; titles and degrees are used only if nothing else is left."""
    words = _words(name.partition(",")[0])[::-1]
    real = (word for word in words if _letters_and_digits(word) not in _ADDITIONS)
    ids = map(_id_characters, chain(real, words))
    return next((text for text in ids if any(c.isalnum() for c in text)), FALLBACK_ID)


def form_of_address(name: str) -> str:
    """Write a name as one addresses a physician: with a title, without the degrees at the end.

    The name itself stays as typed: a program cannot know which part of it is the family name.
    """
    before, _, after = name.partition(",")
    degrees = after.replace(",", " ").split()
    words = _GLUED_TITLE.sub(r"\1. ", before if all(map(_is_degree_after_comma, degrees)) else name).split()
    titles = next((n for n, word in enumerate(words) if _letters_and_digits(word) not in TITLES), len(words))
    while len(words) > titles + 1 and _is_spelled_as_degree(words[-1]):
        words.pop()
    return " ".join([*([] if titles else ["Dr."]), *words]).rstrip(",")


def same_attending(people: Iterable[tuple[str, str | None]]) -> tuple[int, ...]:
    """For each (name, e-mail or None), give the index of the first entry that is the same person.

    Two entries are one person if they share an e-mail address, or a name unless both have addresses that differ.
    Whoever is the same as one of them is the same as all of them.
    """
    keyed = [(name_key(name), email.casefold() if email else None) for name, email in people]
    without_email = {name for name, email in keyed if email is None}
    leader = list(range(len(keyed)))
    first_with: dict[tuple[str, str], int] = {}
    for index, (name, email) in enumerate(keyed):
        traits = [("name", name)] if name in without_email else []
        for trait in traits + ([("email", email)] if email else []):
            _unite(leader, first_with.setdefault(trait, index), index)
    return tuple(_find_leader(leader, index) for index in range(len(keyed)))


def name_key(name: str) -> str:
    """Reduce a name to what its spellings share: no case, spaces, commas, titles or degrees. Never empty."""
    words = [word.casefold() for word in _words(unicodedata.normalize("NFKC", name))]
    while len(words) > 1 and _letters_and_digits(words[0]) in TITLES:
        words = words[1:]
    while len(words) > 1 and _letters_and_digits(words[-1]) in DEGREES:
        words = words[:-1]
    return "".join(words) or name.casefold()


# --- words of a name ----------------------------------------------------------------------------------------


def _words(name: str) -> list[str]:
    """Split a name into words, at commas too; a title glued to the name by its dot is a word of its own."""
    return _GLUED_TITLE.sub(r"\1. ", name).replace(",", " ").split()


def _letters_and_digits(word: str) -> str:
    if word.isalnum():  # most are
        return word.casefold()
    return "".join(c for c in word if c.isalnum()).casefold()


def _id_characters(word: str) -> str:
    """Keep letters of any script with their marks, digits and hyphens, in lower case."""
    lower = unicodedata.normalize("NFC", word).lower()
    if lower.isalnum():
        return lower
    return "".join(c for c in lower if c.isalnum() or c == "-" or unicodedata.category(c)[0] == "M")


def _is_spelled_as_degree(word: str) -> bool:
    """Whether a word is a degree in its usual spelling: DO is one, the family name Do is not."""
    plain = word.replace(".", "").rstrip(",")
    return _letters_and_digits(plain) in DEGREES and plain[1:] != plain[1:].lower()


def _is_degree_after_comma(word: str) -> bool:
    """Whether a word after a comma is a degree, known or not: two capitals or more, and no generation."""
    capitals = word.isupper() and sum(c.isalpha() for c in word) > 1
    return _is_spelled_as_degree(word) or (capitals and _letters_and_digits(word) not in GENERATIONS)


# --- groups of entries --------------------------------------------------------------------------------------


def _find_leader(leader: list[int], index: int) -> int:
    while leader[index] != index:
        leader[index] = leader[leader[index]]
        index = leader[index]
    return index


def _unite(leader: list[int], one: int, other: int) -> None:
    low, high = sorted((_find_leader(leader, one), _find_leader(leader, other)))
    leader[high] = low
