"""What has changed in a plan since an earlier day, as values."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from builders import plan_file, program, rotation
from lorplan.plan.since import find_changes
from lorplan.planfile.models import PlanFile
from oracle.strategies import plans_and_days

ASKED = {"asked": "2027-03-24", "agreed": "2027-03-25", "reminded": ["2027-03-30"]}


def day(text: str) -> date:
    """Read a day."""
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("since", "as_of", "events"),
    [
        pytest.param("2027-03-23", "2027-03-30", "asked agreed reminded", id="all"),
        pytest.param("2027-03-24", "2027-03-30", "agreed reminded", id="the_day_itself_is_known_already"),
        pytest.param("2027-03-23", "2027-03-29", "asked agreed", id="what_is_to_come_is_not_known"),
        pytest.param("2027-03-23", "2027-03-24", "asked", id="today_has_happened"),
        pytest.param("2027-03-30", "2027-03-30", "", id="nothing_since_today"),
    ],
)
def test_events_with_later_days_have_happened_since(since: str, as_of: str, events: str) -> None:
    """After the one day, and not after the other, by day."""
    found = find_changes(plan_file(rotation(letter=ASKED)), day(since), day(as_of))
    assert " ".join(one.event for one in found.happened) == events


def test_only_what_is_recorded_has_happened() -> None:
    """Not the stages that a later one implies."""
    found = find_changes(plan_file(rotation(letter={"uploaded": "2027-06-10"})), day("2027-06-01"), day("2027-06-11"))
    assert [(one.event, one.day, one.rotation) for one in found.happened] == [("uploaded", day("2027-06-10"), "chen")]


def test_change_of_the_verdict_and_of_the_expected_letters_is_told() -> None:
    """The plan of the day is compared with that of the earlier one."""
    found = find_changes(plan_file(rotation(letter={"asked": "2027-03-24"})), day("2027-03-01"), day("2027-03-24"))
    assert [(one.letter.id, one.earlier, one.letter.verdict) for one in found.changes.letters] == [
        ("chen", "ask", "keep")
    ]
    silent = find_changes(plan_file(rotation(letter={"asked": "2027-03-24"})), day("2027-03-25"), day("2027-06-01"))
    assert silent.changes.expected == (1, 0)


def test_verdict_that_follows_from_what_happened_is_not_told_twice() -> None:
    """That a letter is asked for is a change of the verdict, but nothing that was decided."""
    found = find_changes(plan_file(rotation(letter={"asked": "2027-03-24"})), day("2027-03-01"), day("2027-03-24"))
    assert len(found.changes.letters) == 1
    assert found.decided.letters == ()
    declined = {"asked": "2027-03-24", "declined": "2027-03-25"}
    skipped = find_changes(plan_file(rotation(letter=declined)), day("2027-03-01"), day("2027-03-26"))
    assert [one.letter.verdict for one in skipped.decided.letters] == ["skip"]


def test_application_to_a_program_has_happened_and_changes_of_its_state_are_told() -> None:
    """As of the day on which it was recorded."""
    made = plan_file(rotation(), programs=[program(deadline="2027-09-10"), program("Mercy", applied="2027-09-05")])
    found = find_changes(made, day("2027-09-04"), day("2027-09-11"))
    assert [(one.day, one.event, one.name, one.rotation, one.program) for one in found.happened] == [
        (day("2027-09-05"), "applied", "Mercy", None, "mercy")
    ]
    assert [(one.program.id, one.program.state) for one in found.changes.programs] == [("lakeside", "closed")]
    assert not found._replace(happened=(), became_due=()).is_empty
    assert find_changes(made, day("2027-09-05"), day("2027-09-06")).happened == ()
    assert find_changes(made, day("2027-09-01"), day("2027-09-04")).happened == ()


def test_what_was_due_already_did_not_become_due() -> None:
    """Nor did what is still to come."""
    letter = {"asked": "2027-03-24", "agreed": "2027-03-24"}
    plan = plan_file(rotation(letter=letter))
    [packet] = find_changes(plan, day("2027-03-23"), day("2027-03-24")).became_due
    assert packet.kind == "packet"
    assert find_changes(plan, day("2027-03-24"), day("2027-03-25")).became_due == ()


def test_nothing_has_changed_where_nothing_has() -> None:
    """An end of the asking is a change, too."""
    quiet = find_changes(plan_file(rotation()), day("2027-02-01"), day("2027-02-02"))
    assert quiet.is_empty
    assert not quiet._replace(changes=quiet.changes._replace(closed=True)).is_empty
    assert not quiet._replace(changes=quiet.changes._replace(expected=(1, 2))).is_empty


@given(plans_and_days())
def test_nothing_changes_within_a_day(drawn: tuple[object, date]) -> None:
    """Whatever the plan."""
    content, as_of = drawn
    assert find_changes(PlanFile.model_validate(content), as_of, as_of).is_empty
