"""Plans as calendars: every action is there once, on its days, and whoever reads it reads what was planned.

Two readers are asked: the icalendar package, and a small strict one of our own that knows RFC 5545's lines. What
real programs make of a calendar is asked in `TestKhal` and `TestTodoman`.
"""

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
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from builders import plan, rotation
from lorplan.export.formats import exported, is_ours
from lorplan.export.ics import calendar
from lorplan.plan.applicant_plan import Dossier
from lorplan.plan.planner import make_plan
from lorplan.planfile.reader import loads
from lorplan.rules import BY_ID
from lorplan.storage.files import load, templates
from lorplan.text.safe import is_blank, is_refused, refused_character
from oracle.strategies import plans_and_days, to_yaml
from samples import AMINA, AS_OF, BENITO, EXAMPLE_DAYS, EXAMPLES, HOSTILE, HOSTILE_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Runner
    from lorplan.plan.model import Action, Plan

Plain = dict[str, Any]
PlanAndDay = tuple[Plain | list[Plain], date]

FEW = settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.too_slow])
OURS: Final = templates(Path(os.devnull) / "templates")
"""The package's own texts, whatever the developer has."""

A_DAY: Final = timedelta(1)
SEASON_DAYS: Final = 6
"""Days of a season that all its applicants share; each plan's own deadline stands beside them."""


# --- our own reader ---------------------------------------------------------------------------------------


class Line(NamedTuple):
    """A content line after unfolding."""

    name: str
    parameters: tuple[str, ...]
    value: str


class Part(NamedTuple):
    """A component with the names it stands in, its lines, and those of the components in it."""

    path: tuple[str, ...]
    lines: list[Line]

    def of(self, name: str) -> list[Line]:
        """Give the lines of one property."""
        return [line for line in self.lines if line.name == name]

    def text(self, name: str) -> str:
        """Read a text that must be there exactly once."""
        (line,) = self.of(name)
        return unescaped(line.value)


