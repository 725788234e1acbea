"""From the text of a plan file to the model, with every problem found and located."""

from __future__ import annotations

import re
from bisect import bisect_right
from codecs import BOM_UTF8
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from lorplan.errors import PlanFileError, Problem
from lorplan.planfile.validation import examine, message, owner_of
from lorplan.planfile.yaml_tree import Document, Fault, Lines, Mapping, Node, Scalar, Sequence, plain, read
from lorplan.reference.attending_names import Entry, rotation_ids
from lorplan.text.safe import counted, on_one_line, shortened

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from lorplan.planfile.models import PlanFile
    from lorplan.planfile.validation import Path

MAX_BYTES = 16 * 1024 * 1024
"""The largest plan file; eight rotations take about two kilobytes."""

MAX_PROBLEMS = 1000
"""More problems than this are counted, not told: whoever has a thousand has one, many times."""


def decode(raw: bytes, file: str | None = None) -> str:
    """The text of a plan file's bytes. Raises PlanFileError when they are too many or not UTF-8."""
    _refuse_size(len(raw), file)
    raw = raw.removeprefix(BOM_UTF8)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        line, column = Lines(before).place(len(before))
        said = f"not UTF-8: byte 0x{raw[error.start]:02X} {_encoding_hint(raw)}"
        problem = Problem(file=file, line=line, column=column, rotation=None, message=said)
        raise PlanFileError((problem,)) from None


def _refuse_size(size: int, file: str | None) -> None:
    if size > MAX_BYTES:
        raise PlanFileError((_at_start(file, f"larger than {MAX_BYTES // 1024 // 1024} MiB: not a plan file"),))


def _encoding_hint(raw: bytes) -> str:
    utf_16 = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    return f"(the file looks like {'UTF-16' if utf_16 else 'another encoding'}: save it as UTF-8)"


def _at_start(file: str | None, message: str) -> Problem:
    return Problem(file=file, line=1, column=1, rotation=None, message=message)


def loads(text: str, file: str | None = None) -> PlanFile:
    """The plan file that a text holds.

    `file` is the name to use in messages. Raises PlanFileError with every problem of the text.
    """
    return parse(text, file).plan_file


def parse(text: str, file: str | None = None) -> Parsed:
    """The plan file that a text holds, with the places of its values. Raises PlanFileError."""
    text = text.lstrip("\ufeff")  # libyaml swallows several, and then counts its offsets without them
    _refuse_size(len(text), file)
    document = read(text)
    parsed = _Text(file, text, document)
    if document.root is None or (isinstance(document.root, Scalar) and document.root.value is None):
        raise PlanFileError(parsed.problems([]) or (_at_start(file, _EMPTY),))
    plan_file, errors, untold = examine(plain(document.root))
    if plan_file is None or errors or document.faults:
        raise PlanFileError(parsed.problems(errors, untold))
    return Parsed(plan_file, parsed)


_EMPTY = "the file is empty: it needs a list of rotations ([] for none yet)"


class Parsed(NamedTuple):
    """A plan file and the text it was read from."""

    plan_file: PlanFile
    text: _Text

    @property
    def written(self) -> str:
        """The text as it was read, without a byte order mark; offsets of nodes count in it."""
        return self.text.text

    @property
    def root(self) -> Node:
        """The text's tree."""
        assert self.text.document.root is not None  # noqa: S101 - for mypy: without a root there is no plan file
        return self.text.document.root

    def rotation(self, number: int) -> Mapping:
        """The node of a rotation, by its number in the file."""
        node = self.text.rotations[number]
        assert isinstance(node, Mapping)  # noqa: S101 - for mypy: the model takes nothing else
        return node

    def problem_at(self, path: Path, message: str) -> Problem:
        """A remark about the value at `path`, such as ("rotations", 0, "specialty")."""
        return self.text.problem(path, self.text.offset(path), message)


# --- saying where and what --------------------------------------------------------------------------------


