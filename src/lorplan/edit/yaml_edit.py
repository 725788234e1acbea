"""Edits of YAML text: a value is inserted, replaced or removed, and every other character stays as it is.

Each function looks at a tree that was read from the text and returns one `Splice`. They handle block and flow style,
comments beside the value, any line end or none at the end of the text, and keys without a value. A text that is JSON
stays JSON. A caller that must be sure reads the new text again and compares.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from lorplan.planfile.yaml_tree import LINE_END, Mapping, Scalar, Sequence, read_tree, to_python

if TYPE_CHECKING:
    from lorplan.planfile.yaml_tree import Node, Path

Value = str | list["Value"] | dict[str, "Value"]
"""What can be inserted: plain text, keys with values, or a list of one of these."""

_BREAKS: Final = "\n\r\x85\u2028\u2029"
"""What ends a line in YAML 1.1; a comment may contain the rare ones."""

_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_JSON_WORD: Final = re.compile(r"true|false|0|[1-9][0-9]{0,8}")
_VISIBLE: Final = re.compile(r"\S")


class Splice(NamedTuple):
    """The replacement of a text from `start` to `end`, as offsets, by another one."""

    start: int
    end: int
    text: str

    def apply(self, whole: str) -> str:
        """Make the replacement."""
        return whole[: self.start] + self.text + whole[self.end :]


# --- inserting ----------------------------------------------------------------------------------------------


def set_value(text: str, owner: Mapping, keys: tuple[str, ...], value: Value, order: tuple[str, ...]) -> Splice:
    """Set the value at `keys`, a path that begins at `owner`, replacing the one that is there.

    A new key is inserted after the last of those that precede it in `order`, else after all keys.
    """
    key, *rest = keys
    entry = owner.entries.get(key)
    nested = _nest(tuple(rest), value)
    if entry is None:
        return _add(text, owner, key, nested, order)
    if isinstance(entry.value, Mapping) and rest:
        return set_value(text, entry.value, tuple(rest), value, order)
    if _is_flow(text, owner) or not isinstance(nested, dict) or _content(text, entry.value):
        return _replace(text, entry.value, nested)
    return _insert_below(text, entry.value.start, _column(text, owner.start) + 2, block_lines(nested))


def append_item(text: str, sequence: Sequence, item: Value) -> Splice:
    """Add one more item at the end of a list."""
    spans = _spans(text, sequence)
    if not _is_flow(text, sequence):
        return _insert_below(text, spans[-1][1], _column(text, sequence.start), _item_lines(item))
    if not spans:
        return Splice(sequence.start + 1, sequence.start + 1, _in_style_of(text, item))
    return Splice(spans[-1][1], spans[-1][1], f", {_in_style_of(text, item)}")


def _nest(keys: tuple[str, ...], value: Value) -> Value:
    for key in reversed(keys):
        value = {key: value}
    return value


def _add(text: str, owner: Mapping, key: str, value: Value, order: tuple[str, ...]) -> Splice:
    pair = _in_style_of(text, {key: value})[1:-1]
    if _is_flow(text, owner) and not owner.entries:
        return Splice(owner.start + 1, owner.start + 1, pair)
    preceding = order[: order.index(key)]
    earlier = [name for name in owner.entries if name in preceding]
    last = owner.entries[(earlier or list(owner.entries))[-1]]
    end = _content_end(text, last.value)
    if _is_flow(text, owner):
        return Splice(end, end, f", {pair}")
    return _insert_below(text, end, _column(text, owner.start), block_lines({key: value}))


def _replace(text: str, node: Node, value: Value) -> Splice:
    """Replace a node by a value, in the quotes that the node had."""
    start, end = node.start, _content_end(text, node)
    quote = text[start : start + 1]
    if start == end:  # nothing after the colon
        return Splice(start, end, f" {_flow(value)}")
    if isinstance(node, Scalar) and isinstance(value, str) and not node.plain and quote in {"'", '"'}:
        return Splice(start, end, quote + value + quote)
    return Splice(start, end, _in_style_of(text, value))


def _insert_below(text: str, end: int, column: int, lines: list[str]) -> Splice:
    """Insert lines, indented by `column`, below the line in which something ends.

    Comments beside it, and comments below it that are indented further, stay with it.
    """
    line_end = _line_end(text, end)
    while (comment := _comment_below(text, line_end, column + 1)) is not None:
        line_end = _line_end(text, comment)
    newline = _newline(text, line_end)
    return Splice(line_end, line_end, "".join(newline + " " * column + line for line in lines))


def _in_style_of(text: str, value: Value) -> str:
    """Write a value between brackets as the text has them: as JSON where it is JSON."""
    return json.dumps(_data(value), ensure_ascii=False) if _is_json(text) else _flow(value)


def _is_json(text: str) -> bool:
    if text.lstrip()[:1] not in {"{", "["} or '"' not in text:  # without a quoted word it is as good YAML
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _data(value: Value) -> object:
    """Return what a value says, as data: small whole numbers, true and false as these, all else as text."""
    if isinstance(value, list):
        return [_data(item) for item in value]
    if isinstance(value, dict):
        return {key: _data(item) for key, item in value.items()}
    if _JSON_WORD.fullmatch(value):
        return json.loads(value)
    root, _ = read_tree(value)
    return value if root is None else to_python(root)


def _flow(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"


def block_lines(value: dict[str, Value]) -> list[str]:
    """Write keys and values in block style, and lists of words, which are short, in flow style."""
    lines = []
    for key, item in value.items():
        if isinstance(item, dict):
            lines += [f"{key}:", *(f"  {line}" for line in block_lines(item))]
        elif isinstance(item, list) and item and isinstance(item[0], dict):
            lines += [f"{key}:", *(f"  {line}" for one in item for line in _item_lines(one))]
        else:
            lines.append(f"{key}: {_flow(item)}")
    return lines


def _item_lines(item: Value) -> list[str]:
    """Write an item of a list in block style."""
    first, *others = block_lines(item) if isinstance(item, dict) else [_flow(item)]
    return [f"- {first}", *(f"  {line}" for line in others)]


# --- removing -----------------------------------------------------------------------------------------------


def remove_value(text: str, owner: Mapping, path: Path) -> Splice:
    """Remove the value at a path that begins at `owner`, and any container that this would leave empty.

    Comments stay, also those beside the value; a container that holds a comment stays, too.
    """
    containers: list[Mapping | Sequence] = [owner]
    for part in path[:-1]:
        outer = containers[-1]
        assert isinstance(outer, Mapping)  # noqa: S101 - for mypy: only the last part of a path is an index
        inner = outer.entries[str(part)].value
        assert not isinstance(inner, Scalar)  # noqa: S101 - for mypy: a path leads through containers
        containers.append(inner)
    depth = len(path) - 1
    while depth and _can_go(text, containers[depth - 1], path[depth - 1], containers[depth]):
        depth -= 1
    return _remove_part(text, containers[depth], path[depth])


def _can_go(text: str, owner: Mapping | Sequence, part: str | int, container: Mapping | Sequence) -> bool:
    """Whether a container holds one thing only, and no comment before or after it."""
    spans = _spans(text, container)
    if len(spans) != 1:
        return False
    (start, end), outer_start = spans[0], _spans(text, owner)[_index(owner, part)][0]
    if "#" in text[outer_start:start]:
        return False
    if _is_flow(text, container):
        return "#" not in text[end : container.end]
    return _comment_below(text, end, _column(text, container.start)) is None


def _remove_part(text: str, container: Mapping | Sequence, part: str | int) -> Splice:
    spans, index = _spans(text, container), _index(container, part)
    if _is_flow(text, container):
        return _remove_from_flow(text, spans, index)
    start, end = spans[index]
    line_end = _line_end(text, end)
    beside = text[end:line_end]
    if beside.strip():
        return Splice(start, line_end - len(beside.lstrip()), "")
    line_start = _line_start(text, start)
    if text[line_start:start].strip():  # the first key of a list item, after the dash
        following = spans[index + 1][0] if index + 1 < len(spans) else end
        return Splice(start, end if text[end:following].strip() else following, "")
    if line_end == len(text) and line_start:  # the last line, without a line end: the one before becomes the last
        return Splice(_before_break(text, line_start), line_end, "")
    return Splice(line_start, _after_break(text, line_end), "")


def _remove_from_flow(text: str, spans: list[tuple[int, int]], index: int) -> Splice:
    start, end = spans[index]
    if index and text[spans[index - 1][1] : start].strip() == ",":
        return Splice(spans[index - 1][1], end, "")
    if not index and len(spans) > 1 and text[end : spans[1][0]].strip() == ",":
        return Splice(start, spans[1][0], "")
    comma = re.compile(r"\s*,").match(text, end)  # there is a comment beside it, which stays
    return Splice(start, comma.end() if comma else end, "")


def _index(container: Mapping | Sequence, part: str | int) -> int:
    return list(container.entries).index(str(part)) if isinstance(container, Mapping) else int(part)


# --- positions ----------------------------------------------------------------------------------------------


def _is_flow(text: str, container: Mapping | Sequence) -> bool:
    return text[container.start] in "{["


def _spans(text: str, container: Mapping | Sequence) -> list[tuple[int, int]]:
    """Return the start and end of each part of a container: a key with its value, an item with its dash."""
    if isinstance(container, Mapping):
        return [(entry.key.start, _content_end(text, entry.value)) for entry in container.entries.values()]
    starts = [item.start for item in container.items]
    if not _is_flow(text, container):
        starts = [text.rindex("-", 0, start) for start in starts]
    return [(start, _content_end(text, item)) for start, item in zip(starts, container.items, strict=True)]


def _content(text: str, node: Node) -> str:
    return text[node.start : _content_end(text, node)]


def _content_end(text: str, node: Node) -> int:
    """Find where a node's content ends: before comments and blank lines, unless a block scalar keeps these."""
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
    """Find a comment below the line in which something ends, if one follows that is indented at least as far."""
    visible = _VISIBLE.search(text, _after_break(text, _line_end(text, end)))
    is_comment = visible is not None and visible.group() == "#" and _column(text, visible.start()) >= column
    return visible.start() if visible and is_comment else None


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind(character, 0, offset) for character in _BREAKS) + 1


def _line_end(text: str, offset: int) -> int:
    """Find where the line ends for an editor; rare breaks are inside a comment, or in what is not changed."""
    found = LINE_END.search(text, offset)
    return found.start() if found else len(text)


def _after_break(text: str, offset: int) -> int:
    found = _BREAK.match(text, offset)
    return found.end() if found else offset


def _before_break(text: str, offset: int) -> int:
    return offset - (2 if text[offset - 2 : offset] == "\r\n" else 1)


def _column(text: str, offset: int) -> int:
    return offset - _line_start(text, offset)


def _newline(text: str, offset: int) -> str:
    """Return the line end at an offset, else the first of the text, else a line feed; never a rare one."""
    found = LINE_END.match(text, offset) or LINE_END.search(text)
    return found.group() if found else "\n"
