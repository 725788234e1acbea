"""What to do when: the actions that follow from each letter's verdict and from what has happened to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from lorplan.dates.business_days import DAY_NAMES, add_business_days, business_day, take_off_business_days
from lorplan.plan.model import Action
from lorplan.reference import policy_numbers as numbers
from lorplan.rules import mix, when, who

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lorplan.plan.model import Channel, Kind, State, Verdict
    from lorplan.rules.candidate import Candidate
    from lorplan.rules.key_dates import Horizon
    from lorplan.rules.rule import Rule


class Situation(NamedTuple):
    """One letter as its actions see it.

    `enough` says that as many letters as wanted are in hand, so that a reserve need not be asked; `in_a_set`
    that the letter is in the set of some target.
    """

    candidate: Candidate
    verdict: Verdict
    horizon: Horizon
    enough: bool
    in_a_set: bool

    @property
    def name(self) -> str:
        """The attending's name as typed."""
        return self.candidate.name

    @property
    def to_be_asked(self) -> bool:
        """Whether the attending is to be asked: a pick, or a reserve that is needed."""
        return self.verdict == "ask" or (self.verdict == "reserve" and not self.enough)

    @property
    def performance_unknown(self) -> bool:
        """Whether the user has not noted yet how the rotation went."""
        return self.candidate.rotation.performance is None

    @property
    def in_person(self) -> Channel:
        """How one talks with this attending: by video where the rotation is one by telehealth."""
        return "video" if self.candidate.rotation.experience == "telehealth" else "in-person"

    def action(  # noqa: PLR0913 - an action has that many parts, all named
        self,
        kind: Kind,
        *,
        on: date,
        until: date,
        channel: Channel,
        title: str,
        rules: tuple[Rule, ...],
        number: int | None = None,
        conditional: bool = False,
    ) -> Action:
        """An action for this letter, with its state as of the plan's day."""
        return Action(
            id=f"{self.candidate.id}:{kind}" + (f":{number}" if number else ""),
            kind=kind,
            rotation=self.candidate.id,
            attending=self.name,
            on=on,
            until=until,
            state=state(on, until, self.horizon.as_of),
            channel=channel,
            conditional=conditional and self.horizon.as_of < on,
            title=title,
            rules=tuple(rule.id for rule in rules),
        )


def state(on: date, until: date, as_of: date) -> State:
    """Upcoming before `on`, due from `on` to `until`, overdue after."""
    if as_of < on:
        return "upcoming"
    return "due" if as_of <= until else "overdue"


def actions(situation: Situation) -> Iterator[Action]:
    """All actions for one letter that is not skipped."""
    for make in _MAKERS:
        yield from make(situation)


# --- before the asking ------------------------------------------------------------------------------------


def _feedback(s: Situation) -> Iterator[Action]:
    days, as_of = s.candidate.days, s.horizon.as_of
    if not (s.to_be_asked and s.performance_unknown) or days.midpoint >= days.ask_on:
        return
    until = max(s.candidate.on_site.before(days.book_on or days.ask_on) or days.midpoint, days.midpoint)
    if as_of <= until:
        yield s.action(
            "feedback",
            on=days.midpoint,
            until=until,
            channel=s.in_person,
            title=f"Ask {s.name} how you are doing and what to work on",
            rules=(when.WHEN_6,),
            conditional=s.verdict == "reserve",
        )


def _rate(s: Situation) -> Iterator[Action]:
    days = s.candidate.days
    if s.verdict == "keep" or not s.performance_unknown:
        return
    if s.verdict == "hold" and s.horizon.as_of > days.closes:
        return
    yield s.action(
        "rate",
        on=min(max(days.opens, days.midpoint), days.closes),
        until=days.closes,
        channel="self",
        title=f"Note how it went with {s.name}: `performance` in the file",
        rules=(when.WHEN_6, who.WHO_2),
    )


def _book(s: Situation) -> Iterator[Action]:
    days = s.candidate.days
    if not s.to_be_asked or days.book_on is None or s.horizon.as_of >= days.ask_on:
        return
    yield s.action(
        "book",
        on=days.book_on,
        until=s.candidate.on_site.before(days.ask_on) or days.book_on,
        channel=s.in_person,
        title=f"Book a few minutes with {s.name} for the end of {DAY_NAMES[days.ask_on.weekday()]}, {days.ask_on}",
        rules=(when.WHEN_5,),
        conditional=s.verdict == "reserve",
    )


