"""The plan file's values, made from Python: what is left out, what is refused, and the days on site."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from lorplan.dates.business_days import federal_holidays
from lorplan.dates.day_set import DaySet
from lorplan.planfile.field_types import iso_day
from lorplan.planfile.models import (
    WEEKDAYS,
    Applicant,
    Attending,
    DayRange,
    LetterEvents,
    PlanFile,
    Policy,
    Rotation,
    Target,
)
from lorplan.reference import policy_numbers

if TYPE_CHECKING:
    from collections.abc import Callable

START, END = date(2027, 1, 4), date(2027, 1, 29)
ONE_DAY = timedelta(days=1)
STEPS = ("asked", "agreed", "requested", "uploaded", "assigned")
NO_DAYS = DaySet(date(1990, 1, 1))

Plain = dict[str, Any]


def rotation(**overrides: object) -> Rotation:
    """Make the smallest rotation, changed as told; `weeks` stands for `end`."""
    placement: Plain = {} if "weeks" in overrides else {"end": END}
    return Rotation.model_validate(
        {"attending": "Wei Chen", "specialty": "im", "start": START, **placement, **overrides}
    )


def refusals(make: Callable[[], object]) -> list[tuple[tuple[str | int, ...], str]]:
    """Say what is refused: the path to each value, and the sentence."""
    with pytest.raises(ValidationError) as refused:
        make()
    return [
        (error["loc"], error["msg"].removeprefix("Value error, "))
        for error in refused.value.errors(include_url=False)
    ]


def walked(first: date, last: date) -> list[date]:
    """List the days from the first to the last, one step a day."""
    return [first + timedelta(offset) for offset in range((last - first).days + 1)]


class TestDefaults:
    def test_of_a_rotation_are_those_of_most_rotations(self) -> None:
        """A rotation is hands-on, in the US, on weekdays; what nobody knows stays unknown."""
        assert rotation().model_dump(exclude={"attending", "letter"}) == {
            "specialty": "im",
            "start": START,
            "end": END,
            "weeks": None,
            "hospital": None,
            "last_day": None,
            "days": ("mon", "tue", "wed", "thu", "fri"),
            "away": (),
            "worked": (),
            "experience": "hands-on",
            "us": True,
            "residency_affiliated": None,
            "img_friendly": None,
            "letterhead": None,
            "performance": None,
            "contact": None,
            "offered": None,
            "meeting": None,
            "choice": None,
            "id": None,
            "notes": None,
        }

    def test_of_an_attending_are_no_address_and_the_role_that_counts(self) -> None:
        """A bare name is an attending."""
        assert rotation().attending == Attending(name="Wei Chen", email=None, role="attending")

    def test_of_a_letter_are_no_events(self) -> None:
        """Nothing has happened to a letter that the file is silent about."""
        letter = rotation().letter
        assert (letter.steps(), letter.packet, letter.reminded, letter.declined) == ([], None, (), None)

    def test_of_a_plan_file_are_nobody_and_nothing(self) -> None:
        """A plan without anything is a plan."""
        assert PlanFile() == PlanFile(applicant=Applicant(), policy=Policy(), rotations=())

    def test_of_a_policy_are_the_rule_book_s(self) -> None:
        """Every number of the rule book is in the policy, under its name and with its default."""
        assert Policy().model_dump() == {number.name: number.default for number in policy_numbers.ALL}

    def test_of_a_target_leave_the_number_to_the_specialty(self) -> None:
        """A bare name is a target."""
        assert Target.model_validate("im") == Target(specialty="im", in_specialty=None)


class TestValues:
    @pytest.mark.parametrize(
        "value",
        [
            PlanFile(),
            Applicant(),
            Policy(),
            rotation(),
            LetterEvents(),
            Attending(name="A"),
            Target(specialty="im"),
            DayRange.model_validate(START),
        ],
        ids=lambda value: type(value).__name__,
    )
    def test_cannot_be_changed(self, value: BaseModel) -> None:
        """Every part of a plan file is frozen."""
        field = next(iter(type(value).model_fields))
        with pytest.raises(ValidationError, match="frozen"):
            setattr(value, field, None)

    @pytest.mark.parametrize(
        ("text", "typed"),
        [
            pytest.param({"start": "2027-01-04"}, {"start": START}, id="day"),
            pytest.param({"weeks": "4"}, {"weeks": 4}, id="whole_number"),
            pytest.param({"us": "No"}, {"us": False}, id="flag"),
            pytest.param(
                {"away": ["2027-01-05"]},
                {"away": [{"from": date(2027, 1, 5), "to": date(2027, 1, 5)}]},
                id="range",
            ),
            pytest.param({"days": ["mon"]}, {"days": ("mon",)}, id="list_or_tuple"),
        ],
    )
    def test_are_the_same_from_text_and_from_python(self, text: Plain, typed: Plain) -> None:
        """What is read from a file and what is built in a program is one value."""
        assert rotation(**text) == rotation(**typed)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            pytest.param("start", datetime(2027, 1, 4, 8, 30), id="a_moment_is_no_day"),  # noqa: DTZ001 - without a zone on purpose
            pytest.param("start", 0, id="a_number_is_no_day"),
            pytest.param("specialty", 3, id="a_number_is_no_text"),
            pytest.param("weeks", 2.5, id="half_a_week"),
            pytest.param("us", "maybe", id="a_word_that_is_no_flag"),
            pytest.param("attending", 7, id="a_number_is_nobody"),
        ],
    )
    def test_of_another_type_are_refused(self, field: str, value: object) -> None:
        """A program that passes the wrong type learns it at once, and by the model's own error."""
        assert refusals(lambda: rotation(**{field: value}))[0][0][0] == field

    def test_with_unknown_fields_are_refused(self) -> None:
        """A field that does not exist is a slip, in a program too."""
        assert refusals(lambda: rotation(stat=START))[0][0] == ("stat",)

    def test_of_a_range_have_the_file_s_names(self) -> None:
        """A range is written with `from` and `to`; `first` and `last` are the program's own words."""
        assert refusals(lambda: rotation(away=[{"first": START, "last": END}]))

    def test_of_a_bare_list_are_a_plan_file(self) -> None:
        """A list of rotations is a plan file, whether a list or a tuple."""
        one = rotation()
        expected = PlanFile(rotations=(one,))
        assert [PlanFile.model_validate([one]), PlanFile.model_validate((one,))] == [expected] * 2


