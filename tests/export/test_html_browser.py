"""The page and the drawing in a real browser, Chromium: how they look, at every width, on a dark screen, on paper."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pytest

from builders import plan, rotation
from export.exporting import example, in_file, sample
from export.html_pages import HOSTILE_VALUES, hostile_page, page_of, three_applicants, with_value
from lorplan.export import svg
from samples import AMINA, HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser, Page

    from lorplan.plan.model import Plan

pytestmark = pytest.mark.system

CHROMIUM: Final = Path("/usr/bin/chromium")
WIDTHS: Final = (320, 400, 768, 1280, 2000)
CONTRAST: Final = 4.5
"""What the guidelines for accessible pages ask of text."""

Box = dict[str, Any]

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
    const clip = element.closest("svg svg"), outer = clip && clip.ownerSVGElement.getBoundingClientRect();
    const limit = clip ? outer.left + (clip.x.baseVal.value + clip.width.baseVal.value) * outer.width / 1000 : Infinity;
    let ground = "rgba(0, 0, 0, 0)";
    for (let e = element; e && / 0\)$/.test(ground); e = e.parentElement) {
      const back = e.localName === "svg" && e.querySelector(":scope > .ground");
      ground = back ? getComputedStyle(back).fill : getComputedStyle(e).backgroundColor;
    }
    for (const box of range.getClientRects())
      if (box.width && box.height)
        found.push({text: node.data.trim(), drawn: inside, color: inside ? looks.fill : looks.color, ground,
          left: box.left, right: Math.min(box.right, limit), top: box.top, bottom: box.bottom});
  }
  return found;
}
"""
"""Every line of visible text: where it is, in which colour, and on which background."""

CELLS: Final = """
() => [...document.querySelectorAll("td, tbody th")].map(cell => {
  const box = cell.getBoundingClientRect();
  return {text: cell.textContent, left: box.left, right: box.right, top: box.top, bottom: box.bottom};
})
"""
"""Every cell of the tables: where it is."""


# --- the browser --------------------------------------------------------------------------------------------


class Tab(NamedTuple):
    """A tab of the browser with what went wrong in it and what it asked for."""

    page: Page
    errors: list[str]
    requests: list[str]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one Chromium for all tests."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"there is no Chromium at {CHROMIUM}")
    with playwright.sync_playwright() as started:
        found = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Tab:
    """Open one tab for all tests, without a network, and watch it."""
    found = Tab(browser.new_context(offline=True).new_page(), [], [])
    found.page.set_default_timeout(30_000)
    found.page.on("console", lambda message: found.errors.append(message.text))
    found.page.on("pageerror", lambda error: found.errors.append(str(error)))
    found.page.on("dialog", lambda dialog: found.errors.append(dialog.message))
    found.page.on("request", lambda request: found.requests.append(request.url))
    return found


@pytest.fixture
def page(tab: Tab) -> Iterator[Page]:
    """Give an empty page on which nothing may go wrong, and which may fetch nothing but itself."""
    tab.page.goto("about:blank")
    tab.page.set_viewport_size({"width": 1280, "height": 800})
    tab.page.emulate_media(media="null", color_scheme="light", forced_colors="none")
    tab.page.mouse.move(0, 0)
    tab.errors.clear()
    tab.requests.clear()
    yield tab.page
    assert tab.errors == []
    assert len(tab.requests) <= 1, "the page itself and nothing else"
    assert all(url.startswith("file:") for url in tab.requests)


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
    """Calculate how light a colour is, as the guidelines for accessible pages do."""
    parts = [float(part) for part in re.findall(r"[\d.]+", color)]
    assert color.startswith("rgb"), color
    assert parts[3:] in ([], [1.0]), f"{color} is transparent"
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in (q / 255 for q in parts[:3])]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Calculate the contrast of two colours."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def check_readable(boxes: Sequence[Box]) -> None:
    """Check that every text has enough contrast against its background."""
    assert boxes
    poor = {
        (one["text"][:40], one["color"], one["ground"])
        for one in boxes
        if contrast(one["color"], one["ground"]) < CONTRAST
    }
    assert poor == set()


# --- the pages ----------------------------------------------------------------------------------------------

EXAMPLES: Final = {
    "mid_season": ("mid-season.yaml", "2027-08-20"),
    "awkward": ("awkward.yaml", "2027-06-01"),
    "rotations": ("rotations.yaml", "2027-01-25"),
    "programs": ("programs.yaml", "2027-08-25"),
}


@cache
def make_page(name: str) -> str:
    """Make one of the pages that are looked at."""
    if name in EXAMPLES:
        return page_of(example(*EXAMPLES[name]))
    return {
        "three_applicants": lambda: page_of(*three_applicants()),
        "no_rotation": lambda: page_of(in_file(plan())),
        "hostile": hostile_page,
    }[name]()


THOROUGH: Final = {"mid_season", "rotations"}
PAGES: Final = [
    pytest.param(name, marks=[pytest.mark.thorough] if name in THOROUGH else [])
    for name in (*EXAMPLES, "three_applicants", "no_rotation")
]
LIGHT_AND_DARK: Final = ("light", "dark")


