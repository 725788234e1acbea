"""What has changed since a day, for a person: of one applicant as a page, of many as a paragraph each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from lorplan.render.action_rows import action_row
from lorplan.render.changes import list_changes
from lorplan.render.layout import NARROW, columns, heading_with_day, page_heading, section, stack
from lorplan.text.spoken_dates import write_day
from lorplan.text.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from rich.console import RenderableType

    from lorplan.plan.since import ChangesSince
    from lorplan.render.action_rows import Row


def render_changes(found: ChangesSince, who: str, *, width: int) -> Iterator[RenderableType]:
    """Render what has happened, what is decided anew, and what became due."""
    dates = found.plan.dates
    yield page_heading(f"{who}, changes since {dates.write_day(found.since)}", found.plan, width=width)
    if found.is_empty:
        yield Text()
        yield Text("Nothing has changed.")
    happened = [
        (Text(one.rotation or one.program or ""), Text(dates.write_day(one.day)), Text(f"{one.name}: {one.event}"))
        for one in found.happened
    ]
    if happened:
        yield from section("Happened", _put(happened, width))
    decided = list_changes(found.decided, dates)
    if decided:
        yield from section("Decided anew", columns((Text(text),) for text in decided))
    if found.became_due:
        yield from section("Became due", _put([action_row(one, dates) for one in found.became_due], width))


def _put(rows: Sequence[Row], width: int) -> RenderableType:
    return stack(rows) if width < NARROW else columns(rows)


def render_cohort_changes(
    found: Sequence[tuple[str, ChangesSince]], since: date, as_of: date, *, width: int
) -> Iterator[RenderableType]:
    """Render the changes of the applicants that have any, each named, in their order."""
    day = write_day(since, (as_of.year,))
    rows = [(Text(label), Text(describe_since(one))) for label, one in found if not one.is_empty]
    subject = f"{len(rows)} of {plural(len(found), 'applicant')} with changes since {day}"
    yield heading_with_day(subject, as_of, width=width)
    yield Text()
    yield stack(rows, indent=4) if width < NARROW else columns(rows, indent=0)


def describe_since(found: ChangesSince) -> str:
    """Say in one sentence what has changed, what has happened first."""
    dates = found.plan.dates
    told = [f"{one.name} {one.event} {dates.write_day(one.day)}" for one in found.happened]
    told += list_changes(found.decided, dates)
    if found.became_due:
        told.append(f"{len(found.became_due)} became due")
    return "; ".join(told)
