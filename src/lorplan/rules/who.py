"""Whom to ask: the WHO rules, who is out, who is weak, and the order in which letters are preferred."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from lorplan.planfile.models import STEPS
from lorplan.reference import policy_numbers as numbers
from lorplan.reference import sources
from lorplan.rules.rule import Rule
from lorplan.text.safe import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from lorplan.planfile.models import Rotation
    from lorplan.rules.candidate import Candidate
    from lorplan.rules.key_dates import Horizon
    from lorplan.rules.letter_history import Record

WHO_1: Final = Rule(
    id="WHO-1",
    claim="The writer is an attending, not a resident or fellow.",
    why="Programs read a letter for the judgement of somebody who has trained others.",
    basis="guidance",
    sources=(sources.GWU_LETTERS, sources.DOWNSTATE_LETTERS, sources.OKLAHOMA_HOW_TO_ASK),
)
WHO_2: Final = Rule(
    id="WHO-2",
    claim="Ask only where you did well: poor is skipped, fair can only be a reserve; known good comes before not "
    "known yet.",
    why="A lukewarm letter does more harm than no letter.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE, sources.GWU_LETTERS),
)
WHO_3: Final = Rule(
    id="WHO-3",
    claim="The writer must have seen enough of you: rarely can only be a reserve; longer is better.",
    why="What makes a letter strong is what the writer saw, more than who the writer is.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE, sources.DOWNSTATE_LETTERS),
)
WHO_4: Final = Rule(
    id="WHO-4",
    claim="Hands-on US experience outranks observing, and both outrank experience elsewhere.",
    why="A program wants to hear how you work in a US hospital, and some refuse letters from observerships.",
    basis="guidance",
    sources=(
        sources.IMG_ROTATIONS_ARTICLE,
        sources.USA_HEALTH_OBSERVERSHIPS,
        sources.GRAND_STRAND_OBSERVERSHIPS,
    ),
)
WHO_5: Final = Rule(
    id="WHO-5",
    claim="Residency-affiliated and IMG-friendly places first.",
    why="There the writer knows what a program looks for, and the program may know the writer.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE,),
)
WHO_6: Final = Rule(
    id="WHO-6",
    claim="Hospital letterhead or an academic appointment is better.",
    why="It shows at a glance that the letter comes from where care is given and taught.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE, sources.AAMC_OLD_LETTER_PORTAL),
)
WHO_7: Final = Rule(
    id="WHO-7",
    claim="An offer is taken up at once, and lifts fair or rarely (not poor).",
    why="Whoever offers has already judged you, and better than you do.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE, sources.JUDGEMENT),
)
WHO_8: Final = Rule(
    id="WHO-8",
    claim="Whoever declined is out.",
    why="A declined request is an honest answer; pressed for, the letter would show it.",
    basis="judgement",
    sources=(sources.JUDGEMENT, sources.GWU_LETTERS),
)
WHO_9: Final = Rule(
    id="WHO-9",
    claim="A letter older than a year on the deadline ranks below a fresh one.",
    why="Programs ask what you can do now; ERAS itself sets no such limit.",
    basis="guidance",
    sources=(sources.RESIDENTS_MEDICAL, sources.MATCH_A_RESIDENT, sources.AAMC_REPEAT_APPLICANTS),
    numbers=(numbers.FRESH_DAYS,),
)
WHO_10: Final = Rule(
    id="WHO-10",
    claim="One letter per attending.",
    why="Two letters from one hand say the same thing and take up two places.",
    basis="judgement",
    sources=(sources.JUDGEMENT,),
)
WHO_11: Final = Rule(
    id="WHO-11",
    claim="A letter that cannot be there by the deadline ranks below one that can.",
    why="Programs begin to choose on that day; what comes later is read by fewer of them.",
    basis="judgement",
    sources=(sources.JUDGEMENT, sources.UW_CAREER_ADVISING),
)
WHO_12: Final = Rule(
    id="WHO-12",
    claim="Your own decision wins.",
    why="You know things about a rotation that no file holds.",
    basis="judgement",
    sources=(sources.JUDGEMENT,),
)

RULES: Final = (
    WHO_1,
    WHO_2,
    WHO_3,
    WHO_4,
    WHO_5,
    WHO_6,
    WHO_7,
    WHO_8,
    WHO_9,
    WHO_10,
    WHO_11,
    WHO_12,
)

MANY_WEEKS, SOME_WEEKS = 8, 4
"""The two lengths of a rotation that the advice names; between them a week more or less says little."""


# --- who is out -------------------------------------------------------------------------------------------


def skipped_by(rotation: Rotation, record: Record, *, person_declined: bool) -> Rule | None:
    """The rule that takes a rotation out of the running by itself, without a look at the others."""
    if rotation.choice == "skip":
        return WHO_12
    if person_declined:
        return WHO_8
    if record.is_asked or rotation.choice == "ask":
        return None
    if rotation.attending.role != "attending":
        return WHO_1
    return WHO_2 if rotation.performance == "poor" else None


def the_one_that_counts(same_person: Sequence[Candidate]) -> Candidate:
    """Of one attending's rotations that are not out for another reason, the one to have the letter (WHO-10)."""
    return max(same_person, key=_claim_to_count)


