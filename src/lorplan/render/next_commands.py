"""Which commands deal with an action: one drafts its message, one records that it is done."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from lorplan.plan.applicant_plan import STANDARD_INPUT
from lorplan.text.safe import on_one_line

if TYPE_CHECKING:
    from lorplan.plan.model import Action, Kind

RECORDS: Final[dict[Kind, str]] = {
    "rate": "performance=WORD",
    "book": "meeting=DATE",
    "ask": "asked",
    "follow-up": "reminded",
    "packet": "packet",
    "request": "requested",
    "remind": "reminded",
    "backup": "asked",
    "thank": "thanked",
    "assign": "assigned",
}
"""What to record when an action is done; nothing comes of having asked how one is doing."""

OUTCOMES: Final[dict[Kind, tuple[str, str]]] = {
    "follow-up": ("on a yes", "agreed"),
    "remind": ("once it is in", "uploaded"),
}
"""What one waits for with an action, and how it is recorded."""

WITHOUT_MESSAGE: Final[frozenset[Kind]] = frozenset({"rate", "assign"})
"""What one does alone."""


_ASCII: Final = 0x80


def message_command(kind: Kind, rotation: str, file: str) -> str | None:
    """The command that drafts the message for an action of a kind; None where it needs none."""
    return None if kind in WITHOUT_MESSAGE else _command("draft", rotation, kind, file)


def record_command(kind: Kind, rotation: str, file: str) -> str | None:
    """The command that records that an action of a kind is done; None where there is nothing, or no file."""
    event = RECORDS.get(kind) if file != STANDARD_INPUT else None
    return _command("mark", rotation, event, file) if event else None


def suggested(action: Action, file: str) -> list[tuple[str, str]]:
    """The commands with what each is for; none where the plan came through a pipe and cannot be changed."""
    if file == STANDARD_INPUT:
        return []
    about = action.kind, action.rotation, file
    commands = [("message", message_command(*about)), ("when done", record_command(*about))]
    if action.kind in OUTCOMES:
        purpose, event = OUTCOMES[action.kind]
        commands.append((purpose, _command("mark", action.rotation, event, file)))
    return [(purpose, command) for purpose, command in commands if command]


def shell_word(file: str) -> str:
    """A file's name as a shell takes it, safe to show: not as an option, and its odd characters as escapes."""
    named = f"./{file}" if file.startswith("-") and file != STANDARD_INPUT else file
    if named == on_one_line(named):
        return shlex.quote(named)
    raw = named.encode("utf-8", "surrogateescape")
    return "$'" + "".join(chr(b) if chr(b).isalnum() and b < _ASCII else f"\\x{b:02x}" for b in raw) + "'"


def _command(name: str, rotation: str, word: str, file: str) -> str:
    options = f"-f {shell_word(file)}"
    if rotation.startswith("-"):  # behind two hyphens it is no option
        return f"lorplan {name} {options} -- {rotation} {word}"
    return f"lorplan {name} {shlex.quote(rotation)} {word} {options}"
