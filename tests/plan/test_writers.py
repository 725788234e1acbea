"""The attendings of many applicants: who is one person, what is owed, and since when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from builders import plan, rotation
from lorplan.plan.applicant_plan import ApplicantPlan
from lorplan.plan.planner import make_plan
from lorplan.plan.writers import find_writers, list_letters
from lorplan.planfile.models import PlanFile
from oracle.strategies import plans_and_days

if TYPE_CHECKING:
    from lorplan.plan.writers import Writer
    from runner import Json

PROMISED = {"asked": "2027-02-22", "agreed": "2027-02-24"}
UPLOADED = {"asked": "2027-02-01", "requested": "2027-06-03", "uploaded": "2027-06-10"}


def writers_of(*files: tuple[Json, ...], as_of: str = "2027-03-01") -> list[Writer]:
    """Find the attendings of several files, each of some rotations."""
    plans = [ApplicantPlan(plan(*rows, as_of=as_of), f"{n}.yaml") for n, rows in enumerate(files)]
    return find_writers([letter for one in plans for letter in list_letters(one)])


def test_one_attending_of_several_files_is_one_line() -> None:
    """By the name without titles and case, or by the e-mail address."""
    by_name = writers_of((rotation("Dr. Wei Chen"),), (rotation("wei chen, MD"),))
    assert [(one.attending, one.planned) for one in by_name] == [("Dr. Wei Chen", 2)]
    first, second = ({"name": name, "email": "chen@example.org"} for name in ("Dr. Wei Chen", "Dr. W. Chen"))
    [by_email] = writers_of((rotation(first),), (rotation(second),))
    assert (by_email.attending, by_email.email, by_email.planned) == ("Dr. Wei Chen", "chen@example.org", 2)


def test_namesakes_with_different_addresses_are_two() -> None:
    """As in WHO-10."""
    files = ((rotation({"name": "Dr. Wei Chen", "email": f"{n}@example.org"}),) for n in range(2))
    assert len(writers_of(*files)) == 2


def test_letters_are_counted_by_how_far_they_are() -> None:
    """Owed: promised and not uploaded. What is skipped or not asked for is not there."""
    states = [PROMISED, {"asked": "2027-02-25"}, None, UPLOADED]
    [writer] = writers_of(*((rotation(letter=letter),) for letter in states), as_of="2027-06-11")
    assert (writer.owed, writer.asked, writer.delivered, writer.planned) == (1, 1, 1, 1)
    assert writers_of((rotation(choice="skip"),)) == []


def test_oldest_is_the_first_asking_whose_letter_is_not_uploaded() -> None:
    """That of an uploaded letter no longer counts."""
    [writer] = writers_of(*((rotation(letter=letter),) for letter in (UPLOADED, PROMISED)), as_of="2027-06-11")
    assert writer.oldest == date(2027, 2, 22)
    [none] = writers_of((rotation(),))
    assert none.oldest is None


def test_who_owes_most_comes_first_then_who_owes_longest() -> None:
    """Then by name."""
    early, late = ({"asked": f"2027-02-{day}", "agreed": f"2027-02-{day}"} for day in ("15", "26"))
    rows = [("Dr. Ann Ames", late), ("Dr. Bo Berg", early), ("Dr. Cy Cruz", late), ("Dr. Cy Cruz", late)]
    found = writers_of(*((rotation(name, letter=letter),) for name, letter in rows), (rotation("Dr. Al Abel"),))
    assert [one.attending for one in found] == ["Dr. Cy Cruz", "Dr. Bo Berg", "Dr. Ann Ames", "Dr. Al Abel"]


def test_applicants_of_an_attending_are_named_once_and_told_apart() -> None:
    """By name, with the file where two have the same."""
    plans = [
        ApplicantPlan(plan(rotation(), name=name), file) for name, file in (("Li Wu", "a"), ("Li Wu", "b"), (None, "c"))
    ]
    [writer] = find_writers([letter for one in plans for letter in list_letters(one)])
    assert writer.applicants == ["Li Wu (a)", "Li Wu (b)", "c"]


@given(st.lists(plans_and_days(), max_size=4))
def test_every_letter_that_counts_belongs_to_one_attending(drawn: list[tuple[object, date]]) -> None:
    """None is lost, none is there twice."""
    plans = [make_plan(PlanFile.model_validate(content), day) for content, day in drawn]
    letters = [one for n, found in enumerate(plans) for one in list_letters(ApplicantPlan(found, f"{n}"))]
    assert len(letters) == sum(letter.counts for found in plans for letter in found.letters)
    found = [letter for writer in find_writers(letters) for letter in writer.letters]
    assert sorted(found, key=str) == sorted(letters, key=str)
