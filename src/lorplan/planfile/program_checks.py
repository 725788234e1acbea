"""What a plan file must not say about its programs: one twice, an id that is taken, a letter that is in no portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lorplan.planfile.base_model import CheckError
from lorplan.reference.specialties import canonical
from lorplan.text.wording import did_you_mean, truncate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from lorplan.planfile.models import Rotation
    from lorplan.planfile.program_models import Program

PROGRAM_NAME_FIELDS: Final = frozenset({"name", "specialty", "track"})
"""The fields that tell one program from another."""


def duplicate_programs(programs: Iterable[Program | None]) -> Iterator[CheckError]:
    """Find the programs that are in the list already, in whatever spelling; wrong ones are None."""
    seen = set()
    for index, program in enumerate(programs):
        if program is None:
            continue
        key = (_fold(program.name), canonical(program.specialty), _fold(program.track or ""))
        if key in seen:
            track = f", {program.track}" if program.track else ""
            same = f'"{truncate(program.name)}" ({truncate(program.specialty + track)})'
            yield CheckError((index, "name"), f"{same} is in the list already: give one of them a `track`")
        seen.add(key)


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def taken_program_ids(written: Iterable[str | None], rotation_ids: Collection[str]) -> Iterator[CheckError]:
    """Find the written ids of programs that an earlier program or a rotation has, too."""
    seen: set[str] = set()
    for index, one in enumerate(written):
        if one in seen:
            yield CheckError((index, "id"), f'duplicate id "{one}"')
        elif one in rotation_ids:
            yield CheckError((index, "id"), f'"{one}" is the id of a rotation already')
        elif one:
            seen.add(one)


def unassignable_letters(program: Program, letters: Mapping[str, Rotation | None]) -> Iterator[CheckError]:
    """Find the entries of `assigned` that are no letter of the file, or are in no portal; None is a wrong letter."""
    for index, name in enumerate(program.assigned):
        if name not in letters:
            suggestion = did_you_mean(name, letters) or ": write the id of a rotation"
            yield CheckError(("assigned", index), f'"{truncate(name)}" is no letter of this file{suggestion}')
            continue
        rotation = letters[name]
        if rotation and not (rotation.letter.uploaded or rotation.letter.imported or rotation.letter.assigned):
            message = f'the letter of "{name}" is not uploaded yet: record that first, under its rotation'
            yield CheckError(("assigned", index), message)
