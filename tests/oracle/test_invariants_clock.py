"""A plan depends on its file and its day, whatever the clock, the time zone or the locale say."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import plan as make
from builders import rotation
from lorplan.plan.planner import make_plan
from lorplan.planfile.models import PlanFile
from lorplan.planfile.reader import loads
from oracle.strategies import EVERY_PLAN
from samples import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator

Drawn = Any
"""A strategy for a plan as plain data and an as-of day."""

ZONES: Final = ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu")
CLOCK_FUNCTIONS: Final = {"today", "now", "utcnow", "time", "time_ns", "localtime", "gmtime", "ctime"}
"""The functions, all written in C, with which Python finds the day."""

NIGHTS: Final = [
    datetime(*day, 23, 59, 59, tzinfo=UTC)
    for day in ((2024, 2, 29), (2027, 3, 28), (2027, 12, 31), (2028, 2, 29), (2038, 1, 19))
]
MID_SEASON: Final = (EXAMPLES / "mid-season.yaml").read_text(encoding="utf-8")


def find_clock_calls(plan_file: PlanFile, as_of: date) -> list[str]:
    """Make a plan, and list the calls of functions that find the time."""
    called: list[str] = []

    def note(_: object, event: str, function: object) -> None:
        name = getattr(function, "__name__", "")
        if event == "c_call" and name in CLOCK_FUNCTIONS:
            called.append(name)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        make_plan(plan_file, as_of)
    finally:
        sys.setprofile(before)
    return called


@contextmanager
def in_zone(name: str) -> Iterator[pytest.MonkeyPatch]:
    """Set the time zone for a while."""
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TZ", name)
            time.tzset()
            yield patch
    finally:
        time.tzset()


@EVERY_PLAN
@given(st.data())
def test_planning_never_looks_at_the_clock(plans: Drawn, data: st.DataObject) -> None:
    """No function that finds the time is called."""
    plan, as_of = data.draw(plans)
    assert find_clock_calls(PlanFile.model_validate(plan), as_of) == []


def test_look_at_the_clock_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above can fail."""
    monkeypatch.setattr("lorplan.plan.planner.find_warnings", lambda _: (date.today(),))  # noqa: DTZ011 - the point
    assert "today" in find_clock_calls(loads(MID_SEASON), date(2027, 3, 24))


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system cannot set the time zone of a process")
@pytest.mark.parametrize("zone", ZONES)
def test_plan_is_the_same_in_every_time_zone_at_any_time_of_day(zone: str) -> None:
    """Just before and after midnight, on leap days, on New Year's Eve and later, in zones far apart."""
    plan_file, as_of = loads(MID_SEASON), date(2027, 3, 24)
    usual = make_plan(plan_file, as_of)
    with in_zone(zone) as patch:
        assert time.timezone != 0
        for instant in (*NIGHTS, *(night + timedelta(seconds=2) for night in NIGHTS)):
            patch.setattr(time, "time", instant.timestamp)
            assert make_plan(plan_file, as_of) == usual


def test_plan_is_the_same_in_another_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that has set another locale, here German as far as weekdays are concerned, gets the same plan."""
    usual, strftime = make(rotation()), time.strftime
    weekdays = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
    monkeypatch.setattr(time, "strftime", lambda form, day: strftime(form.replace("%A", weekdays[day[6]]), day))
    assert f"{date(2027, 3, 24):%A}" == "Mittwoch"
    assert make(rotation()) == usual
