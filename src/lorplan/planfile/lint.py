"""What a plan file says that is allowed but probably unintended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.dates.business_days import federal_holidays
from lorplan.dates.eras_seasons import season
from lorplan.reference.specialties import is_known, nearest
from lorplan.text.wording import truncate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lorplan.planfile.models import PlanFile, Rotation
    from lorplan.planfile.yaml_tree import Path


def find_advice(plan_file: PlanFile) -> Iterator[tuple[Path, str]]:
    """Yield each piece of advice with the path of the value that it is about."""
    for index, target in enumerate(plan_file.applicant.targets):
        if not is_known(target.specialty):
            yield ("applicant", "targets", index, "specialty"), explain_unknown_specialty(target.specialty)
    yield from _check_deadline(plan_file)
    for index, rotation in enumerate(plan_file.rotations):
        for path, text in _check_rotation(rotation):
            yield ("rotations", index, *path), text


def _check_deadline(plan_file: PlanFile) -> Iterator[tuple[Path, str]]:
    applicant = plan_file.applicant
    if not (applicant.season and applicant.deadline):
        return
    named = season(applicant.season)
    if not named.opens <= applicant.deadline <= named.ends:
        text = f"deadline {applicant.deadline} is outside the {named.year} season, {named.opens} to {named.ends}"
        yield ("applicant", "deadline"), text


def _check_rotation(rotation: Rotation) -> Iterator[tuple[Path, str]]:
    first, last, letter = rotation.start, rotation.final_day, rotation.letter
    if not is_known(rotation.specialty):
        yield ("specialty",), explain_unknown_specialty(rotation.specialty)
    for index, day in enumerate(rotation.worked):
        if day not in federal_holidays(day.year):
            yield ("worked", index), f"worked {day} is not a federal holiday: an ordinary day needs no entry"
    if letter.declined and letter.asked and letter.declined < letter.asked:
        yield ("letter", "declined"), f"declined {letter.declined} is before asked {letter.asked}"
    for index, off in enumerate(rotation.away):
        if off.last < first or off.first > last:
            yield ("away", index), f"away {off.first} is outside the rotation, {first} to {last}"


def explain_unknown_specialty(name: str) -> str:
    """Say that a specialty is not known, with a suggestion where a known one is close."""
    near = nearest(name)
    suggestion = f', did you mean "{near}"?' if near else "; check the spelling"
    return f'unknown specialty "{truncate(name)}": it counts only for a target with the same name{suggestion}'
