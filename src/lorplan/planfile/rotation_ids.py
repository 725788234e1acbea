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

    A written id stays. Derived ids that collide with each other or with a written one get the month of the start
    and, if they still collide, a number in the order of the file.
    """
    derived = [None if parts.written else id_from_name(parts.attending) for parts in rotations]
    taken = {parts.written for parts in rotations if parts.written}
    colliding = {stem for stem, count in Counter(derived).items() if count > 1 or stem in taken}
    numbers: Counter[str] = Counter()
    ids = []
    for parts, stem in zip(rotations, derived, strict=True):
        if stem is None:
            ids.append(str(parts.written))
            continue
        with_month = f"{stem}-{parts.month}" if stem in colliding else stem
        ids.append(_next_free(with_month, taken, numbers))
        taken.add(ids[-1])
    return tuple(ids)


def _next_free(stem: str, taken: set[str], numbers: Counter[str]) -> str:
    """Return the stem, or the stem with the next free number; `numbers` remembers the last one tried."""
    candidate = stem
    while candidate in taken:
        numbers[stem] = max(numbers[stem], 1) + 1
        candidate = f"{stem}-{numbers[stem]}"
    return candidate
