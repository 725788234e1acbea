"""A second, independent implementation of the decisions, to compare the planner with.

It shares no code with the package and knows nothing of how the planner works. It is slow and literal: it visits
days one by one, answers every question by looking at everything, and each function does what one sentence of a
rule says. Where it and the planner differ, one of them has misread that sentence.

It covers days and selection: the season, the days to ask, the arrival, who is in the running, the order, the picks,
the reserve and the verdicts. A letter is known by its position in the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from oracle.days import (
    add_business_days,
    days_in,
    guess_season,
    last_day_of,
    nearest_business_day,
    onsite_days,
    present,
    season_of,
    season_of_deadline,
    subtract_business_days,
)

if TYPE_CHECKING:
    from oracle.days import Row, Season
    from runner import Json

TRIES_LEFT = 2
"""Days kept for asking again: after the day to ask, after an offer, and after the asking was pulled forward."""

# The few specialties that the strategies draw.
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

STAGES = ("asked", "agreed", "requested", "uploaded", "assigned")
"""Each implies those before it."""

POLICY = {
    "want": 3,
    "spare": 1,
    "fresh_days": 365,
    "final_week_days": 7,
    "lead_days": 28,
    "processing_days": 5,
    "no_answer_days": 14,
}
"""The numbers of the policy that days and selection depend on, with their defaults."""

ROTATION_DEFAULTS = {
    "us": True,
    "experience": "hands-on",
    "residency_affiliated": False,
    "img_friendly": False,
    "letterhead": False,
    "performance": None,
    "contact": None,
    "choice": None,
    "meeting": None,
}


# --- specialties --------------------------------------------------------------------------------------------


def specialty_key(name: str) -> str:
    """Compare specialties without case, with spaces folded, under their usual names."""
    folded = " ".join(name.split()).casefold()
    return ALIASES.get(folded, folded)


def counts_for(specialty: str, target: str) -> bool:
    """Whether a specialty is the target, or a subspecialty of it."""
    key, target_key = specialty_key(specialty), specialty_key(target)
    return key == target_key or target_key in COUNTS_FOR.get(key, set())


# --- the rotations of the file, as far as they are known on the day -----------------------------------------


@dataclass(frozen=True, kw_only=True)
class Rotation:
    """One rotation, with the events that have happened by the as-of day."""

    position: int
    row: Json
    attending: Json
    last_day: date
    onsite: tuple[date, ...]
    offered: date | None
    events: dict[str, date]
    reminded: list[date]

    @property
    def status(self) -> str:
        """Declined, else the furthest stage that was reached."""
        if "declined" in self.events:
            return "declined"
        reached = [stage for stage in STAGES if stage in self.events]
        return reached[-1] if reached else "planned"

    @property
    def asked(self) -> bool:
        """Whether the letter was asked for already."""
        return "asked" in self.events

    @property
    def role(self) -> str:
        """The writer's role."""
        return str(self.attending.get("role", "attending"))

    @property
    def midpoint(self) -> date:
        """The on-site day number ceil(n/2), counted from one."""
        return self.onsite[(len(self.onsite) + 1) // 2 - 1]


def known_events(letter: Row, as_of: date) -> dict[str, date]:
    """Leave out what is still to come; then let every stage imply the one before it, on its own day."""
    events = {name: letter[name] for name in (*STAGES, "declined") if name in letter and letter[name] <= as_of}
    for earlier, later in reversed(list(pairwise(STAGES))):
        if later in events:
            events.setdefault(earlier, events[later])
    return events


def read_rotation(row: Json, position: int, days_off: set[date], as_of: date) -> Rotation:
    """Read one rotation as it is known on the as-of day."""
    attending, letter, offered = row["attending"], present(row.get("letter")), row.get("offered")
    return Rotation(
        position=position,
        row={**ROTATION_DEFAULTS, **row},
        attending={"name": attending} if isinstance(attending, str) else present(attending),
        last_day=last_day_of(row),
        onsite=onsite_days(row, days_off),
        offered=offered if offered is not None and offered <= as_of else None,
        events=known_events(letter, as_of),
        reminded=[day for day in letter.get("reminded", []) if day <= as_of],
    )


# --- what holds for the whole plan --------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What holds for every letter of the plan; each target comes with the number of letters it needs."""

    as_of: date
    policy: dict[str, int]
    season: Season
    guessed: bool
    deadline: date
    needed_by: date
    latest_ask: date
    targets: list[tuple[str, int]]


def read_target(written: str | Json) -> tuple[str, int]:
    """Read a target: it may say how many letters it needs, else its specialty does, else one."""
    target: Json = {"specialty": written} if isinstance(written, str) else present(written)
    usual = IN_SPECIALTY.get(specialty_key(target["specialty"]), 1)
    return target["specialty"], target.get("in_specialty", usual)


def find_season(applicant: Json, last_days: list[date], as_of: date) -> Season:
    """Take the season that the user names, else that of the deadline, else that of the rotations or of today."""
    if "season" in applicant:
        return season_of(applicant["season"])
    if "deadline" in applicant:
        return season_of_deadline(applicant["deadline"])
    return guess_season(last_days, as_of)


def find_setting(applicant: Json, policy: dict[str, int], last_days: list[date], as_of: date) -> Setting:
    """Count back from the deadline: the day on which the upload is needed, and the latest day to ask."""
    season = find_season(applicant, last_days, as_of)
    deadline = applicant.get("deadline", season.review)
    needed_by = subtract_business_days(deadline, policy["processing_days"])
    return Setting(
        as_of=as_of,
        policy=policy,
        season=season,
        guessed="season" not in applicant,
        deadline=deadline,
        needed_by=needed_by,
        latest_ask=needed_by - timedelta(days=policy["lead_days"]),
        targets=[read_target(written) for written in applicant.get("targets", [])],
    )


# --- the days to ask ----------------------------------------------------------------------------------------


class AskDays(NamedTuple):
    """When a letter can be asked for, and whether the deadline moved that forward."""

    opens: date
    ask_on: date
    closes: date
    pulled: bool = False


def days_by_default(rotation: Rotation, final_week_days: int) -> AskDays:
    """Ask on the third-last on-site day of the final week, or on the first if it has fewer.

    The final week has two on-site days at least, if there are two, and none before the midpoint.
    """
    begins = rotation.last_day - timedelta(days=final_week_days - 1)
    window = [day for day in rotation.onsite if day >= begins]
    if len(window) < 2:
        window = list(rotation.onsite[-2:])
    window = [day for day in window if day >= rotation.midpoint]
    ask_on = window[-1 - TRIES_LEFT] if len(window) > TRIES_LEFT else window[0]
    return AskDays(window[0], ask_on, window[-1])


def two_onsite_days_after(rotation: Rotation, day: date) -> date:
    """Go two on-site days on, but at most to the last one."""
    later = [other for other in rotation.onsite if other > day][:TRIES_LEFT]
    return later[-1] if later else day


def days_by_offer(rotation: Rotation, offered: date) -> AskDays:
    """Follow up on an offer at once: on-site days while the rotation lasts, else business days."""
    if rotation.onsite[0] <= offered <= rotation.onsite[-1]:
        ask_on = next(day for day in rotation.onsite if day >= offered)
        return AskDays(ask_on, ask_on, two_onsite_days_after(rotation, ask_on))
    ask_on = nearest_business_day(offered)
    return AskDays(ask_on, ask_on, add_business_days(ask_on, TRIES_LEFT))


def days_pulled_forward(rotation: Rotation, setting: Setting) -> AskDays:
    """Ask on the last on-site day that leaves the writer enough time, but not before the midpoint."""
    in_time = [day for day in rotation.onsite if day <= setting.latest_ask]
    ask_on = max([rotation.midpoint, *in_time])
    return AskDays(ask_on, ask_on, two_onsite_days_after(rotation, ask_on), pulled=True)


def find_ask_days(rotation: Rotation, setting: Setting) -> AskDays:
    """Let an offer set the days, then a meeting stretch them; without either the deadline may pull them forward."""
    meeting: date | None = rotation.row["meeting"]
    days = days_by_default(rotation, setting.policy["final_week_days"])
    if rotation.offered is not None:
        days = days_by_offer(rotation, rotation.offered)
    if meeting is not None:
        return AskDays(min(days.opens, meeting), meeting, max(days.closes, meeting))
    if rotation.offered is None and days.ask_on > setting.latest_ask and rotation.midpoint <= setting.needed_by:
        return days_pulled_forward(rotation, setting)
    return days


# --- one letter by itself -----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What one rotation can lead to, judged by itself; `weaknesses` are the rules that make it weak."""

    rotation: Rotation
    days: AskDays
    arrives_by: date
    on_time: bool
    fresh: bool
    weaknesses: tuple[str, ...]
    silent: bool

    @property
    def strong(self) -> bool:
        """Whether nothing makes the letter weak."""
        return not self.weaknesses


def find_arrival(rotation: Rotation, ask_on: date, setting: Setting) -> date:
    """Find when the letter can be relied on: written, not before the portal opens or today, then processed."""
    events, policy = rotation.events, setting.policy
    if "uploaded" in events:
        return add_business_days(events["uploaded"], policy["processing_days"])
    begun = events.get("agreed", events.get("asked", max(ask_on, setting.as_of)))
    written = max(begun + timedelta(days=policy["lead_days"]), setting.season.opens, setting.as_of)
    return add_business_days(written, policy["processing_days"])


def find_weaknesses(rotation: Rotation) -> tuple[str, ...]:
    """List the rules that make a letter weak, without those that an offer or the user's choice lifts."""
    row, offered = rotation.row, rotation.offered is not None
    if row["choice"] == "ask":
        return ()
    found = {
        "WHO-1": rotation.role != "attending",
        "WHO-2": row["performance"] == "poor" or (row["performance"] == "fair" and not offered),
        "WHO-3": row["contact"] == "rarely" and not offered,
    }
    return tuple(rule for rule, holds in found.items() if holds)


def is_silent(rotation: Rotation, setting: Setting) -> bool:
    """Whether the writer was asked, or reminded, long enough ago and has not answered."""
    if rotation.status != "asked":
        return False
    last_contacted = max([rotation.events["asked"], *rotation.reminded])
    return (setting.as_of - last_contacted).days >= setting.policy["no_answer_days"]


def judge(rotation: Rotation, setting: Setting) -> Letter:
    """Judge one rotation's letter by itself."""
    days = find_ask_days(rotation, setting)
    arrives_by = find_arrival(rotation, days.ask_on, setting)
    uploaded = rotation.events.get("uploaded")
    return Letter(
        rotation=rotation,
        days=days,
        arrives_by=arrives_by,
        on_time=(uploaded or arrives_by) <= setting.deadline,
        fresh=(setting.deadline - (uploaded or rotation.last_day)).days <= setting.policy["fresh_days"],
        weaknesses=find_weaknesses(rotation),
        silent=is_silent(rotation, setting),
    )


# --- who is in the running ----------------------------------------------------------------------------------


def bare_name(name: str) -> str:
    """Remove case, spaces, commas, titles at the front and degrees at the end, but never the whole name."""
    words = name.casefold().replace(",", " ").split()
    while len(words) > 1 and words[0].removesuffix(".") in TITLES:
        words = words[1:]
    while len(words) > 1 and words[-1].replace(".", "") in DEGREES:
        words = words[:-1]
    return "".join(words) or name


def is_same_attending(one: Json, other: Json) -> bool:
    """Compare e-mail addresses if both have one, else names."""
    if "email" in one and "email" in other:
        return str(one["email"]).casefold() == str(other["email"]).casefold()
    return bare_name(one["name"]) == bare_name(other["name"])


def letters_of_attending(letter: Letter, letters: list[Letter]) -> list[Letter]:
    """Collect an attending's letters: anybody who is the same as one of them is the same person."""
    found, added = [], [letter]
    while added:
        found += added
        people = [one.rotation.attending for one in found]
        rest = [other for other in letters if other not in found]
        added = [other for other in rest if any(is_same_attending(other.rotation.attending, one) for one in people)]
    return found


def is_excluded(letter: Letter, letters: list[Letter]) -> bool:
    """Skip by choice or refusal; and, unless asked or chosen, by role or poor performance."""
    rotation, choice = letter.rotation, letter.rotation.row["choice"]
    declined = any(one.rotation.status == "declined" for one in letters_of_attending(letter, letters))
    if choice == "skip" or declined:
        return True
    if rotation.asked or choice == "ask":
        return False
    return rotation.role != "attending" or rotation.row["performance"] == "poor"


def choose_rotation(letters: list[Letter]) -> Letter:
    """Choose the furthest along of those asked for, else chosen, else offered, else on time; then the latest."""
    asked = [letter for letter in letters if letter.rotation.asked]
    furthest = max((STAGES.index(letter.rotation.status) for letter in asked), default=0)
    groups = (
        [letter for letter in asked if STAGES.index(letter.rotation.status) == furthest],
        [letter for letter in letters if letter.rotation.row["choice"] == "ask"],
        [letter for letter in letters if letter.rotation.offered is not None],
        [letter for letter in letters if letter.on_time],
        letters,
    )
    candidates = next(group for group in groups if group)
    return max(candidates, key=lambda letter: (letter.rotation.last_day, letter.rotation.position))


def is_running(letter: Letter, letters: list[Letter]) -> bool:
    """Whether a letter is not excluded and is the one that counts for its attending."""
    if is_excluded(letter, letters):
        return False
    others = [one for one in letters_of_attending(letter, letters) if not is_excluded(one, letters)]
    return letter == choose_rotation(others)


# --- the order ----------------------------------------------------------------------------------------------


def performance_place(rotation: Rotation) -> int:
    """Excellent, good (or asked for and not recorded), not recorded, fair, poor."""
    performance: str | None = rotation.row["performance"]
    if performance is None:
        return 1 if rotation.asked else 2
    return {"excellent": 0, "good": 1, "fair": 3, "poor": 4}[performance]


def length_place(rotation: Rotation) -> int:
    """Eight weeks or more, four or more, fewer; a week that has begun counts."""
    weeks = ((rotation.last_day - rotation.row["start"]).days + 7) // 7
    return 0 if weeks >= 8 else 1 if weeks >= 4 else 2


def compare_on(letter: Letter, setting: Setting) -> list[tuple[str, int]]:
    """List what a letter is compared on, in order: the rule, and the letter's place, of which lower is better."""
    rotation, row = letter.rotation, letter.rotation.row
    experience = {"hands-on": 0, "observership": 1, "telehealth": 2, "research": 2}
    counts = any(counts_for(row["specialty"], target) for target, _ in setting.targets)
    return [
        ("WHO-11", int(not letter.on_time)),
        (letter.weaknesses[0] if letter.weaknesses else "strong", int(not letter.strong)),
        ("WHO-4", experience[row["experience"]] if row["us"] else 3),
        ("WHO-2", performance_place(rotation)),
        ("WHO-5", -int(row["residency_affiliated"]) - int(row["img_friendly"])),
        ("MIX-2", int(not counts)),
        ("WHO-3", {"daily": 0, "weekly": 1, None: 1, "rarely": 2}[row["contact"]]),
        ("WHO-6", int(not row["letterhead"])),
        ("WHO-9", int(not letter.fresh)),
        ("WHO-3", length_place(rotation)),
        ("MIX-1", int(not rotation.asked)),
        ("MIX-1", rotation.last_day.toordinal()),
        ("MIX-1", rotation.position),
    ]


def places(letter: Letter, setting: Setting) -> list[int]:
    """Give a letter's place in each comparison."""
    return [place for _, place in compare_on(letter, setting)]


# --- the picks, the reserve, the verdicts -------------------------------------------------------------------


def counting_for(target: str, letters: list[Letter]) -> list[Letter]:
    """Keep the letters that count for a target."""
    return [letter for letter in letters if counts_for(letter.rotation.row["specialty"], target)]


def choose_picks(ranked: list[Letter], setting: Setting) -> tuple[list[Letter], int]:
    """Give each target in turn its best strong letters, then fill up: strong letters, then weak ones asked for.

    A letter picked for an earlier target counts for a later one too. As many letters are wanted as the policy says,
    or as the targets need together, whether these letters exist or not.
    """
    eligible = [letter for letter in ranked if not letter.silent]
    strong = [letter for letter in eligible if letter.strong]
    weak_but_asked = [letter for letter in eligible if not letter.strong and letter.rotation.asked]
    picks: list[Letter] = []
    for target, needed in setting.targets:
        for letter in counting_for(target, strong):
            if letter not in picks and len(counting_for(target, picks)) < needed:
                picks.append(letter)
    missing = sum(max(0, needed - len(counting_for(target, picks))) for target, needed in setting.targets)
    wanted = max(setting.policy["want"], len(picks) + missing)
    for letter in strong + weak_but_asked:
        if letter not in picks and len(picks) < wanted:
            picks.append(letter)
    return picks, wanted


def choose_reserve(ranked: list[Letter], picks: list[Letter], wanted: int, spare: int) -> list[Letter]:
    """Keep the next letters that are on time and not silent: the spare ones, and one for each pick not on time."""
    size = spare + wanted - len([letter for letter in picks if letter.on_time])
    return [letter for letter in ranked if letter not in picks and letter.on_time and not letter.silent][:size]


def decide(letter: Letter, picks: list[Letter], reserve: list[Letter]) -> str:
    """Keep what was asked for; ask the picks, and every strong letter that was offered or chosen."""
    rotation = letter.rotation
    if rotation.asked:
        return "keep"
    called_for = letter.strong and (rotation.offered is not None or rotation.row["choice"] == "ask")
    if letter in picks or called_for:
        return "ask"
    return "reserve" if letter in reserve else "hold"


def find_lost_comparison(letter: Letter, picks: list[Letter], setting: Setting) -> Json | None:
    """Find the first comparison that a letter loses against the lowest-ranked pick, unless it ranks above it."""
    if not picks:
        return None
    rival = max(picks, key=lambda pick: places(pick, setting))
    for (rule, own), (_, other) in zip(compare_on(letter, setting), compare_on(rival, setting), strict=True):
        if own != other:
            return {"rule": rule, "than": rival.rotation.position} if own > other else None
    return None


# --- the answer ---------------------------------------------------------------------------------------------


def show(letter: Letter) -> Json:
    """Show what a letter in the running is by itself."""
    tentative, pulled = letter.rotation.row["performance"] is None, letter.days.pulled
    return {
        "strength": "strong" if letter.strong else "weak",
        "tentative": tentative and not letter.rotation.asked,
        "tight": pulled and not letter.rotation.asked,
        "silent": letter.silent,
        "fresh": letter.fresh,
        "opens": letter.days.opens.isoformat(),
        "ask_on": letter.days.ask_on.isoformat(),
        "closes": letter.days.closes.isoformat(),
        "arrives_by": letter.arrives_by.isoformat(),
        "on_time": letter.on_time,
    }


def show_rotation(rotation: Rotation) -> Json:
    """Show which rotation a letter is from, and how far it is."""
    return {"position": rotation.position, "last_day": rotation.last_day.isoformat(), "status": rotation.status}


SKIPPED: Json = {
    "verdict": "skip",
    **dict.fromkeys(("pick", "tentative", "tight", "silent"), False),
    **dict.fromkeys(("rank", "strength", "fresh", "opens", "ask_on", "closes", "arrives_by", "on_time", "decided_by")),
}
"""What is shown of a skipped letter."""


def decide_all(letters: list[Letter], setting: Setting) -> tuple[list[Json], int]:
    """Decide about all letters, best first and skipped ones last, and how many are wanted."""
    running = [letter for letter in letters if is_running(letter, letters)]
    ranked = sorted(running, key=lambda letter: places(letter, setting))
    picks, wanted = choose_picks(ranked, setting)
    reserve = choose_reserve(ranked, picks, wanted, setting.policy["spare"])
    shown = []
    for rank, letter in enumerate(ranked, start=1):
        verdict = decide(letter, picks, reserve)
        lost = find_lost_comparison(letter, picks, setting) if verdict in {"reserve", "hold"} else None
        decision = {"verdict": verdict, "pick": letter in picks, "rank": rank, "decided_by": lost}
        shown.append({**show_rotation(letter.rotation), **decision, **show(letter)})
    skipped = [letter.rotation for letter in letters if letter not in running]
    return shown + [{**show_rotation(rotation), **SKIPPED} for rotation in skipped], wanted


def work_out(plan: Json | list[Json], as_of: date) -> Json:
    """Work out the decisions about a valid plan file, given as plain data, as of a day."""
    sections: Json = {"rotations": plan} if isinstance(plan, list) else present(plan)
    rows = [present(row) for row in sections.get("rotations", [])]
    applicant = present(sections.get("applicant"))
    policy = {**POLICY, **present(sections.get("policy"))}
    setting = find_setting(applicant, policy, [last_day_of(row) for row in rows], as_of)
    days_off = days_in(applicant.get("holidays"))
    rotations = [read_rotation(row, position, days_off, as_of) for position, row in enumerate(rows)]
    letters, wanted = decide_all([judge(rotation, setting) for rotation in rotations], setting)
    return {
        "season": {
            "year": setting.season.year,
            "opens": setting.season.opens.isoformat(),
            "review": setting.season.review.isoformat(),
            "ends": setting.season.ends.isoformat(),
            "guessed": setting.guessed,
        },
        "deadline": setting.deadline.isoformat(),
        "needed_by": setting.needed_by.isoformat(),
        "latest_ask": setting.latest_ask.isoformat(),
        "wanted": wanted,
        "letters": letters,
    }
