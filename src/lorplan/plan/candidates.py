"""Every rotation of a plan file, with the days and facts that the rules compare."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from lorplan.reference.attending_names import same_attending
from lorplan.reference.specialties import canonical, counted_for
from lorplan.rules.ask_window import find_window
from lorplan.rules.candidate import Candidate
from lorplan.rules.letter_history import find_history
from lorplan.rules.progress import find_arrival, is_on_time, is_silent
from lorplan.rules.who import is_fresh

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lorplan.dates.day_set import DaySet
    from lorplan.planfile.models import PlanFile, Rotation, Target
    from lorplan.rules.key_dates import KeyDates
    from lorplan.rules.letter_history import LetterHistory


class _Placement(NamedTuple):
    """One rotation on its own: what the file says, its on-site days, and what has happened to its letter."""

    position: int
    rotation: Rotation
    on_site: DaySet
    history: LetterHistory

    @property
    def counts_as_acquaintance(self) -> bool:
        """Whether its days add to what the attending knows of the user in a later rotation."""
        return self.rotation.choice != "skip" and not self.history.is_declined


def gather(plan_file: PlanFile, dates: KeyDates) -> list[Candidate]:
    """Gather what the rules compare about every rotation, in file order."""
    attendings = [rotation.attending for rotation in plan_file.rotations]
    people = same_attending((attending.name, attending.email) for attending in attendings)
    placements = [
        _Placement(index, rotation, on_site, find_history(rotation, dates.as_of, dates.season.opens))
        for index, (rotation, on_site) in enumerate(zip(plan_file.rotations, plan_file.on_site, strict=True))
    ]
    by_person: dict[int, list[_Placement]] = defaultdict(list)
    for person, placement in zip(people, placements, strict=True):
        by_person[person].append(placement)
    targets = _TargetIndex(dates.targets)
    return [
        _candidate(placement, plan_file.ids[placement.position], by_person[person], targets, dates)
        for person, placement in zip(people, placements, strict=True)
    ]


def _candidate(
    placement: _Placement, rotation_id: str, of_person: Sequence[_Placement], targets: _TargetIndex, dates: KeyDates
) -> Candidate:
    """Gather what is known of one rotation; `of_person` are those of its attending, itself included."""
    position, rotation, on_site, history = placement
    window = find_window(on_site, history.offered, rotation.meeting, dates)
    arrives_by = find_arrival(history, window.ask_on, dates)
    together = _days_together(placement, of_person)
    may_go_to = targets.find_destinations(rotation)
    return Candidate(
        position=position,
        person=of_person[0].position,
        id=rotation_id,
        rotation=rotation,
        history=history,
        declined=any(other.history.is_declined for other in of_person),
        on_site=on_site,
        days_together=together,
        too_short=together < dates.policy.min_days,
        elsewhere=_is_elsewhere(placement, of_person, dates),
        window=window,
        arrives_by=arrives_by,
        on_time=is_on_time(history, arrives_by, dates),
        fresh=is_fresh(on_site.last, history, dates),
        silent=is_silent(history, dates),
        begun=rotation.start <= dates.as_of,
        over=on_site.last < dates.as_of,
        impossible=not history.is_asked and arrives_by > dates.season.rank_list,
        parts=targets.find_parts(rotation, may_go_to),
        may_go_to=may_go_to,
    )


def _days_together(placement: _Placement, of_person: Iterable[_Placement]) -> int:
    """Count the on-site days with the attending up to the end of a rotation (WHO-3)."""
    own = (placement.on_site.last, placement.position)
    earlier = (
        len(other.on_site)
        for other in of_person
        if other.counts_as_acquaintance and (other.on_site.last, other.position) < own
    )
    return len(placement.on_site) + sum(earlier)


def _is_elsewhere(placement: _Placement, of_person: Iterable[_Placement], dates: KeyDates) -> bool:
    """Whether the plan's day lies in another rotation with the same attending."""
    return any(
        other.on_site.first <= dates.as_of <= other.on_site.last for other in of_person if other is not placement
    )


class _TargetIndex:
    """The targets by their names, to find those of a letter without a walk through all of them."""

    def __init__(self, targets: Sequence[Target]) -> None:
        self._number = len(targets)
        self._by_name = {canonical(target.specialty): index for index, target in enumerate(targets)}
        self._parts: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for index, target in enumerate(targets):
            for place, part in enumerate(target.parts):
                self._parts[canonical(part.specialty)].append((index, place))

    def find_destinations(self, rotation: Rotation) -> tuple[int, ...]:
        """List the targets that a letter may go to (MIX-6): those that `for` names, else all."""
        if not rotation.for_targets:
            return tuple(range(self._number))
        found = (self._by_name.get(canonical(name)) for name in rotation.for_targets)  # none of a skipped program
        return tuple(sorted({index for index in found if index is not None}))

    def find_parts(self, rotation: Rotation, may_go_to: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
        """List the parts of targets that a letter counts for (MIX-2)."""
        if rotation.experience == "research":
            return ()
        found = (part for name in counted_for(rotation.specialty) for part in self._parts.get(name, ()))
        return tuple(sorted(part for part in found if part[0] in may_go_to))
