"""The id of each program: what the user wrote, else derived from its name."""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING, Final, NamedTuple

from lorplan.reference.id_words import id_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FALLBACK_ID: Final = "program"
"""The id of a program whose name has no letter and no digit."""


class ProgramIdParts(NamedTuple):
    """What an id is made of: the id the user wrote, the name, the track and the specialty."""

    written: str | None
    name: str
    track: str | None
    specialty: str


def program_ids(programs: Sequence[ProgramIdParts], rotation_ids: Iterable[str]) -> tuple[str, ...]:
    """Give each program an id, all different as long as no two written ones are equal.

    A written id stays. A derived one is the name in lower case, its words joined by hyphens; where it is taken, by a
    rotation too, the later program in the file gets its track behind it, else its specialty, else a number.
    """
    taken = {*rotation_ids, *(parts.written for parts in programs if parts.written)}
    ids = []
    for parts in programs:
        chosen = parts.written or next(one for one in _possible_ids(parts) if one not in taken)
        taken.add(chosen)
        ids.append(chosen)
    return tuple(ids)


def _possible_ids(parts: ProgramIdParts) -> Iterator[str]:
    stem = _join(parts.name) or FALLBACK_ID
    longer = (f"{stem}-{word}" for addition in (parts.track, parts.specialty) if addition and (word := _join(addition)))
    return chain([stem], longer, (f"{stem}-{number}" for number in count(2)))


def _join(name: str) -> str:
    """Join the words of a name by hyphens; "" if no letter and no digit is left."""
    return "-".join(word for word in map(id_word, name.split()) if any(c.isalnum() for c in word))
