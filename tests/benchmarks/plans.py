"""Plan files of any size, always the same for the same size, and as varied as those of a school."""

from __future__ import annotations

from datetime import date, timedelta

HEAD = """\
applicant:
  name: Amina Rahman
  season: 2028
  targets: [internal medicine, family medicine]
rotations:
"""

SURNAMES = ("Chen", "Patel", "Okafor", "García", "Novak", "Haddad", "Kim", "Larsen", "Silva", "Owusu", "Rossi")
SPECIALTIES = ("internal medicine", "family medicine", "pediatrics", "cardiology", "general surgery")
PERFORMANCES = ("excellent", "good", "fair")
FIRST_START = date(2026, 10, 5)
"""A Monday; with the 40 starts after it the rotations are on both sides of the day of the benchmark."""

AS_OF = date(2027, 3, 15)


def write_plan_file(count: int, programs: int = 0) -> str:
    """Write a plan file with a number of rotations, and of programs."""
    rotations = HEAD + "".join(_write_rotation(number) for number in range(count))
    return rotations + ("programs:\n" if programs else "") + "".join(map(_write_program, range(programs)))


def _write_rotation(number: int) -> str:
    start = FIRST_START + timedelta(weeks=number % 40)
    lines = [
        f"- attending: Dr. {SURNAMES[number % len(SURNAMES)]} {number}",
        f"specialty: {SPECIALTIES[number % len(SPECIALTIES)]}",
        f"hospital: Hospital {number % 97}",
        f"start: {start}",
        f"end: {start + timedelta(25)}",
        f"residency_affiliated: {'yes' if number % 3 else 'no'}",
        *_write_events(number, start),
    ]
    return "  " + "\n    ".join(lines) + "\n"


REQUIREMENTS = ("{letters: 3}", "{us: all}", "{letters: 3, in_specialty: 2}", "{chair: 1}", "{months: 12}", "{}")
"""What the pages of programs ask for, in turn."""


def _write_program(number: int) -> str:
    lines = [
        f"- name: Program {number}",
        f"specialty: {SPECIALTIES[number % 2]}",
        f"requires: {REQUIREMENTS[number % len(REQUIREMENTS)]}",
    ]
    if number % 3 == 0:
        lines.append(f"deadline: {date(2027, 9, 25) + timedelta(number % 90)}")
    return "  " + "\n    ".join(lines) + "\n"


def _write_events(number: int, start: date) -> list[str]:
    """Write what a user adds during a rotation: the performance, an offer, the events of the letter."""
    known = []
    if number % 2:
        known.append(f"performance: {PERFORMANCES[number // 2 % 3]}")
    if number % 5 == 0 and start < AS_OF:
        known.append(f"offered: {start + timedelta(18)}")
    if number % 4 == 0 and start + timedelta(30) < AS_OF:
        known.append(f"letter: {{asked: {start + timedelta(23)}, agreed: {start + timedelta(24)}}}")
    return known
