"""Programs, as the second implementation reckons them: slow, literal, and without the package's code.

Everything is told by positions in the file. A letter serves a program by the words of the contract, step by step.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from oracle.days import present, subtract_business_days
from oracle.facts import read_target, specialty_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from oracle.letters import Letter, Setting, Target
    from runner import Json

KINDS = ("letters", "in_specialty", "us", "chair", "standardized", "hands_on")
FILL = ("chair", "standardized", "in_specialty", "us", "hands_on")
STATES = ("short", "ready", "on course", "complete", "closed", "skip")


@dataclass(frozen=True, kw_only=True)
class Program:
    """One program as known on the as-of day; letters are known by the positions of their rotations."""

    position: int
    row: Json
    requires: Json
    prefers: Json
    standing: str
    target: int | None
    parts: list[tuple[int, int]]
    most: int
    letters: int
    deadline: date
    applied: date | None
    assigned: list[int]


def implied_targets(rows: list[Json], listed: list[Target]) -> list[Target]:
    """List the specialties of programs that are not skipped and no target yet, as the file first names them."""
    found = list(listed)
    for row in rows:
        known = {specialty_key(name) for name, _ in found}
        if row.get("choice") != "skip" and specialty_key(row["specialty"]) not in known:
            found.append(read_target(row["specialty"]))
    return found


def read_programs(rows: list[Json], letters: list[Letter], setting: Setting) -> list[Program]:
    """Read the programs, whose `assigned` names the written ids of rotations."""
    by_id = {letter.rotation.row.get("id"): letter for letter in letters}
    return [read_program(row, position, by_id, setting) for position, row in enumerate(rows)]


def read_program(row: Json, position: int, by_id: dict[object, Letter], setting: Setting) -> Program:
    """Read one program as it is known on the as-of day."""
    requires, opens = present(row.get("requires")), setting.season.opens
    applied = row.get("applied")
    earlier = applied is not None and applied < opens
    known = applied if applied is not None and not earlier and applied <= setting.as_of else None
    names = [] if earlier else row.get("assigned", [])
    secured = [by_id[name].rotation.position for name in names if by_id[name].rotation.history.is_secured]
    most = min(setting.policy["max_per_program"], row.get("max", 99))
    target = next(
        (n for n, (name, _) in enumerate(setting.targets) if specialty_key(name) == specialty_key(row["specialty"])),
        None,
    )
    written = row.get("deadline")
    over = setting.as_of > setting.season.rank_list or (written is not None and written < setting.as_of)
    return Program(
        position=position,
        row=row,
        requires=requires,
        prefers=present(row.get("prefers")),
        standing="skip" if row.get("choice") == "skip" else "closed" if over and known is None else "open",
        target=target,
        parts=[] if target is None else [(target, place) for place in range(len(setting.targets[target][1]))],
        most=most,
        letters=requires.get("letters", min(setting.policy["want"], most)),
        deadline=written or setting.deadline,
        applied=known,
        assigned=secured,
    )


# --- what letters are ---------------------------------------------------------------------------------------


def is_of_kind(letter: Letter, key: str) -> bool:
    """Whether a letter is what a number of letters is asked for."""
    row = letter.rotation.row
    kinds: dict[str, bool] = {
        "us": bool(row["us"]),
        "chair": letter.rotation.role in {"chair", "program director"},
        "standardized": bool(row["standardized"]),
        "hands_on": row["experience"] == "hands-on",
    }
    return kinds[key]


def months_before(day: date, months: int) -> date:
    """Go back whole months: to the same day, or to the last of the month if it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def passes(letter: Letter, key: str, program: Program, asked: Json) -> bool:
    """Whether a letter is what all letters must be, by one key."""
    if key == "months":
        written = letter.rotation.history.upload or letter.arrives_by
        return bool(written >= months_before(program.deadline, asked["months"]))
    return is_of_kind(letter, key)


def filters(asked: Json) -> list[str]:
    """List the keys that say what all letters must be."""
    return [key for key in ("us", "hands_on") if asked.get(key) == "all"] + (["months"] if "months" in asked else [])


def passes_all(letter: Letter, program: Program, asked: Json) -> bool:
    """Whether a letter is what all letters must be."""
    return all(passes(letter, key, program, asked) for key in filters(asked))


def welcome(letter: Letter, program: Program) -> bool:
    """Whether a letter may go to the program's target."""
    return program.target in letter.may_go_to


def fits(letter: Letter, program: Program) -> bool:
    """Whether it may go there and is what all letters must be."""
    return welcome(letter, program) and passes_all(letter, program, program.requires)


