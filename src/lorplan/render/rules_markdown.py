"""The rule book as a Markdown page that an adviser can read, check against the code, and sign."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lorplan.reference.policy_numbers import write_value
from lorplan.render.rule_text import describe_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lorplan.reference.sources import Source
    from lorplan.rules.rule import Rule

_FAMILIES: Final = {
    "WHO": "Whom to ask",
    "MIX": "How many letters, and for what",
    "WHEN": "When to ask",
    "COHORT": "Many applicants",
}

_INTRODUCTION: Final = (
    "What lorplan decides, rule by rule, as `lorplan rules --markdown` prints it. **Check** is the exact test. "
    "The basis of a rule is a requirement of those who run the application, guidance of people who should know, or "
    "our own judgement. Every number with a name can be changed in a plan file, under `policy`."
)


def rules_page(rules: Sequence[Rule]) -> Iterator[str]:
    """Write the page line by line: the rules by family, then what each source says."""
    yield "# The rules of lorplan"
    yield ""
    yield _INTRODUCTION
    sources = list(dict.fromkeys(source for rule in rules for source in rule.sources))
    family = ""
    for rule in rules:
        if rule.id.partition("-")[0] != family:
            family = rule.id.partition("-")[0]
            yield from ("", f"## {_FAMILIES[family]}")
        yield from _rule(rule, sources)
    yield from ("", "## Sources", "")
    for number, source in enumerate(sources, start=1):
        yield f"{number}. {_source(source)}"
    yield from ("", "Reviewed by: ______________________   on: ______________")


def _rule(rule: Rule, sources: list[Source]) -> Iterator[str]:
    numbers = ", ".join(f"{sources.index(source) + 1}" for source in rule.sources)
    cited = f"{'source' if len(set(rule.sources)) == 1 else 'sources'} {numbers}"
    yield from ("", f"### {rule.id}: {rule.claim.rstrip('.')}", "")
    yield f"**Check.** {_escape(rule.check)}{describe_order(rule)}"
    yield ""
    yield f"**Why.** {_escape(rule.why)} ({rule.basis}; {cited})"
    for number in rule.numbers:
        default = write_value(number.default)
        meaning = f"{number.meaning}, {number.low} to {number.high} {number.unit}"
        yield from ("", f"- `{number.name}: {default}` {meaning}. Source: {_escape(number.source.title)}.")
    for constant in rule.constants:
        fixed = f"{constant.value} {constant.unit} {constant.meaning}"
        yield from ("", f"- {_escape(fixed)}. Source: {_escape(constant.source.title)}.")


def _source(source: Source) -> str:
    said = f"{_escape(source.says)}"
    if not source.address:
        return f"{_escape(source.title)}. {said}"
    read = f"Read {source.read}, confidence {source.confidence}."
    return f"{_escape(source.title)}, <{source.address}>. {said} {read}"


def _escape(text: str) -> str:
    """Keep `names in backquotes` as code; nothing else in a rule is markup."""
    return re.sub(r"([*<>\[\]])", r"\\\1", text)
