"""Any bytes as a plan file: they are refused with positions, or planned, and every answer is harmless."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console

from hostile.outputs import assert_harmless, assert_located, components, document, elements, headers, rows, shapes
from lorplan.edit.record_event import RecordedEvent
from lorplan.errors import PlanFileError, UsageError
from lorplan.export.formats import MODULES, ExportOptions, load_format
from lorplan.messages.compose import compose
from lorplan.messages.facts import message_facts
from lorplan.messages.kinds import MESSAGES, choose_message
from lorplan.messages.mail import Person, eml, mailto
from lorplan.plan.applicant_plan import ApplicantPlan
from lorplan.plan.changes import compare_plans
from lorplan.plan.document import plan_document
from lorplan.plan.due import DAYS_AHEAD, look_ahead
from lorplan.plan.planner import make_plan
from lorplan.planfile.lint import find_advice
from lorplan.planfile.reader import decode, parse
from lorplan.render.diff import diff_lines
from lorplan.render.draft import MessageContext, message_notes
from lorplan.render.due import render_due
from lorplan.render.full_plan import render_full_plan
from lorplan.render.json_documents import check_document, due_document, why_document, write_document
from lorplan.render.mark import MarkedRecord, render_mark
from lorplan.render.plan import render_plan
from lorplan.render.problems import problem_lines
from lorplan.render.tab_separated import check_records, due_records, plan_records, why_records
from lorplan.render.timeline import UNICODE
from lorplan.render.why import render_why
from lorplan.storage.templates import template_loader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import RenderableType

    from lorplan.plan.model import Letter
    from lorplan.planfile.reader import LocatedPlanFile
    from runner import Json

FILE: Final = "f.yaml"
DAY: Final = date(2027, 1, 28)
TEMPLATES: Final = template_loader(Path("/no-such-folder/templates"))
"""The package's templates only."""

WIDTHS: Final = (40, 100)
LETTERS: Final = 3
"""Letters of which every answer is checked: more of them take time and show nothing new."""

Answer = tuple[str, str]
"""The format of an answer, and its text."""


def survives(data: bytes) -> None:
    """Read, plan and answer in every format. Raises AssertionError, or any exception of lorplan but a refusal."""
    try:
        located = parse(decode(data, FILE), FILE)
    except PlanFileError as error:
        assert_reported(error)
        return
    for name, text in all_answers(located, DAY):
        _READ.get(name, _check_harmless(name))(text)


def assert_reported(error: PlanFileError) -> None:
    """Check that a refusal is one that a person can use: every problem has a position, and nothing acts."""
    report = "\n".join(problem_lines(error.problems))
    assert_located(report, FILE)
    assert_harmless(report, "a problem")
    for text in check_records(error.problems):
        assert_harmless(text, "check --plain", "\t")
    document(_write(check_document(error.problems, [])))


_READ: Final[dict[str, Callable[[str], object]]] = {
    "json": document,
    "ics": components,
    "csv": rows,
    "html": elements,
    "svg": shapes,
    "eml": headers,
}
"""How an answer is read, by its format."""


def _check_harmless(name: str) -> Callable[[str], object]:
    return lambda text: assert_harmless(text, name, "\n\t" if name in {"plain", "diff"} else "\n")


def _write(made: Json) -> str:
    return write_document(made, ascii_only=False)


# --- every answer -------------------------------------------------------------------------------------------


def all_answers(located: LocatedPlanFile, as_of: date) -> Iterator[Answer]:
    """Yield every answer about a plan file, each with its format."""
    plan_file = located.plan_file
    made = ApplicantPlan(make_plan(plan_file, as_of), FILE)
    yield "advice", "\n".join(str(located.problem_at(path, text)) for path, text in find_advice(plan_file))
    yield from _about_all(made)
    yield from _exports(made)
    for letter in made.plan.letters[:LETTERS]:
        yield from _about_one(made, letter)
    for index in range(min(LETTERS, len(plan_file.rotations))):
        yield from _marks(located, index, as_of)


def _about_all(made: ApplicantPlan) -> Iterator[Answer]:
    plan = made.plan
    due = look_ahead([made], within=DAYS_AHEAD)
    yield "json", _write(plan_document(plan, file=FILE))
    yield "json", _write(due_document(due, plan.as_of))
    yield "plain", "\n".join(plan_records(plan))
    yield "plain", "\n".join(due_records(due.actions, with_file=True))
    for width in WIDTHS:
        yield "plan", _draw(render_plan(made, width=width, glyphs=UNICODE), width)
        yield "plan", _draw(render_full_plan(made, width=width, glyphs=UNICODE), width)
        yield "due", _draw(render_due(due, width=width), width)


def _exports(made: ApplicantPlan) -> Iterator[Answer]:
    for name in MODULES:
        yield name, load_format(name).write([made], ExportOptions(made.plan.as_of, TEMPLATES)).decode()
    yield "ics", load_format("ics").write([made], ExportOptions(made.plan.as_of, TEMPLATES, todo=True)).decode()


def _about_one(made: ApplicantPlan, letter: Letter) -> Iterator[Answer]:
    yield "json", _write(why_document(made, letter))
    yield "plain", "\n".join(why_records(made.plan, letter))
    yield "why", _draw(render_why(made, letter, sources=True), WIDTHS[1])
    for kind in sorted({choose_message(made.plan, letter, None) or "", "ask-email"} & {*MESSAGES}):
        message = compose(kind, message_facts(made.plan, letter), TEMPLATES)
        yield "draft", message.text
        yield "notes", "\n".join(message_notes(MessageContext(kind, letter, made, made.plan.as_of), message))
    yield from _mails(made, letter)


def _mails(made: ApplicantPlan, letter: Letter) -> Iterator[Answer]:
    message = compose("ask-email", message_facts(made.plan, letter), TEMPLATES)
    applicant, attending = made.plan.applicant, letter.rotation.attending
    recipient = Person(attending.name, attending.email)
    try:
        yield "eml", eml(message, Person(applicant.name, applicant.email), recipient).decode()
        yield "mailto", mailto(message, recipient)
    except UsageError:
        return  # an address that no mail can be sent to


def _marks(located: LocatedPlanFile, index: int, as_of: date) -> Iterator[Answer]:
    try:
        edit = RecordedEvent(located, index, "performance").record("good", replace=True)
    except (PlanFileError, UsageError):
        return  # a place that cannot be edited
    plan_file = edit.after.plan_file
    made = ApplicantPlan(make_plan(plan_file, as_of), FILE)
    letter = made.plan.letter(plan_file.ids[index])
    yield "diff", "\n".join(diff_lines(edit, FILE))
    changes = compare_plans(make_plan(located.plan_file, as_of), made.plan)
    record = MarkedRecord(made, letter, "done", changes, ("asked", "--unset"), ["doubtful"])
    yield "mark", _draw(render_mark(record, width=WIDTHS[1]), WIDTHS[1])


def _draw(parts: Iterable[RenderableType], width: int) -> str:
    """Draw a page as the terminal does."""
    drawn = StringIO()
    console = Console(
        file=drawn,
        width=width,
        color_system=None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in parts:
        console.print(part)
    return drawn.getvalue()
