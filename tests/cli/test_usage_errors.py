"""Wrong usage: one line says what is wrong, and the next one what to type instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from lorplan.cli.arguments import MAX_CANDIDATES
from samples import AMINA

if TYPE_CHECKING:
    from pathlib import Path

    from runner import Lorplan

IDS = "chen, okafor, rossi, silva, sato"


@pytest.fixture(autouse=True)
def amina(tmp_path: Path) -> Path:
    """Write Amina's plan file where the commands look for it."""
    path = tmp_path / "rotations.yaml"
    path.write_text(AMINA)
    return path


@pytest.mark.parametrize(
    ("args", "wrong", "way_out"),
    [
        pytest.param(("pln",), 'no command "pln"', "did you mean plan?", id="misspelled_command"),
        pytest.param(("xyz",), 'no command "xyz"', "see all commands: lorplan help", id="unknown_command"),
        pytest.param(("",), 'no command ""', "see all commands: lorplan help", id="empty_command"),
        pytest.param(
            ("my plan.yaml",), 'no command "my plan.yaml"', "did you mean lorplan plan 'my plan.yaml'?", id="a_file"
        ),
        pytest.param(("help", "mrk"), 'no command "mrk"', "did you mean mark?", id="help_of_a_misspelled_command"),
        pytest.param(("help", "xyz"), 'no command "xyz"', "see all commands: lorplan help", id="help_of_no_command"),
        pytest.param(("due", "--todya"), "no option --todya", "did you mean --today?", id="misspelled_option"),
        pytest.param(("due", "--xyz"), "no option --xyz", "see all options: lorplan help due", id="unknown_option"),
        pytest.param(("due", "-x"), "no option -x", "see all options: lorplan help due", id="unknown_short_option"),
        pytest.param(("--versoin",), "no option --versoin", "did you mean --version?", id="misspelled_global_option"),
        pytest.param(("--xyz",), "no option --xyz", "see all options: lorplan help", id="unknown_global_option"),
        pytest.param(
            ("--json", "plan"),
            "no option --json",
            "write it after the command: lorplan COMMAND --json",
            id="option_before_the_command",
        ),
        pytest.param(("plan", "--as-of"), "--as-of needs a value", "write: --as-of DATE", id="option_without_value"),
        pytest.param(("plan", "-f"), "-f needs a value", "write: -f FILE", id="short_option_without_value"),
        pytest.param(("plan", "--full=yes"), "--full takes no value", "write: --full", id="switch_with_a_value"),
        pytest.param(
            ("plan", "--color", "maybe"),
            '--color: "maybe" is not a way to colour',
            "write auto, always or never",
            id="wrong_value",
        ),
        pytest.param(
            ("plan", "--as-of", "05/11/2026"),
            '--as-of: "05/11/2026" is not a date',
            "write YYYY-MM-DD, such as 2026-11-05 or 2026-05-11",
            id="day_in_another_form",
        ),
        pytest.param(
            ("plan", "--as-of", "2026-11-31"),
            "--as-of: 2026-11-31 does not exist",
            "November 2026 has 30 days",
            id="no_such_day",
        ),
        pytest.param(
            ("due", "--within", "2 months"),
            '--within: "2 months" is not a number of days',
            "write 30d, 4w or 2 weeks",
            id="no_span",
        ),
        pytest.param(
            ("plan", "--json", "--plain"),
            "--json and --plain cannot be used together",
            "leave one of them out",
            id="two_formats",
        ),
        pytest.param(("rules", "WHO-99"), 'unknown rule "WHO-99"', "choose from WHO-1 to ", id="unknown_rule"),
    ],
)
def test_wrong_usage_is_told_in_one_line_with_the_way_out_on_the_next(
    lorplan: Lorplan, args: tuple[str, ...], wrong: str, way_out: str
) -> None:
    """In one style, whoever noticed it."""
    result = lorplan(*args, status=2)
    assert result.out == ""
    said, advice = result.err.splitlines()
    assert said == f"lorplan: {wrong}"
    assert advice.startswith(way_out)


