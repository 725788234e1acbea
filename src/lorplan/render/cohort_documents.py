"""Many applicants for scripts: JSON documents and tab-separated records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.plan.document import FORMAT_VERSION, action_document, counts_document
from lorplan.render.tab_separated import write_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from lorplan.plan.cohort import Cohort, CohortLine
    from lorplan.plan.document import Document
    from lorplan.plan.writers import Writer


def cohort_document(cohort: Cohort) -> Document:
    """Make the document of `cohort --json`; of a file that cannot be used what is not known is null."""
    return {
        "format_version": FORMAT_VERSION,
        "kind": "cohort",
        "as_of": cohort.as_of.isoformat(),
        "applicants": [_line(one, rank) for rank, one in enumerate(cohort.shown, start=1)],
        "by": _iso(cohort.by),
    }


def _line(one: CohortLine, rank: int) -> Document:
    return {
        "file": one.file,
        "applicant": one.applicant,
        "wrong": one.wrong,
        "rank": rank,
        "wanted": one.wanted,
        "forecast": counts_document(one.forecast) if one.forecast else None,
        "gaps": [gap._asdict() for gap in one.gaps],
        "programs": dict(one.programs),
        "overdue": one.overdue,
        "next": action_document(one.next) if one.next else None,
        "problems": one.problems,
        "trouble": one.trouble,
        "secured_by": one.secured_by,
    }


def cohort_records(cohort: Cohort) -> Iterator[str]:
    """Write `cohort --plain`, one applicant a line, with an empty field for what is not known.

    rank, trouble, wrong, secured, promised, asked, planned, wanted, gaps, programs short, overdue, on, until, kind,
    rotation, applicant, file; with `--by` also the letters expected by that day.
    """
    for rank, one in enumerate(cohort.shown, start=1):
        counts, action = one.forecast, one.next
        yield write_record(
            rank,
            one.trouble,
            one.wrong,
            *((counts.secured, counts.promised, counts.asked, counts.planned) if counts else (None,) * 4),
            one.wanted,
            len(one.gaps),
            one.programs["short"],
            one.overdue,
            *((action.on, action.until, action.kind, action.rotation) if action else (None,) * 4),
            one.applicant,
            one.file,
            *([one.secured_by] if cohort.by else []),
        )


# --- attendings ---------------------------------------------------------------------------------------------


def writers_document(writers: Sequence[Writer], as_of: date) -> Document:
    """Make the document of `cohort --writers --json`."""
    return {
        "format_version": FORMAT_VERSION,
        "kind": "writers",
        "as_of": as_of.isoformat(),
        "writers": [_writer(writer) for writer in writers],
    }


def _writer(writer: Writer) -> Document:
    return {
        "attending": writer.attending,
        "email": writer.email,
        "owed": writer.owed,
        "asked": writer.asked,
        "delivered": writer.delivered,
        "planned": writer.planned,
        "oldest": _iso(writer.oldest),
        "letters": [
            {
                "file": one.file,
                "applicant": one.applicant,
                "rotation": one.rotation,
                "status": one.status,
                "asked": _iso(one.asked),
            }
            for one in writer.letters
        ],
    }


def writer_records(writers: Iterable[Writer]) -> Iterator[str]:
    """Write `cohort --writers --plain`: owed, asked, delivered, planned, oldest, attending, email, applicants."""
    for one in writers:
        counts = (one.owed, one.asked, one.delivered, one.planned)
        yield write_record(*counts, one.oldest, one.attending, one.email, "; ".join(one.applicants))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
