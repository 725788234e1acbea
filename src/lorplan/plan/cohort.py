"""Many applicants, one line each, worst first (COHORT-1)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from lorplan.plan.due import most_urgent
from lorplan.rules.cohort import TROUBLES
from lorplan.text.wording import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from lorplan.plan.applicant_plan import ApplicantPlan, UnusableFile
    from lorplan.plan.model import Action, Counts, Plan
    from lorplan.rules.cohort import Trouble
    from lorplan.rules.key_dates import KeyDates

PROGRAM_STATES: Final = ("short", "ready", "on course", "complete", "closed")
"""The states of programs that are counted; who does not apply there after all is not."""


class Gap(NamedTuple):
    """A part of a target that lacks letters: how many it needs from its specialty, and how many it has."""

    target: str | None
    specialty: str
    needed: int
    have: int

    @property
    def lacks(self) -> int:
        """How many letters are missing."""
        return self.needed - self.have


class CohortLine(NamedTuple):
    """Where one applicant stands: a line of the cohort.

    `trouble` is the worst that is wrong and `wrong` says it in a phrase; both are None if nothing is. `amount` is how
    bad it is among equal troubles. `secured_by` is how many letters are expected by the office's own day, None
    without one. Of a file that cannot be used only the problems are known, and `dates` is None.
    """

    file: str
    applicant: str | None
    trouble: Trouble | None
    amount: int
    wrong: str | None
    wanted: int | None
    forecast: Counts | None
    gaps: tuple[Gap, ...]
    programs: Mapping[str, int]
    overdue: int
    next: Action | None
    problems: int
    secured_by: int | None
    dates: KeyDates | None

    @property
    def is_behind(self) -> bool:
        """Whether fewer letters than wanted are expected by the office's day."""
        return self.secured_by is not None and self.wanted is not None and self.secured_by < self.wanted


class Cohort(NamedTuple):
    """Many applicants as of a day, worst first.

    `by` is the day by which the office wants all letters. `at_risk_only`: only those with something wrong are shown.
    """

    as_of: date
    by: date | None
    lines: Sequence[CohortLine]
    at_risk_only: bool = False

    @property
    def at_risk(self) -> Sequence[CohortLine]:
        """Those with something wrong."""
        return [one for one in self.lines if one.trouble]

    @property
    def shown(self) -> Sequence[CohortLine]:
        """Those to be shown."""
        return self.at_risk if self.at_risk_only else self.lines

    @property
    def behind(self) -> int:
        """How many of the plans have fewer letters than wanted by the office's day."""
        return sum(one.is_behind for one in self.lines)


class HasState(Protocol):
    """What is in one of the states of programs."""

    @property
    def state(self) -> str:
        """The state, such as short."""


def count_states(programs: Iterable[HasState]) -> dict[str, int]:
    """Count programs by their states."""
    counts = dict.fromkeys(PROGRAM_STATES, 0)
    for program in programs:
        if program.state in counts:
            counts[program.state] += 1
    return counts


# --- one applicant ------------------------------------------------------------------------------------------


def assess(applicant_plan: ApplicantPlan, *, by: date | None = None) -> CohortLine:
    """Find where an applicant stands; `by` is the day by which the office wants all letters."""
    plan = applicant_plan.plan
    facts = _find_facts(plan, by)
    trouble, amount, wrong = next((found for find in _FINDERS for found in find(facts)), (None, 0, None))
    return CohortLine(
        file=applicant_plan.file,
        applicant=plan.applicant.name,
        trouble=trouble,
        amount=amount,
        wrong=wrong,
        wanted=plan.wanted,
        forecast=plan.forecast,
        gaps=facts.gaps,
        programs=facts.programs,
        overdue=len(facts.overdue),
        next=most_urgent(plan.actions),
        problems=0,
        secured_by=facts.secured_by,
        dates=plan.dates,
    )


def assess_unusable(unusable: UnusableFile) -> CohortLine:
    """Say of a file that cannot be used how many problems it has."""
    wrong = f"file has {plural(unusable.problems, 'problem')}" if unusable.is_read else "file cannot be read"
    return CohortLine(
        file=unusable.file,
        applicant=None,
        trouble="unreadable",
        amount=unusable.problems,
        wrong=wrong,
        wanted=None,
        forecast=None,
        gaps=(),
        programs=count_states(()),
        overdue=0,
        next=None,
        problems=unusable.problems,
        secured_by=None,
        dates=None,
    )


def count_secured_by(plan: Plan, day: date) -> int:
    """Count the letters that the office finds in the portal on a day, if all goes as planned.

    A letter counts if it is in the portal by then, or can be relied on by then (`arrives_by`: with the writer's time
    and the processing), asked for already or not; but not if its writer has fallen silent.
    """
    counting = (letter.candidate for letter in plan.letters if letter.counts and not letter.candidate.silent)
    return sum((c.history.in_portal or c.arrives_by) <= day for c in counting)


# --- what is wrong ------------------------------------------------------------------------------------------


