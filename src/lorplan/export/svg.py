"""A plan as a drawing (SVG): a row for each rotation over the days of the season, readable without colour.

All numbers are units of the drawing, which is 1000 wide and scales to any size. Colours are attributes, so that every
program draws them; style sheets change them only for a dark background.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import east_asian_width
from xml.etree import ElementTree as ET

from lorplan.export.formats import HEAD_BYTES
from lorplan.render.time_axis import month_starts
from lorplan.render.timeline_data import EVENT_SYMBOLS, extent, season_days
from lorplan.text.safe import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lorplan.export.formats import ExportOptions
    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.model import Letter, Plan

_WIDTH: Final = 1000
_LEFT: Final = 250
_RIGHT: Final = 985
_ROW: Final = 40
_AXIS: Final = 36
_LINE: Final = 14
_SYMBOL: Final = 9
"""The width of an event's symbol."""

_CHARACTER: Final = 7
"""The width to assume for a character of small text; a wide one counts twice."""

_MONTH_LABEL: Final = 30
"""The room that a month's or a year's label takes."""

_SIGNATURE: Final = ('<svg xmlns="http://www.w3.org/2000/svg" ', 'class="lor"')

_STYLES: Final = {
    "ground": {"fill": "#ffffff"},
    "text": {"fill": "#1c2733", "font-size": "11"},
    "soft": {"fill": "#4a5763", "font-size": "11"},
    "name": {"fill": "#1c2733", "font-size": "13", "font-weight": "600"},
    "event": {"fill": "#1c2733", "font-size": "11", "font-weight": "700"},
    "month": {"stroke": "#d9dfe5", "stroke-width": "1"},
    "season": {"stroke": "#1f5fa8", "stroke-width": "1", "stroke-dasharray": "4 3"},
    "today": {"stroke": "#b3261e", "stroke-width": "2"},
    "idle": {"fill": "#7d8994"},
    "counts": {"fill": "#0b6e4f"},
    "window": {"fill": "none", "stroke": "#1c2733", "stroke-width": "1.5", "stroke-dasharray": "3 2"},
    "ask": {"fill": "#ffffff", "stroke": "#1c2733", "stroke-width": "2"},
}
"""How each class of element looks on a light background."""

_DARK_CSS: Final = """
.lor .ground { fill: #14191f; }
.lor .text, .lor .name, .lor .event { fill: #e7edf3; }
.lor .soft { fill: #a4b1bd; }
.lor .month { stroke: #36424e; }
.lor .season { stroke: #8ab8f0; }
.lor .today { stroke: #ff8a80; }
.lor .idle { fill: #8794a0; }
.lor .counts { fill: #58c99b; }
.lor .window { stroke: #e7edf3; }
.lor .ask { fill: #14191f; stroke: #e7edf3; }
"""

PAGE_CSS: Final = f"@media screen and (prefers-color-scheme: dark) {{{_DARK_CSS}}}"
"""What a page around the drawing needs so that it looks right on a dark background."""


def write(plans: Sequence[ApplicantPlan], _: ExportOptions) -> bytes:
    """Write the drawing of the only plan."""
    return (draw(plans[0].plan, standalone=True) + "\n").encode()


def is_ours(content: bytes) -> bool:
    """Whether a file is one of these drawings."""
    return all(part.encode() in content[:HEAD_BYTES] for part in _SIGNATURE)


def draw(plan: Plan, *, standalone: bool) -> str:
    """Draw a plan; `standalone` with a background and a style sheet of its own."""
    return ET.tostring(_Drawing(plan).element(standalone=standalone), encoding="unicode")


def legend(plan: Plan) -> str:
    """Explain the symbols of the drawing, and name the season's days that lie beyond it."""
    last = extent(plan)[1]
    seen = {name for letter in plan.letters for name, _ in letter.history.known}
    events = [f"{symbol} {name}" for name, symbol in EVENT_SYMBOLS.items() if name in seen]
    later = [f"{label} {day}" for day, label in season_days(plan) if day > last]
    parts = ["Thick bar: a letter that counts", "thin bar: on hold or skipped", "frame: days to ask"]
    text = ", ".join([*parts, "diamond: the day to ask", *events]) + "."
    return f"{text} Later: {', '.join(later)}." if later else text


# --- the drawing --------------------------------------------------------------------------------------------


class _Axis(NamedTuple):
    """Days along the width of the drawing."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Find where a day begins; days outside the axis are moved to its ends."""
        day = min(max(day, self.first), self.last + timedelta(1))
        share = (day - self.first) / (self.last - self.first + timedelta(1))
        return round(_LEFT + share * (_RIGHT - _LEFT), 1)


