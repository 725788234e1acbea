"""What the messages say: to the letter for two plans, and what holds for every plan, name and template."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from builders import letter, plan, rotation
from lorplan.errors import LorplanError
from lorplan.messages.compose import draft, facts
from lorplan.messages.kinds import MESSAGES, message_for
from lorplan.plan.planner import make_plan
from lorplan.planfile.reader import loads
from lorplan.reference.attending_names import TITLES, addressed
from lorplan.storage.files import templates
from lorplan.text.templates import DraftError
from oracle.strategies import plans_and_days, to_yaml
from stories.test_golden import GOLDEN, compare

if TYPE_CHECKING:
    from conftest import Runner
    from lorplan.messages.compose import Message
    from lorplan.plan.model import Letter, Plan

Plain = dict[str, Any]

DRAFTS = GOLDEN / "drafts"
OURS = templates(Path("/no-such-folder/templates"))
"""The package's templates only."""

AS_OF = {"full": date(2027, 8, 20), "minimal": date(2026, 12, 7)}
"""When the golden plan files are looked at: the portal is open; it is another year than that of the days named."""

OTHER_DAYS = {
    "ask-in-person-before": ("ask-in-person", date(2027, 4, 4)),  # the day before the rotation's first
    "ask-email-during": ("ask-email", date(2027, 4, 30)),  # its last day
    "backup-during": ("backup", date(2027, 4, 30)),  # the same
    "remind-firm-late": ("remind-firm", date(2027, 9, 16)),  # the day after the letter is needed
    "remind-firm-very-late": ("remind-firm", date(2027, 9, 23)),  # programs have begun to review
}
"""Golden texts of the messages that read otherwise on other days: by their names the message and the day."""

SAID = ("feedback", "book", "ask-in-person", "offer-in-person")
WRITTEN = tuple(message for message in MESSAGES if message not in SAID)
ASKS = ("ask-in-person", "ask-email", "offer-in-person", "offer-email", "backup")
"""The messages that ask for the letter."""

HOSPITAL, FIELDS, WRITER = "[the hospital]", "[the specialty you apply to]", "[the writer's e-mail address]"
MOMENT, CASES = "[a case or a moment you shared]", "[two or three cases you worked on together]"
DAY_OF_THE_TALK = "[a day that suits]"
PHONE, SIGNATURE = ("[your phone]",), ("[your name]", "[your e-mail address]", "[your phone]")

GAPS = {
    "feedback": ((), ()),
    "book": ((DAY_OF_THE_TALK,), ()),
    "ask-in-person": ((MOMENT,), (FIELDS,)),
    "ask-email": ((MOMENT, *PHONE), (HOSPITAL, FIELDS, *SIGNATURE)),
    "offer-in-person": ((), (FIELDS,)),
    "offer-email": (PHONE, (FIELDS, *SIGNATURE)),
    "follow-up": (PHONE, SIGNATURE),
    "packet": ((CASES, *PHONE), (HOSPITAL, CASES, FIELDS, WRITER, *SIGNATURE)),
    "request": (PHONE, (WRITER, *SIGNATURE)),
    "remind-gentle": (PHONE, (HOSPITAL, WRITER, *SIGNATURE)),
    "remind-firm": (PHONE, (WRITER, *SIGNATURE)),
    "backup": ((MOMENT, *PHONE), (HOSPITAL, FIELDS, *SIGNATURE)),
    "thank": (PHONE, (HOSPITAL, *SIGNATURE)),
    "self-write": (PHONE, SIGNATURE),
}
"""What is left to fill in: where all that a file can say is known, and where nothing is that may be left out.

Where all is known the rotation is over, and the day for the talk has passed; where the least is, both are to come,
so that no moment was shared yet.
"""

MOST_WORDS_SAID, MOST_WORDS_WRITTEN, MOST_WORDS_OF_THE_PACKET = 85, 170, 220
"""Half a minute of talking; a mail that needs no scrolling; a sheet that is looked up and not read through."""

LONGEST_SUBJECT = 70
"""What a list of mails shows of one."""

