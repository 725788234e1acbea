"""The command `draft`: the message on standard output, all that is about it on standard error."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import typer
from rich.cells import cell_len

from conftest import environment, raw
from lorplan.messages.kinds import KINDS, MESSAGES
from samples import AMINA, HOSTILE
from stories.test_golden import GOLDEN

if TYPE_CHECKING:
    from conftest import Environment, Runner

FULL = GOLDEN / "drafts" / "full.yaml"
DAY = ("--as-of", "2027-08-20")
"""The day of the golden messages: Kim's letter is requested and not there yet, and a reminder is due."""

ESCAPE = "\x1b"
SAID = ("feedback", "book", "ask-in-person", "offer-in-person")

SKIPPED = """\
- {attending: Dr. Hana Sato, specialty: neurology, start: 2027-03-01, weeks: 4, choice: skip}
"""
FINISHED = """\
applicant: {season: 2028, targets: [neurology, family medicine]}
rotations:
  - {attending: Dr. Hana Sato, specialty: neurology, start: 2027-03-01, weeks: 4, letter: {uploaded: 2027-08-02}}
"""
"""Uploaded, so that nothing but thanks and the portal's work is left."""

DONE = "thanked: 2027-08-03, assigned: 2027-09-01"
"""And that is done, too."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the user's folder be an empty one with the golden plan file, and give the place of own templates."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    shutil.copy(FULL, tmp_path / "rotations.yaml")
    return Path(typer.get_app_dir("lorplan")) / "templates"


def golden(kind: str) -> str:
    """Read the golden text of a message."""
    return (GOLDEN / "drafts" / f"full-{kind}.txt").read_text(encoding="utf-8")


# --- which stream, which message --------------------------------------------------------------------------


def test_the_message_is_the_answer_and_all_else_is_not(invoke: Runner) -> None:
    """Only the message goes to standard output; what it is, to whom, the gaps and what comes then, beside it."""
    result = invoke("draft", "kim", "packet", *DAY, env={"COLUMNS": None})
    assert result.out == golden("packet")
    assert result.err.splitlines() == [
        "packet for Grace Kim, MD, FACP (kim), as of Fri 2027-08-20, rotations.yaml",
        "to: grace.kim@example.org",
        "to fill in: [two or three cases you worked on together], [your phone]",
        "when done: lorplan mark kim packet -f rotations.yaml",
    ]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        pytest.param(
            "book",
            ["book for", "to fill in", "when done: lorplan mark kim meeting=DATE"],
            id="said_with_a_day_to_find",
        ),
        pytest.param("feedback", ["feedback for"], id="nothing_to_record"),
        pytest.param("ask-in-person", ["ask-in-person for", "to fill in", "when done"], id="said_with_a_gap"),
        pytest.param(
            "offer-in-person",
            ["offer-in-person for", "when done: lorplan mark kim asked "],
            id="an_offer_taken_up_is_an_asking",
        ),
        pytest.param(
            "self-write", ["self-write for", "to: ", "to fill in"], id="an_answer_of_which_nothing_is_kept"
        ),
        pytest.param("thank", ["thank for", "to: ", "to fill in", "when done"], id="a_mail"),
    ],
)
def test_what_is_told_beside_a_message(invoke: Runner, kind: str, said: list[str]) -> None:
    """Each line beside the message is there only where it has something to say."""
    lines = invoke("draft", "kim", kind, *DAY).err.splitlines()
    assert len(lines) == len(said)
    assert all(line.startswith(beginning) for line, beginning in zip(lines, said, strict=True))


def test_without_an_address_none_is_told(invoke: Runner, tmp_path: Path) -> None:
    """Where the writer's address is not known there is no line for it; the gap says that it is missing."""
    (tmp_path / "rotations.yaml").write_text(SKIPPED)
    err = invoke("draft", "sato", "request", *DAY).err
    assert "\nto: " not in err
    assert "[the writer's e-mail address]" in err


