"""Where plan files are found, and how they are read from the disk and written to it."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lorplan.errors import PlanFileError, Problem, UsageError
from lorplan.planfile.reader import MAX_BYTES, decode, parse
from lorplan.storage.atomic_write import create, locked, replace
from lorplan.text.file_names import STANDARD_INPUT, shell_word
from lorplan.text.safe import on_one_line
from lorplan.text.wording import find_nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from lorplan.edit.verified_edit import Edit
    from lorplan.planfile.models import PlanFile
    from lorplan.planfile.reader import LocatedPlanFile

VARIABLE: Final = "LORPLAN_FILE"
DEFAULT_NAMES: Final = ("rotations.yaml", "rotations.yml")


def load(path: str | os.PathLike[str]) -> PlanFile:
    """Read the plan file at a path, or on standard input for "-".

    Raises PlanFileError with every problem of the file; that it cannot be read is one, too.
    """
    return read_file(os.fspath(path)).plan_file


def read_file(file: str) -> LocatedPlanFile:
    """Read a plan file by its name, with the positions of its values. Raises PlanFileError."""
    return parse(decode(_read_bytes(file, file), file), file)


def default_file() -> str | None:
    """Find the plan file to use if none is named: that of the variable, else one in the working directory."""
    named = os.environ.get(VARIABLE)
    return named or next((name for name in DEFAULT_NAMES if Path(name).exists()), None)


def choose_file(named: str | None) -> str:
    """Choose the plan file named on the command line, else the default one. Raises PlanFileError without either."""
    file = default_file() if named is None else named
    if file is None:
        message = f"no plan file: {_working_folder()} has no {' or '.join(DEFAULT_NAMES)}, and {VARIABLE} is not set"
        raise _failure(None, message, "begin one: lorplan init")
    return file


def _working_folder() -> str:
    try:
        return on_one_line(str(Path.cwd()))
    except OSError:
        return "this folder"


def without_duplicates(names: list[str]) -> list[str]:
    """Drop the names of files that were named before, in whatever way."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(_real_path(name), name)
    return list(first.values())


def _real_path(name: str) -> str:
    """Follow symlinks; without a working directory, or if no file can have it, keep the name itself."""
    try:
        return name if name == STANDARD_INPUT else os.path.realpath(name)
    except (OSError, ValueError):
        return name


def read_bytes(file: str) -> bytes:
    """Read a file by its name, or standard input for "-", up to the size a plan file may have. Raises PlanFileError."""
    return _read_bytes(file, file)


# --- changing a plan file -----------------------------------------------------------------------------------


def change_file(file: str, edit: Callable[[LocatedPlanFile], Edit]) -> Edit:
    """Read a plan file, edit it and write it back, under a lock against other lorplan processes.

    A symlink stays one; the file it points to is changed. Nothing is written if nothing changes. What an editor, which
    takes no lock, saves in the meantime is read and edited anew. Raises PlanFileError if the file cannot be read, used
    or written, and whatever `edit` raises; the file is then as it was.
    """
    target = _target(file)
    try:
        with locked(target):
            for _ in range(_ATTEMPTS):
                made = _change_once(file, target, edit)
                if made:
                    return made
    except OSError as error:
        raise _failure(file, f"cannot be changed: {_reason(error, file)}") from error
    raise _failure(file, "cannot be changed: another program keeps writing to it", "close it there, and try again")


_ATTEMPTS: Final = 5
"""How often a file is read anew that another program has written to."""


def _change_once(file: str, target: Path, edit: Callable[[LocatedPlanFile], Edit]) -> Edit | None:
    """Read, edit and write a file; None if it has changed in the meantime, and is as it was then."""
    raw = _read_bytes(file, target)
    located = parse(decode(raw, file), file)
    made = edit(located)
    if made.has_changes:
        byte_order_marks = raw[: len(raw) - len(located.text.encode())]
        if not replace(target, byte_order_marks + made.after.text.encode(), expected=raw):
            return None
    return made