class _Drawing:
    """One plan on its axis, from the top down: flags, months, rows."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.axis = _Axis(*extent(plan))
        first, last = self.axis
        flags = [(day, label) for day, label in season_days(plan) if first <= day <= last]
        flags += [(plan.as_of, "today")] if first <= plan.as_of <= last else []
        self.flags = sorted(flags)
        self.levels = _find_levels((self.axis.x(day), _flag_text(day, label)) for day, label in self.flags)
        self.top = (max(self.levels, default=0) + 1) * _LINE + _AXIS
        self.letters = sorted(plan.letters, key=lambda letter: letter.rotation.start)
        self.bottom = self.top + _ROW * len(self.letters)
        self.height = self.bottom + 4

    def element(self, *, standalone: bool) -> ET.Element:
        """Make the whole drawing."""
        box = f"0 0 {_WIDTH} {self.height}"
        svg = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": box, "class": "lor"})
        svg.set("font-family", "system-ui, sans-serif")
        name = self.plan.applicant.name
        who = f" of {on_one_line(name)}" if name else ""
        _add(svg, "title", text=f"Timeline{who}, as of {self.plan.as_of}")
        if standalone:
            svg.set("width", str(_WIDTH))
            svg.set("height", str(self.height))
            _add(svg, "style", text=PAGE_CSS)
            _add(svg, "rect", "ground", {"width": str(_WIDTH), "height": str(self.height)})
        svg.extend([self._lines(), self._months(), self._flags()])
        svg.extend([self._row(number, letter) for number, letter in enumerate(self.letters)])
        return svg

    def _months(self) -> ET.Element:
        """Draw a line at the start of each month, with its name if there is room, and the year if it is new."""
        group = ET.Element("g")
        months = month_starts(*self.axis)
        step = _find_step(len(months))
        shown_year = 0
        for number, month in enumerate(months):
            x = self.axis.x(month)
            if month >= self.axis.first:
                _line(group, x, self.top - 4, self.bottom, "month")
            next_x = self.axis.x(months[number + step]) if number + step < len(months) else _WIDTH
            if number % step == 0 and next_x - x >= _MONTH_LABEL:
                self._label(group, x, self.top - 8, f"{month:%b}")
                if month.year != shown_year:
                    self._label(group, x, self.top - 8 - _LINE, str(month.year))
                    shown_year = month.year
        return group

    def _lines(self) -> ET.Element:
        """Draw the lines of today and the days of the season; they come first, so that none crosses a label."""
        group = ET.Element("g")
        for (day, label), level in zip(self.flags, self.levels, strict=True):
            kind = "today" if label == "today" else "season"
            _line(group, self.axis.x(day), (level + 1) * _LINE - 1, self.bottom, kind)
        return group

    def _flags(self) -> ET.Element:
        """Write today and the days of the season, each label on the first line on which it touches no other."""
        group = ET.Element("g")
        for (day, label), level in zip(self.flags, self.levels, strict=True):
            x, y, text = self.axis.x(day), (level + 1) * _LINE - 3, _flag_text(day, label)
            begin = x if x + _text_width(text) <= _WIDTH else x - _text_width(text)
            drawn = self._label(group, begin, y, text)
            drawn.set("x", str(x))
            if begin < x:
                drawn.set("text-anchor", "end")
        return group

    def _label(self, group: ET.Element, x: float, y: float, text: str) -> ET.Element:
        """Write a label on a ground of its own."""
        _rect(group, (x, y - _LINE + 4, _text_width(text), _LINE), "ground")
        return _text(group, x, y, text, "soft")

    def _row(self, number: int, letter: Letter) -> ET.Element:
        """Draw a rotation with its days to ask and its events; programs that show titles show all of it."""
        y = self.top + _ROW * number
        row = ET.Element("g", {"role": "img"})
        _add(row, "title", text=_describe(letter))
        clip = {"x": "0", "y": str(y), "width": str(_LEFT - 8), "height": str(_ROW)}
        names = _add(row, "svg", attributes=clip)  # an inner drawing clips what does not fit
        _text(names, 4, 16, on_one_line(letter.attending), "name")
        _text(names, 4, 31, _summary(letter), "soft")
        self._bar(row, y, letter)
        events = letter.history.known
        places = _spread([self.axis.x(day) for _, day in events])
        for x, (name, _) in zip(places, events, strict=True):
            _text(row, x, y + 36, EVENT_SYMBOLS[name], "event")
        return row

    def _bar(self, row: ET.Element, y: int, letter: Letter) -> None:
        rotation, window = letter.rotation, letter.window
        top, height, kind = (6, 14, "counts") if letter.counts or letter.may_be_asked else (10, 6, "idle")
        self._span(row, (rotation.start, letter.candidate.last_day), y + top, height, kind)
        if letter.may_be_asked:
            self._span(row, (window.opens, window.closes), y + 3, 20, "window")
            x = (self.axis.x(window.ask_on) + self.axis.x(window.ask_on + timedelta(1))) / 2
            points = f"{x - 6},{y + 13} {x},{y + 7} {x + 6},{y + 13} {x},{y + 19}"
            _add(row, "polygon", "ask", {"points": points})

    def _span(self, row: ET.Element, days: tuple[date, date], y: float, height: float, kind: str) -> None:
        """Draw a rectangle over some days, both included."""
        x, end = self.axis.x(days[0]), self.axis.x(days[1] + timedelta(1))
        _rect(row, (x, y, round(max(end - x, 2), 1), height), kind)


# --- text ---------------------------------------------------------------------------------------------------


def _summary(letter: Letter) -> str:
    """Write the verdict and the day, below the name."""
    if letter.may_be_asked:
        return f"{letter.verdict} on {letter.window.ask_on}"
    return f"{letter.verdict}, {letter.status}" if letter.verdict == "keep" else letter.verdict


def _describe(letter: Letter) -> str:
    """Say everything that a row shows."""
    rotation, window = letter.rotation, letter.window
    parts = [f"{letter.attending}, {rotation.specialty}, {rotation.start} to {letter.candidate.last_day}"]
    parts.append(f"{letter.verdict}: {letter.reason.text}")
    if letter.may_be_asked:
        parts.append(f"ask on {window.ask_on}, from {window.opens} to {window.closes}")
    parts += [f"{name} {day}" for name, day in letter.history.known]
    return on_one_line("; ".join(parts))


def _flag_text(day: date, label: str) -> str:
    return f"{label} {day}"


def _text_width(text: str) -> float:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text) * _CHARACTER


# --- positions ----------------------------------------------------------------------------------------------


def _spread(places: Sequence[float]) -> list[float]:
    """Move symbols to the right until none touches another, and to the left until all are within the drawing."""
    spread: list[float] = []
    for x in places:
        spread.append(max(x, spread[-1] + _SYMBOL) if spread else x)
    return [min(x, _WIDTH - _SYMBOL * (len(spread) - n)) for n, x in enumerate(spread)]


def _find_levels(labels: Iterable[tuple[float, str]]) -> list[int]:
    """For each label, from the left, find the first line on which it touches no other."""
    ends: list[float] = []
    levels = []
    for x, text in labels:
        width = _text_width(text)
        begin = x if x + width <= _WIDTH else x - width
        level = next((n for n, end in enumerate(ends) if end + 8 <= begin), len(ends))
        ends[level : level + 1] = [begin + width]
        levels.append(level)
    return levels


def _find_step(months: int) -> int:
    """Find the number of months from one label to the next, so that labels have room."""
    room = (_RIGHT - _LEFT) / max(months, 1)
    return next((step for step in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600) if step * room >= _MONTH_LABEL), 1200)


# --- elements -----------------------------------------------------------------------------------------------


def _add(
    parent: ET.Element, tag: str, kind: str = "", attributes: dict[str, str] | None = None, *, text: str = ""
) -> ET.Element:
    """Add an element of a class, which decides how it looks."""
    looks = {"class": kind, **_STYLES[kind]} if kind else {}
    element = ET.SubElement(parent, tag, {**(attributes or {}), **looks})
    element.text = text or None
    return element


def _text(parent: ET.Element, x: float, y: float, text: str, kind: str) -> ET.Element:
    return _add(parent, "text", kind, {"x": str(x), "y": str(y)}, text=text)


def _rect(parent: ET.Element, box: tuple[float, float, float, float], kind: str) -> None:
    names = ("x", "y", "width", "height")
    _add(parent, "rect", kind, {name: str(value) for name, value in zip(names, box, strict=True)})


def _line(parent: ET.Element, x: float, top: float, bottom: float, kind: str) -> None:
    _add(parent, "line", kind, {"x1": str(x), "x2": str(x), "y1": str(top), "y2": str(bottom)})
