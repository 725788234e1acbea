"""What to do when: the actions that follow from each letter's verdict and from what has happened to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from lorplan.dates.business_days import add_business_days, business_day
from lorplan.plan.model import Action
from lorplan.reference import policy_numbers as numbers
from lorplan.rules import mix, when, who
from lorplan.text.wording import WEEKDAY_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lorplan.plan.action_kinds import Kind
    from lorplan.plan.model import Channel, Coverage, Letter, State
    from lorplan.rules.candidate import AskWindow
    from lorplan.rules.key_dates import KeyDates
    from lorplan.rules.letter_history import LetterHistory
    from lorplan.rules.rule import Rule


def schedule(
    letters: Sequence[Letter], coverage: Iterable[Coverage], wanted: int, dates: KeyDates
) -> tuple[Action, ...]:
    """Schedule all actions, by day; none once the season is over. `letters` are those in the running, best first."""
    if dates.as_of > dates.season.ends:
        return ()
    situations = _situations(letters, coverage, wanted, dates)
    actions = [action for s in situations for schedule_one in _SCHEDULE for action in schedule_one(s)]
    asks = [action for action in actions if action.kind == "ask"]
    actions += _decide_on_backup(situations, asks, wanted, dates)
    return tuple(sorted(actions, key=lambda action: (action.on, action.until, action.id)))


def _situations(
    letters: Sequence[Letter], coverage: Iterable[Coverage], wanted: int, dates: KeyDates
) -> list[_Situation]:
    in_hand = sum(letter.candidate.on_time and letter.history.is_promised for letter in letters)
    in_a_set = {rotation_id for one in coverage for rotation_id in one.letters}
    return [_Situation(letter, dates, in_hand >= wanted, letter.id in in_a_set) for letter in letters]


class _Situation(NamedTuple):
    """One letter as its actions see it.

    `enough_promised`: as many letters are promised as are wanted, so that no reserve need be asked. `in_a_set`:
    the letter is in the set of some target.
    """

    letter: Letter
    dates: KeyDates
    enough_promised: bool
    in_a_set: bool

    @property
    def name(self) -> str:
        """The attending's name as typed."""
        return self.letter.attending

    @property
    def history(self) -> LetterHistory:
        """What has happened to the letter."""
        return self.letter.history

    @property
    def window(self) -> AskWindow:
        """When to ask."""
        return self.letter.window

    @property
    def to_be_asked(self) -> bool:
        """Whether the attending is to be asked: a pick, or a reserve that is needed."""
        verdict = self.letter.verdict
        return verdict == "ask" or (verdict == "reserve" and not self.enough_promised)

    @property
    def is_reserve(self) -> bool:
        """Whether the letter is in reserve."""
        return self.letter.verdict == "reserve"

    @property
    def performance_unknown(self) -> bool:
        """Whether the user has not recorded yet how the rotation went."""
        return self.letter.rotation.performance is None

    @property
    def in_person(self) -> Channel:
        """How one talks with this attending: by video if the rotation is by telehealth."""
        return "video" if self.letter.rotation.experience == "telehealth" else "in-person"

    def on_site_before(self, day: date) -> date | None:
        """Find the last on-site day before a day."""
        return self.letter.candidate.on_site.before(day)

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
        """Make an action for this letter, with its state as of the plan's day."""
        return Action(
            id=f"{self.letter.id}:{kind}" + (f":{number}" if number else ""),
            kind=kind,
            rotation=self.letter.id,
            attending=self.name,
            on=on,
            until=until,
            state=find_state(on, until, self.dates.as_of),
            channel=channel,
            conditional=conditional and self.dates.as_of < on,
            title=title,
            rules=tuple(rule.id for rule in rules),
        )


def find_state(on: date, until: date, as_of: date) -> State:
    """Upcoming before `on`, due from `on` to `until`, overdue after."""
    if as_of < on:
        return "upcoming"
    return "due" if as_of <= until else "overdue"


# --- before the asking --------------------------------------------------------------------------------------


def _feedback(s: _Situation) -> Iterator[Action]:
    window = s.window
    if not (s.to_be_asked and s.performance_unknown) or window.midpoint >= window.ask_on:
        return
    until = max(s.on_site_before(window.book_on or window.ask_on) or window.midpoint, window.midpoint)
    if s.dates.as_of <= until:
        yield s.action(
            "feedback",
            on=window.midpoint,
            until=until,
            channel=s.in_person,
            title=f"Ask {s.name} how you are doing and what to work on",
            rules=(when.WHEN_6,),
            conditional=s.is_reserve,
        )


