"""What has happened to a letter by a certain day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from builders import plan_file, rotation
from lorplan.planfile.models import STAGES
from lorplan.rules.letter_history import LetterHistory, find_history

SEASON_OPENS = date(2027, 6, 2)


def history(as_of: str = "2028-01-01", *, offered: str | None = None, **events: Any) -> LetterHistory:  # noqa: ANN401 - any events
    """Find the history of a letter with these events, in the season that opens on 2 June 2027."""
    (row,) = plan_file(rotation(offered=offered, letter=events or None)).rotations
    return find_history(row, date.fromisoformat(as_of), SEASON_OPENS)


def test_letter_without_events_is_planned() -> None:
    """Nothing is known of it."""
    found = history()
    assert (found.status, found.known, found.has_future) == ("planned", (), False)
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
    assert found.is_promised is (reached in {1, 2})
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
    assert [(name, day.isoformat()) for name, day in found.known] == [
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


# --- other seasons ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "status"),
    [
        pytest.param({"uploaded": "2027-06-01"}, "carried", id="uploaded_the_day_before_the_season_opens"),
        pytest.param({"uploaded": "2027-06-02"}, "uploaded", id="uploaded_on_the_day_it_opens"),
        pytest.param({"uploaded": "2026-08-02", "imported": "2027-06-24"}, "uploaded", id="imported_in_the_season"),
        pytest.param({"uploaded": "2025-08-02", "imported": "2026-06-24"}, "carried", id="imported_in_the_last_season"),
        pytest.param({"assigned": "2026-09-03"}, "carried", id="assigned_in_the_last_season"),
        pytest.param({"uploaded": "2026-08-02", "assigned": "2027-09-03"}, "assigned", id="assigned_in_the_season"),
        pytest.param({"requested": "2026-07-02"}, "agreed", id="requested_in_the_last_season"),
        pytest.param({"requested": "2027-06-02"}, "requested", id="requested_on_the_day_it_opens"),
    ],
)
def test_what_happened_in_the_portal_of_another_season_does_not_count_again(
    events: dict[str, Any], status: str
) -> None:
    """An upload then is carried over; what a stage implies still counts."""
    assert history(**events).status == status


@pytest.mark.parametrize(
    ("events", "day"),
    [
        pytest.param({"uploaded": "2027-08-02"}, "2027-08-02", id="uploaded"),
        pytest.param({"uploaded": "2026-08-02", "imported": "2027-06-24"}, "2027-06-24", id="imported"),
        pytest.param({"uploaded": "2026-08-02", "assigned": "2027-09-03"}, "2027-09-03", id="only_assigned"),
        pytest.param({"uploaded": "2026-08-02"}, None, id="not_imported_yet"),
    ],
)
def test_letter_comes_into_the_portal_by_import_upload_or_assignment(events: dict[str, Any], day: str | None) -> None:
    """The writer's own upload stays the day of the letter."""
    found = history(**events)
    assert found.in_portal == (day and date.fromisoformat(day))
    assert found.uploaded == date.fromisoformat(events["uploaded"])


@pytest.mark.parametrize(
    ("events", "status", "expired"),
    [
        pytest.param({"uploaded": "2020-06-02"}, "carried", False, id="seven_years_before"),
        pytest.param({"uploaded": "2020-06-01"}, "planned", True, id="a_day_more"),
        pytest.param({"assigned": "2020-06-01"}, "planned", True, id="an_assignment_implies_the_upload"),
        pytest.param(
            {"uploaded": "2019-06-02", "imported": "2027-06-24"}, "uploaded", False, id="imported_all_the_same"
        ),
        pytest.param({"asked": "2019-05-02", "uploaded": "2019-06-02"}, "planned", True, id="with_its_asking"),
    ],
)
def test_upload_expires_after_seven_years(events: dict[str, Any], status: str, *, expired: bool) -> None:
    """It can no longer be imported, so nothing that led to it counts."""
    found = history(**events)
    assert (found.status, found.expired) == (status, expired)


@pytest.mark.parametrize(
    ("events", "status"),
    [
        pytest.param({"asked": "2025-06-02"}, "asked", id="730_days_before_the_season_opens"),
        pytest.param({"asked": "2025-06-01"}, "planned", id="731_days"),
        pytest.param({"agreed": "2025-06-01"}, "planned", id="a_yes"),
        pytest.param({"asked": "2025-06-01", "agreed": "2025-06-02"}, "agreed", id="the_later_of_the_two_counts"),
        pytest.param({"asked": "2025-06-01", "declined": "2025-06-01"}, "planned", id="a_refusal"),
        pytest.param({"declined": "2025-06-02"}, "declined", id="a_refusal_730_days_before"),
        pytest.param({"agreed": "2023-06-01", "uploaded": "2023-07-01"}, "carried", id="not_if_a_letter_came_of_it"),
    ],
)
def test_what_was_said_without_a_letter_lapses_after_two_years(events: dict[str, Any], status: str) -> None:
    """A yes, a no and an offer are forgotten; a letter is not."""
    assert history(**events).status == status


def test_offer_lapses_after_two_years() -> None:
    """The offer of 730 days ago still stands, that of 731 does not."""
    assert history(offered="2025-06-02").offered == date(2025, 6, 2)
    assert history(offered="2025-06-01").offered is None


def test_reminders_and_packet_before_what_is_left_lapse_with_it() -> None:
    """Those after a lapsed asking and before the new one belong to nothing."""
    lapsed: dict[str, Any] = {"asked": "2025-05-01", "packet": "2025-05-20", "reminded": ["2025-05-09", "2027-07-14"]}
    found = history(**lapsed, agreed="2027-07-01")
    assert (found.asked, found.packet, found.reminders) == (date(2027, 7, 1), None, (date(2027, 7, 14),))


def test_sent_of_another_season_does_not_count() -> None:
    """The letter that was sent then is not the one that is waited for now."""
    assert history(agreed="2027-03-01", sent="2027-06-01").sent is None
    assert history(agreed="2027-03-01", sent="2027-06-02").sent == date(2027, 6, 2)


def test_request_of_another_season_is_remembered() -> None:
    """It tells whether a promise came to nothing."""
    assert history(requested="2026-07-02").old_request == date(2026, 7, 2)
    assert history(requested="2027-07-02").old_request is None


def test_reminders_since_a_day_are_different_days() -> None:
    """Two on one day are one."""
    found = history(asked="2027-03-01", reminded=["2027-03-08", "2027-03-08", "2027-03-15", "2027-03-07"])
    assert found.reminders_since(date(2027, 3, 8)) == [date(2027, 3, 8), date(2027, 3, 15)]


def test_every_known_event_is_listed_whatever_its_season() -> None:
    """What does not count is still shown; only what counts is listed as such."""
    found = history(asked="2026-03-24", requested="2026-07-02")
    assert [name for name, _ in found.known] == ["asked", "agreed", "requested"]
    assert [name for name, _ in found.counted()] == ["asked", "agreed"]
