"""How many letters, and for what: the MIX rules, the picks, the reserve and the set for each target."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from lorplan.plan.model import Counts
from lorplan.reference import policy_numbers as numbers
from lorplan.reference import sources
from lorplan.reference.specialties import canonical, counted_for, letters_needed
from lorplan.rules.rule import Rule
from lorplan.rules.who import AFTER_THE_TARGET, BEFORE_THE_TIES, Criterion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lorplan.planfile.models import Applicant, Policy
    from lorplan.rules.candidate import Candidate

GENERAL_SOURCES: Final = (sources.IMG_ROTATIONS_ARTICLE, sources.PROGRAM_DIRECTOR_SURVEY)
"""What says that letters from the specialty matter at all, whatever the specialty."""

MIX_1: Final = Rule(
    id="MIX-1",
    claim="Two or three strong letters beat many: plan for three.",
    why="Every program reads at most four, and a weak one dilutes the rest. Of two equal letters the one asked "
    "for already is preferred, then the one in hand sooner.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE, sources.PS_OFFICE_OF_EDUCATION),
    numbers=(numbers.WANT,),
)
MIX_2: Final = Rule(
    id="MIX-2",
    claim="Every target has its letters from that specialty.",
    why="A program asks first whether somebody of its own field would have you; how many such letters it wants "
    "differs by specialty, and its own page always wins.",
    basis="guidance",
    sources=(
        *GENERAL_SOURCES,
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
)
MIX_3: Final = Rule(
    id="MIX-3",
    claim="At least one letter comes from the US.",
    why="Many programs that take IMGs ask for it in so many words.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE,),
)
MIX_4: Final = Rule(
    id="MIX-4",
    claim="A program takes at most four.",
    why="ERAS and ResidencyCAS hold four places a program; any number can be uploaded.",
    basis="requirement",
    sources=(sources.AAMC_LETTER_WRITERS, sources.AAMC_DOCUMENTS_FAQ, sources.LIAISON_RESIDENCYCAS),
    numbers=(numbers.MAX_PER_PROGRAM,),
)
MIX_5: Final = Rule(
    id="MIX-5",
    claim="Keep one spare, for whoever goes silent.",
    why="One writer in a few never delivers, and one never knows which.",
    basis="guidance",
    sources=(sources.DOWNSTATE_LETTERS, sources.UW_FAMILY_MEDICINE, sources.UNR_LETTERS),
    numbers=(numbers.SPARE,),
)

RULES: Final = (MIX_1, MIX_2, MIX_3, MIX_4, MIX_5)

ORDER: Final = (
    *BEFORE_THE_TIES,
    Criterion(
        rules=(MIX_2,),
        level=lambda c: not c.targets,
        words=lambda c: "counts for a target" if c.targets else "counts for none of your targets",
        lever="its specialty were among your targets",
    ),
    *AFTER_THE_TARGET,
    Criterion(
        rules=(MIX_1,),
        level=lambda c: not c.is_asked,
        words=lambda c: "asked for already" if c.is_asked else "not asked yet",
    ),
    Criterion(
        rules=(MIX_1,),
        level=lambda c: c.rotation.final_day.toordinal(),
        words=lambda c: f"in hand sooner, on {c.rotation.final_day}",
    ),
    Criterion(rules=(MIX_1,), level=lambda c: c.place, words=lambda _: "equal, and earlier in the file"),
)
"""All comparisons of two letters, in the order in which they are made."""


def in_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The letters, best first."""
    return sorted(candidates, key=lambda candidate: [criterion.level(candidate) for criterion in ORDER])


class Goal(NamedTuple):
    """A target: its place among the targets, its name as typed, and the letters it needs from its specialty."""

    place: int
    name: str
    needed: int


def goals(applicant: Applicant) -> tuple[Goal, ...]:
    """The targets in the applicant's order, with what each needs (MIX-2)."""
    return tuple(
        Goal(
            place=place,
            name=target.specialty,
            needed=letters_needed(target.specialty) if target.in_specialty is None else target.in_specialty,
        )
        for place, target in enumerate(applicant.targets)
    )