class TestIsoDay:
    @pytest.mark.parametrize("text", ["1990-01-01", "2028-02-29", "2100-12-31"])
    def test_reads_a_day_that_exists(self, text: str) -> None:
        """Every day of the calendar from 1990 to 2100 is read."""
        assert iso_day(text).isoformat() == text

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            pytest.param(
                "1989-12-31", "1989-12-31 is out of range: dates go from 1990-01-01 to 2100-12-31", id="before"
            ),
            pytest.param(
                "2101-01-01", "2101-01-01 is out of range: dates go from 1990-01-01 to 2100-12-31", id="after"
            ),
            pytest.param("2027-02-29", "2027-02-29 does not exist: February 2027 has 28 days", id="no_leap_year"),
            pytest.param("2026-11-31", "2026-11-31 does not exist: November 2026 has 30 days", id="day_31"),
            pytest.param("2027-01-00", "2027-01-00 does not exist: January 2027 has 31 days", id="day_0"),
            pytest.param("2027-13-01", "2027-13-01 does not exist: there is no such month", id="month_13"),
            pytest.param("2027-00-01", "2027-00-01 does not exist: there is no such month", id="month_0"),
            pytest.param("0000-01-01", "0000-01-01 does not exist: there is no such year", id="year_0"),
        ],
    )
    def test_says_why_a_day_is_not_in_the_calendar(self, text: str, message: str) -> None:
        """A day that does not exist, or is far away, is told apart from one in another form."""
        with pytest.raises(ValueError, match=f"^{message}$"):
            iso_day(text)

    @pytest.mark.parametrize(
        ("text", "forms"),
        [
            pytest.param("05/11/2026", "2026-11-05 or 2026-05-11", id="both_orders_where_both_can_be"),
            pytest.param("13/11/2026", "2026-11-13", id="day_first"),
            pytest.param("11/13/2026", "2026-11-13", id="month_first"),
            pytest.param("11.11.2026", "2026-11-11", id="one_form_where_both_are_the_same"),
            pytest.param("2026/11/5", "2026-11-05", id="year_first"),
            pytest.param("2026-1-5", "2026-01-05", id="without_noughts"),
            pytest.param(" 2026-01-05", "2026-01-05", id="space_in_front"),
            pytest.param("31/02/2026", "2027-01-29", id="no_form_for_a_day_that_does_not_exist"),
            pytest.param("05/11/1926", "2027-01-29", id="no_form_for_a_year_that_is_refused"),
            pytest.param("05/11/9926", "2027-01-29", id="no_form_for_a_year_far_ahead"),
            pytest.param("05/11/26", "2027-01-29", id="a_year_in_two_digits_is_not_guessed"),
            pytest.param("tomorrow", "2027-01-29", id="a_word"),
            pytest.param("20270104", "2027-01-29", id="without_hyphens"),
            pytest.param("2027-01-04T08:30", "2027-01-29", id="with_a_time"),
            pytest.param("٢٠٢٧-01-04", "2027-01-29", id="digits_of_another_script"),
            pytest.param("", "2027-01-29", id="nothing"),
        ],
    )
    def test_shows_the_right_form_of_another(self, text: str, forms: str) -> None:
        """A date in another form is never guessed: what it could mean is shown, else an example."""
        with pytest.raises(ValueError, match="is not a date") as refused:
            iso_day(text)
        assert str(refused.value) == f'"{text}" is not a date: write YYYY-MM-DD, such as {forms}'


