"""The parts of a rule in sentences, the same on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.reference.policy_numbers import write_value
from lorplan.rules.order import ORDER, comparisons_of
from lorplan.text.wording import join_words, ordinal

if TYPE_CHECKING:
    from lorplan.reference.policy_numbers import Constant, Number
    from lorplan.reference.sources import Source
    from lorplan.rules.rule import Rule


def describe_order(rule: Rule) -> str:
    """Say where in the order of letters a rule is compared; "" if it is not."""
    places = [ordinal(place) for place in comparisons_of(rule)]
    return f" Compared {join_words(places)} of {len(ORDER)}." if places else ""


def describe_number(number: Number) -> str:
    """Return a number with its default, unit, bounds and meaning."""
    default = write_value(number.default)
    return f"{number.name} = {default} {number.unit} ({number.low} to {number.high}): {number.meaning}"


def describe_constant(constant: Constant) -> str:
    """Return a fixed number with its unit and meaning."""
    return f"{constant.value} {constant.unit} {constant.meaning} (fixed)"


def describe_source(source: Source, *, whole: bool) -> str:
    """Name a source with its confidence; `whole` adds what it says."""
    read = f" (read {source.read}, confidence {source.confidence})" if source.address else ""
    return f"{source.named}{read}" + (f". {source.says}" if whole else "")
