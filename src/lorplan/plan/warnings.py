"""What the user should know about a plan as a whole, and what would fix it by when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from lorplan.dates.eras_seasons import may_be_a_week_later
from lorplan.plan.model import PlanWarning
from lorplan.planfile.lint import explain_unknown_specialty
from lorplan.reference.specialties import is_known
from lorplan.rules import mix, when, who
from lorplan.text.wording import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lorplan.plan.model import Plan
    from lorplan.rules.key_dates import KeyDates
    from lorplan.rules.rule import Rule


def find_warnings(plan: Plan) -> tuple[PlanWarning, ...]:
    """Find all warnings about a plan, by code, then rotation, then target."""
    found = [warning for find in _FINDERS for warning in find(plan)]
    return tuple(sorted(found, key=lambda w: (w.code, w.rotation or "", w.target or "")))


def _warn(code: str, text: str, *rules: Rule, rotation: str | None = None, target: str | None = None) -> PlanWarning:
    cited = f" ({', '.join(rule.id for rule in rules)})" if rules else ""
    return PlanWarning(code=code, rotation=rotation, target=target, text=text + cited)


def _coverage_gaps(plan: Plan) -> Iterator[PlanWarning]:
    for coverage in plan.coverage:
        if coverage.target is not None and coverage.counts.total < coverage.needed:
            fix = f"plan a rotation in it that reaches its midpoint by {plan.dates.latest_ask}"
            text = (
                f"{coverage.target} needs {plural(coverage.needed, 'letter')} from its own specialty, "
                f"{coverage.counts.total} expected: {_if_in_time(fix, plan.dates)}"
            )
            yield _warn("coverage-gap", text, mix.MIX_2, target=coverage.target)


def _if_in_time(fix: str, dates: KeyDates) -> str:
    """Return the fix, or what is left to do once its last day has passed."""
    if dates.as_of <= dates.latest_ask:
        return fix
    return "the last day to ask with full notice has passed, so ask now for a quick letter, or accept a late one"


def _too_few_letters(plan: Plan) -> Iterator[PlanWarning]:
    if plan.forecast.total < plan.wanted:
        fix = f"ask one more attending by {plan.dates.latest_ask}, or add a rotation"
        text = (
            f"{plan.forecast.total} of {plural(plan.wanted, 'letter')} expected by {plan.dates.deadline}: "
            f"{_if_in_time(fix, plan.dates)}"
        )
        yield _warn("too-few-letters", text, mix.MIX_1)


def _late_letters(plan: Plan) -> Iterator[PlanWarning]:
    for letter in plan.letters:
        if letter.counts and not letter.candidate.on_time:
            text = (
                f"the letter from {letter.attending} is expected by {letter.candidate.arrives_by}, after the "
                f"deadline {plan.dates.deadline}: ask whether it can be sooner; it can still be assigned later"
            )
            yield _warn("late", text, who.WHO_11, rotation=letter.id)


def _stale_letters(plan: Plan) -> Iterator[PlanWarning]:
    for letter in plan.letters:
        if letter.counts and not letter.candidate.fresh:
            days = plural(plan.dates.policy.fresh_days, "day")
            text = (
                f"the letter from {letter.attending} will be older than {days} on "
                f"{plan.dates.deadline}: prefer a newer one, or ask the writer to update it"
            )
            yield _warn("stale", text, who.WHO_9, rotation=letter.id)


def _silent_writers(plan: Plan) -> Iterator[PlanWarning]:
    for letter in plan.letters:
        if letter.candidate.silent and not letter.is_skipped:
            text = (
                f"{letter.attending} has not answered since {letter.history.last_contacted}: write once more, "
                "and count on another writer"
            )
            yield _warn("silent", text, when.WHEN_11, rotation=letter.id)


def _no_us_letter(plan: Plan) -> Iterator[PlanWarning]:
    counting = [letter for letter in plan.letters if letter.counts]
    if counting and not any(letter.rotation.us for letter in counting):
        fix = f"plan a US rotation that reaches its midpoint by {plan.dates.latest_ask}"
        yield _warn("no-us-letter", f"no letter comes from the US: {_if_in_time(fix, plan.dates)}", mix.MIX_3)


def _no_targets(plan: Plan) -> Iterator[PlanWarning]:
    if not plan.dates.targets:
        text = "no targets are named: list them under `applicant`, so that each can get its letters"
        yield _warn("no-targets", text, mix.MIX_2)


def _season(plan: Plan) -> Iterator[PlanWarning]:
    season, as_of, deadline = plan.dates.season, plan.dates.as_of, plan.dates.deadline
    if season.estimated:
        later = f" (the review day may be {season.review + timedelta(7)})" if may_be_a_week_later(season) else ""
        text = f"the days of the {season.year} season are estimated{later}: set `deadline` to the published review day"
        yield _warn("estimated-season", text)
    if plan.dates.guessed:
        text = f"assuming the {season.year} season: set `season` under `applicant` to the year of your Match"
        yield _warn("guessed-season", text)
    if as_of > deadline:
        text = f"the deadline {deadline} has passed: a letter can still be assigned, but it is read late"
        yield _warn("deadline-passed", text, who.WHO_11)
    if as_of > season.ends:
        text = f"the {season.year} season ended on {season.ends}, so no action is due: set `season` to the next one"
        yield _warn("season-over", text)


def _unknown_specialties(plan: Plan) -> Iterator[PlanWarning]:
    for letter in plan.letters:
        if not is_known(letter.rotation.specialty):
            text = explain_unknown_specialty(letter.rotation.specialty)
            yield _warn("unknown-specialty", text, mix.MIX_2, rotation=letter.id)
    for target in plan.dates.targets:
        if not is_known(target.specialty):
            text = explain_unknown_specialty(target.specialty)
            yield _warn("unknown-specialty", text, mix.MIX_2, target=target.specialty)


def _future_events(plan: Plan) -> Iterator[PlanWarning]:
    for letter in plan.letters:
        if letter.history.has_future:
            text = f"{letter.attending}: events after {plan.dates.as_of} are ignored until they happen"
            yield _warn("future-event", text, rotation=letter.id)


_FINDERS: Final[tuple[Callable[[Plan], Iterator[PlanWarning]], ...]] = (
    _coverage_gaps,
    _too_few_letters,
    _late_letters,
    _stale_letters,
    _silent_writers,
    _no_us_letter,
    _no_targets,
    _season,
    _unknown_specialties,
    _future_events,
)
