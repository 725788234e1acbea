"""Assigning letters to programs, and applying: on which days, for which programs, and when there is nothing left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import action, program, rotation, span
from plan.programs import plan_programs, uploaded

if TYPE_CHECKING:
    from runner import Json

THREE = [uploaded("Ames"), uploaded("Boyd"), uploaded("Cole")]

# --- assigning ----------------------------------------------------------------------------------------------


def test_letter_is_assigned_to_the_programs_that_wait_for_it_earlier_deadlines_first() -> None:
    """One action a letter; its title names two programs and counts the others."""
    programs = [
        program("Late", deadline="2027-11-01"),
        program("Own", deadline="2027-10-15"),
        program("None"),
        program("Has", assigned=["ames"]),
        program("Closed", deadline="2027-07-01"),
    ]
    one = action(plan_programs(*THREE, programs=programs), "ames:assign")
    assert one is not None
    assert one.programs == ("none", "own", "late")
    assert one.title == "Assign the letter from Dr. Ames to 3 programs: None, Own and 1 more"


@pytest.mark.parametrize(
    ("names", "title"),
    [(["A"], "A"), (["A", "B"], "2 programs: A and B"), (["A", "B", "C", "D"], "4 programs: A, B and 2 more")],
)
def test_title_names_two_programs_at_most(names: list[str], title: str) -> None:
    """It must stay one line."""
    found = plan_programs(*THREE, programs=[program(name) for name in names])
    one = action(found, "ames:assign")
    assert one is not None
    assert one.title == f"Assign the letter from Dr. Ames to {title}"


@pytest.mark.parametrize(
    ("deadline", "as_of", "days"),
    [
        pytest.param(None, "2027-07-02", ("2027-09-01", "2027-09-08"), id="from_the_submit_day"),
        pytest.param("2027-09-05", "2027-07-02", ("2027-09-01", "2027-09-05"), id="until_the_deadline"),
        pytest.param("2027-08-20", "2027-07-02", ("2027-08-19", "2027-08-20"), id="deadline_before_it"),
        pytest.param("2027-08-23", "2027-07-02", ("2027-08-20", "2027-08-23"), id="deadline_on_a_monday"),
        pytest.param("2027-07-02", "2027-07-02", ("2027-07-01", "2027-07-02"), id="not_before_the_upload"),
    ],
)
def test_letter_is_assigned_before_the_first_deadline(deadline: str | None, as_of: str, days: tuple[str, str]) -> None:
    """On the business day before it, where that is before the submit day."""
    about = {"deadline": deadline} if deadline else {}
    found = plan_programs(*THREE, programs=[program(**about), program("Z", deadline="2027-12-01")], as_of=as_of)
    assert span(found, "ames:assign") == days


def test_letter_is_assigned_as_before_where_its_target_has_no_programs() -> None:
    """A skipped program is none."""
    targets: Json = {"targets": ["neurology", "psychiatry"]}
    for programs in (
        [],
        [program(choice="skip")],
        [program(specialty="psychiatry", assigned=["ames", "boyd", "cole"])],
    ):
        one = action(plan_programs(*THREE, programs=programs, **targets), "ames:assign")
        assert one is not None
        assert (one.programs, one.title.endswith("to its programs: final once you apply")) == ((), True)


def test_letter_that_all_its_programs_have_is_assigned_no_more() -> None:
    """The reason says to how many it is."""
    programs = [program(name, assigned=["ames", "boyd", "cole"]) for name in ("A", "B")]
    found = plan_programs(*THREE, programs=programs)
    assert action(found, "ames:assign") is None
    assert found.letter("ames").reason.text == "assigned to 2 programs"


# --- applying -----------------------------------------------------------------------------------------------


def applications(*programs: Json, as_of: str = "2027-07-02") -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Give the actions to apply: id, on, until, programs."""
    found = plan_programs(*THREE, programs=list(programs), as_of=as_of)
    actions = [one for one in found.actions if one.kind == "apply"]
    assert {(one.rotation, one.attending, one.channel) for one in actions} <= {(None, None, "portal")}
    return [(one.id, one.on.isoformat(), one.until.isoformat(), one.programs) for one in actions]


def test_programs_with_one_last_day_are_applied_to_together() -> None:
    """The last day is the deadline, or that of the target where it is earlier."""
    programs = [program("A"), program("B", deadline="2027-12-01"), program("C", deadline="2027-09-10")]
    assert applications(*programs) == [
        ("programs:apply:2027-09-10", "2027-09-03", "2027-09-10", ("c",)),
        ("programs:apply:2027-09-22", "2027-09-15", "2027-09-22", ("a", "b")),
    ]


@pytest.mark.parametrize(
    ("deadline", "days"),
    [
        pytest.param("2027-09-08", ("2027-09-01", "2027-09-08"), id="seven_days_before"),
        pytest.param("2027-09-05", ("2027-09-01", "2027-09-05"), id="not_before_the_submit_day"),
        pytest.param("2027-08-20", ("2027-08-20", "2027-08-20"), id="on_the_last_day_at_most"),
    ],
)
def test_one_applies_from_seven_days_before_the_last_day(deadline: str, days: tuple[str, str]) -> None:
    """No portal takes an application before its submit day."""
    [(_, *found, _)] = applications(program(deadline=deadline))
    assert tuple(found) == days


@pytest.mark.parametrize(
    ("about", "as_of"),
    [
        pytest.param({"applied": "2027-07-01"}, "2027-07-02", id="applied"),
        pytest.param({"choice": "skip"}, "2027-07-02", id="skipped"),
        pytest.param({"deadline": "2027-07-01"}, "2027-07-02", id="closed"),
        pytest.param({}, "2028-03-02", id="after_the_rank_list"),
    ],
)
def test_there_is_nothing_to_apply_to(about: Json, as_of: str) -> None:
    """Neither applying nor assigning is left."""
    assert applications(program(**about), as_of=as_of) == []


def test_application_that_is_late_is_overdue_until_the_rank_list() -> None:
    """Programs without a written deadline still read."""
    found = plan_programs(rotation(), programs=[program()], as_of="2027-10-01")
    assert [one.state for one in found.actions if one.kind == "apply"] == ["overdue"]
