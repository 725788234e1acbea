"""The page: read as text for what it is made of, and looked at in a real Chromium for how it shows."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings

from builders import plan, rotation
from lorplan.export import svg as drawing
from lorplan.export.html import MARK, page
from lorplan.plan.applicant_plan import Dossier
from lorplan.plan.due import most_urgent
from lorplan.plan.planner import make_plan
from lorplan.planfile.models import PlanFile
from lorplan.planfile.reader import loads
from lorplan.storage.files import templates
from oracle.strategies import plans_and_days
from samples import AMINA, AS_OF, BENITO, EXAMPLES, HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, Page

    from lorplan.plan.model import Plan

OURS: Final = templates(Path("/no-such-folder/templates"))
"""The package's templates only."""

VOID: Final = {
    "meta",
    "br",
    "img",
    "link",
    "input",
    "hr",
    "base",
    "area",
    "col",
    "embed",
    "source",
    "track",
    "wbr",
}
LOADING: Final = {"src", "srcset", "action", "formaction", "data", "poster", "background", "ping", "xlink:href"}
"""The attributes that make a browser fetch something, or send it; `href` is looked at by itself."""

FEW: Final = settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])


class Read(HTMLParser):
    """A page as it was read: its elements with their attributes, and the text of each kind of element."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.said: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.inside: list[str] = []
        """The path of every element, such as "html/body/main"."""
        self.declared: list[str] = []
        self.comments: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), "no attribute is there twice"
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.inside.append("/".join([*self.open, tag]))
        if tag not in VOID:
            self.open.append(tag)
            self.said.setdefault(tag, []).append("")

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
            self.said[tag][-1] += data

    def handle_decl(self, decl: str) -> None:
        """Take the document's type."""
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


def sample(text: str, file: str = "rotations.yaml", as_of: str = AS_OF) -> Dossier:
    """Plan a sample as of the samples' day, or another one."""
    return Dossier(make_plan(loads(text), date.fromisoformat(as_of)), file)


def example(name: str, as_of: str) -> str:
    """Make the page of an example as of a day."""
    dossier = sample((EXAMPLES / name).read_text(encoding="utf-8"), name, as_of)
    return page([dossier], dossier.plan.as_of, OURS)


def paged(*dossiers: Dossier) -> str:
    """Make the page of some plans."""
    return page(dossiers, dossiers[0].plan.as_of, OURS)


def of(found: Plan, file: str = "rotations.yaml") -> str:
    """Make the page of a plan."""
    return paged(Dossier(found, file))


def three() -> tuple[Dossier, ...]:
    """Three applicants: one with a name, one without, one with a hostile name."""
    return sample(AMINA, "amina.yaml"), sample(BENITO, "benito.yaml"), sample(HOSTILE, "hostile.yaml")


def check_closed(read: Read) -> None:
    """Check that a page runs nothing and fetches nothing, and links only to places within itself."""
    tags = {tag for tag, _ in read.elements}
    assert not tags & {
        "script",
        "iframe",
        "object",
        "embed",
        "link",
        "img",
        "form",
        "base",
        "foreignobject",
        "use",
    }
    for tag, attributes in read.elements:
        assert not [name for name in attributes if name.startswith("on")], tag
        assert not LOADING & set(attributes), tag
        assert "style" not in attributes, tag
        if "href" in attributes:
            target = attributes["href"]
            assert target.startswith("#")
            assert target == "#top" or target[1:] in read.ids
    assert len(read.ids) == len(set(read.ids))
    assert read.comments == []
    styles = " ".join(read.said["style"])
    assert not re.search(r"url\(|@import|src:", styles)


# --- what it is made of -----------------------------------------------------------------------------------

PAGES: Final = [
    pytest.param((sample(AMINA),), id="one applicant"),
    pytest.param(three(), id="three applicants"),
    pytest.param((Dossier(plan(), "empty.yaml"),), id="no rotation"),
    pytest.param((Dossier(plan(), "a.yaml"), Dossier(plan(), "b.yaml")), id="two without rotations"),
]


@pytest.mark.parametrize("dossiers", PAGES)
def test_the_page_needs_nothing_and_runs_nothing(dossiers: Sequence[Dossier]) -> None:
    """No script, no handler, no address: the page is all there is."""
    read = Read(paged(*dossiers))
    assert read.declared == ["DOCTYPE html"]
    check_closed(read)


