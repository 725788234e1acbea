"""Clocks and time zones: today is the user's calendar day, and does not matter if a day is given."""

from __future__ import annotations

import json
import time
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import pytest

from lorplan.cli import clock
from samples import AMINA
from system.commands import BYTES, DAY, DOCUMENTS, MARK, NAMED, PAGES, PLAN, sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from runner import Lorplan, Result
    from system.commands import Args

DATED: Final[tuple[Args, ...]] = (*PAGES[:7], *DOCUMENTS[:2], *BYTES[:5], (*MARK, "--dry-run"))
"""Commands with --as-of."""

QUICK: Final[tuple[Args, ...]] = (("due", "--plain", *DAY), ("due", "--json", *DAY), ("plan", "--plain", *DAY))

FIVE_YEARS: Final = [date(2025, 1, 1) + timedelta(days) for days in range(5 * 365 + 2)]
ODD_DAYS: Final = (date(2028, 2, 29), date(2026, 12, 31), date(2027, 1, 1), date(2100, 12, 31), date(1991, 1, 1))


@pytest.fixture(autouse=True)
def other_file(here: Path) -> None:
    """Write the second plan file that some of the commands read."""
    (here / "other.yaml").write_text(AMINA)


@pytest.fixture
def set_today(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Set the clock that lorplan reads."""

    def set_clock(day: date) -> None:
        class Stopped(date):
            @classmethod
            def today(cls) -> date:  # type: ignore[override]  # lorplan expects no more than a date
                return day

        monkeypatch.setattr(clock, "date", Stopped)

    return set_clock


@pytest.fixture
def run_afresh(lorplan: Lorplan, here: Path) -> Callable[[Args], Result]:
    """Run a command on the plan file as it was at first."""

    def run(args: Args) -> Result:
        (here / PLAN).write_text(NAMED, encoding="utf-8")
        return lorplan(*args)

    return run


# --- the day ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("args", sample(DATED, 4))
def test_answer_as_of_a_day_is_the_same_on_every_day(
    run_afresh: Callable[[Args], Result], set_today: Callable[[date], None], args: Args
) -> None:
    """At the ends of years and on a leap day, with --as-of the answer is the same to the byte."""
    usual = run_afresh(args)
    for day in ODD_DAYS:
        set_today(day)
        assert run_afresh(args) == usual, day


@pytest.mark.thorough
def test_answer_as_of_a_day_is_the_same_on_every_day_of_five_years(
    run_afresh: Callable[[Args], Result], set_today: Callable[[date], None]
) -> None:
    """Every day of five years, each with another quick command, and every thirtieth with one of all."""
    usual = {args: run_afresh(args) for args in (*DATED, *QUICK)}
    for number, day in enumerate(FIVE_YEARS):
        args = DATED[number // 30 % len(DATED)] if number % 30 == 0 else QUICK[number % 3]
        set_today(day)
        assert run_afresh(args) == usual[args], day


@pytest.mark.system
@pytest.mark.parametrize("day", ODD_DAYS[:4], ids=str)
def test_answer_without_a_day_is_as_of_the_day_of_the_clock(
    lorplan: Lorplan, set_today: Callable[[date], None], day: date
) -> None:
    """On a leap day and at the ends of years, today is that day for every command."""
    set_today(day)
    assert json.loads(lorplan("due", "--json").out)["as_of"] == day.isoformat()
    assert json.loads(lorplan("plan", "--json").out)["as_of"] == day.isoformat()
    assert lorplan("plan").out.splitlines()[0].endswith(f" {day.day}, {day.year}")
    assert f"as of {day:%a %Y-%m-%d}" in lorplan("season").out.splitlines()[0]


@pytest.mark.system
@pytest.mark.parametrize("day", ODD_DAYS[:3], ids=str)
def test_starter_file_written_on_an_odd_day_is_valid(
    lorplan: Lorplan, here: Path, set_today: Callable[[date], None], day: date
) -> None:
    """The example rotations of `init` are around today, and nothing is wrong with them."""
    set_today(day)
    lorplan("init", "new.yaml")
    assert f"around {day}" in (here / "new.yaml").read_text()
    result = lorplan("check", "--strict", "new.yaml")
    assert (result.out, result.err) == ("", "")


# --- time zones ---------------------------------------------------------------------------------------------

ZONES: Final = ("Pacific/Kiritimati", "Pacific/Pago_Pago", "No/Where", "", None, "\x1b[31m", "<-12>12", ":/dev/null")
"""Both ends of the calendar day, which are never on the same date; and zones that do not exist."""


@pytest.fixture
def set_zone() -> Iterator[Callable[[str | None], None]]:
    """Set the time zone of this process; it is restored at the end."""
    patch = pytest.MonkeyPatch()

    def set_variable(name: str | None) -> None:
        patch.setenv("TZ", name) if name is not None else patch.delenv("TZ", raising=False)
        time.tzset()

    yield set_variable
    patch.undo()
    time.tzset()


@pytest.mark.parametrize("args", sample(DATED, 3))
def test_answer_as_of_a_day_is_the_same_in_every_time_zone(
    run_afresh: Callable[[Args], Result], set_zone: Callable[[str | None], None], args: Args
) -> None:
    """At both date lines, and with zones that do not exist, the answer is the same to the byte."""
    usual = run_afresh(args)
    for name in ZONES:
        set_zone(name)
        assert run_afresh(args) == usual, name


@pytest.mark.system
@pytest.mark.parametrize("name", ZONES, ids=ascii)
def test_today_is_the_local_day_of_any_time_zone(
    lorplan: Lorplan, set_zone: Callable[[str | None], None], name: str | None
) -> None:
    """Whatever the zone, today is what the system takes for the local day there."""
    set_zone(name)
    before = time.strftime("%Y-%m-%d")
    found = json.loads(lorplan("due", "--json").out)["as_of"]
    assert before <= found <= time.strftime("%Y-%m-%d")


@pytest.mark.system
@pytest.mark.parametrize("zone", ZONES[:2])
def test_today_of_the_real_program_is_the_local_day_of_its_time_zone(lorplan: Lorplan, zone: str) -> None:
    """Without --as-of the day is the one on the user's wall calendar."""
    before = datetime.now(ZoneInfo(zone)).date()
    found = json.loads(lorplan.process("due", "--json", env={"TZ": zone}).out)["as_of"]
    assert before.isoformat() <= found <= datetime.now(ZoneInfo(zone)).date().isoformat()


@pytest.mark.system
def test_real_program_as_of_a_day_is_the_same_at_both_date_lines(lorplan: Lorplan) -> None:
    """With --as-of the answer is the same in every time zone."""
    assert len({lorplan.process("plan", "--json", *DAY, env={"TZ": zone}).out for zone in ZONES[:2]}) == 1
