"""The order of letters: every comparison, in the order in which they are made. The first difference decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lorplan.rules.mix import BY_ASKING, BY_FILE_ORDER, BY_LAST_DAY, BY_TARGET
from lorplan.rules.when import BY_PRESENCE
from lorplan.rules.who import (
    BY_ARRIVAL,
    BY_CONTACT,
    BY_DAYS,
    BY_EXPERIENCE,
    BY_FRESHNESS,
    BY_HOSPITAL,
    BY_LETTERHEAD,
    BY_PERFORMANCE,
    BY_STRENGTH,
    WEAKNESSES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lorplan.rules.candidate import Candidate
    from lorplan.rules.rule import Preference, Rule

ORDER: Final = (
    BY_ARRIVAL,
    BY_STRENGTH,
    BY_EXPERIENCE,
    BY_PERFORMANCE,
    BY_HOSPITAL,
    BY_TARGET,
    BY_CONTACT,
    BY_LETTERHEAD,
    BY_FRESHNESS,
    BY_DAYS,
    BY_ASKING,
    BY_PRESENCE,
    BY_LAST_DAY,
    BY_FILE_ORDER,
)


def rank(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Sort letters, best first."""
    return sorted(candidates, key=lambda candidate: [preference.level(candidate) for preference in ORDER])


def first_lead(better: Candidate, worse: Candidate) -> Preference | None:
    """Find the first comparison on which two letters differ; None if it favors the second."""
    for preference in ORDER:
        difference = preference.level(better) - preference.level(worse)
        if difference:
            return preference if difference < 0 else None
    return None


def comparisons_of(rule: Rule) -> list[int]:
    """List the places in the order, from 1, at which a rule is compared."""
    decides_strength = any(weakness.rule is rule for weakness in WEAKNESSES)
    return [
        place
        for place, preference in enumerate(ORDER, start=1)
        if (decides_strength if preference is BY_STRENGTH else preference.rule is rule)
    ]
