"""Hostile words do not change what an export consists of, and no odd character gets through."""

from __future__ import annotations

import unicodedata
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import pytest

from fuzz.plan_bytes import TEMPLATES, all_answers
from hostile.commands import CORPUS, PLANNED, READERS, TODAY, UNSENDABLE
from hostile.outputs import acting, assert_harmless, assert_located, headers, rows
from lorplan.errors import PlanFileError
from lorplan.export.formats import ExportOptions, load_format
from lorplan.messages.compose import compose
from lorplan.messages.facts import message_facts
from lorplan.messages.mail import Person, eml
from lorplan.plan.applicant_plan import ApplicantPlan
from lorplan.plan.planner import make_plan
from lorplan.planfile.reader import decode, parse
from lorplan.planfile.yaml_tree import read_tree, to_python
from lorplan.reference.attending_names import name_key
from lorplan.reference.specialties import canonical
from lorplan.render.problems import problem_lines
from oracle.strategies import to_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lorplan.export.formats import FormatName
    from lorplan.plan.model import Letter, Plan
    from runner import Json


def sample(files: Sequence[str]) -> list[Any]:
    """Mark all but every fourth file as thorough."""
    return [pytest.param(name, marks=[pytest.mark.thorough] if place % 4 else []) for place, name in enumerate(files)]


# --- the same plan with harmless words ----------------------------------------------------------------------


class Harmless:
    """Replaces every word of a plan file by a harmless one; equal words, and spellings of one name, stay equal."""

    def __init__(self) -> None:
        self.seen: dict[str, dict[str, str]] = {}

    def word(self, kind: str, text: str) -> str:
        """Return the harmless word for another of its kind."""
        known = self.seen.setdefault(kind, {})
        return known.setdefault(text, f"{kind}{len(known)}")

    def specialty(self, text: str) -> str:
        """Keep the specialties that every reader knows: the rules treat them by name."""
        return text if text in {"internal medicine", "neurology"} else self.word("craft ", canonical(text))

    def attending(self, value: Any) -> Any:  # noqa: ANN401 - a part of a plan file
        """Rename an attending, who may be a bare name."""
        if isinstance(value, dict):
            return {**value, "name": self.word("Dr. Nobody", name_key(value["name"])), **self.email(value)}
        return self.word("Dr. Nobody", name_key(value))

    def email(self, owner: Json) -> dict[str, str]:
        """Replace the address of a person who has one."""
        return {"email": self.word("w", owner["email"]) + "@example.org"} if owner.get("email") else {}

    def rotation(self, row: Json) -> Json:
        """Replace the words of a rotation."""
        kept = {key: row[key] for key in row if key not in {"hospital", "notes", "id"}}
        kept |= {"hospital": "Mercy"} if "hospital" in row else {}
        kept |= {"id": self.word("no-", row["id"])} if "id" in row else {}
        specialty = self.specialty(row["specialty"])
        return {**kept, "attending": self.attending(row["attending"]), "specialty": specialty}

    def applicant(self, about: Json) -> Json:
        """Replace the words of the applicant."""
        named = {"name": "Amina Rahman"} if about.get("name") else {}
        targets = {"targets": [self.specialty(one) for one in about["targets"]]} if "targets" in about else {}
        return {**about, **named, **self.email(about), **targets}

    def plan(self, data: Any) -> Json:  # noqa: ANN401 - a plan file
        """Replace the words of a plan file."""
        data = {"rotations": data} if isinstance(data, list) else data
        found = [self.rotation(row) for row in data.get("rotations") or []]
        return {**data, "rotations": found, "applicant": self.applicant(data.get("applicant") or {})}


def write_twin(raw: bytes) -> str:
    """Write the same plan with harmless words."""
    root = read_tree(decode(raw).lstrip("\ufeff")).root
    assert root is not None
    return to_yaml(Harmless().plan(to_python(root)))


def read_planned(name: str) -> bytes:
    """Read a file of the corpus."""
    return (CORPUS / "planned" / name).read_bytes()


def make_twins(name: str) -> tuple[ApplicantPlan, ApplicantPlan]:
    """Plan a file of the corpus, and the same with harmless words."""
    raw = read_planned(name)
    hostile, harmless = (make_plan(parse(text).plan_file, TODAY) for text in (decode(raw), write_twin(raw)))
    return ApplicantPlan(hostile, "rotations.yaml"), ApplicantPlan(harmless, "rotations.yaml")


def export(made: ApplicantPlan, name: FormatName, *, todo: bool = False) -> str:
    """Export a plan."""
    return load_format(name).write([made], ExportOptions(TODAY, TEMPLATES, todo)).decode()


@pytest.mark.parametrize("name", sample(PLANNED))
def test_hostile_words_do_not_change_what_an_export_consists_of(name: str) -> None:
    """An export has the same components, elements, attributes and blocks as with harmless words, and no others."""
    hostile, harmless = make_twins(name)
    formats: tuple[FormatName, ...] = ("ics", "html", "markdown", "svg")
    for one in formats:
        assert READERS[one](export(hostile, one)) == READERS[one](export(harmless, one)), one
    assert READERS["ics"](export(hostile, "ics", todo=True)) == READERS["ics"](export(harmless, "ics", todo=True))


@pytest.mark.parametrize("name", sample(PLANNED))
def test_table_with_hostile_words_has_one_row_for_each_letter(name: str) -> None:
    """Each row has the letter's id, with at most an apostrophe before it, and as many columns as the header."""
    plan = make_plan(parse(decode(read_planned(name))).plan_file, TODAY)
    table = rows(export(ApplicantPlan(plan, "rotations.yaml"), "csv"))
    assert [row["id"].removeprefix("'") for row in table] == [letter.id for letter in plan.letters]


