"""What the user wrote: the plan file as frozen values.

Scalars may be given as the text of the file or, from Python, as values of their type. A model refuses what
is wrong within itself; every fault names the key it is about, so that a reader of files can point at it.
"""

# Annotations are values here: pydantic reads them all, and one that it must evaluate from text first takes longer.

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Annotated, Any, Literal, NamedTuple, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError, PydanticKnownError

from lorplan.dates.business_days import federal_holidays
from lorplan.dates.day_set import DaySet
from lorplan.planfile.field_types import FIRST_DAY, Day, Email, Flag, Id, Line, Note, Whole
from lorplan.reference import policy_numbers as numbers
from lorplan.reference.attending_names import Entry, rotation_ids
from lorplan.reference.policy_numbers import Number
from lorplan.reference.specialties import canonical
from lorplan.text.safe import shortened

MAX_WEEKS = 104
"""Two years: a clinical placement is a matter of weeks, so more is a slip of the keyboard."""

MAX_IN_SPECIALTY = 10
"""As with the letters wanted: programs take four, so ten leaves room for whatever comes."""

MAX_ROTATIONS = 100_000
"""Of one plan file, which is one applicant's; more than that is no plan, and costs a gigabyte."""

MAX_LISTED = 1000
"""Entries of a list other than that of the rotations: days off, reminders and targets are a handful."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FIRST_SEASON, LAST_SEASON = 1991, 2100
"""The seasons whose days lie within those that a plan file may name."""

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Role = Literal["attending", "fellow", "resident"]
Experience = Literal["hands-on", "observership", "telehealth", "research"]
Performance = Literal["excellent", "good", "fair", "poor"]
Contact = Literal["daily", "weekly", "rarely"]
Choice = Literal["ask", "skip"]
Step = Literal["asked", "agreed", "requested", "uploaded", "assigned"]


class Fault(NamedTuple):
    """What is wrong between several keys.

    `at` is the key to point at and `reads` the keys the fault rests on, both as seen from `owner`, the
    mapping they stand in. `lacks` says that a key which is not there is the reason.
    """

    at: tuple[str | int, ...]
    text: str
    reads: tuple[str, ...]
    lacks: bool = False
    owner: tuple[str | int, ...] = ()

    def details(self) -> InitErrorDetails:
        """The fault in pydantic's form."""
        context = {"text": self.text, "reads": self.reads, "lacks": self.lacks, "depth": len(self.at)}
        error = PydanticCustomError("fault", "{text}", context)
        return InitErrorDetails(type=error, loc=self.owner + self.at, input=None)


