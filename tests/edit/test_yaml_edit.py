"""Changes to YAML text: what is put in or taken out, character by character, and what is left alone.

The texts are small, and their keys are single letters, which belong in the order of the alphabet. Where a text
is a list, its first item is changed.
"""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lorplan.edit.yaml_edit import Splice, append, put, take_out
from lorplan.planfile import yaml_tree as yamltext
from lorplan.planfile.yaml_tree import Mapping, Sequence, plain, read

if TYPE_CHECKING:
    from lorplan.edit.yaml_edit import Place, Value
    from lorplan.planfile.yaml_tree import Node

ORDER = tuple(ascii_lowercase)


@pytest.fixture(params=["C", "Python"])
def _each_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "Python":
        monkeypatch.setattr(yamltext, "_LOADER", yaml.Loader)


each_parser = pytest.mark.usefixtures("_each_parser")


def tree(text: str) -> Node:
    """Read a text that is YAML to its end."""
    document = read(text)
    assert document.root is not None
    assert (document.faults, document.complete) == ((), True)
    return document.root


def owner_in(text: str) -> Mapping:
    """Give the mapping of a text, or the first one of its list."""
    root = tree(text)
    owner = root.items[0] if isinstance(root, Sequence) else root
    assert isinstance(owner, Mapping)
    return owner


def with_value(text: str, path: str, value: Value) -> str:
    """Put a value under a path, whose keys are its letters."""
    return put(text, owner_in(text), tuple(path), value, ORDER).apply(text)


def with_item(text: str, item: str) -> str:
    """Put one more item behind the list under the first key."""
    first = next(iter(owner_in(text).entries.values())).value
    assert isinstance(first, Sequence)
    return append(text, first, item).apply(text)


def without(text: str, *places: Place) -> str:
    """Take out what stands at a path."""
    return take_out(text, owner_in(text), places).apply(text)


class TestSplice:
    @pytest.mark.parametrize(
        ("splice", "text"),
        [
            pytest.param(Splice(1, 2, "x"), "axc", id="in_the_place_of_something"),
            pytest.param(Splice(0, 0, "x"), "xabc", id="before_all"),
            pytest.param(Splice(3, 3, "x"), "abcx", id="behind_all"),
            pytest.param(Splice(0, 3, ""), "", id="takes_all"),
        ],
    )
    def test_changes_its_part_of_a_text_only(self, splice: Splice, text: str) -> None:
        """What lies before the start and from the end on stays."""
        assert splice.apply("abc") == text


