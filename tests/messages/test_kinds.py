"""Which message a letter needs, and which commands deal with an action."""

from __future__ import annotations

import shlex
from datetime import date, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import action, letter, plan, rotation
from lorplan.messages.kinds import KINDS, MESSAGES, action_of, message_for
from lorplan.plan.due import most_urgent
from lorplan.plan.model import Action, Kind, State
from lorplan.plan.planner import make_plan
from lorplan.planfile.reader import loads
from lorplan.render.next_commands import RECORDS, WITHOUT_MESSAGE, message_command, record_command, suggested
from oracle.strategies import plans_and_days, to_yaml
from samples import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner
    from lorplan.plan.model import Letter, Plan

Plain = dict[str, Any]

TEMPLATES = {path.name for path in files("lorplan").joinpath("templates").iterdir()}

ASKED: Plain = {"asked": "2027-03-24"}
AGREED: Plain = ASKED | {"agreed": "2027-03-25"}
PACKED: Plain = AGREED | {"packet": "2027-03-26"}
REQUESTED: Plain = PACKED | {"requested": "2027-06-02"}
UPLOADED: Plain = REQUESTED | {"uploaded": "2027-08-16"}
THANKED: Plain = UPLOADED | {"thanked": "2027-08-17"}

REMIND_FIRMLY_FROM = date(2027, 9, 1)
"""Fourteen days before the usual season's letters are needed, which is on 15 September."""


def needed(asked_for: str | None = None, *, as_of: str, **overrides: object) -> str | None:
    """Name the message that the usual rotation's letter needs on a day."""
    found = plan(rotation(**overrides), as_of=as_of)
    return message_for(found, letter(found), asked_for)


# --- what there is ----------------------------------------------------------------------------------------


def test_every_message_has_a_template() -> None:
    """Each message has a template of its own name, and no template is left that nothing asks for."""
    texts = {name for name in TEMPLATES if name.endswith(".txt") and not name.startswith("_")}
    assert {f"{message}.txt" for message in MESSAGES} == texts


def test_every_action_can_be_asked_for() -> None:
    """What can be asked for is every message, every kind of action and `offer`, nothing twice."""
    assert set(KINDS) == {*MESSAGES, "offer", *get_args(Kind)}
    assert len(KINDS) == len(set(KINDS))


def test_every_kind_of_action_has_a_message_or_needs_none() -> None:
    """An action is talked or written about, or done alone; none is both or neither."""
    with_message = {action_of(message) for message in MESSAGES} - {None}
    assert with_message | WITHOUT_MESSAGE == set(get_args(Kind))
    assert not with_message & WITHOUT_MESSAGE


# --- what is due ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "as_of", "overrides"),
    [
        pytest.param("feedback", "2027-03-12", {"performance": None}, id="midway_and_not_rated"),
        pytest.param("rate", "2027-03-24", {"performance": None}, id="the_last_week_and_not_rated"),
        pytest.param("book", "2027-03-22", {}, id="two_days_before_the_talk"),
        pytest.param("ask-in-person", "2027-03-24", {}, id="the_day_to_ask_while_both_are_there"),
        pytest.param(
            "ask-in-person",
            "2027-03-24",
            {"experience": "telehealth"},
            id="telehealth_is_asked_face_to_face_by_video",
        ),
        pytest.param("ask-email", "2027-03-29", {}, id="the_rotation_is_over"),
        pytest.param("ask-email", "2027-03-29", {"experience": "telehealth"}, id="telehealth_is_over"),
        pytest.param("ask-in-person", "2027-03-29", {"meeting": "2027-03-31"}, id="over_but_a_talk_is_agreed"),
        pytest.param("ask-email", "2027-04-01", {"meeting": "2027-03-31"}, id="the_agreed_talk_has_passed"),
        pytest.param("offer-in-person", "2027-03-23", {"offered": "2027-03-22"}, id="the_attending_has_offered"),
        pytest.param(
            "offer-email", "2027-04-05", {"offered": "2027-03-22"}, id="has_offered_and_the_rotation_is_over"
        ),
        pytest.param(
            "offer-in-person",
            "2027-03-29",
            {"offered": "2027-03-22", "meeting": "2027-03-31"},
            id="has_offered_and_a_talk_is_agreed",
        ),
        pytest.param("ask-in-person", "2027-03-24", {"offered": "2027-03-25"}, id="will_offer_only_tomorrow"),
        pytest.param("follow-up", "2027-04-01", {"letter": ASKED}, id="no_answer_for_a_week"),
        pytest.param("packet", "2027-03-26", {"letter": AGREED}, id="agreed_and_nothing_sent"),
        pytest.param("request", "2027-06-03", {"letter": PACKED}, id="agreed_and_the_portal_is_open"),
        pytest.param("remind-gentle", "2027-06-30", {"letter": REQUESTED}, id="four_weeks_after_the_request"),
        pytest.param("thank", "2027-08-17", {"letter": UPLOADED}, id="uploaded_yesterday"),
        pytest.param("assign", "2027-09-02", {"letter": THANKED}, id="uploaded_and_applications_are_taken"),
        pytest.param(None, "2027-09-02", {"letter": THANKED | {"assigned": "2027-09-01"}}, id="all_is_done"),
        pytest.param(None, "2027-03-24", {"choice": "skip"}, id="skipped"),
        pytest.param(None, "2027-04-05", {"letter": ASKED | {"declined": "2027-04-01"}}, id="declined"),
        pytest.param(None, "2029-01-01", {}, id="the_season_is_over"),
    ],
)
def test_the_message_for_what_is_next(message: str | None, as_of: str, overrides: Plain) -> None:
    """Without a kind it is the message for the letter's most urgent action, or none where nothing is next."""
    assert needed(as_of=as_of, **overrides) == message


