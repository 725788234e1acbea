"""`lorplan rules`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from lorplan.cli.options import ColorOption, Json, Plain
from lorplan.cli.terminal import Terminal
from lorplan.errors import UsageError
from lorplan.render import json_documents as render_json
from lorplan.render import tab_separated as render_plain
from lorplan.rules import BY_ID, RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from lorplan.rules.rule import Rule


def rules(
    rule: Annotated[str | None, typer.Argument(metavar="ID", help="One rule, or a family such as WHO.")] = None,
    *,
    json: Json = False,
    plain: Plain = False,
    color: ColorOption = "auto",
) -> None:
    """The rule book with its sources.

    Each rule with its claim, what it rests on, and the numbers that a policy can change.

    Example: lorplan rules WHEN-7
    """
    terminal = Terminal.chosen(json=json, plain=plain, color=color)
    found = list(RULES) if rule is None else _named(rule.upper())
    if not found:
        message = f'"{rule}" is no rule: there are {_extent()}'
        raise UsageError(message)
    terminal.answer(
        json=lambda: render_json.rules(found),
        plain=lambda: render_plain.rules(found),
        page=lambda: _page(found),
    )


def _extent() -> str:
    """The first and the last rule of each family."""
    families = [list(family) for _, family in groupby(RULES, key=lambda rule: rule.id.partition("-")[0])]
    return ", ".join(f"{family[0].id} to {family[-1].id}" for family in families)


def _named(name: str) -> list[Rule]:
    """The rule with an id, or the rules of a family such as WHO."""
    name = name.rstrip("-")
    return [BY_ID[name]] if name in BY_ID else [rule for rule in RULES if rule.id.partition("-")[0] == name]


def _page(found: list[Rule]) -> Iterator[RenderableType]:
    from lorplan.render import rules as render_rules  # noqa: PLC0415 - rich is for people only

    return render_rules.rules(found, whole=len(found) == 1)


COMMAND = rules