class Model(BaseModel):
    """A frozen part of the plan file that refuses unknown keys and reports all of its faults at once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def faults(self) -> Iterable[Fault]:
        """What is wrong between the fields of this value."""
        return ()

    @model_validator(mode="before")
    @classmethod
    def _leave_out_nothing(cls, value: object) -> object:
        """A known key with nothing behind it counts as left out; an unknown one is still refused."""
        if not isinstance(value, dict) or None not in value.values():
            return value
        known = {field.alias or name for name, field in cls.model_fields.items()}
        return {key: item for key, item in value.items() if item is not None or key not in known}

    @model_validator(mode="after")
    def _refuse_faults(self) -> Self:
        found = [fault.details() for fault in self.faults()]
        if found:
            raise ValidationError.from_exception_data(type(self).__name__, found)
        return self


def _at_most(number: int) -> BeforeValidator:
    """Refuse a longer list, before its entries are looked at: each wrong one would be an error of its own."""

    def refuse_more(value: object) -> object:
        if isinstance(value, (list, tuple)) and len(value) > number:
            known = {"field_type": "List", "max_length": number, "actual_length": len(value)}
            raise PydanticKnownError("too_long", known)  # noqa: EM101 - the kind of error, no message
        return value

    return BeforeValidator(refuse_more)


_Entry = TypeVar("_Entry")
Some = Annotated[tuple[_Entry, ...], Field(max_length=MAX_LISTED), _at_most(MAX_LISTED)]


class Attending(Model):
    """Who would write the letter."""

    name: Line
    email: Email | None = None
    role: Role = "attending"

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: object) -> object:
        return {"name": value} if isinstance(value, str) else value


class DayRange(Model):
    """Days off, the first and the last included; one day where the file has a single date."""

    first: Day = Field(alias="from")
    last: Day = Field(alias="to")

    @model_validator(mode="before")
    @classmethod
    def _from_day(cls, value: object) -> object:
        return {"from": value, "to": value} if isinstance(value, (str, date)) else value

    def faults(self) -> Iterator[Fault]:
        """A range that ends before it begins."""
        if self.last < self.first:
            text = f"the range ends on {self.last}, before it begins on {self.first}"
            yield Fault(at=("to",), text=text, reads=("from", "to"))


class LetterEvents(Model):
    """The dated events of one letter."""

    asked: Day | None = None
    agreed: Day | None = None
    packet: Day | None = None
    requested: Day | None = None
    reminded: Some[Day] = ()
    uploaded: Day | None = None
    thanked: Day | None = None
    assigned: Day | None = None
    declined: Day | None = None

    def steps(self) -> list[tuple[str, date]]:
        """The steps on the way to an assigned letter that are recorded, in their order."""
        named = ((name, getattr(self, name)) for name in STEPS)
        return [(name, day) for name, day in named if day is not None]

    def faults(self) -> Iterator[Fault]:
        """Events in an order that cannot be."""
        yield from self._step_faults()
        yield from self._companion_faults()
        if self.declined and (self.uploaded or self.assigned):
            text = "declined cannot stand beside uploaded or assigned"
            yield Fault(at=("declined",), text=text, reads=("declined", "uploaded", "assigned"))

    def _step_faults(self) -> Iterator[Fault]:
        steps = self.steps()
        for (earlier, before), (later, day) in pairwise(steps):
            if day < before:
                text = f"{later} {day} is before {earlier} {before}"
                yield Fault(at=(later,), text=text, reads=(earlier, later))

    def _companion_faults(self) -> Iterator[Fault]:
        """Packet, reminders and thanks need an asked writer; a later step implies the asking."""
        asked = next((day for _, day in self.steps()), None)
        for name, at, day in self._companions():
            if asked is None:
                text = f"{name} needs asked: nobody was asked yet"
                yield Fault(at=at, text=text, reads=(name, *STEPS), lacks=True)
            elif day < asked:
                text = f"{name} {day} is before asked {asked}"
                yield Fault(at=at, text=text, reads=(name, *STEPS), lacks=self.asked is None)

    def _companions(self) -> Iterator[tuple[str, tuple[str | int, ...], date]]:
        for name, day in (("packet", self.packet), ("thanked", self.thanked)):
            if day:
                yield name, (name,), day
        for place, day in enumerate(self.reminded):
            yield "reminded", ("reminded", place), day


STEPS: tuple[Step, ...] = ("asked", "agreed", "requested", "uploaded", "assigned")
"""The way of a letter: of these events a later one implies the earlier ones."""


class Rotation(Model):
    """One clinical placement with one attending, at one site."""

    attending: Attending
    specialty: Line
    start: Day
    end: Day | None = None
    weeks: Annotated[Whole, Field(ge=1, le=MAX_WEEKS)] | None = None
    hospital: Line | None = None
    last_day: Day | None = None
    days: Some[Weekday] = ("mon", "tue", "wed", "thu", "fri")
    away: Some[DayRange] = ()
    worked: Some[Day] = ()
    experience: Experience = "hands-on"
    us: Flag = True
    residency_affiliated: Flag | None = None
    img_friendly: Flag | None = None
    letterhead: Flag | None = None
    performance: Performance | None = None
    contact: Contact | None = None
    offered: Day | None = None
    meeting: Day | None = None
    choice: Choice | None = None
    letter: LetterEvents = LetterEvents()
    id: Id | None = None
    notes: Note | None = None

    def faults(self) -> Iterator[Fault]:
        """Dates of the placement that contradict each other."""
        if self.end and self.weeks:
            yield Fault(at=("weeks",), text='has both "end" and "weeks": keep one', reads=("end", "weeks"))
        elif not self.end and not self.weeks:
            yield Fault(at=(), text='needs "end" or "weeks"', reads=("end", "weeks"), lacks=True)
        elif self.end and self.end < self.start:
            yield Fault(at=("end",), text=f"end {self.end} is before start {self.start}", reads=("start", "end"))
        elif self.last_day and not self.start <= self.last_day <= self.ends:
            text = f"last_day {self.last_day} is outside the rotation, {self.start} to {self.ends}"
            reads = ("start", "end", "weeks", "last_day", "days")
            unsure = self.end is None and "days" not in self.model_fields_set
            yield Fault(at=("last_day",), text=text, reads=reads, lacks=unsure)

    @property
    def weekdays(self) -> tuple[int, ...]:
        """The on-site weekdays as numbers, 0 for Monday."""
        return tuple(WEEKDAYS.index(day) for day in self.days)

    @property
    def ends(self) -> date:
        """The rotation's end: as written, or the last on-site weekday within its weeks."""
        if self.end:
            return self.end
        last = self.start + timedelta(7 * (self.weeks or 1) - 1)
        return DaySet.on_weekdays(last - timedelta(6), last, self.weekdays or range(7)).last

    @property
    def final_day(self) -> date:
        """The last calendar day with this attending: `last_day`, else the end."""
        return self.last_day or self.ends

    def on_site(self, holidays: DaySet) -> DaySet:
        """The days on which the user works with this attending; `holidays` are the applicant's own."""
        last = self.final_day
        days = DaySet.on_weekdays(self.start, last, self.weekdays) - holidays
        if self.us:
            days -= _federal_holidays(self.start.year, last.year) - DaySet.of(self.worked, self.start)
        return days - _union(self.away)


def _union(ranges: Iterable[DayRange]) -> DaySet:
    days = DaySet(FIRST_DAY)
    for off in ranges:
        days |= DaySet.between(off.first, off.last)
    return days