@pytest.mark.parametrize("name", sample(sorted({*PLANNED} - {UNSENDABLE})))
def test_hostile_words_do_not_change_the_headers_of_a_mail(name: str) -> None:
    """A mail has the headers that it has with harmless words, and no others."""
    raw = read_planned(name)
    assert list_headers(decode(raw)) == list_headers(write_twin(raw))


def list_headers(text: str) -> list[list[str]]:
    """Draft a mail to the writer of each letter, in the order of the file, and list its headers."""
    plan_file = parse(text).plan_file
    plan = make_plan(plan_file, TODAY)
    return [headers(write_mail(plan, plan.letter(id_)).decode()) for id_ in plan_file.ids]


def write_mail(plan: Plan, letter: Letter) -> bytes:
    """Write the mail that asks for a letter."""
    message = compose("ask-email", message_facts(plan, letter), TEMPLATES)
    sender = Person(plan.applicant.name, plan.applicant.email)
    return eml(message, sender, Person(letter.attending, letter.rotation.attending.email))


# --- every character in every field -------------------------------------------------------------------------

CONTROLS: Final = [chr(number) for number in chain(range(0x20), range(0x7F, 0xA0))]
SURROGATES: Final = ["\ud800", "\udbff", "\udc00", "\udfff"]
FORMATS: Final = [c for c in map(chr, range(0x20, 0x110000)) if unicodedata.category(c) in {"Cf", "Zl", "Zp"}]
ODD: Final = [*CONTROLS, *FORMATS, "\ufffe", "\uffff", *SURROGATES]
"""Every control, direction, invisible and impossible character."""

FIELDS: Final = {
    "attending": '- {attending: "Dr. CHARACTER Chen", specialty: im, start: 2027-01-04, weeks: 4}\n',
    "name": '- {attending: {name: "Dr.CHARACTERChen"}, specialty: im, start: 2027-01-04, weeks: 4}\n',
    "email": '- {attending: {name: x, email: "aCHARACTER@b.c"}, specialty: im, start: 2027-01-04, weeks: 4}\n',
    "hospital": '- {attending: x, hospital: "CHARACTERx", specialty: im, start: 2027-01-04, weeks: 4}\n',
    "specialty": '- {attending: x, specialty: "imCHARACTER", start: 2027-01-04, weeks: 4}\n',
    "notes": '- {attending: x, specialty: im, start: 2027-01-04, weeks: 4, notes: "xCHARACTERx"}\n',
    "id": '- {attending: x, specialty: im, start: 2027-01-04, weeks: 4, id: "xCHARACTERx"}\n',
    "start": '- {attending: x, specialty: im, start: "2027-01-04CHARACTER", weeks: 4}\n',
    "performance": '- {attending: x, specialty: im, start: 2027-01-04, weeks: 4, performance: "CHARACTER"}\n',
    "a key": '- {attending: x, specialty: im, start: 2027-01-04, weeks: 4, "xCHARACTER": x}\n',
    "applicant": 'applicant: {name: "CHARACTERx"}\nrotations: []\n',
    "address": 'applicant: {email: "a@bCHARACTER.c"}\nrotations: []\n',
    "target": 'applicant: {targets: ["x CHARACTER"]}\nrotations: []\n',
    "a section": '"CHARACTERx": 1\nrotations: []\n',
}
"""Where a file has text, with the place for a character in it."""

LINE_ENDS: Final = {"\n", "\r", "\x85", "\u2028", "\u2029"}
"""Characters that YAML folds into a space if they are in a quoted text as they are."""


def escape(character: str) -> str:
    """Write a character as YAML's escape."""
    return f"\\U{ord(character):08x}"


def keep(character: str) -> str:
    """Write a character as it is."""
    return character


def report(text: str) -> str | None:
    """Report the problems of a refused file, each of which has a position; None for a good file."""
    try:
        parse(text, "f.yaml")
    except PlanFileError as error:
        lines = "\n".join(problem_lines(error.problems))
        assert_located(lines, "f.yaml")
        assert_harmless(lines, "a problem")
        return lines
    return None


def may_pass(character: str, write: Callable[[str], str], field: str) -> bool:
    """Whether a field may have a character: as a blank, as a line end of notes, or as a format."""
    folded = write is keep and character in LINE_ENDS
    allowed = {"notes": "\n\t"}.get(field, "")
    return folded or character in allowed or unicodedata.category(character) == "Cf"


@pytest.mark.parametrize(
    "characters",
    [pytest.param(ODD[::16], id="some"), pytest.param(ODD, id="all", marks=pytest.mark.thorough)],
)
@pytest.mark.parametrize("write", [escape, keep])
@pytest.mark.parametrize("field", FIELDS)
def test_odd_character_is_refused_or_harmless_in_every_answer(
    field: str, write: Callable[[str], str], characters: list[str]
) -> None:
    """Each odd character in each field is a problem with a position, or is in no answer but as a blank."""
    passed = ""
    for character in characters:
        if not report(FIELDS[field].replace("CHARACTER", write(character))):
            assert may_pass(character, write, field), f"U+{ord(character):04X} passes in {field}"
            passed += write(character)
    text = FIELDS[field].replace("CHARACTER", passed)
    if passed and not report(text):
        for name, shown in all_answers(parse(text), TODAY):
            assert acting(shown, "\t\r\n") is None, f"a raw {acting(shown)} is in {name}"