def test_without_a_kind_it_is_what_is_due(invoke: Runner) -> None:
    """Without KIND it is the message for the next action; `remind`, `ask` and `offer` choose among theirs."""
    due = invoke("draft", "kim", *DAY)
    assert due.err.startswith("remind-gentle for ")
    assert due == invoke("draft", "kim", "remind", *DAY) == invoke("draft", "kim", "remind-gentle", *DAY)
    assert invoke("draft", "kim", "--as-of", "2027-09-03").err.startswith("remind-firm for ")
    by_mail = invoke("draft", "kim", "ask", *DAY)
    assert by_mail.err.startswith("offer-email for ")
    assert by_mail == invoke("draft", "kim", "offer", *DAY) == invoke("draft", "kim", "offer-email", *DAY)
    last_day = ("--as-of", "2027-04-30")
    in_person = invoke("draft", "kim", "ask", *last_day)
    assert in_person.err.startswith("offer-in-person for ")
    assert in_person == invoke("draft", "kim", "offer", *last_day)


def test_without_a_day_it_is_today(invoke: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --as-of the day is the one on the user's wall."""
    from datetime import date  # noqa: PLC0415 - the one test that needs a day's value

    monkeypatch.setattr("lorplan.cli.draft.today", lambda: date(2027, 8, 20))
    assert invoke("draft", "kim") == invoke("draft", "kim", *DAY)


@pytest.mark.parametrize("word", ["kim", "ki", "Grace", "KIM"])
def test_a_rotation_can_be_named_in_several_ways(invoke: Runner, word: str) -> None:
    """ROTATION is an id, the start of one, or a part of the attending's name."""
    assert invoke("draft", word, "thank", *DAY).err.startswith("thank for Grace Kim, MD, FACP (kim)")


# --- wrong usage ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["bogus", "thanks", "Thank", "", "../thank", "_signature", "starter"])
def test_an_unknown_kind_is_refused_with_all_there_are(invoke: Runner, kind: str) -> None:
    """What is no kind ends with 2 and the list, even where a file of that name lies among the templates."""
    result = invoke("draft", "kim", kind, *DAY, check=2)
    assert result.out == ""
    assert result.err == f'lorplan: "{kind}" is no kind of message: there are {", ".join(KINDS)}\n'


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param((), "ROTATION", id="no_rotation"),
        pytest.param(("nobody",), '"nobody" fits no rotation', id="unknown_rotation"),
        pytest.param(("kim", "thank", "x"), "x", id="one_word_too_many"),
        pytest.param(("kim", "--eml", "--mailto"), "--eml and --mailto cannot go together", id="two_forms"),
        pytest.param(("kim", "--json"), "--json", id="a_form_it_does_not_have"),
        pytest.param(("kim", "--as-of", "soon"), "write YYYY-MM-DD", id="no_day"),
        pytest.param(("kim", "--color", "maybe"), "maybe", id="no_colour"),
        *(
            pytest.param(("kim", kind, form), f"{kind} is said, not sent", id=f"{kind}_{form}")
            for kind in SAID
            for form in ("--eml", "--mailto")
        ),
        *(
            pytest.param(("kim", kind, form), "No message is needed", id=f"{kind}_{form}")
            for kind in ("rate", "assign")
            for form in ("--eml", "--mailto")
        ),
    ],
)
def test_wrong_usage(invoke: Runner, args: tuple[str, ...], said: str) -> None:
    """Wrong usage ends with 2, says on standard error what is wrong, and answers nothing."""
    day = () if "--as-of" in args else DAY
    result = invoke("draft", *args, *day, check=2)
    assert result.out == ""
    assert said in result.err


def test_a_bad_file_is_told_as_everywhere(invoke: Runner, tmp_path: Path) -> None:
    """Problems of the plan file go to standard error with status 1."""
    (tmp_path / "rotations.yaml").write_text("- {attending: x}\n")
    result = invoke("draft", "kim", check=1)
    assert result.out == ""
    assert result.err.startswith("rotations.yaml:1:3: ")


def test_help_names_every_message(invoke: Runner) -> None:
    """The help says which kinds there are, and that nothing is sent."""
    text = re.sub(r"-\n +", "-", invoke("draft", "--help").out)  # a line may end at a hyphen
    assert {*MESSAGES, "ask", "offer", "remind"} <= set(re.findall(r"[a-z][a-z-]*", text))
    assert "Nothing is sent" in text


