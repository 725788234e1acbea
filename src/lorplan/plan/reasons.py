"""Why each letter got its verdict: the one reason that decided it, and what would change it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from lorplan.plan.model import Decision, Letter
from lorplan.rules import RULES, mix, when, who
from lorplan.rules.order import first_lead
from lorplan.rules.progress import unanswered_since
from lorplan.rules.rule import Remark
from lorplan.text.wording import in_words, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lorplan.plan.model import Coverage, PlannedProgram, Strength, Verdict
    from lorplan.plan.needs import Need
    from lorplan.plan.selection import Purpose, Selection, Skipped
    from lorplan.rules.candidate import Candidate
    from lorplan.rules.key_dates import KeyDates
    from lorplan.rules.rule import Rule

_REMARKING: Final = tuple(rule for rule in RULES if rule.remarks)
"""The rules that say something about single letters."""

_IF_CHOSEN: Final = "if you set `choice: ask`"
_IF_SKIPPED: Final = "if you set `choice: skip`"


class _Explanation(NamedTuple):
    """What decided a verdict, and what would change it."""

    reason: Remark
    would_change: tuple[str, ...]
    decided_by: Decision | None = None


class _Context(NamedTuple):
    """What all explanations look at.

    `last_pick` is the lowest-ranked pick, `runner_up` the best letter below the picks that is not asked for. `sets`
    has the ids of the letters in the set of some target or program, `waiting` of those among them that are still to
    be assigned; `assigned` counts the programs to which a letter is assigned.
    """

    selection: Selection
    dates: KeyDates
    sets: frozenset[str]
    waiting: frozenset[str]
    assigned: Mapping[str, int]
    last_pick: Candidate | None
    runner_up: Candidate | None


def explain(
    selection: Selection,
    verdicts: Mapping[int, Verdict],
    coverage: Iterable[Coverage],
    programs: Iterable[PlannedProgram],
    dates: KeyDates,
) -> list[Letter]:
    """Write down the decision about every letter in the running with its reasons, best first."""
    context = _find_context(selection, coverage, programs, dates)
    return [_letter(c, place, verdicts[c.position], context) for place, c in enumerate(selection.ranked, start=1)]


def explain_skipped(skipped: Iterable[Skipped]) -> list[Letter]:
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


def _find_context(
    selection: Selection, coverage: Iterable[Coverage], programs: Iterable[PlannedProgram], dates: KeyDates
) -> _Context:
    picked = [c for c in selection.ranked if c.position in selection.picks]
    others = (c for c in selection.ranked if not (c.position in selection.picks or c.is_asked or c.impossible))
    programs = [one for one in programs if one.state != "skip"]
    with_programs = {one.target for one in programs}
    sets = {letter for one in coverage for letter in one.letters if one.target not in with_programs}
    sets |= {letter for one in programs for letter in one.letters}
    assigned = Counter(letter for one in programs for letter in one.assigned)
    waiting = sets - assigned.keys() | {letter for one in programs for letter in one.to_assign}
    last_pick = picked[-1] if picked else None
    return _Context(selection, dates, frozenset(sets), frozenset(waiting), assigned, last_pick, next(others, None))


def _letter(c: Candidate, place: int, verdict: Verdict, context: _Context) -> Letter:
    explanation = _explain(c, verdict, context)
    remarks = (remark for rule in _REMARKING for remark in rule.remarks_on(c, context.dates))
    purpose = context.selection.picks.get(c.position)
    return Letter(
        candidate=c,
        verdict=verdict,
        rank=place,
        pick=purpose is not None,
        strength=_strength(c),
        reasons=(explanation.reason, *(remark for remark in remarks if remark != explanation.reason)),
        decided_by=explanation.decided_by,
        would_change=explanation.would_change,
        purpose=_target_of(purpose, context.dates),
    )


def _strength(c: Candidate) -> Strength:
    return "strong" if who.is_strong(c) else "weak"


def _target_of(purpose: Purpose | None, dates: KeyDates) -> str | None:
    return None if purpose is None or purpose.target is None else dates.targets[purpose.target].specialty


def _explain(c: Candidate, verdict: Verdict, context: _Context) -> _Explanation:
    if verdict == "keep":
        return _explain_keep(c, context)
    if verdict == "ask":
        return _explain_ask(c, context)
    return _explain_leaving_out(c, context)


# --- asked for already --------------------------------------------------------------------------------------


def _explain_keep(c: Candidate, context: _Context) -> _Explanation:
    rule, text = _describe_silence(c, context) if c.silent else _describe_progress(c, context)
    reason = Remark(rule.id, text, "against" if c.silent else "for")
    return _Explanation(reason, ("if the writer declined, or you set `choice: skip`",))


def _describe_silence(c: Candidate, context: _Context) -> tuple[Rule, str]:
    history = c.history
    if history.status == "agreed":
        text = f"agreed on {history.agreed}, but nothing came of the request of {history.old_request}"
    else:
        stage, day = ("asked", history.asked) if history.status == "asked" else ("requested", history.requested)
        text = f"{stage} on {day}, no answer since {unanswered_since(history, context.dates)}"
    return when.WHEN_11, text


def _describe_progress(c: Candidate, context: _Context) -> tuple[Rule, str]:
    history = c.history
    if history.status == "requested" and history.sent:
        text = f"the writer says that it was sent on {history.sent}, the portal does not show it yet"
        return when.WHEN_9, text
    if history.status == "uploaded" and c.id not in context.sets:
        most = in_words(context.dates.policy.max_per_program)
        return mix.MIX_4, f"uploaded on {history.in_portal}, not among the {most}"
    if history.is_secured and context.assigned.get(c.id) and c.id not in context.waiting:
        return when.WHEN_14, f"assigned to {plural(context.assigned[c.id], 'program')}"
    return {
        "asked": (when.WHEN_11, f"asked on {history.asked}, no answer yet"),
        "agreed": (when.WHEN_8, f"agreed on {history.agreed}, not requested in the portal yet"),
        "requested": (when.WHEN_10, f"requested on {history.requested}, not uploaded yet"),
        "carried": (when.WHEN_19, f"uploaded on {history.uploaded} for an earlier season, to be imported"),
        "uploaded": (when.WHEN_14, f"uploaded on {history.in_portal}, to be assigned"),
        "assigned": (when.WHEN_14, f"assigned on {history.assigned}"),
    }[history.status]


# --- to be asked --------------------------------------------------------------------------------------------


def _explain_ask(c: Candidate, context: _Context) -> _Explanation:
    purpose = context.selection.picks.get(c.position)
    if purpose is not None:
        return _Explanation(_why_picked(c, purpose, context), _what_would_replace(c, context.runner_up))
    if c.rotation.choice == "ask":
        return _Explanation(Remark(who.WHO_12.id, who.CHOSEN, "for"), ("if you removed `choice: ask`",))
    return _Explanation(Remark(who.WHO_7.id, f"offered to write on {c.history.offered}", "for"), (_IF_SKIPPED,))


def _why_picked(c: Candidate, purpose: Purpose, context: _Context) -> Remark:
    if purpose.fresh:
        return Remark(who.WHO_9.id, "the best letter about a recent time, as no other pick is fresh", "for")
    if purpose.target is None:
        return _why_among_the_best(c, context)
    target = context.dates.targets[purpose.target]
    if purpose.need:
        return Remark(mix.MIX_7.id, _describe_need(purpose.need), "for")
    if purpose.part is None:
        return Remark(mix.MIX_6.id, f"may go to {target.specialty}, which other letters are not for", "for")
    part = target.parts[purpose.part]
    letters = f"the {part.specialty} letter" if part.needed == 1 else f"1 of the {part.needed} {part.specialty} letters"
    needed = "needed" if len(target.parts) == 1 else f"that {target.specialty} needs"
    verb = " that is " if part.needed == 1 and needed == "needed" else " "
    return Remark(mix.MIX_2.id, f"{letters}{verb}{needed}", "for")


def _describe_need(need: Need) -> str:
    letters = mix.describe_letters(need.key, need.number)
    return f"{letters if need.number == 1 else f'1 of {letters}'}, for {need.program}"


def _why_among_the_best(c: Candidate, context: _Context) -> Remark:
    """Say what a pick that no target needed has over the best letter left out."""
    rival, wanted = context.runner_up, context.selection.wanted
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


def _explain_leaving_out(c: Candidate, context: _Context) -> _Explanation:
    """Explain why a letter is not asked for unless another fails: too late, enough in hand, or a comparison lost."""
    season = context.dates.season
    in_next_season = f"in the {season.year + 1} season: set `season` to {season.year + 1}"
    if context.dates.is_after_rank_list:
        text = f"the rank lists closed on {season.rank_list}, so nobody is asked any more"
        return _Explanation(Remark(when.WHEN_18.id, text, "against"), (in_next_season,))
    if c.impossible:
        text = f"could only come by {c.arrives_by}, after the rank list of {season.rank_list}"
        return _Explanation(Remark(when.WHEN_18.id, text, "against"), (in_next_season,))
    if context.selection.closed:
        text = f"{context.selection.in_hand} letters are promised or uploaded, so nobody else need be asked"
        return _Explanation(Remark(mix.MIX_1.id, text, "against"), ("if one of them failed", *_ways_to_lift(c)))
    return _explain_loss(c, context)


def _ways_to_lift(c: Candidate) -> tuple[str, ...]:
    """Say what would have a letter asked for whatever the others do."""
    return (_IF_CHOSEN,) if who.is_strong(c) else (f"if {who.OFFER_MADE}", _IF_CHOSEN)


def _explain_loss(c: Candidate, context: _Context) -> _Explanation:
    """Name the first comparison that a letter lost against the lowest-ranked pick."""
    better = context.last_pick
    lead = first_lead(better, c) if better else None
    if better is None or lead is None:
        change = _if_others_fail(better) if who.is_strong(c) else _ways_to_lift(c)
        return _Explanation(_why_not_picked(c), change)
    rule = lead.rule_against(c)
    lift = (f"it would equal {better.name} here if {lead.improvement} ({rule.id})",) if lead.improvement else ()
    others = _if_others_fail(better) if who.is_strong(c) else (_IF_CHOSEN,)
    reason = Remark(rule.id, lead.explain_loss(better, c), "against")
    return _Explanation(reason, (*lift, *others), Decision(rule.id, better.id))


def _why_not_picked(c: Candidate) -> Remark:
    """Say why a letter that lost no comparison is still not picked."""
    if who.is_strong(c):
        return Remark(mix.MIX_2.id, "the places left are for letters that your targets need", "against")
    text = f"{who.describe_weakness(c)}, so it is picked only if asked for already"
    return Remark(who.find_weakness(c).rule.id, text, "against")


def _if_others_fail(better: Candidate | None) -> tuple[str, ...]:
    fails = (f"if {better.name} declined or went silent, the next in line would move up",) if better else ()
    return (*fails, _IF_CHOSEN)
