"""How many letters, and for what: the MIX rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lorplan.reference import policy_numbers as numbers
from lorplan.reference import sources
from lorplan.reference.specialties import basis_of_counting
from lorplan.rules.rule import Preference, Rule, favors, opposes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lorplan.rules.candidate import Candidate
    from lorplan.rules.key_dates import KeyDates
    from lorplan.rules.rule import Statement

# --- MIX-1: few and strong ----------------------------------------------------------------------------------

MIX_1: Final = Rule(
    id="MIX-1",
    claim="Two or three strong letters beat many.",
    check="`want` letters are picked, more only if the targets need more: strong ones in order of rank, then weak "
    "ones that were asked for already. Of letters that are otherwise equal, the one asked for already is "
    "preferred, then the earlier last day, then the one listed earlier in the file.",
    why="A program receives at most four letters, and a weak one dilutes the rest.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE, sources.PS_OFFICE_OF_EDUCATION),
    numbers=(numbers.WANT,),
)
BY_ASKING: Final = Preference(
    MIX_1,
    level=lambda c: not c.is_asked,
    advantage=lambda _: "letter was asked for already",
    tiebreak=True,
)
BY_LAST_DAY: Final = Preference(
    MIX_1,
    level=lambda c: c.rotation.final_day.toordinal(),
    advantage=lambda c: f"rotation ends earlier ({c.rotation.final_day})",
    tiebreak=True,
)
BY_FILE_ORDER: Final = Preference(
    MIX_1,
    level=lambda c: c.position,
    advantage=lambda _: "rotation comes first in the file",
    tiebreak=True,
)

# --- MIX-2: letters from the specialty ----------------------------------------------------------------------

SPECIALTY_SOURCES: Final = (sources.IMG_ROTATIONS_ARTICLE, sources.PROGRAM_DIRECTOR_SURVEY)
"""These say that letters from the specialty matter at all, whatever the specialty."""


def _target_remarks(c: Candidate, dates: KeyDates) -> Iterator[Statement]:
    for index in c.targets:
        target = dates.targets[index].specialty
        ours = basis_of_counting(c.rotation.specialty, target) == "judgement"
        yield favors(f"counts for {target}{' (our judgement)' if ours else ''}")
    if dates.targets and not c.targets:
        yield opposes("counts for none of your targets")


MIX_2: Final = Rule(
    id="MIX-2",
    claim="Every target has letters from its own specialty.",
    check="Going through the targets in order, the best strong letters that count for a target are picked until it "
    "has the number it needs. A letter counts for its own specialty and, from a subspecialty, for the specialty "
    "it belongs to. In the ranking, counting for any target ranks above counting for none.",
    why="A program first asks whether somebody in its own field would take you. How many such letters it wants "
    "differs by specialty, and its own page always wins.",
    basis="guidance",
    sources=(
        *SPECIALTY_SOURCES,
        sources.BU_INTERNAL_MEDICINE,
        sources.AAIM_EVALUATION_LETTER,
        sources.UW_FAMILY_MEDICINE,
        sources.AAP_PEDIATRICS,
        sources.UIC_PSYCHIATRY,
        sources.UIC_NEUROLOGY,
        sources.UIC_ANESTHESIOLOGY,
        sources.PATHOLOGY_FORUM,
        sources.SIR_RADIOLOGY,
        sources.INDIANA_SURGERY,
        sources.CORD_SLOE,
        sources.CUREUS_SLOE_IMGS,
        sources.ACOG_TRANSITION,
        sources.AOA_ESLOR,
        sources.ABMS_BOARDS,
        sources.JUDGEMENT,
    ),
    remarks=_target_remarks,
)
BY_TARGET: Final = Preference(
    MIX_2,
    level=lambda c: not c.targets,
    advantage=lambda _: "letter counts for one of your targets",
    improvement="its specialty were among your targets",
)

# --- MIX-3: a US letter -------------------------------------------------------------------------------------

MIX_3: Final = Rule(
    id="MIX-3",
    claim="At least one letter comes from the US.",
    check="A warning, if letters are asked for or to be asked for and none of them comes from the US.",
    why="Many programs that take IMGs ask for it explicitly.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE,),
)

# --- MIX-4: the places of a program -------------------------------------------------------------------------

MIX_4: Final = Rule(
    id="MIX-4",
    claim="A program takes at most four letters.",
    check="The set for a target has at most `max_per_program` letters: those assigned already, then the best from "
    "the specialty until the target has what it needs, then the best others.",
    why="ERAS and ResidencyCAS have four places for each program; any number of letters can be uploaded.",
    basis="requirement",
    sources=(sources.AAMC_LETTER_WRITERS, sources.AAMC_DOCUMENTS_FAQ, sources.LIAISON_RESIDENCYCAS),
    numbers=(numbers.MAX_PER_PROGRAM,),
)

# --- MIX-5: a spare -----------------------------------------------------------------------------------------

MIX_5: Final = Rule(
    id="MIX-5",
    claim="Keep a spare, in case a writer goes silent.",
    check="Of the letters that are not picked, on time and not silent, the next `spare` are in reserve, and one "
    "more for every pick that is missing or late. A reserve is asked while fewer letters than wanted are promised.",
    why="One writer in a few never delivers, and one never knows which.",
    basis="guidance",
    sources=(sources.DOWNSTATE_LETTERS, sources.UW_FAMILY_MEDICINE, sources.UNR_LETTERS),
    numbers=(numbers.SPARE,),
)

RULES: Final = (MIX_1, MIX_2, MIX_3, MIX_4, MIX_5)
