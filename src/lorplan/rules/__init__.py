"""The rule book: every rule by its id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lorplan.reference.targets import source_of
from lorplan.rules import cohort, mix, when, who

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lorplan.reference.sources import Source
    from lorplan.rules.rule import Rule

RULES: Final[tuple[Rule, ...]] = (*who.RULES, *mix.RULES, *when.RULES, *cohort.RULES)

BY_ID: Final[dict[str, Rule]] = {rule.id: rule for rule in RULES}


def sources_for(rule: Rule, targets: Iterable[str]) -> tuple[Source, ...]:
    """List the sources that a rule rests on for an applicant with these targets.

    How many letters a specialty wants (MIX-2) has a source for each specialty: only those of the targets count.
    """
    if rule is not mix.MIX_2:
        return rule.sources
    return (*mix.SPECIALTY_SOURCES, *dict.fromkeys(source_of(target) for target in targets))
