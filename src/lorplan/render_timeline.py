"""The timeline of a plan: one row a rotation on a scale of days, or a dated list where the space is narrow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, set_cell_size
from rich.table import Table
from rich.text import Text

from lorplan.scale import Scale, fit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lorplan.outcome import Letter, Plan

NARROWEST: Final = 72
"""Columns below which the timeline is a dated list."""

_NAME_COLUMNS: Final = (12, 24)
"""Columns for the attending's name: what the longest takes, within these and a fifth of the width."""

_FAR: Final = timedelta(366)
"""An as-of day further than this from everything else would squeeze the drawing into a corner."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of the drawing."""

    rotation: str
    idle: str
    window: str
    ask: str
    today: str
    season: str
    ellipsis: str


UNICODE: Final = Glyphs("━", "─", "▓", "◆", "│", "┊", "…")
ASCII: Final = Glyphs("=", "-", "#", "?", "|", ":", "~")

EVENT_LETTERS: Final = {
    "offered": "O",
    "asked": "A",
    "agreed": "Y",
    "packet": "P",
    "requested": "R",
    "reminded": "M",
    "uploaded": "U",
    "thanked": "T",
    "assigned": "S",
    "declined": "D",
}
"""The letter that stands for an event in the drawing."""

STYLES: Final = {"ask": "bold green", "keep": "green", "reserve": "cyan", "hold": "dim", "skip": "dim"}
"""How a verdict looks; the word itself is always there too."""

_TODAY, _SEASON, _WINDOW, _EVENT = "bold red", "blue", "yellow", "bold magenta"


def timeline(plan: Plan, width: int, glyphs: Glyphs) -> list[Text | Table]:
    """The drawing and its legend on `width` columns; below NARROWEST a dated list of the same days."""
    if width < NARROWEST:
        return [_dated_list(plan)]
    drawing = _Drawing(plan, width, glyphs)
    return [*drawing.lines(), Text(), *drawing.legend()]


# --- the days to show -------------------------------------------------------------------------------------


def season_days(plan: Plan) -> list[tuple[date, str]]:
    """The days of the season, and the deadline where it is not the review day, in their order."""
    season = plan.season
    days = [
        (season.opens, "opens"),
        (season.submit, "submit"),
        (season.review, "review"),
        (season.rank_list, "rank list"),
        (season.match_day, "Match Day"),
        (season.ends, "ends"),
    ]
    if plan.deadline == season.review:
        days[2] = (season.review, "review, deadline")
    else:
        days.append((plan.deadline, "deadline"))
    return sorted(days, key=lambda named: named[0])


def events(letter: Letter) -> list[tuple[str, date]]:
    """What has happened to a letter, its offer included."""
    offered = letter.record.offered
    return ([("offered", offered)] if offered else []) + letter.record.events()


def _is_pending(letter: Letter) -> bool:
    return letter.verdict in {"ask", "reserve"}


def _extent(plan: Plan) -> tuple[date, date]:
    """The first and the last day of the drawing: all that concerns the letters, up to the deadline."""
    days = [plan.deadline]
    for letter in plan.letters:
        days += [letter.rotation.start, letter.rotation.final_day, *(day for _, day in events(letter))]
        if letter.ranking and _is_pending(letter):
            days += [letter.ranking.opens, letter.ranking.closes]
    first, last = min(days), max(days)
    if first - _FAR <= plan.as_of <= last + _FAR:
        return min(first, plan.as_of), max(last, plan.as_of)
    return first, last


# --- the drawing ------------------------------------------------------------------------------------------


