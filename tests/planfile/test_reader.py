"""Plan files as text: what is read, and every way to be wrong with the place where it is.

The files stand in the tests. A mark « before a value or a key says that the problem is expected there; it is
taken out before the file is read.
"""

from __future__ import annotations

import gc
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lorplan.errors import PlanFileError, Problem
from lorplan.plan.planner import make_plan
from lorplan.planfile.models import MAX_LISTED, MAX_ROTATIONS, WEEKDAYS, DayRange, PlanFile
from lorplan.planfile.reader import MAX_BYTES, MAX_PROBLEMS, decode, loads, parse
from lorplan.planfile.yaml_tree import MAX_FAULTS, MAX_KEYS
from lorplan.text.safe import MAX_SHOWN
from oracle.strategies import plans, rows_of, to_yaml
from samples import EVERY_KEY

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = "«"
ROW = """\
- attending: Wei Chen
  specialty: im
  start: 2027-01-04
  weeks: 4
"""
LETTER = ROW + "  letter:\n"
STEPS = ("asked", "agreed", "requested", "uploaded", "assigned")
EXPERIENCES = "hands-on, observership, telehealth, research"
EXPECTED_MAPPING = "expected a mapping, lines of `key: value`"
EXPECTED_LIST = "expected a list, such as [a, b]"
NO_KEY = "not YAML: while parsing a block mapping did not find expected key (check the indentation and the quotes)"
BAD_START = (
    "not YAML: while scanning for the next token found character that cannot start any token "
    "(a value that starts with this character needs quotes)"
)
UNSAFE = "control and direction characters are refused"


def told(make: Callable[[], object]) -> list[str]:
    """Say which problems refuse something, each as `line:column: message`."""
    with pytest.raises(PlanFileError) as refused:
        make()
    return [str(problem).removeprefix("<text>:") for problem in refused.value.problems]


def problems(text: str) -> list[str]:
    """Say which problems a file is refused for; its marks are not part of it."""
    return told(lambda: loads(text.replace(HERE, "")))


def at_marks(text: str, *messages: str) -> list[str]:
    """Put messages to the marks of a file, in order; two marks side by side are two problems at one place."""
    pieces = text.split(HERE)
    assert len(pieces) == len(messages) + 1, "each mark needs its message"
    before = ["".join(pieces[: number + 1]).replace("\r\n", "\n") for number in range(len(messages))]
    places = [(piece.count("\n") + 1, len(piece) - piece.rfind("\n")) for piece in before]
    return [f"{line}:{column}: {message}" for (line, column), message in zip(places, messages, strict=True)]


def in_chen(message: str) -> str:
    """Say that a message is about the usual rotation."""
    return f'rotation "chen": {message}'


def one_problem(text: str) -> Problem:
    """Give the only problem of a file."""
    with pytest.raises(PlanFileError) as refused:
        loads(text)
    [problem] = refused.value.problems
    return problem


SAME_AS_EVERY_KEY: dict[str, Any] = {
    "applicant": {
        "name": "Amina Rahman",
        "email": "amina@example.org",
        "season": 2028,
        "deadline": date(2027, 9, 22),
        "targets": ["internal medicine", {"specialty": "family medicine", "in_specialty": 1}],
        "holidays": [date(2026, 12, 24), {"from": date(2026, 12, 28), "to": date(2026, 12, 31)}],
    },
    "policy": {
        "want": 4,
        "spare": 0,
        "max_per_program": 4,
        "fresh_days": 300,
        "final_week_days": 7,
        "lead_days": 28,
        "processing_days": 5,
        "remind_after_days": 28,
        "remind_before_days": (10, 5),
        "follow_up_days": 7,
        "no_answer_days": 14,
        "thank_days": 7,
        "assign_days": 7,
        "packet_days": 3,
    },
    "rotations": [
        {
            "attending": {"name": "Dr. Wei Chen", "email": "wei@example.org", "role": "fellow"},
            "hospital": "Mercy [General] :b:",
            "specialty": "internal medicine",
            "start": date(2027, 1, 4),
            "end": date(2027, 1, 29),
            "last_day": date(2027, 1, 22),
            "days": ("mon", "sat"),
            "away": [date(2027, 1, 20), {"from": date(2027, 1, 6), "to": date(2027, 1, 8)}],
            "worked": [date(2027, 1, 18)],
            "experience": "observership",
            "us": False,
            "residency_affiliated": True,
            "img_friendly": False,
            "letterhead": True,
            "performance": "good",
            "contact": "daily",
            "offered": date(2027, 1, 20),
            "meeting": date(2027, 1, 27),
            "choice": "ask",
            "letter": {
                "asked": date(2027, 1, 27),
                "agreed": date(2027, 1, 28),
                "packet": date(2027, 1, 29),
                "requested": date(2027, 6, 2),
                "reminded": [date(2027, 7, 14)],
                "uploaded": date(2027, 8, 2),
                "thanked": date(2027, 8, 3),
                "assigned": date(2027, 9, 3),
            },
            "id": "Chen_1",
            "notes": "Two lines,\n\ttabs and all.\n",
        }
    ],
}


class TestWhatIsRead:
    def test_every_key_has_its_place_in_the_model(self) -> None:
        """A file with all keys is the model made from the same values in Python."""
        assert loads(EVERY_KEY) == PlanFile.model_validate(SAME_AS_EVERY_KEY)

    def test_the_bare_list_and_the_mapping_are_one(self) -> None:
        """A list of rotations and a mapping with nothing else are the same plan."""
        in_mapping = "rotations:\n" + "".join(f"  {line}\n" for line in ROW.splitlines())
        assert loads(ROW) == loads(in_mapping)

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("[]", id="empty_list"),
            pytest.param("{}", id="empty_mapping"),
            pytest.param("rotations: []", id="empty_rotations"),
            pytest.param("applicant:\npolicy: ~\nrotations: null", id="nothing_behind_the_sections"),
            pytest.param("# nothing yet\n---\n[]\n...\n", id="with_document_marks"),
        ],
    )
    def test_nothing_is_a_plan_with_nothing_in_it(self, text: str) -> None:
        """An empty list is a valid plan."""
        assert loads(text) == PlanFile()

    @pytest.mark.parametrize("nothing", ["", " ~", " null", " # later"])
    @pytest.mark.parametrize(
        "key",
        [
            "hospital",
            "last_day",
            "end",
            "days",
            "away",
            "worked",
            "experience",
            "us",
            "residency_affiliated",
            "img_friendly",
            "letterhead",
            "performance",
            "contact",
            "offered",
            "meeting",
            "choice",
            "letter",
            "id",
            "notes",
        ],
    )
    def test_a_key_with_nothing_behind_it_is_left_out(self, key: str, nothing: str) -> None:
        """A starter file may name keys that have no value yet."""
        assert loads(f"{ROW}  {key}:{nothing}\n") == loads(ROW)

    def test_nothing_is_left_out_in_every_section(self) -> None:
        """The same holds for the applicant, the policy, the attending, a target, the weeks and a letter."""
        text = """\
applicant: {name: ~, email: , season: null, deadline: ~, targets: [{specialty: im, in_specialty: ~}], holidays: ~}
policy: {want: ~, remind_before_days: ~}
rotations:
  - attending: {name: Wei Chen, email: ~, role: ~}
    specialty: im
    start: 2027-01-04
    end: 2027-01-29
    weeks: ~
    letter: {asked: ~, reminded: ~, declined: ~}
"""
        expected = {
            "applicant": {"targets": ["im"]},
            "rotations": [
                {"attending": "Wei Chen", "specialty": "im", "start": "2027-01-04", "end": "2027-01-29"}
            ],
        }
        assert loads(text) == PlanFile.model_validate(expected)

    @pytest.mark.parametrize(
        ("word", "value"),
        [
            (spelling, value)
            for word, value in [
                ("true", True),
                ("yes", True),
                ("on", True),
                ("false", False),
                ("no", False),
                ("off", False),
            ]
            for spelling in (word, word.upper(), word.title(), f"'{word}'")
        ],
    )
    def test_a_flag_is_read_in_any_case(self, word: str, value: bool) -> None:  # noqa: FBT001 - it is what is tested
        """True, yes, on and their opposites are read however they are typed."""
        assert loads(f"{ROW}  letterhead: {word}\n").rotations[0].letterhead is value

    @pytest.mark.parametrize(
        "word",
        [
            pytest.param("no", id="norway"),
            pytest.param("off", id="switch"),
            pytest.param("08:30", id="time_of_day"),
            pytest.param("1e3", id="number"),
            pytest.param("2026-11-31", id="day_that_does_not_exist"),
            pytest.param("0x1F", id="hexadecimal"),
            pytest.param("=", id="equals"),
            pytest.param("[a/b] :b: <i>", id="markup"),
        ],
    )
    def test_a_word_keeps_its_spelling(self, word: str) -> None:
        """Text is text, whatever YAML would make of it."""
        quoted = f"'{word}'" if word.startswith("[") else word
        assert loads(f"{ROW}  hospital: {quoted}\n").rotations[0].hospital == word

    @pytest.mark.parametrize("day", ["1990-01-01", "2100-12-31", "2028-02-29"])
    def test_a_day_may_be_any_from_1990_to_2100(self, day: str) -> None:
        """The first and the last day that a plan may name are read."""
        assert loads(f"{ROW}  offered: {day}\n").rotations[0].offered == date.fromisoformat(day)

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("\ufeff" + ROW, id="byte_order_mark"),
            pytest.param(ROW.replace("\n", "\r\n"), id="windows_line_ends"),
            pytest.param("\ufeff" + ROW.replace("\n", "\r\n"), id="both"),
            pytest.param(ROW.replace("\n", "\r"), id="old_mac_line_ends"),
            pytest.param(ROW.rstrip("\n"), id="no_line_end_at_the_end"),
        ],
    )
    def test_a_file_from_another_system_is_read(self, text: str) -> None:
        """A byte order mark and other line ends change nothing."""
        assert loads(decode(text.encode())) == loads(ROW)

    @pytest.mark.parametrize("days", [("mon",), ("sun", "mon"), WEEKDAYS])
    def test_weekdays_are_read(self, days: tuple[str, ...]) -> None:
        """Any weekdays may be on site."""
        assert loads(f"{ROW}  days: [{', '.join(days)}]\n").rotations[0].days == days

    def test_a_date_and_a_range_are_days_off(self) -> None:
        """A single date is a range of one day."""
        text = f"{ROW}  away: [2027-01-06, {{from: 2027-01-07, to: 2027-01-08}}]\n"
        ranges = ({"from": "2027-01-06", "to": "2027-01-06"}, {"from": "2027-01-07", "to": "2027-01-08"})
        assert loads(text).rotations[0].away == tuple(DayRange.model_validate(one) for one in ranges)


