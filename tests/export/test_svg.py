"""The drawing of a plan, read as XML: what is in it, where it stands, and that nothing becomes markup."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from builders import plan, rotation
from lorplan.export import svg as drawing
from lorplan.plan.planner import make_plan
from lorplan.planfile.models import PlanFile
from lorplan.planfile.reader import loads
from lorplan.render.timeline_data import EVENT_LETTERS, extent, season_days
from oracle.strategies import plans_and_days
from samples import AMINA, AS_OF, BENITO, HOSTILE, HOSTILE_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lorplan.plan.model import Plan

SVG: Final = "{http://www.w3.org/2000/svg}"
LEFT, RIGHT, WIDTH = 250, 985, 1000
"""Where the days begin and end, and how wide the whole drawing is, in its own units."""

PER_CHARACTER: Final = {"name": 7.6, "event": 8.0}
"""How wide the drawing reckons a character of a text to be, by its kind; 6.4 where nothing is said."""

FEW = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])


def drawn(found: Plan, *, standalone: bool = True) -> ET.Element:
    """Draw a plan and read the drawing."""
    return ET.fromstring(drawing.svg(found, standalone=standalone))  # noqa: S314 - it is our own text


def sample(text: str, as_of: str = AS_OF) -> Plan:
    """Plan a sample as of the samples' day, or another one."""
    return make_plan(loads(text), date.fromisoformat(as_of))


def of_class(root: ET.Element, name: str, tag: str = "*") -> list[ET.Element]:
    """Find the elements of a class, in their order."""
    return [one for one in root.iter(f"{SVG}{tag}" if tag != "*" else None) if one.get("class") == name]


def texts(root: ET.Element) -> list[ET.Element]:
    """Find everything that is written in the drawing."""
    return list(root.iter(f"{SVG}text"))


def said(element: ET.Element) -> str:
    """Read the text of an element, which must have one."""
    assert element.text
    return element.text


def number(element: ET.Element, name: str) -> float:
    """Read a number of an element."""
    return float(element.get(name, "0"))


def height(root: ET.Element) -> float:
    """Read how high the drawing is."""
    left, top, wide, high = (float(part) for part in root.get("viewBox", "").split())
    assert (left, top, wide) == (0, 0, WIDTH)
    return high


def place(found: Plan, day: date) -> float:
    """Reckon where a day begins, from nothing but the first and the last day of the drawing."""
    first, last = extent(found)
    return LEFT + (RIGHT - LEFT) * (day - first).days / ((last - first).days + 1)


def reach(element: ET.Element) -> tuple[float, float]:
    """Reckon from where to where a text goes."""
    text = said(element)
    columns = sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
    wide = columns * PER_CHARACTER.get(element.get("class", ""), 6.4)
    x = number(element, "x")
    return (x - wide, x) if element.get("text-anchor") == "end" else (x, x + wide)


def shapes(root: ET.Element) -> Iterator[tuple[list[float], list[float]]]:
    """Give the x and the y values that each shape and text of the drawing touches."""
    for one in root.iter():
        tag = one.tag.removeprefix(SVG)
        if tag == "rect":
            x, y = number(one, "x"), number(one, "y")
            yield [x, x + number(one, "width")], [y, y + number(one, "height")]
        elif tag == "line":
            yield [number(one, "x1"), number(one, "x2")], [number(one, "y1"), number(one, "y2")]
        elif tag == "polygon":
            points = [point.split(",") for point in one.get("points", "").split()]
            yield [float(x) for x, _ in points], [float(y) for _, y in points]
        elif tag == "text":
            yield [number(one, "x")], [number(one, "y")]


def labels(root: ET.Element) -> list[ET.Element]:
    """Find the labels above the rows: months, years, today and the days of the season."""
    inside = {id(text) for row in of_class(root, "row") for text in texts(row)}
    return [text for text in texts(root) if id(text) not in inside]


