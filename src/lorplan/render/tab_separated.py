"""A value as tab-separated records, one a line, for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.reference.policy_numbers import write_value
from lorplan.rules import BY_ID, sources_for
from lorplan.text.safe import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lorplan.dates.eras_seasons import Season
    from lorplan.errors import Problem
    from lorplan.plan.due import DueAction
    from lorplan.plan.model import Letter, Plan, PlannedProgram
    from lorplan.rules.rule import Rule


def write_record(*fields: object) -> str:
    """Write one record: tabs and line ends in a field become spaces, and None an empty field."""
    return "\t".join("" if field is None else on_one_line(str(field)) for field in fields)


def plan_records(plan: Plan) -> Iterator[str]:
    """Write `plan --plain`, one letter a line.

    rank, verdict, status, opens, ask_on, closes, arrives_by, rotation, attending, specialty, reason.
    """
    for letter in plan.letters:
        window, arrives_by = letter.window, letter.candidate.arrives_by
        days = (None,) * 4 if letter.is_skipped else (window.opens, window.ask_on, window.closes, arrives_by)
        yield write_record(
            letter.rank,
            letter.verdict,
            letter.status,
            *days,
            letter.id,
            letter.attending,
            letter.rotation.specialty,
            f"{letter.reason.text} ({letter.reason.rule})",
        )


def program_records(shown: Iterable[PlannedProgram]) -> Iterator[str]:
    """Write `programs --plain`: state, late or nothing, deadline, program, name, track, letters, assigned, missing.

    Letters are joined by commas; of what is missing, each is written as requirement=have/needed.
    """
    for one in shown:
        missing = ",".join(f"{m.requirement}={m.have}/{m.needed}" for m in one.missing if m.must)
        letters, assigned = ",".join(one.letters), ",".join(one.assigned)
        late, track = "late" if one.late else None, one.program.track
        yield write_record(one.state, late, one.facts.deadline, one.id, one.name, track, letters, assigned, missing)


def due_records(found: Iterable[DueAction], *, with_file: bool) -> Iterator[str]:
    """Write `due --plain`: state, on, until, kind, rotation, attending, title; with several files the file."""
    for due in found:
        a = due.action
        fields = (a.state, a.on, a.until, a.kind, a.rotation, a.attending, a.title)
        yield write_record(*fields, *([due.file] if with_file else []))


def why_records(plan: Plan, letter: Letter) -> Iterator[str]:
    """Write `why --plain`: rule, side, text, basis, first source; the reason that decided comes first."""
    targets = [target.specialty for target in plan.dates.targets]
    for remark in letter.reasons:
        rule = BY_ID[remark.rule]
        source = sources_for(rule, targets)[0].named
        yield write_record(remark.rule, remark.side, remark.text, rule.basis, source)


def check_records(problems: Iterable[Problem]) -> Iterator[str]:
    """Write `check --plain`: file, line, column, rotation, message."""
    for problem in problems:
        yield write_record(*problem.to_dict().values())


def rule_records(rules: Iterable[Rule]) -> Iterator[str]:
    """Write `rules --plain`: id, basis, claim, numbers as name=default, sources, check."""
    for rule in rules:
        numbers = ", ".join(f"{number.name}={write_value(number.default)}" for number in rule.numbers)
        sources = "; ".join(source.named for source in rule.sources)
        yield write_record(rule.id, rule.basis, rule.claim, numbers, sources, rule.check)


def season_records(season: Season) -> Iterator[str]:
    """Write `season --plain`: year, name of the day, the day, published or estimated."""
    for named, day in season.days():
        yield write_record(season.year, named.name, day, season.certainty)
