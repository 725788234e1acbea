"""The commands: what goes to which stream, with which exit status, in which form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from lorplan import __version__
from lorplan.rules import BY_ID, RULES
from samples import ADVISED, AMINA, AS_OF, BAD, BAD_REPORT, BENITO, HOSTILE, HOSTILE_NAMES

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

COMMANDS = ("plan", "due", "why", "check", "rules", "season")
READING = (("plan",), ("due",), ("why", "chen"), ("check",), ("season",))
"""The commands that read a plan file, with what else they need."""

TITLES = {"feedback": "how you are doing", "book": "Book", "rate": "Note", "ask": "strong letter"}

PLAN_KEYS = {
    "plan": "format_version kind as_of file applicant season deadline needed_by latest_ask wanted forecast letters"
    " actions coverage warnings",
    "applicant": "name email",
    "season": "year opens submit review rank_list match_day ends estimated guessed source",
    "forecast": "secured promised asked planned",
    "letter": "id attending hospital specialty start last_day status verdict pick rank strength tentative tight"
    " silent fresh opens ask_on closes arrives_by on_time reasons decided_by would_change",
    "reason": "rule text",
    "decision": "rule than",
    "action": "id kind rotation attending on until state channel conditional title rules",
    "coverage": "target needed planned asked promised secured letters",
    "warning": "code rotation target text",
}
"""The documented keys of `plan --json` at every level, in their order."""


@pytest.fixture
def amina(tmp_path: Path) -> Path:
    """Write Amina's plan file where the commands look for it."""
    path = tmp_path / "rotations.yaml"
    path.write_text(AMINA)
    return path


def keys(value: dict[str, Any]) -> str:
    """Name the keys of an object in their order."""
    return " ".join(value)


def document(text: str) -> dict[str, Any]:
    """Read exactly one JSON document on one line."""
    assert text.count("\n") == 1, "one document, one line"
    assert "\x1b" not in text
    found = json.loads(text)
    assert isinstance(found, dict)
    assert next(iter(found)) == "format_version", "a reader looks at the version first"
    assert found["format_version"] == "1.0"
    return found


# --- every command once happy -----------------------------------------------------------------------------


def naming(file: str, *args: str) -> list[str]:
    """Give arguments with the file named in the way that the command wants it."""
    return [*args, "-f", file] if args[0] in {"why", "season"} else [*args, file]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param(("plan", "--as-of", AS_OF), "Whom to ask", id="plan"),
        pytest.param(("due", "--as-of", AS_OF), "how you are doing", id="due"),
        pytest.param(("why", "chen", "--as-of", AS_OF), "Dr. Wei Chen (chen): ask", id="why"),
        pytest.param(("rules", "WHEN-7"), "Give the writer four weeks.", id="rules"),
        pytest.param(("season", "2028"), "2028 season", id="season"),
    ],
)
@pytest.mark.usefixtures("amina")
def test_a_command_answers_on_standard_output(invoke: Runner, args: tuple[str, ...], said: str) -> None:
    """The answer goes to standard output, nothing to standard error, and the exit status is 0."""
    result = invoke(*args)
    assert said in result.out
    assert result.err == ""


@pytest.mark.usefixtures("amina")
def test_the_real_program_runs(run: Runner) -> None:
    """`python -m lorplan` in a process of its own gives the same plan as a call within this one."""
    result = run("plan", "--as-of", AS_OF)
    assert result.out.startswith(f"Amina Rahman  as of Wed {AS_OF}  rotations.yaml\n")
    assert result.err == ""


@pytest.mark.usefixtures("amina")
def test_both_ways_of_running_agree(run: Runner, invoke: Runner) -> None:
    """What the tests see within one process is what a user sees."""
    args = ("due", "--as-of", AS_OF, "--exit-code")
    assert run(*args, check=8) == invoke(*args, check=8)


def test_version_names_the_program_and_its_version(invoke: Runner) -> None:
    """`--version` is one line on standard output."""
    assert invoke("--version").out == f"lorplan {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(invoke: Runner, command: str) -> None:
    """Every command's help shows a call that works."""
    lines = [line.strip() for line in invoke(command, "--help").out.splitlines()]
    examples = [line for line in lines if line.startswith("Example:")]
    assert len(examples) == 1
    assert examples[0].startswith(f"Example: lorplan {command}")


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)], ids=" ".join)
def test_help_speaks_of_files_and_days_not_of_types(invoke: Runner, command: tuple[str, ...]) -> None:
    """Help is for people: no doubled brackets, no bounds in mathematics."""
    text = invoke(*command, "--help").out
    for jargon in ("[[", "]]", "{rotation}", "<="):
        assert jargon not in text


def test_help_names_every_command(invoke: Runner) -> None:
    """`lorplan --help` lists all commands."""
    text = invoke("--help").out
    assert all(f"\n  {command} " in text for command in COMMANDS)


