"""Specialties: names and aliases, which counts for which, and how many letters each wants from its own field.

The subspecialties follow the boards' certificates (`sources.ABMS_BOARDS`); several boards may share one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from lorplan.reference import sources

SUBSPECIALTIES: dict[str, tuple[str, ...]] = {
    "internal medicine": (
        "cardiovascular disease",
        "interventional cardiology",
        "clinical cardiac electrophysiology",
        "advanced heart failure and transplant cardiology",
        "adult congenital heart disease",
        "pulmonary disease",
        "pulmonary disease and critical care medicine",
        "critical care medicine",
        "endocrinology",
        "gastroenterology",
        "transplant hepatology",
        "hematology",
        "medical oncology",
        "hematology and oncology",
        "infectious disease",
        "nephrology",
        "rheumatology",
        "geriatric medicine",
        "hospital medicine",
        "adolescent medicine",
        "sleep medicine",
        "sports medicine",
        "hospice and palliative medicine",
        "addiction medicine",
        "allergy and immunology",
    ),
    "family medicine": (
        "geriatric medicine",
        "adolescent medicine",
        "sleep medicine",
        "sports medicine",
        "hospice and palliative medicine",
        "pain medicine",
        "hospital medicine",
        "addiction medicine",
    ),
    "pediatrics": (
        "neonatal-perinatal medicine",
        "developmental-behavioral pediatrics",
        "adolescent medicine",
        "child abuse pediatrics",
        "sleep medicine",
        "sports medicine",
        "hospice and palliative medicine",
        "pediatric cardiology",
        "pediatric critical care medicine",
        "pediatric emergency medicine",
        "pediatric endocrinology",
        "pediatric gastroenterology",
        "pediatric hematology and oncology",
        "pediatric hospital medicine",
        "pediatric infectious disease",
        "pediatric nephrology",
        "pediatric pulmonology",
        "pediatric rheumatology",
        "allergy and immunology",
    ),
    "psychiatry": (
        "addiction psychiatry",
        "addiction medicine",
        "child and adolescent psychiatry",
        "consultation-liaison psychiatry",
        "forensic psychiatry",
        "geriatric psychiatry",
        "sleep medicine",
        "hospice and palliative medicine",
        "pain medicine",
    ),
    "neurology": (
        "vascular neurology",
        "epilepsy",
        "clinical neurophysiology",
        "neuromuscular medicine",
        "neurocritical care",
        "child neurology",
        "sleep medicine",
        "pain medicine",
        "brain injury medicine",
        "hospice and palliative medicine",
    ),
    "general surgery": (
        "surgical critical care",
        "trauma surgery",
        "vascular surgery",
        "complex general surgical oncology",
        "pediatric surgery",
        "colon and rectal surgery",
        "hospice and palliative medicine",
    ),
    "anesthesiology": (
        "critical care medicine",
        "pain medicine",
        "pediatric anesthesiology",
        "adult cardiac anesthesiology",
        "hospice and palliative medicine",
        "sleep medicine",
    ),
    "emergency medicine": (
        "critical care medicine",
        "medical toxicology",
        "pediatric emergency medicine",
        "sports medicine",
        "emergency medical services",
        "hospice and palliative medicine",
        "pain medicine",
        "addiction medicine",
    ),
    "obstetrics and gynecology": (
        "gynecologic oncology",
        "maternal-fetal medicine",
        "reproductive endocrinology and infertility",
        "urogynecology",
        "complex family planning",
    ),
    "diagnostic radiology": (
        "interventional radiology",
        "neuroradiology",
        "pediatric radiology",
        "nuclear radiology",
    ),
    "pathology": (
        "surgical pathology",
        "hematopathology",
        "cytopathology",
        "forensic pathology",
        "dermatopathology",
        "neuropathology",
        "clinical pathology",
        "anatomic pathology",
    ),
    "dermatology": ("dermatopathology", "pediatric dermatology", "micrographic dermatologic surgery"),
    "physical medicine and rehabilitation": (
        "pain medicine",
        "sports medicine",
        "brain injury medicine",
        "spinal cord injury medicine",
        "pediatric rehabilitation medicine",
    ),
    "orthopedic surgery": (
        "hand surgery",
        "orthopedic sports medicine",
        "spine surgery",
        "adult reconstruction",
        "orthopedic trauma",
    ),
}

INDEPENDENT = (
    "ophthalmology",
    "otolaryngology",
    "urology",
    "neurological surgery",
    "plastic surgery",
    "thoracic surgery",
    "radiation oncology",
    "nuclear medicine",
    "preventive medicine",
    "medical genetics",
)

ALIASES = {
    "im": "internal medicine",
    "general internal medicine": "internal medicine",
    "cardiology": "cardiovascular disease",
    "cardio": "cardiovascular disease",
    "cardiovascular medicine": "cardiovascular disease",
    "electrophysiology": "clinical cardiac electrophysiology",
    "heart failure": "advanced heart failure and transplant cardiology",
    "pulmonology": "pulmonary disease",
    "pulmonary": "pulmonary disease",
    "pulmonary medicine": "pulmonary disease",
    "pulmonary and critical care": "pulmonary disease and critical care medicine",
    "pulmonary and critical care medicine": "pulmonary disease and critical care medicine",
    "critical care": "critical care medicine",
    "intensive care": "critical care medicine",
    "intensive care medicine": "critical care medicine",
    "endocrinology, diabetes and metabolism": "endocrinology",
    "gi": "gastroenterology",
    "hepatology": "transplant hepatology",
    "oncology": "medical oncology",
    "id": "infectious disease",
    "geriatrics": "geriatric medicine",
    "palliative care": "hospice and palliative medicine",
    "palliative medicine": "hospice and palliative medicine",
    "pain management": "pain medicine",
    "allergy": "allergy and immunology",
    "fm": "family medicine",
    "family practice": "family medicine",
    "general pediatrics": "pediatrics",
    "neonatology": "neonatal-perinatal medicine",
    "pediatric critical care": "pediatric critical care medicine",
    "pediatric hematology": "pediatric hematology and oncology",
    "pediatric oncology": "pediatric hematology and oncology",
    "child psychiatry": "child and adolescent psychiatry",
    "neuro": "neurology",
    "stroke": "vascular neurology",
    "pediatric neurology": "child neurology",
    "surgery": "general surgery",
    "surgical oncology": "complex general surgical oncology",
    "colorectal surgery": "colon and rectal surgery",
    "em": "emergency medicine",
    "toxicology": "medical toxicology",
    "ems": "emergency medical services",
    "ob-gyn": "obstetrics and gynecology",
    "obgyn": "obstetrics and gynecology",
    "o&g": "obstetrics and gynecology",
    "obs and gynae": "obstetrics and gynecology",
    "obstetrics": "obstetrics and gynecology",
    "gynecology": "obstetrics and gynecology",
    "radiology": "diagnostic radiology",
    "pm&r": "physical medicine and rehabilitation",
    "pmr": "physical medicine and rehabilitation",
    "physiatry": "physical medicine and rehabilitation",
    "orthopedics": "orthopedic surgery",
    "ent": "otolaryngology",
    "otorhinolaryngology": "otolaryngology",
    "neurosurgery": "neurological surgery",
    "cardiothoracic surgery": "thoracic surgery",
    "medical genetics and genomics": "medical genetics",
}
"""Everyday names. Names that only spell single words differently need no line here."""

_BRITISH_STEMS = {
    "paed": "ped",
    "anaesth": "anesth",
    "gynae": "gyne",
    "haem": "hem",
    "foet": "fet",
    "behaviour": "behavior",
}

_SAME_WORDS = {
    "pediatrics": "pediatric",
    "peds": "pediatric",
    "orthopedics": "orthopedic",
    "ortho": "orthopedic",
    "anesthesia": "anesthesiology",
    "anesthetics": "anesthesiology",
    "psych": "psychiatry",
    "path": "pathology",
    "derm": "dermatology",
    "hem": "hematology",
    "heme": "hematology",
    "onc": "oncology",
    "diseases": "disease",
}
"""Words that mean the same in any name."""


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
        "The letters are standardized ones (SLOE), and international graduates need at least two of them; "
        "you apply through ResidencyCAS.",
    ),
    "obstetrics and gynecology": _Custom(
        3,
        sources.ACOG_TRANSITION,
        "One of the letters is a standardized one (SLOE), two more come from the field and one from outside; "
        "you apply through ResidencyCAS.",
    ),
    "orthopedic surgery": _Custom(
        2,
        sources.AOA_ESLOR,
        "The standardized electronic letter (eSLOR) needs no other letter with it.",
    ),
    "ophthalmology": _Custom(1, sources.JUDGEMENT, "You apply through SF Match, which takes three letters at most."),
}

_ANY_OTHER = _Custom(1, sources.JUDGEMENT)

_CLOSE_ENOUGH = 0.75
"""The similarity at which "oncologist" is close to "oncology", and "podiatry" to nothing."""

_LONGEST_COMPARED = 60
"""Longer than any real name; the time to compare grows with the square of the length."""

_SHORTEST_COMPARED = 5
"""Shorter aliases are close to every short word."""


def _folded(name: str) -> str:
    """Remove case, fold spaces, and turn British spellings into American ones."""
    text = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    for british, american in _BRITISH_STEMS.items():
        text = text.replace(british, american)
    return text


def _key(folded: str) -> str:
    """Reduce a folded name to what its spellings share: its words without "and" or a sign for it."""
    words = re.split(r"[\s&/,+-]+", folded.replace(".", ""))
    return " ".join(_SAME_WORDS.get(word, word) for word in words if word not in {"", "and"})


@cache
def _known_names() -> frozenset[str]:
    """Collect the canonical names of all known specialties."""
    subspecialties = (name for names in SUBSPECIALTIES.values() for name in names)
    return frozenset((*SUBSPECIALTIES, *subspecialties, *INDEPENDENT))


@cache
def _names_by_key() -> dict[str, str]:
    """Map the key of every name and alias to the canonical name."""
    names = {_key(name): name for name in _known_names()}
    return names | {_key(_folded(alias)): name for alias, name in ALIASES.items()}


@lru_cache(maxsize=4096)
def canonical(name: str) -> str:
    """Return the canonical name of a specialty, however it is written; an unknown name is folded."""
    folded = _folded(name)
    return folded if folded in _known_names() else _names_by_key().get(_key(folded), folded)


def is_known(name: str) -> bool:
    """Whether a specialty is known by this name."""
    return canonical(name) in _known_names()


@lru_cache(maxsize=4096)
def counted_for(specialty: str) -> frozenset[str]:
    """Collect the canonical names of what a letter from `specialty` counts for: itself and its core specialties."""
    own = canonical(specialty)
    return frozenset({own, *(core for core, names in SUBSPECIALTIES.items() if own in names)})


def basis_of_counting(specialty: str, target: str) -> Literal["guidance", "judgement"]:
    """Return the basis on which `specialty` counts for `target`.

    That subspecialists count is documented for internal medicine only (`sources.BU_INTERNAL_MEDICINE`); elsewhere it
    is our judgement.
    """
    wanted = canonical(target)
    if wanted == "internal medicine" or wanted == canonical(specialty):
        return "guidance"
    return "judgement"


def _custom(target: str) -> _Custom:
    return _CUSTOMS.get(canonical(target), _ANY_OTHER)


def letters_needed(target: str) -> int:
    """Return how many letters should come from the target's own specialty; 1 if nothing is known."""
    return _custom(target).in_specialty


def source_of(target: str) -> sources.Source:
    """Return the source of how many letters the target wants; our judgement if nothing is known."""
    return _custom(target).source


def special_note(target: str) -> str | None:
    """Say in a sentence what else the target wants of its letters; None if nothing is known."""
    return _custom(target).note


@lru_cache(maxsize=1024)
def nearest(name: str) -> str | None:
    """Find the known name or alias that is closest to an unknown one; None if none is close."""
    import difflib  # needed for a misspelled name only

    folded = _folded(name)
    if len(folded) > _LONGEST_COMPARED:
        return None
    aliases = (alias for alias in ALIASES if len(alias) >= _SHORTEST_COMPARED)
    close = difflib.get_close_matches(folded, (*_known_names(), *aliases), n=1, cutoff=_CLOSE_ENOUGH)
    return close[0] if close else None
