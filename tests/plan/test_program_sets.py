"""Which letters go to a program: the steps in which its places are given away, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builders import rotation
from plan.programs import only_program, uploaded

if TYPE_CHECKING:
    from runner import Json

A, B, C, D, E = (uploaded(name, performance="excellent") for name in ("Ames", "Boyd", "Cole", "Dole", "Eads"))
"""Five letters of the same strength, in the order of the file."""

CHAIR: Json = {"name": "Dr. Wu", "role": "chair"}
W = rotation(CHAIR, letter=A["letter"], performance="good")
"""The letter of a chair, which ranks last."""


def letters(*rows: Json, **about: Any) -> tuple[str, ...]:  # noqa: ANN401 - passed on
    """Give the letters that go to a program."""
    return only_program(*rows, **about).letters


@pytest.mark.parametrize(
    ("rows", "about", "expected"),
    [
        pytest.param([A, B, C, D, E], {}, "ames boyd cole dole", id="the_best_up_to_four"),
        pytest.param([A, B, C, D, E], {"max": 2}, "ames boyd", id="the_best_up_to_its_own_number"),
        pytest.param([A, B, C, D, E], {"assigned": ["eads"], "max": 2}, "ames eads", id="assigned_stays"),
        pytest.param(
            [A, B, C], {"assigned": ["boyd", "cole"], "max": 1}, "boyd cole", id="more_assigned_than_it_takes"
        ),
        pytest.param([A, B, C, D, W], {"requires": {"chair": 1}, "max": 3}, "ames boyd wu", id="the_chair_is_required"),
        pytest.param([A, B, C, D, W], {"prefers": {"chair": 1}, "max": 3}, "ames boyd wu", id="the_chair_is_preferred"),
        pytest.param([A, B, C, D, W], {"max": 3}, "ames boyd cole", id="nobody_asks_for_the_chair"),
        pytest.param(
            [A, B, C, W],
            {"requires": {"chair": 1, "standardized": 1}, "max": 1},
            "wu",
            id="where_numbers_collide_the_first_wins",
        ),
    ],
)
def test_places_go_to_what_is_required_then_preferred_then_to_the_best(
    rows: list[Json], about: Json, expected: str
) -> None:
    """In the order of rank, whatever the step in which a letter came in."""
    assert " ".join(letters(*rows, **about)) == expected


def test_letter_that_meets_most_requirements_is_taken_first() -> None:
    """One place serves two of them."""
    fox = {"name": "Dr. Fox", "role": "chair"}
    both = rotation(fox, standardized=True, performance="good", letter=A["letter"])
    chair = rotation(CHAIR, performance="excellent", letter=A["letter"])
    about = {"requires": {"chair": 1, "standardized": 1}, "max": 2}
    assert letters(A, chair, both, **about) == ("ames", "fox")
    assert letters(chair, both, **about | {"max": 1}) == ("fox",)


def test_letter_on_time_goes_before_one_that_ranks_higher_but_is_late() -> None:
    """A program has its own deadline."""
    late = rotation("Dr. Late", performance="excellent", start="2027-08-23", end="2027-09-17")
    about = {"requires": {"letters": 1}, "max": 1, "as_of": "2027-08-10"}
    assert letters(late, rotation("Dr. Ames", letter=A["letter"]), **about) == ("ames",)
    assert letters(late, rotation("Dr. Ames", letter=A["letter"]), deadline="2027-12-01", **about) == ("late",)


def test_letter_that_does_not_fit_fills_a_place_only_while_letters_are_too_few() -> None:
    """Nobody applies with fewer letters than there are."""
    abroad = uploaded("Boyd", us=False, performance="excellent")
    about = {"requires": {"us": "all", "letters": 3}}
    assert letters(A, abroad, **about) == ("ames", "boyd")
    assert letters(A, C, D, abroad, **about) == ("ames", "cole", "dole")


def test_weak_letter_is_taken_only_while_letters_are_too_few() -> None:
    """A weak one dilutes the others."""
    weak = uploaded("Weak", performance="fair")
    assert letters(A, B, weak) == ("ames", "boyd", "weak")
    assert letters(A, B, C, weak) == ("ames", "boyd", "cole")


def test_letters_that_the_target_needs_go_before_better_ones() -> None:
    """A letter from the specialty is needed, though others are rated higher."""
    others = [uploaded(f"X{n}", specialty="urology", performance="excellent") for n in range(4)]
    own = uploaded("Own", performance="good")
    assert "own" in letters(*others, own)
    assert "own" in letters(*others, own, requires={"letters": 1}, max=1)


def test_letters_that_the_program_prefers_fill_up_before_others() -> None:
    """Hands-on letters are preferred, so that one of research is left out."""
    research = uploaded("Abel", experience="research", performance="excellent")
    rows = [research, uploaded("Boyd"), uploaded("Cole"), uploaded("Dole")]
    assert letters(*rows, prefers={"hands_on": "all"}, max=3) == ("boyd", "cole", "dole")
    assert letters(*rows[:3], prefers={"hands_on": "all"}, max=3) == ("boyd", "cole", "abel")


@pytest.mark.parametrize(
    ("row", "serves"),
    [
        pytest.param(rotation("Dr. Fox", performance="poor"), False, id="skipped"),
        pytest.param(rotation("Dr. Fox", **{"for": "psychiatry"}), False, id="for_another_target"),
        pytest.param(rotation("Dr. Fox", performance="fair"), False, id="not_to_be_asked"),
        pytest.param(rotation("Dr. Fox", letter={"asked": "2027-03-24"}), False, id="silent"),
        pytest.param(rotation("Dr. Fox", letter={"asked": "2027-06-24"}), True, id="asked"),
        pytest.param(rotation("Dr. Fox"), True, id="to_be_asked"),
    ],
)
def test_letter_may_serve_if_it_is_asked_for_or_to_be_asked_for(row: Json, *, serves: bool) -> None:
    """And may go to the target, and its writer answers."""
    found = letters(A, B, row, wanted={"targets": ["neurology", "psychiatry"]})
    assert ("fox" in found) == serves


def test_set_of_a_closed_or_skipped_program_is_what_is_assigned() -> None:
    """Nothing else can be added."""
    assert letters(A, B, C, assigned=["boyd"], deadline="2027-07-01") == ("boyd",)
    assert letters(A, B, C, choice="skip") == ()


def test_assigned_letter_of_a_writer_who_is_skipped_stays() -> None:
    """Without a rank it comes last."""
    skipped = uploaded("Abel", choice="skip")
    assert letters(skipped, A, B, assigned=["abel"]) == ("ames", "boyd", "abel")
