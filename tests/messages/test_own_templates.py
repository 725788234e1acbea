"""Templates of the user's own: they come before the package's, run in a sandbox, and errors have their place."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
import typer

from lorplan.messages.compose import compose
from lorplan.messages.facts import message_facts
from lorplan.storage.templates import template_loader
from lorplan.text.templates import TemplateFailureError
from messages.composing import DRAFTS, WRITTEN, compose_message, golden_plan

if TYPE_CHECKING:
    from lorplan.messages.compose import Message
    from runner import Lorplan

PROMISED: Final = (
    *("as_of", "name", "email", "phone", "fields", "season_year", "portal_opens", "portal_day", "needed_by", "needed"),
    *("deadline", "review_begins", "match_day", "doctor", "attending_email", "is_senior", "specialty", "placement"),
    *("is_research", "hospital", "first_day", "last_day", "period", "span", "halfway", "ask_on", "hurry", "long_ago"),
    *("standardized", "offered", "asked", "agreed", "requested", "reminded", "reminders", "sent", "uploaded"),
    *("aim", "portal", "due", "was_due", "role", "experience", "early", "times_reminded"),
    *("reminders_since_request", "reminders_since_sent"),
)
PROMISED_PARTS: Final = ("_acquaintance", "_deadline", "_reading", "_rotation", "_signature", "_closing")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Give the folder of the user's own templates, which need not exist."""
    return tmp_path / "own"


def write(folder: Path, name: str, text: str | bytes) -> Path:
    """Write a template of the user's own."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def compose_with(folder: Path, kind: str = "thank", which: str = "full") -> Message:
    """Compose a message with the user's templates before the package's."""
    found = golden_plan(which)
    return compose(kind, message_facts(found, found.letters[0]), template_loader(folder))


# --- which template -----------------------------------------------------------------------------------------


def test_own_template_replaces_that_of_the_package_and_no_other(own: Path) -> None:
    """The other messages stay the package's."""
    write(own, "thank.txt", "Subject: Thanks\n\nDear {{ doctor }}, thank you!\n")
    assert compose_with(own).text == "Subject: Thanks\n\nDear Dr. Grace Kim, thank you!"
    assert compose_with(own, "packet") == compose_message("packet", golden_plan())


def test_own_template_can_have_blanks_dates_and_parts_of_the_package(own: Path) -> None:
    """What the package's templates can do, a user's can, too."""
    write(
        own,
        "thank.txt",
        'Thanks for {{ gap("what it was") }} on {{ last_day | date }}, {{ needed_by | day }},'
        ' {{ gap("what it was") }}, {% include "_rotation.txt" %}.\n{% include "_signature.txt" %}\n',
    )
    message = compose_with(own)
    assert message.subject is None
    assert message.blanks == ("[what it was]",)
    assert message.body == (
        "Thanks for [what it was] on April 30, Wednesday, September 15, [what it was], my internal medicine"
        " rotation at Harborview Memorial (April 5 to April 30).\n"
        "Daniel Mwangi\ndaniel.mwangi@example.org\n+1 555 0100"
    )


def test_own_signature_and_closing_appear_in_every_mail_of_the_package(own: Path) -> None:
    """A part that the package's templates include can be replaced by itself."""
    write(own, "_signature.txt", "Dr. D. Mwangi\n")
    assert compose_with(own).body.endswith("\n\nWith gratitude,\nDr. D. Mwangi")
    assert all(compose_with(own, kind).body.endswith(",\nDr. D. Mwangi") for kind in WRITTEN)
    write(own, "_closing.txt", 'Best,\n{% include "_signature.txt" %}\n')
    closed = [kind for kind in WRITTEN if kind != "thank"]
    assert all(compose_with(own, kind).body.endswith("\n\nBest,\nDr. D. Mwangi") for kind in closed)


def test_own_template_can_use_what_is_documented_and_what_it_could_before(own: Path) -> None:
    """A name or a part once given is never taken away."""
    found = golden_plan()
    assert set(PROMISED) <= set(message_facts(found, found.letters[0]))
    write(own, "thank.txt", "".join(f'{{% include "{part}.txt" %}}\n' for part in PROMISED_PARTS))
    assert compose_with(own).body.endswith("Kind regards,\nDaniel Mwangi\ndaniel.mwangi@example.org\n+1 555 0100")


def test_own_template_can_use_every_fact(own: Path) -> None:
    """An unknown fact is None."""
    found = golden_plan("minimal")
    facts = message_facts(found, found.letters[0])
    write(own, "thank.txt", "".join(f"{{{{ {name} }}}}|" for name in facts))
    assert compose_with(own, which="minimal").body.split("|")[:-1] == [str(value) for value in facts.values()]


def test_blanks_of_one_message_are_not_carried_over_to_the_next(own: Path) -> None:
    """The templates are cached, their blanks are not."""
    write(own, "thank.txt", "{{ gap('a') }}")
    assert compose_with(own).blanks == ("[a]",)
    assert compose_with(own, "feedback").blanks == ()
    assert compose_with(own).blanks == ("[a]",)


