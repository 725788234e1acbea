"""`lorplan add`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from lorplan.cli.clock import today
from lorplan.cli.options import ColorOption, DryRun, FileToChange, option
from lorplan.cli.recording import apply_edit
from lorplan.cli.terminal import Terminal
from lorplan.edit.add_rotation import add_rotation
from lorplan.edit.record_event import read_day
from lorplan.errors import UsageError
from lorplan.plan.planner import make_plan
from lorplan.render.next_commands import rotation_command
from lorplan.storage.files import choose_file, refuse_standard_input
from lorplan.text.safe import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    img_friendly: Annotated[str | None, option("--img-friendly", metavar="yes|no", text="Do they take IMGs?")] = None,
    residency_affiliated: Annotated[
        str | None, option("--residency-affiliated", metavar="yes|no", text="Do residents train there?")
    ] = None,
    dry_run: DryRun = False,
    file: FileToChange = None,
    color: ColorOption = "auto",
) -> None:
    """Add one rotation.

    It is put at the end of the list; nothing else in the file changes.

    Example:
      lorplan add --attending Lee --specialty im --start "Jan 4 2027" --weeks 4
    """
    chosen = choose_file(file)
    refuse_standard_input(chosen)
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
    row = {key: value for key, value in given.items() if value is not None}
    _refuse_incomplete(row)

    def edit(located: LocatedPlanFile) -> Edit:
        return add_rotation(located, row)

    terminal = Terminal("page", color)
    made = apply_edit(chosen, edit, terminal, dry_run=dry_run)
    if made:
        terminal.print_lines(_describe(made, chosen, named=file is not None))


def _day(name: str, text: str | None) -> str | None:
    """Read a day as typed after an option. Raises UsageError with the right form."""
    return None if text is None else read_day(name, text, today(), ahead=True)


def _refuse_incomplete(row: dict[str, Any]) -> None:
    missing = [f"--{key}" for key in ("attending", "specialty", "start") if key not in row]
    missing += [] if "end" in row or "weeks" in row else ["--end or --weeks"]
    if missing:
        message = f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"
        raise UsageError(message, "see all options: lorplan help add")


def _describe(made: Edit, file: str, *, named: bool) -> Iterator[str]:
    """Say what was added, and what the plan says about it."""
    plan_file = made.after.plan_file
    plan = make_plan(plan_file, today())
    letter = plan.letter(plan_file.ids[made.place])
    yield on_one_line(f"Added {letter.attending} ({letter.id}) to {file}.")
    yield on_one_line(f"The plan: {letter.verdict}, {plan.dates.write_days_in(letter.reason.text)}.")
    yield f"Why: {rotation_command('why', letter.id, file if named else None)}"
