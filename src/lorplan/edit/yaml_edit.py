"""Changes to YAML text: a value put in, put in another's place or taken out, every other character left alone.

Each function looks at a tree that `yamltext` read from the text and gives one `Splice`. They see to the usual
ways of writing: block and flow style, comments beside the value, any line end or none at the end of the text,
keys with nothing behind them. A caller that must be sure reads the new text again and compares.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lorplan.planfile.yaml_tree import LINE_END, Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from lorplan.planfile.yaml_tree import Node

Value = str | list[str] | dict[str, "Value"]
"""What can be put in: plain text, a list of it, or keys with values."""

Place = str | int
"""Where something stands in a container: under a key of a mapping, or at a number of a list."""

_BREAKS = "\n\r\x85\u2028\u2029"
"""What ends a line in YAML 1.1; a comment may hold the rare ones."""

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_SHOWN = re.compile(r"\S")


class Splice(NamedTuple):
    """What stands from `start` to `end` of a text, as offsets, becomes `text`."""

    start: int
    end: int
    text: str

    def apply(self, whole: str) -> str:
        """The text with this change."""
        return whole[: self.start] + self.text + whole[self.end :]


# --- putting in -------------------------------------------------------------------------------------------


def put(text: str, owner: Mapping, keys: tuple[str, ...], value: Value, order: tuple[str, ...]) -> Splice:
    """Put a value under `keys`, a path from `owner` on, in the place of what stands there.

    A new key comes behind the last of those that stand before it in `order`, else behind all keys.
    """
    key, *rest = keys
    entry = owner.entries.get(key)
    nested = _nested(tuple(rest), value)
    if entry is None:
        return _add(text, owner, key, nested, order)
    if isinstance(entry.value, Mapping) and rest:
        return put(text, entry.value, tuple(rest), value, order)
    if _is_flow(text, owner) or not isinstance(nested, dict) or _content(text, entry.value):
        return _replace(text, entry.value, nested)
    lines = _lines(nested)
    return _below(text, entry.value.start, _column(text, owner.start) + 2, lines)


def append(text: str, sequence: Sequence, item: str) -> Splice:
    """Put one more item behind the others of a list."""
    spans = _spans(text, sequence)
    if not _is_flow(text, sequence):
        return _below(text, spans[-1][1], _column(text, sequence.start), [f"- {item}"])
    if not spans:
        return Splice(sequence.start + 1, sequence.start + 1, item)
    return Splice(spans[-1][1], spans[-1][1], f", {item}")


def _nested(keys: tuple[str, ...], value: Value) -> Value:
    for key in reversed(keys):
        value = {key: value}
    return value


def _add(text: str, owner: Mapping, key: str, value: Value, order: tuple[str, ...]) -> Splice:
    if _is_flow(text, owner) and not owner.entries:
        return Splice(owner.start + 1, owner.start + 1, f"{key}: {_flow(value)}")
    before = order[: order.index(key)]
    earlier = [name for name in owner.entries if name in before]
    last = owner.entries[(earlier or list(owner.entries))[-1]]
    end = _content_end(text, last.value)
    if _is_flow(text, owner):
        return Splice(end, end, f", {key}: {_flow(value)}")
    return _below(text, end, _column(text, owner.start), _lines({key: value}))


def _replace(text: str, node: Node, value: Value) -> Splice:
    """The value in the node's place, in the quotes that the node had."""
    start, end = node.start, _content_end(text, node)
    written = _flow(value)
    quote = text[start : start + 1]
    if start == end:  # nothing stands behind the colon
        return Splice(start, end, f" {written}")
    if isinstance(node, Scalar) and isinstance(value, str) and not node.plain and quote in {"'", '"'}:
        written = quote + written + quote
    return Splice(start, end, written)


def _below(text: str, end: int, column: int, lines: list[str]) -> Splice:
    """New lines under the one in which something ends, indented by `column`.

    Comments beside it, and those below it that are indented further, are left with it.
    """
    line_end = _line_end(text, end)
    while (comment := _comment_below(text, line_end, column + 1)) is not None:
        line_end = _line_end(text, comment)
    eol = _eol(text, line_end)
    return Splice(line_end, line_end, "".join(eol + " " * column + line for line in lines))


