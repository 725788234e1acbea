"""YAML text as a located tree: what stands where, and what a plan file has no use for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from lorplan.planfile import yaml_tree as yamltext
from lorplan.planfile.yaml_tree import MAX_DEPTH, Document, Lines, Mapping, Node, Scalar, Sequence, plain, read

if TYPE_CHECKING:
    from collections.abc import Iterator

COLON = "mapping values are not allowed in this context (a value with a colon and a space in it needs quotes)"
HERE = "«"
"""Stands before the place that a fault is expected at; taken out before the text is read."""


@pytest.fixture(params=["C", "Python"])
def _each_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "Python":
        monkeypatch.setattr(yamltext, "_LOADER", yaml.Loader)


each_parser = pytest.mark.usefixtures("_each_parser")


def marked(text: str) -> tuple[str, list[int]]:
    """Take the marks out of a text, and say where they stood."""
    pieces = text.split(HERE)
    places = [sum(map(len, pieces[: number + 1])) for number in range(len(pieces) - 1)]
    return "".join(pieces), places


def faults(document: Document) -> list[tuple[int, str]]:
    """Give the faults of a text as offsets and sentences."""
    return [(fault.at, fault.message) for fault in document.faults]


def scalars(node: Node | None) -> Iterator[Scalar]:
    """Go through all pieces of text of a tree, keys and values, in order."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item)
    elif isinstance(node, Mapping):
        for entry in node.entries.values():
            yield entry.key
            yield from scalars(entry.value)


def value_of(text: str) -> Any:  # noqa: ANN401 - a tree of plain values
    """Read a text that must have a tree, as plain values."""
    root = read(text).root
    assert root is not None
    return plain(root)


class TestTree:
    @each_parser
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
                id="nothing_is_none",
            ),
            pytest.param(
                "a: '~'\nb: \"\"\nc: 'null'", {"a": "~", "b": "", "c": "null"}, id="quoted_nothing_is_text"
            ),
            pytest.param("[~, a]", [None, "a"], id="nothing_in_a_list_keeps_its_place"),
            pytest.param("? a\n: b", {"a": "b"}, id="question_mark_key"),
            pytest.param("<<: a", {"<<": "a"}, id="merge_is_a_key_like_any_other"),
            pytest.param("# x\n---\n- a\n...\n# y\n", ["a"], id="one_document_with_its_marks"),
            pytest.param("%YAML 1.1\n---\n- a", ["a"], id="version_line"),
            pytest.param("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}, id="windows_line_ends"),
        ],
    )
    def test_holds_the_text_as_it_was_meant(self, text: str, value: object) -> None:
        """Lists, mappings and text are read in every style of YAML, and no word is given another meaning."""
        assert value_of(text) == value

    @each_parser
    @pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "  "])
    def test_of_an_empty_text_is_none(self, text: str) -> None:
        """A text without a node is an empty document, and no fault."""
        assert read(text) == Document(None, (), complete=True)

    @each_parser
    def test_says_where_each_part_stands(self) -> None:
        """Every node has the offsets at which it begins and ends, quotes included."""
        text = "- name: 'Wei'\n  days: [mon, {a: b}]\n"
        root = read(text).root
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

    @each_parser
    def test_knows_plain_text_from_quoted(self) -> None:
        """Only what was typed without quotes can stand for nothing."""
        found = [(scalar.plain, scalar.value) for scalar in scalars(read("[a, 'a', \"a\", ~, '~']").root)]
        assert found == [(True, "a"), (False, "a"), (False, "a"), (True, None), (False, "~")]

    @each_parser
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
    def test_counts_characters(self, text: str) -> None:
        """Offsets are right behind whatever takes more than one byte, or more than one character, in a file."""
        text, [at] = marked(text)
        assert [scalar.start for scalar in scalars(read(text).root) if scalar.text == "x"] == [at]