class TestPutUnderANewKey:
    @each_parser
    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("a: 1\nb: 2\n", "a: 1\nb: 2\nc: 3\n", id="behind_the_last_of_the_earlier_keys"),
            pytest.param("a: 1\nd: 4\n", "a: 1\nc: 3\nd: 4\n", id="before_a_later_key"),
            pytest.param("d: 4\na: 1\ne: 5\n", "d: 4\na: 1\nc: 3\ne: 5\n", id="in_a_text_of_another_order"),
            pytest.param(
                "b: 2\nd: 4\na: 1\n", "b: 2\nd: 4\na: 1\nc: 3\n", id="behind_the_earlier_key_that_is_last"
            ),
            pytest.param("d: 4\ne: 5\n", "d: 4\ne: 5\nc: 3\n", id="behind_all_where_no_earlier_key_is"),
            pytest.param("a: 1\n_: 4\n", "a: 1\nc: 3\n_: 4\n", id="before_a_key_that_has_no_place_in_the_order"),
            pytest.param("- a: 1\n  d: 4\n- a: 9\n", "- a: 1\n  c: 3\n  d: 4\n- a: 9\n", id="in_an_item"),
            pytest.param("-   a: 1\n-   a: 9\n", "-   a: 1\n    c: 3\n-   a: 9\n", id="behind_a_wide_dash"),
            pytest.param("-\n  a: 1\n", "-\n  a: 1\n  c: 3\n", id="in_an_item_under_its_dash"),
            pytest.param("    a: 1\n    d: 4\n", "    a: 1\n    c: 3\n    d: 4\n", id="in_an_indented_text"),
            pytest.param("---\na: 1\n...\n", "---\na: 1\nc: 3\n...\n", id="between_document_marks"),
            pytest.param("'a': 1\n\"d\": 4\n", "'a': 1\nc: 3\n\"d\": 4\n", id="behind_a_key_in_quotes"),
            pytest.param("? b\n: 2\nd: 4\n", "? b\n: 2\nc: 3\nd: 4\n", id="behind_a_question_mark_key"),
        ],
    )
    def test_stands_where_it_belongs(self, text: str, after: str) -> None:
        """A new key gets a line of its own, indented as its neighbours and in the order given."""
        assert with_value(text, "c", "3") == after

    @each_parser
    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("a: 1", "a: 1\nc: 3", id="none_at_all"),
            pytest.param("a: 1\nb: 2", "a: 1\nb: 2\nc: 3", id="none_at_the_end"),
            pytest.param("a: 1\r\nd: 4\r\n", "a: 1\r\nc: 3\r\nd: 4\r\n", id="windows"),
            pytest.param("a: 1\r\nb: 2", "a: 1\r\nb: 2\r\nc: 3", id="windows_none_at_the_end"),
            pytest.param("a: 1\rd: 4\r", "a: 1\rc: 3\rd: 4\r", id="old_mac"),
            pytest.param("a: 1\rb: 2", "a: 1\rb: 2\rc: 3", id="old_mac_none_at_the_end"),
            pytest.param(
                "a: 1\r\nb: 2\nd: 4\r\n", "a: 1\r\nb: 2\nc: 3\nd: 4\r\n", id="both_as_on_the_line_before"
            ),
            pytest.param("a: 1\n\n\nd: 4\n", "a: 1\nc: 3\n\n\nd: 4\n", id="blank_lines_stay_before_the_later_key"),
            pytest.param("\n\na: 1\n\n", "\n\na: 1\nc: 3\n\n", id="blank_lines_at_both_ends"),
            pytest.param("a: 1   \nd: 4\n", "a: 1   \nc: 3\nd: 4\n", id="spaces_before_it"),
            pytest.param("a: 1\n   \nd: 4\n", "a: 1\nc: 3\n   \nd: 4\n", id="line_of_spaces"),
        ],
    )
    def test_ends_its_line_as_the_text_does(self, text: str, after: str) -> None:
        """A new line ends as the line before it; a text whose last line has no end keeps that."""
        assert with_value(text, "c", "3") == after

    @each_parser
    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("a: 1  # one\nd: 4\n", "a: 1  # one\nc: 3\nd: 4\n", id="beside"),
            pytest.param("a: 1 # one", "a: 1 # one\nc: 3", id="beside_at_the_end"),
            pytest.param("a: 1\n# of d\nd: 4\n", "a: 1\nc: 3\n# of d\nd: 4\n", id="between"),
            pytest.param("# top\n\na: 1\n# end\n", "# top\n\na: 1\nc: 3\n# end\n", id="above_and_below"),
            pytest.param("a: 1 # b: 2, 'x' # y\n", "a: 1 # b: 2, 'x' # y\nc: 3\n", id="that_looks_like_yaml"),
            pytest.param("a: '#' # one\n", "a: '#' # one\nc: 3\n", id="behind_a_sign_in_quotes"),
            pytest.param("a: 1 # 陳 😀 e\u0301\n", "a: 1 # 陳 😀 e\u0301\nc: 3\n", id="in_another_script"),
            pytest.param("- # one\n  a: 1\n", "- # one\n  a: 1\n  c: 3\n", id="behind_the_dash"),
        ],
    )
    def test_leaves_comments_with_their_lines(self, text: str, after: str) -> None:
        """A comment stays beside what it stands beside, and above what it stands above."""
        assert with_value(text, "c", "3") == after

    @each_parser
    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("b:\nd: 4\n", "b:\nc: 3\nd: 4\n", id="nothing"),
            pytest.param("b: # none\nd: 4\n", "b: # none\nc: 3\nd: 4\n", id="a_comment_only"),
            pytest.param("b: x\n  y\nd: 4\n", "b: x\n  y\nc: 3\nd: 4\n", id="words_on_two_lines"),
            pytest.param("b:\n  x\nd: 4\n", "b:\n  x\nc: 3\nd: 4\n", id="a_word_on_the_next_line"),
            pytest.param(
                "b: 'x\n\n  y'\nd: 4\n", "b: 'x\n\n  y'\nc: 3\nd: 4\n", id="single_quotes_on_three_lines"
            ),
            pytest.param('b: "x\\\n y"\nd: 4\n', 'b: "x\\\n y"\nc: 3\nd: 4\n', id="double_quotes_on_two_lines"),
            pytest.param("b: 😀 e\u0301\nd: 4\n", "b: 😀 e\u0301\nc: 3\nd: 4\n", id="astral_and_combining"),
            pytest.param("- b: 😀\n  d: 4\n", "- b: 😀\n  c: 3\n  d: 4\n", id="astral_in_an_item"),
            pytest.param("b: |\n  x\n\n  y\n\nd: 4\n", "b: |\n  x\n\n  y\nc: 3\n\nd: 4\n", id="literal_block"),
            pytest.param("b: |\n  x", "b: |\n  x\nc: 3", id="literal_block_at_the_end"),
            pytest.param(
                "b: |-\n  x\n\n# of d\nd: 4\n", "b: |-\n  x\nc: 3\n\n# of d\nd: 4\n", id="stripped_block"
            ),
            pytest.param("b: >-\n  x\n  y\nd: 4\n", "b: >-\n  x\n  y\nc: 3\nd: 4\n", id="folded_block"),
            pytest.param("b: |2\n    x\nd: 4\n", "b: |2\n    x\nc: 3\nd: 4\n", id="block_of_a_given_indentation"),
            pytest.param("b: |\n  # x\n  y: z\nd: 4\n", "b: |\n  # x\n  y: z\nc: 3\nd: 4\n", id="block_like_yaml"),
            pytest.param("b: |\nd: 4\n", "b: |\nc: 3\nd: 4\n", id="empty_block"),
            pytest.param("b: |+\n  x\n\nd: 4\n", "b: |+\n  x\n\nc: 3\nd: 4\n", id="block_that_keeps_blank_lines"),
            pytest.param("b: |+\n  x\n\n", "b: |+\n  x\n\nc: 3\n", id="such_a_block_at_the_end"),
            pytest.param(
                "b: |+\r\n  x\r\n\r\nd: 4\r\n", "b: |+\r\n  x\r\n\r\nc: 3\r\nd: 4\r\n", id="such_a_windows_block"
            ),
            pytest.param("- b: |+\n    x\n\n  d: 4\n", "- b: |+\n    x\n\n  c: 3\n  d: 4\n", id="such_in_an_item"),
            pytest.param("b: >+\n\n\nd: 4\n", "b: >+\n\n\nc: 3\nd: 4\n", id="a_block_of_blank_lines_only"),
            pytest.param(
                "b: |+\n  x\n  # y\n# z\nd: 4", "b: |+\n  x\n  # y\nc: 3\n# z\nd: 4", id="such_before_a_comment"
            ),
            pytest.param(
                "b:\n  x: |+\n    1\n\nd: 4", "b:\n  x: |+\n    1\n\nc: 3\nd: 4", id="such_a_block_inside"
            ),
            pytest.param("b:\n  x: 1\n  y: 2 # 2\nd: 4\n", "b:\n  x: 1\n  y: 2 # 2\nc: 3\nd: 4\n", id="mapping"),
            pytest.param("b:\n  - 1\n  - 2\n\nd: 4\n", "b:\n  - 1\n  - 2\nc: 3\n\nd: 4\n", id="list"),
            pytest.param("b:\n- 1\n- 2\nd: 4\n", "b:\n- 1\n- 2\nc: 3\nd: 4\n", id="list_that_is_not_indented"),
            pytest.param(
                "b:\n  - x: 1\n    y: |\n      2\n", "b:\n  - x: 1\n    y: |\n      2\nc: 3\n", id="deep"
            ),
            pytest.param("b: [1,\n  2] # two\nd: 4\n", "b: [1,\n  2] # two\nc: 3\nd: 4\n", id="flow_on_two_lines"),
            pytest.param("b: {x: 1,\n}\nd: 4\n", "b: {x: 1,\n}\nc: 3\nd: 4\n", id="flow_with_its_end_at_the_left"),
        ],
    )
    def test_comes_behind_the_whole_value_before_it(self, text: str, after: str) -> None:
        """However the value before it is written, the new line comes behind its last line, and changes none."""
        assert with_value(text, "c", "3") == after

    def test_comes_behind_tabs(self) -> None:
        """Tabs behind a colon and before a comment stay."""
        assert with_value("b:\t2\t# two\nd: 4\n", "c", "3") == "b:\t2\t# two\nc: 3\nd: 4\n"

    @each_parser
    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("a: 1 # one\n     # two\nd: 4\n", "a: 1 # one\n     # two\nc: 3\nd: 4\n", id="beside"),
            pytest.param("a: 1\n  # one\n\nd: 4\n", "a: 1\n  # one\nc: 3\n\nd: 4\n", id="below"),
            pytest.param("a: 1\n # one\nd: 4\n", "a: 1\n # one\nc: 3\nd: 4\n", id="below_by_one_space"),
            pytest.param("a: 1 # 1\n\n  # 2\n  # 3\n", "a: 1 # 1\n\n  # 2\n  # 3\nc: 3\n", id="over_a_blank_line"),
            pytest.param("a: 1 # 1\r\n  # 2", "a: 1 # 1\r\n  # 2\r\nc: 3", id="on_windows_at_the_end"),
        ],
    )
    def test_leaves_a_comment_of_several_lines_whole(self, text: str, after: str) -> None:
        """A comment that is indented further than the keys belongs to the key above it."""
        assert with_value(text, "c", "3") == after

    @each_parser
    @pytest.mark.parametrize("rare", ["\x85", "\u2028", "\u2029"], ids=["next_line", "line", "paragraph"])
    @pytest.mark.parametrize("rest", ["", "# more"], ids=["last", "inside"])
    def test_stands_on_a_line_that_every_editor_shows(self, rare: str, rest: str) -> None:
        """A rare character that ends a line in old YAML only stays inside its comment."""
        text = f"b: 2 # two{rare}{rest}\nd: 4\n"
        assert with_value(text, "c", "3") == f"b: 2 # two{rare}{rest}\nc: 3\nd: 4\n"

    @each_parser
    @pytest.mark.parametrize("rare", ["\x85", "\u2028", "\u2029"], ids=["next_line", "line", "paragraph"])
    def test_never_writes_a_rare_line_end(self, rare: str) -> None:
        """What ends a line in old YAML only is not written again, and the text still says the same."""
        after = with_value(f"b: 2 # two{rare}# more\r\nd: 4\r\n", "c", "3")
        assert (after.count(rare), plain(tree(after))) == (1, {"b": "2", "c": "3", "d": "4"})

    @each_parser
    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("{}", "{c: 3}", id="empty"),
            pytest.param("{  }", "{c: 3  }", id="empty_with_spaces"),
            pytest.param("{ # none\n}", "{c: 3 # none\n}", id="empty_with_a_comment"),
            pytest.param("{a: 1, d: 4}", "{a: 1, c: 3, d: 4}", id="between_two"),
            pytest.param("{d: 4}", "{d: 4, c: 3}", id="behind_all_where_no_earlier_key_is"),
            pytest.param("{a: 1,}", "{a: 1, c: 3,}", id="trailing_comma"),
            pytest.param("{ a: 1 }", "{ a: 1, c: 3 }", id="spaces_inside"),
            pytest.param('{"a":1,"d":4}', '{"a":1, c: 3,"d":4}', id="written_as_json"),
            pytest.param("{a, d: 4}", "{a, c: 3, d: 4}", id="a_key_without_a_colon"),
            pytest.param("{? a : 1, d: 4}", "{? a : 1, c: 3, d: 4}", id="a_question_mark_key"),
            pytest.param("{a: {x: 1}, d: [4]}", "{a: {x: 1}, c: 3, d: [4]}", id="behind_a_mapping"),
            pytest.param("{a: '😀 #', d: 4}", "{a: '😀 #', c: 3, d: 4}", id="behind_an_astral_character"),
            pytest.param("{a: x\n y, d: 4}", "{a: x\n y, c: 3, d: 4}", id="behind_words_on_two_lines"),
            pytest.param("{\n  a: 1,\n  d: 4,\n}\n", "{\n  a: 1, c: 3,\n  d: 4,\n}\n", id="one_key_a_line"),
            pytest.param("{a: 1, # one\n d: 4}", "{a: 1, c: 3, # one\n d: 4}", id="comment_behind_the_comma"),
            pytest.param("{a: 1 # one\n, d: 4}", "{a: 1, c: 3 # one\n, d: 4}", id="comment_before_the_comma"),
            pytest.param("{a: 1 # one\n}", "{a: 1, c: 3 # one\n}", id="comment_before_the_end"),
            pytest.param("[{a: 1}, {a: 9}]", "[{a: 1, c: 3}, {a: 9}]", id="in_a_list"),
            pytest.param("- {a: 1} # one\n- {a: 9}", "- {a: 1, c: 3} # one\n- {a: 9}", id="in_an_item"),
            pytest.param("{a: 1,\r\n d: 4}\r\n", "{a: 1, c: 3,\r\n d: 4}\r\n", id="windows_line_ends"),
        ],
    )
    def test_stays_in_braces(self, text: str, after: str) -> None:
        """In flow style the new key stands on the line of the one before it, without a new line."""
        assert with_value(text, "c", "3") == after

    @each_parser
    @pytest.mark.parametrize("text", ["{a: , d: 4}", "{a:\n, d: 4}"], ids=["space", "line"])
    def test_in_braces_comes_behind_a_key_with_nothing(self, text: str) -> None:
        """Nothing before a comma is a value like any other; the parsers place it on either side of the space."""
        assert plain(tree(with_value(text, "c", "3"))) == {"a": None, "c": "3", "d": "4"}


