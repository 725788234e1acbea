"""What goes with a message: to whom, what to fill in, what to do next; and what to do where none is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lorplan.messages.kinds import KINDS, action_of
from lorplan.plan.applicant_plan import shown_name
from lorplan.reference.attending_names import addressed
from lorplan.render.next_commands import record_command
from lorplan.text.safe import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lorplan.messages.compose import Message
    from lorplan.plan.model import Letter, Plan


class Occasion(NamedTuple):
    """What a message is wanted for: its kind, None where nothing is due, the letter, its plan and its file."""

    kind: str | None
    letter: Letter
    plan: Plan
    file: str


def notes(occasion: Occasion, message: Message) -> Iterator[str]:
    """What the message is for, to whom it goes, what is to be filled in, and what to do when it is sent."""
    kind, letter, plan, file = occasion
    yield f"{kind} for {letter.attending} ({letter.id}), as of {plan.as_of:%a} {plan.as_of}, {shown_name(file)}"
    address = letter.rotation.attending.email
    if message.subject is not None and address:
        yield f"to: {address}"
    if message.gaps:
        yield f"to fill in: {', '.join(message.gaps)}"
    yield from _when_done(occasion)


def what_else(occasion: Occasion) -> Iterator[str]:
    """What to do where no message is needed."""
    kind, letter, plan, _ = occasion
    who = addressed(letter.attending)
    if kind is None:
        yield f"There is nothing to tell {who} now: {letter.verdict}, {letter.reason.text} ({letter.reason.rule})."
        yield f"Name a kind of message to have it all the same: {', '.join(KINDS)}."
    elif kind == "rate":
        yield f"No message is needed: note for yourself how it went with {who}."
    else:
        sets = [coverage.target for coverage in plan.coverage if letter.id in coverage.letters and coverage.target]
        to = f" in {joined(sets)}" if sets else ""
        yield f"No message is needed: assign the letter of {who} in the portal, to each program{to} by hand."
    yield from _when_done(occasion)


def _when_done(occasion: Occasion) -> Iterator[str]:
    action = action_of(occasion.kind) if occasion.kind else None
    command = record_command(action, occasion.letter.id, occasion.file) if action else None
    if command:
        yield f"when done: {command}"
