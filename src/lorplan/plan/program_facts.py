"""Every program of a plan file, with what the rules look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.reference.specialties import canonical
from lorplan.reference.targets import most_letters
from lorplan.rules.program import ProgramFacts, find_filters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lorplan.planfile.models import PlanFile
    from lorplan.planfile.program_models import Program
    from lorplan.rules.candidate import Candidate
    from lorplan.rules.key_dates import KeyDates
    from lorplan.rules.program import Standing


def gather_programs(plan_file: PlanFile, candidates: Sequence[Candidate], dates: KeyDates) -> list[ProgramFacts]:
    """Gather what the rules look at of every program, in file order; `candidates` are all letters, in file order."""
    targets = {canonical(target.specialty): index for index, target in enumerate(dates.targets)}
    letters = dict(zip(plan_file.ids, candidates, strict=True))
    return [
        _gather(position, program_id, program, targets.get(canonical(program.specialty)), letters, dates)
        for position, (program_id, program) in enumerate(zip(plan_file.program_ids, plan_file.programs, strict=True))
    ]


def _gather(  # noqa: PLR0913, PLR0917 - all that the facts are made of
    position: int,
    program_id: str,
    program: Program,
    target: int | None,
    letters: Mapping[str, Candidate],
    dates: KeyDates,
) -> ProgramFacts:
    opens = dates.season.opens
    applied = program.applied if program.applied and opens <= program.applied <= dates.as_of else None
    is_of_earlier_season = program.applied is not None and program.applied < opens
    assigned = [] if is_of_earlier_season else [letters[one] for one in program.assigned]
    most = most_letters(program.specialty, dates.policy.max_per_program)
    most = min(most, program.max or most)
    least = program.requires.letters
    deadline = program.deadline or dates.deadline_of(program.specialty)
    return ProgramFacts(
        position=position,
        id=program_id,
        program=program,
        standing=_find_standing(program, dates, has_applied=applied is not None),
        target=target,
        parts=0 if target is None else len(dates.targets[target].parts),
        most=most,
        letters=min(dates.policy.want, most) if least is None else least,
        deadline=deadline,
        latest=program.deadline or dates.season.rank_list,
        applied=applied,
        assigned=frozenset(c.position for c in assigned if c.history.is_secured),
        must_pass=find_filters(program.requires, deadline),
        should_pass=find_filters(program.prefers, deadline),
    )


def _find_standing(program: Program, dates: KeyDates, *, has_applied: bool) -> Standing:
    if program.skipped:
        return "skip"
    too_late = dates.is_after_rank_list or (program.deadline is not None and program.deadline < dates.as_of)
    return "closed" if too_late and not has_applied else "open"
