"""A second, independent implementation of the decisions, to compare the planner with.

It shares no code with the package and knows nothing of how the planner works. It is slow and literal: it visits
days one by one, answers every question by looking at everything, and each function does what one sentence of a
rule says. Where it and the planner differ, one of them has misread that sentence.

It covers days and selection: the season, the days to ask, the arrival, who is in the running, the order, the picks,
the reserve, the verdicts, the counts and the sets. A letter is known by its position in the file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from oracle.days import days_in, guess_season, onsite_days, present, season_of, season_of_deadline
from oracle.events import PROGRESS
from oracle.facts import STANDARDIZED_FIRST, read_target
from oracle.letters import POLICY, Letter, Setting, fills, judge, needed_before, read_rotation, same_attending
from oracle.programs import find_implied, find_needs, find_want

if TYPE_CHECKING:
    from datetime import date

    from oracle.days import Season
    from oracle.letters import Rotation
    from runner import Json


# --- what holds for the whole plan --------------------------------------------------------------------------


def find_season(applicant: Json, last_days: list[date], as_of: date) -> Season:
    """Take the season that the user names, else that of the deadline, else that of the rotations or of today."""
    if "season" in applicant:
        return season_of(applicant["season"])
    if "deadline" in applicant:
        return season_of_deadline(applicant["deadline"])
    return guess_season(last_days, as_of)


def find_setting(
    applicant: Json, policy: dict[str, int], last_days: list[date], as_of: date, programs: list[Json]
) -> Setting:
    """Count back from the deadline: the day on which the upload is needed, and the latest day to ask.

    Targets that only programs name come behind the listed ones; where none is listed, the first is as if listed.
    """
    season = find_season(applicant, last_days, as_of)
    listed = [read_target(written) for written in applicant.get("targets", [])]
    deadline = applicant.get("deadline", season.review)
    needed_by = needed_before(deadline, policy["processing_days"])
    return Setting(
        as_of=as_of,
        policy=policy,
        season=season,
        guessed="season" not in applicant,
        portal_from=max(applicant.get("token", season.token), season.opens),
        deadline=deadline,
        needed_by=needed_by,
        latest_ask=needed_by - timedelta(days=policy["lead_days"]),
        targets=listed + [read_target(name) for name in find_implied(programs, listed)],
        listed=max(1, len(listed)),
        want=policy["want"],
        applicant_deadline=applicant.get("deadline"),
    )


# --- who is in the running ----------------------------------------------------------------------------------


def is_excluded(letter: Letter, letters: list[Letter]) -> bool:
    """Skip by choice or refusal; and, unless asked or chosen, by role or poor performance."""
    rotation, choice = letter.rotation, letter.rotation.row["choice"]
    theirs = same_attending(rotation, [one.rotation for one in letters])
    declined = any(one.history.status == "declined" for one in theirs)
    if choice == "skip" or (declined and not letter.in_hand):
        return True
    if rotation.history.is_asked or choice == "ask":
        return False
    writes = rotation.role in {"attending", "chair", "program director"}
    return not writes or rotation.row["performance"] == "poor"


def claim(letter: Letter, as_of: date) -> list[object]:
    """List what decides which of an attending's rotations gets the letter; the smaller, the better."""
    rotation, history = letter.rotation, letter.rotation.history
    far = -PROGRESS.index(history.status)
    on_its_way = history.status in {"agreed", "requested"} and letter.on_time
    live = history.is_asked and not letter.silent and (letter.fresh or on_its_way)
    begun, last = rotation.row["start"] <= as_of, rotation.last_day.toordinal()
    return [
        (0, far) if history.is_secured else (1, 0),
        rotation.row["choice"] != "ask",
        (0, far) if live else (1, 0),
        letter.impossible,
        history.offered is None,
        letter.silent,
        not letter.fresh,
        not letter.on_time,
        not letter.strong,
        experience_place(rotation),
        performance_place(rotation),
        not letter.parts,
        (0, -last) if begun else (1, last),
        rotation.position,
    ]


def excludes(one: Letter, other: Letter) -> bool:
    """Whether two letters of one attending cannot both be kept: both must be for targets, and for different ones."""
    apart = not set(one.rotation.named_targets) & set(other.rotation.named_targets)
    return not (one.rotation.named_targets and other.rotation.named_targets and apart)


