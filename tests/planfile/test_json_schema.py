"""The JSON Schema against the models and the reader of files: what both take, both refuse, or only one can see.

An editor reads a plan file as YAML 1.2, where a date is a word and `no` is one, too; so is it read here.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import PackageLoader
from jsonschema import Draft202012Validator

import samples
from lorplan.edit.starter import starter
from lorplan.errors import PlanFileError
from lorplan.planfile import descriptions
from lorplan.planfile.json_schema import schema
from lorplan.planfile.models import PlanFile
from lorplan.planfile.reader import loads
from oracle.strategies import plans, rows_of, to_yaml
from samples import EVERY_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Runner

Plain = dict[str, Any]

TESTS = Path(__file__).parents[1]
SCHEMA = schema()
MODELS = PlanFile.model_json_schema(by_alias=True)
"""The models as pydantic describes them: the second opinion."""

MEANINGS = {
    "PlanFile": descriptions.PLAN_FILE,
    "Applicant": descriptions.APPLICANT,
    "Target": descriptions.TARGET,
    "Policy": descriptions.POLICY,
    "Rotation": descriptions.ROTATION,
    "Attending": descriptions.ATTENDING,
    "DayRange": descriptions.DAYS,
    "LetterEvents": descriptions.LETTER,
}
each_part = pytest.mark.parametrize("part", MEANINGS)


# --- as an editor sees it ---------------------------------------------------------------------------------


_IN_C: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class CoreLoader(_IN_C):  # type: ignore[misc] # whichever of the two is there
    """Reads the core types of YAML 1.2: nothing, true and false, numbers; a date, `no` and `<<` are words."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}  # filled below

    def construct_whole(self, node: yaml.ScalarNode) -> int:
        """A whole number, where a zero in front changes nothing."""
        text = str(self.construct_scalar(node))
        return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))


