"""The questions of `init --ask` and `add`: data of a plan file, each answer validated as the file would be."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lorplan.edit.record_event import FLAGS
from lorplan.planfile.spoken_days import parse_spoken_day
from lorplan.planfile.validation import find_errors
from lorplan.planfile.yaml_tree import from_python
from lorplan.reference.specialties import is_known, nearest

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from lorplan.planfile.yaml_tree import Path

Data = dict[str, Any]

Answer = str | list[str]

BACK: Final = "<"
"""The answer that goes back to the question before."""

_IF_KNOWN: Final = "Enter if you do not know"
_FULL_WORDS: Final = {"y": "yes", "n": "no"}
_LATER: Final = frozenset({"performance", "contact"})
"""What nobody can know before the rotation has begun."""

_ABOUT_APPLICANT: Final = (
    ("name", "Your name"),
    ("email", "Your e-mail address"),
    ("season", "The year of the Match you are aiming for, if you know it"),
)
_ABOUT_ROTATION: Final = (
    ("hospital", "Hospital or clinic"),
    ("experience", "What kind? (hands-on, observership, telehealth or research, Enter for hands-on)"),
    ("us", "In the US? (yes or no, Enter for yes)"),
    ("days", "Weekdays on site, such as mon, wed, fri (Enter for Monday to Friday)"),
    ("letterhead", f"Does the attending write on hospital letterhead? (yes or no, {_IF_KNOWN})"),
    ("residency_affiliated", f"Do residents train there? (yes or no, {_IF_KNOWN})"),
    ("img_friendly", f"Do they take international graduates? (yes or no, {_IF_KNOWN})"),
    ("performance", f"How did it go? (excellent, good, fair or poor, {_IF_KNOWN})"),
    ("contact", f"How often do you work together? (daily, weekly or rarely, {_IF_KNOWN})"),
)
"""What may be left out."""

_ROLES: Final = "The writer's role (attending, chair, program director, fellow or resident, Enter for attending)"
_WEEKS: Final = re.compile(r"(\d+) *(?:w|wks?|weeks?)?", re.ASCII | re.IGNORECASE)


class Question(NamedTuple):
    """What to ask, whether an answer is required, and why the last answer was refused, if there was one."""

    text: str
    required: bool
    refused: str | None


def interview(ask: Callable[[Question], str], today: date) -> Data | None:
    """Collect the data of a plan file from the answers that `ask` gives; it may raise to end the interview.

    "<" goes back to the question before. None if the answers are not to be written after all.
    """
    return _hold(ask, today, _Interview.run)


def interview_rotation(ask: Callable[[Question], str], today: date) -> Data | None:
    """Collect the data of one rotation in the same way."""
    return _hold(ask, today, _Interview.run_rotation)


def _hold(ask: Callable[[Question], str], today: date, run: Callable[[_Interview], Data | None]) -> Data | None:
    memory = _Memory(ask)
    while True:
        try:
            return run(_Interview(memory, today))
        except _GoBackError:
            memory.go_back()


class _GoBackError(Exception):
    """The last answer is to be given anew."""


class _Memory:
    """Asks, and gives the answers that were given before the one to go back to once more."""

    def __init__(self, ask: Callable[[Question], str]) -> None:
        self._ask = ask
        self._given: list[str] = []
        self._left: list[str] = []

    def __call__(self, question: Question) -> str:
        if question.refused and not self._left:
            self._given.pop()  # the answer that was refused
        answer = self._left.pop(0) if self._left else self._ask(question)
        if answer.strip() == BACK:
            raise _GoBackError
        self._given.append(answer)
        return answer

    def go_back(self) -> None:
        """Forget the last answer; at the first question there is none."""
        self._left, self._given = self._given[:-1], []


class _Interview:
    """The answers so far. An answer is accepted if the data is valid there with it."""

    def __init__(self, ask: Callable[[Question], str], today: date) -> None:
        self._ask = ask
        self._today = today
        self._data: Data = {"rotations": []}

    def run(self) -> Data | None:
        """Ask everything."""
        for key, text in _ABOUT_APPLICANT:
            self._answer(("applicant", key), text)
        number = 0
        while self._specialty(
            ("applicant", "targets", number), f"Specialty {number + 1} you apply to, Enter for no more"
        ):
            number += 1
        number = 0
        while self._rotation(("rotations", number), number + 1):
            number += 1
        data: Data = dict(sorted(self._data.items()))  # the applicant comes first
        return data if self._is_wanted(data, "Write the file?") else None

    def run_rotation(self) -> Data | None:
        """Ask about one rotation."""
        path = ("rotations", 0)
        self._answer((*path, "attending", "name"), "Attending", required=True)
        self._details(path)
        rotation: Data = self._data["rotations"][0]
        return rotation if self._is_wanted(self._data, "Add it?") else None

    def _is_wanted(self, data: Data, text: str) -> bool:
        """Show what was answered, and ask whether to go on."""
        question = Question(f"{_summarize(data)}{text} (Enter for yes, < to go back, n to quit)", False, None)
        return self._ask(question).strip().lower() not in {"n", "no"}

    def _rotation(self, path: Path, number: int) -> bool:
        """Ask about one more rotation; whether there is one."""
        if not self._answer((*path, "attending", "name"), f"Attending of rotation {number}, Enter for no more"):
            return False
        self._details(path)
        return True

    def _details(self, path: Path) -> None:
        """Ask about a rotation whose attending is known."""
        self._answer((*path, "attending", "email"), "The attending's e-mail address")
        self._answer((*path, "attending", "role"), _ROLES)
        self._specialty((*path, "specialty"), "Specialty", required=True)
        self._answer((*path, "start"), "First day, such as 2027-01-04 or Jan 4 2027", required=True)
        self._length(path)
        has_begun = self._data["rotations"][-1]["start"] <= self._today.isoformat()
        for key, text in _ABOUT_ROTATION:
            if has_begun or key not in _LATER:
                self._answer((*path, key), text)

    def _length(self, path: Path) -> None:
        """Ask for the end; whatever is wrong with the rotation's days as a whole is wrong with this answer."""
        text = "Last day, or how many weeks"
        self._answer(path, text, required=True, key=lambda answer: "weeks" if _WEEKS.fullmatch(answer) else "end")

    def _specialty(self, path: Path, text: str, *, required: bool = False) -> str:
        """Ask for a specialty, and offer the known one that an unknown one is closest to."""
        answer = self._answer(path, text, required=required)
        guess = None if not answer or is_known(answer) else nearest(answer)
        if guess:
            question = Question(
                f'"{answer}" is not known: did you mean {guess}? (Enter for yes, n for no)', False, None
            )
            if self._ask(question).strip().lower() not in {"n", "no"} and self._accept(path, guess, scope=path) is None:
                return guess
        return answer

    def _answer(self, path: Path, text: str, *, required: bool = False, key: Callable[[str], str] | None = None) -> str:
        """Ask until the answer is valid, or empty if none is required.

        It is put at `path`, with `key` at the key there that the answer calls for.
        """
        refused = None
        while True:
            answer = self._ask(Question(text, required, refused)).strip()
            if not answer and not required:
                return ""
            place = (*path, key(answer)) if key else path
            refused = self._accept(place, self._as_written(str(place[-1]), answer), scope=path)
            if refused is None:
                return answer

    def _as_written(self, key: str, answer: str) -> Answer:
        """Write an answer the way the plan file has it; what is not understood stays, and is refused."""
        if key == "us" or key in FLAGS:
            return _FULL_WORDS.get(answer.lower(), answer)
        if key == "days":
            return answer.replace(",", " ").split()
        weeks = _WEEKS.fullmatch(answer) if key == "weeks" else None
        if weeks:
            return weeks[1]
        return self._to_day(answer) if key in {"start", "end"} else answer

    def _to_day(self, answer: str) -> str:
        try:
            return parse_spoken_day(answer, self._today, ahead=True).isoformat()
        except ValueError:
            return answer

    def _accept(self, path: Path, answer: Answer, *, scope: Path) -> str | None:
        """Accept an answer, unless it makes something within `scope` wrong; then say what."""
        data = deepcopy(self._data)
        _put(data, path, answer)
        for error in find_errors(from_python(data)):
            if error.path[: len(scope)] == scope:
                return error.message
        self._data = data
        return None


def _summarize(data: Data) -> str:
    """Show the rotations that were answered, a line each."""
    lines = [
        f"  {row['attending']['name']}, {row['specialty']}, {row['start']} {_describe_length(row)}"
        for row in data["rotations"]
    ]
    title = "Your rotations:" if len(lines) > 1 else "Your rotation:"
    return "\n".join([title, *lines, ""]) if lines else ""


def _describe_length(row: Data) -> str:
    return f"to {row['end']}" if "end" in row else f"for {row['weeks']} weeks"


def _put(data: Any, path: Path, value: Answer) -> None:  # noqa: ANN401 - a tree, whose shape the path knows
    """Put a value at a path; containers that are missing on the way are made, and a list grows by one."""
    for part, following in zip(path, [*path[1:], None], strict=True):
        inner: Any = value if following is None else [] if isinstance(following, int) else {}
        if isinstance(part, int) and part == len(data):
            data.append(inner)
        elif following is None or (isinstance(data, dict) and part not in data):
            data[part] = inner
        data = data[part]
