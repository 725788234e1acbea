"""Values of a plan file: each wrong one is refused at its place, with what is allowed there."""

from __future__ import annotations

import pytest

from lorplan.planfile.reader import loads
from lorplan.text.wording import MAX_QUOTED
from planfile.refusals import (
    EXPECTED_LIST,
    EXPECTED_MAPPING,
    HERE,
    LETTER,
    ROW,
    at_marks,
    find_problems,
    in_chen,
    only_problem,
    problems,
)

EXPERIENCES = "hands-on, observership, telehealth, research"
UNSAFE = "is not allowed (a control or text direction character)"
UNSAFE_CHARACTERS = {
    "\\e[31m": "U+001B",
    "\\0": "U+0000",
    "\\a": "U+0007",
    "\\r": "U+000D",
    "\\x9b": "U+009B",
    "\\u202e": "U+202E",
    "\\u2066": "U+2066",
    "\\L": "U+2028",
    "\u202e": "U+202E",
}
"""Unsafe characters as they are written in double quotes, and as messages name them; the last is not escaped."""

OUT_OF_RANGE = "is out of range: dates go from 1990-01-01 to 2100-12-31"
WRONG_DATES = {
    "05/11/2026": '"05/11/2026" is not a date: write YYYY-MM-DD, such as 2026-11-05 or 2026-05-11',
    "2026/11/05": '"2026/11/05" is not a date: write YYYY-MM-DD, such as 2026-11-05',
    "soon": '"soon" is not a date: write YYYY-MM-DD, such as 2027-01-29',
    "": '"" is not a date: write YYYY-MM-DD, such as 2027-01-29',
    "2026-11-31": "2026-11-31 does not exist: November 2026 has 30 days",
    "2027-02-29": "2027-02-29 does not exist: February 2027 has 28 days",
    "2027-13-01": "2027-13-01 does not exist: there is no such month",
    "1989-12-31": f"1989-12-31 {OUT_OF_RANGE}",
    "2101-01-01": f"2101-01-01 {OUT_OF_RANGE}",
}
"""What is said about each wrong date; test_field_types.py has more of them."""