class TestPutDeeper:
    @each_parser
    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("a: 1\n", "a: 1\nl:\n  x: 2\n", id="not_there"),
            pytest.param("a: 1", "a: 1\nl:\n  x: 2", id="not_there_and_no_line_end"),
            pytest.param("a: 1\r\nm: 3\r\n", "a: 1\r\nl:\r\n  x: 2\r\nm: 3\r\n", id="not_there_on_windows"),
            pytest.param("- a: 1\n- a: 9\n", "- a: 1\n  l:\n    x: 2\n- a: 9\n", id="not_there_in_an_item"),
            pytest.param("{a: 1}", "{a: 1, l: {x: 2}}", id="not_there_in_braces"),
            pytest.param("{}", "{l: {x: 2}}", id="not_there_in_empty_braces"),
            pytest.param("l:\n  w: 1\n", "l:\n  w: 1\n  x: 2\n", id="with_a_key"),
            pytest.param("l:\n  w: 1\n  y: 3\n", "l:\n  w: 1\n  x: 2\n  y: 3\n", id="with_keys_around"),
            pytest.param("l:\n      w: 1\nm: 3\n", "l:\n      w: 1\n      x: 2\nm: 3\n", id="deeply_indented"),
            pytest.param("l: # c\n  # d\n  w: 1 # e\n", "l: # c\n  # d\n  w: 1 # e\n  x: 2\n", id="with_comments"),
            pytest.param("l: {w: 1}\n", "l: {w: 1, x: 2}\n", id="with_a_key_in_braces"),
            pytest.param("{l: {w: 1, y: 3}}", "{l: {w: 1, x: 2, y: 3}}", id="in_braces_with_keys_around"),
            pytest.param("l: {}\n", "l: {x: 2}\n", id="empty_braces"),
            pytest.param("l: {  } # c", "l: {x: 2  } # c", id="empty_braces_with_spaces"),
            pytest.param("l: { # c\n  }\n", "l: {x: 2 # c\n  }\n", id="empty_braces_with_a_comment"),
            pytest.param("l:\n", "l:\n  x: 2\n", id="nothing"),
            pytest.param("l:", "l:\n  x: 2", id="nothing_and_no_line_end"),
            pytest.param("a: 1\r\nl:", "a: 1\r\nl:\r\n  x: 2", id="nothing_at_the_end_on_windows"),
            pytest.param("l:\rm: 3\r", "l:\r  x: 2\rm: 3\r", id="nothing_on_an_old_mac"),
            pytest.param("l:   \nm: 3\n", "l:   \n  x: 2\nm: 3\n", id="nothing_but_spaces"),
            pytest.param("l:   # c\nm: 3\n", "l:   # c\n  x: 2\nm: 3\n", id="a_comment_only"),
            pytest.param("l: # c\n# d\n\nm: 3\n", "l: # c\n  x: 2\n# d\n\nm: 3\n", id="comments_only"),
            pytest.param("- l:\n  m: 3\n", "- l:\n    x: 2\n  m: 3\n", id="nothing_behind_the_dash"),
            pytest.param("-   l:\n", "-   l:\n      x: 2\n", id="nothing_behind_a_wide_dash"),
            pytest.param("l: ~\n", "l: {x: 2}\n", id="a_tilde"),
            pytest.param("l: ~ # c", "l: {x: 2} # c", id="a_tilde_with_a_comment"),
            pytest.param("l:\n  null\nm: 3\n", "l:\n  {x: 2}\nm: 3\n", id="null_on_the_next_line"),
            pytest.param("{l: ~, m: 3}", "{l: {x: 2}, m: 3}", id="a_tilde_in_braces"),
            pytest.param("? l\n: w: 1\nm: 3\n", "? l\n: w: 1\n  x: 2\nm: 3\n", id="under_a_question_mark_key"),
        ],
    )
    def test_makes_what_is_missing_on_the_way(self, text: str, after: str) -> None:
        """A path leads into the mapping that is there; one that is not, or is empty, is written in its style."""
        assert with_value(text, "lx", "2") == after

    def test_sees_a_tab_behind_the_colon(self) -> None:
        """A tab and nothing else is still nothing."""
        assert with_value("l:\t# c\nm:\t\n", "lx", "2") == "l:\t# c\n  x: 2\nm:\t\n"

    @each_parser
    def test_in_braces_takes_the_place_of_nothing(self) -> None:
        """Nothing before a comma becomes a mapping in braces; the parsers place it on either side of the space."""
        assert plain(tree(with_value("{l: , m: 3}", "lx", "2"))) == {"l": {"x": "2"}, "m": "3"}

    @each_parser
    @pytest.mark.parametrize(
        ("text", "path", "value", "after"),
        [
            pytest.param("a: 1\n", "b", ["2", "3"], "a: 1\nb: [2, 3]\n", id="list"),
            pytest.param("a: 1\n", "lx", ["2"], "a: 1\nl:\n  x: [2]\n", id="list_deeper"),
            pytest.param("{a: 1}", "b", ["2", "3"], "{a: 1, b: [2, 3]}", id="list_in_braces"),
            pytest.param("b: # c\n", "b", ["2"], "b: [2] # c\n", id="list_in_the_place_of_nothing"),
            pytest.param("b: '1'\n", "b", ["2"], "b: [2]\n", id="list_in_the_place_of_quotes"),
            pytest.param("a: 1\n", "b", {"x": "2", "y": "3"}, "a: 1\nb:\n  x: 2\n  y: 3\n", id="mapping"),
            pytest.param("{a: 1}", "b", {"x": "2", "y": ["3"]}, "{a: 1, b: {x: 2, y: [3]}}", id="in_braces"),
            pytest.param(
                "- a: 1\n",
                "b",
                {"x": {"y": ["2"]}, "z": "3"},
                "- a: 1\n  b:\n    x:\n      y: [2]\n    z: 3\n",
                id="mappings_in_mappings",
            ),
            pytest.param("b:\n  x: 1\n", "b", {"y": "2"}, "b:\n  {y: 2}\n", id="mapping_for_a_mapping"),
            pytest.param("b:\na: 1\n", "b", {"y": "2"}, "b:\n  y: 2\na: 1\n", id="mapping_for_nothing"),
            pytest.param("a: 1\n", "lxyz", "2", "a: 1\nl:\n  x:\n    y:\n      z: 2\n", id="four_keys"),
        ],
    )
    def test_writes_lists_and_mappings(self, text: str, path: str, value: Value, after: str) -> None:
        """Mappings get lines of their own, lists brackets; what replaces something stays on its line."""
        assert with_value(text, path, value) == after


