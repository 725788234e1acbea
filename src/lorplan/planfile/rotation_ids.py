"""The id of each rotation: what the user wrote, else derived from the attending's name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lorplan.reference.attending_names import id_from_name

if TYPE_CHECKING:
    from collections.abc import Sequence


class IdParts(NamedTuple):
    """What an id is made of: the id the user wrote, the attending's name, and the month of the start."""

    written: str | None
    attending: str
    month: str


def rotation_ids(rotations: Sequence[IdParts]) -> tuple[str, ...]:
    """Give each rotation an id, all different as long as no two written ones are equal.

    A written id stays. Of equal derived ids the first in the file keeps the bare word, so that a namesake who is
    added changes nobody's id; the others, and one that equals a written id, get the month of the start and, if they
    still collide, a number in the order of the file.
    """
    taken = {parts.written for parts in rotations if parts.written}
    numbers: Counter[str] = Counter()
    ids = []
    for parts in rotations:
        derived = parts.written or _derive(parts, taken, numbers)
        taken.add(derived)
        ids.append(derived)
    return tuple(ids)


def _derive(parts: IdParts, taken: set[str], numbers: Counter[str]) -> str:
    stem = id_from_name(parts.attending)
    return stem if stem not in taken else _next_free(f"{stem}-{parts.month}", taken, numbers)


def _next_free(stem: str, taken: set[str], numbers: Counter[str]) -> str:
    """Return the stem, or the stem with the next free number; `numbers` remembers the last one tried."""
    candidate = stem
    while candidate in taken:
        numbers[stem] = max(numbers[stem], 1) + 1
        candidate = f"{stem}-{numbers[stem]}"
    return candidate
