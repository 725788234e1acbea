"""The drawing of a plan, read as XML: what is in it, where it is, and that no name becomes markup."""

from __future__ import annotations

import math
import re
import shutil
import subprocess
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from builders import plan, rotation
from export.exporting import PLANS, export, in_file, sample
from export.png import read_png
from lorplan.export import svg
from lorplan.render.timeline_data import EVENT_SYMBOLS, extent, season_days
from samples import AMINA, AS_OF, BENITO, HOSTILE, HOSTILE_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lorplan.plan.model import Letter, Plan

SVG: Final = "{http://www.w3.org/2000/svg}"
LEFT, RIGHT, WIDTH = 250, 985, 1000
"""Where the days begin and end, and the width of the drawing, in its own units."""

CHARACTER: Final = 7
"""The width that the drawing assumes for a character; a wide one counts twice."""


def draw(found: Plan, *, standalone: bool = True) -> ET.Element:
    """Draw a plan and read the drawing."""
    return ET.fromstring(svg.draw(found, standalone=standalone))  # noqa: S314 - it is our own text


def plan_of(text: str, as_of: str = AS_OF) -> Plan:
    """Make the plan of a sample."""
    return sample(text, as_of=as_of).plan


def find_all(root: ET.Element, kind: str, tag: str = "*") -> list[ET.Element]:
    """Find the elements of a class, in their order."""
    return [one for one in root.iter(f"{SVG}{tag}" if tag != "*" else None) if one.get("class") == kind]


def rows(root: ET.Element) -> list[ET.Element]:
    """Find the rows of the rotations."""
    return [group for group in root.findall(f"{SVG}g") if group.get("role") == "img"]


def by_start(found: Plan) -> list[Letter]:
    """List the letters in the order of their rows."""
    return sorted(found.letters, key=lambda letter: letter.rotation.start)


def parts(root: ET.Element) -> tuple[ET.Element, ET.Element, ET.Element]:
    """Find the lines of today and of the season, the months, and the labels of today and of the season."""
    lines, months, labels = (group for group in root.findall(f"{SVG}g") if group.get("role") is None)
    return lines, months, labels


def flags(root: ET.Element) -> ET.Element:
    """Find the labels of today and of the season."""
    return parts(root)[2]


def text_of(element: ET.Element) -> str:
    """Read the text of an element, which must have one."""
    assert element.text
    return element.text


def title_of(element: ET.Element) -> str:
    """Read the title of an element."""
    return text_of(element.findall(f"{SVG}title")[0])


def number(element: ET.Element, name: str) -> float:
    """Read a number of an element."""
    return float(element.get(name, "0"))


def height(root: ET.Element) -> float:
    """Read the height of the drawing."""
    left, top, width, found = (float(part) for part in root.get("viewBox", "").split())
    assert (left, top, width) == (0, 0, WIDTH)
    return found


def x_of(found: Plan, day: date) -> float:
    """Calculate where a day begins, from nothing but the first and the last day of the drawing."""
    first, last = extent(found)
    return LEFT + (RIGHT - LEFT) * (day - first).days / ((last - first).days + 1)


def reach(element: ET.Element) -> tuple[float, float]:
    """Calculate from where to where a text goes."""
    text = text_of(element)
    width = CHARACTER * sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
    x = number(element, "x")
    return (x - width, x) if element.get("text-anchor") == "end" else (x, x + width)


# --- what is in it ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [AMINA, BENITO, HOSTILE], ids=["amina", "benito", "hostile_names"])
def test_each_rotation_has_a_row_with_its_name_its_verdict_and_a_title_that_says_everything(text: str) -> None:
    """The rows are in the order of the starts; programs that show titles show all of it."""
    found = plan_of(text)
    drawn = rows(draw(found))
    assert len(drawn) == len(found.letters)
    for row, letter in zip(drawn, by_start(found), strict=True):
        assert text_of(find_all(row, "name")[0]) == letter.attending
        assert text_of(find_all(row, "soft")[0]).startswith(letter.verdict)
        title = title_of(row)
        for part in (letter.attending, letter.rotation.specialty, letter.verdict, letter.reason.text):
            assert part in title
        assert f"{letter.rotation.start} to {letter.candidate.last_day}" in title


