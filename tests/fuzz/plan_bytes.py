"""Any bytes as a plan file: they are refused with places, or planned, and every answer is harmless."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console

from hostile.outputs import assert_harmless, assert_located, components, document, elements, headers, rows, shapes
from lorplan.edit.record_event import Field
from lorplan.errors import PlanFileError, UsageError
from lorplan.export.formats import FORMS, exported
from lorplan.messages.compose import draft, facts
from lorplan.messages.kinds import MESSAGES, message_for
from lorplan.messages.mail import Person, eml, mailto
from lorplan.plan.applicant_plan import Dossier
from lorplan.plan.due import COMING_DAYS, agenda
from lorplan.plan.planner import make_plan
from lorplan.planfile.lint import advice
from lorplan.planfile.reader import decode, parse
from lorplan.render import diff as render_diff
from lorplan.render import draft as draft_notes
from lorplan.render import due as render_due
from lorplan.render import json_documents as render_json
from lorplan.render import mark as render_mark
from lorplan.render import plan as render_plan
from lorplan.render import tab_separated as render_plain
from lorplan.render import timeline as render_timeline
from lorplan.render import why as render_why
from lorplan.render.problems import lines
from lorplan.rules import BY_ID
from lorplan.storage.files import templates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import RenderableType

    from lorplan.plan.model import Letter, Plan
    from lorplan.planfile.reader import Parsed

FILE: Final = "f.yaml"
DAY: Final = date(2027, 1, 28)
OURS: Final = templates(Path("/no-such-folder/templates"))
"""The package's templates only."""

WIDTHS: Final = (40, 100)
LETTERS: Final = 3
"""Of so many letters every answer is looked at: more of them take time and show nothing new."""

Answer = tuple[str, str]


def survives(data: bytes) -> None:
    """Read, plan and answer in every form. Raises AssertionError, or lets any exception but a refusal pass."""
    try:
        parsed = parse(decode(data, FILE), FILE)
    except PlanFileError as error:
        assert_told(error)
        return
    for name, text in all_answers(parsed, DAY):
        _READ.get(name, _harmless(name))(text)


def assert_told(error: PlanFileError) -> None:
    """See that a refusal is one that a person can use: every problem has a place, nothing acts."""
    report = "\n".join(lines(error.problems))
    assert_located(report, FILE)
    assert_harmless(report, "a problem")
    for text in render_plain.check(error.problems):
        assert_harmless(text, "check --plain", "\t")
    document(render_json.text(render_json.check(error.problems, []), ascii_only=False))


_READ: Final[dict[str, Callable[[str], object]]] = {
    "json": document,
    "ics": components,
    "csv": rows,
    "html": elements,
    "svg": shapes,
    "eml": headers,
}


def _harmless(name: str) -> Callable[[str], object]:
    return lambda text: assert_harmless(text, name, "\n\t" if name in {"plain", "diff"} else "\n")


# --- every answer -----------------------------------------------------------------------------------------


def all_answers(parsed: Parsed, as_of: date) -> Iterator[Answer]:
    """Give every answer about a plan file, each with the name of its form."""
    found = make_plan(parsed.plan_file, as_of)
    yield "advice", "\n".join(str(parsed.problem_at(path, text)) for path, text in advice(parsed.plan_file))
    yield from _about_all(found)
    yield from _exports(found)
    for letter in found.letters[:LETTERS]:
        yield from _about_one(found, letter)
    for number in range(min(LETTERS, len(found.letters))):
        yield from _markings(parsed, number, as_of)


def _about_all(found: Plan) -> Iterator[Answer]:
    items = agenda([Dossier(found, FILE)], within=COMING_DAYS)
    yield "json", render_json.text(render_json.plan(found, FILE), ascii_only=False)
    yield "json", render_json.text(render_json.due(items, found.as_of), ascii_only=False)
    yield "plain", "\n".join(render_plain.plan(found))
    yield "plain", "\n".join(render_plain.due(items, with_file=True))
    for width in WIDTHS:
        glyphs = render_timeline.UNICODE
        yield "plan", _page(render_plan.plan(found, FILE, width=width, glyphs=glyphs), width)
        due = render_due.due(items, as_of=found.as_of, file=FILE, several=False, width=width)
        yield "due", _page(due, width)


def _exports(found: Plan) -> Iterator[Answer]:
    dossiers = [Dossier(found, FILE)]
    for form in FORMS:
        yield form, exported(form, dossiers, found.as_of, OURS).decode()
    yield "ics", exported("ics", dossiers, found.as_of, OURS, todo=True).decode()


def _about_one(found: Plan, letter: Letter) -> Iterator[Answer]:
    yield "json", render_json.text(render_json.why(found, letter, FILE, BY_ID), ascii_only=False)
    yield "plain", "\n".join(render_plain.why(letter, BY_ID))
    yield "why", _page(render_why.why(found, letter, FILE, BY_ID), WIDTHS[1])
    yield from _drafts(found, letter)


def _drafts(found: Plan, letter: Letter) -> Iterator[Answer]:
    for kind in sorted({message_for(found, letter, None) or "", "ask-email"} & {*MESSAGES}):
        message = draft(kind, facts(found, letter), OURS)
        occasion = draft_notes.Occasion(kind, letter, found, FILE)
        yield "draft", message.text
        yield "notes", "\n".join(draft_notes.notes(occasion, message))
    yield from _mails(found, letter)


def _mails(found: Plan, letter: Letter) -> Iterator[Answer]:
    message = draft("ask-email", facts(found, letter), OURS)
    writer = Person(letter.attending, letter.rotation.attending.email)
    try:
        yield "eml", eml(message, Person(found.applicant, found.email), writer).decode()
        yield "mailto", mailto(message, writer)
    except UsageError:
        return  # an address that no mail can go to


def _markings(parsed: Parsed, number: int, as_of: date) -> Iterator[Answer]:
    try:
        made = Field(parsed, number, "performance").record("good", replace=True)
    except (PlanFileError, UsageError):
        return  # a place that cannot be edited
    found = make_plan(made.after.plan_file, as_of)
    id_ = made.after.plan_file.ids[number]
    letter = next(letter for letter in found.letters if letter.id == id_)
    yield "diff", "\n".join(render_diff.difference(made, FILE))
    yield "mark", _page(render_mark.marked(found, letter, "done", FILE, width=WIDTHS[1]), WIDTHS[1])


def _page(parts: Iterable[RenderableType], width: int) -> str:
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
