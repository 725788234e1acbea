"""What a plan file says that is allowed and yet probably not meant."""

from __future__ import annotations

import pytest

from lorplan.planfile.lint import advice
from lorplan.planfile.reader import loads

ROTATION = "- attending: Dr. Wei Chen\n  specialty: neurology\n  start: 2027-01-04\n  end: 2027-01-29\n"


def remarks(text: str) -> list[tuple[object, str]]:
    """All remarks about a plan file's text."""
    return list(advice(loads(text)))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ROTATION, id="a known specialty"),
        pytest.param(ROTATION + "  worked: [2027-01-18]\n", id="worked on a federal holiday"),
        pytest.param(ROTATION + "  away: [2027-01-04, 2027-01-29]\n", id="away on the first and the last day"),
        pytest.param("applicant: {season: 2028, deadline: 2027-06-02}", id="the day the season opens"),
        pytest.param("applicant: {season: 2028, deadline: 2028-05-31}", id="the day the season ends"),
        pytest.param("applicant: {deadline: 2040-01-01}", id="no season to be outside of"),
    ],
)
def test_what_is_meant_gets_no_remark(text: str) -> None:
    """Advice is only about what is probably a slip."""
    assert remarks(text) == []


@pytest.mark.parametrize(
    ("text", "path", "said"),
    [
        pytest.param(
            ROTATION.replace("neurology", "neurolgy"),
            ("rotations", 0, "specialty"),
            'did you mean "neurology"?',
            id="a misspelt specialty",
        ),
        pytest.param(
            ROTATION.replace("neurology", "wizardry"),
            ("rotations", 0, "specialty"),
            '"wizardry" is not a specialty we know, and counts only for itself',
            id="an unheard-of specialty",
        ),
        pytest.param(
            "applicant: {targets: [im, wizardry]}",
            ("applicant", "targets", 1, "specialty"),
            '"wizardry" is not a specialty we know, and counts only for itself',
            id="an unheard-of target",
        ),
        pytest.param(
            ROTATION + "  worked: [2027-01-18, 2027-01-19]\n",
            ("rotations", 0, "worked", 1),
            "worked 2027-01-19 is no federal holiday: a usual day needs no entry",
            id="worked on a usual day",
        ),
        pytest.param(
            ROTATION + "  away: [2027-01-30]\n",
            ("rotations", 0, "away", 0),
            "away 2027-01-30 is outside the rotation, 2027-01-04 to 2027-01-29",
            id="away the day after",
        ),
        pytest.param(
            ROTATION + "  away: [2027-01-03]\n",
            ("rotations", 0, "away", 0),
            "away 2027-01-03 is outside the rotation, 2027-01-04 to 2027-01-29",
            id="away the day before",
        ),
        pytest.param(
            "applicant: {season: 2028, deadline: 2027-06-01}",
            ("applicant", "deadline"),
            "deadline 2027-06-01 is outside the 2028 season, 2027-06-02 to 2028-05-31",
            id="a deadline before the season opens",
        ),
        pytest.param(
            "applicant: {season: 2028, deadline: 2028-06-01}",
            ("applicant", "deadline"),
            "deadline 2028-06-01 is outside the 2028 season, 2027-06-02 to 2028-05-31",
            id="a deadline after the season ends",
        ),
    ],
)
def test_a_probable_slip_gets_one_remark_at_its_place(text: str, path: tuple[object, ...], said: str) -> None:
    """A remark names the value and what is odd about it."""
    ((at, remark),) = remarks(text)
    assert at == path
    assert said in remark


def test_a_decline_before_the_asking_is_odd() -> None:
    """Nobody can say no to what was not asked yet; a decline alone is one that came unasked."""
    text = ROTATION + "  letter: {asked: 2027-01-27, declined: 2027-01-26}\n"
    assert remarks(text) == [
        (("rotations", 0, "letter", "declined"), "declined 2027-01-26 is before asked 2027-01-27")
    ]
    assert remarks(text.replace("asked: 2027-01-27, ", "")) == []
    assert remarks(text.replace("2027-01-26", "2027-01-27")) == []
