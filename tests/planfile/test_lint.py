"""Advice about what a plan file says that is allowed but probably unintended."""

from __future__ import annotations

import pytest

from lorplan.planfile.lint import find_advice
from lorplan.planfile.reader import loads

ROTATION = "- attending: Dr. Wei Chen\n  specialty: neurology\n  start: 2027-01-04\n  end: 2027-01-29\n"


def indented(rows: str) -> str:
    """Indent rotations for a file with an applicant."""
    return "".join(f"  {line}" for line in rows.splitlines(keepends=True))


def advice(text: str) -> list[tuple[object, str]]:
    """Find all advice about a plan file's text."""
    return list(find_advice(loads(text)))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ROTATION, id="known_specialty"),
        pytest.param(ROTATION + "  worked: [2027-05-31]\n", id="worked_on_a_hospital_holiday"),
        pytest.param(ROTATION + "  away: [2027-01-04, 2027-01-29]\n", id="away_on_the_first_and_the_last_day"),
        pytest.param(ROTATION + "  letter: {declined: 2027-01-26}\n", id="declined_without_asking"),
        pytest.param(ROTATION + "  letter: {asked: 2027-01-27, declined: 2027-01-27}\n", id="declined_the_same_day"),
        pytest.param("applicant: {season: 2028, deadline: 2027-06-02}", id="deadline_on_the_day_the_season_opens"),
        pytest.param("applicant: {season: 2028, deadline: 2028-05-31}", id="deadline_on_the_day_the_season_ends"),
        pytest.param("applicant: {deadline: 2040-01-01}", id="deadline_without_a_season"),
        pytest.param("applicant: {season: 2028, token: 2027-06-02}", id="token_on_the_day_the_season_opens"),
        pytest.param("applicant: {targets: [med-peds, TY, prelim medicine]}", id="programs_that_are_no_specialties"),
        pytest.param(ROTATION.replace("Dr. Wei Chen", '"Wei Chen, MD, FACP"'), id="degrees_after_a_comma"),
        pytest.param(ROTATION.replace("Dr. Wei Chen", '"Jane Roe, DNP, FNP-BC"'), id="unknown_degrees_after_a_comma"),
        pytest.param(ROTATION.replace("2027-01-29", "2028-01-02"), id="fifty_two_weeks"),
        pytest.param(
            f"applicant: {{season: 2034}}\nrotations:\n{indented(ROTATION.replace('2027-01-04', '2026-06-07'))}",
            id="nearly_seven_years_before_the_season",
        ),
        pytest.param(ROTATION + "  notice: 2027-01-04\n  letter: {asked: 2027-01-04}\n", id="events_on_the_first_day"),
        pytest.param(ROTATION + "  offered: 2026-12-01\n  meeting: 2026-12-02\n", id="offer_before_the_rotation"),
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
            ROTATION + "  worked: [2027-01-01, 2027-01-18]\n",
            ("rotations", 0, "worked", 1),
            "worked 2027-01-18 is not a hospital holiday: an ordinary day needs no entry",
            id="worked_on_a_holiday_that_hospitals_do_not_keep",
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
            "applicant: {season: 2028, token: 2027-06-01}",
            ("applicant", "token"),
            "token 2027-06-01 is outside the 2028 season, 2027-06-02 to 2028-05-31",
            id="token_before_the_season_opens",
        ),
        pytest.param(
            ROTATION.replace("neurology", "transitional year"),
            ("rotations", 0, "specialty"),
            '"transitional year" is a program and no specialty: write the specialty that the rotation is in',
            id="rotation_in_a_program",
        ),
        pytest.param(
            ROTATION.replace("Dr. Wei Chen", '"Chen, Wei, MD"'),
            ("rotations", 0, "attending", "name"),
            '"Chen, Wei, MD": is the surname first? write "Wei Chen"',
            id="surname_first",
        ),
        pytest.param(
            ROTATION.replace("2027-01-29", "2028-01-03"),
            ("rotations", 0, "end"),
            "the rotation lasts 53 weeks, 2027-01-04 to 2028-01-03: is the year right?",
            id="more_than_fifty_two_weeks",
        ),
        pytest.param(
            f"applicant: {{season: 2026}}\nrotations:\n{indented(ROTATION)}",
            ("rotations", 0, "start"),
            "start 2027-01-04 is after the 2026 season, which ends on 2026-05-31: is the year right?",
            id="after_the_season",
        ),
        pytest.param(
            f"applicant: {{season: 2035}}\nrotations:\n{indented(ROTATION)}",
            ("rotations", 0, "start"),
            "start 2027-01-04 is more than 7 years before the 2035 season opens: is the year right?",
            id="long_before_the_season",
        ),
        pytest.param(
            ROTATION + "  feedback: 2027-01-03\n",
            ("rotations", 0, "feedback"),
            "feedback 2027-01-03 is before the rotation begins on 2027-01-04",
            id="feedback_before_the_rotation",
        ),
        pytest.param(
            ROTATION + "  letter: {asked: 2027-01-03}\n",
            ("rotations", 0, "letter", "asked"),
            "asked 2027-01-03 is before the rotation begins on 2027-01-04",
            id="asked_before_the_rotation",
        ),
        pytest.param(
            ROTATION + "  letter: {asked: 2027-01-27, uploaded: 2027-06-30, thanked: 2027-06-29}\n",
            ("rotations", 0, "letter", "thanked"),
            "thanked 2027-06-29 is before uploaded 2027-06-30",
            id="thanked_before_the_upload",
        ),
        pytest.param(
            ROTATION + "  letter: {agreed: 2027-01-03}\n",
            ("rotations", 0, "letter", "agreed"),
            "agreed 2027-01-03 is before the rotation begins on 2027-01-04",
            id="agreed_before_the_rotation",
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


def test_wrong_year_is_noticed_without_a_named_season() -> None:
    """The season that the other rotations point to is enough."""
    rows = ROTATION * 2 + ROTATION.replace("2027", "2072")
    assert [path for path, _ in advice(rows)] == [("rotations", 2, "start")]


def test_several_probable_mistakes_each_get_their_advice() -> None:
    """No piece of advice hides another."""
    text = ROTATION + "  worked: [2027-01-19]\n  away: [2027-02-01]\n" + ROTATION.replace("neurology", "wizardry")
    assert [path for path, _ in advice(text)] == [
        ("rotations", 0, "worked", 0),
        ("rotations", 0, "away", 0),
        ("rotations", 1, "specialty"),
    ]