@pytest.mark.parametrize("name", [*PAGES, "hostile"])
def test_page_opens_without_an_error_a_dialog_or_a_request(page: Page, tmp_path: Path, name: str) -> None:
    """From a file and from memory it looks the same, with its style applied."""
    path = tmp_path / "page.html"
    path.write_text(make_page(name), encoding="utf-8")
    page.goto(path.as_uri())
    page.hover("body")
    from_file = page.evaluate(TEXTS)
    assert page.evaluate("document.compatMode") == "CSS1Compat"
    assert page.evaluate("getComputedStyle(document.body).maxWidth") == "1152px"
    page.set_content(make_page(name))
    assert page.evaluate(TEXTS) == from_file


@pytest.mark.parametrize("name", PAGES)
def test_page_fits_every_width_without_overlaps(page: Page, name: str) -> None:
    """It does not scroll sideways, no text covers another, and no cell covers another."""
    page.set_content(make_page(name))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
        boxes = page.evaluate(TEXTS)
        assert overlaps([one for one in boxes if one["drawn"]]) == []
        assert overlaps([one for one in boxes if not one["drawn"]]) == []
        assert overlaps(page.evaluate(CELLS)) == []
        outside = [
            one["text"] for one in boxes if not one["drawn"] and not -1 <= one["left"] <= one["right"] <= width + 1
        ]
        assert outside == []


PHONE: Final = {"width": 390, "height": 800}
CARDS: Final = """rows => rows.map(row => {
  const cells = [...row.cells].filter(cell => cell.getClientRects().length);
  const lines = row.getBoundingClientRect().height / parseFloat(getComputedStyle(row).lineHeight);
  return {lines, tops: cells.map(cell => Math.round(cell.getBoundingClientRect().top))};
})"""
"""For each row how many lines of text it is high, and where each of its cells that are shown begins."""


def test_row_of_a_table_is_a_card_of_few_lines_on_a_phone(page: Page) -> None:
    """The verdict and the name stand beside each other, and the reason below."""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type] # it has these two numbers
    page.set_content(make_page("mid_season"))
    cards = page.locator("main table").first.locator("tbody tr").evaluate_all(CARDS)
    assert len(cards) == 8
    for card in cards:
        assert card["tops"][0] == card["tops"][1] < card["tops"][-1]
        assert card["lines"] < 5


@pytest.mark.parametrize("name", PAGES)
def test_labels_of_the_drawing_end_within_it(page: Page, name: str) -> None:
    """However wide the browser's letters are."""
    page.set_content(make_page(name))
    ends = page.evaluate(
        """() => [...document.querySelectorAll("svg text")].filter(text => !text.closest("svg svg")).map(text => {
          const box = text.getBBox();
          return [text.textContent, box.x, box.x + box.width];
        })"""
    )
    assert [one for one in ends if one[1] < 0 or one[2] > 1000] == []


LONG_NAMES: Final = {
    "capitals": "DR. WILLIAM MWANGI MOHAMMED WU",
    "wide_letters": "Dr. Emmanuel Wammwalwa-Mwangombe, MD, PhD",
    "long_word": "Dr. " + "Wx" * 98,
    "many_words": "Dr. " + "Long " * 39,
    "wide_characters": "陈伟" * 40,
}


@pytest.mark.parametrize("name", LONG_NAMES.values(), ids=LONG_NAMES)
def test_long_name_in_the_drawing_ends_before_the_days(page: Page, name: str) -> None:
    """What does not fit is cut off and does not cover the bars."""
    page.set_content(page_of(in_file(plan(rotation(name)))))
    at = """x => {
      const box = document.querySelector(".drawing svg").getBoundingClientRect();
      const name = document.querySelector(".name").getBoundingClientRect();
      const found = document.elementFromPoint(box.left + x * box.width / 1000, (name.top + name.bottom) / 2);
      return found !== null && found.classList.contains("name");
    }"""
    assert page.evaluate(at, 50)
    assert not any(page.evaluate(at, x) for x in (244, 248, 252, 300))


@pytest.mark.parametrize("name", LONG_NAMES.values(), ids=LONG_NAMES)
def test_long_name_does_not_widen_the_page(page: Page, name: str) -> None:
    """Names, specialties, hospitals and files without a space are broken where the page ends."""
    found = plan(rotation(name, specialty=name, hospital=name), name=name, targets=[name])
    page.set_content(page_of(in_file(found, f"{name}.yaml")))
    wide = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        wide[width] = page.evaluate("document.scrollingElement.scrollWidth")
    assert {width: found for width, found in wide.items() if found > width} == {}


