"""The questions of `init --ask`: a plan file's data, answer by answer, each validated as the file would be."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lorplan.planfile.validation import find_errors
from lorplan.planfile.yaml_tree import from_python

if TYPE_CHECKING:
    from collections.abc import Callable

    from lorplan.planfile.yaml_tree import Path

Data = dict[str, Any]

_YES_OR_NO: Final = "yes or no, Enter if you do not know"
_FULL_WORDS: Final = {"y": "yes", "n": "no"}
_FLAGS: Final = frozenset({"residency_affiliated", "img_friendly"})
"""What is answered by yes or no."""

_ABOUT_APPLICANT: Final = (
    ("name", "Your name"),
    ("email", "Your e-mail address"),
    ("season", "The year of the Match you are aiming for, if you know it"),
)
_ABOUT_ROTATION: Final = (
    ("hospital", "Hospital or clinic"),
    ("residency_affiliated", f"Do residents train there? ({_YES_OR_NO})"),
    ("img_friendly", f"Do they take international graduates? ({_YES_OR_NO})"),
    ("performance", "How did it go? (excellent, good, fair or poor, Enter if you do not know)"),
    ("contact", "How often do you work together? (daily, weekly or rarely, Enter if you do not know)"),
)
"""What may be left out."""


class Question(NamedTuple):
    """What to ask, whether an answer is required, and why the last answer was refused, if there was one."""

    text: str
    required: bool
    refused: str | None


def interview(ask: Callable[[Question], str]) -> Data:
    """Collect the data of a plan file from the answers that `ask` gives; it may raise to end the interview."""
    return _Interview(ask).run()


class _Interview:
    """The answers so far. An answer is accepted if the data is valid there with it."""

    def __init__(self, ask: Callable[[Question], str]) -> None:
        self._ask = ask
        self._data: Data = {"rotations": []}

    def run(self) -> Data:
        """Ask everything."""
        for key, text in _ABOUT_APPLICANT:
            self._answer(("applicant", key), text)
        number = 0
        while self._answer(("applicant", "targets", number), f"Specialty {number + 1} you apply to, Enter for no more"):
            number += 1
        number = 0
        while self._rotation(("rotations", number), number + 1):
            number += 1
        return {key: self._data[key] for key in ("applicant", "rotations") if key in self._data}

    def _rotation(self, path: Path, number: int) -> bool:
        """Ask about one more rotation; whether there is one."""
        if not self._answer((*path, "attending", "name"), f"Attending of rotation {number}, Enter for no more"):
            return False
        self._answer((*path, "attending", "email"), "The attending's e-mail address")
        self._answer((*path, "specialty"), "Specialty", required=True)
        self._answer((*path, "start"), "First day (YYYY-MM-DD)", required=True)
        self._length(path)
        for key, text in _ABOUT_ROTATION:
            self._answer((*path, key), text)
        return True

    def _length(self, path: Path) -> None:
        """Ask for the end; whatever is wrong with the rotation's days as a whole is wrong with this answer."""
        text = "Last day (YYYY-MM-DD), or how many weeks"
        self._answer(path, text, required=True, key=lambda answer: "weeks" if answer.isdecimal() else "end")

    def _answer(self, path: Path, text: str, *, required: bool = False, key: Callable[[str], str] | None = None) -> str:
        """Ask until the answer is valid, or empty if none is required.

        It is put at `path`, with `key` at the key there that the answer calls for.
        """
        refused = None
        while True:
            answer = self._ask(Question(text, required, refused)).strip()
            answer = _FULL_WORDS.get(answer.lower(), answer) if path[-1] in _FLAGS else answer
            if not answer and not required:
                return ""
            refused = self._accept((*path, key(answer)) if key else path, answer, scope=path)
            if refused is None:
                return answer

    def _accept(self, path: Path, answer: str, *, scope: Path) -> str | None:
        """Accept an answer, unless it makes something within `scope` wrong; then say what."""
        data = deepcopy(self._data)
        _put(data, path, answer)
        for error in find_errors(from_python(data)):
            if error.path[: len(scope)] == scope:
                return error.message
        self._data = data
        return None


def _put(data: Any, path: Path, value: str) -> None:  # noqa: ANN401 - a tree, whose shape the path knows
    """Put a value at a path; containers that are missing on the way are made, and a list grows by one."""
    for part, following in zip(path, [*path[1:], None], strict=True):
        inner: Any = value if following is None else [] if isinstance(following, int) else {}
        if isinstance(part, int) and part == len(data):
            data.append(inner)
        elif following is None or (isinstance(data, dict) and part not in data):
            data[part] = inner
        data = data[part]
