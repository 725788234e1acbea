"""Plan files as hypothesis draws them: plain Python data, always valid, realistic and nasty.

A plan is built so that nothing in it can be refused: every rotation is laid around one day that stays on
site whatever else is drawn, and the events of a letter are handed out in the order in which they can happen.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import yaml
from hypothesis import strategies as st

from oracle.reckoning import FEDERAL_HOLIDAYS, STEPS, WEEKDAYS

Plain = dict[str, Any]

FIRST_DAY, LAST_DAY = date(2025, 1, 1), date(2029, 12, 31)

# One attending a line, in spellings that mean the same person; some share the word an id is made of.
STRANGERS = tuple(
    f"Dr. {name}"
    for name in ["Ames", "Boyd", "Cruz", "Dunn", "Egan", "Fox", "Gray", "Hale", "Ito", "Jain", "Kaur", "Ng"]
)
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
    "no": ("no", "NO"),
}
POLICY_BOUNDS = {
    "want": (1, 6),
    "spare": (0, 3),
    "max_per_program": (1, 6),
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


def offsets(least: int, most: int) -> st.SearchStrategy[timedelta]:
    """Draw a number of days."""
    return st.integers(least, most).map(timedelta)


def or_nothing(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw a value, or now and then the nothing that counts as left out."""
    return st.sampled_from((True,) * 7 + (False,)).flatmap(lambda there: values if there else st.none())


@st.composite
def mapping(
    draw: st.DrawFn,
    optional: dict[str, st.SearchStrategy[Any]],
    required: dict[str, st.SearchStrategy[Any]] | None = None,
) -> Plain:
    """Draw a section: the required keys, and most of the optional ones."""
    written = {key: draw(values) for key, values in (required or {}).items()}
    kept = [key for key in optional if draw(st.sampled_from((True, True, True, False)))]
    return written | {key: draw(or_nothing(optional[key])) for key in kept}


def specialties() -> st.SearchStrategy[str]:
    """Draw a specialty, often one of the two that most applicants want."""
    common = ("internal medicine", "family medicine", "IM", "cardiology")
    every = tuple(spelling for spellings in SPECIALTIES.values() for spelling in spellings)
    return st.sampled_from(common * 4 + every)


def attendings() -> st.SearchStrategy[str | Plain]:
    """Draw an attending: a bare name, or a mapping with address and role."""
    names = st.sampled_from(STRANGERS * 4 + tuple(name for spellings in ATTENDINGS for name in spellings))
    roles = st.sampled_from(("attending",) * 6 + ("fellow", "resident"))
    person = mapping({"email": st.sampled_from(EMAILS), "role": roles}, {"name": names})
    return names | person


@st.composite
def targets(draw: st.DrawFn) -> list[str | Plain]:
    """Draw targets in the order of preference, no specialty twice."""
    common = ("internal medicine", "family medicine") * 5
    keys = draw(st.lists(st.sampled_from((*common, *SPECIALTIES)), min_size=1, max_size=3, unique=True))
    found: list[str | Plain] = []
    for key in keys:
        name = draw(st.sampled_from(SPECIALTIES[key]))
        needed = draw(st.none() | st.integers(0, 3))
        found.append(name if needed is None else {"specialty": name, "in_specialty": needed})
    return found


@st.composite
def days_off(draw: st.DrawFn, around: date, kept: set[date]) -> list[date | dict[str, date]]:
    """Draw single days and ranges around a day, none of which touches a day that is kept."""
    found: list[date | dict[str, date]] = []
    for start, length in draw(st.lists(st.tuples(offsets(-40, 40), offsets(0, 12)), max_size=3)):
        first, last = around + start, around + start + length
        if any(first <= day <= last for day in kept):
            continue
        found.append(first if first == last else {"from": first, "to": last})
    return found


@st.composite
def events(draw: st.DrawFn, around: date) -> Plain:
    """Draw the events of a letter in an order in which they can happen."""
    reached = draw(st.sampled_from((0, 0, 1, 1, 2, 3, 4, 5)))
    written: Plain = {}
    day = first = around + draw(offsets(-30, 30))
    for step in STEPS[:reached]:
        if step == STEPS[reached - 1] or draw(st.booleans()):
            written[step] = day
            first = min(first, day)
            day += draw(st.sampled_from((0, 0, 1, 2, 5, 20, 60, 120)).map(timedelta))
    if reached:
        first = min(written.values())
        for name in draw(st.lists(st.sampled_from(("packet", "thanked")), unique=True)):
            written[name] = first + draw(offsets(0, 60))
        written["reminded"] = [first + days for days in draw(st.lists(offsets(0, 90), max_size=3))]
    if reached < 4 and draw(st.sampled_from((True, False, False, False, False))):
        written["declined"] = day
    return written


