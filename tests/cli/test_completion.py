"""What the shell's completion offers: the rotations of the plan file, the events, the kinds of messages.

A shell asks the program by its environment, as the script says that `lorplan --show-completion` prints. Here the
program is started with what a shell would set; one test lets a real bash do it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Protocol

import pytest

from conftest import environment
from lorplan.edit.record_event import EVENTS, WORDS
from lorplan.messages.kinds import KINDS
from samples import AMINA, BAD

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

BASH = shutil.which("bash")
IDS = ["chen", "okafor", "rossi", "silva", "sato"]
"""Amina's rotations, in the order of her file."""

OFFERED_EVENTS = [
    *(event for event in EVENTS if event not in WORDS and event != "meeting"),
    "meeting=",
    *(f"{event}={word}" for event, words in WORDS.items() for word in words),
]


class Completer(Protocol):
    """Complete a line at its end as a shell would, and give what is offered."""

    def __call__(
        self, line: str, shell: str = "bash", *, stdin: str = "", variable: str | None = None
    ) -> list[str]:
        """Complete it; `variable` is the value of $LORPLAN_FILE."""


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> None:
    """Write Amina's plan file where the commands look for it, and another."""
    (tmp_path / "rotations.yaml").write_text(AMINA)
    (tmp_path / "other.yaml").write_text(AMINA.replace("Dr. Wei Chen", "Dr. Zoë Ng"), encoding="utf-8")


@pytest.fixture
def offered(invoke: Runner, monkeypatch: pytest.MonkeyPatch) -> Completer:
    """Ask the program in this process: it must end well, and say nothing beside what it offers."""
    # the program takes its name from how Python was started, and here that was for pytest
    monkeypatch.setattr(sys.modules["__main__"], "__package__", None, raising=False)

    def completer(line: str, shell: str = "bash", *, stdin: str = "", variable: str | None = None) -> list[str]:
        asked = {
            "_LORPLAN_COMPLETE": f"complete_{shell}",
            "COMP_WORDS": line,
            "COMP_CWORD": str(line.count(" ")),
            "_TYPER_COMPLETE_ARGS": line,
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
            "LORPLAN_FILE": variable,
        }
        result = invoke(env=asked, stdin=stdin)
        assert result.err == ""
        return [word for word in result.out.splitlines() if word]

    return completer


# --- rotations --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "variable", "expected"),
    [
        pytest.param("lorplan why ", None, IDS, id="of_the_default_file"),
        pytest.param("lorplan why s", None, ["silva", "sato"], id="that_begin_so"),
        pytest.param("lorplan why x", None, [], id="none_begins_so"),
        pytest.param("lorplan mark ", None, IDS, id="to_mark"),
        pytest.param("lorplan draft -f other.yaml ", None, ["ng", *IDS[1:]], id="of_the_file_named_before"),
        pytest.param("lorplan why --file other.yaml n", None, ["ng"], id="of_the_file_named_in_full"),
        pytest.param("lorplan why n", "other.yaml", ["ng"], id="of_the_variable_s_file"),
        pytest.param(
            "lorplan why -f rotations.yaml c", "other.yaml", ["chen"], id="the_option_before_the_variable"
        ),
    ],
)
def test_rotations(offered: Completer, line: str, variable: str | None, expected: list[str]) -> None:
    """ROTATION is completed by the ids of the file that the command would read."""
    assert offered(line, variable=variable) == expected


@pytest.mark.parametrize(
    ("line", "content"),
    [
        pytest.param("lorplan why -f gone.yaml ", None, id="missing"),
        pytest.param("lorplan why -f bin ", None, id="a_directory"),
        pytest.param("lorplan mark ", BAD, id="problems_in_it"),
        pytest.param("lorplan draft ", "- [", id="not_YAML"),
        pytest.param("lorplan draft ", "", id="empty"),
        pytest.param("lorplan draft ", b"\xff\xfe\x00", id="not_text"),
    ],
)
def test_a_file_that_cannot_be_used_offers_nothing(
    offered: Completer, tmp_path: Path, line: str, content: str | bytes | None
) -> None:
    """A plan file that is missing or wrong gives no rotations, and no word that would stand in the user's line."""
    if content is not None:
        (tmp_path / "rotations.yaml").write_bytes(content.encode() if isinstance(content, str) else content)
    assert offered(line) == []


def test_no_file_at_all_offers_nothing(offered: Completer, tmp_path: Path) -> None:
    """Where there is no plan file, there are no rotations."""
    (tmp_path / "rotations.yaml").unlink()
    assert offered("lorplan why ") == []