BRACKETED = re.compile(r"\[[^\[\]\n]*\]")
LEFTOVERS = {
    "a placeholder": re.compile(r"\{\{|\}\}|\{%|%\}|\{#"),
    "a value that is not there": re.compile(r"\bNone\b|\bUndefined\b"),
    "a Python value": re.compile(r"datetime|<[a-z_.]+ |\bTrue\b|\bFalse\b"),
    "a day as a machine writes it": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "two blank lines": re.compile(r"\n\n\n"),
    "space at the end of a line": re.compile(r"[ \t]$", re.MULTILINE),
    "space at the beginning of a line": re.compile(r"^[ \t]", re.MULTILINE),
    "two spaces": re.compile(r"\S  +\S"),
    "punctuation that belongs to nothing": re.compile(r"[ \n][,.;:?!]|[,;:][,.;:]|\.\.|\(\)"),
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the user's folder be an empty one, and give the place of the user's own templates in it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return Path(typer.get_app_dir("lorplan")) / "templates"


def golden_plan(which: str, as_of: date | None = None) -> Plan:
    """Plan one of the golden plan files."""
    return make_plan(loads((DRAFTS / f"{which}.yaml").read_text(encoding="utf-8")), as_of or AS_OF[which])


def written(kind: str, found: Plan, about: Letter | None = None) -> Message:
    """Draft a message from our templates, for the plan's first letter unless another is named."""
    return draft(kind, facts(found, about or found.letters[0]), OURS)


def body(kind: str, found: Plan) -> str:
    """Draft a message for the plan's only letter and give its text, the subject included."""
    return written(kind, found).text


def flattened(text: str) -> str:
    """Put a text on one line."""
    return " ".join(text.split())


# --- the texts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", MESSAGES)
@pytest.mark.parametrize("which", ["full", "minimal"])
def test_text(invoke: Runner, tmp_path: Path, pytestconfig: pytest.Config, which: str, kind: str) -> None:
    """A message is what it was, to the letter; and into a pipe it goes with each paragraph on one line."""
    shutil.copy(DRAFTS / f"{which}.yaml", tmp_path)
    args = ("draft", "kim", kind, "-f", f"{which}.yaml", "--as-of", AS_OF[which].isoformat())
    out = invoke(*args, env={"COLUMNS": None}).out
    compare(f"drafts/{which}-{kind}", out, pytestconfig)
    assert out == written(kind, golden_plan(which)).text + "\n"


@pytest.mark.parametrize("name", OTHER_DAYS)
def test_text_of_another_day(pytestconfig: pytest.Config, name: str) -> None:
    """A message that reads otherwise on other days is what it was on these, too."""
    kind, as_of = OTHER_DAYS[name]
    compare(f"drafts/full-{name}", body(kind, golden_plan("full", as_of)) + "\n", pytestconfig)


@pytest.mark.parametrize(
    ("kind", "as_of", "opening"),
    [
        pytest.param(
            "ask-in-person",
            date(2027, 4, 4),
            "Dr. Grace Kim, I am looking forward to our weeks together in internal medicine. ",
            id="asked_the_day_before_the_first",
        ),
        pytest.param(
            "ask-in-person",
            date(2027, 4, 5),
            "Dr. Grace Kim, thank you for these weeks: I have learned a great deal about internal medicine from"
            f" you, and {MOMENT} will stay with me. ",
            id="asked_on_the_first_day",
        ),
        pytest.param(
            "ask-email",
            date(2027, 4, 30),
            "\n\nThank you for teaching me on my internal medicine rotation at Harborview Memorial (April 5 to"
            " April 30).\n\n",
            id="written_on_the_last_day",
        ),
        pytest.param(
            "ask-email",
            date(2027, 5, 1),
            "\n\nThank you for teaching me during my internal medicine rotation at Harborview Memorial (April 5 to"
            f" April 30). I still think of {MOMENT}, and of how you handled it.\n\n",
            id="written_the_day_after_the_last",
        ),
        pytest.param(
            "backup",
            date(2027, 4, 30),
            "\n\nThank you for teaching me on my internal medicine rotation at Harborview Memorial (April 5 to"
            " April 30).\n\n",
            id="the_backup_on_the_last_day",
        ),
        pytest.param(
            "backup",
            date(2027, 5, 1),
            "\n\nWe worked together on my internal medicine rotation at Harborview Memorial (April 5 to April 30),"
            f" and I have often thought of {MOMENT} since.\n\n",
            id="the_backup_the_day_after_the_last",
        ),
    ],
)
def test_a_shared_moment_is_asked_for_only_where_there_was_one(kind: str, as_of: date, opening: str) -> None:
    """What opens an asking fits the day: what was shared is told when it was, and not while it is to come."""
    message = written(kind, golden_plan("full", as_of))
    assert opening in message.text
    assert (MOMENT in message.gaps) == (MOMENT in message.text) == (MOMENT in opening)


def test_every_golden_text_is_compared() -> None:
    """No text is kept of a message that is no more, or that no test looks at."""
    names = {f"{which}-{kind}" for which in AS_OF for kind in MESSAGES} | {f"full-{name}" for name in OTHER_DAYS}
    assert {path.stem for path in DRAFTS.glob("*.txt")} == names


@pytest.mark.parametrize("kind", MESSAGES)
def test_only_what_nobody_can_know_is_left_open(kind: str) -> None:
    """Where the file says all it can, what is left to fill in is what only the user can know."""
    message = written(kind, golden_plan("full"))
    assert message.gaps == GAPS[kind][0]
    assert set(message.gaps) <= {MOMENT, CASES, DAY_OF_THE_TALK, *PHONE}
    assert set(BRACKETED.findall(message.text)) == set(message.gaps)


@pytest.mark.parametrize("kind", MESSAGES)
def test_all_that_is_not_known_is_left_open_and_listed(kind: str) -> None:
    """Where the file says the least, whatever is missing stands in brackets, and is listed once in its order."""
    message = written(kind, golden_plan("minimal"))
    assert message.gaps == GAPS[kind][1]
    assert tuple(dict.fromkeys(BRACKETED.findall(message.text))) == message.gaps


@pytest.mark.parametrize("kind", MESSAGES)
@pytest.mark.parametrize(
    ("which", "as_of"),
    [
        pytest.param("full", AS_OF["full"], id="full"),
        pytest.param("minimal", AS_OF["minimal"], id="minimal"),
        pytest.param("full", date(2027, 4, 4), id="before_the_rotation"),
        pytest.param("full", date(2027, 4, 30), id="on_the_last_day"),
        pytest.param("full", date(2027, 5, 3), id="before_the_portal_opens"),
        pytest.param("full", date(2027, 9, 20), id="after_it_is_needed"),
        pytest.param("full", date(2027, 10, 4), id="after_the_deadline"),
        pytest.param("full", date(2028, 3, 20), id="after_match_day"),
    ],
)
def test_nothing_of_the_template_is_left(kind: str, which: str, as_of: date) -> None:
    """A message is ready to be read: no placeholder, no machine's date, no stray space, stop or blank line."""
    text = body(kind, golden_plan(which, as_of))
    found = {what for what, pattern in LEFTOVERS.items() if pattern.search(text)}
    assert found == set(), text


@pytest.mark.parametrize("kind", MESSAGES)
def test_what_is_said_has_no_subject_and_what_is_written_has_one(kind: str) -> None:
    """What is for e-mail has a short subject, a greeting and a signature; what is said has none of them."""
    message = written(kind, golden_plan("full"))
    if kind in SAID:
        assert message.subject is None
        assert "\n" not in message.body
        assert message.text == message.body
        return
    assert message.subject is not None
    subjects = {written(kind, golden_plan(which)).subject or "" for which in AS_OF}
    assert 0 < min(map(len, subjects)) <= max(map(len, subjects)) <= LONGEST_SUBJECT
    assert message.text == f"Subject: {message.subject}\n\n{message.body}"
    lines = message.body.splitlines()
    assert lines[0] == "Dear Dr. Grace Kim,"
    assert lines[-4] == ("With gratitude," if kind == "thank" else "Kind regards,")
    assert lines[-3:] == ["Daniel Mwangi", "daniel.mwangi@example.org", "[your phone]"]


@pytest.mark.parametrize("kind", MESSAGES)
@pytest.mark.parametrize("which", ["full", "minimal"])
def test_a_message_is_short(kind: str, which: str) -> None:
    """A busy physician reads it to its end, or hears it out."""
    most = MOST_WORDS_SAID if kind in SAID else MOST_WORDS_WRITTEN
    most = MOST_WORDS_OF_THE_PACKET if kind == "packet" else most
    assert len(body(kind, golden_plan(which)).split()) <= most


@pytest.mark.parametrize("which", ["full", "minimal"])
def test_the_question_asked_in_person_has_three_sentences(which: str) -> None:
    """Thanks, what for, and the question: no more is remembered when the moment comes."""
    text = body("ask-in-person", golden_plan(which)).replace("Dr. ", "Dr ")
    ends = re.findall(r"[.!?](?=\s|$)", text)
    assert ends == [".", ".", "?"]
    assert text.endswith("?")


@pytest.mark.parametrize("kind", ASKS)
@pytest.mark.parametrize("which", ["full", "minimal"])
def test_every_asking_is_for_a_strong_letter_and_leaves_a_way_out(kind: str, which: str) -> None:
    """A lukewarm letter harms, so one asks for a strong one, and makes it easy to say no."""
    text = body(kind, golden_plan(which))
    assert "strong letter" in text
    assert re.search(r"feel free to say no|rather not|second thoughts", text)
    assert re.search(r"I will understand|no hard feelings", text)


@pytest.mark.parametrize("kind", [kind for kind in WRITTEN if kind != "thank"])
def test_whoever_is_to_write_is_told_by_when(kind: str) -> None:
    """Every mail before the letter is there names the day by which it is needed, weekday and all."""
    assert "Wednesday, September 15" in body(kind, golden_plan("full"))


# --- days -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "as_of", "said", "unsaid"),
    [
        pytest.param("ask-email", date(2027, 8, 20), "by Wednesday, September 15.", "2027", id="this_year"),
        pytest.param("ask-email", date(2026, 12, 7), "Wednesday, September 15, 2027", "", id="next_year"),
        pytest.param("ask-email", date(2026, 12, 7), "(April 5 to April 30, 2027)", "", id="short_days_too"),
        pytest.param("thank", date(2027, 8, 20), "Friday, March 17, 2028", "2027", id="only_where_it_differs"),
        pytest.param("thank", date(2028, 1, 10), "(April 5 to April 30, 2027)", "2028", id="last_year"),
        pytest.param("follow-up", date(2027, 8, 20), "On April 28, I asked", "2027", id="the_day_of_asking"),
        pytest.param("follow-up", date(2028, 1, 10), "On April 28, 2027, I asked", "", id="asked_last_year"),
    ],
)
def test_the_year_is_named_where_it_is_another(kind: str, as_of: date, said: str, unsaid: str) -> None:
    """A day of this year is written without it; a day of any other year with it."""
    text = body(kind, golden_plan("full", as_of))
    assert said in text
    assert not unsaid or unsaid not in text