def _flow(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return f"[{', '.join(value)}]"
    return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"


def _lines(value: dict[str, Value]) -> list[str]:
    """Keys and values in block style, lists in flow style: they are short."""
    lines = []
    for key, item in value.items():
        if isinstance(item, dict):
            lines += [f"{key}:", *(f"  {line}" for line in _lines(item))]
        else:
            lines.append(f"{key}: {_flow(item)}")
    return lines


# --- taking out -------------------------------------------------------------------------------------------


def take_out(text: str, owner: Mapping, places: tuple[Place, ...]) -> Splice:
    """Take out what stands at `places`, a path from `owner` on, with all that would be left empty around it.

    Comments stay, also those beside what goes; where one stands inside, what is around it stays, too.
    """
    containers: list[Mapping | Sequence] = [owner]
    for place in places[:-1]:
        outer = containers[-1]
        assert isinstance(outer, Mapping)  # noqa: S101 - for mypy: only the last place is one in a list
        inner = outer.entries[str(place)].value
        assert not isinstance(inner, Scalar)  # noqa: S101 - for mypy: a path leads through containers
        containers.append(inner)
    depth = len(places) - 1
    while depth and _can_go(text, containers[depth - 1], places[depth - 1], containers[depth]):
        depth -= 1
    return _without(text, containers[depth], places[depth])


def _can_go(text: str, owner: Mapping | Sequence, place: Place, container: Mapping | Sequence) -> bool:
    """Whether a container holds one thing only, and no comment before or behind it."""
    spans = _spans(text, container)
    if len(spans) != 1:
        return False
    (start, end), outer_start = spans[0], _spans(text, owner)[_number(owner, place)][0]
    if "#" in text[outer_start:start]:
        return False
    if _is_flow(text, container):
        return "#" not in text[end : container.end]
    return _comment_below(text, end, _column(text, container.start)) is None


def _without(text: str, container: Mapping | Sequence, place: Place) -> Splice:
    spans, number = _spans(text, container), _number(container, place)
    if _is_flow(text, container):
        return _without_in_flow(text, spans, number)
    start, end = spans[number]
    line_end = _line_end(text, end)
    beside = text[end:line_end]
    if beside.strip():
        return Splice(start, line_end - len(beside.lstrip()), "")
    line_start = _line_start(text, start)
    if text[line_start:start].strip():  # the first key of an item of a list, behind the dash
        following = spans[number + 1][0] if number + 1 < len(spans) else end
        return Splice(start, end if text[end:following].strip() else following, "")
    if line_end == len(text) and line_start:  # the last line, without an end: the one before it becomes the last
        return Splice(_before_break(text, line_start), line_end, "")
    return Splice(line_start, _after_break(text, line_end), "")


def _without_in_flow(text: str, spans: list[tuple[int, int]], number: int) -> Splice:
    start, end = spans[number]
    if number and text[spans[number - 1][1] : start].strip() == ",":
        return Splice(spans[number - 1][1], end, "")
    if not number and len(spans) > 1 and text[end : spans[1][0]].strip() == ",":
        return Splice(start, spans[1][0], "")
    comma = re.compile(r"\s*,").match(text, end)  # a comment stands beside it: it stays
    return Splice(start, comma.end() if comma else end, "")


def _number(container: Mapping | Sequence, place: Place) -> int:
    return list(container.entries).index(str(place)) if isinstance(container, Mapping) else int(place)


# --- where things stand -----------------------------------------------------------------------------------


def _is_flow(text: str, container: Mapping | Sequence) -> bool:
    return text[container.start] in "{["


def _spans(text: str, container: Mapping | Sequence) -> list[tuple[int, int]]:
    """From where to where each part of a container reaches: a key with its value, an item with its dash."""
    if isinstance(container, Mapping):
        return [(entry.key.start, _content_end(text, entry.value)) for entry in container.entries.values()]
    starts = [item.start for item in container.items]
    if not _is_flow(text, container):
        starts = [text.rindex("-", 0, start) for start in starts]
    return [(start, _content_end(text, item)) for start, item in zip(starts, container.items, strict=True)]


def _content(text: str, node: Node) -> str:
    return text[node.start : _content_end(text, node)]


def _content_end(text: str, node: Node) -> int:
    """Where what belongs to a node ends: before comments and blank lines, unless a block of text keeps these."""
    if isinstance(node, Scalar):
        written = text[node.start : node.end]
        if node.plain or written[:1] not in {"|", ">"}:
            return node.end
        if "+" in _BREAK.split(written, maxsplit=1)[0]:
            return _before_break(text, node.end) if written[-1] in _BREAKS else node.end
        return node.start + len(written.rstrip())
    if _is_flow(text, node):
        return node.end
    last = list(node.entries.values())[-1].value if isinstance(node, Mapping) else node.items[-1]
    return _content_end(text, last)


def _comment_below(text: str, end: int, column: int) -> int | None:
    """Where under the line in which something ends a comment begins, indented as far or further, if one does."""
    shown = _SHOWN.search(text, _after_break(text, _line_end(text, end)))
    is_comment = shown is not None and shown.group() == "#" and _column(text, shown.start()) >= column
    return shown.start() if shown and is_comment else None


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind(character, 0, offset) for character in _BREAKS) + 1


def _line_end(text: str, offset: int) -> int:
    """Where the line ends for an editor; the rare breaks stand inside a comment, or in what is not changed."""
    found = LINE_END.search(text, offset)
    return found.start() if found else len(text)


def _after_break(text: str, offset: int) -> int:
    found = _BREAK.match(text, offset)
    return found.end() if found else offset


def _before_break(text: str, offset: int) -> int:
    return offset - (2 if text[offset - 2 : offset] == "\r\n" else 1)


def _column(text: str, offset: int) -> int:
    return offset - _line_start(text, offset)


def _eol(text: str, offset: int) -> str:
    """The line end at an offset, else the first of the text, else a line feed; never a rare one."""
    found = LINE_END.match(text, offset) or LINE_END.search(text)
    return found.group() if found else "\n"
