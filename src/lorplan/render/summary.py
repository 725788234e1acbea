"""A plan's outlook in sentences, the same wherever it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.reference.specialties import special_note
from lorplan.text.safe import counted

if TYPE_CHECKING:
    from lorplan.plan.model import Coverage, Letter, Plan


def season_line(plan: Plan) -> str:
    """The season with the days that matter for letters."""
    season = plan.season
    certainty = "estimated" if season.estimated else "published"
    guessed = ", guessed" if plan.guessed else ""
    return (
        f"{season.year} season ({certainty}{guessed}): opens {season.opens}, submit {season.submit}, "
        f"review {season.review}, Match Day {season.match_day}"
    )


def policy_line(plan: Plan) -> str:
    """The numbers that the plan file changes; "" where it changes none."""
    changes = [f"{o.name} {o.value} instead of {o.default} ({o.rule})" for o in plan.overridden]
    return "Your policy: " + ", ".join(changes) if changes else ""


def forecast(plan: Plan) -> str:
    """How many letters are in sight, and by when."""
    counts = plan.forecast
    parts = (
        (counts.secured, "secured"),
        (counts.promised, "promised"),
        (counts.asked, "asked for"),
        (counts.planned, "planned"),
    )
    told = ", ".join(f"{number} {word}" for number, word in parts if number) or "none yet"
    return (
        f"{counted(counts.total, 'letter')} in sight by {plan.deadline}, {plan.wanted} wanted: {told}. "
        f"Uploads are needed by {plan.needed_by}; the last day to ask with full notice is {plan.latest_ask}."
    )


def coverage_mark(coverage: Coverage) -> str:
    """Whether a target has the letters it needs."""
    return "ok" if coverage.counts.total >= coverage.needed else "gap"


def coverage_words(coverage: Coverage) -> str:
    """What a target has and needs, and the letters to assign to its programs."""
    letters = ", ".join(coverage.letters) or "none"
    return f"{coverage.counts.total} from the specialty, {coverage.needed} needed; to assign: {letters}"


def coverage_note(coverage: Coverage) -> str:
    """What many programs of the specialty expect besides; "" for nothing."""
    return special_note(coverage.target or "") or ""


def when_to_ask(letter: Letter) -> str:
    """The day to ask, or how far a letter is that was asked for."""
    if letter.ranking and letter.to_be_asked:
        return str(letter.ranking.ask_on)
    return letter.status if letter.verdict == "keep" else ""


def why_so(letter: Letter) -> str:
    """The reason that decided, with its rule, and whether the time is short."""
    ranking = letter.ranking
    late = ranking and not ranking.on_time and letter.verdict in {"ask", "keep"}
    notes = ("; tight" if ranking and ranking.tight else "") + ("; late" if late else "")
    return f"{letter.reason.text} ({letter.reason.rule}){notes}"
