"""A message as mail: a file that mail programs open, and a link. Nothing is sent."""

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
    """A name and an e-mail address, each as far as it is known."""

    name: str | None
    email: str | None


def eml(message: Message, sender: Person, recipient: Person) -> bytes:
    """The message as an unsent mail (RFC 5322), which a mail program opens for editing.

    Raises UsageError for an e-mail address that no mail could go to.
    """
    body = EmailMessage(policy=SMTP)
    body.set_content(message.body)
    headers = "".join(f"{line}\r\n" for line in _headers(message, sender, recipient))
    return headers.encode("ascii") + body.as_bytes()


def _headers(message: Message, sender: Person, recipient: Person) -> Iterator[str]:
    yield "X-Unsent: 1"  # mail programs open it as a draft
    if sender.email:
        yield f"From: {_mailbox(sender.name, sender.email, 'From')}"
    if recipient.email:
        yield f"To: {_mailbox(recipient.name, recipient.email, 'To')}"
    yield f"Subject: {_words(message.subject or '', 'Subject')}"


def mailto(message: Message, recipient: Person) -> str:
    """The message as a link (RFC 6068)."""
    body = message.body.replace("\n", "\r\n")
    fields = urlencode({"subject": message.subject or "", "body": body}, quote_via=quote, safe="")
    return f"mailto:{quote(recipient.email or '', safe='@')}?{fields}"


# --- what a header may hold -------------------------------------------------------------------------------

_PLAIN_WORDS: Final = re.compile(r"[A-Za-z0-9 '.,:!()&/+-]{0,68}")
"""A subject that needs no encoding: it fits a line, and holds nothing that means more than itself."""

_PLAIN_NAME: Final = re.compile(r"[A-Za-z0-9 '.,&/+-]{1,50}")
"""The same for a name, which stands in quotes."""

_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS: Final = re.compile(rf"{_ATOM}(\.{_ATOM})*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
"""What RFC 5322 calls a dot-atom on both sides: the addresses there are, without quotes, comments and literals."""


def _words(text: str, header: str) -> str:
    """A text in a header: as it is, or encoded (RFC 2047) and folded. An encoded one is never decoded twice."""
    if _PLAIN_WORDS.fullmatch(text):
        return text
    return Header(text, "utf-8", header_name=header).encode(linesep="\r\n")


def _mailbox(name: str | None, email: str, header: str) -> str:
    if not name:
        return f"<{_address(email)}>"
    shown = (
        f'"{name}"'
        if _PLAIN_NAME.fullmatch(name)
        else Header(name, "utf-8", header_name=header).encode(linesep="\r\n")
    )
    return f"{shown}\r\n <{_address(email)}>"


def _address(email: str) -> str:
    """An address as mail programs write it; the name of a host in other letters in its ASCII form."""
    name, _, host = email.rpartition("@")
    try:
        known = f"{name}@{host if host.isascii() else _in_ascii(host)}"
    except UnicodeError:
        known = email
    if _ADDRESS.fullmatch(known) and "=?" not in known:  # an encoded word would be decoded
        return known
    message = f'"{email}" is not an address that mail can go to'
    raise UsageError(message)


def _in_ascii(host: str) -> str:
    """The ASCII form of a host's name. Raises UnicodeError where that would be the form of another name, too."""
    known = host.encode("idna").decode()
    if known.encode().decode("idna") != host.lower():
        message = "another name"
        raise UnicodeError(message)
    return known
