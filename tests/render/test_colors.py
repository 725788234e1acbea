"""The colours of the pages: only red, and that can be read on a white and on a black ground."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from samples import EXAMPLES

if TYPE_CHECKING:
    from runner import Lorplan

RED: Final = 31
REDS: Final = {
    "xterm": 0xCD0000,
    "Linux console": 0xAA0000,
    "Windows Terminal, Campbell": 0xC50F1F,
    "macOS Terminal, Basic": 0xC23621,
    "GNOME Terminal, Tango": 0xCC0000,
}
"""The red of terminals as they are installed."""

GROUNDS: Final = {"white": 0xFFFFFF, "black": 0x000000}
READABLE: Final = 3.0
"""The contrast that WCAG 2.1 asks of large or bold text and of drawings."""

PAGES: Final = [
    ("due", "mid-season.yaml", "--as-of", "2027-08-20", "--all"),
    ("plan", "mid-season.yaml", "--as-of", "2027-08-20"),
    ("plan", "mid-season.yaml", "--as-of", "2027-08-20", "--full"),
    ("why", "kim", "-f", "mid-season.yaml", "--as-of", "2027-08-20"),
    ("programs", "programs.yaml", "--as-of", "2027-10-25"),
    ("programs", "programs.yaml", "quarry", "--as-of", "2027-08-25"),
    ("cohort", "programs.yaml", "mid-season.yaml", "--as-of", "2027-08-25"),
    ("rules",),
    ("season", "2028"),
]


def luminance(color: int) -> float:
    """Weigh the light of a colour, from 0 for black to 1 for white (WCAG 2.1)."""
    parts = [(color >> shift & 255) / 255 for shift in (16, 8, 0)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: int, other: int) -> float:
    """Compare two colours: 1 for the same, 21 for black and white."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("args", PAGES, ids=" ".join)
def test_pages_have_no_colour_but_red(lorplan: Lorplan, args: tuple[str, ...]) -> None:
    """Everything else is bold or dim, which a terminal makes of its own colours."""
    typed = [str(EXAMPLES / word) if word.endswith(".yaml") else word for word in args]
    color = () if args[0] == "help" else ("--color", "always")
    codes = re.findall(r"\x1b\[([\d;]*)m", lorplan(*typed, *color, env={"COLUMNS": "100"}).out)
    used = {int(code) for codes_of_one in codes for code in codes_of_one.split(";") if code}
    assert used <= {0, 1, 2, 22, 39, RED}
    assert args[0] not in {"due", "plan"} or RED in used


@pytest.mark.parametrize("ground", GROUNDS)
def test_red_can_be_read_on_a_white_and_on_a_black_ground(ground: str) -> None:
    """On black the red of the Linux console is darker than it should be; the words say the same."""
    measured = {name: contrast(red, GROUNDS[ground]) for name, red in REDS.items()}
    poor = {name for name, figure in measured.items() if figure < READABLE}
    assert poor == ({"Linux console"} if ground == "black" else set())
    assert min(measured.values()) > 2.5
