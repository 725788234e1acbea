"""What to do about programs: assign letters to them, and apply (WHEN-14)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from lorplan.dates.business_days import business_day, subtract_business_days
from lorplan.plan.model import Action
from lorplan.plan.situation import find_state
from lorplan.reference import policy_numbers as numbers
from lorplan.rules import mix, when
from lorplan.text.wording import join_words, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lorplan.plan.model import PlannedProgram
    from lorplan.plan.situation import Situation
    from lorplan.rules.key_dates import KeyDates


def assign_letter(s: Situation) -> Iterator[Action]:
    """Assign a letter in the portal to the programs that it is for; without programs, to its targets."""
    in_portal = s.history.in_portal
    is_ready = s.programs or (s.history.status == "uploaded" and s.in_a_set)
    if in_portal is None or not is_ready:
        return
    on = business_day(max(s.dates.processed_by(in_portal), s.dates.season.submit))
    until = on + timedelta(s.dates.policy.assign_days)
    first = min((one.facts.deadline for one in s.programs if one.facts.deadline >= s.dates.as_of), default=None)
    if first:
        on = max(in_portal, _business_day_before(first)) if first < on else on
        until = max(on, min(until, first))
    to_whom = _name_programs(s.programs) if s.programs else "its programs: final once you apply"
    action = s.action(
        "assign",
        on=on,
        until=until,
        channel="portal",
        title=f"Assign the letter from {s.name} to {to_whom}",
        rules=(when.WHEN_14, when.WHEN_9, mix.MIX_4),
    )
    yield action._replace(programs=tuple(one.id for one in s.programs))


def _business_day_before(day: date) -> date:
    return subtract_business_days(day - timedelta(1), 0)


def _name_programs(programs: Sequence[PlannedProgram]) -> str:
    """Name one program, two, or two and how many more."""
    names = [one.name for one in programs]
    if len(names) == 1:
        return names[0]
    more = [f"{len(names) - 2} more"] if len(names) > 2 else []
    return f"{plural(len(names), 'program')}: {join_words([*names[:2], *more])}"


def apply_to_programs(programs: Iterable[PlannedProgram], dates: KeyDates) -> Iterator[Action]:
    """Apply to the open programs that have not been applied to; one action for all that share the last day."""
    waiting = [one for one in programs if one.facts.is_open and not one.facts.applied]
    waiting.sort(key=lambda one: (_last_day(one, dates), one.facts.deadline, one.id))
    for last_day, group in groupby(waiting, key=lambda one: _last_day(one, dates)):
        own = tuple(group)
        on = min(last_day, max(dates.season.submit, last_day - timedelta(numbers.DECIDE_AHEAD.value)))
        yield Action(
            id=f"programs:apply:{last_day}",
            kind="apply",
            rotation=None,
            attending=None,
            on=on,
            until=last_day,
            state=find_state(on, last_day, dates.as_of),
            channel="portal",
            conditional=False,
            title=f"Apply to {_name_programs(own)}",
            rules=(when.WHEN_14.id,),
            programs=tuple(one.id for one in own),
        )


def _last_day(one: PlannedProgram, dates: KeyDates) -> date:
    """Find the day by which to apply: whoever comes after the target's day is read later."""
    return min(one.facts.deadline, dates.deadline_of(one.program.specialty))
