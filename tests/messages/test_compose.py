"""What the messages say: exact texts for two plans, and what holds for every plan and every name."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builders import plan, rotation
from export.exporting import PLANS
from lorplan.messages.facts import message_facts
from lorplan.messages.kinds import MESSAGES
from lorplan.reference.attending_names import form_of_address
from messages.composing import AS_OF, DRAFTS, SPOKEN, WRITTEN, compose_message, compose_text, golden_plan
from stories.test_golden import compare

if TYPE_CHECKING:
    from lorplan.plan.model import Letter, Plan
    from runner import Json

OTHER_DAYS: Final = {
    "ask-in-person-before": ("ask-in-person", date(2027, 4, 4)),  # the day before the rotation
    "ask-email-during": ("ask-email", date(2027, 4, 30)),  # its last day
    "backup-during": ("backup", date(2027, 4, 30)),
    "remind-firm-late": ("remind-firm", date(2027, 9, 16)),  # the day after the letter is needed
    "remind-firm-very-late": ("remind-firm", date(2027, 9, 23)),  # programs are reviewing
}
"""Golden texts of messages that read differently on other days: the message and the day."""

REQUESTS: Final = ("ask-in-person", "ask-email", "offer-in-person", "offer-email", "backup")
"""The messages that ask for a letter."""

HOSPITAL, FIELDS, WRITER = "[the hospital]", "[the specialty you apply to]", "[the writer's e-mail address]"
MOMENT, CASES = "[a case or a moment you shared]", "[two or three cases you worked on together]"
MEETING_DAY = "[a day that suits]"
NAME = "[your name]"

BLANKS: Final = {
    "notice": ((), (FIELDS,)),
    "feedback": ((), ()),
    "book": ((MEETING_DAY,), ()),
    "ask-in-person": ((MOMENT,), (FIELDS,)),
    "ask-email": ((MOMENT,), (HOSPITAL, FIELDS, NAME)),
    "offer-in-person": ((), (FIELDS,)),
    "offer-email": ((), (FIELDS, NAME)),
    "follow-up": ((), (FIELDS, HOSPITAL, NAME)),
    "packet": ((CASES,), (HOSPITAL, FIELDS, NAME)),
    "renew": ((), (FIELDS, HOSPITAL, NAME)),
    "request": ((), (WRITER, NAME)),
    "remind-gentle": ((), (HOSPITAL, WRITER, NAME)),
    "remind-firm": ((), (WRITER, NAME)),
    "trace": ((), (WRITER, NAME)),
    "backup": ((MOMENT,), (HOSPITAL, FIELDS, NAME)),
    "thank": ((), (NAME,)),
    "self-write": ((), (NAME,)),
}
"""The blanks of each message: with a plan file that says everything, and with one that says as little as possible.

