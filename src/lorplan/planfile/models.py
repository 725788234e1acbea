"""The plan file as frozen values: every key with its meaning, and the checks between keys.

Scalars may be given as the text of the file or, from Python, as values of their type. Each check names the keys
that it reads, so that `validation` runs it only where those keys are valid.
"""

# Annotations are values here: pydantic reads them all, and one that it must evaluate from text first takes longer.

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise
from types import FunctionType
from typing import Annotated, Any, ClassVar, Final, Literal, NamedTuple, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticKnownError

from lorplan.dates.business_days import federal_holidays
from lorplan.dates.day_set import DaySet
from lorplan.dates.eras_seasons import FIRST_SEASON, LAST_SEASON
from lorplan.planfile.field_types import FIRST_DAY, Day, Email, Flag, Id, Line, Note, Whole
from lorplan.planfile.rotation_ids import IdParts, rotation_ids
from lorplan.reference import policy_numbers as numbers
from lorplan.reference.policy_numbers import Number
from lorplan.reference.specialties import canonical, letters_needed
from lorplan.text.wording import truncate

MAX_WEEKS: Final = 104
"""Two years. A clinical placement takes weeks, so a larger number is assumed to be a typo."""

MAX_IN_SPECIALTY: Final = 10
"""Most programs take four letters; ten leaves room for exceptions."""

MAX_ROTATIONS: Final = 1000
"""Maximum rotations in one file. A real file has fewer than ten; this bounds time and memory."""

MAX_LIST: Final = 1000
"""Maximum entries of any other list."""

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Role = Literal["attending", "fellow", "resident"]
Experience = Literal["hands-on", "observership", "telehealth", "research"]
Performance = Literal["excellent", "good", "fair", "poor"]
Contact = Literal["daily", "weekly", "rarely"]
Choice = Literal["ask", "skip"]
Stage = Literal["asked", "agreed", "requested", "uploaded", "assigned"]

STAGES: Final[tuple[Stage, ...]] = ("asked", "agreed", "requested", "uploaded", "assigned")
"""The stages of a letter, in order. A later one implies the earlier ones."""


# --- what all models share ----------------------------------------------------------------------------------

Path = tuple[str | int, ...]
"""Keys and list indices that lead from one value to another inside it."""


class CheckError(NamedTuple):
    """A contradiction between keys: where to point, as seen from the mapping with these keys, and a sentence."""

    path: Path
    message: str


class Check(NamedTuple):
    """A check between keys of one model: it runs where the fields in `reads` are valid.

    Of the lists in `entries` it takes the entries that are valid; wrong ones are None.
    """

    run: Callable[[Any], Iterator[CheckError]]
    reads: frozenset[str]
    entries: frozenset[str]


_Method = TypeVar("_Method", bound=Callable[[Any], Iterator[CheckError]])


def check(*reads: str, entries: tuple[str, ...] = ()) -> Callable[[_Method], _Method]:
    """Mark a method of a model as a check that reads these fields."""

    def mark(method: _Method) -> _Method:
        vars(method)["check"] = Check(method, frozenset(reads), frozenset(entries))
        return method

    return mark


