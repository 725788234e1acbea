"""What a plan file says that is allowed and yet probably not meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.dates.business_days import federal_holidays
from lorplan.dates.eras_seasons import season
from lorplan.reference.specialties import is_known, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lorplan.planfile.models import PlanFile, Rotation

Path = tuple[str | int, ...]


def advice(plan_file: PlanFile) -> Iterator[tuple[Path, str]]:
    """Each remark with the path of the value that it is about."""
    for place, target in enumerate(plan_file.applicant.targets):
        if not is_known(target.specialty):
            yield ("applicant", "targets", place, "specialty"), _unknown(target.specialty)
    yield from _deadline(plan_file)
    for place, rotation in enumerate(plan_file.rotations):
        for path, text in _rotation(rotation):
            yield ("rotations", place, *path), text


def _unknown(specialty: str) -> str:
    near = nearest(specialty)
    question = f', did you mean "{near}"?' if near else ""
    return f'"{specialty}" is not a specialty we know, and counts only for itself{question}'


def _deadline(plan_file: PlanFile) -> Iterator[tuple[Path, str]]:
    applicant = plan_file.applicant
    if not (applicant.season and applicant.deadline):
        return
    named = season(applicant.season)
    if not named.opens <= applicant.deadline <= named.ends:
        text = f"deadline {applicant.deadline} is outside the {named.year} season, {named.opens} to {named.ends}"
        yield ("applicant", "deadline"), text


def _rotation(rotation: Rotation) -> Iterator[tuple[Path, str]]:
    first, last = rotation.start, rotation.final_day
    if not is_known(rotation.specialty):
        yield ("specialty",), _unknown(rotation.specialty)
    for place, day in enumerate(rotation.worked):
        if day not in federal_holidays(day.year):
            yield ("worked", place), f"worked {day} is no federal holiday: a usual day needs no entry"
    letter = rotation.letter
    if letter.declined and letter.asked and letter.declined < letter.asked:
        yield ("letter", "declined"), f"declined {letter.declined} is before asked {letter.asked}"
    for place, off in enumerate(rotation.away):
        if off.last < first or off.first > last:
            yield ("away", place), f"away {off.first} is outside the rotation, {first} to {last}"
