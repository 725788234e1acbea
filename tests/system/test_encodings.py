"""Whatever the encoding of the output, every command says the same, and nothing is lost."""

from __future__ import annotations

import json
from itertools import product
from typing import TYPE_CHECKING, Final

import pytest

from samples import BAD
from system.commands import BYTES, DOCUMENTS, TEXTS, sample

if TYPE_CHECKING:
    from pathlib import Path

    from runner import Lorplan, Result
    from system.commands import Args

pytestmark = pytest.mark.usefixtures("here")

ENCODINGS: Final = ("ascii", "cp1252", "utf-16")
LOCALES: Final = {
    "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "POSIX": {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    **{encoding: {"PYTHONIOENCODING": encoding} for encoding in ENCODINGS},
}
"""Variables that decide about the encoding of a process."""


DRAWN: Final = str.maketrans(dict(zip("━─◆│┊…", "=-*|:~", strict=True)))
"""The characters of a drawing, and those that stand for them in an encoding that lacks them."""


def decode(content: bytes, encoding: str) -> str:
    """Decode what was printed; each byte order mark of UTF-16 but the first would be a character too many."""
    text = content.decode(encoding)
    assert "\ufeff" not in text
    return text


def escape(content: bytes, encoding: str) -> str:
    """Escape what an encoding lacks in a UTF-8 text."""
    return content.decode().encode(encoding, "backslashreplace").decode(encoding)


def assert_same(args: Args, usual: Result, other: Result, encoding: str) -> None:
    """Check that a command says the same as in UTF-8, with escapes for what the encoding lacks."""
    if args in BYTES:
        assert other.out_bytes == usual.out_bytes
    elif args in DOCUMENTS:
        assert json.loads(decode(other.out_bytes, encoding)) == json.loads(usual.out)
    else:
        drawn = usual.out if encoding == "utf-16" else usual.out.translate(DRAWN)
        assert decode(other.out_bytes, encoding) == escape(drawn.encode(), encoding)
    assert decode(other.err_bytes, encoding) == escape(usual.err_bytes, encoding)


@pytest.mark.system
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_command_says_the_same_in_every_encoding(lorplan: Lorplan, encoding: str) -> None:
    """What an encoding lacks is escaped in texts and in JSON; an export stays as it is."""
    for args in (*TEXTS, *DOCUMENTS, *BYTES):
        assert_same(args, lorplan(*args), lorplan(*args, encoding=encoding), encoding)


@pytest.mark.parametrize(
    "case", sample(list(product(LOCALES, (TEXTS[0], TEXTS[7], DOCUMENTS[0], BYTES[0], BYTES[-1]))), 3)
)
def test_real_program_says_the_same_in_every_locale(lorplan: Lorplan, case: tuple[str, Args]) -> None:
    """The locale and a variable of Python decide about the encoding of a process: the same holds there."""
    name, args = case
    encoding = name if name in ENCODINGS else "ascii"
    assert_same(args, lorplan(*args), lorplan.process(*args, env=LOCALES[name]), encoding)


@pytest.mark.system
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_problems_say_the_same_in_every_encoding(lorplan: Lorplan, here: Path, encoding: str) -> None:
    """Problems with their excerpts are escaped, too."""
    (here / "bad.yaml").write_text(BAD.replace("Mercy", "陈 é"), encoding="utf-8")
    usual = lorplan("check", "bad.yaml", status=1)
    other = lorplan("check", "bad.yaml", encoding=encoding, status=1)
    assert decode(other.out_bytes, encoding) == escape(usual.out_bytes, encoding)


@pytest.mark.system
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_init_writes_the_same_file_in_every_encoding(lorplan: Lorplan, here: Path, encoding: str) -> None:
    """The name of a file that the encoding lacks is escaped on the terminal only; the file is UTF-8."""
    lorplan("init", "陈é.yaml")
    other = lorplan("init", "陈é2.yaml", encoding=encoding)
    assert decode(other.out_bytes, encoding).startswith(escape("Wrote 陈é2.yaml".encode(), encoding))
    assert (here / "陈é2.yaml").read_bytes() == (here / "陈é.yaml").read_bytes()
