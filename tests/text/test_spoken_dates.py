"""Days as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from lorplan.text.spoken_dates import write_day


@pytest.mark.parametrize(
    ("day", "weekday", "expected"),
    [
        pytest.param(date(2027, 1, 5), False, "Jan 5", id="familiar_year"),
        pytest.param(date(2027, 9, 15), True, "Wed Sep 15", id="with_its_weekday"),
        pytest.param(date(2028, 3, 1), False, "Mar 1, 2028", id="another_year"),
        pytest.param(date(2025, 12, 31), True, "Wed Dec 31, 2025", id="another_year_with_its_weekday"),
    ],
)
def test_day_is_written_without_a_year_the_reader_thinks_of_anyway(
    day: date,
    weekday: bool,  # noqa: FBT001 - a parameter of the test
    expected: str,
) -> None:
    """The others have it."""
    assert write_day(day, (2026, 2027), weekday=weekday) == expected
