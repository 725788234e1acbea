"""`lorplan rules`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from lorplan.cli.options import ColorOption, Json, Plain
from lorplan.cli.terminal import Terminal
from lorplan.errors import UsageError
from lorplan.rules import BY_ID, RULES
from lorplan.text.wording import truncate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from lorplan.rules.rule import Rule


def rules(
    rule: Annotated[
        str | None, typer.Argument(metavar="ID", help="One rule, or a family such as WHO.", show_default=False)
    ] = None,
    *,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print a page to read and sign.", show_default=False)
    ] = False,
    json: Json = False,
    plain: Plain = False,
    color: ColorOption = "auto",
) -> None:
    """Show the rule book with its sources.

    Each rule with its exact check, what it rests on, and the numbers that a policy can change.

    Examples:
      lorplan rules
      lorplan rules WHO-5
    """
    from lorplan.render import json_documents, tab_separated

    terminal = Terminal.from_options(json=json, plain=plain, color=color)
    found = list(RULES) if rule is None else _find(rule)
    if markdown:
        _refuse_other_formats(json=json, plain=plain)
        from lorplan.render.rules_markdown import rules_page

        terminal.print_lines(rules_page(found))
        return
    terminal.answer(
        json=lambda: json_documents.rules_document(found),
        plain=lambda: tab_separated.rule_records(found),
        page=lambda: _page(found),
    )


def _refuse_other_formats(*, json: bool, plain: bool) -> None:
    if json or plain:
        message = f"--markdown and {'--json' if json else '--plain'} cannot be used together"
        raise UsageError(message, "leave one of them out")


def _find(text: str) -> list[Rule]:
    """Find the rule with an id, or the rules of a family such as WHO. Raises UsageError if there is none."""
    name = text.upper().rstrip("-")
    found = [BY_ID[name]] if name in BY_ID else [rule for rule in RULES if rule.id.partition("-")[0] == name]
    if not found:
        message = f'unknown rule "{truncate(text)}"'
        raise UsageError(message, f"choose from {_ranges()}")
    return found


def _ranges() -> str:
    """Name the first and the last rule of each family."""
    families = [list(family) for _, family in groupby(RULES, key=lambda rule: rule.id.partition("-")[0])]
    return ", ".join(" to ".join(dict.fromkeys((family[0].id, family[-1].id))) for family in families)


def _page(found: list[Rule]) -> Iterator[RenderableType]:
    from lorplan.render.rules import render_rules

    return render_rules(found)
