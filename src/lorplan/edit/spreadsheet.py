"""The rows of a spreadsheet, saved as CSV, as the data of a plan file: one rotation a row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lorplan.edit.record_event import FLAGS, WORDS
from lorplan.edit.sheet_days import read_days
from lorplan.planfile.validation import find_errors
from lorplan.planfile.yaml_tree import from_python

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

Data = dict[str, Any]

_HEADERS: Final[dict[str, tuple[str, ...]]] = {
    "attending": ("attending", "preceptor", "supervisor", "physician", "doctor", "faculty", "writer", "letterwriter"),
    "email": ("email", "mail", "emailaddress", "attendingemail", "preceptoremail"),
    "role": ("role", "title", "position"),
    "hospital": ("hospital", "site", "clinic", "facility", "institution", "location", "hospitalorclinic"),
    "specialty": ("specialty", "speciality", "rotation", "department", "service", "field", "discipline"),
    "start": ("start", "startdate", "from", "begin", "begins", "beginning", "firstday", "datefrom"),
    "end": ("end", "enddate", "to", "until", "till", "ends", "dateto", "through"),
    "weeks": ("weeks", "week", "duration", "length", "numberofweeks", "noofweeks", "durationweeks"),
    "last_day": ("lastday", "attendingslastday"),
    "experience": ("experience", "type", "setting", "experiencetype", "typeofexperience"),
    "us": ("us", "usa", "inus", "intheus", "usrotation", "unitedstates"),
    "residency_affiliated": ("residencyaffiliated", "affiliated", "residency", "residencyprogram", "teachinghospital"),
    "img_friendly": ("imgfriendly", "takesimgs", "img", "imgs"),
    "letterhead": ("letterhead", "hospitalletterhead", "academic"),
    "performance": ("performance", "evaluation", "grade", "howitwent"),
    "contact": ("contact", "howoften", "contactfrequency"),
    "offered": ("offered", "offer", "offeredon"),
    "meeting": ("meeting", "meetingdate"),
    "choice": ("choice", "decision"),
    "id": ("id",),
    "notes": ("notes", "note", "comments", "comment", "remarks"),
}
_KEYS: Final = {header: key for key, headers in _HEADERS.items() for header in headers}
"""The key of the plan file for each header, in small letters without spaces and signs."""

_FLAG_WORDS: Final = {"y": "yes", "n": "no", "x": "yes", "1": "yes", "0": "no", "✓": "yes"}
_WEEKS: Final = re.compile(r"(\d+) ?(?:w|wks?|weeks?)?", re.IGNORECASE)
_PERSON: Final = {"name": "attending", "email": "email", "role": "role"}
"""The columns about the attending, who is one value of a rotation."""

_REQUIRED: Final = ("attending", "specialty", "start")


class SheetProblem(NamedTuple):
    """Something wrong in a spreadsheet: the row, counted from 1 with the header, its column's header, and what."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"row {self.row}, {self.column}: {self.message}" if self.column else f"row {self.row}: {self.message}"


class Sheet(NamedTuple):
    """What a spreadsheet says: the plan file's data, the headers that are not used, and every problem."""

    data: Data
    unused: tuple[str, ...]
    problems: tuple[SheetProblem, ...]


def read_sheet(text: str) -> Sheet:
    """Read a spreadsheet that was saved as CSV, with commas, semicolons or tabs, and headers in the first row."""
    numbered = [(number, row) for number, row in _rows(text) if any(cell.strip() for cell in row)]
    if not numbered:
        return Sheet({"rotations": []}, (), (SheetProblem(1, "", "there is no header"),))
    (first, header), *rows = numbered
    keys = [_KEYS.get(_plain(cell)) for cell in header]
    unused = tuple(cell.strip() for cell, key in zip(header, keys, strict=True) if key is None and cell.strip())
    problems = tuple(_check_header(first, header, keys))
    if problems:
        return Sheet({"rotations": []}, unused, problems)
    return _read_rows(rows, dict(_columns(header, keys)), unused)


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


def _check_header(row: int, header: list[str], keys: list[str | None]) -> Iterator[SheetProblem]:
    for needed in _REQUIRED:
        if needed not in keys:
            yield SheetProblem(row, "", f'no column for {needed}: name one "{needed}"')
    if "end" not in keys and "weeks" not in keys:
        yield SheetProblem(row, "", 'no column for the end: name one "end" or "weeks"')
    for place, (cell, key) in enumerate(zip(header, keys, strict=True)):
        if key is not None and key in keys[:place]:
            yield SheetProblem(row, cell.strip(), f"two columns for {key}")


# --- the rotations ------------------------------------------------------------------------------------------


def _read_rows(
    rows: list[tuple[int, list[str]]], columns: dict[str, tuple[int, str]], unused: tuple[str, ...]
) -> Sheet:
    """Read each row as a rotation, and check all of them as a plan file would."""
    cells = [
        (number, {key: row[place].strip() for key, (place, _) in columns.items() if place < len(row)})
        for number, row in rows
    ]
    days, wrong = read_days([row for _, row in cells])
    problems = [SheetProblem(cells[index][0], columns[key][1], message) for index, key, message in wrong]
    rotations = [_rotation(row, days[index]) for index, (_, row) in enumerate(cells)]
    refused = {(cells[index][0], key) for index, key, _ in wrong}
    for index, key, message in _find_errors(rotations):
        if (cells[index][0], key) not in refused:
            problems.append(SheetProblem(cells[index][0], columns[key][1] if key in columns else "", message))
    problems.sort(key=lambda problem: problem.row)
    return Sheet({"rotations": rotations}, unused, tuple(problems))


def _rotation(row: dict[str, str], days: dict[str, date]) -> Data:
    """Write one row as a rotation; what is empty is left out."""
    found: Data = {}
    person = {key: text for key, cell in _PERSON.items() if (text := row.get(cell))}
    if person:
        found["attending"] = person["name"] if set(person) == {"name"} else person
    for key, text in row.items():
        if key in days:
            found[key] = days[key].isoformat()
        elif text and key not in _PERSON.values():
            found[key] = _value(key, text)
    return found


def _value(key: str, text: str) -> str:
    """Write a cell the way the plan file has it; what is not understood stays, and is refused later."""
    folded = text.lower()
    if key == "us" or key in FLAGS:
        return _FLAG_WORDS.get(folded, folded)
    if key in WORDS:
        word = folded.replace(" ", "-")
        return word if word in WORDS[key] else text
    weeks = _WEEKS.fullmatch(text) if key == "weeks" else None
    return weeks[1] if weeks else text


def _find_errors(rotations: list[Data]) -> Iterator[tuple[int, str, str]]:
    """Find what a plan file would refuse: the index of the rotation, the key, and what is wrong."""
    data: Any = {"rotations": rotations}
    for error in find_errors(from_python(data)):
        _, index, *inner = error.path
        key = str(inner[-1]) if inner else ""
        yield int(index), "attending" if key == "name" else key, error.message
