"""A message as mail: a file that mail programs open, and a link. Nothing is sent."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

from lorplan.errors import UsageError

if TYPE_CHECKING:
    from lorplan.drafts import Message


class Person(NamedTuple):
    """A name and an e-mail address, each as far as it is known."""

    name: str | None
    email: str | None


def eml(message: Message, sender: Person, recipient: Person) -> bytes:
    """The message as an unsent mail (RFC 5322), which a mail program opens for editing.

    Raises UsageError for an e-mail address that no mail could go to.
    """
    ascii_only = all((person.email or "").isascii() for person in (sender, recipient))
    mail = EmailMessage(policy=SMTP if ascii_only else SMTPUTF8)
    mail["X-Unsent"] = "1"  # mail programs open it as a draft
    if sender.email:
        mail["From"] = _address(sender)
    if recipient.email:
        mail["To"] = _address(recipient)
    mail["Subject"] = message.subject or ""
    mail.set_content(message.body)
    return mail.as_bytes()


def mailto(message: Message, recipient: Person) -> str:
    """The message as a link (RFC 6068)."""
    body = message.body.replace("\n", "\r\n")
    fields = urlencode({"subject": message.subject or "", "body": body}, quote_via=quote, safe="")
    return f"mailto:{quote(recipient.email or '', safe='@')}?{fields}"


def _address(person: Person) -> Address:
    try:
        return Address(person.name or "", addr_spec=person.email or "")
    except ValueError as error:  # email.errors are such, too
        message = f'"{person.email}" is not an address that mail can go to: {error}'
        raise UsageError(message) from None
