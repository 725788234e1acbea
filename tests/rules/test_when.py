"""When to ask: the rules WHEN-1 to WHEN-7, one class each. `builders` describes the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builders import action, letter, plan, rotation, span, window
from rules.comparing import case, remarks, write_rotations

if TYPE_CHECKING:
    from lorplan.plan.model import Plan
    from runner import Json


def ask_rules(found: Plan) -> tuple[str, ...]:
    """Give the rules that the asking cites."""
    ask: Any = action(found, "chen:ask")
    rules: tuple[str, ...] = ask.rules
    return rules


class TestWHEN1:
    """Ask in the final week: on its third-last on-site day, so that two days are left to try again."""

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({}, ("2027-03-22", "2027-03-24", "2027-03-26"), why="wednesday_of_the_last_week"),
            case({"last_day": "2027-03-24"}, ("2027-03-18", "2027-03-22", "2027-03-24"), why="the_attending_leaves"),
            case({"days": ["tue", "thu"]}, ("2027-03-23", "2027-03-23", "2027-03-25"), why="two_days_a_week"),
            case({"days": ["wed"]}, ("2027-03-17", "2027-03-17", "2027-03-24"), why="one_day_a_week_so_the_last_two"),
            case({"away": ["2027-03-24"]}, ("2027-03-22", "2027-03-23", "2027-03-26"), why="away_on_wednesday"),
            case({"end": "2027-03-01"}, ("2027-03-01", "2027-03-01", "2027-03-01"), why="a_single_day"),
            case(
                {"start": "2027-05-03", "end": "2027-05-31"},
                ("2027-05-24", "2027-05-26", "2027-05-28"),
                why="monday_31_may_is_off_as_memorial_day",
            ),
            case(
                {"start": "2027-05-03", "end": "2027-05-31", "worked": ["2027-05-31"]},
                ("2027-05-25", "2027-05-27", "2027-05-31"),
                why="the_holiday_is_worked",
            ),
            case(
                {"start": "2027-05-03", "end": "2027-05-31", "us": False},
                ("2027-05-25", "2027-05-27", "2027-05-31"),
                why="there_is_no_us_holiday_elsewhere",
            ),
            case(
                {"start": "2027-05-24", "end": "2027-06-18"},
                ("2027-06-14", "2027-06-16", "2027-06-18"),
                why="hospitals_do_not_keep_juneteenth",
            ),
        ],
    )
    def test_window_is_the_on_site_days_of_the_final_week(self, more: Json, expected: tuple[str, str, str]) -> None:
        """With two on-site days at least, if there are two."""
        assert window(plan(rotation(**more))) == expected

    def test_window_leaves_out_the_holidays_of_the_applicant(self) -> None:
        """With two days off at the end the last day together is the 24th, and the week that ends on it is the last."""
        holidays = [{"from": "2027-03-25", "to": "2027-03-26"}]
        assert window(plan(rotation(), holidays=holidays)) == ("2027-03-18", "2027-03-22", "2027-03-24")

    def test_final_week_is_cited_and_remarked(self) -> None:
        """The asking cites the rule, and the remark names the days."""
        found = plan(rotation())
        assert ask_rules(found) == ("WHEN-1",)
        assert remarks(found, "WHEN-1") == [("the final week is 2027-03-22 to 2027-03-26", "for")]

    def test_day_to_ask_is_not_remarked_once_the_letter_was_asked_for(self) -> None:
        """The same holds for all rules that set the day."""
        assert remarks(plan(rotation(letter={"asked": "2027-03-01"})), "WHEN-1") == []


class TestWHEN2:
    """Follow up on an offer at once."""

    @pytest.mark.parametrize(
        ("offered", "expected"),
        [
            case("2027-03-10", ("2027-03-10", "2027-03-10", "2027-03-12"), why="on_a_wednesday_the_same_day"),
            case("2027-03-13", ("2027-03-15", "2027-03-15", "2027-03-17"), why="on_a_saturday_monday"),
            case("2027-03-25", ("2027-03-25", "2027-03-25", "2027-03-26"), why="closes_with_the_rotation"),
            case("2027-03-26", ("2027-03-26", "2027-03-26", "2027-03-26"), why="on_the_last_day"),
            case("2027-03-27", ("2027-03-29", "2027-03-29", "2027-03-31"), why="after_it_business_days"),
            case("2027-03-01", ("2027-03-01", "2027-03-01", "2027-03-03"), why="on_the_first_day"),
            case("2027-02-28", ("2027-03-01", "2027-03-01", "2027-03-03"), why="the_sunday_before_the_first_day"),
            case("2027-02-13", ("2027-02-16", "2027-02-16", "2027-02-18"), why="before_it_and_over_a_holiday"),
        ],
    )
    def test_offer_opens_the_window_at_once(self, offered: str, expected: tuple[str, str, str]) -> None:
        """The window stays open for two more days."""
        assert window(plan(rotation(offered=offered), as_of="2027-04-01")) == expected

    def test_offer_on_the_first_day_counts_on_site_days(self) -> None:
        """If Saturdays are the days on site, an offer on the first of them is followed up on it."""
        saturdays = rotation(days=["sat"], start="2027-03-06", end="2027-03-27", offered="2027-03-06")
        assert window(plan(saturdays, as_of="2027-03-06")) == ("2027-03-06", "2027-03-06", "2027-03-20")

    def test_offer_needs_no_booking_and_is_not_pulled_forward(self) -> None:
        """Even if the deadline is near, the day of the offer counts and nothing is booked."""
        late = rotation(start="2027-08-02", end="2027-09-24", offered="2027-09-01")
        found = plan(late, as_of="2027-09-01")
        assert window(found) == ("2027-09-01", "2027-09-01", "2027-09-03")
        assert [one.kind for one in found.actions] == ["ask"]

    def test_offer_is_cited_and_remarked(self) -> None:
        """The asking cites the rules, and the remark names the days."""
        found = plan(rotation(offered="2027-03-10"), as_of="2027-03-10")
        assert ask_rules(found) == ("WHEN-2", "WHO-7")
        assert remarks(found, "WHEN-2") == [("offered, so ask at once: 2027-03-10 to 2027-03-12", "for")]


class TestWHEN3:
    """Never leave without having asked: the last day of the window is the last chance."""

    @pytest.mark.parametrize(
        ("as_of", "expected"),
        [
            case("2027-03-25", False, why="another_day_is_left"),
            case("2027-03-26", True, why="the_day_it_closes"),
            case("2027-03-27", False, why="the_chance_is_gone"),
        ],
    )
    def test_last_day_of_the_window_is_the_last_chance(self, as_of: str, *, expected: bool) -> None:
        """On that day the title says so, and that an e-mail will do."""
        ask: Any = action(plan(rotation(), as_of=as_of), "chen:ask")
        assert ("WHEN-3" in ask.rules) is expected
        assert ask.title.startswith("Last chance: ") is expected
        assert ask.title.endswith(" today, by e-mail if need be") is expected


class TestWHEN4:
    """Do not ask before half of your days together are over, unless the letter is offered."""

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({"end": "2027-03-05"}, ("2027-03-03", "2027-03-03", "2027-03-05"), why="five_days_the_third"),
            case({"end": "2027-03-04"}, ("2027-03-02", "2027-03-02", "2027-03-04"), why="four_days_the_second"),
            case({"end": "2027-03-02"}, ("2027-03-02", "2027-03-02", "2027-03-02"), why="two_days_never_the_first"),
            case({"end": "2027-03-01"}, ("2027-03-01", "2027-03-01", "2027-03-01"), why="a_single_day"),
            case({"end": "2027-03-03"}, ("2027-03-02", "2027-03-02", "2027-03-03"), why="three_days_the_second"),
            case({"days": ["mon"], "end": "2027-03-22"}, ("2027-03-15", "2027-03-15", "2027-03-22"), why="once_a_week"),
        ],
    )
    def test_window_does_not_open_before_the_midpoint(self, more: Json, expected: tuple[str, str, str]) -> None:
        """A short rotation has its window in the later half."""
        assert window(plan(rotation(**more))) == expected

    def test_midpoint_is_cited_and_remarked_where_it_set_the_window(self) -> None:
        """Instead of the rule of the final week."""
        found = plan(rotation(end="2027-03-05"), policy={"min_days": 0})
        assert ask_rules(found) == ("WHEN-4",)
        assert remarks(found, "WHEN-4") == [("not before half of your days are over (2027-03-03)", "for")]
        assert remarks(found, "WHEN-1") == []

    def test_midpoint_does_not_hold_an_offer_back(self) -> None:
        """Offered on the first day, the letter is asked for on the first day."""
        assert window(plan(rotation(offered="2027-03-01")))[1] == "2027-03-01"


class TestWHEN5:
    """Book a short meeting at the end of a day."""

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({}, ("2027-03-22", "2027-03-23"), why="two_on_site_days_before_the_wednesday"),
            case({"away": ["2027-03-23"]}, ("2027-03-19", "2027-03-22"), why="on_site_days_not_calendar_days"),
            case({"end": "2027-03-04"}, None, why="asked_at_the_midpoint_so_no_day_is_left_before"),
            case({"end": "2027-03-08"}, ("2027-03-03", "2027-03-03"), why="not_before_the_midpoint"),
            case({"meeting": "2027-03-25"}, None, why="a_meeting_is_booked_already"),
            case({"offered": "2027-03-01"}, None, why="an_offer_needs_none"),
        ],
    )
    def test_talk_is_booked_two_on_site_days_before_the_day_to_ask(
        self, more: Json, expected: tuple[str, str] | None
    ) -> None:
        """Until the on-site day before it."""
        assert span(plan(rotation(**more)), "chen:book") == expected

    @pytest.mark.parametrize(
        ("as_of", "expected"),
        [case("2027-03-23", True, why="the_day_before"), case("2027-03-24", False, why="too_late_to_book")],
    )
    def test_booking_is_gone_on_the_day_to_ask(self, as_of: str, *, expected: bool) -> None:
        """Nothing is booked for a day that has come."""
        assert (action(plan(rotation(), as_of=as_of), "chen:book") is not None) is expected

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({"meeting": "2027-03-25"}, ("2027-03-22", "2027-03-25", "2027-03-26"), why="within_the_window"),
            case({"meeting": "2027-03-17"}, ("2027-03-17", "2027-03-17", "2027-03-26"), why="before_it_opens"),
            case({"meeting": "2027-04-03"}, ("2027-03-22", "2027-04-03", "2027-04-03"), why="after_it_on_a_saturday"),
            case(
                {"meeting": "2027-03-19", "offered": "2027-03-10"},
                ("2027-03-10", "2027-03-19", "2027-03-19"),
                why="the_days_of_an_offer_stretched_to_the_meeting",
            ),
        ],
    )
    def test_meeting_is_the_day_to_ask(self, more: Json, expected: tuple[str, str, str]) -> None:
        """The window reaches to it."""
        found = plan(rotation(**more), as_of="2027-03-10")
        assert window(found) == expected
        assert ask_rules(found)[0] == "WHEN-5"
        assert remarks(found, "WHEN-5") == [(f"the meeting is on {expected[1]}", "for")]


class TestWHEN6:
    """Halfway, ask how you are doing, while you can still improve; in the last week, record how it went."""

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({}, ("2027-03-12", "2027-03-19"), why="from_the_midpoint_to_the_on_site_day_before_booking"),
            case({"meeting": "2027-03-25"}, ("2027-03-12", "2027-03-24"), why="else_to_the_day_before_the_talk"),
            case({"end": "2027-03-08"}, ("2027-03-03", "2027-03-03"), why="the_midpoint_at_least"),
            case({"end": "2027-03-04"}, None, why="asked_at_the_midpoint_so_there_is_no_time"),
            case({"performance": "good"}, None, why="recorded_already"),
            case({"feedback": "2027-03-01"}, None, why="asked_already"),
        ],
    )
    def test_feedback_is_due_from_the_midpoint(self, more: Json, expected: tuple[str, str] | None) -> None:
        """Early enough to improve."""
        assert span(plan(rotation(**{"performance": None, **more})), "chen:feedback") == expected

    @pytest.mark.parametrize(
        ("as_of", "expected"),
        [case("2027-03-19", True, why="its_last_day"), case("2027-03-20", False, why="the_day_after")],
    )
    def test_feedback_is_gone_after_its_last_day(self, as_of: str, *, expected: bool) -> None:
        """It is never overdue: too late to improve, it is no longer asked."""
        found = plan(rotation(performance=None), as_of=as_of)
        assert (action(found, "chen:feedback") is not None) is expected

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({}, ("2027-03-22", "2027-03-26"), why="in_the_window"),
            case({"meeting": "2027-03-04"}, ("2027-03-12", "2027-03-26"), why="not_before_the_midpoint"),
            case({"offered": "2027-03-02"}, ("2027-03-12", "2027-03-12"), why="with_an_offer_still_at_the_midpoint"),
            case({"performance": "fair"}, None, why="recorded_already"),
            case({"letter": {"asked": "2027-03-01"}}, None, why="asked_for_already"),
        ],
    )
    def test_recording_performance_is_due_while_the_window_is_open(
        self, more: Json, expected: tuple[str, str] | None
    ) -> None:
        """From the midpoint on, if the window is open by then."""
        found = plan(rotation(**{"performance": None, **more}), as_of="2027-03-02")
        assert span(found, "chen:rate") == expected

    @pytest.mark.parametrize(
        ("as_of", "expected"),
        [case("2027-03-26", True, why="its_last_day"), case("2027-03-27", False, why="the_day_after")],
    )
    def test_recording_performance_of_a_letter_on_hold_is_gone_after_its_last_day(
        self, as_of: str, *, expected: bool
    ) -> None:
        """Nobody is chased for a letter on hold; for a pick it becomes overdue."""
        found = plan(*write_rotations(4), rotation(performance=None), as_of=as_of)
        assert letter(found).verdict == "hold"
        assert (action(found, "chen:rate") is not None) is expected
        assert action(plan(rotation(performance=None), as_of=as_of), "chen:rate") is not None


class TestWHEN7:
    """Give the writer enough time: four weeks before 15 September 2027 are 18 August."""

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case(
                {"start": "2027-07-26", "end": "2027-08-20"},
                ("2027-08-16", "2027-08-18", "2027-08-20"),
                why="asked_on_the_latest_day_anyway",
            ),
            case(
                {"start": "2027-07-26", "end": "2027-08-23"},
                ("2027-08-09", "2027-08-09", "2027-08-18"),
                why="asked_on_thursday_the_19th_so_pulled_to_the_midpoint",
            ),
            case(
                {"start": "2027-06-21", "end": "2027-08-27", "away": ["2027-08-04", "2027-08-18"]},
                ("2027-08-03", "2027-08-03", "2027-08-17"),
                why="two_weeks_before_the_latest_day_and_on_site",
            ),
            case(
                {"start": "2027-08-16", "end": "2027-09-10"},
                ("2027-08-27", "2027-08-27", "2027-08-31"),
                why="not_before_the_midpoint",
            ),
            case(
                {"start": "2027-08-23", "end": "2027-10-08"},
                ("2027-09-15", "2027-09-15", "2027-09-17"),
                why="the_midpoint_is_the_day_on_which_letters_are_needed",
            ),
            case(
                {"start": "2027-09-20", "end": "2027-11-05"},
                ("2027-10-13", "2027-10-13", "2027-10-15"),
                why="the_midpoint_is_four_weeks_after_that_day",
            ),
            case(
                {"start": "2027-09-20", "end": "2027-11-09"},
                ("2027-11-03", "2027-11-05", "2027-11-09"),
                why="the_midpoint_is_a_day_later_so_hurrying_is_too_late",
            ),
            case(
                {"start": "2027-07-26", "end": "2027-08-23", "meeting": "2027-08-23"},
                ("2027-08-17", "2027-08-23", "2027-08-23"),
                why="a_meeting_is_not_moved",
            ),
        ],
    )
    def test_window_is_pulled_forward_to_leave_the_writer_four_weeks(
        self, more: Json, expected: tuple[str, str, str]
    ) -> None:
        """To the last on-site day that leaves two weeks more, but not before the midpoint."""
        assert window(plan(rotation(**more), as_of="2027-07-01")) == expected

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            case({"end": "2027-08-23"}, True, why="pulled_forward"),
            case({"end": "2027-08-20"}, False, why="not_pulled_forward"),
            case({"end": "2027-08-23", "letter": {"asked": "2027-07-26"}}, False, why="asked_for_already"),
            case({"end": "2027-08-23", "choice": "skip"}, False, why="skipped"),
        ],
    )
    def test_letter_is_tight_if_the_deadline_pulled_its_window_forward(self, more: Json, *, expected: bool) -> None:
        """Until it is asked for."""
        assert letter(plan(rotation(start="2027-07-26", **more), as_of="2027-07-26")).is_tight is expected

    def test_pulled_window_is_cited_and_remarked(self) -> None:
        """The asking cites the rule, and the remark names the last day with full notice."""
        found = plan(rotation(start="2027-07-26", end="2027-08-23"), as_of="2027-07-01")
        assert ask_rules(found) == ("WHEN-7",)
        expected = "before the final week, as full notice ends on 2027-08-18"
        assert remarks(found, "WHEN-7") == [(expected, "for")]

    @pytest.mark.parametrize(
        ("end", "expected"),
        [
            case("2027-08-18", "2027-08-18", why="closes_on_the_latest_day_to_ask"),
            case("2027-08-19", "2027-08-18", why="closes_after_it_and_is_asked_before_it"),
            case("2027-08-23", "2027-08-18", why="pulled_forward_to_it"),
            case("2027-09-10", "2027-08-31", why="asked_after_it_so_until_the_window_closes"),
        ],
    )
    def test_asking_is_overdue_after_the_latest_day_to_ask(self, end: str, expected: str) -> None:
        """It does not wait until the window closes, if that leaves the writer too little time."""
        start = "2027-08-16" if end == "2027-09-10" else "2027-07-26"
        ask: Any = action(plan(rotation(start=start, end=end), as_of="2027-07-01"), "chen:ask")
        assert ask.until.isoformat() == expected
