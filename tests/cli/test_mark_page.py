"""`lorplan mark`: the page that says what was recorded and what comes next."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from cli.mark_runner import ASKED, MarkRunner
from samples import AMINA, AS_OF, BENITO, HOSTILE, HOSTILE_NAMES

if TYPE_CHECKING:
    from runner import Json, Lorplan

STYLE = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture
def mark(lorplan: Lorplan) -> MarkRunner:
    """Run `lorplan mark` with Amina's file."""
    return MarkRunner(lorplan)


def test_page_says_what_was_recorded_and_what_is_next(mark: MarkRunner) -> None:
    """The letter with the day comes first, then the record, what changes, the next action, and the commands."""
    assert mark("chen", "asked", env={"COLUMNS": "80"}).out.splitlines() == [
        "Dr. Wei Chen (chen)                                             Wed Jan 20, 2027",
        f"Recorded: asked on {AS_OF}.",
        "Nothing else changes in the plan.",
        "",
        "Next",
        "  Wed Jan 27  Write to Dr. Wei Chen again: no answer since Jan 20",
        "",
        "Message: lorplan draft chen follow-up",
        "When done: lorplan mark chen reminded",
        "On a yes: lorplan mark chen agreed",
        "To take it back: lorplan mark chen asked --unset",
    ]


@pytest.mark.parametrize(
    ("before", "args", "undo"),
    [
        pytest.param((), ("chen", "performance=good"), ("chen", "performance", "--unset"), id="word"),
        pytest.param(
            ("chen", "performance=good"),
            ("chen", "performance=fair", "--force"),
            ("chen", "performance=good", "--force"),
            id="replaced_word",
        ),
        pytest.param(
            ("chen", "asked"), ("chen", "reminded"), ("chen", "reminded", "--unset", "--on", AS_OF), id="repeated"
        ),
        pytest.param(("chen", "asked"), ("chen", "asked", "--unset"), ("chen", f"asked={AS_OF}"), id="removal"),
        pytest.param(
            ("chen", "asked=2027-03-01", "--force"),
            ("chen", "asked", "--unset"),
            ("chen", "asked=2027-03-01", "--force"),
            id="removal_of_a_day_to_come",
        ),
        pytest.param((), ("chen", "email=ann@example.org"), ("chen", "email", "--unset"), id="address"),
        pytest.param(
            ("chen", "email=ann@example.org"),
            ("chen", "email=bob@example.org", "--force"),
            ("chen", "email=ann@example.org", "--force"),
            id="replaced_address",
        ),
        pytest.param(
            ("chen", "img_friendly=true"),
            ("chen", "img_friendly=no", "--force"),
            ("chen", "img_friendly=true", "--force"),
            id="replaced_flag_in_another_word",
        ),
        pytest.param(
            ("chen", "for=internal medicine"),
            ("chen", "for", "--unset"),
            ("chen", "for=internal medicine"),
            id="value_with_a_space",
        ),
    ],
)
def test_command_that_takes_a_record_back_restores_the_file(
    mark: MarkRunner, before: tuple[str, ...], args: tuple[str, ...], undo: tuple[str, ...]
) -> None:
    """Every byte of it."""
    if before:
        mark(*before)
    text = mark.text
    assert mark(*args).out.splitlines()[-1] == f"To take it back: lorplan mark {shlex.join(undo)}"
    assert mark.text != text
    mark(*undo)
    assert mark.text == text


def test_record_that_changes_nothing_needs_no_way_back(mark: MarkRunner) -> None:
    """There is nothing to take back."""
    mark("chen", "asked")
    out = mark("chen", "asked").out
    assert "To take it back" not in out
    assert "changes in the plan" not in out


def test_page_tells_a_record_that_cannot_be_yet(mark: MarkRunner) -> None:
    """The file accepts it, and it is probably a mistake."""
    out = mark("rossi", "asked", env={"COLUMNS": "100"}).out
    assert "! asked Jan 20 is before the rotation begins on Mar 1" in out


URGENCY = {"overdue": 0, "due": 1, "upcoming": 2}

PAGES = [
    pytest.param(AMINA, ("chen", "performance=good"), AS_OF, id="due_soon"),
    pytest.param(AMINA, ("okafor", "meeting=2027-02-22"), AS_OF, id="meeting"),
    pytest.param(BENITO, ("petrov", "packet"), AS_OF, id="packet"),
    pytest.param(BENITO, ("petrov", "performance=fair", "--force"), AS_OF, id="overdue"),
    pytest.param(BENITO, ("petrov", "uploaded"), AS_OF, id="uploaded"),
    pytest.param(BENITO, ("petrov", "reminded"), "2027-09-20", id="late"),
    pytest.param(ASKED, ("silva", "asked"), "2027-09-20", id="asked_too_late_with_a_warning"),
    pytest.param(ASKED, ("okafor", "asked", "--unset"), AS_OF, id="removed"),
]


