"""The letters of a plan as one table: the verdict, the attending, the specialty, the day to ask, and a timeline.

With little space it is a dated list.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from lorplan.planfile.events import EVENTS
from lorplan.render.layout import NARROW, VERDICT_STYLES, columns, fill_lines
from lorplan.render.time_axis import fit_axis, month_starts
from lorplan.render.timeline_data import EVENT_SYMBOLS, extent_of_letters, season_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from lorplan.plan.model import Letter, Plan
    from lorplan.render.time_axis import TimeAxis

_STAGE_WIDTH: Final = len("requested")
_LEAST_TEXT, _MOST_TEXT = 12, 28
"""Minimum and maximum columns for names and for specialties."""

_MONTH_WIDTH: Final = 2
"""Columns for a month that texts leave to the drawing where they can."""


class Glyphs(NamedTuple):
    """The characters of the drawing."""

    rotation: str
    idle: str
    ask: str
    today: str
    season: str
    ellipsis: str


UNICODE: Final = Glyphs("━", "─", "◆", "│", "┊", "…")
ASCII: Final = Glyphs("=", "-", "*", "|", ":", "~")

_PROMINENCE: Final = {
    event.name: (event.name == "declined", event.is_stage, place) for place, event in enumerate(EVENTS)
}
"""Of several events in one column, the one is shown that says most about how far the letter is."""

_TODAY, _SEASON, _ASK, _EVENT = "bold", "", "bold", "bold"
# Of the sixteen colours, yellow is hard to read on a light background and blue on a dark one, and red is for what is
# overdue: none of them is used.

_Cell = tuple[str, str]
"""A character and its style."""


def render_timeline(plan: Plan, width: int, glyphs: Glyphs) -> list[RenderableType]:
    """Render the table and its legend on `width` columns; if they are few, a dated list of the same days."""
    if width < NARROW:
        return [_dated_list(plan)]
    drawing = _Drawing(plan, width, glyphs)
    return [*drawing.lines(), *drawing.legend()]


def stage_of(letter: Letter) -> str:
    """Say where a letter stands: how far it is once it was asked for, else the verdict."""
    if letter.verdict != "keep":
        return letter.verdict
    if letter.is_silent:
        return "silent"
    return "to import" if letter.status == "carried" else letter.status


# --- the table ----------------------------------------------------------------------------------------------


class _Drawing:
    """The table on a certain width: a row for each rotation, by its start."""

    def __init__(self, plan: Plan, width: int, glyphs: Glyphs) -> None:
        self.plan, self.width, self.glyphs = plan, width, glyphs
        letters = sorted(plan.letters, key=lambda letter: letter.rotation.start)
        first, last = extent_of_letters(plan)
        self.flags = [(day, label) for day, label in season_days(plan) if first <= day <= last and label != "opens"]
        self.has_today = first <= plan.as_of <= last
        self.days = [_day_to_ask(letter, plan) for letter in letters]
        day_width = max(map(len, ("Ask on", *self.days)))
        room = width - _STAGE_WIDTH - day_width - 5 - _MONTH_WIDTH * len(month_starts(first, last))
        names = [letter.attending for letter in letters]
        specialties = [letter.rotation.specialty for letter in letters]
        self.columns = (_STAGE_WIDTH, *_fit_texts(names, specialties, room), day_width)
        self.margin = sum(self.columns) + len(self.columns) + 1
        self.axis = fit_axis(first, last, width - self.margin)
        self.rows = [(letter, self._cells(letter)) for letter in letters]

    def lines(self) -> Iterator[Text]:
        """Draw the headings with the months, the years where there are several, and the rows."""
        years, months = _axis_labels(self.axis, self.width - self.margin)
        if months and len(years) > 1:
            yield Text(" " * self.margin + _place_labels(years), style="dim")
        yield Text(self._left_of("", "Attending", "Rotation", "Ask on") + _place_labels(months or years), style="dim")
        for (letter, cells), day in zip(self.rows, self.days, strict=True):
            yield self._row(letter, cells, day)

    def legend(self) -> Iterator[Text]:
        """Explain the lines and characters that appear."""
        seen = {glyph for _, cells in self.rows for glyph, _ in cells}
        signs = [(self.glyphs.ask, "the day to ask"), *((symbol, event) for event, symbol in EVENT_SYMBOLS.items())]
        entries = [f"{glyph} {meaning}" for glyph, meaning in signs if glyph in seen]
        if self.has_today:
            entries.insert(0, f"{self.glyphs.today} today")
        entries.insert(0, f"{self.glyphs.season} {_describe_days(self.plan, self.flags)}")
        for line in fill_lines(entries, self.width):
            yield Text(line, style="dim")

    def _left_of(self, *texts: str) -> str:
        """Put texts in the columns left of the drawing."""
        clipped = (_clip(text, width, self.glyphs.ellipsis) for text, width in zip(texts, self.columns, strict=True))
        return " ".join(clipped) + "  "

    def _row(self, letter: Letter, cells: list[_Cell], day: str) -> Text:
        stage, style = stage_of(letter), VERDICT_STYLES[letter.verdict]
        left = self._left_of(stage, letter.attending, letter.rotation.specialty, day)
        text = Text(left)
        text.stylize(style, 0, len(stage))
        for glyph, cell_style in cells:
            text.append(glyph, style=cell_style)
        return text

    def _cells(self, letter: Letter) -> list[_Cell]:
        """Paint the columns of a row; what is painted later covers what was before."""
        cells = [(" ", "")] * self.axis.columns
        for day, _ in self.flags:
            cells[self.axis.column(day)] = (self.glyphs.season, _SEASON)
        if self.has_today:
            cells[self.axis.column(self.plan.as_of)] = (self.glyphs.today, _TODAY)
        bar = self.glyphs.idle if letter.verdict in {"hold", "skip"} else self.glyphs.rotation
        for column in self.axis.span(letter.rotation.start, letter.candidate.last_day):
            cells[column] = (bar, VERDICT_STYLES[letter.verdict])
        if letter.may_be_asked:
            cells[self.axis.column(letter.window.ask_on)] = (self.glyphs.ask, _ASK)
        for name, day in sorted(letter.history.known, key=lambda event: _PROMINENCE[event[0]]):
            cells[self.axis.column(day)] = (EVENT_SYMBOLS[name], _EVENT)
        return cells


def _describe_days(plan: Plan, days: list[tuple[date, str]]) -> str:
    """Name days of the season, such as "portal Jun 23, submit Sep 1 (estimated)"."""
    names = {"token": "portal", "review, deadline": "review"}
    named = ", ".join(f"{names.get(label, label)} {plan.dates.write_day(day)}" for day, label in days)
    return f"{named} (estimated)" if plan.dates.season.estimated else named


def _day_to_ask(letter: Letter, plan: Plan) -> str:
    return plan.dates.write_day(letter.window.ask_on) if letter.may_be_asked else ""


def _fit_texts(names: list[str], specialties: list[str], room: int) -> tuple[int, int]:
    """Give the columns for names and for specialties: what the longest need, or share the room that there is."""
    name, specialty = (_longest(texts) for texts in (names, specialties))
    if name + specialty <= room:
        return name, specialty
    name = min(name, max(room // 2, room - specialty, _LEAST_TEXT))
    return name, min(specialty, max(room - name, _LEAST_TEXT))


def _longest(texts: list[str]) -> int:
    return min(max(map(cell_len, ("Attending", *texts))), _MOST_TEXT)


def _clip(text: str, width: int, ellipsis: str) -> str:
    """Fit a text to exactly so many columns; a wide character counts for two."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + ellipsis