# --- wrong usage ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param((), "Usage:", id="no command"),
        pytest.param(("bogus",), "bogus", id="unknown command"),
        pytest.param(("plan", "a.yaml", "b.yaml"), "b.yaml", id="plan, two files"),
        pytest.param(("plan", "--json", "--plain"), "--json and --plain", id="plan, two forms"),
        pytest.param(("due", "--bogus"), "--bogus", id="due, unknown option"),
        pytest.param(("due", "--today", "--within", "3d"), "--today and --within", id="due, two ranges"),
        pytest.param(("why",), "ROTATION", id="why, no rotation"),
        pytest.param(("why", "nobody"), '"nobody" fits no rotation', id="why, unknown rotation"),
        pytest.param(("check", "--as-of", AS_OF), "--as-of", id="check, no day"),
        pytest.param(("rules", "WHO-99"), '"WHO-99" is no rule', id="rules, unknown rule"),
        pytest.param(("rules", "WHEN-"), None, id="rules, a family with its hyphen"),
        pytest.param(("season", "1990"), "1991", id="season, too early"),
        pytest.param(("season", "2101"), "2100", id="season, too late"),
        pytest.param(("season", "next"), "YEAR", id="season, no number"),
        pytest.param(("plan", "--color", "maybe"), "maybe", id="unknown colour"),
    ],
)
@pytest.mark.usefixtures("amina")
def test_wrong_usage(invoke: Runner, args: tuple[str, ...], said: str | None) -> None:
    """Wrong usage ends with 2, says on standard error what is wrong, and answers nothing."""
    result = invoke(*args, check=0 if said is None else 2)
    if said is not None:
        assert result.out == ""
        assert said in result.err


@pytest.mark.parametrize(
    "args",
    [
        pytest.param(("season", "1990"), id="year out of range"),
        pytest.param(("season", "next"), id="year in words"),
        pytest.param(("plan", "--color", "maybe"), id="colour"),
    ],
)
def test_a_refused_value_is_not_told_in_a_library_s_words(invoke: Runner, args: tuple[str, ...]) -> None:
    """What is wrong with a value is said in words that a user understands."""
    said = invoke(*args, check=2).err
    for jargon in ("Input should be", "Value error", "unable to parse", "'[YEAR]'"):
        assert jargon not in said


@pytest.mark.parametrize(
    ("word", "said"),
    [
        pytest.param("05/11/2026", "write YYYY-MM-DD, such as 2026-11-05 or 2026-05-11", id="slashes"),
        pytest.param("tomorrow", "write YYYY-MM-DD, such as 2027-01-29", id="word"),
        pytest.param("2027-1-5", "write YYYY-MM-DD", id="one digit"),
        pytest.param("20270105", "write YYYY-MM-DD", id="no hyphens"),
        pytest.param("2026-11-31", "November 2026 has 30 days", id="no such day"),
        pytest.param("1989-12-31", "from 1990-01-01 to 2100-12-31", id="too early"),
        pytest.param("", "write YYYY-MM-DD", id="nothing"),
    ],
)
@pytest.mark.parametrize("command", [("plan",), ("due",), ("why", "chen")], ids=lambda command: command[0])
@pytest.mark.usefixtures("amina")
def test_a_wrong_day_shows_the_right_form(invoke: Runner, command: tuple[str, ...], word: str, said: str) -> None:
    """A day that cannot be read is refused with the form to write, and never guessed."""
    result = invoke(*command, "--as-of", word, check=2)
    assert said in result.err
    assert result.out == ""


# --- which file -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("present", "variable", "read"),
    [
        pytest.param("a.yaml v.yaml rotations.yaml", "v.yaml", "a.yaml", id="the argument first"),
        pytest.param("v.yaml rotations.yaml rotations.yml", "v.yaml", "v.yaml", id="then the variable"),
        pytest.param("rotations.yaml rotations.yml", None, "rotations.yaml", id="then rotations.yaml"),
        pytest.param("rotations.yml", None, "rotations.yml", id="then rotations.yml"),
        pytest.param("rotations.yaml", "", "rotations.yaml", id="an empty variable is none"),
    ],
)
@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_file_search_order(  # noqa: PLR0913, PLR0917 - a case has many parts
    invoke: Runner, tmp_path: Path, command: tuple[str, ...], present: str, variable: str | None, read: str
) -> None:
    """FILE is the argument, else $LORPLAN_FILE, else rotations.yaml, else rotations.yml."""
    for name in present.split():
        (tmp_path / name).write_text(AMINA.replace("2027-01-29", "2027-01-32") if name == read else "[]")
    args = naming("a.yaml", *command) if read == "a.yaml" else command
    result = invoke(*args, env={"LORPLAN_FILE": variable}, check=1)
    assert (result.out + result.err).startswith(f"{read}:4:30: ")


@pytest.mark.parametrize("command", READING[:4], ids=lambda command: command[0])
def test_without_any_file_it_says_which_are_looked_for(invoke: Runner, command: tuple[str, ...]) -> None:
    """Where there is no plan file, one line says how to name one; to `check` it is a problem like others."""
    result = invoke(*command, check=1)
    said, silent = (result.out, result.err) if command == ("check",) else (result.err, result.out)
    assert silent == ""
    assert said.count("\n") == 1
    assert all(name in said for name in ("rotations.yaml", "rotations.yml", "LORPLAN_FILE"))


def test_the_variable_names_a_file_that_is_missing(invoke: Runner) -> None:
    """A wrong $LORPLAN_FILE is told, not passed over."""
    assert invoke("plan", env={"LORPLAN_FILE": "gone.yaml"}, check=1).err.startswith("gone.yaml: cannot be read: ")


@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_standard_input(invoke: Runner, command: tuple[str, ...]) -> None:
    """`-` reads standard input, byte order mark and CRLF line ends included."""
    windows = b"\xef\xbb\xbf" + AMINA.replace("\n", "\r\n").encode()
    result = invoke(*naming("-", *command), *(["--json"] if command[0] != "check" else []), stdin=windows)
    assert result.err == ""