class TestWrongValues:
    @pytest.mark.parametrize(
        ("line", "message"),
        [
            pytest.param(
                "experience: «hand-on",
                f'experience: "hand-on" is not one of {EXPERIENCES}, did you mean "hands-on"?',
                id="misspelled",
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
            pytest.param("contact: «never", 'contact: "never" is not one of daily, weekly, rarely', id="like_no_other"),
            pytest.param("choice: «''", 'choice: "" is not one of ask, skip', id="empty"),
            pytest.param("choice: «[ask]", "choice: expected one of ask, skip", id="list_instead_of_a_word"),
            pytest.param("choice: «{}", "choice: expected one of ask, skip", id="mapping_instead_of_a_word"),
            pytest.param(f"choice: «{'a' * 61}", f'choice: "{"a" * 60}..." is not one of ask, skip', id="long"),
            pytest.param(
                "days: [mon, «Tues]",
                'days: "Tues" is not one of mon, tue, wed, thu, fri, sat, sun, did you mean "tue"?',
                id="in_a_list",
            ),
            pytest.param(
                "days: [mon, «~]",
                "days: expected one of mon, tue, wed, thu, fri, sat, sun",
                id="nothing_in_a_list",
            ),
            pytest.param("days: «mon", f"days: {EXPECTED_LIST}", id="word_instead_of_a_list"),
            pytest.param("days: «{mon: 1}", f"days: {EXPECTED_LIST}", id="mapping_instead_of_a_list"),
            pytest.param(
                "us: «maybe",
                'us: expected true or false, got "maybe" (yes/no and on/off also work)',
                id="word_instead_of_a_flag",
            ),
            pytest.param(
                "us: «1",
                'us: expected true or false, got "1" (yes/no and on/off also work)',
                id="number_instead_of_a_flag",
            ),
            pytest.param("us: «[]", "us: expected true or false", id="list_instead_of_a_flag"),
            pytest.param("hospital: «[]", "hospital: expected text", id="list_instead_of_text"),
            pytest.param("notes: «{a: b}", "notes: expected text", id="mapping_instead_of_text"),
            pytest.param("offered: «[]", "offered: expected a date such as 2027-01-29", id="list_instead_of_a_date"),
            pytest.param("letter: «agreed", f"letter: {EXPECTED_MAPPING}", id="word_instead_of_a_mapping"),
            pytest.param("letter: «[]", f"letter: {EXPECTED_MAPPING}", id="list_instead_of_a_mapping"),
            pytest.param("away: «2027-01-06", f"away: {EXPECTED_LIST}", id="date_instead_of_a_list"),
            pytest.param("away: [«[]]", f"away: {EXPECTED_MAPPING}", id="list_instead_of_a_range"),
            pytest.param(
                "letter: {asked: 2027-01-04, reminded: «2027-01-06}",
                f"reminded: {EXPECTED_LIST}",
                id="date_instead_of_a_list_of_reminders",
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
    def test_wrong_value_of_a_rotation_is_refused_with_what_is_allowed(self, line: str, message: str) -> None:
        """The message is at the value, and says what is allowed there."""
        text = f"{ROW}  {line}\n"
        problem = only_problem(text.replace(HERE, ""))
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
            pytest.param("applicant: {email: «me}", 'email: "me" is not an e-mail address', id="address_without_an_at"),
            pytest.param(
                "applicant: {email: «me@}", 'email: "me@" is not an e-mail address', id="address_without_a_domain"
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
                in_chen('role: "nurse" is not one of attending, chair, program director, fellow, resident, other'),
                id="role",
            ),
            pytest.param(
                ROW.replace("im\n", "«{}\n"), in_chen("specialty: expected text"), id="specialty_as_a_mapping"
            ),
        ],
    )
    def test_wrong_value_anywhere_else_is_refused_with_what_is_allowed(self, text: str, message: str) -> None:
        """A list or mapping in the wrong place is a wrong value like any other."""
        assert problems(text) == at_marks(text, message)

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
    def test_wrong_date_is_refused_wherever_a_date_is_written(self, text: str, key: str) -> None:
        """A date has the ISO form and exists between 1990 and 2100."""
        for day, message in WRONG_DATES.items():
            wrong = text.replace("DAY", f"'{day}'")
            assert problems(wrong) == at_marks(wrong, in_chen(f"{key}: {message}"))

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
    def test_unsafe_character_is_refused_in_every_text(self, text: str, key: str) -> None:
        """Control, escape and text direction characters are refused in every value."""
        for written, shown in UNSAFE_CHARACTERS.items():
            wrong = text.replace("X", written)
            message = f"{key}: the character {shown} {UNSAFE}"
            assert problems(wrong) == at_marks(wrong, in_chen(message) if "Wei" in text else message)

    @pytest.mark.parametrize("written", ["\\n", "\\t"])
    def test_line_end_or_tab_is_refused_in_a_text_of_one_line(self, written: str) -> None:
        """Only notes may have several lines."""
        text = f'{ROW}  hospital: «"A{written}B"\n'
        code = {"\\n": "U+000A", "\\t": "U+0009"}[written]
        message = in_chen(f"hospital: the character {code} {UNSAFE}")
        assert problems(text) == at_marks(text, message)

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("applicant: {email: LONG}", id="address"),
            pytest.param("applicant: {season: LONG}", id="number"),
            pytest.param("applicant: {targets: [LONG, LONG]}", id="duplicate_target"),
            pytest.param(ROW + "  offered: LONG\n", id="date"),
            pytest.param(ROW + "  us: LONG\n", id="flag"),
            pytest.param(ROW + "  choice: LONG\n", id="word"),
            pytest.param(ROW + "  id: LONG x\n", id="id"),
            pytest.param(ROW + "  LONG: 1\n", id="key"),
            pytest.param(ROW + "  LONG: 1\n  LONG: 1\n", id="duplicate_key"),
            pytest.param(ROW + "  hospital: &LONG x\n", id="anchor"),
            pytest.param(ROW + "  hospital: *LONG\n", id="alias"),
            pytest.param(ROW + "  hospital: !LONG x\n", id="tag"),
        ],
    )
    def test_long_value_is_cut_in_the_message(self, text: str) -> None:
        """No message repeats more of a value than its first sixty characters."""
        found = find_problems(lambda: loads(text.replace("LONG", "x" * 5000)))
        assert not any("x" * (MAX_QUOTED + 2) in problem.message for problem in found)


# --- lengths and invisible names ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "longest"),
    [("hospital", 200), ("specialty", 200), ("attending", 200), ("id", 200), ("notes", 10_000)],
)
def test_text_has_a_longest_length(key: str, longest: int) -> None:
    """One character more is refused at its place, so that a small file cannot become a large page."""
    assert len(loads(row_with(key, "x" * longest)).rotations) == 1
    [found] = find_problems(lambda: loads(row_with(key, "x" * (longest + 1))))
    assert found.message.endswith(f"{longest + 1:,} characters are too many; at most {longest:,} are allowed")
    assert found.line == 1


def row_with(key: str, value: str) -> str:
    """Write the smallest rotation with some text in one of its values."""
    row = {"attending": "Wei Chen", "specialty": "im", "start": "2027-01-04", "weeks": "4", key: value}
    return "- {" + ", ".join(f"{name}: {written}" for name, written in row.items()) + "}\n"


@pytest.mark.parametrize(
    "name",
    ["\u3164", "\u2800", "\u115f", "\u1160", "\uffa0", "\ufe0f", "\u034f", "\u180e", "\U000e0101", "\u200b\u3164 "],
)
def test_name_that_draws_nothing_is_empty(name: str) -> None:
    """Fillers, empty patterns and selectors of a form are no name."""
    text = f'- {{attending: "{name}", specialty: im, start: 2027-01-04, weeks: 4}}\n'
    [found] = find_problems(lambda: loads(text))
    assert found.message.endswith("is empty")


@pytest.mark.parametrize("name", ["משה כהן", "محمد\u200c علی", "❤\ufe0f Wei", "ᄒ\u1160x"])
def test_marks_within_a_name_are_kept(name: str) -> None:
    """Names in Arabic, Persian and Hebrew need some of them."""
    [row] = loads(f'- {{attending: "{name}", specialty: im, start: 2027-01-04, weeks: 4}}\n').rotations
    assert row.attending.name == name