def test_a_file_below_the_user_s_folder(
    offered: Completer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`~/other.yaml` is the file that the shell will make of it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    assert offered("lorplan why -f ~/other.yaml n") == ["ng"]


def test_standard_input_is_not_read(offered: Completer) -> None:
    """While a line is typed, standard input is the user's keyboard: it is left alone."""
    assert offered("lorplan why -f - ", stdin=AMINA) == []


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_show_the_names(offered: Completer, shell: str) -> None:
    """A shell that can show more than the word to insert shows each id with its attending."""
    found = "\n".join(offered("lorplan why s", shell))
    for id_, name in (("silva", "Dr. Maria Silva"), ("sato", "Dr. Hana Sato")):
        assert (f'"{id_}":"{name}"' if shell == "zsh" else f"{id_}\t{name}") in found
    assert "Chen" not in found


@pytest.mark.parametrize("shell", ["zsh", "fish"])
@pytest.mark.parametrize("name", ["Dr. [/IM] Lee", "Dr. [bold]Lee"])
def test_a_name_that_looks_like_markup(offered: Completer, tmp_path: Path, shell: str, name: str) -> None:
    """A name is shown as it was typed, whatever is in it."""
    (tmp_path / "rotations.yaml").write_text(AMINA.replace("Dr. Wei Chen", f'"{name}"'))
    assert name in "\n".join(offered("lorplan why ", shell))


# --- events and kinds -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("lorplan mark chen ", OFFERED_EVENTS, id="all_events"),
        pytest.param(
            "lorplan mark chen perf",
            ["performance=excellent", "performance=good", "performance=fair", "performance=poor"],
            id="each_word_of_an_event",
        ),
        pytest.param("lorplan mark chen performance=g", ["performance=good"], id="a_word_that_begins_so"),
        pytest.param("lorplan mark chen a", ["asked", "agreed", "assigned"], id="events_that_begin_so"),
        pytest.param("lorplan mark chen m", ["meeting="], id="an_event_that_needs_a_day"),
        pytest.param("lorplan mark -f gone.yaml chen u", ["uploaded"], id="whatever_the_file_is"),
        pytest.param("lorplan draft chen ", list(KINDS), id="all_kinds"),
        pytest.param("lorplan draft chen ask", ["ask-in-person", "ask-email", "ask"], id="kinds_that_begin_so"),
        pytest.param(
            "lorplan draft chen of", ["offer-in-person", "offer-email", "offer"], id="a_kind_that_is_no_action"
        ),
        pytest.param("lorplan draft chen x", [], id="no_kind_begins_so"),
        pytest.param("lorplan draft chen --eml tha", ["thank"], id="behind_an_option"),
    ],
)
def test_events_and_kinds(offered: Completer, line: str, expected: list[str]) -> None:
    """EVENT is completed by what can be recorded, with its words; KIND by what can be drafted."""
    assert offered(line) == expected


@pytest.mark.parametrize("event", [event for event in OFFERED_EVENTS if event != "meeting="])
def test_every_event_that_is_offered_is_accepted(tmp_path: Path, event: str) -> None:
    """What is offered means something to `mark`: it is recorded, or refused for the order of the events only."""
    from lorplan.edit.record_event import Field, value_of  # noqa: PLC0415 - the same
    from lorplan.errors import UsageError  # noqa: PLC0415 - this test calls what the program calls
    from lorplan.planfile.reader import parse  # noqa: PLC0415 - the same

    name, _, word = event.partition("=")
    parsed = parse((tmp_path / "rotations.yaml").read_text(), "rotations.yaml")
    field = Field(parsed, 0, name)
    try:
        made = field.record(value_of(name, word or "2027-01-27"), replace=False)
    except UsageError as error:
        assert "needs asked" in str(error)  # noqa: PT017 - either outcome is right
        return
    assert made.changed


def test_commands_and_options(offered: Completer) -> None:
    """Before the command its name is completed, and behind it its options."""
    assert offered("lorplan dr") == ["draft"]
    assert offered("lorplan draft chen --m") == ["--mailto"]


# --- a real shell -----------------------------------------------------------------------------------------

PROGRAM = """\
#!{python}
from lorplan.cli import main
main()
"""
"""The program as it is installed."""

ASK_BASH = """\
eval "$(lorplan --show-completion bash)"
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
spec=$(complete -p lorplan) && function=${spec##*-F } && "${function%% *}" lorplan
printf '%s\\n' "${COMPREPLY[@]}"
"""
"""Loads the script and calls the function that it registers, as bash does when Tab is pressed."""


def in_bash(directory: Path, *words: str) -> list[str]:
    """Complete the last of the words in a real, interactive bash, which splits a line as COMP_WORDBREAKS says."""
    program = directory / "bin" / "lorplan"
    program.parent.mkdir()
    program.write_text(PROGRAM.format(python=sys.executable))
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [str(BASH), "--norc", "--noprofile", "-i", "-c", ASK_BASH, "bash", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # an interactive bash without a terminal complains
        cwd=directory,
        env=environment(directory, {"PATH": path}),
        timeout=60,
        check=True,
        start_new_session=True,  # so that it does not take the terminal of whoever runs the tests
    )
    return done.stdout.decode().splitlines()


@pytest.mark.skipif(BASH is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(("lorplan", "why", "s"), ["silva", "sato"], id="a_rotation"),
        pytest.param(("lorplan", "mark", "chen", "perf"), OFFERED_EVENTS[-9:-5], id="an_event"),
    ],
)
def test_a_real_bash(tmp_path: Path, words: tuple[str, ...], expected: list[str]) -> None:
    """Bash, with the script that the program prints, offers the same."""
    assert in_bash(tmp_path, *words) == expected