# --- where no message is needed ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        pytest.param(
            "rate",
            "No message is needed: note for yourself how it went with Dr. Grace Kim.\n"
            "when done: lorplan mark kim performance=WORD -f rotations.yaml\n",
            id="rate",
        ),
        pytest.param(
            "assign",
            "No message is needed: assign the letter of Dr. Grace Kim in the portal, to each program in internal"
            " medicine, neurology and family medicine by hand.\n"
            "when done: lorplan mark kim assigned -f rotations.yaml\n",
            id="assign",
        ),
    ],
)
def test_what_one_does_alone(invoke: Runner, kind: str, said: str) -> None:
    """Where nobody is to be written to, the answer says what to do instead, and how to record it."""
    result = invoke("draft", "kim", kind, *DAY, env={"COLUMNS": None})
    assert (result.out, result.err) == (said, "")


def test_to_assign_is_told_without_being_asked(invoke: Runner, tmp_path: Path) -> None:
    """When assigning is due, it is told for every target whose set has the letter."""
    (tmp_path / "rotations.yaml").write_text(FINISHED.replace("}}", ", thanked: 2027-08-03}}"))
    out = invoke("draft", "sato", "--as-of", "2027-09-02", env={"COLUMNS": None}).out
    assert "assign the letter of Dr. Hana Sato in the portal, to each program in " in out


@pytest.mark.parametrize(
    ("text", "word", "as_of", "said"),
    [
        pytest.param(SKIPPED, "sato", "2027-03-24", "now: skip, ", id="skipped"),
        pytest.param(
            FINISHED.replace("}}", f", {DONE}}}}}"), "sato", "2027-09-02", "now: keep, ", id="all_is_done"
        ),
        pytest.param(AMINA, "chen", "2029-01-01", "now: ", id="the_season_is_over"),
    ],
)
def test_where_nothing_is_due_it_says_so(  # noqa: PLR0913, PLR0917 - a case has many parts
    invoke: Runner, tmp_path: Path, text: str, word: str, as_of: str, said: str
) -> None:
    """Where there is nothing to tell, the answer says why, and how to have a message all the same."""
    (tmp_path / "rotations.yaml").write_text(text)
    result = invoke("draft", word, "--as-of", as_of, env={"COLUMNS": None})
    why, how = result.out.splitlines()
    assert why.startswith("There is nothing to tell Dr. ")
    assert said in why
    assert re.search(r" \([A-Z]+-\d+\)\.$", why), "the rule that decided it is named"
    assert how == f"Name a kind of message to have it all the same: {', '.join(KINDS)}."
    assert result.err == ""


@pytest.mark.parametrize("form", ["--eml", "--mailto"])
def test_nothing_cannot_be_sent(invoke: Runner, tmp_path: Path, form: str) -> None:
    """Where a mail was asked for and nothing is due, it is an error: no empty file pretends to be a mail."""
    (tmp_path / "rotations.yaml").write_text(SKIPPED)
    result = invoke("draft", "sato", form, "--as-of", "2027-03-24", check=2)
    assert result.out == ""
    assert "nothing to tell Dr. Hana Sato" in result.err


# --- as mail ----------------------------------------------------------------------------------------------


def body_and_subject(kind: str) -> tuple[str, str]:
    """Take a golden message apart."""
    first, _, body = golden(kind).partition("\n\n")
    return body, first.removeprefix("Subject: ")


@pytest.mark.parametrize("kind", [kind for kind in MESSAGES if kind not in SAID])
def test_a_mail_and_a_link_say_what_the_text_says(invoke: Runner, kind: str) -> None:
    """Every message that is sent has the same subject and body as text, as a mail and as a link."""
    body, subject = body_and_subject(kind)
    mail = message_from_bytes(invoke("draft", "kim", kind, "--eml", *DAY).out.encode(), policy=default)
    assert (mail["Subject"], mail.get_content().replace("\r\n", "\n")) == (subject, body)
    assert str(mail["To"]) == '"Grace Kim, MD, FACP" <grace.kim@example.org>'
    assert str(mail["From"]) == "Daniel Mwangi <daniel.mwangi@example.org>"
    link = invoke("draft", "kim", kind, "--mailto", *DAY).out
    assert link.count("\n") == 1
    parts = urlsplit(link.strip())
    assert (parts.scheme, unquote(parts.path)) == ("mailto", "grace.kim@example.org")
    assert parse_qs(parts.query) == {"subject": [subject], "body": [body.strip().replace("\n", "\r\n")]}


