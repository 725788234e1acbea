"""Plans as a table: a row for each letter with the fields of `plan --json`, and no cell that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import plan, program, rotation
from export.exporting import PLANS, export, in_file
from lorplan.export.csv_table import COLUMNS, is_ours, write_table
from lorplan.text.safe import find_unsafe, is_blank
from samples import AMINA, AS_OF, BENITO, EXAMPLE_DAYS, EXAMPLES, HOSTILE, HOSTILE_NAMES

if TYPE_CHECKING:
    from lorplan.plan.applicant_plan import ApplicantPlan
    from lorplan.plan.model import Plan
    from runner import Lorplan

Row = dict[str, str]

FORMULA_SIGNS: Final = "=+-@\uff1d\uff0b\uff0d\uff20"
"""What makes a spreadsheet run a cell, with the full-width forms that some accept."""


def check_well_formed(text: str) -> None:
    """Check a table against RFC 4180: CRLF ends a record, quotes are paired, no row is short."""
    assert text.endswith("\r\n")
    width = len(next(csv.reader(io.StringIO(text, newline=""))))
    for record in text.removesuffix("\r\n").split("\r\n"):
        cells = re.findall(r'(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))', record)
        assert len(cells) == width, record
        assert ",".join(f'"{quoted}"' if quoted else bare for quoted, bare in cells) == record
        assert not re.search(r"[\x00-\x1f\x7f\x85\u2028\u2029]", record)


def read(text: str) -> list[Row]:
    """Read a table as a script does."""
    text = text.removeprefix("\ufeff")
    check_well_formed(text)
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    rows = list(reader)
    assert tuple(reader.fieldnames or ())[: len(COLUMNS)] == COLUMNS
    return rows


def rows_of(*plans: ApplicantPlan) -> list[Row]:
    """Export plans and read the table."""
    return read(write_table(plans))


def with_apostrophe(text: str) -> str:
    """Put an apostrophe in front of a text that a spreadsheet could run."""
    text = re.sub(rf"(;\s*)(?=[{re.escape(FORMULA_SIGNS)}])", r"\1'", text)
    return f"'{text}" if text.strip() and text.strip()[0] in FORMULA_SIGNS else text


# --- what a row says ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("file", "as_of"), EXAMPLE_DAYS)
def test_table_has_a_row_for_each_letter_in_the_order_of_the_plan(lorplan: Lorplan, file: str, as_of: str) -> None:
    """With the fields that a person wants to see, as `plan --json` has them."""
    path = str(EXAMPLES / file)
    document = json.loads(lorplan("plan", "--json", path, "--as-of", as_of).out)
    rows = read(lorplan("export", "csv", path, "--as-of", as_of).out)
    assert document["letters"]
    same = ("id", "attending", "hospital", "specialty", "start", "last_day", "verdict", "status")
    assert [[row[name] for name in same] for row in rows] == [
        [str(one[name] or "") for name in same] for one in document["letters"]
    ]
    assert {(row["applicant"], row["file"]) for row in rows} == {(document["applicant"]["name"] or "", path)}


def test_table_has_a_column_for_each_program_which_says_where_a_letter_goes() -> None:
    """Behind the columns of every table; of several applicants, each has its own programs."""
    rows = [rotation(letter={"uploaded": "2027-07-01"}), rotation("Dr. Ames"), rotation("Dr. Boyd", choice="skip")]
    first = [program(max=2, assigned=["chen"]), program("Mercy", track="=prelim", max=2)]
    one = plan(*rows, targets=["neurology"], programs=first, as_of="2027-07-02")
    other = plan(rotation("Dr. Cole"), targets=["neurology"], programs=[program("Mercy")], as_of="2027-07-02")
    table = rows_of(in_file(one), in_file(other))
    assert [list(row)[len(COLUMNS) :] for row in table] == [["Lakeside", "Mercy, =prelim", "Mercy"]] * 4
    assert [list(row.values())[len(COLUMNS) :] for row in table] == [
        ["assigned", "to assign", ""],
        ["planned", "planned", ""],
        ["", "", ""],
        ["", "", "planned"],
    ]


def test_row_of_a_letter_to_be_asked_has_the_day_and_the_next_action() -> None:
    """Nothing is recorded yet."""
    [row] = rows_of(in_file(plan(rotation(hospital="Mercy"), as_of="2027-03-01")))
    assert (row["verdict"], row["ask_on"], row["status"], row["recorded"]) == ("ask", "2027-03-24", "planned", "")
    assert row["next_action"] == "2027-03-22 Book a few minutes with Dr. Wei Chen for Wed Mar 24"
    assert row["reason"] == "one of the best 3"


def test_row_of_a_letter_that_was_asked_for_has_the_recorded_days() -> None:
    """And what is due with its last day."""
    events = {"asked": "2027-03-24", "agreed": "2027-03-25"}
    [row] = rows_of(in_file(plan(rotation(letter=events), as_of="2027-03-26")))
    assert (row["verdict"], row["ask_on"], row["status"]) == ("keep", "", "agreed")
    assert row["recorded"] == "asked 2027-03-24, agreed 2027-03-25"
    assert row["next_action"] == "2027-03-30 Send Dr. Wei Chen your CV and statement"


def test_row_of_a_skipped_letter_has_its_reason_and_no_action() -> None:
    """Nothing is to be done."""
    [row] = rows_of(in_file(plan(rotation(choice="skip"))))
    assert (row["verdict"], row["ask_on"], row["next_action"]) == ("skip", "", "")
    assert row["reason"] == "you chose to skip it"


@given(PLANS)
def test_table_of_any_plan_has_every_letter_in_its_order(found: Plan) -> None:
    """One row each."""
    assert [row["id"] for row in rows_of(in_file(found))] == [with_apostrophe(letter.id) for letter in found.letters]


def test_table_is_utf_8_with_a_mark_always_the_same_and_recognized_as_ours() -> None:
    """A spreadsheet knows the encoding, and nothing depends on the moment."""
    found = in_file(plan(rotation("陈伟")))
    content = export("csv", found)
    assert content == export("csv", found) == b"\xef\xbb\xbf" + write_table([found]).encode()
    assert "陈伟".encode() in content
    assert is_ours(content)
    assert is_ours(b"applicant,file,id,attending,hospital")


def test_table_of_a_plan_without_letters_is_the_header() -> None:
    """A script finds the columns."""
    assert write_table([in_file(plan())]) == ",".join(COLUMNS) + "\r\n"


# --- cells --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "written"),
    [
        pytest.param("Chen, Wei", '"Chen, Wei"', id="comma"),
        pytest.param('Bo "Bo" Lee', '"Bo ""Bo"" Lee"', id="quotes"),
        pytest.param('"', '""""', id="one_quote"),
        pytest.param("a;b|c", "a;b|c", id="separators_of_other_formats"),
        pytest.param("O'Hara", "O'Hara", id="apostrophe"),
        pytest.param("'quoted'", "'quoted'", id="apostrophe_in_front"),
        pytest.param("back\\slash\\", "back\\slash\\", id="backslashes"),
        pytest.param("陈伟 😀", "陈伟 😀", id="wide_characters"),
        pytest.param("a=b+c-d@e", "a=b+c-d@e", id="signs_inside"),
        pytest.param("1-2", "1-2", id="like_a_date"),
    ],
)
def test_harmless_text_is_quoted_where_the_format_needs_it_and_else_unchanged(name: str, written: str) -> None:
    """What was typed is read back."""
    text = write_table([in_file(plan(rotation(name, id="x")), "f.yaml")])
    assert text.split("\r\n")[1].startswith(f",{written},")
    assert read(text)[0]["attending"] == name