class TestPutInPlace:
    @each_parser
    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("a: 1\nb: 2\n", "a: 9\nb: 2\n", id="word"),
            pytest.param("a: 1", "a: 9", id="word_at_the_end"),
            pytest.param("a:    1   # one\n", "a:    9   # one\n", id="word_with_spaces_and_a_comment"),
            pytest.param("a: 1\r\nb: 2\r\n", "a: 9\r\nb: 2\r\n", id="word_on_windows"),
            pytest.param("a:\n    1\nb: 2\n", "a:\n    9\nb: 2\n", id="word_on_the_next_line"),
            pytest.param("a: # one\n    1\nb: 2\n", "a: # one\n    9\nb: 2\n", id="word_under_a_comment"),
            pytest.param("a: x\n  y\nb: 2\n", "a: 9\nb: 2\n", id="words_on_two_lines"),
            pytest.param("a: '1' # one\n", "a: '9' # one\n", id="single_quotes"),
            pytest.param('a: "1"\n', 'a: "9"\n', id="double_quotes"),
            pytest.param("a: ''\n", "a: '9'\n", id="empty_quotes"),
            pytest.param("a: 'x\n  y'\nb: 2\n", "a: '9'\nb: 2\n", id="quotes_on_two_lines"),
            pytest.param("a: |\n  1\nb: 2\n", "a: 9\nb: 2\n", id="literal_block"),
            pytest.param("a: >-\n  1\n\n# of b\nb: 2\n", "a: 9\n\n# of b\nb: 2\n", id="folded_block"),
            pytest.param("a: [1,\n 2]\nb: 2\n", "a: 9\nb: 2\n", id="list"),
            pytest.param("a: {x: 1} # one\n", "a: 9 # one\n", id="mapping"),
            pytest.param("a:\n", "a: 9\n", id="nothing"),
            pytest.param("a:", "a: 9", id="nothing_and_no_line_end"),
            pytest.param("a:   # one\n", "a: 9   # one\n", id="a_comment_only"),
            pytest.param("a: ~ # one\n", "a: 9 # one\n", id="a_tilde"),
            pytest.param("a: null\n", "a: 9\n", id="null"),
            pytest.param("- a:\n  b: 2\n", "- a: 9\n  b: 2\n", id="nothing_behind_a_dash"),
            pytest.param("{a: 1, b: 2}", "{a: 9, b: 2}", id="in_braces"),
            pytest.param("{b: 2, a: '1'}", "{b: 2, a: '9'}", id="quotes_in_braces"),
            pytest.param('{"a":1}', '{"a":9}', id="written_as_json"),
            pytest.param("{a: ~}", "{a: 9}", id="a_tilde_in_braces"),
            pytest.param("? a\n: 1\n", "? a\n: 9\n", id="under_a_question_mark_key"),
            pytest.param("'a': 1\n", "'a': 9\n", id="under_a_key_in_quotes"),
            pytest.param("😀: '😀'\na: 1\n", "😀: '😀'\na: 9\n", id="behind_astral_characters"),
        ],
    )
    def test_changes_the_value_and_keeps_its_quotes(self, text: str, after: str) -> None:
        """Another value takes the place of the old one, in the same quotes and with the same comment beside it."""
        assert with_value(text, "a", "9") == after

    def test_keeps_a_tab_behind_the_colon(self) -> None:
        """A tab stays where it was."""
        assert with_value("a:\t1\t# one\n", "a", "9") == "a:\t9\t# one\n"

    @each_parser
    @pytest.mark.parametrize("text", ["a: |+\n  1\n\nb: 2\n", "a: >+\n  1\nb: 2\n"])
    def test_leaves_the_line_end_behind_a_block_that_keeps_its_blank_lines(self, text: str) -> None:
        """What follows such a block still begins on a line of its own."""
        assert plain(tree(with_value(text, "a", "9"))) == {"a": "9", "b": "2"}