In the first the rotation and the day to ask are over; in the second they are to come, so there is no shared moment.
"""

MAX_WORDS_SPOKEN, MAX_WORDS_WRITTEN, MAX_WORDS_PACKET = 85, 170, 220
"""Half a minute of talking; a mail without scrolling; a sheet to look things up in."""

MAX_SUBJECT: Final = 70
"""The characters of a subject that a list of mails shows."""

BRACKETS: Final = re.compile(r"\[[^\[\]\n]*\]")
LEFTOVERS: Final = {
    "template syntax": re.compile(r"\{\{|\}\}|\{%|%\}|\{#"),
    "a missing value": re.compile(r"\bNone\b|\bUndefined\b"),
    "a Python value": re.compile(r"datetime|<[a-z_.]+ |\bTrue\b|\bFalse\b"),
    "an ISO date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "two blank lines": re.compile(r"\n\n\n"),
    "space at the end of a line": re.compile(r"[ \t]$", re.MULTILINE),
    "space at the start of a line": re.compile(r"^[ \t]", re.MULTILINE),
    "two spaces": re.compile(r"\S  +\S"),
    "stray punctuation": re.compile(r"[ \n][,.;:?!]|[,;:][,.;:]|\.\.|\(\)"),
}


def find_leftovers(text: str) -> set[str]:
    """Find what a finished message must not contain."""
    return {what for what, pattern in LEFTOVERS.items() if pattern.search(text)}


# --- exact texts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", MESSAGES)
@pytest.mark.parametrize("which", AS_OF)
def test_message_is_the_golden_text(pytestconfig: pytest.Config, which: str, kind: str) -> None:
    """A message changes only if somebody means it to; that `draft` prints it is tested there."""
    compare(f"drafts/{which}-{kind}", compose_text(kind, golden_plan(which)) + "\n", pytestconfig)


@pytest.mark.parametrize("name", OTHER_DAYS)
def test_message_of_another_day_is_the_golden_text(pytestconfig: pytest.Config, name: str) -> None:
    """A message that reads differently on other days has a golden text for these, too."""
    kind, as_of = OTHER_DAYS[name]
    compare(f"drafts/full-{name}", compose_text(kind, golden_plan("full", as_of)) + "\n", pytestconfig)


def test_every_golden_message_is_compared() -> None:
    """There is no golden message that no test looks at."""
    names = {f"{which}-{kind}" for which in AS_OF for kind in MESSAGES} | {f"full-{name}" for name in OTHER_DAYS}
    assert {path.stem for path in DRAFTS.glob("*.txt")} == names


# --- blanks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", MESSAGES)
def test_message_of_a_complete_plan_file_has_only_blanks_that_no_file_can_fill(kind: str) -> None:
    """If the file says everything it can, what remains is what only the user knows."""
    message = compose_message(kind, golden_plan("full"))
    assert message.blanks == BLANKS[kind][0]
    assert set(message.blanks) <= {MOMENT, CASES, MEETING_DAY}
    assert set(BRACKETS.findall(message.text)) == set(message.blanks)


@pytest.mark.parametrize("kind", MESSAGES)
def test_message_of_a_minimal_plan_file_lists_each_blank_once_in_order(kind: str) -> None:
    """Everything unknown is in brackets in the text, and listed once."""
    message = compose_message(kind, golden_plan("minimal"))
    assert message.blanks == BLANKS[kind][1]
    assert tuple(dict.fromkeys(BRACKETS.findall(message.text))) == message.blanks


@pytest.mark.parametrize("overrides", [{"choice": "skip"}, {"performance": "poor"}], ids=["chosen", "by_a_rule"])
def test_book_message_for_a_skipped_letter_has_a_blank_for_the_day(overrides: Json) -> None:
    """A skipped letter has no day to ask."""
    assert MEETING_DAY in compose_text("book", plan(rotation(**overrides)))


def test_book_message_after_the_day_to_ask_has_a_blank_for_the_day() -> None:
    """Nobody can have five minutes of a day that is over."""
    assert "Wednesday, March 24?" in compose_text("book", plan(rotation(), as_of="2027-03-23"))
    assert "at the end of the day today?" in compose_text("book", plan(rotation(), as_of="2027-03-24"))
    assert MEETING_DAY in compose_text("book", plan(rotation(), as_of="2027-03-25"))


# --- form ---------------------------------------------------------------------------------------------------

DAYS: Final = (
    ("full", AS_OF["full"]),
    ("minimal", AS_OF["minimal"]),
    ("full", date(2027, 4, 4)),  # before the rotation
    ("full", date(2027, 4, 30)),  # its last day
    ("full", date(2027, 5, 3)),  # before the portal opens
    ("full", date(2027, 9, 20)),  # after the letter is needed
    ("full", date(2027, 10, 4)),  # after the deadline
    ("full", date(2028, 3, 20)),  # after Match Day
)


@pytest.mark.parametrize("kind", MESSAGES)
def test_message_of_any_day_has_no_leftovers_of_its_template(kind: str) -> None:
    """No placeholder, no ISO date, no stray space, punctuation or blank line."""
    texts = [compose_text(kind, golden_plan(which, as_of)) for which, as_of in DAYS]
    assert [find_leftovers(text) for text in texts] == [set()] * len(DAYS), texts


@pytest.mark.parametrize("kind", SPOKEN)
def test_spoken_message_is_one_paragraph_without_a_subject(kind: str) -> None:
    """What is spoken has no greeting and no signature."""
    message = compose_message(kind, golden_plan())
    assert message.subject is None
    assert "\n" not in message.body
    assert message.text == message.body


@pytest.mark.parametrize("kind", WRITTEN)
def test_written_message_has_a_short_subject_a_greeting_and_a_signature(kind: str) -> None:
    """What is sent is a complete mail."""
    message = compose_message(kind, golden_plan())
    assert message.text == f"Subject: {message.subject}\n\n{message.body}"
    subjects = [compose_message(kind, golden_plan(which)).subject or "" for which in AS_OF]
    assert all(0 < len(subject) <= MAX_SUBJECT for subject in subjects)
    lines = message.body.splitlines()
    assert lines[0] == "Dear Dr. Grace Kim,"
    assert lines[-4] == ("With gratitude," if kind == "thank" else "Kind regards,")
    assert lines[-3:] == ["Daniel Mwangi", "daniel.mwangi@example.org", "+1 555 0100"]


@pytest.mark.parametrize("kind", MESSAGES)
def test_message_is_short_enough_for_a_busy_physician(kind: str) -> None:
    """A message is read to its end, or listened to."""
    limit = MAX_WORDS_SPOKEN if kind in SPOKEN else MAX_WORDS_PACKET if kind == "packet" else MAX_WORDS_WRITTEN
    assert all(len(compose_text(kind, golden_plan(which)).split()) <= limit for which in AS_OF)


@pytest.mark.parametrize("which", AS_OF)
def test_question_in_person_has_three_sentences_and_ends_with_the_question(which: str) -> None:
    """Thanks, what for, and the question: nobody remembers more when the moment comes."""
    text = compose_text("ask-in-person", golden_plan(which)).replace("Dr. ", "Dr ")
    assert re.findall(r"[.!?](?=\s|$)", text) == [".", ".", "?"]
    assert text.endswith("?")


@pytest.mark.parametrize("kind", REQUESTS)
@pytest.mark.parametrize("which", AS_OF)
def test_request_is_for_a_strong_letter_and_makes_it_easy_to_say_no(kind: str, which: str) -> None:
    """A lukewarm letter harms."""
    text = compose_text(kind, golden_plan(which))
    assert "strong letter" in text
    assert re.search(r"feel free to say no|rather not|second thoughts", text)
    assert re.search(r"I will understand|no hard feelings", text)


# --- content ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("overrides", "kind", "said"),
    [
        pytest.param({"offered": "2027-03-22"}, "offer-email", "for offering, on March 22, to write", id="offered"),
        pytest.param({}, "offer-email", "Thank you for offering to write", id="offered_without_a_day"),
        pytest.param({"letter": {"asked": "2027-03-22"}}, "follow-up", "On March 22, I asked", id="asked"),
        pytest.param({}, "follow-up", "A few days ago, I asked", id="asked_without_a_day"),
        pytest.param({}, "remind-gentle", "[the writer's e-mail address]. If you cannot", id="requested_without_a_day"),
        pytest.param({}, "book", "on Wednesday, March 24?", id="day_to_ask"),
        pytest.param(
            {"letter": {"asked": "2027-03-24"}}, "follow-up", "A few days ago, I asked", id="recorded_for_tomorrow"
        ),
    ],
)
def test_message_names_a_recorded_day_and_does_without_an_unknown_one(overrides: Json, kind: str, said: str) -> None:
    """A day is named if it is recorded and not after the plan's day."""
    assert said in compose_text(kind, plan(rotation(**overrides), as_of="2027-03-23"))


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        pytest.param(["neurology"], "residency in neurology,", id="one"),
        pytest.param(["FM", "psych"], "residency in FM,", id="the_first_where_it_counts_for_none"),
        pytest.param(["neurology", "FM"], "residency in neurology,", id="the_one_that_the_letter_counts_for"),
        pytest.param(["TY"], "I am applying for a transitional year,", id="transitional_year"),
        pytest.param(["prelim IM"], "I am applying for a preliminary medicine year,", id="preliminary_year"),
        pytest.param([], "residency in [the specialty you apply to],", id="none"),
    ],
)
def test_message_names_the_target_as_the_user_writes_it(targets: list[str], said: str) -> None:
    """And only one."""
    assert said in compose_text("ask-in-person", plan(rotation(), targets=targets))


