"""Plan files that hypothesis draws: plain Python data, always valid, realistic and awkward.

Nothing in a drawn plan can be refused: each rotation has one day that stays on site whatever else is drawn, and
the events of a letter come in an order in which they can happen.

Each rotation is decoded from a few bytes that are drawn at once: many times as fast as drawing value by value. A
zero byte is the simplest choice, so that hypothesis finds simple examples.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import strategies as st

from oracle.days import FEDERAL_HOLIDAYS, WEEKDAYS
from oracle.events import STAGES

if TYPE_CHECKING:
    from runner import Json

FIRST_DAY, LAST_DAY = date(2025, 1, 1), date(2029, 12, 31)

STRANGERS = tuple(
    f"Dr. {name}"
    for name in ["Ames", "Boyd", "Cruz", "Dunn", "Egan", "Fox", "Gray", "Hale", "Ito", "Jain", "Kaur", "Ng"]
)
"""Attendings with nothing in common."""

# One attending per line, in spellings that mean the same person; some share the word that an id is made of.
ATTENDINGS = (
    ("Dr. Wei Chen", "wei  chen", "Wei Chen, MD", "PROF. Wei Chen Ph.D."),
    ("Chen", "Dr Chen", "Chen M.D."),
    ("Ann Lee", "Ms. Ann Lee", "ann lee, D.O., FACP"),
    ("Bo Lee Jr.", "Dr. Bo Lee Jr., MD"),
    ("José Álvarez-Núñez", "Prof. José  Álvarez-Núñez"),
    ("陈伟", "Dr. 陈伟"),
    ("Doctor", "DOCTOR"),
    ("Professor O'Hara [IM] :b:", "o'hara [im] :b:"),
    ("John Smith III",),
    ("Maria Silva", "Dr. Maria Silva MBBS, MPH", "Silva, Maria"),
)
EMAILS = ("wei@example.org", "WEI@example.org", "lee@example.org", "front.desk@example.org")
SPECIALTIES = {
    "internal medicine": ("internal medicine", "IM", "Internal  Medicine"),
    "family medicine": ("family medicine", "fm"),
    "pediatrics": ("Peds", "pediatrics"),
    "psychiatry": ("psych",),
    "neurology": ("Neuro", "NEUROLOGY"),
    "emergency medicine": ("EM",),
    "obstetrics and gynecology": ("ob-gyn", "Obstetrics and Gynecology"),
    "general surgery": ("surgery",),
    "cardiovascular disease": ("Cardiology", "cardiovascular disease"),
    "nephrology": ("nephrology",),
    "geriatric medicine": ("Geriatric Medicine",),
    "sleep medicine": ("sleep medicine",),
    "pediatric cardiology": ("pediatric cardiology",),
    "tropical dreaming": ("tropical dreaming", "Tropical Dreaming"),
    "medicine-pediatrics": ("med-peds", "Medicine-Pediatrics"),
    "no": ("no", "NO"),
}
POLICY_BOUNDS = {
    "want": (1, 6),
    "spare": (0, 3),
    "max_per_program": (1, 6),
    "min_days": (0, 30),
    "give_up_after": (1, 4),
    "fresh_days": (0, 800),
    "final_week_days": (1, 28),
    "lead_days": (0, 90),
    "processing_days": (0, 15),
    "remind_after_days": (1, 60),
    "follow_up_days": (1, 30),
    "no_answer_days": (0, 40),
    "thank_days": (0, 20),
    "assign_days": (0, 20),
    "packet_days": (0, 10),
}


class Dice:
    """Choices decoded from bytes: a zero, or a byte past the end, means the first and simplest option."""

    def __init__(self, faces: bytes) -> None:
        self._faces = iter(faces)

    def one_of(self, *options: Any) -> Any:  # noqa: ANN401 - options are of any type
        """Choose one of the options, all equally likely; list one several times to make it likelier."""
        return options[next(self._faces, 0) % len(options)]

    def number(self, least: int, most: int) -> int:
        """Choose a number between two, both included."""
        face = 256 * next(self._faces, 0) + next(self._faces, 0)
        return least + face % (most - least + 1)

    def days(self, least: int, most: int) -> timedelta:
        """Choose a number of days."""
        return timedelta(self.number(least, most))

    def chance(self, times: int) -> bool:
        """Decide whether something happens that happens once in so many times."""
        return next(self._faces, 0) % times == times - 1


FACES = st.binary(min_size=48, max_size=48)
"""Enough bytes for one rotation of `quick_plans_and_days`, or for what it shares with the others."""

MORE_FACES = st.binary(min_size=96, max_size=96)
"""Enough bytes for one rotation of `plans_and_days`, or for what it shares with the others."""


# --- rotations that have every key, if only as null ---------------------------------------------------------


def decode_placement(dice: Dice, begin: date) -> tuple[Json, date]:
    """Decode the days of a rotation, and its first on-site weekday, which stays whatever else is off."""
    start = begin + dice.days(0, 45) * 7 + dice.one_of(*[timedelta(0)] * 5, timedelta(2), timedelta(5))
    weekdays = dice.one_of(*[list(WEEKDAYS[:5])] * 5, ["mon", "wed"], ["tue", "thu", "sat"], ["fri"])
    kept = start
    while WEEKDAYS[kept.weekday()] not in weekdays:
        kept += timedelta(1)
    end = kept + timedelta(7 * dice.one_of(4, 4, 4, 1, 2, 6, 8, 12) - 3)
    left_early = dice.one_of(None, None, None, kept + (end - kept) * 3 // 4)
    return {"start": start, "end": end, "days": weekdays, "last_day": left_early}, kept


def decode_traits(dice: Dice) -> Json:
    """Decode what letters are compared on."""
    return {
        "experience": dice.one_of(*["hands-on"] * 5, "observership", "telehealth", "research"),
        "us": dice.one_of(None, True, True, True, False),
        "residency_affiliated": dice.one_of(None, True, False),
        "img_friendly": dice.one_of(None, True, False),
        "letterhead": dice.one_of(None, True, False),
        "performance": dice.one_of(None, None, "good", "good", "excellent", "fair", "poor"),
        "contact": dice.one_of(None, "daily", "daily", "weekly", "rarely"),
        "standardized": dice.one_of(*[None] * 6, True, False),
    }


def decode_events(dice: Dice, around: date) -> Json:
    """Decode the events of a letter, in an order in which they can happen."""
    reached = dice.one_of(0, 0, 0, 0, 0, 1, 1, 2, 3, 4, 5)
    day = (
        around + dice.days(-20, 20) - dice.one_of(*[timedelta(0)] * 8, timedelta(365), timedelta(800), timedelta(2600))
    )
    written: Json = {}
    for stage in STAGES[:reached]:
        if stage == STAGES[reached - 1] or dice.one_of(True, True, False):
            written[stage] = day
        day += timedelta(dice.one_of(0, 1, 5, 20, 60, 120))
    if written:
        first = min(written.values())
        written["packet"] = dice.one_of(None, first + timedelta(3), first)
        written["thanked"] = dice.one_of(None, first + timedelta(90))
        written["sent"] = dice.one_of(None, None, None, max(written.get("requested", first), first) + timedelta(30))
        written["reminded"] = dice.one_of([], [], [first + timedelta(10)], [first + timedelta(n) for n in (60, 9)])
    if reached >= 4:
        uploaded = written.get("uploaded") or written["assigned"]
        written["imported"] = dice.one_of(None, None, uploaded + timedelta(300), uploaded + timedelta(700))
    if reached < 4:
        written["declined"] = dice.one_of(*[None] * 9, day)
    return written


def decode_attending(dice: Dice, position: int) -> Json:
    """Decode an attending: mostly a different one for each rotation."""
    return {
        "name": dice.one_of(*[STRANGERS[position]] * 14, "Dr. Ames", "AMES, M.D."),
        "email": dice.one_of(*[None] * 15, *EMAILS[:3]),
        "role": dice.one_of(*["attending"] * 16, "fellow", "resident", "chair", "program director", "other"),
    }


def quick_rotation(faces: bytes, position: int, begin: date) -> tuple[Json, date]:
    """Decode a rotation from its bytes, and its day that stays on site."""
    dice = Dice(faces)
    placement, kept = decode_placement(dice, begin)
    near = [day + dice.days(-9, 9) for day in (placement["start"], kept + timedelta(10), placement["end"])]
    away = {"from": kept + timedelta(1), "to": kept + dice.days(1, 40)}
    worked = [day for day in FEDERAL_HOLIDAYS if day == kept or (near[0] <= day <= near[2] and position % 2)]
    row = {
        "id": f"no-{position}",
        "attending": decode_attending(dice, position),
        "specialty": dice.one_of(
            "IM", "IM", "fm", "cardiology", "Peds", "sleep medicine", "psych", "no", "med-peds", "EM"
        ),
        **placement,
        **decode_traits(dice),
        "away": dice.one_of([], [], [away]),
        "worked": sorted(worked),
        "offered": dice.one_of(*[None] * 9, *near),
        "meeting": dice.one_of(*[None] * 9, *near),
        "notice": dice.one_of(*[None] * 9, *near),
        "feedback": dice.one_of(*[None] * 9, *near),
        "choice": dice.one_of(*[None] * 14, "ask", "ask", "skip"),
        "letter": decode_events(dice, placement["last_day"] or placement["end"]),
    }
    return row, kept


def quick_applicant(dice: Dice, begin: date, kept: list[date]) -> Json:
    """Decode the applicant; the holidays leave every rotation its day."""
    off = begin + dice.days(0, 300)
    days_off = {"from": off, "to": off + dice.days(0, 20)}
    free = not any(days_off["from"] <= day <= days_off["to"] for day in kept)
    return {
        "season": dice.one_of(begin.year + 1, begin.year + 1, begin.year + 1, None, begin.year, begin.year + 2),
        "deadline": dice.one_of(None, None, None, begin + dice.days(30, 400)),
        "token": dice.one_of(*[None] * 5, date(begin.year, 6, 1) + dice.days(0, 60)),
        "targets": dice.one_of(
            *([], ["IM"], ["IM", "fm"], ["fm", {"specialty": "IM", "in_specialty": 3}], ["no"]),
            *(["med-peds", "IM"], ["IM", "TY", "prelim medicine"], ["EM", "IM"]),
        ),
        "holidays": [days_off] if free else [],
    }


def quick_policy(dice: Dice) -> Json:
    """Decode the numbers on which most depends."""
    return {
        "want": dice.one_of(None, None, 1, 2, 4),
        "spare": dice.one_of(None, None, 0, 2),
        "lead_days": dice.one_of(None, None, None, 0, 10, 60),
        "processing_days": dice.one_of(None, None, None, 0, 12),
        "final_week_days": dice.one_of(None, None, None, 1, 14, 28),
        "no_answer_days": dice.one_of(None, None, None, 0, 40),
        "remind_before_days": dice.one_of(None, None, None, [], [30, 1]),
        "max_per_program": dice.one_of(None, None, None, 1),
        "min_days": dice.one_of(None, None, None, 0, 20),
        "give_up_after": dice.one_of(None, None, None, 1, 3),
    }


def decode_begin(dice: Dice) -> date:
    """Decode about when the rotations begin."""
    return date(dice.one_of(2027, 2025, 2026, 2028, 2029), dice.one_of(1, 1, 2, 5, 8), 1)


def quick_plan_and_day(frame: bytes, rows: list[bytes]) -> tuple[Json, date]:
    """Decode a plan from its bytes, with an as-of day."""
    dice = Dice(frame)
    begin = decode_begin(dice)
    decoded = [quick_rotation(faces, position, begin) for position, faces in enumerate(rows)]
    kept = [day for _, day in decoded]
    applicant = quick_applicant(dice, begin, kept)
    names = [target["specialty"] if isinstance(target, dict) else target for target in applicant["targets"]]
    for row, _ in decoded:
        row["for"] = dice.one_of(*[None] * 6, names[:1], names[1:]) if names else None
    plan = {"applicant": applicant, "policy": quick_policy(dice), "rotations": [row for row, _ in decoded]}
    near = dice.one_of(*kept, begin) + dice.days(-5, 50)
    autumn, any_day = date(begin.year, 8, 1) + dice.days(0, 70), begin + dice.days(-30, 700)
    return plan, dice.one_of(near, near, near, autumn, autumn, any_day)


def quick_plans_and_days(*, least: int = 0) -> st.SearchStrategy[tuple[Json, date]]:
    """Draw a plan whose rotations all have an id and every other key, and an as-of day."""
    return st.builds(quick_plan_and_day, FACES, st.lists(FACES, min_size=least, max_size=7))


# --- plans in every form that a plan file can have -----------------------------------------------------------


def leave_out(dice: Dice, section: Json, *keys: str) -> Json:
    """Leave out some of the keys, or make them null, which means the same."""
    written = dict(section)
    for key in keys:
        if dice.chance(4):
            written.pop(key, None)
        elif dice.chance(8):
            written[key] = None
    return written


def vary_attending(dice: Dice, attending: Json) -> str | Json:
    """Write an attending as a bare name or as a mapping, with a name that is hard to read."""
    names = [name for spellings in ATTENDINGS for name in spellings]
    name = dice.one_of(*[attending["name"]] * len(names), *names)
    varied: str | Json = dice.one_of(name, leave_out(dice, {**attending, "name": name}, "email", "role"))
    return varied


def vary_days_off(dice: Dice, around: date, kept: list[date]) -> list[date | Json]:
    """Decode single days and ranges around a day, none of which contains a day that is kept."""
    found: list[date | Json] = []
    for _ in range(dice.one_of(0, 0, 1, 2, 3)):
        first = around + dice.days(-40, 40)
        last = first + dice.days(0, 12)
        if not any(first <= day <= last for day in kept):
            found.append(first if first == last else {"from": first, "to": last})
    return found


def vary_placement(dice: Dice, row: Json, kept: date) -> Json:
    """Write the days of a rotation another way: `weeks` for `end`, weekdays in any order, another time."""
    varied = dict(row)
    if varied["days"] == list(WEEKDAYS[:5]) and dice.one_of(True, False):
        del varied["days"]
    elif dice.chance(3):
        varied["days"] = varied["days"][::-1]
    if varied["last_day"] is None and dice.chance(2):
        del varied["end"]
        varied["weeks"] = dice.one_of(1, 4, 8, 12, 2, 6)
    varied["away"] = vary_days_off(dice, kept, [kept])
    return varied


def vary_rotation(dice: Dice, row: Json, kept: date) -> Json:
    """Write a rotation in another of the forms that a plan file can have."""
    varied = vary_placement(dice, row, kept)
    varied["attending"] = vary_attending(dice, row["attending"])
    common = ["internal medicine", "family medicine", "IM", "cardiology"]
    spellings = [spelling for same in SPECIALTIES.values() for spelling in same]
    varied["specialty"] = dice.one_of(*common * 4, *spellings)
    varied["hospital"] = "Mercy [General] :b: & Sons"
    varied["letter"] = leave_out(dice, row["letter"], "packet", "thanked", "declined", "reminded")
    return leave_out(
        dice, varied, "last_day", "notice", "feedback", "offered", "meeting", "choice", "letter", "hospital", *TRAITS
    )


TRAITS = tuple(decode_traits(Dice(b"")))
"""The keys that letters are compared on."""


def decode_rotation(faces: bytes, position: int, begin: date, usual: Json) -> tuple[Json, date]:
    """Decode a rotation in any form, and its day that stays on site; often with the `usual` traits."""
    dice = Dice(faces[48:])
    anywhere = FIRST_DAY + dice.days(0, (LAST_DAY - FIRST_DAY).days)
    row, kept = quick_rotation(faces[:48], position, dice.one_of(*[begin] * 5, anywhere))
    row = vary_rotation(dice, row, kept)
    if dice.chance(2):
        row = {key: value for key, value in row.items() if key not in (*TRAITS, "hospital")} | usual
    row.pop("id")
    return row, kept


def decode_targets(dice: Dice) -> list[str | Json]:
    """Decode targets in the order of preference, no specialty twice."""
    found: dict[str, str | Json] = {}
    for _ in range(dice.one_of(1, 2, 3)):
        key = dice.one_of(*["internal medicine", "family medicine"] * 8, *SPECIALTIES)
        name, needed = dice.one_of(*SPECIALTIES[key]), dice.one_of(None, None, None, 0, 1, 2, 3)
        found.setdefault(key, name if needed is None else {"specialty": name, "in_specialty": needed})
    return list(found.values())


def decode_applicant(dice: Dice, around: date, kept: list[date]) -> Json:
    """Decode the applicant, some of whose keys may be left out or null."""
    applicant = {
        "season": around.year + dice.one_of(1, 1, 1, 1, 0, 2),
        "deadline": around + dice.days(-60, 400),
        "token": around + dice.days(-60, 400),
        "targets": decode_targets(dice),
        "holidays": vary_days_off(dice, around, kept),
    }
    return leave_out(dice, applicant, "season", "deadline", "token", "token", "targets", "holidays")


def decode_policy(dice: Dice) -> Json | None:
    """Decode a policy that changes some numbers, within bounds that leave most plans with letters to ask for."""
    numbers: Json = {name: dice.number(low, high) for name, (low, high) in POLICY_BOUNDS.items()}
    numbers["remind_before_days"] = [dice.number(0, 60) for _ in range(dice.one_of(3, 0, 1, 2, 4))]
    changed = {name: value for name, value in numbers.items() if dice.chance(2)}
    policy: Json | None = dice.one_of({}, leave_out(dice, changed, *changed), changed, None)
    return policy


def decode_plan(frame: bytes, rows: list[bytes], *, written_ids: bool) -> Json | list[Json]:
    """Decode a plan from its bytes: a mapping, or a bare list of rotations."""
    dice = Dice(frame)
    begin, usual = decode_begin(dice), leave_out(dice, decode_traits(dice), *TRAITS)
    decoded = [decode_rotation(faces, position, begin, usual) for position, faces in enumerate(rows)]
    rotations, kept = [row for row, _ in decoded], [day for _, day in decoded]
    for position, row in enumerate(rotations):
        if written_ids or dice.chance(6):
            row["id"] = f"no-{position}" if written_ids else dice.one_of(f"no-{position}", f"chen_{position}")
    if dice.chance(5):
        return rotations
    applicant = decode_applicant(dice, dice.one_of(*kept, begin), kept)
    return leave_out(dice, {"applicant": applicant, "policy": decode_policy(dice), "rotations": rotations}, "policy")


def plans(*, written_ids: bool = False) -> st.SearchStrategy[Json | list[Json]]:
    """Draw a whole plan file; with `written_ids` every rotation has an id of its own."""
    return st.builds(decode_plan, MORE_FACES, st.lists(MORE_FACES, max_size=8), written_ids=st.just(written_ids))


def rows_of(plan: Json | list[Json]) -> list[Json]:
    """Give the rotations of a plan, whether it is a bare list or not."""
    return plan if isinstance(plan, list) else plan["rotations"]


def dates_in(value: object) -> list[date]:
    """Find every date written anywhere in a plan."""
    if isinstance(value, date):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [day for part in inner for day in dates_in(part)]


def choose_day(plan: Json | list[Json], faces: bytes) -> date:
    """Choose an as-of day for a plan, mostly close to a day that the plan names."""
    dice, named = Dice(faces), sorted(set(dates_in(plan))) or [FIRST_DAY]
    near = named[dice.number(0, len(named) - 1)] + dice.days(-10, 40)
    late, autumn = named[-1] + dice.days(-20, 200), date(named[-1].year, 8, 1) + dice.days(0, 60)
    day: date = dice.one_of(near, late, late, autumn, autumn, FIRST_DAY + dice.days(0, 2190))
    return day


def plans_and_days(*, written_ids: bool = False) -> st.SearchStrategy[tuple[Json | list[Json], date]]:
    """Draw a plan and an as-of day, mostly close to a day that the plan names."""
    drawn = st.tuples(plans(written_ids=written_ids), FACES)
    return drawn.map(lambda pair: (pair[0], choose_day(*pair)))


def with_every_key(drawn: tuple[Json | list[Json], date]) -> tuple[Json, date]:
    """Write a plan, whose rotations have ids, with the keys of `quick_plans_and_days`: those left out are null."""
    plan, as_of = drawn
    sections = {"rotations": plan} if isinstance(plan, list) else plan
    keys = dict.fromkeys(("end", "last_day", "letter", "notice", "feedback", "offered", "meeting", "choice", "away"))
    rows = [{**keys, **row} for row in rows_of(plan)]
    for row in rows:
        row["attending"] = {"name": row["attending"]} if isinstance(row["attending"], str) else row["attending"]
    applicant, policy = sections.get("applicant") or {}, sections.get("policy") or {}
    return {"applicant": applicant, "policy": policy, "rotations": rows}, as_of


EVERY_PLAN = pytest.mark.parametrize(
    "plans",
    [
        pytest.param(quick_plans_and_days(), id="quick"),
        pytest.param(plans_and_days(), id="in_any_form", marks=pytest.mark.thorough),
    ],
)
"""Gives a test a strategy for a plan and an as-of day."""

EVERY_PLAN_WITH_IDS = pytest.mark.parametrize(
    "plans",
    [
        pytest.param(quick_plans_and_days(least=1), id="quick"),
        pytest.param(
            plans_and_days(written_ids=True).map(with_every_key).filter(lambda drawn: bool(drawn[0]["rotations"])),
            id="in_any_form",
            marks=pytest.mark.thorough,
        ),
    ],
)
"""The same for plans that are mappings and have at least one rotation; all rotations have ids and the same keys."""


# --- parts of plans ------------------------------------------------------------------------------------------


def traits() -> st.SearchStrategy[Json]:
    """Draw what letters are compared on; any key may be left out or null."""

    def decode(faces: bytes) -> Json:
        dice = Dice(faces)
        return leave_out(dice, {**decode_traits(dice), "hospital": "Mercy [General] :b: & Sons"}, "hospital", *TRAITS)

    return st.builds(decode, FACES)


def targets() -> st.SearchStrategy[list[str | Json]]:
    """Draw targets in the order of preference, no specialty twice."""
    return st.builds(lambda faces: decode_targets(Dice(faces)), FACES)


def rotations(begin: date, usual: Json) -> st.SearchStrategy[tuple[Json, date]]:
    """Draw a rotation and its day that stays on site; mostly in one year, often with the `usual` traits."""
    positions = st.integers(0, len(STRANGERS) - 1)
    return st.builds(decode_rotation, MORE_FACES, positions, st.just(begin), st.just(usual))


@st.composite
def mapping(
    draw: st.DrawFn,
    optional: dict[str, st.SearchStrategy[Any]],
    required: dict[str, st.SearchStrategy[Any]] | None = None,
) -> Json:
    """Draw a section: the required keys, and most of the optional ones, some of them null."""
    written = {key: draw(values) for key, values in {**(required or {}), **optional}.items()}
    return leave_out(Dice(draw(FACES)), written, *optional)


class _Dumper(yaml.SafeDumper):
    """Writes every value in full where it is used: plan files have no anchors."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the name is PyYAML's
        return True


def to_yaml(plan: Json | list[Json]) -> str:
    """Write a plan as the text of a plan file."""
    return yaml.dump(plan, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
