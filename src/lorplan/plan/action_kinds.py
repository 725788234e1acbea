"""The table of action kinds: how each is recorded, and whether it comes with a message."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Kind = Literal[
    "notice",
    "feedback",
    "rate",
    "book",
    "ask",
    "follow-up",
    "packet",
    "renew",
    "request",
    "remind",
    "trace",
    "backup",
    "import",
    "thank",
    "assign",
    "apply",
]


class ActionKind(NamedTuple):
    """One kind of action.

    `event` is what to record once it is done; `value`, what to write after the event.
    `has_message`: there is something to say or write. `answer`: what one is waiting for, and its event. `of_letter`:
    it concerns a letter, not programs alone.
    """

    name: Kind
    event: str
    value: str = ""
    has_message: bool = True
    answer: tuple[str, str] | None = None
    of_letter: bool = True


KINDS: Final = (
    ActionKind("notice", "notice"),
    ActionKind("feedback", "feedback"),
    ActionKind("rate", "performance", value="=WORD", has_message=False),
    ActionKind("book", "meeting", value="=DATE"),
    ActionKind("ask", "asked"),
    ActionKind("follow-up", "reminded", answer=("on a yes", "agreed")),
    ActionKind("packet", "packet"),
    ActionKind("renew", "reminded", answer=("if they no longer can", "declined")),
    ActionKind("request", "requested"),
    ActionKind("remind", "reminded", answer=("once uploaded", "uploaded")),
    ActionKind("trace", "reminded", answer=("once uploaded", "uploaded")),
    ActionKind("backup", "asked"),
    ActionKind("import", "imported", has_message=False),
    ActionKind("thank", "thanked"),
    ActionKind("assign", "assigned", has_message=False),
    ActionKind("apply", "applied", has_message=False, of_letter=False),
)
"""Every kind, in the order of a letter's life."""

LETTER_KINDS: Final = tuple(kind.name for kind in KINDS if kind.of_letter)
"""The names of the kinds that concern a letter."""

KIND: Final = {kind.name: kind for kind in KINDS}
"""Every kind by its name."""

COMPLETED_BY: Final = {kind.event: kind.name for kind in reversed(KINDS) if not kind.value and kind.answer is None}
"""The kind that an event completes; of several, the first in the table."""
