"""The table of events follows the fields of the models."""

from __future__ import annotations

from datetime import date

import pytest

from builders import plan_file, rotation
from lorplan.planfile.base_model import Drawn
from lorplan.planfile.events import EVENTS, REPEATED, SINGLE_EVENTS
from lorplan.planfile.models import STAGES, LetterEvents, Rotation

BY_NAME = {event.name: event for event in EVENTS}


def test_events_are_those_of_the_rotation_and_then_the_fields_of_a_letter_in_their_order() -> None:
    """A new field of the letter is a new event."""
    assert [event.name for event in EVENTS] == ["notice", "feedback", "offered", *LetterEvents.model_fields]


@pytest.mark.parametrize("name", BY_NAME)
def test_event_has_the_symbol_and_the_meaning_of_its_field(name: str) -> None:
    """The table says nothing that the models do not say."""
    model = LetterEvents if BY_NAME[name].in_letter else Rotation
    field = model.model_fields[name]
    assert [mark.symbol for mark in field.metadata if isinstance(mark, Drawn)] == [BY_NAME[name].symbol]
    assert BY_NAME[name].meaning == field.description


def test_every_event_has_a_letter_of_its_own_as_its_symbol_and_a_meaning() -> None:
    """A timeline shows each event as another capital letter."""
    assert len({event.symbol for event in EVENTS}) == len(EVENTS)
    assert all(len(event.symbol) == 1 and event.symbol.isupper() and event.meaning for event in EVENTS)


def test_only_the_stages_of_a_letter_are_stages() -> None:
    """An offer, a packet, a reminder, an import, thanks and a decline are not stages."""
    assert tuple(event.name for event in EVENTS if event.is_stage) == STAGES


def test_only_what_happens_before_the_asking_is_recorded_in_the_rotation() -> None:
    """All other events are recorded under `letter`."""
    assert [event.name for event in EVENTS if not event.in_letter] == ["notice", "feedback", "offered"]


def test_only_reminders_are_recorded_several_times() -> None:
    """The field of every other event has one day."""
    lists = [name for name, field in LetterEvents.model_fields.items() if field.default == ()]
    assert lists == [REPEATED] == ["reminded"]
    assert tuple(name for name in BY_NAME if name != REPEATED) == SINGLE_EVENTS


LETTER_WITH = {"imported": {"uploaded": "2027-01-20"}}
"""What an event needs beside the asking."""


@pytest.mark.parametrize("name", SINGLE_EVENTS)
def test_single_event_of_a_rotation_is_read_under_its_name(name: str) -> None:
    """The day in the file is the day of the event."""
    day = "2027-01-20"
    events = (
        {"letter": {"asked": day, "agreed": day, **LETTER_WITH.get(name, {}), name: day}}
        if BY_NAME[name].in_letter
        else {name: day}
    )
    [read] = plan_file(rotation(**events)).rotations
    assert read.event(name) == date.fromisoformat(day)