def test_letter_to_be_asked_has_a_frame_for_the_days_and_a_diamond_for_the_day() -> None:
    """The others have neither."""
    found = plan_of(AMINA)
    assert [letter.attending for letter in found.letters if not letter.may_be_asked] == ["Dr. Hana Sato"]
    for row, letter in zip(rows(draw(found)), by_start(found), strict=True):
        assert (len(find_all(row, "window")), len(find_all(row, "ask"))) == (letter.may_be_asked,) * 2
        if letter.may_be_asked:
            frame, diamond = find_all(row, "window")[0], find_all(row, "ask")[0]
            begin, width = number(frame, "x"), number(frame, "width")
            assert begin == pytest.approx(x_of(found, letter.window.opens), abs=0.1)
            end = x_of(found, letter.window.closes + timedelta(1))
            assert begin + width == pytest.approx(max(end, begin + 2), abs=0.2)
            xs = [float(point.split(",")[0]) for point in diamond.get("points", "").split()]
            assert begin <= sum(xs) / len(xs) <= begin + width
            assert text_of(find_all(row, "soft")[0]) == f"{letter.verdict} on {letter.window.ask_on}"


def test_bar_of_a_letter_that_counts_is_thicker() -> None:
    """One sees it without colour."""
    found = plan_of(AMINA)
    for row, letter in zip(rows(draw(found)), by_start(found), strict=True):
        counts = letter.verdict in {"ask", "keep", "reserve"}
        bars = find_all(row, "counts") + find_all(row, "idle")
        assert [(bar.get("class"), number(bar, "height")) for bar in bars] == [
            ("counts", 14) if counts else ("idle", 6)
        ]


def test_events_are_symbols_in_their_order_and_in_the_title_with_their_days() -> None:
    """Each reminder has its own symbol."""
    events = {
        "asked": "2027-03-20",
        "agreed": "2027-03-22",
        "packet": "2027-03-24",
        "requested": "2027-06-02",
        "reminded": ["2027-06-20", "2027-07-20"],
        "uploaded": "2027-08-02",
        "thanked": "2027-08-03",
        "assigned": "2027-09-01",
    }
    found = plan(rotation(offered="2027-03-15", letter=events), as_of="2027-09-02")
    [row] = rows(draw(found))
    assert "".join(map(text_of, find_all(row, "event"))) == "OAYPRMMUTS"
    assert all(f"{name} {day}" in title_of(row) for name, day in found.letters[0].history.known)


@pytest.mark.parametrize("as_of", ["2027-01-20", "2027-06-02", "2027-09-22"])
def test_today_and_the_days_of_the_season_are_lines_with_their_names_and_dates(as_of: str) -> None:
    """Every day of the season within the drawing has one at its place."""
    found = plan_of(AMINA, as_of)
    first, last = extent(found)
    expected = [(day, name) for day, name in season_days(found) if first <= day <= last] + [(found.as_of, "today")]
    drawn, _, labels = parts(draw(found))
    assert sorted(map(text_of, find_all(labels, "soft"))) == sorted(f"{name} {day}" for day, name in expected)
    lines = find_all(drawn, "season", "line") + find_all(drawn, "today", "line")
    places = sorted(x_of(found, day) for day, _ in expected)
    assert sorted(number(line, "x1") for line in lines) == pytest.approx(places, abs=0.1)
    assert len(find_all(drawn, "today", "line")) == 1


def test_legend_explains_the_shapes_the_events_that_occur_and_the_days_beyond_the_drawing() -> None:
    """Each day of the season is in the drawing or in the legend."""
    found = plan_of(BENITO)
    legend = svg.legend(found)
    assert all(word in legend for word in ("Thick bar", "thin bar", "frame", "diamond"))
    assert [name for name, symbol in EVENT_SYMBOLS.items() if f"{symbol} {name}" in legend] == ["asked", "agreed"]
    drawn = set(map(text_of, find_all(flags(draw(found)), "soft")))
    for day, name in season_days(found):
        assert (f"{name} {day}" in drawn) != (f"{name} {day}" in legend)


def test_drawing_has_a_title_with_the_applicant_if_known_and_the_day() -> None:
    """Programs show it as the name of the picture."""
    assert title_of(draw(plan_of(AMINA))) == "Timeline of Amina Rahman, as of 2027-01-20"
    assert title_of(draw(plan_of(BENITO))) == "Timeline, as of 2027-01-20"


