"""What has happened to a letter by a certain day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from builders import plan_file, rotation
from lorplan.planfile.models import STAGES
from lorplan.rules.letter_history import LetterHistory, find_history


def history(as_of: str = "2028-01-01", *, offered: str | None = None, **events: Any) -> LetterHistory:  # noqa: ANN401 - any events
    """Find the history of a letter with these events."""
    (row,) = plan_file(rotation(offered=offered, letter=events or None)).rotations
    return find_history(row, date.fromisoformat(as_of))


def test_letter_without_events_is_planned() -> None:
    """Nothing is known of it."""
    found = history()
    assert (found.status, found.events(), found.has_future) == ("planned", [], False)
    assert (found.asked, found.last_reminder, found.last_contacted) == (None, None, None)
    assert not any((found.is_asked, found.is_promised, found.is_secured, found.is_declined))


@pytest.mark.parametrize("stage", STAGES)
def test_status_is_the_furthest_stage_and_implies_the_earlier_ones(stage: str) -> None:
    """The earlier stages are on the day of the later one, and later ones are unknown."""
    found, day = history(**{stage: "2027-08-02"}), date(2027, 8, 2)
    reached = STAGES.index(stage)
    assert found.status == stage
    assert found.days == dict.fromkeys(STAGES[: reached + 1], day)
    assert found.is_asked
    assert found.is_promised is (reached >= 1)
    assert found.is_secured is (reached >= 3)


def test_implied_stage_does_not_replace_a_recorded_one() -> None:
    """Only a stage without a day gets that of the next one."""
    found = history(asked="2027-03-24", requested="2027-06-02")
    assert (found.asked, found.agreed, found.requested) == (date(2027, 3, 24), date(2027, 6, 2), date(2027, 6, 2))


@pytest.mark.parametrize(
    ("as_of", "status", "has_future"),
    [
        pytest.param("2027-03-23", "planned", True, id="the_day_before"),
        pytest.param("2027-03-24", "asked", True, id="on_its_day_with_another_to_come"),
        pytest.param("2027-03-25", "agreed", False, id="when_all_have_happened"),
    ],
)
def test_event_counts_from_its_day(as_of: str, status: str, *, has_future: bool) -> None:
    """Later events are left out, and the history says so."""
    found = history(as_of, asked="2027-03-24", agreed="2027-03-25")
    assert (found.status, found.has_future) == (status, has_future)


@pytest.mark.parametrize(
    ("events", "as_of"),
    [
        pytest.param({"offered": "2027-03-02"}, "2027-03-01", id="an_offer"),
        pytest.param({"asked": "2027-03-01", "reminded": ["2027-03-02"]}, "2027-03-01", id="a_reminder"),
        pytest.param({"agreed": "2027-03-01", "packet": "2027-03-02"}, "2027-03-01", id="a_packet"),
        pytest.param({"asked": "2027-03-01", "declined": "2027-03-02"}, "2027-03-01", id="a_refusal"),
    ],
)
def test_any_later_event_is_left_out_until_its_day(events: dict[str, Any], as_of: str) -> None:
    """Also those that are not stages."""
    assert history(as_of, **events).has_future
    assert not history("2027-03-02", **events).has_future


def test_refusal_ends_a_letter_that_was_agreed() -> None:
    """It is neither asked nor promised any more, and its days are still known."""
    found = history(agreed="2027-03-24", declined="2027-04-01")
    assert found.status == "declined"
    assert (found.is_declined, found.is_asked, found.is_promised) == (True, False, False)
    assert found.agreed == date(2027, 3, 24)


@pytest.mark.parametrize(
    ("reminded", "expected"),
    [
        pytest.param([], "2027-03-24", id="the_asking"),
        pytest.param(["2027-04-09", "2027-04-02"], "2027-04-09", id="the_latest_reminder_in_any_order"),
        pytest.param(["2027-03-24"], "2027-03-24", id="a_reminder_on_the_same_day"),
    ],
)
def test_last_contact_is_the_asking_or_the_latest_reminder(reminded: list[str], expected: str) -> None:
    """Whichever is later."""
    assert history(asked="2027-03-24", reminded=reminded).last_contacted == date.fromisoformat(expected)


def test_last_reminder_leaves_out_later_ones() -> None:
    """A reminder after the as-of day has not been sent yet."""
    found = history("2027-04-05", asked="2027-03-24", reminded=["2027-04-02", "2027-04-09"])
    assert (found.reminders, found.last_reminder) == ((date(2027, 4, 2),), date(2027, 4, 2))


def test_events_are_listed_by_day_with_each_reminder() -> None:
    """Offer, stages and reminders in one list; of one day in the order of a letter's life."""
    found = history(
        offered="2027-03-22", agreed="2027-03-24", packet="2027-03-24", reminded=["2027-07-01", "2027-06-09"]
    )
    assert [(name, day.isoformat()) for name, day in found.events()] == [
        ("offered", "2027-03-22"),
        ("asked", "2027-03-24"),
        ("agreed", "2027-03-24"),
        ("packet", "2027-03-24"),
        ("reminded", "2027-06-09"),
        ("reminded", "2027-07-01"),
    ]


def test_each_event_has_its_day() -> None:
    """Every event that a plan file can record is a property of the history."""
    stages = {"asked": "2027-03-24", "agreed": "2027-03-25", "requested": "2027-06-02", "uploaded": "2027-08-02"}
    events = {**stages, "packet": "2027-03-26", "thanked": "2027-08-03", "assigned": "2027-09-03"}
    found = history(offered="2027-03-22", **events)
    assert {name: getattr(found, name).isoformat() for name in events} == events
    assert found.offered == date(2027, 3, 22)
