"""The rule book for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from lorplan.render.rule_text import describe_constant, describe_number, describe_order, describe_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from lorplan.rules.rule import Rule


def render_rules(rules: Sequence[Rule]) -> Iterator[RenderableType]:
    """Render each rule with its check, numbers and sources; for a single one also what each source says."""
    for place, rule in enumerate(rules):
        if place:
            yield Text()
        yield Text.assemble((rule.id, "bold"), "  ", (rule.claim, "bold"))
        yield _indent(f"Check: {rule.check}{describe_order(rule)}")
        yield _indent(f"Why ({rule.basis}): {rule.why}")
        for number in rule.numbers:
            yield _indent(describe_number(number))
        for constant in rule.constants:
            yield _indent(describe_constant(constant))
        for source in rule.sources:
            yield _indent(describe_source(source, whole=len(rules) == 1), style="dim")


def _indent(text: str, style: str = "") -> Padding:
    return Padding(Text(text, style=style), (0, 0, 0, 4))
