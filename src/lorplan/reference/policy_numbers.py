"""The numbers of the rule book: what each means, its default, its bounds and its source.

A plan file's `policy` can change those in ALL. The constants are fixed: they say how a rule is carried out, and
changing them would improve nobody's plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from lorplan.reference import sources

if TYPE_CHECKING:
    from lorplan.reference.sources import Source


Value = int | tuple[int, ...]


class Number(NamedTuple):
    """One number by its policy name, with its unit and the bounds that a policy must keep."""

    name: str
    default: Value
    low: int
    high: int
    unit: str
    meaning: str
    source: Source


class Constant(NamedTuple):
    """A fixed number of the rule book with its unit, what it is, and the source of it."""

    value: int
    unit: str
    meaning: str
    source: Source = sources.JUDGEMENT


_MAX_DAYS: Final = 3660
"""Ten years; a larger number is assumed to be a typo."""


def _days(name: str, default: Value, meaning: str, source: Source, *, low: int = 0) -> Number:
    return Number(
        name=name,
        default=default,
        low=low,
        high=_MAX_DAYS,
        unit="calendar days",
        meaning=meaning,
        source=source,
    )


WANT: Final = Number(
    name="want",
    default=3,
    low=1,
    high=10,
    unit="letters",
    meaning="how many letters to plan for",
    source=sources.IMG_ROTATIONS_ARTICLE,
)
SPARE: Final = Number(
    name="spare",
    default=1,
    low=0,
    high=10,
    unit="letters",
    meaning="how many writers to keep in reserve",
    source=sources.UNR_LETTERS,
)
MIN_DAYS: Final = Number(
    name="min_days",
    default=8,
    low=0,
    high=100,
    unit="on-site days",
    meaning="how many days together a writer needs to know you",
    source=sources.DOCTORS_LIFE_BLOG,
)
MAX_PER_PROGRAM: Final = Number(
    name="max_per_program",
    default=4,
    low=1,
    high=10,
    unit="letters",
    meaning="how many letters a program can be assigned",
    source=sources.AAMC_LETTER_WRITERS,
)
FRESH_DAYS: Final = _days("fresh_days", 365, "how old a fresh letter may be on the deadline", sources.RESIDENTS_MEDICAL)
FINAL_WEEK_DAYS: Final = Number(
    name="final_week_days",
    default=7,
    low=1,
    high=28,
    unit="calendar days",
    meaning="the length of the window to ask, counted back from the last day",
    source=sources.IMG_ROTATIONS_ARTICLE,
)
LEAD_DAYS: Final = _days(
    "lead_days", 28, "how long a writer needs from the yes to the upload", sources.UW_FAMILY_MEDICINE
)
PROCESSING_DAYS: Final = Number(
    name="processing_days",
    default=5,
    low=0,
    high=_MAX_DAYS,
    unit="business days",
    meaning="how long it takes to process an uploaded letter",
    source=sources.ECFMG_DOCUMENTS,
)
REMIND_AFTER_DAYS: Final = _days(
    "remind_after_days", 28, "how long to wait between reminders", sources.UW_FAMILY_MEDICINE, low=1
)
REMIND_BEFORE_DAYS: Final = _days(
    "remind_before_days",
    (14, 7, 3),
    "how long before the letter is needed to send each of the last reminders",
    sources.JUDGEMENT,
)
FOLLOW_UP_DAYS: Final = _days(
    "follow_up_days", 7, "how long to wait for an answer before writing again", sources.JUDGEMENT, low=1
)
NO_ANSWER_DAYS: Final = _days(
    "no_answer_days", 14, "how long to wait for an answer before the letter no longer counts", sources.JUDGEMENT
)
GIVE_UP_AFTER: Final = Number(
    name="give_up_after",
    default=2,
    low=1,
    high=20,
    unit="reminders",
    meaning="how many reminders without an answer to send before writing less often",
    source=sources.JUDGEMENT,
)
THANK_DAYS: Final = _days("thank_days", 7, "how long the thank-you stays due", sources.JUDGEMENT)
ASSIGN_DAYS: Final = _days("assign_days", 7, "how long the assignment stays due", sources.JUDGEMENT)
PACKET_DAYS: Final = Number(
    name="packet_days",
    default=3,
    low=0,
    high=_MAX_DAYS,
    unit="business days",
    meaning="how long sending the documents stays due",
    source=sources.JUDGEMENT,
)

ALL: Final = (
    WANT,
    SPARE,
    MIN_DAYS,
    MAX_PER_PROGRAM,
    FRESH_DAYS,
    FINAL_WEEK_DAYS,
    LEAD_DAYS,
    PROCESSING_DAYS,
    REMIND_AFTER_DAYS,
    REMIND_BEFORE_DAYS,
    FOLLOW_UP_DAYS,
    NO_ANSWER_DAYS,
    GIVE_UP_AFTER,
    THANK_DAYS,
    ASSIGN_DAYS,
    PACKET_DAYS,
)

MAX_DATED_REMINDERS: Final = 12
"""Maximum entries of `remind_before_days`."""

DAYS_TO_TRY_AGAIN: Final = Constant(
    3, "on-site days", "left of the window on the day to ask, so that there are two more if the attending is busy"
)
MIN_WINDOW: Final = Constant(2, "on-site days", "that the window has at least, so that there is a second chance")
OPEN_FOR: Final = Constant(
    2,
    "on-site days",
    "for which asking stays open after an offer or when pulled forward: at once, with room for a bad day",
)
BOOK_AHEAD: Final = Constant(
    2, "on-site days", "before the talk to book it: early enough for a full calendar, late enough to be remembered"
)
REQUEST_WITHIN: Final = Constant(7, "calendar days", "to do what the portal or a missing letter asks for")
REMINDER_GAP: Final = Constant(
    7, "calendar days", "between two reminders at least; more than one a week annoys, except at the very end"
)
DECIDE_AHEAD: Final = Constant(
    7, "calendar days", "before the last day to ask with full notice on which to decide about a backup"
)
LONG_PAST_AFTER: Final = Constant(
    365, "calendar days", "before the season opens, after which a rotation is long past: an earlier letter would be old"
)
LONG_PAST_AHEAD: Final = Constant(
    90,
    "calendar days",
    "before the portal can be used to write to somebody from long ago: time for two tries and a letter",
)
LAPSED_AFTER: Final = Constant(
    730,
    "calendar days",
    "before the season opens, after which a yes, a no or an offer without a letter no longer counts",
)
REUSE_YEARS: Final = Constant(
    7, "years", "for which an uploaded letter can be imported again", sources.AAMC_REPEAT_APPLICANTS
)
TOKEN_AFTER: Final = Constant(
    21, "calendar days", "from the opening to the ECFMG token, where no day is published", sources.ECFMG_TOKEN
)
MANY_DAYS: Final = Constant(
    36, "on-site days", "together: eight weeks with the usual days off", sources.IMG_ROTATIONS_ARTICLE
)
SOME_DAYS: Final = Constant(
    16, "on-site days", "together: four weeks with the usual days off", sources.IMG_ROTATIONS_ARTICLE
)
RENEW_AFTER: Final = Constant(60, "calendar days", "before the portal can be used, after which a yes is to be renewed")
RENEW_AHEAD: Final = Constant(14, "calendar days", "before the portal can be used to renew a yes")
OLD_REQUEST_AFTER: Final = Constant(
    180, "calendar days", "before the season opens, after which a request without a letter has come to nothing"
)
SF_MATCH_LETTERS: Final = Constant(3, "letters", "that SF Match takes for a program", sources.BU_SF_MATCH)


def write_value(value: Value) -> str:
    """Write the value of a number as a sentence does."""
    return str(value) if isinstance(value, int) else ", ".join(map(str, value)) or "none"