@pytest.mark.parametrize("form", [(), ("--eml",), ("--mailto",)], ids=["text", "eml", "mailto"])
def test_the_notes_are_the_same_for_every_form(invoke: Runner, form: tuple[str, ...]) -> None:
    """What is told beside a message does not depend on its form, so that the gaps are seen before it is sent."""
    notes = invoke("draft", "kim", "thank", *form, *DAY).err
    assert notes == invoke("draft", "kim", "thank", *DAY).err
    assert "to fill in: [your phone]" in notes


@pytest.mark.parametrize("columns", ["40", "300", None])
def test_a_mail_and_a_link_do_not_depend_on_the_width(invoke: Runner, columns: str | None) -> None:
    """What a program reads is not wrapped."""
    for form in ("--eml", "--mailto"):
        wide = invoke("draft", "kim", "thank", form, *DAY, env={"COLUMNS": columns, "FORCE_COLOR": "1"})
        assert wide == invoke("draft", "kim", "thank", form, *DAY)


# --- which file -------------------------------------------------------------------------------------------


def test_which_file_is_read(invoke: Runner, tmp_path: Path) -> None:
    """-f goes before the variable, and that before rotations.yaml; the suggested command names the same file."""
    text = FULL.read_text(encoding="utf-8")
    for name, who in (("v.yaml", "Vera Kim"), ("an f.yaml", "Fay Kim")):
        (tmp_path / name).write_text(text.replace("Grace Kim", who), encoding="utf-8")
    by_variable = invoke("draft", "kim", "thank", *DAY, env={"LORPLAN_FILE": "v.yaml"})
    assert "Dr. Vera Kim" in by_variable.out
    assert by_variable.err.endswith("-f v.yaml\n")
    by_option = invoke("draft", "kim", "thank", "-f", "an f.yaml", *DAY, env={"LORPLAN_FILE": "v.yaml"})
    assert "Dr. Fay Kim" in by_option.out
    assert by_option.err.endswith("-f 'an f.yaml'\n")
    assert "Dr. Grace Kim" in invoke("draft", "kim", "thank", *DAY).out


def test_standard_input(invoke: Runner) -> None:
    """`-f -` reads a plan from a pipe; no command is suggested, for a pipe cannot be written to."""
    text = FULL.read_text(encoding="utf-8")
    result = invoke("draft", "kim", "thank", "-f", "-", *DAY, stdin=text, env={"COLUMNS": None})
    assert result.out == golden("thank")
    heading = "thank for Grace Kim, MD, FACP (kim), as of Fri 2027-08-20, standard input"
    assert result.err.splitlines()[0] == heading
    assert "when done" not in result.err
    alone = invoke("draft", "kim", "rate", "-f", "-", *DAY, stdin=text)
    assert "when done" not in alone.out


# --- templates of the user's own --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("config", "folder"),
    [
        pytest.param(None, None, id="in_the_usual_place"),
        pytest.param(
            "elsewhere",
            "elsewhere/lorplan/templates",
            id="where_XDG_CONFIG_HOME_says",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="a convention of Linux"),
        ),
    ],
)
def test_templates_of_the_user_s_own(
    run: Runner, tmp_path: Path, home: Path, config: str | None, folder: str | None
) -> None:
    """A template in the user's folder for lorplan is used in the place of ours, by the real program."""
    place = tmp_path / folder if folder else home
    place.mkdir(parents=True)
    (place / "thank.txt").write_text("Thanks, {{ doctor }}! {{ gap('a word') }}\n", encoding="utf-8")
    env: Environment = {"XDG_CONFIG_HOME": str(tmp_path / config) if config else None}
    result = run("draft", "kim", "thank", *DAY, env=env)
    assert result.out == "Thanks, Dr. Grace Kim! [a word]\n"
    assert "to fill in: [a word]\n" in result.err
    assert "to: " not in result.err.replace("to fill in: ", ""), "what is said has no address"
    run("draft", "kim", "thank", "--eml", *DAY, env=env, check=2)


# --- the terminal -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [40, 72, 100, 300])
@pytest.mark.parametrize("kind", ["ask-email", "packet", "rate"])
def test_a_terminal_breaks_lines_at_words(invoke: Runner, columns: int, kind: str) -> None:
    """No line is wider than the terminal, every break is at a space, and every paragraph stays one."""
    out = invoke("draft", "kim", kind, *DAY, env={"COLUMNS": str(columns)}).out
    whole = invoke("draft", "kim", kind, *DAY, env={"COLUMNS": None}).out
    lines = out.splitlines()
    assert max(map(cell_len, lines)) <= columns
    for paragraph in whole.splitlines():
        joined = lines.pop(0)
        while joined != paragraph:
            joined += " " + lines.pop(0)
            assert paragraph.startswith(joined)
    assert lines == []


