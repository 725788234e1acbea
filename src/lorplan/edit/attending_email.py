"""The attending's e-mail address where the file has a bare name: it becomes a name with an address, and back again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lorplan.edit.yaml_edit import Splice
from lorplan.planfile.yaml_tree import Mapping, Scalar

if TYPE_CHECKING:
    from lorplan.planfile.yaml_tree import Node

_PLAIN_EMAIL: Final = re.compile(r"[A-Za-z0-9][\w.+'@-]*")
"""An address that needs no quotes in YAML."""

_NEEDS_QUOTES: Final = re.compile(r"[,\[\]{}]")
"""What would end a plain value between braces."""


def write_email(email: str, text: str, earlier: Node | None) -> str:
    """Write an address as YAML, in the quotes of the earlier one if that has any, or in those that it needs."""
    quote = text[earlier.start] if isinstance(earlier, Scalar) and not earlier.plain else ""
    if quote == "'":
        return email.replace("'", "''")
    if quote == '"':
        return email.replace("\\", "\\\\").replace('"', '\\"')
    return email if _PLAIN_EMAIL.fullmatch(email) else _quote(email)


def name_with_email(text: str, name: Scalar, email: str) -> dict[str, str]:
    """Make a name with an address of a bare name, which keeps its quotes."""
    written = text[name.start : name.end]
    if (name.plain and _NEEDS_QUOTES.search(written)) or written[:1] in {"|", ">"}:
        written = _quote(name.text)
    return {"name": written, "email": write_email(email, text, None)}


def remove_email(text: str, attending: Node | None) -> Splice | None:
    """Make a bare name of a name with an address between braces; None if the file has anything else."""
    if not isinstance(attending, Mapping) or list(attending.entries) != ["name", "email"]:
        return None
    name, written = attending.entries["name"].value, text[attending.start : attending.end]
    if not written.startswith("{") or "#" in written or not isinstance(name, Scalar):
        return None
    return Splice(attending.start, attending.end, text[name.start : name.end])


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
