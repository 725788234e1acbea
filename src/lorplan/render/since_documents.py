"""What has changed since a day, for scripts: one JSON document and tab-separated records, of one plan or many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.plan.document import FORMAT_VERSION, action_document
from lorplan.render.changes import list_changes
from lorplan.render.tab_separated import write_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from lorplan.plan.changes import LetterChange
    from lorplan.plan.document import Document
    from lorplan.plan.since import ChangesSince

FilesChanges = tuple[str, "ChangesSince"]
"""The name of a file with what has changed in its plan."""


def changes_document(found: Sequence[FilesChanges], since: date, as_of: date) -> Document:
    """Make the document of `--since --json`, the same for `plan` and `cohort`: an entry for each file."""
    return {
        "format_version": FORMAT_VERSION,
        "kind": "changes",
        "as_of": as_of.isoformat(),
        "since": since.isoformat(),
        "applicants": [_applicant(file, one) for file, one in found],
    }


def _applicant(file: str, one: ChangesSince) -> Document:
    changes = one.changes
    before, now = changes.expected
    return {
        "file": file,
        "applicant": one.plan.applicant.name,
        "events": [
            {
                "day": event.day.isoformat(),
                "event": event.event,
                "rotation": event.rotation,
                "program": event.program,
                "name": event.name,
            }
            for event in one.happened
        ],
        "letters": [_letter(change) for change in changes.letters],
        "gaps": [gap._asdict() for gap in changes.gaps],
        "programs": [
            {"program": change.program.id, "before": change.earlier, "now": change.program.state}
            for change in changes.programs
        ],
        "expected": {"before": before, "now": now, "wanted": changes.wanted},
        "asking_closed": one.plan.asking_closed,
        "actions": [action_document(action) for action in one.became_due],
    }


def _letter(change: LetterChange) -> Document:
    letter = change.letter
    return {
        "rotation": letter.id,
        "attending": letter.attending,
        "before": change.earlier,
        "now": letter.verdict,
        "ask_on": letter.window.ask_on.isoformat() if letter.verdict == "ask" else None,
    }


def change_records(found: Sequence[FilesChanges], *, with_file: bool) -> Iterator[str]:
    """Write `--since --plain`, one change a line: what, day, rotation or program, its name, text; of `cohort` the file.

    What: event (recorded since), decision, or due (became due, with the day after which it is overdue).
    """
    for file, one in found:
        for row in _rows(one):
            yield write_record(*row, *([file] if with_file else []))


def _rows(one: ChangesSince) -> Iterator[tuple[object, ...]]:
    for event in one.happened:
        yield "event", event.day, event.rotation or event.program, event.name, event.event
    for text in list_changes(one.decided, one.plan.dates):
        yield "decision", None, None, None, text
    for action in one.became_due:
        yield "due", action.until, action.rotation, action.attending, action.title
