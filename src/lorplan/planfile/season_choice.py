"""Which season a plan file is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lorplan.dates.eras_seasons import Season, next_season, running_season, season, season_reviewing_from

if TYPE_CHECKING:
    from datetime import date

    from lorplan.planfile.models import PlanFile


class SeasonChoice(NamedTuple):
    """A season, and whether it was guessed because the plan file names none."""

    season: Season
    guessed: bool


def choose_season(plan_file: PlanFile, as_of: date) -> SeasonChoice:
    """Find the season that a plan file names, else the one that its deadline or its rotations point to.

    With a deadline, the season that is running on it, else the next one to open. Without, the first season whose
    review day is on or after the lower median of the rotations' last days, but none that is already over.
    """
    applicant = plan_file.applicant
    if applicant.season:
        return SeasonChoice(season(applicant.season), guessed=False)
    if applicant.deadline:
        return SeasonChoice(running_season(applicant.deadline) or next_season(applicant.deadline), guessed=True)
    from statistics import median_low  # slow to load, and most files name their season

    last_days = [on_site.last for on_site in plan_file.on_site]
    suggested = season_reviewing_from(median_low(last_days) if last_days else as_of)
    over = suggested.ends < as_of
    return SeasonChoice((running_season(as_of) or next_season(as_of)) if over else suggested, guessed=True)
