"""The commands that deal with an action: one drafts its message, one records that it is done."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from lorplan.plan.action_kinds import KIND
from lorplan.text.file_names import STANDARD_INPUT, shell_word

if TYPE_CHECKING:
    from lorplan.plan.action_kinds import Kind
    from lorplan.plan.model import Action


def draft_command(kind: Kind, rotation: str, file: str) -> str | None:
    """Write the command that drafts the message for a kind of action; None if it needs none."""
    return _command("draft", rotation, kind, file) if KIND[kind].has_message else None


def record_command(kind: Kind, rotation: str, file: str) -> str | None:
    """Write the command that records a kind of action as done; None if there is nothing to record, or no file."""
    event, value = KIND[kind].event, KIND[kind].value
    return _command("mark", rotation, event + value, file) if event and file != STANDARD_INPUT else None


def commands_for(action: Action, file: str) -> list[tuple[str, str]]:
    """List the commands for an action with their purpose; none if the plan came through a pipe."""
    if file == STANDARD_INPUT:
        return []
    commands = [
        ("message", draft_command(action.kind, action.rotation, file)),
        ("when done", record_command(action.kind, action.rotation, file)),
    ]
    if answer := KIND[action.kind].answer:
        purpose, event = answer
        commands.append((purpose, _command("mark", action.rotation, event, file)))
    return [(purpose, command) for purpose, command in commands if command]


def _command(name: str, rotation: str, word: str, file: str) -> str:
    options = f"-f {shell_word(file)}"
    if rotation.startswith("-"):  # after two hyphens it is not an option
        return f"lorplan {name} {options} -- {rotation} {word}"
    return f"lorplan {name} {shlex.quote(rotation)} {word} {options}"