_PARAMETER = re.compile(r';([A-Z-]+)=("[^"]*"|[^";:,]*)')
_ESCAPES = {"n": "\n", "N": "\n", ",": ",", ";": ";", "\\": "\\"}
_ONCE = {
    "VCALENDAR": ("VERSION", "PRODID", "X-WR-CALNAME"),
    "VEVENT": ("UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "DTSTART", "DTEND", "STATUS", "TRANSP", "CATEGORIES"),
    "VTODO": ("UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "DUE", "STATUS", "CATEGORIES"),
    "VALARM": ("ACTION", "TRIGGER", "DESCRIPTION"),
}
_PATHS = {
    ("VCALENDAR",),
    ("VCALENDAR", "VEVENT"),
    ("VCALENDAR", "VTODO"),
    ("VCALENDAR", "VEVENT", "VALARM"),
    ("VCALENDAR", "VTODO", "VALARM"),
}


def unescaped(value: str) -> str:
    """Read a text value (RFC 5545, 3.3.11); what must be escaped and is not is an error."""
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", value), value
    return re.sub(r"\\(.)", lambda found: _ESCAPES[found[1]], value)


def parsed_line(line: str) -> Line:
    """Take a content line apart (RFC 5545, 3.1)."""
    name = re.match(r"[A-Z][A-Z-]*", line)
    assert name, line
    place, parameters = name.end(), []
    while found := _PARAMETER.match(line, place):
        parameters.append(f"{found[1]}={found[2]}")
        place = found.end()
    assert line[place : place + 1] == ":", line
    return Line(name[0], tuple(parameters), line[place + 1 :])


def unfolded(raw: bytes) -> list[str]:
    """Give the content lines of a calendar whose physical lines are as they must be."""
    assert raw.endswith(b"\r\n")
    lines: list[str] = []
    for octets in raw.removesuffix(b"\r\n").split(b"\r\n"):
        assert 0 < len(octets) <= 75, octets
        text = octets.decode()  # a character is not broken over two lines
        assert not any(is_refused(character) for character in text), text
        if text.startswith(" "):
            lines[-1] += text[1:]
        else:
            lines.append(text)
    return lines


def parts(raw: bytes) -> list[Part]:
    """Read a calendar strictly: each component in its place, closed in its turn, with what it must have once."""
    found: list[Part] = []
    open_: list[Part] = []
    for line in map(parsed_line, unfolded(raw)):
        if line.name == "BEGIN":
            assert open_ or not found, "one calendar a file"
            open_.append(Part((*(part.path[-1] for part in open_), line.value), []))
            found.append(open_[-1])
        elif line.name == "END":
            assert open_.pop().path[-1] == line.value
        else:
            open_[-1].lines.append(line)
    assert not open_
    for part in found:
        assert part.path in _PATHS
        for name in _ONCE[part.path[-1]]:
            assert len(part.of(name)) == 1, (part.path, name)
        assert all(count == 1 for count in Counter(line.name for line in part.lines).values())
        for name in ("SUMMARY", "DESCRIPTION", "X-WR-CALNAME", "CATEGORIES"):
            assert all(unescaped(line.value) is not None for line in part.of(name))
    return found


# --- what a test looks at ---------------------------------------------------------------------------------


def dossier(found: Plan, file: str = "rotations.yaml") -> Dossier:
    """Give a plan as an export takes it."""
    return Dossier(found, file)


def ics(*found: Plan | Dossier, todo: bool = False) -> bytes:
    """Export plans as the command does, each from a file of its own unless it has one; read it strictly, too."""
    dossiers = [
        one if isinstance(one, Dossier) else dossier(one, f"file-{place}.yaml") for place, one in enumerate(found)
    ]
    raw = exported("ics", dossiers, dossiers[0].plan.as_of, OURS, todo=todo)
    parts(raw)
    return raw


def read(raw: bytes, name: str = "VEVENT") -> list[Any]:
    """Read a calendar as other programs do, and give its events or to-dos."""
    return list(Calendar.from_ical(raw.decode()).walk(name))


def titles(raw: bytes, name: str = "VEVENT") -> Counter[str]:
    """Count the titles."""
    return Counter(str(entry["SUMMARY"]) for entry in read(raw, name))


def of_actions(raw: bytes) -> list[Any]:
    """Leave out the days of the season."""
    return [event for event in read(raw) if kinds(event) != ["season"]]


def kinds(entry: Any) -> list[str]:  # noqa: ANN401 - a component of whatever kind
    """Give the categories of an entry."""
    return [str(category) for category in entry["CATEGORIES"].cats]


def shown_title(action: Action) -> str:
    """Say how an action is called, in whatever file its plan is the only one."""
    return action.title + (" (if still needed)" if action.conditional else "")


def by_title(raw: bytes, beginning: str, name: str = "VEVENT") -> Any:  # noqa: ANN401 - a component
    """Take the one entry whose title begins so."""
    (found,) = [entry for entry in read(raw, name) if str(entry["SUMMARY"]).startswith(beginning)]
    return found


def uids(raw: bytes) -> list[str]:
    """Give all UIDs as they stand there."""
    return [part.text("UID") for part in parts(raw) if part.of("UID")]


def uid_of_each_action(*dossiers: Dossier, todo: bool = False) -> dict[str, str]:
    """Tell the UID of each action: its id goes into the description, by way of what there is to say."""
    raw = calendar(dossiers, dossiers[0].plan.as_of, lambda _, action: f"id {action.id}", todo=todo)
    found = {}
    for part in parts(raw):
        said = part.of("DESCRIPTION")
        if part.of("UID") and said and "\n\nid " in unescaped(said[0].value):
            found[unescaped(said[0].value).rpartition("\n\nid ")[2]] = part.text("UID")
    return found


def plan_of(drawn: PlanAndDay) -> Plan:
    """Plan a file, by way of its text."""
    return make_plan(loads(to_yaml(drawn[0])), drawn[1])


CHEN = rotation(hospital="Mercy General")
"""The usual rotation: nothing is recorded of it, so there is everything to do."""

USUAL = plan(CHEN, name="Amina Rahman", email="amina@example.org")
ON_THE_WAY = rotation(
    letter={"asked": "2027-03-24", "agreed": "2027-03-26", "reminded": ["2027-04-26", "2027-04-12"]}
)


# --- events -----------------------------------------------------------------------------------------------


def test_the_reader_of_the_tests_is_strict() -> None:
    """What the other tests rest on: the reader refuses what RFC 5545 forbids."""
    good = ics(USUAL)
    breaks = [
        good.replace(b"\r\n", b"\n"),
        good.replace(b"END:VALARM\r\n", b"", 1),
        good.replace(b"SUMMARY:", b"SUMMARY:a\rb", 1),
        good.replace(b"SUMMARY:", b"SUMMARY:" + b"x" * 80, 1),
        good.replace(b"SUMMARY:", b"SUMMARY:a,b", 1),
        good.replace(b"SUMMARY:", b"SUMMARY:\x1b", 1),
        good + good,
    ]
    for broken in breaks:
        with pytest.raises((AssertionError, IndexError)):
            parts(broken)


@pytest.mark.parametrize(("file", "as_of"), EXAMPLE_DAYS)
def test_every_action_is_an_event_on_its_days(file: str, as_of: str) -> None:
    """An event of whole days for each action: the day after its last ends it, and the time stays free."""
    found = make_plan(load(EXAMPLES / file), date.fromisoformat(as_of))
    assert found.actions
    events = of_actions(ics(found))
    assert Counter((str(e["SUMMARY"]), e.decoded("dtstart"), e.decoded("dtend")) for e in events) == Counter(
        (shown_title(action), action.on, action.until + A_DAY) for action in found.actions
    )
    assert {str(event["TRANSP"]) for event in events} == {"TRANSPARENT"}
    assert all(type(event.decoded("dtstart")) is date for event in events)


@FEW
@given(plans_and_days())
def test_every_action_of_any_plan_is_there_once(drawn: PlanAndDay) -> None:
    """Title, days, kind, and whether it is certain: for whatever file, each action is one event, and no other."""
    found = plan_of(drawn)
    assert Counter(
        (str(e["SUMMARY"]), e.decoded("dtstart"), e.decoded("dtend"), kinds(e)[0], str(e["STATUS"]))
        for e in of_actions(ics(found))
    ) == Counter(
        (
            shown_title(action),
            action.on,
            action.until + A_DAY,
            action.kind,
            "TENTATIVE" if action.conditional else "CONFIRMED",
        )
        for action in found.actions
    )


@FEW
@given(plans_and_days(), st.booleans())
def test_the_same_plan_gives_the_same_bytes(drawn: PlanAndDay, todo: bool) -> None:  # noqa: FBT001 - drawn
    """No clock and no random mark: a calendar can be compared with the one before, and its UIDs are unique."""
    first = ics(plan_of(drawn), todo=todo)
    assert ics(plan_of(drawn), todo=todo) == first
    assert len(uids(first)) == len(set(uids(first)))


@FEW
@given(plans_and_days(), st.integers(1, 40))
def test_on_another_day_an_action_keeps_its_uid(drawn: PlanAndDay, later: int) -> None:
    """The UID of an action and of a day of the season stays, and the number of the revision grows by the days."""
    written, day = drawn
    day = min(day, date(2030, 12, 31))
    plans = [make_plan(loads(to_yaml(written)), when) for when in (day, day + timedelta(later))]
    before, after = (uid_of_each_action(dossier(found)) for found in plans)
    assert {name: uid for name, uid in after.items() if name in before} == {
        name: uid for name, uid in before.items() if name in after
    }
    old, new = (read(ics(found)) for found in plans)
    assert {int(event["SEQUENCE"]) + later for event in old} == {int(event["SEQUENCE"]) for event in new}
    seasons = [{str(event["UID"]) for event in events if kinds(event) == ["season"]} for events in (old, new)]
    if plans[0].season == plans[1].season and plans[0].deadline == plans[1].deadline:
        assert seasons[0] == seasons[1]


def test_an_event_says_why_and_what_to_say() -> None:
    """The description has the claim of each rule with the rule's name, then the message for that day."""
    raw = ics(USUAL)
    event = by_title(raw, "Ask Dr. Wei Chen for a strong letter")
    (asking,) = [action for action in USUAL.actions if action.kind == "ask"]
    said = str(event["DESCRIPTION"])
    why, _, words = said.partition("\n\n")
    assert why.split("\n") == [f"{BY_ID[rule].claim} ({rule})" for rule in asking.rules]
    assert words.startswith("Dr. Wei Chen, thank you for these weeks")
    assert "Would you feel comfortable writing me a strong letter of recommendation" in words


@pytest.mark.parametrize(("file", "as_of"), EXAMPLE_DAYS)
def test_every_event_gives_the_claims_of_its_rules(file: str, as_of: str) -> None:
    """Whatever the action, its description begins with what the rules claim."""
    found = make_plan(load(EXAMPLES / file), date.fromisoformat(as_of))
    whys = {shown_title(a): "\n".join(f"{BY_ID[rule].claim} ({rule})" for rule in a.rules) for a in found.actions}
    for event in of_actions(ics(found)):
        assert str(event["DESCRIPTION"]).partition("\n\n")[0] == whys[str(event["SUMMARY"])]


def test_an_event_reminds_on_the_morning_of_its_first_day() -> None:
    """One alarm that shows the title, at nine on the first day."""
    for event in of_actions(ics(USUAL)):
        (alarm,) = event.walk("VALARM")
        assert str(alarm["ACTION"]) == "DISPLAY"
        assert alarm.decoded("trigger") == timedelta(hours=9)
        assert "RELATED" not in alarm["TRIGGER"].params
        assert str(event["SUMMARY"]).startswith(str(alarm["DESCRIPTION"]))


def test_what_may_turn_out_needless_is_tentative() -> None:
    """Steps for a letter that is only in reserve are marked as such, in the status and in the title."""
    found = plan(*(rotation(f"Dr. {name}", id=name.lower()) for name in ("Ames", "Boyd", "Cruz", "Dunn", "Egan")))
    assert {action.conditional for action in found.actions} == {True, False}
    for event in of_actions(ics(found)):
        tentative = str(event["STATUS"]) == "TENTATIVE"
        assert tentative == str(event["SUMMARY"]).endswith(" (if still needed)")


def test_the_days_of_the_season_are_there() -> None:
    """Each day of the season is an event of that day, without an alarm, and says where it is from."""
    season = USUAL.season
    events = {str(e["SUMMARY"]): e for e in read(ics(USUAL)) if kinds(e) == ["season"]}
    assert {name: event.decoded("dtstart") for name, event in events.items()} == {
        "2028 season: opens": season.opens,
        "2028 season: submit": season.submit,
        "2028 season: review": season.review,
        "2028 season: rank list": season.rank_list,
        "2028 season: Match Day": season.match_day,
        "2028 season: ends": season.ends,
        "deadline for letters": season.review,
    }
    assert len(events) == SEASON_DAYS + 1
    for title, event in events.items():
        assert event.decoded("dtend") - event.decoded("dtstart") == A_DAY
        assert event.walk("VALARM") == []
        assert str(event["TRANSP"]) == "TRANSPARENT"
        if title != "deadline for letters":
            assert str(event["DESCRIPTION"]) == "Estimated: look for the published day."


def test_a_published_season_names_its_source() -> None:
    """Where the days are published the description says by whom, and does not call them estimated."""
    found = plan(rotation(start="2025-03-03", end="2025-03-28"), season=2026, as_of="2025-03-03")
    assert not found.season.estimated
    said = {str(e["DESCRIPTION"]) for e in read(ics(found)) if str(e["SUMMARY"]).startswith("2026 season")}
    assert said == {found.season.source.named}


def test_every_plan_has_its_own_deadline() -> None:
    """The deadline is the applicant's, with the day by which uploads are needed; the season's days are shared."""
    found = [plan(CHEN, name="Amina", deadline="2027-10-01"), plan(CHEN, name="Benito")]
    raw = ics(*found)
    for one, name in zip(found, ("Amina", "Benito"), strict=True):
        event = by_title(raw, f"{name}: deadline for letters")
        assert event.decoded("dtstart") == one.deadline
        assert str(event["DESCRIPTION"]) == f"Letters have to be uploaded by {one.needed_by}."
    assert found[0].deadline != found[1].deadline
    assert titles(raw)["2028 season: review"] == 1


def test_stamp_and_revision_are_those_of_the_as_of_day() -> None:
    """DTSTAMP is midnight of the as-of day, SEQUENCE its distance from the first of 1990."""
    for todo, name in ((False, "VEVENT"), (True, "VTODO")):
        for entry in read(ics(USUAL, todo=todo), name):
            assert entry.decoded("dtstamp") == datetime(2027, 3, 1, tzinfo=UTC)
            assert int(entry["SEQUENCE"]) == (date(2027, 3, 1) - date(1990, 1, 1)).days


def test_on_the_first_day_of_all_the_revision_is_zero() -> None:
    """The earliest day that can be planned for has the lowest number: it never falls below zero."""
    raw = ics(plan(CHEN, as_of="1990-01-01"))
    assert {int(event["SEQUENCE"]) for event in read(raw)} == {0}


def test_a_plan_without_anything_to_do_gives_the_season_alone() -> None:
    """No rotation, no action: a calendar with the days of the season, and no to-do."""
    found = plan()
    assert {tuple(kinds(event)) for event in read(ics(found))} == {("season",)}
    assert read(ics(found, todo=True), "VTODO") == []


def test_the_calendar_is_known_as_ours() -> None:
    """By its product a later export knows it, and by its name a person."""
    raw = ics(USUAL)
    assert is_ours("ics", raw)
    assert parts(raw)[0].text("X-WR-CALNAME") == "Letters: Amina Rahman"
    assert parts(ics(USUAL, plan(CHEN)))[0].text("X-WR-CALNAME") == "Letters: all applicants"
    assert parts(ics(plan(CHEN)))[0].text("X-WR-CALNAME") == "Letters: file-0.yaml"


# --- whose UID it is --------------------------------------------------------------------------------------


def uid_of_asking(found: Plan, file: str = "rotations.yaml") -> str:
    """Give the UID of the first rotation's asking."""
    return uid_of_each_action(dossier(found, file))[f"{found.letters[0].id}:ask"]


UID_OF_USUAL = uid_of_asking(USUAL)


@pytest.mark.parametrize(
    ("found", "file"),
    [
        pytest.param(USUAL, "elsewhere/other.yaml", id="the_file_where_there_is_a_name"),
        pytest.param(plan(CHEN, name="Amina Rahman", email="new@example.org"), "rotations.yaml", id="the_address"),
        pytest.param(plan(CHEN, name="Amina Rahman", targets=["neurology"]), "rotations.yaml", id="the_targets"),
        pytest.param(plan(CHEN, name="Amina Rahman", season=2029), "rotations.yaml", id="the_season"),
        pytest.param(plan({**CHEN, "hospital": "Elsewhere"}, name="Amina Rahman"), "x.yaml", id="the_hospital"),
        pytest.param(plan({**CHEN, "meeting": "2027-03-17"}, name="Amina Rahman"), "x.yaml", id="the_day"),
    ],
)
def test_what_leaves_a_uid_as_it_was(found: Plan, file: str) -> None:
    """An action that moves, or of which something else changes, stays the same entry."""
    assert uid_of_asking(found, file) == UID_OF_USUAL


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(plan(CHEN, name="Amina Rahmani", email="amina@example.org"), id="another_applicant"),
        pytest.param(plan({**CHEN, "id": "wei"}, name="Amina Rahman"), id="another_rotation"),
        pytest.param(plan(CHEN, email="amina@example.org"), id="the_address_where_there_is_no_name"),
        pytest.param(plan(CHEN), id="the_file_where_there_is_neither"),
    ],
)
def test_what_makes_a_uid_another(found: Plan) -> None:
    """Another person's action, or one for another letter, is another entry."""
    assert uid_of_asking(found) != UID_OF_USUAL