class _Drawing:
    """A timeline on a certain width."""

    def __init__(self, plan: Plan, width: int, glyphs: Glyphs) -> None:
        self.plan, self.glyphs = plan, glyphs
        self.name_width = _name_width(plan, width)
        self.margin = len("2027-01-04  ") + self.name_width + len("  reserve  ")
        first, last = _extent(plan)
        self.scale: Scale = fit(first, last, width - self.margin)
        shown = [(day, name) for day, name in season_days(plan) if first <= day <= last]
        self.marks = [(day, name, _SEASON) for day, name in shown]
        if first <= plan.as_of <= last:
            self.marks.append((plan.as_of, "today", _TODAY))
        self.marks.sort(key=lambda mark: mark[0])
        self.later = [(day, name) for day, name in season_days(plan) if day > last]
        self.used: dict[str, str] = {}

    def lines(self) -> Iterator[Text]:
        """The axis, the marks, and a row a rotation by its start."""
        for labels in self._axis():
            yield self._labels(labels)
        yield from self._mark_lines()
        for letter in sorted(self.plan.letters, key=lambda letter: letter.rotation.start):
            yield self._row(letter)

    def legend(self) -> Iterator[Text]:
        """What the characters mean that were used, the unit, and the season's days beyond the drawing."""
        cell = "a column" if self.scale.per_cell == 1 else f"{self.scale.per_cell} columns"
        words = [f"{glyph} {meaning}" for glyph, meaning in self.used.items()]
        yield Text(f"{cell} = a {self.scale.unit}" + "".join(f"   {word}" for word in words), style="dim")
        if self.later:
            days = ", ".join(f"{name} {day}" for day, name in self.later)
            yield Text(f"Later in the {self.plan.season.year} season: {days}", style="dim")
        if not any(name == "today" for _, name, _ in self.marks):
            yield Text(f"Today, {self.plan.as_of}, is far outside the drawing", style="dim")

    # The axis

    def _axis(self) -> Iterator[list[tuple[int, str]]]:
        """The labels of the axis: years, months, and for a scale of days the Mondays."""
        starts = self.scale.starts[:-1]
        last = self.scale.starts[-1]
        years = [date(year, 1, 1) for year in range(starts[0].year + 1, last.year + 1)]
        yield [(self.scale.column(day), f"{day:%Y}") for day in (starts[0], *years) if day < last]
        months = [day for day in _first_days(starts[0], last) if day >= starts[0]]
        if self.scale.columns >= 2 * len(months):
            shown = months if months and months[0] == starts[0] else [starts[0], *months]
            yield [(self.scale.column(day), f"{day:%b}") for day in shown]
        if self.scale.unit == "day":
            yield [(self.scale.column(day), f"{day:%d}") for day in starts if day.weekday() == 0]

    def _labels(self, labels: Iterable[tuple[int, str]]) -> Text:
        """Labels at their columns; one that would touch the label before it is left out."""
        line = ""
        for column, label in labels:
            if column >= len(line) + bool(line) and column + len(label) <= self.scale.columns:
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
        if column + 1 + len(name) <= self.scale.columns:
            return column, glyph + name
        return max(0, column - len(name)), (name + glyph)[-(column + 1) :]

    # The rows

    def _row(self, letter: Letter) -> Text:
        name = _clipped(letter.attending, self.name_width, self.glyphs.ellipsis)
        text = Text(f"{letter.rotation.start}  {name}  ")
        text.append(f"{letter.verdict:<7}", style=STYLES[letter.verdict])
        text.append("  ")
        for glyph, style in self._cells(letter):
            text.append(glyph, style=style)
        return text

    def _cells(self, letter: Letter) -> list[tuple[str, str]]:
        """The columns of a row: what is painted later lies on top."""
        cells = [(" ", "")] * self.scale.columns
        for day, name, style in reversed(self.marks):
            glyph = self.glyphs.today if name == "today" else self.glyphs.season
            cells[self.scale.column(day)] = (glyph, style)
        self._paint_rotation(cells, letter)
        if letter.ranking and _is_pending(letter):
            window = self.scale.span(letter.ranking.opens, letter.ranking.closes)
            self._paint(cells, window, self.glyphs.window, _WINDOW, "days to ask")
            ask_on = self.scale.span(letter.ranking.ask_on, letter.ranking.ask_on)
            self._paint(cells, ask_on, self.glyphs.ask, "bold " + _WINDOW, "the day to ask")
        for name, day in events(letter):
            self._paint(cells, self.scale.span(day, day), EVENT_LETTERS[name], _EVENT, name)
        return cells

    def _paint_rotation(self, cells: list[tuple[str, str]], letter: Letter) -> None:
        idle = letter.verdict in {"hold", "skip"}
        glyph = self.glyphs.idle if idle else self.glyphs.rotation
        span = self.scale.span(letter.rotation.start, letter.rotation.final_day)
        today = [self.scale.column(day) for day, name, _ in self.marks if name == "today"]
        meaning = "rotation, nobody to ask" if idle else "rotation"
        self._paint(cells, [c for c in span if c not in today], glyph, STYLES[letter.verdict], meaning)

    def _paint(
        self, cells: list[tuple[str, str]], columns: Sequence[int], glyph: str, style: str, meaning: str
    ) -> None:
        for column in columns:
            cells[column] = (glyph, style)
        self.used.setdefault(glyph, meaning)


def _name_width(plan: Plan, width: int) -> int:
    least, most = _NAME_COLUMNS
    longest = max((cell_len(letter.attending) for letter in plan.letters), default=least)
    return min(max(longest, least), max(width // 5, least), most)


def _first_days(first: date, last: date) -> list[date]:
    """The first days of the months from the month of `first` to before `last`."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    months = (first.year * 12 + first.month - 1 + number for number in range(count))
    days = (date(month // 12, month % 12 + 1, 1) for month in months)
    return [day for day in days if day < last]


def _clipped(text: str, width: int, ellipsis: str) -> str:
    """A text on exactly so many columns, cut where it is longer; a wide character counts for two."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + ellipsis


# --- the dated list ---------------------------------------------------------------------------------------


def _dated_list(plan: Plan) -> Table:
    """Every day of the timeline on a line of its own, today among them."""
    entries = [(day, 1, f"season: {name}", _SEASON) for day, name in season_days(plan)]
    entries.append((plan.as_of, 0, "today", _TODAY))
    for letter in plan.letters:
        entries += [(day, 2, text, style) for day, text, style in _letter_days(letter)]
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for day, _, text, style in sorted(entries, key=lambda entry: entry[:2]):
        table.add_row(str(day), Text(text, style=style))
    return table


def _letter_days(letter: Letter) -> Iterator[tuple[date, str, str]]:
    name, rotation = letter.attending, letter.rotation
    yield rotation.start, f"{name} begins, until {rotation.final_day} ({letter.verdict})", STYLES[letter.verdict]
    if letter.ranking and _is_pending(letter):
        yield letter.ranking.ask_on, f"{letter.verdict}: {name}, by {letter.ranking.closes}", _WINDOW
    for event, day in events(letter):
        yield day, f"{name}: {event}", _EVENT
