"""YAML text as a tree with positions: what is read, also of a broken text, and how nodes are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lorplan.planfile.yaml_tree import (
    MAX_DEPTH,
    Lines,
    Mapping,
    Scalar,
    Sequence,
    YamlTree,
    child,
    find,
    from_python,
    nearest,
    read_tree,
    to_python,
)
from planfile.yaml_parsing import read_data, remove_marks, scalars

if TYPE_CHECKING:
    from lorplan.planfile.yaml_tree import Node, Path, Tree


class TestTree:
    @pytest.mark.usefixtures("each_parser")
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            pytest.param("- a\n- b\n", ["a", "b"], id="block_list"),
            pytest.param("[a, b]", ["a", "b"], id="flow_list"),
            pytest.param("a: 1\nb:\n  - 2\n", {"a": "1", "b": ["2"]}, id="block_mapping"),
            pytest.param("{a: 1, b: {c: 2}}", {"a": "1", "b": {"c": "2"}}, id="flow_mapping"),
            pytest.param(
                "a: no\nb: 08:30\nc: 0x1F\nd: .inf",
                {"a": "no", "b": "08:30", "c": "0x1F", "d": ".inf"},
                id="words_stay_text",
            ),
            pytest.param("a: 2026-11-31", {"a": "2026-11-31"}, id="a_day_that_does_not_exist_is_text"),
            pytest.param("a: |\n  x\n  y\n", {"a": "x\ny\n"}, id="literal_block"),
            pytest.param("a: >-\n  x\n  y\n", {"a": "x y"}, id="folded_block"),
            pytest.param('a: "x\\ty"', {"a": "x\ty"}, id="double_quotes_with_an_escape"),
            pytest.param("a: 'it''s'", {"a": "it's"}, id="single_quotes"),
            pytest.param(
                "a: # nothing\nb: ~\nc: null\nd: 1",
                {"a": None, "b": None, "c": None, "d": "1"},
                id="key_without_a_value_is_none",
            ),
            pytest.param("a: '~'\nb: \"\"\nc: 'null'", {"a": "~", "b": "", "c": "null"}, id="quoted_null_is_text"),
            pytest.param("[~, a]", [None, "a"], id="null_in_a_list_keeps_its_place"),
            pytest.param("? a\n: b", {"a": "b"}, id="question_mark_key"),
            pytest.param("<<: a", {"<<": "a"}, id="merge_key_is_a_key_like_any_other"),
            pytest.param("# x\n---\n- a\n...\n# y\n", ["a"], id="one_document_with_its_markers"),
            pytest.param("%YAML 1.1\n---\n- a", ["a"], id="version_directive"),
            pytest.param("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}, id="windows_line_ends"),
        ],
    )
    def test_tree_of_a_text_has_its_lists_mappings_and_words(self, text: str, value: object) -> None:
        """Every style of YAML is read, and every scalar stays text."""
        assert read_data(text) == value

    @pytest.mark.usefixtures("each_parser")
    @pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "  "])
    def test_tree_of_an_empty_text_has_no_root_and_no_error(self, text: str) -> None:
        """A text without a node is an empty document."""
        assert read_tree(text) == YamlTree(None, ())

    @pytest.mark.usefixtures("each_parser")
    def test_every_node_has_the_offsets_of_its_text(self) -> None:
        """The offsets are those at which the node begins and ends, quotes included."""
        text = "- name: 'Wei'\n  days: [mon, {a: b}]\n"
        root = read_tree(text).root
        assert isinstance(root, Sequence)
        [row] = root.items
        assert isinstance(row, Mapping)
        days = row.entries["days"].value
        assert isinstance(days, Sequence)
        spans = [(node.start, node.end) for node in (days, *days.items, *scalars(root))]
        assert [text[start:end] for start, end in spans] == [
            "[mon, {a: b}]", "mon", "{a: b}", "name", "'Wei'", "days", "mon", "a", "b",
        ]  # fmt: skip
        assert (root.start, row.start, root.complete, row.complete) == (0, 2, True, True)

    @pytest.mark.usefixtures("each_parser")
    def test_scalar_without_a_value_is_only_one_without_quotes(self) -> None:
        """A quoted tilde is text."""
        found = [(scalar.plain, scalar.value) for scalar in scalars(read_tree("[a, 'a', \"a\", ~, '~']").root)]
        assert found == [(True, "a"), (False, "a"), (False, "a"), (True, None), (False, "~")]

    @pytest.mark.usefixtures("each_parser")
    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("é: ü\nß: [«x]", id="accents"),
            pytest.param("😀: 𐍊\n𐍈: [«x]", id="astral_characters"),
            pytest.param("a: b\r\nc: [«x]\r\n", id="windows_line_ends"),
            pytest.param("a: b\rc: [«x]\r", id="old_mac_line_ends"),
            pytest.param("a: 'b\tc' #\t\t\nc: [«x]", id="tabs"),
            pytest.param("# 陳大文 😀\r\n\r\na: [ 'é', «x]", id="comments_and_blank_lines"),
            pytest.param('a: "😀 \\U0001F600\n  é"\nb: [«x]', id="quoted_over_two_lines"),
            pytest.param("a: |\n  é\n\n  😀\nb: [«x]", id="block_of_text"),
            pytest.param("a: b\x85c: [«x]", id="next_line_character"),
            pytest.param("a: 'b\u2028c'\nd: [«x]", id="line_separator"),
            pytest.param("a: \ufeffb\nc: [«x]", id="byte_order_mark_inside"),
        ],
    )
    def test_offsets_count_characters(self, text: str) -> None:
        """Offsets are right after characters of several bytes and after line ends of two characters."""
        text, [offset] = remove_marks(text)
        assert [scalar.start for scalar in scalars(read_tree(text).root) if scalar.text == "x"] == [offset]


class TestUnfinishedTree:
    @pytest.mark.usefixtures("each_parser")
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            pytest.param("- a: 1\n  b: ]\n", [{"a": "1"}], id="mapping_in_a_list"),
            pytest.param("- a\n- b: c\n- ]", ["a", {"b": "c"}], id="list"),
            pytest.param("a: 1\nb:\n  c: 2\n  d: @\n", {"a": "1", "b": {"c": "2"}}, id="mapping_in_a_mapping"),
            pytest.param("a: 1\n\x00b: 2\n", {"a": "1"}, id="character_that_is_not_yaml"),
            pytest.param("a: 1\nb: 2\nc: \x00\nd: 4", {"a": "1", "b": "2"}, id="lines_before_such_a_character"),
        ],
    )
    def test_tree_of_a_broken_text_has_everything_before_the_break(self, text: str, value: object) -> None:
        """The values before the break are there, the root is incomplete, and there is one error."""
        found = read_tree(text)
        assert isinstance(found.root, (Mapping, Sequence))
        assert (to_python(found.root), found.root.complete, len(found.errors)) == (value, False, 1)

    @pytest.mark.usefixtures("each_parser")
    def test_only_the_parts_around_the_break_are_incomplete(self) -> None:
        """A rotation that ends before the break is complete; the one with the break is not."""
        root = read_tree("- a: 1\n- b: 2\n  c: ]\n").root
        assert isinstance(root, Sequence)
        parts = [root, *root.items]
        assert [isinstance(part, Scalar) or part.complete for part in parts] == [False, True, False]

    @pytest.mark.usefixtures("each_parser")
    def test_part_that_ends_at_a_character_that_is_not_yaml_is_incomplete(self) -> None:
        """A part that ends only because reading stops there is incomplete as well."""
        root = read_tree("- a: 1\n- {b: 2}\n- c: 3\n\x00").root
        assert isinstance(root, Sequence)
        parts = [root, *root.items]
        assert [isinstance(part, Scalar) or part.complete for part in parts] == [False, True, True, False]

    @pytest.mark.usefixtures("each_parser")
    def test_all_parts_around_a_level_that_is_too_deep_are_incomplete(self) -> None:
        """Every level above the refused one is incomplete."""
        node = read_tree("[" * 20).root
        open_parts = 0
        while isinstance(node, Sequence):
            open_parts += not node.complete
            node = node.items[0] if node.items else None
        assert open_parts == MAX_DEPTH

    @pytest.mark.usefixtures("each_parser")
    def test_text_that_is_not_yaml_from_its_first_character_has_no_root(self) -> None:
        """Nothing comes before the break."""
        assert read_tree("@").root is None

    def test_incomplete_part_ends_with_the_text(self) -> None:
        """The rest of the text still belongs to the part with the break."""
        root = read_tree("- a: b\n  c: ]\n  d: e\n").root
        assert isinstance(root, Sequence)
        assert (root.end, root.items[0].end) == (21, 21)


class TestFinding:
    @pytest.fixture
    def root(self) -> Node:
        """Read a small tree."""
        root = read_tree("a: [x, {b: y}]\nc: ~\n").root
        assert root is not None
        return root

    @pytest.mark.parametrize(
        ("path", "text"),
        [
            pytest.param(("a", 0), "x", id="list_entry"),
            pytest.param(("a", 1, "b"), "y", id="value_in_a_list"),
            pytest.param(("c",), "~", id="value_that_is_null"),
            pytest.param(("a", 2), None, id="entry_that_does_not_exist"),
            pytest.param(("d",), None, id="key_that_does_not_exist"),
            pytest.param(("a", "b"), None, id="key_of_a_list"),
            pytest.param((0,), None, id="index_of_a_mapping"),
            pytest.param(("c", "x"), None, id="key_of_a_scalar"),
        ],
    )
    def test_value_at_a_path_is_found_or_none(self, root: Node, path: Path, text: str | None) -> None:
        """A path that leads nowhere gives None."""
        found = find(root, path)
        assert (found.text if isinstance(found, Scalar) else found) == text

    def test_root_is_at_the_empty_path(self, root: Node) -> None:
        """No step stays at the root."""
        assert find(root, ()) is nearest(root, ()) is root

    @pytest.mark.parametrize(
        ("path", "known"),
        [
            pytest.param(("a", 1, "b"), ("a", 1, "b"), id="whole_path"),
            pytest.param(("a", 1, "z", 3), ("a", 1), id="key_that_does_not_exist"),
            pytest.param(("a", 7, "b"), ("a",), id="entry_that_does_not_exist"),
            pytest.param(("z",), (), id="nothing_of_it"),
        ],
    )
    def test_nearest_value_is_the_last_one_on_the_way(self, root: Node, path: Path, known: Path) -> None:
        """A problem about a missing key points at the mapping that needs it."""
        assert nearest(root, path) is find(root, known)

    def test_child_is_one_step(self, root: Node) -> None:
        """A child is the value at a key or an index."""
        assert child(root, "a") is find(root, ("a",))
        assert child(root, "b") is None


WORDS = st.text(st.sampled_from("ab ~-:#'\"[]{},&*!|>%@`?\n\t\r\\éß陳😀\u0308\x00\x1b\u2028\ufeff"), max_size=8)
DATA: st.SearchStrategy[Tree] = st.recursive(
    st.none() | WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3)
)


class TestPython:
    @given(DATA)
    @example("")
    @example("~")
    def test_tree_made_from_python_data_is_the_same_data(self, data: Tree) -> None:
        """None stays None, and text stays text even if it looks like null."""
        assert to_python(from_python(data)) == data


class TestLines:
    @pytest.mark.parametrize(
        ("text", "position"),
        [
            pytest.param("«", (1, 1), id="empty_text"),
            pytest.param("a«b", (1, 2), id="in_a_line"),
            pytest.param("a\n«b", (2, 1), id="second_line"),
            pytest.param("a\n\n«", (3, 1), id="end_of_the_text"),
            pytest.param("a«\nb", (1, 2), id="line_end"),
            pytest.param("a\r\n«b", (2, 1), id="windows_line_end"),
            pytest.param("a\r«\nb", (1, 3), id="inside_a_windows_line_end"),
            pytest.param("a\r«b", (2, 1), id="old_mac_line_end"),
            pytest.param("a\n\r«b", (3, 1), id="two_different_line_ends"),
            pytest.param("é😀\t«b", (1, 4), id="columns_are_characters"),
            pytest.param("a\u2028b\x85c«", (1, 6), id="other_line_ends_do_not_count"),
        ],
    )
    def test_position_of_an_offset_is_the_line_and_column_of_an_editor(
        self, text: str, position: tuple[int, int]
    ) -> None:
        """Lines and columns count from one, the column in characters."""
        text, [offset] = remove_marks(text)
        assert Lines(text).position(offset) == position

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_line_is_given_without_its_end(self, end: str) -> None:
        """The last line may have no line end."""
        lines = Lines(f"a b{end}{end} c{end}")
        assert [lines.line(number) for number in (1, 2, 3, 4)] == ["a b", "", " c", ""]

    @given(st.text(st.sampled_from("ab\r\n é😀")))
    def test_every_character_is_found_at_its_position(self, text: str) -> None:
        """Line and column lead back to the character."""
        lines = Lines(text)
        for offset, character in enumerate(text):
            number, column = lines.position(offset)
            assert (lines.line(number) + "\r\n")[column - 1] == character or character in "\r\n"
