"""One letter by itself, as the second implementation judges it: when to ask, when it comes, how strong it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from oracle.days import add_business_days, nearest_business_day, onsite_days, present, subtract_business_days
from oracle.events import read_history
from oracle.facts import counts_for, is_same_attending, specialty_key

if TYPE_CHECKING:
    from oracle.days import Season
    from oracle.events import History
    from runner import Json

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
    "standardized": False,
    "for": [],
}

POLICY = {
    "want": 3,
    "spare": 1,
    "min_days": 8,
    "max_per_program": 4,
    "fresh_days": 365,
    "final_week_days": 7,
    "lead_days": 28,
    "processing_days": 5,
    "no_answer_days": 14,
    "give_up_after": 2,
}
"""The numbers of the policy that days and selection depend on, with their defaults."""

Target = tuple[str, list[tuple[str, int]]]
"""A target and its parts, each with the number of letters that it needs."""


class Need(NamedTuple):
    """What programs of a target require beyond its parts: so many letters that meet a key, or count for a part."""

    target: int
    key: str
    part: int
    number: int


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What holds for every letter of the plan."""

    as_of: date
    policy: dict[str, int]
    season: Season
    guessed: bool
    portal_from: date
    deadline: date
    needed_by: date
    latest_ask: date
    targets: list[Target]
    listed: int
    want: int
    applicant_deadline: date | None
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rotation:
    """One rotation, with the events that have happened by the as-of day."""

    position: int
    row: Json
    attending: Json
    onsite: tuple[date, ...]
    history: History

    @property
    def last_day(self) -> date:
        """The last on-site day."""
        return self.onsite[-1]

    @property
    def role(self) -> str:
        """The writer's role."""
        return str(self.attending.get("role", "attending"))

    @property
    def named_targets(self) -> list[str]:
        """The targets that the letter is written for; none for any."""
        written = self.row["for"]
        return [specialty_key(name) for name in ([written] if isinstance(written, str) else written)]

    @property
    def midpoint(self) -> date:
        """The on-site day number ceil(n/2), but the second at least where there are two."""
        number = len(self.onsite)
        return self.onsite[max((number + 1) // 2, min(2, number)) - 1]


def read_rotation(row: Json, position: int, days_off: set[date], as_of: date, opens: date) -> Rotation:
    """Read one rotation as it is known on the as-of day, in the season that opens on another."""
    attending = row["attending"]
    return Rotation(
        position=position,
        row={**ROTATION_DEFAULTS, **row},
        attending={"name": attending} if isinstance(attending, str) else present(attending),
        onsite=onsite_days(row, days_off),
        history=read_history(row, present(row.get("letter")), as_of, opens),
    )


# --- the days to ask ----------------------------------------------------------------------------------------


class AskDays(NamedTuple):
    """When a letter can be asked for, and whether the deadline moved that forward."""

    opens: date
    ask_on: date
    closes: date
    pulled: bool = False


def is_more_than_a_year_before(day: date, setting: Setting) -> bool:
    """Whether a day is more than 365 days before the season opens."""
    return setting.season.opens - day > timedelta(days=365)


def is_long_past(rotation: Rotation, setting: Setting) -> bool:
    """Whether it ended more than a year before the season opens, and is over."""
    return is_more_than_a_year_before(rotation.last_day, setting) and rotation.last_day < setting.as_of


def final_week(rotation: Rotation, days: int) -> AskDays:
    """Ask on the third-last on-site day of the final week, or on the first if it has fewer.

    The final week has two on-site days at least, if there are two, and none before the midpoint.
    """
    window = [day for day in rotation.onsite if day > rotation.last_day - timedelta(days=days)]
    if len(window) < 2:
        window = list(rotation.onsite[-2:])
    window = [day for day in window if day >= rotation.midpoint]
    return AskDays(window[0], window[-3] if len(window) >= 3 else window[0], window[-1])


def two_onsite_days_after(rotation: Rotation, day: date) -> date:
    """Go two on-site days on, but at most to the last one."""
    later = [other for other in rotation.onsite if other > day][:2]
    return later[-1] if later else day


def after_offer(rotation: Rotation, offered: date) -> AskDays:
    """Follow up on an offer at once: on-site days while the rotation lasts, else business days."""
    if rotation.onsite[0] <= offered <= rotation.last_day:
        first = next(day for day in rotation.onsite if day >= offered)
        return AskDays(first, first, two_onsite_days_after(rotation, first))
    first = nearest_business_day(offered)
    return AskDays(first, first, add_business_days(first, 2))


def from_long_ago(setting: Setting) -> AskDays:
    """Ask ninety days before the portal can be used, until the latest day to ask."""
    first = nearest_business_day(setting.portal_from - timedelta(days=90))
    return AskDays(first, first, max(first, setting.latest_ask))


def pulled_forward(rotation: Rotation, setting: Setting) -> AskDays:
    """Ask on the last on-site day that leaves room for one silence, but not before the midpoint."""
    limit = setting.latest_ask - timedelta(days=setting.policy["no_answer_days"])
    ask_on = max([day for day in rotation.onsite if day <= limit] + [rotation.midpoint])
    in_time = [day for day in rotation.onsite if day <= setting.latest_ask]
    closes = max([two_onsite_days_after(rotation, ask_on), *in_time[-1:]])
    return AskDays(ask_on, ask_on, closes, pulled=True)


def find_ask_days(rotation: Rotation, setting: Setting) -> AskDays:
    """Offer, long past or final week; then a meeting; without either the deadline may pull the days forward."""
    offered, meeting, past = rotation.history.offered, rotation.row["meeting"], is_long_past(rotation, setting)
    if offered and past and is_more_than_a_year_before(offered, setting):
        offered = None
    if meeting and is_more_than_a_year_before(meeting, setting):
        meeting = None
    days = final_week(rotation, setting.policy["final_week_days"])
    if offered or past:
        days = after_offer(rotation, offered) if offered else from_long_ago(setting)
    if meeting:
        return AskDays(min(days.opens, meeting), meeting, max(days.closes, meeting))
    too_late = setting.needed_by + timedelta(days=setting.policy["lead_days"])
    hurry = days.ask_on > setting.latest_ask and rotation.midpoint <= too_late
    return pulled_forward(rotation, setting) if hurry and not offered and not past else days


# --- judged by itself ---------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What one rotation can lead to, judged by itself; `weaknesses` are the rules that make it weak."""

    rotation: Rotation
    days: AskDays
    days_together: int
    arrives_by: date
    on_time: bool
    fresh: bool
    weaknesses: tuple[str, ...]
    silent: bool
    impossible: bool
    parts: tuple[tuple[int, int], ...]
    may_go_to: tuple[int, ...]

    @property
    def strong(self) -> bool:
        """Whether nothing makes the letter weak."""
        return not self.weaknesses

    @property
    def in_hand(self) -> bool:
        """Whether it is promised or secured."""
        return self.rotation.history.is_promised or self.rotation.history.is_secured


def find_arrival(rotation: Rotation, ask_on: date, setting: Setting) -> date:
    """Find when the letter can be relied on: in the portal, imported, or written and uploaded; then processed."""
    history, policy = rotation.history, setting.policy
    if history.in_portal:
        return add_business_days(history.in_portal, policy["processing_days"])
    if history.status == "carried":
        return add_business_days(max(setting.portal_from, setting.as_of), policy["processing_days"])
    begun = history.agreed or history.asked or max(ask_on, setting.as_of)
    if history.status == "agreed" and history.agreed:
        request_on = nearest_business_day(max(history.agreed, setting.portal_from))
        begun = setting.as_of if setting.as_of > request_on + timedelta(days=7) else begun
    written = max(begun + timedelta(days=policy["lead_days"]), setting.portal_from, setting.as_of)
    return add_business_days(written, policy["processing_days"])


def count_days_together(rotation: Rotation, all_rotations: list[Rotation]) -> int:
    """Count its on-site days, and those of the attending's other rotations that ended before."""
    total = len(rotation.onsite)
    for other in same_attending(rotation, all_rotations):
        counts = other.row["choice"] != "skip" and other.history.status != "declined"
        before = (other.last_day, other.position) < (rotation.last_day, rotation.position)
        total += len(other.onsite) if counts and before and other is not rotation else 0
    return total


def same_attending(rotation: Rotation, all_rotations: list[Rotation]) -> list[Rotation]:
    """Collect an attending's rotations: anybody who is the same as one of them is the same person."""
    found, added = [], [rotation]
    while added:
        found += added
        rest = [other for other in all_rotations if other not in found]
        added = [other for other in rest if any(is_same_attending(other.attending, one.attending) for one in found)]
    return found


def find_weaknesses(rotation: Rotation, days_together: int, setting: Setting) -> tuple[str, ...]:
    """List the rules that make a letter weak, without those that an offer, a role or the user's choice lifts."""
    row, offered = rotation.row, rotation.history.offered is not None
    senior = rotation.role in {"chair", "program director"}
    if row["choice"] == "ask":
        return ()
    found = [
        ("WHO-1", rotation.role != "attending" and not senior),
        ("WHO-2", row["performance"] == "poor" or (row["performance"] == "fair" and not offered)),
        ("WHO-3", row["contact"] == "rarely" and not offered and not senior),
        ("WHO-3", days_together < setting.policy["min_days"] and not offered and not senior),
    ]
    return tuple(rule for rule, holds in found if holds)


def is_silent(history: History, setting: Setting) -> bool:
    """Whether the writer has left a question, reminders or a whole season without an answer."""
    long_enough = setting.as_of - timedelta(days=setting.policy["no_answer_days"])
    give_up_after = setting.policy["give_up_after"]
    if history.status == "asked" and history.asked:
        return max([history.asked, *sorted(set(history.reminded))[:give_up_after]]) <= long_enough
    if history.status == "requested" and history.requested:
        in_vain = sorted({day for day in history.reminded if day >= history.requested})
        if len(in_vain) < give_up_after:
            return False
        return max([in_vain[give_up_after - 1], *([history.sent] if history.sent else [])]) <= long_enough
    half_a_year_before = setting.season.opens - timedelta(days=180)
    earlier = history.earlier_request
    return history.status == "agreed" and earlier is not None and earlier <= half_a_year_before


def find_targets(rotation: Rotation, targets: list[Target]) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """Find the targets that the letter may go to, and the parts of them that it counts for."""
    named = rotation.named_targets
    allowed = tuple(n for n, (name, _) in enumerate(targets) if not named or specialty_key(name) in named)
    if rotation.row["experience"] == "research":
        return allowed, ()
    specialty = rotation.row["specialty"]
    found = [
        (n, place) for n in allowed for place, (part, _) in enumerate(targets[n][1]) if counts_for(specialty, part)
    ]
    return allowed, tuple(found)


def meets(letter: Letter, key: str) -> bool:
    """Whether a letter is what a program's requirement other than `in_specialty` counts."""
    rotation = letter.rotation
    found = {
        "us": rotation.row["us"],
        "chair": rotation.role in {"chair", "program director"},
        "standardized": rotation.row["standardized"],
        "hands_on": rotation.row["experience"] == "hands-on",
    }
    return bool(found[key])


def fills(letter: Letter, need: Need) -> bool:
    """Whether a letter may go to a need's target and meets it."""
    if need.key == "in_specialty":
        return (need.target, need.part) in letter.parts
    return need.target in letter.may_go_to and meets(letter, need.key)


def judge(rotation: Rotation, all_rotations: list[Rotation], setting: Setting) -> Letter:
    """Judge one rotation's letter by itself."""
    history, together = rotation.history, count_days_together(rotation, all_rotations)
    days = find_ask_days(rotation, setting)
    arrives_by = find_arrival(rotation, days.ask_on, setting)
    may_go_to, parts = find_targets(rotation, setting.targets)
    written = history.upload or rotation.last_day
    return Letter(
        rotation=rotation,
        days=days,
        days_together=together,
        arrives_by=arrives_by,
        on_time=(history.in_portal or arrives_by) <= setting.deadline,
        fresh=(setting.deadline - written).days <= setting.policy["fresh_days"],
        weaknesses=find_weaknesses(rotation, together, setting),
        silent=is_silent(history, setting),
        impossible=not history.is_asked and arrives_by > setting.season.rank_list,
        parts=parts,
        may_go_to=may_go_to,
    )


def needed_before(deadline: date, days: int) -> date:
    """Take business days off a deadline."""
    return subtract_business_days(deadline, days)
