"""The programs of a plan file: their values, their ids, and every problem at its place."""

from __future__ import annotations

import pytest

from lorplan.planfile.reader import loads
from planfile.refusals import at_marks, problems

ROTATION = "- {attending: Wei Chen, specialty: im, start: 2027-01-04, weeks: 4, letter: {uploaded: 2027-08-02}}"


def write_file(*programs: str, rotation: str = ROTATION) -> str:
    """Write a plan file with one rotation and some programs."""
    return "\n".join(["rotations:", rotation, "programs:", *(f"- {{{one}}}" for one in programs)]) + "\n"


def ids_of(*programs: str, rotation: str = ROTATION) -> list[str]:
    """Give the ids of some programs."""
    return list(loads(write_file(*programs, rotation=rotation)).program_ids)


# --- values -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("3", 3),
        ("0", 0),
        ("10", 10),
        ("all", "all"),
        ("ALL", "all"),
        ("true", "all"),
        ("Yes", "all"),
        ("on", "all"),
        ("no", 0),
        ("false", 0),
    ],
)
def test_number_of_us_letters_can_be_all(written: str, number: int | str) -> None:
    """A yes stands for all letters, a no for none in particular."""
    [program] = loads(write_file(f"name: A, specialty: im, requires: {{us: {written}}}")).programs
    assert program.requires.us == number
    assert program.requires.number("us") == (0 if number == "all" else number)


def test_values_from_python_are_read_like_text() -> None:
    """A number, true and false."""
    content = loads("[]").model_validate(
        {"programs": [{"name": "A", "specialty": "im", "requires": {"us": 2, "hands_on": True}}]}
    )
    assert (content.programs[0].requires.us, content.programs[0].requires.hands_on) == (2, "all")
    nothing = loads("[]").model_validate({"programs": [{"name": "A", "specialty": "im", "requires": {"us": False}}]})
    assert nothing.programs[0].requires.us == 0


def test_single_letter_or_wish_need_not_be_a_list() -> None:
    """Most have one."""
    [program] = loads(write_file("name: A, specialty: im, assigned: chen, also: a letter from the dean")).programs
    assert (program.assigned, program.also) == (("chen",), ("a letter from the dean",))


# --- ids ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("programs", "expected"),
    [
        pytest.param(["name: St. Mary's Hospital, specialty: im"], ["st-marys-hospital"], id="words_with_hyphens"),
        pytest.param(["name: Ünïon  MEDICAL, specialty: im"], ["ünïon-medical"], id="any_script"),
        pytest.param(["name: '& / &', specialty: im"], ["program"], id="no_letter"),
        pytest.param(["name: A, specialty: im, id: X_1"], ["X_1"], id="written"),
        pytest.param(["name: Chen, specialty: im"], ["chen-im"], id="a_rotation_has_it"),
        pytest.param(
            ["name: A, specialty: im", "name: A, specialty: im, track: Prelim"], ["a", "a-prelim"], id="track_behind"
        ),
        pytest.param(["name: A, specialty: im", "name: A, specialty: ty"], ["a", "a-ty"], id="specialty_behind"),
        pytest.param(
            ["name: A, specialty: im", "name: A, specialty: ty", "name: A, specialty: fm, track: ty"],
            ["a", "a-ty", "a-fm"],
            id="track_is_taken",
        ),
        pytest.param(
            ["name: A, specialty: im", "name: a., specialty: im", "name: A-, specialty: im, id: a-im"],
            ["a", "a-2", "a-im"],
            id="number_behind",
        ),
        pytest.param(["name: A, specialty: im", "name: B, specialty: im, id: a"], ["a-im", "a"], id="written_one_wins"),
    ],
)
def test_id_is_the_written_one_or_made_of_the_name(programs: list[str], expected: list[str]) -> None:
    """Of equal derived ids the first in the file keeps the name alone."""
    assert ids_of(*programs) == expected


# --- problems -----------------------------------------------------------------------------------------------

TAKEN = 'program "B": "chen" is the id of a rotation already'


