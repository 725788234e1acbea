"""The command line as a whole: streams and exit statuses, wrong usage, and words that are never markup."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from lorplan import __version__
from lorplan.__main__ import main as lorplan_main
from samples import AMINA, AS_OF, BAD, HOSTILE, HOSTILE_NAMES

if TYPE_CHECKING:
    from pathlib import Path

    from runner import Lorplan

READING = (("plan",), ("due",), ("why", "chen"), ("check",), ("season",))
"""The commands that read a plan file, with the other arguments they need."""


@pytest.fixture(autouse=True)
def amina(tmp_path: Path) -> None:
    """Write Amina's plan file where the commands look for it."""
    (tmp_path / "rotations.yaml").write_text(AMINA)


# --- every command ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "answer"),
    [
        pytest.param(("plan", "--as-of", AS_OF), "letters wanted", id="plan"),
        pytest.param(("due", "--as-of", AS_OF), "how you are doing", id="due"),
        pytest.param(("why", "chen", "--as-of", AS_OF), "Dr. Wei Chen: ask on Wed Jan 27", id="why"),
        pytest.param(("rules", "WHEN-7"), "Give the writer four weeks.", id="rules"),
        pytest.param(("season", "2028"), "2028 season", id="season"),
        pytest.param(("schema",), '"rotations"', id="schema"),
        pytest.param(("--version",), f"lorplan {__version__}\n", id="version"),
    ],
)
def test_command_answers_on_standard_output_only(lorplan: Lorplan, args: tuple[str, ...], answer: str) -> None:
    """The answer goes to standard output, nothing to standard error, and the exit status is 0."""
    result = lorplan(*args)
    assert answer in result.out
    assert result.err == ""


@pytest.mark.system
@pytest.mark.parametrize("args", [("plan", "--as-of", AS_OF), ("due", "--as-of", AS_OF)], ids=lambda args: args[0])
def test_real_program_gives_the_same_result_as_a_call_in_process(lorplan: Lorplan, args: tuple[str, ...]) -> None:
    """What the tests see within one process is what a user sees."""
    assert lorplan.process(*args) == lorplan(*args)


def test_page_of_a_whole_plan_names_the_applicant_and_the_day_in_its_first_line(lorplan: Lorplan) -> None:
    """One sees whose it is and as of when."""
    for command in (("plan",), ("plan", "--full"), ("due",)):
        first = lorplan(*command, "--as-of", AS_OF).out.splitlines()[0]
        assert first.startswith("Amina Rahman")
        assert first.endswith("  Wed Jan 20, 2027")