def test_without_name_and_address_the_file_s_name_counts_and_not_its_folder() -> None:
    """A nameless plan that is moved to another folder keeps its entries; a renamed one does not."""
    nameless = plan(CHEN)
    there = uid_of_asking(nameless, "a/b/amina.yaml")
    assert there == uid_of_asking(nameless, "amina.yaml") == uid_of_asking(nameless, "C:\\plans\\amina.yaml")
    assert there != uid_of_asking(nameless, "benito.yaml")


def test_a_uid_gives_nothing_away() -> None:
    """No name and no address can be read in a UID: calendars are shared."""
    for uid in uids(ics(USUAL)):
        assert re.fullmatch(r"[0-9a-f]{32}@lorplan", uid)


def test_the_days_of_a_season_are_one_entry_for_all_applicants() -> None:
    """Two applicants of one season share its days, instead of having them twice in one calendar."""
    raw = ics(plan(CHEN, name="Amina"), plan(CHEN, name="Benito"))
    assert max(titles(raw).values()) == 1
    assert sum(1 for event in read(raw) if kinds(event) == ["season"]) == SEASON_DAYS + 2


# --- several plans ----------------------------------------------------------------------------------------


def test_among_several_plans_each_title_names_the_applicant() -> None:
    """The name, or the file where there is none, before what is to be done."""
    found = [plan(CHEN, name="Amina Rahman"), plan(rotation("Dr. Ana Petrov"))]
    shown = titles(ics(*found))
    for one, who in zip(found, ("Amina Rahman", "file-1.yaml"), strict=True):
        for action in one.actions:
            assert shown[f"{who}: {shown_title(action)}"] == 1
    assert sum(shown.values()) == sum(len(one.actions) + 1 for one in found) + SEASON_DAYS


