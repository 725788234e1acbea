"""A slow, literal second reckoning of a plan, to hold the planner against.

It shares no code with the package and knows nothing of how the planner goes about it. Days are walked one by
one, every question is answered by looking at everything, and each function does one rule's sentence,
which its docstring says again in other words. Where it and the planner differ, one of them has misread that
sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import holidays

Plain = dict[str, Any]

ONE_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)  # the "+ 7 days" that no policy changes
TRIES_LEFT = 2  # on-site days kept after the day to ask, after an offer, and between booking and asking

# The eleven holidays of 5 U.S.C. 6103 with their observed days, from the year its Mondays came in to the last
# year the package knows: what is reckoned here is right between those. All years are asked for at once, lest
# the 31 December be lost on which the next New Year's Day is observed.
FEDERAL_HOLIDAYS = frozenset(holidays.country_holidays("US", years=range(1971, 2101), observed=True))

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEDNESDAY, FRIDAY = 2, 4

# Seasons whose days were published by a source that can be trusted: opens, submit, review.
PUBLISHED_SEASONS = {
    2020: (date(2019, 6, 6), date(2019, 9, 5), date(2019, 9, 15)),
    2021: (date(2020, 6, 8), date(2020, 9, 1), date(2020, 10, 21)),
    2022: (date(2021, 6, 9), date(2021, 9, 1), date(2021, 9, 29)),
    2023: (date(2022, 6, 8), date(2022, 9, 7), date(2022, 9, 28)),
    2026: (date(2025, 6, 4), date(2025, 9, 3), date(2025, 9, 24)),
}
ALL_SEASONS = range(1990, 2105)

# The few specialties that the property tests draw from.
ALIASES = {
    "im": "internal medicine",
    "fm": "family medicine",
    "peds": "pediatrics",
    "psych": "psychiatry",
    "neuro": "neurology",
    "em": "emergency medicine",
    "ob-gyn": "obstetrics and gynecology",
    "surgery": "general surgery",
    "cardiology": "cardiovascular disease",
}
COUNTS_FOR = {
    "cardiovascular disease": {"internal medicine"},
    "nephrology": {"internal medicine"},
    "geriatric medicine": {"internal medicine", "family medicine"},
    "sleep medicine": {"internal medicine", "family medicine", "pediatrics", "psychiatry", "neurology"},
    "pediatric cardiology": {"pediatrics"},
}
IN_SPECIALTY = {
    "internal medicine": 2,
    "family medicine": 1,
    "pediatrics": 1,
    "psychiatry": 1,
    "neurology": 1,
    "emergency medicine": 2,
    "obstetrics and gynecology": 3,
    "general surgery": 2,
}

TITLES = {"dr", "doctor", "prof", "professor", "mr", "mrs", "ms", "miss"}
DEGREES = {"md", "do", "phd", "mbbs", "mbchb", "mph", "msc", "facp"}
SUFFIXES = {"jr", "sr", "ii", "iii"}

STEPS = ("asked", "agreed", "requested", "uploaded", "assigned")  # each implies those before it
OTHER_EVENTS = ("packet", "thanked", "declined")
IN_HAND = {"agreed", "requested", "uploaded", "assigned"}
COUNTED_AS = {
    "planned": "planned",
    "asked": "asked",
    "agreed": "promised",
    "requested": "promised",
    "uploaded": "secured",
    "assigned": "secured",
}

# What letters are compared on, in turn, by the rule that is named for it.
STRENGTH_RULE = "WHO-2 or WHO-3"
COMPARED_BY = (
    "WHO-11",  # on time
    STRENGTH_RULE,  # strong before weak
    "WHO-4",  # experience
    "WHO-2",  # performance
    "WHO-5",  # the place
    "MIX-2",  # counts for a target
    "WHO-3",  # contact
    "WHO-6",  # letterhead
    "WHO-9",  # fresh
    "WHO-3",  # weeks
    None,  # asked for already
    None,  # earlier last day
    None,  # earlier in the file
)


# ---- Business days


def is_business_day(day: date) -> bool:
    """Monday to Friday, unless it is a federal holiday or the day one is observed."""
    return day.weekday() < 5 and day not in FEDERAL_HOLIDAYS


def business_day_of(day: date) -> date:
    """Keep a business day; move any other day to the next one."""
    while not is_business_day(day):
        day += ONE_DAY
    return day


def add_business_days(day: date, count: int) -> date:
    """Go to the count-th business day strictly after the day; with none to add, stay on the day itself."""
    for _ in range(count):
        day = business_day_of(day + ONE_DAY)
    return day


def last_business_day_until(day: date) -> date:
    """Keep a business day; move any other day back to the last one before it."""
    while not is_business_day(day):
        day -= ONE_DAY
    return day


def take_off_business_days(day: date, count: int) -> date:
    """Start from the last business day on or before the day, and go that many business days back."""
    day = last_business_day_until(day)
    for _ in range(count):
        day = last_business_day_until(day - ONE_DAY)
    return day


# ---- Seasons


@dataclass(frozen=True, kw_only=True)
class Season:
    """The days of one ERAS season."""

    year: int
    opens: date
    submit: date
    review: date
    rank_list: date
    match_day: date
    ends: date
    estimated: bool


def nth_weekday(year: int, month: int, *, weekday: int, nth: int) -> date:
    """Walk a month from its first day to the n-th such weekday."""
    day = date(year, month, 1)
    seen = 1 if day.weekday() == weekday else 0
    while seen < nth:
        day += ONE_DAY
        if day.weekday() == weekday:
            seen += 1
    return day


@cache
def season_of(year: int) -> Season:
    """Take the published days, else the first and fourth Wednesdays, marked as an estimate."""
    match_day = nth_weekday(year, 3, weekday=FRIDAY, nth=3)
    by_rule = (
        nth_weekday(year - 1, 6, weekday=WEDNESDAY, nth=1),
        nth_weekday(year - 1, 9, weekday=WEDNESDAY, nth=1),
        nth_weekday(year - 1, 9, weekday=WEDNESDAY, nth=4),
    )
    opens, submit, review = PUBLISHED_SEASONS.get(year, by_rule)
    return Season(
        year=year,
        opens=opens,
        submit=submit,
        review=review,
        rank_list=match_day - timedelta(days=16),
        match_day=match_day,
        ends=date(year, 5, 31),
        estimated=year not in PUBLISHED_SEASONS,
    )


def season_of_deadline(deadline: date) -> Season:
    """Find the season that runs on the user's deadline, else the next one to open."""
    for season in map(season_of, ALL_SEASONS):
        if season.opens <= deadline <= season.ends:
            return season
    return next(season for season in map(season_of, ALL_SEASONS) if season.opens > deadline)


