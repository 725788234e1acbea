"""Writing files atomically: under a lock, completely or not at all, and flushed to the disk."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from lorplan.storage.file_rights import copy_rights

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_SECONDS: Final = 60
"""How long to wait for another lorplan process; it takes a moment, unless it hangs."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Lock a file, which need not exist, against other lorplan processes.

    The lock is a separate file beside it, as writing replaces the file itself. The lock file is deleted before the
    lock is released; waiting processes notice and create a new one. Raises OSError if it cannot be created, and
    TimeoutError if another process holds it for LOCK_SECONDS.
    """
    from filelock import FileLock, Timeout  # needed for writing only

    if not path.parent.is_dir():  # the lock would create it
        raise FileNotFoundError(errno.ENOENT, "no such folder", str(path.parent))
    name = path.with_name(f".{path.name}.lock")
    try:
        with FileLock(name, timeout=LOCK_SECONDS, mode=0o666):  # so that others who share the folder can wait for it
            try:
                yield
            finally:
                with suppress(OSError):  # some systems do not delete an open file
                    name.unlink()
    except Timeout as error:
        raise TimeoutError(errno.EBUSY, "another lorplan process is using it; try again", str(path)) from error


def replace(path: Path, content: bytes, *, expected: bytes | None = None) -> bool:
    """Replace the content of a regular file that exists and is locked. Who may read and write it stays.

    False if the file has not the `expected` content any more, as whoever takes no lock has written to it: that is
    looked at last, so that only a moment is left. Raises OSError; the file is then as it was.
    """
    if not os.access(path, os.W_OK):  # a writable folder would still allow replacing it
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    with _temporary(path, content, mode=0o600) as new:
        copy_rights(path, new)
        if expected is not None and path.read_bytes() != expected:
            return False
        new.replace(path)
    _flush_folder(path.parent)
    return True


def create(path: Path, content: bytes) -> None:
    """Create a file that is locked. Raises OSError; FileExistsError if it exists."""
    with _temporary(path, content, mode=0o666) as new:
        try:
            os.link(new, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links
            if os.path.lexists(path):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
            new.rename(path)
    _flush_folder(path.parent)


@contextmanager
def _temporary(path: Path, content: bytes, *, mode: int) -> Iterator[Path]:
    """Write a temporary file beside `path` and flush it; it is deleted afterwards unless it was renamed."""
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)  # left behind by a killed process; the lock rules out a running one
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
    """Make the new name survive a power cut, if the system can flush folders."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