def test_standard_input_of_the_real_program(run: Runner) -> None:
    """A plan file can be piped in."""
    assert document(run("plan", "-", "--json", stdin=AMINA).out)["file"] == "-"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(None, "plan.yaml: cannot be read: No such file or directory", id="missing"),
        pytest.param("a directory", "plan.yaml: cannot be read: Is a directory", id="directory"),
        pytest.param(b"#" * (16 * 1024 * 1024 + 1), "plan.yaml:1:1: larger than 16 MiB", id="too large"),
        pytest.param("[]".encode("utf-16"), "plan.yaml:1:1: not UTF-8: byte 0xFF (the file looks", id="UTF-16"),
        pytest.param(b"- attending: Jos\xe9", "plan.yaml:1:17: not UTF-8: byte 0xE9", id="Latin-1"),
        pytest.param(b"", "plan.yaml:1:1: the file is empty", id="empty"),
    ],
)
@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_a_file_that_is_none(
    invoke: Runner, tmp_path: Path, command: tuple[str, ...], content: str | bytes | None, said: str
) -> None:
    """A file that cannot be read, or is no plan file at all, is told in one line."""
    path = tmp_path / "plan.yaml"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content:
        path.mkdir()
    result = invoke(*naming("plan.yaml", *command), check=1)
    told, other = (result.out, result.err) if command[0] == "check" else (result.err, result.out)
    assert told.startswith(said)
    assert told.count("\n") == 1
    assert other == ""


def test_an_unreadable_file(invoke: Runner, monkeypatch: pytest.MonkeyPatch, amina: Path) -> None:
    """A file that the user may not read is told in one line."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(amina), "open", refuse)
    result = invoke("plan", check=1)
    assert result.err == "rotations.yaml: cannot be read: Permission denied\n"


# --- problems of a file -----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [(), ("--json",), ("--plain",)], ids=["page", "json", "plain"])
@pytest.mark.parametrize("command", [c for c in READING if c != ("check",)], ids=lambda command: command[0])
def test_problems_go_to_standard_error(
    invoke: Runner, tmp_path: Path, command: tuple[str, ...], form: tuple[str, ...]
) -> None:
    """Problems are shown with the line and a caret on standard error, and nothing is answered, in any form."""
    (tmp_path / "bad.yaml").write_text(BAD)
    result = invoke(*naming("bad.yaml", *command), *form, check=1)
    assert result.out == ""
    assert result.err == BAD_REPORT.format(file="bad.yaml")


def test_problems_are_the_answer_of_check(invoke: Runner, tmp_path: Path) -> None:
    """`check` shows problems on standard output: they are what was asked for."""
    (tmp_path / "bad.yaml").write_text(BAD)
    result = invoke("check", "bad.yaml", check=1)
    assert result.out == BAD_REPORT.format(file="bad.yaml")
    assert result.err == ""


@pytest.mark.parametrize("columns", ["40", "72", "100", None], ids=lambda columns: f"COLUMNS {columns}")
def test_problems_are_never_wrapped(invoke: Runner, tmp_path: Path, columns: str | None) -> None:
    """A problem stays on its line at any width: editors read file:line:column, and the caret stays in place."""
    long = BAD.replace("Dr. Wei Chen", "Dr. Maximiliana Theodora Konstantinopoulou-Featherstonehaugh the Younger")
    (tmp_path / "bad.yaml").write_text(long + "  notes: " + "word " * 30 + "\n  bogus: " + "word " * 12 + "\n")
    narrow = invoke("check", "bad.yaml", env={"COLUMNS": columns}, check=1)
    places = [line.split(" ")[0] for line in narrow.out.splitlines()]
    assert places == ["bad.yaml:4:8:", "", "", "bad.yaml:5:3:", "", "", "bad.yaml:7:3:", "", ""]
    assert narrow.out == invoke("plan", "bad.yaml", check=1).err


def test_check_is_silent_when_all_is_well(invoke: Runner, amina: Path) -> None:
    """A good file: no word, and exit status 0."""
    result = invoke("check", amina.name)
    assert (result.out, result.err) == ("", "")


@pytest.mark.parametrize(("strict", "status"), [((), 0), (("--strict",), 1)], ids=["advice", "strict"])
@pytest.mark.parametrize("form", [(), ("--plain",)], ids=["page", "plain"])
def test_advice(
    invoke: Runner, tmp_path: Path, strict: tuple[str, ...], status: int, form: tuple[str, ...]
) -> None:
    """Advice goes to standard error, and fails the check with --strict only."""
    (tmp_path / "advised.yaml").write_text(ADVISED)
    result = invoke("check", "advised.yaml", *strict, *form, check=status)
    assert result.out == ""
    assert result.err.startswith("advice: advised.yaml:1:40: ")
    assert '"frobnication"' in result.err


def test_check_as_json(invoke: Runner, tmp_path: Path) -> None:
    """`check --json` is one document with all problems and all advice, and standard error stays empty."""
    (tmp_path / "bad.yaml").write_text(BAD)
    (tmp_path / "advised.yaml").write_text(ADVISED)
    result = invoke("check", "bad.yaml", "advised.yaml", "gone.yaml", "--json", check=1)
    found = document(result.out)
    assert keys(found) == "format_version kind problems advice"
    assert found["kind"] == "check"
    assert {keys(problem) for problem in found["problems"] + found["advice"]} == {
        "file line column rotation message"
    }
    assert found["problems"][0] == {
        "file": "bad.yaml",
        "line": 4,
        "column": 8,
        "rotation": "chen",
        "message": "end 2027-01-01 is before start 2027-01-04",
    }
    gone = found["problems"][-1]
    assert (gone["file"], gone["line"], gone["column"], gone["rotation"]) == ("gone.yaml", None, None, None)
    assert [remark["file"] for remark in found["advice"]] == ["advised.yaml"]
    assert result.err == ""


def test_check_as_json_of_a_good_file(invoke: Runner, amina: Path) -> None:
    """A good file gives a document too, with empty lists."""
    found = document(invoke("check", amina.name, "--json").out)
    assert (found["problems"], found["advice"]) == ([], [])


def test_check_as_records(invoke: Runner, tmp_path: Path) -> None:
    """`check --plain` is a record a problem: file, line, column, rotation, message."""
    (tmp_path / "bad.yaml").write_text(BAD)
    lines = invoke("check", "bad.yaml", "--plain", check=1).out.splitlines()
    assert [line.split("\t")[:4] for line in lines] == [
        ["bad.yaml", "4", "8", "chen"],
        ["bad.yaml", "5", "3", "chen"],
    ]


# --- several files ----------------------------------------------------------------------------------------


def test_check_of_several_files_shows_the_problems_of_each(invoke: Runner, tmp_path: Path, amina: Path) -> None:
    """A bad file between good ones: all are looked at, and the status is 1."""
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(BAD)
    out = invoke("check", "one.yaml", amina.name, "two.yaml", check=1).out
    assert out == BAD_REPORT.format(file="one.yaml") + BAD_REPORT.format(file="two.yaml")


@pytest.mark.parametrize("bad", ["bad.yaml", "gone.yaml"], ids=["with problems", "missing"])
@pytest.mark.parametrize("place", [0, 1, 2], ids=["first", "between", "last"])
def test_due_of_several_files_with_a_bad_one(
    invoke: Runner, tmp_path: Path, amina: Path, bad: str, place: int
) -> None:
    """A bad file does not stop the others; its problems go to standard error, and 1 goes before 8."""
    (tmp_path / "bad.yaml").write_text(BAD)
    (tmp_path / "benito.yaml").write_text(BENITO)
    files = [amina.name, "benito.yaml"]
    files.insert(place, bad)
    result = invoke("due", *files, "--plain", "--as-of", AS_OF, "--exit-code", check=1)
    assert {line.split("\t")[7] for line in result.out.splitlines()} == {amina.name, "benito.yaml"}
    assert result.err.startswith(f"{bad}:")


def test_due_of_bad_files_only(invoke: Runner, tmp_path: Path) -> None:
    """Where every one of several files is bad, there is no answer, and no word that nothing is to do."""
    (tmp_path / "bad.yaml").write_text(BAD)
    result = invoke("due", "bad.yaml", "gone.yaml", "--json", check=1)
    assert result.out == ""
    assert result.err.endswith("gone.yaml: cannot be read: No such file or directory\n")


def test_due_of_several_files_names_whose_each_line_is(invoke: Runner, tmp_path: Path, amina: Path) -> None:
    """With several files a line ends with the applicant's name, or the file where it gives none."""
    (tmp_path / "benito.yaml").write_text(BENITO)
    lines = invoke("due", amina.name, "benito.yaml", "--as-of", AS_OF, env={"COLUMNS": None}).out.splitlines()
    assert lines[0] == f"Due  as of Wed {AS_OF}  2 files"
    assert lines[1].startswith("overdue ")
    assert lines[1].endswith("benito.yaml")
    listed = lines[2 : lines.index("")]
    assert listed
    assert all(line.endswith("Amina Rahman") for line in listed)


