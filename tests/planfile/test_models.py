"""The plan file's values, made from Python: defaults, types, contradictions and the days on site."""

from __future__ import annotations

import inspect
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from lorplan.dates.business_days import hospital_holidays
from lorplan.dates.day_set import DaySet
from lorplan.planfile.field_types import FIRST_DAY, LAST_DAY
from lorplan.planfile.models import (
    ON_SITE_FIELDS,
    STAGES,
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

    from lorplan.planfile.base_model import Check, Model
    from runner import Json

START, END = date(2027, 1, 4), date(2027, 1, 29)
ONE_DAY = timedelta(days=1)
NO_DAYS = DaySet(date(1990, 1, 1))


def rotation(**overrides: object) -> Rotation:
    """Make the smallest rotation with some changes; `weeks` replaces `end`."""
    length: Json = {} if "weeks" in overrides else {"end": END}
    return Rotation.model_validate({"attending": "Wei Chen", "specialty": "im", "start": START, **length, **overrides})


def refusals(make: Callable[[], object]) -> list[tuple[tuple[str | int, ...], str]]:
    """Find what is refused: the path to each value, and the sentence."""
    with pytest.raises(ValidationError) as refused:
        make()
    return [
        (error["loc"], error["msg"].removeprefix("Value error, ")) for error in refused.value.errors(include_url=False)
    ]


def list_days(first: date, last: date) -> list[date]:
    """List the days from the first to the last."""
    return [first + timedelta(offset) for offset in range((last - first).days + 1)]


class TestDefaults:
    def test_rotation_has_the_defaults_of_most_rotations(self) -> None:
        """A rotation is hands-on, in the US and on weekdays; anything else is unknown."""
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
            "for_targets": (),
            "standardized": False,
            "notice": None,
            "feedback": None,
            "offered": None,
            "meeting": None,
            "choice": None,
            "id": None,
            "notes": None,
        }

    def test_bare_name_is_an_attending_without_an_address(self) -> None:
        """The default role is the one that counts."""
        assert rotation().attending == Attending(name="Wei Chen", email=None, role="attending")

    def test_letter_has_no_events_by_default(self) -> None:
        """Nothing has happened to a letter that the file does not mention."""
        letter = rotation().letter
        assert (letter.stages(), letter.packet, letter.reminded, letter.declined) == ([], None, (), None)

    def test_plan_file_is_empty_by_default(self) -> None:
        """A plan file needs no key."""
        assert PlanFile() == PlanFile(applicant=Applicant(), policy=Policy(), rotations=())

    def test_policy_has_every_number_of_the_rules_with_its_default(self) -> None:
        """Each number has the same name in the policy and in the rules."""
        assert Policy().model_dump() == {number.name: number.default for number in policy_numbers.ALL}

    def test_bare_specialty_is_a_target_without_a_number(self) -> None:
        """The number of letters then depends on the specialty."""
        assert Target.model_validate("im") == Target(specialty="im", in_specialty=None)

    @pytest.mark.parametrize(("written", "needed"), [("im", 2), ({"specialty": "im", "in_specialty": 0}, 0)])
    def test_target_needs_the_written_number_of_letters_else_that_of_its_specialty(
        self, written: object, needed: int
    ) -> None:
        """Zero is a number too."""
        assert [part.needed for part in Target.model_validate(written).parts] == [needed]


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
    def test_part_of_a_plan_file_cannot_be_changed(self, value: BaseModel) -> None:
        """Every model is frozen."""
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
    def test_text_and_typed_value_are_the_same(self, text: Json, typed: Json) -> None:
        """A value from a file and a value from Python give the same model."""
        assert rotation(**text) == rotation(**typed)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            pytest.param("start", datetime(2027, 1, 4, 8, 30), id="datetime_for_a_day"),  # noqa: DTZ001 - no time zone, as a mistake
            pytest.param("start", 0, id="number_for_a_day"),
            pytest.param("specialty", 3, id="number_for_text"),
            pytest.param("weeks", 2.5, id="half_a_week"),
            pytest.param("us", "maybe", id="word_for_a_flag"),
            pytest.param("attending", 7, id="number_for_an_attending"),
        ],
    )
    def test_value_of_another_type_is_refused_with_its_field(self, field: str, value: object) -> None:
        """A program that passes a wrong type gets the model's own error."""
        assert refusals(lambda: rotation(**{field: value}))[0][0][0] == field

    def test_unknown_field_is_refused(self) -> None:
        """A field that does not exist is a mistake in a program too."""
        assert refusals(lambda: rotation(stat=START))[0][0] == ("stat",)

    def test_range_is_written_with_from_and_to(self) -> None:
        """`first` and `last` are the names of the model's fields, and not read."""
        paths = {path for path, _ in refusals(lambda: rotation(away=[{"first": START, "last": END}]))}
        assert paths == {("away", 0, key) for key in ("from", "to", "first", "last")}

    def test_bare_list_or_tuple_of_rotations_is_a_plan_file(self) -> None:
        """The short form works from Python too."""
        one = rotation()
        expected = PlanFile(rotations=(one,))
        assert [PlanFile.model_validate([one]), PlanFile.model_validate((one,))] == [expected] * 2


