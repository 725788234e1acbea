"""The two kinds of spreadsheets: a row is a rotation or a program, and the headers are named as people name them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lorplan.edit.record_event import FLAGS, WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

Data = dict[str, Any]


class SheetKind(NamedTuple):
    """One kind: where its rows belong in the plan file, the key of each header, and how a row is written.

    `headers` are in small letters without spaces and signs. One of the keys in each group of `required` is needed.
    `key_of` gives the column's key for a key of the plan file, where the two differ.
    """

    list_key: str
    headers: Mapping[str, str]
    required: tuple[tuple[str, ...], ...]
    write: Callable[[Mapping[str, str], Mapping[str, date]], Data]
    key_of: Mapping[str, str]


def _by_header(names: Mapping[str, str]) -> dict[str, str]:
    return {header: key for key, headers in names.items() for header in headers.split()}


# --- rotations ----------------------------------------------------------------------------------------------

_ROTATION_HEADERS: Final = {
    "attending": "attending preceptor supervisor physician doctor faculty writer letterwriter",
    "email": "email mail emailaddress attendingemail preceptoremail",
    "role": "role title position",
    "hospital": "hospital site clinic facility institution location hospitalorclinic",
    "specialty": "specialty speciality rotation department service field discipline",
    "start": "start startdate from begin begins beginning firstday datefrom",
    "end": "end enddate to until till ends dateto through",
    "weeks": "weeks week duration length numberofweeks noofweeks durationweeks",
    "last_day": "lastday attendingslastday",
    "experience": "experience type setting experiencetype typeofexperience",
    "us": "us usa inus intheus usrotation unitedstates",
    "residency_affiliated": "residencyaffiliated affiliated residency residencyprogram teachinghospital",
    "img_friendly": "imgfriendly takesimgs img imgs",
    "letterhead": "letterhead hospitalletterhead academic",
    "performance": "performance evaluation grade howitwent",
    "contact": "contact howoften contactfrequency",
    "offered": "offered offer offeredon",
    "meeting": "meeting meetingdate",
    "choice": "choice decision",
    "id": "id",
    "notes": "notes note comments comment remarks",
}
_PERSON: Final = {"name": "attending", "email": "email", "role": "role"}
"""The columns about the attending, who is one value of a rotation."""

_FLAG_WORDS: Final = {"y": "yes", "n": "no", "x": "yes", "1": "yes", "0": "no", "✓": "yes"}
_WEEKS: Final = re.compile(r"(\d+) ?(?:w|wks?|weeks?)?", re.IGNORECASE)


def _write_rotation(row: Mapping[str, str], days: Mapping[str, date]) -> Data:
    """Write one row as a rotation; what is empty is left out."""
    found: Data = {}
    person = {key: text for key, cell in _PERSON.items() if (text := row.get(cell))}
    if person:
        found["attending"] = person["name"] if set(person) == {"name"} else person
    for key, text in row.items():
        if key in days:
            found[key] = days[key].isoformat()
        elif text and key not in _PERSON.values():
            found[key] = _rotation_value(key, text)
    return found


def _rotation_value(key: str, text: str) -> str:
    """Write a cell the way the plan file has it; what is not understood stays, and is refused later."""
    folded = text.lower()
    if key == "us" or key in FLAGS:
        return _FLAG_WORDS.get(folded, folded)
    if key in WORDS:
        word = folded.replace(" ", "-")
        return word if word in WORDS[key] else text
    weeks = _WEEKS.fullmatch(text) if key == "weeks" else None
    return weeks[1] if weeks else text


ROTATIONS: Final = SheetKind(
    list_key="rotations",
    headers=_by_header(_ROTATION_HEADERS),
    required=(("attending",), ("specialty",), ("start",), ("end", "weeks")),
    write=_write_rotation,
    key_of={"name": "attending"},
)

# --- programs -----------------------------------------------------------------------------------------------

_PROGRAM_HEADERS: Final = {
    "name": "program programme programname nameofprogram residencyprogram",
    "specialty": "specialty speciality department field discipline",
    "track": "track programtrack",
    "letters": "letters lors lor numberofletters minletters lettersrequired lorsrequired",
    "in_specialty": "inspecialty specialtyletters lettersinspecialty",
    "us": "us usletters uslors",
    "chair": "chair chairletter chairletters departmentletter",
    "standardized": "standardized sloe sloes standardizedletters",
    "hands_on": "handson handsonletters clinicalletters",
    "months": "months maxage maxagemonths maximumage",
    "max": "max maximum maxletters maximumletters",
    "deadline": "deadline applicationdeadline duedate closes",
    "also": "also other otherrequirements requirements",
    "applied": "applied appliedon dateapplied",
    "read": "read readon pageread",
    "choice": "choice decision",
    "url": "url link website web page",
    "id": "id",
    "notes": "notes note comments comment remarks",
}
_REQUIREMENTS: Final = ("letters", "in_specialty", "us", "chair", "standardized", "hands_on", "months")
_NUMBER_WORDS: Final = {"yes": "1", "y": "1", "x": "1", "✓": "1", "no": "0", "n": "0", "none": "0"}
"""What stands in a column of numbers where it is asked whether such a letter is required."""


def _write_program(row: Mapping[str, str], days: Mapping[str, date]) -> Data:
    """Write one row as a program, with what is required in its own mapping; what is empty is left out."""
    found: Data = {}
    for key, text in row.items():
        if key in _REQUIREMENTS and text:
            can_be_all = key in {"us", "hands_on"} and text.lower() in {"yes", "y", "all"}
            value = "all" if can_be_all else _NUMBER_WORDS.get(text.lower(), text)
            found.setdefault("requires", {})[key] = value
        elif key in days:
            found[key] = days[key].isoformat()
        elif text:
            found[key] = text
    return found


PROGRAMS: Final = SheetKind(
    list_key="programs",
    headers=_by_header(_PROGRAM_HEADERS),
    required=(("name",), ("specialty",)),
    write=_write_program,
    key_of={},
)
