"""The sources themselves: each says something, and says where it can be looked up."""

from __future__ import annotations

import re
from datetime import date

import pytest

from lorplan.dates import eras_seasons as seasons
from lorplan.reference import policy_numbers, sources, specialties
from lorplan.reference.sources import ALL, JUDGEMENT, READ_ON, Source
from lorplan.rules import RULES

PAGES = [source for source in ALL if source is not JUDGEMENT]
PLACEHOLDERS = re.compile(r"\b(todo|tbd|fixme|xxx|placeholder|lorem|example\.(com|org))\b|\.\.\.|…", re.IGNORECASE)
ADDRESS = re.compile(
    r"https://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:/[\w.~%/?=&()-]*[\w/)])?", re.ASCII
)


def is_one_bare_address(text: str) -> bool:
    """Tell whether a text is one https address and nothing else: no words, no second one, no gap in it."""
    return ADDRESS.fullmatch(text) is not None and "..." not in text


def title(source: Source) -> str:
    """Name the case of a test after the source."""
    return source.title


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
def test_checker_accepts_an_address(text: str) -> None:
    """Real pages have all these forms."""
    assert is_one_bare_address(text)


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
def test_checker_refuses_what_is_no_bare_address(text: str) -> None:
    """Each of these has been seen in lists of references elsewhere."""
    assert not is_one_bare_address(text)


@pytest.mark.parametrize("source", PAGES, ids=title)
def test_source_has_one_bare_address(source: Source) -> None:
    """A reader can open the page, or at least the site, of every source."""
    assert is_one_bare_address(source.address)


def test_only_our_own_judgement_has_no_address() -> None:
    """What nobody else says is called ours, and ours alone."""
    assert [source for source in ALL if not source.address] == [JUDGEMENT]
    assert "our own" in JUDGEMENT.title.casefold()
    assert JUDGEMENT.confidence == "low"


@pytest.mark.parametrize("source", ALL, ids=title)
def test_source_says_something_in_whole_sentences(source: Source) -> None:
    """Beside the link stands what the page says, so that a dead link does not take the reason with it."""
    assert re.fullmatch(r"[A-Z][^\n]{20,}\.", source.says)
    assert "  " not in source.says


@pytest.mark.parametrize("text", ["TODO: look it up", "https://example.org/a", "the page on letters..."])
def test_checker_finds_a_placeholder(text: str) -> None:
    """What an author leaves for later looks like this."""
    assert PLACEHOLDERS.search(text)


@pytest.mark.parametrize("source", ALL, ids=title)
def test_source_has_no_placeholder(source: Source) -> None:
    """Nothing in a source is still to be filled in."""
    assert not PLACEHOLDERS.search(f"{source.title}\n{source.address}\n{source.says}")


@pytest.mark.parametrize("source", ALL, ids=title)
def test_source_tells_when_it_was_read_and_how_far_to_trust_it(source: Source) -> None:
    """Every source was read on the one day, and has one of three degrees of confidence."""
    assert source.read == READ_ON == date(2026, 11, 22)
    assert source.confidence in {"high", "medium", "low"}


@pytest.mark.parametrize("field", ["title", "address", "says"])
def test_no_two_sources_are_the_same(field: str) -> None:
    """Two names for one page would hide that two rules stand on the same ground."""
    values = [getattr(source, field) for source in ALL]
    assert sorted(set(values)) == sorted(values)


def test_all_has_each_source_once_under_one_name() -> None:
    """The list of all sources has every constant of the module, in its order."""
    constants = [value for name, value in vars(sources).items() if name.isupper() and isinstance(value, Source)]
    assert list(ALL) == constants
    assert len(ALL) > 40


def test_source_cannot_be_changed() -> None:
    """Sources are shared by rules and plans; none of these may alter one."""
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
        pytest.param(JUDGEMENT, "Our own judgement", id="no_page"),
    ],
)
def test_source_is_named_by_its_title_and_address(source: Source, named: str) -> None:
    """One line is enough to find the page again."""
    assert source.named == named


def test_every_source_stands_behind_something() -> None:
    """A page that nothing rests on would only lend its name."""
    numbers = {number.source for number in policy_numbers.ALL}
    known = (*specialties.SUBSPECIALTIES, *specialties.STANDING_ALONE)
    used = {source for rule in RULES for source in rule.sources} | numbers | set(seasons.MATCH_DAY_SOURCES)
    used |= {seasons.season(year).source for year in range(2018, 2030)}
    used |= {specialties.source_of(name) for name in known}
    assert set(sources.ALL) - used == set()


def test_every_rule_and_number_has_a_source() -> None:
    """Nothing is claimed without saying who says so, be it only us."""
    assert all(rule.sources for rule in RULES)
    assert {source for rule in RULES for source in rule.sources} <= set(sources.ALL)
    assert {number.source for number in policy_numbers.ALL} <= set(sources.ALL)


def test_a_judgement_of_ours_says_so() -> None:
    """A rule whose first source is our own judgement is labelled judgement, and no other one is."""
    assert {rule.id for rule in RULES if rule.basis == "judgement"} == {
        rule.id for rule in RULES if rule.sources[0] is sources.JUDGEMENT
    }
