"""Plans as Markdown: what a page shows is what the plan says, whoever renders it, and no name becomes markup.

Several renderers are asked: markdown-it as CommonMark has it, with GitHub's tables and strikethrough, and with
links made of bare addresses; and GitHub's own, where it is installed.
"""

from __future__ import annotations

import importlib
import os
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from builders import plan, rotation
from lorplan.export.formats import exported, is_ours
from lorplan.export.markdown import MARK, markdown, plain
from lorplan.plan.applicant_plan import Dossier
from lorplan.plan.planner import make_plan
from lorplan.planfile.reader import loads
from lorplan.render.summary import coverage_words, forecast, policy_line, season_line, when_to_ask, why_so
from lorplan.storage.files import load, templates
from lorplan.text.safe import is_blank, on_one_line, refused_character
from oracle.strategies import plans_and_days, to_yaml
from samples import AMINA, AS_OF, BENITO, EXAMPLE_DAYS, EXAMPLES, HOSTILE, HOSTILE_NAMES

if TYPE_CHECKING:
    from conftest import Runner
    from lorplan.plan.model import Action, Letter

Plain = dict[str, Any]

OURS = {"h1", "h2", "p", "strong", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"}
"""The elements of a page; any other would come from a plan file."""


# --- the renderers ----------------------------------------------------------------------------------------


def markdown_it(preset: str) -> MarkdownIt:
    """Give a renderer with tables and strikethrough, whatever its preset."""
    return MarkdownIt(preset).enable(["table", "strikethrough"])


def rendered(text: str, dialect: str) -> str:
    """Make HTML of Markdown, in a dialect."""
    if dialect == "github":
        return str(importlib.import_module("cmarkgfm").github_flavored_markdown_to_html(text))
    return str(markdown_it(dialect).render(text))


def _if_there(dialect: str, module: str) -> Any:  # noqa: ANN401 - a parameter as pytest has it
    missing = find_spec(module) is None
    return pytest.param(dialect, marks=pytest.mark.skipif(missing, reason=f"{module} is not installed"))


LINKING = [_if_there("gfm-like", "linkify_it"), _if_there("github", "cmarkgfm")]
"""Dialects that make links of bare addresses."""

in_every_dialect = pytest.mark.parametrize("dialect", ["commonmark", "js-default"])


@dataclass
class Page(HTMLParser):
    """A rendered page: its elements, and the text in each block, in their order."""

    elements: Counter[str] = field(default_factory=Counter)
    blocks: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with nothing."""
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element; ours have no attributes."""
        assert not attrs, (tag, attrs)
        self.elements[tag] += 1
        if tag in {"h1", "h2", "p", "li", "th", "td"}:
            self.blocks.append((tag, ""))

    def handle_data(self, data: str) -> None:
        """Add a text to the block it is in."""
        if self.blocks and data != "\n":
            tag, text = self.blocks[-1]
            self.blocks[-1] = (tag, text + data)

    def of(self, *tags: str) -> list[str]:
        """Give the texts of some blocks."""
        return [text.strip("\n") for tag, text in self.blocks if tag in tags]


def shown(text: str, dialect: str) -> Page:
    """Render a page without its mark, which is a comment, and see that every element is one of ours."""
    assert text.endswith(f"\n\n{MARK}\n")
    page = Page()
    page.feed(rendered(text.removesuffix(f"{MARK}\n"), dialect))
    page.close()
    assert set(page.elements) <= OURS, set(page.elements) - OURS
    return page


# --- what a page has to show ------------------------------------------------------------------------------


def flat(text: object) -> str:
    """Give a text as one line shows it."""
    return on_one_line(str(text)).strip()


def action_line(action: Action) -> str:
    """Say what stands in the list of what to do."""
    conditional = " (if still needed)" if action.conditional else ""
    return (
        f"{action.state}, {action.on} to {action.until}: {action.title}{conditional} ({', '.join(action.rules)})"
    )


def cells_of(letter: Letter) -> list[str]:
    """Say what stands in the row of a letter."""
    rank = letter.ranking.rank if letter.ranking else ""
    return [flat(cell) for cell in (rank, letter.verdict, letter.attending, when_to_ask(letter), why_so(letter))]


def assert_shows(page: Page, *dossiers: Dossier) -> None:
    """Hold a page against the plans, block by block: everything is there, in order, and nothing more."""
    titles, sections, paragraphs, items, cells = [], [], [], [], []
    for dossier in dossiers:
        found = dossier.plan
        titles.append(flat(found.applicant or "Letters of recommendation"))
        file = "standard input" if dossier.file == "-" else dossier.file
        first = f"As of {found.as_of:%A}, {found.as_of}, from {on_one_line(file)}. {season_line(found)}"
        paragraphs += [flat(first), *([policy_line(found)] if found.overridden else []), forecast(found)]
        targets = [coverage for coverage in found.coverage if coverage.target is not None]
        items += [(f"{coverage.target}: ", coverage_words(coverage)) for coverage in targets]
        if found.letters:
            sections.append("Whom to ask")
            cells += [*("#", "Verdict", "Attending", "When", "Why")]
            cells += [cell for letter in found.letters for cell in cells_of(letter)]
        sections.append("What to do")
        items += [(action_line(action), "") for action in found.actions]
        if not found.actions:
            paragraphs.append("Nothing to do.")
        if found.warnings:
            sections.append("Warnings")
            items += [(text, "") for text in dict.fromkeys(caution.text for caution in found.warnings)]
    assert page.of("h1") == titles
    assert page.of("h2") == sections
    assert page.of("p") == paragraphs
    assert page.of("th", "td") == cells
    listed = page.of("li")
    assert len(listed) == len(items)
    for line, (beginning, within) in zip(listed, items, strict=True):
        assert line == flat(beginning) if not within else line.startswith(flat(beginning)) and flat(within) in line
    assert page.elements["strong"] == len(dossiers)


def page_of(*dossiers: Dossier, dialect: str = "js-default") -> Page:
    """Export plans, render them, and hold what is shown against them."""
    page = shown(markdown(dossiers), dialect)
    assert_shows(page, *dossiers)
    return page


# --- pages ------------------------------------------------------------------------------------------------


@in_every_dialect
@pytest.mark.parametrize(("file", "as_of"), EXAMPLE_DAYS)
def test_a_page_shows_what_the_plan_says(dialect: str, file: str, as_of: str) -> None:
    """Title, season, forecast, targets, a row a letter, an item an action and a warning, in their order."""
    found = make_plan(load(EXAMPLES / file), date.fromisoformat(as_of))
    assert found.letters
    page_of(Dossier(found, file), dialect=dialect)


@in_every_dialect
@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(plans_and_days())
def test_a_page_of_any_plan_shows_what_it_says(dialect: str, drawn: tuple[Plain | list[Plain], date]) -> None:
    """For whatever file the page shows the plan, and its elements are ours."""
    page_of(Dossier(make_plan(loads(to_yaml(drawn[0])), drawn[1]), "rotations.yaml"), dialect=dialect)


def test_a_plan_without_letters_has_no_table() -> None:
    """Where nothing is planned the page says so, and leaves out what would be empty."""
    page = page_of(Dossier(plan(), "rotations.yaml"))
    assert page.elements["table"] == 0
    assert "Nothing to do." in page.of("p")


def test_several_plans_are_one_page_with_a_title_each() -> None:
    """Each applicant's part begins with the name, or says which file it is of, and there is one mark."""
    dossiers = [
        Dossier(plan(rotation(), name="Amina Rahman"), "a.yaml"),
        Dossier(plan(rotation("Dr. Ana Petrov")), "b.yaml"),
        Dossier(plan(), "-"),
    ]
    page = page_of(*dossiers)
    assert page.of("h1") == ["Amina Rahman", "Letters of recommendation", "Letters of recommendation"]
    assert ["a.yaml" in page.of("p")[0], "b.yaml" in page.of("p")[2]] == [True, True]
    assert any("from standard input." in text for text in page.of("p"))
    assert markdown(dossiers).count(MARK) == 1


def test_the_same_plan_gives_the_same_bytes() -> None:
    """As bytes a page is UTF-8 with plain line ends, the same each time, and known as ours."""
    found = [Dossier(plan(rotation("陈伟")), "rotations.yaml")]
    first, second = (exported("markdown", found, date(2027, 3, 1), templates(Path(os.devnull))) for _ in range(2))
    assert first == second == markdown(found).encode()
    assert is_ours("markdown", first)
    assert b"\r" not in first


@pytest.mark.parametrize("html", [True, False], ids=["where_html_is_taken", "where_it_is_not"])
def test_the_mark_is_a_comment_at_the_end(html: bool) -> None:  # noqa: FBT001 - both
    """A reader of the page does not see by what it is known, except where comments are shown as text."""
    text = markdown([Dossier(plan(), "rotations.yaml")])
    made = MarkdownIt("commonmark", {"html": html}).render(text)
    assert (MARK in made) == html
    assert made.rstrip().endswith(MARK if html else "&lt;!-- written by lorplan --&gt;</p>")


# --- hostile texts ----------------------------------------------------------------------------------------

HOSTILE_TEXTS = [
    pytest.param("*a* **b** ***c***", id="stars"),
    pytest.param("_b_ __c__", id="underscores"),
    pytest.param("[x](http://evil)", id="a_link"),
    pytest.param("[x][y] [x]: /y", id="a_reference"),
    pytest.param("![i](x)", id="an_image"),
    pytest.param("<script>alert(1)</script>", id="a_script"),
    pytest.param("<!-- a --> <b>c</b> <http://evil.org>", id="tags_and_comments"),
    pytest.param("<!-- written by lorplan -->", id="our_own_mark"),
    pytest.param("`c` ``d``", id="code"),
    pytest.param("```", id="a_fence"),
    pytest.param("~~~", id="a_fence_of_tildes"),
    pytest.param("~~s~~ ~t~", id="struck_out"),
    pytest.param("# h", id="a_heading"),
    pytest.param("h #", id="a_closed_heading"),
    pytest.param("> q", id="a_quotation"),
    pytest.param("1. x", id="a_numbered_list"),
    pytest.param("12) x", id="a_numbered_list_with_brackets"),
    pytest.param("- y", id="a_list"),
    pytest.param("+ y", id="a_list_of_pluses"),
    pytest.param("* y", id="a_list_of_stars"),
    pytest.param("- [ ] y", id="a_task"),
    pytest.param("---", id="a_rule"),
    pytest.param("===", id="an_underline"),
    pytest.param("| cell | other |", id="cells"),
    pytest.param("a|b\\|c\\\\|d", id="cells_behind_backslashes"),
    pytest.param(":--|:-:", id="a_table_s_second_line"),
    pytest.param(":b: :smile:", id="emoji_codes"),
    pytest.param("&amp; &lt;b&gt; &#42; &copy", id="entities"),
    pytest.param("www.evil.org", id="a_bare_address"),
    pytest.param("https://evil.org http://evil.org/x?y=z", id="addresses"),
    pytest.param("ftp://evil.org", id="an_address_of_files"),
    pytest.param("javascript:alert(1)", id="a_script_s_address"),
    pytest.param("back\\slash\\", id="backslashes"),
    pytest.param("\\*a\\*", id="escapes_as_typed"),
    pytest.param("\\", id="one_backslash"),
    pytest.param("$x$ $$y$$ \\(z\\)", id="formulas"),
    pytest.param("x^2^ H~2~O ==m==", id="super_and_sub"),
    pytest.param("[^1]: x [^1]", id="a_footnote"),
    pytest.param("{{ x }} {% y %}", id="like_a_template"),
    pytest.param('(c) ... -- "q"', id="what_typographers_change"),
    pytest.param("    four", id="spaces_in_front"),
    pytest.param("two  spaces", id="spaces_within"),
    pytest.param("陈伟 *王* 😀", id="wide_characters"),
]


def hostile(text: str) -> Dossier:
    """Plan a rotation with a text in each place of the file that is shown, and as the file's name."""
    one = rotation(text, specialty=text, hospital=text, id="x")
    other = rotation("Dr. Ann Lee", id="lee", performance="fair")
    return Dossier(plan(one, other, name=text, targets=[text, "neurology"]), text)


@in_every_dialect
@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_a_text_shows_as_typed_wherever_it_stands(dialect: str, text: str) -> None:
    """In each place of a file, a text that looks like markup is shown letter by letter, and makes no element."""
    page = page_of(hostile(text), dialect=dialect)
    assert flat(text) in page.of("h1")
    assert flat(text) in page.of("td")


@pytest.mark.parametrize("dialect", LINKING)
def test_a_text_shows_as_typed_where_addresses_become_links(dialect: str) -> None:
    """The same for the dialects that see links everywhere."""
    for case in HOSTILE_TEXTS:
        page_of(hostile(str(case.values[0])), dialect=dialect)


@pytest.mark.parametrize("dialect", LINKING)
@pytest.mark.parametrize(
    ("text", "linked_by"),
    [
        pytest.param("a@b.org", {"github"}, id="an_e-mail_address"),
        pytest.param("<a@b.org>", {"github"}, id="an_e-mail_address_in_brackets"),
        pytest.param("mailto:a@b.org", {"github"}, id="an_e-mail_address_as_a_link"),
        pytest.param("//evil.org/x", set(), id="an_address_without_its_scheme"),
        pytest.param("WWW.evil.org", set(), id="a_bare_address_in_capitals"),
        pytest.param("evil.org", set(), id="the_name_of_a_host"),
        pytest.param("Dr. A.in", set(), id="a_name_that_happens_to_be_one"),
    ],
)
def test_an_address_does_not_become_a_link(
    request: pytest.FixtureRequest, dialect: str, text: str, linked_by: set[str]
) -> None:
    """Dialects that make links of what looks like an address find none."""
    if dialect in linked_by:
        reason = f"{dialect} makes a link of {text}"
        request.applymarker(pytest.mark.xfail(strict=True, reason=reason, raises=AssertionError))
    page_of(Dossier(plan(rotation(text, id="x")), "rotations.yaml"), dialect=dialect)


@pytest.mark.parametrize("code", [":b:", ":+1:", ":-1:"])
def test_no_emoji_code_stands_unescaped(code: str) -> None:
    """A code is broken by a backslash, also one that begins with a sign."""
    assert not re.search(r"(?<!\\):[+\w-]+:", plain(code))


TEXTS = st.lists(
    st.sampled_from(
        [*"*_[]()<>!`#~|\\&;:$^=+-.@/'\"{}1a \u00a0", "www.", "http://", "~~", "**", "&amp;", "陈", "😀"]
    )
    | st.characters(exclude_categories=["Cs"]),
    min_size=1,
    max_size=15,
).map("".join)
NAMES = TEXTS.filter(lambda text: not is_blank(text) and refused_character(text) is None)


@in_every_dialect
@settings(deadline=None, max_examples=40)
@given(NAMES, NAMES, NAMES, TEXTS)
def test_any_text_shows_as_typed(dialect: str, attending: str, applicant: str, target: str, file: str) -> None:
    """Whatever a plan and its file are called, the page shows it, and its elements are ours."""
    found = plan(
        rotation(attending, specialty=target, hospital=attending, id="x"), name=applicant, targets=[target]
    )
    page_of(Dossier(found, file), dialect=dialect)


@in_every_dialect
@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_any_text_is_plain_in_each_kind_of_block(dialect: str, text: str) -> None:
    """At the start of a paragraph, in a list, a heading, a cell and bold, a text has no markup."""
    written = plain(text)
    assert "\n" not in written
    if not flat(text):
        return
    tables = f"| a | b |\n| --- | --- |\n| {written} | {written} |\n"
    for source, tag in ((f"- {written}\n", "li"), (f"# {written}\n", "h1"), (f"{written}\n", "p"), (tables, "td")):
        page = Page()
        page.feed(rendered(source, dialect))
        assert set(page.elements) <= OURS
        assert set(page.of(tag)) == {flat(text)}


# --- the command ------------------------------------------------------------------------------------------


def test_the_command_prints_one_page_of_several_files(invoke: Runner, tmp_path: Path) -> None:
    """Without -o the page goes to standard output, as the function gives it."""
    (tmp_path / "amina.yaml").write_text(AMINA)
    out = invoke("export", "markdown", "amina.yaml", "-", "--as-of", AS_OF, stdin=BENITO).out
    day = date.fromisoformat(AS_OF)
    dossiers = [
        Dossier(make_plan(loads(text), day), file) for text, file in ((AMINA, "amina.yaml"), (BENITO, "-"))
    ]
    assert out == markdown(dossiers)


def test_hostile_names_survive_the_real_command(run: Runner, tmp_path: Path) -> None:
    """Into a file go the same bytes as to standard output, and every name is shown as it was typed."""
    (tmp_path / "rotations.yaml").write_text(HOSTILE)
    out = run("export", "markdown", "--as-of", AS_OF).out
    run("export", "markdown", "--as-of", AS_OF, "-o", "plan.md")
    assert (tmp_path / "plan.md").read_bytes() == out.encode()
    assert set(HOSTILE_NAMES) <= set(shown(out, "js-default").of("td"))


def test_a_plan_without_warnings_has_no_such_heading() -> None:
    """Where nothing is to be warned of, the page ends with what to do."""
    rows = [rotation(f"Dr. {name}", start="2025-03-03", end="2025-03-28") for name in ("Ames", "Boyd", "Cruz")]
    found = plan(*rows, season=2026, targets=["neurology"], as_of="2025-03-10")
    assert found.warnings == ()
    assert "Warnings" not in markdown([Dossier(found, "rotations.yaml")])
