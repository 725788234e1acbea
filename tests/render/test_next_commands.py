"""The commands that a page suggests for an action: pasted into a shell, they do what they say."""

from __future__ import annotations

import shlex
import subprocess
from datetime import date
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import HealthCheck, given, settings

from builders import action, letter, rotation
from lorplan.plan.action_kinds import KIND, Kind
from lorplan.plan.model import Action
from lorplan.plan.planner import make_plan
from lorplan.planfile.events import SINGLE_EVENTS
from lorplan.planfile.reader import loads
from lorplan.render.next_commands import commands_for, draft_command, record_command
from oracle.strategies import plans_and_days, to_yaml
from samples import EXAMPLES

if TYPE_CHECKING:
    from lorplan.plan.model import Plan
    from runner import Json, Lorplan

ACTION_KINDS = get_args(Kind)


def suggest(kind: Kind, *, rotation_id: str = "chen", file: str = "rotations.yaml") -> list[tuple[str, str]]:
    """Give the commands for an action of a kind."""
    day = date(2027, 3, 1)
    one = Action(
        id=f"{rotation_id}:{kind}",
        kind=kind,
        rotation=rotation_id,
        attending="Dr. Wei Chen",
        on=day,
        until=day,
        state="due",
        channel="email",
        conditional=False,
        title="x",
        rules=(),
    )
    return commands_for(one, file)


# --- which commands -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        pytest.param(
            "ask",
            [
                ("message", "lorplan draft chen ask -f a.yaml"),
                ("when done", "lorplan mark chen asked -f a.yaml"),
            ],
            id="message_and_record",
        ),
        pytest.param(
            "follow-up",
            [
                ("message", "lorplan draft chen follow-up -f a.yaml"),
                ("when done", "lorplan mark chen reminded -f a.yaml"),
                ("on a yes", "lorplan mark chen agreed -f a.yaml"),
            ],
            id="waiting_for_an_answer",
        ),
        pytest.param(
            "remind",
            [
                ("message", "lorplan draft chen remind -f a.yaml"),
                ("when done", "lorplan mark chen reminded -f a.yaml"),
                ("once uploaded", "lorplan mark chen uploaded -f a.yaml"),
            ],
            id="waiting_for_the_upload",
        ),
        pytest.param(
            "book",
            [
                ("message", "lorplan draft chen book -f a.yaml"),
                ("when done", "lorplan mark chen meeting=DATE -f a.yaml"),
            ],
            id="record_with_a_date",
        ),
        pytest.param(
            "feedback",
            [
                ("message", "lorplan draft chen feedback -f a.yaml"),
                ("when done", "lorplan mark chen feedback -f a.yaml"),
            ],
            id="spoken",
        ),
        pytest.param("import", [("when done", "lorplan mark chen imported -f a.yaml")], id="in_the_portal"),
        pytest.param("rate", [("when done", "lorplan mark chen performance=WORD -f a.yaml")], id="no_message"),
        pytest.param("assign", [("when done", "lorplan mark chen assigned -f a.yaml")], id="no_message_either"),
    ],
)
def test_commands_draft_the_message_and_record_what_is_done(kind: Kind, expected: list[tuple[str, str]]) -> None:
    """Each command is there if it has something to do, with the purpose it serves."""
    assert suggest(kind, file="a.yaml") == expected


@pytest.mark.parametrize("kind", ACTION_KINDS)
def test_action_of_a_plan_from_standard_input_has_no_commands(kind: Kind) -> None:
    """What came through a pipe cannot be read again, nor changed."""
    assert suggest(kind, file="-") == []
    assert record_command(kind, "chen", "-") is None


def test_command_that_has_nothing_to_do_is_none() -> None:
    """There is no message for a rating."""
    assert draft_command("rate", "chen", "a.yaml") is None


# --- quoting ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rotation_id", "file"),
    [
        pytest.param("chen", "my plan.yaml", id="space"),
        pytest.param("chen", "it's mine; rm -rf ~ #.yaml", id="what_a_shell_would_run"),
        pytest.param("chen", '$(date) `date` "x" \\ *.yaml', id="what_a_shell_would_replace"),
        pytest.param("陈伟", "pläne/2027.yaml", id="other_scripts"),
        pytest.param("álvarez-núñez", "x.yaml", id="accents"),
    ],
)
def test_rotation_and_file_are_each_one_word_of_a_shell(rotation_id: str, file: str) -> None:
    """Pasted into a shell, both arrive as they are."""
    for _, command in suggest("ask", rotation_id=rotation_id, file=file):
        program, _, first, _, option, last = shlex.split(command)
        assert (program, first, option, last) == ("lorplan", rotation_id, "-f", file)


def test_file_with_a_hyphen_in_front_is_not_an_option() -> None:
    """The same file is named by its path."""
    for _, command in suggest("ask", file="-x.yaml"):
        assert shlex.split(command)[-2:] == ["-f", "./-x.yaml"]


def test_rotation_with_a_hyphen_in_front_is_after_two_hyphens() -> None:
    """The id is not read as an option."""
    assert suggest("ask", rotation_id="-x")[1] == ("when done", "lorplan mark -f rotations.yaml -- -x asked")


def test_file_with_control_characters_is_printed_without_them() -> None:
    """Nothing that a terminal would obey is part of a command."""
    for _, command in suggest("ask", file="evil\x1b[31m\u202e\n.yaml"):
        assert command.isprintable()


