"""What has changed between two plans, in a sentence for a person."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from lorplan.text.wording import join_words, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lorplan.plan.changes import GapChange, LetterChange, PlanChanges, ProgramChange
    from lorplan.rules.key_dates import KeyDates

MOST: Final = 4
"""Changes that are told one by one."""

_MAX_NAMED: Final = 3
"""Programs that are told by their names."""


def describe_changes(changes: PlanChanges, dates: KeyDates) -> str:
    """Say in one sentence what has changed, what concerns the asking first; "" if nothing has."""
    told = list_changes(changes, dates)
    more = [f"and {plural(len(told) - MOST, 'more change')}"] if len(told) > MOST else []
    return "; ".join(told[:MOST] + more)


def list_changes(changes: PlanChanges, dates: KeyDates) -> list[str]:
    """Say each change in a few words, what concerns the asking first."""
    return list(_tell(changes, dates))


def _tell(changes: PlanChanges, dates: KeyDates) -> Iterator[str]:
    if changes.closed is not None:
        yield "nobody else need be asked" if changes.closed else "letters are to be asked for again"
    letters = sorted(changes.letters, key=lambda change: not change.is_to_be_asked)
    yield from (_tell_letter(change, dates) for change in letters)
    yield from (_tell_gap(change) for change in changes.gaps)
    yield from _tell_programs(changes.programs)
    earlier, now = changes.expected
    if earlier != now:
        yield f"{plural(now, 'letter')} expected instead of {earlier}, {changes.wanted} wanted"


def _tell_letter(change: LetterChange, dates: KeyDates) -> str:
    name, earlier, verdict = change.letter.attending, change.earlier, change.letter.verdict
    if verdict == "ask":
        day = dates.write_day(change.letter.window.ask_on, weekday=True)
        return f"the day to ask {name} is {day}" if change.has_moved else f"now ask {name}, {day}"
    if earlier == "ask" and verdict != "keep":
        return f"no longer ask {name}{', who is in reserve' if verdict == 'reserve' else ''}"
    if "reserve" in {earlier, verdict}:
        return f"{name} is {'now' if verdict == 'reserve' else 'no longer'} in reserve"
    return f"{name}: {verdict}{f' instead of {earlier}' if earlier else ''}"


def _tell_programs(changes: Sequence[ProgramChange]) -> Iterator[str]:
    """Say in which states programs are now: by their names as long as they are few."""
    by_state: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        by_state[change.program.state].append(change.program.name)
    for state, names in by_state.items():
        subject = join_words(names) if len(names) <= _MAX_NAMED else plural(len(names), "program")
        yield _say_state(subject, state, several=len(names) > 1)


def _tell_gap(change: GapChange) -> str:
    if change.lacks:
        return f"{change.target} lacks {plural(change.lacks, 'letter')}"
    return f"{change.target} has the letters it needs"


def _say_state(subject: str, state: str, *, several: bool) -> str:
    if state == "skip":
        return f"you no longer apply to {subject}"
    return f"{subject} {'are' if several else 'is'} now {state}"
