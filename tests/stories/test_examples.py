"""The example files are what new users copy: each one works as it stands, and shows what it is there to show."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest
from rich.cells import cell_len

from lorplan import cli, load, loads, make_plan
from lorplan.cli.clock import today
from lorplan.planfile.models import Applicant, Attending, DayRange, LetterEvents, PlanFile, Rotation, Target
from samples import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

    from lorplan.plan.model import Action, Letter, Plan

PLAN_FILES = sorted(EXAMPLES.glob("*.yaml"))
STARTUP = EXAMPLES / "lorplan-startup.sh"
WEEKLY = EXAMPLES / "weekly-reminder.sh"

DAYS = [
    pytest.param("2026-08-15", id="before_all"),
    pytest.param("2026-12-15", id="december"),
    pytest.param("2027-02-15", id="federal_holiday"),
    pytest.param("2027-04-18", id="sunday"),
    pytest.param("2027-06-02", id="portals_open"),
    pytest.param("2027-08-20", id="last_stretch"),
    pytest.param("2027-10-01", id="after_the_deadline"),
    pytest.param("2028-06-15", id="after_the_season"),
]


class Ran(NamedTuple):
    """What a run left behind."""

    status: int
    out: str
    err: str


Lorplan = Callable[..., Ran]


@pytest.fixture
def lorplan(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Lorplan:
    """Run the command line in this process, in the folder with the examples."""
    for name in ("LORPLAN_FILE", "FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(EXAMPLES)

    def run(*arguments: str, columns: int | None = None) -> Ran:
        monkeypatch.setattr(sys, "argv", ["lorplan", *arguments])
        if columns:
            monkeypatch.setenv("COLUMNS", str(columns))
        with pytest.raises(SystemExit) as left:
            cli.main()
        status = left.value.code
        assert isinstance(status, int)
        return Ran(status, *capsys.readouterr())

    return run


def example(name: str, as_of: str) -> Plan:
    """Plan an example as of a day."""
    return make_plan(load(EXAMPLES / f"{name}.yaml"), date.fromisoformat(as_of))


def letter(plan: Plan, letter_id: str) -> Letter:
    """Take one letter out of a plan."""
    return next(one for one in plan.letters if one.id == letter_id)


def action(plan: Plan, action_id: str) -> Action:
    """Take one action out of a plan."""
    return next(one for one in plan.actions if one.id == action_id)


def verdicts(plan: Plan) -> dict[str, str]:
    """Give the verdict on each letter with the rule that decided it, in rank order."""
    return {one.id: f"{one.verdict} {one.reason.rule}" for one in plan.letters}


def days_to_ask(plan: Plan, letter_id: str) -> str:
    """Give the three days for asking: opens, ask_on, closes."""
    ranking = letter(plan, letter_id).ranking
    assert ranking is not None
    return f"{ranking.opens} {ranking.ask_on} {ranking.closes}"


def warnings(plan: Plan) -> list[str]:
    """Give the codes of the warnings; that a season is estimated ends when its days are published."""
    return [one.code for one in plan.warnings if one.code != "estimated-season"]


def name_of(path: Path) -> str:
    """Name a test case after its file."""
    return path.stem


@pytest.mark.parametrize("path", PLAN_FILES, ids=name_of)
class TestEveryPlanFile:
    def test_passes_the_strict_check(self, lorplan: Lorplan, path: Path) -> None:
        """Nothing is wrong with an example, and there is no advice to give on it."""
        assert lorplan("check", "--strict", path.name) == (0, "", "")

    @pytest.mark.parametrize("day", DAYS)
    def test_can_be_planned_on_any_day(self, lorplan: Lorplan, path: Path, day: str) -> None:
        """From before its first rotation until after its season an example has a plan that fits the terminal."""
        for command, columns in (("plan", 100), ("plan", 80), ("due", 80)):
            ran = lorplan(command, path.name, "--as-of", day, columns=columns)
            assert (ran.status, ran.err) == (0, "")
            assert day in ran.out
            assert max(map(cell_len, ran.out.splitlines())) <= columns

    def test_can_say_why_for_every_letter(self, lorplan: Lorplan, path: Path) -> None:
        """Each rotation of an example is found by its id, and its verdict is explained."""
        for one in example(path.stem, "2027-03-01").letters:
            ran = lorplan("why", one.id, "-f", path.name, "--as-of", "2027-03-01", columns=80)
            assert (ran.status, ran.err) == (0, "")
            assert f"({one.id}): {one.verdict}" in " ".join(ran.out.split())

    def test_gives_documents_for_scripts(self, lorplan: Lorplan, path: Path) -> None:
        """What a script reads is one document of the kind it asked for, whatever the names in the file are."""
        first = example(path.stem, "2027-03-01").letters[0].id
        for command in (
            ["plan", path.name, "--as-of", "2027-03-01"],
            ["due", path.name, "--as-of", "2027-03-01"],
            ["why", first, "-f", path.name, "--as-of", "2027-03-01"],
            ["check", path.name],
            ["season", "-f", path.name],
        ):
            ran = lorplan(*command, "--json")
            assert (ran.status, ran.err) == (0, "")
            document = json.loads(ran.out)
            assert (document["format_version"], document["kind"]) == ("1.0", command[0])


def test_the_plan_files_are_the_ones_we_tell_of() -> None:
    """An example that comes or goes is noticed here, and gets a test of what it shows."""
    assert [path.stem for path in PLAN_FILES] == ["awkward", "bare-list", "mid-season", "rotations"]


def test_all_applicants_fit_into_one_list(lorplan: Lorplan) -> None:
    """An adviser sees all of the example's applicants in one list, each under their name or file."""
    names = [path.name for path in PLAN_FILES]
    ran = lorplan("due", *names, "--as-of", "2027-08-20", columns=100)
    assert (ran.status, ran.err) == (0, "")
    for owner in ("Zoë Papadopoulou", "bare-list.yaml", "Daniel Mwangi", "Amina Rahman"):
        assert owner in ran.out