def _rate(s: _Situation) -> Iterator[Action]:
    window, verdict = s.window, s.letter.verdict
    if verdict == "keep" or not s.performance_unknown:
        return
    if verdict == "hold" and s.dates.as_of > window.closes:
        return
    yield s.action(
        "rate",
        on=min(max(window.opens, window.midpoint), window.closes),
        until=window.closes,
        channel="self",
        title=f"Record how it went with {s.name} (`performance`)",
        rules=(when.WHEN_6, who.WHO_2),
    )


def _book(s: _Situation) -> Iterator[Action]:
    window = s.window
    if not s.to_be_asked or window.book_on is None or s.dates.as_of >= window.ask_on:
        return
    day = f"{WEEKDAY_NAMES[window.ask_on.weekday()]}, {window.ask_on}"
    yield s.action(
        "book",
        on=window.book_on,
        until=s.on_site_before(window.ask_on) or window.book_on,
        channel=s.in_person,
        title=f"Book a few minutes with {s.name} for the end of {day}",
        rules=(when.WHEN_5,),
        conditional=s.is_reserve,
    )


def _ask(s: _Situation) -> Iterator[Action]:
    window, latest_ask = s.window, s.dates.latest_ask
    if not s.to_be_asked:
        return
    by_email = _asks_by_email(s)
    yield s.action(
        "ask",
        on=window.ask_on,
        until=latest_ask if window.ask_on <= latest_ask < window.closes else window.closes,
        channel="email" if by_email else s.in_person,
        title=_ask_title(s, by_email=by_email),
        rules=_ask_rules(s, by_email=by_email),
        conditional=s.is_reserve,
    )


def _asks_by_email(s: _Situation) -> bool:
    """Whether the two no longer, or not yet, meet on site, and no meeting is agreed for today or later."""
    ask_on, on_site, meeting = s.window.ask_on, s.letter.candidate.on_site, s.letter.rotation.meeting
    if ask_on < on_site.first:
        return True
    meets = meeting is not None and meeting >= s.dates.as_of
    return max(ask_on, s.dates.as_of) > on_site.last and not meets


def _ask_title(s: _Situation, *, by_email: bool) -> str:
    offered = s.history.offered is not None
    what = f"accept the offer of {s.name} to write" if offered else f"ask {s.name} for a strong letter"
    if s.dates.as_of == s.window.closes:
        return f"Last chance: {what} today, by e-mail{'' if by_email else ' if need be'}"
    how = " by e-mail" if by_email else ", by video" if s.in_person == "video" else ", in person"
    return what[0].upper() + what[1:] + how


def _ask_rules(s: _Situation, *, by_email: bool) -> tuple[Rule, ...]:
    rules = [s.window.rule]
    if by_email:
        rules.append(when.WHEN_12)
    if s.dates.as_of == s.window.closes:
        rules.append(when.WHEN_3)
    if s.history.offered:
        rules.append(who.WHO_7)
    if s.is_reserve:
        rules.append(mix.MIX_5)
    return tuple(rules)


# --- after the asking ---------------------------------------------------------------------------------------


def _follow_up(s: _Situation) -> Iterator[Action]:
    contacted, policy = s.history.last_contacted, s.dates.policy
    if s.history.status != "asked" or contacted is None:
        return
    on = business_day(contacted + timedelta(policy.follow_up_days))
    yield s.action(
        "follow-up",
        on=on,
        until=max(on, contacted + timedelta(policy.no_answer_days)),
        channel="email",
        title=f"Write to {s.name} again: no answer since {contacted}",
        rules=(when.WHEN_11,),
    )


def _packet(s: _Situation) -> Iterator[Action]:
    history = s.history
    if history.status not in {"agreed", "requested"} or history.agreed is None or history.packet:
        return
    on = business_day(history.agreed)
    yield s.action(
        "packet",
        on=on,
        until=add_business_days(on, s.dates.policy.packet_days),
        channel="email",
        title=f"Send {s.name} your CV, personal statement and dates",
        rules=(when.WHEN_15,),
    )


