"""Whom to ask: the WHO rules. Each block has the rule, its remarks, whom it excludes or weakens, its comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lorplan.reference import policy_numbers as numbers
from lorplan.reference import sources
from lorplan.rules.letter_history import PROGRESS
from lorplan.rules.rule import Exclusion, Preference, Rule, Weakness, favors, opposes, unknown, weigh
from lorplan.text.wording import join_words, plural, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from lorplan.rules.candidate import Candidate
    from lorplan.rules.key_dates import KeyDates
    from lorplan.rules.letter_history import LetterHistory
    from lorplan.rules.rule import Statement


def _is_undecided(c: Candidate) -> bool:
    """Whether a rule may still skip the letter: not asked for, and not chosen by the user."""
    return not c.is_asked and c.rotation.choice != "ask"


# --- WHO-1: the writer's role -------------------------------------------------------------------------------


SENIOR_ROLES: Final = ("chair", "program director")
"""Their letter counts by who they are: they need not have met the applicant often."""

WRITING_ROLES: Final = ("attending", *SENIOR_ROLES)


def _role(c: Candidate) -> str:
    return c.rotation.attending.role


def _describe_role(c: Candidate) -> str:
    role = _role(c)
    return (
        "the writer is neither an attending nor a chair" if role == "other" else f"the writer is {with_article(role)}"
    )


def _is_senior(c: Candidate) -> bool:
    return _role(c) in SENIOR_ROLES


def _role_remarks(c: Candidate, _: KeyDates) -> Iterator[Statement]:
    yield weigh(_describe_role(c), good=_role(c) in WRITING_ROLES)


WHO_1: Final = Rule(
    id="WHO-1",
    claim="The writer is an attending, or the chair or program director.",
    check="The letter of a fellow, a resident or anybody else (`role: other`) is skipped, unless it was asked for "
    "already or `choice` is ask. One that was asked for already is weak.",
    why="Programs read a letter for the judgement of somebody who has trained others.",
    basis="guidance",
    sources=(sources.GWU_LETTERS, sources.OKLAHOMA_HOW_TO_ASK),
    remarks=_role_remarks,
)
EXCLUDED_BY_ROLE: Final = Exclusion(
    WHO_1,
    applies=lambda c: _role(c) not in WRITING_ROLES and _is_undecided(c),
    describe=_describe_role,
    way_back="if you set `choice: ask`",
)
WEAK_BY_ROLE: Final = Weakness(WHO_1, applies=lambda c: _role(c) not in WRITING_ROLES, describe=_describe_role)

# --- WHO-2: how it went -------------------------------------------------------------------------------------


def _performance_remarks(c: Candidate, _: KeyDates) -> Iterator[Statement]:
    performance = c.rotation.performance
    if performance is None:
        yield unknown("performance not recorded yet")
    else:
        yield weigh(f"performance: {performance}", good=performance in {"excellent", "good"})


def _performance_level(c: Candidate) -> int:
    performance = c.rotation.performance
    if performance is None:
        return 1 if c.is_asked else 2
    return {"excellent": 0, "good": 1, "fair": 3, "poor": 4}[performance]


def _performance_advantage(c: Candidate) -> str:
    if c.rotation.performance:
        return f"rotation is rated {c.rotation.performance}"
    return "letter was asked for already" if c.is_asked else "rotation is not rated yet"


WHO_2: Final = Rule(
    id="WHO-2",
    claim="Ask only where you did well: poor is skipped, fair can only be a reserve, and known good comes before "
    "not known yet.",
    check="Performance poor is skipped, unless the letter was asked for already or `choice` is ask. Poor is weak, "
    "and so is fair without an offer, unless `choice` is ask. Excellent ranks above good, good above unknown, "
    "unknown above fair, fair above poor; unknown counts as good once the letter was asked for.",
    why="A lukewarm letter does more harm than no letter.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE, sources.GWU_LETTERS),
    remarks=_performance_remarks,
    private=True,
)
EXCLUDED_BY_PERFORMANCE: Final = Exclusion(
    WHO_2,
    applies=lambda c: c.rotation.performance == "poor" and _is_undecided(c),
    describe=lambda _: "performance: poor",
    way_back="if `performance` were better, or you set `choice: ask`",
)
WEAK_BY_PERFORMANCE: Final = Weakness(
    WHO_2,
    applies=lambda c: c.rotation.performance == "poor" or (c.rotation.performance == "fair" and not c.history.offered),
    describe=lambda c: f"performance: {c.rotation.performance}",
)
BY_PERFORMANCE: Final = Preference(
    WHO_2,
    level=_performance_level,
    advantage=_performance_advantage,
    improvement="`performance` turned out better",
)

# --- WHO-3: how much the writer saw -------------------------------------------------------------------------


def _days_level(c: Candidate) -> int:
    return sum(c.days_together < number.value for number in (numbers.MANY_DAYS, numbers.SOME_DAYS))


def _days(c: Candidate) -> str:
    return f"{plural(c.days_together, 'day')} together"


def _acquaintance_remarks(c: Candidate, _: KeyDates) -> Iterator[Statement]:
    contact = c.rotation.contact
    if contact is None:
        yield unknown("contact not recorded yet")
    else:
        yield weigh(f"contact: {contact}", good=contact != "rarely")
    yield weigh(_days(c), good=c.days_together >= numbers.SOME_DAYS.value)


WHO_3: Final = Rule(
    id="WHO-3",
    claim="The writer must have seen enough of you: after rare contact or too few days a letter can only be a "
    "reserve; more days are better.",
    check="Days together are the on-site days of the rotation and of the attending's rotations before it. Contact "
    "rarely, or fewer than `min_days`, is weak without an offer, unless `choice` is ask or the writer is a chair or "
    f"program director. Daily ranks above weekly, weekly above rarely; unknown counts as weekly. "
    f"{numbers.MANY_DAYS.value} days or more rank above {numbers.SOME_DAYS.value} or more, and these above fewer.",
    why="What makes a letter strong is what the writer saw, more than who the writer is.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE, sources.OKLAHOMA_HOW_TO_ASK, sources.DOCTORS_LIFE_BLOG),
    numbers=(numbers.MIN_DAYS,),
    constants=(numbers.MANY_DAYS, numbers.SOME_DAYS),
    remarks=_acquaintance_remarks,
    private=True,
)
WEAK_BY_CONTACT: Final = Weakness(
    WHO_3,
    applies=lambda c: c.rotation.contact == "rarely" and not c.history.offered and not _is_senior(c),
    describe=lambda _: "contact: rarely",
)
WEAK_BY_DAYS: Final = Weakness(
    WHO_3,
    applies=lambda c: c.too_short and not c.history.offered and not _is_senior(c),
    describe=lambda c: f"only {_days(c)}",
)
BY_CONTACT: Final = Preference(
    WHO_3,
    level=lambda c: {"daily": 0, "weekly": 1, None: 1, "rarely": 2}[c.rotation.contact],
    advantage=lambda c: f"contact with you is {c.rotation.contact or 'not recorded as rare'}",
    improvement="`contact` turned out closer",
)
BY_DAYS: Final = Preference(
    WHO_3, level=_days_level, advantage=lambda c: f"acquaintance with you is longer ({_days(c)})"
)

# --- WHO-4: the kind of experience --------------------------------------------------------------------------


def _experience(c: Candidate) -> str:
    return f"{c.rotation.experience} {'in' if c.rotation.us else 'outside'} the US"


def _experience_level(c: Candidate) -> int:
    levels = {"hands-on": 0, "observership": 1, "telehealth": 2, "research": 2}
    return levels[c.rotation.experience] if c.rotation.us else 3


def _experience_remarks(c: Candidate, _: KeyDates) -> Iterator[Statement]:
    yield weigh(_experience(c), good=_experience_level(c) == 0)


WHO_4: Final = Rule(
    id="WHO-4",
    claim="Hands-on US experience outranks observing, and both outrank experience elsewhere.",
    check="US hands-on ranks above US observership, that above US telehealth and research, and these above "
    "everything outside the US.",
    why="Programs want to hear how you work in a US hospital, and some refuse letters from observerships.",
    basis="guidance",
    sources=(
        sources.IMG_ROTATIONS_ARTICLE,
        sources.USA_HEALTH_OBSERVERSHIPS,
        sources.GRAND_STRAND_OBSERVERSHIPS,
    ),
    remarks=_experience_remarks,
)
BY_EXPERIENCE: Final = Preference(WHO_4, level=_experience_level, advantage=lambda c: f"rotation is {_experience(c)}")

# --- WHO-5: the hospital ------------------------------------------------------------------------------------


def _affiliations(c: Candidate) -> dict[str, bool | None]:
    return {
        "residency-affiliated": c.rotation.residency_affiliated,
        "IMG-friendly": c.rotation.img_friendly,
    }


def _known_affiliations(c: Candidate) -> list[str]:
    return [name for name, holds in _affiliations(c).items() if holds]


def _hospital_remarks(c: Candidate, _: KeyDates) -> Iterator[Statement]:
    for name, holds in _affiliations(c).items():
        if holds is None:
            yield unknown(f"unknown whether the hospital is {name}")
        else:
            yield weigh(f"the hospital is {'' if holds else 'not '}{name}", good=holds)


WHO_5: Final = Rule(
    id="WHO-5",
    claim="Prefer hospitals that train residents or are IMG-friendly.",
    check="Both known to be true ranks above one, and one above neither. Unknown counts as not true.",
    why="The writer there knows what programs look for, and the program may know the writer.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE,),
    remarks=_hospital_remarks,
)
BY_HOSPITAL: Final = Preference(
    WHO_5,
    level=lambda c: 2 - len(_known_affiliations(c)),
    advantage=lambda c: f"hospital is {join_words(_known_affiliations(c))}",
    improvement="`residency_affiliated` or `img_friendly` turned out to be true",
)

# --- WHO-6: letterhead --------------------------------------------------------------------------------------


def _letterhead_remarks(c: Candidate, _: KeyDates) -> Iterator[Statement]:
    letterhead = c.rotation.letterhead
    if letterhead is None:
        yield unknown("letterhead or academic title unknown")
    else:
        yield weigh(
            "letterhead or academic title" if letterhead else "no letterhead or academic title", good=letterhead
        )


WHO_6: Final = Rule(
    id="WHO-6",
    claim="Hospital letterhead or an academic appointment is better.",
    check="`letterhead` known to be true ranks above not true. Unknown counts as not true.",
    why="It shows at a glance that the letter comes from where care is given and taught.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE, sources.AAMC_OLD_LETTER_PORTAL),
    remarks=_letterhead_remarks,
)
BY_LETTERHEAD: Final = Preference(
    WHO_6,
    level=lambda c: not c.rotation.letterhead,
    advantage=lambda _: "letter would carry a letterhead or an academic title",
    improvement="`letterhead` turned out to be true",
)

# --- WHO-7: an offer ----------------------------------------------------------------------------------------


def _offer_remarks(c: Candidate, _: KeyDates) -> Iterator[Statement]:
    if c.history.offered:
        yield favors(f"offered to write on {c.history.offered}")


WHO_7: Final = Rule(
    id="WHO-7",
    claim="Accept an offer at once; it lifts fair performance, rare contact and few days, but not poor performance.",
    check="A strong letter with an offer is asked for, even if it is not among the picks. With an offer, "
    "performance fair, contact rarely and fewer than `min_days` are not weak.",
    why="Somebody who offers has already formed an opinion of you, and a better one than you may think.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE, sources.JUDGEMENT),
    remarks=_offer_remarks,
)
OFFER_MADE: Final = "the attending offered to write"
"""What lifts a weak letter without the user overruling the plan."""

# --- WHO-8: a refusal ---------------------------------------------------------------------------------------

WHO_8: Final = Rule(
    id="WHO-8",
    claim="An attending who declined is not asked again.",
    check="If `declined` is recorded in any of an attending's rotations, all of them are skipped whose letter is not "
    f"promised or uploaded already. A refusal more than {numbers.LAPSED_AFTER.value} days before the season opens no "
    "longer counts.",
    why="A declined request is an honest answer; a letter written under pressure would show it.",
    basis="judgement",
    sources=(sources.JUDGEMENT, sources.GWU_LETTERS),
    constants=(numbers.LAPSED_AFTER,),
)
EXCLUDED_BY_REFUSAL: Final = Exclusion(
    WHO_8,
    applies=lambda c: c.declined and not c.is_in_hand,
    describe=lambda _: "the attending declined",
    way_back="only if the attending has changed their mind: remove `declined`",
)

# --- WHO-9: how old it is -----------------------------------------------------------------------------------


def is_fresh(last_day: date, history: LetterHistory, dates: KeyDates) -> bool:
    """Whether a letter is fresh on the deadline: calendar days from its upload, else from the last day together."""
    written = history.uploaded or last_day
    return (dates.deadline - written).days <= dates.policy.fresh_days


def _freshness_remarks(c: Candidate, dates: KeyDates) -> Iterator[Statement]:
    if not c.fresh:
        what = f"the letter of {c.history.uploaded}" if c.history.uploaded else f"the last day together, {c.last_day},"
        yield opposes(f"{what} is more than {plural(dates.policy.fresh_days, 'day')} before {dates.deadline}")


WHO_9: Final = Rule(
    id="WHO-9",
    claim="A letter from a time together that ended long before the deadline ranks below a fresh one.",
    check="Fresh: from the writer's upload, else from the last day together, to the deadline are at most "
    "`fresh_days`. Fresh ranks above not fresh. If no pick is fresh, the best strong fresh letter that is on time is "
    "picked besides.",
    why="Programs ask what you can do now. ERAS itself sets no such limit.",
    basis="guidance",
    sources=(sources.RESIDENTS_MEDICAL, sources.MATCH_A_RESIDENT, sources.AAMC_REPEAT_APPLICANTS),
    numbers=(numbers.FRESH_DAYS,),
    remarks=_freshness_remarks,
)
BY_FRESHNESS: Final = Preference(
    WHO_9, level=lambda c: not c.fresh, advantage=lambda _: "letter would be about a more recent time"
)

# --- WHO-10: one letter per attending -----------------------------------------------------------------------


def choose_letters(same_attending: Sequence[Candidate]) -> tuple[list[Candidate], list[tuple[Candidate, Candidate]]]:
    """Choose which of an attending's rotations, none of them skipped by another rule, get a letter.

    The one with the best claim gets one, and others only if all of them are for different targets. Returns those
    kept, and those left out, each with the kept one that it collides with.
    """
    kept: list[Candidate] = []
    left_out: list[tuple[Candidate, Candidate]] = []
    for c in sorted(same_attending, key=_claim):
        rival = next((other for other in kept if _collide(c, other)), None)
        if rival:
            left_out.append((c, rival))
        else:
            kept.append(c)
    return kept, left_out


def _collide(one: Candidate, other: Candidate) -> bool:
    both_limited = bool(one.rotation.for_targets and other.rotation.for_targets)
    return not both_limited or bool(set(one.may_go_to) & set(other.may_go_to))


def _claim(c: Candidate) -> tuple[object, ...]:
    """Order an attending's rotations: the smaller, the better the claim to the letter."""
    history, progress = c.history, -PROGRESS.index(c.history.status)
    live = c.is_asked and not c.silent and (c.fresh or (history.status in {"agreed", "requested"} and c.on_time))
    last_day = c.last_day.toordinal()
    return (
        *(not history.is_secured, progress if history.is_secured else 0),
        c.rotation.choice != "ask",
        *(not live, progress if live else 0),
        *(c.impossible, not history.offered, c.silent, not c.fresh, not c.on_time, not is_strong(c)),
        *(_experience_level(c), _performance_level(c), not c.parts),
        *(not c.begun, -last_day if c.begun else last_day, c.position),
    )


