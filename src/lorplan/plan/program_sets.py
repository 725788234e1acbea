"""Which letters go to each program: its set, at most as many as it takes (MIX-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.rules.program import ORDER_OF_FILLING
from lorplan.rules.who import is_strong

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lorplan.planfile.models import Target
    from lorplan.planfile.program_models import Requirements
    from lorplan.rules.candidate import Candidate
    from lorplan.rules.program import ProgramFacts, Wish


def choose_set(
    one: ProgramFacts, assigned: Sequence[Candidate], serving: Sequence[Candidate], target: Target | None
) -> list[Candidate]:
    """Choose the letters for a program; `serving` are those that may serve any, best first but for the deadline.

    What is assigned stays, whatever else is known. Of an open program the places left go first to what its page
    requires and prefers, then to what its target needs, then to the best.
    """
    if not one.is_open or target is None or len(assigned) >= one.most:
        return list(assigned)
    welcome = sorted(filter(one.may_receive, serving), key=lambda c: not one.is_on_time(c))
    filling = _Filling(one, [c for c in welcome if one.fits(c)], list(assigned))
    filling.fill_wishes(one.requires, filling.fitting)
    filling.fill_wishes(one.prefers, filling.preferred)
    filling.fill_parts(target)
    filling.fill_up()
    return filling.add_misfits(welcome)


class _Filling:
    """The places of one program as they are given away, one after the other.

    `fitting` are the letters that it can take, best first; `preferred` those on time that are what it prefers all
    letters to be.
    """

    def __init__(self, one: ProgramFacts, fitting: Sequence[Candidate], chosen: list[Candidate]) -> None:
        self.one = one
        self.fitting = fitting
        preferences = one.should_pass.values()
        self.preferred = [c for c in fitting if one.is_on_time(c) and all(passes(c) for passes in preferences)]
        self.chosen = chosen
        self.taken = {c.position for c in chosen}
        self.fits = [c for c in chosen if one.fits(c)]

    def fill_wishes(self, asked: Requirements, letters: Sequence[Candidate]) -> None:
        """Give places to letters of the kinds that are asked for, the rarest kind first."""
        wishes = list(self.one.wishes(asked, *ORDER_OF_FILLING))
        for wish in wishes:
            while not wish.is_met_by(self.fits):
                unmet = [other for other in wishes if not other.is_met_by(self.fits)]
                if not self._add_most_useful(filter(wish.accepts, letters), unmet):
                    break

    def _add_most_useful(self, letters: Iterable[Candidate], unmet: Sequence[Wish]) -> bool:
        """Add the letter on time, else any, that is what most of the unmet wishes ask for, and of those the best."""
        left = [c for c in letters if c.position not in self.taken]
        if not left or self._is_full:
            return False
        self._add(min(left, key=lambda c: (not self.one.is_on_time(c), -sum(wish.accepts(c) for wish in unmet))))
        return True

    def fill_parts(self, target: Target) -> None:
        """Give places to strong letters on time that the parts of the target need (MIX-2)."""
        for place, part in enumerate(target.parts):
            key = (self.one.target, place)
            own = [c for c in self.fitting if key in c.parts and c.position not in self.taken]
            strong = [c for c in own if is_strong(c) and self.one.is_on_time(c)]
            lacking = part.needed - sum(key in c.parts for c in self.fits)
            self._add_best(strong[: max(0, lacking)])

    def fill_up(self) -> None:
        """Give places to the best letters until there are enough, and then to strong ones."""
        preferred = {c.position for c in self.preferred}
        best = [c for c in self.fitting if c.position not in self.taken]
        best.sort(key=lambda c: c.position not in preferred)
        enough = max(self.one.letters, self.one.prefers.letters or 0)
        self._add_best(best[: max(0, enough - len(self.fits))])
        self._add_best(filter(is_strong, self.fitting))

    def add_misfits(self, welcome: Iterable[Candidate]) -> list[Candidate]:
        """Add what does not fit while letters are lacking: nobody applies with fewer than there are."""
        for c in welcome:
            if len(self.chosen) < self.one.letters and not self._is_full and c.position not in self.taken:
                self._add(c)
        return self.chosen

    @property
    def _is_full(self) -> bool:
        return len(self.chosen) >= self.one.most

    def _add_best(self, letters: Iterable[Candidate]) -> None:
        for c in letters:
            if not self._is_full and c.position not in self.taken:
                self._add(c)

    def _add(self, c: Candidate) -> None:
        self.chosen.append(c)
        self.taken.add(c.position)
        if self.one.fits(c):
            self.fits.append(c)
