"""The verdict on each letter, the one reason that decided it, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lorplan.plan.model import Decision, Reason
from lorplan.rules import mix, when, who

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lorplan.plan.model import Verdict
    from lorplan.rules.candidate import Candidate
    from lorplan.rules.mix import Picks
    from lorplan.rules.rule import Rule
    from lorplan.rules.who import Criterion


class Judged(NamedTuple):
    """A verdict with what decided it."""

    verdict: Verdict
    reason: Reason
    decided_by: Decision | None = None
    would_change: tuple[str, ...] = ()


class Bench(NamedTuple):
    """What a letter is judged against.

    `last_pick` is the lowest-ranked pick, `runner_up` the best letter that is no pick and not asked for.
    """

    picks: Picks
    reserve: frozenset[int]
    last_pick: Candidate | None
    runner_up: Candidate | None


def bench(ranked: Sequence[Candidate], picks: Picks, reserve: frozenset[int]) -> Bench:
    """The letters at the border between the picks and the rest."""
    picked = [candidate for candidate in ranked if candidate.place in picks.taken_for]
    left = (c for c in ranked if c.place not in picks.taken_for and not c.is_asked)
    return Bench(
        picks=picks, reserve=reserve, last_pick=picked[-1] if picked else None, runner_up=next(left, None)
    )


def judge(candidate: Candidate, border: Bench) -> Judged:
    """The verdict on a letter in the running."""
    if candidate.is_asked:
        return _kept(candidate)
    if candidate.place in border.picks.taken_for:
        return _picked(candidate, border)
    if candidate.strong and candidate.rotation.choice == "ask":
        reason = Reason(who.WHO_12.id, "you chose to ask", "for")
        return Judged(verdict="ask", reason=reason, would_change=("if you took `choice: ask` back",))
    if candidate.strong and candidate.record.offered:
        reason = Reason(who.WHO_7.id, f"offered to write on {candidate.record.offered}", "for")
        return Judged(verdict="ask", reason=reason, would_change=("if you set `choice: skip`",))
    return _left_out(candidate, border)


# --- asked for already ------------------------------------------------------------------------------------


def _kept(candidate: Candidate) -> Judged:
    record = candidate.record
    rule, text = {
        "asked": (when.WHEN_11, f"asked on {record.asked}, no answer yet"),
        "agreed": (when.WHEN_8, f"agreed on {record.agreed}, to be requested in the portal"),
        "requested": (when.WHEN_10, f"requested on {record.requested}, not uploaded yet"),
        "uploaded": (when.WHEN_14, f"uploaded on {record.uploaded}, to be assigned"),
        "assigned": (when.WHEN_14, f"assigned on {record.assigned}"),
    }[record.status]
    if candidate.silent:
        text = f"{text}: count on another"
    reason = Reason(rule.id, text, "against" if candidate.silent else "for")
    return Judged(
        verdict="keep", reason=reason, would_change=("if the writer declined, or you set `choice: skip`",)
    )


# --- the picks --------------------------------------------------------------------------------------------


def _picked(candidate: Candidate, border: Bench) -> Judged:
    goal = border.picks.taken_for[candidate.place]
    if goal:
        places = "the one letter" if goal.needed == 1 else f"one of the {goal.needed} letters"
        text = f"{places} {goal.name} needs from its own"
        reason = Reason(mix.MIX_2.id, text, "for")
    else:
        reason = _filler_reason(candidate, border)
    return Judged(verdict="ask", reason=reason, would_change=_what_would_unseat(candidate, border.runner_up))


def _filler_reason(candidate: Candidate, border: Bench) -> Reason:
    """Why a pick that no target needed is one: what it has over the best letter left out."""
    places = f"among the best {border.picks.wanted}"
    rival = border.runner_up
    difference = who.first_difference(mix.ORDER, candidate, rival) if rival else None
    if rival is None or difference is None:
        return Reason(mix.MIX_1.id, places, "for")
    rule = difference.rule(rival)
    return Reason(rule.id, f"{places}, before {rival.name}: {difference.words(candidate)}", "for")


def _what_would_unseat(candidate: Candidate, rival: Candidate | None) -> tuple[str, ...]:
    certain = _what_would_weaken(candidate)
    difference = who.first_difference(mix.ORDER, candidate, rival) if rival else None
    if rival is None or difference is None or difference.lever is None:
        return (certain,)
    return (certain, f"{rival.name} could come first if {difference.lever} ({difference.rule(rival).id})")


def _what_would_weaken(candidate: Candidate) -> str:
    """What in the file would end the verdict ask: of a performance only what an offer or choice does not lift."""
    if candidate.rotation.choice == "ask":
        return "if you took `choice: ask` back and chose `skip`"
    performance = "poor" if candidate.record.offered else "fair or poor"
    return f"if `performance` turned out {performance}, or you set `choice: skip`"


# --- reserve and hold -------------------------------------------------------------------------------------


def _left_out(candidate: Candidate, border: Bench) -> Judged:
    """A letter that is not asked for, unless another fails; with the comparison that it lost, if it lost one."""
    verdict: Verdict = "reserve" if candidate.place in border.reserve else "hold"
    better = border.last_pick
    difference = who.first_difference(mix.ORDER, better, candidate) if better else None
    if better is None or difference is None:
        change = _others_fail(better) if candidate.strong else (f"if {who.STRENGTH_LEVER}", _CHOICE)
        return Judged(verdict=verdict, reason=_not_compared(candidate), would_change=change)
    rule = difference.rule(candidate)
    return Judged(
        verdict=verdict,
        reason=Reason(rule.id, difference.tell(better, candidate), "against"),
        decided_by=Decision(rule.id, better.id),
        would_change=(
            *_lift(difference, better, rule),
            *(_others_fail(better) if candidate.strong else (_CHOICE,)),
        ),
    )


def _lift(difference: Criterion, better: Candidate, rule: Rule) -> tuple[str, ...]:
    return (f"level with {better.name} on this if {difference.lever} ({rule.id})",) if difference.lever else ()


def _not_compared(candidate: Candidate) -> Reason:
    """Why a letter that lost no comparison is not picked all the same."""
    weak = who.weak_by(candidate.rotation, candidate.record.offered)
    if weak:
        return Reason(weak.id, f"{who.strength_words(candidate)}: no pick unless asked for already", "against")
    return Reason(mix.MIX_2.id, "the places left are for letters that your targets need", "against")


_CHOICE = "if you set `choice: ask`"


def _others_fail(better: Candidate | None) -> tuple[str, ...]:
    fails = (f"if {better.name} declined or fell silent, the next in line would move up",) if better else ()
    return (*fails, _CHOICE)


# --- skipped ----------------------------------------------------------------------------------------------


def skipped(rule: Rule, *, role: str, counting: str | None) -> Judged:
    """The verdict on a letter that is out; `counting` is the id of the attending's rotation that counts."""
    text, change = {
        who.WHO_12.id: ("you chose to skip it", "if you took `choice: skip` back"),
        who.WHO_8.id: (
            "the attending declined",
            "only if the attending came back on it: take `declined` back",
        ),
        who.WHO_1.id: (f"the writer is a {role}", "if you set `choice: ask`"),
        who.WHO_2.id: ("performance poor", "if `performance` were better, or you set `choice: ask`"),
        who.WHO_10.id: (f"same attending as {counting}", f"if you set `choice: skip` for {counting}"),
    }[rule.id]
    return Judged(verdict="skip", reason=Reason(rule.id, text, "against"), would_change=(change,))
