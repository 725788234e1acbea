"""Bad input by chance: any bytes are refused with places or planned with harmless answers.

What has to hold is in `fuzz.plan_bytes`; the search that is guided by coverage is a program of its own beside it.
"""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fuzz.guided import seeds
from fuzz.plan_bytes import survives
from oracle.strategies import plans, rows_of, to_yaml

SETTINGS: Final = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
EVERYDAY: Final = settings(SETTINGS, max_examples=60)
SHORT: Final = settings(SETTINGS, max_examples=25)
MANY: Final = settings(SETTINGS, max_examples=100)
THOROUGH: Final = settings(SETTINGS, max_examples=3000)
THOROUGH_PLANS: Final = settings(SETTINGS, max_examples=250)

SEEDS: Final = seeds()
"""The examples and the hostile files."""

TOKEN: Final = re.compile(rb"\w+|\s+|[^\w\s]")

TOKENS: Final = [
    *(
        b"- ",
        b"? ",
        b": ",
        b"[",
        b"]",
        b"{",
        b"}",
        b", ",
        b"#",
        b"&a ",
        b"*a",
        b"!!str ",
        b"|\n",
        b">-\n",
        b"<<: ",
    ),
    *(b"'", b'"', b"%YAML 1.1\n", b"---\n", b"...\n", b"\t", b"\r", b"\r\n", b"\0", b"\xff", b"\xef\xbb\xbf"),
    *(b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xae", b'"\\ud800"', b'"\\x1b"', b"~", b"null", b"2027-02-30"),
    *(b"9999-12-31", b"9" * 400, b"[/red]", b"=1+1", b"<script>", b"{{ 7*7 }}", b"\\N", b"\\", b"|", b"`"),
    *(b"attending: ", b"letter: ", b"asked: ", b"id: ", b"rotations:\n", b"applicant: ", b"policy: ", b"weeks: "),
]
"""What a mutation puts in: YAML's own signs, and what has a meaning further on."""

CHANGES: Final = ("delete", "double", "insert", "swap", "move", "cut")


# --- what is drawn ----------------------------------------------------------------------------------------


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """Draw a file that exists, with some of its slices or tokens changed."""
    raw = draw(st.sampled_from(SEEDS))
    parts = TOKEN.findall(raw) if draw(st.booleans()) else [raw[at : at + 1] for at in range(len(raw))]
    for change in draw(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=4)):
        parts = _changed(draw, parts, change)
    return b"".join(parts)


def _changed(draw: st.DrawFn, parts: list[bytes], change: str) -> list[bytes]:
    """Change one slice of a file, of a few parts mostly."""
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
    *(
        "<script>",
        '"><img src=x>',
        "]]>",
        "&#x1b;",
        "<!--",
        "[x](y)",
        "|",
        "`",
        "```",
        "{{ 7*7 }}",
        "{% x %}",
        "%s",
    ),
    *(
        "END:VEVENT",
        "Bcc: x@y",
        "=?utf-8?q?=0A?=",
        "no",
        "null",
        "<<",
        "\u05d0\u05d1",
        "e\u0301\u0301",
        "陈",
        "😀",
    ),
    *(
        "Dr.",
        "MD",
        ",",
        ".",
        "-",
        "--help",
        "\u200b",
        "\u2060x",
        "\ufeff",
        "\ue000",
        "\ufdd0",
        "\U0010ffff",
        " x ",
    ),
    *("x" * 300, "y " * 200, "9" * 100, "1e999", "2027-03-01", "~", "#", "x\u0338", "\u0130", "ß", "ﬀ"),
)
"""Words that mean something to one of the forms in which a plan leaves the program."""


def words() -> st.SearchStrategy[str]:
    """Draw a hostile word, several of them, or any text."""
    known = st.sampled_from(HOSTILE_WORDS)
    return known | st.lists(known, min_size=2, max_size=4).map("".join) | st.text(max_size=20)


@st.composite
def hostile_plans(draw: st.DrawFn) -> bytes:
    """Draw a plan that would be valid if its words were, with hostile ones for some of them."""
    plan = draw(plans())
    for row in rows_of(plan):
        _poison(draw, row, ("specialty", "hospital", "notes"))
        if draw(st.booleans()):
            row["attending"] = draw(words())
    if isinstance(plan, dict):
        _poison(draw, plan["applicant"], ("name", "email"))
    return to_yaml(plan).encode("utf-8", "surrogatepass")


def _poison(draw: st.DrawFn, owner: dict[str, Any], keys: tuple[str, ...]) -> None:
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
    """Draw a plan in which some values are of another kind altogether."""
    plan = draw(plans())
    for row in rows_of(plan):
        row[draw(st.sampled_from([*row, "id", "days", "letter", "away", "attending"]))] = draw(VALUES)
    if isinstance(plan, dict):
        plan[draw(st.sampled_from([*plan, "policy", "applicant"]))] = draw(VALUES)
    return to_yaml(plan).encode("utf-8", "surrogatepass")


def texts() -> st.SearchStrategy[bytes]:
    """Draw any text, lone surrogates among it."""
    characters = st.characters(codec=None) | st.sampled_from("-:[]{}\n\"'#&*!|> \t")
    return st.text(characters, max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))


# --- what is seen -----------------------------------------------------------------------------------------


@MANY
@given(st.binary(max_size=300) | texts())
@example(b"")
@example(b"\xef\xbb\xbf")
def test_any_bytes_survive(data: bytes) -> None:
    """Bytes or text of any kind are a plan or a list of problems."""
    survives(data)


@EVERYDAY
@given(mutations())
def test_a_damaged_file_survives(data: bytes) -> None:
    """A file that somebody has spoilt is a plan or a list of problems."""
    survives(data)


@SHORT
@given(hostile_plans())
def test_hostile_words_survive(data: bytes) -> None:
    """Words that mean something further on are words in every answer, or refused."""
    survives(data)


@SHORT
@given(wrong_shapes())
def test_wrong_shapes_survive(data: bytes) -> None:
    """A number for a list, or a list for a word: each is a problem with a place."""
    survives(data)


@pytest.mark.thorough
@THOROUGH
@given(st.binary(max_size=1000) | texts() | mutations())
def test_many_more_bytes_survive(data: bytes) -> None:
    """The same, some thousand times."""
    survives(data)


@pytest.mark.thorough
@THOROUGH_PLANS
@given(hostile_plans() | wrong_shapes())
def test_many_more_plans_survive(data: bytes) -> None:
    """The same for what is nearly a plan."""
    survives(data)
