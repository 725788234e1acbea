"""The questions of `init --ask`: what is asked again and why, that answers reach the file unchanged, and leaving.

The interview is asked by a script here, and by the real program on a real terminal.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from conftest import environment
from lorplan.edit.interview import Question, interview
from lorplan.edit.starter import written
from lorplan.errors import PlanFileError
from lorplan.planfile import yaml_tree as yamltext
from lorplan.planfile.field_types import Email, Line
from lorplan.planfile.models import PlanFile
from lorplan.planfile.reader import loads
from lorplan.planfile.yaml_tree import as_scalar, plain, read
from lorplan.reference.specialties import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conftest import Runner

Data = dict[str, Any]

FIELDS = ("hospital", "residency_affiliated", "img_friendly", "performance", "contact")
"""What is asked of a rotation behind its days, in order."""

FULL: Data = {
    "applicant": {
        "name": "Amina Rahman",
        "email": "amina@example.org",
        "season": "2028",
        "targets": ["internal medicine", "FM"],
    },
    "rotations": [
        {
            "attending": {"name": "Dr. Wei Chen", "email": "wei@example.org"},
            "specialty": "internal medicine",
            "start": "2027-01-04",
            "end": "2027-01-29",
            "hospital": "Mercy General",
            "residency_affiliated": "yes",
            "img_friendly": "no",
            "performance": "excellent",
            "contact": "daily",
        },
        {"attending": {"name": "Lee"}, "specialty": "neurology", "start": "2027-02-01", "weeks": "4"},
    ],
}
"""An interview in which everything is answered for one rotation, and only the needed for another."""

Place = tuple[str | int, ...]


def replies(data: Data) -> list[tuple[Place, str]]:
    """Answer an interview so that its data comes out: every answer in order, with the place it belongs to."""
    applicant = data.get("applicant", {})
    found: list[tuple[Place, str]] = [
        (("applicant", key), applicant.get(key, "")) for key in ("name", "email", "season")
    ]
    for number, target in enumerate([*applicant.get("targets", []), ""]):
        found.append((("applicant", "targets", number), target))
    for number, rotation in enumerate(data["rotations"]):
        at = ("rotations", number)
        found += [((*at, "attending", key), rotation["attending"].get(key, "")) for key in ("name", "email")]
        found += [((*at, key), rotation[key]) for key in ("specialty", "start")]
        length = "end" if "end" in rotation else "weeks"
        found.append(((*at, length), rotation[length]))
        found += [((*at, key), rotation.get(key, "")) for key in FIELDS]
    return [*found, (("rotations", len(data["rotations"]), "attending", "name"), "")]


class Script:
    """Answers questions one by one, and remembers them; it has exactly as many answers as are asked for."""

    def __init__(self, answers: Iterable[str]) -> None:
        self.answers = list(answers)
        self.asked: list[Question] = []

    def __call__(self, question: Question) -> str:
        """Give the next answer."""
        self.asked.append(question)
        assert len(self.asked) <= len(self.answers), f"no answer is left for {question}"
        return self.answers[len(self.asked) - 1]


def interviewed(answers: Iterable[str]) -> tuple[Data, list[Question]]:
    """Hold an interview, in which every answer is used: its data, and what was asked."""
    script = Script(answers)
    data = interview(script)
    assert len(script.asked) == len(script.answers), "all answers are used"
    return data, script.asked


def in_order(data: Data) -> list[str]:
    """Give the answers that make some data."""
    return [answer for _, answer in replies(data)]


# --- answers ----------------------------------------------------------------------------------------------


class TestAnswers:
    @pytest.mark.parametrize(
        "data",
        [
            pytest.param(FULL, id="everything"),
            pytest.param({"rotations": []}, id="nothing"),
            pytest.param({"applicant": {"name": "Amina"}, "rotations": []}, id="a_name"),
            pytest.param({"applicant": {"targets": ["a", "b", "c", "d"]}, "rotations": []}, id="targets"),
            pytest.param({"rotations": FULL["rotations"][1:] * 5}, id="rotations_with_the_needed_only"),
        ],
    )
    def test_are_the_data(self, data: Data) -> None:
        """What is answered is the file's data, word for word; what is answered with Enter is not in it."""
        assert interviewed(in_order(data))[0] == data

    def test_are_asked_for_in_the_order_of_the_file(self) -> None:
        """First the applicant, then each rotation; the questions count targets and rotations."""
        _, asked = interviewed(in_order(FULL))
        first_words = [" ".join(question.text.split()[:2]) for question in asked]
        of_a_rotation = ["Specialty", "First day", "Last day", "Hospital or", "Do residents", "Do they"]
        of_a_rotation = ["The attending's", *of_a_rotation, "How did", "How often"]
        assert first_words == [
            *("Your name", "Your e-mail", "The year"),
            *("Specialty 1", "Specialty 2", "Specialty 3"),
            *("Attending of", *of_a_rotation) * 2,
            "Attending of",
        ]
        counted = [question.text for question in asked if question.text.startswith("Attending")]
        assert [re.findall(r"\d+", text) for text in counted] == [["1"], ["2"], ["3"]]

    def test_may_be_left_out_but_for_three_of_a_rotation(self) -> None:
        """Only the specialty, the first day and the length of a rotation that there is are needed."""
        _, asked = interviewed(in_order(FULL))
        needed = {question.text.split(",")[0].split(" (")[0] for question in asked if question.required}
        assert needed == {"Specialty", "First day", "Last day"}

    def test_are_not_complained_of_where_they_are_right(self) -> None:
        """A right answer is taken the first time."""
        assert {question.refused for question in interviewed(in_order(FULL))[1]} == {None}

    def test_may_have_spaces_around_them(self) -> None:
        """What a slip of the thumb puts in front or behind is no part of an answer."""
        assert interviewed(f"  {answer}\t" for answer in in_order(FULL))[0] == FULL

    @pytest.mark.parametrize(("short", "word"), [("y", "yes"), ("Y", "yes"), ("n", "no"), ("N", "no")])
    def test_of_yes_and_no_may_be_a_letter(self, short: str, word: str) -> None:
        """Where yes or no is asked for, its first letter will do; the file has the word."""
        flags = ("residency_affiliated", "img_friendly")
        one = {"rotations": FULL["rotations"][:1]}
        found, asked = interviewed(short if place[-1] in flags else answer for place, answer in replies(one))
        assert [found["rotations"][0][flag] for flag in flags] == [word, word]
        assert {question.refused for question in asked} == {None}

    def test_of_other_questions_stay_a_letter(self) -> None:
        """An n that is a name is no no."""
        data = put(put(FULL, ("rotations", 0, "hospital"), "n"), ("applicant", "name"), "Y")
        assert interviewed(in_order(data))[0] == data

    @pytest.mark.parametrize("leave", [KeyboardInterrupt, EOFError, ZeroDivisionError])
    @pytest.mark.parametrize("number", [0, 4, 9, 26])
    def test_end_when_the_asking_does(self, number: int, leave: type[BaseException]) -> None:
        """Whatever the asking raises ends the interview, at any question, and gives no data."""
        answers = iter(in_order(FULL)[:number])

        def ask(_: Question) -> str:
            for answer in answers:
                return answer
            raise leave

        with pytest.raises(leave):
            interview(ask)


