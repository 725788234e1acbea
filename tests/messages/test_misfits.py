"""A message that does not fit a letter's state is told, with the reason and with the one that would fit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given

from builders import letter, plan, rotation
from export.exporting import PLANS
from lorplan.messages.kinds import MESSAGE_KINDS, choose_message
from lorplan.messages.misfits import describe_misfit

if TYPE_CHECKING:
    from lorplan.plan.model import Plan
    from runner import Json

ASKED: Final[Json] = {"asked": "2027-03-24"}
AGREED: Final[Json] = ASKED | {"agreed": "2027-03-25"}
PACKED: Final[Json] = AGREED | {"packet": "2027-03-26"}
REQUESTED: Final[Json] = PACKED | {"requested": "2027-06-24"}
SENT: Final[Json] = REQUESTED | {"sent": "2027-08-02"}
UPLOADED: Final[Json] = REQUESTED | {"uploaded": "2027-08-02"}
ASSIGNED: Final[Json] = UPLOADED | {"assigned": "2027-09-01"}
CARRIED: Final[Json] = {"uploaded": "2026-08-03"}

PORTAL_OPENS: Final[Json] = {"token": "2027-06-23"}

STATES: Final[dict[str, tuple[str, Json | None, str]]] = {
    "planned": ("2027-03-24", None, "notice feedback book ask-in-person ask-email ask backup rate self-write"),
    "asked": ("2027-03-26", ASKED, "follow-up rate self-write"),
    "agreed": ("2027-06-24", AGREED, "packet renew request rate self-write"),
    "agreed_and_packed": ("2027-06-24", PACKED, "renew request rate self-write"),
    "requested": ("2027-07-24", REQUESTED, "remind remind-gentle remind-firm rate self-write"),
    "sent": ("2027-08-10", SENT, "trace rate self-write"),
    "carried": ("2027-06-24", CARRIED, "import rate"),
    "uploaded": ("2027-08-10", UPLOADED, "thank assign rate"),
    "assigned": ("2027-09-02", ASSIGNED, "thank rate"),
    "thanked": ("2027-09-02", ASSIGNED | {"thanked": "2027-08-03"}, "rate"),
    "declined": ("2027-04-01", ASKED | {"declined": "2027-03-31"}, ""),
}
"""States of a letter: a day, the events, and every kind that fits."""

FITTING: Final = {
    "planned": "ask-in-person",
    "asked": "follow-up",
    "agreed": "packet",
    "agreed_and_packed": "request",
    "requested": "remind-gentle",
    "sent": "trace",
    "carried": "import",
    "uploaded": "thank",
    "assigned": "thank",
    "thanked": None,
    "declined": None,
}
"""What is named instead of a kind that does not fit."""


def in_state(state: str) -> Plan:
    """Make the plan of a letter in a state."""
    as_of, events, _ = STATES[state]
    return plan(rotation(letter=events, performance=None), as_of=as_of, **PORTAL_OPENS)


@pytest.mark.parametrize("kind", MESSAGE_KINDS)
@pytest.mark.parametrize("state", STATES)
def test_kind_fits_a_state_or_is_warned_of_with_the_one_that_fits(state: str, kind: str) -> None:
    """Every kind against every state."""
    found = in_state(state)
    described = describe_misfit(found, letter(found), kind)
    if kind in STATES[state][2].split():
        assert described is None
    else:
        assert described is not None
        assert described.startswith(f"{kind} does not fit: ")
        instead = FITTING[state]
        assert described.endswith(f"; {instead} would" if instead else "; no message would now")


@pytest.mark.parametrize(
    ("state", "kind", "reason"),
    [
        pytest.param("planned", "follow-up", "Dr. Wei Chen has not been asked yet", id="planned"),
        pytest.param(
            "asked", "ask", "Dr. Wei Chen was asked on Mar 24, and no answer is recorded", id="asked_and_silent"
        ),
        pytest.param(
            "agreed",
            "follow-up",
            "Dr. Wei Chen agreed on Mar 25, and no request in the portal is recorded",
            id="agreed",
        ),
        pytest.param(
            "requested", "renew", "the letter from Dr. Wei Chen was requested in the portal on Jun 24", id="requested"
        ),
        pytest.param(
            "carried", "thank", "the letter from Dr. Wei Chen of an earlier season has to be imported", id="carried"
        ),
        pytest.param("uploaded", "remind-firm", "the letter from Dr. Wei Chen is in the portal", id="uploaded"),
        pytest.param("assigned", "assign", "the letter from Dr. Wei Chen was assigned on Sep 1", id="assigned"),
        pytest.param("declined", "thank", "Dr. Wei Chen declined on Mar 31", id="declined"),
    ],
)
def test_warning_says_how_far_the_letter_is(state: str, kind: str, reason: str) -> None:
    """With the recorded day."""
    found = in_state(state)
    assert f"does not fit: {reason}; " in (describe_misfit(found, letter(found), kind) or "")


@pytest.mark.parametrize(
    ("overrides", "as_of", "kind", "reason", "instead"),
    [
        pytest.param({}, "2028-03-02", "ask-email", "the rank lists closed on Mar 1", None, id="rank_lists_closed"),
        pytest.param({}, "2028-03-01", "ask-email", None, None, id="last_day_of_the_rank_lists"),
        pytest.param({}, "2028-03-02", "backup", "the rank lists closed on Mar 1", None, id="no_backup_any_more"),
        pytest.param(
            {"notice": "2027-03-02"}, "2027-03-10", "notice", "was told on Mar 2", "ask-in-person", id="told_already"
        ),
        pytest.param(
            {"feedback": "2027-03-12"},
            "2027-03-15",
            "feedback",
            "was asked for feedback on Mar 12",
            "ask-in-person",
            id="feedback_asked_already",
        ),
        pytest.param(
            {"meeting": "2027-03-24"},
            "2027-03-24",
            "book",
            "the talk with Dr. Wei Chen is agreed for Mar 24",
            "ask-in-person",
            id="talk_agreed",
        ),
        pytest.param({"meeting": "2027-03-23"}, "2027-03-24", "book", None, None, id="talk_over"),
        pytest.param({}, "2027-03-26", "feedback", None, None, id="last_day_of_the_rotation"),
        pytest.param(
            {},
            "2027-03-27",
            "feedback",
            "the rotation with Dr. Wei Chen ended on Mar 26",
            "ask-email",
            id="rotation_over",
        ),
        pytest.param(
            {}, "2027-03-27", "ask-in-person", "the rotation with Dr. Wei Chen ended", "ask-email", id="no_longer_met"
        ),
        pytest.param(
            {"meeting": "2027-04-02"}, "2027-03-29", "ask-in-person", None, None, id="over_with_a_talk_to_come"
        ),
        pytest.param(
            {},
            "2027-02-28",
            "book",
            "the rotation with Dr. Wei Chen begins on Mar 1",
            "ask-in-person",
            id="rotation_to_come",
        ),
        pytest.param({}, "2027-03-01", "book", None, None, id="first_day_of_the_rotation"),
        pytest.param({}, "2027-02-28", "notice", None, None, id="notice_before_the_rotation"),
        pytest.param(
            {},
            "2027-03-24",
            "offer-in-person",
            "no offer of Dr. Wei Chen to write is recorded",
            "ask-in-person",
            id="nothing_offered",
        ),
        pytest.param(
            {"offered": "2027-03-23"},
            "2027-03-24",
            "ask-in-person",
            "Dr. Wei Chen offered to write on Mar 23",
            "offer-in-person",
            id="offered",
        ),
        pytest.param({"offered": "2027-03-23"}, "2027-03-24", "offer-in-person", None, None, id="offer_accepted"),
        pytest.param(
            {"letter": PACKED},
            "2027-06-22",
            "packet",
            "was sent your documents on Mar 26",
            None,
            id="documents_sent_and_portal_closed",
        ),
        pytest.param(
            {"letter": AGREED}, "2027-06-22", "request", "your portal is not open yet", "packet", id="portal_closed"
        ),
        pytest.param({"letter": REQUESTED}, "2027-06-24", "request", None, None, id="requested_today"),
        pytest.param(
            {"letter": REQUESTED},
            "2027-06-25",
            "request",
            "was requested in the portal on Jun 24",
            "remind-gentle",
            id="requested_before",
        ),
        pytest.param(
            {"letter": SENT}, "2027-08-10", "remind", "said on Aug 2 that the letter is sent", "trace", id="said_sent"
        ),
        pytest.param(
            {"letter": REQUESTED},
            "2027-08-10",
            "trace",
            "has not said that the letter is sent",
            "remind-gentle",
            id="not_said_sent",
        ),
        pytest.param({"letter": REQUESTED}, "2027-09-15", "remind-gentle", None, None, id="last_day_of_the_gentle"),
        pytest.param(
            {"letter": REQUESTED},
            "2027-09-16",
            "remind-gentle",
            "the letter was needed by Sep 15",
            "remind-firm",
            id="too_late_for_the_gentle",
        ),
        pytest.param(
            {"letter": CARRIED | {"imported": "2027-06-24"}},
            "2027-07-01",
            "thank",
            "was uploaded in an earlier season, on Aug 3, 2026",
            "assign",
            id="imported_letter",
        ),
        pytest.param(
            {"letter": UPLOADED | {"thanked": "2027-08-02"}},
            "2027-08-10",
            "thank",
            "was thanked on Aug 2",
            "assign",
            id="thanked",
        ),
        pytest.param(
            {"letter": UPLOADED | {"thanked": "2027-08-01"}}, "2027-08-10", "thank", None, None, id="thanked_too_early"
        ),
        pytest.param(
            {"performance": "good"},
            "2027-03-24",
            "rate",
            "it is recorded how it went with Dr. Wei Chen: good",
            "ask-in-person",
            id="rated",
        ),
    ],
)
def test_message_that_comes_too_early_too_late_or_twice_is_warned_of(
    overrides: Json, as_of: str, kind: str, reason: str | None, instead: str | None
) -> None:
    """Both sides of each boundary."""
    found = plan(rotation(**{"performance": None, **overrides}), as_of=as_of, **PORTAL_OPENS)
    described = describe_misfit(found, letter(found), kind)
    if reason is None:
        assert described is None
    else:
        assert described is not None
        assert reason in described
        assert described.endswith(f"; {instead} would" if instead else "; no message would now")


def test_message_for_a_later_day_is_judged_as_of_that_day() -> None:
    """Drafted ahead, it is not too early."""
    found = plan(rotation(), as_of="2027-02-22")
    assert describe_misfit(found, letter(found), "book") is not None
    assert describe_misfit(found, letter(found), "book", date(2027, 3, 22)) is None


@given(PLANS)
def test_what_would_fit_fits(found: Plan) -> None:
    """Nobody is sent from one misfit to the next, and nobody is offered what was just refused."""
    for one in found.letters:
        for kind in MESSAGE_KINDS:
            message = choose_message(found, one, kind) or kind
            described = describe_misfit(found, one, message)
            if described and described.endswith(" would"):
                instead = described.rsplit(" ", 2)[1]
                assert instead != message
                assert describe_misfit(found, one, instead) is None
