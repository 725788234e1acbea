"""Which rotation a word on the command line means."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from lorplan.errors import UsageError
from lorplan.text.safe import shortened

if TYPE_CHECKING:
    from lorplan.plan.model import Letter, Plan
    from lorplan.planfile.models import PlanFile

MOST: Final = 20
"""Candidates that a message names: whoever has more looks into the file."""


def letter_of(plan: Plan, plan_file: PlanFile, number: int) -> Letter:
    """The letter of the rotation with a number in the plan file."""
    return next(letter for letter in plan.letters if letter.id == plan_file.ids[number])


def find(plan_file: PlanFile, word: str) -> int:
    """The number of the rotation meant by an id, the unique start of one, or a unique part of a name.

    An exact id wins; else case and accents do not matter. Raises UsageError with the candidates where none or
    several fit.
    """
    folded = _folded(word)
    names = [(id_, r.attending.name) for id_, r in zip(plan_file.ids, plan_file.rotations, strict=True)]
    by_id = [number for number, (id_, _) in enumerate(names) if id_ == word]
    by_start = [number for number, (id_, _) in enumerate(names) if _folded(id_).startswith(folded)]
    by_name = [number for number, (_, attending) in enumerate(names) if folded in _folded(attending)]
    fitting = by_id or by_start or by_name
    if len(fitting) == 1:
        return fitting[0]
    what = "several rotations" if fitting else "no rotation"
    message = f'"{shortened(word)}" fits {what}: {_listed([names[n] for n in fitting] or names)}'
    raise UsageError(message)


def _listed(candidates: list[tuple[str, str]]) -> str:
    """Ids with their attendings, as many as one reads."""
    shown = [f"{shortened(id_)} ({shortened(who)})" for id_, who in candidates[:MOST]]
    more = [f"and {len(candidates) - MOST} more"] if len(candidates) > MOST else []
    return ", ".join(shown + more) or "the plan file has none"


def _folded(text: str) -> str:
    """A text without case and accents: not every keyboard has them."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
