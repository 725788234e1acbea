"""What the user should know about a plan as a whole, and what would fix it by when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from lorplan.dates.eras_seasons import may_be_a_week_later
from lorplan.plan.model import PlanWarning
from lorplan.plan.program_warnings import find_misplaced_letters, find_missing_letters, find_stale_pages
from lorplan.planfile.lint import explain_unknown_specialty
from lorplan.reference.attending_names import namesakes
from lorplan.reference.specialties import canonical, is_known, is_year
from lorplan.reference.targets import wants_standardized
from lorplan.rules import mix, when, who
from lorplan.rules.progress import unanswered_since
from lorplan.rules.who import is_strong
from lorplan.text.wording import join_words, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lorplan.plan.model import Coverage, CoveredPart, Letter, Plan
    from lorplan.rules.key_dates import KeyDates
    from lorplan.rules.rule import Rule


def find_warnings(plan: Plan) -> tuple[PlanWarning, ...]:
    """Find all warnings about a plan, by code, then rotation, then target."""
    found = [warning for find in _FINDERS for warning in find(plan)]
    if not plan.dates.is_after_rank_list:
        found += [warning for find in _UNTIL_RANK_LIST for warning in find(plan)]
    return tuple(sorted(found, key=lambda w: (w.code, w.rotation or "", w.target or "", w.programs)))


def _warn(code: str, text: str, *rules: Rule, rotation: str | None = None, target: str | None = None) -> PlanWarning:
    cited = f" ({', '.join(rule.id for rule in rules)})" if rules else ""
    return PlanWarning(code=code, rotation=rotation, target=target, text=text + cited)


def _if_in_time(fix: str, dates: KeyDates) -> str:
    """Return the fix, or what is left to do once its last day has passed."""
    if not dates.is_after_latest_ask:
        return fix
    if dates.as_of <= dates.needed_by:
        return "the last day to ask with full notice has passed, so ask now for a quick letter, or accept a late one"
    return "a letter would be late now, but programs read until the rank list: ask if you have somebody"


# --- too few letters ----------------------------------------------------------------------------------------


def _coverage_gaps(plan: Plan) -> Iterator[PlanWarning]:
    fix = _if_in_time(f"plan a rotation in it that reaches its midpoint by {plan.dates.latest_ask}", plan.dates)
    for coverage in plan.coverage:
        lacking = [part for part in coverage.parts if part.lacks]
        if lacking:
            text = f"{_describe_gap(coverage, lacking)}: {fix}"
            yield _warn("coverage-gap", text, mix.MIX_2, target=coverage.target)


def _describe_gap(coverage: Coverage, lacking: list[CoveredPart]) -> str:
    target = coverage.target
    if [part.specialty for part in coverage.parts] == [canonical(str(target))]:
        (part,) = lacking
        return f"{target} needs {plural(part.needed, 'letter')} from its own specialty, {part.have} expected"
    parts = [f"{plural(part.needed, 'letter')} from {part.specialty}, {part.have} expected" for part in lacking]
    return f"{target} needs {join_words(parts)}"


def _too_few_letters(plan: Plan) -> Iterator[PlanWarning]:
    if plan.forecast.total < plan.wanted:
        fix = f"ask one more attending by {plan.dates.latest_ask}, or add a rotation"
        text = f"{plan.forecast.total} of {plural(plan.wanted, 'letter')} expected: {_if_in_time(fix, plan.dates)}"
        yield _warn("too-few-letters", text, mix.MIX_1)


def _lacking_programs(plan: Plan) -> Iterator[PlanWarning]:
    return find_missing_letters(plan, lambda fix: _if_in_time(fix, plan.dates))


def _no_us_letter(plan: Plan) -> Iterator[PlanWarning]:
    counting = [letter for letter in plan.letters if letter.counts]
    if counting and not any(letter.rotation.us for letter in counting):
        fix = f"plan a US rotation that reaches its midpoint by {plan.dates.latest_ask}"
        yield _warn("no-us-letter", f"no letter comes from the US: {_if_in_time(fix, plan.dates)}", mix.MIX_3)


def _no_standardized(plan: Plan) -> Iterator[PlanWarning]:
    wanting = [target.specialty for target in plan.dates.targets if wants_standardized(target.specialty)]
    if wanting and not any(letter.counts and letter.rotation.standardized for letter in plan.letters):
        text = (
            f"no standardized letter (SLOE) for {join_words(wanting)}: ask a program where you rotate whether it "
            "writes one, and record it with `standardized: yes`"
        )
        yield _warn("no-standardized", text, mix.MIX_2)


def _no_spare(plan: Plan) -> Iterator[PlanWarning]:
    """Warn where a target has just what it needs and nobody could step in (MIX-5)."""
    if plan.dates.as_of > plan.dates.needed_by:
        return
    for index, coverage in enumerate(plan.coverage):
        bare = [part.specialty for place, part in enumerate(coverage.parts) if _has_no_spare(plan, (index, place))]
        if bare:
            text = (
                f"{coverage.target} has just the {join_words(bare)} letters it needs and none to replace one that "
                f"fails: keep another in mind, who would be asked by {plan.dates.latest_ask}"
            )
            yield _warn("no-spare", text, mix.MIX_5, target=coverage.target)


def _has_no_spare(plan: Plan, part: tuple[int, int]) -> bool:
    covered = plan.coverage[part[0]].parts[part[1]]
    if not 0 < covered.needed == covered.have:
        return False
    own = [letter for letter in plan.letters if part in letter.candidate.parts]
    all_secured = all(letter.history.is_secured for letter in own if letter.is_expected)
    return not all_secured and not any(_can_step_in(letter) for letter in own)


def _can_step_in(letter: Letter) -> bool:
    c = letter.candidate
    return letter.verdict in {"reserve", "hold"} and is_strong(c) and c.on_time and not c.impossible


# --- letters that need attention ----------------------------------------------------------------------------


def _late_letters(plan: Plan) -> Iterator[PlanWarning]:
    for letter in plan.letters:
        if letter.counts and letter.is_late and not letter.history.is_secured:
            text = (
                f"the letter from {letter.attending} is expected by {letter.candidate.arrives_by}, after the "
                f"deadline {plan.dates.deadline}: ask whether it can be sooner; it can still be assigned later"
            )
            yield _warn("late", text, who.WHO_11, rotation=letter.id)


def _stale_letters(plan: Plan) -> Iterator[PlanWarning]:
    days, deadline = plural(plan.dates.policy.fresh_days, "day"), plan.dates.deadline
    for letter in plan.letters:
        if not letter.counts or letter.candidate.fresh:
            continue
        if letter.history.uploaded:
            text = f"the letter from {letter.attending} will be older than {days} on {deadline}"
        else:
            text = f"your time with {letter.attending} will be more than {days} ago on {deadline}"
        fix = "prefer a newer one, or ask the writer to bring it up to date"
        yield _warn("stale", f"{text}: {fix}", who.WHO_9, rotation=letter.id)


def _silent_writers(plan: Plan) -> Iterator[PlanWarning]:
    for letter in plan.letters:
        if not letter.is_silent:
            continue
        since = unanswered_since(letter.history, plan.dates)
        if since:
            text = f"{letter.attending} has not answered since {since}"
        else:
            text = f"{letter.attending} agreed, but the request of {letter.history.old_request} led to no letter"
        yield _warn("silent", f"{text}: write once more, and count on another writer", when.WHEN_11, rotation=letter.id)


def _out_of_season(plan: Plan) -> Iterator[PlanWarning]:
    season = plan.dates.season
    for letter in plan.letters:
        if letter.candidate.impossible and not letter.is_skipped:
            text = (
                f"a letter from {letter.attending} could only come by {letter.candidate.arrives_by}, after the rank "
                f"list of {season.rank_list}: it is for the {season.year + 1} season"
            )
            yield _warn("out-of-season", text, when.WHEN_18, rotation=letter.id)


def _expired_letters(plan: Plan) -> Iterator[PlanWarning]:
    for letter in plan.letters:
        if letter.history.expired and not letter.is_skipped:
            text = (
                f"the letter from {letter.attending} of {letter.rotation.letter.uploaded or 'an earlier season'} is "
                "too old to be imported: ask for a new one, or count on another writer"
            )
            yield _warn("expired", text, when.WHEN_19, rotation=letter.id)


def _two_addresses(plan: Plan) -> Iterator[PlanWarning]:
    letters = sorted(plan.letters, key=lambda letter: letter.candidate.position)
    attendings = [letter.rotation.attending for letter in letters]
    earlier = namesakes((attending.name, attending.email) for attending in attendings)
    for letter, index in zip(letters, earlier, strict=True):
        if index is not None:
            text = (
                f"{letter.attending} has the name of {letters[index].id}, but another e-mail address, and is taken "
                "for another person: if they are one, write the same address for both"
            )
            yield _warn("two-addresses", text, who.WHO_10, rotation=letter.id)


def _unknown_specialties(plan: Plan) -> Iterator[PlanWarning]:
    for letter in plan.letters:
        if not is_known(letter.rotation.specialty) or is_year(letter.rotation.specialty):
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


# --- the season ---------------------------------------------------------------------------------------------


def _no_targets(plan: Plan) -> Iterator[PlanWarning]:
    if not plan.dates.targets:
        text = "no targets are named: list them under `applicant`, so that each can get its letters"
        yield _warn("no-targets", text, mix.MIX_2)


def _estimates(plan: Plan) -> Iterator[PlanWarning]:
    season = plan.dates.season
    if plan.dates.is_estimated and plan.dates.as_of <= plan.dates.deadline:
        later = f" (the review day may be {season.review + timedelta(7)})" if may_be_a_week_later(season) else ""
        text = f"the days of the {season.year} season are estimated{later}: set `deadline` to the published review day"
        yield _warn("estimated-season", text)
    if plan.dates.guessed:
        text = f"assuming the {season.year} season: set `season` under `applicant` to the year of your Match"
        yield _warn("guessed-season", text)


def _deadline_passed(plan: Plan) -> Iterator[PlanWarning]:
    if plan.dates.as_of > plan.dates.deadline:
        text = f"the deadline {plan.dates.deadline} has passed: a letter can still be assigned, but it is read late"
        yield _warn("deadline-passed", text, who.WHO_11)


def _season_over(plan: Plan) -> Iterator[PlanWarning]:
    season = plan.dates.season
    if plan.dates.as_of > season.ends:
        text = f"the {season.year} season ended on {season.ends}, so no action is due: set `season` to the next one"
        yield _warn("season-over", text)


_UNTIL_RANK_LIST: Final[tuple[Callable[[Plan], Iterator[PlanWarning]], ...]] = (
    *(_coverage_gaps, _too_few_letters, _late_letters, _silent_writers, _out_of_season, _deadline_passed),
    _lacking_programs,
)
"""What helps nobody any more once the rank lists are in (WHEN-18)."""

_FINDERS: Final[tuple[Callable[[Plan], Iterator[PlanWarning]], ...]] = (
    *(_no_us_letter, _no_standardized, _no_spare, _stale_letters, _expired_letters, _two_addresses),
    *(_unknown_specialties, _future_events, _no_targets, _estimates, _season_over),
    *(find_stale_pages, find_misplaced_letters),
)
