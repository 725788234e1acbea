"""A plan with its file: whose it is, and how the file is named on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import plan, rotation
from lorplan.plan.applicant_plan import ApplicantPlan
from lorplan.text.file_names import STANDARD_INPUT

if TYPE_CHECKING:
    from runner import Json


@pytest.mark.parametrize(
    ("applicant", "file", "key", "who"),
    [
        pytest.param(
            {"name": "Amina Rahman", "email": "amina@example.org"},
            "a/rotations.yaml",
            "Amina Rahman",
            "Amina Rahman",
            id="the_name",
        ),
        pytest.param(
            {"email": "amina@example.org"},
            "a/rotations.yaml",
            "amina@example.org",
            "a/rotations.yaml",
            id="the_address",
        ),
        pytest.param({}, "a/rotations.yaml", "rotations.yaml", "a/rotations.yaml", id="the_file_without_its_folder"),
        pytest.param({}, "a\\b\\rotations.yaml", "rotations.yaml", "a\\b\\rotations.yaml", id="a_windows_path"),
        pytest.param({}, "rotations.yaml", "rotations.yaml", "rotations.yaml", id="the_file"),
        pytest.param({}, STANDARD_INPUT, STANDARD_INPUT, "standard input", id="standard_input"),
    ],
)
def test_plan_belongs_to_the_name_else_the_address_else_the_file(
    applicant: Json, file: str, key: str, who: str
) -> None:
    """The key tells plans of several applicants from each other; a title shows the name or the file."""
    found = ApplicantPlan(plan(rotation(), **applicant), file)
    assert (found.key, found.who) == (key, who)
    assert found.file_name == (file if file != STANDARD_INPUT else "standard input")
