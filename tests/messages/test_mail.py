"""A message as mail: a mail program reads exactly what was composed, and no name can change the rest."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from lorplan.errors import UsageError
from lorplan.messages.compose import Message
from lorplan.messages.mail import Person, eml, mailto
from lorplan.planfile.models import Attending
from lorplan.text.safe import find_unsafe, is_blank
from samples import AMINA

if TYPE_CHECKING:
    from runner import Lorplan

HEADERS: Final = ["X-Unsent", "From", "To", "Subject"]
BODY_HEADERS: Final = {"Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
SENDER, WRITER = Person("Amina Rahman", "amina@example.org"), Person("Dr. Wei Chen", "wei.chen@example.org")
MESSAGE: Final = Message("A question", "Dear Dr. Wei Chen,\n\nplease write.\n\nAmina", ())
MAX_LINE: Final = 998
"""Characters of a line of mail (RFC 5322), without its end."""

SPECIAL: Final = ",;:<>()[]@\".'\\ %&?#=_-+/|!*{}~$`\t\u00a0\u200b\u00ad\ufeff"
CHARACTERS = st.sampled_from("aZ9" + SPECIAL + "éÑßİ陈श्e\u0301😀👩‍⚕️") | st.characters(exclude_categories=["Cs"])


def is_name(text: str) -> bool:
    """Whether a plan file accepts a text as a name."""
    return not is_blank(text) and find_unsafe(text) is None


def names(longest: int = 30) -> st.SearchStrategy[str]:
    """Draw names; those that look like encoded words (RFC 2047) have tests of their own."""
    texts = st.text(CHARACTERS, min_size=1, max_size=longest)
    typical = st.sampled_from(["Dr. Wei Chen", "Chen, Wei, MD", "José Álvarez-Núñez", 'Bo "Bo" Lee', "<x@y.org>, x"])
    return (texts | typical).filter(lambda name: is_name(name) and "=?" not in name)


BODIES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")) | st.just("\n"), max_size=200)
ADDRESSES = st.from_regex(r"[a-z0-9]([a-z0-9._%+'-]?[a-z0-9]){0,20}@[a-z0-9-]{1,20}(\.[a-z]{2,8}){1,2}", fullmatch=True)


def read(raw: bytes) -> EmailMessage:
    """Read a mail as a mail program does."""
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def read_body(mail: EmailMessage) -> str:
    """Give the body of a mail, with the line ends of a text."""
    return str(mail.get_content()).replace("\r\n", "\n")


def without_spaces(text: str) -> str:
    """Remove the spaces of a text: a mail may fold a line at any of them."""
    return "".join(text.split())


def check_well_formed(raw: bytes) -> None:
    """Check what holds for every mail: its own headers, each once, no defects, and correct lines."""
    mail = read(raw)
    assert [name for name in mail if name not in BODY_HEADERS] == HEADERS
    assert len(mail.keys()) == len(set(mail.keys()))
    assert mail.defects == []
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", raw), "every line ends with CRLF"
    assert raw.endswith(b"\r\n")
    assert max(len(line) for line in raw.split(b"\r\n")) <= MAX_LINE
    assert mail["X-Unsent"] == "1"
    for header in ("From", "To"):
        assert len(mail[header].addresses) == 1


# --- a mail and back ----------------------------------------------------------------------------------------


def test_mail_has_the_subject_body_sender_and_recipient_of_the_message() -> None:
    """It is plain text in UTF-8, and marked as unsent."""
    raw = eml(MESSAGE, SENDER, WRITER)
    check_well_formed(raw)
    mail = read(raw)
    assert mail["Subject"] == MESSAGE.subject
    assert read_body(mail) == MESSAGE.body + "\n"
    assert str(mail["From"]) == "Amina Rahman <amina@example.org>"
    assert str(mail["To"]) == '"Dr. Wei Chen" <wei.chen@example.org>'
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content_charset() == "utf-8"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Chen, Wei, MD, PhD", id="commas"),
        pytest.param('Bo "Bo" Lee', id="quotes"),
        pytest.param('"', id="one_quote"),
        pytest.param("back\\slash\\", id="backslashes"),
        pytest.param("Lee <lee@example.org>", id="angle_brackets"),
        pytest.param("a@example.org, b@example.org", id="addresses"),
        pytest.param("group: a@example.org;", id="group"),
        pytest.param("Lee (away)", id="comment"),
        pytest.param("José Álvarez-Núñez", id="accents"),
        pytest.param("Álvarez, José <x@y>", id="accents_and_special_characters"),
        pytest.param("陈伟", id="han"),
        pytest.param("Dr. 😀 Émilie", id="emoji"),
        pytest.param("e\u0301 \u200b \ufeff x", id="combining_and_invisible_characters"),
        pytest.param("Dr. " + "Ab" * 60, id="long"),
        pytest.param("x" * 900, id="very_long"),
        pytest.param("=?", id="start_of_an_encoded_word"),
        pytest.param("=?utf-8?q?x?=", id="encoded_word"),
        pytest.param("Subject: x", id="like_a_header"),
    ],
)
def test_name_in_a_mail_is_read_as_typed(name: str) -> None:
    """The name is before its address, which stays the only one.

    Python's own reader leaves a space in a long name where the line was folded.
    """
    raw = eml(MESSAGE, Person(name, SENDER.email), Person(name, WRITER.email))
    check_well_formed(raw)
    for header, person in (("From", SENDER), ("To", WRITER)):
        (address,) = read(raw)[header].addresses
        folded = len(name) > 60 and without_spaces(address.display_name) == without_spaces(name)
        assert address.display_name == name or folded
        assert address.addr_spec == person.email


@given(names(), names(), ADDRESSES, ADDRESSES, names(60), BODIES)
@example("Chen, Wei", '"', "a@b.org", "c@d.org", "é" * 60, "From x\n.\n\n-- \n" + "word " * 300)
def test_any_mail_is_read_as_composed_and_always_the_same(  # noqa: PLR0913, PLR0917 - a mail has six parts
    sender: str, recipient: str, from_: str, to: str, subject: str, body: str
) -> None:
    """Whatever is in a name, a subject or a body, a mail program reads the same."""
    message = Message(subject.strip(), body, ())
    raw = eml(message, Person(sender, from_), Person(recipient, to))
    assert raw == eml(message, Person(sender, from_), Person(recipient, to))
    check_well_formed(raw)
    mail = read(raw)
    assert read_body(mail) == (body + "\n" if body and not body.endswith("\n") else body or "\n")
    assert without_spaces(mail["Subject"]) == without_spaces(subject)
    for header, name, spec in (("From", sender, from_), ("To", recipient, to)):
        (address,) = mail[header].addresses
        assert without_spaces(address.display_name) == without_spaces(name)
        assert address.addr_spec == spec


@pytest.mark.parametrize(
    ("sender", "recipient", "headers"),
    [
        pytest.param(Person("A", None), WRITER, ["X-Unsent", "To", "Subject"], id="sender"),
        pytest.param(SENDER, Person("B", None), ["X-Unsent", "From", "Subject"], id="writer"),
        pytest.param(Person(None, None), Person(None, None), ["X-Unsent", "Subject"], id="both"),
    ],
)
def test_mail_to_or_from_an_unknown_address_has_no_such_header(
    sender: Person, recipient: Person, headers: list[str]
) -> None:
    """The mail program asks for an address that is unknown."""
    mail = read(eml(MESSAGE, sender, recipient))
    assert [name for name in mail if name not in BODY_HEADERS] == headers


def test_mail_from_an_address_without_a_name_has_the_address_alone() -> None:
    """No empty name is written."""
    assert str(read(eml(MESSAGE, Person(None, "a@example.org"), WRITER))["From"]) == "a@example.org"


def test_mail_of_a_message_without_a_subject_has_an_empty_subject() -> None:
    """A mail always has a subject line to fill in."""
    assert read(eml(Message(None, "x", ()), SENDER, WRITER))["Subject"] == ""


@pytest.mark.parametrize(
    ("domain", "in_ascii"),
    [
        pytest.param("é.example.org", "xn--9ca.example.org", id="accents"),
        pytest.param("例え.jp", "xn--r8jz45g.jp", id="kana"),
    ],
)
def test_domain_in_another_script_is_written_in_its_ascii_form(domain: str, in_ascii: str) -> None:
    """Every mail program can send to the ASCII form."""
    (address,) = read(eml(MESSAGE, SENDER, Person("Éa, MD", f"x@{domain}")))["To"].addresses
    assert (address.display_name, address.addr_spec) == ("Éa, MD", f"x@{in_ascii}")


# --- no header can be added ---------------------------------------------------------------------------------

ENCODED: Final = [
    pytest.param("a =?utf-8?q?=0ABcc:_evil@example.org?= b", id="line_feed_in_quoted_printable"),
    pytest.param("=?utf-8?q?=0D=0ABcc:_evil@example.org?=", id="line_end_in_quoted_printable"),
    pytest.param("=?utf-8?b?DQpCY2M6IGV2aWxAZXhhbXBsZS5vcmc=?=", id="line_end_in_base64"),
]
"""Harmless characters, which a plan file accepts as a name, and which Python's EmailMessage would decode."""