class TestFaults:
    @pytest.mark.parametrize(
        ("fields", "path", "message"),
        [
            pytest.param(
                {"end": START - ONE_DAY}, ("end",), "end 2027-01-03 is before start 2027-01-04", id="end"
            ),
            pytest.param({"end": END, "weeks": 4}, ("weeks",), 'has both "end" and "weeks": keep one', id="both"),
            pytest.param({"end": None}, (), 'needs "end" or "weeks"', id="neither"),
            pytest.param(
                {"last_day": END + ONE_DAY},
                ("last_day",),
                "last_day 2027-01-30 is outside the rotation, 2027-01-04 to 2027-01-29",
                id="last_day_after_the_end",
            ),
            pytest.param(
                {"last_day": START - ONE_DAY},
                ("last_day",),
                "last_day 2027-01-03 is outside the rotation, 2027-01-04 to 2027-01-29",
                id="last_day_before_the_start",
            ),
            pytest.param(
                {"weeks": 4, "last_day": date(2027, 1, 30)},
                ("last_day",),
                "last_day 2027-01-30 is outside the rotation, 2027-01-04 to 2027-01-29",
                id="last_day_on_the_weekend_after_the_weeks",
            ),
        ],
    )
    def test_of_a_rotation_name_the_key(self, fields: Plain, path: tuple[str, ...], message: str) -> None:
        """Dates that contradict each other are refused at the one to change."""
        assert refusals(lambda: rotation(**fields)) == [(path, message)]

    @pytest.mark.parametrize("last_day", [START, END])
    def test_of_a_rotation_spare_its_own_ends(self, last_day: date) -> None:
        """The last day may be any day of the rotation, the first and the last among them."""
        assert rotation(last_day=last_day).final_day == last_day

    def test_of_a_range_name_its_end(self) -> None:
        """A range cannot end before it begins."""
        assert refusals(lambda: DayRange.model_validate({"from": END, "to": START})) == [
            (("to",), "the range ends on 2027-01-04, before it begins on 2027-01-29")
        ]

    def test_of_a_plan_file_name_the_rotation(self) -> None:
        """An id that is there twice is refused at the second, a rotation without days at its start."""
        rows = [rotation(id="chen"), rotation(id="chen"), rotation(start=END + ONE_DAY, end=END + 2 * ONE_DAY)]
        assert refusals(lambda: PlanFile(rotations=tuple(rows))) == [
            (("rotations", 1, "id"), 'the id "chen" is here twice'),
            (
                ("rotations", 2, "start"),
                "no on-site day between 2027-01-30 and 2027-01-31: all are days off",
            ),
        ]

    @pytest.mark.parametrize(
        ("fields", "key"),
        [
            pytest.param({"days": []}, "days", id="no_weekdays"),
            pytest.param({"days": ["sun"], "end": START}, "days", id="none_of_its_weekdays"),
            pytest.param({"away": [{"from": START, "to": END}]}, "away", id="always_away"),
        ],
    )
    def test_of_days_off_name_the_key_that_took_them(self, fields: Plain, key: str) -> None:
        """A rotation without any day on site is refused where its days were written away."""
        assert [path for path, _ in refusals(lambda: PlanFile(rotations=(rotation(**fields),)))] == [
            ("rotations", 0, key)
        ]

    def test_of_an_applicant_name_the_second_target(self) -> None:
        """A target in another spelling is the same target."""
        assert refusals(lambda: Applicant.model_validate({"targets": ["IM", "Internal  Medicine", "im"]})) == [
            (("targets", 1), 'the target "Internal  Medicine" is here twice (first as "IM")'),
            (("targets", 2), 'the target "im" is here twice (first as "IM")'),
        ]


