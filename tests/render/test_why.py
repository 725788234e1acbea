"""Why a letter has its verdict: the page, and that all formats name the same sources."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from builders import letter, plan, rotation
from export.exporting import in_file
from lorplan.render.why import render_why
from oracle.strategies import to_yaml
from render.rendering import on_one_line, to_text

if TYPE_CHECKING:
    from lorplan.plan.model import Plan
    from runner import Lorplan


def render(found: Plan) -> str:
    """Render why the first letter of a plan has its verdict."""
    return to_text(render_why(in_file(found, "x.yaml"), found.letters[0]))


def test_page_names_a_changed_number_only_if_its_rule_says_something() -> None:
    """A number that played no part would mislead."""
    page = render(plan(rotation(), policy={"processing_days": 1, "spare": 2}))
    assert "processing_days 1 instead of 5 (WHEN-9)" in page
    assert "spare" not in page
    assert "Your policy" not in render(plan(rotation()))


def test_page_sorts_the_remarks_by_what_they_say() -> None:
    """What is for, against and unknown has a section each, with a sign that needs no colour."""
    page = render(plan(rotation(letterhead=True, img_friendly=False, residency_affiliated=None)))
    sections = dict(re.findall(r"^(For|Against|Not known)\n(.*?)(?:\n\n|\Z)", page, re.MULTILINE | re.DOTALL))
    assert "+  WHO-6" in sections["For"]
    assert re.search(r"-  WHO-5 +the hospital is not IMG-friendly", sections["Against"])
    assert re.search(r"\?  WHO-5 +unknown whether the hospital is residency-affiliated", sections["Not known"])
    assert set(re.findall(r"^  (.)  [A-Z]", sections["For"], re.MULTILINE)) == {"+"}
    assert set(re.findall(r"^  (.)  [A-Z]", sections["Against"], re.MULTILINE)) == {"-"}
    assert set(re.findall(r"^  (.)  [A-Z]", sections["Not known"], re.MULTILINE)) == {"?"}


def test_page_of_a_skipped_letter_has_no_rank_and_no_days_to_ask() -> None:
    """Neither is worked out for it."""
    page = render(plan(rotation(choice="skip")))
    assert "skip, you chose to skip it (WHO-12)" in page
    assert "rank" not in page
    assert "ask on" not in page


def test_every_cited_rule_and_source_of_the_page_is_listed_once() -> None:
    """The numbers of the sources lead to an entry each."""
    found = plan(rotation(), targets=["neurology"])
    page = render(found)
    rules, _, sources = page.partition("\nRules\n")[2].partition("\nSources\n")
    cited = {remark.rule for remark in letter(found).reasons}
    assert sorted(re.findall(r"^  ([A-Z]+-\d+) ", rules, re.MULTILINE)) == sorted(cited)
    numbers = {int(n) for group in re.findall(r"\[([\d, \n]+)\]", rules) for n in group.split(",")}
    listed = [int(number) for number in re.findall(r"^  \[(\d+)\] ", sources, re.MULTILINE)]
    assert listed == list(range(1, max(numbers) + 1))
    assert numbers == set(listed)


def test_page_json_and_plain_name_the_same_sources_for_mix_2(lorplan: Lorplan) -> None:
    """MIX-2 has a source for each specialty: only those of the applicant's targets are named, in every format."""
    rows = {"applicant": {"season": 2028, "targets": ["neurology"]}, "rotations": [rotation()]}
    (lorplan.folder / "rotations.yaml").write_text(to_yaml(rows))
    why = ("why", "chen", "--as-of", "2027-03-01")
    document = json.loads(lorplan(*why, "--json").out)
    reasons = [one for one in document["reasons"] if one["rule"] == "MIX-2"]
    assert all(reason["sources"] == reasons[0]["sources"] for reason in reasons)
    in_json = [f"{one['title']}, {one['address']}" for one in reasons[0]["sources"]]
    page = lorplan(*why, env={"COLUMNS": None}).out
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
    assert re.search(r"can arrive by 2027-\d\d-\d\d, the deadline is 2027-09-22", page)