# --- what is in it ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [AMINA, BENITO, HOSTILE], ids=["amina", "benito", "hostile names"])
def test_every_rotation_has_a_row_with_its_name_and_verdict(text: str) -> None:
    """Rows stand in the order in which the rotations start; what a row shows it also says in one sentence."""
    found = sample(text)
    rows = of_class(drawn(found), "row")
    letters = sorted(found.letters, key=lambda letter: letter.rotation.start)
    assert len(rows) == len(letters)
    for row, letter in zip(rows, letters, strict=True):
        assert said(of_class(row, "name")[0]) == letter.attending
        assert said(of_class(row, "soft")[0]).startswith(letter.verdict)
        title = said(row.findall(f"{SVG}title")[0])
        assert title == row.get("aria-label")
        for part in (letter.attending, letter.rotation.specialty, letter.verdict, letter.reason.text):
            assert part in title
        assert f"{letter.rotation.start} to {letter.rotation.final_day}" in title


def test_a_row_can_be_reached_with_the_keyboard_and_is_one_picture_to_a_reader() -> None:
    """Each row takes the focus and is read out as a whole; nothing else in the drawing does."""
    root = drawn(sample(AMINA))
    assert [row.get("role") for row in of_class(root, "row")] == ["img"] * 5
    assert [one.get("class") for one in root.iter() if one.get("tabindex") is not None] == ["row"] * 5
    assert {one.get("tabindex") for one in root.iter()} == {None, "0"}


def test_the_days_to_ask_are_framed_and_the_day_itself_is_a_diamond() -> None:
    """Whoever is to be asked has a frame and a diamond in it, with its days in words; nobody else has."""
    found = sample(AMINA)
    rows = {said(of_class(row, "name")[0]): row for row in of_class(drawn(found), "row")}
    assert [letter.attending for letter in found.letters if not letter.to_be_asked] == ["Dr. Hana Sato"]
    for letter in found.letters:
        row = rows[letter.attending]
        assert (len(of_class(row, "window")), len(of_class(row, "ask"))) == (letter.to_be_asked,) * 2
        if letter.to_be_asked:
            assert letter.ranking is not None
            frame, diamond = of_class(row, "window")[0], of_class(row, "ask")[0]
            xs = [float(point.split(",")[0]) for point in diamond.get("points", "").split()]
            begin, wide = number(frame, "x"), number(frame, "width")
            assert begin == pytest.approx(place(found, letter.ranking.opens), abs=0.1)
            end = place(found, letter.ranking.closes + timedelta(1))
            assert begin + wide == pytest.approx(max(end, begin + 2), abs=0.2)
            assert begin <= sum(xs) / len(xs) <= begin + wide
            assert said(of_class(row, "soft")[0]) == f"{letter.verdict} on {letter.ranking.ask_on}"


def test_a_letter_that_counts_is_told_by_more_than_its_colour() -> None:
    """The bar of a letter that counts is thicker, and the verdict is written beside it."""
    found = sample(AMINA)
    letters = sorted(found.letters, key=lambda letter: letter.rotation.start)
    for row, letter in zip(of_class(drawn(found), "row"), letters, strict=True):
        counts = letter.verdict in {"ask", "keep", "reserve"}
        bars = of_class(row, "counts") + of_class(row, "rotation")
        assert [(bar.get("class"), number(bar, "height")) for bar in bars] == [
            ("counts", 14) if counts else ("rotation", 6)
        ]


def test_every_event_stands_in_its_row_by_its_letter() -> None:
    """The letters of all events are there in their order, and the row's sentence has each with its day."""
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
    row = of_class(drawn(found), "row")[0]
    assert "".join(map(said, of_class(row, "event"))) == "OAYPRMMUTS"
    for name, day in found.letters[0].record.events():
        assert f"{name} {day}" in row.get("aria-label", "")