class _Text:
    """A file's text and tree, as the place to point at."""

    def __init__(self, file: str | None, text: str, document: Document) -> None:
        self.file = file
        self.text = text
        self.document = document

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.text)

    @cached_property
    def _shown_lines(self) -> dict[int, str]:
        return {}

    @cached_property
    def rotations(self) -> list[Node]:
        return _items(self._step(self.document.root, "rotations"))

    @cached_property
    def _rotation_starts(self) -> list[int]:
        return [node.start for node in self.rotations]

    @cached_property
    def labels(self) -> tuple[str | None, ...]:
        """How each rotation is called in a message; None where it has neither id nor name."""
        entries = [_label_entry(node) for node in self.rotations]
        ids = rotation_ids(entries)
        return tuple(
            on_one_line(shortened(id_)) if entry.written or entry.attending else None
            for id_, entry in zip(ids, entries, strict=True)
        )

    def problems(self, errors: list[ErrorDetails], untold: int = 0) -> tuple[Problem, ...]:
        """All problems in the order of the text: faults of the YAML, and errors of the model.

        Only those that are told are put into words: a file can hold a million of them. Behind the last come
        the `untold` ones, which are only counted.
        """
        places = {fault.at for fault in self.document.faults}
        believed = [error for error in errors if self._believable(error, places)]
        found = [(fault.at, fault) for fault in self.document.faults]
        ordered = sorted(found + [(self._place(error), error) for error in believed], key=itemgetter(0))
        told = [self._told(at, what) for at, what in ordered[:MAX_PROBLEMS]]
        left = len(ordered) - len(told) + untold
        if not left:
            return tuple(dict.fromkeys(told))
        at = ordered[min(len(told), len(ordered) - 1)][0] if ordered else 0
        return (*dict.fromkeys(told), self.problem((), at, f"and {counted(left, 'more problem')} from here on"))

    def _told(self, at: int, what: Fault | ErrorDetails) -> Problem:
        if isinstance(what, Fault):
            return self.problem(self._path(at), at, what.message)
        return self.problem(what["loc"], at, message(what, self._name(what["loc"])))

    def _believable(self, error: ErrorDetails, faults: set[int]) -> bool:
        """Not about a value refused already, nor about a key that may still come after the YAML breaks off."""
        node = self._node(error["loc"])
        if isinstance(node, Scalar) and (node.start in faults or self._place(error) in faults):
            return False
        lacks = error["type"] == "missing" or (error["type"] == "fault" and error["ctx"]["lacks"])
        if not lacks:
            return True
        owner = self._node(owner_of(error))
        written = owner.entries.get(str(error["loc"][-1])) if isinstance(owner, Mapping) else None
        return (isinstance(owner, Scalar) or owner.complete) and not (written and written.value.start in faults)

    def problem(self, path: Path, offset: int, message: str) -> Problem:
        """A problem at an offset, with the rotation that the path leads through."""
        line, column = self.lines.place(offset)
        number = path[1] if len(path) > 1 and path[0] == "rotations" else None
        label = self.labels[number] if isinstance(number, int) else None
        if isinstance(number, int) and label is None:
            message = f"rotation {number + 1} of the list: {message}"
        return Problem(
            file=self.file,
            line=line,
            column=column,
            rotation=label,
            message=on_one_line(message),
            source=self._source(line),
        )

    def _source(self, line: int) -> str:
        """A line of the text, safe to show; a long line with many problems is prepared once."""
        if line not in self._shown_lines:
            self._shown_lines[line] = on_one_line(self.lines.line(line))
        return self._shown_lines[line]

    def _place(self, error: ErrorDetails) -> int:
        """Where to point: at the wrong value, at the unknown key, or at the mapping that lacks a key."""
        loc = error["loc"]
        owner = self._node(loc[:-1])
        if error["type"] == "extra_forbidden" and isinstance(owner, Mapping):
            return owner.entries[str(loc[-1])].key.start
        return owner.start if error["type"] == "missing" else self.offset(loc)

    def _name(self, path: Path) -> str:
        """The last key on the way to a path that the text has; "" for an item of the list of rotations."""
        node, name = self.document.root, ""
        for part in path:
            node = self._step(node, part)
            if node is None:
                break
            name = part if isinstance(part, str) else name
        return "" if name == "rotations" and len(path) > 1 else name

    def offset(self, path: Path) -> int:
        """Where the value at a path stands, or the nearest mapping around it that does."""
        return self._node(path).start

    def _node(self, path: Path) -> Node:
        """The node at a path, or the last one on the way that the text has."""
        node = self.document.root
        assert node is not None  # noqa: S101 - for mypy: a text without a root has no errors
        for part in path:
            step = self._step(node, part)
            if step is None:
                break
            node = step
        return node

    def _step(self, node: Node | None, part: str | int) -> Node | None:
        if isinstance(node, Mapping) and part in node.entries:
            return node.entries[str(part)].value
        if isinstance(node, Sequence):
            if part == "rotations" and node is self.document.root:
                return node
            return node.items[part] if isinstance(part, int) else None
        return None

    def _path(self, offset: int) -> Path:
        """The rotation in which an offset lies, as a path."""
        place = bisect_right(self._rotation_starts, offset) - 1
        inside = place >= 0 and offset < self.rotations[place].end
        return ("rotations", place) if inside else ()


def _items(node: Node | None) -> list[Node]:
    return node.items if isinstance(node, Sequence) else []


def _label_entry(node: Node) -> Entry:
    """What a rotation's label is made of, read from the tree: the rotation itself may be wrong."""
    written = _text_at(node, "id")
    name = _text_at(node, "attending") or _text_at(node, "attending", "name") or ""
    month = re.match(r"\d{4}-\d{2}", _text_at(node, "start") or "")
    return Entry(written, name, month.group() if month else "unknown")


def _text_at(node: Node, *keys: str) -> str | None:
    for key in keys:
        if not isinstance(node, Mapping) or key not in node.entries:
            return None
        node = node.entries[key].value
    return node.value if isinstance(node, Scalar) else None
