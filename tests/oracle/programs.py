"""The programs of a plan file, as the second implementation reads them: ids, targets, what is known, what they need.

Like `reckoning.py` it shares no code with the package; each function does what one sentence of the contract says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from oracle.days import nth_weekday, present, subtract_business_days
from oracle.facts import specialty_key
from oracle.letters import Need

if TYPE_CHECKING:
    from datetime import date

    from oracle.days import Season
    from oracle.letters import Rotation, Setting, Target
    from runner import Json

COUNTED_NEEDS = ("us", "chair", "standardized", "hands_on")
"""The requirements behind `in_specialty`, in the order in which they feed the picks."""

SF_MATCH = ("ophthalmology",)


def is_all(value: object) -> bool:
    """Whether a requirement is `all` or true, and not the number 1, which equals true."""
    return value == "all" or value is True


# --- targets and ids ----------------------------------------------------------------------------------------


def find_implied(programs: list[Json], listed: list[Target]) -> list[str]:
    """List the specialties that only programs name, in the order of the file, without those of skipped ones."""
    seen, found = {specialty_key(name) for name, _ in listed}, []
    for row in programs:
        key = specialty_key(row["specialty"])
        if row.get("choice") != "skip" and key not in seen:
            seen.add(key)
            found.append(row["specialty"])
    return found


def slug(text: str) -> str:
    """Write a name in lower case, its words joined by hyphens."""
    return "-".join(re.findall(r"\w+", text.lower().replace("'", "").replace("_", " ")))


def program_ids(programs: list[Json], rotation_ids: list[str]) -> list[str]:
    """Keep written ids; behind a derived one that is taken comes the track, else the specialty, else a number."""
    taken = {*rotation_ids, *(row["id"] for row in programs if "id" in row)}
    ids = []
    for row in programs:
        stem = slug(row["name"])
        behind = [slug(row[key]) for key in ("track", "specialty") if row.get(key)]
        options = [stem, *(f"{stem}-{words}" for words in behind), *(f"{stem}-{n}" for n in range(2, 1000))]
        ids.append(row["id"] if "id" in row else next(option for option in options if option not in taken))
        taken.add(ids[-1])
    return ids


# --- one program --------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Program:
    """One program, with what is known of it on the as-of day; letters are known by their position in the file."""

    row: Json
    id: str
    target: int | None
    number: int
    deadline: date
    written: bool
    target_day: date
    applied: date | None
    assigned: tuple[int, ...]
    state: str

    @property
    def requires(self) -> Json:
        """What the program requires."""
        return present(self.row.get("requires"))

    @property
    def prefers(self) -> Json:
        """What the program prefers."""
        return present(self.row.get("prefers"))

    @property
    def is_open(self) -> bool:
        """Whether it is neither closed nor skipped."""
        return self.state == "open"


def last_business_day(day: date) -> date:
    """Take the last business day on or before a day."""
    return subtract_business_days(day, 0)


def find_target_day(applicant_deadline: date | None, specialty: str, season: Season) -> date:
    """Take the applicant's deadline, else the service day of the specialty."""
    if applicant_deadline:
        return applicant_deadline
    if specialty_key(specialty) in SF_MATCH:
        return last_business_day(season.review.replace(month=9, day=1))
    return season.review


def find_submit_day(season: Season) -> date:
    """Take the day on which applications can be sent: published, else the first Wednesday of September."""
    early = {2020: 5, 2021: 1, 2022: 1, 2023: 7, 2024: 6, 2025: 4, 2026: 3}
    first = nth_weekday(season.year - 1, 9, 1)
    return first.replace(day=early.get(season.year, first.day))


def find_state(row: Json, applied: date | None, setting: Setting) -> str:
    """Skipped by choice; closed when not applied to and the written deadline, or the rank list day, has passed."""
    if row.get("choice") == "skip":
        return "skip"
    last = min([setting.season.rank_list, *([row["deadline"]] if "deadline" in row else [])])
    return "closed" if applied is None and last < setting.as_of else "open"