class TestRotations:
    """The first file that a new user sees."""

    def test_is_a_year_of_eight_rotations_before_its_start(self) -> None:
        """In December 2026 nothing has happened yet, and both targets are provided for."""
        plan = example("rotations", "2026-12-15")
        assert len(plan.letters) == 8
        assert {one.status for one in plan.letters} == {"planned"}
        assert [(one.target, one.counts.total >= one.needed) for one in plan.coverage] == [
            ("internal medicine", True),
            ("family medicine", True),
        ]
        assert {one.state for one in plan.actions} == {"upcoming"}
        assert warnings(plan) == []

    def test_shows_who_is_asked_who_waits_and_why(self) -> None:
        """Three are asked for what the targets need, one waits in reserve, four are behind for a reason each."""
        assert verdicts(example("rotations", "2026-12-15")) == {
            "chen": "ask MIX-2",
            "okafor": "ask MIX-2",
            "rossi": "ask MIX-2",
            "smith": "reserve MIX-1",
            "silva": "hold WHO-5",
            "haddad": "hold WHO-5",
            "sato": "hold WHO-4",
            "petrov": "hold WHO-11",
        }

    @pytest.mark.parametrize(
        ("rotation", "days"),
        [
            pytest.param("chen", "2027-01-25 2027-01-27 2027-01-29", id="the_final_week"),
            pytest.param("okafor", "2027-02-22 2027-02-24 2027-02-26", id="four_weeks_instead_of_an_end"),
            pytest.param("rossi", "2027-03-22 2027-03-22 2027-03-23", id="away_at_the_end"),
            pytest.param("smith", "2027-07-12 2027-07-13 2027-07-16", id="no_wednesdays"),
            pytest.param("petrov", "2027-08-27 2027-08-27 2027-08-31", id="pulled_forward_by_the_deadline"),
        ],
    )
    def test_shows_the_days_to_ask(self, rotation: str, days: str) -> None:
        """What the comments say about days has its effect on the days to ask."""
        assert days_to_ask(example("rotations", "2026-12-15"), rotation) == days

    def test_tells_of_every_key_once(self) -> None:
        """The file is the reference that a user has open: every key is there, in use or in a comment."""
        text = (EXAMPLES / "rotations.yaml").read_text(encoding="utf-8")
        models = (PlanFile, Applicant, Target, DayRange, Rotation, Attending, LetterEvents)
        keys = {field.alias or name for model in models for name, field in model.model_fields.items()}
        absent = {key for key in keys if not re.search(rf"\b{key}:|`{key}`", text)}
        assert absent == set()

    def test_what_stands_in_its_comments_can_be_taken_over(self) -> None:
        """A user who takes the comment signs away, and puts the later keys under a rotation, has a good file."""
        text = (EXAMPLES / "rotations.yaml").read_text(encoding="utf-8")
        text, tail = text.split("\n# What you add", maxsplit=1)
        later = "".join(f"    {line[4:]}\n" for line in tail.splitlines() if line.startswith("#   "))
        text = text.replace("  # deadline", "  deadline").replace("\n# policy", "\npolicy")
        text = text.replace("letterhead: true", f"letterhead: true\n{later}#", 1)
        plan = make_plan(loads(text), date(2027, 10, 1))
        assert letter(plan, "wei").status == "assigned"
        assert plan.wanted == 4