@pytest.mark.parametrize("as_of", ["2027-01-20", "2027-06-02", "2027-09-22"])
def test_today_and_the_days_of_the_season_are_lines_with_their_names_and_dates(as_of: str) -> None:
    """Every day of the season within the drawing has a line at its day and a label; so has today."""
    found = sample(AMINA, as_of)
    first, last = extent(found)
    marks = [(day, name) for day, name in season_days(found) if first <= day <= last] + [(found.as_of, "today")]
    root = drawn(found)
    assert sorted(said(one) for one in of_class(root, "mark")) == sorted(f"{name} {day}" for day, name in marks)
    lines = sorted(number(one, "x1") for one in of_class(root, "season", "line") + of_class(root, "today", "line"))
    assert lines == pytest.approx(sorted(place(found, day) for day, _ in marks), abs=0.1)
    assert len(of_class(root, "today", "line")) == 1


def test_the_legend_names_every_mark_and_the_days_that_lie_beyond_the_drawing() -> None:
    """Bars, frame and diamond are explained, the letters of events that occur, and only these."""
    found = sample(BENITO)
    legend = drawing.legend(found)
    assert all(word in legend for word in ("Thick bar", "thin bar", "frame", "diamond"))
    assert [name for name, sign in EVENT_LETTERS.items() if f"{sign} {name}" in legend] == ["asked", "agreed"]
    shown = {said(one) for one in of_class(drawn(found), "mark")}
    for day, name in season_days(found):
        assert (f"{name} {day}" in shown) != (f"{name} {day}" in legend)


def test_the_title_says_whose_plan_it_is_and_as_of_when() -> None:
    """The drawing has a name of its own; without an applicant's name it is the day alone."""
    assert said(drawn(sample(AMINA)).findall(f"{SVG}title")[0]) == "Timeline of Amina Rahman, as of 2027-01-20"
    assert said(drawn(sample(BENITO)).findall(f"{SVG}title")[0]) == "Timeline, as of 2027-01-20"


def test_only_a_drawing_that_stands_alone_has_looks_and_a_size_of_its_own() -> None:
    """Within a page the page's one style element speaks, which its security policy names; the rest is the same."""
    alone, inside = drawn(sample(AMINA)), drawn(sample(AMINA), standalone=False)
    assert (alone.get("width"), alone.get("height")) == ("1000", f"{height(alone):g}")
    assert (inside.get("width"), inside.get("height")) == (None, None)
    assert [one.text for one in alone.iter(f"{SVG}style")] == [drawing.CSS]
    assert list(inside.iter(f"{SVG}style")) == []
    for name in ("width", "height"):
        del alone.attrib[name]
    for one in [*alone.findall(f"{SVG}style"), *of_class(alone, "ground")]:
        alone.remove(one)
    assert ET.tostring(alone) == ET.tostring(inside)


# --- where it stands --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "as_of",
    [
        pytest.param("2020-01-01", id="years before everything"),
        pytest.param("2040-01-01", id="years after everything"),
    ],
)
def test_an_as_of_day_far_outside_does_not_squeeze_the_drawing(as_of: str) -> None:
    """A day more than a year from all else is left out, so that the rotations keep their room."""
    found = sample(AMINA, as_of)
    root = drawn(found)
    assert of_class(root, "today", "line") == []
    assert not any("today" in said(one) for one in of_class(root, "mark"))
    bars = of_class(root, "rotation", "rect") + of_class(root, "counts", "rect")
    assert len(bars) == 5
    assert all(number(bar, "width") > 40 for bar in bars)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param("2026-06-01", "2027-01-29", id="half a year before the first day"),
        pytest.param("2027-01-04", "2028-05-31", id="half a year after the last day"),
    ],
)
def test_an_as_of_day_close_by_widens_the_drawing(first: str, last: str) -> None:
    """A day less than a year away is shown where it belongs, at the very edge of the drawing."""
    as_of = first if first < "2027" else last
    found = sample(AMINA, as_of)
    x = number(of_class(drawn(found), "today", "line")[0], "x1")
    assert x == pytest.approx(place(found, date.fromisoformat(as_of)), abs=0.1)
    assert x == LEFT if as_of == first else x > RIGHT - 5


