"""A message as e-mail: a file that mail programs open, and a link. Nothing is sent.

Headers are written here and not by EmailMessage, which would decode a name that looks like an encoded word
(`=?utf-8?q?=0d=0aBcc:_x?=`) and thus let it become another header.
"""

from __future__ import annotations

import re
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote, urlencode

from lorplan.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lorplan.messages.compose import Message


class Person(NamedTuple):
    """A name and an e-mail address, each None if unknown."""

    name: str | None
    email: str | None


def eml(message: Message, sender: Person, recipient: Person) -> bytes:
    """Write a message as an unsent mail (RFC 5322), which a mail program opens for editing.

    Raises UsageError for an e-mail address that cannot be used.
    """
    body = EmailMessage(policy=SMTP)
    body.set_content(message.body)
    headers = "".join(f"{line}\r\n" for line in _headers(message, sender, recipient))
    return headers.encode("ascii") + body.as_bytes()


def _headers(message: Message, sender: Person, recipient: Person) -> Iterator[str]:
    yield "X-Unsent: 1"  # mail programs open it as a draft
    if sender.email:
        yield f"From: {_write_mailbox(sender.name, sender.email, 'From')}"
    if recipient.email:
        yield f"To: {_write_mailbox(recipient.name, recipient.email, 'To')}"
    yield f"Subject: {_write_text(message.subject or '', 'Subject')}"


def mailto(message: Message, recipient: Person) -> str:
    """Write a message as a link (RFC 6068)."""
    body = message.body.replace("\n", "\r\n")
    fields = urlencode({"subject": message.subject or "", "body": body}, quote_via=quote, safe="")
    return f"mailto:{quote(recipient.email or '', safe='@')}?{fields}"


# --- headers ------------------------------------------------------------------------------------------------

_PLAIN_WORDS: Final = re.compile(r"[A-Za-z0-9 '.,:!()&/+-]{0,68}")
"""A subject that needs no encoding: it fits on a line and has no special characters."""

_PLAIN_NAME: Final = re.compile(r"[A-Za-z0-9 '.,&/+-]{1,50}")
"""A name that needs no encoding inside quotes."""

_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS: Final = re.compile(rf"{_ATOM}(\.{_ATOM})*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
"""What RFC 5322 calls a dot-atom on both sides: real addresses, without quotes, comments and literals."""


def _write_text(text: str, header: str) -> str:
    """Write text in a header: as it is, or encoded (RFC 2047) and folded."""
    if _PLAIN_WORDS.fullmatch(text):
        return text
    return Header(text, "utf-8", header_name=header).encode(linesep="\r\n")


def _write_mailbox(name: str | None, email: str, header: str) -> str:
    if not name:
        return f"<{_write_address(email)}>"
    plain = _PLAIN_NAME.fullmatch(name)
    shown = f'"{name}"' if plain else Header(name, "utf-8", header_name=header).encode(linesep="\r\n")
    return f"{shown}\r\n <{_write_address(email)}>"


def _write_address(email: str) -> str:
    """Write an address as mail programs do, with the ASCII form of the host name."""
    name, _, host = email.rpartition("@")
    try:
        known = f"{name}@{host if host.isascii() else _in_ascii(host)}"
    except UnicodeError:
        known = email
    if _ADDRESS.fullmatch(known) and "=?" not in known:  # a reader would decode an encoded word
        return known
    message = f'cannot write mail to "{email}": not a valid address'
    raise UsageError(message)


def _in_ascii(host: str) -> str:
    """Return the ASCII form of a host name. Raises UnicodeError if that is the form of another name, too."""
    known = host.encode("idna").decode()
    if known.encode().decode("idna") != host.lower():
        message = "another name"
        raise UnicodeError(message)
    return known
