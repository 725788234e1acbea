"""Days as people write them: "Wed Jan 27", with the year only where it could be another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lorplan.text.wording import MONTH_NAMES, WEEKDAY_NAMES

if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import date


def write_day(day: date, familiar_years: Container[int], *, weekday: bool = False) -> str:
    """Write a day in English, whatever the locale; without the year if the reader would think of it anyway."""
    text = f"{MONTH_NAMES[day.month - 1][:3]} {day.day}"
    if weekday:
        text = f"{WEEKDAY_NAMES[day.weekday()][:3]} {text}"
    return text if day.year in familiar_years else f"{text}, {day.year}"