@pytest.mark.parametrize(
    ("args", "wrong", "way_out"),
    [
        pytest.param(
            ("plan", "a.yaml", "b c.yaml"),
            "plan takes one file",
            "for several: lorplan due a.yaml 'b c.yaml' (or lorplan export html a.yaml 'b c.yaml')",
            id="plan_of_two_files",
        ),
        pytest.param(("season", "2028", "2029"), "too many words: 2029", "write: lorplan season [YEAR]", id="years"),
        pytest.param(("why", "chen", "sato"), "too many words: sato", "write: lorplan why ROTATION", id="rotations"),
        pytest.param(
            ("why", "chen", "rotations.yaml"),
            "too many words: rotations.yaml",
            "name the file with -f: lorplan why ROTATION -f rotations.yaml",
            id="file_without_its_option",
        ),
        pytest.param(("schema", "x.yaml"), "too many words: x.yaml", "write: lorplan schema", id="no_file_at_all"),
    ],
)
def test_words_too_many_are_refused_with_the_right_form(
    lorplan: Lorplan, args: tuple[str, ...], wrong: str, way_out: str
) -> None:
    """It is not guessed which of them is meant."""
    assert lorplan(*args, status=2).err == f"lorplan: {wrong}\n{way_out}\n"


# --- where a rotation is expected ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "form"),
    [
        pytest.param("why", "why chen", id="why"),
        pytest.param("draft", "draft chen [KIND]", id="draft"),
        pytest.param("done", "done chen [KIND]", id="done"),
        pytest.param("mark", "mark chen EVENT", id="mark"),
    ],
)
def test_missing_rotation_is_told_with_those_of_the_file(lorplan: Lorplan, command: str, form: str) -> None:
    """One of them can be typed."""
    assert lorplan(command, status=2).err == (
        f"lorplan: ROTATION is missing: the file has {IDS}\nwrite: lorplan {form}\n"
    )


def test_missing_rotation_is_told_with_those_of_the_file_that_is_named(lorplan: Lorplan, amina: Path) -> None:
    """By the option, or by the variable."""
    amina.rename(amina.with_name("other.yaml"))
    assert f"the file has {IDS}\n" in lorplan("why", "-f", "other.yaml", status=2).err
    assert f"the file has {IDS}\n" in lorplan("why", env={"LORPLAN_FILE": "other.yaml"}, status=2).err


@pytest.mark.parametrize("text", [None, "[]", "- ["], ids=["no_file", "no_rotations", "no_plan_file"])
def test_missing_rotation_of_a_file_without_any_is_told_alone(lorplan: Lorplan, amina: Path, text: str | None) -> None:
    """What is wrong with the file is told when it is used."""
    if text is None:
        amina.unlink()
    else:
        amina.write_text(text)
    assert lorplan("why", status=2).err == "lorplan: ROTATION is missing\nwrite: lorplan why ROTATION\n"


@pytest.mark.parametrize("more", [0, 1, 5])
def test_missing_rotation_of_a_long_file_is_told_with_some_and_a_count(
    lorplan: Lorplan, amina: Path, more: int
) -> None:
    """A message is never longer than somebody would read."""
    row = "- {{id: r{number}, attending: Dr. Lee, specialty: neurology, start: 2027-01-04, weeks: 4}}\n"
    amina.write_text("".join(row.format(number=number) for number in range(MAX_CANDIDATES + more)))
    said = lorplan("why", status=2).err.splitlines()[0]
    assert len(re.findall(r"\br\d+", said)) == MAX_CANDIDATES
    assert said.endswith(f", and {more} more" if more else f", r{MAX_CANDIDATES - 1}")


def test_missing_event_keeps_the_rotation_that_is_named(lorplan: Lorplan) -> None:
    """Only the rest is to be added."""
    assert lorplan("mark", "sato", status=2).err == ("lorplan: EVENT is missing\nwrite: lorplan mark sato EVENT\n")


@pytest.mark.parametrize(
    ("name", "form"),
    [
        pytest.param("rotations.yaml", "why chen -f rotations.yaml", id="plan_file"),
        pytest.param("GONE.YML", "why ROTATION -f GONE.YML", id="missing_file"),
        pytest.param("-", "why ROTATION -f -", id="standard_input"),
    ],
)
def test_file_where_a_rotation_is_expected_is_refused_with_the_option(lorplan: Lorplan, name: str, form: str) -> None:
    """With a rotation of that file."""
    assert lorplan("why", name, status=2, stdin=AMINA).err == (
        f'lorplan: "{name}" is a file, not a rotation\nwrite: lorplan {form}\n'
    )


def test_misspelled_rotation_gets_a_suggestion(lorplan: Lorplan) -> None:
    """The ids of the file are known."""
    assert lorplan("why", "okafro", status=2).err == 'lorplan: no rotation matches "okafro"\ndid you mean okafor?\n'


