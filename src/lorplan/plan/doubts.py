"""What is doubtful about a rotation since an edit: a record that cannot be yet, or that does not count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.planfile.lint import find_advice
from lorplan.rules.letter_history import DAYS_OF_A_SEASON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lorplan.dates.eras_seasons import Season
    from lorplan.planfile.models import PlanFile, Rotation


def find_doubts(before: PlanFile, after: PlanFile, index: int, season: Season) -> list[str]:
    """Find what is doubtful about the rotation with an index after an edit, and was not before it."""
    known, found = ([*_find_doubts(plan_file, index, season)] for plan_file in (before, after))
    return [text for text in found if text not in known]


def _find_doubts(plan_file: PlanFile, index: int, season: Season) -> Iterator[str]:
    yield from (text for path, text in find_advice(plan_file) if path[:2] == ("rotations", index))
    yield from _find_too_early(plan_file.rotations[index], season)
    letter = plan_file.rotations[index].letter
    if letter.thanked and not (letter.uploaded or letter.sent or letter.assigned):
        yield f"thanked {letter.thanked} is recorded but uploaded is not"


def _find_too_early(rotation: Rotation, season: Season) -> Iterator[str]:
    """Look for what happens in the portal of a season, and is recorded before the season opens."""
    for event in (*DAYS_OF_A_SEASON, "uploaded"):
        day = rotation.event(event)
        if day and day < season.opens:
            counts = "counts for an earlier season only" if event != "uploaded" else "has to be imported"
            yield f"{event} {day} is before the {season.year} season opens on {season.opens}, so it {counts}"