@st.composite
def placements(draw: st.DrawFn, begin: date) -> tuple[Plain, date]:
    """Draw when a rotation is, and the day that stays on site whatever else is off."""
    weekdays = draw(
        st.sampled_from((WEEKDAYS[:5],) * 4)
        | st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=5, unique=True)
    )
    in_one_year = st.dates(begin, begin + timedelta(300))
    kept = draw(
        in_one_year | in_one_year | in_one_year | in_one_year | in_one_year | st.dates(FIRST_DAY, LAST_DAY)
    )
    while WEEKDAYS[kept.weekday()] not in weekdays:
        kept += timedelta(1)
    written: Plain = {} if tuple(weekdays) == WEEKDAYS[:5] else {"days": list(weekdays)}
    weeks = draw(st.sampled_from((1, 2, 4, 4, 4, 6, 8, 8, 12)))
    start = written["start"] = kept - draw(offsets(0, 7 * weeks - 1))
    final = written["end"] = kept + draw(offsets(0, 30))
    if draw(st.booleans()):
        del written["end"]
        written["weeks"], final = weeks, start + timedelta(7 * weeks - 1)
        while WEEKDAYS[final.weekday()] not in weekdays:
            final -= timedelta(1)
    if draw(st.sampled_from((True, False, False, False))):
        written["last_day"] = draw(st.dates(kept, final))
    return written, kept


def traits() -> st.SearchStrategy[Plain]:
    """Draw what letters are compared on, any of it left out or null."""
    return mapping(
        {
            "hospital": st.just("Mercy [General] :b: & Sons"),
            "experience": st.sampled_from(("hands-on", "hands-on", "observership", "telehealth", "research")),
            "us": st.sampled_from((True, True, True, False)),
            "residency_affiliated": st.booleans(),
            "img_friendly": st.booleans(),
            "letterhead": st.booleans(),
            "performance": st.sampled_from(("excellent", "excellent", "good", "good", "good", "fair", "poor")),
            "contact": st.sampled_from(("daily", "weekly", "rarely")),
        }
    )


@st.composite
def rotations(draw: st.DrawFn, begin: date, usual: Plain) -> tuple[Plain, date]:
    """Draw a rotation and the day of it that stays on site; mostly in one year, often with the `usual` traits."""
    placement, kept = draw(placements(begin))
    final = placement.get("last_day", placement.get("end", kept))
    near = st.sampled_from((placement["start"], kept, final)).flatmap(
        lambda day: offsets(-12, 25).map(lambda days: day + days)
    )
    seldom = {"offered": near, "meeting": near, "choice": st.sampled_from(("ask", "ask", "skip"))}
    row = {"attending": draw(attendings()), "specialty": draw(specialties()), **placement}
    row |= draw(st.just(usual) | traits())
    row |= {name: draw(seldom[name]) for name in seldom if draw(st.sampled_from((False,) * 4 + (True,)))}
    if draw(st.booleans()):
        row["away"] = draw(days_off(kept, {kept}))
    if draw(st.booleans()):
        row["letter"] = draw(or_nothing(events(final)))
    holidays = sorted(day for day in FEDERAL_HOLIDAYS if abs(day - kept) < timedelta(30))
    row["worked"] = [day for day in holidays if day == kept or draw(st.booleans())]
    return row, kept


def policies() -> st.SearchStrategy[Plain]:
    """Draw a policy that changes some numbers, within bounds that leave the plans lively."""
    numbers: dict[str, st.SearchStrategy[Any]] = {
        name: st.integers(low, high) for name, (low, high) in POLICY_BOUNDS.items()
    }
    numbers["remind_before_days"] = st.lists(st.integers(0, 60), max_size=4)
    return mapping(numbers)


@st.composite
def plans(draw: st.DrawFn, *, written_ids: bool = False) -> Plain | list[Plain]:
    """Draw a whole plan file; with `written_ids` every rotation has an id of its own."""
    begin = date(draw(st.integers(2025, 2029)), draw(st.sampled_from((1, 1, 2, 5, 8))), 1)
    count = draw(st.integers(0, 8))
    usual = draw(traits())
    drawn = draw(st.lists(rotations(begin, usual), min_size=count, max_size=count))
    rows, kept = [row for row, _ in drawn], {day for _, day in drawn}
    for place, row in enumerate(rows):
        if written_ids or draw(st.sampled_from((False,) * 5 + (True,))):
            row["id"] = f"no-{place}" if written_ids else draw(st.sampled_from((f"no-{place}", f"chen_{place}")))
    if draw(st.sampled_from((True, False, False, False, False))):
        return rows
    centre = draw(st.sampled_from(sorted(kept) or [FIRST_DAY]))
    applicant = {
        "season": st.sampled_from((centre.year, *[centre.year + 1] * 4, centre.year + 2)),
        "deadline": offsets(-60, 400).map(lambda days: centre + days),
        "targets": targets(),
        "holidays": days_off(centre, kept),
    }
    always = {"rotations": st.just(rows), "applicant": mapping(applicant)}
    return draw(mapping({"policy": policies()}, always))


