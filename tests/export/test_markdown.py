"""Plans as Markdown: a page shows what the plan says in every dialect, and no name becomes markup.

Several renderers are asked: CommonMark, with the tables and strikethrough of GitHub, and with bare addresses as links;
and GitHub's own, if it is installed.
"""

from __future__ import annotations

import importlib
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from builders import plan, rotation
from export.exporting import PLANS, example, export, in_file, sample
from lorplan.export.markdown import escape, is_ours, write_page
from lorplan.render.program_matrix import make_matrix
from lorplan.render.summary import (
    describe_coverage,
    describe_forecast,
    describe_policy,
    describe_programs,
    describe_reason,
    describe_season,
    when_to_ask,
)
from lorplan.text.safe import find_unsafe, is_blank, on_one_line
from samples import AMINA, AS_OF, BENITO, EXAMPLE_DAYS, HOSTILE, HOSTILE_NAMES

if TYPE_CHECKING:
    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.model import Action, Letter, Plan
    from runner import Lorplan

SIGNATURE: Final = "<!-- written by lorplan -->"
ELEMENTS: Final = {"h1", "h2", "p", "strong", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"}
"""The elements of a page; any other would come from a plan file."""


# --- renderers ----------------------------------------------------------------------------------------------


def to_html(text: str, dialect: str) -> str:
    """Render Markdown in a dialect."""
    if dialect == "github":
        return str(importlib.import_module("cmarkgfm").github_flavored_markdown_to_html(text))
    return str(MarkdownIt(dialect).enable(["table", "strikethrough"]).render(text))


def if_installed(dialect: str, module: str) -> Any:  # noqa: ANN401 - pytest names no type for a parameter set
    """Make a parameter that is skipped if a module is missing."""
    missing = find_spec(module) is None
    return pytest.param(dialect, marks=pytest.mark.skipif(missing, reason=f"{module} is not installed"))


LINKING: Final = [if_installed("gfm-like", "linkify_it"), if_installed("github", "cmarkgfm")]
"""Dialects that turn bare addresses into links."""

in_every_dialect = pytest.mark.parametrize("dialect", ["commonmark", "js-default"])
in_one_dialect = pytest.mark.parametrize(
    "dialect", ["js-default", pytest.param("commonmark", marks=pytest.mark.thorough)]
)
"""Everyday in the dialect that changes more, for tests that take long."""


@dataclass
class Page(HTMLParser):
    """A rendered page: its elements, and the text of each block in their order."""

    elements: Counter[str] = field(default_factory=Counter)
    blocks: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element, which has no attributes."""
        assert not attrs, (tag, attrs)
        self.elements[tag] += 1
        if tag in {"h1", "h2", "p", "li", "th", "td"}:
            self.blocks.append((tag, ""))

    def handle_data(self, data: str) -> None:
        """Add text to the current block."""
        if self.blocks and data != "\n":
            tag, text = self.blocks[-1]
            self.blocks[-1] = (tag, text + data)

    def texts(self, *tags: str) -> list[str]:
        """Give the texts of some kinds of block."""
        return [text.strip("\n") for tag, text in self.blocks if tag in tags]


def parse_html(html: str) -> Page:
    """Parse a rendered page, all of whose elements must be ours."""
    page = Page()
    page.feed(html)
    page.close()
    assert set(page.elements) <= ELEMENTS, set(page.elements) - ELEMENTS
    return page


def render(text: str, dialect: str) -> Page:
    """Render a page without its signature, which is a comment."""
    assert text.endswith(f"\n\n{SIGNATURE}\n")
    return parse_html(to_html(text.removesuffix(f"{SIGNATURE}\n"), dialect))


# --- what a page has to show --------------------------------------------------------------------------------


def clean(text: object) -> str:
    """Give a text as a page shows it, on one line."""
    return on_one_line(str(text)).strip()


def expected_action(action: Action) -> str:
    """Give the entry of an action."""
    conditional = " (if still needed)" if action.conditional else ""
    return f"{action.state}, {action.on} to {action.until}: {action.title}{conditional} ({', '.join(action.rules)})"


def expected_cells(letter: Letter) -> list[str]:
    """Give the row of a letter."""
    cells = (letter.rank or "", letter.verdict, letter.attending, when_to_ask(letter), describe_reason(letter))
    return [clean(cell) for cell in cells]


def expected_matrix(found: Plan) -> list[tuple[str, ...]]:
    """Give the rows of the table of programs."""
    matrix = make_matrix(found)
    rows = [(one.program, one.state, one.deadline, *one.cells, one.lacks) for one in matrix.rows]
    return [("Program", "State", "Deadline", *matrix.letters, "Lacks"), *rows]


def check_shows(page: Page, *plans: ApplicantPlan) -> None:
    """Compare a page with the plans, block by block: everything is there, in order, and nothing else."""
    titles, sections, paragraphs, items, cells = [], [], [], [], []
    for found, file in ((one.plan, one.file) for one in plans):
        titles.append(clean(found.applicant.name or "Letters of recommendation"))
        name = "standard input" if file == "-" else on_one_line(file)
        paragraphs.append(clean(f"As of {found.as_of:%A}, {found.as_of}, from {name}. {describe_season(found)}"))
        paragraphs += [describe_policy(found)] if describe_policy(found) else []
        paragraphs.append(describe_forecast(found))
        targets = [coverage for coverage in found.coverage if coverage.target is not None]
        items += [(f"{coverage.target}: ", describe_coverage(coverage)) for coverage in targets]
        if found.letters:
            sections.append("Whom to ask")
            cells += ["#", "Verdict", "Attending", "When", "Why"]
            cells += [cell for letter in found.letters for cell in expected_cells(letter)]
        if found.programs:
            sections.append("Programs")
            paragraphs.append(clean(describe_programs(found)))
            cells += [clean(cell) for row in expected_matrix(found) for cell in row]
        sections.append("What to do")
        items += [(expected_action(action), "") for action in found.actions]
        paragraphs += [] if found.actions else ["Nothing to do."]
        if found.warnings:
            sections.append("Warnings")
            items += [(text, "") for text in found.warning_texts]
    assert page.texts("h1") == titles
    assert page.texts("h2") == sections
    assert page.texts("p") == paragraphs
    assert page.texts("th", "td") == cells
    entries = page.texts("li")
    assert len(entries) == len(items)
    for entry, (beginning, inside) in zip(entries, items, strict=True):
        assert entry.startswith(clean(beginning)) if inside else entry == clean(beginning)
        assert clean(inside) in entry
    assert page.elements["strong"] == len(plans)


def check_page(*plans: ApplicantPlan, dialect: str = "js-default") -> Page:
    """Export plans, render them, and compare the page with them."""
    page = render(write_page(plans), dialect)
    check_shows(page, *plans)
    return page


# --- pages --------------------------------------------------------------------------------------------------


@in_every_dialect
@pytest.mark.parametrize(("file", "as_of"), EXAMPLE_DAYS)
def test_page_of_an_example_shows_what_the_plan_says(dialect: str, file: str, as_of: str) -> None:
    """Title, season, forecast, targets, letters, actions and warnings, in this order."""
    found = example(file, as_of)
    assert found.plan.letters
    check_page(found, dialect=dialect)


@in_one_dialect
@given(found=PLANS)
def test_page_of_any_plan_shows_what_the_plan_says(found: Plan, dialect: str) -> None:
    """Whatever the file, the page has only our elements."""
    check_page(in_file(found), dialect=dialect)


def test_page_of_a_plan_without_letters_has_no_table() -> None:
    """The page says that there is nothing to do."""
    page = check_page(in_file(plan()))
    assert page.elements["table"] == 0
    assert "Nothing to do." in page.texts("p")


def test_page_of_a_plan_without_warnings_has_no_such_heading() -> None:
    """The page ends with what to do."""
    rows = [rotation(f"Dr. {name}", start="2025-03-03", end="2025-03-28") for name in ("Ames", "Boyd", "Cruz")]
    found = plan(*rows, season=2026, targets=["neurology"], as_of="2025-03-10")
    assert found.warnings == ()
    assert "Warnings" not in write_page([in_file(found)])


def test_page_of_several_plans_has_a_title_for_each_and_one_signature() -> None:
    """An applicant without a name is known by the file."""
    plans = [
        in_file(plan(rotation(), name="Amina Rahman"), "a.yaml"),
        in_file(plan(rotation("Dr. Ana Petrov")), "b.yaml"),
        in_file(plan(), "-"),
    ]
    page = check_page(*plans)
    assert page.texts("h1") == ["Amina Rahman", "Letters of recommendation", "Letters of recommendation"]
    assert any("from b.yaml." in text for text in page.texts("p"))
    assert any("from standard input." in text for text in page.texts("p"))
    assert write_page(plans).count(SIGNATURE) == 1


def test_page_names_the_weekday_and_the_changed_numbers_with_their_rules() -> None:
    """An adviser sees on which day the page was made, and which numbers do not apply."""
    page = check_page(in_file(plan(rotation(), policy={"lead_days": 14})))
    assert page.texts("p")[0].startswith("As of Monday, 2027-03-01, from rotations.yaml. 2028 season (estimated): ")
    assert page.texts("p")[1] == "Your policy: lead_days 14 instead of 28 (WHEN-7)"


def test_page_is_utf_8_with_plain_line_ends_always_the_same_and_recognized_as_ours() -> None:
    """There is nothing of the moment in it."""
    found = in_file(plan(rotation("陈伟")))
    content = export("markdown", found)
    assert content == export("markdown", found) == write_page([found]).encode()
    assert is_ours(content)
    assert b"\r" not in content


@pytest.mark.parametrize("html", [True, False], ids=["html_accepted", "html_refused"])
def test_signature_is_a_comment_at_the_end(html: bool) -> None:  # noqa: FBT001 - a parameter
    """A reader does not see it, unless comments are shown as text."""
    rendered = MarkdownIt("commonmark", {"html": html}).render(write_page([in_file(plan())]))
    assert (SIGNATURE in rendered) == html
    assert rendered.rstrip().endswith(SIGNATURE if html else "&lt;!-- written by lorplan --&gt;</p>")


# --- hostile texts ------------------------------------------------------------------------------------------

HOSTILE_TEXTS: Final = {
    "stars": "*a* **b** ***c***",
    "underscores": "_b_ __c__",
    "link": "[x](http://evil)",
    "reference": "[x][y] [x]: /y",
    "image": "![i](x)",
    "script": "<script>alert(1)</script>",
    "tags_and_comments": "<!-- a --> <b>c</b> <http://evil.org>",
    "our_signature": "<!-- written by lorplan -->",
    "code": "`c` ``d``",
    "fence": "```",
    "fence_of_tildes": "~~~",
    "strikethrough": "~~s~~ ~t~",
    "heading": "# h",
    "closed_heading": "h #",
    "quotation": "> q",
    "numbered_list": "1. x",
    "numbered_list_with_a_bracket": "12) x",
    "list": "- y",
    "list_of_pluses": "+ y",
    "list_of_stars": "* y",
    "task": "- [ ] y",
    "rule": "---",
    "underline": "===",
    "cells": "| cell | other |",
    "cells_after_backslashes": "a|b\\|c\\\\|d",
    "second_line_of_a_table": ":--|:-:",
    "emoji_codes": ":b: :smile:",
    "entities": "&amp; &lt;b&gt; &#42; &copy",
    "bare_address": "www.evil.org",
    "addresses": "https://evil.org http://evil.org/x?y=z",
    "ftp_address": "ftp://evil.org",
    "script_address": "javascript:alert(1)",
    "backslashes": "back\\slash\\",
    "escapes_as_typed": "\\*a\\*",
    "one_backslash": "\\",
    "formulas": "$x$ $$y$$ \\(z\\)",
    "superscript_and_subscript": "x^2^ H~2~O ==m==",
    "footnote": "[^1]: x [^1]",
    "template": "{{ x }} {% y %}",
    "typography": '(c) ... -- "q"',
    "spaces_in_front": "    four",
    "spaces_inside": "two  spaces",
    "wide_characters": "陈伟 *王* 😀",
}


def with_text(text: str) -> ApplicantPlan:
    """Make a plan with a text in each place that a page shows, and as the file's name."""
    one = rotation(text, specialty=text, hospital=text, id="x")
    other = rotation("Dr. Ann Lee", id="lee", performance="fair")
    return in_file(plan(one, other, name=text, targets=[text, "neurology"]), text)


@in_every_dialect
@pytest.mark.parametrize("text", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
def test_text_that_looks_like_markup_is_shown_as_typed(dialect: str, text: str) -> None:
    """In each place of a plan file, it makes no element."""
    page = check_page(with_text(text), dialect=dialect)
    assert clean(text) in page.texts("h1")
    assert clean(text) in page.texts("td")


@pytest.mark.parametrize("dialect", LINKING)
def test_text_is_shown_as_typed_in_dialects_that_make_links_of_addresses(dialect: str) -> None:
    """The same for dialects that see links everywhere."""
    for text in HOSTILE_TEXTS.values():
        check_page(with_text(text), dialect=dialect)


@pytest.mark.parametrize("dialect", LINKING)
@pytest.mark.parametrize(
    ("text", "linked_by"),
    [
        pytest.param("a@b.org", {"github"}, id="e-mail_address"),
        pytest.param("<a@b.org>", {"github"}, id="e-mail_address_in_brackets"),
        pytest.param("mailto:a@b.org", {"github"}, id="e-mail_address_as_a_link"),
        pytest.param("//evil.org/x", set(), id="address_without_its_scheme"),
        pytest.param("WWW.evil.org", set(), id="bare_address_in_capitals"),
        pytest.param("evil.org", set(), id="host_name"),
        pytest.param("Dr. A.in", set(), id="name_that_is_a_host_name"),
    ],
)
def test_address_in_a_name_does_not_become_a_link(
    request: pytest.FixtureRequest, dialect: str, text: str, linked_by: set[str]
) -> None:
    """GitHub makes a link of an e-mail address whatever is escaped: a known limit."""
    if dialect in linked_by:
        reason = f"{dialect} makes a link of {text}"
        request.applymarker(pytest.mark.xfail(strict=True, reason=reason, raises=AssertionError))
    check_page(in_file(plan(rotation(text, id="x"))), dialect=dialect)


@pytest.mark.parametrize("code", [":b:", ":+1:", ":-1:"])
def test_emoji_code_is_broken_by_a_backslash(code: str) -> None:
    """Also one that begins with a sign."""
    assert not re.search(r"(?<!\\):[+\w-]+:", escape(code))


PIECES = [*"*_[]()<>!`#~|\\&;:$^=+-.@/'\"{}1a \u00a0", "www.", "http://", "~~", "**", "&amp;", "陈", "😀"]
TEXTS = st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=["Cs"]), min_size=1, max_size=15).map(
    "".join
)
NAMES = TEXTS.filter(lambda text: not is_blank(text) and find_unsafe(text) is None)