class TestWholeText:
    @pytest.mark.parametrize("text", ["", "\n\n", "# only a comment", "~", "null", "---\n", "\ufeff"])
    def test_that_is_empty_is_refused(self, text: str) -> None:
        """An empty file is more likely lost than meant: an empty plan is written as a list."""
        assert problems(text) == ["1:1: the file is empty: it needs a list of rotations ([] for none yet)"]

    @pytest.mark.parametrize("text", ["«hello", "\n  «'~'", "# x\n«42", '«""'])
    def test_that_is_a_word_is_refused(self, text: str) -> None:
        """Text alone is no plan."""
        message = "expected a list of rotations, or a mapping with applicant, policy and rotations"
        assert problems(text) == at_marks(text, message)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            pytest.param("«&x []", "an anchor (&x) cannot be used here: leave it out", id="anchor"),
            pytest.param("«!x []", "a tag (!x) cannot be used here: leave it out", id="tag"),
            pytest.param("«!!null", "a tag (!!null) cannot be used here: leave it out", id="tag_of_nothing"),
            pytest.param("«!x word", "a tag (!x) cannot be used here: leave it out", id="tag_of_a_word"),
            pytest.param("«*x", "an alias (*x) cannot be used here: write the value out", id="alias"),
            pytest.param(
                "[]\n«---\n[]", "a second document starts here: a plan file is one document", id="second_document"
            ),
            pytest.param(
                "«@",
                BAD_START,
                id="no_yaml",
            ),
            pytest.param("[]\n«\x00", "the character U+0000 cannot stand in a YAML file", id="nul"),
        ],
    )
    def test_that_uses_what_a_plan_has_no_use_for_is_refused(self, text: str, message: str) -> None:
        """The whole of YAML is not read, and what is not is told."""
        assert problems(text) == at_marks(text, message)

    def test_that_is_larger_than_the_limit_is_refused(self) -> None:
        """Sixteen MiB of text are read, one character more is not."""
        text = "[]" + " " * (MAX_BYTES - 2)
        assert loads(text) == PlanFile()
        assert problems(text + " ") == ["1:1: larger than 16 MiB: not a plan file"]


class TestDecode:
    @pytest.mark.parametrize("text", ["", "é 陳 😀", "a\r\nb", "\x00"])
    def test_gives_the_text_of_utf_8(self, text: str) -> None:
        """Text comes out as it went in."""
        assert decode(text.encode()) == text

    def test_takes_a_byte_order_mark_off(self) -> None:
        """The mark that some editors put in front is no part of the text."""
        assert decode(b"\xef\xbb\xbf[]") == "[]"

    @pytest.mark.parametrize(
        ("raw", "problem"),
        [
            pytest.param(b"\xe9", "1:1: not UTF-8: byte 0xE9", id="first_byte"),
            pytest.param(b"- a: M\xfcller\n", "1:7: not UTF-8: byte 0xFC", id="latin_1"),
            pytest.param(
                "- é\r\n- 😀 ".encode() + b"\x80", "2:5: not UTF-8: byte 0x80", id="columns_are_characters"
            ),
            pytest.param("- é".encode()[:-1], "1:3: not UTF-8: byte 0xC3", id="cut_off"),
            pytest.param(b"\xef\xbb\xbf- a: \xfc", "1:6: not UTF-8: byte 0xFC", id="behind_a_byte_order_mark"),
            pytest.param(b"\xed\xa0\x80", "1:1: not UTF-8: byte 0xED", id="surrogate"),
        ],
    )
    def test_refuses_other_bytes_where_they_stand(self, raw: bytes, problem: str) -> None:
        """The first byte that is not UTF-8 is told with its line and column."""
        hint = "(the file looks like another encoding: save it as UTF-8)"
        assert told(lambda: decode(raw)) == [f"{problem} {hint}"]

    @pytest.mark.parametrize("codec", ["utf-16", "utf-16-be"])
    def test_knows_utf_16(self, codec: str) -> None:
        """What some editors call Unicode is named."""
        raw = ("\ufeff" * (codec != "utf-16") + ROW).encode(codec)
        [problem] = told(lambda: decode(raw))
        assert problem.endswith("(the file looks like UTF-16: save it as UTF-8)")

    def test_refuses_more_than_the_limit(self) -> None:
        """Sixteen MiB are read, one byte more is not."""
        assert len(decode(b" " * MAX_BYTES)) == MAX_BYTES
        assert told(lambda: decode(b" " * (MAX_BYTES + 1))) == ["1:1: larger than 16 MiB: not a plan file"]

    def test_names_the_file(self) -> None:
        """The name that is given stands in front of the problem."""
        with pytest.raises(PlanFileError, match=r"^mine\.yaml:1:1: not UTF-8") as refused:
            decode(b"\xff", "mine.yaml")
        assert refused.value.problems[0].file == "mine.yaml"


