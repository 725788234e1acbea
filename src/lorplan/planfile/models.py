"""The plan file as frozen values: every key with its meaning, and the checks between keys.

Scalars may be given as the text of the file or, from Python, as values of their type. Each check names the keys
that it reads, so that `validation` runs it only where those keys are valid.
"""

# Annotations are values here: pydantic reads them all, and one that it must evaluate from text first takes longer.

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from lorplan.dates.business_days import hospital_holidays
from lorplan.dates.day_set import DaySet
from lorplan.dates.eras_seasons import FIRST_SEASON, LAST_SEASON
from lorplan.planfile.base_model import CheckError, Drawn, ListOf, Model, OneOrMore, Path, check, limit_length
from lorplan.planfile.field_types import FIRST_DAY, Day, Email, Flag, Id, Line, Note, Whole
from lorplan.planfile.program_checks import duplicate_programs, taken_program_ids, unassignable_letters
from lorplan.planfile.program_ids import ProgramIdParts, program_ids
from lorplan.planfile.program_models import Program
from lorplan.planfile.rotation_ids import IdParts, rotation_ids
from lorplan.reference import policy_numbers as numbers
from lorplan.reference.policy_numbers import Number
from lorplan.reference.specialties import canonical
from lorplan.reference.targets import Part, parts_of
from lorplan.text.wording import WEEKDAY_NAMES, did_you_mean, truncate

MAX_WEEKS: Final = 104
"""Two years. A clinical placement takes weeks, so a larger number is assumed to be a typo."""

MAX_IN_SPECIALTY: Final = 10
"""Most programs take four letters; ten leaves room for exceptions."""

MAX_ROTATIONS: Final = 1000
"""Maximum rotations in one file. A real file has fewer than ten; this bounds time and memory."""

MAX_PROGRAMS: Final = 1000
"""Maximum programs in one file. Few people apply to more than two hundred."""

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _to_weekday(value: object) -> object:
    """Read a weekday in any case, its whole name too."""
    if not isinstance(value, str):
        return value
    names = {name.lower(): name[:3].lower() for name in WEEKDAY_NAMES}
    lower = value.lower()
    return lower if lower in WEEKDAYS else names.get(lower, value)


def _in_any_case(word: str) -> str:
    return "".join(f"[{letter.upper()}{letter.lower()}]" for letter in word)


_WEEKDAY_SCHEMA: Final = {
    "type": "string",
    "examples": list(WEEKDAYS),
    "pattern": "^(" + "|".join(f"{_in_any_case(name[:3])}({_in_any_case(name[3:])})?" for name in WEEKDAY_NAMES) + ")$",
    "patternErrorMessage": "Write mon, tue, wed, thu, fri, sat or sun.",
}

Weekday = Annotated[
    Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    BeforeValidator(_to_weekday),
    WithJsonSchema(_WEEKDAY_SCHEMA),
]
Role = Literal["attending", "chair", "program director", "fellow", "resident", "other"]
Experience = Literal["hands-on", "observership", "telehealth", "research"]
Performance = Literal["excellent", "good", "fair", "poor"]
Contact = Literal["daily", "weekly", "rarely"]
Choice = Literal["ask", "skip"]
Stage = Literal["asked", "agreed", "requested", "uploaded", "assigned"]

STAGES: Final[tuple[Stage, ...]] = ("asked", "agreed", "requested", "uploaded", "assigned")
"""The stages of a letter, in order. A later one implies the earlier ones."""


# --- the parts of a rotation --------------------------------------------------------------------------------