class TestFaults:
    @each_parser
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            pytest.param("a: «&x b", "an anchor (&x) cannot be used here: leave it out", id="anchor"),
            pytest.param(
                "- «&x {a: b}", "an anchor (&x) cannot be used here: leave it out", id="anchor_of_a_mapping"
            ),
            pytest.param("a: «&x [b]", "an anchor (&x) cannot be used here: leave it out", id="anchor_of_a_list"),
            pytest.param("«&x a: b", "an anchor (&x) cannot be used here: leave it out", id="anchor_of_a_key"),
            pytest.param("a: «&x", "an anchor (&x) cannot be used here: leave it out", id="anchor_of_nothing"),
            pytest.param("a: «*x", "an alias (*x) cannot be used here: write the value out", id="alias"),
            pytest.param("- «*x", "an alias (*x) cannot be used here: write the value out", id="alias_in_a_list"),
            pytest.param("«*x : b", "an alias (*x) cannot be used here: write the value out", id="alias_as_key"),
            pytest.param("a: «!!str b", "a tag (!!str) cannot be used here: leave it out", id="known_tag"),
            pytest.param(
                "a: «!<tag:yaml.org,2002:str> b",
                "a tag (!!str) cannot be used here: leave it out",
                id="tag_in_full",
            ),
            pytest.param("a: «!own b", "a tag (!own) cannot be used here: leave it out", id="own_tag"),
            pytest.param("a: «! b", "a tag (!) cannot be used here: leave it out", id="tag_without_a_name"),
            pytest.param("a: «!!map {}", "a tag (!!map) cannot be used here: leave it out", id="tag_of_a_mapping"),
            pytest.param(
                "a: «!!python/object:os.system [x]",
                "a tag (!!python/object:os.system) cannot be used here: leave it out",
                id="tag_of_an_object",
            ),
            pytest.param("a: «!!null", "a tag (!!null) cannot be used here: leave it out", id="tag_of_nothing"),
            pytest.param("a: 1\n«a: 2", 'the key "a" is here twice', id="doubled_key"),
            pytest.param("{a: 1, «'a': 2}", 'the key "a" is here twice', id="doubled_key_in_quotes"),
            pytest.param(
                "a:\n  b: 1\n  c: 2\n  «b: 3\nb: 4", 'the key "b" is here twice', id="doubled_key_inside"
            ),
            pytest.param("? «[a, b]\n: c", "a key must be a word, not a list or a mapping", id="list_as_key"),
            pytest.param("{«{a: b}: c}", "a key must be a word, not a list or a mapping", id="mapping_as_key"),
            pytest.param(
                "- a\n«---\n- b",
                "a second document starts here: a plan file is one document",
                id="second_document",
            ),
            pytest.param(
                "---\n«---\n- b",
                "a second document starts here: a plan file is one document",
                id="second_document_after_an_empty_one",
            ),
            pytest.param("- a\n- «\x00b", "the character U+0000 cannot stand in a YAML file", id="nul"),
            pytest.param("«\x1b", "the character U+001B cannot stand in a YAML file", id="escape"),
            pytest.param(
                "- a\n# «\x7f", "the character U+007F cannot stand in a YAML file", id="delete_in_a_comment"
            ),
            pytest.param(
                "- a\n- '«\ud800'", "the character U+D800 cannot stand in a YAML file", id="lone_surrogate"
            ),
            pytest.param("- a\n- «\ufffe", "the character U+FFFE cannot stand in a YAML file", id="no_character"),
            pytest.param(
                "- a\n- [b,\n  '«\x9b",
                "the character U+009B cannot stand in a YAML file",
                id="in_an_open_quote_in_an_open_list",
            ),
        ],
    )
    def test_are_told_with_their_place(self, text: str, message: str) -> None:
        """What a plan file has no use for is noted exactly once, at the place where it stands."""
        text, [at] = marked(text)
        assert faults(read(text)) == [(at, message)]

    @each_parser
    def test_leave_the_rest_readable(self) -> None:
        """Reading goes on behind anchors, aliases, tags and doubled keys, and the first of two keys counts."""
        text, places = marked("- «&x a: 1\n  «a: 2\n- «*x\n- «! b\n- {«[c]: d, e: f}\n")
        document = read(text)
        assert [fault.at for fault in document.faults] == places
        assert document.root is not None
        assert (plain(document.root), document.complete) == ([{"a": "1"}, "*x", "b", {"e": "f"}], True)

    def test_of_one_node_are_all_told(self) -> None:
        """An anchor and a tag before one value are two faults."""
        assert [fault.at for fault in read("- &x !!str a").faults] == [2, 2]

    @each_parser
    @pytest.mark.parametrize(
        ("opening", "closing"),
        [
            pytest.param("[", "]", id="lists"),
            pytest.param("{a: ", "}", id="mappings"),
            pytest.param("- ", "", id="dashes"),
            pytest.param("? ", "", id="keys"),
        ],
    )
    def test_begin_where_nesting_passes_the_limit(self, opening: str, closing: str) -> None:
        """Sixteen levels are read; the seventeenth is refused where it opens, and the reading stops there."""
        deep = opening * MAX_DEPTH + "x" + closing * MAX_DEPTH
        deeper = opening * MAX_DEPTH + opening + "x" + closing * (MAX_DEPTH + 1)
        expected = [(len(opening) * MAX_DEPTH, "nested deeper than 16 levels")]
        allowed = [fault for fault in faults(read(deep)) if "key must" not in fault[1]]
        assert (allowed, faults(read(deeper))) == ([], expected)

    @each_parser
    @pytest.mark.parametrize("length", [100_000, 1_000_000])
    @pytest.mark.parametrize("opening", ["[", "{", "- ", "[{a: ", "? "])
    def test_of_extreme_nesting_are_found_without_reading_it(self, opening: str, length: int) -> None:
        """A text of a million brackets neither crashes the parser nor is followed to its end."""
        document = read(opening * length)
        assert [fault.message for fault in document.faults] == ["nested deeper than 16 levels"]

    @each_parser
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
            pytest.param("%YAML 1." + "9" * 5000 + "\n---\na", id="version_without_end"),
            pytest.param("%TAG ! a", id="half_a_directive"),
            pytest.param("!x!y z", id="unknown_handle"),
            pytest.param("!%zz a", id="tag_that_is_no_address"),
            pytest.param('"\\q"', id="unknown_escape"),
            pytest.param('"\\xZZ"', id="escape_without_a_number"),
            pytest.param('"\\U00110000"', id="escape_beyond_unicode"),
            pytest.param('"\\UFFFFFFFF"', id="escape_far_beyond_unicode"),
            pytest.param('"\\ud83d\\ude00"', id="escape_of_half_a_character"),
            pytest.param("a: |9999\n b", id="block_with_a_long_number"),
            pytest.param("&", id="anchor_without_a_name"),
            pytest.param("]", id="closing_bracket"),
            pytest.param("- a\n...\n- b", id="text_behind_the_end_mark"),
        ],
    )
    def test_of_text_that_is_no_yaml_are_one(self, text: str) -> None:
        """Broken YAML is told once, as a fault at a place in the text, and never raised."""
        document = read(text)
        assert (document.complete, len(document.faults)) == (False, 1)
        assert document.faults[0].message.startswith("not YAML: ")
        assert 0 <= document.faults[0].at <= len(text)

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            pytest.param(
                "a: b«: c",
                COLON,
                id="colon_in_a_value",
            ),
            pytest.param(
                "a: «@b",
                "while scanning for the next token found character that cannot start any token "
                "(a value that starts with this character needs quotes)",
                id="character_that_needs_quotes",
            ),
            pytest.param(
                "- a\n«b: c",
                "while parsing a block collection did not find expected '-' indicator (check the indentation)",
                id="key_below_a_list",
            ),
            pytest.param(
                "a: b\n - c«: d\n",
                COLON,
                id="list_below_a_value_is_still_the_value",
            ),
            pytest.param(
                "a: 'b' «c",
                "while parsing a block mapping did not find expected key (check the indentation and the quotes)",
                id="text_behind_a_quote",
            ),
            pytest.param(
                "'a' «b",
                "did not find expected <document start> "
                "(the lines before and after do not belong to one list or mapping)",
                id="text_behind_the_document",
            ),
            pytest.param(
                "a:\n«\tb: c",
                "while scanning for the next token found character that cannot start any token "
                "(a tab cannot indent: use spaces)",
                id="tab",
            ),
            pytest.param(
                "[a«", "while parsing a flow sequence did not find expected ',' or ']'", id="words_without_a_hint"
            ),
        ],
    )
    def test_of_text_that_is_no_yaml_say_what_is_usually_meant(self, text: str, words: str) -> None:
        """The parser's words come with what they mean for somebody who types a plan file."""
        text, [at] = marked(text)
        if yamltext._LOADER is yaml.Loader:  # noqa: SLF001 - the words are the C parser's
            pytest.skip("PyYAML's C part is not installed")
        assert faults(read(text)) == [(at, f"not YAML: {words}")]