class TestLetterEvents:
    @pytest.mark.parametrize(("earlier", "later"), list(combinations(STEPS, 2)))
    def test_of_one_day_are_in_order(self, earlier: str, later: str) -> None:
        """Two steps may be taken on the same day."""
        letter = LetterEvents.model_validate({earlier: START, later: START})
        assert letter.steps() == [(earlier, START), (later, START)]

    @pytest.mark.parametrize(("earlier", "later"), list(combinations(STEPS, 2)))
    def test_out_of_order_are_refused_at_the_later_step(self, earlier: str, later: str) -> None:
        """A step before an earlier one cannot be, however many lie between them."""
        found = refusals(lambda: LetterEvents.model_validate({earlier: END, later: END - ONE_DAY}))
        assert found == [((later,), f"{later} 2027-01-28 is before {earlier} 2027-01-29")]

    @pytest.mark.parametrize("name", ["packet", "thanked", "reminded"])
    @pytest.mark.parametrize("step", STEPS)
    def test_beside_the_steps_may_be_on_the_day_of_the_asking(self, name: str, step: str) -> None:
        """Whoever agreed was asked, at the latest on that day: packets and reminders may follow from then on."""
        day: object = [START] if name == "reminded" else START
        assert LetterEvents.model_validate({step: START, name: day}).steps() == [(step, START)]

    @pytest.mark.parametrize("step", STEPS)
    def test_beside_the_steps_before_the_asking_are_refused(self, step: str) -> None:
        """Nobody is reminded, thanked or sent a packet before they were asked."""
        before = START - ONE_DAY
        written = {step: START, "packet": before, "thanked": before, "reminded": [START, before]}
        assert refusals(lambda: LetterEvents.model_validate(written)) == [
            (("packet",), "packet 2027-01-03 is before asked 2027-01-04"),
            (("thanked",), "thanked 2027-01-03 is before asked 2027-01-04"),
            (("reminded", 1), "reminded 2027-01-03 is before asked 2027-01-04"),
        ]

    def test_beside_the_steps_need_the_asking(self) -> None:
        """Without any step nobody was asked."""
        written = {"packet": START, "thanked": START, "reminded": [START]}
        assert refusals(lambda: LetterEvents.model_validate(written)) == [
            (("packet",), "packet needs asked: nobody was asked yet"),
            (("thanked",), "thanked needs asked: nobody was asked yet"),
            (("reminded", 0), "reminded needs asked: nobody was asked yet"),
        ]

    @pytest.mark.parametrize("step", ["uploaded", "assigned"])
    def test_of_a_letter_that_is_there_exclude_a_decline(self, step: str) -> None:
        """Whoever declined has not written."""
        assert refusals(lambda: LetterEvents.model_validate({step: START, "declined": START})) == [
            (("declined",), "declined cannot stand beside uploaded or assigned")
        ]

    @pytest.mark.parametrize("step", ["asked", "agreed", "requested"])
    def test_may_end_with_a_decline(self, step: str) -> None:
        """A writer can decline at any time before the upload, and without having been asked on record."""
        assert LetterEvents.model_validate({step: START, "declined": START}).declined == START


class TestEnds:
    @pytest.mark.parametrize(
        ("weeks", "days", "ends"),
        [
            pytest.param(4, WEEKDAYS[:5], date(2027, 1, 29), id="friday_of_the_fourth_week"),
            pytest.param(1, WEEKDAYS[:5], date(2027, 1, 8), id="one_week"),
            pytest.param(1, ("mon",), date(2027, 1, 4), id="its_only_day"),
            pytest.param(1, ("sun",), date(2027, 1, 10), id="last_day_of_the_seven"),
            pytest.param(2, ("wed", "tue"), date(2027, 1, 13), id="latest_weekday_in_any_order"),
            pytest.param(104, WEEKDAYS[:5], date(2028, 12, 29), id="two_years"),
        ],
    )
    def test_on_the_last_weekday_within_the_weeks(self, weeks: int, days: tuple[str, ...], ends: date) -> None:
        """`weeks` ends on the last weekday of `days` within that many times seven days."""
        assert rotation(weeks=weeks, days=days).ends == ends

    @given(
        st.dates(date(1990, 1, 1), date(2100, 12, 31)),
        st.integers(1, 104),
        st.lists(st.sampled_from(WEEKDAYS), min_size=1),
    )
    def test_within_the_last_week(self, start: date, weeks: int, days: list[str]) -> None:
        """Counted back from the end of the weeks, the first day whose weekday is on site is the end."""
        day = start + timedelta(7 * weeks - 1)
        while WEEKDAYS[day.weekday()] not in days:
            day -= ONE_DAY
        assert rotation(start=start, weeks=weeks, days=days).ends == day

    def test_as_written(self) -> None:
        """An `end` is taken as it is, on whatever weekday."""
        assert rotation(end=date(2027, 1, 31)).ends == date(2027, 1, 31)


