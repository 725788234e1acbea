"""Plans as a calendar (RFC 5545): what to do, when, and the days of the season.

The same plans give the same bytes. The UID of an entry comes from the applicant (the name, else the e-mail address,
else the name of the file), the id of the rotation and the kind of the action: importing a newer export updates existing
entries instead of duplicating them, whatever else changes in the file.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from icalendar import Alarm, Calendar, Event, Todo, vDuration, vText

from lorplan.export.formats import HEAD_BYTES
from lorplan.export.ics_revisions import stamp
from lorplan.messages.compose import compose
from lorplan.messages.facts import message_facts
from lorplan.messages.kinds import MESSAGES, choose_message
from lorplan.plan.action_kinds import COMPLETED_BY
from lorplan.planfile.events import REPEATED
from lorplan.rules import BY_ID
from lorplan.text.safe import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jinja2 import BaseLoader

    from lorplan.dates.eras_seasons import Season, SeasonDay
    from lorplan.export.formats import ExportOptions
    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.model import Action, Letter

_PRODUCT: Final = "-//lorplan//letters of recommendation//EN"
_SIGNATURE: Final = "\nPRODID:-//lorplan//"

_REFRESH: Final = timedelta(1)
"""How often a calendar program that subscribes looks again: the plan changes from day to day."""

_NOON: Final = 12
"""The hour, in UTC, at which something is said to be completed, so that it is the same day nearly everywhere."""

_MORNING: Final = timedelta(hours=9)
"""When an alarm rings on the day an action is due (judgement: before the day's work, not in the night)."""

_DAY: Final = timedelta(1)
_ESTIMATED: Final = "Estimated: look for the published day."


def write(plans: Sequence[ApplicantPlan], options: ExportOptions) -> bytes:
    """Write actions, rotations and the season's days as all-day events, or actions as to-dos with what is done.

    Of several entries with one UID only one is written.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    names = plans[0].who if len(plans) == 1 else "all applicants"
    calendar["X-WR-CALNAME"] = calendar["NAME"] = vText(_plain(f"Letters: {names}"))
    calendar.add("refresh-interval", vDuration(_REFRESH), parameters={"value": "DURATION"})
    calendar["X-PUBLISHED-TTL"] = vDuration(_REFRESH)
    entries = [
        entry
        for applicant_plan, key in zip(plans, _keys(plans), strict=True)
        for entry in _Entries(applicant_plan, key, options.loader, several=len(plans) > 1).all(todo=options.todo)
    ]
    unique = {str(entry["uid"]): entry for entry in entries}
    for entry in stamp(unique, options.earlier, options.as_of):
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def is_ours(content: bytes) -> bool:
    """Whether a file is one of these calendars."""
    return _SIGNATURE.encode() in content[:HEAD_BYTES]


def _keys(plans: Sequence[ApplicantPlan]) -> list[str]:
    """Tell each plan's entries from those of the others: by the applicant, and for namesakes also by the file."""
    count = Counter(one.key for one in plans)
    return [one.key if count[one.key] == 1 else f"{one.key}\n{one.file}" for one in plans]


class _Entries:
    """The entries of one plan; among `several` plans each title names the applicant."""

    def __init__(self, applicant_plan: ApplicantPlan, key: str, loader: BaseLoader, *, several: bool) -> None:
        self.plan, self.key, self.loader = applicant_plan.plan, key, loader
        self.prefix = f"{applicant_plan.who}: " if several else ""

    def all(self, *, todo: bool) -> Iterator[Any]:
        """Yield events, or to-dos."""
        if todo:
            yield from (self._done(letter, *event) for letter in self.plan.letters for event in _numbered(letter))
            yield from (self._todo(action) for action in self.plan.actions)
        else:
            season = self.plan.dates.season
            yield from (self._event(action) for action in self.plan.actions)
            yield from (self._rotation(letter) for letter in self.plan.letters)
            yield from (_season_day(season, named, day) for named, day in season.days())
            yield self._deadline()

    def _event(self, action: Action) -> Event:
        event = Event()
        self._describe(event, action)
        day = self.plan.as_of if action.state == "overdue" else action.on
        _set_days(event, day, day, "TENTATIVE" if action.conditional else "CONFIRMED")
        event.add_component(_alarm(action, {}))
        return event

    def _rotation(self, letter: Letter) -> Event:
        """Write a rotation from its first to its last day."""
        event, rotation = Event(), letter.rotation
        event.add("uid", self._uid(f"{letter.id}:rotation"))
        event.add("summary", _plain(f"{self.prefix}{letter.attending}, {rotation.specialty}"))
        if rotation.hospital:
            event.add("location", _plain(rotation.hospital))
        event.add("categories", ["rotation"])
        _set_days(event, rotation.start, letter.candidate.last_day, "CONFIRMED")
        return event

    def _todo(self, action: Action) -> Todo:
        todo = Todo()
        self._describe(todo, action)
        todo.add("due", action.until)
        todo.add("status", "NEEDS-ACTION")
        if action.on < action.until:  # a to-do may not start on the day it is due
            todo.add("dtstart", action.on)
            todo.add_component(_alarm(action, {}))
        else:
            todo.add_component(_alarm(action, {"related": "END"}))
        return todo

    def _describe(self, entry: Event | Todo, action: Action) -> None:
        entry.add("uid", self._uid(action.id))
        tentative = " (if still needed)" if action.conditional else ""
        entry.add("summary", _plain(self.prefix + action.title + tentative))
        entry.add("description", _without_breaks(self._description(action)))
        entry.add("categories", [action.kind])

    def _description(self, action: Action) -> str:
        write_day = self.plan.dates.write_day
        window = f"{write_day(action.on, weekday=True)} to {write_day(action.until, weekday=True)}"
        why = "\n".join(f"{BY_ID[rule].claim} ({rule})" for rule in action.rules)
        message = self._message(action)
        return "\n\n".join([window, why, *([message] if message else [])])

    def _message(self, action: Action) -> str:
        """Compose the message of an action as of its day; "" if it needs none."""
        if action.rotation is None:
            return ""
        letter, day = self.plan.letter(action.rotation), max(self.plan.as_of, action.on)
        message = choose_message(self.plan, letter, action.kind, day)
        return compose(message, message_facts(self.plan, letter, day), self.loader).text if message in MESSAGES else ""

    def _done(self, letter: Letter, event: str, day: date, number: int) -> Todo:
        """Write what has happened as a completed to-do: that of its action, if there was one."""
        todo = Todo()
        kind = COMPLETED_BY.get(event, event)
        todo.add("uid", self._uid(f"{letter.id}:{kind}" + (f":{number}" if event == REPEATED else "")))
        todo.add("summary", _plain(f"{self.prefix}{letter.attending}: {event}"))
        todo.add("categories", [kind])
        todo.add("due", day)
        todo.add("status", "COMPLETED")
        todo.add("percent-complete", 100)
        todo.add("completed", datetime(day.year, day.month, day.day, _NOON, tzinfo=UTC))
        return todo

    def _deadline(self) -> Event:
        dates = self.plan.dates
        needed_by = f"Letters have to be uploaded by {dates.needed_by}."
        return _milestone(
            self._uid("deadline"), dates.deadline, _plain(f"{self.prefix}deadline for letters"), needed_by
        )

    def _uid(self, what: str) -> str:
        return _hash(f"{self.key}\n{what}")


def _season_day(season: Season, named: SeasonDay, day: date) -> Event:
    """Write a day of the season, which all plans of the season share."""
    source = _ESTIMATED if season.estimated else season.source.named
    uid = _hash(f"season {season.year} {named.label}")
    return _milestone(uid, day, f"{season.year} season: {named.label}", source)


def _milestone(uid: str, day: date, title: str, description: str) -> Event:
    """Write a day on which nothing is to be done for a letter, but which everything depends on."""
    event = Event()
    event.add("uid", uid)
    event.add("summary", title)
    event.add("description", description)
    event.add("categories", ["season"])
    _set_days(event, day, day, "CONFIRMED")
    return event


def _set_days(event: Event, first: date, last: date, status: str) -> None:
    """Put an event on whole days, which do not count as busy."""
    event.add("dtstart", first)
    event.add("dtend", last + _DAY)  # the first day after it
    event.add("transp", "TRANSPARENT")
    event.add("status", status)


def _numbered(letter: Letter) -> Iterator[tuple[str, date, int]]:
    """Yield the events of a letter, each with its day and its number among those of its name."""
    seen: Counter[str] = Counter()
    for name, day in letter.history.counted():
        seen[name] += 1
        yield name, day, seen[name]


def _alarm(action: Action, parameters: dict[str, str]) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _plain(action.title))
    alarm.add("trigger", _MORNING, parameters=parameters)
    return alarm


def _hash(text: str) -> str:
    """Make a UID that reveals nothing of what it is made of."""
    raw = text.encode("utf-8", "surrogatepass")  # a file's name need not be UTF-8
    return f"{sha256(raw).hexdigest()[:32]}@lorplan"


def _plain(text: str) -> str:
    return _without_breaks(on_one_line(text))


def _without_breaks(text: str) -> str:
    """Write backslashes so that none is taken for a line end: the calendar library reads one before N as such."""
    return text.replace("\\N", "\\n")