# --- the axis -----------------------------------------------------------------------------------------------

_Labels = dict[int, str]
"""The labels of an axis by their columns."""


def _axis_labels(axis: TimeAxis, room: int) -> tuple[_Labels, _Labels]:
    """Give the labels of the years and of the months on so many columns; none of the months if they all touch."""
    starts, end = axis.starts[:-1], axis.starts[-1]
    years = [date(year, 1, 1) for year in range(starts[0].year + 1, end.year + 1) if date(year, 1, 1) < end]
    months = [day for day in month_starts(starts[0], end) if starts[0] < day < end]
    return (
        _spread(axis, room, [starts[0], *years], "%Y", [(step, "year") for step in (1, 2, 5, 10, 20, 50)]),
        _spread(axis, room, [starts[0], *months], "%b", [(step, "month") for step in (1, 2, 3, 6)]),
    )


def _spread(axis: TimeAxis, room: int, days: list[date], form: str, steps: list[tuple[int, str]]) -> _Labels:
    """Label the first day and as many of the others, at regular steps from it, as do not touch; none if all touch."""
    for step, unit in steps:
        regular = [day for day in days if (getattr(day, unit) - getattr(days[0], unit)) % step == 0]
        labels = {axis.column(day): day.strftime(form) for day in regular}
        if all(later - earlier > len(labels[earlier]) for earlier, later in pairwise(labels)):
            return {column: label for column, label in labels.items() if column + len(label) <= room}
    return {}


def _place_labels(labels: _Labels) -> str:
    line = ""
    for column, label in labels.items():
        line = line.ljust(column) + label
    return line


# --- the dated list -----------------------------------------------------------------------------------------


def _dated_list(plan: Plan) -> RenderableType:
    """List every day of the timeline on a line of its own, today among them."""
    entries = [(day, 1, f"season: {label}", _SEASON) for day, label in season_days(plan)]
    entries.append((plan.as_of, 0, "today", _TODAY))
    for letter in plan.letters:
        entries += [(day, 2, text, style) for day, text, style in _letter_days(letter, plan)]
    rows = sorted(entries, key=lambda entry: entry[:2])
    return columns(((plan.dates.write_day(day), Text(text, style=style)) for day, _, text, style in rows), indent=0)


def _letter_days(letter: Letter, plan: Plan) -> Iterator[tuple[date, str, str]]:
    name, rotation, style = letter.attending, letter.rotation, VERDICT_STYLES[letter.verdict]
    last_day = plan.dates.write_day(letter.candidate.last_day)
    yield rotation.start, f"{name} begins, until {last_day} ({stage_of(letter)})", style
    if letter.may_be_asked:
        yield letter.window.ask_on, f"{letter.verdict}: {name}", _ASK
    for event, day in letter.history.known:
        yield day, f"{name}: {event}", _EVENT