class TestKeys:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            pytest.param("«rotation: []", 'unknown key "rotation", did you mean "rotations"?', id="of_the_file"),
            pytest.param(
                "«Rotations: []", 'unknown key "Rotations", did you mean "rotations"?', id="in_another_case"
            ),
            pytest.param("«xyz: 1", 'unknown key "xyz"', id="like_no_other"),
            pytest.param("applicant: {«nam: A}", 'unknown key "nam", did you mean "name"?', id="of_the_applicant"),
            pytest.param(
                "policy: {«lead: 3}", 'unknown key "lead", did you mean "lead_days"?', id="of_the_policy"
            ),
            pytest.param(
                "policy: {«lead-days: 3}", 'unknown key "lead-days", did you mean "lead_days"?', id="with_a_hyphen"
            ),
            pytest.param(
                "applicant: {targets: [{specialty: im, «in_speciality: 1}]}",
                'unknown key "in_speciality", did you mean "in_specialty"?',
                id="of_a_target",
            ),
            pytest.param(
                "applicant: {holidays: [{from: 2027-01-01, to: 2027-01-02, «till: x}]}",
                'unknown key "till"',
                id="of_a_range",
            ),
            pytest.param(
                ROW + "  «offred: 2027-01-20\n",
                in_chen('unknown key "offred", did you mean "offered"?'),
                id="of_a_rotation",
            ),
            pytest.param(ROW + "  «<<: {}\n", in_chen('unknown key "<<"'), id="merge"),
            pytest.param(
                LETTER + "    «agred: 2027-01-20\n",
                in_chen('unknown key "agred", did you mean "agreed"?'),
                id="of_a_letter",
            ),
            pytest.param(
                ROW.replace("Wei Chen", "{name: Wei Chen, «e-mail: w@x.org}"),
                in_chen('unknown key "e-mail", did you mean "email"?'),
                id="of_an_attending",
            ),
            pytest.param(ROW + "  «'': 1\n", in_chen('unknown key ""'), id="empty"),
            pytest.param(ROW + '  «"\\e[31m": 1\n', in_chen('unknown key "\ufffd[31m"'), id="with_an_escape"),
            pytest.param(ROW + "  «" + "k" * 61 + ": 1\n", in_chen(f'unknown key "{"k" * 60}..."'), id="long"),
            pytest.param(
                ROW + "  «hospitl:\n",
                in_chen('unknown key "hospitl", did you mean "hospital"?'),
                id="with_nothing_behind_it",
            ),
            pytest.param("{«a, «b}", 'unknown key "a"', id="without_values"),
        ],
    )
    def test_that_are_unknown_are_refused(self, text: str, message: str) -> None:
        """An unknown key is told where it stands, with the nearest key that is known there."""
        messages = [message.replace('"a"', f'"{key}"') for key in "ab"] if text.count(HERE) == 2 else [message]
        assert problems(text) == at_marks(text, *messages)

    def test_of_the_program_are_unknown(self) -> None:
        """A range is written with `from` and `to`: the names that the program uses inside are not read."""
        text = f"{ROW}  away: [««{{«first: 2027-01-06, «last: 2027-01-08}}]\n"
        messages = ['needs "from"', 'needs "to"', 'unknown key "first"', 'unknown key "last"']
        assert problems(text) == at_marks(text, *map(in_chen, messages))

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            pytest.param("policy: {}\n«policy: {}", 'the key "policy" is here twice', id="of_the_file"),
            pytest.param(ROW + "  «weeks: 5\n", in_chen('the key "weeks" is here twice'), id="of_a_rotation"),
            pytest.param(
                LETTER + "    asked: 2027-01-27\n    «asked: 2027-01-28\n",
                in_chen('the key "asked" is here twice'),
                id="of_a_letter",
            ),
            pytest.param(ROW + "  xyz: ~\n  «xyz: ~\n", in_chen('the key "xyz" is here twice'), id="unknown_too"),
        ],
    )
    def test_that_are_doubled_are_refused(self, text: str, message: str) -> None:
        """Of two equal keys none wins silently: the second is told."""
        assert at_marks(text, message)[0] in problems(text)

    def test_that_are_doubled_cannot_reach_the_terminal(self) -> None:
        """A doubled key is shown without its escape character."""
        text = ROW + '  "\\e[31m": 1\n  «"\\e[31m": 2\n'
        assert problems(text)[1] == at_marks(text, in_chen('the key "\ufffd[31m" is here twice'))[0]

    @pytest.mark.parametrize("key", ["[a]", "{a: b}"])
    def test_that_are_no_words_are_refused(self, key: str) -> None:
        """A key is a word."""
        text = f"{ROW}  «{key} : x\n"
        assert problems(text) == at_marks(text, in_chen("a key must be a word, not a list or a mapping"))

    def test_that_are_aliases_are_refused_once(self) -> None:
        """An alias in the place of a key is not an empty unknown key besides."""
        text = ROW + "  «*x : y\n"
        message = in_chen("an alias (*x) cannot be used here: write the value out")
        assert problems(text) == at_marks(text, message)

    @pytest.mark.parametrize("missing", ["attending", "specialty", "start"])
    def test_that_are_needed_are_missed_at_the_rotation(self, missing: str) -> None:
        """A rotation that lacks a key is told at its beginning."""
        rest = [line[2:] for line in ROW.splitlines() if missing not in line]
        text = "- «" + "\n  ".join(rest) + "\n"
        name = "rotation 1 of the list" if missing == "attending" else 'rotation "chen"'
        assert problems(text) == at_marks(text, f'{name}: needs "{missing}"')

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            pytest.param(
                "- «attending: Wei Chen\n  specialty: im\n  start: 2027-01-04\n",
                in_chen('needs "end" or "weeks"'),
                id="end_and_weeks",
            ),
            pytest.param(
                ROW.replace("Wei Chen", "«{email: w@x.org}"), 'rotation 1 of the list: needs "name"', id="name"
            ),
            pytest.param("applicant: {targets: [«{in_specialty: 1}]}", 'needs "specialty"', id="target"),
            pytest.param(ROW + "  away: [«{from: 2027-01-06}]\n", in_chen('needs "to"'), id="to"),
            pytest.param(ROW + "  away:\n    - «to: 2027-01-06\n", in_chen('needs "from"'), id="from"),
            pytest.param(
                "- «" + ROW[2:].replace(" 2027-01-04", " ~"), in_chen('needs "start"'), id="nothing_is_left_out"
            ),
        ],
    )
    def test_that_are_needed_are_missed_where_they_should_be(self, text: str, message: str) -> None:
        """What lacks a key is told at the mapping in which it should stand."""
        assert problems(text) == at_marks(text, message)

    def test_that_are_all_missing_are_each_told(self) -> None:
        """An empty rotation needs four things."""
        text = "- ««««{}"
        needs = ['"attending"', '"specialty"', '"start"', '"end" or "weeks"']
        assert problems(text) == at_marks(text, *[f"rotation 1 of the list: needs {key}" for key in needs])


