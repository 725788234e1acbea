"""Who may read and write a file that takes the place of another one: never more than before."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_ACCESS_LIST: Final = "system.posix_acl_access"
"""The attribute in which Linux keeps a file's own list of who may do what."""

_OWN_ATTRIBUTES: Final = "user."
"""How the attributes begin that users and their programs give to files."""


def copy_rights(old: Path, new: Path) -> None:
    """Give a new file the owner, group, mode, access list and attributes of the old one, as far as the system can.

    Where the group is lost, the new one gets no more than all others have; a list that it has from its folder is
    taken away.
    """
    was = old.stat()
    if hasattr(os, "chown"):
        for owner, group in ((-1, was.st_gid), (was.st_uid, -1)):
            with suppress(OSError):  # only root may change the owner, and only members the group
                os.chown(new, owner, group)
    attributes = _read_attributes(old)
    has_list, keeps_group = _ACCESS_LIST in attributes, new.stat().st_gid == was.st_gid
    with suppress(OSError, AttributeError):  # it has none, or the system knows no such lists
        os.removexattr(new, _ACCESS_LIST)
    whole = stat.S_IMODE(was.st_mode)
    narrow = whole & ~stat.S_IRWXG | (whole & stat.S_IRWXO) << 3
    # With a list the bits of the group are what anybody on it may have at most, and not the group's own.
    new.chmod(whole if keeps_group and not has_list else narrow)
    for name, value in attributes.items():
        if name.startswith(_OWN_ATTRIBUTES) or keeps_group:
            with suppress(OSError):
                os.setxattr(new, name, value)


def _read_attributes(path: Path) -> dict[str, bytes]:
    """Read the access list and the own attributes of a file; none where the system has no such thing."""
    found = {}
    with suppress(OSError, AttributeError):
        for name in os.listxattr(path):
            if name == _ACCESS_LIST or name.startswith(_OWN_ATTRIBUTES):
                found[name] = os.getxattr(path, name)
    return found
