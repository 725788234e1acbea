"""The forms in which plans leave the program, and how each is known again as its work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

from lorplan.messages.kinds import MESSAGES, message_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from jinja2 import BaseLoader

    from lorplan.plan.applicant_plan import Dossier
    from lorplan.plan.model import Action, Plan

Form = Literal["ics", "csv", "markdown", "html", "svg"]

FORMS: Final[tuple[Form, ...]] = get_args(Form)
"""Every form."""


def exported(
    form: Form, dossiers: Sequence[Dossier], as_of: date, loader: BaseLoader, *, todo: bool = False
) -> bytes:
    """Plans in a form; `todo` makes a calendar's entries to-dos. What the other forms need stays unloaded."""
    if form == "ics":
        from lorplan.export.ics import calendar  # noqa: PLC0415

        return calendar(dossiers, as_of, lambda plan, action: _said(plan, action, loader), todo=todo)
    return _text(form, dossiers, as_of, loader).encode()


def _text(form: Form, dossiers: Sequence[Dossier], as_of: date, loader: BaseLoader) -> str:
    if form == "csv":
        from lorplan.export.csv_table import table  # noqa: PLC0415

        return table(dossiers)
    if form == "markdown":
        from lorplan.export.markdown import markdown  # noqa: PLC0415

        return markdown(dossiers)
    if form == "html":
        from lorplan.export.html import page  # noqa: PLC0415

        return page(dossiers, as_of, loader)
    from lorplan.export.svg import svg  # noqa: PLC0415

    return svg(dossiers[0].plan, standalone=True) + "\n"


def _said(plan: Plan, action: Action, loader: BaseLoader) -> str:
    """The message of an action as it will be on its day; "" where it needs none."""
    from lorplan.messages.compose import draft, facts  # noqa: PLC0415

    on_its_day = plan._replace(as_of=max(plan.as_of, action.on))
    letter = next(letter for letter in plan.letters if letter.id == action.rotation)
    kind = message_for(on_its_day, letter, action.kind)
    return draft(kind, facts(on_its_day, letter), loader).text if kind in MESSAGES else ""


def is_ours(form: Form, content: bytes) -> bool:
    """Whether a file was written by an export in this form, so that a new one may replace it."""
    head = content[:_HEAD]
    if form == "ics":
        from lorplan.export.ics import MARK as CALENDAR  # noqa: PLC0415

        return CALENDAR.encode() in head
    if form == "csv":
        from lorplan.export.csv_table import MARK as TABLE  # noqa: PLC0415

        return content.startswith(TABLE.encode())
    if form == "markdown":
        from lorplan.export.markdown import MARK as TEXT  # noqa: PLC0415

        return content.rstrip().endswith(TEXT.encode())
    if form == "html":
        from lorplan.export.html import MARK as PAGE  # noqa: PLC0415

        return PAGE.encode() in head
    from lorplan.export.svg import MARK as DRAWING  # noqa: PLC0415

    return all(mark.encode() in head for mark in DRAWING)


_HEAD: Final = 4096
"""Where in a file its mark stands, if it is not at the end."""
