"""The timeline of a plan: one row for each rotation on an axis of days, or a dated list if there is little space."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from lorplan.planfile.events import EVENTS
from lorplan.render.layout import NARROW, VERDICT_STYLES, columns, fill_lines
from lorplan.render.time_axis import fit_axis, month_starts
from lorplan.render.timeline_data import EVENT_SYMBOLS, extent, season_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from lorplan.plan.model import Letter, Plan

_NAME_COLUMNS: Final = (12, 24)
"""Minimum and maximum columns for the attending's name, which also takes no more than a fifth of the width."""


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

_PROMINENCE: Final = {
    event.name: (event.name == "declined", event.is_stage, place) for place, event in enumerate(EVENTS)
}
"""Of several events in one column, the one is shown that says most about how far the letter is."""

_TODAY, _SEASON, _WINDOW, _EVENT = "bold red", "cyan", "magenta", "bold"
# Of the sixteen colours, yellow is hard to read on a light background and blue on a dark one: neither is used.

_Cell = tuple[str, str]
"""A character and its style."""


def render_timeline(plan: Plan, width: int, glyphs: Glyphs) -> list[RenderableType]:
    """Render the drawing and its legend on `width` columns; if they are few, a dated list of the same days."""
    if width < NARROW:
        return [_dated_list(plan)]
    drawing = _Drawing(plan, width, glyphs)
    return [*drawing.lines(), Text(), *drawing.legend()]


# --- the drawing --------------------------------------------------------------------------------------------


class _Drawing:
    """A timeline on a certain width."""

    def __init__(self, plan: Plan, width: int, glyphs: Glyphs) -> None:
        self.plan, self.glyphs = plan, glyphs
        self.name_width = _name_width(plan, width)
        self.margin = len("2027-01-04  ") + self.name_width + len("  reserve  ")
        first, last = extent(plan)
        self.width = width
        self.room = width - self.margin
        self.axis = fit_axis(first, last, self.room)
        days = season_days(plan)
        self.flags = [(day, label, _SEASON) for day, label in days if first <= day <= last]
        if first <= plan.as_of <= last:
            self.flags.append((plan.as_of, "today", _TODAY))
        self.flags.sort(key=lambda flag: flag[0])
        self.later = [(day, label) for day, label in days if day > last]
        by_start = sorted(plan.letters, key=lambda letter: letter.rotation.start)
        self.rows = [(letter, self._cells(letter)) for letter in by_start]

    def lines(self) -> Iterator[Text]:
        """Draw the axis, the flags, and a row for each rotation, by its start."""
        for labels in self._axis_labels():
            if labels:
                yield self._label_line(labels)
        yield from self._flag_lines()
        for letter, cells in self.rows:
            yield self._row(letter, cells)

    def legend(self) -> Iterator[Text]:
        """Explain the characters that appear, the unit, and the season's days beyond the drawing."""
        seen = {glyph for _, cells in self.rows for glyph, _ in cells}
        cell = "a column" if self.axis.per_cell == 1 else f"{self.axis.per_cell} columns"
        meanings = [f"{glyph} {meaning}" for glyph, meaning in self._meanings() if glyph in seen]
        for line in fill_lines([f"{cell} = {_describe_unit(self.axis.unit)}", *meanings], self.width):
            yield Text(line, style="dim")
        if self.later:
            days = ", ".join(f"{label} {day}" for day, label in self.later)
            yield Text(f"Later in the {self.plan.dates.season.year} season: {days}", style="dim")
        if not any(label == "today" for _, label, _ in self.flags):
            yield Text(f"Today, {self.plan.as_of}, is far outside the drawing", style="dim")

    def _meanings(self) -> list[tuple[str, str]]:
        glyphs = self.glyphs
        signs = [
            (glyphs.rotation, "rotation"),
            (glyphs.idle, "rotation on hold or skipped"),
            (glyphs.window, "days to ask"),
            (glyphs.ask, "the day to ask"),
        ]
        return signs + [(symbol, event) for event, symbol in EVENT_SYMBOLS.items()]

    # The axis

    def _axis_labels(self) -> Iterator[dict[int, str]]:
        """Yield the labels of the axis by column: years, months, and for an axis of days the Mondays."""
        starts, end = self.axis.starts[:-1], self.axis.starts[-1]
        years = [date(year, 1, 1) for year in range(starts[0].year + 1, end.year + 1)]
        yield self._spread([starts[0], *years], "%Y", [(step, "year") for step in (1, 2, 5, 10, 20, 50)])
        months = [day for day in month_starts(starts[0], end) if starts[0] < day < end]
        yield self._spread([starts[0], *months], "%b", [(step, "month") for step in (1, 2, 3, 6)])
        if self.axis.unit == "day":
            mondays = [day for day in starts if day.weekday() == 0]
            yield self._spread(mondays, "%d", [(1, "day")])

    def _spread(self, days: list[date], form: str, steps: list[tuple[int, str]]) -> dict[int, str]:
        """Label the first day and as many of the others, at regular steps, as do not touch; none if all touch.

        A label too close to the first one is left out.
        """
        if not days:
            return {}
        first = days[0].strftime(form)
        for step, unit in steps:
            regular = [day for day in days[1:] if (getattr(day, unit) - (unit == "month")) % step == 0]
            placed = [(self.axis.column(day), day.strftime(form)) for day in regular]
            labels = {0: first} | {column: label for column, label in placed if column > len(first)}
            if all(later - earlier > len(first) for earlier, later in pairwise(labels)):
                return {column: label for column, label in labels.items() if column + len(label) <= self.room}
        return {}

    def _label_line(self, labels: dict[int, str]) -> Text:
        line = ""
        for column, label in labels.items():
            line = line.ljust(column) + label
        return Text(" " * self.margin + line, style="dim")

    def _flag_lines(self) -> Iterator[Text]:
        """Draw the labels of the flagged days, each beside its column, on as many lines as they need."""
        lines: list[tuple[str, list[tuple[int, int, str]]]] = []
        for day, label, style in self.flags:
            begin, text = self._flag(day, label)
            place = next((i for i, (line, _) in enumerate(lines) if len(line) < begin or not line), len(lines))
            if place == len(lines):
                lines.append(("", []))
            line, styles = lines[place]
            lines[place] = (line.ljust(begin) + text, [*styles, (begin, begin + len(text), style)])
        for line, styles in lines:
            drawn = Text(" " * self.margin + line)
            for begin, end, style in styles:
                drawn.stylize(style, self.margin + begin, self.margin + end)
            yield drawn

    def _flag(self, day: date, label: str) -> tuple[int, str]:
        """Place a flag's label right of its line, or left of it near the edge; give the column it begins in."""
        column = self.axis.column(day)
        glyph = self.glyphs.today if label == "today" else self.glyphs.season
        if column + 1 + len(label) <= self.room:
            return column, glyph + label
        return max(0, column - len(label)), (label + glyph)[-(column + 1) :]

    # The rows

    def _row(self, letter: Letter, cells: list[_Cell]) -> Text:
        name = _clip(letter.attending, self.name_width, self.glyphs.ellipsis)
        text = Text(f"{letter.rotation.start}  {name}  ")
        text.append(f"{letter.verdict:<7}", style=VERDICT_STYLES[letter.verdict])
        text.append("  ")
        for glyph, style in cells:
            text.append(glyph, style=style)
        return text

    def _cells(self, letter: Letter) -> list[_Cell]:
        """Paint the columns of a row; what is painted later covers what was before."""
        cells = [(" ", "")] * self.axis.columns
        for day, _, style in self.flags:
            cells[self.axis.column(day)] = (self.glyphs.season, style)
        bar = self.glyphs.idle if letter.verdict in {"hold", "skip"} else self.glyphs.rotation
        bar_cell = (bar, VERDICT_STYLES[letter.verdict])
        self._paint(cells, letter.rotation.start, letter.rotation.final_day, bar_cell)
        for day, label, style in self.flags:
            if label == "today":
                cells[self.axis.column(day)] = (self.glyphs.today, style)
        if letter.may_be_asked:
            window = letter.window
            self._paint(cells, window.opens, window.closes, (self.glyphs.window, _WINDOW))
            self._paint(cells, window.ask_on, window.ask_on, (self.glyphs.ask, f"bold {_WINDOW}"))
        for name, day in sorted(letter.history.events(), key=lambda event: _PROMINENCE[event[0]]):
            cells[self.axis.column(day)] = (EVENT_SYMBOLS[name], _EVENT)
        return cells

    def _paint(self, cells: list[_Cell], first: date, last: date, cell: _Cell) -> None:
        for column in self.axis.span(first, last):
            cells[column] = cell