def rows_of(plan: Plain | list[Plain]) -> list[Plain]:
    """Take the rotations out of a plan, bare list or not."""
    return plan if isinstance(plan, list) else plan["rotations"]


def dates_in(value: object) -> list[date]:
    """Find every date written anywhere in a plan."""
    if isinstance(value, date):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [day for part in inner for day in dates_in(part)]


@st.composite
def plans_and_days(draw: st.DrawFn, *, written_ids: bool = False) -> tuple[Plain | list[Plain], date]:
    """Draw a plan and a day to look at it: mostly close to a day that it names."""
    plan = draw(plans(written_ids=written_ids))
    named = sorted(set(dates_in(plan))) or [FIRST_DAY]
    near = st.sampled_from(named).flatmap(lambda day: offsets(-10, 40).map(lambda days: day + days))
    late = offsets(-20, 200).map(lambda days: named[-1] + days)
    autumn = offsets(0, 60).map(lambda days: date(named[-1].year, 8, 1) + days)
    return plan, draw(near | late | late | autumn | autumn | st.dates(FIRST_DAY, date(2030, 12, 31)))


class _Dumper(yaml.SafeDumper):
    """Writes every value out where it stands: plan files know no anchors."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the name is PyYAML's
        return True


def to_yaml(plan: Plain | list[Plain]) -> str:
    """Write a plan as the text of a plan file."""
    return yaml.dump(plan, Dumper=_Dumper, allow_unicode=True, sort_keys=False)


# ---- The same in short: a rotation is read off a few bytes that are drawn at one go, many times as fast


class Dice:
    """Choices read off bytes: a zero, and whatever is past the end, is the first and plainest option."""

    def __init__(self, faces: bytes) -> None:
        self._faces = iter(faces)

    def one_of(self, *options: Any) -> Any:  # noqa: ANN401 - options are of any type
        """Take one of the options, each as likely as another; say one several times to make it likelier."""
        return options[next(self._faces, 0) % len(options)]

    def days(self, least: int, most: int) -> timedelta:
        """Take a number of days."""
        face = 256 * next(self._faces, 0) + next(self._faces, 0)
        return timedelta(least + face % (most - least + 1))


def quick_placement(dice: Dice, begin: date) -> tuple[Plain, date]:
    """Read off when a rotation is, and its first on-site weekday, which is kept whatever else is off."""
    start = begin + dice.days(0, 45) * 7 + dice.one_of(*[timedelta(0)] * 5, timedelta(2), timedelta(5))
    weekdays = dice.one_of(*[list(WEEKDAYS[:5])] * 5, ["mon", "wed"], ["tue", "thu", "sat"], ["fri"])
    kept = start
    while WEEKDAYS[kept.weekday()] not in weekdays:
        kept += timedelta(1)
    end = kept + timedelta(7 * dice.one_of(4, 4, 4, 1, 2, 6, 8, 12) - 3)
    left_early = dice.one_of(None, None, None, kept + (end - kept) * 3 // 4)
    return {"start": start, "end": end, "days": weekdays, "last_day": left_early}, kept


def quick_traits(dice: Dice) -> Plain:
    """Read off what letters are compared on."""
    return {
        "specialty": dice.one_of("IM", "IM", "fm", "cardiology", "Peds", "sleep medicine", "psych", "no"),
        "experience": dice.one_of(*["hands-on"] * 5, "observership", "telehealth", "research"),
        "us": dice.one_of(None, True, True, True, False),
        "residency_affiliated": dice.one_of(None, True, False),
        "img_friendly": dice.one_of(None, True, False),
        "letterhead": dice.one_of(None, True, False),
        "performance": dice.one_of(None, None, "good", "good", "excellent", "fair", "poor"),
        "contact": dice.one_of(None, "daily", "daily", "weekly", "rarely"),
    }


def quick_events(dice: Dice, around: date) -> Plain:
    """Read off how far a letter came, in an order that can be."""
    reached = dice.one_of(0, 0, 0, 0, 0, 1, 1, 2, 3, 4, 5)
    day = around + dice.days(-20, 20)
    written: Plain = {}
    for step in STEPS[:reached]:
        if step == STEPS[reached - 1] or dice.one_of(True, True, False):
            written[step] = day
        day += timedelta(dice.one_of(0, 1, 5, 20, 60))
    if written:
        first = min(written.values())
        written["packet"] = dice.one_of(None, first + timedelta(3))
        written["thanked"] = dice.one_of(None, first + timedelta(90))
        written["reminded"] = dice.one_of([], [], [first + timedelta(10)], [first + timedelta(n) for n in (60, 9)])
    if reached < 4:
        written["declined"] = dice.one_of(*[None] * 14, day)
    return written


def quick_attending(dice: Dice, place: int) -> Plain:
    """Read off an attending: mostly somebody else each time."""
    return {
        "name": dice.one_of(*[STRANGERS[place]] * 14, "Dr. Ames", "AMES, M.D."),
        "email": dice.one_of(*[None] * 15, *EMAILS[:3]),
        "role": dice.one_of(*["attending"] * 16, "fellow", "resident"),
    }


def quick_rotation(faces: bytes, place: int, begin: date) -> tuple[Plain, date]:
    """Read a rotation off its bytes, and the day of it that stays on site."""
    dice = Dice(faces)
    placement, kept = quick_placement(dice, begin)
    near = [day + dice.days(-9, 9) for day in (placement["start"], kept + timedelta(10), placement["end"])]
    away = {"from": kept + timedelta(1), "to": kept + dice.days(1, 40)}
    worked = [day for day in FEDERAL_HOLIDAYS if day == kept or (near[0] <= day <= near[2] and place % 2)]
    row = {
        "id": f"no-{place}",
        "attending": quick_attending(dice, place),
        **placement,
        **quick_traits(dice),
        "away": dice.one_of([], [], [away]),
        "worked": sorted(worked),
        "offered": dice.one_of(*[None] * 9, *near),
        "meeting": dice.one_of(*[None] * 9, *near),
        "choice": dice.one_of(*[None] * 14, "ask", "ask", "skip"),
        "letter": quick_events(dice, placement["last_day"] or placement["end"]),
    }
    return row, kept


def quick_applicant(dice: Dice, begin: date, kept: list[date]) -> Plain:
    """Read off who applies, and to what; the holidays leave every rotation its day."""
    off = begin + dice.days(0, 300)
    days_off = {"from": off, "to": off + dice.days(0, 20)}
    free = not any(days_off["from"] <= day <= days_off["to"] for day in kept)
    return {
        "season": dice.one_of(begin.year + 1, begin.year + 1, begin.year + 1, None, begin.year, begin.year + 2),
        "deadline": dice.one_of(None, None, None, begin + dice.days(30, 400)),
        "targets": dice.one_of([], ["IM"], ["IM", "fm"], ["fm", {"specialty": "IM", "in_specialty": 3}], ["no"]),
        "holidays": [days_off] if free else [],
    }


def quick_policy(dice: Dice) -> Plain:
    """Read off the numbers of which the most depends."""
    return {
        "want": dice.one_of(None, None, 1, 2, 4),
        "spare": dice.one_of(None, None, 0, 2),
        "lead_days": dice.one_of(None, None, None, 0, 10, 60),
        "processing_days": dice.one_of(None, None, None, 0, 12),
        "final_week_days": dice.one_of(None, None, None, 1, 14, 28),
        "no_answer_days": dice.one_of(None, None, None, 0, 40),
        "remind_before_days": dice.one_of(None, None, None, [], [30, 1]),
        "max_per_program": dice.one_of(None, None, None, 1),
    }


def quick_plan_and_day(frame: bytes, rows: list[bytes]) -> tuple[Plain, date]:
    """Read a plan off its bytes, with a day to look at it."""
    dice = Dice(frame)
    begin = date(dice.one_of(2027, 2025, 2026, 2028, 2029), dice.one_of(1, 1, 2, 5, 8), 1)
    read = [quick_rotation(faces, place, begin) for place, faces in enumerate(rows)]
    kept = [day for _, day in read]
    plan = {
        "applicant": quick_applicant(dice, begin, kept),
        "policy": quick_policy(dice),
        "rotations": [row for row, _ in read],
    }
    near = dice.one_of(*kept, begin) + dice.days(-5, 50)
    autumn, any_day = date(begin.year, 8, 1) + dice.days(0, 70), begin + dice.days(-30, 700)
    return plan, dice.one_of(near, near, near, autumn, autumn, any_day)


FACES = st.binary(min_size=48, max_size=48)


def quick_plans_and_days(*, least: int = 0) -> st.SearchStrategy[tuple[Plain, date]]:
    """Draw a plan whose rotations all have ids, and a day to look at it: much of `plans_and_days`, much sooner."""
    return st.builds(quick_plan_and_day, FACES, st.lists(FACES, min_size=least, max_size=7))
