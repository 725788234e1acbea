"""Writing a file so that nothing is lost: under a lock, all of it or nothing, and on the disk when it is done."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_SECONDS: Final = 60
"""How long to wait for another lorplan to be done with a file: it takes a moment, unless it hangs."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a file, which need not exist, against other lorplan processes.

    The lock is a file of its own beside it, for the file itself is replaced by writing. It goes before it is
    released: whoever waits for it sees that, and makes a new one. Raises OSError where it cannot be made, and
    TimeoutError where another process has held it for LOCK_SECONDS.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only what writes needs it

    if not path.parent.is_dir():  # the lock would make it
        raise FileNotFoundError(errno.ENOENT, "there is no such folder", str(path.parent))
    name = path.with_name(f".{path.name}.lock")
    try:
        with FileLock(name, timeout=LOCK_SECONDS, mode=0o666):  # whoever shares the folder can wait for it
            try:
                yield
            finally:
                with suppress(OSError):  # some systems keep a file that is open
                    name.unlink()
    except Timeout as error:
        raise TimeoutError(errno.EBUSY, "another lorplan is at work on it, try again", str(path)) from error


def replace(path: Path, content: bytes) -> None:
    """Give a regular file, which is there and locked, a new content; it keeps its mode, and if it can its owner.

    Raises OSError, and then the file is as it was.
    """
    was = path.stat()
    if not os.access(path, os.W_OK):  # a folder that can be written would let it be replaced all the same
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    with _written(path, content, mode=0o600) as new:
        if hasattr(os, "chown"):
            for owner, group in ((-1, was.st_gid), (was.st_uid, -1)):
                with suppress(OSError):  # only root may give a file to somebody else, and only a member to a group
                    os.chown(new, owner, group)
        new.chmod(stat.S_IMODE(was.st_mode))
        new.replace(path)
    _flush_folder(path.parent)


def create(path: Path, content: bytes) -> None:
    """Write a file that must not exist yet, and is locked. Raises OSError, FileExistsError where it does."""
    with _written(path, content, mode=0o666) as new:
        try:
            os.link(new, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            if os.path.lexists(path):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
            new.rename(path)
    _flush_folder(path.parent)


@contextmanager
def _written(path: Path, content: bytes, *, mode: int) -> Iterator[Path]:
    """Write a file beside `path`, to the disk itself; gone afterwards, unless it was renamed."""
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)  # left behind by a process that was killed: no other one is at work, by the lock
    try:
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        yield new
    finally:
        new.unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    """Let the new name outlast a power cut, where the system can do that for folders."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
