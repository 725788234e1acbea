"""What to say or to write: the message for an action, from a template and what the plan knows.

A template is a text for jinja2. Its first line may be `Subject: ...`: then it is for e-mail, else it is said.
It is rendered in a sandbox; a name that is not among the facts is an error. What nobody but the user can know
is a gap, `{{ gap("your phone") }}`, which stands as `[your phone]` in the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lorplan.reference.attending_names import addressed
from lorplan.text.safe import joined, on_one_line
from lorplan.text.templates import in_words, rendered

if TYPE_CHECKING:
    from datetime import date

    from jinja2 import BaseLoader

    from lorplan.plan.model import Letter, Plan

_SUBJECT: Final = "Subject: "


class Message(NamedTuple):
    """A message: `subject` is None for what is said, `gaps` are what the user has to fill in."""

    subject: str | None
    body: str
    gaps: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole of it, as its template has it."""
        return self.body if self.subject is None else f"{_SUBJECT}{self.subject}\n\n{self.body}"


def facts(plan: Plan, letter: Letter) -> dict[str, Any]:
    """What a template can use: texts, dates, and None for what the file does not say."""
    rotation, ranking, record = letter.rotation, letter.ranking, letter.record
    return {
        "as_of": plan.as_of,
        "name": plan.applicant,
        "email": plan.email,
        "fields": joined([coverage.target for coverage in plan.coverage if coverage.target]) or None,
        "season_year": plan.season.year,
        "portal_opens": plan.season.opens,
        "needed_by": plan.needed_by,
        "deadline": plan.deadline,
        "match_day": plan.season.match_day,
        "doctor": addressed(letter.attending),
        "attending_email": rotation.attending.email,
        "specialty": rotation.specialty,
        "hospital": rotation.hospital,
        "first_day": rotation.start,
        "last_day": rotation.final_day,
        "period": _period(rotation.start, rotation.final_day, plan.as_of),
        "ask_on": ranking.ask_on if ranking else None,
        "offered": record.offered,
        "asked": record.asked,
        "agreed": record.agreed,
        "requested": record.requested,
        "reminded": record.reminded,
        "uploaded": record.uploaded,
    }


def draft(kind: str, known: dict[str, Any], loader: BaseLoader) -> Message:
    """The message of a kind. Raises DraftError with the template, its line and what is wrong there."""
    gaps: dict[str, None] = {}

    def gap(what: str) -> str:
        gaps[f"[{what}]"] = None
        return f"[{what}]"

    return _message(rendered(f"{kind}.txt", {**known, "gap": gap}, loader), tuple(gaps))


def _period(first: date, last: date, as_of: date) -> str:
    """From a day to a day, the year once where it is one."""
    begin = f"{first:%B} {first.day}" if first.year == last.year else in_words(first, as_of)
    return f"{begin} to {in_words(last, as_of)}"


def _message(text: str, gaps: tuple[str, ...]) -> Message:
    lines = [on_one_line(line.rstrip()) for line in text.strip().splitlines()]
    subject = None
    if lines and lines[0].startswith(_SUBJECT):
        subject, lines = lines[0].removeprefix(_SUBJECT), lines[1:]
    return Message(subject, "\n".join(lines).strip(), gaps)
