"""A plan file and a day become a plan; the plan's own questions about its letters and actions."""

from __future__ import annotations

from datetime import date

import pytest

from builders import letter, plan, plan_file, rotation, verdicts
from lorplan.plan.planner import make_plan


def test_plan_of_an_empty_file_has_only_warnings() -> None:
    """Without rotations and targets everything is missing."""
    found = plan(season=None)
    assert (found.letters, found.actions, found.wanted, found.forecast.total) == ((), (), 3, 0)
    assert [warning.code for warning in found.warnings] == [
        "estimated-season",
        "guessed-season",
        "no-targets",
        "too-few-letters",
    ]
    assert [(one.target, one.needed, one.letters) for one in found.coverage] == [(None, 0, ())]


def test_plan_has_its_day_applicant_and_key_dates() -> None:
    """As the file gives them."""
    found = plan(rotation(), name="Amina Rahman", email="amina@example.org")
    assert found.as_of == found.dates.as_of == date(2027, 3, 1)
    assert (found.applicant.name, found.applicant.email) == ("Amina Rahman", "amina@example.org")
    assert found.dates.deadline == date(2027, 9, 22)


def test_letters_come_by_rank_and_skipped_ones_last_in_file_order() -> None:
    """A skipped letter has no rank."""
    rows = (
        rotation("Dr. Z", choice="skip"),
        rotation("Dr. Fair", performance="fair"),
        rotation("Dr. Y", choice="skip"),
        rotation("Dr. Best", performance="excellent"),
    )
    found = plan(*rows)
    assert [(one.id, one.rank) for one in found.letters] == [("best", 1), ("fair", 2), ("z", None), ("y", None)]
    assert [one.id for one in found.letters if one.is_skipped] == ["z", "y"]


def test_same_plan_file_and_day_give_an_equal_plan() -> None:
    """Neither the plan file nor an earlier plan changes."""
    content = plan_file(rotation(), rotation("Dr. Ann Ames", letter={"asked": "2027-03-01"}))
    first, later, again = (make_plan(content, date(2027, 3, day)) for day in (1, 24, 1))
    assert first == again
    assert first != later


def test_letter_is_found_by_its_id() -> None:
    """Ids are those of the rotations."""
    found = plan(rotation(), rotation("Dr. Ann Ames", id="first"))
    assert found.letter("chen").attending == "Dr. Wei Chen"
    assert found.letter("first").attending == "Dr. Ann Ames"


def test_actions_for_a_letter_are_only_its_own() -> None:
    """In the order of their days."""
    found = plan(rotation(performance=None), rotation("Dr. Ann Ames"))
    kinds = [action.kind for action in found.actions_for(found.letter("chen"))]
    assert kinds == ["feedback", "book", "rate", "ask"]


def test_warning_text_that_is_the_same_for_two_rotations_appears_once() -> None:
    """The warnings themselves are two."""
    found = plan(*(rotation(name, specialty="tropical dreaming") for name in ("Dr. A", "Dr. B")))
    texts = [warning.text for warning in found.warnings if warning.code == "unknown-specialty"]
    assert len(texts) == 2
    assert len(set(texts)) == 1
    assert [text for text in found.warning_texts if text in texts] == texts[:1]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param({}, (True, False, True), id="ask"),
        pytest.param({"performance": "fair"}, (True, False, False), id="reserve"),
        pytest.param({"letter": {"asked": "2027-03-01"}}, (False, False, True), id="keep"),
        pytest.param({"choice": "skip"}, (False, True, False), id="skip"),
    ],
)
def test_verdict_decides_whether_a_letter_may_be_asked_and_counts(
    more: dict[str, object], expected: tuple[bool, bool, bool]
) -> None:
    """A reserve may be asked, but does not count; a letter asked for counts, but is not asked again."""
    one = letter(plan(rotation(**more)))
    assert (one.may_be_asked, one.is_skipped, one.counts) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param({}, True, id="not_recorded"),
        pytest.param({"performance": "good"}, False, id="recorded"),
        pytest.param({"letter": {"asked": "2027-03-01"}}, False, id="asked_for_already"),
        pytest.param({"choice": "skip"}, False, id="skipped"),
    ],
)
def test_letter_is_tentative_until_its_performance_is_recorded(more: dict[str, object], *, expected: bool) -> None:
    """Only while it may still be asked for."""
    assert letter(plan(rotation(**{"performance": None, **more}))).is_tentative is expected


def test_plan_of_a_thousand_rotations_decides_about_each() -> None:
    """As many as a plan file may have."""
    found = plan(*(rotation(f"Dr. A{number}") for number in range(1000)))
    assert sorted(verdicts(found).values()) == ["ask"] * 3 + ["hold"] * 996 + ["reserve"]
