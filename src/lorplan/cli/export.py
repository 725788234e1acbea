"""`lorplan export`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from lorplan.cli.clock import today
from lorplan.cli.options import AsOf, ColorOption, Files
from lorplan.cli.plans import planned
from lorplan.cli.terminal import Terminal, complain
from lorplan.cli.texts import texts
from lorplan.errors import UsageError
from lorplan.export.formats import FORMS, Form, exported, is_ours
from lorplan.plan.applicant_plan import STANDARD_INPUT
from lorplan.storage.files import chosen_file, once, write_out
from lorplan.text.safe import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

MANY: Final = 20
"""Files from which a progress bar is worth its line."""


def _form(text: str) -> Form:
    """The form of an export as typed. Raises BadParameter."""
    if text in FORMS:
        return text
    message = f'"{text}" is not one of {", ".join(FORMS)}'
    raise typer.BadParameter(message)


def export(
    form: Annotated[Form, typer.Argument(metavar="FORMAT", parser=_form, help="ics, csv, markdown, html or svg.")],
    files: Files = None,
    *,
    out: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="OUT", help="Write to this file.", show_default=False),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Let OUT replace a file that is not ours.", show_default=False)
    ] = False,
    todo: Annotated[bool, typer.Option("--todo", help="With ics: to-dos, no events.", show_default=False)] = False,
    as_of: AsOf = None,
    color: ColorOption = "auto",
) -> None:
    """Plans for calendars, spreadsheets and pages.

    Several files give one calendar, table or page. Without -o it goes to standard output.

    Example: lorplan export html rotations.yaml -o plan.html
    """
    names = once(files or [chosen_file(None)])
    _refuse_contradictions(form, names, todo=todo)
    day = as_of or today()
    dossiers = planned(_shown(names), day)
    if dossiers:
        content = exported(form, dossiers, day, texts(), todo=todo)
        if out is None or out == STANDARD_INPUT:
            Terminal("page", color).binary(content)
        else:
            write_out(out, content, names, lambda there: force or is_ours(form, there))
            complain([f"{on_one_line(out)} is written."])
    raise typer.Exit(0 if len(dossiers) == len(names) else 1)


def _refuse_contradictions(form: Form, names: list[str], *, todo: bool) -> None:
    if todo and form != "ics":
        message = "--todo goes with ics only"
        raise UsageError(message)
    if form == "svg" and len(names) > 1:
        message = "svg draws one plan: name one file, or export html"
        raise UsageError(message)


def _shown(names: list[str]) -> Iterable[str]:
    """The names, with a bar on the terminal where there are many."""
    if len(names) < MANY or not sys.stderr.isatty():
        return names
    from rich.console import Console  # noqa: PLC0415 - for many files on a terminal only
    from rich.progress import track  # noqa: PLC0415 - the same

    return track(names, "Planning", console=Console(stderr=True), transient=True)


COMMAND = export