@in_one_dialect
@given(NAMES, NAMES, NAMES, TEXTS)
def test_any_text_in_a_plan_file_is_shown_as_typed(
    dialect: str, attending: str, applicant: str, target: str, file: str
) -> None:
    """Whatever the names and the file's name, the page has only our elements."""
    row = rotation(attending, specialty=target, hospital=attending, id="x")
    check_page(in_file(plan(row, name=applicant, targets=[target]), file), dialect=dialect)


@in_one_dialect
@given(TEXTS)
def test_any_escaped_text_has_no_markup_in_any_kind_of_block(dialect: str, text: str) -> None:
    """At the start of a paragraph, in a list, a heading and a cell."""
    written = escape(text)
    assert "\n" not in written
    if not clean(text):
        return
    table = f"| a | b |\n| --- | --- |\n| {written} | {written} |\n"
    for source, tag in ((f"- {written}\n", "li"), (f"# {written}\n", "h1"), (f"{written}\n", "p"), (table, "td")):
        assert set(parse_html(to_html(source, dialect)).texts(tag)) == {clean(text)}


# --- the command --------------------------------------------------------------------------------------------


def test_export_prints_one_page_of_several_files(lorplan: Lorplan) -> None:
    """Standard input is one of them."""
    (lorplan.folder / "amina.yaml").write_text(AMINA)
    out = lorplan("export", "markdown", "amina.yaml", "-", "--as-of", AS_OF, stdin=BENITO).out
    assert out == write_page([sample(AMINA, "amina.yaml"), sample(BENITO, "-")])


@pytest.mark.system
def test_real_program_writes_the_same_page_to_standard_output_and_to_a_file(lorplan: Lorplan) -> None:
    """Every name is shown as typed."""
    (lorplan.folder / "rotations.yaml").write_text(HOSTILE)
    out = lorplan.process("export", "markdown", "--as-of", AS_OF)
    lorplan.process("export", "markdown", "--as-of", AS_OF, "-o", "plan.md")
    assert (lorplan.folder / "plan.md").read_bytes() == out.out_bytes
    assert set(HOSTILE_NAMES) <= set(render(out.out, "js-default").texts("td"))
