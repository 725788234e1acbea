"""`lorplan draft`: the message on standard output, and everything about it on standard error."""

from __future__ import annotations

import os
import re
import shutil
import sys
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import typer
from rich.cells import cell_len

from lorplan.messages.kinds import MESSAGE_KINDS, MESSAGES
from messages.composing import DRAFTS, SPOKEN, WRITTEN
from samples import AMINA, HOSTILE

if TYPE_CHECKING:
    from runner import Environment, Lorplan

FULL: Final = DRAFTS / "full.yaml"
DAY: Final = ("--as-of", "2027-08-20")
"""The day of the golden messages: Kim's letter is requested and not there yet, and a reminder is due."""

PIPE: Final = {"COLUMNS": None}
"""An output without a width."""

SKIPPED: Final = """\
- {attending: Dr. Hana Sato, specialty: neurology, start: 2027-03-01, weeks: 4, choice: skip}
"""
UPLOADED: Final = """\
applicant: {season: 2028, targets: [neurology, family medicine]}
rotations:
  - {attending: Dr. Hana Sato, specialty: neurology, start: 2027-03-01, weeks: 4, letter: {uploaded: 2027-08-02}}
"""
"""Only thanks and the assignment are left."""

CARRIED: Final = UPLOADED.replace("2027-08-02", "2026-08-03")
"""Uploaded for an earlier season, to be imported into this one."""

THANKED: Final = UPLOADED.replace("}}", ", thanked: 2027-08-03}}")
ASSIGNED: Final = UPLOADED.replace("}}", ", thanked: 2027-08-03, assigned: 2027-09-01}}")

every_output = pytest.mark.parametrize("option", [(), ("--eml",), ("--mailto",)], ids=["text", "eml", "mailto"])