# --- from template to message -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "subject", "body"),
    [
        pytest.param("", None, "", id="empty"),
        pytest.param("\n\n  \n", None, "", id="blank"),
        pytest.param("Subject: x", "x", "", id="only_a_subject"),
        pytest.param("Hello\nSubject: x\n", None, "Hello\nSubject: x", id="subject_further_down"),
        pytest.param("\n\nSubject: x\n\n\nHello  \n\n", "x", "Hello", id="blank_lines_around"),
        pytest.param("Subject: x\r\n\r\nHello\r\nyou\r\n", "x", "Hello\nyou", id="windows_line_ends"),
        pytest.param("Subject: x\nHello\x1b[31m\u202e", "x", "Hello\ufffd[31m\ufffd", id="control_characters"),
        pytest.param("Subject: x\na\tb", "x", "a b", id="tabs"),
        pytest.param("{# for me #}Hello{% if true %}\n{% endif %}!", None, "Hello!", id="comments_and_blocks"),
        pytest.param("Subject: {{ '' }}\u00e9\n\n陈", "é", "陈", id="other_scripts"),
    ],
)
def test_template_becomes_a_subject_and_a_body(own: Path, text: str, subject: str | None, body: str) -> None:
    """The first line may be the subject; space around the rest is dropped, and unsafe characters are replaced."""
    write(own, "thank.txt", text)
    message = compose_with(own)
    assert (message.subject, message.body) == (subject, body)


# --- errors -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        pytest.param("a\n{{ nope }}\n", 2, "'nope' is undefined", id="unknown_name"),
        pytest.param("{% if true %}\n", 1, "end of template", id="block_without_an_end"),
        pytest.param("{{ gap.__globals__ }}", 1, "unsafe", id="out_of_the_sandbox_by_a_function"),
        pytest.param("{{ gap() }}", 1, "argument", id="gap_without_a_text"),
        pytest.param("a\n{{ needed_by.era }}", 2, "no attribute 'era'", id="unknown_attribute"),
        pytest.param("{{ needed_by() }}", 1, "not callable", id="call_of_a_date"),
        pytest.param("{{ uploaded | day }}", 1, "", id="unknown_day"),
        pytest.param("{% include 'thank.txt' %}", 1, "recursion", id="include_of_itself"),
    ],
)
def test_mistake_in_a_template_is_reported_with_file_and_line(own: Path, text: str, line: int, said: str) -> None:
    """Also a wrong use of what messages offer: blanks and facts. Other mistakes are tested for all templates."""
    path = write(own, "thank.txt", text)
    with pytest.raises(TemplateFailureError) as raised:
        compose_with(own)
    message = str(raised.value)
    assert message.startswith(f"the template {path}:{line} cannot be used: ")
    assert said in message
    assert "\n" not in message


def test_mistake_in_the_users_signature_is_reported_for_it(own: Path) -> None:
    """And not for the package's template that includes it."""
    path = write(own, "_signature.txt", "x\n{{ nope }}\n")
    with pytest.raises(TemplateFailureError, match=re.escape(f"{path}:2 ")):
        compose_with(own)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="the system has no file that nobody can read")
def test_template_that_cannot_be_read_is_reported(own: Path) -> None:
    """The package's template does not silently take its place."""
    own.mkdir()
    (own / "thank.txt").symlink_to("/proc/self/mem")
    with pytest.raises(TemplateFailureError, match=r"thank\.txt cannot be used: "):
        compose_with(own)


# --- the command --------------------------------------------------------------------------------------------


@pytest.fixture
def app_templates(lorplan: Lorplan, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder in which `draft` looks for the user's templates, and copy the golden plan file."""
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("HOME", str(lorplan.folder))
    shutil.copy(DRAFTS / "full.yaml", lorplan.folder)
    return Path(typer.get_app_dir("lorplan")) / "templates"


def test_draft_uses_the_template_in_the_users_folder(lorplan: Lorplan, app_templates: Path) -> None:
    """The folder is `templates` in the user's folder for lorplan."""
    write(app_templates, "thank.txt", "Thanks, {{ doctor }}!")
    out = lorplan("draft", "kim", "thank", "-f", "full.yaml", "--as-of", "2027-08-20").out
    assert out == "Thanks, Dr. Grace Kim!\n"


@pytest.mark.parametrize("text", ["{{ nope }}", "{% if %}", b"\xff"], ids=["unknown_name", "syntax", "not_utf_8"])
def test_draft_with_an_unusable_template_exits_with_1_and_one_line(
    lorplan: Lorplan, app_templates: Path, text: str | bytes
) -> None:
    """A template is a file with a problem: no traceback, and nothing on standard output."""
    path = write(app_templates, "thank.txt", text)
    result = lorplan("draft", "kim", "thank", "-f", "full.yaml", "--as-of", "2027-08-20", status=1)
    assert result.out == ""
    assert result.err.startswith("lorplan: the template ")
    assert str(path) in result.err
    assert result.err.count("\n") == 1
