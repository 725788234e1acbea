"""Plans as a table: a row a letter, whose cells are the fields of `plan --json`; none of them runs anywhere."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import plan, rotation
from lorplan.export.csv_table import COLUMNS, table
from lorplan.export.formats import exported, is_ours
from lorplan.plan.applicant_plan import Dossier
from lorplan.plan.planner import make_plan
from lorplan.planfile.reader import loads
from lorplan.storage.files import templates
from lorplan.text.safe import is_blank, refused_character
from oracle.strategies import plans_and_days, to_yaml
from samples import AMINA, AS_OF, BENITO, EXAMPLE_DAYS, EXAMPLES, HOSTILE, HOSTILE_NAMES

if TYPE_CHECKING:
    from conftest import Runner
    from lorplan.plan.model import Plan

Plain = dict[str, Any]
Row = dict[str, str]

FORMULA_SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"
"""What makes a spreadsheet reckon a cell, with the full-width forms that some take for the same."""


def assert_well_formed(text: str) -> None:
    """Hold a table against RFC 4180 by its characters: CRLF ends a record, quotes are paired, no row is short."""
    assert text.endswith("\r\n")
    for record in text.removesuffix("\r\n").split("\r\n"):
        cells = re.findall(r'(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))', record)
        assert len(cells) == len(COLUMNS), record
        assert ",".join(f'"{quoted}"' if quoted else bare for quoted, bare in cells) == record
        assert not re.search(r"[\x00-\x1f\x7f\x85\u2028\u2029]", record)


def rows(text: str) -> list[Row]:
    """Read a table as a script does."""
    assert_well_formed(text)
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    found = list(reader)
    assert tuple(reader.fieldnames or ()) == COLUMNS
    return found


def rows_of(*found: Plan | Dossier) -> list[Row]:
    """Export plans and read the table."""
    return rows(table([one if isinstance(one, Dossier) else Dossier(one, "rotations.yaml") for one in found]))


def as_cell(value: object) -> str:
    """Say how a value of the JSON document stands in a cell, where no spreadsheet could take it for a formula."""
    if value is None:
        return ""
    return json.dumps(value) if isinstance(value, (bool, int)) else str(value)


def expected(letter: Plain, applicant: str | None, file: str) -> Row:
    """Give a row from a letter of `plan --json`."""
    row: Row = {name: as_cell(letter[name]) for name in COLUMNS if name in letter}
    decided = letter["decided_by"]
    return {
        "applicant": applicant or "",
        "file": file,
        **row,
        "reasons": "; ".join(f"{reason['text']} ({reason['rule']})" for reason in letter["reasons"]),
        "decided_by": f"{decided['rule']} than {decided['than']}" if decided else "",
        "would_change": "; ".join(letter["would_change"]),
    }


def disarmed(text: str) -> str:
    """Say how a text has to stand in a cell: with an apostrophe in front where it could be taken for a formula."""
    return f"'{text}" if text.strip() and text.strip()[0] in FORMULA_SIGNS else text


# --- the same as the JSON document ------------------------------------------------------------------------


@pytest.mark.parametrize(("file", "as_of"), EXAMPLE_DAYS)
def test_a_row_has_what_the_json_document_has(invoke: Runner, file: str, as_of: str) -> None:
    """Every letter is one row, in the order of the plan, and every field is the one of `plan --json`."""
    path = str(EXAMPLES / file)
    document = json.loads(invoke("plan", "--json", path, "--as-of", as_of).out)
    table_ = rows(invoke("export", "csv", path, "--as-of", as_of).out)
    assert document["letters"]
    assert table_ == [expected(one, document["applicant"]["name"], path) for one in document["letters"]]


def test_no_field_of_a_letter_is_left_out(invoke: Runner) -> None:
    """The columns are the applicant, the file, and each field of a letter in the document's order."""
    document = json.loads(invoke("plan", "--json", "-", "--as-of", AS_OF, stdin=AMINA).out)
    assert ("applicant", "file", *document["letters"][0]) == COLUMNS


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(plans_and_days())
def test_a_row_of_any_plan_has_what_the_document_has(drawn: tuple[Plain | list[Plain], date]) -> None:
    """For whatever file the rows are the letters, field by field."""
    found = make_plan(loads(to_yaml(drawn[0])), drawn[1])
    document = found.to_dict()
    fields = [expected(letter, document["applicant"]["name"], "rotations.yaml") for letter in document["letters"]]
    assert rows_of(found) == [{name: disarmed(text) for name, text in row.items()} for row in fields]