class TestUnfinishedTree:
    @each_parser
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            pytest.param("- a: 1\n  b: ]\n", [{"a": "1"}], id="mapping_in_a_list"),
            pytest.param("- a\n- b: c\n- ]", ["a", {"b": "c"}], id="list"),
            pytest.param("a: 1\nb:\n  c: 2\n  d: @\n", {"a": "1", "b": {"c": "2"}}, id="mapping_in_a_mapping"),
            pytest.param("a: 1\n\x00b: 2\n", {"a": "1"}, id="character_that_is_no_yaml"),
            pytest.param("a: 1\nb: 2\nc: \x00\nd: 4", {"a": "1", "b": "2"}, id="lines_before_such_a_character"),
        ],
    )
    def test_has_what_comes_before_the_break(self, text: str, value: object) -> None:
        """Where the text stops being YAML, all that was read before is there, and marked as unfinished."""
        document = read(text)
        assert (value_of(text), document.complete) == (value, False)

    @each_parser
    def test_marks_the_open_parts_only(self) -> None:
        """A rotation that was closed before the break is whole; the one in which it happens is not."""
        root = read("- a: 1\n- b: 2\n  c: ]\n").root
        assert isinstance(root, Sequence)
        parts = [root, *root.items]
        assert [isinstance(part, Scalar) or part.complete for part in parts] == [False, True, False]

    @each_parser
    def test_marks_the_parts_that_a_refused_character_cuts_off(self) -> None:
        """What ends only because the reading was cut off is unfinished too."""
        root = read("- a: 1\n- {b: 2}\n- c: 3\n\x00").root
        assert isinstance(root, Sequence)
        parts = [root, *root.items]
        assert [isinstance(part, Scalar) or part.complete for part in parts] == [False, True, True, False]

    @each_parser
    def test_marks_the_way_to_what_is_too_deep(self) -> None:
        """Whatever holds the level that is too deep is unfinished, all the way up."""
        node = read("[" * 20).root
        open_parts = 0
        while isinstance(node, Sequence):
            open_parts += not node.complete
            node = node.items[0] if node.items else None
        assert open_parts == MAX_DEPTH

    @each_parser
    def test_is_none_where_the_break_comes_first(self) -> None:
        """A text that is no YAML from its first character has no tree."""
        assert read("@").root is None

    def test_ends_with_the_text(self) -> None:
        """An unfinished part reaches to the end of the text, so that what follows is still inside it."""
        root = read("- a: b\n  c: ]\n  d: e\n").root
        assert isinstance(root, Sequence)
        assert (root.end, root.items[0].end) == (21, 21)


