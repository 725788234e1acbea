"""A plan as a drawing (SVG): a row a rotation over the days of the season, readable without colour or pointer.

All numbers are units of the drawing, which is 1000 wide and scales to any size.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import east_asian_width
from xml.etree import ElementTree as ET

from lorplan.render.time_axis import month_starts
from lorplan.render.timeline_data import EVENT_LETTERS, extent, season_days
from lorplan.text.safe import on_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lorplan.plan.model import Letter, Plan

_WIDTH: Final = 1000
_LEFT: Final = 250
_RIGHT: Final = 985
_ROW: Final = 40
_AXIS: Final = 36
_LINE: Final = 14
_NOTE_LINES: Final = 3
_LETTER: Final = 9
_CAPITAL: Final = 1.35
_BOLD_CHARACTER: Final = 7.6
_BROAD: Final = frozenset("mwMW@%")
_SLIM: Final = frozenset(" .,:;'!|()fijlt")
_LABEL: Final = 30
"""The room that a month's or a year's name takes."""

_CHARACTER: Final = 6.4
"""The width to reckon with for a character of the small text; what is wide counts twice."""

MARK: Final = ('<svg xmlns="http://www.w3.org/2000/svg" ', 'class="lor"')
"""What the head of every drawing holds; by this a later export knows that it may replace it."""

CSS: Final = """
.lor { color-scheme: light dark; --ink: #1c2733; --soft: #4a5763; --rule: #d9dfe5; --ground: #ffffff;
  --ask: #0b6e4f; --idle: #a9b4bf; --today: #b3261e; --season: #1f5fa8; font-family: system-ui, sans-serif; }
@media (prefers-color-scheme: dark) { .lor { --ink: #e7edf3; --soft: #a4b1bd; --rule: #36424e; --ground: #14191f;
  --ask: #58c99b; --idle: #66737f; --today: #ff8a80; --season: #8ab8f0; } }
.lor text { fill: var(--ink); font-size: 11px; }
.lor .name { font-size: 13px; font-weight: 600; }
.lor .soft { fill: var(--soft); }
.lor .rule { stroke: var(--rule); stroke-width: 1; }
.lor .ground { fill: var(--ground); }
.lor .rotation { fill: var(--idle); }
.lor .counts { fill: var(--ask); }
.lor .window { fill: none; stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 3 2; }
.lor .ask { fill: var(--ground); stroke: var(--ink); stroke-width: 2; }
.lor .event { font-size: 11px; font-weight: 700; }
.lor .season { stroke: var(--season); stroke-width: 1; stroke-dasharray: 4 3; }
.lor .mark { fill: var(--soft); paint-order: stroke; stroke: var(--ground); stroke-width: 5px; }
.lor .today { stroke: var(--today); stroke-width: 2; }
.lor .note { visibility: hidden; pointer-events: none; }
.lor .box { fill: var(--ground); stroke: var(--soft); }
.lor .row:hover .note, .lor .row:focus .note { visibility: visible; }
.lor:has(.row:hover) .row:focus:not(:hover) .note { visibility: hidden; }
.lor .row:hover .under, .lor .row:focus .under { fill: var(--rule); }
.lor .row:focus { outline: none; }
.lor .row:focus-visible .under { stroke: var(--season); stroke-width: 2; }
.lor .under { fill: transparent; }
"""
"""How the drawing looks, on a light and on a dark ground."""


def svg(plan: Plan, *, standalone: bool) -> str:
    """The drawing as SVG; `standalone` with its own looks, else the page around it has them."""
    return ET.tostring(_Drawing(plan).element(standalone=standalone), encoding="unicode")


def legend(plan: Plan) -> str:
    """What the marks of the drawing mean, and the season's days that lie beyond it."""
    last = extent(plan)[1]
    seen = {name for letter in plan.letters for name, _ in letter.record.events()}
    events = [f"{sign} {name}" for name, sign in EVENT_LETTERS.items() if name in seen]
    later = [f"{name} {day}" for day, name in season_days(plan) if day > last]
    parts = [
        "Thick bar: a letter that counts",
        "thin bar: nobody to ask",
        "frame: days to ask",
        "diamond: the day to ask",
    ]
    told = ", ".join([*parts, *events]) + "."
    return f"{told} Later: {', '.join(later)}." if later else told


class _Axis(NamedTuple):
    """Days along the width of the drawing."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day begins."""
        share = (day - self.first) / (self.last - self.first + timedelta(1))
        return round(_LEFT + share * (_RIGHT - _LEFT), 1)


class _Drawing:
    """One plan on its axis, from the top down: labels, axis, rows, notes."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.axis = _Axis(*extent(plan))
        first, last = self.axis.first, self.axis.last
        marks = [(day, name) for day, name in season_days(plan) if first <= day <= last]
        marks += [(plan.as_of, "today")] if first <= plan.as_of <= last else []
        self.marks = sorted(marks)
        self.levels = _levels([(self.axis.x(day), _mark_text(day, name)) for day, name in self.marks])
        self.top = (max(self.levels, default=0) + 1) * _LINE + _AXIS
        self.letters = sorted(plan.letters, key=lambda letter: letter.rotation.start)
        self.bottom = self.top + _ROW * len(self.letters)
        self.height = self.bottom + 4

    def element(self, *, standalone: bool) -> ET.Element:
        """The whole drawing."""
        size = f"0 0 {_WIDTH} {self.height}"
        svg = ET.Element(
            "svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": size, "class": "lor", "role": "group"}
        )
        who = f" of {on_one_line(self.plan.applicant)}" if self.plan.applicant else ""
        _sub(svg, "title", text=f"Timeline{who}, as of {self.plan.as_of}")
        if standalone:
            svg.set("width", str(_WIDTH))
            svg.set("height", str(self.height))
            _sub(svg, "style", text=CSS)
            _sub(svg, "rect", {"class": "ground", "width": str(_WIDTH), "height": str(self.height)})
        svg.append(self._axis())
        svg.append(self._marks())
        svg.extend([self._row(number, letter) for number, letter in enumerate(self.letters)])
        return svg

    # --- the axis -----------------------------------------------------------------------------------------

    def _axis(self) -> ET.Element:
        """A line at the start of each month, named where there is room, with the year where it is new."""
        group, axis = ET.Element("g"), self.axis
        months = month_starts(axis.first, axis.last)
        step = _label_step(len(months))
        shown_year = 0
        for number, month in enumerate(months):
            x, at_start = str(max(axis.x(month), _LEFT)), month < axis.first
            if not at_start:
                _line(group, x, self.top - 4, self.bottom, "rule")
            squeezed = at_start and len(months) > 1 and axis.x(months[1]) - _LEFT < _LABEL
            if number % step == 0 and not squeezed and float(x) + _LABEL <= _WIDTH:
                _text(group, x, self.top - 8, f"{month:%b}", "soft")
                if month.year != shown_year:
                    _text(group, x, self.top - 8 - _LINE, str(month.year), "soft")
                    shown_year = month.year
        return group

    def _marks(self) -> ET.Element:
        """Today and the days of the season, each with its name and date on a line of its own where need be."""
        group = ET.Element("g")
        lines = ET.SubElement(group, "g")  # first, so that the labels stand above them
        for (day, name), level in zip(self.marks, self.levels, strict=True):
            x = self.axis.x(day)
            y = (level + 1) * _LINE - 3
            _line(lines, str(x), y + 2, self.bottom, "today" if name == "today" else "season")
            label = _text(group, str(x), y, _mark_text(day, name), "mark")
            if x + _width(_mark_text(day, name)) > _WIDTH:
                label.set("text-anchor", "end")
        return group

    # --- a row --------------------------------------------------------------------------------------------

    def _row(self, number: int, letter: Letter) -> ET.Element:
        """A rotation with its days to ask and its events; the note shows on pointing and with the tab key."""
        y = self.top + _ROW * number
        row = ET.Element("g", {"class": "row", "tabindex": "0", "role": "img", "aria-label": _told(letter)})
        _sub(row, "title", text=_told(letter))
        _rect(row, (0, y + 1, _WIDTH, _ROW - 2), "under")
        _text(row, "4", y + 16, _cut(letter.attending, _LEFT - 20, _name_width), "name")
        _text(row, "4", y + 31, _cut(_summary(letter), _LEFT - 16), "soft")
        self._bar(row, y, letter)
        for x, letters in self._grouped(letter):
            _text(row, str(x), y + 36, letters, "event")
        self._note(row, y, letter)
        return row

    def _bar(self, row: ET.Element, y: int, letter: Letter) -> None:
        rotation, ranking = letter.rotation, letter.ranking
        counts = letter.verdict in {"ask", "keep", "reserve"}
        kind = "counts" if counts else "rotation"
        _rect(
            row,
            (*self._span(rotation.start, rotation.final_day, y + (6 if counts else 10)), 14 if counts else 6),
            kind,
        )
        if ranking and letter.to_be_asked:
            _rect(row, (*self._span(ranking.opens, ranking.closes, y + 3), 20), "window")
            x = self.axis.x(ranking.ask_on) + self._day / 2
            points = f"{x - 6},{y + 13} {x},{y + 7} {x + 6},{y + 13} {x},{y + 19}"
            _sub(row, "polygon", {"class": "ask", "points": points})

    @property
    def _day(self) -> float:
        """The width of a day."""
        return self.axis.x(self.axis.first + timedelta(1)) - _LEFT

    def _span(self, first: date, last: date, y: float) -> tuple[float, float, float]:
        """From where, at which height and how wide days stand that are on the axis."""
        x = self.axis.x(max(first, self.axis.first))
        end = self.axis.x(min(last, self.axis.last) + timedelta(1))
        return x, y, round(max(end - x, 2), 1)

    def _grouped(self, letter: Letter) -> list[tuple[float, str]]:
        """The letters of the events by place; those that would touch stand together, all within the drawing."""
        groups: list[tuple[float, str]] = []
        for name, day in letter.record.events():
            groups.append((self.axis.x(min(max(day, self.axis.first), self.axis.last)), EVENT_LETTERS[name]))
            _join(groups)
        if groups:
            x, word = groups.pop()
            groups.append((min(x, _WIDTH - len(word) * _LETTER), word))
            _join(groups)
        return groups

    def _note(self, row: ET.Element, y: float, letter: Letter) -> None:
        """What the row shows in a sentence, in a box above it: what is drawn before lies below."""
        note = _sub(row, "g", {"class": "note"})
        lines = _wrapped(_told(letter))[:_NOTE_LINES]
        top = y - len(lines) * _LINE - 8
        _rect(note, (0, top, _WIDTH, y - top), "box")
        for number, line in enumerate(lines):
            _text(note, "4", top + (number + 1) * _LINE, line, "")


# --- words ------------------------------------------------------------------------------------------------


def _summary(letter: Letter) -> str:
    """The verdict and the day, under the name."""
    ranking = letter.ranking
    if ranking and letter.to_be_asked:
        return f"{letter.verdict} on {ranking.ask_on}"
    return f"{letter.verdict}, {letter.status}" if letter.verdict == "keep" else letter.verdict


def _told(letter: Letter) -> str:
    """All that a row shows, in a sentence."""
    rotation, ranking = letter.rotation, letter.ranking
    parts = [f"{letter.attending}, {rotation.specialty}, {rotation.start} to {rotation.final_day}"]
    parts.append(f"{letter.verdict}: {letter.reason.text}")
    if ranking and letter.to_be_asked:
        parts.append(f"ask on {ranking.ask_on}, from {ranking.opens} to {ranking.closes}")
    parts += [f"{name} {day}" for name, day in letter.record.events()]
    return on_one_line("; ".join(parts))


def _mark_text(day: date, name: str) -> str:
    return f"{name} {day}"


def _width(text: str) -> float:
    """About how wide a small text is, at most."""
    return sum(2 if east_asian_width(c) in "WF" else _CAPITAL if c.isupper() else 1 for c in text) * _CHARACTER


def _name_width(text: str) -> float:
    """About how wide a name is, letter by letter: it stands large and bold beside the days."""
    return sum(map(_share, text)) * _BOLD_CHARACTER


def _share(character: str) -> float:
    """About how many usual characters a character of a name is as wide as."""
    if east_asian_width(character) in "WF":
        return 2
    if character in _BROAD or character in _SLIM:
        return 1.75 if character in _BROAD else 0.7
    return _CAPITAL if character.isupper() else 1


def _wrapped(text: str) -> list[str]:
    """A text on lines that fit the drawing."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if _width(longer) <= _WIDTH - 8:
            lines[-1] = longer
        else:
            lines.append(_cut(word, _WIDTH - 8))
    return lines


def _cut(text: str, room: float, width: Callable[[str], float] = _width) -> str:
    """A text that fits, with an ellipsis where it had to be cut."""
    text = on_one_line(text)
    if width(text) <= room:
        return text
    ends = list(accumulate(map(width, text)))
    return text[: bisect_right(ends, room - width("m"))].rstrip() + "\u2026"


# --- places -----------------------------------------------------------------------------------------------


def _join(groups: list[tuple[float, str]]) -> None:
    """Let the last group of letters stand behind the one before, as long as the two would touch."""
    while len(groups) > 1 and groups[-1][0] < groups[-2][0] + (len(groups[-2][1]) + 1) * _LETTER:
        _, word = groups.pop()
        x, before = groups.pop()
        groups.append((min(x, _WIDTH - len(before + word) * _LETTER), before + word))


def _levels(labels: Iterable[tuple[float, str]]) -> list[int]:
    """The line for each label, from the left: the first on which it touches no other."""
    ends: list[float] = []
    levels = []
    for x, text in labels:
        begin = x if x + _width(text) <= _WIDTH else x - _width(text)
        level = next((n for n, end in enumerate(ends) if end + 8 <= begin), len(ends))
        ends[level:] = [*([begin + _width(text)]), *ends[level + 1 :]]
        levels.append(level)
    return levels


def _label_step(months: int) -> int:
    """Every how many months there is room for a name."""
    room = (_RIGHT - _LEFT) / max(months, 1)
    return next((step for step in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600) if step * room >= 34), 1200)


# --- elements ---------------------------------------------------------------------------------------------


def _sub(parent: ET.Element, tag: str, attributes: dict[str, str] | None = None, *, text: str = "") -> ET.Element:
    element = ET.SubElement(parent, tag, attributes or {})
    element.text = text or None
    return element


def _text(parent: ET.Element, x: str, y: float, text: str, kind: str) -> ET.Element:
    return _sub(parent, "text", {"x": x, "y": str(y), **({"class": kind} if kind else {})}, text=text)


def _line(parent: ET.Element, x: str, top: float, bottom: float, kind: str) -> None:
    _sub(parent, "line", {"x1": x, "x2": x, "y1": str(top), "y2": str(bottom), "class": kind})


def _rect(parent: ET.Element, place: tuple[float, float, float, float], kind: str) -> None:
    x, y, width, height = map(str, place)
    _sub(parent, "rect", {"x": x, "y": y, "width": width, "height": height, "class": kind})
