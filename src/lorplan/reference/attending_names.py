"""What an attending's name tells: a short id, the form of address, and whether two entries are one person."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from lorplan.reference.id_words import id_word

if TYPE_CHECKING:
    from collections.abc import Iterable

TITLES: Final = frozenset({"dr", "doctor", "prof", "professor", "mr", "mrs", "ms", "miss"})
_DEGREES_AS_SPELLED: Final = frozenset({"MD", "DO", "PhD", "MBBS", "MBChB", "MPH", "MSc", "FACP"})
DEGREES: Final = frozenset(degree.lower() for degree in _DEGREES_AS_SPELLED)
GENERATIONS: Final = frozenset({"jr", "sr", "ii", "iii"})

FALLBACK_ID: Final = "rotation"
"""The id of a rotation whose attending's name has no letter and no digit."""

_GLUED_TITLE: Final = re.compile(rf"^\s*({'|'.join(sorted(TITLES))})\.(?=[^\s.])", re.IGNORECASE)
"""A title that the name follows without a space, as in "Dr.Chen"."""


def id_from_name(name: str) -> str:
    """Make an id of the last word before any comma; titles and degrees are used only if nothing else is left."""
    words = _words(name.partition(",")[0])[::-1]
    real = (word for word in words if not _is_addition(word))
    ids = map(id_word, chain(real, words))
    return next((text for text in ids if any(c.isalnum() for c in text)), FALLBACK_ID)


def form_of_address(name: str) -> str:
    """Write a name as one addresses a physician: with a title, without the degrees at the end, the surname last.

    Without a comma the name stays as typed: a program cannot know which part of it is the family name.
    """
    name = surname_last(name) or name
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


def namesakes(people: Iterable[tuple[str, str | None]]) -> tuple[int | None, ...]:
    """For each (name, e-mail or None), give the index of the first entry of that name that is another person.

    None where there is none: two people with one name differ in their addresses only, and may be one after all.
    """
    entries = list(people)
    leaders = same_attending(entries)
    by_name: dict[str, list[int]] = {}
    found: list[int | None] = []
    for index, (name, _) in enumerate(entries):
        earlier = by_name.setdefault(name_key(name), [])
        found.append(next((other for other in earlier if leaders[other] != leaders[index]), None))
        if all(leaders[other] != leaders[index] for other in earlier):
            earlier.append(index)
    return tuple(found)


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """Reduce a name to what its spellings share: no case, spaces, commas, titles or degrees. Never empty."""
    before, comma, after = unicodedata.normalize("NFKC", name).partition(",")
    words = [(word, False) for word in _words(before)] + [(word, bool(comma)) for word in _words(after)]
    while len(words) > 1 and _letters_and_digits(words[0][0]) in TITLES:
        words = words[1:]
    while len(words) > 1 and _is_degree(*words[-1]):
        words = words[:-1]
    return "".join(word.casefold() for word, _ in words) or name.casefold()


def surname_last(name: str) -> str | None:
    """Write a name whose surname comes first the usual way; None where no comma stands before a given name.

    "Smith, John" is John Smith; what follows the comma in "John Smith, MD" is a degree, which is left out.
    """
    surname, comma, given = name.partition(",")
    words = _words(given)
    is_addition = all(_is_degree_after_comma(word) or _is_addition(word) for word in words)
    if not comma or not words or is_addition or not _words(surname):
        return None
    before = [*_words(surname), *(word for word in words if _letters_and_digits(word) in TITLES)]
    titles = [word for word in before if _letters_and_digits(word) in TITLES]
    rest = [word for word in before if word not in titles]
    return " ".join([*titles, *(word for word in words if not _is_addition(word)), *rest])


# --- words of a name ----------------------------------------------------------------------------------------


def _words(name: str) -> list[str]:
    """Split a name into words, at commas too; a title glued to the name by its dot is a word of its own."""
    return _GLUED_TITLE.sub(r"\1. ", name).replace(",", " ").split()


def _letters_and_digits(word: str) -> str:
    if word.isalnum():  # most are
        return word.casefold()
    return "".join(c for c in word if c.isalnum()).casefold()


def _is_addition(word: str) -> bool:
    """Whether a word before any comma is a title, a generation or a degree."""
    return _letters_and_digits(word) in TITLES | GENERATIONS or _is_degree(word)


def _is_degree(word: str, after_comma: bool = False) -> bool:  # noqa: FBT001, FBT002 - where the word stands
    """Whether a word is a degree: after a comma, with dots, or as usually spelled. The family name Do is not one."""
    if _letters_and_digits(word) not in DEGREES:
        return False
    bare = word.strip(".,")
    return after_comma or "." in bare or bare in _DEGREES_AS_SPELLED


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