def _describe_unit(unit: str) -> str:
    return unit if unit[0].isdigit() else f"a {unit}"


def _name_width(plan: Plan, width: int) -> int:
    least, most = _NAME_COLUMNS
    longest = max((cell_len(letter.attending) for letter in plan.letters), default=least)
    return min(max(longest, least), max(width // 5, least), most)


def _clip(text: str, width: int, ellipsis: str) -> str:
    """Fit a text to exactly so many columns; a wide character counts for two."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + ellipsis


# --- the dated list -----------------------------------------------------------------------------------------


def _dated_list(plan: Plan) -> RenderableType:
    """List every day of the timeline on a line of its own, today among them."""
    entries = [(day, 1, f"season: {label}", _SEASON) for day, label in season_days(plan)]
    entries.append((plan.as_of, 0, "today", _TODAY))
    for letter in plan.letters:
        entries += [(day, 2, text, style) for day, text, style in _letter_days(letter)]
    rows = sorted(entries, key=lambda entry: entry[:2])
    return columns(((str(day), Text(text, style=style)) for day, _, text, style in rows), indent=0)


def _letter_days(letter: Letter) -> Iterator[tuple[date, str, str]]:
    name, rotation, style = letter.attending, letter.rotation, VERDICT_STYLES[letter.verdict]
    yield rotation.start, f"{name} begins, until {rotation.final_day} ({letter.verdict})", style
    if letter.may_be_asked:
        yield letter.window.ask_on, f"{letter.verdict}: {name}", _WINDOW
    for event, day in letter.history.events():
        yield day, f"{name}: {event}", _EVENT