def keep_by_attending(letters: list[Letter], everybody: list[Rotation], as_of: date) -> list[Letter]:
    """Keep of each attending's letters the one with the best claim, and others that are for other targets.

    A rotation that is out for another reason still shows which names and addresses are one person.
    """
    kept: list[Letter] = []
    for letter in sorted(letters, key=lambda one: claim(one, as_of)):
        theirs = same_attending(letter.rotation, everybody)
        if not any(excludes(letter, other) for other in kept if other.rotation in theirs):
            kept.append(letter)
    return kept


# --- the order ----------------------------------------------------------------------------------------------


def experience_place(rotation: Rotation) -> int:
    """US hands-on, US observership, US telehealth or research, anything elsewhere."""
    places = {"hands-on": 0, "observership": 1, "telehealth": 2, "research": 2}
    return places[rotation.row["experience"]] if rotation.row["us"] else 3


def performance_place(rotation: Rotation) -> int:
    """Excellent, good (or asked for and not recorded), not recorded, fair, poor."""
    performance: str | None = rotation.row["performance"]
    if performance is None:
        return 1 if rotation.history.is_asked else 2
    return {"excellent": 0, "good": 1, "fair": 3, "poor": 4}[performance]


def compare_on(letter: Letter, as_of: date) -> list[tuple[str, int]]:
    """List what a letter is compared on, in order: the rule, and the letter's place, of which lower is better."""
    rotation, row = letter.rotation, letter.rotation.row
    asked, together = rotation.history.is_asked, letter.days_together
    return [
        ("WHO-11", int(not letter.on_time)),
        (letter.weaknesses[0] if letter.weaknesses else "strong", int(not letter.strong)),
        ("WHO-4", experience_place(rotation)),
        ("WHO-2", performance_place(rotation)),
        ("WHO-5", -int(row["residency_affiliated"]) - int(row["img_friendly"])),
        ("MIX-2", int(not letter.parts)),
        ("WHO-3", {"daily": 0, "weekly": 1, None: 1, "rarely": 2}[row["contact"]]),
        ("WHO-6", int(not row["letterhead"])),
        ("WHO-9", int(not letter.fresh)),
        ("WHO-3", 0 if together >= 36 else 1 if together >= 16 else 2),
        ("MIX-1", int(not asked)),
        ("WHEN-3", int(not asked and rotation.last_day < as_of)),
        ("MIX-1", rotation.last_day.toordinal()),
        ("MIX-1", rotation.position),
    ]


def places(letter: Letter, as_of: date) -> list[int]:
    """Give a letter's place in each comparison."""
    return [place for _, place in compare_on(letter, as_of)]


# --- the picks ----------------------------------------------------------------------------------------------


def counting_for(part: tuple[int, int], letters: list[Letter]) -> list[Letter]:
    """Keep the letters that count for a part of a target."""
    return [letter for letter in letters if part in letter.parts]


def parts_of(setting: Setting) -> list[tuple[tuple[int, int], str, int]]:
    """List the parts of all targets in order, each with its specialty and the number it needs."""
    return [
        ((n, place), specialty, needed)
        for n, (_, parts) in enumerate(setting.targets)
        for place, (specialty, needed) in enumerate(parts)
    ]


def pick_for_parts(strong: list[Letter], setting: Setting) -> tuple[list[Letter], int]:
    """Give each part in turn its best strong letters; and count what those of the listed targets lack."""
    picks: list[Letter] = []
    missing = 0
    for part, specialty, needed in parts_of(setting):
        own = counting_for(part, strong)
        if specialty in STANDARDIZED_FIRST:
            own = [one for one in own if one.rotation.row["standardized"]] + [
                one for one in own if not one.rotation.row["standardized"]
            ]
        for letter in own:
            if letter not in picks and len(counting_for(part, picks)) < needed:
                picks.append(letter)
        if part[0] < setting.listed:
            missing += max(0, needed - len(counting_for(part, picks)))
    return picks, missing


def pick_for_needs(strong: list[Letter], picks: list[Letter], setting: Setting) -> list[Letter]:
    """Add for what programs require, in turn, the best strong letters until the number is met (MIX-7)."""
    picks = list(picks)
    for need in setting.needs:
        for letter in strong:
            enough = len([one for one in picks if fills(one, need)]) >= need.number
            if letter not in picks and fills(letter, need) and not enough:
                picks.append(letter)
    return picks


