"""Which messages there are, and which one a letter needs."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given

from builders import letter, plan, rotation
from export.exporting import PLANS
from lorplan.messages.kinds import MESSAGE_KINDS, MESSAGES, action_of, choose_message
from lorplan.plan.action_kinds import KIND, LETTER_KINDS

if TYPE_CHECKING:
    from lorplan.plan.model import Plan
    from runner import Json

TEMPLATES: Final = {path.name for path in files("lorplan").joinpath("templates").iterdir()}
ACTION_KINDS: Final = LETTER_KINDS

ASKED: Final[Json] = {"asked": "2027-03-24"}
AGREED: Final[Json] = ASKED | {"agreed": "2027-03-25"}
PACKED: Final[Json] = AGREED | {"packet": "2027-03-26"}
REQUESTED: Final[Json] = PACKED | {"requested": "2027-06-02"}
UPLOADED: Final[Json] = REQUESTED | {"uploaded": "2027-08-16"}
THANKED: Final[Json] = UPLOADED | {"thanked": "2027-08-17"}

NEEDED_BY: Final = date(2027, 9, 15)
"""When the letters of the usual season are needed."""


def choose(kind: str | None = None, *, as_of: str, policy: Json | None = None, **overrides: object) -> str | None:
    """Choose the message for the usual rotation's letter on a day."""
    found = plan(rotation(**overrides), as_of=as_of, policy=policy)
    return choose_message(found, letter(found), kind)


# --- the tables ---------------------------------------------------------------------------------------------


def test_every_message_has_a_template_and_every_template_is_used() -> None:
    """The templates are those of the messages, and the parts that they include."""
    names = {name for name in TEMPLATES if name.endswith(".txt") and not name.startswith("_")}
    assert names == {f"{message}.txt" for message in MESSAGES}


def test_message_kinds_are_the_messages_offer_and_the_action_kinds_without_duplicates() -> None:
    """A user can ask for a message, for `offer`, and for every kind of action."""
    assert set(MESSAGE_KINDS) == {*MESSAGES, "offer", *ACTION_KINDS}
    assert len(MESSAGE_KINDS) == len(set(MESSAGE_KINDS))


def test_action_kind_has_a_message_exactly_if_a_message_belongs_to_it() -> None:
    """The table of action kinds and that of messages agree."""
    with_message = {action_of(message) for message in MESSAGES} - {None}
    assert with_message == {kind for kind in ACTION_KINDS if KIND[kind].has_message}


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        pytest.param("ask-in-person", "ask", id="request_in_person"),
        pytest.param("ask-email", "ask", id="request_by_mail"),
        pytest.param("offer-in-person", "ask", id="accepted_offer_in_person"),
        pytest.param("offer-email", "ask", id="accepted_offer_by_mail"),
        pytest.param("remind-gentle", "remind", id="gentle_reminder"),
        pytest.param("remind-firm", "remind", id="firm_reminder"),
        pytest.param("self-write", None, id="answer_to_a_request"),
        pytest.param("offer", "ask", id="either_accepted_offer"),
        pytest.param("no such thing", None, id="unknown"),
        *(pytest.param(kind, kind, id=f"{kind}_itself") for kind in ACTION_KINDS),
    ],
)
def test_message_belongs_to_one_action_kind_unless_it_is_an_answer(message: str, kind: str | None) -> None:
    """Several messages can belong to one kind of action."""
    assert action_of(message) == kind


