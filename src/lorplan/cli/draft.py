"""`lorplan draft`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from lorplan.cli.clock import today
from lorplan.cli.complete import complete_kind
from lorplan.cli.options import AsOf, ColorOption, FileOption, RotationName
from lorplan.cli.rotation import find, letter_of
from lorplan.cli.terminal import Terminal, complain
from lorplan.cli.texts import texts
from lorplan.errors import UsageError
from lorplan.messages.kinds import KINDS, MESSAGES, message_for
from lorplan.plan.planner import make_plan
from lorplan.render import draft as draft_notes
from lorplan.storage.files import chosen_file, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from lorplan.messages.compose import Message


Form = Literal["text", "eml", "mailto"]


def draft(
    rotation: RotationName,
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="KIND",
            help="Which message. Else the one for what is due next.",
            autocompletion=complete_kind,
            show_default=False,
        ),
    ] = None,
    *,
    eml: Annotated[
        bool, typer.Option("--eml", help="As a mail that mail programs open.", show_default=False)
    ] = False,
    mailto: Annotated[bool, typer.Option("--mailto", help="As a mailto: link.", show_default=False)] = False,
    file: FileOption = None,
    as_of: AsOf = None,
    color: ColorOption = "auto",
) -> None:
    """What to say or write, for what is due next.

    KIND is one of feedback, book, ask (ask-in-person, ask-email), offer (offer-in-person, offer-email), follow-up,
    packet, request, remind (remind-gentle, remind-firm), backup, thank, self-write. What the file does not know
    stands in brackets, and is listed on standard error. Nothing is sent.

    Example: lorplan draft okafor ask-email --eml > letter.eml
    """
    from lorplan.messages import compose as drafts  # noqa: PLC0415 - the templates' engine is slow to load

    form = _form(eml=eml, mailto=mailto)
    if kind is not None and kind not in KINDS:
        message = f'"{kind}" is no kind of message: there are {", ".join(KINDS)}'
        raise UsageError(message)
    chosen = chosen_file(file)
    plan_file = load(chosen)
    plan = make_plan(plan_file, as_of or today())
    letter = letter_of(plan, plan_file, find(plan_file, rotation))
    occasion = draft_notes.Occasion(message_for(plan, letter, kind), letter, plan, chosen)
    terminal = Terminal("page", color)
    if occasion.kind in MESSAGES:
        drafted = drafts.draft(occasion.kind, drafts.facts(plan, letter), texts())
        _hand_over(terminal, form, occasion, drafted)
    else:
        _say_what_else(terminal, form, occasion)


def _form(*, eml: bool, mailto: bool) -> Form:
    if eml and mailto:
        message = "--eml and --mailto cannot go together"
        raise UsageError(message)
    return "eml" if eml else "mailto" if mailto else "text"


def _hand_over(terminal: Terminal, form: Form, occasion: draft_notes.Occasion, message: Message) -> None:
    """The message on standard output, all about it on standard error: what goes on into a mail is the message."""
    if form != "text" and message.subject is None:
        text = f"{occasion.kind} is said, not sent: it has no form as mail"
        raise UsageError(text)
    complain(draft_notes.notes(occasion, message))
    if form == "text":
        terminal.show(_page(message.text))
        return
    from lorplan.messages import mail  # noqa: PLC0415 - needed for mail only

    plan, letter = occasion.plan, occasion.letter
    writer = mail.Person(letter.attending, letter.rotation.attending.email)
    if form == "eml":
        terminal.binary(mail.eml(message, mail.Person(plan.applicant, plan.email), writer))
    else:
        terminal.lines([mail.mailto(message, writer)])


def _say_what_else(terminal: Terminal, form: Form, occasion: draft_notes.Occasion) -> None:
    """What to do where no message is needed. Raises UsageError where a mail was asked for."""
    lines = list(draft_notes.what_else(occasion))
    if form != "text":
        raise UsageError(" ".join(lines))
    terminal.show(_page("\n".join(lines)))


def _page(text: str) -> Iterator[RenderableType]:
    from rich.text import Text  # noqa: PLC0415 - slow to load

    return (Text(line) for line in text.split("\n"))


COMMAND = draft
