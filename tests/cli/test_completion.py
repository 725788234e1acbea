"""What completion offers in a shell: the rotations of the plan file, the events, the kinds of messages.

A shell asks the program through its environment, as the script of `lorplan --show-completion` says. Most tests start
the program with what a shell would set; the others press Tab in real shells.
"""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
from datetime import date
from string import ascii_lowercase
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final, Protocol, cast

import pytest

from lorplan.cli.bash_words import join_words
from lorplan.cli.complete import complete_rotation
from lorplan.edit.record_event import PAST_DAYS, WORDS, RecordedEvent, normalize_value
from lorplan.edit.record_program import PROGRAM_DAYS
from lorplan.export.formats import MODULES
from lorplan.messages.kinds import MESSAGE_KINDS
from lorplan.planfile.reader import parse
from runner import TIMEOUT, clean_environment
from samples import AMINA, BAD

if TYPE_CHECKING:
    from pathlib import Path

    import typer

    from runner import Lorplan

IDS: Final = ["chen", "okafor", "rossi", "silva", "sato"]
"""Amina's rotations, in the order of her file."""

OFFERED_EVENTS: Final = [
    *PROGRAM_DAYS,
    *PAST_DAYS,
    "meeting=",
    *(f"{event}={word}" for event, words in WORDS.items() for word in words),
    "for=",
    "email=",
]

EXPERIENCES: Final = [event for event in OFFERED_EVENTS if event.startswith("experience")]

HOSTILE_NAMES: Final = (
    "$(touch PWNED)",
    "\\$(touch PWNED)",
    "\\\\$(touch PWNED)",
    '"$(touch PWNED)"',
    "'$(touch PWNED)'",
    "`touch PWNED`",
    "\\`touch PWNED\\`",
    "'; touch PWNED; '",
    '"; touch PWNED; "',
    "))'; touch PWNED; : '((",
    "x & touch PWNED &",
    "<(touch PWNED)",
    "=(touch PWNED)",
    "${(e):-\\$(touch PWNED)}",
    "$'\\x24(touch PWNED)'",
    ":b: [/IM] %F{red} {a,b} * ~ !! #",
)
"""Names that a shell would run or expand, if it evaluated them in one way or another."""

PLAIN: Final = re.compile(r"([^\W_]([^\W_]|[ .,\u0300-\u036f-])*)?")
"""Letters, digits, spaces and `.,-`."""


class Completer(Protocol):
    """Completes a line at its end as a shell would, and returns what is offered."""

    def __call__(self, line: str, shell: str = "bash", *, stdin: str = "", variable: str | None = None) -> list[str]:
        """Complete it; `variable` is the value of $LORPLAN_FILE."""


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> None:
    """Write Amina's plan file where the commands look for it, and another."""
    (tmp_path / "rotations.yaml").write_text(AMINA)
    (tmp_path / "other.yaml").write_text(AMINA.replace("Dr. Wei Chen", "Dr. Zoë Ng"), encoding="utf-8")


@pytest.fixture
def complete(lorplan: Lorplan, monkeypatch: pytest.MonkeyPatch) -> Completer:
    """Ask the program in this process; it must succeed, and print nothing but what it offers."""
    # The program takes its name from how Python was started, and here that was for pytest.
    monkeypatch.setattr(sys.modules["__main__"], "__package__", None, raising=False)

    def completer(line: str, shell: str = "bash", *, stdin: str = "", variable: str | None = None) -> list[str]:
        environment = {
            "_LORPLAN_COMPLETE": f"complete_{shell}",
            "COMP_WORDS": line.replace(" ", "\n"),
            "COMP_CWORD": str(line.count(" ")),
            "_TYPER_COMPLETE_ARGS": line,
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
            "LORPLAN_FILE": variable,
        }
        result = lorplan(env=environment, stdin=stdin)
        assert result.err == ""
        return [word for word in result.out.splitlines() if word]

    return completer


def plan_with_names(*names: str) -> str:
    """Write a plan file with these attendings, whose ids are aaa, bbb, ..."""
    quoted = (f"'{name.replace(chr(39), chr(39) * 2)}'" for name in names)
    row = "- {{id: {id}, attending: {name}, specialty: neurology, start: 2027-01-04, weeks: 4}}\n"
    return "".join(row.format(id=letter * 3, name=name) for letter, name in zip(ascii_lowercase, quoted, strict=False))


