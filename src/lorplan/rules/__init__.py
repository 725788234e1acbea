"""The rule book: every rule by its id, with its claim, its basis, its sources and its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lorplan.rules import mix, when, who

if TYPE_CHECKING:
    from lorplan.rules.book import Rule

RULES: Final[tuple[Rule, ...]] = (*who.RULES, *mix.RULES, *when.RULES)

BY_ID: Final[dict[str, Rule]] = {rule.id: rule for rule in RULES}
