"""Which letter goes to which program: the sets, states and gaps, reckoned a second time by the words of the contract.

Like `reckoning.py` it is slow and literal, and shares no code with the package. Letters are named by the ids that the
plan file writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from oracle.letters import meets, needed_before
from oracle.programs import is_all, letters_required, months_before, read_programs
from oracle.reckoning import decide_all, places, programs_of, read_plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from oracle.letters import Letter, Setting
    from oracle.programs import Program
    from oracle.reckoning import Decided
    from runner import Json

STATES = ("short", "ready", "on course", "complete", "closed", "skip")
STEP_KEYS = ("chair", "standardized", "in_specialty", "us", "hands_on")
MISSING_KEYS = ("in_specialty", "us", "chair", "standardized", "hands_on")


class Wish(NamedTuple):
    """A number of letters that a program asks for, by a key; of `in_specialty` for one part of the target."""

    key: str
    part: int
    number: int


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A program with all letters before it, to choose from."""

    program: Program
    decided: Decided
    setting: Setting

    # --- one letter ---

    def is_assigned(self, letter: Letter) -> bool:
        """Whether the letter is assigned to the program."""
        return letter.rotation.position in self.program.assigned

    def may_serve(self, letter: Letter) -> bool:
        """Ask whether it may go to the target, is asked or kept and not silent; an assigned one needs no verdict."""
        if self.program.target not in letter.may_go_to:
            return False
        called_for = self.decided.verdicts[letter.rotation.position] in {"ask", "keep"}
        return self.is_assigned(letter) or (called_for and not letter.silent)

    def passes_one(self, letter: Letter, asked: Json, key: str) -> bool:
        """Whether it passes `us: all`, `hands_on: all` or `months`, where that is asked."""
        if key == "months":
            if "months" not in asked:
                return True
            written = letter.rotation.history.upload or letter.arrives_by
            return written >= months_before(self.program.deadline, asked["months"])
        return not is_all(asked.get(key)) or meets(letter, key)

    def passes(self, letter: Letter, asked: Json) -> bool:
        """Whether it passes all of these."""
        return all(self.passes_one(letter, asked, key) for key in ("us", "hands_on", "months"))

    def fits(self, letter: Letter) -> bool:
        """Whether it may serve and passes what is required."""
        return self.may_serve(letter) and self.passes(letter, self.program.requires)

    def is_on_time(self, letter: Letter) -> bool:
        """Secured, or there by the program's deadline."""
        return letter.rotation.history.is_secured or letter.arrives_by <= self.program.deadline

    def is_there(self, letter: Letter) -> bool:
        """Ask the same, but up to the rank list day where the deadline is not written."""
        last = self.program.deadline if self.program.written else self.setting.season.rank_list
        return letter.rotation.history.is_secured or letter.arrives_by <= last

    def grants(self, letter: Letter, wish: Wish) -> bool:
        """Whether it is one of the letters that a wish counts."""
        if wish.key == "in_specialty":
            return (self.program.target, wish.part) in letter.parts
        return meets(letter, wish.key)

    # --- what is asked ---

    @property
    def needed_letters(self) -> int:
        """The least number of letters."""
        return letters_required(self.program, self.setting)

    @property
    def parts(self) -> list[tuple[str, int]]:
        """The parts of the target."""
        return [] if self.program.target is None else self.setting.targets[self.program.target][1]

    def wishes(self, asked: Json, keys: tuple[str, ...]) -> list[Wish]:
        """List the numbers asked for, each part of a combined target by itself."""
        found = []
        for key in keys:
            value = asked.get(key, 0)
            number = 0 if is_all(value) else int(value)
            places_of = range(len(self.parts)) if key == "in_specialty" else range(1)
            found += [Wish(key, place, number) for place in places_of if number]
        return found

    def is_met(self, letters: list[Letter]) -> bool:
        """Whether these letters meet all that is required."""
        wishes = self.wishes(self.program.requires, STEP_KEYS)
        return len(letters) >= self.needed_letters and not self.still_open(wishes, letters)

    def still_open(self, wishes: list[Wish], letters: list[Letter]) -> list[Wish]:
        """Keep the wishes whose number these letters do not reach."""
        return [wish for wish in wishes if len([one for one in letters if self.grants(one, wish)]) < wish.number]

    # --- the order ---

    def place(self, letter: Letter) -> list[int]:
        """Give the order of 7.3, with on time for the program."""
        return [int(not self.is_on_time(letter)), *places(letter, self.setting.as_of)[1:]]


# --- the set ------------------------------------------------------------------------------------------------


def find_assigned(desk: Desk) -> list[Letter]:
    """Collect the assigned letters."""
    return [letter for letter in desk.decided.letters if desk.is_assigned(letter)]


