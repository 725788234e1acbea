"""The rule book: every rule is complete, tested here under its own id, and in its place in the order of letters."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

from builders import plan, rotation
from lorplan.planfile.models import Policy
from lorplan.reference import policy_numbers, sources
from lorplan.rules import BY_ID, RULES, mix, sources_for
from lorplan.rules.order import ORDER, comparisons_of, first_lead
from lorplan.rules.rule import Basis
from lorplan.rules.who import BY_EXPERIENCE, EXCLUSIONS, WEAKNESSES

if TYPE_CHECKING:
    from lorplan.rules.rule import Rule

EVERY_RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


@EVERY_RULE
def test_every_rule_has_a_claim_a_check_a_reason_and_sources(rule: Rule) -> None:
    """The texts are sentences: they begin with a capital, or a code, and end with a full stop."""
    for text in (rule.claim, rule.check, rule.why):
        assert text.endswith(".")
        assert text[0].isupper() or text[0] in "`0123456789"
        assert text == " ".join(text.split())
    assert rule.basis in get_args(Basis)
    assert rule.sources
    assert len(set(rule.sources)) == len(rule.sources)


@EVERY_RULE
def test_rule_that_rests_on_judgement_alone_says_so(rule: Rule) -> None:
    """Our own judgement is never called guidance or a requirement."""
    if set(rule.sources) == {sources.JUDGEMENT}:
        assert rule.basis == "judgement"


def test_rule_ids_are_unique_and_numbered_within_their_part() -> None:
    """The ids are WHO-1 to WHO-12, MIX-1 to MIX-7, WHEN-1 to WHEN-19 and COHORT-1, in the order of the book."""
    parts = (("WHO", 12), ("MIX", 7), ("WHEN", 19), ("COHORT", 1))
    expected = [f"{part}-{number}" for part, count in parts for number in range(1, count + 1)]
    assert [rule.id for rule in RULES] == expected
    assert list(BY_ID.items()) == [(rule.id, rule) for rule in RULES]


def test_every_rule_has_a_test_class() -> None:
    """The class has the rule's id as its name, in one of the files of this folder."""
    files = Path(__file__).parent.glob("test_*.py")
    names = [
        name
        for path in files
        for name in re.findall(r"^class Test([A-Z]+\d+):", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert sorted(names) == sorted(rule.id.replace("-", "") for rule in RULES)


# --- numbers and sources ------------------------------------------------------------------------------------


def test_every_policy_number_belongs_to_one_rule_and_one_key() -> None:
    """A number is a key of the policy, with the same default, and exactly one rule has it."""
    owners = Counter(number.name for rule in RULES for number in rule.numbers)
    assert owners == dict.fromkeys(Policy.model_fields, 1)
    assert {number.name: number.default for number in policy_numbers.ALL} == Policy().model_dump()


@EVERY_RULE
def test_check_of_a_rule_names_its_numbers(rule: Rule) -> None:
    """So that a reader of the check knows what a policy changes."""
    assert [number.name for number in rule.numbers if f"`{number.name}`" not in rule.check] == []


def test_sources_for_a_rule_are_its_own_whatever_the_targets() -> None:
    """Only how many letters a specialty needs has sources by specialty."""
    for rule in RULES:
        if rule is not mix.MIX_2:
            assert sources_for(rule, ["neurology"]) == rule.sources


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        pytest.param([], (), id="no_targets"),
        pytest.param(["neurology"], (sources.UIC_NEUROLOGY,), id="one_target"),
        pytest.param(
            ["psychiatry", "neurology"], (sources.UIC_PSYCHIATRY, sources.UIC_NEUROLOGY), id="two_in_their_order"
        ),
        pytest.param(["neurology", "Neuro"], (sources.UIC_NEUROLOGY,), id="one_source_of_two_once"),
    ],
)
def test_sources_for_letters_from_the_specialty_are_those_of_the_targets(
    targets: list[str], expected: tuple[sources.Source, ...]
) -> None:
    """After the sources that say that such letters matter at all."""
    assert sources_for(mix.MIX_2, targets) == (*mix.SPECIALTY_SOURCES, *expected)


# --- the order of letters -----------------------------------------------------------------------------------


def test_order_has_14_comparisons_of_rules_of_the_book() -> None:
    """Arrival, strength, experience, performance, hospital, target, contact, letterhead, age, days, four ties."""
    expected = "WHO-11 WHO-2 WHO-4 WHO-2 WHO-5 MIX-2 WHO-3 WHO-6 WHO-9 WHO-3 MIX-1 WHEN-3 MIX-1 MIX-1"
    assert [preference.rule.id for preference in ORDER] == expected.split()
    assert [preference.tiebreak for preference in ORDER] == [False] * 10 + [True] * 4


@pytest.mark.parametrize(
    ("rule_id", "expected"),
    [
        pytest.param("WHO-1", [2], id="the_role_is_one_cause_of_weakness"),
        pytest.param("WHO-2", [2, 4], id="performance_is_another_and_is_compared_itself"),
        pytest.param("WHO-3", [2, 7, 10], id="contact_too_and_the_days"),
        pytest.param("WHO-4", [3], id="experience"),
        pytest.param("WHO-5", [5], id="hospital"),
        pytest.param("WHO-6", [8], id="letterhead"),
        pytest.param("WHO-9", [9], id="age"),
        pytest.param("WHO-11", [1], id="arrival"),
        pytest.param("MIX-1", [11, 13, 14], id="ties"),
        pytest.param("WHEN-3", [12], id="who_is_still_there"),
        pytest.param("MIX-2", [6], id="targets"),
        pytest.param("WHO-7", [], id="an_offer_is_not_compared"),
        pytest.param("WHEN-1", [], id="days_are_not_compared"),
    ],
)
def test_comparisons_of_a_rule_are_its_places_in_the_order(rule_id: str, expected: list[int]) -> None:
    """The places count from 1; strength is compared by every rule that can make a letter weak."""
    assert comparisons_of(BY_ID[rule_id]) == expected


def test_exclusions_and_weaknesses_are_of_rules_of_the_book() -> None:
    """In the order in which they are named."""
    assert [exclusion.rule.id for exclusion in EXCLUSIONS] == ["WHO-12", "WHO-8", "WHO-1", "WHO-2"]
    assert [weakness.rule.id for weakness in WEAKNESSES] == ["WHO-1", "WHO-2", "WHO-3", "WHO-3"]


def test_first_lead_is_the_first_comparison_that_favors_the_first_letter() -> None:
    """None if it favors the other, or if the two are the same letter."""
    better, worse = (one.candidate for one in plan(rotation(), rotation("Dr. Ann Ames", us=False)).letters)
    assert first_lead(better, worse) is BY_EXPERIENCE
    assert first_lead(worse, better) is None
    assert first_lead(better, better) is None
