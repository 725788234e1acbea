"""What to do once a letter is asked for: follow up, send documents, request, remind, import, thank, assign."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from lorplan.dates.business_days import add_business_days, business_day
from lorplan.plan.program_actions import assign_letter
from lorplan.reference import policy_numbers as numbers
from lorplan.rules import when
from lorplan.rules.progress import days_to_next_message, open_reminders, request_span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lorplan.plan.model import Action
    from lorplan.plan.situation import Situation


def _follow_up(s: Situation) -> Iterator[Action]:
    history, contacted = s.history, s.history.last_contacted
    if history.status != "asked" or contacted is None:
        return
    in_vain = len(set(history.reminders))
    on = business_day(contacted + timedelta(days_to_next_message(in_vain, s.dates)))
    yield s.action(
        "follow-up",
        on=on,
        until=max(on, contacted + timedelta(s.dates.policy.no_answer_days)),
        channel="email",
        title=f"Write to {s.name} again: no answer since {s.dates.write_day(contacted)}",
        rules=(when.WHEN_11,),
    )


def _packet(s: Situation) -> Iterator[Action]:
    history = s.history
    if history.status not in {"agreed", "requested"} or history.agreed is None or history.packet:
        return
    on = business_day(history.agreed)
    yield s.action(
        "packet",
        on=on,
        until=add_business_days(on, s.dates.policy.packet_days),
        channel="email",
        title=f"Send {s.name} your CV and statement",
        rules=(when.WHEN_15,),
    )


def _renew(s: Situation) -> Iterator[Action]:
    """Refresh a promise that was given long before the portal can be used (WHEN-19)."""
    agreed, portal_from = s.history.agreed, s.dates.portal_from
    if s.history.status != "agreed" or agreed is None or (portal_from - agreed).days < numbers.RENEW_AFTER.value:
        return
    on = business_day(portal_from - timedelta(numbers.RENEW_AHEAD.value))
    since, opening = s.dates.write_day(agreed), s.dates.write_day(portal_from)
    until = max(on, portal_from)
    if s.history.reminders_since(on) or s.dates.as_of > until:
        return
    yield s.action(
        "renew",
        on=on,
        until=until,
        channel="email",
        title=f"Write to {s.name}, who agreed on {since}: your portal opens on {opening}",
        rules=(when.WHEN_19,),
    )


def _request(s: Situation) -> Iterator[Action]:
    agreed = s.history.agreed
    if s.history.status != "agreed" or agreed is None:
        return
    on, until = request_span(agreed, s.dates)
    yield s.action(
        "request",
        on=on,
        until=until,
        channel="portal",
        title=f"Add {s.name} in the letter portal",
        rules=(when.WHEN_8,),
    )


def _remind(s: Situation) -> Iterator[Action]:
    """Schedule the reminders to come; of those whose day has passed, only the latest."""
    requested, needed_by = s.history.requested, s.dates.needed_by
    if s.history.status != "requested" or requested is None or s.history.sent:
        return
    reminders = open_reminders(s.history, requested, s.dates)
    begun = [place for place, (_, on) in enumerate(reminders) if on <= s.dates.as_of]
    reminders = reminders[begun[-1] if begun else 0 :]
    next_days = [on for _, on in reminders[1:]]
    for (number, on), next_day in zip(reminders, [*next_days, None], strict=True):
        yield s.action(
            "remind",
            number=number,
            on=on,
            until=next_day - timedelta(1) if next_day else _until_needed(on, needed_by),
            channel="email",
            title=f"Remind {s.name}: {_describe_need(max(on, s.dates.as_of), s)}",
            rules=(when.WHEN_10,),
        )


def _until_needed(on: date, needed_by: date) -> date:
    return needed_by if on <= needed_by else on + timedelta(numbers.REQUEST_WITHIN.value)


def _describe_need(day: date, s: Situation) -> str:
    """Say why the letter is wanted as one would on a day: by when, or that programs are reading."""
    needed_by = s.dates.write_day(s.dates.needed_by)
    if day <= s.dates.needed_by:
        return f"needed by {needed_by}"
    return f"needed since {needed_by}, programs are reading"


def _trace(s: Situation) -> Iterator[Action]:
    """Look for a letter that is said to be sent while the portal shows nothing (WHEN-9)."""
    sent = s.history.sent
    if s.history.status != "requested" or sent is None:
        return
    reminders = s.history.reminders_since(sent)
    on = _day_to_trace(max([sent, *reminders]), len(reminders), s)
    yield s.action(
        "trace",
        on=on,
        until=on + timedelta(numbers.REQUEST_WITHIN.value),
        channel="email",
        title=f"Find the letter from {s.name}, said to be sent on {s.dates.write_day(sent)}",
        rules=(when.WHEN_9,),
    )


def _day_to_trace(latest: date, in_vain: int, s: Situation) -> date:
    if in_vain >= s.dates.policy.give_up_after:
        return business_day(latest + timedelta(s.dates.policy.remind_after_days))
    return s.dates.processed_by(latest)


def _import(s: Situation) -> Iterator[Action]:
    """Bring a letter of an earlier season over (WHEN-19)."""
    uploaded = s.history.uploaded
    if s.history.status != "carried" or uploaded is None:
        return
    on = business_day(s.dates.portal_from)
    yield s.action(
        "import",
        on=on,
        until=on + timedelta(numbers.REQUEST_WITHIN.value),
        channel="portal",
        title=f"Import the letter from {s.name}, uploaded on {s.dates.write_day(uploaded)}",
        rules=(when.WHEN_19,),
    )


def _thank(s: Situation) -> Iterator[Action]:
    uploaded = s.history.uploaded
    of_this_season = s.history.is_secured and uploaded is not None and uploaded >= s.dates.season.opens
    if uploaded is None or not of_this_season or s.history.thanked:
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


AFTER_ASKING: Final[tuple[Callable[[Situation], Iterator[Action]], ...]] = (
    *(_follow_up, _packet, _renew, _request, _remind, _trace),
    *(_import, _thank, assign_letter),
)
"""What each letter asked for already may need, in order."""