def test_the_message_for_a_backup() -> None:
    """The one writer who may be needed as a backup gets a message of its own; the letter in hand does not."""
    rows = (
        rotation(letter=AGREED | {"packet": "2027-03-26"}),
        rotation("Dr. Lee", start="2027-04-05", end="2027-04-30"),
    )
    found = plan(*rows, as_of="2027-08-11", policy={"want": 1, "spare": 1})
    assert letter(found, "lee").verdict == "reserve"
    assert message_for(found, letter(found, "lee"), None) == "backup"
    assert message_for(found, letter(found, "chen"), None) != "backup"


def test_only_the_letter_s_own_actions_count() -> None:
    """What is overdue for one letter is not told for another."""
    rows = rotation(letter=AGREED), rotation("Dr. Lee", start="2027-04-05", end="2027-04-30", performance=None)
    found = plan(*rows, as_of="2027-04-20")
    assert message_for(found, letter(found, "chen"), None) == "packet"
    assert message_for(found, letter(found, "lee"), None) == "feedback"


@pytest.mark.parametrize(
    ("days", "message"),
    [
        pytest.param(-1, "remind-gentle", id="fifteen_days_before"),
        pytest.param(0, "remind-firm", id="fourteen_days_before"),
        pytest.param(14, "remind-firm", id="the_day_it_is_needed"),
        pytest.param(30, "remind-firm", id="too_late"),
    ],
)
def test_a_reminder_gets_firm_two_weeks_before_the_end(days: int, message: str) -> None:
    """Until fifteen days before the letter is needed a reminder is gentle, from fourteen on it is firm."""
    as_of = (REMIND_FIRMLY_FROM + timedelta(days)).isoformat()
    assert needed(as_of=as_of, letter=REQUESTED) == message
    assert needed("remind", as_of=as_of, letter=REQUESTED) == message


def test_the_boundary_does_not_follow_the_policy() -> None:
    """When the reminders come is the user's to choose; from when on they are firm is not."""
    policy = {"remind_before_days": [40, 30]}
    day_before = (REMIND_FIRMLY_FROM - timedelta(1)).isoformat()
    for as_of, message in ((day_before, "remind-gentle"), (REMIND_FIRMLY_FROM.isoformat(), "remind-firm")):
        found = plan(rotation(letter=REQUESTED), as_of=as_of, policy=policy)
        assert message_for(found, letter(found), "remind") == message


