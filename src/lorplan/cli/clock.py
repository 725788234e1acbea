"""What day it is: the only place that reads the clock."""

from __future__ import annotations

from datetime import date


def today() -> date:
    """Return the local calendar day."""
    return date.today()  # noqa: DTZ011 - the day on the user's wall calendar, in no particular time zone
