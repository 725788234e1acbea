"""What real calendar programs make of an export: khal of its events, and todoman of its to-dos."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from icalendar import Calendar

from builders import plan, rotation
from export.calendars import CHEN, ONE_DAY, SEASON_DAYS, day_of, export_ics, read, title_of
from export.exporting import example, in_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lorplan.plan.model import Plan

pytestmark = pytest.mark.system


class Program:
    """A client with a configuration, a home and folders of its own."""

    def __init__(self, name: str, option: str, config: str, home: Path) -> None:
        places = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        found = shutil.which(name, path=places)
        if found is None:
            pytest.skip(f"{name} is not installed")
        self.command = [found, option, str(home / "config.py")]
        self.home = home
        (home / "config.py").write_text(config)

    def __call__(self, *args: str) -> str:
        """Run it, and give what it prints."""
        folders = {f"XDG_{name}_HOME": str(self.home / name.lower()) for name in ("CONFIG", "CACHE", "DATA", "STATE")}
        env = {"PATH": os.environ["PATH"], "HOME": str(self.home), "LC_ALL": "C.UTF-8", "TZ": "UTC", **folders}
        command = [*self.command, *args]
        done = subprocess.run(command, capture_output=True, cwd=self.home, env=env, timeout=60, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()


# --- khal ---------------------------------------------------------------------------------------------------

KHAL: Final = """\
[calendars]
[[letters]]
path = {home}/letters
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[default]
default_calendar = letters
[sqlite]
path = {home}/khal.db
"""
SHOWN: Final = (date(2027, 2, 1), date(2027, 11, 1))
"""The days that are looked at, without the last one."""


@pytest.fixture
def khal(tmp_path: Path) -> Program:
    """Set up an empty calendar."""
    (tmp_path / "letters").mkdir()
    return Program("khal", "--config", KHAL.format(home=tmp_path), tmp_path)


def import_into(khal: Program, raw: bytes) -> None:
    """Let khal import a calendar."""
    (khal.home / "plan.ics").write_bytes(raw)
    khal("import", "--batch", str(khal.home / "plan.ics"))


def shown_days(khal: Program) -> list[Counter[str]]:
    """Ask khal for the titles of each day; it answers with one JSON list a day."""
    answer = khal("list", "--json", "title", str(SHOWN[0]), str(SHOWN[1] - ONE_DAY))
    return [Counter(event["title"] for event in json.loads(line)) for line in answer.splitlines()]


def stored_files(khal: Program) -> list[Path]:
    """List the files that khal keeps, one for each event."""
    return sorted((khal.home / "letters").glob("*.ics"))


def season_of(found: Plan) -> Iterator[tuple[date, str]]:
    """Name the days of a season, and the deadline, that are among those looked at."""
    season = found.dates.season
    yield season.opens, f"{season.year} season: opens"
    yield season.token, f"{season.year} season: token"
    yield season.submit, f"{season.year} season: submit"
    yield season.review, f"{season.year} season: review"
    yield found.dates.deadline, "deadline for letters"


def expected_days(found: Plan) -> list[Counter[str]]:
    """Give what khal has to show on each day: the actions, the rotations of the time, and the season."""
    days: list[Counter[str]] = []
    for number in range((SHOWN[1] - SHOWN[0]).days):
        day = SHOWN[0] + timedelta(number)
        actions = [title_of(action) for action in found.actions if day_of(action, found.as_of) == day]
        rotations = [
            f"{letter.attending}, {letter.rotation.specialty}"
            for letter in found.letters
            if letter.rotation.start <= day <= letter.candidate.last_day
        ]
        season = [name for when, name in season_of(found) if when == day]
        days.append(Counter([*actions, *rotations, *season]))
    return days


def test_khal_shows_each_action_on_its_days(khal: Program) -> None:
    """An action on one day, a rotation from its first day to its last, and no day longer."""
    found = example("mid-season.yaml", "2027-08-20")
    import_into(khal, export_ics(found))
    assert shown_days(khal) == expected_days(found.plan)


def test_khal_that_imports_again_duplicates_nothing_and_moves_what_moved(khal: Program) -> None:
    """The same calendar twice is one; after a later one only the new days are left."""
    first = plan(CHEN, name="Amina Rahman")
    import_into(khal, export_ics(in_file(first)))
    once = stored_files(khal)
    import_into(khal, export_ics(in_file(first)))
    assert stored_files(khal) == once
    assert len(once) == len(first.actions) + len(first.letters) + SEASON_DAYS + 1
    moved = rotation(start="2027-04-05", end="2027-04-30", hospital="Mercy General")
    later = plan(moved, name="Amina Rahman", as_of="2027-03-02")
    assert {action.id for action in later.actions} == {action.id for action in first.actions}
    assert all(action.on != before.on for action, before in zip(later.actions, first.actions, strict=True))
    import_into(khal, export_ics(in_file(later)))
    assert stored_files(khal) == once
    assert shown_days(khal) == expected_days(later)


def test_khal_shows_names_as_typed(khal: Program) -> None:
    """Commas, semicolons, backslashes, wide characters and long names."""
    names = ["Chen, Wei; MD", "back\\slash\\", "a\\nb\\,c", "BEGIN:VEVENT", "陈伟 王小明" * 12, 'Bo "Bo" Lee: x']
    found = plan(*(rotation(name, id=f"no-{place}") for place, name in enumerate(names)), name="X, Y; Z")
    import_into(khal, export_ics(in_file(found)))
    assert shown_days(khal) == expected_days(found)


# --- todoman ------------------------------------------------------------------------------------------------

TODOMAN: Final = """\
path = "{home}/lists/*"
date_format = "%Y-%m-%d"
time_format = "%H:%M"
default_list = "letters"
cache_path = "{home}/cache.sqlite3"
"""


@pytest.fixture
def todoman(tmp_path: Path) -> Program:
    """Set up an empty list."""
    (tmp_path / "lists" / "letters").mkdir(parents=True)
    return Program("todo", "--config", TODOMAN.format(home=tmp_path), tmp_path)


def put_into(todoman: Program, raw: bytes) -> None:
    """Write each to-do to a file named by its UID, as a program that syncs does."""
    for todo in read(raw, "VTODO"):
        one = Calendar()
        one.add("prodid", "-//tests//")
        one.add("version", "2.0")
        one.add_component(todo)
        (todoman.home / "lists" / "letters" / f"{todo['UID']}.ics").write_bytes(one.to_ical())


def list_todos(todoman: Program, status: str) -> Counter[tuple[str, date]]:
    """Ask todoman for the to-dos of a status, each with the day it is due."""
    answer = json.loads(todoman("--porcelain", "list", "--status", status))
    return Counter((todo["summary"], datetime.fromtimestamp(todo["due"], UTC).date()) for todo in answer)


def check_todoman(todoman: Program, found: Plan) -> None:
    """Compare the lists of todoman with a plan."""
    assert list_todos(todoman, "NEEDS-ACTION") == Counter((title_of(action), action.until) for action in found.actions)
    assert list_todos(todoman, "COMPLETED") == Counter(
        (f"{letter.attending}: {event}", day) for letter in found.letters for event, day in letter.history.known
    )


def test_todoman_lists_open_and_completed_to_dos(todoman: Program) -> None:
    """The open ones with their last day, the completed ones with theirs."""
    found = example("mid-season.yaml", "2027-08-20")
    put_into(todoman, export_ics(found, todo=True))
    check_todoman(todoman, found.plan)
    page = todoman("list")
    for action in found.plan.actions:
        assert re.search(rf"{action.until} .*{re.escape(action.title)}", page)


def test_todoman_has_a_to_do_completed_by_a_later_export_once(todoman: Program) -> None:
    """It is not still open beside the completed one."""
    before = plan(rotation())
    put_into(todoman, export_ics(in_file(before), todo=True))
    check_todoman(todoman, before)
    after = plan(rotation(letter={"asked": "2027-03-24"}), as_of="2027-03-24")
    put_into(todoman, export_ics(in_file(after), todo=True))
    still_open = list_todos(todoman, "NEEDS-ACTION")
    assert not any(title.startswith("Ask Dr. Wei Chen for a strong letter") for title, _ in still_open)
    assert list_todos(todoman, "COMPLETED") == Counter([("Dr. Wei Chen: asked", date(2027, 3, 24))])
