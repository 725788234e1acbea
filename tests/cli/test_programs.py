"""`lorplan programs`: which letters go where, one program, filters, and what scripts get."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from samples import AMINA, LAKESIDE

if TYPE_CHECKING:
    from runner import Lorplan

IN_AUGUST = ("--as-of", "2027-08-02")


@pytest.fixture(autouse=True)
def plan_file(lorplan: Lorplan) -> None:
    """Write Amina's file with programs; the letters of Chen and Okafor are in the portal."""
    text = LAKESIDE.replace("end: 2027-01-29}", "end: 2027-01-29, letter: {uploaded: 2027-07-01}}")
    text = text.replace("end: 2027-02-26}", "end: 2027-02-26, letter: {uploaded: 2027-07-01}}")
    text = text.replace("id: lakeside}", "id: lakeside, assigned: [chen]}")
    (lorplan.folder / "rotations.yaml").write_text(text, encoding="utf-8")


def test_page_has_a_group_for_each_state_and_the_commands_that_go_on(lorplan: Lorplan) -> None:
    """What needs attention comes first; assigned letters are marked."""
    lines = lorplan("programs", *IN_AUGUST, env={"COLUMNS": "80"}).out.splitlines()
    assert lines[0].startswith("Amina Rahman, 2028 Match")
    assert "Programs: 3: 1 on course, 1 ready, 1 short (Mercy: 1 more letter from a chair)" in lines
    titles = [line for line in lines if line and line[0] != " " and "  " not in line]
    assert [one for one in titles if one in {"Short", "Ready: in the portal, to be assigned", "On course"}] == [
        "Short",
        "Ready: in the portal, to be assigned",
        "On course",
    ]
    assert any("chen*, okafor, rossi" in line for line in lines)
    assert "One: lorplan programs mercy   Assigned: lorplan done chen assign" in lines
    assert "Applied: lorplan mark mercy applied" in lines


def test_page_of_one_program_says_what_meets_each_requirement(lorplan: Lorplan) -> None:
    """And what is not met, with what to do."""
    out = lorplan("programs", "mer", *IN_AUGUST).out
    assert "Mercy (mercy)" in out
    assert "short: it lacks 1 letter from a chair" in out
    assert "not met  1 letter from a chair  0: none" in out
    assert "Assigned: lorplan mark chen assigned=mercy" in out
    assert "Applied: lorplan mark mercy applied" in out


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        pytest.param([], ["mercy", "toledo", "lakeside"], id="all"),
        pytest.param(["--short"], ["mercy"], id="short"),
        pytest.param(["--ready"], ["mercy", "toledo", "lakeside"], id="ready"),
        pytest.param(["--short", "--ready"], ["mercy", "toledo", "lakeside"], id="both"),
        pytest.param(["toledo"], ["toledo"], id="one"),
        pytest.param(["rotations.yaml", "toledo"], ["toledo"], id="file_and_program"),
        pytest.param(["-f", "rotations.yaml", "toledo"], ["toledo"], id="option_and_program"),
        pytest.param(["rotations.yaml"], ["mercy", "toledo", "lakeside"], id="file"),
    ],
)
def test_programs_shown_are_those_asked_for(lorplan: Lorplan, options: list[str], ids: list[str]) -> None:
    """In every format the same ones."""
    document = json.loads(lorplan("programs", "--json", *options, *IN_AUGUST).out)
    assert [one["id"] for one in document["programs"]] == ids
    assert list(document)[:4] == ["format_version", "kind", "as_of", "file"]
    plain = lorplan("programs", "--plain", *options, *IN_AUGUST).out.splitlines()
    assert [line.split("\t")[3] for line in plain] == ids


def test_record_of_a_program_has_nine_fields(lorplan: Lorplan) -> None:
    """State, late, deadline, program, name, track, letters, assigned, missing."""
    rows = [line.split("\t") for line in lorplan("programs", "--plain", *IN_AUGUST).out.splitlines()]
    assert rows[0] == [
        *("short", "", "2027-10-15", "mercy", "Mercy", "", "chen,okafor,rossi", "", "chair=0/1"),
    ]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["lakesid"], ""),
        (["nobody"], 'no program matches "nobody"\nwrite one of lakeside, mercy, toledo'),
        (["mercie"], 'no program matches "mercie"\ndid you mean mercy?'),
        (["e"], 'several programs match "e"\nwrite one of lakeside, mercy, toledo'),
        (["a", "b", "c"], "too many words: a b c\nwrite: lorplan programs FILE PROGRAM"),
        (["--json", "--plain"], "--json and --plain cannot be used together\nleave one of them out"),
    ],
)
def test_word_that_means_no_program_is_refused_with_the_way_out(
    lorplan: Lorplan, args: list[str], message: str
) -> None:
    """Or it means one by its start."""
    result = lorplan("programs", *args, *IN_AUGUST, status=2 if message else 0)
    assert result.err == (f"lorplan: {message}\n" if message else "")