def choose_picks(ranked: list[Letter], setting: Setting) -> tuple[list[Letter], int]:
    """Pick for the parts, fill up, fill the places of each target, and see to it that one is fresh."""
    eligible = [letter for letter in ranked if not letter.silent and not letter.impossible]
    strong = [letter for letter in eligible if letter.strong]
    picks, missing = pick_for_parts(strong, setting)
    picks = pick_for_needs(strong, picks, setting)
    wanted = max(setting.want, len(picks) + missing)
    weak_but_asked = [letter for letter in eligible if not letter.strong and letter.rotation.history.is_asked]
    for letter in strong + weak_but_asked:
        if letter not in picks and len(picks) < wanted:
            picks.append(letter)
    on_time = [letter for letter in strong if letter.on_time]
    for n in range(len(setting.targets)):
        for letter in on_time:
            welcome = [one for one in picks if n in one.may_go_to]
            if letter not in picks and n in letter.may_go_to and len(welcome) < setting.want:
                picks.append(letter)
    if not any(letter.fresh for letter in picks):
        picks += [letter for letter in on_time if letter.fresh and letter not in picks][:1]
    return picks, max(wanted, len(picks))


def could_be_filled(ranked: list[Letter], in_hand: list[Letter], setting: Setting) -> bool:
    """Whether a strong letter on time, not asked for, could fill a need or an implied part that is not in hand."""
    left = [one for one in ranked if one.strong and one.on_time and not one.impossible]
    left = [one for one in left if not one.rotation.history.is_asked]
    lacking = [need for need in setting.needs if len([one for one in in_hand if fills(one, need)]) < need.number]
    implied = [(part, needed) for part, _, needed in parts_of(setting) if part[0] >= setting.listed]
    parts = [part for part, needed in implied if len(counting_for(part, in_hand)) < needed]
    return any(fills(one, need) for one in left for need in lacking) or any(counting_for(part, left) for part in parts)


def is_closed(ranked: list[Letter], in_hand: list[Letter], wanted: int, setting: Setting) -> bool:
    """Whether nobody else is asked: after the rank list, or with enough in hand for every part and altogether."""
    if setting.as_of > setting.season.rank_list:
        return True
    enough = wanted + (0 if setting.as_of > setting.latest_ask else setting.policy["spare"])
    listed = [(part, needed) for part, _, needed in parts_of(setting) if part[0] < setting.listed]
    covered = all(len(counting_for(part, in_hand)) >= needed for part, needed in listed)
    return covered and len(in_hand) >= enough and not could_be_filled(ranked, in_hand, setting)


def choose_reserve(ranked: list[Letter], picks: list[Letter], wanted: int, spare: int) -> list[Letter]:
    """Keep the next letters: the spare ones, and one for each pick that cannot be relied on; weak ones for these."""
    lack = max(0, wanted - len([letter for letter in picks if letter.on_time or letter.in_hand]))
    kept: list[Letter] = []
    for letter in ranked:
        if letter in picks or not letter.on_time or letter.silent or letter.impossible or len(kept) == spare + lack:
            continue
        weak = [one for one in kept if not one.strong and not one.rotation.history.is_asked]
        if letter.strong or letter.rotation.history.is_asked or len(weak) < lack:
            kept.append(letter)
    return kept


# --- the verdicts -------------------------------------------------------------------------------------------


def decide(letter: Letter, picks: list[Letter], reserve: list[Letter], setting: Setting) -> str:
    """Keep what was asked for; ask the picks, and every strong letter that was offered or chosen."""
    rotation = letter.rotation
    if rotation.history.is_asked:
        return "keep"
    if setting.as_of > setting.season.rank_list or letter.impossible:
        return "hold"
    called_for = letter.strong and (rotation.history.offered is not None or rotation.row["choice"] == "ask")
    if letter in picks or called_for:
        return "ask"
    return "reserve" if letter in reserve else "hold"


def find_lost_comparison(letter: Letter, picks: list[Letter], as_of: date) -> Json | None:
    """Find the first comparison that a letter loses against the lowest-ranked pick, unless it ranks above it."""
    if not picks:
        return None
    rival = max(picks, key=lambda pick: places(pick, as_of))
    for (rule, own), (_, other) in zip(compare_on(letter, as_of), compare_on(rival, as_of), strict=True):
        if own != other:
            return {"rule": rule, "than": rival.rotation.position} if own > other else None
    return None


