"""`lorplan rules`: the rule book, whole or in part, for the terminal and as a page to sign."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from lorplan.rules import BY_ID, RULES
from lorplan.rules.order import ORDER, comparisons_of

if TYPE_CHECKING:
    from runner import Lorplan


def test_rules_page_has_every_rule_once_in_order(lorplan: Lorplan) -> None:
    """`rules` prints the whole rule book."""
    lines = lorplan("rules", env={"COLUMNS": None}).out.splitlines()
    assert [line.split()[0] for line in lines if line[:1].isalpha()] == [rule.id for rule in RULES]


def test_rules_page_has_the_exact_check_and_the_reason_of_each_rule(lorplan: Lorplan) -> None:
    """An adviser can read what exactly is tested, and why."""
    lines = lorplan("rules", env={"COLUMNS": None}).out.splitlines()
    for rule in RULES:
        places = comparisons_of(rule)
        (check,) = (line for line in lines if line.startswith(f"    Check: {rule.check}"))
        assert f"    Why ({rule.basis}): {rule.why}" in lines
        assert (f"of {len(ORDER)}." in check.removeprefix(f"    Check: {rule.check}")) == bool(places)


@pytest.mark.parametrize("word", ["WHEN-7", "when-7"])
def test_one_rule_is_shown_by_its_id_with_what_its_sources_say(lorplan: Lorplan, word: str) -> None:
    """One rule by its id, in capitals or not, with what each of its sources says."""
    out = lorplan("rules", word, env={"COLUMNS": None}).out
    assert out.startswith("WHEN-7  ")
    assert "lead_days = 28" in out
    assert all(source.says in out for source in BY_ID["WHEN-7"].sources)
    assert "WHEN-8" not in out


@pytest.mark.parametrize("word", ["WHO", "who", "WHO-"])
def test_family_of_rules_is_shown_by_the_start_of_its_ids(lorplan: Lorplan, word: str) -> None:
    """The start of ids gives the whole family, and no other rule."""
    found = json.loads(lorplan("rules", word, "--json").out)
    assert [rule["id"] for rule in found["rules"]] == [rule.id for rule in RULES if rule.id.startswith("WHO-")]


@pytest.mark.parametrize("word", ["WH", "WHO-99", "WHEN7", "7", "-1x", "Dr. Wei Chen"])
def test_unknown_rule_is_refused_with_the_ids_there_are(lorplan: Lorplan, word: str) -> None:
    """The message names the first and the last rule of each family, or its only one."""
    message = lorplan("rules", "--", word, status=2).err
    assert f'unknown rule "{word}"' in message
    for family in {rule.id.split("-")[0] for rule in RULES}:
        ids = [rule.id for rule in RULES if rule.id.startswith(f"{family}-")]
        assert (f"{ids[0]} to {ids[-1]}" if len(ids) > 1 else ids[0]) in message


def test_rules_markdown_has_every_rule_number_and_source_and_a_line_to_sign(lorplan: Lorplan) -> None:
    """`rules --markdown` is a page that an adviser can check against the code, and sign."""
    out = lorplan("rules", "--markdown", env={"COLUMNS": "40"}).out
    assert re.findall(r"^### ([A-Z]+-\d+): ", out, re.MULTILINE) == [rule.id for rule in RULES]
    assert out.count("**Check.** ") == out.count("**Why.** ") == len(RULES)
    for number in (number for rule in RULES for number in rule.numbers):
        assert f"- `{number.name}: " in out
    sources = {source.title for rule in RULES for source in rule.sources}
    listed = out.partition("\n## Sources\n")[2]
    assert len(re.findall(r"^\d+\. ", listed, re.MULTILINE)) == len({s for rule in RULES for s in rule.sources})
    assert all(re.sub(r"([*<>\[\]])", r"\\\1", title) in listed for title in sources)
    assert re.search(r": _{10,} +on: _{10,}$", out.rstrip("\n")), "there is room for a name and a date"


def test_rules_markdown_of_one_rule_has_no_other(lorplan: Lorplan) -> None:
    """A single rule or a family can be printed, too."""
    out = lorplan("rules", "WHEN-7", "--markdown").out
    assert re.findall(r"^### ([A-Z]+-\d+): ", out, re.MULTILINE) == ["WHEN-7"]