# --- what is asked for ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "as_of", "overrides"),
    [
        pytest.param("ask-in-person", "2027-03-01", {}, id="to_come_while_they_meet"),
        pytest.param("ask-in-person", "2027-03-26", {"letter": ASKED}, id="asked_before_on_the_last_day"),
        pytest.param("ask-email", "2027-03-27", {"letter": ASKED}, id="asked_before_and_the_rotation_is_over"),
        pytest.param(
            "ask-email", "2027-03-19", {"letter": ASKED, "last_day": "2027-03-18"}, id="the_writer_has_left"
        ),
        pytest.param("ask-in-person", "2027-03-24", {"choice": "skip"}, id="skipped_but_wanted_now"),
    ],
)
def test_asked_how_to_ask(message: str, as_of: str, overrides: Plain) -> None:
    """`ask` is the way that the plan has for it; where it has none, face to face while the rotation lasts.

    An offer is taken up in the same way, whether it is on record or only the user knows of it.
    """
    taken_up = message.replace("ask", "offer")
    offered = overrides | {"offered": "2027-03-01"}
    assert needed("ask", as_of=as_of, **overrides) == message
    assert needed("offer", as_of=as_of, **overrides) == taken_up
    assert needed("ask", as_of=as_of, **offered) == needed("offer", as_of=as_of, **offered) == taken_up


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"ask", "offer", "remind"}])
def test_what_is_asked_for_by_name_is_given(kind: str) -> None:
    """A message that is named is given whatever is due; an action without a message stands for itself."""
    for overrides in ({}, {"choice": "skip"}, {"letter": REQUESTED}):
        assert needed(kind, as_of="2027-03-24", **overrides) == kind


# --- what is most urgent ----------------------------------------------------------------------------------


def act(state: State, until: int, on: int = 0, name: str = "one") -> Action:
    """Make an action that is due from one day of a month to another."""
    first = date(2027, 3, 1)
    return Action(
        id=name,
        kind="ask",
        rotation="chen",
        attending="Dr. Wei Chen",
        on=first + timedelta(on),
        until=first + timedelta(until),
        state=state,
        channel="email",
        conditional=False,
        title="Ask",
        rules=(),
    )


ACTS = st.builds(act, st.sampled_from(get_args(State)), st.integers(0, 4), st.integers(0, 4))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(act("overdue", 9), act("due", 1), id="overdue_before_due"),
        pytest.param(act("due", 9), act("upcoming", 1), id="due_before_upcoming"),
        pytest.param(act("overdue", 9), act("upcoming", 1), id="overdue_before_upcoming"),
        pytest.param(act("due", 2, on=1), act("due", 3, on=0), id="then_what_is_late_first"),
        pytest.param(act("due", 2, on=0), act("due", 2, on=1), id="then_what_came_first"),
        pytest.param(act("due", 2, name="a"), act("due", 2, name="b"), id="then_the_order_they_stand_in"),
    ],
)
def test_which_of_two_is_more_urgent(first: Action, second: Action) -> None:
    """Overdue goes before due and due before upcoming; within one state, what will be late first."""
    assert most_urgent([first, second]) is first
    if (first.state, first.until, first.on) != (second.state, second.until, second.on):
        assert most_urgent([second, first]) is first


def test_where_nothing_is_to_be_done_nothing_is_urgent() -> None:
    """No actions, no most urgent one."""
    assert most_urgent([]) is None


@given(st.lists(ACTS, min_size=1, max_size=6))
def test_no_other_action_is_more_urgent(acts: list[Action]) -> None:
    """Of any actions the most urgent one stands before every other, taken two at a time."""
    best = most_urgent(iter(acts))
    assert best is not None
    for other in acts:
        winner = most_urgent([best, other])
        assert winner is best


# --- which action a message belongs to --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        pytest.param("ask-in-person", "ask", id="asked_face_to_face"),
        pytest.param("ask-email", "ask", id="asked_by_mail"),
        pytest.param("offer-in-person", "ask", id="an_offer_taken_up_face_to_face"),
        pytest.param("offer-email", "ask", id="an_offer_taken_up_by_mail"),
        pytest.param("offer", None, id="no_message_but_one_of_two"),
        pytest.param("remind-gentle", "remind", id="reminded_gently"),
        pytest.param("remind-firm", "remind", id="reminded_firmly"),
        pytest.param("self-write", None, id="an_answer_to_a_request"),
        pytest.param("no such thing", None, id="no_message"),
        *(pytest.param(kind, kind, id=f"{kind}_is_itself") for kind in get_args(Kind)),
    ],
)
def test_the_action_of_a_message(message: str, kind: str | None) -> None:
    """Several messages can do for one action; one that is an answer does for none."""
    assert action_of(message) == kind


