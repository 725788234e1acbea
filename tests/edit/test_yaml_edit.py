"""Edits of YAML text in any style: an insertion and its removal."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from edit.yaml_texts import append, first_mapping, load_yaml, remove
from lorplan.edit.yaml_edit import Splice, set_value


class TestSplice:
    """A splice replaces one part of a text."""

    @pytest.mark.parametrize(
        ("splice", "text"),
        [
            pytest.param(Splice(1, 2, "x"), "axc", id="replaces_something"),
            pytest.param(Splice(0, 0, "x"), "xabc", id="before_all"),
            pytest.param(Splice(3, 3, "x"), "abcx", id="after_all"),
            pytest.param(Splice(0, 3, ""), "", id="removes_all"),
        ],
    )
    def test_splice_changes_only_its_part_of_the_text(self, splice: Splice, text: str) -> None:
        """The text before its start and from its end on stays."""
        assert splice.apply("abc") == text


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
    """Writes every value in full, every text without a tag, and keys as plain words."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the name is PyYAML's
        return True

    def process_tag(self) -> None:
        """Leave all tags out."""

    def choose_scalar_style(self) -> str:
        """Write keys without quotes: long and quoted ones would get a question mark."""
        return "" if self.simple_key_context else str(super().choose_scalar_style())


def dump(data: object, style: dict[str, Any]) -> str:
    """Write data as YAML in a style."""
    return str(yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, **style))


class TestAnyStyle:
    """In any style an insertion changes nothing else, and its removal restores the text."""

    @given(MAPPINGS, STYLES)
    def test_inserted_key_can_be_removed_again_in_any_style(self, data: dict[str, Any], style: dict[str, Any]) -> None:
        """A new key changes nothing else, and without it the text is as before."""
        text = dump(data, style)
        after = set_value(text, first_mapping(text), ("new",), "1", ("new",)).apply(text)
        assert load_yaml(after) == load_yaml(text) | {"new": "1"}
        assert remove(after, "new") == text

    @given(st.lists(WORDS, min_size=1, max_size=3), STYLES)
    def test_appended_item_can_be_removed_again_in_any_style(self, items: list[str], style: dict[str, Any]) -> None:
        """A new item changes nothing else, and without it the text is as before."""
        text = dump({"x": items}, style)
        after = append(text, "1")
        assert load_yaml(after) == {"x": [*load_yaml(text)["x"], "1"]}
        assert remove(after, "x", len(items)) == text
