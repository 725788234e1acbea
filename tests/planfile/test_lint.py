"""Advice about what a plan file says that is allowed but probably unintended."""

from __future__ import annotations

import pytest

from lorplan.planfile.lint import find_advice
from lorplan.planfile.reader import loads

ROTATION = "- attending: Dr. Wei Chen\n  specialty: neurology\n  start: 2027-01-04\n  end: 2027-01-29\n"


def advice(text: str) -> list[tuple[object, str]]:
    """Find all advice about a plan file's text."""
    return list(find_advice(loads(text)))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ROTATION, id="known_specialty"),
        pytest.param(ROTATION + "  worked: [2027-01-18]\n", id="worked_on_a_federal_holiday"),
        pytest.param(ROTATION + "  away: [2027-01-04, 2027-01-29]\n", id="away_on_the_first_and_the_last_day"),
        pytest.param(ROTATION + "  letter: {declined: 2027-01-26}\n", id="declined_without_asking"),
        pytest.param(ROTATION + "  letter: {asked: 2027-01-27, declined: 2027-01-27}\n", id="declined_the_same_day"),
        pytest.param("applicant: {season: 2028, deadline: 2027-06-02}", id="deadline_on_the_day_the_season_opens"),
        pytest.param("applicant: {season: 2028, deadline: 2028-05-31}", id="deadline_on_the_day_the_season_ends"),
        pytest.param("applicant: {deadline: 2040-01-01}", id="deadline_without_a_season"),
    ],
)
def test_usual_plan_file_gets_no_advice(text: str) -> None:
    """Advice is only about probable mistakes."""
    assert advice(text) == []


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        pytest.param(
            ROTATION.replace("neurology", "neurolgy"),
            ("rotations", 0, "specialty"),
            'unknown specialty "neurolgy": it counts only for a target with the same name, did you mean "neurology"?',
            id="misspelled_specialty",
        ),
        pytest.param(
            ROTATION.replace("neurology", "wizardry"),
            ("rotations", 0, "specialty"),
            'unknown specialty "wizardry": it counts only for a target with the same name; check the spelling',
            id="unknown_specialty",
        ),
        pytest.param(
            "applicant: {targets: [im, wizardry]}",
            ("applicant", "targets", 1, "specialty"),
            'unknown specialty "wizardry": it counts only for a target with the same name; check the spelling',
            id="unknown_target",
        ),
        pytest.param(
            ROTATION + "  worked: [2027-01-18, 2027-01-19]\n",
            ("rotations", 0, "worked", 1),
            "worked 2027-01-19 is not a federal holiday: an ordinary day needs no entry",
            id="worked_on_an_ordinary_day",
        ),
        pytest.param(
            ROTATION + "  away: [2027-01-30]\n",
            ("rotations", 0, "away", 0),
            "away 2027-01-30 is outside the rotation, 2027-01-04 to 2027-01-29",
            id="away_on_the_day_after",
        ),
        pytest.param(
            ROTATION + "  away: [2027-01-03]\n",
            ("rotations", 0, "away", 0),
            "away 2027-01-03 is outside the rotation, 2027-01-04 to 2027-01-29",
            id="away_on_the_day_before",
        ),
        pytest.param(
            "applicant: {season: 2028, deadline: 2027-06-01}",
            ("applicant", "deadline"),
            "deadline 2027-06-01 is outside the 2028 season, 2027-06-02 to 2028-05-31",
            id="deadline_before_the_season_opens",
        ),
        pytest.param(
            "applicant: {season: 2028, deadline: 2028-06-01}",
            ("applicant", "deadline"),
            "deadline 2028-06-01 is outside the 2028 season, 2027-06-02 to 2028-05-31",
            id="deadline_after_the_season_ends",
        ),
        pytest.param(
            ROTATION + "  letter: {asked: 2027-01-27, declined: 2027-01-26}\n",
            ("rotations", 0, "letter", "declined"),
            "declined 2027-01-26 is before asked 2027-01-27",
            id="declined_before_asking",
        ),
    ],
)
def test_probable_mistake_gets_one_piece_of_advice_at_its_value(
    text: str, path: tuple[object, ...], message: str
) -> None:
    """The advice names the value and what is unusual about it."""
    assert advice(text) == [(path, message)]


def test_several_probable_mistakes_each_get_their_advice() -> None:
    """No piece of advice hides another."""
    text = ROTATION + "  worked: [2027-01-19]\n  away: [2027-02-01]\n" + ROTATION.replace("neurology", "wizardry")
    assert [path for path, _ in advice(text)] == [
        ("rotations", 0, "worked", 0),
        ("rotations", 0, "away", 0),
        ("rotations", 1, "specialty"),
    ]