# --- rotations ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "variable", "expected"),
    [
        pytest.param("lorplan why ", None, IDS, id="all_of_the_default_file"),
        pytest.param("lorplan why s", None, ["silva", "sato"], id="those_with_the_start"),
        pytest.param("lorplan why x", None, [], id="none_has_the_start"),
        pytest.param("lorplan mark ", None, IDS, id="for_mark"),
        pytest.param("lorplan draft -f other.yaml ", None, ["ng", *IDS[1:]], id="of_the_file_option"),
        pytest.param("lorplan why --file other.yaml n", None, ["ng"], id="of_the_long_file_option"),
        pytest.param("lorplan why n", "other.yaml", ["ng"], id="of_the_variable"),
        pytest.param("lorplan why -f rotations.yaml c", "other.yaml", ["chen"], id="option_before_variable"),
        pytest.param("lorplan why -f ~/other.yaml n", None, ["ng"], id="of_a_file_in_the_home_folder"),
    ],
)
def test_rotation_is_completed_by_the_ids_of_the_file_that_the_command_would_read(
    complete: Completer, line: str, variable: str | None, expected: list[str]
) -> None:
    """ROTATION is completed by ids, of the file that is named, of the variable, or of the default one."""
    assert complete(line, variable=variable) == expected


@pytest.mark.parametrize(
    ("line", "content"),
    [
        pytest.param("lorplan why -f gone.yaml ", None, id="missing"),
        pytest.param("lorplan why -f . ", None, id="directory"),
        pytest.param("lorplan why -f ~no-such-user/x.yaml ", None, id="no_such_home"),
        pytest.param("lorplan mark ", BAD, id="with_problems"),
        pytest.param("lorplan draft ", "- [", id="not_yaml"),
        pytest.param("lorplan draft ", "", id="empty"),
        pytest.param("lorplan draft ", b"\xff\xfe\x00", id="not_text"),
    ],
)
def test_unusable_plan_file_offers_nothing_and_prints_nothing(
    complete: Completer, tmp_path: Path, line: str, content: str | bytes | None
) -> None:
    """A plan file that is missing or wrong gives no rotations, and no message in the middle of the user's line."""
    if content is not None:
        (tmp_path / "rotations.yaml").write_bytes(content.encode() if isinstance(content, str) else content)
    assert complete(line) == []


def test_missing_default_file_offers_nothing(complete: Completer, tmp_path: Path) -> None:
    """If there is no plan file, there are no rotations."""
    (tmp_path / "rotations.yaml").unlink()
    assert complete("lorplan why ") == []


def test_completion_does_not_read_standard_input(complete: Completer) -> None:
    """While a line is typed, standard input is the user's keyboard."""
    assert complete("lorplan why -f - ", stdin=AMINA) == []


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_zsh_and_fish_show_each_id_with_its_attending(complete: Completer, shell: str) -> None:
    """A shell that can show more than the word to insert shows each id with its attending."""
    offered = "\n".join(complete("lorplan why s", shell))
    for id_, name in (("silva", "Dr. Maria Silva"), ("sato", "Dr. Hana Sato")):
        assert (f'"{id_}":"{name}"' if shell == "zsh" else f"{id_}\t{name}") in offered
    assert "Chen" not in offered


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Dr. Wei Chen, M.D.", "Dr. Wei Chen, M.D.", id="plain_name"),
        pytest.param("Dr. Zoë Müller-Ångström 2", "Dr. Zoë Müller-Ångström 2", id="letters_of_any_script"),
        pytest.param("陈伟 王小明", "陈伟 王小明", id="chinese"),
        pytest.param("Dr. [bold]Lee[/bold]", "Dr. bold Lee bold", id="markup"),
        pytest.param("***", "", id="nothing_plain"),
        pytest.param("Dr. O'Hara_Lee", "Dr. O Hara Lee", id="apostrophe_and_underscore"),
        pytest.param("Dr. Jose\u0301 Pe\u0301rez", "Dr. Jose\u0301 Pe\u0301rez", id="combining_marks"),
        *(pytest.param(name, None, id=ascii(name)) for name in HOSTILE_NAMES),
    ],
)
def test_text_beside_an_id_has_only_letters_digits_spaces_and_plain_punctuation(
    tmp_path: Path, name: str, expected: str | None
) -> None:
    """Some shells evaluate the text beside an id, so nothing in it can have a meaning to a shell."""
    file = tmp_path / "hostile.yaml"
    file.write_text(plan_with_names(name), encoding="utf-8")
    context = cast("typer.Context", SimpleNamespace(params={"file": str(file)}))
    [(id_, shown)] = complete_rotation(context, "a")
    assert id_ == "aaa"
    assert PLAIN.fullmatch(shown)
    assert expected is None or shown == expected


