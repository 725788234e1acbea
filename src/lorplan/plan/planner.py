"""From a plan file and a day to a plan: the rules applied in a readable order. Pure."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from lorplan.plan import actions as steps
from lorplan.plan import verdicts
from lorplan.plan.model import Action, Coverage, Letter, Overridden, Plan, Ranking, Reason
from lorplan.plan.warnings import Findings, cautions
from lorplan.reference import policy_numbers
from lorplan.reference.attending_names import same_attending
from lorplan.rules import RULES, mix, reasons, when, who
from lorplan.rules.candidate import Candidate
from lorplan.rules.key_dates import Horizon, horizon
from lorplan.rules.letter_history import record
from lorplan.rules.mix import Goal, Picks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from lorplan.plan.verdicts import Judged
    from lorplan.planfile.models import PlanFile, Policy
    from lorplan.rules.rule import Rule


def make_plan(plan_file: PlanFile, as_of: date) -> Plan:
    """The plan for a plan file, as it stands on the day `as_of`.

    The same file and the same day always give the same plan: neither the clock nor anything else is read.
    """
    shared = horizon(plan_file, as_of)
    targets = mix.goals(plan_file.applicant)
    candidates = _candidates(plan_file, shared, targets)
    out = _skipped(candidates)
    running = _Running(mix.in_order(c for c in candidates if c.place not in out), targets, shared)
    situations = running.situations()
    letters = (*running.letters(), *(_skipped_letter(candidates[place], out[place]) for place in sorted(out)))
    forecast = mix.count(running.wanted_letters)
    findings = Findings(
        horizon=shared,
        wanted_letters=running.wanted_letters,
        silent=[c for c in running.ranked if c.silent],
        candidates=candidates,
        targets=[goal.name for goal in targets],
        coverage=running.coverage,
        forecast=forecast,
        wanted=running.picks.wanted,
    )
    return Plan(
        as_of=as_of,
        applicant=plan_file.applicant.name,
        email=plan_file.applicant.email,
        season=shared.season,
        guessed=shared.guessed,
        deadline=shared.deadline,
        needed_by=shared.needed_by,
        latest_ask=shared.latest_ask,
        wanted=running.picks.wanted,
        forecast=forecast,
        letters=letters,
        actions=_actions(situations, running.picks.wanted, shared),
        coverage=running.coverage,
        warnings=cautions(findings),
        overridden=_overridden(plan_file.policy),
    )


# --- looking at the rotations -----------------------------------------------------------------------------


def _candidates(plan_file: PlanFile, shared: Horizon, targets: Sequence[Goal]) -> list[Candidate]:
    """Every rotation of the file with the days and facts that the rules compare."""
    places = mix.places_by_name(targets)
    attendings = [rotation.attending for rotation in plan_file.rotations]
    people = same_attending((attending.name, attending.email) for attending in attendings)
    return [_candidate(plan_file, place, person, shared, places) for place, person in enumerate(people)]


def _candidate(
    plan_file: PlanFile, place: int, person: int, shared: Horizon, places: Mapping[str, int]
) -> Candidate:
    rotation, on_site = plan_file.rotations[place], plan_file.on_site[place]
    known = record(rotation, shared.as_of)
    days = when.ask_days(rotation, known.offered, on_site, shared)
    arrives_by = when.arrives_by(known, days.ask_on, shared)
    return Candidate(
        place=place,
        person=person,
        id=plan_file.ids[place],
        rotation=rotation,
        record=known,
        on_site=on_site,
        days=days,
        arrives_by=arrives_by,
        on_time=when.is_on_time(known, arrives_by, shared),
        fresh=who.is_fresh(rotation, known, shared),
        silent=when.is_silent(known, shared),
        strong=who.weak_by(rotation, known.offered) is None,
        targets=mix.goals_of(rotation.specialty, places),
    )


class _Out(NamedTuple):
    """Why a rotation is out of the running; `counting` is the id of the one that counts instead."""

    rule: Rule
    counting: str | None = None


def _skipped(candidates: Sequence[Candidate]) -> dict[int, _Out]:
    """The rotations that are out, by their place: on their own account, or for another of the attending."""
    declined = {candidate.person for candidate in candidates if candidate.record.declined}
    out: dict[int, _Out] = {}
    left: dict[int, list[Candidate]] = defaultdict(list)
    for c in candidates:
        rule = who.skipped_by(c.rotation, c.record, person_declined=c.person in declined)
        if rule:
            out[c.place] = _Out(rule)
        else:
            left[c.person].append(c)
    for same_person in left.values():
        counting = who.the_one_that_counts(same_person)
        out |= {c.place: _Out(who.WHO_10, counting.id) for c in same_person if c is not counting}
    return out


def _skipped_letter(candidate: Candidate, out: _Out) -> Letter:
    role = candidate.rotation.attending.role
    judged = verdicts.skipped(out.rule, role=role, counting=out.counting)
    return _letter(candidate, judged, (judged.reason,), None)


# --- choosing among those in the running ------------------------------------------------------------------


class _Running:
    """The letters in the running, best first, and what was chosen among them."""

    def __init__(self, ranked: list[Candidate], targets: Sequence[Goal], shared: Horizon) -> None:
        self.ranked, self.targets, self.shared = ranked, targets, shared
        self.picks = mix.pick(ranked, targets, shared.policy)
        border = verdicts.bench(ranked, self.picks, mix.reserve(ranked, self.picks, shared.policy))
        self.judged = [verdicts.judge(candidate, border) for candidate in ranked]
        self.wanted_letters = [
            candidate
            for candidate, judged in zip(ranked, self.judged, strict=True)
            if judged.verdict in {"ask", "keep"}
        ]
        self.coverage = _coverage(self.wanted_letters, targets, shared.policy)

    def letters(self) -> list[Letter]:
        """The letters in the running with all that was reckoned for them."""
        pairs = zip(self.ranked, self.judged, strict=True)
        return [self._letter(rank, c, judged) for rank, (c, judged) in enumerate(pairs, start=1)]

    def _letter(self, rank: int, candidate: Candidate, judged: Judged) -> Letter:
        said = reasons.all_reasons(candidate, self.shared, self.targets)
        also = tuple(reason for reason in said if reason != judged.reason)
        return _letter(candidate, judged, (judged.reason, *also), _ranking(rank, candidate, self.picks))

    def situations(self) -> list[steps.Situation]:
        """Each letter in the running as its actions see it."""
        in_hand = sum(c.on_time and c.record.is_promised for c in self.ranked)
        in_a_set = {id_ for coverage in self.coverage for id_ in coverage.letters}
        return [
            steps.Situation(
                candidate=candidate,
                verdict=judged.verdict,
                horizon=self.shared,
                enough=in_hand >= self.picks.wanted,
                in_a_set=candidate.id in in_a_set,
            )
            for candidate, judged in zip(self.ranked, self.judged, strict=True)
        ]


def _letter(candidate: Candidate, judged: Judged, said: tuple[Reason, ...], ranking: Ranking | None) -> Letter:
    return Letter(
        id=candidate.id,
        rotation=candidate.rotation,
        record=candidate.record,
        verdict=judged.verdict,
        ranking=ranking,
        reasons=said,
        decided_by=judged.decided_by,
        would_change=judged.would_change,
    )


def _ranking(rank: int, candidate: Candidate, picks: Picks) -> Ranking:
    asked, days = candidate.is_asked, candidate.days
    return Ranking(
        rank=rank,
        strength="strong" if candidate.strong else "weak",
        fresh=candidate.fresh,
        opens=days.opens,
        ask_on=days.ask_on,
        closes=days.closes,
        arrives_by=candidate.arrives_by,
        on_time=candidate.on_time,
        pick=candidate.place in picks.taken_for,
        tentative=not asked and candidate.rotation.performance is None,
        tight=days.pulled and not asked,
        silent=candidate.silent,
    )


def _coverage(
    wanted_letters: Sequence[Candidate], targets: Sequence[Goal], policy: Policy
) -> tuple[Coverage, ...]:
    """What each target has; without targets one set, for which every letter counts."""
    usable = [candidate for candidate in wanted_letters if not candidate.silent]
    assigned = [candidate for candidate in usable if candidate.record.status == "assigned"]
    if not targets:
        everything = Goal(place=0, name="", needed=0)
        return (_covered(None, everything, usable, mix.letters_for(assigned, usable, usable, everything, policy)),)
    return tuple(
        _covered(goal.name, goal, own, mix.letters_for(assigned, own, usable, goal, policy))
        for goal, own in zip(targets, mix.by_goal(usable, targets), strict=True)
    )


def _covered(target: str | None, goal: Goal, own: Sequence[Candidate], chosen: Sequence[Candidate]) -> Coverage:
    letters = tuple(candidate.id for candidate in chosen)
    return Coverage(target=target, needed=goal.needed, counts=mix.count(own), letters=letters)


# --- what to do -------------------------------------------------------------------------------------------


def _actions(situations: list[steps.Situation], wanted: int, shared: Horizon) -> tuple[Action, ...]:
    """All actions by day; none once the season is over."""
    if shared.as_of > shared.season.ends:
        return ()
    found = [action for situation in situations for action in steps.actions(situation)]
    asks = [action for action in found if action.kind == "ask"]
    backup = steps.backup(situations, asks, wanted, shared)
    found += [backup] if backup else []
    return tuple(sorted(found, key=lambda action: (action.on, action.until, action.id)))


def _overridden(policy: Policy) -> tuple[Overridden, ...]:
    """The numbers of the rule book that the policy changes."""
    rule_of = {number.name: rule.id for rule in RULES for number in rule.numbers}
    changed = ((number, getattr(policy, number.name)) for number in policy_numbers.ALL)
    return tuple(
        Overridden(number.name, _written(value), _written(number.default), rule_of[number.name])
        for number, value in changed
        if value != number.default
    )


def _written(value: int | tuple[int, ...]) -> str:
    return str(value) if isinstance(value, int) else ", ".join(map(str, value)) or "none"
