"""When to ask an attending: the window of the rules WHEN-1, 2, 4, 5, 7 and 12 together."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from lorplan.dates.business_days import add_business_days, business_day
from lorplan.reference import policy_numbers as numbers

if TYPE_CHECKING:
    from lorplan.dates.day_set import DaySet
    from lorplan.rules.key_dates import KeyDates


class AskWindow(NamedTuple):
    """When to ask: from `opens` to `closes`, best on `ask_on`.

    `midpoint`: half of the on-site days are over; `book_on`: the day to book the talk, None if there is none to
    book; `pulled`: the deadline moved the asking forward; `rule`: the id of the rule that set `ask_on`.
    """

    midpoint: date
    opens: date
    ask_on: date
    closes: date
    rule: str
    book_on: date | None = None
    pulled: bool = False


def find_window(on_site: DaySet, offered: date | None, meeting: date | None, dates: KeyDates) -> AskWindow:
    """Find when to ask an attending with these on-site days, of which there is at least one."""
    midpoint = find_midpoint(on_site)
    offered, meeting = _of_this_season(offered, meeting, on_site, dates)
    if offered:
        return _with_meeting(_after_offer(offered, on_site, midpoint), meeting)
    if is_long_past(on_site.last, dates):
        return _with_meeting(_long_past(midpoint, dates), meeting)
    window = _final_week(on_site, midpoint, dates)
    if meeting:
        return _with_meeting(window, meeting)
    hurry_until = dates.needed_by + timedelta(dates.policy.lead_days)
    if window.ask_on > dates.latest_ask and midpoint <= hurry_until:
        window = _pull_forward(window, on_site, dates)
    return window._replace(book_on=_find_day_to_book(window.ask_on, on_site, midpoint))


def find_midpoint(on_site: DaySet) -> date:
    """Find the day on which half of the on-site days are over; never the first where there are two."""
    number = len(on_site)
    return on_site.nth(max(-(-number // 2), min(2, number)))


def is_long_past(last_day: date, dates: KeyDates) -> bool:
    """Whether a rotation ended so long before the season that asking waits until the portal is near (WHEN-12)."""
    return _is_long_before_season(last_day, dates) and last_day < dates.as_of


def _is_long_before_season(day: date, dates: KeyDates) -> bool:
    return (dates.season.opens - day).days > numbers.LONG_PAST_AFTER.value


def _of_this_season(
    offered: date | None, meeting: date | None, on_site: DaySet, dates: KeyDates
) -> tuple[date | None, date | None]:
    """Leave out a meeting long before the season, and an offer likewise if the rotation is long past."""
    if offered and _is_long_before_season(offered, dates) and is_long_past(on_site.last, dates):
        offered = None
    if meeting and _is_long_before_season(meeting, dates):
        meeting = None
    return offered, meeting


def _final_week(on_site: DaySet, midpoint: date, dates: KeyDates) -> AskWindow:
    """Open the window at the end of the rotation (WHEN-1), but not before the midpoint (WHEN-4)."""
    days = on_site.since(on_site.last - timedelta(dates.policy.final_week_days - 1))
    fewest = numbers.MIN_WINDOW.value
    if len(days) < fewest:
        days = on_site.since(on_site.nth(max(1, len(on_site) - fewest + 1)))
    rule = "WHEN-4" if days.first < midpoint else "WHEN-1"
    days = days.since(midpoint)
    ask_on = days.nth(max(1, len(days) - numbers.DAYS_TO_TRY_AGAIN.value + 1))
    return AskWindow(midpoint=midpoint, opens=days.first, ask_on=ask_on, closes=days.last, rule=rule)


def _long_past(midpoint: date, dates: KeyDates) -> AskWindow:
    """Open the window when the season comes near (WHEN-12)."""
    opens = business_day(dates.portal_from - timedelta(numbers.LONG_PAST_AHEAD.value))
    return AskWindow(midpoint, opens=opens, ask_on=opens, closes=max(opens, dates.latest_ask), rule="WHEN-12")


def _after_offer(offered: date, on_site: DaySet, midpoint: date) -> AskWindow:
    """Open the window at once (WHEN-2), in on-site days within the rotation, in business days outside it."""
    if on_site.first <= offered <= on_site.last:
        opens = on_site.since(offered).first
        closes = on_site.after(opens, numbers.OPEN_FOR.value)
    else:
        opens = business_day(offered)
        closes = add_business_days(opens, numbers.OPEN_FOR.value)
    return AskWindow(midpoint=midpoint, opens=opens, ask_on=opens, closes=closes, rule="WHEN-2")


def _with_meeting(window: AskWindow, meeting: date | None) -> AskWindow:
    """Move the day to ask to an agreed meeting (WHEN-5), and stretch the window to it."""
    if meeting is None:
        return window
    opens, closes = min(window.opens, meeting), max(window.closes, meeting)
    return window._replace(opens=opens, ask_on=meeting, closes=closes, rule="WHEN-5")


def _pull_forward(window: AskWindow, on_site: DaySet, dates: KeyDates) -> AskWindow:
    """Move to a day that leaves the writer enough time and room to be met with silence once (WHEN-7).

    Never before the midpoint. The window stays open until the last on-site day with full notice.
    """
    with_room = on_site.before(dates.latest_ask - timedelta(dates.policy.no_answer_days - 1))
    opens = max(with_room or window.midpoint, window.midpoint)
    in_time = on_site.before(dates.latest_ask + timedelta(1)) or opens
    closes = max(in_time, on_site.after(opens, numbers.OPEN_FOR.value))
    return window._replace(opens=opens, ask_on=opens, closes=closes, pulled=True, rule="WHEN-7")


def _find_day_to_book(ask_on: date, on_site: DaySet, midpoint: date) -> date | None:
    """Find the day to book the talk (WHEN-5), not before the midpoint; None if no day is left before it."""
    ahead = on_site.before(ask_on, numbers.BOOK_AHEAD.value)
    book_on = max(midpoint, ahead) if ahead else midpoint
    return book_on if book_on < ask_on else None