class TestValues:
    @pytest.mark.parametrize(
        ("line", "message"),
        [
            pytest.param(
                "experience: «hand-on",
                f'experience: "hand-on" is not one of {EXPERIENCES}, did you mean "hands-on"?',
                id="misspelt",
            ),
            pytest.param(
                "experience: «hands on",
                f'experience: "hands on" is not one of {EXPERIENCES}, did you mean "hands-on"?',
                id="with_a_space",
            ),
            pytest.param(
                "performance: «Good",
                'performance: "Good" is not one of excellent, good, fair, poor, did you mean "good"?',
                id="in_another_case",
            ),
            pytest.param(
                "contact: «never", 'contact: "never" is not one of daily, weekly, rarely', id="like_no_other"
            ),
            pytest.param("choice: «''", 'choice: "" is not one of ask, skip', id="empty"),
            pytest.param("choice: «[ask]", "choice: expected one of ask, skip", id="list_for_a_word"),
            pytest.param("choice: «{}", "choice: expected one of ask, skip", id="mapping_for_a_word"),
            pytest.param(f"choice: «{'a' * 61}", f'choice: "{"a" * 60}..." is not one of ask, skip', id="long"),
            pytest.param(
                "days: [mon, «Tuesday]",
                'days: "Tuesday" is not one of mon, tue, wed, thu, fri, sat, sun, did you mean "tue"?',
                id="in_a_list",
            ),
            pytest.param(
                "days: [mon, «~]",
                "days: expected one of mon, tue, wed, thu, fri, sat, sun",
                id="nothing_in_a_list",
            ),
            pytest.param("days: «mon", f"days: {EXPECTED_LIST}", id="word_for_a_list"),
            pytest.param("days: «{mon: 1}", f"days: {EXPECTED_LIST}", id="mapping_for_a_list"),
            pytest.param(
                "us: «maybe",
                'us: "maybe" is neither true nor false (yes, no, on and off are read too)',
                id="word_for_a_flag",
            ),
            pytest.param(
                "us: «1",
                'us: "1" is neither true nor false (yes, no, on and off are read too)',
                id="number_for_a_flag",
            ),
            pytest.param("us: «[]", "us: expected true or false", id="list_for_a_flag"),
            pytest.param("hospital: «[]", "hospital: expected text", id="list_for_text"),
            pytest.param("notes: «{a: b}", "notes: expected text", id="mapping_for_text"),
            pytest.param("offered: «[]", "offered: expected a date, such as 2027-01-29", id="list_for_a_date"),
            pytest.param("letter: «agreed", f"letter: {EXPECTED_MAPPING}", id="word_for_a_mapping"),
            pytest.param("letter: «[]", f"letter: {EXPECTED_MAPPING}", id="list_for_a_mapping"),
            pytest.param("away: «2027-01-06", f"away: {EXPECTED_LIST}", id="date_for_a_list"),
            pytest.param("away: [«[]]", f"away: {EXPECTED_MAPPING}", id="list_for_a_range"),
            pytest.param(
                "letter: {asked: 2027-01-04, reminded: «2027-01-06}",
                f"reminded: {EXPECTED_LIST}",
                id="date_for_reminders",
            ),
            pytest.param("hospital: «''", "hospital: is empty", id="empty_text"),
            pytest.param("hospital: «' '", "hospital: is empty", id="text_of_spaces"),
            pytest.param('hospital: «"\\u200b"', "hospital: is empty", id="invisible_text"),
            pytest.param(
                "id: «wei chen",
                'id: "wei chen" is not an id: use letters, digits, - and _ only',
                id="space_in_an_id",
            ),
            pytest.param(
                "id: «chen.1", 'id: "chen.1" is not an id: use letters, digits, - and _ only', id="dot_in_an_id"
            ),
            pytest.param("id: «''", "id: is empty", id="empty_id"),
        ],
    )
    def test_of_a_rotation_that_are_wrong_are_refused(self, line: str, message: str) -> None:
        """A wrong value is told where it stands, with what could stand there."""
        text = f"{ROW}  {line}\n"
        problem = one_problem(text.replace(HERE, ""))
        assert [f"{problem.line}:{problem.column}: {problem.message}"] == at_marks(text, message)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            pytest.param("applicant: «me", f"applicant: {EXPECTED_MAPPING}", id="applicant"),
            pytest.param("applicant: «[]", f"applicant: {EXPECTED_MAPPING}", id="applicant_as_a_list"),
            pytest.param("policy: «[]", f"policy: {EXPECTED_MAPPING}", id="policy_as_a_list"),
            pytest.param("rotations: «{a: b}", f"rotations: {EXPECTED_LIST}", id="rotations_as_a_mapping"),
            pytest.param("rotations: «chen", f"rotations: {EXPECTED_LIST}", id="rotations_as_a_word"),
            pytest.param("applicant: {targets: «im}", f"targets: {EXPECTED_LIST}", id="targets_as_a_word"),
            pytest.param("applicant: {targets: «{im: 2}}", f"targets: {EXPECTED_LIST}", id="targets_as_a_mapping"),
            pytest.param("applicant: {targets: [im, «[]]}", f"targets: {EXPECTED_MAPPING}", id="target_as_a_list"),
            pytest.param("applicant: {targets: [«~]}", f"targets: {EXPECTED_MAPPING}", id="target_of_nothing"),
            pytest.param("applicant: {targets: [«'']}", "targets: is empty", id="empty_target"),
            pytest.param("applicant: {targets: [{specialty: «''}]}", "specialty: is empty", id="empty_specialty"),
            pytest.param("applicant: {name: «''}", "name: is empty", id="empty_name"),
            pytest.param("applicant: {email: «me}", 'email: "me" is not an e-mail address', id="no_address"),
            pytest.param(
                "applicant: {email: «me@}", 'email: "me@" is not an e-mail address', id="address_without_a_place"
            ),
            pytest.param(
                "applicant: {email: «'@x.org'}",
                'email: "@x.org" is not an e-mail address',
                id="address_without_a_name",
            ),
            pytest.param(
                "applicant: {email: «a b@x.org}",
                'email: "a b@x.org" is not an e-mail address',
                id="address_with_a_space",
            ),
            pytest.param(
                "applicant: {holidays: [«x]}",
                'holidays: "x" is not a date: write YYYY-MM-DD, such as 2027-01-29',
                id="holiday",
            ),
            pytest.param("- «chen", f"rotation 1 of the list: {EXPECTED_MAPPING}", id="rotation_as_a_word"),
            pytest.param("- «[chen]", f"rotation 1 of the list: {EXPECTED_MAPPING}", id="rotation_as_a_list"),
            pytest.param("- «~", f"rotation 1 of the list: {EXPECTED_MAPPING}", id="rotation_of_nothing"),
            pytest.param(
                ROW.replace("Wei Chen", "«[]"),
                f"rotation 1 of the list: attending: {EXPECTED_MAPPING}",
                id="attending_as_a_list",
            ),
            pytest.param(
                ROW.replace("Wei Chen", "«''"), "rotation 1 of the list: attending: is empty", id="empty_attending"
            ),
            pytest.param(
                ROW.replace("Wei Chen", "{name: «[]}"),
                "rotation 1 of the list: name: expected text",
                id="name_as_a_list",
            ),
            pytest.param(
                ROW.replace("Wei Chen", "{name: Wei Chen, role: «nurse}"),
                in_chen('role: "nurse" is not one of attending, fellow, resident'),
                id="role",
            ),
            pytest.param(
                ROW.replace("im\n", "«{}\n"), in_chen("specialty: expected text"), id="specialty_as_a_mapping"
            ),
        ],
    )
    def test_elsewhere_that_are_wrong_are_refused(self, text: str, message: str) -> None:
        """Hostile or mistaken structure is told like any other wrong value."""
        assert problems(text) == at_marks(text, message)

    @pytest.mark.parametrize(
        ("day", "message"),
        [
            pytest.param(
                "05/11/2026",
                '"05/11/2026" is not a date: write YYYY-MM-DD, such as 2026-11-05 or 2026-05-11',
                id="day_and_month",
            ),
            pytest.param(
                "2026/11/05", '"2026/11/05" is not a date: write YYYY-MM-DD, such as 2026-11-05', id="strokes"
            ),
            pytest.param("soon", '"soon" is not a date: write YYYY-MM-DD, such as 2027-01-29', id="word"),
            pytest.param("''", '"" is not a date: write YYYY-MM-DD, such as 2027-01-29', id="empty"),
            pytest.param("2026-11-31", "2026-11-31 does not exist: November 2026 has 30 days", id="no_such_day"),
            pytest.param("2027-02-29", "2027-02-29 does not exist: February 2027 has 28 days", id="no_leap_year"),
            pytest.param("2027-13-01", "2027-13-01 does not exist: there is no such month", id="no_such_month"),
            pytest.param(
                "1989-12-31",
                "1989-12-31 is out of range: dates go from 1990-01-01 to 2100-12-31",
                id="before_1990",
            ),
            pytest.param(
                "2101-01-01", "2101-01-01 is out of range: dates go from 1990-01-01 to 2100-12-31", id="after_2100"
            ),
        ],
    )
    @pytest.mark.parametrize(
        ("text", "key"),
        [
            pytest.param(ROW + "  offered: «DAY\n", "offered", id="date"),
            pytest.param(ROW + "  away: [«DAY]\n", "away", id="single_day_off"),
            pytest.param(ROW + "  away:\n  - {from: 2027-01-06, to: «DAY}\n", "to", id="end_of_a_range"),
            pytest.param(ROW + "  worked: [2027-01-18, «DAY]\n", "worked", id="list"),
            pytest.param(LETTER + "    declined: «DAY\n", "declined", id="event"),
            pytest.param(ROW.replace("2027-01-04", "«DAY"), "start", id="start"),
        ],
    )
    def test_that_are_no_days_are_refused(self, text: str, key: str, day: str, message: str) -> None:
        """A date is ISO and exists between 1990 and 2100, wherever one is written."""
        text = text.replace("DAY", day)
        assert problems(text) == at_marks(text, in_chen(f"{key}: {message}"))

    @pytest.mark.parametrize(
        ("written", "shown"),
        [
            pytest.param("\\e[31m", "U+001B", id="escape"),
            pytest.param("\\0", "U+0000", id="nul"),
            pytest.param("\\a", "U+0007", id="bell"),
            pytest.param("\\r", "U+000D", id="carriage_return"),
            pytest.param("\\x9b", "U+009B", id="c1"),
            pytest.param("\\u202e", "U+202E", id="bidi_override"),
            pytest.param("\\u2066", "U+2066", id="bidi_isolate"),
            pytest.param("\\L", "U+2028", id="line_separator"),
            pytest.param("\u202e", "U+202E", id="typed_as_itself"),
        ],
    )
    @pytest.mark.parametrize(
        ("text", "key"),
        [
            pytest.param('applicant: {name: «"A X"}', "name", id="applicant"),
            pytest.param('applicant: {targets: [«"A X"]}', "targets", id="target"),
            pytest.param('applicant: {email: «"a@X"}', "email", id="address"),
            pytest.param(ROW + '  hospital: «"A X"\n', "hospital", id="hospital"),
            pytest.param(ROW + '  notes: «"A\\n\\tX"\n', "notes", id="notes"),
            pytest.param(ROW.replace("im\n", '«"A X"\n'), "specialty", id="specialty"),
        ],
    )
    def test_with_characters_that_act_are_refused(self, text: str, key: str, written: str, shown: str) -> None:
        """Control, escape and direction characters cannot come in by any value."""
        text = text.replace("X", written)
        message = f"{key}: the character {shown} cannot be used: {UNSAFE}"
        assert problems(text) == at_marks(text, in_chen(message) if "Wei" in text else message)

    @pytest.mark.parametrize("written", ["\\n", "\\t"])
    def test_of_one_line_have_no_line_ends_and_tabs(self, written: str) -> None:
        """Only notes may have more than one line."""
        text = f'{ROW}  hospital: «"A{written}B"\n'
        code = {"\\n": "U+000A", "\\t": "U+0009"}[written]
        message = in_chen(f"hospital: the character {code} cannot be used: {UNSAFE}")
        assert problems(text) == at_marks(text, message)

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("applicant: {email: LONG}", id="address"),
            pytest.param("applicant: {season: LONG}", id="number"),
            pytest.param("applicant: {targets: [LONG, LONG]}", id="doubled_target"),
            pytest.param(ROW + "  offered: LONG\n", id="date"),
            pytest.param(ROW + "  us: LONG\n", id="flag"),
            pytest.param(ROW + "  choice: LONG\n", id="word"),
            pytest.param(ROW + "  id: LONG x\n", id="id"),
            pytest.param(ROW + "  LONG: 1\n", id="key"),
            pytest.param(ROW + "  LONG: 1\n  LONG: 1\n", id="doubled_key"),
            pytest.param(ROW + "  hospital: &LONG x\n", id="anchor"),
            pytest.param(ROW + "  hospital: *LONG\n", id="alias"),
            pytest.param(ROW + "  hospital: !LONG x\n", id="tag"),
        ],
    )
    def test_that_are_long_are_cut_in_the_message(self, text: str) -> None:
        """No message repeats more of what was typed than can be read."""
        with pytest.raises(PlanFileError) as refused:
            loads(text.replace("LONG", "x" * 5000))
        assert not any("x" * (MAX_SHOWN + 2) in problem.message for problem in refused.value.problems)


BOUNDS = [
    ("policy: {want: N}", "want", 1, 10),
    ("policy: {max_per_program: N}", "max_per_program", 1, 10),
    ("policy: {spare: N}", "spare", 0, 10),
    ("policy: {final_week_days: N}", "final_week_days", 1, 28),
    ("policy: {follow_up_days: N}", "follow_up_days", 1, 3660),
    ("policy: {remind_after_days: N}", "remind_after_days", 1, 3660),
    ("policy: {fresh_days: N}", "fresh_days", 0, 3660),
    ("policy: {lead_days: N}", "lead_days", 0, 3660),
    ("policy: {processing_days: N}", "processing_days", 0, 3660),
    ("policy: {no_answer_days: N}", "no_answer_days", 0, 3660),
    ("policy: {thank_days: N}", "thank_days", 0, 3660),
    ("policy: {assign_days: N}", "assign_days", 0, 3660),
    ("policy: {packet_days: N}", "packet_days", 0, 3660),
    ("policy: {remind_before_days: [7, N]}", "remind_before_days", 0, 3660),
    ("applicant: {season: N}", "season", 1991, 2100),
    ("applicant: {targets: [{specialty: im, in_specialty: N}]}", "in_specialty", 0, 10),
    ("- {attending: Wei Chen, specialty: im, start: 2027-01-04, weeks: N}", "weeks", 1, 104),
]
each_bound = pytest.mark.parametrize(
    ("text", "key", "low", "high"), [pytest.param(*bound, id=bound[1]) for bound in BOUNDS]
)