class TestLines:
    @pytest.mark.parametrize(
        ("text", "place"),
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
    def test_place_an_offset(self, text: str, place: tuple[int, int]) -> None:
        """Lines and columns count from one, the column in characters, as editors do."""
        text, [at] = marked(text)
        assert Lines(text).place(at) == place

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_give_a_line_without_its_end(self, end: str) -> None:
        """A line is what was typed on it, the last one with or without a line end."""
        lines = Lines(f"a b{end}{end} c{end}")
        assert [lines.line(number) for number in (1, 2, 3, 4)] == ["a b", "", " c", ""]

    @given(st.text(st.sampled_from("ab\r\n é😀")))
    def test_lead_back_to_the_offset(self, text: str) -> None:
        """Every character is found again at its line and column."""
        lines = Lines(text)
        for offset, character in enumerate(text):
            number, column = lines.place(offset)
            assert (lines.line(number) + "\r\n")[column - 1] == character or character in "\r\n"


LETTERS = st.text(st.sampled_from("ab ~-:#'\"[]{},&*!|>%@`?\n\téß陳😀\u0308"), max_size=8)
WORDS = LETTERS | st.sampled_from(
    ["no", "08:30", "2026-11-31", "null", "~", "", "<<", "---", "...", "1_000", "!!x"]
)
DATA = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=12
)
STYLES = st.fixed_dictionaries(
    {
        "default_style": st.sampled_from([None, "'", '"', "|", ">"]),
        "default_flow_style": st.sampled_from([True, False, None]),
        "allow_unicode": st.booleans(),
        "indent": st.integers(2, 6),
        "width": st.sampled_from([20, 80, 10_000]),
        "line_break": st.sampled_from(["\n", "\r\n", "\r"]),
        "explicit_start": st.booleans(),
        "canonical": st.sampled_from([False] * 9 + [True]),
    }
)


