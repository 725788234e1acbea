"""A value as one JSON document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lorplan.dates.eras_seasons import season_fields
from lorplan.plan.model import FORMAT_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from lorplan.dates.eras_seasons import Season
    from lorplan.errors import Problem
    from lorplan.plan.due import Item
    from lorplan.plan.model import Letter, Plan, Reason
    from lorplan.reference.policy_numbers import Number
    from lorplan.reference.sources import Source
    from lorplan.rules.rule import Rule


def text(document: dict[str, Any], *, ascii_only: bool) -> str:
    """The document as text on one line; `ascii_only` where the output cannot hold more."""
    import json  # noqa: PLC0415 - a script's `--plain` must not wait for it

    return json.dumps(document, ensure_ascii=ascii_only)


def _document(kind: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON values
    return {"format_version": FORMAT_VERSION, "kind": kind, **fields}


def plan(plan: Plan, file: str) -> dict[str, Any]:
    """`plan --json`."""
    return {**plan.to_dict(), "file": file}


def due(items: Iterable[Item], as_of: date) -> dict[str, Any]:
    """`due --json`."""
    return _document("due", as_of=as_of.isoformat(), actions=[item.to_dict() for item in items])


def check(problems: Iterable[Problem], advice: Iterable[Problem]) -> dict[str, Any]:
    """`check --json`."""
    return _document(
        "check",
        problems=[problem.to_dict() for problem in problems],
        advice=[remark.to_dict() for remark in advice],
    )


def why(plan: Plan, letter: Letter, file: str, rules: dict[str, Rule]) -> dict[str, Any]:
    """`why --json`: the letter as in `plan --json`, and each reason with its rule and sources."""
    return _document(
        "why",
        as_of=plan.as_of.isoformat(),
        file=file,
        letter=letter.to_dict(),
        reasons=[_reason(reason, rules[reason.rule]) for reason in letter.reasons],
    )


def _reason(reason: Reason, rule: Rule) -> dict[str, Any]:
    return {
        "rule": reason.rule,
        "side": reason.side,
        "text": reason.text,
        "claim": rule.claim,
        "basis": rule.basis,
        "sources": [_source(source) for source in rule.sources],
    }


def rules(rules: Sequence[Rule]) -> dict[str, Any]:
    """`rules --json`."""
    return _document("rules", rules=[_rule(rule) for rule in rules])


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "claim": rule.claim,
        "why": rule.why,
        "basis": rule.basis,
        "sources": [_source(source) for source in rule.sources],
        "numbers": [_number(number) for number in rule.numbers],
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "title": source.title,
        "address": source.address or None,
        "read": source.read.isoformat(),
        "confidence": source.confidence,
        "says": source.says,
    }


def _number(number: Number) -> dict[str, Any]:
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


def season(season: Season, *, as_of: date, file: str | None, guessed: bool) -> dict[str, Any]:
    """`season --json`: the season as in `plan --json`; `file` is the plan file it was taken from, if any."""
    return _document("season", as_of=as_of.isoformat(), file=file, season=season_fields(season, guessed=guessed))