@pytest.mark.parametrize("dossiers", PAGES)
def test_the_policy_allows_the_one_style_element_and_nothing_else(dossiers: Sequence[Dossier]) -> None:
    """The hash in the content security policy is that of the style element's text, byte for byte."""
    text = paged(*dossiers)
    read = Read(text)
    policies = [
        meta["content"] for meta in read.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"
    ]
    assert len(read.said["style"]) == 1
    digest = b64encode(hashlib.sha256(read.said["style"][0].encode()).digest()).decode()
    assert policies == [f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"]
    assert text.index("Content-Security-Policy") < text.index("<style")
    assert "\r" not in text


def test_the_head_says_what_the_page_is() -> None:
    """Language, encoding, title, a phone's width; it is ours, and not for search engines."""
    text = paged(sample(AMINA))
    read = Read(text)
    assert read.all("html") == [{"lang": "en"}]
    assert read.all("meta")[0] == {"charset": "utf-8"}
    assert text.index('<meta charset="utf-8">') < 1024, "where a browser looks for it"
    named = {meta["name"]: meta["content"] for meta in read.all("meta") if "name" in meta}
    assert named["viewport"] == "width=device-width, initial-scale=1"
    assert named["robots"] == "noindex"
    assert MARK in text
    assert read.said["title"][0] == "Amina Rahman"
    assert Read(paged(*three())).said["title"][0] == "Letters of recommendation"
    assert Read(paged(sample(BENITO, "benito.yaml"))).said["title"][0] == "benito.yaml"


@pytest.mark.parametrize("dossiers", PAGES)
def test_headings_go_down_one_level_at_a_time(dossiers: Sequence[Dossier]) -> None:
    """There is one heading of the first level, and no level is skipped on the way down."""
    levels = [int(tag[1]) for tag, _ in Read(paged(*dossiers)).elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


@pytest.mark.parametrize("dossiers", PAGES)
def test_every_table_has_a_caption_and_every_header_a_scope(dossiers: Sequence[Dossier]) -> None:
    """A reader of screens hears what a table is, and of each cell its row and its column."""
    read = Read(paged(*dossiers))
    tables = [path for path in read.inside if path.endswith("/table")]
    assert len(tables) == len([path for path in read.inside if path.endswith("/table/caption")]) > 0
    for path, (tag, attributes) in zip(read.inside, read.elements, strict=True):
        if tag == "th":
            assert attributes.get("scope") == ("col" if "/thead/" in path else "row"), path


def test_each_section_is_named_by_its_heading() -> None:
    """A section of the page is a landmark with the applicant's name."""
    read = Read(paged(*three()))
    assert [section["aria-labelledby"] for section in read.all("section")] == ["name-1", "name-2", "name-3"]
    assert [heading.get("id") for heading in read.all("h2")] == ["name-1", "name-2", "name-3"]


def test_of_several_an_overview_links_each_applicant_to_the_section() -> None:
    """One row an applicant: letters secured, the next action, warnings; and a way back."""
    dossiers = three()
    read = Read(paged(*dossiers))
    links = [link["href"] for link in read.all("a")]
    assert links == ["#plan-1", "#plan-2", "#plan-3", "#top", "#top", "#top"]
    assert [section["id"] for section in read.all("section")] == ["plan-1", "plan-2", "plan-3"]
    overview = read.said["table"][0]
    rows = [part for part in read.said["tr"] if part.strip()][1:4]
    for dossier, row in zip(dossiers, rows, strict=True):
        found = dossier.plan
        soon = most_urgent(found.actions)
        assert soon is not None
        lines = [line for line in row.splitlines() if line]
        assert lines == [
            dossier.who,
            f"{found.forecast.total} of {found.wanted}",
            f"{found.forecast.secured}",
            f"{soon.state} {soon.on} to {soon.until}: {soon.title}",
            f"{len({one.text for one in found.warnings})}",
        ]
        assert soon.title in overview


def test_one_applicant_needs_no_overview() -> None:
    """The page of one plan begins with it, and has no links."""
    read = Read(paged(sample(AMINA)))
    assert read.all("a") == []
    assert read.all("header") == []
    assert read.said["h1"] == ["Amina Rahman"]


def test_the_page_has_the_drawing_and_the_lists_in_words() -> None:
    """Every letter with its verdict, every action with its state and every warning is there as text."""
    dossier = sample(AMINA)
    text = paged(dossier)
    read = Read(text)
    assert drawing.svg(dossier.plan, standalone=False) in text
    cells = [" ".join(row.split()) for row in read.said["tr"]]
    for letter in dossier.plan.letters:
        assert any(letter.attending in row and letter.verdict in row for row in cells)
        assert any(letter.reason.text in row for row in cells)
    for action in dossier.plan.actions:
        assert any(action.state in row and action.title in row and f"{action.until}" in row for row in cells)
    assert [item for item in read.said["li"] if item in {one.text for one in dossier.plan.warnings}] == [
        *dict.fromkeys(one.text for one in dossier.plan.warnings)
    ]


def test_a_plan_without_rotations_has_neither_drawing_nor_list() -> None:
    """Where there is nothing to draw, the page says that there is nothing to do."""
    read = Read(of(plan()))
    assert read.all("svg") == []
    assert "Nothing to do." in read.said["table"][0]


def test_the_same_plan_gives_the_same_bytes() -> None:
    """A page holds nothing of the moment or the place at which it is made."""
    assert paged(*three()).encode() == paged(*three()).encode()


@FEW
@given(plans_and_days())
def test_every_page_is_well_made(planned: tuple[object, date]) -> None:
    """Any plan on any day, alone and beside another one: closed elements, no script, the same each time."""
    data, day = planned
    dossier = Dossier(make_plan(PlanFile.model_validate(data), day), "x.yaml")
    for dossiers in ((dossier,), (dossier, dossier)):
        text = page(dossiers, day, OURS)
        assert text == page(dossiers, day, OURS)
        check_closed(Read(text))


# --- hostile values ---------------------------------------------------------------------------------------

HOSTILE_VALUES: Final = {
    "an element": '<img src=x onerror="alert(1)">',
    "a script": "</title></style></svg><script>alert(1)</script>",
    "a handler": '" onmouseover="alert(1)" x=\'',
    "another handler": "' onfocus='alert(1)' autofocus x=\"",
    "a comment": "<!-- --> ]]> <![CDATA[ <!--",
    "escaped already": "&lt;script&gt; &#60;b&#62; &amp;amp;",
    "a template": "{{ 7 * 7 }}{% raw %}{# x #}",
    "an address": "javascript:alert(1)//https://example.org/",
}


def filled(value: str, email: str) -> Plan:
    """Write a value into every field that takes a text: of the applicant, of the attending and of the rotation."""
    asked = {"asked": "2027-02-20"}
    return plan(
        rotation(
            {"name": value, "email": email}, specialty=value, hospital=value, notes=value, id="one", letter=asked
        ),
        rotation(f"{value} Two", specialty=value, start="2027-04-05", end="2027-04-30"),
        rotation(f"{value} Three", specialty="frobnication", start="2027-05-05", end="2027-05-30", choice="skip"),
        name=value,
        email=email,
        targets=[value, "neurology"],
    )


@pytest.mark.parametrize("value", HOSTILE_VALUES.values(), ids=HOSTILE_VALUES.keys())
def test_a_hostile_value_is_only_ever_text(value: str) -> None:
    """In every field and as the file's name: the elements of a harmless plan, and the text."""

    def skeleton(read: Read) -> list[tuple[str, list[str]]]:
        return [(tag, sorted(attributes)) for tag, attributes in read.elements if tag != "text"]

    harmless = filled("Harmless", "a@example.org")
    hostile = filled(value, f"{value.replace(' ', '/')}@example.org")
    for several in (False, True):
        others = (sample(AMINA),) if several else ()
        read = Read(paged(Dossier(hostile, f"{value}.yaml"), *others))
        check_closed(read)
        assert skeleton(read) == skeleton(Read(paged(Dossier(harmless, "x.yaml"), *others)))
        assert read.said["title"][0] == ("Letters of recommendation" if several else value)
        assert read.said["h2" if several else "h1"][0] == value
        assert f"{value}.yaml" in read.said["section"][0]
        assert [name for name in read.said["th"] if name in {value, f"{value} Two", f"{value} Three"}] != []


@pytest.mark.parametrize("file", ["\udcff.yaml", "a\nb.yaml", "\x1b[31m.yaml", "-"])
def test_the_name_of_the_file_is_shown_on_one_line_of_plain_text(file: str) -> None:
    """A name with bytes, controls or line ends that no page has gives a page all the same."""
    text = of(plan(rotation()), file)
    assert text.encode().decode() == text
    assert "\x1b" not in text
    shown = {"-": "standard input", "a\nb.yaml": "a b.yaml"}.get(file, "\ufffd")
    assert shown in Read(text).said["section"][0]


# --- in a real browser ------------------------------------------------------------------------------------

CHROMIUM: Final = Path("/usr/bin/chromium")
WIDTHS: Final = (320, 400, 768, 1280, 2000)

TEXTS: Final = r"""
() => {
  const found = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.data.trim() || element.closest("title, style, head")) continue;
    const looks = getComputedStyle(element);
    const head = element.closest("thead");
    if (looks.visibility !== "visible" || (head && getComputedStyle(head).position === "absolute")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const inside = element.closest("text") !== null;
    let ground = "rgba(0, 0, 0, 0)";
    const row = element.closest(".row");
    if (row) ground = getComputedStyle(row.querySelector(element.closest(".note") ? ".box" : ".under")).fill;
    for (let e = element; e && / 0\)$/.test(ground); e = e.parentElement) {
      const behind = e.localName === "svg" && e.querySelector(":scope > .ground");
      ground = behind ? getComputedStyle(behind).fill : getComputedStyle(e).backgroundColor;
    }
    for (const box of range.getClientRects())
      if (box.width && box.height)
        found.push({text: node.data.trim(), drawn: inside, noted: !!element.closest(".note"),
          color: inside ? looks.fill : looks.color, ground,
          left: box.left, right: box.right, top: box.top, bottom: box.bottom});
  }
  return found;
}
"""
"""Every line of visible text: where it is, in which colour, and on which ground."""

CELLS: Final = """
() => [...document.querySelectorAll("td, tbody th")].map(cell => {
  const box = cell.getBoundingClientRect();
  return {text: cell.textContent, left: box.left, right: box.right, top: box.top, bottom: box.bottom};
})
"""
"""Every cell of the tables: where it is."""

Box = dict[str, Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one Chromium for all tests that look at pages."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"there is no Chromium at {CHROMIUM}")
    with playwright.sync_playwright() as started:
        found = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


class Watched(NamedTuple):
    """A sheet of the browser with what went wrong on it and what it asked for."""

    page: Page
    wrong: list[str]
    fetched: list[str]


@pytest.fixture(scope="module")
def watched(browser: Browser) -> Watched:
    """Open a sheet, once for all tests, and watch it."""
    found = Watched(browser.new_context(offline=True).new_page(), [], [])
    found.page.set_default_timeout(5000)
    found.page.on("console", lambda message: found.wrong.append(message.text))
    found.page.on("pageerror", lambda error: found.wrong.append(str(error)))
    found.page.on("dialog", lambda dialog: found.wrong.append(dialog.message))
    found.page.on("request", lambda request: found.fetched.append(request.url))
    return found


@pytest.fixture
def sheet(watched: Watched) -> Iterator[Page]:
    """Give an empty sheet on which nothing may go wrong, and from which nothing may be fetched but the page."""
    watched.page.goto("about:blank")
    watched.page.set_viewport_size({"width": 1280, "height": 800})
    watched.page.emulate_media(media="null", color_scheme="light", forced_colors="none")
    watched.page.mouse.move(0, 0)
    watched.wrong.clear()
    watched.fetched.clear()
    yield watched.page
    assert watched.wrong == []
    assert len(watched.fetched) <= 1, "the page itself and nothing else"
    assert all(url.startswith("file:") for url in watched.fetched)


def overlaps(boxes: Sequence[Box], slack: float = 1) -> list[tuple[str, str]]:
    """Find the pairs of texts that cover each other by more than a hair."""
    return [
        (one["text"], other["text"])
        for place, one in enumerate(boxes)
        for other in boxes[:place]
        if min(one["right"], other["right"]) - max(one["left"], other["left"]) > slack
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > slack
    ]


def luminance(color: str) -> float:
    """Reckon how light a colour is, as the guidelines for accessible pages do."""
    parts = [float(part) for part in re.findall(r"[\d.]+", color)]
    assert color.startswith("rgb"), color
    assert parts[3:] in ([], [1.0]), f"{color} is no colour to read on"
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in (q / 255 for q in parts[:3])]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Reckon the contrast of two colours."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def check_readable(boxes: Sequence[Box]) -> None:
    """Check that every text has enough contrast against its ground."""
    assert boxes
    poor = {
        (one["text"][:40], one["color"], one["ground"])
        for one in boxes
        if contrast(one["color"], one["ground"]) < 4.5
    }
    assert poor == set()


MID_SEASON: Final = example("mid-season.yaml", "2027-08-20")
AWKWARD: Final = example("awkward.yaml", "2027-06-01")
SHOWN: Final = [
    pytest.param(MID_SEASON, id="mid-season", marks=pytest.mark.thorough),
    pytest.param(AWKWARD, id="awkward"),
    pytest.param(example("rotations.yaml", "2027-01-25"), id="rotations", marks=pytest.mark.thorough),
    pytest.param(paged(*three()), id="three applicants"),
    pytest.param(of(plan()), id="no rotation"),
]


HOSTILE_PAGE: Final = paged(
    *(Dossier(filled(value, "a@example.org"), f"{value}.yaml") for value in HOSTILE_VALUES.values())
)
"""An applicant a hostile value, which stands in every field."""


@pytest.mark.parametrize("text", [*SHOWN, pytest.param(HOSTILE_PAGE, id="hostile values")])
def test_a_browser_shows_the_page_without_a_word(sheet: Page, tmp_path: Path, text: str) -> None:
    """No error, no message, no dialog, no request: not from a file, and not from memory."""
    path = tmp_path / "page.html"
    path.write_text(text, encoding="utf-8")
    sheet.goto(path.as_uri())
    sheet.hover("body")
    from_file = sheet.evaluate(TEXTS)
    assert sheet.evaluate("document.compatMode") == "CSS1Compat"
    assert sheet.evaluate("getComputedStyle(document.body).maxWidth") == "1152px", "the style is applied"
    sheet.set_content(text)
    assert sheet.evaluate(TEXTS) == from_file


@pytest.mark.parametrize("text", SHOWN)
def test_at_every_width_all_fits_and_nothing_overlaps(sheet: Page, text: str) -> None:
    """The page does not scroll sideways, no text covers another, and each stays in its cell and its drawing."""
    sheet.set_content(text)
    for width in WIDTHS:
        sheet.set_viewport_size({"width": width, "height": 800})
        check_fits(sheet, width)


def check_fits(sheet: Page, width: int) -> None:
    """Check that a page keeps to a width, and everything on it to its place."""
    assert sheet.evaluate("document.scrollingElement.scrollWidth") <= width
    boxes = sheet.evaluate(TEXTS)
    assert overlaps([one for one in boxes if one["drawn"]]) == []
    assert overlaps([one for one in boxes if not one["drawn"]]) == []
    assert overlaps(sheet.evaluate(CELLS)) == []
    for one in (box for box in boxes if not box["drawn"]):
        assert -1 <= one["left"] <= one["right"] <= width + 1, one["text"]


@pytest.mark.parametrize("text", SHOWN)
def test_no_text_is_cut_off_at_the_edge_of_the_drawing(sheet: Page, text: str) -> None:
    """As wide as the browser's letters are, each text of the drawing, the notes too, ends before the drawing."""
    sheet.set_content(text)
    ends = sheet.evaluate(
        """() => [...document.querySelectorAll("svg text")].map(text => {
          const box = text.getBBox(), name = text.getAttribute("class");
          return [text.textContent, box.x, box.x + box.width, name === "name" || (name === "soft" && box.x < 5)];
        })"""
    )
    assert [one for one in ends if one[1] < 0 or one[2] > (250 if one[3] else 1000)] == []


LONG: Final = {
    "capitals": "DR. WILLIAM MWANGI MOHAMMED WU",
    "broad letters": "Dr. Emmanuel Wammwalwa-Mwangombe, MD, PhD",
    "a long word": "Dr. " + "Wx" * 100,
    "many words": "Dr. " + "Long " * 40,
    "wide characters": "陈伟" * 40,
}


@pytest.mark.parametrize("name", LONG.values(), ids=LONG.keys())
def test_a_long_name_stays_beside_the_days(sheet: Page, name: str) -> None:
    """A name ends before the days begin, whatever its letters are."""
    sheet.set_content(of(plan(rotation(name))))
    box = sheet.evaluate("(() => { const b = document.querySelector('.name').getBBox(); return b.x + b.width })()")
    assert box <= 250


@pytest.mark.parametrize("name", LONG.values(), ids=LONG.keys())
def test_a_long_name_does_not_widen_the_page(sheet: Page, name: str) -> None:
    """Names, specialties, hospitals and files without a space are broken where the page ends."""
    found = plan(rotation(name, specialty=name, hospital=name), name=name, targets=[name])
    sheet.set_content(of(found, f"{name}.yaml"))
    wide = {}
    for width in WIDTHS:
        sheet.set_viewport_size({"width": width, "height": 800})
        wide[width] = sheet.evaluate("document.scrollingElement.scrollWidth")
    assert {width: found for width, found in wide.items() if found > width} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("text", SHOWN)
def test_every_text_can_be_read_on_its_ground(sheet: Page, text: str, scheme: Any) -> None:  # noqa: ANN401 - a literal
    """On a light and on a dark ground every text has a contrast of at least 4.5 to 1."""
    sheet.emulate_media(color_scheme=scheme)
    sheet.set_content(text)
    check_readable(sheet.evaluate(TEXTS))
    ground = luminance(sheet.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert (ground > 0.5) == (scheme == "light"), "the scheme is heard"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_texts_of_a_row_with_the_focus_can_be_read(sheet: Page, scheme: Any) -> None:  # noqa: ANN401 - a literal
    """The ground of a row that is pointed at changes: its texts still have enough contrast."""
    sheet.emulate_media(color_scheme=scheme)
    sheet.set_content(MID_SEASON)
    sheet.locator(".row").first.focus()
    check_readable(sheet.evaluate(TEXTS))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_paper_every_text_can_be_read(sheet: Page, scheme: Any) -> None:  # noqa: ANN401 - a literal
    """Whatever the screen's scheme is, what is printed is dark on white."""
    sheet.emulate_media(media="print", color_scheme=scheme)
    sheet.set_content(MID_SEASON)
    boxes = [{**one, "ground": "rgb(255, 255, 255)"} for one in sheet.evaluate(TEXTS)]
    check_readable(boxes)


def test_without_colour_verdict_and_state_are_words(sheet: Page) -> None:
    """What colour tells is also told by a word: verdicts, states, and whether a target has its letters."""
    sheet.emulate_media(forced_colors="active")
    sheet.set_content(MID_SEASON)
    said = sheet.inner_text("body")
    for word in ("keep", "ask", "hold", "skip", "overdue", "due", "upcoming", "ok"):
        assert re.search(rf"\b{word}\b", said)
    marked = sheet.locator("svg .mark").all_text_contents()
    assert "today 2027-08-20" in marked


def notes(sheet: Page) -> list[str]:
    """Give the rows whose notes can be seen."""
    return list(
        sheet.evaluate(
            """() => [...document.querySelectorAll(".row")]
              .filter(row => getComputedStyle(row.querySelector(".note text")).visibility === "visible")
              .map(row => row.querySelector(".name").textContent)"""
        )
    )


def test_the_tab_key_reaches_every_row_and_shows_its_note(sheet: Page) -> None:
    """First the drawing, which may scroll, then one row after the other, each with its own note alone."""
    sheet.set_content(MID_SEASON)
    names = sheet.locator(".row .name").all_text_contents()
    assert notes(sheet) == []
    sheet.keyboard.press("Tab")
    assert sheet.evaluate("document.activeElement.className") == "drawing"
    for name in names:
        sheet.keyboard.press("Tab")
        assert notes(sheet) == [name]
        seen = [one for one in sheet.evaluate(TEXTS) if one["noted"]]
        assert overlaps(seen) == []
        assert seen[0]["text"].startswith(f"{name}, ")


def test_pointing_at_a_row_shows_its_note(sheet: Page) -> None:
    """The pointer anywhere over a row does what the focus does, and away from it all is as it was."""
    sheet.set_content(MID_SEASON)
    for row in sheet.locator(".row").all():
        row.locator(".under").hover(position={"x": 500, "y": 5})
        assert notes(sheet) == [row.locator(".name").text_content()]
    sheet.mouse.move(0, 0)
    assert notes(sheet) == []


def test_pointing_at_one_row_while_another_has_the_focus_shows_one_note(sheet: Page) -> None:
    """All notes stand at one place: two of them at once could not be read."""
    sheet.set_content(MID_SEASON)
    sheet.locator(".row").first.focus()
    sheet.locator(".row .under").nth(3).hover()
    assert len(notes(sheet)) == 1


@pytest.mark.parametrize("count", [8, 40])
def test_the_note_of_the_row_with_the_focus_is_on_the_screen(sheet: Page, count: int) -> None:
    """Whoever goes through the rows with the keyboard sees the note without scrolling."""
    rows = [rotation(f"Dr. Number {place}", start=f"2027-03-{place % 5 + 1:02}") for place in range(count)]
    sheet.set_content(of(plan(*rows)))
    for row in (sheet.locator(".row").first, sheet.locator(".row").nth(count // 2)):
        row.focus()
        box = sheet.evaluate(
            """() => { const b = document.activeElement.querySelector(".note").getBoundingClientRect();
              return [b.top, b.bottom] }"""
        )
        assert 0 <= box[0] <= box[1] <= 800


def test_the_links_of_the_overview_lead_to_their_sections(sheet: Page, tmp_path: Path) -> None:
    """A click on an applicant goes to the section, and the link below it goes back to the top."""
    path = tmp_path / "page.html"
    path.write_text(paged(*three()), encoding="utf-8")
    sheet.goto(path.as_uri())
    sheet.click("text=benito.yaml >> nth=0")
    assert sheet.url.endswith("#plan-2")
    assert abs(sheet.evaluate("document.querySelector('#plan-2').getBoundingClientRect().top")) < 5
    sheet.click("#plan-2 .back a")
    assert sheet.evaluate("scrollY") == 0


# --- on paper ---------------------------------------------------------------------------------------------


def printed(sheet: Page, text: str) -> tuple[int, set[str]]:
    """Print a page as a PDF and count its sheets, with their sizes in points."""
    sheet.set_content(text)
    pdf = sheet.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox\s*\[([^\]]*)\]", pdf)
    return len(re.findall(rb"/Type\s*/Page\b", pdf)), {size.decode().strip() for size in sizes}


@pytest.mark.parametrize(
    ("name", "as_of"), [("mid-season.yaml", "2027-08-20"), ("rotations.yaml", "2027-01-25")], ids=["late", "early"]
)
def test_a_usual_plan_is_printed_on_one_sheet(sheet: Page, name: str, as_of: str) -> None:
    """A usual plan fits on one sheet of A4, whatever the printer's own paper is."""
    count, sizes = printed(sheet, example(name, as_of))
    assert count == 1
    (size,) = sizes
    assert [round(float(part)) for part in size.split()] == [0, 0, 595, 842]


def test_of_several_each_begins_on_a_sheet_of_its_own(sheet: Page) -> None:
    """The overview is a sheet, and so is each applicant: they can be handed out one by one."""
    assert printed(sheet, paged(*three()))[0] == 4


# --- the drawing alone ------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "found",
    [
        pytest.param(sample(AMINA).plan, id="amina"),
        pytest.param(sample(HOSTILE).plan, id="hostile"),
        pytest.param(filled(HOSTILE_VALUES["a script"], "a@example.org"), id="a script"),
        pytest.param(plan(), id="no rotation"),
    ],
)
def test_the_drawing_alone_opens_and_is_as_large_as_it_says(
    sheet: Page,
    tmp_path: Path,
    found: Plan,
    scheme: Any,  # noqa: ANN401 - a literal
) -> None:
    """A browser opens the SVG without an error, in its own size, and readable on its own ground."""
    path = tmp_path / "plan.svg"
    path.write_text(drawing.svg(found, standalone=True), encoding="utf-8")
    sheet.emulate_media(color_scheme=scheme)
    sheet.goto(path.as_uri())
    assert sheet.locator("parsererror").count() == 0
    assert sheet.evaluate("document.documentElement.localName") == "svg"
    wide, high = sheet.evaluate(
        "(() => { const b = document.documentElement.getBoundingClientRect(); return [b.width, b.height] })()"
    )
    assert wide == 1000
    assert high == float(re.findall(r'viewBox="0 0 1000 ([\d.]+)"', path.read_text(encoding="utf-8"))[0])
    boxes = sheet.evaluate(TEXTS)
    check_readable(boxes)
    assert overlaps(boxes) == []
