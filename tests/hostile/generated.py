"""The worst plan files that are too large to keep: each is made as bytes when it is asked for.

`PLANNED` and `REFUSED` name them, as the two folders of small files do.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from lorplan.planfile.models import MAX_LISTED, MAX_ROTATIONS
from lorplan.planfile.reader import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

MANY: Final = 1_000_000
"""More of anything than a person types."""

LONG: Final = 100_000
"""Characters of a name that is no name, and how often what has to be read is repeated."""

SEVERAL: Final = 10_000
"""Rotations that nobody has the years for."""

_ROW: Final = "- {attending: Dr. Wei Chen, specialty: neurology, start: 2027-03-01, weeks: 4}\n"


def repeated(unit: str, count: int = MANY, *, before: str = "", after: str = "") -> bytes:
    """Write a unit many times between two other texts."""
    return (before + unit * count + after).encode()


def numbered(template: str, count: int = MANY, *, before: str = "", after: str = "") -> bytes:
    """Write a template many times, each with its own number in the place of #."""
    return (before + "".join(template.replace("#", str(number)) for number in range(count)) + after).encode()


def filled(unit: str, *, before: str = "", after: str = "", size: int = MAX_BYTES) -> bytes:
    """Repeat a unit so often that the file has exactly a size, the rest of it as line ends."""
    room = size - len((before + after).encode())
    raw = before.encode() + unit.encode() * (room // len(unit.encode())) + after.encode()
    return raw + b"\n" * (size - len(raw))


def named(name: str, *, id_: str = "long") -> bytes:
    """Write a plan of one rotation with an attending of that name."""
    return f'- {{id: {id_}, attending: "{name}", specialty: neurology, start: 2027-03-01, weeks: 4}}\n'.encode()


def indented(levels: int) -> bytes:
    """Write mappings in mappings, each on a line of its own."""
    return "".join(" " * depth + "a:\n" for depth in range(levels)).encode()


def alias_bomb(count: int) -> bytes:
    """Write a long list once, and its alias as often."""
    aliases = "".join(f"k{number}: [{'*a, ' * 100}]\n" for number in range(count // 100))
    return ("a: &a [" + "x, " * count + "]\n" + aliases).encode()


def rotation_rows(count: int) -> bytes:
    """Write rotations with attendings of their own, one after the other."""
    return numbered(_ROW.replace("Wei Chen", "Wei Chen#"), count)


PLANNED: Final[dict[str, Callable[[], bytes]]] = {
    "just-below-16-MiB": partial(filled, "#\n", before=_ROW, size=MAX_BYTES - 1),
    "exactly-16-MiB": partial(filled, "#\n", before=_ROW),
    "16-MiB-of-one-comment": partial(filled, "x", before=f"{_ROW}# ", after="\n"),
    "16-MiB-of-empty-lines": partial(filled, "\n", before=_ROW),
    "16-MiB-of-spaces": partial(filled, " ", before=_ROW.replace("{", "{ ", 1)[:3], after=_ROW[3:]),
    "16-MiB-of-one-note": partial(filled, "n", before=_ROW[:-2] + ', notes: "', after='"}\n'),
    "10000-rotations-with-one-name": partial(repeated, _ROW, SEVERAL),
    "10000-rotations": partial(rotation_rows, SEVERAL),
    "1000-rotations-with-one-name": partial(repeated, _ROW, 1000),
    "1000-rotations": partial(rotation_rows, 1000),
    "name-of-100000-letters": partial(named, "x" * LONG),
    "name-of-100000-words": partial(named, "x " * (LONG // 2) + "y"),
    "name-of-100000-combining-marks": partial(named, "e" + "\u0301" * LONG),
    "name-of-100000-wide-characters": partial(named, "陈" * LONG),
    "name-of-100000-letters-from-right-to-left": partial(named, "\u05d0" * LONG),
    "id-of-100000-letters": partial(named, "Dr. Wei Chen", id_="x" * LONG),
    "1000-days-off": partial(repeated, "2027-12-24, ", MAX_LISTED, before=_ROW[:-2] + ", away: [", after="]}\n"),
}
"""What has to be planned."""

REFUSED: Final[dict[str, Callable[[], bytes]]] = {
    "just-above-16-MiB": partial(filled, "#\n", before=_ROW, size=MAX_BYTES + 1),
    "a-million-brackets": partial(repeated, "["),
    "a-million-braces": partial(repeated, "{"),
    "a-million-dashes": partial(repeated, "- "),
    "a-million-question-marks": partial(repeated, "? "),
    "a-million-lists-in-mappings": partial(repeated, "[{a: "),
    "5000-levels-of-indentation": partial(indented, 5000),
    "100000-keys": partial(numbered, "k#: 1\n", LONG),
    "100000-keys-in-a-rotation": partial(numbered, "k#: 1, ", LONG, before=_ROW[:-2] + ", ", after="}\n"),
    "100000-doubled-keys": partial(repeated, "k: 1\n", LONG),
    "100000-complex-keys": partial(repeated, "? [a]\n: b\n", LONG),
    "100000-aliases": partial(repeated, "*a, ", LONG, before="- &a x\n- [", after="]\n"),
    "100000-anchors": partial(numbered, "- &a# x\n", LONG),
    "100000-tags": partial(repeated, "- !!str x\n", LONG),
    "a-million-documents": partial(repeated, "---\n"),
    "100000-empty-items": partial(repeated, "-\n", LONG),
    "a-million-empty-items": partial(repeated, "-\n"),
    "a-wide-alias-bomb": partial(alias_bomb, LONG),
    "100000-days-off": partial(repeated, "2027-12-24, ", LONG, before=_ROW[:-2] + ", away: [", after="]}\n"),
    "16-MiB-of-days-off": partial(filled, "x,", before=_ROW[:-2] + ", away: [", after="]}\n"),
    "100001-rotations": partial(repeated, _ROW, MAX_ROTATIONS + 1),
    "100000-rotations-that-lack-everything": partial(repeated, "- {}\n", MAX_ROTATIONS),
    "16-MiB-of-empty-rotations": partial(filled, "{}, ", before="[", after="{}]"),
    "16-MiB-of-rotations-with-unknown-keys": partial(filled, "- {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7}\n"),
    "16-MiB-of-one-scalar": partial(filled, "x"),
    "16-MiB-of-one-line": partial(filled, "x, ", before="[", after="]"),
    "16-MiB-of-one-number": partial(filled, "9", before="policy: {want: ", after="}\n"),
    "16-MiB-of-nul": partial(filled, "\0"),
    "16-MiB-of-tabs": partial(filled, "\t"),
    "16-MiB-of-escapes": partial(filled, "\\x1b", before='- "', after='"\n'),
    "16-MiB-of-bytes-that-are-no-text": partial(b"\xff".__mul__, MAX_BYTES),
    "16-MiB-of-byte-order-marks": partial(filled, "\ufeff"),
    "10000-rotations-with-one-id": partial(repeated, _ROW.replace("{", "{id: a, "), SEVERAL),
    "100000-digits": partial(repeated, "9", LONG, before="policy: {want: 1", after="}\n"),
    "key-of-100000-letters": partial(repeated, "x", LONG, after=": 1\n"),
}
"""What has to be refused."""
