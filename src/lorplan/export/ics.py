"""Plans as a calendar (RFC 5545): what to do, when, and the days of the season.

The same plans give the same bytes. An entry's UID comes from the applicant, the rotation and the action, the
time stamps from the as-of day: whoever imports a later calendar moves its entries, and doubles none.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from icalendar import Alarm, Calendar, Event, Todo, vText

from lorplan.render.timeline_data import days_of
from lorplan.rules import BY_ID
from lorplan.text.safe import on_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lorplan.dates.eras_seasons import Season
    from lorplan.plan.applicant_plan import Dossier
    from lorplan.plan.model import Action, Letter, Plan

    Say = Callable[[Plan, Action], str]

_PRODUCT: Final = "-//lorplan//letters of recommendation//EN"
MARK: Final = "\nPRODID:-//lorplan//"
"""By this a later export knows that it may replace the calendar, whatever else the product's name says."""

_FIRST_REVISION: Final = date(1990, 1, 1)
"""SEQUENCE counts the days from here to the as-of day: it grows from export to export."""

_MORNING: Final = timedelta(hours=9)
"""When a reminder rings on the day an action is due (judgement: before the day's work, not in the night)."""

_DAY: Final = timedelta(1)
_ESTIMATED: Final = "Estimated: look for the published day."

_COMPLETES: Final = {
    "asked": "ask",
    "packet": "packet",
    "requested": "request",
    "thanked": "thank",
    "assigned": "assign",
}
"""The action that an event completes: its to-do and that of the event are one."""


def calendar(dossiers: Sequence[Dossier], as_of: date, say: Say, *, todo: bool) -> bytes:
    """All actions as all-day events with the season's days; or, with `todo`, as to-dos with what is done.

    `say` gives the message of an action, "" where it needs none. Entries with one UID are there once.
    """
    whole = Calendar()
    whole.add("prodid", _PRODUCT)
    whole.add("version", "2.0")
    names = dossiers[0].who if len(dossiers) == 1 else "all applicants"
    whole["X-WR-CALNAME"] = vText(_plain(f"Letters: {names}"))
    several = len(dossiers) > 1
    entries = [
        entry
        for dossier, key in zip(dossiers, _keys(dossiers), strict=True)
        for entry in _Entries(dossier, key, say, several=several).all(todo=todo)
    ]
    unique = {str(entry["uid"]): entry for entry in entries}
    for entry in (unique[uid] for uid in sorted(unique)):
        entry.add("dtstamp", datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC))
        entry.add("sequence", (as_of - _FIRST_REVISION).days)
        whole.add_component(entry)
    return bytes(whole.to_ical())


def _keys(dossiers: Sequence[Dossier]) -> list[str]:
    """What tells each plan's entries from those of the others: whose it is, and of namesakes also the file."""
    count = Counter(dossier.key for dossier in dossiers)
    return [d.key if count[d.key] == 1 else f"{d.key}\n{d.file}" for d in dossiers]


class _Entries:
    """The entries of one plan; among `several` plans each title names the applicant."""

    def __init__(self, dossier: Dossier, key: str, say: Say, *, several: bool) -> None:
        self.plan, self.key, self.say = dossier.plan, key, say
        self.prefix = f"{dossier.who}: " if several else ""

    def all(self, *, todo: bool) -> Iterator[Any]:
        """Events, or to-dos."""
        if todo:
            yield from (self._done(letter, *event) for letter in self.plan.letters for event in _recorded(letter))
            yield from (self._todo(action) for action in self.plan.actions)
        else:
            yield from (self._event(action) for action in self.plan.actions)
            yield from (_season_day(self.plan.season, day, name) for day, name in days_of(self.plan.season))
            yield self._deadline()

    def _event(self, action: Action) -> Event:
        event = Event()
        self._describe(event, action)
        _lay(event, action.on, action.until, "TENTATIVE" if action.conditional else "CONFIRMED")
        event.add_component(_alarm(action, {}))
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
        why = "\n".join(f"{BY_ID[rule].claim} ({rule})" for rule in action.rules)
        said = self.say(self.plan, action)
        return f"{why}\n\n{said}" if said else why

    def _done(self, letter: Letter, event: str, day: date, number: int) -> Todo:
        """What has happened, as a completed to-do: that of its action, where there was one."""
        todo = Todo()
        kind = _COMPLETES.get(event, event)
        todo.add("uid", self._uid(f"{letter.id}:{kind}" + (f":{number}" if event == "reminded" else "")))
        todo.add("summary", _plain(f"{self.prefix}{letter.attending}: {event}"))
        todo.add("categories", [kind])
        todo.add("due", day)
        todo.add("status", "COMPLETED")
        todo.add("percent-complete", 100)
        todo.add("completed", datetime(day.year, day.month, day.day, tzinfo=UTC))
        return todo

    def _deadline(self) -> Event:
        needed_by = f"Letters have to be uploaded by {self.plan.needed_by}."
        title = _plain(f"{self.prefix}deadline for letters")
        return _milestone(self._uid("deadline"), self.plan.deadline, title, needed_by)

    def _uid(self, what: str) -> str:
        return _hashed(f"{self.key}\n{what}")


def _season_day(season: Season, day: date, name: str) -> Event:
    """A day of the season, which all plans of the season share."""
    source = _ESTIMATED if season.estimated else season.source.named
    return _milestone(_hashed(f"season {season.year} {name}"), day, f"{season.year} season: {name}", source)


def _milestone(uid: str, day: date, title: str, description: str) -> Event:
    """A day on which nothing is to be done for a letter, but which all of it hangs on."""
    event = Event()
    event.add("uid", uid)
    event.add("summary", title)
    event.add("description", description)
    event.add("categories", ["season"])
    _lay(event, day, day, "CONFIRMED")
    return event


def _lay(event: Event, first: date, last: date, status: str) -> None:
    """Put an event on whole days, which do not count as busy."""
    event.add("dtstart", first)
    event.add("dtend", last + _DAY)  # the first day that is not part of it
    event.add("transp", "TRANSPARENT")
    event.add("status", status)


def _recorded(letter: Letter) -> Iterator[tuple[str, date, int]]:
    """The events of a letter, each with its day and its number among those of its name."""
    seen: dict[str, int] = {}
    for name, day in letter.record.events():
        seen[name] = seen.get(name, 0) + 1
        yield name, day, seen[name]


def _alarm(action: Action, parameters: dict[str, str]) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _plain(action.title))
    alarm.add("trigger", _MORNING, parameters=parameters)
    return alarm


def _hashed(text: str) -> str:
    """A UID that gives away nothing of what it is made of."""
    raw = text.encode("utf-8", "surrogatepass")  # a file's name may be no UTF-8
    return f"{sha256(raw).hexdigest()[:32]}@lorplan"


def _plain(text: str) -> str:
    """A text on one line."""
    return _without_breaks(on_one_line(text))


def _without_breaks(text: str) -> str:
    """A text in which no backslash stands for a line end: the calendar library takes one before N for that."""
    return text.replace("\\N", "\\n")