# --- due --------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("amina")
def test_due_as_records(invoke: Runner) -> None:
    """`due --plain` has the columns state, on, until, kind, rotation, attending, title."""
    rows = [line.split("\t") for line in invoke("due", "--plain", "--as-of", AS_OF).out.splitlines()]
    assert [row[:6] for row in rows] == [
        ["due", "2027-01-15", "2027-01-22", "feedback", "chen", "Dr. Wei Chen"],
        ["upcoming", "2027-01-25", "2027-01-26", "book", "chen", "Dr. Wei Chen"],
        ["upcoming", "2027-01-25", "2027-01-29", "rate", "chen", "Dr. Wei Chen"],
        ["upcoming", "2027-01-27", "2027-01-29", "ask", "chen", "Dr. Wei Chen"],
    ]
    assert {len(row) for row in rows} == {7}
    assert all(TITLES[row[3]] in row[6] for row in rows)


def test_due_as_records_of_several_files(invoke: Runner, tmp_path: Path, amina: Path) -> None:
    """With several files the file is the eighth column, and what is overdue comes first."""
    (tmp_path / "benito.yaml").write_text(BENITO)
    out = invoke("due", amina.name, "benito.yaml", "--plain", "--as-of", AS_OF).out
    rows = [line.split("\t") for line in out.splitlines()]
    assert {len(row) for row in rows} == {8}
    assert rows[0] == [
        "overdue", "2026-11-30", "2026-12-03", "packet", "petrov", "Dr. Ana Petrov", rows[0][6], "benito.yaml",
    ]  # fmt: skip
    assert [row[7] for row in rows[1:]] == [amina.name] * 4