class TestMidSeason:
    """The file as it looks on 20 August: one letter in every state."""

    def test_has_every_status(self) -> None:
        """Somebody who looks for how a status is written, and what comes of it, finds it here."""
        plan = example("mid-season", "2027-08-20")
        assert {one.id: f"{one.status} {one.verdict} {one.reason.rule}" for one in plan.letters} == {
            "raman": "assigned keep WHEN-14",
            "goldberg": "planned ask MIX-2",
            "kim": "uploaded keep WHEN-14",
            "zieliński": "requested keep WHEN-10",
            "baptiste": "asked keep WHEN-11",
            "moreno": "agreed keep WHEN-8",
            "osei": "planned hold WHO-11",
            "al-sayed": "declined skip WHO-8",
        }

    def test_counts_the_letters_as_far_as_they_are(self) -> None:
        """The forecast has secured, promised and planned letters, and leaves the silent one out."""
        plan = example("mid-season", "2027-08-20")
        assert plan.forecast.total == 5
        assert (plan.forecast.secured, plan.forecast.promised, plan.forecast.planned) == (2, 2, 1)
        ranking = letter(plan, "baptiste").ranking
        assert ranking is not None
        assert ranking.silent
        assert warnings(plan) == ["silent"]

    def test_has_an_action_for_nearly_every_step(self) -> None:
        """Late, due and coming: what is to be done for letters in each state can be seen on one page."""
        plan = example("mid-season", "2027-08-20")
        assert [f"{one.state} {one.id}" for one in plan.actions] == [
            "overdue baptiste:follow-up",
            "overdue moreno:packet",
            "due moreno:request",
            "due kim:thank",
            "upcoming goldberg:ask",
            "upcoming zieliński:remind:3",
            "upcoming kim:assign",
            "upcoming zieliński:remind:4",
            "upcoming osei:rate",
            "upcoming zieliński:remind:5",
        ]

    def test_shows_the_letters_as_they_stood_on_an_earlier_day(self) -> None:
        """In April most of it had not happened: the plan forgets it, and says so."""
        plan = example("mid-season", "2027-04-01")
        assert Counter(one.status for one in plan.letters) == {"planned": 5, "agreed": 2, "declined": 1}
        assert Counter(warnings(plan))["future-event"] == 5


class TestBareList:
    """The shortest file there can be."""

    def test_gets_a_whole_plan(self) -> None:
        """Without a word about the applicant there is a season, a day for each attending, and three to ask."""
        plan = example("bare-list", "2026-12-15")
        assert (plan.applicant, plan.season.year) == (None, 2028)
        assert verdicts(plan) == {"marchetti": "ask MIX-1", "diallo": "ask MIX-1", "whitfield": "ask MIX-1"}
        assert [str(one.rotation.final_day) for one in plan.letters] == ["2027-03-26", "2027-05-14", "2027-06-04"]

    def test_is_told_what_more_it_could_say(self) -> None:
        """What was guessed, and what is missing, is said."""
        assert warnings(example("bare-list", "2026-12-15")) == ["guessed-season", "no-targets"]


