"""The table of events, read from the fields of the models: a new event is one new field."""

from __future__ import annotations

from typing import Final, NamedTuple

from lorplan.planfile.base_model import Drawn, Model
from lorplan.planfile.models import STAGES, LetterEvents, Rotation


class Event(NamedTuple):
    """Something that happens on a day: `symbol` stands for it in a timeline, `meaning` says what it is.

    `in_letter`: it is recorded under `letter`, else in the rotation itself.
    """

    name: str
    symbol: str
    meaning: str
    in_letter: bool

    @property
    def is_stage(self) -> bool:
        """Whether it is a stage of the letter, which a later stage implies."""
        return self.name in STAGES


def _events_of(model: type[Model], *, in_letter: bool) -> list[Event]:
    return [
        Event(name, mark.symbol, field.description or "", in_letter)
        for name, field in model.model_fields.items()
        for mark in field.metadata
        if isinstance(mark, Drawn)
    ]


EVENTS: Final = (*_events_of(Rotation, in_letter=False), *_events_of(LetterEvents, in_letter=True))
"""Every event, in the order in which they usually happen."""

REPEATED: Final = "reminded"
"""The only event that can be recorded several times."""

SINGLE_EVENTS: Final = tuple(event.name for event in EVENTS if event.name != REPEATED)
"""The events that are recorded once."""
