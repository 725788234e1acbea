"""Every text is true for the situation it stands in: who writes, how long, how late, and what has happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import letter, plan, rotation
from lorplan.messages.facts import find_target
from lorplan.messages.kinds import MESSAGES, find_sending_day
from messages.composing import compose_text

if TYPE_CHECKING:
    from runner import Json

CHAIR = {"name": "Dr. Wei Chen", "role": "chair"}
ONE_DAY = {"start": "2027-03-26", "end": "2027-03-26"}


@pytest.mark.parametrize(
    ("attending", "more", "said", "unsaid"),
    [
        pytest.param("Dr. Wei Chen", {}, "thank you for these weeks", "this day", id="four_weeks"),
        pytest.param("Dr. Wei Chen", {"start": "2027-03-22"}, "thank you for these days", "weeks", id="one_week"),
        pytest.param("Dr. Wei Chen", ONE_DAY, "thank you for this day", "weeks", id="one_day"),
        pytest.param(CHAIR, ONE_DAY, "thank you for taking the time", "these", id="chair"),
        pytest.param(
            "Dr. Wei Chen", {"experience": "research"}, "thank you for guiding my research", "weeks", id="research"
        ),
    ],
)
def test_spoken_request_thanks_for_what_there_was(attending: object, more: Json, said: str, unsaid: str) -> None:
    """Nobody is thanked for weeks after one day."""
    text = compose_text("ask-in-person", plan(rotation(attending, **more), as_of="2027-03-26"))
    assert said in text
    assert unsaid not in text.partition(".")[2].partition(".")[0]


@pytest.mark.parametrize(
    ("attending", "more", "as_of", "said"),
    [
        pytest.param(
            CHAIR,
            {},
            "2027-04-01",
            "I learned a great deal from your team during my neurology rotation at",
            id="chair_after_it",
        ),
        pytest.param(CHAIR, {}, "2027-03-10", "I am with your team for my neurology rotation at", id="chair_during_it"),
        pytest.param(
            CHAIR, {}, "2027-04-01", "a letter from the chair of a department carries weight there", id="chair_letter"
        ),
        pytest.param(
            "Dr. Wei Chen",
            {"experience": "research"},
            "2027-04-01",
            "guiding me in my neurology research",
            id="research",
        ),
        pytest.param(
            "Dr. Wei Chen",
            {"experience": "telehealth"},
            "2027-04-01",
            "teaching me during my neurology telehealth rotation",
            id="telehealth",
        ),
        pytest.param("Dr. Wei Chen", {}, "2027-09-23", "You may remember me from my neurology rotation", id="long_ago"),
        pytest.param("Dr. Wei Chen", {}, "2027-02-01", "I am looking forward to my neurology rotation", id="before_it"),
    ],
)
@pytest.mark.parametrize("kind", ["ask-email", "backup"])
def test_written_request_begins_with_how_the_two_know_each_other(
    attending: object, more: Json, as_of: str, said: str, kind: str
) -> None:
    """A chair, a supervisor of research, and somebody from long ago are not thanked for these weeks."""
    if kind == "backup" and "chair of a department" in said:
        return
    assert said in compose_text(kind, plan(rotation(attending, **more), as_of=as_of))


@pytest.mark.parametrize(
    ("end", "hurried"),
    [pytest.param("2027-09-10", True, id="tight"), pytest.param("2027-08-20", False, id="in_time")],
)
def test_request_for_a_tight_letter_says_that_time_is_short(end: str, *, hurried: bool) -> None:
    """And names the day it is needed."""
    found = plan(rotation(start="2027-07-26" if not hurried else "2027-08-16", end=end), as_of="2027-08-16")
    text = compose_text("ask-in-person", found)
    assert ("I know that the time is short." in text) is hurried
    assert ("September 15" in text) is hurried


@pytest.mark.parametrize(
    ("as_of", "halfway"),
    [
        pytest.param("2027-03-08", False, id="six_of_twenty_days"),
        pytest.param("2027-03-09", True, id="seven"),
        pytest.param("2027-03-12", True, id="ten"),
        pytest.param("2027-03-17", True, id="thirteen"),
        pytest.param("2027-03-18", False, id="fourteen"),
    ],
)
def test_feedback_says_about_halfway_only_about_halfway(as_of: str, *, halfway: bool) -> None:
    """Between seven and thirteen of twenty days."""
    assert ("about halfway" in compose_text("feedback", plan(rotation(), as_of=as_of))) is halfway


def test_second_follow_up_is_not_the_first() -> None:
    """It names both messages, and lets go."""
    events = {"asked": "2027-03-24", "reminded": ["2027-04-01"]}
    text = compose_text("follow-up", plan(rotation(letter=events), as_of="2027-04-08"))
    assert text.startswith("Subject: Once more about my request")
    assert "and I wrote to you again on April 1" in text
    assert "get lost" not in text


@pytest.mark.parametrize(
    ("reminded", "times"),
    [
        pytest.param(["2027-04-01", "2027-04-08"], "twice", id="third"),
        pytest.param(["2027-04-01", "2027-04-08", "2027-05-06"], "three times", id="fourth"),
    ],
)
def test_third_follow_up_counts_the_messages_and_lets_go(reminded: list[str], times: str) -> None:
    """It is neither the first nor the second."""
    events = {"asked": "2027-03-24", "reminded": reminded}
    text = compose_text("follow-up", plan(rotation(letter=events), as_of="2027-06-01"))
    last = "April 8" if times == "twice" else "May 6"
    assert text.startswith("Subject: My request for a letter of recommendation\n")
    assert f"and I have written to you {times} since, most recently on {last}." in text
    assert "will plan without your letter" in text
    assert "get lost" not in text
    assert "do not want to press" not in text


@pytest.mark.parametrize(
    ("kind", "events", "as_of", "said"),
    [
        pytest.param("remind-gentle", {}, "2027-07-22", "This is a friendly reminder about the letter", id="first"),
        pytest.param(
            "remind-gentle",
            {"reminded": ["2027-07-22"]},
            "2027-08-19",
            "I wrote to you on July 22 about the letter of recommendation you kindly agreed to write;"
            " I do not see it in the ERAS letter portal yet.",
            id="second",
        ),
        pytest.param(
            "remind-gentle", {}, "2027-09-15", "The letter is due by Wednesday, September 15.", id="gentle_on_the_day"
        ),
        pytest.param(
            "remind-gentle",
            {},
            "2027-09-16",
            "The letter was due on Wednesday, September 15, and",
            id="gentle_too_late",
        ),
        pytest.param(
            "trace",
            {"sent": "2027-08-02"},
            "2027-08-10",
            "Thank you for telling me on August 2 that you have sent your letter. It does not show in",
            id="trace",
        ),
        pytest.param(
            "trace",
            {"sent": "2027-08-02", "reminded": ["2027-08-10"]},
            "2027-08-20",
            "I wrote to you about it on August 10, but it still does not show in",
            id="trace_again",
        ),
    ],
)
def test_reminder_of_a_letter_says_what_was_written_before(kind: str, events: Json, as_of: str, said: str) -> None:
    """A second message does not pretend to be the first."""
    row = rotation(letter={"requested": "2027-06-24", **events})
    assert said in compose_text(kind, plan(row, as_of=as_of, deadline="2027-09-22"))


@pytest.mark.parametrize(
    ("attending", "more", "as_of", "said"),
    [
        pytest.param(
            "Dr. Wei Chen", {}, "2027-04-01", "- Work of mine you saw: [two or three cases you worked", id="attending"
        ),
        pytest.param(CHAIR, {}, "2027-04-01", "- Who supervised me: [the attendings you worked with]", id="chair"),
        pytest.param(
            "Dr. Wei Chen",
            {"experience": "research"},
            "2027-04-01",
            "- Work of mine you saw: [what you did in the project]",
            id="research",
        ),
        pytest.param(
            "Dr. Wei Chen",
            {"experience": "observership"},
            "2027-04-01",
            "- Cases we saw: [two or three cases you discussed together]",
            id="observership",
        ),
        pytest.param(
            "Dr. Wei Chen",
            {"experience": "telehealth"},
            "2027-04-01",
            "neurology telehealth rotation with [the hospital]\n",
            id="telehealth",
        ),
        pytest.param(
            "Dr. Wei Chen", ONE_DAY, "2027-04-01", "March 26, a day in neurology at [the hospital]\n", id="one_day"
        ),
        pytest.param(
            "Dr. Wei Chen",
            {**ONE_DAY, "experience": "telehealth"},
            "2027-04-01",
            "March 26, a day of telehealth in neurology with [the hospital]\n",
            id="one_day_of_telehealth",
        ),
        pytest.param(
            "Dr. Wei Chen",
            {"letter": {"agreed": "2027-04-01"}},
            "2027-07-01",
            "will e-mail you a secure link for the upload. Which address would you like it to use?",
            id="before_the_request",
        ),
        pytest.param(
            "Dr. Wei Chen",
            {"letter": {"requested": "2027-06-24"}},
            "2027-07-01",
            "e-mailed you a secure link for the upload. Which address should it have gone to?",
            id="after_the_request",
        ),
    ],
)
def test_documents_name_what_the_writer_knows_of_the_applicant(
    attending: object, more: Json, as_of: str, said: str
) -> None:
    """A chair has seen no cases, a supervisor of research no patients, and an observer has treated none."""
    assert said in compose_text("packet", plan(rotation(attending, **more), as_of=as_of))


def test_documents_before_the_rotation_name_no_work() -> None:
    """There has been none."""
    assert "Work of mine" in compose_text("packet", plan(rotation(), as_of="2027-03-01"))
    assert "Work of mine" not in compose_text("packet", plan(rotation(), as_of="2027-02-28"))


@pytest.mark.parametrize(
    ("kind", "more", "as_of", "said"),
    [
        pytest.param("ask-email", ONE_DAY, "2027-03-29", "teaching me during my day in neurology at", id="one_day"),
        pytest.param(
            "ask-email",
            {**ONE_DAY, "experience": "observership"},
            "2027-03-29",
            "during my day of observership in neurology at",
            id="one_day_of_observing",
        ),
        pytest.param(
            "ask-email", {"experience": "telehealth"}, "2027-03-29", "telehealth rotation with [the", id="telehealth"
        ),
        pytest.param("book", {"experience": "telehealth"}, "2027-03-22", "five minutes by video", id="video"),
        pytest.param(
            "ask-in-person", {"experience": "observership"}, "2027-03-24", "who know an applicant well", id="observed"
        ),
        pytest.param("notice", {"experience": "observership"}, "2027-03-02", "to be learning from you", id="observing"),
        pytest.param("notice", {}, "2027-03-26", "I am glad to be working with you", id="notice_on_the_last_day"),
        pytest.param("notice", {}, "2027-03-27", "I am glad to have worked with you", id="notice_after_it"),
        pytest.param("notice", {}, "2027-09-16", "I say so now because programs begin", id="notice_too_late"),
        pytest.param("ask-in-person", {}, "2027-03-08", "I am glad to be working with you", id="six_of_twenty_days"),
        pytest.param("ask-in-person", {}, "2027-03-09", "thank you for these weeks", id="seven_of_twenty_days"),
        pytest.param("ask-email", {}, "2027-03-08", "I am glad to be learning from you during", id="mail_early"),
        pytest.param("ask-email", {}, "2027-03-09", "Thank you for teaching me during", id="mail_later"),
        pytest.param(
            "ask-in-person", {}, "2027-03-27", "thank you for taking the time to see me: I learned", id="over"
        ),
        pytest.param("feedback", {}, "2027-03-26", "improve while there is still time.", id="feedback"),
        pytest.param("feedback", {}, "2027-03-27", "I would like to improve.", id="feedback_too_late"),
        pytest.param("thank", {}, "2027-02-28", "the time you took.", id="thanks_before_the_rotation"),
        pytest.param("self-write", {}, "2027-02-28", "the dates, my training and my goals", id="reply_before_it"),
        pytest.param("self-write", {"experience": "research"}, "2027-04-01", "the project and my part", id="reply"),
    ],
)
def test_message_fits_the_time_together(kind: str, more: Json, as_of: str, said: str) -> None:
    """How long it was, of what kind, and how much of it is over."""
    assert said in compose_text(kind, plan(rotation(**more), as_of=as_of))


def test_letter_of_a_program_director_is_asked_for_as_such() -> None:
    """A chair leads a department, a program director a program."""
    director = {"name": "Dr. Wei Chen", "role": "program director"}
    assert "a letter from the director of a program" in compose_text("ask-email", plan(rotation(director)))


@pytest.mark.parametrize(
    ("target", "portal"),
    [
        pytest.param("neurology", "the ERAS letter portal", id="eras"),
        pytest.param("emergency medicine", "the ResidencyCAS portal", id="residencycas"),
        pytest.param("ophthalmology", "the SF Match portal", id="sf_match"),
        pytest.param(None, "the ERAS letter portal", id="no_target"),
    ],
)
def test_message_names_the_portal_of_the_target(target: str | None, portal: str) -> None:
    """The writer looks for its mail."""
    found = plan(rotation(specialty=target or "neurology"), targets=[target] if target else [])
    assert f"one of my letter writers in {portal}, which" in compose_text("request", found)


@pytest.mark.parametrize("kind", ["ask-in-person", "ask-email", "offer-in-person", "offer-email", "backup"])
def test_every_request_for_a_tight_letter_names_the_day(kind: str) -> None:
    """Spoken or written."""
    found = plan(rotation(start="2027-08-16", end="2027-09-10"), as_of="2027-08-16", deadline="2027-09-22")
    assert "I know that the time is short." in compose_text(kind, found)
    assert "by Wednesday, September 15" in compose_text(kind, found)


@pytest.mark.parametrize("kind", MESSAGES)
@pytest.mark.parametrize("as_of", ["2027-03-01", "2027-09-16", "2027-10-01"])
def test_estimated_day_is_never_by_or_on_around_a_day(kind: str, as_of: str) -> None:
    """It is "around September 15"; a deadline of the user's own is a fact."""
    row = rotation(letter={"requested": "2027-06-24"})
    estimated, known = plan(row, as_of=as_of), plan(row, as_of=as_of, deadline="2027-09-22")
    assert "by around" not in compose_text(kind, estimated)
    assert "on around" not in compose_text(kind, estimated)
    assert "around September" not in compose_text(kind, known)


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        pytest.param("2027-09-21", "programs begin reviewing applications on Wednesday, September 22", id="before"),
        pytest.param("2027-09-22", "programs begin reviewing applications today", id="on_the_day"),
        pytest.param("2027-09-23", "programs have begun reviewing applications", id="after"),
    ],
)
@pytest.mark.parametrize("kind", ["ask-email", "follow-up", "packet", "request", "backup", "self-write"])
def test_message_says_that_programs_begin_or_have_begun_reviewing(kind: str, as_of: str, said: str) -> None:
    """Not five business days early."""
    assert said in compose_text(kind, plan(rotation(), as_of=as_of, deadline="2027-09-22"))