def _target(file: str) -> Path:
    """Find the regular file that a name leads to, through symlinks."""
    refuse_standard_input(file)
    _refuse_unnamed(file, "read")
    try:
        target = Path(file).resolve(strict=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise _failure(file, f"cannot be read: {_reason(error)}", _way_out(error, file)) from error
    if not target.is_file():
        raise _failure(file, "cannot be changed: not a regular file")
    return target


# --- writing new files --------------------------------------------------------------------------------------


def write_new(file: str, text: str) -> None:
    """Write a file that does not exist yet. Raises PlanFileError if it does, or if it cannot be written."""
    path = Path(file)
    try:
        with locked(path):
            create(path, text.encode())
    except FileExistsError as error:
        raise _exists(file) from error
    except (OSError, ValueError) as error:
        raise _failure(file, f"cannot be written: {_reason(error, file)}") from error


def refuse_unwritable(file: str) -> None:
    """Raise PlanFileError if a new file of that name cannot be written, and UsageError for standard input."""
    refuse_standard_input(file)
    _refuse_unnamed(file, "written")
    if os.path.lexists(file):
        raise _exists(file)
    folder = Path(file).parent
    if not folder.is_dir():
        raise _failure(file, f"cannot be written: no such folder: {on_one_line(str(folder))}")
    if not os.access(folder, os.W_OK):
        raise _failure(file, f"cannot be written: {os.strerror(errno.EACCES)}")


def _exists(file: str) -> PlanFileError:
    return _failure(file, "already exists; not overwritten", "name another file")


def write_export(file: str, content: bytes, plan_files: list[str], may_replace: Callable[[bytes], bool]) -> None:
    """Write an export. An existing file is replaced if it is empty or `may_replace` allows it.

    Something that is not a file, such as a device, is written to directly; a plan file is never replaced. Raises
    PlanFileError if the file may not or cannot be written.
    """
    _refuse_unnamed(file, "written")
    if any(_is_same(file, plan_file) for plan_file in plan_files):
        raise _failure(file, "is one of the plan files of this export; not overwritten")
    try:
        named, path = Path(file), Path(os.path.realpath(file))
        if named.exists() and not named.is_file():
            named.write_bytes(content)
            return
        with locked(path):
            if not path.exists():
                create(path, content)
                return
            existing = path.read_bytes()
            if existing and not may_replace(existing):
                raise _failure(file, _NOT_OURS, "use --force to overwrite it")
            if not replace(path, content, expected=existing):
                raise _failure(file, "cannot be written: another program has just written to it")
    except (OSError, ValueError) as error:
        raise _failure(file, f"cannot be written: {_reason(error, file)}") from error


def _is_same(file: str, plan_file: str) -> bool:
    """Whether two names lead to one file, by whatever way: a link, a mount, or standard input."""
    if _real_path(file) == _real_path(plan_file):
        return file != STANDARD_INPUT
    with suppress(OSError, ValueError, AttributeError):  # one of them is none, or standard input is closed
        opened = os.fstat(sys.stdin.fileno()) if plan_file == STANDARD_INPUT else Path(plan_file).stat()
        return os.path.samestat(Path(file).stat(), opened)
    return False


def read_earlier(file: str) -> bytes | None:
    """Read the file that an export replaces; None if there is none, or if it cannot be read."""
    try:
        path = Path(file)
        return path.read_bytes() if path.is_file() else None
    except (OSError, ValueError):
        return None


_NOT_OURS: Final = "already exists and was not written by lorplan"


# --- shared helpers -----------------------------------------------------------------------------------------


def _read_bytes(file: str, path: str | Path) -> bytes:
    """Read at most one byte more than a plan file may have: enough to see that it is too large."""
    _refuse_unnamed(file, "read")
    try:
        if file == STANDARD_INPUT and sys.stdin is None:
            raise _failure(file, "cannot be read: standard input is closed")
        if file == STANDARD_INPUT:
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with Path(path).open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _failure(file, f"cannot be read: {_reason(error)}", _way_out(error, file)) from error


def refuse_standard_input(file: str) -> None:
    """Raise UsageError for "-", as standard input cannot be written back."""
    if file == STANDARD_INPUT:
        message = "standard input cannot be written to"
        raise UsageError(message, "name a file")


_NO_NAME: Final = "''"


def _refuse_unnamed(file: str, done: str) -> None:
    if not file:
        raise _failure(_NO_NAME, f"cannot be {done}: the name is empty")


def _reason(error: Exception, file: str = "") -> str:
    """Return the system's message, and the file it is about if that is another one, such as the lock."""
    message = getattr(error, "strerror", None) or str(error)
    other = Path(getattr(error, "filename", None) or file).name
    return f"{message} ({other})" if file and other != Path(file).name else message


def _way_out(error: Exception, file: str) -> str:
    """Suggest the file that is meant if there is none of that name, or to begin one."""
    if not isinstance(error, FileNotFoundError):
        return ""
    path = Path(file)
    try:
        beside = {other.stem: other for other in path.parent.iterdir()}
    except OSError:
        return ""
    near = find_nearest(path.stem, beside)
    if near is not None:
        return f"did you mean {shell_word(str(beside[near]))}?"
    return f"begin one: lorplan init {shell_word(file)}" if path.suffix.lower() in {".yaml", ".yml"} else ""


def _failure(file: str | None, message: str, way_out: str = "") -> PlanFileError:
    """Make the error of a problem with a file as a whole, or with its name."""
    return PlanFileError((Problem(file=file, line=None, column=None, rotation=None, message=message),), way_out)