def fitting(desk: Desk, letters: list[Letter]) -> list[Letter]:
    """Keep those that fit."""
    return [letter for letter in letters if desk.fits(letter)]


class Chooser:
    """Fills the set of an open program, step by step, to at most its number."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.chosen = find_assigned(desk)

    @property
    def is_full(self) -> bool:
        """Whether the number is reached."""
        return len(self.chosen) >= self.desk.program.number

    @property
    def fitting(self) -> list[Letter]:
        """The fitting letters of the set."""
        return fitting(self.desk, self.chosen)

    def left(self, allowed: Callable[[Letter], bool]) -> list[Letter]:
        """List the letters that are allowed and not in the set, best first."""
        found = [one for one in self.desk.decided.letters if one not in self.chosen and allowed(one)]
        return sorted(found, key=self.desk.place)

    def add_for_wishes(self, wishes: list[Wish], allowed: Callable[[Letter], bool]) -> None:
        """Add for each wish until its number is met, first whoever meets most of those still open (steps 2, 3)."""
        desk = self.desk
        for wish in wishes:
            while not self.is_full and wish in desk.still_open(wishes, self.fitting):
                unmet = desk.still_open(wishes, self.fitting)
                left = [one for one in self.left(allowed) if desk.grants(one, wish)]
                if not left:
                    break
                self.chosen.append(
                    min(
                        left,
                        key=lambda one: (
                            not desk.is_on_time(one),
                            -len([other for other in unmet if desk.grants(one, other)]),
                            desk.place(one),
                        ),
                    )
                )

    def add_for_parts(self) -> None:
        """Step 4: for each part strong letters on time until the target's own needed is met."""
        desk = self.desk
        for place, (_, needed) in enumerate(desk.parts):
            wish = Wish("in_specialty", place, needed)
            for letter in self.left(lambda one: desk.fits(one) and one.strong and desk.is_on_time(one)):
                if desk.grants(letter, wish) and desk.still_open([wish], self.fitting) and not self.is_full:
                    self.chosen.append(letter)

    def add_up_to(self, number: int) -> None:
        """Step 5: the best fitting ones until so many are in, those on time that pass what is preferred first."""
        desk = self.desk
        left = self.left(desk.fits)
        preferred = [one for one in left if desk.is_on_time(one) and desk.passes(one, desk.program.prefers)]
        for letter in preferred + [one for one in left if one not in preferred]:
            if len(self.fitting) < number and not self.is_full:
                self.chosen.append(letter)

    def add_all(self, left: list[Letter], number: int) -> None:
        """Add in this order (steps 6 and 7) until the set has so many."""
        for letter in left:
            if len(self.chosen) < number and not self.is_full:
                self.chosen.append(letter)


def choose_set(desk: Desk) -> list[Letter]:
    """Choose the set of a program; that of a closed or skipped one is its assigned letters."""
    chooser, program = Chooser(desk), desk.program
    if not program.is_open:
        return chooser.chosen
    chooser.add_for_wishes(desk.wishes(program.requires, STEP_KEYS), desk.fits)
    chooser.add_for_wishes(
        desk.wishes(program.prefers, STEP_KEYS),
        lambda one: desk.fits(one) and desk.is_on_time(one) and desk.passes(one, program.prefers),
    )
    chooser.add_for_parts()
    chooser.add_up_to(desk.needed_letters)
    chooser.add_up_to(program.prefers.get("letters", 0))
    chooser.add_all(chooser.left(lambda one: desk.fits(one) and one.strong), program.number)
    chooser.add_all(chooser.left(desk.may_serve), desk.needed_letters)
    return chooser.chosen


# --- the state ----------------------------------------------------------------------------------------------


def find_state(desk: Desk, chosen: list[Letter]) -> str:
    """Skip, closed, else the first that holds, told by the fitting letters of the set."""
    if not desk.program.is_open:
        return desk.program.state
    found = fitting(desk, chosen)
    if desk.is_met([one for one in found if desk.is_assigned(one)]):
        return "complete"
    if desk.is_met([one for one in found if one.rotation.history.is_secured]):
        return "ready"
    return "on course" if desk.is_met([one for one in found if desk.is_there(one)]) else "short"


def is_late(desk: Desk, chosen: list[Letter]) -> bool:
    """Open, not met by the letters on time, but by all."""
    found = fitting(desk, chosen)
    in_time = [one for one in found if desk.is_on_time(one)]
    return desk.program.is_open and not desk.is_met(in_time) and desk.is_met(found)


# --- what is missing ----------------------------------------------------------------------------------------


def gap(requirement: str, needed: int, have: int, *, must: bool) -> Json:
    """Write one missing requirement."""
    return {"requirement": requirement, "needed": needed, "have": have, "must": must}


