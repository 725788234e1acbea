"""`lorplan add`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from lorplan.cli.asking import ask_all, can_ask
from lorplan.cli.clock import today
from lorplan.cli.help_page import A_PROGRAM
from lorplan.cli.options import ColorOption, DryRun, FileToChange, option
from lorplan.cli.recording import apply_edit
from lorplan.cli.spreadsheets import read_spreadsheet
from lorplan.cli.terminal import Terminal, complain
from lorplan.edit.add_entry import add_entries
from lorplan.edit.record_event import read_day
from lorplan.errors import UsageError
from lorplan.plan.planner import make_plan
from lorplan.render.next_commands import plan_command, rotation_command
from lorplan.storage.files import choose_file, load, refuse_standard_input
from lorplan.text.safe import on_one_line
from lorplan.text.wording import plural, truncate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lorplan.cli.terminal import Color
    from lorplan.edit.verified_edit import Edit
    from lorplan.planfile.reader import LocatedPlanFile


def add(
    *,
    attending: Annotated[str | None, option("--attending", metavar="NAME", text="The attending's name.")] = None,
    email: Annotated[str | None, option("--email", metavar="ADDRESS", text="The attending's e-mail address.")] = None,
    specialty: Annotated[
        str | None, option("--specialty", metavar="NAME", text="The specialty of the rotation.")
    ] = None,
    hospital: Annotated[str | None, option("--hospital", metavar="NAME", text="The hospital or clinic.")] = None,
    start: Annotated[
        str | None, option("--start", metavar="DATE", text="The first day: 2027-01-04, Jan 4 2027.")
    ] = None,
    end: Annotated[str | None, option("--end", metavar="DATE", text="The last day.")] = None,
    weeks: Annotated[
        str | None, option("--weeks", metavar="NUMBER", text="How many weeks, instead of the last day.")
    ] = None,
    experience: Annotated[
        str | None, option("--experience", metavar="WORD", text="hands-on, observership, telehealth or research.")
    ] = None,
    img_friendly: Annotated[str | None, option("--img-friendly", metavar="YES|NO", text="Do they take IMGs?")] = None,
    residency_affiliated: Annotated[
        str | None, option("--residency-affiliated", metavar="YES|NO", text="Do residents train there?")
    ] = None,
    program: Annotated[
        str | None, option("--program", metavar="NAME", text="Add a program of this name.", group=A_PROGRAM)
    ] = None,
    track: Annotated[
        str | None, option("--track", metavar="NAME", text="Its track: categorical ...", group=A_PROGRAM)
    ] = None,
    deadline: Annotated[
        str | None, option("--deadline", metavar="DATE", text="The deadline that its page prints.", group=A_PROGRAM)
    ] = None,
    requires: Annotated[
        str | None,
        option(
            "--requires",
            metavar="WISHES",
            text="What its letters must be: letters=3,us=all,chair=1,months=12.",
            group=A_PROGRAM,
        ),
    ] = None,
    prefers: Annotated[
        str | None, option("--prefers", metavar="WISHES", text="What they should be.", group=A_PROGRAM)
    ] = None,
    most: Annotated[
        str | None, option("--max", metavar="NUMBER", text="The most letters that it takes.", group=A_PROGRAM)
    ] = None,
    spreadsheet: Annotated[
        str | None, option("--from", metavar="CSV", text="Add the rotations or programs of a spreadsheet.")
    ] = None,
    dry_run: DryRun = False,
    file: FileToChange = None,
    color: ColorOption = "auto",
) -> None:
    """Add one rotation or one program, or those of a spreadsheet.

    Without options it asks about a rotation. What is added is put at the end of the list; nothing else in the file
    changes.

    Examples:
      lorplan add
      lorplan add --attending Lee --specialty im --start "Jan 4 2027" --weeks 4
      lorplan add --program Lakeside --specialty im --requires letters=3,us=2
      lorplan add --from programs.csv
    """
    chosen = choose_file(file)
    refuse_standard_input(chosen)
    adding = _Adding(chosen, file is not None, dry_run, color)
    if spreadsheet is not None:
        adding.add_sheet(spreadsheet)
        return
    about = {"track": track, "deadline": deadline, "requires": requires, "prefers": prefers, "max": most}
    if program is not None:
        adding.add("programs", _read_program(program, specialty, about))
        return
    _refuse_program_options(about)
    given = {
        "attending": attending if email is None else {"name": attending or "", "email": email},
        "specialty": specialty,
        "hospital": hospital,
        "start": _day("--start", start),
        "end": _day("--end", end),
        "weeks": weeks,
        "experience": experience,
        "img_friendly": img_friendly,
        "residency_affiliated": residency_affiliated,
    }
    adding.add("rotations", given if any(given.values()) or not can_ask() else _ask(chosen))


def _read_program(name: str, specialty: str | None, about: dict[str, str | None]) -> dict[str, Any]:
    """Read what options say of a program. Raises UsageError."""
    wishes = {key: _wishes(f"--{key}", about[key]) for key in ("requires", "prefers")}
    deadline = _day("--deadline", about["deadline"])
    return {"name": name, "specialty": specialty, **about, "deadline": deadline, **wishes}


def _refuse_program_options(about: dict[str, str | None]) -> None:
    """Raise UsageError if something is said of a program that has no name."""
    given = [f"--{key}" for key, value in about.items() if value is not None]
    if given:
        message = f"{', '.join(given)} {'is' if len(given) == 1 else 'are'} about a program"
        raise UsageError(message, "name it: --program NAME")


def _ask(file: str) -> dict[str, Any]:
    """Ask about a rotation. Raises PlanFileError if the file is wrong, before the first question."""
    from lorplan.edit.interview import interview_rotation  # few runs of the command need it

    load(file)
    return ask_all(lambda ask: interview_rotation(ask, today()))


class _Adding(NamedTuple):
    """How entries are added: to which file, whether it was named, or whether the change only shows itself."""

    file: str
    is_named: bool
    dry_run: bool
    color: Color

    def add(self, key: str, given: dict[str, Any]) -> None:
        """Add one entry to the list at a key, without what is not given. Raises UsageError if something is missing."""
        row = {name: value for name, value in given.items() if value is not None}
        _refuse_incomplete(key, row)
        self._write(key, [row])

    def add_sheet(self, name: str) -> None:
        """Add what a spreadsheet has. Raises PlanFileError with every problem of its rows."""
        sheet = read_spreadsheet(name)
        if sheet.unused:
            complain([f"Not used: {', '.join(sheet.unused)}"])
        self._write(sheet.list_key, sheet.data[sheet.list_key])

    def _write(self, key: str, rows: list[dict[str, Any]]) -> None:
        def edit(located: LocatedPlanFile) -> Edit:
            return add_entries(located, key, rows)

        terminal = Terminal("page", self.color)
        made = apply_edit(self.file, edit, terminal, dry_run=self.dry_run)
        if made and len(rows) == 1 and key == "rotations":
            terminal.print_lines(_describe(made, self.file, named=self.is_named))
        elif made:
            command = plan_command("programs" if key == "programs" else "plan", self.file if self.is_named else None)
            added = plural(len(rows), key.removesuffix("s"))
            terminal.print_lines([on_one_line(f"Added {added} to {self.file}."), f"Next: {command}"])


def _wishes(name: str, text: str | None) -> dict[str, str] | None:
    """Read what a program asks for, such as letters=3,us=all. Raises UsageError with the right form."""
    if text is None:
        return None
    found = {}
    for part in text.split(","):
        key, equals, value = part.partition("=")
        if not equals or not value.strip():
            message = f'{name}: "{truncate(part.strip())}" has no number'
            raise UsageError(message, f"write {name} letters=3,us=all")
        found[key.strip()] = value.strip()
    return found


def _day(name: str, text: str | None) -> str | None:
    """Read a day as typed after an option. Raises UsageError with the right form."""
    return None if text is None else read_day(name, text, today(), ahead=True)


def _refuse_incomplete(key: str, row: dict[str, Any]) -> None:
    if key == "programs":
        missing = [] if "specialty" in row else ["--specialty"]
    else:
        missing = [f"--{name}" for name in ("attending", "specialty", "start") if name not in row]
        missing += [] if "end" in row or "weeks" in row else ["--end or --weeks"]
    if missing:
        message = f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"
        raise UsageError(message, "see all options: lorplan help add; or answer questions: lorplan add")


def _describe(made: Edit, file: str, *, named: bool) -> Iterator[str]:
    """Say what was added, and what the plan says about it."""
    plan_file = made.after.plan_file
    plan = make_plan(plan_file, today())
    letter = plan.letter(plan_file.ids[made.place])
    yield on_one_line(f"Added {letter.attending} ({letter.id}) to {file}.")
    yield on_one_line(f"The plan: {letter.verdict}, {plan.dates.write_days_in(letter.reason.text)}.")
    yield f"Why: {rotation_command('why', letter.id, file if named else None)}"
