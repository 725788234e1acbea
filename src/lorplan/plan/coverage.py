"""What the plan comes to: how many letters are to be expected, and what each target has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.plan.model import Counts, Coverage, CoveredPart
from lorplan.plan.selection import group_by_part
from lorplan.reference.targets import most_letters, service_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lorplan.plan.model import Verdict
    from lorplan.planfile.models import Target
    from lorplan.rules.candidate import Candidate
    from lorplan.rules.key_dates import KeyDates


def find_counted(ranked: Iterable[Candidate], verdicts: Mapping[int, Verdict]) -> list[Candidate]:
    """List the letters to be counted on, best first: asked for or to be asked for, and not silent.

    Promised and secured ones always, others where they are on time.
    """
    usable = (c for c in ranked if verdicts[c.position] in {"ask", "keep"})
    return [c for c in usable if not c.silent and (c.on_time or c.is_in_hand)]


def count(candidates: Sequence[Candidate]) -> Counts:
    """Count letters by how far they are, each once, and how many of them are late."""
    histories = [c.history for c in candidates]
    return Counts(
        planned=sum(history.status == "planned" for history in histories),
        asked=sum(history.status == "asked" for history in histories),
        promised=sum(history.is_promised for history in histories),
        secured=sum(history.is_secured for history in histories),
        late=sum(not c.on_time for c in candidates),
    )


def cover(counted: Sequence[Candidate], dates: KeyDates) -> tuple[Coverage, ...]:
    """Find what each target has, and the set for its programs; without targets one set of all letters."""
    most = dates.policy.max_per_program
    if not dates.targets:
        letters = _choose_set(counted, (), most)
        return (Coverage(None, needed=0, counts=count(counted), parts=(), service="ERAS", max=most, letters=letters),)
    groups = group_by_part(counted)
    return tuple(
        _cover_target(target, index, [groups[index, place] for place in range(len(target.parts))], counted, most)
        for index, target in enumerate(dates.targets)
    )


def _cover_target(
    target: Target, index: int, by_part: Sequence[Sequence[Candidate]], counted: Sequence[Candidate], most: int
) -> Coverage:
    own = {c.position for group in by_part for c in group}
    limit = most_letters(target.specialty, most)
    welcome = [c for c in counted if index in c.may_go_to]
    needs = [(part.needed, group) for part, group in zip(target.parts, by_part, strict=True)]
    return Coverage(
        target=target.specialty,
        needed=sum(part.needed for part in target.parts),
        counts=count([c for c in counted if c.position in own]),
        parts=tuple(
            CoveredPart(part.specialty, part.needed, len(group))
            for part, group in zip(target.parts, by_part, strict=True)
        ),
        service=service_of(target.specialty),
        max=limit,
        letters=_choose_set(welcome, needs, limit),
    )


def _choose_set(
    welcome: Sequence[Candidate], needs: Iterable[tuple[int, Sequence[Candidate]]], most: int
) -> tuple[str, ...]:
    """Choose the letters for a target's programs (MIX-4), in rank order.

    Assigned letters come first, as they cannot be taken back, then those that each part needs, then the best.
    """
    chosen: dict[int, Candidate] = {c.position: c for c in welcome if c.history.status == "assigned"}
    for needed, group in needs:
        lacking = needed - sum(c.position in chosen for c in group)
        chosen |= {c.position: c for c in _not_in(chosen, group, lacking)}
    chosen |= {c.position: c for c in _not_in(chosen, welcome, len(welcome))}
    kept = set(list(chosen)[:most])
    return tuple(c.id for c in welcome if c.position in kept)


def _not_in(chosen: dict[int, Candidate], group: Iterable[Candidate], number: int) -> Iterator[Candidate]:
    left = [c for c in group if c.position not in chosen]
    yield from left[: max(0, number)]