def find_number(row: Json, setting: Setting) -> int:
    """Take the smaller of the program's maximum and MIX-4's for its target."""
    most = setting.policy["max_per_program"]
    if specialty_key(row["specialty"]) in SF_MATCH:
        most = min(most, 3)
    return min(most, int(row.get("max", most)))


def read_program(row: Json, program_id: str, rotations: list[Rotation], setting: Setting) -> Program:
    """Read one program as it is known on the as-of day; what was applied to in another season is not there."""
    season, applied = setting.season, row.get("applied")
    earlier = applied is not None and applied < season.opens
    known = None if earlier or applied is None or applied > setting.as_of else applied
    written = [] if earlier else row.get("assigned") or []
    assigned = [one.position for one in rotations if one.row.get("id") in written and one.history.is_secured]
    names = [specialty_key(name) for name, _ in setting.targets]
    key = specialty_key(row["specialty"])
    own_day = find_target_day(setting.applicant_deadline, row["specialty"], season)
    return Program(
        row=row,
        id=program_id,
        target=names.index(key) if key in names else None,
        number=find_number(row, setting),
        deadline=row.get("deadline", own_day),
        written="deadline" in row,
        target_day=own_day,
        applied=known,
        assigned=tuple(assigned),
        state=find_state(row, known, setting),
    )


def read_programs(rows: list[Json], rotations: list[Rotation], setting: Setting) -> list[Program]:
    """Read all programs in the order of the file."""
    ids = program_ids(rows, [str(one.row.get("id")) for one in rotations])
    return [read_program(row, program_id, rotations, setting) for row, program_id in zip(rows, ids, strict=True)]


def letters_required(program: Program, setting: Setting) -> int:
    """Take what is written, else policy `want` as written, at most the program's number."""
    number: int = program.requires.get("letters", min(setting.policy["want"], program.number))
    return number


# --- what they need -----------------------------------------------------------------------------------------


def needing(rows: list[Json], rotations: list[Rotation], setting: Setting) -> list[Program]:
    """Keep the open programs, but those applied to whose number is assigned already."""
    found = [program for program in read_programs(rows, rotations, setting) if program.is_open]
    return [one for one in found if one.applied is None or len(one.assigned) < one.number]


def number_of(program: Program, key: str, setting: Setting) -> int:
    """Give the number that a program requires, `all` being its letters, at most the program's number."""
    value = program.requires.get(key, 0)
    return min(program.number, letters_required(program, setting) if is_all(value) else int(value))


def find_needs(rows: list[Json], rotations: list[Rotation], setting: Setting) -> tuple[Need, ...]:
    """List for each target what its programs require: for each part, where above its needed, then the other keys."""
    found = []
    programs = needing(rows, rotations, setting)
    for n, (_, parts) in enumerate(setting.targets):
        own = [program for program in programs if program.target == n]
        most = {
            key: max([number_of(one, key, setting) for one in own], default=0)
            for key in ("in_specialty", *COUNTED_NEEDS)
        }
        for place, (_, needed) in enumerate(parts):
            if most["in_specialty"] > needed:
                found.append(Need(n, "in_specialty", place, most["in_specialty"]))
        found += [Need(n, key, 0, most[key]) for key in COUNTED_NEEDS if most[key]]
    return tuple(found)


def find_want(rows: list[Json], rotations: list[Rotation], setting: Setting) -> int:
    """Raise the number wanted to the largest number of letters required, at most the program's number."""
    asked = [min(one.number, letters_required(one, setting)) for one in needing(rows, rotations, setting)]
    return max([setting.policy["want"], *asked])


# --- days ---------------------------------------------------------------------------------------------------


def months_before(day: date, months: int) -> date:
    """Go back to the same day so many months before, or to the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    following = day.replace(year=year + (month + 1) // 12, month=(month + 1) % 12 + 1, day=1)
    last = following - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))
