"""The starter file: a valid example around any day, in which every key is explained."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import PackageLoader

from lorplan.edit.starter import write_starter
from lorplan.plan.planner import make_plan
from lorplan.planfile.lint import find_advice
from lorplan.planfile.models import Applicant, LetterEvents, PlanFile, Rotation
from lorplan.planfile.reader import loads

if TYPE_CHECKING:
    from collections.abc import Callable

    from lorplan.planfile.base_model import Model

    Test = Callable[..., None]

PACKAGE = PackageLoader("lorplan")
UNUSUAL_DAYS = (
    date(2024, 2, 29),
    date(2028, 2, 29),
    date(2032, 2, 29),
    date(2026, 1, 1),
    date(2027, 12, 31),
    date(2028, 12, 31),
    date(2025, 6, 24),
    date(2026, 6, 22),
)
"""Leap days, both sides of a year's end, and days on which the portal opened after the example's letter was agreed."""

PARTS: dict[str, type[Model]] = {"letter": LetterEvents, "rotation": Rotation, "applicant": Applicant}
"""The parts of the file whose keys the example shows."""

SECTIONS = {"policy": "file"} | {
    field.alias or name: part for part, model in PARTS.items() for name, field in model.model_fields.items()
}
"""The part in which each key is written."""

MEANINGS = {"policy": PlanFile.model_fields["policy"].description} | {
    field.alias or name: field.description for model in PARTS.values() for name, field in model.model_fields.items()
}
COMMENTED_LINE = re.compile(r"^( *)# (\w+): ")
"""The beginning of a line that is used if its # is removed."""

NEEDED = {"imported": ["uploaded"]}
"""Keys that are valid only together with others."""

MAX_WIDTH = 116
"""Characters that fit in an editor's window next to another one."""


def for_many_days(test: Test) -> Test:
    """Run a test for the unusual days and for others."""
    for day in UNUSUAL_DAYS:
        test = example(day)(test)
    return given(st.dates(date(2024, 1, 1), date(2035, 12, 31)))(test)


def starter(day: date) -> str:
    """Write the package's starter file as of a day."""
    return write_starter(day, PACKAGE)


def commented_lines(text: str) -> dict[str, int]:
    """Find the lines that can be used by removing the #: their places by their keys."""
    found = [(line, COMMENTED_LINE.match(line)) for line in text.splitlines()]
    return {match[2]: place for place, (_, match) in enumerate(found) if match and match[2] in MEANINGS}


def use(text: str, *keys: str) -> str:
    """Remove the # of some lines."""
    lines, places = text.splitlines(keepends=True), commented_lines(text)
    for key in keys:
        lines[places[key]] = COMMENTED_LINE.sub(r"\1\2: ", lines[places[key]])
    return "".join(lines)


def count_keys(plan_file: PlanFile) -> Counter[tuple[str, str]]:
    """Count the keys that a file has, each with the part in which it is."""
    parts: list[tuple[str, Model]] = [("file", plan_file), ("applicant", plan_file.applicant)]
    parts += [("rotation", rotation) for rotation in plan_file.rotations]
    parts += [("letter", rotation.letter) for rotation in plan_file.rotations]
    fields = (
        (part, type(model).model_fields[key].alias or key) for part, model in parts for key in model.model_fields_set
    )
    return Counter(fields)


def check_each_comment(day: date) -> None:
    """Use each comment of the starter file alone, and check that it adds its key to a valid file."""
    text = starter(day)
    before = count_keys(loads(text))
    for key in commented_lines(text):
        keys = [key, *NEEDED.get(key, ())]
        plan_file = loads(use(text, *keys))
        assert count_keys(plan_file) - before == Counter((SECTIONS[used], used) for used in keys), key
        assert (key, list(find_advice(plan_file))) == (key, [])


