"""Which plan file a command reads, and how problems with it are reported."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from samples import ADVISED, AMINA, AS_OF, BAD, BAD_REPORT, BENITO

if TYPE_CHECKING:
    from pathlib import Path

    from runner import Lorplan, Result

READING = (("plan",), ("due",), ("why", "chen"), ("check",), ("season",))
"""The commands that read a plan file, with the other arguments they need."""


def with_file(file: str, *args: str) -> list[str]:
    """Name the file in the way that the command takes it."""
    return [*args, "-f", file] if args[0] in {"why", "season"} else [*args, file]


def split_report(result: Result, command: tuple[str, ...]) -> tuple[str, str]:
    """Give where a command reports problems, and its other stream: for `check` problems are the answer."""
    return (result.out, result.err) if command == ("check",) else (result.err, result.out)


@pytest.fixture
def amina(tmp_path: Path) -> Path:
    """Write Amina's plan file where the commands look for it."""
    path = tmp_path / "rotations.yaml"
    path.write_text(AMINA)
    return path


@pytest.fixture
def bad(tmp_path: Path) -> str:
    """Write a file with two problems, and return its name."""
    (tmp_path / "bad.yaml").write_text(BAD)
    return "bad.yaml"


# --- which file ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("present", "variable", "expected"),
    [
        pytest.param("a.yaml v.yaml rotations.yaml", "v.yaml", "a.yaml", id="the_argument_first"),
        pytest.param("v.yaml rotations.yaml rotations.yml", "v.yaml", "v.yaml", id="then_the_variable"),
        pytest.param("rotations.yaml rotations.yml", None, "rotations.yaml", id="then_rotations_yaml"),
        pytest.param("rotations.yml", None, "rotations.yml", id="then_rotations_yml"),
        pytest.param("rotations.yaml", "", "rotations.yaml", id="empty_variable_is_ignored"),
    ],
)
@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_file_is_searched_in_the_documented_order(
    lorplan: Lorplan, command: tuple[str, ...], present: str, variable: str | None, expected: str
) -> None:
    """FILE is the argument, else $LORPLAN_FILE, else rotations.yaml, else rotations.yml."""
    for name in present.split():
        text = AMINA.replace("2027-01-29", "2027-01-32") if name == expected else "[]"
        (lorplan.folder / name).write_text(text)
    args = with_file("a.yaml", *command) if expected == "a.yaml" else command
    result = lorplan(*args, env={"LORPLAN_FILE": variable}, status=1)
    assert split_report(result, command)[0].startswith(f"{expected}:4:30: ")


@pytest.mark.parametrize("command", READING[:4], ids=lambda command: command[0])
def test_missing_default_file_is_reported_with_the_names_searched_for(
    lorplan: Lorplan, command: tuple[str, ...]
) -> None:
    """If there is no plan file, it says where it looked, and how to begin one; for `check` it is a problem."""
    result = lorplan(*command, status=1)
    message, way_out = (result.out + result.err).splitlines()
    assert message == (
        f"lorplan: no plan file: {lorplan.folder} has no rotations.yaml or rotations.yml, and LORPLAN_FILE is not set"
    )
    assert way_out == "begin one: lorplan init"
    assert result.out == (f"{message}\n" if command == ("check",) else "")


def test_missing_file_of_the_variable_is_reported(lorplan: Lorplan, amina: Path) -> None:
    """A wrong $LORPLAN_FILE is an error, even if there is a default file."""
    assert amina.exists()
    result = lorplan("plan", env={"LORPLAN_FILE": "gone.yaml"}, status=1)
    assert result.err.startswith("lorplan: gone.yaml: cannot be read: ")


@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_hyphen_reads_standard_input_with_byte_order_mark_and_crlf(lorplan: Lorplan, command: tuple[str, ...]) -> None:
    """`-` reads standard input as it comes from any system."""
    windows = b"\xef\xbb\xbf" + AMINA.replace("\n", "\r\n").encode()
    result = lorplan(*with_file("-", *command), "--json", stdin=windows)
    assert json.loads(result.out)["kind"] == command[0]
    assert result.err == ""