@pytest.mark.parametrize("todo", [False, True], ids=["events", "to-dos"])
@pytest.mark.parametrize(
    "applicant",
    [{"name": "Ann Lee"}, {"email": "x@example.org"}, {}],
    ids=["name", "address", "file_of_that_name"],
)
def test_of_two_applicants_with_one_name_nobody_vanishes(applicant: Plain, todo: bool) -> None:  # noqa: FBT001
    """Namesakes whose rotations have the same ids: all actions of both are there, under UIDs of their own."""
    found = [plan(rotation(), **applicant), plan(rotation(start="2027-04-05", end="2027-04-30"), **applicant)]
    raw = ics(dossier(found[0], "a/plan.yaml"), dossier(found[1], "b/plan.yaml"), todo=todo)
    expected = Counter(action.on for one in found for action in one.actions)
    if todo:
        starts = Counter(t.decoded("dtstart") if "DTSTART" in t else t.decoded("due") for t in read(raw, "VTODO"))
        assert starts == expected
    else:
        assert Counter(event.decoded("dtstart") for event in of_actions(raw)) == expected


def test_the_order_of_namesakes_does_not_change_whose_a_uid_is() -> None:
    """Naming the files in another order, and importing again, moves nobody's entries to the other's days."""
    one = dossier(plan(rotation(), name="Ann Lee"), "a.yaml")
    two = dossier(plan(rotation(start="2027-04-05", end="2027-04-30"), name="Ann Lee"), "b.yaml")
    days = [
        {(str(event["UID"]), event.decoded("dtstart")) for event in of_actions(ics(*dossiers))}
        for dossiers in ((one, two), (two, one))
    ]
    assert days[0] == days[1]


def test_files_of_different_applicants_may_come_in_any_order() -> None:
    """The order in which files are named changes neither the entries nor their order."""
    deadlines = {"Amina": None, "Benito": "2027-10-01", "Cheng": "2027-09-29"}
    found = [dossier(plan(CHEN, name=name, deadline=day), f"{name}.yaml") for name, day in deadlines.items()]
    assert ics(*found) == ics(*reversed(found))


