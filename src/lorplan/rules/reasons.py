"""What each rule says of a letter: for it, against it, or that something is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lorplan.plan.model import Reason
from lorplan.reference.specialties import basis_of_counting
from lorplan.rules import mix, when, who

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lorplan.plan.model import Side
    from lorplan.rules.candidate import Candidate
    from lorplan.rules.key_dates import Horizon
    from lorplan.rules.mix import Goal
    from lorplan.rules.rule import Rule


def _say(rule: Rule, text: str, side: Side) -> Reason:
    return Reason(rule.id, text, side)


def all_reasons(candidate: Candidate, horizon: Horizon, targets: Sequence[Goal]) -> list[Reason]:
    """Every rule that has something to say of a letter in the running, in the order of the rule book."""
    said = [reason for speak in _SPEAKERS for reason in speak(candidate, horizon)]
    return [*said, *_targets(candidate, targets), *_timing(candidate, horizon)]


def _writer(candidate: Candidate, _: Horizon) -> Iterator[Reason]:
    role = candidate.rotation.attending.role
    yield _say(who.WHO_1, f"the writer is {_a(role)}", "for" if role == "attending" else "against")


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _performance(candidate: Candidate, _: Horizon) -> Iterator[Reason]:
    performance = candidate.rotation.performance
    if performance is None:
        yield _say(who.WHO_2, "how it went is not noted yet", "unknown")
    else:
        side: Side = "for" if performance in {"excellent", "good"} else "against"
        yield _say(who.WHO_2, f"performance {performance}", side)


def _contact(candidate: Candidate, _: Horizon) -> Iterator[Reason]:
    contact = candidate.rotation.contact
    if contact is None:
        yield _say(who.WHO_3, "how often you met is not noted yet", "unknown")
    else:
        words = {"daily": "daily contact", "weekly": "weekly contact", "rarely": "rarely saw you"}
        yield _say(who.WHO_3, words[contact], "against" if contact == "rarely" else "for")
    long_enough = candidate.weeks >= who.SOME_WEEKS
    yield _say(who.WHO_3, who.weeks_together(candidate), "for" if long_enough else "against")


def _experience(candidate: Candidate, _: Horizon) -> Iterator[Reason]:
    rotation = candidate.rotation
    best = rotation.us and rotation.experience == "hands-on"
    yield _say(who.WHO_4, who.experience_words(candidate), "for" if best else "against")


def _place(candidate: Candidate, _: Horizon) -> Iterator[Reason]:
    flags = (
        ("residency-affiliated", candidate.rotation.residency_affiliated),
        ("IMG-friendly", candidate.rotation.img_friendly),
    )
    for name, flag in flags:
        yield _flag(who.WHO_5, name, flag=flag)


def _letterhead(candidate: Candidate, _: Horizon) -> Iterator[Reason]:
    yield _flag(who.WHO_6, "on letterhead or academic", flag=candidate.rotation.letterhead)


def _flag(rule: Rule, name: str, *, flag: bool | None) -> Reason:
    if flag is None:
        return _say(rule, f"not known whether {name}", "unknown")
    return _say(rule, name if flag else f"not {name}", "for" if flag else "against")


def _offer(candidate: Candidate, _: Horizon) -> Iterator[Reason]:
    if candidate.record.offered:
        yield _say(who.WHO_7, f"offered to write on {candidate.record.offered}", "for")


def _freshness(candidate: Candidate, horizon: Horizon) -> Iterator[Reason]:
    if not candidate.fresh:
        text = f"older than {horizon.policy.fresh_days} days on {horizon.deadline}"
        yield _say(who.WHO_9, text, "against")


def _arrival(candidate: Candidate, horizon: Horizon) -> Iterator[Reason]:
    side: Side = "for" if candidate.on_time else "against"
    text = f"can be there by {candidate.arrives_by}, the deadline is {horizon.deadline}"
    yield _say(who.WHO_11, text, side)
    days = horizon.policy.processing_days
    yield _say(when.WHEN_9, f"{days} business days of processing are reckoned in", side)


def _choice(candidate: Candidate, _: Horizon) -> Iterator[Reason]:
    if candidate.rotation.choice == "ask":
        yield _say(who.WHO_12, "you chose to ask", "for")


def _silence(candidate: Candidate, horizon: Horizon) -> Iterator[Reason]:
    if candidate.silent:
        days = horizon.policy.no_answer_days
        yield _say(when.WHEN_11, f"no answer for {days} days or more: count on another", "against")


_SPEAKERS: Final[tuple[Callable[[Candidate, Horizon], Iterator[Reason]], ...]] = (
    _writer,
    _performance,
    _contact,
    _experience,
    _place,
    _letterhead,
    _offer,
    _freshness,
    _arrival,
    _choice,
    _silence,
)


def _targets(candidate: Candidate, targets: Sequence[Goal]) -> Iterator[Reason]:
    for place in candidate.targets:
        target = targets[place].name
        ours = basis_of_counting(candidate.rotation.specialty, target) == "judgement"
        yield _say(mix.MIX_2, f"counts for {target}{', by our judgement' if ours else ''}", "for")
    if targets and not candidate.targets:
        yield _say(mix.MIX_2, "counts for none of your targets", "against")


def _timing(candidate: Candidate, horizon: Horizon) -> Iterator[Reason]:
    """Why the day to ask is the day it is."""
    days = candidate.days
    if not candidate.is_asked:
        yield _say(days.rule, _TIMING[days.rule.id].format(days=days, latest_ask=horizon.latest_ask), "for")


_TIMING: Final = {
    when.WHEN_1.id: "the final week: {days.opens} to {days.closes}",
    when.WHEN_2.id: "offered, so at once: {days.opens} to {days.closes}",
    when.WHEN_4.id: "not before half of your days are over, {days.midpoint}",
    when.WHEN_5.id: "the meeting on {days.ask_on}",
    when.WHEN_7.id: "before the final week, as full notice ends on {latest_ask}",
}
