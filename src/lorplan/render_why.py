"""Why one letter has its verdict, for a person: every rule that spoke, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from lorplan.render_plan import heading
from lorplan.render_timeline import STYLES, events

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rich.console import RenderableType

    from lorplan.outcome import Letter, Plan, Reason
    from lorplan.rules.book import Rule

_SIDES = {"for": ("+", "green"), "against": ("-", "red"), "unknown": ("?", "yellow")}


def why(plan: Plan, letter: Letter, file: str, rules: Mapping[str, Rule]) -> Iterator[RenderableType]:
    """The verdict with its reason, the days, what speaks for and against, what is not known, what would change."""
    yield heading(as_of=f"{plan.as_of:%a} {plan.as_of}", file=file, name=plan.applicant)
    yield Text()
    yield _verdict(letter)
    yield from _facts(plan, letter)
    for title, side in (("For", "for"), ("Against", "against"), ("Not known", "unknown")):
        said = [reason for reason in letter.reasons if reason.side == side]
        if said:
            yield from _part(title, _reasons(said, rules))
    if letter.would_change:
        yield from _part("What would change it", *(Text(f"  {change}") for change in letter.would_change))
    yield from _part("Sources", *_sources(letter, rules))
    changed = [o for o in plan.overridden if o.rule in {reason.rule for reason in letter.reasons}]
    for o in changed:
        yield Text(f"Your policy: {o.name} is {o.value} instead of {o.default} ({o.rule})")


def _part(title: str, *parts: RenderableType) -> Iterator[RenderableType]:
    yield Text()
    yield Text(title, style="bold")
    yield from parts


def _verdict(letter: Letter) -> Text:
    text = Text(f"{letter.attending} ({letter.id}): ")
    text.append(letter.verdict, style=STYLES[letter.verdict])
    text.append(f", {letter.reason.text} ({letter.reason.rule})")
    return text


def _facts(plan: Plan, letter: Letter) -> Iterator[Text]:
    rotation, ranking = letter.rotation, letter.ranking
    place = f" at {rotation.hospital}" if rotation.hospital else ""
    yield Text(f"{rotation.specialty}{place}, {rotation.start} to {rotation.final_day}, {letter.status}")
    for name, day in events(letter):
        yield Text(f"  {name} {day}")
    if ranking is None:
        return
    yield Text(
        f"rank {ranking.rank} of {sum(1 for other in plan.letters if other.ranking)}, {ranking.strength}; "
        f"ask on {ranking.ask_on} ({ranking.opens} to {ranking.closes}), can be there by {ranking.arrives_by}"
    )


def _reasons(said: Iterable[Reason], rules: Mapping[str, Rule]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for reason in said:
        sign, style = _SIDES[reason.side]
        text = Text(reason.text)
        text.append(f"  {rules[reason.rule].claim}", style="dim")
        table.add_row(Text(f"  {sign}", style=style), reason.rule, text)
    return table


def _sources(letter: Letter, rules: Mapping[str, Rule]) -> Iterator[Text]:
    """The sources of the rules that spoke, each rule once."""
    for rule_id in dict.fromkeys(reason.rule for reason in letter.reasons):
        rule = rules[rule_id]
        text = Text(f"  {rule.id} ({rule.basis}): ")
        text.append(rule.sources[0].named, style="dim")
        yield text
