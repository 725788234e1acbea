"""`lorplan draft`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from lorplan.cli.arguments import find_letter, templates
from lorplan.cli.clock import today
from lorplan.cli.complete import complete_kind
from lorplan.cli.options import AsOf, ColorOption, FileOption, RotationName
from lorplan.cli.terminal import Terminal, complain
from lorplan.errors import UsageError
from lorplan.messages.kinds import MESSAGE_KINDS, MESSAGES, choose_message, find_sending_day
from lorplan.render.draft import MessageContext, message_notes, no_message_needed, warn_of_misfit
from lorplan.text.wording import find_nearest, truncate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from lorplan.messages.compose import Message

Format = Literal["text", "eml", "mailto"]


def draft(
    rotation: RotationName,
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="KIND",
            help="Which message. Default: the one for the next action.",
            autocompletion=complete_kind,
            show_default=False,
        ),
    ] = None,
    *,
    eml: Annotated[
        bool, typer.Option("--eml", help="Print an e-mail that mail programs open.", show_default=False)
    ] = False,
    mailto: Annotated[bool, typer.Option("--mailto", help="Print a mailto: link.", show_default=False)] = False,
    file: FileOption = None,
    as_of: AsOf = None,
    color: ColorOption = "auto",
) -> None:
    """Draft the next message.

    KIND is one of notice, feedback, book, ask (ask-in-person, ask-email), offer (offer-in-person, offer-email),
    follow-up, packet, renew, request, remind (remind-gentle, remind-firm), trace, backup, thank, self-write. It speaks
    as of the day of its action. Blanks to fill in are in brackets and listed on standard error. Nothing is sent.

    Examples:
      lorplan draft chen
      lorplan draft okafor ask-email --eml > letter.eml
    """
    from lorplan.messages.compose import compose
    from lorplan.messages.facts import message_facts

    chosen = _choose_format(eml=eml, mailto=mailto)
    if kind is not None and kind not in MESSAGE_KINDS:
        near = find_nearest(kind, MESSAGE_KINDS)
        message = f'unknown message kind "{truncate(kind)}"'
        raise UsageError(message, f"did you mean {near}?" if near else f"choose from {', '.join(MESSAGE_KINDS)}")
    applicant_plan, letter = find_letter(file, rotation, as_of or today())
    plan = applicant_plan.plan
    day = find_sending_day(plan, letter, kind)
    context = MessageContext(choose_message(plan, letter, kind, day), letter, applicant_plan, day)
    terminal = Terminal("page", color)
    if context.kind in MESSAGES:
        _print_message(terminal, chosen, context, compose(context.kind, message_facts(plan, letter, day), templates()))
    else:
        _print_alternative(terminal, chosen, context)


def _choose_format(*, eml: bool, mailto: bool) -> Format:
    if eml and mailto:
        message = "--eml and --mailto cannot be used together"
        raise UsageError(message, "leave one of them out")
    return "eml" if eml else "mailto" if mailto else "text"


def _print_message(terminal: Terminal, chosen: Format, context: MessageContext, message: Message) -> None:
    """Print the message on standard output, and notes about it on standard error."""
    if chosen != "text" and message.subject is None:
        text = f"{context.kind} is a message to be spoken, so it cannot be written as e-mail"
        raise UsageError(text, "leave --eml or --mailto out")
    complain(message_notes(context, message))
    if chosen == "text":
        terminal.print_page(_page(message.text))
        return
    from lorplan.messages import mail

    attending, applicant = context.letter.rotation.attending, context.applicant_plan.plan.applicant
    recipient = mail.Person(attending.name, attending.email)
    if chosen == "eml":
        terminal.print_bytes(mail.eml(message, mail.Person(applicant.name, applicant.email), recipient))
    else:
        terminal.print_lines([mail.mailto(message, recipient)])


def _print_alternative(terminal: Terminal, chosen: Format, context: MessageContext) -> None:
    """Say what to do if no message is needed. Raises UsageError if an e-mail was asked for."""
    lines = list(no_message_needed(context))
    if chosen != "text":
        raise UsageError(" ".join(lines))
    complain(warn_of_misfit(context))
    terminal.print_page(_page("\n".join(lines)))


def _page(text: str) -> Iterator[RenderableType]:
    from rich.text import Text

    return (Text(line) for line in text.split("\n"))
