"""Which entries of a calendar have changed since it was last written: their time stamps, and what is cancelled."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from icalendar import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FIRST_REVISION: Final = date(1990, 1, 1)
"""A new SEQUENCE counts the days from here to the as-of day, so that it grows from export to export."""

_STAMPS: Final = ("dtstamp", "sequence")


def stamp(entries: Mapping[str, Any], earlier: bytes | None, as_of: date) -> Iterator[Any]:
    """Yield the entries, by UID, each with a time stamp and a sequence number that change when its content does.

    `earlier` is the calendar that is replaced, if any. An entry of it that is gone is yielded once more, as cancelled.
    """
    known = _read(earlier)
    for uid in sorted({*entries, *known}):
        entry, old = entries.get(uid), known.get(uid)
        if entry is None and old is not None:
            if str(old.get("status")) != "CANCELLED":
                yield _cancel(old, as_of)
        elif old is not None and _content(old) == _content(entry):
            yield _with_stamps(entry, old["dtstamp"].dt, int(old["sequence"]))
        else:
            newest = (as_of - _FIRST_REVISION).days
            yield _with_stamps(entry, _midnight(as_of), max(newest, int(old["sequence"]) + 1) if old else newest)


def _read(earlier: bytes | None) -> dict[str, Any]:
    """Read the entries of a calendar by UID; none of one that is no calendar, or not one of ours."""
    if not earlier:
        return {}
    try:
        parsed = Calendar.from_ical(earlier)
    except ValueError:
        return {}
    entries = [one for one in parsed.subcomponents if "uid" in one and all(name in one for name in _STAMPS)]
    return {str(one["uid"]): one for one in entries}


def _content(entry: Any) -> bytes:  # noqa: ANN401 - the calendar library has no type for all entries
    """Write an entry without its stamps."""
    lines = entry.to_ical().split(b"\r\n")
    return b"\r\n".join(line for line in lines if not line.startswith((b"DTSTAMP", b"SEQUENCE")))


def _cancel(old: Any, as_of: date) -> Any:  # noqa: ANN401 - as above
    """Mark an entry that is gone, without its alarm."""
    sequence = int(old["sequence"]) + 1
    for name in ("status", *_STAMPS):
        old.pop(name, None)
    old.subcomponents.clear()
    old.add("status", "CANCELLED")
    return _with_stamps(old, _midnight(as_of), sequence)


def _with_stamps(entry: Any, moment: datetime, sequence: int) -> Any:  # noqa: ANN401 - as above
    entry.add("dtstamp", moment)
    entry.add("sequence", sequence)
    return entry


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
