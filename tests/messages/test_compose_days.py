"""What a message says depends on its day: what is to come is announced, what is over is not."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from builders import letter, plan, rotation
from lorplan.messages.facts import message_facts
from lorplan.messages.kinds import choose_message
from messages.composing import WRITTEN, compose_message, compose_text, golden_plan

if TYPE_CHECKING:
    from runner import Json

MOMENT: Final = "[a case or a moment you shared]"
DURING: Final = "my internal medicine rotation at Harborview Memorial (April 5 to April 30)"


@pytest.mark.parametrize(
    ("kind", "as_of", "opening"),
    [
        pytest.param(
            "ask-in-person",
            date(2027, 4, 4),
            "Dr. Grace Kim, I am looking forward to our weeks together in internal medicine. ",
            id="spoken_the_day_before_the_rotation",
        ),
        pytest.param(
            "ask-in-person",
            date(2027, 4, 5),
            "Dr. Grace Kim, I am glad to be working with you in internal medicine. ",
            id="spoken_on_the_first_day",
        ),
        pytest.param(
            "ask-email", date(2027, 4, 30), f"\n\nThank you for teaching me during {DURING}.\n\n", id="on_the_last_day"
        ),
        pytest.param(
            "ask-email",
            date(2027, 5, 1),
            f"\n\nThank you for teaching me during {DURING}. I still think of {MOMENT}, and of how you handled it.\n\n",
            id="the_day_after",
        ),
        pytest.param(
            "backup",
            date(2027, 4, 30),
            f"\n\nThank you for teaching me during {DURING}.\n\n",
            id="backup_on_the_last_day",
        ),
        pytest.param(
            "backup",
            date(2027, 5, 1),
            f"\n\nThank you for teaching me during {DURING}. I still think of {MOMENT}, and of how you handled it.\n\n",
            id="backup_the_day_after",
        ),
    ],
)
def test_request_has_a_blank_for_a_shared_moment_only_once_there_can_be_one(
    kind: str, as_of: date, opening: str
) -> None:
    """The opening of a request fits the day."""
    message = compose_message(kind, golden_plan("full", as_of))
    assert opening in message.text
    assert (MOMENT in message.blanks) == (MOMENT in message.text) == (MOMENT in opening)


@pytest.mark.parametrize("kind", [kind for kind in WRITTEN if kind not in {"thank", "trace"}])
def test_mail_before_the_upload_names_the_day_the_letter_is_needed(kind: str) -> None:
    """A writer learns the day with its weekday."""
    assert "Wednesday, September 15" in compose_text(kind, golden_plan())


@pytest.mark.parametrize(
    ("kind", "as_of", "said", "unsaid"),
    [
        pytest.param("ask-email", date(2027, 8, 20), "by Wednesday, September 15.", "2027", id="this_year"),
        pytest.param("ask-email", date(2026, 12, 7), "Wednesday, September 15, 2027", None, id="next_year"),
        pytest.param("ask-email", date(2026, 12, 7), "(April 5 to April 30, 2027)", None, id="without_a_weekday"),
        pytest.param("thank", date(2027, 8, 20), "Friday, March 17, 2028", "2027", id="only_if_it_differs"),
        pytest.param("thank", date(2028, 1, 10), "(April 5 to April 30, 2027)", "2028", id="last_year"),
        pytest.param("follow-up", date(2027, 8, 20), "On April 28, I asked", "2027", id="day_of_asking"),
        pytest.param("follow-up", date(2028, 1, 10), "On April 28, 2027, I asked", None, id="asked_last_year"),
    ],
)
def test_date_in_a_message_has_its_year_only_if_that_is_not_the_current_one(
    kind: str, as_of: date, said: str, unsaid: str | None
) -> None:
    """A date of another year would be misread without it."""
    text = compose_text(kind, golden_plan("full", as_of))
    assert said in text
    assert unsaid is None or unsaid not in text


NEW_YEAR: Final = {"start": "2026-12-14", "end": "2027-01-08"}


@pytest.mark.parametrize(
    ("overrides", "as_of", "period"),
    [
        pytest.param({}, "2027-03-01", "March 1 to March 26", id="this_year"),
        pytest.param({}, "2026-12-07", "March 1 to March 26, 2027", id="another_year_appears_once"),
        pytest.param(NEW_YEAR, "2027-01-04", "December 14, 2026 to January 8", id="began_last_year"),
        pytest.param(NEW_YEAR, "2026-12-14", "December 14 to January 8, 2027", id="ends_next_year"),
        pytest.param(NEW_YEAR, "2028-01-10", "December 14, 2026 to January 8, 2027", id="two_other_years"),
        pytest.param({"last_day": "2027-03-19"}, "2027-03-01", "March 1 to March 19", id="writer_leaves_early"),
    ],
)
def test_period_of_a_rotation_has_no_more_years_than_it_needs(overrides: Json, as_of: str, period: str) -> None:
    """A period is two dates, with a year only if it is not the current one, and once if both have the same."""
    found = plan(rotation(**overrides), as_of=as_of)
    assert message_facts(found, letter(found))["period"] == period
    assert f"({period})" in compose_text("ask-email", found)


@pytest.mark.parametrize(
    ("as_of", "said", "unsaid"),
    [
        pytest.param(date(2027, 9, 15), "is due by", "was due on", id="on_the_day"),
        pytest.param(date(2027, 9, 16), "was due on", "is due by", id="the_day_after"),
        pytest.param(
            date(2027, 9, 21),
            "begin reviewing applications on Wednesday, September 22",
            "have begun",
            id="before_the_deadline",
        ),
        pytest.param(date(2027, 9, 22), "begin reviewing applications today", "have begun", id="deadline"),
        pytest.param(date(2027, 9, 23), "have begun reviewing applications", "begin reviewing", id="after_it"),
    ],
)
def test_firm_reminder_says_whether_it_is_too_late(as_of: date, said: str, unsaid: str) -> None:
    """After the day a reminder does not claim that there is time."""
    text = compose_text("remind-firm", golden_plan("full", as_of))
    assert said in text
    assert unsaid not in text


@pytest.mark.parametrize("as_of", [date(2027, 9, 16), date(2027, 9, 23), date(2027, 12, 1)], ids=str)
def test_reminder_after_the_day_is_firm_and_names_no_day_to_come(as_of: date) -> None:
    """No reminder says that a letter is due by a day that is over."""
    found = golden_plan("full", as_of)
    assert choose_message(found, found.letters[0], "remind") == "remind-firm"
    assert not re.search(r"due by|by Wednesday|by then", compose_text("remind-firm", found))


@pytest.mark.parametrize("kind", ["ask-email", "offer-email", "follow-up", "packet", "request", "self-write"])
def test_mail_after_the_day_does_not_ask_for_a_letter_by_that_day(kind: str) -> None:
    """No mail asks for a letter by a day that is over."""
    assert "by Wednesday, September 15" not in compose_text(kind, golden_plan("full", date(2027, 9, 16)))


@pytest.mark.parametrize("kind", ["ask-email", "backup", "follow-up"])
def test_mail_before_the_rotation_does_not_speak_of_it_as_begun(kind: str) -> None:
    """Nobody is thanked for weeks that are to come."""
    text = compose_text(kind, golden_plan("full", date(2027, 4, 4)))
    assert not re.search(r"Thank you for teaching me|I am with you|seen enough", text)


@pytest.mark.parametrize(
    ("kind", "as_of", "said"),
    [
        pytest.param(
            "packet",
            date(2027, 6, 23),
            "When: by Wednesday, September 15; I can enter you in the portal from Thursday, June 24\n",
            id="packet_before_the_portal_opens",
        ),
        pytest.param(
            "packet", date(2027, 6, 24), "When: by Wednesday, September 15\n", id="packet_with_the_portal_open"
        ),
        pytest.param(
            "ask-email",
            date(2027, 6, 23),
            "; I can enter my writers there from Thursday, June 24.",
            id="request_before_the_portal_opens",
        ),
        pytest.param("ask-email", date(2027, 6, 24), "by Wednesday, September 15.", id="request_with_the_portal_open"),
        pytest.param(
            "offer-email",
            date(2027, 6, 23),
            "; I can enter my writers there from Thursday, June 24.",
            id="offer_before_the_portal_opens",
        ),
        pytest.param("offer-email", date(2027, 6, 24), "by Wednesday, September 15.", id="offer_with_the_portal_open"),
        pytest.param("follow-up", date(2027, 4, 4), "I will be with you for my", id="before_the_rotation"),
        pytest.param("follow-up", date(2027, 4, 30), "I am with you for my", id="on_the_last_day"),
        pytest.param("follow-up", date(2027, 5, 1), "I was with you for my", id="after_the_last_day"),
        pytest.param("thank", date(2028, 3, 16), "Match Day is Friday, March 17, and", id="before_match_day"),
        pytest.param("thank", date(2028, 3, 17), "2027).\n\nI will let you know where I matched", id="match_day"),
        pytest.param("thank", date(2028, 3, 18), "2027).\n\nI will let you know where I matched", id="after_match_day"),
    ],
)
def test_message_announces_what_is_to_come_and_not_what_is_over(kind: str, as_of: date, said: str) -> None:
    """Each sentence that depends on a day changes on that day."""
    assert said in compose_text(kind, golden_plan("full", as_of))
