"""YAML trees of generated texts: data in every style of YAML, and texts of any characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from lorplan.planfile.yaml_tree import Mapping, Sequence, read_tree
from planfile.yaml_parsing import LOADER, errors_in, read_data, scalars

if TYPE_CHECKING:
    from runner import Json

LETTERS = st.text(st.sampled_from("ab ~-:#'\"[]{},&*!|>%@`?\n\téß陳😀\u0308"), max_size=8)
WORDS = LETTERS | st.sampled_from(["no", "08:30", "2026-11-31", "null", "~", "", "<<", "---", "...", "1_000", "!!x"])
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
    """Writes every value in full, without aliases and tags."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the name is PyYAML's
        return True

    def process_tag(self) -> None:
        """Write no tag."""


def dump(data: object, style: Json) -> str:
    """Write data as YAML in a style, with words that could be another type in quotes."""
    return str(yaml.dump(data, Dumper=_Dumper, sort_keys=False, **style))


class TestRoundTrip:
    @given(DATA, STYLES)
    @example({"a": ["x: y", "", "~"]}, {"default_style": None})
    def test_data_written_in_any_style_is_read_as_the_same_data(self, data: object, style: Json) -> None:
        """Lists, mappings and texts are the same after writing and reading, without an error."""
        text = dump(data, style)
        assert (read_data(text), errors_in(text)) == (data, [])

    @given(DATA, STYLES)
    def test_text_between_the_offsets_of_a_scalar_is_that_scalar(self, data: object, style: Json) -> None:
        """The piece of the text, quotes included, can be read alone."""
        text = dump(data, style)
        for scalar in scalars(read_tree(text).root):
            if text[scalar.start : scalar.start + 1] not in {"|", ">"}:
                alone = read_tree(text[scalar.start : scalar.end]).root
                assert [found.text for found in scalars(alone)] == [scalar.text] * (alone is not None)

    @given(DATA, STYLES)
    def test_both_parsers_give_the_same_tree(self, data: object, style: Json) -> None:
        """Without libyaml the scalars and their offsets are the same."""
        text = dump(data, style)
        with pytest.MonkeyPatch.context() as patch:
            usual = read_tree(text)
            patch.setattr(LOADER, yaml.Loader)
            assert list(scalars(usual.root)) == list(scalars(read_tree(text).root))

    @given(st.text(st.sampled_from("ab:- \n\t[]{},'\"&*!|>%@`?#~é😀\x00\r\\x1U.0"), max_size=60))
    def test_any_text_is_read_and_every_error_is_inside_it(self, text: str) -> None:
        """Whatever a text contains, it is read as far as it is YAML; an incomplete tree has an error."""
        found = read_tree(text)
        assert all(0 <= error.offset <= len(text) for error in found.errors)
        incomplete = isinstance(found.root, (Mapping, Sequence)) and not found.root.complete
        assert found.errors or not incomplete
