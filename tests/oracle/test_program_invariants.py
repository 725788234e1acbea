"""What holds for every plan with programs, whatever is decided about them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from lorplan.plan.planner import make_plan
from lorplan.planfile.reader import loads
from oracle.program_strategies import plans_with_programs
from oracle.strategies import to_yaml

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from runner import Json

COUNTED = ("us", "chair", "standardized", "hands_on")


def programs_of(plan: Json, as_of: date) -> list[Json]:
    """Give what the planner says of each program."""
    programs: list[Json] = make_plan(loads(to_yaml(plan)), as_of).to_dict()["programs"]
    return programs


def traits_of(row: Json) -> set[str]:
    """Name the countable requirements that a rotation's letter is one for."""
    senior = row["attending"].get("role") in {"chair", "program director"}
    facts = {
        "us": row.get("us") is not False,
        "chair": senior,
        "standardized": bool(row.get("standardized")),
        "hands_on": row.get("experience", "hands-on") == "hands-on",
    }
    return {key for key, holds in facts.items() if holds}


@given(plans_with_programs())
def test_set_has_at_most_its_number_unless_more_are_assigned(drawn: tuple[Json, date]) -> None:
    """A set never has more than its number; with more assigned it is those."""
    for program in programs_of(*drawn):
        assert len(program["letters"]) <= max(program["max"], len(program["assigned"]))
        if len(program["assigned"]) > program["max"]:
            assert program["letters"] == program["assigned"]


@given(plans_with_programs(), st.integers(0, 400))
def test_assigned_letter_never_leaves_the_set(drawn: tuple[Json, date], later: int) -> None:
    """What is assigned is in the set, on the day itself and on any later one while it is known as assigned."""
    plan, as_of = drawn
    for day in (as_of, as_of + timedelta(days=later)):
        for program in programs_of(plan, day):
            assert set(program["assigned"]) <= set(program["letters"])


@given(plans_with_programs())
def test_requirement_reported_as_met_is_met_by_the_letters_named(drawn: tuple[Json, date]) -> None:
    """An open program's count that is not among the missing is reached by the letters of its set."""
    plan, as_of = drawn
    traits = {row["id"]: traits_of(row) for row in plan["rotations"]}
    written = {row["name"]: row.get("requires") or {} for row in plan["programs"]}
    for program in programs_of(plan, as_of):
        if program["state"] in {"closed", "skip"}:
            continue
        missing = {one["requirement"] for one in program["missing"] if one["must"]}
        for key in COUNTED:
            number = written[program["name"]].get(key, 0)
            if key not in missing and isinstance(number, int) and number is not True:
                assert len([one for one in program["letters"] if key in traits[one]]) >= number


@given(plans_with_programs())
def test_state_is_short_exactly_where_a_requirement_is_missing(drawn: tuple[Json, date]) -> None:
    """Never silent: a short program says what it lacks, and no other has a gap that it must fill."""
    for program in programs_of(*drawn):
        assert (program["state"] == "short") == any(one["must"] for one in program["missing"])


def add_strong_letter(plan: Json, as_of: date) -> Json:
    """Add an uploaded letter of a stranger who worked with the applicant for eight weeks."""
    row = {
        "id": "added",
        "attending": {"name": "Dr. Zed", "role": "chair"},
        "specialty": "IM",
        "start": as_of - timedelta(days=70),
        "end": as_of - timedelta(days=14),
        "performance": "excellent",
        "contact": "daily",
        "standardized": True,
        "days": None,
        "letter": {"uploaded": as_of - timedelta(days=3)},
    }
    applicant = {**plan["applicant"], "season": plan["applicant"].get("season") or as_of.year + 1, "holidays": []}
    return {**plan, "applicant": applicant, "rotations": [*plan["rotations"], row]}


def is_ahead(plan: Json, as_of: date) -> bool:
    """Whether the season named is one that an upload of these days belongs to."""
    year = plan["applicant"].get("season") or as_of.year + 1
    return as_of.year == year - 1 and 7 <= as_of.month <= 12


@given(plans_with_programs())
def test_added_strong_letter_makes_no_program_short(drawn: tuple[Json, date]) -> None:
    """A program that was not short is not short with one more strong letter in the portal."""
    plan, as_of = drawn
    if not is_ahead(plan, as_of):
        return
    season = {**plan["applicant"], "season": as_of.year + 1, "holidays": []}
    before = {one["name"]: one["state"] for one in programs_of({**plan, "applicant": season}, as_of)}
    after = {one["name"]: one["state"] for one in programs_of(add_strong_letter(plan, as_of), as_of)}
    assert [name for name, state in after.items() if state == "short" and before[name] != "short"] == []


@given(plans_with_programs(), st.randoms(use_true_random=False))
def test_order_of_programs_in_the_file_decides_nothing(drawn: tuple[Json, date], random: Random) -> None:
    """With written ids, and every specialty a target, the document is the same in any order."""
    plan, as_of = drawn
    numbered = [{**row, "id": f"program-{n}"} for n, row in enumerate(plan["programs"])]
    targets = ["IM", "fm", "med-peds", "Peds", "prelim medicine", "TY", "psych", "EM"]
    applicant = {**plan["applicant"], "targets": targets}
    rows = [{**row, "for": None} for row in plan["rotations"]]
    fixed = {**plan, "applicant": applicant, "rotations": rows}
    shuffled = list(numbered)
    random.shuffle(shuffled)
    assert programs_of({**fixed, "programs": shuffled}, as_of) == programs_of({**fixed, "programs": numbered}, as_of)
