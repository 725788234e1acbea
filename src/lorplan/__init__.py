"""Plan whom to ask for a residency letter of recommendation, and when.

As a library: `load(path)` and `loads(text)` give a plan file's model or raise `PlanFileError`, whose
`problems` are all that is wrong with it; `make_plan(plan_file, as_of)` is pure and gives a frozen `Plan`.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` is slow to load, and the command has not yet said what an interruption does
if TYPE_CHECKING:
    from lorplan.errors import PlanFileError as PlanFileError
    from lorplan.errors import Problem as Problem
    from lorplan.plan.model import Plan as Plan
    from lorplan.plan.planner import make_plan as make_plan
    from lorplan.planfile.reader import loads as loads
    from lorplan.storage.files import load as load

__version__ = "0.1.0"
__all__ = ["Plan", "PlanFileError", "Problem", "load", "loads", "make_plan"]

_HOMES = {
    "Plan": "plan.model",
    "PlanFileError": "errors",
    "Problem": "errors",
    "load": "storage.files",
    "loads": "planfile.reader",
    "make_plan": "plan.planner",
}


def __getattr__(name: str) -> object:
    """Import what is asked for: `lorplan --version` needs none of it."""
    from importlib import import_module  # noqa: PLC0415 - as above

    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"lorplan.{_HOMES[name]}"), name)
