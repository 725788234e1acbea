"""YAML text as a tree of nodes with positions.

The text is read as PyYAML's events, by libyaml where it is installed. Scalars stay text: the models decide what
they mean, so that `no`, `08:30` or a date that does not exist never change or crash anything here. What a plan
file has no use for (anchors, aliases, tags, duplicate keys, a second document, deep nesting) is an error with its
position, and reading goes on as far as the text is YAML.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import yaml

from lorplan.text.wording import truncate

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str | int, ...]
"""Keys and list indices that lead from one node to another inside it."""

Tree = str | list["Tree"] | dict[str, "Tree"] | None
"""A tree as Python data; None where no value was typed."""

MAX_DEPTH: Final = 16
"""Levels of nesting. A plan file needs five; libyaml's time grows with the square of the depth."""

MAX_VALUES: Final = 250_000
"""Keys and values. A thousand rotations have fewer; this bounds the memory, as a value can be as short as a byte."""

EMPTY_VALUES: Final = frozenset({"", "~", "null"})
"""What counts as left out when typed without quotes."""

LINE_END: Final = re.compile(r"\r\n|\n|\r")
"""Where a line ends for an editor."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_NOT_YAML: Final = yaml.reader.Reader.NON_PRINTABLE
_Event = Any  # PyYAML's events have no types
_LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)
_TOO_DEEP: Final = f"nested deeper than {MAX_DEPTH} levels"


# --- nodes --------------------------------------------------------------------------------------------------


class Scalar(NamedTuple):
    """A single value; `start` and `end` are offsets in the whole text, quotes included."""

    start: int
    end: int
    text: str
    plain: bool

    @property
    def value(self) -> str | None:
        """The text, or None if no value was typed."""
        return None if self.plain and self.text in EMPTY_VALUES else self.text


class Entry(NamedTuple):
    """A key and its value."""

    key: Scalar
    value: Node


class Mapping(NamedTuple):
    """Keys and values; not `complete` if the text stops being YAML inside it."""

    start: int
    end: int
    entries: dict[str, Entry]
    complete: bool


class Sequence(NamedTuple):
    """A list of nodes; not `complete` if the text stops being YAML inside it."""

    start: int
    end: int
    items: list[Node]
    complete: bool


Node = Scalar | Mapping | Sequence


def child(node: Node, part: str | int) -> Node | None:
    """Find the value at a key or an index; None if there is none."""
    if isinstance(node, Mapping) and part in node.entries:
        return node.entries[str(part)].value
    if isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
        return node.items[part]
    return None


def find(node: Node, path: Path) -> Node | None:
    """Find the value at a path; None if there is none."""
    for part in path:
        inner = child(node, part)
        if inner is None:
            return None
        node = inner
    return node


def nearest(node: Node, path: Path) -> Node:
    """Find the value at a path, or the last one on the way to it."""
    for part in path:
        inner = child(node, part)
        if inner is None:
            break
        node = inner
    return node


def to_python(node: Node) -> Tree:
    """Turn a tree into dicts, lists and strings; None stands for no value."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [to_python(item) for item in node.items]
    return {key: to_python(entry.value) for key, entry in node.entries.items()}


def from_python(data: Tree) -> Node:
    """Make a tree, without positions, of dicts, lists and strings."""
    if isinstance(data, list):
        return Sequence(0, 0, [from_python(item) for item in data], complete=True)
    if isinstance(data, dict):
        entries = {key: Entry(Scalar(0, 0, key, plain=True), from_python(value)) for key, value in data.items()}
        return Mapping(0, 0, entries, complete=True)
    return Scalar(0, 0, data or "", plain=data is None)


def write_scalar(text: str) -> str:
    """Write text as a YAML scalar: as it is if it reads as the same text, else in double quotes."""
    key = "x: "
    tree = read_tree(key + text)
    node = find(tree.root, ("x",)) if tree.root and not tree.errors else None
    if isinstance(node, Scalar) and node.plain and node.value == text and node.end == len(key + text):
        return text
    import json  # needed for writing only

    return _NOT_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


# --- positions ----------------------------------------------------------------------------------------------


class Lines:
    """Turns offsets in a text into lines and columns, both counted from 1."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(end.end() for end in LINE_END.finditer(text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and the column, in characters, of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return the text of a line without its end."""
        start = self._starts[number - 1]
        end = LINE_END.search(self._text, start)
        return self._text[start : end.start() if end else len(self._text)]


# --- reading ------------------------------------------------------------------------------------------------


class YamlError(NamedTuple):
    """An error in the text itself, at an offset."""

    offset: int
    message: str


class YamlTree(NamedTuple):
    """What a text holds: its root (None if it is empty) and its errors, in the order of the text."""

    root: Node | None
    errors: tuple[YamlError, ...]


def read_tree(text: str) -> YamlTree:
    """Read a text without a byte order mark as far as it is YAML. Never raises because of its content."""
    return _Reader(text).read()