_PROGRESS = ("planned", *STEPS)


def _claim_to_count(candidate: Candidate) -> tuple[int, int, date, int]:
    """The furthest along; among those not asked the chosen, the offered, the one on time; then the latest."""
    tiers = (candidate.rotation.choice == "ask", candidate.record.offered is not None, candidate.on_time)
    tier = 0 if candidate.is_asked else next((3 - place for place, holds in enumerate(tiers) if holds), 0)
    progress = _PROGRESS.index(candidate.record.status)
    return progress, tier, candidate.rotation.final_day, candidate.place


# --- who is weak ------------------------------------------------------------------------------------------


def weak_by(rotation: Rotation, offered: date | None) -> Rule | None:
    """The rule by which a letter is weak: it can then be no pick unless it was asked for already."""
    if rotation.choice == "ask":
        return None
    if rotation.attending.role != "attending":
        return WHO_1
    if rotation.performance == "poor" or (rotation.performance == "fair" and offered is None):
        return WHO_2
    return WHO_3 if rotation.contact == "rarely" and offered is None else None


def is_fresh(rotation: Rotation, record: Record, horizon: Horizon) -> bool:
    """Whether a letter is fresh on the deadline (WHO-9, calendar days from its upload or the last day)."""
    written = record.uploaded or rotation.final_day
    return (horizon.deadline - written).days <= horizon.policy.fresh_days


# --- the order --------------------------------------------------------------------------------------------


class Criterion(NamedTuple):
    """One comparison of the order: a smaller `level` comes first.

    `words` says where a letter stands on it, `lever` what in the file could lift one, None where nothing can.
    `shortcoming`: what is told is where the worse letter stands, else where the better one does.
    """

    rules: tuple[Rule, ...]
    level: Callable[[Candidate], int]
    words: Callable[[Candidate], str]
    lever: str | None = None
    shortcoming: bool = False

    def tell(self, better: Candidate, worse: Candidate) -> str:
        """Why the worse of two letters that differ on this is below the better."""
        if self.shortcoming:
            return f"{self.words(worse)}: below {better.name}"
        return f"below {better.name}, {self.words(better)}"

    def rule(self, worse: Candidate) -> Rule:
        """The rule that speaks against the worse of two letters which differ on this."""
        if len(self.rules) == 1:
            return self.rules[0]
        weak = weak_by(worse.rotation, worse.record.offered)
        return weak if weak in self.rules else self.rules[0]


def _experience(candidate: Candidate) -> int:
    if not candidate.rotation.us:
        return 3
    return {"hands-on": 0, "observership": 1, "telehealth": 2, "research": 2}[candidate.rotation.experience]


def experience_words(candidate: Candidate) -> str:
    """The kind of experience, and whether it was in the US."""
    place = "in the US" if candidate.rotation.us else "outside the US"
    return f"{candidate.rotation.experience} {place}"


def _performance(candidate: Candidate) -> int:
    known = {"excellent": 0, "good": 1, "fair": 3, "poor": 4}
    performance = candidate.rotation.performance
    return known[performance] if performance else 1 if candidate.is_asked else 2


def _performance_words(candidate: Candidate) -> str:
    performance = candidate.rotation.performance
    if performance:
        return f"with performance {performance}"
    return "asked for already, performance not noted" if candidate.is_asked else "performance not known yet"


