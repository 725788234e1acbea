"""What the second implementation knows of specialties and names: the few that the strategies and cases have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oracle.days import present

if TYPE_CHECKING:
    from runner import Json

ALIASES = {
    "im": "internal medicine",
    "fm": "family medicine",
    "peds": "pediatrics",
    "psych": "psychiatry",
    "neuro": "neurology",
    "em": "emergency medicine",
    "ob-gyn": "obstetrics and gynecology",
    "surgery": "general surgery",
    "cardiology": "cardiovascular disease",
    "med-peds": "medicine-pediatrics",
    "ty": "transitional year",
    "prelim medicine": "preliminary medicine",
    "neonatology": "neonatal-perinatal medicine",
}
COMBINED = {"medicine-pediatrics": ("internal medicine", "pediatrics")}
PRELIMINARY = {"preliminary medicine": "internal medicine", "preliminary surgery": "general surgery"}
COUNTS_FOR = {
    "cardiovascular disease": {"internal medicine"},
    "nephrology": {"internal medicine"},
    "gastroenterology": {"internal medicine"},
    "trauma surgery": {"general surgery"},
    "sports medicine": {"family medicine", "internal medicine", "pediatrics", "emergency medicine"},
    "neonatal-perinatal medicine": {"pediatrics"},
    "gynecologic oncology": {"obstetrics and gynecology"},
    "pm&r": {"physical medicine and rehabilitation"},
    "geriatric medicine": {"internal medicine", "family medicine"},
    "sleep medicine": {"internal medicine", "family medicine", "pediatrics", "psychiatry", "neurology"},
    "pediatric cardiology": {"pediatrics"},
    "medicine-pediatrics": {"internal medicine", "pediatrics"},
}
IN_SPECIALTY = {
    "internal medicine": 2,
    "emergency medicine": 2,
    "obstetrics and gynecology": 2,
    "general surgery": 2,
    "orthopedic surgery": 2,
}
"""How many letters these want from their own field; any other wants one."""

STANDARDIZED_FIRST = {"emergency medicine", "obstetrics and gynecology"}

TITLES = {"dr", "doctor", "prof", "professor", "mr", "mrs", "ms", "miss"}
DEGREES = ("MD", "DO", "PhD", "MBBS", "MBChB", "MPH", "MSc", "FACP")


# --- specialties --------------------------------------------------------------------------------------------


def specialty_key(name: str) -> str:
    """Compare specialties without case, with spaces folded, under their usual names."""
    folded = " ".join(name.split()).casefold()
    return ALIASES.get(folded, folded)


def counts_for(specialty: str, part: str) -> bool:
    """Whether a specialty is that of the part, or belongs to it."""
    key = specialty_key(specialty)
    return key == part or part in COUNTS_FOR.get(key, set())


def read_target(written: str | Json) -> tuple[str, list[tuple[str, int]]]:
    """Read a target: its name, and its parts with the number of letters that each needs."""
    target: Json = {"specialty": written} if isinstance(written, str) else present(written)
    key, wanted = specialty_key(target["specialty"]), target.get("in_specialty")
    if key == "transitional year":
        return target["specialty"], []
    if key in PRELIMINARY:
        return target["specialty"], [(PRELIMINARY[key], wanted or 0)]
    if key in COMBINED:
        return target["specialty"], [(part, 1 if wanted is None else wanted) for part in COMBINED[key]]
    return target["specialty"], [(key, IN_SPECIALTY.get(key, 1) if wanted is None else wanted)]


# --- names --------------------------------------------------------------------------------------------------


def is_degree(word: str, *, after_comma: bool) -> bool:
    """Whether a word at the end is a degree: after a comma in any case, else with dots or as usually spelled."""
    bare = word.strip(".,")
    if bare.replace(".", "").upper() not in {degree.upper() for degree in DEGREES}:
        return False
    return after_comma or "." in bare or bare in DEGREES


def bare_name(name: str) -> str:
    """Remove case, spaces, commas, titles at the front and degrees at the end, but never the whole name."""
    first, _, rest = name.partition(",")
    words = [(word, False) for word in first.split()] + [(word, True) for word in rest.replace(",", " ").split()]
    while len(words) > 1 and words[0][0].removesuffix(".").casefold() in TITLES:
        words = words[1:]
    while len(words) > 1 and is_degree(words[-1][0], after_comma=words[-1][1]):
        words = words[:-1]
    return "".join(word.casefold() for word, _ in words) or name


def is_same_attending(one: Json, other: Json) -> bool:
    """Compare e-mail addresses if both have one, else names."""
    if "email" in one and "email" in other:
        return str(one["email"]).casefold() == str(other["email"]).casefold()
    return bare_name(one["name"]) == bare_name(other["name"])
