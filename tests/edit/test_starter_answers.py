"""Answers of an interview as the text of a plan file: every answer is read back as it was typed."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from edit.interviews import EMPTY, FULL, FULL_TEXT, answers, hold_interview
from edit.yaml_texts import load_yaml
from lorplan.edit.starter import write_answers
from lorplan.planfile import yaml_tree
from lorplan.planfile.field_types import Email, Line
from lorplan.planfile.models import PlanFile
from lorplan.planfile.reader import loads
from lorplan.planfile.yaml_tree import read_tree, to_python, write_scalar
from lorplan.reference.specialties import canonical, is_known, nearest

if TYPE_CHECKING:
    from runner import Json

LINE: TypeAdapter[str] = TypeAdapter(Line)
EMAIL: TypeAdapter[str] = TypeAdapter(Email)

CONFUSING = (
    "Chen: MD", "Chen:", ": Chen", "#1 Hospital", "St. Mary #2", "a # b", "a#b", "'Wei'", '"Wei"', "it's", "'",
    '"', "- Chen", "-", "--", "---", "...", "? x", "?", "[IM]", "[", "]", "{a: b}", "{}", "}", "[]", "a, b",
    ",", "*", "*x", "&", "&x", "!", "!!str x", "!x", "|", "|-", ">", ">-", "%", "%YAML 1.1", "@home", "`x`",
    "~", "null", "Null", "NULL", "yes", "no", "Yes", "NO", "on", "off", "true", "False", "y", "n", "=", "<<",
    "<<: x", "0", "007", "0o7", "0x1F", "1e3", "1_000", "12:30", "12:30:45", "2027-01-04", "2027-02-31", ".5",
    ".inf", ".nan", "+1", "-1", "5.", "1.0", "\\", "a\\nb", "\\x00", "a  b", "Zoë", "José Álvarez-Núñez", "陈伟",
    "محمد", "😀", "\U0001f469\U0001f3fd\u200d\u2695\ufe0f \xc9milie", "\ufeffx", "x\ufeff", "\u200bx", "a\xa0b",
    "\xadx", "é", "{{ name }}", "{% if %}", "%s {0}", "$HOME", "x" * 200, "a:b", "a :b",
)  # fmt: skip
"""Names that mean something else in YAML, or in another language that a text may pass through."""


def accepts(adapter: TypeAdapter[str], text: str) -> bool:
    """Whether the model accepts a text as it is typed."""
    try:
        return adapter.validate_python(text) == text.strip()
    except ValidationError:
        return False


SPECIAL = st.sampled_from(":#-?[]{},&*!|>'\"%@`~ =\\<ab01é陈😀\u00a0\u200b\ufeff\u0301")
ANY = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")) | st.sampled_from("\ufffe\uffff")
LINES = (
    st.sampled_from(CONFUSING) | st.text(SPECIAL, min_size=1, max_size=8) | st.text(ANY, min_size=1, max_size=20)
).filter(lambda text: accepts(LINE, text) and text.strip() != "<")
"""Any text that the model accepts as a line."""

EMAILS = (
    st.sampled_from(("a@b", "#me@x.org", "a@b@c", "'a'@b", '"ab"@c', "-@-", "?a:@b", "é@陈", "[a]@b:"))
    | st.builds("{}@{}".format, st.text(SPECIAL, min_size=1, max_size=5), st.text(SPECIAL, min_size=1, max_size=5))
).filter(lambda text: accepts(EMAIL, text))


SPECIALTIES: Final = LINES.filter(lambda text: is_known(text) or nearest(text) is None)
"""Names that the interview does not take for misspelled ones."""


def some(**values: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    """Draw some of the keys, in their order."""
    return st.fixed_dictionaries({}, optional=values)


def rotations() -> st.SearchStrategy[Json]:
    """Draw a rotation as it is answered: every value is text."""
    attendings = st.tuples(LINES, some(email=EMAILS)).map(lambda drawn: {"name": drawn[0], **drawn[1]})
    required = st.fixed_dictionaries(
        {"attending": attendings, "specialty": SPECIALTIES, "start": st.sampled_from(("2024-02-29", "2020-12-28"))}
    )
    lengths = st.integers(1, 104).map(lambda weeks: {"weeks": str(weeks)}) | st.sampled_from(
        ({"end": "2028-01-14"}, {"end": "2100-12-31"})
    )
    flags = st.sampled_from(("yes", "no", "true", "OFF", "On"))
    optional = some(
        hospital=LINES,
        experience=st.sampled_from(("hands-on", "observership", "telehealth", "research")),
        us=flags,
        letterhead=flags,
        residency_affiliated=flags,
        img_friendly=flags,
        performance=st.sampled_from(("excellent", "good", "fair", "poor")),
        contact=st.sampled_from(("daily", "weekly", "rarely")),
    )
    return st.builds(lambda one, length, more: {**one, **length, **more}, required, lengths, optional)


def interview_data() -> st.SearchStrategy[Json]:
    """Draw the data of an interview."""
    about = some(
        name=LINES,
        email=EMAILS,
        season=st.integers(1991, 2100).map(str),
        targets=st.lists(SPECIALTIES, min_size=1, max_size=3, unique_by=canonical),
    )
    return st.builds(
        lambda applicant, rows: {**({"applicant": applicant} if applicant else {}), "rotations": rows},
        about,
        st.lists(rotations(), max_size=3),
    )


class TestWriteAnswers:
    """The file has every answer as it was typed."""

    @given(interview_data())
    def test_any_answers_are_read_back_as_they_were_typed(self, data: Json) -> None:
        """Every valid answer is accepted, written, and read back letter by letter, with the same meaning."""
        found, asked = hold_interview(answers(data))
        assert {question.refused for question in asked} == {None}
        assert found == data
        text = write_answers(found)
        assert load_yaml(text) == data
        assert loads(text) == PlanFile.model_validate(data)

    @pytest.mark.parametrize("name", CONFUSING)
    def test_name_that_means_something_in_yaml_is_read_back_as_a_name(self, name: str) -> None:
        """Such a name is quoted wherever text can be: after a key, in a list, first in an item, in a mapping."""
        row = {"attending": {"name": name}, "specialty": name, "start": "2027-01-04", "weeks": "4", "hospital": name}
        data = {"applicant": {"name": name, "targets": [name]}, "rotations": [row]}
        assert load_yaml(write_answers(data)) == data
        assert loads(write_answers(data)) == PlanFile.model_validate(data)

    def test_file_is_in_block_style_without_needless_quotes(self) -> None:
        """After one comment, the answers are written as a person would write them."""
        comment, text = write_answers(FULL).split("\n", 1)
        assert comment.startswith("# ")
        assert text == FULL_TEXT

    def test_answers_of_an_interview_are_written_with_the_applicant_first(self) -> None:
        """The order is that of the starter file."""
        data, _ = hold_interview(answers(FULL))
        assert write_answers(data) == write_answers(FULL)

    def test_file_without_any_answer_is_a_valid_empty_plan(self) -> None:
        """An interview in which nothing is answered gives a plan file without rotations."""
        assert loads(write_answers(EMPTY)) == PlanFile()


class TestWriteScalar:
    """A scalar is quoted if it would be read as something else, and only then."""

    @given(LINES)
    @example("x: y")
    @example("\ufeff")
    def test_scalar_is_read_back_as_the_same_text_on_one_line(self, text: str) -> None:
        """After a key, in a file or in an item, any line is read back as it was."""
        scalar = write_scalar(text)
        assert load_yaml(f"x: {scalar}") == {"x": text}
        assert load_yaml(f"a:\n  - x: {scalar}\n    y: z\n") == {"a": [{"x": text, "y": "z"}]}
        assert "\n" not in scalar

    @given(LINES)
    def test_scalar_is_read_back_with_and_without_libyaml(self, text: str) -> None:
        """What is written with libyaml is read back without it, and the other way round."""
        with_libyaml = write_scalar(text)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(yaml_tree, "_LOADER", yaml.Loader)
            without_libyaml = write_scalar(text)
        for scalar in (with_libyaml, without_libyaml):
            for parser in (yaml.Loader, yaml_tree._LOADER):  # noqa: SLF001 - the parser that lorplan uses
                assert load_yaml(f"x: {scalar}", parser) == {"x": text}

    @given(LINES)
    def test_scalar_is_quoted_only_if_it_would_be_read_as_something_else(self, text: str) -> None:
        """Text that is read as itself is written as it is, any other in double quotes."""
        root, errors = read_tree(f"x: {text}")
        reads_as_itself = root is not None and not errors and to_python(root) == {"x": text}
        scalar = write_scalar(text)
        assert (scalar == text) == reads_as_itself
        assert reads_as_itself or re.fullmatch('".*"', scalar)

    @pytest.mark.parametrize("text", ["Dr. Wei Chen", "2027-01-04", "yes", "it's", "a:b", "a#b", "José", "陈伟", "😀"])
    def test_plain_text_is_not_quoted(self, text: str) -> None:
        """A file that people read has no quotes that it does not need."""
        assert write_scalar(text) == text

    @pytest.mark.parametrize("text", ["", "~", "null", "a: b", "a #b", "- a", " a", "a ", "[a", "'a", '"a', "&a", "*a"])
    def test_text_that_would_be_read_as_something_else_is_quoted(self, text: str) -> None:
        """Text that looks like no value, a comment, a list or an alias is in double quotes."""
        assert write_scalar(text) == json.dumps(text)

    @pytest.mark.parametrize("character", ["\ufffe", "\uffff"])
    def test_character_that_yaml_does_not_allow_is_escaped(self, character: str) -> None:
        """Such a character, which the model refuses, would be written as an escape."""
        text = f"Dr. A{character}B"
        assert not accepts(LINE, text)
        assert write_scalar(text).isascii()
        assert load_yaml(f"x: {write_scalar(text)}") == {"x": text}