@pytest.mark.parametrize(
    ("as_of", "said", "unsaid"),
    [
        pytest.param(date(2027, 9, 15), "is due by", "was due on", id="the_last_day"),
        pytest.param(date(2027, 9, 16), "was due on", "is due by", id="the_day_after"),
        pytest.param(
            date(2027, 9, 22), "begin reviewing on Wednesday, September 22", "still reviewing", id="deadline"
        ),
        pytest.param(date(2027, 9, 23), "still reviewing", "begin reviewing", id="after_the_deadline"),
    ],
)
def test_a_firm_reminder_knows_whether_it_is_too_late(as_of: date, said: str, unsaid: str) -> None:
    """After the day it does not claim that there is time, nor that programs have not begun to review."""
    text = body("remind-firm", golden_plan("full", as_of))
    assert said in text
    assert unsaid not in text


@pytest.mark.parametrize(
    ("overrides", "as_of", "period"),
    [
        pytest.param({}, "2027-03-01", "March 1 to March 26", id="this_year"),
        pytest.param({}, "2026-12-07", "March 1 to March 26, 2027", id="another_year_is_named_once"),
        pytest.param(
            {"start": "2026-12-14", "end": "2027-01-08"},
            "2027-01-04",
            "December 14, 2026 to January 8",
            id="begun_last_year",
        ),
        pytest.param(
            {"start": "2026-12-14", "end": "2027-01-08"},
            "2026-12-14",
            "December 14 to January 8, 2027",
            id="ends_next_year",
        ),
        pytest.param(
            {"start": "2026-12-14", "end": "2027-01-08"},
            "2028-01-10",
            "December 14, 2026 to January 8, 2027",
            id="two_years_and_both_are_others",
        ),
        pytest.param({"last_day": "2027-03-19"}, "2027-03-01", "March 1 to March 19", id="the_writer_leaves"),
    ],
)
def test_the_period_of_a_rotation(overrides: Plain, as_of: str, period: str) -> None:
    """From a day to a day, with a year only where it is not today's, and once where it is one."""
    found = plan(rotation(**overrides), as_of=as_of)
    assert facts(found, letter(found))["period"] == period
    assert f"({period})" in body("ask-email", found)


