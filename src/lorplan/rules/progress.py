"""How a letter comes along: silence, the day it can be relied on, and the days to remind (WHEN-7 to WHEN-11)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from lorplan.dates.business_days import business_day, subtract_business_days
from lorplan.reference import policy_numbers as numbers

if TYPE_CHECKING:
    from lorplan.rules.key_dates import KeyDates
    from lorplan.rules.letter_history import LetterHistory

# --- silence: WHEN-11 ---------------------------------------------------------------------------------------


def is_silent(history: LetterHistory, dates: KeyDates) -> bool:
    """Whether a writer has left the last message that counts without an answer for too long (calendar days)."""
    unanswered = unanswered_since(history, dates)
    if unanswered is not None:
        return (dates.as_of - unanswered).days >= dates.policy.no_answer_days
    return _came_to_nothing(history, dates)


def unanswered_since(history: LetterHistory, dates: KeyDates) -> date | None:
    """Find the day from which a writer's silence counts; None while nothing is left unanswered.

    After the asking each reminder starts the wait again, but only the first `give_up_after` of them. After the
    request it starts when that many reminders are sent.
    """
    if history.status == "asked" and history.asked:
        return max([history.asked, *sorted(set(history.reminders))[: dates.policy.give_up_after]])
    if history.status == "requested" and history.requested:
        reminders = history.reminders_since(history.requested)[: dates.policy.give_up_after]
        if len(reminders) == dates.policy.give_up_after:
            return max(reminders[-1], history.sent or reminders[-1])
    return None


def _came_to_nothing(history: LetterHistory, dates: KeyDates) -> bool:
    """Whether a writer who agreed let the request of an earlier season pass."""
    long_ago = dates.season.opens - timedelta(numbers.OLD_REQUEST_AFTER.value)
    return history.status == "agreed" and history.old_request is not None and history.old_request <= long_ago


# --- the arrival: WHEN-7, 8 and 9 ---------------------------------------------------------------------------


def request_span(agreed: date, dates: KeyDates) -> tuple[date, date]:
    """Find the first and last day to enter the writer in the portal (WHEN-8)."""
    on = business_day(max(agreed, dates.portal_from))
    return on, on + timedelta(numbers.REQUEST_WITHIN.value)


def find_arrival(history: LetterHistory, ask_on: date, dates: KeyDates) -> date:
    """Find the day on which a letter can be relied on.

    A letter in the portal has to be processed, one of an earlier season to be imported first. Else the writer has
    the whole lead time, and no portal takes a letter before the applicant can enter the writer.
    """
    if history.in_portal:
        return dates.processed_by(history.in_portal)
    if history.status == "carried":
        return dates.processed_by(max(dates.portal_from, dates.as_of))
    written = _begin_of_writing(history, ask_on, dates) + timedelta(dates.policy.lead_days)
    return dates.processed_by(max(written, dates.portal_from, dates.as_of))


def _begin_of_writing(history: LetterHistory, ask_on: date, dates: KeyDates) -> date:
    """Find the day on which the writer begins: the yes, else the asking, else the day on which one can ask.

    A yes whose request is overdue in the portal counts from today: nobody has sent the writer a link.
    """
    if history.agreed:
        overdue = history.status == "agreed" and dates.as_of > request_span(history.agreed, dates)[1]
        return dates.as_of if overdue else history.agreed
    return history.asked or max(ask_on, dates.as_of)


def is_on_time(history: LetterHistory, arrives_by: date, dates: KeyDates) -> bool:
    """Whether the letter arrives by the deadline; one in the portal if it came there by then."""
    return (history.in_portal or arrives_by) <= dates.deadline


# --- reminders: WHEN-10 -------------------------------------------------------------------------------------


def reminder_schedule(base: date, dates: KeyDates) -> list[date]:
    """List the days on which to remind a writer who can upload from `base` on, each a business day."""
    gap, every = timedelta(numbers.REMINDER_GAP.value), timedelta(dates.policy.remind_after_days)
    dated = [dates.needed_by - timedelta(days) for days in dates.policy.remind_before_days]
    dated = [day for day in dated if day >= base + gap]
    regular_until = min(dated) - gap if dated else dates.needed_by
    regular = [base + every * n for n in range(1, (regular_until - base) // every + 1)]
    days = sorted({day for day in map(business_day, dated + regular) if day <= dates.needed_by})
    if days:
        return days
    last_resort = subtract_business_days(dates.needed_by - timedelta(1), 0)
    return [last_resort] if last_resort > base else []


def open_reminders(history: LetterHistory, requested: date, dates: KeyDates) -> list[tuple[int, date]]:
    """List the reminders not sent yet, numbered by their place in the schedule; one more when all are sent."""
    base, last = max(requested, dates.portal_from), history.last_reminder
    planned = reminder_schedule(base, dates)
    left = [(n, on) for n, on in enumerate(planned, start=1) if last is None or on > last]
    if left:
        return left
    late_ones = history.reminders_since(dates.needed_by + timedelta(1))
    on = business_day(max(base, last or base) + timedelta(days_to_next_message(len(late_ones), dates)))
    return [(len(planned) + 1, on)]


def days_to_next_message(sent_in_vain: int, dates: KeyDates) -> int:
    """Find how long to wait before writing again (calendar days): longer once it has been in vain often enough."""
    policy = dates.policy
    return policy.remind_after_days if sent_in_vain >= policy.give_up_after else policy.follow_up_days