def test_the_same_plan_gives_the_same_bytes() -> None:
    """As bytes it is UTF-8 without a mark in front, the same each time, and known as ours."""
    found = [Dossier(plan(rotation("陈伟")), "rotations.yaml")]
    first, second = (exported("csv", found, date(2027, 3, 1), templates(Path(os.devnull))) for _ in range(2))
    assert first == second == table(found).encode()
    assert is_ours("csv", first)
    assert "陈伟".encode() in first


def test_a_plan_without_letters_is_the_header_alone() -> None:
    """A script finds the columns even where there is nothing to list."""
    assert table([Dossier(plan(), "rotations.yaml")]) == ",".join(COLUMNS) + "\r\n"


# --- what is in a cell ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "written"),
    [
        pytest.param("Chen, Wei", '"Chen, Wei"', id="a_comma"),
        pytest.param('Bo "Bo" Lee', '"Bo ""Bo"" Lee"', id="quotes"),
        pytest.param('"', '""""', id="one_quote"),
        pytest.param("a;b|c", "a;b|c", id="what_parts_cells_elsewhere"),
        pytest.param("O'Hara", "O'Hara", id="an_apostrophe"),
        pytest.param("'quoted'", "'quoted'", id="an_apostrophe_in_front"),
        pytest.param("back\\slash\\", "back\\slash\\", id="backslashes"),
        pytest.param("陈伟 😀", "陈伟 😀", id="wide_characters"),
        pytest.param("a=b+c-d@e", "a=b+c-d@e", id="signs_within"),
        pytest.param("1-2", "1-2", id="like_a_date"),
    ],
)
def test_how_a_harmless_text_is_written(name: str, written: str) -> None:
    """A text is quoted where the format wants it, and is otherwise as it was typed."""
    found = plan(rotation(name, id="x"))
    text = table([Dossier(found, "f.yaml")])
    assert text.split("\r\n")[1].startswith(f",f.yaml,x,{written},")
    assert rows(text)[0]["attending"] == name


FORMULAS = [
    pytest.param("=1+1", id="equals"),
    pytest.param("=cmd|'/c calc'!A1", id="a_command"),
    pytest.param('=HYPERLINK("http://evil.org","x")', id="a_link"),
    pytest.param("+1", id="plus"),
    pytest.param("-1", id="minus"),
    pytest.param("-", id="minus_alone"),
    pytest.param("@SUM(1)", id="at"),
    pytest.param("   =1+1", id="behind_spaces"),
    pytest.param("\u00a0=1+1", id="behind_a_space_that_does_not_break"),
    pytest.param("\u3000=1+1", id="behind_a_wide_space"),
    pytest.param("\uff1d1+1", id="full_width_equals"),
    pytest.param("\uff0b1", id="full_width_plus"),
    pytest.param("\uff0d1", id="full_width_minus"),
    pytest.param("\uff20SUM(1)", id="full_width_at"),
    pytest.param("\u2003\uff1d1", id="full_width_behind_a_space"),
]


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("where", ["applicant", "attending", "hospital", "specialty", "file"])
def test_what_looks_like_a_formula_is_disarmed(where: str, text: str) -> None:
    """Whatever cell it would stand in, an apostrophe in front makes it a text; nothing else of it changes."""
    given_ = {"attending": "Dr. Wei Chen", "hospital": "Mercy", "specialty": "neurology", where: text}
    about: Plain = {"name": text} if where == "applicant" else {}
    row = rotation(given_["attending"], hospital=given_["hospital"], specialty=given_["specialty"], id="x")
    (found,) = rows_of(Dossier(plan(row, **about), text if where == "file" else "f.yaml"))
    assert found[where] == f"'{text}"


@pytest.mark.parametrize("control", ["\t", "\r", "\n", "\x0b", "\x0c", "\x00", "\x85", "\u2028"])
def test_no_control_character_comes_before_a_formula(control: str) -> None:
    """A file's name may hold what no plan may: neither a tab nor a line end opens a cell or breaks a row."""
    (found,) = rows_of(Dossier(plan(rotation()), f"{control}=1+1{control}x"))
    assert not re.search(r"[\x00-\x1f\x7f\x85\u2028]", found["file"])
    assert found["file"][0] in {"'", "\ufffd"}


def test_an_id_that_begins_with_a_minus_is_disarmed() -> None:
    """An id may begin with a hyphen: as a cell it is a text, and so are the cells that name it."""
    found = rows_of(plan(rotation(id="-1"), rotation("Dr. Ann Lee", id="-2", performance="fair")))
    assert [row["id"] for row in found] == ["'-1", "'-2"]


