"""Removals from YAML text, character by character."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from edit.yaml_texts import load_yaml, remove

if TYPE_CHECKING:
    from lorplan.planfile.yaml_tree import Path


class TestBlockStyle:
    """A value in block style is removed with its lines, and every other character stays."""

    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("a: 1\nb: 2\nc: 3\n", "a: 1\nc: 3\n", id="in_the_middle"),
            pytest.param("b: 2\nc: 3\n", "c: 3\n", id="first"),
            pytest.param("a: 1\nb: 2\n", "a: 1\n", id="last"),
            pytest.param("a: 1\nb: 2", "a: 1", id="last_without_a_line_end"),
            pytest.param("a: 1\r\nb: 2", "a: 1", id="last_without_a_line_end_with_crlf"),
            pytest.param("a: 1\rb: 2", "a: 1", id="last_without_a_line_end_on_a_classic_mac"),
            pytest.param("# c\nb: 2", "# c", id="last_below_a_comment"),
            pytest.param("a: 1\r\nb: 2\r\nc: 3\r\n", "a: 1\r\nc: 3\r\n", id="crlf"),
            pytest.param("a: 1\rb: 2\rc: 3\r", "a: 1\rc: 3\r", id="classic_mac_line_ends"),
            pytest.param("a: 1\n\nb: 2\n\nc: 3\n", "a: 1\n\n\nc: 3\n", id="between_blank_lines"),
            pytest.param("a: 1\nb: 2   \nc: 3\n", "a: 1\nc: 3\n", id="with_spaces_after_it"),
            pytest.param("b: 2\n", "", id="only_line"),
            pytest.param("b: 2", "", id="only_line_without_a_line_end"),
            pytest.param("---\nb: 2\n...\n", "---\n...\n", id="all_between_document_marks"),
            pytest.param("b:\nc: 3\n", "c: 3\n", id="no_value"),
            pytest.param("b: 2\n😀: 3\n", "😀: 3\n", id="before_an_astral_character"),
            pytest.param("a: 😀\nb: e\u0301\nc: 3\n", "a: 😀\nc: 3\n", id="after_an_astral_character"),
            pytest.param("'b': 2\nc: 3\n", "c: 3\n", id="key_in_quotes"),
            pytest.param("a: 1\nb: x\n  y\nc: 3\n", "a: 1\nc: 3\n", id="words_on_two_lines"),
            pytest.param("a: 1\nb:\n  2\nc: 3\n", "a: 1\nc: 3\n", id="word_on_the_next_line"),
            pytest.param("a: 1\nb: 'x\n\n  y'\nc: 3\n", "a: 1\nc: 3\n", id="quotes_on_three_lines"),
            pytest.param("b: |\n  x\n\n  y\n\nc: 3\n", "\nc: 3\n", id="literal_block"),
            pytest.param("a: 1\nb: >-\n  x\n  y\n# of c\nc: 3\n", "a: 1\n# of c\nc: 3\n", id="folded_block"),
            pytest.param("a: 1\nb: |\n  x", "a: 1", id="block_at_the_end"),
            pytest.param("b: [1,\n  2]\nc: 3\n", "c: 3\n", id="flow_list_on_two_lines"),
            pytest.param("b:\n  x: 1\n  y: 2\nc: 3\n", "c: 3\n", id="mapping"),
            pytest.param("b:\n- 1\n- 2\nc: 3\n", "c: 3\n", id="list_not_indented"),
        ],
    )
    def test_removed_key_takes_its_value_and_line_end_with_it(self, text: str, after: str) -> None:
        """A key is removed with its value and its line end; the lines around it stay."""
        assert remove(text, "b") == after

    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("a: 1\nb: 2 # two\nc: 3\n", "a: 1\n# two\nc: 3\n", id="beside"),
            pytest.param("a: 1\nb: 2 # two", "a: 1\n# two", id="beside_at_the_end"),
            pytest.param("- a: 1\n  b: 2   # two\n", "- a: 1\n  # two\n", id="beside_in_an_item"),
            pytest.param("b: [1,\n  2] # two\nc: 3\n", "# two\nc: 3\n", id="beside_the_last_of_two_lines"),
            pytest.param("# of b\nb: 2\n# of c\nc: 3\n", "# of b\n# of c\nc: 3\n", id="above_and_below"),
            pytest.param("a: 1\nb: 2 # a: 1 # x\n", "a: 1\n# a: 1 # x\n", id="that_looks_like_yaml"),
        ],
    )
    def test_comment_beside_a_removed_key_stays(self, text: str, after: str) -> None:
        """A comment beside a removed key keeps its line; comments above and below stay."""
        assert remove(text, "b") == after

    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("- b: 2\n  c: 3\n", "- c: 3\n", id="the_next_key_comes_after_the_dash"),
            pytest.param("- b: 2\r\n  c: 3\r\n", "- c: 3\r\n", id="with_crlf"),
            pytest.param("-   b: 2\n    c: 3\n    d: 4\n", "-   c: 3\n    d: 4\n", id="after_a_dash_and_spaces"),
            pytest.param("- b: 2\n\n  c: 3\n", "- c: 3\n", id="over_a_blank_line"),
            pytest.param("- b:\n    x: 1\n    y: 2\n  c: 3\n", "- c: 3\n", id="of_several_lines"),
            pytest.param("- b: |\n    x\n\n  c: 3\n", "- c: 3\n", id="a_block"),
            pytest.param("- b: 2 # two\n  c: 3\n", "- # two\n  c: 3\n", id="a_comment_stays_beside_the_dash"),
            pytest.param("- b: 2\n  # of c\n  c: 3\n", "- \n  # of c\n  c: 3\n", id="a_comment_between_stays"),
            pytest.param("-\n  b: 2\n  c: 3\n", "-\n  c: 3\n", id="below_the_dash"),
            pytest.param("- # one\n  b: 2\n  c: 3\n", "- # one\n  c: 3\n", id="below_the_dash_and_a_comment"),
        ],
    )
    def test_removed_first_key_of_an_item_leaves_its_dash_to_the_next_key(self, text: str, after: str) -> None:
        """The dash of an item stays, and the next key follows it."""
        assert remove(text, "b") == after

    @pytest.mark.parametrize(
        ("text", "number", "after"),
        [
            pytest.param("x:\n  - 1\n  - 2\n", 0, "x:\n  - 2\n", id="first"),
            pytest.param("x:\n  - 1\n  - 2\n", 1, "x:\n  - 1\n", id="last"),
            pytest.param("x:\n  - 1\n  - 2", 1, "x:\n  - 1", id="last_without_a_line_end"),
            pytest.param("x:\n- 1\n- 2\ny: 3\n", 0, "x:\n- 2\ny: 3\n", id="not_indented"),
            pytest.param("x:\r\n- 1\r\n- 2\r\n", 1, "x:\r\n- 1\r\n", id="crlf"),
            pytest.param("x:\n  - 1 # one\n  - 2\n", 0, "x:\n  # one\n  - 2\n", id="a_comment_stays"),
            pytest.param("x:\n  -   '1'\n  - 2\n", 0, "x:\n  - 2\n", id="dash_and_spaces_and_quotes"),
            pytest.param("x:\n  -\n    1\n  - 2\n", 0, "x:\n  - 2\n", id="below_its_dash"),
            pytest.param("x:\n  - -1\n  - - 2\n", 0, "x:\n  - - 2\n", id="that_begins_with_a_dash"),
            pytest.param("x:\n  - 1-1\n  - 2\n", 0, "x:\n  - 2\n", id="with_a_dash_inside"),
            pytest.param("x:\n  - 1 # a-b\n  - 2\n", 1, "x:\n  - 1 # a-b\n", id="after_a_dash_in_a_comment"),
            pytest.param("x:\n  - a: 1\n    b: 3\n  - 2\n", 0, "x:\n  - 2\n", id="mapping"),
        ],
    )
    def test_removed_item_takes_its_dash_and_line_end_with_it(self, text: str, number: int, after: str) -> None:
        """An item is removed with its dash and its line end."""
        assert remove(text, "x", number) == after

    @pytest.mark.parametrize(
        ("text", "path", "after"),
        [
            pytest.param("l:\n  x: 1\nm: 2\n", ("l", "x"), "m: 2\n", id="mapping"),
            pytest.param("a: 1\nl:\n  x: 1", ("l", "x"), "a: 1", id="mapping_at_the_end_without_a_line_end"),
            pytest.param("a: 1\r\nl:\r\n  x: 1\r\n", ("l", "x"), "a: 1\r\n", id="mapping_with_crlf"),
            pytest.param("- l:\n    x: 1\n  m: 2\n", ("l", "x"), "- m: 2\n", id="mapping_after_the_dash"),
            pytest.param("l:\n  x: 1\n  y: 2\n", ("l", "x"), "l:\n  y: 2\n", id="not_if_another_key_is_left"),
            pytest.param("l: {x: 1}\nm: 2\n", ("l", "x"), "m: 2\n", id="flow_mapping"),
            pytest.param("x: [1]\nm: 2\n", ("x", 0), "m: 2\n", id="flow_list"),
            pytest.param("x:\n- 1\nm: 2\n", ("x", 0), "m: 2\n", id="list"),
            pytest.param("l:\n  w: 0\n  x:\n    - 1\n", ("l", "x", 0), "l:\n  w: 0\n", id="list_in_a_mapping"),
            pytest.param("l:\n  x:\n    - 1\nm: 2\n", ("l", "x", 0), "m: 2\n", id="list_and_its_mapping"),
            pytest.param("l:\n  x: # c\n    - 1\n", ("l", "x", 0), "l:\n  x: # c\n", id="not_around_a_comment"),
            pytest.param("l: # c\n  x:\n    - 1\n", ("l", "x", 0), "l: # c\n", id="up_to_a_comment"),
            pytest.param("l:\n  # c\n  x: 1\nm: 2\n", ("l", "x"), "l:\n  # c\nm: 2\n", id="not_below_a_comment"),
            pytest.param(
                "l: # c\n  {x: 1}\n", ("l", "x"), "l: # c\n  {}\n", id="not_around_a_comment_before_flow_mapping"
            ),
            pytest.param("l: {x: 1 # c\n  }\n", ("l", "x"), "l: { # c\n  }\n", id="not_around_a_comment_in_flow_style"),
            pytest.param(
                "l: { # c\n  x: 1}\n",
                ("l", "x"),
                "l: { # c\n  }\n",
                id="not_around_a_comment_at_the_start_of_a_flow_mapping",
            ),
            pytest.param("l:\n  x: 1\n  # c\nm: 2\n", ("l", "x"), "l:\n  # c\nm: 2\n", id="not_above_a_comment"),
            pytest.param("l:\n  x: 1\n\n  # c", ("l", "x"), "l:\n\n  # c", id="not_above_a_comment_after_a_blank_line"),
            pytest.param("l:\n  x: 1\n # c\nm: 2\n", ("l", "x"), " # c\nm: 2\n", id="above_a_comment_of_the_next_key"),
            pytest.param("l:\n  x: 1\nm: 2 # c\n", ("l", "x"), "m: 2 # c\n", id="above_a_line_with_a_comment"),
            pytest.param("l:\n  x: 1 # c\nm: 2\n", ("l", "x"), "# c\nm: 2\n", id="comment_beside_it_stays"),
        ],
    )
    def test_removed_last_value_takes_its_container_with_it_unless_a_comment_is_in_it(
        self, text: str, path: Path, after: str
    ) -> None:
        """A container that would be left empty is removed, unless it holds a comment."""
        assert remove(text, *path) == after

    def test_removed_block_that_keeps_blank_lines_takes_them_with_it(self) -> None:
        """Blank lines that a block keeps are part of it."""
        assert remove("- b: |+\n    x\n\n  c: 3\n", "b") == "- c: 3\n"

    def test_removed_block_at_the_end_of_an_item_keeps_the_next_item_in_place(self) -> None:
        """The item after such a block keeps its indentation."""
        assert remove("- a: 1\n  b: |+\n    x\n\n- a: 9\n", "b") == "- a: 1\n- a: 9\n"


class TestFlowStyle:
    """A value in flow style is removed with one comma, and every other character stays."""

    @pytest.mark.parametrize(
        ("text", "key", "after"),
        [
            pytest.param("{a: 1, b: 2, c: 3}", "a", "{b: 2, c: 3}", id="first"),
            pytest.param("{a: 1, b: 2, c: 3}", "b", "{a: 1, c: 3}", id="in_the_middle"),
            pytest.param("{a: 1, b: 2, c: 3}", "c", "{a: 1, b: 2}", id="last"),
            pytest.param("{a: 1}", "a", "{}", id="only"),
            pytest.param("{ a: 1 }", "a", "{  }", id="only_with_spaces"),
            pytest.param("{a: 1,}", "a", "{}", id="only_with_a_trailing_comma"),
            pytest.param("{a: 1 ,}", "a", "{}", id="only_with_a_space_before_the_comma"),
            pytest.param("{a: 1, b: 2,}", "b", "{a: 1,}", id="last_with_a_trailing_comma"),
            pytest.param('{"a":1,"b":2}', "a", '{"b":2}', id="json"),
            pytest.param("{a: {x: [1]}, b: 2}", "a", "{b: 2}", id="mapping"),
            pytest.param("{a: '},😀', b: 2}", "a", "{b: 2}", id="quotes_with_a_brace_inside"),
            pytest.param("{a: 1, b: x\n  y, c: 3}", "b", "{a: 1, c: 3}", id="words_on_two_lines"),
            pytest.param("{\n  a: 1,\n  b: 2,\n}\n", "a", "{\n  b: 2,\n}\n", id="first_of_lines"),
            pytest.param("{\n  a: 1,\n  b: 2,\n}\n", "b", "{\n  a: 1,\n}\n", id="last_of_lines"),
            pytest.param("{\r\n  a: 1,\r\n  b: 2\r\n}", "b", "{\r\n  a: 1\r\n}", id="last_of_windows_lines"),
            pytest.param("{a: 1, # one\n b: 2}", "a", "{ # one\n b: 2}", id="first_before_a_comment"),
            pytest.param("{a: 1, # one\n b: 2}", "b", "{a: 1, # one\n }", id="last_after_a_comment"),
            pytest.param("{a: 1 # one\n, b: 2}", "b", "{a: 1 # one\n, }", id="last_after_a_comment_and_a_comma"),
            pytest.param("{a: 1, b: 2 # two\n}", "b", "{a: 1 # two\n}", id="last_before_a_comment"),
            pytest.param("{ # none\n a: 1, b: 2}", "a", "{ # none\n b: 2}", id="first_after_a_comment"),
            pytest.param(
                "{a: 1, # one\n b: 2, # two\n c: 3}", "b", "{a: 1, # one\n  # two\n c: 3}", id="between_comments"
            ),
            pytest.param("{a: 1, b: 2 # two\n, c: 3}", "b", "{a: 1 # two\n, c: 3}", id="comment_before_the_comma"),
        ],
    )
    def test_removed_key_in_flow_style_takes_one_comma_with_it(self, text: str, key: str, after: str) -> None:
        """A key is removed with a comma beside it; comments, line ends and a trailing comma stay."""
        assert remove(text, key) == after
        assert load_yaml(after) == {name: value for name, value in load_yaml(text).items() if name != key}

    @pytest.mark.parametrize(
        ("text", "number", "after"),
        [
            pytest.param("x: [1, 2, 3]\n", 0, "x: [2, 3]\n", id="first"),
            pytest.param("x: [1, 2, 3]\n", 1, "x: [1, 3]\n", id="in_the_middle"),
            pytest.param("x: [1, 2, 3]\n", 2, "x: [1, 2]\n", id="last"),
            pytest.param("x: [1, 2,]\n", 1, "x: [1,]\n", id="last_with_a_trailing_comma"),
            pytest.param("x: [\n  1, # one\n  2, # two\n]\n", 0, "x: [\n   # one\n  2, # two\n]\n", id="a_comment"),
            pytest.param("x: [\n  1, # one\n  2, # two\n]\n", 1, "x: [\n  1, # one\n   # two\n]\n", id="comments"),
            pytest.param("x: [1 # one\n  ]\n", 0, "x: [ # one\n  ]\n", id="the_only_one_beside_a_comment"),
            pytest.param("{x: [1], y: 2}", 0, "{y: 2}", id="the_only_one_with_its_key"),
            pytest.param("{w: 0, x: [1,]}", 0, "{w: 0}", id="the_only_one_of_the_last_key"),
        ],
    )
    def test_removed_item_in_flow_style_takes_one_comma_with_it(self, text: str, number: int, after: str) -> None:
        """An item in brackets is removed with a comma beside it."""
        assert remove(text, "x", number) == after
