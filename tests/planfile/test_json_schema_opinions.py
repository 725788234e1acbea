"""What an editor with the JSON Schema marks, compared with what `lorplan check` refuses."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import PackageLoader

import samples
from lorplan.edit.starter import write_starter
from oracle.strategies import plans, rows_of, to_yaml
from planfile.editor import (
    BOTH,
    NOBODY,
    ONLY_CHECK,
    ONLY_EDITOR,
    PARTS,
    as_mapping,
    exceptions,
    is_marked_by_editor,
    is_refused_by_check,
    keys_of,
    load_as_editor,
    values_in,
    who_refuses,
)
from planfile.refusals import LETTER, ROW

if TYPE_CHECKING:
    from runner import Json

TESTS = Path(__file__).parents[1]
WHOLE = f"""{samples.EVERY_KEY}\
  - {{attending: Lee, specialty: no, start: 2027-02-01, weeks: 4, letter: {{declined: 2027-02-10}}}}
"""
"""Every key there is."""


def read_files(folder: Path) -> dict[str, str]:
    """Read the YAML files of a folder by their names."""
    found = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))}
    assert found
    return found


def check_starter(day: date) -> None:
    """Check that an editor marks nothing in the starter file of a day, even if its examples are in use."""
    text = write_starter(day, PackageLoader("lorplan"))
    assert not is_marked_by_editor(text)
    in_use = re.sub(r"^( *)# (\w+): (?=\S)", r"\1\2: ", text, flags=re.MULTILINE)
    in_use = "".join(line for line in in_use.splitlines(keepends=True) if " declined:" not in line)
    assert not is_marked_by_editor(in_use)


# --- what nobody refuses ------------------------------------------------------------------------------------


class TestValid:
    def test_editor_marks_no_example(self) -> None:
        """The examples are valid in an editor too."""
        assert exceptions(read_files(TESTS.parent / "examples"), NOBODY) == {}

    def test_editor_marks_only_the_wrong_one_of_the_golden_plan_files(self) -> None:
        """The file that is wrong on purpose is wrong in an editor as well."""
        assert exceptions(read_files(TESTS / "stories" / "golden"), NOBODY) == {"bad.yaml": BOTH}

    def test_editor_marks_no_plan_of_a_story(self) -> None:
        """The plans of the stories are valid."""
        cases = read_files(TESTS / "stories" / "cases")
        assert exceptions({name: load_as_editor(text)["plan"] for name, text in cases.items()}, NOBODY) == {}

    def test_editor_marks_no_sample(self) -> None:
        """Names that look like markup are names in an editor too."""
        names = ("AMINA", "BENITO", "ADVISED", "HOSTILE")
        assert exceptions({name: getattr(samples, name) for name in names}, NOBODY) == {}

    @pytest.mark.thorough
    @given(st.dates(date(2024, 1, 1), date(2035, 12, 31)))
    def test_editor_does_not_mark_the_starter_file_of_any_day(self, day: date) -> None:
        """The file that `init` writes is valid, with its examples after a # and without the #."""
        check_starter(day)

    def test_editor_does_not_mark_the_starter_file(self) -> None:
        """The file that `init` writes is valid, with its examples after a # and without the #."""
        check_starter(date(2027, 1, 20))

    def test_file_with_every_key_is_valid(self) -> None:
        """No key is left out in this file."""
        assert who_refuses(WHOLE) == NOBODY
        assert [key for part in PARTS for key in keys_of(part) if not re.search(rf"\b{key}:", WHOLE)] == []

    @pytest.mark.parametrize("text", ["[]", "{}", "rotations: []", "applicant:\npolicy: ~\nrotations: null", ROW])
    def test_file_with_few_or_no_values_is_valid(self, text: str) -> None:
        """Both forms of the file may be empty."""
        assert who_refuses(text) == NOBODY

    @pytest.mark.thorough
    @given(plans())
    def test_editor_marks_no_valid_file_in_either_form(self, plan: Json | list[Json]) -> None:
        """Any valid file is valid in an editor, as a mapping and as a bare list."""
        other_form: Json | list[Json] = rows_of(plan) if isinstance(plan, dict) else {"rotations": plan}
        assert not is_marked_by_editor(to_yaml(plan))
        assert not is_marked_by_editor(to_yaml(other_form))

    @pytest.mark.parametrize(
        ("key", "values"),
        [
            ("us", "yes|No|ON|oFF|True|false"),
            ("letterhead", "yes|No|ON|oFF|True|false"),
            ("hospital", "no|1e3|08:30|0x1F|12|1.5|-3|2027-01-04|陈|😀|'\u00a0x'|\u200bx|'# 1'|Zoë|'{a}'"),
            ("notes", "|~|''|5|no|\"a\\nb\\tc\"|' '"),
            ("id", "chen|Chen_1|chen-2|陈|é|_|no|cafe\u0301|12|2027-01|1e-3|1e5|-5|0x1F|007"),
            ("offered", "1990-01-01|2100-12-31|2028-02-29|'2027-01-04'|"),
            ("days", "[sun, mon]|[mon, mon, tue]"),
            ("letter", "{}||{reminded: []}|{asked: , declined: 2027-01-20}"),
            *[
                ("letter", f"{{{stage}: 2027-01-20, packet: 2027-01-21}}")
                for stage in ("uploaded", "agreed", "assigned")
            ],
        ],
    )
    def test_value_that_looks_like_another_type_is_valid(self, key: str, values: str) -> None:
        """The type that YAML 1.2 gives a word does not matter."""
        assert exceptions({value: f"{ROW}  {key}: {value}\n" for value in values.split("|")}, NOBODY) == {}

    def test_address_with_any_characters_around_the_at_sign_is_valid(self) -> None:
        """An address is something, an at sign and something."""
        addresses = ("a@b", "a@b@c", "wei.chen+lor@example.org", "é@陈.org", "'#@x'", "'[a]@b'")
        assert exceptions({one: f"applicant: {{email: {one}}}" for one in addresses}, NOBODY) == {}

    @pytest.mark.parametrize("number", ["4", "'4'", "004", '"+4"', "'0104'", "+4"])
    def test_number_is_valid_in_any_spelling_of_digits(self, number: str) -> None:
        """A number may be in quotes, and have a plus or zeros before it."""
        assert who_refuses(ROW.replace("weeks: 4", f"weeks: {number}")) == NOBODY
        assert who_refuses(f"policy: {{lead_days: {number}, remind_before_days: [{number}]}}") == NOBODY