class TestAwkward:
    """The file with everything that makes a real calendar untidy."""

    def test_shows_each_way_to_be_skipped(self) -> None:
        """By your own choice, as a fellow, for a poor performance, after a decline, and as somebody we have."""
        skipped = {
            key: verdict
            for key, verdict in verdicts(example("awkward", "2027-06-01")).items()
            if "skip" in verdict
        }
        assert skipped == {
            "home": "skip WHO-12",
            "mensah": "skip WHO-8",
            "lima": "skip WHO-1",
            "åkesson-2027-05": "skip WHO-10",
            "sørensen": "skip WHO-2",
        }

    def test_shows_each_way_to_be_asked_or_kept_waiting(self) -> None:
        """For a target, after an offer, by your own choice; and in reserve, behind somebody met in person."""
        kept = {
            key: verdict
            for key, verdict in verdicts(example("awkward", "2027-06-01")).items()
            if "skip" not in verdict
        }
        assert kept == {
            "hà": "ask MIX-2",
            "adeyemi-obrien": "ask MIX-2",
            "zhao": "ask MIX-2",
            "åkesson-2027-01": "ask WHO-7",
            "dangelo": "ask MIX-2",
            "kealoha": "reserve WHO-4",
            "ngata": "ask WHO-12",
        }

    def test_one_attending_under_two_spellings_has_one_letter(self) -> None:
        """Until the offer the later rotation counts, from then on the one with the offer."""
        before, after = example("awkward", "2027-01-26"), example("awkward", "2027-01-27")
        assert verdicts(before)["åkesson-2027-01"] == "skip WHO-10"
        assert verdicts(before)["åkesson-2027-05"] == "ask MIX-2"
        assert verdicts(after)["åkesson-2027-01"] == "ask WHO-7"
        assert verdicts(after)["åkesson-2027-05"] == "skip WHO-10"

    def test_whoever_declines_is_asked_until_then(self) -> None:
        """A plan made before the decline has the attending in it, and one made after has another."""
        assert verdicts(example("awkward", "2027-04-20"))["mensah"] == "ask MIX-2"
        assert verdicts(example("awkward", "2027-04-21"))["mensah"] == "keep WHEN-11"
        assert verdicts(example("awkward", "2027-04-22"))["mensah"] == "skip WHO-8"

    @pytest.mark.parametrize(
        ("rotation", "days"),
        [
            pytest.param("hà", "2026-11-23 2026-11-23 2026-11-25", id="thanksgiving"),
            pytest.param("adeyemi-obrien", "2026-12-22 2026-12-22 2026-12-23", id="christmas"),
            pytest.param("åkesson-2027-01", "2027-01-28 2027-01-28 2027-02-04", id="offer_on_a_part_time_day_off"),
            pytest.param("zhao", "2027-03-11 2027-03-16 2027-03-17", id="meeting_before_an_early_last_day"),
            pytest.param("dangelo", "2027-06-29 2027-06-30 2027-07-02", id="independence_day_observed"),
            pytest.param("ngata", "2027-09-03 2027-09-03 2027-09-08", id="half_of_the_days_and_labor_day"),
        ],
    )
    def test_finds_the_days_to_ask_between_holidays(self, rotation: str, days: str) -> None:
        """Holidays, days off, absences, offers and meetings move the days to ask to where people meet."""
        assert days_to_ask(example("awkward", "2027-03-01"), rotation) == days

    def test_works_on_veterans_day_only(self) -> None:
        """Of the holidays in a rotation, the one that is worked counts as a day together."""
        plan_file = load(EXAMPLES / "awkward.yaml")
        on_site = dict(zip(plan_file.ids, plan_file.on_site, strict=True))["hà"]
        # Four weeks of five days, less Thanksgiving and the Friday after it.
        assert len(on_site) == 18

    def test_talks_by_video_where_the_rotation_is_one_by_telehealth(self) -> None:
        """An attending who was met by telehealth is asked by video."""
        assert action(example("awkward", "2027-06-01"), "kealoha:ask").channel == "video"

    def test_follows_its_own_policy(self) -> None:
        """Four wanted, two spare, six weeks of notice: the numbers of the file take the place of ours."""
        plan = example("awkward", "2026-11-20")
        assert (plan.wanted, str(plan.latest_ask)) == (4, "2027-08-04")
        assert Counter(one.verdict for one in plan.letters)["reserve"] == 2

    def test_warns_of_the_late_letter_that_is_wanted_all_the_same(self) -> None:
        """A choice of one's own is followed, and its cost is said; what has not happened yet is left out."""
        assert warnings(example("awkward", "2026-11-20")) == ["future-event", "future-event", "late"]
        assert warnings(example("awkward", "2027-06-01")) == ["late"]

    def test_prints_names_as_they_are_typed(self, lorplan: Lorplan) -> None:
        """Brackets, commas, quotes and letters of any script come out as they went in."""
        ran = lorplan("plan", "awkward.yaml", "--as-of", "2026-11-20", "--plain")
        for name in ("Dr. Nguyễn Thị Minh Hà", "Adeyemi-O'Brien, Folasade, MD, FACP", "Dr. María José Ñíguez"):
            assert f"\t{name}\t" in ran.out
        ran = lorplan("why", "nguyễn", "-f", "awkward.yaml")
        assert "infectious disease at St. Anselm's [North Campus]: Ward 5, 2026-11-02 to 2026-11-27" in ran.out


