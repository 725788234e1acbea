"""`lorplan due`: how far it looks ahead, its exit status, and lists over several files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from samples import AMINA, AS_OF, BENITO

if TYPE_CHECKING:
    from runner import Lorplan


@pytest.fixture(autouse=True)
def files(lorplan: Lorplan) -> None:
    """Write Amina's plan file where the command looks for it, and Benito's."""
    (lorplan.folder / "rotations.yaml").write_text(AMINA)
    (lorplan.folder / "benito.yaml").write_text(BENITO)


@pytest.mark.parametrize(
    ("span", "kinds"),
    [
        pytest.param(("--today",), "feedback", id="today"),
        pytest.param((), "feedback book rate ask", id="two_weeks_by_default"),
        pytest.param(("--within", "0"), "feedback", id="no_days"),
        pytest.param(("--within", "5d"), "feedback book rate", id="the_last_day_counts"),
        pytest.param(("--within", "4d"), "feedback", id="one_day_less"),
        pytest.param(("--within", "1w"), "feedback book rate ask", id="one_week"),
        pytest.param(("--within", "30"), "feedback book rate ask feedback", id="no_unit_means_days"),
        pytest.param(("--within", "30d"), "feedback book rate ask feedback", id="days"),
        pytest.param(("--within", "4w"), "feedback book rate ask feedback", id="weeks"),
        pytest.param(("--within", "1 week"), "feedback book rate ask", id="a_week_in_words"),
        pytest.param(("--within", "4 days"), "feedback", id="days_in_words"),
    ],
)
def test_due_looks_ahead_as_far_as_the_option_says(lorplan: Lorplan, span: tuple[str, ...], kinds: str) -> None:
    """`--within` takes days or weeks, and `--today` leaves out what is still to come."""
    out = lorplan("due", *span, "--plain", "--as-of", AS_OF).out
    assert [line.split("\t")[3] for line in out.splitlines()] == kinds.split()


def test_due_of_everything_has_all_actions_of_the_plan(lorplan: Lorplan) -> None:
    """`--all` leaves nothing out."""
    due = json.loads(lorplan("due", "--all", "--json", "--as-of", AS_OF).out)
    plan = json.loads(lorplan("plan", "--json", "--as-of", AS_OF).out)
    assert {action["id"] for action in due["actions"]} == {action["id"] for action in plan["actions"]}
    assert due["next"] is None


@pytest.mark.parametrize("word", ["soon", "-3", "3x", "3  w", "", "1.5w", "d", "99999", "٣d"])
def test_wrong_span_is_refused_with_the_right_form(lorplan: Lorplan, word: str) -> None:
    """A span that cannot be read is refused with the form to write."""
    result = lorplan("due", f"--within={word}", status=2)
    assert result.err.splitlines()[1:] == ["write 30d, 4w or 2 weeks"]
    assert result.out == ""


@pytest.mark.parametrize(
    ("day", "status"),
    [
        pytest.param("2027-01-14", 0, id="the_day_before_something_is_due"),
        pytest.param("2027-01-15", 8, id="the_day_it_is_due"),
        pytest.param("2028-06-01", 0, id="after_the_season"),
    ],
)
def test_exit_code_option_reports_whether_something_is_due(lorplan: Lorplan, day: str, status: int) -> None:
    """`--exit-code` gives status 8 if something is overdue or due; without it the status is 0."""
    lorplan("due", "--as-of", day, "--exit-code", status=status)
    lorplan("due", "--as-of", day)


def test_due_with_nothing_to_do_says_so_in_every_format(lorplan: Lorplan) -> None:
    """Nothing due is a sentence for a person, no record for a script, and an empty list in JSON."""
    day = ("--as-of", "2026-06-01")
    assert "Nothing is due or coming within 14 days. Next, in 228 days:" in lorplan("due", *day).out
    assert lorplan("due", *day, "--plain").out == ""
    assert json.loads(lorplan("due", *day, "--json").out)["actions"] == []


def test_due_of_several_files_begins_each_line_with_the_applicant_or_the_file(lorplan: Lorplan) -> None:
    """With several files a line begins with the applicant's name, or with the file if it gives none."""
    args = ("due", "rotations.yaml", "benito.yaml", "--as-of", AS_OF)
    lines = lorplan(*args, env={"COLUMNS": None}).out.splitlines()
    assert lines[0].startswith("2 applicants  ")
    assert lines[2] == "Overdue"
    assert lines[3].startswith("  benito.yaml ")
    listed = [line for line in lines[4:] if line.startswith("  ")]
    assert listed
    assert all(line.startswith("  Amina Rahman  ") for line in listed)