# --- what both refuse ---------------------------------------------------------------------------------------

VALUES = {
    "date": ("offered", (
        "05/11/2026", "2026-1-5", "soon", "''", "2027-13-01", "2027-00-01", "2027-01-00", "2027-01-32",
        "1989-12-31", "2101-01-01", "20270104", "2027-01-04T08:30", "2027", "true", "[]", "{}",
        "' 2027-01-04'", '"2027-01-04\\n"', "\u0662\u0660\u0662\u0667-01-04",
    )),
    "flag": ("us", (
        "maybe", "1", "0", "''", "[]", "{}", "y", "yess", "2027-01-04", "1.0",
    )),
    "word": ("experience", (
        "hand-on", "Hands-On", "''", "[hands-on]", "{}", "1", "true",
    )),
    "performance": ("performance", (
        "great", "Good", "5",
    )),
    "contact": ("contact", (
        "never", "Daily", "no",
    )),
    "choice": ("choice", (
        "maybe", "Ask", "yes",
    )),
    "weekdays": ("days", (
        "mon", "{}", "[Tues]", "[mon, ~]", "[Sonntag]", "[1]", "''", "5",
    )),
    "weeks": ("weeks", (
        "0", "105", "-4", "two", "3.5", "''", "[]", "{}", "true", "10000000000",
    )),
    "line": ("hospital", (
        "''", "' '", "[]", "{}", "{a: b}", '"A\\tB"', '"A\\nB"', '"A\\n"', '"\\e[31m"', '"A\\0"', '"A\\a"',
        '"A\\x85B"', '"A\\x9b"', '"A\\u202eB"', '"A\\u2066B"', '"A\\LB"', '"\\u3000"', "A\u202eB",
    )),
    "note": ("notes", (
        "[]", "{}", "{a: b}", '"A\\e[31m"', '"A\\0"', '"A\\rB"', '"A\\u202eB"', '"A\\PB"',
    )),
    "id": ("id", (
        "''", "' '", "wei chen", "chen.1", "a/b", "'a:b'", "a@b", "'[a]'", "a,b", "a+b", "[]", "{}",
        '"a\\tb"', '"a\\x9b"', '"a\\u2028b"', "a\u00a0b", '"a\\n"',
    )),
    "days_off": ("away", (
        "2027-01-06", "{}", "[x]", "[[]]", "[~]", "[5]", "[{from: 2027-01-06}]", "[{to: 2027-01-06}]",
        "[{from: 2027-01-06, to: soon}]", "[{from: 2027-01-06, to: 2027-01-07, till: x}]",
        "[{first: 2027-01-06, last: 2027-01-07}]", "[{from: ~, to: 2027-01-07}]",
    )),
    "days_worked": ("worked", (
        "2027-01-18", "{}", "[x]", "[~]", "[{from: 2027-01-06, to: 2027-01-08}]",
    )),
    "letter": ("letter", (
        "agreed", "[]", "5", "{agred: 2027-01-20}", "{asked: yes}", "{asked: [2027-01-20]}",
        "{reminded: 2027-01-20, asked: 2027-01-20}", "{asked: 2027-01-20, reminded: [~]}",
        "{packet: 2027-01-20}", "{thanked: 2027-01-20}", "{reminded: [2027-01-20]}",
        "{packet: 2027-01-20, asked: ~}", "{declined: 2027-01-20, thanked: 2027-01-20}",
        "{declined: 2027-01-20, uploaded: 2027-01-20}", "{declined: 2027-01-20, assigned: 2027-01-20}",
        "{asked: 2027-01-20, declined: 2027-01-20, uploaded: 2027-01-20}",
    )),
    "attending": ("attending", (
        "''", "' '", "~", "[]", "{}", "{email: w@x.org}", "{name: ''}", "{name: ~}", "{name: []}",
        "{name: Wei, role: nurse}", "{name: Wei, e-mail: w@x.org}", "{name: Wei, email: wei}",
        "{name: Wei, email: 5}", '{name: "A\\e"}',
    )),
    "specialty": ("specialty", (
        "''", "~", "[]", "{}", "[im]",
    )),
    "start": ("start", (
        "~", "soon", "2026/11/05", "[]", "5",
    )),
    "unknown_key": ("hospitl", (
        "Mercy", "~", "{}",
    )),
    "key_of_the_program": ("last-day", (
        "2027-01-20",
    )),
}  # fmt: skip
"""Wrong values of a rotation, by their kind: the key, and what is written after it."""

