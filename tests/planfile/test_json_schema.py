"""The JSON Schema itself: it follows the models, and gives an editor readable messages."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from lorplan.planfile.json_schema import json_schema
from lorplan.planfile.models import PlanFile
from planfile.editor import PARTS, SCHEMA, editor_messages, keys_of, load_as_editor, part_schema
from planfile.refusals import LETTER, ROW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runner import Json, Lorplan

FROM_PYDANTIC = PlanFile.model_json_schema(by_alias=True)
"""The models as pydantic describes them."""

each_part = pytest.mark.parametrize("part", PARTS)


def pydantic_schema(part: str) -> Json:
    """Find pydantic's description of a part of the file."""
    described: Json = FROM_PYDANTIC if part == "PlanFile" else FROM_PYDANTIC["$defs"][part]
    return described


def bounds(described: Json) -> Json:
    """Find what limits a value in a description of it, in either dialect, and what limits its items."""
    names = {"minimum": "min", "ge": "min", "maximum": "max", "le": "max", "maxItems": "most", "max_length": "most"}
    found = {names[name]: value for name, value in described.items() if name in names}
    words = described.get("enum") or ([described["const"]] if "const" in described else [])
    found |= {"words": words} if words else {}
    kinds = [kind for kind in ("integer", "array") if kind in described.get("type", ())]
    found |= {"kinds": kinds} if kinds else {}
    for inner in described.get("anyOf", []):
        found |= bounds(inner)
    items = bounds(described["items"]) if "items" in described else {}
    return found | ({"items": items} if items else {})


def walk(part: object) -> Iterator[Json]:
    """Give every mapping in a schema."""
    if isinstance(part, dict):
        yield part
        for inner in part.values():
            yield from walk(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from walk(inner)


class TestStructure:
    def test_schema_is_valid_in_draft_2020_12(self) -> None:
        """The schema names its draft, and the draft's own schema accepts it."""
        assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
        Draft202012Validator.check_schema(SCHEMA)

    def test_schema_is_new_each_time(self) -> None:
        """A change of one result changes no other."""
        before = json.dumps(json_schema())
        changed = json_schema()
        changed["$defs"]["Rotation"]["properties"].clear()
        changed["$defs"]["LetterEvents"]["properties"]["asked"].clear()
        assert json.dumps(json_schema()) == before

    def test_schema_has_every_part_of_the_file_and_no_other(self) -> None:
        """Each model except the whole is a definition, and each definition is used."""
        assert {*SCHEMA["$defs"], "PlanFile"} == {*FROM_PYDANTIC["$defs"], "PlanFile"} == set(PARTS)
        assert set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(SCHEMA))) == set(SCHEMA["$defs"])

    @each_part
    def test_part_of_the_schema_has_the_keys_of_the_model(self, part: str) -> None:
        """A new field of a model is a new key, by its name in the file; other keys are refused."""
        assert list(part_schema(part)["properties"]) == keys_of(part)
        assert part_schema(part)["additionalProperties"] is False

    @each_part
    def test_part_of_the_schema_requires_what_the_model_requires(self, part: str) -> None:
        """A key that cannot be left out is required."""
        assert sorted(part_schema(part)["required"]) == sorted(pydantic_schema(part).get("required", []))

    @each_part
    def test_every_key_has_the_description_of_its_field_on_one_line(self, part: str) -> None:
        """An editor can show what each key means."""
        shown = {key: described["description"] for key, described in part_schema(part)["properties"].items()}
        assert shown == {field.alias or name: field.description for name, field in PARTS[part].model_fields.items()}
        assert all(text and text == text.strip() and "\n" not in text for text in shown.values())

    @each_part
    def test_limits_of_every_value_are_those_of_the_model(self, part: str) -> None:
        """Minimum and maximum, the length of lists and the words to choose from are the model's."""
        ours = {key: bounds(described) for key, described in part_schema(part)["properties"].items()}
        assert ours == {key: bounds(described) for key, described in pydantic_schema(part)["properties"].items()}

    def test_schema_and_each_of_its_parts_have_a_description(self) -> None:
        """An editor can show what the whole file and each part is."""
        assert SCHEMA["title"]
        assert all(part["description"] for part in (SCHEMA, *SCHEMA["$defs"].values()))

    @each_part
    def test_every_key_that_may_be_left_out_may_also_be_null(self, part: str) -> None:
        """A key without a value is not marked while somebody writes the file."""
        described = part_schema(part)
        null = {key for key in described["properties"] if _accepts_null(described["properties"][key])}
        assert null == set(described["properties"]) - set(described["required"])


