"""What the shell's completion offers: the rotations of the plan file, events, kinds, commands, formats."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from lorplan.cli.clock import today
from lorplan.errors import LorplanError
from lorplan.storage.files import choose_file, load, refuse_standard_input

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOT_PLAIN: Final = re.compile(r"[^\w .,-]")
"""Besides combining marks, what may not stand beside an id: some shells evaluate the text that they show there."""


def complete_rotation(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Offer the ids that begin like this, each with the attending; none if the plan file cannot be read."""
    try:
        plan_file = load(_find_file(context))
    except (LorplanError, RuntimeError):
        return []
    named_ids = zip(plan_file.ids, plan_file.rotations, strict=True)
    return [(id_, _plain(rotation.attending.name)) for id_, rotation in named_ids if id_.startswith(incomplete)]


def complete_program(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Offer the ids of programs that begin like this, each with the name; none if the plan file cannot be read."""
    try:
        plan_file = load(_find_file(context))
    except (LorplanError, RuntimeError):
        return []
    named_ids = zip(plan_file.program_ids, plan_file.programs, strict=True)
    return [(id_, _plain(program.name)) for id_, program in named_ids if id_.startswith(incomplete)]


def _plain(text: str) -> str:
    """Keep letters with their marks, digits, spaces and `.,-` only."""
    kept = (c if unicodedata.category(c)[0] == "M" else _NOT_PLAIN.sub(" ", c) for c in text.replace("_", " "))
    return " ".join("".join(kept).split())


def complete_subject(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Offer the ids of rotations, then of programs, that begin like this."""
    return [*complete_rotation(context, incomplete), *complete_program(context, incomplete)]


def complete_event(context: typer.Context, incomplete: str) -> list[str]:
    """Offer the events that begin like this; those that are words with each word, assigning with each program."""
    programs = [f"assigned={id_}" for id_, _ in complete_program(context, "")] if "=" in incomplete else []
    return [event for event in (*_events(), *programs) if event.startswith(incomplete)]


def _events() -> Iterator[str]:
    from lorplan.edit.record_event import PAST_DAYS, RECORDABLE, WORDS  # `--help` does not need the models
    from lorplan.edit.record_program import PROGRAM_DAYS

    yield from PROGRAM_DAYS

    for event in RECORDABLE:
        if event in WORDS:
            yield from (f"{event}={word}" for word in WORDS[event])
        else:
            yield event if event in PAST_DAYS else f"{event}="


def complete_command(context: typer.Context, incomplete: str) -> list[str]:
    """Offer the commands that begin like this."""
    root = context.find_root()
    commands: list[str] = root.command.list_commands(root)  # type: ignore[attr-defined] # it is a group
    return [command for command in commands if command.startswith(incomplete)]


def complete_format(incomplete: str) -> list[str]:
    """Offer the formats of exports that begin like this."""
    from lorplan.export.formats import MODULES

    return [name for name in MODULES if name.startswith(incomplete)]


def complete_action(context: typer.Context, incomplete: str) -> list[str]:
    """Offer the kinds of actions that begin like this: those of the rotation, or all if it is not known."""
    from lorplan.plan.action_kinds import LETTER_KINDS

    return [kind for kind in _kinds_of_rotation(context) or LETTER_KINDS if kind.startswith(incomplete)]


def _kinds_of_rotation(context: typer.Context) -> list[str]:
    """List the kinds of actions that the plan has for the rotation that was typed; none if that cannot be told."""
    from lorplan.cli.arguments import find_letter

    try:
        file = _find_file(context)
        applicant_plan, letter = find_letter(file, context.params["rotation"], context.params.get("as_of") or today())
    except (LorplanError, RuntimeError):
        return []
    return list(dict.fromkeys(action.kind for action in applicant_plan.plan.actions_for(letter)))


def _find_file(context: typer.Context) -> str:
    """Find the plan file that the command would read. Raises LorplanError or RuntimeError if there is none."""
    named = context.params.get("file")
    file = choose_file(named and str(Path(named).expanduser()))  # the shell has not expanded it yet
    refuse_standard_input(file)  # while a line is typed, that is the keyboard
    return file


def complete_kind(incomplete: str) -> list[str]:
    """Offer the kinds of messages that begin like this."""
    from lorplan.messages.kinds import MESSAGE_KINDS

    return [kind for kind in MESSAGE_KINDS if kind.startswith(incomplete)]
