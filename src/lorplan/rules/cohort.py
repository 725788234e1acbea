"""Whom an adviser looks at first: the order of badness of many applicants (COHORT-1)."""

from __future__ import annotations

from typing import Final, Literal

from lorplan.reference import sources
from lorplan.rules.rule import Rule

Trouble = Literal["unreadable", "too late", "ask overdue", "gap", "overdue"]

TROUBLES: Final[tuple[Trouble, ...]] = ("unreadable", "too late", "ask overdue", "gap", "overdue")
"""What can be wrong with an applicant, worst first; who has none of it comes last."""

COHORT_1: Final = Rule(
    id="COHORT-1",
    claim="Of many applicants, look first at those for whom the least time is left to mend the most.",
    check="Applicants are listed by the first of these that holds: the file cannot be read or has problems; letters "
    "are missing and asking is closed or the last day to ask with full notice has passed; an `ask` is overdue; letters "
    "are missing otherwise, or a program is short, or fewer letters than wanted are expected by the day of `--by`; "
    "another action is overdue; none. Letters are missing if fewer are expected than wanted, or a part of a target "
    "lacks some; after the rank list none is. Of equal ones come first: more problems; more letters missing, each "
    "short program counting as one; more days overdue. Then the earlier next action, the name, the file.",
    why="What cannot be mended tomorrow comes before what can: a file that nobody can read hides everything, and a "
    "letter that nobody was asked for in time is the hardest to come by.",
    basis="judgement",
    sources=(sources.JUDGEMENT,),
)

RULES: Final = (COHORT_1,)
