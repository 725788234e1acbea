"""Which days a timeline of a plan shows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from lorplan.planfile.events import EVENTS

if TYPE_CHECKING:
    from lorplan.plan.model import Plan

EVENT_SYMBOLS: Final = {event.name: event.symbol for event in EVENTS}
"""The character that stands for an event."""

_FAR: Final = timedelta(366)
"""An as-of day further than this from everything else would squeeze the drawing into a corner."""


def season_days(plan: Plan) -> list[tuple[date, str]]:
    """List the days of the plan's season and its deadline by day, each with its label."""
    season, deadline, portal_from = plan.dates.season, plan.dates.deadline, plan.dates.portal_from
    days = [(portal_from if named.name == "token" else day, named.label) for named, day in season.days()]
    if deadline == season.review:
        days = [(day, "review, deadline" if label == "review" else label) for day, label in days]
    else:
        days.append((deadline, "deadline"))
    return sorted(days, key=lambda labeled: labeled[0])


def extent(plan: Plan) -> tuple[date, date]:
    """Find the first and the last day of a drawing with today in it, unless that is far away."""
    first, last = extent_of_letters(plan)
    if first - _FAR <= plan.as_of <= last + _FAR:
        return min(first, plan.as_of), max(last, plan.as_of)
    return first, last


def extent_of_letters(plan: Plan) -> tuple[date, date]:
    """Find the first and the last day of everything about the letters, up to the deadline."""
    days = [plan.dates.deadline]
    for letter in plan.letters:
        days += [letter.rotation.start, letter.candidate.last_day]
        days += [day for _, day in letter.history.known]
        if letter.may_be_asked:
            days += [letter.window.opens, letter.window.closes]
    return min(days), max(days)