@pytest.mark.parametrize("name", ENCODED)
@pytest.mark.parametrize("whose", ["sender", "writer"])
def test_name_that_is_an_encoded_line_end_adds_no_header(whose: str, name: str) -> None:
    """No recipient is added without the user's knowledge."""
    assert is_name(name)
    sender, writer = (Person(name if whose == who else "X", f"{who}@example.org") for who in ("sender", "writer"))
    raw = eml(MESSAGE, sender, writer)
    check_well_formed(raw)
    assert b"\nBcc" not in raw


@pytest.mark.parametrize("subject", ENCODED)
def test_subject_that_is_an_encoded_line_end_adds_no_header(subject: str) -> None:
    """A user's own template may put a hospital's name into the subject."""
    raw = eml(Message(subject, "x", ()), SENDER, WRITER)
    check_well_formed(raw)
    assert b"\nBcc" not in raw


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            "Maximiliana Konstantinopoulou-Featherstonehaugh, M.D., Ph.D., FACP, Professor of Medicine", id="degrees"
        ),
        pytest.param("Wei " * 18 + "<evil@example.org>, Chen", id="contains_an_address"),
        pytest.param("x" * 1200, id="no_space_to_fold_at"),
    ],
)
def test_long_name_is_one_recipient_on_lines_that_mail_allows(name: str) -> None:
    """However long a name is, the mail goes to its one address."""
    raw = eml(MESSAGE, SENDER, Person(name, WRITER.email))
    check_well_formed(raw)
    assert [address.addr_spec for address in read(raw)["To"].addresses] == [WRITER.email]


