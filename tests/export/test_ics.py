"""Plans as calendars: each action is an event on its days, with its reasons and its message."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import plan, rotation
from export.calendars import (
    CHEN,
    ONE_DAY,
    SEASON_DAYS,
    USUAL,
    action_events,
    category,
    count_titles,
    day_of,
    export_ics,
    find,
    read,
    read_strictly,
    title_of,
)
from export.exporting import PACKAGE_TEMPLATES, PLANS, example, in_file
from lorplan.export.ics import is_ours
from lorplan.messages.compose import compose
from lorplan.messages.facts import message_facts
from lorplan.messages.kinds import MESSAGES, choose_message
from lorplan.rules import BY_ID
from samples import EXAMPLE_DAYS

if TYPE_CHECKING:
    from lorplan.plan.model import Action, Plan


def test_strict_reader_of_these_tests_refuses_what_rfc_5545_forbids() -> None:
    """The other tests rest on it."""
    good = export_ics(in_file(USUAL))
    for broken in (
        good.replace(b"\r\n", b"\n"),
        good.replace(b"END:VALARM\r\n", b"", 1),
        good.replace(b"SUMMARY:", b"SUMMARY:a\rb", 1),
        good.replace(b"SUMMARY:", b"SUMMARY:" + b"x" * 80, 1),
        good.replace(b"SUMMARY:", b"SUMMARY:a,b", 1),
        good.replace(b"SUMMARY:", b"SUMMARY:\x1b", 1),
        good + good,
    ):
        with pytest.raises((AssertionError, IndexError)):
            read_strictly(broken)


# --- actions ------------------------------------------------------------------------------------------------


def expected_events(found: Plan) -> Counter[tuple[str, date, date, str, str]]:
    """Count title, first day, day after the last, category and status of each action."""
    return Counter(
        (
            title_of(action),
            day_of(action, found.as_of),
            day_of(action, found.as_of) + ONE_DAY,
            action.kind,
            "TENTATIVE" if action.conditional else "CONFIRMED",
        )
        for action in found.actions
    )


def events_of(raw: bytes) -> Counter[tuple[str, date, date, str, str]]:
    """Count the same of each event."""
    return Counter(
        (str(e["SUMMARY"]), e.decoded("dtstart"), e.decoded("dtend"), category(e), str(e["STATUS"]))
        for e in action_events(raw)
    )


@pytest.mark.parametrize(("file", "as_of"), EXAMPLE_DAYS)
def test_each_action_of_an_example_is_an_event_of_one_day_that_is_not_busy(file: str, as_of: str) -> None:
    """Its first day, or the plan's once it is overdue."""
    found = example(file, as_of)
    assert found.plan.actions
    raw = export_ics(found)
    assert events_of(raw) == expected_events(found.plan)
    assert {str(event["TRANSP"]) for event in read(raw)} == {"TRANSPARENT"}
    assert all(type(event.decoded("dtstart")) is date for event in read(raw))


@given(found=PLANS, todo=st.booleans())
def test_calendar_of_any_plan_has_each_action_once_and_is_always_the_same(
    found: Plan,
    todo: bool,  # noqa: FBT001 - drawn
) -> None:
    """Title, days, kind and certainty; no clock and no random number."""
    raw = export_ics(in_file(found), todo=todo)
    assert raw == export_ics(in_file(found), todo=todo)
    assert todo or events_of(raw) == expected_events(found)


def test_action_that_may_turn_out_unnecessary_is_tentative_in_status_and_title() -> None:
    """An action for a reserve is not certain."""
    found = plan(*(rotation(f"Dr. {name}", id=name.lower()) for name in ("Ames", "Boyd", "Cruz", "Dunn", "Egan")))
    assert {action.conditional for action in found.actions} == {True, False}
    for event in action_events(export_ics(in_file(found))):
        tentative = str(event["STATUS"]) == "TENTATIVE"
        assert tentative == str(event["SUMMARY"]).endswith(" (if still needed)")


def test_event_has_an_alarm_with_its_title_on_the_morning_of_its_first_day() -> None:
    """It rings at nine."""
    for event in action_events(export_ics(in_file(USUAL))):
        (alarm,) = event.walk("VALARM")
        assert str(alarm["ACTION"]) == "DISPLAY"
        assert alarm.decoded("trigger") == timedelta(hours=9)
        assert "RELATED" not in alarm["TRIGGER"].params
        assert str(event["SUMMARY"]).startswith(str(alarm["DESCRIPTION"]))