def _accepts_null(described: Json) -> bool:
    return Draft202012Validator({**described, "$defs": SCHEMA["$defs"]}).is_valid(None)


# --- what an editor shows -----------------------------------------------------------------------------------

DATE = "Write the date as YYYY-MM-DD, such as 2027-01-29."
LINE = "Write one line of text."


class TestMessages:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            pytest.param(ROW.replace("2027-01-04", "soon"), DATE, id="required_date"),
            pytest.param(ROW + "  offered: 20.01.2027\n", DATE, id="optional_date"),
            pytest.param(ROW + "  away: [soon]\n", DATE, id="single_day_off"),
            pytest.param(ROW + "  away: [{from: 2027-01-04, to: soon}]\n", DATE, id="end_of_a_range"),
            pytest.param(ROW + "  worked: [soon]\n", DATE, id="date_in_a_list"),
            pytest.param(LETTER + "    asked: soon\n", DATE, id="event"),
            pytest.param("applicant: {deadline: 22.09.2027}", DATE, id="deadline"),
            pytest.param(ROW.replace("Wei Chen", "''"), LINE, id="bare_name"),
            pytest.param(ROW.replace("Wei Chen", "{name: ''}"), LINE, id="name"),
            pytest.param("applicant: {targets: ['']}", LINE, id="bare_target"),
            pytest.param(ROW + '  hospital: "A\\nB"\n', LINE, id="two_lines"),
            pytest.param(ROW + '  notes: "A\\e"\n', "Control characters are not allowed.", id="notes"),
            pytest.param(ROW + "  us: maybe\n", "Write true or false.", id="flag"),
            pytest.param(ROW.replace("weeks: 4", "weeks: four"), "Write a whole number.", id="number"),
            pytest.param("policy: {want: three}", "Write a whole number.", id="policy"),
            pytest.param("policy: {remind_before_days: [x]}", "Write a whole number.", id="number_in_a_list"),
            pytest.param("applicant: {email: me}", "Write an e-mail address.", id="address"),
            pytest.param(ROW + "  id: a b\n", "Use letters, digits, - and _ only.", id="id"),
            pytest.param(ROW + "  end: 2027-01-29\n", 'Keep either "end" or "weeks".', id="two_lengths"),
            pytest.param(
                LETTER + "    declined: 2027-01-20\n    uploaded: 2027-01-20\n",
                "A declined letter cannot also be uploaded or assigned.",
                id="declined",
            ),
        ],
    )
    def test_wrong_value_has_one_readable_message_in_an_editor(self, text: str, message: str) -> None:
        """The message says what to write, and no alternative adds another message."""
        assert editor_messages(text) == [message]

    def test_every_pattern_has_a_message(self) -> None:
        """An editor never shows a pattern to a person."""
        messages = [part.get("patternErrorMessage") for part in walk(SCHEMA) if isinstance(part.get("pattern"), str)]
        assert len(messages) > 20
        assert all(isinstance(message, str) and message.endswith(".") for message in messages)

    def test_only_flags_are_completed_with_true_and_false(self) -> None:
        """An editor offers true and false for a key whose type may be boolean."""
        offered = {
            key
            for part in PARTS
            for key, described in part_schema(part)["properties"].items()
            if "boolean" in json.dumps(described)
        }
        flags = {"us", "residency_affiliated", "img_friendly", "letterhead", "standardized"}
        assert offered == flags | {"hands_on"}  # true stands for all letters
        assert [name for name, part in SCHEMA["$defs"].items() if "boolean" in part["type"]] == []

    def test_null_is_not_among_the_words_to_choose_from(self) -> None:
        """An editor completes the words of a list of choices, and null is none of them."""
        choices = [part["enum"] for part in walk(SCHEMA) if "enum" in part]
        assert len(choices) == 6
        assert not any(None in words for words in choices)


# --- patterns -----------------------------------------------------------------------------------------------