# --- addresses that mail cannot use -------------------------------------------------------------------------


def is_accepted(address: str) -> bool:
    """Whether a plan file accepts a text as an e-mail address."""
    try:
        Attending(name="x", email=address)
    except ValidationError:
        return False
    return True


UNUSABLE: Final = (
    *("a,b@c", "a;b@c", "a:b@c", "a@b,", "a@b>", "<x@y>", "@x@y", "@@x", "a@b@c", "a@x.", "a@.x", ".@x", "a..b@x"),
    *('"@x', '""@x', 'a@"x"', "(c)@x", "a@(c)", "a(@x", "a@x(c)", "a@)", "a@[", "a@x[1]", "a\\@x", "a@\\"),
    *("é@x.org", "😀@x", "a@=?utf-8?q?x?=", "=?utf-8?q?=0d=0aBcc:_x?=@y"),
    "a@x\u200by.org",  # the invisible character would be dropped
    "a@x\u00ady.org",  # so would the soft hyphen
    "a@stra\xdfe.de",  # the sharp s would become ss
    "a@\uff58.org",  # the wide letter would become a normal one
    "a@x\u3002org",  # the full stop of another script would split the name
)
"""Accepted in a plan file, but two addresses, half of one, or not the one that a mail would go to."""


@pytest.mark.parametrize("address", UNUSABLE)
def test_address_that_mail_cannot_use_is_refused_with_the_address(address: str) -> None:
    """A mail goes to exactly the address that was typed, or there is none."""
    assert is_accepted(address)
    for sender, recipient in ((Person("A", address), WRITER), (SENDER, Person("B", address))):
        with pytest.raises(UsageError, match=re.escape(f'cannot write mail to "{address}": not a valid address')):
            eml(MESSAGE, sender, recipient)