def put(data: Data, place: Place, value: str) -> Data:
    """Write a value somewhere in a copy of some data; an end takes the place of the weeks."""
    changed = deepcopy(data)
    owner: Any = changed
    for part in place[:-1]:
        owner = owner[part]
    if place[-1] in {"end", "weeks"}:
        owner.pop("end", None)
        owner.pop("weeks", None)
    owner[place[-1]] = value
    return changed


def words_of_check(data: Data) -> list[str]:
    """Say what `check` has to say about some data, without the rotation and the key."""
    with pytest.raises(PlanFileError) as refused:
        loads(json.dumps(data))  # which is YAML, with an escape for every odd character
    return [
        re.sub(r"^(rotation \d+ of the list: )?([a-z_]+: )?", "", problem.message)
        for problem in refused.value.problems
    ]


def starting(day: str) -> Data:
    """Let the first rotation begin on another day."""
    return put(FULL, ("rotations", 0, "start"), day)


NAME, EMAIL, SEASON = (("applicant", key) for key in ("name", "email", "season"))
TARGET = ("applicant", "targets", 1)
CHEN = ("rotations", 0)
UNSAFE = "cannot be used: control and direction characters are refused"
WRONG = [
    pytest.param(FULL, NAME, "\u200b", "is empty", id="name_that_shows_nothing"),
    pytest.param(FULL, NAME, "A\x1b[31mB", f"the character U+001B {UNSAFE}", id="name_with_an_escape"),
    pytest.param(FULL, NAME, "A\u202eB", f"the character U+202E {UNSAFE}", id="name_with_a_direction"),
    pytest.param(FULL, NAME, "A\tB", f"the character U+0009 {UNSAFE}", id="name_with_a_tab"),
    pytest.param(FULL, NAME, "A\x00B", f"the character U+0000 {UNSAFE}", id="name_with_a_nul"),
    pytest.param(FULL, NAME, "A\x85B", f"the character U+0085 {UNSAFE}", id="name_with_a_next_line"),
    pytest.param(FULL, NAME, "A\u2028B", f"the character U+2028 {UNSAFE}", id="name_with_a_line_separator"),
    pytest.param(FULL, EMAIL, "me", '"me" is not an e-mail address', id="address_without_an_at"),
    pytest.param(FULL, EMAIL, "me@", '"me@" is not an e-mail address', id="address_without_a_place"),
    pytest.param(FULL, EMAIL, "a b@x.org", '"a b@x.org" is not an e-mail address', id="address_with_a_space"),
    pytest.param(FULL, SEASON, "next", '"next" is not a whole number', id="season_in_words"),
    pytest.param(FULL, SEASON, "2027/28", '"2027/28" is not a whole number', id="season_of_two_years"),
    pytest.param(FULL, SEASON, "1990", "1990 is too small, it must be at least 1991", id="season_long_ago"),
    pytest.param(FULL, SEASON, "2101", "2101 is too large, it must be at most 2100", id="season_far_ahead"),
    pytest.param(
        FULL,
        TARGET,
        "IM",
        'the target "IM" is here twice (first as "internal medicine")',
        id="target_in_another_spelling",
    ),
    pytest.param(
        FULL,
        TARGET,
        "internal medicine",
        'the target "internal medicine" is here twice',
        id="target_twice",
    ),
    pytest.param(FULL, TARGET, "\ufeff", "is empty", id="target_that_shows_nothing"),
    pytest.param(FULL, (*CHEN, "attending", "name"), "\u200b\u200d", "is empty", id="attending"),
    pytest.param(
        FULL, (*CHEN, "attending", "email"), "chen", '"chen" is not an e-mail address', id="address_of_attending"
    ),
    pytest.param(FULL, (*CHEN, "specialty"), "", "is empty", id="specialty_left_out"),
    pytest.param(
        FULL, (*CHEN, "specialty"), "a\x07b", f"the character U+0007 {UNSAFE}", id="specialty_with_a_bell"
    ),
    pytest.param(
        FULL,
        (*CHEN, "start"),
        "",
        '"" is not a date: write YYYY-MM-DD, such as 2027-01-29',
        id="start_left_out",
    ),
    pytest.param(
        FULL,
        (*CHEN, "start"),
        "01/04/2027",
        '"01/04/2027" is not a date: write YYYY-MM-DD, such as 2027-04-01 or 2027-01-04',
        id="start_in_another_form",
    ),
    pytest.param(
        FULL,
        (*CHEN, "start"),
        "Jan 4",
        '"Jan 4" is not a date: write YYYY-MM-DD, such as 2027-01-29',
        id="start_in_words",
    ),
    pytest.param(
        FULL,
        (*CHEN, "start"),
        "2027-02-29",
        "2027-02-29 does not exist: February 2027 has 28 days",
        id="start_on_no_day",
    ),
    pytest.param(
        FULL,
        (*CHEN, "start"),
        "1989-12-31",
        "1989-12-31 is out of range: dates go from 1990-01-01 to 2100-12-31",
        id="start_long_ago",
    ),
    pytest.param(
        FULL,
        (*CHEN, "end"),
        "",
        '"" is not a date: write YYYY-MM-DD, such as 2027-01-29',
        id="end_left_out",
    ),
    pytest.param(
        FULL,
        (*CHEN, "end"),
        "29.01.2027",
        '"29.01.2027" is not a date: write YYYY-MM-DD, such as 2027-01-29',
        id="end_in_another_form",
    ),
    pytest.param(
        FULL,
        (*CHEN, "end"),
        "4 weeks",
        '"4 weeks" is not a date: write YYYY-MM-DD, such as 2027-01-29',
        id="weeks_in_words",
    ),
    pytest.param(
        FULL, (*CHEN, "end"), "2027-01-03", "end 2027-01-03 is before start 2027-01-04", id="end_before_start"
    ),
    pytest.param(
        starting("2027-01-16"),
        (*CHEN, "end"),
        "2027-01-17",
        "no on-site day between 2027-01-16 and 2027-01-17: all are days off",
        id="a_weekend",
    ),
    pytest.param(
        starting("2027-01-18"),
        (*CHEN, "end"),
        "2027-01-18",
        "no on-site day between 2027-01-18 and 2027-01-18: all are days off",
        id="a_federal_holiday",
    ),
    pytest.param(FULL, (*CHEN, "weeks"), "0", "0 is too small, it must be at least 1", id="no_week"),
    pytest.param(FULL, (*CHEN, "weeks"), "105", "105 is too large, it must be at most 104", id="too_many_weeks"),
    pytest.param(FULL, (*CHEN, "weeks"), "٤", '"٤" is not a whole number', id="weeks_in_another_script"),
    pytest.param(
        FULL, (*CHEN, "hospital"), "Mercy\tGeneral", f"the character U+0009 {UNSAFE}", id="hospital_with_a_tab"
    ),
    pytest.param(
        FULL,
        (*CHEN, "residency_affiliated"),
        "ye",
        '"ye" is neither true nor false (yes, no, on and off are read too)',
        id="half_a_yes",
    ),
    pytest.param(
        FULL,
        (*CHEN, "img_friendly"),
        "maybe",
        '"maybe" is neither true nor false (yes, no, on and off are read too)',
        id="a_maybe",
    ),
    pytest.param(
        FULL,
        (*CHEN, "performance"),
        "Good",
        '"Good" is not one of excellent, good, fair, poor, did you mean "good"?',
        id="word_in_another_case",
    ),
    pytest.param(
        FULL,
        (*CHEN, "contact"),
        "never",
        '"never" is not one of daily, weekly, rarely',
        id="unknown_word",
    ),
]


