"""How long everything takes: the rules WHEN-8 to WHEN-16, one class each. `builders` describes the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from builders import action, codes, letter, plan, rotation, span, verdicts
from rules.comparing import case, remarks, write_rotations

if TYPE_CHECKING:
    from runner import Json


class TestWHEN8:
    """Make the formal request when the portal opens."""

    @pytest.mark.parametrize(
        ("agreed", "expected"),
        [
            case("2027-03-24", ("2027-06-02", "2027-06-09"), why="agreed_before_the_season"),
            case("2027-06-03", ("2027-06-03", "2027-06-10"), why="agreed_in_it_on_a_thursday"),
            case("2027-06-18", ("2027-06-21", "2027-06-28"), why="on_a_holiday_so_the_next_business_day"),
        ],
    )
    def test_request_is_due_for_a_week_once_agreed_and_open(self, agreed: str, expected: tuple[str, str]) -> None:
        """From the later of the yes and the opening."""
        found = plan(rotation(letter={"agreed": agreed}), as_of=agreed)
        assert span(found, "chen:request") == expected

    @pytest.mark.parametrize(
        "events",
        [case({"asked": "2027-03-24"}, why="no_answer_yet"), case({"requested": "2027-06-02"}, why="requested")],
    )
    def test_nothing_is_requested_before_the_yes_or_again(self, events: Json) -> None:
        """The request comes after `agreed` and before `requested`."""
        assert span(plan(rotation(letter=events), as_of="2027-06-02"), "chen:request") is None

    def test_letter_does_not_arrive_before_the_season_opens(self) -> None:
        """Promised in March it is uploaded on 2 June at the earliest, and processed on the 9th."""
        found = plan(rotation(letter={"agreed": "2027-03-24"}), as_of="2027-03-24")
        assert letter(found).candidate.arrives_by.isoformat() == "2027-06-09"


class TestWHEN9:
    """Allow time for an uploaded letter to be processed."""

    @pytest.mark.parametrize(
        ("uploaded", "expected"),
        [
            case("2027-07-01", "2027-07-09", why="over_independence_day_observed_on_monday_the_5th"),
            case("2027-07-12", "2027-07-19", why="a_week_without_a_holiday"),
            case("2027-07-10", "2027-07-16", why="from_a_saturday_monday_is_the_first_of_five"),
        ],
    )
    def test_upload_is_processed_in_five_business_days(self, uploaded: str, expected: str) -> None:
        """Weekends and holidays do not count."""
        found = plan(rotation(letter={"uploaded": uploaded}), as_of=uploaded)
        assert letter(found).candidate.arrives_by.isoformat() == expected

    @pytest.mark.parametrize(
        ("deadline", "expected"),
        [
            case("2027-09-22", "2027-09-15", why="a_week_before_the_review_day"),
            case("2027-09-13", "2027-09-03", why="over_labor_day_the_6th"),
            case("2027-09-25", "2027-09-17", why="a_saturday_counts_as_the_friday_before"),
        ],
    )
    def test_letter_is_needed_five_business_days_before_the_deadline(self, deadline: str, expected: str) -> None:
        """So that it is processed by then."""
        assert plan(rotation(), deadline=deadline).dates.needed_by.isoformat() == expected

    @pytest.mark.parametrize(
        ("agreed", "side"), [case("2027-08-18", "for", why="on_time"), case("2027-08-19", "against", why="late")]
    )
    def test_processing_is_remarked(self, agreed: str, side: str) -> None:
        """For a letter that is on time, against one that is late."""
        found = plan(rotation(letter={"agreed": agreed}), as_of=agreed)
        assert remarks(found, "WHEN-9") == [("arrival includes 5 business days of processing", side)]

    def test_processing_of_one_day_is_remarked_in_the_singular(self) -> None:
        """A policy can make it a single business day."""
        found = plan(rotation(), policy={"processing_days": 1})
        assert remarks(found, "WHEN-9") == [("arrival includes 1 business day of processing", "for")]


class TestWHEN10:
    """Remind regularly, and again as the date nears."""

    def reminders(self, events: Json, as_of: str) -> list[tuple[str, str, str]]:
        """List the reminders of a letter: their numbers and days."""
        found = plan(rotation(letter={"packet": as_of, **events}), as_of=as_of)
        actions = [one for one in found.actions if one.kind == "remind"]
        return [(one.id.removeprefix("chen:remind:"), one.on.isoformat(), one.until.isoformat()) for one in actions]

    def test_reminders_are_monthly_and_then_14_7_and_3_days_before(self) -> None:
        """Requested on 2 June: every 28 days until a week before the first dated one, 14 days before the 15th.

        That is 30 June, 28 July and 25 August, which is 7 days before 1 September. Then come 14, 7 and 3 days
        before; of the last, Sunday the 12th is moved to Monday.
        """
        assert self.reminders({"requested": "2027-06-02"}, "2027-06-02") == [
            ("1", "2027-06-30", "2027-07-27"),
            ("2", "2027-07-28", "2027-08-24"),
            ("3", "2027-08-25", "2027-08-31"),
            ("4", "2027-09-01", "2027-09-07"),
            ("5", "2027-09-08", "2027-09-12"),
            ("6", "2027-09-13", "2027-09-15"),
        ]

    def test_monthly_reminder_too_near_the_dated_ones_is_left_out(self) -> None:
        """Requested a day later, the third month would end on 26 August, 6 days before 1 September."""
        days = [on for _, on, _ in self.reminders({"requested": "2027-06-03"}, "2027-06-03")]
        assert days == ["2027-07-01", "2027-07-29", "2027-09-01", "2027-09-08", "2027-09-13"]

    def test_reminders_before_the_season_count_from_its_opening(self) -> None:
        """Requested on 3 May, the portal opens on 2 June."""
        assert self.reminders({"requested": "2027-05-03"}, "2027-05-03")[0][:2] == ("1", "2027-06-30")

    @pytest.mark.parametrize(
        ("as_of", "first"),
        [
            case("2027-07-27", "1", why="the_first_is_still_the_one_to_send"),
            case("2027-07-28", "2", why="on_the_day_of_the_second_the_first_is_past"),
        ],
    )
    def test_only_the_latest_of_past_reminders_is_left(self, as_of: str, first: str) -> None:
        """A missed reminder is not sent twice."""
        assert self.reminders({"requested": "2027-06-02"}, as_of)[0][0] == first

    @pytest.mark.parametrize(
        ("reminded", "first"),
        [
            case("2027-06-29", "1", why="a_day_before_it_is_still_to_come"),
            case("2027-06-30", "2", why="on_its_day_it_is_sent"),
        ],
    )
    def test_reminder_is_done_once_one_was_sent_on_its_day_or_later(self, reminded: str, first: str) -> None:
        """An earlier one does not count."""
        events = {"requested": "2027-06-02", "reminded": [reminded]}
        assert self.reminders(events, "2027-06-30")[0][0] == first

    @pytest.mark.parametrize(
        ("requested", "expected"),
        [
            case("2027-09-01", ["2027-09-08", "2027-09-13"], why="14_days_before_is_the_day_itself_so_too_near"),
            case("2027-09-05", ["2027-09-13"], why="a_week_before_the_third_last_day"),
            case("2027-09-06", ["2027-09-14"], why="none_is_left_so_the_business_day_before_it_is_needed"),
            case("2027-09-14", ["2027-09-21"], why="not_even_that_one_so_a_week_after_the_request"),
        ],
    )
    def test_reminders_near_the_end_leave_a_week_after_the_request(self, requested: str, expected: list[str]) -> None:
        """Or else the last chance is taken."""
        assert [on for _, on, _ in self.reminders({"requested": requested}, requested)] == expected

    def test_one_more_reminder_follows_a_week_after_the_last(self) -> None:
        """The last of six was sent on 13 September, so the seventh is due on the 20th, after the letter was needed."""
        events = {"requested": "2027-06-02", "reminded": ["2027-09-13"]}
        assert self.reminders(events, "2027-09-14") == [("7", "2027-09-20", "2027-09-20")]

    def test_uploaded_letter_needs_no_reminder(self) -> None:
        """The reminders end with the upload."""
        assert self.reminders({"requested": "2027-06-02", "uploaded": "2027-07-01"}, "2027-07-01") == []


class TestWHEN11:
    """No answer: write again, then count on another writer."""

    @pytest.mark.parametrize(
        ("events", "expected"),
        [
            case({"asked": "2027-03-24"}, ("2027-03-31", "2027-04-07"), why="asked_on_a_wednesday"),
            case({"asked": "2027-03-27"}, ("2027-04-05", "2027-04-10"), why="on_a_saturday_so_moved_to_monday"),
            case(
                {"asked": "2027-03-24", "reminded": ["2027-04-02"]},
                ("2027-04-09", "2027-04-16"),
                why="counted_from_the_last_reminder",
            ),
            case({"asked": "2027-03-24", "agreed": "2027-03-25"}, None, why="answered"),
        ],
    )
    def test_follow_up_is_due_a_week_after_the_last_contact(
        self, events: Json, expected: tuple[str, str] | None
    ) -> None:
        """On a business day, and until the writer counts as silent."""
        assert span(plan(rotation(letter=events), as_of="2027-04-02"), "chen:follow-up") == expected

    @pytest.mark.parametrize(
        ("as_of", "expected"), [case("2027-04-06", False, why="13_days"), case("2027-04-07", True, why="14_days")]
    )
    def test_writer_is_silent_after_two_weeks(self, as_of: str, *, expected: bool) -> None:
        """A silent letter is not a pick any more, is warned of, and has a remark against it."""
        found = plan(rotation(letter={"asked": "2027-03-24"}), as_of=as_of)
        assert (letter(found).candidate.silent, letter(found).pick) == (expected, not expected)
        assert ("silent" in codes(found)) is expected
        said = [("asked on 2027-03-24, no answer yet", "against" if expected else "for")]
        said += [("no answer for 14 days or more: count on another writer", "against")] * expected
        assert remarks(found, "WHEN-11") == said

    def test_another_letter_takes_the_place_of_a_silent_one(self) -> None:
        """With three wanted, the fourth moves up when one of three is silent."""
        asked = rotation(letter={"asked": "2027-03-24"}, performance="excellent")
        days = "2027-04-06", "2027-04-07"
        before, after = (verdicts(plan(asked, *write_rotations(3), as_of=day)) for day in days)
        assert (before["a3"], after["a3"]) == ("reserve", "ask")


class TestWHEN12:
    """If you left without asking, ask by e-mail now."""

    @pytest.mark.parametrize(
        ("more", "as_of", "expected"),
        [
            case({}, "2027-03-26", "in-person", why="the_last_on_site_day"),
            case({}, "2027-03-27", "email", why="the_day_after"),
            case({"meeting": "2027-03-31"}, "2027-03-31", "in-person", why="a_meeting_today"),
            case({"meeting": "2027-03-31"}, "2027-04-01", "email", why="a_meeting_that_has_passed"),
            case({"offered": "2027-03-29"}, "2027-03-29", "email", why="offered_after_the_last_day"),
            case({"offered": "2027-03-01"}, "2027-03-01", "in-person", why="offered_on_the_first_day"),
            case({"offered": "2027-02-26"}, "2027-02-26", "email", why="offered_before_the_first_day"),
            case({"offered": "2027-02-26"}, "2027-03-02", "email", why="offered_before_and_still_in_the_first_week"),
            case({"meeting": "2027-02-26"}, "2027-02-22", "email", why="a_meeting_before_the_first_day"),
        ],
    )
    def test_asking_is_by_email_before_the_first_and_after_the_last_day(
        self, more: Json, as_of: str, expected: str
    ) -> None:
        """Unless a meeting is still ahead."""
        ask: Any = action(plan(rotation(**more), as_of=as_of), "chen:ask")
        assert (ask.channel, "WHEN-12" in ask.rules) == (expected, expected == "email")


class TestWHEN13:
    """Thank the writer."""

    @pytest.mark.parametrize(
        ("events", "expected"),
        [
            case({"uploaded": "2027-08-02"}, ("2027-08-02", "2027-08-09"), why="on_the_day_a_monday_and_for_a_week"),
            case({"uploaded": "2027-07-31"}, ("2027-08-02", "2027-08-09"), why="from_a_saturday_on_monday"),
            case({"assigned": "2027-08-02"}, ("2027-08-02", "2027-08-09"), why="for_an_assigned_letter_too"),
            case({"uploaded": "2027-08-02", "thanked": "2027-08-02"}, None, why="thanked"),
            case({"requested": "2027-08-02"}, None, why="not_uploaded_yet"),
        ],
    )
    def test_thanks_are_due_for_a_week_from_the_upload(self, events: Json, expected: tuple[str, str] | None) -> None:
        """On a business day."""
        assert span(plan(rotation(letter=events), as_of="2027-08-02"), "chen:thank") == expected


class TestWHEN14:
    """Assign an uploaded letter to each program by hand; an assignment cannot be undone."""

    @pytest.mark.parametrize(
        ("events", "expected"),
        [
            case({"uploaded": "2027-08-02"}, ("2027-09-01", "2027-09-08"), why="when_applications_can_be_submitted"),
            case({"uploaded": "2027-08-25"}, ("2027-09-01", "2027-09-08"), why="processed_on_that_very_day"),
            case({"uploaded": "2027-08-26"}, ("2027-09-02", "2027-09-09"), why="processed_a_day_later"),
            case({"uploaded": "2027-08-26", "assigned": "2027-09-02"}, None, why="assigned"),
            case({"requested": "2027-08-02"}, None, why="not_uploaded_yet"),
        ],
    )
    def test_assignment_is_due_once_processed_and_submittable(
        self, events: Json, expected: tuple[str, str] | None
    ) -> None:
        """From the later of the two days, for a week."""
        assert span(plan(rotation(letter=events), as_of="2027-09-02"), "chen:assign") == expected


class TestWHEN15:
    """Send the writer what they need once they agree."""

    @pytest.mark.parametrize(
        ("events", "expected"),
        [
            case({"agreed": "2027-03-24"}, ("2027-03-24", "2027-03-29"), why="three_business_days_from_wednesday"),
            case({"agreed": "2027-03-27"}, ("2027-03-29", "2027-04-01"), why="from_a_saturday_monday_and_three"),
            case({"requested": "2027-03-24"}, ("2027-03-24", "2027-03-29"), why="requested_implies_agreed"),
            case({"agreed": "2027-03-24", "packet": "2027-03-24"}, None, why="sent"),
            case({"asked": "2027-03-24"}, None, why="not_agreed_yet"),
            case({"uploaded": "2027-03-24"}, None, why="no_longer_needed"),
        ],
    )
    def test_packet_is_due_for_three_business_days_from_the_yes(
        self, events: Json, expected: tuple[str, str] | None
    ) -> None:
        """Until it is sent, or the letter is uploaded."""
        assert span(plan(rotation(letter=events), as_of="2027-03-29"), "chen:packet") == expected


class TestWHEN16:
    """While another writer could still deliver in time, decide whether you need one."""

    SECURED: ClassVar[Json] = {"letter": {"uploaded": "2027-07-01", "thanked": "2027-07-01"}}
    AGREED: ClassVar[Json] = {"letter": {"agreed": "2027-03-24", "packet": "2027-03-24"}}

    def backup(self, *rows: Json, as_of: str = "2027-08-11", **more: Any) -> tuple[str, str] | None:  # noqa: ANN401 - passed on
        """Give the days of the question whether Dr. Chen is needed, in addition to other letters."""
        return span(plan(*rows, rotation(contact="rarely", **more), as_of=as_of), "chen:backup")

    @pytest.mark.parametrize(
        ("as_of", "expected"),
        [
            case("2027-08-11", ("2027-08-11", "2027-08-18"), why="a_week_before_the_latest_day_to_ask"),
            case("2027-08-18", ("2027-08-11", "2027-08-18"), why="on_that_day"),
            case("2027-08-19", None, why="nobody_else_could_deliver_in_time"),
        ],
    )
    def test_backup_is_to_be_decided_in_the_week_before_the_latest_day_to_ask(
        self, as_of: str, expected: tuple[str, str] | None
    ) -> None:
        """Here three letters are promised and none is uploaded."""
        assert self.backup(*write_rotations(3, **self.AGREED), as_of=as_of) == expected

    @pytest.mark.parametrize(
        ("as_of", "expected"), [case("2027-08-10", True, why="before"), case("2027-08-11", False, why="on_its_day")]
    )
    def test_backup_is_conditional_until_its_day(self, as_of: str, *, expected: bool) -> None:
        """It may turn out unnecessary."""
        found = plan(*write_rotations(3, **self.AGREED), rotation(contact="rarely"), as_of=as_of)
        backup: Any = action(found, "chen:backup")
        assert backup.conditional is expected

    @pytest.mark.parametrize(
        ("rows", "more"),
        [
            case(write_rotations(3, **SECURED), {}, why="as_many_as_wanted_are_uploaded"),
            case(
                [*write_rotations(2, **AGREED), rotation("Z", letter={"agreed": "2027-08-11"})],
                {},
                why="somebody_was_asked_on_its_day",
            ),
            case(write_rotations(3), {}, why="three_others_are_to_be_asked_first"),
            case(
                write_rotations(3, **AGREED),
                {"start": "2027-08-09", "end": "2027-09-03"},
                why="the_midpoint_is_after_the_latest_day_to_ask",
            ),
            case(
                write_rotations(3, **AGREED),
                {"start": "2027-08-09", "end": "2027-09-03", "meeting": "2027-08-16"},
                why="the_midpoint_is_after_the_latest_day_to_ask_though_a_meeting_makes_it_on_time",
            ),
            case(
                write_rotations(3, **AGREED),
                {"start": "2027-07-26", "end": "2027-08-20", "meeting": "2027-08-25"},
                why="a_meeting_makes_it_late",
            ),
            case(write_rotations(3, **AGREED), {"choice": "skip"}, why="there_is_nobody_else"),
        ],
    )
    def test_backup_is_not_asked_about_if_nothing_is_open_or_nobody_is_left(self, rows: list[Json], more: Json) -> None:
        """There is nothing to decide."""
        assert self.backup(*rows, **more) is None

    def test_backup_can_be_a_letter_whose_midpoint_is_the_latest_day_to_ask(self) -> None:
        """Half of the days from Monday 16 to Friday 20 August are over on Wednesday the 18th."""
        rows = write_rotations(3, **self.AGREED)
        assert self.backup(*rows, start="2027-08-16", end="2027-08-20") == ("2027-08-11", "2027-08-18")

    def test_backup_is_asked_about_if_somebody_was_asked_before_its_day(self) -> None:
        """Asking on 10 August is not the answer to the question of the 11th."""
        asked = rotation("Z", letter={"agreed": "2027-08-10"})
        assert self.backup(*write_rotations(2, **self.AGREED), asked) == ("2027-08-11", "2027-08-18")
