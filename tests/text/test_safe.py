"""Which characters may be shown, and what stands in for those that may not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorplan.text.safe import is_blank, is_refused, on_one_line, refused_character

CHARACTERS = st.integers(0, 0x10FFFF).map(chr)

UNSAFE = [
    pytest.param("\x1b", id="escape"),
    pytest.param("\x00", id="nul"),
    pytest.param("\x07", id="bell"),
    pytest.param("\r", id="carriage_return"),
    pytest.param("\n", id="line_feed"),
    pytest.param("\t", id="tab"),
    pytest.param("\x7f", id="delete"),
    pytest.param("\x85", id="c1_next_line"),
    pytest.param("\x9b", id="c1_escape_sequence"),
    pytest.param("\u2028", id="line_separator"),
    pytest.param("\u2029", id="paragraph_separator"),
    pytest.param("\ud800", id="lone_surrogate"),
    pytest.param("\u202a", id="bidi_embedding"),
    pytest.param("\u202e", id="bidi_override"),
    pytest.param("\u2066", id="bidi_isolate"),
    pytest.param("\u2069", id="end_of_isolate"),
]
SAFE = [
    pytest.param("a", id="letter"),
    pytest.param(" ", id="space"),
    pytest.param("é", id="accent"),
    pytest.param("陳", id="han"),
    pytest.param("\u094d", id="devanagari_mark"),
    pytest.param("\U0001f600", id="emoji"),
    pytest.param("\xa0", id="no_break_space"),
    pytest.param("\u200e", id="left_to_right_mark_moves_nothing_else"),
    pytest.param("\u200d", id="joiner_of_scripts"),
]


@pytest.mark.parametrize("character", UNSAFE)
def test_a_character_that_acts_is_refused(character: str) -> None:
    """What would move the cursor, end a line or turn the direction of its surroundings cannot be shown."""
    assert is_refused(character)


@pytest.mark.parametrize("character", SAFE)
def test_a_character_that_is_only_shown_is_not_refused(character: str) -> None:
    """Letters, marks and symbols of every script are names, not attacks."""
    assert not is_refused(character)


class TestRefusedCharacter:
    @pytest.mark.parametrize("character", UNSAFE)
    def test_is_the_first_one_in_a_text(self, character: str) -> None:
        """An unsafe character is found wherever it stands, the first of several."""
        assert refused_character(f"Wei {character} Chen\x01") == character

    @pytest.mark.parametrize("text", ["", "Wei Chen", "陳大文", *(param.values[0] for param in SAFE)])
    def test_is_none_in_a_text_that_can_be_shown(self, text: str) -> None:
        """A name in any script holds nothing to refuse."""
        assert refused_character(text) is None

    def test_passes_over_what_is_allowed(self) -> None:
        """Notes may have line ends and tabs, and nothing else of the kind."""
        assert refused_character("a\n\tb\r", allowed="\n\t") == "\r"


class TestIsBlank:
    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("", id="nothing"),
            pytest.param(" \t\u3000", id="spaces"),
            pytest.param("\u200b", id="zero_width_space"),
            pytest.param("\ufeff", id="byte_order_mark"),
            pytest.param(" \u200d \u2060 ", id="invisible_between_spaces"),
        ],
    )
    def test_holds_for_a_text_that_shows_nothing(self, text: str) -> None:
        """A name of spaces and invisible characters is as empty as no name."""
        assert is_blank(text)

    @pytest.mark.parametrize("text", ["a", " . ", "\u200ba", "陳"])
    def test_does_not_hold_where_anything_is_seen(self, text: str) -> None:
        """One visible character is enough."""
        assert not is_blank(text)


class TestOnOneLine:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            pytest.param("Wei Chen", "Wei Chen", id="ascii_as_it_is"),
            pytest.param("Müller [a/b] :b:", "Müller [a/b] :b:", id="other_text_as_it_is"),
            pytest.param("a\tb\nc\rd", "a b c d", id="tabs_and_line_ends_are_spaces"),
            pytest.param("a\r\nb", "a  b", id="each_character_for_itself_so_that_columns_stay"),
            pytest.param("\x1b[31m", "\ufffd[31m", id="escape_is_replaced"),
            pytest.param("a\u202eb", "a\ufffdb", id="direction_is_replaced"),
        ],
    )
    def test_shows_what_can_be_shown(self, text: str, shown: str) -> None:
        """Nothing unsafe is left, and everything else is as it was typed."""
        assert on_one_line(text) == shown

    @given(st.text(CHARACTERS))
    def test_is_safe_and_as_long_as_the_text(self, text: str) -> None:
        """Whatever comes in, what goes out can be shown, and a caret under it points where it did."""
        shown = on_one_line(text)
        assert (refused_character(shown), len(shown)) == (None, len(text))


@given(CHARACTERS)
def test_no_control_character_is_ever_shown(character: str) -> None:
    """Unicode's own category decides about controls: there is no list that could be incomplete."""
    assert is_refused(character) >= (unicodedata.category(character) == "Cc")
