"""Plan files as people write them: in block or flow style, with quotes, comments, block scalars and any line end."""

from __future__ import annotations

import json
import re
from random import Random
from typing import Any, Final, TypeVar

Tree = Any
"""A plan file as dicts, lists and scalars."""

_Value = TypeVar("_Value")

COMMENTS: Final = (
    "plain words",
    'it\'s "here": no',
    "a # b ## c",
    "{not: a, mapping}",
    "- [dash-dash]",
    "asked: 2027-01-01",
    "陳 😀 e\u0301",
    "? | > & * ! % @ `",
    "'",
    '"',
)
NOTES: Final = (
    "Called the office: ask again.",
    "Two lines,\nand # no comment.\n",
    "  indented: 'text'\n\n- not a list\n",
    "Blank lines at the end.\n\n\n",
    "asked: 2027-01-01\n",
    "\ttab, 😀 and e\u0301",
)
_PLAIN: Final = re.compile(r"[^\W_](?:[\w .@/-]*\w)?")
"""Text that needs no quotes in any style."""

_SPACE: Final = re.compile(r"(?<=\S) (?=\S)")
"""A space at which text can be broken into two lines."""

_TRUE: Final = ("true", "yes", "On")
_FALSE: Final = ("false", "NO", "off")


class PlanWriter:
    """Writes one plan file in a style of its own; `comments` are those that it wrote, in order.

    `usual` leaves out what can be written but hardly ever is: explicit keys, keys without a colon, and comments
    between a key and its value or before a comma. `for_python` leaves out what only libyaml reads: tabs, and no value
    before a comma.
    """

    def __init__(self, seed: int, *, usual: bool = True, for_python: bool = False) -> None:
        """Choose a style."""
        self._random = Random(seed)  # noqa: S311 - for styles, not for secrets
        self.usual, self._for_python = usual, for_python
        self.comments: list[str] = []
        self.is_greedy = False
        """Whether a block scalar could include what would be written below it."""
        self._block = ""  # how the block scalar that was just written ends, if there is one
        self._may_end_without_break = True
        self._step = self._choose(1, 2, 2, 2, 3, 4)
        self._line_end = self._choose("\n", "\n", "\r\n", "\r", "both")
        self._flow_share = self._choose(0, 0, 0.2, 0.6, 1)
        self._comment_share = self._choose(0, 0.05, 0.2)
        self._quote_share = self._choose(0, 0.2, 0.8)
        self._break_share = self._choose(0, 0.05, 0.3)
        self._unindented_share = self._choose(0, 0.5, 1)

    def write(self, data: Tree) -> str:
        """Write a whole file."""
        head = self._lines_between(0)
        if self._chance(0.1):
            head += "---" + self._rest_of_line()
        column = self._choose(0, 0, 0, 0, 2)
        if not self._prefers_block(data):
            body = self._flow(data, 0) + self._rest_of_line()
        elif isinstance(data, list):
            body = self._block_list(data, column)
        else:
            body = self._block_mapping(data, column)
        body += self._lines_between(0)
        if self._chance(0.05):
            body += "..." + self._rest_of_line()
        text = head + body
        if self._may_end_without_break and self._chance(0.3):
            text = text.rstrip("\n")
        ends = ("\n", "\r\n") if self._line_end == "both" else (self._line_end,)
        return self._choose("", "", "", "\ufeff") + re.sub("\n", lambda _: self._choose(*ends), text)

    def _choose(self, *values: _Value) -> _Value:
        return self._random.choice(values)

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    # --- between the values ---------------------------------------------------------------------------------

    def _comment(self) -> str:
        """Write a comment that differs from all others."""
        self.comments.append(f"#{self._choose('', ' ')}{len(self.comments)}: {self._choose(*COMMENTS)}")
        return self.comments[-1]

    def _rest_of_line(self, *, tab: bool = True) -> str:
        """End a line, perhaps with a comment, which follows a tab only if `tab` allows it."""
        self._block = ""
        if self._chance(self._comment_share):
            space = self._choose(" ", "   ", "\t" if tab and not self._for_python else " ")
            return space + self._comment() + "\n"
        return self._choose("", "", "", "", "  ") + "\n"

    def _lines_between(self, column: int) -> str:
        """Write blank lines and comments, unless a block scalar before them would include them."""
        written = ""
        while self._chance(max(0.1, self._comment_share)):
            if self._chance(self._comment_share):
                deeper = () if self._block else (column + 2, column + 5)
                indentation = self._choose(0, column, column, *deeper)
                self.is_greedy = self.is_greedy or indentation > column
                written += " " * indentation + self._comment() + "\n"
                self._block = ""
            elif self._block != "+":
                written += self._choose("\n", "\n", "  \n" if not self._block else "\n")
        return written

    def _break_or(self, otherwise: str, column: int) -> str:
        """Begin the next line in flow style, perhaps after a comment, or write something else."""
        if not self._chance(self._break_share):
            return otherwise
        comment = " " + self._comment() if self._chance(self._comment_share) else ""
        return f"{comment}\n" + " " * (column + self._step)

    # --- scalars --------------------------------------------------------------------------------------------

    def _scalar(self, value: object, column: int, *, flow: bool) -> str:
        """Write a scalar, in quotes if it needs them or the style prefers them."""
        if value is None:
            return self._choose("~", "null", "~" if flow and self._for_python else "")
        if isinstance(value, bool):
            value = self._choose(*(_TRUE if value else _FALSE))
        text = str(value)
        if not flow and text and self._chance(0.05 if "\n" not in text else 0.8):
            return self._block_scalar(text, column)
        written = [json.dumps(text, ensure_ascii=max(text) < "\uffff" and self._chance(0.3))]
        if "\n" not in text and "\t" not in text:
            written.append("'" + text.replace("'", "''") + "'")
        if _PLAIN.fullmatch(text) and not self._chance(self._quote_share):
            written = [text]
        chosen = self._choose(*written)
        if self._chance(self._break_share):
            chosen = _SPACE.sub("\n" + " " * (column + self._step), chosen, count=1)
        return chosen

    def _block_scalar(self, text: str, column: int) -> str:
        """Write a text as a block scalar, without the end of its last line."""
        body = text.rstrip("\n")
        ends = len(text) - len(body)
        indentation = self._choose(1, 2, 2, 4)
        chomping = "-" if not ends else "+" if ends > 1 else self._choose("", "", "+")
        style = "|" if "\n" in text or body[0] in " \t" else self._choose("|", ">")
        count = str(indentation) if body[0] in " \t" or self._chance(0.1) else ""
        comment = " " + self._comment() if not self.usual and self._chance(self._comment_share) else ""
        if style == ">" and self._chance(0.5):
            body = _SPACE.sub("\n", body, count=self._choose(0, 1) or -1)
        lines = "".join("\n" + (" " * (column + indentation) + line if line else "") for line in body.split("\n"))
        self._block = chomping or "text"
        self.is_greedy = self.is_greedy or chomping == "+"
        self._may_end_without_break = self._may_end_without_break and chomping == "-"
        return style + self._choose(count + chomping, chomping + count) + comment + lines + "\n" * max(0, ends - 1)

    def _key(self, key: str) -> str:
        """Write a key, seldom in quotes."""
        quote = self._choose("'", '"') if self._chance(self._quote_share / 8) else ""
        return quote + key + quote

    # --- flow style -----------------------------------------------------------------------------------------

    def _flow(self, value: Tree, column: int) -> str:
        if not isinstance(value, (dict, list)):
            return self._scalar(value, column, flow=True)
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        parts = [self._break_or(self._choose("", " "), column)]
        for number, item in enumerate(value):
            if number:
                parts += [self._before_comma(column), ",", self._break_or(self._choose(" ", " ", ""), column)]
            in_mapping = isinstance(value, dict)
            parts.append(self._flow_entry(item, value[item], column) if in_mapping else self._flow(item, column))
        if value and self._chance(0.2):
            parts += [self._before_comma(column), ","]
        return opening + "".join(parts) + self._break_or(self._choose("", " "), column) + closing

    def _before_comma(self, column: int) -> str:
        return "" if self.usual else self._break_or("", column)

    def _flow_entry(self, key: str, value: Tree, column: int) -> str:
        if not self.usual and value is None and self._chance(0.5):
            return key
        name = self._key(key)
        if not self.usual and self._chance(0.15):
            name = f"? {name} "
        colon = ":" if name[0] in "'\"" and value is not None and self._chance(0.3) else ": "
        between = "" if self.usual else self._break_or("", column)
        return name + colon + between + self._flow(value, column)

    # --- block style ----------------------------------------------------------------------------------------

    def _prefers_block(self, value: Tree) -> bool:
        """Choose block or flow style; an empty container has no block style."""
        return isinstance(value, (dict, list)) and bool(value) and not self._chance(self._flow_share)

    def _after(self, value: Tree, column: int, *, key: bool) -> str:
        """Write a value that follows a key or a dash, up to the end of the line; only a key allows a tab."""
        if isinstance(value, (dict, list)):
            gap = "\n" + " " * (column + self._step) if self._chance(self._break_share / 4) else " "
            return gap + self._flow(value, column) + self._rest_of_line()
        text = self._scalar(value, column, flow=False)
        if text[:1] in ("|", ">"):
            return " " + text + "\n"
        gap = self._choose(" ", " ", " ", "   ", "\t" if key and not self._for_python else "  ")
        if text and self._chance(self._break_share / 4):
            gap = ("\n" if self.usual else self._rest_of_line(tab=key)) + " " * (column + self._step)
        return (gap + text if text else "") + self._rest_of_line(tab=key or bool(text))

    def _block_entry(self, key: str, value: Tree, column: int) -> str:
        """Write a key and its value, without the indentation of the first line."""
        explicit = not self.usual and self._chance(0.15)
        name = f"? {self._key(key)}{self._rest_of_line()}{' ' * column}:" if explicit else f"{self._key(key)}:"
        if not self._prefers_block(value):
            return name + self._after(value, column, key=not explicit)
        head = name + self._rest_of_line(tab=not explicit)
        if isinstance(value, dict):
            return head + self._block_mapping(value, column + self._step)
        return head + self._block_list(value, column + (0 if self._chance(self._unindented_share) else self._step))

    def _block_mapping(self, value: dict[str, Tree], column: int, *, after_dash: bool = False) -> str:
        parts = []
        for number, key in enumerate(value):
            if number or not after_dash:
                parts.append(self._lines_between(column) + " " * column)
            parts.append(self._block_entry(key, value[key], column))
        return "".join(parts)

    def _block_list(self, items: list[Tree], column: int) -> str:
        parts = []
        for item in items:
            parts.append(self._lines_between(column) + " " * column + "-")
            if not self._prefers_block(item):
                parts.append(self._after(item, column, key=False))
            elif self._chance(0.1):
                parts.append(self._rest_of_line(tab=False) + self._block_mapping(item, column + self._step))
            else:
                gap = self._choose(1, 1, 1, 3)
                parts.append(" " * gap + self._block_mapping(item, column + 1 + gap, after_dash=True))
        return "".join(parts)
