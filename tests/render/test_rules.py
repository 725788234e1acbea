"""The rule book for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lorplan.reference.policy_numbers import ALL, write_value
from lorplan.render.rule_text import describe_number, describe_order, describe_source
from lorplan.render.rules import render_rules
from lorplan.rules import BY_ID, RULES
from lorplan.rules.order import ORDER, comparisons_of
from render.rendering import on_one_line, to_text

if TYPE_CHECKING:
    from lorplan.rules.rule import Rule


def render(*rules: Rule) -> str:
    """Render some rules on one line."""
    return on_one_line(to_text(render_rules(rules)))


def test_rule_page_has_the_check_and_the_place_in_the_order() -> None:
    """WHO-5 is compared in one place."""
    page = render(BY_ID["WHO-5"])
    assert page.startswith("WHO-5 Prefer hospitals that train residents or are IMG-friendly. Check: ")
    assert "Unknown counts as not true. Compared 5th of 14. Why (guidance): " in page


@pytest.mark.parametrize(
    ("rule", "order"),
    [
        pytest.param("WHO-5", " Compared 5th of 14.", id="once"),
        pytest.param("WHO-2", " Compared 2nd and 4th of 14.", id="twice"),
        pytest.param("WHO-3", " Compared 2nd, 7th and 10th of 14.", id="three_times"),
        pytest.param("WHEN-9", "", id="never"),
    ],
)
def test_order_of_a_rule_names_each_place_at_which_it_is_compared(rule: str, order: str) -> None:
    """A rule that compares nothing has no place."""
    assert describe_order(BY_ID[rule]) == order


def test_every_place_in_the_order_belongs_to_a_rule() -> None:
    """The pages leave no comparison out."""
    assert {place for rule in RULES for place in comparisons_of(rule)} == set(range(1, len(ORDER) + 1))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.id))
def test_page_of_one_rule_has_everything_about_it_and_what_each_source_says(rule: Rule) -> None:
    """Claim, check, why, basis, numbers with defaults and bounds, and sources."""
    page = render(rule)
    for part in (rule.id, rule.claim, rule.check, f"Why ({rule.basis}): {rule.why}"):
        assert on_one_line(part) in page
    for number in rule.numbers:
        assert f"{number.name} = {write_value(number.default)} {number.unit} ({number.low} to {number.high})" in page
    # A narrow column breaks an address anywhere, so that spaces mean nothing here.
    for source in rule.sources:
        assert source.says.replace(" ", "") in page.replace(" ", "")
        assert source.named.replace(" ", "") in page.replace(" ", "")


def test_page_of_all_rules_has_each_once_without_what_the_sources_say() -> None:
    """The long texts of the sources are for the page of one rule."""
    page = to_text(render_rules(RULES), width=10_000)
    assert [line.split("  ")[0] for line in page.splitlines() if line[:1].isalpha()] == [rule.id for rule in RULES]
    assert all(describe_number(number) in page for number in ALL)
    assert all(describe_source(source, whole=False) in page for rule in RULES for source in rule.sources)
    assert RULES[0].sources[0].says not in page


def test_source_without_an_address_has_no_day_of_reading() -> None:
    """Our own judgement was not read anywhere."""
    judgement = next(source for rule in RULES for source in rule.sources if not source.address)
    assert describe_source(judgement, whole=False) == judgement.title
    assert describe_source(judgement, whole=True) == f"{judgement.title}. {judgement.says}"