class TestAppend:
    @each_parser
    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("x:\n  - 1\n", "x:\n  - 1\n  - 2\n", id="one_item"),
            pytest.param("x:\n  - 1", "x:\n  - 1\n  - 2", id="no_line_end"),
            pytest.param("x:\r\n  - 1\r\n", "x:\r\n  - 1\r\n  - 2\r\n", id="windows_line_ends"),
            pytest.param("x:\r\n  - 1", "x:\r\n  - 1\r\n  - 2", id="windows_line_ends_but_the_last"),
            pytest.param("x:\r  - 1\ry: 3\r", "x:\r  - 1\r  - 2\ry: 3\r", id="old_mac_line_ends"),
            pytest.param("x:\n- 0\n- 1\ny: 3\n", "x:\n- 0\n- 1\n- 2\ny: 3\n", id="not_indented"),
            pytest.param("- x:\n  - 1\n  y: 3\n", "- x:\n  - 1\n  - 2\n  y: 3\n", id="not_indented_in_an_item"),
            pytest.param("x:\n      - 1\n", "x:\n      - 1\n      - 2\n", id="far_indented"),
            pytest.param("x:\n  -   1\n", "x:\n  -   1\n  - 2\n", id="wide_dash"),
            pytest.param("x:\n  -\n    1\n", "x:\n  -\n    1\n  - 2\n", id="item_under_its_dash"),
            pytest.param("x:\n  - '1' # o-n-e\n", "x:\n  - '1' # o-n-e\n  - 2\n", id="quotes_and_a_comment"),
            pytest.param(
                "x:\n  - 1\n\n# of y\ny: 3\n", "x:\n  - 1\n  - 2\n\n# of y\ny: 3\n", id="before_a_comment"
            ),
            pytest.param("x: # c\n  # d\n  - 1\n", "x: # c\n  # d\n  - 1\n  - 2\n", id="behind_comments"),
            pytest.param("x:\n  - a: 1\n    b: 3\n", "x:\n  - a: 1\n    b: 3\n  - 2\n", id="mapping_as_item"),
            pytest.param("x:\n  - |\n    1\n\ny: 3\n", "x:\n  - |\n    1\n  - 2\n\ny: 3\n", id="block_as_item"),
            pytest.param(
                "x:\n  - |+\n    1\n\ny: 3\n", "x:\n  - |+\n    1\n\n  - 2\ny: 3\n", id="kept_block_as_item"
            ),
            pytest.param("x:\n  - 陳 😀\n", "x:\n  - 陳 😀\n  - 2\n", id="astral_character"),
            pytest.param("x: []\n", "x: [2]\n", id="empty_brackets"),
            pytest.param("x: [ ]\n", "x: [2 ]\n", id="empty_brackets_with_a_space"),
            pytest.param("x: [ # none\n  ]\n", "x: [2 # none\n  ]\n", id="empty_brackets_with_a_comment"),
            pytest.param("x: [1] # one\n", "x: [1, 2] # one\n", id="brackets"),
            pytest.param("x: [ '1' ]", "x: [ '1', 2 ]", id="brackets_with_spaces"),
            pytest.param("x: [1,]\n", "x: [1, 2,]\n", id="trailing_comma"),
            pytest.param("x: [\n  0,\n  1,\n]\n", "x: [\n  0,\n  1, 2,\n]\n", id="brackets_on_lines_of_their_own"),
            pytest.param("x: [1, # one\n  ]", "x: [1, 2, # one\n  ]", id="comment_behind_the_comma"),
            pytest.param("x: [1 # one\n  ]", "x: [1, 2 # one\n  ]", id="comment_before_the_end"),
            pytest.param("{x: [1], y: 3}", "{x: [1, 2], y: 3}", id="in_braces"),
            pytest.param("{x: ['😀 ]'], y: 3}", "{x: ['😀 ]', 2], y: 3}", id="behind_a_bracket_in_quotes"),
        ],
    )
    def test_comes_behind_the_last_item(self, text: str, after: str) -> None:
        """One more item is written as the others are: under their dashes, or inside their brackets."""
        assert with_item(text, "2") == after


