"""Where plan files are found, and how they are read from the disk and written to it."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lorplan.errors import PlanFileError, Problem, UsageError
from lorplan.plan.applicant_plan import STANDARD_INPUT
from lorplan.planfile.reader import MAX_BYTES, Parsed, decode, parse
from lorplan.storage.atomic_write import create, locked, replace
from lorplan.text.safe import on_one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import BaseLoader

    from lorplan.edit.record_event import Edit
    from lorplan.planfile.models import PlanFile

VARIABLE: Final = "LORPLAN_FILE"
DEFAULT_NAMES: Final = ("rotations.yaml", "rotations.yml")


def load(path: str | os.PathLike[str]) -> PlanFile:
    """The plan file at a path, or on standard input for "-".

    Raises PlanFileError with every problem of the file; that it cannot be read is one, too.
    """
    return read(os.fspath(path)).plan_file


def read(file: str) -> Parsed:
    """The plan file by its name, with the places of its values. Raises PlanFileError."""
    return parse(decode(_bytes_of(file, file), file), file)


def default_file() -> str | None:
    """The plan file to use where none is named: the variable's, else one in the working directory."""
    named = os.environ.get(VARIABLE)
    return named or next((name for name in DEFAULT_NAMES if Path(name).exists()), None)


def chosen_file(named: str | None) -> str:
    """The plan file named on the command line, else the default one. Raises PlanFileError without either."""
    file = default_file() if named is None else named
    if file is None:
        names = " nor ".join(DEFAULT_NAMES)
        message = f"no plan file is here, neither {names}: name one, or set {VARIABLE}"
        raise _failure(None, message)
    return file


def once(names: list[str]) -> list[str]:
    """The names without those of a file that was named before, in whatever way."""
    return list({_place(name): name for name in reversed(names)}.values())[::-1]


def _place(name: str) -> str:
    """Where a name leads, through symlinks; the name itself where the working directory is gone."""
    try:
        return name if name == STANDARD_INPUT else os.path.realpath(name)
    except OSError:
        return name


def templates(own: Path) -> BaseLoader:
    """The texts of messages: the user's in a folder, which need not exist, before the package's."""
    from jinja2 import ChoiceLoader, FunctionLoader, PackageLoader  # noqa: PLC0415 - slow, and for messages only

    def found(name: str) -> tuple[str, str, None] | None:
        path = own / name
        if Path(name).name != name or not _is_there(path):
            return None
        try:
            return path.read_text("utf-8"), str(path), None
        except UnicodeDecodeError as error:
            message = f"{path} is not UTF-8: byte 0x{error.object[error.start]:02X}"
            raise ValueError(message) from None

    return ChoiceLoader([FunctionLoader(found), PackageLoader("lorplan")])


