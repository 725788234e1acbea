"""Records of programs: what became of one, and the letters that are assigned to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorplan.edit.record_program import RecordedProgram, assign_letter, record_in_all
from lorplan.errors import PlanFileError, UsageError
from lorplan.planfile.reader import parse

if TYPE_CHECKING:
    from lorplan.edit.verified_edit import Edit

ROTATIONS = """\
rotations:
  - {attending: Wei Chen, specialty: im, start: 2027-01-04, weeks: 4, letter: {uploaded: 2027-08-02}}   # one
  - {attending: Ana Lee, specialty: im, start: 2027-02-01, weeks: 4, letter: {uploaded: 2027-08-02}}
programs:   # mine
"""
BLOCK = ROTATIONS + "  - name: 'Lake: Side'   # first\n    specialty: im\n\n  - name: Mercy\n    specialty: im\n"
FLOW = ROTATIONS + "  - {name: Lakeside, specialty: im}\n  - {name: Mercy, specialty: im, max: 3}   # second\n"
STYLES = [pytest.param(BLOCK, id="block"), pytest.param(FLOW, id="flow"), pytest.param(BLOCK.rstrip("\n"), id="no_end")]


def record(text: str, key: str, value: str, *, program: int = 0, replace: bool = False) -> Edit:
    """Record a value of a program."""
    return RecordedProgram(parse(text), program, key).record(value, replace=replace)


@pytest.mark.parametrize("text", STYLES)
@pytest.mark.parametrize(("key", "value"), [("applied", "2027-09-08"), ("read", "2027-07-01"), ("choice", "skip")])
@pytest.mark.parametrize("program", [0, 1])
def test_value_is_recorded_and_taken_back_without_a_trace(text: str, key: str, value: str, program: int) -> None:
    """Every other character stays."""
    made = record(text, key, value, program=program)
    assert str(getattr(made.after.plan_file.programs[program], key)) == value
    assert (made.place, made.replaced, made.has_changes) == (program, None, True)
    back = RecordedProgram(made.after, program, key).remove(None)
    assert (back.after.text, back.replaced) == (text, value)


def test_other_value_is_replaced_only_if_that_is_allowed() -> None:
    """The same value again changes nothing."""
    text = record(BLOCK, "applied", "2027-09-08").after.text
    assert not record(text, "applied", "2027-09-08").has_changes
    with pytest.raises(UsageError, match="applied is already 2027-09-08"):
        record(text, "applied", "2027-09-09")
    made = record(text, "applied", "2027-09-09", replace=True)
    assert (made.replaced, made.after.text) == ("2027-09-08", text.replace("2027-09-08", "2027-09-09"))


def test_nothing_recorded_cannot_be_removed() -> None:
    """It says so."""
    with pytest.raises(UsageError, match=r"^applied is not recorded"):
        RecordedProgram(parse(BLOCK), 0, "applied").remove(None)
    with pytest.raises(UsageError, match=r"^assigned chen is not recorded"):
        assign_letter(parse(BLOCK), "chen", (0,), remove=True)


@pytest.mark.parametrize("text", STYLES)
def test_letters_are_assigned_one_by_one_and_taken_back(text: str) -> None:
    """To one program or several, in one edit."""
    one = assign_letter(parse(text), "chen", (0, 1))
    both = assign_letter(one.after, "lee", (1,))
    assert [program.assigned for program in both.after.plan_file.programs] == [("chen",), ("chen", "lee")]
    assert (one.place, both.place) == (0, 1)
    back = assign_letter(both.after, "lee", (1,), remove=True)
    assert [program.assigned for program in back.after.plan_file.programs] == [("chen",), ("chen",)]
    assert assign_letter(back.after, "chen", (0, 1), remove=True).after.text == text
    assert not assign_letter(one.after, "chen", (0,)).has_changes


@pytest.mark.parametrize("written", ["chen", "[chen]", "", "[]", "\n      - chen"], ids=repr)
def test_letter_joins_those_that_are_assigned_already(written: str) -> None:
    """A single word becomes a list."""
    text = f"{ROTATIONS}  - name: Lakeside\n    specialty: im\n    assigned: {written}\n"
    made = assign_letter(parse(text), "lee", (0,))
    expected = ("chen", "lee") if "chen" in written else ("lee",)
    assert made.after.plan_file.programs[0].assigned == expected


def test_several_programs_are_applied_to_in_one_edit() -> None:
    """What was recorded before is replaced."""
    text = record(FLOW, "applied", "2027-09-01").after.text
    made = record_in_all(parse(text), [0, 1], "applied", "2027-09-08")
    assert [str(one.applied) for one in made.after.plan_file.programs] == ["2027-09-08"] * 2


def test_edit_that_would_make_the_file_invalid_is_refused() -> None:
    """A letter that is in no portal cannot be assigned."""
    text = FLOW.replace("uploaded", "asked", 1)
    with pytest.raises(
        UsageError, match='cannot be recorded: program "Lakeside": the letter of "chen" is not uploaded'
    ):
        assign_letter(parse(text), "chen", (0,))


def test_place_that_cannot_be_edited_safely_is_refused() -> None:
    """A key that is written in a form that hardly anybody knows."""
    text = f"{ROTATIONS}  - {{name: A, specialty: im, ? applied : 2027-09-08}}\n"
    with pytest.raises(PlanFileError, match="applied cannot be edited safely here"):
        RecordedProgram(parse(text), 0, "applied").remove(None)


@given(
    names=st.lists(st.sampled_from(["A", "'B: c'", '"D # e"', "Ünïon"]), min_size=1, max_size=4, unique=True),
    marks=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["applied", "read", "choice", "chen", "lee"]))),
    block=st.booleans(),
)
def test_any_records_keep_every_other_byte(names: list[str], marks: list[tuple[int, str]], *, block: bool) -> None:
    """What is recorded and taken back in the other order leaves the text as it was."""
    rows = [
        f"  - name: {name}\n    specialty: im  # {name}\n" if block else f"  - {{name: {name}, specialty: im}}\n"
        for name in names
    ]
    located = parse(ROTATIONS + "".join(rows))
    done: list[tuple[str, int, str]] = []
    values = {"applied": "2027-09-08", "read": "2027-07-01", "choice": "skip"}
    for place, what in dict.fromkeys((number % len(names), what) for number, what in marks):
        before = located.text
        key, value = (what, values[what]) if what in values else ("assigned", what)
        located = RecordedProgram(located, place, key).record(value, replace=False).after
        done.append((before, place, what))
    for before, place, what in reversed(done):
        if what in values:
            located = RecordedProgram(located, place, what).remove(None).after
        else:
            located = RecordedProgram(located, place, "assigned").remove(what).after
        assert located.text == before
