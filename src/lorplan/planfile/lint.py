"""What a plan file says that is allowed but probably unintended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dateutil.relativedelta import relativedelta

from lorplan.dates.business_days import hospital_holidays
from lorplan.dates.eras_seasons import season
from lorplan.planfile.field_types import FIRST_DAY
from lorplan.planfile.season_choice import choose_season
from lorplan.reference import policy_numbers as numbers
from lorplan.reference.attending_names import surname_last
from lorplan.reference.specialties import is_known, is_year, nearest
from lorplan.text.wording import plural, truncate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lorplan.dates.eras_seasons import Season
    from lorplan.planfile.models import Applicant, PlanFile, Rotation
    from lorplan.planfile.yaml_tree import Path

MAX_USUAL_WEEKS: Final = 52
"""A longer rotation is probably a wrong year."""

_WITH_THE_ATTENDING: Final = ("notice", "feedback", "asked", "agreed", "packet", "uploaded", "thanked")
"""What can happen only once the two have met."""


def find_advice(plan_file: PlanFile) -> Iterator[tuple[Path, str]]:
    """Yield each piece of advice with the path of the value that it is about."""
    for index, target in enumerate(plan_file.applicant.targets):
        if not is_known(target.specialty):
            yield ("applicant", "targets", index, "specialty"), explain_unknown_specialty(target.specialty)
    chosen = choose_season(plan_file, FIRST_DAY)  # whatever the day: no guess is left out as over
    yield from _check_portal_days(plan_file.applicant)
    for index, rotation in enumerate(plan_file.rotations):
        for path, text in _check_rotation(rotation, chosen.season):
            yield ("rotations", index, *path), text


def _check_portal_days(applicant: Applicant) -> Iterator[tuple[Path, str]]:
    """Look for days of the applicant that lie outside the season that the file names."""
    if not applicant.season:
        return
    named = season(applicant.season)
    for key in ("deadline", "token"):
        day = getattr(applicant, key)
        if day and not named.opens <= day <= named.ends:
            yield ("applicant", key), f"{key} {day} is outside the {named.year} season, {named.opens} to {named.ends}"


def _check_rotation(rotation: Rotation, named: Season) -> Iterator[tuple[Path, str]]:
    yield from _check_words(rotation)
    yield from _check_length(rotation)
    yield from _check_year(rotation, named)
    yield from _check_days(rotation)
    yield from _check_events(rotation)


def _check_words(rotation: Rotation) -> Iterator[tuple[Path, str]]:
    right_order = surname_last(rotation.attending.name)
    if right_order:
        text = f'"{truncate(rotation.attending.name)}": is the surname first? write "{truncate(right_order)}"'
        yield ("attending", "name"), text
    if not is_known(rotation.specialty) or is_year(rotation.specialty):
        yield ("specialty",), explain_unknown_specialty(rotation.specialty)


def _check_length(rotation: Rotation) -> Iterator[tuple[Path, str]]:
    weeks = -(-((rotation.ends - rotation.start).days + 1) // 7)
    if weeks > MAX_USUAL_WEEKS:
        text = f"the rotation lasts {plural(weeks, 'week')}, {rotation.start} to {rotation.ends}: is the year right?"
        yield ("end" if rotation.end else "weeks",), text


def _check_year(rotation: Rotation, named: Season) -> Iterator[tuple[Path, str]]:
    start, too_early = rotation.start, named.opens - relativedelta(years=numbers.REUSE_YEARS.value)
    if start > named.ends:
        yield (
            ("start",),
            f"start {start} is after the {named.year} season, which ends on {named.ends}: is the year right?",
        )
    elif start < too_early:
        years = plural(numbers.REUSE_YEARS.value, "year")
        text = f"start {start} is more than {years} before the {named.year} season opens: is the year right?"
        yield ("start",), text


def _check_days(rotation: Rotation) -> Iterator[tuple[Path, str]]:
    first, last = rotation.start, rotation.final_day
    for index, day in enumerate(rotation.worked):
        if day not in hospital_holidays(day.year):
            yield ("worked", index), f"worked {day} is not a hospital holiday: an ordinary day needs no entry"
    for index, off in enumerate(rotation.away):
        if off.last < first or off.first > last:
            yield ("away", index), f"away {off.first} is outside the rotation, {first} to {last}"


def _check_events(rotation: Rotation) -> Iterator[tuple[Path, str]]:
    letter = rotation.letter
    for event in _WITH_THE_ATTENDING:
        day = rotation.event(event)
        if day and day < rotation.start:
            path = (event,) if event in type(rotation).model_fields else ("letter", event)
            yield path, f"{event} {day} is before the rotation begins on {rotation.start}"
    if letter.declined and letter.asked and letter.declined < letter.asked:
        yield ("letter", "declined"), f"declined {letter.declined} is before asked {letter.asked}"
    if letter.thanked and letter.uploaded and letter.thanked < letter.uploaded:
        yield ("letter", "thanked"), f"thanked {letter.thanked} is before uploaded {letter.uploaded}"


def explain_unknown_specialty(name: str) -> str:
    """Say that a specialty is not known, with a suggestion where a known one is close."""
    if is_year(name):
        return f'"{truncate(name)}" is a program and no specialty: write the specialty that the rotation is in'
    near = nearest(name)
    suggestion = f', did you mean "{near}"?' if near else "; check the spelling"
    return f'unknown specialty "{truncate(name)}": it counts only for a target with the same name{suggestion}'