# --- events, kinds, commands and options --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("lorplan mark chen ", OFFERED_EVENTS, id="all_events"),
        pytest.param(
            "lorplan mark chen perf",
            ["performance=excellent", "performance=good", "performance=fair", "performance=poor"],
            id="each_word_of_an_event",
        ),
        pytest.param("lorplan mark chen performance=g", ["performance=good"], id="word_with_the_start"),
        pytest.param("lorplan mark chen a", ["applied", "asked", "agreed", "assigned"], id="events_with_the_start"),
        pytest.param("lorplan mark chen performance =", list(WORDS["performance"]), id="words_behind_the_sign"),
        pytest.param("lorplan mark chen performance = g", ["good"], id="word_behind_the_sign"),
        pytest.param("lorplan mark chen m", ["meeting="], id="event_that_needs_a_day"),
        pytest.param("lorplan mark -f gone.yaml chen u", ["uploaded"], id="event_of_a_missing_file"),
        pytest.param("lorplan draft chen ", list(MESSAGE_KINDS), id="all_kinds"),
        pytest.param("lorplan draft chen ask", ["ask-in-person", "ask-email", "ask"], id="kinds_with_the_start"),
        pytest.param("lorplan draft chen of", ["offer-in-person", "offer-email", "offer"], id="kind_without_action"),
        pytest.param("lorplan draft chen x", [], id="no_kind_has_the_start"),
        pytest.param("lorplan draft chen --eml tha", ["thank"], id="kind_after_an_option"),
        pytest.param("lorplan mark chen img_friendly=y", ["img_friendly=yes"], id="flag_with_the_start"),
        pytest.param("lorplan mark chen e", [*EXPERIENCES, "email="], id="facts_with_the_start"),
        pytest.param("lorplan done ", IDS, id="rotation_of_what_is_done"),
        pytest.param(
            "lorplan done --as-of 2027-01-20 chen ", ["feedback", "book", "rate", "ask"], id="kinds_of_the_rotation"
        ),
        pytest.param("lorplan done --as-of 2027-01-20 chen r", ["rate"], id="kind_of_the_rotation_with_the_start"),
        pytest.param("lorplan done nobody a", ["ask", "assign"], id="all_kinds_of_an_unknown_rotation"),
        pytest.param("lorplan done -f gone.yaml chen tr", ["trace"], id="all_kinds_of_a_missing_file"),
        pytest.param("lorplan done -f - chen tr", ["trace"], id="all_kinds_of_standard_input"),
        pytest.param("lorplan dr", ["draft"], id="command"),
        pytest.param("lorplan help dr", ["draft"], id="command_to_explain"),
        pytest.param("lorplan export ", list(MODULES), id="all_formats"),
        pytest.param("lorplan export h", ["html"], id="format_with_the_start"),
        pytest.param("lorplan draft chen --m", ["--mailto"], id="option"),
    ],
)
def test_event_kind_command_and_option_are_completed(complete: Completer, line: str, expected: list[str]) -> None:
    """EVENT is completed by what can be recorded, with its words; KIND by what can be drafted."""
    assert complete(line) == expected


@pytest.mark.parametrize("offered", [event for event in OFFERED_EVENTS if event not in {"meeting=", *PROGRAM_DAYS}])
def test_every_offered_event_can_be_recorded(offered: str) -> None:
    """Whatever is offered is accepted by `mark`, after the asking if it needs one."""
    event, _, word = offered.partition("=")
    before = {"asked": "", "imported": "uploaded: 2027-01-27"}.get(event, "asked: 2027-01-27")
    text = AMINA.replace("end: 2027-01-29", f"end: 2027-01-29, letter: {{{before}}}" if before else "end: 2027-01-29")
    value = word or {"for": "internal medicine", "email": "ann@example.org"}.get(event, "2027-01-28")
    edit = RecordedEvent(parse(text), 0, event).record(normalize_value(event, value, date(2027, 1, 28)), replace=False)
    assert edit.has_changes


