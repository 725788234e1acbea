"""Which letters to go for: who is out of the running, the picks, and the reserve."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from lorplan.reference.targets import prefers_standardized
from lorplan.rules.order import rank
from lorplan.rules.who import EXCLUSIONS, WHO_10, choose_letters, is_strong

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lorplan.plan.needs import Need, Needs
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
        _, left_out = choose_letters(same_attending)
        skipped |= {c.position: _duplicate(c, kept) for c, kept in left_out}
    return [c for c in candidates if c.position not in skipped], [skipped[index] for index in sorted(skipped)]


def _excluded(c: Candidate) -> Skipped | None:
    exclusion = next((exclusion for exclusion in EXCLUSIONS if exclusion.applies(c)), None)
    return exclusion and Skipped(c, exclusion.rule, exclusion.describe(c), exclusion.way_back)


def _duplicate(c: Candidate, kept: Candidate) -> Skipped:
    text = f"the same attending as {kept.id}, whose letter counts instead"
    return Skipped(c, WHO_10, text, f"if you set `choice: skip` for {kept.id}, or each were `for` other targets")


# --- the picks ----------------------------------------------------------------------------------------------


class Purpose(NamedTuple):
    """Why a letter is picked: for a target, for a program, as the fresh one, or as one of the best.

    `target` and `part` are indices, None where no target or part asked for it; `need` is what programs ask for;
    `fresh`: no other pick is fresh.
    """

    target: int | None = None
    part: int | None = None
    need: Need | None = None
    fresh: bool = False


Picks = dict[int, Purpose]
"""The position of each picked letter with the purpose that it was picked for."""


class Selection(NamedTuple):
    """The letters in the running, best first, and which of them the plan goes for.

    `reserve` has the positions of the letters in reserve. The plan aims at `wanted` letters; `in_hand` are promised
    or uploaded. `closed`: nobody else is asked.
    """

    ranked: list[Candidate]
    picks: Picks
    wanted: int
    in_hand: int
    closed: bool
    reserve: frozenset[int]

    @property
    def enough_in_hand(self) -> bool:
        """Whether no reserve need be asked."""
        return self.in_hand >= self.wanted


def select(running: Iterable[Candidate], needs: Needs, dates: KeyDates) -> Selection:
    """Choose the best set that can be had, and the reserve (MIX-1, MIX-2, MIX-5, MIX-6, MIX-7)."""
    ranked = rank(running)
    eligible = [c for c in ranked if not c.silent and not c.impossible]
    picks, wanted = _pick(eligible, needs, dates)
    in_hand = [c for c in eligible if c.is_in_hand and (c.on_time or dates.is_after_latest_ask)]
    askable = [c for c in eligible if not c.is_asked and _is_strong_on_time(c)]
    closed = _is_closed(in_hand, wanted, dates) and not _can_still_serve(askable, in_hand, needs, dates)
    if closed:
        picks, _ = _pick([c for c in eligible if c.is_asked], needs, dates)
    reserve = frozenset() if closed else _hold_in_reserve(eligible, picks, wanted, dates.policy.spare)
    return Selection(ranked, picks, wanted, len(in_hand), closed, reserve)


def _pick(eligible: Sequence[Candidate], needs: Needs, dates: KeyDates) -> tuple[Picks, int]:
    """Pick what targets and programs need, then the best of the rest; and how many letters the plan aims at."""
    picks, missing = _pick_for_parts(eligible, dates)
    _pick_for_needs(eligible, needs, picks)
    wanted = max(needs.want, len(picks) + missing)
    others = [c for c in eligible if is_strong(c) and c.position not in picks]
    others += [c for c in eligible if not is_strong(c) and c.is_asked]
    picks |= dict.fromkeys((c.position for c in others[: wanted - len(picks)]), Purpose())
    _fill_places(eligible, picks, needs.want, dates)
    _add_fresh(eligible, picks)
    return picks, max(wanted, len(picks))


def _pick_for_parts(eligible: Sequence[Candidate], dates: KeyDates) -> tuple[Picks, int]:
    """Pick the letters that the parts of the targets need (MIX-2); and how many those listed still lack."""
    picks: Picks = {}
    missing = 0
    by_part = group_by_part(eligible)
    for index, target in enumerate(dates.targets):
        for place, part in enumerate(target.parts):
            own = by_part[index, place]
            lacking = max(0, part.needed - sum(c.position in picks for c in own))
            if prefers_standardized(part.specialty):
                own = sorted(own, key=lambda c: not c.rotation.standardized)
            best = [c.position for c in own if is_strong(c) and c.position not in picks][:lacking]
            picks |= dict.fromkeys(best, Purpose(index, place))
            missing += lacking - len(best) if index < dates.listed else 0
    return picks, missing


def _pick_for_needs(eligible: Sequence[Candidate], needs: Needs, picks: Picks) -> None:
    """Pick besides what the programs ask for (MIX-7); what nobody can write is not waited for."""
    for need in needs.each:
        own = [c for c in eligible if need.is_served_by(c)]
        lacking = need.number - sum(c.position in picks for c in own)
        best = [c.position for c in own if is_strong(c) and c.position not in picks]
        picks |= dict.fromkeys(best[: max(0, lacking)], Purpose(need.target, need=need))


def group_by_part(candidates: Iterable[Candidate]) -> dict[tuple[int, int], list[Candidate]]:
    """For each (target, part), list the letters that count for it, in their order; empty where there are none."""
    groups: dict[tuple[int, int], list[Candidate]] = defaultdict(list)
    for c in candidates:
        for part in c.parts:
            groups[part].append(c)
    return groups


def _fill_places(eligible: Sequence[Candidate], picks: Picks, want: int, dates: KeyDates) -> None:
    """Pick more letters for targets to which too few of the picks may go (MIX-6)."""
    if not any(c.rotation.for_targets for c in eligible):
        return
    for index in range(len(dates.targets)):
        welcome = [c for c in eligible if index in c.may_go_to]
        lacking = want - sum(c.position in picks for c in welcome)
        left = [c.position for c in welcome if _is_strong_on_time(c) and c.position not in picks]
        picks |= dict.fromkeys(left[: max(0, lacking)], Purpose(index))


def _add_fresh(eligible: Sequence[Candidate], picks: Picks) -> None:
    """Pick the best fresh letter besides, if no pick is fresh (WHO-9)."""
    if any(c.fresh for c in eligible if c.position in picks):
        return
    best = next((c for c in eligible if c.fresh and _is_strong_on_time(c) and c.position not in picks), None)
    if best:
        picks[best.position] = Purpose(fresh=True)


def _is_strong_on_time(c: Candidate) -> bool:
    return c.on_time and is_strong(c)


# --- enough, and the reserve --------------------------------------------------------------------------------


def _is_closed(in_hand: Sequence[Candidate], wanted: int, dates: KeyDates) -> bool:
    """Whether nobody else is asked: the rank list is in, or enough letters are in hand (MIX-1, WHEN-18)."""
    if dates.is_after_rank_list:
        return True
    by_part = group_by_part(in_hand)
    covered = all(
        len(by_part[index, place]) >= part.needed
        for index, target in enumerate(dates.targets[: dates.listed])
        for place, part in enumerate(target.parts)
    )
    enough = wanted if dates.is_after_latest_ask else wanted + dates.policy.spare
    return covered and len(in_hand) >= enough


def _can_still_serve(askable: Sequence[Candidate], in_hand: Sequence[Candidate], needs: Needs, dates: KeyDates) -> bool:
    """Whether somebody who can be asked could write what a program, or a target that only programs name, lacks."""
    if dates.is_after_rank_list or not askable:
        return False
    for need in needs.each:
        if sum(map(need.is_served_by, in_hand)) < need.number and any(map(need.is_served_by, askable)):
            return True
    own, still = group_by_part(in_hand), group_by_part(askable)
    return any(
        len(own[index, place]) < part.needed and still[index, place]
        for index, target in enumerate(dates.targets)
        for place, part in enumerate(target.parts if index >= dates.listed else ())
    )


def _hold_in_reserve(eligible: Sequence[Candidate], picks: Picks, wanted: int, spare: int) -> frozenset[int]:
    """Find the letters in reserve (MIX-5); a weak one not asked for replaces only a pick that is missing."""
    dependable = sum(c.position in picks and (c.on_time or c.is_in_hand) for c in eligible)
    lack = max(0, wanted - dependable)
    places, places_for_weak = spare + lack, lack
    reserve = set()
    for c in eligible:
        is_weak = not is_strong(c) and not c.is_asked
        if places == 0 or c.position in picks or not c.on_time or (is_weak and places_for_weak == 0):
            continue
        places -= 1
        places_for_weak -= is_weak
        if not c.is_asked:
            reserve.add(c.position)
    return frozenset(reserve)
