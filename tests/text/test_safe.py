"""Which characters may be shown, and what replaces the others."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorplan.text.safe import find_unsafe, is_blank, is_unsafe, on_one_line

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
    pytest.param("\ufffe", id="noncharacter"),
    pytest.param("\uffff", id="last_noncharacter_of_the_plane"),
]
SAFE = [
    pytest.param("a", id="letter"),
    pytest.param(" ", id="space"),
    pytest.param("é", id="accent"),
    pytest.param("陳", id="han"),
    pytest.param("\u094d", id="devanagari_mark"),
    pytest.param("\U0001f600", id="emoji"),
    pytest.param("\xa0", id="no_break_space"),
    pytest.param("\u200e", id="left_to_right_mark"),
    pytest.param("\u200d", id="joiner_of_scripts"),
]


@pytest.mark.parametrize("character", UNSAFE)
def test_character_that_affects_the_text_around_it_is_unsafe(character: str) -> None:
    """A character that moves the cursor, ends a line or changes the direction of other text cannot be shown."""
    assert is_unsafe(character)


@pytest.mark.parametrize("character", SAFE)
def test_character_that_is_only_shown_is_safe(character: str) -> None:
    """Letters, marks and symbols of every script can be part of a name."""
    assert not is_unsafe(character)


class TestFindUnsafe:
    @pytest.mark.parametrize("character", UNSAFE)
    def test_first_unsafe_character_of_a_text_is_found(self, character: str) -> None:
        """An unsafe character is found anywhere in the text, the first of several."""
        assert find_unsafe(f"Wei {character} Chen\x01") == character

    @pytest.mark.parametrize("text", ["", "Wei Chen", "陳大文", *(param.values[0] for param in SAFE)])
    def test_no_unsafe_character_is_found_in_a_name(self, text: str) -> None:
        """A name in any script can be shown."""
        assert find_unsafe(text) is None

    def test_allowed_characters_are_not_found(self) -> None:
        """Notes may have line ends and tabs, and no other unsafe character."""
        assert find_unsafe("a\n\tb\r", allowed="\n\t") == "\r"


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
    def test_text_that_shows_nothing_is_blank(self, text: str) -> None:
        """A name of spaces and invisible characters is like an empty name."""
        assert is_blank(text)

    @pytest.mark.parametrize("text", ["a", " . ", "\u200ba", "陳"])
    def test_text_with_a_visible_character_is_not_blank(self, text: str) -> None:
        """One visible character is enough."""
        assert not is_blank(text)


class TestOnOneLine:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            pytest.param("Wei Chen", "Wei Chen", id="ascii_as_it_is"),
            pytest.param("Müller [a/b] :b:", "Müller [a/b] :b:", id="other_text_as_it_is"),
            pytest.param("a\tb\nc\rd", "a b c d", id="tabs_and_line_ends_are_spaces"),
            pytest.param("a\r\nb", "a  b", id="each_character_is_replaced_so_that_columns_stay"),
            pytest.param("\x1b[31m", "\ufffd[31m", id="escape_is_replaced"),
            pytest.param("a\u202eb", "a\ufffdb", id="direction_is_replaced"),
        ],
    )
    def test_unsafe_characters_are_replaced_and_all_others_stay(self, text: str, shown: str) -> None:
        """Tabs and line ends become spaces, other unsafe characters U+FFFD."""
        assert on_one_line(text) == shown

    @given(st.text(CHARACTERS))
    def test_any_text_on_one_line_is_safe_and_as_long_as_before(self, text: str) -> None:
        """The result can be shown, and a caret below it points at the same character."""
        shown = on_one_line(text)
        assert (find_unsafe(shown), len(shown)) == (None, len(text))


def test_every_control_character_of_unicode_is_unsafe() -> None:
    """Unicode's own category decides, so that no control character is missing."""
    controls = [c for c in map(chr, range(0x110000)) if unicodedata.category(c) == "Cc"]
    assert len(controls) == 65
    assert all(map(is_unsafe, controls))
