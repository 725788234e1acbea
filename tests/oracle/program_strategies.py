"""Programs that hypothesis draws for a drawn plan: always valid, with a dense mix of wishes and days.

Each program is decoded from bytes, as in `strategies.py`. A letter is assigned only where the file says that it was
uploaded, imported or assigned; `max` is never below a required number.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from oracle.facts import specialty_key
from oracle.strategies import FACES, Dice, quick_plans_and_days

if TYPE_CHECKING:
    from runner import Json

SPECIALTIES: Final = ("IM", "internal medicine", "IM", "fm", "med-peds", "Peds", "prelim medicine", "TY", "psych", "EM")
COUNTS: Final = ("in_specialty", "us", "chair", "standardized", "hands_on")


def decode_wishes(dice: Dice, *, with_specialty: bool) -> Json:
    """Decode `requires` or `prefers`; numbers, and `all` or true where that can be written."""
    written: Json = {
        "letters": dice.one_of(None, None, 3, 2, 1, 4, 5),
        "in_specialty": dice.one_of(None, None, 1, 2, 3, 0),
        "us": dice.one_of(None, None, 1, 2, 3, "all", True),
        "chair": dice.one_of(None, None, None, 1),
        "standardized": dice.one_of(None, None, None, 1, 2),
        "hands_on": dice.one_of(None, None, None, 1, 2, "all", True),
        "months": dice.one_of(None, None, None, 6, 12, 18, 1),
    }
    if not with_specialty:
        written["in_specialty"] = None
    return {key: value for key, value in written.items() if value is not None}


def can_be_assigned(row: Json) -> bool:
    """Whether the file has an upload of the letter, in whatever season."""
    events = row.get("letter") or {}
    return any(events.get(name) is not None for name in ("uploaded", "imported", "assigned"))


def decode_program(faces: bytes, number: int, letters: list[str], year: int, as_of: date) -> Json:
    """Decode one program; its name says its number, so that no two are the same."""
    dice = Dice(faces)
    specialty = dice.one_of(*SPECIALTIES)
    with_specialty = specialty_key(specialty) != "transitional year"
    requires = decode_wishes(dice, with_specialty=with_specialty)
    numbers = [value for value in requires.values() if isinstance(value, int) and value is not True]
    least = max([1, *(value for key, value in requires.items() if key != "months" and value in numbers)])
    review, opens = date(year - 1, 9, 22), date(year - 1, 6, 1)
    assigned = [letter for letter in letters if dice.one_of(True, False, False)]
    row = {
        "name": f"Lakeside {number}",
        "specialty": specialty,
        "track": dice.one_of(None, None, "categorical", "primary care"),
        "requires": dice.one_of(requires, requires, requires, None),
        "prefers": dice.one_of(None, decode_wishes(dice, with_specialty=with_specialty)),
        "max": dice.one_of(None, None, least, min(10, least + 1)),
        "deadline": dice.one_of(
            None, None, as_of + dice.days(-8, 40), review + dice.days(-30, 30), date(year - 1, 12, 1), as_of
        ),
        "applied": dice.one_of(
            *[None] * 4, as_of + dice.days(-20, 5), opens + dice.days(-60, 20), date(year - 1, 9, 8)
        ),
        "assigned": dice.one_of(assigned, []),
        "choice": dice.one_of(*[None] * 9, "skip"),
        "read": dice.one_of(None, opens + dice.days(-40, 40)),
        "also": dice.one_of(None, ["a letter from the present supervisor"]),
    }
    return {key: value for key, value in row.items() if value is not None}


def upload_more(dice: Dice, row: Json) -> Json:
    """Have some of the letters uploaded soon after the rotation: programs are about letters that exist."""
    day = (row["last_day"] or row["end"]) + dice.days(1, 60)
    return {**row, "letter": {"uploaded": day}, "choice": None} if dice.one_of(False, True, True) else row


def with_programs(drawn: tuple[Json, date], faces: list[bytes]) -> tuple[Json, date]:
    """Add programs to a drawn plan."""
    plan, as_of = drawn
    if len(faces) % 2:
        dice = Dice(faces[0][::-1])
        plan = {**plan, "rotations": [upload_more(dice, row) for row in plan["rotations"]]}
    letters = [row["id"] for row in plan["rotations"] if can_be_assigned(row)]
    year = plan["applicant"].get("season") or as_of.year + 1
    programs = [decode_program(each, number, letters, year, as_of) for number, each in enumerate(faces)]
    return {**plan, "programs": programs}, as_of


def plans_with_programs(*, least: int = 1) -> st.SearchStrategy[tuple[Json, date]]:
    """Draw a plan with programs, whose rotations all have ids, and an as-of day."""
    return st.builds(with_programs, quick_plans_and_days(least=1), st.lists(FACES, min_size=least, max_size=8))


def share_names(drawn: tuple[Json, date]) -> tuple[Json, date]:
    """Give the first program of each specialty and track the same name, so that derived ids are taken."""
    plan, as_of = drawn
    seen: set[tuple[str, str | None]] = set()
    programs = []
    for row in plan["programs"]:
        key = specialty_key(row["specialty"]), row.get("track")
        programs.append(row if key in seen else {**row, "name": "Mercy"})
        seen.add(key)
    return {**plan, "programs": programs}, as_of
