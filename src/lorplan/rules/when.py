"""When to ask, and how long everything takes: the WHEN rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lorplan.reference import policy_numbers as numbers
from lorplan.reference import sources
from lorplan.rules.progress import unanswered_since
from lorplan.rules.rule import Preference, Rule, favors, opposes, weigh
from lorplan.text.wording import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lorplan.rules.ask_window import AskWindow
    from lorplan.rules.candidate import Candidate
    from lorplan.rules.key_dates import KeyDates
    from lorplan.rules.rule import Statement


def _for_the_day_to_ask(
    rule_id: str, describe: Callable[[AskWindow, KeyDates], str]
) -> Callable[[Candidate, KeyDates], Iterator[Statement]]:
    """Make the remarks of a rule that speaks where it set the day to ask of a letter not asked for yet."""

    def remarks(c: Candidate, dates: KeyDates) -> Iterator[Statement]:
        if c.window.rule == rule_id and not c.is_asked:
            yield favors(describe(c.window, dates))

    return remarks


# --- WHEN-1: the final week ---------------------------------------------------------------------------------

WHEN_1: Final = Rule(
    id="WHEN-1",
    claim="Ask in the final week.",
    check="The window: the on-site days among the `final_week_days` calendar days that end on the last on-site day; "
    f"if they are fewer than {numbers.MIN_WINDOW.value}, the last {numbers.MIN_WINDOW.value} on-site days. The day to "
    "ask is the third-last day of the window, or its first.",
    why="By then your work has been seen, it is fresh in mind, and you are still there to be asked back.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE, sources.OKLAHOMA_HOW_TO_ASK, sources.MEDFOOLS_LETTERS),
    numbers=(numbers.FINAL_WEEK_DAYS,),
    constants=(numbers.MIN_WINDOW, numbers.DAYS_TO_TRY_AGAIN),
    remarks=_for_the_day_to_ask("WHEN-1", lambda w, _: f"the final week is {w.opens} to {w.closes}"),
)

# --- WHEN-2: an offer ---------------------------------------------------------------------------------------

WHEN_2: Final = Rule(
    id="WHEN-2",
    claim="Follow up on an offer at once.",
    check="With an offer during the rotation, the window opens on the first on-site day on or after it and closes "
    f"{numbers.OPEN_FOR.value} on-site days later; before or after the rotation the same in business days. The day to "
    "ask is the first.",
    why="Somebody who offers is thinking of you today; in a month the details are gone.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE,),
    constants=(numbers.OPEN_FOR,),
    remarks=_for_the_day_to_ask("WHEN-2", lambda w, _: f"offered, so ask at once: {w.opens} to {w.closes}"),
)

# --- WHEN-3: do not leave without asking --------------------------------------------------------------------

WHEN_3: Final = Rule(
    id="WHEN-3",
    claim="Never leave without having asked: on the last day by e-mail, if there was no chance to talk.",
    check="On the last day of the window the action says that it is the last chance. Of letters that are otherwise "
    "equal and not asked for, one whose rotation is not over is preferred.",
    why="No letter comes unless you ask for it, and every day after you leave makes the asking harder.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE,),
)
BY_PRESENCE: Final = Preference(
    WHEN_3,
    level=lambda c: c.over and not c.is_asked,
    advantage=lambda _: "rotation is not over yet",
    tiebreak=True,
)

# --- WHEN-4: not too soon -----------------------------------------------------------------------------------

WHEN_4: Final = Rule(
    id="WHEN-4",
    claim="Do not ask before half of your days together are over, and never on the first, unless it is offered.",
    check="The window never begins before the midpoint: of n on-site days the one with the number n / 2, rounded up, "
    "but not the first where there are two.",
    why="Too soon there is little to write about, and the asking itself looks premature.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE, sources.JUDGEMENT),
    remarks=_for_the_day_to_ask("WHEN-4", lambda w, _: f"not before half of your days are over ({w.midpoint})"),
)

# --- WHEN-5: a meeting --------------------------------------------------------------------------------------

WHEN_5: Final = Rule(
    id="WHEN-5",
    claim="Book a short meeting at the end of a day.",
    check=f"The talk is booked {numbers.BOOK_AHEAD.value} on-site days before the day to ask, but not before the "
    "midpoint. The day of a recorded `meeting` becomes the day to ask, unless it is more than "
    f"{numbers.LONG_PAST_AFTER.value} days before the season opens.",
    why="Asked in a corridor, people say something kind; asked in five quiet minutes, they say what they can do.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE, sources.UNR_LETTERS),
    constants=(numbers.BOOK_AHEAD,),
    remarks=_for_the_day_to_ask("WHEN-5", lambda w, _: f"the meeting is on {w.ask_on}"),
)

# --- WHEN-6: feedback halfway -------------------------------------------------------------------------------

WHEN_6: Final = Rule(
    id="WHEN-6",
    claim="Halfway, ask how you are doing, while you can still improve; in the last week, record how it went.",
    check="Feedback is due on the midpoint, until the on-site day before the talk is booked, while neither "
    "`performance` nor `feedback` is recorded. Recording `performance` is due while the window is open.",
    why="A strong letter needs strong work that was seen, and the plan can only weigh what you tell it.",
    basis="judgement",
    sources=(sources.JUDGEMENT, sources.IMG_ROTATIONS_ARTICLE),
)

# --- WHEN-7: the writer's time ------------------------------------------------------------------------------

WHEN_7: Final = Rule(
    id="WHEN-7",
    claim="Give the writer four weeks.",
    check="A writer needs `lead_days` from the yes, else from the asking. If the day to ask would leave less before "
    "the letter is needed, and the midpoint is at most `lead_days` after that day, it moves to the last on-site day "
    "that leaves enough and `no_answer_days` more, but not before the midpoint; it stays open to the last on-site day "
    f"that leaves enough, at least {numbers.OPEN_FOR.value} more on-site days. The letter is tight.",
    why="A letter written in a hurry is a generic one, and a first message can stay without an answer.",
    basis="guidance",
    sources=(sources.UW_FAMILY_MEDICINE, sources.JUDGEMENT),
    numbers=(numbers.LEAD_DAYS,),
    remarks=_for_the_day_to_ask(
        "WHEN-7", lambda _, dates: f"before the final week, as full notice ends on {dates.latest_ask}"
    ),
)

# --- WHEN-8: the request in the portal ----------------------------------------------------------------------

WHEN_8: Final = Rule(
    id="WHEN-8",
    claim="Make the formal request when you can enter it: you need the ECFMG token, some three weeks after the season "
    "opens.",
    check="The request is due once the attending has agreed and the token is there (`applicant.token`, else the day "
    f"published, else {numbers.TOKEN_AFTER.value} days after the opening), on a business day, for "
    f"{numbers.REQUEST_WITHIN.value} days. No letter is expected in the portal before.",
    why="Without the token an international graduate can enter nobody; the writer keeps the letter until then.",
    basis="guidance",
    sources=(
        *(sources.ECFMG_TOKEN, sources.AAMC_LETTER_WRITERS, sources.AAMC_LETTERS_CHAPTER),
        sources.ECFMG_EARLY_LETTERS,
    ),
    constants=(numbers.TOKEN_AFTER, numbers.REQUEST_WITHIN),
)

# --- WHEN-9: processing -------------------------------------------------------------------------------------


def _processing_remarks(c: Candidate, dates: KeyDates) -> Iterator[Statement]:
    yield weigh(
        f"arrival includes {plural(dates.policy.processing_days, 'business day')} of processing", good=c.on_time
    )


WHEN_9: Final = Rule(
    id="WHEN-9",
    claim="Allow up to five business days for an uploaded letter to be processed.",
    check="`processing_days` business days are added to every upload. A letter is needed that many business days "
    "before the deadline. If the writer says that it is sent (`sent`) and the portal shows nothing after that time, "
    "the entry is to be checked and the link sent again.",
    why="A letter uploaded on the deadline is not yet one that a program can read.",
    basis="guidance",
    sources=(
        *(sources.ECFMG_DOCUMENTS, sources.EFDO_DOCUMENTS, sources.ECFMG_PROCESSING, sources.FIVE_USC_6103),
        sources.AAMC_PORTAL_FAQ,
    ),
    numbers=(numbers.PROCESSING_DAYS,),
    remarks=_processing_remarks,
)

# --- WHEN-10: reminders -------------------------------------------------------------------------------------

WHEN_10: Final = Rule(
    id="WHEN-10",
    claim="Remind every month, and again as the date nears.",
    check="From the request, or the token if that is later: every `remind_after_days`, and each of "
    "`remind_before_days` before the letter is needed, on business days and at least "
    f"{numbers.REMINDER_GAP.value} days after the request; then every `follow_up_days`, and once `give_up_after` "
    "reminders after that day were in vain every `remind_after_days`.",
    why="Writers mean well and are busy; an occasional friendly note is no nuisance.",
    basis="guidance",
    sources=(sources.UW_FAMILY_MEDICINE, sources.JUDGEMENT),
    numbers=(numbers.REMIND_AFTER_DAYS, numbers.REMIND_BEFORE_DAYS),
    constants=(numbers.REMINDER_GAP,),
)

# --- WHEN-11: silence ---------------------------------------------------------------------------------------


def _silence_remarks(c: Candidate, dates: KeyDates) -> Iterator[Statement]:
    if c.silent:
        since = unanswered_since(c.history, dates)
        text = f"no answer since {since}" if since else f"nothing came of the request of {c.history.old_request}"
        yield opposes(f"{text}: count on another writer")


WHEN_11: Final = Rule(
    id="WHEN-11",
    claim="No answer after a week: write again; after two, count on another writer.",
    check="Without an answer, a follow-up is due `follow_up_days` after the asking or the last reminder, and once "
    "`give_up_after` reminders were in vain `remind_after_days` after it. The letter is silent, no longer counts and "
    "is no pick `no_answer_days` after the asking or one of the first `give_up_after` reminders; after the request, as "
    "long after so many reminders; and where an agreed letter was requested "
    f"{numbers.OLD_REQUEST_AFTER.value} days or more before the season opens.",
    why="Silence is mostly a full inbox and sometimes a polite no; either way the plan must not wait for it.",
    basis="judgement",
    sources=(sources.JUDGEMENT,),
    numbers=(numbers.FOLLOW_UP_DAYS, numbers.NO_ANSWER_DAYS, numbers.GIVE_UP_AFTER),
    constants=(numbers.OLD_REQUEST_AFTER,),
    remarks=_silence_remarks,
)

# --- WHEN-12: left without asking ---------------------------------------------------------------------------

WHEN_12: Final = Rule(
    id="WHEN-12",
    claim="If you left without asking, ask by e-mail now; if that was long ago, when the season comes near.",
    check="The asking is by e-mail before the first on-site day and after the last, unless a meeting is still ahead or "
    f"you are in another rotation of the attending. If the last day was more than {numbers.LONG_PAST_AFTER.value} days "
    f"before the season opens, the day to ask is {numbers.LONG_PAST_AHEAD.value} days before the portal can be used.",
    why="It is second best to asking in person, and better than anything later.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE, sources.JUDGEMENT),
    constants=(numbers.LONG_PAST_AFTER, numbers.LONG_PAST_AHEAD),
    remarks=_for_the_day_to_ask(
        "WHEN-12", lambda w, _: f"long ago, so ask again when the season comes near: from {w.opens}"
    ),
)

# --- WHEN-13 to WHEN-16: what remains to be done -------------------------------------------------------------

WHEN_13: Final = Rule(
    id="WHEN-13",
    claim="Thank the writer.",
    check="Due on the business day of the upload, for `thank_days`; not for a letter of an earlier season.",
    why="They gave you an evening, and you may meet again as colleagues.",
    basis="guidance",
    sources=(sources.SUCCESSFUL_MATCH_BLOG,),
    numbers=(numbers.THANK_DAYS,),
)
WHEN_14: Final = Rule(
    id="WHEN-14",
    claim="Assign an uploaded letter to its programs; once you have applied, it cannot be taken back.",
    check="Due once the letter is processed and applications can be submitted, on a business day, for `assign_days`. "
    "Only letters in the set of a target.",
    why="An uploaded letter that is not assigned is read by nobody, and a wrong one blocks one of four places.",
    basis="requirement",
    sources=(
        *(sources.AAMC_DOCUMENTS_CHAPTER, sources.MARYLAND_MANUAL, sources.UW_CAREER_ADVISING),
        sources.RESIDENCY_SUPPORT_BLOG,
    ),
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
    check=f"Due from {numbers.DECIDE_AHEAD.value} days before the last day to ask with full notice, unless as many "
    "letters as wanted are uploaded or somebody is being asked: for the best reserve or hold letter that is on time "
    "and whose midpoint is not after that day.",
    why="After the last day to ask, a letter that fails can no longer be replaced.",
    basis="judgement",
    sources=(sources.JUDGEMENT,),
    constants=(numbers.DECIDE_AHEAD,),
)

# --- WHEN-17 to WHEN-19: early, late, and from one season to the next ----------------------------------------

WHEN_17: Final = Rule(
    id="WHEN-17",
    claim="Where time will be short, say in the first days that you hope for a letter, and when programs look.",
    check="For a letter to be asked for that is tight or late, in a rotation of three or more on-site days: from the "
    "second on-site day to the one before the midpoint, until `notice` is recorded.",
    why="Who knows from the start watches with a letter in mind, and can plan the time to write it.",
    basis="guidance",
    sources=(sources.AAFP_LETTERS, sources.MARYLAND_MANUAL),
)
WHEN_18: Final = Rule(
    id="WHEN-18",
    claim="After the rank list nobody is asked any more.",
    check="After the rank list day of the season the only action left is to thank. A letter that could only come after "
    "it is not asked for.",
    why="Programs have ranked by then: a letter would be read by nobody.",
    basis="judgement",
    sources=(sources.JUDGEMENT,),
)


def _carried_remarks(c: Candidate, dates: KeyDates) -> Iterator[Statement]:
    if c.history.status == "carried":
        yield favors(f"uploaded on {c.history.uploaded}, to be imported from {dates.portal_from}")


WHEN_19: Final = Rule(
    id="WHEN-19",
    claim="Last season's letters are imported, not asked for again; renew an old promise before the portal opens.",
    check="A letter uploaded before the season opened is carried over, if that is not more than "
    f"{numbers.REUSE_YEARS.value} years ago: it is promised, and the import is due once the token is there. What was "
    f"asked, agreed or offered without an upload more than {numbers.LAPSED_AFTER.value} days before the season opens "
    f"no longer counts. A promise given {numbers.RENEW_AFTER.value} days or more before the token is renewed "
    f"{numbers.RENEW_AHEAD.value} days before it.",
    why="The letter exists already, and a second request for it wears out good will; a promise fades in a year.",
    basis="guidance",
    sources=(sources.AAMC_REPEAT_APPLICANTS, sources.AAMC_LETTER_WRITERS, sources.JUDGEMENT),
    constants=(numbers.REUSE_YEARS, numbers.LAPSED_AFTER, numbers.RENEW_AFTER, numbers.RENEW_AHEAD),
    remarks=_carried_remarks,
)

RULES: Final = (
    *(WHEN_1, WHEN_2, WHEN_3, WHEN_4, WHEN_5, WHEN_6, WHEN_7, WHEN_8, WHEN_9, WHEN_10),
    *(WHEN_11, WHEN_12, WHEN_13, WHEN_14, WHEN_15, WHEN_16, WHEN_17, WHEN_18, WHEN_19),
)