@pytest.fixture(autouse=True)
def own_templates(lorplan: Lorplan, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the golden plan file, and give the folder of the user's own templates, which does not exist."""
    monkeypatch.setenv("HOME", str(lorplan.folder))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    shutil.copy(FULL, lorplan.folder / "rotations.yaml")
    return Path(typer.get_app_dir("lorplan")) / "templates"


def write_plan(lorplan: Lorplan, text: str) -> None:
    """Replace the golden plan file by another one."""
    (lorplan.folder / "rotations.yaml").write_text(text, encoding="utf-8")


def golden(kind: str) -> str:
    """Read the golden text of a message."""
    return (DRAFTS / f"full-{kind}.txt").read_text(encoding="utf-8")


# --- message and notes --------------------------------------------------------------------------------------


def test_message_is_on_standard_output_and_the_notes_are_on_standard_error(lorplan: Lorplan) -> None:
    """What it is for, whether it fits, the recipient, the blanks, the next command, and a line that sets them apart."""
    result = lorplan("draft", "kim", "packet", *DAY, env=PIPE)
    assert result.out == golden("packet")
    assert result.err.splitlines() == [
        "packet for Grace Kim, MD, FACP (kim), to send on Fri Aug 20, rotations.yaml",
        "warning: packet does not fit: Dr. Grace Kim was sent your documents on Apr 29; remind-gentle would",
        "to: grace.kim@example.org",
        "to fill in: [two or three cases you worked on together]",
        "when done: lorplan mark kim packet",
        "",
    ]


@pytest.mark.parametrize(
    ("kind", "beginnings"),
    [
        pytest.param(
            "book",
            ["book for", "warning: ", "to fill in", "when done: lorplan mark kim meeting=DATE"],
            id="spoken_with_a_day",
        ),
        pytest.param("feedback", ["feedback for", "warning: ", "when done"], id="spoken"),
        pytest.param("ask-in-person", ["ask-in-person for", "warning: ", "to fill in", "when done"], id="with_a_blank"),
        pytest.param(
            "offer-in-person",
            ["offer-in-person for", "warning: ", "when done: lorplan mark kim asked"],
            id="accepted_offer_counts_as_asked",
        ),
        pytest.param("self-write", ["self-write for", "to: "], id="answer_of_which_nothing_is_recorded"),
        pytest.param("thank", ["thank for", "warning: ", "to: ", "when done"], id="mail"),
    ],
)
def test_note_is_there_only_if_it_has_something_to_say(lorplan: Lorplan, kind: str, beginnings: list[str]) -> None:
    """The order of the notes is always the same."""
    lines = lorplan("draft", "kim", kind, *DAY).err.splitlines()
    assert len(lines) == len(beginnings) + 1
    assert lines.pop() == ""
    assert all(line.startswith(beginning) for line, beginning in zip(lines, beginnings, strict=True))


def test_message_that_fits_has_no_warning_and_one_that_does_not_is_drafted_all_the_same(lorplan: Lorplan) -> None:
    """What would fit instead is named."""
    assert "warning" not in lorplan("draft", "kim", "remind", *DAY).err
    result = lorplan("draft", "kim", "follow-up", *DAY, env=PIPE)
    assert result.out == golden("follow-up")
    assert (
        "warning: follow-up does not fit: the letter from Dr. Grace Kim was requested in the portal on Jun 24;"
        " remind-gentle would\n"
    ) in result.err


def test_message_drafted_ahead_names_the_day_it_is_for(lorplan: Lorplan) -> None:
    """And speaks as of that day: the weeks have begun, and nobody is warned that they have not."""
    write_plan(lorplan, SKIPPED.replace(", choice: skip", ""))
    result = lorplan("draft", "sato", "ask", "--as-of", "2027-02-01")
    assert result.err.startswith("ask-in-person for Dr. Hana Sato (sato), to say on Wed Mar 24, rotations.yaml\n")
    assert "warning" not in result.err
    assert "thank you for these weeks" in result.out


def test_unknown_address_is_a_blank_and_no_recipient(lorplan: Lorplan) -> None:
    """There is no empty `to:`."""
    write_plan(lorplan, SKIPPED)
    notes = lorplan("draft", "sato", "request", *DAY).err
    assert "\nto: " not in notes
    assert "[the writer's e-mail address]" in notes


@every_output
def test_notes_are_the_same_for_every_output(lorplan: Lorplan, option: tuple[str, ...]) -> None:
    """The blanks are noticed before a mail is sent."""
    notes = lorplan("draft", "kim", "packet", *option, *DAY).err
    assert notes == lorplan("draft", "kim", "packet", *DAY).err
    assert "to fill in: [two or three cases you worked on together]" in notes


# --- which message ------------------------------------------------------------------------------------------


def test_draft_without_a_kind_is_the_message_that_is_due(lorplan: Lorplan) -> None:
    """The same as `remind` on that day, and as the reminder by its name."""
    due = lorplan("draft", "kim", *DAY)
    assert due.err.startswith("remind-gentle for ")
    assert due == lorplan("draft", "kim", "remind", *DAY) == lorplan("draft", "kim", "remind-gentle", *DAY)
    assert lorplan("draft", "kim", "--as-of", "2027-09-03").err.startswith("remind-firm for ")


@pytest.mark.parametrize(("day", "kind"), [("2027-08-20", "offer-email"), ("2027-04-30", "offer-in-person")])
def test_ask_and_offer_choose_the_way_that_fits_the_day(lorplan: Lorplan, day: str, kind: str) -> None:
    """In person on the last day of the rotation, by mail afterwards."""
    chosen = lorplan("draft", "kim", "ask", "--as-of", day)
    assert chosen.err.startswith(f"{kind} for ")
    assert chosen == lorplan("draft", "kim", "offer", "--as-of", day) == lorplan("draft", "kim", kind, "--as-of", day)


def test_draft_without_a_day_is_of_today(lorplan: Lorplan, monkeypatch: pytest.MonkeyPatch) -> None:
    """The day is that of the clock."""
    monkeypatch.setattr("lorplan.cli.draft.today", lambda: date(2027, 8, 20))
    assert lorplan("draft", "kim") == lorplan("draft", "kim", *DAY)


@pytest.mark.parametrize("word", ["kim", "ki", "Grace", "KIM"])
def test_rotation_can_be_named_by_id_start_of_an_id_or_part_of_a_name(lorplan: Lorplan, word: str) -> None:
    """As in every command."""
    assert lorplan("draft", word, "thank", *DAY).err.startswith("thank for Grace Kim, MD, FACP (kim)")


def test_file_option_comes_before_the_variable_and_that_before_the_default(lorplan: Lorplan) -> None:
    """The next command names the file, in quotes if need be, unless it finds it without."""
    text = FULL.read_text(encoding="utf-8")
    for name, who in (("v.yaml", "Vera Kim"), ("an f.yaml", "Fay Kim")):
        (lorplan.folder / name).write_text(text.replace("Grace Kim", who), encoding="utf-8")
    by_variable = lorplan("draft", "kim", "thank", *DAY, env={"LORPLAN_FILE": "v.yaml"})
    assert "Dr. Vera Kim" in by_variable.out
    assert by_variable.err.endswith("kim thanked\n\n")
    by_option = lorplan("draft", "kim", "thank", "-f", "an f.yaml", *DAY, env={"LORPLAN_FILE": "v.yaml"})
    assert "Dr. Fay Kim" in by_option.out
    assert by_option.err.endswith("-f 'an f.yaml'\n\n")
    assert "Dr. Grace Kim" in lorplan("draft", "kim", "thank", *DAY).out


def test_plan_from_standard_input_has_its_message_and_no_next_command(lorplan: Lorplan) -> None:
    """A pipe cannot be written to."""
    text = FULL.read_text(encoding="utf-8")
    result = lorplan("draft", "kim", "thank", "-f", "-", *DAY, stdin=text, env=PIPE)
    assert result.out == golden("thank")
    heading = "thank for Grace Kim, MD, FACP (kim), to send on Fri Aug 20, standard input"
    assert result.err.splitlines()[0] == heading
    assert "when done" not in result.err
    assert "when done" not in lorplan("draft", "kim", "rate", "-f", "-", *DAY, stdin=text).out


# --- wrong usage --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "near"),
    [
        ("bogus", ""),
        ("thanks", "did you mean thank?"),
        ("Thank", "did you mean thank?"),
        ("", ""),
        ("../thank", "did you mean thank?"),
        ("_signature", ""),
        ("starter", ""),
    ],
)
def test_unknown_kind_is_refused_with_the_nearest_or_all_kinds(lorplan: Lorplan, kind: str, near: str) -> None:
    """Even if there is a template of that name."""
    result = lorplan("draft", "kim", kind, *DAY, status=2)
    assert result.out == ""
    way_out = near or f"choose from {', '.join(MESSAGE_KINDS)}"
    assert result.err == f'lorplan: unknown message kind "{kind}"\n{way_out}\n'


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param((), "ROTATION", id="no_rotation"),
        pytest.param(("nobody",), 'no rotation matches "nobody"', id="unknown_rotation"),
        pytest.param(("kim", "thank", "x"), "x", id="one_word_too_many"),
        pytest.param(("kim", "--eml", "--mailto"), "--eml and --mailto cannot be used together", id="two_outputs"),
        pytest.param(("kim", "--json"), "--json", id="unknown_option"),
        pytest.param(("kim", "--as-of", "soon"), "write YYYY-MM-DD", id="no_date"),
        pytest.param(("kim", "--color", "maybe"), "maybe", id="unknown_colour"),
    ],
)
def test_wrong_usage_is_refused_with_what_is_wrong(lorplan: Lorplan, args: tuple[str, ...], said: str) -> None:
    """Exit status 2, and no message."""
    day = () if "--as-of" in args else DAY
    result = lorplan("draft", *args, *day, status=2)
    assert result.out == ""
    assert said in result.err