# --- looks --------------------------------------------------------------------------------------------------


def test_only_a_standalone_drawing_has_a_size_a_background_and_a_style_sheet() -> None:
    """Within a page the page's style applies; everything else is the same."""
    alone, inside = draw(plan_of(AMINA)), draw(plan_of(AMINA), standalone=False)
    assert (alone.get("width"), alone.get("height")) == ("1000", f"{height(alone):g}")
    assert (inside.get("width"), inside.get("height")) == (None, None)
    assert [one.text for one in alone.iter(f"{SVG}style")] == [svg.PAGE_CSS]
    assert list(inside.iter(f"{SVG}style")) == []
    [ground] = alone.findall(f"{SVG}rect")
    assert ground.get("class") == "ground"
    assert (number(ground, "width"), number(ground, "height")) == (WIDTH, height(alone))
    for name in ("width", "height"):
        del alone.attrib[name]
    for one in [*alone.findall(f"{SVG}style"), ground]:
        alone.remove(one)
    assert ET.tostring(alone) == ET.tostring(inside)


def test_every_shape_and_text_has_its_colour_as_an_attribute() -> None:
    """A program that reads no style sheets would draw it black."""
    shapes = [one for one in draw(plan_of(AMINA)).iter() if one.tag.removeprefix(SVG) in {"rect", "polygon", "text"}]
    lines = list(draw(plan_of(AMINA)).iter(f"{SVG}line"))
    assert shapes
    assert lines
    assert all(re.fullmatch("none|#[0-9a-f]{6}", one.get("fill", "")) for one in shapes)
    assert all(re.fullmatch("#[0-9a-f]{6}", one.get("stroke", "")) for one in lines)
    assert {one.get("fill") for one in find_all(draw(plan_of(AMINA)), "ground")} == {"#ffffff"}


def test_style_sheet_applies_only_to_a_dark_screen_and_has_colours_only() -> None:
    """Without it, or without variables, nothing is missing."""
    rest = re.sub(r"@media screen and \(prefers-color-scheme: dark\) \{(\s*[^{}]+\{[^{}]*\})*\s*\}", "", svg.PAGE_CSS)
    assert rest == ""
    declarations = re.findall(r"[{;] ([a-z-]+): ([^;]+);", svg.PAGE_CSS)
    assert {name for name, _ in declarations} == {"fill", "stroke"}
    assert all(re.fullmatch("#[0-9a-f]{6}", value) for _, value in declarations)
    classes = {one.get("class") for one in draw(plan_of(AMINA)).iter()} - {None, "lor"}
    assert classes <= set(re.findall(r"\.lor \.([a-z]+)", svg.PAGE_CSS))


def test_drawing_does_nothing_by_itself() -> None:
    """There is no script, no focus, no hover, no link."""
    text = svg.draw(plan_of(HOSTILE), standalone=True)
    assert not re.search(r"<script|tabindex|:hover|:focus|href|\bon[a-z]+=|var\(|url\(|@import", text)


# --- positions ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("as_of", ["2020-01-01", "2040-01-01"], ids=["years_before", "years_after"])
def test_as_of_day_years_away_leaves_the_rotations_their_room(as_of: str) -> None:
    """Today is then left out."""
    root = draw(plan_of(AMINA, as_of))
    assert find_all(root, "today", "line") == []
    assert not any("today" in text_of(one) for one in find_all(flags(root), "soft"))
    bars = find_all(root, "idle", "rect") + find_all(root, "counts", "rect")
    assert len(bars) == 5
    assert all(number(bar, "width") > 40 for bar in bars)


@pytest.mark.parametrize(("as_of", "at_the_start"), [("2026-06-01", True), ("2028-05-31", False)])
def test_as_of_day_less_than_a_year_away_is_at_the_edge_of_the_drawing(as_of: str, at_the_start: bool) -> None:  # noqa: FBT001 - a parameter
    """The drawing becomes wider for it."""
    found = plan_of(AMINA, as_of)
    x = number(find_all(draw(found), "today", "line")[0], "x1")
    assert x == pytest.approx(x_of(found, found.as_of), abs=0.1)
    assert x == LEFT if at_the_start else x > RIGHT - 5


