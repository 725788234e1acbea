"""The starter file: what it holds on any day, and how `lorplan init` writes it without ever losing anything."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jinja2 import PackageLoader

from conftest import environment
from lorplan.edit.starter import starter
from lorplan.plan.planner import make_plan
from lorplan.planfile import descriptions
from lorplan.planfile.lint import advice
from lorplan.planfile.reader import loads

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Runner
    from lorplan.planfile.models import Model, PlanFile

PACKAGE = PackageLoader("lorplan")
DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))
ODD_DAYS = (
    date(2024, 2, 29),
    date(2028, 2, 29),
    date(2032, 2, 29),
    date(2026, 1, 1),
    date(2027, 12, 31),
    date(2028, 12, 31),
    date(2025, 6, 24),
    date(2026, 6, 22),
)
"""Leap days, both sides of a year's end, and days on which the season opened after the example was agreed to."""

SECTIONS = {
    **dict.fromkeys(descriptions.APPLICANT, "applicant"),
    **dict.fromkeys(descriptions.ROTATION, "rotation"),
    **dict.fromkeys(descriptions.LETTER, "letter"),
    "policy": "file",
}
"""The part of the file in which each key stands."""

MEANINGS = {
    **descriptions.APPLICANT,
    **descriptions.ROTATION,
    **descriptions.LETTER,
    "policy": descriptions.PLAN_FILE["policy"],
}
OFFERED_LINE = re.compile(r"^( *)# (\w+): ")
"""The beginning of a line to use by taking its # away."""

WIDEST = 116
"""Characters that fit an editor's window beside another."""


