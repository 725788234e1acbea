"""The worst plan files that are too large to keep: each is written as bytes by a function.

`PLANNED` and `REFUSED` name them, like the two folders of small files.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from lorplan.planfile.base_model import MAX_LIST
from lorplan.planfile.models import MAX_ROTATIONS
from lorplan.planfile.reader import MAX_BYTES
from lorplan.planfile.yaml_tree import MAX_VALUES

if TYPE_CHECKING:
    from collections.abc import Callable

MANY: Final = 1_000_000
"""More of anything than a person types."""

LONG: Final = 100_000
"""Characters of a name that is too long to be one, and how often something is repeated that has to be read."""

_ROW: Final = "- {attending: Dr. Wei Chen, specialty: neurology, start: 2027-03-01, weeks: 4}\n"
_VALUES_IN_A_FULL_ROW: Final = 1 + 2 * 5 + MAX_LIST
"""The mapping, four keys with their values, a fifth one with a list, and the entries of the list."""


def repeat(unit: str, count: int = MANY, *, before: str = "", after: str = "") -> bytes:
    """Write a unit many times between two other texts."""
    return (before + unit * count + after).encode()


def number(template: str, count: int = MANY, *, before: str = "", after: str = "") -> bytes:
    """Write a template many times, each time with its own number instead of #."""
    return (before + "".join(template.replace("#", str(place)) for place in range(count)) + after).encode()