def _is_there(path: Path) -> bool:
    """Whether a name is taken. Raises PermissionError where its folder is there and does not tell."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except PermissionError:  # in somebody else's home, as a cron job may have it, nothing is one's own
        if os.path.lexists(path.parent):
            raise
        return False
    return True


# --- changing a plan file ---------------------------------------------------------------------------------


def change(file: str, edit: Callable[[Parsed], Edit]) -> Edit:
    """Read a plan file, edit it and write it back, with no other lorplan at work on it in between.

    A symlink stays one: what it leads to is changed. Nothing is written where nothing changes. Raises
    PlanFileError where the file cannot be read, used or written, and whatever `edit` raises; then it is as it was.
    """
    target = _target(file)
    try:
        with locked(target):
            raw = _bytes_of(file, target)
            parsed = parse(decode(raw, file), file)
            made = edit(parsed)
            if made.changed:
                marks = raw[: len(raw) - len(parsed.written.encode())]
                replace(target, marks + made.after.written.encode())
    except OSError as error:
        raise _failure(file, f"cannot be changed: {_reason(error, file)}") from error
    return made


def _target(file: str) -> Path:
    """The file that a name leads to, through symlinks."""
    refuse_standard_input(file)
    _refuse_unnamed(file, "read")
    try:
        target = Path(file).resolve(strict=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise _failure(file, f"cannot be read: {_reason(error)}") from error
    if not target.is_file():
        raise _failure(file, "cannot be changed: it is not a regular file")
    return target


# --- files that are written anew --------------------------------------------------------------------------


def write_new(file: str, text: str) -> None:
    """Write a file that is not there yet. Raises PlanFileError where it is, or where it cannot be written."""
    path = Path(file)
    try:
        with locked(path):
            create(path, text.encode())
    except FileExistsError as error:
        raise _exists(file) from error
    except (OSError, ValueError) as error:
        raise _failure(file, f"cannot be written: {_reason(error, file)}") from error


def refuse_unwritable(file: str) -> None:
    """Raises PlanFileError where a new file of that name cannot be written, and UsageError for standard input."""
    refuse_standard_input(file)
    _refuse_unnamed(file, "written")
    if os.path.lexists(file):
        raise _exists(file)
    folder = Path(file).parent
    if not folder.is_dir():
        raise _failure(file, f"cannot be written: there is no folder {on_one_line(str(folder))}")
    if not os.access(folder, os.W_OK):
        raise _failure(file, f"cannot be written: {os.strerror(errno.EACCES)}")


def _exists(file: str) -> PlanFileError:
    return _failure(file, "is there already, and is left as it is")


def write_out(file: str, content: bytes, plan_files: list[str], may_replace: Callable[[bytes], bool]) -> None:
    """Write an export. A file that is there is replaced where it is empty, or its content may go.

    What is no file, such as a device, is written to as it is; a plan file is never replaced by an export.
    Raises PlanFileError where it may not be written or cannot.
    """
    _refuse_unnamed(file, "written")
    if _place(file) in map(_place, plan_files):
        raise _failure(file, "is a plan file of this export: it is not replaced")
    try:
        named, path = Path(file), Path(os.path.realpath(file))
        if named.exists() and not named.is_file():
            named.write_bytes(content)
            return
        with locked(path):
            if not path.exists():
                create(path, content)
                return
            there = path.read_bytes()
            if there and not may_replace(there):
                raise _failure(file, _NOT_OURS)
            replace(path, content)
    except (OSError, ValueError) as error:
        raise _failure(file, f"cannot be written: {_reason(error, file)}") from error


_NOT_OURS: Final = "is there already, and is not from such an export: --force replaces it"


# --- what they share --------------------------------------------------------------------------------------


def _bytes_of(file: str, path: str | Path) -> bytes:
    """At most one byte more than a plan file may have: enough to see that it is too large."""
    _refuse_unnamed(file, "read")
    try:
        if file == STANDARD_INPUT and sys.stdin is None:
            raise _failure(file, "cannot be read: standard input is closed")
        if file == STANDARD_INPUT:
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with Path(path).open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _failure(file, f"cannot be read: {_reason(error)}") from error


def refuse_standard_input(file: str) -> None:
    """Raises UsageError for "-": what comes through a pipe cannot be written back."""
    if file == STANDARD_INPUT:
        message = "standard input cannot be written: name a file"
        raise UsageError(message)


_NO_NAME: Final = "''"


def _refuse_unnamed(file: str, done: str) -> None:
    if not file:
        raise _failure(_NO_NAME, f"cannot be {done}: the name is empty")


def _reason(error: Exception, file: str = "") -> str:
    """What the system says, and of which file, where that is another one, such as the lock beside it."""
    said = getattr(error, "strerror", None) or str(error)
    other = Path(getattr(error, "filename", None) or file).name
    return f"{said} ({other})" if file and other != Path(file).name else said


def _failure(file: str | None, message: str) -> PlanFileError:
    """What is wrong with a file as a whole, or with its name."""
    return PlanFileError((Problem(file=file, line=None, column=None, rotation=None, message=message),))