PATTERNS = sorted({part["pattern"] for part in walk(SCHEMA) if isinstance(part.get("pattern"), str)})
WORDS = (
    *("", " ", "a", "Dr. Wei Chen", "é 陈 😀", "a\tb", "a\nb", "a\n", "\u200b", "\u202e", "\u2028", "\u2067"),
    *("\x00", "\x7f", "\x85", "\x1b[31m", "a@b", "a b@c", "a@b@c", "@b", "a@", "chen-1", "chen_1", "chen.1"),
    *("chen 1", "陈", "a/b", "{a}", "2027-01-04", "1989-12-31", "1990-01-01", "2100-12-31", "2101-01-01"),
    *("2027-1-4", "2027-13-01", "2027-00-10", "2027-01-32", "2027-01-00", "12027-01-04", "2027-01-045"),
    *("yes", "NO", "oN", "off", "true", "maybe", "yess", "007", "+4", "4.0"),
)


class TestPatterns:
    def test_every_pattern_is_about_the_whole_text(self) -> None:
        """A pattern has one `$`, at its end, so that these tests can read it as JavaScript does."""
        assert [p for p in PATTERNS if p[0] != "^" or p[-1] != "$" or p.count("$") != 1] == []

    @pytest.mark.system
    @pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
    def test_every_pattern_has_the_same_meaning_in_javascript(self) -> None:
        """Most editors match patterns in JavaScript."""
        script = (
            "const [patterns, words] = JSON.parse(process.argv[1]);"
            "console.log(JSON.stringify(patterns.map(p => words.map(w => new RegExp(p, 'u').test(w)))))"
        )
        args = ["node", "-e", script, json.dumps([PATTERNS, WORDS])]
        done = subprocess.run(args, capture_output=True, timeout=60, check=True)
        assert json.loads(done.stdout) == [
            [bool(re.search(pattern.replace("$", r"\Z"), word)) for word in WORDS] for pattern in PATTERNS
        ]


# --- the editor of these tests ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[("2027-01-04", "2027-01-04"), ("no", "no"), ("On", "On"), ("y", "y"), ("tRUE", "tRUE")],
        *[("True", True), ("FALSE", False), ("~", None), ("Null", None), ("", None)],
        *[("012", 12), ("0o12", 10), ("0x1F", 31), ("+3", 3), ("1_000", "1_000"), ("12:30", "12:30")],
        *[("1e3", 1000.0), ("5.", 5.0), (".5", 0.5), ("-.inf", float("-inf")), ("'5'", "5"), ("<<", "<<"), ("=", "=")],
    ],
)
def test_editor_of_these_tests_reads_the_core_types_of_yaml_1_2(text: str, value: object) -> None:
    """It keeps to chapter 10.3 of YAML 1.2."""
    found = load_as_editor(f"x: {text}")["x"]
    assert (found, type(found)) == (value, type(value))


# --- the command --------------------------------------------------------------------------------------------


class TestCommand:
    @pytest.mark.parametrize("args", [(), ("--color", "always")])
    def test_schema_command_prints_the_schema_on_one_line(self, lorplan: Lorplan, args: tuple[str, ...]) -> None:
        """The output is the document alone, without colour."""
        result = lorplan("schema", *args)
        assert (json.loads(result.out), result.err) == (SCHEMA, "")
        assert result.out.count("\n") == 1
        assert result.out.endswith("}\n")

    def test_schema_command_prints_ascii(self, lorplan: Lorplan) -> None:
        """The output is the same whatever encoding the output has."""
        out = lorplan("schema", encoding="ascii").out
        assert json.loads(out) == SCHEMA
        assert out.isascii()

    @pytest.mark.system
    @pytest.mark.parametrize(
        "env",
        [
            pytest.param({"PYTHONIOENCODING": "ascii"}, id="ascii"),
            pytest.param({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, id="plain_locale"),
        ],
    )
    def test_schema_command_prints_through_a_pipe_of_any_encoding(
        self, lorplan: Lorplan, env: dict[str, str | None]
    ) -> None:
        """The real program prints the same document."""
        assert json.loads(lorplan.process("schema", env=env).out) == SCHEMA

    def test_schema_command_reads_no_plan_file_and_writes_none(self, lorplan: Lorplan) -> None:
        """A wrong plan file in the directory does not matter."""
        (lorplan.folder / "rotations.yaml").write_text("not: a plan")
        assert json.loads(lorplan("schema").out) == SCHEMA
        assert [path.name for path in lorplan.folder.iterdir()] == ["rotations.yaml"]