def fill(unit: str, *, before: str = "", after: str = "", size: int = MAX_BYTES) -> bytes:
    """Repeat a unit so often that the file has exactly a size, and fill up with line ends."""
    room = size - len((before + after).encode())
    raw = before.encode() + unit.encode() * (room // len(unit.encode())) + after.encode()
    return raw + b"\n" * (size - len(raw))


def name(text: str, *, id_: str = "long") -> bytes:
    """Write a plan of one rotation with an attending of that name."""
    return f'- {{id: {id_}, attending: "{text}", specialty: neurology, start: 2027-03-01, weeks: 4}}\n'.encode()


def indent(levels: int) -> bytes:
    """Write mappings in mappings, each on a line of its own."""
    return "".join(" " * depth + "a:\n" for depth in range(levels)).encode()


def write_alias_bomb(count: int) -> bytes:
    """Write a long list once, and as many aliases of it."""
    aliases = "".join(f"k{place}: [{'*a, ' * 100}]\n" for place in range(count // 100))
    return ("a: &a [" + "x, " * count + "]\n" + aliases).encode()


def write_rotations(count: int) -> bytes:
    """Write rotations with different attendings, one after the other."""
    return number(_ROW.replace("Wei Chen", "Wei Chen#"), count)


def write_full_rows(count: int) -> bytes:
    """Write rotations, each with as many days off as a list can have."""
    days = "2027-12-24, " * MAX_LIST
    return repeat(f"{_ROW[:-2]}, away: [{days}]}}\n", count)


PLANNED: Final[dict[str, Callable[[], bytes]]] = {
    "just-below-16-MiB": partial(fill, "#\n", before=_ROW, size=MAX_BYTES - 1),
    "exactly-16-MiB": partial(fill, "#\n", before=_ROW),
    "16-MiB-of-one-comment": partial(fill, "x", before=f"{_ROW}# ", after="\n"),
    "16-MiB-of-empty-lines": partial(fill, "\n", before=_ROW),
    "16-MiB-of-spaces": partial(fill, " ", before=_ROW.replace("{", "{ ", 1)[:3], after=_ROW[3:]),
    "10000-letters-of-a-note": partial(repeat, "n", 10_000, before=_ROW[:-2] + ', notes: "', after='"}\n'),
    "1000-rotations-with-one-name": partial(repeat, _ROW, MAX_ROTATIONS),
    "1000-rotations": partial(write_rotations, MAX_ROTATIONS),
    "name-of-200-letters": partial(name, "x" * 200),
    "name-of-100-words": partial(name, "x " * 99 + "y"),
    "name-of-199-combining-marks": partial(name, "e" + "\u0301" * 199),
    "name-of-200-wide-characters": partial(name, "陈" * 200),
    "name-of-200-letters-from-right-to-left": partial(name, "\u05d0" * 200),
    "id-of-200-letters": partial(name, "Dr. Wei Chen", id_="x" * 200),
    "1000-days-off": partial(write_full_rows, 1),
    "nearly-250000-values": partial(write_full_rows, (MAX_VALUES - 1) // _VALUES_IN_A_FULL_ROW),
}
"""Files that have to be planned."""

REFUSED: Final[dict[str, Callable[[], bytes]]] = {
    "name-of-100000-letters": partial(name, "x" * LONG),
    "id-of-100000-letters": partial(name, "Dr. Wei Chen", id_="x" * LONG),
    "16-MiB-of-one-note": partial(fill, "n", before=_ROW[:-2] + ', notes: "', after='"}\n'),
    "just-above-16-MiB": partial(fill, "#\n", before=_ROW, size=MAX_BYTES + 1),
    "a-million-brackets": partial(repeat, "["),
    "a-million-braces": partial(repeat, "{"),
    "a-million-dashes": partial(repeat, "- "),
    "a-million-question-marks": partial(repeat, "? "),
    "a-million-lists-in-mappings": partial(repeat, "[{a: "),
    "5000-levels-of-indentation": partial(indent, 5000),
    "100000-keys": partial(number, "k#: 1\n", LONG),
    "100000-keys-in-a-rotation": partial(number, "k#: 1, ", LONG, before=_ROW[:-2] + ", ", after="}\n"),
    "100000-duplicate-keys": partial(repeat, "k: 1\n", LONG),
    "100000-complex-keys": partial(repeat, "? [a]\n: b\n", LONG),
    "100000-aliases": partial(repeat, "*a, ", LONG, before="- &a x\n- [", after="]\n"),
    "100000-anchors": partial(number, "- &a# x\n", LONG),
    "100000-tags": partial(repeat, "- !!str x\n", LONG),
    "a-million-documents": partial(repeat, "---\n"),
    "100000-empty-items": partial(repeat, "-\n", LONG),
    "a-million-empty-items": partial(repeat, "-\n"),
    "a-wide-alias-bomb": partial(write_alias_bomb, LONG),
    "1001-days-off": partial(repeat, "2027-12-24, ", MAX_LIST + 1, before=_ROW[:-2] + ", away: [", after="]}\n"),
    "100000-days-off": partial(repeat, "2027-12-24, ", LONG, before=_ROW[:-2] + ", away: [", after="]}\n"),
    "just-above-250000-values": partial(write_full_rows, MAX_VALUES // _VALUES_IN_A_FULL_ROW + 1),
    "16-MiB-of-days-off": partial(fill, "x,", before=_ROW[:-2] + ", away: [", after="]}\n"),
    "1001-rotations": partial(write_rotations, MAX_ROTATIONS + 1),
    "10000-rotations-with-one-name": partial(repeat, _ROW, 10_000),
    "1000-rotations-that-lack-everything": partial(repeat, "- {}\n", MAX_ROTATIONS),
    "100000-rotations-that-lack-everything": partial(repeat, "- {}\n", LONG),
    "16-MiB-of-empty-rotations": partial(fill, "{}, ", before="[", after="{}]"),
    "16-MiB-of-rotations-with-unknown-keys": partial(fill, "- {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7}\n"),
    "16-MiB-of-one-scalar": partial(fill, "x"),
    "16-MiB-of-one-line": partial(fill, "x, ", before="[", after="]"),
    "16-MiB-of-one-number": partial(fill, "9", before="policy: {want: ", after="}\n"),
    "16-MiB-of-nul": partial(fill, "\0"),
    "16-MiB-of-tabs": partial(fill, "\t"),
    "16-MiB-of-escapes": partial(fill, "\\x1b", before='- "', after='"\n'),
    "16-MiB-of-bytes-that-are-not-text": partial(b"\xff".__mul__, MAX_BYTES),
    "16-MiB-of-byte-order-marks": partial(fill, "\ufeff"),
    "1000-rotations-with-one-id": partial(repeat, _ROW.replace("{", "{id: a, "), MAX_ROTATIONS),
    "100000-digits": partial(repeat, "9", LONG, before="policy: {want: 1", after="}\n"),
    "key-of-100000-letters": partial(repeat, "x", LONG, after=": 1\n"),
}
"""Files that have to be refused."""