class TestWrongAnswers:
    @pytest.mark.parametrize(("data", "place", "wrong", "words"), WRONG)
    def test_are_asked_again_in_the_words_of_check(self, data: Data, place: Place, wrong: str, words: str) -> None:
        """A wrong answer is told as the file would be, the question comes again, and nothing of it is kept."""
        places = [("end" if at[-1] == "weeks" else at[-1], *at[:-1]) for at, _ in replies(data)]
        number = places.index(("end" if place[-1] == "weeks" else place[-1], *place[:-1]))
        answers = in_order(data)
        answers.insert(number, wrong)
        found, asked = interviewed(answers)
        assert found == data
        assert [question.refused for question in asked] == [
            words if at == number + 1 else None for at in range(len(asked))
        ]
        assert asked[number].text == asked[number + 1].text
        assert asked[number].required == asked[number + 1].required
        assert words_of_check(put(data, place, wrong)) == [words]

    def test_are_each_told_for_what_they_are(self) -> None:
        """Of several wrong answers to a question each is told, and the next question begins anew."""
        wrong = ["", "soon", "0", "2027-01-01", "999"]
        answers = in_order(FULL)
        number = answers.index("2027-01-29")
        found, asked = interviewed([*answers[:number], *wrong, *answers[number:]])
        assert found == FULL
        told = [question.refused or "" for question in asked[number : number + 7]]
        assert [words.partition(" is ")[0] for words in told] == [
            "",
            '""',
            '"soon"',
            "0",
            "end 2027-01-01",
            "999",
            "",
        ]

    @pytest.mark.parametrize("blank", ["", "   ", "\t"])
    @pytest.mark.parametrize("key", ["specialty", "start", "end"])
    def test_are_those_that_leave_out_what_is_needed(self, key: str, blank: str) -> None:
        """However often Enter is pressed: what a rotation needs is asked for again."""
        places = [place for place, _ in replies(FULL)]
        number = places.index((*CHEN, key))
        answers = in_order(FULL)
        found, asked = interviewed([*answers[:number], blank, blank, blank, *answers[number:]])
        assert found == FULL
        assert [bool(question.refused) for question in asked[number : number + 5]] == [False, *[True] * 3, False]

    def test_of_one_rotation_are_not_held_against_the_next(self) -> None:
        """A rotation is judged by its own answers."""
        answers = in_order({"rotations": FULL["rotations"] * 3})
        places = [at for at, answer in enumerate(answers) if answer == "2027-01-29"]
        for at in reversed(places):
            answers.insert(at, "2027-01-03")
        found, asked = interviewed(answers)
        assert found == {"rotations": FULL["rotations"] * 3}
        assert [question.refused for question in asked if question.refused] == [
            "end 2027-01-03 is before start 2027-01-04"
        ] * 3