@pytest.mark.parametrize("as_of", [date(2027, 9, 16), date(2027, 9, 23), date(2027, 12, 1)], ids=str)
def test_a_reminder_after_the_day_is_firm(as_of: date) -> None:
    """Nobody is told that a letter is due by a day that has passed."""
    found = golden_plan("full", as_of)
    kind = message_for(found, found.letters[0], "remind")
    assert kind == "remind-firm"
    assert not re.search(r"due by|by Wednesday|by then", body(kind, found))


@pytest.mark.parametrize("kind", ["ask-email", "offer-email", "follow-up", "packet", "request", "self-write"])
def test_after_the_day_no_mail_says_that_it_is_to_come(kind: str) -> None:
    """What the plan still has one write after the day does not ask for a letter by a day that has passed."""
    assert "by Wednesday, September 15" not in body(kind, golden_plan("full", date(2027, 9, 16)))


@pytest.mark.parametrize("kind", ["ask-email", "backup", "follow-up"])
def test_before_the_rotation_no_mail_says_that_it_has_begun(kind: str) -> None:
    """Nobody is thanked for weeks that are to come, nor told that they are working together already."""
    text = body(kind, golden_plan("full", date(2027, 4, 4)))
    assert not re.search(r"Thank you for teaching me|We are working together", text)


@pytest.mark.parametrize(
    ("kind", "as_of", "said"),
    [
        pytest.param(
            "packet",
            date(2027, 6, 1),
            "the portal takes letters from Wednesday, June 2; yours is due by",
            id="to_open",
        ),
        pytest.param("packet", date(2027, 6, 2), "When: the letter is due by", id="open"),
        pytest.param("ask-email", date(2027, 6, 1), "; the portal opens on Wednesday, June 2.", id="ask_to_open"),
        pytest.param("ask-email", date(2027, 6, 2), "by Wednesday, September 15.", id="ask_open"),
        pytest.param(
            "offer-email", date(2027, 6, 1), "; the portal opens on Wednesday, June 2.", id="offer_to_open"
        ),
        pytest.param("offer-email", date(2027, 6, 2), "by Wednesday, September 15.", id="offer_open"),
        pytest.param("follow-up", date(2027, 4, 30), "We are working together on", id="working_together"),
        pytest.param("follow-up", date(2027, 5, 1), "We worked together on", id="worked_together"),
        pytest.param("thank", date(2028, 3, 16), "Match Day is Friday, March 17, and", id="before_match_day"),
        pytest.param("thank", date(2028, 3, 17), "them.\n\nI will let you know where I matched", id="match_day"),
        pytest.param(
            "thank", date(2028, 3, 18), "them.\n\nI will let you know where I matched", id="after_match_day"
        ),
    ],
)
def test_a_message_fits_its_day(kind: str, as_of: date, said: str) -> None:
    """What lies ahead is announced, what has passed is not."""
    text = body(kind, golden_plan("full", as_of)).replace(" (April 5 to April 30, 2027).", " them.")
    assert said in text


