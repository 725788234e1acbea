"""`lorplan why`: which rotation a word means, and what the page explains."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from lorplan.cli.arguments import MAX_CANDIDATES
from samples import AMINA, AS_OF

if TYPE_CHECKING:
    from runner import Lorplan

LOOKALIKES = """\
- {id: lee, attending: Dr. Ann Moore, specialty: neurology, start: 2027-01-04, weeks: 4}
- {id: lee-2, attending: Dr. Bo Lee, specialty: neurology, start: 2027-02-01, weeks: 4}
- {id: leeds, attending: Dr. Cy Park, specialty: neurology, start: 2027-03-01, weeks: 4}
- {id: Moore-2, attending: Dr. Dee Ångström, specialty: neurology, start: 2027-04-05, weeks: 4}
"""


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param("lee", "lee", id="exact_id_wins_over_starts"),
        pytest.param("leed", "leeds", id="unique_start"),
        pytest.param("LEEDS", "leeds", id="start_in_capitals"),
        pytest.param("moore", "Moore-2", id="start_wins_over_a_name"),
        pytest.param("Cy Park", "leeds", id="part_of_a_name"),
        pytest.param("cy", "leeds", id="part_of_a_name_in_small_letters"),
        pytest.param("ÅNGSTRÖM", "Moore-2", id="name_with_accents_in_capitals"),
        pytest.param("angstrom", "Moore-2", id="name_without_its_accents"),
    ],
)
def test_word_that_fits_one_rotation_means_it(lorplan: Lorplan, word: str, expected: str) -> None:
    """A rotation is named by its id, a unique start of one, or a unique part of the attending's name."""
    found = json.loads(lorplan("why", word, "-f", "-", "--json", "--as-of", AS_OF, stdin=LOOKALIKES).out)
    assert found["letter"]["id"] == expected


@pytest.mark.parametrize(
    ("word", "message", "candidates"),
    [
        pytest.param("le", '"le" matches several rotations', ["lee", "lee-2", "leeds"], id="several_starts"),
        pytest.param(
            "dr.", '"dr." matches several rotations', ["lee", "lee-2", "leeds", "Moore-2"], id="several_names"
        ),
        pytest.param("", '"" matches several rotations', ["lee", "lee-2", "leeds", "Moore-2"], id="empty_word"),
        pytest.param("nobody", 'no rotation matches "nobody"', ["lee", "lee-2", "leeds", "Moore-2"], id="no_match"),
    ],
)
def test_word_that_fits_no_or_several_rotations_is_refused_with_candidates(
    lorplan: Lorplan, word: str, message: str, candidates: list[str]
) -> None:
    """Nothing is guessed: the message lists the rotations to choose from."""
    result = lorplan("why", word, "-f", "-", "--as-of", AS_OF, stdin=LOOKALIKES, status=2)
    assert result.out == ""
    said, listed = result.err.splitlines()
    assert said.startswith(f"lorplan: {message}")
    assert [part.split(" (")[0] for part in listed.removeprefix("write one of ").split("), ")] == candidates
    assert all(re.search(r", from \d{4}-\d\d-\d\d$", part) for part in listed.rstrip(")").split("), "))


def test_word_that_fits_many_rotations_is_refused_with_some_and_a_count(lorplan: Lorplan) -> None:
    """A message is never longer than somebody would read."""
    row = "- {attending: Dr. Lee, specialty: neurology, start: 2027-01-04, weeks: 4}\n"
    message = lorplan("why", "le", "-f", "-", stdin=row * (MAX_CANDIDATES + 5), status=2).err
    assert message.count("(Dr. Lee, from 2027-01-04)") == MAX_CANDIDATES
    assert message.endswith(", and 5 more\n")


def test_why_of_an_empty_plan_says_that_there_are_no_rotations(lorplan: Lorplan) -> None:
    """If there is no rotation at all, there is nothing to choose from."""
    message = lorplan("why", "chen", "-f", "-", stdin="[]", status=2).err
    assert message.endswith("\nthe file has no rotation; add one: lorplan add\n")


def test_why_page_shows_the_reasons_their_rules_and_sources_and_what_would_change(lorplan: Lorplan) -> None:
    """`why` shows the verdict, the reasons with their rules and sources, and what would change it."""
    out = lorplan("why", "chen", "-f", "-", "--sources", "--as-of", AS_OF, stdin=AMINA).out
    for title in ("Decided by", "To change", "For", "Not known", "Rules", "Sources"):
        assert re.search(rf"^{title}( |$)", out, re.MULTILINE)
    assert "https://" in out