class TestWeeksOrEnd:
    @pytest.mark.parametrize(
        ("answer", "key"),
        [("1", "weeks"), ("4", "weeks"), ("104", "weeks"), ("004", "weeks"), ("2027-01-04", "end")],
    )
    def test_is_told_by_the_answer(self, answer: str, key: str) -> None:
        """A number is one of weeks, a date is the last day; each is written under its own key."""
        data = put(FULL, (*CHEN, key), answer)
        assert interviewed(in_order(data))[0] == data
        assert loads(written(data)) == PlanFile.model_validate(data)

    def test_may_change_with_the_second_try(self) -> None:
        """After a wrong end a number of weeks is taken, and the other way round, with nothing of the first."""
        answers = in_order(FULL)
        number = answers.index("2027-01-29")
        weeks, _ = interviewed([*answers[:number], "2026-01-01", "4", *answers[number + 1 :]])
        end, _ = interviewed([*answers[:number], "0", *answers[number:]])
        assert weeks == put(FULL, (*CHEN, "weeks"), "4")
        assert end == FULL


# --- the way through the file -----------------------------------------------------------------------------


LINE: TypeAdapter[str] = TypeAdapter(Line)
EMAIL_ADDRESS: TypeAdapter[str] = TypeAdapter(Email)

NASTY = (
    "Chen: MD", "Chen:", ": Chen", "#1 Hospital", "St. Mary #2", "a # b", "a#b", "'Wei'", '"Wei"', "it's", "'",
    '"', "- Chen", "-", "--", "---", "...", "? x", "?", "[IM]", "[", "]", "{a: b}", "{}", "}", "[]", "a, b",
    ",", "*", "*x", "&", "&x", "!", "!!str x", "!x", "|", "|-", ">", ">-", "%", "%YAML 1.1", "@home", "`x`",
    "~", "null", "Null", "NULL", "yes", "no", "Yes", "NO", "on", "off", "true", "False", "y", "n", "=", "<<",
    "<<: x", "0", "007", "0o7", "0x1F", "1e3", "1_000", "12:30", "12:30:45", "2027-01-04", "2027-02-31", ".5",
    ".inf", ".nan", "+1", "-1", "5.", "1.0", "\\", "a\\nb", "\\x00", "a  b", "Zoë", "José Álvarez-Núñez", "陈伟",
    "محمد", "😀", "\U0001f469\U0001f3fd\u200d\u2695\ufe0f \xc9milie", "\ufeffx", "x\ufeff", "\u200bx", "a\xa0b",
    "\xadx", "é", "{{ name }}", "{% if %}", "%s {0}", "$HOME", "x" * 300, "a:b", "a :b",
)  # fmt: skip
"""Names that look like something else in YAML, or in another language that a text may pass through."""


