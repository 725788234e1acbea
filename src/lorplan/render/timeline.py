"""The timeline of a plan: one row a rotation on a scale of days, or a dated list where the space is narrow."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from lorplan.render.layout import aligned, filled
from lorplan.render.time_axis import fit, month_starts
from lorplan.render.timeline_data import EVENT_LETTERS, extent, season_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from lorplan.plan.model import Letter, Plan

NARROWEST: Final = 72
"""Columns below which the timeline is a dated list."""

_NAME_COLUMNS: Final = (12, 24)
"""Columns for the attending's name: what the longest takes, within these and a fifth of the width."""


class Glyphs(NamedTuple):
    """The characters of the drawing."""

    rotation: str
    idle: str
    window: str
    ask: str
    today: str
    season: str
    ellipsis: str


UNICODE: Final = Glyphs("━", "─", "▓", "◆", "│", "┊", "…")
ASCII: Final = Glyphs("=", "-", "#", "*", "|", ":", "~")

_WEIGHT: Final = {
    name: weight
    for weight, name in enumerate(
        (
            "thanked",
            "packet",
            "reminded",
            "offered",
            "asked",
            "agreed",
            "requested",
            "uploaded",
            "assigned",
            "declined",
        )
    )
}
"""Of several events in one column the one is seen that says how far the letter is."""

STYLES: Final = {"ask": "bold green", "keep": "green", "reserve": "cyan", "hold": "dim", "skip": "dim"}
"""How a verdict looks; the word itself is always there too."""

_TODAY, _SEASON, _WINDOW, _EVENT = "bold red", "cyan", "magenta", "bold"
# Of the sixteen colours yellow fades on a light ground and blue on a dark one: neither is used.


def timeline(plan: Plan, width: int, glyphs: Glyphs) -> list[RenderableType]:
    """The drawing and its legend on `width` columns; below NARROWEST a dated list of the same days."""
    if width < NARROWEST:
        return [_dated_list(plan)]
    drawing = _Drawing(plan, width, glyphs)
    return [*drawing.lines(), Text(), *drawing.legend()]


# --- the drawing ------------------------------------------------------------------------------------------


