"""What the user should know about a plan as a whole, and what would mend it by when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from lorplan.dates.eras_seasons import may_be_a_week_later
from lorplan.plan.model import Caution
from lorplan.reference.specialties import is_known, nearest
from lorplan.rules import mix, when, who
from lorplan.text.safe import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lorplan.plan.model import Counts, Coverage
    from lorplan.rules.candidate import Candidate
    from lorplan.rules.key_dates import Horizon
    from lorplan.rules.rule import Rule


_A_WEEK: Final = timedelta(7)


class Findings(NamedTuple):
    """What the cautions look at: the whole outcome, before it is put together.

    `wanted_letters` are those with the verdict ask or keep, `candidates` are all rotations of the file.
    """

    horizon: Horizon
    wanted_letters: Sequence[Candidate]
    silent: Sequence[Candidate]
    candidates: Sequence[Candidate]
    targets: Sequence[str]
    coverage: Sequence[Coverage]
    forecast: Counts
    wanted: int


def cautions(findings: Findings) -> tuple[Caution, ...]:
    """All warnings, by code, then rotation, then target."""
    found = [caution for look in _LOOKS for caution in look(findings)]
    return tuple(sorted(found, key=lambda c: (c.code, c.rotation or "", c.target or "")))


def _caution(
    code: str, text: str, *rules: Rule, rotation: str | None = None, target: str | None = None
) -> Caution:
    cited = f" ({', '.join(rule.id for rule in rules)})" if rules else ""
    return Caution(code=code, rotation=rotation, target=target, text=text + cited)


def _gaps(f: Findings) -> Iterator[Caution]:
    for coverage in f.coverage:
        missing = coverage.needed - coverage.counts.total
        if coverage.target is not None and missing > 0:
            mend = f"plan a rotation in it of which half is over by {f.horizon.latest_ask}"
            text = (
                f"{coverage.target} needs {counted(coverage.needed, 'letter')} from its own, "
                f"{coverage.counts.total} in sight: {_while_there_is_time(mend, f.horizon)}"
            )
            yield _caution("coverage-gap", text, mix.MIX_2, target=coverage.target)


def _while_there_is_time(mend: str, horizon: Horizon) -> str:
    """The mend, or what is left to do once its last day has passed."""
    if horizon.as_of <= horizon.latest_ask:
        return mend
    return "the last day to ask with full notice has passed, so ask now for a quick letter, or let it come late"


def _too_few(f: Findings) -> Iterator[Caution]:
    if f.forecast.total < f.wanted:
        mend = f"ask one more attending by {f.horizon.latest_ask}, or add a rotation"
        text = (
            f"{counted(f.forecast.total, 'letter')} in sight by {f.horizon.deadline}, {f.wanted} wanted: "
            f"{_while_there_is_time(mend, f.horizon)}"
        )
        yield _caution("too-few-letters", text, mix.MIX_1)


def _late(f: Findings) -> Iterator[Caution]:
    for c in f.wanted_letters:
        if not c.on_time:
            text = (
                f"the letter of {c.name} is reckoned for {c.arrives_by}, after the deadline {f.horizon.deadline}: "
                "ask whether it can be sooner; it can still be assigned when it comes"
            )
            yield _caution("late", text, who.WHO_11, rotation=c.id)


def _stale(f: Findings) -> Iterator[Caution]:
    for c in f.wanted_letters:
        if not c.fresh:
            text = (
                f"the letter of {c.name} will be older than {f.horizon.policy.fresh_days} days on "
                f"{f.horizon.deadline}: prefer a newer one, or ask the writer to bring it up to date"
            )
            yield _caution("stale", text, who.WHO_9, rotation=c.id)


def _silent(f: Findings) -> Iterator[Caution]:
    for c in f.silent:
        text = f"{c.name} has not answered since {c.record.last_word}: write once more, and count on another"
        yield _caution("silent", text, when.WHEN_11, rotation=c.id)


def _no_us(f: Findings) -> Iterator[Caution]:
    if f.wanted_letters and not any(c.rotation.us for c in f.wanted_letters):
        mend = f"plan a US rotation of which half is over by {f.horizon.latest_ask}"
        text = f"no letter comes from the US: {_while_there_is_time(mend, f.horizon)}"
        yield _caution("no-us-letter", text, mix.MIX_3)


def _no_targets(f: Findings) -> Iterator[Caution]:
    if not f.targets:
        text = "no targets are named: list them under applicant, so that each can have its letters"
        yield _caution("no-targets", text, mix.MIX_2)


def _season(f: Findings) -> Iterator[Caution]:
    season, as_of, deadline = f.horizon.season, f.horizon.as_of, f.horizon.deadline
    if season.estimated:
        later = f" (the review day may be {season.review + _A_WEEK})" if may_be_a_week_later(season) else ""
        text = (
            f"the days of the {season.year} season are estimated{later}: give the published review day as "
            "`deadline`"
        )
        yield _caution("estimated-season", text)
    if f.horizon.guessed:
        text = f"taken for the {season.year} season: write `season:` and the year of your Match under applicant"
        yield _caution("guessed-season", text)
    if as_of > deadline:
        text = f"the deadline {deadline} has passed: what comes now can be assigned, but is read late"
        yield _caution("deadline-passed", text, who.WHO_11)
    if as_of > season.ends:
        text = f"the {season.year} season ended on {season.ends}: name the next `season`, or no action is due"
        yield _caution("season-over", text)


def _unknown_specialties(f: Findings) -> Iterator[Caution]:
    for c in f.candidates:
        if not is_known(c.rotation.specialty):
            yield _caution("unknown-specialty", _unknown(c.rotation.specialty), mix.MIX_2, rotation=c.id)
    for target in f.targets:
        if not is_known(target):
            yield _caution("unknown-specialty", _unknown(target), mix.MIX_2, target=target)


def _unknown(specialty: str) -> str:
    near = nearest(specialty)
    mend = f'write "{near}" if that is meant' if near else "check the spelling"
    return f'"{specialty}" is not a specialty we know and counts only for itself: {mend}'


def _future(f: Findings) -> Iterator[Caution]:
    for c in f.candidates:
        if c.record.hidden:
            text = f"{c.name}: events after {f.horizon.as_of} are left out, they have not happened yet"
            yield _caution("future-event", text, rotation=c.id)


_LOOKS: Final[tuple[Callable[[Findings], Iterator[Caution]], ...]] = (
    _gaps,
    _too_few,
    _late,
    _stale,
    _silent,
    _no_us,
    _no_targets,
    _season,
    _unknown_specialties,
    _future,
)
