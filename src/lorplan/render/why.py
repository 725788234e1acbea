"""Why one letter has its verdict, for a person: every rule that spoke, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from lorplan.render.layout import aligned, heading
from lorplan.render.timeline import STYLES
from lorplan.rules import sources_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rich.console import RenderableType

    from lorplan.plan.model import Letter, Plan, Reason
    from lorplan.rules.rule import Rule

_SIDES = {"for": ("+", "green"), "against": ("-", "red"), "unknown": ("?", "magenta")}


def why(plan: Plan, letter: Letter, file: str, rules: Mapping[str, Rule]) -> Iterator[RenderableType]:
    """The verdict with its reason, the days, what speaks for and against, what is not known, what would change."""
    yield heading(plan.applicant or "Letters of recommendation", as_of=plan.as_of, file=file)
    yield Text()
    yield _verdict(letter)
    yield from _facts(plan, letter)
    for title, side in (("For", "for"), ("Against", "against"), ("Not known", "unknown")):
        said = [reason for reason in letter.reasons if reason.side == side]
        if said:
            yield from _part(title, _reasons(said))
    yield from _part("What would change it", aligned((change,) for change in letter.would_change))
    changed = [o for o in plan.overridden if o.rule in {reason.rule for reason in letter.reasons}]
    if changed:
        policy = ((f"{o.name} is {o.value} instead of {o.default} ({o.rule})",) for o in changed)
        yield from _part("Your policy", aligned(policy))
    yield from _rules(plan, letter, rules)


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
    for name, day in letter.record.events():
        yield Text(f"  {name} {day}")
    if ranking is None:
        return
    yield Text(
        f"rank {ranking.rank} of {sum(1 for other in plan.letters if other.ranking)}, {ranking.strength}; "
        f"ask on {ranking.ask_on} ({ranking.opens} to {ranking.closes}), can be there by {ranking.arrives_by}"
    )


def _reasons(said: Iterable[Reason]) -> RenderableType:
    return aligned((Text(*_SIDES[reason.side]), reason.rule, reason.text) for reason in said)


def _rules(plan: Plan, letter: Letter, rules: Mapping[str, Rule]) -> Iterator[RenderableType]:
    """The rules that spoke, each once, and the numbered sources that they rest on, each once."""
    targets = [coverage.target for coverage in plan.coverage if coverage.target]
    spoke = [rules[rule_id] for rule_id in dict.fromkeys(reason.rule for reason in letter.reasons)]
    numbers: dict[str, int] = {}
    rows = []
    for rule in spoke:
        cited = [numbers.setdefault(s.named, len(numbers) + 1) for s in sources_for(rule, targets)]
        rows.append((rule.id, f"{rule.claim} ({rule.basis}) [{', '.join(map(str, cited))}]"))
    yield from _part("Rules", aligned(rows))
    yield from _part("Sources", aligned((f"[{number}]", named) for named, number in numbers.items()))
