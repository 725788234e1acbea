"""Plans as to-dos: what is to be done is open, and what has happened is completed under the same UID."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from builders import plan, rotation
from export.calendars import category, export_ics, find, read, title_of, uid_for
from export.exporting import PLANS, example, in_file
from samples import EXAMPLE_DAYS

if TYPE_CHECKING:
    from lorplan.plan.model import Plan


def check_todos(found: Plan, raw: bytes) -> None:
    """Check that the open to-dos are the actions, and the completed ones what has happened."""
    assert read(raw, "VEVENT") == []
    todos = read(raw, "VTODO")
    events = [(letter.attending, *event) for letter in found.letters for event in letter.history.counted()]
    assert Counter((str(t["SUMMARY"]), t.decoded("due"), str(t["STATUS"])) for t in todos) == Counter(
        [(title_of(action), action.until, "NEEDS-ACTION") for action in found.actions]
        + [(f"{attending}: {name}", day, "COMPLETED") for attending, name, day in events]
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
            assert alarm["TRIGGER"].params.get("RELATED", "START") == ("START" if "DTSTART" in todo else "END")


@pytest.mark.parametrize(("file", "as_of"), EXAMPLE_DAYS)
def test_example_has_an_open_to_do_for_each_action_and_a_completed_one_for_each_event(file: str, as_of: str) -> None:
    """An open to-do is due on the last day of its action."""
    found = example(file, as_of)
    raw = export_ics(found, todo=True)
    check_todos(found.plan, raw)
    still_open = [todo for todo in read(raw, "VTODO") if str(todo["STATUS"]) == "NEEDS-ACTION"]
    assert Counter(map(category, still_open)) == Counter(action.kind for action in found.plan.actions)


@given(PLANS)
def test_any_plan_has_an_open_to_do_for_each_action_and_a_completed_one_for_each_event(found: Plan) -> None:
    """Whatever the file."""
    check_todos(found, export_ics(in_file(found), todo=True))


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        pytest.param("asked", "ask", id="request"),
        pytest.param("packet", "packet", id="packet"),
        pytest.param("requested", "request", id="request_in_the_portal"),
        pytest.param("thanked", "thank", id="thanks"),
        pytest.param("assigned", "assign", id="assignment"),
    ],
)
def test_recorded_event_completes_the_to_do_of_its_action(event: str, kind: str) -> None:
    """Both have one UID, so that importing again checks the to-do off."""
    days = {
        "asked": "2027-03-24",
        "agreed": "2027-03-26",
        "packet": "2027-03-27",
        "requested": "2027-06-03",
        "uploaded": "2027-07-01",
        "thanked": "2027-07-02",
        "assigned": "2027-09-02",
    }
    names = list(days)
    letter = {name: days[name] for name in names[: names.index(event)]}
    before = plan(rotation(letter=letter or None), name="Amina", as_of=days[event])
    assert f"chen:{kind}" in {action.id for action in before.actions}
    uid = uid_for("Amina", f"chen:{kind}")
    still_open = [todo for todo in read(export_ics(in_file(before), todo=True), "VTODO") if str(todo["UID"]) == uid]
    assert [str(todo["STATUS"]) for todo in still_open] == ["NEEDS-ACTION"]
    after = plan(rotation(letter=letter | {event: days[event]}), name="Amina", as_of=days[event])
    completed = find(export_ics(in_file(after), todo=True), f"Dr. Wei Chen: {event}", "VTODO")
    assert str(completed["UID"]) == uid
    assert str(completed["STATUS"]) == "COMPLETED"
    assert completed.decoded("due") == date.fromisoformat(days[event])


def test_each_recorded_reminder_is_a_completed_to_do_of_its_own() -> None:
    """They are numbered by their days, whatever their order in the file."""
    letter = {"asked": "2027-03-24", "agreed": "2027-03-26", "reminded": ["2027-04-26", "2027-04-12"]}
    raw = export_ics(in_file(plan(rotation(letter=letter), name="Amina", as_of="2027-04-28")), todo=True)
    reminded = [todo for todo in read(raw, "VTODO") if str(todo["SUMMARY"]) == "Dr. Wei Chen: reminded"]
    assert {str(todo["UID"]): todo.decoded("due") for todo in reminded} == {
        uid_for("Amina", "chen:reminded:1"): date(2027, 4, 12),
        uid_for("Amina", "chen:reminded:2"): date(2027, 4, 26),
    }