def many(count: int, start: date = date(2027, 1, 4), apart: int = 7) -> Plan:
    """Make a plan of many rotations of four weeks."""
    days = [start + timedelta(apart * place) for place in range(count)]
    return plan(
        *(
            rotation(f"Dr. Number {place}", start=f"{day}", end=f"{day + timedelta(25)}")
            for place, day in enumerate(days)
        ),
        as_of="2027-03-01",
    )


def eight_events(day: str) -> Plan:
    """Make a plan in which everything happened on one day, which is the last one drawn."""
    names = ("asked", "agreed", "packet", "requested", "uploaded", "thanked", "assigned")
    return plan(rotation(letter=dict.fromkeys(names, day), offered=day), as_of=day)


EARLY_EVENTS: Final = dict.fromkeys(("asked", "agreed"), "2027-10-08")
LATE_EVENTS: Final = dict.fromkeys(("requested", "uploaded", "assigned", "packet", "thanked"), "2027-10-20")

EXTREMES: Final = {
    "no_letters": plan(),
    "one_day_in_all": plan(rotation(start="2027-09-22", end="2027-09-22"), as_of="2027-09-22"),
    "ten_years": many(20, date(2018, 1, 1), 182),
    "sixty_rotations": many(60),
    "very_long_name": plan(rotation("Dr. " + "Long " * 39)),
    "very_long_word": plan(rotation("Dr. " + "x" * 196)),
    "very_long_name_in_wide_characters": plan(rotation("陈" * 120)),
    "combining_characters": plan(rotation("e\u0301" * 100)),
    "characters_without_a_width": plan(rotation("Dr. \u200bZero\ufeff")),
    "very_long_specialty": plan(rotation(specialty="a long field " * 15)),
    "as_of_long_ago": plan(rotation(), as_of="1990-01-01"),
    "as_of_the_far_end": plan(rotation(), as_of="2100-12-31"),
    "as_of_new_year_at_the_right_edge": plan_of(AMINA, "2028-01-01"),
    "as_of_the_end_of_a_month_at_the_left_edge": plan(as_of="2026-12-29"),
    "very_long_applicant": plan(rotation(), name="Amina " * 33),
    "two_events_on_the_last_day": plan(
        rotation(letter=dict.fromkeys(("asked", "agreed"), "2027-10-20")), as_of="2027-10-20"
    ),
    "eight_events_on_the_last_day": eight_events("2027-10-20"),
    "events_just_before_those_on_the_last_day": plan(
        rotation(letter={**EARLY_EVENTS, **LATE_EVENTS}, offered="2027-10-08"), as_of="2027-10-20"
    ),
    "eight_events_on_the_first_day": eight_events("2027-02-28"),
    "amina": plan_of(AMINA),
    "hostile_names": plan_of(HOSTILE),
}
"""Plans at the limits of what can be drawn."""


def shapes(root: ET.Element) -> Iterator[tuple[list[float], list[float]]]:
    """Give the x and the y values that each shape and text touches."""
    for one in root.iter():
        tag = one.tag.removeprefix(SVG)
        if tag == "rect" or (tag == "svg" and one is not root):
            x, y = number(one, "x"), number(one, "y")
            yield [x, x + number(one, "width")], [y, y + number(one, "height")]
        elif tag == "line":
            yield [number(one, "x1"), number(one, "x2")], [number(one, "y1"), number(one, "y2")]
        elif tag == "polygon":
            points = [point.split(",") for point in one.get("points", "").split()]
            yield [float(x) for x, _ in points], [float(y) for _, y in points]
        elif tag == "text":
            yield [number(one, "x")], [number(one, "y")]


def check_inside(root: ET.Element) -> None:
    """Check that everything is within the drawing: shapes, labels, and names by the inner drawing that clips them."""
    for xs, ys in shapes(root):
        assert all(map(math.isfinite, xs + ys))
        assert 0 <= min(xs) <= max(xs) <= WIDTH
        assert 0 <= min(ys) <= max(ys) <= height(root)
    for rect in root.iter(f"{SVG}rect"):
        assert number(rect, "width") > 0
        assert number(rect, "height") > 0
    for row in rows(root):
        [clip] = row.findall(f"{SVG}svg")
        assert number(clip, "x") + number(clip, "width") < LEFT
        assert [one.get("class") for one in clip] == ["name", "soft"]
        assert all(0 < number(one, "y") < number(clip, "height") for one in clip)
    for text in unclipped_texts(root):
        begin, end = reach(text)
        assert begin >= 0
        assert end <= WIDTH, text_of(text)