def many(count: int, start: date = date(2027, 1, 4), apart: int = 7) -> Plan:
    """Plan many rotations, one of four weeks after the other."""
    days = [start + timedelta(apart * place) for place in range(count)]
    rows = [
        rotation(f"Dr. Number {place}", start=f"{day}", end=f"{day + timedelta(25)}")
        for place, day in enumerate(days)
    ]
    return plan(*rows, as_of="2027-03-01")


ONE_DAY = plan(rotation(start="2027-09-22", end="2027-09-22"), as_of="2027-09-22")
"""A rotation on the very day of the deadline, and today is that day, too."""

EDGES: Final = [
    pytest.param(plan(), id="no letters"),
    pytest.param(ONE_DAY, id="one day in all"),
    pytest.param(many(20, date(2018, 1, 1), 182), id="ten years"),
    pytest.param(many(60), id="sixty rotations"),
    pytest.param(plan(rotation("Dr. " + "Long " * 60)), id="a very long name"),
    pytest.param(plan(rotation("Dr. " + "x" * 300)), id="a very long word"),
    pytest.param(plan(rotation("陈" * 120)), id="a very long name in wide characters"),
    pytest.param(plan(rotation("e\u0301" * 120)), id="combining accents"),
    pytest.param(plan(rotation("Dr. \u200bZero\ufeff")), id="characters without a width"),
    pytest.param(plan(rotation(specialty="a long field " * 60)), id="a very long specialty"),
    pytest.param(plan(rotation(), as_of="1990-01-01"), id="as of long ago"),
    pytest.param(plan(rotation(), as_of="2100-12-31"), id="as of the far end"),
    pytest.param(plan(rotation(), name="Amina " * 100), id="a very long applicant"),
    pytest.param(sample(AMINA), id="amina"),
    pytest.param(sample(HOSTILE), id="hostile names"),
]
"""Plans at the limits of what can be drawn."""


def check_the_whole(found: Plan) -> None:
    """Check what holds for every drawing: finite, inside, nothing of a negative size, in the order of the days."""
    text = drawing.svg(found, standalone=True)
    assert text == drawing.svg(found, standalone=True)
    assert not re.search(r'="[^"]*\b(nan|inf|None)\b[^"]*"', re.sub(r'aria-label="[^"]*"', "", text))
    root = drawn(found)
    high = height(root)
    for xs, ys in shapes(root):
        assert all(map(math.isfinite, xs + ys))
        assert 0 <= min(xs) <= max(xs) <= WIDTH
        assert 0 <= min(ys) <= max(ys) <= high
    for rect in root.iter(f"{SVG}rect"):
        assert number(rect, "width") > 0
        assert number(rect, "height") > 0
    letters = sorted(found.letters, key=lambda letter: letter.rotation.start)
    bars = [of_class(row, "rotation") + of_class(row, "counts") for row in of_class(root, "row")]
    assert [len(bar) for bar in bars] == [1] * len(letters)
    for (bar,), letter in zip(bars, letters, strict=True):
        assert number(bar, "x") == pytest.approx(place(found, letter.rotation.start), abs=0.1)
        end = place(found, letter.rotation.final_day + timedelta(1))
        assert number(bar, "x") + number(bar, "width") == pytest.approx(max(end, number(bar, "x") + 2), abs=0.2)
    for mark in of_class(root, "mark"):
        day = date.fromisoformat(said(mark)[-10:])
        assert number(mark, "x") == pytest.approx(place(found, day), abs=0.1)


def check_the_labels(found: Plan) -> None:
    """Check by the drawing's own reckoning that of the labels on one line none touches another."""
    lines: dict[float, list[tuple[float, float]]] = {}
    for one in labels(drawn(found)):
        lines.setdefault(number(one, "y"), []).append(reach(one))
    for line in lines.values():
        line.sort()
        for (_, end), (begin, _) in pairwise(line):
            assert end <= begin, f"labels touch at {begin}"
    for row in of_class(drawn(found), "row"):
        events = [reach(one) for one in of_class(row, "event")]
        for (_, end), (begin, _) in pairwise(events):
            assert end <= begin, f"events touch at {begin}"