@pytest.mark.parametrize(
    ("overrides", "kind", "said"),
    [
        pytest.param(
            {"offered": "2027-03-22"}, "offer-email", "you for offering, on March 22, to write", id="offered"
        ),
        pytest.param({}, "offer-email", "Thank you for offering to write", id="offered_some_day"),
        pytest.param({"letter": {"asked": "2027-03-22"}}, "follow-up", "On March 22, I asked", id="asked"),
        pytest.param({}, "follow-up", "A few days ago, I asked", id="asked_some_day"),
        pytest.param(
            {"letter": {"requested": "2027-03-22"}}, "remind-gentle", "upload on March 22 to", id="requested"
        ),
        pytest.param({}, "remind-gentle", "The portal sent the link for the upload to", id="requested_some_day"),
        pytest.param({}, "book", "on Wednesday, March 24?", id="the_day_of_the_talk"),
    ],
)
def test_a_message_says_what_is_recorded(overrides: Plain, kind: str, said: str) -> None:
    """A recorded day is named; where there is none the sentence does without."""
    assert said in body(kind, plan(rotation(**overrides), as_of="2027-03-23"))


def test_what_is_recorded_for_later_is_not_told() -> None:
    """As of a day nothing is known of what comes after it."""
    found = plan(rotation(letter={"asked": "2027-03-24"}), as_of="2027-03-23")
    assert "A few days ago, I asked" in body("follow-up", found)


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        pytest.param(["neurology"], "residency in neurology,", id="one"),
        pytest.param(["neurology", "FM"], "residency in neurology and FM,", id="two"),
        pytest.param(["neurology", "FM", "psych"], "residency in neurology, FM and psych,", id="three"),
        pytest.param([], "residency in [the specialty you apply to],", id="none"),
    ],
)
def test_the_specialties_are_read_out(targets: list[str], said: str) -> None:
    """What the user applies to stands in the text as the user calls it."""
    assert said in body("ask-in-person", plan(rotation(), targets=targets))


# --- every plan -------------------------------------------------------------------------------------------


def every_string(found: Plan, about: Letter) -> list[str]:
    """Give the user's texts that a message can hold, the longest first."""
    rotation_ = about.rotation
    named = [rotation_.hospital, rotation_.specialty, rotation_.attending.email, found.applicant, found.email]
    named += [addressed(about.attending), *(coverage.target for coverage in found.coverage)]
    return sorted((text for text in named if text), key=len, reverse=True)


def without(text: str, strings: list[str]) -> str:
    """Take the user's texts out of a message."""
    for string in strings:
        text = text.replace(flattened(string), "")
    return text


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(plans_and_days(), st.permutations(MESSAGES))
def test_every_message_can_be_written_for_every_letter(
    drawn: tuple[Plain | list[Plain], date], kinds: list[str]
) -> None:
    """Whatever the state of a letter, each message is whole: its gaps stand in it, and no other brackets do."""
    found = make_plan(loads(to_yaml(drawn[0])), drawn[1])
    for place, about in enumerate(found.letters):
        for kind in kinds[place % 3 :: 3]:
            message = written(kind, found, about)
            assert (message.subject is None) == (kind in SAID)
            assert all(gap in message.text for gap in message.gaps)
            rest = without(flattened(message.text), every_string(found, about))
            assert set(BRACKETED.findall(rest)) <= set(message.gaps)
            assert not any(LEFTOVERS[what].search(rest) for what in ("a placeholder", "a Python value"))


def test_booking_a_talk_with_a_skipped_writer() -> None:
    """A talk can be asked for although the rules skip the letter: the day is a gap then."""
    found = plan(rotation(choice="skip"))
    assert DAY_OF_THE_TALK in body("book", found)


def test_booking_a_talk_when_its_day_has_passed() -> None:
    """Nobody can have five minutes of a day that is over."""
    assert "Wednesday, March 24?" in body("book", plan(rotation(), as_of="2027-03-24"))
    assert DAY_OF_THE_TALK in body("book", plan(rotation(), as_of="2027-03-25"))


# --- names as typed ---------------------------------------------------------------------------------------

