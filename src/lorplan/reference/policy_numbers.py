"""The numbers of the rule book: what each means, its default, its bounds, and where it comes from.

A plan file's `policy:` can replace any of them by its name. The small conventions at the end are fixed: they
say how a rule is carried out, and nobody's plan gets better by turning them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lorplan.reference import sources

if TYPE_CHECKING:
    from lorplan.reference.sources import Source


class Number(NamedTuple):
    """One number by its policy name, with the unit it counts in and the bounds a policy must keep."""

    name: str
    default: Any
    low: int
    high: int
    unit: str
    meaning: str
    source: Source


_LONGEST = 3660
"""Ten years: whoever needs more days than that has mistyped."""


def _days(name: str, default: Any, meaning: str, source: Source, *, low: int = 0) -> Number:  # noqa: ANN401
    return Number(
        name=name,
        default=default,
        low=low,
        high=_LONGEST,
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
    meaning="how many strong letters to plan for",
    source=sources.IMG_ROTATIONS_ARTICLE,
)
SPARE: Final = Number(
    name="spare",
    default=1,
    low=0,
    high=10,
    unit="letters",
    meaning="how many more writers to keep in reserve",
    source=sources.DOWNSTATE_LETTERS,
)
MAX_PER_PROGRAM: Final = Number(
    name="max_per_program",
    default=4,
    low=1,
    high=10,
    unit="letters",
    meaning="how many letters one program can be assigned",
    source=sources.AAMC_LETTER_WRITERS,
)
FRESH_DAYS: Final = _days(
    "fresh_days", 365, "how old a letter may be on the deadline and still be fresh", sources.RESIDENTS_MEDICAL
)
FINAL_WEEK_DAYS: Final = Number(
    name="final_week_days",
    default=7,
    low=1,
    high=28,
    unit="calendar days",
    meaning="how long before the last day the time to ask begins",
    source=sources.IMG_ROTATIONS_ARTICLE,
)
LEAD_DAYS: Final = _days(
    "lead_days", 28, "how long a writer needs from the asking to the upload", sources.UW_FAMILY_MEDICINE
)
PROCESSING_DAYS: Final = Number(
    name="processing_days",
    default=5,
    low=0,
    high=_LONGEST,
    unit="business days",
    meaning="how long an uploaded letter is processed before programs see it",
    source=sources.ECFMG_DOCUMENTS,
)
REMIND_AFTER_DAYS: Final = _days(
    "remind_after_days", 28, "how long to wait between reminders", sources.UW_FAMILY_MEDICINE, low=1
)
REMIND_BEFORE_DAYS: Final = _days(
    "remind_before_days",
    (14, 7, 3),
    "how long before the letter is needed to remind once more, for each such reminder",
    sources.JUDGEMENT,
)
FOLLOW_UP_DAYS: Final = _days(
    "follow_up_days", 7, "how long to wait for an answer before writing again", sources.JUDGEMENT, low=1
)
NO_ANSWER_DAYS: Final = _days(
    "no_answer_days", 14, "how long without an answer until the letter no longer counts", sources.JUDGEMENT
)
THANK_DAYS: Final = _days("thank_days", 7, "within how many days to thank for a letter", sources.JUDGEMENT)
ASSIGN_DAYS: Final = _days(
    "assign_days", 7, "within how many days to assign a letter once that is possible", sources.JUDGEMENT
)
PACKET_DAYS: Final = Number(
    name="packet_days",
    default=3,
    low=0,
    high=_LONGEST,
    unit="business days",
    meaning="within how many days to send the writer what the letter needs",
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
"""The most entries of `remind_before_days`: more would be a letter a day."""

DAYS_TO_TRY_AGAIN: Final = 3
"""Ask on the third-last day of the window: two working days are left if the attending has no time that day."""

MIN_WINDOW: Final = 2
"""A window of one on-site day leaves no second try, so it is widened to the last two."""

OPEN_FOR: Final = 2
"""Days of work that an offer, or an ask pulled forward, stays open: "at once" with room for a day that fails."""

BOOK_AHEAD: Final = 2
"""Book the talk two on-site days before it: early enough for a busy calendar, late enough to be remembered."""

REQUEST_WITHIN: Final = 7
"""Calendar days to enter the request once the portal takes it: a week, as with every other small chore."""

REMINDER_GAP: Final = 7
"""Calendar days between two reminders at least: more often than weekly annoys, short of the very end."""

DECIDE_AHEAD: Final = 7
"""Calendar days before the latest day to ask at which the question of a backup is put."""