def on_time(letter: Letter, program: Program) -> bool:
    """In the portal, or to be relied on by the program's deadline."""
    return letter.rotation.history.is_secured or letter.arrives_by <= program.deadline


def there(letter: Letter, program: Program, setting: Setting) -> bool:
    """In the portal, or to be relied on while letters can be added: until a written deadline, else the rank list."""
    last = program.deadline if "deadline" in program.row else setting.season.rank_list
    return letter.rotation.history.is_secured or letter.arrives_by <= last


def number(asked: Json, key: str) -> int:
    """How many letters of a kind are asked for; all is no number."""
    return 0 if asked.get(key) == "all" else int(asked.get(key, 0))


def accept(key: str, part: tuple[int, int] | None = None) -> Callable[[Letter], bool]:
    """Say which letters are of a kind, or count for a part."""
    return lambda letter: part in letter.parts if part else is_of_kind(letter, key)


def wishes(program: Program, asked: Json, keys: tuple[str, ...]) -> list[tuple[str, int, Callable[[Letter], bool]]]:
    """List what is asked for in numbers; letters from the specialty for each part."""
    found: list[tuple[str, int, Callable[[Letter], bool]]] = []
    for key in keys:
        if number(asked, key) and key == "in_specialty":
            found += [(key, number(asked, key), accept(key, part)) for part in program.parts]
        elif number(asked, key):
            found.append((key, number(asked, key), accept(key)))
    return found


# --- needs --------------------------------------------------------------------------------------------------

Need = tuple[int, str, "tuple[int, int] | None", int]
"""The target, the key, the part of a letter from the specialty, and the number."""


def find_needs(programs: list[Program], setting: Setting) -> tuple[list[Need], int]:
    """List what open programs need beyond their targets, and how many letters are wanted."""
    hungry = [one for one in programs if one.standing == "open" and not (one.applied and len(one.assigned) >= one.most)]
    needs: list[Need] = []
    for n, (_, parts) in enumerate(setting.targets):
        for key in ("in_specialty", "us", "chair", "standardized", "hands_on"):
            asked = [one.letters if one.requires.get(key) == "all" else number(one.requires, key) for one in hungry]
            own = [min(many, one.most) for many, one in zip(asked, hungry, strict=True) if one.target == n]
            largest = max(own, default=0)
            if key == "in_specialty":
                needs += [(n, key, (n, place), largest) for place, (_, needed) in enumerate(parts) if largest > needed]
            elif largest:
                needs.append((n, key, None, largest))
    want = max([setting.policy["want"], *(min(one.letters, one.most) for one in hungry)])
    return needs, want


def serves(letter: Letter, need: Need) -> bool:
    """Whether a letter is what is needed."""
    target, key, part, _ = need
    return part in letter.parts if part else target in letter.may_go_to and is_of_kind(letter, key)


# --- the set ------------------------------------------------------------------------------------------------


class Places:
    """The places of an open program as they are given away."""

    def __init__(self, program: Program, chosen: list[Letter]) -> None:
        self.program = program
        self.chosen = chosen

    def counted(self) -> list[Letter]:
        """Give the letters in the set that fit."""
        return [letter for letter in self.chosen if fits(letter, self.program)]

    def take(self, candidates: list[Letter]) -> bool:
        """Take the first that is not in the set, if a place is left."""
        left = [letter for letter in candidates if letter not in self.chosen]
        if not left or len(self.chosen) >= self.program.most:
            return False
        self.chosen.append(left[0])
        return True

    def take_for_wishes(self, asked: Json, candidates: list[Letter]) -> None:
        """Meet each number in turn: on time first, then what meets most of the numbers still open."""
        for _, many, accepts in wishes(self.program, asked, FILL):
            while sum(map(accepts, self.counted())) < many:
                numbers = wishes(self.program, asked, FILL)
                still = [ok for _, wanted, ok in numbers if sum(map(ok, self.counted())) < wanted]
                useful = sorted(
                    filter(accepts, candidates),
                    key=lambda one: (not on_time(one, self.program), -sum(ok(one) for ok in still)),
                )
                if not self.take(useful):
                    break

    def take_for_parts(self, fitting: list[Letter], setting: Setting) -> None:
        """Meet what the target itself needs, with strong letters on time."""
        for part in self.program.parts:
            needed = setting.targets[part[0]][1][part[1]][1]
            own = [one for one in fitting if part in one.parts and one.strong and on_time(one, self.program)]
            while sum(part in one.parts for one in self.counted()) < needed and self.take(own):
                pass