class Attending(Model):
    """The physician who would write the letter; a bare name stands for one."""

    name: Line = Field(description="the attending's name, as messages should address it")
    email: Email | None = Field(None, description="the attending's e-mail address, for the portal and for messages")
    role: Role = Field(
        "attending",
        description="attending, chair, program director, fellow, resident or other; programs want attendings",
    )

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
    sent: Annotated[Day | None, Drawn("E")] = Field(
        None, description="the writer says that it is sent; the portal does not show it yet"
    )
    uploaded: Annotated[Day | None, Drawn("U")] = Field(None, description="the letter is in the portal")
    imported: Annotated[Day | None, Drawn("I")] = Field(
        None, description="you imported a letter that was uploaded in an earlier season"
    )
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

    @check("sent", *STAGES)
    def _check_sent(self) -> Iterator[CheckError]:
        yield from self._check_after_asking("sent", ("sent",), self.sent)

    @check("imported", "uploaded", "assigned")
    def _check_imported(self) -> Iterator[CheckError]:
        if self.imported and not (self.uploaded or self.assigned):
            yield CheckError(("imported",), "imported is recorded but uploaded is not")
        elif self.imported and self.uploaded and self.imported < self.uploaded:
            yield CheckError(("imported",), f"imported {self.imported} is before uploaded {self.uploaded}")

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
    worked: ListOf[Day] = Field((), description="hospital holidays on which you work")
    experience: Experience = Field("hands-on", description="hands-on, observership, telehealth or research")
    us: Flag = Field(default=True, description="whether it is in the United States")
    residency_affiliated: Flag | None = Field(None, description="whether residents train there; leave out if unknown")
    img_friendly: Flag | None = Field(
        None, description="whether they take international graduates; leave out if unknown"
    )
    letterhead: Flag | None = Field(
        None, description="whether the letter has letterhead or an academic title; leave out if unknown"
    )
    for_targets: OneOrMore[Line] = Field(
        (), alias="for", description="the targets that the letter is written for, if it goes to no others"
    )
    standardized: Flag = Field(default=False, description="whether it is a standardized letter (SLOE)")
    performance: Performance | None = Field(
        None, description="how it went: excellent, good, fair or poor; leave out if unknown"
    )
    contact: Contact | None = Field(None, description="how often you work together: daily, weekly or rarely")
    notice: Annotated[Day | None, Drawn("N")] = Field(None, description="the day you said that you hope for a letter")
    feedback: Annotated[Day | None, Drawn("F")] = Field(None, description="the day you asked how you are doing")
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
        """The last calendar day as written: `last_day`, else the end. The last day together can be earlier."""
        return self.last_day or self.ends

    def on_site(self, days_off: DaySet) -> DaySet:
        """Find the days on which the user works with this attending; `days_off` are the applicant's own."""
        last = self.final_day
        days = DaySet.on_weekdays(self.start, last, self.weekdays) - days_off
        if self.us:
            days -= _hospital_holidays(self.start.year, last.year) - DaySet.of(self.worked, self.start)
        return days - _union(self.away)


def _union(ranges: Iterable[DayRange]) -> DaySet:
    days = DaySet(FIRST_DAY)
    for off in ranges:
        days |= DaySet.between(off.first, off.last)
    return days


@lru_cache(maxsize=4096)
def _hospital_holidays(first_year: int, last_year: int) -> DaySet:
    years = range(first_year, last_year + 1)
    return DaySet.of((day for year in years for day in hospital_holidays(year)), date(first_year, 1, 1))


# --- the applicant and the policy ---------------------------------------------------------------------------


class Target(Model):
    """Something the applicant applies to; a bare specialty stands for one."""

    specialty: Line = Field(description="a specialty, a combined program, or a preliminary or transitional year")
    in_specialty: Annotated[Whole, Field(ge=0, le=MAX_IN_SPECIALTY)] | None = Field(
        None, description="how many of its letters should come from that specialty, or from each if it is combined"
    )

    @classmethod
    def expand(cls, value: object) -> object:
        """Take a bare specialty for a target."""
        return {"specialty": value} if isinstance(value, str) else value

    @property
    def parts(self) -> tuple[Part, ...]:
        """The specialties that its letters should come from, and how many from each (MIX-2)."""
        return parts_of(self.specialty, self.in_specialty)