class _Facts(NamedTuple):
    """What the troubles are told from; `short` is how many letters too few are expected, `by` the office's day."""

    plan: Plan
    gaps: tuple[Gap, ...]
    short: int
    programs: Mapping[str, int]
    overdue: Sequence[Action]
    by: date | None
    secured_by: int | None

    @property
    def missing(self) -> int:
        """How many letters are missing: in all, or for the targets."""
        return max(self.short, sum(gap.lacks for gap in self.gaps))

    @property
    def missing_by(self) -> int:
        """How many letters fewer than wanted are expected by the office's day."""
        return 0 if self.secured_by is None else max(0, self.plan.wanted - self.secured_by)


_Found = tuple["Trouble", int, str]
"""A trouble, how bad it is among equal ones, and a phrase."""


def _find_facts(plan: Plan, by: date | None) -> _Facts:
    helps = not plan.dates.is_after_rank_list
    return _Facts(
        plan=plan,
        gaps=tuple(_find_gaps(plan)) if helps else (),
        short=max(0, plan.wanted - plan.forecast.total) if helps else 0,
        programs=count_states(plan.programs),
        overdue=[action for action in plan.actions if action.state == "overdue"],
        by=by,
        secured_by=None if by is None else count_secured_by(plan, by),
    )


def _find_gaps(plan: Plan) -> Iterable[Gap]:
    return [
        Gap(one.target, part.specialty, part.needed, part.have)
        for one in plan.coverage
        for part in one.parts
        if part.lacks
    ]


def _too_late(facts: _Facts) -> Iterable[_Found]:
    plan = facts.plan
    if facts.missing and (plan.asking_closed or plan.dates.is_after_latest_ask):
        yield "too late", facts.missing, f"{_describe_missing(facts)}, {_describe_time_left(plan)}"


def _ask_overdue(facts: _Facts) -> Iterable[_Found]:
    asks = [action for action in facts.overdue if action.kind == "ask"]
    if asks:
        yield "ask overdue", *_describe_overdue(asks, "ask", facts.plan.dates)


def _gap(facts: _Facts) -> Iterable[_Found]:
    programs_short = facts.programs["short"]
    amount = max(facts.missing, facts.missing_by) + programs_short
    if facts.short:
        yield "gap", amount, f"{_describe_missing(facts)}, {_describe_time_left(facts.plan)}"
    elif facts.missing:
        yield "gap", amount, _describe_missing(facts)
    elif facts.missing_by and facts.by:
        day = facts.plan.dates.write_day(facts.by)
        yield "gap", amount, f"{facts.secured_by} of {facts.plan.wanted} in by {day}"
    elif programs_short:
        yield "gap", amount, f"{plural(programs_short, 'program')} short"


def _overdue(facts: _Facts) -> Iterable[_Found]:
    if facts.overdue:
        yield "overdue", *_describe_overdue(facts.overdue, "", facts.plan.dates)


_FINDERS: Final[tuple[Callable[[_Facts], Iterable[_Found]], ...]] = (_too_late, _ask_overdue, _gap, _overdue)
"""What finds each trouble of a plan, in the order of the rule."""


def _describe_missing(facts: _Facts) -> str:
    """Say how many letters are missing in all; if none is, how many the targets lack."""
    if facts.short:
        return f"{facts.short} missing"
    lacking = sum(gap.lacks for gap in facts.gaps)
    targets = {gap.target for gap in facts.gaps}
    if len(targets) > 1:
        return f"{len(targets)} targets lack {lacking}"
    return f"{facts.gaps[0].target} lacks {lacking}"


def _describe_time_left(plan: Plan) -> str:
    """Say how many days are left to ask with full notice, or that nobody is asked any more."""
    days = (plan.dates.latest_ask - plan.dates.as_of).days
    if days < 0:
        return "late to ask"
    if plan.asking_closed:
        return "asking closed"
    return f"{plural(days, 'day')} to ask" if days else "last day to ask"


def _describe_overdue(actions: Sequence[Action], noun: str, dates: KeyDates) -> tuple[int, str]:
    """Count the days since which the oldest of some actions is overdue, and say how many there are since when."""
    oldest = min(action.until for action in actions)
    named = f"{plural(len(actions), noun)} overdue" if noun else f"{len(actions)} overdue"
    return (dates.as_of - oldest).days, f"{named} since {dates.write_day(oldest + timedelta(1))}"


# --- many applicants ----------------------------------------------------------------------------------------


def worst_first(lines: Iterable[CohortLine]) -> list[CohortLine]:
    """Sort applicants by how badly they need somebody to look at them (COHORT-1)."""
    return sorted(lines, key=_badness)


def _badness(line: CohortLine) -> tuple[object, ...]:
    level = TROUBLES.index(line.trouble) if line.trouble else len(TROUBLES)
    return level, -line.amount, *_when_next(line), (line.applicant or "").casefold(), line.file


def _when_next(line: CohortLine) -> tuple[date, date]:
    """Find from which day, and until when, the next action is to be done: today at the earliest."""
    action, dates = line.next, line.dates
    return (max(action.on, dates.as_of), action.until) if action and dates else (date.max, date.max)
