"""`lorplan init --ask` with a terminal that only seems to be one.

`tests/edit/test_interview.py` is about the questions, `tests/system/test_interview_terminal.py` about real terminals.
"""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from edit.interviews import EMPTY, FULL, FULL_TEXT, TODAY, answers
from storage.plan_on_disk import names

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from runner import Lorplan, Result

    Ask = Callable[..., Result]


class Keyboard(io.TextIOWrapper):
    """Standard input that claims to be a terminal."""

    def isatty(self) -> bool:
        """Claim to be a terminal."""
        return True


@pytest.fixture
def ask(lorplan: Lorplan, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Run `lorplan init --ask`, and type lines."""

    def run(*args: str, typed: list[str], status: int = 0) -> Result:
        with monkeypatch.context() as patch:
            patch.setattr("lorplan.cli.init.today", lambda: TODAY)
            patch.setattr(io, "TextIOWrapper", Keyboard)  # which the runner makes standard input of
            return lorplan("init", "--ask", *args, stdin="".join(f"{line}\n" for line in typed), status=status)

    return run


def page(result: Result) -> str:
    """Give what is printed without the space that ends each prompt, which Python prints on standard output."""
    return result.out.lstrip(" ")


def test_answers_are_written_and_the_next_command_is_shown(lorplan: Lorplan, ask: Ask) -> None:
    """The questions go to standard error, and the file has the answers."""
    result = ask(typed=answers(FULL))
    assert page(result) == "Wrote rotations.yaml with your 2 rotations.\nNext: lorplan plan rotations.yaml\n"
    assert "Your name:" in result.err
    assert (lorplan.folder / "rotations.yaml").read_text("utf-8").split("\n", 1)[1] == FULL_TEXT
    assert names(lorplan.folder) == {"rotations.yaml"}
    assert lorplan("check", "--strict").out == ""


def test_single_rotation_is_counted_as_one(ask: Ask) -> None:
    """The noun follows the number."""
    result = ask("mine.yaml", typed=answers({"rotations": FULL["rotations"][1:]}))
    assert page(result).startswith("Wrote mine.yaml with your 1 rotation.\n")


def test_wrong_answer_is_reported_above_the_repeated_question(ask: Ask) -> None:
    """The reason is indented, and the question comes again."""
    typed = answers(EMPTY)
    typed.insert(1, "me")
    err = ask(typed=typed).err
    assert '  "me" is not an e-mail address\nYour e-mail address:' in err
    assert err.count("Your e-mail address:") == 2


@pytest.mark.parametrize("number", [0, 9, 25, 35])
def test_end_of_input_during_the_interview_writes_nothing(lorplan: Lorplan, ask: Ask, number: int) -> None:
    """The exit status is 1, and no part of the file is left."""
    result = ask(typed=answers(FULL)[:number], status=1)
    assert page(result) == ""
    assert result.err.endswith("\nNothing was written.\n")
    assert names(lorplan.folder) == set()


def test_interrupt_during_the_interview_writes_nothing(
    lorplan: Lorplan, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C ends the interview as the end of input does."""

    def interrupt(*_: object, **__: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("lorplan.cli.init.typer.prompt", interrupt)
    assert ask(typed=[], status=1).err.endswith("\nNothing was written.\n")
    assert names(lorplan.folder) == set()


def test_file_that_appears_during_the_interview_is_not_overwritten(
    lorplan: Lorplan, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another program wrote meanwhile stays."""
    from lorplan.edit import interview as module

    hold = module.interview

    def hold_and_write(prompt: Callable[[module.Question], str], today: date) -> dict[str, object] | None:
        (lorplan.folder / "rotations.yaml").write_text("[] # theirs\n")
        return hold(prompt, today)

    monkeypatch.setattr(module, "interview", hold_and_write)
    result = ask(typed=answers(EMPTY), status=1)
    assert result.err.endswith("lorplan: rotations.yaml: already exists; not overwritten\nname another file\n")
    assert (lorplan.folder / "rotations.yaml").read_text() == "[] # theirs\n"
    assert names(lorplan.folder) == {"rotations.yaml"}


def test_answer_no_at_the_end_writes_nothing(lorplan: Lorplan, ask: Ask) -> None:
    """The exit status is 1."""
    result = ask(typed=[*answers(FULL)[:-1], "n"], status=1)
    assert result.err.endswith("Nothing was written.\n")
    assert names(lorplan.folder) == set()


def test_existing_file_is_reported_before_any_question(lorplan: Lorplan, ask: Ask) -> None:
    """Nobody answers twenty questions in vain."""
    (lorplan.folder / "rotations.yaml").write_text("[] # mine\n")
    assert ask(typed=[], status=1).err.startswith("lorplan: rotations.yaml: already exists; not overwritten\n")


def check_refusal(lorplan: Lorplan) -> None:
    """Check that the interview is refused before any question."""
    refused = lorplan("init", "--ask", stdin="Amina\n" * 50, status=2)
    assert refused.out == ""
    assert refused.err == "lorplan: --ask needs a terminal\nleave it out, and edit the file\n"
    assert names(lorplan.folder) == set()


def test_interview_through_a_pipe_is_wrong_usage(lorplan: Lorplan) -> None:
    """Nobody can answer through a pipe."""
    check_refusal(lorplan)


def test_interview_with_closed_standard_input_is_wrong_usage(lorplan: Lorplan, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python has no standard input if the caller closed it."""
    monkeypatch.setattr("lorplan.cli.asking.sys", SimpleNamespace(stdin=None))
    check_refusal(lorplan)