# --- hostile names ----------------------------------------------------------------------------------------

NASTY_NAMES = [
    pytest.param("Chen, Wei; MD, PhD", id="commas_and_semicolons"),
    pytest.param("back\\slash\\", id="backslashes"),
    pytest.param("a\\nb\\,c\\;d", id="escapes_as_typed"),
    pytest.param("\\\\n\\\\\\n", id="many_backslashes"),
    pytest.param('Bo "Bo" Lee: x=y', id="quotes_and_colons"),
    pytest.param("BEGIN:VEVENT", id="like_a_component"),
    pytest.param("END:VCALENDAR\\r\\nX:y", id="like_a_line_end_and_a_property"),
    pytest.param("陈伟 王小明" * 12, id="han_over_several_lines"),
    pytest.param("é" * 100, id="two_octets_a_character"),
    pytest.param("👩‍⚕️" * 40, id="joined_emoji_over_several_lines"),
    pytest.param("e\u0301" * 80, id="combining_marks"),
    pytest.param("x " * 100 + "x", id="spaces_where_lines_fold"),
    pytest.param("\u00a0x\u200by\ufeffz\u00ad", id="invisible_characters"),
    pytest.param("%0D%0ABEGIN:VEVENT", id="encoded_line_end"),
    pytest.param("{{ 7 * 7 }} {% if %}", id="like_a_template"),
    pytest.param("^n^'^^", id="escapes_of_parameters"),
]


def briefly(*found: Plan, todo: bool) -> bytes:
    """Export plans without messages, which take most of the time."""
    dossiers = [dossier(one, f"file-{place}.yaml") for place, one in enumerate(found)]
    return calendar(dossiers, found[0].as_of, lambda _, action: action.title, todo=todo)


@pytest.mark.parametrize("todo", [False, True], ids=["events", "to-dos"])
@pytest.mark.parametrize("name", NASTY_NAMES)
def test_a_name_comes_back_as_typed(name: str, todo: bool) -> None:  # noqa: FBT001 - one of the two
    """Attending, applicant and hospital are read as they were typed, by both readers, and change nothing else."""
    found = plan(rotation(name, id="x", hospital=name), name=name, email="x@example.org")
    other = plan(rotation("Dr. Wei Chen", id="x"), name="Amina")
    kind = "VTODO" if todo else "VEVENT"
    raw = briefly(found, other, todo=todo)
    expected = Counter(f"{name}: {shown_title(action)}" for action in found.actions)
    assert expected <= titles(raw, kind)
    own = Counter(part.text("SUMMARY") for part in parts(raw) if part.path[-1] == kind)
    assert own == titles(raw, kind)
    assert len(read(raw, kind)) == len(found.actions) + len(other.actions) + (0 if todo else SEASON_DAYS + 2)
    assert parts(briefly(found, todo=todo))[0].text("X-WR-CALNAME") == f"Letters: {name}"


@pytest.mark.parametrize("name", NASTY_NAMES)
def test_a_name_in_a_message_comes_back_as_typed(name: str) -> None:
    """What is to be said goes into the description line by line, whatever names are in it."""
    said = f"Dear {name},\n\n  {name}\n"
    raw = calendar(
        [dossier(USUAL)], USUAL.as_of, lambda _, action: said if action.kind == "ask" else "", todo=False
    )
    own = next(p.text("DESCRIPTION") for p in parts(raw) if p.of("SUMMARY") and "Ask Dr." in p.text("SUMMARY"))
    assert own.partition("\n\n")[2] == said
    assert str(by_title(raw, "Ask Dr. Wei Chen for a")["DESCRIPTION"]) == own


@pytest.mark.parametrize("todo", [False, True], ids=["events", "to-dos"])
def test_a_backslash_before_a_capital_n_is_no_line_end(todo: bool) -> None:  # noqa: FBT001 - one of the two
    r"""Calendars take `\N` for a line end, and the library writes it as one: in a name it is given a small n."""
    raw = briefly(plan(rotation("a\\Nb\\\\NN", id="x"), name="X\\Ny"), USUAL, todo=todo)
    shown = [title for title in titles(raw, "VTODO" if todo else "VEVENT") if title.startswith("X")]
    assert shown
    for title in shown:
        if title.endswith(": deadline for letters"):
            continue
        assert title.startswith("X\\ny: ")
        assert "a\\nb\\\\nN" in title
        assert "\n" not in title


NAMES = st.text(
    st.sampled_from("ab ,;:\\nN\"'=é陈😀\u0301%^{}<>&|") | st.characters(exclude_categories=["Cs"]),
    min_size=1,
    max_size=60,
).filter(lambda text: not is_blank(text) and refused_character(text) is None and "\\N" not in text)


@settings(deadline=None, max_examples=25)
@given(NAMES, NAMES)
def test_any_name_comes_back_as_typed(attending: str, applicant: str) -> None:
    """Whatever the names, both readers read what the plan says, and nothing more is in the calendar."""
    found = plan(rotation(attending, id="x"), name=applicant)
    raw = briefly(found, USUAL, todo=False)
    shown = Counter(part.text("SUMMARY") for part in parts(raw) if part.path[-1] == "VEVENT")
    assert Counter(f"{applicant}: {shown_title(action)}" for action in found.actions) <= shown
    assert shown == titles(raw)
    assert sum(shown.values()) == len(found.actions) + len(USUAL.actions) + SEASON_DAYS + 2


@settings(deadline=None, max_examples=25)
@given(
    st.text(
        st.characters(exclude_categories=["Cs"])
        | st.characters(categories=["Cs"], min_codepoint=0xDC80, max_codepoint=0xDCFF),
        max_size=120,
    )
)
def test_whatever_a_file_is_called_the_calendar_is_sound(file: str) -> None:
    """A file's name may hold what no plan may: line ends, escapes, and bytes that are no characters."""
    found = [dossier(plan(CHEN), file), dossier(USUAL, "other.yaml")]
    raw = calendar(found, USUAL.as_of, lambda _, action: action.title, todo=False)
    assert len(of_actions(raw)) == len(found[0].plan.actions) + len(USUAL.actions)
    parts(raw)


