"""What commands that change a plan file have in common; for a record, the page says what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lorplan.cli.arguments import find_rotation
from lorplan.cli.terminal import Terminal
from lorplan.edit.record_event import DAYS, PAST_DAYS, RecordedEvent, normalize_value
from lorplan.errors import UsageError
from lorplan.plan.applicant_plan import ApplicantPlan
from lorplan.plan.changes import compare_plans
from lorplan.plan.doubts import find_doubts
from lorplan.plan.planner import make_plan
from lorplan.planfile.events import REPEATED
from lorplan.planfile.reader import parse
from lorplan.storage.files import change_file, read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from rich.console import RenderableType

    from lorplan.cli.terminal import Color
    from lorplan.edit.verified_edit import Edit
    from lorplan.planfile.models import PlanFile
    from lorplan.planfile.reader import LocatedPlanFile


def apply_edit(file: str, edit: Callable[[LocatedPlanFile], Edit], terminal: Terminal, *, dry_run: bool) -> Edit | None:
    """Change a plan file; with `dry_run` print the change instead, and return None."""
    if not dry_run:
        return change_file(file, edit)
    from lorplan.render.diff import diff_lines

    terminal.print_lines(diff_lines(edit(read_file(file)), file))
    return None


class EditRequest(NamedTuple):
    """What to record: an event and its value; or what to `remove`, on a day if one is given.

    `is_proposed`: the value is the one that the plan proposes, and the user may have meant another.
    """

    event: str
    value: str | None
    remove: bool
    is_proposed: bool = False

    def edit(self, located: LocatedPlanFile, index: int, *, replace: bool) -> Edit:
        """Make the edit."""
        recorded = RecordedEvent(located, index, self.event)
        return recorded.remove(self.value) if self.remove else recorded.record(self.value or "", replace=replace)

    def describe(self, made: Edit) -> str:
        """Say what was done."""
        if self.remove:
            return f"Removed: {_describe_event(self.event, made.replaced)}."
        recorded = _describe_event(self.event, self.value)
        if not made.has_changes:
            return f"Already recorded: {recorded}. Nothing was changed."
        proposed = ", the day that the plan proposes" if self.is_proposed else ""
        instead = f", instead of {made.replaced}" if made.replaced else ""
        return f"Recorded: {recorded}{proposed}{instead}."

    def undo(self, made: Edit, as_of: date) -> tuple[str, ...]:
        """Give the words after `lorplan mark ROTATION` that take the edit back; none if it changed nothing."""
        if not made.has_changes:
            return ()
        if made.replaced is not None:
            needs_force = not self.remove or (self.event in PAST_DAYS and made.replaced > as_of.isoformat())
            return (f"{self.event}={made.replaced}", *(("--force",) if needs_force else ()))
        day = ("--on", self.value) if self.event == REPEATED and self.value else ()
        return (self.event, "--unset", *day)


class Recording(NamedTuple):
    """How a record is made: in which file, as of which day, whether it may replace another, or only shows itself."""

    file: str
    is_default: bool
    as_of: date
    replace: bool
    dry_run: bool
    color: Color

    def make(self, rotation: str, choose: Callable[[PlanFile, int], EditRequest]) -> None:
        """Record what `choose` chooses for the rotation that a word means, and print the page."""
        requests: list[EditRequest] = []

        def edit(located: LocatedPlanFile) -> Edit:
            index = find_rotation(located.plan_file, rotation)
            requests[:] = [choose(located.plan_file, index)]
            return requests[0].edit(
                located, index, replace=self.replace or self._has_lapsed(located, index, requests[0])
            )

        terminal = Terminal("page", self.color)
        made = apply_edit(self.file, edit, terminal, dry_run=self.dry_run)
        if made:
            terminal.print_page(self._page(made, requests[0], terminal.page_width))

    def _has_lapsed(self, located: LocatedPlanFile, index: int, request: EditRequest) -> bool:
        """Whether the record that stands there belongs to an earlier season: one of this season takes its place."""
        plan_file = located.plan_file
        return make_plan(plan_file, self.as_of).letter(plan_file.ids[index]).history.has_lapsed(request.event)

    def _page(self, made: Edit, request: EditRequest, width: int) -> Iterator[RenderableType]:
        from lorplan.render.mark import MarkedRecord, render_mark

        before, after = parse(made.before, self.file).plan_file, made.after.plan_file
        plan = make_plan(after, self.as_of)
        letter = plan.letter(after.ids[made.place])
        record = MarkedRecord(
            applicant_plan=ApplicantPlan(plan, self.file, self.is_default),
            letter=letter,
            done=request.describe(made),
            changes=compare_plans(make_plan(before, self.as_of), plan, marked=letter.id),
            undo=request.undo(made, self.as_of),
            correction=(f"{request.event}=DATE", "--force") if request.is_proposed else (),
            doubts=find_doubts(before, after, made.place, plan.dates.season),
        )
        return render_mark(record, width=width)


def read_record(
    event: str, value: str, as_of: date, *, force: bool, way_out: str = "use --force to record it anyway"
) -> EditRequest:
    """Read what to record for an event; `way_out` is what to do about a day to come.

    Raises UsageError if the value is none, or a day to come without `force`.
    """
    value = normalize_value(event, value, as_of)
    if event in PAST_DAYS and value > as_of.isoformat() and not force:
        message = f"{event} {value} is in the future as of {as_of}"
        raise UsageError(message, way_out)
    return EditRequest(event, value, remove=False)


def _describe_event(event: str, value: str | None) -> str:
    return f"{event} on {value}" if event in DAYS else f"{event} {value}"
