"""Every rotation of a plan file, with the days and facts that the rules compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.reference.attending_names import same_attending
from lorplan.reference.specialties import canonical, counted_for
from lorplan.rules.candidate import Candidate
from lorplan.rules.letter_history import find_history
from lorplan.rules.when import find_arrival, find_window, is_on_time, is_silent
from lorplan.rules.who import is_fresh

if TYPE_CHECKING:
    from lorplan.planfile.models import PlanFile
    from lorplan.rules.key_dates import KeyDates
    from lorplan.rules.letter_history import LetterHistory


def gather(plan_file: PlanFile, dates: KeyDates) -> list[Candidate]:
    """Gather what the rules compare about every rotation, in file order."""
    attendings = [rotation.attending for rotation in plan_file.rotations]
    people = same_attending((attending.name, attending.email) for attending in attendings)
    histories = [find_history(rotation, dates.as_of) for rotation in plan_file.rotations]
    declined = {person for person, history in zip(people, histories, strict=True) if history.is_declined}
    targets = {canonical(target.specialty): index for index, target in enumerate(dates.targets)}
    return [
        _candidate(
            plan_file,
            index,
            dates,
            person=person,
            history=histories[index],
            declined=person in declined,
            targets=_targets_of(plan_file.rotations[index].specialty, targets),
        )
        for index, person in enumerate(people)
    ]


def _targets_of(specialty: str, targets: dict[str, int]) -> tuple[int, ...]:
    """List the indices of the targets that a letter from a specialty counts for."""
    return tuple(sorted(targets[name] for name in counted_for(specialty) if name in targets))


def _candidate(  # noqa: PLR0913 - what is known about one rotation
    plan_file: PlanFile,
    index: int,
    dates: KeyDates,
    *,
    person: int,
    history: LetterHistory,
    declined: bool,
    targets: tuple[int, ...],
) -> Candidate:
    rotation, on_site = plan_file.rotations[index], plan_file.on_site[index]
    window = find_window(rotation, history.offered, on_site, dates)
    arrives_by = find_arrival(history, window.ask_on, dates)
    return Candidate(
        position=index,
        person=person,
        id=plan_file.ids[index],
        rotation=rotation,
        history=history,
        declined=declined,
        on_site=on_site,
        window=window,
        arrives_by=arrives_by,
        on_time=is_on_time(history, arrives_by, dates),
        fresh=is_fresh(rotation, history, dates),
        silent=is_silent(history, dates),
        targets=targets,
    )
