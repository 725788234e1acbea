"""Keys of a plan file: unknown, duplicate and missing ones are refused at their places."""

from __future__ import annotations

import pytest

from planfile.refusals import HERE, LETTER, ROW, at_marks, in_chen, problems


class TestUnknownKeys:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            pytest.param("«rotation: []", 'unknown key "rotation", did you mean "rotations"?', id="of_the_file"),
            pytest.param("«Rotations: []", 'unknown key "Rotations", did you mean "rotations"?', id="in_another_case"),
            pytest.param("«xyz: 1", 'unknown key "xyz"', id="like_no_other"),
            pytest.param("applicant: {«nam: A}", 'unknown key "nam", did you mean "name"?', id="of_the_applicant"),
            pytest.param("policy: {«lead: 3}", 'unknown key "lead", did you mean "lead_days"?', id="of_the_policy"),
            pytest.param(
                "policy: {«lead-days: 3}", 'unknown key "lead-days", did you mean "lead_days"?', id="with_a_hyphen"
            ),
            pytest.param(
                "applicant: {targets: [{specialty: im, «in_speciality: 1}]}",
                'unknown key "in_speciality", did you mean "in_specialty"?',
                id="of_a_target",
            ),
            pytest.param(
                "applicant: {holidays: [{from: 2027-01-01, to: 2027-01-02, «till: x}]}",
                'unknown key "till"',
                id="of_a_range",
            ),
            pytest.param(
                ROW + "  «offred: 2027-01-20\n",
                in_chen('unknown key "offred", did you mean "offered"?'),
                id="of_a_rotation",
            ),
            pytest.param(ROW + "  «<<: {}\n", in_chen('unknown key "<<"'), id="merge"),
            pytest.param(
                LETTER + "    «agred: 2027-01-20\n",
                in_chen('unknown key "agred", did you mean "agreed"?'),
                id="of_a_letter",
            ),
            pytest.param(
                ROW.replace("Wei Chen", "{name: Wei Chen, «e-mail: w@x.org}"),
                in_chen('unknown key "e-mail", did you mean "email"?'),
                id="of_an_attending",
            ),
            pytest.param(ROW + "  «'': 1\n", in_chen('unknown key ""'), id="empty"),
            pytest.param(ROW + '  «"\\e[31m": 1\n', in_chen('unknown key "\ufffd[31m"'), id="with_an_escape"),
            pytest.param(ROW + "  «" + "k" * 61 + ": 1\n", in_chen(f'unknown key "{"k" * 60}..."'), id="long"),
            pytest.param(
                ROW + "  «hospitl:\n",
                in_chen('unknown key "hospitl", did you mean "hospital"?'),
                id="without_a_value",
            ),
            pytest.param("{«a, «b}", 'unknown key "a"', id="several_without_values"),
        ],
    )
    def test_unknown_key_is_refused_with_the_closest_known_one(self, text: str, message: str) -> None:
        """An unknown key is refused at its place, and a similar key of the same mapping is suggested."""
        messages = [message.replace('"a"', f'"{key}"') for key in "ab"] if text.count(HERE) == 2 else [message]
        assert problems(text) == at_marks(text, *messages)

    def test_field_names_of_a_range_are_unknown_keys(self) -> None:
        """A range is written with `from` and `to`; the names of the model's fields are not read."""
        text = f"{ROW}  away: [««{{«first: 2027-01-06, «last: 2027-01-08}}]\n"
        messages = ['needs "from"', 'needs "to"', 'unknown key "first"', 'unknown key "last"']
        assert problems(text) == at_marks(text, *map(in_chen, messages))


class TestWrongKeys:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            pytest.param("policy: {}\n«policy: {}", 'duplicate key "policy"', id="of_the_file"),
            pytest.param(ROW + "  «weeks: 5\n", in_chen('duplicate key "weeks"'), id="of_a_rotation"),
            pytest.param(
                LETTER + "    asked: 2027-01-27\n    «asked: 2027-01-28\n",
                in_chen('duplicate key "asked"'),
                id="of_a_letter",
            ),
            pytest.param(ROW + "  xyz: ~\n  «xyz: ~\n", in_chen('duplicate key "xyz"'), id="unknown_too"),
        ],
    )
    def test_duplicate_key_is_refused_at_the_second(self, text: str, message: str) -> None:
        """Neither of two equal keys wins silently."""
        assert at_marks(text, message)[0] in problems(text)

    def test_duplicate_key_is_shown_without_unsafe_characters(self) -> None:
        """An escape character in a key cannot reach the terminal."""
        text = ROW + '  "\\e[31m": 1\n  «"\\e[31m": 2\n'
        assert problems(text)[1] == at_marks(text, in_chen('duplicate key "\ufffd[31m"'))[0]

    @pytest.mark.parametrize("key", ["[a]", "{a: b}"])
    def test_list_or_mapping_as_a_key_is_refused(self, key: str) -> None:
        """A key must be a word."""
        text = f"{ROW}  «{key} : x\n"
        assert problems(text) == at_marks(text, in_chen("a key must be a word, not a list or a mapping"))

    def test_alias_as_a_key_is_refused_once(self) -> None:
        """An alias as a key is not an unknown key as well."""
        text = ROW + "  «*x : y\n"
        message = in_chen("YAML aliases are not supported; repeat the value")
        assert problems(text) == at_marks(text, message)


class TestMissingKeys:
    @pytest.mark.parametrize("missing", ["attending", "specialty", "start"])
    def test_missing_key_of_a_rotation_is_reported_at_the_rotation(self, missing: str) -> None:
        """A rotation without a key that it needs is refused where it begins."""
        rest = [line[2:] for line in ROW.splitlines() if missing not in line]
        text = "- «" + "\n  ".join(rest) + "\n"
        name = "rotation 1 of the list" if missing == "attending" else 'rotation "chen"'
        assert problems(text) == at_marks(text, f'{name}: needs "{missing}"')

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            pytest.param(
                "- «attending: Wei Chen\n  specialty: im\n  start: 2027-01-04\n",
                in_chen('needs "end" or "weeks"'),
                id="end_and_weeks",
            ),
            pytest.param(
                ROW.replace("Wei Chen", "«{email: w@x.org}"), 'rotation 1 of the list: needs "name"', id="name"
            ),
            pytest.param("applicant: {targets: [«{in_specialty: 1}]}", 'needs "specialty"', id="target"),
            pytest.param(ROW + "  away: [«{from: 2027-01-06}]\n", in_chen('needs "to"'), id="to"),
            pytest.param(ROW + "  away:\n    - «to: 2027-01-06\n", in_chen('needs "from"'), id="from"),
            pytest.param(
                "- «" + ROW[2:].replace(" 2027-01-04", " ~"), in_chen('needs "start"'), id="key_without_a_value"
            ),
        ],
    )
    def test_missing_key_is_reported_at_the_mapping_that_needs_it(self, text: str, message: str) -> None:
        """The place is the beginning of the mapping."""
        assert problems(text) == at_marks(text, message)

    def test_each_of_several_missing_keys_is_reported(self) -> None:
        """An empty rotation needs four keys."""
        text = "- ««««{}"
        needs = ['"attending"', '"specialty"', '"start"', '"end" or "weeks"']
        assert problems(text) == at_marks(text, *[f"rotation 1 of the list: needs {key}" for key in needs])
