"""What the user should know about programs: what they lack, pages read long ago, letters in the wrong place."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from lorplan.plan.model import PlanWarning
from lorplan.plan.program_checks import find_obstacle
from lorplan.rules import mix
from lorplan.text.wording import join_words, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lorplan.plan.model import Missing, Plan, PlannedProgram

MAX_NAMED: Final = 3
"""How many programs a text names before it counts the others."""


def find_missing_letters(plan: Plan, if_in_time: Callable[[str], str]) -> Iterator[PlanWarning]:
    """Warn of what programs lack: once for each target, requirement and number."""
    lacking: dict[tuple[str, str, int], list[PlannedProgram]] = defaultdict(list)
    for one in plan.programs:
        for missing in one.missing if one.state == "short" else ():
            if missing.must:
                lacking[str(one.target), missing.requirement, missing.needed].append(one)
    for (target, requirement, needed), programs in sorted(lacking.items()):
        letters = mix.describe_letters(requirement, needed)
        verb = "asks" if len(programs) == 1 else "ask"
        obstacles = [find_obstacle(plan, one.facts, requirement, needed) for one in programs]
        if all(obstacles):
            fix = f"this cannot be met, as {obstacles[0]}; ask the program, or apply elsewhere"
        else:
            fix = if_in_time(f"{_FIXES[requirement].format(target=target)} by {plan.dates.latest_ask}")
        yield PlanWarning(
            code="program-short",
            rotation=None,
            target=target,
            text=f"{name_programs(programs)} {verb} for {letters}, {_describe_have(requirement, programs)}: {fix} "
            f"({mix.MIX_7.id})",
            programs=tuple(one.id for one in programs),
            requirement=requirement,
            needed=needed,
        )


_FIXES: Final = {
    "letters": "ask one more attending",
    "in_specialty": "plan a rotation in {target} that reaches its midpoint",
    "us": "plan a US rotation that reaches its midpoint",
    "chair": "ask a chair or program director",
    "standardized": "ask a place where you rotate whether it writes one",
    "hands_on": "plan a hands-on rotation that reaches its midpoint",
    "months": "ask for a new letter, or for a newer version of an old one,",
}
"""What would mend a lack, up to the day by which."""


def _describe_have(requirement: str, programs: Iterable[PlannedProgram]) -> str:
    have = sorted({_find(one.missing, requirement).have for one in programs})
    return f"{have[0]} expected" if len(have) == 1 else f"{have[0]} to {have[-1]} expected"


def _find(missing: Iterable[Missing], requirement: str) -> Missing:
    return next(one for one in missing if one.requirement == requirement and one.must)


def name_programs(programs: Sequence[PlannedProgram]) -> str:
    """Name the first programs, and count the others."""
    names = [one.name for one in programs]
    more = [f"{len(names) - MAX_NAMED} more"] if len(names) > MAX_NAMED else []
    return join_words([*names[:MAX_NAMED], *more])


def find_stale_pages(plan: Plan) -> Iterator[PlanWarning]:
    """Warn of pages that were read before the season opened, when they may still have changed."""
    opens = plan.dates.season.opens
    stale = [
        one
        for one in plan.programs
        if one.facts.is_open and not one.facts.applied and one.program.read and one.program.read < opens
    ]
    if stale and plan.as_of >= opens:
        pages = "the page of" if len(stale) == 1 else f"the pages of {plural(len(stale), 'program')},"
        text = (
            f"{pages} {name_programs(stale)} was read"
            if len(stale) == 1
            else f"{pages} {name_programs(stale)}, were read"
        )
        text += f" before the season opened on {opens}: read it again, and record the day with `read`"
        programs = tuple(one.id for one in stale)
        yield PlanWarning("program-stale", None, None, f"{text} ({mix.MIX_7.id})", programs)


def find_misplaced_letters(plan: Plan) -> Iterator[PlanWarning]:
    """Warn of letters that are assigned where they may not go, or where others fit better."""
    places: dict[str, list[PlannedProgram]] = defaultdict(list)
    for one in plan.programs:
        for letter in one.misplaced:
            places[letter].append(one)
    for letter, programs in places.items():
        fix = "they keep it, as you have applied" if all(one.facts.applied for one in programs) else _TAKE_OFF
        where = f"{name_programs(programs)}, where it does not fit"
        text = f"the letter from {plan.letter(letter).attending} is assigned to {where}: {fix} ({mix.MIX_7.id})"
        yield PlanWarning("wrong-letter", letter, None, text, tuple(one.id for one in programs))


_TAKE_OFF: Final = "take it off before you apply"
