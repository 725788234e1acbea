"""YAML text as a tree: what is refused, each error at its place, and what is not YAML at all."""

from __future__ import annotations

import re

import pytest
import yaml

from lorplan.planfile.yaml_tree import MAX_DEPTH, Sequence, read_tree, to_python
from planfile.yaml_parsing import errors_in, remove_marks


class TestErrors:
    @pytest.mark.usefixtures("each_parser")
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            pytest.param("a: «&x b", "YAML anchors are not supported; remove &x", id="anchor"),
            pytest.param("- «&x {a: b}", "YAML anchors are not supported; remove &x", id="anchor_of_a_mapping"),
            pytest.param("a: «&x [b]", "YAML anchors are not supported; remove &x", id="anchor_of_a_list"),
            pytest.param("«&x a: b", "YAML anchors are not supported; remove &x", id="anchor_of_a_key"),
            pytest.param("a: «&x", "YAML anchors are not supported; remove &x", id="anchor_of_nothing"),
            pytest.param("a: «*x", "YAML aliases are not supported; repeat the value", id="alias"),
            pytest.param("- «*x", "YAML aliases are not supported; repeat the value", id="alias_in_a_list"),
            pytest.param("«*x : b", "YAML aliases are not supported; repeat the value", id="alias_as_key"),
            pytest.param("a: «!!str b", "YAML tags are not supported; remove !!str", id="known_tag"),
            pytest.param(
                "a: «!<tag:yaml.org,2002:str> b",
                "YAML tags are not supported; remove !!str",
                id="tag_in_full",
            ),
            pytest.param("a: «!own b", "YAML tags are not supported; remove !own", id="own_tag"),
            pytest.param("a: «! b", "YAML tags are not supported; remove !", id="tag_without_a_name"),
            pytest.param("a: «!!map {}", "YAML tags are not supported; remove !!map", id="tag_of_a_mapping"),
            pytest.param(
                "a: «!!python/object:os.system [x]",
                "YAML tags are not supported; remove !!python/object:os.system",
                id="tag_of_an_object",
            ),
            pytest.param("a: «!!null", "YAML tags are not supported; remove !!null", id="tag_of_nothing"),
            pytest.param("a: 1\n«a: 2", 'duplicate key "a"', id="duplicate_key"),
            pytest.param("{a: 1, «'a': 2}", 'duplicate key "a"', id="duplicate_key_in_quotes"),
            pytest.param("a:\n  b: 1\n  c: 2\n  «b: 3\nb: 4", 'duplicate key "b"', id="duplicate_key_inside"),
            pytest.param("? «[a, b]\n: c", "a key must be a word, not a list or a mapping", id="list_as_key"),
            pytest.param("{«{a: b}: c}", "a key must be a word, not a list or a mapping", id="mapping_as_key"),
            pytest.param(
                "- a\n«---\n- b",
                "unexpected second YAML document",
                id="second_document",
            ),
            pytest.param(
                "---\n«---\n- b",
                "unexpected second YAML document",
                id="second_document_after_an_empty_one",
            ),
            pytest.param("- a\n- «\x00b", "the character U+0000 is not allowed in YAML", id="nul"),
            pytest.param("«\x1b", "the character U+001B is not allowed in YAML", id="escape"),
            pytest.param("- a\n# «\x7f", "the character U+007F is not allowed in YAML", id="delete_in_a_comment"),
            pytest.param("- a\n- '«\ud800'", "the character U+D800 is not allowed in YAML", id="lone_surrogate"),
            pytest.param("- a\n- «\ufffe", "the character U+FFFE is not allowed in YAML", id="noncharacter"),
            pytest.param(
                "- a\n- [b,\n  '«\x9b",
                "the character U+009B is not allowed in YAML",
                id="in_an_open_quote_in_an_open_list",
            ),
        ],
    )
    def test_unsupported_part_of_yaml_is_one_error_at_its_place(self, text: str, message: str) -> None:
        """A plan file does not need anchors, aliases, tags, duplicate keys or several documents."""
        text, [offset] = remove_marks(text)
        assert errors_in(text) == [(offset, message)]

    @pytest.mark.usefixtures("each_parser")
    def test_reading_goes_on_after_an_unsupported_part(self) -> None:
        """Everything after anchors, aliases, tags and duplicate keys is read; the first of two equal keys counts."""
        text, offsets = remove_marks("- «&x a: 1\n  «a: 2\n- «*x\n- «! b\n- {«[c]: d, e: f}\n")
        assert [offset for offset, _ in errors_in(text)] == offsets
        root = read_tree(text).root
        assert isinstance(root, Sequence)
        assert (to_python(root), root.complete) == ([{"a": "1"}, "*x", "b", {"e": "f"}], True)

    def test_anchor_and_tag_before_one_value_are_two_errors(self) -> None:
        """Both have to be removed."""
        assert [offset for offset, _ in errors_in("- &x !!str a")] == [2, 2]

    @pytest.mark.usefixtures("each_parser")
    @pytest.mark.parametrize(
        ("opening", "closing"),
        [
            pytest.param("[", "]", id="lists"),
            pytest.param("{a: ", "}", id="mappings"),
            pytest.param("- ", "", id="dashes"),
            pytest.param("? ", "", id="keys"),
        ],
    )
    def test_nesting_deeper_than_sixteen_levels_is_refused_where_it_opens(self, opening: str, closing: str) -> None:
        """Sixteen levels are read; reading stops at the seventeenth."""
        deep = opening * MAX_DEPTH + "x" + closing * MAX_DEPTH
        deeper = opening * MAX_DEPTH + opening + "x" + closing * (MAX_DEPTH + 1)
        expected = [(len(opening) * MAX_DEPTH, "nested deeper than 16 levels")]
        allowed = [message for _, message in errors_in(deep) if "key must" not in message]
        assert (allowed, errors_in(deeper)) == ([], expected)

    @pytest.mark.usefixtures("each_parser")
    @pytest.mark.parametrize("opening", ["[", "{", "- ", "[{a: ", "? "])
    def test_extreme_nesting_is_one_error(self, opening: str) -> None:
        """A hundred thousand brackets do not crash the parser, however deep it goes before it gives up."""
        text = opening * 100_000
        [(offset, message)] = errors_in(text)
        assert message == "nested deeper than 16 levels"
        assert 0 <= offset < len(text)

    @pytest.mark.usefixtures("each_parser")
    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("[", id="open_list"),
            pytest.param("{a: [b", id="open_mapping"),
            pytest.param("'a", id="open_quote"),
            pytest.param("a: b: c", id="two_colons"),
            pytest.param("a: @b", id="reserved_character"),
            pytest.param("a: b\n  c: d", id="wrong_indentation"),
            pytest.param("- a\nb: c", id="list_then_mapping"),
            pytest.param("\ta: b", id="tab_as_indentation"),
            pytest.param("%YAML 2.0\n---\na", id="another_version"),
            pytest.param("%YAML 1." + "9" * 5000 + "\n---\na", id="version_of_many_digits"),
            pytest.param("%TAG ! a", id="half_a_directive"),
            pytest.param("!x!y z", id="unknown_handle"),
            pytest.param("!%zz a", id="tag_that_is_not_an_address"),
            pytest.param('"\\q"', id="unknown_escape"),
            pytest.param('"\\xZZ"', id="escape_without_a_number"),
            pytest.param('"\\U00110000"', id="escape_beyond_unicode"),
            pytest.param('"\\UFFFFFFFF"', id="escape_far_beyond_unicode"),
            pytest.param('"\\ud83d\\ude00"', id="escape_of_half_a_character"),
            pytest.param("a: |9999\n b", id="block_with_a_long_number"),
            pytest.param("&", id="anchor_without_a_name"),
            pytest.param("]", id="closing_bracket"),
            pytest.param("- a\n...\n- b", id="text_after_the_end_marker"),
        ],
    )
    def test_text_that_is_not_yaml_is_one_error_with_a_place(self, text: str) -> None:
        """Broken YAML is an error at an offset of the text, and never an exception."""
        [(offset, message)] = errors_in(text)
        assert message.startswith("not YAML: ")
        assert 0 <= offset <= len(text)

    @pytest.mark.skipif(not yaml.__with_libyaml__, reason="the hints are for the words of libyaml")
    @pytest.mark.parametrize(
        ("text", "hint"),
        [
            pytest.param("a: b«: c", "a value with a colon and a space in it needs quotes", id="colon_in_a_value"),
            pytest.param("a: «@b", "a value that starts with this character needs quotes", id="reserved_character"),
            pytest.param("- a\n«b: c", "check the indentation", id="key_below_a_list"),
            pytest.param(
                "a: b\n - c«: d\n",
                "a value with a colon and a space in it needs quotes",
                id="list_below_a_value_continues_the_value",
            ),
            pytest.param("a: 'b' «c", "check the indentation and the quotes", id="text_after_a_quote"),
            pytest.param(
                "'a' «b",
                "the lines before and after do not belong to one list or mapping",
                id="text_after_the_document",
            ),
            pytest.param("a:\n«\tb: c", "use spaces to indent, not tabs", id="tab"),
            pytest.param("[a«", "", id="no_hint"),
        ],
    )
    def test_text_that_is_not_yaml_is_reported_with_what_it_usually_means(self, text: str, hint: str) -> None:
        """After the words of the parser, a hint says what is probably wrong in a plan file."""
        text, [expected] = remove_marks(text)
        [(offset, message)] = errors_in(text)
        assert offset == expected
        assert re.fullmatch(rf"not YAML: [^()]+ \({re.escape(hint)}\)" if hint else "not YAML: [^()]+", message)

    @pytest.mark.parametrize("text", ['a: "x\nb: «\x00', "a: [x,\nb: «\x00"], ids=["open_quote", "open_list"])
    def test_character_that_is_not_yaml_in_an_open_part_is_one_error(self, text: str) -> None:
        """That a quote or a list is still open before such a character is not a second error."""
        text, [offset] = remove_marks(text)
        assert errors_in(text) == [(offset, "the character U+0000 is not allowed in YAML")]

    def test_only_the_first_error_that_stops_reading_is_reported(self) -> None:
        """After a second document nothing is read, so that a character that is not YAML is not found there."""
        assert errors_in("a: b\n---\nc: d\n# \x00") == [(5, "unexpected second YAML document")]
