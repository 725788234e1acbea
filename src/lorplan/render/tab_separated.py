"""A value as tab-separated records, one a line, for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.dates.eras_seasons import DAYS
from lorplan.text.safe import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lorplan.dates.eras_seasons import Season
    from lorplan.errors import Problem
    from lorplan.plan.due import Item
    from lorplan.plan.model import Letter, Plan
    from lorplan.rules.rule import Rule


def record(*fields: object) -> str:
    """One record: tabs and line ends in a field become spaces, and nothing is an empty field."""
    return "\t".join("" if field is None else on_one_line(str(field)) for field in fields)


def plan(plan: Plan) -> Iterator[str]:
    """`plan --plain`, one letter a line.

    rank, verdict, status, opens, ask_on, closes, arrives_by, rotation, attending, specialty, reason.
    """
    for letter in plan.letters:
        ranking = letter.ranking
        days = (ranking.opens, ranking.ask_on, ranking.closes, ranking.arrives_by) if ranking else (None,) * 4
        yield record(
            ranking.rank if ranking else None,
            letter.verdict,
            letter.status,
            *days,
            letter.id,
            letter.attending,
            letter.rotation.specialty,
            f"{letter.reason.text} ({letter.reason.rule})",
        )


def due(items: Iterable[Item], *, with_file: bool) -> Iterator[str]:
    """`due --plain`: state, on, until, kind, rotation, attending, title; with several files the file."""
    for item in items:
        a = item.action
        fields = (a.state, a.on, a.until, a.kind, a.rotation, a.attending, a.title)
        yield record(*fields, *([item.file] if with_file else []))


def why(letter: Letter, rules: dict[str, Rule]) -> Iterator[str]:
    """`why --plain`: rule, side, text, basis, first source; the reason that decided comes first."""
    for reason in letter.reasons:
        rule = rules[reason.rule]
        yield record(reason.rule, reason.side, reason.text, rule.basis, rule.sources[0].named)


def check(problems: Iterable[Problem]) -> Iterator[str]:
    """`check --plain`: file, line, column, rotation, message."""
    for problem in problems:
        yield record(*problem.to_dict().values())


def rules(rules: Iterable[Rule]) -> Iterator[str]:
    """`rules --plain`: id, basis, claim, numbers as name=default, sources."""
    for rule in rules:
        numbers = ", ".join(f"{number.name}={number.default}" for number in rule.numbers)
        sources = "; ".join(source.named for source in rule.sources)
        yield record(rule.id, rule.basis, rule.claim, numbers, sources)


def season(season: Season) -> Iterator[str]:
    """`season --plain`: year, name of the day, the day, published or estimated."""
    certainty = "estimated" if season.estimated else "published"
    for name in DAYS:
        yield record(season.year, name, getattr(season, name), certainty)