def strength_words(candidate: Candidate) -> str:
    """Whether a letter is strong, or why it is weak."""
    rule = weak_by(candidate.rotation, candidate.record.offered)
    causes = {
        WHO_1.id: f"a {candidate.rotation.attending.role}'s letter",
        WHO_2.id: f"performance {candidate.rotation.performance}",
        WHO_3.id: "rarely saw you",
    }
    return f"weak, {causes[rule.id]}" if rule else "strong"


def _place(candidate: Candidate) -> int:
    return -bool(candidate.rotation.residency_affiliated) - bool(candidate.rotation.img_friendly)


def _place_words(candidate: Candidate) -> str:
    """What speaks for the place: affiliated, IMG-friendly, both or neither."""
    rotation = candidate.rotation
    named = (("residency-affiliated", rotation.residency_affiliated), ("IMG-friendly", rotation.img_friendly))
    names = " and ".join(name for name, holds in named if holds)
    return (
        f"at {_article(names)} {names} place" if names else "at a place not known to be affiliated or IMG-friendly"
    )


def _article(words: str) -> str:
    return "an" if words[0] in "aeiouAEIOU" else "a"


def _contact(candidate: Candidate) -> int:
    return {"daily": 0, "weekly": 1, None: 1, "rarely": 2}[candidate.rotation.contact]


def _contact_words(candidate: Candidate) -> str:
    contact = candidate.rotation.contact
    return {"daily": "with daily contact", "weekly": "with weekly contact", "rarely": "with rare contact"}.get(
        contact or "", "with contact not noted"
    )


def _length(candidate: Candidate) -> int:
    return 0 if candidate.weeks >= MANY_WEEKS else 1 if candidate.weeks >= SOME_WEEKS else 2


def _length_words(candidate: Candidate) -> str:
    return f"after {weeks_together(candidate)}"


def weeks_together(candidate: Candidate) -> str:
    """How long the two worked together."""
    return f"{counted(candidate.weeks, 'week')} together"


STRENGTH_LEVER: Final = "the attending offered to write"
"""What lifts a weak letter without the user overruling the plan (WHO-7)."""

BEFORE_THE_TIES: Final = (
    Criterion(
        rules=(WHO_11,),
        level=lambda c: not c.on_time,
        words=lambda c: "on time" if c.on_time else f"late, there by {c.arrives_by}",
        lever="it could be there in time (a later deadline, or a writer who needs less than `lead_days`)",
        shortcoming=True,
    ),
    Criterion(
        rules=(WHO_2, WHO_3, WHO_1),
        level=lambda c: not c.strong,
        words=strength_words,
        lever=STRENGTH_LEVER,
        shortcoming=True,
    ),
    Criterion(rules=(WHO_4,), level=_experience, words=experience_words),
    Criterion(
        rules=(WHO_2,),
        level=_performance,
        words=_performance_words,
        lever="`performance` turned out better",
    ),
    Criterion(
        rules=(WHO_5,),
        level=_place,
        words=_place_words,
        lever="`residency_affiliated` or `img_friendly` turned out true",
    ),
)

AFTER_THE_TARGET: Final = (
    Criterion(rules=(WHO_3,), level=_contact, words=_contact_words, lever="`contact` turned out closer"),
    Criterion(
        rules=(WHO_6,),
        level=lambda c: not c.rotation.letterhead,
        words=lambda c: "on letterhead or academic" if c.rotation.letterhead else "no letterhead known",
        lever="`letterhead` turned out true",
    ),
    Criterion(
        rules=(WHO_9,), level=lambda c: not c.fresh, words=lambda c: "fresh" if c.fresh else "over a year old"
    ),
    Criterion(rules=(WHO_3,), level=_length, words=_length_words),
)


def first_difference(order: Iterable[Criterion], better: Candidate, worse: Candidate) -> Criterion | None:
    """The first comparison on which two letters differ; None if the second is not behind the first there."""
    levels = ((criterion, criterion.level(better) - criterion.level(worse)) for criterion in order)
    criterion, difference = next(filter(lambda level: level[1] != 0, levels))
    return criterion if difference < 0 else None
