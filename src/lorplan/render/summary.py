"""A plan in sentences, the same wherever it is shown."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from lorplan.reference.policy_numbers import write_value
from lorplan.reference.targets import special_note
from lorplan.rules import RULES
from lorplan.rules.mix import describe_letters
from lorplan.text.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lorplan.plan.model import Action, Coverage, Letter, Missing, Plan
    from lorplan.rules.key_dates import KeyDates


def describe_season(plan: Plan) -> str:
    """Name the season with the days that matter for letters."""
    season = plan.dates.season
    assumed = ", assumed" if plan.dates.guessed else ""
    return (
        f"{season.year} season ({season.certainty}{assumed}): opens {season.opens}, token {plan.dates.portal_from}, "
        f"submit {season.submit}, review {season.review}, Match Day {season.match_day}"
    )


def policy_changes(plan: Plan) -> list[tuple[str, str]]:
    """List the numbers that the plan file changes, each with the id of its rule."""
    rules = {number.name: rule.id for rule in RULES for number in rule.numbers}
    return [
        (rules[number.name], f"{number.name} {write_value(value)} instead of {write_value(number.default)}")
        for number, value in plan.changed_numbers
    ]


def describe_policy(plan: Plan) -> str:
    """Name the numbers that the plan file changes; "" if it changes none."""
    changes = [f"{change} ({rule})" for rule, change in policy_changes(plan)]
    return "Your policy: " + ", ".join(changes) if changes else ""


def describe_forecast(plan: Plan) -> str:
    """Say how many letters are expected, and by when."""
    counts = plan.forecast
    parts = (
        (counts.secured, "secured"),
        (counts.promised, "promised"),
        (counts.asked, "asked for"),
        (counts.planned, "planned"),
    )
    stages = ", ".join(f"{number} {word}" for number, word in parts if number) or "none yet"
    late = f"; {counts.late} late" if counts.late else ""
    return (
        f"{plural(counts.total, 'letter')} expected by {plan.dates.deadline}, {plan.wanted} wanted ({stages}{late}). "
        f"Letters are needed in the portal by {plan.dates.needed_by}; the last day to ask with full notice is "
        f"{plan.dates.latest_ask}.{_describe_closing(plan)}"
    )


def _describe_closing(plan: Plan) -> str:
    """Say that nobody else is to be asked, and why; "" while asking goes on."""
    if plan.dates.is_after_rank_list:
        return f" The rank lists closed on {plan.dates.season.rank_list}: nobody is asked any more."
    return " Enough letters are in hand: nobody else need be asked." if plan.asking_closed else ""


def describe_counts(plan: Plan) -> str:
    """Say how many letters are wanted, and how far those are that are expected."""
    counts = plan.forecast
    parts = [f"{counts.planned} planned"]
    parts += [f"{counts.asked} asked"] if counts.asked else []
    parts += [f"{counts.promised} promised", f"{counts.secured} in"]
    parts += [f"{counts.late} late"] if counts.late else []
    return f"{plural(plan.wanted, 'letter')} wanted: {', '.join(parts)}"


def describe_needed_by(plan: Plan) -> str:
    """Say by when to ask and by when letters are needed, or what has become of these days."""
    dates = plan.dates
    needed_by = dates.write_day(dates.needed_by)
    if dates.is_after_rank_list:
        return f"The rank lists closed on {dates.write_day(dates.season.rank_list)}."
    if dates.as_of > dates.needed_by:
        return f"Needed since {needed_by}: programs are reading."
    return f"Needed in the portal by {needed_by}"


def describe_when(action: Action, dates: KeyDates) -> str:
    """Say since when an action is overdue, until when it is due, or from when it is to be done."""
    if action.state == "overdue":
        return f"since {dates.write_day(action.until + timedelta(1))}"
    if action.state == "upcoming":
        return dates.write_day(action.on, weekday=True)
    return "today" if action.until == dates.as_of else f"until {dates.write_day(action.until, weekday=True)}"


def describe_standing(plan: Plan) -> str:
    """Say why nothing is to be done now."""
    dates = plan.dates
    if dates.as_of > dates.season.ends:
        return f"nothing to do: the {dates.season.year} season is over."
    if not plan.letters:
        return "add your rotations: lorplan add"
    sets = {rotation_id for one in plan.coverage for rotation_id in one.letters}
    if plan.forecast.secured >= plan.wanted and all(plan.letter(one).status == "assigned" for one in sets):
        return "all letters are assigned. Good luck!"
    return "nothing to do."


def coverage_mark(coverage: Coverage) -> str:
    """Say whether each part of a target has the letters it needs, in a word."""
    return "gap" if any(part.lacks for part in coverage.parts) else "ok"


def describe_coverage(coverage: Coverage) -> str:
    """Say what a target has and needs, and which letters to assign to its programs."""
    letters = ", ".join(coverage.letters) or "none"
    return f"{_describe_parts(coverage)}; to assign: {letters}"


def _describe_parts(coverage: Coverage) -> str:
    """Say how many letters each specialty of a target has and needs."""
    if not coverage.parts:
        return "no particular specialty is asked for"
    if len(coverage.parts) == 1:
        (part,) = coverage.parts
        return f"{plural(part.have, 'letter')} from the specialty, {part.needed} needed"
    return ", ".join(
        f"{plural(part.have, 'letter')} from {part.specialty}, {part.needed} needed" for part in coverage.parts
    )


def coverage_note(coverage: Coverage) -> str:
    """Say what else many programs of the specialty expect; "" for nothing."""
    return special_note(coverage.target or "") or ""


def when_to_ask(letter: Letter) -> str:
    """Return the day to ask, or how far a letter is that was asked for."""
    if letter.may_be_asked:
        return str(letter.window.ask_on)
    return letter.status if letter.verdict == "keep" else ""


def describe_reason(letter: Letter) -> str:
    """Return the reason that decided, with its rule unless that is not shared, and whether time is short."""
    tight = "; tight" if letter.is_tight else ""
    late = "; late" if letter.counts and not letter.candidate.on_time else ""
    rule = f" ({letter.reason.rule})" if letter.reason.rule else ""
    return f"{letter.reason.text}{rule}{tight}{late}"


# --- programs -----------------------------------------------------------------------------------------------

_STATES: Final = ("complete", "on course", "ready", "closed", "short")
"""The order in which programs are counted; what those that are short lack stands behind their number."""


def describe_programs(plan: Plan) -> str:
    """Say how many programs are in which state, and what the first that is short lacks; "" if there are none."""
    programs = [one for one in plan.programs if one.state != "skip"]
    if not programs:
        return ""
    counts = Counter(one.state for one in programs)
    text = ", ".join(f"{counts[state]} {state}" for state in _STATES if counts[state])
    short = next((one for one in programs if one.state == "short"), None)
    text += f" ({short.name}: {describe_missing(short.missing)})" if short else ""
    late = sum(one.late for one in programs)
    return f"Programs: {len(programs)}: {text}{f', {late} late' if late else ''}"


def describe_missing(missing: Iterable[Missing], *, more: bool = True) -> str:
    """Say how many `more` letters of which kind a program requires."""
    lacks = ((one.requirement, max(1, one.needed - one.have)) for one in missing if one.must)
    return ", ".join(describe_letters(requirement, number, more=more) for requirement, number in lacks)
