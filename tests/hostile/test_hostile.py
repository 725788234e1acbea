"""Bad input: every command on the worst plan files, which it plans or refuses and never crashes on.

The files are in `hostile`, those to be planned and those to be refused each in a folder; the large ones are made
when they are needed. What has to be planned is held against the same plan with harmless words.
"""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from datetime import date
from itertools import chain, product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from conftest import Result, environment
from fuzz.plan_bytes import OURS, all_answers
from hostile import generated
from hostile.outputs import (
    acting,
    assert_harmless,
    assert_located,
    assert_problems,
    blocks,
    components,
    document,
    elements,
    headers,
    rows,
    shapes,
)
from lorplan.errors import PlanFileError
from lorplan.export.formats import exported
from lorplan.messages.compose import draft, facts
from lorplan.messages.mail import Person, eml
from lorplan.plan.applicant_plan import Dossier
from lorplan.plan.planner import make_plan
from lorplan.planfile.reader import decode, parse
from lorplan.planfile.yaml_tree import plain, read
from lorplan.reference.specialties import canonical
from lorplan.render.problems import lines as problem_lines
from oracle.strategies import to_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Runner
    from lorplan.export.formats import Form
    from lorplan.plan.model import Letter, Plan

CORPUS: Final = Path(__file__).parent
REFUSED: Final = sorted(path.name for path in (CORPUS / "refused").iterdir())
PLANNED: Final = sorted(path.name for path in (CORPUS / "planned").iterdir())

DAY: Final = ("--as-of", "2027-01-28")
"""In the middle of most plans of the corpus: one letter is asked for, others are still to come."""

TODAY: Final = date.fromisoformat(DAY[1])

MEMORY: Final = 1536 * 1024 * 1024
"""Bytes of address space that the largest files must do with."""


# --- running ----------------------------------------------------------------------------------------------

Words = tuple[str, ...]

CHECKS: Final[tuple[Words, ...]] = (("check", "FILE"), ("check", "--json", "FILE"), ("check", "--plain", "FILE"))

WHOLE: Final[tuple[Words, ...]] = (
    ("plan", "FILE"),
    ("plan", "--plain", "FILE"),
    ("plan", "--json", "FILE"),
    ("due", "FILE"),
    ("due", "--plain", "FILE"),
    ("due", "--json", "FILE"),
    ("export", "ics", "FILE"),
    ("export", "ics", "--todo", "FILE"),
    ("export", "csv", "FILE"),
    ("export", "html", "FILE"),
    ("export", "markdown", "FILE"),
    ("export", "svg", "FILE"),
)
"""Commands about a whole plan."""

ONE: Final[tuple[Words, ...]] = (
    ("why", "-f", "FILE", "--", "ROTATION"),
    ("why", "--plain", "-f", "FILE", "--", "ROTATION"),
    ("why", "--json", "-f", "FILE", "--", "ROTATION"),
    ("draft", "-f", "FILE", "--", "ROTATION"),
    ("draft", "-f", "FILE", "--", "ROTATION", "ask-email"),
    ("draft", "--eml", "-f", "FILE", "--", "ROTATION", "ask-email"),
    ("draft", "--mailto", "-f", "FILE", "--", "ROTATION", "ask-email"),
    ("mark", "--dry-run", "-f", "FILE", "--", "ROTATION", "performance=good"),
)
"""Commands about one letter, whose id may look like an option."""


def command(words: Words, file: str, rotation: str = "chen") -> list[str]:
    """Fill in the day, which `check` does not want, the file and the rotation."""
    first, *others = ({"FILE": file, "ROTATION": rotation}.get(word, word) for word in words)
    return [first, *(() if first == "check" else DAY), *others]


FORMS: Final[dict[str, Callable[[str], object]]] = {
    "ics": components,
    "csv": rows,
    "html": elements,
    "markdown": blocks,
    "svg": shapes,
    "--eml": headers,
    "--json": document,
}
"""How the forms of answers are read, by the word that asks for them."""


