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
            case("2027-03-24", ("2027-06-23", "2027-06-30"), why="agreed_before_the_token_comes"),
            case("2027-06-24", ("2027-06-24", "2027-07-01"), why="agreed_after_it_on_a_thursday"),
            case("2027-07-05", ("2027-07-06", "2027-07-13"), why="on_a_holiday_so_the_next_business_day"),
        ],
    )
    def test_request_is_due_for_a_week_once_agreed_and_open(self, agreed: str, expected: tuple[str, str]) -> None:
        """From the later of the yes and the token, three weeks after the opening."""
        found = plan(rotation(letter={"agreed": agreed}), as_of=agreed)
        assert span(found, "chen:request") == expected

    @pytest.mark.parametrize(
        "events",
        [case({"asked": "2027-03-24"}, why="no_answer_yet"), case({"requested": "2027-06-02"}, why="requested")],
    )
    def test_nothing_is_requested_before_the_yes_or_again(self, events: Json) -> None:
        """The request comes after `agreed` and before `requested`."""
        assert span(plan(rotation(letter=events), as_of="2027-06-02"), "chen:request") is None

    @pytest.mark.parametrize(
        ("token", "expected"),
        [
            case("2027-06-16", "2027-06-16", why="the_day_the_token_came"),
            case("2027-05-01", "2027-06-02", why="not_before_the_season_opens"),
            case(None, "2027-06-23", why="estimated_until_it_is_there"),
        ],
    )
    def test_portal_can_be_used_from_the_token(self, token: str | None, expected: str) -> None:
        """Without the token nothing can be entered."""
        assert plan(rotation(), token=token).dates.portal_from.isoformat() == expected

    @pytest.mark.parametrize(
        ("as_of", "expected"),
        [
            case("2027-06-30", "2027-06-30", why="on_the_last_day_of_the_request_the_writer_has_begun"),
            case("2027-07-01", "2027-08-05", why="after_it_the_writer_begins_today"),
        ],
    )
    def test_writer_who_gets_no_link_begins_when_it_comes(self, as_of: str, expected: str) -> None:
        """A promise of March is no letter while the request is overdue."""
        found = plan(rotation(letter={"agreed": "2027-03-24"}), as_of=as_of)
        assert letter(found).candidate.arrives_by.isoformat() == ("2027-07-08" if as_of == "2027-06-30" else expected)

    def test_letter_does_not_arrive_before_the_token(self) -> None:
        """Promised in March it is uploaded on 23 June at the earliest, and processed on the 30th."""
        found = plan(rotation(letter={"agreed": "2027-03-24"}), as_of="2027-03-24")
        assert letter(found).candidate.arrives_by.isoformat() == "2027-06-30"


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
        """Requested on 30 June: every 28 days until a week before the first dated one, 14 days before the 15th.

        That is 28 July and 25 August, which is 7 days before 1 September. Then come 14, 7 and 3 days before; of the
        last, Sunday the 12th is moved to Monday.
        """
        assert self.reminders({"requested": "2027-06-30"}, "2027-06-30") == [
            ("1", "2027-07-28", "2027-08-24"),
            ("2", "2027-08-25", "2027-08-31"),
            ("3", "2027-09-01", "2027-09-07"),
            ("4", "2027-09-08", "2027-09-12"),
            ("5", "2027-09-13", "2027-09-15"),
        ]

    def test_monthly_reminder_too_near_the_dated_ones_is_left_out(self) -> None:
        """Requested a day later, the second month would end on 26 August, 6 days before 1 September."""
        days = [on for _, on, _ in self.reminders({"requested": "2027-07-01"}, "2027-07-01")]
        assert days == ["2027-07-29", "2027-09-01", "2027-09-08", "2027-09-13"]

    def test_reminders_before_the_token_count_from_it(self) -> None:
        """Requested on 2 June, the portal can be used from the 23rd."""
        assert self.reminders({"requested": "2027-06-02"}, "2027-06-02")[0][:2] == ("1", "2027-07-21")

    @pytest.mark.parametrize(
        ("as_of", "first"),
        [
            case("2027-08-24", "1", why="the_first_is_still_the_one_to_send"),
            case("2027-08-25", "2", why="on_the_day_of_the_second_the_first_is_past"),
        ],
    )
    def test_only_the_latest_of_past_reminders_is_left(self, as_of: str, first: str) -> None:
        """A missed reminder is not sent twice."""
        assert self.reminders({"requested": "2027-06-30"}, as_of)[0][0] == first

    @pytest.mark.parametrize(
        ("reminded", "first"),
        [
            case("2027-07-27", "1", why="a_day_before_it_is_still_to_come"),
            case("2027-07-28", "2", why="on_its_day_it_is_sent"),
        ],
    )
    def test_reminder_is_done_once_one_was_sent_on_its_day_or_later(self, reminded: str, first: str) -> None:
        """An earlier one does not count."""
        events = {"requested": "2027-06-30", "reminded": [reminded]}
        assert self.reminders(events, "2027-07-28")[0][0] == first

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
        """The last of five was sent on 13 September, so the next is due on the 20th, after the letter was needed."""
        events = {"requested": "2027-06-30", "reminded": ["2027-09-13"]}
        assert self.reminders(events, "2027-09-14") == [("6", "2027-09-20", "2027-09-27")]

    @pytest.mark.parametrize(
        ("reminded", "expected"),
        [
            case(["2027-09-16"], "2027-09-23", why="one_after_it_was_needed_so_a_week_later"),
            case(["2027-09-16", "2027-09-23"], "2027-10-21", why="two_in_vain_so_a_month_later"),
            case(["2027-09-13", "2027-09-23"], "2027-09-30", why="one_on_time_does_not_count_as_in_vain"),
        ],
    )
    def test_nobody_is_written_to_every_week_for_months(self, reminded: list[str], expected: str) -> None:
        """Once two reminders after the day it was needed were in vain, the next is due a month later."""
        events = {"requested": "2027-06-30", "reminded": reminded}
        assert self.reminders(events, reminded[-1])[0][1] == expected

    def test_letter_that_is_said_to_be_sent_is_traced_and_not_reminded_of(self) -> None:
        """The writer has done it, as far as the writer knows."""
        assert self.reminders({"requested": "2027-06-30", "sent": "2027-08-02"}, "2027-08-02") == []

    def test_uploaded_letter_needs_no_reminder(self) -> None:
        """The reminders end with the upload."""
        assert self.reminders({"requested": "2027-06-30", "uploaded": "2027-07-01"}, "2027-07-01") == []


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
        silent = [
            ("asked on 2027-03-24, no answer since 2027-03-24", "against"),
            ("no answer since 2027-03-24: count on another writer", "against"),
        ]
        said = silent if expected else [("asked on 2027-03-24, no answer yet", "for")]
        assert remarks(found, "WHEN-11") == said

    @pytest.mark.parametrize(
        ("reminded", "as_of", "expected"),
        [
            case(["2027-04-05"], "2027-04-18", False, why="13_days_after_the_first_reminder"),
            case(["2027-04-05"], "2027-04-19", True, why="14_days_after_it"),
            case(["2027-04-05", "2027-04-12"], "2027-04-25", False, why="13_days_after_the_second"),
            case(["2027-04-05", "2027-04-12", "2027-04-19"], "2027-04-26", True, why="a_third_does_not_wait_again"),
            case(["2027-04-05", "2027-04-05", "2027-04-19"], "2027-04-26", False, why="two_on_one_day_are_one"),
        ],
    )
    def test_each_of_two_reminders_starts_the_wait_again(
        self, reminded: list[str], as_of: str, *, expected: bool
    ) -> None:
        """A writer with five unanswered reminders does not count as promised."""
        found = plan(rotation(letter={"asked": "2027-03-24", "reminded": reminded}), as_of=as_of)
        assert letter(found).candidate.silent is expected

    @pytest.mark.parametrize(
        ("more", "as_of", "expected"),
        [
            case({"reminded": ["2027-08-02"]}, "2027-09-01", False, why="one_reminder_is_not_enough"),
            case({"reminded": ["2027-08-02", "2027-08-09"]}, "2027-08-22", False, why="13_days_after_the_second"),
            case({"reminded": ["2027-08-02", "2027-08-09"]}, "2027-08-23", True, why="14_days_after_it"),
            case({"reminded": ["2027-06-28", "2027-08-09"]}, "2027-08-23", False, why="one_before_the_request"),
            case(
                {"reminded": ["2027-08-02", "2027-08-09"], "sent": "2027-08-12"},
                "2027-08-25",
                False,
                why="sent_is_an_answer",
            ),
        ],
    )
    def test_writer_is_silent_two_weeks_after_the_second_reminder_in_vain(
        self, more: Json, as_of: str, *, expected: bool
    ) -> None:
        """Also one who has promised."""
        found = plan(rotation(letter={"agreed": "2027-03-24", "requested": "2027-07-01", **more}), as_of=as_of)
        assert letter(found).candidate.silent is expected

    @pytest.mark.parametrize(
        ("requested", "expected"),
        [
            case("2026-12-04", True, why="180_days_before_the_season_opens"),
            case("2026-12-05", False, why="179_days"),
        ],
    )
    def test_promise_whose_request_came_to_nothing_is_silent(self, requested: str, *, expected: bool) -> None:
        """Last season's request led to no letter."""
        found = plan(rotation(letter={"agreed": "2026-11-27", "requested": requested}), as_of="2027-06-02")
        assert letter(found).candidate.silent is expected

    def test_follow_up_waits_a_month_once_two_were_in_vain(self) -> None:
        """The third is due 28 days after the second, on Monday 3 May."""
        events = {"asked": "2027-03-17", "reminded": ["2027-03-24", "2027-04-05"]}
        assert span(plan(rotation(letter=events), as_of="2027-04-06"), "chen:follow-up") == ("2027-05-03", "2027-05-03")

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
            case({"meeting": "2027-02-26"}, "2027-02-22", "in-person", why="a_meeting_before_the_first_day"),
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