class TestTakeOutOfLines:
    @each_parser
    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("a: 1\nb: 2\nc: 3\n", "a: 1\nc: 3\n", id="in_the_middle"),
            pytest.param("b: 2\nc: 3\n", "c: 3\n", id="first"),
            pytest.param("a: 1\nb: 2\n", "a: 1\n", id="last"),
            pytest.param("a: 1\nb: 2", "a: 1", id="last_without_a_line_end"),
            pytest.param("a: 1\r\nb: 2", "a: 1", id="last_without_a_line_end_on_windows"),
            pytest.param("a: 1\rb: 2", "a: 1", id="last_without_a_line_end_on_an_old_mac"),
            pytest.param("# c\nb: 2", "# c", id="last_under_a_comment"),
            pytest.param("a: 1\r\nb: 2\r\nc: 3\r\n", "a: 1\r\nc: 3\r\n", id="windows_line_ends"),
            pytest.param("a: 1\rb: 2\rc: 3\r", "a: 1\rc: 3\r", id="old_mac_line_ends"),
            pytest.param("a: 1\n\nb: 2\n\nc: 3\n", "a: 1\n\n\nc: 3\n", id="between_blank_lines"),
            pytest.param("a: 1\nb: 2   \nc: 3\n", "a: 1\nc: 3\n", id="with_spaces_behind_it"),
            pytest.param("b: 2\n", "", id="all_there_is"),
            pytest.param("b: 2", "", id="all_there_is_without_a_line_end"),
            pytest.param("---\nb: 2\n...\n", "---\n...\n", id="all_between_document_marks"),
            pytest.param("b:\nc: 3\n", "c: 3\n", id="nothing"),
            pytest.param("b: 2\n😀: 3\n", "😀: 3\n", id="before_an_astral_character"),
            pytest.param("a: 😀\nb: e\u0301\nc: 3\n", "a: 😀\nc: 3\n", id="behind_an_astral_character"),
            pytest.param("'b': 2\nc: 3\n", "c: 3\n", id="key_in_quotes"),
            pytest.param("a: 1\nb: x\n  y\nc: 3\n", "a: 1\nc: 3\n", id="words_on_two_lines"),
            pytest.param("a: 1\nb:\n  2\nc: 3\n", "a: 1\nc: 3\n", id="word_on_the_next_line"),
            pytest.param("a: 1\nb: 'x\n\n  y'\nc: 3\n", "a: 1\nc: 3\n", id="quotes_on_three_lines"),
            pytest.param("b: |\n  x\n\n  y\n\nc: 3\n", "\nc: 3\n", id="literal_block"),
            pytest.param("a: 1\nb: >-\n  x\n  y\n# of c\nc: 3\n", "a: 1\n# of c\nc: 3\n", id="folded_block"),
            pytest.param("a: 1\nb: |\n  x", "a: 1", id="block_at_the_end"),
            pytest.param("b: [1,\n  2]\nc: 3\n", "c: 3\n", id="brackets_on_two_lines"),
            pytest.param("b:\n  x: 1\n  y: 2\nc: 3\n", "c: 3\n", id="mapping"),
            pytest.param("b:\n- 1\n- 2\nc: 3\n", "c: 3\n", id="list_that_is_not_indented"),
        ],
    )
    def test_takes_the_lines_of_a_key(self, text: str, after: str) -> None:
        """A key goes with its value and its line end; the lines around it stay as they are."""
        assert without(text, "b") == after

    @each_parser
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
    def test_leaves_comments(self, text: str, after: str) -> None:
        """A comment beside what goes gets the line for itself; those above and below stay."""
        assert without(text, "b") == after

    @each_parser
    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("- b: 2\n  c: 3\n", "- c: 3\n", id="the_next_key_comes_behind_the_dash"),
            pytest.param("- b: 2\r\n  c: 3\r\n", "- c: 3\r\n", id="on_windows"),
            pytest.param("-   b: 2\n    c: 3\n    d: 4\n", "-   c: 3\n    d: 4\n", id="behind_a_wide_dash"),
            pytest.param("- b: 2\n\n  c: 3\n", "- c: 3\n", id="over_a_blank_line"),
            pytest.param("- b:\n    x: 1\n    y: 2\n  c: 3\n", "- c: 3\n", id="of_several_lines"),
            pytest.param("- b: |\n    x\n\n  c: 3\n", "- c: 3\n", id="a_block"),
            pytest.param("- b: 2 # two\n  c: 3\n", "- # two\n  c: 3\n", id="a_comment_stays_beside_the_dash"),
            pytest.param("- b: 2\n  # of c\n  c: 3\n", "- \n  # of c\n  c: 3\n", id="a_comment_between_stays"),
            pytest.param("-\n  b: 2\n  c: 3\n", "-\n  c: 3\n", id="under_the_dash"),
            pytest.param("- # one\n  b: 2\n  c: 3\n", "- # one\n  c: 3\n", id="under_the_dash_and_a_comment"),
        ],
    )
    def test_takes_the_first_key_of_an_item(self, text: str, after: str) -> None:
        """The dash of an item stays, and what comes next stands behind it."""
        assert without(text, "b") == after

    @each_parser
    @pytest.mark.parametrize(
        ("text", "number", "after"),
        [
            pytest.param("x:\n  - 1\n  - 2\n", 0, "x:\n  - 2\n", id="first"),
            pytest.param("x:\n  - 1\n  - 2\n", 1, "x:\n  - 1\n", id="last"),
            pytest.param("x:\n  - 1\n  - 2", 1, "x:\n  - 1", id="last_without_a_line_end"),
            pytest.param("x:\n- 1\n- 2\ny: 3\n", 0, "x:\n- 2\ny: 3\n", id="not_indented"),
            pytest.param("x:\r\n- 1\r\n- 2\r\n", 1, "x:\r\n- 1\r\n", id="windows_line_ends"),
            pytest.param("x:\n  - 1 # one\n  - 2\n", 0, "x:\n  # one\n  - 2\n", id="a_comment_stays"),
            pytest.param("x:\n  -   '1'\n  - 2\n", 0, "x:\n  - 2\n", id="wide_dash_and_quotes"),
            pytest.param("x:\n  -\n    1\n  - 2\n", 0, "x:\n  - 2\n", id="under_its_dash"),
            pytest.param("x:\n  - -1\n  - - 2\n", 0, "x:\n  - - 2\n", id="that_begins_with_a_dash"),
            pytest.param("x:\n  - 1-1\n  - 2\n", 0, "x:\n  - 2\n", id="with_a_dash_inside"),
            pytest.param("x:\n  - 1 # a-b\n  - 2\n", 1, "x:\n  - 1 # a-b\n", id="behind_a_dash_in_a_comment"),
            pytest.param("x:\n  - a: 1\n    b: 3\n  - 2\n", 0, "x:\n  - 2\n", id="mapping"),
        ],
    )
    def test_takes_an_item_with_its_dash(self, text: str, number: int, after: str) -> None:
        """An item goes with its dash and its line end."""
        assert without(text, "x", number) == after

    @each_parser
    @pytest.mark.parametrize(
        ("text", "places", "after"),
        [
            pytest.param("l:\n  x: 1\nm: 2\n", ("l", "x"), "m: 2\n", id="mapping"),
            pytest.param("a: 1\nl:\n  x: 1", ("l", "x"), "a: 1", id="mapping_at_the_end_without_a_line_end"),
            pytest.param("a: 1\r\nl:\r\n  x: 1\r\n", ("l", "x"), "a: 1\r\n", id="mapping_on_windows"),
            pytest.param("- l:\n    x: 1\n  m: 2\n", ("l", "x"), "- m: 2\n", id="mapping_behind_the_dash"),
            pytest.param("l:\n  x: 1\n  y: 2\n", ("l", "x"), "l:\n  y: 2\n", id="not_where_another_is_left"),
            pytest.param("l: {x: 1}\nm: 2\n", ("l", "x"), "m: 2\n", id="braces"),
            pytest.param("x: [1]\nm: 2\n", ("x", 0), "m: 2\n", id="brackets"),
            pytest.param("x:\n- 1\nm: 2\n", ("x", 0), "m: 2\n", id="list"),
            pytest.param("l:\n  w: 0\n  x:\n    - 1\n", ("l", "x", 0), "l:\n  w: 0\n", id="list_in_a_mapping"),
            pytest.param("l:\n  x:\n    - 1\nm: 2\n", ("l", "x", 0), "m: 2\n", id="list_and_its_mapping"),
            pytest.param("l:\n  x: # c\n    - 1\n", ("l", "x", 0), "l:\n  x: # c\n", id="not_around_a_comment"),
            pytest.param("l: # c\n  x:\n    - 1\n", ("l", "x", 0), "l: # c\n", id="up_to_a_comment"),
            pytest.param("l:\n  # c\n  x: 1\nm: 2\n", ("l", "x"), "l:\n  # c\nm: 2\n", id="not_below_a_comment"),
            pytest.param(
                "l: # c\n  {x: 1}\n", ("l", "x"), "l: # c\n  {}\n", id="not_around_a_comment_before_braces"
            ),
            pytest.param(
                "l: {x: 1 # c\n  }\n", ("l", "x"), "l: { # c\n  }\n", id="not_around_a_comment_in_braces"
            ),
            pytest.param("l: { # c\n  x: 1}\n", ("l", "x"), "l: { # c\n  }\n", id="nor_at_the_start_of_braces"),
            pytest.param("l:\n  x: 1\n  # c\nm: 2\n", ("l", "x"), "l:\n  # c\nm: 2\n", id="not_above_a_comment"),
            pytest.param("l:\n  x: 1\n\n  # c", ("l", "x"), "l:\n\n  # c", id="nor_over_a_blank_line"),
            pytest.param("l:\n  x: 1\n # c\nm: 2\n", ("l", "x"), " # c\nm: 2\n", id="above_a_comment_of_others"),
            pytest.param("l:\n  x: 1\nm: 2 # c\n", ("l", "x"), "m: 2 # c\n", id="above_a_line_with_a_comment"),
            pytest.param("l:\n  x: 1 # c\nm: 2\n", ("l", "x"), "# c\nm: 2\n", id="a_comment_beside_it_stays"),
        ],
    )
    def test_takes_what_would_be_left_empty(self, text: str, places: tuple[Place, ...], after: str) -> None:
        """The only entry goes together with its owner, unless the owner holds a comment."""
        assert without(text, *places) == after

    @each_parser
    def test_takes_a_block_that_keeps_its_blank_lines(self) -> None:
        """The blank lines of such a block are part of it."""
        assert without("- b: |+\n    x\n\n  c: 3\n", "b") == "- c: 3\n"

    @each_parser
    def test_takes_such_a_block_from_the_end_of_an_item(self) -> None:
        """What follows such a block keeps its indentation."""
        assert without("- a: 1\n  b: |+\n    x\n\n- a: 9\n", "b") == "- a: 1\n- a: 9\n"