# --- every plan and every name ------------------------------------------------------------------------------


def on_one_line(text: str) -> str:
    """Join the lines of a text and collapse its spaces."""
    return " ".join(text.split())


def user_texts(found: Plan, letter: Letter) -> list[str]:
    """List the user's own texts that a message can contain, the longest first."""
    facts = message_facts(found, letter)
    texts = [facts[name] for name in ("name", "email", "fields", "doctor", "attending_email", "specialty", "hospital")]
    return sorted((on_one_line(text) for text in texts if text), key=len, reverse=True)


@given(found=PLANS, kinds=st.permutations(MESSAGES))
def test_message_of_any_letter_of_any_plan_is_complete(found: Plan, kinds: list[str]) -> None:
    """Whatever the state of a letter, every blank of a message is listed, and nothing of the template is left."""
    for place, letter in enumerate(found.letters):
        for kind in kinds[place % 3 :: 3]:
            message = compose_message(kind, found, letter)
            assert (message.subject is None) == (kind in SPOKEN)
            assert all(blank in message.text for blank in message.blanks)
            rest = on_one_line(message.text)
            for text in user_texts(found, letter):
                rest = rest.replace(text, "")
            assert set(BRACKETS.findall(rest)) <= set(message.blanks)
            assert not find_leftovers(rest) & {"template syntax", "a Python value"}


