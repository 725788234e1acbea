"""The days, the targets and the numbers that all decisions of one plan share."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from lorplan.dates.business_days import add_business_days, subtract_business_days
from lorplan.dates.eras_seasons import Season, next_season, running_season, season, season_reviewing_from

if TYPE_CHECKING:
    from lorplan.planfile.models import PlanFile, Policy, Target


class KeyDates(NamedTuple):
    """What a plan is made for: its day, season and deadline, the targets and the policy.

    `guessed`: the plan file does not name the season. `needed_by` is the last day on which an upload is still
    processed by the deadline, `latest_ask` the last day that leaves a writer the whole lead time before that.
    """

    as_of: date
    season: Season
    guessed: bool
    deadline: date
    needed_by: date
    latest_ask: date
    targets: tuple[Target, ...]
    policy: Policy

    def processed_by(self, uploaded: date) -> date:
        """Find the day by which an uploaded letter has been processed (business days, WHEN-9)."""
        return add_business_days(uploaded, self.policy.processing_days)


def find_key_dates(plan_file: PlanFile, as_of: date) -> KeyDates:
    """Work out the key dates of a plan file as of a day."""
    applicant, policy = plan_file.applicant, plan_file.policy
    chosen = season(applicant.season) if applicant.season else _guess_season(plan_file, as_of)
    deadline = applicant.deadline or chosen.review
    needed_by = subtract_business_days(deadline, policy.processing_days)
    return KeyDates(
        as_of=as_of,
        season=chosen,
        guessed=applicant.season is None,
        deadline=deadline,
        needed_by=needed_by,
        latest_ask=needed_by - timedelta(policy.lead_days),
        targets=applicant.targets,
        policy=policy,
    )


def _guess_season(plan_file: PlanFile, as_of: date) -> Season:
    """Find the season that the deadline or the rotations point to.

    With a deadline, the season that is running on it, else the next one to open. Without, the first season whose
    review day is on or after the lower median of the rotations' last days, but none that is already over.
    """
    deadline = plan_file.applicant.deadline
    if deadline:
        return running_season(deadline) or next_season(deadline)
    from statistics import median_low  # slow to load, and most files name their season

    last_days = [rotation.final_day for rotation in plan_file.rotations]
    suggested = season_reviewing_from(median_low(last_days) if last_days else as_of)
    if suggested.ends >= as_of:
        return suggested
    return running_season(as_of) or next_season(as_of)