def for_many_days(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Test the odd days, and so many others."""

    def decorated(test: Callable[..., None]) -> Callable[..., None]:
        for day in ODD_DAYS:
            test = example(day)(test)
        return settings(max_examples=examples)(given(DAYS)(test))

    return decorated


def text_of(day: date) -> str:
    """Give the package's starter text as of a day."""
    return starter(day, PACKAGE)


def offered_lines(text: str) -> dict[str, int]:
    """Find the lines of a text that can be used by taking the # away, by their keys."""
    found = [(line, OFFERED_LINE.match(line)) for line in text.splitlines()]
    return {match[2]: place for place, (_, match) in enumerate(found) if match and match[2] in MEANINGS}


def using(text: str, *keys: str) -> str:
    """Take the # of some lines away."""
    lines, places = text.splitlines(keepends=True), offered_lines(text)
    for key in keys:
        lines[places[key]] = OFFERED_LINE.sub(r"\1\2: ", lines[places[key]])
    return "".join(lines)


def keys_written(plan_file: PlanFile) -> Counter[tuple[str, str]]:
    """Count the keys that a file has, each with the part of the file in which it stands."""
    parts: list[tuple[str, Model]] = [("file", plan_file), ("applicant", plan_file.applicant)]
    parts += [("rotation", rotation) for rotation in plan_file.rotations]
    parts += [("letter", rotation.letter) for rotation in plan_file.rotations]
    return Counter((part, key) for part, model in parts for key in model.model_fields_set)


# --- the text ---------------------------------------------------------------------------------------------


class TestStarter:
    @for_many_days(30)
    def test_is_a_plan_file_with_a_letter_at_each_stage(self, day: date) -> None:
        """On any day it is valid without advice: one letter is promised, one rotation goes on, one is to come."""
        plan_file = loads(text_of(day))
        assert list(advice(plan_file)) == []
        over, current, coming = plan_file.rotations
        assert over.ends < day
        assert current.start <= day <= current.ends
        assert day < coming.start
        plan = make_plan(plan_file, day)
        statuses = {letter.rotation.attending.name: letter.status for letter in plan.letters}
        assert [statuses[rotation.attending.name] for rotation in plan_file.rotations] == [
            "agreed",
            "planned",
            "planned",
        ]
        assert all(letter.verdict != "skip" for letter in plan.letters)

    @for_many_days(30)
    def test_shows_something_to_do_in_a_season_that_is_not_over(self, day: date) -> None:
        """Its plan has actions, one of them with the rotation that goes on, and programs do not read yet."""
        plan = make_plan(loads(text_of(day)), day)
        assert plan.deadline > day
        assert any(action.attending == "Dr. Robin Second" for action in plan.actions)
        assert [action.state for action in plan.actions if action.state != "upcoming"] != []

    @for_many_days(15)
    def test_explains_each_key_once_where_it_first_stands(self, day: date) -> None:
        """Each key of the applicant, a rotation and a letter has its meaning behind it, or in the line above."""
        lines = text_of(day).splitlines()
        for key, meaning in MEANINGS.items():
            comment = f"# {meaning}"
            explaining = [place for place, line in enumerate(lines) if line.endswith(comment)]
            named = [place for place, line in enumerate(lines) if re.match(rf" *(?:# |- )?{key}:", line)]
            assert len(explaining) == 1, key
            above = lines[explaining[0]].strip() == comment
            assert explaining[0] + above == named[0], key

    def test_offers_a_line_for_every_key_that_is_not_in_use(self) -> None:
        """What the three rotations have no use for is there as an example behind a #, once."""
        text = text_of(date(2026, 11, 20))
        in_use = {key for _, key in keys_written(loads(text))}
        assert set(offered_lines(text)) == set(MEANINGS) - in_use

    @for_many_days(6)
    def test_is_valid_with_any_one_of_its_examples_in_use(self, day: date) -> None:
        """Whichever # is taken away: the file is valid without advice, and has that one key more, in its place."""
        text = text_of(day)
        before = keys_written(loads(text))
        for key in offered_lines(text):
            plan_file = loads(using(text, key))
            assert keys_written(plan_file) - before == Counter({(SECTIONS[key], key): 1}), key
            assert (key, list(advice(plan_file))) == (key, [])

    @for_many_days(15)
    def test_is_valid_with_all_of_its_examples_in_use(self, day: date) -> None:
        """The examples fit each other, but for a decline, which cannot stand beside a letter that is there."""
        text = text_of(day)
        keys = set(offered_lines(text)) - {"declined"}
        plan_file = loads(using(text, *keys))
        assert {key for _, key in keys_written(plan_file)} == set(MEANINGS) - {"declined"} | {
            "applicant",
            "rotations",
        }

    @for_many_days(15)
    def test_fits_a_window_and_ends_with_one_line_end(self, day: date) -> None:
        """No line is too long to be seen whole, none ends in a space, and nothing comes after the last."""
        text = text_of(day)
        assert max(map(len, text.splitlines())) <= WIDEST
        assert [line for line in text.splitlines() if line != line.rstrip()] == []
        assert text.endswith("\n")
        assert not text.endswith("\n\n")

    @for_many_days(10)
    def test_is_the_same_on_the_same_day(self, day: date) -> None:
        """Nothing but the day goes into it."""
        assert text_of(day) == text_of(day)

    def test_says_for_which_day_it_was_made(self) -> None:
        """Whoever finds it later knows what its days were around."""
        assert "around 2026-11-20" in text_of(date(2026, 11, 20))

    @pytest.mark.thorough
    def test_is_valid_on_every_day_of_six_years(self) -> None:
        """No day is left out, however its weekdays, holidays and seasons fall."""
        first = date(2024, 1, 1)
        for offset in range((date(2030, 1, 1) - first).days):
            day = first + timedelta(offset)
            plan_file = loads(text_of(day))
            assert (day, list(advice(plan_file))) == (day, [])
            assert make_plan(plan_file, day).actions, day


# --- the command ------------------------------------------------------------------------------------------


def contents(directory: Path) -> dict[str, str]:
    """Say what is in a folder and its folders: the text of files, the target of symlinks, / for folders."""
    return {
        str(path.relative_to(directory)): str(path.readlink())
        if path.is_symlink()
        else "/"
        if path.is_dir()
        else path.read_text()
        for path in directory.rglob("*")
    }


def next_command(out: str) -> str:
    """Take the command out of what `init` prints."""
    first, second = out.splitlines()
    assert first.endswith("is written: three made-up rotations, to be replaced by yours.")
    return second.removeprefix("Next: ")


class TestCommand:
    def test_writes_the_starter_of_today(self, invoke: Runner, tmp_path: Path) -> None:
        """Without a name it is rotations.yaml where one is, with the text of that day, and nothing beside it."""
        before = date.today()  # noqa: DTZ011 - a user's day is the one on their wall
        out = invoke("init").out
        after = date.today()  # noqa: DTZ011 - the same
        assert contents(tmp_path).keys() == {"rotations.yaml"}
        assert (tmp_path / "rotations.yaml").read_text() in {text_of(before), text_of(after)}
        assert next_command(out) == "lorplan plan rotations.yaml"

    @pytest.mark.parametrize(
        ("args", "variable", "written"),
        [
            pytest.param(("mine.yaml",), None, "mine.yaml", id="named"),
            pytest.param((), "other.yaml", "other.yaml", id="by_the_variable"),
            pytest.param(("mine.yaml",), "other.yaml", "mine.yaml", id="a_name_goes_before_the_variable"),
            pytest.param((), "", "rotations.yaml", id="an_empty_variable_is_none"),
            pytest.param(("plan.txt",), None, "plan.txt", id="with_any_ending"),
        ],
    )
    def test_writes_the_file_that_is_named(
        self, invoke: Runner, tmp_path: Path, args: tuple[str, ...], variable: str | None, written: str
    ) -> None:
        """The file is the one on the command line, else the variable's, and the next command names it."""
        out = invoke("init", *args, env={"LORPLAN_FILE": variable}).out
        assert contents(tmp_path).keys() == {written}
        assert next_command(out) == f"lorplan plan {written}"

    def test_writes_into_another_folder(self, invoke: Runner, tmp_path: Path) -> None:
        """A name may lead elsewhere; nothing is left there but the file."""
        (tmp_path / "here").mkdir()
        (tmp_path / "there").mkdir()
        invoke("init", "../there/mine.yaml", cwd=tmp_path / "here")
        assert contents(tmp_path).keys() == {"here", "there", "there/mine.yaml"}

    def test_gives_the_file_the_mode_of_any_new_file(self, invoke: Runner, tmp_path: Path) -> None:
        """Who may read it is decided as for every file of the user's."""
        invoke("init", "mine.yaml")
        (tmp_path / "other").touch()
        modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("mine.yaml", "other")}
        assert len(modes) == 1

    def test_writes_what_passes_the_strict_check(self, run: Runner) -> None:
        """The real program takes its own file without a word."""
        run("init")
        checked = run("check", "--strict")
        assert (checked.out, checked.err) == ("", "")

    def test_is_not_stopped_by_what_a_killed_process_left(self, invoke: Runner, tmp_path: Path) -> None:
        """A lock that nobody holds and half a file are cleared away."""
        (tmp_path / ".rotations.yaml.lock").touch()
        (tmp_path / ".rotations.yaml.new").write_text("half a fi")
        invoke("init")
        assert contents(tmp_path).keys() == {"rotations.yaml"}

    def test_lets_one_of_several_at_once_write(self, tmp_path: Path) -> None:
        """Of programs started together one writes the file, and the others leave it as it is."""
        racing = [
            subprocess.Popen(
                [sys.executable, "-m", "lorplan", "init"],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=tmp_path,
                env=environment(tmp_path),
            )
            for _ in range(3)
        ]
        said = [process.communicate(timeout=60)[1].decode() for process in racing]
        assert sorted(process.returncode for process in racing) == [0, 1, 1]
        assert sorted(said) == ["", *["rotations.yaml: is there already, and is left as it is\n"] * 2]
        assert contents(tmp_path).keys() == {"rotations.yaml"}
        assert len(loads((tmp_path / "rotations.yaml").read_text()).rotations) == 3