class TestNumbers:
    @each_bound
    def test_may_be_the_least_and_the_most(self, text: str, key: str, low: int, high: int) -> None:
        """Both ends of what a number may be are read."""
        read = [repr(loads(text.replace("N", str(number)))) for number in (low, high)]
        assert [f"{number}" in words for number, words in zip((low, high), read, strict=True)] == [True, True], key

    @each_bound
    def test_less_and_more_are_refused(self, text: str, key: str, low: int, high: int) -> None:
        """One less and one more is told, with the bound."""
        name = in_chen(key) if "Wei" in text else key
        few, many = (text.replace("N", f"«{number}") for number in (low - 1, high + 1))
        assert [*problems(few), *problems(many)] == [
            *at_marks(few, f"{name}: {low - 1} is too small, it must be at least {low}"),
            *at_marks(many, f"{name}: {high + 1} is too large, it must be at most {high}"),
        ]

    @pytest.mark.parametrize("number", ["3.0", "1e1", "two", "''", "0x3", "1_0", "٣", "- 3"])
    @each_bound
    def test_are_whole(self, text: str, key: str, low: int, high: int, number: str) -> None:
        """A number is written in digits, with nothing else."""
        text = text.replace("N", f"«{number}") if number != "- 3" else text.replace("N", "«'- 3'")
        name = in_chen(key) if "Wei" in text else key
        shown = number.replace("''", "")
        assert problems(text) == at_marks(text, f'{name}: "{shown}" is not a whole number'), (low, high)

    @pytest.mark.parametrize("number", ["10000000000", "9" * 5000])
    def test_that_are_huge_are_too_large(self, number: str) -> None:
        """A number with many digits is a whole number, and too large."""
        [problem] = problems(f"policy: {{want: {number}}}")
        assert "is too large, it must be at most 10" in problem

    @pytest.mark.parametrize("key", ["want", "remind_before_days"])
    def test_are_no_mappings(self, key: str) -> None:
        """A number cannot have keys."""
        text = f"policy: {{{key}: «{{}}}}"
        expected = "expected a whole number" if key == "want" else EXPECTED_LIST
        assert problems(text) == at_marks(text, f"{key}: {expected}")

    def test_of_days_before_are_at_most_twelve(self) -> None:
        """Twelve dated reminders are read, thirteen are not."""
        twelve = ", ".join(map(str, range(1, 13)))
        text = f"policy: {{remind_before_days: «[{twelve}, 13]}}"
        assert loads(f"policy: {{remind_before_days: [{twelve}]}}").policy.remind_before_days == tuple(
            range(1, 13)
        )
        assert problems(text) == at_marks(text, "remind_before_days: 13 entries are too many, 12 is the most")


class TestContradictions:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            pytest.param(
                ROW.replace("weeks: 4", "end: «2027-01-03"),
                "end 2027-01-03 is before start 2027-01-04",
                id="end_before_start",
            ),
            pytest.param(
                ROW.replace("weeks: 4", "end: 2027-01-29\n  weeks: «4"),
                'has both "end" and "weeks": keep one',
                id="end_and_weeks",
            ),
            pytest.param(
                ROW.replace("weeks: 4", "weeks: «4\n  end: 2027-01-29"),
                'has both "end" and "weeks": keep one',
                id="weeks_and_end",
            ),
            pytest.param(
                ROW + "  last_day: «2027-01-03\n",
                "last_day 2027-01-03 is outside the rotation, 2027-01-04 to 2027-01-29",
                id="last_day_before",
            ),
            pytest.param(
                ROW + "  last_day: «2027-01-30\n",
                "last_day 2027-01-30 is outside the rotation, 2027-01-04 to 2027-01-29",
                id="last_day_after",
            ),
            pytest.param(
                ROW + "  days: «[]\n",
                "no on-site day between 2027-01-04 and 2027-01-31: all are days off",
                id="no_weekday",
            ),
            pytest.param(
                ROW + "  last_day: 2027-01-05\n  days: «[wed]\n",
                "no on-site day between 2027-01-04 and 2027-01-05: all are days off",
                id="not_its_weekday",
            ),
            pytest.param(
                ROW + "  away: «[{from: 2027-01-01, to: 2027-02-01}]\n",
                "no on-site day between 2027-01-04 and 2027-01-29: all are days off",
                id="always_away",
            ),
            pytest.param(
                ROW.replace("start: 2027-01-04\n  weeks: 4", "start: «2027-01-18\n  end: 2027-01-18"),
                "no on-site day between 2027-01-18 and 2027-01-18: all are days off",
                id="on_a_federal_holiday",
            ),
            pytest.param(
                ROW + "  away: [{from: 2027-01-08, to: «2027-01-06}]\n",
                "the range ends on 2027-01-06, before it begins on 2027-01-08",
                id="range_backwards",
            ),
            pytest.param(
                LETTER + "    asked: 2027-01-04\n    declined: «2027-01-05\n    uploaded: 2027-01-06\n",
                "declined cannot stand beside uploaded or assigned",
                id="declined_and_uploaded",
            ),
            pytest.param(
                LETTER + "    declined: «2027-01-05\n    assigned: 2027-01-06\n",
                "declined cannot stand beside uploaded or assigned",
                id="declined_and_assigned",
            ),
            pytest.param(
                LETTER + "    packet: «2027-01-05\n",
                "packet needs asked: nobody was asked yet",
                id="packet_without_asking",
            ),
            pytest.param(
                LETTER + "    thanked: «2027-01-05\n",
                "thanked needs asked: nobody was asked yet",
                id="thanks_without_asking",
            ),
            pytest.param(
                LETTER + "    reminded: [«2027-01-05]\n",
                "reminded needs asked: nobody was asked yet",
                id="reminder_without_asking",
            ),
            pytest.param(
                LETTER + "    declined: 2027-01-04\n    thanked: «2027-01-05\n",
                "thanked needs asked: nobody was asked yet",
                id="a_decline_is_no_asking",
            ),
            pytest.param(
                LETTER + "    asked: 2027-01-06\n    packet: «2027-01-05\n",
                "packet 2027-01-05 is before asked 2027-01-06",
                id="packet_before_asking",
            ),
            pytest.param(
                LETTER + "    asked: 2027-01-06\n    thanked: «2027-01-05\n",
                "thanked 2027-01-05 is before asked 2027-01-06",
                id="thanks_before_asking",
            ),
            pytest.param(
                LETTER + "    asked: 2027-01-06\n    reminded: [2027-01-07, «2027-01-05]\n",
                "reminded 2027-01-05 is before asked 2027-01-06",
                id="reminder_before_asking",
            ),
        ],
    )
    def test_in_a_rotation_are_told_at_the_value_to_change(self, text: str, message: str) -> None:
        """Values that cannot be together are told once, at one of them."""
        assert problems(text) == at_marks(text, in_chen(message))

    @pytest.mark.parametrize(
        ("earlier", "later"), [(a, b) for place, a in enumerate(STEPS) for b in STEPS[place + 1 :]]
    )
    def test_in_the_order_of_a_letter_are_told_at_the_later_step(self, earlier: str, later: str) -> None:
        """Asked, agreed, requested, uploaded, assigned: none before another, wherever in the file they stand."""
        text = f"{LETTER}    {later}: «2027-01-05\n    {earlier}: 2027-01-06\n"
        message = in_chen(f"{later} 2027-01-05 is before {earlier} 2027-01-06")
        assert problems(text) == at_marks(text, message)

    def test_of_two_rotations_with_one_id_are_told_at_the_second(self) -> None:
        """Each further rotation with an id that was there is told; case makes another id."""
        rows = [f"{ROW}  id: {id_}\n" for id_ in ("chen", "Chen", "«chen", "lee", "«chen")]
        message = 'rotation "chen": the id "chen" is here twice'
        assert problems("".join(rows)) == at_marks("".join(rows), message, message)

    @pytest.mark.parametrize(
        ("targets", "message"),
        [
            pytest.param("[im, «im]", 'the target "im" is here twice', id="same_word"),
            pytest.param(
                "[internal medicine, «IM]",
                'the target "IM" is here twice (first as "internal medicine")',
                id="alias",
            ),
            pytest.param(
                "[im, «{specialty: Internal  Medicine}]",
                'the target "Internal  Medicine" is here twice (first as "im")',
                id="with_its_number",
            ),
            pytest.param(
                "[Dreaming, im, «dreaming]",
                'the target "dreaming" is here twice (first as "Dreaming")',
                id="unknown_specialty",
            ),
        ],
    )
    def test_of_one_target_twice_are_told_at_the_second(self, targets: str, message: str) -> None:
        """A specialty can be applied to once, in whatever spelling."""
        text = f"applicant:\n  targets: {targets}\n"
        assert problems(text) == at_marks(text, message)

    def test_of_holidays_that_leave_no_day_are_told_at_the_start(self) -> None:
        """Where it is the applicant who is always off, the rotation's own keys are not to blame."""
        text = "applicant: {holidays: [{from: 2027-01-01, to: 2027-02-28}]}\nrotations:\n" + ROW.replace(
            "2027-01-04", "«2027-01-04"
        )
        message = in_chen("no on-site day between 2027-01-04 and 2027-01-29: all are days off")
        assert problems(text) == at_marks(text, message)

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(ROW.replace("weeks: 4", "end: 2027-01-04"), id="one_day"),
            pytest.param(ROW + "  last_day: 2027-01-04\n", id="last_day_on_the_first"),
            pytest.param(ROW + "  last_day: 2027-01-29\n", id="last_day_on_the_end"),
            pytest.param(
                ROW.replace(
                    "start: 2027-01-04\n  weeks: 4", "start: 2027-01-18\n  end: 2027-01-18\n  worked: [2027-01-18]"
                ),
                id="worked_on_a_holiday",
            ),
            pytest.param(
                ROW.replace("start: 2027-01-04\n  weeks: 4", "start: 2027-01-18\n  end: 2027-01-18\n  us: no"),
                id="no_holiday_abroad",
            ),
            pytest.param(ROW + "  away: [{from: 2027-01-06, to: 2027-01-06}]\n", id="range_of_one_day"),
            pytest.param(LETTER + "".join(f"    {step}: 2027-01-06\n" for step in STEPS), id="all_on_one_day"),
            pytest.param(
                LETTER + "    uploaded: 2027-01-06\n    packet: 2027-01-06\n", id="a_later_step_implies_the_asking"
            ),
            pytest.param(
                LETTER + "    requested: 2027-01-06\n    declined: 2027-01-01\n", id="declined_on_any_day"
            ),
        ],
    )
    def test_begin_behind_the_limit(self, text: str) -> None:
        """What is just possible is read."""
        assert len(loads(text).rotations) == 1


