"""The days, the targets and the numbers that all decisions of one plan share."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from lorplan.dates.business_days import add_business_days, subtract_business_days
from lorplan.planfile.models import Target
from lorplan.planfile.season_choice import choose_season
from lorplan.reference.specialties import canonical
from lorplan.reference.targets import service_of
from lorplan.text.spoken_dates import write_day

if TYPE_CHECKING:
    from lorplan.dates.eras_seasons import Season
    from lorplan.planfile.models import PlanFile, Policy

_SEPTEMBER: Final = 9
_HALF_A_YEAR: Final = timedelta(182)
"""From here on a reader may take two days without their years for the other way round."""
_ISO_DAY: Final = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b", re.ASCII)


class KeyDates(NamedTuple):
    """What a plan is made for: its day, season and deadline, the targets and the policy.

    `guessed`: the plan file does not name the season. `portal_from` is the first day on which the applicant can
    enter anything in the portal. `needed_by` is the last day on which an upload is still processed by the
    deadline, `latest_ask` the last day that leaves a writer the whole lead time before that. `deadline_given`: the
    plan file names the deadline. Of the `targets` the first `listed` are those that the applicant lists; the others
    are named by programs only.
    """

    as_of: date
    season: Season
    guessed: bool
    portal_from: date
    deadline: date
    deadline_given: bool
    needed_by: date
    latest_ask: date
    targets: tuple[Target, ...]
    listed: int
    policy: Policy

    def deadline_of(self, specialty: str) -> date:
        """Find the day by which programs of a specialty want letters, where their pages name none."""
        return self.deadline if self.deadline_given else service_day(specialty, self.season)

    @property
    def is_estimated(self) -> bool:
        """Whether the deadline is only an estimate."""
        return self.season.estimated and not self.deadline_given

    @property
    def is_after_rank_list(self) -> bool:
        """Whether rank lists are in, so that no further letter can matter (WHEN-18)."""
        return self.as_of > self.season.rank_list

    @property
    def is_after_latest_ask(self) -> bool:
        """Whether a letter asked for from now on would be late."""
        return self.as_of > self.latest_ask

    def write_day(self, day: date, *, weekday: bool = False) -> str:
        """Write a day for a person; without the year if it is this year or that of the season's opening."""
        return write_day(day, self._familiar_years, weekday=weekday)

    @property
    def _familiar_years(self) -> tuple[int, int]:
        return self.as_of.year, self.season.opens.year

    def write_days_in(self, text: str) -> str:
        """Write the ISO dates in a text as a person would; with all years where two without could be mistaken."""
        days = {written: day for written in _ISO_DAY.findall(text) if (day := _read_day(written))}
        familiar = [day for day in days.values() if day.year in self._familiar_years]
        mistakable = familiar and max(familiar) - min(familiar) > _HALF_A_YEAR
        write = partial(write_day, familiar_years=()) if mistakable else self.write_day
        return _ISO_DAY.sub(lambda found: write(days[found[0]]) if found[0] in days else found[0], text)

    def processed_by(self, uploaded: date) -> date:
        """Find the day by which an uploaded letter has been processed (business days, WHEN-9)."""
        return add_business_days(uploaded, self.policy.processing_days)


def _read_day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:  # a part of a name that looks like a date
        return None


def find_key_dates(plan_file: PlanFile, as_of: date) -> KeyDates:
    """Work out the key dates of a plan file as of a day."""
    applicant, policy = plan_file.applicant, plan_file.policy
    season, guessed = choose_season(plan_file, as_of)
    targets = find_targets(plan_file)
    first = targets[0].specialty if targets else None
    deadline = applicant.deadline or (service_day(first, season) if first else season.review)
    needed_by = subtract_business_days(deadline, policy.processing_days)
    return KeyDates(
        as_of=as_of,
        season=season,
        guessed=guessed,
        portal_from=max(applicant.token or season.token, season.opens),
        deadline=deadline,
        deadline_given=applicant.deadline is not None,
        needed_by=needed_by,
        latest_ask=needed_by - timedelta(policy.lead_days),
        targets=targets,
        listed=len(applicant.targets) or min(1, len(targets)),
        policy=policy,
    )


def find_targets(plan_file: PlanFile) -> tuple[Target, ...]:
    """List the applicant's targets, then those that programs imply, in the order in which the file names them."""
    targets = {canonical(target.specialty): target for target in plan_file.applicant.targets}
    for program in plan_file.programs:
        if not program.skipped:
            targets.setdefault(canonical(program.specialty), Target(specialty=program.specialty))
    return tuple(targets.values())


def service_day(target: str, season: Season) -> date:
    """Find the day by which letters are needed in the service through which a target is applied to.

    ERAS: the day programs begin to review. ResidencyCAS: the same, though its programs look a week later. SF Match:
    the last business day on or before 1 September, its target date.
    """
    if service_of(target) == "SF Match":
        return subtract_business_days(date(season.year - 1, _SEPTEMBER, 1), 0)
    return season.review