HOSTILE = (
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
NAMES = st.lists(
    st.sampled_from([*HOSTILE, "Lee", "[", "]", "{", "}", "'", '"', "$x", "\u200b"]), min_size=1, max_size=4
)
TEXTS = NAMES.map(" ".join).filter(lambda text: bool(text.strip(" \u200b")))


@pytest.mark.parametrize("name", HOSTILE)
def test_what_was_typed_is_printed_as_typed(name: str) -> None:
    """A name is never taken for a template, markup or an escape: it stands in the message as it was typed."""
    row = rotation({"name": name, "email": "x@example.org"}, hospital=name, specialty=name)
    found = plan(row, name=name, targets=[name], as_of="2027-03-23")
    for kind, times in (("ask-in-person", 3), ("ask-email", 5), ("packet", 5), ("remind-gentle", 4)):
        text = body(kind, found)
        assert text.count(name) == times
        assert "49" not in text.replace(name, "")


@settings(deadline=None, max_examples=30)
@given(TEXTS, TEXTS, TEXTS, st.sampled_from(MESSAGES))
@example("[", "]", "x", "ask-email")
def test_any_name_is_printed_as_typed(attending: str, hospital: str, specialty: str, kind: str) -> None:
    """No name of anybody or anything makes a message fail, be cut or hide."""
    found = plan(rotation(attending, hospital=hospital, specialty=specialty), as_of="2027-03-23")
    message = written(kind, found)
    plain = written(kind, plan(rotation("A", hospital="B", specialty="C"), as_of="2027-03-23"))
    assert addressed(attending) in message.text
    assert message.gaps == plain.gaps
    assert message.text.count("\n") == plain.text.count("\n")


# --- how a physician is addressed -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Dr. Wei Chen", "Dr. Wei Chen", id="title_stays"),
        pytest.param("Wei Chen", "Dr. Wei Chen", id="no_title"),
        pytest.param("Chen", "Dr. Chen", id="one_word"),
        pytest.param("Dr Chen", "Dr Chen", id="title_without_its_dot"),
        pytest.param("DR. CHEN", "DR. CHEN", id="capitals_as_typed"),
        pytest.param("dr. chen", "dr. chen", id="small_letters_as_typed"),
        pytest.param("Dr.Chen", "Dr. Chen", id="glued_title"),
        pytest.param("Prof.Wei Chen", "Prof. Wei Chen", id="glued_title_before_two_words"),
        pytest.param("Prof. Dr. Anna Müller", "Prof. Dr. Anna Müller", id="two_titles"),
        pytest.param("Doctor Okafor", "Doctor Okafor", id="title_written_out"),
        pytest.param("Ms. Ann Lee", "Ms. Ann Lee", id="no_doctor"),
        pytest.param("Wei Chen, MD", "Dr. Wei Chen", id="degree_for_a_title"),
        pytest.param("Wei Chen MD", "Dr. Wei Chen", id="degree_without_a_comma"),
        pytest.param("Wei Chen, M.D., Ph.D., FACP", "Dr. Wei Chen", id="several_degrees"),
        pytest.param("Dr. Wei Chen, MD", "Dr. Wei Chen", id="title_and_degree"),
        pytest.param("Dr. Wei Chen,", "Dr. Wei Chen", id="comma_at_the_end"),
        pytest.param("Bo Lee Jr., MD", "Dr. Bo Lee Jr.", id="junior"),
        pytest.param("John Smith III", "Dr. John Smith III", id="the_third"),
        pytest.param("MD", "Dr. MD", id="only_a_degree"),
        pytest.param("Dr.", "Dr.", id="only_a_title"),
        pytest.param("Drew Mister", "Dr. Drew Mister", id="begins_like_a_title"),
        pytest.param("Professor O'Hara [IM] :b:", "Professor O'Hara [IM] :b:", id="odd_characters"),
        pytest.param("  Wei \t  Chen ", "Dr. Wei Chen", id="spaces"),
        pytest.param("陈伟", "Dr. 陈伟", id="han"),
        pytest.param("Dr. 陈伟", "Dr. 陈伟", id="han_with_a_title"),
        pytest.param("Dr.陈伟", "Dr. 陈伟", id="han_with_a_glued_title"),
        pytest.param("Ludwig van der Berg, MD", "Dr. Ludwig van der Berg", id="particles"),
        pytest.param("Fatima al-Sayed", "Dr. Fatima al-Sayed", id="article"),
        pytest.param("Maria de los Ángeles Núñez-Ortiz", "Dr. Maria de los Ángeles Núñez-Ortiz", id="long"),
        pytest.param("Siobhán D\u2019Angelo", "Dr. Siobhán D\u2019Angelo", id="apostrophe"),
        pytest.param("D. O. Brown", "Dr. D. O. Brown", id="initials_like_a_degree"),
    ],
)
def test_how_a_name_is_addressed(name: str, expected: str) -> None:
    """One title in front, no degrees behind, and in between the name as it was typed."""
    assert addressed(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Wei Chen,MD", "Dr. Wei Chen", id="degree_glued_to_its_comma"),
        pytest.param("Wei Chen , MD", "Dr. Wei Chen", id="a_comma_between_spaces"),
        pytest.param("Thanh Do", "Dr. Thanh Do", id="a_family_name_that_is_spelt_like_a_degree"),
        pytest.param("Dr. Do", "Dr. Do", id="such_a_family_name_alone_behind_its_title"),
        pytest.param("Wei Chen, MD, FAAFP", "Dr. Wei Chen", id="a_degree_that_is_not_in_the_list"),
    ],
)
def test_how_a_harder_name_is_addressed(name: str, expected: str) -> None:
    """Nobody is greeted with degrees, and nobody without the family name."""
    assert addressed(name) == expected


