"""Shared by the tests of messages, pages and exports: plans with their files, and plans that hypothesis draws."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lorplan.export.formats import ExportOptions, load_format
from lorplan.plan.applicant_plan import ApplicantPlan
from lorplan.plan.planner import make_plan
from lorplan.planfile.models import PlanFile
from lorplan.planfile.reader import loads
from lorplan.storage.templates import template_loader
from oracle.strategies import plans_and_days
from samples import AS_OF, EXAMPLES

if TYPE_CHECKING:
    from jinja2 import BaseLoader

    from lorplan.export.formats import FormatName
    from lorplan.plan.model import Plan

PACKAGE_TEMPLATES: Final = template_loader(Path("/no-such-folder"))
"""Only the templates of the package."""


def _make_drawn(drawn: tuple[Any, date]) -> Plan:
    content, day = drawn
    return make_plan(PlanFile.model_validate(content), day)


PLANS: Final = plans_and_days().map(_make_drawn)
"""Draws the plan of any plan file as of any day."""


def in_file(plan: Plan, file: str = "rotations.yaml") -> ApplicantPlan:
    """Give a plan as if it were made from a file."""
    return ApplicantPlan(plan, file)


def sample(text: str, file: str = "rotations.yaml", as_of: str = AS_OF) -> ApplicantPlan:
    """Make the plan of a sample as of the samples' day or another one."""
    return ApplicantPlan(make_plan(loads(text), date.fromisoformat(as_of)), file)


def example(name: str, as_of: str) -> ApplicantPlan:
    """Make the plan of an example file as of a day."""
    return sample((EXAMPLES / name).read_text(encoding="utf-8"), name, as_of)


def export(
    name: FormatName, *plans: ApplicantPlan, todo: bool = False, loader: BaseLoader = PACKAGE_TEMPLATES
) -> bytes:
    """Export plans as the command does."""
    options = ExportOptions(plans[0].plan.as_of, loader, todo)
    return load_format(name).write(plans, options)