# --- the counts and the sets --------------------------------------------------------------------------------


def count(letters: list[Letter]) -> Json:
    """Count letters by how far they are, and the late ones among them."""
    statuses = [letter.rotation.history.status for letter in letters]
    return {
        "secured": statuses.count("uploaded") + statuses.count("assigned"),
        "promised": statuses.count("agreed") + statuses.count("requested") + statuses.count("carried"),
        "asked": statuses.count("asked"),
        "planned": statuses.count("planned"),
        "late": len([letter for letter in letters if not letter.on_time]),
    }


def choose_set(target: int, counted: list[Letter], setting: Setting) -> list[int]:
    """Choose the letters for a target's programs: assigned ones, what its parts need, then the best."""
    welcome = [letter for letter in counted if not setting.targets or target in letter.may_go_to]
    chosen = [letter for letter in welcome if letter.rotation.history.status == "assigned"]
    for part, _, needed in parts_of(setting):
        for letter in counting_for(part, welcome) if part[0] == target else []:
            if letter not in chosen and len(counting_for(part, chosen)) < needed:
                chosen.append(letter)
    chosen += [letter for letter in welcome if letter not in chosen]
    kept = chosen[: setting.policy["max_per_program"]]
    return [letter.rotation.position for letter in welcome if letter in kept]


def cover(counted: list[Letter], setting: Setting) -> list[Json]:
    """Give for each target its parts, counts and set; without targets one set of all letters."""
    if not setting.targets:
        return [
            {"target": None, "needed": 0, **count(counted), "parts": [], "letters": choose_set(0, counted, setting)}
        ]
    found = []
    for n, (name, parts) in enumerate(setting.targets):
        own = [letter for letter in counted if any(part[0] == n for part in letter.parts)]
        shown = [
            {"specialty": specialty, "needed": needed, "have": len(counting_for((n, place), counted))}
            for place, (specialty, needed) in enumerate(parts)
        ]
        needed = sum(number for _, number in parts)
        letters = choose_set(n, counted, setting)
        found.append({"target": name, "needed": needed, **count(own), "parts": shown, "letters": letters})
    return found


# --- the answer ---------------------------------------------------------------------------------------------


def show(letter: Letter) -> Json:
    """Show what a letter in the running is by itself."""
    asked = letter.rotation.history.is_asked
    return {
        "strength": "strong" if letter.strong else "weak",
        "tentative": letter.rotation.row["performance"] is None and not asked,
        "tight": letter.days.pulled and not asked,
        "late": not letter.on_time,
        "silent": letter.silent,
        "fresh": letter.fresh,
        "opens": letter.days.opens.isoformat(),
        "ask_on": letter.days.ask_on.isoformat(),
        "closes": letter.days.closes.isoformat(),
        "arrives_by": letter.arrives_by.isoformat(),
        "on_time": letter.on_time,
    }


def show_rotation(letter: Letter) -> Json:
    """Show which rotation a letter is from, and how far it is."""
    rotation, written = letter.rotation, letter.rotation.row["for"]
    return {
        "position": rotation.position,
        "last_day": rotation.last_day.isoformat(),
        "days_together": letter.days_together,
        "for": [written] if isinstance(written, str) else list(written),
        "standardized": rotation.row["standardized"],
        "status": rotation.history.status,
    }


