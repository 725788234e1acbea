"""The verdict on each letter, the one reason that decided it, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from lorplan.plan.model import Decision, Letter
from lorplan.rules import RULES, mix, when, who
from lorplan.rules.order import first_lead
from lorplan.rules.rule import Remark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lorplan.plan.model import Verdict
    from lorplan.plan.selection import Selection, Skipped
    from lorplan.rules.candidate import Candidate
    from lorplan.rules.key_dates import KeyDates

_IF_CHOSEN: Final = "if you set `choice: ask`"
_IF_SKIPPED: Final = "if you set `choice: skip`"


class _Judgement(NamedTuple):
    """A verdict with what decided it."""

    verdict: Verdict
    reason: Remark
    would_change: tuple[str, ...]
    decided_by: Decision | None = None


def judge(selection: Selection, dates: KeyDates) -> list[Letter]:
    """Decide about every letter in the running, best first."""
    cutoff = _find_cutoff(selection)
    return [_letter(c, place, _judge(c, cutoff), cutoff, dates) for place, c in enumerate(selection.ranked, start=1)]


def judge_skipped(skipped: Iterable[Skipped]) -> list[Letter]:
    """Write down the decision about every skipped letter, in file order."""
    return [
        Letter(
            candidate=one.candidate,
            verdict="skip",
            rank=None,
            pick=False,
            strength=_strength(one.candidate),
            reasons=(Remark(one.rule.id, one.text, "against"),),
            decided_by=None,
            would_change=(one.way_back,),
        )
        for one in skipped
    ]


def _letter(c: Candidate, place: int, judgement: _Judgement, cutoff: _Cutoff, dates: KeyDates) -> Letter:
    remarks = (remark for rule in RULES for remark in rule.remarks_on(c, dates))
    return Letter(
        candidate=c,
        verdict=judgement.verdict,
        rank=place,
        pick=c.position in cutoff.selection.picks,
        strength=_strength(c),
        reasons=(judgement.reason, *(remark for remark in remarks if remark != judgement.reason)),
        decided_by=judgement.decided_by,
        would_change=judgement.would_change,
    )


def _strength(c: Candidate) -> Literal["strong", "weak"]:
    return "strong" if who.is_strong(c) else "weak"


class _Cutoff(NamedTuple):
    """The letters on both sides of the cutoff: the lowest-ranked pick, and the best letter below the picks."""

    selection: Selection
    last_pick: Candidate | None
    runner_up: Candidate | None


def _find_cutoff(selection: Selection) -> _Cutoff:
    picked = [c for c in selection.ranked if c.position in selection.picks]
    others = (c for c in selection.ranked if c.position not in selection.picks and not c.is_asked)
    return _Cutoff(selection, picked[-1] if picked else None, next(others, None))


def _judge(c: Candidate, cutoff: _Cutoff) -> _Judgement:
    if c.is_asked:
        return _keep(c)
    if c.position in cutoff.selection.picks:
        return _ask_pick(c, cutoff)
    if who.is_strong(c) and c.rotation.choice == "ask":
        reason = Remark(who.WHO_12.id, who.CHOSEN, "for")
        return _Judgement("ask", reason, ("if you removed `choice: ask`",))
    if who.is_strong(c) and c.history.offered:
        reason = Remark(who.WHO_7.id, f"offered to write on {c.history.offered}", "for")
        return _Judgement("ask", reason, (_IF_SKIPPED,))
    return _leave_out(c, cutoff)


# --- asked for already --------------------------------------------------------------------------------------


def _keep(c: Candidate) -> _Judgement:
    history = c.history
    rule, text = {
        "asked": (when.WHEN_11, f"asked on {history.asked}, no answer yet"),
        "agreed": (when.WHEN_8, f"agreed on {history.agreed}, not requested in the portal yet"),
        "requested": (when.WHEN_10, f"requested on {history.requested}, not uploaded yet"),
        "uploaded": (when.WHEN_14, f"uploaded on {history.uploaded}, to be assigned"),
        "assigned": (when.WHEN_14, f"assigned on {history.assigned}"),
    }[history.status]
    reason = Remark(rule.id, text, "against" if c.silent else "for")
    return _Judgement("keep", reason, ("if the writer declined, or you set `choice: skip`",))


# --- the picks ----------------------------------------------------------------------------------------------


def _ask_pick(c: Candidate, cutoff: _Cutoff) -> _Judgement:
    target = cutoff.selection.picks[c.position]
    if target is None:
        return _Judgement("ask", _why_among_the_best(c, cutoff), _what_would_replace(c, cutoff.runner_up))
    letters = (
        f"the {target.specialty} letter that is"
        if target.needed == 1
        else f"1 of the {target.needed} {target.specialty} letters"
    )
    reason = Remark(mix.MIX_2.id, f"{letters} needed", "for")
    return _Judgement("ask", reason, _what_would_replace(c, cutoff.runner_up))


def _why_among_the_best(c: Candidate, cutoff: _Cutoff) -> Remark:
    """Say what a pick that no target needed has over the best letter left out."""
    rival, wanted = cutoff.runner_up, cutoff.selection.wanted
    best = "the best" if wanted == 1 else f"one of the best {wanted}"
    lead = first_lead(c, rival) if rival else None
    if rival is None or lead is None:
        return Remark(mix.MIX_1.id, best, "for")
    return Remark(lead.rule_against(rival).id, f"{best}, {lead.explain_win(c, rival)}", "for")


def _what_would_replace(c: Candidate, rival: Candidate | None) -> tuple[str, ...]:
    lead = first_lead(c, rival) if rival else None
    if rival is None or lead is None or lead.improvement is None:
        return (_what_would_weaken(c),)
    rule = lead.rule_against(rival)
    return (_what_would_weaken(c), f"{rival.name} could rank higher if {lead.improvement} ({rule.id})")


def _what_would_weaken(c: Candidate) -> str:
    """Say what in the file would end the verdict ask; an offer lifts fair performance, a choice everything."""
    if c.rotation.choice == "ask":
        return "if you changed `choice: ask` to `choice: skip`"
    performance = "poor" if c.history.offered else "fair or poor"
    return f"if `performance` turned out {performance}, or you set `choice: skip`"


# --- reserve and hold ---------------------------------------------------------------------------------------


def _leave_out(c: Candidate, cutoff: _Cutoff) -> _Judgement:
    """Decide about a letter that is not asked for unless another fails, with the comparison that it lost."""
    verdict: Verdict = "reserve" if c.position in cutoff.selection.reserve else "hold"
    better = cutoff.last_pick
    lead = first_lead(better, c) if better else None
    if better is None or lead is None:
        change = _if_others_fail(better) if who.is_strong(c) else (f"if {who.OFFER_MADE}", _IF_CHOSEN)
        return _Judgement(verdict, _why_not_picked(c), change)
    rule = lead.rule_against(c)
    lift = (f"it would equal {better.name} here if {lead.improvement} ({rule.id})",) if lead.improvement else ()
    others = _if_others_fail(better) if who.is_strong(c) else (_IF_CHOSEN,)
    return _Judgement(
        verdict,
        Remark(rule.id, lead.explain_loss(better, c), "against"),
        (*lift, *others),
        Decision(rule.id, better.id),
    )


def _why_not_picked(c: Candidate) -> Remark:
    """Say why a letter that lost no comparison is still not picked."""
    if who.is_strong(c):
        return Remark(mix.MIX_2.id, "the places left are for letters that your targets need", "against")
    text = f"{who.describe_weakness(c)}, so it is picked only if asked for already"
    return Remark(who.find_weakness(c).rule.id, text, "against")


def _if_others_fail(better: Candidate | None) -> tuple[str, ...]:
    fails = (f"if {better.name} declined or went silent, the next in line would move up",) if better else ()
    return (*fails, _IF_CHOSEN)
