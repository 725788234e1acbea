"""YAML text as a tree of located nodes.

The text is read as PyYAML's events, in C where that part is installed. Scalars stay text: what they mean is
the model's business, so that `no`, `08:30` or a day that does not exist never change or crash anything here.
What a plan file has no use for (anchors, aliases, tags, doubled keys, a second document, deep nesting) is
noted as a fault with its place, and reading goes on as far as the text is YAML.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from lorplan.text.safe import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 16
"""Levels of nesting: a plan file needs five, and libyaml's time grows with the square of the depth."""

MAX_VALUES = 1_500_000
"""Keys and values: those of fifty thousand rotations are half as many. A bracket a byte would fill the memory."""

MAX_KEYS = 100
"""Keys of one mapping: a rotation has two dozen."""

MAX_FAULTS = 10_000
"""Mistakes in the text itself, after which there is no point in reading on."""

NOTHING = frozenset({"", "~", "null"})
"""What stands for "left out" when it is typed without quotes."""

LINE_END = re.compile(r"\r\n|\n|\r")
"""Where a line ends for an editor."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_YAML = yaml.reader.Reader.NON_PRINTABLE
_Event = Any  # PyYAML's events have no types
_LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)


class Scalar(NamedTuple):
    """A piece of text; `start` and `end` are offsets in the whole text, quotes included."""

    start: int
    end: int
    text: str
    plain: bool

    @property
    def value(self) -> str | None:
        """The text, or None where nothing was typed."""
        return None if self.plain and self.text in NOTHING else self.text


class Entry(NamedTuple):
    """A key and its value."""

    key: Scalar
    value: Node


class Mapping(NamedTuple):
    """Keys and values; not `complete` where the text stops being YAML inside it."""

    start: int
    end: int
    entries: dict[str, Entry]
    complete: bool


class Sequence(NamedTuple):
    """A list of nodes; not `complete` where the text stops being YAML inside it."""

    start: int
    end: int
    items: list[Node]
    complete: bool


Node = Scalar | Mapping | Sequence


class Fault(NamedTuple):
    """A mistake in the text itself, at an offset."""

    at: int
    message: str


class Document(NamedTuple):
    """What a text holds: its tree (None where it is empty), its faults, and whether it is YAML to the end."""

    root: Node | None
    faults: tuple[Fault, ...]
    complete: bool


def read(text: str) -> Document:
    """Read a text, which has no byte order mark, as far as it is YAML. Never raises for what it contains."""
    return _Reader(text).document()


def plain(node: Node) -> Any:  # noqa: ANN401 - the tree's own shape: str, list, dict or None
    """The tree as dicts, lists and strings; None stands for nothing."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(entry.value) for key, entry in node.entries.items()}


def as_scalar(text: str) -> str:
    """A text as YAML: as it is where that reads as the same text, else in double quotes."""
    key = "x: "
    document = read(key + text)
    root = document.root
    entry = root.entries.get("x") if isinstance(root, Mapping) and document.complete else None
    if entry and isinstance(entry.value, Scalar) and not document.faults:
        same = entry.value.value == text and entry.value.end == len(key + text)
        if same and entry.value.plain:
            return text
    import json  # noqa: PLC0415 - only what writes a file quotes

    return _NOT_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


class Lines:
    """Turns offsets in a text into lines and columns, both counted from 1."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(end.end() for end in LINE_END.finditer(text))]

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column, in characters, of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line without its end."""
        start = self._starts[number - 1]
        end = LINE_END.search(self._text, start)
        return self._text[start : end.start() if end else len(self._text)]