@pytest.mark.parametrize(
    ("span", "kinds"),
    [
        pytest.param(("--today",), "feedback", id="today"),
        pytest.param((), "feedback book rate ask", id="two weeks unless told"),
        pytest.param(("--within", "0"), "feedback", id="no days"),
        pytest.param(("--within", "5d"), "feedback book rate", id="the last day counts"),
        pytest.param(("--within", "4d"), "feedback", id="a day less"),
        pytest.param(("--within", "1w"), "feedback book rate ask", id="a week"),
        pytest.param(("--within", "30"), "feedback book rate ask feedback", id="no unit means days"),
        pytest.param(("--within", "30d"), "feedback book rate ask feedback", id="days"),
        pytest.param(("--within", "4w"), "feedback book rate ask feedback", id="weeks"),
    ],
)
@pytest.mark.usefixtures("amina")
def test_how_far_ahead_due_looks(invoke: Runner, span: tuple[str, ...], kinds: str) -> None:
    """`--within` takes days or weeks, `--today` leaves what is only coming."""
    out = invoke("due", *span, "--plain", "--as-of", AS_OF).out
    assert [line.split("\t")[3] for line in out.splitlines()] == kinds.split()


@pytest.mark.parametrize("word", ["soon", "-3", "3x", "3 w", "", "1.5w", "d", "99999", "٣d"])
@pytest.mark.usefixtures("amina")
def test_a_wrong_span_shows_the_right_form(invoke: Runner, word: str) -> None:
    """A span that cannot be read is refused with the form to write."""
    result = invoke("due", f"--within={word}", check=2)
    assert "30d or 4w" in result.err
    assert result.out == ""


@pytest.mark.parametrize(
    ("day", "status"),
    [
        pytest.param("2027-01-14", 0, id="the day before something is due"),
        pytest.param("2027-01-15", 8, id="the day it is due"),
        pytest.param("2028-06-01", 0, id="after the season"),
    ],
)
@pytest.mark.usefixtures("amina")
def test_the_exit_status_tells_whether_something_is_due(invoke: Runner, day: str, status: int) -> None:
    """`--exit-code` gives 8 when something is overdue or due; without it the status is 0."""
    invoke("due", "--as-of", day, "--exit-code", check=status)
    invoke("due", "--as-of", day)


@pytest.mark.usefixtures("amina")
def test_due_with_nothing_to_do_says_so(invoke: Runner) -> None:
    """Nothing due is a sentence for a person, no record for a script, and an empty list in JSON."""
    day = ("--as-of", "2026-06-01")
    assert invoke("due", *day).out.endswith("Nothing to do.\n")
    assert invoke("due", *day, "--plain").out == ""
    assert document(invoke("due", *day, "--json").out)["actions"] == []


def test_due_as_json(invoke: Runner, tmp_path: Path, amina: Path) -> None:
    """`due --json` is one document, its actions those of the plan with the file and the applicant."""
    (tmp_path / "benito.yaml").write_text(BENITO)
    found = document(invoke("due", amina.name, "benito.yaml", "--json", "--as-of", AS_OF).out)
    assert keys(found) == "format_version kind as_of actions"
    assert (found["kind"], found["as_of"]) == ("due", AS_OF)
    assert {keys(action) for action in found["actions"]} == {PLAN_KEYS["action"] + " file applicant"}
    whose = [(action["state"], action["file"], action["applicant"]) for action in found["actions"]]
    assert whose[:2] == [("overdue", "benito.yaml", None), ("due", amina.name, "Amina Rahman")]


# --- plan -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("amina")
def test_plan_as_records(invoke: Runner) -> None:
    """`plan --plain` is a letter a line with eleven columns; a skipped one has no rank and no days."""
    rows = [line.split("\t") for line in invoke("plan", "--plain", "--as-of", AS_OF).out.splitlines()]
    assert {len(row) for row in rows} == {11}
    assert [(row[0], row[1], row[7]) for row in rows] == [
        ("1", "ask", "chen"),
        ("2", "ask", "okafor"),
        ("3", "ask", "rossi"),
        ("4", "reserve", "silva"),
        ("", "skip", "sato"),
    ]
    assert rows[0][:10] == [
        "1", "ask", "planned", "2027-01-25", "2027-01-27", "2027-01-29", "2027-06-09",
        "chen", "Dr. Wei Chen", "internal medicine",
    ]  # fmt: skip
    assert rows[4][3:7] == [""] * 4
    assert all(row[10].endswith(")") for row in rows), "the reason ends with its rule"


@pytest.mark.usefixtures("amina")
def test_plan_as_json(invoke: Runner) -> None:
    """`plan --json` has exactly the documented keys, in their order, at every level."""
    found = document(invoke("plan", "--json", "--as-of", AS_OF).out)
    assert keys(found) == PLAN_KEYS["plan"]
    assert (found["kind"], found["as_of"], found["file"]) == ("plan", AS_OF, "rotations.yaml")
    assert found["applicant"] == {"name": "Amina Rahman", "email": "amina@example.org"}
    assert keys(found["season"]) == PLAN_KEYS["season"]
    assert keys(found["forecast"]) == PLAN_KEYS["forecast"]
    for name, level in (
        ("letter", "letters"),
        ("action", "actions"),
        ("coverage", "coverage"),
        ("warning", "warnings"),
    ):
        assert found[level], f"the sample has some {level}"
        assert {keys(item) for item in found[level]} == {PLAN_KEYS[name]}
    said = [reason for letter in found["letters"] for reason in letter["reasons"]]
    assert {keys(reason) for reason in said} == {PLAN_KEYS["reason"]}
    decided = [letter["decided_by"] for letter in found["letters"] if letter["decided_by"]]
    assert {keys(decision) for decision in decided} == {PLAN_KEYS["decision"]}