# --- where bash splits words --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "place", "joined", "before"),
    [
        pytest.param("lorplan mark chen perf", 3, "lorplan mark chen perf", "", id="nothing_to_join"),
        pytest.param("lorplan mark chen performance =", 4, "lorplan mark chen performance=", "performance=", id="sign"),
        pytest.param(
            "lorplan mark chen performance = ex", 5, "lorplan mark chen performance=ex", "performance=", id="after_it"
        ),
        pytest.param("lorplan mark chen a=b", 3, "lorplan mark chen a=b", "", id="not_split"),
        pytest.param("lorplan why --file = a.yaml ch", 5, "lorplan why --file=a.yaml ch", "", id="earlier_word"),
        pytest.param("lorplan mark ch performance = x", 2, "lorplan mark ch performance=x", "", id="later_word"),
        pytest.param("lorplan why --file = a = b", 6, "lorplan why --file=a=b", "--file=a=", id="two_signs"),
        pytest.param("lorplan why --file = ", 4, "lorplan why --file= ", "", id="new_word_after_the_sign"),
        pytest.param("lorplan = x", 1, "lorplan =x", "", id="sign_without_a_word"),
        pytest.param("lorplan ", 1, "lorplan ", "", id="empty_word"),
    ],
)
def test_words_that_bash_has_split_at_an_equals_sign_are_joined(
    words: str, place: int, joined: str, before: str
) -> None:
    """What is completed is a whole word; what stands before bash's own word is not offered again."""
    environment = {"COMP_WORDS": words.replace(" ", "\n"), "COMP_CWORD": str(place)}
    assert join_words(environment) == before
    assert environment["COMP_WORDS"].split("\n") == joined.split(" ")
    expected = before or words.split(" ")[place]
    assert joined.split(" ")[int(environment["COMP_CWORD"])].startswith(expected)


# --- real shells --------------------------------------------------------------------------------------------

INSTALLED: Final = f"#!{sys.executable}\nfrom lorplan.cli import main\nmain()\n"
"""The program as it is installed."""

ASK_BASH: Final = """\
eval "$(lorplan --show-completion)"
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
spec=$(complete -p lorplan) && function=${spec##*-F } && "${function%% *}" lorplan
printf '%s\\n' "${COMPREPLY[@]}"
"""
"""Loads the script and calls the function that it registers, as bash does when Tab is pressed."""

ASK_FISH: Final = 'lorplan --show-completion | source; complete --do-complete "$argv"'
"""Loads the script and completes a line."""

ZSHRC: Final = """\
PS1='> '
autoload -Uz compinit && compinit -u -d "$HOME/zcompdump"
eval "$(lorplan --show-completion)"
"""
"""The start of an interactive zsh with the script, as its documentation says."""

BASHRC: Final = """\
PS1='> '
eval "$(lorplan --show-completion)"
"""
"""The start of an interactive bash with the script."""


@pytest.fixture
def shell_environment(tmp_path: Path) -> dict[str, str]:
    """Install the program, and make an environment in which a shell finds it."""
    program = tmp_path / "bin" / "lorplan"
    program.parent.mkdir()
    program.write_text(INSTALLED)
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    return clean_environment(tmp_path, {"PATH": path, "TERM": "dumb", "ZDOTDIR": str(tmp_path)})


def find_shell(name: str) -> str:
    """Find a shell, or skip the test if it is not installed."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def run_shell(folder: Path, environment: dict[str, str], *command: str) -> list[str]:
    """Run a shell without a terminal, and return the lines that it prints."""
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # an interactive shell without a terminal complains
        cwd=folder,
        env=environment,
        timeout=TIMEOUT,
        check=True,
        start_new_session=True,  # so that it does not take the terminal of these tests
    )
    return done.stdout.decode().splitlines()


def press_tab_in_zsh(folder: Path, environment: dict[str, str], line: str) -> str:
    """Type a line and Tab into an interactive zsh, and return what its terminal shows."""
    (folder / ".zshrc").write_text(ZSHRC)
    return press_tab(folder, environment, (find_shell("zsh"), "-i"), line)


def press_tab_in_bash(folder: Path, environment: dict[str, str], line: str) -> str:
    """Type a line and Tab twice into an interactive bash, and return what its terminal shows."""
    (folder / ".bashrc").write_text(BASHRC)
    return press_tab(folder, environment, (find_shell("bash"), "--noprofile", "--rcfile", ".bashrc", "-i"), f"{line}\t")


def press_tab(folder: Path, environment: dict[str, str], shell: tuple[str, ...], line: str) -> str:
    """Type a line and Tab into an interactive shell, and return what its terminal shows."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        shell,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=folder,
        env={**environment, "COLUMNS": "200"},
        start_new_session=True,
    ) as running:
        os.close(theirs)
        shown = read_until(ours, b"> ")
        # After the completion the line is deleted, and the end of it all is printed: not as it is typed.
        os.write(ours, f"{line}\t\x15echo fin''ished\r".encode())
        shown += read_until(ours, b"\nfinished")
        running.kill()
    os.close(ours)
    return shown.decode()