@pytest.mark.parametrize("command", [("plan",), ("due",), ("why", "chen")], ids=lambda command: command[0])
def test_command_without_as_of_plans_for_today(
    lorplan: Lorplan, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """Without --as-of the plan is that of today."""
    monkeypatch.setattr(f"lorplan.cli.{command[0]}.today", lambda: date.fromisoformat(AS_OF))
    assert lorplan(*command).out == lorplan(*command, "--as-of", AS_OF).out


def test_interrupt_exits_with_130_and_prints_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C ends the program quietly."""

    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setenv("PYDANTIC_DISABLE_PLUGINS", "")  # `main` sets it: this restores it
    monkeypatch.setattr("lorplan.cli.main", interrupt)
    for name in ("freeze", "set_threshold"):
        monkeypatch.setattr(f"gc.{name}", lambda *_: None)
    with pytest.raises(SystemExit) as leaving:
        lorplan_main()
    assert leaving.value.code == 130
    assert capsys.readouterr() == ("", "")


# --- wrong usage --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param((), "Usage:", id="no_command"),
        pytest.param(("bogus",), "bogus", id="unknown_command"),
        pytest.param(("plan", "a.yaml", "b.yaml"), "b.yaml", id="plan_with_two_files"),
        pytest.param(("plan", "--json", "--plain"), "--json and --plain cannot be used together", id="two_formats"),
        pytest.param(("due", "--bogus"), "--bogus", id="unknown_option"),
        pytest.param(("due", "--today", "--within", "3d"), "--today, --within and --all", id="due_with_two_ranges"),
        pytest.param(("why",), "ROTATION", id="why_without_rotation"),
        pytest.param(("why", "nobody"), 'no rotation matches "nobody"', id="why_of_unknown_rotation"),
        pytest.param(("check", "--as-of", AS_OF), "--as-of", id="check_with_a_day"),
        pytest.param(("rules", "WHO-99"), 'unknown rule "WHO-99"', id="unknown_rule"),
        pytest.param(("rules", "--markdown", "--json"), "--markdown and --json", id="markdown_and_json"),
        pytest.param(("rules", "--markdown", "--plain"), "--markdown and --plain", id="markdown_and_plain"),
        pytest.param(("season", "1990"), "1991 to 2100", id="season_too_early"),
        pytest.param(("season", "2101"), "1991 to 2100", id="season_too_late"),
        pytest.param(("season", "next"), '"next" is not a season\nwrite the year of the Match', id="season_in_words"),
        pytest.param(("season", "2028", "-f", "rotations.yaml"), "YEAR and --file", id="season_of_year_and_file"),
        pytest.param(("plan", "--color", "maybe"), '"maybe" is not a way to colour\nwrite auto', id="unknown_color"),
    ],
)
def test_wrong_usage_exits_with_2_and_answers_nothing(lorplan: Lorplan, args: tuple[str, ...], message: str) -> None:
    """What is wrong is on standard error, in words that a user understands; standard output stays empty."""
    result = lorplan(*args, status=2)
    assert result.out == ""
    assert message in result.err
    for jargon in ("Input should be", "Value error", "unable to parse", "'[YEAR]'"):
        assert jargon not in result.err


@pytest.mark.parametrize(
    ("word", "message"),
    [
        pytest.param("05/11/2026", "write YYYY-MM-DD, such as 2026-11-05 or 2026-05-11", id="slashes"),
        pytest.param("soon", "write YYYY-MM-DD, such as 2027-01-29", id="word"),
        pytest.param("2027-1-5", "write YYYY-MM-DD, such as 2027-01-05", id="one_digit"),
        pytest.param("20270105", "write YYYY-MM-DD", id="no_hyphens"),
        pytest.param("2026-11-31", "November 2026 has 30 days", id="no_such_day"),
        pytest.param("1989-12-31", "from 1990-01-01 to 2100-12-31", id="too_early"),
        pytest.param("", "write YYYY-MM-DD", id="empty"),
    ],
)
@pytest.mark.parametrize("command", [("plan",), ("due",), ("why", "chen")], ids=lambda command: command[0])
def test_wrong_as_of_day_is_refused_with_the_right_form(
    lorplan: Lorplan, command: tuple[str, ...], word: str, message: str
) -> None:
    """A day that cannot be read is refused with the form to write, and never guessed."""
    result = lorplan(*command, "--as-of", word, status=2)
    assert message in result.err
    assert result.out == ""


# --- words from the file and the command line are never markup ----------------------------------------------


@pytest.mark.parametrize("options", [(), ("--plain",), ("--json",), ("--color", "always")], ids=" ".join)
@pytest.mark.parametrize("columns", ["200", "60"])
def test_hostile_names_print_as_typed_in_every_format(lorplan: Lorplan, options: tuple[str, ...], columns: str) -> None:
    """Brackets, colons, braces, wide characters and emoji in a name are printed unchanged."""
    for command in (("plan", "--full"), ("due", "--within", "60d")):
        args = (*command, "-", "--as-of", "2027-01-20", *options)
        out = lorplan(*args, stdin=HOSTILE, env={"COLUMNS": columns}).out
        for name in HOSTILE_NAMES:
            assert name in " ".join(out.split())


def test_why_prints_all_texts_of_the_file_as_typed(lorplan: Lorplan) -> None:
    """Specialty, hospital and names are not markup in `why` either."""
    out = lorplan("why", "Dr. [/IM]", "-f", "-", "--as-of", AS_OF, stdin=HOSTILE, env={"COLUMNS": "200"}).out
    for text in ("[red]neurology[/red]", "Mercy [/] :x: {0} %s", HOSTILE_NAMES[0]):
        assert text in out


def test_problems_print_the_text_of_the_file_as_typed(lorplan: Lorplan) -> None:
    """An unknown key that looks like markup is shown as it was typed."""
    out = lorplan("check", "-", stdin=HOSTILE.replace("hospital:", '"[/IM] :b:":'), status=1).out
    assert 'unknown key "[/IM] :b:"' in out
    assert '"[/IM] :b:": "Mercy' in out


def test_usage_errors_print_what_was_typed_on_one_line(lorplan: Lorplan) -> None:
    """A word of the command line is not markup and cannot break a line."""
    assert '"[/IM] :b:"' in lorplan("rules", "[/IM] :b:", status=2).err
    assert lorplan("plan", "a\nb", status=1).err.count("\n") == 1


@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_file_name_with_control_characters_is_shown_without_them(lorplan: Lorplan, command: tuple[str, ...]) -> None:
    """Escape and bidirectional override characters in a file's name are not printed."""
    name = "evil\x1b[31m\u202e.yaml"
    is_check = command == ("check",)
    (lorplan.folder / name).write_text(BAD if is_check else AMINA)
    args = [*command, "-f", name] if command[0] in {"why", "season"} else [*command, name]
    day = ["--as-of", AS_OF] if command[0] in {"plan", "due", "why"} else []
    result = lorplan(*args, *day, status=int(is_check))
    assert "evil" in result.out
    assert "\x1b" not in result.out
    assert "\u202e" not in result.out