def test_each_rotation_is_an_event_from_its_first_to_its_last_day_without_an_alarm() -> None:
    """With the hospital as its place."""
    found = plan(CHEN, rotation("Dr. Ann Ames", start="2027-05-03", weeks=2), name="Amina Rahman")
    events = [event for event in read(export_ics(in_file(found))) if category(event) == "rotation"]
    assert [
        (str(e["SUMMARY"]), e.decoded("dtstart"), e.decoded("dtend") - ONE_DAY, str(e.get("LOCATION", "")))
        for e in events
    ] == [
        ("Dr. Ann Ames, neurology", date(2027, 5, 3), date(2027, 5, 14), ""),
        ("Dr. Wei Chen, neurology", date(2027, 3, 1), date(2027, 3, 26), "Mercy General"),
    ]
    assert not any(event.walk("VALARM") for event in events)


def test_calendar_is_looked_at_again_every_day() -> None:
    """By programs that subscribe to it, of either kind."""
    calendar, *_ = read_strictly(export_ics(in_file(USUAL)))
    assert [line.value for line in calendar.lines_named("REFRESH-INTERVAL")] == ["P1D"]
    assert [line.value for line in calendar.lines_named("X-PUBLISHED-TTL")] == ["P1D"]
    assert calendar.text("NAME") == calendar.text("X-WR-CALNAME") == "Letters: Amina Rahman"


# --- descriptions -------------------------------------------------------------------------------------------


def message_of(found: Plan, action: Action) -> str:
    """Compose the message of an action as of its day; "" if it needs none."""
    letter, day = found.letter(action.subject), max(found.as_of, action.on)
    message = choose_message(found, letter, action.kind, day)
    return compose(message, message_facts(found, letter, day), PACKAGE_TEMPLATES).text if message in MESSAGES else ""


@pytest.mark.parametrize(("file", "as_of"), EXAMPLE_DAYS)
def test_description_has_the_claims_of_the_rules_and_the_message_of_the_day_of_the_action(
    file: str, as_of: str
) -> None:
    """What is overdue has the message of the plan's day."""
    found = example(file, as_of).plan
    expected: Counter[tuple[str, str]] = Counter()
    for action in found.actions:
        why = "\n".join(f"{BY_ID[rule].claim} ({rule})" for rule in action.rules)
        text = message_of(found, action) if action.rotation else ""
        write = found.dates.write_day
        window = f"{write(action.on, weekday=True)} to {write(action.until, weekday=True)}"
        expected[title_of(action), "\n\n".join([window, why, *([text] if text else [])])] += 1
    events = action_events(export_ics(in_file(found)))
    assert Counter((str(event["SUMMARY"]), str(event["DESCRIPTION"])) for event in events) == expected


def test_description_of_a_request_to_come_speaks_of_the_rotation_as_it_will_be_then() -> None:
    """On the plan's day the rotation is to come; on the day to ask it is almost over."""
    before = plan(CHEN, as_of="2027-02-01")
    said = str(find(export_ics(in_file(before)), "Ask Dr. Wei Chen for a strong letter")["DESCRIPTION"])
    window, why, message = said.split("\n\n", 2)
    assert window == "Wed Mar 24 to Fri Mar 26"
    assert why == f"{BY_ID['WHEN-1'].claim} (WHEN-1)"
    assert message.startswith("Dr. Wei Chen, thank you for these weeks")
    assert "looking forward" not in message


def test_descriptions_of_reminders_become_firm_as_the_day_comes_near() -> None:
    """A calendar of June has the gentle reminders of June and July, and the firm ones of September."""
    letter = {"asked": "2027-03-24", "agreed": "2027-03-25", "packet": "2027-03-26", "requested": "2027-06-02"}
    raw = export_ics(in_file(plan(rotation(letter=letter), as_of="2027-06-03")))
    reminders = [event for event in action_events(raw) if category(event) == "remind"]
    firm = {event.decoded("dtstart"): "is due" in str(event["DESCRIPTION"]).split("\n")[4] for event in reminders}
    assert len(firm) > 3
    assert firm == {day: day >= date(2027, 9, 1) for day in firm}
    assert set(firm.values()) == {False, True}


def test_description_in_another_year_than_the_plans_names_no_year() -> None:
    """A message of March 2027 in a calendar of December 2026 reads as it will in March."""
    found = plan(CHEN, as_of="2026-12-07")
    said = str(find(export_ics(in_file(found)), "Book a few minutes")["DESCRIPTION"])
    assert "on Wednesday, March 24?" in said


# --- the season ---------------------------------------------------------------------------------------------