class TestExample:
    """On any day the file is a valid plan file that shows what a plan is."""

    @for_many_days
    def test_example_has_a_finished_a_running_and_a_coming_rotation_without_advice(self, day: date) -> None:
        """The letter of the finished rotation is agreed, the others are planned, and none is skipped."""
        plan_file = loads(starter(day))
        assert list(find_advice(plan_file)) == []
        finished, running, coming = plan_file.rotations
        assert finished.ends < day
        assert running.start <= day <= running.ends
        assert day < coming.start
        plan = make_plan(plan_file, day)
        assert [plan.letter(id_).status for id_ in plan_file.ids] == ["agreed", "planned", "planned"]
        assert all(letter.verdict != "skip" for letter in plan.letters)

    @for_many_days
    def test_example_has_something_to_do_in_a_season_that_is_not_over(self, day: date) -> None:
        """Its plan has actions, one of them for the running rotation, and programs do not review yet."""
        plan = make_plan(loads(starter(day)), day)
        assert plan.dates.deadline > day
        assert any(action.attending == "Dr. Robin Second" for action in plan.actions)
        assert any(action.state != "upcoming" for action in plan.actions)

    def test_example_names_the_day_on_which_it_was_written(self) -> None:
        """A reader sees around which day the example was made."""
        assert "around 2026-11-20" in starter(date(2026, 11, 20))

    @for_many_days
    def test_every_line_fits_in_a_window_and_the_last_one_ends(self, day: date) -> None:
        """No line is too long or ends in a space, and the file ends with one line end."""
        text = starter(day)
        assert max(map(len, text.splitlines())) <= MAX_WIDTH
        assert [line for line in text.splitlines() if line != line.rstrip()] == []
        assert text.endswith("\n")
        assert not text.endswith("\n\n")


class TestKeys:
    """Every key is explained, and shown in use or in a comment."""

    @for_many_days
    def test_every_key_is_explained_once_where_it_first_appears(self, day: date) -> None:
        """The meaning of a key follows it, or is in the line above."""
        lines = starter(day).splitlines()
        for key, meaning in MEANINGS.items():
            comment = f"# {meaning}"
            explaining = [place for place, line in enumerate(lines) if line.endswith(comment)]
            named = [place for place, line in enumerate(lines) if re.match(rf" *(?:# |- )?{key}:", line)]
            assert len(explaining) == 1, key
            above = lines[explaining[0]].strip() == comment
            assert explaining[0] + above == named[0], key

    def test_every_key_that_is_not_used_is_in_a_comment(self) -> None:
        """What the three rotations do not use is shown once, after a #."""
        text = starter(date(2026, 11, 20))
        used = {key for _, key in count_keys(loads(text))}
        assert set(commented_lines(text)) == set(MEANINGS) - used

    @pytest.mark.parametrize("day", UNUSUAL_DAYS[:2], ids=str)
    def test_using_any_one_comment_adds_its_key_to_a_valid_file(self, day: date) -> None:
        """Without its # a line adds one key, in its part, and the file has no advice."""
        check_each_comment(day)

    @pytest.mark.thorough
    @for_many_days
    def test_using_any_one_comment_is_valid_on_any_day(self, day: date) -> None:
        """The same on many days."""
        check_each_comment(day)

    @for_many_days
    def test_using_all_comments_but_the_decline_gives_a_valid_file(self, day: date) -> None:
        """The lines fit each other; only a decline contradicts a letter that was uploaded."""
        text = starter(day)
        plan_file = loads(use(text, *(set(commented_lines(text)) - {"declined"})))
        used = {key for _, key in count_keys(plan_file)}
        assert used == set(MEANINGS) - {"declined"} | {"applicant", "rotations"}


@pytest.mark.thorough
def test_example_is_valid_without_advice_on_every_day_of_six_years() -> None:
    """No day is left out, however its weekdays, holidays and seasons fall."""
    first = date(2024, 1, 1)
    for offset in range((date(2030, 1, 1) - first).days):
        day = first + timedelta(offset)
        plan_file = loads(starter(day))
        assert (day, list(find_advice(plan_file))) == (day, [])
        assert make_plan(plan_file, day).actions, day