def takes(adapter: TypeAdapter[str], text: str) -> bool:
    """Say whether the model takes a text, as it is typed."""
    try:
        return adapter.validate_python(text) == text.strip()
    except ValidationError:
        return False


SPECIAL = st.sampled_from(":#-?[]{},&*!|>'\"%@`~ =\\<ab01é陈😀\u00a0\u200b\ufeff\u0301")
ANY = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")) | st.sampled_from("\ufffe\uffff")
LINES = (
    st.sampled_from(NASTY) | st.text(SPECIAL, min_size=1, max_size=8) | st.text(ANY, min_size=1, max_size=20)
).filter(lambda text: takes(LINE, text))
"""Any text that the model takes as a line, as it comes out of an answer."""

EMAILS = (
    st.sampled_from(
        ("a@b", "#me@x.org", "a@b@c", "'a'@b", '"a b"@c'.replace(" ", ""), "-@-", "?a:@b", "é@陈", "[a]@b:")
    )
    | st.builds("{}@{}".format, st.text(SPECIAL, min_size=1, max_size=5), st.text(SPECIAL, min_size=1, max_size=5))
).filter(lambda text: takes(EMAIL_ADDRESS, text))


def some(**values: st.SearchStrategy[Any]) -> st.SearchStrategy[Data]:
    """Draw some of the keys, in their order."""
    return st.fixed_dictionaries({}, optional=values)


def rotations() -> st.SearchStrategy[Data]:
    """Draw a rotation as it is answered: text throughout."""
    attendings = st.tuples(LINES, some(email=EMAILS)).map(lambda drawn: {"name": drawn[0], **drawn[1]})
    needed = st.fixed_dictionaries(
        {"attending": attendings, "specialty": LINES, "start": st.sampled_from(("2024-02-29", "2027-12-27"))}
    )
    lengths = st.integers(1, 104).map(lambda weeks: {"weeks": str(weeks)}) | st.sampled_from(
        ({"end": "2028-01-14"}, {"end": "2100-12-31"})
    )
    flags = st.sampled_from(("yes", "no", "true", "OFF", "On"))
    others = some(
        hospital=LINES,
        residency_affiliated=flags,
        img_friendly=flags,
        performance=st.sampled_from(("excellent", "good", "fair", "poor")),
        contact=st.sampled_from(("daily", "weekly", "rarely")),
    )
    return st.builds(lambda one, length, more: {**one, **length, **more}, needed, lengths, others)


def files() -> st.SearchStrategy[Data]:
    """Draw the data of an interview."""
    about = some(
        name=LINES,
        email=EMAILS,
        season=st.integers(1991, 2100).map(str),
        targets=st.lists(LINES, min_size=1, max_size=3, unique_by=canonical),
    )
    return st.builds(
        lambda applicant, rows: {**({"applicant": applicant} if applicant else {}), "rotations": rows},
        about,
        st.lists(rotations(), max_size=3),
    )


def read_back(text: str) -> Any:  # noqa: ANN401 - a tree of plain values
    """Read a text that must be right YAML to the end."""
    document = read(text)
    assert (document.faults, document.complete) == ((), True)
    assert document.root is not None
    return plain(document.root)


class TestWayThroughTheFile:
    @given(files())
    def test_keeps_every_answer(self, data: Data) -> None:
        """Whatever is answered comes back out of the file letter by letter, and means what it meant."""
        found, asked = interviewed(in_order(data))
        assert {question.refused for question in asked} == {None}
        assert found == data
        text = written(found)
        assert read_back(text) == data
        assert loads(text) == PlanFile.model_validate(data)

    @pytest.mark.parametrize("name", NASTY)
    def test_keeps_a_name_that_looks_like_something_else(self, name: str) -> None:
        """In each place in which a text can stand: behind a key, in a list, first in an item, within a mapping."""
        data = {
            "applicant": {"name": name, "targets": [name]},
            "rotations": [
                {
                    "attending": {"name": name},
                    "specialty": name,
                    "start": "2027-01-04",
                    "weeks": "4",
                    "hospital": name,
                }
            ],
        }
        assert interviewed(in_order(data))[0] == data
        assert read_back(written(data)) == data
        assert loads(written(data)) == PlanFile.model_validate(data)

    def test_gives_a_file_for_people(self) -> None:
        """The file is in block style, the applicant first, and nothing is quoted that need not be."""
        lines = [line for line in written(FULL).splitlines() if not line.startswith("#")]
        assert lines == [
            "applicant:",
            "  name: Amina Rahman",
            "  email: amina@example.org",
            "  season: 2028",
            "  targets:",
            "    - internal medicine",
            "    - FM",
            "rotations:",
            "  - attending:",
            "      name: Dr. Wei Chen",
            "      email: wei@example.org",
            "    specialty: internal medicine",
            "    start: 2027-01-04",
            "    end: 2027-01-29",
            "    hospital: Mercy General",
            "    residency_affiliated: yes",
            "    img_friendly: no",
            "    performance: excellent",
            "    contact: daily",
            "  - attending:",
            "      name: Lee",
            "    specialty: neurology",
            "    start: 2027-02-01",
            "    weeks: 4",
        ]
        assert written(FULL).endswith("\n")

    def test_puts_the_applicant_first_however_the_answers_came(self) -> None:
        """The order of a plan file is the one that the starter has."""
        data, _ = interviewed(in_order(FULL))
        assert written(data) == written(FULL)

    def test_gives_a_file_without_rotations(self) -> None:
        """Who answers nothing gets an empty plan, which is valid."""
        data, _ = interviewed(in_order({"rotations": []}))
        assert loads(written(data)) == PlanFile()