OTHER_WRONG = {
    "a_word": "hello",
    "nothing": "~",
    "empty": "",
    "a_number": "42",
    "unknown_section": "rotation: []",
    "section_in_another_case": "Rotations: []",
    "applicant_as_a_word": "applicant: me",
    "applicant_as_a_list": "applicant: []",
    "policy_as_a_list": "policy: []",
    "rotations_as_a_mapping": "rotations: {a: b}",
    "rotations_as_a_word": "rotations: chen",
    "rotation_as_a_word": "- chen",
    "rotation_as_a_list": "- [chen]",
    "rotation_of_nothing": "- ~",
    "rotation_without_anything": "- {}",
    "rotation_without_an_attending": "- {specialty: im, start: 2027-01-04, weeks: 4}",
    "rotation_without_a_specialty": "- {attending: Lee, start: 2027-01-04, weeks: 4}",
    "rotation_without_a_start": "- {attending: Lee, specialty: im, weeks: 4}",
    "rotation_without_end_and_weeks": "- {attending: Lee, specialty: im, start: 2027-01-04}",
    "rotation_with_nothing_behind_both": "- {attending: Lee, specialty: im, start: 2027-01-04, end: ~, weeks: ~}",
    "rotation_with_both": "- {attending: Lee, specialty: im, start: 2027-01-04, end: 2027-01-29, weeks: 4}",
    "targets_as_a_word": "applicant: {targets: im}",
    "targets_as_a_mapping": "applicant: {targets: {im: 2}}",
    "target_as_a_list": "applicant: {targets: [im, []]}",
    "target_of_nothing": "applicant: {targets: [~]}",
    "target_without_a_name": "applicant: {targets: [{in_specialty: 1}]}",
    "target_with_an_empty_name": "applicant: {targets: ['']}",
    "target_with_too_many": "applicant: {targets: [{specialty: im, in_specialty: 11}]}",
    "target_with_an_unknown_key": "applicant: {targets: [{specialty: im, in_speciality: 1}]}",
    "name_empty": "applicant: {name: ''}",
    "name_of_an_escape": 'applicant: {name: "A\\e[31mB"}',
    "unknown_key_of_the_applicant": "applicant: {nam: A}",
    "address_without_an_at": "applicant: {email: me}",
    "address_without_a_name": "applicant: {email: '@x.org'}",
    "address_without_a_place": "applicant: {email: me@}",
    "address_with_a_space": "applicant: {email: a b@x.org}",
    "address_with_a_control_character": 'applicant: {email: "a@b\\x07"}',
    "season_too_early": "applicant: {season: 1990}",
    "season_too_late": "applicant: {season: 2101}",
    "season_in_words": "applicant: {season: next}",
    "season_of_two_years": "applicant: {season: 2027/28}",
    "deadline_in_another_form": "applicant: {deadline: 22.09.2027}",
    "holidays_as_a_day": "applicant: {holidays: 2026-12-24}",
    "holiday_without_an_end": "applicant: {holidays: [{from: 2026-12-24}]}",
    "policy_of_another_name": "policy: {lead: 3}",
    "policy_with_a_hyphen": "policy: {lead-days: 3}",
    "policy_in_words": "policy: {want: three}",
    "policy_too_small": "policy: {want: 0}",
    "policy_too_large": "policy: {final_week_days: 29}",
    "policy_of_a_list": "policy: {want: [3]}",
    "reminders_as_a_number": "policy: {remind_before_days: 3}",
    "reminders_too_many": "policy: {remind_before_days: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]}",
    "reminders_too_far": "policy: {remind_before_days: [3661]}",
    "reminders_of_nothing": "policy: {remind_before_days: [~]}",
}