# --- without a kind: what is due ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "as_of", "overrides"),
    [
        pytest.param("feedback", "2027-03-12", {"performance": None}, id="midpoint_and_not_rated"),
        pytest.param("rate", "2027-03-24", {"performance": None}, id="last_week_and_not_rated"),
        pytest.param("book", "2027-03-22", {}, id="two_days_before_asking"),
        pytest.param("ask-in-person", "2027-03-24", {}, id="day_to_ask"),
        pytest.param("ask-in-person", "2027-03-24", {"experience": "telehealth"}, id="telehealth_by_video"),
        pytest.param("ask-email", "2027-03-29", {}, id="rotation_over"),
        pytest.param("ask-email", "2027-03-29", {"experience": "telehealth"}, id="telehealth_over"),
        pytest.param("ask-in-person", "2027-03-29", {"meeting": "2027-03-31"}, id="over_with_a_meeting_to_come"),
        pytest.param("ask-email", "2027-04-01", {"meeting": "2027-03-31"}, id="over_with_the_meeting_over"),
        pytest.param("offer-in-person", "2027-03-23", {"offered": "2027-03-22"}, id="offered"),
        pytest.param("offer-email", "2027-04-05", {"offered": "2027-03-22"}, id="offered_and_over"),
        pytest.param(
            "offer-in-person",
            "2027-03-29",
            {"offered": "2027-03-22", "meeting": "2027-03-31"},
            id="offered_with_a_meeting_to_come",
        ),
        pytest.param("ask-in-person", "2027-03-24", {"offered": "2027-03-25"}, id="offer_recorded_for_tomorrow"),
        pytest.param("follow-up", "2027-04-01", {"letter": ASKED}, id="no_answer_for_a_week"),
        pytest.param("packet", "2027-03-26", {"letter": AGREED}, id="agreed_and_nothing_sent"),
        pytest.param("renew", "2027-06-10", {"letter": PACKED}, id="before_the_token"),
        pytest.param("request", "2027-06-24", {"letter": PACKED}, id="token_there"),
        pytest.param("remind-gentle", "2027-07-21", {"letter": REQUESTED}, id="four_weeks_after_the_request"),
        pytest.param("thank", "2027-08-17", {"letter": UPLOADED}, id="uploaded_yesterday"),
        pytest.param("assign", "2027-09-02", {"letter": THANKED}, id="applications_open"),
        pytest.param(None, "2027-09-02", {"letter": THANKED | {"assigned": "2027-09-01"}}, id="all_done"),
        pytest.param(None, "2027-03-24", {"choice": "skip"}, id="skipped"),
        pytest.param(None, "2027-04-05", {"letter": ASKED | {"declined": "2027-04-01"}}, id="declined"),
        pytest.param(None, "2029-01-01", {}, id="season_over"),
    ],
)
def test_default_message_is_that_of_the_most_urgent_action(message: str | None, as_of: str, overrides: Json) -> None:
    """Without a kind, `draft` gives what is due next, or nothing."""
    assert choose(as_of=as_of, **overrides) == message


def test_default_message_for_a_backup_goes_to_the_backup_only() -> None:
    """The writer who may be needed as a backup gets a message of its own."""
    lee = rotation("Dr. Lee", start="2027-04-05", end="2027-04-30")
    found = plan(rotation(letter=PACKED), lee, as_of="2027-08-11", policy={"want": 1, "spare": 1})
    assert letter(found, "lee").verdict == "reserve"
    assert choose_message(found, letter(found, "lee"), None) == "backup"
    assert choose_message(found, letter(found, "chen"), None) != "backup"


def test_default_message_ignores_the_actions_of_other_letters() -> None:
    """An overdue action for one letter is not the next one for another."""
    lee = rotation("Dr. Lee", start="2027-04-05", end="2027-04-30", performance=None)
    found = plan(rotation(letter=AGREED), lee, as_of="2027-04-20")
    assert choose_message(found, letter(found, "chen"), None) == "packet"
    assert choose_message(found, letter(found, "lee"), None) == "feedback"


