"""Standard output and standard error: what goes where, in which width, colour and characters."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TextIO

from lorplan.errors import OutputError, PipeClosedError, UsageError
from lorplan.text.safe import on_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import RenderableType

    from lorplan.errors import PlanFileError

Color = Literal["auto", "always", "never"]
Format = Literal["json", "plain", "page"]

_MOST_DIGITS: Final = 4
"""Digits of a width that are read: no terminal has ten thousand columns."""

PIPED_WIDTH: Final = 100
"""Columns of a drawing that goes to a file or a pipe, which have no width."""

UNBOUNDED: Final = 10_000
"""Columns for lists that go to a file or a pipe: a line that is searched for must not be broken."""


def make_streams_robust() -> None:
    """Escape characters that a stream's encoding lacks, instead of raising an error."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # the caller closed it, so that nobody reads it
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - open to the end
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def silence(stream: TextIO) -> None:
    """Redirect the stream to the null device, so that the interpreter's final flush cannot fail."""
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
    """Standard output as it is now, and the format in which an answer goes there."""

    format: Format
    color: Color

    @classmethod
    def from_options(cls, *, json: bool, plain: bool, color: Color) -> Terminal:
        """Choose the format that the options ask for. Raises UsageError if they contradict each other."""
        if json and plain:
            message = "--json and --plain cannot be used together"
            raise UsageError(message, "leave one of them out")
        return cls("json" if json else "plain" if plain else "page", color)

    def answer(
        self,
        *,
        json: Callable[[], dict[str, Any]],
        plain: Callable[[], Iterable[str]],
        page: Callable[[], Iterable[RenderableType]] | None = None,
        text: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        """Print an answer in the chosen format; only that one is made.

        For a person it is a page or, if its lines must stay whole, text.
        """
        if self.format == "json":
            self.print_document(json())
        elif self.format == "plain":
            self.print_lines(plain())
        elif page:
            self.print_page(page())
        else:
            self.print_lines(text())

    @property
    def page_width(self) -> int:
        """The columns that a page may take."""
        return self.width or PIPED_WIDTH

    @property
    def width(self) -> int | None:
        """The columns of the terminal, or of COLUMNS if that is set; None if nothing limits a line."""
        columns = os.environ.get("COLUMNS", "")
        if columns.isdecimal() and (width := int(columns[:_MOST_DIGITS])) > 0:
            return width
        return shutil.get_terminal_size().columns if sys.stdout.isatty() else None

    @property
    def ascii_only(self) -> bool:
        """Whether the output's encoding lacks the characters for drawing."""
        from lorplan.render.timeline import UNICODE  # only a drawing needs it

        try:
            "".join(UNICODE).encode(sys.stdout.encoding or "ascii")
        except (UnicodeEncodeError, LookupError):
            return True
        return False

    @property
    def ellipsis(self) -> str:
        """What stands where a line is cut."""
        from lorplan.render.timeline import ASCII, UNICODE

        return (ASCII if self.ascii_only else UNICODE).ellipsis

    def print_page(self, parts: Iterable[RenderableType], *, width: int | None = None) -> None:
        """Print a page for a person, as wide as the output allows, or in so many columns."""
        self.print_lines(self.draw(parts, width or self.width))

    def draw(self, parts: Iterable[RenderableType], width: int | None) -> Iterator[str]:
        """Draw a page as lines of so many columns; None breaks none of them."""
        from rich.console import Console  # a script's `--plain` does not need it

        from lorplan.render.layout import Command

        colored = wants_color(sys.stdout, self.color)
        page = StringIO()
        console = Console(
            file=page,  # so that write errors are noticed in one place, in `print_lines`
            width=width or UNBOUNDED,
            force_terminal=colored,
            color_system="standard" if colored else None,  # sixteen colours follow the terminal's own theme
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
            _environ={},  # colour was decided above; ignore the environment here
        )
        for part in parts:
            console.print(part, soft_wrap=width is None or isinstance(part, Command))
        return (line.rstrip() for line in page.getvalue().splitlines())

    def print_lines(self, lines: Iterable[str]) -> None:
        """Print lines as they are. Raises PipeClosedError or OutputError if they cannot be written."""
        with _translate_errors():
            for line in lines:
                sys.stdout.write(line + "\n")
            sys.stdout.flush()

    def print_bytes(self, content: bytes) -> None:
        """Print bytes as they are. Raises PipeClosedError or OutputError if they cannot be written."""
        with _translate_errors():
            sys.stdout.buffer.write(content)
            sys.stdout.flush()

    def print_document(self, document: dict[str, Any]) -> None:
        """Print one JSON document."""
        from lorplan.render.json_documents import write_document  # `--plain` does not need it

        # Characters that the encoding lacks are escaped, so that none is lost.
        encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
        self.print_lines([write_document(document, ascii_only=encoding != "utf8")])


@contextmanager
def _translate_errors() -> Iterator[None]:
    """Translate write errors on standard output into our exceptions."""
    try:
        yield
    except BrokenPipeError:
        raise PipeClosedError from None
    except OSError as error:
        message = f"cannot write to standard output: {error.strerror}"
        raise OutputError(message) from None


def prompt(question: str) -> str:
    """Ask a question on standard error, so that nothing but the answer to the command is on standard output.

    Raises EOFError if there is no answer, and UnicodeDecodeError if it is not text in the terminal's encoding.
    """
    try:
        sys.stderr.write(f"{question}: ")
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr)
    return input()


def complain(lines: Iterable[str], *, whole: bool = False) -> None:
    """Print lines on standard error, which is never coloured, as people and logs read it.

    On a terminal they are wrapped at words, unless they are to stay `whole` or are indented. If it cannot be written,
    nobody can be told, and the command goes on.
    """
    try:
        width = None if whole else _columns(sys.stderr)
        for line in lines:
            for part in _wrap(on_one_line(line), width):
                sys.stderr.write(part + "\n")
    except OSError:
        silence(sys.stderr)


def _columns(stream: TextIO) -> int | None:
    """Measure a terminal; None if the stream is none."""
    if not stream.isatty():
        return None
    try:
        return os.get_terminal_size(stream.fileno()).columns or None
    except OSError:
        return None


def _wrap(line: str, width: int | None) -> list[str]:
    """Wrap a line at words if it is longer than so many columns."""
    if width is None or len(line) <= width or line.startswith(" "):
        return [line]
    from textwrap import wrap  # most errors are short

    return wrap(line, width, break_long_words=False, break_on_hyphens=False)


def refuse(message: str, way_out: str = "") -> None:
    """Say on standard error what is wrong, and on a line of its own what to type instead."""
    complain([f"lorplan: {message}"])
    tell_way_out(way_out)


def refuse_files(error: PlanFileError) -> None:
    """Say on standard error what is wrong with a file: as a whole, or each problem at its place."""
    from lorplan.render.problems import problem_lines  # a file without problems does not need it

    lines = list(problem_lines(error.problems))
    is_whole = [(problem.file is None, problem.line) for problem in error.problems] == [(False, None)]
    complain([f"lorplan: {lines[0]}"] if is_whole else lines)
    tell_way_out(error.way_out)


def tell_way_out(way_out: str) -> None:
    """Say on standard error what to type instead: a command on one line, so that it can be pasted."""
    complain([way_out] if way_out else [], whole="lorplan " in way_out)
