"""The rule book as Markdown: complete, and nothing in a rule becomes markup by accident."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from lorplan.reference.policy_numbers import write_value
from lorplan.render.rules_markdown import rules_page
from lorplan.rules import BY_ID, RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lorplan.rules.rule import Rule
    from runner import Lorplan


@cache
def write(rules: Sequence[Rule] = RULES) -> str:
    """Write the page of some rules."""
    return "\n".join(rules_page(rules))


def read(text: str) -> tuple[str, list[str]]:
    """Render a page: its text without backquotes, and the names of its elements."""
    html = MarkdownIt("commonmark").render(text)
    elements = re.findall(r"<([a-z0-9]+)[ >]", html)
    plain = re.sub(r"<[^>]*>", "", html)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        plain = plain.replace(entity, character)
    return plain, elements


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.id))
def test_page_has_every_rule_with_its_check_and_its_numbers(rule: Rule) -> None:
    """An adviser can verify all of it."""
    text, _ = read(write())
    assert f"{rule.id}: {rule.claim.rstrip('.')}".replace("`", "") in text
    assert f"Check. {rule.check}".replace("`", "") in text
    assert f"Why. {rule.why} ({rule.basis}; source".replace("`", "") in text
    for number in rule.numbers:
        default = write_value(number.default)
        assert (
            f"{number.name}: {default} {number.meaning}, {number.low} to {number.high} {number.unit}. Source: " in text
        )


def test_page_lists_every_source_once_with_what_it_says_and_a_link() -> None:
    """The numbers in the rules are those of the list."""
    text, elements = read(write())
    sources = {source.named: source for rule in RULES for source in rule.sources}
    listed = re.findall(r"^\d+\. (.*)$", write().partition("\n## Sources\n")[2], re.MULTILINE)
    assert len(listed) == len(sources)
    for source in sources.values():
        assert source.says in text
        assert sum(entry.startswith(source.title) and f"<{source.address}>" in entry for entry in listed) == bool(
            source.address
        )
    assert elements.count("a") == sum(1 for source in sources.values() if source.address)


def test_sources_of_a_rule_are_cited_by_their_numbers_in_the_list() -> None:
    """A reader finds each source under its number."""
    listed = re.findall(r"^\d+\. (.*)$", write().partition("\n## Sources\n")[2], re.MULTILINE)
    cited = re.findall(r"^\*\*Why\.\*\* .*; sources? ([\d, ]+)\)$", write(), re.MULTILINE)
    assert len(cited) == len(RULES)
    for rule, numbers in zip(RULES, cited, strict=True):
        entries = [listed[int(number) - 1] for number in numbers.split(", ")]
        assert all(entry.startswith(source.title) for entry, source in zip(entries, rule.sources, strict=True))


def test_markup_of_the_page_is_balanced_and_only_its_own() -> None:
    """No asterisk, backquote, bracket or backslash is left, and there are no other elements."""
    text, elements = read(write())
    assert set(elements) == {"h1", "h2", "h3", "p", "strong", "code", "ul", "ol", "li", "a"}
    assert elements.count("h1") == 1
    assert elements.count("h2") == len({rule.id.partition("-")[0] for rule in RULES}) + len(["Sources"])
    assert elements.count("h3") == len(RULES)
    assert elements.count("strong") == 2 * len(RULES) + 1
    assert elements.count("ol") == 1
    assert not re.search(r"[*`\\]|&[a-z]+;|\]\(", text)


def test_page_of_one_rule_has_its_own_sources_only() -> None:
    """Their numbers begin with 1."""
    page = write((BY_ID["WHO-5"],))
    assert "### WHO-5: " in page
    assert page.count("\n### ") == 1
    assert "\n## Whom to ask\n" in page
    assert "\n1. " in page
    assert "\n2. " not in page


def test_page_ends_with_a_line_to_sign() -> None:
    """An adviser confirms the rules by hand."""
    assert re.search(r"by: _+ +on: _+$", write())


def test_rules_command_prints_the_page_with_whole_lines(lorplan: Lorplan) -> None:
    """A narrow terminal does not break the page."""
    assert lorplan("rules", "--markdown", env={"COLUMNS": "40"}).out == write() + "\n"
