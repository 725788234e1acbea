"""A message as mail: what a mail program reads is what was drafted, and nothing in a name can change the rest."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from lorplan.errors import UsageError
from lorplan.messages.compose import Message
from lorplan.messages.mail import Person, eml, mailto
from lorplan.planfile.models import Attending
from lorplan.text.safe import is_blank, refused_character
from samples import AMINA

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Runner

HEADERS = ["X-Unsent", "From", "To", "Subject"]
"""What stands above a mail of ours, but for how its body is encoded."""

OF_THE_BODY = {"Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
SENDER, WRITER = Person("Amina Rahman", "amina@example.org"), Person("Dr. Wei Chen", "wei.chen@example.org")
MESSAGE = Message("A question", "Dear Dr. Wei Chen,\n\nplease write.\n\nAmina", ())
LONGEST_LINE = 998
"""Characters of a line of mail (RFC 5322), its end not counted."""

NASTY = ",;:<>()[]@\".'\\ %&?#=_-+/|!*{}~$`\t\u00a0\u200b\u00ad\ufeff"
CHARACTERS = st.sampled_from("aZ9" + NASTY + "éÑßİ陈श्e\u0301😀👩‍⚕️") | st.characters(exclude_categories=["Cs"])


def is_line(text: str) -> bool:
    """Say whether a plan file takes a text as a name."""
    return not is_blank(text) and refused_character(text) is None


def names(longest: int = 30) -> st.SearchStrategy[str]:
    """Draw names; those that look like RFC 2047's encoded words have a test of their own."""
    texts = st.text(CHARACTERS, min_size=1, max_size=longest)
    typical = st.sampled_from(
        ["Dr. Wei Chen", "Chen, Wei, MD", "José Álvarez-Núñez", 'Bo "Bo" Lee', "<x@y.org>, x"]
    )
    return (texts | typical).filter(lambda name: is_line(name) and "=?" not in name)


BODIES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")) | st.just("\n"), max_size=200)
ADDRESSES = st.from_regex(
    r"[a-z0-9]([a-z0-9._%+'-]?[a-z0-9]){0,20}@[a-z0-9-]{1,20}(\.[a-z]{2,8}){1,2}", fullmatch=True
)


def read(raw: bytes) -> EmailMessage:
    """Open a mail as a mail program does."""
    found = message_from_bytes(raw, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def body_of(mail: EmailMessage) -> str:
    """Take the body out of a mail, with the line ends of a text."""
    return str(mail.get_content()).replace("\r\n", "\n")


def bare(text: str) -> str:
    """Take the space out of a text: a mail may fold a line at any of it."""
    return "".join(text.split())


def assert_well_formed(raw: bytes) -> None:
    """Hold a mail against what every mail must be: its own headers, each once, and lines that end as they must."""
    mail = read(raw)
    assert [name for name in mail if name not in OF_THE_BODY] == HEADERS
    assert len(mail.keys()) == len(set(mail.keys()))
    assert mail.defects == []
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", raw), "a line ends with CRLF and nothing else"
    assert raw.endswith(b"\r\n")
    assert max(len(line) for line in raw.split(b"\r\n")) <= LONGEST_LINE
    assert mail["X-Unsent"] == "1"
    for header in ("From", "To"):
        assert len(mail[header].addresses) == 1


# --- there and back ---------------------------------------------------------------------------------------


def test_a_mail_is_what_was_drafted() -> None:
    """Subject, body, sender and recipient are read back as they were drafted, and it is marked as not sent."""
    raw = eml(MESSAGE, SENDER, WRITER)
    assert_well_formed(raw)
    mail = read(raw)
    assert mail["Subject"] == MESSAGE.subject
    assert body_of(mail) == MESSAGE.body + "\n"
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
        pytest.param("group: a@example.org;", id="a_group"),
        pytest.param("Lee (away)", id="a_comment"),
        pytest.param("José Álvarez-Núñez", id="accents"),
        pytest.param("Álvarez, José <x@y>", id="accents_and_specials"),
        pytest.param("陈伟", id="han"),
        pytest.param("Dr. 😀 Émilie", id="emoji"),
        pytest.param("e\u0301 \u200b \ufeff x", id="marks_and_invisible_characters"),
        pytest.param("Dr. " + "Ab" * 60, id="long"),
        pytest.param("x" * 900, id="very_long"),
        pytest.param("=?", id="the_beginning_of_an_encoded_word"),
        pytest.param("Subject: x", id="like_a_header"),
    ],
)
def test_a_name_comes_back_as_typed(name: str) -> None:
    """A name stands before its address as it was typed, and the address stays the only one.

    Where a name is long Python's own reader leaves the space that was put in to fold it.
    """
    raw = eml(MESSAGE, Person(name, SENDER.email), Person(name, WRITER.email))
    assert_well_formed(raw)
    for header, person in (("From", SENDER), ("To", WRITER)):
        (address,) = read(raw)[header].addresses
        assert address.display_name == name or (len(name) > 60 and bare(address.display_name) == bare(name))
        assert address.addr_spec == person.email


