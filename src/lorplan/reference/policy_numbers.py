"""The numbers of the rule book: what each means, its default, its bounds and its source.

A plan file's `policy` can change those in ALL. The conventions at the end are fixed: they say how a rule is carried
out, and changing them would improve nobody's plan. They are our own judgement.
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
    source=sources.DOWNSTATE_LETTERS,
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
    MAX_PER_PROGRAM,
    FRESH_DAYS,
    FINAL_WEEK_DAYS,
    LEAD_DAYS,
    PROCESSING_DAYS,
    REMIND_AFTER_DAYS,
    REMIND_BEFORE_DAYS,
    FOLLOW_UP_DAYS,
    NO_ANSWER_DAYS,
    THANK_DAYS,
    ASSIGN_DAYS,
    PACKET_DAYS,
)

MAX_DATED_REMINDERS: Final = 12
"""Maximum entries of `remind_before_days`."""

DAYS_TO_TRY_AGAIN: Final = 3
"""Ask on the third-last day of the window: two more days are left if the attending is busy."""

MIN_WINDOW: Final = 2
"""On-site days that the window has at least, so that there is a second chance."""

OPEN_FOR: Final = 2
"""Days for which asking stays open after an offer or when pulled forward: "at once", with room for a bad day."""

BOOK_AHEAD: Final = 2
"""On-site days before the talk to book it: early enough for a full calendar, late enough to be remembered."""

REQUEST_WITHIN: Final = 7
"""Calendar days to make the request once the portal accepts it."""

REMINDER_GAP: Final = 7
"""Minimum calendar days between two reminders; more than one a week annoys, except at the very end."""

DECIDE_AHEAD: Final = 7
"""Calendar days before the last day to ask with full notice on which to decide about a backup."""


def write_value(value: Value) -> str:
    """Write the value of a number as a sentence does."""
    return str(value) if isinstance(value, int) else ", ".join(map(str, value)) or "none"
