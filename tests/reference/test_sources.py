"""The sources: each says something and where it can be looked up, and each rule and number has one."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from lorplan.dates import business_days, eras_seasons
from lorplan.reference import policy_numbers, sources, specialties, targets
from lorplan.reference.sources import ALL, JUDGEMENT, READ_ON, Source
from lorplan.rules import RULES

PAGES = [source for source in ALL if source is not JUDGEMENT]
PLACEHOLDERS = re.compile(r"\b(todo|tbd|fixme|xxx|placeholder|lorem|example\.(com|org))\b|\.\.\.|…", re.IGNORECASE)
ADDRESS = re.compile(r"https://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:/[\w.~%/?=&()-]*[\w/)])?", re.ASCII)


def is_bare_address(text: str) -> bool:
    """Whether a text is one https address and nothing else: no words, no second address, no part left out."""
    return ADDRESS.fullmatch(text) is not None and "..." not in text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("https://nrmp.org", id="host"),
        pytest.param("https://www.im.org/resources/a-page", id="page"),
        pytest.param("https://aap.org/en/timeline/", id="folder"),
        pytest.param("https://doi.org/10.7759/cureus.10130", id="doi"),
        pytest.param("https://en.wikipedia.org/wiki/Match_Day_(medicine)", id="brackets"),
        pytest.param("https://students-residents.aamc.org/faq?topic=documents", id="query"),
    ],
)
def test_address_checker_accepts_an_address(text: str) -> None:
    """Real pages have all these forms."""
    assert is_bare_address(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("nrmp.org", id="no_scheme"),
        pytest.param("http://nrmp.org", id="not_encrypted"),
        pytest.param("https://nrmp", id="no_domain"),
        pytest.param("https://nrmp.org/a ", id="space_after"),
        pytest.param("see https://nrmp.org/a", id="words_before"),
        pytest.param("https://nrmp.org/a https://nrmp.org/b", id="two"),
        pytest.param("https://nrmp.org/a,https://nrmp.org/b", id="two_with_a_comma"),
        pytest.param("https://nrmp.org/a.", id="full_stop_of_a_sentence"),
        pytest.param("https://downstate.edu/.../letters.html", id="left_out_part"),
        pytest.param("<https://nrmp.org/a>", id="angle_brackets"),
        pytest.param("https://nrmp.org/a\n", id="line_end"),
    ],
)
def test_address_checker_refuses_anything_else(text: str) -> None:
    """Lists of references contain such mistakes."""
    assert not is_bare_address(text)


def test_every_page_has_one_bare_address() -> None:
    """A reader can open the page of every source: the address of a site alone is none."""
    assert [source.address for source in PAGES if not is_bare_address(source.address)] == []
    assert [source.address for source in PAGES if not urlsplit(source.address).path.strip("/")] == []


def test_only_our_own_judgement_has_no_address() -> None:
    """What no page says is called our own judgement."""
    assert [source for source in ALL if not source.address] == [JUDGEMENT]
    assert "our own" in JUDGEMENT.title.casefold()
    assert JUDGEMENT.confidence == "low"


def test_every_source_says_something_in_whole_sentences() -> None:
    """What the page says is written down, so that a dead link does not lose the reason."""
    assert [source.says for source in ALL if not re.fullmatch(r"[A-Z][^\n]{20,}\.", source.says)] == []
    assert [source.says for source in ALL if "  " in source.says] == []


@pytest.mark.parametrize("text", ["TODO: look it up", "https://example.org/a", "the page on letters..."])
def test_placeholder_checker_finds_a_placeholder(text: str) -> None:
    """Unfinished text looks like this."""
    assert PLACEHOLDERS.search(text)


def test_no_source_has_a_placeholder() -> None:
    """No source has a part that is still to be written."""
    texts = [f"{source.title}\n{source.address}\n{source.says}" for source in ALL]
    assert [text for text in texts if PLACEHOLDERS.search(text)] == []


def test_every_source_has_the_day_it_was_read_and_a_degree_of_confidence() -> None:
    """Every source was read on one of two days, and has one of three degrees of confidence."""
    assert {source.read for source in ALL} == {READ_ON, date(2026, 11, 25)}
    assert {source.confidence for source in ALL} == {"high", "medium", "low"}


def test_no_two_sources_have_the_same_title_address_or_text() -> None:
    """Two sources for one page would hide that two rules have the same reason."""
    for field in ("title", "address", "says"):
        assert len({getattr(source, field) for source in ALL}) == len(ALL), field


def test_all_has_each_source_once_under_one_name() -> None:
    """The list of all sources has every constant of the module, in its order."""
    constants = [value for name, value in vars(sources).items() if name.isupper() and isinstance(value, Source)]
    assert list(ALL) == constants
    assert len(ALL) > 40


def test_source_cannot_be_changed() -> None:
    """All rules and plans share the sources, so none may change one."""
    with pytest.raises(AttributeError):
        JUDGEMENT.says = "otherwise"  # type: ignore[misc]  # that is the point


@pytest.mark.parametrize(
    ("source", "named"),
    [
        pytest.param(
            sources.WIKIPEDIA_MATCH_DAY,
            "Wikipedia: Match Day (medicine), https://en.wikipedia.org/wiki/Match_Day_(medicine)",
            id="page",
        ),
        pytest.param(JUDGEMENT, "Our own judgement", id="our_own"),
    ],
)
def test_source_is_named_by_its_title_and_address(source: Source, named: str) -> None:
    """One line is enough to find the page again."""
    assert source.named == named


IN_DOCSTRINGS = {
    name
    for module in (business_days, eras_seasons, targets)
    for name in re.findall(r"`sources\.([A-Z_]+)`", Path(str(module.__file__)).read_text(encoding="utf-8"))
}
"""The sources of tables that are facts and no rules, which their descriptions name."""


def test_every_source_is_used() -> None:
    """A page that nothing refers to would only look impressive."""
    numbers = {number.source for number in policy_numbers.ALL}
    known = (*specialties.SUBSPECIALTIES, *specialties.INDEPENDENT)
    used = {source for rule in RULES for source in rule.sources} | numbers | set(eras_seasons.MATCH_DAY_SOURCES)
    used |= {constant.source for rule in RULES for constant in rule.constants}
    used |= {eras_seasons.season(year).source for year in range(2018, 2030)}
    used |= {targets.source_of(name) for name in known}
    used |= {getattr(sources, name) for name in IN_DOCSTRINGS}
    assert set(sources.ALL) - used == set()


def test_every_rule_and_number_has_a_source() -> None:
    """Every claim says where it comes from, even if it is our own judgement."""
    assert all(rule.sources for rule in RULES)
    assert {source for rule in RULES for source in rule.sources} <= set(sources.ALL)
    assert {number.source for number in policy_numbers.ALL} <= set(sources.ALL)


def test_rule_is_labelled_judgement_exactly_if_its_first_source_is_our_own() -> None:
    """The basis of a rule agrees with its first source."""
    assert {rule.id for rule in RULES if rule.basis == "judgement"} == {
        rule.id for rule in RULES if rule.sources[0] is sources.JUDGEMENT
    }
