"""The same eight entries for lorplan and for two programs that list what is due: todoman and khal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from plans import AS_OF, write_plan_file

from lorplan import loads, make_plan

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = 8

TODOMAN = """\
path = "{home}/todos/*"
date_format = "%Y-%m-%d"
default_list = "letters"
cache_path = "{home}/todoman.db"
"""

KHAL = """\
[calendars]
[[letters]]
path = {home}/events
[sqlite]
path = {home}/khal.db
[locale]
dateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
"""

ITEM = """\
BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//lorplan benchmark//EN\r
BEGIN:{kind}\r
UID:{number}@benchmark.invalid\r
DTSTAMP:20270101T000000Z\r
SUMMARY:{title}\r
{days}\r
END:{kind}\r
END:VCALENDAR\r
"""


def prepare(home: Path) -> None:
    """Write a plan file of eight rotations, and its first actions as eight to-dos and eight events."""
    text = write_plan_file(ENTRIES)
    (home / "rotations.yaml").write_text(text, encoding="utf-8")
    (home / "todoman.py").write_text(TODOMAN.format(home=home), encoding="utf-8")
    (home / "khal.ini").write_text(KHAL.format(home=home), encoding="utf-8")
    (home / "todos" / "letters").mkdir(parents=True)
    (home / "events").mkdir()
    actions = make_plan(loads(text), AS_OF).actions[:ENTRIES]
    for number, action in enumerate(actions):
        _write(home / "todos" / "letters", number, action.title, "VTODO", f"DUE;VALUE=DATE:{_ics(action.until)}")
        days = f"DTSTART;VALUE=DATE:{_ics(action.on)}\r\nDTEND;VALUE=DATE:{_ics(action.until + timedelta(1))}"
        _write(home / "events", number, action.title, "VEVENT", days)


def _write(folder: Path, number: int, title: str, kind: str, days: str) -> None:
    item = ITEM.format(kind=kind, number=number, title=title, days=days)
    (folder / f"{number}.ics").write_bytes(item.encode())


def _ics(day: date) -> str:
    return f"{day:%Y%m%d}"
