"""When to ask, and how long everything takes: the WHEN rules and the days that follow from them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from lorplan.dates.business_days import add_business_days, business_day
from lorplan.reference import policy_numbers as numbers
from lorplan.reference import sources
from lorplan.rules.rule import Rule

if TYPE_CHECKING:
    from lorplan.dates.day_set import DaySet
    from lorplan.planfile.models import Rotation
    from lorplan.rules.key_dates import Horizon
    from lorplan.rules.letter_history import Record

WHEN_1: Final = Rule(
    id="WHEN-1",
    claim="Ask in the final week.",
    why="By then your work has been seen, it is fresh in mind, and you are still there to be asked back.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE, sources.OKLAHOMA_HOW_TO_ASK, sources.MEDFOOLS_LETTERS),
    numbers=(numbers.FINAL_WEEK_DAYS,),
)
WHEN_2: Final = Rule(
    id="WHEN-2",
    claim="Follow an offer up at once.",
    why="Whoever offers is thinking of you today; next month the details are gone.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE,),
)
WHEN_3: Final = Rule(
    id="WHEN-3",
    claim="Never leave without having asked: on the last day by e-mail, if no talk came about.",
    why="A letter does not come by itself, and after you leave every day makes the asking harder.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE,),
)
WHEN_4: Final = Rule(
    id="WHEN-4",
    claim="Do not ask before half of your days together are over, unless the letter is offered.",
    why="Too soon there is little to write about, and the asking itself looks premature.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE, sources.JUDGEMENT),
)
WHEN_5: Final = Rule(
    id="WHEN-5",
    claim="Book a short meeting at the end of a day.",
    why="Asked in a corridor, people say something kind; asked in five quiet minutes, they say what they can do.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE, sources.UNR_LETTERS),
)
WHEN_6: Final = Rule(
    id="WHEN-6",
    claim="Halfway, ask how you are doing, while you can still improve; in the last week, note how it went.",
    why="A strong letter needs strong work that was seen, and the plan can only weigh what you tell it.",
    basis="judgement",
    sources=(sources.JUDGEMENT, sources.IMG_ROTATIONS_ARTICLE),
)
WHEN_7: Final = Rule(
    id="WHEN-7",
    claim="Give the writer four weeks.",
    why="A letter written in a hurry is a generic one.",
    basis="guidance",
    sources=(sources.UW_FAMILY_MEDICINE, sources.DOWNSTATE_LETTERS),
    numbers=(numbers.LEAD_DAYS,),
)
WHEN_8: Final = Rule(
    id="WHEN-8",
    claim="The formal request goes out when the portal opens.",
    why="Before the season opens the portal takes neither a request nor a letter; the writer keeps it.",
    basis="requirement",
    sources=(sources.UW_CAREER_ADVISING, sources.AAMC_LETTER_WRITERS, sources.AAMC_LETTERS_CHAPTER),
)
WHEN_9: Final = Rule(
    id="WHEN-9",
    claim="Processing takes up to five business days.",
    why="A letter uploaded on the deadline is not yet one that a program can read.",
    basis="guidance",
    sources=(sources.ECFMG_DOCUMENTS, sources.EFDO_DOCUMENTS, sources.FIVE_USC_6103),
    numbers=(numbers.PROCESSING_DAYS,),
)
WHEN_10: Final = Rule(
    id="WHEN-10",
    claim="Remind every month, and again as the date nears.",
    why="Writers mean well and are busy; a friendly note a month does not annoy anybody.",
    basis="guidance",
    sources=(sources.UW_FAMILY_MEDICINE, sources.JUDGEMENT),
    numbers=(numbers.REMIND_AFTER_DAYS, numbers.REMIND_BEFORE_DAYS),
)
WHEN_11: Final = Rule(
    id="WHEN-11",
    claim="No answer after a week: write again; after two, count on another.",
    why="Silence is mostly a full inbox, sometimes a polite no; either way the plan must not wait for it.",
    basis="judgement",
    sources=(sources.JUDGEMENT,),
    numbers=(numbers.FOLLOW_UP_DAYS, numbers.NO_ANSWER_DAYS),
)
WHEN_12: Final = Rule(
    id="WHEN-12",
    claim="Left without asking: ask by e-mail now.",
    why="It is second best to asking in person, and better than anything later.",
    basis="guidance",
    sources=(sources.IMG_ROTATIONS_ARTICLE,),
)
WHEN_13: Final = Rule(
    id="WHEN-13",
    claim="Thank the writer.",
    why="They gave you an evening; and you may meet again as colleagues.",
    basis="guidance",
    sources=(sources.SUCCESSFUL_MATCH_BLOG,),
    numbers=(numbers.THANK_DAYS,),
)
WHEN_14: Final = Rule(
    id="WHEN-14",
    claim="Assign an uploaded letter to each program by hand; it cannot be taken back.",
    why="An uploaded letter that is not assigned is read by nobody, and a wrong one blocks one of four places.",
    basis="requirement",
    sources=(sources.MARYLAND_MANUAL, sources.UW_CAREER_ADVISING, sources.RESIDENCY_SUPPORT_BLOG),
    numbers=(numbers.ASSIGN_DAYS,),
)
WHEN_15: Final = Rule(
    id="WHEN-15",
    claim="Send what the writer needs once they agree.",
    why="With your CV and statement at hand the letter gets written sooner and says more.",
    basis="guidance",
    sources=(sources.UW_CAREER_ADVISING, sources.UNR_LETTERS),
    numbers=(numbers.PACKET_DAYS,),
)
WHEN_16: Final = Rule(
    id="WHEN-16",
    claim="While another writer could still make it, decide whether you need one.",
    why="After the latest day to ask, a letter that fails can no longer be replaced.",
    basis="judgement",
    sources=(sources.JUDGEMENT,),
)

RULES: Final = (
    WHEN_1,
    WHEN_2,
    WHEN_3,
    WHEN_4,
    WHEN_5,
    WHEN_6,
    WHEN_7,
    WHEN_8,
    WHEN_9,
    WHEN_10,
    WHEN_11,
    WHEN_12,
    WHEN_13,
    WHEN_14,
    WHEN_15,
    WHEN_16,
)


class AskDays(NamedTuple):
    """The days of one rotation that matter for asking.

    `midpoint`: half of the on-site days are over; `opens` to `closes`: the window; `ask_on`: the day to ask;
    `book_on`: the day to book the talk, None where there is none to book; `pulled`: the deadline moved the
    asking forward; `rule` is the rule that set `ask_on`.
    """

    midpoint: date
    opens: date
    ask_on: date
    closes: date
    rule: Rule
    book_on: date | None = None
    pulled: bool = False


def ask_days(rotation: Rotation, offered: date | None, on_site: DaySet, horizon: Horizon) -> AskDays:
    """When to ask the attending of a rotation, whose on-site days are at least one (WHEN-1, 2, 4, 5, 7)."""
    midpoint = on_site.number((len(on_site) + 1) // 2)
    if offered is not None:
        return _with_meeting(_after_an_offer(offered, on_site, midpoint), rotation.meeting)
    days = _final_week(rotation.final_day, on_site, midpoint, horizon)
    if rotation.meeting is not None:
        return _with_meeting(days, rotation.meeting)
    if days.ask_on > horizon.latest_ask and midpoint <= horizon.needed_by:
        days = _pulled_forward(days, on_site, horizon)
    return days._replace(book_on=_book_on(days.ask_on, on_site, midpoint))


def _final_week(last_day: date, on_site: DaySet, midpoint: date, horizon: Horizon) -> AskDays:
    """The window at the end of the rotation (WHEN-1), never before half of the days are over (WHEN-4)."""
    window = on_site.since(last_day - timedelta(horizon.policy.final_week_days - 1))
    if len(window) < numbers.MIN_WINDOW:
        window = on_site.since(on_site.number(max(1, len(on_site) - numbers.MIN_WINDOW + 1)))
    rule = WHEN_4 if window.first < midpoint else WHEN_1
    window = window.since(midpoint)
    ask_on = window.number(max(1, len(window) - numbers.DAYS_TO_TRY_AGAIN + 1))
    return AskDays(midpoint=midpoint, opens=window.first, ask_on=ask_on, closes=window.last, rule=rule)


def _after_an_offer(offered: date, on_site: DaySet, midpoint: date) -> AskDays:
    """At once (WHEN-2): on-site days within the rotation, business days outside it."""
    if on_site.first <= offered <= on_site.last:
        opens = on_site.since(offered).first
        closes = on_site.after(opens, numbers.OPEN_FOR)
    else:
        opens = business_day(offered)
        closes = add_business_days(opens, numbers.OPEN_FOR)
    return AskDays(midpoint=midpoint, opens=opens, ask_on=opens, closes=closes, rule=WHEN_2)


def _with_meeting(days: AskDays, meeting: date | None) -> AskDays:
    """The day of an agreed meeting is the day to ask (WHEN-5); the window reaches to it."""
    if meeting is None:
        return days
    opens, closes = min(days.opens, meeting), max(days.closes, meeting)
    return days._replace(opens=opens, ask_on=meeting, closes=closes, rule=WHEN_5)


def _pulled_forward(days: AskDays, on_site: DaySet, horizon: Horizon) -> AskDays:
    """The last on-site day that leaves the writer the lead time (WHEN-7), but not before half of the days."""
    in_time = on_site.before(horizon.latest_ask + timedelta(1)) or days.midpoint
    opens = max(in_time, days.midpoint)
    closes = on_site.after(opens, numbers.OPEN_FOR)
    return days._replace(opens=opens, ask_on=opens, closes=closes, pulled=True, rule=WHEN_7)


def _book_on(ask_on: date, on_site: DaySet, midpoint: date) -> date | None:
    """The day to book the talk (WHEN-5): not before half of the days, None where no day is left before it."""
    ahead = on_site.before(ask_on, numbers.BOOK_AHEAD)
    book_on = max(midpoint, ahead) if ahead else midpoint
    return book_on if book_on < ask_on else None


def arrives_by(record: Record, ask_on: date, horizon: Horizon) -> date:
    """The day on which a letter can be relied on (WHEN-7, WHEN-8, WHEN-9).

    Uploaded, it needs to be processed. Before, the writer has the whole lead time from the day of the yes,
    the asking, or the day on which one can be asked; and no portal takes it before the season opens.
    """
    if record.uploaded:
        return horizon.processed(record.uploaded)
    begun = record.agreed or record.asked or max(ask_on, horizon.as_of)
    written = begun + timedelta(horizon.policy.lead_days)
    return horizon.processed(max(written, horizon.season.opens, horizon.as_of))


def is_on_time(record: Record, arrives: date, horizon: Horizon) -> bool:
    """Whether the letter will be there by the deadline; an uploaded one if it was uploaded by then."""
    return (record.uploaded or arrives) <= horizon.deadline


def is_silent(record: Record, horizon: Horizon) -> bool:
    """Whether a writer has left the last word unanswered for too long (WHEN-11, calendar days)."""
    if record.status != "asked" or record.last_word is None:
        return False
    return (horizon.as_of - record.last_word).days >= horizon.policy.no_answer_days