def test_file_without_programs_says_how_to_add_one(lorplan: Lorplan) -> None:
    """And a program of it cannot be named."""
    (lorplan.folder / "rotations.yaml").write_text(AMINA, encoding="utf-8")
    out = lorplan("programs", *IN_AUGUST).out
    assert "The file names no programs." in out
    assert "Add one: lorplan add --program NAME --specialty NAME" in out
    assert lorplan("programs", "x", status=2).err == 'lorplan: no program matches "x"\nthe file names no programs\n'


def test_filter_that_no_program_passes_shows_the_counts_alone(lorplan: Lorplan) -> None:
    """Nothing is to be added then."""
    out = lorplan("programs", "--ready", "--as-of", "2027-06-01").out
    assert "Programs: 3:" in out
    assert "Add one" not in out


def test_programs_of_standard_input_have_no_commands(lorplan: Lorplan) -> None:
    """They could not find the file."""
    for word in ((), ("toledo",)):
        out = lorplan("programs", "-", *word, *IN_AUGUST, stdin=LAKESIDE).out
        assert "lorplan" not in out


def test_rotation_named_like_a_program_is_pointed_to_programs(lorplan: Lorplan) -> None:
    """`why` is about letters."""
    assert lorplan("why", "toledo", status=2).err == (
        'lorplan: no rotation matches "toledo"\nit is a program: lorplan programs toledo\n'
    )


def test_assigned_letter_in_the_place_of_a_better_one_is_told(lorplan: Lorplan) -> None:
    """What to do depends on whether one has applied."""
    rows = [
        f"  - {{attending: Dr. {name}, specialty: internal medicine, start: 2027-01-04, weeks: 4, performance: {how},\n"
        f"     letter: {{uploaded: 2027-07-01}}}}\n"
        for name, how in (("Ames", "excellent"), ("Boyd", "good"))
    ]
    about = "  - {name: Union, specialty: internal medicine, max: 1, assigned: [boyd]"
    for applied, advice in (
        ("}", "take it off before you apply"),
        (", applied: 2027-07-02}", "it cannot be exchanged"),
    ):
        text = f"applicant: {{season: 2028}}\nrotations:\n{''.join(rows)}programs:\n{about}{applied}\n"
        out = lorplan("programs", "-", "union", *IN_AUGUST, stdin=text).out
        assert "ames ranks above boyd, which is assigned in its place" in " ".join(out.split())
        assert advice in " ".join(out.split())


def test_program_that_has_all_and_was_applied_to_needs_no_command(lorplan: Lorplan) -> None:
    """Nothing is left to record."""
    text = LAKESIDE.replace("id: lakeside}", "id: lakeside, applied: 2027-08-01, max: 1, assigned: [chen]}")
    text = text.replace("us: all", "us: all, letters: 1")
    (lorplan.folder / "rotations.yaml").write_text(
        text.replace("end: 2027-01-29}", "end: 2027-01-29, letter: {uploaded: 2027-07-01}}"), encoding="utf-8"
    )
    out = lorplan("programs", "lakeside", *IN_AUGUST).out
    assert "complete: all that it requires is assigned" in out
    assert "assigned; final, as you have applied" in out
    assert "lorplan" not in out


def test_page_of_one_program_has_all_that_the_file_says(lorplan: Lorplan) -> None:
    """Its own deadline, its page, the day it was read, wishes to check oneself, notes."""
    text = LAKESIDE.replace(
        "requires: {letters: 2}, max: 3}",
        "requires: {letters: 2, months: 36, hands_on: all}, prefers: {us: 4}, max: 3, read: 2027-07-01,\n"
        "     url: https://example.org/ty, also: [a letter from the dean], notes: call first, applied: 2027-07-30}",
    )
    out = lorplan("programs", "-", "toledo", *IN_AUGUST, stdin=text).out
    words = " ".join(out.split())
    for part in (
        "takes 3 letters, page read Jul 1, applied Jul 30, https://example.org/ty",
        "met only recent letters yes",
        "Prefers not met 4 US letters",
        "it takes at most 3",
        "To check yourself [ ] a letter from the dean",
        "call first",
    ):
        assert part in words