WHO_10: Final = Rule(
    id="WHO-10",
    claim="One letter per attending, unless each is for other targets.",
    check="Of an attending's rotations that no other rule skips, one gets the letter: uploaded, else `choice: ask`, "
    "else asked for and answered, fresh or on its way in time, else one with an offer; of equal ones the fresh, the "
    "timely and the strong one, then by experience, performance and targets; then the latest one begun, else the "
    "earliest to come. A second one only if every letter of the attending names other targets in `for`. The same "
    "attending: the same name, unless both have e-mail addresses that differ, or the same address.",
    why="Two letters from the same person say the same thing and take up two places.",
    basis="guidance",
    sources=(sources.FEINBERG_FAQ, sources.JUDGEMENT),
)

# --- WHO-11: on time ----------------------------------------------------------------------------------------


def _arrival_remarks(c: Candidate, dates: KeyDates) -> Iterator[Statement]:
    yield weigh(f"can arrive by {c.arrives_by}, the deadline is {dates.deadline}", good=c.on_time)


WHO_11: Final = Rule(
    id="WHO-11",
    claim="A letter that cannot arrive by the deadline ranks below one that can.",
    check="On time: the day the letter can be relied on is on or before the deadline; for an uploaded letter, the "
    "day of the upload is. On time ranks above late. A letter not asked for yet that could only come after the rank "
    "list is neither asked for nor kept in reserve.",
    why="Programs begin to choose on that day, and fewer of them read what comes later.",
    basis="judgement",
    sources=(sources.JUDGEMENT, sources.UW_CAREER_ADVISING),
    remarks=_arrival_remarks,
)
BY_ARRIVAL: Final = Preference(
    WHO_11,
    level=lambda c: not c.on_time,
    advantage=lambda _: "letter can arrive on time",
    drawback=lambda c: f"late, expected by {c.arrives_by}",
    improvement="it could arrive in time (a later deadline, or a writer who needs less than `lead_days`)",
)

