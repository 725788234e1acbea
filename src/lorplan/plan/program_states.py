"""How each program stands: the letters of its set, whether they are what it asks for, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lorplan.dates.business_days import subtract_business_days
from lorplan.plan.model import Missing, PlannedProgram
from lorplan.plan.program_sets import choose_set
from lorplan.planfile.program_models import COUNTED
from lorplan.rules.order import ORDER
from lorplan.rules.who import BY_ARRIVAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lorplan.plan.model import ProgramState, Verdict
    from lorplan.planfile.program_models import Requirements
    from lorplan.rules.candidate import Candidate
    from lorplan.rules.key_dates import KeyDates
    from lorplan.rules.program import ProgramFacts

STATES: Final[tuple[ProgramState, ...]] = ("short", "ready", "on course", "complete", "closed", "skip")
"""The order in which programs are listed: what needs attention first."""

_KINDS: Final = COUNTED[1:]


def decide_programs(
    programs: Sequence[ProgramFacts],
    candidates: Sequence[Candidate],
    ranked: Sequence[Candidate],
    verdicts: Mapping[int, Verdict],
    dates: KeyDates,
) -> tuple[PlannedProgram, ...]:
    """Decide about every program; `candidates` are all letters in file order, `ranked` those in the running."""
    if not programs:
        return ()
    usable = [c for c in ranked if verdicts[c.position] in {"ask", "keep"} and not c.silent]
    serving = sorted(usable, key=_merit)
    place = {c.position: index for index, c in enumerate(ranked)}
    answers: dict[tuple[object, ...], PlannedProgram] = {}
    decided = []
    for one in programs:
        if one.question not in answers:
            assigned = [candidates[position] for position in sorted(one.assigned)]
            target = None if one.target is None else dates.targets[one.target]
            chosen = choose_set(one, assigned, serving, target)
            in_order = sorted(chosen, key=lambda c: (place.get(c.position, len(place)), c.position))
            answers[one.question] = _decide(one, in_order, [c for c in usable if one.may_receive(c)], dates)
        decided.append(answers[one.question]._replace(facts=one))
    return tuple(sorted(decided, key=lambda one: (STATES.index(one.state), one.facts.deadline, one.id)))


def _merit(c: Candidate) -> list[int]:
    """Compare letters by everything but the deadline of the plan: a program has its own."""
    return [preference.level(c) for preference in ORDER if preference is not BY_ARRIVAL]


def _decide(
    one: ProgramFacts, letters: Sequence[Candidate], welcome: Sequence[Candidate], dates: KeyDates
) -> PlannedProgram:
    secured = [c for c in letters if c.history.is_secured and c.position not in one.assigned]
    state = _find_state(one, letters)
    on_time = [c for c in letters if one.fits(c) and one.is_on_time(c)]
    return PlannedProgram(
        facts=one,
        target=None if one.target is None else dates.targets[one.target].specialty,
        needed_by=subtract_business_days(one.deadline, dates.policy.processing_days),
        state=state,
        late=one.is_open and not _has_all(one, on_time) and _has_all(one, [c for c in letters if one.fits(c)]),
        letters=tuple(c.id for c in letters),
        assigned=tuple(c.id for c in letters if c.position in one.assigned),
        to_assign=tuple(c.id for c in secured) if one.is_open else (),
        misplaced=tuple(c.id for c in _find_misplaced(one, letters, welcome)) if one.standing != "skip" else (),
        missing=tuple(_find_missing(one, letters, welcome)) if one.is_open else (),
    )


def _find_misplaced(
    one: ProgramFacts, letters: Sequence[Candidate], welcome: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Find the assigned letters that may not go there, or that do not fit although as many as are asked for do."""
    assigned = [c for c in letters if c.position in one.assigned]
    enough = len({c.position for c in (*assigned, *welcome) if one.fits(c)}) >= one.letters
    yield from (c for c in assigned if not one.may_receive(c) or (enough and not one.fits(c)))


# --- states -------------------------------------------------------------------------------------------------


def _find_state(one: ProgramFacts, letters: Sequence[Candidate]) -> ProgramState:
    if one.standing != "open":
        return one.standing
    fitting = [c for c in letters if one.fits(c)]
    if _has_all(one, [c for c in fitting if c.position in one.assigned]):
        return "complete"
    if _has_all(one, [c for c in fitting if c.history.is_secured]):
        return "ready"
    return "on course" if _has_all(one, [c for c in fitting if one.is_there(c)]) else "short"


def _has_all(one: ProgramFacts, fitting: Sequence[Candidate]) -> bool:
    """Whether fitting letters are all that a program requires."""
    enough = len(fitting) >= one.letters
    return enough and all(wish.is_met_by(fitting) for wish in one.wishes(one.requires, *_KINDS))


# --- what is missing ----------------------------------------------------------------------------------------


def _find_missing(one: ProgramFacts, letters: Sequence[Candidate], welcome: Sequence[Candidate]) -> Iterator[Missing]:
    """Find what is missing of the requirements, then of the preferences, each in the order of the keys.

    `welcome` are the letters that may serve the program.
    """
    there = [c for c in letters if one.fits(c) and one.is_there(c)]
    kept_out = [c for c in welcome if one.is_there(c)]
    kept_out += [c for c in letters if c.position in one.assigned and one.may_receive(c) and c not in kept_out]
    found = [*_find_missing_letters(one, there, kept_out), *_find_missing_kinds(one, one.requires, there, must=True)]
    yield from sorted(found, key=_by_key)
    least = one.prefers.letters or 0
    found = [Missing("letters", least, len(there), must=False)] if len(there) < least else []
    found += _find_missing_kinds(one, one.prefers, there, must=False)
    for key, passes in one.should_pass.items():
        passing = sum(map(passes, there))
        found += [Missing(key, len(there), passing, must=False)] if passing < len(there) else []
    yield from sorted(found, key=_by_key)


def _find_missing_letters(
    one: ProgramFacts, there: Sequence[Candidate], serving: Sequence[Candidate]
) -> Iterator[Missing]:
    """Say that letters are too few; where something that all must be keeps some out, say that instead."""
    if len(there) >= one.letters:
        return
    counts = {key: sum(map(passes, serving)) for key, passes in one.must_pass.items()}
    keeping_out = {key: count for key, count in counts.items() if count < len(serving)}
    for key, count in (keeping_out or {"letters": len(there)}).items():
        yield Missing(key, one.letters, count, must=True)


def _find_missing_kinds(
    one: ProgramFacts, asked: Requirements, there: Sequence[Candidate], *, must: bool
) -> list[Missing]:
    """Find which numbers of letters of a kind are not met; of a combined target, the part with the least."""
    least: dict[str, Missing] = {}
    for wish in one.wishes(asked, *_KINDS):
        have = wish.count(there)
        if have < wish.number and (wish.key not in least or have < least[wish.key].have):
            least[wish.key] = Missing(wish.key, wish.number, have, must)
    return list(least.values())


def _by_key(missing: Missing) -> int:
    return (*COUNTED, "months").index(missing.requirement)
