"""`lorplan add`: one more rotation from options."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from samples import AMINA

if TYPE_CHECKING:
    from runner import Lorplan

PETROV = ("--attending", "Dr. Ana Petrov", "--specialty", "neurology", "--start", "2027-08-16", "--weeks", "4")


@pytest.fixture(autouse=True)
def amina(lorplan: Lorplan, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write Amina's plan file where the command looks for it, and keep the day."""
    (lorplan.folder / "rotations.yaml").write_text(AMINA)
    monkeypatch.setattr("lorplan.cli.add.today", lambda: date(2027, 1, 20))


def text(lorplan: Lorplan) -> str:
    """Read the plan file."""
    return (lorplan.folder / "rotations.yaml").read_text()


def test_rotation_is_added_and_the_plan_says_what_it_thinks_of_it(lorplan: Lorplan) -> None:
    """With the id to name it by."""
    assert lorplan("add", *PETROV).out.splitlines() == [
        "Added Dr. Ana Petrov (petrov) to rotations.yaml.",
        "The plan: hold, late, expected by Oct 1, so it ranks below Dr. Luis Rossi.",
        "Why: lorplan why petrov",
    ]
    assert text(lorplan).startswith(AMINA.rstrip())
    assert "Dr. Ana Petrov" in text(lorplan)


def test_every_option_is_a_key_of_the_rotation(lorplan: Lorplan) -> None:
    """Days in any form that has one reading."""
    more = ("--hospital", "Mercy", "--email", "ana@example.org", "--experience", "observership")
    flags = ("--img-friendly", "yes", "--residency-affiliated", "no")
    days = ("--start", "Aug 16 2027", "--end", "Sep 10 2027")
    lorplan("add", "--attending", "Dr. Ana Petrov", "--specialty", "neurology", *days, *more, *flags)
    added = text(lorplan)[len(AMINA.rstrip()) :]
    for part in ("2027-08-16", "2027-09-10", "Mercy", "ana@example.org", "observership", "img_friendly: yes"):
        assert part in added
    assert "residency_affiliated: no" in added


def test_dry_run_shows_the_change_and_writes_nothing(lorplan: Lorplan) -> None:
    """As with `mark`."""
    out = lorplan("add", *PETROV, "--dry-run", "-f", "rotations.yaml").out
    assert any(line.startswith("+") and "Dr. Ana Petrov" in line for line in out.splitlines())
    assert text(lorplan) == AMINA


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param((), "--attending, --specialty, --start, --end or --weeks are missing", id="nothing"),
        pytest.param(PETROV[:-2], "--end or --weeks is missing", id="no_end"),
        pytest.param((*PETROV[:-4], "--start", "05/11/2027", "--weeks", "4"), "--start: ", id="day_with_two_readings"),
        pytest.param((*PETROV[:-1], "four"), 'weeks: "four" is not a whole number', id="no_number"),
        pytest.param((*PETROV, "-f", "-"), "standard input", id="standard_input"),
    ],
)
def test_wrong_usage_is_refused_and_nothing_is_written(lorplan: Lorplan, args: tuple[str, ...], message: str) -> None:
    """With the option that is wrong."""
    assert message in lorplan("add", *args, status=2).err
    assert text(lorplan) == AMINA