class Model(BaseModel):
    """A frozen part of the plan file that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    checks: ClassVar[tuple[Check, ...]] = ()

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:  # noqa: ANN401 - pydantic's signature
        """Collect the checks of a model, in the order of its text."""
        methods = [value for value in vars(cls).values() if isinstance(value, FunctionType)]
        cls.checks = tuple(vars(method)["check"] for method in methods if "check" in vars(method))

    @classmethod
    def expand(cls, value: object) -> object:
        """Turn a short form, such as a bare name, into the mapping that it stands for."""
        return value

    @model_validator(mode="before")
    @classmethod
    def _normalize(cls, value: object) -> object:
        """Expand short forms, and treat a known key without a value as left out."""
        value = cls.expand(value)
        if not isinstance(value, dict) or None not in value.values():
            return value
        known = {field.alias or name for name, field in cls.model_fields.items()}
        return {key: item for key, item in value.items() if item is not None or key not in known}

    @model_validator(mode="after")
    def _run_checks(self) -> Self:
        errors = [error.message for check in self.checks for error in check.run(self)]
        if errors:
            raise ValueError("; ".join(errors))
        return self


def _limit(number: int) -> BeforeValidator:
    """Refuse a longer list before its entries are validated, each of which could be an error of its own."""

    def refuse_longer(value: object) -> object:
        if isinstance(value, (list, tuple)) and len(value) > number:
            facts = {"field_type": "List", "max_length": number, "actual_length": len(value)}
            raise PydanticKnownError("too_long", facts)  # noqa: EM101 - the kind of error, no message
        return value

    return BeforeValidator(refuse_longer)


_Entry = TypeVar("_Entry")
ListOf = Annotated[tuple[_Entry, ...], Field(max_length=MAX_LIST), _limit(MAX_LIST)]


class Drawn(NamedTuple):
    """Marks a field as an event, which timelines show as this character."""

    symbol: str


# --- the parts of a rotation --------------------------------------------------------------------------------


class Attending(Model):
    """The physician who would write the letter; a bare name stands for one."""

    name: Line = Field(description="the attending's name, as messages should address it")
    email: Email | None = Field(None, description="the attending's e-mail address, for the portal and for messages")
    role: Role = Field("attending", description="attending, fellow or resident; programs want attendings")

    @classmethod
    def expand(cls, value: object) -> object:
        """Take a bare name for an attending."""
        return {"name": value} if isinstance(value, str) else value


class DayRange(Model):
    """Days off, the first and the last included; a single date stands for one day."""

    first: Day = Field(alias="from", description="the first day")
    last: Day = Field(alias="to", description="the last day")

    @classmethod
    def expand(cls, value: object) -> object:
        """Take a single date for a range of one day."""
        return {"from": value, "to": value} if isinstance(value, (str, date)) else value

    @check("first", "last")
    def _check_order(self) -> Iterator[CheckError]:
        if self.last < self.first:
            yield CheckError(("to",), f"the range ends on {self.last}, before it begins on {self.first}")


class LetterEvents(Model):
    """The dated events of one letter, in the order in which they usually happen. An event is one row."""

    asked: Annotated[Day | None, Drawn("A")] = Field(None, description="you asked for the letter")
    agreed: Annotated[Day | None, Drawn("Y")] = Field(None, description="the attending agreed")
    packet: Annotated[Day | None, Drawn("P")] = Field(None, description="you sent your CV, statement and dates")
    requested: Annotated[Day | None, Drawn("R")] = Field(
        None, description="you entered the attending in the portal, which sent the link"
    )
    reminded: Annotated[ListOf[Day], Drawn("M")] = Field((), description="you wrote again (a list of days)")
    uploaded: Annotated[Day | None, Drawn("U")] = Field(None, description="the letter is in the portal")
    thanked: Annotated[Day | None, Drawn("T")] = Field(None, description="you thanked the attending")
    assigned: Annotated[Day | None, Drawn("S")] = Field(None, description="you assigned the letter to the programs")
    declined: Annotated[Day | None, Drawn("D")] = Field(None, description="the attending declined")

    def stages(self) -> list[tuple[Stage, date]]:
        """List the recorded stages in their order."""
        found = ((stage, getattr(self, stage)) for stage in STAGES)
        return [(stage, day) for stage, day in found if day is not None]

    @check()
    def _check_stage_order(self) -> Iterator[CheckError]:
        """Compare the stages that are valid: one that is not is left out."""
        for (earlier, before), (later, day) in pairwise(self.stages()):
            if day < before:
                yield CheckError((later,), f"{later} {day} is before {earlier} {before}")

    @check("packet", *STAGES)
    def _check_packet(self) -> Iterator[CheckError]:
        yield from self._check_after_asking("packet", ("packet",), self.packet)

    @check("thanked", *STAGES)
    def _check_thanked(self) -> Iterator[CheckError]:
        yield from self._check_after_asking("thanked", ("thanked",), self.thanked)

    @check(*STAGES, entries=("reminded",))
    def _check_reminded(self) -> Iterator[CheckError]:
        for index, day in enumerate(self.reminded):
            yield from self._check_after_asking("reminded", ("reminded", index), day)

    def _check_after_asking(self, event: str, path: Path, day: date | None) -> Iterator[CheckError]:
        """Check an event that needs an asked writer; any stage implies the asking."""
        asked = next((stage_day for _, stage_day in self.stages()), None)
        if day and asked is None:
            yield CheckError(path, f"{event} is recorded but asked is not")
        elif day and asked and day < asked:
            yield CheckError(path, f"{event} {day} is before asked {asked}")

    @check("declined", "uploaded", "assigned")
    def _check_declined(self) -> Iterator[CheckError]:
        if self.declined and (self.uploaded or self.assigned):
            yield CheckError(("declined",), "a declined letter cannot also be uploaded or assigned")


class Rotation(Model):
    """One clinical placement with one attending, at one site."""

    attending: Attending = Field(description="who would write: a name, or name, email and role")
    specialty: Line = Field(description="the specialty of the rotation")
    start: Day = Field(description="the first day")
    end: Day | None = Field(None, description="the last day")
    weeks: Annotated[Whole, Field(ge=1, le=MAX_WEEKS)] | None = Field(
        None, description="the number of weeks, instead of the last day"
    )
    hospital: Line | None = Field(None, description="the hospital or clinic")
    last_day: Day | None = Field(None, description="the attending's last day with you, if it is before the end")
    days: ListOf[Weekday] = Field(
        ("mon", "tue", "wed", "thu", "fri"), description="the weekdays you are there (default: Monday to Friday)"
    )
    away: ListOf[DayRange] = Field(
        (), description="days on which you two are apart, each a day or {from: ..., to: ...}"
    )
    worked: ListOf[Day] = Field((), description="federal holidays on which you work")
    experience: Experience = Field("hands-on", description="hands-on, observership, telehealth or research")
    us: Flag = Field(default=True, description="whether it is in the United States")
    residency_affiliated: Flag | None = Field(None, description="whether residents train there; leave out if unknown")
    img_friendly: Flag | None = Field(
        None, description="whether they take international graduates; leave out if unknown"
    )
    letterhead: Flag | None = Field(
        None, description="whether the letter has letterhead or an academic title; leave out if unknown"
    )
    performance: Performance | None = Field(
        None, description="how it went: excellent, good, fair or poor; leave out if unknown"
    )
    contact: Contact | None = Field(None, description="how often you work together: daily, weekly or rarely")
    offered: Annotated[Day | None, Drawn("O")] = Field(None, description="the day the attending offered to write")
    meeting: Day | None = Field(None, description="the day agreed for the talk")
    choice: Choice | None = Field(None, description="your own decision, whatever the rules say: ask or skip")
    letter: LetterEvents = Field(LetterEvents(), description="what has happened to the letter, with dates")
    id: Id | None = Field(
        None, description="the rotation's name on the command line (default: from the attending's name)"
    )
    notes: Note | None = Field(None, description="anything you want to remember")

    @check("end", "weeks")
    def _check_length(self) -> Iterator[CheckError]:
        if self.end and self.weeks:
            yield CheckError(("weeks",), 'has both "end" and "weeks": keep one')
        if not self.end and not self.weeks:
            yield CheckError((), 'needs "end" or "weeks"')

    @check("start", "end")
    def _check_end(self) -> Iterator[CheckError]:
        if self.end and self.end < self.start:
            yield CheckError(("end",), f"end {self.end} is before start {self.start}")

    @check("start", "end", "weeks", "days", "last_day")
    def _check_last_day(self) -> Iterator[CheckError]:
        has_one_length = bool(self.end) != bool(self.weeks) and self.ends >= self.start
        if has_one_length and self.last_day and not self.start <= self.last_day <= self.ends:
            message = f"last_day {self.last_day} is outside the rotation, {self.start} to {self.ends}"
            yield CheckError(("last_day",), message)

    def event(self, name: str) -> date | None:
        """Return the day of a single event, which is recorded under `letter` or in the rotation itself."""
        day: date | None = getattr(self.letter if name in LetterEvents.model_fields else self, name)
        return day

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

    def on_site(self, days_off: DaySet) -> DaySet:
        """Find the days on which the user works with this attending; `days_off` are the applicant's own."""
        last = self.final_day
        days = DaySet.on_weekdays(self.start, last, self.weekdays) - days_off
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


