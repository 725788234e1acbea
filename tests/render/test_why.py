"""Why a letter has its verdict: the page, and that all formats name the same sources."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from builders import letter, plan, rotation
from export.exporting import in_file
from lorplan.render.why import render_why
from oracle.strategies import to_yaml
from render.rendering import on_one_line, to_text

if TYPE_CHECKING:
    from lorplan.plan.model import Plan
    from runner import Json, Lorplan

SCREEN = 24


def render(found: Plan, letter_id: str = "chen", *, file: str = "x.yaml", sources: bool = False) -> str:
    """Render why a letter of a plan has its verdict."""
    return to_text(render_why(in_file(found, file), letter(found, letter_id), sources=sources), 80)


def part(page: str, title: str) -> str:
    """Give a part of the page by its title, on one line."""
    found = re.search(rf"^{title} +(.*(?:\n +.*)*)", page, re.MULTILINE)
    return on_one_line(found[1]) if found else ""


def test_page_names_a_changed_number_only_if_its_rule_says_something() -> None:
    """A number that played no part would mislead."""
    page = render(plan(rotation(), policy={"processing_days": 1, "spare": 2}))
    assert part(page, "Your policy") == "processing_days 1 instead of 5"
    assert "Your policy" not in render(plan(rotation()))


def test_page_sorts_the_remarks_by_what_they_say() -> None:
    """What is for, against and unknown has a part each, with the rules."""
    page = render(plan(rotation(letterhead=True, img_friendly=False, residency_affiliated=None)))
    assert "letterhead or academic title (WHO-6)" in part(page, "For")
    assert part(page, "Against") == "the hospital is not IMG-friendly (WHO-5)"
    assert "unknown whether the hospital is residency-affiliated (WHO-5)" in part(page, "Not known")


def test_page_begins_with_the_answer_and_the_rotation() -> None:
    """The day to ask is in the first line."""
    lines = render(plan(rotation(hospital="Mercy General"))).splitlines()
    assert lines[:3] == [
        "Dr. Wei Chen: ask on Wed Mar 24",
        "neurology, Mercy General, Mar 1 to Mar 26, 20 days together",
        "",
    ]
    assert part("\n".join(lines), "If asked").startswith("Wed Mar 24 (Mar 22 to Mar 26), can arrive by Jun 30; rank 1")


@pytest.mark.parametrize(
    ("row", "first_line"),
    [
        pytest.param({"choice": "skip"}, "Dr. Wei Chen: skip (do not ask)", id="skip"),
        pytest.param({"performance": "fair"}, "Dr. Wei Chen: hold (do not ask, unless others fail)", id="hold"),
        pytest.param({"letter": {"asked": "2027-03-01"}}, "Dr. Wei Chen: asked", id="asked"),
        pytest.param({"letter": {"agreed": "2027-03-01"}}, "Dr. Wei Chen: agreed", id="agreed"),
    ],
)
def test_page_says_in_words_what_the_verdict_means(row: Json, first_line: str) -> None:
    """Or how far the letter is."""
    found = plan(rotation(**row), *(rotation(f"Dr. A{n}") for n in range(5)))
    assert render(found).splitlines()[0] == first_line


def test_page_of_a_letter_in_reserve_says_that_it_is_asked_for_if_another_fails() -> None:
    """Its days to ask are told."""
    found = plan(*(rotation(f"Dr. A{n}") for n in range(4)))
    assert render(found, "a3").splitlines()[0] == "Dr. A3: reserve (ask if another letter fails)"
    assert part(render(found, "a3"), "If asked")


def test_page_of_a_skipped_letter_has_no_rank_and_no_days_to_ask() -> None:
    """Neither is worked out for it; the record that would change it is named."""
    page = render(plan(rotation(choice="skip")))
    assert part(page, "Decided by") == "you chose to skip it (WHO-12)"
    assert "rank" not in page
    assert "If asked" not in page
    assert "To change: lorplan mark chen choice --unset -f x.yaml" in page.splitlines()


def test_page_names_the_commands_that_would_change_it_on_lines_of_their_own() -> None:
    """A fact that is not known yet, or one's own decision."""
    better = [rotation(f"Dr. A{n}", img_friendly=True) for n in range(4)]
    lines = render(plan(*better, rotation())).splitlines()
    assert lines[-4:] == [
        "To change: lorplan mark chen residency_affiliated=yes -f x.yaml",
        "To change: lorplan mark chen img_friendly=yes -f x.yaml",
        "To change: lorplan mark chen choice=ask -f x.yaml",
        "Rules and sources: lorplan why chen --sources -f x.yaml",
    ]


