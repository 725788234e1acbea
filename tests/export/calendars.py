"""Shared by the tests of calendars: two readers, and short ways to what an entry says.

One reader is the icalendar package; the other is strict, small, and our own: it knows the lines of RFC 5545.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from icalendar import Calendar

from builders import plan, rotation
from export.exporting import export
from lorplan.text.safe import is_unsafe

if TYPE_CHECKING:
    from datetime import date

    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.model import Action

Entry = Any
"""An event or a to-do as icalendar reads it."""

ONE_DAY: Final = timedelta(1)
SEASON_DAYS: Final = 7
"""Days of a season, which all its applicants share; each plan also has its own deadline."""

CHEN: Final = rotation(hospital="Mercy General")
"""The usual rotation: nothing is recorded, so there is everything to do."""

USUAL: Final = plan(CHEN, name="Amina Rahman", email="amina@example.org")


# --- the strict reader --------------------------------------------------------------------------------------


class Line(NamedTuple):
    """A content line, unfolded."""

    name: str
    parameters: tuple[str, ...]
    value: str


class Component(NamedTuple):
    """A component with the names of those around it, and its own lines."""

    path: tuple[str, ...]
    lines: list[Line]

    def lines_named(self, name: str) -> list[Line]:
        """Give the lines of one property."""
        return [line for line in self.lines if line.name == name]

    def text(self, name: str) -> str:
        """Read a text that must be there exactly once."""
        (line,) = self.lines_named(name)
        return unescape(line.value)


_PARAMETER: Final = re.compile(r';([A-Z-]+)=("[^"]*"|[^";:,]*)')
_ESCAPES: Final = {"n": "\n", "N": "\n", ",": ",", ";": ";", "\\": "\\"}
_ONCE: Final = {
    "VCALENDAR": ("VERSION", "PRODID", "X-WR-CALNAME"),
    "VEVENT": ("UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "DTSTART", "DTEND", "STATUS", "TRANSP", "CATEGORIES"),
    "VTODO": ("UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "DUE", "STATUS", "CATEGORIES"),
    "VALARM": ("ACTION", "TRIGGER", "DESCRIPTION"),
}
_PATHS: Final = {
    ("VCALENDAR",),
    ("VCALENDAR", "VEVENT"),
    ("VCALENDAR", "VTODO"),
    ("VCALENDAR", "VEVENT", "VALARM"),
    ("VCALENDAR", "VTODO", "VALARM"),
}


def unescape(value: str) -> str:
    """Read a text value (RFC 5545, 3.3.11), in which everything that needs an escape must have one."""
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", value), value
    return re.sub(r"\\(.)", lambda found: _ESCAPES[found[1]], value)


def _parse_line(line: str) -> Line:
    """Split a content line (RFC 5545, 3.1)."""
    name = re.match(r"[A-Z][A-Z-]*", line)
    assert name, line
    place, parameters = name.end(), []
    while found := _PARAMETER.match(line, place):
        parameters.append(f"{found[1]}={found[2]}")
        place = found.end()
    assert line[place : place + 1] == ":", line
    return Line(name[0], tuple(parameters), line[place + 1 :])


def _unfold(raw: bytes) -> list[str]:
    """Give the content lines of a calendar, whose physical lines must be correct."""
    assert raw.endswith(b"\r\n")
    lines: list[str] = []
    for octets in raw.removesuffix(b"\r\n").split(b"\r\n"):
        assert 0 < len(octets) <= 75, octets
        text = octets.decode()  # no character is broken over two lines
        assert not any(is_unsafe(character) for character in text), text
        if text.startswith(" "):
            lines[-1] += text[1:]
        else:
            lines.append(text)
    return lines


def read_strictly(raw: bytes) -> list[Component]:
    """Read a calendar: each component in its place, closed in its turn, with what it must have exactly once."""
    found: list[Component] = []
    stack: list[Component] = []
    for line in map(_parse_line, _unfold(raw)):
        if line.name == "BEGIN":
            assert stack or not found, "one calendar in a file"
            stack.append(Component((*(one.path[-1] for one in stack), line.value), []))
            found.append(stack[-1])
        elif line.name == "END":
            assert stack.pop().path[-1] == line.value
        else:
            stack[-1].lines.append(line)
    assert not stack
    for component in found:
        assert component.path in _PATHS
        for name in _ONCE[component.path[-1]]:
            assert len(component.lines_named(name)) == 1, (component.path, name)
        assert all(count == 1 for count in Counter(line.name for line in component.lines).values())
        for name in ("SUMMARY", "DESCRIPTION", "X-WR-CALNAME", "CATEGORIES"):
            for line in component.lines_named(name):
                unescape(line.value)
    return found


# --- what a test looks at -----------------------------------------------------------------------------------


def export_ics(*plans: ApplicantPlan, todo: bool = False) -> bytes:
    """Export plans as the command does, and read the calendar strictly."""
    raw = export("ics", *plans, todo=todo)
    read_strictly(raw)
    return raw


def read(raw: bytes, name: str = "VEVENT") -> list[Entry]:
    """Read the events or the to-dos of a calendar as other programs do."""
    return list(Calendar.from_ical(raw.decode()).walk(name))


def count_titles(raw: bytes, name: str = "VEVENT") -> Counter[str]:
    """Count the titles."""
    return Counter(str(entry["SUMMARY"]) for entry in read(raw, name))


def category(entry: Entry) -> str:
    """Give the only category of an entry."""
    (found,) = entry["CATEGORIES"].cats
    return str(found)


def action_events(raw: bytes) -> list[Entry]:
    """Read the events that are neither days of the season nor rotations."""
    return [event for event in read(raw) if category(event) not in {"season", "rotation"}]


def day_of(action: Action, as_of: date) -> date:
    """Give the day on which a calendar has an action: its first, or the plan's once it is overdue."""
    return as_of if action.state == "overdue" else action.on


def title_of(action: Action) -> str:
    """Give the title of an action in a calendar of one plan."""
    return action.title + (" (if still needed)" if action.conditional else "")


def find(raw: bytes, beginning: str, name: str = "VEVENT") -> Entry:
    """Find the only entry whose title begins so."""
    (found,) = [entry for entry in read(raw, name) if str(entry["SUMMARY"]).startswith(beginning)]
    return found


def uids(raw: bytes) -> list[str]:
    """List the UIDs of all entries."""
    return [component.text("UID") for component in read_strictly(raw) if component.lines_named("UID")]


def uid_for(key: str, what: str) -> str:
    """Give the UID of what belongs to an applicant, as calendars that were imported years ago have it."""
    raw = f"{key}\n{what}".encode("utf-8", "surrogatepass")
    return f"{sha256(raw).hexdigest()[:32]}@lorplan"