class TestContradictions:
    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            pytest.param({"end": START - ONE_DAY}, "end 2027-01-03 is before start 2027-01-04", id="end"),
            pytest.param({"end": END, "weeks": 4}, 'has both "end" and "weeks": keep one', id="both"),
            pytest.param({"end": None}, 'needs "end" or "weeks"', id="neither"),
            pytest.param(
                {"last_day": END + ONE_DAY},
                "last_day 2027-01-30 is outside the rotation, 2027-01-04 to 2027-01-29",
                id="last_day_after_the_end",
            ),
            pytest.param(
                {"weeks": 4, "last_day": date(2027, 1, 30)},
                "last_day 2027-01-30 is outside the rotation, 2027-01-04 to 2027-01-29",
                id="last_day_on_the_weekend_after_the_weeks",
            ),
            pytest.param(
                {"end": START - ONE_DAY, "weeks": 4},
                'has both "end" and "weeks": keep one; end 2027-01-03 is before start 2027-01-04',
                id="two_at_once",
            ),
        ],
    )
    def test_contradiction_in_a_rotation_is_refused_with_every_sentence(self, fields: Json, message: str) -> None:
        """The model's error has the sentence of each check that fails."""
        assert refusals(lambda: rotation(**fields)) == [((), message)]

    @pytest.mark.parametrize("last_day", [START, END])
    def test_last_day_may_be_the_first_or_the_last_day_of_the_rotation(self, last_day: date) -> None:
        """Both ends belong to the rotation."""
        assert rotation(last_day=last_day).final_day == last_day

    def test_range_that_ends_before_it_begins_is_refused(self) -> None:
        """A range needs at least one day."""
        message = "the range ends on 2027-01-04, before it begins on 2027-01-29"
        assert refusals(lambda: DayRange.model_validate({"from": END, "to": START})) == [((), message)]

    def test_plan_file_with_a_duplicate_id_and_a_rotation_without_days_is_refused(self) -> None:
        """The model's error has both sentences."""
        rows = [rotation(id="chen"), rotation(id="chen"), rotation(start=END + ONE_DAY, end=END + 2 * ONE_DAY)]
        empty = "Wei Chen: no on-site day between 2027-01-30 and 2027-01-31: every day is a day off"
        assert refusals(lambda: PlanFile(rotations=tuple(rows))) == [((), f'duplicate id "chen"; {empty}')]

    @pytest.mark.parametrize(
        "fields",
        [
            pytest.param({"days": []}, id="no_weekdays"),
            pytest.param({"days": ["sun"], "end": START}, id="none_of_its_weekdays"),
            pytest.param({"away": [{"from": START, "to": END}]}, id="always_away"),
        ],
    )
    def test_rotation_without_an_on_site_day_is_refused(self, fields: Json) -> None:
        """Days off may not take away every day."""
        [(path, message)] = refusals(lambda: PlanFile(rotations=(rotation(**fields),)))
        assert path == ()
        assert message.startswith("Wei Chen: no on-site day between 2027-01-04 and")

    def test_duplicate_targets_are_refused_in_any_spelling(self) -> None:
        """Each repetition has its sentence."""
        [(_, message)] = refusals(lambda: Applicant.model_validate({"targets": ["IM", "Internal  Medicine", "im"]}))
        assert message == (
            'duplicate target "Internal  Medicine" (first as "IM"); duplicate target "im" (first as "IM")'
        )