# --- the applicant and the policy ---------------------------------------------------------------------------


class Target(Model):
    """Something the applicant applies to; a bare specialty stands for one."""

    specialty: Line = Field(description="a specialty you apply to")
    in_specialty: Annotated[Whole, Field(ge=0, le=MAX_IN_SPECIALTY)] | None = Field(
        None, description="how many of its letters should come from that specialty"
    )

    @classmethod
    def expand(cls, value: object) -> object:
        """Take a bare specialty for a target."""
        return {"specialty": value} if isinstance(value, str) else value

    @property
    def needed(self) -> int:
        """How many letters should come from the specialty itself (MIX-2)."""
        return letters_needed(self.specialty) if self.in_specialty is None else self.in_specialty


class Applicant(Model):
    """Who applies, to what, and when."""

    name: Line | None = Field(None, description="your name, for headings and messages")
    email: Email | None = Field(None, description="your e-mail address, for messages")
    season: Annotated[Whole, Field(ge=FIRST_SEASON, le=LAST_SEASON)] | None = Field(
        None, description="the year of the Match; you apply in the autumn before"
    )
    deadline: Day | None = Field(
        None, description="the day programs begin to review applications, once it is published"
    )
    targets: ListOf[Target] = Field((), description="the specialties you apply to, first choice first")
    holidays: ListOf[DayRange] = Field(
        (), description="more days on which you are off, each a day or {from: ..., to: ...}"
    )

    @check(entries=("targets",))
    def _check_duplicate_targets(self) -> Iterator[CheckError]:
        """Find a target that is listed twice, in whatever spelling."""
        seen: dict[str, str] = {}
        for index, target in enumerate(self.targets):
            if target is None:  # a wrong one
                continue
            name = canonical(target.specialty)
            if name in seen:
                first = "" if seen[name] == target.specialty else f' (first as "{truncate(seen[name])}")'
                yield CheckError(("targets", index), f'duplicate target "{truncate(target.specialty)}"{first}')
            seen.setdefault(name, target.specialty)

    @cached_property
    def days_off(self) -> DaySet:
        """The applicant's own holidays."""
        return _union(self.holidays)


