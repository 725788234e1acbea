"""What has changed between two plans, as values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders import plan, rotation
from lorplan.plan.changes import GapChange, compare_plans

if TYPE_CHECKING:
    from lorplan.plan.changes import PlanChanges

PROMISED = {"letter": {"asked": "2027-03-01", "agreed": "2027-03-01"}}
EXCELLENT = [rotation(f"Dr. A{n}", performance="excellent") for n in range(2)]


def letters(changes: PlanChanges) -> dict[str, tuple[str | None, str]]:
    """Give the verdicts, earlier and now, of the letters that have changed."""
    return {change.letter.id: (change.earlier, change.letter.verdict) for change in changes.letters}


def test_same_plan_has_no_changes() -> None:
    """Nothing is reported."""
    found = plan(rotation(), targets=["neurology"])
    changes = compare_plans(found, found)
    assert (changes.letters, changes.gaps, changes.closed) == ((), (), None)
    assert changes.expected == (1, 1)


def test_every_changed_verdict_is_reported_with_the_earlier_one() -> None:
    """Also that of a letter that is new."""
    before = plan(*EXCELLENT, rotation("Dr. Ann Ames"))
    after = plan(*EXCELLENT, rotation("Dr. Ann Ames", choice="skip"), rotation())
    assert letters(compare_plans(before, after)) == {"ames": ("ask", "skip"), "chen": (None, "ask")}


def test_marked_letter_that_was_asked_for_or_left_out_is_no_change() -> None:
    """That is what was recorded; of any other letter it is told."""
    before, asked, skipped = plan(rotation()), plan(rotation(**PROMISED)), plan(rotation(choice="skip"))
    for after, verdict in ((asked, "keep"), (skipped, "skip")):
        assert letters(compare_plans(before, after, marked="chen")) == {}
        assert letters(compare_plans(before, after)) == {"chen": ("ask", verdict)}


def test_marked_letter_whose_verdict_follows_from_a_fact_is_a_change() -> None:
    """As one asks for it now, or no longer."""
    before = plan(*EXCELLENT, rotation("Dr. Ann Ames", performance="good"), rotation(performance="fair"))
    after = plan(*EXCELLENT, rotation("Dr. Ann Ames", performance="good"), rotation(performance="excellent"))
    assert letters(compare_plans(before, after, marked="chen"))["chen"] == ("hold", "ask")


def test_another_day_to_ask_is_a_change() -> None:
    """Of a letter that was to be asked for and still is."""
    [change] = compare_plans(plan(rotation()), plan(rotation(meeting="2027-03-25")), marked="chen").letters
    assert (change.letter.id, change.has_moved, change.is_to_be_asked) == ("chen", True, False)


def test_gap_that_opens_grows_or_closes_is_reported() -> None:
    """With how many letters are lacking now, and before."""
    needs_two = [{"specialty": "neurology", "in_specialty": 2}]
    none, one, two = (plan(*(rotation(f"Dr. A{n}") for n in range(k)), targets=needs_two) for k in range(3))
    assert compare_plans(two, one).gaps == (GapChange("neurology", lacks=1, lacked=0),)
    assert compare_plans(one, none).gaps == (GapChange("neurology", lacks=2, lacked=1),)
    assert compare_plans(none, two).gaps == (GapChange("neurology", lacks=0, lacked=2),)


def test_gap_of_a_target_that_is_new_is_reported() -> None:
    """It lacked nothing before."""
    changes = compare_plans(plan(rotation()), plan(rotation(), targets=["cardiology"]))
    assert changes.gaps == (GapChange("cardiology", lacks=changes.gaps[0].lacks, lacked=0),)


def test_expected_letters_are_counted_before_and_now() -> None:
    """With how many are wanted."""
    changes = compare_plans(plan(rotation()), plan(rotation(choice="skip")))
    assert (changes.expected, changes.wanted) == ((1, 0), 3)


def test_end_of_asking_and_its_reopening_are_reported() -> None:
    """With enough letters in hand nobody else need be asked."""
    rows = [rotation(f"Dr. A{n}", **PROMISED) for n in range(2)]
    open_, closed = (plan(*rows[:n], policy={"want": 1, "spare": 1}) for n in (1, 2))
    assert compare_plans(open_, closed).closed is True
    assert compare_plans(closed, open_).closed is False
    assert compare_plans(closed, closed).closed is None