def test_a_pipe_gets_whole_paragraphs(invoke: Runner) -> None:
    """Where nothing says how wide the output is, no paragraph is broken: it is pasted into a mail."""
    out = invoke("draft", "kim", "packet", *DAY, env={"COLUMNS": None}).out
    assert max(map(len, out.splitlines())) > 120


@pytest.mark.parametrize("columns", ["40", None])
def test_colour_never_gets_into_a_message(invoke: Runner, columns: str | None) -> None:
    """A message has no colour, whatever is asked for: it is to be copied."""
    env = {"COLUMNS": columns, "FORCE_COLOR": "1"}
    assert ESCAPE not in invoke("draft", "kim", "packet", "--color", "always", *DAY, env=env).out


@pytest.mark.parametrize("kind", ["ask-in-person", "packet", "thank"])
def test_names_are_printed_as_typed(invoke: Runner, tmp_path: Path, kind: str) -> None:
    """Names that look like markup, emoji codes or templates go through the page as they are."""
    (tmp_path / "rotations.yaml").write_text(HOSTILE, encoding="utf-8")
    result = invoke("draft", "{x}", kind, *DAY, env={"COLUMNS": None})
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
def test_an_output_that_lacks_a_character(tmp_path: Path, encoding: str, name: str) -> None:
    """A character that the output's encoding lacks is shown by its number, in the message and beside it."""
    text = FULL.read_text(encoding="utf-8").replace("Grace Kim", "Émilie 陈")
    (tmp_path / "rotations.yaml").write_text(text, encoding="utf-8")
    out, err = raw(tmp_path, {"PYTHONIOENCODING": encoding}, "draft", "陈", "thank", *DAY)
    assert f"Dear Dr. {name}," in out.decode(encoding)
    assert name in err.decode(encoding)


def test_a_mail_does_not_depend_on_the_output_s_encoding(tmp_path: Path) -> None:
    """A mail says itself how it is encoded, so that its bytes are the same everywhere."""
    text = FULL.read_text(encoding="utf-8").replace("Grace Kim", "Émilie 陈")
    (tmp_path / "rotations.yaml").write_text(text, encoding="utf-8")
    args = ("陈", "thank", "--eml", *DAY)
    (narrow, _), (wide, _) = (
        raw(tmp_path, {"PYTHONIOENCODING": name}, "draft", *args) for name in ("ascii", "utf-8")
    )
    assert narrow == wide
    mail = message_from_bytes(narrow, policy=default)
    assert mail["To"].addresses[0].display_name == "Émilie 陈, MD, FACP"
    assert "Dear Dr. Émilie 陈," in mail.get_content()


@pytest.mark.parametrize("form", [(), ("--eml",), ("--mailto",)], ids=["text", "eml", "mailto"])
def test_a_closed_pipe_ends_quietly(tmp_path: Path, form: tuple[str, ...]) -> None:
    """When nobody reads on, as with `| head -1`, nothing but the notes is said, and it is no failure."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "lorplan", "draft", "kim", "thank", *form, *DAY],
        stdout=writer,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment(tmp_path),
        timeout=60,
        check=False,
    )
    os.close(writer)
    assert done.returncode == 0
    assert [line.partition(":")[0] for line in done.stderr.decode().splitlines()[1:]] == [
        "to",
        "to fill in",
        "when done",
    ]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no disk that is always full")  # noqa: PTH110
@pytest.mark.parametrize("form", [(), ("--eml",), ("--mailto",)], ids=["text", "eml", "mailto"])
def test_a_full_disk_is_told(tmp_path: Path, form: tuple[str, ...]) -> None:
    """A message that cannot be written ends with 1 and one line more, and not with a traceback."""
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-m", "lorplan", "draft", "kim", "thank", *form, *DAY],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env=environment(tmp_path),
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.decode().splitlines()[-1].startswith("standard output cannot be written: ")
    assert b"Traceback" not in done.stderr
