"""What an attending's name tells: a short id for the rotation, and whether two entries are one person."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TITLES = frozenset({"dr", "doctor", "prof", "professor", "mr", "mrs", "ms", "miss"})
DEGREES = frozenset({"md", "do", "phd", "mbbs", "mbchb", "mph", "msc", "facp"})
GENERATIONS = frozenset({"jr", "sr", "ii", "iii"})
_ADDITIONS = TITLES | DEGREES | GENERATIONS
NAMELESS = "rotation"
"""The id of a rotation whose attending's name has no letter and no digit."""

_GLUED_TITLE = re.compile(rf"^\s*({'|'.join(sorted(TITLES))})\.(?=[^\s.])", re.IGNORECASE)


class Entry(NamedTuple):
    """What an id is made of: the id the user wrote, the attending's name, and the month of the start."""

    written: str | None
    attending: str
    month: str


def _bare(word: str) -> str:
    if word.isalnum():  # as most are
        return word.casefold()
    return "".join(c for c in word if c.isalnum()).casefold()


def _words(name: str) -> list[str]:
    """The words of a name, commas taken for spaces; a title glued to the name by its dot is a word too."""
    return _GLUED_TITLE.sub(r"\1. ", name).replace(",", " ").split()


def _id_characters(word: str) -> str:
    """Letters of any script with their marks, digits and hyphens, in lower case."""
    lower = unicodedata.normalize("NFC", word).lower()
    if lower.isalnum():
        return lower
    return "".join(c for c in lower if c.isalnum() or c == "-" or unicodedata.category(c)[0] == "M")


def derived_id(name: str) -> str:
    """The last word of a name before any comma, as an id; titles and degrees only if nothing else is left."""
    words = _words(name.partition(",")[0])[::-1]
    real = (word for word in words if _bare(word) not in _ADDITIONS)
    ids = map(_id_characters, chain(real, words))
    return next((text for text in ids if any(c.isalnum() for c in text)), NAMELESS)


def rotation_ids(entries: Sequence[Entry]) -> tuple[str, ...]:
    """An id for each rotation, all different, as long as no two written ones are equal.

    A written id stays. Derived ids that meet each other, or a written one, get the month of the start, and
    if they still meet, a number in the order of the file.
    """
    derived = [None if entry.written else derived_id(entry.attending) for entry in entries]
    taken = {entry.written for entry in entries if entry.written}
    clashing = {stem for stem, count in Counter(derived).items() if count > 1 or stem in taken}
    number: Counter[str] = Counter()
    ids = []
    for entry, stem in zip(entries, derived, strict=True):
        if entry.written or stem is None:
            ids.append(entry.written or NAMELESS)
            continue
        stem_and_month = f"{stem}-{entry.month}" if stem in clashing else stem
        ids.append(_free(stem_and_month, taken, number))
        taken.add(ids[-1])
    return tuple(ids)


def _free(stem: str, taken: set[str], number: Counter[str]) -> str:
    """The stem, or the stem with the next number that nobody has; `number` remembers how far it got."""
    candidate = stem if stem not in taken else ""
    while not candidate or candidate in taken:
        number[stem] = max(number[stem], 1) + 1
        candidate = f"{stem}-{number[stem]}"
    return candidate


def name_key(name: str) -> str:
    """A name without case, spaces, commas, titles in front and degrees at the end; never empty."""
    words = [word.casefold() for word in _words(unicodedata.normalize("NFKC", name))]
    while len(words) > 1 and _bare(words[0]) in TITLES:
        words = words[1:]
    while len(words) > 1 and _bare(words[-1]) in DEGREES:
        words = words[:-1]
    return "".join(words) or name.casefold()


def addressed(name: str) -> str:
    """A name as one writes it to a physician: with a title, and without the degrees behind it.

    The name itself stays as it was typed: which part of it is the family name is not for a program to guess.
    """
    before, _, behind = name.partition(",")
    letters = behind.replace(",", " ").split()
    words = _GLUED_TITLE.sub(r"\1. ", before if all(map(_is_degree, letters)) else name).split()
    titles = next((n for n, word in enumerate(words) if _bare(word) not in TITLES), len(words))
    while len(words) > titles + 1 and _is_written_degree(words[-1]):
        words.pop()
    return " ".join([*([] if titles else ["Dr."]), *words]).rstrip(",")


def _is_written_degree(word: str) -> bool:
    """Whether a word is a degree in its usual spelling: Do is a family name, DO is none."""
    plain = word.replace(".", "").rstrip(",")
    return _bare(plain) in DEGREES and plain[1:] != plain[1:].lower()


def _is_degree(word: str) -> bool:
    """Whether a word behind a comma is a degree, known or not: two capitals or more, and not a number."""
    capitals = word.isupper() and sum(c.isalpha() for c in word) > 1
    return _is_written_degree(word) or (capitals and _bare(word) not in GENERATIONS)


def same_attending(people: Iterable[tuple[str, str | None]]) -> tuple[int, ...]:
    """For each (name, e-mail or None) the number of the first entry that is the same person.

    Two entries are one person by one e-mail address, or by one name unless both have addresses that differ;
    and whoever is the same as one of them is the same as all of them.
    """
    keyed = [(name_key(name), email.casefold() if email else None) for name, email in people]
    without_email = {name for name, email in keyed if email is None}
    leader = list(range(len(keyed)))
    first_with: dict[tuple[str, str], int] = {}
    for place, (name, email) in enumerate(keyed):
        marks = [("name", name)] if name in without_email else []
        for mark in marks + ([("email", email)] if email else []):
            _unite(leader, first_with.setdefault(mark, place), place)
    return tuple(_leader(leader, place) for place in range(len(keyed)))


def _leader(leader: list[int], place: int) -> int:
    while leader[place] != place:
        leader[place] = leader[leader[place]]
        place = leader[place]
    return place


def _unite(leader: list[int], one: int, other: int) -> None:
    low, high = sorted((_leader(leader, one), _leader(leader, other)))
    leader[high] = low