# --- the scripts ------------------------------------------------------------------------------------------


def rotation(name: str, *, start: int, end: int, **more: str) -> str:
    """Write a plan file of one rotation whose days are counted from today."""
    row = {"attending": name, "specialty": "neurology", "start": from_today(start), "end": from_today(end)}
    lines = [f"{key}: {value}" for key, value in {**row, "performance": "good", **more}.items()]
    return "- " + "\n  ".join(lines) + "\n"


def from_today(days: int) -> str:
    """Count calendar days from today."""
    return str(today() + timedelta(days))


def overdue() -> str:
    """Write a file in which papers should have been sent weeks ago."""
    return rotation("Dr. Wei Chen", start=-60, end=-35, letter=f"{{agreed: {from_today(-30)}}}")


def due() -> str:
    """Write a file in which somebody is to be asked today."""
    return rotation("Dr. Amaka Okafor", start=-10, end=10, meeting=from_today(0))


def coming() -> str:
    """Write a file in which somebody is to be asked in three days."""
    return rotation("Dr. Luis Rossi", start=1, end=30, meeting=from_today(3))


def quiet() -> str:
    """Write a file in which nothing is to be done for months."""
    return rotation("Dr. Hana Sato", start=200, end=230)


BROKEN = "- attending: Dr. John Smith\n  specialty: neurology\n  start: 05/11/2026\n"