class Applicant(Model):
    """Who applies, to what, and when."""

    name: Line | None = Field(None, description="your name, for headings and messages")
    email: Email | None = Field(None, description="your e-mail address, for messages")
    phone: Line | None = Field(None, description="your phone number, for messages")
    season: Annotated[Whole, Field(ge=FIRST_SEASON, le=LAST_SEASON)] | None = Field(
        None, description="the year of the Match; you apply in the autumn before"
    )
    token: Day | None = Field(None, description="the day your ERAS token came from ECFMG")
    deadline: Day | None = Field(
        None, description="the day programs begin to review applications, once it is published"
    )
    targets: ListOf[Target] = Field((), description="what you apply to, first choice first")
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
    min_days: Whole = _number(numbers.MIN_DAYS)
    max_per_program: Whole = _number(numbers.MAX_PER_PROGRAM)
    fresh_days: Whole = _number(numbers.FRESH_DAYS)
    final_week_days: Whole = _number(numbers.FINAL_WEEK_DAYS)
    lead_days: Whole = _number(numbers.LEAD_DAYS)
    processing_days: Whole = _number(numbers.PROCESSING_DAYS)
    remind_after_days: Whole = _number(numbers.REMIND_AFTER_DAYS)
    remind_before_days: Annotated[
        tuple[_RemindBefore, ...],
        Field(max_length=numbers.MAX_DATED_REMINDERS),
        limit_length(numbers.MAX_DATED_REMINDERS),
    ] = _number(numbers.REMIND_BEFORE_DAYS, bounds=False)
    follow_up_days: Whole = _number(numbers.FOLLOW_UP_DAYS)
    no_answer_days: Whole = _number(numbers.NO_ANSWER_DAYS)
    give_up_after: Whole = _number(numbers.GIVE_UP_AFTER)
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
    rotations: Annotated[tuple[Rotation, ...], Field(max_length=MAX_ROTATIONS), limit_length(MAX_ROTATIONS)] = Field(
        (), description="the rotations, one for each attending at each site"
    )
    programs: Annotated[tuple[Program, ...], Field(max_length=MAX_PROGRAMS), limit_length(MAX_PROGRAMS)] = Field(
        (), description="the programs that you apply to, with what their pages ask for"
    )

    @classmethod
    def expand(cls, value: object) -> object:
        """Take a bare list of rotations for a plan file."""
        return {"rotations": value} if isinstance(value, (list, tuple)) else value

    @model_validator(mode="after")
    def _check_rotations(self) -> Self:
        errors = [error.message for error in duplicate_ids([rotation.id for rotation in self.rotations])]
        known = [target.specialty for target in self.applicant.targets]
        known += [program.specialty for program in self.programs]
        for rotation, on_site in zip(self.rotations, self.on_site, strict=True):
            errors += [f"{rotation.attending.name}: {error.message}" for error in unknown_targets(rotation, known)]
            errors += [f"{rotation.attending.name}: {error.message}" for error in no_on_site_day(rotation, on_site)]
        if errors:
            raise ValueError("; ".join(errors))
        return self

    @model_validator(mode="after")
    def _check_programs(self) -> Self:
        written = [program.id for program in self.programs]
        errors = [*duplicate_programs(self.programs), *taken_program_ids(written, self.ids)]
        letters = dict(zip(self.ids, self.rotations, strict=True))
        for index, program in enumerate(self.programs):
            errors += [error.under(index) for error in unassignable_letters(program, letters)]
        if errors:
            names = (self.programs[int(error.path[0])].name for error in errors)
            raise ValueError("; ".join(f"{name}: {error.message}" for name, error in zip(names, errors, strict=True)))
        return self

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The id of each rotation, written or derived from the attending's name."""
        return rotation_ids([IdParts(r.id, r.attending.name, f"{r.start:%Y-%m}") for r in self.rotations])

    @cached_property
    def program_ids(self) -> tuple[str, ...]:
        """The id of each program, written or derived from its name."""
        return program_ids([ProgramIdParts(p.id, p.name, p.track, p.specialty) for p in self.programs], self.ids)

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


def unknown_targets(rotation: Rotation, targets: Collection[str]) -> Iterator[CheckError]:
    """Find the entries of `for` that name none of the applicant's targets, in whatever spelling."""
    if not rotation.for_targets:
        return
    known = {canonical(target) for target in targets}
    for index, name in enumerate(rotation.for_targets):
        if canonical(name) not in known:
            suggestion = did_you_mean(name, targets) or ": list it under `targets`, or leave `for` out"
            yield CheckError(("for", index), f'"{truncate(name)}" is not one of your targets{suggestion}')


def no_on_site_day(rotation: Rotation, on_site: DaySet) -> Iterator[CheckError]:
    """Find a rotation without any on-site day; reads ON_SITE_FIELDS and the applicant's holidays."""
    if not on_site.bits:
        key = next((key for key in ("days", "away") if key in rotation.model_fields_set), "start")
        message = f"no on-site day between {rotation.start} and {rotation.final_day}: every day is a day off"
        yield CheckError((key,), message)
