"""The small helpers for sentences."""

from __future__ import annotations

from datetime import date

import pytest

from lorplan.text.wording import (
    MAX_QUOTED,
    MONTH_NAMES,
    WEEKDAY_NAMES,
    did_you_mean,
    join_words,
    ordinal,
    plural,
    truncate,
    with_article,
)


class TestTruncate:
    @pytest.mark.parametrize("length", [0, 1, MAX_QUOTED])
    def test_short_value_is_repeated_as_it_is(self, length: int) -> None:
        """A value of up to sixty characters is not cut."""
        assert truncate("x" * length) == "x" * length

    @pytest.mark.parametrize("length", [MAX_QUOTED + 1, 5000])
    def test_long_value_is_cut_after_sixty_characters(self, length: int) -> None:
        """Dots show that something was left out."""
        assert truncate("x" * length) == "x" * 60 + "..."

    @pytest.mark.parametrize(("value", "text"), [(12, "12"), (None, "None"), (date(2027, 1, 4), "2027-01-04")])
    def test_value_that_is_not_text_is_written_as_text(self, value: object, text: str) -> None:
        """Numbers and dates can be repeated as well."""
        assert truncate(value) == text


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 letters"), (1, "1 letter"), (2, "2 letters"), (11, "11 letters"), (101, "101 letters")]
)
def test_noun_after_a_number_is_plural_unless_the_number_is_one(number: int, text: str) -> None:
    """Only one letter is singular."""
    assert plural(number, "letter") == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        *[(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (10, "10th")],
        *[(11, "11th"), (12, "12th"), (13, "13th"), (19, "19th"), (20, "20th")],
        *[(21, "21st"), (22, "22nd"), (23, "23rd"), (101, "101st"), (111, "111th"), (113, "113th"), (122, "122nd")],
    ],
)
def test_ordinal_number_has_its_ending(number: int, text: str) -> None:
    """The teens of every hundred end in th."""
    assert ordinal(number) == text


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"), (["a, b", "c"], "a, b and c")],
)
def test_joined_words_have_commas_and_a_final_and(words: list[str], text: str) -> None:
    """Words are listed as in a sentence."""
    assert join_words(words) == text
    assert join_words(words, "or") == text.replace(" and ", " or ")


@pytest.mark.parametrize(
    ("noun", "text"), [("letter", "a letter"), ("email", "an email"), ("Offer", "an Offer"), ("Rotation", "a Rotation")]
)
def test_article_is_an_before_a_vowel(noun: str, text: str) -> None:
    """The first letter decides."""
    assert with_article(noun) == text


class TestDidYouMean:
    @pytest.mark.parametrize(
        ("word", "known", "meant"),
        [
            pytest.param("hospitl", ["hospital", "notes"], "hospital", id="letter_left_out"),
            pytest.param("Rotations", ["rotations"], "rotations", id="another_case"),
            pytest.param("lead-days", ["lead_days"], "lead_days", id="hyphen_for_an_underscore"),
            pytest.param("hand-on", ["hands-on", "research"], "hands-on", id="hyphen_in_the_known_word"),
            pytest.param("agred", ["asked", "agreed"], "agreed", id="closest_of_several"),
        ],
    )
    def test_closest_known_word_is_suggested(self, word: str, known: list[str], meant: str) -> None:
        """The suggestion is the end of a sentence."""
        assert did_you_mean(word, known) == f', did you mean "{meant}"?'

    @pytest.mark.parametrize(
        ("word", "known"),
        [
            pytest.param("xyz", ["hospital"], id="close_to_none"),
            pytest.param("", ["hospital"], id="empty_word"),
            pytest.param("hospital", [], id="nothing_known"),
            pytest.param("a" * (MAX_QUOTED + 1), ["a" * MAX_QUOTED], id="too_long_to_compare"),
        ],
    )
    def test_nothing_is_suggested_without_a_close_word(self, word: str, known: list[str]) -> None:
        """The end of the sentence is then empty."""
        assert did_you_mean(word, known) == ""

    def test_known_words_may_be_an_iterator(self) -> None:
        """The words are compared twice, but read once."""
        assert did_you_mean("hand-on", iter(["hands-on"])) == ', did you mean "hands-on"?'


def test_names_of_days_and_months_are_in_the_order_of_the_calendar() -> None:
    """Monday and January come first."""
    assert [f"{date(2027, 1, 4 + index):%A}" for index in range(7)] == list(WEEKDAY_NAMES)
    assert [f"{date(2027, 1 + index, 1):%B}" for index in range(12)] == list(MONTH_NAMES)