for kind, pattern, first in (
    ("null", r"~|null|Null|NULL|", ("~", "n", "N", "")),
    ("bool", r"true|True|TRUE|false|False|FALSE", tuple("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", tuple("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", tuple("-+.0123456789")),
    ("float", r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", tuple("-+.")),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(f"^(?:{pattern})$"), first)
CoreLoader.add_constructor("tag:yaml.org,2002:int", CoreLoader.construct_whole)


def seen(text: str) -> Any:  # noqa: ANN401 - whatever YAML can hold
    """Read a text as an editor does."""
    return yaml.load(text, Loader=CoreLoader)  # noqa: S506 - it is a safe one


def as_javascript(_: object, pattern: str, instance: object, __: object) -> Iterator[jsonschema.ValidationError]:
    """Match a pattern as editors do: there `$` is the very end, in Python also before a last line end."""
    if isinstance(instance, str) and not re.search(pattern.replace("$", r"\Z"), instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


_extended: Any = jsonschema.validators.extend  # which has no types
EDITOR: Draft202012Validator = _extended(Draft202012Validator, {"pattern": as_javascript})(SCHEMA)


def marked_by_an_editor(text: str) -> bool:
    """Say whether an editor with the schema marks something in a text."""
    return not EDITOR.is_valid(seen(text))


def refused_by_check(text: str) -> bool:
    """Say whether `check` refuses a text."""
    try:
        loads(text)
    except PlanFileError:
        return True
    return False


def opinions(text: str) -> tuple[bool, bool]:
    """Say who refuses a text: the editor, and `check`."""
    return marked_by_an_editor(text), refused_by_check(text)


NOBODY, BOTH, ONLY_CHECK, ONLY_THE_EDITOR = (False, False), (True, True), (False, True), (True, False)


def in_rotations(rows: str) -> str:
    """Write a bare list of rotations in the other form, under its key."""
    return "rotations:\n" + "".join(f"  {line}\n" for line in rows.splitlines())


class TestCoreLoader:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("2027-01-04", "2027-01-04"),
            ("no", "no"),
            ("On", "On"),
            ("y", "y"),
            ("True", True),
            ("FALSE", False),
            ("tRUE", "tRUE"),
            ("~", None),
            ("Null", None),
            ("", None),
            ("012", 12),
            ("0o12", 10),
            ("0x1F", 31),
            ("+3", 3),
            ("1_000", "1_000"),
            ("12:30", "12:30"),
            ("1e3", 1000.0),
            ("5.", 5.0),
            (".5", 0.5),
            ("-.inf", float("-inf")),
            ("'5'", "5"),
            ("<<", "<<"),
            ("=", "="),
        ],
    )
    def test_reads_the_types_of_yaml_1_2(self, text: str, value: object) -> None:
        """The test's own reader keeps to the core schema of YAML 1.2, chapter 10.3."""
        found = seen(f"x: {text}")["x"]
        assert (found, type(found)) == (value, type(value))


# --- the schema itself ------------------------------------------------------------------------------------


def objects() -> dict[str, Plain]:
    """Give the mapping of each part of the file, as the schema describes it."""
    parts = {"PlanFile": SCHEMA["anyOf"][1], **SCHEMA["$defs"]}
    return {name: part.get("anyOf", [part])[-1] for name, part in parts.items()}


def theirs(part: str) -> Plain:
    """Describe a part of the file as pydantic does."""
    described: Plain = MODELS if part == "PlanFile" else MODELS["$defs"][part]
    return described


def bounds(described: Plain) -> Plain:
    """Take what bounds a value out of a description of it, in either dialect, its items' bounds among them."""
    names = {"minimum": "min", "ge": "min", "maximum": "max", "le": "max"}
    names |= {"maxItems": "most", "max_length": "most"}
    found = {names[name]: value for name, value in described.items() if name in names}
    found |= {"words": described["enum"]} if "enum" in described else {}
    kinds = [kind for kind in ("integer", "array") if kind in described.get("type", ())]
    found |= {"is": kinds} if kinds else {}
    for inner in described.get("anyOf", []):
        found |= bounds(inner)
    items = bounds(described["items"]) if "items" in described else {}
    return found | ({"items": items} if items else {})


class TestSchema:
    def test_is_one_of_draft_2020_12(self) -> None:
        """It says which draft it is written in, and that draft's own schema finds nothing wrong with it."""
        assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
        Draft202012Validator.check_schema(SCHEMA)

    def test_is_the_same_each_time_and_nobody_s_to_change(self) -> None:
        """Who changes the schema that they were given changes it for nobody else."""
        before = json.dumps(schema())
        spoilt = schema()
        spoilt["$defs"]["Rotation"]["properties"].clear()
        spoilt["$defs"]["LetterEvents"]["properties"]["asked"].clear()
        assert json.dumps(schema()) == before

    def test_has_every_part_of_the_file_and_no_other(self) -> None:
        """Each model but the whole is a definition, and each is used."""
        assert set(SCHEMA["$defs"]) == set(MODELS["$defs"])
        used = set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(SCHEMA)))
        assert used == set(SCHEMA["$defs"])

    @each_part
    def test_has_the_keys_of_the_model_and_no_others(self, part: str) -> None:
        """A field that the model gets or loses is gained or lost in the schema, under the name of the file."""
        assert set(objects()[part]["properties"]) == set(theirs(part)["properties"])
        assert objects()[part]["additionalProperties"] is False

    @each_part
    def test_needs_the_keys_that_the_model_needs(self, part: str) -> None:
        """What cannot be left out of a part of the file is required there."""
        assert sorted(objects()[part]["required"]) == sorted(theirs(part).get("required", []))

    @each_part
    def test_describes_every_key_in_a_line(self, part: str) -> None:
        """An editor can show what a key means: in one place, in one line, for each key there is."""
        told = {key: described["description"] for key, described in objects()[part]["properties"].items()}
        assert told == MEANINGS[part]
        assert all(text and text == text.strip() and "\n" not in text for text in told.values())

    @each_part
    def test_bounds_values_as_the_model_does(self, part: str) -> None:
        """Least and most, the length of lists and the words to choose from are the model's."""
        ours = {key: bounds(described) for key, described in objects()[part]["properties"].items()}
        expected = {key: bounds(described) for key, described in theirs(part)["properties"].items()}
        assert ours == expected

    def test_describes_itself(self) -> None:
        """An editor can show what the whole file is."""
        assert SCHEMA["title"]
        assert SCHEMA["description"]


def patterns(part: object) -> Iterator[str]:
    """Find every pattern in a schema."""
    if isinstance(part, dict):
        if isinstance(part.get("pattern"), str):
            yield part["pattern"]
        for inner in part.values():
            yield from patterns(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from patterns(inner)


PATTERNS = sorted(set(patterns(SCHEMA)))
WORDS = (
    *(
        "",
        " ",
        "a",
        "Dr. Wei Chen",
        "é 陈 😀",
        "a\tb",
        "a\nb",
        "a\n",
        "\u200b",
        "\u202e",
        "\u2028",
        "\u2067",
        "\x00",
        "\x7f",
    ),
    *(
        "\x85",
        "\x1b[31m",
        "a@b",
        "a b@c",
        "a@b@c",
        "@b",
        "a@",
        "chen-1",
        "chen_1",
        "chen.1",
        "chen 1",
        "陈",
        "a/b",
        "{a}",
    ),
    *(
        "2027-01-04",
        "1989-12-31",
        "1990-01-01",
        "2100-12-31",
        "2101-01-01",
        "2027-1-4",
        "2027-13-01",
        "2027-00-10",
    ),
    *("2027-01-32", "2027-01-00", "12027-01-04", "2027-01-045", "yes", "NO", "oN", "off", "true", "maybe", "yess"),
)


class TestPatterns:
    def test_end_where_the_text_does(self) -> None:
        """Each pattern is about the whole of a text; this module's own reading of `$` rests on that."""
        assert [p for p in PATTERNS if p[0] != "^" or p[-1] != "$" or p.count("$") != 1] == []

    @pytest.mark.skipif(not shutil.which("node"), reason="no JavaScript to ask is installed")
    def test_mean_the_same_in_an_editor(self) -> None:
        """JavaScript, in which most editors read them, takes the patterns, and matches the same words."""
        asking = "const [p, w] = JSON.parse(process.argv[1]);"
        asking += "console.log(JSON.stringify(p.map(x => w.map(y => new RegExp(x, 'u').test(y)))))"
        asked = json.dumps([PATTERNS, WORDS])
        answer = subprocess.run(["node", "-e", asking, asked], capture_output=True, timeout=60, check=True)  # noqa: S607 - any node
        assert json.loads(answer.stdout) == [
            [bool(re.search(pattern.replace("$", r"\Z"), word)) for word in WORDS] for pattern in PATTERNS
        ]


# --- what is right ----------------------------------------------------------------------------------------


WHOLE = (
    EVERY_KEY
    + """\
  - {attending: Lee, specialty: no, start: 2027-02-01, weeks: 4, letter: {declined: 2027-02-10}}
"""
)

ROW = """\
- attending: Wei Chen
  specialty: im
  start: 2027-01-04
  weeks: 4
"""

FILES = {
    **{path.name: path for path in sorted((TESTS.parent / "examples").glob("*.yaml"))},
    **{f"golden/{path.name}": path for path in sorted((TESTS / "stories" / "golden").glob("*.yaml"))},
}
CASES = sorted((TESTS / "stories" / "cases").glob("*.yaml"))


class TestWhatIsRight:
    @pytest.mark.parametrize("name", FILES)
    def test_is_taken_from_every_file_that_check_takes(self, name: str) -> None:
        """The examples are right in the editor too, and what is wrong on purpose is wrong there."""
        text = FILES[name].read_text(encoding="utf-8")
        assert opinions(text) == (BOTH if name == "golden/bad.yaml" else NOBODY)

    @pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
    def test_is_taken_from_every_story(self, path: Path) -> None:
        """So are the plans of the stories."""
        text: str = yaml.load(path.read_text(encoding="utf-8"), Loader=CoreLoader)["plan"]  # noqa: S506 - it is a safe one
        assert opinions(text) == NOBODY

    @pytest.mark.parametrize("name", ["AMINA", "BENITO", "ADVISED", "HOSTILE"])
    def test_is_taken_from_the_samples(self, name: str) -> None:
        """Names that look like other languages are names in the editor too."""
        assert opinions(getattr(samples, name)) == NOBODY

    @settings(max_examples=15)
    @given(st.dates(date(2024, 1, 1), date(2035, 12, 31)))
    def test_is_taken_from_the_starter_file(self, day: date) -> None:
        """What `init` writes on any day is right in the editor, with its examples behind a # and without."""
        text = starter(day, PackageLoader("lorplan"))
        assert not marked_by_an_editor(text)
        in_use = re.sub(r"^( *)# (\w+): (?=\S)", r"\1\2: ", text, flags=re.MULTILINE)
        in_use = "".join(line for line in in_use.splitlines(keepends=True) if " declined:" not in line)
        assert not marked_by_an_editor(in_use)

    def test_is_every_key_at_once(self) -> None:
        """A file with all keys is right, and leaves none out."""
        assert opinions(WHOLE) == NOBODY
        assert [key for part in MEANINGS.values() for key in part if not re.search(rf"\b{key}:", WHOLE)] == []

    @pytest.mark.parametrize("text", ["[]", "{}", "rotations: []", "applicant:\npolicy: ~\nrotations: null", ROW])
    def test_is_little(self, text: str) -> None:
        """Both forms of the file are right, and so is nothing in them."""
        assert opinions(text) == NOBODY

    @settings(max_examples=25)
    @given(plans())
    def test_is_taken_from_any_valid_file_in_both_forms(self, plan: Any) -> None:  # noqa: ANN401 - plain data
        """Whatever valid file is drawn: the editor marks nothing, in the mapping or in the bare list."""
        for text in (to_yaml(plan), to_yaml(rows_of(plan)), to_yaml({"rotations": rows_of(plan)})):
            assert not marked_by_an_editor(text)

    @pytest.mark.parametrize(
        "line",
        [
            *[
                f"{key}: {word}"
                for key in ("us", "letterhead")
                for word in ("yes", "No", "ON", "oFF", "True", "false")
            ],
            *[
                f"hospital: {word}"
                for word in ("no", "1e3", "08:30", "0x1F", "12", "1.5", "-3", "2027-01-04", "true")
            ],
            *[f"notes: {word}" for word in ("", "~", "''", "5", "no", '"a\\nb\\tc"', "' '")],
            *[f"id: {word}" for word in ("chen", "Chen_1", "chen-2", "陈", "é", "_", "no", "cafe\u0301")],
            *[f"id: {word}" for word in ("12", "2027-01", "true", "False", "1e-3", "1e5", "-5", "0x1F", "007")],
            *[f"hospital: {word}" for word in ("陈", "😀", "'\u00a0x'", "\u200bx", "'# 1'", "Zoë", "'{a}'")],
            *[f"offered: {day}" for day in ("1990-01-01", "2100-12-31", "2028-02-29", "'2027-01-04'", "")],
            *[f"days: [{days}]" for days in ("sun, mon", "mon, mon, tue")],
            *[f"letter: {events}" for events in ("{}", "", "{reminded: []}", "{asked: , declined: 2027-01-20}")],
            *[
                f"letter: {{{step}: 2027-01-20, packet: 2027-01-21}}"
                for step in ("uploaded", "agreed", "assigned")
            ],
        ],
    )
    def test_is_a_value_that_looks_like_another_type(self, line: str) -> None:
        """What YAML gives a type is still the word that lorplan reads."""
        assert opinions(f"{ROW}  {line}\n") == NOBODY

    @pytest.mark.parametrize(
        "address", ["a@b", "a@b@c", "wei.chen+lor@example.org", "é@陈.org", "'#@x'", "'[a]@b'"]
    )
    def test_is_an_address_of_any_kind(self, address: str) -> None:
        """An address is something, an at sign and something."""
        assert opinions(f"applicant: {{email: {address}}}") == NOBODY

    @pytest.mark.parametrize("number", ["4", "'4'", "004", '"+4"', "'0104'", "+4"])
    def test_is_a_number_in_any_spelling_of_digits(self, number: str) -> None:
        """A number is one in quotes, too, and with a plus or with zeros in front."""
        assert opinions(ROW.replace("weeks: 4", f"weeks: {number}")) == NOBODY
        assert opinions(f"policy: {{lead_days: {number}, remind_before_days: [{number}]}}") == NOBODY


# --- what is wrong ----------------------------------------------------------------------------------------


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
        "mon", "{}", "[Tuesday]", "[mon, ~]", "[Mon]", "[1]", "''", "5",
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
"""Wrong values of a rotation, by what they are values of: the key, and what is written behind it."""

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
    """Write the usual rotation with another value, or with one key more."""
    rest = [line for line in ROW[2:].splitlines() if line.split(":")[0].strip() != key]
    return "- " + "\n  ".join([f"{key}: {value}", *(line.strip() for line in rest)]) + "\n"


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("key", "value"),
        [
            pytest.param(key, value, id=f"{kind}:{value}".encode("unicode_escape").decode())
            for kind, (key, values) in VALUES.items()
            for value in values
        ],
    )
    def test_in_a_rotation_is_refused_by_both(self, key: str, value: str) -> None:
        """An editor marks a wrong value that `check` refuses, in both forms of the file."""
        text = with_value(key, value)
        assert opinions(text) == BOTH
        assert opinions(in_rotations(text)) == BOTH

    @pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in OTHER_WRONG.items()])
    def test_elsewhere_is_refused_by_both(self, text: str) -> None:
        """So it is for what is wrong in another part of the file, or with its shape."""
        assert opinions(text) == BOTH

    @settings(max_examples=25)
    @given(plans(), st.data())
    def test_is_a_mapping_of_no_such_key_anywhere(self, plan: Any, data: st.DataObject) -> None:  # noqa: ANN401 - plain data
        """Wherever in a valid file a value is replaced by such a mapping, both refuse the file."""
        places = list(places_in(plan))
        if places:
            owner, key = data.draw(st.sampled_from(places))
            owner[key] = {"no such key": 1}
            assert opinions(to_yaml(plan)) == BOTH


