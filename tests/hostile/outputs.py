"""What no output may contain, and what each export consists of, read by a parser of its format."""

from __future__ import annotations

import csv
import email
import io
import json
import re
from collections import Counter
from email.policy import default
from html.parser import HTMLParser
from typing import Any, Final
from xml.etree import ElementTree as ET

from icalendar import Calendar
from markdown_it import MarkdownIt

ACTING: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
"""Characters that act on the text around them, and are in no output. Line ends and tabs are checked separately."""

_ACTING: Final = re.compile(f"[{ACTING}]")
_FORMULA: Final = re.compile(r"[=+\-@\t\r]")
_PLACED: Final = re.compile(r"[^\n]+?:\d+:\d+: \S")

Shape = Counter[tuple[str, ...]]


# --- characters -------------------------------------------------------------------------------------------


def acting(text: str, allowed: str = "\n") -> str | None:
    """Name the first character of an output that acts; of line ends and tabs only those in `allowed` may be there."""
    odd = next((c for c in "\t\r\n" if c in text and c not in allowed), None)
    found = _ACTING.search(text)
    character = found.group() if found else odd
    return f"U+{ord(character):04X}" if character else None


def assert_harmless(text: str, where: str, allowed: str = "\n") -> None:
    """Check that nothing in an output acts on a terminal or a page."""
    assert acting(text, allowed) is None, f"{where}: a raw {acting(text, allowed)} is in it"
    assert "Traceback (most recent" not in text, f"{where}: {text[-2000:]}"


# --- problems ---------------------------------------------------------------------------------------------


def assert_located(report: str, file: str) -> None:
    """Check that every problem of a report has the file, the line and the column."""
    reported = [line for line in report.split("\n") if line and not line.startswith("    ")]
    assert reported, "a file that is refused has a problem"
    for line in reported:
        assert line.startswith(f"{file}:"), line
        assert _PLACED.match(line), line


def assert_problems(document: str, file: str) -> None:
    """Check that every problem of `check --json` has the file, the line and the column."""
    problems = json.loads(document)["problems"]
    assert problems, "a file that is refused has a problem"
    for problem in problems:
        assert problem["file"] == file, problem
        assert problem["line"] >= 1, problem
        assert problem["column"] >= 1, problem
        assert problem["message"].strip(), problem


# --- formats ----------------------------------------------------------------------------------------------


def components(calendar: str) -> Shape:
    """Count the components of a calendar, and the properties in each."""
    assert_harmless(calendar, "ics", "\r\n")
    assert "\n" not in calendar.replace("\r\n", ""), "a bare line end is in the calendar"
    (whole,) = Calendar.from_ical(calendar, multiple=True)
    return Counter((part.name, *sorted(part.keys())) for part in whole.walk())


def rows(table: str) -> list[dict[str, str]]:
    """Read a table; all its rows are as wide as its header, and no cell is one that a spreadsheet runs."""
    assert_harmless(table, "csv", "\r\n")
    head, *body = csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline=""), strict=True)
    for cells in body:
        assert len(cells) == len(head), cells
        for cell in cells:
            assert not _FORMULA.match(cell.lstrip()), f"a spreadsheet runs {cell!r}"
    return [dict(zip(head, cells, strict=True)) for cells in body]


class _Elements(HTMLParser):
    """Counts the elements of a page by the names of their attributes, and refuses what would load or run something."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.shape: Shape = Counter()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count an element."""
        assert tag not in {"script", "iframe", "object", "embed", "img", "link", "base", "form"}, tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name not in {"src", "style", "action"}, name
            assert name != "href" or (value or "").startswith("#"), value
        self.shape[tag, *sorted(name for name, _ in attrs)] += 1

    def handle_comment(self, data: str) -> None:
        """Refuse a comment: lorplan writes none."""
        raise AssertionError(data)

    handle_pi = handle_comment
    unknown_decl = handle_comment


def elements(page: str) -> Shape:
    """Count the elements of a page by their attributes."""
    assert_harmless(page, "html")
    return _Elements(page).shape


def shapes(drawing: str) -> Shape:
    """Count the elements of a drawing by their attributes; it is XML."""
    assert_harmless(drawing, "svg")
    root = ET.fromstring(drawing)  # noqa: S314 - lorplan wrote it
    _Elements(drawing)
    return Counter((part.tag, *sorted(part.keys())) for part in root.iter())


def blocks(page: str) -> Shape:
    """Count the parts of a Markdown page, which has no link, no picture and no HTML but lorplan's signature."""
    assert_harmless(page, "markdown")
    found: Shape = Counter()
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(page):
        if token.type == "html_block":
            assert token.content.strip() == "<!-- written by lorplan -->", token.content
        inner = [part.type for part in token.children or () if part.type != "text"]
        for kind in (token.type, *inner):
            assert kind not in {"html_inline", "link_open", "image", "code_block", "fence"}, token.content
            found[kind,] += 1
    return found


def headers(mail: str) -> list[str]:
    """List the headers of a mail in their order; each is a single one, and valid."""
    assert_harmless(mail, "eml", "\r\n\t")
    read = email.message_from_bytes(mail.encode(), policy=default)
    assert not read.defects, read.defects
    for name, value in read.items():
        assert not value.defects, (name, value.defects)
        assert acting(str(value), "") is None, (name, str(value))
    for name in ("From", "To"):
        assert len(read[name].addresses if read[name] else ()) <= 1, read[name]
    return list(read.keys())


def document(text: str) -> Any:  # noqa: ANN401 - JSON
    """Read a JSON document; nothing in its texts acts either."""
    assert_harmless(text, "json")
    found = json.loads(text)
    for inner in _texts(found):
        assert_harmless(inner, "json", "")
    return found


def _texts(value: Any) -> list[str]:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return [value]
    inner = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for part in inner for text in _texts(part)]
