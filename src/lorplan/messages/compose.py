"""A message for an action, made from a template and what the plan knows.

A template is text for jinja2. If its first line is `Subject: ...`, the message is for e-mail, else it is spoken. What
only the user can know is a blank, `{{ gap("your phone") }}`, and appears as `[your phone]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lorplan.reference.attending_names import form_of_address
from lorplan.text.safe import on_one_line
from lorplan.text.templates import date_in_words, render_template
from lorplan.text.wording import join_words

if TYPE_CHECKING:
    from datetime import date

    from jinja2 import BaseLoader

    from lorplan.plan.model import Letter, Plan

_SUBJECT: Final = "Subject: "


class Message(NamedTuple):
    """A message: `subject` is None if it is spoken, `blanks` are what the user has to fill in."""

    subject: str | None
    body: str
    blanks: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole message, with its subject line."""
        return self.body if self.subject is None else f"{_SUBJECT}{self.subject}\n\n{self.body}"


def message_facts(plan: Plan, letter: Letter, as_of: date | None = None) -> dict[str, Any]:
    """Collect what a template can use: texts, dates, and None for what the file does not say.

    `as_of` is the day on which the message is sent, unless that is the plan's.
    """
    dates, rotation, history = plan.dates, letter.rotation, letter.history
    as_of = as_of or plan.as_of
    return {
        "as_of": as_of,
        "name": plan.applicant.name,
        "email": plan.applicant.email,
        "fields": join_words([target.specialty for target in dates.targets]) or None,
        "season_year": dates.season.year,
        "portal_opens": dates.season.opens,
        "needed_by": dates.needed_by,
        "deadline": dates.deadline,
        "match_day": dates.season.match_day,
        "doctor": form_of_address(letter.attending),
        "attending_email": rotation.attending.email,
        "specialty": rotation.specialty,
        "hospital": rotation.hospital,
        "first_day": rotation.start,
        "last_day": rotation.final_day,
        "period": _period(rotation.start, rotation.final_day, as_of),
        "ask_on": None if letter.is_skipped else letter.window.ask_on,
        "offered": history.offered,
        "asked": history.asked,
        "agreed": history.agreed,
        "requested": history.requested,
        "reminded": history.last_reminder,
        "uploaded": history.uploaded,
    }


def compose(message: str, facts: dict[str, Any], loader: BaseLoader) -> Message:
    """Compose a message. Raises TemplateFailureError with the template, its line and what is wrong there."""
    blanks: dict[str, None] = {}

    def gap(what: str) -> str:
        blanks[f"[{what}]"] = None
        return f"[{what}]"

    return _parse(render_template(f"{message}.txt", {**facts, "gap": gap}, loader), tuple(blanks))


def _period(first: date, last: date, as_of: date) -> str:
    """Write a period, with the year only once if both days have the same."""
    begin = f"{first:%B} {first.day}" if first.year == last.year else date_in_words(first, as_of)
    return f"{begin} to {date_in_words(last, as_of)}"


def _parse(text: str, blanks: tuple[str, ...]) -> Message:
    lines = [on_one_line(line.rstrip()) for line in text.strip().splitlines()]
    subject = None
    if lines and lines[0].startswith(_SUBJECT):
        subject, lines = lines[0].removeprefix(_SUBJECT), lines[1:]
    return Message(subject, "\n".join(lines).strip(), blanks)