def judged(words: Words, result: Result) -> object:
    """Read an answer in its form, and see that it is harmless, as is what is told beside it."""
    assert_harmless(result.err, "standard error")
    form = next((word for word in words if word in FORMS), None)
    if form:
        return FORMS[form](result.out) if result.out else None
    assert_harmless(result.out, " ".join(words), "\n\t" if "--plain" in words else "\n")
    return None


# --- what has to be refused -------------------------------------------------------------------------------


def assert_refused(invoke: Runner, words: Words, file: str, cwd: Path) -> None:
    """See that a command tells the problems of a file, with their places, and nothing else."""
    result = invoke(*command(words, file), cwd=cwd, check=1)
    judged(words, result)
    if words == ("check", "--json", "FILE"):
        assert_problems(result.out, file)
    elif words == ("check", "--plain", "FILE"):
        assert all(line.count("\t") == 4 for line in result.out.splitlines())
    else:
        assert_located(result.out if words[0] == "check" else result.err, file)
        assert "" in {result.out, result.err}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_refused_is_told_with_its_places(invoke: Runner, name: str) -> None:
    """`check` tells where each problem is, as text or as JSON; so does one other command, each file another."""
    others = (*WHOLE, *ONE)
    for words in (CHECKS[REFUSED.index(name) % 2], others[REFUSED.index(name) % len(others)]):
        assert_refused(invoke, words, name, CORPUS / "refused")


@pytest.mark.thorough
@pytest.mark.parametrize("name", REFUSED)
def test_every_command_refuses_it(invoke: Runner, name: str) -> None:
    """No command has a way of its own of reading a file."""
    for words in (*CHECKS, WHOLE[0], WHOLE[6], ONE[0], ONE[7]):
        assert_refused(invoke, words, name, CORPUS / "refused")


# --- what has to be planned -------------------------------------------------------------------------------

UNSENDABLE: Final = "addresses.yaml"
"""The one file with addresses that no mail can go to."""


def asked(invoke: Runner, words: Words, name: str, rotation: str = "") -> object:
    """See that a command answers, and read the answer."""
    args = command(words, name, rotation)
    status = 2 if "--eml" in words and name == UNSENDABLE else 0
    result = invoke(*args, cwd=CORPUS / "planned", check=status)
    assert status or result.out or words[0] in {"check", "due", "plan"}, "a form is never empty"
    return judged(words, result)


def one_id_of(name: str) -> list[str]:
    """Give the id of one rotation of a file, if it has any: each file that of another."""
    ids = parse(decode((CORPUS / "planned" / name).read_bytes())).plan_file.ids
    return [ids[PLANNED.index(name) % len(ids)]] if ids else []


@pytest.mark.parametrize("name", PLANNED)
def test_a_file_that_is_planned_has_harmless_answers(invoke: Runner, name: str) -> None:
    """The commands that people use most, and one other about the whole plan, each file another."""
    number = PLANNED.index(name)
    for words in (WHOLE[0], WHOLE[1 + number % (len(WHOLE) - 1)]):
        asked(invoke, words, name)
    for id_ in one_id_of(name):
        asked(invoke, ONE[number % len(ONE)], name, id_)


@pytest.mark.thorough
@pytest.mark.parametrize("name", PLANNED)
def test_every_command_answers_harmlessly(invoke: Runner, name: str) -> None:
    """Every command in every form, with one rotation of the file."""
    for words in (*CHECKS, *WHOLE):
        asked(invoke, words, name)
    for words, id_ in product(ONE, one_id_of(name)):
        asked(invoke, words, name, id_)


# --- the same plan with harmless words --------------------------------------------------------------------


