"""The page as text: complete, escaped, and closed to everything outside; `test_html_browser` looks at it."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given

from builders import plan, rotation
from export.exporting import PACKAGE_TEMPLATES, PLANS, export, in_file, sample
from export.html_pages import HOSTILE_VALUES, page_of, three_applicants, with_value
from lorplan.export import svg
from lorplan.export.formats import ExportOptions, load_format
from lorplan.export.html import is_ours
from lorplan.plan.applicant_plan import UnusableFile
from lorplan.plan.cohort import assess, worst_first
from lorplan.storage.templates import template_loader
from lorplan.text.templates import TemplateFailureError
from samples import AMINA, AS_OF, BENITO

if TYPE_CHECKING:
    from pathlib import Path

    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.model import Plan

VOID: Final = frozenset(
    ["meta", "br", "img", "link", "input", "hr", "base", "area", "col", "embed", "source", "track", "wbr"]
)
LOADING: Final = frozenset(
    ["src", "srcset", "action", "formaction", "data", "poster", "background", "ping", "xlink:href"]
)
"""The attributes that make a browser fetch or send something; `href` is checked by itself."""

ACTIVE: Final = frozenset(
    ["script", "iframe", "object", "embed", "link", "img", "form", "base", "foreignobject", "use"]
)
"""Elements that fetch, run or send something."""


class Read(HTMLParser):
    """A page as it was read: its elements with their attributes, and the text of each kind of element."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.paths: list[str] = []  # of every element, such as "html/body/main"
        self.texts: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.declared: list[str] = []
        self.comments: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, no attribute of which may be there twice."""
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names))
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.paths.append("/".join([*self.open, tag]))
        if tag not in VOID:
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element that is closed at once, which only drawings have."""
        assert "svg" in self.open
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element, which must be the one that was opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Take a piece of text."""
        for tag in set(self.open):
            self.texts[tag][-1] += data

    def handle_decl(self, decl: str) -> None:
        """Take the document type."""
        self.declared.append(decl)

    def handle_comment(self, data: str) -> None:
        """Take a comment."""
        self.comments.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        """Give the attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        """Every id of the page."""
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]


def check_closed(read: Read) -> None:
    """Check that a page runs nothing, fetches nothing, and links only to places within itself."""
    assert not {tag for tag, _ in read.elements} & ACTIVE
    for tag, attributes in read.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
        assert not LOADING & set(attributes), tag
        target = attributes.get("href", "#top")
        assert target == "#top" or (target[:1] == "#" and target[1:] in read.ids)
    assert len(read.ids) == len(set(read.ids))
    assert read.comments == []
    assert not re.search(r"url\(|@import|src:", " ".join(read.texts["style"]))


# --- structure ----------------------------------------------------------------------------------------------

PAGES: Final = {
    "one_applicant": (sample(AMINA),),
    "three_applicants": three_applicants(),
    "no_rotation": (in_file(plan(), "empty.yaml"),),
    "two_without_rotations": (in_file(plan(), "a.yaml"), in_file(plan(), "b.yaml")),
}
every_page = pytest.mark.parametrize("plans", PAGES.values(), ids=PAGES)


@every_page
def test_page_runs_nothing_and_fetches_nothing(plans: tuple[ApplicantPlan, ...]) -> None:
    """No script, no handler, no address: the page is all there is."""
    read = Read(page_of(*plans))
    assert read.declared == ["DOCTYPE html"]
    check_closed(read)


