"""What the plan comes to: the counts, and the parts and the set of each target."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import plan, rotation, verdicts
from lorplan.plan.model import Counts

if TYPE_CHECKING:
    from runner import Json


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
    assert found.forecast.total == expected


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (None, (1, 0, 0, 0, 0)),
        ("asked", (0, 1, 0, 0, 0)),
        ("agreed", (0, 0, 1, 0, 0)),
        ("requested", (0, 0, 1, 0, 0)),
        ("uploaded", (0, 0, 0, 1, 0)),
        ("assigned", (0, 0, 0, 1, 0)),
    ],
)
def test_letter_is_counted_by_how_far_it_is(stage: str | None, expected: tuple[int, ...]) -> None:
    """Planned, asked, promised, secured."""
    events = {"letter": {stage: "2027-07-01"}} if stage else {}
    assert plan(rotation(**events), as_of="2027-07-01").forecast == expected


def test_total_is_the_sum_of_all_counts() -> None:
    """Planned, asked, promised and secured; late ones are among them."""
    assert Counts(planned=1, asked=2, promised=4, secured=8, late=3).total == 15


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


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param({}, ((), 0, 0), id="planned"),
        pytest.param({"asked": "2027-08-30"}, ((), 0, 0), id="asked_for"),
        pytest.param({"agreed": "2027-08-30"}, (("chen",), 1, 1), id="promised"),
        pytest.param({"uploaded": "2027-09-24"}, (("chen",), 1, 1), id="uploaded"),
    ],
)
def test_late_letter_counts_once_it_is_promised(events: Json, expected: tuple[object, ...]) -> None:
    """It will come, and can be assigned later."""
    found = plan(rotation(letter=events or None), as_of="2027-09-24", targets=["neurology"])
    (coverage,) = found.coverage
    assert (coverage.letters, coverage.counts.total, coverage.counts.late) == expected


@pytest.mark.parametrize(
    ("target", "parts"),
    [
        pytest.param("med-peds", [("internal medicine", 1, 1), ("pediatrics", 1, 0)], id="combined"),
        pytest.param("TY", [], id="transitional_year"),
        pytest.param("prelim medicine", [("internal medicine", 0, 1)], id="preliminary_year"),
    ],
)
def test_coverage_has_the_parts_of_a_target(target: str, parts: list[tuple[str, int, int]]) -> None:
    """What each part needs and has."""
    (coverage,) = plan(rotation(specialty="internal medicine"), targets=[target]).coverage
    assert [tuple(part) for part in coverage.parts] == parts
    assert coverage.needed == sum(needed for _, needed, _ in parts)


@pytest.mark.parametrize(
    ("target", "service", "most"),
    [("IM", "ERAS", 4), ("EM", "ResidencyCAS", 4), ("ophthalmology", "SF Match", 3)],
)
def test_set_has_at_most_as_many_letters_as_the_service_takes(target: str, service: str, most: int) -> None:
    """SF Match takes three."""
    rows = [rotation(f"Dr. A{n}", choice="ask") for n in range(5)]
    (coverage,) = plan(*rows, targets=[target]).coverage
    assert (coverage.service, coverage.max, len(coverage.letters)) == (service, most, most)