@settings(deadline=None, max_examples=60)
@given(names(), names(), ADDRESSES, ADDRESSES, names(60), BODIES)
@example("Chen, Wei", '"', "a@b.org", "c@d.org", "é" * 60, "From x\n.\n\n-- \n" + "word " * 300)
def test_any_mail_comes_back(  # noqa: PLR0913, PLR0917 - a mail has six parts
    sender: str, recipient: str, from_: str, to: str, subject: str, body: str
) -> None:
    """Whatever is in a name, a subject or a body, a mail program reads the same, and one writer."""
    message = Message(subject.strip(), body, ())
    raw = eml(message, Person(sender, from_), Person(recipient, to))
    assert_well_formed(raw)
    mail = read(raw)
    assert body_of(mail) == (body + "\n" if body and not body.endswith("\n") else body or "\n")
    assert bare(mail["Subject"]) == bare(subject)
    for header, name, spec in (("From", sender, from_), ("To", recipient, to)):
        (address,) = mail[header].addresses
        assert bare(address.display_name) == bare(name)
        assert address.addr_spec == spec


@settings(max_examples=25)
@given(names(), BODIES)
def test_the_same_message_gives_the_same_bytes(name: str, body: str) -> None:
    """No clock, no random mark: a mail can be compared with an earlier one."""
    parts = Message(name, body, ()), SENDER, Person(name, WRITER.email)
    assert eml(*parts) == eml(*parts)


@pytest.mark.parametrize(
    ("sender", "recipient", "headers"),
    [
        pytest.param(Person("A", None), WRITER, ["X-Unsent", "To", "Subject"], id="sender_without_an_address"),
        pytest.param(SENDER, Person("B", None), ["X-Unsent", "From", "Subject"], id="writer_without_an_address"),
        pytest.param(Person(None, None), Person(None, None), ["X-Unsent", "Subject"], id="nobody_has_one"),
    ],
)
def test_a_header_without_an_address_is_left_out(sender: Person, recipient: Person, headers: list[str]) -> None:
    """Where an address is not known the mail program asks for it."""
    mail = read(eml(MESSAGE, sender, recipient))
    assert [name for name in mail if name not in OF_THE_BODY] == headers


def test_an_address_without_a_name_stands_alone() -> None:
    """Without a name the header is the address."""
    assert str(read(eml(MESSAGE, Person(None, "a@example.org"), WRITER))["From"]) == "a@example.org"


def test_a_message_without_a_subject_has_an_empty_one() -> None:
    """A mail always has a subject's line to fill in."""
    assert read(eml(Message(None, "x", ()), SENDER, WRITER))["Subject"] == ""


@pytest.mark.parametrize(
    ("domain", "in_ascii"),
    [
        pytest.param("é.example.org", "xn--9ca.example.org", id="accents"),
        pytest.param("例え.jp", "xn--r8jz45g.jp", id="kana"),
    ],
)
def test_a_domain_in_another_script(domain: str, in_ascii: str) -> None:
    """Such a domain stands in the mail in its ASCII form, which every mail program can send to."""
    (address,) = read(eml(MESSAGE, SENDER, Person("Éa, MD", f"x@{domain}")))["To"].addresses
    assert (address.display_name, address.addr_spec) == ("Éa, MD", f"x@{in_ascii}")


# --- nothing gets in --------------------------------------------------------------------------------------

