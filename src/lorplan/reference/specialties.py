"""Specialties: names and aliases, and which counts for which.

The subspecialties follow the certificates of the boards (`sources.ABMS_BOARDS`); several boards may share one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final, Literal

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

COMBINED: Final = {
    "medicine-pediatrics": ("internal medicine", "pediatrics"),
    "medicine-psychiatry": ("internal medicine", "psychiatry"),
    "family medicine-psychiatry": ("family medicine", "psychiatry"),
    "emergency medicine-internal medicine": ("emergency medicine", "internal medicine"),
    "pediatrics-psychiatry-child psychiatry": ("pediatrics", "psychiatry"),
}
"""Combined programs with the specialties they join: a letter from one counts for each of these."""

PRELIMINARY: Final = {"preliminary medicine": "internal medicine", "preliminary surgery": "general surgery"}
"""Preliminary years with the specialty they are spent in."""

TRANSITIONAL: Final = "transitional year"

YEARS: Final = frozenset({*PRELIMINARY, TRANSITIONAL})
"""What one applies to for a single year: a target, but not the specialty of a rotation."""

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
    "med-peds": "medicine-pediatrics",
    "medpeds": "medicine-pediatrics",
    "internal medicine-pediatrics": "medicine-pediatrics",
    "im-peds": "medicine-pediatrics",
    "med-psych": "medicine-psychiatry",
    "internal medicine-psychiatry": "medicine-psychiatry",
    "im-psych": "medicine-psychiatry",
    "fm-psych": "family medicine-psychiatry",
    "em-im": "emergency medicine-internal medicine",
    "im-em": "emergency medicine-internal medicine",
    "internal medicine-emergency medicine": "emergency medicine-internal medicine",
    "triple board": "pediatrics-psychiatry-child psychiatry",
    "pediatrics-psychiatry-child and adolescent psychiatry": "pediatrics-psychiatry-child psychiatry",
    "prelim medicine": "preliminary medicine",
    "prelim im": "preliminary medicine",
    "preliminary internal medicine": "preliminary medicine",
    "preliminary im": "preliminary medicine",
    "prelim surgery": "preliminary surgery",
    "preliminary general surgery": "preliminary surgery",
    "ty": "transitional year",
    "transitional": "transitional year",
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
    return frozenset((*SUBSPECIALTIES, *subspecialties, *INDEPENDENT, *COMBINED, *YEARS))


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


def is_year(name: str) -> bool:
    """Whether a name is that of a preliminary or transitional year, which is a program and no specialty."""
    return canonical(name) in YEARS


@lru_cache(maxsize=4096)
def counted_for(specialty: str) -> frozenset[str]:
    """Collect the canonical names of what a letter from `specialty` counts for.

    Itself, the core specialties of a subspecialty, and the parents of a combined program.
    """
    own = canonical(specialty)
    cores = (core for core, names in SUBSPECIALTIES.items() if own in names)
    return frozenset({own, *cores, *COMBINED.get(own, ())})


def basis_of_counting(specialty: str, target: str) -> Literal["guidance", "judgement"]:
    """Return the basis on which `specialty` counts for `target`.

    That subspecialists count is documented for internal medicine only (`sources.BU_INTERNAL_MEDICINE`); elsewhere it
    is our judgement.
    """
    wanted = canonical(target)
    if wanted == "internal medicine" or wanted == canonical(specialty):
        return "guidance"
    return "judgement"


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