@pytest.mark.usefixtures("amina")
def test_a_skipped_letter_as_json(invoke: Runner) -> None:
    """A skipped letter comes last, has every key, and is silent about what was not reckoned."""
    letter = document(invoke("plan", "--json", "--as-of", AS_OF).out)["letters"][-1]
    assert (letter["id"], letter["verdict"]) == ("sato", "skip")
    nothing = ("rank", "strength", "fresh", "opens", "ask_on", "closes", "arrives_by", "on_time", "decided_by")
    assert {name: letter[name] for name in nothing} == dict.fromkeys(nothing)
    flags = ("pick", "tentative", "tight", "silent")
    assert {name: letter[name] for name in flags} == dict.fromkeys(flags, False)
    assert letter["reasons"][0]["rule"] == "WHO-12"


@pytest.mark.parametrize("text", ["[]", "rotations: []", "{applicant: {}, policy: {}, rotations: []}"])
def test_an_empty_plan_as_json(invoke: Runner, text: str) -> None:
    """A plan with nothing in it is a document with every key, its lists empty."""
    found = document(invoke("plan", "-", "--json", "--as-of", AS_OF, stdin=text).out)
    assert keys(found) == PLAN_KEYS["plan"]
    assert found["applicant"] == {"name": None, "email": None}
    assert (found["letters"], found["actions"]) == ([], [])
    assert [keys(coverage) for coverage in found["coverage"]] == [PLAN_KEYS["coverage"]]
    assert found["coverage"][0]["target"] is None


def test_an_empty_plan_for_a_person(invoke: Runner) -> None:
    """A plan with nothing in it has no timeline and no empty table, and says what to do."""
    out = invoke("plan", "-", "--as-of", AS_OF, stdin="[]").out
    assert "Timeline" not in out
    assert "Whom to ask" not in out
    assert "Nothing to do." in out


@pytest.mark.parametrize("columns", ["20", "80", "300", None], ids=lambda columns: f"COLUMNS {columns}")
@pytest.mark.usefixtures("amina")
def test_json_does_not_depend_on_the_width_or_on_colour(invoke: Runner, columns: str | None) -> None:
    """A document is never styled and never wrapped."""
    usual = invoke("plan", "--json", "--as-of", AS_OF).out
    odd = {"COLUMNS": columns, "FORCE_COLOR": "1"}
    assert invoke("plan", "--json", "--as-of", AS_OF, "--color", "always", env=odd).out == usual


@pytest.mark.parametrize("command", [("plan",), ("due",), ("why", "chen")], ids=lambda command: command[0])
@pytest.mark.usefixtures("amina")
def test_records_do_not_depend_on_the_width_or_on_colour(invoke: Runner, command: tuple[str, ...]) -> None:
    """A record is never styled and never wrapped."""
    args = (*command, "--plain", "--as-of", AS_OF)
    narrow = invoke(*args, "--color", "always", env={"COLUMNS": "20", "FORCE_COLOR": "1"})
    assert narrow.out == invoke(*args).out
    assert "\x1b" not in narrow.out


@pytest.mark.usefixtures("amina")
def test_each_page_names_the_day_and_the_file(invoke: Runner) -> None:
    """The first line of every page for a person shows the as-of day and the file."""
    for command in (("plan",), ("due",), ("why", "chen")):
        first = invoke(*command, "--as-of", AS_OF).out.splitlines()[0]
        assert f"as of Wed {AS_OF}" in first
        assert first.endswith("  rotations.yaml")
    assert invoke("season").out.splitlines()[0].endswith("  rotations.yaml")


# --- why: which rotation ----------------------------------------------------------------------------------

LOOKALIKES = """\
- {id: lee, attending: Dr. Ann Moore, specialty: neurology, start: 2027-01-04, weeks: 4}
- {id: lee-2, attending: Dr. Bo Lee, specialty: neurology, start: 2027-02-01, weeks: 4}
- {id: leeds, attending: Dr. Cy Park, specialty: neurology, start: 2027-03-01, weeks: 4}
- {id: Moore-2, attending: Dr. Dee Ångström, specialty: neurology, start: 2027-04-05, weeks: 4}
"""


@pytest.mark.parametrize(
    ("word", "id_"),
    [
        pytest.param("lee", "lee", id="an exact id wins over starts"),
        pytest.param("leed", "leeds", id="a unique start"),
        pytest.param("LEEDS", "leeds", id="a start in capitals"),
        pytest.param("moore", "Moore-2", id="a start wins over a name"),
        pytest.param("Cy Park", "leeds", id="a part of a name"),
        pytest.param("cy", "leeds", id="a part of a name in small letters"),
        pytest.param("ÅNGSTRÖM", "Moore-2", id="a name beyond ASCII"),
    ],
)
def test_which_rotation_is_meant(invoke: Runner, word: str, id_: str) -> None:
    """A rotation is named by its id, a unique start of one, or a unique part of the attending's name."""
    found = document(invoke("why", word, "-f", "-", "--json", "--as-of", AS_OF, stdin=LOOKALIKES).out)
    assert found["letter"]["id"] == id_