class TestSeveralProblems:
    def test_are_told_in_the_order_of_the_text(self) -> None:
        """All that is wrong in a file comes out in one run, sorted by position."""
        text = """\
applicant:
  «nam: Amina
  season: «1990
  targets: [im, «{in_specialty: «11}, «&x fm]
policy:
  want: «none
  spare: 1
  «spare: 2
rotations:
  - «attending: {name: Wei Chen, role: «nurse}
    start: «05/11/2026
    end: 2027-01-29
    days: [mon, «tues]
    letter:
      asked: 2027-01-27
      agreed: «2027-01-26
      «upload: 2027-02-01
  - «Ann Lee
  - attending: Bo Ng
    specialty: «*im
    start: 2027-02-01
    end: «2027-01-29
    id: «b o
"""
        assert problems(text) == at_marks(
            text,
            'unknown key "nam", did you mean "name"?',
            "season: 1990 is too small, it must be at least 1991",
            'needs "specialty"',
            "in_specialty: 11 is too large, it must be at most 10",
            "an anchor (&x) cannot be used here: leave it out",
            'want: "none" is not a whole number',
            'the key "spare" is here twice',
            in_chen('needs "specialty"'),
            in_chen('role: "nurse" is not one of attending, fellow, resident'),
            in_chen('start: "05/11/2026" is not a date: write YYYY-MM-DD, such as 2026-11-05 or 2026-05-11'),
            in_chen('days: "tues" is not one of mon, tue, wed, thu, fri, sat, sun, did you mean "tue"?'),
            in_chen("agreed 2027-01-26 is before asked 2027-01-27"),
            in_chen('unknown key "upload", did you mean "uploaded"?'),
            f"rotation 2 of the list: {EXPECTED_MAPPING}",
            'rotation "b o": an alias (*im) cannot be used here: write the value out',
            'rotation "b o": end 2027-01-29 is before start 2027-02-01',
            'rotation "b o": id: "b o" is not an id: use letters, digits, - and _ only',
        )

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(
                ROW.replace("2027-01-04", "«soon").replace("weeks: 4", "end: 2026-01-01"), id="start_then_end"
            ),
            pytest.param(
                ROW.replace("2027-01-04", "«soon") + "  last_day: 2020-01-01\n", id="start_then_last_day"
            ),
            pytest.param(
                ROW.replace("weeks: 4", "end: «soon") + "  last_day: 2028-01-01\n", id="end_then_last_day"
            ),
            pytest.param(
                ROW.replace("weeks: 4", "weeks: «many") + "  last_day: 2028-01-01\n", id="weeks_then_last_day"
            ),
            pytest.param(ROW.replace("weeks: 4", "weeks: «many") + "  end: 2027-01-29\n", id="weeks_then_end"),
            pytest.param(ROW + "  last_day: 2027-01-30\n  days: [«saturday]\n", id="days_then_last_day"),
            pytest.param(ROW + "  last_day: «soon\n  days: [mon]\n", id="last_day_then_days"),
            pytest.param(
                ROW.replace(
                    "start: 2027-01-04\n  weeks: 4", "start: 2027-01-18\n  end: 2027-01-18\n  worked: [«x]"
                ),
                id="worked_then_no_day",
            ),
            pytest.param(
                ROW.replace("start: 2027-01-04\n  weeks: 4", "start: 2027-01-18\n  end: 2027-01-18\n  us: «x"),
                id="us_then_no_day",
            ),
            pytest.param(LETTER + "    asked: «soon\n    packet: 2027-01-05\n", id="asked_then_packet"),
            pytest.param(
                LETTER + "    asked: «soon\n    agreed: 2027-01-05\n    reminded: [2027-01-01]\n",
                id="asked_then_reminded",
            ),
            pytest.param(LETTER + "    asked: «*x\n    packet: 2027-01-05\n", id="alias_at_asked_then_packet"),
            pytest.param(ROW.replace("weeks: 4", "end: «*x"), id="alias_at_the_end"),
            pytest.param(ROW.replace("weeks: 4", "weeks: «*x"), id="alias_at_the_weeks"),
            pytest.param(ROW + "  last_day: 2027-01-30\n  days: «*x\n", id="alias_at_the_days_then_last_day"),
            pytest.param(
                ROW.replace("2027-01-04", "«*x") + "  last_day: 2020-01-01\n",
                id="alias_at_the_start_then_last_day",
            ),
        ],
    )
    def test_are_not_invented_from_a_wrong_value(self, text: str) -> None:
        """What rests on a value that is refused is not judged before that is mended."""
        assert [problem.partition(" ")[0] for problem in problems(text)] == [at_marks(text, "")[0].strip()]

    @pytest.mark.parametrize(
        ("text", "messages"),
        [
            pytest.param(
                ROW.replace("weeks: 4", "end: 2027-01-29\n  weeks: «4") + f"{ROW}  id: x\n{ROW}  id: «x\n",
                (
                    'rotation "chen": has both "end" and "weeks": keep one',
                    'rotation "x": the id "x" is here twice',
                ),
                id="contradiction_and_doubled_id",
            ),
            pytest.param(
                ROW.replace("Wei Chen", "{role: «boss, name: Wei Chen}") + "  last_day: «2028-01-01\n",
                (
                    in_chen('role: "boss" is not one of attending, fellow, resident'),
                    in_chen("last_day 2028-01-01 is outside the rotation, 2027-01-04 to 2027-01-29"),
                ),
                id="wrong_word_and_contradiction",
            ),
            pytest.param(
                "applicant: {season: «x, targets: [im, «im]}\nrotations:\n" + ROW + "  days: «[]\n",
                (
                    'season: "x" is not a whole number',
                    'the target "im" is here twice',
                    in_chen("no on-site day between 2027-01-04 and 2027-01-31: all are days off"),
                ),
                id="three_depths",
            ),
            pytest.param(
                LETTER
                + "    asked: 2027-01-09\n    agreed: «2027-01-08\n    requested: «2027-01-07\n"
                + "    declined: «2027-01-01\n    uploaded: 2027-01-10\n",
                (
                    in_chen("agreed 2027-01-08 is before asked 2027-01-09"),
                    in_chen("requested 2027-01-07 is before agreed 2027-01-08"),
                    in_chen("declined cannot stand beside uploaded or assigned"),
                ),
                id="three_in_a_letter",
            ),
            pytest.param(
                "applicant: {targets: [im, {specialty: fm, in_specialty: «11}, «IM]}",
                (
                    "in_specialty: 11 is too large, it must be at most 10",
                    'the target "IM" is here twice (first as "im")',
                ),
                id="two_targets",
            ),
            pytest.param(
                LETTER + "    asked: 2027-01-09\n    reminded: [«x, «2027-01-08]\n",
                (
                    in_chen('reminded: "x" is not a date: write YYYY-MM-DD, such as 2027-01-29'),
                    in_chen("reminded 2027-01-08 is before asked 2027-01-09"),
                ),
                id="two_reminders",
            ),
            pytest.param(
                ROW + "  «weeks: 5\n  «weeks: 6\n",
                (in_chen('the key "weeks" is here twice'),) * 2,
                id="one_key_three_times",
            ),
        ],
    )
    def test_do_not_hide_each_other(self, text: str, messages: tuple[str, ...]) -> None:
        """A wrong value in one place does not stop what is wrong in another from being told."""
        assert problems(text) == at_marks(text, *messages)

    @pytest.mark.parametrize(
        ("count", "last"),
        [
            pytest.param(
                MAX_PROBLEMS, f"1000:3: rotation 1000 of the list: {EXPECTED_MAPPING}", id="as_many_as_are_told"
            ),
            pytest.param(MAX_PROBLEMS + 1, "1001:3: and 1 more problem from here on", id="one_more"),
            pytest.param(MAX_PROBLEMS + 500, "1001:3: and 500 more problems from here on", id="many_more"),
        ],
    )
    def test_are_counted_from_a_thousand_on(self, count: int, last: str) -> None:
        """A file with ever so many problems does not flood the screen."""
        found = problems("- x\n" * count)
        assert (len(found), found[-1]) == (min(count, MAX_PROBLEMS + 1), last)

    def test_of_a_great_many_the_first_are_told(self) -> None:
        """Behind ever so many good rotations, and with several a rotation, each has its place."""
        text = ROW * 250 + (ROW + "  a: 1\n  b: 1\n") * 600
        found = problems(text)
        assert found[0] == '1005:3: rotation "chen-2027-01-251": unknown key "a"'
        assert found[-2] == '4000:3: rotation "chen-2027-01-750": unknown key "b"'
        assert found[-1] == "4005:3: and 200 more problems from here on"

    def test_of_a_great_many_those_of_the_applicant_are_told_too(self) -> None:
        """What is wrong beside the rotations is not lost among them."""
        found = problems("applicant: {name: 1, season: x}\nrotations:\n" + "- x\n" * 2000)
        assert found[0] == '1:30: season: "x" is not a whole number'
        assert found[-1] == "1002:3: and 1001 more problems from here on"

    def test_a_great_many_that_a_mended_value_brings_up_hide_nobody(self) -> None:
        """What rests on a value that was refused is not believed, and does not take the place of what is."""
        doubtful = LETTER + "    asked: soon\n    reminded: [" + ", ".join(["2027-02-01"] * 10) + "]\n"
        hidden = ROW.replace("weeks: 4", "end: 2026-01-04") + "  performance: grand\n"
        found = problems(doubtful * 300 + hidden * 60)
        assert len(found) == 300 + 2 * 60
        assert sum("before start" in problem for problem in found) == 60

    def test_a_great_many_are_never_counted_below_nothing(self) -> None:
        """Ids that come twice among sound rotations count, though a wrong value elsewhere stops that check."""
        same = "".join(ROW + "  id: same\n" for _ in range(100))
        wrong = "".join(ROW.replace("4", "x").replace("2027-01-0x", "2027-01-04") for _ in range(998))
        assert problems(same + wrong)[-1].endswith("and 97 more problems from here on")

    def test_a_great_many_between_rotations_far_apart(self) -> None:
        """An id that comes again after a hundred others is found too."""
        found = problems("".join(ROW + f"  id: i{number % 150}\n" for number in range(1650)))
        assert found[0] == '755:7: rotation "i0": the id "i0" is here twice'
        assert found[-1].endswith("and 500 more problems from here on")

    @pytest.mark.parametrize("rotations", ["", "rotations:\n", "rotations: []\n", "rotations: none\n"])
    def test_a_great_many_without_rotations(self, rotations: str) -> None:
        """They need not be about rotations."""
        days_off = ", ".join(["x"] * 600)
        targets = ", ".join(["[]"] * 600)
        found = problems(f"applicant: {{holidays: [{days_off}], targets: [{targets}]}}\n{rotations}")
        assert found[0].startswith('1:24: holidays: "x" is not a date')
        assert "more problem" in found[-1]


