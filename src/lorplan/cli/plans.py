"""The plans of the files that a command is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.cli.terminal import complain
from lorplan.errors import PlanFileError
from lorplan.plan.applicant_plan import Dossier
from lorplan.plan.planner import make_plan
from lorplan.render.problems import lines
from lorplan.storage.files import load

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


def planned(names: Iterable[str], day: date) -> list[Dossier]:
    """The plans of all files that can be used, as of a day; the problems of the others are told."""
    dossiers = []
    for name in names:
        try:
            dossiers.append(Dossier(make_plan(load(name), day), name))
        except PlanFileError as error:
            complain(lines(error.problems))
    return dossiers