@pytest.mark.parametrize(
    ("word", "candidates"),
    [
        pytest.param("le", ["lee", "lee-2", "leeds"], id="several starts"),
        pytest.param("dr.", ["lee", "lee-2", "leeds", "Moore-2"], id="several names"),
        pytest.param("", ["lee", "lee-2", "leeds", "Moore-2"], id="nothing"),
        pytest.param("nobody", ["lee", "lee-2", "leeds", "Moore-2"], id="none"),
    ],
)
def test_no_rotation_or_several_are_meant(invoke: Runner, word: str, candidates: list[str]) -> None:
    """What fits none or several is refused with the candidates; nothing is guessed."""
    result = invoke("why", word, "-f", "-", "--as-of", AS_OF, stdin=LOOKALIKES, check=2)
    assert result.out == ""
    listed = result.err.split(": ", 2)[2]
    assert sorted(part.split(" (")[0].strip() for part in listed.split("), ")) == sorted(candidates)


def test_why_in_an_empty_plan(invoke: Runner) -> None:
    """Where there is no rotation at all, it says so."""
    assert "has none" in invoke("why", "chen", "-f", "-", stdin="[]", check=2).err


@pytest.mark.usefixtures("amina")
def test_why_tells_what_decided_what_speaks_and_what_would_change_it(invoke: Runner) -> None:
    """`why` shows the verdict, the reasons with their rules and sources, and what would change it."""
    out = invoke("why", "chen", "--as-of", AS_OF).out
    for title in ("For", "Not known", "What would change it", "Rules", "Sources"):
        assert f"\n{title}\n" in out
    assert "https://" in out


@pytest.mark.parametrize("rotation", ["chen", "silva", "sato"])
@pytest.mark.usefixtures("amina")
def test_why_as_json(invoke: Runner, rotation: str) -> None:
    """`why --json` is the letter as in the plan, and each reason with the rule's claim, basis and sources."""
    found = document(invoke("why", rotation, "--json", "--as-of", AS_OF).out)
    assert keys(found) == "format_version kind as_of file letter reasons"
    letters = document(invoke("plan", "--json", "--as-of", AS_OF).out)["letters"]
    assert found["letter"] in letters
    assert {keys(reason) for reason in found["reasons"]} == {"rule side text claim basis sources"}
    sources = [source for reason in found["reasons"] for source in reason["sources"]]
    assert {keys(source) for source in sources} == {"title address read confidence says"}


@pytest.mark.usefixtures("amina")
def test_why_as_records(invoke: Runner) -> None:
    """`why --plain` is a reason a line: rule, side, text, basis, source."""
    rows = [line.split("\t") for line in invoke("why", "chen", "--plain", "--as-of", AS_OF).out.splitlines()]
    assert {len(row) for row in rows} == {5}
    assert {row[1] for row in rows} <= {"for", "against", "unknown"}
    assert all(row[0] in BY_ID for row in rows)


# --- rules ------------------------------------------------------------------------------------------------


def test_the_whole_rule_book(invoke: Runner) -> None:
    """`rules` prints every rule once, in the book's order."""
    lines = invoke("rules", env={"COLUMNS": None}).out.splitlines()
    assert [line.split()[0] for line in lines if line[:1].isalpha()] == [rule.id for rule in RULES]


@pytest.mark.parametrize("word", ["WHEN-7", "when-7"])
def test_one_rule(invoke: Runner, word: str) -> None:
    """One rule by its id, in capitals or not, with what each of its sources says."""
    out = invoke("rules", word).out
    assert out.startswith("WHEN-7  ")
    assert "lead_days = 28" in out
    assert all(source.says.split(".")[0][:40] in out for source in BY_ID["WHEN-7"].sources)
    assert "WHEN-8" not in out


@pytest.mark.parametrize("word", ["WHO", "who", "WHO-"])
def test_a_family_of_rules(invoke: Runner, word: str) -> None:
    """The start of ids gives the whole family, and no other rule."""
    found = document(invoke("rules", word, "--json").out)
    assert [rule["id"] for rule in found["rules"]] == [rule.id for rule in RULES if rule.id.startswith("WHO-")]


@pytest.mark.parametrize("word", ["WH", "WHO-99", "WHEN7", "7", "-1x", "Dr. Wei Chen"])
def test_an_unknown_rule_shows_which_there_are(invoke: Runner, word: str) -> None:
    """What is no rule is refused, and the message names the first and the last rule of each family."""
    said = invoke("rules", "--", word, check=2).err
    assert f'"{word}" is no rule' in said
    families = {rule.id.split("-")[0] for rule in RULES}
    for family in families:
        ids = [rule.id for rule in RULES if rule.id.startswith(f"{family}-")]
        assert f"{ids[0]} to {ids[-1]}" in said


def test_rules_as_json(invoke: Runner) -> None:
    """`rules --json` is one document with every rule, its numbers and its sources."""
    found = document(invoke("rules", "--json").out)
    assert keys(found) == "format_version kind rules"
    assert {keys(rule) for rule in found["rules"]} == {"id claim why basis sources numbers"}
    numbers = [number for rule in found["rules"] for number in rule["numbers"]]
    assert {keys(number) for number in numbers} == {"name default unit low high meaning source"}
    sources = [source for rule in found["rules"] for source in rule["sources"]]
    assert {keys(source) for source in sources} == {"title address read confidence says"}