@pytest.mark.parametrize("found", EDGES)
def test_a_drawing_at_the_limits_is_whole(found: Plan) -> None:
    """Whatever is drawn lies within the drawing, in the order of the days."""
    check_the_whole(found)


@pytest.mark.parametrize("found", EDGES)
def test_no_label_touches_another_at_the_limits(found: Plan) -> None:
    """Months, years, today and the season's days stand apart, in lines of their own where need be."""
    check_the_labels(found)


@FEW
@given(plans_and_days(), st.booleans())
def test_every_drawing_is_whole(planned: tuple[object, date], far: bool) -> None:  # noqa: FBT001 - drawn
    """Any plan on any day, also a far one: well-formed, finite, inside, labels apart; always the same."""
    data, day = planned
    found = make_plan(PlanFile.model_validate(data), date(2099, 12, 31) if far else day)
    check_the_whole(found)
    check_the_labels(found)


@pytest.mark.parametrize(
    "name", ["Dr. " + "Long " * 60, "Dr. " + "x" * 300, "陈" * 120], ids=["words", "x", "wide"]
)
def test_a_long_name_is_cut_with_an_ellipsis_and_whole_in_the_title(name: str) -> None:
    """What does not fit beside the days ends with an ellipsis; nothing is lost to whoever points at the row."""
    row = of_class(drawn(plan(rotation(name))), "row")[0]
    shown = said(of_class(row, "name")[0])
    assert shown.endswith("…")
    assert name.startswith(shown[:-1])
    assert len(shown) > 10
    assert reach(of_class(row, "name")[0])[1] <= LEFT
    assert name.strip() in said(row.findall(f"{SVG}title")[0])


@pytest.mark.parametrize("name", ["Dr. Wei Chen", "陈伟 王小明", "Prof. José Álvarez-Núñez, MD"])
def test_a_name_that_fits_is_not_cut(name: str) -> None:
    """A usual name stands there as it is written."""
    assert said(of_class(drawn(plan(rotation(name))), "name")[0]) == name


# --- texts that would leave the drawing ---------------------------------------------------------------------


def check_texts_inside(found: Plan) -> None:
    """Check by the drawing's own reckoning that no text leaves it on either side."""
    for one in texts(drawn(found)):
        begin, end = reach(one)
        assert begin >= 0, said(one)
        assert end <= WIDTH, f"{said(one)!r} ends at {end:.0f}"


@pytest.mark.parametrize("found", EDGES)
def test_a_note_stands_on_what_is_drawn_before_it_and_beside_its_own_row(found: Plan) -> None:
    """The box of a note is above its row and as wide as the drawing: no row that follows is covered."""
    for row in of_class(drawn(found), "row"):
        (under,), (box,) = of_class(row, "under"), of_class(row, "box")
        assert number(box, "y") + number(box, "height") <= number(under, "y")
        assert (number(box, "x"), number(box, "width")) == (0, WIDTH)
        (note,) = of_class(row, "note")
        assert note[0] is box, "its texts come after it"
        lines = texts(note)
        assert 1 <= len(lines) <= 3
        for line in lines:
            assert number(box, "y") + 11 <= number(line, "y") <= number(box, "y") + number(box, "height") - 3


def test_usual_texts_stay_inside() -> None:
    """Names, labels, events and notes of a usual plan end before the drawing does."""
    check_texts_inside(sample(AMINA))
    check_texts_inside(sample(BENITO))


def test_a_month_at_the_right_edge_keeps_its_name_inside() -> None:
    """Where today is the first of a year and the last day drawn, the name of the month and the year fit."""
    check_texts_inside(sample(AMINA, "2028-01-01"))


