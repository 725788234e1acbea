"""A plan as plain data, the way `plan --json` prints it. Fields are added, never removed or renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from lorplan.dates.eras_seasons import Season
    from lorplan.plan.model import Action, Counts, Coverage, Letter, Plan, PlannedProgram, PlanWarning

FORMAT_VERSION: Final = "1.1"
"""The version of every JSON document: fields may be added within a major version, never removed or renamed."""

Document = dict[str, Any]

LETTER_FIELDS: Final[dict[str, Callable[[Letter], Any]]] = {
    "id": lambda letter: letter.id,
    "attending": lambda letter: letter.attending,
    "hospital": lambda letter: letter.rotation.hospital,
    "specialty": lambda letter: letter.rotation.specialty,
    "start": lambda letter: letter.rotation.start.isoformat(),
    "last_day": lambda letter: letter.candidate.last_day.isoformat(),
    "days_together": lambda letter: letter.candidate.days_together,
    "for": lambda letter: list(letter.rotation.for_targets),
    "standardized": lambda letter: letter.rotation.standardized,
    "status": lambda letter: letter.status,
    "verdict": lambda letter: letter.verdict,
    "pick": lambda letter: letter.pick,
    "rank": lambda letter: letter.rank,
    "strength": lambda letter: letter.strength,
    "tentative": lambda letter: letter.is_tentative,
    "tight": lambda letter: letter.is_tight,
    "late": lambda letter: letter.is_late,
    "silent": lambda letter: letter.is_silent,
    "fresh": lambda letter: letter.candidate.fresh,
    "opens": lambda letter: letter.window.opens.isoformat(),
    "ask_on": lambda letter: letter.window.ask_on.isoformat(),
    "closes": lambda letter: letter.window.closes.isoformat(),
    "arrives_by": lambda letter: letter.candidate.arrives_by.isoformat(),
    "on_time": lambda letter: letter.candidate.on_time,
    "reasons": lambda letter: [{"rule": reason.rule, "text": reason.text} for reason in letter.reasons],
    "decided_by": lambda letter: letter.decided_by._asdict() if letter.decided_by else None,
    "would_change": lambda letter: list(letter.would_change),
}
"""The fields of a letter, in their order."""

_NULL_IF_SKIPPED: Final = frozenset({"rank", "strength", "fresh", "opens", "ask_on", "closes", "arrives_by", "on_time"})


_COUNTS: Final = ("secured", "promised", "asked", "planned", "late")


def letter_document(letter: Letter) -> Document:
    """Write a letter as plain data; what is only worked out for letters in the running is null for a skipped one."""
    skipped = _NULL_IF_SKIPPED if letter.is_skipped else frozenset()
    return {name: None if name in skipped else value(letter) for name, value in LETTER_FIELDS.items()}


def action_document(action: Action) -> Document:
    """Write an action as plain data."""
    return {
        **action._asdict(),
        "on": action.on.isoformat(),
        "until": action.until.isoformat(),
        "rules": list(action.rules),
        "programs": list(action.programs),
    }


def counts_document(counts: Counts) -> Document:
    """Write how many letters are expected as plain data."""
    return {name: getattr(counts, name) for name in _COUNTS}


def season_document(season: Season, *, guessed: bool) -> Document:
    """Write a season as plain data; `guessed`: no file names it."""
    return {
        "year": season.year,
        **{day.name: value.isoformat() for day, value in season.days()},
        "estimated": season.estimated,
        "guessed": guessed,
        "source": season.source.named,
    }


def plan_document(plan: Plan, *, file: str | None) -> Document:
    """Write a plan as plain data."""
    dates = plan.dates
    return {
        "format_version": FORMAT_VERSION,
        "kind": "plan",
        "as_of": dates.as_of.isoformat(),
        "file": file,
        "applicant": {"name": plan.applicant.name, "email": plan.applicant.email},
        "season": season_document(dates.season, guessed=dates.guessed),
        "portal_from": dates.portal_from.isoformat(),
        "deadline": dates.deadline.isoformat(),
        "needed_by": dates.needed_by.isoformat(),
        "latest_ask": dates.latest_ask.isoformat(),
        "wanted": plan.wanted,
        "asking_closed": plan.asking_closed,
        "forecast": counts_document(plan.forecast),
        "letters": [letter_document(letter) for letter in plan.letters],
        "actions": [action_document(action) for action in plan.actions],
        "coverage": [_coverage_document(coverage) for coverage in plan.coverage],
        "programs": [program_document(program) for program in plan.programs],
        "warnings": [warning_document(warning) for warning in plan.warnings],
    }


def program_document(planned: PlannedProgram) -> Document:
    """Write a program as plain data."""
    facts, program = planned.facts, planned.program
    return {
        "id": planned.id,
        "name": program.name,
        "track": program.track,
        "specialty": program.specialty,
        "target": planned.target,
        "deadline": facts.deadline.isoformat(),
        "needed_by": planned.needed_by.isoformat(),
        "max": facts.most,
        "state": planned.state,
        "late": planned.late,
        "applied": facts.applied and facts.applied.isoformat(),
        "read": program.read and program.read.isoformat(),
        "letters": list(planned.letters),
        "assigned": list(planned.assigned),
        "to_assign": list(planned.to_assign),
        "missing": [missing._asdict() for missing in planned.missing],
        "also": list(program.also),
    }


def warning_document(warning: PlanWarning) -> Document:
    """Write a warning as plain data."""
    return {**warning._asdict(), "programs": list(warning.programs)}


def _coverage_document(coverage: Coverage) -> Document:
    return {
        "target": coverage.target,
        "needed": coverage.needed,
        **coverage.counts._asdict(),
        "parts": [part._asdict() for part in coverage.parts],
        "service": coverage.service,
        "max": coverage.max,
        "letters": list(coverage.letters),
    }