class Harmless:
    """Replaces every word of a plan file by a harmless one; equal words stay equal."""

    def __init__(self) -> None:
        self.seen: dict[str, dict[str, str]] = {}

    def word(self, kind: str, text: str) -> str:
        """Give the harmless word for another of its kind."""
        known = self.seen.setdefault(kind, {})
        return known.setdefault(text, f"{kind}{len(known)}")

    def specialty(self, text: str) -> str:
        """Keep the specialties that every reader knows: the rules treat them by name."""
        return text if text in {"internal medicine", "neurology"} else self.word("craft ", canonical(text))

    def attending(self, value: Any) -> Any:  # noqa: ANN401 - a part of a plan file
        """Rename an attending, who may be a bare name."""
        if isinstance(value, dict):
            return {**value, "name": self.word("Dr. Nobody", value["name"]), **self.email(value)}
        return self.word("Dr. Nobody", value)

    def email(self, owner: dict[str, Any]) -> dict[str, str]:
        """Replace the address of a person who has one."""
        return {"email": self.word("w", owner["email"]) + "@example.org"} if owner.get("email") else {}

    def rotation(self, row: dict[str, Any]) -> dict[str, Any]:
        """Replace the words of a rotation."""
        kept = {key: row[key] for key in row if key not in {"hospital", "notes", "id"}}
        kept |= {"hospital": "Mercy"} if "hospital" in row else {}
        kept |= {"id": self.word("no-", row["id"])} if "id" in row else {}
        specialty = self.specialty(row["specialty"])
        return {**kept, "attending": self.attending(row["attending"]), "specialty": specialty}

    def applicant(self, about: dict[str, Any]) -> dict[str, Any]:
        """Replace the words of the applicant."""
        named = {"name": "Amina Rahman"} if about.get("name") else {}
        targets = {"targets": [self.specialty(one) for one in about["targets"]]} if "targets" in about else {}
        return {**about, **named, **self.email(about), **targets}

    def plan(self, data: Any) -> dict[str, Any]:  # noqa: ANN401 - a plan file
        """Replace the words of a plan file."""
        data = {"rotations": data} if isinstance(data, list) else data
        found = [self.rotation(row) for row in data.get("rotations") or []]
        return {**data, "rotations": found, "applicant": self.applicant(data.get("applicant") or {})}


def twin(raw: bytes) -> str:
    """Write the same plan with harmless words."""
    root = read(decode(raw).lstrip("\ufeff")).root
    assert root is not None
    return to_yaml(Harmless().plan(plain(root)))


def dossiers(name: str) -> tuple[Dossier, Dossier]:
    """Plan a file of the corpus, and the same with harmless words."""
    raw = (CORPUS / "planned" / name).read_bytes()
    hostile, harmless = (make_plan(parse(text).plan_file, TODAY) for text in (decode(raw), twin(raw)))
    return Dossier(hostile, "rotations.yaml"), Dossier(harmless, "rotations.yaml")


def shaped(dossier: Dossier, form: Form, *, todo: bool = False) -> object:
    """Export a plan, and say what the export is made of."""
    return FORMS[form](exported(form, [dossier], TODAY, OURS, todo=todo).decode())


@pytest.mark.parametrize("name", PLANNED)
def test_words_do_not_change_what_an_export_is_made_of(name: str) -> None:
    """The same components, elements, attributes and blocks as with harmless words, and no more."""
    hostile, harmless = dossiers(name)
    for form in ("ics", "html", "markdown"):
        assert shaped(hostile, form) == shaped(harmless, form), form


@pytest.mark.thorough
@pytest.mark.parametrize("name", PLANNED)
def test_words_do_not_change_what_a_drawing_and_a_list_are_made_of(name: str) -> None:
    """The same for a drawing by itself, and for to-dos."""
    hostile, harmless = dossiers(name)
    assert shaped(hostile, "svg") == shaped(harmless, "svg")
    assert shaped(hostile, "ics", todo=True) == shaped(harmless, "ics", todo=True)


