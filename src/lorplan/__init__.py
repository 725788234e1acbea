"""Plan whom to ask for a residency letter of recommendation, and when.

As a library: `load(path)` and `loads(text)` return the plan file's model or raise `PlanFileError`, whose `problems`
are everything that is wrong with it. `make_plan(plan_file, as_of)` is pure and returns a frozen `Plan`.
"""

from __future__ import annotations

TYPE_CHECKING = False  # importing typing would slow down the start of the command
if TYPE_CHECKING:
    from lorplan.errors import PlanFileError as PlanFileError
    from lorplan.errors import Problem as Problem
    from lorplan.plan.model import Action as Action
    from lorplan.plan.model import Letter as Letter
    from lorplan.plan.model import Plan as Plan
    from lorplan.plan.planner import make_plan as make_plan
    from lorplan.planfile.models import PlanFile as PlanFile
    from lorplan.planfile.reader import loads as loads
    from lorplan.storage.files import load as load
else:

    def __getattr__(name: str) -> object:
        """Import a public name when it is first used, as `lorplan --version` needs none of them."""
        from importlib import import_module

        if name not in _MODULES:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        return getattr(import_module(f"lorplan.{_MODULES[name]}"), name)


__version__ = "0.1.0"
__all__ = ["Action", "Letter", "Plan", "PlanFile", "PlanFileError", "Problem", "load", "loads", "make_plan"]

_MODULES = {
    "Action": "plan.model",
    "Letter": "plan.model",
    "Plan": "plan.model",
    "PlanFile": "planfile.models",
    "PlanFileError": "errors",
    "Problem": "errors",
    "load": "storage.files",
    "loads": "planfile.reader",
    "make_plan": "plan.planner",
}