def goals_of(specialty: str, places: Mapping[str, int]) -> tuple[int, ...]:
    """The places of the targets that a letter from a specialty counts for; `places` is by canonical name."""
    return tuple(sorted(places[name] for name in counted_for(specialty) if name in places))


def places_by_name(targets: Sequence[Goal]) -> dict[str, int]:
    """Where each target stands, by the one name of its specialty."""
    return {canonical(goal.name): goal.place for goal in targets}


def by_goal(ranked: Iterable[Candidate], targets: Sequence[Goal]) -> list[list[Candidate]]:
    """For each target the letters that count for it, in their order."""
    lists: list[list[Candidate]] = [[] for _ in targets]
    for candidate in ranked:
        for place in candidate.targets:
            lists[place].append(candidate)
    return lists


class Picks(NamedTuple):
    """The best set: for each picked letter, by its place in the file, the target it was taken for or None.

    `wanted` is the number of letters that the plan aims at.
    """

    taken_for: dict[int, Goal | None]
    wanted: int


def pick(ranked: Sequence[Candidate], targets: Sequence[Goal], policy: Policy) -> Picks:
    """The best set that can be had: what the targets need, then the best of what is left (MIX-1, MIX-2)."""
    eligible = [candidate for candidate in ranked if not candidate.silent]
    taken, missing = _for_the_targets(eligible, targets)
    wanted = max(policy.want, len(taken) + missing)
    fillers = [c for c in eligible if c.strong and c.place not in taken]
    fillers += [c for c in eligible if not c.strong and c.is_asked]
    for candidate in fillers[: wanted - len(taken)]:
        taken[candidate.place] = None
    return Picks(taken_for=taken, wanted=wanted)


def _for_the_targets(eligible: Sequence[Candidate], targets: Sequence[Goal]) -> tuple[dict[int, Goal | None], int]:
    """The letters taken for the targets, and how many are still missing to them."""
    taken: dict[int, Goal | None] = {}
    missing = 0
    for goal, candidates in zip(targets, by_goal(eligible, targets), strict=True):
        have = sum(candidate.place in taken for candidate in candidates)
        best = [c for c in candidates if c.strong and c.place not in taken][: max(0, goal.needed - have)]
        taken |= {candidate.place: goal for candidate in best}
        missing += max(0, goal.needed - have - len(best))
    return taken, missing


def reserve(ranked: Sequence[Candidate], picks: Picks, policy: Policy) -> frozenset[int]:
    """The places in the file of the letters held in reserve, asked ones among them (MIX-5)."""
    on_time_picks = sum(candidate.on_time and candidate.place in picks.taken_for for candidate in ranked)
    count = policy.spare + max(0, picks.wanted - on_time_picks)
    queue = [c for c in ranked if c.place not in picks.taken_for and c.on_time and not c.silent]
    return frozenset(candidate.place for candidate in queue[:count])


def count(candidates: Iterable[Candidate]) -> Counts:
    """How far the letters are that are on time and not silent, each counted once."""
    counted = [c.record.status for c in candidates if c.on_time and not c.silent]
    return Counts(
        planned=counted.count("planned"),
        asked=counted.count("asked"),
        promised=counted.count("agreed") + counted.count("requested"),
        secured=counted.count("uploaded") + counted.count("assigned"),
    )


def letters_for(
    assigned: Iterable[Candidate],
    own: Sequence[Candidate],
    usable: Iterable[Candidate],
    goal: Goal,
    policy: Policy,
) -> tuple[Candidate, ...]:
    """The set to assign to a target's programs (MIX-4).

    `usable` are the letters asked for or to be asked that are not silent, `own` those of them that count for
    the target, `assigned` those assigned already: they come first, as they cannot be taken back.
    """
    chosen: dict[int, Candidate] = {}
    for candidate in chain(assigned, own[: goal.needed], usable):
        if len(chosen) == policy.max_per_program:
            break
        chosen[candidate.place] = candidate
    return tuple(in_order(chosen.values()))