HOSTILE_TEXT = st.text(
    st.sampled_from("=+-@|'\";,!()a1 \u00a0\u3000\u200b\uff1d\uff0b\uff0d\uff20\\陈😀")
    | st.characters(exclude_categories=["Cs"]),
    min_size=1,
    max_size=30,
).filter(lambda text: not is_blank(text) and refused_character(text) is None)


@settings(deadline=None, max_examples=60)
@given(HOSTILE_TEXT, HOSTILE_TEXT, HOSTILE_TEXT, st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_no_cell_of_any_plan_is_run(attending: str, applicant: str, hospital: str, file: str) -> None:
    """Whatever is in a file and in its name, no cell begins as a formula, and what is read is what was typed."""
    found = plan(rotation(attending, hospital=hospital, specialty=hospital, id="x"), name=applicant)
    (row,) = rows_of(Dossier(found, file))
    for cell in row.values():
        assert cell.strip()[:1] not in {*FORMULA_SIGNS}
        assert not re.search(r"[\x00-\x1f\x7f\x85\u2028\u2029]", cell)
    typed = {"attending": attending, "applicant": applicant, "hospital": hospital, "specialty": hospital}
    assert {name: row[name] for name in typed} == {name: disarmed(text) for name, text in typed.items()}


# --- several files, and the command -----------------------------------------------------------------------


def test_several_files_give_one_table(invoke: Runner, tmp_path: Path) -> None:
    """One header, and each row with its applicant and its file; a nameless applicant is an empty cell."""
    (tmp_path / "amina.yaml").write_text(AMINA)
    (tmp_path / "benito.yaml").write_text(BENITO)
    found = rows(invoke("export", "csv", "amina.yaml", "benito.yaml", "--as-of", AS_OF).out)
    assert [(row["applicant"], row["file"]) for row in found] == [("Amina Rahman", "amina.yaml")] * 5 + [
        ("", "benito.yaml")
    ]
    alone = [rows(invoke("export", "csv", f"{name}.yaml", "--as-of", AS_OF).out) for name in ("amina", "benito")]
    assert found == [*alone[0], *alone[1]]


def test_namesakes_are_told_apart_by_their_file() -> None:
    """Two applicants of one name whose rotations have the same ids: both are there."""
    one, two = plan(rotation(), name="Ann Lee"), plan(rotation(), name="Ann Lee")
    found = rows_of(Dossier(one, "a/x.yaml"), Dossier(two, "b/x.yaml"))
    assert [(row["applicant"], row["file"], row["id"]) for row in found] == [
        ("Ann Lee", "a/x.yaml", "chen"),
        ("Ann Lee", "b/x.yaml", "chen"),
    ]


def test_the_order_of_files_is_kept() -> None:
    """The rows come as the files were named."""
    dossiers = [Dossier(plan(rotation()), name) for name in ("b", "a", "c")]
    assert [row["file"] for row in rows_of(*dossiers)] == ["b", "a", "c"]


def test_the_real_command_ends_lines_with_crlf_once(run: Runner, tmp_path: Path) -> None:
    """On standard output and in a file there are the same bytes: no line end is changed on its way."""
    (tmp_path / "rotations.yaml").write_text(HOSTILE)
    out = run("export", "csv", "--as-of", AS_OF).out
    run("export", "csv", "--as-of", AS_OF, "-o", "plan.csv")
    assert (tmp_path / "plan.csv").read_bytes() == out.encode()
    assert {row["attending"] for row in rows(out)} == set(HOSTILE_NAMES)


def test_standard_input_is_a_file_too(invoke: Runner) -> None:
    """A plan from a pipe stands under the name by which it was given, which no spreadsheet runs."""
    found = rows(invoke("export", "csv", "-", "--as-of", AS_OF, stdin=BENITO).out)
    assert [row["file"] for row in found] == ["'-"]


@pytest.mark.skipif(
    sys.platform in {"win32", "darwin"}, reason="the system has no file names that are not Unicode"
)
def test_a_file_whose_name_is_not_unicode_gives_a_table(run: Runner, tmp_path: Path) -> None:
    """A byte of a name that is no character is shown as one that is missing."""
    name = os.fsdecode(b"p\xff.yaml")
    (tmp_path / name).write_text(BENITO)
    assert rows(run("export", "csv", name, "--as-of", AS_OF).out)[0]["file"] == "p\ufffd.yaml"
