"""`lorplan cohort`: many files in one call, as a page, as records and as documents; `plan --since` beside it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest

from samples import AMINA, AS_OF, BAD, BAD_REPORT, BENITO

if TYPE_CHECKING:
    from runner import Json, Lorplan

DAY: Final = ("--as-of", AS_OF)
APPLICANT_KEYS: Final = (
    "file applicant wrong rank wanted forecast gaps programs overdue next problems trouble secured_by"
)
ACTION_KEYS: Final = "id kind rotation attending on until state channel conditional title rules programs"
FILES: Final = ("rotations.yaml", "benito.yaml", "bad.yaml")


@pytest.fixture(autouse=True)
def files(lorplan: Lorplan) -> None:
    """Write Amina's plan file where the command looks for it, Benito's, and one with problems."""
    for name, text in (("rotations", AMINA), ("benito", BENITO), ("bad", BAD)):
        (lorplan.folder / f"{name}.yaml").write_text(text)


def read(lorplan: Lorplan, *args: str, status: int = 0) -> Json:
    """Read the one document that a command prints."""
    out = lorplan(*args, "--json", *DAY, status=status).out
    assert out.count("\n") == 1
    found: Json = json.loads(out)
    return found


def rows(lorplan: Lorplan, *args: str, status: int = 0) -> list[list[str]]:
    """Read the records that a command prints."""
    return [line.split("\t") for line in lorplan(*args, "--plain", *DAY, status=status).out.splitlines()]


# --- one line an applicant ----------------------------------------------------------------------------------


def test_cohort_document_has_the_documented_keys_at_every_level(lorplan: Lorplan) -> None:
    """Worst first, with the place as the rank."""
    found = read(lorplan, "cohort", "rotations.yaml", "benito.yaml")
    assert " ".join(found) == "format_version kind as_of applicants by"
    assert (found["kind"], found["as_of"], found["by"]) == ("cohort", AS_OF, None)
    assert {" ".join(one) for one in found["applicants"]} == {APPLICANT_KEYS}
    first, second = found["applicants"]
    assert (first["file"], first["applicant"], first["rank"], first["trouble"]) == ("benito.yaml", None, 1, "gap")
    assert (second["file"], second["applicant"], second["rank"]) == ("rotations.yaml", "Amina Rahman", 2)
    assert (second["trouble"], second["wrong"], second["overdue"]) == (None, None, 0)
    assert second["forecast"] == {"secured": 0, "promised": 0, "asked": 0, "planned": 3, "late": 0}
    assert second["programs"] == {"short": 0, "ready": 0, "on course": 0, "complete": 0, "closed": 0}
    assert " ".join(second["next"]) == ACTION_KEYS


def test_gaps_of_a_cohort_document_name_target_specialty_and_numbers(lorplan: Lorplan) -> None:
    """As the parts of coverage do."""
    (lorplan.folder / "rotations.yaml").write_text("{applicant: {season: 2028, targets: [IM]}, rotations: []}")
    [one] = read(lorplan, "cohort")["applicants"]
    assert one["gaps"] == [{"target": "IM", "specialty": "internal medicine", "needed": 2, "have": 0}]


def test_file_with_problems_is_the_first_line_and_its_problems_are_on_standard_error(lorplan: Lorplan) -> None:
    """Every field is there, null or empty where nothing is known; the exit status is 1."""
    result = lorplan("cohort", *FILES, "--json", *DAY, status=1)
    assert result.err == BAD_REPORT.format(file="bad.yaml")
    bad = json.loads(result.out)["applicants"][0]
    assert " ".join(bad) == APPLICANT_KEYS
    assert (bad["file"], bad["wrong"], bad["problems"], bad["rank"]) == ("bad.yaml", "file has 2 problems", 2, 1)
    assert (bad["applicant"], bad["wanted"], bad["forecast"], bad["next"], bad["gaps"]) == (None, None, None, None, [])


def test_file_that_is_missing_is_a_line_too(lorplan: Lorplan) -> None:
    """The adviser sees at whose name it is missing."""
    result = lorplan("cohort", "gone.yaml", *DAY, status=1)
    assert "gone.yaml: cannot be read" in result.err
    assert "file cannot be read" in result.out
    assert "lorplan check gone.yaml" in result.out


def test_cohort_records_have_seventeen_fields_and_one_more_with_the_day_of_the_office(lorplan: Lorplan) -> None:
    """What is not known is an empty field."""
    bad, benito, amina = rows(lorplan, "cohort", *FILES, status=1)
    assert {len(row) for row in (bad, benito, amina)} == {17}
    assert bad == ["1", "unreadable", "file has 2 problems", *[""] * 5, "0", "0", "0", *[""] * 5, "bad.yaml"]
    assert benito[:11] == ["2", "gap", "2 missing, 210 days to ask", "0", "1", "0", "0", "3", "0", "0", "1"]
    assert benito[11:] == ["2026-11-30", "2026-12-03", "packet", "petrov", "", "benito.yaml"]
    assert amina[:3] == ["3", "", ""]
    assert amina[15:] == ["Amina Rahman", "rotations.yaml"]
    assert [row[17:] for row in rows(lorplan, "cohort", "--by", "2027-09-01")] == [["3"]]


def test_two_hundred_files_one_of_them_broken_are_one_page(lorplan: Lorplan) -> None:
    """A line for each, the broken one first; applicants of one name are told apart by their files."""
    names = [f"{number:03}.yaml" for number in range(200)]
    for name in names:
        (lorplan.folder / name).write_text(AMINA)
    (lorplan.folder / names[77]).write_text(BAD)
    lines = lorplan("cohort", *names, *DAY, status=1, env={"COLUMNS": "80"}).out.splitlines()
    assert lines[0].startswith("200 applicants, 1 at risk  ")
    table = lines[3:203]
    assert table[0].startswith("077.yaml ")
    assert len(set(table)) == 200
    assert all(f"{name})" in line for name, line in zip(names[:77] + names[78:], table[1:], strict=True))
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("columns", ["60", "72", "80", "100", "110", "150"])
def test_page_fits_the_terminal(lorplan: Lorplan, columns: str) -> None:
    """No line is longer, but for commands to paste."""
    for option in ((), ("--by", "2027-02-01"), ("--writers",), ("--since", "2026-12-01")):
        out = lorplan("cohort", *FILES, *option, *DAY, status=1, env={"COLUMNS": columns}).out
        assert max(len(line) for line in out.splitlines() if "lorplan" not in line) <= int(columns)


def test_page_in_a_pipe_has_whole_lines(lorplan: Lorplan) -> None:
    """So that one can search in them."""
    name = "Maximiliana Konstantinopoulou-Featherstonehaugh of Thessaloniki and Bad Oeynhausen"
    (lorplan.folder / "rotations.yaml").write_text(AMINA.replace("Amina Rahman", name))
    assert name in lorplan("cohort", *DAY, env={"COLUMNS": None}).out
    cut = lorplan("cohort", *DAY, env={"COLUMNS": "80"}).out
    assert "Maximi… Oeynhausen  " in cut


def test_names_are_cut_only_as_far_as_they_stay_different(lorplan: Lorplan) -> None:
    """Names of files in one folder differ where a long name is cut; a wide character takes two columns."""
    folder = lorplan.folder / "students-of-the-year-2028"
    folder.mkdir()
    names = [f"students-of-the-year-2028/{word}-has-a-long-name.yaml" for word in ("anna", "berta", "陈伟")]
    for name in names:
        (lorplan.folder / name).write_text(BENITO)
    lines = lorplan("cohort", *names, *DAY, env={"COLUMNS": "80"}).out.splitlines()
    assert len({line.split("  ")[0] for line in lines[3:6]}) == 3
    (lorplan.folder / "陈伟王小明陈伟王小明陈伟王小明.yaml").write_text(BENITO)
    assert "小明.yaml  " in lorplan("cohort", "陈伟王小明陈伟王小明陈伟王小明.yaml", *DAY, env={"COLUMNS": "80"}).out


def test_page_for_an_ascii_output_has_no_other_characters(lorplan: Lorplan) -> None:
    """Also where a line is cut."""
    (lorplan.folder / "rotations.yaml").write_text(AMINA.replace("Amina Rahman", "Amina Rahman" * 3))
    out = lorplan("cohort", *FILES, *DAY, status=1, encoding="ascii", env={"COLUMNS": "72"}).out
    assert out.isascii()
    assert "Amina Rahman" * 3 not in out


def test_at_risk_leaves_out_those_with_nothing_wrong(lorplan: Lorplan) -> None:
    """The heading still counts all; if nobody is left, the page says so."""
    out = lorplan("cohort", *FILES, "--at-risk", *DAY, status=1).out
    assert "3 applicants, 2 at risk" in out
    assert "Amina Rahman" not in out
    assert "Nothing is wrong with any of them." in lorplan("cohort", "--at-risk", *DAY).out
    assert read(lorplan, "cohort", "--at-risk")["applicants"] == []


def test_day_of_the_office_adds_who_will_be_behind(lorplan: Lorplan) -> None:
    """In the heading, as a column, and as what is wrong."""
    out = lorplan("cohort", *FILES, "--by", "2027-02-01", *DAY, status=1).out
    assert "2 of 2 will have fewer letters in than wanted by Feb 1, 2027." in out
    assert "0 of 3 in by Feb 1" in out
    assert "By: in by that day" in out
    found = read(lorplan, "cohort", "--by", "2027-02-01")
    assert found["by"] == "2027-02-01"
    assert [(one["secured_by"], one["trouble"]) for one in found["applicants"]] == [(0, "gap")]


def test_applicant_without_anything_to_do_is_a_line(lorplan: Lorplan) -> None:
    """As after the season."""
    for columns in ("80", "60", "150"):
        assert "nothing to do" in lorplan("cohort", "--as-of", "2028-06-01", env={"COLUMNS": columns}).out


def test_standard_input_is_one_of_the_files(lorplan: Lorplan) -> None:
    """No command is shown for what came through a pipe."""
    assert "One of them" not in lorplan("cohort", "-", *DAY, stdin=AMINA).out
    assert "lorplan check" not in lorplan("cohort", "-", *DAY, stdin=BAD, status=1).out


@pytest.mark.parametrize(
    ("state", "day"),
    [
        pytest.param("Jan 15 feedback chen", "2027-01-10", id="upcoming"),
        pytest.param("Jan 22 feedback chen", "2027-01-20", id="due"),
        pytest.param("Jan 30 rate chen", "2027-02-01", id="overdue"),
    ],
)
def test_next_action_stands_with_its_day(lorplan: Lorplan, state: str, day: str) -> None:
    """From which it is to be done, until which it is due, or since which it is overdue."""
    assert state in lorplan("cohort", "--as-of", day, env={"COLUMNS": "100"}).out


@pytest.mark.parametrize(
    "options",
    [
        ("--writers", "--since", "2027-01-01"),
        ("--writers", "--by", "2027-01-01"),
        ("--writers", "--at-risk"),
        ("--since", "2027-01-01", "--by", "2027-01-01"),
        ("--json", "--plain"),
    ],
    ids=" ".join,
)
def test_options_that_contradict_each_other_are_refused(lorplan: Lorplan, options: tuple[str, ...]) -> None:
    """The two are named."""
    first, second = (option for option in options if option.startswith("--"))
    result = lorplan("cohort", *options, *DAY, status=2)
    assert result.err == f"lorplan: {first} and {second} cannot be used together\nleave one of them out\n"


# --- one line an attending ----------------------------------------------------------------------------------


def test_writers_are_listed_over_all_files(lorplan: Lorplan) -> None:
    """Who owes a letter comes first, with the day of the oldest asking and the applicants."""
    (lorplan.folder / "third.yaml").write_text(AMINA.replace("Amina Rahman", "Li Wu").replace("Wei Chen", "wei chen"))
    lines = lorplan("cohort", *FILES, "third.yaml", "--writers", *DAY, status=1).out.splitlines()
    assert lines[0].startswith("4 attendings, 1 letter owed  ")
    assert lines[3].split() == ["Dr.", "Ana", "Petrov", "1", "Nov", "25,", "2026", "benito.yaml"]
    [chen] = [line for line in lines if "Chen" in line]
    assert chen.split() == ["Dr.", "Wei", "Chen", "2", "Amina", "Rahman,", "Li", "Wu"]


def test_writers_document_has_the_documented_keys(lorplan: Lorplan) -> None:
    """With every letter, so that a script can write to the applicants."""
    found = read(lorplan, "cohort", "rotations.yaml", "benito.yaml", "--writers")
    assert " ".join(found) == "format_version kind as_of writers"
    assert found["kind"] == "writers"
    keys = "attending email owed asked delivered planned oldest letters"
    assert {" ".join(one) for one in found["writers"]} == {keys}
    first = found["writers"][0]
    assert (first["attending"], first["owed"], first["oldest"]) == ("Dr. Ana Petrov", 1, "2026-11-25")
    letter = {"file": "benito.yaml", "applicant": None, "rotation": "petrov", "status": "agreed", "asked": "2026-11-25"}
    assert first["letters"] == [letter]


def test_writer_records_have_eight_fields(lorplan: Lorplan) -> None:
    """One attending a line."""
    found = rows(lorplan, "cohort", "rotations.yaml", "benito.yaml", "--writers")
    assert found[0] == ["1", "0", "0", "0", "2026-11-25", "Dr. Ana Petrov", "", "benito.yaml"]
    assert {len(row) for row in found} == {8}


# --- what has changed ---------------------------------------------------------------------------------------

SINCE: Final = ("--since", "2026-11-24")
DECLINED: Final = AMINA.replace(
    "2027-01-29}", "2027-01-29,\n     letter: {asked: 2027-01-18, declined: 2027-01-19}}", 1
)
"""Dr. Chen has declined, so that Dr. Silva is asked, and internal medicine lacks a letter."""


def test_changes_of_a_plan_are_a_short_page(lorplan: Lorplan) -> None:
    """What happened, what is decided anew, what became due."""
    (lorplan.folder / "rotations.yaml").write_text(DECLINED)
    out = lorplan("plan", "--since", "2027-01-17", *DAY, env={"COLUMNS": "80"}).out
    assert out.splitlines()[0].startswith("Amina Rahman, changes since Jan 17  ")
    assert "Happened\n  chen  Jan 18  Dr. Wei Chen: asked\n  chen  Jan 19  Dr. Wei Chen: declined\n" in out
    assert "Decided anew\n  now ask Dr. Maria Silva, " in out
    assert "Became due\n" not in out
    assert "Became due\n  petrov  since Dec 4" in lorplan("plan", "benito.yaml", *SINCE, *DAY).out
    assert len(out.splitlines()) <= 24


def test_changes_on_a_narrow_terminal_stand_below_each_other(lorplan: Lorplan) -> None:
    """As all pages do."""
    out = lorplan("plan", "benito.yaml", *SINCE, *DAY, env={"COLUMNS": "50"}).out
    assert "petrov  Nov 25, 2026\n  Dr. Ana Petrov: asked\n" in out
    cohort = lorplan("cohort", "benito.yaml", *SINCE, *DAY, env={"COLUMNS": "50"}).out
    assert "\nbenito.yaml\n    Dr. Ana Petrov asked Nov 25, 2026; " in cohort


def test_plan_without_changes_says_so(lorplan: Lorplan) -> None:
    """In every format."""
    args = ("plan", "--since", "2027-01-20")
    assert "Nothing has changed." in lorplan(*args, *DAY).out
    assert rows(lorplan, *args) == []
    [found] = read(lorplan, *args)["applicants"]
    assert (found["events"], found["letters"], found["gaps"], found["actions"]) == ([], [], [], [])


def test_changes_are_one_document_of_their_own_kind(lorplan: Lorplan) -> None:
    """The same for one plan and for many, so that a script reads both."""
    one, many = (read(lorplan, command, "benito.yaml", *SINCE) for command in ("plan", "cohort"))
    assert one == many
    assert " ".join(one) == "format_version kind as_of since applicants"
    assert (one["kind"], one["since"]) == ("changes", "2026-11-24")
    [found] = one["applicants"]
    assert " ".join(found) == "file applicant events letters gaps programs expected asking_closed actions"
    event = {"day": "2026-11-25", "event": "asked", "rotation": "petrov", "program": None, "name": "Dr. Ana Petrov"}
    assert found["events"][0] == event
    letter = {"rotation": "petrov", "attending": "Dr. Ana Petrov", "before": "ask", "now": "keep", "ask_on": None}
    assert found["letters"] == [letter]
    assert found["expected"] == {"before": 1, "now": 1, "wanted": 3}
    assert " ".join(found["actions"][0]) == ACTION_KEYS


def test_day_to_ask_and_gaps_are_in_the_changes(lorplan: Lorplan) -> None:
    """Of a letter that is to be asked for now, and of a target that has lost one."""
    (lorplan.folder / "rotations.yaml").write_text(DECLINED)
    [found] = read(lorplan, "plan", "--since", "2027-01-17")["applicants"]
    assert found["gaps"] == [{"target": "internal medicine", "lacks": 1, "lacked": 0}]
    verdicts = {one["rotation"]: (one["before"], one["now"], one["ask_on"]) for one in found["letters"]}
    assert verdicts == {"chen": ("ask", "skip", None), "silva": ("reserve", "ask", "2027-04-21")}


def test_change_records_have_five_fields_and_with_many_files_the_file(lorplan: Lorplan) -> None:
    """What: event, decision or due."""
    (lorplan.folder / "rotations.yaml").write_text(DECLINED)
    amina, benito = rows(lorplan, "plan", *SINCE), rows(lorplan, "plan", "benito.yaml", *SINCE)
    assert benito[0] == ["event", "2026-11-25", "petrov", "Dr. Ana Petrov", "asked"]
    assert ["decision", "", "", "", "internal medicine lacks 1 letter"] in amina
    assert {row[0] for row in amina + benito} == {"event", "decision", "due"}
    many = rows(lorplan, "cohort", "benito.yaml", "rotations.yaml", *SINCE)
    assert sorted(many) == sorted(
        [[*row, "benito.yaml"] for row in benito] + [[*row, "rotations.yaml"] for row in amina]
    )


def test_programs_are_among_the_changes(lorplan: Lorplan) -> None:
    """Those applied to, and those whose state is another one, in every format."""
    programs = "programs:\n  - {name: Mercy, specialty: internal medicine, applied: 2027-09-05}\n"
    programs += "  - {name: Union, specialty: internal medicine, deadline: 2027-09-06}\n"
    (lorplan.folder / "rotations.yaml").write_text(AMINA + programs)
    args = ("plan", "--since", "2027-09-04", "--as-of", "2027-09-08")
    assert "  mercy  Sep 5  Mercy: applied\n" in lorplan(*args).out
    assert "event\t2027-09-05\tmercy\tMercy\tapplied\n" in lorplan(*args, "--plain").out
    [found] = json.loads(lorplan(*args, "--json").out)["applicants"]
    assert found["programs"] == [{"program": "union", "before": "short", "now": "closed"}]


def test_changes_of_many_name_those_that_have_any(lorplan: Lorplan) -> None:
    """In the order of the cohort; the others are only counted."""
    (lorplan.folder / "empty.yaml").write_text("[]")
    out = lorplan("cohort", "empty.yaml", *FILES, "--since", "2027-01-14", *DAY, status=1).out
    assert out.splitlines()[0].startswith("1 of 3 applicants with changes since Jan 14  ")
    assert out.splitlines()[2].startswith("Amina Rahman  1 became due")
    first = lorplan("cohort", "benito.yaml", "--since", "2026-11-24", "--as-of", "2026-11-25").out
    assert first.splitlines()[2] == "benito.yaml  Dr. Ana Petrov asked Nov 25"
    risky = read(lorplan, "cohort", "rotations.yaml", "benito.yaml", "--since", "2027-01-14", "--at-risk")
    assert [one["file"] for one in risky["applicants"]] == ["benito.yaml"]


@pytest.mark.parametrize("command", ["plan", "cohort"])
def test_day_after_that_of_the_plan_is_refused(lorplan: Lorplan, command: str) -> None:
    """Nothing can have changed since then."""
    result = lorplan(command, "--since", "2027-01-21", *DAY, status=2)
    assert result.err == "lorplan: --since 2027-01-21 is after 2027-01-20, the day of the plan\nname an earlier day\n"


def test_full_plan_and_changes_cannot_be_had_at_once(lorplan: Lorplan) -> None:
    """They are different pages."""
    result = lorplan("plan", "--full", *SINCE, *DAY, status=2)
    assert result.err == "lorplan: --full and --since cannot be used together\nleave one of them out\n"