ENCODED = [
    pytest.param("a =?utf-8?q?=0ABcc:_evil@example.org?= b", id="a_line_feed_in_quoted_printable"),
    pytest.param("=?utf-8?q?=0D=0ABcc:_evil@example.org?=", id="a_line_end_in_quoted_printable"),
    pytest.param("=?utf-8?b?DQpCY2M6IGV2aWxAZXhhbXBsZS5vcmc=?=", id="a_line_end_in_base64"),
]
"""Harmless characters, which a plan file takes as a name, and which the mail library decodes."""


@pytest.mark.parametrize("name", ENCODED)
@pytest.mark.parametrize("whose", ["sender", "writer"])
def test_no_name_can_add_a_header(whose: str, name: str) -> None:
    """A name that is an encoded line end stays a name: no recipient is added behind the user's back."""
    assert is_line(name)
    sender, writer = (Person(name if whose == who else "X", f"{who}@example.org") for who in ("sender", "writer"))
    raw = eml(MESSAGE, sender, writer)
    assert_well_formed(raw)
    assert b"\nBcc" not in raw


@pytest.mark.parametrize("subject", ENCODED)
def test_no_subject_can_add_a_header(subject: str) -> None:
    """A template of one's own may put a hospital's name into the subject: it stays in the subject."""
    raw = eml(Message(subject, "x", ()), SENDER, WRITER)
    assert_well_formed(raw)
    assert b"\nBcc" not in raw


def test_a_name_that_looks_encoded_comes_back_as_typed() -> None:
    """A name in the form of an encoded word is a name like others."""
    (address,) = read(eml(MESSAGE, SENDER, Person("=?utf-8?q?x?=", WRITER.email)))["To"].addresses
    assert address.display_name == "=?utf-8?q?x?="


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            "Maximiliana Konstantinopoulou-Featherstonehaugh, M.D., Ph.D., FACP, Professor of Medicine",
            id="degrees",
        ),
        pytest.param("Wei " * 18 + "<evil@example.org>, Chen", id="an_address_in_it"),
    ],
)
def test_a_long_name_with_commas_is_one_recipient(name: str) -> None:
    """However long a name is, the mail goes to its one address."""
    raw = eml(MESSAGE, SENDER, Person(name, WRITER.email))
    assert [address.addr_spec for address in read(raw)["To"].addresses] == [WRITER.email]


def test_no_line_is_longer_than_mail_allows() -> None:
    """A name without any space is folded or encoded all the same."""
    assert_well_formed(eml(MESSAGE, SENDER, Person("x" * 1200, WRITER.email)))


# --- addresses that are none ------------------------------------------------------------------------------


def is_taken(address: str) -> bool:
    """Say whether a plan file takes a text as an e-mail address."""
    try:
        Attending(name="x", email=address)
    except ValidationError:
        return False
    return True


UNMAILABLE = (
    *("a,b@c", "a;b@c", "a:b@c", "a@b,", "a@b>", "<x@y>", "@x@y", "@@x", "a@b@c", "a@x.", "a@.x", ".@x", "a..b@x"),
    *('"@x', '""@x', 'a@"x"', "(c)@x", "a@(c)", "a(@x", "a@x(c)", "a@)", "a@[", "a@x[1]", "a\\@x", "a@\\"),
    *("é@x.org", "😀@x", "a@=?utf-8?q?x?=", "=?utf-8?q?=0d=0aBcc:_x?=@y"),
)
"""What a plan file takes: several addresses, none, half of one, or more than a mail of today can go to."""


@pytest.mark.parametrize("address", UNMAILABLE)
def test_an_address_that_no_mail_can_go_to_is_refused(address: str) -> None:
    """A plan file takes it, for it is the user's to know; a mail cannot be made for it, and that is said."""
    assert is_taken(address)
    for sender, recipient in ((Person("A", address), WRITER), (SENDER, Person("B", address))):
        with pytest.raises(UsageError, match=re.escape(f'"{address}" is not an address that mail can go to')):
            eml(MESSAGE, sender, recipient)


