"""When to ask, and how long everything takes: the WHEN rules and the days that follow from them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from lorplan.dates.business_days import add_business_days, business_day, subtract_business_days
from lorplan.reference import policy_numbers as numbers
from lorplan.reference import sources
from lorplan.rules.candidate import AskWindow
from lorplan.rules.rule import Rule, favors, opposes, weigh
from lorplan.text.wording import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lorplan.dates.day_set import DaySet
    from lorplan.planfile.models import Rotation
    from lorplan.rules.candidate import Candidate
    from lorplan.rules.key_dates import KeyDates
    from lorplan.rules.letter_history import LetterHistory
    from lorplan.rules.rule import Statement


def _for_the_day_to_ask(
    rule_id: str, describe: Callable[[AskWindow, KeyDates], str]
) -> Callable[[Candidate, KeyDates], Iterator[Statement]]:
    """Make the remarks of a rule that speaks where it set the day to ask of a letter not asked for yet."""

    def remarks(c: Candidate, dates: KeyDates) -> Iterator[Statement]:
        if c.window.rule.id == rule_id and not c.is_asked:
            yield favors(describe(c.window, dates))

    return remarks


# --- WHEN-1: the final week ---------------------------------------------------------------------------------

WHEN_1: Final = Rule(
    id="WHEN-1",
    claim="Ask in the final week.",
    check="The window: the on-site days among the `final_week_days` calendar days that end on the last day; if they "
    f"are fewer than {numbers.MIN_WINDOW}, the last {numbers.MIN_WINDOW} on-site days. The day to ask is the "
    "third-last day of the window, or its first.",
    why="By then your work has been seen, it is fresh in mind, and you are still there to be asked back.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE, sources.OKLAHOMA_HOW_TO_ASK, sources.MEDFOOLS_LETTERS),
    numbers=(numbers.FINAL_WEEK_DAYS,),
    remarks=_for_the_day_to_ask("WHEN-1", lambda w, _: f"the final week is {w.opens} to {w.closes}"),
)

# --- WHEN-2: an offer ---------------------------------------------------------------------------------------

WHEN_2: Final = Rule(
    id="WHEN-2",
    claim="Follow up on an offer at once.",
    check="With an offer during the rotation, the window opens on the first on-site day on or after it and closes "
    f"{numbers.OPEN_FOR} on-site days later; before or after the rotation the same in business days. The day to "
    "ask is the first.",
    why="Somebody who offers is thinking of you today; in a month the details are gone.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE,),
    remarks=_for_the_day_to_ask("WHEN-2", lambda w, _: f"offered, so ask at once: {w.opens} to {w.closes}"),
)

# --- WHEN-3: do not leave without asking --------------------------------------------------------------------

WHEN_3: Final = Rule(
    id="WHEN-3",
    claim="Never leave without having asked: on the last day by e-mail, if there was no chance to talk.",
    check="On the last day of the window the action says that it is the last chance.",
    why="No letter comes unless you ask for it, and every day after you leave makes the asking harder.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE,),
)

# --- WHEN-4: not too soon -----------------------------------------------------------------------------------

WHEN_4: Final = Rule(
    id="WHEN-4",
    claim="Do not ask before half of your days together are over, unless the letter is offered.",
    check="The window never begins before the midpoint: of n on-site days the one with the number n / 2, rounded up.",
    why="Too soon there is little to write about, and the asking itself looks premature.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE, sources.JUDGEMENT),
    remarks=_for_the_day_to_ask("WHEN-4", lambda w, _: f"not before half of your days are over ({w.midpoint})"),
)

# --- WHEN-5: a meeting --------------------------------------------------------------------------------------

WHEN_5: Final = Rule(
    id="WHEN-5",
    claim="Book a short meeting at the end of a day.",
    check=f"The talk is booked {numbers.BOOK_AHEAD} on-site days before the day to ask, but not before the midpoint. "
    "The day of a recorded `meeting` becomes the day to ask.",
    why="Asked in a corridor, people say something kind; asked in five quiet minutes, they say what they can do.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE, sources.UNR_LETTERS),
    remarks=_for_the_day_to_ask("WHEN-5", lambda w, _: f"the meeting is on {w.ask_on}"),
)

# --- WHEN-6: feedback halfway -------------------------------------------------------------------------------

WHEN_6: Final = Rule(
    id="WHEN-6",
    claim="Halfway, ask how you are doing, while you can still improve; in the last week, record how it went.",
    check="Feedback is due on the midpoint, until the on-site day before the talk is booked, while `performance` is "
    "not recorded. Recording it is due while the window is open.",
    why="A strong letter needs strong work that was seen, and the plan can only weigh what you tell it.",
    basis="judgement",
    sources=(sources.JUDGEMENT, sources.IMG_ROTATIONS_ARTICLE),
)

# --- WHEN-7: the writer's time ------------------------------------------------------------------------------

WHEN_7: Final = Rule(
    id="WHEN-7",
    claim="Give the writer enough time.",
    check="A writer needs `lead_days` from the yes, else from the asking. If the day to ask would leave less before "
    "the letter is needed, and the midpoint is not after that day, it moves to the last on-site day that leaves "
    "enough, but not before the midpoint; it then stays open for two more on-site days.",
    why="A letter written in a hurry is a generic one.",
    basis="guidance",
    sources=(sources.UW_FAMILY_MEDICINE, sources.DOWNSTATE_LETTERS),
    numbers=(numbers.LEAD_DAYS,),
    remarks=_for_the_day_to_ask(
        "WHEN-7", lambda _, dates: f"before the final week, as full notice ends on {dates.latest_ask}"
    ),
)

# --- WHEN-8: the request in the portal ----------------------------------------------------------------------

WHEN_8: Final = Rule(
    id="WHEN-8",
    claim="Make the formal request when the portal opens.",
    check="The request is due once the attending has agreed and the season has opened, on a business day. No letter "
    "arrives before the season opens.",
    why="Before the season opens the portal takes neither a request nor a letter; the writer keeps it.",
    basis="requirement",
    sources=(sources.UW_CAREER_ADVISING, sources.AAMC_LETTER_WRITERS, sources.AAMC_LETTERS_CHAPTER),
)

# --- WHEN-9: processing -------------------------------------------------------------------------------------


def _processing_remarks(c: Candidate, dates: KeyDates) -> Iterator[Statement]:
    yield weigh(
        f"arrival includes {plural(dates.policy.processing_days, 'business day')} of processing", good=c.on_time
    )


WHEN_9: Final = Rule(
    id="WHEN-9",
    claim="Allow time for an uploaded letter to be processed.",
    check="`processing_days` business days are added to every upload. A letter is needed that many business days "
    "before the deadline.",
    why="A letter uploaded on the deadline is not yet one that a program can read.",
    basis="guidance",
    sources=(sources.ECFMG_DOCUMENTS, sources.EFDO_DOCUMENTS, sources.FIVE_USC_6103),
    numbers=(numbers.PROCESSING_DAYS,),
    remarks=_processing_remarks,
)

# --- WHEN-10: reminders -------------------------------------------------------------------------------------


def reminder_schedule(base: date, dates: KeyDates) -> list[date]:
    """List the days on which to remind a writer who can upload from `base` on, each a business day."""
    gap, every = timedelta(numbers.REMINDER_GAP), timedelta(dates.policy.remind_after_days)
    dated = [dates.needed_by - timedelta(days) for days in dates.policy.remind_before_days]
    dated = [day for day in dated if day >= base + gap]
    regular_until = min(dated) - gap if dated else dates.needed_by
    regular = [base + every * n for n in range(1, (regular_until - base) // every + 1)]
    days = sorted({day for day in map(business_day, dated + regular) if day <= dates.needed_by})
    if days:
        return days
    last_resort = subtract_business_days(dates.needed_by - timedelta(1), 0)
    return [last_resort] if last_resort > base else []


WHEN_10: Final = Rule(
    id="WHEN-10",
    claim="Remind regularly, and again as the date nears.",
    check="From the request, or the opening of the season if that is later: every `remind_after_days`, and each of "
    "`remind_before_days` before the letter is needed, on business days and at least a week apart; after the last "
    "of them every `follow_up_days`.",
    why="Writers mean well and are busy; an occasional friendly note annoys nobody.",
    basis="guidance",
    sources=(sources.UW_FAMILY_MEDICINE, sources.JUDGEMENT),
    numbers=(numbers.REMIND_AFTER_DAYS, numbers.REMIND_BEFORE_DAYS),
)

# --- WHEN-11: silence ---------------------------------------------------------------------------------------


def is_silent(history: LetterHistory, dates: KeyDates) -> bool:
    """Whether a writer who was asked has not answered for too long (calendar days)."""
    if history.status != "asked" or history.last_contacted is None:
        return False
    return (dates.as_of - history.last_contacted).days >= dates.policy.no_answer_days


def _silence_remarks(c: Candidate, dates: KeyDates) -> Iterator[Statement]:
    if c.silent:
        yield opposes(f"no answer for {plural(dates.policy.no_answer_days, 'day')} or more: count on another writer")


WHEN_11: Final = Rule(
    id="WHEN-11",
    claim="No answer: write again, then count on another writer.",
    check="Without an answer, a follow-up is due `follow_up_days` after the asking or the last reminder. After "
    "`no_answer_days` the letter is silent: it no longer counts, and is no pick.",
    why="Silence is mostly a full inbox and sometimes a polite no; either way the plan must not wait for it.",
    basis="judgement",
    sources=(sources.JUDGEMENT,),
    numbers=(numbers.FOLLOW_UP_DAYS, numbers.NO_ANSWER_DAYS),
    remarks=_silence_remarks,
)

# --- WHEN-12 to WHEN-16: what remains to be done -------------------------------------------------------------

WHEN_12: Final = Rule(
    id="WHEN-12",
    claim="If you left without asking, ask by e-mail now.",
    check="The asking is by e-mail before the first on-site day and after the last, unless a meeting is still ahead.",
    why="It is second best to asking in person, and better than anything later.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE,),
)
WHEN_13: Final = Rule(
    id="WHEN-13",
    claim="Thank the writer.",
    check="Due on the business day of the upload, for `thank_days`.",
    why="They gave you an evening, and you may meet again as colleagues.",
    basis="guidance",
    sources=(sources.SUCCESSFUL_MATCH_BLOG,),
    numbers=(numbers.THANK_DAYS,),
)
WHEN_14: Final = Rule(
    id="WHEN-14",
    claim="Assign an uploaded letter to each program by hand; an assignment cannot be undone.",
    check="Due once the letter is processed and applications can be submitted, on a business day, for `assign_days`. "
    "Only letters in the set of a target.",
    why="An uploaded letter that is not assigned is read by nobody, and a wrong one blocks one of four places.",
    basis="requirement",
    sources=(sources.MARYLAND_MANUAL, sources.UW_CAREER_ADVISING, sources.RESIDENCY_SUPPORT_BLOG),
    numbers=(numbers.ASSIGN_DAYS,),
)
WHEN_15: Final = Rule(
    id="WHEN-15",
    claim="Send the writer what they need once they agree.",
    check="Due on the business day of the yes, for `packet_days` business days.",
    why="With your CV and statement at hand the letter gets written sooner and says more.",
    basis="guidance",
    sources=(sources.UW_CAREER_ADVISING, sources.UNR_LETTERS),
    numbers=(numbers.PACKET_DAYS,),
)
WHEN_16: Final = Rule(
    id="WHEN-16",
    claim="While another writer could still deliver in time, decide whether you need one.",
    check=f"Due from {numbers.DECIDE_AHEAD} days before the last day to ask with full notice, unless as many letters "
    "as wanted are uploaded or somebody is being asked: for the best reserve or hold letter that is on time.",
    why="After the last day to ask, a letter that fails can no longer be replaced.",
    basis="judgement",
    sources=(sources.JUDGEMENT,),
)

RULES: Final = (
    *(WHEN_1, WHEN_2, WHEN_3, WHEN_4, WHEN_5, WHEN_6, WHEN_7, WHEN_8),
    *(WHEN_9, WHEN_10, WHEN_11, WHEN_12, WHEN_13, WHEN_14, WHEN_15, WHEN_16),
)

# --- the window: WHEN-1, 2, 4, 5 and 7 together -------------------------------------------------------------


def find_window(rotation: Rotation, offered: date | None, on_site: DaySet, dates: KeyDates) -> AskWindow:
    """Find when to ask the attending of a rotation, which has at least one on-site day."""
    midpoint = on_site.nth((len(on_site) + 1) // 2)
    if offered is not None:
        return _with_meeting(_after_offer(offered, on_site, midpoint), rotation.meeting)
    window = _final_week(rotation.final_day, on_site, midpoint, dates)
    if rotation.meeting is not None:
        return _with_meeting(window, rotation.meeting)
    if window.ask_on > dates.latest_ask and midpoint <= dates.needed_by:
        window = _pull_forward(window, on_site, dates)
    return window._replace(book_on=_find_day_to_book(window.ask_on, on_site, midpoint))


def _final_week(last_day: date, on_site: DaySet, midpoint: date, dates: KeyDates) -> AskWindow:
    """Open the window at the end of the rotation (WHEN-1), but not before the midpoint (WHEN-4)."""
    days = on_site.since(last_day - timedelta(dates.policy.final_week_days - 1))
    if len(days) < numbers.MIN_WINDOW:
        days = on_site.since(on_site.nth(max(1, len(on_site) - numbers.MIN_WINDOW + 1)))
    rule = WHEN_4 if days.first < midpoint else WHEN_1
    days = days.since(midpoint)
    ask_on = days.nth(max(1, len(days) - numbers.DAYS_TO_TRY_AGAIN + 1))
    return AskWindow(midpoint=midpoint, opens=days.first, ask_on=ask_on, closes=days.last, rule=rule)


def _after_offer(offered: date, on_site: DaySet, midpoint: date) -> AskWindow:
    """Open the window at once (WHEN-2), in on-site days within the rotation, in business days outside it."""
    if on_site.first <= offered <= on_site.last:
        opens = on_site.since(offered).first
        closes = on_site.after(opens, numbers.OPEN_FOR)
    else:
        opens = business_day(offered)
        closes = add_business_days(opens, numbers.OPEN_FOR)
    return AskWindow(midpoint=midpoint, opens=opens, ask_on=opens, closes=closes, rule=WHEN_2)


def _with_meeting(window: AskWindow, meeting: date | None) -> AskWindow:
    """Move the day to ask to an agreed meeting (WHEN-5), and stretch the window to it."""
    if meeting is None:
        return window
    opens, closes = min(window.opens, meeting), max(window.closes, meeting)
    return window._replace(opens=opens, ask_on=meeting, closes=closes, rule=WHEN_5)


def _pull_forward(window: AskWindow, on_site: DaySet, dates: KeyDates) -> AskWindow:
    """Move to the last on-site day that leaves the writer enough time (WHEN-7), but not before the midpoint."""
    in_time = on_site.before(dates.latest_ask + timedelta(1)) or window.midpoint
    opens = max(in_time, window.midpoint)
    closes = on_site.after(opens, numbers.OPEN_FOR)
    return window._replace(opens=opens, ask_on=opens, closes=closes, pulled=True, rule=WHEN_7)


def _find_day_to_book(ask_on: date, on_site: DaySet, midpoint: date) -> date | None:
    """Find the day to book the talk (WHEN-5), not before the midpoint; None if no day is left before it."""
    ahead = on_site.before(ask_on, numbers.BOOK_AHEAD)
    book_on = max(midpoint, ahead) if ahead else midpoint
    return book_on if book_on < ask_on else None


# --- the arrival: WHEN-7, 8 and 9 together ------------------------------------------------------------------


def find_arrival(history: LetterHistory, ask_on: date, dates: KeyDates) -> date:
    """Find the day on which a letter can be relied on.

    An uploaded letter has to be processed. Else the writer has the whole lead time from the yes, the asking, or
    the day on which one can ask; and no portal takes a letter before the season opens.
    """
    if history.uploaded:
        return dates.processed_by(history.uploaded)
    begun = history.agreed or history.asked or max(ask_on, dates.as_of)
    written = begun + timedelta(dates.policy.lead_days)
    return dates.processed_by(max(written, dates.season.opens, dates.as_of))


def is_on_time(history: LetterHistory, arrives_by: date, dates: KeyDates) -> bool:
    """Whether the letter arrives by the deadline; an uploaded one if it was uploaded by then."""
    return (history.uploaded or arrives_by) <= dates.deadline
