"""What to do when: the actions that follow from each letter's verdict and from what has happened to it."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from lorplan.dates.business_days import business_day
from lorplan.plan.actions_after_asking import AFTER_ASKING
from lorplan.plan.actions_to_ask import TO_ASK
from lorplan.plan.program_actions import apply_to_programs
from lorplan.plan.situation import Situation
from lorplan.reference import policy_numbers as numbers
from lorplan.rules import mix, when

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lorplan.plan.model import Action, Coverage, Letter, PlannedProgram
    from lorplan.plan.selection import Selection
    from lorplan.rules.key_dates import KeyDates

_AFTER_RANK_LIST: Final = frozenset({"thank"})
"""What is left to do once the rank lists are in (WHEN-18)."""


def schedule(
    letters: Sequence[Letter],
    coverage: Iterable[Coverage],
    programs: Sequence[PlannedProgram],
    selection: Selection,
    dates: KeyDates,
) -> tuple[Action, ...]:
    """Schedule all actions, by day; none once the season is over. `letters` are those in the running, best first."""
    if dates.as_of > dates.season.ends:
        return ()
    with_programs = {one.target for one in programs if one.state != "skip"}
    in_a_set = {letter for one in coverage for letter in one.letters if one.target not in with_programs}
    to_assign = _group_by_letter(programs)
    situations = [
        Situation(
            letter,
            dates,
            selection.enough_in_hand,
            selection.closed,
            letter.id in in_a_set,
            tuple(to_assign.get(letter.id, ())),
        )
        for letter in letters
    ]
    actions = [action for s in situations for find in (*TO_ASK, *AFTER_ASKING) for action in find(s)]
    actions += apply_to_programs(programs, dates)
    actions += _decide_on_backup(situations, actions, selection.wanted, dates)
    if dates.is_after_rank_list:
        actions = [action for action in actions if action.kind in _AFTER_RANK_LIST]
    return tuple(sorted(actions, key=lambda action: (action.on, action.until, action.id)))


def _group_by_letter(programs: Iterable[PlannedProgram]) -> dict[str, list[PlannedProgram]]:
    """List for each letter the programs to which it can be assigned now, earlier deadlines first."""
    groups: dict[str, list[PlannedProgram]] = defaultdict(list)
    for one in sorted(programs, key=lambda one: (one.facts.deadline, one.id)):
        for letter in one.to_assign:
            groups[letter].append(one)
    return groups


def _decide_on_backup(
    situations: Sequence[Situation], actions: Sequence[Action], wanted: int, dates: KeyDates
) -> Iterator[Action]:
    """Decide whether to ask one more writer while that can still help (WHEN-16)."""
    on = business_day(dates.latest_ask - timedelta(numbers.DECIDE_AHEAD.value))
    until = max(on, dates.latest_ask)
    histories = [s.history for s in situations]
    secured = sum(history.is_secured for history in histories)
    asked_since = any(history.is_asked and history.asked and history.asked >= on for history in histories)
    asking = any(action.kind == "ask" and action.is_due for action in actions)
    if secured >= wanted or asked_since or asking or dates.as_of > until:
        return
    best = next((s for s in situations if _can_be_backup(s)), None)
    if best:
        yield best.action(
            "backup",
            on=on,
            until=until,
            channel="email",
            title=f"Decide whether you need {best.name} as a backup by {dates.write_day(until)}",
            rules=(when.WHEN_16, mix.MIX_5),
            conditional=True,
        )


def _can_be_backup(s: Situation) -> bool:
    in_time = s.letter.candidate.on_time and s.window.midpoint <= s.dates.latest_ask
    return s.letter.verdict in {"reserve", "hold"} and in_time and not s.letter.candidate.impossible