@pytest.mark.parametrize("count", [2, 8], ids=["two events", "all of a letter"])
def test_events_on_the_last_day_stand_beside_each_other_and_inside(count: int) -> None:
    """Where several events are recorded on the last day drawn, the letter of each can be read."""
    day = "2027-10-20"
    steps = ("asked", "agreed", "packet", "requested", "uploaded", "thanked", "assigned", "offered")[:count]
    events: dict[str, object] = dict.fromkeys(steps, day)
    offered = events.pop("offered", None)
    found = plan(rotation(letter=events, offered=offered), as_of=day)
    check_the_labels(found)
    check_texts_inside(found)


def test_events_shortly_before_the_last_day_stay_apart_from_those_on_it() -> None:
    """Letters that are moved to the left to stay inside do not cover those that stand there."""
    early = dict.fromkeys(("asked", "agreed"), "2027-10-08")
    late = dict.fromkeys(("requested", "uploaded", "assigned", "packet", "thanked"), "2027-10-20")
    found = plan(rotation(letter={**early, **late}, offered="2027-10-08"), as_of="2027-10-20")
    check_texts_inside(found)
    check_the_labels(found)


def test_a_note_in_wide_characters_stays_inside() -> None:
    """A note is broken by how wide its characters are, not by how many they are."""
    check_texts_inside(plan(rotation("陈" * 60, specialty="神经内科" * 20)))


# --- hostile values ---------------------------------------------------------------------------------------

HOSTILE_VALUES: Final = [
    pytest.param('<img src=x onerror="alert(1)">', id="an element"),
    pytest.param("</text></svg><script>alert(1)</script>", id="ends the drawing"),
    pytest.param('" onload="alert(1)', id="ends an attribute"),
    pytest.param("' onload='alert(1)", id="ends an attribute in single quotes"),
    pytest.param("]]> <![CDATA[ <!-- -->", id="ends a section"),
    pytest.param("&lt;b&gt; &#60;b&#62; &xxe;", id="is escaped already"),
    pytest.param("{{ 7 * 7 }} {% raw %}", id="a template"),
    pytest.param("url(https://example.org/x)", id="an address"),
]
"""Names that would be markup where nobody escapes them."""


@pytest.mark.parametrize("value", HOSTILE_VALUES)
def test_a_hostile_value_is_only_ever_text(value: str) -> None:
    """The drawing has the same elements and attributes as of a harmless plan, and shows the name as it is."""

    def skeleton(root: ET.Element) -> list[tuple[str, list[str]]]:
        notes = {id(text) for note in of_class(root, "note") for text in texts(note)}  # as many as they are long
        return [(one.tag, sorted(one.attrib)) for one in root.iter() if id(one) not in notes]

    hostile = drawn(plan(rotation(value, specialty=value, hospital=value), name=value, targets=[value]))
    harmless = drawn(plan(rotation("Dr. A", specialty="b", hospital="c"), name="d", targets=["e"]))
    assert skeleton(hostile) == skeleton(harmless)
    assert said(of_class(hostile, "name")[0]).rstrip("…") in value
    assert said(of_class(hostile, "row")[0].findall(f"{SVG}title")[0]).startswith(f"{value}, {value}, 2027-03-01")
    assert value in said(hostile.findall(f"{SVG}title")[0])


def test_hostile_names_of_the_samples_are_shown_as_they_are() -> None:
    """Markup of other programs, emoji codes and wide characters are nothing special here."""
    assert tuple(said(one) for one in of_class(drawn(sample(HOSTILE)), "name")) == HOSTILE_NAMES


@pytest.mark.parametrize(
    "character",
    ["\uffff", "\ufffe", "\x7f", "\x85", "\x0c", "\ud800", "\U0001ffff", "\ufdd0", "\U000e0001", "\u200d"],
)
def test_a_character_that_a_plan_file_may_hold_leaves_the_drawing_well_formed(character: str) -> None:
    """What XML does not have is refused in a plan file; what is not refused is drawn."""
    try:
        found = plan(rotation(f"Dr. X{character}"))
    except ValidationError:
        assert not re.fullmatch("[\U0001ffff\ufdd0\U000e0001\u200d]", character), "it does no harm"
        return
    assert said(of_class(drawn(found), "name")[0]) == f"Dr. X{character}"
