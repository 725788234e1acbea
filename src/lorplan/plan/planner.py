"""From a plan file and a day to a plan, stage by stage. Pure: neither the clock nor the disk is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.plan.actions import schedule
from lorplan.plan.candidates import gather
from lorplan.plan.coverage import count, cover, find_counted
from lorplan.plan.model import Plan
from lorplan.plan.needs import find_needs
from lorplan.plan.program_facts import gather_programs
from lorplan.plan.program_states import decide_programs
from lorplan.plan.reasons import explain, explain_skipped
from lorplan.plan.selection import exclude, select
from lorplan.plan.verdicts import judge
from lorplan.plan.warnings import find_warnings
from lorplan.rules.key_dates import find_key_dates

if TYPE_CHECKING:
    from datetime import date

    from lorplan.planfile.models import PlanFile


def make_plan(plan_file: PlanFile, as_of: date) -> Plan:
    """Make the plan for a plan file as of a day. The same file and day always give the same plan."""
    dates = find_key_dates(plan_file, as_of)
    candidates = gather(plan_file, dates)
    program_facts = gather_programs(plan_file, candidates, dates)
    running, skipped = exclude(candidates)
    selection = select(running, find_needs(program_facts, dates), dates)
    verdicts = judge(selection, dates)
    counted = find_counted(selection.ranked, verdicts)
    coverage = cover(counted, dates)
    programs = decide_programs(program_facts, candidates, selection.ranked, verdicts, dates)
    letters = explain(selection, verdicts, coverage, programs, dates)
    plan = Plan(
        dates=dates,
        applicant=plan_file.applicant,
        wanted=selection.wanted,
        asking_closed=selection.closed,
        forecast=count(counted),
        letters=(*letters, *explain_skipped(skipped)),
        actions=schedule(letters, coverage, programs, selection, dates),
        coverage=coverage,
        warnings=(),
        programs=programs,
    )
    return plan._replace(warnings=find_warnings(plan))