@pytest.mark.parametrize("name", PLANNED)
def test_a_table_has_a_row_for_each_letter(name: str) -> None:
    """Each with its id, to which at most an apostrophe is added, and as many columns as the head."""
    found = make_plan(parse(decode((CORPUS / "planned" / name).read_bytes())).plan_file, TODAY)
    table = rows(exported("csv", [Dossier(found, "rotations.yaml")], TODAY, OURS).decode())
    assert [row["id"].removeprefix("'") for row in table] == [letter.id for letter in found.letters]


@pytest.mark.parametrize("name", sorted({*PLANNED} - {UNSENDABLE}))
def test_words_do_not_change_the_headers_of_a_mail(name: str) -> None:
    """The headers of a mail are those that a mail with harmless words has."""
    raw = (CORPUS / "planned" / name).read_bytes()
    assert mails(decode(raw)) == mails(twin(raw))


def mails(text: str) -> list[list[str]]:
    """Draft a mail to the writer of each letter, in the order of the file, and name its headers."""
    plan_file = parse(text).plan_file
    found = make_plan(plan_file, TODAY)
    letters = {letter.id: letter for letter in found.letters}
    return [headers(_mail(found, letters[id_]).decode()) for id_ in plan_file.ids]


def _mail(found: Plan, letter: Letter) -> bytes:
    message = draft("ask-email", facts(found, letter), OURS)
    sender = Person(found.applicant, found.email)
    return eml(message, sender, Person(letter.attending, letter.rotation.attending.email))


# --- every character in every field -----------------------------------------------------------------------

CONTROLS: Final = [chr(number) for number in chain(range(0x20), range(0x7F, 0xA0))]
LONE: Final = ["\ud800", "\udbff", "\udc00", "\udfff"]
FORMATS: Final = [c for c in map(chr, range(0x20, 0x110000)) if unicodedata.category(c) in {"Cf", "Zl", "Zp"}]
ODD: Final = [*CONTROLS, *FORMATS, "\ufffe", "\uffff", *LONE]
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
"""Characters that YAML folds into a space where they stand as they are in a quoted text."""


def escaped(character: str) -> str:
    """Write a character as YAML's escape."""
    return f"\\U{ord(character):08x}"


def as_it_is(character: str) -> str:
    """Write a character as it is."""
    return character


def refusal(text: str) -> str | None:
    """Give the report of a refused file, every problem of which has a place; None for a plan."""
    try:
        parse(text, "f.yaml")
    except PlanFileError as error:
        report = "\n".join(problem_lines(error.problems))
        assert_located(report, "f.yaml")
        assert_harmless(report, "a problem")
        return report
    return None


def may_pass(character: str, written: Callable[[str], str], field: str) -> bool:
    """Say whether a character may stand in a field: as a blank, as a line end of notes, or as a format."""
    folded = written is as_it_is and character in LINE_ENDS
    allowed = {"notes": "\n\t"}.get(field, "")
    return folded or character in allowed or unicodedata.category(character) == "Cf"


@pytest.mark.parametrize("written", [escaped, as_it_is], ids=["as_an_escape", "as_it_is"])
@pytest.mark.parametrize("field", FIELDS)
def test_a_character_is_refused_or_harms_no_answer(field: str, written: Callable[[str], str]) -> None:
    """Of every odd character in every field: a problem with a place, or no answer has it but as a blank."""
    passed = ""
    for character in ODD:
        if not refusal(FIELDS[field].replace("CHARACTER", written(character))):
            assert may_pass(character, written, field), f"U+{ord(character):04X} is let through in {field}"
            passed += written(character)
    text = FIELDS[field].replace("CHARACTER", passed)
    if passed and not refusal(text):
        for name, said in all_answers(parse(text), TODAY):
            assert acting(said, "\t\r\n") is None, f"a raw {acting(said)} is in {name}"


# --- what is too large to keep ----------------------------------------------------------------------------

