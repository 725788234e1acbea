"""What to do: each kind of action with its title, channel and rules. Their days are tested with the WHEN rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest

from builders import action, plan, rotation
from lorplan.plan.situation import find_state
from rules.comparing import case, write_rotations

if TYPE_CHECKING:
    from lorplan.plan.model import Action, Plan
    from runner import Json

PROMISED: Final[Json] = {"letter": {"agreed": "2027-03-24", "packet": "2027-03-24"}}
"""With three of these no reserve need be asked."""


def find(found: Plan, action_id: str) -> Action:
    """Find an action that is there."""
    one = action(found, action_id)
    assert one is not None
    return one


# --- states -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        case("2027-03-21", "upcoming", why="the_day_before"),
        case("2027-03-22", "due", why="the_first_day"),
        case("2027-03-24", "due", why="the_last_day"),
        case("2027-03-25", "overdue", why="the_day_after"),
    ],
)
def test_action_is_due_from_its_first_to_its_last_day(as_of: str, expected: str) -> None:
    """Upcoming before, overdue after."""
    assert find_state(date(2027, 3, 22), date(2027, 3, 24), date.fromisoformat(as_of)) == expected


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [case("2027-03-23", ("upcoming", False), why="before"), case("2027-03-27", ("overdue", True), why="after")],
)
def test_action_has_its_state_and_whether_it_is_due(as_of: str, expected: tuple[str, bool]) -> None:
    """Overdue actions are due too."""
    one = find(plan(rotation(), as_of=as_of), "chen:ask")
    assert (one.state, one.is_due) == expected


def test_actions_are_sorted_by_their_first_then_their_last_day() -> None:
    """And then by id."""
    found = plan(rotation(performance=None), rotation("Dr. Ann Ames", performance=None, end="2027-03-19"))
    days = [(one.on, one.until, one.id) for one in found.actions]
    assert days == sorted(days)
    assert len(days) == 8


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [case("2028-05-31", True, why="its_last_day"), case("2028-06-01", False, why="the_day_after")],
)
def test_actions_end_with_the_season(as_of: str, *, expected: bool) -> None:
    """Once it is over nothing is to be done."""
    assert bool(plan(rotation(letter={"uploaded": "2028-02-24"}), as_of=as_of).actions) is expected


# --- before the asking --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "title", "rules", "channel"),
    [
        case(
            "feedback",
            "Ask Dr. Wei Chen how you are doing",
            ("WHEN-6",),
            "in-person",
            why="feedback",
        ),
        case("rate", "Record how it went with Dr. Wei Chen", ("WHEN-6", "WHO-2"), "self", why="rate"),
        case(
            "book",
            "Book a few minutes with Dr. Wei Chen for Wed Mar 24",
            ("WHEN-5",),
            "in-person",
            why="book",
        ),
        case("ask", "Ask Dr. Wei Chen for a strong letter, in person", ("WHEN-1",), "in-person", why="ask"),
    ],
)
def test_actions_before_the_asking_have_these_titles(
    kind: str, title: str, rules: tuple[str, ...], channel: str
) -> None:
    """For a letter that is picked and not rated yet."""
    one = find(plan(rotation(performance=None)), f"chen:{kind}")
    assert (one.title, one.rules, one.channel, one.conditional) == (title, rules, channel, False)
    assert (one.kind, one.rotation, one.attending) == (kind, "chen", "Dr. Wei Chen")


def test_telehealth_rotation_has_its_talks_by_video() -> None:
    """Recording how it went needs nobody else."""
    found = plan(rotation(experience="telehealth", performance=None))
    channels = {one.kind: one.channel for one in found.actions}
    assert channels == {"feedback": "video", "book": "video", "ask": "video", "rate": "self"}
    assert find(found, "chen:ask").title == "Ask Dr. Wei Chen for a strong letter, by video"


@pytest.mark.parametrize(
    ("more", "as_of", "title", "rules"),
    [
        case({}, "2027-03-25", "Ask Dr. Wei Chen for a strong letter, in person", ("WHEN-1",), why="in_person"),
        case(
            {},
            "2027-03-27",
            "Ask Dr. Wei Chen for a strong letter by e-mail",
            ("WHEN-1", "WHEN-12"),
            why="by_email_after_the_last_day",
        ),
        case(
            {},
            "2027-03-26",
            "Last chance: ask Dr. Wei Chen for a strong letter today, by e-mail if need be",
            ("WHEN-1", "WHEN-3"),
            why="last_chance",
        ),
        case(
            {"meeting": "2027-03-25"},
            "2027-03-24",
            "Ask Dr. Wei Chen for a strong letter, in person",
            ("WHEN-5",),
            why="meeting",
        ),
        case(
            {"offered": "2027-03-10"},
            "2027-03-10",
            "Accept the offer of Dr. Wei Chen to write, in person",
            ("WHEN-2", "WHO-7"),
            why="offer",
        ),
        case(
            {"offered": "2027-03-29"},
            "2027-03-29",
            "Accept the offer of Dr. Wei Chen to write by e-mail",
            ("WHEN-2", "WHEN-12", "WHO-7"),
            why="offer_after_the_last_day",
        ),
        case(
            {"offered": "2027-03-10"},
            "2027-03-12",
            "Last chance: accept the offer of Dr. Wei Chen to write today, by e-mail if need be",
            ("WHEN-2", "WHEN-3", "WHO-7"),
            why="last_chance_for_an_offer",
        ),
        case(
            {"offered": "2027-03-29"},
            "2027-03-31",
            "Last chance: accept the offer of Dr. Wei Chen to write today, by e-mail",
            ("WHEN-2", "WHEN-12", "WHEN-3", "WHO-7"),
            why="last_chance_by_email_anyway",
        ),
    ],
)
def test_asking_says_how_and_cites_why(more: Json, as_of: str, title: str, rules: tuple[str, ...]) -> None:
    """In person, by video or by e-mail; an offer is accepted; on the last day it is the last chance."""
    one = find(plan(rotation(**more), as_of=as_of), "chen:ask")
    assert (one.title, one.rules) == (title, rules)


@pytest.mark.parametrize(
    ("kind", "day", "rules"),
    [
        case("feedback", "2027-03-12", ("WHEN-6",), why="feedback"),
        case("book", "2027-03-22", ("WHEN-5",), why="book"),
        case("ask", "2027-03-24", ("WHEN-1", "MIX-5"), why="ask"),
    ],
)
def test_actions_for_a_reserve_are_conditional_until_their_day(kind: str, day: str, rules: tuple[str, ...]) -> None:
    """Only the asking cites the rule of the spare."""
    for as_of, conditional in (("2027-03-01", True), (day, False)):
        found = plan(rotation(performance=None, contact="rarely"), as_of=as_of)
        one = find(found, f"chen:{kind}")
        assert (one.conditional, one.rules) == (conditional, rules)


def test_recording_performance_of_a_reserve_is_not_conditional() -> None:
    """It is worth recording in any case."""
    assert not find(plan(rotation(performance=None, contact="rarely")), "chen:rate").conditional


def test_reserve_is_only_rated_and_weighed_once_enough_letters_are_promised() -> None:
    """No feedback, no booking, no asking; and the backup is decided a week before the latest day to ask."""
    found = plan(*write_rotations(3, **PROMISED), rotation(performance=None, contact="rarely"), as_of="2027-03-24")
    assert [one.kind for one in found.actions_for(found.letter("chen"))] == ["rate", "backup"]


def test_letter_on_hold_has_nothing_but_the_rating() -> None:
    """It is not to be asked for."""
    found = plan(*write_rotations(4), rotation(performance=None))
    assert [one.kind for one in found.actions_for(found.letter("chen"))] == ["rate"]


# --- after the asking ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "kind", "title", "rules", "channel"),
    [
        case(
            {"asked": "2027-03-24"},
            "follow-up",
            "Write to Dr. Wei Chen again: no answer since Mar 24",
            ("WHEN-11",),
            "email",
            why="follow_up",
        ),
        case(
            {"asked": "2027-03-24", "reminded": ["2027-04-02"]},
            "follow-up",
            "Write to Dr. Wei Chen again: no answer since Apr 2",
            ("WHEN-11",),
            "email",
            why="follow_up_after_a_reminder",
        ),
        case(
            {"agreed": "2027-03-24"},
            "packet",
            "Send Dr. Wei Chen your CV and statement",
            ("WHEN-15",),
            "email",
            why="packet",
        ),
        case(
            {"agreed": "2027-03-24"},
            "request",
            "Add Dr. Wei Chen in the letter portal",
            ("WHEN-8",),
            "portal",
            why="request",
        ),
        case(
            {"requested": "2027-06-02"},
            "remind:1",
            "Remind Dr. Wei Chen: needed by Sep 15",
            ("WHEN-10",),
            "email",
            why="remind",
        ),
        case(
            {"agreed": "2027-03-24"},
            "renew",
            "Write to Dr. Wei Chen, who agreed on Mar 24: your portal opens on Jun 23",
            ("WHEN-19",),
            "email",
            why="renew",
        ),
        case(
            {"requested": "2027-07-01", "sent": "2027-07-15"},
            "trace",
            "Find the letter from Dr. Wei Chen, said to be sent on Jul 15",
            ("WHEN-9",),
            "email",
            why="trace",
        ),
        case(
            {"uploaded": "2026-08-03"},
            "import",
            "Import the letter from Dr. Wei Chen, uploaded on Aug 3",
            ("WHEN-19",),
            "portal",
            why="import",
        ),
        case(
            {"uploaded": "2027-08-02"},
            "thank",
            "Thank Dr. Wei Chen for the letter",
            ("WHEN-13",),
            "email",
            why="thank",
        ),
        case(
            {"uploaded": "2027-08-02"},
            "assign",
            "Assign the letter from Dr. Wei Chen to its programs: final once you apply",
            ("WHEN-14", "WHEN-9", "MIX-4"),
            "portal",
            why="assign",
        ),
    ],
)
def test_actions_after_the_asking_have_these_titles(
    events: Json, kind: str, title: str, rules: tuple[str, ...], channel: str
) -> None:
    """They are never conditional."""
    as_of = max(day for value in events.values() for day in (value if isinstance(value, list) else [value]))
    one = find(plan(rotation(letter=events), as_of=as_of), f"chen:{kind}")
    assert (one.title, one.rules, one.channel, one.conditional) == (title, rules, channel, False)


def test_backup_has_its_title_and_rules() -> None:
    """The title says by when."""
    found = plan(*write_rotations(3, **PROMISED), rotation(contact="rarely"), as_of="2027-08-11")
    one = find(found, "chen:backup")
    title = "Decide whether you need Dr. Wei Chen as a backup by Aug 18"
    assert (one.title, one.rules, one.channel) == (title, ("WHEN-16", "MIX-5"), "email")


def test_backup_is_the_best_letter_in_reserve_or_on_hold() -> None:
    """Only one letter is considered."""
    found = plan(*write_rotations(3, **PROMISED), *(rotation(f"Dr. B{n}") for n in (1, 2, 3)), as_of="2027-08-11")
    assert [one.rotation for one in found.actions if one.kind == "backup"] == ["b1"]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        case({"asked": "2027-03-24"}, {"follow-up"}, why="asked"),
        case({"agreed": "2027-03-24"}, {"packet", "renew", "request"}, why="agreed"),
        case({"agreed": "2027-03-24", "packet": "2027-03-24"}, {"renew", "request"}, why="agreed_with_the_packet_sent"),
        case({"requested": "2027-07-01"}, {"packet", "remind"}, why="requested"),
        case({"requested": "2027-07-01", "sent": "2027-07-01"}, {"packet", "trace"}, why="said_to_be_sent"),
        case({"uploaded": "2026-08-03"}, {"import"}, why="of_the_last_season"),
        case({"uploaded": "2026-08-03", "imported": "2027-07-01"}, {"assign"}, why="imported"),
        case({"uploaded": "2027-07-01"}, {"thank", "assign"}, why="uploaded"),
        case({"assigned": "2027-07-01"}, {"thank"}, why="assigned"),
        case({"assigned": "2027-07-01", "thanked": "2027-07-01"}, set(), why="done"),
        case({"asked": "2027-03-24", "declined": "2027-03-24"}, set(), why="declined"),
    ],
)
def test_status_decides_what_is_to_be_done_next(events: Json, expected: set[str]) -> None:
    """A letter that was asked for has no action of the time before."""
    found: Any = plan(rotation(performance=None, letter=events), as_of=max(*events.values(), "2027-03-24"))
    assert {one.kind for one in found.actions} == expected


def test_uploaded_letter_outside_every_set_is_not_to_be_assigned() -> None:
    """A program takes only so many."""
    rows = write_rotations(3, letter={"uploaded": "2027-08-02", "thanked": "2027-08-02"})
    found = plan(*rows, as_of="2027-08-02", policy={"max_per_program": 2})
    assert [one.id for one in found.actions] == ["a1:assign", "a2:assign"]
