"""The rule book for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from lorplan.reference.policy_numbers import Number
    from lorplan.reference.sources import Source
    from lorplan.rules.rule import Rule


def rules(rules: Sequence[Rule], *, whole: bool) -> Iterator[RenderableType]:
    """Each rule with its numbers and sources; `whole` adds what each source says."""
    for place, rule in enumerate(rules):
        if place:
            yield Text()
        yield Text.assemble((rule.id, "bold cyan"), "  ", (rule.claim, "bold"))
        yield _indented(f"{rule.basis}: {rule.why}")
        for number in rule.numbers:
            yield _indented(_number(number))
        for source in rule.sources:
            yield _indented(_source(source, whole=whole), style="dim")


def _indented(text: str, style: str = "") -> Padding:
    return Padding(Text(text, style=style), (0, 0, 0, 4))


def _number(number: Number) -> str:
    default = ", ".join(map(str, number.default)) if isinstance(number.default, tuple) else number.default
    bounds = f"{number.low} to {number.high}"
    return f"{number.name} = {default} {number.unit} ({bounds}): {number.meaning}"


def _source(source: Source, *, whole: bool) -> str:
    read = f" (read {source.read}, confidence {source.confidence})" if source.address else ""
    return f"{source.named}{read}" + (f". {source.says}" if whole else "")
