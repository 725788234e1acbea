"""What real terminals show, of any name and of any size."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, Final

import pytest
from rich.cells import cell_len

from lorplan.render.layout import NARROW
from samples import AMINA, BAD
from system.commands import DAY, NAMES, PAGES, PLAN, TEXTS, sample

if TYPE_CHECKING:
    from pathlib import Path

    from runner import Lorplan
    from system.commands import Args

STYLE = re.compile(r"\x1b\[([\d;]*)m")
"""An escape sequence that changes how text looks; the only kind that is ever printed."""

COLOR = re.compile(r"\x1b\[([\d;]*;)?(1|2|3[0-7]|9[0-7])(;[\d;]*)?m")
"""One that makes text bold, dim or coloured."""


ROOMY: Final = 100
"""Columns from which the names of the samples are not cut in the table of a plan."""


def assert_fits(text: str, args: Args, columns: int) -> None:
    """Check that a page is not wider than the terminal, but for commands, and has every name where there is room."""
    assert text
    if columns >= 40:
        assert all(cell_len(line) <= columns for line in text.splitlines() if ": lorplan " not in line)
    if args[0] == "plan" and (40 <= columns < NARROW or columns >= ROOMY):
        assert [word for name in NAMES for word in name.split() if word not in text] == []


# --- in a terminal ------------------------------------------------------------------------------------------


@pytest.mark.system
@pytest.mark.usefixtures("here")
def test_page_in_a_terminal_has_color_and_the_width_of_the_terminal(lorplan: Lorplan) -> None:
    """In a terminal the plan is coloured and as wide as the terminal, and nothing but styles is sent."""
    shown = lorplan.in_terminal("plan", *DAY, size=(24, 90))
    assert COLOR.search(shown)
    bare = STYLE.sub("", shown)
    assert "\x1b" not in bare
    assert 72 < max(map(cell_len, bare.splitlines())) <= 90


@pytest.mark.system
@pytest.mark.parametrize(
    ("args", "env"),
    [
        pytest.param((), {"NO_COLOR": "1"}, id="no_color"),
        pytest.param((), {"TERM": "dumb"}, id="dumb_terminal"),
        pytest.param((), {"FORCE_COLOR": "0"}, id="force_color_0"),
        pytest.param(("--color", "never"), {"FORCE_COLOR": "1"}, id="option_never"),
    ],
)
@pytest.mark.usefixtures("here")
def test_page_in_a_terminal_without_color_has_no_escape_at_all(
    lorplan: Lorplan, args: Args, env: dict[str, str | None]
) -> None:
    """Without colour not one escape byte is sent: no bold, no dim, no underline either."""
    shown = lorplan.in_terminal("plan", *DAY, *args, env=env)
    assert "letters wanted" in shown
    assert "\x1b" not in shown


@pytest.mark.system
def test_problems_in_a_terminal_are_not_colored(lorplan: Lorplan) -> None:
    """Standard error is never coloured."""
    (lorplan.folder / PLAN).write_text(BAD)
    shown = lorplan.in_terminal("plan", status=1)
    assert "before start" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize("case", sample(list(product([None, "", "dumb", "nonsense", "a\x1b[31m"], [20, 71, 400])), 2))
@pytest.mark.usefixtures("here")
def test_terminal_of_any_name_and_size_gets_its_page(lorplan: Lorplan, case: tuple[str | None, int]) -> None:
    """A terminal with an unknown name gets its page, in its width."""
    term, columns = case
    shown = lorplan.in_terminal("plan", "--color=never", *DAY, env={"TERM": term}, size=(24, columns))
    assert_fits(shown, ("plan",), columns)


# --- of any width -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", sample([*range(20, 140, 2), *range(139, 401, 20)], 6))
def test_no_page_is_wider_than_the_terminal_at_any_width(lorplan: Lorplan, here: Path, columns: int) -> None:
    """At every width there is an answer; from 40 columns on it fits, and every name is there."""
    (here / "other.yaml").write_text(AMINA)
    for args in PAGES[:: 1 if columns % 9 == 0 else 4]:
        assert_fits(lorplan(*args, env={"COLUMNS": str(columns)}).out, args, columns)


@pytest.mark.system
@pytest.mark.parametrize("columns", ["0", "-5", "abc", str(10**9), "9" * 40, "", " 80", "80\n", "\x1b[31m"], ids=ascii)
@pytest.mark.usefixtures("here")
def test_impossible_width_still_gives_an_answer(lorplan: Lorplan, columns: str) -> None:
    """A size that no terminal has is ignored, and nothing of it is printed."""
    for args in (PAGES[0], PAGES[5], TEXTS[9], ("--help",)):
        result = lorplan(*args, env={"COLUMNS": columns, "LINES": columns})
        assert result.out
        assert "\x1b" not in result.out + result.err
        assert "Traceback" not in result.err