def with_value(key: str, value: str) -> str:
    """Write the usual rotation with another value of a key, or with another key."""
    rest = [line for line in ROW[2:].splitlines() if line.split(":")[0].strip() != key]
    return "- " + "\n  ".join([f"{key}: {value}", *(line.strip() for line in rest)]) + "\n"


class TestWrong:
    @pytest.mark.parametrize("kind", VALUES)
    def test_wrong_value_of_a_rotation_is_refused_by_both(self, kind: str) -> None:
        """An editor marks a wrong value that `check` refuses, in both forms of the file."""
        key, values = VALUES[kind]
        rows = {value: with_value(key, value) for value in values}
        assert exceptions(rows, BOTH) == {}
        assert exceptions({value: as_mapping(row) for value, row in rows.items()}, BOTH) == {}

    def test_wrong_value_anywhere_else_is_refused_by_both(self) -> None:
        """So it is in every other part of the file, and with the wrong shape."""
        assert exceptions(OTHER_WRONG, BOTH) == {}

    @pytest.mark.thorough
    @given(plans(), st.data())
    def test_mapping_with_an_unknown_key_is_refused_by_both_in_every_place(
        self, plan: Json | list[Json], data: st.DataObject
    ) -> None:
        """Wherever such a mapping replaces a value of a valid file, both refuse the file."""
        values = list(values_in(plan))
        if values:
            owner, key = data.draw(st.sampled_from(values))
            owner[key] = {"no such key": 1}
            assert who_refuses(to_yaml(plan)) == BOTH


# --- what only one of them refuses --------------------------------------------------------------------------