@pytest.mark.parametrize("option", ["--eml", "--mailto"])
@pytest.mark.parametrize("kind", SPOKEN)
def test_spoken_message_as_mail_is_refused(lorplan: Lorplan, kind: str, option: str) -> None:
    """It has no subject and no greeting."""
    result = lorplan("draft", "kim", kind, option, *DAY, status=2)
    assert result.out == ""
    assert result.err.splitlines() == [
        f"lorplan: {kind} is a message to be spoken, so it cannot be written as e-mail",
        "leave --eml or --mailto out",
    ]


@pytest.mark.parametrize("option", ["--eml", "--mailto"])
@pytest.mark.parametrize("kind", ["rate", "assign"])
def test_action_without_a_message_as_mail_is_refused_with_what_to_do(lorplan: Lorplan, kind: str, option: str) -> None:
    """No empty file pretends to be a mail."""
    result = lorplan("draft", "kim", kind, option, *DAY, status=2)
    assert result.out == ""
    assert result.err.startswith("lorplan: No message is needed: ")


def test_problems_of_the_plan_file_are_reported_with_status_1(lorplan: Lorplan) -> None:
    """As by every command."""
    write_plan(lorplan, "- {attending: x}\n")
    result = lorplan("draft", "kim", status=1)
    assert result.out == ""
    assert result.err.startswith("rotations.yaml:1:3: ")