def places_in(part: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - any part of a plan
    """List every place in a plan at which a value stands, as the owner and the key or number."""
    if isinstance(part, (dict, list)):
        for key in list(part) if isinstance(part, dict) else range(len(part)):
            yield part, key
            yield from places_in(part[key])


# --- key by key -------------------------------------------------------------------------------------------


SMALLEST: dict[str, Plain] = {
    "PlanFile": {},
    "Applicant": {},
    "Target": {"specialty": "im"},
    "Policy": {},
    "Rotation": {"attending": "Wei Chen", "specialty": "im", "start": "2027-01-04", "end": "2027-01-29"},
    "Attending": {"name": "Wei Chen"},
    "DayRange": {"from": "2027-01-06", "to": "2027-01-08"},
    "LetterEvents": {"asked": "2027-01-20"},
}
"""The least that each part of the file can be."""


def file_with(part: str, mapping: Plain) -> str:
    """Write the smallest file that has a part in it."""
    row = SMALLEST["Rotation"]
    whole: dict[str, Plain] = {
        "PlanFile": mapping,
        "Applicant": {"applicant": mapping},
        "Target": {"applicant": {"targets": [mapping]}},
        "Policy": {"policy": mapping},
        "Rotation": {"rotations": [mapping]},
        "Attending": {"rotations": [{**row, "attending": mapping}]},
        "DayRange": {"rotations": [{**row, "away": [mapping]}]},
        "LetterEvents": {"rotations": [{**row, "letter": mapping}]},
    }
    return to_yaml(whole[part])


EVERY_PLACE = [(part, key) for part, meanings in MEANINGS.items() for key in meanings]
NUMBERS = [
    (part, key, described)
    for part, about in objects().items()
    for key, described in about["properties"].items()
    if "minimum" in json.dumps(described)
]


class TestEveryKey:
    @pytest.mark.parametrize(("part", "key"), EVERY_PLACE)
    def test_may_have_nothing_behind_it_or_must_not(self, part: str, key: str) -> None:
        """A key without a value is as good as none, for both: right where it may be left out, else wrong."""
        instead = {"weeks": 4} if key == "end" else {}
        text = file_with(part, {**SMALLEST[part], **instead, key: None})
        needed = key in objects()[part]["required"]
        assert opinions(text) == (BOTH if needed else NOBODY)

    @pytest.mark.parametrize(("part", "key"), [(part, key) for part in MEANINGS for key in SMALLEST[part]])
    def test_that_is_needed_is_missed_by_both(self, part: str, key: str) -> None:
        """Of the smallest parts nothing can go, but for the one event of a letter."""
        mapping = {name: value for name, value in SMALLEST[part].items() if name != key}
        assert opinions(file_with(part, mapping)) == (NOBODY if part == "LetterEvents" else BOTH)

    @each_part
    def test_that_is_unknown_is_refused_by_both(self, part: str) -> None:
        """In no part of the file is there room for another key, with something behind it or without."""
        assert opinions(file_with(part, SMALLEST[part])) == NOBODY
        assert opinions(file_with(part, {**SMALLEST[part], "xyz": "1"})) == BOTH
        assert opinions(file_with(part, {**SMALLEST[part], "xyz": None})) == BOTH

    @pytest.mark.parametrize(
        ("part", "key", "described"), NUMBERS, ids=lambda value: value if isinstance(value, str) else ""
    )
    def test_that_is_a_number_has_the_bounds_that_check_has(self, part: str, key: str, described: Plain) -> None:
        """The least and the most are right for both, one less and one more wrong for both."""
        found = bounds(described)
        found = found.get("items", found)
        listed = "items" in bounds(described)

        def said(number: int) -> tuple[bool, bool]:
            mapping = {**SMALLEST[part], key: [number] if listed else number}
            mapping = {name: value for name, value in mapping.items() if (key, name) != ("weeks", "end")}
            return opinions(file_with(part, mapping))

        least, most = found["min"], found["max"]
        assert [said(number) for number in (least - 1, least, most, most + 1)] == [BOTH, NOBODY, NOBODY, BOTH]

    def test_that_is_a_number_is_found(self) -> None:
        """The test before this one is about every number there is."""
        assert len(NUMBERS) == len(descriptions.POLICY) + len(("season", "in_specialty", "weeks"))


# --- what only one can see --------------------------------------------------------------------------------


LETTER = ROW + "  letter:\n"
ONLY_CHECK_SEES = {
    "an_end_before_the_start": ROW.replace("weeks: 4", "end: 2027-01-03"),
    "a_day_that_is_not_in_the_calendar": ROW + "  offered: 2027-02-30\n",
    "a_leap_day_in_another_year": ROW.replace("2027-01-04", "2027-02-29"),
    "a_last_day_outside": ROW + "  last_day: 2027-02-20\n",
    "a_range_that_ends_before_it_begins": ROW + "  away: [{from: 2027-01-08, to: 2027-01-06}]\n",
    "no_day_on_site": ROW + "  days: []\n",
    "always_away": ROW + "  away: [{from: 2027-01-01, to: 2027-02-01}]\n",
    "a_federal_holiday": ROW.replace("start: 2027-01-04\n  weeks: 4", "start: 2027-01-18\n  end: 2027-01-18"),
    "holidays_that_leave_no_day": "applicant: {holidays: [{from: 2027-01-01, to: 2027-02-28}]}\n"
    + in_rotations(ROW),
    "steps_out_of_order": LETTER + "    asked: 2027-01-20\n    agreed: 2027-01-19\n",
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
    "nothing_in_capitals": ROW + "  us: NULL\n",
}
"""What needs the calendar, another place in the file, or the letters as they were typed."""

ONLY_THE_EDITOR_SEES = {
    "an_attending_called_null": ROW.replace("Wei Chen", "Null"),
    "a_target_called_null": "applicant: {targets: [NULL]}",
}
"""What YAML 1.2 takes for nothing, and `check` for a name: an editor asks for quotes, which do no harm."""


class TestWhatOnlyOneSees:
    @pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in ONLY_CHECK_SEES.items()])
    def test_is_seen_by_check(self, text: str) -> None:
        """`check` has the last word: these are no faults for an editor, and are refused all the same."""
        assert opinions(text) == ONLY_CHECK

    @pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in ONLY_THE_EDITOR_SEES.items()])
    def test_is_seen_by_the_editor_where_a_name_means_nothing_to_yaml(self, text: str) -> None:
        """The one thing that an editor marks and `check` takes: a name that is spelt like null."""
        assert opinions(text) == ONLY_THE_EDITOR

    @settings(max_examples=40)
    @given(plans(), st.data())
    def test_is_seen_by_check_in_any_spoilt_file(self, plan: Any, data: st.DataObject) -> None:  # noqa: ANN401 - plain data
        """Whatever value in a valid file is replaced: what `check` still takes, the editor does not mark."""
        plan = deepcopy(plan)
        for _ in range(data.draw(st.integers(1, 3))):
            places = list(places_in(plan))
            if places:
                owner, key = data.draw(st.sampled_from(places))
                owner[key] = deepcopy(data.draw(st.sampled_from(SPOILING)))
        text = to_yaml(plan)
        assert refused_by_check(text) or not marked_by_an_editor(text)