# --- WHO-12: the user decides -------------------------------------------------------------------------------


def _choice_remarks(c: Candidate, _: KeyDates) -> Iterator[Statement]:
    if c.rotation.choice == "ask":
        yield favors(CHOSEN)


CHOSEN: Final = "you chose to ask"
WHO_12: Final = Rule(
    id="WHO-12",
    claim="Your own decision wins.",
    check="`choice: skip` skips the letter. `choice: ask` asks for it, even if it is not among the picks, and makes "
    "it strong.",
    why="You know things about a rotation that no file holds.",
    basis="judgement",
    sources=(sources.JUDGEMENT,),
    remarks=_choice_remarks,
    private=True,
)
EXCLUDED_BY_CHOICE: Final = Exclusion(
    WHO_12,
    applies=lambda c: c.rotation.choice == "skip",
    describe=lambda _: "you chose to skip it",
    way_back="if you removed `choice: skip`",
)

# --- strength: WHO-1, WHO-2 and WHO-3 together --------------------------------------------------------------

WEAKNESSES: Final = (WEAK_BY_ROLE, WEAK_BY_PERFORMANCE, WEAK_BY_CONTACT, WEAK_BY_DAYS)
"""What makes a letter weak, in the order in which it is named."""


def is_strong(c: Candidate) -> bool:
    """Whether nothing makes the letter weak. `choice: ask` lifts everything."""
    return c.rotation.choice == "ask" or not any(weakness.applies(c) for weakness in WEAKNESSES)


def find_weakness(c: Candidate) -> Weakness:
    """Find what makes a weak letter weak. Raises StopIteration for a strong one."""
    return next(weakness for weakness in WEAKNESSES if weakness.applies(c))


def describe_weakness(c: Candidate) -> str:
    """Say why a weak letter is weak."""
    return f"weak ({find_weakness(c).describe(c)})"


BY_STRENGTH: Final = Preference(
    WHO_2,
    level=lambda c: not is_strong(c),
    advantage=lambda _: "letter would be strong",
    drawback=describe_weakness,
    improvement=OFFER_MADE,
    cause=lambda c: find_weakness(c).rule,
)

# --- all of them --------------------------------------------------------------------------------------------

RULES: Final = (
    *(WHO_1, WHO_2, WHO_3, WHO_4, WHO_5, WHO_6),
    *(WHO_7, WHO_8, WHO_9, WHO_10, WHO_11, WHO_12),
)

EXCLUSIONS: Final = (EXCLUDED_BY_CHOICE, EXCLUDED_BY_REFUSAL, EXCLUDED_BY_ROLE, EXCLUDED_BY_PERFORMANCE)
"""Why a letter is skipped, in the order in which it is named."""
