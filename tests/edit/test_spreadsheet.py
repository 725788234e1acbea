"""Rows of a spreadsheet as the data of a plan file: headers, separators, days and words as people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lorplan.edit.spreadsheet import read_sheet
from lorplan.edit.starter import write_answers
from lorplan.planfile.reader import loads

if TYPE_CHECKING:
    from runner import Json

EXCEL = (
    "Preceptor,Site,Rotation,Start date,End date,Cost,IMG friendly,Email\r\n"
    "Dr. Wei Chen,Mercy General,Internal Medicine,1/4/2027,1/29/2027,$1500,Yes,chen@example.org\r\n"
    '"Dr. John Smith, MD",,family medicine,02/01/2027,02/26/2027,,n,\r\n'
    ",,,,,,,\r\n"
)
"""As Excel writes it in the US, with an empty row at the end."""


def problems(text: str) -> list[str]:
    """Read a spreadsheet and give its problems as sentences."""
    return [str(problem) for problem in read_sheet(text).problems]


def only_row(header: str, row: str) -> Json:
    """Read a spreadsheet of one rotation."""
    sheet = read_sheet(f"{header}\n{row}\n")
    assert sheet.problems == ()
    [rotation] = sheet.data["rotations"]
    return dict(rotation)


def test_sheet_of_excel_becomes_rotations_and_names_the_columns_not_used() -> None:
    """Names with commas are in quotes; the empty row is none."""
    sheet = read_sheet(EXCEL)
    assert sheet.problems == ()
    assert sheet.unused == ("Cost",)
    assert sheet.data["rotations"] == [
        {
            "attending": {"name": "Dr. Wei Chen", "email": "chen@example.org"},
            "hospital": "Mercy General",
            "specialty": "Internal Medicine",
            "start": "2027-01-04",
            "end": "2027-01-29",
            "img_friendly": "yes",
        },
        {
            "attending": "Dr. John Smith, MD",
            "specialty": "family medicine",
            "start": "2027-02-01",
            "end": "2027-02-26",
            "img_friendly": "no",
        },
    ]
    assert len(loads(write_answers(sheet.data)).rotations) == 2


@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_separator_is_found_in_the_header(separator: str) -> None:
    """Spreadsheets in Europe write semicolons."""
    header = separator.join(["Supervisor", "Speciality", "From", "Weeks"])
    row = separator.join(["Dr. A", "neurology", "2027-01-04", "4 weeks"])
    expected = {"attending": "Dr. A", "specialty": "neurology", "start": "2027-01-04", "weeks": "4"}
    assert only_row(header, row) == expected


@pytest.mark.parametrize(
    ("header", "cell", "key", "value"),
    [
        pytest.param("Duration", "8 wks", "weeks", "8", id="weeks_with_a_word"),
        pytest.param("Type", "Hands on", "experience", "hands-on", id="experience"),
        pytest.param("Evaluation", "Excellent", "performance", "excellent", id="performance"),
        pytest.param("Affiliated?", "Y", "residency_affiliated", "yes", id="letter_for_yes"),
        pytest.param("In the US", "TRUE", "us", "true", id="flag_of_a_spreadsheet"),
        pytest.param("LETTERHEAD", "0", "letterhead", "no", id="number_for_no"),
        pytest.param("Comments", "kind: very", "notes", "kind: very", id="notes"),
    ],
)
def test_words_are_read_as_people_write_them(header: str, cell: str, key: str, value: str) -> None:
    """Headers without case and signs, and values in any case."""
    weeks = "" if key == "weeks" else ",Weeks"
    row = only_row(
        f"Attending,Specialty,Start,{header}{weeks}", f"Dr. A,neurology,2027-01-04,{cell}{',4' if weeks else ''}"
    )
    assert row[key] == value


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        pytest.param("2027-01-05", "2027-01-05", id="iso"),
        pytest.param("5-Jan-27", "2027-01-05", id="month_in_letters_and_short_year"),
        pytest.param("Jan 5, 2027", "2027-01-05", id="month_in_letters"),
        pytest.param("13/01/2027", "2027-01-13", id="day_first_as_there_is_no_thirteenth_month"),
        pytest.param("1/13/2027", "2027-01-13", id="month_first"),
        pytest.param("13.1.27", "2027-01-13", id="dots_and_short_year"),
        pytest.param("05/05/2027", "2027-05-05", id="both_readings_are_one_day"),
    ],
)
def test_day_that_can_be_read_in_one_way_is_read(cell: str, day: str) -> None:
    """As spreadsheets write days in different countries."""
    row = only_row("Attending;Specialty;Start;Weeks", f"Dr. A;neurology;{cell};4")
    assert row["start"] == day


def test_other_days_of_the_sheet_settle_the_order_of_day_and_month() -> None:
    """A sheet has one order."""
    text = "Attending,Specialty,Start,End\nDr. A,im,04/01/2027,29/01/2027\nDr. B,im,01/02/2027,26/02/2027\n"
    days = [(row["start"], row["end"]) for row in read_sheet(text).data["rotations"]]
    assert days == [("2027-01-04", "2027-01-29"), ("2027-02-01", "2027-02-26")]


def test_day_that_can_be_read_in_two_ways_is_refused_with_both() -> None:
    """Nothing is guessed."""
    text = "Attending,Specialty,Start date,Weeks\nDr. A,im,05/11/2027,4\n"
    assert problems(text) == [
        'row 2, Start date: "05/11/2027" can be read as 2027-05-11 or 2027-11-05: write it as one of them'
    ]


def test_days_of_both_orders_in_one_sheet_are_read_one_by_one() -> None:
    """Each of them has one reading only."""
    text = "Attending,Specialty,Start,End\nDr. A,im,13/01/2027,01/29/2027\n"
    [row] = read_sheet(text).data["rotations"]
    assert (row["start"], row["end"]) == ("2027-01-13", "2027-01-29")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", ["row 1: there is no header"], id="nothing"),
        pytest.param(
            "Name,Where\nDr. A,x\n",
            [
                'row 1: no column for attending: name one "attending"',
                'row 1: no column for specialty: name one "specialty"',
                'row 1: no column for start: name one "start"',
                'row 1: no column for the end: name one "end" or "weeks"',
            ],
            id="no_known_header",
        ),
        pytest.param(
            "Attending,Doctor,Specialty,Start,Weeks\n", ["row 1, Doctor: two columns for attending"], id="two_columns"
        ),
        pytest.param(
            "Attending,Specialty,Start,Weeks\nDr. A,im,31/02/2027,4\n",
            ['row 2, Start: "31/02/2027" is not a date: write YYYY-MM-DD'],
            id="no_such_day",
        ),
        pytest.param(
            "Attending,Specialty,From,Duration,Grade\n,im,2027-01-04,some,super\n",
            [
                'row 2: needs "attending"',
                'row 2, Duration: "some" is not a whole number',
                'row 2, Grade: "super" is not one of excellent, good, fair, poor',
            ],
            id="several_in_a_row",
        ),
        pytest.param(
            "Attending,Specialty,From,Until\nDr. A,im,2027-02-04,2027-01-04\n",
            ["row 2, Until: end 2027-01-04 is before start 2027-02-04"],
            id="end_before_start",
        ),
        pytest.param(
            "Attending,Specialty,From,Until,Email\n,im,2027-02-04,2027-03-04,a@example.org\n",
            ['row 2, Attending: needs "name"'],
            id="address_without_a_name",
        ),
    ],
)
def test_every_problem_is_told_with_its_row_and_column(text: str, expected: list[str]) -> None:
    """All of them in one run."""
    assert sorted(problems(text)) == sorted(expected)


# --- programs -----------------------------------------------------------------------------------------------

PROGRAMS = (
    "Program;Specialty;Track;Application deadline;LORs;US letters;Hands-on;Chair letter;SLOE;Max;Link;Fee\n"
    "Lakeside;Internal Medicine;categorical;15.10.2027;3;2;all;yes;no;4;https://example.org/im;35\n"
    "Mercy;im;;;3;all;Yes;x;;;;\n"
    "Toledo;ty;;Oct 1 2027;;;;;;;;\n"
)


def test_sheet_with_a_column_of_programs_becomes_programs() -> None:
    """What a page requires is in columns of numbers, yes, or all."""
    sheet = read_sheet(PROGRAMS)
    assert (sheet.problems, sheet.unused, sheet.list_key) == ((), ("Fee",), "programs")
    content = loads(write_answers(sheet.data))
    assert [(one.name, str(one.deadline), one.track) for one in content.programs] == [
        ("Lakeside", "2027-10-15", "categorical"),
        ("Mercy", "None", None),
        ("Toledo", "2027-10-01", None),
    ]
    lakeside, mercy, toledo = (one.requires for one in content.programs)
    assert (lakeside.letters, lakeside.us, lakeside.hands_on, lakeside.chair, lakeside.standardized) == (
        3,
        2,
        "all",
        1,
        0,
    )
    assert (mercy.us, mercy.hands_on, mercy.chair) == ("all", "all", 1)
    assert toledo.letters is None
    assert content.programs[0].max == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Program,Deadline\nA,2027-10-01\n", ["row 1: no column for specialty"], id="no_specialty"),
        pytest.param(
            "Program,Specialty,Letters\nA,im,many\n,im,3\n",
            ['row 2, Letters: "many" is not a whole number', 'row 3: needs "name"'],
            id="wrong_number_and_no_name",
        ),
        pytest.param(
            "Program,Specialty,Max,Chair\nA,im,2,3\n",
            ["row 2, Chair: chair 3 is more than max 2"],
            id="more_than_it_takes",
        ),
        pytest.param("Program,Specialty\nA,im\na,IM\n", ["row 3, Program: "], id="twice"),
    ],
)
def test_problem_of_a_program_names_its_row_and_column(text: str, expected: list[str]) -> None:
    """As for rotations."""
    found = problems(text)
    assert len(found) == len(expected)
    assert [one[: len(beginning)] for one, beginning in zip(found, expected, strict=True)] == expected


def test_sheet_with_attendings_and_programs_is_one_of_rotations() -> None:
    """A column may say where the rotation was."""
    sheet = read_sheet("Attending,Residency program,Specialty,Start,Weeks\nDr. Lee,yes,im,2027-01-04,4\n")
    assert (sheet.list_key, sheet.problems) == ("rotations", ())
