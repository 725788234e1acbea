"""What the shell's completion offers: the rotations of the plan file, the events, the kinds of messages."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from lorplan.errors import LorplanError
from lorplan.storage.files import choose_file, load
from lorplan.text.file_names import STANDARD_INPUT

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOT_PLAIN: Final = re.compile(r"[^\w .,-]")
"""Besides combining marks, what may not stand beside an id: some shells evaluate the text that they show there."""


def complete_rotation(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Offer the ids that begin like this, each with the attending; none if the plan file cannot be read."""
    named = context.params.get("file")
    try:
        file = choose_file(named and str(Path(named).expanduser()))  # the shell has not expanded it yet
        plan_file = None if file == STANDARD_INPUT else load(file)
    except (LorplanError, RuntimeError):
        return []
    if plan_file is None:
        return []
    named_ids = zip(plan_file.ids, plan_file.rotations, strict=True)
    return [(id_, _plain(rotation.attending.name)) for id_, rotation in named_ids if id_.startswith(incomplete)]


def _plain(text: str) -> str:
    """Keep letters with their marks, digits, spaces and `.,-` only."""
    kept = (c if unicodedata.category(c)[0] == "M" else _NOT_PLAIN.sub(" ", c) for c in text.replace("_", " "))
    return " ".join("".join(kept).split())


def complete_event(incomplete: str) -> list[str]:
    """Offer the events that begin like this; those that are words with each word."""
    return [event for event in _events() if event.startswith(incomplete)]


def _events() -> Iterator[str]:
    from lorplan.edit.record_event import RECORDABLE, WORDS  # `--help` does not need the models

    for event in RECORDABLE:
        if event in WORDS:
            yield from (f"{event}={word}" for word in WORDS[event])
        else:
            yield f"{event}=" if event == "meeting" else event


def complete_kind(incomplete: str) -> list[str]:
    """Offer the kinds of messages that begin like this."""
    from lorplan.messages.kinds import MESSAGE_KINDS

    return [kind for kind in MESSAGE_KINDS if kind.startswith(incomplete)]