class TestWHEN17:
    """Where time will be short, say in the first days that you hope for a letter, and when programs look."""

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({"start": "2027-08-16", "end": "2027-09-10"}, ("2027-08-17", "2027-08-26"), why="tight"),
            case({"start": "2027-07-26", "end": "2027-08-20"}, None, why="not_tight"),
            case({"start": "2027-09-08", "end": "2027-09-09"}, None, why="two_on_site_days"),
            case({"start": "2027-09-08", "end": "2027-09-10"}, ("2027-09-09", "2027-09-09"), why="three_on_site_days"),
            case({"start": "2027-08-16", "end": "2027-09-10", "notice": "2027-08-16"}, None, why="recorded"),
            case({"start": "2027-08-16", "end": "2027-09-10", "choice": "skip"}, None, why="skipped"),
            case(
                {"start": "2027-08-16", "end": "2027-09-10", "letter": {"asked": "2027-08-16"}},
                None,
                why="asked_already",
            ),
        ],
    )
    def test_notice_is_due_in_the_first_half(self, more: Json, expected: tuple[str, str] | None) -> None:
        """From the second on-site day to the one before the midpoint."""
        found = plan(rotation(**more), as_of="2027-08-16", policy={"min_days": 0})
        assert span(found, "chen:notice") == expected

    @pytest.mark.parametrize(
        ("as_of", "expected"), [case("2027-08-26", True, why="its_last_day"), case("2027-08-27", False, why="after_it")]
    )
    def test_notice_is_gone_after_its_last_day(self, as_of: str, *, expected: bool) -> None:
        """Then one asks."""
        found = plan(rotation(start="2027-08-16", end="2027-09-10"), as_of=as_of)
        assert (action(found, "chen:notice") is not None) is expected

    def test_asking_for_a_tight_letter_names_the_day_it_is_needed(self) -> None:
        """The title does, until that day has passed."""
        rows = rotation(start="2027-08-16", end="2027-09-10")
        titles = [action(plan(rows, as_of=day), "chen:ask").title for day in ("2027-08-16", "2027-09-16")]  # type: ignore[union-attr]
        assert titles[0] == "Ask Dr. Wei Chen for a strong letter, in person; it is needed by Sep 15"
        assert titles[1] == "Ask Dr. Wei Chen for a strong letter by e-mail; programs are reading already"


