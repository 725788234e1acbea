"""Each thing that a program asks for, with the letters that are it, and why one is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lorplan.planfile.program_models import COUNTED
from lorplan.rules.program import FILTERS, MEETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lorplan.plan.model import Letter, Plan, PlannedProgram
    from lorplan.planfile.program_models import Requirements
    from lorplan.rules.candidate import Candidate
    from lorplan.rules.program import ProgramFacts


class RequirementCheck(NamedTuple):
    """One thing that the page of a program asks for: so many letters, or with `number` None all of them.

    `met_by` are the ids of the letters of its set that are it and will be there; `others` those that are not.
    `obstacle`: why it cannot be met, "" if it is met or can be.
    """

    key: str
    number: int | None
    must: bool
    met_by: tuple[str, ...]
    others: tuple[str, ...]
    is_met: bool
    obstacle: str


def check_requirements(plan: Plan, one: PlannedProgram) -> list[RequirementCheck]:
    """Check what a program requires, then what it prefers, each in the order of the keys."""
    candidates = [plan.letter(letter).candidate for letter in one.letters]
    required = [*_check(plan, one, one.facts.requires, candidates, must=True)]
    return [*required, *_check(plan, one, one.facts.prefers, candidates, must=False)]


def _check(
    plan: Plan, one: PlannedProgram, asked: Requirements, letters: Sequence[Candidate], *, must: bool
) -> Iterator[RequirementCheck]:
    facts = one.facts
    fitting = [c for c in letters if facts.fits(c) and facts.is_there(c)]
    least = facts.letters if must else asked.letters
    if least:
        missing = _is_missing(one, "letters", must=must) or len(fitting) < least
        yield _result(plan, one, "letters", least, fitting, letters, must=must, is_met=not missing)
    for wish in facts.wishes(asked, *COUNTED[1:]):
        own = [c for c in fitting if wish.accepts(c)]
        yield _result(plan, one, wish.key, wish.number, own, letters, must=must, is_met=len(own) >= wish.number)
    for key, passes in (facts.must_pass if must else facts.should_pass).items():
        own = [c for c in letters if passes(c)]
        yield _result(plan, one, key, None, own, letters, must=must, is_met=len(own) == len(letters))


def _is_missing(one: PlannedProgram, key: str, *, must: bool) -> bool:
    return any((missing.requirement, missing.must) == (key, must) for missing in one.missing)


def _result(  # noqa: PLR0913, PLR0917 - a check has that many parts
    plan: Plan,
    one: PlannedProgram,
    key: str,
    number: int | None,
    own: Sequence[Candidate],
    letters: Sequence[Candidate],
    *,
    must: bool,
    is_met: bool,
) -> RequirementCheck:
    return RequirementCheck(
        key=key,
        number=number,
        must=must,
        met_by=tuple(c.id for c in own),
        others=tuple(c.id for c in letters if c not in own),
        is_met=is_met,
        obstacle="" if is_met or number is None else find_obstacle(plan, one.facts, key, number),
    )


# --- why something is missing -------------------------------------------------------------------------------


def find_obstacle(plan: Plan, facts: ProgramFacts, key: str, number: int) -> str:
    """Say why a number of letters of a kind cannot be reached, whoever else is asked; "" if it can."""
    if number > facts.most:
        return f"it takes at most {facts.most}"
    kept_out = [letter for letter in plan.letters if letter.counts and _is_kept_out(letter, facts, key)]
    if kept_out:
        reasons = (f"{letter.id} {_why_not_fitting(letter, facts)}" for letter in kept_out)
        return f"{', '.join(reasons)}, as all letters must be"
    return ""


def _is_kept_out(letter: Letter, facts: ProgramFacts, key: str) -> bool:
    """Whether a letter is of the kind, but not what all letters must be."""
    c = letter.candidate
    is_of_kind = key in MEETS and key not in FILTERS and MEETS[key](c)
    return is_of_kind and facts.may_receive(c) and not facts.fits(c)


_NOT: dict[str, str] = {"us": "is not from the US", "hands_on": "is not hands-on", "months": "is not recent enough"}


def _why_not_fitting(letter: Letter, facts: ProgramFacts) -> str:
    failed = [key for key, passes in facts.must_pass.items() if not passes(letter.candidate)]
    return " and ".join(_NOT[key] for key in failed)


def find_better_letters(plan: Plan, one: PlannedProgram) -> list[tuple[Letter, Letter]]:
    """Find assigned letters in the place of a better one that fits and is left out, each with the better one."""
    facts = one.facts
    if not facts.is_open or len(one.letters) < facts.most:
        return []
    ranked = [letter for letter in plan.letters if letter.rank]
    left_out = [
        letter
        for letter in ranked
        if letter.id not in one.letters and letter.is_expected and facts.fits(letter.candidate)
    ]
    assigned = [letter for letter in reversed(ranked) if letter.id in one.assigned]
    pairs = zip(assigned, left_out, strict=False)
    return [(worse, better) for worse, better in pairs if (better.rank or 0) < (worse.rank or 0)]