# --- the commands -----------------------------------------------------------------------------------------


def commands(kind: Kind, *, rotation_id: str = "chen", file: str = "rotations.yaml") -> list[tuple[str, str]]:
    """Give the commands that are suggested for an action of a kind."""
    one = act("due", 1)
    changed = Action(
        **{name: getattr(one, name) for name in Action._fields} | {"kind": kind, "rotation": rotation_id}
    )
    return suggested(changed, file)


@pytest.mark.parametrize(
    ("kind", "purposes"),
    [
        pytest.param("ask", ["message", "when done"], id="a_message_and_a_record"),
        pytest.param("feedback", ["message"], id="nothing_to_record"),
        pytest.param("rate", ["when done"], id="nothing_to_say"),
        pytest.param("assign", ["when done"], id="nothing_to_write"),
    ],
)
def test_which_commands_are_suggested(kind: Kind, purposes: list[str]) -> None:
    """One command drafts the message and one records that it is done, each where there is something to do."""
    assert [purpose for purpose, _ in commands(kind)] == purposes


def test_the_commands_are_written_out() -> None:
    """A command names the rotation, what is to be done, and the file."""
    assert commands("ask") == [
        ("message", "lorplan draft chen ask -f rotations.yaml"),
        ("when done", "lorplan mark chen asked -f rotations.yaml"),
    ]
    assert record_command("rate", "chen", "a.yaml") == "lorplan mark chen performance=WORD -f a.yaml"
    assert record_command("book", "chen", "a.yaml") == "lorplan mark chen meeting=DATE -f a.yaml"
    assert message_command("rate", "chen", "a.yaml") is None
    assert record_command("feedback", "chen", "a.yaml") is None


@pytest.mark.parametrize("kind", get_args(Kind))
def test_nothing_is_suggested_for_a_plan_from_a_pipe(kind: Kind) -> None:
    """What came through standard input is gone: no command can read it again or change it."""
    assert commands(kind, file="-") == []


@pytest.mark.parametrize(
    ("rotation_id", "file"),
    [
        pytest.param("chen", "my plan.yaml", id="a_space"),
        pytest.param("chen", "it's mine; rm -rf ~ #.yaml", id="what_a_shell_would_run"),
        pytest.param("chen", '$(date) `date` "x" \\ *.yaml', id="what_a_shell_would_replace"),
        pytest.param("陈伟", "pläne/2027.yaml", id="other_scripts"),
        pytest.param("álvarez-núñez", "x.yaml", id="accents"),
    ],
)
def test_the_commands_are_quoted_for_the_shell(rotation_id: str, file: str) -> None:
    """Pasted into a shell, the rotation and the file arrive as they are, each as one word."""
    for _, command in commands("ask", rotation_id=rotation_id, file=file):
        program, _, first, _, option, last = shlex.split(command)
        assert (program, first, option, last) == ("lorplan", rotation_id, "-f", file)


def test_a_file_s_name_cannot_reach_the_terminal_s_controls() -> None:
    """Nothing that a terminal would obey is printed as part of a command."""
    for _, command in commands("ask", file="evil\x1b[31m\u202e\n.yaml"):
        assert command.isprintable()


def test_a_file_whose_name_begins_with_a_hyphen_is_no_option() -> None:
    """The file is named so that it cannot be taken for an option, and is still the same."""
    for _, command in commands("ask", file="-x.yaml"):
        assert shlex.split(command)[-2:] == ["-f", "./-x.yaml"]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param({"id": "-x"}, id="written"),
        pytest.param({"attending": "Wei -Chen"}, id="derived"),
    ],
)
def test_a_rotation_whose_id_begins_with_a_hyphen(invoke: Runner, tmp_path: Path, row: Plain) -> None:
    """The suggested command means this rotation, and not an option of that name."""
    path = tmp_path / "rotations.yaml"
    path.write_text(to_yaml([rotation(**row)]))
    found = make_plan(loads(path.read_text()), date(2027, 3, 24))
    assert_accepted(invoke, found.actions[0], path.name, found)


# --- over many plans --------------------------------------------------------------------------------------


