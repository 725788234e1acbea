"""Why one letter has its verdict, for a person: what decided, what would change it, and what speaks for and against."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rich.text import Text

from lorplan.render.layout import VERDICT_STYLES, Command, columns, section
from lorplan.render.next_commands import rotation_command
from lorplan.render.summary import policy_changes
from lorplan.render.timeline import stage_of
from lorplan.rules import BY_ID, sources_for
from lorplan.text.file_names import STANDARD_INPUT
from lorplan.text.wording import join_words, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.model import Letter, Plan
    from lorplan.render.action_rows import Row

_MEANINGS: Final = {
    "reserve": "ask if another letter fails",
    "hold": "do not ask, unless others fail",
    "skip": "do not ask",
}
_SIDES: Final = {"for": "For", "against": "Against", "unknown": "Not known"}
_MAX_PROGRAMS: Final = 4
"""How many programs are named before the others are counted."""

_CHOICE: Final = re.compile(r"(removed )?`choice: (\w+)`")
_FACT: Final = re.compile(r"`(img_friendly|residency_affiliated|letterhead)`")


def render_why(applicant_plan: ApplicantPlan, letter: Letter, *, sources: bool) -> Iterator[RenderableType]:
    """Render the explanation; with `sources` also the rules it rests on, and their sources."""
    plan = applicant_plan.plan
    yield from _verdict(letter, plan)
    yield Text()
    yield columns(_rows(plan, letter), indent=0)
    if applicant_plan.file != STANDARD_INPUT:
        yield Text()
        yield from _commands(letter, applicant_plan.file_to_name, sources=sources)
    if sources:
        yield from _rules(plan, letter)


def _verdict(letter: Letter, plan: Plan) -> Iterator[Text]:
    stage, style = stage_of(letter), VERDICT_STYLES[letter.verdict]
    meaning = f" ({_MEANINGS[letter.verdict]})" if letter.verdict in _MEANINGS else ""
    if letter.verdict == "ask":
        stage = f"ask on {plan.dates.write_day(letter.window.ask_on, weekday=True)}"
    yield Text.assemble((letter.attending, "bold"), ": ", (stage, style), meaning)
    rotation, write = letter.rotation, plan.dates.write_day
    hospital = f", {rotation.hospital}" if rotation.hospital else ""
    yield Text(
        f"{rotation.specialty}{hospital}, {write(rotation.start)} to {write(letter.candidate.last_day)}, "
        f"{plural(letter.candidate.days_together, 'day')} together"
    )


def _rows(plan: Plan, letter: Letter) -> Iterator[Row]:
    """Write each part of the explanation as a row with its title."""
    spoken = plan.dates.write_days_in
    yield Text("Decided by", style="bold"), Text(spoken(f"{letter.reason.text} ({letter.reason.rule})"))
    for place, text in enumerate(letter.would_change):
        yield Text("" if place else "To change", style="bold"), Text(spoken(text))
    for side, title in _SIDES.items():
        remarks = [f"{one.text} ({one.rule})" for one in letter.reasons[1:] if one.side == side]
        if remarks:
            yield Text(title, style="bold"), Text(spoken("; ".join(remarks)))
    if for_programs := [one.name for one in plan.programs if letter.id in one.letters]:
        yield Text("Programs", style="bold"), Text(_name_programs(for_programs))
    if letter.history.known:
        recorded = ", ".join(f"{name} {plan.dates.write_day(day)}" for name, day in letter.history.known)
        yield Text("Recorded", style="bold"), Text(recorded)
    if not letter.is_skipped:
        yield Text("If asked" if letter.verdict != "keep" else "Rank", style="bold"), Text(_describe_days(letter, plan))
    changes = [change for rule, change in policy_changes(plan) if rule in {one.rule for one in letter.reasons}]
    if changes:
        yield Text("Your policy", style="bold"), Text("; ".join(changes))


def _name_programs(names: Sequence[str]) -> str:
    more = [f"{len(names) - _MAX_PROGRAMS} more"] if len(names) > _MAX_PROGRAMS else []
    return f"{len(names)}: {join_words([*names[:_MAX_PROGRAMS], *more])}"


def _commands(letter: Letter, file: str | None, *, sources: bool) -> Iterator[Text]:
    """Name the commands that would change the verdict on a letter left out, and the one that tells the sources."""
    if not letter.counts:
        records = dict.fromkeys(record for text in letter.would_change for record in _records(text))
        for record in records:
            yield Command(f"To change: {rotation_command('mark', letter.id, file, *record.split())}", style="dim")
    if not sources:
        yield Command(f"Rules and sources: {rotation_command('why', letter.id, file, '--sources')}", style="dim")


def _records(change: str) -> Iterator[str]:
    """Find what to record for a change to happen, in its text."""
    for undone, choice in _CHOICE.findall(change):
        yield "choice --unset" if undone else f"choice={choice}"
    yield from (f"{fact}=yes" for fact in _FACT.findall(change))


def _describe_days(letter: Letter, plan: Plan) -> str:
    """Say on which days to ask, when the letter can be there, and its rank."""
    window, write = letter.window, plan.dates.write_day
    running = sum(1 for other in plan.letters if not other.is_skipped)
    arrival = f"can arrive by {write(letter.candidate.arrives_by)}; rank {letter.rank} of {running}, {letter.strength}"
    if letter.verdict == "keep":
        return arrival
    return f"{write(window.ask_on, weekday=True)} ({write(window.opens)} to {write(window.closes)}), {arrival}"


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