def test_days_of_the_season_are_events_of_one_day_without_an_alarm() -> None:
    """An estimated day says so."""
    season = USUAL.dates.season
    events = {str(e["SUMMARY"]): e for e in read(export_ics(in_file(USUAL))) if category(e) == "season"}
    assert {name: event.decoded("dtstart") for name, event in events.items()} == {
        "2028 season: opens": season.opens,
        "2028 season: token": season.token,
        "2028 season: submit": season.submit,
        "2028 season: review": season.review,
        "2028 season: rank list": season.rank_list,
        "2028 season: Match Day": season.match_day,
        "2028 season: ends": season.ends,
        "deadline for letters": season.review,
    }
    for title, event in events.items():
        assert event.decoded("dtend") - event.decoded("dtstart") == ONE_DAY
        assert event.walk("VALARM") == []
        if title != "deadline for letters":
            assert str(event["DESCRIPTION"]) == "Estimated: look for the published day."


def test_days_of_a_published_season_name_their_source() -> None:
    """They are not called estimated."""
    found = plan(rotation(start="2025-03-03", end="2025-03-28"), season=2026, as_of="2025-03-03")
    assert not found.dates.season.estimated
    events = [e for e in read(export_ics(in_file(found))) if str(e["SUMMARY"]).startswith("2026 season")]
    assert {str(event["DESCRIPTION"]) for event in events} == {found.dates.season.source.named}


def test_each_plan_has_its_own_deadline_and_shares_the_days_of_the_season() -> None:
    """The deadline says by when letters have to be uploaded."""
    found = [plan(CHEN, name="Amina", deadline="2027-10-01"), plan(CHEN, name="Benito")]
    raw = export_ics(*map(in_file, found))
    for one, name in zip(found, ("Amina", "Benito"), strict=True):
        event = find(raw, f"{name}: deadline for letters")
        assert event.decoded("dtstart") == one.dates.deadline
        assert str(event["DESCRIPTION"]) == f"Letters have to be uploaded by {one.dates.needed_by}."
    titles = count_titles(raw)
    assert max(titles.values()) == 1
    assert titles["2028 season: review"] == 1
    assert sum(1 for event in read(raw) if category(event) == "season") == SEASON_DAYS + 2


# --- the calendar -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("todo", "name"), [(False, "VEVENT"), (True, "VTODO")], ids=["events", "to_dos"])
def test_stamp_and_revision_come_from_the_plans_day(todo: bool, name: str) -> None:  # noqa: FBT001 - a parameter
    """A later export has a higher revision, so that a client replaces the earlier entry."""
    for entry in read(export_ics(in_file(USUAL), todo=todo), name):
        assert entry.decoded("dtstamp") == datetime(2027, 3, 1, tzinfo=UTC)
        assert int(entry["SEQUENCE"]) == (date(2027, 3, 1) - date(1990, 1, 1)).days


def test_revision_on_the_earliest_day_is_zero() -> None:
    """It is never negative."""
    raw = export_ics(in_file(plan(CHEN, as_of="1990-01-01")))
    assert {int(event["SEQUENCE"]) for event in read(raw)} == {0}


def test_calendar_of_a_plan_with_nothing_to_do_has_the_season_alone() -> None:
    """As to-dos it is empty."""
    found = in_file(plan())
    assert {category(event) for event in read(export_ics(found))} == {"season"}
    assert read(export_ics(found, todo=True), "VTODO") == []


def test_calendar_is_recognized_as_ours_and_named_after_the_applicant() -> None:
    """Without a name it is named after the file."""

    def name_of(raw: bytes) -> str:
        return read_strictly(raw)[0].text("X-WR-CALNAME")

    raw = export_ics(in_file(USUAL))
    assert is_ours(raw)
    assert name_of(raw) == "Letters: Amina Rahman"
    assert name_of(export_ics(in_file(USUAL), in_file(plan(CHEN)))) == "Letters: all applicants"
    assert name_of(export_ics(in_file(plan(CHEN), "b.yaml"))) == "Letters: b.yaml"
    assert name_of(export_ics(in_file(plan(CHEN), "-"))) == "Letters: standard input"


def test_titles_of_several_plans_name_the_applicant_or_the_file() -> None:
    """The name comes before what is to be done."""
    found = [plan(CHEN, name="Amina Rahman"), plan(rotation("Dr. Ana Petrov"))]
    titles = count_titles(export_ics(*(in_file(one, f"file-{n}.yaml") for n, one in enumerate(found))))
    for one, who in zip(found, ("Amina Rahman", "file-1.yaml"), strict=True):
        for action in one.actions:
            assert titles[f"{who}: {title_of(action)}"] == 1
    assert sum(titles.values()) == sum(len(one.actions) + len(one.letters) + 1 for one in found) + SEASON_DAYS
