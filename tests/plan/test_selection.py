"""Who is out of the running, which letters are picked for what, the reserve, and the set for each target."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from builders import letter, plan, plan_file, rotation, verdicts
from lorplan.plan.candidates import gather
from lorplan.plan.model import Counts
from lorplan.plan.selection import Selection, count, exclude, select
from lorplan.rules.key_dates import find_key_dates

if TYPE_CHECKING:
    from runner import Json

DECLINED: Json = {"letter": {"declined": "2027-03-01"}}
FELLOW: Json = {"name": "Dr. Wei Chen", "role": "fellow"}


def select_from(*rows: Json, as_of: str = "2027-03-01", **more: Any) -> tuple[Selection, list[str]]:  # noqa: ANN401 - passed on
    """Select from rotations, and give the ids in file order too."""
    content = plan_file(*rows, **more)
    dates = find_key_dates(content, date.fromisoformat(as_of))
    running, _ = exclude(gather(content, dates))
    return select(running, dates), list(content.ids)


def picked_for(*rows: Json, **more: Any) -> dict[str, str | None]:  # noqa: ANN401 - passed on
    """Say for which target each pick was picked, None for no target in particular."""
    selection, ids = select_from(*rows, **more)
    return {ids[position]: target.specialty if target else None for position, target in selection.picks.items()}


@pytest.mark.parametrize(
    ("attending", "more", "rule"),
    [
        pytest.param("Dr. Wei Chen", {"choice": "skip", **DECLINED}, "WHO-12", id="choice_before_refusal"),
        pytest.param(FELLOW, DECLINED, "WHO-8", id="refusal_before_role"),
        pytest.param(FELLOW, {"performance": "poor"}, "WHO-1", id="role_before_performance"),
        pytest.param("Dr. Wei Chen", {"performance": "poor"}, "WHO-2", id="performance"),
    ],
)
def test_letter_with_several_reasons_to_skip_has_the_first(attending: object, more: Json, rule: str) -> None:
    """Choice, refusal, role, performance."""
    assert letter(plan(rotation(attending, **more))).reason.rule == rule


def test_excluded_rotation_does_not_compete_with_another_of_the_same_attending() -> None:
    """Only rotations that no other rule skips count for WHO-10; here it would be the later one."""
    poor = rotation(id="poor", start="2027-04-05", end="2027-04-30", performance="poor")
    found = plan(rotation(id="good"), poor)
    assert verdicts(found) == {"good": "ask", "poor": "skip"}
    assert letter(found, "poor").reason.rule == "WHO-2"


def test_letter_is_picked_for_the_first_target_that_needs_it() -> None:
    """Others fill up without a target."""
    rows = (
        rotation("Dr. Sleep", specialty="sleep medicine"),
        rotation("Dr. Im", specialty="internal medicine"),
        rotation("Dr. Im2", specialty="internal medicine"),
        rotation("Dr. Other", specialty="pathology"),
    )
    picked = picked_for(*rows, targets=["neurology", "internal medicine"])
    assert picked == {"sleep": "neurology", "im": "internal medicine", "im2": None}


@pytest.mark.parametrize(
    ("needed", "expected"),
    [
        pytest.param(0, {"ames": None}, id="none_needed"),
        pytest.param(1, {"chen": "neurology"}, id="one_needed_before_a_better_letter"),
        pytest.param(2, {"chen": "neurology"}, id="one_of_two_needed_and_the_best_other_letter_fills_the_place"),
    ],
)
def test_picks_for_targets_come_before_the_best_letters(needed: int, expected: dict[str, str | None]) -> None:
    """One letter is wanted, unless the target needs more."""
    rows = rotation("Dr. Ann Ames", specialty="pathology", performance="excellent"), rotation()
    target = {"specialty": "neurology", "in_specialty": needed}
    picked = picked_for(*rows, targets=[target], policy={"want": 1})
    assert {letter_id: picked[letter_id] for letter_id in expected} == expected
    assert len(picked) == max(1, needed)


def test_silent_letter_is_neither_pick_nor_reserve() -> None:
    """It ranks first, and is kept."""
    silent = rotation(performance="excellent", letter={"asked": "2027-03-01"})
    rows = [rotation(f"Dr. A{number}") for number in range(4)]
    selection, ids = select_from(silent, *rows, as_of="2027-03-15")
    assert selection.ranked[0].id == "chen"
    assert [ids[position] for position in selection.picks] == ["a0", "a1", "a2"]
    assert [ids[position] for position in selection.reserve] == ["a3"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param({}, 1, id="on_time"),
        pytest.param({"start": "2027-08-30", "end": "2027-09-24"}, 0, id="late"),
        pytest.param({"letter": {"asked": "2027-02-01"}}, 0, id="silent"),
    ],
)
def test_only_letters_on_time_and_not_silent_are_counted(more: Json, expected: int) -> None:
    """What cannot be relied on is not counted."""
    found = plan(rotation(**more))
    assert count([found.letter("chen").candidate]).total == found.forecast.total == expected


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (None, (1, 0, 0, 0)),
        ("asked", (0, 1, 0, 0)),
        ("agreed", (0, 0, 1, 0)),
        ("requested", (0, 0, 1, 0)),
        ("uploaded", (0, 0, 0, 1)),
        ("assigned", (0, 0, 0, 1)),
    ],
)
def test_letter_is_counted_by_how_far_it_is(stage: str | None, expected: tuple[int, int, int, int]) -> None:
    """Planned, asked, promised, secured."""
    events = {"letter": {stage: "2027-03-01"}} if stage else {}
    assert plan(rotation(**events)).forecast == expected


def test_total_is_the_sum_of_all_counts() -> None:
    """Planned, asked, promised and secured."""
    assert Counts(planned=1, asked=2, promised=4, secured=8).total == 15


def test_reserve_and_hold_letters_are_not_in_the_forecast_nor_in_a_set() -> None:
    """They do not count unless they are asked for."""
    found = plan(rotation(), rotation("Dr. Fair", performance="fair"), targets=["neurology"])
    assert verdicts(found) == {"chen": "ask", "fair": "reserve"}
    assert found.forecast.total == 1
    assert found.coverage[0].letters == ("chen",)


def test_coverage_has_each_target_with_its_own_letters_and_one_set() -> None:
    """A set is filled up with the best letters from other specialties."""
    rows = rotation("Dr. Im", specialty="internal medicine"), rotation("Dr. Fm", specialty="family medicine")
    found = plan(*rows, targets=["internal medicine", "family medicine"])
    assert [(one.target, one.needed, one.counts.total, one.letters) for one in found.coverage] == [
        ("internal medicine", 2, 1, ("im", "fm")),
        ("family medicine", 1, 1, ("im", "fm")),
    ]


def test_coverage_without_targets_is_one_set_of_all_letters() -> None:
    """It needs none in particular."""
    (coverage,) = plan(rotation("Dr. Im"), rotation("Dr. Fm"), policy={"max_per_program": 1}).coverage
    assert (coverage.target, coverage.needed, coverage.counts.total, coverage.letters) == (None, 0, 2, ("im",))


def test_silent_letter_is_in_no_set() -> None:
    """It cannot be assigned."""
    found = plan(rotation(letter={"asked": "2027-03-01"}), rotation("Dr. Ann Ames"), as_of="2027-03-15")
    assert found.coverage[0].letters == ("ames",)


def test_late_letter_is_in_a_set_but_not_counted() -> None:
    """It can still be assigned later."""
    found = plan(rotation(start="2027-08-30", end="2027-09-24"), targets=["neurology"])
    assert (found.coverage[0].letters, found.coverage[0].counts.total) == (("chen",), 0)
