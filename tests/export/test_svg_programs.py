"""Drawings as programs outside a browser draw them, looked at point by point."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

import pytest

from export.png import read_png
from samples import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from export.png import Image
    from runner import Lorplan

SVG: Final = "{http://www.w3.org/2000/svg}"
COMMANDS: Final = {
    "rsvg-convert": ("drawing.svg", "-o", "drawing.png"),
    "inkscape": ("drawing.svg", "-o", "drawing.png"),
    "chromium": (
        *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-color-profile=srgb"),
        *("--window-size=1000,{height}", "--screenshot=drawing.png", "drawing.svg"),
    ),
}
"""How each program draws the file."""


@pytest.fixture(params=COMMANDS)
def image(request: pytest.FixtureRequest, lorplan: Lorplan) -> Image:
    """Draw the example in which letters are in every state."""
    program: str = request.param
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    lorplan("export", "svg", str(EXAMPLES / "mid-season.yaml"), "--as-of", "2027-08-20", "-o", "drawing.svg")
    height = ET.parse(lorplan.folder / "drawing.svg").getroot().get("height")  # noqa: S314 - our own file
    arguments = [argument.replace("{height}", str(height)) for argument in COMMANDS[program]]
    subprocess.run([program, *arguments], cwd=lorplan.folder, check=True, capture_output=True, timeout=120)
    return read_png((lorplan.folder / "drawing.png").read_bytes())


@pytest.fixture
def drawing(image: Image, tmp_path: Path) -> ET.Element:
    """Read the file that was drawn."""
    assert image.width == 1000
    return ET.parse(tmp_path / "drawing.svg").getroot()  # noqa: S314 - our own file


def number(element: ET.Element, name: str) -> float:
    """Read a number of an element."""
    return float(element.get(name, "0"))


def find_color(element: ET.Element, name: str = "fill") -> tuple[int, int, int]:
    """Read a colour of an element."""
    written = element.get(name, "")
    assert re.fullmatch(r"#[0-9a-f]{6}", written), written
    red, green, blue = bytes.fromhex(written[1:])
    return red, green, blue


def is_near(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Whether two colours are the same but for rounding."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= 4


@pytest.mark.system
def test_ground_is_white_and_every_bar_has_its_color(image: Image, drawing: ET.Element) -> None:
    """Colours are attributes, as many programs know no variables of a style sheet."""
    corners = [(1, 1), (998, 1), (1, len(image.rows) - 2), (998, len(image.rows) - 2)]
    assert [image.color(*corner) for corner in corners] == [(255, 255, 255)] * 4
    bars = [one for one in drawing.iter(f"{SVG}rect") if one.get("class") in {"counts", "idle"}]
    assert len(bars) > 5
    for bar in bars:
        across = (number(bar, "x") + number(bar, "width") * share for share in (0.2, 0.35, 0.5, 0.65, 0.8))
        y = number(bar, "y") + number(bar, "height") / 2
        assert any(is_near(image.color(x, y), find_color(bar)) for x in across), bar.attrib


@pytest.mark.system
def test_line_of_today_has_its_color(image: Image, drawing: ET.Element) -> None:
    """It is the only red one."""
    [line] = [one for one in drawing.iter(f"{SVG}line") if one.get("class") == "today"]
    x, top, bottom = (number(line, name) for name in ("x1", "y1", "y2"))
    points = (image.color(x, top + (bottom - top) * share / 50) for share in range(1, 50))
    assert any(is_near(color, find_color(line, "stroke")) for color in points)


def find_texts(element: ET.Element, down: float) -> Iterator[tuple[ET.Element, float]]:
    """Find the texts with how far down their drawing begins: a drawing inside another one has its own origin."""
    for inner in element:
        if inner.tag == f"{SVG}text":
            yield inner, down
        yield from find_texts(inner, down + (number(inner, "y") if inner.tag == f"{SVG}svg" else 0))


@pytest.mark.system
def test_every_text_is_drawn(image: Image, drawing: ET.Element) -> None:
    """Somewhere in its box there is something darker than the ground."""
    for text, down in find_texts(drawing, 0):
        size, x, y = number(text, "font-size") or 12, number(text, "x"), number(text, "y") + down
        left, right = (x - 60, x + 60) if text.get("text-anchor") == "middle" else (x, x + 60)
        left, right = (x - 60, x) if text.get("text-anchor") == "end" else (left, right)
        box = [
            image.color(column, row)
            for row in range(int(y - size), int(y) + 1)
            for column in range(max(0, int(left)), min(image.width - 1, int(right)))
        ]
        assert min(map(sum, box)) < 450, text.text
