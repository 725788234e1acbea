"""What the programs need of the letters as a whole, beyond what their targets need (MIX-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from lorplan.rules.program import MEETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lorplan.rules.candidate import Candidate
    from lorplan.rules.key_dates import KeyDates
    from lorplan.rules.program import ProgramFacts

_KEYS: Final = ("in_specialty", "us", "chair", "standardized", "hands_on")
"""The order in which letters are picked for needs."""


class Need(NamedTuple):
    """How many letters of one kind the programs of a target need; `program` is the name of one that asks for so many.

    `part` is the index of the target's part that they are to count for.
    """

    target: int
    key: str
    part: int | None
    number: int
    program: str

    def is_served_by(self, c: Candidate) -> bool:
        """Whether a letter is of the kind and may go to the target."""
        if self.part is not None:
            return (self.target, self.part) in c.parts
        return self.target in c.may_go_to and MEETS[self.key](c)


class Needs(NamedTuple):
    """All needs in the order in which letters are picked for them, and how many letters are wanted at least."""

    each: tuple[Need, ...]
    want: int


def find_needs(programs: Sequence[ProgramFacts], dates: KeyDates) -> Needs:
    """Find what the open programs need that do not have all their letters yet."""
    hungry = [one for one in programs if one.is_open and not (one.applied and len(one.assigned) >= one.most)]
    want = max((min(one.letters, one.most) for one in hungry), default=0)
    return Needs(tuple(_find_needs(hungry, dates)), max(want, dates.policy.want))


def _find_needs(hungry: Sequence[ProgramFacts], dates: KeyDates) -> Iterator[Need]:
    for index, target in enumerate(dates.targets):
        own = [one for one in hungry if one.target == index]
        for key in _KEYS:
            number, program = max(((_number_asked(one, key), one) for one in own), key=_by_number, default=(0, None))
            if not number or program is None:
                continue
            name = program.program.name
            if key != "in_specialty":
                yield Need(index, key, None, number, name)
                continue
            for place, part in enumerate(target.parts):
                if number > part.needed:
                    yield Need(index, key, place, number, name)


def _by_number(asked: tuple[int, ProgramFacts]) -> int:
    return asked[0]


def _number_asked(one: ProgramFacts, key: str) -> int:
    """Return how many letters of a kind a program asks for, at most as many as it takes."""
    number = one.letters if getattr(one.requires, key) == "all" else one.requires.number(key)
    return min(number, one.most)
