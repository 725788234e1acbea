"""From a plan file and a day to a plan, stage by stage. Pure: neither the clock nor the disk is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.plan.actions import schedule
from lorplan.plan.candidates import gather
from lorplan.plan.model import Plan
from lorplan.plan.selection import count, cover, exclude, select
from lorplan.plan.verdicts import judge, judge_skipped
from lorplan.plan.warnings import find_warnings
from lorplan.rules.key_dates import find_key_dates

if TYPE_CHECKING:
    from datetime import date

    from lorplan.planfile.models import PlanFile


def make_plan(plan_file: PlanFile, as_of: date) -> Plan:
    """Make the plan for a plan file as of a day. The same file and day always give the same plan."""
    dates = find_key_dates(plan_file, as_of)
    running, skipped = exclude(gather(plan_file, dates))
    selection = select(running, dates)
    letters = judge(selection, dates)
    coverage = cover(letters, dates)
    plan = Plan(
        dates=dates,
        applicant=plan_file.applicant,
        wanted=selection.wanted,
        forecast=count(letter.candidate for letter in letters if letter.counts),
        letters=(*letters, *judge_skipped(skipped)),
        actions=schedule(letters, coverage, selection.wanted, dates),
        coverage=coverage,
        warnings=(),
    )
    return plan._replace(warnings=find_warnings(plan))