SKIPPED: Json = {
    "verdict": "skip",
    **dict.fromkeys(("pick", "tentative", "tight", "late", "silent"), False),
    **dict.fromkeys(("rank", "strength", "fresh", "opens", "ask_on", "closes", "arrives_by", "on_time", "decided_by")),
}
"""What is shown of a skipped letter."""


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What is decided about all letters: those in the running best first, and the verdicts by position."""

    letters: list[Letter]
    ranked: list[Letter]
    picks: list[Letter]
    wanted: int
    closed: bool
    verdicts: dict[int, str]

    @property
    def counted(self) -> list[Letter]:
        """The letters that are counted: asked or to be asked, not silent, on time or in hand."""
        called_for = [one for one in self.ranked if self.verdicts[one.rotation.position] in {"ask", "keep"}]
        return [one for one in called_for if not one.silent and (one.on_time or one.in_hand)]


def decide_all(letters: list[Letter], setting: Setting) -> Decided:
    """Decide about all letters."""
    as_of = setting.as_of
    included = [letter for letter in letters if not is_excluded(letter, letters)]
    running = keep_by_attending(included, [letter.rotation for letter in letters], as_of)
    ranked = sorted(running, key=lambda letter: places(letter, as_of))
    picks, wanted = choose_picks(ranked, setting)
    late_counts = as_of > setting.latest_ask
    in_hand = [one for one in ranked if one.in_hand and not one.silent and (one.on_time or late_counts)]
    closed = is_closed(ranked, in_hand, wanted, setting)
    if closed:
        picks, _ = choose_picks([letter for letter in ranked if letter.rotation.history.is_asked], setting)
    reserve = [] if closed else choose_reserve(ranked, picks, wanted, setting.policy["spare"])
    verdicts = {letter.rotation.position: "skip" for letter in letters}
    verdicts |= {letter.rotation.position: decide(letter, picks, reserve, setting) for letter in ranked}
    return Decided(letters=letters, ranked=ranked, picks=picks, wanted=wanted, closed=closed, verdicts=verdicts)


def show_all(decided: Decided, setting: Setting) -> Json:
    """Show what is decided, best letters first and skipped ones last."""
    shown = []
    for rank, letter in enumerate(decided.ranked, start=1):
        verdict = decided.verdicts[letter.rotation.position]
        compared = verdict in {"reserve", "hold"} and not decided.closed and not letter.impossible
        lost = find_lost_comparison(letter, decided.picks, setting.as_of) if compared else None
        decision = {"verdict": verdict, "pick": letter in decided.picks, "rank": rank, "decided_by": lost}
        shown.append({**show_rotation(letter), **decision, **show(letter)})
    skipped = [{**show_rotation(letter), **SKIPPED} for letter in decided.letters if letter not in decided.ranked]
    return {
        "wanted": decided.wanted,
        "asking_closed": decided.closed,
        "forecast": count(decided.counted),
        "letters": shown + skipped,
        "coverage": cover(decided.counted, setting),
    }


def programs_of(plan: Json | list[Json]) -> list[Json]:
    """Give the programs that a plan file lists."""
    return [] if isinstance(plan, list) else [present(row) for row in plan.get("programs") or []]


def read_plan(plan: Json | list[Json], as_of: date) -> tuple[list[Letter], Setting]:
    """Judge each letter of a valid plan file, given as plain data, by itself; and find what holds for all."""
    sections: Json = {"rotations": plan} if isinstance(plan, list) else present(plan)
    rows = [present(row) for row in sections.get("rotations", [])]
    applicant = present(sections.get("applicant"))
    policy = {**POLICY, **present(sections.get("policy"))}
    days_off, programs = days_in(applicant.get("holidays")), programs_of(plan)
    last_days = [onsite_days(row, days_off)[-1] for row in rows]
    setting = find_setting(applicant, policy, last_days, as_of, programs)
    opens = setting.season.opens
    rotations = [read_rotation(row, position, days_off, as_of, opens) for position, row in enumerate(rows)]
    needs, want = find_needs(programs, rotations, setting), find_want(programs, rotations, setting)
    setting = replace(setting, needs=needs, want=want)
    return [judge(rotation, rotations, setting) for rotation in rotations], setting


def work_out(plan: Json | list[Json], as_of: date) -> Json:
    """Work out the decisions about a valid plan file, given as plain data, as of a day."""
    letters, setting = read_plan(plan, as_of)
    return {
        "season": {
            "year": setting.season.year,
            "opens": setting.season.opens.isoformat(),
            "token": setting.season.token.isoformat(),
            "review": setting.season.review.isoformat(),
            "rank_list": setting.season.rank_list.isoformat(),
            "ends": setting.season.ends.isoformat(),
            "guessed": setting.guessed,
        },
        "portal_from": setting.portal_from.isoformat(),
        "deadline": setting.deadline.isoformat(),
        "needed_by": setting.needed_by.isoformat(),
        "latest_ask": setting.latest_ask.isoformat(),
        **show_all(decide_all(letters, setting), setting),
    }