def _number(number: Number, *, bounds: bool = True) -> Any:  # noqa: ANN401 - as pydantic types its own Field
    limits: dict[str, Any] = {"ge": number.low, "le": number.high} if bounds else {}
    return Field(default=number.default, description=number.meaning, **limits)


_RemindBefore = Annotated[Whole, Field(ge=numbers.REMIND_BEFORE_DAYS.low, le=numbers.REMIND_BEFORE_DAYS.high)]


class Policy(Model):
    """The numbers of the rule book as this user wants them."""

    want: Whole = _number(numbers.WANT)
    spare: Whole = _number(numbers.SPARE)
    max_per_program: Whole = _number(numbers.MAX_PER_PROGRAM)
    fresh_days: Whole = _number(numbers.FRESH_DAYS)
    final_week_days: Whole = _number(numbers.FINAL_WEEK_DAYS)
    lead_days: Whole = _number(numbers.LEAD_DAYS)
    processing_days: Whole = _number(numbers.PROCESSING_DAYS)
    remind_after_days: Whole = _number(numbers.REMIND_AFTER_DAYS)
    remind_before_days: Annotated[
        tuple[_RemindBefore, ...],
        Field(max_length=numbers.MAX_DATED_REMINDERS),
        _limit(numbers.MAX_DATED_REMINDERS),
    ] = _number(numbers.REMIND_BEFORE_DAYS, bounds=False)
    follow_up_days: Whole = _number(numbers.FOLLOW_UP_DAYS)
    no_answer_days: Whole = _number(numbers.NO_ANSWER_DAYS)
    thank_days: Whole = _number(numbers.THANK_DAYS)
    assign_days: Whole = _number(numbers.ASSIGN_DAYS)
    packet_days: Whole = _number(numbers.PACKET_DAYS)


# --- the whole file -----------------------------------------------------------------------------------------

ON_SITE_FIELDS: Final = frozenset({"start", "end", "weeks", "last_day", "days", "away", "worked", "us"})
"""The fields of a rotation that decide which days are on site."""


class PlanFile(Model):
    """A whole plan file; a bare list of rotations stands for one."""

    applicant: Applicant = Field(Applicant(), description="who applies, to what, and when")
    policy: Policy = Field(
        Policy(), description="your own numbers for the rules, by the names that `lorplan rules` shows"
    )
    rotations: Annotated[tuple[Rotation, ...], Field(max_length=MAX_ROTATIONS), _limit(MAX_ROTATIONS)] = Field(
        (), description="the rotations, one for each attending at each site"
    )

    @classmethod
    def expand(cls, value: object) -> object:
        """Take a bare list of rotations for a plan file."""
        return {"rotations": value} if isinstance(value, (list, tuple)) else value

    @model_validator(mode="after")
    def _check_rotations(self) -> Self:
        errors = [error.message for error in duplicate_ids([rotation.id for rotation in self.rotations])]
        for rotation, on_site in zip(self.rotations, self.on_site, strict=True):
            errors += [f"{rotation.attending.name}: {error.message}" for error in no_on_site_day(rotation, on_site)]
        if errors:
            raise ValueError("; ".join(errors))
        return self

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The id of each rotation, written or derived from the attending's name."""
        return rotation_ids([IdParts(r.id, r.attending.name, f"{r.start:%Y-%m}") for r in self.rotations])

    @cached_property
    def on_site(self) -> tuple[DaySet, ...]:
        """The on-site days of each rotation."""
        return tuple(rotation.on_site(self.applicant.days_off) for rotation in self.rotations)


def duplicate_ids(ids: Iterable[str | None]) -> Iterator[CheckError]:
    """Find the written ids that an earlier rotation has, too; the paths begin with the rotation's index."""
    seen: set[str] = set()
    for index, written in enumerate(ids):
        if written in seen:
            yield CheckError((index, "id"), f'duplicate id "{written}"')
        elif written:
            seen.add(written)


def no_on_site_day(rotation: Rotation, on_site: DaySet) -> Iterator[CheckError]:
    """Find a rotation without any on-site day; reads ON_SITE_FIELDS and the applicant's holidays."""
    if not on_site.bits:
        key = next((key for key in ("days", "away") if key in rotation.model_fields_set), "start")
        message = f"no on-site day between {rotation.start} and {rotation.final_day}: every day is a day off"
        yield CheckError((key,), message)
