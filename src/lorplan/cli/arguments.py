"""From what was typed to values: the plans of some files, the rotation that a word means, the templates."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from lorplan.cli.terminal import refuse_files
from lorplan.errors import PlanFileError, UsageError
from lorplan.plan.applicant_plan import ApplicantPlan, UnusableFile
from lorplan.plan.planner import make_plan
from lorplan.storage.files import choose_file, load
from lorplan.text.wording import find_nearest, truncate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from jinja2 import BaseLoader

    from lorplan.plan.model import Letter
    from lorplan.planfile.models import PlanFile

MAX_CANDIDATES: Final = 20
"""Candidates that a message names."""


def make_plans(names: Iterable[str], as_of: date, *, is_default: bool = False) -> list[ApplicantPlan]:
    """Make the plans of all files that can be used, and report the problems of the others."""
    return [
        ApplicantPlan(make_plan(found, as_of), name, is_default)
        for name, found in read_files(names)
        if not isinstance(found, UnusableFile)
    ]


def read_files(names: Iterable[str]) -> Iterator[tuple[str, PlanFile | UnusableFile]]:
    """Read files one after the other, each when it is wanted, and report the problems of those that cannot be used."""
    for name in names:
        try:
            yield name, load(name)
        except PlanFileError as error:
            refuse_files(error)
            is_read = any(problem.line is not None for problem in error.problems)
            yield name, UnusableFile(name, len(error.problems), is_read)


def find_letter(named: str | None, word: str, as_of: date) -> tuple[ApplicantPlan, Letter]:
    """Make the plan of the named file, else of the default one, and find the letter of the rotation a word means."""
    file = choose_file(named)
    plan_file = load(file)
    plan = make_plan(plan_file, as_of)
    return ApplicantPlan(plan, file, is_default=named is None), plan.letter(
        plan_file.ids[find_rotation(plan_file, word)]
    )


def find_rotation(plan_file: PlanFile, word: str) -> int:
    """Find the index of the rotation meant by an id, the unique start of one, or a unique part of a name.

    An exact id wins; otherwise case and accents do not matter. Raises UsageError with the candidates if there is
    none or more than one.
    """
    names = [rotation.attending.name for rotation in plan_file.rotations]
    matches = _find_matches(word, list(zip(plan_file.ids, names, strict=True)))
    if len(matches) == 1:
        return matches[0]
    if matches:
        message = f'"{truncate(word)}" matches several rotations'
        raise UsageError(message, f"write one of {_list(plan_file, matches)}")
    message = f'no rotation matches "{truncate(word)}"'
    raise UsageError(message, _suggest(plan_file, word))


def _find_matches(word: str, named: Sequence[tuple[str, str]]) -> list[int]:
    """Find which of the (id, name) pairs a word means: by the id, else its start, else a part of the name."""
    folded = _fold(word)
    by_id = [index for index, (id_, _) in enumerate(named) if id_ == word]
    by_start = [index for index, (id_, _) in enumerate(named) if _fold(id_).startswith(folded)]
    return by_id or by_start or [index for index, (_, name) in enumerate(named) if folded in _fold(name)]


def find_program(plan_file: PlanFile, word: str) -> int:
    """Find the index of the program meant by an id, the unique start of one, or a unique part of a name.

    Raises UsageError with the candidates if there is none or more than one.
    """
    ids = plan_file.program_ids
    matches = _find_matches(word, [(id_, one.name) for id_, one in zip(ids, plan_file.programs, strict=True)])
    if len(matches) == 1:
        return matches[0]
    message = f'{"several programs match" if matches else "no program matches"} "{truncate(word)}"'
    near = None if matches else find_nearest(word, ids)
    if near is not None:
        raise UsageError(message, f"did you mean {near}?")
    listed = [truncate(ids[index]) for index in (matches or range(len(ids)))]
    more = [f"and {len(listed) - MAX_CANDIDATES} more"] if len(listed) > MAX_CANDIDATES else []
    everything = ", ".join([*listed[:MAX_CANDIDATES], *more])
    raise UsageError(message, f"write one of {everything}" if listed else "the file names no programs")


def _suggest(plan_file: PlanFile, word: str) -> str:
    """Suggest the id that is meant by a word that matches none, else all of them."""
    programs = _find_matches(word, [(id_, id_) for id_ in plan_file.program_ids])
    if programs:
        return f"it is a program: lorplan programs {plan_file.program_ids[programs[0]]}"
    near = find_nearest(word, plan_file.ids)
    if near is not None:
        return f"did you mean {near}?"
    everything = _list(plan_file, range(len(plan_file.ids)))
    return f"write one of {everything}" if everything else "the file has no rotation; add one: lorplan add"


def _list(plan_file: PlanFile, indexes: Sequence[int]) -> str:
    """List ids with their attendings and first days, as many as one would read."""
    shown = [
        f"{truncate(plan_file.ids[index])} ({truncate(rotation.attending.name)}, from {rotation.start})"
        for index in indexes[:MAX_CANDIDATES]
        for rotation in [plan_file.rotations[index]]
    ]
    more = [f"and {len(indexes) - MAX_CANDIDATES} more"] if len(indexes) > MAX_CANDIDATES else []
    return ", ".join(shown + more)


def _fold(text: str) -> str:
    """Remove case and accents, which not every keyboard has."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def templates() -> BaseLoader:
    """Load the templates: those in `templates` of the user's folder for lorplan before the package's."""
    from lorplan.storage.templates import template_loader  # slow to load, and not every command needs it

    return template_loader(Path(typer.get_app_dir("lorplan")) / "templates")