def assert_accepted(invoke: Runner, one: Action, file: str, found: Plan) -> None:
    """Hand the commands suggested for an action to the command line: each must end well."""
    for purpose, command in suggested(one, file):
        filled_in = command.replace("=WORD", "=good").replace("=DATE", f"={one.on}")
        _, name, *args = shlex.split(filled_in)
        dry_run = ("--dry-run",) if purpose == "when done" else ()
        result = invoke(name, "--as-of", found.as_of.isoformat(), *dry_run, *args)
        assert result.out


def message_of(found: Plan, one: Action) -> str | None:
    """Name the message for an action, as `draft` would."""
    about: Letter = letter(found, one.rotation)
    return message_for(found, about, one.kind)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(plans_and_days())
def test_every_action_has_a_message_or_needs_none(drawn: tuple[Plain | list[Plain], date]) -> None:
    """For every action of every plan there is a message with a template, unless one does it alone.

    Without a kind a letter's message is that of one of its actions; without actions there is none.
    """
    found = make_plan(loads(to_yaml(drawn[0])), drawn[1])
    for one in found.actions:
        message = message_of(found, one)
        if one.kind in WITHOUT_MESSAGE:
            assert message == one.kind
            assert message not in MESSAGES
        else:
            assert message in MESSAGES
            assert f"{message}.txt" in TEMPLATES
            assert action_of(message) == one.kind
        assert (one.kind in RECORDS) == (one.kind != "feedback")
    for about in found.letters:
        possible = {message_of(found, one) for one in found.actions if one.rotation == about.id}
        next_one = message_for(found, about, None)
        assert next_one in possible if possible else next_one is None


@pytest.mark.parametrize(
    ("example", "as_of"),
    [
        pytest.param("rotations.yaml", "2027-01-18", id="before_the_first_asking"),
        pytest.param("mid-season.yaml", "2027-08-20", id="a_letter_in_every_state"),
        pytest.param("awkward.yaml", "2027-06-01", id="odd_names"),
        pytest.param("bare-list.yaml", "2027-03-20", id="a_bare_list"),
    ],
)
def test_the_commands_for_an_example_are_accepted(
    invoke: Runner, tmp_path: Path, example: str, as_of: str
) -> None:
    """What `plan` suggests for the examples works as it is pasted, from a file whose name needs quotes."""
    file = "my plan.yaml"
    text = (EXAMPLES / example).read_text(encoding="utf-8")
    (tmp_path / file).write_text(text, encoding="utf-8")
    found = make_plan(loads(text), date.fromisoformat(as_of))
    assert found.actions
    one_of_each_kind = {one.kind: one for one in found.actions if not letter(found, one.rotation).record.hidden}
    for one in one_of_each_kind.values():
        assert_accepted(invoke, one, file, found)


@settings(
    deadline=None,
    max_examples=6,
    # each example writes its own plan file over the last one's
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(plans_and_days())
def test_the_commands_for_a_drawn_plan_are_accepted(
    invoke: Runner, tmp_path: Path, drawn: tuple[Plain | list[Plain], date]
) -> None:
    """What is suggested for any plan works, but where later records of the letter stand in the file already."""
    text = to_yaml(drawn[0])
    (tmp_path / "rotations.yaml").write_text(text, encoding="utf-8")
    found = make_plan(loads(text), drawn[1])
    known = [one for one in found.actions if not letter(found, one.rotation).record.hidden]
    for one in known[:4]:
        assert_accepted(invoke, one, "rotations.yaml", found)


def test_a_suggested_command_says_what_was_suggested(invoke: Runner, tmp_path: Path) -> None:
    """The message of the suggested command is the one for the action, and its record is that of the action."""
    path = tmp_path / "rotations.yaml"
    path.write_text(to_yaml([rotation(letter=AGREED)]))
    found = make_plan(loads(path.read_text()), date(2027, 3, 26))
    packet = action(found, "chen:packet")
    assert packet is not None
    (_, draft), (_, mark) = suggested(packet, path.name)
    assert "Attached:" in invoke(*shlex.split(draft)[1:], "--as-of", "2027-03-26").out
    invoke(*shlex.split(mark)[1:], "--as-of", "2027-03-26")
    assert loads(path.read_text()).rotations[0].letter.packet == date(2027, 3, 26)
