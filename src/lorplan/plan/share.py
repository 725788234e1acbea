"""A plan without what the user thinks of people, to be shown to others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from lorplan.rules import BY_ID
from lorplan.rules.rule import Remark

if TYPE_CHECKING:
    from lorplan.plan.model import Letter, Plan, PlannedProgram

WITHHELD: Final = Remark("", "not shared", "unknown")
"""Stands for a reason that tells a judgement; it names no rule, as that would tell it, too."""

_JUDGEMENTS: Final[dict[str, Any]] = {"performance": None, "contact": None, "notes": None, "choice": None}
"""The fields of a rotation that hold what the user thinks."""


def without_judgements(plan: Plan) -> Plan:
    """Leave out performance, contact, notes, choices, and every reason that tells one of them.

    Which rules do stands in their blocks (`private`). What was decided stays as it is.
    """
    return plan._replace(
        letters=tuple(map(_without_judgements, plan.letters)), programs=tuple(map(_without_notes, plan.programs))
    )


def _without_judgements(letter: Letter) -> Letter:
    first, *others = letter.reasons
    shared = tuple(remark for remark in others if not _is_private(remark.rule))
    decided_by = letter.decided_by
    rotation = letter.rotation.model_copy(update=_JUDGEMENTS)
    return letter._replace(
        candidate=letter.candidate._replace(rotation=rotation),
        reasons=(WITHHELD if _is_private(first.rule) else first, *shared),
        decided_by=None if decided_by is None or _is_private(decided_by.rule) else decided_by,
        would_change=(),
    )


def _without_notes(one: PlannedProgram) -> PlannedProgram:
    program = one.program.model_copy(update={"notes": None})
    return one._replace(facts=one.facts._replace(program=program))


def _is_private(rule_id: str) -> bool:
    return BY_ID[rule_id].private