# --- reminders ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last_reminders", "firm_from"),
    [
        pytest.param(None, 14, id="rule_book"),
        pytest.param([10, 5], 10, id="own_days"),
        pytest.param([5, 40], 40, id="own_days_in_any_order"),
        pytest.param([], 14, id="no_last_reminders"),
    ],
)
def test_reminder_is_firm_from_the_first_of_the_last_reminders(
    last_reminders: list[int] | None, firm_from: int
) -> None:
    """The policy's `remind_before_days` decides; without any, the rule book's."""
    policy = None if last_reminders is None else {"remind_before_days": last_reminders}
    for days, message in ((firm_from + 1, "remind-gentle"), (firm_from, "remind-firm"), (0, "remind-firm")):
        as_of = (NEEDED_BY - timedelta(days)).isoformat()
        assert choose("remind", as_of=as_of, policy=policy, letter=REQUESTED) == message


def test_reminder_after_the_day_it_is_needed_is_firm() -> None:
    """It does not become gentle again."""
    assert choose("remind", as_of="2027-10-15", letter=REQUESTED) == "remind-firm"
    assert choose(as_of="2027-10-15", letter=REQUESTED) == "remind-firm"


def test_message_for_a_later_day_than_the_plans_is_that_of_the_later_day() -> None:
    """A calendar of today has the firm reminder in its entry for September."""
    found = plan(rotation(letter=REQUESTED), as_of="2027-06-03")
    assert choose_message(found, letter(found), "remind") == "remind-gentle"
    assert choose_message(found, letter(found), "remind", NEEDED_BY) == "remind-firm"
    skipped = plan(rotation(choice="skip"), as_of="2027-03-01")
    assert choose_message(skipped, letter(skipped), "ask") == "ask-in-person"
    assert choose_message(skipped, letter(skipped), "ask", date(2027, 4, 1)) == "ask-email"


# --- with a kind --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "as_of", "overrides"),
    [
        pytest.param("ask-in-person", "2027-03-01", {}, id="before_the_day_to_ask"),
        pytest.param("ask-in-person", "2027-03-26", {"letter": ASKED}, id="asked_before_on_the_last_day"),
        pytest.param("ask-email", "2027-03-27", {"letter": ASKED}, id="asked_before_and_over"),
        pytest.param("ask-email", "2027-03-19", {"letter": ASKED, "last_day": "2027-03-18"}, id="writer_left"),
        pytest.param("ask-in-person", "2027-03-24", {"choice": "skip"}, id="skipped"),
    ],
)
def test_ask_and_offer_are_in_person_while_the_rotation_lasts_and_else_by_mail(
    message: str, as_of: str, overrides: Json
) -> None:
    """The plan's way to ask decides, or the day; an offer turns a request into its acceptance."""
    accepted = message.replace("ask", "offer")
    offered = overrides | {"offered": "2027-03-01"}
    assert choose("ask", as_of=as_of, **overrides) == message
    assert choose("offer", as_of=as_of, **overrides) == accepted
    assert choose("ask", as_of=as_of, **offered) == choose("offer", as_of=as_of, **offered) == accepted


@pytest.mark.parametrize("kind", [kind for kind in MESSAGE_KINDS if kind not in {"ask", "offer", "remind"}])
def test_named_message_is_given_whatever_is_due(kind: str) -> None:
    """A kind of action without a message is its own answer."""
    overrides: list[Json] = [{}, {"choice": "skip"}, {"letter": REQUESTED}]
    assert {choose(kind, as_of="2027-03-24", **one) for one in overrides} == {kind}


# --- every plan ---------------------------------------------------------------------------------------------


@given(PLANS)
def test_every_action_of_any_plan_has_a_message_or_needs_none(found: Plan) -> None:
    """The message of an action belongs to its kind, and the default message is that of one of the letter's actions."""
    for one in found.actions:
        message = choose_message(found, found.letter(one.subject), one.kind)
        if KIND[one.kind].has_message:
            assert message in MESSAGES
            assert action_of(message) == one.kind
        else:
            assert message == one.kind
    for about in found.letters:
        possible = {choose_message(found, about, one.kind) for one in found.actions_for(about)}
        default = choose_message(found, about, None)
        assert default in possible if possible else default is None
