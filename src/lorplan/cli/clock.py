"""What day it is: the only look at the clock."""

from __future__ import annotations

from datetime import date


def today() -> date:
    """The local calendar day."""
    return date.today()  # noqa: DTZ011 - a user's day is the one on their wall, in no zone