class TestTakeOutOfBraces:
    @each_parser
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
            pytest.param('{"a":1,"b":2}', "a", '{"b":2}', id="written_as_json"),
            pytest.param("{a: {x: [1]}, b: 2}", "a", "{b: 2}", id="mapping"),
            pytest.param("{a: '},😀', b: 2}", "a", "{b: 2}", id="quotes_with_a_brace_inside"),
            pytest.param("{a: 1, b: x\n  y, c: 3}", "b", "{a: 1, c: 3}", id="words_on_two_lines"),
            pytest.param("{\n  a: 1,\n  b: 2,\n}\n", "a", "{\n  b: 2,\n}\n", id="first_of_lines"),
            pytest.param("{\n  a: 1,\n  b: 2,\n}\n", "b", "{\n  a: 1,\n}\n", id="last_of_lines"),
            pytest.param("{\r\n  a: 1,\r\n  b: 2\r\n}", "b", "{\r\n  a: 1\r\n}", id="last_of_windows_lines"),
            pytest.param("{a: 1, # one\n b: 2}", "a", "{ # one\n b: 2}", id="first_before_a_comment"),
            pytest.param("{a: 1, # one\n b: 2}", "b", "{a: 1, # one\n }", id="last_behind_a_comment"),
            pytest.param("{a: 1 # one\n, b: 2}", "b", "{a: 1 # one\n, }", id="last_behind_a_comment_and_a_comma"),
            pytest.param("{a: 1, b: 2 # two\n}", "b", "{a: 1 # two\n}", id="last_before_a_comment"),
            pytest.param("{ # none\n a: 1, b: 2}", "a", "{ # none\n b: 2}", id="first_behind_a_comment"),
            pytest.param(
                "{a: 1, # one\n b: 2, # two\n c: 3}", "b", "{a: 1, # one\n  # two\n c: 3}", id="between_comments"
            ),
            pytest.param("{a: 1, b: 2 # two\n, c: 3}", "b", "{a: 1 # two\n, c: 3}", id="comment_before_the_comma"),
        ],
    )
    def test_takes_a_key_with_one_comma(self, text: str, key: str, after: str) -> None:
        """A key goes with a comma beside it; comments, line ends and a trailing comma stay."""
        assert without(text, key) == after
        assert plain(tree(after)) == {name: value for name, value in plain(tree(text)).items() if name != key}

    @each_parser
    @pytest.mark.parametrize(
        ("text", "number", "after"),
        [
            pytest.param("x: [1, 2, 3]\n", 0, "x: [2, 3]\n", id="first"),
            pytest.param("x: [1, 2, 3]\n", 1, "x: [1, 3]\n", id="in_the_middle"),
            pytest.param("x: [1, 2, 3]\n", 2, "x: [1, 2]\n", id="last"),
            pytest.param("x: [1, 2,]\n", 1, "x: [1,]\n", id="last_with_a_trailing_comma"),
            pytest.param(
                "x: [\n  1, # one\n  2, # two\n]\n", 0, "x: [\n   # one\n  2, # two\n]\n", id="a_comment"
            ),
            pytest.param("x: [\n  1, # one\n  2, # two\n]\n", 1, "x: [\n  1, # one\n   # two\n]\n", id="comments"),
            pytest.param("x: [1 # one\n  ]\n", 0, "x: [ # one\n  ]\n", id="the_only_one_beside_a_comment"),
            pytest.param("{x: [1], y: 2}", 0, "{y: 2}", id="the_only_one_with_its_key"),
            pytest.param("{w: 0, x: [1,]}", 0, "{w: 0}", id="the_only_one_of_the_last_key"),
        ],
    )
    def test_takes_an_item_with_one_comma(self, text: str, number: int, after: str) -> None:
        """An item of a list in brackets goes with a comma beside it."""
        assert without(text, "x", number) == after


