"""The commands that deal with an action: one drafts its message, one records that it is done."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from lorplan.plan.action_kinds import KIND
from lorplan.text.file_names import STANDARD_INPUT, shell_word

if TYPE_CHECKING:
    from lorplan.plan.action_kinds import Kind
    from lorplan.plan.model import Action


def draft_command(kind: Kind, rotation: str, file: str | None) -> str | None:
    """Write the command that drafts the message for a kind of action; None if it needs none.

    Here and below, `file` is None where the command finds the file without being told.
    """
    return rotation_command("draft", rotation, file, kind) if KIND[kind].has_message else None


def record_command(kind: Kind, rotation: str, file: str | None) -> str | None:
    """Write the command that records a kind of action as done; None if there is nothing to record, or no file."""
    event, value = KIND[kind].event, KIND[kind].value
    return rotation_command("mark", rotation, file, event + value) if file != STANDARD_INPUT else None


def done_command(action: Action, file: str | None) -> str:
    """Write the command that records what is most pressing of an action's rotation, or of the programs, as done."""
    return rotation_command("done", action.subject, file)


def commands_for(action: Action, file: str | None) -> list[tuple[str, str]]:
    """List the commands for an action with their purpose; none if the plan came through a pipe."""
    if file == STANDARD_INPUT:
        return []
    if action.rotation is None:
        return [("which", plan_command(action.subject, file)), ("when done", done_command(action, file))]
    commands = [
        ("message", draft_command(action.kind, action.rotation, file)),
        ("when done", record_command(action.kind, action.rotation, file)),
    ]
    if answer := KIND[action.kind].answer:
        purpose, event = answer
        commands.append((purpose, rotation_command("mark", action.rotation, file, event)))
    return [(purpose, command) for purpose, command in commands if command]


def plan_command(name: str, file: str | None, *options: str) -> str:
    """Write a command about a whole plan file."""
    return " ".join(["lorplan", name, *([] if file is None else [shell_word(file)]), *options])


def rotation_command(name: str, rotation: str, file: str | None, *words: str) -> str:
    """Write a command about one rotation; `words` may be such that a shell needs quotes around them."""
    option, words = [] if file is None else ["-f", shell_word(file)], tuple(map(shlex.quote, words))
    if rotation.startswith("-"):  # after two hyphens it is not an option
        return " ".join(["lorplan", name, *option, "--", rotation, *words])
    return " ".join(["lorplan", name, shlex.quote(rotation), *words, *option])
