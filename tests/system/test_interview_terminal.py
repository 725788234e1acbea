"""`lorplan init --ask` and `add` on a real terminal: a whole interview, wrong answers, and every way to leave."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import pytest

from edit.interviews import FIRST, FULL, FULL_TEXT, long_ago, replies
from edit.yaml_texts import load_yaml
from runner import TIMEOUT, Lorplan, clean_environment
from storage.plan_on_disk import names, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from edit.interviews import Path as DataPath
    from runner import Environment

pytestmark = pytest.mark.system

CONTROLLED: Final = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, "-m", "lorplan", *sys.argv[1:]])
"""
"""Makes the terminal the controlling one, from which Ctrl-C and a hang-up come, and then becomes lorplan."""


class Conversation:
    """The real program on a terminal of its own, and a person who types."""

    def __init__(
        self, folder: Path, *args: str, env: Environment | None = None, command: tuple[str, ...] = ("init", "--ask")
    ) -> None:
        self._terminal, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
        self.shown = ""
        self._read_to = 0
        self.process = subprocess.Popen(
            [sys.executable, "-IS", "-c", CONTROLLED, *command, *args],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=folder,
            env=clean_environment(folder, {"TERM": "xterm", "COLUMNS": None, **(env or {})}),
            start_new_session=True,
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.hang_up()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(TIMEOUT)

    def hang_up(self) -> None:
        """Take the terminal away."""
        if self._terminal >= 0:
            os.close(self._terminal)
            self._terminal = -1

    def _read_more(self, deadline: float) -> bool:
        """Read what is shown next; False at the end, which Linux reports as an error."""
        ready, _, _ = select.select([self._terminal], [], [], max(0.0, deadline - time.monotonic()))
        assert ready, f"nothing more is shown after: {self.shown}"
        try:
            raw = os.read(self._terminal, 65536)
        except OSError:
            return False
        self.shown += raw.decode(errors="replace").replace("\r\n", "\n")
        return bool(raw)

    def wait_for(self, text: str) -> None:
        """Read until a text is shown."""
        deadline = time.monotonic() + TIMEOUT
        while (place := self.shown.find(text, self._read_to)) < 0:
            assert self._read_more(deadline), f"{text!r} was never shown: {self.shown}"
        self._read_to = place + len(text)

    def wait_for_prompt(self, question: str) -> None:
        """Read until a question is shown and the program sleeps over it.

        In the moment between the two, Python notes a Ctrl-C and acts on it only with the next key.
        """
        self.wait_for(question)
        self.wait_for(": ")
        state = Path(f"/proc/{self.process.pid}/stat")
        time.sleep(0.05 if state.exists() else 0.5)
        while state.exists() and state.read_text().rpartition(")")[2].split()[0] == "R":
            time.sleep(0.01)

    def type(self, raw: bytes) -> None:
        """Press keys."""
        os.write(self._terminal, raw)

    def answer(self, question: str, answer: str) -> None:
        """Wait for a question and answer it."""
        self.wait_for(question)
        self.type(answer.encode() + b"\n")

    def end(self) -> int:
        """Read to the end and give the exit status; a signal is a negative number."""
        deadline = time.monotonic() + TIMEOUT
        while self._read_more(deadline):
            pass
        return self.process.wait(TIMEOUT)


LEAVING: Final[dict[str, Callable[[Conversation], object]]] = {
    "ctrl_c": lambda talk: talk.type(b"\x03"),
    "ctrl_d": lambda talk: talk.type(b"\x04"),
    "terminate": lambda talk: talk.process.send_signal(signal.SIGTERM),
    "hang_up": Conversation.hang_up,
}
STATUS: Final = {"ctrl_c": 1, "ctrl_d": 1, "terminate": -signal.SIGTERM, "hang_up": -signal.SIGHUP}


def leave(talk: Conversation, way: str) -> int:
    """Leave a conversation in one way or another, and give the exit status."""
    LEAVING[way](talk)
    return talk.process.wait(TIMEOUT) if way == "hang_up" else talk.end()


QUESTIONS: Final = {
    "name": "Your name",
    "season": "The year",
    "start": "First day",
    "end": "Last day",
    "weeks": "Last day",
    "role": "The writer's role",
    "hospital": "Hospital",
    "experience": "What kind",
    "us": "In the US",
    "days": "Weekdays on site",
    "letterhead": "Does the attending",
    "residency_affiliated": "Do residents",
    "img_friendly": "international graduates",
    "performance": "How did it go",
    "contact": "How often",
    "write": "Write the file",
}


def question_about(path: DataPath) -> str:
    """Say how the question about a path begins."""
    if path[-1] == "email":
        return "Your e-mail" if path[0] == "applicant" else "The attending's e-mail"
    if path[-2:] == ("attending", "name"):
        return f"Attending of rotation {int(path[1]) + 1}"
    if "targets" in path:
        return f"Specialty {int(path[-1]) + 1}"
    return "Specialty" if path[-1] == "specialty" else QUESTIONS[str(path[-1])]


def test_whole_interview_writes_a_file_that_can_be_planned(lorplan: Lorplan) -> None:
    """Every question comes, every answer is in the file, and nothing is left beside it."""
    with Conversation(lorplan.folder) as talk:
        for path, answer in replies(long_ago(FULL)):
            talk.answer(question_about(path), answer)
        assert talk.end() == 0
    assert "Wrote rotations.yaml with your 2 rotations." in talk.shown
    assert talk.shown.endswith("Next: lorplan plan rotations.yaml\n")
    assert names(lorplan.folder) == {"rotations.yaml"}
    assert texts(lorplan.folder)["rotations.yaml"].split("\n", 1)[1] == FULL_TEXT.replace("2027-", "2021-")
    lorplan("check", "--strict")


def test_wrong_answer_is_reported_above_the_repeated_question(lorplan: Lorplan) -> None:
    """Names in any script are accepted as they are typed."""
    with Conversation(lorplan.folder, "mine.yaml") as talk:
        for question, answer in (
            ("Your name", "Zoë: 陈 😀"),
            ("Your e-mail", "me"),
            ('  "me" is not an e-mail address\nYour e-mail', ""),
            ("The year", ""),
            ("Specialty 1", ""),
            ("Attending of rotation 1", ""),
            ("Write the file", ""),
        ):
            talk.answer(question, answer)
        assert talk.end() == 0
    assert "Wrote mine.yaml with your 0 rotations." in talk.shown
    assert load_yaml(texts(lorplan.folder)["mine.yaml"]) == {"applicant": {"name": "Zoë: 陈 😀"}, "rotations": []}


AT_THE_START: Final[DataPath] = ("applicant", "name")
IN_A_ROTATION: Final[DataPath] = (*FIRST, "end")
AT_THE_END: Final[DataPath] = ("rotations", 2, "attending", "name")


@pytest.mark.parametrize(
    ("way", "path"),
    [
        pytest.param("ctrl_c", AT_THE_START, id="ctrl_c_at_the_first_question"),
        pytest.param("ctrl_c", IN_A_ROTATION, id="ctrl_c_in_a_rotation"),
        pytest.param("ctrl_c", AT_THE_END, id="ctrl_c_at_the_last_question"),
        pytest.param("ctrl_d", AT_THE_START, id="ctrl_d_at_the_first_question"),
        pytest.param("ctrl_d", AT_THE_END, id="ctrl_d_at_the_last_question"),
        pytest.param("terminate", IN_A_ROTATION, id="terminated_in_a_rotation"),
        pytest.param("terminate", AT_THE_END, id="terminated_at_the_last_question"),
        pytest.param("hang_up", IN_A_ROTATION, id="terminal_closed_in_a_rotation"),
        pytest.param("hang_up", AT_THE_END, id="terminal_closed_at_the_last_question"),
    ],
)
def test_interview_that_is_left_writes_nothing_and_fails(lorplan: Lorplan, way: str, path: DataPath) -> None:
    """However the interview ends early, no file, no lock and no part of a file is left."""
    with Conversation(lorplan.folder) as talk:
        for at, answer in replies(long_ago(FULL)):
            if at == path:
                break
            talk.answer(question_about(at), answer)
        talk.wait_for_prompt(question_about(path))
        status = leave(talk, way)
    assert status == STATUS[way]
    assert "Traceback" not in talk.shown
    if way.startswith("ctrl"):
        assert talk.shown.endswith("\nNothing was written.\n")
    assert names(lorplan.folder) == set()


def test_interview_with_closed_standard_input_is_wrong_usage(lorplan: Lorplan) -> None:
    """Without standard input there is no terminal."""
    assert "Traceback" not in lorplan.shell('exec "$@" <&-', "init", "--ask", status=2).err


@pytest.mark.parametrize(
    ("env", "message"),
    [
        pytest.param(None, "is not allowed (a control or text direction character)", id="surrogate_escapes"),
        pytest.param({"PYTHONIOENCODING": "utf-8:strict"}, "this is not text in utf-8", id="strict_encoding"),
    ],
)
def test_bytes_that_are_no_text_are_refused_and_the_question_is_repeated(
    lorplan: Lorplan, env: Environment | None, message: str
) -> None:
    """A key of another encoding is a wrong answer, whether Python decodes it or not."""
    with Conversation(lorplan.folder, env=env) as talk:
        talk.wait_for("Your name")
        talk.type(b"Zo\xeb\n")
        talk.wait_for(message)
        talk.wait_for("Your name")
        status = leave(talk, "ctrl_d")
    assert (status, "Traceback" in talk.shown) == (1, False)
    assert names(lorplan.folder) == set()


def test_add_asks_on_a_terminal(tmp_path: Path) -> None:
    """The same questions, about one rotation."""
    (tmp_path / "rotations.yaml").write_text("[]\n")
    with Conversation(tmp_path, command=("add",)) as talk:
        for question, answer in (("Attending", "Dr. Lee"), ("e-mail", ""), ("role", ""), ("Specialty", "neurology")):
            talk.answer(question, answer)
        talk.answer("First day", "Jan 4 2100")
        talk.answer("Last day", "4 weeks")
        for question in ("Hospital", "What kind", "In the US", "Weekdays", "letterhead", "residents", "graduates"):
            talk.answer(question, "")
        talk.answer("Add it?", "")
        assert talk.end() == 0
    assert "Dr. Lee" in (tmp_path / "rotations.yaml").read_text()