def write_file(path: Path) -> None:
    """Put a plan of the user's own there."""
    path.write_text("[] # mine\n")


def link_to_a_file(path: Path) -> None:
    """Put a symlink to a plan of the user's own there."""
    write_file(path.with_name("real.yaml"))
    path.symlink_to("real.yaml")


class TestNothingIsOverwritten:
    @pytest.mark.parametrize("args", [(), ("--ask",)], ids=["starter", "ask"])
    @pytest.mark.parametrize(
        "occupy",
        [
            pytest.param(write_file, id="file"),
            pytest.param(Path.touch, id="empty_file"),
            pytest.param(Path.mkdir, id="folder"),
            pytest.param(link_to_a_file, id="symlink"),
            pytest.param(lambda path: path.symlink_to("nowhere.yaml"), id="dangling_symlink"),
            pytest.param(lambda path: path.symlink_to(path.name), id="symlink_to_itself"),
        ],
    )
    def test_whatever_has_the_name(
        self, invoke: Runner, tmp_path: Path, occupy: Callable[[Path], None], args: tuple[str, ...]
    ) -> None:
        """Whatever is there stays as it is, and so does what it leads to; it is said, and the status is 1."""
        occupy(tmp_path / "mine.yaml")
        before = contents(tmp_path)
        refused = invoke("init", "mine.yaml", *args, check=1)
        assert (refused.out, refused.err) == ("", "mine.yaml: is there already, and is left as it is\n")
        assert contents(tmp_path) == before

    def test_by_a_second_call(self, invoke: Runner, tmp_path: Path) -> None:
        """A call that is repeated changes nothing."""
        invoke("init")
        before = contents(tmp_path)
        invoke("init", check=1)
        assert contents(tmp_path) == before

    def test_on_the_way_of_the_variable(self, invoke: Runner, tmp_path: Path) -> None:
        """The file that the variable names is as safe."""
        write_file(tmp_path / "other.yaml")
        invoke("init", env={"LORPLAN_FILE": "other.yaml"}, check=1)
        assert contents(tmp_path) == {"other.yaml": "[] # mine\n"}