def test_page_of_a_letter_to_be_asked_or_kept_names_no_command_against_it() -> None:
    """Nobody asked for that."""
    for row in (rotation(), rotation(letter={"asked": "2027-03-01"})):
        assert "To change: lorplan" not in render(plan(row))


def test_page_of_standard_input_names_no_commands() -> None:
    """They would wait for the terminal."""
    assert "lorplan" not in render(plan(rotation(choice="skip")), file="-")


def test_page_lists_what_was_recorded() -> None:
    """By day, as people write days."""
    found = plan(rotation(letter={"asked": "2027-03-24", "agreed": "2027-03-25"}), as_of="2027-04-01")
    assert part(render(found), "Recorded") == "asked Mar 24, agreed Mar 25"
    assert part(render(found), "Rank").startswith("can arrive by Jun 30; rank 1 of 1")


def test_page_fits_a_screen() -> None:
    """With every remark there is."""
    rows = [rotation(f"Dr. A{n}", img_friendly=True, residency_affiliated=True, letterhead=True) for n in range(4)]
    last = rotation(hospital="St. Brigid Medical Center", performance=None, start="2027-08-02", end="2027-08-27")
    assert len(render(plan(*rows, last, targets=["neurology", "family medicine"])).splitlines()) <= SCREEN


def test_every_cited_rule_and_source_of_the_page_is_listed_once() -> None:
    """The numbers of the sources lead to an entry each."""
    found = plan(rotation(), targets=["neurology"])
    page = render(found, sources=True)
    rules, _, sources = page.partition("\nRules\n")[2].partition("\nSources\n")
    cited = {remark.rule for remark in letter(found).reasons}
    assert sorted(re.findall(r"^  ([A-Z]+-\d+) ", rules, re.MULTILINE)) == sorted(cited)
    numbers = {int(n) for group in re.findall(r"\[([\d, \n]+)\]", rules) for n in group.split(",")}
    listed = [int(number) for number in re.findall(r"^  \[(\d+)\] ", sources, re.MULTILINE)]
    assert listed == list(range(1, max(numbers) + 1))
    assert numbers == set(listed)
    assert "Sources" not in render(found)


def test_page_json_and_plain_name_the_same_sources_for_mix_2(lorplan: Lorplan) -> None:
    """MIX-2 has a source for each specialty: only those of the applicant's targets are named, in every format."""
    rows = {"applicant": {"season": 2028, "targets": ["neurology"]}, "rotations": [rotation()]}
    (lorplan.folder / "rotations.yaml").write_text(to_yaml(rows))
    why = ("why", "chen", "--as-of", "2027-03-01")
    document = json.loads(lorplan(*why, "--json").out)
    reasons = [one for one in document["reasons"] if one["rule"] == "MIX-2"]
    assert all(reason["sources"] == reasons[0]["sources"] for reason in reasons)
    in_json = [f"{one['title']}, {one['address']}" for one in reasons[0]["sources"]]
    page = lorplan(*why, "--sources", env={"COLUMNS": None}).out
    cited = re.search(r"^ +MIX-2 +.* \[([\d, ]+)\]$", page, re.MULTILINE)
    assert cited is not None
    listed = dict(re.findall(r"^ +\[(\d+)\] +(.*)$", page, re.MULTILINE))
    assert [listed[number] for number in cited[1].split(", ")] == in_json
    records = [line.split("\t") for line in lorplan(*why, "--plain").out.splitlines()]
    assert {record[-1] for record in records if record[0] == "MIX-2"} == {in_json[0]}
    assert len(in_json) == 3
    assert "neurology" in in_json[-1]
    assert not any("psychiatry" in source for source in in_json)


def test_page_of_a_late_letter_says_so() -> None:
    """The day on which it can arrive is compared with the deadline."""
    page = on_one_line(render(plan(rotation(start="2027-08-30", end="2027-09-24"))))
    assert re.search(r"can arrive by Oct \d+, the deadline is Sep 22", page)