def test_rules_as_records(invoke: Runner) -> None:
    """`rules --plain` is a rule a line: id, basis, claim, numbers, sources."""
    rows = [line.split("\t") for line in invoke("rules", "--plain").out.splitlines()]
    assert {len(row) for row in rows} == {5}
    assert {row[0]: row[3] for row in rows}["WHEN-7"] == "lead_days=28"


# --- season -----------------------------------------------------------------------------------------------


def test_a_season_by_its_year(invoke: Runner, tmp_path: Path) -> None:
    """`season YEAR` shows that season, whatever plan file lies around, even a bad one."""
    (tmp_path / "rotations.yaml").write_text(BAD)
    found = document(invoke("season", "2028", "--json").out)
    assert keys(found) == "format_version kind as_of file season"
    assert found["file"] is None
    assert found["season"] == {
        "year": 2028,
        "opens": "2027-06-02",
        "submit": "2027-09-01",
        "review": "2027-09-22",
        "rank_list": "2028-03-01",
        "match_day": "2028-03-17",
        "ends": "2028-05-31",
        "estimated": True,
        "guessed": False,
        "source": found["season"]["source"],
    }


@pytest.mark.parametrize("how", ["option", "variable", "default"])
def test_the_season_of_the_plan_file(invoke: Runner, tmp_path: Path, how: str) -> None:
    """Without YEAR it is the plan file's season."""
    name = "rotations.yaml" if how == "default" else "other.yaml"
    (tmp_path / name).write_text("{applicant: {season: 2031}, rotations: []}")
    args = ("-f", name) if how == "option" else ()
    env = {"LORPLAN_FILE": name} if how == "variable" else {}
    found = document(invoke("season", "--json", *args, env=env).out)
    assert (found["file"], found["season"]["year"], found["season"]["guessed"]) == (name, 2031, False)


def test_the_season_of_today(invoke: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without YEAR and without a plan file it is the next season to review, and it is a guess."""
    from datetime import date  # noqa: PLC0415 - only here a day is made

    monkeypatch.setattr("lorplan.cli.season.today", lambda: date(2027, 9, 22))
    found = document(invoke("season", "--json").out)
    assert (found["file"], found["season"]["year"], found["season"]["guessed"]) == (None, 2028, True)
    monkeypatch.setattr("lorplan.cli.season.today", lambda: date(2027, 9, 23))
    assert document(invoke("season", "--json").out)["season"]["year"] == 2029


def test_a_season_as_records(invoke: Runner) -> None:
    """`season --plain` is a day a line: year, name, day, published or estimated."""
    rows = [line.split("\t") for line in invoke("season", "2026", "--plain").out.splitlines()]
    assert [row[1] for row in rows] == ["opens", "submit", "review", "rank_list", "match_day", "ends"]
    assert rows[0] == ["2026", "opens", "2025-06-04", "published"]


@pytest.mark.parametrize(("year", "certainty"), [("2026", "published"), ("2028", "estimated")])
def test_a_season_says_how_certain_it_is(invoke: Runner, year: str, certainty: str) -> None:
    """The page says whether the days are published or estimated, and where they come from."""
    out = invoke("season", year).out
    assert out.startswith(f"{year} season, {certainty}")
    assert "\nSource: " in out


# --- text from the file is never markup -------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=["markup", "CJK", "emoji"])
@pytest.mark.parametrize("form", [(), ("--plain",), ("--json",), ("--color", "always")], ids=" ".join)
@pytest.mark.parametrize("columns", ["200", "60"])
def test_names_print_as_typed(invoke: Runner, name: str, form: tuple[str, ...], columns: str) -> None:
    """Brackets, colons, braces, wide characters and emoji in a name come out as they were typed."""
    for command in (("plan",), ("due", "--within", "60d")):
        args = (*command, "-", "--as-of", "2027-01-20", *form)
        out = invoke(*args, stdin=HOSTILE, env={"COLUMNS": columns}).out
        assert name in " ".join(out.split())


def test_why_prints_all_texts_as_typed(invoke: Runner) -> None:
    """Specialty, hospital and names are no markup in `why` either."""
    out = invoke("why", "Dr. [/IM]", "-f", "-", "--as-of", AS_OF, stdin=HOSTILE, env={"COLUMNS": "200"}).out
    for text in ("Amina [bold]R[/bold] [/IM]", "[red]neurology[/red]", "Mercy [/] :x: {0} %s", HOSTILE_NAMES[0]):
        assert text in out


def test_problems_print_the_file_s_text_as_typed(invoke: Runner) -> None:
    """An unknown key that looks like markup is shown as it was typed."""
    out = invoke("check", "-", stdin=HOSTILE.replace("hospital:", '"[/IM] :b:":'), check=1).out
    assert 'unknown key "[/IM] :b:"' in out
    assert '"[/IM] :b:": "Mercy' in out


def test_usage_errors_print_what_was_typed(invoke: Runner) -> None:
    """A word of the command line is no markup and cannot break a line."""
    assert '"[/IM] :b:"' in invoke("rules", "[/IM] :b:", check=2).err
    assert invoke("plan", "a\nb", check=1).err.count("\n") == 1


@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_a_file_name_cannot_reach_the_terminal_s_controls(
    invoke: Runner, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """Escape and bidirectional override characters in a file's name are not printed."""
    name = "evil\x1b[31m\u202e.yaml"
    (tmp_path / name).write_text(AMINA if command[0] != "check" else BAD)
    result = invoke(*naming(name, *command), check=int(command[0] == "check"))
    assert "evil" in result.out
    assert "\x1b" not in result.out
    assert "\u202e" not in result.out