class Shell(NamedTuple):
    """A home of its own, and an environment in which `lorplan` can be found, or cannot."""

    home: Path
    path: str

    def run(self, *command: str | Path, **variables: str) -> Ran:
        """Run a command there, without a terminal."""
        known = {key: value for key, value in os.environ.items() if not key.startswith(("LORPLAN", "COVERAGE"))}
        ran = subprocess.run(
            command,
            env={**known, "HOME": str(self.home), "PATH": self.path, **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            start_new_session=True,  # an interactive shell must not take the terminal of these tests
            timeout=60,
        )
        return Ran(ran.returncode, ran.stdout, ran.stderr)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Give a user's shell with an empty home and lorplan on the path."""
    home = tmp_path / "the home"
    home.mkdir()
    return Shell(home, f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def bare_shell(shell: Shell, tmp_path: Path) -> Shell:
    """Give the same shell where lorplan is not installed."""
    (tmp_path / "nothing").mkdir()
    return shell._replace(path=str(tmp_path / "nothing"))


def program(name: str) -> str:
    """Find a shell, or skip the test where there is none."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"there is no {name} here")
    return found


@pytest.mark.parametrize("script", [STARTUP, WEEKLY], ids=name_of)
@pytest.mark.parametrize("name", ["sh", "bash"])
def test_scripts_can_be_read_by_a_shell(name: str, script: Path) -> None:
    """A script is in the language of every POSIX shell; only the one that is run as a program can be."""
    ran = subprocess.run([program(name), "-n", script], capture_output=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
    runs = script.read_text(encoding="utf-8").startswith("#!/bin/sh\n")
    assert (runs, os.access(script, os.X_OK)) == ((True, True) if script == WEEKLY else (False, False))


@pytest.fixture(params=["sh", "bash"])
def start(request: pytest.FixtureRequest) -> Callable[..., Ran]:
    """Start a shell that has the start-up script in its profile; `err` is what the script itself complained of."""
    name = program(request.param)

    def started(shell: Shell, options: Sequence[str] = ("-i",), **variables: str) -> Ran:
        norc = ["--norc"] if request.param == "bash" else []
        complaints = shell.home / "complaints"
        # The shell's own remark that it has no terminal is not the script's.
        line = '. "$1" 2>"$2"; echo "ready $? ${file-clean}"'
        ran = shell.run(name, *norc, *options, "-c", line, name, STARTUP, complaints, **variables)
        return Ran(ran.status, ran.out, complaints.read_text(encoding="utf-8"))

    return started


READY = "ready 0 clean\n"
"""The shell went on, the last status was 0, and the script left no variable behind."""


class TestStartup:
    def test_says_what_is_overdue(self, start: Callable[..., Ran], shell: Shell) -> None:
        """Whatever should have been done already is in the first lines of a new shell."""
        (shell.home / "rotations.yaml").write_text(overdue(), encoding="utf-8")
        ran = start(shell)
        first, *_ = ran.out.splitlines()
        assert re.fullmatch(r"lorplan: overdue since \d{4}-\d\d-\d\d: Send Dr\. Wei Chen your CV.*", first)
        assert (ran.status, ran.err) == (0, "")
        assert ran.out.endswith(READY)

    def test_says_what_is_due_today_wherever_the_file_is(self, start: Callable[..., Ran], shell: Shell) -> None:
        """A file named by LORPLAN_FILE comes before the one at home, with whatever blanks in its name."""
        (shell.home / "rotations.yaml").write_text(quiet(), encoding="utf-8")
        file = shell.home / "my plan.yaml"
        file.write_text(due(), encoding="utf-8")
        ran = start(shell, LORPLAN_FILE=str(file))
        assert re.match(r"lorplan: due until \d{4}-\d\d-\d\d: Ask Dr\. Amaka Okafor for a strong letter", ran.out)
        assert (ran.status, ran.err) == (0, "")

    @pytest.mark.parametrize(
        "text", [pytest.param(quiet, id="months_ahead"), pytest.param(coming, id="days_ahead")]
    )
    def test_is_silent_when_nothing_is_due(
        self, start: Callable[..., Ran], shell: Shell, text: Callable[[], str]
    ) -> None:
        """What is only coming can wait until it is due."""
        (shell.home / "rotations.yaml").write_text(text(), encoding="utf-8")
        assert start(shell) == (0, READY, "")

    def test_is_silent_without_a_file(self, start: Callable[..., Ran], shell: Shell) -> None:
        """Somebody who has no plan file, or has moved it, is left alone."""
        assert start(shell) == (0, READY, "")

    def test_is_silent_without_lorplan(self, start: Callable[..., Ran], bare_shell: Shell) -> None:
        """On a machine on which lorplan is not installed the same profile does no harm."""
        (bare_shell.home / "rotations.yaml").write_text(overdue(), encoding="utf-8")
        assert start(bare_shell) == (0, READY, "")

    def test_is_silent_where_nobody_types(self, start: Callable[..., Ran], shell: Shell) -> None:
        """A shell that copies files or runs a script gets no line that it did not ask for."""
        (shell.home / "rotations.yaml").write_text(overdue(), encoding="utf-8")
        assert start(shell, options=()) == (0, READY, "")

    def test_tells_of_a_broken_file_and_goes_on(self, start: Callable[..., Ran], shell: Shell) -> None:
        """A file that cannot be used is no quiet day: its problem is told, and the shell starts, strict or not."""
        (shell.home / "rotations.yaml").write_text(BROKEN, encoding="utf-8")
        ran = start(shell, options=("-i", "-eu"))
        assert (ran.status, ran.out) == (0, READY)
        assert "rotations.yaml:3:" in ran.err


class TestWeeklyReminder:
    @pytest.fixture
    def students(self, shell: Shell) -> Path:
        """Give an adviser's folder, with blanks in its name."""
        folder = shell.home / "my students"
        folder.mkdir()
        return folder

    def test_reports_who_has_something_to_do(self, shell: Shell, students: Path) -> None:
        """Each applicant has a paragraph with what is overdue, due and coming, if there is anything."""
        (students / "ana petrov.yaml").write_text(overdue(), encoding="utf-8")
        (students / "ben.yml").write_text(due(), encoding="utf-8")
        (students / "cleo.yaml").write_text(quiet(), encoding="utf-8")
        (students / "dora.yaml").write_text(coming(), encoding="utf-8")
        (students / "notes.txt").write_text("not a plan", encoding="utf-8")
        ran = shell.run(program("sh"), WEEKLY, students)
        assert (ran.status, ran.err) == (8, "")
        paragraphs = [part.splitlines() for part in ran.out.strip().split("\n\n")]
        assert [part[0] for part in paragraphs] == ["ana petrov", "dora", "ben"]
        ana, dora, ben = (part[1] for part in paragraphs)
        assert re.match(r"  overdue since \d{4}-\d\d-\d\d: Send Dr\. Wei Chen", ana)
        assert re.match(rf"  from {from_today(3)} on: Ask Dr\. Luis Rossi", dora)
        assert re.match(r"  due until \d{4}-\d\d-\d\d: Ask Dr\. Amaka Okafor", ben)

    @pytest.mark.parametrize(
        ("text", "paragraph"),
        [pytest.param(quiet, "", id="nothing"), pytest.param(coming, "one\n  from ", id="only_later_this_week")],
    )
    def test_a_week_without_anything_due_is_a_success(
        self, shell: Shell, students: Path, text: Callable[[], str], paragraph: str
    ) -> None:
        """With nothing to say cron sends no mail; what is only coming is told and is no alarm."""
        file = students / "one.yaml"
        file.write_text(text(), encoding="utf-8")
        ran = shell.run(WEEKLY, file)
        assert (ran.status, ran.err) == (0, "")
        assert ran.out.startswith(paragraph)
        assert bool(ran.out) == bool(paragraph)

    def test_a_broken_file_does_not_hide_the_others(self, shell: Shell, students: Path) -> None:
        """The problem goes to standard error with its place, the other applicants are reported as ever."""
        (students / "a.yaml").write_text(overdue(), encoding="utf-8")
        (students / "b.yaml").write_text(BROKEN, encoding="utf-8")
        (students / "c.yaml").write_text(due(), encoding="utf-8")
        ran = shell.run(WEEKLY, students)
        assert ran.status == 1
        assert f"{students}/b.yaml:3:" in ran.err
        assert [line for line in ran.out.splitlines() if line and not line.startswith(" ")] == ["a", "c"]

    def test_a_missing_file_and_an_empty_folder_are_told(self, shell: Shell, students: Path) -> None:
        """A crontab line that leads nowhere is not taken for a quiet week, and the rest of it still counts."""
        (shell.home / "real.yaml").write_text(overdue(), encoding="utf-8")
        ran = shell.run(WEEKLY, shell.home / "gone.yaml", students, shell.home / "real.yaml")
        assert ran.status == 1
        gone, empty = ran.err.splitlines()
        assert "gone.yaml: cannot be read" in gone
        assert empty == f"weekly-reminder.sh: no plan files in {students}"
        assert ran.out.startswith("real\n  overdue since ")

    def test_wants_to_know_where_the_files_are(self, shell: Shell) -> None:
        """Without an argument it is wrong usage, as with lorplan itself."""
        assert shell.run(WEEKLY) == (2, "", "usage: weekly-reminder.sh FILE-OR-FOLDER...\n")

    def test_misses_lorplan(self, bare_shell: Shell) -> None:
        """From a cron whose PATH does not lead to lorplan comes one line that says so."""
        ran = bare_shell.run(program("sh"), WEEKLY, "one.yaml")
        assert ran == (1, "", "weekly-reminder.sh: lorplan is not on the PATH\n")