def test_half_of_a_character_in_a_file_s_name() -> None:
    """On Windows a name may hold any half of a pair of UTF-16."""
    parts(calendar([dossier(plan(CHEN), "p\ud800.yaml")], USUAL.as_of, lambda _, action: action.title, todo=False))


def test_control_characters_in_a_file_s_name_are_replaced() -> None:
    """A line end in a file's name starts no property."""
    raw = ics(dossier(plan(CHEN), "a\r\nEND:VCALENDAR\x1b[31m\u2028\u202e.yaml"), dossier(USUAL))
    who = "a  END:VCALENDAR\ufffd[31m\ufffd\ufffd.yaml"
    assert any(title.startswith(f"{who}: Ask Dr. Wei Chen") for title in titles(raw))


def test_control_characters_in_a_template_are_replaced(tmp_path: Path) -> None:
    """What a template of the user's own says stands in the description, and no control character passes."""
    (tmp_path / "ask-in-person.txt").write_bytes(b"Hi {{ doctor }},\r\nEND:VEVENT\x1b[31m\x07; , ok\\")
    raw = exported("ics", [dossier(USUAL)], USUAL.as_of, templates(tmp_path))
    said = [part.text("DESCRIPTION") for part in parts(raw) if part.path == ("VCALENDAR", "VEVENT")]
    assert any(text.endswith("\n\nHi Dr. Wei Chen,\nEND:VEVENT\ufffd[31m\ufffd; , ok\\") for text in said)


# --- to-dos -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("file", "as_of"), EXAMPLE_DAYS)
def test_every_action_is_a_to_do_and_every_event_a_done_one(file: str, as_of: str) -> None:
    """An open one with its last day for each action, and a completed one for each thing that has happened."""
    found = make_plan(load(EXAMPLES / file), date.fromisoformat(as_of))
    todos = read(ics(found, todo=True), "VTODO")
    still = [todo for todo in todos if str(todo["STATUS"]) == "NEEDS-ACTION"]
    done = [todo for todo in todos if str(todo["STATUS"]) == "COMPLETED"]
    assert len(still) + len(done) == len(todos)
    assert Counter((str(t["SUMMARY"]), t.decoded("due"), kinds(t)[0]) for t in still) == Counter(
        (shown_title(action), action.until, action.kind) for action in found.actions
    )
    assert Counter((str(t["SUMMARY"]), t.decoded("completed").date()) for t in done) == Counter(
        (f"{letter.attending}: {event}", day) for letter in found.letters for event, day in letter.record.events()
    )
    assert read(ics(found, todo=True), "VEVENT") == []


@FEW
@given(plans_and_days())
def test_every_to_do_of_any_plan_is_there_once(drawn: PlanAndDay) -> None:
    """For whatever file: the open ones are the actions, the completed ones what the record holds by that day."""
    found = plan_of(drawn)
    todos = read(ics(found, todo=True), "VTODO")
    events = [(letter, *event) for letter in found.letters for event in letter.record.events()]
    assert Counter((str(t["SUMMARY"]), t.decoded("due"), str(t["STATUS"])) for t in todos) == Counter(
        [(shown_title(action), action.until, "NEEDS-ACTION") for action in found.actions]
        + [(f"{letter.attending}: {name}", day, "COMPLETED") for letter, name, day in events]
    )
    for todo in todos:
        assert "DTSTART" not in todo or todo.decoded("dtstart") < todo.decoded("due")
        if str(todo["STATUS"]) == "COMPLETED":
            assert todo.decoded("completed").date() == todo.decoded("due") <= found.as_of
            assert int(todo["PERCENT-COMPLETE"]) == 100
            assert todo.walk("VALARM") == []
        else:
            assert "COMPLETED" not in todo
            (alarm,) = todo.walk("VALARM")
            assert alarm.decoded("trigger") == timedelta(hours=9)
            related = alarm["TRIGGER"].params.get("RELATED", "START")
            assert related == ("START" if "DTSTART" in todo else "END")


def test_a_to_do_that_is_done_becomes_a_completed_one() -> None:
    """What was to be done and what has happened are one entry: importing again ticks it off."""
    before = uid_of_each_action(dossier(plan(rotation())), todo=True)
    after = ics(dossier(plan(ON_THE_WAY, as_of="2027-03-25")), todo=True)
    asked = by_title(after, "Dr. Wei Chen: asked", "VTODO")
    assert str(asked["UID"]) == before["chen:ask"]
    assert str(asked["STATUS"]) == "COMPLETED"
    assert asked.decoded("due") == date(2027, 3, 24)


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        pytest.param("asked", "ask", id="asking"),
        pytest.param("packet", "packet", id="packet"),
        pytest.param("requested", "request", id="request"),
        pytest.param("thanked", "thank", id="thanks"),
        pytest.param("assigned", "assign", id="assignment"),
    ],
)
def test_each_event_completes_its_own_action(event: str, kind: str) -> None:
    """The step that `mark` records ticks off the entry of the action that asked for it."""
    days = {"asked": "2027-03-24", "agreed": "2027-03-26", "requested": "2027-06-03", "uploaded": "2027-07-01"}
    order = ["asked", "agreed", "packet", "requested", "uploaded", "thanked", "assigned"]
    days |= {"packet": "2027-03-27", "thanked": "2027-07-02", "assigned": "2027-09-02"}
    letter = {name: days[name] for name in order[: order.index(event)]}
    open_ = uid_of_each_action(dossier(plan(rotation(letter=letter or None), as_of=days[event])), todo=True)
    done = ics(dossier(plan(rotation(letter=letter | {event: days[event]}), as_of=days[event])), todo=True)
    assert str(by_title(done, f"Dr. Wei Chen: {event}", "VTODO")["UID"]) == open_[f"chen:{kind}"]