class TestWhatCannotBeWritten:
    @pytest.mark.parametrize("args", [(), ("--ask",)], ids=["starter", "ask"])
    def test_is_standard_input(self, invoke: Runner, tmp_path: Path, args: tuple[str, ...]) -> None:
        """A pipe is no file to write: that is wrong usage."""
        refused = invoke("init", "-", *args, check=2)
        assert (refused.out, refused.err) == ("", "lorplan: standard input cannot be written: name a file\n")
        assert contents(tmp_path) == {}

    @pytest.mark.parametrize("args", [(), ("--ask",)], ids=["starter", "ask"])
    @pytest.mark.parametrize("folder", ["nofolder", "nofolder/deep", "plan"])
    def test_is_a_file_in_a_folder_that_is_none(
        self, invoke: Runner, tmp_path: Path, folder: str, args: tuple[str, ...]
    ) -> None:
        """A slip in the path is told: a folder that is missing is not made, and a file is none."""
        write_file(tmp_path / "plan")
        refused = invoke("init", f"{folder}/mine.yaml", *args, check=1)
        assert refused.out == ""
        assert refused.err == f"{folder}/mine.yaml: cannot be written: there is no folder {folder}\n"
        assert contents(tmp_path) == {"plan": "[] # mine\n"}

    def test_is_a_name_that_is_too_long(self, invoke: Runner, tmp_path: Path) -> None:
        """What the system has no room for is told in its words, and leaves nothing."""
        name = "n" * 300
        refused = invoke("init", name, check=1)
        assert refused.err.startswith(f"{name}: cannot be written: File name too long")
        assert contents(tmp_path) == {}

    @pytest.mark.parametrize("name", ["", "a\0b"])
    def test_is_a_name_that_is_none(self, invoke: Runner, tmp_path: Path, name: str) -> None:
        """An empty name, and one that no system has, are told in a line."""
        refused = invoke("init", "--", name, check=1)
        assert refused.err.count("\n") == 1
        assert "cannot be written" in refused.err
        assert contents(tmp_path) == {}

    def test_is_an_empty_name_in_words_of_ours(self, invoke: Runner) -> None:
        """What is wrong with an empty name is that it is empty, as with the commands that read."""
        assert invoke("init", "", check=1).err == "'': cannot be written: the name is empty\n"

    def test_is_a_file_in_a_folder_that_is_closed(self, tmp_path: Path) -> None:
        """Without the right to write there it is told, and nothing is left: no file, no lock."""
        folder = tmp_path / "closed"
        folder.mkdir()
        folder.chmod(0o555)
        unprivileged = _without_power()
        if subprocess.run([*unprivileged, "test", "-w", folder], check=False).returncode == 0:
            pytest.skip("whoever runs the tests may write everywhere, and that cannot be taken away here")
        done = subprocess.run(
            [*unprivileged, sys.executable, "-m", "lorplan", "init", "closed/mine.yaml"],
            capture_output=True,
            cwd=tmp_path,
            env=environment(tmp_path),
            timeout=60,
            check=False,
        )
        folder.chmod(0o755)
        assert (done.returncode, done.stdout) == (1, b"")
        assert done.stderr.decode().startswith("closed/mine.yaml: cannot be written: Permission denied")
        assert done.stderr.count(b"\n") == 1
        assert contents(tmp_path) == {"closed": "/"}


def _without_power() -> list[str]:
    """Begin a command so that root, too, is bound by what a folder allows."""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        return []
    return ["setpriv", "--bounding-set", "-dac_override", "--"]


# --- the next command -------------------------------------------------------------------------------------


NAMES = (
    "my rotations.yaml",
    "it's.yaml",
    'the "plan".yaml',
    "$HOME.yaml",
    "`date`.yaml",
    "a&b;c|d.yaml",
    "*.yaml",
    "#1.yaml",
    "~mine.yaml",
    "back\\slash.yaml",
    "Zoë 陳 😀.yaml",
    "sub folder/mine.yaml",
)


def as_a_shell_reads(command: str, program: str = "sh") -> list[str]:
    """Let a real shell take a command apart."""
    printing = f"lorplan() {{ printf '%s\\0' \"$@\"; }}; {command}"
    done = subprocess.run([program, "-c", printing], capture_output=True, timeout=60, check=True)
    return [os.fsdecode(word) for word in done.stdout.split(b"\0")[:-1]]