class TestWHEN18:
    """After the rank list, on 1 March 2028, nobody is asked any more."""

    ROWS: ClassVar[list[Json]] = [
        rotation(),
        rotation("Dr. Ann Ames", letter={"asked": "2028-01-03", "agreed": "2028-01-04"}),
        rotation("Dr. Bo Boyd", letter={"asked": "2028-01-03", "uploaded": "2028-02-28"}),
    ]

    @pytest.mark.parametrize(
        ("as_of", "expected"),
        [
            case("2028-03-01", {"packet", "request", "thank", "assign"}, why="on_the_day"),
            case("2028-03-02", {"thank"}, why="the_day_after"),
        ],
    )
    def test_only_thanks_are_left_after_the_rank_list(self, as_of: str, expected: set[str]) -> None:
        """Programs have ranked."""
        assert {one.kind for one in plan(*self.ROWS, as_of=as_of).actions} == expected

    def test_letter_not_asked_for_is_on_hold_after_the_rank_list(self) -> None:
        """Whatever speaks for it."""
        found = plan(rotation(choice="ask"), as_of="2028-03-02")
        assert (letter(found).verdict, letter(found).reason.rule, found.asking_closed) == ("hold", "WHEN-18", True)

    @pytest.mark.parametrize(
        ("end", "expected"),
        [
            case("2028-02-11", "hold", why="it_could_come_only_after_the_rank_list"),
            case("2027-12-17", "ask", why="it_could_come_before"),
        ],
    )
    def test_letter_that_could_only_come_after_the_rank_list_is_not_asked_for(self, end: str, expected: str) -> None:
        """It is for the next season."""
        found = plan(rotation(start="2027-11-22", end=end, choice="ask"), as_of="2027-11-22")
        assert letter(found).verdict == expected
        assert ("out-of-season" in codes(found)) is (expected == "hold")


