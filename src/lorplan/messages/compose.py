"""A message for an action, made from a template and what the plan knows.

A template is text for jinja2. If its first line is `Subject: ...`, the message is for e-mail, else it is spoken. What
only the user can know is a blank, `{{ gap("your phone") }}`, and appears as `[your phone]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lorplan.text.safe import on_one_line
from lorplan.text.templates import render_template

if TYPE_CHECKING:
    from jinja2 import BaseLoader

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


def compose(message: str, facts: dict[str, Any], loader: BaseLoader) -> Message:
    """Compose a message. Raises TemplateFailureError with the template, its line and what is wrong there."""
    blanks: dict[str, None] = {}

    def gap(what: str) -> str:
        blanks[f"[{what}]"] = None
        return f"[{what}]"

    return _parse(render_template(f"{message}.txt", {**facts, "gap": gap}, loader), tuple(blanks))


def _parse(text: str, blanks: tuple[str, ...]) -> Message:
    lines = [on_one_line(line.rstrip()) for line in text.strip().splitlines()]
    subject = None
    if lines and lines[0].startswith(_SUBJECT):
        subject, lines = lines[0].removeprefix(_SUBJECT), lines[1:]
    return Message(subject, "\n".join(lines).strip(), blanks)
