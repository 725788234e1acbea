"""A program as the rules see it, and which letters are what it asks for (MIX-7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from dateutil.relativedelta import relativedelta

from lorplan.rules.who import SENIOR_ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from lorplan.planfile.program_models import Program, Requirements
    from lorplan.rules.candidate import Candidate

Standing = Literal["open", "closed", "skip"]
Filters = Mapping[str, "Callable[[Candidate], bool]"]
"""What all letters are to be, by its key: which letters pass."""

MEETS: Final[dict[str, Callable[[Candidate], bool]]] = {
    "chair": lambda c: c.rotation.attending.role in SENIOR_ROLES,
    "standardized": lambda c: c.rotation.standardized,
    "us": lambda c: c.rotation.us,
    "hands_on": lambda c: c.rotation.experience == "hands-on",
}
"""Which letters meet a requirement, where that does not depend on the program."""

FILTERS: Final = ("us", "hands_on")
"""What `all` letters may have to be."""

ORDER_OF_FILLING: Final = ("chair", "standardized", "in_specialty", "us", "hands_on")
"""The order in which the places of a program are given to requirements: the rarest letters first."""


def find_filters(asked: Requirements, deadline: date) -> Filters:
    """List what all letters are to be: from the US, hands-on, not older than so many months on the deadline."""
    found = {key: MEETS[key] for key in FILTERS if getattr(asked, key) == "all"}
    if asked.months is not None:
        oldest = deadline - relativedelta(months=asked.months)
        found["months"] = lambda c: (c.history.uploaded or c.arrives_by) >= oldest
    return found


class Wish(NamedTuple):
    """A number of letters of one kind that a page asks for; `accepts` tells these letters."""

    key: str
    number: int
    accepts: Callable[[Candidate], bool]

    def count(self, letters: Sequence[Candidate]) -> int:
        """Count the letters that are of the kind."""
        return sum(map(self.accepts, letters))

    def is_met_by(self, letters: Sequence[Candidate]) -> bool:
        """Whether the letters are enough."""
        return self.count(letters) >= self.number


class ProgramFacts(NamedTuple):
    """One program with everything that the rules look at.

    `target` is the index of its target, None if only skipped programs name it; `parts` are the indices of the
    target's parts. It takes at most `most` letters and asks for `letters` of them. `deadline` is the day its page
    prints, else the target's; `latest` the last day on which a letter still helps. `applied` and the positions in
    `assigned` are as known on the plan's day. `must_pass` is what all letters must be, `should_pass` what they
    should be.
    """

    position: int
    id: str
    program: Program
    standing: Standing
    target: int | None
    parts: int
    most: int
    letters: int
    deadline: date
    latest: date
    applied: date | None
    assigned: frozenset[int]
    must_pass: Filters
    should_pass: Filters

    @property
    def is_open(self) -> bool:
        """Whether it can still be applied to, or letters be added."""
        return self.standing == "open"

    @property
    def requires(self) -> Requirements:
        """What its page says that letters must be."""
        return self.program.requires

    @property
    def prefers(self) -> Requirements:
        """What its page says that letters should be."""
        return self.program.prefers

    def may_receive(self, c: Candidate) -> bool:
        """Whether a letter may go to its target (MIX-6)."""
        return self.target in c.may_go_to

    def fits(self, c: Candidate) -> bool:
        """Whether a letter may go there and is what all letters must be."""
        return self.target in c.may_go_to and all(passes(c) for passes in self.must_pass.values())

    @property
    def question(self) -> tuple[object, ...]:
        """What the decision about its letters depends on: programs that ask the same get the same answer."""
        numbers = (self.standing, self.target, self.most, self.letters, self.deadline, self.latest, self.assigned)
        return (*numbers, self.requires, self.prefers)

    def wishes(self, asked: Requirements, *keys: str) -> Iterator[Wish]:
        """List the numbers of letters that are asked for, in the order of the keys; of a combined target, by part."""
        for key in keys:
            number = asked.number(key)
            if not number:
                continue
            if key == "in_specialty":
                yield from (Wish(key, number, self._counts_for(part)) for part in range(self.parts))
            else:
                yield Wish(key, number, MEETS[key])

    def _counts_for(self, part: int) -> Callable[[Candidate], bool]:
        return lambda c: (self.target, part) in c.parts

    def is_on_time(self, c: Candidate) -> bool:
        """Whether a letter is in the portal, or will be by the deadline."""
        return c.history.is_secured or c.arrives_by <= self.deadline

    def is_there(self, c: Candidate) -> bool:
        """Whether a letter is in the portal, or will be while it can still be added."""
        return c.history.is_secured or c.arrives_by <= self.latest
