"""The rows of a spreadsheet, saved as CSV, as the data of a plan file: one rotation a row, or one program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lorplan.edit.sheet_days import read_days
from lorplan.edit.sheet_kinds import PROGRAMS, ROTATIONS
from lorplan.planfile.validation import find_errors
from lorplan.planfile.yaml_tree import from_python

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lorplan.edit.sheet_kinds import Data, SheetKind


_HEADER_OF: Final = {"name": "program"}
"""What the column of a key is called in messages, where that is not the key."""


class SheetProblem(NamedTuple):
    """Something wrong in a spreadsheet: the row, counted from 1 with the header, its column's header, and what."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"row {self.row}, {self.column}: {self.message}" if self.column else f"row {self.row}: {self.message}"


class Sheet(NamedTuple):
    """What a spreadsheet says: the plan file's data, the headers that are not used, and every problem.

    `list_key`: what its rows are, rotations or programs.
    """

    list_key: str
    data: Data
    unused: tuple[str, ...]
    problems: tuple[SheetProblem, ...]


def read_sheet(text: str) -> Sheet:
    """Read a spreadsheet that was saved as CSV, with commas, semicolons or tabs, and headers in the first row."""
    numbered = [(number, row) for number, row in _rows(text) if any(cell.strip() for cell in row)]
    if not numbered:
        return Sheet("rotations", {"rotations": []}, (), (SheetProblem(1, "", "there is no header"),))
    (first, header), *rows = numbered
    kind = _find_kind(header)
    keys = [kind.headers.get(_plain(cell)) for cell in header]
    unused = tuple(cell.strip() for cell, key in zip(header, keys, strict=True) if key is None and cell.strip())
    problems = tuple(_check_header(kind, first, header, keys))
    if problems:
        return Sheet(kind.list_key, {"rotations": []}, unused, problems)
    return _read_rows(kind, rows, dict(_columns(header, keys)), unused)


# --- the table ----------------------------------------------------------------------------------------------


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with their numbers; a cell with several lines is one row."""
    import csv  # needed for spreadsheets only

    header = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    yield from enumerate(csv.reader(text.splitlines(keepends=True), delimiter=delimiter), start=1)


def _plain(header: str) -> str:
    return "".join(character for character in header.lower() if character.isalpha())


def _columns(header: list[str], keys: list[str | None]) -> Iterator[tuple[str, tuple[int, str]]]:
    for place, (cell, key) in enumerate(zip(header, keys, strict=True)):
        if key is not None:
            yield key, (place, cell.strip())


def _find_kind(header: list[str]) -> SheetKind:
    """Tell what the rows are: programs, where a column names them and none names attendings."""
    plain = [_plain(cell) for cell in header]
    names_attendings = any(ROTATIONS.headers.get(cell) == "attending" for cell in plain)
    names_programs = any(PROGRAMS.headers.get(cell) == "name" for cell in plain)
    return PROGRAMS if names_programs and not names_attendings else ROTATIONS


def _check_header(kind: SheetKind, row: int, header: list[str], keys: list[str | None]) -> Iterator[SheetProblem]:
    for group in kind.required:
        if not set(group) & set(keys):
            what = "the end" if len(group) > 1 else _HEADER_OF.get(group[0], group[0])
            names = " or ".join(f'"{_HEADER_OF.get(key, key)}"' for key in group)
            yield SheetProblem(row, "", f"no column for {what}: name one {names}")
    for place, (cell, key) in enumerate(zip(header, keys, strict=True)):
        if key is not None and key in keys[:place]:
            yield SheetProblem(row, cell.strip(), f"two columns for {key}")


# --- the rows -----------------------------------------------------------------------------------------------


def _read_rows(
    kind: SheetKind, rows: list[tuple[int, list[str]]], columns: dict[str, tuple[int, str]], unused: tuple[str, ...]
) -> Sheet:
    """Read each row as a rotation or a program, and check all of them as a plan file would."""
    cells = [
        (number, {key: row[place].strip() for key, (place, _) in columns.items() if place < len(row)})
        for number, row in rows
    ]
    days, wrong = read_days([row for _, row in cells])
    problems = [SheetProblem(cells[index][0], columns[key][1], message) for index, key, message in wrong]
    found = [kind.write(row, days[index]) for index, (_, row) in enumerate(cells)]
    refused = {(cells[index][0], key) for index, key, _ in wrong}
    for index, key, message in _find_errors(kind, found):
        if (cells[index][0], key) not in refused:
            problems.append(SheetProblem(cells[index][0], columns[key][1] if key in columns else "", message))
    problems.sort(key=lambda problem: problem.row)
    return Sheet(kind.list_key, {"rotations": [], kind.list_key: found}, unused, tuple(problems))


def _find_errors(kind: SheetKind, rows: list[Data]) -> Iterator[tuple[int, str, str]]:
    """Find what a plan file would refuse: the index of the row, the key, and what is wrong."""
    data: Any = {kind.list_key: rows}
    for error in find_errors(from_python(data)):
        _, index, *inner = error.path
        key = str(inner[-1]) if inner else ""
        yield int(index), kind.key_of.get(key, key), error.message
