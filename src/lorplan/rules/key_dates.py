"""The days and numbers that all decisions of one plan share."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from lorplan.dates.business_days import add_business_days, take_off_business_days
from lorplan.dates.eras_seasons import Season, season, season_after, season_reviewing_from, season_running_on

if TYPE_CHECKING:
    from lorplan.planfile.models import PlanFile, Policy


class Horizon(NamedTuple):
    """What a plan is made for: its day, its season, its deadline, and the numbers of its policy.

    `needed_by` is the last day for an upload to be processed by the deadline, `latest_ask` the last day that
    leaves a writer the whole lead time before it.
    """

    as_of: date
    policy: Policy
    season: Season
    guessed: bool
    deadline: date
    needed_by: date
    latest_ask: date

    def processed(self, uploaded: date) -> date:
        """The day on which an uploaded letter has been processed (business days)."""
        return add_business_days(uploaded, self.policy.processing_days)


def horizon(plan_file: PlanFile, as_of: date) -> Horizon:
    """The horizon of a plan file as of a day."""
    applicant, policy = plan_file.applicant, plan_file.policy
    chosen = season(applicant.season) if applicant.season else _guessed_season(plan_file, as_of)
    deadline = applicant.deadline or chosen.review
    needed_by = take_off_business_days(deadline, policy.processing_days)
    return Horizon(
        as_of=as_of,
        policy=policy,
        season=chosen,
        guessed=applicant.season is None,
        deadline=deadline,
        needed_by=needed_by,
        latest_ask=needed_by - timedelta(policy.lead_days),
    )


def _guessed_season(plan_file: PlanFile, as_of: date) -> Season:
    """The season that the deadline or the rotations point to.

    With a deadline the season that runs on it, else the next to open. Without, the first that reviews on or
    after the lower median of the rotations' last days; one that is over by now helps nobody and is passed by.
    """
    deadline = plan_file.applicant.deadline
    if deadline:
        return season_running_on(deadline) or season_after(deadline)
    from statistics import median_low  # noqa: PLC0415 - slow to load, and most files name their season

    last_days = [rotation.final_day for rotation in plan_file.rotations]
    pointed_to = season_reviewing_from(median_low(last_days) if last_days else as_of)
    if pointed_to.ends >= as_of:
        return pointed_to
    return season_running_on(as_of) or season_after(as_of)