class TestAsScalar:
    @settings(max_examples=250)
    @given(LINES)
    @example("x: y")
    @example("\ufeff")
    def test_reads_back_as_the_same_text(self, text: str) -> None:
        """Behind a key any line is read as what it was, without a fault, and stays one line."""
        scalar = as_scalar(text)
        assert read_back(f"x: {scalar}") == {"x": text}
        assert read_back(f"a:\n  - x: {scalar}\n    y: z\n") == {"a": [{"x": text, "y": "z"}]}
        assert "\n" not in scalar

    @given(LINES)
    def test_reads_back_as_the_same_text_without_the_part_in_c(self, text: str) -> None:
        """What is written where libyaml is installed is read the same where it is not, and the other way round."""
        in_c = as_scalar(text)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(yamltext, "_LOADER", yaml.Loader)
            in_python = as_scalar(text)
            assert read_back(f"x: {in_c}") == {"x": text}
        assert read_back(f"x: {in_python}") == {"x": text}

    @given(LINES)
    def test_quotes_only_what_would_be_read_as_something_else(self, text: str) -> None:
        """A text that is read as itself is written as it is, any other in double quotes."""
        quoted = as_scalar(text) != text
        document = read(f"x: {text}")
        as_it_is = document.root is not None and not document.faults and plain(document.root) == {"x": text}
        assert quoted == (not as_it_is)
        assert not quoted or re.fullmatch('".*"', as_scalar(text))

    @pytest.mark.parametrize(
        "text", ["Dr. Wei Chen", "2027-01-04", "yes", "it's", "a:b", "a#b", "José", "陈伟", "😀"]
    )
    def test_does_not_quote_what_is_plain(self, text: str) -> None:
        """A file that people read has no quotes that it does not need."""
        assert as_scalar(text) == text

    @pytest.mark.parametrize(
        "text", ["", "~", "null", "a: b", "a #b", "- a", " a", "a ", "[a", "'a", '"a', "&a", "*a"]
    )
    def test_quotes_what_would_be_read_as_something_else(self, text: str) -> None:
        """Nothing, a comment, a list, an alias: a text that only looks like it is quoted."""
        assert as_scalar(text) == json.dumps(text)

    @pytest.mark.parametrize("character", ["\ufffe", "\uffff"])
    def test_escapes_what_a_yaml_file_cannot_hold(self, character: str) -> None:
        """What the model refuses, as no YAML file may hold it, would be written as an escape."""
        text = f"Dr. A{character}B"
        assert not takes(LINE, text)
        assert as_scalar(text).isascii()
        assert read_back(f"x: {as_scalar(text)}") == {"x": text}


# --- on a terminal ----------------------------------------------------------------------------------------


