"""Interviews with known answers."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from lorplan.edit.interview import interview

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lorplan.edit.interview import Question
    from runner import Json

    Path = tuple[str | int, ...]

_OPTIONAL: Final = (
    *("hospital", "experience", "us", "days", "letterhead"),
    *("residency_affiliated", "img_friendly", "performance", "contact"),
)
"""What is asked about a rotation after its length, in order."""

TODAY: Final = date(2027, 3, 1)
"""The day of the interviews: all rotations have begun."""

FULL: Final[Json] = {
    "applicant": {
        "name": "Amina Rahman",
        "email": "amina@example.org",
        "season": "2028",
        "targets": ["internal medicine", "FM"],
    },
    "rotations": [
        {
            "attending": {"name": "Dr. Wei Chen", "email": "wei@example.org", "role": "chair"},
            "specialty": "internal medicine",
            "start": "2027-01-04",
            "end": "2027-01-29",
            "hospital": "Mercy General",
            "experience": "observership",
            "us": "no",
            "days": ["mon", "Wednesday"],
            "letterhead": "yes",
            "residency_affiliated": "yes",
            "img_friendly": "no",
            "performance": "excellent",
            "contact": "daily",
        },
        {"attending": {"name": "Lee"}, "specialty": "neurology", "start": "2027-02-01", "weeks": "4"},
    ],
}
"""Everything is answered for one rotation, and only what is required for another."""

FULL_TEXT: Final = """\
applicant:
  name: Amina Rahman
  email: amina@example.org
  season: 2028
  targets:
    - internal medicine
    - FM
rotations:
  - attending:
      name: Dr. Wei Chen
      email: wei@example.org
      role: chair
    specialty: internal medicine
    start: 2027-01-04
    end: 2027-01-29
    hospital: Mercy General
    experience: observership
    us: no
    days:
      - mon
      - Wednesday
    letterhead: yes
    residency_affiliated: yes
    img_friendly: no
    performance: excellent
    contact: daily
  - attending:
      name: Lee
    specialty: neurology
    start: 2027-02-01
    weeks: 4
"""
"""The file with these answers, after its comment."""

EMPTY: Final[Json] = {"rotations": []}
"""Nothing is answered."""

FIRST: Final[Path] = ("rotations", 0)
"""The path of the first rotation."""


def replies(data: Json) -> list[tuple[Path, str]]:
    """List the answers that give some data, in order, each with the path to which it belongs."""
    applicant = data.get("applicant", {})
    found: list[tuple[Path, str]] = [
        (("applicant", key), applicant.get(key, "")) for key in ("name", "email", "season")
    ]
    for number, target in enumerate([*applicant.get("targets", []), ""]):
        found.append((("applicant", "targets", number), target))
    for number, rotation in enumerate(data["rotations"]):
        path = ("rotations", number)
        found += [((*path, "attending", key), rotation["attending"].get(key, "")) for key in ("name", "email", "role")]
        found += [((*path, key), rotation[key]) for key in ("specialty", "start")]
        length = "end" if "end" in rotation else "weeks"
        found.append(((*path, length), rotation[length]))
        optional = {**rotation, "days": ", ".join(rotation.get("days", []))}
        found += [((*path, key), optional.get(key, "")) for key in _OPTIONAL]
    return [*found, (("rotations", len(data["rotations"]), "attending", "name"), ""), (("write",), "")]


def answers(data: Json) -> list[str]:
    """List the answers that give some data, in order."""
    return [answer for _, answer in replies(data)]


def hold_interview(given: Iterable[str]) -> tuple[Json, list[Question]]:
    """Hold an interview that needs exactly the given answers: its data, and what was asked."""
    left = list(given)
    asked: list[Question] = []

    def ask(question: Question) -> str:
        asked.append(question)
        assert left, f"no answer is left for {question}"
        return left.pop(0)

    data = interview(ask, TODAY)
    assert left == [], "all answers are used"
    assert data is not None
    return data, asked


def long_ago(data: Json) -> Json:
    """Give the same data six years earlier, where the same days of January and February are the same weekdays."""
    earlier: Json = json.loads(json.dumps(data).replace("2027-", "2021-"))
    return earlier


def put(data: Json, path: Path, value: str) -> Json:
    """Copy data with another value at a path; an end replaces the weeks, and weeks replace the end."""
    changed = deepcopy(data)
    owner: Any = changed
    for part in path[:-1]:
        owner = owner[part]
    if path[-1] in {"end", "weeks"}:
        owner.pop("end", None)
        owner.pop("weeks", None)
    owner[path[-1]] = value
    return changed
