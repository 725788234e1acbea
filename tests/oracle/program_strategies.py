"""Programs for drawn plans: what their pages ask for, and what became of them, around the days of the plan."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from oracle.facts import specialty_key
from oracle.strategies import quick_plans_and_days

if TYPE_CHECKING:
    from runner import Json

SPECIALTIES: Final = (
    *("internal medicine", "IM", "family medicine", "neurology", "pediatrics", "general surgery", "psychiatry"),
    *("medicine-pediatrics", "preliminary medicine", "transitional year", "emergency medicine"),
)


def choose_wishes(random: Random, specialty: str, most: int) -> Json:
    """Choose what a page asks for, in at most so many letters."""
    keys = ["letters", "us", "chair", "standardized", "hands_on"]
    found: Json = {key: random.randint(0, most) for key in keys if random.random() < 0.25}
    if specialty_key(specialty) != "transitional year" and random.random() < 0.3:
        found["in_specialty"] = random.randint(0, most)
    found |= {key: "all" for key in ("us", "hands_on") if random.random() < 0.15}
    return found | ({"months": random.choice([1, 2, 4, 8, 12, 24])} if random.random() < 0.2 else {})


def choose_program(random: Random, number: int, plan: Json, as_of: date) -> Json:
    """Choose one program."""
    named = [one if isinstance(one, str) else one["specialty"] for one in plan["applicant"].get("targets") or []]
    specialty = random.choice([*named, *named, *named, *SPECIALTIES])
    most = random.choice([None, None, 1, 2, 3, 4, 6])
    row: Json = {
        "name": f"P{number}",
        "specialty": specialty,
        "requires": choose_wishes(random, specialty, min(4, most or 4)),
        "prefers": choose_wishes(random, specialty, 4),
        "max": most,
        "deadline": as_of + timedelta(random.randint(-30, 150)) if random.random() < 0.4 else None,
        "applied": as_of + timedelta(random.randint(-90, 10)) if random.random() < 0.25 else None,
        "read": as_of + timedelta(random.randint(-200, 0)) if random.random() < 0.4 else None,
        "choice": "skip" if random.random() < 0.1 else None,
        "assigned": [one for one in assignable(plan) if random.random() < 0.3],
    }
    return {key: value for key, value in row.items() if value not in (None, [], {})}


def assignable(plan: Json) -> list[str]:
    """List the ids of the letters that the file says are in a portal, whatever the day."""
    letters = ((row["id"], row.get("letter") or {}) for row in plan["rotations"])
    return [one for one, letter in letters if any(letter.get(key) for key in ("uploaded", "imported", "assigned"))]


def add_programs(drawn: tuple[Json, date], seed: int) -> tuple[Json, date]:
    """Add up to five programs to a plan whose rotations have ids."""
    plan, as_of = drawn
    random = Random(seed)  # noqa: S311 - for choices, not for secrets
    programs = [choose_program(random, number, plan, as_of) for number in range(random.randint(1, 5))]
    return {**plan, "programs": programs}, as_of


def plans_with_programs() -> st.SearchStrategy[tuple[Any, date]]:
    """Draw a plan with programs and an as-of day."""
    return st.builds(add_programs, quick_plans_and_days(least=1), st.integers(0, 2**32))