@pytest.mark.system
def test_plan_file_can_be_piped_into_the_real_program(lorplan: Lorplan) -> None:
    """A plan file can be piped in."""
    assert json.loads(lorplan.process("plan", "-", "--json", stdin=AMINA).out)["file"] == "-"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(None, "plan.yaml: cannot be read: No such file or directory", id="missing"),
        pytest.param("a directory", "plan.yaml: cannot be read: Is a directory", id="directory"),
        pytest.param("[]".encode("utf-16"), "plan.yaml:1:1: not UTF-8: byte 0xFF (the file looks", id="utf_16"),
        pytest.param(b"- attending: Jos\xe9", "plan.yaml:1:17: not UTF-8: byte 0xE9", id="latin_1"),
        pytest.param(b"", "plan.yaml:1:1: the file is empty", id="empty"),
    ],
)
@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_unusable_file_is_reported_in_one_line(
    lorplan: Lorplan, command: tuple[str, ...], content: str | bytes | None, message: str
) -> None:
    """A file that cannot be read, or is no plan file at all, is reported in one line by every command."""
    path = lorplan.folder / "plan.yaml"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content:
        path.mkdir()
    report, other = split_report(lorplan(*with_file("plan.yaml", *command), status=1), command)
    assert report.removeprefix("lorplan: ").startswith(message)
    way_out = "begin one: lorplan init plan.yaml\n" if content is None else ""
    assert (report + other).partition("\n")[2] == way_out


def test_file_larger_than_16_mib_is_reported_in_one_line(lorplan: Lorplan) -> None:
    """A file that no person has typed is not read to its end."""
    (lorplan.folder / "plan.yaml").write_bytes(b"#" * (16 * 1024 * 1024 + 1))
    assert lorplan("check", "plan.yaml", status=1).out == "plan.yaml:1:1: larger than 16 MiB: not a plan file\n"


