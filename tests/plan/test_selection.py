"""Who is out of the running, which letters are picked for what, the reserve, and the set for each target."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from builders import letter, plan, plan_file, rotation, verdicts
from lorplan.plan.candidates import gather
from lorplan.plan.needs import find_needs
from lorplan.plan.selection import Selection, exclude, select
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
    return select(running, find_needs([], dates), dates), list(content.ids)


def picked_for(*rows: Json, **more: Any) -> dict[str, str | None]:  # noqa: ANN401 - passed on
    """Say for which target each pick was picked, None for no target in particular."""
    selection, ids = select_from(*rows, **more)
    targets = plan_file(*rows, **more).applicant.targets
    return {
        ids[position]: None if purpose.target is None else targets[purpose.target].specialty
        for position, purpose in selection.picks.items()
    }


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


# --- what the second edition adds ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        pytest.param("med-peds", {"im": "med-peds", "peds": "med-peds"}, id="a_letter_for_each_part"),
        pytest.param("TY", {"im": None, "peds": None, "fm": None}, id="no_part_so_the_best_are_picked"),
        pytest.param("prelim medicine", {"im": None}, id="a_part_that_needs_none"),
    ],
)
def test_letters_are_picked_for_the_parts_of_a_target(target: str, expected: dict[str, str | None]) -> None:
    """A combined program has two parts, a transitional year none."""
    rows = (
        rotation("Dr. Im", specialty="internal medicine"),
        rotation("Dr. Peds", specialty="pediatrics"),
        rotation("Dr. Fm", specialty="family medicine"),
    )
    picked = picked_for(*rows, targets=[target])
    assert {letter_id: picked[letter_id] for letter_id in expected} == expected


def test_letter_of_a_combined_attending_counts_for_both_parts() -> None:
    """One letter then is enough for the two."""
    both = rotation("Dr. Both", specialty="med-peds", performance="excellent")
    rows = both, rotation("Dr. Im", specialty="internal medicine"), rotation("Dr. Peds", specialty="pediatrics")
    assert picked_for(*rows, targets=["med-peds"], policy={"want": 1}) == {"both": "med-peds"}


@pytest.mark.parametrize(
    ("specialty", "expected"),
    [
        pytest.param("emergency medicine", {"a1", "sloe"}, id="emergency_medicine"),
        pytest.param("ob-gyn", {"a1", "sloe"}, id="ob_gyn"),
        pytest.param("internal medicine", {"a1", "a2"}, id="not_in_internal_medicine"),
    ],
)
def test_standardized_letters_are_picked_first_where_they_are_wanted(specialty: str, expected: set[str]) -> None:
    """Even if it ranks last."""
    rows = [rotation(f"Dr. A{n}", specialty=specialty, performance="excellent") for n in (1, 2)]
    sloe = rotation("Dr. Sloe", specialty=specialty, standardized=True)
    assert set(picked_for(*rows, sloe, targets=[specialty], policy={"want": 2})) == expected


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        pytest.param("2026-09-21", ["a0", "a1", "a2", "chen"], id="no_pick_is_fresh"),
        pytest.param("2026-09-22", ["a0", "a1", "a2"], id="all_picks_are_fresh"),
    ],
)
def test_fresh_letter_is_picked_besides_where_no_pick_is_fresh(old: str, expected: list[str]) -> None:
    """Three old letters rank higher for their hospitals."""
    days = {"start": "2026-08-24", "end": old, "letter": {"asked": old, "agreed": old}}
    rows = [rotation(f"Dr. A{n}", img_friendly=True, **days) for n in range(3)]
    selection, ids = select_from(*rows, rotation())
    assert [ids[position] for position in selection.picks] == expected
    assert selection.wanted == len(expected)


@pytest.mark.parametrize(
    ("promised", "as_of", "closed"),
    [
        pytest.param(3, "2027-03-01", False, id="as_many_as_wanted_without_a_spare"),
        pytest.param(4, "2027-03-01", True, id="as_many_as_wanted_and_the_spare"),
        pytest.param(3, "2027-08-18", False, id="on_the_last_day_to_ask"),
        pytest.param(3, "2027-08-19", True, id="after_it_the_spare_is_not_waited_for"),
        pytest.param(2, "2027-08-19", False, id="after_it_with_too_few"),
        pytest.param(0, "2028-03-01", False, id="on_the_rank_list_day"),
        pytest.param(0, "2028-03-02", True, id="after_the_rank_list"),
    ],
)
def test_asking_is_closed_once_enough_letters_are_in_hand(promised: int, as_of: str, *, closed: bool) -> None:
    """Or nobody reads another one."""
    rows = [rotation(f"Dr. A{n}", letter={"asked": "2027-02-26", "requested": "2027-08-02"}) for n in range(promised)]
    rows = [row | {"letter": {"agreed": "2027-03-01"}} for row in rows] if as_of < "2027-08" else rows
    selection, ids = select_from(*rows, rotation(performance="excellent"), as_of=as_of)
    assert selection.closed is closed
    assert ("chen" in [ids[position] for position in selection.picks]) is (not closed and as_of < "2028")


def test_asking_is_not_closed_while_a_target_lacks_letters() -> None:
    """Four promised letters are from other specialties."""
    rows = [rotation(f"Dr. A{n}", specialty="urology", letter={"agreed": "2027-03-01"}) for n in range(4)]
    assert select_from(*rows, rotation(), targets=["neurology"])[0].closed is False
    assert select_from(*rows, rotation(), targets=["urology"])[0].closed is True


@pytest.mark.parametrize(
    ("uploaded", "closed"),
    [
        pytest.param("2027-09-27", True, id="a_few_days_late_counts_after_the_last_day_to_ask"),
        pytest.param(None, False, id="not_uploaded"),
    ],
)
def test_letters_that_came_late_are_in_hand(uploaded: str | None, *, closed: bool) -> None:
    """With all three letters in, nobody is asked in October."""
    events = {"asked": "2027-08-02", **({"uploaded": uploaded} if uploaded else {})}
    rows = [rotation(f"Dr. A{n}", letter=events) for n in range(3)]
    selection, _ = select_from(*rows, rotation(), as_of="2027-10-15")
    assert (selection.closed, selection.in_hand) == (closed, 3 if uploaded else 0)


def test_weak_letter_is_in_reserve_only_in_place_of_a_missing_pick() -> None:
    """A spare is worth having only if it is strong; those passed over leave their place to the next."""
    rows = [rotation(f"Dr. A{n}", letterhead=True) for n in range(3)]
    weak, strong = rotation("Dr. Weak", performance="fair"), rotation("Dr. Strong")
    selection, ids = select_from(*rows, weak, strong)
    assert [ids[position] for position in selection.reserve] == ["strong"]
    selection, ids = select_from(*rows[:2], weak)
    assert [ids[position] for position in selection.reserve] == ["weak"]