IN_CONTROL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, "-m", "lorplan", *sys.argv[1:]])
"""
"""Makes the terminal the one that keys such as Ctrl-C and a hang-up come from, then becomes lorplan."""

PATIENCE = 30.0
"""Seconds to wait for the program before the test fails."""


class Conversation:
    """The real program on a terminal of its own, and somebody who types."""

    def __init__(self, directory: Path, *args: str, env: dict[str, str | None] | None = None) -> None:
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
        self.shown = ""
        self.read_to = 0
        self.process = subprocess.Popen(
            [sys.executable, "-IS", "-c", IN_CONTROL, *args],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=directory,
            env=environment(directory, {"TERM": "xterm", "COLUMNS": None, **(env or {})}),
            start_new_session=True,
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.hang_up()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)

    def hang_up(self) -> None:
        """Take the terminal away."""
        if self.ours >= 0:
            os.close(self.ours)
            self.ours = -1

    def _more(self, deadline: float) -> bool:
        """Read what is shown next; False at the end, which Linux reports as an error."""
        ready, _, _ = select.select([self.ours], [], [], max(0.0, deadline - time.monotonic()))
        assert ready, f"nothing more is shown after: {self.shown}"
        try:
            raw = os.read(self.ours, 65536)
        except OSError:
            return False
        self.shown += raw.decode(errors="replace").replace("\r\n", "\n")
        return bool(raw)

    def until(self, text: str) -> None:
        """Read on until something is shown."""
        deadline = time.monotonic() + PATIENCE
        while (place := self.shown.find(text, self.read_to)) < 0:
            assert self._more(deadline), f"{text!r} was never shown: {self.shown}"
        self.read_to = place + len(text)

    def until_it_waits(self, question: str) -> None:
        """Read on until a question is shown, and the program has gone to sleep over it.

        In the moment between the two Python notes a Ctrl-C, and heeds it only with the next key.
        """
        self.until(question)
        self.until(": ")
        state = Path(f"/proc/{self.process.pid}/stat")
        time.sleep(0.05 if state.exists() else 0.5)
        while state.exists() and state.read_text().rpartition(")")[2].split()[0] == "R":
            time.sleep(0.01)

    def type(self, raw: bytes) -> None:
        """Press keys."""
        os.write(self.ours, raw)

    def answer(self, question: str, answer: str) -> None:
        """Wait for a question and answer it."""
        self.until(question)
        self.type(answer.encode() + b"\n")

    def end(self) -> int:
        """Read to the end and give the exit status; a signal's number is negative."""
        deadline = time.monotonic() + PATIENCE
        while self._more(deadline):
            pass
        return self.process.wait(PATIENCE)


QUESTIONS = {
    "name": "Your name",
    "season": "The year",
    "targets": "Specialty ",
    "start": "First day",
    "end": "Last day",
    "weeks": "Last day",
    "hospital": "Hospital",
    "residency_affiliated": "Do residents",
    "img_friendly": "international graduates",
    "performance": "How did it go",
    "contact": "How often",
}


FIRST: Place = ("applicant", "name")
WITHIN: Place = ("rotations", 0, "end")
LAST: Place = ("rotations", 2, "attending", "name")
"""Where to leave an interview."""


def question_for(place: Place) -> str:
    """Say how the question about a place begins."""
    if place[-1] == "email":
        return "Your e-mail" if place[0] == "applicant" else "The attending's e-mail"
    if place[-2:] == ("attending", "name"):
        return f"Attending of rotation {int(place[1]) + 1}"
    if "targets" in place:
        return f"Specialty {int(place[-1]) + 1}"
    return "Specialty" if place[-1] == "specialty" else QUESTIONS[str(place[-1])]


def names_in(directory: Path) -> set[str]:
    """Name all that is in a folder, what begins with a dot too."""
    return {path.name for path in directory.iterdir()}