ONLY_CHECK_REFUSES = {
    "an_end_before_the_start": ROW.replace("weeks: 4", "end: 2027-01-03"),
    "a_day_that_is_not_in_the_calendar": ROW + "  offered: 2027-02-30\n",
    "a_leap_day_in_another_year": ROW.replace("2027-01-04", "2027-02-29"),
    "a_last_day_outside": ROW + "  last_day: 2027-02-20\n",
    "a_range_that_ends_before_it_begins": ROW + "  away: [{from: 2027-01-08, to: 2027-01-06}]\n",
    "no_day_on_site": ROW + "  days: []\n",
    "always_away": ROW + "  away: [{from: 2027-01-01, to: 2027-02-01}]\n",
    "a_hospital_holiday": ROW.replace("start: 2027-01-04\n  weeks: 4", "start: 2027-05-31\n  end: 2027-05-31"),
    "holidays_that_leave_no_day": "applicant: {holidays: [{from: 2027-01-01, to: 2027-02-28}]}\n" + as_mapping(ROW),
    "stages_out_of_order": LETTER + "    asked: 2027-01-20\n    agreed: 2027-01-19\n",
    "a_packet_before_the_asking": LETTER + "    asked: 2027-01-20\n    packet: 2027-01-19\n",
    "a_reminder_before_the_asking": LETTER + "    asked: 2027-01-20\n    reminded: [2027-01-19]\n",
    "an_id_twice": f"{ROW}  id: chen\n" * 2,
    "a_target_twice": "applicant: {targets: [im, im]}",
    "a_target_in_another_spelling": "applicant: {targets: [im, internal medicine]}",
    "a_name_that_shows_nothing": ROW + '  hospital: "\\u200b"\n',
    "an_id_with_a_sign_of_another_script": ROW + "  id: chen·1\n",
    "an_id_with_a_direction_character": ROW + '  id: "a\\u202eb"\n',
    "a_key_twice": ROW + "  weeks: 5\n",
    "an_anchor": ROW + "  hospital: &x Mercy\n",
    "a_tag": ROW + "  hospital: !!str Mercy\n",
    "a_number_with_a_point": ROW.replace("weeks: 4", "weeks: 4.0"),
    "a_number_with_an_exponent": ROW.replace("weeks: 4", "weeks: 1e1"),
    "a_number_in_hexadecimal": ROW.replace("weeks: 4", "weeks: 0x4"),
    "a_number_in_quotes_that_is_too_large": ROW.replace("weeks: 4", "weeks: '105'"),
    "an_id_with_a_point": ROW + "  id: 1.5\n",
    "an_id_with_a_plus": ROW + "  id: +5\n",
    "null_in_capitals": ROW + "  us: NULL\n",
}
"""What depends on the calendar, on another place in the file, or on the letters as they were typed."""

ONLY_EDITOR_REFUSES = {
    "an_attending_called_null": ROW.replace("Wei Chen", "Null"),
    "a_target_called_null": "applicant: {targets: [NULL]}",
    "an_attending_called_true": ROW.replace("Wei Chen", "true"),
    "a_target_called_false": "applicant: {targets: [False]}",
    "a_specialty_called_true": ROW.replace("im\n", "True\n"),
    "a_hospital_called_true": ROW + "  hospital: true\n",
    "a_note_of_true": ROW + "  notes: true\n",
    "an_id_of_false": ROW + "  id: False\n",
}
"""What YAML 1.2 reads as null or as a flag, and `check` as a name: quotes help."""


class TestDifferences:
    @pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in ONLY_CHECK_REFUSES.items()])
    def test_only_check_refuses_what_a_schema_cannot_see(self, text: str) -> None:
        """`check` has the last word."""
        assert who_refuses(text) == ONLY_CHECK

    @pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in ONLY_EDITOR_REFUSES.items()])
    def test_only_the_editor_marks_a_name_that_looks_like_null_or_a_flag(self, text: str) -> None:
        """Otherwise it would offer true and false for every name."""
        assert who_refuses(text) == ONLY_EDITOR

    @given(plans(), st.data())
    def test_editor_marks_no_file_that_check_accepts(self, plan: Json | list[Json], data: st.DataObject) -> None:
        """Whatever values of a valid file are replaced, the editor marks nothing that `check` accepts."""
        plan = deepcopy(plan)
        for _ in range(data.draw(st.integers(1, 3))):
            values = list(values_in(plan))
            if values:
                owner, key = data.draw(st.sampled_from(values))
                owner[key] = deepcopy(data.draw(st.sampled_from(REPLACEMENTS)))
        text = to_yaml(plan)
        assert is_refused_by_check(text) or not is_marked_by_editor(text)


REPLACEMENTS: list[Any] = [
    None, 0, 1, 4, 11, 105, 2028, -1, 1.5, "", "x", "no", "yes", "ask", "good", "mon", "a@b", "4",
    "0", "chen.1", "2027-01-04", "2028-02-29", "1989-12-31", "hands-on", "a\tb", "a\nb", "陈", "\u202e",
    [], {}, ["mon"], [1, 2], ["2027-01-04"], {"name": "Lee"}, {"specialty": "im"}, {"asked": "2027-01-04"},
    {"from": "2027-01-04", "to": "2027-01-05"},
]  # fmt: skip
"""Values that are right in one place and wrong in another; true and false are not among them, as above."""