def test_estimated_day_is_not_told_as_a_fact() -> None:
    """A day that the user knows is."""
    assert "around September 15" in compose_text("ask-email", plan(rotation()))
    assert "by Wednesday, September 15" in compose_text("ask-email", plan(rotation(), deadline="2027-09-22"))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param({"for": "psychiatry"}, "psychiatry", id="the_target_it_is_for"),
        pytest.param({"specialty": "pain medicine"}, "neurology", id="the_target_it_was_picked_for"),
        pytest.param(
            {"specialty": "psychiatry", "for": ["neurology", "psychiatry"]}, "psychiatry", id="of_several_the_picked"
        ),
        pytest.param({"specialty": "psychiatry", "choice": "skip"}, "psychiatry", id="the_only_one_it_counts_for"),
        pytest.param({"specialty": "pain medicine", "choice": "skip"}, "neurology", id="the_first_it_counts_for"),
        pytest.param({"specialty": "urology", "for": "psychiatry", "choice": "skip"}, "psychiatry", id="no_other"),
        pytest.param({"specialty": "urology", "choice": "skip"}, "neurology", id="the_first_where_it_counts_for_none"),
    ],
)
def test_message_names_only_the_target_that_the_letter_is_for(more: Json, expected: str) -> None:
    """Of several, the one it was picked for; never a list."""
    found = plan(rotation(**more), targets=["neurology", "psychiatry"])
    assert find_target(found, letter(found)) == expected
    assert f"for residency in {expected}, and" in compose_text("ask-email", found)


