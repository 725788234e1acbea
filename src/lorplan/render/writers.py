"""The attendings of many applicants for a person: one line each, whoever owes most letters first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from lorplan.render.layout import NARROW, WIDE, cut, heading_with_day, one_line_rows, stack
from lorplan.text.spoken_dates import write_day
from lorplan.text.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from rich.console import RenderableType

    from lorplan.plan.writers import Writer
    from lorplan.render.action_rows import Row

_TITLES: Final = ("Attending", "Owes", "Asked", "In", "To ask", "Oldest", "For")

_NAME: Final = 26
"""Columns that a name may take on a page that is not wide."""


def render_writers(writers: Sequence[Writer], as_of: date, *, width: int, ellipsis: str) -> Iterator[RenderableType]:
    """Render the attendings in their order, with the applicants whose letters they are."""
    owed = sum(writer.owed for writer in writers)
    subject = f"{plural(len(writers), 'attending')}, {plural(owed, 'letter')} owed"
    yield heading_with_day(subject, as_of, width=width)
    yield Text()
    if width < NARROW:
        yield stack([_narrow_row(writer, as_of) for writer in writers], indent=4)
        return
    titles = tuple(Text(title, style="dim") for title in _TITLES)
    rows = [titles, *(_row(writer, as_of) for writer in writers)]
    if width < WIDE:
        rows = [(cut(row[0], _NAME, ellipsis), *row[1:]) for row in rows]
    yield from one_line_rows(rows, width, ellipsis)


def _row(writer: Writer, as_of: date) -> Row:
    numbers = (writer.owed, writer.asked, writer.delivered, writer.planned)
    counts = (Text(str(n or "").rjust(len(title))) for n, title in zip(numbers, _TITLES[1:5], strict=True))
    return Text(writer.attending), *counts, Text(_oldest(writer, as_of)), Text(", ".join(writer.applicants))


def _narrow_row(writer: Writer, as_of: date) -> Row:
    since = f" since {_oldest(writer, as_of)}" if writer.oldest else ""
    owes = f"owes {writer.owed}, asked {writer.asked}{since}"
    return Text(writer.attending), Text(owes), Text(f"for {', '.join(writer.applicants)}")


def _oldest(writer: Writer, as_of: date) -> str:
    return write_day(writer.oldest, (as_of.year,)) if writer.oldest else ""
