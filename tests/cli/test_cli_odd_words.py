"""Words of any bytes on the command line and in variables: nothing of them acts on a terminal."""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING, Final

import pytest

from samples import AMINA

if TYPE_CHECKING:
    from runner import Lorplan, Result

Args = tuple[str, ...]

ODD_WORD: Final = os.fsdecode(b"a\xff\x1b]0;t\x07\xc2\x9b31m\x1b[31m\xe2\x80\xaeb\nc")
"""A byte that is not UTF-8, escapes for the title and for colour, a bell, a C1 control, an override, a line end."""

COLORED_WORD: Final = os.fsdecode(b"a\xff\x1b[31mb")
"""A byte that is not UTF-8, and an escape for colour."""

REFUSING: Final[tuple[Args, ...]] = (
    ("season",),
    ("export",),
    ("plan", "--as-of"),
    ("due", "--within"),
    ("plan", "--color"),
    ("mark", "chen", "asked", "--on"),
)
"""Commands that say themselves why they refuse the word that follows."""

CASES: Final = [
    *(
        pytest.param((*args, "ODD"), status, id=" ".join(args) or "command")
        for args, status in (
            (("plan",), 1),
            (("check",), 1),
            (("due",), 1),
            (("export", "csv"), 1),
            (("why",), 2),
            (("mark", "chen"), 2),
            (("draft", "chen"), 2),
            (("draft", "chen", "-f"), 1),
            (("rules",), 2),
            (("export", "csv", "-o"), 0),
            (("init",), 0),
            ((), 2),
        )
    ),
    pytest.param(("mark", "ODD", "asked"), 2, id="rotation_to_mark"),
    pytest.param(("init", "ODD/x"), 1, id="init_in_a_folder"),
    pytest.param(("export", "csv", "-o", "ODD/x"), 1, id="export_to_a_folder"),
    *(pytest.param((*args, "ODD"), 2, id=" ".join(args)) for args in REFUSING),
    pytest.param(("plan", "rotations.yaml", "ODD"), 2, id="one_argument_too_many"),
]


@pytest.fixture(autouse=True)
def amina(lorplan: Lorplan) -> None:
    """Write Amina's plan file where the commands look for it."""
    (lorplan.folder / "rotations.yaml").write_text(AMINA)


def assert_harmless(result: Result) -> None:
    """Check that nothing was printed that a terminal could take for an order."""
    text = result.out + result.err
    odd = [c for c in text if c != "\n" and (unicodedata.category(c) in {"Cc", "Cs"} or c == "\u202e")]
    assert odd == []
    assert "Traceback" not in text


@pytest.mark.parametrize(("args", "status"), CASES)
def test_odd_word_is_refused_or_used_and_printed_harmlessly(lorplan: Lorplan, args: Args, status: int) -> None:
    """A word of any bytes is refused or used, and every message about it is harmless."""
    assert_harmless(lorplan(*(arg.replace("ODD", ODD_WORD) for arg in args), status=status))


@pytest.mark.parametrize("args", [*REFUSING, ("plan", "rotations.yaml")], ids=" ".join)
def test_refused_word_with_an_escape_for_color_is_printed_without_it(lorplan: Lorplan, args: Args) -> None:
    """An escape for colour, and a byte that is not UTF-8, are in no message."""
    assert_harmless(lorplan(*args, COLORED_WORD, status=2))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        pytest.param(".", ".: cannot be ", id="directory"),
        pytest.param("a\nb", "a b: cannot be read", id="line_end"),
        pytest.param(ODD_WORD, "cannot be read: No such file", id="any_bytes"),
        pytest.param("x" * 300, "File name too long", id="too_long"),
        pytest.param("x" * 100_000, "File name too long", id="huge"),
    ],
)
@pytest.mark.parametrize(
    "args", [("plan",), ("check",), ("due",), ("season",), ("mark", "chen", "asked")], ids=lambda args: args[0]
)
def test_variable_that_names_no_file_is_reported_in_one_harmless_line(
    lorplan: Lorplan, value: str, message: str, args: Args
) -> None:
    """Whatever is in $LORPLAN_FILE, the message is one line, and harmless."""
    result = lorplan(*args, env={"LORPLAN_FILE": value}, status=1)
    line = result.out if args == ("check",) else result.err
    assert message in line
    assert line.count("\n") == 1
    assert_harmless(result)
