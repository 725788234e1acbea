"""Insertions into YAML text, character by character: new keys, deeper paths, replaced values, list items."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from edit.yaml_texts import C_PARSER, EACH_PARSER, ORDER, append, edits, insert, load_yaml, needs_libyaml
from lorplan.edit.yaml_edit import set_value

if TYPE_CHECKING:
    from lorplan.edit.yaml_edit import Value


def insert_with_libyaml(text: str, path: str, value: str) -> str:
    """Set a value in a text that only libyaml reads."""
    [after] = edits(text, lambda owner: set_value(text, owner, tuple(path), value, ORDER), (C_PARSER,))
    return after


class TestNewKey:
    """A new key is inserted where it belongs, and every other character stays."""

    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("a: 1\nb: 2\n", "a: 1\nb: 2\nc: 3\n", id="after_the_last_of_the_earlier_keys"),
            pytest.param("a: 1\nd: 4\n", "a: 1\nc: 3\nd: 4\n", id="before_a_later_key"),
            pytest.param("d: 4\na: 1\ne: 5\n", "d: 4\na: 1\nc: 3\ne: 5\n", id="in_a_text_of_another_order"),
            pytest.param("b: 2\nd: 4\na: 1\n", "b: 2\nd: 4\na: 1\nc: 3\n", id="after_the_earlier_key_that_is_last"),
            pytest.param("d: 4\ne: 5\n", "d: 4\ne: 5\nc: 3\n", id="after_all_if_no_earlier_key_exists"),
            pytest.param("a: 1\n_: 4\n", "a: 1\nc: 3\n_: 4\n", id="before_a_key_that_has_no_place_in_the_order"),
            pytest.param("- a: 1\n  d: 4\n- a: 9\n", "- a: 1\n  c: 3\n  d: 4\n- a: 9\n", id="in_an_item"),
            pytest.param("-   a: 1\n-   a: 9\n", "-   a: 1\n    c: 3\n-   a: 9\n", id="after_a_dash_and_spaces"),
            pytest.param("-\n  a: 1\n", "-\n  a: 1\n  c: 3\n", id="in_an_item_below_its_dash"),
            pytest.param("    a: 1\n    d: 4\n", "    a: 1\n    c: 3\n    d: 4\n", id="in_an_indented_text"),
            pytest.param("---\na: 1\n...\n", "---\na: 1\nc: 3\n...\n", id="between_document_marks"),
            pytest.param("'a': 1\n\"d\": 4\n", "'a': 1\nc: 3\n\"d\": 4\n", id="after_a_key_in_quotes"),
            pytest.param("? b\n: 2\nd: 4\n", "? b\n: 2\nc: 3\nd: 4\n", id="after_an_explicit_key"),
        ],
    )
    def test_new_key_gets_its_own_line_in_the_given_order(self, text: str, after: str) -> None:
        """A new key gets its own line, indented as its neighbours, after those that precede it in the order."""
        assert insert(text, "c", "3") == after

    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("a: 1", "a: 1\nc: 3", id="none_at_all"),
            pytest.param("a: 1\nb: 2", "a: 1\nb: 2\nc: 3", id="none_at_the_end"),
            pytest.param("a: 1\r\nd: 4\r\n", "a: 1\r\nc: 3\r\nd: 4\r\n", id="windows"),
            pytest.param("a: 1\r\nb: 2", "a: 1\r\nb: 2\r\nc: 3", id="windows_none_at_the_end"),
            pytest.param("a: 1\rd: 4\r", "a: 1\rc: 3\rd: 4\r", id="classic_mac"),
            pytest.param("a: 1\rb: 2", "a: 1\rb: 2\rc: 3", id="classic_mac_none_at_the_end"),
            pytest.param("a: 1\r\nb: 2\nd: 4\r\n", "a: 1\r\nb: 2\nc: 3\nd: 4\r\n", id="both_as_on_the_line_before"),
            pytest.param("a: 1\n\n\nd: 4\n", "a: 1\nc: 3\n\n\nd: 4\n", id="blank_lines_stay_before_the_later_key"),
            pytest.param("\n\na: 1\n\n", "\n\na: 1\nc: 3\n\n", id="blank_lines_at_both_ends"),
            pytest.param("a: 1   \nd: 4\n", "a: 1   \nc: 3\nd: 4\n", id="spaces_before_it"),
            pytest.param("a: 1\n   \nd: 4\n", "a: 1\nc: 3\n   \nd: 4\n", id="line_of_spaces"),
        ],
    )
    def test_new_line_ends_as_the_lines_around_it(self, text: str, after: str) -> None:
        """A new line ends as the line before it; a text without a final line end still has none."""
        assert insert(text, "c", "3") == after

    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("a: 1  # one\nd: 4\n", "a: 1  # one\nc: 3\nd: 4\n", id="beside"),
            pytest.param("a: 1 # one", "a: 1 # one\nc: 3", id="beside_at_the_end"),
            pytest.param("a: 1\n# of d\nd: 4\n", "a: 1\nc: 3\n# of d\nd: 4\n", id="between"),
            pytest.param("# top\n\na: 1\n# end\n", "# top\n\na: 1\nc: 3\n# end\n", id="above_and_below"),
            pytest.param("a: 1 # b: 2, 'x' # y\n", "a: 1 # b: 2, 'x' # y\nc: 3\n", id="that_looks_like_yaml"),
            pytest.param("a: '#' # one\n", "a: '#' # one\nc: 3\n", id="after_a_sign_in_quotes"),
            pytest.param("a: 1 # 陳 😀 e\u0301\n", "a: 1 # 陳 😀 e\u0301\nc: 3\n", id="in_another_script"),
            pytest.param("- # one\n  a: 1\n", "- # one\n  a: 1\n  c: 3\n", id="after_the_dash"),
        ],
    )
    def test_comments_stay_with_their_lines(self, text: str, after: str) -> None:
        """A comment stays beside or above the line that it was beside or above."""
        assert insert(text, "c", "3") == after

    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("b:\nd: 4\n", "b:\nc: 3\nd: 4\n", id="no_value"),
            pytest.param("b: # none\nd: 4\n", "b: # none\nc: 3\nd: 4\n", id="only_a_comment"),
            pytest.param("b: x\n  y\nd: 4\n", "b: x\n  y\nc: 3\nd: 4\n", id="words_on_two_lines"),
            pytest.param("b:\n  x\nd: 4\n", "b:\n  x\nc: 3\nd: 4\n", id="a_word_on_the_next_line"),
            pytest.param("b: 'x\n\n  y'\nd: 4\n", "b: 'x\n\n  y'\nc: 3\nd: 4\n", id="single_quotes_on_three_lines"),
            pytest.param('b: "x\\\n y"\nd: 4\n', 'b: "x\\\n y"\nc: 3\nd: 4\n', id="double_quotes_on_two_lines"),
            pytest.param("b: 😀 e\u0301\nd: 4\n", "b: 😀 e\u0301\nc: 3\nd: 4\n", id="astral_and_combining"),
            pytest.param("- b: 😀\n  d: 4\n", "- b: 😀\n  c: 3\n  d: 4\n", id="astral_character_in_an_item"),
            pytest.param("b: |\n  x\n\n  y\n\nd: 4\n", "b: |\n  x\n\n  y\nc: 3\n\nd: 4\n", id="literal_block"),
            pytest.param("b: |\n  x", "b: |\n  x\nc: 3", id="literal_block_at_the_end"),
            pytest.param("b: |-\n  x\n\n# of d\nd: 4\n", "b: |-\n  x\nc: 3\n\n# of d\nd: 4\n", id="stripped_block"),
            pytest.param("b: >-\n  x\n  y\nd: 4\n", "b: >-\n  x\n  y\nc: 3\nd: 4\n", id="folded_block"),
            pytest.param("b: |2\n    x\nd: 4\n", "b: |2\n    x\nc: 3\nd: 4\n", id="block_of_a_given_indentation"),
            pytest.param("b: |\n  # x\n  y: z\nd: 4\n", "b: |\n  # x\n  y: z\nc: 3\nd: 4\n", id="block_like_yaml"),
            pytest.param("b: |\nd: 4\n", "b: |\nc: 3\nd: 4\n", id="empty_block"),
            pytest.param("b: |+\n  x\n\nd: 4\n", "b: |+\n  x\n\nc: 3\nd: 4\n", id="block_that_keeps_blank_lines"),
            pytest.param("b: |+\n  x\n\n", "b: |+\n  x\n\nc: 3\n", id="block_that_keeps_blank_lines_at_the_end"),
            pytest.param(
                "b: |+\r\n  x\r\n\r\nd: 4\r\n",
                "b: |+\r\n  x\r\n\r\nc: 3\r\nd: 4\r\n",
                id="block_that_keeps_blank_lines_with_crlf",
            ),
            pytest.param(
                "- b: |+\n    x\n\n  d: 4\n",
                "- b: |+\n    x\n\n  c: 3\n  d: 4\n",
                id="block_that_keeps_blank_lines_in_an_item",
            ),
            pytest.param("b: >+\n\n\nd: 4\n", "b: >+\n\n\nc: 3\nd: 4\n", id="a_block_of_blank_lines_only"),
            pytest.param(
                "b: |+\n  x\n  # y\n# z\nd: 4",
                "b: |+\n  x\n  # y\nc: 3\n# z\nd: 4",
                id="block_that_keeps_blank_lines_before_a_comment",
            ),
            pytest.param(
                "b:\n  x: |+\n    1\n\nd: 4",
                "b:\n  x: |+\n    1\n\nc: 3\nd: 4",
                id="nested_block_that_keeps_blank_lines",
            ),
            pytest.param("b:\n  x: 1\n  y: 2 # 2\nd: 4\n", "b:\n  x: 1\n  y: 2 # 2\nc: 3\nd: 4\n", id="mapping"),
            pytest.param("b:\n  - 1\n  - 2\n\nd: 4\n", "b:\n  - 1\n  - 2\nc: 3\n\nd: 4\n", id="list"),
            pytest.param("b:\n- 1\n- 2\nd: 4\n", "b:\n- 1\n- 2\nc: 3\nd: 4\n", id="list_not_indented"),
            pytest.param("b:\n  - x: 1\n    y: |\n      2\n", "b:\n  - x: 1\n    y: |\n      2\nc: 3\n", id="deep"),
            pytest.param("b: [1,\n  2] # two\nd: 4\n", "b: [1,\n  2] # two\nc: 3\nd: 4\n", id="flow_on_two_lines"),
            pytest.param("b: {x: 1,\n}\nd: 4\n", "b: {x: 1,\n}\nc: 3\nd: 4\n", id="flow_mapping_that_ends_at_the_left"),
        ],
    )
    def test_new_key_follows_the_last_line_of_the_value_before_it(self, text: str, after: str) -> None:
        """In whatever style the value before it is written, the new line follows its last line and changes none."""
        assert insert(text, "c", "3") == after

    @needs_libyaml
    def test_new_key_after_a_line_with_tabs_keeps_the_tabs(self) -> None:
        """Tabs after a colon and before a comment stay."""
        assert insert_with_libyaml("b:\t2\t# two\nd: 4\n", "c", "3") == "b:\t2\t# two\nc: 3\nd: 4\n"

    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("a: 1 # one\n     # two\nd: 4\n", "a: 1 # one\n     # two\nc: 3\nd: 4\n", id="beside"),
            pytest.param("a: 1\n  # one\n\nd: 4\n", "a: 1\n  # one\nc: 3\n\nd: 4\n", id="below"),
            pytest.param("a: 1\n # one\nd: 4\n", "a: 1\n # one\nc: 3\nd: 4\n", id="below_by_one_space"),
            pytest.param("a: 1 # 1\n\n  # 2\n  # 3\n", "a: 1 # 1\n\n  # 2\n  # 3\nc: 3\n", id="over_a_blank_line"),
            pytest.param("a: 1 # 1\r\n  # 2", "a: 1 # 1\r\n  # 2\r\nc: 3", id="with_crlf_at_the_end"),
        ],
    )
    def test_comment_of_several_lines_stays_whole(self, text: str, after: str) -> None:
        """A comment that is indented further than the keys belongs to the key above it."""
        assert insert(text, "c", "3") == after

    @pytest.mark.parametrize("rare", ["\x85", "\u2028", "\u2029"], ids=["next_line", "line", "paragraph"])
    @pytest.mark.parametrize("rest", ["", "# more"], ids=["last", "inside"])
    def test_new_key_follows_a_rare_line_separator_in_a_comment(self, rare: str, rest: str) -> None:
        """A character that ends a line only in YAML 1.1 stays inside its comment, which is not split."""
        text = f"b: 2 # two{rare}{rest}\nd: 4\n"
        assert insert(text, "c", "3") == f"b: 2 # two{rare}{rest}\nc: 3\nd: 4\n"

    @pytest.mark.parametrize("rare", ["\x85", "\u2028", "\u2029"], ids=["next_line", "line", "paragraph"])
    def test_rare_line_separator_is_never_copied(self, rare: str) -> None:
        """A new line never ends with a separator of YAML 1.1, and the text keeps its meaning."""
        after = insert(f"b: 2 # two{rare}# more\r\nd: 4\r\n", "c", "3")
        assert (after.count(rare), load_yaml(after)) == (1, {"b": "2", "c": "3", "d": "4"})

    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("{}", "{c: 3}", id="empty"),
            pytest.param("{  }", "{c: 3  }", id="empty_with_spaces"),
            pytest.param("{ # none\n}", "{c: 3 # none\n}", id="empty_with_a_comment"),
            pytest.param("{a: 1, d: 4}", "{a: 1, c: 3, d: 4}", id="between_two"),
            pytest.param("{d: 4}", "{d: 4, c: 3}", id="after_all_if_no_earlier_key_exists"),
            pytest.param("{a: 1,}", "{a: 1, c: 3,}", id="trailing_comma"),
            pytest.param("{ a: 1 }", "{ a: 1, c: 3 }", id="spaces_inside"),
            pytest.param('{"a":1,"d":4}', '{"a":1, "c": 3,"d":4}', id="json"),
            pytest.param("{a, d: 4}", "{a, c: 3, d: 4}", id="a_key_without_a_colon"),
            pytest.param("{? a : 1, d: 4}", "{? a : 1, c: 3, d: 4}", id="an_explicit_key"),
            pytest.param("{a: {x: 1}, d: [4]}", "{a: {x: 1}, c: 3, d: [4]}", id="after_a_mapping"),
            pytest.param("{a: '😀 #', d: 4}", "{a: '😀 #', c: 3, d: 4}", id="after_an_astral_character"),
            pytest.param("{a: x\n y, d: 4}", "{a: x\n y, c: 3, d: 4}", id="after_words_on_two_lines"),
            pytest.param("{\n  a: 1,\n  d: 4,\n}\n", "{\n  a: 1, c: 3,\n  d: 4,\n}\n", id="one_key_per_line"),
            pytest.param("{a: 1, # one\n d: 4}", "{a: 1, c: 3, # one\n d: 4}", id="comment_after_the_comma"),
            pytest.param("{a: 1 # one\n, d: 4}", "{a: 1, c: 3 # one\n, d: 4}", id="comment_before_the_comma"),
            pytest.param("{a: 1 # one\n}", "{a: 1, c: 3 # one\n}", id="comment_before_the_end"),
            pytest.param("[{a: 1}, {a: 9}]", "[{a: 1, c: 3}, {a: 9}]", id="in_a_list"),
            pytest.param("- {a: 1} # one\n- {a: 9}", "- {a: 1, c: 3} # one\n- {a: 9}", id="in_an_item"),
            pytest.param("{a: 1,\r\n d: 4}\r\n", "{a: 1, c: 3,\r\n d: 4}\r\n", id="crlf"),
        ],
    )
    def test_new_key_in_flow_style_stays_in_flow_style(self, text: str, after: str) -> None:
        """In flow style the new key follows the one before it on the same line."""
        assert insert(text, "c", "3") == after

    @pytest.mark.parametrize("text", ["{a: , d: 4}", "{a:\n, d: 4}"], ids=["space", "line"])
    def test_new_key_in_flow_style_after_a_key_without_value_is_valid(self, text: str) -> None:
        """An empty value before a comma is a value; each parser puts it on another side of the space."""
        for parser in EACH_PARSER:
            [after] = edits(text, lambda owner: set_value(text, owner, ("c",), "3", ORDER), (parser,))
            assert load_yaml(after, parser) == {"a": None, "c": "3", "d": "4"}


class TestDeeperPath:
    """A value below several keys is inserted together with the mappings that are missing."""

    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("a: 1\n", "a: 1\nl:\n  x: 2\n", id="not_there"),
            pytest.param("a: 1", "a: 1\nl:\n  x: 2", id="not_there_and_no_line_end"),
            pytest.param("a: 1\r\nm: 3\r\n", "a: 1\r\nl:\r\n  x: 2\r\nm: 3\r\n", id="not_there_with_crlf"),
            pytest.param("- a: 1\n- a: 9\n", "- a: 1\n  l:\n    x: 2\n- a: 9\n", id="not_there_in_an_item"),
            pytest.param("{a: 1}", "{a: 1, l: {x: 2}}", id="not_there_in_flow_style"),
            pytest.param("{}", "{l: {x: 2}}", id="not_there_in_empty_flow_mapping"),
            pytest.param("l:\n  w: 1\n", "l:\n  w: 1\n  x: 2\n", id="with_a_key"),
            pytest.param("l:\n  w: 1\n  y: 3\n", "l:\n  w: 1\n  x: 2\n  y: 3\n", id="with_keys_around"),
            pytest.param("l:\n      w: 1\nm: 3\n", "l:\n      w: 1\n      x: 2\nm: 3\n", id="deeply_indented"),
            pytest.param("l: # c\n  # d\n  w: 1 # e\n", "l: # c\n  # d\n  w: 1 # e\n  x: 2\n", id="with_comments"),
            pytest.param("l: {w: 1}\n", "l: {w: 1, x: 2}\n", id="with_a_key_in_flow_style"),
            pytest.param("{l: {w: 1, y: 3}}", "{l: {w: 1, x: 2, y: 3}}", id="in_flow_style_with_keys_around"),
            pytest.param("l: {}\n", "l: {x: 2}\n", id="empty_flow_mapping"),
            pytest.param("l: {  } # c", "l: {x: 2  } # c", id="empty_flow_mapping_with_spaces"),
            pytest.param("l: { # c\n  }\n", "l: {x: 2 # c\n  }\n", id="empty_flow_mapping_with_a_comment"),
            pytest.param("l:\n", "l:\n  x: 2\n", id="no_value"),
            pytest.param("l:", "l:\n  x: 2", id="no_value_and_no_line_end"),
            pytest.param("a: 1\r\nl:", "a: 1\r\nl:\r\n  x: 2", id="no_value_at_the_end_with_crlf"),
            pytest.param("l:\rm: 3\r", "l:\r  x: 2\rm: 3\r", id="no_value_on_a_classic_mac"),
            pytest.param("l:   \nm: 3\n", "l:   \n  x: 2\nm: 3\n", id="only_spaces"),
            pytest.param("l:   # c\nm: 3\n", "l:   # c\n  x: 2\nm: 3\n", id="only_a_comment"),
            pytest.param("l: # c\n# d\n\nm: 3\n", "l: # c\n  x: 2\n# d\n\nm: 3\n", id="only_comments"),
            pytest.param("- l:\n  m: 3\n", "- l:\n    x: 2\n  m: 3\n", id="no_value_after_the_dash"),
            pytest.param("-   l:\n", "-   l:\n      x: 2\n", id="no_value_after_a_dash_and_spaces"),
            pytest.param("l: ~\n", "l: {x: 2}\n", id="a_tilde"),
            pytest.param("l: ~ # c", "l: {x: 2} # c", id="a_tilde_with_a_comment"),
            pytest.param("l:\n  null\nm: 3\n", "l:\n  {x: 2}\nm: 3\n", id="null_on_the_next_line"),
            pytest.param("{l: ~, m: 3}", "{l: {x: 2}, m: 3}", id="a_tilde_in_flow_style"),
            pytest.param("? l\n: w: 1\nm: 3\n", "? l\n: w: 1\n  x: 2\nm: 3\n", id="below_an_explicit_key"),
        ],
    )
    def test_missing_or_empty_mapping_on_the_path_is_written(self, text: str, after: str) -> None:
        """An existing mapping gets the key; a missing or empty one is written in the style around it."""
        assert insert(text, "lx", "2") == after

    @needs_libyaml
    def test_mapping_that_is_only_a_tab_counts_as_empty(self) -> None:
        """A tab and nothing else after the colon is no value."""
        assert insert_with_libyaml("l:\t# c\nm:\t\n", "lx", "2") == "l:\t# c\n  x: 2\nm:\t\n"

    def test_empty_value_in_flow_style_becomes_a_flow_mapping(self) -> None:
        """An empty value before a comma is replaced by a mapping in flow style."""
        text = "{l: , m: 3}"
        for parser in EACH_PARSER:
            [after] = edits(text, lambda owner: set_value(text, owner, ("l", "x"), "2", ORDER), (parser,))
            assert load_yaml(after, parser) == {"l": {"x": "2"}, "m": "3"}

    @pytest.mark.parametrize(
        ("text", "path", "value", "after"),
        [
            pytest.param("a: 1\n", "b", ["2", "3"], "a: 1\nb: [2, 3]\n", id="list"),
            pytest.param("a: 1\n", "lx", ["2"], "a: 1\nl:\n  x: [2]\n", id="list_deeper"),
            pytest.param("{a: 1}", "b", ["2", "3"], "{a: 1, b: [2, 3]}", id="list_in_flow_style"),
            pytest.param("b: # c\n", "b", ["2"], "b: [2] # c\n", id="list_replaces_no_value"),
            pytest.param("b: '1'\n", "b", ["2"], "b: [2]\n", id="list_replaces_quotes"),
            pytest.param("a: 1\n", "b", {"x": "2", "y": "3"}, "a: 1\nb:\n  x: 2\n  y: 3\n", id="mapping"),
            pytest.param("{a: 1}", "b", {"x": "2", "y": ["3"]}, "{a: 1, b: {x: 2, y: [3]}}", id="in_flow_style"),
            pytest.param(
                "- a: 1\n",
                "b",
                {"x": {"y": ["2"]}, "z": "3"},
                "- a: 1\n  b:\n    x:\n      y: [2]\n    z: 3\n",
                id="mappings_in_mappings",
            ),
            pytest.param("b:\n  x: 1\n", "b", {"y": "2"}, "b:\n  {y: 2}\n", id="mapping_for_a_mapping"),
            pytest.param("b:\na: 1\n", "b", {"y": "2"}, "b:\n  y: 2\na: 1\n", id="mapping_for_no_value"),
            pytest.param("a: 1\n", "lxyz", "2", "a: 1\nl:\n  x:\n    y:\n      z: 2\n", id="four_keys"),
        ],
    )
    def test_inserted_mapping_gets_lines_and_list_gets_brackets(
        self, text: str, path: str, value: Value, after: str
    ) -> None:
        """A mapping is written in lines, a list in brackets; what replaces a value stays on its line."""
        assert insert(text, path, value) == after


class TestReplacement:
    """A value is replaced, and every character around it stays."""

    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("a: 1\nb: 2\n", "a: 9\nb: 2\n", id="word"),
            pytest.param("a: 1", "a: 9", id="word_at_the_end"),
            pytest.param("a:    1   # one\n", "a:    9   # one\n", id="word_with_spaces_and_a_comment"),
            pytest.param("a: 1\r\nb: 2\r\n", "a: 9\r\nb: 2\r\n", id="word_with_crlf"),
            pytest.param("a:\n    1\nb: 2\n", "a:\n    9\nb: 2\n", id="word_on_the_next_line"),
            pytest.param("a: # one\n    1\nb: 2\n", "a: # one\n    9\nb: 2\n", id="word_below_a_comment"),
            pytest.param("a: x\n  y\nb: 2\n", "a: 9\nb: 2\n", id="words_on_two_lines"),
            pytest.param("a: '1' # one\n", "a: '9' # one\n", id="single_quotes"),
            pytest.param('a: "1"\n', 'a: "9"\n', id="double_quotes"),
            pytest.param("a: ''\n", "a: '9'\n", id="empty_quotes"),
            pytest.param("a: 'x\n  y'\nb: 2\n", "a: '9'\nb: 2\n", id="quotes_on_two_lines"),
            pytest.param("a: |\n  1\nb: 2\n", "a: 9\nb: 2\n", id="literal_block"),
            pytest.param("a: >-\n  1\n\n# of b\nb: 2\n", "a: 9\n\n# of b\nb: 2\n", id="folded_block"),
            pytest.param("a: [1,\n 2]\nb: 2\n", "a: 9\nb: 2\n", id="list"),
            pytest.param("a: {x: 1} # one\n", "a: 9 # one\n", id="mapping"),
            pytest.param("a:\n", "a: 9\n", id="no_value"),
            pytest.param("a:", "a: 9", id="no_value_and_no_line_end"),
            pytest.param("a:   # one\n", "a: 9   # one\n", id="only_a_comment"),
            pytest.param("a: ~ # one\n", "a: 9 # one\n", id="a_tilde"),
            pytest.param("a: null\n", "a: 9\n", id="null"),
            pytest.param("- a:\n  b: 2\n", "- a: 9\n  b: 2\n", id="no_value_after_a_dash"),
            pytest.param("{a: 1, b: 2}", "{a: 9, b: 2}", id="in_flow_style"),
            pytest.param("{b: 2, a: '1'}", "{b: 2, a: '9'}", id="quotes_in_flow_style"),
            pytest.param('{"a":1}', '{"a":9}', id="json"),
            pytest.param("{a: ~}", "{a: 9}", id="a_tilde_in_flow_style"),
            pytest.param("? a\n: 1\n", "? a\n: 9\n", id="below_an_explicit_key"),
            pytest.param("'a': 1\n", "'a': 9\n", id="below_a_key_in_quotes"),
            pytest.param("😀: '😀'\na: 1\n", "😀: '😀'\na: 9\n", id="after_astral_characters"),
        ],
    )
    def test_replaced_value_keeps_its_quotes_and_comment(self, text: str, after: str) -> None:
        """The new value has the quotes of the old one, and the comment beside it stays."""
        assert insert(text, "a", "9") == after

    @needs_libyaml
    def test_replaced_value_between_tabs_keeps_the_tabs(self) -> None:
        """Tabs around a value stay."""
        assert insert_with_libyaml("a:\t1\t# one\n", "a", "9") == "a:\t9\t# one\n"

    @pytest.mark.parametrize("text", ["a: |+\n  1\n\nb: 2\n", "a: >+\n  1\nb: 2\n"])
    def test_replaced_block_that_keeps_blank_lines_leaves_the_next_key_on_its_own_line(self, text: str) -> None:
        """The key after such a block still begins on its own line."""
        assert load_yaml(insert(text, "a", "9")) == {"a": "9", "b": "2"}


class TestAppend:
    """One more item is added to a list, and every other character stays."""

    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("x:\n  - 1\n", "x:\n  - 1\n  - 2\n", id="one_item"),
            pytest.param("x:\n  - 1", "x:\n  - 1\n  - 2", id="no_line_end"),
            pytest.param("x:\r\n  - 1\r\n", "x:\r\n  - 1\r\n  - 2\r\n", id="crlf"),
            pytest.param("x:\r\n  - 1", "x:\r\n  - 1\r\n  - 2", id="crlf_but_the_last"),
            pytest.param("x:\r  - 1\ry: 3\r", "x:\r  - 1\r  - 2\ry: 3\r", id="classic_mac_line_ends"),
            pytest.param("x:\n- 0\n- 1\ny: 3\n", "x:\n- 0\n- 1\n- 2\ny: 3\n", id="not_indented"),
            pytest.param("- x:\n  - 1\n  y: 3\n", "- x:\n  - 1\n  - 2\n  y: 3\n", id="not_indented_in_an_item"),
            pytest.param("x:\n      - 1\n", "x:\n      - 1\n      - 2\n", id="deeply_indented"),
            pytest.param("x:\n  -   1\n", "x:\n  -   1\n  - 2\n", id="dash_and_spaces"),
            pytest.param("x:\n  -\n    1\n", "x:\n  -\n    1\n  - 2\n", id="item_below_its_dash"),
            pytest.param("x:\n  - '1' # o-n-e\n", "x:\n  - '1' # o-n-e\n  - 2\n", id="quotes_and_a_comment"),
            pytest.param("x:\n  - 1\n\n# of y\ny: 3\n", "x:\n  - 1\n  - 2\n\n# of y\ny: 3\n", id="before_a_comment"),
            pytest.param("x: # c\n  # d\n  - 1\n", "x: # c\n  # d\n  - 1\n  - 2\n", id="after_comments"),
            pytest.param("x:\n  - a: 1\n    b: 3\n", "x:\n  - a: 1\n    b: 3\n  - 2\n", id="mapping_as_item"),
            pytest.param("x:\n  - |\n    1\n\ny: 3\n", "x:\n  - |\n    1\n  - 2\n\ny: 3\n", id="block_as_item"),
            pytest.param(
                "x:\n  - |+\n    1\n\ny: 3\n",
                "x:\n  - |+\n    1\n\n  - 2\ny: 3\n",
                id="block_with_kept_blank_lines_as_item",
            ),
            pytest.param("x:\n  - 陳 😀\n", "x:\n  - 陳 😀\n  - 2\n", id="astral_character"),
            pytest.param("x: []\n", "x: [2]\n", id="empty_flow_list"),
            pytest.param("x: [ ]\n", "x: [2 ]\n", id="empty_flow_list_with_a_space"),
            pytest.param("x: [ # none\n  ]\n", "x: [2 # none\n  ]\n", id="empty_flow_list_with_a_comment"),
            pytest.param("x: [1] # one\n", "x: [1, 2] # one\n", id="flow_list"),
            pytest.param("x: [ '1' ]", "x: [ '1', 2 ]", id="flow_list_with_spaces"),
            pytest.param("x: [1,]\n", "x: [1, 2,]\n", id="trailing_comma"),
            pytest.param("x: [\n  0,\n  1,\n]\n", "x: [\n  0,\n  1, 2,\n]\n", id="flow_list_on_lines_of_their_own"),
            pytest.param("x: [1, # one\n  ]", "x: [1, 2, # one\n  ]", id="comment_after_the_comma"),
            pytest.param("x: [1 # one\n  ]", "x: [1, 2 # one\n  ]", id="comment_before_the_end"),
            pytest.param("{x: [1], y: 3}", "{x: [1, 2], y: 3}", id="in_flow_style"),
            pytest.param("{x: ['😀 ]'], y: 3}", "{x: ['😀 ]', 2], y: 3}", id="after_a_bracket_in_quotes"),
        ],
    )
    def test_appended_item_is_written_as_the_items_before_it(self, text: str, after: str) -> None:
        """The new item gets a dash below the other dashes, or a place inside the brackets."""
        assert append(text, "2") == after