class _Reader:
    """Follows the events of one text; `_next` gives None once the text is no longer YAML."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.errors: list[YamlError] = []
        self.values = 0
        self.stopped = False
        self.last_event: _Event = None
        # libyaml looks ahead for characters that are not YAML and then gives up early. So the lines before such
        # a character are read on their own, and their errors are found in the same run.
        bad = _NOT_YAML.search(text)
        self.limit = text.rfind("\n", 0, bad.start()) + 1 if bad else len(text)
        # yaml.parse would ask for each event twice.
        self.events: Iterator[_Event] = iter(_LOADER(text[: self.limit]).get_event, None)

    def read(self) -> YamlTree:
        root = None
        while (event := self._next()) is not None:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self._stop(_start(event), "unexpected second YAML document")
                    break
                root = self._node(self._next(), 1)
        if bad := _NOT_YAML.search(self.text, self.limit):
            self._stop(bad.start(), f"the character U+{ord(bad.group()):04X} is not allowed in YAML")
        return YamlTree(root, tuple(sorted(self.errors)))

    def _error(self, offset: int, message: str) -> None:
        """Record an error after which the text can be read on."""
        self.errors.append(YamlError(offset, message))

    def _stop(self, offset: int, message: str) -> None:
        """Record the first error after which the text cannot be read on, and read no further."""
        if not self.stopped:
            self._error(offset, message)
        self.stopped = True
        self.events = iter(())

    def _next(self) -> _Event:
        try:
            event = next(self.events, None)
            if event is not None:
                self.last_event = event
                return event
        except yaml.MarkedYAMLError as error:
            self._stop_at_syntax_error(error)
        except (ValueError, OverflowError) as error:
            # PyYAML's own parser, used where libyaml is missing, lets numbers beyond Unicode or int through.
            self._stop(_end(self.last_event), f"not YAML: {error}")
        self.events = iter(())  # a parser that has failed once must not be asked again
        return None

    def _stop_at_syntax_error(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        offset = mark.index if mark else 0
        if offset < self.limit or self.limit == len(self.text):
            self._stop(offset, _describe(error, self.text[offset : offset + 1]))

    def _is_closed(self, event: _Event) -> bool:
        """Whether a collection ends where the text says so, and not where reading was cut off."""
        return bool(_end(event) < self.limit or self.limit == len(self.text))

    def _end_of(self, event: _Event) -> int:
        return _end(event) if self._is_closed(event) else len(self.text)

    def _node(self, event: _Event, depth: int) -> Node | None:
        if event is None:
            return None
        offset = _start(event)
        self.values += 1
        if self.values > MAX_VALUES:
            self._stop(offset, f"more than {MAX_VALUES:,} keys and values: not a plan file")
            return None
        if isinstance(event, yaml.AliasEvent):
            self._error(offset, "YAML aliases are not supported; repeat the value")
            return Scalar(offset, _end(event), f"*{event.anchor}", plain=False)
        if event.anchor or event.tag:
            self._refuse_decorations(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if depth > MAX_DEPTH:
            self._stop(offset, _TOO_DEEP)
            return None
        is_sequence = isinstance(event, yaml.SequenceStartEvent)
        return self._sequence(offset, depth) if is_sequence else self._mapping(offset, depth)

    def _refuse_decorations(self, event: _Event) -> None:
        if event.anchor:
            self._error(_start(event), f"YAML anchors are not supported; remove &{truncate(event.anchor)}")
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._error(_start(event), f"YAML tags are not supported; remove {truncate(tag)}")

    def _scalar(self, event: _Event) -> Scalar | None:
        if event.style == '"' and _SURROGATE.search(event.value):  # PyYAML's own parser lets it through
            self._stop(_start(event), "not YAML: an escape stands for half a character")
            return None
        return Scalar(_start(event), _end(event), event.value, not event.style)

    def _sequence(self, offset: int, depth: int) -> Sequence:
        items: list[Node] = []
        while (event := self._next()) is not None:
            if isinstance(event, yaml.SequenceEndEvent):
                return Sequence(offset, self._end_of(event), items, self._is_closed(event))
            item = self._node(event, depth + 1)
            if item is not None:
                items.append(item)
        return Sequence(offset, len(self.text), items, complete=False)

    def _mapping(self, offset: int, depth: int) -> Mapping:
        entries: dict[str, Entry] = {}
        while (event := self._next()) is not None:
            if isinstance(event, yaml.MappingEndEvent):
                return Mapping(offset, self._end_of(event), entries, self._is_closed(event))
            key = self._node(event, depth + 1)
            value = self._node(self._next(), depth + 1)
            if key is None or value is None:
                break
            self._add_entry(entries, key, value)
        return Mapping(offset, len(self.text), entries, complete=False)

    def _add_entry(self, entries: dict[str, Entry], key: Node, value: Node) -> None:
        if not isinstance(key, Scalar):
            self._error(key.start, "a key must be a word, not a list or a mapping")
        elif key.text in entries:
            self._error(key.start, f'duplicate key "{truncate(key.text)}"')
        else:
            entries[key.text] = Entry(key, value)


_HINTS: Final = (
    ("mapping values are not allowed", "a value with a colon and a space in it needs quotes"),
    ("cannot start any token", "a value that starts with this character needs quotes"),
    (
        "did not find expected <document start>",
        "the lines before and after do not belong to one list or mapping",
    ),
    ("did not find expected key", "check the indentation and the quotes"),
    ("did not find expected '-' indicator", "check the indentation"),
)
"""What the parser's messages usually mean in a plan file."""


def _start(event: _Event) -> int:
    index: int = event.start_mark.index
    return index


def _end(event: _Event) -> int:
    index: int = event.end_mark.index
    return index


def _describe(error: yaml.MarkedYAMLError, character: str) -> str:
    """Return the parser's own message and what it usually means."""
    message = " ".join(part for part in (error.context, error.problem) if part)
    if "nesting" in message:  # pragma: no cover - some versions give up before the depth that is refused here
        return _TOO_DEEP
    if character == "\t":
        return f"not YAML: {message} (use spaces to indent, not tabs)"
    hints = (hint for part, hint in _HINTS if part in (error.problem or ""))
    return "not YAML: " + " ".join([message, *(f"({hint})" for hint in hints)])
