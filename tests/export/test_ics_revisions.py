"""Time stamps and revisions of a calendar that replaces an earlier one: they change with an entry's content."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from builders import plan, rotation
from export.calendars import CHEN, category, read, read_strictly
from export.exporting import PACKAGE_TEMPLATES, in_file
from lorplan.export.formats import ExportOptions
from lorplan.export.ics import write

if TYPE_CHECKING:
    from lorplan.plan.model import Plan
    from runner import Lorplan


def export_over(found: Plan, earlier: bytes | None) -> bytes:
    """Export a plan over an earlier calendar."""
    raw = write([in_file(found)], ExportOptions(found.as_of, PACKAGE_TEMPLATES, earlier=earlier))
    read_strictly(raw)
    return raw


def revisions(raw: bytes) -> dict[str, tuple[datetime, int]]:
    """Give the time stamp and the revision of each entry by its UID."""
    return {str(event["UID"]): (event.decoded("dtstamp"), int(event["SEQUENCE"])) for event in read(raw)}


def entry(raw: bytes, kind: str) -> Any:  # noqa: ANN401 - as the calendar library reads it
    """Find the only entry of a kind."""
    [found] = [event for event in read(raw) if category(event) == kind]
    return found


def test_unchanged_entries_keep_their_stamps_on_a_later_day() -> None:
    """The calendar of the next day is the same, byte for byte."""
    first = export_over(plan(CHEN, as_of="2027-02-01"), None)
    assert export_over(plan(CHEN, as_of="2027-02-02"), first) == first


def test_changed_entry_has_the_stamp_of_the_day_and_a_higher_revision() -> None:
    """The days of the season and the rotation have not changed."""
    first = export_over(plan(CHEN, as_of="2027-02-01"), None)
    moved = export_over(plan({**CHEN, "meeting": "2027-03-23"}, as_of="2027-02-02"), first)
    before, after = revisions(first), revisions(moved)
    same = {str(event["UID"]) for event in read(first) if category(event) in {"season", "rotation"}}
    assert {uid: before[uid] for uid in same} == {uid: after[uid] for uid in same}
    uid = str(entry(moved, "ask")["UID"])
    assert after[uid][0] == datetime(2027, 2, 2, tzinfo=UTC)
    assert after[uid][1] > before[uid][1]


def test_entry_that_changes_twice_on_one_day_has_a_higher_revision_each_time() -> None:
    """A client replaces it again."""
    first = export_over(plan(CHEN), None)
    second = export_over(plan({**CHEN, "meeting": "2027-03-23"}), first)
    third = export_over(plan({**CHEN, "meeting": "2027-03-22"}), second)
    numbers = [int(entry(raw, "ask")["SEQUENCE"]) for raw in (first, second, third)]
    assert numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2]


def test_entry_that_is_gone_is_cancelled_once() -> None:
    """Without an alarm; the next calendar no longer has it."""
    first = export_over(plan(CHEN), None)
    skipped = plan({**CHEN, "choice": "skip"})
    second = export_over(skipped, first)
    cancelled = entry(second, "ask")
    assert str(cancelled["STATUS"]) == "CANCELLED"
    assert int(cancelled["SEQUENCE"]) == int(entry(first, "ask")["SEQUENCE"]) + 1
    assert cancelled.walk("VALARM") == []
    assert "ask" not in {category(event) for event in read(export_over(skipped, second))}


def test_entry_that_comes_back_has_a_higher_revision_than_its_cancellation() -> None:
    """So that it is no longer cancelled."""
    first = export_over(plan(CHEN), None)
    second = export_over(plan({**CHEN, "choice": "skip"}), first)
    third = export_over(plan(CHEN), second)
    assert str(entry(third, "ask")["STATUS"]) == "CONFIRMED"
    assert int(entry(third, "ask")["SEQUENCE"]) > int(entry(second, "ask")["SEQUENCE"])


@pytest.mark.parametrize(
    "earlier",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"BEGIN:VCALENDAR\r\n", id="not_closed"),
        pytest.param(b"\xff\xfe", id="no_text"),
        pytest.param(
            b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", id="entry_without_stamps"
        ),
    ],
)
def test_earlier_file_that_cannot_be_used_changes_nothing(earlier: bytes) -> None:
    """As if there were none."""
    found = plan(rotation())
    assert export_over(found, earlier) == export_over(found, None)


def test_export_to_a_file_keeps_the_stamps_of_the_day_before(lorplan: Lorplan) -> None:
    """A night's export changes nothing in a calendar that somebody subscribes to, unless the plan has changed."""
    (lorplan.folder / "rotations.yaml").write_text(
        "- {attending: Dr. Wei Chen, specialty: neurology, start: 2027-03-01, weeks: 4}\n"
    )
    target = lorplan.folder / "letters.ics"
    lorplan("export", "ics", "--as-of", "2027-02-01", "-o", "letters.ics")
    before = target.read_bytes()
    lorplan("export", "ics", "--as-of", "2027-02-02", "-o", "letters.ics")
    assert target.read_bytes() == before