SPOILING: list[Any] = [
    None, True, False, 0, 1, 4, 11, 105, 2028, -1, 1.5, "", "x", "no", "yes", "ask", "good", "mon", "a@b", "4",
    "0", "chen.1", "2027-01-04", "2028-02-29", "1989-12-31", "hands-on", "a\tb", "a\nb", "陈", "\u202e",
    [], {}, ["mon"], [1, 2], ["2027-01-04"], {"name": "Lee"}, {"specialty": "im"}, {"asked": "2027-01-04"},
    {"from": "2027-01-04", "to": "2027-01-05"},
]  # fmt: skip
"""Values that are right in one place and wrong in another; none of the known false alarms."""


# --- the command ------------------------------------------------------------------------------------------


class TestCommand:
    def test_prints_one_document(self, invoke: Runner) -> None:
        """It is the schema, on one line, whatever the colour, and nothing is said beside it."""
        for args in ((), ("--color", "always")):
            result = invoke("schema", *args)
            assert (json.loads(result.out), result.err) == (SCHEMA, "")
            assert result.out.count("\n") == 1
            assert result.out.endswith("}\n")

    @pytest.mark.parametrize(
        "env",
        [
            pytest.param({"PYTHONIOENCODING": "ascii"}, id="ascii"),
            pytest.param({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, id="plain_locale"),
        ],
    )
    def test_goes_through_a_pipe_of_any_encoding(self, run: Runner, env: dict[str, str | None]) -> None:
        """The real program's document is the same where the output takes ASCII only, and is ASCII there."""
        out = run("schema", env=env).out
        assert json.loads(out) == SCHEMA
        assert out.isascii()

    def test_needs_no_plan_file_and_heeds_none(self, invoke: Runner, tmp_path: Path) -> None:
        """It is about every plan file: one that is wrong does not matter, and nothing is written."""
        (tmp_path / "rotations.yaml").write_text("not: a plan")
        assert json.loads(invoke("schema").out) == SCHEMA
        assert [path.name for path in tmp_path.iterdir()] == ["rotations.yaml"]
