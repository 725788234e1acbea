"""Plans with programs of internal medicine, and what became of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builders import plan, program, rotation

if TYPE_CHECKING:
    from lorplan.plan.model import Plan, PlannedProgram
    from runner import Json

UPLOADED: Json = {"letter": {"asked": "2027-03-24", "uploaded": "2027-07-01"}}
"""In the portal of the season, long before its deadline of 22 September."""


def plan_programs(*rows: Json, programs: list[Json], as_of: str = "2027-07-02", **more: Any) -> Plan:  # noqa: ANN401 - passed on
    """Make the plan of an applicant to neurology as of a day on which letters can be in the portal."""
    about: Json = {"targets": ["neurology"], **more}
    return plan(*rows, programs=programs, as_of=as_of, **about)


def only_program(
    *rows: Json,
    as_of: str = "2027-07-02",
    wanted: Json | None = None,
    **about: Any,  # noqa: ANN401 - any value of a key
) -> PlannedProgram:
    """Make the plan of one program, and give what was decided about it."""
    [found] = plan_programs(*rows, programs=[program(**about)], as_of=as_of, **(wanted or {})).programs
    return found


def uploaded(name: str, **more: object) -> Json:
    """Write a rotation of neurology whose letter is in the portal."""
    return rotation(f"Dr. {name}", **{**UPLOADED, **more})


def missing(found: PlannedProgram) -> list[tuple[str, int, int, bool]]:
    """Give what a program lacks: what, needed, have, must."""
    return [(one.requirement, one.needed, one.have, one.must) for one in found.missing]