def goes_to(raw: bytes, address: str) -> bool:
    """Whether a mail goes to an address as typed, or to the ASCII form of its host."""
    sent = read(raw)["To"].addresses[0].addr_spec
    name, _, host = address.rpartition("@")
    if host.isascii():
        return bool(sent == address)
    sent_name, _, sent_host = sent.rpartition("@")
    return (sent_name, sent_host.encode().decode("idna")) == (name, host.lower())


PIECES = st.sampled_from([*"ab1.@,;:<>()[]\"'\\%+-_=?!é陈😀", "=?utf-8?q?=0d=0aBcc:_x?=", "x.org", "xn--9ca"])


@given(st.lists(PIECES, min_size=1, max_size=8).map("".join), st.lists(PIECES, min_size=1, max_size=6).map("".join))
@example("<x", "y>")
@example("a", "xn--9caxn--9ca")
def test_any_address_makes_a_mail_to_itself_or_is_refused(name: str, domain: str) -> None:
    """There is no third outcome for an address that a plan file accepts."""
    address = f"{name}@{domain}"
    assume(is_accepted(address))
    try:
        raw = eml(MESSAGE, SENDER, Person("B", address))
    except UsageError as error:
        assert address in str(error)  # noqa: PT017 - both outcomes are right
        return
    check_well_formed(raw)
    assert goes_to(raw, address)


@pytest.mark.parametrize("email", ["a,b@c", "a@b@c"])
def test_draft_as_mail_with_an_unusable_address_exits_with_2(lorplan: Lorplan, email: str) -> None:
    """No mail is written; the message is still available as text."""
    text = AMINA.replace("attending: Dr. Wei Chen", f'attending: {{name: Dr. Wei Chen, email: "{email}"}}')
    (lorplan.folder / "rotations.yaml").write_text(text)
    draft = ("draft", "chen", "thank", "--as-of", "2027-01-20")
    assert "Dear Dr. Wei Chen," in lorplan(*draft).out
    result = lorplan(*draft, "--eml", status=2)
    assert result.out == ""
    assert result.err.endswith(f'lorplan: cannot write mail to "{email}": not a valid address\n')


# --- links --------------------------------------------------------------------------------------------------


def parse_link(link: str) -> tuple[str, str, str]:
    """Split a link into recipient, subject and body."""
    scheme, _, path, query, fragment = urlsplit(link)
    assert (scheme, fragment) == ("mailto", "")
    fields = parse_qs(query, keep_blank_values=True, strict_parsing=True)
    assert list(fields) == ["subject", "body"]
    (subject,), (body,) = fields.values()
    return unquote(path), subject, body


def test_link_has_the_address_and_everything_else_escaped() -> None:
    """Line ends are those of mail."""
    assert mailto(Message("A question", "Dear X,\n\n50 % & more?", ()), WRITER) == (
        "mailto:wei.chen@example.org?subject=A%20question&body=Dear%20X%2C%0D%0A%0D%0A50%20%25%20%26%20more%3F"
    )


def test_link_to_an_unknown_address_has_no_recipient() -> None:
    """The mail program asks for an address that is unknown."""
    assert mailto(MESSAGE, Person("B", None)).startswith("mailto:?subject=")


@given(names(80), BODIES, ADDRESSES | names(12).filter(lambda text: not any(c.isspace() for c in text)))
@example("a+b c&d=e;f#g%20", "x\n\ny + z & ? # %41", "a?b&c=d@x#y")
@example("é😀", "陈\n", "x@é.org")
def test_any_link_is_ascii_without_spaces_and_contains_exactly_its_parts(subject: str, body: str, address: str) -> None:
    """No part of a link can become another part."""
    link = mailto(Message(subject, body, ()), Person("B", address))
    assert link.isascii()
    assert link.isprintable()
    assert " " not in link
    assert parse_link(link) == (address, subject, body.replace("\n", "\r\n"))