def _request(s: _Situation) -> Iterator[Action]:
    agreed = s.history.agreed
    if s.history.status != "agreed" or agreed is None:
        return
    on = business_day(max(agreed, s.dates.season.opens))
    yield s.action(
        "request",
        on=on,
        until=on + timedelta(numbers.REQUEST_WITHIN),
        channel="portal",
        title=f"Add {s.name} in the letter portal; it e-mails the upload link",
        rules=(when.WHEN_8,),
    )


def _remind(s: _Situation) -> Iterator[Action]:
    """Schedule the reminders to come; of those whose day has passed, only the latest."""
    requested, needed_by = s.history.requested, s.dates.needed_by
    if s.history.status != "requested" or requested is None:
        return
    reminders = _open_reminders(requested, s.history.last_reminder, s.dates)
    begun = [place for place, (_, on) in enumerate(reminders) if on <= s.dates.as_of]
    reminders = reminders[begun[-1] if begun else 0 :]
    next_days = [on for _, on in reminders[1:]]
    for (number, on), next_day in zip(reminders, [*next_days, None], strict=True):
        yield s.action(
            "remind",
            number=number,
            on=on,
            until=next_day - timedelta(1) if next_day else max(on, needed_by),
            channel="email",
            title=f"Remind {s.name}: the letter is needed by {needed_by}",
            rules=(when.WHEN_10,),
        )


def _open_reminders(requested: date, last_reminder: date | None, dates: KeyDates) -> list[tuple[int, date]]:
    """List the reminders not sent yet, numbered by their place in the schedule; one more when all are sent."""
    base = max(requested, dates.season.opens)
    planned = when.reminder_schedule(base, dates)
    left = [(n, on) for n, on in enumerate(planned, start=1) if last_reminder is None or on > last_reminder]
    if left:
        return left
    last = max(base, last_reminder) if last_reminder else base
    return [(len(planned) + 1, business_day(last + timedelta(dates.policy.follow_up_days)))]


def _thank(s: _Situation) -> Iterator[Action]:
    uploaded = s.history.uploaded
    if uploaded is None or s.history.thanked:
        return
    on = business_day(uploaded)
    yield s.action(
        "thank",
        on=on,
        until=on + timedelta(s.dates.policy.thank_days),
        channel="email",
        title=f"Thank {s.name} for the letter",
        rules=(when.WHEN_13,),
    )


def _assign(s: _Situation) -> Iterator[Action]:
    uploaded = s.history.uploaded
    if s.history.status != "uploaded" or uploaded is None or not s.in_a_set:
        return
    on = business_day(max(s.dates.processed_by(uploaded), s.dates.season.submit))
    yield s.action(
        "assign",
        on=on,
        until=on + timedelta(s.dates.policy.assign_days),
        channel="portal",
        title=f"Assign the letter from {s.name} to each program; this cannot be undone",
        rules=(when.WHEN_14, when.WHEN_9, mix.MIX_4),
    )


_SCHEDULE: Final[tuple[Callable[[_Situation], Iterator[Action]], ...]] = (
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


# --- once for the plan --------------------------------------------------------------------------------------


def _decide_on_backup(
    situations: list[_Situation], asks: list[Action], wanted: int, dates: KeyDates
) -> Iterator[Action]:
    """Decide whether to ask one more writer while that can still help (WHEN-16)."""
    on = business_day(dates.latest_ask - timedelta(numbers.DECIDE_AHEAD))
    until = max(on, dates.latest_ask)
    histories = [s.history for s in situations]
    secured = sum(history.is_secured for history in histories)
    asked_since = any(history.asked and history.asked >= on for history in histories)
    asking = any(ask.is_due for ask in asks)
    if secured >= wanted or asked_since or asking or dates.as_of > until:
        return
    best = next((s for s in situations if _can_be_backup(s)), None)
    if best:
        yield best.action(
            "backup",
            on=on,
            until=until,
            channel="email",
            title=f"Decide whether you need {best.name} as a backup; after {until} it is too late to ask",
            rules=(when.WHEN_16, mix.MIX_5),
            conditional=True,
        )


def _can_be_backup(s: _Situation) -> bool:
    in_time = s.letter.candidate.on_time and s.window.midpoint <= s.dates.latest_ask
    return s.letter.verdict in {"reserve", "hold"} and in_time
