"""What to do up to the asking: announce, get feedback, record how it went, book a talk, ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lorplan.rules import BY_ID, mix, when, who

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lorplan.plan.model import Action
    from lorplan.plan.situation import Situation
    from lorplan.rules.rule import Rule

_DAYS_FOR_NOTICE: Final = 3
"""On-site days that a rotation has at least for a notice: the second day must come before the midpoint has passed."""


def _notice(s: Situation) -> Iterator[Action]:
    """Say early that a letter is hoped for, where time will be short (WHEN-17)."""
    short_of_time = s.letter.is_tight or s.letter.is_late
    if s.letter.verdict != "ask" or not short_of_time or len(s.on_site) < _DAYS_FOR_NOTICE:
        return
    on = s.on_site.nth(2)
    until = max(s.on_site.before(s.window.midpoint) or on, on)
    if "notice" in s.history.days or s.dates.as_of > until:
        return
    yield s.action(
        "notice",
        on=on,
        until=until,
        channel=s.in_person,
        title=f"Tell {s.name} that you hope for a letter, needed by {s.dates.write_day(s.dates.needed_by)}",
        rules=(when.WHEN_17,),
    )


def _feedback(s: Situation) -> Iterator[Action]:
    window = s.window
    if not (s.to_be_asked and s.performance_unknown) or window.midpoint >= window.ask_on:
        return
    until = max(s.on_site.before(window.book_on or window.ask_on) or window.midpoint, window.midpoint)
    if "feedback" in s.history.days or s.dates.as_of > until:
        return
    yield s.action(
        "feedback",
        on=window.midpoint,
        until=until,
        channel=s.in_person,
        title=f"Ask {s.name} how you are doing",
        rules=(when.WHEN_6,),
        conditional=s.is_reserve,
    )


def _rate(s: Situation) -> Iterator[Action]:
    window, verdict = s.window, s.letter.verdict
    if verdict == "keep" or not s.performance_unknown or s.closed or s.letter.candidate.impossible:
        return
    on = max(window.opens, window.midpoint)
    until = max(window.closes, on)
    if verdict == "hold" and s.dates.as_of > until:
        return
    yield s.action(
        "rate",
        on=on,
        until=until,
        channel="self",
        title=f"Record how it went with {s.name}",
        rules=(when.WHEN_6, who.WHO_2),
    )


def _book(s: Situation) -> Iterator[Action]:
    window = s.window
    if not s.to_be_asked or window.book_on is None or s.dates.as_of >= window.ask_on:
        return
    day = s.dates.write_day(window.ask_on, weekday=True)
    yield s.action(
        "book",
        on=window.book_on,
        until=s.on_site.before(window.ask_on) or window.book_on,
        channel=s.in_person,
        title=f"Book a few minutes with {s.name} for {day}",
        rules=(when.WHEN_5,),
        conditional=s.is_reserve,
    )


def _ask(s: Situation) -> Iterator[Action]:
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


def _asks_by_email(s: Situation) -> bool:
    """Whether the two no longer, or not yet, meet: not on site, in no other rotation, and no meeting is ahead."""
    ask_on, as_of, meeting = s.window.ask_on, s.dates.as_of, s.letter.rotation.meeting
    if (meeting and meeting >= as_of) or s.letter.candidate.elsewhere:
        return False
    return ask_on < s.on_site.first or max(ask_on, as_of) > s.on_site.last


def _ask_title(s: Situation, *, by_email: bool) -> str:
    what = f"accept the offer of {s.name} to write" if s.history.offered else f"ask {s.name} for a strong letter"
    hurry = _describe_hurry(s)
    if s.dates.as_of == s.window.closes:
        return f"Last chance: {what} today, by e-mail{'' if by_email else ' if need be'}{hurry}"
    how = " by e-mail" if by_email else ", by video" if s.in_person == "video" else ", in person"
    return f"{what[0].upper()}{what[1:]}{how}{hurry}"


def _describe_hurry(s: Situation) -> str:
    """Say by when a tight or late letter is needed."""
    if not (s.letter.is_tight or s.letter.is_late):
        return ""
    needed_by = s.dates.needed_by
    if s.dates.as_of > needed_by:
        return "; programs are reading already"
    return f"; it is needed by {s.dates.write_day(needed_by)}"


def _ask_rules(s: Situation, *, by_email: bool) -> tuple[Rule, ...]:
    rules = [BY_ID[s.window.rule]]
    if by_email and s.window.rule != when.WHEN_12.id:
        rules.append(when.WHEN_12)
    if s.dates.as_of == s.window.closes:
        rules.append(when.WHEN_3)
    if s.history.offered:
        rules.append(who.WHO_7)
    if s.is_reserve:
        rules.append(mix.MIX_5)
    return tuple(rules)


TO_ASK: Final[tuple[Callable[[Situation], Iterator[Action]], ...]] = (_notice, _feedback, _rate, _book, _ask)
"""What each letter not asked for yet may need, in order."""