@pytest.mark.parametrize(
    ("programs", "message"),
    [
        pytest.param(["name: A, specialty: im, «max: 11"], "", id="max_too_large"),
        pytest.param(
            ["name: A, specialty: im, requires: {us: «11}"],
            'program "A": us: 11 is too large; write 0 to 10, or all',
            id="us",
        ),
        pytest.param(
            ["name: A, specialty: im, requires: {us: «-1}"],
            'program "A": us: -1 is too small; write 0 to 10, or all',
            id="less",
        ),
        pytest.param(
            ["name: A, specialty: im, requires: {us: «some}"],
            'program "A": us: "some" is not a whole number',
            id="word",
        ),
        pytest.param(
            ["name: A, specialty: im, requires: {hands_on: «[]}"],
            'program "A": hands_on: expected a whole number or all',
            id="list",
        ),
        pytest.param(
            ["name: A, specialty: im, max: 2, requires: {chair: «3}"],
            'program "A": chair 3 is more than max 2',
            id="over_max",
        ),
        pytest.param(
            ["name: A, specialty: im, requires: {«leters: 3}"],
            'program "A": unknown key "leters", did you mean "letters"?',
            id="key",
        ),
        pytest.param(
            ["name: A, specialty: ty, requires: {in_specialty: «1}"],
            'program "A": a transitional year has no specialty that letters come from',
            id="transitional",
        ),
        pytest.param(
            ["name: Lake  Side, specialty: im", "name: «lake side, specialty: Internal Medicine"],
            'program "lake side": "lake side" (Internal Medicine) is in the list already: give one of them a `track`',
            id="twice",
        ),
        pytest.param(
            ["name: A, specialty: im, track: x", "name: «A, specialty: im, track: X"],
            'program "A": "A" (im, X) is in the list already: give one of them a `track`',
            id="twice_with_a_track",
        ),
        pytest.param(
            ["name: A, specialty: im, id: b", "name: B, specialty: im, id: «b"],
            'program "b": duplicate id "b"',
            id="id",
        ),
        pytest.param(
            ["name: B, specialty: im, id: «chen"], 'program "chen": "chen" is the id of a rotation already', id="taken"
        ),
        pytest.param(
            ["name: A, specialty: im, assigned: [«chne]"],
            'program "A": "chne" is no letter of this file, did you mean "chen"?',
            id="no_letter",
        ),
        pytest.param(
            ["name: A, specialty: im, assigned: [«xyzzy]"],
            'program "A": "xyzzy" is no letter of this file: write the id of a rotation',
            id="nothing_near",
        ),
        pytest.param(
            ["name: A, specialty: im, assigned: [chen, «chen]"],
            'program "A": "chen" is assigned twice',
            id="assigned_twice",
        ),
    ],
)
def test_problem_points_at_its_value(programs: list[str], message: str) -> None:
    """Each is found in one run, with the program that it is about."""
    text = write_file(*programs)
    if message:
        assert problems(text) == at_marks(text, message)
    else:
        assert len(problems(text)) == 1


def test_letters_that_are_no_list_are_refused_and_not_looked_up() -> None:
    """One problem is enough."""
    text = write_file("name: A, specialty: im, assigned: «{a: b}")
    assert problems(text) == at_marks(text, 'program "A": assigned: expected a list, such as [a, b]')


def test_program_without_a_name_is_known_by_its_place() -> None:
    """The first one is number 1."""
    assert problems(write_file("specialty: im")) == ['4:3: program 1 of the list: needs "name"']


def test_letter_that_is_not_uploaded_cannot_be_assigned() -> None:
    """Whatever the day: `imported` and `assigned` say that it was."""
    rotation = ROTATION.replace("uploaded", "asked")
    text = write_file("name: A, specialty: im, assigned: [«chen]", rotation=rotation)
    message = 'program "A": the letter of "chen" is not uploaded yet: record that first, under its rotation'
    assert problems(text) == at_marks(text, message)


def test_numbers_that_are_preferred_may_be_larger_than_max() -> None:
    """A wish is told when it is not met, never refused."""
    assert loads(write_file("name: A, specialty: im, max: 2, prefers: {letters: 4}")).programs[0].prefers.letters == 4


def test_problems_of_programs_and_rotations_are_found_in_one_run() -> None:
    """What depends on a rotation that is wrong is not looked at."""
    text = write_file(
        "name: A, specialty: im, assigned: [lee], «x: 1", rotation="- {attending: Wei Chen, «start: 2027}"
    )
    assert len(problems(text)) >= 3


def test_target_of_a_letter_can_be_named_by_a_program_only() -> None:
    """Also by one that is skipped."""
    rotation = ROTATION.replace("weeks", "for: [ty, neurology], weeks")
    programs = ("name: A, specialty: transitional year", "name: B, specialty: neurology, choice: skip")
    assert loads(write_file(*programs, rotation=rotation)).rotations[0].for_targets == ("ty", "neurology")


def test_more_than_a_thousand_programs_are_refused() -> None:
    """That bounds time and memory."""
    programs = (f"name: A{n}, specialty: im" for n in range(1001))
    assert "1001 entries are too many; at most 1000 are allowed" in problems(write_file(*programs))[0]