def goes_to(raw: bytes, address: str) -> bool:
    """Say whether a mail goes to an address as typed; of a host in other letters the mail has the ASCII form."""
    sent = read(raw)["To"].addresses[0].addr_spec
    name, _, host = address.rpartition("@")
    if host.isascii():
        return bool(sent == address)
    sent_name, _, sent_host = sent.rpartition("@")
    return (sent_name, sent_host.encode().decode("idna")) == (name, host.lower())


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("a@x\u200by.org", id="an_invisible_character_would_be_left_out"),
        pytest.param("a@x\u00ady.org", id="a_soft_hyphen_would_be_left_out"),
        pytest.param("a@stra\xdfe.de", id="a_sharp_s_would_become_ss"),
        pytest.param("a@\uff58.org", id="a_wide_letter_would_become_another"),
        pytest.param("a@x\u3002org", id="a_stop_of_another_script_would_part_the_name"),
    ],
)
def test_a_host_that_would_become_another_is_refused(address: str) -> None:
    """An address is used as it was typed or refused: a mail must not go to somebody else."""
    assert is_taken(address)
    with pytest.raises(UsageError, match="is not an address that mail can go to"):
        eml(MESSAGE, SENDER, Person("B", address))


PIECES = st.sampled_from([*"ab1.@,;:<>()[]\"'\\%+-_=?!é陈😀", "=?utf-8?q?=0d=0aBcc:_x?=", "x.org", "xn--9ca"])


@given(
    st.lists(PIECES, min_size=1, max_size=8).map("".join), st.lists(PIECES, min_size=1, max_size=6).map("".join)
)
@example("<x", "y>")
@example("a", "xn--9caxn--9ca")
def test_any_address_makes_a_mail_or_is_refused(name: str, domain: str) -> None:
    """For whatever a plan file takes as an address: a mail to exactly that, or a sentence that says why not."""
    address = f"{name}@{domain}"
    assume(is_taken(address))
    try:
        raw = eml(MESSAGE, SENDER, Person("B", address))
    except UsageError as error:
        assert address in str(error)  # noqa: PT017 - either outcome is right
        return
    assert_well_formed(raw)
    assert goes_to(raw, address)


@pytest.mark.parametrize("email", ["a,b@c", "a@b@c"])
def test_the_command_says_so(invoke: Runner, tmp_path: Path, email: str) -> None:
    """The command ends with 2 and one sentence, and writes no mail; the same message can be had as text."""
    text = AMINA.replace("attending: Dr. Wei Chen", f'attending: {{name: Dr. Wei Chen, email: "{email}"}}')
    (tmp_path / "rotations.yaml").write_text(text)
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": None}
    assert "Dear Dr. Wei Chen," in invoke("draft", "chen", "thank", env=home).out
    result = invoke("draft", "chen", "thank", "--eml", env=home, check=2)
    assert result.out == ""
    assert f'"{email}" is not an address that mail can go to' in result.err


# --- links ------------------------------------------------------------------------------------------------


def parts_of(link: str) -> tuple[str, str, str]:
    """Take a link apart: recipient, subject and body."""
    scheme, _, path, query, fragment = urlsplit(link)
    assert (scheme, fragment) == ("mailto", "")
    fields = parse_qs(query, keep_blank_values=True, strict_parsing=True)
    assert list(fields) == ["subject", "body"]
    return unquote(path), *(values[0] for values in fields.values() if len(values) == 1)  # type: ignore[return-value]


def test_a_link_is_written_out() -> None:
    """A link has the address bare and all else escaped, line ends as mail has them."""
    assert mailto(Message("A question", "Dear X,\n\n50 % & more?", ()), WRITER) == (
        "mailto:wei.chen@example.org?subject=A%20question&body=Dear%20X%2C%0D%0A%0D%0A50%20%25%20%26%20more%3F"
    )


def test_a_link_without_an_address_leaves_it_open() -> None:
    """Where the address is not known the mail program asks for it."""
    assert mailto(MESSAGE, Person("B", None)).startswith("mailto:?subject=")


@settings(max_examples=60)
@given(names(80), BODIES, ADDRESSES | names(12).filter(lambda text: not any(c.isspace() for c in text)))
@example("a+b c&d=e;f#g%20", "x\n\ny + z & ? # %41", "a?b&c=d@x#y")
@example("é😀", "陈\n", "x@é.org")
def test_a_link_comes_back(subject: str, body: str, address: str) -> None:
    """A link holds exactly its parts, is ASCII without a space, and no part can become another."""
    link = mailto(Message(subject, body, ()), Person("B", address))
    assert link.isascii()
    assert link.isprintable()
    assert " " not in link
    assert parts_of(link) == (address, subject, body.replace("\n", "\r\n"))