class Spy:
    """Replaces a model in a check, and records the fields that the check reads."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.fields: set[str] = set()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any attribute of a model
        if name in type(self.model).model_fields:
            self.fields.add(name)
            return getattr(self.model, name)
        attribute: Any = inspect.getattr_static(self.model, name)
        return attribute.__get__(self)


MODELS: tuple[type[Model], ...] = (Applicant, Attending, DayRange, LetterEvents, PlanFile, Policy, Rotation, Target)
COMPLETE: tuple[Model, ...] = (
    Applicant.model_validate({"targets": ["im", "fm"]}),
    DayRange.model_validate(START),
    LetterEvents.model_validate({**dict.fromkeys((*STAGES, "packet", "thanked"), START), "reminded": [START]}),
    rotation(last_day=END),
    rotation(last_day=END, weeks=4),
)
"""Values of each model with checks, complete enough that a check reads all that it can."""


class TestChecks:
    def test_every_check_is_tested_here(self) -> None:
        """No other model has checks."""
        assert {type(value) for value in COMPLETE} == {model for model in MODELS if model.checks}

    @pytest.mark.parametrize(
        ("value", "check"),
        [
            pytest.param(value, check, id=f"{type(value).__name__}{check.run.__name__}")
            for value in COMPLETE
            for check in type(value).checks
        ],
    )
    def test_check_reads_only_the_fields_that_it_names(self, value: Model, check: Check) -> None:
        """Otherwise it would run with a field that is wrong, and which the examination leaves out.

        The order of the stages is checked without the wrong ones, so this check names none.
        """
        spy = Spy(value)
        list(check.run(spy))
        unnamed = spy.fields - check.reads - check.entries
        assert unnamed == (set(STAGES) if check.run.__name__ == "_check_stage_order" else set())

    def test_on_site_days_are_read_from_the_fields_that_are_named_for_them(self) -> None:
        """Every field that decides about the on-site days is named, and no other."""
        read: set[str] = set()
        for value in (rotation(last_day=END), rotation(weeks=4)):
            spy = Spy(value)
            Rotation.on_site(spy, NO_DAYS)  # type: ignore[arg-type] # the spy replaces a rotation
            read |= spy.fields
        assert read == ON_SITE_FIELDS


class TestLetterEvents:
    @pytest.mark.parametrize(("earlier", "later"), list(combinations(STAGES, 2)))
    def test_two_stages_may_be_on_the_same_day(self, earlier: str, later: str) -> None:
        """The stages are listed in their order."""
        letter = LetterEvents.model_validate({earlier: START, later: START})
        assert letter.stages() == [(earlier, START), (later, START)]

    @pytest.mark.parametrize(("earlier", "later"), list(combinations(STAGES, 2)))
    def test_stage_before_an_earlier_one_is_refused(self, earlier: str, later: str) -> None:
        """The order holds for any two stages."""
        found = refusals(lambda: LetterEvents.model_validate({earlier: END, later: END - ONE_DAY}))
        assert found == [((), f"{later} 2027-01-28 is before {earlier} 2027-01-29")]

    @pytest.mark.parametrize("stage", STAGES)
    def test_packet_thanks_and_reminders_may_be_on_the_day_of_any_stage(self, stage: str) -> None:
        """A writer who agreed was asked, on that day at the latest, and so on for every stage."""
        events = {stage: START, "packet": START, "thanked": START, "reminded": [START]}
        assert LetterEvents.model_validate(events).stages() == [(stage, START)]

    @pytest.mark.parametrize("stage", STAGES)
    def test_packet_thanks_and_reminders_before_the_asking_are_refused(self, stage: str) -> None:
        """Any stage implies the asking; what comes before it is a mistake."""
        before = START - ONE_DAY
        events = {stage: START, "packet": before, "thanked": before, "reminded": [START, before]}
        [(_, message)] = refusals(lambda: LetterEvents.model_validate(events))
        assert message == "; ".join(
            f"{event} 2027-01-03 is before asked 2027-01-04" for event in ("packet", "thanked", "reminded")
        )

    def test_packet_thanks_and_reminders_without_any_stage_are_refused(self) -> None:
        """Nobody was asked then."""
        events = {"packet": START, "thanked": START, "reminded": [START]}
        [(_, message)] = refusals(lambda: LetterEvents.model_validate(events))
        assert message == "; ".join(f"{event} is recorded but asked is not" for event in events)

    @pytest.mark.parametrize("stage", ["uploaded", "assigned"])
    def test_declined_letter_cannot_be_uploaded_or_assigned(self, stage: str) -> None:
        """A writer who declined has not written."""
        message = "a declined letter cannot also be uploaded or assigned"
        assert refusals(lambda: LetterEvents.model_validate({stage: START, "declined": START})) == [((), message)]

    @pytest.mark.parametrize("stage", ["asked", "agreed", "requested"])
    def test_letter_may_be_declined_after_any_other_stage(self, stage: str) -> None:
        """A writer can decline at any time before the upload."""
        assert LetterEvents.model_validate({stage: START, "declined": START}).declined == START

    def test_letter_may_be_declined_without_any_stage(self) -> None:
        """A writer can decline without having been asked."""
        assert LetterEvents.model_validate({"declined": START}).stages() == []


class TestDaysOfARotation:
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
    def test_rotation_of_some_weeks_ends_on_its_last_weekday(
        self, weeks: int, days: tuple[str, ...], ends: date
    ) -> None:
        """The end is the last of `days` within that many times seven days."""
        assert rotation(weeks=weeks, days=days).ends == ends

    @given(
        st.dates(FIRST_DAY, LAST_DAY),
        st.integers(1, 104),
        st.lists(st.sampled_from(WEEKDAYS), min_size=1),
    )
    def test_end_is_the_last_on_site_weekday_before_the_end_of_the_weeks(
        self, start: date, weeks: int, days: list[str]
    ) -> None:
        """Going back from the end of the weeks, the first on-site weekday is the end."""
        day = start + timedelta(7 * weeks - 1)
        while WEEKDAYS[day.weekday()] not in days:
            day -= ONE_DAY
        assert rotation(start=start, weeks=weeks, days=days).ends == day

    def test_written_end_may_be_any_weekday(self) -> None:
        """An `end` stays as it is."""
        assert rotation(end=date(2027, 1, 31)).ends == date(2027, 1, 31)

    def test_event_is_found_in_the_letter_or_in_the_rotation(self) -> None:
        """An offer is recorded in the rotation, all other events under `letter`."""
        found = rotation(offered=START, letter={"asked": END})
        assert [found.event(name) for name in ("offered", "asked", "agreed")] == [START, END, None]


@st.composite
def placements(draw: st.DrawFn) -> tuple[Json, list[Json]]:
    """Draw the days of a rotation and the applicant's own holidays."""
    start = draw(st.dates(date(2026, 11, 1), date(2027, 9, 1)) | st.dates(FIRST_DAY, date(2100, 10, 1)))
    near = st.integers(-5, 70).map(lambda offset: max(FIRST_DAY, min(start + timedelta(offset), LAST_DAY)))
    ranges = st.tuples(near, near).map(lambda ends: {"from": min(ends), "to": max(ends)})
    end = start + timedelta(draw(st.integers(0, 60)))
    holidays = sorted(day for day in hospital_holidays(start.year) if day >= start)
    written: Json = {
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
    def test_on_site_days_are_all_weekdays_of_the_rotation_that_are_not_off(
        self, drawn: tuple[Json, list[Json]]
    ) -> None:
        """Hospital holidays are off in the US unless worked, and so are the days off of both people."""
        written, own = drawn
        off = {
            day
            for away in [*written["away"], *own]
            for day in (list_days(away["from"], away["to"]) if isinstance(away, dict) else [away])
        }
        expected = [
            day
            for day in list_days(written["start"], written["last_day"] if "last_day" in written else written["end"])
            if WEEKDAYS[day.weekday()] in written["days"]
            and (not written["us"] or day not in hospital_holidays(day.year) or day in written["worked"])
            and day not in off
        ]
        applicant = Applicant.model_validate({"holidays": own})
        assert list(rotation(**written).on_site(applicant.days_off)) == expected

    def test_holiday_observed_in_the_year_before_is_off(self) -> None:
        """New Year's Day 2028 is a Saturday, so that Friday 31 December 2027 is off."""
        days = rotation(start=date(2027, 12, 27), end=date(2028, 1, 3)).on_site(NO_DAYS)
        assert [f"{day:%m-%d}" for day in days] == ["12-27", "12-28", "12-29", "12-30", "01-03"]

    def test_hospital_holiday_is_on_site_outside_the_us(self) -> None:
        """Other countries do not have the American holidays."""
        day = date(2027, 5, 31)
        assert [day in rotation(us=us, start=day - ONE_DAY, end=day).on_site(NO_DAYS) for us in (True, False)] == [
            False,
            True,
        ]

    def test_holidays_of_the_applicant_are_off_in_every_rotation(self) -> None:
        """The plan file combines both."""
        applicant = Applicant.model_validate({"holidays": [{"from": START, "to": END - ONE_DAY}]})
        assert [list(days) for days in PlanFile(applicant=applicant, rotations=(rotation(),)).on_site] == [[END]]


class TestIds:
    def test_rotations_of_a_plan_file_have_written_or_derived_ids(self) -> None:
        """Every rotation has an id; of equal names the first has none, the others the month of their start."""
        rows = (rotation(), rotation(start=date(2027, 1, 5)), rotation(id="own"))
        assert PlanFile(rotations=rows).ids == ("chen", "chen-2027-01", "own")
