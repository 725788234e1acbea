"""One more rotation or program at the end of a plan file's list."""

from __future__ import annotations

from typing import Any, Final

import pytest

from lorplan.edit.add_entry import add_entries, add_entry
from lorplan.errors import PlanFileError, UsageError
from lorplan.planfile.reader import parse

ROW: Final[dict[str, Any]] = {
    "attending": {"name": "Dr. Ana: Petrov", "email": "ana@example.org"},
    "specialty": "a, b",
    "start": "2027-08-16",
    "weeks": "4",
}
OLD: Final = "attending: Wei Chen, specialty: im, start: 2027-01-04, weeks: 4"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("- {" + OLD + "}\n", id="list"),
        pytest.param("- {" + OLD + "}", id="no_line_end"),
        pytest.param(
            "- attending: Wei Chen\r\n  specialty: im\r\n  start: 2027-01-04\r\n  weeks: 4 # four\r\n", id="crlf"
        ),
        pytest.param("rotations:\n- {" + OLD + "}\n# the end\n", id="not_indented"),
        pytest.param("rotations:\n  - {" + OLD + "}\n\npolicy: {want: 2}\n", id="mapping"),
        pytest.param("[{" + OLD + "}]\n", id="flow"),
        pytest.param("[]\n", id="empty_list"),
        pytest.param("rotations: []\n", id="no_rotations"),
        pytest.param("rotations:\n", id="no_value"),
        pytest.param("rotations: # none yet\n\npolicy: {want: 2}\n", id="no_value_and_a_comment"),
        pytest.param("applicant: {season: 2028}\n", id="no_list"),
        pytest.param("applicant: {season: 2028}", id="no_list_and_no_line_end"),
    ],
)
def test_rotation_is_added_at_the_end_and_nothing_else_changes(text: str) -> None:
    """Whatever the style of the file is."""
    located = parse(text)
    edit = add_entry(located, "rotations", ROW)
    after = edit.after.plan_file
    assert after.rotations[:-1] == located.plan_file.rotations
    new = after.rotations[-1]
    assert (new.attending.name, new.attending.email, new.specialty) == ("Dr. Ana: Petrov", "ana@example.org", "a, b")
    assert edit.place == len(located.plan_file.rotations)
    inserted = len(edit.after.text) - len(text)
    assert any(edit.after.text[:at] + edit.after.text[at + inserted :] == text for at in range(len(text) + 1))


def test_rotation_in_block_style_has_a_line_for_each_key() -> None:
    """As one would write it."""
    text = "rotations:\n  - attending: A\n    specialty: im\n    start: 2027-01-04\n    weeks: 4\n"
    row = {"attending": "Dr. Lee", "specialty": "neurology", "start": "2027-08-16", "weeks": "4"}
    assert add_entry(parse(text), "rotations", row).after.text == text + (
        "  - attending: Dr. Lee\n    specialty: neurology\n    start: 2027-08-16\n    weeks: 4\n"
    )


def test_rotation_that_would_make_the_file_invalid_is_refused_with_the_reason() -> None:
    """As `check` would say it."""
    with pytest.raises(UsageError, match=r'cannot add the rotation: .*"four" is not a whole number'):
        add_entry(parse("[]\n"), "rotations", {**ROW, "weeks": "four"})


BLOCK_SCALAR_AT_THE_END: Final = (
    "- attending: A\n  specialty: im\n  start: 2027-01-04\n  weeks: 4\n  notes: |+\n    kept to the end"
)


@pytest.mark.parametrize(
    "text",
    ["{applicant: {season: 2028}}\n", BLOCK_SCALAR_AT_THE_END],
    ids=["no_list_in_flow_style", "text_that_would_change"],
)
def test_file_that_cannot_be_edited_safely_is_refused(text: str) -> None:
    """The list would have to be made where the user wants it, or something else would change."""
    with pytest.raises(PlanFileError, match="cannot be edited safely here"):
        add_entry(parse(text), "rotations", ROW)


# --- programs -----------------------------------------------------------------------------------------------

PROGRAM: Final[dict[str, Any]] = {
    "name": "St. Mary's: Lakeside",
    "specialty": "im",
    "requires": {"letters": "3", "us": "all"},
    "also": ["a letter from the dean, signed"],
}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("rotations:\n- {" + OLD + "}\n", id="no_list"),
        pytest.param("programs:\nrotations:\n  - {" + OLD + "}\n", id="no_value"),
        pytest.param("programs:\n  - name: Mercy\n    specialty: im\n\nrotations: []\n", id="list"),
        pytest.param('{"rotations": [], "programs": []}', id="flow"),
    ],
)
def test_program_is_added_at_the_end_of_its_list(text: str) -> None:
    """The list is made where there is none."""
    located = parse(text)
    edit = add_entry(located, "programs", PROGRAM)
    *before, new = edit.after.plan_file.programs
    assert (tuple(before), edit.place) == (located.plan_file.programs, len(located.plan_file.programs))
    assert (new.name, new.requires.letters, new.requires.us, new.also) == (
        *("St. Mary's: Lakeside", 3, "all"),
        ("a letter from the dean, signed",),
    )
    assert edit.after.plan_file.rotations == located.plan_file.rotations


def test_program_for_a_bare_list_is_refused_with_what_to_do() -> None:
    """A list of rotations has no place for programs."""
    with pytest.raises(UsageError, match="bare list") as refused:
        add_entry(parse("- {" + OLD + "}\n"), "programs", PROGRAM)
    assert "write `rotations:` above it" in refused.value.way_out


def test_several_programs_are_added_in_their_order() -> None:
    """The place is that of the first."""
    rows = [{"name": name, "specialty": "im"} for name in ("A", "B")]
    edit = add_entries(parse("programs:\n  - {name: Z, specialty: im}\n"), "programs", rows)
    assert ([one.name for one in edit.after.plan_file.programs], edit.place) == (["Z", "A", "B"], 1)