BOUNDED: Final = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
from lorplan.__main__ import main
main()
"""
"""The program in so much memory: what needs more ends with a traceback, or without a word."""

QUICK: Final = (
    "a-million-brackets",
    "a-million-braces",
    "a-million-dashes",
    "a-million-question-marks",
    "a-million-lists-in-mappings",
    "just-above-16-MiB",
    "16-MiB-of-byte-order-marks",
    "16-MiB-of-bytes-that-are-no-text",
    "100000-digits",
    "key-of-100000-letters",
)
"""What is refused before much of it is read."""

LONG_NAMES: Final = [name for name in generated.PLANNED if name.startswith("name-")]


def limited(words: Words, raw: bytes, folder: Path) -> Result:
    """Run the command on bytes in a process of its own, within the memory."""
    (folder / "plan.yaml").write_bytes(raw)
    done = subprocess.run(
        [sys.executable, "-c", BOUNDED, *command(words, "plan.yaml", "long")],
        capture_output=True,
        cwd=folder,
        env=environment(folder),
        timeout=60,
        check=False,
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode()[-100_000:])


@pytest.mark.parametrize("name", QUICK)
def test_a_large_file_that_goes_wrong_early_is_refused(invoke: Runner, tmp_path: Path, name: str) -> None:
    """It is refused with a place, and the rest of it is not looked at."""
    (tmp_path / "plan.yaml").write_bytes(generated.REFUSED[name]())
    assert_refused(invoke, CHECKS[0], "plan.yaml", tmp_path)


@pytest.mark.thorough
@pytest.mark.parametrize("name", [name for name in generated.REFUSED if name not in QUICK])
def test_a_large_file_is_refused_within_the_memory(tmp_path: Path, name: str) -> None:
    """Whatever fills the 16 MiB: problems with places, a thousand at most, and no traceback."""
    result = limited(CHECKS[0], generated.REFUSED[name](), tmp_path)
    assert result.status == 1, result.err[-500:]
    assert_located(result.out, "plan.yaml")
    assert_harmless(result.out, name)
    assert result.err == ""


@pytest.mark.thorough
@pytest.mark.parametrize("name", generated.PLANNED)
def test_a_large_file_is_planned_within_the_memory(tmp_path: Path, name: str) -> None:
    """However long its names are, and however many its rotations: it is good, and has a plan."""
    result = limited(WHOLE[1], generated.PLANNED[name](), tmp_path)
    assert result.status == 0, result.err[-500:]
    judged(WHOLE[1], result)


def drawn(words: Words) -> bool:
    """Say whether an answer holds a drawing."""
    return words[1] in {"html", "svg"}


@pytest.mark.thorough
@pytest.mark.parametrize("words", [WHOLE[0], WHOLE[5], WHOLE[6], WHOLE[8], WHOLE[10]], ids=" ".join)
def test_a_thousand_rotations_are_planned_in_every_form(tmp_path: Path, words: Words) -> None:
    """More than anybody has years for is no reason to give up."""
    result = limited(words, generated.PLANNED["1000-rotations"](), tmp_path)
    assert result.status == 0, result.err[-500:]
    judged(words, result)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "words", [*WHOLE[:4:3], WHOLE[6], WHOLE[8], WHOLE[10], ONE[0], ONE[5], ONE[7]], ids=" ".join
)
@pytest.mark.parametrize("name", LONG_NAMES)
def test_a_long_name_is_in_every_form(invoke: Runner, tmp_path: Path, name: str, words: Words) -> None:
    """A name of 100,000 characters of any kind is a name in every kind of answer."""
    (tmp_path / "plan.yaml").write_bytes(generated.PLANNED[name]())
    judged(words, invoke(*command(words, "plan.yaml", "long"), cwd=tmp_path))


@pytest.mark.parametrize("words", [words for words in WHOLE if drawn(words)], ids=" ".join)
def test_a_long_name_is_drawn(invoke: Runner, tmp_path: Path, words: Words) -> None:
    """The same in a drawing, where it is cut."""
    (tmp_path / "plan.yaml").write_bytes(generated.PLANNED["name-of-100000-letters"]())
    judged(words, invoke(*command(words, "plan.yaml", "long"), cwd=tmp_path))