def unclipped_texts(root: ET.Element) -> list[ET.Element]:
    """List the texts that no inner drawing clips: labels and events."""
    clipped = {id(one) for row in rows(root) for clip in row.findall(f"{SVG}svg") for one in clip}
    return [text for text in root.iter(f"{SVG}text") if id(text) not in clipped]


def check_uncrossed(root: ET.Element) -> None:
    """Check that labels come after the lines, each on a ground of its own."""
    lines, months, _ = parts(root)
    assert {one.tag for one in lines} <= {f"{SVG}line"}
    labels = [label for group in (months, flags(root)) for label in find_all(group, "soft")]
    grounds = [ground for group in (months, flags(root)) for ground in find_all(group, "ground")]
    for ground, label in zip(grounds, labels, strict=True):
        begin, end = reach(label)
        assert number(ground, "x") == pytest.approx(begin, abs=0.1)
        assert number(ground, "x") + number(ground, "width") == pytest.approx(end, abs=0.1)
        assert number(ground, "y") < number(label, "y") < number(ground, "y") + number(ground, "height")


def check_apart(root: ET.Element) -> None:
    """Check that no label or symbol touches another on the same line."""
    lines: dict[float, list[tuple[float, float]]] = {}
    for text in unclipped_texts(root):
        lines.setdefault(number(text, "y"), []).append(reach(text))
    for line in lines.values():
        for (_, end), (begin, _) in pairwise(sorted(line)):
            assert end <= begin


def check_places(found: Plan, root: ET.Element) -> None:
    """Check that bars and flags are at their days."""
    for row, letter in zip(rows(root), by_start(found), strict=True):
        [bar] = find_all(row, "idle") + find_all(row, "counts")
        begin, end = number(bar, "x"), number(bar, "x") + number(bar, "width")
        assert begin == pytest.approx(x_of(found, letter.rotation.start), abs=0.1)
        expected = x_of(found, letter.candidate.last_day + timedelta(1))
        assert end == pytest.approx(max(expected, begin + 2), abs=0.2)
    for flag in find_all(flags(root), "soft"):
        day = date.fromisoformat(text_of(flag)[-10:])
        assert number(flag, "x") == pytest.approx(x_of(found, day), abs=0.1)


def check_drawing(found: Plan) -> None:
    """Check everything that holds for every drawing."""
    root = draw(found)
    check_inside(root)
    check_apart(root)
    check_uncrossed(root)
    check_places(found, root)


@pytest.mark.parametrize("name", EXTREMES)
def test_drawing_at_the_limits_has_everything_inside_apart_and_in_its_place(name: str) -> None:
    """Nothing is cut off, no label touches another, and every day is where it belongs."""
    check_drawing(EXTREMES[name])


@given(PLANS, st.booleans())
def test_any_drawing_has_everything_inside_apart_and_in_its_place(found: Plan, standalone: bool) -> None:  # noqa: FBT001 - drawn
    """Whatever the plan; and the same plan always gives the same drawing."""
    check_drawing(found)
    assert svg.draw(found, standalone=standalone) == svg.draw(found, standalone=standalone)


@pytest.mark.parametrize("day", ["2027-10-20", "2027-02-28"], ids=["last_day", "first_day"])
def test_all_events_on_one_day_can_each_be_read(day: str) -> None:
    """They are side by side."""
    [row] = rows(draw(eight_events(day)))
    assert "".join(map(text_of, find_all(row, "event"))) == "OAYPRUTS"


def test_export_is_the_standalone_drawing_and_recognized_as_ours() -> None:
    """Of the only plan."""
    found = in_file(plan_of(AMINA))
    content = export("svg", found)
    assert content == (svg.draw(found.plan, standalone=True) + "\n").encode()
    assert svg.is_ours(content)