FORMULAS: Final = {
    "equals": "=1+1",
    "command": "=cmd|'/c calc'!A1",
    "link": '=HYPERLINK("http://evil.org","x")',
    "plus": "+1",
    "minus": "-1",
    "minus_alone": "-",
    "at": "@SUM(1)",
    "after_spaces": "   =1+1",
    "after_a_no_break_space": "\u00a0=1+1",
    "after_a_wide_space": "\u3000=1+1",
    "full_width_equals": "\uff1d1+1",
    "full_width_plus": "\uff0b1",
    "full_width_minus": "\uff0d1",
    "full_width_at": "\uff20SUM(1)",
    "full_width_after_a_space": "\u2003\uff1d1",
}


@pytest.mark.parametrize("text", FORMULAS.values(), ids=FORMULAS)
def test_cell_that_looks_like_a_formula_gets_an_apostrophe_in_front(text: str) -> None:
    """In every column that a user fills; nothing else of the cell changes."""
    found = plan(rotation(text, hospital=text, specialty=text, id="x"), name=text)
    [row] = rows_of(in_file(found, text))
    columns = ("applicant", "file", "attending", "hospital", "specialty")
    assert {row[column] for column in columns} == {f"'{text}"}


@pytest.mark.parametrize(
    ("name", "written"),
    [
        pytest.param("Dr. A;=1+1;", "Dr. A;'=1+1;", id="equals"),
        pytest.param("A; @x;-1", "A; '@x;'-1", id="several"),
        pytest.param("A;b;1", "A;b;1", id="harmless"),
    ],
)
def test_cell_is_harmless_also_for_a_reader_that_splits_at_semicolons(name: str, written: str) -> None:
    """As spreadsheets in Europe do."""
    [row] = rows_of(in_file(plan(rotation(name, id="x"))))
    assert row["attending"] == written