ITEM = "2027-01-05"
LISTS = {
    "away": ROW + "  away: «[LIST]\n",
    "worked": ROW + "  worked: «[LIST]\n",
    "days": ROW + "  days: «[LIST]\n",
    "reminded": LETTER + "    asked: 2027-01-04\n    reminded: «[LIST]\n",
    "targets": "applicant: {targets: «[LIST]}\n",
    "holidays": "applicant: {holidays: «[LIST]}\n",
}
"""Every list but that of the rotations."""


class TestLimits:
    @pytest.mark.parametrize("key", LISTS)
    def test_of_a_list(self, key: str) -> None:
        """A list of a thousand is read, a longer one is one problem, whatever stands in it."""
        item = {"days": "mon", "targets": "t"}.get(key, ITEM)
        items = [item + str(n) if key == "targets" else item for n in range(MAX_LISTED)]
        loads(LISTS[key].replace("LIST", ", ".join(items)).replace(HERE, ""))
        for one_more in (item, "[]"):
            text = LISTS[key].replace("LIST", ", ".join([*items, one_more]))
            said = f"{key}: 1001 entries are too many, 1000 is the most"
            assert problems(text) == at_marks(text, said if "applicant" in text else in_chen(said))

    def test_of_the_rotations(self) -> None:
        """A hundred thousand rotations, of which none is looked at where there is one more."""
        found = problems("- x\n" * (MAX_ROTATIONS + 1))
        assert found == ["1:1: rotations: 100001 entries are too many, 100000 is the most"]

    def test_of_the_keys_of_a_mapping(self) -> None:
        """A hundred unknown keys are a hundred problems; with one more the text is read no further."""
        keys = "".join(f"k{number}: 1\n" for number in range(MAX_KEYS))
        assert problems(keys)[-1] == '100:1: unknown key "k99"'
        found = problems(keys + "more: 1\nand: 1\n")
        assert found[-1] == "101:1: more than 100 keys in one mapping: not a plan file"
        assert not any('"more"' in problem or '"and"' in problem for problem in found)

    @pytest.mark.parametrize("mistake", ["a: 1\n", "&a 1: 1\n", "!!str 1: 1\n", "*a : 1\n", "? []\n"])
    def test_of_the_mistakes_in_the_text(self, mistake: str) -> None:
        """However many there are, reading ends after ten thousand."""
        found = problems("a: &a 1\n" + mistake * (2 * MAX_FAULTS))
        assert len(found) == MAX_PROBLEMS + 1
        assert int(found[-1].split("and ")[1].split()[0]) <= MAX_FAULTS

    @pytest.mark.parametrize(
        ("spare", "messages"),
        [
            pytest.param(0, (), id="as_many_as_there_may_be"),
            pytest.param(1, ("more than 9 keys and values: not a plan file",), id="one_more"),
        ],
    )
    def test_of_keys_and_values(
        self, monkeypatch: pytest.MonkeyPatch, spare: int, messages: tuple[str, ...]
    ) -> None:
        """All of them are counted, the list and the mapping with them."""
        monkeypatch.setattr("lorplan.planfile.yaml_tree.MAX_VALUES", 10 - spare)
        text = "- attending: Ann\n  specialty: im\n  start: 2027-01-04\n  weeks: «4\n"
        if messages:
            assert problems(text) == at_marks(text, *(f'rotation "ann": {message}' for message in messages))
        else:
            loads(text.replace(HERE, ""))


class TestBrokenText:
    @pytest.mark.parametrize(
        ("text", "messages"),
        [
            pytest.param(
                ROW.replace("weeks: 4", "weeks: «none")
                + ROW.replace("Wei Chen", "Ann Lee").replace("im\n", "«@im\n"),
                (
                    in_chen('weeks: "none" is not a whole number'),
                    f'rotation "lee": {BAD_START}',
                ),
                id="in_the_second_rotation",
            ),
            pytest.param(
                "- «{attending: Wei Chen, specialty: im, start: 2027-01-04}\n- attending: Ann Lee\n  «]\n",
                (
                    in_chen('needs "end" or "weeks"'),
                    f'rotation "lee": {NO_KEY}',
                ),
                id="a_whole_rotation_lacks_keys_an_unfinished_one_does_not",
            ),
            pytest.param(
                ROW + "  days: []\n  «]\n",
                (in_chen(NO_KEY),),
                id="days_may_still_be_mended_by_the_rest",
            ),
            pytest.param(
                ROW + "  letter:\n    reminded: [2027-01-06]\n    «]\n",
                (in_chen(NO_KEY),),
                id="the_asking_may_still_come",
            ),
            pytest.param(
                ROW + "  letter:\n    uploaded: 2027-02-01\n    packet: 2027-01-06\n    «]\n",
                (in_chen(NO_KEY),),
                id="an_earlier_asking_may_still_come",
            ),
            pytest.param(
                ROW + "  last_day: 2027-01-30\n  «]\n",
                (in_chen(NO_KEY),),
                id="saturdays_may_still_come",
            ),
            pytest.param(
                ROW.replace("weeks: 4", "end: «2027-01-01") + "  «]\n",
                (
                    in_chen("end 2027-01-01 is before start 2027-01-04"),
                    in_chen(NO_KEY),
                ),
                id="what_is_there_and_wrong_stays_wrong",
            ),
            pytest.param(
                ROW + "  us: «maybe\n  hospital: A\n- attending: Ann\n  hospital: «\x00\n",
                (
                    in_chen('us: "maybe" is neither true nor false (yes, no, on and off are read too)'),
                    'rotation "ann": the character U+0000 cannot stand in a YAML file',
                ),
                id="character_that_is_no_yaml",
            ),
            pytest.param(
                "- «chen\n- «" + "[" * 15 + "«[",
                (
                    f"rotation 1 of the list: {EXPECTED_MAPPING}",
                    f"rotation 2 of the list: {EXPECTED_MAPPING}",
                    "rotation 2 of the list: nested deeper than 16 levels",
                ),
                id="too_deep",
            ),
            pytest.param(
                "- «chen\n«---\n- lee\n",
                (
                    f"rotation 1 of the list: {EXPECTED_MAPPING}",
                    "a second document starts here: a plan file is one document",
                ),
                id="second_document",
            ),
        ],
    )
    def test_is_told_up_to_the_break(self, text: str, messages: tuple[str, ...]) -> None:
        """What comes before the break is examined, and what may still come behind it is not missed."""
        assert problems(text) == at_marks(text, *messages)

    @pytest.mark.parametrize("length", [100_000, 1_000_000])
    def test_of_extreme_nesting_is_refused_at_once(self, length: int) -> None:
        """A million brackets are one problem."""
        assert problems("[" * length)[-1] == "1:17: rotation 1 of the list: nested deeper than 16 levels"


