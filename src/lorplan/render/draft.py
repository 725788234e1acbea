"""What goes with a message: the recipient, the blanks to fill in and the next command; or what to do without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lorplan.messages.kinds import MESSAGE_KINDS, action_of
from lorplan.messages.misfits import describe_misfit
from lorplan.reference.attending_names import form_of_address
from lorplan.render.next_commands import record_command
from lorplan.text.wording import join_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from lorplan.messages.compose import Message
    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.model import Letter


class MessageContext(NamedTuple):
    """What a message is for: its kind, None if nothing is due, the letter, its plan, and the day it speaks as of."""

    kind: str | None
    letter: Letter
    applicant_plan: ApplicantPlan
    day: date


def message_notes(context: MessageContext, message: Message) -> Iterator[str]:
    """Say what the message is for, to whom it goes, what to fill in, and what to do once it is sent.

    The last line is empty, as the message follows on the same screen.
    """
    letter, file = context.letter, context.applicant_plan.file_name
    yield f"{context.kind} for {letter.attending} ({letter.id}), {_write_day(context, message)}, {file}"
    yield from warn_of_misfit(context)
    address = letter.rotation.attending.email
    if message.subject is not None and address:
        yield f"to: {address}"
    if message.blanks:
        yield f"to fill in: {', '.join(message.blanks)}"
    yield from _when_done(context)
    yield ""


def _write_day(context: MessageContext, message: Message) -> str:
    """Say on which day the message is to be spoken or sent."""
    verb = "say" if message.subject is None else "send"
    return f"to {verb} on {context.applicant_plan.plan.dates.write_day(context.day, weekday=True)}"


def warn_of_misfit(context: MessageContext) -> Iterator[str]:
    """Warn of a message or action that does not fit what has happened to the letter."""
    plan = context.applicant_plan.plan
    misfit = context.kind and describe_misfit(plan, context.letter, context.kind, context.day)
    if misfit:
        yield f"warning: {misfit}"


def no_message_needed(context: MessageContext) -> Iterator[str]:
    """Say what to do if no message is needed."""
    letter, reason = context.letter, context.letter.reason
    doctor = form_of_address(letter.attending)
    if context.kind is None:
        yield f"There is no message for {doctor} now: {letter.verdict}, {reason.text} ({reason.rule})."
        yield f"For another message, name its kind: {', '.join(MESSAGE_KINDS)}."
    elif context.kind == "rate":
        yield f"No message is needed: record for yourself how it went with {doctor}."
    elif context.kind == "import":
        yield f"No message is needed: import the letter from {doctor} into this season's application, in the portal."
    else:
        coverage = context.applicant_plan.plan.coverage
        sets = [one.target for one in coverage if letter.id in one.letters and one.target]
        programs = f"each program in {join_words(sets)}" if sets else "each program"
        yield f"No message is needed: assign the letter from {doctor} to {programs} in the portal, by hand."
    yield from _when_done(context)


def _when_done(context: MessageContext) -> Iterator[str]:
    kind = action_of(context.kind) if context.kind else None
    command = record_command(kind, context.letter.id, context.applicant_plan.file_to_name) if kind else None
    if command:
        yield f"when done: {command}"