# --- hostile values -----------------------------------------------------------------------------------------

HOSTILE_VALUES: Final = {
    "element": '<img src=x onerror="alert(1)">',
    "end_of_the_drawing": "</text></svg><script>alert(1)</script>",
    "end_of_an_attribute": '" onload="alert(1)',
    "end_of_an_attribute_in_single_quotes": "' onload='alert(1)",
    "end_of_a_section": "]]> <![CDATA[ <!-- -->",
    "escaped_already": "&lt;b&gt; &#60;b&#62; &xxe;",
    "template": "{{ 7 * 7 }} {% raw %}",
    "address": "url(https://example.org/x)",
}


@pytest.mark.parametrize("value", HOSTILE_VALUES.values(), ids=HOSTILE_VALUES)
def test_hostile_value_is_only_text(value: str) -> None:
    """The drawing has the elements and attributes of a harmless plan, and shows the name as typed."""

    def skeleton(root: ET.Element) -> list[tuple[str, list[str]]]:
        return [(one.tag, sorted(one.attrib)) for one in root.iter()]

    hostile = draw(plan(rotation(value, specialty=value, hospital=value), name=value, targets=[value]))
    harmless = draw(plan(rotation("Dr. A", specialty="b", hospital="c"), name="d", targets=["e"]))
    assert skeleton(hostile) == skeleton(harmless)
    assert text_of(find_all(hostile, "name")[0]) == value
    assert title_of(rows(hostile)[0]).startswith(f"{value}, {value}, 2027-03-01")
    assert value in title_of(hostile)


def test_names_of_other_scripts_and_in_the_look_of_markup_are_drawn_as_typed() -> None:
    """Markup of other programs, emoji codes and wide characters are nothing special here."""
    assert tuple(map(text_of, find_all(draw(plan_of(HOSTILE)), "name"))) == HOSTILE_NAMES


@pytest.mark.parametrize(
    "character",
    ["\uffff", "\ufffe", "\x7f", "\x85", "\x0c", "\ud800", "\U0001ffff", "\ufdd0", "\U000e0001", "\u200d"],
)
def test_character_is_refused_in_a_plan_file_or_drawn(character: str) -> None:
    """What XML does not have is refused; the drawing of the rest is well-formed."""
    try:
        found = plan(rotation(f"Dr. X{character}"))
    except ValidationError:
        assert not re.fullmatch("[\U0001ffff\ufdd0\U000e0001\u200d]", character), "it does no harm"
        return
    assert text_of(find_all(draw(found), "name")[0]) == f"Dr. X{character}"


# --- another program ----------------------------------------------------------------------------------------

RSVG: Final = shutil.which("rsvg-convert")
WHITE: Final = (255, 255, 255)


@pytest.mark.system
@pytest.mark.skipif(RSVG is None, reason="rsvg-convert is not installed")
def test_librsvg_draws_a_white_background_green_bars_and_clips_long_names(tmp_path: Path) -> None:
    """A program that knows little of style sheets draws what a browser draws."""
    found = plan(rotation("Dr. " + "Wm" * 98), rotation("Dr. Hana Sato", id="sato", choice="skip"), as_of="2027-02-22")
    path = tmp_path / "plan.svg"
    path.write_text(svg.draw(found, standalone=True), encoding="utf-8")
    picture = read_png(subprocess.run([str(RSVG), path], capture_output=True, check=True).stdout)
    root = draw(found)
    assert (picture.width, len(picture.rows)) == (WIDTH, height(root))
    assert picture.color(0, 0) == picture.color(WIDTH - 1, height(root) - 1) == WHITE
    for kind, color in (("counts", (0x0B, 0x6E, 0x4F)), ("idle", (0x7D, 0x89, 0x94))):
        [bar] = find_all(root, kind)
        x, y = number(bar, "x") + 3, number(bar, "y") + number(bar, "height") / 2
        assert picture.color(x, y) == color
    [clip] = rows(root)[0].findall(f"{SVG}svg")
    y = number(clip, "y") + number(clip[0], "y") - 4
    assert any(picture.color(x, y) != WHITE for x in range(10, 230)), "the name is drawn"
    assert all(picture.color(x, y) == WHITE for x in range(LEFT - 7, LEFT - 1)), "and ends before the days"