class TestOnATerminal:
    def test_a_whole_interview_writes_the_file(self, tmp_path: Path, invoke: Runner) -> None:
        """Every question comes, every answer is in the file, nothing lies beside it, and it can be planned."""
        with Conversation(tmp_path, "init", "--ask") as talk:
            for place, answer in replies(FULL):
                talk.answer(question_for(place), answer)
            assert talk.end() == 0
        assert "rotations.yaml is written: 2 rotations of yours." in talk.shown
        assert talk.shown.endswith("Next: lorplan plan rotations.yaml\n")
        assert names_in(tmp_path) == {"rotations.yaml"}
        text = (tmp_path / "rotations.yaml").read_text(encoding="utf-8")
        assert read_back(text) == FULL
        invoke("check", "--strict")

    def test_a_wrong_answer_is_told_and_asked_for_again(self, tmp_path: Path) -> None:
        """What is wrong stands above the question that comes again; names in any script come through."""
        with Conversation(tmp_path, "init", "--ask", "mine.yaml") as talk:
            for question, answer in (
                ("Your name", "Zoë: 陈 😀"),
                ("Your e-mail", "me"),
                ('  "me" is not an e-mail address\nYour e-mail', ""),
                ("The year", ""),
                ("Specialty 1", ""),
                ("Attending of rotation 1", ""),
            ):
                talk.answer(question, answer)
            assert talk.end() == 0
        assert "mine.yaml is written: 0 rotations of yours." in talk.shown
        text = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
        assert read_back(text) == {"applicant": {"name": "Zoë: 陈 😀"}, "rotations": []}

    @pytest.mark.parametrize(
        ("way", "place"),
        [
            pytest.param("ctrl_c", FIRST, id="ctrl_c_at_the_first_question"),
            pytest.param("ctrl_c", WITHIN, id="ctrl_c_within_a_rotation"),
            pytest.param("ctrl_c", LAST, id="ctrl_c_at_the_last_question"),
            pytest.param("ctrl_d", FIRST, id="ctrl_d_at_the_first_question"),
            pytest.param("ctrl_d", LAST, id="ctrl_d_at_the_last_question"),
            pytest.param("terminate", WITHIN, id="terminated_within_a_rotation"),
            pytest.param("terminate", LAST, id="terminated_at_the_last_question"),
            pytest.param("hang_up", WITHIN, id="hung_up_within_a_rotation"),
            pytest.param("hang_up", LAST, id="hung_up_at_the_last_question"),
        ],
    )
    def test_leaving_writes_nothing(self, tmp_path: Path, way: str, place: Place) -> None:
        """Whoever leaves, or is thrown out, leaves no file, no lock and nothing half, and fails."""
        with Conversation(tmp_path, "init", "--ask") as talk:
            for at, answer in replies(FULL):
                if at == place:
                    break
                talk.answer(question_for(at), answer)
            talk.until_it_waits(question_for(place))
            status = leave(talk, way)
        assert status == {"ctrl_c": 1, "ctrl_d": 1, "terminate": -signal.SIGTERM, "hang_up": -signal.SIGHUP}[way]
        assert "Traceback" not in talk.shown
        if way.startswith("ctrl"):
            assert talk.shown.endswith("\nNothing is written.\n")
        assert names_in(tmp_path) == set()

    def test_without_a_terminal_is_wrong_usage(self, run: Runner, tmp_path: Path) -> None:
        """Nobody can answer through a pipe: that is said before anything is asked."""
        refused = run("init", "--ask", stdin="Amina\n" * 50, check=2)
        assert refused.out == ""
        assert refused.err == "lorplan: --ask needs a terminal to ask on: leave it out, and edit the file\n"
        assert names_in(tmp_path) == set()

    def test_with_its_input_closed_is_wrong_usage(self, tmp_path: Path) -> None:
        """No standard input at all is no terminal either."""
        done = subprocess.run(
            ["sh", "-c", 'exec "$0" -m lorplan init --ask <&-', sys.executable],  # noqa: S607 - any sh
            capture_output=True,
            cwd=tmp_path,
            env=environment(tmp_path),
            timeout=60,
            check=False,
        )
        assert (done.returncode, b"Traceback" in done.stderr) == (2, False)

    def test_an_existing_file_is_refused_before_anything_is_asked(self, tmp_path: Path) -> None:
        """Nobody answers twenty questions for nothing."""
        (tmp_path / "rotations.yaml").write_text("[] # mine\n")
        with Conversation(tmp_path, "init", "--ask") as talk:
            assert talk.end() == 1
        assert talk.shown == "rotations.yaml: is there already, and is left as it is\n"
        assert names_in(tmp_path) == {"rotations.yaml"}

    def test_a_file_that_comes_meanwhile_is_left_as_it_is(self, tmp_path: Path) -> None:
        """What somebody else wrote during the interview is not overwritten."""
        path = tmp_path / "rotations.yaml"
        with Conversation(tmp_path, "init", "--ask") as talk:
            for place, answer in replies({"rotations": []})[:-1]:
                talk.answer(question_for(place), answer)
            path.write_text("[] # theirs\n")
            talk.answer("Attending of rotation 1", "")
            assert talk.end() == 1
        assert talk.shown.endswith("rotations.yaml: is there already, and is left as it is\n")
        assert path.read_text() == "[] # theirs\n"
        assert names_in(tmp_path) == {"rotations.yaml"}

    def test_bytes_that_are_no_text_are_refused_as_an_answer(self, tmp_path: Path) -> None:
        """A key of another encoding is told like any wrong character, and the question comes again."""
        with Conversation(tmp_path, "init", "--ask") as talk:
            talk.until("Your name")
            talk.type(b"Zo\xeb\n")
            talk.until("cannot be used")
            talk.until("Your name")
            status = leave(talk, "ctrl_d")
        assert (status, "Traceback" in talk.shown) == (1, False)
        assert names_in(tmp_path) == set()

    def test_bytes_that_are_no_text_are_told_where_the_encoding_is_strict(self, tmp_path: Path) -> None:
        """In a locale in which Python refuses such bytes itself, they are told, and the question comes again."""
        with Conversation(tmp_path, "init", "--ask", env={"PYTHONIOENCODING": "utf-8:strict"}) as talk:
            talk.until("Your name")
            talk.type(b"Zo\xeb\n")
            talk.until("that is not text in utf-8")
            talk.until("Your name")
            status = leave(talk, "ctrl_d")
        assert (status, "Traceback" in talk.shown) == (1, False)
        assert names_in(tmp_path) == set()

    def test_a_file_within_a_file_is_refused_before_anything_is_asked(self, tmp_path: Path) -> None:
        """A name that cannot be written is told at once, and not after twenty answers."""
        (tmp_path / "plan").write_text("[] # mine\n")
        with Conversation(tmp_path, "init", "--ask", "plan/mine.yaml") as talk:
            talk.type(b"\x04")
            assert talk.end() == 1
        assert "Your name" not in talk.shown


def leave(talk: Conversation, way: str) -> int:
    """Leave a conversation in one way or another, and give the exit status."""
    ways: dict[str, Callable[[], object]] = {
        "ctrl_c": lambda: talk.type(b"\x03"),
        "ctrl_d": lambda: talk.type(b"\x04"),
        "terminate": lambda: talk.process.send_signal(signal.SIGTERM),
        "hang_up": talk.hang_up,
    }
    ways[way]()
    return talk.process.wait(PATIENCE) if way == "hang_up" else talk.end()