def test_help_names_every_kind_and_says_that_nothing_is_sent(lorplan: Lorplan) -> None:
    """One need not guess."""
    text = re.sub(r"-\n +", "-", lorplan("draft", "--help").out)  # a line may end at a hyphen
    assert {*MESSAGES, "ask", "offer", "remind"} <= set(re.findall(r"[a-z][a-z-]*", text))
    assert "Nothing is sent" in text


# --- no message ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        pytest.param(
            "rate",
            "No message is needed: record for yourself how it went with Dr. Grace Kim.\n"
            "when done: lorplan mark kim performance=WORD\n",
            id="rate",
        ),
        pytest.param(
            "assign",
            "No message is needed: assign the letter from Dr. Grace Kim to each program in internal medicine,"
            " neurology and family medicine in the portal, by hand.\n"
            "when done: lorplan mark kim assigned\n",
            id="assign",
        ),
    ],
)
def test_action_without_a_message_says_what_to_do_and_how_to_record_it(
    lorplan: Lorplan, kind: str, expected: str
) -> None:
    """One does it alone."""
    result = lorplan("draft", "kim", kind, *DAY, env=PIPE)
    assert result.out == expected
    assert result.err.startswith(f"warning: {kind} does not fit: ")
    assert result.err.count("\n") == 1


def test_import_needs_no_message_but_says_what_to_do_and_how_to_record_it(lorplan: Lorplan) -> None:
    """The applicant alone does it, in the portal."""
    write_plan(lorplan, CARRIED)
    result = lorplan("draft", "sato", "import", *DAY, env=PIPE)
    assert result.out == (
        "No message is needed: import the letter from Dr. Hana Sato into this season's application, in the portal.\n"
        "when done: lorplan mark sato imported\n"
    )


def test_assignment_that_is_due_is_named_without_a_kind(lorplan: Lorplan) -> None:
    """With every target whose set has the letter."""
    write_plan(lorplan, THANKED)
    result = lorplan("draft", "sato", "--as-of", "2027-09-02", env=PIPE)
    assert "assign the letter from Dr. Hana Sato to each program in " in result.out
    assert result.err == ""


@pytest.mark.parametrize(
    ("text", "word", "as_of", "verdict"),
    [
        pytest.param(SKIPPED, "sato", "2027-03-24", "skip", id="skipped"),
        pytest.param(ASSIGNED, "sato", "2027-09-02", "keep", id="all_done"),
        pytest.param(AMINA, "chen", "2029-01-01", "hold", id="season_over"),
    ],
)
def test_letter_with_nothing_due_says_why_and_how_to_get_another_message(
    lorplan: Lorplan, text: str, word: str, as_of: str, verdict: str
) -> None:
    """The rule that decided the verdict is named."""
    write_plan(lorplan, text)
    result = lorplan("draft", word, "--as-of", as_of, env=PIPE)
    why, how = result.out.splitlines()
    assert re.fullmatch(rf"There is no message for Dr\. [\w ]+ now: {verdict}, .+ \([A-Z]+-\d+\)\.", why)
    assert how == f"For another message, name its kind: {', '.join(MESSAGE_KINDS)}."
    assert result.err == ""


