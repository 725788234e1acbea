"""How many letters, and for what: the MIX rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lorplan.reference import policy_numbers as numbers
from lorplan.reference import sources
from lorplan.reference.specialties import basis_of_counting, canonical
from lorplan.rules.rule import Preference, Rule, favors, opposes
from lorplan.text.wording import join_words

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
    "ones that were asked for already. Nobody else is asked once these and the spare are promised or uploaded in time "
    "and every target has what it needs; when full notice is no longer possible, late ones count and no spare is "
    "waited for. Of letters that are otherwise equal, the one asked for already is preferred, then the earlier last "
    "day, then the one listed earlier in the file.",
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
    level=lambda c: c.last_day.toordinal(),
    advantage=lambda c: f"rotation ends earlier ({c.last_day})",
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
        target = dates.targets[index]
        own = [part.specialty for place, part in enumerate(target.parts) if (index, place) in c.parts]
        ours = any(basis_of_counting(c.rotation.specialty, specialty) == "judgement" for specialty in own)
        within = "" if len(target.parts) == 1 and own == [canonical(target.specialty)] else f" as {join_words(own)}"
        yield favors(f"counts for {target.specialty}{within}{' (our judgement)' if ours else ''}")
    if dates.targets and not c.parts:
        yield opposes("counts for none of your targets")


MIX_2: Final = Rule(
    id="MIX-2",
    claim="Every target has letters from its own specialty.",
    check="Going through the targets and their parts in order, the best strong letters that count for a part are "
    "picked until it has the number it needs; in emergency medicine and in obstetrics and gynecology standardized ones "
    "first. A combined program has a part for each of its specialties, which needs 1; a transitional year has none, "
    "a preliminary year needs none. A letter counts for its own specialty and, from a subspecialty or a combined "
    "program, for those it belongs to; not if it is from research, or is for other targets. In the ranking, counting "
    "for any target ranks above counting for none.",
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
        sources.MARYLAND_MANUAL,
        sources.ABMS_BOARDS,
        sources.JUDGEMENT,
    ),
    remarks=_target_remarks,
)
BY_TARGET: Final = Preference(
    MIX_2,
    level=lambda c: not c.parts,
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
    claim="A program takes at most four letters; through SF Match three.",
    check="The set for a target has at most `max_per_program` letters, for SF Match at most "
    f"{numbers.SF_MATCH_LETTERS.value}: those assigned already, then the best from the specialty until the target has "
    "what it needs, then the best others that may go to it and are promised, uploaded or on time. An uploaded letter "
    "in no set is not assigned.",
    why="ERAS and ResidencyCAS have four places for each program; any number of letters can be uploaded.",
    basis="requirement",
    sources=(
        *(sources.AAMC_LETTER_WRITERS, sources.AAMC_DOCUMENTS_FAQ, sources.LIAISON_RESIDENCYCAS),
        sources.BU_SF_MATCH,
    ),
    numbers=(numbers.MAX_PER_PROGRAM,),
    constants=(numbers.SF_MATCH_LETTERS,),
)

# --- MIX-5: a spare -----------------------------------------------------------------------------------------

MIX_5: Final = Rule(
    id="MIX-5",
    claim="Keep a spare, in case a writer goes silent.",
    check="Of the letters that are not picked, on time and not silent, the next `spare` are in reserve, and one "
    "more for every pick that is missing, or neither on time nor promised. A weak letter is in reserve only in place "
    "of such a pick. A reserve is asked while fewer letters than wanted are in hand.",
    why="Some writers never deliver, and one never knows which.",
    basis="judgement",
    sources=(sources.JUDGEMENT, sources.UW_FAMILY_MEDICINE, sources.UNR_LETTERS),
    numbers=(numbers.SPARE,),
)

# --- MIX-6: letters for one target --------------------------------------------------------------------------


def _limit_remarks(c: Candidate, dates: KeyDates) -> Iterator[Statement]:
    if c.rotation.for_targets:
        yield favors(f"written for {join_words([dates.targets[index].specialty for index in c.may_go_to])} only")


MIX_6: Final = Rule(
    id="MIX-6",
    claim="A letter for one target goes to no other.",
    check="A letter whose `for` names targets counts for these only, and goes to no other. For each target, while "
    "fewer than `want` picks may go to it, the best strong letter left that may and is on time is picked besides.",
    why="A letter that recommends you for one specialty tells every other program that it is your second choice.",
    basis="guidance",
    sources=(sources.FEINBERG_FAQ, sources.JUDGEMENT),
    remarks=_limit_remarks,
)

# --- MIX-7: what programs ask for ---------------------------------------------------------------------------

_KINDS: Final = {
    "letters": ("letter", "letters"),
    "in_specialty": ("letter from the specialty", "letters from the specialty"),
    "us": ("US letter", "US letters"),
    "chair": ("letter from a chair", "letters from chairs"),
    "standardized": ("standardized letter", "standardized letters"),
    "hands_on": ("hands-on letter", "hands-on letters"),
    "months": ("recent letter", "recent letters"),
}


def describe_letters(requirement: str, number: int, *, more: bool = False) -> str:
    """Name a number of letters, or so many `more`, of the kind that a requirement of a program is about."""
    one, several = _KINDS[requirement]
    return f"{number} {'more ' if more else ''}{one if number == 1 else several}"


MIX_7: Final = Rule(
    id="MIX-7",
    claim="A program gets the letters that it asks for.",
    check="After what the targets need, the best strong letters are picked for what open programs require beyond it: "
    "from the specialty, from the US, from a chair, standardized, hands-on, each the largest number that a program of "
    "the target asks for; what nobody can write is not waited for. A program's set has at most as many letters as it "
    "takes: those assigned already, then letters that meet its requirements (a chair's first, then standardized ones, "
    "from the specialty, from the US, hands-on), then its preferences, then what the target needs, then the best; "
    "letters that do not fit only while there are too few. Letters on time go before late ones.",
    why="Programs return applications without what their page asks for, and once you have applied a letter cannot be "
    "exchanged.",
    basis="requirement",
    sources=(sources.AAMC_LETTER_WRITERS, sources.JUDGEMENT),
)

RULES: Final = (MIX_1, MIX_2, MIX_3, MIX_4, MIX_5, MIX_6, MIX_7)
