"""Records of events in small plan files of one rotation, made and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from lorplan.edit.record_event import RecordedEvent
from lorplan.errors import UsageError
from lorplan.planfile.reader import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from lorplan.edit.verified_edit import Edit

ROW: Final = """\
- attending: Wei Chen
  specialty: im
  start: 2027-01-04
  weeks: 4
"""
"""A rotation in block style."""

FLOW_ROW: Final = "- {attending: Wei Chen, specialty: im, start: 2027-01-04, weeks: 4"
"""The beginning of the same rotation in flow style."""

ASKED: Final = ROW + "  letter:\n    asked: 2027-01-20\n"
"""The rotation with a letter that was asked for."""

UNSAFE: Final = "cannot be edited safely here; please edit the file by hand"


def record(text: str, event: str, value: str, *, replace: bool = False, rotation: int = 0) -> Edit:
    """Record an event in a text."""
    return RecordedEvent(parse(text), rotation, event).record(value, replace=replace)


def remove(text: str, event: str, value: str | None = None) -> Edit:
    """Remove the record of an event from a text."""
    return RecordedEvent(parse(text), 0, event).remove(value)


def refusal(edit: Callable[[], Edit]) -> str:
    """Say why an edit is refused as wrong usage."""
    with pytest.raises(UsageError) as refused:
        edit()
    return str(refused.value)