WORDS = st.text(st.sampled_from("ab ~-:#'\"[]{},&*!|>%@`?\n\té陳😀\u0308"), max_size=8)
KEYS = st.text(st.sampled_from("abcéß陳"), min_size=1, max_size=3)
DATA = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)
MAPPINGS = st.dictionaries(KEYS, DATA, min_size=1, max_size=4)
STYLES = st.fixed_dictionaries(
    {
        "default_style": st.sampled_from([None, "'", '"', "|", ">"]),
        "default_flow_style": st.sampled_from([True, False, None]),
        "indent": st.integers(2, 6),
        "width": st.sampled_from([20, 80, 10_000]),
        "line_break": st.sampled_from(["\n", "\r\n", "\r"]),
        "explicit_start": st.booleans(),
    }
)


class _Dumper(yaml.SafeDumper):
    """Writes every value out where it stands, every text without a tag, and keys as plain words."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the name is PyYAML's
        return True

    def process_tag(self) -> None:
        """Leave all tags out."""

    def choose_scalar_style(self) -> str:
        """Write keys without quotes: long and quoted ones would get a question mark."""
        return "" if self.simple_key_context else str(super().choose_scalar_style())


def dumped(data: object, style: dict[str, Any]) -> str:
    """Write data as YAML in a style."""
    return str(yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, **style))


class TestWhateverTheText:
    @given(MAPPINGS, STYLES)
    def test_a_new_key_can_be_put_in_and_taken_out_again(
        self, data: dict[str, Any], style: dict[str, Any]
    ) -> None:
        """In any style the new key changes nothing else, and without it the text is what it was."""
        text = dumped(data, style)
        after = put(text, owner_in(text), ("new",), "1", ("new",)).apply(text)
        assert plain(tree(after)) == plain(tree(text)) | {"new": "1"}
        assert without(after, "new") == text

    @given(st.lists(WORDS, min_size=1, max_size=3), STYLES)
    def test_a_new_item_can_be_put_in_and_taken_out_again(self, items: list[str], style: dict[str, Any]) -> None:
        """In any style one more item changes nothing else, and without it the text is what it was."""
        text = dumped({"x": items}, style)
        after = with_item(text, "1")
        assert plain(tree(after)) == {"x": [*plain(tree(text))["x"], "1"]}
        assert without(after, "x", len(items)) == text