class TestProblem:
    def test_names_file_place_rotation_and_message(self) -> None:
        """A problem in words is what editors and shells can jump to."""
        with pytest.raises(PlanFileError) as refused:
            loads(ROW.replace("weeks: 4", "end: 2027-01-01"), "rotations.yaml")
        assert str(refused.value) == (
            'rotations.yaml:4:8: rotation "chen": end 2027-01-01 is before start 2027-01-04'
        )

    def test_without_a_place_names_the_file(self) -> None:
        """A file that cannot even be opened has no line to point at."""
        problem = Problem(file="a.yaml", line=None, column=None, rotation=None, message="no such file")
        assert str(problem) == "a.yaml: no such file"

    def test_is_five_fields_for_a_program(self) -> None:
        """What a script reads of a problem is always all there."""
        assert one_problem("- x").to_dict() == {
            "file": None,
            "line": 1,
            "column": 3,
            "rotation": None,
            "message": f"rotation 1 of the list: {EXPECTED_MAPPING}",
        }

    def test_has_its_parts(self) -> None:
        """The parts of a problem can be printed in another form."""
        assert one_problem(f"{ROW}  us: maybe\r\n") == Problem(
            file=None,
            line=5,
            column=7,
            rotation="chen",
            message='us: "maybe" is neither true nor false (yes, no, on and off are read too)',
            source="  us: maybe",
        )

    @pytest.mark.parametrize(
        ("name", "label"),
        [
            pytest.param("Dr. Anna Müller, MD", "müller", id="derived"),
            pytest.param("{name: Wei Chen}", "chen", id="from_a_mapping"),
            pytest.param("陳大文", "陳大文", id="another_script"),
            pytest.param("'?'", "rotation", id="nothing_to_derive_from"),
            pytest.param('"Wei\\e[31mChen"', "wei31mchen", id="unsafe_name"),
        ],
    )
    def test_calls_the_rotation_by_its_id(self, name: str, label: str) -> None:
        """A problem names the rotation as every command does."""
        text = ROW.replace("Wei Chen", name).replace("weeks: 4", "weeks: none")
        with pytest.raises(PlanFileError) as refused:
            loads(text)
        assert refused.value.problems[-1].rotation == label

    def test_calls_the_rotation_by_its_written_id_without_what_acts(self) -> None:
        """Even an id that is refused can be shown."""
        assert one_problem(ROW + '  id: "a\\e[0m"\n').rotation == "a\ufffd[0m"

    def test_tells_rotations_with_one_name_apart(self) -> None:
        """The ids in messages are those that the plan would have: with month and number where names meet."""
        rows = ROW.replace("weeks: 4", "weeks: none") * 2
        with pytest.raises(PlanFileError) as refused:
            loads(rows + ROW.replace("2027-01-04", "soon"))
        assert [problem.rotation for problem in refused.value.problems] == [
            "chen-2027-01",
            "chen-2027-01-2",
            "chen-unknown",
        ]

    @pytest.mark.parametrize(
        ("text", "place", "source"),
        [
            pytest.param("\ufeff- x", (1, 3), "- x", id="behind_a_byte_order_mark"),
            pytest.param("[]\r\n---\r\n", (2, 1), "---", id="windows_line_ends"),
            pytest.param("[😀]", (1, 2), "[😀]", id="astral"),
            pytest.param("# é😀\n- 'é😀'", (2, 3), "- 'é😀'", id="non_ascii_lines"),
            pytest.param("- x\t# \u202eno", (1, 3), "- x # \ufffdno", id="unsafe_comment"),
        ],
    )
    def test_shows_the_line_as_it_was_typed(self, text: str, place: tuple[int, int], source: str) -> None:
        """The source line is there for a caret under it: without its end, and without what could act."""
        problem = one_problem(text)
        assert (problem.line, problem.column, problem.source) == (*place, source)

    @pytest.mark.parametrize("marks", [1, 2, 3])
    def test_is_not_moved_by_byte_order_marks(self, marks: int) -> None:
        """However many marks a chain of editors put in front, the column is the one that is seen."""
        assert one_problem("\ufeff" * marks + "[x]").column == 2

    def test_can_be_made_for_any_value_of_a_file_that_is_read(self) -> None:
        """Advice about a file points at its values like a problem does."""
        parsed = parse("applicant: {targets: [im]}\nrotations:\n" + ROW, "mine.yaml")
        paths: list[tuple[str | int, ...]] = [
            ("applicant", "targets", 0),
            ("rotations", 0, "specialty"),
            ("rotations", 0, "hospital"),
        ]
        assert [str(parsed.problem_at(path, "look")) for path in paths] == [
            "mine.yaml:1:23: look",
            'mine.yaml:4:14: rotation "chen": look',
            'mine.yaml:3:3: rotation "chen": look',
        ]


def places_in(plan: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401 - any part of a plan
    """List every place in a plan at which a value stands, as the owner and the key or number."""
    if not isinstance(plan, (dict, list)):
        return []
    keys = list(plan) if isinstance(plan, dict) else range(len(plan))
    inner = [place for key in keys for place in places_in(plan[key])]
    return [*((plan, key) for key in keys), *inner]


TEXTS = frozenset({"name", "specialty", "hospital", "attending"})
"""Keys that any word is right for: there a list is wrong."""

WRONG = "no such value!"


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, int]:
    """Draw a valid plan in which one value is replaced by a wrong one, and the offset of that."""
    plan = draw(plans())
    places = [
        (owner, key)
        for owner, key in places_in(plan)
        if not (owner is plan and isinstance(plan, dict) and key == "rotations" and not rows_of(plan))
    ]
    if not places:
        return WRONG, 0
    owner, key = draw(st.sampled_from(places))
    as_target = (
        isinstance(owner, list) and isinstance(plan, dict) and owner is (plan["applicant"] or {}).get("targets")
    )
    listed = key in TEXTS or as_target
    owner[key] = [WRONG] if listed else WRONG
    text = to_yaml(plan)
    return text, text.index(WRONG) - 2 * listed


@settings(deadline=None, max_examples=50)
@given(spoilt())
def test_one_wrong_value_in_a_valid_file_is_one_problem_at_that_value(drawn: tuple[str, int]) -> None:
    """Whatever the rest of a file is, a single wrong value is told once, where it stands, and nothing else is."""
    text, offset = drawn
    before = text[:offset]
    place = (before.count("\n") + 1, offset - before.rfind("\n"))
    with pytest.raises(PlanFileError) as refused:
        loads(text)
    assert [(problem.line, problem.column) for problem in refused.value.problems] == [place]


@settings(deadline=None, max_examples=50)
@given(plans(), st.data())
def test_a_damaged_file_is_read_or_refused_with_places_in_it(plan: Any, data: st.DataObject) -> None:  # noqa: ANN401
    """Cut, doubled or overwritten anywhere, a file never ends in anything but a plan or problems with places."""
    text = to_yaml(plan)
    for _ in range(data.draw(st.integers(1, 3))):
        start, length = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, 40))
        scrap = data.draw(st.text(st.sampled_from("ab01 -:#'\"[]{},&*!|>%@`?\n\t\r\x00é😀"), max_size=6))
        text = text[:start] + scrap + text[start + length :]
    try:
        loads(text)
    except PlanFileError as refused:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        places = [(problem.line or 0, problem.column or 0) for problem in refused.problems]
        inside = [0 < line <= len(lines) and 0 < column <= len(lines[line - 1]) + 2 for line, column in places]
        assert inside == [True] * len(places)


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    """No content of a file ends in anything but a plan or problems."""
    try:
        found = loads(decode(raw))
    except PlanFileError:
        found = PlanFile()
    assert found == PlanFile()


@pytest.mark.parametrize(("written", "weeks"), [("0000000000004", 4), ("+000000000012", 12)])
def test_zeros_before_a_number_do_not_change_it(written: str, weeks: int) -> None:
    """However many zeros stand before it, a number is what it is."""
    (rotation,) = loads(ROW.replace("weeks: 4", f"weeks: {written}")).rotations
    assert rotation.weeks == weeks


def test_a_rotation_with_two_faults_in_its_days_hides_no_other() -> None:
    """Both `end` and `weeks`, and an end before the start: what is wrong with the next rotations is told, too."""
    text = (
        "- {attending: A, specialty: im, start: 2027-01-04, end: «2027-01-01, weeks: «4}\n"
        "- {attending: B, specialty: im, start: «2027-01-09, end: 2027-01-10}\n"
        "- {attending: C, id: b, specialty: im, start: 2027-01-11, weeks: 2}\n"
        "- {attending: D, id: «b, specialty: im, start: 2027-01-11, weeks: 2}\n"
    )
    assert [problem.partition(" ")[0] for problem in problems(text)] == [
        place.partition(" ")[0] for place in at_marks(text, *[""] * 4)
    ]


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param("", id="nothing_is_wrong"),
        pytest.param("  worked: [x]\n", id="a_value"),
        pytest.param("  letter: {thanked: 2027-02-01}\n", id="a_fault"),
        pytest.param("  hospitl: x\n", id="a_key"),
        pytest.param("  ]\n", id="the_text"),
        pytest.param("  worked: [x]\n" + "- x\n" * 2 * MAX_PROBLEMS, id="very_much"),
    ],
)
def test_nothing_is_left_for_the_collector(tail: str) -> None:
    """The command runs without one: what was read, planned or refused has to go by itself."""
    text = ROW * 50 + tail
    gc.collect()
    gc.disable()
    try:
        with suppress(PlanFileError):
            make_plan(loads(text), date(2027, 1, 4)).to_dict()
        assert gc.collect() == 0
    finally:
        gc.enable()