def test_every_reminder_is_one_completed_to_do() -> None:
    """Reminders are counted: two of them are two entries, and a third does not take the place of one."""
    raw = ics(plan(ON_THE_WAY, as_of="2027-04-28"), todo=True)
    reminded = [t for t in read(raw, "VTODO") if str(t["SUMMARY"]) == "Dr. Wei Chen: reminded"]
    assert sorted(t.decoded("due") for t in reminded) == [date(2027, 4, 12), date(2027, 4, 26)]
    assert len({str(t["UID"]) for t in reminded}) == 2


# --- the command ------------------------------------------------------------------------------------------


def test_the_command_prints_what_the_function_gives(invoke: Runner, tmp_path: Path) -> None:
    """Without -o the calendar goes to standard output, byte for byte as the function gives it."""
    (tmp_path / "rotations.yaml").write_text(AMINA)
    out = invoke("export", "ics", "--as-of", AS_OF).out.encode()
    found = make_plan(load(tmp_path / "rotations.yaml"), date.fromisoformat(AS_OF))
    assert out == ics(dossier(found))
    assert invoke("export", "ics", "--todo", "--as-of", AS_OF).out.encode() == ics(dossier(found), todo=True)


def test_standard_input_is_a_file_too(invoke: Runner, tmp_path: Path) -> None:
    """A plan from a pipe gives the same calendar as from a file; a nameless one is called by where it is from."""
    (tmp_path / "amina.yaml").write_text(AMINA)
    piped = invoke("export", "ics", "-", "--as-of", AS_OF, stdin=AMINA).out
    assert piped == invoke("export", "ics", "amina.yaml", "--as-of", AS_OF).out
    nameless = invoke("export", "ics", "-", "--as-of", AS_OF, stdin=BENITO).out.encode()
    assert parts(nameless)[0].text("X-WR-CALNAME") == "Letters: standard input"
    both = invoke("export", "ics", "-", "amina.yaml", "--as-of", AS_OF, stdin=BENITO).out.encode()
    assert any(title.startswith("standard input: ") for title in titles(both))


def test_names_like_markup_survive_the_command(invoke: Runner) -> None:
    """Names in other scripts and in the look of markup stand in the titles as they were typed."""
    out = invoke("export", "ics", "-", "--as-of", AS_OF, stdin=HOSTILE).out.encode()
    for name in HOSTILE_NAMES:
        assert any(name in title for title in titles(out))


def test_a_file_that_cannot_be_used_leaves_the_others(invoke: Runner, tmp_path: Path) -> None:
    """The problems of one file are told, the calendar has the others, and the status says that one is missing."""
    (tmp_path / "a.yaml").write_text(AMINA)
    (tmp_path / "b.yaml").write_text("- {}\n")
    result = invoke("export", "ics", "a.yaml", "b.yaml", "--as-of", AS_OF, check=1)
    assert "b.yaml:1" in result.err
    assert read(result.out.encode()) != []


def test_a_later_calendar_takes_the_place_of_an_earlier(invoke: Runner, tmp_path: Path) -> None:
    """Written to a file, a calendar is replaced by the next one, and nothing else is."""
    (tmp_path / "rotations.yaml").write_text(AMINA)
    for day in (AS_OF, "2027-02-01"):
        invoke("export", "ics", "--as-of", day, "-o", "plan.ics")
        assert (tmp_path / "plan.ics").read_bytes().decode() == invoke("export", "ics", "--as-of", day).out
    (tmp_path / "other.ics").write_bytes(b"BEGIN:VCALENDAR\r\nPRODID:-//other//\r\nEND:VCALENDAR\r\n")
    result = invoke("export", "ics", "-o", "other.ics", check=1)
    assert "--force" in result.err


@pytest.mark.skipif(
    sys.platform in {"win32", "darwin"}, reason="the system has no file names that are not Unicode"
)
def test_a_file_whose_name_is_not_unicode_gives_a_calendar(run: Runner, tmp_path: Path) -> None:
    """Where the name of the file tells whose plan it is, that may be any name a system allows."""
    name = os.fsdecode(b"p\xff.yaml")
    (tmp_path / name).write_text(BENITO)
    result = run("export", "ics", name, "--as-of", AS_OF)
    assert "Petrov" in result.out


# --- real clients -----------------------------------------------------------------------------------------