@pytest.mark.parametrize(
    ("kind", "as_of", "expected"),
    [
        pytest.param(None, "2027-03-01", "2027-03-12", id="of_the_next_action"),
        pytest.param("ask-in-person", "2027-03-01", "2027-03-24", id="of_the_named_kind"),
        pytest.param("ask", "2027-03-25", "2027-03-25", id="today_once_it_is_due"),
        pytest.param("thank", "2027-03-01", "2027-03-01", id="today_without_such_an_action"),
    ],
)
def test_message_is_drafted_for_the_day_of_its_action(kind: str | None, as_of: str, expected: str) -> None:
    """Drafted ahead, it speaks as of the day it is sent."""
    found = plan(rotation(performance=None), as_of=as_of)
    assert find_sending_day(found, letter(found), kind).isoformat() == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        pytest.param("remind", "2027-07-22", id="next_reminder"),
        pytest.param("remind-gentle", "2027-07-22", id="next_gentle_one"),
        pytest.param("remind-firm", "2027-09-01", id="next_firm_one"),
    ],
)
def test_reminder_is_drafted_for_the_day_of_one_of_its_tone(kind: str, expected: str) -> None:
    """A firm reminder is for the last two weeks."""
    found = plan(rotation(letter={"requested": "2027-06-24"}), as_of="2027-07-01")
    assert find_sending_day(found, letter(found), kind).isoformat() == expected


def test_signature_has_the_phone_of_the_applicant() -> None:
    """And the e-mail address; each is left out where the file has none."""
    about: Json = {"name": "Amina Rahman", "email": "a@example.org", "phone": "+1 555 0100"}
    lines = ["With gratitude,", *about.values()]
    assert compose_text("thank", plan(rotation(), **about)).splitlines()[-4:] == lines
    for key in ("email", "phone"):
        left = [line for line in lines if line != about[key]]
        assert compose_text("thank", plan(rotation(), **{**about, key: None})).splitlines()[-3:] == left
    assert compose_text("thank", plan(rotation())).endswith("With gratitude,\n[your name]")