def lower_median(days: list[date]) -> date:
    """Take the middle day, the earlier of the two middle ones where the number is even."""
    return sorted(days)[(len(days) - 1) // 2]


def guessed_season(last_days: list[date], as_of: date) -> Season:
    """Find the first season reviewed on or after the median last day of the rotations, and not over yet."""
    centre = lower_median(last_days) if last_days else as_of
    seasons = map(season_of, ALL_SEASONS)
    return next(season for season in seasons if season.review >= centre and season.ends >= as_of)


# ---- Specialties


def specialty_key(name: str) -> str:
    """Match a specialty without case, with its spaces folded, and under its usual name."""
    folded = " ".join(name.split()).casefold()
    return ALIASES.get(folded, folded)


def counts_for(specialty: str, target: str) -> bool:
    """Let a specialty count for itself, and a subspecialty for each of its core specialties."""
    key, target_key = specialty_key(specialty), specialty_key(target)
    return key == target_key or target_key in COUNTS_FOR.get(key, set())


def is_known(specialty: str) -> bool:
    """Say whether the specialty is in the table at all."""
    key = specialty_key(specialty)
    return key in IN_SPECIALTY or key in COUNTS_FOR


# ---- What the file says, as far as it is known on the day


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The numbers a user may change, with what they are otherwise."""

    want: int = 3
    spare: int = 1
    max_per_program: int = 4
    fresh_days: int = 365
    final_week_days: int = 7
    lead_days: int = 28
    processing_days: int = 5
    remind_after_days: int = 28
    remind_before_days: tuple[int, ...] | list[int] = (14, 7, 3)
    follow_up_days: int = 7
    no_answer_days: int = 14
    thank_days: int = 7
    assign_days: int = 7
    packet_days: int = 3


@dataclass(frozen=True, kw_only=True)
class Target:
    """A specialty the applicant will apply to, and how many letters it needs from that specialty."""

    name: str
    needed: int


@dataclass(frozen=True, kw_only=True)
class Rotation:
    """One placement, with the events that have happened by the as-of day."""

    place: int
    id: str
    attending: str
    email: str | None
    role: str
    specialty: str
    start: date
    last_day: date
    onsite: tuple[date, ...]
    us: bool
    experience: str
    residency_affiliated: bool
    img_friendly: bool
    letterhead: bool
    performance: str | None
    contact: str | None
    choice: str | None
    offered: date | None
    meeting: date | None
    events: dict[str, date]
    reminded: tuple[date, ...]
    has_future_event: bool

    @property
    def status(self) -> str:
        """A decline is the last word; else the furthest step that was reached."""
        if "declined" in self.events:
            return "declined"
        reached = [step for step in STEPS if step in self.events]
        return reached[-1] if reached else "planned"

    @property
    def asked(self) -> bool:
        """Whether the letter was asked for already."""
        return "asked" in self.events

    @property
    def midpoint(self) -> date:
        """The on-site day number ceil(n/2), counted from one."""
        return self.onsite[(len(self.onsite) + 1) // 2 - 1]

    @property
    def last_word(self) -> date:
        """The latest day on which the user asked or wrote again."""
        return max([self.events["asked"], *self.reminded])


def present(section: Plain | None) -> Plain:
    """Drop the keys with nothing behind them: they count as left out."""
    return {key: value for key, value in (section or {}).items() if value is not None}


def days_in(listed: list[date | dict[str, date]] | None) -> set[date]:
    """Spell out a list of single days and of ranges, both ends included."""
    days: set[date] = set()
    for item in listed or []:
        first, last = (item["from"], item["to"]) if isinstance(item, dict) else (item, item)
        while first <= last:
            days.add(first)
            first += ONE_DAY
    return days


def weekday_names(row: Plain) -> list[str]:
    """Take the weekdays as written, else Monday to Friday."""
    return list(row.get("days", WEEKDAYS[:5]))


def last_day_of(row: Plain) -> date:
    """Take the attending's last day, else the end, else the last weekday kept in that many weeks."""
    written: date | None = row.get("last_day", row.get("end"))
    if written is not None:
        return written
    day: date = row["start"] + row["weeks"] * A_WEEK - ONE_DAY
    while WEEKDAYS[day.weekday()] not in weekday_names(row):
        day -= ONE_DAY
    return day


def onsite_days(row: Plain, days_off: set[date]) -> tuple[date, ...]:
    """Walk the rotation: the weekdays kept, without unworked federal holidays (in the US) and days off."""
    off = days_off | days_in(row.get("away"))
    if row.get("us", True):
        off |= FEDERAL_HOLIDAYS - days_in(row.get("worked"))
    length = (last_day_of(row) - row["start"]).days + 1
    walked = [row["start"] + number * ONE_DAY for number in range(length)]
    kept = weekday_names(row)
    return tuple(day for day in walked if WEEKDAYS[day.weekday()] in kept and day not in off)


def known_events(letter: Plain, as_of: date) -> dict[str, date]:
    """Forget what lies ahead; then let every step imply the one before it, on its own day."""
    written = {event: letter[event] for event in (*STEPS, *OTHER_EVENTS) if event in letter}
    events = {event: day for event, day in written.items() if day <= as_of}
    for earlier, later in reversed(list(pairwise(STEPS))):
        if later in events:
            events.setdefault(earlier, events[later])
    return events


def has_future_event(row: Plain, as_of: date) -> bool:
    """Say whether an offer or any letter event is dated after the as-of day."""
    letter = present(row.get("letter"))
    dated = [letter[event] for event in (*STEPS, *OTHER_EVENTS) if event in letter]
    dated += letter.get("reminded", [])
    dated += [row["offered"]] if "offered" in row else []
    return any(day > as_of for day in dated)


def person_of(row: Plain) -> Plain:
    """Read the attending, who may be a bare name."""
    attending = row["attending"]
    return {"name": attending} if isinstance(attending, str) else present(attending)


def rotation_of(row: Plain, rotation_id: str, *, place: int, days_off: set[date], as_of: date) -> Rotation:
    """Read one rotation as it is known on the as-of day."""
    person, letter = person_of(row), present(row.get("letter"))
    offered = row.get("offered")
    return Rotation(
        place=place,
        id=rotation_id,
        attending=person["name"],
        email=person.get("email"),
        role=person.get("role", "attending"),
        specialty=row["specialty"],
        start=row["start"],
        last_day=last_day_of(row),
        onsite=onsite_days(row, days_off),
        us=row.get("us", True),
        experience=row.get("experience", "hands-on"),
        residency_affiliated=row.get("residency_affiliated", False),
        img_friendly=row.get("img_friendly", False),
        letterhead=row.get("letterhead", False),
        performance=row.get("performance"),
        contact=row.get("contact"),
        choice=row.get("choice"),
        offered=offered if offered is not None and offered <= as_of else None,
        meeting=row.get("meeting"),
        events=known_events(letter, as_of),
        reminded=tuple(day for day in letter.get("reminded", []) if day <= as_of),
        has_future_event=has_future_event(row, as_of),
    )


# ---- Ids


def derived_id(name: str) -> str:
    """Make an id of the last real word before any comma: lower case letters, digits and hyphens."""
    words = name.split(",", maxsplit=1)[0].split()
    not_words = TITLES | SUFFIXES | DEGREES
    real = [word for word in words if word.replace(".", "").casefold() not in not_words]
    last = (real or words or [""])[-1].lower()
    return "".join(sign for sign in last if sign.isalpha() or sign.isdigit() or sign == "-") or "rotation"


def first_free(wanted_id: str, taken: set[str]) -> str:
    """Put -2, then -3 and so on behind an id that is taken."""
    number, candidate = 1, wanted_id
    while candidate in taken:
        number += 1
        candidate = f"{wanted_id}-{number}"
    return candidate


def ids_of(rows: list[Plain]) -> list[str]:
    """Keep written ids; date the derived ones that meet each other or a written one, then number them."""
    written = {row["id"] for row in rows if "id" in row}
    derived = [derived_id(person_of(row)["name"]) for row in rows if "id" not in row]
    alone = {name for name in derived if derived.count(name) == 1 and name not in written}
    taken = written | alone
    ids = []
    for row in rows:
        chosen = row["id"] if "id" in row else derived_id(person_of(row)["name"])
        if "id" not in row and chosen not in alone:
            chosen = first_free(f"{chosen}-{row['start']:%Y-%m}", taken)
            taken.add(chosen)
        ids.append(chosen)
    return ids


# ---- The frame of the plan


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What holds for every letter of the plan."""

    as_of: date
    policy: Policy
    season: Season
    guessed: bool
    deadline: date
    needed_by: date
    latest_ask: date
    targets: tuple[Target, ...]


def target_of(written: str | Plain) -> Target:
    """Read a target: it may say how many letters it needs, else its specialty does, else one."""
    target: Plain = {"specialty": written} if isinstance(written, str) else present(written)
    usual = IN_SPECIALTY.get(specialty_key(target["specialty"]), 1)
    return Target(name=target["specialty"], needed=target.get("in_specialty", usual))


def plan_season(applicant: Plain, last_days: list[date], as_of: date) -> Season:
    """Take the season the user names, else that of the deadline, else that of the rotations or of today."""
    if "season" in applicant:
        return season_of(applicant["season"])
    if "deadline" in applicant:
        return season_of_deadline(applicant["deadline"])
    return guessed_season(last_days, as_of)


def setting_of(applicant: Plain, policy: Policy, last_days: list[date], as_of: date) -> Setting:
    """Count back from the deadline: the day the upload is needed by, and the latest day to ask."""
    season = plan_season(applicant, last_days, as_of)
    deadline = applicant.get("deadline", season.review)
    needed_by = take_off_business_days(deadline, policy.processing_days)
    return Setting(
        as_of=as_of,
        policy=policy,
        season=season,
        guessed="season" not in applicant,
        deadline=deadline,
        needed_by=needed_by,
        latest_ask=needed_by - timedelta(days=policy.lead_days),
        targets=tuple(target_of(written) for written in applicant.get("targets", [])),
    )


# ---- The days of one letter


@dataclass(frozen=True, kw_only=True)
class AskDays:
    """When a letter can be asked for, and whether the deadline moved that forward."""

    opens: date
    ask_on: date
    closes: date
    tight: bool = False


def final_window(rotation: Rotation, policy: Policy) -> list[date]:
    """Take the on-site days of the final week, at least two where there are two, from the midpoint on."""
    begins = rotation.last_day - timedelta(days=policy.final_week_days - 1)
    window = [day for day in rotation.onsite if day >= begins]
    if len(window) < 2:
        window = list(rotation.onsite[-2:])
    return [day for day in window if day >= rotation.midpoint]


def days_by_default(rotation: Rotation, policy: Policy) -> AskDays:
    """Ask on the third-last day of the final window, or on its first day where it has fewer."""
    window = final_window(rotation, policy)
    ask_on = window[-1 - TRIES_LEFT] if len(window) > TRIES_LEFT else window[0]
    return AskDays(opens=window[0], ask_on=ask_on, closes=window[-1])


def two_onsite_days_after(rotation: Rotation, day: date) -> date:
    """Go two on-site days on, but at most to the last one."""
    later = [other for other in rotation.onsite if other > day][:TRIES_LEFT]
    return later[-1] if later else day


def days_by_offer(rotation: Rotation, offered: date) -> AskDays:
    """Follow an offer up at once: on-site days while the rotation lasts, else business days."""
    if rotation.onsite[0] <= offered <= rotation.onsite[-1]:
        ask_on = next(day for day in rotation.onsite if day >= offered)
        return AskDays(opens=ask_on, ask_on=ask_on, closes=two_onsite_days_after(rotation, ask_on))
    ask_on = business_day_of(offered)
    return AskDays(opens=ask_on, ask_on=ask_on, closes=add_business_days(ask_on, TRIES_LEFT))


def days_by_meeting(days: AskDays, meeting: date) -> AskDays:
    """Ask on the day agreed for the talk, and stretch the window to hold it."""
    return AskDays(opens=min(days.opens, meeting), ask_on=meeting, closes=max(days.closes, meeting))


def days_pulled_forward(rotation: Rotation, setting: Setting) -> AskDays:
    """Ask on the last on-site day that leaves the writer enough time, but not before the midpoint."""
    in_time = [day for day in rotation.onsite if day <= setting.latest_ask]
    ask_on = max([rotation.midpoint, *in_time])
    return AskDays(opens=ask_on, ask_on=ask_on, closes=two_onsite_days_after(rotation, ask_on), tight=True)


def ask_days(rotation: Rotation, setting: Setting) -> AskDays:
    """Let an offer speak first, then a meeting; without either the deadline may pull the days forward."""
    days = days_by_default(rotation, setting.policy)
    if rotation.offered is not None:
        days = days_by_offer(rotation, rotation.offered)
    if rotation.meeting is not None:
        days = days_by_meeting(days, rotation.meeting)
    free = rotation.offered is None and rotation.meeting is None
    if free and days.ask_on > setting.latest_ask and rotation.midpoint <= setting.needed_by:
        return days_pulled_forward(rotation, setting)
    return days


def book_on(rotation: Rotation, ask_on: date) -> date | None:
    """Book two on-site days before asking, not before the midpoint; offers and meetings need no booking."""
    if rotation.offered is not None or rotation.meeting is not None:
        return None
    earlier = [day for day in rotation.onsite if day < ask_on]
    two_before = [earlier[-TRIES_LEFT]] if len(earlier) >= TRIES_LEFT else []
    day = max([rotation.midpoint, *two_before])
    return day if day < ask_on else None


def onsite_day_before(rotation: Rotation, day: date) -> date | None:
    """Find the last on-site day before a day."""
    earlier = [other for other in rotation.onsite if other < day]
    return earlier[-1] if earlier else None


def arrives_by(rotation: Rotation, days: AskDays, setting: Setting) -> date:
    """Reckon when a letter is there: written, not before the portal opens or today, and then processed."""
    events, policy = rotation.events, setting.policy
    if "uploaded" in events:
        return add_business_days(events["uploaded"], policy.processing_days)
    unasked = max(days.ask_on, setting.as_of)
    begun = events.get("agreed", events.get("asked", unasked))
    written = max(begun + timedelta(days=policy.lead_days), setting.season.opens, setting.as_of)
    return add_business_days(written, policy.processing_days)


# ---- Letters


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What one rotation can lead to, judged by itself."""

    rotation: Rotation
    days: AskDays
    arrives_by: date
    on_time: bool
    fresh: bool
    strong: bool
    silent: bool

    @property
    def id(self) -> str:
        """The rotation's id is the letter's."""
        return self.rotation.id


def is_on_time(rotation: Rotation, arrival: date, deadline: date) -> bool:
    """Hold the upload itself against the deadline once it is there, the arrival until then."""
    return rotation.events.get("uploaded", arrival) <= deadline


def is_fresh(rotation: Rotation, setting: Setting) -> bool:
    """Count from the upload, else from the last day: not too many days before the deadline (WHO-9)."""
    written = rotation.events.get("uploaded", rotation.last_day)
    return (setting.deadline - written).days <= setting.policy.fresh_days


def weaknesses(rotation: Rotation) -> set[str]:
    """Name what makes a letter weak, less what an offer or the user's own choice lifts."""
    found = {"role"} if rotation.role != "attending" else set()
    found |= {rotation.performance} if rotation.performance in {"fair", "poor"} else set()
    found |= {"rarely"} if rotation.contact == "rarely" else set()
    if rotation.choice == "ask":
        return set()
    return found - {"fair", "rarely"} if rotation.offered is not None else found


def is_silent(rotation: Rotation, setting: Setting) -> bool:
    """Call a writer silent who was asked, or written to again, long enough ago and has not answered."""
    if rotation.status != "asked":
        return False
    return (setting.as_of - rotation.last_word).days >= setting.policy.no_answer_days


def letter_of(rotation: Rotation, setting: Setting) -> Letter:
    """Judge one rotation's letter by itself."""
    days = ask_days(rotation, setting)
    arrival = arrives_by(rotation, days, setting)
    return Letter(
        rotation=rotation,
        days=days,
        arrives_by=arrival,
        on_time=is_on_time(rotation, arrival, setting.deadline),
        fresh=is_fresh(rotation, setting),
        strong=not weaknesses(rotation),
        silent=is_silent(rotation, setting),
    )


# ---- Who can be asked


def bare_name(name: str) -> str:
    """Strip case, spaces, commas, titles in front and degrees at the end, but never all of the name."""
    words = name.casefold().replace(",", " ").split()
    while len(words) > 1 and words[0].removesuffix(".") in TITLES:
        words = words[1:]
    while len(words) > 1 and words[-1].replace(".", "") in DEGREES:
        words = words[:-1]
    return "".join(words) or name


def same_attending(one: Rotation, other: Rotation) -> bool:
    """Trust e-mail addresses where both have one, else names."""
    if one.email is not None and other.email is not None:
        return one.email.casefold() == other.email.casefold()
    return bare_name(one.attending) == bare_name(other.attending)


def letters_of_attending(letter: Letter, letters: list[Letter]) -> list[Letter]:
    """Gather an attending's letters: whoever is the same as one of them is the same."""
    found: list[Letter] = []
    added = [letter]
    while added:
        found += added
        known = [one.rotation for one in found]
        rest = [other for other in letters if other not in found]
        added = [other for other in rest if any(same_attending(other.rotation, one) for one in known)]
    return found


def is_ruled_out(letter: Letter, letters: list[Letter]) -> bool:
    """Skip by choice or the attending's decline; and, unless asked or chosen, by role or poor showing."""
    rotation = letter.rotation
    declined = any(one.rotation.status == "declined" for one in letters_of_attending(letter, letters))
    if rotation.choice == "skip" or declined:
        return True
    if rotation.asked or rotation.choice == "ask":
        return False
    return rotation.role != "attending" or rotation.performance == "poor"


def latest(letters: list[Letter]) -> Letter:
    """Take the letter with the latest last day, then the later one in the file."""
    return max(letters, key=lambda letter: (letter.rotation.last_day, letter.rotation.place))


def furthest_along(letters: list[Letter]) -> list[Letter]:
    """Keep the letters that reached the furthest step of all."""
    reached = max(STEPS.index(letter.rotation.status) for letter in letters)
    return [letter for letter in letters if STEPS.index(letter.rotation.status) == reached]


def counting_letter(letters: list[Letter]) -> Letter:
    """Choose what counts for an attending: asked, else chosen, else offered, else on time, else any."""
    asked = [letter for letter in letters if letter.rotation.asked]
    if asked:
        return latest(furthest_along(asked))
    chosen = [letter for letter in letters if letter.rotation.choice == "ask"]
    offered = [letter for letter in letters if letter.rotation.offered is not None]
    on_time = [letter for letter in letters if letter.on_time]
    return latest(chosen or offered or on_time or letters)


def can_be_asked(letter: Letter, letters: list[Letter]) -> bool:
    """Keep what is not ruled out and counts for its attending (WHO-10)."""
    if is_ruled_out(letter, letters):
        return False
    same = letters_of_attending(letter, letters)
    return letter == counting_letter([one for one in same if not is_ruled_out(one, letters)])


# ---- The order


def experience_place(rotation: Rotation) -> int:
    """US hands-on, US observing, US at a distance or research, elsewhere."""
    if not rotation.us:
        return 3
    return {"hands-on": 0, "observership": 1, "telehealth": 2, "research": 2}[rotation.experience]


def performance_place(rotation: Rotation) -> int:
    """Excellent, good (or asked for without knowing), not known, fair, poor."""
    if rotation.performance is None:
        return 1 if rotation.asked else 2
    return {"excellent": 0, "good": 1, "fair": 3, "poor": 4}[rotation.performance]


def contact_place(rotation: Rotation) -> int:
    """Daily, weekly or not known, rarely."""
    return {"daily": 0, "weekly": 1, None: 1, "rarely": 2}[rotation.contact]


def length_place(rotation: Rotation) -> int:
    """Eight weeks or more, four or more, less, where a week begun counts."""
    days = (rotation.last_day - rotation.start).days + 1
    weeks = (days + 6) // 7
    if weeks >= 8:
        return 0
    return 1 if weeks >= 4 else 2


def counts_for_any(rotation: Rotation, targets: tuple[Target, ...]) -> bool:
    """Say whether the rotation's specialty counts for a target."""
    return any(counts_for(rotation.specialty, target.name) for target in targets)


def places(letter: Letter, targets: tuple[Target, ...]) -> list[int]:
    """Put a letter's place in each comparison, in their order: the smaller comes first."""
    rotation = letter.rotation
    return [
        0 if letter.on_time else 1,
        0 if letter.strong else 1,
        experience_place(rotation),
        performance_place(rotation),
        2 - (int(rotation.residency_affiliated) + int(rotation.img_friendly)),
        0 if counts_for_any(rotation, targets) else 1,
        contact_place(rotation),
        0 if rotation.letterhead else 1,
        0 if letter.fresh else 1,
        length_place(rotation),
        0 if rotation.asked else 1,
        rotation.last_day.toordinal(),
        rotation.place,
    ]


def in_order(letters: list[Letter], targets: tuple[Target, ...]) -> list[Letter]:
    """Sort letters by the first comparison in which they differ."""
    return sorted(letters, key=lambda letter: places(letter, targets))


# ---- The picks, the reserve, the verdict


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What was decided about all letters."""

    setting: Setting
    letters: list[Letter]  # in the order of the file
    ranked: list[Letter]  # those that can be asked, best first
    picks: list[Letter]
    wanted: int
    verdicts: dict[str, str]

    def verdict(self, letter: Letter) -> str:
        """Whatever was not ranked is skipped."""
        return self.verdicts.get(letter.id, "skip")

    @property
    def in_hand(self) -> int:
        """How many letters that can be there in time are promised or secured."""
        return len([letter for letter in self.ranked if letter.on_time and letter.rotation.status in IN_HAND])


def counting(letters: list[Letter], target: Target) -> list[Letter]:
    """Keep the letters that count for a target."""
    return [letter for letter in letters if counts_for(letter.rotation.specialty, target.name)]


def picks_for_targets(strong: list[Letter], targets: tuple[Target, ...]) -> list[Letter]:
    """Give each target in turn its best strong letters; what an earlier one took counts for it too."""
    picks: list[Letter] = []
    for target in targets:
        for letter in counting(strong, target):
            if letter not in picks and len(counting(picks, target)) < target.needed:
                picks.append(letter)
    return picks


def still_missing(picks: list[Letter], targets: tuple[Target, ...]) -> int:
    """Add up what every target still lacks."""
    return sum(max(0, target.needed - len(counting(picks, target))) for target in targets)


def choose_picks(ranked: list[Letter], setting: Setting) -> tuple[list[Letter], int]:
    """Serve the targets, see how many letters that makes, fill up: strong ones, then weak ones asked for."""
    open_letters = [letter for letter in ranked if not letter.silent]
    strong = [letter for letter in open_letters if letter.strong]
    weak_but_asked = [letter for letter in open_letters if not letter.strong and letter.rotation.asked]
    picks = picks_for_targets(strong, setting.targets)
    wanted = max(setting.policy.want, len(picks) + still_missing(picks, setting.targets))
    for letter in strong + weak_but_asked:
        if letter not in picks and len(picks) < wanted:
            picks.append(letter)
    return picks, wanted


def choose_reserve(ranked: list[Letter], picks: list[Letter], wanted: int, spare: int) -> list[Letter]:
    """Let the next on time and not silent hold the spare places and those of picks that are not on time."""
    held = spare + wanted - len([letter for letter in picks if letter.on_time])
    next_best = [letter for letter in ranked if letter not in picks and letter.on_time and not letter.silent]
    return next_best[:held]


def verdict_on(letter: Letter, picks: list[Letter], reserve: list[Letter]) -> str:
    """Keep what was asked for; ask the picks, and whoever offered or was chosen and is strong."""
    rotation = letter.rotation
    if rotation.asked:
        return "keep"
    called = letter.strong and (rotation.offered is not None or rotation.choice == "ask")
    if letter in picks or called:
        return "ask"
    return "reserve" if letter in reserve else "hold"


def decide(letters: list[Letter], setting: Setting) -> Decision:
    """Decide about all letters, step by step."""
    ranked = in_order([letter for letter in letters if can_be_asked(letter, letters)], setting.targets)
    picks, wanted = choose_picks(ranked, setting)
    reserve = choose_reserve(ranked, picks, wanted, setting.policy.spare)
    verdicts = {letter.id: verdict_on(letter, picks, reserve) for letter in ranked}
    return Decision(setting=setting, letters=letters, ranked=ranked, picks=picks, wanted=wanted, verdicts=verdicts)


def strength_rule(weaker: Letter) -> str:
    """Name the contact where that, and not the performance, makes the letter weak."""
    found = weaknesses(weaker.rotation)
    return "WHO-3" if "rarely" in found and not found & {"fair", "poor"} else "WHO-2"


def decided_by(letter: Letter, decision: Decision) -> Plain | None:
    """Name the comparison that a reserve or hold letter lost against the last of the picks, if it lost."""
    if decision.verdict(letter) not in {"reserve", "hold"} or not decision.picks:
        return None
    rival = in_order(decision.picks, decision.setting.targets)[-1]
    mine, theirs = (places(one, decision.setting.targets) for one in (letter, rival))
    if mine < theirs:
        return None
    lost = [rule for rule, own, other in zip(COMPARED_BY, mine, theirs, strict=True) if own > other]
    rule = strength_rule(letter) if lost[0] == STRENGTH_RULE else lost[0]
    return {"rule": rule, "than": rival.id}


# ---- Actions


@dataclass(frozen=True, kw_only=True)
class Action:
    """Something to do, from one day until another."""

    kind: str
    letter: Letter
    on: date
    until: date
    channel: str
    conditional: bool = False
    number: int | None = None

    @property
    def id(self) -> str:
        """The letter and the kind, and for reminders the place on the ladder."""
        name = f"{self.letter.id}:{self.kind}"
        return name if self.number is None else f"{name}:{self.number}"

    def state(self, as_of: date) -> str:
        """Upcoming before its day, due to the end of its last one, overdue after that."""
        if as_of < self.on:
            return "upcoming"
        return "due" if as_of <= self.until else "overdue"


def face_to_face(letter: Letter) -> str:
    """Meet in person, or by video where all the work is at a distance."""
    return "video" if letter.rotation.experience == "telehealth" else "in-person"


def is_to_be_asked(letter: Letter, decision: Decision) -> bool:
    """Ask whoever is to be asked, and the reserve while fewer letters are in hand than wanted."""
    if decision.verdict(letter) == "reserve":
        return decision.in_hand < decision.wanted
    return decision.verdict(letter) == "ask"


def talk(kind: str, letter: Letter, decision: Decision, *, on: date, until: date) -> Action:
    """Make an action that is done face to face; for a reserve it is conditional until its day comes."""
    conditional = decision.verdict(letter) == "reserve" and decision.setting.as_of < on
    channel = face_to_face(letter)
    return Action(kind=kind, letter=letter, on=on, until=until, channel=channel, conditional=conditional)


def feedback_action(letter: Letter, decision: Decision) -> list[Action]:
    """Ask halfway how it is going, where that is not known: until booking, else until asking."""
    rotation, on = letter.rotation, letter.rotation.midpoint
    if not is_to_be_asked(letter, decision) or rotation.performance is not None or on >= letter.days.ask_on:
        return []
    before = onsite_day_before(rotation, book_on(rotation, letter.days.ask_on) or letter.days.ask_on)
    until = max(on, before or on)
    if decision.setting.as_of > until:
        return []
    return [talk("feedback", letter, decision, on=on, until=until)]


def rate_action(letter: Letter, decision: Decision) -> list[Action]:
    """Note how it went while the window is open, where that is not known; on hold, only until it closes."""
    verdict, days = decision.verdict(letter), letter.days
    if verdict not in {"ask", "reserve", "hold"} or letter.rotation.performance is not None:
        return []
    if verdict == "hold" and decision.setting.as_of > days.closes:
        return []
    on = min(max(days.opens, letter.rotation.midpoint), days.closes)
    return [Action(kind="rate", letter=letter, on=on, until=days.closes, channel="self")]


def book_action(letter: Letter, decision: Decision) -> list[Action]:
    """Book a talk, at the latest on the on-site day before asking; the day to ask makes it pointless."""
    on = book_on(letter.rotation, letter.days.ask_on)
    until = onsite_day_before(letter.rotation, letter.days.ask_on)
    if not is_to_be_asked(letter, decision) or on is None or until is None:
        return []
    if decision.setting.as_of >= letter.days.ask_on:
        return []
    return [talk("book", letter, decision, on=on, until=until)]


def ask_channel(letter: Letter, as_of: date) -> str:
    """Ask by e-mail before the first on-site day, or after the last one unless a meeting is to come."""
    rotation, ask_on = letter.rotation, letter.days.ask_on
    meets = rotation.meeting is not None and rotation.meeting >= as_of
    has_left = max(ask_on, as_of) > rotation.onsite[-1]
    by_email = ask_on < rotation.onsite[0] or (has_left and not meets)
    return "email" if by_email else face_to_face(letter)


def ask_action(letter: Letter, decision: Decision) -> list[Action]:
    """Ask, until the window closes or, where that comes first, until the latest day to ask."""
    if not is_to_be_asked(letter, decision):
        return []
    setting, days = decision.setting, letter.days
    cut_short = days.ask_on <= setting.latest_ask < days.closes
    until = setting.latest_ask if cut_short else days.closes
    action = talk("ask", letter, decision, on=days.ask_on, until=until)
    return [replace(action, channel=ask_channel(letter, setting.as_of))]


def follow_up_action(letter: Letter, decision: Decision) -> list[Action]:
    """Write again a week after the last word that had no answer; after two weeks it is late."""
    if letter.rotation.status != "asked":
        return []
    policy, last_word = decision.setting.policy, letter.rotation.last_word
    on = business_day_of(last_word + timedelta(days=policy.follow_up_days))
    until = max(on, last_word + timedelta(days=policy.no_answer_days))
    return [Action(kind="follow-up", letter=letter, on=on, until=until, channel="email")]


def packet_action(letter: Letter, decision: Decision) -> list[Action]:
    """Send what the writer needs within a few business days of the promise."""
    events = letter.rotation.events
    if letter.rotation.status not in {"agreed", "requested"} or "packet" in events:
        return []
    on = business_day_of(events["agreed"])
    until = add_business_days(on, decision.setting.policy.packet_days)
    return [Action(kind="packet", letter=letter, on=on, until=until, channel="email")]


def request_action(letter: Letter, decision: Decision) -> list[Action]:
    """Make the formal request once the writer agreed and the portal is open."""
    if letter.rotation.status != "agreed":
        return []
    on = business_day_of(max(letter.rotation.events["agreed"], decision.setting.season.opens))
    return [Action(kind="request", letter=letter, on=on, until=on + A_WEEK, channel="portal")]


def thank_action(letter: Letter, decision: Decision) -> list[Action]:
    """Thank the writer once the letter is there."""
    events = letter.rotation.events
    if letter.rotation.status not in {"uploaded", "assigned"} or "thanked" in events:
        return []
    on = business_day_of(events["uploaded"])
    until = on + timedelta(days=decision.setting.policy.thank_days)
    return [Action(kind="thank", letter=letter, on=on, until=until, channel="email")]


def assign_action(letter: Letter, decision: Decision) -> list[Action]:
    """Assign an uploaded letter of some set, once it is processed and applications can be sent in."""
    assigned_to_some = any(letter in letters for letters in sets_to_assign(decision))
    if letter.rotation.status != "uploaded" or not assigned_to_some:
        return []
    setting = decision.setting
    processed = add_business_days(letter.rotation.events["uploaded"], setting.policy.processing_days)
    on = business_day_of(max(processed, setting.season.submit))
    until = on + timedelta(days=setting.policy.assign_days)
    return [Action(kind="assign", letter=letter, on=on, until=until, channel="portal")]


# ---- The ladder of reminders


def dated_rungs(base: date, setting: Setting) -> list[date]:
    """Count back from the day the upload is needed by, leaving a week after the base."""
    days = [setting.needed_by - timedelta(days=before) for before in setting.policy.remind_before_days]
    return [day for day in days if day >= base + A_WEEK]


def monthly_rungs(base: date, setting: Setting) -> list[date]:
    """Step on from the base, up to a week before the first dated rung, or else to the day it is needed by."""
    dated = dated_rungs(base, setting)
    limit = min(dated) - A_WEEK if dated else setting.needed_by
    rungs = []
    rung = base + timedelta(days=setting.policy.remind_after_days)
    while rung <= limit:
        rungs.append(rung)
        rung += timedelta(days=setting.policy.remind_after_days)
    return rungs


def ladder(base: date, setting: Setting) -> list[date]:
    """Put all rungs on business days in time; failing all, take the last one before the upload is needed."""
    moved = {business_day_of(rung) for rung in dated_rungs(base, setting) + monthly_rungs(base, setting)}
    rungs = sorted(rung for rung in moved if rung <= setting.needed_by)
    last_chance = last_business_day_until(setting.needed_by - ONE_DAY)
    if not rungs and last_chance > base:
        return [last_chance]
    return rungs


def remind_actions(letter: Letter, decision: Decision) -> list[Action]:
    """Climb the ladder: done rungs go, of the past ones only the last stays, and there is always a next."""
    if letter.rotation.status != "requested":
        return []
    setting, reminded = decision.setting, letter.rotation.reminded
    base = max(letter.rotation.events["requested"], setting.season.opens)
    rungs = ladder(base, setting)
    if all(rung <= max(reminded, default=date.min) for rung in rungs):
        rungs.append(business_day_of(max([base, *reminded]) + timedelta(days=setting.policy.follow_up_days)))
        return [remind_action(letter, rungs, len(rungs), setting)]
    undone = [rung for rung in rungs if rung > max(reminded, default=date.min)]
    past = [rung for rung in undone if rung <= setting.as_of]
    ahead = [rung for rung in undone if rung > setting.as_of]
    return [remind_action(letter, rungs, rungs.index(rung) + 1, setting) for rung in past[-1:] + ahead]


def remind_action(letter: Letter, rungs: list[date], number: int, setting: Setting) -> Action:
    """Remind until the day before the next rung; on the last one, until the upload is needed, if later."""
    on = rungs[number - 1]
    is_last = number == len(rungs)
    until = max(on, setting.needed_by) if is_last else rungs[number] - ONE_DAY
    return Action(kind="remind", letter=letter, on=on, until=until, channel="email", number=number)


# ---- The backup, and all actions together


def backup_candidates(decision: Decision) -> list[Letter]:
    """Find reserve and hold letters that could still be there in time, best first."""
    waiting = [letter for letter in decision.ranked if decision.verdict(letter) in {"reserve", "hold"}]
    latest_ask = decision.setting.latest_ask
    return [letter for letter in waiting if letter.on_time and letter.rotation.midpoint <= latest_ask]


def is_backup_needless(decision: Decision, on: date, asks: list[Action]) -> bool:
    """Drop it when enough is uploaded, someone was asked since its day, or somebody is to be asked now."""
    rotations = [letter.rotation for letter in decision.ranked]
    there = [rotation for rotation in rotations if rotation.status in {"uploaded", "assigned"}]
    asked_since = any(rotation.asked and rotation.events["asked"] >= on for rotation in rotations)
    to_ask_now = any(action.state(decision.setting.as_of) != "upcoming" for action in asks)
    return len(there) >= decision.wanted or asked_since or to_ask_now


def backup_action(decision: Decision, asks: list[Action]) -> list[Action]:
    """Decide, in the week before the latest day to ask, whether another writer is needed (WHEN-16)."""
    setting, candidates = decision.setting, backup_candidates(decision)
    on = business_day_of(setting.latest_ask - A_WEEK)
    until = max(on, setting.latest_ask)
    if not candidates or setting.as_of > until or is_backup_needless(decision, on, asks):
        return []
    action = Action(kind="backup", letter=candidates[0], on=on, until=until, channel="email")
    return [replace(action, conditional=setting.as_of < on)]


def letter_actions(letter: Letter, decision: Decision) -> list[Action]:
    """Everything there is to do about one letter but asking."""
    kinds = (
        feedback_action,
        rate_action,
        book_action,
        follow_up_action,
        packet_action,
        request_action,
        remind_actions,
        thank_action,
        assign_action,
    )
    return [action for kind in kinds for action in kind(letter, decision)]


def all_actions(decision: Decision) -> list[Action]:
    """Sort every action by its days and id; nothing is left to do once the season has ended."""
    if decision.setting.as_of > decision.setting.season.ends:
        return []
    asks = [action for letter in decision.ranked for action in ask_action(letter, decision)]
    others = [action for letter in decision.ranked for action in letter_actions(letter, decision)]
    actions = asks + others + backup_action(decision, asks)
    return sorted(actions, key=lambda action: (action.on, action.until, action.id))


# ---- What the plan also says


def going(decision: Decision) -> list[Letter]:
    """Keep the letters that are asked for or to be, best first."""
    return [letter for letter in decision.ranked if decision.verdict(letter) in {"ask", "keep"}]


def reliable(decision: Decision) -> list[Letter]:
    """Of those, keep the ones that are on time and not silent."""
    return [letter for letter in going(decision) if letter.on_time and not letter.silent]


def count_by_status(letters: list[Letter]) -> dict[str, int]:
    """Count each letter once: planned, asked, promised or secured."""
    counts = {"planned": 0, "asked": 0, "promised": 0, "secured": 0}
    for letter in letters:
        counts[COUNTED_AS[letter.rotation.status]] += 1
    return counts


def set_to_assign(decision: Decision, own: list[Letter], needed: int) -> list[Letter]:
    """Take those assigned already, then the target's best, then the best others, while a program has room."""
    usable = [letter for letter in going(decision) if not letter.silent]
    assigned = [letter for letter in usable if letter.rotation.status == "assigned"]
    best_own = [letter for letter in usable if letter in own][:needed]
    chosen: list[Letter] = []
    for letter in assigned + best_own + usable:
        if letter not in chosen and len(chosen) < decision.setting.policy.max_per_program:
            chosen.append(letter)
    return [letter for letter in usable if letter in chosen]


def sets_to_assign(decision: Decision) -> list[list[Letter]]:
    """Make each target's set; without targets there is one, for which every letter counts."""
    targets = decision.setting.targets
    if not targets:
        return [set_to_assign(decision, decision.ranked, 0)]
    return [set_to_assign(decision, counting(decision.ranked, target), target.needed) for target in targets]


def coverage(decision: Decision) -> list[Plain]:
    """Say for each target what it needs, what it has, and which letters to assign."""
    sets = [[letter.id for letter in letters] for letters in sets_to_assign(decision)]
    good, targets = reliable(decision), decision.setting.targets
    if not targets:
        return [{"target": None, "needed": 0, **count_by_status(good), "letters": sets[0]}]
    return [
        {
            "target": target.name,
            "needed": target.needed,
            **count_by_status(counting(good, target)),
            "letters": letters,
        }
        for target, letters in zip(targets, sets, strict=True)
    ]


# ---- Warnings


def warning(code: str, *, rotation: str | None = None, target: str | None = None) -> Plain:
    """Make a warning about the plan, a rotation or a target."""
    return {"code": code, "rotation": rotation, "target": target}


def season_warnings(setting: Setting) -> list[Plain]:
    """Warn about days that are estimated, guessed or gone."""
    said = {
        "estimated-season": setting.season.estimated,
        "guessed-season": setting.guessed,
        "deadline-passed": setting.as_of > setting.deadline,
        "season-over": setting.as_of > setting.season.ends,
    }
    return [warning(code) for code, holds in said.items() if holds]


def letter_warnings(decision: Decision) -> list[Plain]:
    """Warn about letters that come late, grow stale, stay unanswered, or have events still ahead."""
    late = [warning("late", rotation=letter.id) for letter in going(decision) if not letter.on_time]
    stale = [warning("stale", rotation=letter.id) for letter in going(decision) if not letter.fresh]
    silent = [warning("silent", rotation=letter.id) for letter in decision.ranked if letter.silent]
    ahead = [letter for letter in decision.letters if letter.rotation.has_future_event]
    return late + stale + silent + [warning("future-event", rotation=letter.id) for letter in ahead]


def specialty_warnings(decision: Decision) -> list[Plain]:
    """Warn about every rotation and target whose specialty is not known."""
    rotations = [letter.rotation for letter in decision.letters if not is_known(letter.rotation.specialty)]
    targets = [target.name for target in decision.setting.targets if not is_known(target.name)]
    by_rotation = [warning("unknown-specialty", rotation=rotation.id) for rotation in rotations]
    return by_rotation + [warning("unknown-specialty", target=name) for name in targets]


def mix_warnings(decision: Decision) -> list[Plain]:
    """Warn where the letters do not make up what is wanted: in number, by target, and from the US."""
    good, letters = reliable(decision), going(decision)
    gaps = [
        warning("coverage-gap", target=target.name)
        for target in decision.setting.targets
        if len(counting(good, target)) < target.needed
    ]
    said = {
        "too-few-letters": len(good) < decision.wanted,
        "no-us-letter": bool(letters) and not any(letter.rotation.us for letter in letters),
        "no-targets": not decision.setting.targets,
    }
    return gaps + [warning(code) for code, holds in said.items() if holds]


def all_warnings(decision: Decision) -> list[Plain]:
    """Sort all warnings by code, then rotation, then target, with none before any."""
    found = season_warnings(decision.setting) + mix_warnings(decision)
    found += letter_warnings(decision) + specialty_warnings(decision)
    return sorted(found, key=lambda one: (one["code"], one["rotation"] or "", one["target"] or ""))


# ---- The answer


def season_shown(setting: Setting) -> Plain:
    """Show the season's days, and whether they are estimated or guessed."""
    season = setting.season
    named = ("opens", "submit", "review", "rank_list", "match_day", "ends")
    days = {name: getattr(season, name).isoformat() for name in named}
    return {"year": season.year, **days, "estimated": season.estimated, "guessed": setting.guessed}


def skipped_shown(letter: Letter) -> Plain:
    """Show nothing of a skipped letter but what it is."""
    nulls = ("rank", "strength", "fresh", "opens", "ask_on", "closes", "arrives_by", "on_time", "decided_by")
    flags = ("pick", "tentative", "tight", "silent")
    unsaid = {**dict.fromkeys(nulls), **dict.fromkeys(flags, False)}
    return {**rotation_shown(letter), "verdict": "skip", **unsaid}


def rotation_shown(letter: Letter) -> Plain:
    """Show which rotation a letter is from, and how far it has come."""
    rotation = letter.rotation
    return {
        "id": rotation.id,
        "specialty": rotation.specialty,
        "start": rotation.start.isoformat(),
        "last_day": rotation.last_day.isoformat(),
        "status": rotation.status,
    }


def ranked_shown(letter: Letter, rank: int, decision: Decision) -> Plain:
    """Show all that was decided about a letter; one that was asked for is no longer tentative or tight."""
    asked = letter.rotation.asked
    return {
        **rotation_shown(letter),
        "verdict": decision.verdict(letter),
        "pick": letter in decision.picks,
        "rank": rank,
        "strength": "strong" if letter.strong else "weak",
        "tentative": not asked and letter.rotation.performance is None,
        "tight": not asked and letter.days.tight,
        "silent": letter.silent,
        "fresh": letter.fresh,
        "opens": letter.days.opens.isoformat(),
        "ask_on": letter.days.ask_on.isoformat(),
        "closes": letter.days.closes.isoformat(),
        "arrives_by": letter.arrives_by.isoformat(),
        "on_time": letter.on_time,
        "decided_by": decided_by(letter, decision),
    }


def letters_shown(decision: Decision) -> list[Plain]:
    """Show the ranked letters from the best down, then the skipped ones as they stand in the file."""
    ranked = [ranked_shown(letter, rank, decision) for rank, letter in enumerate(decision.ranked, start=1)]
    skipped = [skipped_shown(letter) for letter in decision.letters if letter not in decision.ranked]
    return ranked + skipped


def action_shown(action: Action, as_of: date) -> Plain:
    """Show an action with its state on the day."""
    return {
        "id": action.id,
        "kind": action.kind,
        "rotation": action.letter.id,
        "on": action.on.isoformat(),
        "until": action.until.isoformat(),
        "state": action.state(as_of),
        "channel": action.channel,
        "conditional": action.conditional,
    }


def decision_shown(decision: Decision) -> Plain:
    """Put the whole answer together."""
    setting = decision.setting
    return {
        "season": season_shown(setting),
        "deadline": setting.deadline.isoformat(),
        "needed_by": setting.needed_by.isoformat(),
        "latest_ask": setting.latest_ask.isoformat(),
        "wanted": decision.wanted,
        "forecast": count_by_status(reliable(decision)),
        "letters": letters_shown(decision),
        "actions": [action_shown(action, setting.as_of) for action in all_actions(decision)],
        "coverage": coverage(decision),
        "warnings": all_warnings(decision),
    }


def reckon(plan: dict[str, Any] | list[dict[str, Any]], as_of: date) -> dict[str, Any]:
    """Reckon a valid plan file, given as plain data, for a day: what is decided, without any texts."""
    sections: Plain = {"rotations": plan} if isinstance(plan, list) else present(plan)
    rows = [present(row) for row in sections.get("rotations", [])]
    applicant = present(sections.get("applicant"))
    policy = Policy(**present(sections.get("policy")))
    setting = setting_of(applicant, policy, [last_day_of(row) for row in rows], as_of)
    days_off = days_in(applicant.get("holidays"))
    rotations = [
        rotation_of(row, rotation_id, place=place, days_off=days_off, as_of=as_of)
        for place, (row, rotation_id) in enumerate(zip(rows, ids_of(rows), strict=True))
    ]
    return decision_shown(decide([letter_of(rotation, setting) for rotation in rotations], setting))