class _Reader:
    """Follows the events of one text; `_next` gives None once the text is no longer YAML."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.faults: list[Fault] = []
        self.values = 0
        self.complete = True
        self.reached: _Event = None
        # libyaml looks ahead for characters that are not YAML and then gives up early; so we look first,
        # and read the whole lines before such a one: what is wrong with them is told in the same run.
        bad = _NOT_YAML.search(self.text)
        self.limit = self.text.rfind("\n", 0, bad.start()) + 1 if bad else len(self.text)
        # Without yaml.parse, which asks for each event twice.
        self.events: Iterator[_Event] = iter(_LOADER(self.text[: self.limit]).get_event, None)

    def document(self) -> Document:
        root = None
        while (event := self._next()) is not None:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self._stop(_start(event), "a second document starts here: a plan file is one document")
                    break
                root = self._node(self._next(), 1)
        self._refuse_character()
        return Document(root, tuple(sorted(self.faults, key=lambda fault: fault.at)), self.complete)

    def _refuse_character(self) -> None:
        if bad := _NOT_YAML.search(self.text, self.limit):
            self._stop(bad.start(), f"the character U+{ord(bad.group()):04X} cannot stand in a YAML file")

    def _fault(self, at: int, message: str) -> None:
        """Note a mistake behind which the text can be read on."""
        self.faults.append(Fault(at, message))
        if len(self.faults) > MAX_FAULTS:
            self._break_off(at, "so many mistakes that reading ends here")

    def _stop(self, at: int, message: str) -> None:
        """Note the first place where the text cannot be read on."""
        if self.complete:
            self.faults.append(Fault(at, message))
        self.complete = False

    def _next(self) -> _Event:
        try:
            event = next(self.events, None)
            if event is not None:
                self.reached = event
                return event
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            at = mark.index if mark else 0
            if at < self.limit or self.limit == len(self.text):
                self._stop(at, f"not YAML: {_words_of(error, self.text[at : at + 1])}")
        except (ValueError, OverflowError) as error:
            # PyYAML's own parser, used where libyaml is missing, lets a number beyond Unicode or int through.
            self._stop(_end(self.reached), f"not YAML: {error}")
        self.events = iter(())  # a parser that has failed once must not be asked again
        return None

    def _closed(self, event: _Event) -> bool:
        """Whether a collection ends where the text says so, and not where reading was cut off."""
        return bool(_end(event) < self.limit or self.limit == len(self.text))

    def _end_of(self, event: _Event) -> int:
        return _end(event) if self._closed(event) else len(self.text)

    def _node(self, event: _Event, depth: int) -> Node | None:
        if event is None:
            return None
        at = _start(event)
        self.values += 1
        if self.values > MAX_VALUES:
            self._break_off(at, f"more than {MAX_VALUES:,} keys and values: not a plan file")
            return None
        if isinstance(event, yaml.AliasEvent):
            alias = f"*{event.anchor}"
            self._fault(at, f"an alias ({shortened(alias)}) cannot be used here: write the value out")
            return Scalar(at, _end(event), alias, plain=False)
        if event.anchor or event.tag:
            self._refuse_decorations(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if depth > MAX_DEPTH:
            self._break_off(at, f"nested deeper than {MAX_DEPTH} levels")
            return None
        is_sequence = isinstance(event, yaml.SequenceStartEvent)
        return self._sequence(at, depth) if is_sequence else self._mapping(at, depth)

    def _break_off(self, at: int, message: str) -> None:
        """Read no further than here."""
        self._stop(at, message)
        self.events = iter(())

    def _scalar(self, event: _Event) -> Scalar | None:
        at = _start(event)
        if event.style == '"' and _SURROGATE.search(event.value):  # PyYAML's own parser lets it through
            self._break_off(at, "not YAML: an escape stands for half a character")
            return None
        return Scalar(at, _end(event), event.value, not event.style)

    def _refuse_decorations(self, event: _Event) -> None:
        at = _start(event)
        if event.anchor:
            self._fault(at, f"an anchor (&{shortened(event.anchor)}) cannot be used here: leave it out")
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._fault(at, f"a tag ({shortened(tag)}) cannot be used here: leave it out")

    def _sequence(self, at: int, depth: int) -> Sequence:
        items: list[Node] = []
        while (event := self._next()) is not None:
            if isinstance(event, yaml.SequenceEndEvent):
                return Sequence(at, self._end_of(event), items, self._closed(event))
            item = self._node(event, depth + 1)
            if item is not None:
                items.append(item)
        return Sequence(at, len(self.text), items, complete=False)

    def _mapping(self, at: int, depth: int) -> Mapping:
        entries: dict[str, Entry] = {}
        while (event := self._next()) is not None:
            if isinstance(event, yaml.MappingEndEvent):
                return Mapping(at, self._end_of(event), entries, self._closed(event))
            key = self._node(event, depth + 1)
            value = self._node(self._next(), depth + 1)
            if key is None or value is None:
                break
            self._enter(entries, key, value)
        return Mapping(at, len(self.text), entries, complete=False)

    def _enter(self, entries: dict[str, Entry], key: Node, value: Node) -> None:
        if not isinstance(key, Scalar):
            self._fault(key.start, "a key must be a word, not a list or a mapping")
        elif key.text in entries:
            self._fault(key.start, f'the key "{shortened(key.text)}" is here twice')
        elif len(entries) == MAX_KEYS:
            self._break_off(key.start, f"more than {MAX_KEYS:,} keys in one mapping: not a plan file")
        else:
            entries[key.text] = Entry(key, value)


_HINTS = (
    ("mapping values are not allowed", "a value with a colon and a space in it needs quotes"),
    ("cannot start any token", "a value that starts with this character needs quotes"),
    (
        "did not find expected <document start>",
        "the lines before and after do not belong to one list or mapping",
    ),
    ("did not find expected key", "check the indentation and the quotes"),
    ("did not find expected '-' indicator", "check the indentation"),
)
"""What the parser's words usually mean for somebody who types a plan file."""


def _start(event: _Event) -> int:
    index: int = event.start_mark.index
    return index


def _end(event: _Event) -> int:
    index: int = event.end_mark.index
    return index


def _words_of(error: yaml.MarkedYAMLError, character: str) -> str:
    """The parser's own words, and what they usually mean."""
    words = " ".join(part for part in (error.context, error.problem) if part)
    if character == "\t":
        return f"{words} (a tab cannot indent: use spaces)"
    hints = (hint for part, hint in _HINTS if part in (error.problem or ""))
    return " ".join([words, *(f"({hint})" for hint in hints)])