def read_until(terminal: int, end: bytes) -> bytes:
    """Read from a terminal until it shows some text."""
    shown = b""
    while end not in shown:
        readable, _, _ = select.select([terminal], [], [], TIMEOUT)
        assert readable, f"the shell shows no more than {shown!r}"
        shown += os.read(terminal, 65536)
    return shown


PERFORMANCES: Final = [event for event in OFFERED_EVENTS if event.startswith("performance")]


@pytest.mark.system
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(("lorplan", "why", "s"), ["silva", "sato"], id="rotation"),
        pytest.param(("lorplan", "mark", "chen", "perf"), PERFORMANCES, id="event"),
    ],
)
def test_real_bash_offers_the_same(
    tmp_path: Path, shell_environment: dict[str, str], words: tuple[str, ...], expected: list[str]
) -> None:
    """Bash, with the script that the program prints, offers the same."""
    command = (find_shell("bash"), "--norc", "--noprofile", "-i", "-c", ASK_BASH, "bash", *words)
    assert run_shell(tmp_path, shell_environment, *command) == expected


@pytest.mark.system
@pytest.mark.parametrize(
    ("line", "shown"),
    [
        pytest.param("lorplan mark chen performance=ex", "performance=excellent ", id="one_word"),
        pytest.param("lorplan mark chen performance=", "\nexcellent +fair +good +poor", id="all_words"),
        pytest.param("lorplan mark chen perf", "mark chen perf\a?ormance=", id="up_to_the_sign"),
        pytest.param("lorplan why --file=other.yaml n", "--file=other.yaml ng ", id="after_an_option"),
    ],
)
def test_real_bash_completes_behind_an_equals_sign(
    tmp_path: Path, shell_environment: dict[str, str], line: str, shown: str
) -> None:
    """Where bash begins a new word, what stands before it is not inserted a second time."""
    terminal = press_tab_in_bash(tmp_path, shell_environment, line).replace("\r\n", "\n")
    assert re.search(shown, terminal)
    assert "performance=performance" not in terminal


@pytest.mark.system
def test_real_fish_offers_the_ids_with_their_attendings(tmp_path: Path, shell_environment: dict[str, str]) -> None:
    """Fish, with the script that the program prints, shows each id with its attending."""
    offered = run_shell(tmp_path, shell_environment, find_shell("fish"), "-N", "-c", ASK_FISH, "lorplan why s")
    assert offered == ["sato\tDr. Hana Sato", "silva\tDr. Maria Silva"]


@pytest.mark.system
def test_real_zsh_offers_the_ids_with_their_attendings(tmp_path: Path, shell_environment: dict[str, str]) -> None:
    """Zsh, with the script that the program prints, shows each id with its attending."""
    shown = press_tab_in_zsh(tmp_path, shell_environment, "lorplan why s")
    assert re.search(r"silva +-- Dr\. Maria Silva", shown)
    assert re.search(r"sato +-- Dr\. Hana Sato", shown)


@pytest.mark.system
@pytest.mark.parametrize("name", ["bash", "fish", "zsh"])
def test_completing_in_a_real_shell_runs_nothing_of_the_plan_file(
    tmp_path: Path, shell_environment: dict[str, str], name: str
) -> None:
    """An attending's name that a shell would run is not run when Tab is pressed."""
    (tmp_path / "rotations.yaml").write_text(plan_with_names(*HOSTILE_NAMES))
    shell = find_shell(name)
    if name == "zsh":
        offered = press_tab_in_zsh(tmp_path, shell_environment, "lorplan why ")
    else:
        command = {
            "bash": (shell, "--norc", "--noprofile", "-i", "-c", ASK_BASH, "bash", "lorplan", "why", ""),
            "fish": (shell, "-N", "-c", ASK_FISH, "lorplan why "),
        }[name]
        offered = "\n".join(run_shell(tmp_path, shell_environment, *command))
    for letter in ascii_lowercase[: len(HOSTILE_NAMES)]:
        assert re.search(rf"\b{letter * 3}\b", offered), "it does offer the ids"
    assert not (tmp_path / "PWNED").exists()