# --- where a file is expected -------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [("plan",), ("due",), ("check",), ("export", "csv")], ids=lambda args: args[0])
def test_rotation_where_a_file_is_expected_is_refused_with_the_command(
    lorplan: Lorplan, command: tuple[str, ...]
) -> None:
    """An id, the start of one, or a part of a name, if there is no such file."""
    for word, rotation in (("chen", "chen"), ("oka", "okafor"), ("Luis", "rossi")):
        assert lorplan(*command, word, status=2).err == (
            f'lorplan: no file "{word}"\ndid you mean lorplan why {rotation}?\n'
        )


def test_file_with_the_name_of_a_rotation_is_read(lorplan: Lorplan, amina: Path) -> None:
    """What exists is what is meant."""
    amina.with_name("chen").write_text(AMINA)
    assert lorplan("due", "chen", "--as-of", "2027-01-20").out


@pytest.mark.parametrize(
    ("word", "text", "advice"),
    [
        pytest.param("nobody", AMINA, "", id="no_rotation"),
        pytest.param("dr", AMINA, "", id="several_rotations"),
        pytest.param("chen", "- [", "", id="default_file_is_wrong"),
        pytest.param("chen", None, "", id="no_default_file"),
        pytest.param("rotation.yaml", AMINA, "did you mean rotations.yaml?\n", id="misspelled_file"),
        pytest.param("./rotation", AMINA, "did you mean rotations.yaml?\n", id="misspelled_file_in_a_folder"),
        pytest.param("amina.yml", AMINA, "begin one: lorplan init amina.yml\n", id="new_file"),
        pytest.param("gone/amina.yaml", AMINA, "", id="no_folder"),
    ],
)
def test_missing_file_is_told_with_the_one_that_is_meant(
    lorplan: Lorplan, amina: Path, word: str, text: str | None, advice: str
) -> None:
    """A file of a similar name, or a new one."""
    if text is None:
        amina.unlink()
    else:
        amina.write_text(text)
    assert lorplan("plan", word, status=1).err == (
        f"lorplan: {word}: cannot be read: No such file or directory\n{advice}"
    )


READING = (("plan",), ("due",), ("check",), ("export", "csv"))


@pytest.mark.parametrize("command", READING, ids=lambda args: args[0])
def test_file_is_named_by_the_argument_or_by_the_option(
    lorplan: Lorplan, amina: Path, command: tuple[str, ...]
) -> None:
    """Or by both, if they name the same."""
    amina.rename(amina.with_name("other.yaml"))
    expected = lorplan(*command, "other.yaml")
    for named in (("-f", "other.yaml"), ("--file", "other.yaml"), ("other.yaml", "-f", "other.yaml")):
        assert lorplan(*command, *named) == expected


@pytest.mark.parametrize("command", READING, ids=lambda args: args[0])
def test_two_different_files_are_refused(lorplan: Lorplan, command: tuple[str, ...]) -> None:
    """It is not guessed which of them is meant."""
    assert lorplan(*command, "rotations.yaml", "-f", "other.yaml", status=2).err == (
        "lorplan: FILE and --file name different files: rotations.yaml and other.yaml\nleave one of them out\n"
    )


def test_several_files_and_the_option_are_refused(lorplan: Lorplan) -> None:
    """The option names one."""
    assert "name different files" in lorplan("due", "a.yaml", "b.yaml", "-f", "a.yaml", status=2).err


# --- on a terminal ------------------------------------------------------------------------------------------


@pytest.mark.system
def test_error_on_a_terminal_is_wrapped_at_words(lorplan: Lorplan) -> None:
    """What is wrong is; a command to type is not."""
    (lorplan.folder / "rotations.yaml").unlink()
    name = "a long name of a plan file.yaml"
    shown = lorplan.in_terminal("due", f"{name} 1", "-f", f"{name} 2", size=(24, 50), status=2)
    assert shown.splitlines() == [
        "lorplan: FILE and --file name different files: a",
        "long name of a plan file.yaml 1 and a long name of",
        "a plan file.yaml 2",
        "leave one of them out",
    ]
    shown = lorplan.in_terminal("plan", name, size=(24, 50), status=1)
    assert shown.splitlines()[-1] == f"begin one: lorplan init '{name}'"


@pytest.mark.system
def test_error_in_a_pipe_is_never_wrapped(lorplan: Lorplan) -> None:
    """A log or a script gets each on one line, whatever the width is said to be."""
    name = "a long name of a plan file.yaml"
    err = lorplan.process("plan", name, env={"COLUMNS": "40"}, status=1).err
    assert err == f"lorplan: {name}: cannot be read: No such file or directory\nbegin one: lorplan init '{name}'\n"
