"""`lorplan export`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from lorplan.cli.arguments import read_files, templates
from lorplan.cli.clock import today
from lorplan.cli.complete import complete_format
from lorplan.cli.file_arguments import named_files
from lorplan.cli.options import AsOf, BadValueError, ColorOption, Files, SameFile, Share
from lorplan.cli.terminal import Terminal, complain
from lorplan.errors import UsageError
from lorplan.export.formats import MODULES, ExportOptions, FormatName, load_format
from lorplan.plan.applicant_plan import ApplicantPlan, UnusableFile
from lorplan.plan.planner import make_plan
from lorplan.plan.share import without_judgements
from lorplan.storage.files import choose_file, read_earlier, without_duplicates, write_export
from lorplan.text.file_names import STANDARD_INPUT
from lorplan.text.safe import on_one_line
from lorplan.text.wording import find_nearest, join_words, truncate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

MANY: Final = 20
"""Files from which on a progress bar is shown."""


_SHARED: Final = ("html", "markdown", "csv")
"""The formats that people are sent."""

_OTHER_NAMES: Final = {"md": "markdown"}


def _parse_format(text: str) -> FormatName:
    """Read the format as typed. Raises BadValueError."""
    text = _OTHER_NAMES.get(text, text)
    if text in MODULES:
        return text
    near = find_nearest(text, MODULES)
    message = f'"{truncate(text)}" is not a format'
    raise BadValueError(message, f"did you mean {near}?" if near else f"write {join_words(tuple(MODULES), 'or')}")


def export(
    format_name: Annotated[
        FormatName,
        typer.Argument(
            metavar="FORMAT",
            parser=_parse_format,
            help="ics, csv, markdown, html or svg.",
            autocompletion=complete_format,
        ),
    ],
    files: Files = None,
    *,
    out: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="OUT", help="Write to this file.", show_default=False),
    ] = None,
    force: Annotated[
        bool,
        typer.Option("--force", help="Overwrite OUT even if lorplan did not write it.", show_default=False),
    ] = False,
    share: Share = False,
    todo: Annotated[
        bool, typer.Option("--todo", help="Export to-dos instead of events (ics only).", show_default=False)
    ] = False,
    same_file: SameFile = None,
    as_of: AsOf = None,
    color: ColorOption = "auto",
) -> None:
    """Export plans for calendars, spreadsheets and pages.

    Several files give one calendar, table or page, which begins with all applicants, worst first (html). Without -o it
    goes to standard output.

    Examples:
      lorplan export ics -o letters.ics
      lorplan export html students/*.yaml -o plans.html
      lorplan export markdown --share
    """
    names = without_duplicates(named_files(files, same_file) or [choose_file(None)])
    _refuse_contradictions(format_name, names, todo=todo, share=share)
    day = as_of or today()
    plans, unusable = _read(names, day, share=share)
    if plans:
        chosen = load_format(format_name)
        earlier = None if out is None or out == STANDARD_INPUT else read_earlier(out)
        content = chosen.write(plans, ExportOptions(day, templates(), todo, earlier, unusable))
        if out is None or out == STANDARD_INPUT:
            Terminal("page", color).print_bytes(content)
        else:
            write_export(out, content, names, lambda existing: force or chosen.is_ours(existing))
            complain([f"Wrote {on_one_line(out)}."])
    raise typer.Exit(0 if len(plans) == len(names) else 1)


def _read(names: list[str], day: date, *, share: bool) -> tuple[list[ApplicantPlan], tuple[UnusableFile, ...]]:
    """Make the plans of the files that can be used, and list the others."""
    plans, unusable = [], []
    for name, found in read_files(_with_progress(names)):
        if isinstance(found, UnusableFile):
            unusable.append(found)
        else:
            plan = make_plan(found, day)
            plans.append(ApplicantPlan(without_judgements(plan) if share else plan, name))
    return plans, tuple(unusable)


def _refuse_contradictions(format_name: FormatName, names: list[str], *, todo: bool, share: bool) -> None:
    if share and format_name not in _SHARED:
        message = f"--share cannot be used with {format_name}"
        raise UsageError(message, f"write one of {join_words(_SHARED, 'or')}")
    if todo and format_name != "ics":
        message = "--todo can only be used with ics"
        raise UsageError(message, "write: lorplan export ics --todo")
    if format_name == "svg" and len(names) > 1:
        message = "svg draws one plan"
        raise UsageError(message, "name one file, or export html")


def _with_progress(names: list[str]) -> Iterable[str]:
    """Show a progress bar on the terminal if there are many files."""
    if len(names) < MANY or not sys.stderr.isatty():
        return names
    from rich.console import Console
    from rich.progress import track

    return track(names, "Planning", console=Console(stderr=True), transient=True)
