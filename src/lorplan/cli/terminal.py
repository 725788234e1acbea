"""Standard output and standard error: what goes where, in which width, colour and characters."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TextIO

from lorplan.errors import OutputError, ReaderGoneError, UsageError
from lorplan.render import json_documents as render_json
from lorplan.text.safe import on_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import RenderableType

Color = Literal["auto", "always", "never"]
Form = Literal["json", "plain", "page"]

PIPED_WIDTH: Final = 100
"""Columns of a drawing that goes to a file or a pipe, where nothing says how wide it may be."""

_UNBOUNDED: Final = 10_000
"""Columns for lists that go to a file or a pipe: a line that is searched for must not be broken."""

_BOX_CHARACTERS: Final = "━─▓◆│┊…"
"""What the timeline draws with where the encoding has it."""


def robust_streams() -> None:
    """Let a character that a stream's encoding does not have be escaped instead of raising an error."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # the caller closed it: what nobody can read is written nowhere
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - open to the end
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def silence(stream: TextIO) -> None:
    """Let the interpreter's own last flush of a stream that cannot be written go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def wants_color(stream: TextIO, color: Color) -> bool:
    """Whether to colour a stream: the option decides, then the environment, then whether it is a terminal."""
    if color != "auto":
        return color == "always"
    forced = os.environ.get("FORCE_COLOR")
    if os.environ.get("NO_COLOR"):
        return False
    if forced:
        return forced != "0"
    return stream.isatty() and os.environ.get("TERM") != "dumb"


class Terminal(NamedTuple):
    """Standard output as it is now, and the form in which an answer goes there."""

    form: Form
    color: Color

    @classmethod
    def chosen(cls, *, json: bool, plain: bool, color: Color) -> Terminal:
        """The form that the options ask for. Raises UsageError where they contradict each other."""
        if json and plain:
            message = "--json and --plain cannot go together"
            raise UsageError(message)
        return cls("json" if json else "plain" if plain else "page", color)

    def answer(
        self,
        *,
        json: Callable[[], dict[str, Any]],
        plain: Callable[[], Iterable[str]],
        page: Callable[[], Iterable[RenderableType]] | None = None,
        text: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        """Print an answer in the chosen form; only that one is made.

        For a person it is a page, or, where its lines must stay whole, a text.
        """
        if self.form == "json":
            self.document(json())
        elif self.form == "plain":
            self.lines(plain())
        elif page:
            self.show(page())
        else:
            self.lines(text())

    @property
    def page_width(self) -> int:
        """The columns that a page may take."""
        return self.width or PIPED_WIDTH

    @property
    def width(self) -> int | None:
        """The columns of the terminal, or of COLUMNS where that is set; None where nothing bounds a line."""
        columns = os.environ.get("COLUMNS", "")
        if columns.isdecimal() and int(columns) > 0:
            return int(columns)
        return shutil.get_terminal_size().columns if sys.stdout.isatty() else None

    @property
    def ascii_only(self) -> bool:
        """Whether the output's encoding lacks the characters for drawing."""
        try:
            _BOX_CHARACTERS.encode(sys.stdout.encoding or "ascii")
        except (UnicodeEncodeError, LookupError):
            return True
        return False

    def show(self, parts: Iterable[RenderableType]) -> None:
        """Print what is drawn for a person, as wide as the output allows."""
        from rich.console import Console  # noqa: PLC0415 - a script's `--plain` must not wait for it

        colored = wants_color(sys.stdout, self.color)
        page = StringIO()
        console = Console(
            file=page,  # so that what cannot be written is noticed in one place, below
            width=self.width or _UNBOUNDED,
            force_terminal=colored,
            color_system="standard" if colored else None,  # sixteen colours follow the terminal's own theme
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
            _environ={},  # NO_COLOR and the like were heard above, and --color goes before them
        )
        for part in parts:
            console.print(part, soft_wrap=self.width is None)
        self.lines(line.rstrip() for line in page.getvalue().splitlines())

    def lines(self, lines: Iterable[str]) -> None:
        """Print lines as they are. Raises ReaderGoneError or OutputError where they cannot be written."""
        with _writing():
            for line in lines:
                sys.stdout.write(line + "\n")
            sys.stdout.flush()

    def binary(self, content: bytes) -> None:
        """Print bytes as they are. Raises ReaderGoneError or OutputError where they cannot be written."""
        with _writing():
            sys.stdout.buffer.write(content)
            sys.stdout.flush()

    def document(self, document: dict[str, Any]) -> None:
        """Print one JSON document."""
        # Escapes stand for what the encoding may not have: no character of a document is lost.
        encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
        self.lines([render_json.text(document, ascii_only=encoding != "utf8")])


@contextmanager
def _writing() -> Iterator[None]:
    """Standard output's failures in our words."""
    try:
        yield
    except BrokenPipeError:
        raise ReaderGoneError from None
    except OSError as error:
        message = f"standard output cannot be written: {error.strerror}"
        raise OutputError(message) from None


def complain(lines: Iterable[str]) -> None:
    """Print lines on standard error, which is never coloured: it is read by people and by logs.

    Where it cannot be written nobody can be told so, and the command goes on.
    """
    try:
        for line in lines:
            sys.stderr.write(on_one_line(line) + "\n")
    except OSError:
        silence(sys.stderr)