def _ask(s: Situation) -> Iterator[Action]:
    days, latest_ask = s.candidate.days, s.horizon.latest_ask
    if not s.to_be_asked:
        return
    by_email = _asks_by_email(s)
    yield s.action(
        "ask",
        on=days.ask_on,
        until=latest_ask if days.ask_on <= latest_ask < days.closes else days.closes,
        channel="email" if by_email else s.in_person,
        title=_ask_title(s, by_email=by_email),
        rules=_ask_rules(s, by_email=by_email),
        conditional=s.verdict == "reserve",
    )


def _asks_by_email(s: Situation) -> bool:
    """Whether the two no longer, or not yet, meet on site, and no meeting is agreed for today or later."""
    days, on_site, meeting = s.candidate.days, s.candidate.on_site, s.candidate.rotation.meeting
    if days.ask_on < on_site.first:
        return True
    meets = meeting is not None and meeting >= s.horizon.as_of
    return max(days.ask_on, s.horizon.as_of) > on_site.last and not meets


def _ask_title(s: Situation, *, by_email: bool) -> str:
    offered = s.candidate.record.offered is not None
    what = f"take {s.name} up on the offer to write" if offered else f"ask {s.name} for a strong letter"
    if s.horizon.as_of == s.candidate.days.closes:
        return f"Last chance: {what} today, by e-mail{'' if by_email else ' if need be'}"
    how = " by e-mail" if by_email else ", by video" if s.in_person == "video" else ", in person"
    return what[0].upper() + what[1:] + how


def _ask_rules(s: Situation, *, by_email: bool) -> tuple[Rule, ...]:
    rules = [s.candidate.days.rule]
    if by_email:
        rules.append(when.WHEN_12)
    if s.horizon.as_of == s.candidate.days.closes:
        rules.append(when.WHEN_3)
    if s.candidate.record.offered:
        rules.append(who.WHO_7)
    if s.verdict == "reserve":
        rules.append(mix.MIX_5)
    return tuple(rules)


# --- after the asking -------------------------------------------------------------------------------------


def _follow_up(s: Situation) -> Iterator[Action]:
    record, policy = s.candidate.record, s.horizon.policy
    if record.status != "asked" or record.last_word is None:
        return
    on = business_day(record.last_word + timedelta(policy.follow_up_days))
    yield s.action(
        "follow-up",
        on=on,
        until=max(on, record.last_word + timedelta(policy.no_answer_days)),
        channel="email",
        title=f"Write to {s.name} again: no answer since {record.last_word}",
        rules=(when.WHEN_11,),
    )


def _packet(s: Situation) -> Iterator[Action]:
    record = s.candidate.record
    if record.status not in {"agreed", "requested"} or record.agreed is None or record.packet:
        return
    on = business_day(record.agreed)
    yield s.action(
        "packet",
        on=on,
        until=add_business_days(on, s.horizon.policy.packet_days),
        channel="email",
        title=f"Send {s.name} your CV, personal statement and dates",
        rules=(when.WHEN_15,),
    )


def _request(s: Situation) -> Iterator[Action]:
    record = s.candidate.record
    if record.status != "agreed" or record.agreed is None:
        return
    on = business_day(max(record.agreed, s.horizon.season.opens))
    yield s.action(
        "request",
        on=on,
        until=on + timedelta(numbers.REQUEST_WITHIN),
        channel="portal",
        title=f"Enter {s.name} in the portal, which then e-mails the link for the letter",
        rules=(when.WHEN_8,),
    )


def _remind(s: Situation) -> Iterator[Action]:
    record, as_of = s.candidate.record, s.horizon.as_of
    if record.status != "requested" or record.requested is None:
        return
    needed_by = s.horizon.needed_by
    rungs = _open_rungs(record.requested, record.reminded, s.horizon)
    started = [place for place, (_, on) in enumerate(rungs) if on <= as_of]
    open_rungs = rungs[started[-1] if started else 0 :]
    followed_by = [on for _, on in open_rungs[1:]]
    for (number, on), following in zip(open_rungs, [*followed_by, None], strict=True):
        yield s.action(
            "remind",
            number=number,
            on=on,
            until=following - timedelta(1) if following else max(on, needed_by),
            channel="email",
            title=f"Remind {s.name}: the letter is needed by {needed_by}",
            rules=(when.WHEN_10,),
        )


