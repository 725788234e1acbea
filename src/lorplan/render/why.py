"""Why one letter has its verdict, for a person: every rule that says something, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from lorplan.render.layout import VERDICT_STYLES, columns, heading, section
from lorplan.render.summary import policy_changes
from lorplan.rules import BY_ID, sources_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.model import Letter, Plan
    from lorplan.rules.rule import Remark

_SIDES: Final = {"for": ("+", "green"), "against": ("-", "red"), "unknown": ("?", "magenta")}


def render_why(applicant_plan: ApplicantPlan, letter: Letter) -> Iterator[RenderableType]:
    """Render the verdict with its reason, the days, what is for and against it, and what would change it."""
    plan, file = applicant_plan
    yield heading(plan.applicant.name or "Letters of recommendation", as_of=plan.as_of, file=file)
    yield Text()
    yield _verdict(letter)
    yield from _facts(plan, letter)
    for title, side in (("For", "for"), ("Against", "against"), ("Not known", "unknown")):
        remarks = [remark for remark in letter.reasons if remark.side == side]
        if remarks:
            yield from section(title, _remarks(remarks))
    yield from section("What would change it", columns((change,) for change in letter.would_change))
    cited = {remark.rule for remark in letter.reasons}
    changes = [(f"{change} ({rule})",) for rule, change in policy_changes(plan) if rule in cited]
    if changes:
        yield from section("Your policy", columns(changes))
    yield from _rules(plan, letter)


def _verdict(letter: Letter) -> Text:
    text = Text(f"{letter.attending} ({letter.id}): ")
    text.append(letter.verdict, style=VERDICT_STYLES[letter.verdict])
    text.append(f", {letter.reason.text} ({letter.reason.rule})")
    return text


def _facts(plan: Plan, letter: Letter) -> Iterator[Text]:
    rotation, window = letter.rotation, letter.window
    hospital = f" at {rotation.hospital}" if rotation.hospital else ""
    yield Text(f"{rotation.specialty}{hospital}, {rotation.start} to {rotation.final_day}, {letter.status}")
    for name, day in letter.history.events():
        yield Text(f"  {name} {day}")
    if not letter.is_skipped:
        running = sum(1 for other in plan.letters if not other.is_skipped)
        yield Text(
            f"rank {letter.rank} of {running}, {letter.strength}; ask on {window.ask_on} "
            f"({window.opens} to {window.closes}), can arrive by {letter.candidate.arrives_by}"
        )


def _remarks(remarks: Iterable[Remark]) -> RenderableType:
    return columns((Text(*_SIDES[remark.side]), remark.rule, remark.text) for remark in remarks)


def _rules(plan: Plan, letter: Letter) -> Iterator[RenderableType]:
    """List the rules that say something, each once, and the numbered sources that they rest on, each once."""
    targets = [target.specialty for target in plan.dates.targets]
    cited = [BY_ID[rule_id] for rule_id in dict.fromkeys(remark.rule for remark in letter.reasons)]
    numbers: dict[str, int] = {}
    rows = []
    for rule in cited:
        sources = [numbers.setdefault(source.named, len(numbers) + 1) for source in sources_for(rule, targets)]
        rows.append((rule.id, f"{rule.claim} ({rule.basis}) [{', '.join(map(str, sources))}]"))
    yield from section("Rules", columns(rows))
    yield from section("Sources", columns((f"[{number}]", named) for named, number in numbers.items()))