@st.composite
def placements(draw: st.DrawFn) -> tuple[Plain, list[Plain]]:
    """Draw the days of a rotation, and the applicant's own holidays."""
    start = draw(st.dates(date(2026, 11, 1), date(2027, 9, 1)) | st.dates(date(1990, 1, 1), date(2100, 10, 1)))
    near = st.integers(-5, 70).map(lambda offset: min(start + timedelta(offset), date(2100, 12, 31)))
    near = near.map(lambda day: max(day, date(1990, 1, 1)))
    ranges = st.tuples(near, near).map(lambda ends: {"from": min(ends), "to": max(ends)})
    end = start + timedelta(draw(st.integers(0, 60)))
    holidays = sorted(day for day in federal_holidays(start.year) if day >= start)
    written: Plain = {
        "start": start,
        "end": end,
        "days": draw(st.lists(st.sampled_from(WEEKDAYS))),
        "us": draw(st.booleans()),
        "away": draw(st.lists(near | ranges, max_size=3)),
        "worked": draw(st.lists(near | st.sampled_from(holidays or [end]), max_size=3)),
    }
    if draw(st.booleans()):
        written["last_day"] = draw(st.dates(start, end))
    return written, draw(st.lists(ranges, max_size=2))


class TestOnSite:
    @given(placements())
    def test_is_every_day_that_is_not_off(self, drawn: tuple[Plain, list[Plain]]) -> None:
        """Weekdays of the rotation, without federal holidays unless worked, and without anybody's days off."""
        written, own = drawn
        off = {
            day
            for away in [*written["away"], *own]
            for day in (walked(away["from"], away["to"]) if isinstance(away, dict) else [away])
        }
        expected = [
            day
            for day in walked(written["start"], written["last_day"] if "last_day" in written else written["end"])
            if WEEKDAYS[day.weekday()] in written["days"]
            and (not written["us"] or day not in federal_holidays(day.year) or day in written["worked"])
            and day not in off
        ]
        applicant = Applicant.model_validate({"holidays": own})
        assert list(rotation(**written).on_site(applicant.days_off)) == expected

    def test_leaves_out_a_holiday_observed_in_the_year_before(self) -> None:
        """New Year's Day 2028 is a Saturday, so that Friday 31 December 2027 is off."""
        days = rotation(start=date(2027, 12, 27), end=date(2028, 1, 3)).on_site(NO_DAYS)
        assert [f"{day:%m-%d}" for day in days] == ["12-27", "12-28", "12-29", "12-30", "01-03"]

    def test_keeps_a_federal_holiday_abroad(self) -> None:
        """Outside the US nobody has the federal holidays off."""
        day = date(2027, 1, 18)
        assert [day in rotation(us=us).on_site(NO_DAYS) for us in (True, False)] == [False, True]

    def test_of_a_plan_file_is_reckoned_with_the_applicant_s_holidays(self) -> None:
        """What the applicant has off is off in every rotation of the file."""
        applicant = Applicant.model_validate({"holidays": [{"from": START, "to": END - ONE_DAY}]})
        assert [list(days) for days in PlanFile(applicant=applicant, rotations=(rotation(),)).on_site] == [[END]]


class TestIds:
    def test_of_a_plan_file_are_written_or_derived(self) -> None:
        """Every rotation has an id, with the month of its start where names meet."""
        rows = (rotation(), rotation(start=date(2027, 1, 5)), rotation(id="own"))
        assert PlanFile(rotations=rows).ids == ("chen-2027-01", "chen-2027-01-2", "own")