@pytest.mark.parametrize(("text", "args", "day"), PAGES)
def test_next_are_the_due_actions_of_the_letter_and_one_more(
    mark: MarkRunner, text: str, args: tuple[str, ...], day: str
) -> None:
    """Of the plan as it is now: the letter's overdue and due actions, the first upcoming one, and its warnings."""
    mark.write(text)
    out = mark(*args, "--as-of", day, env={"COLUMNS": None}).out
    plan: Json = json.loads(mark.lorplan("plan", "--json", "--as-of", day).out)
    actions = [action for action in plan["actions"] if action["rotation"] == args[0]]
    due = sum(action["state"] != "upcoming" for action in actions)
    shown = sorted(actions, key=lambda a: (URGENCY[a["state"]], a["until"], a["on"], a["id"]))[: due + 1]
    assert shown, "the case has something to show"
    rows = out.partition("\nNext\n")[2].partition("\n\n")[0].splitlines()
    titles = [re.split(r"\s{2,}", row.strip(), maxsplit=1)[1] for row in rows]
    assert [title.removesuffix(" (if still needed)") for title in titles] == [action["title"] for action in shown]
    warnings = [warning["text"] for warning in plan["warnings"] if warning["rotation"] == args[0]]
    told = [line for line in out.splitlines() if line.startswith("! ")]
    assert len(told) >= len(warnings)
    assert warnings or args[0] != "silva", "the case has a warning to show"


@pytest.mark.parametrize(("text", "args", "day"), PAGES)
def test_every_command_on_the_page_works_as_it_is(mark: MarkRunner, text: str, args: tuple[str, ...], day: str) -> None:
    """A shell passes the words of each command on, and the command finds its file and its letter."""
    path = mark.path.parent / "my 'plän' $(x).yaml"
    path.write_text(text)
    out = mark(*args, "--as-of", day, "-f", path.name, env={"COLUMNS": None}).out
    commands = re.findall(r"^[A-Z][a-z ]+: (lorplan .+)$", out, re.MULTILINE)
    assert commands
    after = path.read_text()
    for command in commands:
        path.write_text(after)
        filled = command.replace("=WORD", "=good").replace("=DATE", "=2027-09-21")
        program, *words = shlex.split(filled)
        assert program == "lorplan"
        force = ["--force"] if "=good" in filled else []
        assert mark.lorplan(*words, *force, "--as-of", day).out


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        pytest.param(("sato", "performance=good"), "skip, you chose to skip it", id="skipped"),
        pytest.param(("okafor", "declined"), "skip, the attending declined", id="declined"),
    ],
)
def test_letter_without_a_next_action_says_why(mark: MarkRunner, args: tuple[str, ...], reason: str) -> None:
    """With the verdict; the only command is the one that takes it back."""
    mark.write(ASKED)
    lines = mark(*args).out.splitlines()
    assert lines[-3:-1] == ["", f"Nothing more to do for this letter: {reason}"]
    assert lines[-1].startswith("To take it back: lorplan mark ")
    assert "Next" not in lines


@pytest.mark.parametrize("columns", ["200", "72", "71", "40"])
def test_no_line_of_the_page_is_wider_than_the_terminal(mark: MarkRunner, columns: str) -> None:
    """But for commands, which are never broken; wide characters count as two columns."""
    mark.write(HOSTILE)
    out = mark("😀", "asked", env={"COLUMNS": columns}).out
    assert all(cell_len(line) <= int(columns) for line in out.splitlines() if ": lorplan " not in line)


@pytest.mark.parametrize("columns", ["1", "0", "-4", "wide", "5000"])
def test_unusual_width_gives_a_page(mark: MarkRunner, columns: str) -> None:
    """A width that no terminal has does not crash."""
    assert mark("chen", "asked", env={"COLUMNS": columns}).out


def test_colored_page_without_its_styles_is_the_plain_page(mark: MarkRunner) -> None:
    """Colour adds no information."""
    plain = mark("chen", "asked").out
    mark.write(AMINA)
    colored = mark("chen", "asked", "--color", "always").out
    assert "\x1b" in colored
    assert [line.rstrip() for line in STYLE.sub("", colored).splitlines()] == plain.splitlines()


@pytest.mark.parametrize("word", ["[/IM]", "陈伟", "😀"], ids=["markup", "cjk", "emoji"])
def test_name_on_the_page_is_printed_as_it_was_typed(mark: MarkRunner, word: str) -> None:
    """Brackets, colons, wide characters and emoji have no effect."""
    mark.write(HOSTILE)
    [name] = [name for name in HOSTILE_NAMES if word in name]
    assert mark(word, "asked").out.startswith(f"{name} (")


@pytest.mark.parametrize("how", [(), ("--dry-run",)], ids=["page", "diff"])
def test_name_that_the_encoding_lacks_is_printed_as_numbers(mark: MarkRunner, how: tuple[str, ...]) -> None:
    """Output in ASCII escapes the characters, and the file keeps them."""
    mark.write(HOSTILE)
    out = mark("陈伟", "asked", *how, encoding="ascii").out
    assert "\\u9648\\u4f1f" in out
    assert "陈伟 王小明" in mark.text
