"""Which letters to go for: who is out of the running, the picks, the reserve, and the set for each target."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from lorplan.plan.model import Counts, Coverage
from lorplan.rules.order import rank
from lorplan.rules.who import EXCLUSIONS, WHO_10, choose_rotation, is_strong

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lorplan.plan.model import Letter
    from lorplan.planfile.models import Policy, Target
    from lorplan.rules.candidate import Candidate
    from lorplan.rules.key_dates import KeyDates
    from lorplan.rules.rule import Rule


class Skipped(NamedTuple):
    """A letter that is out of the running: the rule, why, and what would put it back."""

    candidate: Candidate
    rule: Rule
    text: str
    way_back: str


def exclude(candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[Skipped]]:
    """Split the rotations into those in the running and those that are skipped (WHO-1, 2, 8, 10, 12)."""
    skipped = {c.position: found for c in candidates if (found := _excluded(c))}
    by_person: dict[int, list[Candidate]] = defaultdict(list)
    for c in candidates:
        if c.position not in skipped:
            by_person[c.person].append(c)
    for same_attending in by_person.values():
        chosen = choose_rotation(same_attending)
        skipped |= {c.position: _duplicate(c, chosen) for c in same_attending if c is not chosen}
    return [c for c in candidates if c.position not in skipped], [skipped[index] for index in sorted(skipped)]


def _excluded(c: Candidate) -> Skipped | None:
    exclusion = next((exclusion for exclusion in EXCLUSIONS if exclusion.applies(c)), None)
    return exclusion and Skipped(c, exclusion.rule, exclusion.describe(c), exclusion.way_back)


def _duplicate(c: Candidate, chosen: Candidate) -> Skipped:
    text = f"the same attending as {chosen.id}, whose letter counts instead"
    return Skipped(c, WHO_10, text, f"if you set `choice: skip` for {chosen.id}")


# --- the picks and the reserve ------------------------------------------------------------------------------


class Selection(NamedTuple):
    """The letters in the running, best first, and which of them the plan goes for.

    `picks` maps the position of a picked letter to the target that it was picked for, None if for no target in
    particular. `reserve` has the positions of the letters in reserve. The plan aims at `wanted` letters.
    """

    ranked: list[Candidate]
    picks: dict[int, Target | None]
    wanted: int
    reserve: frozenset[int]


def select(running: Iterable[Candidate], dates: KeyDates) -> Selection:
    """Choose the best set that can be had, and the reserve (MIX-1, MIX-2, MIX-5)."""
    ranked = rank(running)
    picks, wanted = _pick([c for c in ranked if not c.silent], dates)
    return Selection(ranked, picks, wanted, _hold_in_reserve(ranked, picks, wanted, dates.policy))


def _pick(eligible: Sequence[Candidate], dates: KeyDates) -> tuple[dict[int, Target | None], int]:
    """Pick what the targets need, then the best of the rest; and the number of letters that the plan aims at."""
    picks, missing = _pick_for_targets(eligible, dates.targets)
    wanted = max(dates.policy.want, len(picks) + missing)
    others = [c for c in eligible if is_strong(c) and c.position not in picks]
    others += [c for c in eligible if not is_strong(c) and c.is_asked]
    return picks | dict.fromkeys((c.position for c in others[: wanted - len(picks)]), None), wanted


def _pick_for_targets(eligible: Sequence[Candidate], targets: Sequence[Target]) -> tuple[dict[int, Target | None], int]:
    """Pick the letters that the targets need; and how many they still lack."""
    picks: dict[int, Target | None] = {}
    missing = 0
    for target, candidates in zip(targets, _group_by_target(eligible, len(targets)), strict=True):
        lacking = max(0, target.needed - sum(c.position in picks for c in candidates))
        best = [c for c in candidates if is_strong(c) and c.position not in picks][:lacking]
        picks |= dict.fromkeys((c.position for c in best), target)
        missing += lacking - len(best)
    return picks, missing


def _group_by_target(candidates: Iterable[Candidate], targets: int) -> list[list[Candidate]]:
    """For each target, list the letters that count for it, in their order."""
    groups: list[list[Candidate]] = [[] for _ in range(targets)]
    for c in candidates:
        for index in c.targets:
            groups[index].append(c)
    return groups


def _hold_in_reserve(
    ranked: Sequence[Candidate], picks: dict[int, Target | None], wanted: int, policy: Policy
) -> frozenset[int]:
    on_time_picks = sum(c.on_time and c.position in picks for c in ranked)
    places = policy.spare + max(0, wanted - on_time_picks)
    queue = [c for c in ranked if c.position not in picks and c.on_time and not c.silent]
    return frozenset(c.position for c in queue[:places])


# --- what the targets have ----------------------------------------------------------------------------------


def count(candidates: Iterable[Candidate]) -> Counts:
    """Count the letters that are on time and not silent by how far they are, each once."""
    statuses = [c.history.status for c in candidates if c.on_time and not c.silent]
    return Counts(
        planned=statuses.count("planned"),
        asked=statuses.count("asked"),
        promised=statuses.count("agreed") + statuses.count("requested"),
        secured=statuses.count("uploaded") + statuses.count("assigned"),
    )


def cover(letters: Iterable[Letter], dates: KeyDates) -> tuple[Coverage, ...]:
    """Find what each target has, and the set for its programs; without targets one set of all letters."""
    usable = [letter.candidate for letter in letters if letter.counts and not letter.candidate.silent]
    if not dates.targets:
        return (Coverage(None, 0, count(usable), _choose_set(usable, [], dates.policy)),)
    groups = _group_by_target(usable, len(dates.targets))
    return tuple(
        Coverage(target.specialty, target.needed, count(own), _choose_set(usable, own[: target.needed], dates.policy))
        for target, own in zip(dates.targets, groups, strict=True)
    )


def _choose_set(usable: Sequence[Candidate], needed: Sequence[Candidate], policy: Policy) -> tuple[str, ...]:
    """Choose the letters for a target's programs (MIX-4).

    Assigned letters come first, as they cannot be taken back, then those that the target needs, then the best.
    """
    assigned = [c for c in usable if c.history.status == "assigned"]
    chosen = {c.position: c for c in chain(assigned, needed, usable)}
    return tuple(c.id for c in rank(list(chosen.values())[: policy.max_per_program]))