@pytest.mark.parametrize("control", ["\t", "\r", "\n", "\x0b", "\x0c", "\x00", "\x85", "\u2028"])
def test_control_character_before_a_formula_does_not_open_a_cell_or_break_a_row(control: str) -> None:
    """A file's name may contain what a plan file may not."""
    [row] = rows_of(in_file(plan(rotation()), f"{control}=1+1{control}x"))
    assert not re.search(r"[\x00-\x1f\x7f\x85\u2028]", row["file"])
    assert row["file"][0] in {"'", "\ufffd"}


def test_id_with_a_hyphen_in_front_gets_an_apostrophe() -> None:
    """An id may begin with a hyphen, which a spreadsheet takes for a minus."""
    rows = rows_of(in_file(plan(rotation(id="-1"), rotation("Dr. Ann Lee", id="-2", performance="fair"))))
    assert [row["id"] for row in rows] == ["'-1", "'-2"]


CHARACTERS = st.sampled_from("=+-@|'\";,!()a1 \u00a0\u3000\u200b\uff1d\uff0b\uff0d\uff20\\陈😀")
NAMES = st.text(CHARACTERS | st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(
    lambda text: not is_blank(text) and find_unsafe(text) is None
)


@given(NAMES, NAMES, NAMES, st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_no_cell_of_any_table_begins_like_a_formula(attending: str, applicant: str, hospital: str, file: str) -> None:
    """Whatever is in a plan file and in its name, it is read as typed, or with an apostrophe in front."""
    found = plan(rotation(attending, hospital=hospital, specialty=hospital, id="x"), name=applicant)
    [row] = rows_of(in_file(found, file))
    assert not any(cell.strip()[:1] in {*FORMULA_SIGNS} for cell in row.values())
    typed = {"attending": attending, "applicant": applicant, "hospital": hospital, "specialty": hospital}
    assert {name: row[name] for name in typed} == {name: with_apostrophe(text) for name, text in typed.items()}


# --- several files, and the command -------------------------------------------------------------------------


def test_table_of_several_files_names_applicant_and_file_in_each_row(lorplan: Lorplan) -> None:
    """The rows are in the order in which the files were named; an unknown applicant is an empty cell."""
    (lorplan.folder / "amina.yaml").write_text(AMINA)
    (lorplan.folder / "benito.yaml").write_text(BENITO)
    rows = read(lorplan("export", "csv", "benito.yaml", "amina.yaml", "--as-of", AS_OF).out)
    assert [(row["applicant"], row["file"]) for row in rows] == [
        ("", "benito.yaml"),
        *[("Amina Rahman", "amina.yaml")] * 5,
    ]
    alone = [read(lorplan("export", "csv", f"{name}.yaml", "--as-of", AS_OF).out) for name in ("benito", "amina")]
    assert rows == [*alone[0], *alone[1]]


def test_rows_of_applicants_with_the_same_name_differ_by_their_file() -> None:
    """Both are there, also if their rotations have the same ids."""
    plans = [in_file(plan(rotation(), name="Ann Lee"), f"{folder}/x.yaml") for folder in "ab"]
    assert [(row["applicant"], row["file"], row["id"]) for row in rows_of(*plans)] == [
        ("Ann Lee", "a/x.yaml", "chen"),
        ("Ann Lee", "b/x.yaml", "chen"),
    ]


def test_plan_from_standard_input_has_an_apostrophe_before_its_hyphen(lorplan: Lorplan) -> None:
    """Its name is the one under which it was given."""
    rows = read(lorplan("export", "csv", "-", "--as-of", AS_OF, stdin=BENITO).out)
    assert [row["file"] for row in rows] == ["'-"]


@pytest.mark.system
def test_real_program_writes_the_same_bytes_to_standard_output_and_to_a_file(lorplan: Lorplan) -> None:
    """No line end is changed on the way."""
    (lorplan.folder / "rotations.yaml").write_text(HOSTILE)
    out = lorplan.process("export", "csv", "--as-of", AS_OF).out_bytes
    lorplan.process("export", "csv", "--as-of", AS_OF, "-o", "plan.csv")
    assert (lorplan.folder / "plan.csv").read_bytes() == out
    assert {row["attending"] for row in read(out.decode())} == set(HOSTILE_NAMES)


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="the system has no file names that are not Unicode")
def test_file_name_that_is_not_unicode_has_a_replacement_character(lorplan: Lorplan) -> None:
    """A byte that is not text does not stop the export."""
    name = os.fsdecode(b"p\xff.yaml")
    (lorplan.folder / name).write_text(BENITO)
    assert read(lorplan("export", "csv", name, "--as-of", AS_OF).out)[0]["file"] == "p\ufffd.yaml"