class TestNextCommand:
    @pytest.mark.parametrize("name", NAMES)
    def test_can_be_pasted_into_a_shell(self, invoke: Runner, tmp_path: Path, name: str) -> None:
        """Whatever the name has in it, the shell hands it on as it is, and the command finds the file."""
        (tmp_path / "sub folder").mkdir()
        command = as_a_shell_reads(next_command(invoke("init", name).out))
        assert command == ["plan", name]
        assert "Whom to ask" in invoke(*command).out

    def test_works_where_a_shell_runs_it(self, run: Runner, tmp_path: Path) -> None:
        """The whole way: what the real program prints is run by a real shell, and plans the file."""
        command = next_command(run("init", "my rotations.yaml").out)
        script = tmp_path / "bin" / "lorplan"
        script.parent.mkdir()
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m lorplan "$@"\n')
        script.chmod(0o755)
        surroundings = environment(tmp_path)
        done = subprocess.run(
            ["sh", "-c", command],  # noqa: S607 - any sh
            capture_output=True,
            cwd=tmp_path,
            env={**surroundings, "PATH": f"{script.parent}:{surroundings['PATH']}"},
            timeout=60,
            check=True,
        )
        assert "Whom to ask" in done.stdout.decode()

    @pytest.mark.skipif(not shutil.which("bash"), reason="no shell with escapes in quotes is installed")
    @pytest.mark.parametrize(
        "name",
        [
            pytest.param("-mine.yaml", id="like_an_option"),
            pytest.param("--help", id="like_help"),
            pytest.param("my\trotations.yaml", id="tab"),
            pytest.param("my\nrotations.yaml", id="line_end"),
            pytest.param("\x1b[31mmine.yaml", id="escape"),
            pytest.param("mi\u202ene 0.yaml", id="direction"),
            pytest.param("mi\udcffne.yaml", id="not_utf_8"),
            pytest.param("it's\t0 $HOME`date`\\.yaml", id="tab_and_what_shells_know"),
        ],
    )
    def test_finds_a_file_with_an_awkward_name(self, invoke: Runner, name: str) -> None:
        """A name that cannot be shown as it is, or begins like an option, is found by a shell such as bash."""
        out = invoke("init", "--", name).out
        assert all(line.isprintable() for line in out.splitlines())
        assert "Whom to ask" in invoke(*as_a_shell_reads(next_command(out), program="bash")).out


# --- a starter of one's own -------------------------------------------------------------------------------


@pytest.fixture
def own_starter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the place of the user's own starter, in a home of its own."""
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    path = Path(typer.get_app_dir("lorplan")) / "templates" / "starter.yaml"
    assert path.is_relative_to(home)
    path.parent.mkdir(parents=True)
    return path


class TestOwnStarter:
    def test_goes_before_the_package_s(self, invoke: Runner, tmp_path: Path, own_starter: Path) -> None:
        """The user's text is written, in UTF-8, with the days of the template in it."""
        own_starter.write_text(
            "- attending: Dr. Zoë {{ as_of.year }}\n  specialty: im\n  start: {{ third }}\n  weeks: 2\n",
            encoding="utf-8",
        )
        invoke("init")
        [rotation] = loads((tmp_path / "rotations.yaml").read_text(encoding="utf-8")).rotations
        assert rotation.attending.name in {f"Dr. Zoë {year}" for year in range(2026, 2100)}
        assert rotation.start > date.today()  # noqa: DTZ011 - a user's day is the one on their wall

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(b"{{ nobody }}", id="unknown_name"),
            pytest.param(b"a: 1\n{% if %}", id="no_template"),
            pytest.param(b"name: Zo\xeb", id="not_utf_8"),
            pytest.param(b"{{ 1 // 0 }}", id="arithmetic"),
            pytest.param(b"{{ as_of.__class__.__mro__ }}", id="out_of_the_sandbox"),
            pytest.param(b"{% include 'nothing.yaml' %}", id="missing_part"),
        ],
    )
    def test_that_is_wrong_is_told(
        self, invoke: Runner, tmp_path: Path, own_starter: Path, content: bytes
    ) -> None:
        """A mistake in the user's text is told in a line that names it, and nothing is written."""
        own_starter.write_bytes(content)
        refused = invoke("init", check=1)
        assert refused.err.count("\n") == 1
        assert "starter.yaml" in refused.err
        assert not (tmp_path / "rotations.yaml").exists()
