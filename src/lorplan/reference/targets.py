"""What one applies to: the specialties that its letters come from, how many, and the service that takes them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, NamedTuple

from lorplan.reference import policy_numbers as numbers
from lorplan.reference import sources
from lorplan.reference.specialties import COMBINED, PRELIMINARY, TRANSITIONAL, canonical

Service = Literal["ERAS", "ResidencyCAS", "SF Match"]
"""What a program takes applications through."""


class Part(NamedTuple):
    """A specialty, by its canonical name, and how many letters a target needs from it."""

    specialty: str
    needed: int


class _Custom(NamedTuple):
    """How many letters a specialty wants from its own field, what else it wants, and the source."""

    in_specialty: int
    source: sources.Source
    note: str | None = None


_CUSTOMS = {
    "internal medicine": _Custom(
        2, sources.BU_INTERNAL_MEDICINE, "Many programs also expect one letter from a department of medicine."
    ),
    "family medicine": _Custom(1, sources.UW_FAMILY_MEDICINE),
    "pediatrics": _Custom(
        1, sources.AAP_PEDIATRICS, "Some programs want a department letter, others do not: check each program's page."
    ),
    "psychiatry": _Custom(1, sources.UIC_PSYCHIATRY),
    "neurology": _Custom(1, sources.UIC_NEUROLOGY, "A letter from a department chair is encouraged."),
    "pathology": _Custom(1, sources.PATHOLOGY_FORUM),
    "anesthesiology": _Custom(
        1, sources.UIC_ANESTHESIOLOGY, "A letter from a department chair helps, where you can get one."
    ),
    "diagnostic radiology": _Custom(1, sources.SIR_RADIOLOGY),
    "general surgery": _Custom(
        2, sources.INDIANA_SURGERY, "A chair's letter is usual, though programs do not agree on it."
    ),
    "emergency medicine": _Custom(
        2,
        sources.CORD_SLOE,
        "The letters are standardized ones (SLOE); a paper of 2020 advises international graduates to have two; "
        "you apply through ResidencyCAS.",
    ),
    "obstetrics and gynecology": _Custom(
        2,
        sources.ACOG_TRANSITION,
        "Programs want a standardized letter (SLOE) where you can get one; you apply through ResidencyCAS.",
    ),
    "orthopedic surgery": _Custom(
        2,
        sources.AOA_ESLOR,
        "The standardized electronic letter (eSLOR) needs no other letter with it.",
    ),
    "ophthalmology": _Custom(1, sources.JUDGEMENT, "You apply through SF Match, which takes three letters at most."),
}

_ANY_OTHER = _Custom(1, sources.JUDGEMENT)

_SERVICES: Final[dict[str, Service]] = {
    "obstetrics and gynecology": "ResidencyCAS",
    "emergency medicine": "ResidencyCAS",
    "ophthalmology": "SF Match",
}
"""Everything else is applied for through ERAS (`sources.LIAISON_RESIDENCYCAS`, `sources.BU_SF_MATCH`)."""

_STANDARDIZED: Final = frozenset({"emergency medicine", "obstetrics and gynecology"})
"""Specialties that want standardized letters (`sources.CORD_SLOE`, `sources.ACOG_TRANSITION`)."""


@lru_cache(maxsize=4096)
def parts_of(target: str, in_specialty: int | None) -> tuple[Part, ...]:
    """List the parts of a target; `in_specialty` is the number of letters that the user wants from each.

    A combined program has a part for each specialty that it joins, a transitional year none.
    """
    name = canonical(target)
    if name == TRANSITIONAL:
        return ()
    specialties = COMBINED.get(name) or (PRELIMINARY.get(name, name),)
    needed = _usually_needed(name) if in_specialty is None else in_specialty
    return tuple(Part(specialty, needed) for specialty in specialties)


def _usually_needed(name: str) -> int:
    """Return how many letters a target needs from each of its specialties, where the user names no number."""
    if name in PRELIMINARY:
        return 0
    return 1 if name in COMBINED else _CUSTOMS.get(name, _ANY_OTHER).in_specialty


def source_of(target: str) -> sources.Source:
    """Return the source of how many letters the target wants; our judgement if nothing is known."""
    name = canonical(target)
    if name in PRELIMINARY or name == TRANSITIONAL:
        return sources.MARYLAND_MANUAL
    return _CUSTOMS.get(name, _ANY_OTHER).source


def special_note(target: str) -> str | None:
    """Say in a sentence what else the target wants of its letters; None if nothing is known."""
    return _CUSTOMS.get(canonical(target), _ANY_OTHER).note


def service_of(target: str) -> Service:
    """Return the service through which a target is applied for."""
    return _SERVICES.get(canonical(target), "ERAS")


def most_letters(target: str, max_per_program: int) -> int:
    """Return how many letters a program of the target takes (MIX-4)."""
    return min(max_per_program, numbers.SF_MATCH_LETTERS.value) if service_of(target) == "SF Match" else max_per_program


def prefers_standardized(specialty: str) -> bool:
    """Whether standardized letters are picked first for a part of this specialty."""
    return canonical(specialty) in _STANDARDIZED


def wants_standardized(target: str) -> bool:
    """Whether a target wants at least one standardized letter; a combined one if it joins emergency medicine."""
    name = canonical(target)
    return not _STANDARDIZED.isdisjoint({name, *COMBINED.get(name, ())})
