"""`lorplan add` without options, on a terminal that only seems to be one."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from cli.test_init_ask import Keyboard
from edit.interviews import TODAY
from samples import AMINA

if TYPE_CHECKING:
    from collections.abc import Callable

    from runner import Lorplan, Result

    Ask = Callable[..., Result]

ANSWERS = ["Dr. Ana Petrov", "ana@example.org", "", "cardiology", "Jan 4 2100", "4 weeks", "Mercy: General", *[""] * 6]
"""A rotation that has not begun, word for word, up to the question whether to add it."""


@pytest.fixture
def ask(lorplan: Lorplan, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Run `lorplan add` in a folder with Amina's file, and type lines."""
    (lorplan.folder / "rotations.yaml").write_text(AMINA, encoding="utf-8")

    def run(*args: str, typed: list[str], status: int = 0) -> Result:
        with monkeypatch.context() as patch:
            patch.setattr("lorplan.cli.add.today", lambda: TODAY)
            patch.setattr(io, "TextIOWrapper", Keyboard)  # which the runner makes standard input of
            return lorplan("add", *args, stdin="".join(f"{line}\n" for line in typed), status=status)

    return run


def content(lorplan: Lorplan) -> str:
    """Read the plan file."""
    return (lorplan.folder / "rotations.yaml").read_text(encoding="utf-8")


def test_rotation_that_was_answered_is_added_at_the_end(lorplan: Lorplan, ask: Ask) -> None:
    """The page is that of a rotation from options."""
    result = ask(typed=[*ANSWERS, ""])
    assert "Added Dr. Ana Petrov (petrov) to rotations.yaml." in result.out
    assert "Your rotation:\n  Dr. Ana Petrov, cardiology, 2100-01-04 for 4 weeks\nAdd it?" in result.err
    added = content(lorplan).removeprefix(AMINA)
    assert added == (
        "  - attending:\n      name: Dr. Ana Petrov\n      email: ana@example.org\n    specialty: cardiology\n"
        '    start: 2100-01-04\n    weeks: 4\n    hospital: "Mercy: General"\n'
    )


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        pytest.param([*ANSWERS, "n"], "n", id="not_wanted"),
        pytest.param(ANSWERS[:3], "end", id="input_ends"),
    ],
)
def test_rotation_that_is_not_wanted_is_not_added(lorplan: Lorplan, ask: Ask, typed: list[str], left: str) -> None:
    """Leaving in the middle is a no, too."""
    assert left
    assert ask(typed=typed, status=1).err.endswith("Nothing was written.\n")
    assert content(lorplan) == AMINA


def test_answer_can_be_given_anew(lorplan: Lorplan, ask: Ask) -> None:
    """By going back."""
    ask(typed=["Dr. Wrong", "<", *ANSWERS, ""])
    assert "Dr. Wrong" not in content(lorplan)


def test_dry_run_asks_and_shows_the_change(lorplan: Lorplan, ask: Ask) -> None:
    """And writes nothing."""
    assert "+  - attending:" in ask("--dry-run", typed=[*ANSWERS, ""]).out
    assert content(lorplan) == AMINA


def test_file_that_is_wrong_is_told_before_the_first_question(lorplan: Lorplan, ask: Ask) -> None:
    """Nobody answers in vain."""
    (lorplan.folder / "rotations.yaml").write_text("x\n", encoding="utf-8")
    err = ask(typed=ANSWERS, status=1).err
    assert "expected a list of rotations" in err
    assert "Attending" not in err


def test_options_that_are_not_enough_are_refused_without_questions(ask: Ask) -> None:
    """A script is not asked."""
    assert ask("--attending", "Lee", typed=ANSWERS, status=2).err == (
        "lorplan: --specialty, --start, --end or --weeks are missing\n"
        "see all options: lorplan help add; or answer questions: lorplan add\n"
    )
