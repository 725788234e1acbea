"""Which days a drawing of a plan shows, and the letters that stand for events in it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lorplan.dates.eras_seasons import Season
    from lorplan.plan.model import Plan

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
"""The letter that stands for an event in a drawing."""

_FAR: Final = timedelta(366)
"""An as-of day further than this from everything else would squeeze the drawing into a corner."""


def days_of(season: Season) -> list[tuple[date, str]]:
    """The days of a season with their names, in their order."""
    return [
        (season.opens, "opens"),
        (season.submit, "submit"),
        (season.review, "review"),
        (season.rank_list, "rank list"),
        (season.match_day, "Match Day"),
        (season.ends, "ends"),
    ]


def season_days(plan: Plan) -> list[tuple[date, str]]:
    """The days of the plan's season and its deadline, in their order; one entry where that is the review day."""
    days = days_of(plan.season)
    if plan.deadline == plan.season.review:
        return [(day, "review, deadline" if name == "review" else name) for day, name in days]
    return sorted([*days, (plan.deadline, "deadline")], key=lambda named: named[0])


def extent(plan: Plan) -> tuple[date, date]:
    """The first and the last day of the drawing: all that concerns the letters, up to the deadline."""
    days = [plan.deadline]
    for letter in plan.letters:
        days += [letter.rotation.start, letter.rotation.final_day, *(day for _, day in letter.record.events())]
        if letter.ranking and letter.to_be_asked:
            days += [letter.ranking.opens, letter.ranking.closes]
    first, last = min(days), max(days)
    if first - _FAR <= plan.as_of <= last + _FAR:
        return min(first, plan.as_of), max(last, plan.as_of)
    return first, last
