"""What a rule of the rule book consists of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lorplan.reference.policy_numbers import Constant, Number
    from lorplan.reference.sources import Source
    from lorplan.rules.candidate import Candidate
    from lorplan.rules.key_dates import KeyDates

Basis = Literal["requirement", "guidance", "judgement"]
Side = Literal["for", "against", "unknown"]


class Remark(NamedTuple):
    """What one rule says about one letter: for it, against it, or that something is unknown."""

    rule: str
    text: str
    side: Side


Statement = tuple[str, Side]
"""A remark before its rule is attached."""


def favors(text: str) -> Statement:
    """State what speaks for a letter."""
    return text, "for"


def opposes(text: str) -> Statement:
    """State what speaks against a letter."""
    return text, "against"


def unknown(text: str) -> Statement:
    """State what the plan file does not say about a letter."""
    return text, "unknown"


def weigh(text: str, *, good: bool) -> Statement:
    """State what speaks for a letter if it is good, else against it."""
    return favors(text) if good else opposes(text)


class Rule(NamedTuple):
    """One rule: an id that is never reused, a claim in one sentence, and what it rests on.

    `check` is the exact test, in a sentence that an adviser can verify against the code. `why` is our reason.
    `basis`: a requirement of whoever runs the application, guidance of people who should know, or our own
    judgement. `numbers` can be changed by a policy, `constants` cannot. `remarks` states what the rule says about a
    letter. `private`: its remarks tell what the user thinks of a person or a time, so that `--share` leaves them out.
    """

    id: str
    claim: str
    check: str
    why: str
    basis: Basis
    sources: tuple[Source, ...]
    numbers: tuple[Number, ...] = ()
    constants: tuple[Constant, ...] = ()
    remarks: Callable[[Candidate, KeyDates], Iterable[Statement]] | None = None
    private: bool = False

    def remarks_on(self, candidate: Candidate, dates: KeyDates) -> Iterator[Remark]:
        """Yield what the rule says about a letter that is not skipped."""
        for text, side in self.remarks(candidate, dates) if self.remarks else ():
            yield Remark(self.id, text, side)


class Exclusion(NamedTuple):
    """A reason to skip a letter outright; `way_back` says what would put it back into the running."""

    rule: Rule
    applies: Callable[[Candidate], bool]
    describe: Callable[[Candidate], str]
    way_back: str


class Weakness(NamedTuple):
    """A reason why a letter would be weak: it can then be a reserve, but no pick unless it was asked for."""

    rule: Rule
    applies: Callable[[Candidate], bool]
    describe: Callable[[Candidate], str]


class Preference(NamedTuple):
    """One comparison of two letters: the one with the lower `level` is preferred.

    `advantage` completes "..., whose": it says what the better letter has. Where the drawback of the worse
    letter says more, `drawback` states it. `improvement` is what would lift the worse letter, if anything
    could. `tiebreak`: the letters are otherwise equal. `cause` finds the rule where several can be behind it.
    """

    rule: Rule
    level: Callable[[Candidate], int]
    advantage: Callable[[Candidate], str]
    drawback: Callable[[Candidate], str] | None = None
    improvement: str | None = None
    tiebreak: bool = False
    cause: Callable[[Candidate], Rule] | None = None

    def rule_against(self, worse: Candidate) -> Rule:
        """Find the rule that speaks against the worse of two letters that differ here."""
        return self.cause(worse) if self.cause else self.rule

    def explain_loss(self, better: Candidate, worse: Candidate) -> str:
        """Say why the worse of two letters that differ here ranks below the better one."""
        if self.drawback:
            return f"{self.drawback(worse)}, so it ranks below {better.name}"
        relation = "otherwise equal to" if self.tiebreak else "ranks below"
        return f"{relation} {better.name}, whose {self.advantage(better)}"

    def explain_win(self, better: Candidate, worse: Candidate) -> str:
        """Say why the better of two letters that differ here ranks above the worse one."""
        relation = "otherwise equal to" if self.tiebreak else "ranks above"
        return f"{relation} {worse.name}, as the {self.advantage(better)}"
