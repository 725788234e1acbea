"""Plan files as text: which texts are read, with which values, and which are refused as a whole."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from lorplan.planfile.models import WEEKDAYS, DayRange, PlanFile, Rotation
from lorplan.planfile.reader import MAX_BYTES, decode, loads, parse
from planfile.refusals import NOT_YAML, ROW, at_marks, find_problems, problems
from samples import EVERY_KEY

if TYPE_CHECKING:
    from runner import Json

SAME_AS_EVERY_KEY: Json = {
    "applicant": {
        "name": "Amina Rahman",
        "email": "amina@example.org",
        "phone": "+1 555 0100",
        "season": 2028,
        "token": date(2027, 6, 24),
        "deadline": date(2027, 9, 22),
        "targets": ["internal medicine", {"specialty": "family medicine", "in_specialty": 1}],
        "holidays": [date(2026, 12, 24), {"from": date(2026, 12, 28), "to": date(2026, 12, 31)}],
    },
    "policy": {
        "want": 4,
        "spare": 0,
        "max_per_program": 4,
        "fresh_days": 300,
        "min_days": 8,
        "final_week_days": 7,
        "lead_days": 28,
        "processing_days": 5,
        "remind_after_days": 28,
        "remind_before_days": (10, 5),
        "follow_up_days": 7,
        "no_answer_days": 14,
        "give_up_after": 2,
        "thank_days": 7,
        "assign_days": 7,
        "packet_days": 3,
    },
    "programs": [
        {
            "name": "Lakeside Medical Center",
            "specialty": "internal medicine",
            "track": "categorical",
            "requires": {"letters": 3, "in_specialty": 1, "us": "all", "hands_on": "all", "months": 120},
            "prefers": {"in_specialty": 2},
            "max": 4,
            "deadline": date(2027, 10, 15),
            "also": ["a letter from the present supervisor"],
            "applied": date(2027, 9, 8),
            "assigned": ["Chen_1"],
            "choice": "skip",
            "read": date(2027, 7, 1),
            "url": "https://example.org/im",
            "notes": "free text",
            "id": "lakeside",
        }
    ],
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
            "for": ["internal medicine", "family medicine"],
            "standardized": False,
            "notice": date(2027, 1, 5),
            "feedback": date(2027, 1, 15),
            "offered": date(2027, 1, 20),
            "meeting": date(2027, 1, 27),
            "choice": "ask",
            "letter": {
                "asked": date(2027, 1, 27),
                "agreed": date(2027, 1, 28),
                "packet": date(2027, 1, 29),
                "requested": date(2027, 6, 2),
                "reminded": [date(2027, 7, 14)],
                "sent": date(2027, 8, 1),
                "uploaded": date(2027, 8, 2),
                "imported": date(2027, 8, 2),
                "thanked": date(2027, 8, 3),
                "assigned": date(2027, 9, 3),
            },
            "id": "Chen_1",
            "notes": "Two lines,\n\ttabs and all.\n",
        }
    ],
}


class TestValidFiles:
    def test_file_with_every_key_equals_the_same_values_from_python(self) -> None:
        """Each key of the file is the field of the same name in the model."""
        assert loads(EVERY_KEY) == PlanFile.model_validate(SAME_AS_EVERY_KEY)

    def test_bare_list_equals_a_mapping_with_only_rotations(self) -> None:
        """A list of rotations is a short form of the mapping."""
        in_mapping = "rotations:\n" + "".join(f"  {line}\n" for line in ROW.splitlines())
        assert loads(ROW) == loads(in_mapping)

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("[]", id="empty_list"),
            pytest.param("{}", id="empty_mapping"),
            pytest.param("rotations: []", id="empty_rotations"),
            pytest.param("applicant:\npolicy: ~\nrotations: null", id="sections_without_a_value"),
            pytest.param("# nothing yet\n---\n[]\n...\n", id="with_document_marks"),
        ],
    )
    def test_empty_list_or_mapping_is_an_empty_plan_file(self, text: str) -> None:
        """A plan file may have no rotation yet."""
        assert loads(text) == PlanFile()

    @pytest.mark.parametrize("written", ["Monday, TUESDAY, wed", "mon, Tue, WEDNESDAY"])
    def test_weekdays_are_read_in_any_case_and_by_their_whole_names(self, written: str) -> None:
        """People write them in many ways."""
        assert loads(f"{ROW}  days: [{written}]\n").rotations[0].days == ("mon", "tue", "wed")

    @pytest.mark.parametrize("written", ["neurology", "[neurology]", "[Neurology]", "[im, neurology]"])
    def test_targets_of_a_letter_are_one_word_or_a_list_in_any_spelling(self, written: str) -> None:
        """A single target needs no brackets, and the spelling need not be that of the target."""
        text = "applicant: {targets: [internal medicine, neurology]}\nrotations:\n"
        rows = "".join(f"  {line}\n" for line in f"{ROW}  for: {written}".splitlines())
        found = loads(text + rows).rotations[0].for_targets
        assert found[-1].lower() == "neurology"

    @pytest.mark.parametrize("role", ["attending", "chair", "program director", "fellow", "resident", "other"])
    def test_writer_has_one_of_six_roles(self, role: str) -> None:
        """Chairs and program directors write too, and some who are no physicians."""
        text = ROW.replace("Wei Chen", f"{{name: Wei Chen, role: {role}}}")
        assert loads(text).rotations[0].attending.role == role

    @pytest.mark.parametrize(
        "key",
        [
            field.alias or name
            for name, field in Rotation.model_fields.items()
            if not field.is_required() and name != "weeks"
        ],
    )
    def test_key_without_a_value_is_left_out(self, key: str) -> None:
        """A file may name keys that have no value yet, in each of the ways to write no value."""
        for nothing in ("", " ~", " null", " # later"):
            assert loads(f"{ROW}  {key}:{nothing}\n") == loads(ROW)

    def test_key_without_a_value_is_left_out_in_every_section(self) -> None:
        """The same is true for the applicant, the policy, the attending, a target, the weeks and a letter."""
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
            "rotations": [{"attending": "Wei Chen", "specialty": "im", "start": "2027-01-04", "end": "2027-01-29"}],
        }
        assert loads(text) == PlanFile.model_validate(expected)

    @pytest.mark.parametrize(
        ("word", "value"),
        [("true", True), ("yes", True), ("on", True), ("false", False), ("no", False), ("off", False)],
    )
    def test_flag_is_read_in_any_case(self, word: str, *, value: bool) -> None:
        """True, yes, on and their opposites are read in any case, and in quotes."""
        for spelling in (word, word.upper(), word.title(), f"'{word}'"):
            assert loads(f"{ROW}  letterhead: {spelling}\n").rotations[0].letterhead is value

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
    def test_word_keeps_its_spelling(self, word: str) -> None:
        """Text stays text, whatever type YAML gives it."""
        quoted = f"'{word}'" if word.startswith("[") else word
        assert loads(f"{ROW}  hospital: {quoted}\n").rotations[0].hospital == word

    @pytest.mark.parametrize("day", ["1990-01-01", "2100-12-31", "2028-02-29"])
    def test_day_may_be_any_from_1990_to_2100(self, day: str) -> None:
        """The first and the last day that a plan file may name are read, and a leap day."""
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
    def test_file_from_another_system_is_read(self, text: str) -> None:
        """A byte order mark and other line ends change nothing."""
        assert loads(decode(text.encode())) == loads(ROW)

    @pytest.mark.parametrize("days", [("mon",), ("sun", "mon"), WEEKDAYS])
    def test_any_weekdays_may_be_on_site(self, days: tuple[str, ...]) -> None:
        """The weekdays keep the order in which they are written."""
        assert loads(f"{ROW}  days: [{', '.join(days)}]\n").rotations[0].days == days

    def test_single_date_and_range_are_days_off(self) -> None:
        """A single date is a range of one day."""
        text = f"{ROW}  away: [2027-01-06, {{from: 2027-01-07, to: 2027-01-08}}]\n"
        ranges = ({"from": "2027-01-06", "to": "2027-01-06"}, {"from": "2027-01-07", "to": "2027-01-08"})
        assert loads(text).rotations[0].away == tuple(DayRange.model_validate(one) for one in ranges)

    def test_located_plan_file_has_the_text_without_a_byte_order_mark_and_its_rotations(self) -> None:
        """The offsets of a rotation count in this text."""
        located = parse("\ufeff" + ROW)
        node = located.rotation(0)
        assert (located.text, located.plan_file) == (ROW, loads(ROW))
        assert located.text[node.start : node.end].startswith("attending: Wei Chen\n  specialty: im\n")


class TestWholeText:
    @pytest.mark.parametrize("text", ["", "\n\n", "# only a comment", "~", "null", "---\n", "\ufeff"])
    def test_empty_text_is_refused(self, text: str) -> None:
        """An empty file is probably a mistake: a plan without rotations is written as an empty list."""
        assert problems(text) == ["1:1: the file is empty: it needs a list of rotations ([] for none yet)"]

    @pytest.mark.parametrize("text", ["«hello", "\n  «'~'", "# x\n«42", '«""'])
    def test_text_of_a_single_word_is_refused(self, text: str) -> None:
        """A plan file is a list or a mapping."""
        message = "expected a list of rotations, or a mapping with applicant, policy, rotations and programs"
        assert problems(text) == at_marks(text, message)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            pytest.param("«&x []", "YAML anchors are not supported; remove &x", id="anchor"),
            pytest.param("«!x []", "YAML tags are not supported; remove !x", id="tag"),
            pytest.param("«!!null", "YAML tags are not supported; remove !!null", id="tag_of_nothing"),
            pytest.param("«!x word", "YAML tags are not supported; remove !x", id="tag_of_a_word"),
            pytest.param("«*x", "YAML aliases are not supported; repeat the value", id="alias"),
            pytest.param("[]\n«---\n[]", "unexpected second YAML document", id="second_document"),
            pytest.param(
                "«@",
                NOT_YAML,
                id="not_yaml",
            ),
            pytest.param("[]\n«\x00", "the character U+0000 is not allowed in YAML", id="nul"),
        ],
    )
    def test_text_with_an_unsupported_part_of_yaml_is_refused(self, text: str, message: str) -> None:
        """A plan file uses only a part of YAML; anything else is refused at its place."""
        assert problems(text) == at_marks(text, message)

    def test_text_larger_than_the_limit_is_refused(self) -> None:
        """Sixteen MiB of text are read, one character more is not."""
        text = "[]" + " " * (MAX_BYTES - 2)
        assert loads(text) == PlanFile()
        assert problems(text + " ") == ["1:1: larger than 16 MiB: not a plan file"]


class TestBytes:
    @pytest.mark.parametrize("text", ["", "é 陳 😀", "a\r\nb", "\x00"])
    def test_utf_8_is_decoded(self, text: str) -> None:
        """The text is the one that was encoded, line ends included."""
        assert decode(text.encode()) == text

    def test_byte_order_mark_is_removed(self) -> None:
        """The mark that some editors write first is not part of the text."""
        assert decode(b"\xef\xbb\xbf[]") == "[]"

    @pytest.mark.parametrize(
        ("raw", "problem"),
        [
            pytest.param(b"\xe9", "1:1: not UTF-8: byte 0xE9", id="first_byte"),
            pytest.param(b"- a: M\xfcller\n", "1:7: not UTF-8: byte 0xFC", id="latin_1"),
            pytest.param("- é\r\n- 😀 ".encode() + b"\x80", "2:5: not UTF-8: byte 0x80", id="columns_are_characters"),
            pytest.param("- é".encode()[:-1], "1:3: not UTF-8: byte 0xC3", id="cut_off"),
            pytest.param(b"\xef\xbb\xbf- a: \xfc", "1:6: not UTF-8: byte 0xFC", id="after_a_byte_order_mark"),
            pytest.param(b"\xed\xa0\x80", "1:1: not UTF-8: byte 0xED", id="surrogate"),
        ],
    )
    def test_first_byte_that_is_not_utf_8_is_refused_with_its_place(self, raw: bytes, problem: str) -> None:
        """The place is a line and a column in characters."""
        hint = "(the file looks like another encoding: save it as UTF-8)"
        assert [str(one) for one in find_problems(lambda: decode(raw))] == [f"<text>:{problem} {hint}"]

    @pytest.mark.parametrize("codec", ["utf-16", "utf-16-be"])
    def test_utf_16_is_refused_by_its_name(self, codec: str) -> None:
        """The encoding that some editors call Unicode is named."""
        raw = ("\ufeff" * (codec != "utf-16") + ROW).encode(codec)
        [problem] = find_problems(lambda: decode(raw))
        assert problem.message.endswith("(the file looks like UTF-16: save it as UTF-8)")

    def test_more_bytes_than_the_limit_are_refused(self) -> None:
        """Sixteen MiB are read, one byte more is not."""
        assert len(decode(b" " * MAX_BYTES)) == MAX_BYTES
        [problem] = find_problems(lambda: decode(b" " * (MAX_BYTES + 1)))
        assert str(problem) == "<text>:1:1: larger than 16 MiB: not a plan file"

    def test_problem_with_the_bytes_names_the_file(self) -> None:
        """The given name of the file is the start of the problem."""
        [problem] = find_problems(lambda: decode(b"\xff", "mine.yaml"))
        assert problem.file == "mine.yaml"
        assert str(problem).startswith("mine.yaml:1:1: not UTF-8")
