"""What holds for every plan with programs: it agrees with the second implementation, and keeps its promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from lorplan.plan.planner import make_plan
from lorplan.planfile.models import PlanFile
from oracle.program_strategies import plans_with_programs
from oracle.reckoning import work_out
from oracle.test_properties import decisions

if TYPE_CHECKING:
    from datetime import date

    from lorplan.plan.model import Plan, PlannedProgram
    from lorplan.rules.candidate import Candidate
    from runner import Json


def plan_of(plan: Json, as_of: date) -> Plan:
    """Make the plan of a plan file from its values."""
    return make_plan(PlanFile.model_validate(plan), as_of)


def letters_of(found: Plan, one: PlannedProgram) -> list[Candidate]:
    """Give the letters of a program's set."""
    return [found.letter(letter).candidate for letter in one.letters]


@given(plans_with_programs())
def test_planner_agrees_with_the_second_implementation_about_programs(drawn: tuple[Json, date]) -> None:
    """Every set, state and lack is the one that the second reading comes to, and so are the letters to ask for."""
    plan, as_of = drawn
    assert decisions(plan_of(plan, as_of)) == work_out(plan, as_of)


@given(plans_with_programs())
def test_set_has_at_most_as_many_letters_as_the_program_takes(drawn: tuple[Json, date]) -> None:
    """Unless more are assigned already; and what is assigned never leaves it."""
    found = plan_of(*drawn)
    for one in found.programs:
        assert len(one.letters) <= max(one.facts.most, len(one.assigned))
        assert len(set(one.letters)) == len(one.letters)
        assert {found.letter(letter).candidate.position for letter in one.assigned} == one.facts.assigned
        assert set(one.assigned) <= set(one.letters)
        assert not set(one.to_assign) & set(one.assigned)


@given(plans_with_programs())
def test_what_is_reported_as_met_is_met_by_the_letters_named(drawn: tuple[Json, date]) -> None:
    """Counted by hand, whatever the state is."""
    found = plan_of(*drawn)
    for one in found.programs:
        if not one.facts.is_open:
            assert (one.missing, one.to_assign, one.late) == ((), (), False)
            continue
        fitting = [c for c in letters_of(found, one) if one.facts.fits(c)]
        lacking = {missing.requirement for missing in one.missing if missing.must}
        assert bool(lacking) == (one.state == "short") or one.state in {"complete", "ready"}
        if one.state == "short":
            continue
        ready = {"complete": one.assigned, "ready": [c.id for c in fitting if c.history.is_secured]}
        counted = [c for c in fitting if c.id in ready.get(one.state, one.letters)]
        requires = one.facts.requires
        assert len(counted) >= one.facts.letters
        assert sum(c.rotation.us for c in counted) >= requires.number("us")
        assert sum(c.rotation.standardized for c in counted) >= requires.standardized
        assert requires.us != "all" or all(c.rotation.us for c in counted)
        assert requires.hands_on != "all" or all(c.rotation.experience == "hands-on" for c in counted)


@given(plans_with_programs())
def test_another_order_of_the_programs_changes_nothing_about_them(drawn: tuple[Json, date]) -> None:
    """As long as the same targets are implied in the same order."""
    plan, as_of = drawn
    listed = [{"specialty": one["specialty"]} for one in plan["programs"]]
    known = {str(one["specialty"]).lower(): one for one in listed}
    targets = [one if isinstance(one, dict) else {"specialty": one} for one in plan["applicant"].get("targets") or []]
    names = {str(one["specialty"]).lower() for one in targets}
    fixed = {**plan["applicant"], "targets": targets + [one for name, one in known.items() if name not in names]}
    try:
        one = plan_of({**plan, "applicant": fixed}, as_of)
    except ValueError:  # one target in two spellings
        return
    other = plan_of({**plan, "applicant": fixed, "programs": plan["programs"][::-1]}, as_of)
    shown = [[{**program._asdict(), "facts": None} for program in found.programs] for found in (one, other)]
    by_name = [sorted(programs, key=str) for programs in shown]
    assert by_name[0] == by_name[1]
    assert [(a.id, a.on, a.until, sorted(a.programs)) for a in one.actions] == [
        (a.id, a.on, a.until, sorted(a.programs)) for a in other.actions
    ]


@given(plans_with_programs())
def test_every_program_is_listed_once_and_every_action_names_open_ones(drawn: tuple[Json, date]) -> None:
    """Assigning names those whose set has the letter, applying those not applied to."""
    found = plan_of(*drawn)
    by_id = {one.id: one for one in found.programs}
    assert len(by_id) == len(found.programs) == len(drawn[0]["programs"])
    for action in found.actions:
        for program in action.programs:
            assert by_id[program].facts.is_open
            if action.kind == "assign":
                assert action.rotation in by_id[program].to_assign
            else:
                assert (action.kind, by_id[program].facts.applied) == ("apply", None)
    for warning in found.warnings:
        assert set(warning.programs) <= set(by_id)