def test_commands_for_an_application_are_about_programs() -> None:
    """It concerns no rotation."""
    day = date(2027, 9, 1)
    one = Action("programs:apply:2027-09-22", "apply", None, None, day, day, "due", "portal", False, "Apply", ())
    assert commands_for(one, "my plan.yaml") == [
        ("which", "lorplan programs 'my plan.yaml'"),
        ("when done", "lorplan done programs -f 'my plan.yaml'"),
    ]


@pytest.mark.system
@pytest.mark.parametrize("file", ["evil\x1b[31m\u202e\n'.yaml", "it's $(date) \\ *.yaml", "a\udcffb.yaml"])
def test_bash_reads_the_file_of_a_command_as_it_is(file: str) -> None:
    """Also a name with control characters, or with bytes that are not text."""
    ((_, command), _) = suggest("ask", file=file)
    line = f'lorplan() {{ printf %s "${{@: -1}}"; }}; {command}'
    done = subprocess.run(["/bin/bash", "-c", line], capture_output=True, check=True)
    assert done.stdout == file.encode("utf-8", "surrogateescape")


# --- they are accepted --------------------------------------------------------------------------------------


def check_accepted(lorplan: Lorplan, one: Action, file: str, found: Plan) -> None:
    """Run the commands for an action: each must succeed and print something."""
    for purpose, command in commands_for(one, file):
        filled_in = command.replace("=WORD", "=good").replace("=DATE", f"={one.on}")
        _, name, *args = shlex.split(filled_in)
        dry_run = () if purpose == "message" else ("--dry-run",)
        assert lorplan(name, "--as-of", found.as_of.isoformat(), *dry_run, *args).out


def has_later_events(found: Plan, one: Action) -> bool:
    """Whether later events are in the file already, so that recording one now may be refused.

    They are so by their day, or as stages that an earlier season has left behind.
    """
    history = letter(found, one.subject).history
    event = KIND[one.kind].event
    later = SINGLE_EVENTS[SINGLE_EVENTS.index(event) + 1 :] if event in SINGLE_EVENTS else ()
    return history.has_future or any(map(history.has_lapsed, later))


@pytest.mark.parametrize(
    "row", [{"id": "-x"}, {"attending": "Wei -Chen"}], ids=["written_by_the_user", "derived_from_the_name"]
)
def test_commands_for_a_rotation_with_a_hyphen_in_front_are_accepted(lorplan: Lorplan, row: Json) -> None:
    """The command means this rotation, and not an option of that name."""
    text = to_yaml([rotation(**row)])
    (lorplan.folder / "rotations.yaml").write_text(text)
    found = make_plan(loads(text), date(2027, 3, 24))
    check_accepted(lorplan, found.actions[0], "rotations.yaml", found)


@pytest.mark.parametrize(
    ("example", "as_of"),
    [
        pytest.param("rotations.yaml", "2027-01-18", id="before_the_first_request"),
        pytest.param("mid-season.yaml", "2027-08-20", id="letter_in_every_state"),
        pytest.param("awkward.yaml", "2027-06-01", id="odd_names"),
        pytest.param("bare-list.yaml", "2027-03-20", id="bare_list"),
    ],
)
def test_commands_for_an_example_are_accepted(lorplan: Lorplan, example: str, as_of: str) -> None:
    """One action of each kind, from a file whose name needs quotes."""
    text = (EXAMPLES / example).read_text(encoding="utf-8")
    (lorplan.folder / "my plan.yaml").write_text(text, encoding="utf-8")
    found = make_plan(loads(text), date.fromisoformat(as_of))
    one_of_each_kind = {one.kind: one for one in found.actions if not has_later_events(found, one)}
    assert one_of_each_kind
    for one in one_of_each_kind.values():
        check_accepted(lorplan, one, "my plan.yaml", found)


@pytest.mark.thorough
@settings(
    # each example overwrites the plan file of the one before
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(plans_and_days())
def test_commands_for_any_plan_are_accepted(lorplan: Lorplan, drawn: tuple[Json | list[Json], date]) -> None:
    """What is suggested works, unless later events of the letter are in the file already."""
    text = to_yaml(drawn[0])
    (lorplan.folder / "rotations.yaml").write_text(text, encoding="utf-8")
    found = make_plan(loads(text), drawn[1])
    known = [one for one in found.actions if not has_later_events(found, one)]
    for one in known[:4]:
        check_accepted(lorplan, one, "rotations.yaml", found)


def test_suggested_commands_draft_and_record_their_own_action(lorplan: Lorplan) -> None:
    """The message is the one for the action, and its record is that of the action."""
    path = lorplan.folder / "rotations.yaml"
    path.write_text(to_yaml([rotation(letter={"asked": "2027-03-24", "agreed": "2027-03-25"})]))
    packet = action(make_plan(loads(path.read_text()), date(2027, 3, 26)), "chen:packet")
    assert packet is not None
    (_, draft), (_, mark) = commands_for(packet, path.name)
    assert "Attached are" in lorplan(*shlex.split(draft)[1:], "--as-of", "2027-03-26").out
    lorplan(*shlex.split(mark)[1:], "--as-of", "2027-03-26")
    assert loads(path.read_text()).rotations[0].letter.packet == date(2027, 3, 26)