class _Dumper(yaml.SafeDumper):
    """Writes every value out where it stands, and every text without a tag."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the name is PyYAML's
        return True

    def process_tag(self) -> None:
        """Leave all tags out."""


def dumped(data: object, style: dict[str, Any]) -> str:
    """Write data as YAML in a style, with words that could be another type in quotes."""
    return str(yaml.dump(data, Dumper=_Dumper, sort_keys=False, **style))


class TestReadingWhatWasWritten:
    @given(DATA, STYLES)
    @example({"a": ["x: y", "", "~"]}, {"default_style": None})
    def test_gives_the_data_again(self, data: object, style: dict[str, Any]) -> None:
        """Lists, mappings and texts written in any style of YAML are read as they were."""
        document = read(dumped(data, style))
        assert document.root is not None
        assert (plain(document.root), document.faults) == (data, ())

    @given(DATA, STYLES)
    def test_finds_every_text_where_it_stands(self, data: object, style: dict[str, Any]) -> None:
        """What lies between the offsets of a text is that text, quotes and all: it can be read by itself."""
        text = dumped(data, style)
        for scalar in scalars(read(text).root):
            if text[scalar.start : scalar.start + 1] not in {"|", ">"}:
                alone = read(text[scalar.start : scalar.end]).root
                assert [found.text for found in scalars(alone)] == [scalar.text] * (alone is not None)

    @given(DATA, STYLES)
    def test_is_the_same_with_both_parsers(self, data: object, style: dict[str, Any]) -> None:
        """Whoever has no C part installed gets the same tree with the same places."""
        text = dumped(data, style)
        with pytest.MonkeyPatch.context() as patch:
            in_c = read(text)
            patch.setattr(yamltext, "_LOADER", yaml.Loader)
            in_python = read(text)
        assert list(scalars(in_c.root)) == list(scalars(in_python.root))

    @given(st.text(st.sampled_from("ab:- \n\t[]{},'\"&*!|>%@`?#~é😀\x00\r\\x1U.0"), max_size=60))
    def test_never_raises(self, text: str) -> None:
        """Whatever a text contains, it is read as far as it is YAML, and what is wrong has a place in it."""
        document = read(text)
        assert all(0 <= fault.at <= len(text) for fault in document.faults)
        assert document.complete or document.faults


@pytest.mark.parametrize("text", ['a: "x\nb: \x00', "a: [x,\nb: \x00"], ids=["open_quote", "open_list"])
def test_a_character_that_is_no_yaml_is_told_and_not_where_reading_stopped_before_it(text: str) -> None:
    """Reading stops at the line before such a character; that something is open there is no second fault."""
    (fault,) = read(text).faults
    assert fault.at == text.index("\x00")
    assert fault.message == "the character U+0000 cannot stand in a YAML file"


def test_only_the_first_place_where_reading_stops_is_told() -> None:
    """Behind a second document nothing is read, so that a character that is no YAML is not looked for there."""
    (fault,) = read("a: b\n---\nc: d\n# \x00").faults
    assert fault.message == "a second document starts here: a plan file is one document"
