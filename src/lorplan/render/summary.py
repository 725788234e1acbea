"""A plan in sentences, the same wherever it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.reference.policy_numbers import write_value
from lorplan.reference.specialties import special_note
from lorplan.rules import RULES
from lorplan.text.wording import plural

if TYPE_CHECKING:
    from lorplan.plan.model import Coverage, Letter, Plan


def describe_season(plan: Plan) -> str:
    """Name the season with the days that matter for letters."""
    season = plan.dates.season
    assumed = ", assumed" if plan.dates.guessed else ""
    return (
        f"{season.year} season ({season.certainty}{assumed}): opens {season.opens}, submit {season.submit}, "
        f"review {season.review}, Match Day {season.match_day}"
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
    return (
        f"{plural(counts.total, 'letter')} expected by {plan.dates.deadline}, {plan.wanted} wanted ({stages}). "
        f"Letters are needed in the portal by {plan.dates.needed_by}; the last day to ask with full notice is "
        f"{plan.dates.latest_ask}."
    )


def coverage_mark(coverage: Coverage) -> str:
    """Say whether a target has the letters it needs, in a word."""
    return "ok" if coverage.counts.total >= coverage.needed else "gap"


def describe_coverage(coverage: Coverage) -> str:
    """Say what a target has and needs, and which letters to assign to its programs."""
    letters = ", ".join(coverage.letters) or "none"
    have = f"{plural(coverage.counts.total, 'letter')} from the specialty"
    return f"{have}, {coverage.needed} needed; to assign: {letters}"


def coverage_note(coverage: Coverage) -> str:
    """Say what else many programs of the specialty expect; "" for nothing."""
    return special_note(coverage.target or "") or ""


def when_to_ask(letter: Letter) -> str:
    """Return the day to ask, or how far a letter is that was asked for."""
    if letter.may_be_asked:
        return str(letter.window.ask_on)
    return letter.status if letter.verdict == "keep" else ""


def describe_reason(letter: Letter) -> str:
    """Return the reason that decided, with its rule, and whether time is short."""
    tight = "; tight" if letter.is_tight else ""
    late = "; late" if letter.counts and not letter.candidate.on_time else ""
    return f"{letter.reason.text} ({letter.reason.rule}){tight}{late}"