@every_page
def test_content_security_policy_allows_the_one_style_element_and_nothing_else(
    plans: tuple[ApplicantPlan, ...],
) -> None:
    """Its hash is that of the style's text, byte for byte."""
    text = page_of(*plans)
    read = Read(text)
    [style] = read.texts["style"]
    policies = [meta["content"] for meta in read.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policies == [f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"]
    assert text.index("Content-Security-Policy") < text.index("<style")
    assert "\r" not in text


def test_head_has_language_encoding_title_and_the_width_of_a_phone() -> None:
    """The page is not for search engines, and is recognized as ours."""
    text = page_of(sample(AMINA))
    read = Read(text)
    assert read.all("html") == [{"lang": "en"}]
    assert read.all("meta")[0] == {"charset": "utf-8"}
    assert text.index('<meta charset="utf-8">') < 1024, "where a browser looks for it"
    named = {meta["name"]: meta["content"] for meta in read.all("meta") if "name" in meta}
    assert named["viewport"] == "width=device-width, initial-scale=1"
    assert named["robots"] == "noindex"
    assert is_ours(text.encode())


@pytest.mark.parametrize(
    ("plans", "title"),
    [
        pytest.param((sample(AMINA),), "Amina Rahman", id="applicant"),
        pytest.param((sample(BENITO, "benito.yaml"),), "benito.yaml", id="file_without_a_name"),
        pytest.param(three_applicants(), "Letters of recommendation", id="several"),
    ],
)
def test_title_of_a_page_is_the_applicant_the_file_or_what_it_is_about(
    plans: tuple[ApplicantPlan, ...], title: str
) -> None:
    """One finds it among the tabs of a browser."""
    assert Read(page_of(*plans)).texts["title"][0] == title


@every_page
def test_headings_go_down_one_level_at_a_time_from_a_single_first(plans: tuple[ApplicantPlan, ...]) -> None:
    """Screen readers navigate by them."""
    levels = [int(tag[1]) for tag, _ in Read(page_of(*plans)).elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


@every_page
def test_every_table_has_a_caption_and_every_header_cell_a_scope(plans: tuple[ApplicantPlan, ...]) -> None:
    """Screen readers say what a table is, and the row and the column of each cell."""
    read = Read(page_of(*plans))
    tables = [path for path in read.paths if path.endswith("/table")]
    assert len(tables) == len([path for path in read.paths if path.endswith("/table/caption")]) > 0
    for path, (tag, attributes) in zip(read.paths, read.elements, strict=True):
        if tag == "th":
            assert attributes.get("scope") == ("col" if "/thead/" in path else "row"), path


def test_each_section_is_named_by_its_heading() -> None:
    """A section is a landmark with the applicant's name."""
    read = Read(page_of(*three_applicants()))
    assert [section["aria-labelledby"] for section in read.all("section")] == ["name-1", "name-2", "name-3"]
    assert [heading.get("id") for heading in read.all("h2")] == ["name-1", "name-2", "name-3"]


# --- content ------------------------------------------------------------------------------------------------


def test_page_of_one_applicant_has_no_overview_and_no_links() -> None:
    """It begins with the plan."""
    read = Read(page_of(sample(AMINA)))
    assert read.all("a") == []
    assert read.all("header") == []
    assert read.texts["h1"] == ["Amina Rahman"]


def test_page_of_several_applicants_begins_with_the_cohort_that_links_each_to_its_section() -> None:
    """A row for each, worst first: what is wrong, the letters, and what is next; and a way back."""
    plans = three_applicants()
    read = Read(page_of(*plans))
    found = worst_first(map(assess, plans))
    order = [f"#plan-{[one.file for one in plans].index(standing.file) + 1}" for standing in found]
    assert [link["href"] for link in read.all("a")] == [*order, "#top", "#top", "#top"]
    assert [section["id"] for section in read.all("section")] == ["plan-1", "plan-2", "plan-3"]
    rows = [[line for line in row.splitlines() if line] for row in read.texts["tr"] if row.strip()][1:4]
    for standing, row in zip(found, rows, strict=True):
        counts, soon = standing.forecast, standing.next
        assert counts is not None
        assert soon is not None
        assert row[:2] == [standing.applicant or standing.file, standing.wrong or "nothing"]
        stages = f"{counts.secured} in, {counts.promised} promised, {counts.asked} asked, {counts.planned} planned"
        assert row[2:5] == [f"{stages}, {standing.wanted} wanted", str(len(standing.gaps)), "0"]
        assert row[5].endswith(f": {soon.title}")


def test_cohort_of_a_page_has_the_files_that_cannot_be_used() -> None:
    """They come first, lead nowhere, and one plan beside them is enough for a cohort."""
    options = ExportOptions(date.fromisoformat(AS_OF), PACKAGE_TEMPLATES, unusable=(UnusableFile("b.yaml", 2, True),))
    read = Read(load_format("html").write([sample(AMINA, "amina.yaml")], options).decode())
    assert [link["href"] for link in read.all("a")] == ["#plan-1", "#top"]
    rows = [row.split("\n") for row in read.texts["tr"] if "b.yaml" in row]
    assert [[cell for cell in row if cell] for row in rows] == [["b.yaml", "file has 2 problems"]]


def test_applicant_with_nothing_to_do_is_a_line_of_the_cohort_that_says_so() -> None:
    """As after the season."""
    plans = [sample(AMINA, name, "2028-06-01") for name in ("a.yaml", "b.yaml")]
    rows = [row.split("\n") for row in Read(page_of(*plans)).texts["tr"] if "a.yaml" in row]
    assert [row for row in rows if "nothing" in row and "nothing to do" in row]
    assert "Amina Rahman (a.yaml)" in rows[0]


def test_page_has_the_drawing_and_everything_in_words() -> None:
    """Every letter with its verdict, every action with its state, every warning, the day and the changed numbers."""
    found = sample(AMINA.replace("rotations:", "policy: {lead_days: 14}\nrotations:"))
    text = page_of(found)
    read = Read(text)
    assert svg.draw(found.plan, standalone=False) in text
    assert "As of Wednesday, 2027-01-20, rotations.yaml. 2028 season (estimated): " in read.texts["section"][0]
    assert "Your policy: lead_days 14 instead of 28 (WHEN-7)" in read.texts["p"]
    rows = [" ".join(row.split()) for row in read.texts["tr"]]
    for letter in found.plan.letters:
        assert any(letter.attending in row and letter.verdict in row and letter.reason.text in row for row in rows)
    for action in found.plan.actions:
        assert any(action.state in row and action.title in row and f"{action.until}" in row for row in rows)
    warnings = [found.plan.dates.write_days_in(warning) for warning in found.plan.warning_texts]
    assert [item for item in read.texts["li"] if item in warnings] == warnings


def test_page_begins_with_what_to_do_now_and_next() -> None:
    """Overdue before due, each with its day."""
    late = rotation("Dr. Ann Ames", start="2027-02-01", end="2027-02-26")
    read = Read(page_of(in_file(plan(late, rotation(performance=None), as_of="2027-03-12"))))
    assert read.texts["li"][:3] == [
        "since Feb 27: Ask Dr. Ann Ames for a strong letter by e-mail",
        "until Fri Mar 19: Ask Dr. Wei Chen how you are doing",
        "Next, Mon Mar 22: Book a few minutes with Dr. Wei Chen for Wed Mar 24",
    ]


def test_page_without_anything_to_do_now_says_so() -> None:
    """And why, if there is a reason."""
    assert Read(page_of(in_file(plan(rotation())))).texts["li"][0] == "Now: nothing to do."
    over = Read(page_of(in_file(plan(rotation(), as_of="2028-06-01"))))
    assert over.texts["li"][0] == "Now: nothing to do: the 2028 season is over."


def test_page_of_a_plan_without_rotations_has_no_drawing_and_nothing_to_do() -> None:
    """There is no empty table of letters."""
    read = Read(page_of(in_file(plan())))
    assert read.all("svg") == []
    assert len(read.all("table")) == 1
    assert "Nothing to do." in read.texts["table"][0]


@given(PLANS)
def test_any_page_is_well_formed_closed_and_always_the_same(found: Plan) -> None:
    """Alone and beside another plan; nothing of the moment is in it."""
    for plans in ((in_file(found),), (in_file(found, "a.yaml"), in_file(found, "b.yaml"))):
        text = page_of(*plans)
        assert text == page_of(*plans)
        check_closed(Read(text))


# --- hostile values -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("several", [False, True], ids=["alone", "beside_another"])
@pytest.mark.parametrize("value", HOSTILE_VALUES.values(), ids=HOSTILE_VALUES)
def test_hostile_value_is_only_text(value: str, several: bool) -> None:  # noqa: FBT001 - a parameter
    """In every field and as the file's name, the page has the elements of a harmless plan, and the text."""

    def skeleton(read: Read) -> list[tuple[str, list[str]]]:
        return [(tag, sorted(attributes)) for tag, attributes in read.elements]

    others = (sample(AMINA),) if several else ()
    hostile = with_value(value, f"{value.replace(' ', '/')}@example.org")
    read = Read(page_of(in_file(hostile, f"{value}.yaml"), *others))
    check_closed(read)
    assert skeleton(read) == skeleton(Read(page_of(in_file(with_value("Harmless"), "x.yaml"), *others)))
    assert read.texts["title"][0] == ("Letters of recommendation" if several else value)
    assert read.texts["h2" if several else "h1"][0] == value
    assert f"{value}.yaml" in read.texts["section"][0]
    assert {value, f"{value} Two", f"{value} Three"} <= set(read.texts["th"])


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        pytest.param("\udcff.yaml", "\ufffd.yaml", id="byte_that_is_not_text"),
        pytest.param("a\nb.yaml", "a b.yaml", id="line_end"),
        pytest.param("\x1b[31m.yaml", "\ufffd[31m.yaml", id="control_character"),
        pytest.param("-", "standard input", id="standard_input"),
    ],
)
def test_file_name_is_shown_on_one_line_without_what_could_harm(file: str, shown: str) -> None:
    """Any name that a system allows gives a page."""
    text = page_of(in_file(plan(rotation()), file))
    assert text.encode().decode() == text
    assert "\x1b" not in text
    assert shown in Read(text).texts["section"][0]


# --- templates of the user's own ----------------------------------------------------------------------------


def page_with(folder: Path, name: str, template: str) -> str:
    """Export a plan with a template of the user's own."""
    (folder / name).write_text(template, encoding="utf-8")
    found = in_file(plan(rotation(), name="<b>Amina</b>"))
    return export("html", found, loader=template_loader(folder)).decode()


@pytest.mark.parametrize(
    "expression",
    [
        "{{ cycler.__init__.__globals__.os.system('touch {path}') }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{% set x = sections.append(1) %}",
    ],
    ids=["globals", "subclasses", "change_of_the_facts"],
)
def test_own_page_that_leaves_the_sandbox_is_refused_and_runs_nothing(tmp_path: Path, expression: str) -> None:
    """A template that somebody passes on can make a page, and nothing else."""
    touched = tmp_path / "touched"
    with pytest.raises(TemplateFailureError, match=r"page\.html:2 cannot be used: .*unsafe"):
        page_with(tmp_path, "page.html", "<p>\n" + expression.replace("{path}", str(touched)))
    assert not touched.exists()


def test_own_page_with_a_mistake_is_refused_with_its_place(tmp_path: Path) -> None:
    """An unknown name is not an empty text."""
    with pytest.raises(TemplateFailureError, match=r"page\.html:2 cannot be used: 'nope' is undefined"):
        page_with(tmp_path, "page.html", "<p>\n{{ nope }}")


def test_own_page_escapes_the_values_of_the_plan_file(tmp_path: Path) -> None:
    """As the package's does, without the user's doing."""
    assert page_with(tmp_path, "page.html", "<h1>{{ title }}</h1>") == "<h1>&lt;b&gt;Amina&lt;/b&gt;</h1>"


def test_own_style_sheet_is_used_and_allowed_by_the_content_security_policy(tmp_path: Path) -> None:
    """The hash is that of the style in use."""
    read = Read(page_with(tmp_path, "page.css", "body { color: #123456 }"))
    [style] = read.texts["style"]
    assert style.endswith("body { color: #123456 }")
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert any(f"sha256-{digest}" in meta.get("content", "") for meta in read.all("meta"))


def test_own_style_sheet_gets_nothing_of_a_plan_file(tmp_path: Path) -> None:
    """A style is not escaped, so that a name in it could end the style element."""
    assert "/* 2027-03-01 */" in page_with(tmp_path, "page.css", "/* {{ as_of }} */")
    with pytest.raises(TemplateFailureError, match="'title' is undefined"):
        page_with(tmp_path, "page.css", "/* {{ title }} */")
