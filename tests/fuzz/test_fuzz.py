"""Any bytes as a plan file, at random: they are refused with positions, or planned with harmless answers.

What must hold is in `fuzz.plan_bytes`; the search guided by coverage is a program of its own beside it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fuzz.guided import seeds
from fuzz.plan_bytes import survives
from oracle.strategies import plans, rows_of, to_yaml

if TYPE_CHECKING:
    from runner import Json

LARGE: Final = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

SEEDS: Final = seeds()
"""The examples and the hostile files."""

TOKEN: Final = re.compile(rb"\w+|\s+|[^\w\s]")

TOKENS: Final = [
    *(b"- ", b"? ", b": ", b"[", b"]", b"{", b"}", b", ", b"#", b"&a ", b"*a", b"!!str ", b"|\n", b">-\n", b"<<: "),
    *(b"'", b'"', b"%YAML 1.1\n", b"---\n", b"...\n", b"\t", b"\r", b"\r\n", b"\0", b"\xff", b"\xef\xbb\xbf"),
    *(b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xae", b'"\\ud800"', b'"\\x1b"', b"~", b"null", b"2027-02-30"),
    *(b"9999-12-31", b"9" * 400, b"[/red]", b"=1+1", b"<script>", b"{{ 7*7 }}", b"\\N", b"\\", b"|", b"`"),
    *(b"attending: ", b"letter: ", b"asked: ", b"id: ", b"rotations:\n", b"applicant: ", b"policy: ", b"weeks: "),
]
"""What a mutation inserts: YAML's own signs, and what has a meaning to one of the answers."""

CHANGES: Final = ("delete", "double", "insert", "swap", "move", "cut")


# --- files to draw --------------------------------------------------------------------------------------


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """Draw a file that exists, with some slices of its bytes or tokens changed."""
    raw = draw(st.sampled_from(SEEDS))
    parts = TOKEN.findall(raw) if draw(st.booleans()) else [raw[at : at + 1] for at in range(len(raw))]
    for change in draw(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=4)):
        parts = _changed(draw, parts, change)
    return b"".join(parts)


def _changed(draw: st.DrawFn, parts: list[bytes], change: str) -> list[bytes]:
    """Change one slice of a file, mostly of a few parts."""
    start = draw(st.integers(0, len(parts)))
    end = min(len(parts), start + draw(st.integers(0, 8) | st.integers(0, len(parts))))
    before, slice_, after = parts[:start], parts[start:end], parts[end:]
    if change == "insert":
        return [*before, draw(st.sampled_from(TOKENS) | st.binary(max_size=4)), *slice_, *after]
    return {
        "delete": [*before, *after],
        "double": [*before, *slice_, *slice_, *after],
        "swap": [*before, *slice_[::-1], *after],
        "move": [*slice_, *before, *after],
        "cut": before,
    }[change]


HOSTILE_WORDS: Final = (
    *("[/red]", "[link=x]y", ":smile:", "=1+1", "+1", "-1", "@x", "\uff1d1", "'", '"', "\\", "\\N", "\\n;,", "{}"),
    *("<script>", '"><img src=x>', "]]>", "&#x1b;", "<!--", "[x](y)", "|", "`", "```", "{{ 7*7 }}", "{% x %}", "%s"),
    *("END:VEVENT", "Bcc: x@y", "=?utf-8?q?=0A?=", "no", "null", "<<", "\u05d0\u05d1", "e\u0301\u0301", "陈", "😀"),
    *("Dr.", "MD", ",", ".", "-", "--help", "\u200b", "\u2060x", "\ufeff", "\ue000", "\ufdd0", "\U0010ffff", " x "),
    *("x" * 300, "y " * 200, "9" * 100, "1e999", "2027-03-01", "~", "#", "x\u0338", "\u0130", "ß", "ﬀ"),
)
"""Words that mean something in one of the formats in which a plan leaves the program."""


def words() -> st.SearchStrategy[str]:
    """Draw a hostile word, several of them, or any text."""
    known = st.sampled_from(HOSTILE_WORDS)
    return known | st.lists(known, min_size=2, max_size=4).map("".join) | st.text(max_size=20)


@st.composite
def hostile_plans(draw: st.DrawFn) -> bytes:
    """Draw a plan that is valid but for its words, some of which are hostile."""
    plan = draw(plans())
    for row in rows_of(plan):
        _poison(draw, row, ("specialty", "hospital", "notes"))
        if draw(st.booleans()):
            row["attending"] = draw(words())
    if isinstance(plan, dict):
        _poison(draw, plan["applicant"], ("name", "email"))
    return to_yaml(plan).encode("utf-8", "surrogatepass")


def _poison(draw: st.DrawFn, owner: Json, keys: tuple[str, ...]) -> None:
    for key in keys:
        if draw(st.booleans()):
            owner[key] = draw(words())


VALUES: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | words(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words(), inner, max_size=3),
    max_leaves=8,
)


@st.composite
def wrong_shapes(draw: st.DrawFn) -> bytes:
    """Draw a plan in which some values are of another type."""
    plan = draw(plans())
    for row in rows_of(plan):
        row[draw(st.sampled_from([*row, "id", "days", "letter", "away", "attending"]))] = draw(VALUES)
    if isinstance(plan, dict):
        plan[draw(st.sampled_from([*plan, "policy", "applicant"]))] = draw(VALUES)
    return to_yaml(plan).encode("utf-8", "surrogatepass")


def texts() -> st.SearchStrategy[bytes]:
    """Draw any text, also with lone surrogates."""
    characters = st.characters(codec=None) | st.sampled_from("-:[]{}\n\"'#&*!|> \t")
    return st.text(characters, max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))


# --- what must hold -----------------------------------------------------------------------------------------


@LARGE
@given(st.binary(max_size=300) | texts())
@example(b"")
@example(b"\xef\xbb\xbf")
def test_any_bytes_are_planned_or_refused_harmlessly(data: bytes) -> None:
    """Bytes or text of any kind are a plan or a list of problems."""
    survives(data)


@LARGE
@given(mutations() | hostile_plans() | wrong_shapes())
def test_damaged_and_hostile_files_are_planned_or_refused_harmlessly(data: bytes) -> None:
    """A file with a few mistakes, hostile words or wrong types is a plan or a list of problems."""
    survives(data)


@pytest.mark.thorough
@LARGE
@given(st.binary(max_size=1000) | texts())
def test_many_more_bytes_are_planned_or_refused_harmlessly(data: bytes) -> None:
    """The same for longer files."""
    survives(data)


@pytest.mark.thorough
@LARGE
@given(mutations())
def test_damaged_file_is_planned_or_refused_harmlessly(data: bytes) -> None:
    """A damaged file is a plan or a list of problems."""
    survives(data)


@pytest.mark.thorough
@LARGE
@given(hostile_plans())
def test_hostile_words_are_planned_or_refused_harmlessly(data: bytes) -> None:
    """Words that mean something in a format are only words in every answer, or refused."""
    survives(data)


@pytest.mark.thorough
@LARGE
@given(wrong_shapes())
def test_wrong_types_are_planned_or_refused_harmlessly(data: bytes) -> None:
    """A number instead of a list, or a list instead of a word: each is a problem with a position."""
    survives(data)