class _Drawing:
    """A timeline on a certain width."""

    def __init__(self, plan: Plan, width: int, glyphs: Glyphs) -> None:
        self.plan, self.glyphs = plan, glyphs
        self.name_width = _name_width(plan, width)
        self.margin = len("2027-01-04  ") + self.name_width + len("  reserve  ")
        first, last = extent(plan)
        self.width = width
        self.room = width - self.margin
        self.scale = fit(first, last, self.room)
        days = season_days(plan)
        self.marks = [(day, name, _SEASON) for day, name in days if first <= day <= last]
        if first <= plan.as_of <= last:
            self.marks.append((plan.as_of, "today", _TODAY))
        self.marks.sort(key=lambda mark: mark[0])
        self.later = [(day, name) for day, name in days if day > last]
        by_start = sorted(plan.letters, key=lambda letter: letter.rotation.start)
        self.rows = [(letter, self._cells(letter)) for letter in by_start]

    def lines(self) -> Iterator[Text]:
        """The axis, the marks, and a row a rotation by its start."""
        for labels in self._axis():
            if labels:
                yield self._labels(labels)
        yield from self._mark_lines()
        for letter, cells in self.rows:
            yield self._row(letter, cells)

    def legend(self) -> Iterator[Text]:
        """What the characters mean that are seen, the unit, and the season's days beyond the drawing."""
        seen = {glyph for _, cells in self.rows for glyph, _ in cells}
        cell = "a column" if self.scale.per_cell == 1 else f"{self.scale.per_cell} columns"
        words = [f"{glyph} {meaning}" for glyph, meaning in self._meanings() if glyph in seen]
        for line in filled([f"{cell} = {_article(self.scale.unit)}", *words], self.width):
            yield Text(line, style="dim")
        if self.later:
            days = ", ".join(f"{name} {day}" for day, name in self.later)
            yield Text(f"Later in the {self.plan.season.year} season: {days}", style="dim")
        if not any(name == "today" for _, name, _ in self.marks):
            yield Text(f"Today, {self.plan.as_of}, is far outside the drawing", style="dim")

    def _meanings(self) -> list[tuple[str, str]]:
        glyphs = self.glyphs
        signs = [
            (glyphs.rotation, "rotation"),
            (glyphs.idle, "rotation, nobody to ask"),
            (glyphs.window, "days to ask"),
            (glyphs.ask, "the day to ask"),
        ]
        return signs + [(letter, event) for event, letter in EVENT_LETTERS.items()]

    # The axis

    def _axis(self) -> Iterator[dict[int, str]]:
        """The labels of the axis by column: years, months, and for a scale of days the Mondays."""
        starts, end = self.scale.starts[:-1], self.scale.starts[-1]
        years = [date(year, 1, 1) for year in range(starts[0].year + 1, end.year + 1)]
        yield self._spaced([starts[0], *years], "%Y", [(step, "year") for step in (1, 2, 5, 10, 20, 50)])
        months = [day for day in month_starts(starts[0], end) if starts[0] < day < end]
        yield self._spaced([starts[0], *months], "%b", [(step, "month") for step in (1, 2, 3, 6)])
        if self.scale.unit == "day":
            mondays = [day for day in starts if day.weekday() == 0]
            yield self._spaced(mondays, "%d", [(1, "day")])

    def _spaced(self, days: list[date], form: str, steps: list[tuple[int, str]]) -> dict[int, str]:
        """Labels for the first day and for every so many of the others, as often as they keep apart.

        A label too close behind the first one is left out; none are given where they cannot keep apart.
        """
        if not days:
            return {}
        first = days[0].strftime(form)
        for step, unit in steps:
            regular = [day for day in days[1:] if (getattr(day, unit) - (unit == "month")) % step == 0]
            places = [(self.scale.column(day), day.strftime(form)) for day in regular]
            labels = {0: first} | {column: label for column, label in places if column > len(first)}
            if all(later - earlier > len(first) for earlier, later in pairwise(labels)):
                return {column: label for column, label in labels.items() if column + len(label) <= self.room}
        return {}

    def _labels(self, labels: dict[int, str]) -> Text:
        line = ""
        for column, label in labels.items():
            line = line.ljust(column) + label
        return Text(" " * self.margin + line, style="dim")

    def _mark_lines(self) -> Iterator[Text]:
        """The names of the marked days, each beside its column, on as many lines as keep them apart."""
        lines: list[tuple[str, list[tuple[int, int, str]]]] = []
        for day, name, style in self.marks:
            begin, label = self._flag(day, name)
            place = next((i for i, (line, _) in enumerate(lines) if len(line) < begin or not line), len(lines))
            if place == len(lines):
                lines.append(("", []))
            line, styled = lines[place]
            lines[place] = (line.ljust(begin) + label, [*styled, (begin, begin + len(label), style)])
        for line, styled in lines:
            text = Text(" " * self.margin + line)
            for begin, end, style in styled:
                text.stylize(style, self.margin + begin, self.margin + end)
            yield text

    def _flag(self, day: date, name: str) -> tuple[int, str]:
        """Where a mark's label begins, and the label: right of the line, or left of it near the edge."""
        column = self.scale.column(day)
        glyph = self.glyphs.today if name == "today" else self.glyphs.season
        if column + 1 + len(name) <= self.room:
            return column, glyph + name
        return max(0, column - len(name)), (name + glyph)[-(column + 1) :]

    # The rows

    def _row(self, letter: Letter, cells: list[tuple[str, str]]) -> Text:
        name = _clipped(letter.attending, self.name_width, self.glyphs.ellipsis)
        text = Text(f"{letter.rotation.start}  {name}  ")
        text.append(f"{letter.verdict:<7}", style=STYLES[letter.verdict])
        text.append("  ")
        for glyph, style in cells:
            text.append(glyph, style=style)
        return text

    def _cells(self, letter: Letter) -> list[tuple[str, str]]:
        """The columns of a row: what is painted later lies on top."""
        cells = [(" ", "")] * self.scale.columns
        for day, _, style in self.marks:
            cells[self.scale.column(day)] = (self.glyphs.season, style)
        idle = letter.verdict in {"hold", "skip"}
        bar = self.glyphs.idle if idle else self.glyphs.rotation
        self._paint(cells, letter.rotation.start, letter.rotation.final_day, (bar, STYLES[letter.verdict]))
        for day, name, style in self.marks:
            if name == "today":
                cells[self.scale.column(day)] = (self.glyphs.today, style)
        if letter.ranking and letter.to_be_asked:
            ranking = letter.ranking
            self._paint(cells, ranking.opens, ranking.closes, (self.glyphs.window, _WINDOW))
            self._paint(cells, ranking.ask_on, ranking.ask_on, (self.glyphs.ask, f"bold {_WINDOW}"))
        for name, day in sorted(letter.record.events(), key=lambda event: _WEIGHT[event[0]]):
            cells[self.scale.column(day)] = (EVENT_LETTERS[name], _EVENT)
        return cells

    def _paint(self, cells: list[tuple[str, str]], first: date, last: date, cell: tuple[str, str]) -> None:
        for column in self.scale.span(first, last):
            cells[column] = cell


def _article(unit: str) -> str:
    return unit if unit[0].isdigit() else f"a {unit}"


def _name_width(plan: Plan, width: int) -> int:
    least, most = _NAME_COLUMNS
    longest = max((cell_len(letter.attending) for letter in plan.letters), default=least)
    return min(max(longest, least), max(width // 5, least), most)


def _clipped(text: str, width: int, ellipsis: str) -> str:
    """A text on exactly so many columns, cut where it is longer; a wide character counts for two."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + ellipsis


# --- the dated list ---------------------------------------------------------------------------------------


def _dated_list(plan: Plan) -> RenderableType:
    """Every day of the timeline on a line of its own, today among them."""
    entries = [(day, 1, f"season: {name}", _SEASON) for day, name in season_days(plan)]
    entries.append((plan.as_of, 0, "today", _TODAY))
    for letter in plan.letters:
        entries += [(day, 2, text, style) for day, text, style in _letter_days(letter)]
    rows = sorted(entries, key=lambda entry: entry[:2])
    return aligned(((str(day), Text(text, style=style)) for day, _, text, style in rows), indent=0)


def _letter_days(letter: Letter) -> Iterator[tuple[date, str, str]]:
    name, rotation = letter.attending, letter.rotation
    yield rotation.start, f"{name} begins, until {rotation.final_day} ({letter.verdict})", STYLES[letter.verdict]
    if letter.ranking and letter.to_be_asked:
        yield letter.ranking.ask_on, f"{letter.verdict}: {name}", _WINDOW
    for event, day in letter.record.events():
        yield day, f"{name}: {event}", _EVENT
