"""What programs ask for is picked besides what the targets need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builders import letter, plan, program, rotation, verdicts

if TYPE_CHECKING:
    from lorplan.plan.model import Plan
    from runner import Json

BEST = [rotation(f"Dr. A{n}", performance="excellent") for n in range(3)]
"""As many letters of the best kind as are wanted."""

CHAIR: Json = rotation({"name": "Dr. Wu", "role": "chair"})


def plan_for(*rows: Json, programs: list[Json], **more: Any) -> Plan:  # noqa: ANN401 - passed on
    """Make the plan of an applicant to neurology."""
    return plan(*rows, programs=programs, **{"targets": ["neurology"], **more})


@pytest.mark.parametrize(
    ("row", "requires"),
    [
        pytest.param(CHAIR, {"chair": 1}, id="chair"),
        pytest.param(rotation("Dr. Wu", standardized=True), {"standardized": 1}, id="standardized"),
    ],
)
def test_letter_of_a_kind_that_a_program_requires_is_picked_besides(row: Json, requires: Json) -> None:
    """It ranks below the picks, and is asked for all the same; the reason names the program."""
    without = plan_for(*BEST, row, programs=[program()])
    assert (letter(without, "wu").pick, without.wanted) == (False, 3)
    found = plan_for(*BEST, row, programs=[program(requires=requires)])
    assert (letter(found, "wu").pick, letter(found, "wu").verdict) == (True, "ask")
    assert letter(found, "wu").reason.rule == "MIX-7"
    assert letter(found, "wu").reason.text.endswith(", for Lakeside")


def test_need_of_letters_from_the_us_is_filled_where_all_or_a_number_is_required() -> None:
    """Three better ones are from elsewhere; `all` asks for as many as the program wants letters."""
    abroad = [rotation(f"Dr. B{n}", us=False, performance="excellent", residency_affiliated=True) for n in range(3)]
    home = [
        rotation(f"Dr. C{n}", experience="observership", performance="fair", offered="2027-03-02") for n in range(3)
    ]
    for us, number in ((2, 2), ("all", 3), (0, 0)):
        found = plan_for(*abroad, *home, programs=[program(requires={"us": us})], as_of="2027-03-03")
        assert sum(one.pick for one in found.letters if one.rotation.us) >= number


def test_more_letters_from_the_specialty_are_picked_than_the_target_needs() -> None:
    """Where a program asks for three of them."""
    others = [rotation(f"Dr. B{n}", specialty="urology", performance="excellent") for n in range(3)]
    own = [rotation(f"Dr. C{n}") for n in range(3)]
    few = plan_for(*others, *own, programs=[program()])
    many = plan_for(*others, *own, programs=[program(requires={"in_specialty": 3})])
    assert [sum(one.pick for one in found.letters if one.candidate.parts) for found in (few, many)] == [1, 3]


def test_number_of_letters_that_a_program_requires_raises_what_is_wanted() -> None:
    """As far as it takes so many."""
    rows = [*BEST, rotation("Dr. B")]
    for requires, wanted in (({"letters": 4}, 4), ({"letters": 6}, 4), ({"letters": 1}, 3)):
        assert plan_for(*rows, programs=[program(requires=requires)]).wanted == wanted


@pytest.mark.parametrize(
    "about",
    [
        pytest.param({"choice": "skip"}, id="skipped"),
        pytest.param({"deadline": "2027-02-28"}, id="closed"),
        pytest.param({"max": 1, "assigned": ["a0"], "applied": "2027-06-10"}, id="applied_and_full"),
    ],
)
def test_program_that_can_receive_nothing_more_needs_nothing(about: Json) -> None:
    """Skipped, closed, or applied to with all its places taken."""
    rows = [*BEST[1:], rotation("Dr. A0", letter={"uploaded": "2027-06-03"}), CHAIR]
    as_of = "2027-06-11" if "applied" in about else "2027-03-01"
    if as_of == "2027-03-01":
        rows[2] = BEST[0]
    found = plan_for(*rows, programs=[program(requires={"chair": 1}, **about)], as_of=as_of)
    assert letter(found, "wu").reason.rule != "MIX-7"


def test_what_nobody_can_write_raises_nothing() -> None:
    """The plan aims at no more letters, and asks nobody else."""
    assert plan_for(*BEST, programs=[program(requires={"chair": 2})]).wanted == 3


def test_specialty_of_a_program_is_a_target_behind_the_listed_ones() -> None:
    """Skipped programs name none; its gap does not raise the number of letters."""
    programs = [program(specialty="urology", choice="skip"), program("B", specialty="psychiatry"), program("C")]
    found = plan_for(*BEST, programs=programs)
    assert [one.target for one in found.coverage] == ["neurology", "psychiatry"]
    assert (found.wanted, found.coverage[1].needed, found.coverage[1].counts.total) == (3, 1, 0)


@pytest.mark.parametrize(("targets", "wanted"), [(["psychiatry", "pathology"], 2), (["psychiatry"], 1), ([], 1)])
def test_gap_of_a_target_raises_what_is_wanted_if_it_is_listed(targets: list[str], wanted: int) -> None:
    """Of targets that only programs name, the first is as if listed where none is."""
    programs = [program("B", specialty="psychiatry"), program("C", specialty="pathology")]
    one_each = [{**one, "requires": {"letters": 1}} for one in programs]
    found = plan_for(programs=one_each, targets=targets, policy={"want": 1})
    assert [one.target for one in found.coverage] == ["psychiatry", "pathology"]
    assert found.wanted == wanted


# --- asking goes on -----------------------------------------------------------------------------------------

IN_HAND: Json = {"asked": "2027-03-24", "agreed": "2027-03-25"}


@pytest.mark.parametrize(
    ("programs", "closed"),
    [
        pytest.param([program()], True, id="nothing_else_is_asked_for"),
        pytest.param([program(requires={"chair": 1})], False, id="a_chair_can_be_asked"),
        pytest.param([program(requires={"standardized": 1})], True, id="nobody_can_write_it"),
        pytest.param([program(specialty="psychiatry")], True, id="nobody_for_an_implied_target"),
        pytest.param([program(specialty="urology")], False, id="somebody_for_an_implied_target"),
    ],
)
def test_asking_is_not_closed_while_a_program_lacks_what_somebody_could_write(
    programs: list[Json], *, closed: bool
) -> None:
    """Four letters are promised, which is enough for the target, with a spare."""
    rows = [rotation(f"Dr. A{n}", letter=IN_HAND) for n in range(4)]
    chair = rotation({"name": "Dr. Wu", "role": "chair"}, specialty="urology", start="2027-05-03", end="2027-05-28")
    found = plan_for(*rows, chair, programs=programs, as_of="2027-04-01")
    assert found.asking_closed is closed
    assert (verdicts(found)["wu"] == "ask") is not closed
