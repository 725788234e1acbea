"""What the shell's completion offers: the rotations of the plan file, the events, the kinds of messages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from lorplan.errors import LorplanError
from lorplan.messages.kinds import KINDS
from lorplan.plan.applicant_plan import STANDARD_INPUT
from lorplan.storage.files import chosen_file, load

if TYPE_CHECKING:
    from collections.abc import Iterator


def complete_rotation(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The ids that begin so, each with the attending; none where the plan file cannot be read."""
    from rich.markup import escape  # noqa: PLC0415 - typer takes what it shows beside a word for markup

    named = context.params.get("file")
    try:
        file = chosen_file(named and str(Path(named).expanduser()))  # the shell has not expanded it yet
        plan_file = None if file == STANDARD_INPUT else load(file)
    except (LorplanError, RuntimeError):
        return []
    if plan_file is None:
        return []
    pairs = zip(plan_file.ids, plan_file.rotations, strict=True)
    return [(id_, escape(rotation.attending.name)) for id_, rotation in pairs if id_.startswith(incomplete)]


def complete_event(incomplete: str) -> list[str]:
    """The events that begin so; those that are words with each word."""
    return [event for event in _events() if event.startswith(incomplete)]


def _events() -> Iterator[str]:
    from lorplan.edit.record_event import EVENTS, WORDS  # noqa: PLC0415 - `--help` needs no model

    for event in EVENTS:
        if event in WORDS:
            yield from (f"{event}={word}" for word in WORDS[event])
        else:
            yield f"{event}=" if event == "meeting" else event


def complete_kind(incomplete: str) -> list[str]:
    """The kinds of messages that begin so."""
    return [kind for kind in KINDS if kind.startswith(incomplete)]