def test_file_without_read_permission_is_reported_in_one_line(
    lorplan: Lorplan, monkeypatch: pytest.MonkeyPatch, amina: Path
) -> None:
    """A file that the user may not read is reported in one line."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(amina), "open", refuse)
    assert lorplan("plan", status=1).err == "lorplan: rotations.yaml: cannot be read: Permission denied\n"


# --- problems -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [(), ("--json",), ("--plain",)], ids=["page", "json", "plain"])
@pytest.mark.parametrize("command", [c for c in READING if c != ("check",)], ids=lambda command: command[0])
def test_problems_go_to_standard_error_in_every_format(
    lorplan: Lorplan, bad: str, command: tuple[str, ...], options: tuple[str, ...]
) -> None:
    """Problems are shown with the line and a caret on standard error, and nothing is answered."""
    result = lorplan(*with_file(bad, *command), *options, status=1)
    assert result.out == ""
    assert result.err == BAD_REPORT.format(file=bad)


def test_check_prints_problems_on_standard_output(lorplan: Lorplan, bad: str) -> None:
    """For `check` the problems are the answer."""
    result = lorplan("check", bad, status=1)
    assert result.out == BAD_REPORT.format(file=bad)
    assert result.err == ""


@pytest.mark.parametrize("columns", ["40", "72", None], ids=lambda columns: f"columns_{columns}")
def test_problems_are_not_wrapped_at_any_width(lorplan: Lorplan, columns: str | None) -> None:
    """A problem stays on its line: editors read file:line:column, and the caret stays in place."""
    long = BAD.replace("Dr. Wei Chen", "Dr. Maximiliana Theodora Konstantinopoulou-Featherstonehaugh the Younger")
    long += "  notes: " + "word " * 30 + "\n  bogus: " + "word " * 12 + "\n"
    (lorplan.folder / "bad.yaml").write_text(long)
    report = lorplan("check", "bad.yaml", env={"COLUMNS": columns}, status=1).out
    positions = [line.split(" ")[0] for line in report.splitlines()]
    assert positions == ["bad.yaml:4:8:", "", "", "bad.yaml:5:3:", "", "", "bad.yaml:7:3:", "", ""]
    assert report == lorplan("plan", "bad.yaml", status=1).err


def test_check_of_a_good_file_is_silent(lorplan: Lorplan, amina: Path) -> None:
    """A good file: no output, and exit status 0."""
    result = lorplan("check", amina.name)
    assert (result.out, result.err) == ("", "")


@pytest.mark.parametrize(("strict", "status"), [((), 0), (("--strict",), 1)], ids=["usual", "strict"])
@pytest.mark.parametrize("options", [(), ("--plain",)], ids=["page", "plain"])
def test_advice_goes_to_standard_error_and_fails_only_a_strict_check(
    lorplan: Lorplan, strict: tuple[str, ...], status: int, options: tuple[str, ...]
) -> None:
    """Advice is not a problem of the file, unless `--strict` makes it one."""
    (lorplan.folder / "advised.yaml").write_text(ADVISED)
    result = lorplan("check", "advised.yaml", *strict, *options, status=status)
    assert result.out == ""
    assert result.err.startswith("advice: advised.yaml:1:40: ")
    assert '"frobnication"' in result.err


# --- several files ------------------------------------------------------------------------------------------


def test_very_much_advice_is_cut_and_counted(lorplan: Lorplan) -> None:
    """As with problems, nobody reads more than a thousand."""
    days = ", ".join(["2020-01-01"] * 1000)
    rows = [f"- {{attending: A, specialty: im, start: 2027-01-04, weeks: 4, away: [{days}]}}\n" for _ in range(2)]
    result = lorplan("check", "-", stdin="".join(rows))
    *advice, rest = result.err.splitlines()
    assert len(advice) == 1000
    assert rest == "advice: -:1:1: and 1000 more pieces of advice"


def test_check_of_several_files_reports_the_problems_of_each(lorplan: Lorplan, amina: Path) -> None:
    """A good file between bad ones: all are checked, and the status is 1."""
    for name in ("one.yaml", "two.yaml"):
        (lorplan.folder / name).write_text(BAD)
    out = lorplan("check", "one.yaml", amina.name, "two.yaml", status=1).out
    assert out == BAD_REPORT.format(file="one.yaml") + BAD_REPORT.format(file="two.yaml")


@pytest.mark.parametrize("unusable", ["bad.yaml", "gone.yaml"], ids=["with_problems", "missing"])
@pytest.mark.parametrize("position", [0, 1, 2], ids=["first", "between", "last"])
@pytest.mark.usefixtures("bad")
def test_due_answers_for_the_other_files_if_one_is_unusable(
    lorplan: Lorplan, amina: Path, unusable: str, position: int
) -> None:
    """The problems of one file go to standard error, and status 1 wins over status 8."""
    (lorplan.folder / "benito.yaml").write_text(BENITO)
    files = [amina.name, "benito.yaml"]
    files.insert(position, unusable)
    result = lorplan("due", *files, "--plain", "--as-of", AS_OF, "--exit-code", status=1)
    assert {line.split("\t")[7] for line in result.out.splitlines()} == {amina.name, "benito.yaml"}
    assert result.err.removeprefix("lorplan: ").startswith(f"{unusable}:")


def test_due_of_unusable_files_only_answers_nothing(lorplan: Lorplan, bad: str) -> None:
    """If no file can be used, there is no answer, and in particular none that nothing is to be done."""
    result = lorplan("due", bad, "gone.yaml", "--json", status=1)
    assert result.out == ""
    last = ["lorplan: gone.yaml: cannot be read: No such file or directory", "begin one: lorplan init gone.yaml"]
    assert result.err.splitlines()[-2:] == last