HOSTILE: Final = (
    "{{ 7*7 }}",
    "{% for x in y %}",
    "{# x #} {{",
    "{name} {0} %s %(x)s",
    "{{ gap('x') }}",
    "<b>&amp;</b> & <x@y>",
    "[bold]x[/bold] [/IM] :smile:",
    'O\'Hara "Bo" \\n \\',
    "# - * _x_ `y`",
    "Subject: x",
    "陈伟 😀 e\u0301",
)
WORDS = st.sampled_from([*HOSTILE, "Lee", "[", "]", "{", "}", "'", '"', "$x", "\u200b"])
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join).filter(lambda text: bool(text.strip(" \u200b")))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_name_appears_in_a_message_as_typed(name: str) -> None:
    """A name is never taken for a template, markup or an escape."""
    row = rotation({"name": name, "email": "x@example.org"}, hospital=name, specialty=name)
    found = plan(row, name=name, targets=[name], as_of="2027-03-23")
    for kind, times in (("ask-in-person", 3), ("ask-email", 5), ("packet", 5), ("remind-gentle", 4)):
        text = compose_text(kind, found)
        assert text.count(name) == times
        assert "49" not in text.replace(name, "")


@given(NAMES, NAMES, NAMES, st.sampled_from(MESSAGES))
@example("[", "]", "x", "ask-email")
def test_any_name_leaves_the_blanks_and_lines_of_a_message_unchanged(
    attending: str, hospital: str, specialty: str, kind: str
) -> None:
    """No name makes a message fail, hides a blank or breaks a line."""
    found = plan(rotation(attending, hospital=hospital, specialty=specialty), as_of="2027-03-23")
    message = compose_message(kind, found)
    plain = compose_message(kind, plan(rotation("A", hospital="B", specialty="C"), as_of="2027-03-23"))
    assert form_of_address(attending) in message.text
    assert message.blanks == plain.blanks
    assert message.text.count("\n") == plain.text.count("\n")
