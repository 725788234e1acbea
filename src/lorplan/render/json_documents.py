"""Every JSON document except the plan itself, and how a document becomes text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.plan.document import FORMAT_VERSION, action_document, letter_document, program_document, season_document
from lorplan.rules import BY_ID, sources_for
from lorplan.rules.order import comparisons_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from lorplan.dates.eras_seasons import Season
    from lorplan.errors import Problem
    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.document import Document
    from lorplan.plan.due import DueAction, DueList
    from lorplan.plan.model import Letter, PlannedProgram
    from lorplan.reference.policy_numbers import Number
    from lorplan.reference.sources import Source
    from lorplan.rules.rule import Rule


def write_document(document: Document, *, ascii_only: bool) -> str:
    """Write a document on one line; `ascii_only` if the output cannot hold more."""
    import json  # `--plain` does not need it

    return json.dumps(document, ensure_ascii=ascii_only)


def _document(kind: str, **fields: object) -> Document:
    return {"format_version": FORMAT_VERSION, "kind": kind, **fields}


def due_document(found: DueList, as_of: date) -> Document:
    """Make the document of `due --json`; `next` is the first action after the days looked at, null if there is none."""
    following = found.following
    actions = [_due_action(due) for due in found.actions]
    return _document(
        "due", as_of=as_of.isoformat(), actions=actions, next=_due_action(following) if following else None
    )


def _due_action(due: DueAction) -> Document:
    return {**action_document(due.action), "file": due.file, "applicant": due.applicant}


def check_document(problems: Iterable[Problem], advice: Iterable[Problem]) -> Document:
    """Make the document of `check --json`."""
    return _document(
        "check",
        problems=[problem.to_dict() for problem in problems],
        advice=[problem.to_dict() for problem in advice],
    )


def why_document(applicant_plan: ApplicantPlan, letter: Letter) -> Document:
    """Make the document of `why --json`: the letter as in `plan --json`, and each reason with its rule."""
    plan, file = applicant_plan.plan, applicant_plan.file
    targets = [target.specialty for target in plan.dates.targets]
    return _document(
        "why",
        as_of=plan.as_of.isoformat(),
        file=file,
        letter=letter_document(letter),
        reasons=[
            {
                "rule": remark.rule,
                "side": remark.side,
                "text": remark.text,
                "claim": BY_ID[remark.rule].claim,
                "basis": BY_ID[remark.rule].basis,
                "sources": [_source(source) for source in sources_for(BY_ID[remark.rule], targets)],
            }
            for remark in letter.reasons
        ],
    )


def programs_document(applicant_plan: ApplicantPlan, shown: Iterable[PlannedProgram]) -> Document:
    """Make the document of `programs --json`: the programs shown, as in `plan --json`."""
    return _document(
        "programs",
        as_of=applicant_plan.plan.as_of.isoformat(),
        file=applicant_plan.file,
        programs=[program_document(one) for one in shown],
    )


def rules_document(rules: Sequence[Rule]) -> Document:
    """Make the document of `rules --json`."""
    return _document("rules", rules=[_rule(rule) for rule in rules])


def _rule(rule: Rule) -> Document:
    return {
        "id": rule.id,
        "claim": rule.claim,
        "check": rule.check,
        "compared": comparisons_of(rule),
        "why": rule.why,
        "basis": rule.basis,
        "sources": [_source(source) for source in rule.sources],
        "numbers": [_number(number) for number in rule.numbers],
    }


def _source(source: Source) -> Document:
    return {
        "title": source.title,
        "address": source.address or None,
        "read": source.read.isoformat(),
        "confidence": source.confidence,
        "says": source.says,
    }


def _number(number: Number) -> Document:
    default = list(number.default) if isinstance(number.default, tuple) else number.default
    return {
        "name": number.name,
        "default": default,
        "unit": number.unit,
        "low": number.low,
        "high": number.high,
        "meaning": number.meaning,
        "source": number.source.named,
    }


def season_document_for(season: Season, *, as_of: date | None, file: str | None, guessed: bool) -> Document:
    """Make the document of `season --json`; `file` is the plan file it was taken from, if any.

    `as_of` is None for a season that was named, which does not depend on the day.
    """
    day = as_of.isoformat() if as_of else None
    return _document("season", as_of=day, file=file, season=season_document(season, guessed=guessed))
