"""The table of action kinds agrees with the type of a kind, with the events, and with what `mark` can record."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from lorplan.edit.record_event import PAST_DAYS, RECORDABLE, WORDS
from lorplan.edit.record_program import PROGRAM_EVENTS
from lorplan.plan.action_kinds import COMPLETED_BY, KIND, KINDS, Kind

if TYPE_CHECKING:
    from lorplan.plan.action_kinds import ActionKind


def test_table_has_every_kind_once() -> None:
    """The literal type and the table name the same kinds, in the same order."""
    assert tuple(kind.name for kind in KINDS) == get_args(Kind)
    assert {name: kind.name for name, kind in KIND.items()} == {name: name for name in get_args(Kind)}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_event_of_a_kind_can_be_recorded_with_its_value(kind: ActionKind) -> None:
    """Days that have passed are recorded alone, a meeting with its day, performance with a word."""
    assert kind.event in (*RECORDABLE, *PROGRAM_EVENTS)
    assert kind.value == {"meeting": "=DATE", "performance": "=WORD"}.get(kind.event, "")
    assert kind.answer is None or kind.answer[1] in PAST_DAYS


def test_completing_event_belongs_to_the_first_kind_that_it_completes() -> None:
    """Asking a backup is asking; what only brings a writer nearer to answering completes nothing."""
    assert COMPLETED_BY == {
        "notice": "notice",
        "feedback": "feedback",
        "asked": "ask",
        "packet": "packet",
        "requested": "request",
        "imported": "import",
        "thanked": "thank",
        "assigned": "assign",
        "applied": "apply",
    }


def test_every_kind_with_a_word_to_record_has_no_message() -> None:
    """What one records for oneself, and what one does in the portal alone, need no message."""
    assert [kind.name for kind in KINDS if not kind.has_message] == ["rate", "import", "assign", "apply"]
    assert {kind.event for kind in KINDS} & set(WORDS) == {"performance"}