@pytest.mark.parametrize("option", ["--eml", "--mailto"])
def test_letter_with_nothing_due_as_mail_is_refused(lorplan: Lorplan, option: str) -> None:
    """No empty file pretends to be a mail."""
    write_plan(lorplan, SKIPPED)
    result = lorplan("draft", "sato", option, "--as-of", "2027-03-24", status=2)
    assert result.out == ""
    assert "There is no message for Dr. Hana Sato now" in result.err


# --- mail ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", WRITTEN)
def test_mail_and_link_have_the_subject_and_body_of_the_text(lorplan: Lorplan, kind: str) -> None:
    """The golden message, its sender and its recipient."""
    first, _, body = golden(kind).partition("\n\n")
    subject = first.removeprefix("Subject: ")
    mail = message_from_bytes(lorplan("draft", "kim", kind, "--eml", *DAY).out_bytes, policy=default)
    assert (mail["Subject"], mail.get_content().replace("\r\n", "\n")) == (subject, body)
    assert str(mail["To"]) == '"Grace Kim, MD, FACP" <grace.kim@example.org>'
    assert str(mail["From"]) == "Daniel Mwangi <daniel.mwangi@example.org>"
    link = lorplan("draft", "kim", kind, "--mailto", *DAY).out
    assert link.count("\n") == 1
    parts = urlsplit(link.strip())
    assert (parts.scheme, unquote(parts.path)) == ("mailto", "grace.kim@example.org")
    assert parse_qs(parts.query) == {"subject": [subject], "body": [body.strip().replace("\n", "\r\n")]}


@pytest.mark.parametrize("columns", ["40", "300", None])
@pytest.mark.parametrize("option", ["--eml", "--mailto"])
def test_mail_and_link_do_not_depend_on_width_and_colour(lorplan: Lorplan, option: str, columns: str | None) -> None:
    """Programs read them."""
    env = {"COLUMNS": columns, "FORCE_COLOR": "1"}
    assert lorplan("draft", "kim", "thank", option, *DAY, env=env) == lorplan("draft", "kim", "thank", option, *DAY)


def test_mail_does_not_depend_on_the_encoding_of_the_output(lorplan: Lorplan) -> None:
    """It says itself how it is encoded."""
    write_plan(lorplan, FULL.read_text(encoding="utf-8").replace("Grace Kim", "Émilie 陈"))
    draft = ("draft", "陈", "thank", "--eml", *DAY)
    content = lorplan(*draft, encoding="ascii").out_bytes
    assert content == lorplan(*draft).out_bytes
    mail = message_from_bytes(content, policy=default)
    assert mail["To"].addresses[0].display_name == "Émilie 陈, MD, FACP"
    assert "Dear Dr. Émilie 陈," in mail.get_content()


# --- the user's own templates -------------------------------------------------------------------------------


@pytest.mark.system
@pytest.mark.parametrize(
    "config",
    [
        pytest.param(None, id="usual_folder"),
        pytest.param(
            "elsewhere",
            id="folder_named_by_XDG_CONFIG_HOME",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="a convention of Linux"),
        ),
    ],
)
def test_real_program_uses_the_template_in_the_users_folder(
    lorplan: Lorplan, own_templates: Path, config: str | None
) -> None:
    """What is spoken has no recipient, and cannot be written as mail."""
    folder = lorplan.folder / config / "lorplan" / "templates" if config else own_templates
    folder.mkdir(parents=True)
    (folder / "thank.txt").write_text("Thanks, {{ doctor }}! {{ gap('a word') }}\n", encoding="utf-8")
    env: Environment = {"XDG_CONFIG_HOME": str(lorplan.folder / config) if config else None}
    result = lorplan.process("draft", "kim", "thank", *DAY, env=env)
    assert result.out == "Thanks, Dr. Grace Kim! [a word]\n"
    assert "to fill in: [a word]\n" in result.err
    assert "\nto: " not in result.err
    lorplan.process("draft", "kim", "thank", "--eml", *DAY, env=env, status=2)