def client(name: str) -> str:
    """Find a calendar client beside this Python or on the path; without it the test is left out."""
    found = shutil.which(name, path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


class Program:
    """A client with a configuration, a home and folders of its own."""

    def __init__(self, name: str, option: str, config: str, home: Path) -> None:
        self.command = [client(name), option, str(home / "config.py")]
        self.home = home
        (home / "config.py").write_text(config)

    def __call__(self, *args: str) -> str:
        """Run it, and give what it prints."""
        folders = ("CONFIG", "CACHE", "DATA", "STATE")
        places = {f"XDG_{folder}_HOME": str(self.home / folder.lower()) for folder in folders}
        clean = {"PATH": os.environ["PATH"], "HOME": str(self.home), "LC_ALL": "C.UTF-8", "TZ": "UTC", **places}
        command = [*self.command, *args]
        done = subprocess.run(command, capture_output=True, cwd=self.home, env=clean, timeout=60, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()


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
"""The days that are looked at in a client, the last one not included."""


def expected_days(found: Plan, *more: tuple[date, str]) -> list[Counter[str]]:
    """Say what a calendar has to show on each of those days: each action on all of its own, and single days."""
    days: list[Counter[str]] = []
    for number in range((SHOWN[1] - SHOWN[0]).days):
        day = SHOWN[0] + timedelta(number)
        on_it = [shown_title(action) for action in found.actions if action.on <= day <= action.until]
        days.append(Counter([*on_it, *(name for when, name in more if when == day)]))
    return days


def season_of(found: Plan) -> Iterator[tuple[date, str]]:
    """Name the days of a season, with the deadline, that lie within those that are looked at."""
    yield found.season.opens, f"{found.season.year} season: opens"
    yield found.season.submit, f"{found.season.year} season: submit"
    yield found.season.review, f"{found.season.year} season: review"
    yield found.deadline, "deadline for letters"


class TestKhal:
    """What khal, a calendar for the terminal, makes of an imported calendar."""

    @pytest.fixture
    def khal(self, tmp_path: Path) -> Program:
        """Set up an empty calendar."""
        (tmp_path / "letters").mkdir()
        return Program("khal", "--config", KHAL.format(home=tmp_path), tmp_path)

    def take(self, khal: Program, raw: bytes) -> None:
        """Let it import a calendar."""
        (khal.home / "plan.ics").write_bytes(raw)
        khal("import", "--batch", str(khal.home / "plan.ics"))

    def days(self, khal: Program) -> list[Counter[str]]:
        """Ask for the titles of each day; it answers with one JSON list a day."""
        answer = khal("list", "--json", "title", str(SHOWN[0]), str(SHOWN[1] - A_DAY))
        return [Counter(event["title"] for event in json.loads(line)) for line in answer.splitlines()]

    def stored(self, khal: Program) -> list[Path]:
        """Give the files that it keeps, one an event; its own left-over temporary files have another ending."""
        return sorted((khal.home / "letters").glob("*.ics"))

    def test_it_shows_every_action_on_its_days(self, khal: Program) -> None:
        """From the first day of an action to its last, and no day longer."""
        found = make_plan(load(EXAMPLES / "mid-season.yaml"), date(2027, 8, 20))
        self.take(khal, ics(found))
        assert self.days(khal) == expected_days(found, *season_of(found))

    def test_importing_again_doubles_nothing_and_moves_what_moved(self, khal: Program) -> None:
        """The same calendar twice is one; after a later one only the new days are left."""
        first = plan(CHEN, name="Amina Rahman")
        self.take(khal, ics(first))
        once = self.stored(khal)
        self.take(khal, ics(first))
        assert self.stored(khal) == once
        assert len(once) == len(first.actions) + SEASON_DAYS + 1
        moved = rotation(start="2027-04-05", end="2027-04-30", hospital="Mercy General")
        later = plan(moved, name="Amina Rahman", as_of="2027-03-02")
        assert {action.id for action in later.actions} == {action.id for action in first.actions}
        assert all(action.on != before.on for action, before in zip(later.actions, first.actions, strict=True))
        self.take(khal, ics(later))
        assert self.stored(khal) == once
        assert self.days(khal) == expected_days(later, *season_of(later))

    def test_names_are_shown_as_typed(self, khal: Program) -> None:
        """Commas, semicolons, backslashes, wide characters and long names reach the calendar as they are."""
        names = [
            "Chen, Wei; MD",
            "back\\slash\\",
            "a\\nb\\,c",
            "BEGIN:VEVENT",
            "陈伟 王小明" * 12,
            'Bo "Bo" Lee: x',
        ]
        found = plan(*(rotation(name, id=f"no-{place}") for place, name in enumerate(names)), name="X, Y; Z")
        self.take(khal, ics(found))
        assert self.days(khal) == expected_days(found, *season_of(found))


TODOMAN: Final = """\
path = "{home}/lists/*"
date_format = "%Y-%m-%d"
time_format = "%H:%M"
default_list = "letters"
cache_path = "{home}/cache.sqlite3"
"""


class TestTodoman:
    """What todoman, a list of to-dos for the terminal, makes of the to-dos in its folder, one a file."""

    @pytest.fixture
    def todoman(self, tmp_path: Path) -> Program:
        """Set up an empty list."""
        (tmp_path / "lists" / "letters").mkdir(parents=True)
        return Program("todo", "--config", TODOMAN.format(home=tmp_path), tmp_path)

    def take(self, todoman: Program, raw: bytes) -> None:
        """Put each to-do into a file named by its UID, as a program that syncs would."""
        for todo in read(raw, "VTODO"):
            one = Calendar()
            one.add("prodid", "-//tests//")
            one.add("version", "2.0")
            one.add_component(todo)
            (todoman.home / "lists" / "letters" / f"{todo['UID']}.ics").write_bytes(one.to_ical())

    def listed(self, todoman: Program, status: str) -> Counter[tuple[str, date]]:
        """Ask for the to-dos in a state, each with the day it is due."""
        answer = json.loads(todoman("--porcelain", "list", "--status", status))
        return Counter((todo["summary"], datetime.fromtimestamp(todo["due"], UTC).date()) for todo in answer)

    def assert_shows(self, todoman: Program, found: Plan) -> None:
        """Hold what it lists against the plan."""
        assert self.listed(todoman, "NEEDS-ACTION") == Counter(
            (shown_title(action), action.until) for action in found.actions
        )
        assert self.listed(todoman, "COMPLETED") == Counter(
            (f"{letter.attending}: {event}", day)
            for letter in found.letters
            for event, day in letter.record.events()
        )

    def test_it_lists_what_is_open_and_what_is_done(self, todoman: Program) -> None:
        """The open ones with their last day, the completed ones with theirs."""
        found = make_plan(load(EXAMPLES / "mid-season.yaml"), date(2027, 8, 20))
        self.take(todoman, ics(found, todo=True))
        self.assert_shows(todoman, found)
        page = todoman("list")
        for action in found.actions:
            assert re.search(rf"{action.until} .*{re.escape(action.title)}", page)

    def test_what_was_open_is_ticked_off_by_a_later_export(self, todoman: Program) -> None:
        """The asking that was to be done is the completed one of the next export, and not open beside it."""
        before = plan(rotation())
        self.take(todoman, ics(before, todo=True))
        self.assert_shows(todoman, before)
        after = ics(plan(rotation(letter={"asked": "2027-03-24"}), as_of="2027-03-24"), todo=True)
        self.take(todoman, after)
        still = self.listed(todoman, "NEEDS-ACTION")
        assert not any(title.startswith("Ask Dr. Wei Chen for a strong letter") for title, _ in still)
        assert self.listed(todoman, "COMPLETED") == Counter([("Dr. Wei Chen: asked", date(2027, 3, 24))])