@given(
    st.lists(st.text(min_size=1).filter(lambda word: bool(word.strip(" ,"))), min_size=1, max_size=4).map(" ".join)
)
def test_any_name_can_be_addressed(name: str) -> None:
    """Whatever the name, the address is one line with a title in front, and adds nothing else to the name."""
    assume("," not in name.split())
    words = addressed(name).split(" ")
    assert "".join(c for c in words[0] if c.isalnum()).casefold() in TITLES
    assert all(words) or not name.split()
    assert "".join(words).removeprefix("Dr.") in "Dr." + "".join(name.split())
    assert not words[-1].endswith(",")


# --- templates of the user's own --------------------------------------------------------------------------


def own(folder: Path, name: str, text: str | bytes) -> Path:
    """Write a template of the user's own."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def with_own(folder: Path, kind: str = "thank") -> Message:
    """Draft a message with the user's templates before ours."""
    found = golden_plan("full")
    return draft(kind, facts(found, found.letters[0]), templates(folder))


def test_a_template_of_the_user_s_wins(home: Path) -> None:
    """A template in the user's folder is used in the place of ours; the other messages stay ours."""
    own(home, "thank.txt", "Subject: Thanks\n\nDear {{ doctor }}, thank you!\n")
    message = with_own(home)
    assert message.text == "Subject: Thanks\n\nDear Dr. Grace Kim, thank you!"
    assert with_own(home, "packet") == written("packet", golden_plan("full"))


def test_a_template_of_the_user_s_can_leave_gaps_and_include_ours(home: Path) -> None:
    """What ours can do a user's can: gaps, days in words, and the parts that ours are made of."""
    own(
        home,
        "thank.txt",
        'Thanks for {{ gap("what it was") }} on {{ last_day | date }}, {{ needed_by | day }},'
        ' {{ gap("what it was") }}, {% include "_rotation.txt" %}.\n{% include "_signature.txt" %}\n',
    )
    message = with_own(home)
    assert message.subject is None
    assert message.gaps == ("[what it was]", "[your phone]")
    assert message.body == (
        "Thanks for [what it was] on April 30, Wednesday, September 15, [what it was], my internal medicine"
        " rotation at Harborview Memorial (April 5 to April 30).\n"
        "Daniel Mwangi\ndaniel.mwangi@example.org\n[your phone]"
    )


def test_a_part_of_the_user_s_wins_in_our_messages(home: Path) -> None:
    """A signature of one's own stands below every mail of ours, and so does a closing, with ours inside it."""
    own(home, "_signature.txt", "Dr. D. Mwangi\n")
    assert with_own(home).body.endswith("\n\nWith gratitude,\nDr. D. Mwangi")
    assert all(with_own(home, kind).body.endswith(",\nDr. D. Mwangi") for kind in WRITTEN)
    own(home, "_closing.txt", 'Best,\n{% include "_signature.txt" %}\n')
    closed = [kind for kind in WRITTEN if kind != "thank"]
    assert all(with_own(home, kind).body.endswith("\n\nBest,\nDr. D. Mwangi") for kind in closed)


def test_every_fact_is_there_for_a_template(home: Path) -> None:
    """A template of one's own can use all that ours use, and what is not known is nothing."""
    found = golden_plan("minimal")
    known = facts(found, found.letters[0])
    own(home, "thank.txt", "".join(f"{{{{ {name} }}}}|" for name in known))
    text = draft("thank", known, templates(home)).body
    assert text.split("|")[:-1] == [str(value) for value in known.values()]


@pytest.mark.parametrize(
    ("text", "subject", "expected"),
    [
        pytest.param("", None, "", id="empty"),
        pytest.param("\n\n  \n", None, "", id="blank"),
        pytest.param("Subject: x", "x", "", id="only_a_subject"),
        pytest.param("Hello\nSubject: x\n", None, "Hello\nSubject: x", id="a_subject_further_down"),
        pytest.param("\n\nSubject: x\n\n\nHello  \n\n", "x", "Hello", id="blank_lines_around"),
        pytest.param("Subject: x\r\n\r\nHello\r\nyou\r\n", "x", "Hello\nyou", id="windows_line_ends"),
        pytest.param("Subject: x\nHello\x1b[31m\u202e", "x", "Hello\ufffd[31m\ufffd", id="controls"),
        pytest.param("Subject: x\na\tb", "x", "a b", id="tabs"),
        pytest.param("{# for me #}Hello{% if true %}\n{% endif %}!", None, "Hello!", id="comments_and_blocks"),
        pytest.param("Subject: {{ '' }}\u00e9\n\n陈", "é", "陈", id="other_scripts"),
    ],
)
def test_how_a_template_becomes_a_message(home: Path, text: str, subject: str | None, expected: str) -> None:
    """The first line may be the subject; space around the rest falls away, and no control character passes."""
    own(home, "thank.txt", text)
    message = with_own(home)
    assert (message.subject, message.body) == (subject, expected)


