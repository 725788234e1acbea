"""Many applicants for a person: one line each, worst first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.text import Text

from lorplan.plan.applicant_plan import tell_apart
from lorplan.render.layout import (
    NARROW,
    OVERDUE,
    WIDE,
    Command,
    cut,
    cut_middle,
    fill_lines,
    heading_with_day,
    one_line_rows,
    stack,
)
from lorplan.render.next_commands import plan_command
from lorplan.render.summary import describe_when
from lorplan.text.file_names import STANDARD_INPUT
from lorplan.text.spoken_dates import write_day
from lorplan.text.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from lorplan.plan.cohort import Cohort, CohortLine
    from lorplan.plan.model import Action
    from lorplan.render.action_rows import Row
    from lorplan.rules.key_dates import KeyDates

_NAME: Final = 18
_NEXT: Final = 14
"""Columns that a name may take on a page that is not wide, and that are kept for what is next."""

_COLUMNS: Final = {
    "In": "in the portal",
    "Pr": "promised",
    "As": "asked",
    "Pl": "planned",
    "Of": "letters wanted",
    "By": "in by that day",
    "Ga": "gaps of targets",
    "Sh": "programs short",
}
"""The titles of the numbers with their meanings. The last three are there only if somebody has such a number."""

_ALWAYS: Final = 5


def render_cohort(cohort: Cohort, *, width: int, ellipsis: str) -> Iterator[RenderableType]:
    """Render the applicants in their order, each on one line that ends with an ellipsis where the terminal ends."""
    subject = f"{plural(len(cohort.lines), 'applicant')}, {len(cohort.at_risk)} at risk"
    yield heading_with_day(subject, cohort.as_of, width=width)
    if cohort.by:
        plans = sum(one.dates is not None for one in cohort.lines)
        yield Text(f"{cohort.behind} of {plans} will have fewer letters in than wanted by {write_day(cohort.by, ())}.")
    yield Text()
    if not cohort.shown:
        yield Text("Nothing is wrong with any of them.")
        return
    if width < NARROW:
        yield stack(_narrow_rows(cohort.shown), indent=4)
    else:
        yield from one_line_rows(_rows(cohort.shown, width, ellipsis), width, ellipsis)
    yield from _footer(cohort.shown, width)


# --- the lines ----------------------------------------------------------------------------------------------


def _rows(lines: Sequence[CohortLine], width: int, ellipsis: str) -> list[Row]:
    titles = _find_titles(lines)
    numbers = " ".join(titles)
    rows: list[Row] = [tuple(Text(title, style="dim") for title in ("Applicant", "What is wrong", numbers, "Next"))]
    for one, label in zip(lines, _labels(lines), strict=True):
        cells = (f"{number:>2}" for title, number in _numbers(one).items() if title in titles)
        rows.append((Text(label), _wrong(one), Text(" ".join(cells)), _next(one, brief=width < WIDE)))
    if width >= WIDE:
        return rows
    names = _shorten([row[0].plain for row in rows], ellipsis)
    room = width - max(map(cell_len, names)) - len(numbers) - _NEXT - 3 * len("  ")
    return [
        (Text(name, style=row[0].style), cut(row[1], room, ellipsis), *row[2:])
        for name, row in zip(names, rows, strict=True)
    ]


def _shorten(names: Sequence[str], ellipsis: str) -> list[str]:
    """Cut names that are different to the fewest columns in which they still are."""
    width = _NAME
    shortened = [cut_middle(name, width, ellipsis) for name in names]
    while len(set(shortened)) < len(set(names)):
        width += 1
        shortened = [cut_middle(name, width, ellipsis) for name in names]
    return shortened


def _narrow_rows(lines: Sequence[CohortLine]) -> Iterator[Row]:
    for one, label in zip(lines, _labels(lines), strict=True):
        counts = one.forecast
        stages = f"{counts.secured} in, {counts.promised} promised of {one.wanted}; " if counts else ""
        yield Text(label), _wrong(one), Text(stages).append_text(_next(one, brief=False))


def _labels(lines: Sequence[CohortLine]) -> list[str]:
    return tell_apart([(one.applicant, one.file) for one in lines])


def _find_titles(lines: Sequence[CohortLine]) -> list[str]:
    """List the titles of the numbers that are shown."""
    used = {title for one in lines for title, number in _numbers(one).items() if number != ""}
    return [title for place, title in enumerate(_COLUMNS) if place < _ALWAYS or title in used]


def _numbers(one: CohortLine) -> dict[str, int | str]:
    """Give an applicant's number below each title; a file that cannot be used has none."""
    if one.forecast is None or one.wanted is None:
        return dict.fromkeys(_COLUMNS, "")
    counts, by = one.forecast, "" if one.secured_by is None else one.secured_by
    stages = (counts.secured, counts.promised, counts.asked, counts.planned, one.wanted)
    return dict(zip(_COLUMNS, (*stages, by, len(one.gaps) or "", one.programs["short"] or ""), strict=True))


def _wrong(one: CohortLine) -> Text:
    return Text(one.wrong or "-", style=OVERDUE if one.overdue else "")


def _next(one: CohortLine, *, brief: bool) -> Text:
    """Write the most pressing action with its day, as `draft` and `done` take it; of a bad file, what to type."""
    if one.dates is None:
        return Text("" if one.file == STANDARD_INPUT else plan_command("check", one.file))
    if one.next is None:
        return Text("nothing to do", style="dim")
    when = _day(one.next, one.dates) if brief else f"{describe_when(one.next, one.dates)}:"
    return Text(f"{when} {one.next.kind} {one.next.subject}")


def _day(action: Action, dates: KeyDates) -> str:
    """Write the day since which an action is overdue, until which it is due, or from which it is to be done."""
    overdue_since = action.until + timedelta(1)
    day = {"overdue": overdue_since, "due": action.until, "upcoming": action.on}[action.state]
    return dates.write_day(day)


def _footer(lines: Sequence[CohortLine], width: int) -> Iterator[RenderableType]:
    """Explain the columns, and name the command that tells more about the first whose plan can be made."""
    yield Text()
    if width >= NARROW:
        meanings = [f"{title}: {_COLUMNS[title]}" for title in _find_titles(lines)]
        yield from (Text(text, style="dim") for text in fill_lines(meanings, width, gap="  "))
    first = next((one for one in lines if one.dates and one.file != STANDARD_INPUT), None)
    entries = ["The order: lorplan rules COHORT-1"]
    entries += [f"One of them: {plan_command('plan', first.file)}"] if first else []
    yield from (Command(line, style="dim") for line in fill_lines(entries, width))
