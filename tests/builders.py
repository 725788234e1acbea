"""The smallest valid values, so that a test mentions only what it is about.

The usual rotation is four weeks of March 2027 without a holiday: 20 days on site, Monday the 1st to Friday the
26th, of which Friday the 12th is the tenth. The usual season is that of 2028: it opens on Wednesday 2 June
2027, takes applications from 1 September and is reviewed on Wednesday the 22nd, so that letters are needed by
Wednesday 15 September and asked for by Wednesday 18 August.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from lorplan.plan.planner import make_plan
from lorplan.planfile.models import PlanFile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lorplan.plan.model import Action, Letter, Plan
    from runner import Json

FIRST_DAY = "2027-03-01"
"""The day plans are made for, unless a test says otherwise: the first of the usual rotation."""


def rotation(attending: object = "Dr. Wei Chen", **overrides: object) -> Json:
    """Write a good four-week rotation with some changes; None removes a key, and `weeks` replaces `end`."""
    row = {
        "attending": attending,
        "specialty": "neurology",
        "start": "2027-03-01",
        "end": None if "weeks" in overrides else "2027-03-26",
        "performance": "good",
        **overrides,
    }
    return {key: value for key, value in row.items() if value is not None}


def program(name: str = "Lakeside", **overrides: Any) -> Json:  # noqa: ANN401 - any value of a key
    """Write a program of neurology with some changes."""
    return {"name": name, "specialty": "neurology", **overrides}


def plan_file(
    *rotations: Json, policy: Json | None = None, programs: Iterable[Json] = (), **applicant: object
) -> PlanFile:
    """Make a plan file for the 2028 season; None removes a key of the applicant."""
    about = {key: value for key, value in {"season": 2028, **applicant}.items() if value is not None}
    data = {"applicant": about, "policy": policy or {}, "rotations": list(rotations), "programs": list(programs)}
    return PlanFile.model_validate(data)


def plan(
    *rotations: Json,
    as_of: str = FIRST_DAY,
    policy: Json | None = None,
    programs: Iterable[Json] = (),
    **applicant: object,
) -> Plan:
    """Make the plan of rotations and programs for the 2028 season as of a day."""
    content = plan_file(*rotations, policy=policy, programs=programs, **applicant)
    return make_plan(content, date.fromisoformat(as_of))


def letter(found: Plan, letter_id: str = "chen") -> Letter:
    """Find a letter of a plan."""
    return found.letter(letter_id)


def action(found: Plan, action_id: str) -> Action | None:
    """Find an action of a plan; None if there is none."""
    return next((one for one in found.actions if one.id == action_id), None)


def verdicts(found: Plan) -> dict[str, str]:
    """Give the verdict on each letter, best first."""
    return {one.id: one.verdict for one in found.letters}


def codes(found: Plan) -> set[str]:
    """Give the codes of a plan's warnings."""
    return {warning.code for warning in found.warnings}


def window(found: Plan, letter_id: str = "chen") -> tuple[str, str, str]:
    """Give a letter's days to ask: opens, ask_on, closes."""
    days = letter(found, letter_id).window
    return days.opens.isoformat(), days.ask_on.isoformat(), days.closes.isoformat()


def span(found: Plan, action_id: str) -> tuple[str, str] | None:
    """Give an action's first and last day, or None where there is no such action."""
    one = action(found, action_id)
    return (one.on.isoformat(), one.until.isoformat()) if one else None