def find_count_gaps(desk: Desk, asked: Json, there: list[Letter], *, must: bool) -> list[Json]:
    """List the counts that are not reached; of a combined target the part with the least."""
    found = []
    for key in MISSING_KEYS:
        counts = [
            (len([one for one in there if desk.grants(one, wish)]), wish.number) for wish in desk.wishes(asked, (key,))
        ]
        if counts and min(counts)[0] < counts[0][1]:
            found.append(gap(key, counts[0][1], min(counts)[0], must=must))
    return found


def find_letter_gaps(desk: Desk, there: list[Letter]) -> list[Json]:
    """Where letters are too few: that, or in its place each `all` or `months` that keeps some out."""
    needed = desk.needed_letters
    if len(there) >= needed:
        return []
    serving = [one for one in desk.decided.letters if desk.may_serve(one) and desk.is_there(one)]
    found = []
    for key in ("us", "hands_on", "months"):
        passing = [one for one in serving if desk.passes_one(one, desk.program.requires, key)]
        if len(passing) < len(serving):
            found.append(gap(key, needed, len(passing), must=True))
    return found or [gap("letters", needed, len(there), must=True)]


def find_preference_gaps(desk: Desk, there: list[Letter]) -> list[Json]:
    """List the same of what is preferred; its `all` and `months` are counted in the set."""
    prefers = desk.program.prefers
    needed = prefers.get("letters", desk.needed_letters)
    found = [] if len(there) >= prefers.get("letters", 0) else [gap("letters", needed, len(there), must=False)]
    for key in ("us", "hands_on", "months"):
        passing = [one for one in there if desk.passes_one(one, prefers, key)]
        if len(passing) < len(there):
            found.append(gap(key, len(there), len(passing), must=False))
    return found


def in_order(gaps: list[Json]) -> list[Json]:
    """Put gaps into the order of the document."""
    order = ("letters", *MISSING_KEYS, "months")
    return sorted(gaps, key=lambda one: order.index(one["requirement"]))


def find_missing(desk: Desk, chosen: list[Letter]) -> list[Json]:
    """List what is required and not there, and behind it what is preferred."""
    if not desk.program.is_open:
        return []
    there = [one for one in fitting(desk, chosen) if desk.is_there(one)]
    required = find_letter_gaps(desk, there) + find_count_gaps(desk, desk.program.requires, there, must=True)
    preferred = find_preference_gaps(desk, there) + find_count_gaps(desk, desk.program.prefers, there, must=False)
    return in_order(required) + in_order(preferred)


# --- the answer ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A program with its set, and what is shown of it."""

    desk: Desk
    chosen: list[Letter]
    shown: Json


def name_letters(desk: Desk, letters: list[Letter]) -> list[str]:
    """Name letters in rank order, those without a rank last, in the order of the file."""
    unranked = [one for one in desk.decided.letters if one not in desk.decided.ranked]
    return [str(one.rotation.row["id"]) for one in [*desk.decided.ranked, *unranked] if one in letters]


def answer(desk: Desk) -> Answer:
    """Work out one program."""
    program, chosen = desk.program, choose_set(desk)
    to_assign = [one for one in chosen if one.rotation.history.is_secured and not desk.is_assigned(one)]
    shown = {
        "id": program.id,
        "name": program.row["name"],
        "track": program.row.get("track"),
        "specialty": program.row["specialty"],
        "target": None if program.target is None else desk.setting.targets[program.target][0],
        "deadline": program.deadline.isoformat(),
        "needed_by": needed_before(program.deadline, desk.setting.policy["processing_days"]).isoformat(),
        "max": program.number,
        "state": find_state(desk, chosen),
        "late": is_late(desk, chosen),
        "applied": None if program.applied is None else program.applied.isoformat(),
        "read": program.row["read"].isoformat() if "read" in program.row else None,
        "letters": name_letters(desk, chosen),
        "assigned": name_letters(desk, find_assigned(desk)),
        "to_assign": name_letters(desk, to_assign) if program.is_open else [],
        "missing": find_missing(desk, chosen),
        "also": program.row.get("also") or [],
    }
    return Answer(desk=desk, chosen=chosen, shown=shown)


def work_out_answers(plan: Json, as_of: date) -> list[Answer]:
    """Work out all programs of a valid plan file, sorted by state, deadline and id."""
    letters, setting = read_plan(plan, as_of)
    decided = decide_all(letters, setting)
    programs = read_programs(programs_of(plan), [one.rotation for one in letters], setting)
    found = [answer(Desk(program=program, decided=decided, setting=setting)) for program in programs]
    return sorted(found, key=lambda one: (STATES.index(one.shown["state"]), one.shown["deadline"], one.shown["id"]))


def work_out_programs(plan: Json, as_of: date) -> list[Json]:
    """Give what the document says of each program."""
    return [one.shown for one in work_out_answers(plan, as_of)]