@lru_cache(maxsize=4096)
def _federal_holidays(first_year: int, last_year: int) -> DaySet:
    years = range(first_year, last_year + 1)
    return DaySet.of((day for year in years for day in federal_holidays(year)), date(first_year, 1, 1))


class Target(Model):
    """A specialty the applicant will apply to."""

    specialty: Line
    in_specialty: Annotated[Whole, Field(ge=0, le=MAX_IN_SPECIALTY)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_specialty(cls, value: object) -> object:
        return {"specialty": value} if isinstance(value, str) else value


class Applicant(Model):
    """Who applies, to what, and when."""

    name: Line | None = None
    email: Email | None = None
    season: Annotated[Whole, Field(ge=FIRST_SEASON, le=LAST_SEASON)] | None = None
    deadline: Day | None = None
    targets: Some[Target] = ()
    holidays: Some[DayRange] = ()

    def faults(self) -> Iterator[Fault]:
        """A target that is there twice, in whatever spelling."""
        seen: dict[str, str] = {}
        for place, target in enumerate(self.targets):
            name = canonical(target.specialty)
            if name in seen:
                same = seen[name] == target.specialty
                first = "" if same else f' (first as "{shortened(seen[name])}")'
                text = f'the target "{shortened(target.specialty)}" is here twice{first}'
                yield Fault(at=("targets", place), text=text, reads=("targets",))
            seen.setdefault(name, target.specialty)

    @cached_property
    def days_off(self) -> DaySet:
        """The applicant's own holidays."""
        return _union(self.holidays)


def _within(number: Number) -> Any:  # noqa: ANN401 - pydantic's Field is typed so that it fits any annotation
    return Field(default=number.default, ge=number.low, le=number.high)


_DAYS_BEFORE = Annotated[Whole, Field(ge=numbers.REMIND_BEFORE_DAYS.low, le=numbers.REMIND_BEFORE_DAYS.high)]


class Policy(Model):
    """The numbers of the rule book as this user wants them."""

    want: Whole = _within(numbers.WANT)
    spare: Whole = _within(numbers.SPARE)
    max_per_program: Whole = _within(numbers.MAX_PER_PROGRAM)
    fresh_days: Whole = _within(numbers.FRESH_DAYS)
    final_week_days: Whole = _within(numbers.FINAL_WEEK_DAYS)
    lead_days: Whole = _within(numbers.LEAD_DAYS)
    processing_days: Whole = _within(numbers.PROCESSING_DAYS)
    remind_after_days: Whole = _within(numbers.REMIND_AFTER_DAYS)
    remind_before_days: Annotated[
        tuple[_DAYS_BEFORE, ...],
        Field(max_length=numbers.MAX_DATED_REMINDERS),
        _at_most(numbers.MAX_DATED_REMINDERS),
    ] = numbers.REMIND_BEFORE_DAYS.default
    follow_up_days: Whole = _within(numbers.FOLLOW_UP_DAYS)
    no_answer_days: Whole = _within(numbers.NO_ANSWER_DAYS)
    thank_days: Whole = _within(numbers.THANK_DAYS)
    assign_days: Whole = _within(numbers.ASSIGN_DAYS)
    packet_days: Whole = _within(numbers.PACKET_DAYS)


class PlanFile(Model):
    """A whole plan file; the bare list of rotations is one too."""

    applicant: Applicant = Applicant()
    policy: Policy = Policy()
    rotations: Annotated[tuple[Rotation, ...], Field(max_length=MAX_ROTATIONS), _at_most(MAX_ROTATIONS)] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, value: object) -> object:
        return {"rotations": value} if isinstance(value, (list, tuple)) else value

    def faults(self) -> Iterator[Fault]:
        """Two rotations with one id, and rotations in which no day is left."""
        seen: set[str] = set()
        for place, rotation in enumerate(self.rotations):
            owner = ("rotations", place)
            if rotation.id in seen:
                yield Fault(owner=owner, at=("id",), text=f'the id "{rotation.id}" is here twice', reads=("id",))
            if rotation.id:
                seen.add(rotation.id)
            if not self.on_site[place].bits:
                yield _no_day_left(owner, rotation)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The id of each rotation, written or derived from the attending's name."""
        return rotation_ids([Entry(r.id, r.attending.name, f"{r.start:%Y-%m}") for r in self.rotations])

    @cached_property
    def on_site(self) -> tuple[DaySet, ...]:
        """The on-site days of each rotation."""
        return tuple(rotation.on_site(self.applicant.days_off) for rotation in self.rotations)


def _no_day_left(owner: tuple[str | int, ...], rotation: Rotation) -> Fault:
    written = [key for key in ("days", "away") if key in rotation.model_fields_set]
    at = written[0] if written else "start"
    text = f"no on-site day between {rotation.start} and {rotation.final_day}: all are days off"
    reads = ("start", "end", "weeks", "last_day", "days", "away", "worked", "us")
    return Fault(owner=owner, at=(at,), text=text, reads=reads, lacks=True)