class TestWHEN19:
    """Last season's letters are imported, not asked for again; old promises are renewed."""

    CARRIED: ClassVar[Json] = {"asked": "2026-03-24", "uploaded": "2026-08-02", "assigned": "2026-09-03"}

    def test_letter_of_the_last_season_is_promised_and_imported(self) -> None:
        """From the token, for a week; nothing else is to be done about it."""
        found = plan(rotation(start="2026-03-02", end="2026-03-27", letter=self.CARRIED), as_of="2027-03-01")
        assert (letter(found).status, letter(found).verdict) == ("carried", "keep")
        assert span(found, "chen:import") == ("2027-06-23", "2027-06-30")
        assert [one.kind for one in found.actions if one.rotation == "chen"] == ["import"]
        assert remarks(found, "WHEN-19") == [
            ("uploaded on 2026-08-02 for an earlier season, to be imported", "for"),
            ("uploaded on 2026-08-02, to be imported from 2027-06-23", "for"),
        ]

    def test_imported_letter_is_assigned_and_not_thanked_for(self) -> None:
        """The thanks belong to the season of the upload."""
        events = {**self.CARRIED, "imported": "2027-06-24"}
        found = plan(rotation(start="2026-03-02", end="2026-03-27", letter=events), as_of="2027-06-24")
        assert letter(found).candidate.arrives_by.isoformat() == "2027-07-01"
        assert [one.kind for one in found.actions] == ["assign"]

    @pytest.mark.parametrize(
        ("agreed", "expected"),
        [
            case("2027-04-24", ("2027-06-09", "2027-06-23"), why="60_days_before_the_token"),
            case("2027-04-25", None, why="59_days"),
        ],
    )
    def test_old_promise_is_renewed_before_the_token(self, agreed: str, expected: tuple[str, str] | None) -> None:
        """Two weeks before it."""
        assert span(plan(rotation(letter={"agreed": agreed}), as_of="2027-05-01"), "chen:renew") == expected

    @pytest.mark.parametrize(
        ("reminded", "as_of", "expected"),
        [
            case([], "2027-06-23", True, why="on_its_last_day"),
            case([], "2027-06-24", False, why="after_it"),
            case(["2027-06-08"], "2027-06-09", True, why="written_the_day_before_it"),
            case(["2027-06-09"], "2027-06-09", False, why="written_on_it"),
        ],
    )
    def test_promise_is_renewed_once(self, reminded: list[str], as_of: str, *, expected: bool) -> None:
        """A reminder on its day or later will do."""
        found = plan(rotation(letter={"agreed": "2027-03-24", "reminded": reminded}), as_of=as_of)
        assert (action(found, "chen:renew") is not None) is expected

    @pytest.mark.parametrize(
        ("sent", "reminded", "expected"),
        [
            case("2027-08-02", [], ("2027-08-09", "2027-08-16"), why="five_business_days_later"),
            case("2027-08-02", ["2027-08-10"], ("2027-08-17", "2027-08-24"), why="and_again_after_a_message"),
            case("2027-08-02", ["2027-08-10", "2027-08-18"], ("2027-09-15", "2027-09-22"), why="then_after_a_month"),
        ],
    )
    def test_letter_said_to_be_sent_is_traced(self, sent: str, reminded: list[str], expected: tuple[str, str]) -> None:
        """The portal shows nothing, so the entry is checked and the link sent again."""
        events = {"agreed": "2027-03-24", "requested": "2027-06-24", "sent": sent, "reminded": reminded}
        found = plan(rotation(letter=events), as_of=max([sent, *reminded]))
        assert span(found, "chen:trace") == expected
        assert letter(found).reason.rule == "WHEN-9"