MISTAKES = [
    pytest.param("a\n{{ nope }}\n", 2, "'nope' is undefined", id="unknown_name"),
    pytest.param("a\n\n{% if %}\n", 3, "Expected an expression", id="syntax"),
    pytest.param("{% if true %}\n", 1, "end of template", id="block_without_an_end"),
    pytest.param("{{ name | shout }}", 1, "shout", id="unknown_filter"),
    pytest.param("a\nb {{ 1 / 0 }}", 2, "division by zero", id="division_by_zero"),
    pytest.param("{{ ''.__class__.__mro__ }}", 1, "unsafe", id="out_of_the_sandbox"),
    pytest.param("{{ gap.__globals__ }}", 1, "unsafe", id="out_of_the_sandbox_by_a_function"),
    pytest.param("a\n{{ needed_by.era }}", 2, "no attribute 'era'", id="unknown_attribute"),
    pytest.param("{{ needed_by() }}", 1, "not callable", id="called_what_is_no_function"),
    pytest.param("{{ gap() }}", 1, "argument", id="a_gap_of_nothing"),
    pytest.param("{{ name | date }}", 1, "format", id="a_name_for_a_day"),
    pytest.param("{{ uploaded | day }}", 1, "format", id="a_day_that_is_not_known"),
    pytest.param("a\n{% include 'gone.txt' %}", 2, "gone.txt", id="include_of_nothing"),
    pytest.param("{% include 'thank.txt' %}", 1, "recursion", id="include_of_itself"),
    pytest.param("{% for i in range(10 ** 9) %}x{% endfor %}", 1, "Range too big", id="endless"),
]


@pytest.mark.parametrize(("text", "line", "said"), MISTAKES)
def test_a_mistake_in_a_template_is_told_with_its_place(home: Path, text: str, line: int, said: str) -> None:
    """What is wrong with a template of the user's own is told with its file and line, whatever it is."""
    path = own(home, "thank.txt", text)
    with pytest.raises(DraftError) as told:
        with_own(home)
    message = str(told.value)
    assert message.startswith(f"the template {path}:{line} cannot be used: ")
    assert said in message
    assert "\n" not in message
    assert isinstance(told.value, LorplanError)


def test_a_mistake_in_an_included_part_names_the_part(home: Path) -> None:
    """Where the mistake is in a part that our template includes, something of it is told all the same."""
    path = own(home, "_signature.txt", "x\n{% if %}\n")
    with pytest.raises(DraftError, match=re.escape(f"{path}:2 ")):
        with_own(home)


def test_a_mistake_while_an_included_part_is_rendered_names_the_part(home: Path) -> None:
    """An unknown name in the user's signature is not told as a mistake of our own template."""
    path = own(home, "_signature.txt", "x\n{{ nope }}\n")
    with pytest.raises(DraftError, match=re.escape(f"{path}:2 ")):
        with_own(home)


def test_a_template_that_is_not_utf_8_is_told(home: Path) -> None:
    """A template in another encoding is refused by its path, with the byte that is wrong, and not guessed at."""
    path = own(home, "thank.txt", "Für Sie".encode("latin-1"))
    with pytest.raises(DraftError, match=re.escape(f"{path} is not UTF-8: byte 0xFC")):
        with_own(home)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="the system has no file that nobody can read")
def test_a_template_that_cannot_be_read_is_told(home: Path) -> None:
    """A template that is there and cannot be read is not passed over in silence."""
    home.mkdir(parents=True)
    (home / "thank.txt").symlink_to("/proc/self/mem")
    with pytest.raises(DraftError, match=r"thank\.txt cannot be used: "):
        with_own(home)


@pytest.mark.parametrize("how", ["directory", "dangling link"])
def test_something_else_in_the_place_of_a_template_is_told(home: Path, how: str) -> None:
    """A directory or a link to nothing under the name of a template is told: the user meant something by it."""
    path = home / "thank.txt"
    home.mkdir(parents=True)
    path.mkdir() if how == "directory" else path.symlink_to(home / "gone")
    with pytest.raises(DraftError, match=re.escape(str(path))):
        with_own(home)
    assert with_own(home, "packet") == written("packet", golden_plan("full"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{{ nope }}", id="unknown_name"),
        pytest.param("{% if %}", id="syntax"),
        pytest.param(b"\xff", id="not_utf_8"),
    ],
)
def test_the_command_ends_with_1_and_one_line(
    invoke: Runner, tmp_path: Path, home: Path, text: str | bytes
) -> None:
    """A template that cannot be used is a problem in a file: status 1, one line, nothing on standard output."""
    own(home, "thank.txt", text)
    shutil.copy(DRAFTS / "full.yaml", tmp_path)
    result = invoke("draft", "kim", "thank", "-f", "full.yaml", check=1)
    assert result.out == ""
    assert result.err.count("\n") == 1
    assert "thank.txt" in result.err
    assert "Traceback" not in result.err


def test_templates_depend_on_nothing_but_the_facts(home: Path) -> None:
    """The same facts give the same message, and what is said about a letter is not kept for the next."""
    found = golden_plan("full")
    assert body("packet", found) == body("packet", found)
    own(home, "thank.txt", "{{ gap('a') }}")
    assert with_own(home).gaps == ("[a]",)
    assert with_own(home, "feedback").gaps == ()
    assert letter(found, "kim") is found.letters[0]