# --- colours ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", LIGHT_AND_DARK)
@pytest.mark.parametrize("name", PAGES)
def test_every_text_can_be_read_on_its_background(page: Page, name: str, scheme: Any) -> None:  # noqa: ANN401 - a literal
    """The page follows the scheme of the screen."""
    page.emulate_media(color_scheme=scheme)
    page.set_content(make_page(name))
    check_readable(page.evaluate(TEXTS))
    ground = luminance(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert (ground > 0.5) == (scheme == "light")


@pytest.mark.parametrize("scheme", LIGHT_AND_DARK)
def test_printed_page_is_dark_on_white_whatever_the_screen(page: Page, scheme: Any) -> None:  # noqa: ANN401 - a literal
    """Paper is white."""
    page.emulate_media(media="print", color_scheme=scheme)
    page.set_content(make_page("mid_season"))
    check_readable([{**one, "ground": "rgb(255, 255, 255)"} for one in page.evaluate(TEXTS)])


def test_page_without_colours_says_everything_in_words(page: Page) -> None:
    """Verdicts, states, and whether a target has its letters."""
    page.emulate_media(forced_colors="active")
    page.set_content(make_page("mid_season"))
    text = page.inner_text("body")
    for word in ("keep", "ask", "hold", "skip", "overdue", "due", "upcoming", "ok"):
        assert re.search(rf"\b{word}\b", text)
    assert "today 2027-08-20" in page.locator("svg .soft").all_text_contents()


# --- the keyboard -------------------------------------------------------------------------------------------


def test_tab_key_reaches_the_drawing_which_may_scroll(page: Page) -> None:
    """On a narrow screen it can be moved without a pointer, and screen readers know what it is."""
    page.set_viewport_size({"width": 400, "height": 800})
    page.set_content(make_page("mid_season"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "drawing"
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Timeline"
    page.keyboard.press("ArrowRight")
    for _ in range(100):  # scrolling is animated; the page's policy forbids the browser to wait for an expression
        if page.evaluate("document.activeElement.scrollLeft > 0"):
            return
        page.wait_for_timeout(50)
    pytest.fail("the drawing did not move")


def test_links_of_the_overview_lead_to_the_sections_and_back(page: Page, tmp_path: Path) -> None:
    """Within the page."""
    path = tmp_path / "page.html"
    path.write_text(make_page("three_applicants"), encoding="utf-8")
    page.goto(path.as_uri())
    page.click("text=benito.yaml >> nth=0")
    assert page.url.endswith("#plan-2")
    assert abs(page.evaluate("document.querySelector('#plan-2').getBoundingClientRect().top")) < 5
    page.click("#plan-2 .back a")
    assert page.evaluate("scrollY") == 0


# --- paper --------------------------------------------------------------------------------------------------


def print_page(page: Page, text: str) -> tuple[int, set[str]]:
    """Print a page as a PDF, and give the number of its sheets and their sizes in points."""
    page.set_content(text)
    pdf = page.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox\s*\[([^\]]*)\]", pdf)
    return len(re.findall(rb"/Type\s*/Page\b", pdf)), {size.decode().strip() for size in sizes}


@pytest.mark.parametrize("name", ["mid_season", "rotations"])
def test_usual_plan_is_printed_on_one_sheet_of_a4(page: Page, name: str) -> None:
    """Whatever the printer's own paper is."""
    count, sizes = print_page(page, make_page(name))
    assert count == 1
    (size,) = sizes
    assert [round(float(part)) for part in size.split()] == [0, 0, 595, 842]


def test_each_of_several_applicants_begins_on_a_new_sheet(page: Page) -> None:
    """The overview is a sheet, too: they can be handed out one by one."""
    assert print_page(page, make_page("three_applicants"))[0] == 4


# --- the drawing alone --------------------------------------------------------------------------------------

DRAWINGS: Final[dict[str, Callable[[], Plan]]] = {
    "amina": lambda: sample(AMINA).plan,
    "hostile_names": lambda: sample(HOSTILE).plan,
    "script": lambda: with_value(HOSTILE_VALUES["script"]),
    "no_rotation": plan,
}


@pytest.mark.parametrize("scheme", LIGHT_AND_DARK)
@pytest.mark.parametrize("name", DRAWINGS)
def test_drawing_alone_opens_in_its_size_and_can_be_read(
    page: Page,
    tmp_path: Path,
    name: str,
    scheme: Any,  # noqa: ANN401 - a literal
) -> None:
    """On a light and on a dark screen."""
    found: Plan = DRAWINGS[name]()
    path = tmp_path / "plan.svg"
    path.write_text(svg.draw(found, standalone=True), encoding="utf-8")
    page.emulate_media(color_scheme=scheme)
    page.goto(path.as_uri())
    assert page.locator("parsererror").count() == 0
    assert page.evaluate("document.documentElement.localName") == "svg"
    width, height = page.evaluate(
        "(() => { const b = document.documentElement.getBoundingClientRect(); return [b.width, b.height] })()"
    )
    assert width == 1000
    assert height == float(re.findall(r'viewBox="0 0 1000 ([\d.]+)"', path.read_text(encoding="utf-8"))[0])
    boxes = page.evaluate(TEXTS)
    check_readable(boxes)
    assert overlaps(boxes) == []
    ground = luminance(page.evaluate("getComputedStyle(document.querySelector('.ground')).fill"))
    assert (ground > 0.5) == (scheme == "light")