def _open_rungs(requested: date, reminded: date | None, horizon: Horizon) -> list[tuple[int, date]]:
    """The reminders still to come, numbered by their place on the ladder; one more when all are done."""
    base = max(requested, horizon.season.opens)
    rungs = ladder(base, horizon)
    left = [(number, on) for number, on in enumerate(rungs, start=1) if reminded is None or on > reminded]
    if left:
        return left
    last = max(base, reminded) if reminded else base
    return [(len(rungs) + 1, business_day(last + timedelta(horizon.policy.follow_up_days)))]


def ladder(base: date, horizon: Horizon) -> list[date]:
    """The days on which to remind a writer who can upload from `base` on (WHEN-10).

    Every so often after `base`, and at dated steps before the letter is needed, each on a business day.
    """
    needed_by, policy = horizon.needed_by, horizon.policy
    gap = timedelta(numbers.REMINDER_GAP)
    dated = [needed_by - timedelta(days) for days in policy.remind_before_days]
    dated = [day for day in dated if day >= base + gap]
    monthly_until = min(dated) - gap if dated else needed_by
    every = timedelta(policy.remind_after_days)
    monthly = [base + every * n for n in range(1, (monthly_until - base) // every + 1)]
    rungs = sorted({day for day in map(business_day, dated + monthly) if day <= needed_by})
    if rungs:
        return rungs
    last_resort = take_off_business_days(needed_by - timedelta(1), 0)
    return [last_resort] if last_resort > base else []


def _thank(s: Situation) -> Iterator[Action]:
    record = s.candidate.record
    if record.uploaded is None or record.thanked:
        return
    on = business_day(record.uploaded)
    yield s.action(
        "thank",
        on=on,
        until=on + timedelta(s.horizon.policy.thank_days),
        channel="email",
        title=f"Thank {s.name} for the letter",
        rules=(when.WHEN_13,),
    )


def _assign(s: Situation) -> Iterator[Action]:
    record = s.candidate.record
    if record.status != "uploaded" or record.uploaded is None or not s.in_a_set:
        return
    on = business_day(max(s.horizon.processed(record.uploaded), s.horizon.season.submit))
    yield s.action(
        "assign",
        on=on,
        until=on + timedelta(s.horizon.policy.assign_days),
        channel="portal",
        title=f"Assign the letter of {s.name} to each program; it cannot be taken back",
        rules=(when.WHEN_14, when.WHEN_9, mix.MIX_4),
    )


_MAKERS: Final[tuple[Callable[[Situation], Iterator[Action]], ...]] = (
    _feedback,
    _rate,
    _book,
    _ask,
    _follow_up,
    _packet,
    _request,
    _remind,
    _thank,
    _assign,
)
"""The life of a letter, step by step."""


# --- once for the plan ------------------------------------------------------------------------------------


def backup(situations: list[Situation], asks: list[Action], wanted: int, horizon: Horizon) -> Action | None:
    """Whether to ask one more writer while that can still help (WHEN-16); None where there is no question.

    `situations` are the letters that are not skipped, in their order, `asks` their `ask` actions.
    """
    on = business_day(horizon.latest_ask - timedelta(numbers.DECIDE_AHEAD))
    until = max(on, horizon.latest_ask)
    records = [s.candidate.record for s in situations]
    secured = sum(record.is_secured for record in records)
    asked_since = any(record.asked and record.asked >= on for record in records)
    asking = any(ask.state != "upcoming" for ask in asks)
    if secured >= wanted or asked_since or asking or horizon.as_of > until:
        return None
    best = next((s for s in situations if _can_back_up(s)), None)
    if best is None:
        return None
    return best.action(
        "backup",
        on=on,
        until=until,
        channel="email",
        title=f"Decide whether you need {best.name} as a backup; after {until} it is too late to ask",
        rules=(when.WHEN_16, mix.MIX_5),
        conditional=True,
    )


def _can_back_up(s: Situation) -> bool:
    candidate = s.candidate
    in_time = candidate.on_time and candidate.days.midpoint <= s.horizon.latest_ask
    return s.verdict in {"reserve", "hold"} and in_time