# --- the terminal -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [40, 72, 100, 300])
@pytest.mark.parametrize("kind", ["ask-email", "packet", "rate"])
def test_message_on_a_terminal_is_broken_at_spaces_only(lorplan: Lorplan, columns: int, kind: str) -> None:
    """No line is wider than the terminal, and every paragraph stays one."""
    out = lorplan("draft", "kim", kind, *DAY, env={"COLUMNS": str(columns)}).out
    whole = lorplan("draft", "kim", kind, *DAY, env=PIPE).out
    lines = out.splitlines()
    assert max(map(cell_len, lines)) <= columns
    for paragraph in whole.splitlines():
        joined = lines.pop(0)
        while joined != paragraph:
            joined += " " + lines.pop(0)
            assert paragraph.startswith(joined)
    assert lines == []


@pytest.mark.parametrize("columns", ["40", None])
def test_message_has_no_colour_even_if_it_is_forced(lorplan: Lorplan, columns: str | None) -> None:
    """It is to be copied."""
    env = {"COLUMNS": columns, "FORCE_COLOR": "1"}
    assert "\x1b" not in lorplan("draft", "kim", "packet", "--color", "always", *DAY, env=env).out


@pytest.mark.parametrize("kind", ["ask-in-person", "packet", "thank"])
def test_name_that_looks_like_markup_is_printed_as_typed(lorplan: Lorplan, kind: str) -> None:
    """In the message and in the notes."""
    write_plan(lorplan, HOSTILE)
    result = lorplan("draft", "{x}", kind, *DAY, env=PIPE)
    assert "Dr. [/IM] :b: {x} [a/b]" in result.out
    assert "[red]neurology[/red]" in result.out
    assert "Dr. [/IM] :b: {x} [a/b]" in result.err


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        pytest.param("cp1252", "\xc9milie \\u9648", id="cp1252_has_accents"),
        pytest.param("ascii", "\\xc9milie \\u9648", id="ascii_has_neither"),
    ],
)
def test_character_that_the_output_lacks_is_shown_by_its_number(lorplan: Lorplan, encoding: str, name: str) -> None:
    """In the message and in the notes."""
    write_plan(lorplan, FULL.read_text(encoding="utf-8").replace("Grace Kim", "Émilie 陈"))
    result = lorplan("draft", "陈", "thank", *DAY, encoding=encoding)
    assert f"Dear Dr. {name}," in result.out_bytes.decode(encoding)
    assert name in result.err_bytes.decode(encoding)


@pytest.mark.system
@every_output
def test_reader_that_closes_the_pipe_is_not_an_error(lorplan: Lorplan, option: tuple[str, ...]) -> None:
    """Only the notes are on standard error."""
    done = lorplan.shell('{ "$@"; echo "status $?" >&2; } | true', "draft", "kim", "thank", *option, *DAY)
    assert [line.partition(":")[0] for line in done.err.splitlines()[1:]] == [
        "warning",
        "to",
        "when done",
        "",
        "status 0",
    ]


@pytest.mark.system
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no disk that is always full")  # noqa: PTH110 - shorter
@every_output
def test_full_disk_behind_standard_output_is_reported_with_status_1(lorplan: Lorplan, option: tuple[str, ...]) -> None:
    """A traceback would not help."""
    done = lorplan.shell('"$@" > /dev/full', "draft", "kim", "thank", *option, *DAY, status=1)
    assert done.err.splitlines()[-1] == "lorplan: cannot write to standard output: No space left on device"
    assert "Traceback" not in done.err
