"""Problems of a plan file: how each is shown, with its place and its rotation, and how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lorplan.errors import Problem
from lorplan.planfile.base_model import MAX_LIST
from lorplan.planfile.models import MAX_ROTATIONS
from lorplan.planfile.reader import MAX_PROBLEMS, loads, parse
from planfile.refusals import (
    EXPECTED_MAPPING,
    HERE,
    LETTER,
    ROW,
    at_marks,
    find_problems,
    in_chen,
    only_problem,
    problems,
)

if TYPE_CHECKING:
    from lorplan.planfile.yaml_tree import Path


class TestProblem:
    def test_problem_as_text_names_file_place_rotation_and_message(self) -> None:
        """The text has the form that editors and shells can jump to."""
        [problem] = find_problems(lambda: loads(ROW.replace("weeks: 4", "end: 2027-01-01"), "rotations.yaml"))
        assert str(problem) == 'rotations.yaml:4:8: rotation "chen": end 2027-01-01 is before start 2027-01-04'

    def test_problem_without_a_place_names_the_file(self) -> None:
        """A file that cannot be opened has no line to point at."""
        problem = Problem(file="a.yaml", line=None, column=None, rotation=None, message="no such file")
        assert str(problem) == "a.yaml: no such file"

    def test_problem_for_a_program_always_has_five_fields(self) -> None:
        """A script can read every field of every problem."""
        assert only_problem("- x").to_dict() == {
            "file": None,
            "line": 1,
            "column": 3,
            "rotation": None,
            "message": f"rotation 1 of the list: {EXPECTED_MAPPING}",
        }

    def test_problem_has_place_rotation_message_and_line(self) -> None:
        """The parts of a problem can be printed in another form."""
        assert only_problem(f"{ROW}  us: maybe\r\n") == Problem(
            file=None,
            line=5,
            column=7,
            rotation="chen",
            message='us: expected true or false, got "maybe" (yes/no and on/off also work)',
            source="  us: maybe",
        )

    @pytest.mark.parametrize(
        ("name", "label"),
        [
            pytest.param("Dr. Anna Müller, MD", "müller", id="derived"),
            pytest.param("{name: Wei Chen}", "chen", id="from_a_mapping"),
            pytest.param("陳大文", "陳大文", id="another_script"),
            pytest.param("'?'", "rotation", id="name_without_a_letter"),
            pytest.param('"Wei\\e[31mChen"', "wei31mchen", id="unsafe_name"),
        ],
    )
    def test_problem_names_the_rotation_by_its_id(self, name: str, label: str) -> None:
        """The id is the one that every command shows."""
        text = ROW.replace("Wei Chen", name).replace("weeks: 4", "weeks: none")
        assert find_problems(lambda: loads(text))[-1].rotation == label

    def test_written_id_is_shown_without_unsafe_characters(self) -> None:
        """Even an id that is refused can be shown."""
        assert only_problem(ROW + '  id: "a\\e[0m"\n').rotation == "a\ufffd[0m"

    def test_rotations_with_the_same_name_have_different_ids_in_problems(self) -> None:
        """The ids are those that the plan would have, with month and number if names are equal."""
        rows = ROW.replace("weeks: 4", "weeks: none") * 2 + ROW.replace("2027-01-04", "soon")
        assert [problem.rotation for problem in find_problems(lambda: loads(rows))] == [
            "chen",
            "chen-2027-01",
            "chen-unknown",
        ]

    @pytest.mark.parametrize(
        ("text", "place", "source"),
        [
            pytest.param("\ufeff- x", (1, 3), "- x", id="after_a_byte_order_mark"),
            pytest.param("[]\r\n---\r\n", (2, 1), "---", id="windows_line_ends"),
            pytest.param("[😀]", (1, 2), "[😀]", id="astral"),
            pytest.param("# é😀\n- 'é😀'", (2, 3), "- 'é😀'", id="non_ascii_lines"),
            pytest.param("- x\t# \u202eno", (1, 3), "- x\t# \u202eno", id="unsafe_comment"),
        ],
    )
    def test_problem_has_the_line_as_it_was_typed(self, text: str, place: tuple[int, int], source: str) -> None:
        """The line can be shown with a caret below it: without its end, and without unsafe characters."""
        problem = only_problem(text)
        assert (problem.line, problem.column, problem.source) == (*place, source)

    @pytest.mark.parametrize("marks", [1, 2, 3])
    def test_column_does_not_count_byte_order_marks(self, marks: int) -> None:
        """However many marks the file begins with, the column is the one that an editor shows."""
        assert only_problem("\ufeff" * marks + "[x]").column == 2

    def test_advice_about_a_valid_file_is_located_like_a_problem(self) -> None:
        """A problem can be made for any value; for a key that is not there it points at the rotation."""
        parsed = parse("applicant: {targets: [im]}\nrotations:\n" + ROW, "mine.yaml")
        paths: list[Path] = [
            ("applicant", "targets", 0),
            ("rotations", 0, "specialty"),
            ("rotations", 0, "hospital"),
        ]
        assert [str(parsed.problem_at(path, "look")) for path in paths] == [
            "mine.yaml:1:23: look",
            'mine.yaml:4:14: rotation "chen": look',
            'mine.yaml:3:3: rotation "chen": look',
        ]


class TestManyProblems:
    @pytest.mark.parametrize(
        ("count", "last"),
        [
            pytest.param(MAX_PROBLEMS, '1000:1: unknown key "k999"', id="as_many_as_are_reported"),
            pytest.param(MAX_PROBLEMS + 1, "1001:1: and 1 more problem from here on", id="one_more"),
            pytest.param(MAX_PROBLEMS + 500, "1001:1: and 500 more problems from here on", id="many_more"),
        ],
    )
    def test_problems_after_the_first_thousand_are_counted_in_one_last_line(self, count: int, last: str) -> None:
        """A file with very many problems does not flood the screen."""
        found = problems("".join(f"k{number}: 1\n" for number in range(count)))
        assert (len(found), found[-1]) == (min(count, MAX_PROBLEMS + 1), last)

    def test_first_problems_of_very_many_are_reported_with_their_places(self) -> None:
        """After many valid rotations, and with several problems in each, every problem has its place."""
        found = problems(ROW * 50 + (ROW + "".join(f"  k{n}: 1\n" for n in range(10))) * 120)
        assert found[0] == '205:3: rotation "chen-2027-01-50": unknown key "k0"'
        assert found[-2] == '1600:3: rotation "chen-2027-01-149": unknown key "k9"'
        assert found[-1] == "1605:3: and 200 more problems from here on"

    def test_problems_of_the_applicant_are_reported_among_very_many_of_rotations(self) -> None:
        """The problems are in the order of the text, wherever they are found."""
        found = problems("applicant: {name: 1, season: x}\nrotations:\n" + "- {}\n" * 300)
        assert found[0] == '1:30: season: "x" is not a whole number'
        assert found[-1] == "252:3: and 201 more problems from here on"

    def test_wrong_values_that_a_check_reads_hide_no_other_problem(self) -> None:
        """A check that cannot run in many rotations still runs in the others."""
        wrong = LETTER + "    asked: soon\n    reminded: [" + ", ".join(["2027-02-01"] * 10) + "]\n"
        valid = ROW.replace("weeks: 4", "end: 2026-01-04") + "  performance: grand\n"
        found = problems(wrong * 100 + valid * 20)
        assert len(found) == 100 + 2 * 20
        assert sum("before start" in problem for problem in found) == 20

    def test_duplicate_ids_far_apart_are_found(self) -> None:
        """An id that is repeated after a hundred others is found, and every repetition is a problem."""
        found = problems("".join(ROW + f"  id: i{number % 150}\n" for number in range(400)))
        assert found[0] == '755:7: rotation "i0": duplicate id "i0"'
        assert len(found) == 400 - 150

    @pytest.mark.parametrize(("rotations", "more"), [("", 200), ("rotations:\n", 200), ("rotations: none\n", 201)])
    def test_very_many_problems_need_not_be_in_rotations(self, rotations: str, more: int) -> None:
        """Problems of the applicant alone are counted as well, each wrong date once."""
        days_off = ", ".join(["x"] * 600)
        targets = ", ".join(["[]"] * 600)
        found = problems(f"applicant: {{holidays: [{days_off}], targets: [{targets}]}}\n{rotations}")
        assert found[0].startswith('1:24: holidays: "x" is not a date')
        assert found[-1].endswith(f": and {more} more problems from here on")

    @pytest.mark.parametrize("mistake", ["a: 1\n", "&a 1: 1\n", "!!str 1: 1\n", "*a : 1\n", "? []\n"])
    def test_very_many_mistakes_in_the_yaml_are_counted(self, mistake: str) -> None:
        """Mistakes in the text are counted like problems with values."""
        found = problems("a: &a 1\n" + mistake * 2 * MAX_PROBLEMS)
        assert len(found) == MAX_PROBLEMS + 1
        assert found[-1].endswith("more problems from here on")


ITEM = "2027-01-05"
LISTS = {
    "away": ROW + "  away: «[LIST]\n",
    "worked": ROW + "  worked: «[LIST]\n",
    "days": ROW + "  days: «[LIST]\n",
    "reminded": LETTER + "    asked: 2027-01-04\n    reminded: «[LIST]\n",
    "targets": "applicant: {targets: «[LIST]}\n",
    "holidays": "applicant: {holidays: «[LIST]}\n",
}
"""Every list except that of the rotations."""


class TestLimits:
    @pytest.mark.parametrize("key", LISTS)
    def test_list_longer_than_a_thousand_is_one_problem(self, key: str) -> None:
        """A list of a thousand is read; a longer one is refused as a whole, whatever its entries are."""
        item = {"days": "mon", "targets": "t"}.get(key, ITEM)
        items = [item + str(n) if key == "targets" else item for n in range(MAX_LIST)]
        loads(LISTS[key].replace("LIST", ", ".join(items)).replace(HERE, ""))
        for one_more in (item, "[]"):
            text = LISTS[key].replace("LIST", ", ".join([*items, one_more]))
            message = f"{key}: 1001 entries are too many; at most 1000 are allowed"
            assert problems(text) == at_marks(text, message if "applicant" in text else in_chen(message))

    def test_file_with_more_than_a_thousand_rotations_is_one_problem(self) -> None:
        """A thousand rotations are examined; with one more none is."""
        assert len(problems("- x\n" * MAX_ROTATIONS)) == MAX_ROTATIONS
        found = problems("- x\n" * (MAX_ROTATIONS + 1))
        assert found == ["1:1: rotations: 1001 entries are too many; at most 1000 are allowed"]

    def test_file_with_as_many_rotations_as_allowed_is_read(self) -> None:
        """The limit itself is allowed."""
        assert len(loads(ROW * MAX_ROTATIONS).rotations) == MAX_ROTATIONS

    def test_text_with_more_keys_and_values_than_allowed_is_read_no_further(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Every key and every value counts, the list and the mapping included."""
        text = "- attending: Ann\n  specialty: im\n  start: 2027-01-04\n  weeks: «4\n"
        monkeypatch.setattr("lorplan.planfile.yaml_tree.MAX_VALUES", 10)
        loads(text.replace(HERE, ""))
        monkeypatch.setattr("lorplan.planfile.yaml_tree.MAX_VALUES", 9)
        message = 'rotation "ann": more than 9 keys and values: not a plan file'
        assert problems(text) == at_marks(text, message)