def choose_program_set(
    program: Program,
    letters: list[Letter],
    serving: list[Letter],
    setting: Setting,
    order: Callable[[Letter], list[int]],
) -> list[Letter]:
    """Give the places of a program away in the seven steps."""
    chosen = [letter for letter in letters if letter.rotation.position in program.assigned]
    if program.standing != "open" or len(chosen) >= program.most:
        return chosen
    may = [letter for letter in serving if welcome(letter, program)]
    may.sort(key=lambda one: [int(not on_time(one, program)), *order(one)])
    fitting = [letter for letter in may if fits(letter, program)]
    liked = [one for one in fitting if on_time(one, program) and passes_all(one, program, program.prefers)]
    given = Places(program, chosen)
    given.take_for_wishes(program.requires, fitting)
    given.take_for_wishes(program.prefers, liked)
    given.take_for_parts(fitting, setting)
    for many in (program.letters, number(program.prefers, "letters")):
        while len(given.counted()) < many and given.take([*liked, *fitting]):
            pass
    while given.take([one for one in fitting if one.strong]):
        pass
    while len(chosen) < program.letters and given.take(may):
        pass
    return chosen


# --- the answer ---------------------------------------------------------------------------------------------


def has_all(program: Program, letters: list[Letter]) -> bool:
    """Whether letters are all that is required."""
    met = (sum(map(ok, letters)) >= many for _, many, ok in wishes(program, program.requires, KINDS[1:]))
    return len(letters) >= program.letters and all(met)


def find_state(program: Program, chosen: list[Letter], setting: Setting) -> str:
    """Find the first state that holds."""
    if program.standing != "open":
        return program.standing
    fit = [letter for letter in chosen if fits(letter, program)]
    if has_all(program, [one for one in fit if one.rotation.position in program.assigned]):
        return "complete"
    if has_all(program, [one for one in fit if one.rotation.history.is_secured]):
        return "ready"
    return "on course" if has_all(program, [one for one in fit if there(one, program, setting)]) else "short"


def find_missing(program: Program, chosen: list[Letter], may: list[Letter], setting: Setting) -> list[Json]:
    """List what is missing of the requirements, then of the preferences."""
    have = [one for one in chosen if fits(one, program) and there(one, program, setting)]
    around = [one for one in chosen if one.rotation.position in program.assigned and welcome(one, program)]
    around += [one for one in may if one not in around]
    around = [one for one in around if there(one, program, setting)]
    found: list[Json] = []
    for asked, must in ((program.requires, True), (program.prefers, False)):
        rows: dict[str, tuple[int, int]] = {}
        many = program.letters if must else number(asked, "letters")
        if len(have) < many:
            kept_out = {key: sum(passes(one, key, program, asked) for one in around) for key in filters(asked) if must}
            kept_out = {key: count for key, count in kept_out.items() if count < len(around)}
            rows |= {key: (many, count) for key, count in (kept_out or {"letters": len(have)}).items()}
        for key, wanted, ok in wishes(program, asked, KINDS[1:]):
            count = sum(map(ok, have))
            if count < wanted and (key not in rows or count < rows[key][1]):
                rows[key] = (wanted, count)
        for key in filters(asked) if not must else []:
            count = sum(passes(one, key, program, asked) for one in have)
            rows |= {key: (len(have), count)} if count < len(have) else {}
        found += [
            {"requirement": key, "needed": rows[key][0], "have": rows[key][1], "must": must}
            for key in (*KINDS, "months")
            if key in rows
        ]
    return found


def show_program(program: Program, chosen: list[Letter], may: list[Letter], setting: Setting) -> Json:
    """Show what is decided about a program, its letters by their positions."""
    is_open = program.standing == "open"
    fit = [letter for letter in chosen if fits(letter, program)]
    in_time = [letter for letter in fit if on_time(letter, program)]
    assigned = [letter for letter in chosen if letter.rotation.position in program.assigned]
    ready = [letter for letter in chosen if letter.rotation.history.is_secured and letter not in assigned]
    return {
        "position": program.position,
        "target": None if program.target is None else setting.targets[program.target][0],
        "deadline": program.deadline.isoformat(),
        "needed_by": subtract_business_days(program.deadline, setting.policy["processing_days"]).isoformat(),
        "max": program.most,
        "state": find_state(program, chosen, setting),
        "late": is_open and not has_all(program, in_time) and has_all(program, fit),
        "applied": program.applied and program.applied.isoformat(),
        "letters": [letter.rotation.position for letter in chosen],
        "assigned": [letter.rotation.position for letter in assigned],
        "to_assign": [letter.rotation.position for letter in ready] if is_open else [],
        "missing": find_missing(program, chosen, may, setting) if is_open else [],
    }
